"""Tests the retraction of an event. Exactly the addresses that received the event get the correction, once, in the same thread.
Also tests how the program finds events that may have been wrong.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from monitor.channels import Outcome, Status
from monitor.detect.correction import (
    Difference,
    correction_of,
    doubted_by_difference,
    doubted_by_report,
    retracted,
    why_in_one_line,
)
from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.notify.data import event_data
from monitor.register.movements import is_movement
from monitor.store import open_store
from monitor.store.database import writing
from monitor.store.tables import WatchlistRow, table
from monitor.store.vault import Vault
from tests.conftest import World
from tests.jobs.office import HOME, LEAD, NOON, OTHER, Office, fall, subscribed
from tests.simulated.services import Service

WHY = "CQC had mixed up two services"
REPORT_DAY = date(2026, 11, 20)


# ── pure functions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def seen(kind: Kind, hours: int = 0, *, id: str = "later", **values: object) -> Event:
    """An event of one service, this many hours after noon."""
    stated: dict[str, object] = {"of": "overall", "published": REPORT_DAY} | values
    at = NOON + timedelta(hours=hours)
    return Event(id=id, location_id=HOME, name="Home", kind=kind, observed_at=at, **stated)  # type: ignore[arg-type]


FELL = seen(Kind.DOWNGRADED, id="fell", from_="good", to="inadequate")
ENTERED = seen(Kind.ENTERED, id="entered", of=None)
ROSE_BACK = seen(Kind.UPGRADED, 24, from_="inadequate", to="good")
CORRECTED = seen(Kind.REPORT_CORRECTED, 24, id="corrected", of=None)
LATER = replace(CORRECTED, observed_at=NOON + timedelta(days=9))


@pytest.mark.parametrize(
    ("events", "doubted"),
    [
        pytest.param([FELL, CORRECTED, ROSE_BACK], ["fell"], id="the corrected report restores the rating"),
        pytest.param([FELL, ROSE_BACK, LATER], ["fell"], id="CQC says only later that it corrected the report"),
        pytest.param([FELL, CORRECTED], [], id="CQC's correction changes nothing that we reported"),
        pytest.param([FELL, ROSE_BACK], [], id="the rating rises without a correction by CQC"),
        pytest.param(
            [FELL, CORRECTED, replace(ROSE_BACK, published=date(2026, 12, 20))], [], id="the rise is from a newer report"
        ),
        pytest.param([FELL, CORRECTED, replace(ROSE_BACK, of="safe")], [], id="the rise is in another key question"),
        pytest.param([FELL, CORRECTED, replace(ROSE_BACK, group="Surgery")], [], id="the rise is in another service group"),
        pytest.param(
            [FELL, CORRECTED, replace(ROSE_BACK, from_="good")], [], id="the rise is not from the rating that was reported"
        ),
        pytest.param(
            [FELL, CORRECTED, replace(ROSE_BACK, observed_at=NOON + timedelta(days=60))],
            [],
            id="the rise comes long after CQC's correction",
        ),
        pytest.param(
            [ENTERED, CORRECTED, seen(Kind.LEFT, 24, of=None)], ["entered"], id="the corrected report has no special measures"
        ),
        pytest.param(
            [FELL, CORRECTED, seen(Kind.RATING_WITHDRAWN, 25, from_="inadequate")], ["fell"], id="the rating is withdrawn"
        ),
        pytest.param(
            [seen(Kind.UPGRADED, id="rose", from_="good", to="outstanding"),
             seen(Kind.READ_WRONGLY, 24, from_="outstanding", to="good")],
            ["rose"], id="this program had misread the rating",
        ),
        pytest.param([seen(Kind.READ_WRONGLY, 24, from_=None, to="good")], [], id="this program had not read the rating before"),
        pytest.param([retracted(FELL, WHY, NOON), CORRECTED, ROSE_BACK], [], id="the event is already retracted"),
        pytest.param([], [], id="no events"),
    ],
)  # fmt: skip
def test_a_corrected_report_shows_which_events_were_wrong(events: list[Event], doubted: list[str]) -> None:
    assert [one.event_id for one in doubted_by_report(events)] == doubted


DIFFERS = Difference(
    location_id=HOME, group=None, of="overall", read="inadequate", stated="good", published=REPORT_DAY,
    source="CQC's file of 13 November 2026",
)  # fmt: skip


@pytest.mark.parametrize(
    ("event", "difference", "doubted"),
    [
        pytest.param(FELL, DIFFERS, True, id="the file states another rating"),
        pytest.param(FELL, replace(DIFFERS, stated=None), True, id="the file states no rating"),
        pytest.param(FELL, replace(DIFFERS, read="good"), False, id="the program now reads another rating than it sent"),
        pytest.param(FELL, replace(DIFFERS, stated="inadequate"), False, id="the file states the same rating"),
        pytest.param(FELL, replace(DIFFERS, published=date(2026, 1, 2)), False, id="the file's rating is of another publication"),
        pytest.param(FELL, replace(DIFFERS, published=None), True, id="the file gives no date"),
        pytest.param(FELL, replace(DIFFERS, of="safe"), False, id="the difference is in another key question"),
        pytest.param(FELL, replace(DIFFERS, group="Surgery"), False, id="the difference is in another group"),
        pytest.param(FELL, replace(DIFFERS, location_id="1-111111111"), False, id="the difference is at another service"),
        pytest.param(ENTERED, DIFFERS, False, id="special measures, which the file does not state"),
        pytest.param(retracted(FELL, WHY, NOON), DIFFERS, False, id="the event is already retracted"),
    ],
)
def test_a_difference_from_cqcs_files_shows_which_events_are_doubtful(
    event: Event, difference: Difference, doubted: bool
) -> None:
    found = doubted_by_difference([event], [difference])
    assert [one.event_id for one in found] == ([event.id] if doubted else [])
    assert all("by CQC's file of 13 November 2026" in one.reason for one in found)


def test_a_retracted_event_is_marked_and_is_neither_urgent_nor_severe_nor_a_movement() -> None:
    back = retracted(FELL, WHY, NOON)
    assert FELL.urgent and FELL.worst and is_movement(FELL)
    assert not (back.urgent or back.worst or is_movement(back))
    assert back.words == "retracted: overall rating fell from Good to Inadequate"
    correction = correction_of(FELL, WHY, NOON)
    assert correction.words == "correction: “overall rating fell from Good to Inadequate” was wrong"
    assert correction.urgent and not correction.worst and not is_movement(correction)
    assert event_data(back)["corrected_at"] == "2026-11-21T12:00:00Z" and event_data(back)["corrected_why"] == WHY
    assert event_data(correction)["corrects"] == "fell" and event_data(correction)["why"] == WHY
    assert {"corrects", "corrected_at"}.isdisjoint(event_data(FELL))


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u202e\u200b", "x" * 1001])
def test_an_empty_or_very_long_reason_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        why_in_one_line(text)
    assert why_in_one_line(" two\nlines\x00 ") == "two lines"


# ── who receives what ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=("sqlite", "postgresql"))
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An office on each kind of database. A fall with the id "e" is waiting to be sent to two addresses."""
    store = open_store(request.getfixturevalue(request.param), Vault("a secret"))
    yield Office(store)
    store.close()


