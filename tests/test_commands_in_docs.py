"""Runs every command line in README.md and docs/, in the order of the documents. A block of command lines is left out if the text
above the block says “not tried here”."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from monitor import __version__
from monitor.app import build
from monitor.settings import load
from monitor.store.people import Role
from tests.conftest import World
from tests.programs import PATIENCE, Program
from tests.simulated.register import England
from tests.simulated.services import Service

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

POWERSHELL = re.compile(r"(?:New|Add|Set|Test)-[A-Z]\w+$")
"""Matches the commands of Exchange Online."""

OTHERS = {
    "editor",
    "systemctl",
    "docker",
    "journalctl",
    "nginx",
    "useradd",
    "apt-get",
    "createdb",
    "createuser",
    "psql",
    "uv",
    "pipx",
    "sudo",
    "cd",
    "cqc-monitor",
    "make",
    "curl",
    "pip",
    "python3",
}
"""A line that begins with one of these programs is a command, even if the program is not installed on this machine. Any other
program is recognised only if it is installed."""


@dataclass(frozen=True)
class Line:
    """A command line in a document. `tried` is False if the text above the line's block says “not tried here”."""

    document: str
    text: str
    tried: bool


def lines(document: str, text: str) -> Iterator[Line]:
    """Yields the command lines in the indented blocks of a document. Fenced blocks are left out, since they contain drawings and
    patches."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    above = ""
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", text):
        if not paragraph.startswith("    "):
            above = " ".join(paragraph.split())
            continue
        for line in paragraph.splitlines():
            if _is_command(line):
                yield Line(document, line.strip(), tried="not tried here" not in above.lower())


def _is_command(line: str) -> bool:
    word = next((one for one in line.split() if not re.fullmatch(r"[A-Z_]+=\S+", one)), "")
    name = word.rpartition("/")[2]
    return bool(name in OTHERS or POWERSHELL.match(name) or shutil.which(name))


FOUND = [
    one for path in DOCUMENTS for one in lines(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Do this:\n\n    cqc-monitor status\n", [("cqc-monitor status", True)]),
        ("Not tried here:\n\n    systemctl start it\n    cd /var\n", [("systemctl start it", False), ("cd /var", False)]),
        ("This was not tried\nhere:\n\n    make run\n\nThis was:\n\n    make test\n", [("make run", False), ("make test", True)]),
        ("1. First\n\n       sudo -u me /opt/bin/cqc-monitor doctor\n", [("sudo -u me /opt/bin/cqc-monitor doctor", True)]),
        ("With:\n\n    A=b cqc-monitor migrate\n    BOUNCES_URL=imaps://x\n", [("A=b cqc-monitor migrate", True)]),
        ("So:\n\n```\ncqc-monitor run\n```\n\n    server {\n    }\n", []),
    ],
)
def test_the_command_lines_of_a_document_are_found(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(one.text, one.tried) for one in lines("a.md", text)] == found


INSTALLING = [one for one in FOUND if one.tried and one.document == "docs/deploy/linux.md"]
POSTGRESQL = [one for one in FOUND if one.tried and re.search(r"postgresql:|^(?:create(?:db|user)|psql)\b", one.text)]
MAKING = [one for one in FOUND if one.tried and one.text.startswith("make ")]
ASKING = [one for one in FOUND if one.tried and one.text.startswith("curl ")]
TYPED = [
    one
    for one in FOUND
    if one.tried and re.match(r"(?:\.venv/bin/)?cqc-monitor ", one.text) and one not in INSTALLING + POSTGRESQL
]


def test_each_command_line_is_run_by_a_test_unless_the_document_says_not_tried() -> None:
    run = [*INSTALLING, *POSTGRESQL, *MAKING, *ASKING, *TYPED]
    assert sorted(map(str, run)) == sorted(str(one) for one in FOUND if one.tried)


def arguments(line: Line, **meant: str) -> list[str]:
    """Splits a command line into words. Replaces each example value in the line with a value that exists in the test."""
    text = line.text
    for written, now in meant.items():
        text = text.replace(written, now)
    return shlex.split(text, comments=True)


@pytest.mark.slow
def test_the_commands_of_cqc_monitor_in_the_documents_work(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands run in the order of the documents. Exit status 1 is allowed, since it reports only that something needs a
    person's attention."""
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    home = Service(location_id="1-2235535718", name="Oak House")
    world.site.add([home, Service(location_id="1-545296200", name="Elm Lodge")])
    (tmp_path / "cqc").mkdir()
    (tmp_path / "backups").mkdir()
    world.site.publish_data(*England(seed=2, services=1_500).write(tmp_path / "cqc"))
    for line in TYPED:
        given = {"/backups": str(tmp_path / "backups")}
        if "1f0c82ab" in line.text:
            with monkeypatch.context() as patch:
                patch.setenv("SMTP_URL", "smtp://127.0.0.1:1?starttls=never")  # no server listens on this port, so messages wait
                given["1f0c82ab"] = _example(world, home, of="messages" if "outbox" in line.text else "events")
        status, out, err = world.run(*arguments(line, **given)[1:])
        assert status in {0, 1} and "Traceback" not in err, f"{line}: {status}\n{out}\n{err}"
    assert (tmp_path / "leicestershire.docx").is_file() and any((tmp_path / "backups").iterdir())


