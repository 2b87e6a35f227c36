"""Posts to Slack's incoming webhooks, in Block Kit. Source of the limits: docs/facts/channels.md, Slack.

All texts are sent as `plain_text` or `rich_text`, in which Slack reads no markup. Therefore a provider with the name
"<!channel>" notifies nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from monitor.channels.base import Kind, Outcome, Posting, Status, one_line
from monitor.errors import UsageError
from monitor.text import chunks

if TYPE_CHECKING:
    from monitor.channels.parts import Block, Piece
    from monitor.channels.post import Answer
    from monitor.notify.content import Fact, Hyperlink, Message, Row, Said

_HOST = "hooks.slack.com"

MOST_BLOCKS = 45
"""The most blocks in a part. Slack accepts 50."""
MOST_CHARACTERS = 10_000
"""The most characters in a part as JSON. Slack accepts about 13,200 characters of blocks, but does not document this limit."""
_MOST_IN_HEADER = 150
_CHUNK = 2_000

_HEADERS = {"Content-Type": "application/json; charset=utf-8"}

# Slack's error codes for a revoked or disabled webhook. Slack also sends them with status 400.
# Source: docs/facts/channels.md, Slack's answers.
_BROKEN_WORDS = frozenset(
    {
        "action_prohibited",
        "channel_is_archived",
        "channel_not_found",
        "invalid_token",
        "no_active_hooks",
        "no_service",
        "no_team",
        "posting_to_general_channel_denied",
    }
)


class SlackChannel(Posting):
    """Posts to Slack."""

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the message in blocks, with a line for notifications and screen readers."""
        from monitor.channels.parts import laid_out

        return tuple(_json(one).encode() for one in laid_out(message, _BlockKit(), _payload, _fits))

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Posts one part. If Slack refuses the blocks, posts the part again as plain text, so that no alert is lost because of a
        mistake in our blocks."""
        first = await self._poster.send(address, part, _HEADERS, pacer=self._pacer)
        if isinstance(first, Outcome):
            return first
        outcome = _outcome(first)
        if first.code != 400 or outcome.status is not Status.REJECTED:
            return outcome
        second = await self._poster.send(address, _json(_as_text(json.loads(part))).encode(), _HEADERS, pacer=self._pacer)
        again = second if isinstance(second, Outcome) else _outcome(second)
        if again.status is Status.REJECTED:
            return outcome
        reply = f"{again.reply} (as plain text, because Slack refused the blocks: {first.text})"
        return Outcome(again.status, one_line(reply), again.retry_after)


def _outcome(answer: Answer) -> Outcome:
    if answer.status is Status.ACCEPTED and answer.text.startswith("<"):
        # Slack itself answers "ok". If a web page is the answer, it comes from a machine between us and Slack, such as a proxy.
        return Outcome(Status.RETRY, f"{answer.code}: a web page answered instead of Slack")
    revoked = answer.status is Status.REJECTED and answer.text in _BROKEN_WORDS
    return answer.outcome(Status.BROKEN if revoked else None)


def _check(host: str, path: str) -> None:
    if host != _HOST:
        raise UsageError(f"a Slack address begins with https://{_HOST}/services/, not with {host[:60]}")
    if not re.fullmatch(r"/services/[^/]+/[^/]+/[^/]+", path):
        raise UsageError(f"a Slack address is the address of an incoming webhook: https://{_HOST}/services/…/…/…")


KIND = Kind(
    scheme="slack",
    form=f"slack:https://{_HOST}/services/…",
    label="Slack",
    hint=f"The address of an incoming webhook: https://{_HOST}/services/…",
    example=f"slack:https://{_HOST}/services/T0000EXAMPLE/B0000EXAMPLE/an-incoming-webhook",
    build=lambda context: SlackChannel(context.poster, context.pacer(timedelta(seconds=1))),
    check=_check,
    secret_hosts=(_HOST,),
    most_bytes=4 * MOST_CHARACTERS,
)


# ── the payload ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _BlockKit:
    """A message's pieces as Block Kit."""

    def part(self, heading: str) -> list[Block]:
        return [{"type": "divider"}, *_heading(heading)]

    def service(self, heading: str) -> list[Block]:
        return [_rich(_section(_run(piece, bold=True))) for piece in chunks(heading, _CHUNK)]

    def said(self, one: Said) -> list[Block]:
        blocks = [
            _rich({"type": "rich_text_list", "style": "bullet", "elements": [_section(_run(piece, bold=one.urgent))]})
            for piece in chunks(one.text, _CHUNK)
        ]
        if one.detail:
            blocks += self.note(one.detail)
        if one.quote:
            blocks += [_rich({"type": "rich_text_quote", "elements": [_run(piece)]}) for piece in chunks(one.quote, _CHUNK)]
        return blocks + (self.link(one.link) if one.link else [])

    def note(self, text: str) -> list[Block]:
        return [_rich(_section(_run(piece))) for piece in chunks(text, _CHUNK)]

    def row(self, row: Row, says: str) -> list[Block]:
        name = {"type": "link", "url": row.url, "text": row.name[:_CHUNK]} if row.url else _run(row.name[:_CHUNK])
        if row.urgent:
            name |= {"style": {"bold": True}}
        first, *others = chunks(f": {says}", _CHUNK)
        elements = [_section(name, _run(first)), *(_section(_run(one)) for one in others)]
        return [_rich({"type": "rich_text_list", "style": "bullet", "elements": elements})]

    def facts(self, facts: Sequence[Fact]) -> list[Block]:
        return [
            _rich(_section(_run(f"{fact.label}: ", bold=True), _run(piece)))
            for fact in facts
            for piece in chunks(fact.value, _CHUNK)
        ]

    def link(self, link: Hyperlink) -> list[Block]:
        return [_rich(_section({"type": "link", "url": link.url, "text": link.text[:_CHUNK]}))]

    def closing(self, notes: Sequence[str]) -> list[Block]:
        return [{"type": "context", "elements": [_plain_text(piece)]} for note in notes for piece in chunks(note, _CHUNK)]


