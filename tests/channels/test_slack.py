"""Tests Slack with a real receiver. Slack's own models check the payloads."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from monitor.channels import Outcome, Status
from monitor.channels.post import Poster
from monitor.channels.slack import MOST_BLOCKS, MOST_CHARACTERS, SlackChannel
from monitor.events import Kind
from monitor.notify.content import Message
from tests.channels.receiving import (
    HOSTILE,
    HOSTILE_SHOWN,
    MESSAGES,
    Receiver,
    Reply,
    alert,
    card,
    entered,
    fall,
    largest_digest,
    told,
)


def payloads(message: Message) -> list[dict[str, Any]]:
    parts = SlackChannel(Poster()).parts(message, message_id="m-1", address="slack:https://hooks.slack.com/services/T/B/x")
    return [json.loads(part) for part in parts]


def words(value: Any) -> str:
    """Returns all text of a payload's blocks, in order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return " ".join(own + [words(inner) for inner in value.values()])
    return " ".join(words(inner) for inner in value) if isinstance(value, list) else ""


def deliver(receiver: Receiver, *, message: Message | None = None) -> Outcome:
    async def once() -> Outcome:
        address = f"slack:http://{receiver.host}/services/T000/B000/sEcReTsEcReT"
        channel = SlackChannel(Poster(extra_hosts=frozenset({receiver.host})))
        try:
            (part,) = channel.parts(message or alert(), message_id="m-1", address=address)
            return await channel.send(part, message_id="m-1", part_number=1, address=address)
        finally:
            await channel.close()

    return asyncio.run(once())


REFUSED_BLOCKS = "refused the blocks"


@pytest.mark.parametrize(
    ("code", "body", "status"),
    [
        pytest.param(200, "ok", Status.ACCEPTED, id="200 ok: accepted"),
        pytest.param(200, "<html>Blocked by your network</html>", Status.RETRY, id="a web page: not an answer of Slack"),
        pytest.param(400, "invalid_payload", Status.REJECTED, id="400 invalid_payload: our own fault"),
        pytest.param(400, "invalid_blocks", Status.REJECTED, id="400 invalid_blocks: our own fault"),
        pytest.param(400, "no_text", Status.REJECTED, id="400 no_text: our own fault"),
        pytest.param(400, "missing_text_or_fallback_or_attachments", Status.REJECTED, id="400 missing_text: our own fault"),
        pytest.param(400, "too_many_attachments", Status.REJECTED, id="400 too_many_attachments: our own fault"),
        pytest.param(400, "invalid_token", Status.BROKEN, id="400 invalid_token: the webhook was revoked"),
        pytest.param(403, "invalid_token", Status.BROKEN, id="403 invalid_token: the webhook was revoked"),
        pytest.param(403, "action_prohibited", Status.BROKEN, id="403 action_prohibited"),
        pytest.param(403, "posting_to_general_channel_denied", Status.BROKEN, id="403 posting_to_general_channel_denied"),
        pytest.param(404, "channel_not_found", Status.BROKEN, id="404 channel_not_found"),
        pytest.param(404, "no_service", Status.BROKEN, id="404 no_service"),
        pytest.param(404, "no_active_hooks", Status.BROKEN, id="404 no_active_hooks"),
        pytest.param(404, "no_team", Status.BROKEN, id="404 no_team"),
        pytest.param(410, "channel_is_archived", Status.BROKEN, id="410 channel_is_archived"),
    ],
)
def test_an_answer_of_slack_leads_to_the_right_outcome(receiver: Receiver, code: int, body: str, status: Status) -> None:
    """Source: docs/facts/channels.md, Slack's answers."""
    receiver.replies = [Reply(code, body.encode())]
    outcome = deliver(receiver)
    assert outcome.status is status
    assert str(code) in outcome.reply
    assert "sEcReT" not in outcome.reply


