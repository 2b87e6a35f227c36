"""Tests of the facts for the judgement, on SQLite and PostgreSQL."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert, update

from monitor.detect.checks import Outcome
from monitor.events import Event, Kind
from monitor.judgement import NOTHING_WRONG, Code, Facts, Receivers, Setup, Standing, judge
from monitor.model import When
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.messages import ToOperator
from monitor.store.receivers import ALL_MAIL
from monitor.store.subscriptions import Wishes
from monitor.store.tables import MessageRow, ServiceRow, SubscriptionRow, SwitchedOffRow, table
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SETUP = Setup(check_every=timedelta(hours=6), stale_after=timedelta(hours=48), mail=True)
LEAD, OTHER, OPERATOR = "mailto:lead@council.example", "mailto:other@council.example", "mailto:oncall@council.example"
SLACK = "slack:https://hooks.slack.com/services/T0/B0/s3cr3ts3cr3tx9Qz"
_service, _subscription, _off, _message = table(ServiceRow), table(SubscriptionRow), table(SwitchedOffRow), table(MessageRow)


def ago(**length: float) -> datetime:
    """Returns the time that was this long before noon."""
    return NOON - timedelta(**length)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A new store."""
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def known(store: Store, watchlists: list[str] | None = None, setup: Setup = SETUP) -> Facts:
    """Returns the facts at noon."""
    return store.judging.facts(setup, NOON, OPERATOR, watchlists)


def found(store: Store, setup: Setup = SETUP) -> set[Code]:
    """Returns the codes of the findings at noon."""
    return {one.code for one in judge(known(store, setup=setup), NOON).findings}


def service(store: Store, location_id: str, watchlist: str = "Leeds", **values: object) -> None:
    """Adds a watched service with these values in its row. By default, the service was read an hour ago."""
    store.services.watch(watchlist, [location_id], ago(days=90))
    row = {"looked_at": ago(hours=1), "read_at": ago(hours=1), "next_look_at": NOON + timedelta(hours=5)} | values
    with writing(store.engine) as connection:
        connection.execute(update(_service).where(_service.c.location_id == location_id).values(**row))


def subscribe(store: Store, watchlist: str, address: str, **values: object) -> None:
    """Adds a subscription with these values in its row."""
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    store.subscriptions.subscribe(watchlist, address, wishes, quiet=True, now=ago(days=90))
    if values:
        (one,) = [one for one in store.subscriptions.listed() if (one.watchlist, one.address) == (watchlist, address)]
        with writing(store.engine) as connection:
            connection.execute(update(_subscription).where(_subscription.c.id == one.id).values(**values))


def off(store: Store, scope: str) -> None:
    """Suspends a receiver, or all receivers of a channel."""
    with writing(store.engine) as connection:
        row = {"scope": scope, "address": LEAD, "since": ago(hours=1), "reason": "410 gone", "next_test_at": NOON}
        connection.execute(insert(_off).values(**row))


def test_each_service_is_counted_in_exactly_one_group(store: Store) -> None:
    service(store, "1-100000001")
    service(store, "1-100000002", trouble="partly read: the page shows ratings, but no rating for safe")
    service(store, "1-100000003", trouble="partly read: https://cqc.example/report.pdf: 404")
    service(store, "1-100000004", failures=1, trouble="CQC answered 503")
    service(store, "1-100000005", read_at=ago(hours=49))
    service(store, "1-100000006", read_at=None, failures=1, trouble="CQC answered 404")
    service(store, "1-100000007", read_at=None, looked_at=None)
    store.services.watch("Leeds", ["1-100000008"], ago(hours=1))
    service(store, "1-100000009", trouble="not understood: 'the rating is blue'")
    facts = known(store)
    services = facts.services
    assert (services.up_to_date, services.watched) == (2, 9)
    others = ("partly_read", "report_missing", "check_failed", "stale", "not_checked")
    assert [getattr(services, name).count for name in others] == [1] * 5
    assert (services.never_read.count, facts.not_understood.count) == (2, 1)
    (part,) = services.partly_read.samples
    assert str(part) == "1-100000002: the page shows ratings, but no rating for safe"
    assert services.stale.since == ago(hours=49)


