"""Tests email through GOV.UK Notify, with a simulator that follows Notify's documentation and works with Notify's own library."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from monitor.channels import Outcome, Status
from monitor.channels.base import Mail
from monitor.channels.mail_settings import MailSetup, NotifyService
from monitor.notify.content import Message
from tests.channels.receiving import alert, by, card, fall
from tests.simulated.notify import MOST_BYTES, SECRET, SERVICE, TEMPLATE, Notify

LEAD = "lead@council.example"
ADDRESS = f"mailto:{LEAD}"


@pytest.fixture
def notify(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notify]:
    """Simulates Notify, with a live service."""
    with Notify() as running:
        monkeypatch.setattr("monitor.channels.notify.NOTIFY", running.url)
        yield running


def by_notify(now: Callable[[], datetime] = lambda: datetime.now(UTC), **other: Any) -> Mail:
    """Returns the channel for MAIL_BY=notify."""
    values: dict[str, Any] = {"service_id": SERVICE, "secret": SECRET, "template": TEMPLATE}
    return by(MailSetup(notify=NotifyService(**(values | other))), now=now)


def sent(channel: Mail, message: Message | None = None) -> Outcome:
    """Sends a message and returns the outcome."""

    async def sending() -> Outcome:
        (part,) = channel.parts(message or alert(), message_id="notice-1", address=ADDRESS)
        try:
            return await channel.send(part, message_id="notice-1", part_number=1, address=ADDRESS)
        finally:
            await channel.close()

    return asyncio.run(sending())


def test_notifys_own_client_works_with_the_simulator(notify: Notify) -> None:
    """Tests requests from Notify's documentation: sending, reading the template and the notification, and a refused request."""
    make: Callable[..., Any] = NotificationsAPIClient
    client = make(notify.key, base_url=notify.url)
    answer = client.send_email_notification(
        email_address=LEAD,
        template_id=TEMPLATE,
        personalisation={"subject": "A fall", "message": "Cherrybrook fell."},
        reference="r-1",
        one_click_unsubscribe_url="https://monitor.example/unsubscribe/t",
    )
    assert answer["content"]["subject"] == "A fall" and answer["reference"] == "r-1"
    assert client.get_notification_by_id(answer["id"])["id"] == answer["id"]
    assert set(client.get_template(TEMPLATE)["personalisation"]) == {"subject", "message"}
    with pytest.raises(HTTPError) as refused:
        client.send_email_notification(email_address="nobody", template_id=TEMPLATE, personalisation={})
    assert refused.value.status_code == 400
    client.request_session.close()


def test_a_message_is_sent_as_subject_and_plain_text(notify: Notify) -> None:
    """The reply contains Notify's id for the message. The reference is our own id."""
    message = replace(alert(), unsubscribe="https://monitor.example/unsubscribe/t0ken")
    outcome = sent(by_notify(), message)
    (entry,) = notify.sent
    assert outcome == Outcome(Status.ACCEPTED, f"201 accepted by GOV.UK Notify (id {entry['id']})")
    assert (entry["email_address"], entry["reference"]) == (LEAD, "notice-1")
    assert entry["content"]["subject"] == message.subject and entry["content"]["body"] == message.text
    assert entry["content"]["one_click_unsubscribe_url"] == message.unsubscribe


def test_a_link_to_unsubscribe_that_is_not_https_is_left_out(notify: Notify) -> None:
    """With such a link, Notify would refuse the whole message. The text contains the link anyway."""
    message = replace(alert(), unsubscribe="http://127.0.0.1:8000/unsubscribe/t0ken")
    assert sent(by_notify(), message).status is Status.ACCEPTED
    assert "one_click_unsubscribe_url" not in notify.sent[0]["content"]


def test_a_placeholder_in_the_name_of_a_service_is_sent_as_text(notify: Notify) -> None:
    """A service may have any name."""
    hostile = alert(fall(card(name="((message)) & “Tŷ”")))
    assert sent(by_notify(), hostile).status is Status.ACCEPTED
    assert notify.sent[0]["content"]["subject"] == hostile.subject


def _with(**values: Any) -> Callable[[Notify], None]:
    def prepare(notify: Notify) -> None:
        for name, value in values.items():
            setattr(notify, name, value)

    return prepare


def _says(status: int, error: str = "", message: str = "", body: bytes | None = None) -> Callable[[Notify], None]:
    return lambda notify: notify.refuse(status, error, message, body=body)