def test_a_message_whose_blocks_slack_refuses_is_sent_once_more_as_text(receiver: Receiver) -> None:
    """No part of the message is missing, and no character in it notifies anybody."""
    receiver.replies = [Reply(400, b"invalid_blocks"), Reply(200, b"ok")]
    hostile = card(name=HOSTILE)
    outcome = deliver(receiver, message=alert(fall(hostile), entered(hostile)))
    assert outcome.status is Status.ACCEPTED
    assert REFUSED_BLOCKS in outcome.reply
    second = json.loads(receiver.requests[1].body)
    assert "blocks" not in second
    for expected in ("Overall rating fell from Good to Inadequate", "being placed in special", "All Saints", "1-2235500001"):
        assert expected in second["text"]
    assert "<" not in second["text"]
    assert "&lt;!channel&gt;" in second["text"]


def test_an_alert_in_slack_contains_everything_that_a_reader_needs() -> None:
    """An alert contains the change, CQC's sentence, the service, the time, a link, and the reason why the alert was sent."""
    (payload,) = payloads(alert())
    said = words(payload["blocks"])
    for expected in (
        "Cherrybrook Care Home",
        "Overall rating fell from Good to Inadequate",
        "Entered special measures",
        "This service is being placed in special measures.",
        "Care home",
        "12 Orchard Lane, Leeds, LS1 4AB",
        "All Saints Care Limited",
        "20 November 2026",
        "21 November 2026 at 9:04am",
        "Leeds homes",
        "Open Government Licence v3.0",
    ):
        assert expected in said
    assert "https://www.cqc.org.uk/location/1-2235500001" in json.dumps(payload)
    assert payload["text"] == "Cherrybrook Care Home: overall rating fell from Good to Inadequate; entered special measures"


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_slacks_own_models_accept_every_payload(message: Callable[[], Message]) -> None:
    """Every part is also within Slack's limits."""
    parts = SlackChannel(Poster()).parts(message(), message_id="m-1", address="slack:https://hooks.slack.com/services/T/B/x")
    for part in parts:
        assert len(part.decode()) <= MOST_CHARACTERS
        blocks = json.loads(part)["blocks"]
        assert len(blocks) <= MOST_BLOCKS
        for block in blocks:
            parsed = Block.parse(block)
            assert parsed is not None
            parsed.validate_json()
        assert not _markup(blocks)


def _markup(value: Any) -> list[str]:
    """Yields the texts in which Slack would interpret markup."""
    if isinstance(value, dict):
        own = [value["text"]] if value.get("type") == "mrkdwn" else []
        return own + [text for inner in value.values() for text in _markup(inner)]
    return [text for inner in value for text in _markup(inner)] if isinstance(value, list) else []


def test_a_hostile_name_notifies_nobody() -> None:
    """In blocks the name is text without markup. In the text for notifications its special characters are escaped."""
    (payload,) = payloads(alert(fall(card(name=HOSTILE))))
    assert HOSTILE_SHOWN in words(payload["blocks"])
    assert "<" not in payload["text"]
    assert payload["mrkdwn"] is False


def test_the_largest_digest_is_divided_into_numbered_parts() -> None:
    """The table comes first, and then as many of the worst services as fit. The message says how many services are left out."""
    parts = payloads(largest_digest())
    said = [words(part["blocks"]) for part in parts]
    whole = " ".join(said)
    assert len(parts) > 5
    for number, text in enumerate(said, 1):
        assert f"Leeds homes: weekly digest (part {number} of {len(parts)})" in text
    blocks = whole.count("Overall rating fell from Good to Inadequate")
    assert blocks == whole.count("Entered special measures") > 15
    assert f"{300 - blocks} more reports that did not fit" in " ".join(whole.split())
    assert all(f"Home number {number:03}" in whole for number in range(100))
    assert "And 200 more" in whole
    assert "300 services could not be read" in whole


def test_the_heading_of_a_service_is_repeated_in_each_part_about_the_service() -> None:
    """Each part must say which service fell."""
    events = (
        told(Kind.ENFORCEMENT, of="warning notice", id=str(number), quote=f"Notice {number:03}. " * 20) for number in range(60)
    )
    parts = payloads(alert(fall(), *events))
    assert len(parts) > 1
    assert all("Cherrybrook Care Home" in words(part["blocks"][:1]) for part in parts)
    whole = " ".join(words(part["blocks"]) for part in parts)
    assert all(whole.count(f"{number:03}.") == 20 for number in range(60))
