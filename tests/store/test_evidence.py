"""Tests of how long the page that showed an event is kept. If no event needs the page any more, the page's content is removed,
but its record stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from monitor.detect.checks import Outcome, ReadPage
from monitor.events import Event, Kind
from monitor.model import Aspect, Card, Holding, Reading, Snapshot, Source, Subject
from monitor.store import Store, open_store
from monitor.store.vault import Vault

BEGINNING = datetime(2025, 1, 1, 12, tzinfo=UTC)
HOME = "1-2235535718"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A new store with one watched service."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [HOME], BEGINNING)
    yield store
    store.close()


def showed(store: Store, seq: int, body: bytes, days: int) -> str:
    """Records an event that happened `days` after BEGINNING, and the page that showed it. Returns the event's id."""
    at = BEGINNING + timedelta(days=days)
    digest = f"{int.from_bytes(body):064x}"
    event = Event(id=f"{seq:016x}", location_id=HOME, name="Cherrybrook", kind=Kind.DOWNGRADED, observed_at=at, evidence=digest)
    held = Holding(value="good", page=digest)
    snapshot = Snapshot(
        location_id=HOME,
        seq=seq,
        seen_at=at,
        card=Card(name="Cherrybrook"),
        holdings=((Subject(aspect=Aspect.RATING, of="overall"), held),),
    )
    page = ReadPage(
        url=f"https://www.cqc.org.uk/location/{HOME}",
        etag=None,
        last_modified=None,
        fingerprint=digest,
        digest=digest,
        reading=Reading(source=Source.LOCATION_PAGE, location_id=HOME),
        fetched_at=at,
        content_type="text/html",
        body=body,
    )
    outcome = Outcome(
        location_id=HOME,
        base_seq=seq - 1,
        looked_at=at,
        next_look_at=at + timedelta(hours=6),
        read_well=True,
        snapshot=snapshot,
        events=(event,),
        pages=(page,),
    )
    assert store.services.record(outcome)
    return event.id


def is_kept(store: Store, event_id: str) -> bool:
    """Whether the content of an event's page is still stored. Also checks that the page's address and time are still known."""
    event, kept = store.evidence.of(event_id)
    assert event.id == event_id and kept is not None and kept.url.endswith(HOME)
    return kept.removed_at is None


def test_only_pages_of_old_events_are_removed(store: Store) -> None:
    old, young = showed(store, 1, b"old", 0), showed(store, 2, b"young", 400)
    now = BEGINNING + timedelta(days=410)
    assert store.evidence.remove_before(now - timedelta(days=400), now) == 1
    assert (is_kept(store, old), is_kept(store, young)) == (False, True)
    assert store.evidence.of(old)[1].removed_at == now  # type: ignore[union-attr]
    assert store.evidence.remove_before(now - timedelta(days=400), now) == 0


def test_an_old_page_that_a_newer_event_needs_stays(store: Store) -> None:
    first, again = showed(store, 1, b"the same", 0), showed(store, 2, b"the same", 400)
    now = BEGINNING + timedelta(days=410)
    assert store.evidence.remove_before(now - timedelta(days=400), now) == 0
    assert is_kept(store, first) and is_kept(store, again)


def test_a_removed_page_is_stored_again_if_the_page_shows_a_new_event(store: Store) -> None:
    first = showed(store, 1, b"the same", 0)
    now = BEGINNING + timedelta(days=410)
    assert store.evidence.remove_before(now - timedelta(days=400), now) == 1
    again = showed(store, 2, b"the same", 411)
    assert is_kept(store, first) and is_kept(store, again)


def test_old_pages_are_removed_in_several_transactions(store: Store) -> None:
    for number in range(1, 251):
        showed(store, number, b"page %d" % number, 0)
    now = BEGINNING + timedelta(days=410)
    assert store.evidence.remove_before(now - timedelta(days=400), now) == 250
