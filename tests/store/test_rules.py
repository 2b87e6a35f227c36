"""Tests of watchlists with rules, on SQLite and PostgreSQL: which services join and leave when the register changes, which of
these changes are reported, and to whom. Each change is reported once.
"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from monitor.detect.checks import Outcome
from monitor.errors import UsageError
from monitor.events import Event, Kind, Rests
from monitor.model import Aspect, Card, Holding, Registration, Snapshot, Subject, When
from monitor.ratings import Rating
from monitor.register.entries import Entry, Near, Rule, Sector
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.people import Role
from monitor.store.rules import UNREAD_FOR
from monitor.store.subscriptions import Wishes
from monitor.store.tables import RuleRow, table
from monitor.store.vault import Vault
from tests.store.listed import DECEMBER, NOVEMBER, OCTOBER, entry, listed

LIST = "Leicestershire homecare"
RULE = Rule(authorities=("Leicestershire",), types=("Homecare agencies",))
LEAD, OPERATOR = "mailto:lead@council.example", "mailto:oncall@council.example"
NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
NOVEMBER_NOON = datetime(2026, 11, 6, 12, tzinfo=UTC)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """An empty store."""
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def watched(store: Store, watchlist: str = LIST) -> set[str]:
    return set(store.services.watchlists().get(watchlist, []))


def following(store: Store, *entries: Entry, rule: Rule = RULE) -> None:
    """Adds a watchlist with one subscription and with a rule, which is applied to the register of October."""
    listed(store, entries, OCTOBER)
    store.rules.put(LIST, rule, person=None, now=NOON, make=True)
    subscribe(store, LIST, LEAD)


def subscribe(store: Store, watchlist: str, address: str) -> None:
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    store.subscriptions.subscribe(watchlist, address, wishes, quiet=True, now=NOON)


def read(
    store: Store, location_id: str, overall: str = "good", *, archived: bool = False, at: datetime = NOON, well: bool = True
) -> None:
    """Records a check that read a service. If not `well`, the check could not read one of the service's pages."""
    (due,) = store.services.to_look_at([location_id])
    state = Registration.ARCHIVED if archived else Registration.REGISTERED
    holdings = (
        (Subject(aspect=Aspect.RATING, of="overall"), Holding(value=overall)),
        (Subject(aspect=Aspect.REGISTRATION), Holding(value=state)),
    )
    snapshot = Snapshot(location_id=location_id, seq=due.seq + 1, seen_at=at, card=Card(name="x"), holdings=holdings)
    outcome = Outcome(
        location_id=location_id, base_seq=due.seq, looked_at=at, next_look_at=at, read_well=well, snapshot=snapshot, pages=()
    )
    assert store.services.record(outcome)


def owed(store: Store, now: datetime = NOVEMBER_NOON + timedelta(days=2)) -> dict[str, list[tuple[str, str]]]:
    """Returns, for each address, the events in its messages up to `now`. Each event is given as its kind and its service."""
    store.outbox.compose(now, NOON - timedelta(days=100))
    told: dict[str, list[tuple[str, str]]] = {}
    for claimed in store.outbox.claim(now, 100):
        told.setdefault(claimed.address, []).extend((event.kind, event.location_id) for event in claimed.events)
    return told


def ids(*entries: Entry) -> set[str]:
    return {one.location_id for one in entries}


# ── joining ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_rule_adds_the_matching_services_and_reports_no_event(store: Store) -> None:
    following(store, entry(1), entry(2), entry(3, authority="Leicester"), entry(4, types=("Residential homes",)))
    assert watched(store) == ids(entry(1), entry(2))
    assert store.services.events() == []