def _heading(text: str) -> list[Block]:
    if len(text) <= _MOST_IN_HEADER:
        return [{"type": "header", "text": _plain_text(text)}]
    return [_rich(_section(_run(piece, bold=True))) for piece in chunks(text, _CHUNK)]


def _rich(element: Block) -> Block:
    return {"type": "rich_text", "elements": [element]}


def _section(*elements: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def _run(text: str, *, bold: bool = False) -> Block:
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})


def _plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _payload(summary: str, title: str, pieces: Sequence[Piece]) -> dict[str, Any]:
    """Returns the payload of a part. Consecutive pieces of rich text become one block, because otherwise one service could need
    ten of the fifty blocks."""
    blocks = _heading(title)
    for piece in pieces:
        last = blocks[-1] if len(blocks) > 1 else {}
        if not piece.opens and piece.block["type"] == last.get("type") == "rich_text":
            blocks[-1] = {"type": "rich_text", "elements": _joined(last["elements"], piece.block["elements"])}
        else:
            blocks.append(piece.block)
    return _message(summary) | {"blocks": blocks}


def _joined(before: list[Block], after: list[Block]) -> list[Block]:
    """Joins elements. Adjacent sections are on separate lines."""
    if before[-1]["type"] == after[0]["type"] == "rich_text_section":
        first, *rest = after
        return [*before[:-1], _section(*before[-1]["elements"], _run("\n"), *first["elements"]), *rest]
    return [*before, *after]


def _message(text: str) -> dict[str, Any]:
    """Returns the members that every payload has: the text, and settings that switch link previews off. In the text, the three
    characters that could notify people are escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": escaped, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


def _as_text(payload: dict[str, Any]) -> dict[str, Any]:
    """Returns the payload with the full content of its blocks as text, instead of the blocks."""
    return _message("\n".join(line for block in payload["blocks"] for line in _lines(block)))


def _lines(block: Block) -> list[str]:
    """Returns the content of a block, one line per element."""
    if "url" in block:
        return [f"{block['text']}: {block['url']}"]
    text = block.get("text")
    if isinstance(text, dict):
        return [str(text["text"])]
    if isinstance(text, str):
        return [text]
    if block["type"] in {"rich_text_section", "rich_text_quote"}:
        return ["".join(line for element in block["elements"] for line in _lines(element))]
    return [line for element in block.get("elements", ()) for line in _lines(element)]


def _json(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def _fits(payload: dict[str, Any]) -> bool:
    return len(payload["blocks"]) <= MOST_BLOCKS and len(_json(payload)) <= MOST_CHARACTERS
