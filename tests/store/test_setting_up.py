"""Tests of how far a monitor is set up, and of settings that were changed on the web pages, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest

from monitor.model import When
from monitor.store import Store, open_store
from monitor.store.messages import BETWEEN_TESTS
from monitor.store.people import Person, Role
from monitor.store.saved_settings import saved_at
from monitor.store.setting_up import SetUp
from monitor.store.subscriptions import Wishes
from monitor.store.tables import MessageState
from monitor.store.vault import Vault
from tests.registered import care, take
from tests.store.test_at_once import at_once

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WISHES = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
NOTHING = SetUp(registered=False, services=0, unalerted=(), other_ways=False, accepted=False)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def lead(store: Store) -> Person:
    return store.people.invite("lead@council.example", Role.OPERATOR, None, NOON)


def test_the_setup_state_says_which_parts_are_set_up(store: Store) -> None:
    me = lead(store)
    assert store.setting_up.state() == NOTHING
    store.watchlists.make("Empty", me.id, NOON)
    assert store.setting_up.state() == NOTHING  # a watchlist without services needs no subscriber
    store.services.watch("Leeds", ["1-100000001", "1-100000002"], NOON)
    store.services.watch("York", ["1-100000001"], NOON)
    take(store.engine, [(NOON.date(), [care("1-100000001")])])
    state = store.setting_up.state()
    assert (state.registered, state.services, state.unalerted) == (True, 2, ("Leeds", "York"))
    store.subscriptions.add(me, "Leeds", "mailto:somebody@trust.example", WISHES, NOON)  # an unconfirmed address
    assert store.setting_up.state().unalerted == ("Leeds", "York")
    store.subscriptions.add(me, "Leeds", "mailto:lead@council.example", WISHES, NOON)
    assert store.setting_up.state().unalerted == ("York",) and not store.setting_up.state().other_ways
    store.subscriptions.add(me, "York", "slack:https://hooks.slack.com/services/T0/B0/s3cr3t", WISHES, NOON)
    assert store.setting_up.state().unalerted == () and store.setting_up.state().other_ways


def test_a_person_can_send_themselves_a_test_message_once_in_five_minutes(store: Store, database: str) -> None:
    me = lead(store)
    assert store.setting_up.last_test(me) is None
    assert sorted(at_once(database, *[lambda own: own.setting_up.send_test(me, NOON)] * 3)) == [False, False, True]
    trial = store.setting_up.last_test(me)
    assert trial is not None and (trial.state, trial.reply, trial.made_at) == (MessageState.PENDING, None, NOON)
    later = NOON + BETWEEN_TESTS
    assert store.setting_up.send_test(me, later)
    newest = store.setting_up.last_test(me)
    assert newest is not None and newest.made_at == later
    other = store.people.invite("other@council.example", Role.OPERATOR, None, NOON)
    assert store.setting_up.last_test(other) is None


def test_the_audit_names_the_person_who_saves_changes_or_removes_settings(store: Store, database: str) -> None:
    me = lead(store)
    assert store.saved_settings.all() == saved_at(database) == {}
    wanted = {"contact": "é@council.example", "check_every": "2h", "stale_after": ""}
    assert store.saved_settings.save(wanted, me.id, NOON) == ["contact", "check_every"]
    assert store.saved_settings.save(wanted, me.id, NOON) == []
    assert store.saved_settings.all() == saved_at(database) == {"contact": "é@council.example", "check_every": "2h"}
    assert store.saved_settings.save({"check_every": ""}, me.id, NOON) == ["check_every"]
    assert store.saved_settings.all() == {"contact": "é@council.example"}
    deeds = [(deed.email, deed.about) for deed in store.audit.newest(3)]
    assert deeds[0] == ("lead@council.example", "CHECK_EVERY: the default") and len(deeds) == 3


def test_if_two_people_save_a_setting_at_once_only_one_value_is_kept(store: Store, database: str) -> None:
    me = lead(store)
    at_once(database, *[lambda own, n=n: own.saved_settings.save({"check_every": f"{n}h"}, me.id, NOON) for n in range(1, 5)])
    assert store.saved_settings.all()["check_every"] in {"1h", "2h", "3h", "4h"}


def test_without_a_database_nothing_is_saved_and_no_database_is_created(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("none") / "monitor.db"
    assert saved_at(f"sqlite:///{file}") == {} and not file.exists()
