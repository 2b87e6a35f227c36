"""Recreates the databases in this folder, one for each migration. Each is written by the program of the last commit before the
next migration was added.

    python tests/store/databases/make.py            all databases; needs git's history and a PostgreSQL server (TEST_POSTGRES)
    python tests/store/databases/make.py 0006       the databases of this revision

The script checks out each commit into a separate folder, and runs the program of that commit there: its commands and its store,
with its own simulated regulator and mail server. In the saved database, SITE replaces the simulated regulator's loopback
address.
"""

import importlib.util
import inspect
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

HERE = Path(__file__).parent
ROOT = HERE.parents[2]

COMMITS = {
    "0001": "107ac87",
    "0002": "18ae34b",
    "0003": "62042d5",
    "0004": "c8a32af",
    "0005": "a0d99d1",
    "0006": "d0178fc",
    "0009": "b030e38",
}
"""For each revision of the schema, the last commit before the next revision was added. The program of this commit writes the
database."""

SECRET = "a secret that is known to everybody"
SITE = "https://www.cqc.example"
HOOKS = "https://hooks.example:8443"
MOST_KEPT = 180_000
"""How many bytes a file may have, at most."""

ORCHARD, LARCH, HOLLINS, BROOKSIDE, NETHERBY, UNREAD, BY_RULE = (f"1-100000000{number}" for number in range(1, 8))
COUNCIL = "council.example"


_OUTCOMES = ("monitor.detect.checks", "monitor.store.looks", "monitor.store.services")
"""The module that defines the result of a check has a different name in different versions. The newest name is first."""


def module(name: str) -> Any:
    """Imports a module of the older version that is running. (The type checker would use the modules of this version.)"""
    return importlib.import_module(name)


# ── in the folder of an older version ────────────────────────────────────────────────────────────────────────────────────


