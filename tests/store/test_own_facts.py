"""Tests of own facts in the store, on SQLite and PostgreSQL. An import is complete or not done at all, and may be repeated. Two
people may import facts at the same time."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from monitor.cases import Planned, Tab
from monitor.errors import UsageError
from monitor.judgement import Sample, Some
from monitor.own_facts import OwnFacts, mark
from monitor.store import Store, open_store
from monitor.store.own_facts import OTHERS_DID, Kept, Unwatched
from monitor.store.people import Role
from monitor.store.vault import Vault
from tests.jobs.office import SETUP
from tests.store.test_at_once import at_once
from tests.store.test_store import NOON, ONE

TWO, THREE = "1-3000000002", "1-3000000003"
FACTS = partial(OwnFacts, as_of=NOON.date())
MINE = (FACTS(location_id=ONE, people_placed=7), FACTS(location_id=TWO), FACTS(location_id=THREE, note="new"))


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with one service on the watchlist Leeds, and another service on the watchlist York."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [ONE], NOON)
    store.services.watch("York", [TWO], NOON)
    yield store
    store.close()


def test_the_same_file_changes_nothing_and_a_new_file_replaces_all_facts(store: Store) -> None:
    lead = store.people.invite("lead@council.example", Role.OPERATOR, None, NOON)
    first = store.own_facts.replace("Leeds", MINE, lead.id, NOON)
    assert first is not None and len(first.new) == 3
    later, audit = NOON + timedelta(hours=1), store.audit.count()
    again = store.own_facts.replace("Leeds", MINE[::-1], None, later)
    assert again is not None and len(again.same) == 3 and store.audit.count() == audit
    assert store.own_facts.of("Leeds") == Kept(facts=MINE, uploaded_at=NOON, uploaded_by=lead.email)
    changed = store.own_facts.replace("Leeds", MINE[:1], None, later)
    assert changed is not None and changed.gone == (TWO, THREE)
    assert store.own_facts.of("Leeds") == Kept(facts=MINE[:1], uploaded_at=later)
    assert store.audit.newest(1)[0].about == "Leeds: 0 new, 0 changed, 2 removed, 1 as before"


def test_own_facts_are_renamed_and_deleted_with_their_watchlist(store: Store) -> None:
    store.own_facts.replace("Leeds", MINE, None, NOON)
    store.own_facts.replace("York", MINE[:1], None, NOON)
    store.watchlists.change("Leeds", new_name="Homes", owner=None, second_address=None, person=None, now=NOON)  # type: ignore[arg-type]
    assert set(store.own_facts.about([ONE, "1-999"], reader=None)[ONE]) == {"Homes", "York"}
    assert store.own_facts.about([ONE], ["Homes"], reader=None) == {ONE: {"Homes": MINE[0]}}
    assert store.own_facts.unwatched("Homes", [ONE, TWO, THREE]) == Unwatched(elsewhere=(TWO,), nowhere=(THREE,))
    store.watchlists.delete("Homes", None, NOON, None)  # type: ignore[arg-type]
    assert store.own_facts.about([ONE, TWO], reader=None) == {ONE: {"York": MINE[0]}}
    assert store.own_facts.replace("Homes", MINE, None, NOON) is None


def test_the_judgement_finds_contracted_services_that_are_on_no_watchlist(store: Store) -> None:
    store.own_facts.replace("Leeds", MINE, None, NOON)
    store.own_facts.replace("York", MINE[2:], None, NOON - timedelta(days=1))
    found = store.judging.facts(SETUP, NOON, None).contracted_unwatched
    assert found == Some(
        count=1, since=NOON - timedelta(days=1), samples=(Sample(name=THREE, detail="own facts of Leeds"),)
    )
    assert store.judging.facts(SETUP, NOON, None, ["York"]).contracted_unwatched.samples[0].detail == "own facts of York"
    store.services.watch("York", [THREE], NOON)
    assert store.judging.facts(SETUP, NOON, None).contracted_unwatched == Some()


def test_if_two_people_upload_at_once_the_second_person_is_warned(store: Store, database: str) -> None:
    seen = mark(())

    def upload(number: int, own: Store) -> str:
        try:
            facts = [FACTS(location_id=ONE, people_placed=number)]
            return "done" if own.own_facts.replace("Leeds", facts, None, NOON, seen=seen) else "gone"
        except UsageError as error:
            return str(error)

    said = at_once(database, *(partial(upload, number) for number in (1, 2)))
    assert sorted(said) == sorted(["done", OTHERS_DID])
    assert [one.people_placed for one in store.own_facts.of("Leeds").facts] == [said.index("done") + 1]


# ── who may read them ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_named_readers_can_see_and_change_own_facts(store: Store) -> None:
    lead, sam = (store.people.invite(f"{one}@council.example", Role.EDITOR, None, NOON) for one in ("lead", "sam"))
    store.own_facts.replace("Leeds", MINE, lead.id, NOON)
    store.own_facts.replace("York", MINE[:1], lead.id, NOON)
    assert store.own_facts.hidden_from(sam.id) == frozenset() and store.own_facts.readers("Leeds") == []
    assert store.own_facts.set_readers("Leeds", ["Lead@council.example"], sam.id, NOON)
    assert store.own_facts.hidden_from(sam.id) == {"Leeds"} and not store.own_facts.hidden_from(lead.id)
    assert store.own_facts.about([ONE], reader=sam.id) == {ONE: {"York": MINE[0]}}
    assert set(store.own_facts.about([ONE], reader=lead.id)[ONE]) == {"Leeds", "York"}
    with pytest.raises(UsageError, match="Only the people named as readers"):
        store.own_facts.replace("Leeds", MINE[:1], sam.id, NOON)
    assert store.own_facts.of("Leeds").facts == MINE
    assert store.audit.newest(1)[0].about == "Leeds: lead@council.example"
    # The list of readers keeps other people out, even if none of the readers may still sign in. Renaming the watchlist does not
    # change the list.
    store.people.end(lead.id, None, NOON)
    assert [(one.email, one.may_sign_in) for one in store.own_facts.readers("Leeds")] == [("lead@council.example", False)]
    store.watchlists.change("Leeds", new_name="Homes", owner=None, second_address=None, person=None, now=NOON)  # type: ignore[arg-type]
    assert store.own_facts.hidden_from(sam.id) == {"Homes"}
    for wrong in (["lead@council.example"], ["sam@council.example", "who@council.example"]):
        with pytest.raises(UsageError, match="is not somebody who can sign in"):
            store.own_facts.set_readers("Homes", wrong, sam.id, NOON)
    assert store.own_facts.hidden_from(sam.id) == {"Homes"} and not store.own_facts.set_readers("Leeds", [], sam.id, NOON)
    assert store.own_facts.set_readers("Homes", [], sam.id, NOON) and store.own_facts.hidden_from(sam.id) == frozenset()


def test_the_judgement_counts_but_does_not_name_services_in_facts_with_named_readers(store: Store) -> None:
    lead = store.people.invite("lead@council.example", Role.EDITOR, None, NOON)
    store.own_facts.replace("Leeds", MINE, None, NOON)
    store.own_facts.set_readers("Leeds", [lead.email], None, NOON)
    assert store.judging.facts(SETUP, NOON, None).contracted_unwatched == Some(count=1, since=NOON)
    store.own_facts.replace("York", MINE[2:], None, NOON)
    samples = (Sample(name=THREE, detail="own facts of York"),)
    assert store.judging.facts(SETUP, NOON, None).contracted_unwatched == Some(count=1, since=NOON, samples=samples)


def test_cases_due_on_the_same_day_are_sorted_by_people_placed(store: Store) -> None:
    lead, sam = (store.people.invite(f"{one}@council.example", Role.EDITOR, None, NOON) for one in ("lead", "sam"))
    people = {ONE: 0, TWO: 9, THREE: 7, "1-4": None, "1-5": 99}
    store.own_facts.replace("Leeds", [FACTS(location_id=one, people_placed=number) for one, number in people.items()], None, NOON)
    store.own_facts.replace("York", [FACTS(location_id=THREE, people_placed=12)], None, NOON)
    for name in ("Leeds", "York"):
        store.cases.set_template(name, [Planned("Visit", 3)], None, NOON)
    for one in people:
        store.services.watch("Leeds", [one], NOON)
        store.cases.open(one, "x", sam.id, NOON + timedelta(days=one == "1-5"))

    def queue(person: int | None) -> list[str]:
        return [one.location_id for one in store.cases.listed(Tab.ALL, person, NOON.date(), 10)]

    assert queue(sam.id) == queue(None) == [THREE, TWO, "1-4", ONE, "1-5"]
    store.own_facts.set_readers("York", [lead.email], None, NOON)
    assert queue(lead.id) == [THREE, TWO, "1-4", ONE, "1-5"] and queue(sam.id) == [TWO, THREE, "1-4", ONE, "1-5"]
    store.own_facts.set_readers("Leeds", [lead.email], None, NOON)
    assert queue(sam.id) == ["1-4", THREE, TWO, ONE, "1-5"]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from monitor.own_facts import OwnFacts
from monitor.store import open_store, own_facts
from monitor.store.vault import Vault

own_facts.note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
store = open_store(sys.argv[1], Vault("a secret"))
facts = [OwnFacts(location_id=f"1-{number}", people_placed=1, as_of=datetime.now(UTC).date()) for number in range(2_000)]
store.own_facts.replace("Leeds", facts, None, datetime.now(UTC))
"""


def test_a_kill_while_facts_are_replaced_leaves_the_old_facts(store: Store, database: str) -> None:
    store.own_facts.replace("Leeds", MINE, None, NOON)
    done = subprocess.run([sys.executable, "-c", KILLED, database], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert store.own_facts.of("Leeds") == Kept(facts=MINE, uploaded_at=NOON)
    assert store.own_facts.replace("Leeds", MINE[:1], None, NOON) is not None
