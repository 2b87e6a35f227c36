"""Tests which of CQC's monthly files are refused, and which rows are left out. One line says what is wrong with each."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from monitor.cqc.files import read_file
from monitor.cqc.spreadsheet import MOST_COLUMNS
from monitor.errors import UsageError
from tests.cqc.test_files import (
    DIRECTORY_NAME,
    ENGLAND,
    HOME,
    TODAY,
    TRUTH,
    Sheets,
    _rows_of,
    _without,
    active,
    directory,
    ratings,
    read,
    saved,
    with_cells,
)
from tests.simulated.register import SURNAMES


def _csv_rows(edit: Callable[[list[list[str]]], list[list[str]]]) -> Callable[[bytes], bytes]:
    def edited(raw: bytes) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(edit(list(csv.reader(io.StringIO(raw.decode(), newline="")))))
        return text.getvalue().encode()

    return edited


FIRST = ENGLAND.places()[0].location_id


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        pytest.param(lambda raw: b"", "it is empty", id="an empty file"),
        pytest.param(lambda raw: raw[:-30], "cut short", id="a file cut within its last line"),
        pytest.param(lambda raw: raw[: raw.rindex(b'"') - 5], "cut short", id="a file cut within quotes"),
        pytest.param(lambda raw: raw.decode().encode("utf-16"), "isn't UTF-8 text", id="text in UTF-16"),
        pytest.param(lambda raw: raw.replace(b"Care", b"Ca\0re", 1), "isn't UTF-8 text", id="text with a NUL character"),
        pytest.param(lambda raw: b"<!DOCTYPE html><html><body>Sorry</body></html>", "it is a web page", id="a web page"),
        pytest.param(lambda raw: b"\xd0\xcf\x11\xe0 and so on", "old or encrypted Excel file", id="an old Excel file"),
        pytest.param(lambda raw: b"a,b\r\n1,2\r\n", "of CQC's files", id="any other CSV file"),
        pytest.param(
            _without(b"Provider name", b"Company"),
            "no column 'Provider name'; its other.*Company",
            id="a renamed column of a directory",
        ),
        pytest.param(
            _csv_rows(lambda rows: [row[:-1] for row in rows]), "no column 'CQC Provider ID'", id="a column that is missing"
        ),
        pytest.param(
            _csv_rows(lambda rows: [*rows[:9], rows[5], rows[6], *rows[9:]]),
            rf"row 10 lists {FIRST} again, after row 6: the file is damaged or was cut short \(2 of 202 rows are unusable\)",
            id="two services listed twice",
        ),
        pytest.param(
            _csv_rows(lambda rows: [*rows[:9], rows[9][:4], rows[10][:4], *rows[11:]]),
            "row 10 has 4 columns instead of 15",
            id="two rows cut short",
        ),
        pytest.param(_csv_rows(lambda rows: rows[:5]), "it lists no services", id="no rows"),
        pytest.param(
            _csv_rows(lambda rows: [*rows[:5], *([*row[:13], "somewhere", row[14]] for row in rows[5:8]), *rows[8:]]),
            r"row 6 has 'somewhere' instead of a location id: .* \(3 of 200 rows are unusable\)",
            id="texts instead of ids",
        ),
        pytest.param(lambda raw: raw.replace(b"Care", b"C" * 200_000, 1), "is not CSV", id="a cell of 200,000 characters"),
    ],
)
def test_an_unusable_directory_is_refused_in_one_line(tmp_path: Path, edit: Callable[[bytes], bytes], said: str) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        read(directory(tmp_path, edit))
    assert str(refused.value).startswith(f"{DIRECTORY_NAME} can't be loaded: ")
    assert "\n" not in str(refused.value)


SECOND = ENGLAND.places()[1].location_id


@pytest.mark.parametrize(
    ("edit", "said", "missing"),
    [
        pytest.param(
            lambda rows: [*rows[:9], rows[5], *rows[9:]],
            f"row 10 lists {FIRST} again, after row 6",
            None,
            id="a service listed twice",
        ),
        pytest.param(
            lambda rows: [*rows[:6], rows[6][:4], *rows[7:]], "row 7 has 4 columns instead of 15", SECOND, id="a row cut short"
        ),
        pytest.param(
            lambda rows: [*rows[:6], [*rows[6], "", ""], *rows[7:]],
            "row 7 has 17 columns instead of 15",
            SECOND,
            id="a row too long",
        ),
        pytest.param(
            lambda rows: [*rows[:6], [*rows[6][:13], "see notes", rows[6][14]], *rows[7:]],
            "row 7 has 'see notes' instead of a location id",
            SECOND,
            id="a text instead of an id",
        ),
        pytest.param(
            lambda rows: [*rows[:6], [*rows[6][:13], "", rows[6][14]], *rows[7:]],
            "row 7 has '' instead of a location id",
            SECOND,
            id="a row without an id",
        ),
        pytest.param(
            lambda rows: [*rows, ["End of file"]],
            "row 206 has 1 columns instead of 15",
            None,
            id="a last line that is not a service",
        ),
    ],
)
def test_a_single_unusable_row_is_left_out_and_reported_by_its_number(
    tmp_path: Path, edit: Callable[[list[list[str]]], list[list[str]]], said: str, missing: str | None
) -> None:
    file = read(directory(tmp_path, _csv_rows(edit)))
    assert file.odd == (said,)
    assert {one.location_id for one in file.entries} == TRUTH.keys() - {missing}


def test_the_service_of_an_unusable_row_is_listed_as_doubtful(tmp_path: Path) -> None:
    """Another cell of the row contains the service's id. Therefore nobody is told that CQC no longer lists the service."""
    without_id = _csv_rows(lambda rows: [*rows[:6], [*rows[6][:13], "?", rows[6][14]], *rows[7:]])
    assert SECOND in read(directory(tmp_path, without_id)).doubtful
    twice = _csv_rows(lambda rows: [*rows[:9], rows[5], *rows[9:]])
    assert FIRST not in read(directory(tmp_path, twice)).doubtful


