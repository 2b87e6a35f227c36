"""Tests how CQC's monthly files are read in every format, and which files are refused."""

import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from monitor.cqc.files import look, read_file
from monitor.errors import UsageError
from monitor.register.entries import Entry, FileKind, MonthlyFile, Sector, known_by
from tests.simulated.register import SURNAMES, England, Row, save_ods, save_xlsx
from tests.simulated.register_words import ACTIVE_COLUMNS

TODAY = date(2026, 11, 22)
ENGLAND = England(seed=3, services=200)  # a file of fewer services is refused if a single row is faulty
TRUTH = {entry.location_id: entry for entry in ENGLAND.entries()}
ACTIVE_NAME = "05_May_2026_HSCA_Active_Locations.ods"
RATINGS_NAME = "05_May_2026_Latest_ratings.ods"
DIRECTORY_NAME = "13_May_2026_CQC_directory.csv"

Sheets = list[tuple[str, list[list[object]]]]


def read(path: Path, **options: object) -> MonthlyFile:
    return read_file(path, today=TODAY, **options)  # type: ignore[arg-type]


def stated(entry: Entry, kind: FileKind) -> dict[str, object]:
    """The fields of an entry that a file of this kind can state."""
    fields = {name: getattr(entry, name) for name in known_by(kind)}
    if kind is FileKind.ACTIVE and entry.groups:  # this file has "Not Rated"; the ratings file has the ratings
        fields |= {"overall": None, "published": None}
    return fields


def active(folder: Path, edit: Callable[[Sheets], Sheets] = lambda sheets: sheets, *, name: str = ACTIVE_NAME) -> Path:
    """Writes a file with the active locations. `edit` may change its sheets."""
    return saved(folder, edit(sheets_of(ENGLAND.active_sheets())), name)


def ratings(folder: Path, edit: Callable[[Sheets], Sheets] = lambda sheets: sheets, *, name: str = RATINGS_NAME) -> Path:
    return saved(folder, edit(sheets_of(ENGLAND.ratings_sheets())), name)


def sheets_of(sheets: Iterable[tuple[str, Iterable[Row]]]) -> Sheets:
    return [(name, [list(row) for row in rows]) for name, rows in sheets]


def saved(folder: Path, sheets: Sheets, name: str) -> Path:
    path = folder / name
    (save_xlsx if name.endswith("xlsx") else save_ods)(path, sheets)  # type: ignore[arg-type]
    return path


def directory(folder: Path, edit: Callable[[bytes], bytes] = lambda raw: raw, *, name: str = DIRECTORY_NAME) -> Path:
    path = folder / name
    path.write_bytes(edit(ENGLAND.directory()))
    return path


def with_cells(column: str, value: object, *, rows: slice = slice(1, None)) -> Callable[[Sheets], Sheets]:
    """Returns an edit that writes `value` into the given rows of a column, in each sheet that has the column."""

    def edit(sheets: Sheets) -> Sheets:
        for _, table in sheets:
            if column in table[0]:
                for row in table[rows]:
                    row[table[0].index(column)] = value
        return sheets

    return edit


def of_few(edit: Callable[[Sheets], Sheets]) -> Callable[[Sheets], Sheets]:
    """Returns an edit that first leaves out all rows after the first 30 below the header."""
    return lambda sheets: edit([(name, table[:31]) for name, table in sheets])


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["ods", "xlsx"])
def test_every_field_of_the_three_files_is_read(tmp_path: Path, layout: str) -> None:
    for path, kind in zip(
        ENGLAND.write(tmp_path, xlsx=layout == "xlsx"), (FileKind.DIRECTORY, FileKind.ACTIVE, FileKind.RATINGS), strict=True
    ):
        file = read(path)
        assert file.kind is kind
        assert file.as_of == (date(2026, 5, 13) if kind is FileKind.DIRECTORY else date(2026, 5, 5))
        assert (file.strangers, file.twofold, file.unread) == ((), (), ())
        expected = {id_ for id_, entry in TRUTH.items() if kind.lists_all or entry.overall}
        assert {entry.location_id for entry in file.entries} == expected
        for entry in file.entries:
            assert stated(entry, kind) == stated(TRUTH[entry.location_id], kind)


