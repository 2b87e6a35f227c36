"""Tests of when a daemon may sleep. A daemon must not miss work that becomes due, or a commit by another process. (The daemon
notices a commit because the database's mark changes.)
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from monitor.errors import StoreError
from monitor.model import When
from monitor.store import Store, open_store
from monitor.store.database import reading, writing
from monitor.store.subscriptions import Wishes
from monitor.store.tables import MessageRow, ServiceRow, table
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LEAD = "mailto:lead@council.example"
HOME, OTHER = "1-2000000000", "1-2000000001"
_service, _message = table(ServiceRow), table(MessageRow)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with two services that were read. The first is due in one hour, and the second in two hours."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [HOME, OTHER], NOON)
    with writing(store.engine) as connection:
        read = {"looked_at": NOON, "read_at": NOON}
        for number, one in enumerate((HOME, OTHER), 1):
            here = _service.c.location_id == one
            connection.execute(update(_service).where(here).values(next_look_at=NOON + timedelta(hours=number), **read))
    yield store
    store.close()


def due_in_outbox(store: Store, now: datetime, *, asks: bool = False) -> datetime | None:
    stale = now - timedelta(hours=36)
    return store.changes.next_in_outbox(now, stale_before=stale, escalate_after=timedelta(hours=24), asks_if_read=asks)


def test_the_mark_changes_when_another_process_commits_but_not_when_another_process_reads(store: Store, database: str) -> None:
    other = open_store(database, Vault("a secret"))
    marks = [store.changes.mark()]
    for name in ("Leeds", "York", "Hull"):
        other.services.watchlists()
        with reading(other.engine):
            marks.append(store.changes.mark())
        # PostgreSQL also counts commits in its other databases.
        assert marks[-1] == marks[-2] or store.engine.dialect.name == "postgresql"
        other.services.watch(name, ["1-2000000002"], NOON)
        marks.append(store.changes.mark())
        assert marks[-1] != marks[-2]
    other.close()


def test_the_mark_changes_when_a_change_is_committed(store: Store, database: str) -> None:
    other = open_store(database, Vault("a secret"))
    with writing(other.engine) as connection:
        connection.execute(update(_service).values(failures=1))
        within = store.changes.mark()
    assert store.changes.mark() != within
    other.close()


def test_a_missing_database_is_an_error_and_a_replacement_has_another_mark(tmp_path: Path) -> None:
    file = tmp_path / "monitor.db"
    store = open_store(f"sqlite:///{file}", Vault("a secret"))
    before = store.changes.mark()
    aside = file.with_name("aside.db")
    file.rename(aside)
    with pytest.raises(StoreError):
        store.changes.mark()
    file.write_bytes(aside.read_bytes())
    assert store.changes.mark() != before
    store.close()


def test_the_next_check_is_the_earliest_check_that_no_other_worker_has_claimed(store: Store) -> None:
    assert store.changes.next_look("A") == NOON + timedelta(hours=1)
    with writing(store.engine) as connection:
        connection.execute(update(_service).where(_service.c.location_id == HOME).values(leased_by="B", leased_at=NOON))
    assert store.changes.next_look("A") == NOON + timedelta(hours=2)
    assert store.changes.next_look("B") == NOON + timedelta(hours=1)
    store.services.unwatch("Leeds", [HOME, OTHER])
    assert store.changes.next_look("B") is None


def test_an_empty_outbox_need_not_be_looked_at_before_the_next_heartbeat_message(store: Store) -> None:
    assert due_in_outbox(store, NOON) is None
    wishes = Wishes(when=When.DAILY, at=NOON.time(), day="mon", still_watching=True)
    store.subscriptions.subscribe("Leeds", LEAD, wishes, quiet=True, now=NOON)
    assert due_in_outbox(store, NOON) == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_outbox_is_due_now_if_anything_waits(store: Store) -> None:
    at = NOON.time()
    store.subscriptions.subscribe("Leeds", LEAD, Wishes(when=When.DAILY, at=at, day="mon"), quiet=False, now=NOON)
    assert due_in_outbox(store, NOON) == NOON  # the welcome is due
    store.subscriptions.unsubscribe("Leeds", LEAD, NOON)
    assert due_in_outbox(store, NOON) is None
    store.outbox.trouble("key", LEAD, "A subject", ["a line"], NOON)
    assert due_in_outbox(store, NOON) == NOON


def test_the_outbox_is_due_now_if_a_service_is_stale_or_an_address_must_be_asked_to_confirm(store: Store) -> None:
    at, later = NOON.time(), NOON + timedelta(days=91)
    store.subscriptions.subscribe("Leeds", LEAD, Wishes(when=When.DAILY, at=at, day="mon"), quiet=True, now=NOON)
    assert due_in_outbox(store, NOON + timedelta(hours=37)) == NOON + timedelta(hours=37)
    with writing(store.engine) as connection:
        connection.execute(update(_service).values(looked_at=later, read_at=later))
    assert due_in_outbox(store, later) is None
    assert due_in_outbox(store, later, asks=True) == later


def test_a_message_is_due_at_its_next_attempt_or_when_its_claim_expires(store: Store) -> None:
    assert store.changes.next_attempt(NOON) is None
    store.outbox.trouble("key", LEAD, "A subject", ["a line"], NOON - timedelta(minutes=1))
    (claimed,) = store.outbox.claim(NOON, 1)
    assert store.changes.next_attempt(NOON) == claimed.leased_until
    store.outbox.retry(claimed, "451 later", NOON + timedelta(minutes=1))
    assert store.changes.next_attempt(NOON) == NOON + timedelta(minutes=1)
    assert store.changes.next_attempt(NOON + timedelta(minutes=1)) is None
