"""Tests of who is notified of overdue cases, when, and how often. These tests move the clock, and use SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from monitor.cases import Assign, Close, Did, EditStep, FinishStep, Outcome, Planned
from monitor.store import Store, open_store
from monitor.store.case_reminders import morning
from monitor.store.database import reading
from monitor.store.people import Role
from monitor.store.tables import MessageRow, table
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY, HOME, OTHER = timedelta(days=1), "1-100000001", "1-100000002"
SECOND = "mailto:second@council.example"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with two cases without steps. Their services are on a watchlist with a second address. Priya owns the first case,
    which is due on 23 November."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [HOME, OTHER], NOON)
    priya = store.people.invite("priya@council.example", Role.EDITOR, None, NOON)
    store.watchlists.change("Leeds", new_name="Leeds", owner=None, second_address=SECOND, person=priya.id, now=NOON)
    store.cases.set_template("Leeds", [], priya.id, NOON)
    for one in (HOME, OTHER):
        store.cases.open(one, "a family called", priya.id, NOON)
    assign(store, HOME, 2)
    yield store
    store.close()


def assign(store: Store, location_id: str, days: int) -> None:
    case = store.cases.open_at([location_id])[location_id]
    priya = store.cases.owners()[0].id
    wish = Assign(owner=priya, due=(NOON + days * DAY).date())
    assert store.cases.act({case.id: case.version}, wish, priya, NOON)[0].done


def told(store: Store) -> list[tuple[str, str]]:
    """Returns the address and the content of each message."""
    message = table(MessageRow)
    with reading(store.engine) as connection:
        rows = connection.execute(select(message.c.address, message.c.body).order_by(message.c.created_at, message.c.id)).all()
    return sorted((store.vault.decrypt(one.address), one.body) for one in rows)


def settle(store: Store, days: float, after: timedelta | None = DAY) -> int:
    now = NOON + days * DAY
    made = store.case_reminders.settle(now, after)
    assert store.case_reminders.settle(now, after) == 0  # a second run finds nothing
    return made


def test_the_owner_is_reminded_daily_and_the_second_address_is_notified_once(store: Store) -> None:
    assert settle(store, 2) == 0
    assert settle(store, 2.7) == 0  # before half past seven in the morning
    assert settle(store, 3) == 1
    ((to, body),) = told(store)
    assert to == "mailto:priya@council.example" and "overdue since 23 November 2026 (case 1)" in body
    assert settle(store, 3.2) == 0
    assert settle(store, 4) == 2
    assert [to for to, _ in told(store)] == ["mailto:priya@council.example"] * 2 + [SECOND]
    assert settle(store, 5) == 1
    assign(store, HOME, 5)
    assert settle(store, 5.5) == 0
    assert (settle(store, 6), settle(store, 7)) == (1, 2)  # the case's new due date was missed too


def test_one_message_reports_several_overdue_cases(store: Store) -> None:
    assign(store, OTHER, 1)
    assert settle(store, 3) == 2  # the case without an owner is sent to the second address too
    assert sum('"2 cases overdue"' in body for _, body in told(store)) == 1


def test_a_finished_step_or_closed_case_is_not_overdue(store: Store) -> None:
    case = store.cases.open_at([HOME])[HOME]
    priya = store.cases.owners()[0].id
    close = Close(outcome=Outcome.ASSURED, reason="visited")
    store.cases.act({case.id: case.version}, close, priya, NOON)
    assert settle(store, 9) == 0


def test_a_step_that_is_not_done_in_time_is_overdue(store: Store) -> None:
    priya = store.cases.owners()[0].id
    store.cases.set_template("Leeds", [Planned("Visit", 2)], priya, NOON)
    without = store.cases.open_at([OTHER])[OTHER]
    store.cases.act({without.id: 99}, Close(outcome=Outcome.NO_ACTION, reason="known"), priya, NOON)
    number, _ = store.cases.open(OTHER, "", priya, NOON)
    assert settle(store, 3) == 1
    (step,) = store.cases.steps(number)
    store.cases.act({number: 99}, FinishStep(step=step.id, did=Did.STEP_DONE), priya, NOON)
    assert settle(store, 4) == 2 and not any(f"(case {number})" in body for _, body in told(store))


def test_an_overdue_step_is_reported_to_the_step_owner_and_the_case_owner(store: Store) -> None:
    sam = store.people.invite("sam@council.example", Role.EDITOR, None, NOON)
    priya, case = store.cases.owners()[0].id, store.cases.open_at([HOME])[HOME]
    nobodys = store.cases.open_at([OTHER])[OTHER]
    for title, number, owner, days in (
        ("Visit", case.id, sam.id, 1), ("Call", case.id, sam.id, 9), ("Write", case.id, priya, 1), ("Meet", nobodys.id, sam.id, 1)
    ):  # fmt: skip
        wish = EditStep(step=None, title=title, owner=owner, due=(NOON + days * DAY).date())
        assert store.cases.act({number: 99}, wish, priya, NOON)[0].done
    assert settle(store, 2, None) == 2
    (to_priya, hers), (to_sam, his) = told(store)
    assert (to_priya, to_sam) == ("mailto:priya@council.example", "mailto:sam@council.example")
    assert hers.count("overdue since") == 1 and f"{HOME}: overdue since 22 November 2026 (case {case.id})" in hers
    assert f"{HOME}: Visit, overdue since 22 November 2026 (case {case.id})" in his and "Call" not in his and "Write" not in his
    assert f"{OTHER}: Meet, overdue since 22 November 2026 (case {nobodys.id})" in his and '"2 cases overdue"' in his
    for step in store.cases.steps(case.id):
        store.cases.act({case.id: 99}, FinishStep(step=step.id, did=Did.STEP_DONE), priya, NOON)
    assert settle(store, 3, None) == 2  # her case is overdue, and his step of the other case is still overdue
    store.people.end(sam.id, None, NOON)
    assert settle(store, 4, None) == 1


def test_without_escalation_the_second_address_gets_no_reminder(store: Store) -> None:
    assert settle(store, 4, None) == 1
    store.people.end(store.cases.owners()[0].id, None, NOON)
    assert settle(store, 9, None) == 0
    assert settle(store, 9) == 1 and told(store)[-1][0] == SECOND


def test_several_workers_at_once_queue_a_reminder_once(store: Store) -> None:
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(lambda _: store.case_reminders.settle(NOON + 4 * DAY, DAY), range(8)))
    assert sum(made) == 2 == len(told(store))


def test_an_idle_daemon_wakes_when_a_reminder_is_due(store: Store) -> None:
    def next_at(days: float) -> datetime | None:
        now = NOON + days * DAY
        return store.changes.next_in_outbox(now, stale_before=NOON - 99 * DAY, escalate_after=DAY, asks_if_read=False)

    assert next_at(0) == datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    assert next_at(3) == NOON + 3 * DAY


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 21, 7, 29, tzinfo=UTC), 20),
        (datetime(2026, 11, 21, 7, 30, tzinfo=UTC), 21),
        (datetime(2026, 7, 21, 6, 29, tzinfo=UTC), 20),
        (datetime(2026, 7, 21, 6, 30, tzinfo=UTC), 21),
    ],
)
def test_reminders_are_due_in_the_morning_by_londons_clock(now: datetime, day: int) -> None:
    assert morning(now).day == day
