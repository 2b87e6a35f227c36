"""Tests who gets which message, and when, on both databases: alerts from one report, several events in one message, weekly
digests, and messages that are too large for their receiver.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from monitor.channels import Outcome, Status
from monitor.detect.checks import Outcome as Look
from monitor.events import Kind
from monitor.model import AtOnce, When
from monitor.store import open_store
from monitor.store.subscriptions import Wishes
from monitor.store.vault import Vault
from tests.jobs.office import LEAD, NOON, OTHER, Office, fall
from tests.store.listed import entry, listed

HOOK = "webhook:https://hooks.council.example/a-long-secret"


@pytest.fixture(params=("sqlite", "postgresql"))
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A new office, on each kind of database."""
    store = open_store(request.getfixturevalue(request.param), Vault("a secret"))
    yield Office(store)
    store.close()


# ── too large for its receiver ───────────────────────────────────────────────────────────────────────────────────────────

TOO_LARGE = Outcome(Status.REJECTED, "552 5.3.4 too large", content=True)


@pytest.mark.asyncio
async def test_a_message_that_is_too_large_is_shortened_step_by_step_before_the_final_failure(office: Office) -> None:
    await office.deliver()
    office.look(3)
    office.look(4, *(fall(f"fall{number}", NOON) for number in range(11)))
    for record in (office.postman.given, office.postman.subjects, office.postman.texts):
        record.clear()
    office.postman.answers[LEAD] = TOO_LARGE
    result = await office.deliver()
    assert len(office.to(LEAD)) == 2 and len(set(office.to(LEAD))) == 1, "a message with counts only would need a page"
    lengths = [len(text) for (to, _), text in zip(office.postman.subjects, office.postman.texts, strict=True) if to == LEAD]
    assert lengths == sorted(set(lengths), reverse=True) and len(lengths) == 2
    assert len(result.dead) == 1
    await office.deliver()
    (heard,) = office.operator_heard()
    assert heard.startswith("cqc-monitor: ring lead@council.example: Home: Good → Inadequate overall (and 10 more")


@pytest.mark.asyncio
async def test_a_shortened_message_is_sent_once_and_its_page_shows_everything(office: Office) -> None:
    office.postman.answers[LEAD] = TOO_LARGE
    office.postman.while_sending = lambda: office.postman.answers.clear() if len(office.to(LEAD)) == 2 else None
    result = await office.deliver()
    assert (result.sent, result.dead) == (2, [])
    (one, two) = office.to(LEAD)
    assert one == two and (await office.deliver()).sent == 0
    (other,) = office.to(OTHER)
    assert office.store.subscriptions.said(one) == office.store.subscriptions.said(other)


@pytest.mark.asyncio
async def test_a_message_stays_shortened_after_a_restart_of_the_program(office: Office) -> None:
    office.store.outbox.compose(office.now, office.now - timedelta(days=9))
    (claimed,) = (one for one in office.store.outbox.claim(office.now, 9) if one.address == LEAD)
    office.store.outbox.shorten(claimed, "552", "TABLE", office.now, None)
    (again,) = office.store.outbox.claim(office.now, 9)
    assert (again.id, again.attempt, again.body["extent"], again.events) == (claimed.id, 1, "TABLE", claimed.events)
    office.store.outbox.sent(again.id, "queued", office.now)
    office.store.outbox.shorten(again, "552", "COUNTS", office.now, None)  # a sender that had hung sends its result late
    assert again.id not in {one.id for one in office.store.outbox.claim(office.now + timedelta(days=1), 9)}


# ── one report, one alert ────────────────────────────────────────────────────────────────────────────────────────────────


WISHES = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")


