"""Tests that the program finds CQC's files through the links on CQC's data page."""

from datetime import date

import pytest

from monitor.cqc.downloads import PAGE, links_in
from monitor.register.entries import FileKind

SITE = "https://www.cqc.org.uk"
HERE = SITE + PAGE


def link(href: str, quote: str = '"') -> str:
    return f"<p><a class='file' href={quote}{href}{quote}>Care directory</a> (25MB, English)</p>"


def found(*hrefs: str) -> list[tuple[FileKind, str, date | None]]:
    return [(one.kind, one.url, one.as_of) for one in links_in("".join(map(link, hrefs)), HERE)]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        pytest.param(
            "/sites/default/files/2026-05/05_May_2026_HSCA_Active_Locations.ods",
            (FileKind.ACTIVE, SITE + "/sites/default/files/2026-05/05_May_2026_HSCA_Active_Locations.ods", date(2026, 5, 5)),
            id="an address without the host",
        ),
        pytest.param(
            "https://www.cqc.org.uk/system/files/2026-09/02_september_2026_CQC_directory.csv",
            (
                FileKind.DIRECTORY,
                SITE + "/system/files/2026-09/02_september_2026_CQC_directory.csv",
                date(2026, 9, 2),
            ),
            id="a full address, another folder, the month in small letters",
        ),
        pytest.param(
            "/sites/default/files/1%20June%202021%20HSCA%20Active%20Locations.ods",
            (FileKind.ACTIVE, SITE + "/sites/default/files/1%20June%202021%20HSCA%20Active%20Locations.ods", date(2021, 6, 1)),
            id="a name with spaces",
        ),
        pytest.param(
            "/sites/default/files/2026-05/Latest_ratings.ods?download=1&amp;x=2",
            (FileKind.RATINGS, SITE + "/sites/default/files/2026-05/Latest_ratings.ods?download=1&x=2", date(2026, 5, 1)),
            id="an address with a query, in a folder that gives the month",
        ),
        pytest.param(
            "Latest_ratings.xlsx",
            (FileKind.RATINGS, SITE + "/about-us/transparency/Latest_ratings.xlsx", None),
            id="an address without a folder and without a date",
        ),
    ],
)
def test_a_file_is_found_through_its_link(href: str, expected: tuple[FileKind, str, date | None]) -> None:
    assert found(href) == [expected]
    assert [one.url for one in links_in(link(href, "'"), HERE)] == [expected[1]]


@pytest.mark.parametrize(
    "href",
    [
        pytest.param("https://cqc.example/sites/default/files/05_May_2026_CQC_directory.csv", id="a file on another site"),
        pytest.param(
            "http://www.cqc.org.uk.example/05_May_2026_CQC_directory.csv", id="a file on a site whose name only begins like CQC's"
        ),
        pytest.param("ftp://www.cqc.org.uk/05_May_2026_CQC_directory.csv", id="an address that is not http or https"),
        pytest.param("http://[::1/05_May_2026_CQC_directory.csv", id="a malformed address"),
        pytest.param("/sites/default/files/2026-09/01_September_2026_Deactivated_Locations.ods", id="a list of closed locations"),
        pytest.param("/sites/default/files/CQC_directory.csv/about", id="a page about the file"),
    ],
)
def test_a_link_to_anything_but_a_file_of_cqc_is_ignored(href: str) -> None:
    assert found(href) == []


def test_a_file_name_from_a_link_has_no_control_characters() -> None:
    (only,) = links_in(link("/sites/05_May_2026%1b[2J%0a_Latest_ratings.ods"), HERE)
    assert only.name == "05_May_2026[2J_Latest_ratings.ods"


def test_the_newest_file_of_each_kind_is_found_whatever_the_order_of_the_links() -> None:
    hrefs = [f"/files/{day}_CQC_directory.csv" for day in ("13_May_2026", "20_May_2026", "28_April_2026", "06_May_2026")]
    assert found(*hrefs, "/files/05_May_2026_Latest_ratings.ods") == [
        (FileKind.DIRECTORY, SITE + "/files/20_May_2026_CQC_directory.csv", date(2026, 5, 20)),
        (FileKind.RATINGS, SITE + "/files/05_May_2026_Latest_ratings.ods", date(2026, 5, 5)),
    ]
