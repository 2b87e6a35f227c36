"""Tests files of services that people upload and download: good files, hostile files, and cells that a spreadsheet must not run
as formulas."""

import csv
import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest

from monitor.cqc.location_list import read_upload
from monitor.cqc.reader import Limits
from monitor.errors import UsageError
from monitor.reports.cells import Column, Sheet, csv_file, safe_cell, workbook_file

BASE = "https://www.cqc.org.uk"
HOME, OTHER, THIRD = "1-2235535718", "RJ121", "1-545296200"


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An XLSX file with these sheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = {
    "ids in UTF-8": f"location_id\n{HOME}\n{OTHER}\n".encode(),
    "UTF-8 with a byte order mark, and semicolons": b"\xef\xbb\xbf" + f"Name;Location ID\r\nA;{HOME}\r\nB;{OTHER}\r\n".encode(),
    "Windows-1252": f"Name,Location ID\nCafé ‘Rose’,{HOME}\nÉlan,{OTHER}\n".encode("cp1252"),
    "UTF-16, as “Unicode text”": f"Name\tLocation ID\nCafé\t{HOME}\nB\t{OTHER}\n".encode("utf-16"),
    "addresses of pages": f"URL\n{BASE}/location/{HOME}\n{BASE}/location/rj121/reports\n".encode(),
    "ids that a formula protects from Excel": f'location_id\n"=""{HOME}"""\n"=""{OTHER}"""\n'.encode(),
    "UTF-16, big-endian": b"\xfe\xff" + f"Name,Location ID\nCafé,{HOME}\nB,{OTHER}\n".encode("utf-16-be"),
    "a first line sep=;": f"sep=;\r\nName;Location ID\r\nA, B;{HOME}\r\nC, D;{OTHER}\r\n".encode(),
    "a quoted first line sep=, and a byte order mark": b"\xef\xbb\xbf" + f'"sep=,"\nCQC ID,Name\n{HOME},A\n{OTHER},B\n'.encode(),
    "semicolons, and a header with commas": f"Name, town; CQC ID\nA, Leeds;{HOME}\nB, York;{OTHER}\n".encode(),
    "vertical bars as delimiters": f"Name|Location ID\nA|{HOME}\nB|{OTHER}\n".encode(),
    "tabs as delimiters": f"Name\tLOCATION_ID\nA\t{HOME}\nB\t{OTHER}\n".encode(),
    "a line break and the delimiter within quotes": f'Name,Location ID\n"The\nOld, House",{HOME}\n"B ""x""",{OTHER}\n'.encode(),
    "CQC's directory, four lines above the header": (
        f"CQC Locations data,,,\n,,,\nThis data was produced on 1 November 2026,,,\n,,,\n"
        f"Name,Location URL,CQC Location ID (for office use only),CQC Provider ID (for office use only)\n"
        f"A,{BASE}/location/{HOME},{HOME},1-101\nB,{BASE}/location/{OTHER},{OTHER},1-102\n"
    ).encode(),
    "a title with commas above a table with semicolons": (
        f"Locations, as we keep them, and so on\n\nName;cqc location id\nA;{HOME}\nB;{OTHER}\n"
    ).encode(),
    "links instead of ids": f"Home,CQC link\nA,{BASE}/location/{HOME}\nB,{BASE}/location/{OTHER}\n".encode(),
    "a workbook with a title above the header": workbook(
        [("Our homes", None), (None, None), ("Name", "CQC ID"), ("A", HOME), ("B", OTHER)]
    ),
    "a workbook": workbook([("Name", "Location ID"), ("A", HOME), ("B", OTHER)]),
    "a workbook whose second sheet has the column": workbook([("Notes",), ("hello",)], [("url",), (HOME,), (OTHER,)]),
    "a workbook with numbers, dates and gaps": workbook([("n", "location_id"), (1, HOME), (None, None), (2.5, OTHER)]),
}


@pytest.mark.parametrize("raw", GOOD.values(), ids=GOOD.keys())
def test_a_list_of_services_is_read_in_every_usual_form(raw: bytes) -> None:
    sheet = read_upload(raw, base_url=BASE)
    assert (sheet.ids, sheet.problems, sheet.repeated) == ((HOME, OTHER), (), 0)


UNNAMED = {
    "another column name": b"Service,CQC Location Number\nA,1-1000000001\nB,1-1000000002\n",
    "a title above the header": b"Our homes;;\n\nService;CQC Ref;Beds\nA;1-1000000001;12\nB;1-1000000002;20\n",
    "ids without a header": b"1-1000000001\n1-1000000002\n",
    "a workbook of ids without a header": workbook([("1-1000000001",), ("1-1000000002",)]),
}


