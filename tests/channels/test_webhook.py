"""Tests signed webhooks with a real receiver. The library of Standard Webhooks checks the signatures."""

import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from monitor.channels import Channel, Outcome, Status, build
from monitor.channels.base import Secrets
from monitor.channels.mail_settings import MailSetup
from monitor.channels.webhook import MOST_BYTES
from monitor.errors import StoreError
from monitor.notify.content import Message, StaleService, StillWatching
from monitor.notify.render import render
from tests.channels.receiving import HOSTILE, NOW, Receiver, Reply, alert, card, fall, largest_digest

SECRET, EARLIER, OTHER = ("whsec_" + base64.b64encode(bytes([one]) * 32).decode() for one in range(3))


def one_secret(_: str) -> tuple[str, ...]:
    return (SECRET,)


def channels(receiver: Receiver, now: datetime | None = None, secrets: Secrets = one_secret) -> tuple[Channel, str]:
    """Returns the webhook channel as the program builds it, and an address at the receiver."""
    built = build(
        mail_setup=MailSetup(),
        extra_hosts=frozenset({receiver.host}),
        webhook_secrets=secrets,
        now=lambda: now or datetime.now(UTC),
    )
    return built["webhook"], f"webhook:http://{receiver.host}/hook/sEcReTsEcReT"


def deliver(
    receiver: Receiver, message: Message | None = None, now: datetime | None = None, secrets: Secrets = one_secret
) -> list[Outcome]:
    async def sends() -> list[Outcome]:
        channel, address = channels(receiver, now, secrets)
        parts = channel.parts(message or alert(), message_id="m-1", address=address)
        try:
            return [
                await channel.send(part, message_id="m-1", part_number=number, address=address)
                for number, part in enumerate(parts, 1)
            ]
        finally:
            await channel.close()

    return asyncio.run(sends())


def test_the_signature_is_verified_only_with_the_secret_of_the_address(receiver: Receiver) -> None:
    """Another secret does not verify the signature. If the body is changed on the way, even the right secret does not."""
    deliver(receiver)
    request = receiver.requests[0]
    payload = Webhook(SECRET).verify(request.body, request.headers)
    assert payload["message_id"] == "m-1"
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER).verify(request.body, request.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(request.body.replace(b"inadequate", b"good"), request.headers)


def test_s2_3_while_a_secret_is_renewed_the_old_and_the_new_secret_verify_the_signature(receiver: Receiver) -> None:
    deliver(receiver, secrets=lambda _: (SECRET, EARLIER))
    request = receiver.requests[0]
    assert len(request.headers["webhook-signature"].split(" ")) == 2
    for secret in (SECRET, EARLIER):
        assert Webhook(secret).verify(request.body, request.headers)["message_id"] == "m-1"
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER).verify(request.body, request.headers)


def test_a_message_is_tried_again_if_its_secret_is_not_available(receiver: Receiver) -> None:
    def unavailable(_: str) -> tuple[str, ...]:
        raise StoreError("the database can't be used")

    (outcome,) = deliver(receiver, secrets=unavailable)
    assert outcome.status is Status.RETRY and "the database can't be used" in outcome.reply
    assert receiver.requests == []


def test_a_message_that_is_sent_again_has_the_same_id_and_body(receiver: Receiver) -> None:
    """A receiver can recognise a repeated message by the id. The signed time is the time of sending."""
    deliver(receiver, now=NOW)
    deliver(receiver, now=NOW + timedelta(hours=1))
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == "m-1-1"
    assert first.body == second.body
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 3600
    assert first.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (201, Status.ACCEPTED),
        (204, Status.ACCEPTED),
        (301, Status.RETRY),
        (302, Status.RETRY),
        (400, Status.RETRY),
        (401, Status.RETRY),
        (404, Status.RETRY),
    ],
)
def test_an_answer_of_a_receiver_leads_to_the_right_outcome(receiver: Receiver, code: int, status: Status) -> None:
    """Only 410 ("gone") suspends an address (docs/facts/channels.md, Signed webhooks). After all other refusals the program
    tries again."""
    receiver.replies = [Reply(code, b"" if code == 204 else b"said /hook/sEcReTsEcReT", {"Retry-After": "60"})]
    (outcome,) = deliver(receiver)
    assert outcome.status is status
    assert outcome.retry_after == (timedelta(minutes=1) if status is Status.RETRY else None)
    assert "sEcReT" not in outcome.reply