def test_only_services_on_the_given_watchlists_are_counted(store: Store) -> None:
    service(store, "1-100000001")
    service(store, "1-100000002", "York", read_at=ago(hours=49))
    store.services.unwatch("York", ["1-100000002"])
    service(store, "1-100000003", "York", read_at=None, failures=2)
    assert known(store).services.watched == 2
    assert known(store, ["Leeds"]).services.up_to_date == known(store, ["Leeds"]).services.watched == 1
    assert known(store, ["York"]).services.never_read.count == 1
    assert [one.name for one in known(store, ["York"]).unalerted.samples] == ["York"]


def test_the_judgement_and_the_lists_agree_on_who_is_alerted(store: Store) -> None:
    service(store, "1-100000001")
    subscribe(store, "Leeds", LEAD, paused_until=NOON + timedelta(days=9))
    subscribe(store, "Leeds", OTHER, confirmed_at=None)
    until = (NOON + timedelta(days=9)).date()
    assert store.watchlists.receivers(["Leeds"], NOON, mail=True) == {"Leeds": Receivers(paused=1, unconfirmed=1, until=until)}
    assert Code.NOBODY_ALERTED in found(store)
    subscribe(store, "Leeds", SLACK)
    assert Code.NOBODY_ALERTED not in found(store)
    assert store.watchlists.receivers(["Leeds"], NOON + timedelta(days=9), mail=True)["Leeds"].alerted == 2
    off(store, ALL_MAIL)
    assert store.watchlists.receivers(["Leeds"], NOON + timedelta(days=9), mail=True)["Leeds"] == Receivers(
        alerted=1, off=1, unconfirmed=1
    )
    assert set(store.subscriptions.states(NOON, mail=True).values()) == {"off", "unconfirmed", "alerted"}


def test_the_judgement_says_that_nobody_is_alerted_if_mail_is_not_set_up(store: Store) -> None:
    service(store, "1-100000001")
    subscribe(store, "Leeds", LEAD)
    without = Setup(check_every=SETUP.check_every, stale_after=SETUP.stale_after, mail=False)
    assert {Code.MAIL_NOT_SET_UP, Code.NOBODY_ALERTED} <= found(store, without)
    assert known(store, setup=without).mail_wanted == 2, "the operator's address needs mail too"
    assert not {Code.MAIL_NOT_SET_UP, Code.NOBODY_ALERTED} & found(store)


def test_a_check_that_began_and_never_ended_is_found(store: Store) -> None:
    service(store, "1-100000001", next_look_at=ago(hours=3))
    store.workers.enlist("worker", host="here", pid=1, alone=True)
    assert store.services.claim(ago(hours=2), 1, "worker")
    assert Code.CHECK_HANGS in found(store)
    store.services.let_go("worker")
    assert Code.CHECK_HANGS not in found(store)
    assert store.services.claim(ago(minutes=30), 1, "worker")
    assert Code.CHECK_HANGS not in found(store)


def test_late_and_failed_messages_are_counted_and_urgent_messages_are_counted_separately(store: Store) -> None:
    row = {"address": LEAD, "address_key": "key", "next_attempt_at": NOON, "attempts": 1, "reply": "451 later", "body": "{}"}
    with writing(store.engine) as connection:
        for number, (kind, state, at) in enumerate(
            [
                ("alert", "pending", ago(minutes=61)),
                ("alert", "pending", ago(minutes=59)),
                ("digest", "pending", ago(minutes=61)),
                ("alert", "dead", ago(days=2)),
                ("welcome", "dead", ago(days=2)),
            ]
        ):
            values = row | {"id": f"{number:032}", "kind": kind, "state": state, "created_at": at}
            connection.execute(insert(_message).values(**values))
    facts = known(store)
    counts = (facts.urgent_late, facts.late, facts.not_taken, facts.urgent_given_up, facts.given_up)
    assert [one.count for one in counts] == [1, 1, 1, 1, 1]
    assert facts.urgent_late.since == ago(minutes=61) and all(one.private for one in counts)


