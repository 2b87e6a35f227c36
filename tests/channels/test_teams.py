"""Tests Teams with a real receiver, and the contents of the cards."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from monitor.channels import Outcome, Status
from monitor.channels.post import Pacer, Poster
from monitor.channels.teams import TeamsChannel
from monitor.notify.content import Message
from tests.channels.receiving import HOSTILE, HOSTILE_SHOWN, MESSAGES, Receiver, Reply, alert, card, fall, largest_digest
from tests.channels.test_post import Clock

# The elements of an Adaptive Card that we use. All are in version 1.4, except for the style of headings (1.5). Source:
# docs/facts/channels.md, Teams cards.
ELEMENTS = {
    "TextBlock": {"type", "text", "wrap", "size", "weight", "style", "separator", "spacing", "color", "isSubtle"},
    "FactSet": {"type", "facts"},
    "Container": {"type", "style", "spacing", "items"},
}


def parts_of(message: Message) -> tuple[bytes, ...]:
    return TeamsChannel(Poster()).parts(message, message_id="m-1", address="teams:https://x.logic.azure.com/w?sig=1")


def cards(message: Message) -> list[dict[str, Any]]:
    return [json.loads(part)["attachments"][0]["content"] for part in parts_of(message)]


def shown(value: Any) -> str:
    """Returns all text of a card as a person sees it, without Markdown."""
    if isinstance(value, dict):
        own = [value[key] for key in ("text", "title", "value") if isinstance(value.get(key), str)]
        return " ".join([re.sub(r"\\(.)", r"\1", text) for text in own] + [shown(inner) for inner in value.values()])
    return " ".join(shown(inner) for inner in value) if isinstance(value, list) else ""


def deliver(receiver: Receiver, times: int = 1, *, clock: Clock | None = None) -> list[Outcome]:
    clock = clock or Clock()

    async def sends() -> list[Outcome]:
        address = f"teams:http://{receiver.host}/workflows/x?sig=sEcReTsEcReT"
        pacer = Pacer(timedelta(seconds=2), clock=lambda: clock.now, sleep=clock.sleep)
        channel = TeamsChannel(Poster(extra_hosts=frozenset({receiver.host})), pacer=pacer)
        (part,) = channel.parts(alert(), message_id="m-1", address=address)
        try:
            return [await channel.send(part, message_id="m-1", part_number=1, address=address) for _ in range(times)]
        finally:
            await channel.close()

    return asyncio.run(sends())


@pytest.mark.parametrize(
    ("code", "status"),
    [
        pytest.param(202, Status.ACCEPTED, id="202: accepted by Workflows"),
        pytest.param(200, Status.ACCEPTED, id="200: posted, by a flow that answers after posting"),
        pytest.param(400, Status.REJECTED, id="400: this card is wrong"),
        pytest.param(401, Status.BROKEN, id="401: the signature is wrong"),
        pytest.param(403, Status.BROKEN, id="403: access is refused"),
        pytest.param(404, Status.BROKEN, id="404: the flow was deleted"),
    ],
)
def test_an_answer_of_a_workflow_leads_to_the_right_outcome(receiver: Receiver, code: int, status: Status) -> None:
    """Source: docs/facts/channels.md, Teams' answers."""
    receiver.replies = [Reply(code, b"" if code < 300 else b'{"error": "at /workflows/x?sig=sEcReTsEcReT"}')]
    (outcome,) = deliver(receiver)
    assert outcome.status is status
    assert "sEcReT" not in outcome.reply
    assert receiver.requests[0].headers["content-type"] == "application/json; charset=utf-8"
    assert receiver.requests[0].path == "/workflows/x?sig=sEcReTsEcReT"


def test_a_workflow_that_is_switched_off_leads_to_the_outcome_broken(receiver: Receiver) -> None:
    receiver.replies = [Reply(400, b'{"error": {"code": "WorkflowTriggerIsNotEnabled"}}')]
    (outcome,) = deliver(receiver)
    assert outcome.status is Status.BROKEN


def test_the_reply_does_not_claim_that_the_card_was_posted(receiver: Receiver) -> None:
    """Only Teams shows whether the card was posted."""
    receiver.replies = [Reply(202, b"")]
    assert deliver(receiver) == [Outcome(Status.ACCEPTED, "202 accepted by Workflows")]


