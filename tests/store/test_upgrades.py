"""Tests that migrate the databases that older versions wrote (tests/store/databases) to this version. All data is kept, everybody
gets the messages that waited for them, and the choices that people made still apply.
"""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import inspect, text

from monitor.cli import main
from monitor.codec import load_snapshot
from monitor.detect.checks import Outcome
from monitor.events import Event, Kind
from monitor.mailbox import key_of
from monitor.model import When
from monitor.store import Store, open_store
from monitor.store.database import connected, head, migrated, reading, revisions
from monitor.store.list_entries import overview_of
from monitor.store.outbox import Claimed
from monitor.store.subscriptions import Wishes
from monitor.store.vault import Vault
from tests.databases import _made, copy_of
from tests.store.databases.make import BROOKSIDE, COMMITS, COUNCIL, HOLLINS, HOOKS, LARCH, NETHERBY, ORCHARD, SECRET, UNREAD
from tests.store.filled import Rows

FIXTURES = Path(__file__).parent / "databases"
LEEDS, AT_HOME = "Leeds", "Care at home"

OTHERWISE = {("subscription", "kinds"), ("notice", "event_id"), ("register", "search")}
"""Columns that a later version may store in another form. The tests check the effect of these columns: who gets which
messages."""

NEVER_ALONE = {f"{number:04}" for number in (7, 8, *range(10, 30))}
"""Schemas that were not the newest schema of any released version. Version 0.2.0 added 0007 to 0009 together, and the next
version adds 0010 and all later schemas."""

CHOSE = {
    f"mailto:no-reports@{COUNCIL}": frozenset(Kind) - {Kind.REPORT},
    f"mailto:few@{COUNCIL}": frozenset({Kind.DOWNGRADED, Kind.ENTERED}),
    f"mailto:scores@{COUNCIL}": frozenset({Kind.SCORE_FELL, Kind.SCORE_ROSE}),
    f"mailto:none@{COUNCIL}": frozenset[Kind](),
    f"mailto:unconfirmed@{COUNCIL}": frozenset({Kind.UPGRADED}),
}
"""The kinds that each subscription's address chose. All other addresses get all kinds."""

ADDED = frozenset(
    {
        Kind.READ_WRONGLY,
        Kind.RATINGS_SUSPENDED,
        Kind.RATINGS_WITHDRAWN,
        Kind.REPORT_REMOVED,
        Kind.STANDS_AGAIN,
        Kind.INADEQUATE_AGAIN,
        Kind.PROPOSED,
        Kind.NOT_UNDERSTOOD,
        Kind.NOT_IMPROVED,
        Kind.CLOSING,
        Kind.DORMANT,
        Kind.BEING_INSPECTED,
        Kind.REPORT_CORRECTED,
        Kind.LIFTED,
        Kind.CORRECTION,
    }
)
"""Kinds that were added after these databases were written, so no subscription leaves them out."""

WORST = frozenset({Kind.ENTERED, Kind.REMAINS})
"""Kinds that no subscription can leave out."""

SIGNS = {"welcome": "welcome", "still": "still watching"}
"""Older versions stored words in place of a notice's event. The first word says of which kind the message is."""

NAMES = {LEEDS: "lead gone daily weekly", AT_HOME: "lead"}
CHANNELS = {LEEDS: {f"slack:{HOOKS}/services/T0/B0/s3cr3t", f"webhook:{HOOKS}/cqc"}}
IDLE = f"teams:{HOOKS}/workflows/a/triggers/manual?sig=s3cr3t"


def subscribers(revision: str) -> set[tuple[str, str]]:
    """Returns the subscribers in the database of a revision, as (watchlist, address)."""
    people = {
        name: f"{NAMES[name]} {more}"
        for name, more in ((LEEDS, "no-reports few unconfirmed"), (AT_HOME, "all none scores paused"))
    }
    names = people if revision >= "0003" else NAMES
    found = {(watchlist, f"mailto:{one}@{COUNCIL}") for watchlist, all_of_it in names.items() for one in all_of_it.split()}
    found |= {(LEEDS, one) for one in CHANNELS[LEEDS]} | {(AT_HOME, IDLE)}
    return found | ({("By rule", f"mailto:lead@{COUNCIL}")} if revision >= "0005" else set())


