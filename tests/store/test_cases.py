"""Tests of cases in the store, on SQLite and PostgreSQL. Events open cases, each service has one open case, and two people may
change a case at the same time."""

import itertools
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from monitor.cases import SHIPPED, Assign, Case, Close, Did, EditStep, FinishStep, Outcome, Planned, Reopen, State, Tab
from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.store import Store, open_store
from monitor.store.cases import Answer
from monitor.store.database import writing
from monitor.store.events import record
from monitor.store.people import Person, Role
from monitor.store.tables import CaseRow, EscalationRow, metadata, table
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY, DAY, HOUR = NOON.date(), timedelta(days=1), timedelta(hours=1)
HOME, OTHER = "1-100000001", "1-100000002"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store that watches two services."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [HOME, OTHER], NOON)
    yield store
    store.close()


@pytest.fixture
def priya(store: Store) -> Person:
    return store.people.invite("priya@council.example", Role.EDITOR, None, NOON)


@pytest.fixture
def sam(store: Store) -> Person:
    return store.people.invite("sam@council.example", Role.EDITOR, None, NOON)


FALL = Event(
    id="fall", location_id=HOME, name="Home", kind=Kind.DOWNGRADED, of="overall", from_="good", to="inadequate", observed_at=NOON
)
REPORT = Event(id="report", location_id=HOME, name="Home", kind=Kind.REPORT, observed_at=NOON)


def happens(store: Store, *events: Event) -> None:
    with writing(store.engine) as connection:
        record(connection, store.vault, events[0].location_id, events)


def the_case(store: Store, location_id: str = HOME) -> Case:
    return store.cases.open_at([location_id])[location_id]


def log(store: Store, case_id: int) -> list[tuple[Did, str | None]]:
    return [(one.did, one.by) for one in store.cases.log([case_id])[case_id]]


def is_acknowledged(store: Store, event: str = "fall") -> bool:
    return any(one.reopened_at is None for one in store.acknowledgements.of([event])[event])


# ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_severe_event_opens_a_case_and_later_events_join_the_case(store: Store) -> None:
    happens(store, REPORT)
    assert store.cases.open_at([HOME]) == {}
    fall, report = replace(FALL, published=TODAY), replace(REPORT, id="new", published=TODAY)
    happens(store, fall, report, replace(FALL, id="other", published=TODAY - DAY))
    case = the_case(store)
    assert (case.state, case.owner, len(store.cases.items(case.id))) == (State.NEW, None, 2)
    happens(store, replace(REPORT, id="later", observed_at=NOON + 9 * DAY))
    happens(store, replace(FALL, id="again", observed_at=NOON + 10 * DAY))
    happens(store, replace(FALL, id="again", observed_at=NOON + 10 * DAY))
    assert the_case(store).id == case.id and len(store.cases.items(case.id)) == 4
    assert [one for one, _ in log(store, case.id)] == [Did.OPENED, Did.NEWS, Did.NEWS, Did.NEWS]
    assert [one.title for one in store.cases.steps(case.id)][1] == "Contact the placing authorities"
    assert case.next_due == TODAY + DAY


def test_a_closed_case_stays_closed_and_the_next_fall_opens_another_case(store: Store, priya: Person) -> None:
    happens(store, FALL)
    first = the_case(store)
    store.cases.act({first.id: first.version}, Close(outcome=Outcome.ASSURED, reason="visited"), priya.id, NOON)
    happens(store, replace(REPORT, id="later", observed_at=NOON + 9 * DAY))
    assert store.cases.open_at([HOME]) == {}
    happens(store, replace(FALL, id="again", observed_at=NOON + 10 * DAY))
    second = the_case(store)
    assert second.id != first.id
    (answer,) = store.cases.act({first.id: 99}, Reopen(), priya.id, NOON)
    assert answer.refused == f"the service has another open case, number {second.id}"
    assert [one.id for one in store.cases.of_service(HOME)] == [second.id, first.id]