def test_the_payload_of_an_alert_has_its_events_and_services(receiver: Receiver) -> None:
    """The payload contains the events as `events --json` shows them, the service's card, and the kind of message."""
    deliver(receiver)
    assert json.loads(receiver.requests[0].body) == {
        "message_id": "m-1",
        "part": 1,
        "parts": 1,
        "kind": "alert",
        "monitor": "https://monitor.example",
        "subject": "Inadequate, special measures: Cherrybrook Care Home",
        "events": [
            {
                "id": "downgraded-1-2235500001-overall",
                "location_id": "1-2235500001",
                "name": "Cherrybrook Care Home",
                "kind": "downgraded",
                "group": None,
                "of": "overall",
                "from": "good",
                "to": "inadequate",
                "published": "2026-11-20",
                "observed_at": "2026-11-21T09:04:00Z",
                "quote": None,
                "urgent": True,
                "severity": 1,
            },
            {
                "id": "entered special measures-1-2235500001-",
                "location_id": "1-2235500001",
                "name": "Cherrybrook Care Home",
                "kind": "entered special measures",
                "group": None,
                "of": None,
                "from": None,
                "to": None,
                "published": "2026-11-20",
                "observed_at": "2026-11-21T09:04:00Z",
                "quote": "This service is being placed in special measures.",
                "urgent": True,
                "severity": 1,
            },
        ],
        "items": [
            {
                "id": None,
                "location_id": "1-2235500001",
                "name": "Cherrybrook Care Home",
                "headline": "Good → Inadequate overall; entered special measures",
                "lines": ["Overall rating fell from Good to Inadequate", "Entered special measures"],
                "why": None,
                "ratings_now": None,
                "page": None,
            }
        ],
        "services": {
            "1-2235500001": {
                "location_id": "1-2235500001",
                "name": "Cherrybrook Care Home",
                "service_type": "Care home",
                "address": "12 Orchard Lane, Leeds, LS1 4AB",
                "provider_name": "All Saints Care Limited",
                "url": "https://www.cqc.org.uk/location/1-2235500001",
                "local_authority": None,
                "watchlists": ["Leeds homes"],
            }
        },
    }


def test_the_payload_of_a_heartbeat_message_lists_the_services_that_were_not_read(receiver: Receiver) -> None:
    """The payload has its own kind. A long list is divided between several parts, and no service is lost."""
    stale = tuple(StaleService(service=card(number), last_read_at=None) for number in range(2_000))
    sign = StillWatching(watchlist="Leeds", period="weekly", total=2_001, as_of=NOW, all_since=NOW, stale=stale)
    deliver(receiver, render(sign, public_url="https://monitor.example"))
    bodies = [json.loads(request.body) for request in receiver.requests]
    assert len(bodies) > 1 and all(len(request.body) <= MOST_BYTES for request in receiver.requests)
    for number, body in enumerate(bodies, 1):
        assert (body["kind"], body["watchlist"], body["total"]) == ("still watching", "Leeds", 2_001)
        assert (body["part"], body["parts"], body["all_read_since"]) == (number, len(bodies), "2026-11-21T09:04:00Z")
    assert [one["location_id"] for body in bodies for one in body["stale"]] == [card(n).location_id for n in range(2_000)]


def test_a_hostile_name_is_an_ordinary_string_in_the_payload(receiver: Receiver) -> None:
    """The JSON around the name stays valid. The receiving program decides what to do with the name."""
    deliver(receiver, alert(fall(card(name=HOSTILE))))
    assert json.loads(receiver.requests[0].body)["events"][0]["name"] == HOSTILE


def test_the_largest_digest_is_divided_and_loses_nothing(receiver: Receiver) -> None:
    """Each part has at most 64 KB, is signed separately, and has its own id and the cards for its events."""
    message = largest_digest()
    assert {outcome.status for outcome in deliver(receiver, message)} == {Status.ACCEPTED}
    parts: list[dict[str, Any]] = []
    for number, request in enumerate(receiver.requests, 1):
        assert len(request.body) <= MOST_BYTES
        assert request.headers["webhook-id"] == f"m-1-{number}"
        parts.append(Webhook(SECRET).verify(request.body, request.headers))
    assert len(parts) > 3
    assert [(part["part"], part["parts"]) for part in parts] == [(number, len(parts)) for number in range(1, len(parts) + 1)]
    for part in parts:
        assert {one["location_id"] for one in (*part["events"], *part["items"])} == set(part["services"])
        assert (part["kind"], part["period"]) == ("digest", "weekly")
    assert [event for part in parts for event in part["events"]] == message.data["events"]
    assert [one for part in parts for one in part["items"]] == message.data["items"]
    assert [one for part in parts for one in part["stale"]] == message.data["stale"]
