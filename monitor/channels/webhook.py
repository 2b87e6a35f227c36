"""Posts to the webhooks of other programs, signed according to Standard Webhooks. Source: docs/facts/channels.md, Signed
webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from monitor.channels.base import Kind, Outcome, Posting, Secrets, Status, one_line
from monitor.errors import MonitorError

if TYPE_CHECKING:
    from monitor.channels.post import Poster
    from monitor.notify.content import Message

MOST_BYTES = 64_000
"""The most bytes in a part."""

# `_LISTS` are the keys of the lists that may be split over several parts. `_CARDS` is the key of the services' cards. Each part
# contains only the cards of the services in its lists.
_LISTS = ("events", "items", "holdings", "stale", "reviews", "not_read")
_CARDS = "services"


class WebhookChannel(Posting):
    """Posts signed JSON.

    secrets  returns the secrets that sign the messages to an address. Each secret begins with "whsec_". For some time after
             the secret was renewed, the address has both the new and the old secret
    now      returns the time that is signed with the message
    """

    def __init__(self, poster: Poster, *, secrets: Secrets, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(poster)
        self._secrets = secrets
        self._now = now

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the message's data in parts. Each part is complete JSON, with the part's number (`part`) and the number of
        parts (`parts`)."""
        found = list(_divided(message.data))
        numbers = ({"message_id": message_id, "part": number, "parts": len(found)} for number in range(1, len(found) + 1))
        return tuple(_json(number | data) for number, data in zip(numbers, found, strict=True))

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Posts one part. A repeated part has the same `webhook-id`, so that the receiver can recognise the repeat."""
        import asyncio  # imported only now, because few commands send

        webhook_id = f"{message_id}-{part_number}"
        timestamp = str(int(self._now().timestamp()))
        signed = f"{webhook_id}.{timestamp}.".encode() + part
        try:
            secrets = await asyncio.to_thread(self._secrets, address)
        except MonitorError as error:
            return Outcome(Status.RETRY, one_line(str(error)))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": webhook_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": " ".join(_signature(one, signed) for one in secrets),
        }
        answer = await self._poster.send(address, part, headers)
        return answer if isinstance(answer, Outcome) else answer.outcome(_status(answer.code))


KIND = Kind(
    scheme="webhook",
    form="webhook:https://…",
    label="Your own program",
    hint="A public https address. Messages to it are signed",
    example="webhook:https://alerts.council.example/hooks/an-example-of-one?key=another-example",
    build=lambda context: WebhookChannel(context.poster, secrets=context.webhook_secrets, now=context.now),
    most_bytes=MOST_BYTES,
)


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def _status(code: int) -> Status:
    """Returns the status for a code. Only 410 Gone suspends an address. Every other refusal may be temporary, so the message is
    retried."""
    if 200 <= code < 300:
        return Status.ACCEPTED
    return Status.BROKEN if code == 410 else Status.RETRY


def _divided(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields the data in pieces. The lists are split so that no piece has more than MOST_BYTES, unless a single list item is too
    large. Each piece has all lists, some of them empty."""
    head = {key: value for key, value in data.items() if key not in {*_LISTS, _CARDS}}
    lists = [key for key in _LISTS if key in data]
    cards: Mapping[str, Any] = data.get(_CARDS, {})
    empty = head | {key: [] for key in lists} | ({_CARDS: {}} if _CARDS in data else {})
    # 500 bytes remain for the message's id and the numbers of the part, which are added later.
    room = MOST_BYTES - len(_json(empty)) - 500
    part, used = _copy(empty), 0
    for key in lists:
        for item in data[key]:
            card = {item["location_id"]: cards[item["location_id"]]} if item.get("location_id") in cards else {}
            needs = len(_json(item)) + len(_json({_CARDS: card})) + 2
            if used and used + needs > room:
                yield part
                part, used = _copy(empty), 0
            part[key].append(item)
            if card:
                part[_CARDS] |= card
            used += needs
    yield part


def _copy(empty: Mapping[str, Any]) -> dict[str, Any]:
    return {key: type(value)(value) if key in {*_LISTS, _CARDS} else value for key, value in empty.items()}


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode()
