"""Microsoft Teams through a workflow's webhook, as Adaptive Cards 1.4. Source of the limits:
docs/facts/channels.md, Teams cards.

ACCEPTED means that Workflows has started the flow. Only Teams shows whether the flow then posted the card.

A card's version is the lowest that a client must support to show it: 1.4, which older clients do. One feature is from 1.5, the
style of headings. Older clients ignore it.
"""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from monitor.channels.address import secrets_of, target
from monitor.channels.base import Outcome, Status, one_line
from monitor.channels.parts import Block, Piece, chunks, lowered, packed
from monitor.channels.post import Answer, Pacer, Poster, status_by_code
from monitor.notify.render import Fact, Hyperlink, Message, Said, numbered

MOST_BYTES = 20_000
"""Bytes of a part as JSON. Teams accepts 28,672 bytes, counted after it has wrapped the card again."""
_CHUNK = 1_500

_HEADERS = {"Content-Type": "application/json; charset=utf-8"}


class TeamsChannel:
    """Posts to Teams, at most once every two seconds to each workflow."""

    def __init__(self, poster: Poster, *, pacer: Pacer | None = None) -> None:
        self._poster = poster
        self._pacer = pacer or Pacer(timedelta(seconds=2))

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """The message as cards."""
        title = message.sections[0].heading
        groups = lowered(message.sections, _Card())
        found = packed(groups, lambda pieces: len(_json(_payload(message.summary, title, pieces, 999, 999))) <= MOST_BYTES)
        return tuple(
            _json(_payload(message.summary, title, pieces, number, len(found))) for number, pieces in enumerate(found, 1)
        )

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Hands one card to the workflow."""
        held = await self._pacer.turn(address)
        if held is not None:
            return held
        answer = await self._poster.post(target(address), part, _HEADERS, secrets=secrets_of(address))
        if isinstance(answer, Outcome):
            return answer
        if answer.code == 429:
            self._pacer.hold(address, answer.retry_after)
        return _outcome(answer)

    async def close(self) -> None:
        """Closes the client."""
        await self._poster.close()


# A disabled workflow may answer 400 with such words, as a bad card does with others. This is not proven
# (docs/facts/channels.md, Teams' answers); if it happens, the alert must wait for the workflow and not be given up.
_OFF = re.compile(r"not\s*enabled|disabled|switched off|turned off", re.IGNORECASE)


def _outcome(answer: Answer) -> Outcome:
    status = status_by_code(answer.code)
    if status is Status.REJECTED and _OFF.search(answer.text):
        status = Status.BROKEN
    if status is Status.ACCEPTED:
        return Outcome(status, f"{answer.code} accepted by Workflows")
    return Outcome(status, one_line(f"{answer.code} {answer.text}"), answer.retry_after if status is Status.RETRY else None)


# ── the card ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Card:
    """A message's pieces as elements of an Adaptive Card."""

    def part(self, heading: str) -> list[Block]:
        return _text(heading, size="Large", weight="Bolder", style="heading", separator=True, spacing="Large")

    def service(self, heading: str) -> list[Block]:
        return _text(heading, size="Medium", weight="Bolder", style="heading", spacing="Large")

    def said(self, one: Said) -> list[Block]:
        # Bold type and the words carry the meaning; the colour only helps to find it.
        blocks = _text(one.text, **({"weight": "Bolder", "color": "Attention"} if one.urgent else {}))
        blocks += _text(one.detail, isSubtle=True, spacing="None") if one.detail else []
        blocks += [
            {"type": "Container", "style": "emphasis", "spacing": "Small", "items": [block]}
            for block in (_text(one.quote) if one.quote else [])
        ]
        return blocks + (self.link(one.link) if one.link else [])

    def note(self, text: str) -> list[Block]:
        return _text(text)

    def facts(self, facts: Sequence[Fact]) -> list[Block]:
        return [
            {
                "type": "FactSet",
                "facts": [
                    {"title": _escaped(fact.label), "value": _escaped(piece)}
                    for fact in facts
                    for piece in chunks(fact.value, _CHUNK)
                ],
            }
        ]

    def link(self, link: Hyperlink) -> list[Block]:
        url = link.url.replace("(", "%28").replace(")", "%29")
        return [{"type": "TextBlock", "text": f"[{_escaped(link.text[:_CHUNK])}]({url})", "wrap": True}]

    def closing(self, notes: Sequence[str]) -> list[Block]:
        return [
            block
            for number, note in enumerate(notes)
            for block in _text(note, size="Small", isSubtle=True, separator=number == 0, spacing="Small" if number else "Large")
        ]


def _text(text: str, **looks: Any) -> list[Block]:
    return [{"type": "TextBlock", "text": _escaped(piece), "wrap": True} | looks for piece in chunks(text, _CHUNK)]


def _escaped(text: str) -> str:
    """Text that Teams shows unchanged. Its Markdown has bold, italics, lists and links (docs/facts/channels.md, Teams cards);
    functions of Adaptive Cards are in double braces."""
    text = re.sub(r"([\\`*_\[\]()~<>#|])", r"\\\1", text)
    text = text.replace("{{", "{ {").replace("}}", "} }")
    text = re.sub(r"^(\s*)([-+])", r"\1\\\2", text)
    return re.sub(r"^(\s*\d+)([.)])", r"\1\\\2", text)


def _payload(summary: str, title: str, pieces: Sequence[Piece], number: int, total: int) -> dict[str, Any]:
    heading = _text(numbered(title, number, total), size="ExtraLarge", weight="Bolder", style="heading")
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": numbered(summary, number, total),
        "msteams": {"width": "Full"},
        "body": [*heading, *(piece.block for piece in pieces)],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "summary": numbered(summary, number, total), "attachments": [attachment]}


def _json(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
