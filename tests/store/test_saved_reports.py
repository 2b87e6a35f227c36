"""Tests of saved reports: their names, and who gets them each quarter. These tests move the clock, and use SQLite and
PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from monitor.errors import UsageError
from monitor.reports.quarters import quarter_before
from monitor.store import Store, open_store
from monitor.store.database import reading, writing
from monitor.store.people import Person, Role
from monitor.store.saved_reports import SavedReport
from monitor.store.tables import MessageRow, PersonRow, table
from monitor.store.vault import Vault

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def person(store: Store, name: str) -> Person:
    return store.people.invite(f"{name}@council.example", Role.READER, None, NOW)


def saved(store: Store, by: Person, name: str = "Ours") -> SavedReport:
    found = store.saved_reports.find(store.saved_reports.save(name, "area=Leeds", by.id, NOW))
    assert found is not None
    return found


def refused(store: Store, one: Person, at: datetime | None) -> None:
    """Records that the groups of a person's account have given no role since a time. If the time is None, the groups give a role
    again."""
    known = table(PersonRow)
    with writing(store.engine) as connection:
        connection.execute(update(known).where(known.c.id == one.id).values(refused_at=at))


def messages(store: Store) -> list[tuple[str, str]]:
    """Returns the address and the content of each message."""
    message = table(MessageRow)
    with reading(store.engine) as connection:
        rows = connection.execute(select(message.c.address, message.c.body)).all()
    return sorted((store.vault.decrypt(one.address), one.body) for one in rows)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 3, 31), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 4, 1), (date(2026, 1, 1), date(2026, 3, 31))),
        (date(2024, 12, 31), (date(2024, 7, 1), date(2024, 9, 30))),
    ],
)
def test_a_report_covers_the_newest_finished_quarter(day: date, expected: tuple[date, date]) -> None:
    assert quarter_before(day) == expected


def test_a_report_is_saved_renamed_and_deleted(store: Store) -> None:
    priya = person(store, "priya")
    report = saved(store, priya)
    assert (report.name, report.query, report.owner_email) == ("Ours", "area=Leeds", "priya@council.example")
    with pytest.raises(UsageError, match="already a report"):
        store.saved_reports.save("OURS", "area=Kent", priya.id, NOW)
    other = saved(store, priya, "Other")
    with pytest.raises(UsageError, match="already a report"):
        store.saved_reports.rename(other, "ours", priya.id, NOW)
    store.saved_reports.rename(report, "OURS", priya.id, NOW)
    store.saved_reports.set_contracted(report, ["1-100000001"], priya.id, NOW)
    store.saved_reports.send_to(report, priya.id, True)
    store.saved_reports.send_to(report, priya.id, True)
    assert [(one.name, one.contracted, one.readers) for one in store.saved_reports.every()] == [
        ("Other", None, frozenset()),
        ("OURS", ("1-100000001",), frozenset({priya.id})),
    ]
    store.saved_reports.delete(report, priya.id, NOW)
    store.saved_reports.send_to(report, priya.id, True)
    assert [one.name for one in store.saved_reports.every()] == ["Other"]


def test_readers_get_a_report_once_a_quarter_when_its_files_are_loaded(store: Store) -> None:
    priya, paul, rita = (person(store, name) for name in ("priya", "paul", "rita"))
    report = saved(store, priya)
    for one in (priya, paul, rita):
        store.saved_reports.send_to(report, one.id, True)
    store.people.end(paul.id, priya.id, NOW)
    refused(store, rita, NOW)
    for early in (NOW, datetime(2027, 1, 7, 12, tzinfo=UTC), datetime(2027, 1, 8, 7, tzinfo=UTC)):
        assert store.saved_reports.settle(early) == 0
    morning = datetime(2027, 1, 8, 7, 30, tzinfo=UTC)
    assert (store.saved_reports.settle(morning), store.saved_reports.settle(morning)) == (1, 0)
    ((to, body),) = messages(store)
    assert to == "mailto:priya@council.example" and "Ours, 1 October 2026 to 31 December 2026" in body
    assert f"/reports/saved/{report.id}?from=2026-10-01&to=2026-12-31" in body
    assert store.saved_reports.settle(datetime(2027, 5, 1, tzinfo=UTC)) == 1  # the next quarter's report, although late
    store.saved_reports.send_to(report, priya.id, False)
    assert store.saved_reports.settle(datetime(2027, 8, 1, tzinfo=UTC)) == 0


def test_only_the_newest_template_is_stored(store: Store) -> None:
    priya = person(store, "priya")
    for name in ("a.docx", "b.docx"):
        store.saved_reports.set_template(name, name.encode(), priya.id, NOW)
    there = store.saved_reports.template()
    assert there is not None and (there.name, there.content, there.uploaded_at) == ("b.docx", b"b.docx", NOW)
    store.saved_reports.set_template("b.docx", None, priya.id, NOW)
    assert store.saved_reports.template() is None