def test_the_database_allows_only_one_open_case_of_a_service(store: Store) -> None:
    happens(store, FALL)
    row = {"location_id": HOME, "state": "new", "version": 0, "opened_at": NOON}
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(insert(table(CaseRow)).values(**row))


def test_two_workers_at_once_open_one_case(store: Store, priya: Person) -> None:
    def fall(number: int) -> None:
        if number % 2:
            happens(store, replace(FALL, id=f"fall-{number}"))
        else:
            store.cases.open(HOME, "seen in the paper", priya.id, NOON)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(fall, range(6)))
    (case,) = store.cases.of_service(HOME)
    assert case.version == len(store.cases.log([case.id])[case.id]) == 6


def test_events_from_before_an_upgrade_open_no_case(store: Store) -> None:
    happens(store, FALL)
    case = the_case(store)
    with writing(store.engine) as connection:  # this is the state after an upgrade from a version without cases
        for one in ("case_item", "case_log", "case_step", "service_case"):
            connection.execute(delete(metadata().tables[one]))
    happens(store, FALL)
    assert store.cases.find(case.id) is None and store.cases.open_at([HOME]) == {}


def test_a_case_gets_the_steps_of_its_watchlists(store: Store, priya: Person) -> None:
    assert store.cases.template("Leeds") == SHIPPED
    store.cases.set_template("Leeds", [Planned("Visit", 3), Planned("Call", None)], priya.id, NOON)
    store.services.watch("North", [HOME], NOON)
    store.cases.set_template("North", [Planned("Visit", 2)], priya.id, NOON)
    happens(store, FALL)
    steps = store.cases.steps(the_case(store).id)
    assert [(one.title, one.due) for one in steps] == [("Visit", TODAY + 2 * DAY), ("Call", None)]
    for one in ("Leeds", "North"):
        store.cases.set_template(one, [], priya.id, NOON)
    assert [one.title for one in store.cases.steps(the_case(store).id)] == ["Visit", "Call"]  # an open case keeps its steps
    happens(store, replace(FALL, id="other", location_id=OTHER))
    assert store.cases.steps(the_case(store, OTHER).id) == [] and the_case(store, OTHER).next_due is None
    store.cases.set_template("Leeds", None, priya.id, NOON)
    assert store.cases.template("Leeds") == SHIPPED


# ── what happens to a case ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind", [Kind.PROVIDER_CHANGED, Kind.MOVED, Kind.ARCHIVED, Kind.CLOSING, Kind.REPORT_REMOVED, Kind.RATINGS_SUSPENDED]
)
def test_a_case_stays_open_whatever_happens_to_its_service(store: Store, kind: Kind) -> None:
    happens(store, FALL)
    case = the_case(store)
    happens(store, replace(REPORT, id="later", kind=kind, observed_at=NOON + DAY))
    now = the_case(store)
    assert (now.id, now.state, now.next_due) == (case.id, case.state, case.next_due)
    *_, news = store.cases.log([case.id])[case.id]
    assert news.did is Did.NEWS and news.text


def test_a_case_stays_open_when_its_event_is_retracted(store: Store, priya: Person) -> None:
    happens(store, FALL)
    case = the_case(store)
    store.corrections.retract("fall", "mixed up", priya.id, NOON + DAY)
    _, correction, news = store.cases.log([case.id])[case.id]
    assert "wrong" in correction.text and "all severe events of this case were retracted" in news.text
    assert (the_case(store).id, the_case(store).next_due) == (case.id, None)
    store.cases.act({case.id: 99}, Assign(owner=priya.id), priya.id, NOON + DAY)
    assert not is_acknowledged(store)  # no event is left to acknowledge


BECAME = {
    "the provider changed": Kind.PROVIDER_CHANGED,
    "the service moved": Kind.MOVED,
    "the service is to close": Kind.CLOSING,
    "the service has closed": Kind.ARCHIVED,
    "the report was removed": Kind.REPORT_REMOVED,
    "the ratings are suspended": Kind.RATINGS_SUSPENDED,
    "the ratings were withdrawn": Kind.RATINGS_WITHDRAWN,
    "the service left its watchlist": None,
    "the service left its watchlist and joined another": None,
}


