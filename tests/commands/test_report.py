"""Tests the commands that make reports: what people type, what is printed and saved, and the errors."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from monitor.app import build
from monitor.cli import main
from monitor.cqc.location_list import read_column
from monitor.register.authorities import AUTHORITIES
from monitor.settings import load
from tests.conftest import World
from tests.registered import care, take
from tests.simulated.services import ENTERED, Service

MAY, NOVEMBER = date(2026, 5, 5), date(2026, 11, 5)
LARCH, OAK, AGENCY, DEVON = "1-300000001", "1-300000002", "1-300000003", "1-300000004"
MERIDIAN: dict[str, Any] = {"provider_id": "1-100000001", "provider_name": "Meridian Care Limited", "brand": "BRAND Acorn"}
HOMECARE = ("Homecare agencies",)

BEFORE = (
    care(LARCH, "good", name="Larch Grove", **MERIDIAN),
    care(OAK, "good", name="Oak Lodge", **MERIDIAN),
    care(AGENCY, None, types=HOMECARE, beds=None, registered_on=date(2020, 1, 1)),
    care(DEVON, "outstanding", authority="Devon"),
)
AFTER = (
    care(LARCH, "inadequate", name="Larch Grove", published=date(2026, 9, 20), **MERIDIAN),
    care(OAK, "requires improvement", name="Oak Lodge", published=date(2026, 10, 1), **MERIDIAN),
    *BEFORE[2:],
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(alone: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Returns a function that runs a command without a register, and returns the exit status, the output and the errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(arguments)
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def registered(run: Run) -> Run:
    """Returns the same function as `run`, with a register of two months."""
    fill()
    return run


def fill() -> None:
    app = build(load())
    try:
        take(app.store.engine, [(MAY, BEFORE), (NOVEMBER, AFTER)])
    finally:
        app.store.close()


def test_an_area_is_printed_as_text(registered: Run) -> None:
    status, out, err = registered("report", "area", "leicestershire county council", "--from", "2026-01-01")
    assert (status, err) == (0, "")
    assert out.startswith("Quality of care in Leicestershire\n")
    assert "Known movements of overall ratings, and into and out of special measures: 2 fell, 0 rose" in out
    assert "Larch Grove" in out and "first in CQC’s files of 5 November 2026" in out


def test_a_report_is_saved_in_the_format_that_the_file_name_implies(registered: Run, tmp_path: Path) -> None:
    for ending in ("txt", "html", "csv", "xlsx", "docx"):
        status, out, err = registered("report", "area", "Leicestershire", "--output", f"report.{ending}")
        assert (status, err) == (0, ""), ending
        assert out == f"Saved report.{ending}: Quality of care in Leicestershire.\n"
    assert Path("report.html").read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")
    assert docx.Document("report.docx").paragraphs[0].text == "Quality of care in Leicestershire"
    assert openpyxl.load_workbook("report.xlsx")["Services"]["B2"].value == 2
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(("report", ".report"))} == {
        f"report.{ending}" for ending in ("txt", "html", "csv", "xlsx", "docx")
    }


def test_a_report_can_be_printed_as_csv_for_another_program(registered: Run) -> None:
    status, out, _ = registered("report", "area", "Devon", "--format", "csv")
    assert status == 0
    lines = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert ("Registered services", "England", "All", "4") in {
        (one["table"], one["area"], one["row"], one["number"]) for one in lines
    }


def test_comparators_come_from_a_file_or_a_saved_list(registered: Run) -> None:
    Path("near.csv").write_text("code;Local authority\nE1;Devon County Council\nE2;Cumbria\n", encoding="utf-8")
    status, out, _ = registered("report", "area", "Leicestershire", "--against", "near.csv")
    assert status == 0 and "Comparators (near, 3): Devon; Cumberland; Westmorland and Furness." in out
    assert registered("comparators", "set", "CIPFA", "near.csv")[1].startswith("CIPFA: 3 authorities: Devon; Cumberland;")
    assert registered("comparators", "set", "Two", "Rutland", "hull")[0] == 0
    assert registered("comparators", "set", "Two", "Rutland")[1] == "Two: 1 authority: Rutland.\n"
    assert registered("comparators", "set", "Two", "Rutland", "hull")[0] == 0
    assert registered("comparators", "list")[1] == (
        "CIPFA (3): Devon; Cumberland; Westmorland and Furness\nTwo (2): Rutland; Kingston upon Hull\n"
    )
    status, out, _ = registered("report", "area", "Leicestershire", "--against", "CIPFA")
    assert status == 0 and "Comparators (CIPFA, 3)" in out
    assert registered("comparators", "remove", "Two")[0] == 0
    assert registered("comparators", "remove", "Two")[0] == 2
    assert registered("comparators", "remove", "CIPFA")[0] == 0
    assert registered("comparators", "list")[1].startswith("There is no saved list yet. Save one with cqc-monitor comparators ")


def test_contracted_services_come_from_a_file(registered: Run) -> None:
    ours = ("url", f"https://www.cqc.org.uk/location/{LARCH}", AGENCY, DEVON, "1-399999999")
    Path("ours.csv").write_text("\n".join(ours), encoding="utf-8")
    status, out, _ = registered("report", "area", "Leicestershire", "--contracted", "ours.csv")
    assert status == 0
    assert "Contracted services of other areas, left out: 1." in out
    assert "Not among the registered services of adult social care, left out: 1-399999999." in out
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Location ID"])
    sheet.append([LARCH])
    book.save("ours.xlsx")
    assert registered("report", "area", "Leicestershire", "--contracted", "ours.xlsx")[0] == 0


def test_a_report_shows_the_register_as_at_an_earlier_day(registered: Run) -> None:
    _, out, _ = registered("report", "area", "Leicestershire", "--as-at", "2026-06-01", "--format", "csv", "--output", "then.csv")
    then = list(csv.DictReader(io.StringIO(Path("then.csv").read_text(encoding="utf-8-sig"))))
    good = [one["number"] for one in then if one["table"] == "Ratings on 1 June 2026" and one["row"] == "Good"]
    assert good[0] == "2"
    assert "Saved then.csv" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ("area", "Leistershire"), "no local authority is called “Leistershire” (nearest: Leicester", id="an unknown authority"
        ),
        pytest.param(("area", "Cumbria"), "ask for Cumberland or Westmorland and Furness", id="an authority that was divided"),
        pytest.param(
            ("area", "Devon", "--from", "1.1.2026"), "--from: '1.1.2026' is not a date",
            id="a period that begins on an impossible date",
        ),
        pytest.param(
            ("area", "Devon", "--from", "2026-02-01", "--to", "2026-01-01"), "before it begins",
            id="the period ends before it begins",
        ),
        pytest.param(("area", "Devon", "--as-at", "2999-01-01"), "1 January 2999 is in the future", id="a day in the future"),
        pytest.param(
            ("area", "Devon", "--against", "nothing"), "nothing is neither a file nor a saved list",
            id="an unknown list of comparators",
        ),
        pytest.param(
            ("area", "Devon", "--against", "Leicester; " * 400), "neither a file nor a saved list",
            id="a list of comparators with 4,400 letters",
        ),
        pytest.param(("area", "Devon", "--contracted", "nothing.csv"), "nothing.csv can't be read", id="a missing file"),
        pytest.param(("area", "Devon", "--contracted", "bad.csv"), "bad.csv: row 2", id="a row without a location id"),
        pytest.param(("area", "Devon", "--against", "odd.csv"), "“Devn” (nearest: Devon", id="an unknown comparator"),
        pytest.param(
            ("area", "Devon", "--output", "report.pdf"), "report.pdf: choose the format", id="an unknown file name extension"
        ),
        pytest.param(("area", "Devon", "--output", "no/report.csv"), "no/report.csv can't be written", id="a missing folder"),
        pytest.param(("area", "Devon", "--as-at", "0001-01-01"), "too long ago", id="the earliest possible day"),
        pytest.param(("area", "Devon", "--format", "html", "--output", "."), ". is a folder", id="a folder as the output file"),
        pytest.param(("provider", "nobody"), "no provider and no brand", id="an unknown provider"),
        pytest.param(("provider", "é" * 60_000), "no provider and no brand", id="a provider's name with 60,000 letters"),
        pytest.param(("signs", "--area", "Atlantis"), "no local authority", id="early signs of an unknown authority"),
    ],
)
def test_impossible_arguments_give_a_one_line_error_and_nothing_is_written(
    arguments: tuple[str, ...], message: str, registered: Run
) -> None:
    Path("bad.csv").write_text("location_id\nnonsense\n", encoding="utf-8")
    Path("odd.csv").write_text("authority\nDevn\nKent\n", encoding="utf-8")
    before = {path.name for path in Path().iterdir()}
    status, out, err = registered("report", *arguments)
    assert (status, out) == (2, "")
    assert message in err and len(err.splitlines()) == 1
    assert {path.name for path in Path().iterdir()} == before


def test_a_long_text_with_names_of_authorities_is_not_taken_for_a_file_name(registered: Run) -> None:
    status, out, err = registered("comparators", "set", "mine", "; ".join(["Leicester"] * 60))
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "no local authority is called “Leicester; Leicester" in err


@pytest.mark.parametrize("arguments", [("area", "Devon"), ("areas", "--output", "all"), ("signs",), ("provider", "acorn")])
def test_without_a_register_the_error_says_which_command_to_run(arguments: tuple[str, ...], run: Run) -> None:
    status, _, err = run("report", *arguments)
    assert status == 2 and "cqc-monitor register refresh" in err
    assert not Path("all").exists()


def test_report_areas_saves_one_file_for_each_area(registered: Run) -> None:
    status, out, _ = registered("report", "areas", "--output", "all", "--format", "csv")
    assert (status, out) == (0, "153 reports in all.\n")
    names = sorted(path.name for path in Path("all").iterdir())
    assert len(names) == len(AUTHORITIES) and names[0].startswith("quality-barking-and-dagenham-")


def test_a_provider_and_a_brand_are_shown_across_councils(registered: Run) -> None:
    for words in ("meridian", "1-100000001", "acorn"):
        status, out, _ = registered("report", "provider", words)
        assert status == 0, words
        assert "Larch Grove" in out and "2 registered services in 1 local authority," in out


def test_early_signs_are_listed(registered: Run) -> None:
    status, out, _ = registered("report", "signs", "--area", "Leicestershire")
    assert status == 0
    assert "fell within 90 days of each other in the last year: 1." in " ".join(out.split())
    assert "Registered 2 years ago or longer, and not rated yet: 1." in out


@pytest.fixture
def seen(world: World) -> Iterator[World]:
    """A world in which Larch Grove is watched, and has fallen and entered special measures."""
    home = Service(location_id=LARCH, name="Larch Grove")
    world.site.add([home])
    world.done("watch", "add", "North", LARCH)
    world.done("check")
    home.inspect(
        on=date(2026, 9, 1),
        published=date(2026, 9, 20),
        overall="Inadequate",
        special_measures=ENTERED,
        safe="Inadequate",
        well_led="Inadequate",
    )
    world.done("check")
    fill()
    yield world


def test_a_fall_seen_on_the_pages_and_in_the_files_is_one_movement(seen: World) -> None:
    out = seen.done("report", "area", "Leicestershire", "--from", "2026-01-01", "--format", "csv", "--output", "r.csv")
    assert "Saved r.csv" in out
    lines = list(csv.DictReader(io.StringIO(Path("r.csv").read_text(encoding="utf-8-sig"))))
    moved = [one for one in lines if one["table"].startswith("Movements") and one["row"] == "Larch Grove"]
    ways = [one["words"] for one in moved if one["column"] == "Movement"]
    assert sorted(ways) == ["entered special measures", "fell"]
    sources = {one["words"] for one in moved if one["column"] == "Seen"}
    today = datetime.now(UTC)
    assert len(sources) == 2 and all(f"{today:%Y}" in one for one in sources)
    assert any("on CQC’s page" in one and "first in CQC’s files" in one for one in sources)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"authority\nDevon\n\nKent\n", ["Devon", "Kent"], id="names below their heading"),
        pytest.param(b"code,Local_Authority\n1,Devon\n", ["Devon"], id="names in a later column"),
        pytest.param(b"Devon\nKent\n", ["Devon", "Kent"], id="names without a heading"),
        pytest.param('authority\n"Hull, City of"\n'.encode("utf-16"), ["Hull, City of"], id="a name with a comma, in UTF-16"),
    ],
)
def test_the_column_with_the_wanted_heading_is_read_from_a_file(content: bytes, expected: list[str]) -> None:
    assert read_column(content, ("authority", "local authority"), "file.csv") == expected


def test_an_assurance_statement_of_a_month_is_printed_and_saved(run: Run, tmp_path: Path) -> None:
    app = build(load())
    app.store.services.watch("Leeds", [LARCH], datetime(2026, 3, 1, tzinfo=UTC))
    app.store.close()
    status, out, _ = run("report", "assurance", "--month", "2026-10", "--watchlist", "Leeds")
    assert status == 0 and out.startswith("Assurance statement, October 2026: the watchlist Leeds\n")
    for ending in ("docx", "csv", "html"):
        status, out, _ = run("report", "assurance", "--output", str(tmp_path / f"statement.{ending}"))
        assert status == 0 and out.startswith("Saved ")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "statement.csv").read_text("utf-8-sig"))))
    tables = {"The main numbers", "Services watched", "Days on which a service was not read in full"}
    assert {row["table"] for row in rows} >= tables
    assert docx.Document(str(tmp_path / "statement.docx")).tables
    status, out, error = run("report", "assurance", "--watchlist", "York")
    assert (status, out) == (2, "") and "there is no watchlist 'York'" in error
