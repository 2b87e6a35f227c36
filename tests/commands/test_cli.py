"""Tests the commands. Unusable input gives one line and exit status 2. Usable input is accepted in many forms."""

import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import __version__
from monitor.reports.cells import Column, Sheet, workbook_file
from tests.conftest import World
from tests.simulated.services import Service

HOME, OTHER = "1-2235535718", "1-545296200"


def refused(world: World, *arguments: str) -> str:
    """Runs a command that must be refused with exit status 2 and one line. Returns the line."""
    status, out, err = world.run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("cqc-monitor: ") and err.count("\n") == 1, err
    assert "Traceback" not in err
    return err


def watched(world: World, watchlist: str = "Leeds") -> list[str]:
    """Returns the location ids of a watchlist."""
    lists = {one["watchlist"]: one for one in json.loads(world.done("watch", "list", "--json"))}
    return [service["location_id"] for service in lists[watchlist]["services"]] if watchlist in lists else []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["fly"], "fly"),
        (["watch", "add", "Leeds"], "LOCATION"),
        (["watch", "add", "Leeds", HOME, "nonsense"], "nonsense"),
        (["watch", "add", "Leeds", "LEEDS"], "'LEEDS' is not a location id"),
        (["watch", "add", "Leeds", HOME, "https://www.cqc.org.uk/location/LEEDS"], "not a location id"),
        (["history", "LEEDS"], "not watched"),
        (["watch", "add", "Leeds", "https://www.cqc.org.uk/provider/1-101600001"], "provider"),
        (["watch", "add", "Leeds", "https://www.example.org/location/1-2235535718"], "not on CQC's site"),
        (["watch", "add", " ", HOME], "name of a watchlist"),
        (["watch", "add", "Leeds\x07", HOME], "name of a watchlist"),
        (["watch", "remove", "Leeds", HOME], "not on the watchlist"),
        (["subscribe", "Leeds", "mailto:lead@council.example"], "no watchlist"),
        (["unsubscribe", "Leeds", "mailto:lead@council.example"], "not subscribed"),
        (["check", HOME], "not watched"),
        (["history", HOME], "not watched"),
        (["events", "--since", "yesterday"], "not a date"),
        (["events", "--since", "0001-01-01T00:00:00+12:00"], "not a date"),
        (["read", "no-such-file"], "No such file"),
    ],
)
def test_unusable_arguments_give_a_one_line_error(untouched: World, arguments: list[str], said: str) -> None:
    assert said in refused(untouched, *arguments)
    written = {file.name for file in untouched.folder.glob("state/*")}
    assert not written or arguments[0] in {"subscribe", "unsubscribe", "check", "history"} or arguments[:2] == ["watch", "remove"]
    assert watched(untouched) == []


@pytest.mark.parametrize(
    "address",
    [
        "lead at council.example",
        "mailto:",
        "mailto:lead@council.example\nBcc: all@council.example",
        "ftp://council.example",
        "slack:https://hooks.slack.com.evil.example/services/T/B/x",
        "slack:http://hooks.slack.com/services/T/B/x",
        "teams:https://council.webhook.office.com/webhookb2/x",
        "webhook:http://10.0.0.1/hook",
        "webhook:https://user:s3cr3t@council.example/hook",
    ],
)
def test_unusable_addresses_give_a_one_line_error_and_no_subscription(world: World, address: str) -> None:
    world.done("watch", "add", "Leeds", HOME)
    err = refused(world, "subscribe", "Leeds", address)
    assert "s3cr3t" not in err
    assert "tells" not in world.done("watch", "list")


