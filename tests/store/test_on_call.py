"""Tests that the person on call is alerted at once about urgent events. If nobody acknowledges an event, the other people on the
rota are alerted next. Nobody gets fewer alerts because of a rota. These tests move the clock, and use SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from monitor.detect.checks import Outcome
from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.judgement import Sample
from monitor.model import AtOnce, Card, Snapshot, When
from monitor.rota import Hours, Rota, Turn
from monitor.store import Store, open_store
from monitor.store.database import reading, writing
from monitor.store.events import record_for
from monitor.store.happened import Wanted
from monitor.store.people import Role
from monitor.store.rotas import gaps_in
from monitor.store.subscriptions import Wishes
from monitor.store.tables import MessageRow, WatchlistRow, table
from monitor.store.vault import Vault

NIGHT = datetime(2026, 11, 23, 20, tzinfo=UTC)  # a Monday; in winter, London time is UTC
HOME, AFTER, MINUTE = "1-2235535718", timedelta(hours=2), timedelta(minutes=1)
PRIYA, SAM, LEE, LEAD = (f"mailto:{one}@council.example" for one in ("priya", "sam", "lee", "lead"))
SECOND, PHONE = "mailto:second@council.example", "sms:+447700900123"
OFFICE = Hours(frozenset(range(5)), time(9), time(17))
ROTA = Rota(turns=(Turn(address=PRIYA), Turn(address=PHONE), Turn(address=LEE)), office=OFFICE)
WISHES = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with a watchlist that has one subscriber and one service."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [HOME], NIGHT)
    store.subscriptions.subscribe("Leeds", LEAD, WISHES, quiet=True, now=NIGHT)
    yield store
    store.close()


def fall(store: Store, at: datetime = NIGHT, *, of: str = "overall", to: str = "inadequate") -> None:
    event = Event(id=f"e-{of}", location_id=HOME, name="Oak", kind=Kind.DOWNGRADED, of=of, from_="good", to=to, observed_at=at)
    snapshot = Snapshot(location_id=HOME, seq=1, seen_at=at, card=Card(name="Oak"), holdings=())
    look = Outcome(
        location_id=HOME, base_seq=0, looked_at=at, next_look_at=at, read_well=True, snapshot=snapshot, events=(event,)
    )
    assert store.services.record(look)


def told(store: Store) -> list[tuple[str, str]]:
    """Returns the address and the reason of each waiting escalation."""
    message = table(MessageRow)
    with reading(store.engine) as connection:
        rows = connection.execute(select(message.c.address, message.c.body).where(message.c.kind == "escalation"))
        found = [(store.vault.decrypt(row.address), row.body) for row in rows]
    return sorted((address, body.partition('"reason": "')[2].rstrip('"}')) for address, body in found)


def settle(store: Store, now: datetime, after: timedelta | None = AFTER) -> int:
    made = store.escalations.settle(now, after, None)
    assert store.escalations.settle(now, after, None) == 0  # a second run finds nothing
    return made


def test_the_rota_is_alerted_one_by_one_until_somebody_acknowledges(store: Store) -> None:
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store)
    assert settle(store, NIGHT) == 1 and told(store) == [(PRIYA, "on call")]
    assert settle(store, NIGHT + AFTER - MINUTE) == 0
    assert settle(store, NIGHT + AFTER) == 1 and (PHONE, "next on call") in told(store)
    assert settle(store, NIGHT + 2 * AFTER) == 1 and (LEE, "last on call") in told(store)
    assert settle(store, NIGHT + 9 * AFTER) == 0 and len(told(store)) == 3


def test_an_acknowledgement_stops_the_escalation(store: Store) -> None:
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store)
    settle(store, NIGHT)
    me = store.people.invite("priya@council.example", Role.EDITOR, None, NIGHT)
    store.acknowledgements.acknowledge(["e-overall"], me.id, "on my way", NIGHT + MINUTE)
    assert settle(store, NIGHT + 9 * AFTER) == 0 and len(told(store)) == 1


def test_in_office_hours_the_subscribers_are_alerted_first_and_then_the_rota(store: Store) -> None:
    noon = NIGHT - timedelta(hours=8)
    store.rotas.save("Leeds", ROTA, None, noon)
    fall(store, noon)
    assert settle(store, noon) == 0
    assert settle(store, noon + AFTER) == 1 and told(store) == [(PRIYA, "next on call")]


def test_an_event_that_is_urgent_but_not_severe_is_reported_once(store: Store) -> None:
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store, of="safe", to="requires improvement")
    assert settle(store, NIGHT) == 1 and settle(store, NIGHT + 9 * AFTER) == 0
    assert told(store) == [(PRIYA, "on call")]


def test_without_a_rota_subscribers_and_the_second_address_are_alerted(store: Store) -> None:
    lead = store.people.invite("keeper@council.example", Role.EDITOR, None, NIGHT)
    store.watchlists.change("Leeds", new_name="Leeds", owner=None, second_address=SECOND, person=lead.id, now=NIGHT)
    fall(store)
    store.outbox.compose(NIGHT, NIGHT - 999 * AFTER)
    (alert,) = store.outbox.claim(NIGHT, 10)
    assert alert.address == LEAD
    assert settle(store, NIGHT) == 0 and settle(store, NIGHT + AFTER) == 1
    assert told(store) == [(SECOND, "unacknowledged")]


def test_with_a_rota_subscribers_and_the_second_address_are_alerted_too(store: Store) -> None:
    lead = store.people.invite("keeper@council.example", Role.EDITOR, None, NIGHT)
    store.watchlists.change("Leeds", new_name="Leeds", owner=None, second_address=SECOND, person=lead.id, now=NIGHT)
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store)
    store.outbox.compose(NIGHT, NIGHT - 999 * AFTER)
    assert [one.address for one in store.outbox.claim(NIGHT, 10)] == [LEAD]
    assert settle(store, NIGHT + AFTER) == 2
    settle(store, NIGHT + AFTER)
    assert (SECOND, "unacknowledged") in told(store)


@pytest.mark.parametrize(
    ("at_once", "sent"),
    [(AtOnce.ANY, 0), (AtOnce.INADEQUATE, 1)],
    ids=["the subscription alerts them at once", "the subscription would alert them tomorrow"],
)
def test_a_person_on_call_who_also_subscribes_gets_the_alert_once(store: Store, at_once: AtOnce, sent: int) -> None:
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon", at_once=at_once)
    store.subscriptions.subscribe("Leeds", PRIYA, wishes, quiet=True, now=NIGHT)
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store, of="safe", to="requires improvement")
    assert settle(store, NIGHT) == sent


def test_without_escalation_only_the_person_on_call_is_alerted(store: Store) -> None:
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store)
    assert settle(store, NIGHT, None) == 1 and settle(store, NIGHT + 9 * AFTER, None) == 0


def test_a_rota_that_cannot_be_decrypted_stops_no_other_alert(store: Store) -> None:
    lead = store.people.invite("keeper@council.example", Role.EDITOR, None, NIGHT)
    store.watchlists.change("Leeds", new_name="Leeds", owner=None, second_address=SECOND, person=lead.id, now=NIGHT)
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    watchlist = table(WatchlistRow)
    with writing(store.engine) as connection:
        kept = connection.execute(select(watchlist.c.rota)).scalar_one()
        encrypted = kept.replace("gAAAA", "gBBBB")
        assert encrypted != kept
        connection.execute(update(watchlist).values(rota=encrypted))
    fall(store)
    assert store.escalations.settle(NIGHT, AFTER, LEE) == 1 and store.escalations.settle(NIGHT + AFTER, AFTER, LEE) == 1
    assert told(store) == [(LEE, "on call"), (SECOND, "unacknowledged")]
    with reading(store.engine) as connection:
        assert gaps_in(connection, store.vault, NIGHT, None).count == 1


def test_the_judgement_reports_gaps_in_a_rota(store: Store) -> None:
    def found(watchlists: list[str] | None = None) -> tuple[Sample, ...]:
        with reading(store.engine) as connection:
            return gaps_in(connection, store.vault, NIGHT, watchlists).samples

    assert found() == ()
    nights = Turn(address=PRIYA, hours=Hours(frozenset(range(5)), time(17), time(9)))
    store.rotas.save("Leeds", Rota(turns=(nights,), office=OFFICE), None, NIGHT)
    assert found() == (Sample(name="Leeds", detail="Saturday 9:00am to Monday 9:00am"),) and found(["York"]) == ()
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    assert found() == ()


def test_a_rota_is_renamed_with_its_watchlist_and_protects_people_from_erasure(store: Store) -> None:
    lead = store.people.invite("priya@council.example", Role.EDITOR, None, NIGHT)
    assert store.rotas.save("Leeds", ROTA, lead.id, NIGHT) and not store.rotas.save("York", ROTA, lead.id, NIGHT)
    assert store.rotas.of("Leeds") == ROTA
    store.watchlists.change("Leeds", new_name="Homes", owner=None, second_address=None, person=lead.id, now=NIGHT)
    assert store.rotas.of("Homes") == ROTA and store.rotas.of("Leeds") == Rota()
    with pytest.raises(UsageError, match="on the rota of Homes"):
        store.personal_data.erase("priya@council.example", None, NIGHT, operator=None, even_the_last=True)
    assert "changed the rota of" in {one.what for one in store.audit.newest(10)}
    store.rotas.save("Homes", Rota(), lead.id, NIGHT)
    assert store.personal_data.erase("priya@council.example", None, NIGHT, operator=None).name


def test_the_rota_skips_a_person_whom_a_subscription_alerts(store: Store) -> None:
    store.subscriptions.subscribe("Leeds", PRIYA, WISHES, quiet=True, now=NIGHT)
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store)
    assert [settle(store, NIGHT + n * AFTER) for n in range(5)] == [0, 1, 1, 0, 0]
    assert told(store) == [(LEE, "last on call"), (PHONE, "next on call")]


def test_the_rota_alerts_a_person_who_has_paused_their_subscription(store: Store) -> None:
    priya = store.people.invite("priya@council.example", Role.EDITOR, None, NIGHT)
    store.subscriptions.add(priya, "Leeds", PRIYA, WISHES, NIGHT)
    mine = next(one.subscription for one in store.subscriptions.all() if one.subscription.address == PRIYA)
    store.subscriptions.pause(mine.id, priya, NIGHT + 9 * AFTER, NIGHT - MINUTE)
    store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store)
    settle(store, NIGHT)
    assert (PRIYA, "on call") in told(store)


def test_in_office_hours_all_people_on_the_rota_are_alerted_in_order(store: Store) -> None:
    noon = NIGHT - timedelta(hours=8)
    store.rotas.save("Leeds", ROTA, None, noon)
    fall(store, noon)
    assert [settle(store, noon + n * AFTER) for n in range(5)] == [0, 1, 1, 1, 0]
    assert told(store) == [(LEE, "final on call"), (PRIYA, "next on call"), (PHONE, "last on call")]


@pytest.mark.parametrize("acknowledged", [True, False], ids=["an acknowledged event", "an unacknowledged event"])
def test_the_rota_of_a_watchlist_that_a_service_joins_is_alerted_only_about_unacknowledged_events(
    store: Store, acknowledged: bool
) -> None:
    fall(store)
    me = store.people.invite("me@council.example", Role.EDITOR, None, NIGHT)
    if acknowledged:
        store.acknowledgements.acknowledge(["e-overall"], me.id, "", NIGHT + MINUTE)
    store.rotas.save("Leeds", ROTA, None, NIGHT + MINUTE)  # the rota is newer than the event, so nobody on the rota was alerted
    store.services.watch("York", [HOME], NIGHT + AFTER)
    store.rotas.save("York", Rota(turns=(Turn(address=SAM),)), None, NIGHT + AFTER)
    ((event, _),) = store.happened.newest(Wanted(), 2)
    with writing(store.engine) as connection:
        record_for(connection, store.vault, "York", event, NIGHT + AFTER)
    settle(store, NIGHT + AFTER)
    settle(store, NIGHT + 2 * AFTER)
    assert told(store) == ([] if acknowledged else [(SAM, "on call")])


@pytest.mark.parametrize("had_rota", [True, False], ids=["a rota from before the event", "a newer rota"])
def test_a_reopened_event_alerts_the_rota_from_the_first_person(store: Store, had_rota: bool) -> None:
    me = store.people.invite("me@council.example", Role.EDITOR, None, NIGHT)
    if had_rota:
        store.rotas.save("Leeds", ROTA, None, NIGHT)
    fall(store)
    called = sum(settle(store, NIGHT + n * AFTER) for n in range(2))
    assert called == (2 if had_rota else 0)
    later = NIGHT + 2 * AFTER
    store.acknowledgements.acknowledge(["e-overall"], me.id, "", later - MINUTE)
    store.rotas.save("Leeds", ROTA, None, later)
    assert settle(store, later) == 0 and store.acknowledgements.reopen("e-overall", me.id, later)
    assert [settle(store, later + n * AFTER) for n in range(5)] == [0, 1, 1, 1, 0]
    assert {(PRIYA, "next on call"), (PHONE, "last on call"), (LEE, "final on call")} <= set(told(store))


def test_the_rota_alerts_the_next_person_if_somebodys_access_has_ended(store: Store) -> None:
    priya = store.people.invite("priya@council.example", Role.EDITOR, None, NIGHT)
    store.rotas.save("Leeds", Rota(turns=(Turn(address=PRIYA), Turn(address=LEE))), None, NIGHT)
    assert store.leaving.called(priya) == (["Leeds"], [])
    store.leaving.end_access(priya.id, {}, None, NIGHT, None)
    fall(store)
    assert [settle(store, NIGHT), settle(store, NIGHT + AFTER)] == [1, 0] and told(store) == [(LEE, "on call")]
    store.rotas.save("Leeds", Rota(turns=(Turn(address=PRIYA),)), None, NIGHT)
    with reading(store.engine) as connection:
        assert gaps_in(connection, store.vault, NIGHT, None).samples == (Sample(name="Leeds", detail="all the time"),)