@pytest.mark.parametrize("became", BECAME)
@pytest.mark.parametrize("closed", [False, True], ids=["an open case", "a closed case"])
def test_a_later_event_gets_a_case_whatever_happened_to_the_service(
    became: str, closed: bool, store: Store, priya: Person
) -> None:
    """An open case stays in hand, but the later event is not acknowledged. A closed case stays closed, and the later event opens
    a new case."""
    happens(store, FALL)
    case = the_case(store)
    action = Close(outcome=Outcome.ASSURED, reason="visited") if closed else Assign(owner=priya.id)
    store.cases.act({case.id: case.version}, action, priya.id, NOON)
    if kind := BECAME[became]:
        happens(store, replace(REPORT, id="became", kind=kind, observed_at=NOON + DAY))
    else:
        store.services.unwatch("Leeds", [HOME])
    if became.endswith("joined another"):
        store.services.watch("York", [HOME], NOON + DAY)
    happens(store, replace(FALL, id="again", observed_at=NOON + 2 * DAY))
    now = the_case(store)
    assert (now.id == case.id, now.state) == ((False, State.NEW) if closed else (True, State.IN_HAND))
    assert not is_acknowledged(store, "again") and is_acknowledged(store, "fall")
    items = {one: len(store.cases.items(one)) for one in {case.id, now.id}}
    assert items == {case.id: 1, now.id: 1} if closed else {case.id: 2 + bool(kind)}
    assert store.cases.badge(priya.id, TODAY) == ((1 if closed else 0), 0)


def test_merged_profiles_keep_their_cases_and_the_new_profile_gets_a_case(store: Store) -> None:
    """Two profiles are merged into a third profile. CQC's notice on each of the two pages names the third profile."""
    merged, other = "1-100000003", replace(FALL, id="other", location_id=OTHER)
    happens(store, FALL)
    happens(store, other)
    for one in (HOME, OTHER):
        gone = replace(REPORT, id=f"gone-{one}", location_id=one, kind=Kind.ARCHIVED, observed_at=NOON + DAY)
        happens(store, replace(gone, id=f"to-{one}", kind=Kind.PROVIDER_CHANGED, quote=f"See location {merged}"), gone)
    happens(store, replace(FALL, id="after", location_id=merged, observed_at=NOON + 2 * DAY))
    cases = store.cases.open_at([HOME, OTHER, merged])
    assert [len(store.cases.items(cases[one].id)) for one in (HOME, OTHER, merged)] == [2, 2, 1]


def test_a_case_stays_open_when_its_service_leaves_the_watchlist(store: Store, priya: Person) -> None:
    happens(store, FALL)
    case = the_case(store)
    store.services.unwatch("Leeds", [HOME])
    assert the_case(store) == case and store.cases.listed(Tab.ALL, priya.id, TODAY, 9) == [case]


KILLED = """
import os, signal, sys
from monitor.cases import Assign, Close, Outcome
from monitor.store import case_records, cases, open_store
from monitor.store.vault import Vault
from datetime import UTC, datetime

written = []

def write(*given):
    written.append(given)
    if len(written) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    case_records.write(*given)

cases.write = write
store = open_store(sys.argv[1], Vault("a secret"))
found = store.cases.after(0, 100)
action = {"assign": Assign(owner=1), "close": Close(outcome=Outcome.ASSURED, reason="visited")}[sys.argv[2]]
store.cases.act({one.id: one.version for one in found}, action, 1, datetime.now(UTC), "we visit all of them")
"""