@pytest.mark.parametrize(("flag", "value"), [("--at", "25:00"), ("--at", "7"), ("--day", "Moonday"), ("--when", "hourly")])
def test_unusable_hours_and_days_give_a_one_line_error(world: World, flag: str, value: str) -> None:
    world.done("watch", "add", "Leeds", HOME)
    assert value in refused(world, "subscribe", "Leeds", "mailto:lead@council.example", flag, value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CHECK_EVERY", "often", "CHECK_EVERY: 'often' is not a length of time"),
        ("CHECK_EVERY", "0s", "CHECK_EVERY"),
        ("CONFIRM_AFTER", "-5s", "CONFIRM_AFTER"),
        ("REQUESTS_PER_SECOND", "1000", "REQUESTS_PER_SECOND"),
        ("REQUESTS_PER_SECOND", "nan", "REQUESTS_PER_SECOND"),
        ("CQC_BASE_URL", "www.cqc.org.uk", "CQC_BASE_URL"),
        ("EXTRA_WEBHOOK_HOSTS", "http://127.0.0.1", "EXTRA_WEBHOOK_HOSTS"),
        ("OPERATOR", "nobody", "OPERATOR"),
        ("DATABASE_URL", "mysql://root:hidden@localhost/x", "DATABASE_URL"),
        ("DATABASE_URL", "postgresql://root:hidden@127.0.0.1:1/x", "Connection refused"),
        ("DATABASE_URL", "sqlite:////proc/nowhere/monitor.db", "can't be created"),
        ("DATABASE_URL", "postgresql://root@127.0.0.1:1/x?password=hidden", "Connection refused"),
        ("DATABASE_URL", "postgresql://root:hidden@127.0.0.1:port/x", "DATABASE_URL"),
        ("DATABASE_URL", "sqlite:///", "has no file name"),
        ("SMTP_URL", "https://user:hidden@mail.example", "SMTP_URL"),
        ("HEARTBEAT_URL", "hidden", "HEARTBEAT_URL"),
        ("CQC_BASE_URL", "http://127.0.0.1:99999", "CQC_BASE_URL"),
        ("STALE_AFTER", "999999d", "STALE_AFTER"),
    ],
)
def test_unusable_settings_give_a_one_line_error_without_secrets(
    untouched: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    err = refused(untouched, "watch", "add", "Leeds", HOME)
    assert said in err and "hidden" not in err
    assert not (untouched.folder / "state").exists()


def test_settings_come_from_a_dotenv_file_and_the_environment_takes_precedence(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world.folder / ".env").write_text("DATABASE_URL=sqlite:///elsewhere/own.db\nCHECK_EVERY=1h\n", encoding="utf-8")
    world.done("watch", "add", "Leeds", HOME)
    assert (world.folder / "elsewhere" / "own.db").exists()
    monkeypatch.setenv("CHECK_EVERY", "never")
    assert "never" in refused(world, "status")


@pytest.mark.parametrize(
    "spelling",
    [
        HOME,
        f" {HOME} ",
        f"https://www.cqc.org.uk/location/{HOME}",
        f"http://cqc.org.uk/location/{HOME}/reports?page=2#top",
        f"www.cqc.org.uk./location/{HOME}/inspection-summary",
        f"https://communities.cqc.org.uk/LOCATION/{HOME}/",
        f"https://gl-cqc.axis12.com/location/{HOME}",
    ],
)
def test_a_service_is_recognised_from_any_spelling_of_its_page_address(world: World, spelling: str) -> None:
    world.done("watch", "add", "Leeds", spelling)
    assert "1 already on it" in world.done("watch", "add", "Leeds", HOME)
    assert watched(world) == [HOME]


def test_an_nhs_id_is_accepted_in_lower_case(world: World) -> None:
    world.done("watch", "add", "Leeds", "rj121", "https://www.cqc.org.uk/location/RJ121")
    assert watched(world) == ["RJ121"]


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"location_id\n{HOME}\n{OTHER}\n".encode(), id="a column of ids"),
        pytest.param(
            f"Name,URL\nA,https://www.cqc.org.uk/location/{HOME}\nB,https://www.cqc.org.uk/location/{OTHER}\n".encode(),
            id="a column of URLs",
        ),
        pytest.param(
            b"\xef\xbb\xbf" + f"Location ID;Name\r\n{HOME};A\r\n;;\r\n\r\n{OTHER};B\r\n{HOME};again\r\n".encode(),
            id="a file in the form that Excel saves",
        ),
        pytest.param(
            f'location_id\turl\n\thttps://www.cqc.org.uk/location/{HOME}\n"{OTHER}"\t\n'.encode(),
            id="tabs, and ids in two columns",
        ),
    ],
)
def test_csv_files_are_imported_in_all_layouts_that_people_use(world: World, content: bytes) -> None:
    (world.folder / "leeds.csv").write_bytes(content)
    world.done("watch", "import", "Leeds", "leeds.csv")
    assert watched(world) == [HOME, OTHER]


def test_a_workbook_is_imported_and_the_output_says_which_column_was_used(world: World) -> None:
    rows = [("Name", "CQC ID"), ("A", HOME), ("B", OTHER)]
    sheet = Sheet(title="Homes", columns=[Column(title="Our homes")], rows=rows)
    (world.folder / "leeds.xlsx").write_bytes(workbook_file([sheet]))
    out = world.done("watch", "import", "Leeds", "leeds.xlsx")
    assert "The services come from the column “CQC ID”." in out and "2 added" in out
    assert watched(world) == [HOME, OTHER]


BAD = f"location_id\n{HOME}\nnonsense\n{OTHER}\nhttps://www.example.org/\n"