def corrected(office: Office) -> list[str]:
    """The addresses that got a correction."""
    return [one.address for one in office.store.delivery_log.since() if one.kind == "correction" and one.became == "sent"]


def sent(office: Office) -> list[str]:
    """The addresses that got the alert about the fall."""
    told = office.store.delivery_log.since()
    return [one.address for one in told if one.became == "sent" and "e" in {event.id for event in one.events}]


@pytest.mark.asyncio
async def test_exactly_the_addresses_that_received_the_event_receive_the_correction_at_once(office: Office) -> None:
    await office.deliver()
    subscribed(office, "mailto:later@council.example")
    taken = office.store.corrections.retract("e", WHY, None, office.now)
    assert sorted(taken.told) == sorted([LEAD, OTHER]) and not taken.again and taken.kept_back == 0
    await office.deliver(timedelta(minutes=1))
    assert sorted(corrected(office)) == sorted(sent(office)) == sorted([LEAD, OTHER])
    subjects = [subject for _, subject in office.postman.subjects if subject.startswith("Correction: ")]
    assert subjects == ["Correction: Home: “overall rating fell from Good to Inadequate” was wrong"] * 2
    assert all(f"Why: {WHY}" in text for text in office.postman.texts if text.startswith("Correction"))


@pytest.mark.asyncio
async def test_retracting_an_event_twice_sends_one_correction_and_deletes_nothing(office: Office) -> None:
    await office.deliver()
    office.store.corrections.retract("e", WHY, None, office.now)
    again = office.store.corrections.retract("e", "another reason", None, office.now + timedelta(hours=1))
    assert again.again and again.told == () and again.event.corrected_why == WHY
    await office.deliver(timedelta(hours=2))
    assert len(corrected(office)) == 2
    fell, correction = office.store.services.events()
    assert (fell.id, fell.corrected_at, fell.corrected_why) == ("e", NOON, WHY)
    assert (correction.kind, correction.corrects, correction.why) == (Kind.CORRECTION, "e", WHY)
    assert [deed.what for deed in office.store.audit.newest(9)].count("took back") == 1