def test_no_name_of_a_person_is_read_from_the_files(tmp_path: Path) -> None:
    held = "".join(repr(read(path)) for path in ENGLAND.write(tmp_path))
    assert not [name for name in SURNAMES if name in held]


def test_every_service_type_has_a_public_name_and_a_sector(tmp_path: Path) -> None:
    named = [column for column in ACTIVE_COLUMNS if column.startswith("Service type - ")]
    assert len(named) == 33

    def one_each(sheets: Sheets) -> Sheets:
        rows = sheets[1][1]
        for n, column in enumerate(named):
            for other in named:
                rows[n + 1][rows[0].index(other)] = "Y" if other == column else None
        return sheets

    entries = read(active(tmp_path, one_each)).entries[:33]
    for column, entry in zip(named, entries, strict=True):
        (public,) = entry.types
        assert public != column.removeprefix("Service type - ") or public in {"Blood and transplant service", "Shared lives"}
    of = {column.removeprefix("Service type - "): entry for column, entry in zip(named, entries, strict=True)}
    assert of["Care home service with nursing"].sector is Sector.CARE_HOME
    assert of["Extra Care housing services"].types == ("Supported housing",)
    assert of["Shared Lives"].sector is Sector.COMMUNITY
    assert of["Dental service"].sector is Sector.OTHER


# The same contents in other formats


def _without(text: bytes, other: bytes) -> Callable[[bytes], bytes]:
    def edit(raw: bytes) -> bytes:
        assert text in raw
        return raw.replace(text, other)

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="with a byte order mark"),
        pytest.param(lambda raw: raw.decode().encode("cp1252"), id="saved by Excel in the code page of Windows"),
        pytest.param(lambda raw: raw.replace(b"\r\n", b"\n"), id="with other line ends"),
        pytest.param(
            _without(b"CQC Location ID (for office use only)", b"CQC Location (for office use only"),
            id="with the header of 2020, whose bracket is missing",
        ),
        pytest.param(_without(b"Local authority", b"Local Authority"), id="with other capitals in its header"),
        pytest.param(lambda raw: raw.partition(b"\r\n\r\n")[2], id="without its title"),
        pytest.param(lambda raw: raw + b"\r\n\r\n", id="with empty lines at its end"),
        pytest.param(_without(b"Doctors/GPs", b"Doctors/Gps"), id="with a service type as the API spells it"),
        pytest.param(_without(b",Dentist,", b",Organisation|Dentist,"), id="with the kind of provider among the types"),
    ],
)
def test_a_directory_in_another_form_has_the_same_entries(tmp_path: Path, edit: Callable[[bytes], bytes]) -> None:
    file = read(directory(tmp_path, edit))
    assert file.as_of == date(2026, 5, 13)
    assert [stated(entry, file.kind) for entry in file.entries] == [
        stated(TRUTH[entry.location_id], file.kind) for entry in file.entries
    ]
    assert len(file.entries) == len(TRUTH)


def test_a_directory_in_a_zip_archive_has_the_same_entries(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "13_May_2026_CQC_directory.zip", "w") as archive:
        archive.writestr("CQC_directory.csv", ENGLAND.directory())
    assert read(tmp_path / "13_May_2026_CQC_directory.zip").entries == read(directory(tmp_path)).entries


def _renamed(sheets: Sheets) -> Sheets:
    return [(name.replace("_", " "), rows) for name, rows in sheets]


def _below_a_banner(sheets: Sheets) -> Sheets:
    return [
        (name, [["Issues with our care directory files: some updates take longer than normal."], *rows]) for name, rows in sheets
    ]


def _columns_moved(sheets: Sheets) -> Sheets:
    return [(name, [[*reversed(row)] for row in rows] if len(rows[0]) > 20 else rows) for name, rows in sheets]