@dataclass(frozen=True, kw_only=True)
class Former:
    """A migrated database of an older version.

    became      its revision before the migration, and its revision now
    before      its rows before the migration, as the database driver returned them
    after       its rows now
    copied      copies the database, and returns the URL of the copy
    """

    revision: str
    became: tuple[str | None, str]
    before: Rows
    after: Rows
    copied: Callable[[], str]

    @property
    def events(self) -> set[str]:
        """The ids of all events."""
        return {str(row["id"]) for row in self.before["event"]}

    @property
    def signs(self) -> set[str]:
        """The kinds of waiting messages without an event."""
        return {"welcome", "still watching"} if self.revision >= "0003" else {"welcome"}

    def owed(self) -> list[tuple[str, str]]:
        """Returns the notices that were not sent yet, without those that failed for good. Each is given as the key of its address
        and the id of its event. A notice without an event has a word, such as "welcome", in place of the id."""
        fates = {row["id"]: row["state"] for row in self.before["message"]}
        keys = {row["id"]: str(row["address_key"]) for row in self.before["subscription"]}
        waits = [row for row in self.before["notice"] if fates.get(row["message_id"], "pending") == "pending"]
        # From 0007 on, the kind of a notice has its own column.
        said = {"sign of life": "still watching"}
        what = [str(row["event_id"] or said.get(str(row["kind"]), row["kind"])) for row in waits]
        return [(keys[row["subscription_id"]], one) for row, one in zip(waits, what, strict=True)]


def all_of(url: str) -> Rows:
    """Returns all rows of a database with any schema, as the driver returns the rows."""
    with connected(url) as engine, reading(engine) as connection:
        found, quoted = inspect(connection), engine.dialect.identifier_preparer.quote
        rows: Rows = {}
        for table in set(found.get_table_names()) - {"alembic_version"}:
            key = ", ".join(quoted(column) for column in found.get_pk_constraint(table)["constrained_columns"])
            query = text(f"SELECT * FROM {quoted(table)} ORDER BY {key}")
            rows[table] = [dict(row) for row in connection.execute(query).mappings()]
        return rows


def brought(revision: str, url: str, copied: Callable[[], str]) -> Former:
    """Migrates a database to this version's schema. Returns the database with its rows before and after the migration."""
    before = all_of(url)
    became = migrated(url)
    return Former(revision=revision, became=became, before=before, after=all_of(url), copied=copied)


@contextmanager
def on_sqlite(revision: str, folder: Path) -> Iterator[Former]:
    """Loads the database that a version wrote to SQLite, and migrates it."""
    file = folder / "former.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((FIXTURES / f"{revision}.sqlite.sql").read_text(encoding="utf-8"))

    def copied() -> str:
        return f"sqlite:///{shutil.copy(file, folder / 'copy.db')}"

    yield brought(revision, f"sqlite:///{file}", copied)


@contextmanager
def on_postgresql(revision: str, server: str) -> Iterator[Former]:
    """Loads the database that a version wrote to PostgreSQL, and migrates it."""
    with ExitStack() as stack:
        url = stack.enter_context(contextmanager(_made)(server))
        with psycopg.connect(url) as connection:
            connection.execute((FIXTURES / f"{revision}.postgresql.sql").read_bytes())

        def copied() -> str:
            return stack.enter_context(contextmanager(_made)(server, copy_of(server, url)))

        yield brought(revision, url, copied)


@pytest.fixture(scope="module", params=[f"{one} {kind}" for one in COMMITS for kind in ("sqlite", "postgresql")])
def former(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Former]:
    """Each of the databases. A database is loaded and migrated to this version only once."""
    revision, kind = request.param.split()
    if kind == "sqlite":
        found = on_sqlite(revision, tmp_path_factory.mktemp("former"))
    else:
        found = on_postgresql(revision, request.getfixturevalue("postgresql_server"))
    with found as one:
        yield one


@pytest.fixture
def store(former: Former) -> Iterator[Store]:
    """The store of a copy of the migrated database."""
    with closing(open_store(former.copied(), Vault(SECRET))) as store:
        yield store


def an_event(kind: Kind, at: datetime) -> Event:
    """Returns an event that happens after the migration. The event is severe only if all events of its kind are severe."""
    return Event(id=f"later {kind}", location_id=NETHERBY, name="Netherby", kind=kind, of="safe", observed_at=at)


def wanted(address: str) -> frozenset[Kind]:
    """Returns the kinds of `an_event` that an address gets."""
    return CHOSE.get(address, frozenset(Kind)) | WORST | ADDED


