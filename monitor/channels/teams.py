"""Posts to Microsoft Teams through a workflow's webhook, as Adaptive Cards 1.4. Source of the limits: docs/facts/channels.md,
Teams cards.

ACCEPTED means that Workflows has started the flow. Only Teams shows whether the flow then posted the card.

A card states the lowest version of Adaptive Cards with which a client can show it. Our cards state 1.4, which older clients
support too. We also use the style of headings, which is from version 1.5. Older clients ignore this style.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from monitor.channels.base import Kind, Outcome, Posting, Status
from monitor.errors import UsageError
from monitor.text import chunks

if TYPE_CHECKING:
    from monitor.channels.parts import Block, Piece
    from monitor.channels.post import Answer
    from monitor.notify.content import Fact, Hyperlink, Message, Row, Said

# The hosts of webhooks of the Teams Workflows app. The present host comes first, then earlier hosts. Source:
# docs/facts/channels.md, Teams workflows.
_SUFFIXES = (
    ".environment.api.powerplatform.com",
    ".logic.azure.com",
    ".powerautomate.com",
    ".flow.microsoft.com",
)
# The hosts of Office 365 connectors, which Microsoft retired in spring 2026. Source: docs/facts/channels.md, Teams workflows.
_RETIRED = (".webhook.office.com", "outlook.office.com", "outlook.office365.com")

MOST_BYTES = 20_000
"""The most bytes in a part as JSON. Teams accepts 28,672 bytes, but counts them after wrapping the card in more JSON."""
_CHUNK = 1_500

_HEADERS = {"Content-Type": "application/json; charset=utf-8"}


class TeamsChannel(Posting):
    """Posts to Teams."""

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the message as one or more cards."""
        from monitor.channels.parts import laid_out

        return tuple(_json(one) for one in laid_out(message, _Card(), _payload, lambda one: len(_json(one)) <= MOST_BYTES))

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Hands one card to the workflow."""
        answer = await self._poster.send(address, part, _HEADERS, pacer=self._pacer)
        return answer if isinstance(answer, Outcome) else _outcome(answer)


# We assume that a disabled workflow answers 400 with these words, and that a bad card gets a 400 with other words. We could not
# prove this (docs/facts/channels.md, Teams' answers). If a workflow is disabled, the alert must wait until the workflow is
# enabled, and must not fail permanently.
_OFF = re.compile(r"not\s*enabled|disabled|switched off|turned off", re.IGNORECASE)


def _outcome(answer: Answer) -> Outcome:
    if answer.status is Status.ACCEPTED:
        return Outcome(Status.ACCEPTED, f"{answer.code} accepted by Workflows")
    return answer.outcome(Status.BROKEN if answer.status is Status.REJECTED and _OFF.search(answer.text) else None)


def _check(host: str, path: str) -> None:
    if host.endswith(_RETIRED):
        raise UsageError(
            "Microsoft has retired Office 365 connectors: in Teams add the workflow "
            '"Send webhook alerts to a channel" and use the address that it shows'
        )
    if not host.endswith(_SUFFIXES):
        raise UsageError(f"a Teams address must belong to a Teams workflow (…{_SUFFIXES[0]}), but this one is at {host[:60]}")


KIND = Kind(
    scheme="teams",
    form="teams:https://…",
    label="Teams",
    hint="The address that the workflow “Send webhook alerts to a channel” shows",
    example=f"teams:https://default1.05{_SUFFIXES[0]}/workflows/0example/triggers/manual/paths/invoke?sig=a-signature",
    build=lambda context: TeamsChannel(context.poster, context.pacer(timedelta(seconds=2))),
    check=_check,
    secret_hosts=(".powerplatform.com", *_SUFFIXES[1:], ".webhook.office.com"),
    most_bytes=MOST_BYTES,
    after_test="Teams accepts a message before posting it: please check that the message appears in the channel.",
)


# ── the card ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Card:
    """A message's pieces as elements of an Adaptive Card."""

    def part(self, heading: str) -> list[Block]:
        return _text(heading, size="Large", weight="Bolder", style="heading", separator=True, spacing="Large")

    def service(self, heading: str) -> list[Block]:
        return _text(heading, size="Medium", weight="Bolder", style="heading", spacing="Large")

    def said(self, one: Said) -> list[Block]:
        # The colour only helps people to find urgent news: the words and the bold type already express the urgency.
        blocks = _text(one.text, **({"weight": "Bolder", "color": "Attention"} if one.urgent else {}))
        blocks += _text(one.detail, isSubtle=True, spacing="None") if one.detail else []
        blocks += [
            {"type": "Container", "style": "emphasis", "spacing": "Small", "items": [block]}
            for block in (_text(one.quote) if one.quote else [])
        ]
        return blocks + (self.link(one.link) if one.link else [])

    def note(self, text: str) -> list[Block]:
        return _text(text)

    def row(self, row: Row, says: str) -> list[Block]:
        looks = {"weight": "Bolder"} if row.urgent else {}
        name = _linked(row.name[:_CHUNK], row.url) if row.url else _escaped(row.name[:_CHUNK])
        first, *others = chunks(says, _CHUNK)
        line = {"type": "TextBlock", "text": f"{name}: {_escaped(first)}", "wrap": True} | looks
        return [line, *(block for one in others for block in _text(one, **looks))]

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
        return [{"type": "TextBlock", "text": _linked(link.text[:_CHUNK], link.url), "wrap": True}]

    def closing(self, notes: Sequence[str]) -> list[Block]:
        return [
            block
            for number, note in enumerate(notes)
            for block in _text(note, size="Small", isSubtle=True, separator=number == 0, spacing="Small" if number else "Large")
        ]


def _text(text: str, **looks: Any) -> list[Block]:
    return [{"type": "TextBlock", "text": _escaped(piece), "wrap": True} | looks for piece in chunks(text, _CHUNK)]


def _linked(text: str, url: str) -> str:
    return f"[{_escaped(text)}]({url.replace('(', '%28').replace(')', '%29')})"


def _escaped(text: str) -> str:
    """Escapes a text so that Teams shows it unchanged. Without escapes, Teams would read Markdown in it (bold, italics, lists
    and links: docs/facts/channels.md, Teams cards), and functions of Adaptive Cards between double braces."""
    text = re.sub(r"([\\`*_\[\]()~<>#|])", r"\\\1", text)
    text = text.replace("{{", "{ {").replace("}}", "} }")
    text = re.sub(r"^(\s*)([-+])", r"\1\\\2", text)
    return re.sub(r"^(\s*\d+)([.)])", r"\1\\\2", text)


def _payload(summary: str, title: str, pieces: Sequence[Piece]) -> dict[str, Any]:
    heading = _text(title, size="ExtraLarge", weight="Bolder", style="heading")
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": summary,
        "msteams": {"width": "Full"},
        "body": [*heading, *(piece.block for piece in pieces)],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "summary": summary, "attachments": [attachment]}


def _json(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
