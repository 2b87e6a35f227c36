"""Tests text messages through GOV.UK Notify: how numbers are spelt, what a text message says, what refusals mean, and which
messages are never sent."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.channels import Outcome, Status, parse_address, shown
from monitor.channels.mail_settings import NotifyService
from monitor.channels.sms import _GSM, MOST_CHARACTERS, NOT_SET_UP, SmsChannel, text_of
from monitor.errors import UsageError
from monitor.notify.content import Alert, Message, Pages
from monitor.notify.render import render
from tests.channels.receiving import alert, card, entered, fall
from tests.conftest import World
from tests.simulated.notify import SECRET, SERVICE, TEMPLATE, Notify
from tests.simulated.services import Service

NUMBER = "+447700900123"
LINK = "https://cqc-monitor.council.example/have-it/" + "x" * 122


@pytest.fixture
def notify(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notify]:
    """Simulates Notify, with a live service for text messages."""
    with Notify() as running:
        running.kind, running.subject = "sms", ""
        monkeypatch.setattr("monitor.channels.notify.NOTIFY", running.url)
        yield running


def sent(text: Message, number: str = NUMBER, **other: Any) -> Outcome:
    values: dict[str, Any] = {"service_id": SERVICE, "secret": SECRET, "template": TEMPLATE} | other
    channel = SmsChannel(NotifyService(**values), None, now=lambda: datetime.now(UTC))

    async def sending() -> Outcome:
        (part,) = channel.parts(text, message_id="m-1", address=f"sms:{number}")
        try:
            return await channel.send(part, message_id="m-1", part_number=1, address=f"sms:{number}")
        finally:
            await channel.close()

    return asyncio.run(sending())


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("sms:+447700900123", NUMBER),
        ("sms:07700 900123", NUMBER),
        ("SMS: +44 (0)7700 900123", NUMBER),
        ("sms:0044 7700-900.123", NUMBER),
        ("sms:447700900123", NUMBER),
        ("sms:+353 85 012 3456", "+353850123456"),
    ],
)
def test_a_telephone_number_is_changed_to_its_canonical_spelling(typed: str, number: str) -> None:
    address = parse_address(typed, extra_hosts=frozenset())
    assert address == f"sms:{number}" == parse_address(address, extra_hosts=frozenset())
    assert shown(address) == f"sms:…{number[-4:]}"


@pytest.mark.parametrize(
    "typed",
    [
        *("sms:", "sms:01132 496000", "sms:+4477009001234", "sms:0770090012", "sms:999"),
        *("sms:lead@council.example", "sms:+0123456789"),
    ],
)
def test_a_text_that_is_not_a_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="write it like sms"):
        parse_address(typed, extra_hosts=frozenset())


def with_link(*events: Any) -> Message:
    told = tuple(replace(one, have_it=LINK) for one in events or (fall(), entered()))
    pages = Pages(message="https://cqc-monitor.council.example/messages/1", unsubscribe=None)
    return render(Alert(events=told), public_url="https://cqc-monitor.council.example", pages=pages)


@pytest.mark.parametrize(
    ("message", "begins", "ends"),
    [
        (with_link, "Inadequate, special measures: Cherrybrook Care Home\nI have it: ", LINK),
        (lambda: with_link(fall(card(name="Tŷ Gwyn “The Élan” → £ £ 🏠 " * 20))), "Inadequate: Ty Gwyn ", LINK),
        (alert, "Inadequate, special measures: Cherrybrook Care Home\n", "https://www.cqc.org.uk/location/1-2235500001"),
        (
            lambda: with_link(*(fall(card(number, name=f"Home {number}")) for number in range(1, 13))),
            "Inadequate: Home 1 (+11 more)\n",
            "https://cqc-monitor.council.example/messages/1",
        ),
    ],
    ids=["one service", "a long name with special characters", "no pages to link to", "many services"],
)
def test_a_text_message_begins_with_the_rating_and_fits_into_two_segments(
    message: Callable[[], Message], begins: str, ends: str
) -> None:
    text = text_of(message())
    assert len(text) <= MOST_CHARACTERS and set(text) <= _GSM
    assert text.startswith(begins) and text.endswith(ends)


def test_a_link_that_is_too_long_for_a_text_message_is_left_out() -> None:
    message = render(Alert(events=(replace(fall(), have_it=LINK + "x" * 200),)), public_url="https://x.example")
    assert text_of(message) == message.subject.replace("→", "to")


def test_a_text_message_is_accepted(notify: Notify) -> None:
    outcome = sent(alert())
    (entry,) = notify.sent
    assert outcome == Outcome(Status.ACCEPTED, f"201 accepted by GOV.UK Notify (id {entry['id']})")
    assert (entry["phone_number"], entry["reference"], entry["content"]["body"]) == (NUMBER, "m-1", text_of(alert()))


@pytest.mark.parametrize(
    ("change", "number", "status", "says"),
    [
        ({"team": {"+447700900999"}}, NUMBER, Status.BROKEN, "sends to its team only"),
        ({"team": {"+447700900999"}, "trial": True}, NUMBER, Status.BROKEN, "sends to its team only"),
        ({}, "+353850123456", Status.BROKEN, "other countries"),
        ({}, "+4470", Status.REJECTED, "correct it"),
        ({"allowed": False}, NUMBER, Status.BROKEN, "switch on sending text messages"),
        ({"kind": "email"}, NUMBER, Status.BROKEN, "NOTIFY_SMS_TEMPLATE"),
        ({"body": "((message)) ((more))"}, NUMBER, Status.BROKEN, "asks for more than ((message))"),
        ({"a_minute": 0}, NUMBER, Status.RETRY, "rate limit"),
        ({"a_day": 0}, NUMBER, Status.RETRY, "until midnight"),
        ({"secret": "00000000-0000-4000-8000-000000000000"}, NUMBER, Status.BROKEN, "NOTIFY_API_KEY"),
    ],
    ids=[
        *("team-only key", "trial mode", "foreign number", "malformed number", "text messages not allowed", "template for email"),
        *("another placeholder", "limit per minute", "daily limit", "unknown key"),
    ],
)
def test_a_refusal_of_a_text_message_leads_to_the_right_outcome(
    notify: Notify, change: dict[str, Any], number: str, status: Status, says: str
) -> None:
    for name, value in change.items():
        setattr(notify, name, value)
    outcome = sent(alert(), number)
    assert outcome.status is status and says in outcome.reply and NUMBER not in outcome.reply


def test_without_a_template_text_messages_wait_and_the_commands_say_why(world: World) -> None:
    world.site.add([Service(location_id="1-2235535718", name="Larch Grove")])
    world.done("watch", "add", "Leeds", "1-2235535718")
    status, _, err = world.run("subscribe", "Leeds", "sms:07700 900123")
    assert status == 0 and "set NOTIFY_SMS_TEMPLATE" in err
    status, out, _ = world.run("test", "sms:07700 900123")
    assert status == 1 and "NOTIFY_SMS_TEMPLATE" in out
    channel = SmsChannel(None, None, now=lambda: datetime.now(UTC))
    assert asyncio.run(channel.check()) == NOT_SET_UP


def test_only_urgent_alerts_are_sent_as_text_messages(world: World, notify: Notify, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs commands to test that a telephone number can't subscribe to a digest and gets no welcome, and that a fall is sent at
    once."""
    monkeypatch.setenv("NOTIFY_API_KEY", notify.key)
    monkeypatch.setenv("NOTIFY_SMS_TEMPLATE", TEMPLATE)
    monkeypatch.setenv("PUBLIC_URL", "https://monitor.council.example")
    service = Service(location_id="1-2235535718", name="Larch Grove")
    world.site.add([service])
    world.done("watch", "add", "Leeds", "1-2235535718")
    world.done("subscribe", "Leeds", "sms:07700 900123")
    for wish in (("--when", "daily"), ("--still-watching",)):
        status, _, err = world.run("subscribe", "Leeds", "sms:07700900124", *wish)
        assert status == 2 and "can only get urgent alerts" in err
    world.done("check")
    world.done("deliver")
    assert notify.sent == []
    service.inspect(on=date(2026, 10, 1), published=date(2026, 11, 20), overall="Inadequate", safe="Inadequate")
    world.done("check")
    world.done("deliver")
    (text,) = notify.sent
    body = text["content"]["body"]
    assert body.startswith("Inadequate") and "Larch Grove\nI have it: https://monitor.council.example/have-it/" in body
    assert len(body) <= MOST_CHARACTERS


def test_the_doctor_says_whether_text_messages_can_be_sent(world: World, notify: Notify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_API_KEY", notify.key)
    monkeypatch.setenv("NOTIFY_SMS_TEMPLATE", TEMPLATE)
    assert "text messages: GOV.UK Notify knows the key and the template" in " ".join(world.run("doctor")[1].split())
    notify.kind = "email"
    assert "is not for text messages: make it as docs/on-call.md says" in " ".join(world.run("doctor")[1].split())
    monkeypatch.delenv("NOTIFY_SMS_TEMPLATE")
    assert "text messages" not in world.run("doctor")[1]
