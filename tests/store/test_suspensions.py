"""Tests of suspended placements in the store, on SQLite and PostgreSQL: which suspensions are listed, when they are reviewed, and
who is alerted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, update

from monitor.detect.checks import Outcome
from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.model import Aspect, Card, Holding, Snapshot, Subject, When
from monitor.own_facts import OwnFacts
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.messages import MessageKind
from monitor.store.people import Role
from monitor.store.subscriptions import Wishes
from monitor.store.tables import RegisterFileRow, RegisterRow, SubscriptionRow, table
from monitor.store.vault import Vault
from monitor.suspensions import Ask, Suspension
from tests.store.listed import entry, listed

_register, _register_file = table(RegisterRow), table(RegisterFileRow)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday; in winter, London time is UTC
FACTS = partial(OwnFacts, as_of=NOON.date())
ONE, TWO, DAY = "1-2235535718", "1-3000000002", timedelta(days=1)
SINCE, MONDAY = date(2026, 11, 1), datetime(2026, 11, 23, 7, 31, tzinfo=UTC)
ROSE = Event(
    id="e1", location_id=ONE, name="Oak", kind=Kind.UPGRADED, of="overall", from_="inadequate", to="good", observed_at=NOON
)
LEAD, WEEKLY = "mailto:lead@council.example", "mailto:weekly@council.example"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with suspended placements at two services. One of the services is on a watchlist, and is inadequate."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [ONE], NOON)
    store.own_facts.replace("Leeds", [FACTS(location_id=one, suspended_since=SINCE) for one in (ONE, TWO)], None, NOON)
    rated(store, 0, "inadequate")
    yield store
    store.close()


def rated(store: Store, base: int, overall: str, *events: Event, at: datetime = NOON) -> None:
    """Records a check of the watched service."""
    holdings = ((Subject(aspect=Aspect.RATING, of="overall"), Holding(value=overall)),)
    snapshot = Snapshot(location_id=ONE, seq=base + 1, seen_at=at, card=Card(name="Oak"), holdings=holdings)
    look = Outcome(
        location_id=ONE, base_seq=base, looked_at=at, next_look_at=at + DAY, read_well=True, snapshot=snapshot, events=events
    )
    assert store.services.record(look)


def one(store: Store, location_id: str = ONE) -> Suspension:
    return next(each for each in store.suspensions.listed(reader=None) if each.facts.location_id == location_id)


def placed(store: Store) -> list[tuple[int | None, Ask]]:
    """Returns for each listed service how many people are placed, and what the council must do."""
    return [(each.facts.people_placed, each.ask(NOON.date())) for each in store.suspensions.listed(reader=None)]


def test_the_list_of_suspensions_says_which_facts_are_not_known(store: Store) -> None:
    today = NOON.date()
    assert [(each.name, each.ask(today)) for each in store.suspensions.listed(["Leeds"], reader=None)] == [
        ("Oak", Ask.NO_REVIEW),
        (None, Ask.NOT_KNOWN),
    ]
    assert store.suspensions.listed(["York"], reader=None) == []
    store.own_facts.replace("Leeds", [FACTS(location_id=each, people_placed=7) for each in (ONE, TWO)], None, NOON)
    assert placed(store) == [(7, Ask.NOT_SUSPENDED), (7, Ask.NOT_KNOWN)]
    store.own_facts.replace("Leeds", [FACTS(location_id=each) for each in (ONE, TWO)], None, NOON)
    assert placed(store) == [(None, Ask.PLACED_NOT_KNOWN), (None, Ask.NOT_KNOWN)]
    store.own_facts.replace("Leeds", [FACTS(location_id=each, people_placed=0) for each in (ONE, TWO)], None, NOON)
    assert store.suspensions.listed(reader=None) == []


def filed(store: Store, overall: str) -> None:
    """Loads CQC's files of a day, which list the service that nobody watches."""
    listed(store, [entry(2, location_id=TWO, name="Ash", overall=overall)], date(2026, 11, 5))
    with writing(store.engine) as connection:
        for number, kind, on in ((8, "latest ratings", date(2026, 11, 5)), (9, "directory", date(2026, 11, 13))):
            values = {"id": number, "kind": kind, "name": f"{kind} of {on}", "as_of": on, "digest": kind, "imported_at": NOON}
            counts = dict.fromkeys(("locations", "ratings", "joined", "left"), 1)
            connection.execute(insert(_register_file).values(**values, **counts))


def test_an_unwatched_service_has_its_name_and_rating_from_cqcs_file(store: Store) -> None:
    today = NOON.date()
    store.own_facts.replace("Leeds", [FACTS(location_id=TWO, people_placed=3)], None, NOON)
    filed(store, "inadequate")
    found = one(store, TWO)
    assert (found.name, found.ask(today)) == ("Ash", Ask.NOT_SUSPENDED)
    said = "Inadequate (in CQC’s file of 5 November 2026; on no watchlist): 3 people placed, not suspended"
    assert found.words(today) == said, "the directory, which is newer, states no ratings"
    filed_as(store, overall="good")
    found = one(store, TWO)
    assert found.ask(today) is Ask.NOT_KNOWN, "the rating is not known, because it may have fallen after it was read"
    assert found.words(today).startswith("Good in CQC’s file of 5 November 2026; the present rating is not known")
    filed_as(store, left_on=today)
    assert one(store, TWO).words(today).startswith("The rating is not known (3 people placed")