@pytest.mark.asyncio
async def test_several_people_who_retract_an_event_at_the_same_time_send_one_correction(office: Office) -> None:
    await office.deliver()
    with ThreadPoolExecutor(4) as people:
        found = list(people.map(lambda n: office.store.corrections.retract("e", f"reason {n}", None, NOON), range(4)))
    assert sorted(one.again for one in found) == [False, True, True, True]
    await office.deliver(timedelta(minutes=1))
    assert len(corrected(office)) == 2


@pytest.mark.asyncio
@pytest.mark.parametrize("composed", [False, True], ids=["not in a message yet", "in a message"])
async def test_a_retracted_event_that_was_not_sent_yet_is_not_sent(office: Office, composed: bool) -> None:
    if composed:
        office.postman.answers |= {LEAD: Outcome(Status.RETRY, "451"), OTHER: Outcome(Status.REJECTED, "550")}
        await office.deliver()  # one message waits for its next attempt, the other is a dead letter
    office.postman.answers.clear()
    office.postman.given.clear()
    taken = office.store.corrections.retract("e", WHY, None, office.now)
    assert taken.told == () and taken.kept_back == 2
    assert office.store.dead_letters.send_all_dead_again(office.now) == ([], [])
    await office.deliver(timedelta(hours=3))
    assert sent(office) == corrected(office) == [] and office.to(LEAD) == office.to(OTHER) == []
    assert [one.state for one in office.store.dead_letters.unsent()] == []


@pytest.mark.asyncio
async def test_a_waiting_message_loses_the_retracted_event_and_keeps_its_other_events(office: Office) -> None:
    office.look(3, replace(fall("other", NOON), of="safe"))
    office.postman.answers |= {LEAD: Outcome(Status.RETRY, "451"), OTHER: Outcome(Status.RETRY, "451")}
    await office.deliver()
    office.postman.answers.clear()
    office.store.corrections.retract("e", WHY, None, office.now)
    await office.deliver(timedelta(minutes=30))
    told = [one for one in office.store.delivery_log.since() if one.became == "sent" and one.address == LEAD]
    assert [[event.id for event in one.events] for one in told] == [["other"]]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "answer", [Outcome(Status.ACCEPTED, "queued"), Outcome(Status.RETRY, "451")], ids=["message accepted", "message not accepted"]
)
async def test_an_event_retracted_during_sending_is_corrected_if_the_message_was_accepted(
    office: Office, answer: Outcome
) -> None:
    office.store.subscriptions.unsubscribe("Leeds", OTHER, NOON, None)
    once: Iterator[Callable[[], object]] = iter([lambda: office.store.corrections.retract("e", WHY, None, office.now)])
    office.postman.while_sending = lambda: next(once, lambda: None)() and None  # type: ignore[assignment]
    office.postman.answers[LEAD] = answer
    await office.deliver()
    office.postman.answers.clear()
    await office.deliver(timedelta(hours=1))
    expected = [LEAD] if answer.status is Status.ACCEPTED else []
    assert sent(office) == corrected(office) == expected


@pytest.mark.asyncio
async def test_an_address_that_received_one_part_of_the_message_receives_the_correction(office: Office) -> None:
    office.store.subscriptions.unsubscribe("Leeds", OTHER, NOON, None)
    office.postman.parts_of_each = 2
    office.postman.answers[f"{LEAD} 2"] = Outcome(Status.RETRY, "429")
    await office.deliver()
    office.postman.answers.clear()
    office.postman.parts_of_each = 1
    assert office.store.corrections.who_was_sent("e") == (LEAD,)
    assert office.store.corrections.retract("e", WHY, None, office.now).told == (LEAD,)
    await office.deliver(timedelta(hours=1))
    assert sent(office) == [] and corrected(office) == [LEAD]


