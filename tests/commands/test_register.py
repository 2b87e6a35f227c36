"""Tests the commands about the register: importing and fetching files, the register's contents, and finding services."""

import asyncio
import fcntl
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from monitor.app import build
from monitor.commands import load_settings
from monitor.daemon import Daemon, quiet_time
from monitor.register.entries import FileKind
from monitor.settings import Settings
from monitor.store.database import connected, writing
from monitor.store.tables import RuleRow, table
from monitor.text import LONDON, day
from tests.conftest import World
from tests.registered import note_files
from tests.simulated.register import SURNAMES, England, Files
from tests.simulated.regulator import DATA_PATH
from tests.simulated.server import Fault, body, content_type, cut, status

ENGLAND = England(seed=7, services=200)
HOME = "1-2235535718"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "cqc"
    folder.mkdir()
    return ENGLAND.write(folder)


def held(world: World) -> Any:
    return json.loads(world.done("register", "status", "--json"))


def test_files_are_loaded_in_the_order_in_which_they_depend_on_each_other(world: World, files: Files) -> None:
    out = world.done("register", "import", str(files.ratings), str(files.directory), str(files.active))
    assert [line.split(" (")[0] for line in out.splitlines()] == [files.active.name, files.directory.name, files.ratings.name]
    assert "200 services; 200 joined, 0 changed." in out
    known = held(world)
    assert (known["registered"], known["left"], known["since"]) == (200, 0, "2026-05-05")
    assert "200 services are registered, 0 have left since 5 May 2026." in world.done("register", "status")


def test_ids_of_letters_only_are_accepted_if_the_register_contains_them(world: World, files: Files, tmp_path: Path) -> None:
    """RWEAA looks like an NHS id. NLXYZ does not, but is an id because CQC's files list it."""
    first = ENGLAND.places()[0].location_id
    files.directory.write_bytes(files.directory.read_bytes().replace(first.encode(), b"NLXYZ"))
    listed = tmp_path / "ours.csv"
    listed.write_text("Location ID\nNLXYZ\nRWEAA\n", encoding="utf-8")
    code, _, err = world.run("watch", "import", "Team", str(listed))
    assert (code, err.count("\n")) == (2, 1) and "row 2: 'NLXYZ' is not a location id" in err
    world.done("register", "import", str(files.directory))
    world.done("watch", "import", "Team", str(listed))
    assert "1 added, 1 already on it" in world.done("watch", "add", "Team", "nlxyz", HOME)
    code, _, err = world.run("watch", "add", "Team", "LEEDS")
    assert (code, err.count("\n")) == (2, 1) and "not a location id" in err
    world.done("watch", "remove", "Team", "NLXYZ")


def test_an_unusable_row_is_reported_and_its_service_stays_in_the_register(world: World, files: Files, tmp_path: Path) -> None:
    world.done("register", "import", str(files.directory))
    june = ENGLAND.write(tmp_path, 1).directory
    left = {*ENGLAND.changes(1).left, *(old for old, _ in ENGLAND.changes(1).moved)}
    lines = june.read_bytes().split(b"\r\n")
    at = next(n for n, line in enumerate(lines) if n > 8 and line)
    stays = lines[at].split(b",")[-2].decode()
    lines[at] = lines[at].rpartition(b",")[0]
    june.write_bytes(b"\r\n".join(lines))
    out = world.done("register", "import", str(june))
    assert f"unusable rows, left out: row {at + 1} has 14 columns instead of 15" in out
    assert f"{len(left)} left" in out
    assert f"{stays}" in world.done("find", stays)


def test_the_status_of_an_empty_register_says_how_to_fill_it(world: World) -> None:
    assert "register refresh" in world.done("register", "status")
    assert "register refresh" in world.done("find", "larch")
    assert held(world)["age_days"] is None


def test_if_one_of_several_files_is_unusable_no_file_is_loaded(world: World, files: Files) -> None:
    files.ratings.write_bytes(b"a,b\r\n")
    code, out, err = world.run("register", "import", *map(str, files))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert files.ratings.name in err
    assert held(world)["registered"] == 0