def filed_as(store: Store, **values: object) -> None:
    with writing(store.engine) as connection:
        connection.execute(update(_register).where(_register.c.location_id == TWO).values(**values))


def test_the_list_leaves_out_facts_that_a_person_may_not_read(store: Store) -> None:
    lead, other = (store.people.invite(f"{one}@council.example", Role.EDITOR, None, NOON) for one in ("lead", "other"))
    store.own_facts.set_readers("Leeds", [lead.email], lead.id, NOON)
    knows = store.suspensions.knows
    assert (knows(reader=None), knows(reader=lead.id), knows(reader=other.id)) == (True, True, False)
    assert (knows(["Leeds"], reader=None), knows(["York"], reader=None)) == (True, False)
    store.watchlists.delete("Leeds", lead.id, NOON, None)
    assert not knows(reader=None)


def test_the_rating_of_a_service_that_is_no_longer_watched_is_not_known(store: Store) -> None:
    rated(store, 1, "good", at=NOON + DAY)
    store.own_facts.replace("Leeds", [FACTS(location_id=ONE, people_placed=7)], None, NOON)
    assert store.suspensions.listed(reader=None) == []
    lead = store.people.invite("lead@council.example", Role.EDITOR, None, NOON)
    store.watchlists.remove("Leeds", [ONE], lead.id, NOON + DAY)
    assert one(store).ask(NOON.date()) is Ask.NOT_KNOWN


def test_a_rise_asks_for_a_review_until_a_date_is_chosen(store: Store) -> None:
    rated(store, 1, "good", replace(ROSE, observed_at=NOON + DAY), at=NOON + DAY)
    assert one(store).ask(NOON.date()) is Ask.BETTER
    assert store.suspensions.plan("Leeds", ONE, date(2026, 12, 3), None, NOON + DAY)
    assert one(store).ask(NOON.date()) is Ask.NOTHING
    later = NOON + 2 * DAY
    rated(store, 2, "inadequate", at=later)
    assert one(store).better_on is None


def test_a_rise_before_the_suspension_asks_for_no_review(store: Store) -> None:
    rated(store, 1, "good", ROSE)
    since = NOON.date() + DAY
    store.own_facts.replace("Leeds", [FACTS(location_id=ONE, suspended_since=since)], None, NOON + DAY)
    assert one(store).better_on is None


def test_a_retracted_rise_asks_for_no_review(store: Store) -> None:
    rated(store, 1, "good", replace(ROSE, observed_at=NOON + DAY), at=NOON + DAY)
    assert one(store).better_on == NOON.date() + DAY
    lead = store.people.invite("lead@council.example", Role.EDITOR, None, NOON)
    store.corrections.retract("e1", "mixed up", lead.id, NOON + DAY)
    assert one(store).better_on is None


def test_the_date_of_a_review_is_chosen_changed_and_removed(store: Store) -> None:
    lead = store.people.invite("lead@council.example", Role.EDITOR, None, NOON)
    assert store.suspensions.plan("Leeds", ONE, date(2026, 12, 3), lead.id, NOON)
    assert store.suspensions.plan("Leeds", ONE, date(2026, 11, 23), lead.id, NOON)
    assert (one(store).review, one(store).set_by) == (date(2026, 11, 23), "lead@council.example")
    assert [each.review for each in store.suspensions.planned("Leeds", reader=None)] == [date(2026, 11, 23)]
    assert store.suspensions.due(["Leeds"], date(2026, 11, 22), reader=None) == []
    assert store.suspensions.due(None, date(2026, 11, 23), reader=None)
    assert "by 23 November 2026" in store.audit.newest(1)[0].about
    with pytest.raises(UsageError, match="is in the past"):
        store.suspensions.plan("Leeds", ONE, date(2026, 11, 20), None, NOON)
    for watchlist, location_id in (("York", ONE), ("Leeds", "1-9")):
        assert not store.suspensions.plan(watchlist, location_id, date(2026, 12, 3), None, NOON)
    assert store.suspensions.plan("Leeds", ONE, None, None, NOON)
    assert one(store).review is None
    store.suspensions.plan("Leeds", ONE, date(2026, 12, 3), lead.id, NOON)
    store.watchlists.delete("Leeds", lead.id, NOON, None)
    assert store.suspensions.listed(reader=None) == []