def test_a_newly_registered_service_joins_and_is_reported_once(
    store: Store,
) -> None:
    following(store, entry(1))
    listed(store, [entry(1), entry(2)], NOVEMBER)
    workers = [threading.Thread(target=store.rules.apply, args=(NOVEMBER_NOON, OPERATOR)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    listed(store, [entry(1), entry(2)], NOVEMBER)  # the same files are imported again
    store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert watched(store) == ids(entry(1), entry(2))
    (event,) = store.services.events()
    assert (event.kind, event.location_id, event.name) == (Kind.REGISTERED, entry(2).location_id, "Agency 2")
    assert (event.published, event.evidence, event.rests_on) == (NOVEMBER, None, Rests.MONTHLY_FILE)
    assert owed(store) == {LEAD: [(Kind.REGISTERED, entry(2).location_id)]}


def test_saving_a_rule_also_reports_services_that_an_earlier_import_listed(store: Store) -> None:
    following(store, entry(1))
    listed(store, [entry(1), entry(2)], NOVEMBER)  # after this, the program was killed
    store.rules.put(LIST, RULE, person=None, now=NOVEMBER_NOON)
    assert [one.kind for one in store.services.events()] == [Kind.REGISTERED]
    assert store.rules.apply(NOVEMBER_NOON, OPERATOR) == []


def test_services_that_a_changed_rule_adds_are_not_reported(store: Store) -> None:
    following(store, entry(1), entry(2, authority="Leicester"))
    listed(store, [entry(1), entry(2, authority="Leicester")], NOVEMBER)
    store.rules.apply(NOVEMBER_NOON, OPERATOR)
    changed = replace(RULE, authorities=("Leicestershire", "Leicester"))
    applied = store.rules.put(LIST, changed, person=None, now=NOVEMBER_NOON)
    assert applied is not None and applied.joined == (entry(2).location_id,)
    assert store.services.events() == []


def test_a_service_that_joins_two_watchlists_is_reported_once_to_each_address(store: Store) -> None:
    following(store, entry(1))
    store.rules.put("Homecare", Rule(types=("Homecare agencies",)), person=None, now=NOON, make=True)
    subscribe(store, "Homecare", LEAD)
    subscribe(store, "Homecare", "mailto:other@council.example")
    listed(store, [entry(1), entry(2)], NOVEMBER)
    assert [one.watchlist for one in store.rules.apply(NOVEMBER_NOON, OPERATOR)] == ["Homecare", LIST]
    news = [(Kind.REGISTERED, entry(2).location_id)]
    assert owed(store) == {LEAD: news, "mailto:other@council.example": news}


# ── a fall is told ───────────────────────────────────────────────────────────────────────────────────────────────────────

INADEQUATE = Rule(authorities=("Leicestershire",), ratings=(Rating.INADEQUATE,))
FALLEN = entry(2, overall="inadequate", safe="inadequate", published=date(2026, 10, 20))


def test_a_service_that_joins_after_a_fall_starts_from_its_former_rating(store: Store) -> None:
    following(store, entry(1, overall="inadequate"), entry(2, safe="good"), rule=INADEQUATE)
    listed(store, [entry(1, overall="inadequate"), FALLEN], NOVEMBER)
    store.rules.apply(NOVEMBER_NOON, OPERATOR)
    start, pages = store.services.remembered(FALLEN.location_id)
    assert start is not None and pages == []
    held = {subject.of: held.value for subject, held in start.holdings if subject.aspect is Aspect.RATING}
    assert held == {"overall": "good", "safe": "good"}  # the next checks will see the fall, with the page as evidence
    assert start.seen_at.date() == OCTOBER
    (due,) = store.services.to_look_at([FALLEN.location_id])
    assert (due.seq, due.pages) == (1, ())
    first, _ = store.services.remembered(entry(1).location_id)
    assert first is None  # this service's rating has not changed


def test_a_service_that_joins_with_an_old_rating_starts_from_its_page(store: Store) -> None:
    old = entry(2, overall="inadequate", published=date(2024, 3, 1))
    following(store, entry(1), replace(old, overall="good", published=date(2022, 1, 1), authority="Leicester"), rule=INADEQUATE)
    listed(store, [entry(1), old], NOVEMBER)
    store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert old.location_id in watched(store)
    assert store.services.remembered(old.location_id)[0] is None


def test_a_fall_known_from_another_watchlist_is_reported_to_the_new_watchlist(store: Store) -> None:
    following(store, entry(1), entry(2), rule=INADEQUATE)
    store.services.watch("By hand", [FALLEN.location_id], NOON)
    read(store, FALLEN.location_id)
    fell = Event(
        id="fell",
        location_id=FALLEN.location_id,
        name="Agency 2",
        kind=Kind.DOWNGRADED,
        of="overall",
        from_="good",
        to="inadequate",
        observed_at=NOON + timedelta(days=14),
    )
    at = fell.observed_at
    outcome = Outcome(location_id=fell.location_id, base_seq=1, looked_at=at, next_look_at=at, read_well=True, events=(fell,))
    assert store.services.record(outcome)
    listed(store, [entry(1), FALLEN], NOVEMBER)
    for _ in range(2):
        store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert owed(store) == {LEAD: [(Kind.DOWNGRADED, FALLEN.location_id)]}
    assert store.services.events() == [fell]


def test_a_service_that_joins_does_not_start_from_a_rating_that_ended_years_ago(store: Store) -> None:
    """Older files were imported, so the register has the service's whole history."""
    away = {"authority": "Leicester"}
    for on, overall, published in (
        (date(2020, 3, 2), "outstanding", date(2019, 5, 1)),
        (date(2022, 3, 7), "good", date(2021, 12, 1)),
    ):
        listed(store, [entry(1), entry(2, overall=overall, published=published, **away)], on)
    listed(store, [entry(1), entry(2, published=date(2021, 12, 1), **away)], OCTOBER)
    store.rules.put(LIST, RULE, person=None, now=NOON, make=True)
    # The second service was inspected again, is still good, and has moved.
    listed(store, [entry(1), entry(2, published=date(2026, 10, 20))], NOVEMBER)
    (applied,) = store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert applied.joined == (entry(2).location_id,)
    assert store.services.remembered(entry(2).location_id)[0] is None


# ── leaving ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_changed_rating_removes_no_service_from_a_watchlist(store: Store) -> None:
    following(store, entry(1, overall="inadequate"), rule=INADEQUATE)
    listed(store, [entry(1, overall="good", published=date(2026, 10, 20))], NOVEMBER)
    assert store.rules.apply(NOVEMBER_NOON, OPERATOR) == []
    assert watched(store) == ids(entry(1))


def test_a_service_that_no_longer_matches_leaves_unless_a_person_added_the_service(
    store: Store,
) -> None:
    following(store, *(entry(number) for number in range(1, 5)))
    stranger = "1-999999999"
    # A person adds two services. The rule had already added the first service.
    store.services.watch(LIST, [entry(2).location_id, stranger], NOON)
    away = {"authority": "Leicester"}
    listed(store, [entry(1, **away), entry(2, **away), entry(3, authority=None), entry(4)], NOVEMBER)
    (applied,) = store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert applied.left == (entry(1).location_id,)
    assert watched(store) == ids(entry(2), entry(3), entry(4)) | {stranger}
    assert store.audit.newest(1)[0].what == "taken off watchlist by its rule"


def test_a_bad_file_does_not_empty_a_watchlist_and_the_operator_is_notified_once(store: Store) -> None:
    all_of_them = [entry(number) for number in range(1, 31)]
    following(store, *all_of_them)
    listed(store, [replace(one, authority="Leicester") for one in all_of_them], NOVEMBER)
    (applied,) = store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert (applied.left, watched(store)) == ((), ids(*all_of_them))
    assert applied.trouble is not None and "30 of 30 services would leave at once" in applied.trouble
    assert store.rules.apply(NOVEMBER_NOON + timedelta(days=1), OPERATOR) == []
    assert list(owed(store)) == [OPERATOR]
    applied_by_hand = store.rules.put(LIST, RULE, person=None, now=NOVEMBER_NOON)
    assert applied_by_hand is not None and len(applied_by_hand.left) == 30


def test_a_renamed_authority_does_not_empty_a_small_watchlist(store: Store) -> None:
    few = [entry(number) for number in range(1, 5)]
    following(store, *few)
    listed(store, [replace(one, authority="The Shire of Leicester") for one in few], NOVEMBER)
    (applied,) = store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert (applied.left, watched(store)) == ((), ids(*few))
    assert applied.trouble is not None and "4 of 4 services would leave at once" in applied.trouble
    assert list(owed(store)) == [OPERATOR]


def test_a_closed_service_leaves_when_its_page_says_closed(store: Store) -> None:
    following(store, entry(1), entry(2))
    read(store, entry(2).location_id)
    listed(store, [entry(1)], NOVEMBER)
    assert store.rules.apply(NOVEMBER_NOON, OPERATOR) == []
    assert entry(2).location_id in watched(store)
    (due,) = [one for one in store.services.due(NOVEMBER_NOON, 10) if one.location_id == entry(2).location_id]
    read(store, due.location_id, archived=True, at=NOVEMBER_NOON)
    (applied,) = store.rules.apply(NOVEMBER_NOON + timedelta(hours=1), OPERATOR)
    assert applied.left == (entry(2).location_id,)
    assert store.services.history(entry(2).location_id)  # the service's history is not deleted


@pytest.mark.parametrize("well", [True, False], ids=["the page is fully read", "the page is read without its report"])
def test_a_service_stays_while_its_page_says_registered(store: Store, well: bool) -> None:
    following(store, entry(1), entry(2))
    listed(store, [entry(1)], NOVEMBER)
    read(store, entry(2).location_id, at=NOVEMBER_NOON, well=well)
    assert store.rules.apply(NOVEMBER_NOON + timedelta(days=30), OPERATOR) == []
    assert watched(store) == ids(entry(1), entry(2))


def test_the_register_reports_the_closure_of_a_service_without_a_page(store: Store) -> None:
    following(store, entry(1), entry(2))
    read(store, entry(2).location_id)
    listed(store, [entry(1)], NOVEMBER)
    assert store.rules.apply(NOVEMBER_NOON, OPERATOR) == []
    (applied,) = store.rules.apply(NOVEMBER_NOON + UNREAD_FOR, OPERATOR)
    assert applied.left == (entry(2).location_id,)
    (event,) = store.services.events()
    assert (event.kind, event.published) == (Kind.ARCHIVED, NOVEMBER)
    assert owed(store, NOVEMBER_NOON + UNREAD_FOR + timedelta(days=1)) == {LEAD: [(Kind.ARCHIVED, entry(2).location_id)]}


def test_a_service_that_returns_to_the_register_joins_without_an_event(store: Store) -> None:
    following(store, entry(1), entry(2))
    listed(store, [entry(1)], NOVEMBER)
    store.rules.apply(NOVEMBER_NOON, OPERATOR)
    store.services.unwatch(LIST, [entry(2).location_id])
    listed(store, [entry(1), entry(2)], DECEMBER)
    store.rules.apply(NOVEMBER_NOON + timedelta(days=30), OPERATOR)
    assert watched(store) == ids(entry(1), entry(2))
    assert store.services.events() == []


# ── the rule itself ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("keep", "left"), [(True, 2), (False, 0)], ids=["the services stay", "the services are removed"])
def test_a_rule_can_be_removed_with_or_without_its_services(keep: bool, left: int, store: Store) -> None:
    following(store, entry(1), entry(2))
    assert store.rules.remove(LIST, keep_services=keep, person=None, now=NOON) is not None
    assert (store.rules.of(LIST), len(watched(store))) == (None, left)
    assert store.rules.remove(LIST, keep_services=keep, person=None, now=NOON) is None
    listed(store, [entry(3)], NOVEMBER)
    assert store.rules.apply(NOVEMBER_NOON, OPERATOR) == []


def test_a_rule_is_renamed_and_deleted_with_its_watchlist(store: Store) -> None:
    following(store, entry(1))
    person = store.people.invite("editor@council.example", Role.EDITOR, None, NOON)
    new = store.watchlists.change(LIST, new_name="North", owner=None, second_address=None, person=person.id, now=NOON)
    assert new is not None and store.rules.of("North") is not None
    store.watchlists.delete("North", person.id, NOON, None)
    assert store.rules.all() == {}


def test_the_preview_of_a_rule_shows_its_result_and_changes_nothing(store: Store) -> None:
    following(store, entry(1), entry(2), entry(3, authority="Leicester"))
    preview = store.rules.preview(LIST, Rule(authorities=("Leicester",)))
    assert (preview.fitting, preview.new, preview.leaving) == (1, 1, 2)
    assert store.rules.preview("Not there", Rule(sectors=(Sector.COMMUNITY,))).new == 3
    assert watched(store) == ids(entry(1), entry(2))


def test_a_rule_for_a_deleted_watchlist_is_not_saved(store: Store) -> None:
    listed(store, [entry(1)], OCTOBER)
    assert store.rules.put("Gone", RULE, person=None, now=NOON) is None
    assert (store.rules.all(), store.services.watchlists()) == ({}, {})


# ── distance ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# These are in Leicester, in Loughborough (10 miles away) and in Nottingham (23 miles away).
NEAR = entry(1, postcode="LE1 6HP", latitude=52.6369, longitude=-1.1398)
FAR = entry(2, postcode="LE11 3EH", latitude=52.7721, longitude=-1.2062)
FURTHER = entry(3, postcode="NG2 3NG", latitude=52.9548, longitude=-1.1581)


@pytest.mark.parametrize(
    ("postcode", "miles", "fitting", "of"),
    [
        pytest.param("LE1 6HP", 5, [NEAR], "LE1 6HP", id="a postcode that the register has"),
        pytest.param("le16hp", 12, [NEAR, FAR], "LE1 6HP", id="a postcode that was typed without its space"),
        pytest.param("LE1 6AA", 12, [NEAR, FAR], "LE1 6", id="a postcode with neighbours in the register"),
        pytest.param("LE1 9ZZ", 5, [NEAR], "LE1", id="a postcode with only its district in the register"),
        pytest.param("NG2", 25, [NEAR, FAR, FURTHER], "NG2", id="a district"),
    ],
)
def test_distances_are_measured_from_positions_in_the_register(
    postcode: str, miles: float, fitting: list[Entry], of: str, store: Store
) -> None:
    listed(store, [NEAR, FAR, FURTHER, entry(4, postcode="LE1 6HP")], OCTOBER)  # the register has no position for the last
    rule = Rule(near=Near(postcode=postcode, miles=miles))
    assert [one.location_id for one in store.register.fitting(rule)] == [one.location_id for one in fitting]
    centre = store.rules.preview(LIST, rule).centre
    assert centre is not None and centre.of == of


def test_a_rule_with_an_unknown_postcode_does_not_stop_other_rules(store: Store) -> None:
    listed(store, [NEAR], OCTOBER)
    with pytest.raises(UsageError, match="the position of ZE1 0AA is not known"):
        store.rules.preview(LIST, Rule(near=Near(postcode="ZE1 0AA", miles=5)))
    store.rules.put("A place", Rule(near=Near(postcode="LE1 6HP", miles=5)), person=None, now=NOON, make=True)
    store.rules.put("Homecare", RULE, person=None, now=NOON, make=True)
    listed(store, [entry(1, postcode=None), entry(2)], NOVEMBER)  # the register no longer has the positions
    trouble, fine = store.rules.apply(NOVEMBER_NOON, OPERATOR)
    assert (trouble.watchlist, trouble.joined, fine.joined) == ("A place", (), (entry(2).location_id,))
    assert watched(store, "A place") == ids(NEAR)


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_most_likely_service_is_found_first(store: Store) -> None:
    rose = entry(1, name="Rose House", address="2 High Street, Oadby", postcode="LE2 5AA")
    other = entry(2, name="The Old Rose House")
    street = entry(3, name="Larch Grove", address="1 Rose Street, House End")
    closed = entry(4, name="Rose House", also_known_as="Rose")
    listed(store, [rose, other, street, closed], OCTOBER)
    listed(store, [rose, other, street], NOVEMBER)

    def found(text: str) -> list[str]:
        return [one.location_id for one in store.register.find(text, limit=10)]

    assert found("ROSE house") == [rose.location_id, other.location_id, street.location_id, closed.location_id]
    assert found("le25aa") == found("LE2 5AA") == found("rose oadby") == [rose.location_id]
    assert found(closed.location_id) == [closed.location_id]
    assert len(found("hartwell care")) == 4
    assert (found("nothing like that"), found("  "), found("%")) == ([], [], [])
    assert store.register.count_found("rose") == 4
    assert [one.location_id for one in store.register.find("rose house", limit=1, offset=1)] == [other.location_id]


def test_a_rule_that_cannot_be_read_is_reported_and_does_not_stop_other_rules(store: Store) -> None:
    following(store, entry(1), entry(2, authority="Leicester"))
    store.rules.put("Another", Rule(authorities=("Leicester",)), person=None, now=NOON, make=True)
    row = table(RuleRow)
    with writing(store.engine) as connection:
        body = '{"near": {"postcode": "LE1 1AA", "miles": null}}'
        connection.execute(update(row).where(row.c.watchlist == LIST).values(body=body))
    listed(store, [entry(1), entry(2, authority="Leicester"), entry(3), entry(4, authority="Leicester")], NOVEMBER)
    applied = {one.watchlist: one for one in store.rules.apply(NOVEMBER_NOON, OPERATOR)}
    assert applied["Another"].joined == (entry(4).location_id,)
    assert applied[LIST].trouble == "the rule of this watchlist can't be read"
    assert watched(store) == ids(entry(1))
    assert store.rules.apply(NOVEMBER_NOON, OPERATOR) == []
    (told,) = [claimed for claimed in store.outbox.claim(NOVEMBER_NOON, 100) if claimed.address == OPERATOR]
    assert "can't be read" in str(told.body)
    assert (store.rules.of(LIST), store.rules.unreadable(), list(store.rules.all())) == (None, [LIST], ["Another"])
    store.rules.put(LIST, RULE, person=None, now=NOVEMBER_NOON)
    assert store.rules.unreadable() == [] and watched(store) == ids(entry(1), entry(3))


def test_a_watchlist_and_its_rule_are_created_together_or_not_at_all(store: Store) -> None:
    listed(store, [entry(1)], OCTOBER)
    ann = store.people.invite("ann@council.example", Role.EDITOR, None, NOON)
    made = store.rules.start(LIST, RULE, person=ann.id, now=NOON)
    found = store.watchlists.find(LIST)
    assert made is not None and len(made.joined) == 1 and found is not None and found.owner == ann.id
    assert store.rules.start(LIST, Rule(), person=ann.id, now=NOON) is None
    kept = store.rules.of(LIST)
    assert kept is not None and kept.rule == RULE, "an existing watchlist keeps its rule"
    with pytest.raises(UsageError, match="nothing in the register matches"):
        store.rules.start("Empty", replace(RULE, authorities=("Rutland",)), person=ann.id, now=NOON)
    assert store.watchlists.find("Empty") is None