def happens(store: Store, at: datetime) -> None:
    """Records one event of each kind, at a service on both watchlists."""
    (due,) = store.services.to_look_at([NETHERBY])
    outcome = Outcome(
        location_id=NETHERBY,
        base_seq=due.seq,
        base_candidates=due.candidates,
        looked_at=at,
        next_look_at=at + timedelta(hours=6),
        read_well=True,
        events=tuple(an_event(kind, at) for kind in Kind),
    )
    assert store.services.record(outcome)


def taken(store: Store, now: datetime) -> list[Claimed]:
    """Sends every message that is due, and returns the messages. All receivers accept their messages, even suspended
    receivers."""
    found: list[Claimed] = []
    while some := store.outbox.claim(now, 100) or [one for one in [store.outbox.claim_test(now)] if one]:
        for one in some:
            store.outbox.sent(one.id, "250 queued", now)
        found += some
    return found


def is_as_it_was(store: Store, revision: str) -> None:
    """Checks that the store returns the same watchlists, events, receivers and people as before the migration."""
    assert sorted(store.services.watchlists()[LEEDS]) == sorted([ORCHARD, LARCH, HOLLINS, BROOKSIDE, NETHERBY, UNREAD])
    (orchard,) = store.services.to_look_at([ORCHARD])
    assert {one.mark.split("|")[0] for one in orchard.candidates} == {"rating", "reports"}
    happened = {(event.location_id, event.kind, event.of) for event in store.services.events()}
    falls = {(HOLLINS, Kind.DOWNGRADED, "overall"), (BROOKSIDE, Kind.ENTERED, None), (NETHERBY, Kind.SCORE_FELL, "safe")}
    assert falls <= happened
    assert {one.address for one in store.dead_letters.unsent() if one.state == "dead"} == {f"mailto:gone@{COUNCIL}"}
    if revision >= "0003":
        assert {one.address for one in store.receivers.all()} == {f"mailto:few@{COUNCIL}", f"webhook:{HOOKS}/cqc"}
        editor, leeds = store.people.find(f"editor@{COUNCIL}"), store.watchlists.find(LEEDS)
        assert editor and [one.name for one in store.keys.all(editor.id)] == ["the dashboard"]
        assert leeds and leeds.owner == editor.id and LEEDS in store.feeds.of(editor)
    if revision >= "0005":
        assert [one.location_id for one in store.api.disagreements()] == [LARCH]
        assert "By rule" in store.rules.all() and store.rules.unreadable() == []


def test_every_older_schema_has_a_database_to_test() -> None:
    assert set(revisions()) - {head(), *NEVER_ALONE} <= set(COMMITS)


@pytest.mark.slow
def test_all_rows_that_an_older_version_wrote_are_kept(former: Former) -> None:
    assert former.became == (former.revision, head())
    empty = {name for name, rows in former.before.items() if not rows}
    assert empty.isdisjoint(
        {"service", "watch", "subscription", "snapshot", "page", "event", "evidence", "notice", "message", "told"}
    )
    for table, rows in former.before.items():
        now = former.after[table]
        if table == "overview":  # for services that were not read yet, the table now contains the register's data
            now = [one for one in now if one["file_date"] is None]
        assert len(now) == len(rows), table
        for was, one in zip(rows, now, strict=True):
            kept = {name: value for name, value in was.items() if (table, name) not in OTHERWISE}
            if table == "event":  # each event gets its item; all earlier fields stay
                said, says = json.loads(str(kept.pop("body"))), json.loads(str(one["body"]))
                assert said == {name: says[name] for name in said}
                assert says["item"] == one["item"] and str(one["item"]).startswith(f"{one['location_id']}/")
                assert one["rank"] is not None
            assert kept == {name: one.get(name, "gone") for name in kept}, table


def test_lists_show_all_services_that_an_older_version_read(former: Former) -> None:
    # The rows are in the order of their numbers, so the last snapshot of a service is the newest.
    newest = {str(row["location_id"]): load_snapshot(str(row["body"])) for row in former.after["snapshot"]}
    shown = {str(row["location_id"]): row for row in former.after["overview"] if row["file_date"] is None}
    assert shown
    for one, row in shown.items():
        made = overview_of(newest[one])
        was = {name: bool(row[name]) if isinstance(value, bool) else row[name] for name, value in made.items()}
        assert {name: str(value) for name, value in was.items()} == {name: str(value) for name, value in made.items()}