@pytest.mark.slow
@pytest.mark.parametrize(("what", "at"), [("assign", 1), ("assign", 30), ("close", 80)])
def test_a_kill_during_a_bulk_change_leaves_all_cases_unchanged(
    what: str, at: int, store: Store, database: str, priya: Person
) -> None:
    for number in range(40):
        happens(store, replace(FALL, id=f"fall-{number}", location_id=f"1-2000000{number:02}"))
    before = store.cases.after(0, 100)
    audit = store.audit.count()
    arguments = [sys.executable, "-c", KILLED, database, what, str(at)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert store.cases.after(0, 100) == before and len(before) == 40 and store.audit.count() == audit
    assert not any(is_acknowledged(store, f"fall-{number}") for number in range(40))
    answers = store.cases.act({one.id: one.version for one in before}, Assign(owner=priya.id), priya.id, NOON, "we visit")
    assert all(one.done for one in answers) and {one.version for one in store.cases.after(0, 100)} == {3}
    assert all(is_acknowledged(store, f"fall-{number}") for number in range(40))


# ── acknowledging and taking ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_person_who_acknowledges_an_event_takes_the_case(store: Store, priya: Person, sam: Person) -> None:
    happens(store, FALL)
    store.acknowledgements.acknowledge(["fall"], priya.id, "visit on Monday", NOON)
    case = the_case(store)
    assert (case.state, case.owner) == (State.IN_HAND, "priya@council.example")
    assert log(store, case.id)[1:] == [(Did.TOOK, priya.email), (Did.NOTED, priya.email)]
    happens(store, replace(FALL, id="again", observed_at=NOON + DAY))
    store.acknowledgements.acknowledge(["again"], sam.id, "I called them", NOON)
    assert the_case(store).owner == priya.email and log(store, case.id)[-1] == (Did.NOTED, sam.email)


@pytest.mark.parametrize("action", ["take", "assign", "close"])
def test_a_person_who_takes_assigns_or_closes_a_case_acknowledges_its_events(
    store: Store, priya: Person, sam: Person, action: str
) -> None:
    happens(store, FALL)
    case = the_case(store)
    made = {"take": Assign(owner=priya.id), "assign": Assign(owner=sam.id)}.get(action)
    (answer,) = store.cases.act({case.id: case.version}, made or Close(outcome=Outcome.NO_ACTION, reason="known"), priya.id, NOON)
    assert answer.done and is_acknowledged(store)
    escalation = table(EscalationRow)
    with writing(store.engine) as connection:
        assert connection.execute(select(escalation.c.settled_at)).scalar() is not None
    assert store.escalations.settle(NOON + 2 * DAY, DAY, None) == 0


def test_a_case_loses_its_owner_when_the_owners_access_ends(store: Store, priya: Person) -> None:
    happens(store, FALL)
    case = the_case(store)
    store.cases.act({case.id: case.version}, Assign(owner=priya.id), priya.id, NOON)
    store.people.end(priya.id, None, NOON)
    assert (the_case(store).state, the_case(store).owner) == (State.NEW, None)
    assert log(store, case.id)[-1] == (Did.LEFT, None)


# ── two people at once ───────────────────────────────────────────────────────────────────────────────────────────────────

ACTS = ("take", "assign", "close", "note")


def act(store: Store, name: str, case: Case, me: Person, other: Person) -> Answer | None:
    """Sends the form from a page that shows `case`. Returns the store's answer, or None for a note."""
    seen = {case.id: case.version}
    match name:
        case "take":
            return store.cases.act(seen, Assign(owner=me.id), me.id, NOON, "mine")[0]
        case "assign":
            return store.cases.act(seen, Assign(owner=other.id, due=TODAY), me.id, NOON)[0]
        case "close":
            return store.cases.act(seen, Close(outcome=Outcome.ASSURED, reason="visited"), me.id, NOON)[0]
        case _:
            store.cases.note(case.id, "I called them", me.id, NOON)
            return None


@pytest.mark.parametrize(("first", "second"), [pair for pair in itertools.product(ACTS, ACTS) if pair[0] != pair[1]])
def test_the_second_person_is_shown_the_first_persons_action_and_can_try_again(
    first: str, second: str, store: Store, priya: Person, sam: Person
) -> None:
    """Both people see the same page. The first person sends a form, and then the second person sends a form. The test covers all
    12 combinations of their actions."""
    happens(store, FALL)
    shown = the_case(store)
    act(store, first, shown, priya, sam)
    between = store.cases.find(shown.id)
    answer = act(store, second, shown, sam, priya)
    after = store.cases.find(shown.id)
    assert between is not None and after is not None
    written = log(store, shown.id)
    if second == "note":
        assert written[-1] == (Did.NOTED, sam.email) and (after.state, after.owner) == (between.state, between.owner)
    elif first == "note":
        assert answer is not None and answer.done and not answer.unseen
        assert after.state is (State.CLOSED if second == "close" else State.IN_HAND)
    else:
        assert answer is not None and not answer.done
        assert {one.by for one in answer.unseen} == {priya.email}
        assert (after.state, after.owner, after.due) == (between.state, between.owner, between.due)
        assert ((Did.NOTED, sam.email) in written) is (second == "take")  # the note that was sent with `take` is recorded
        once_more = Reopen() if first == "close" else Assign(owner=sam.id)
        (again,) = store.cases.act({after.id: after.version}, once_more, sam.id, NOON)
        assert again.done or after.owner == sam.email


def test_a_form_does_not_acknowledge_a_fall_that_happened_later(store: Store, priya: Person) -> None:
    happens(store, FALL)
    shown = the_case(store)
    happens(store, replace(FALL, id="again", observed_at=NOON + DAY))
    (answer,) = store.cases.act({shown.id: shown.version}, Assign(owner=priya.id), priya.id, NOON)
    assert not answer.done and [one.did for one in answer.unseen] == [Did.NEWS]
    assert not is_acknowledged(store) and not is_acknowledged(store, "again")


def test_a_step_can_be_completed_only_once(store: Store, priya: Person, sam: Person) -> None:
    happens(store, FALL)
    case = the_case(store)
    step = store.cases.steps(case.id)[0]
    action = FinishStep(step=step.id, did=Did.STEP_DONE)
    (first,) = store.cases.act({case.id: case.version}, action, priya.id, NOON)
    (second,) = store.cases.act({case.id: case.version}, action, sam.id, NOON)
    assert first.done and second.refused == "the step has this state already"
    done = store.cases.steps(case.id)[0]
    assert (done.became, done.by) == ("done", priya.email)
    assert the_case(store).next_due == TODAY + 2 * DAY
    (wrong,) = store.cases.act({case.id: 1}, replace(action, step=999_999), sam.id, NOON)
    assert wrong.refused == "the case has no step with this number"


def test_a_step_from_a_template_keeps_its_owner_only_while_the_owner_may_sign_in(
    store: Store, priya: Person, sam: Person
) -> None:
    assert priya.id is not None
    steps_of_leeds = [Planned("Visit", 3, sam.id), Planned("Call", 1, priya.id), Planned("Write", 1)]
    store.cases.set_template("Leeds", steps_of_leeds, None, NOON)
    about = "Leeds: Visit, 3 days, sam@council.example; Call, 1 day, priya@council.example; Write, 1 day"
    assert store.audit.newest(1)[0].about == about
    happens(store, FALL)
    steps = store.cases.steps(the_case(store).id)
    assert [(one.title, one.owner) for one in steps] == [("Visit", sam.email), ("Call", priya.email), ("Write", None)]
    store.people.end(sam.id, None, NOON)
    steps = store.cases.steps(the_case(store).id)
    assert [one.owner for one in steps] == [None, priya.email, None]
    last = store.cases.log([the_case(store).id])[the_case(store).id][-1]
    assert last.did == Did.STEP_CHANGED
    assert last.text == "Visit: the person responsible was removed (the access of its owner ended)"
    happens(store, replace(FALL, id="other", location_id=OTHER))
    assert [one.owner for one in store.cases.steps(the_case(store, OTHER).id)] == [None, priya.email, None]


def test_steps_of_a_case_can_be_changed_and_added(store: Store, priya: Person, sam: Person) -> None:
    happens(store, FALL)
    case = the_case(store)
    first, second, *_ = store.cases.steps(case.id)

    def wants(step: int | None, title: str, owner: int | None = None, due: date | None = TODAY, seen: int = 99) -> Answer:
        action = EditStep(step=step, title=title, owner=owner, due=due)
        return store.cases.act({case.id: seen}, action, priya.id, NOON)[0]

    assert wants(first.id, "Check on everybody", sam.id).done and wants(None, "Ring the GP", None, None).done
    steps = {one.title: one for one in store.cases.steps(case.id)}
    assert (steps["Check on everybody"].owner, steps["Check on everybody"].due) == (sam.email, TODAY)
    assert (steps["Ring the GP"].owner, steps["Ring the GP"].due) == (None, None) and the_case(store).next_due == TODAY
    changed, added = store.cases.log([case.id])[case.id][-2:]
    assert changed.text == f"{first.title}, now Check on everybody: sam@council.example, by 21 November 2026"
    assert (added.did, added.text) == (Did.STEP_ADDED, "Ring the GP: the owner of the case, no date")
    assert store.audit.newest(1)[0].about.endswith(": Ring the GP: the owner of the case, no date")
    # All requests from here on are refused.
    assert wants(999_999, "x").refused == "the case has no step with this number"
    twice = "the case has a step with this title already"
    assert wants(None, "Ring the GP").refused == wants(first.id, "Ring the GP").refused == twice
    assert wants(first.id, "Check on everybody", sam.id).refused == "this would change nothing in the step"
    store.cases.act({case.id: 99}, FinishStep(step=second.id, did=Did.STEP_DONE), priya.id, NOON)
    assert wants(second.id, "x").refused == "the step is no longer open: reopen it first"
    for owner, title in ((999_999, "x"), (None, ""), (None, "x" * 201)):
        with pytest.raises(UsageError):
            wants(None, title, owner)
    # Somebody else changed a step after the page with the form was loaded.
    (answer,) = store.cases.act({case.id: case.version}, EditStep(step=None, title="x", owner=None, due=None), sam.id, NOON)
    assert [one.did for one in answer.unseen] == [Did.STEP_CHANGED, Did.STEP_ADDED]
    store.cases.act({case.id: 99}, Close(outcome=Outcome.ASSURED, reason="visited"), priya.id, NOON)
    assert wants(None, "Write").refused == "the case is closed"


def test_a_persons_list_includes_cases_with_a_step_of_this_person(store: Store, priya: Person, sam: Person) -> None:
    store.cases.set_template("Leeds", [Planned("Visit", 3, sam.id)], None, NOON)
    happens(store, FALL)
    case = the_case(store)
    store.cases.act({case.id: case.version}, Assign(owner=priya.id, due=TODAY), priya.id, NOON)

    def of(person: Person, days: int) -> tuple[int, int]:
        """Returns how many cases are this person's, and how many are overdue for this person."""
        day = TODAY + days * DAY
        return store.cases.counts(person.id, day).of[Tab.MINE], store.cases.badge(person.id, day)[1]

    assert (of(priya, 2), of(sam, 2), of(sam, 4)) == ((1, 1), (1, 0), (1, 1))
    (step,) = store.cases.steps(case.id)
    store.cases.act({case.id: 99}, FinishStep(step=step.id, did=Did.STEP_DONE), sam.id, NOON)
    assert (of(priya, 4), of(sam, 4)) == ((1, 1), (0, 0))


@pytest.mark.parametrize(
    "action",
    [
        Assign(owner=999_999),
        Close(outcome="whatever", reason="visited"),
        Close(outcome=Outcome.ASSURED, reason=""),
    ],
)
def test_an_impossible_action_is_refused_together_with_its_note(store: Store, priya: Person, action: Assign | Close) -> None:
    happens(store, FALL)
    before = the_case(store)
    with pytest.raises(UsageError):
        store.cases.act({before.id: before.version}, action, priya.id, NOON, "a note")
    assert the_case(store) == before


def test_a_reader_cannot_be_given_a_case(store: Store, priya: Person) -> None:
    reader = store.people.invite("reader@council.example", Role.READER, None, NOON)
    happens(store, FALL)
    case = the_case(store)
    with pytest.raises(UsageError, match="who may sign in and edit"):
        store.cases.act({case.id: case.version}, Assign(owner=reader.id), priya.id, NOON)
    assert [one.email for one in store.cases.owners()] == [priya.email]


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_number_shown_for_each_list_of_cases_is_the_length_of_the_list(store: Store, priya: Person, sam: Person) -> None:
    happens(store, FALL)
    store.cases.open(OTHER, "a whistleblower called", sam.id, NOON)
    mine, other = the_case(store), the_case(store, OTHER)
    store.cases.act({mine.id: mine.version}, Assign(owner=priya.id, due=TODAY), priya.id, NOON)
    later = TODAY + 30 * DAY

    def shown(tab: Tab, today: date = TODAY) -> list[int]:
        found = [one.id for one in store.cases.listed(tab, priya.id, today, 10)]
        assert store.cases.counts(priya.id, today).of[tab] == len(found)
        return found

    assert shown(Tab.MINE) == [mine.id] and shown(Tab.NOBODYS) == [other.id] and shown(Tab.ALL) == [mine.id, other.id]
    assert shown(Tab.OVERDUE) == shown(Tab.CLOSED) == [] and shown(Tab.OVERDUE, later) == [mine.id, other.id]
    assert store.cases.badge(priya.id, later) == (1, 1) and store.cases.badge(sam.id, later) == (1, 0)
    assert store.cases.counts(None, later).of[Tab.MINE] == 0
    store.cases.act({other.id: other.version}, Close(outcome=Outcome.NO_ACTION, reason="known"), sam.id, NOON)
    assert shown(Tab.CLOSED) == [other.id] and shown(Tab.ALL) == [mine.id]
    closed = store.cases.find(other.id)
    assert closed is not None and closed.words == "closed: no action needed" and closed.next_due is None
    (again,) = store.cases.act({other.id: closed.version}, Reopen(), sam.id, NOON)
    assert again.case is not None and again.case.state is State.NEW and again.case.next_due == TODAY + DAY
    # The audit contains each of these actions.
    did = [one.what for one in store.audit.newest(20) if one.what.startswith(("case", "opened a case"))]
    assert did == ["case: reopened it", "case: closed it", "case: changed the due date", "case: took it", "opened a case"]


def test_each_action_on_a_case_adds_one_entry_to_the_log_and_changes_none(store: Store, priya: Person, sam: Person) -> None:
    happens(store, FALL)
    case = the_case(store)
    before = store.cases.log([case.id])[case.id]
    doing: list[Callable[[], object]] = [
        lambda: store.cases.note(case.id, "one", priya.id, NOON),
        lambda: store.cases.act({case.id: 99}, Assign(owner=sam.id), priya.id, NOON),
        lambda: store.cases.act({case.id: 99}, Close(outcome=Outcome.ASSURED, reason="visited"), sam.id, NOON),
        lambda: store.cases.note(case.id, "afterwards", priya.id, NOON),
        lambda: store.cases.act({case.id: 99}, Reopen(), sam.id, NOON),
    ]
    for one in doing:
        one()
        now = store.cases.log([case.id])[case.id]
        assert now[: len(before)] == before and len(now) == len(before) + 1
        before = now
    assert store.cases.note(999_999, "nothing", priya.id, NOON) is None
    assert store.cases.act({999_999: 1}, Reopen(), sam.id, NOON) == [Answer(case=None)]