def test_the_error_about_a_csv_file_lists_each_unusable_row_and_nothing_is_imported(world: World) -> None:
    (world.folder / "leeds.csv").write_text(BAD, encoding="utf-8")
    err = refused(world, "watch", "import", "Leeds", "leeds.csv")
    assert "row 3" in err and "row 5" in err and "row 2" not in err
    assert watched(world) == []


def test_with_skip_bad_the_usable_rows_are_imported_and_the_other_rows_are_listed(world: World) -> None:
    (world.folder / "leeds.csv").write_text(BAD, encoding="utf-8")
    status, out, err = world.run("watch", "import", "Leeds", "leeds.csv", "--skip-bad")
    assert status == 1 and "2 added" in out and "row 3" in err and "row 5" in err
    assert watched(world) == [HOME, OTHER]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "is empty", id="an empty file"),
        pytest.param(
            b"Name,Town\nCherrybrook,Leeds\n", "in its first 25 rows. Its columns are: Name, Town", id="a file without the column"
        ),
        pytest.param(b"location_id\n", "has no rows: put a service on each line", id="a file with only a header"),
        pytest.param("location_id\nCafé\n".encode("cp1252"), "row 2", id="a name in place of an id"),
        pytest.param(b"PK\x03\x04\x00\x00location_id\n", "can't be read", id="an incomplete spreadsheet file"),
        pytest.param("location_id\n".encode("utf-16-le"), "not a CSV", id="UTF-16 without a byte order mark"),
        pytest.param(b'location_id\n"1-2235535718\n', "malformed", id="a quote that never ends"),
    ],
)
def test_an_unusable_csv_file_gives_a_one_line_error(world: World, content: bytes, said: str) -> None:
    (world.folder / "leeds.csv").write_bytes(content)
    assert said in refused(world, "watch", "import", "Leeds", "leeds.csv")


# ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_commands_show_a_service_before_and_after_its_first_check(world: World) -> None:
    world.site.add([Service(location_id=HOME)])
    world.done("watch", "add", "Leeds", HOME)
    assert "not read yet" in world.done("watch", "list")
    assert "has not been read yet" in world.done("history", HOME)
    code, out, _ = world.run("status")
    assert code == 1 and f"  {HOME}: not fully read yet" in out and "no daemon is running" in out
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    assert "overall good" in world.done("history", HOME)
    history = json.loads(world.done("history", HOME, "--json"))
    assert history["snapshots"][0]["ratings"][0]["of"] in {"overall", "safe", "caring", "effective", "responsive", "well-led"}
    status = json.loads(world.done("status", "--json"))
    assert status["ok"] and status["services"][0]["read_at"] and status["outbox"] == []


def test_events_are_listed_since_a_given_date(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("check")
    home.newest.overall = "Inadequate"
    world.done("check")
    (event,) = json.loads(world.done("events", "--json", "--since", "2020-01-01"))
    of_all = {"id", "location_id", "name", "kind", "group", "of", "from", "to", "published", "observed_at", "quote"}
    assert set(event) == of_all | {"urgent", "severity", "item"}
    assert json.loads(world.done("events", "--json", "--since", (datetime.now(UTC) + timedelta(minutes=2)).isoformat())) == []


PAGE = """<html><body><h1>Cherrybrook Care Home</h1><p>Overall: Good</p>
<a href="/location/1-2235535718/reports">All reports</a></body></html>"""


def test_read_accepts_a_file_standard_input_and_a_web_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world.folder / "page.html").write_text(PAGE, encoding="utf-8")
    reading = json.loads(world.done("read", "page.html", "--json"))
    assert (reading["location_id"], reading["name"]) == (HOME, "Cherrybrook Care Home")
    assert reading["ratings"][0]["overall"] == {"rating": "good", "published": None, "quote": "Overall: Good"}
    assert "Good" in world.done("read", "page.html")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    assert json.loads(world.done("read", "-", "--json"))["name"] == "Cherrybrook Care Home"
    world.site.add([Service(location_id=HOME)])
    assert json.loads(world.done("read", f"{world.site.url}/location/{HOME}", "--json"))["location_id"] == HOME


def test_read_of_several_pages_prints_one_line_of_json_for_each_page(world: World) -> None:
    for name in ("a.html", "b.html"):
        (world.folder / name).write_text(PAGE, encoding="utf-8")
    rows = [json.loads(line) for line in world.done("read", "a.html", "b.html", "--json").splitlines()]
    assert [row["file"] for row in rows] == ["a.html", "b.html"]


def test_read_of_a_page_that_is_not_understood_exits_with_3(world: World) -> None:
    (world.folder / "page.html").write_text("<html><body><p>The weather is good.</p></body></html>", encoding="utf-8")
    status, out, _ = world.run("read", "page.html", "--json")
    assert status == 3 and json.loads(out)["source"] == "unknown" and json.loads(out)["ratings"] == []