@pytest.mark.parametrize(
    ("prepare", "status", "for_all", "said"),
    [
        pytest.param(_with(team=set()), Status.BROKEN, False, "to a live key", id="a key that may send only to the team"),
        pytest.param(_with(team=set(), trial=True), Status.BROKEN, False, "make it live", id="a service in trial mode"),
        pytest.param(
            _with(allowed=False), Status.BROKEN, True, "settings of your service", id="a service that may not send email"
        ),
        pytest.param(
            _with(body="((message)) ((name))"), Status.BROKEN, True, "asks for more", id="a template with another placeholder"
        ),
        pytest.param(_with(kind="sms"), Status.BROKEN, True, "NOTIFY_TEMPLATE", id="a template for text messages"),
        pytest.param(_with(secret=TEMPLATE), Status.BROKEN, True, "NOTIFY_API_KEY", id="a key that Notify does not know"),
        pytest.param(_with(clock=lambda: 0.0), Status.BROKEN, True, "30 seconds", id="a wrong clock"),
        pytest.param(_with(a_minute=0), Status.RETRY, False, "RateLimitError", id="the limit per minute"),
        pytest.param(_with(a_day=0), Status.RETRY, False, "until midnight", id="the daily limit"),
        pytest.param(_says(403, "AuthError", "Invalid token: API key revoked"), Status.BROKEN, True, "new", id="a revoked key"),
        pytest.param(
            _says(403, "AuthError", "Invalid token: service is archived"), Status.BROKEN, True, "403", id="an archived service"
        ),
        pytest.param(_says(401, "AuthError", "Unauthorized: …"), Status.BROKEN, True, "NOTIFY_API_KEY", id="no authorisation"),
        pytest.param(_says(403, "Forbidden", "something new"), Status.BROKEN, True, "something new", id="any other 403"),
        pytest.param(
            _says(400, "BadRequestError", "Template not found"), Status.BROKEN, True, "template's id", id="an unknown template"
        ),
        pytest.param(_says(400, "ValidationError", "No Result Found"), Status.BROKEN, True, "template's id", id="nothing found"),
        pytest.param(
            _says(400, "BadRequestError", "Template has been deleted"),
            Status.BROKEN, True, "template's id", id="a deleted template",
        ),
        pytest.param(
            _says(400, "ValidationError", "email_address is not a valid email address"), Status.REJECTED, False, "correct it",
            id="not an email address",
        ),
        pytest.param(
            _says(400, "ValidationError", "one_click_unsubscribe_url is not a valid https url"),
            Status.BROKEN, True, "PUBLIC_URL", id="a link that Notify does not accept",
        ),
        pytest.param(
            _says(400, "BadRequestError", "Emails cannot be longer than 2000000 bytes. Your message is 2000001 bytes."),
            Status.REJECTED, False, "shorter", id="a message that is too long",
        ),
        pytest.param(_says(400, "BadRequestError", "something new"), Status.REJECTED, False, "new", id="any other 400"),
        pytest.param(_says(404, body=b"<html>"), Status.BROKEN, True, "404", id="a page that does not exist"),
        pytest.param(_says(429, body=b"slow down"), Status.RETRY, False, "slow down", id="too many requests, in other words"),
        pytest.param(_says(500, "Exception", "Internal server error"), Status.RETRY, False, "Internal", id="an internal error"),
        pytest.param(_says(503, body=b""), Status.RETRY, False, "503", id="not available"),
        pytest.param(_says(200, body=b"<html>Sign in to the proxy"), Status.RETRY, False, "proxy", id="a proxy's page"),
        pytest.param(lambda notify: notify.stop(), Status.RETRY, False, "does not answer", id="nothing listens"),
    ],
)  # fmt: skip
def test_a_refusal_of_notify_leads_to_the_right_outcome(
    notify: Notify, prepare: Callable[[Notify], Any], status: Status, for_all: bool, said: str
) -> None:
    """Each refusal has one outcome. The reply has Notify's own words and, if a person can help, what to do."""
    prepare(notify)
    outcome = sent(by_notify())
    assert (outcome.status, outcome.for_all) == (status, for_all), outcome
    assert said in outcome.reply and "\n" not in outcome.reply and SECRET not in outcome.reply
    assert notify.sent == []


@pytest.mark.parametrize(
    ("now", "wait"),
    [
        (datetime(2026, 11, 29, 22, 30, tzinfo=UTC), timedelta(minutes=90)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), timedelta(minutes=30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), timedelta(hours=25)),
    ],
    ids=["winter", "summer", "a day of 25 hours"],
)
def test_after_the_daily_limit_the_program_waits_until_midnight_in_london(notify: Notify, now: datetime, wait: timedelta) -> None:
    """The time is exact, even on a day with 25 hours."""
    notify.a_day, notify.clock = 0, now.timestamp
    assert sent(by_notify(lambda: now)).retry_after == wait


def test_the_simulator_refuses_a_message_that_is_too_long(notify: Notify) -> None:
    """The simulator counts the bytes of the filled template."""
    (part,) = by_notify().parts(alert(), message_id="m", address=ADDRESS)
    part = json.dumps(json.loads(part) | {"message": "é" * (MOST_BYTES // 2 + 1)}).encode()
    channel = by_notify()

    async def sending() -> Outcome:
        try:
            return await channel.send(part, message_id="m", part_number=1, address=ADDRESS)
        finally:
            await channel.close()

    outcome = asyncio.run(sending())
    assert outcome.status is Status.REJECTED and "2000002 bytes" in outcome.reply


@pytest.mark.parametrize(
    ("prepare", "template", "status", "said"),
    [
        (_with(), TEMPLATE, Status.ACCEPTED, "knows the key and the template “CQC monitor”"),
        (_with(subject="News"), TEMPLATE, Status.BROKEN, "lacks ((subject))"),
        (_with(body="Hello"), TEMPLATE, Status.BROKEN, "lacks ((message))"),
        (_with(kind="letter"), TEMPLATE, Status.BROKEN, "is not for email"),
        (_with(), "00000000-0000-4000-8000-000000000000", Status.BROKEN, "NOTIFY_TEMPLATE"),
        (_with(secret=TEMPLATE), TEMPLATE, Status.BROKEN, "NOTIFY_API_KEY"),
    ],
    ids=[
        "usable template",
        "template without a subject",
        "template without a message",
        "template for letters",
        "unknown template",
        "unknown key",
    ],
)
def test_the_check_of_notify_reads_the_template(
    notify: Notify, prepare: Callable[[Notify], Any], template: str, status: Status, said: str
) -> None:
    """The check sends no message."""
    prepare(notify)

    async def checking() -> Outcome:
        channel = by_notify(template=template)
        try:
            return await channel.check(LEAD)
        finally:
            await channel.close()

    outcome = asyncio.run(checking())
    assert outcome.status is status and said in outcome.reply and notify.sent == []
