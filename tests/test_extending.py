"""Tests that the steps in docs/extending.md are complete. Each patch in the document is applied to a copy of the project, and
tests run in this copy. (test_extending_channel.py applies the patch for a channel.) All patches together are applied to another
copy, and mypy checks the types in this copy.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.store.database import head

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program, its templates, tests and documents."""
    for folder in ("monitor", "templates", "tests", "bench", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with the program in the copy."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False
    )


def patched(folder: Path, heading: str) -> set[str]:
    """Applies the patch below a heading of the document, and returns the files that the patch names. A migration gets the next
    free number, as a developer would choose it."""
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    (patch,) = re.findall(r"^```diff\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    patch = patch.replace("NEWEST", head()).replace("NEXT", f"{int(head()) + 1:04}")
    (folder / "the.patch").write_text(patch, encoding="utf-8")
    deep = "-p1" if "\n+++ b/" in patch else "-p0"
    done = subprocess.run(["git", "apply", deep, "the.patch"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"write a new patch below {heading!r}, since this patch no longer applies: {done.stderr}"
    return set(re.findall(r"^\+\+\+ (?:b/)?(\S+)$", patch, re.MULTILINE))


def passes(folder: Path, *tests: str) -> None:
    """Asserts that tests pass in the copy."""
    done = run_in(folder, "-m", "pytest", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout + done.stderr


# ── types ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_recipes_together_have_correct_types(copy: Path) -> None:
    """Runs mypy strictly on the whole copy. All recipes are checked in one run, since mypy would check nearly the whole copy
    again for each recipe. With mypy's cache of the project, the run takes a quarter of the time."""
    for heading in ("A channel", "A kind of event", "A key question"):
        assert patched(copy, heading)
    if (cache := ROOT / ".mypy_cache").is_dir():
        shutil.copytree(cache, copy / ".mypy_cache")
    done = run_in(copy, "-m", "mypy")
    assert done.returncode == 0, done.stdout + done.stderr


# ── a kind of event ──────────────────────────────────────────────────────────────────────────────────────────────────────

FOUND = """
from monitor.model import Framework, Statement
from tests.detect.test_diff import GOOD, SAFE, Watch, page, rated

def seen(score):
    question = rated(GOOD, score=75, statements=(Statement(name="Safeguarding", score=score),))
    return page(GOOD, framework=Framework.ASSESSMENT, questions={SAFE: question})

watch = Watch()
watch.look(seen(3))
print([event.words for _ in range(2) for event in watch.look(seen(1)).events])
"""


def test_the_recipe_for_a_kind_of_event_is_complete(copy: Path) -> None:
    files = patched(copy, "A kind of event")
    assert files == {"monitor/events.py", "monitor/detect/diff.py", "tests/test_events.py"}
    done = run_in(copy, "-c", FOUND)
    assert done.stdout == "['scored 1 out of 4, the lowest: Safeguarding']\n", done.stdout + done.stderr
    passes(copy, "tests/test_events.py", "tests/detect/test_diff.py")


RENAMED = """    RENAMED = (
        "renamed",
        Traits(urgent=_always, worst=_always, needs_date=False, told_by_api=False, words=_names("CQC calls it by a new name")),
    )
"""

# Although only events.py was changed, an event of the new kind has words, a severity and notices, and can be stored and loaded.
TRIED = '''
from contextlib import closing
from dataclasses import replace
from pathlib import Path
import monitor
assert Path(monitor.__file__).is_relative_to(Path.cwd()), monitor.__file__
from monitor.channels import build
from monitor.channels.mail_settings import MailSetup, sender_of
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
channels = build(mail_setup=MailSetup(sender_of("a@b.example")), extra_hosts=frozenset(), webhook_secrets=lambda _: ())
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


# Commit d0178fc wrote this database. Subscribers who chose kinds of event in the old version must also be alerted about a kind
# that is added later.
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


def with_kind(folder: Path, kind: str) -> None:
    """Adds a kind of event as a developer would: as one member of Kind, at the position of its severity."""
    events = folder / "monitor" / "events.py"
    events.write_text(events.read_text().replace("    MEASURES_UNCLEAR = (\n", kind + "    MEASURES_UNCLEAR = (\n", 1))


def test_a_new_kind_of_event_is_reported_everywhere_although_only_events_py_was_changed(copy: Path) -> None:
    with_kind(copy, RENAMED)
    done = run_in(copy, "-c", TRIED)
    assert done.stdout == "told\n", done.stderr


def test_a_new_urgent_kind_is_sent_to_subscribers_who_chose_kinds_before_the_upgrade(copy: Path) -> None:
    with_kind(copy, RENAMED.replace("worst=_always", "worst=_never"))
    done = run_in(copy, "-c", UPGRADED)
    assert done.stdout == "told\n", done.stderr


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param('    RENAMED = "renamed"\n', "a kind of event needs traits: renamed has no traits", id="without any traits"),
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
def test_a_kind_of_event_without_one_of_its_traits_fails_at_import(copy: Path, kind: str, said: str) -> None:
    with_kind(copy, kind)
    done = run_in(copy, "-c", "import monitor.events")
    assert done.returncode == 1 and said in done.stderr, done.stderr


# ── a key question ───────────────────────────────────────────────────────────────────────────────────────────────────────

STORED = """
from contextlib import closing
from dataclasses import replace
from monitor.cqc.read import read
from monitor.model import Aspect, Holding, Subject
from monitor.ratings import KeyQuestion
from monitor.store import open_store
from monitor.store.overview import Wanted
from monitor.store.vault import Vault
from tests.store.filled import HOME, LATER, fill, look

page = read(b"<h1>Cherrybrook</h1><p>Care home</p><h2>Overall</h2><p>Good</p><h2>Sustainable</h2><p>Inadequate</p>")
assert page.ratings[0].key_questions[KeyQuestion.SUSTAINABLE].rating == "inadequate", page
with closing(open_store("sqlite:///state/monitor.db", Vault("a secret of some length"))) as store:
    fill(store)
    (before,) = store.services.to_look_at([HOME])
    outcome = look(2)
    asked = (Subject(aspect=Aspect.RATING, of=KeyQuestion.SUSTAINABLE), Holding(value="inadequate"))
    snapshot = replace(outcome.snapshot, holdings=(*outcome.snapshot.holdings, asked))
    assert store.services.record(replace(outcome, snapshot=snapshot, events=(), base_candidates=before.candidates))
    shown = store.overviews.listed("Leeds", Wanted(order=KeyQuestion.SUSTAINABLE), LATER, limit=1)
    assert [(one.location_id, one.key_questions[-1]) for one in shown] == [(HOME, "inadequate")], shown
"""
SHOWN = """
import sys
from monitor.cli import main
from tests.store.filled import HOME
sys.exit(main(["history", HOME, "--json"] if "history" in sys.argv else ["status", "--json"]))
"""


def test_the_recipe_for_a_key_question_is_complete(copy: Path) -> None:
    files = patched(copy, "A key question")
    migration = f"monitor/store/migrations/versions/{int(head()) + 1:04}_sustainable.py"
    assert files == {"monitor/ratings.py", migration}
    done = run_in(copy, "-c", STORED)
    assert done.returncode == 0, done.stderr
    (copy / ".env").write_text("SECRET_KEY=a secret of some length\nDATABASE_URL=sqlite:///state/monitor.db\n", encoding="utf-8")
    status, history = (json.loads(run_in(copy, "-c", SHOWN, what).stdout) for what in ("status", "history"))
    assert [one["overall"] for one in status["services"] if one["name"]] == ["good"]
    asked = {one["of"]: one["value"] for one in history["snapshots"][-1]["ratings"]}
    assert asked == {"overall": "good", "sustainable": "inadequate"}
    passes(copy, "tests/store/test_store.py", "-k", "test_the_migrations_create_the_schema_that_the_table_classes_define")