@pytest.mark.parametrize("name", ["05_May_2026_CQC_directory.csv", "05_May\n2026.csv"])
def test_a_missing_file_gives_a_one_line_error_with_its_name_and_no_database_is_created(untouched: World, name: str) -> None:
    code, _, err = untouched.run("register", "import", name)
    assert (code, err.count("\n")) == (2, 1)
    assert not (untouched.folder / "state").exists()
    assert " ".join(name.split()) in err


def test_the_date_of_an_undated_file_can_be_given(world: World, files: Files) -> None:
    world.done("register", "import", str(files.active))
    undated = files.ratings.rename(files.ratings.with_name("ratings.ods"))
    assert world.run("register", "import", str(undated))[0] == 2
    assert "latest ratings, 6 May 2026" in world.done("register", "import", str(undated), "--as-of", "2026-05-06")
    assert world.run("register", "import", str(undated), "--as-of", "5 May")[0] == 2


def test_a_list_that_seems_cut_short_is_loaded_only_on_request(world: World, files: Files, tmp_path: Path) -> None:
    world.done("register", "import", str(files.active))
    short = tmp_path / "13_June_2026_CQC_directory.csv"
    short.write_bytes(b"".join(ENGLAND.directory(1).splitlines(keepends=True)[:105]))
    code, out, err = world.run("register", "import", str(short))
    assert (code, out) == (2, "")
    assert "of 200 services that were registered are missing" in err
    assert held(world)["left"] == 0
    world.done("register", "import", str(short), "--although-fewer")
    assert held(world)["registered"] == 100


def test_find_does_not_print_the_names_of_staff(world: World, files: Files) -> None:
    out = world.done("register", "import", *map(str, files))
    out += world.done("find", "care", "--limit", "200", "--json")
    assert not [name for name in SURNAMES if name in out]


def test_a_service_is_found_by_the_details_that_people_know(world: World, files: Files) -> None:
    world.done("register", "import", *map(str, files))
    place = next(one for one in ENGLAND.places() if one.told)
    for words in ([place.location_id], [place.postcode], [place.postcode.lower().replace(" ", "")], place.name.split()):
        found = json.loads(world.done("find", *words, "--limit", "200", "--json"))
        assert place.location_id in [one["location_id"] for one in found]
    (found,) = [
        one for one in json.loads(world.done("find", place.location_id, "--json")) if one["location_id"] == place.location_id
    ]
    assert found["overall"] == place.told[0][1].overall
    assert found["authority"] == place.authority
    assert place.name.strip() in world.done("find", place.location_id)
    assert "There are no matching services. Every word must be in the service's name" in world.done("find", "xyzzy")
    assert "more (--limit shows more)" in world.done("find", "o", "--limit", "1")
    assert world.done("find", "é" * 60_000).count("\n") == 1


# Fetching


def test_the_newest_files_are_fetched_once(world: World, files: Files, tmp_path: Path) -> None:
    world.site.publish_data(*files)
    out = world.done("register", "refresh")
    assert out.count("\n") == 3
    assert held(world)["registered"] == 200
    world.site.requests.clear()
    out = world.done("register", "refresh")
    assert out.count("nothing newer") == 3
    asked = world.site.asked("/system/files")
    assert [bool(request.headers.get("if-none-match")) for request in asked] == [True] * 3
    assert [*Path("state").glob("register-*")] == []

    june = ENGLAND.write(tmp_path, 1)
    world.site.publish_data(june.active, files.ratings, files.directory)
    assert "active locations, 5 June 2026" in world.done("register", "refresh")


def test_a_refresh_deletes_files_of_a_killed_refresh_but_not_of_a_running_refresh(world: World, files: Files) -> None:
    """CQC's original files contain the names of managers, so the program leaves no copy of these files."""
    world.site.publish_data(*files)
    left, at_work = Path("state/register-abc.part"), Path("state/register-def.part")
    left.parent.mkdir(exist_ok=True)
    left.write_text(SURNAMES[0], encoding="utf-8")
    with at_work.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        world.done("register", "refresh")
        assert [*left.parent.glob("register-*")] == [at_work]