def digests(store: Store, now: datetime) -> list[tuple[str, int]]:
    """Returns the address of each digest that is due at a time, and how many reviews the digest would list."""
    store.outbox.compose(now, now - 999 * DAY)
    found = store.outbox.claim(now, 100)
    for each in found:
        store.outbox.sent(each.id, "ok", now)
    asked = len(store.suspensions.due(["Leeds"], now.date(), reader=None))
    return sorted((each.address, asked) for each in found if each.kind is MessageKind.DIGEST)


def test_a_digest_lists_a_review_once_when_its_day_has_come(store: Store) -> None:
    for address, when in ((LEAD, When.IMMEDIATE), (WEEKLY, When.WEEKLY)):
        store.subscriptions.subscribe(
            "Leeds", address, Wishes(when=when, at=time(7, 30), day="wed"), quiet=True, now=NOON
        )
    store.suspensions.plan("Leeds", ONE, date(2026, 11, 23), None, NOON)
    monday = datetime(2026, 11, 23, 7, 31, tzinfo=UTC)
    assert digests(store, monday - DAY) == []
    assert digests(store, monday - timedelta(minutes=2)) == []
    assert digests(store, monday) == [(LEAD, 1)]
    assert digests(store, monday + timedelta(hours=1)) == digests(store, monday + DAY) == []
    assert digests(store, monday + 2 * DAY) == [(WEEKLY, 1)]
    assert digests(store, monday + 9 * DAY) == []


@pytest.mark.parametrize(
    ("chosen_at", "looked_at"),
    [
        pytest.param(NOON, [MONDAY + DAY, MONDAY + 2 * DAY], id="the program was not running on the day of the review"),
        pytest.param(NOON, [MONDAY + 5 * DAY], id="the program was not running for several days"),
        pytest.param(
            MONDAY + timedelta(hours=2),
            [MONDAY + timedelta(hours=3), MONDAY + DAY],
            id="the day was chosen after its digest was due",
        ),
    ],
)
def test_a_digest_lists_a_review_even_if_an_earlier_digest_was_missed(
    store: Store, chosen_at: datetime, looked_at: list[datetime]
) -> None:
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="wed")
    store.subscriptions.subscribe("Leeds", LEAD, wishes, quiet=True, now=NOON)
    store.suspensions.plan("Leeds", ONE, MONDAY.date(), None, chosen_at)
    told = [bool(digests(store, at)) for at in looked_at]
    assert told.count(True) == 1 and not digests(store, looked_at[-1] + 2 * DAY)


def test_a_digest_lists_a_review_after_a_pause(store: Store) -> None:
    wishes = Wishes(when=When.DAILY, at=time(7, 30), day="wed")
    store.subscriptions.subscribe("Leeds", LEAD, wishes, quiet=True, now=NOON)
    with writing(store.engine) as connection:
        connection.execute(update(table(SubscriptionRow)).values(paused_until=MONDAY + timedelta(hours=30)))
    store.suspensions.plan("Leeds", ONE, MONDAY.date(), None, NOON)
    assert [bool(digests(store, MONDAY + days * DAY)) for days in (0, 1, 2, 3)] == [False, False, True, False]


def test_a_person_who_may_not_read_the_facts_gets_no_review(store: Store) -> None:
    lead, other = (store.people.invite(one, Role.EDITOR, None, NOON) for one in (LEAD[7:], "other@council.example"))
    store.own_facts.set_readers("Leeds", [lead.email], lead.id, NOON)
    for address in (LEAD, "mailto:other@council.example"):
        wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
        store.subscriptions.subscribe("Leeds", address, wishes, quiet=True, now=NOON)
    day = date(2026, 11, 23)
    assert not store.suspensions.plan("Leeds", ONE, day, other.id, NOON)
    assert store.suspensions.plan("Leeds", ONE, day, lead.id, NOON)
    for person, sees in ((lead.id, True), (other.id, False), (None, True)):
        suspensions = store.suspensions
        found = (suspensions.listed(reader=person), suspensions.due(None, day, reader=person))
        assert [bool(one) for one in (*found, suspensions.planned("Leeds", reader=person))] == [sees] * 3, person
    assert [one.closed for one in store.suspensions.due_for(LEAD, {"Leeds"}, day)] == [True]
    assert store.suspensions.due_for("mailto:other@council.example", {"Leeds"}, day) == []
    assert digests(store, datetime(2026, 11, 23, 7, 31, tzinfo=UTC)) == [(LEAD, 1)]


def test_the_review_date_of_an_ended_suspension_asks_for_no_review(store: Store) -> None:
    store.suspensions.plan("Leeds", ONE, date(2026, 11, 23), None, NOON)
    facts = replace(one(store).facts, suspended_since=None)
    store.own_facts.replace("Leeds", [facts], None, NOON)
    store.subscriptions.subscribe("Leeds", LEAD, Wishes(when=When.DAILY, at=time(7, 30), day="mon"), quiet=True, now=NOON)
    assert digests(store, datetime(2026, 11, 23, 7, 31, tzinfo=UTC)) == []