@pytest.mark.slow
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(_renamed, id="with spaces in the names of its sheets, as in 2020"),
        pytest.param(_below_a_banner, id="with a notice above its columns"),
        pytest.param(_columns_moved, id="with its columns in another order"),
        pytest.param(with_cells("Location Region", "Greater London", rows=slice(0, 0)), id="unchanged"),
    ],
)
def test_a_spreadsheet_in_another_form_has_the_same_entries(tmp_path: Path, edit: Callable[[Sheets], Sheets]) -> None:
    assert read(active(tmp_path, edit)).entries == read(active(tmp_path, name="05_May_2026_as_published.ods")).entries
    assert read(ratings(tmp_path, edit)).entries == read(ratings(tmp_path, name="05_May_2026_as_published.ods")).entries


def test_comments_and_formatting_are_not_part_of_the_text_of_a_cell(tmp_path: Path) -> None:
    path = active(tmp_path)
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    first = ENGLAND.places()[0]
    plain = f"<text:p>{first.name.replace('&', '&amp;')}</text:p>"
    assert plain in content
    cell = (
        "<office:annotation><dc:date>2026-05-05</dc:date><text:p>ask R. Quillfeather</text:p></office:annotation>"
        '<text:p>The <text:span text:style-name="T1">Larches</text:span><text:s text:c="2"/>&amp; <text:s/>Co&#8217;s</text:p>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content.replace(plain, cell, 1))
    named = {entry.location_id: entry.name for entry in read(path).entries}
    assert named[first.location_id] == "The Larches & Co’s"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("1/12/2025 12:00:00 AM", date(2025, 1, 12), id="an American date with its time"),
        pytest.param("2025-01-12", date(2025, 1, 12), id="an ISO date"),
        pytest.param("2025-01-12T00:00:00", date(2025, 1, 12), id="an ISO time"),
        pytest.param(date(2025, 1, 12), date(2025, 1, 12), id="a cell of the type date"),
        pytest.param("12/Jan/2025 - 00:00", date(2025, 1, 12), id="a date as the directory writes it"),
        pytest.param(45669, date(2025, 1, 12), id="a spreadsheet's number for a day"),
        pytest.param(" 12/01/2025 ", date(2025, 1, 12), id="a British date with blanks around it"),
    ],
)
def test_the_date_of_a_rating_is_read_in_every_form(tmp_path: Path, cell: object, expected: date) -> None:
    entries = read(active(tmp_path, of_few(with_cells("Publication Date", cell)))).entries
    assert {entry.published for entry in entries if entry.overall} == {expected}
    assert {entry.published for entry in entries if not entry.overall} == {None}