def test_files_are_requested_as_politely_as_pages(world: World, files: Files) -> None:
    world.site.robots = "User-agent: *\nDisallow: /system/\n"
    world.site.publish_data(*files)
    code, _, err = world.run("register", "refresh")
    assert code == 1
    assert "robots.txt" in err
    assert world.site.asked("/system/files") == []


HTML = body("<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>")


@pytest.mark.parametrize(
    ("fault", "path", "said"),
    [
        pytest.param(status(503), DATA_PATH, "503", id="the data page is not available"),
        pytest.param(HTML, DATA_PATH, "has no link to a file that this program knows", id="the data page links to no file"),
        pytest.param(status(404), "/system", "404", id="the files are gone"),
        pytest.param(HTML, "/system", "a web page instead of the file", id="web pages are sent in place of the files"),
        pytest.param(cut(), "/system", "cut short", id="the connection breaks within a file"),
        pytest.param(cut(honest=True), "/system", "cut short", id="files are cut short"),
        pytest.param(content_type("text/html"), "/system", "a web page", id="files have the content type of web pages"),
    ],
)
def test_a_refresh_that_fails_leaves_the_register_unchanged(
    world: World, files: Files, tmp_path: Path, fault: Fault, path: str, said: str
) -> None:
    world.site.publish_data(*files)
    world.done("register", "refresh")
    before = held(world)
    world.site.publish_data(*ENGLAND.write(tmp_path, 1))
    world.site.fail(fault, path=path)
    code, _, err = world.run("register", "refresh")
    assert code == 1
    assert said in err
    kept = "a file was not imported, so the register keeps its earlier data"
    stands = "the register is unchanged" if path == DATA_PATH else kept
    assert all(line.startswith(f"cqc-monitor: {stands}: ") for line in err.splitlines())
    assert path != DATA_PATH or err.endswith("imported: cqc-monitor register import FILE …\n")
    assert held(world) == before
    assert [*Path("state").glob("register-*")] == []
    world.site.heal()
    world.done("register", "refresh")
    assert held(world) != before


def test_no_progress_is_shown_if_the_output_is_not_a_terminal(world: World, files: Files) -> None:
    code, _, err = world.run("register", "import", *map(str, files))
    assert (code, err) == (0, "")


def test_an_import_updates_watchlists_with_rules_at_once(world: World, files: Files, tmp_path: Path) -> None:
    world.done("register", "import", *map(str, files))
    world.done("watch", "rule", "Homes", "--sector", "care home")
    june = ENGLAND.write(tmp_path, 1)
    world.done("register", "import", *map(str, june))
    watched = json.loads(world.done("watch", "list", "--json"))
    names = {one["location_id"] for one in watched[0]["services"]}
    homes = {one.location_id for one in ENGLAND.entries(1) if one.sector == "care home"}
    assert homes <= names


@pytest.mark.parametrize("way", ["import", "refresh"])
def test_an_import_reports_a_rule_that_could_not_be_applied(way: str, world: World, files: Files, tmp_path: Path) -> None:
    world.done("register", "import", *map(str, files))
    world.done("watch", "rule", "Homes", "--sector", "care home")
    app = build(load_settings())
    with writing(app.store.engine) as connection:
        connection.execute(update(table(RuleRow)).values(body='{"near": {"postcode": "LE1 1AA", "miles": null}}'))
    app.store.close()
    june = ENGLAND.write(tmp_path, 1)
    world.site.publish_data(*june)
    code, out, err = world.run("register", *([way] if way == "refresh" else [way, *map(str, june)]))
    assert (code, err) == (1, "Homes: the rule of this watchlist can't be read\n")
    assert "5 June 2026" in out