@pytest.mark.asyncio
async def test_an_address_that_unsubscribed_after_the_event_receives_the_correction(office: Office) -> None:
    await office.deliver()
    office.store.subscriptions.unsubscribe("Leeds", LEAD, office.now, None)
    office.store.corrections.retract("e", WHY, None, office.now)
    await office.deliver(timedelta(minutes=1))
    assert sorted(corrected(office)) == sorted([LEAD, OTHER])


SECOND = "mailto:second@council.example"


@pytest.fixture(params=("sqlite", "postgresql"))
def with_second(request: pytest.FixtureRequest) -> Iterator[Office]:
    """Like `office`, with a second address that is alerted after a day if nobody has acknowledged the event."""
    store = open_store(request.getfixturevalue(request.param), Vault("a secret"))
    office = Office(store, escalate_after=timedelta(days=1))
    with writing(store.engine) as connection:
        connection.execute(update(table(WatchlistRow)).values(second_address=Vault("a secret").encrypt(SECOND)))
    yield office
    store.close()


@pytest.mark.asyncio
@pytest.mark.parametrize("back", [False, True], ids=["event not retracted", "event retracted"])
async def test_a_retracted_event_is_not_escalated_to_the_second_address(with_second: Office, back: bool) -> None:
    await with_second.deliver()
    if back:
        with_second.store.corrections.retract("e", WHY, None, with_second.now)
    await with_second.deliver(timedelta(days=2))
    assert (SECOND in sent(with_second)) is not back and SECOND not in corrected(with_second)


@pytest.mark.asyncio
async def test_a_waiting_escalation_of_a_retracted_event_is_not_sent(with_second: Office) -> None:
    await with_second.deliver()
    with_second.postman.answers[SECOND] = Outcome(Status.RETRY, "451")
    await with_second.deliver(timedelta(days=2))
    with_second.postman.answers.clear()
    assert with_second.store.corrections.retract("e", WHY, None, with_second.now).kept_back == 1
    await with_second.deliver(timedelta(hours=3))
    assert SECOND not in sent(with_second) + corrected(with_second)


@pytest.mark.asyncio
async def test_a_second_address_that_received_the_event_receives_the_correction(with_second: Office) -> None:
    await with_second.deliver()
    await with_second.deliver(timedelta(days=2))
    with_second.store.corrections.retract("e", WHY, None, with_second.now)
    await with_second.deliver(timedelta(minutes=1))
    assert sorted(corrected(with_second)) == sorted([LEAD, OTHER, SECOND])


@pytest.mark.asyncio
async def test_a_refused_correction_is_a_dead_letter_and_the_operator_is_alerted(office: Office) -> None:
    await office.deliver()
    office.store.corrections.retract("e", WHY, None, office.now)
    office.postman.answers[LEAD] = Outcome(Status.REJECTED, "550 no such user")
    await office.deliver(timedelta(minutes=1))
    (dead,) = [one for one in office.store.dead_letters.unsent() if one.state == "dead"]
    assert dead.kind == "correction" and dead.address == LEAD
    (heard,) = office.operator_heard()
    assert heard.startswith("cqc-monitor: ring lead@council.example: Home: ")
    office.postman.answers.clear()
    again, left = office.store.dead_letters.send_all_dead_again(office.now)
    assert [one.kind for one in again] == ["correction"] and left == []


@pytest.mark.parametrize("name", ["nothing", "", "%", "e' OR 1=1"])
def test_neither_an_unknown_event_nor_a_correction_can_be_retracted(office: Office, name: str) -> None:
    with pytest.raises(UsageError, match="is not an event's id"):
        office.store.corrections.retract(name, WHY, None, NOON)
    office.store.corrections.retract("e", WHY, None, NOON)
    (_, correction) = office.store.services.events()
    with pytest.raises(UsageError, match="is a correction itself"):
        office.store.corrections.retract(correction.id, WHY, None, NOON)


