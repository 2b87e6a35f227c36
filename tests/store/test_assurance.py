"""Tests of the records for the monthly report on this monitor, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, update

from monitor.addresses import UNKNOWN
from monitor.cases import Did
from monitor.detect.agreement import Comparison, Outcome, Verified
from monitor.detect.checks import Outcome as Checked
from monitor.detect.circuit_breaker import SITE_BACK, SITE_OUT
from monitor.events import Event
from monitor.model import Card, Snapshot, When
from monitor.reports.assurance import Became, Month, Outage, Records, Unread, alerts, days_not_read, failed, month_of
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.messages import MessageKind, ToOperator, tell
from monitor.store.people import Role
from monitor.store.subscriptions import Wishes
from monitor.store.tables import MessageRow, MessageState, ServiceRow, ToldRow, table
from monitor.store.vault import Vault
from tests.jobs.office import SETUP
from tests.store.test_alert_times import HEAD, HOME, LEAD, NINE, NOON, fall, minutes

OTHER, TEXT = "1-300000002", "sms:+447700900123"
DECEMBER = NOON + timedelta(days=14)
NOVEMBER = month_of("2026-11", DECEMBER)
_told, _message, _service = table(ToldRow), table(MessageRow), table(ServiceRow)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with two watchlists, each with one service. The first watchlist has three subscriptions."""
    store = open_store(database, Vault("a secret"))
    begun = NINE - timedelta(days=9)
    person = store.people.invite("priya@council.example", Role.EDITOR, None, begun)
    for name, service in (("Leeds", HOME), ("York", OTHER)):
        store.watchlists.make(name, person.id, begun)
        store.watchlists.add(name, [service], person.id, begun)
    for address, when in ((LEAD, When.IMMEDIATE), (TEXT, When.IMMEDIATE), (HEAD, When.DAILY)):
        wishes = Wishes(when=when, at=time(7, 30), day="mon")
        store.subscriptions.subscribe("Leeds", address, wishes, quiet=True, now=begun)
    yield store
    store.close()


def records(store: Store, watchlist: str | None = None, month: Month = NOVEMBER, keep: timedelta | None = None) -> Records:
    return store.assurance.records(month, watchlist, DECEMBER, keep)


def look(store: Store, seq: int, at: datetime, *events: Event) -> None:
    snapshot = Snapshot(location_id=HOME, seq=seq, seen_at=at, card=Card(name="Oak House"), holdings=())
    outcome = Checked(
        location_id=HOME, base_seq=seq - 1, looked_at=at, next_look_at=at, read_well=True, snapshot=snapshot, events=events
    )
    assert store.services.record(outcome)


def happen(store: Store) -> None:
    """Records a fall and sends messages about the fall. One receiver accepts the message after a failure, and another receiver
    never accepts the message."""
    look(store, 1, NINE - timedelta(days=1))
    look(store, 2, NINE + minutes(1), fall())
    store.outbox.compose(NINE + minutes(2), NINE - timedelta(days=2))
    with writing(store.engine) as connection:
        sent = connection.execute(_message.select().where(_message.c.kind == MessageKind.ALERT)).mappings().all()
        assert len(sent) == 2
        for row in sent:
            lead = row["address"] == LEAD
            states = [(MessageState.DEAD, NINE + minutes(5))] + [(MessageState.SENT, NINE + minutes(30))] * lead
            for became, at in states:
                body = '{"events": ["fall"], "watchlists": ["Leeds"], "subject": null}'
                said = {"message_id": row["id"], "kind": row["kind"], "address": row["address"], "body": body}
                connection.execute(insert(_told).values(**said, became=became, at=at, reply="said so"))
            state = MessageState.SENT if lead else MessageState.DEAD
            connection.execute(update(_message).where(_message.c.id == row["id"]).values(state=state))


def test_an_address_that_cannot_be_decrypted_has_the_same_name_everywhere(store: Store, database: str) -> None:
    """In an earlier version, the judgement showed "unknown:/…_KEY" as the address."""
    happen(store)
    store.drills.start("Leeds", None, NOON)
    other = open_store(database, Vault("another secret"))
    (drill,) = other.drills.of("Leeds")
    assert {one.address for one in drill.reached} == {LEAD.removeprefix("mailto:"), UNKNOWN}
    assert {one.to for one in records(other).deliveries} == {LEAD.removeprefix("mailto:"), UNKNOWN}
    (sample,) = other.judging.facts(SETUP, NOON, None).urgent_given_up.samples
    assert sample.name.startswith(f"alert to {UNKNOWN} (")
    other.close()