@pytest.mark.parametrize(("services", "odd", "taken"), [(199, 1, True), (198, 1, False), (398, 2, True), (397, 2, False)])
def test_a_file_is_refused_if_more_than_one_row_in_200_is_unusable(tmp_path: Path, services: int, odd: int, taken: bool) -> None:
    rows = [(f"1-{100_000 + n}", "Overall", "Overall", "Good") for n in range(services)]
    path = ratings(tmp_path, _rows_of(*rows, *(("total", "Overall", "Overall", "Good") for _ in range(odd))))
    if not taken:
        with pytest.raises(UsageError, match=f"{odd} of {services + odd} rows are unusable"):
            read(path)
        return
    file = read(path)
    assert (len(file.entries), len(file.odd)) == (services, odd)


@pytest.mark.parametrize("location_id", ["RWEAA", "TAHYR", "NLXYZ", "RT203", "5J501", "ABCDEF"])
def test_an_nhs_id_is_accepted_in_the_id_column_of_every_file(tmp_path: Path, location_id: str) -> None:
    for path in (
        directory(tmp_path, lambda raw: raw.replace(FIRST.encode(), location_id.encode())),
        active(tmp_path, with_cells("Location ID", location_id, rows=slice(1, 2))),
        ratings(tmp_path, _rows_of((location_id, "Overall", "Overall", "Good"))),
    ):
        file = read(path)
        assert location_id in {one.location_id for one in file.entries}
        assert file.odd == ()


def _closed(sheets: Sheets) -> Sheets:
    header = sheets[1][1][0]
    header[header.index("Publication Date")] = "Location HSCA End Date"
    return sheets


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        pytest.param(_closed, "CQC's list of closed locations", id="the list of closed locations"),
        pytest.param(lambda sheets: sheets[:1], "of CQC's files", id="the README alone"),
        pytest.param(lambda sheets: [(name, rows[:1]) for name, rows in sheets], "it lists no services", id="no rows"),
        pytest.param(
            with_cells("Provider ID", "Provider Number", rows=slice(0, 1)), "no column 'Provider ID'", id="a renamed column"
        ),
        pytest.param(with_cells("Location ID", FIRST), f"lists {FIRST} again", id="the same id in every row"),
        pytest.param(with_cells("Location ID", "=1+1"), "has '=1\\+1' instead of a location id", id="formulas in place of ids"),
    ],
)
def test_an_unusable_file_of_active_locations_is_refused(tmp_path: Path, edit: Callable[[Sheets], Sheets], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read(active(tmp_path, edit))


def test_no_refusal_names_a_person(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read(active(tmp_path, lambda sheets: [(name, [row[1:] for row in rows]) for name, rows in sheets]))
    assert not [name for name in SURNAMES if name in str(refused.value)]


@pytest.mark.parametrize("share", [0.2, 0.6, 0.98])
@pytest.mark.parametrize("layout", ["ods", "xlsx"])
def test_a_spreadsheet_cut_short_is_refused(tmp_path: Path, layout: str, share: float) -> None:
    path = active(tmp_path, name=f"05_May_2026_HSCA.{layout}")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UsageError, match="damaged or was cut short"):
        read(path)


def _content(path: Path, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", content)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"<office:document-content><table:table table:name='a'>", "it was cut short", id="XML that is cut short"),
        pytest.param(b"<table:table-cell><text:p>" + b"a" * 11_000_000, "a row of more than 10 MB", id="one huge cell"),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><office:document-content><table:table-row>'
            b"<table:table-cell><text:p>&b;</text:p></table:table-cell></table:table-row></office:document-content>",
            "of CQC's files",
            id="XML entities, which are not expanded",
        ),
        pytest.param(
            b'<table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999">'
            b"<text:p>a</text:p></table:table-cell></table:table-row></office:document-content>",
            "of CQC's files",
            id="one cell that is repeated a hundred million times",
        ),
    ],
)
def test_a_malicious_ods_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read(_content(tmp_path / "harm.ods", content))