# ── proposals ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_corrected_report_leads_to_a_proposal_to_retract_the_wrong_event(office: Office) -> None:
    at = NOON + timedelta(days=1)
    back = replace(fall("back", at), kind=Kind.UPGRADED, from_="inadequate", to="good")
    said = Event(id="said", location_id=HOME, name="Home", kind=Kind.REPORT_CORRECTED, observed_at=at, quote="Corrected.")
    assert office.store.corrections.open_proposals() == []
    office.look(3, said, back)
    (proposed,) = office.store.corrections.open_proposals()
    assert proposed.event.id == "e"
    assert proposed.reason.startswith("CQC says that it has corrected its report or a rating, and now:")
    assert office.store.corrections.proposal_of("e") == proposed and office.store.corrections.proposal_of("said") is None
    assert office.store.corrections.let_stand("e", None, at) and not office.store.corrections.let_stand("e", None, at)
    office.look(4, replace(said, id="again"))
    assert office.store.corrections.open_proposals() == []  # a proposal is decided only once


def test_a_difference_from_cqcs_files_leads_to_one_proposal_and_none_after_the_retraction(office: Office) -> None:
    differs = replace(DIFFERS, published=None)
    assert [office.store.corrections.propose_by([differs], NOON) for _ in range(2)] == [1, 0]
    assert [one.event.id for one in office.store.corrections.open_proposals()] == ["e"]
    office.store.corrections.retract("e", WHY, None, NOON)
    assert office.store.corrections.open_proposals() == [] and office.store.corrections.propose_by([differs], NOON) == 0
    assert office.store.corrections.propose_by([], NOON) == 0


# ── through the commands, to real receivers ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("each_database")
def test_the_command_correct_sends_a_correction_by_every_channel_and_in_the_email_thread(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    hook, teams = f"slack:{world.slack.url}/services/T0/B0/abcdefgh", f"webhook:{world.teams.url}/cqc"
    world.done("watch", "add", "Leeds", HOME)
    for address in (LEAD, hook, teams):
        world.done("subscribe", "Leeds", address, "--quiet")
    world.done("check")
    home.newest.overall = "Inadequate"
    world.done("check")
    world.done("deliver")
    events = json.loads(world.done("events", "--json"))
    (event,) = [one for one in events if (one["kind"], one["of"]) == ("downgraded", "overall")]
    out = world.done("correct", event["id"][:8], "--why", WHY)
    assert out.count("\n") == 1 and "A correction goes to the 3 addresses" in out
    world.done("deliver")
    alert, correction = world.mail.to("lead@council.example")
    assert correction.subject.startswith("Correction: ") and event["name"] in correction.subject
    assert correction.message["In-Reply-To"] == alert.message["Message-ID"]
    assert correction.message["References"].split() == [alert.message["References"], alert.message["Message-ID"]]
    assert f"Why: {WHY}" in correction.text and WHY in correction.html
    assert "Correction: " in json.dumps(world.slack.payloads()[-1], ensure_ascii=False)
    (posted,) = [one for one in world.teams.payloads() if one["kind"] == "correction"]
    assert (posted["corrects"], posted["why"]) == (event["id"], WHY) and posted["events"][0]["kind"] == "correction"

    shown = {one["id"]: one for one in json.loads(world.done("events", "--json"))}
    assert shown[event["id"]]["corrected_why"] == WHY and shown[event["id"]]["corrected_at"].endswith("Z")
    assert [one["corrects"] for one in shown.values() if one["kind"] == "correction"] == [event["id"]]
    status, out, err = world.run("correct", event["id"], "--why", "again")
    assert (status, err) == (0, "") and out.count("\n") == 1 and out.startswith("This event was already retracted")
    world.done("deliver")
    assert len(world.mail.to("lead@council.example")) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("correct", "ffffffff", "--why", WHY), "is not an event's id"),
        (("correct", "ffffffff", "--stands"), "is not an event's id"),
        (("correct", "ffffffff", "--why", " "), "say why the event was wrong"),
        (("correct", "ffffffff", "--why", "x" * 1001), "at most 1,000"),
        (("correct", "ffffffff"), "--why"),
    ],
)
def test_the_command_correct_refuses_unusable_arguments_in_one_line(world: World, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = world.run(*arguments)
    assert (status, out) == (2, "") and said in err and err.strip().count("\n") == 0