def test_other_dates_in_the_column_show_whether_the_day_or_the_month_comes_first(tmp_path: Path) -> None:
    """A date such as 2/1/2025 can be read in two ways. It is the second of January if another date in the column is
    25/1/2025."""

    def edit(first: str, second: str) -> Callable[[Sheets], Sheets]:
        def both(sheets: Sheets) -> Sheets:
            for n, row in enumerate(sheets[0][1][1:]):
                row[sheets[0][1][0].index("Publication Date")] = (first, second)[n // 6 % 2]
            return sheets

        return both

    def dates(first: str, second: str) -> set[date | None]:
        return {entry.published for entry in read(ratings(tmp_path, edit(first, second))).entries}

    assert dates("2/1/2025", "25/1/2025") == {date(2025, 1, 2), date(2025, 1, 25)}
    assert dates("1/2/2025", "1/25/2025") == {date(2025, 1, 2), date(2025, 1, 25)}


@pytest.mark.parametrize("cell", ["31/12/2999", "12/31/9999 12:00:00 AM", "1/1/1900", 0, 99999, "1904-01-01"])
def test_an_impossible_date_is_left_out_and_listed_as_unread(tmp_path: Path, cell: object) -> None:
    """A rating with a date in the year 2999 would never be treated as old, and no report would include its fall."""
    file = read(ratings(tmp_path, of_few(with_cells("Publication Date", cell))))
    assert {entry.published for entry in file.entries} == {None}
    assert file.unread == (str(cell),)


def test_control_characters_are_removed_from_a_name(tmp_path: Path) -> None:
    path = active(tmp_path, with_cells("Location Name", "The\x1b[2J\x9b1m\u202eLarches\u00a0\n House"))
    with zipfile.ZipFile(path) as archive:
        assert b"\x1b" in archive.read("content.xml")
    assert {entry.name for entry in read(path).entries} == {"The [2J 1mLarches House"}


# Ratings


def _rows_of(*said: tuple[str, str, str, str]) -> Callable[[Sheets], Sheets]:
    """Returns an edit that leaves only these rows in the ratings file. Each row is given as id, group, domain and rating."""

    def edit(sheets: Sheets) -> Sheets:
        (name, (header, example, *_)), *others = sheets
        rows = [header]
        for location_id, group, domain, rating in said:
            row = [*example]
            for column, value in {
                "Location ID": location_id,
                "Service / Population Group": group,
                "Domain": domain,
                "Latest Rating": rating,
                "Publication Date": "05/03/2026",
            }.items():
                row[header.index(column)] = value
            rows.append(row)
        return [(name, rows), *others]

    return edit


HOME = "1-113831768"


@pytest.mark.parametrize(
    ("rows", "overall", "groups"),
    [
        pytest.param(
            [("Overall", "Overall", "Requires Improvement")],
            "requires improvement",
            (),
            id="the stated rating, although “Improvement” has a capital letter",
        ),
        pytest.param(
            [("Homecare", "Overall", "Good"), ("Supported living", "Overall", "Inadequate")],
            "inadequate",
            (("Homecare", "good"), ("Supported living", "inadequate")),
            id="the worst rating of the groups, if the whole service has no rating",
        ),
        pytest.param(
            [("Overall", "Overall", "Not Rated"), ("Homecare", "Overall", "Good"), ("Hospice", "Overall", "Outstanding")],
            "good",
            (("Homecare", "good"), ("Hospice", "outstanding")),
            id="the worst rating of the groups, if the file says that the whole service is not rated",
        ),
        pytest.param(
            [("Overall", "Overall", "Good"), ("Maternity", "Overall", "Inadequate")],
            "good",
            (),
            id="the rating of the whole service, although a group has a worse rating",
        ),
        pytest.param([("Homecare", "Overall", "Good")], "good", (), id="the rating of the only group"),
        pytest.param(
            [("Overall", "Overall", "Inspected but not rated")],
            "inspected but not rated",
            (),
            id="the reason why there is no rating",
        ),
        pytest.param(
            [("Overall", "Overall", "Not applicable"), ("Overall", "Safe", "Good")],
            None,
            (),
            id="no rating, if the file says “Not applicable”",
        ),
    ],
)
def test_a_service_gets_one_entry_with_the_right_overall_rating(
    tmp_path: Path, rows: list[tuple[str, str, str]], overall: str | None, groups: tuple[tuple[str, str], ...]
) -> None:
    (entry,) = read(ratings(tmp_path, _rows_of(*((HOME, *row) for row in rows)))).entries
    assert (entry.overall, entry.groups) == (overall, groups)
    assert (entry.published is not None) == (overall is not None)


def _inherited(value: object, group: str = "Overall") -> Callable[[Sheets], Sheets]:
    """Returns an edit that leaves only one service's ratings. In the row of the overall rating, `value` is written into the
    column for inherited ratings."""

    def edit(sheets: Sheets) -> Sheets:
        rows = [(HOME, group, "Overall", "Inadequate"), (HOME, group, "Safe", "Good"), (HOME, "Hospice", "Overall", "Good")]
        (name, table), *others = _rows_of(*rows)(sheets)
        table[1][table[0].index("Inherited Rating (Y/N)")] = value
        return [(name, table), *others]

    return edit


@pytest.mark.parametrize(("value", "inherited"), [("Y", True), ("y", True), ("Yes", True), ("N", False), (None, False)])
@pytest.mark.parametrize("group", ["Overall", "Homecare"])
def test_the_column_for_inherited_ratings_says_which_ratings_are_inherited(
    tmp_path: Path, group: str, value: object, inherited: bool
) -> None:
    (entry,) = read(ratings(tmp_path, _inherited(value, group))).entries
    assert (entry.overall, entry.inherited) == ("inadequate", inherited)
    column = of_few(with_cells("Inherited Rating (Y/N)", value))
    for one in read(active(tmp_path, column)).entries:
        assert one.inherited == (inherited and one.overall is not None)


def test_a_rating_is_read_from_a_cell_that_also_says_inherited(tmp_path: Path) -> None:
    file = read(ratings(tmp_path, _rows_of((HOME, "Overall", "Overall", "Good (inherited)"))))
    assert [(one.overall, one.inherited) for one in file.entries] == [("good", True)]
    assert file.unread == ()


IDS = [place.location_id for place in ENGLAND.places()[:3]]


def _pairs(*rows: tuple[str, ...]) -> Callable[[Sheets], Sheets]:
    return lambda sheets: [(name, [[*row] for row in rows] if "Dual" in name else table) for name, table in sheets]


def _primary(sheets: Sheets) -> Sheets:
    return with_cells("Primary ID (Dual registration locations)", IDS[0], rows=slice(1, 3))(sheets)


def _moved_to_front(sheets: Sheets) -> Sheets:
    return [sheets[2], *sheets[:2]]


LINKED = ("Location ID", "Linked Organisation ID", "Relationship")
DIRECTED = ("Primary ID (Dual registration locations)", "Primary name", "Location ID", "Location name")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(_primary, {IDS[1]: IDS[0]}, id="a column gives the primary id in the rows of both ids"),
        pytest.param(_pairs(LINKED, (IDS[0], IDS[1], "Dual")), {max(IDS[:2]): min(IDS[:2])}, id="a sheet pairs the two ids"),
        pytest.param(
            _pairs(LINKED, (IDS[0], IDS[1], "Dual"), (IDS[1], IDS[0], "Dual")),
            {max(IDS[:2]): min(IDS[:2])},
            id="a sheet pairs the two ids in both directions",
        ),
        pytest.param(_pairs(DIRECTED, (IDS[2], "A", IDS[0], "B")), {IDS[0]: IDS[2]}, id="a sheet says which id is primary"),
        pytest.param(
            lambda sheets: _moved_to_front(_pairs(DIRECTED, (IDS[2], "A", IDS[0], "B"))(sheets)),
            {IDS[0]: IDS[2]},
            id="a sheet that says which id is primary comes first",
        ),
        pytest.param(
            lambda sheets: _pairs(LINKED, (IDS[1], IDS[0], "Dual"))(_primary(sheets)),
            {IDS[1]: IDS[0]},
            id="a column and a sheet differ: the column takes precedence",
        ),
        pytest.param(
            _pairs(LINKED, (IDS[0], "1-999999999", "Dual"), ("?", "")), {}, id="the paired id is not in the file: no primary id"
        ),
        pytest.param(_pairs(("Nothing here",), ("at all", "of use")), {}, id="the sheet has other columns: no primary id"),
    ],
)
def test_the_entry_of_a_home_with_two_registrations_has_the_right_primary_id(
    tmp_path: Path, edit: Callable[[Sheets], Sheets], expected: dict[str, str]
) -> None:
    entries = read(active(tmp_path, edit)).entries
    assert len(entries) == len(TRUTH)
    assert {one.location_id: one.primary_id for one in entries if one.primary_id} == expected