def _example(world: World, home: Service, *, of: str) -> str:
    """Makes a watched service fall. Returns the first characters of an id: with `of="messages"` that of the waiting
    welcome, with `of="events"` that of the first event."""
    world.run("check")
    home.inspect(on=date(2026, 9, 1), published=date(2026, 11, 1), overall="Inadequate")
    for _ in range(2):  # the second check confirms the change
        world.run("check")
        world.run("deliver")
    listed = json.loads((world.run("outbox", "list", "--json") if of == "messages" else world.run("events", "--json"))[1])
    return str(next(one["id"] for one in listed if of == "events" or one["kind"] == "welcome"))[:8]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with copies of the files that are needed to build the program."""
    folder = tmp_path / "cqc-monitor"
    for name in ("monitor", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.mark.slow  # builds and installs the program
def test_the_program_can_be_installed_and_works_outside_the_project(copy: Path, tmp_path: Path, world: World) -> None:
    """The test installs the program from the source distribution, as a person without a checkout does."""
    subprocess.run(
        [sys.executable, "-m", "build", "--sdist", "--no-isolation", "-o", tmp_path, copy], check=True, capture_output=True
    )
    shutil.rmtree(copy)
    with tarfile.open(next(tmp_path.glob("cqc_monitor-*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    source, there = next(tmp_path.glob("cqc_monitor-*/")), tmp_path / "opt"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env |= {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    for line in INSTALLING:
        words = arguments(line, **{"/opt/cqc-monitor": str(there)})
        words[0] = sys.executable if words[0] == "python3" else words[0]
        done = subprocess.run(words, cwd=source, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        if "venv" in words:  # lets the new environment use the packages that the program needs
            [packages] = there.glob("lib/python*/site-packages")
            (packages / "here.pth").write_text(sysconfig.get_path("purelib"))
            for older in packages.glob("setuptools*"):  # before Python 3.12, a new environment has its own setuptools
                shutil.rmtree(older)
    assert done.stdout.strip() == f"cqc-monitor {__version__}"
    shutil.rmtree(source)

    folder = tmp_path / "elsewhere"
    folder.mkdir()
    program = there / "bin" / "cqc-monitor"

    def run(*words: str) -> str:
        return subprocess.run([program, *words], cwd=folder, env=env, capture_output=True, text=True, check=True).stdout

    world.site.add([Service(location_id="1-2235535718", name="Oak House")])
    run("watch", "add", "Leeds homes", "1-2235535718")
    run("subscribe", "Leeds homes", "mailto:lead@council.example")
    run("check")
    run("deliver")
    assert "Leeds homes" in world.mail.mails[0].text
    with subprocess.Popen([program, "web", "--port", "0"], cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = re.search(r"port (\d+)", process.stdout.readline())
            assert port is not None
            assert "Sign in" in httpx.get(f"http://127.0.0.1:{port[1]}/sign-in", trust_env=False, timeout=PATIENCE).text
        finally:
            process.terminate()


@pytest.mark.parametrize("line", MAKING, ids=lambda one: one.text.split("  ")[0])
def test_the_makefiles_targets_start_the_program_and_the_tests(line: Line, copy: Path, world: World) -> None:
    """The targets use the packages of this interpreter, not a separate environment. `make test` would run this test again, so it
    is only run with --dry-run."""
    (copy / ".venv").mkdir()
    for stamp in (".installed", ".installed-dev"):
        (copy / ".venv" / stamp).touch()
    (copy / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    words = arguments(line)
    if words[1] == "test":
        said = subprocess.run([*words, "--dry-run"], cwd=copy, capture_output=True, text=True, check=True).stdout
        assert "-m pytest" in said
        return
    env = {name: value for name, value in os.environ.items() if "MAKE" not in name} | {"PYTHONPATH": str(copy)}
    with subprocess.Popen(words, cwd=copy, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout is not None and "This monitor has no operator yet" in process.stdout.readline()
            assert (copy / "state" / "monitor.db").is_file()
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise


def test_the_api_answers_the_curl_command_of_its_manual(world: World) -> None:
    [line] = ASKING
    app = build(load())
    now = datetime.now(UTC)
    key = app.store.keys.make(app.store.people.invite("lead@council.example", Role.READER, None, now), "reports", now)
    app.store.close()
    with Program("web", "--port", "0", cwd=world.folder, env=os.environ | world.settings()) as process:
        port = re.search(r"port (\d+)", process.stdout.readline())
        assert port is not None
        words = arguments(line, KEY=key, **{"https://monitor.council.example": f"http://127.0.0.1:{port[1]}"})
        said = subprocess.run(
            [words[0], "--silent", "--noproxy", "*", *words[1:]], capture_output=True, text=True, check=True
        ).stdout
        assert json.loads(said)["events"] == []


@pytest.fixture
def own(postgresql_server: str) -> Iterator[str]:
    """A prefix that replaces “cqc” in the manual's names of roles and databases. The prefix is unique, since roles belong to the
    whole server and several tests run at once."""
    name = f"cqc{uuid.uuid4().hex[:12]}"
    yield name
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}_monitor WITH (FORCE)".encode())
        connection.execute(f"DROP ROLE IF EXISTS {name}_owner, {name}_monitor".encode())


@pytest.mark.parametrize("document", sorted({one.document for one in POSTGRESQL}))
def test_the_commands_for_postgresql_create_a_usable_database(
    document: str, own: str, postgresql_server: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests sign in as the server's user and then switch to the role that the manual names, since servers differ in how a new
    role can sign in."""
    url = make_url(postgresql_server)
    where = {"PGHOST": url.query.get("host", url.host), "PGPORT": url.query.get("port", url.port)}
    signed_in = {"PGUSER": url.username, "PGPASSWORD": url.password}
    env = os.environ | {name: str(value) for name, value in (where | signed_in).items() if value}

    def address(role: str) -> str:
        there = url.set(database=f"{own}_monitor").update_query_dict({"options": f"-crole={own}_{role}"})
        return there.render_as_string(hide_password=False)

    (world.folder / "roles.sql").write_text((ROOT / "docs/deploy/roles.sql").read_text().replace("cqc_", f"{own}_"))
    world.site.add([Service(location_id="1-2235535718", name="Oak House")])
    world.done("watch", "add", "Leeds homes", "1-2235535718")  # in an SQLite database, which copy-database copies later
    addresses = {f"postgresql://cqc_{role}@db.council.example/cqc_monitor": address(role) for role in ("owner", "monitor")}
    for line in (one for one in POSTGRESQL if one.document == document):
        words = arguments(line, **addresses, cqc_=f"{own}_")
        if "cqc-monitor" in words:
            with monkeypatch.context() as patch:
                for setting in words[: words.index("cqc-monitor")]:
                    patch.setenv(*setting.split("=", 1))
                world.done(*words[words.index("cqc-monitor") + 1 :])
            continue
        # Without a terminal, createuser reads the new password twice from its standard input.
        asked = partial(subprocess.run, cwd=world.folder, env=env, input="secret\nsecret\n", start_new_session=True)
        done = asked(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"

    monkeypatch.setenv("DATABASE_URL", address("monitor"))
    world.done("watch", "add", "Leeds homes", "1-2235535718")
    world.done("check")
    if document == "docs/deploy/postgresql.md":
        with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(address("monitor")) as connection:
            connection.execute("CREATE TABLE mine (number integer)")