@pytest.mark.parametrize("raw", UNNAMED.values(), ids=UNNAMED.keys())
def test_the_only_column_of_ids_is_used_whatever_its_name(raw: bytes) -> None:
    sheet = read_upload(raw, base_url=BASE)
    assert (sheet.ids, sheet.problems) == (("1-1000000001", "1-1000000002"), ())


def test_in_a_column_with_another_name_a_row_without_an_id_is_reported() -> None:
    rows = "".join(f"{number};1-10000000{number}\n" for number in range(10, 30))
    sheet = read_upload(f"Beds;CQC Ref\n{rows}7;pending\n".encode(), base_url=BASE)
    assert (len(sheet.ids), [one.partition(":")[0] for one in sheet.problems]) == (20, ["row 22"])


NOT_TAKEN = {
    "two columns of ids": b"A,B\n1-1000000001,1-1000000002\n",
    "ids of providers": b"Home,CQC Provider\nA,1-1000000001\n",
    "a column with few ids": b"Home,Note\nA,1-1000000001\nB,x\nC,y\n",
}


@pytest.mark.parametrize("raw", NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
def test_a_column_that_may_contain_something_else_is_not_used(raw: bytes) -> None:
    with pytest.raises(UsageError, match="no column location_id or url"):
        read_upload(raw, base_url=BASE)


@pytest.mark.parametrize(
    ("text", "columns", "ids"),
    [
        (f"Location ID,URL\n{HOME},\n,{BASE}/location/{OTHER}\n", ("Location ID", "URL"), (HOME, OTHER)),
        (f"Location,Link\nLeeds,{BASE}/location/{HOME}\n", ("Link",), (HOME,)),
        (f"ID,Provider ID,Location Id\n7,1-1,{HOME}\n", ("Location Id",), (HOME,)),
        (f"id\nLocation ID\n{HOME}\n", ("Location ID",), (HOME,)),
    ],
    ids=[
        "the id, or the address if there is no id",
        "a link rather than a place",
        "location ids rather than other ids",
        "a better column name in a later row",
    ],
)
def test_the_result_names_the_columns_that_were_used(text: str, columns: tuple[str, ...], ids: tuple[str, ...]) -> None:
    sheet = read_upload(text.encode(), base_url=BASE)
    assert (sheet.columns, sheet.ids, sheet.problems) == (columns, ids, ())


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Our homes\n\nName;Town;Beds\nA;Leeds;4\n", "in its first 25 rows. Its columns are: Name, Town, Beds"),
        (workbook([("Our homes",), ("Name", "Town"), ("A", "Leeds")]), "in its first 25 rows. Its columns are: Name, Town"),
        (b",,,\n,,,\n", "no column location_id or url in its first 25 rows. It has no columns with names"),
        (",".join(f"c{number}" for number in range(40)).encode(), "c29 and 10 more"),
        (b"sep=;\n", "no columns with names"),
        (f"a,b\n{'1,2' * 1}\n".encode() * 30 + b"location_id\n", "Its columns are: a, b"),
    ],
    ids=["lines above the header", "a workbook", "blank rows", "many columns", "only a line sep=", "a header too far down"],
)
def test_the_refusal_of_a_file_without_the_column_lists_its_columns(raw: bytes, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_upload(raw, base_url=BASE)
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_row_numbers_count_titles_and_the_line_that_states_the_delimiter() -> None:
    text = f"sep=;\nOur homes;\nLocation ID;Name\n{HOME};A\nnonsense;B\n"
    (problem,) = read_upload(text.encode(), base_url=BASE).problems
    assert problem.startswith("row 5:")


def test_unusable_rows_are_reported_by_their_number_and_repeats_are_counted() -> None:
    rows = [("Name", "location_id"), ("A", HOME), ("B", "nonsense"), ("C", None), ("D", HOME), ("E", OTHER)]
    sheet = read_upload(workbook(rows), base_url=BASE)
    assert sheet.ids == (HOME, OTHER) and sheet.repeated == 1
    assert [one.partition(":")[0] for one in sheet.problems] == ["row 3", "row 4"]


def test_a_formula_in_a_workbook_is_never_calculated() -> None:
    formula = '=HYPERLINK("https://evil.example","1-2235535718")'
    sheet = read_upload(workbook([("location_id",), (formula,), (OTHER,)]), base_url=BASE)
    assert sheet.ids == (OTHER,)


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def with_sheet(*content: bytes, times: int = 1) -> bytes:
    """A workbook whose first sheet is replaced by `content`, which has three parts. The middle part is repeated `times`
    times."""
    out, first, sheet = io.BytesIO(), workbook([("location_id",), (HOME,)]), "xl/worksheets/sheet1.xml"
    before, middle, after = content
    with zipfile.ZipFile(io.BytesIO(first)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != sheet:
                new.writestr(name, old.read(name))
        with new.open(sheet, "w", force_zip64=True) as stream:
            stream.write(before)
            for _ in range(times):
                stream.write(middle)
            stream.write(after)
    return out.getvalue()


BEGIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
ROW = b'<row r="2"><c r="A2" t="inlineStr"><is><t>' + b"A" * 1000 + b"</t></is></c></row>"
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

BAD = {
    "empty": b"",
    "a file without the column": b"name\nCherrybrook\n",
    "bytes that are not text": b"\x00\x01\x02\x03" * 100,
    "an archive without a workbook": packed(hello=b"world"),
    "a workbook cut short": workbook([("location_id",), (HOME,)])[:900],
    "two cells a million rows and sixteen thousand columns apart": with_sheet(BEGIN, FAR, END),
    "a quote that never ends": b'location_id\n"1-2235535718\n',
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD.keys())
def test_an_unusable_file_is_refused_in_one_line(raw: bytes) -> None:
    with pytest.raises(UsageError) as refused:
        read_upload(raw, base_url=BASE)
    assert str(refused.value).startswith("The file") and "\n" not in str(refused.value)


@pytest.mark.slow
def test_a_small_file_that_would_fill_the_memory_when_unpacked_is_refused() -> None:
    bomb = with_sheet(BEGIN, ROW * 1_000, END, times=620)
    assert len(bomb) < 5_000_000
    with pytest.raises(UsageError, match="too large"):
        read_upload(bomb, base_url=BASE)


def test_a_very_long_cell_is_returned_shortened() -> None:
    """A small file may contain one long text that a hundred cells show. The caller would need memory for a hundred copies of
    this text."""
    cell = b'<c r="A2" t="inlineStr"><is><t>' + b"A" * 1_000_000 + b"</t></is></c>"
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>location_id</t></is></c></row><row r="2">' + cell + b"</row>"
    sheet = read_upload(with_sheet(BEGIN + head, b"", END), base_url=BASE)
    assert len(sheet.problems) == 1 and len(sheet.problems[0]) < 5_000


@pytest.mark.slow
def test_a_workbook_that_needs_too_much_memory_is_refused_by_the_reader_process() -> None:
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>' + b"A" * 2_000 + b"</t></is></c></row>"
    many = b"".join(row % (number, number) for number in range(1, 31_001))
    with pytest.raises(UsageError, match="too large"):
        read_upload(with_sheet(BEGIN, many, END), base_url=BASE)


def test_a_csv_file_of_more_than_200_000_rows_is_refused() -> None:
    with pytest.raises(UsageError, match="more than 200,000 rows"):
        read_upload(b"location_id\n" + b"a\n" * 200_000, base_url=BASE)


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "|calc", "\u202e=1")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_that_the_program_writes_starts_a_formula(text: str) -> None:
    assert safe_cell(text)[0] == "'"
    cells = list(csv.reader(io.StringIO(csv_file(["name"], [[text, None, 3]]).decode("utf-8-sig"))))[1]
    assert cells[0][0] == "'" and cells[1:] == ["", "3"]
    made = workbook_file([Sheet(title="Services", columns=[Column(title="name")], rows=[[text]])])
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    cell = sheet.cell(2, 1)
    assert cell.data_type == "s" and str(cell.value)[0] == "'"


def test_a_csv_file_begins_with_a_byte_order_mark_and_keeps_every_letter() -> None:
    raw = csv_file(["Name"], [["Café 🏠, “Rose”"]])
    assert raw.startswith(b"\xef\xbb\xbf") and raw.decode("utf-8-sig") == 'Name\r\n"Café 🏠, “Rose”"\r\n'


def test_s3_6_reading_a_workbook_has_a_time_limit() -> None:
    """Answers finding S3-6 of the security review."""
    content = workbook([("location_id",), (OTHER,)])
    assert read_upload(content, base_url=BASE, limits=Limits()).ids == (OTHER,)
    with pytest.raises(UsageError, match="can't be read, or is too large"):
        read_upload(content, base_url=BASE, limits=Limits(clock=0.0))