def test_if_a_service_has_two_overall_ratings_the_worse_is_used_and_the_service_listed(tmp_path: Path) -> None:
    twice = [(HOME, "Overall", "Overall", "Good"), (HOME, "Overall", "Overall", "Requires improvement")]
    file = read(ratings(tmp_path, _rows_of(*twice, *twice)))
    assert [entry.overall for entry in file.entries] == ["requires improvement"]
    assert file.twofold == (HOME,)
    assert [entry.twofold for entry in file.entries] == [("overall",)]


def test_a_file_with_two_different_ratings_of_many_services_is_refused(tmp_path: Path) -> None:
    ids = [f"1-{n}" for n in range(100_000, 100_060)]
    rows = [(one, "Overall", "Overall", rating) for one in ids for rating in ("Good", "Inadequate")]
    with pytest.raises(UsageError, match=r"for 60 services .* two different ratings of one subject"):
        read(ratings(tmp_path, _rows_of(*rows)))


def test_an_unknown_rating_is_listed_as_unread_and_not_used(tmp_path: Path) -> None:
    file = read(ratings(tmp_path, _rows_of((HOME, "Overall", "Overall", "Splendid"))))
    assert file.unread == ("Splendid",)
    assert file.entries[0].overall is None


def test_an_unknown_authority_is_kept_as_written_and_listed(tmp_path: Path) -> None:
    file = read(active(tmp_path, with_cells("Location Local Authority", "Barsetshire", rows=slice(1, 2))))
    assert file.strangers == ("Barsetshire",)
    assert file.entries[0].authority == "Barsetshire"