def test_counts_of_one_are_in_the_singular(world: World, files: Files, tmp_path: Path) -> None:
    yesterday = datetime.now(LONDON).date() - timedelta(days=1)
    one = tmp_path / "CQC_directory.csv"
    first = b"".join(files.directory.read_bytes().splitlines(keepends=True)[:6])
    one.write_bytes(first.replace(b"13 May 2026", f"{yesterday:%d %B %Y}".encode()))
    assert "1 service; 1 joined" in world.done("register", "import", str(one))
    said = world.done("register", "status")
    assert said.startswith("1 service is registered, 0 have left since ") and ", 1 day old (" in said


def test_status_says_how_old_the_register_is(world: World, files: Files) -> None:
    world.done("register", "import", str(files.directory))
    days = (date.today() - date(2026, 5, 13)).days  # noqa: DTZ011 - the commands' own clock
    assert held(world)["age_days"] in {days, days + 1, days - 1}
    assert f"{days} days old" in world.done("register", "status") or days < 0


# Automatically


def test_the_daemon_fetches_newer_files_if_a_register_was_loaded(world: World, files: Files, tmp_path: Path) -> None:
    def refreshed() -> None:
        async def once() -> None:
            app = build(load_settings())
            try:
                await Daemon(app).refresh_register()
            finally:
                await app.close()

        asyncio.run(once())

    world.site.publish_data(*files)
    refreshed()
    assert world.site.asked() == []  # no register was ever loaded, so nothing is fetched
    world.done("register", "refresh")
    world.site.publish_data(*ENGLAND.write(tmp_path, 1))
    refreshed()
    assert [one["as_of"] for one in held(world)["files"]][3:] == ["2026-06-05", "2026-06-13", "2026-06-05"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(datetime(2026, 11, 22, 1, tzinfo=UTC), datetime(2026, 11, 22, 2, 10, tzinfo=UTC), id="later the same day"),
        pytest.param(datetime(2026, 11, 22, 2, 30, tzinfo=UTC), datetime(2026, 11, 23, 2, 10, tzinfo=UTC), id="on the next day"),
        pytest.param(
            datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 1, 2, 10, tzinfo=UTC), id="on the first day of next year"
        ),
    ],
)
def test_each_monitor_fetches_files_at_its_own_quiet_hour(at: datetime, expected: datetime) -> None:
    assert quiet_time(at, 600) == expected


def test_status_and_doctor_say_that_the_register_is_old(world: World, files: Files) -> None:
    world.done("register", "import", str(files.active))
    assert "the copy of CQC's register is old, of 5 May 2026. cqc-monitor register refresh" in world.run("status")[1]
    assert "CQC's list of all services dates from 5 May 2026" in world.run("doctor")[1]
    assert json.loads(world.run("status", "--json")[1])["figures"]["register_of"] == "2026-05-05"


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        pytest.param(209, "ratings from CQC's files are old, of ", id="ratings that are old"),
        pytest.param(
            None, "ratings from CQC's files are missing: the directory has no ratings", id="a directory without ratings"
        ),
        pytest.param(20, "", id="ratings that are recent"),
    ],
)
def test_a_newer_directory_does_not_hide_that_the_ratings_are_old(world: World, ratings: int | None, said: str) -> None:
    world.done("watch", "list")
    today = datetime.now(UTC).date()
    with connected(Settings().database_url) as engine:
        note_files(engine, today - timedelta(days=10), FileKind.DIRECTORY)
        if ratings is not None:
            note_files(engine, today - timedelta(days=ratings), FileKind.RATINGS)
    status, doctor, register = (world.run(*words)[1] for words in (["status"], ["doctor"], ["register", "status"]))
    assert ("ratings from CQC's files" in status) is bool(said) and said in status
    line = next(one for one in doctor.splitlines() if "list of all services dates from" in one)
    words = "no file with ratings is loaded" if ratings is None else f"newest ratings from {day(today - timedelta(days=ratings))}"
    assert words in line and line.endswith("cqc-monitor register refresh") is bool(said)
    assert (f"The register's ratings are {ratings} days old" in register) is (ratings == 209)