@pytest.mark.slow
def test_each_address_gets_its_waiting_messages_and_then_events_of_its_chosen_kinds(former: Former, store: Store) -> None:
    is_as_it_was(store, former.revision)
    subscriptions = store.subscriptions.listed()
    assert {(one.watchlist, one.address) for one in subscriptions} == subscribers(former.revision)
    began = max(event.observed_at for event in store.services.events())
    for one in subscriptions:
        assert {kind for kind in Kind if one.wants(an_event(kind, began))} == wanted(one.address), one.address

    soon = began + timedelta(days=7)  # the newest waiting notice is due then, and nothing else
    assert store.outbox.compose(soon, soon - timedelta(days=2))
    sent = taken(store, soon)
    signs = Counter((key_of(one.address), str(one.kind)) for one in sent if one.kind in ("welcome", "still watching"))
    paused = key_of(f"mailto:paused@{COUNCIL}")
    owed = Counter((key, kind) for key, what in former.owed() if (kind := SIGNS.get(what.split()[0])) and key != paused)
    assert signs == owed and {kind for _, kind in owed} == former.signs

    later = began + timedelta(days=35)  # all postponed messages are due, and all pauses have ended
    happens(store, later - timedelta(days=8))
    escalated = store.escalations.settle(later, timedelta(days=1), f"mailto:oncall@{COUNCIL}")
    assert bool(escalated) == (former.revision >= "0003")
    store.outbox.compose(later, later - timedelta(days=2))
    sent += taken(store, later)

    told = {(key_of(one.address), event.id) for one in sent for event in one.events if one.kind != "escalation"}
    confirmed = [one for one in subscriptions if one.confirmed and one.watchlist in (LEEDS, AT_HOME)]
    news = {(key_of(one.address), f"later {kind}") for one in confirmed for kind in wanted(one.address)}
    assert told == {(key, event) for key, event in former.owed() if event in former.events} | news
    kinds = {(key_of(one.address), str(one.kind)) for one in sent}
    silent = {key for key, what in former.owed() if what.startswith("silent")}
    assert silent and all(kinds & {(key, "digest"), (key, "alert")} for key in silent)  # an alert also contains waiting notices
    assert ((key_of(f"mailto:head@{COUNCIL}"), "escalation") in kinds) == (former.revision >= "0003")
    assert f"mailto:unconfirmed@{COUNCIL}" not in {one.address for one in sent}


def test_s2_3_a_webhook_in_use_keeps_the_secret_that_its_receiver_knows(store: Store) -> None:
    (known,) = [one for one in CHANNELS[LEEDS] if one.startswith("webhook:")]
    now = max(event.observed_at for event in store.services.events())
    assert store.webhook_secrets.signing(known, now) == (store.vault.derived_secret(known),)
    # The secret of a second address or of OPERATOR stays too, even if no message was ever sent to the address. A new subscriber
    # gets a new secret.
    never = f"{known}/second"
    assert store.webhook_secrets.signing(never, now) == (store.vault.derived_secret(never),)
    fresh = f"{known}/new"
    store.subscriptions.subscribe(LEEDS, fresh, Wishes(when=When.DAILY, at=time(7, 30), day="mon"), quiet=True, now=now)
    assert store.webhook_secrets.signing(fresh, now) != (store.vault.derived_secret(fresh),)


def test_the_commands_show_the_data_of_an_older_version(
    former: Former, alone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", former.copied())
    monkeypatch.setenv("SECRET_KEY", SECRET)

    def shown(*arguments: str) -> Any:
        status = main([*arguments, "--json"])
        printed = capsys.readouterr()
        assert status in (0, 1) and printed.err == "", (arguments, status, printed.err)
        return json.loads(printed.out)

    assert {one["id"] for one in shown("events")} == former.events
    assert {service["location_id"] for service in shown("status")["services"]} >= {ORCHARD, UNREAD}
    assert {LEEDS, AT_HOME} <= set(json.dumps(shown("watch", "list")).split('"'))
    waiting = [row for row in former.before["notice"] if row["message_id"] is None]
    open_still = [row for row in former.before["message"] if row["state"] in ("pending", "dead")]
    assert len(shown("outbox", "list")) == len(open_still) + len(waiting)
    assert len(shown("told")) == len(former.before["told"])