class Writer:
    """Fills the database at DATABASE_URL, as a working monitor of its version does."""

    def __init__(self, revision: str, site: Any, mail: Any) -> None:
        self.revision, self.site, self.mail = revision, site, mail
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.long_ago = self.now - timedelta(days=10)
        self.store = module("monitor.store").open_store(os.environ["DATABASE_URL"], module("monitor.store.vault").Vault(SECRET))
        self.route, self.model = module("monitor.route"), module("monitor.model")

    def run(self, *arguments: str) -> None:
        """Runs a command. Most commands end with status 1, because one service cannot be read."""
        status = module("monitor.cli").main(arguments)
        assert status in (0, 1), (arguments, status)

    def look(self, *locations: str, confirm_after: str = "0s") -> None:
        os.environ["CONFIRM_AFTER"] = confirm_after
        self.run("check", *locations)

    def subscribe(self, watchlist: str, address: str, when: str = "immediate", *, quiet: bool = True, **more: Any) -> None:
        taken = inspect.signature(self.store.outbox.subscribe).parameters
        self.store.outbox.subscribe(
            watchlist,
            address,
            when=self.model.When(when),
            at=time(7, 30),
            day="wed",
            quiet=quiet,
            now=self.long_ago,
            due=self.route.due_at,
            **{name: value for name, value in more.items() if name in taken},
        )

    def write(self) -> None:
        self.watched()
        if self.revision >= "0003":
            self.people()
        self.look()
        self.run("deliver")  # this sends welcomes, and digests that list services that were not read
        self.told()
        if self.revision >= "0005":
            self.register()
            self.api()
        self.waiting()
        self.store.close()

    def watched(self) -> None:
        services = module("tests.simulated.services")

        def rated(rating: str, **more: Any) -> Any:
            return services.Entry(overall=rating, questions=services.questions(rating), **more)

        def service(location_id: str, name: str, entry: Any, **more: Any) -> Any:
            return services.Service(location_id=location_id, name=name, newest=entry, **more)

        netherby = service(NETHERBY, "Netherby Care at Home", rated("Good"), type="Homecare agencies")
        scores = {"Safe": 75}
        netherby.assess(on=date(2025, 2, 28), published=date(2025, 4, 2), overall="Good", report="AP2001", scores=scores)
        self.site.add(
            [
                service(ORCHARD, "Orchard House", rated("Outstanding")),
                service(LARCH, "Larch Grove", rated("Inadequate", special_measures=services.REMAINS)),
                service(HOLLINS, "Hollins View", rated("Good")),
                service(BROOKSIDE, "Brookside ‘Homecare’", rated("Good")),
                netherby,
                service(UNREAD, "Unread House", rated("Good")),
                service(BY_RULE, "Ash Court", rated("Good")),
            ]
        )
        self.site.fail(module("tests.simulated.server").empty, path=f"/location/{UNREAD}")
        self.store.services.watch("Leeds", [ORCHARD, LARCH, HOLLINS, BROOKSIDE, NETHERBY, UNREAD], self.long_ago)
        self.subscribe("Leeds", f"mailto:lead@{COUNCIL}", quiet=False)
        self.subscribe("Leeds", f"mailto:gone@{COUNCIL}")
        self.subscribe("Leeds", f"mailto:daily@{COUNCIL}", "daily")
        self.subscribe("Leeds", f"mailto:weekly@{COUNCIL}", "weekly", still_watching=True)
        self.subscribe("Leeds", f"slack:{HOOKS}/services/T0/B0/s3cr3t", quiet=False, still_watching=True)
        self.subscribe("Care at home", f"teams:{HOOKS}/workflows/a/triggers/manual?sig=s3cr3t", "daily")
        self.subscribe("Leeds", f"webhook:{HOOKS}/cqc", "weekly")
        self.run("watch", "add", "Care at home", NETHERBY, BROOKSIDE)
        self.run("subscribe", "Care at home", f"mailto:lead@{COUNCIL}", "--when", "daily", "--at", "09:00", "--quiet")
        self.mail.refuse(550, at="RCPT", recipient=f"gone@{COUNCIL}", text="No such user")

    def people(self) -> None:
        """Adds the people who may sign in, with their choices on the web pages and their keys."""
        people = module("monitor.store.people")
        kind, ago, store = self.model.Kind, self.long_ago, self.store
        operator = store.people.invite(f"operator@{COUNCIL}", people.Role.OPERATOR, None, ago)
        editor = store.people.invite(f"editor@{COUNCIL}", people.Role.EDITOR, operator.id, ago)
        gone = store.people.invite(f"left@{COUNCIL}", people.Role.READER, operator.id, ago)
        store.people.use_link(store.people.new_link(editor.email, now=ago), browser="Firefox", may_join=lambda _: False, now=ago)
        store.outbox.sign_in(
            operator.email,
            store.people.new_link(operator.email, now=self.now),
            until=self.now + timedelta(days=7),
            invitation=True,
            now=ago,
        )
        store.people.end(gone.id, operator.id, ago)
        store.keys.make(editor, "the dashboard", ago)
        store.feeds.renew("Leeds", editor, ago)
        store.watchlists.change(
            "Leeds",
            new_name="Leeds",
            owner=editor.id,
            second_address=f"mailto:head@{COUNCIL}",
            person=operator.id,
            now=ago,
        )
        chosen = {
            "no-reports": ("Leeds", tuple(one for one in kind if one is not kind.REPORT)),
            "few": ("Leeds", (kind.DOWNGRADED, kind.ENTERED)),
            "paused": ("Care at home", None),
            "all": ("Care at home", None),
            "scores": ("Care at home", (kind.SCORE_FELL, kind.SCORE_ROSE)),
            "none": ("Care at home", ()),
        }
        for name, (watchlist, kinds) in chosen.items():
            person = store.people.invite(f"{name}@{COUNCIL}", people.Role.READER, operator.id, ago)
            wishes = self.wishes(kinds, when=self.model.When.IMMEDIATE, still_watching=name == "all")
            store.subscriptions.add(person, watchlist, f"mailto:{person.email}", wishes, ago)
        wishes = self.wishes((kind.UPGRADED,), when=self.model.When.DAILY, still_watching=False)
        store.subscriptions.add(editor, "Leeds", f"mailto:unconfirmed@{COUNCIL}", wishes, ago)
        (paused,) = [one for one in store.outbox.subscriptions() if one.address == f"mailto:paused@{COUNCIL}"]
        owner = store.people.find(f"paused@{COUNCIL}")
        store.subscriptions.pause(paused.id, owner, self.now + timedelta(days=30), ago, self.route.due_at)

    def wishes(self, kinds: tuple[Any, ...] | None, **more: Any) -> Any:
        """Returns the settings of a subscription that gets these kinds, or all kinds if `kinds` is None. From 0007 on, the
        settings list the kinds that the subscription leaves out."""
        made = module("monitor.store.subscriptions").Wishes
        if self.revision < "0007":
            return made(at=time(8), day="mon", kinds=kinds, **more)
        every = {one for one in self.model.Kind if one != "read wrongly"}
        return made(at=time(8), day="mon", left_out=frozenset(every - set(every if kinds is None else kinds)), **more)

    def told(self) -> None:
        """Adds a fall that was sent to everybody except one receiver, who refused the message for good."""
        self.site.services[HOLLINS].inspect(
            on=date(2026, 9, 1), published=date(2026, 10, 13), overall="Requires improvement", safe="Requires improvement"
        )
        self.look(HOLLINS)
        self.run("deliver")

    def register(self) -> None:
        """Adds a watchlist with a rule, and a register with only a few services."""
        register, registered = module("monitor.register"), module("tests.registered")
        entries = tuple(registered.care(one, name=f"Home {one}") for one in (ORCHARD, LARCH, HOLLINS, BY_RULE))
        file = register.MonthlyFile(
            kind=register.FileKind.ACTIVE,
            name="active_locations.ods",
            as_of=date(2026, 11, 5),
            digest="0" * 64,
            entries=entries,
            ratings=6 * len(entries),
        )
        self.store.intake.take(file, at=self.now)
        person = self.store.people.find(f"operator@{COUNCIL}").id
        rule = register.Rule(authorities=("Leicestershire",))
        self.store.rules.put("By rule", rule, person=person, now=self.now, make=True)
        self.store.areas.save_list("Neighbours", ["Leicester", "Rutland"], self.now)
        self.subscribe("By rule", f"mailto:lead@{COUNCIL}", "weekly")

    def api(self) -> None:
        """Records that the list of changes was read, and that the API and a page state different ratings."""
        self.store.api.may_poll(self.now)
        self.store.api.named(self.now.date(), [LARCH], end=self.now, anew=True, act=True, now=self.now)
        self.store.api.read_on(until=self.now, now=self.now, back=True)
        (due,) = self.store.services.to_look_at([LARCH])
        looks = next(module(one) for one in _OUTCOMES if importlib.util.find_spec(one) and hasattr(module(one), "Outcome"))
        self.store.services.record(
            looks.Outcome(
                location_id=LARCH,
                base_seq=due.seq,
                base_suspicions=due.suspicions,
                looked_at=self.now,
                next_look_at=self.now + timedelta(hours=6),
                read_well=True,
                witnessed_at=self.now,
                differences=("overall: the page says Inadequate, the API says Requires improvement",),
            ),
            self.route.route,
        )

    def waiting(self) -> None:
        """Adds a fall that waits to be sent (in messages and in notices), waiting heartbeat messages, and a candidate
        change."""
        services = module("tests.simulated.services")
        self.site.services[BROOKSIDE].inspect(
            on=date(2026, 9, 8),
            published=date(2026, 10, 20),
            overall="Inadequate",
            safe="Inadequate",
            well_led="Inadequate",
            special_measures=services.ENTERED,
        )
        self.look(BROOKSIDE)
        at = datetime.now(UTC)
        self.store.outbox.compose(at, self.route.bundle, at - timedelta(days=2), self.route.hour_gone_by)
        self.site.services[NETHERBY].newest.questions["Safe"].score = 66
        self.look(NETHERBY)
        later = at + timedelta(days=7)
        self.store.outbox.compose(later, lambda waiting, now: (), later - timedelta(days=2), self.route.hour_gone_by)
        if self.revision >= "0003":
            self.seen_to(at)
        self.site.services[ORCHARD].inspect(on=date(2026, 9, 15), published=date(2026, 10, 27), overall="Good", safe="Good")
        self.look(ORCHARD, confirm_after="2h")

    def seen_to(self, at: datetime) -> None:
        """Adds a suspended receiver, an acknowledged event, and a worker that died long ago."""
        editor = self.store.people.find(f"editor@{COUNCIL}")
        brookside = [one for one in self.store.services.events() if one.location_id == BROOKSIDE and one.kind == "downgraded"]
        self.store.acknowledgements.acknowledge([brookside[0].id], editor.id, "We visit tomorrow.", at)
        claimed = self.store.outbox.claim(at + timedelta(days=2), 50)
        for one in claimed:
            if one.address.startswith("webhook:") or "few@" in one.address:
                self.store.outbox.broken(one, "404 Not Found", at, for_all=False, word=None)
            else:
                self.store.outbox.retry(one, "451 Not now", at)
        self.store.workers.enlist("worker", host="box7", pid=7, alone=False)