# The date of a file


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("05_May_2026_Latest_ratings.ods", date(2026, 5, 5), id="in CQC's form"),
        pytest.param("02_september_2026_Latest_ratings.ods", date(2026, 9, 2), id="in small letters"),
        pytest.param("1 June 2021 Latest ratings.ods", date(2021, 6, 1), id="with spaces"),
        pytest.param("2026-08-04_Latest_ratings.ods", date(2026, 8, 4), id="renamed, with an ISO date"),
    ],
)
def test_the_date_of_a_file_is_read_from_its_name(tmp_path: Path, name: str, expected: date) -> None:
    assert look(ratings(tmp_path, name=name), today=TODAY) == (FileKind.RATINGS, expected)


def test_a_file_without_a_date_is_loaded_only_if_the_person_gives_a_date(tmp_path: Path) -> None:
    path = ratings(tmp_path, name="ratings.ods")
    with pytest.raises(UsageError, match=r"ratings\.ods can't be loaded: .* Add a date, for example --as-of 2026-05-05"):
        read(path)
    assert read(path, as_of=date(2024, 2, 1)).as_of == date(2024, 2, 1)


def test_a_given_date_that_contradicts_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it gives its date as 13 May 2026, not 1 February 2024"):
        read(directory(tmp_path), as_of=date(2024, 2, 1))


def test_if_the_name_and_the_content_give_different_dates_a_person_must_say_which_is_right(tmp_path: Path) -> None:
    path, named = directory(tmp_path, name="02_August_2017_CQC_directory.csv"), date(2017, 8, 2)
    with pytest.raises(UsageError, match=r"its name gives 2 August 2017\. Say which date is right, with --as-of 2017-08-02"):
        read(path)
    assert read(path, as_of=named).as_of == named
    assert read(path, as_of=date(2026, 5, 13)).as_of == date(2026, 5, 13)


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_an_archive_with_wrong_bytes_is_refused_as_damaged(tmp_path: Path, at: float) -> None:
    path = tmp_path / "13_May_2026_CQC_directory.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CQC_directory.csv", ENGLAND.directory())
    raw = bytearray(path.read_bytes())
    place = int(len(raw) * at)
    raw[place : place + 40] = bytes(255 - byte for byte in raw[place : place + 40])
    path.write_bytes(raw)
    with pytest.raises(UsageError, match="damaged or was cut short"):
        read(path)


def test_a_file_with_a_date_in_the_future_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="its date is 5 May 2027, which is in the future"):
        read(ratings(tmp_path, name="05_May_2027_Latest_ratings.ods"))