@pytest.mark.asyncio
async def test_a_later_alert_about_the_same_report_contains_only_the_new_events(office: Office) -> None:
    await office.deliver()
    office.now += timedelta(hours=3)
    office.look(3)
    notice = replace(fall("e", office.now), id="notice", kind=Kind.ENFORCEMENT, of="warning notice", from_=None, to=None)
    office.look(4, replace(notice, published=date(2026, 11, 20)))
    office.postman.texts.clear()
    assert (await office.deliver()).sent == 2
    for text in office.postman.texts:
        assert "20 November 2026" in text and "warning notice" in text and "→" not in text
    claimed = office.store.outbox.taken([office.to(LEAD)[-1], office.to(LEAD)[0]])
    assert [claimed[one].body.get("more", False) for one in office.to(LEAD)] == [False, True]
    assert [event.id for event in claimed[office.to(LEAD)[-1]].events] == ["notice"]


@pytest.mark.asyncio
async def test_many_urgent_items_at_once_are_one_mail_but_separate_messages_to_a_webhook(office: Office) -> None:
    await office.deliver()
    office.store.subscriptions.subscribe("Leeds", HOOK, WISHES, quiet=True, now=office.now)
    office.look(3)
    office.look(4, *(fall(f"fall{number}", NOON) for number in range(11)))
    await office.deliver()
    assert (len(office.to(LEAD)), len(office.to(HOOK))) == (2, 11)
    office.look(5)
    office.look(6, *(fall(f"more{number}", NOON) for number in range(10)))
    await office.deliver()
    assert (len(office.to(LEAD)), len(office.to(HOOK))) == (12, 21)
    assert (await office.deliver(timedelta(days=1))).sent == 0


@pytest.mark.asyncio
async def test_good_news_is_sent_weekly_or_each_morning_if_the_subscriber_chose_all_news(office: Office) -> None:
    await office.deliver()
    all_news = replace(WISHES, all_news=True)
    assert not office.store.subscriptions.subscribe("Leeds", OTHER, all_news, quiet=True, now=office.now)
    office.look(3)
    rise = replace(fall("rise", office.now), kind=Kind.UPGRADED, from_="inadequate", to="good")
    office.look(4, rise)
    told = {day: await office.deliver(timedelta(days=1)) for day in ("Sunday", "Monday")}  # each at noon
    assert [(day, [one.split(": ")[0] for one in result.told]) for day, result in told.items()] == [
        ("Sunday", [OTHER]),
        ("Monday", [LEAD]),
    ]


@pytest.mark.asyncio
async def test_a_changed_subscription_changes_when_waiting_notices_are_sent(office: Office) -> None:
    await office.deliver()
    office.look(3)
    office.look(4, replace(fall("safe", office.now), of="safe", to="requires improvement"))
    stricter = replace(WISHES, at_once=AtOnce.OVERALL)
    office.store.subscriptions.subscribe("Leeds", LEAD, stricter, quiet=True, now=office.now)
    result = await office.deliver()
    assert [one.split(": ")[0] for one in result.told] == [OTHER], "the lead's message comes in the morning"
    assert [one.split(": ")[0] for one in (await office.deliver(timedelta(days=1))).told] == [LEAD]


# ── a service that was never read ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.asyncio
async def test_a_service_that_was_never_read_has_its_name_from_cqcs_register(office: Office) -> None:
    one = entry(1, name="Larch Grove")
    listed(office.store, [one], NOON.date())
    office.store.services.watch("Hull", [one.location_id, "1-999999999"], NOON)
    for location_id in (one.location_id, "1-999999999"):
        failed = Look(location_id=location_id, base_seq=0, looked_at=NOON, next_look_at=NOON, read_well=False, trouble="HTTP 503")
        assert office.store.services.record(failed)
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    office.store.subscriptions.subscribe("Hull", OTHER, wishes, quiet=False, now=NOON)
    await office.deliver()
    sent = zip(office.postman.subjects, office.postman.texts, strict=True)
    (welcome,) = (text for (_, subject), text in sent if "Hull" in subject)
    assert "Larch Grove" in welcome and "1-999999999" in welcome, "both are named, although the register lists only Larch Grove"
    office.postman.texts.clear()
    for hours in (48, 24):
        await office.deliver(timedelta(hours=hours))
    assert any("Larch Grove" in text for text in office.postman.texts), "the digest names the service as not up to date"
