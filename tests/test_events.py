"""The traits of each kind of event, as a table; and a new kind needs a change in one module only."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor.events import EVER_URGENT, MANY, Event, Kind

ROOT = Path(__file__).parents[1]


class Row(NamedTuple):
    """The expectation for a kind."""

    urgent: bool
    needs_date: bool
    told_by_api: bool


# By severity, the worst first. Urgent kinds: docs/interface.md.
KINDS = {
    Kind.ENTERED: Row(True, True, True),
    Kind.REMAINS: Row(True, True, True),
    Kind.ENFORCEMENT: Row(True, True, False),
    Kind.RATINGS_SUSPENDED: Row(True, False, False),
    Kind.RATINGS_WITHDRAWN: Row(True, False, False),
    Kind.REPORT_REMOVED: Row(True, False, False),
    Kind.DOWNGRADED: Row(True, True, True),
    Kind.READ_WRONGLY: Row(True, True, False),
    Kind.STANDS_AGAIN: Row(True, True, False),
    Kind.INADEQUATE_AGAIN: Row(True, True, False),
    Kind.RATING_WITHDRAWN: Row(True, True, False),
    Kind.CORRECTION: Row(True, False, False),
    Kind.MEASURES_UNCLEAR: Row(False, False, False),
    Kind.PROPOSED: Row(True, True, False),
    Kind.NOT_UNDERSTOOD: Row(False, False, False),
    Kind.BREACH: Row(False, False, False),
    Kind.NOT_IMPROVED: Row(False, False, False),
    Kind.SCORE_FELL: Row(False, False, False),
    Kind.FIRST_RATED: Row(True, False, False),
    Kind.CLOSING: Row(False, False, False),
    Kind.DORMANT: Row(False, False, False),
    Kind.ARCHIVED: Row(False, False, False),
    Kind.PROVIDER_CHANGED: Row(False, False, False),
    Kind.MOVED: Row(False, False, False),
    Kind.REPORT_CORRECTED: Row(False, False, False),
    Kind.BEING_INSPECTED: Row(False, False, False),
    Kind.LIFTED: Row(False, False, False),
    Kind.LEFT: Row(False, False, False),
    Kind.UPGRADED: Row(False, True, True),
    Kind.SCORE_ROSE: Row(False, False, False),
    Kind.REPORT: Row(False, False, False),
    Kind.REGISTERED: Row(False, False, False),
}


IN_FORCE = {
    Kind.ENTERED, Kind.REMAINS, Kind.ENFORCEMENT, Kind.RATINGS_SUSPENDED, Kind.RATINGS_WITHDRAWN, Kind.REPORT_REMOVED,
    Kind.ARCHIVED,
}  # fmt: skip
ONLY_AS_NEWS = {
    Kind.INADEQUATE_AGAIN, Kind.MEASURES_UNCLEAR, Kind.PROPOSED, Kind.NOT_UNDERSTOOD, Kind.BREACH, Kind.NOT_IMPROVED,
    Kind.SCORE_FELL, Kind.CLOSING, Kind.DORMANT, Kind.REPORT_CORRECTED, Kind.BEING_INSPECTED, Kind.LIFTED,
    Kind.SCORE_ROSE, Kind.REPORT,
}  # fmt: skip


def event(kind: Kind, *, of: str | None = None, from_: str | None = None, to: str | None = None) -> Event:
    """An event of one service."""
    return Event(
        id="1", location_id="1-2235535718", name="Cherrybrook", kind=kind, of=of, from_=from_, to=to,
        observed_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_what_the_table_says(kind: Kind) -> None:
    urgent = event(kind, of="overall", from_="good", to="inadequate").urgent
    assert Row(urgent, kind.traits.needs_date, kind.traits.told_by_api) == KINDS[kind]
    assert urgent == (kind in EVER_URGENT - {Kind.NOT_UNDERSTOOD})


@pytest.mark.parametrize(
    ("one", "urgent"),
    [
        pytest.param(event(Kind.FIRST_RATED, of="overall", to="inadequate"), True, id="first rated inadequate"),
        pytest.param(event(Kind.FIRST_RATED, of="safe", to="inadequate"), True, id="a key question first rated inadequate"),
        pytest.param(event(Kind.FIRST_RATED, of="overall", to="requires improvement"), False, id="first rated, not inadequate"),
        *(
            pytest.param(replace(event(Kind.NOT_UNDERSTOOD), quote=text), urgent, id=text)
            for text, urgent in {
                "The position on special measures is under consideration.": True,
                "The registration stands suspended.": True,
                "This home will be closing its doors.": True,
                "We have published an update.": False,
            }.items()
        ),
        pytest.param(
            replace(event(Kind.NOT_UNDERSTOOD, of=MANY), quote="Special measures: new rules."), False, id="at many services"
        ),
    ],
)
def test_some_events_of_a_kind_are_urgent_and_others_are_not(one: Event, urgent: bool) -> None:
    assert one.urgent is urgent


@pytest.mark.parametrize(
    ("one", "words"),
    [
        pytest.param(
            event(Kind.BREACH, of="Regulation 12"), "breach found: Regulation 12 (safe care and treatment)", id="breach"
        ),
        pytest.param(
            replace(event(Kind.BREACH, of="Regulation 12"), again=True),
            "again in breach of Regulation 12 (safe care and treatment)",
            id="breach again",
        ),
        pytest.param(
            replace(event(Kind.ENFORCEMENT, of="warning notice"), again=True),
            "CQC took further enforcement action: warning notice",
            id="a further warning notice",
        ),
        pytest.param(
            event(Kind.PROPOSED, of="cancellation"),
            "CQC proposes enforcement action, and has not taken it: cancellation",
            id="a proposal",
        ),
        pytest.param(
            replace(event(Kind.INADEQUATE_AGAIN, of="overall", to="inadequate"), reports=2, since=date(2024, 5, 3)),
            "overall rating is Inadequate again, at least the second report in a row (since 3 May 2024 or earlier)",
            id="inadequate again",
        ),
        pytest.param(
            replace(event(Kind.REPORT, to="good"), reports=3, since=date(2021, 5, 3)),
            "new report published: still Good, at least the third report in a row (since 3 May 2021 or earlier)",
            id="a report in which nothing moved",
        ),
        pytest.param(event(Kind.REPORT), "new report published", id="a report"),
        pytest.param(
            replace(event(Kind.STANDS_AGAIN, of="overall", from_="good", to="inadequate"), published=date(2023, 4, 18)),
            "overall rating of an older report stands again: Inadequate, published on 18 April 2023 (it was Good)",
            id="an older rating stands again",
        ),
        pytest.param(
            replace(event(Kind.BEING_INSPECTED), since=date(2026, 11, 3)),
            "CQC is inspecting it, since 3 November 2026",
            id="inspected",
        ),
        pytest.param(
            event(Kind.RATINGS_SUSPENDED, from_="good"),
            "CQC has suspended its ratings (the overall rating was Good)",
            id="ratings suspended",
        ),
    ],
)
def test_an_event_says_what_happened(one: Event, words: str) -> None:
    assert one.words == words


def test_what_a_better_reader_finds_of_a_kind_is_told_at_once_or_later_or_not_at_all() -> None:
    assert {kind for kind in Kind if kind.traits.in_force} == IN_FORCE
    assert {kind for kind in Kind if kind.traits.only_as_news} == ONLY_AS_NEWS


def test_kinds_are_ordered_by_severity() -> None:
    assert sorted(Kind, key=lambda kind: kind.severity) == list(KINDS)
    assert [kind.severity for kind in KINDS] == list(range(1, len(KINDS) + 1))


@pytest.mark.parametrize(
    ("one", "among_the_worst"),
    [
        pytest.param(event(Kind.ENTERED), True, id="entered special measures"),
        pytest.param(event(Kind.REMAINS), True, id="remains in special measures"),
        pytest.param(event(Kind.DOWNGRADED, of="overall", to="inadequate"), True, id="fell to inadequate overall"),
        pytest.param(event(Kind.DOWNGRADED, of="safe", to="inadequate"), False, id="a key question fell to inadequate"),
        pytest.param(event(Kind.DOWNGRADED, of="overall", to="requires improvement"), False, id="fell, not to inadequate"),
        pytest.param(event(Kind.UPGRADED, of="overall", from_="inadequate", to="good"), False, id="rose"),
        pytest.param(event(Kind.ENFORCEMENT), False, id="enforcement"),
        pytest.param(event(Kind.FIRST_RATED, of="overall", to="inadequate"), True, id="first rated inadequate overall"),
        pytest.param(event(Kind.INADEQUATE_AGAIN, of="overall", to="inadequate"), True, id="inadequate overall again"),
        pytest.param(event(Kind.INADEQUATE_AGAIN, of="safe", to="inadequate"), False, id="a key question inadequate again"),
    ],
)
def test_the_worst_are_special_measures_and_inadequate_overall(one: Event, among_the_worst: bool) -> None:
    assert one.worst is among_the_worst


def test_a_kind_is_found_by_its_value_and_an_unknown_value_is_refused() -> None:
    assert [Kind(str(kind)) for kind in Kind] == list(Kind)
    with pytest.raises(ValueError, match="'fell over' is not a valid Kind"):
        Kind("fell over")


# ── a new kind, in a copy of the tree ────────────────────────────────────────────────────────────────────────────────────

RENAMED = """    RENAMED = (
        "renamed",
        Traits(urgent=_always, worst=_always, needs_date=False, told_by_api=False, words=_names("CQC calls it by a new name")),
    )