def write(revision: str) -> None:
    """Fills the database at DATABASE_URL."""
    regulator, receivers = module("tests.simulated.regulator"), module("tests.simulated.receivers")
    with regulator.Regulator() as site, receivers.Mailbox() as mail:
        os.environ |= {"CQC_BASE_URL": site.url, "SMTP_URL": mail.url}
        Writer(revision, site, mail).write()
        print(f"SITE {site.url}")


# ── in this version's folder ─────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """Checks out the commit of a revision. Yields its folder."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / revision
        subprocess.run(["git", "worktree", "add", "-q", "--detach", there, COMMITS[revision]], cwd=ROOT, check=True)
        try:
            # Migration 0002 got more columns after 0003 was begun. At the commit for 0002, these columns did not exist yet.
            (migration,) = (ROOT / "monitor/store/migrations/versions").glob(f"{revision}_*.py")
            (there / migration.relative_to(ROOT)).write_text(migration.read_text())
            yield there
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", there], cwd=ROOT, check=True)


def written(revision: str, there: Path, url: str) -> str:
    """Lets an older version fill a database. Returns the address of the simulated regulator that the version used."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(there),
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET,
        "MAIL_FROM": "care-alerts@monitor.example",
        "EXTRA_WEBHOOK_HOSTS": HOOKS.removeprefix("https://"),
        "REQUESTS_PER_SECOND": "500",
        "CONTACT": f"oncall@{COUNCIL}",
        "OPERATOR": f"mailto:oncall@{COUNCIL}",
        "PUBLIC_URL": "https://monitor.council.example",
    }
    command = [sys.executable, str(Path(__file__)), "write", revision]
    done = subprocess.run(command, cwd=there, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{revision}: {done.stdout}\n{done.stderr}")
    found = re.search(r"^SITE (\S+)$", done.stdout, re.MULTILINE)
    assert found, done.stdout
    return found[1]


def save(name: str, text: str, site: str) -> None:
    """Saves the dump of a database."""
    text = text.replace(site, SITE).replace(quote(site, safe=""), quote(SITE, safe=""))
    assert len(text.encode()) < MOST_KEPT and "127.0.0.1" not in text, (name, len(text))
    (HERE / name).write_text(text)


def sqlite(revision: str, there: Path) -> None:
    file = there / "state" / "monitor.db"
    site = written(revision, there, f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        save(f"{revision}.sqlite.sql", "\n".join(connection.iterdump()) + "\n", site)


def postgresql(revision: str, there: Path) -> None:
    import psycopg
    from sqlalchemy import make_url

    server = os.environ.get("TEST_POSTGRES", "postgresql:///postgres?host=/var/run/postgresql")
    name = f"cqc_make_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
        try:
            url = make_url(server).set(database=name).render_as_string(hide_password=False)
            site = written(revision, there, url)
            dump = ["pg_dump", "--inserts", "--no-owner", "--no-privileges", url]
            text = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    noise = re.compile(r"(--.*|\\.*|SET .*;|SELECT pg_catalog\.set_config.*|)\n")
    lines = [line for line in text.splitlines(keepends=True) if not noise.fullmatch(line)]
    save(f"{revision}.postgresql.sql", "".join(lines), site)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["write"]:
        write(arguments[1])
        return
    for revision in arguments or COMMITS:
        for make in (sqlite, postgresql):
            with checked_out(revision) as there:
                make(revision, there)
        print(revision)


if __name__ == "__main__":
    main(sys.argv[1:])