OPENED = {
    "unclosed paragraphs": b"<text:p>" * 1_000_000,
    "unclosed notes": b"<office:annotation>" * 400_000,
    "unclosed tags without names": b"<text:p>" + b"<" * 5_000_000 + b"</text:p>",
    "unclosed blanks": b"<text:p>" + b"<text:s " * 800_000 + b"</text:p>",
}


@pytest.mark.slow
@pytest.mark.parametrize("what", OPENED)
def test_an_ods_cell_with_many_unclosed_tags_is_read_quickly(tmp_path: Path, what: str) -> None:
    """If the parser went back for each opening tag, a single cell of this kind would take days."""
    row = b"<table:table-row><table:table-cell>" + OPENED[what] + b"</table:table-cell></table:table-row>"
    with pytest.raises(UsageError, match="of CQC's files"):
        read(_content(tmp_path / "harm.ods", b"<table:table " * 100_000 + row + b"</office:document-content>"))


@pytest.mark.slow
def test_large_cells_of_an_ods_file_are_not_kept_in_memory(tmp_path: Path) -> None:
    cells = (b"<table:table-cell><text:p>%d%s</text:p></table:table-cell>" % (n, b"a" * 1_000_000) for n in range(30))
    content = b"".join(b"<table:table-row>" + cell + b"</table:table-row>" for cell in cells)
    path = _content(tmp_path / "harm.ods", content + b"</office:document-content>")
    tracemalloc.start()
    with pytest.raises(UsageError, match="of CQC's files"):
        read(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 15_000_000


def test_a_workbook_is_refused_if_its_reader_process_dies_halfway(tmp_path: Path) -> None:
    """The second sheet has two cells that are a million rows apart, so the reader process dies after it has returned the first
    sheet."""
    path = ratings(tmp_path, _rows_of((HOME, "Overall", "Overall", "Good")), name="05_May_2026_Latest_ratings.xlsx")
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.create_sheet("More")
    sheet["A1"], sheet["XFD1048576"] = "a", "b"
    workbook.save(path)
    with pytest.raises(UsageError, match="damaged, or too large"):
        read(path)


@pytest.mark.parametrize("how", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2], ids=["LZMA", "bzip2"])
def test_an_archive_with_an_unusual_compression_is_refused(tmp_path: Path, how: int) -> None:
    with zipfile.ZipFile(tmp_path / "odd.ods", "w", how) as archive:
        archive.writestr("content.xml", b"<office:document-content></office:document-content>")
    with pytest.raises(UsageError, match="uses a compression"):
        read(tmp_path / "odd.ods")


@pytest.mark.parametrize("path", ["/dev/zero", "/"], ids=["a device that never ends", "a folder"])
def test_a_path_that_is_not_a_file_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="it is not a file"):
        read(Path(path))


def test_a_file_that_changes_during_reading_is_refused(tmp_path: Path) -> None:
    """Otherwise the loaded rows would not match the digest, and the new file would count as already loaded."""
    path = directory(tmp_path)
    with pytest.raises(UsageError, match="changed while it was read"):
        read(path, progress=lambda rows: path.write_bytes(path.read_bytes() + b"\r\n"))


def test_a_table_of_a_million_columns_is_refused(tmp_path: Path) -> None:
    wide = b"CQC Location ID,CQC Provider ID,Service types," + b"Name," * 1_000_000
    with pytest.raises(UsageError, match="no column 'Address'"):
        read(directory(tmp_path, lambda raw: wide))


def test_an_archive_that_is_too_large_when_unpacked_is_refused_before_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.cqc.rows.LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(UsageError, match="it unpacks to more than"):
        read(_content(tmp_path / "bomb.ods", b" " * 2_000_000))


def test_a_file_of_more_than_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(UsageError, match="larger than 200 MB"):
        read(path)


def test_a_spreadsheet_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    wide = [("a", [["Location ID"] * 5 + [f"c{n}" for n in range(MOST_COLUMNS * 2)]])]
    with pytest.raises(UsageError, match="of CQC's files"):
        read(saved(tmp_path, wide, "wide.ods"))  # type: ignore[arg-type]


def test_the_caller_receives_the_progress_of_reading(tmp_path: Path) -> None:
    heard: list[int] = []
    path = ratings(tmp_path)
    file = read_file(path, today=TODAY, progress=heard.append)
    assert heard[-1] > file.ratings
    assert file == read(path)