"""

# The new kind has words, an order, storage, notices and reading, with nothing else changed.
TRIED = '''
from contextlib import closing
from dataclasses import replace
from pathlib import Path
import monitor
assert Path(monitor.__file__).is_relative_to(Path.cwd()), monitor.__file__
from monitor.channels import build
from monitor.events import Event, Kind
from monitor.severity import by_severity
from monitor.notify.content import Alert
from monitor.notify.render import happened, render
from monitor.views.show import event_text
from monitor.store import open_store
from monitor.store.vault import Vault
from tests.channels.receiving import told
from tests.store.filled import HOME, LATER, LEAD, NOON, fill, look

renamed = replace(told(Kind.RENAMED).event, id="renamed", location_id=HOME, of="Oak House", observed_at=NOON)
assert renamed.urgent and renamed.worst
assert happened(renamed) == "CQC calls it by a new name: Oak House"
assert "renamed" in event_text(renamed)
assert by_severity(renamed) < by_severity(replace(renamed, kind=Kind.BREACH))
message = render(Alert(events=(replace(told(Kind.RENAMED), event=renamed),)), public_url="https://monitor.example")
assert "CQC calls it by a new name: Oak House" in message.subject
channels = build(smtp_url="smtp://127.0.0.1", mail_from="a@b.example", extra_hosts=frozenset(), signing_key=b"key")
for scheme, channel in channels.items():
    said = b"".join(channel.parts(message, message_id="1", address=f"{scheme}:lead@council.example"))
    words = b'"kind":"renamed"' if scheme == "webhook" else b"CQC calls it by a new name"
    assert words in said.replace(b": ", b":").replace(b"=\\r\\n", b"").replace(b"=\\n", b""), (scheme, said)
with closing(open_store("sqlite:///state/monitor.db", Vault("a secret of some length"))) as store:
    fill(store)
    (before,) = store.services.to_look_at([HOME])
    assert store.services.record(replace(look(2, "inadequate"), events=(renamed,), base_candidates=before.candidates))
    store.outbox.compose(LATER, NOON)
    owed = [one for one in store.outbox.claim(LATER, 10) if any(event.id == "renamed" for event in one.events)]
    assert LEAD in {one.address for one in owed}, owed
print("told")
'''


# A database that commit d0178fc wrote, in which people chose kinds: a kind added later is among those that they get.
UPGRADED = '''
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from monitor.detect.checks import Outcome
from monitor.events import Event, Kind
from monitor.store import open_store
from monitor.store.vault import Vault
from tests.store.databases.make import BROOKSIDE, COUNCIL, SECRET

Path("state").mkdir()
with closing(sqlite3.connect("state/monitor.db")) as connection:
    connection.executescript(Path("tests/store/databases/0006.sqlite.sql").read_text(encoding="utf-8"))
with closing(open_store("sqlite:///state/monitor.db", Vault(SECRET))) as store:
    (due,) = store.services.to_look_at([BROOKSIDE])
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    event = Event(id="renamed", location_id=BROOKSIDE, name="Brookside", kind=Kind.RENAMED, of="Oak House", observed_at=now)
    outcome = Outcome(
        location_id=BROOKSIDE, base_seq=due.seq, base_candidates=due.candidates, candidates=due.candidates, read_well=True,
        looked_at=now, next_look_at=now + timedelta(hours=6), events=(event,),
    )
    assert store.services.record(outcome)
    told = set()
    for later in (now + timedelta(seconds=1), now + timedelta(days=8)):  # at once, and with the digests
        store.outbox.compose(later, now - timedelta(days=9))
        told |= {one.address for one in store.outbox.claim(later, 1000) if event in one.events}
for chose in ("no-reports", "scores", "none"):
    assert f"mailto:{chose}@{COUNCIL}" in told, told
print("told")
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program, its templates and its tests, without installed or generated files."""
    for folder in ("monitor", "templates", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def with_kind(folder: Path, kind: str) -> None:
    """Adds a kind of event as somebody would: one member, at the position of its severity."""
    events = folder / "monitor" / "events.py"
    events.write_text(events.read_text().replace("    MEASURES_UNCLEAR = (\n", kind + "    MEASURES_UNCLEAR = (\n", 1))


def run_in(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Runs a script with the copy's own program."""
    return subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False
    )


def test_a_new_kind_is_told_everywhere_though_only_events_py_changed(copy: Path) -> None:
    with_kind(copy, RENAMED)
    done = run_in(copy, TRIED)
    assert done.stdout == "told\n", done.stderr


def test_a_new_urgent_kind_reaches_who_chose_kinds_before_the_upgrade(copy: Path) -> None:
    with_kind(copy, RENAMED.replace("worst=_always", "worst=_never"))
    done = run_in(copy, UPGRADED)
    assert done.stdout == "told\n", done.stderr


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param('    RENAMED = "renamed"\n', "a kind of event states its traits: renamed has none", id="no traits at all"),
        *(
            pytest.param(
                re.sub(rf"\b{trait}=\w+, ", "", RENAMED),
                f"missing 1 required keyword-only argument: '{trait}'",
                id=f"without {trait}",
            )
            for trait in ("urgent", "worst", "needs_date", "told_by_api")
        ),
        pytest.param(
            RENAMED.replace(', words=_names("CQC calls it by a new name")', ""),
            "missing 1 required keyword-only argument: 'words'",
            id="without words",
        ),
    ],
)
def test_a_kind_that_leaves_a_trait_out_fails_at_import(copy: Path, kind: str, said: str) -> None:
    with_kind(copy, kind)
    done = run_in(copy, "import monitor.events")
    assert done.returncode == 1 and said in done.stderr, done.stderr