def test_a_workflow_receives_at_most_one_card_in_two_seconds(receiver: Receiver) -> None:
    """Each workflow has its own limit."""
    clock = Clock()
    deliver(receiver, 3, clock=clock)
    assert clock.slept == [2, 2]
    assert len(receiver.requests) == 3


def test_a_workflow_that_asks_for_a_pause_receives_nothing_during_the_pause(receiver: Receiver) -> None:
    """Only the first message is posted. The two outcomes say how long the pause is."""
    receiver.replies = [Reply(429, b"", {"Retry-After": "300"})]
    assert [outcome.retry_after for outcome in deliver(receiver, 2)] == [timedelta(minutes=5)] * 2
    assert len(receiver.requests) == 1


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_every_card_has_only_elements_that_teams_knows(message: Callable[[], Message]) -> None:
    """A card also has only properties that Teams knows. Every text wraps, and nothing can be submitted."""
    for part in parts_of(message()):
        payload = json.loads(part)
        content = payload["attachments"][0]["content"]
        assert payload["type"] == "message"
        assert (content["type"], content["version"]) == ("AdaptiveCard", "1.4")
        assert content["body"][0]["style"] == "heading"
        elements = [inner for element in content["body"] for inner in (element, *element.get("items", ()))]
        for element in elements:
            assert set(element) <= ELEMENTS[element["type"]]
            assert element["type"] != "TextBlock" or element["wrap"] is True


def test_an_alert_in_teams_contains_everything_that_a_reader_needs() -> None:
    """An alert contains the same facts as in every other channel."""
    (content,) = cards(alert())
    said = shown(content["body"])
    for expected in (
        "Cherrybrook Care Home",
        "Overall rating fell from Good to Inadequate",
        "Entered special measures",
        "“This service is being placed in special measures.”",
        "12 Orchard Lane, Leeds, LS1 4AB",
        "All Saints Care Limited",
        "20 November 2026",
        "21 November 2026 at 9:04am",
        "[CQC's page about Cherrybrook Care Home](https://www.cqc.org.uk/location/1-2235500001)",
        "Leeds homes",
        "Open Government Licence v3.0",
    ):
        assert expected in said


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("*_[x](y)_*", r"\*\_\[x\]\(y\)\_\*"),
        ("- a list", r"\- a list"),
        ("+ a list", r"\+ a list"),
        ("1. a list", r"1\. a list"),
        ("12) a list", r"12\) a list"),
        ("<at>everyone</at>", r"\<at\>everyone\</at\>"),
        ("{{DATE(2026-11-21T09:00:00Z)}}", r"{ {DATE\(2026-11-21T09:00:00Z\)} }"),
        ("a \\* b", r"a \\\* b"),
        ("St. Anne's - Home", "St. Anne's - Home"),
    ],
)
def test_markdown_in_a_name_is_shown_as_text(name: str, written: str) -> None:
    """Tests the heading and the facts."""
    (content,) = cards(alert(fall(card(name=name, provider_name=name))))
    assert content["body"][0]["text"] == written
    facts = next(element for element in content["body"] if element["type"] == "FactSet")["facts"]
    assert written in [fact["value"] for fact in facts]


def test_a_hostile_name_is_shown_as_text() -> None:
    """Only the character that reverses the direction of text is left out."""
    (content,) = cards(alert(fall(card(name=HOSTILE))))
    assert shown(content["body"][0]).startswith(HOSTILE_SHOWN)


def test_the_largest_digest_is_divided_into_numbered_parts() -> None:
    """The table comes first, and then as many of the worst services as fit. The message says how many services are left out."""
    parts = cards(largest_digest())
    said = [shown(part["body"]) for part in parts]
    whole = " ".join(said)
    assert len(parts) > 2
    for number, text in enumerate(said, 1):
        assert text.startswith(f"Leeds homes: weekly digest (part {number} of {len(parts)})")
    blocks = whole.count("Overall rating fell from Good to Inadequate")
    assert blocks == whole.count("Entered special measures") > 15
    assert f"{300 - blocks} more reports that did not fit" in " ".join(whole.split())