def test_help_is_printed_without_loading_the_heavy_modules() -> None:
    code = (
        "import sys, monitor.cli\n"
        "try: monitor.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'asyncio', 'httpx', 'pydantic', 'selectolax', 'sqlalchemy', 'ssl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n") and "unsubscribe" in done.stdout


def test_python_dash_m_monitor_runs_the_command(alone: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "watch", "list"], capture_output=True, text=True, cwd=alone, check=False
    )
    assert (done.returncode, done.stderr) == (0, "") and "Nothing is watched yet" in done.stdout


def test_the_version_is_printed_and_no_file_is_written(alone: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "monitor", "--version"], capture_output=True, text=True, cwd=alone, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"cqc-monitor {__version__}\n", "")
    assert list(alone.iterdir()) == []


def test_a_secret_key_is_made_once_and_only_the_files_owner_can_read_the_key(world: World) -> None:
    world.done("status")
    file = world.folder / "state" / "secret.key"
    key = file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0 and len(key) >= 32
    world.done("status")
    assert file.read_text(encoding="utf-8") == key


def test_migrate_prints_the_version_of_the_schema(untouched: World) -> None:
    assert "before: none" in untouched.done("migrate")
    assert "already" in untouched.done("migrate")


def test_read_recognises_the_assessment_of_a_local_authority(world: World) -> None:
    page = "<h1>Leeds City Council: local authority assessment</h1><p>Overall: Good</p><p>Safe: Inadequate</p>"
    (world.folder / "council.html").write_text(page, encoding="utf-8")
    status, out, err = world.run("read", str(world.folder / "council.html"), "--json")
    reading = json.loads(out)
    assert (status, err) == (0, "")
    assert (reading["source"], reading["name"], reading["ratings"]) == ("local authority assessment", "Leeds City Council", [])
    assert "Leeds City Council" in world.done("read", str(world.folder / "council.html"))


SHOWING = (
    ("watch", "list"), ("status",), ("events",), ("told",), ("outbox", "list"), ("history", "1-101"), ("register", "status"),
    ("find", "oak"), ("watch", "add", "Leeds", "1-101"), ("subscribe", "Leeds", "mailto:lead@council.example", "--quiet"),
)  # fmt: skip
HEAVY = {
    "alembic", "aiosmtplib", "apscheduler", "cryptography", "difflib", "fastapi", "httpx", "jinja2", "jwt",
    "monitor.notify.render", "msal", "prometheus_client", "selectolax", "sqlalchemy.dialects.postgresql", "structlog",
}  # fmt: skip
PARTS = {"monitor.cases", "monitor.lines", "monitor.notify.route", "monitor.own_facts"} | {
    f"monitor.store.{part}" for part in (
        "acknowledgements", "areas", "case_records", "corrections", "events", "feeds", "following", "glance", "happened",
        "intake", "keys", "letters", "own_facts", "people", "recording", "subscriptions", "watchlists", "workers",
    )
}  # fmt: skip
"""Modules that `watch list` and `status` do not need."""


@pytest.mark.slow
@pytest.mark.parametrize("command", SHOWING, ids=" ".join)
def test_a_command_that_uses_only_the_database_loads_no_code_that_fetches_reads_pages_or_sends(
    world: World, command: tuple[str, ...]
) -> None:
    """The command loads no client for CQC's site, for mail or for metrics, and none of the patterns that read CQC's pages."""
    code = (
        "import sys\nfrom monitor.cli import main\n"
        f"main({list(command)!r})\n"
        f"loaded = {HEAVY!r} & set(sys.modules) | {{one for one in sys.modules if one.startswith('monitor.cqc.read')}}\n"
        "print('loaded:', sorted(loaded))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize("command", SHOWING[:2], ids=" ".join)
def test_a_command_loads_only_the_parts_that_it_needs(world: World, command: tuple[str, ...]) -> None:
    world.done("watch", "add", "Leeds", HOME)
    code = (
        "import sys\nfrom monitor.cli import main\n"
        f"main({list(command)!r})\n"
        f"loaded = sorted({PARTS!r} & set(sys.modules))\n"
        "from sqlmodel import SQLModel\n"
        "made = {'session', 'api_key', 'feed_key', 'sign_in_link'} & set(SQLModel.metadata.tables)\n"
        "print('loaded:', loaded, 'made:', sorted(made))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: [] made: []"


def test_no_garbage_collection_of_loaded_modules_runs_at_the_end_of_a_command(world: World) -> None:
    code = (
        "import atexit, gc\nfrom monitor.cli import main\n"
        "atexit.register(lambda: print('left out of garbage collection:', gc.get_freeze_count() > 0))\n"
        "main(['status'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "left out of garbage collection: True"