def test_the_record_of_an_alert_has_times_and_the_person_who_acknowledged(store: Store) -> None:
    happen(store)
    person = store.people.find("priya@council.example")
    assert person is not None
    store.acknowledgements.acknowledge(["fall"], person.id, "a visit", NINE + minutes(60))
    found = records(store)
    [alert] = alerts(found)
    assert (alert.published, alert.seen_at, alert.confirmed_at) == (date(2026, 11, 20), NINE, NINE + minutes(1))
    assert (alert.made_at, alert.accepted_at, alert.by) == (NINE + minutes(2), NINE + minutes(30), 1)
    assert alert.became is Became.ACCEPTED and not alert.is_open
    [taken] = alert.taken
    assert (taken.by, taken.at) == ("priya@council.example", NINE + minutes(60))
    assert {(one.did, one.by) for one in found.steps} >= {(Did.OPENED, None), (Did.TOOK, "priya@council.example")}
    gave_up = {one.delivery.to: one.later for one in failed(found)}
    assert gave_up == {"lead@council.example": NINE + minutes(30), "sms:…0123": None}


def test_the_records_contain_only_the_wanted_watchlist_and_month(store: Store) -> None:
    happen(store)
    york, leeds = records(store, "York"), records(store, "Leeds")
    assert (york.events, york.deliveries, york.steps, york.taken) == ((), (), (), ())
    assert [one.location_id for one in york.services] == [OTHER] and [one.location_id for one in leeds.services] == [HOME]
    assert [one.id for one in leeds.events] == ["fall"] and len(leeds.deliveries) == 3
    assert [one.about for one in york.changes] == ["York", f"York: {OTHER}"]
    store.services.watch("York", [HOME], NOON)
    late = records(store, "York")
    assert len(late.services) == 2 and late.events == (), "the service joined York after the fall"
    october = records(store, month=month_of("2026-10", DECEMBER))
    assert (october.services, october.events, october.changes) == ((), (), ()) and october.lacks_events and october.lacks_logs


def test_messages_from_before_a_watchlist_was_renamed_and_lost_a_service_still_count(store: Store) -> None:
    happen(store)
    person = store.people.find("priya@council.example")
    assert person is not None
    new = {"new_name": "Leeds homes", "owner": None, "second_address": None}
    store.watchlists.change("Leeds", **new, person=person.id, now=NOON)  # type: ignore[arg-type]
    store.watchlists.remove("Leeds homes", [HOME], person.id, NOON)
    found = records(store, "Leeds homes")
    assert found.services == () and [one.id for one in found.events] == ["fall"] and len(found.deliveries) == 3
    assert [one.what for one in found.changes][-2:] == ["renamed watchlist", "removed from watchlist"]


def test_days_without_a_reading_are_worked_out_from_messages_and_the_last_reading(store: Store) -> None:
    look(store, 1, NINE - timedelta(days=5))
    store.outbox.compose(NINE, NINE - timedelta(days=2))
    found = records(store)
    assert found.unread == (Unread(location_id=HOME, since=NINE - timedelta(days=5), until=NINE),)
    assert found.reports == (2, 2)
    unread = days_not_read(found)
    assert [on.day for on in unread[HOME]] == [*range(16, 20), *range(20, 31)]
    with writing(store.engine) as connection:
        connection.execute(update(_service).where(_service.c.location_id == HOME).values(read_at=DECEMBER, looked_at=DECEMBER))
    assert [on.day for on in days_not_read(records(store))[HOME]] == [16, 17, 18, 19]


def test_outages_are_worked_out_from_the_messages_to_the_operator(store: Store) -> None:
    days = [NINE + timedelta(days=n) for n in range(3)]
    with writing(store.engine) as connection:
        for n, (at, subject) in enumerate(zip(days, (SITE_OUT, SITE_BACK, SITE_OUT), strict=True)):
            tell(connection, store.vault, ToOperator(key=f"{n}", to=LEAD, subject=subject, lines=()), at)
    assert records(store).outages == (Outage(since=days[0], until=days[1]), Outage(since=days[2], until=None))
    waiting = records(store).waiting
    assert [(one.kind, one.since) for one in waiting] == [("trouble", one) for one in days]


def test_the_records_contain_comparisons_and_the_day_from_which_logs_are_kept(store: Store) -> None:
    one = Verified(location_id=HOME, at=NOON, file_date=date(2026, 11, 1), comparison=Comparison(outcome=Outcome.AGREES))
    store.verifications.record([one, replace(one, location_id="1-300000009")], file=1, reader=1)
    assert records(store).verified == (one,)
    kept = records(store, keep=timedelta(days=20))
    assert kept.kept_from == DECEMBER - timedelta(days=20) and kept.lacks_logs