def test_the_operator_gets_one_message_about_each_change_of_the_judgement(store: Store) -> None:
    def word(text: str) -> ToOperator:
        return ToOperator(key=text, to=OPERATOR, subject=text, lines=("…",))

    assert not store.judging.tell(Standing.OK, word("well"), NOON)
    assert store.judging.tell(Standing.LOOK, word("look"), NOON)
    assert not store.judging.tell(Standing.LOOK, word("look again"), NOON)
    assert store.judging.tell(Standing.OK, word("well again"), NOON)
    assert len(store.dead_letters.unsent()) == 2


def test_after_a_standstill_a_digest_waits_for_the_checks_that_were_due(store: Store) -> None:
    service(store, "1-100000001", seq=0, next_look_at=ago(hours=10))
    subscribe(store, "Leeds", LEAD)
    (due,) = store.services.to_look_at(["1-100000001"])
    report = Event(id="e", location_id="1-100000001", name="Oak", kind=Kind.BREACH, observed_at=ago(days=2))
    seen = Outcome(
        location_id="1-100000001",
        base_seq=due.seq,
        looked_at=ago(days=2),
        next_look_at=ago(hours=10),
        read_well=True,
        events=(report,),
    )
    assert store.services.record(seen)
    store.workers.enlist("worker", host="here", pid=1, alone=True)
    stale_before = ago(hours=40)

    def composed() -> int:
        return store.outbox.compose(NOON, stale_before)

    assert composed() == 0, "the digest must wait until overdue checks are made"
    later = Outcome(
        location_id="1-100000001",
        base_seq=due.seq,
        looked_at=NOON,
        next_look_at=datetime.now(UTC) + timedelta(days=9),
        read_well=True,
    )
    assert store.services.record(later)
    assert composed() == 1


def test_a_digest_does_not_wait_for_checks_if_no_daemon_is_running(store: Store) -> None:
    service(store, "1-100000001", next_look_at=ago(hours=10), looked_at=ago(days=3), read_at=ago(days=3))
    subscribe(store, "Leeds", LEAD)
    assert store.outbox.compose(NOON, ago(hours=48)) == 1


@pytest.mark.parametrize("seed", range(6))
def test_the_judgement_is_good_only_if_problems_would_be_noticed_and_reported(
    store: Store, seed: int
) -> None:
    """The judgement says that nothing is wrong only if both of these are true: a failure to read pages from now on would be
    reported within STALE_AFTER, and there is somebody to notify."""
    drawn = random.Random(seed)
    said = 0
    for world in range(12):
        calm = drawn.random() < 0.5
        name, rows = f"World {world}", []
        for number in range(drawn.randint(1, 4)):
            hours = drawn.choice([1, 5, 20] if calm else [1, 47, 49, 200])
            failures = 0 if calm else drawn.choice([0, 0, 1])
            read_at = ago(hours=hours) if calm or drawn.random() < 0.8 else None
            trouble = None if calm else drawn.choice([None, None, "partly read: not safe", "partly read: https://x: 404"])
            rows.append((f"1-{seed}{world:02}00000{number}", read_at, failures, trouble))
            looked = {"looked_at": read_at or ago(hours=2), "read_at": read_at, "failures": failures, "trouble": trouble}
            service(store, rows[-1][0], name, **looked)
        paused, unconfirmed = (not calm and drawn.random() < 0.4 for _ in range(2))
        states: dict[str, object] = {"paused_until": NOON + timedelta(days=1)} if paused else {}
        states |= {"confirmed_at": None} if unconfirmed else {}
        if calm or drawn.random() < 0.8:
            subscribe(store, name, f"mailto:lead{seed}{world}@council.example", **states)
            heard = not paused and not unconfirmed
        else:
            heard = False
        judgement = judge(replace(known(store, [name]), workers=1), NOON)
        seen = all(
            read_at and read_at >= ago(hours=48) and not failures and not trouble for _, read_at, failures, trouble in rows
        )
        assert (NOTHING_WRONG in judgement.text) == (seen and heard), judgement.text
        said += NOTHING_WRONG in judgement.text
    assert said, "in none of the random worlds did the judgement say that nothing is wrong"
