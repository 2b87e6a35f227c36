"""Compares our report with a council's report of 2019, which was made by hand. The tests make the same tables from a register
with the same counts, and show which numbers of the council's report do not add up.

Source: a report to Leicestershire's scrutiny committee of 11 November 2019. Only the numbers are used.
"""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import floor
from pathlib import Path

import docx
import pytest

from monitor.cli import main
from monitor.register.entries import Sector, sector
from monitor.register.movements import Standing, known
from monitor.reports.area import AreaReport, Comparators, Survey, area_report, authorities_of, percentages
from monitor.reports.asked import asked
from monitor.reports.paper import Paper
from monitor.reports.quality import area_paper
from tests.registered import numbered
from tests.reports.test_word import template

THE_DAY = date(2019, 11, 11)
RATINGS = ("outstanding", "good", "requires improvement", "inadequate")

# The counts in the council's table of all services (paragraph 5): one number for each of RATINGS, then the number of unrated
# services.
ALL = {Sector.CARE_HOME: (3, 143, 33, 0, 4), Sector.COMMUNITY: (3, 72, 10, 1, 18)}

# The counts of services rated in 2019 (paragraph 7). The care homes add up to the council's total of 50. The community-based
# services add up to the council's total of 22 only with one inadequate service, not with the council's eight.
IN_2019 = {Sector.CARE_HOME: (0, 28, 22, 0), Sector.COMMUNITY: (1, 16, 4, 1)}

TYPES = {Sector.CARE_HOME: ("Residential homes",), Sector.COMMUNITY: ("Homecare agencies",)}

CONTRACTED = {Sector.CARE_HOME: 172, Sector.COMMUNITY: 68}

COMPARATORS = (
    *("Buckinghamshire", "Cumbria", "Devon", "Derbyshire", "Gloucestershire", "Hampshire", "Northamptonshire", "North Yorkshire"),
    *("Nottinghamshire", "Oxfordshire", "Somerset", "Staffordshire", "Suffolk", "Warwickshire", "Worcestershire"),
)


def services() -> Iterator[Standing]:
    """Yields as many services with each rating as in the council's table. Of these services, as many as in the council's report
    have a rating from 2019."""
    ids = iter(numbered(0, 1000))
    for where, counts in ALL.items():
        for rating, count, lately in zip((*RATINGS, None), counts, (*IN_2019[where], 0), strict=True):
            for n in range(count):
                published = date(2019, 5, 1) if n < lately else date(2017, 5, 1)
                yield standing(next(ids), where, rating, published if rating else None)


def standing(location_id: str, where: Sector, rating: str | None, published: date | None) -> Standing:
    return Standing(
        location_id=location_id,
        as_of=date(2019, 11, 1),
        listed=True,
        name=f"Service {location_id}",
        authority="Leicestershire",
        sector=sector(TYPES[where]),
        types=TYPES[where],
        beds=28 if where is Sector.CARE_HOME else None,
        provider_id=None,
        provider_name=None,
        brand=None,
        registered_on=date(2012, 1, 1),
        overall=rating,
        key_questions=(rating,) * 5,
        published=published,
    )


@pytest.fixture(scope="module")
def report() -> AreaReport:
    every = list(services())
    contracted = [
        one.location_id for where, count in CONTRACTED.items() for one in [one for one in every if one.sector is where][:count]
    ]
    survey = Survey(known(every, []), [], asked(THE_DAY, since=date(2019, 1, 1)))
    others = Comparators(name="CIPFA", authorities=authorities_of(COMPARATORS))
    return area_report(survey, "Leicestershire", others, contracted)


@pytest.fixture(scope="module")
def paper(report: AreaReport) -> Paper:
    return area_paper(report)


def column(paper: Paper, title: str, heading: str) -> dict[str, str]:
    table = next(one for one in paper.tables if one.title.startswith(title))
    at = [one.heading for one in table.columns].index(heading)
    return {row.label: str(row.cells[at]) for row in table.rows}


def test_the_table_of_ratings_equals_the_councils_table(paper: Paper) -> None:
    assert column(paper, "Ratings now", "Leicestershire: all") == {
        "Outstanding": "6 (2%)",
        "Good": "215 (75%)",
        "Requires improvement": "43 (15%)",
        "Inadequate": "1 (0%)",
        "Unrated": "22 (8%)",
        "All": "287",
    }
    assert column(paper, "Ratings now", "Leicestershire: care homes") == {
        "Outstanding": "3 (2%)",
        "Good": "143 (78%)",
        "Requires improvement": "33 (18%)",
        "Inadequate": "0 (0%)",
        "Unrated": "4 (2%)",
        "All": "183",
    }
    assert column(paper, "Ratings now", "Leicestershire: community-based") == {
        "Outstanding": "3 (3%)",
        "Good": "72 (69%)",
        "Requires improvement": "10 (10%)",
        "Inadequate": "1 (1%)",
        "Unrated": "18 (17%)",
        "All": "104",
    }


def test_the_table_of_the_years_ratings_equals_the_councils_table_without_the_mistakes(paper: Paper) -> None:
    assert column(paper, "Ratings published from 1 January 2019", "Leicestershire: care homes") == {
        "Outstanding": "0 (0%)",
        "Good": "28 (56%)",
        "Requires improvement": "22 (44%)",
        "Inadequate": "0 (0%)",
        "All": "50",
    }
    # The council's report has 17 % for 4 of 22, which is 18 %. For inadequate, it has “8 (5%)”. But only 1 is 5 % of 22, and
    # only with 1 is the total 22. Rounded individually, the shares would be 5 + 73 + 18 + 5 = 101. Our table lowers one of the
    # two equal shares.
    assert column(paper, "Ratings published from 1 January 2019", "Leicestershire: community-based") == {
        "Outstanding": "1 (4%)",
        "Good": "16 (73%)",
        "Requires improvement": "4 (18%)",
        "Inadequate": "1 (5%)",
        "All": "22",
    }
    # 1 + 61 + 36 + 1 is 99. Of the two equal shares, that of the worse rating gets the missing point.
    assert column(paper, "Ratings published from 1 January 2019", "Leicestershire: all") == {
        "Outstanding": "1 (1%)",
        "Good": "44 (61%)",
        "Requires improvement": "26 (36%)",
        "Inadequate": "1 (2%)",
        "All": "72",
    }


def test_eight_of_22_services_is_not_five_per_cent() -> None:
    assert percentages((8, 22 - 8))[0] == 36
    assert percentages((1, 22 - 1))[0] == 5
    assert sum((1, 16, 4, 8)) == 29


def test_numbers_of_services_add_up_to_a_stated_total(report: AreaReport, paper: Paper) -> None:
    """In the council's report, 184 homes, 126 community-based services and 5 services of extra care are 315, not the stated total
    of 289. The council's tables have 183 and 104 services, which are 287. Our table by sector counts each service once. In our
    table by type, a service may be counted twice, and a note says this."""
    assert 184 + 126 + 5 != 289
    assert 265 + 22 == 287  # the inspected and the unrated services in the council's report
    here = report.area.now
    assert here[Sector.CARE_HOME].of + here[Sector.COMMUNITY].of == here[None].of == 287
    by_type = next(one for one in paper.tables if one.key == "Services by type")
    assert "so these numbers add up to more than the number of services" in by_type.notes[0]


def test_contracted_services_and_ratings_are_counted_among_the_same_services(report: AreaReport, paper: Paper) -> None:
    """In the council's report, 172 of 184 homes (93 %) and 68 of 126 community-based services (54 %) are contracted. But the
    ratings are of 183 homes and 104 community-based services."""
    assert percentages((172, 184 - 172))[0] == 93 and percentages((68, 126 - 68))[0] == 54
    assert report.contracted is not None
    assert report.contracted.by_sector == ((Sector.CARE_HOME, 172, 183), (Sector.COMMUNITY, 68, 104), (None, 240, 287))
    assert column(paper, "Contracted services by sector", "Contracted, of all") == {
        "Care homes": "172 (94%)",
        "Community-based": "68 (65%)",
        "All": "240 (84%)",
    }


def test_every_column_of_percentages_adds_up_to_100(paper: Paper) -> None:
    """In the council's report, three of the six columns for comparators and England add up to 101, 99 and 101."""
    theirs = [(2, 78, 18, 0, 2), (3, 69, 10, 1, 17), (6, 74, 15, 2, 4), (5, 71, 7, 0, 16), (4, 74, 17, 2, 4), (3, 65, 10, 1, 21)]
    assert [sum(one) for one in theirs] == [100, 100, 101, 99, 101, 100]
    added = 0
    for table in paper.tables:
        if table.key in ("Ratings", "Ratings before", "Published in the period"):
            for n in range(len(table.columns)):
                percents = [row.cells[n].percent for row in table.rows if row.cells[n].percent is not None]
                assert sum(one or 0 for one in percents) == (100 if percents else 0)
                added += bool(percents)
    assert added >= 15


def test_comparators_of_2019_have_their_present_names(report: AreaReport) -> None:
    assert report.comparators is not None
    assert len(COMPARATORS) == 15 and len(report.comparators.authorities) == 17  # Cumbria and Northamptonshire were divided
    assert {"Cumberland", "Westmorland and Furness", "North Northamptonshire"} <= set(report.comparators.authorities)


def said(paper: Paper) -> str:
    return "\n".join(map(str, paper.findings))


def test_the_findings_have_the_form_of_the_councils_findings(paper: Paper) -> None:
    """The findings correspond to paragraphs 5, 7 and 8 of the council's report, with the same counts. Our report also gives the
    share of rated services, which the sector usually publishes."""
    assert "221 of all 287 services in Leicestershire (77%) are good or outstanding. Of the 265 rated" in said(paper)
    assert "22 services have no rating (8% of all)." in said(paper)
    assert "The council contracts 240 of the 287 services (84%)." in said(paper)
    assert "According to CQC’s files, 1 service is rated inadequate:" in said(paper)
    # The council was concerned that 22 of the 50 homes rated that year require improvement (44 %), nearly as many as are good.
    this_year = column(paper, "Ratings published from 1 January 2019", "Leicestershire: care homes")
    assert (this_year["Good"], this_year["Requires improvement"]) == ("28 (56%)", "22 (44%)")


def test_our_report_claims_nothing_that_the_numbers_do_not_show(paper: Paper) -> None:
    """The council's report says that there are fewer inadequate homes than a year before. The loaded files begin later, so our
    report says that the change is not known. The council's report also compares its own sum of beds with averages of other
    authorities. Our report compares averages."""
    assert "How the shares have changed since 1 January 2019 is not known" in said(paper)
    assert column(paper, "Beds in care homes", "Leicestershire")["Average per authority"] == "5,124.0"
    assert column(paper, "Beds in care homes", "Leicestershire")["Average per home"] == "28.0"


def test_each_comparator_has_a_column(report: AreaReport, paper: Paper) -> None:
    """The council's report has only one column for all comparators together."""
    table = next(one for one in paper.tables if one.key == "Areas")
    assert [one.label for one in table.rows[1:18]] == [area.name for area in report.each]
    assert [one.label for one in table.rows[18:]] == ["Comparators together", "East Midlands (region)", "England"]


# ── the same report from CQC's files, with invented services ─────────────────────────────────────────────────────────────

FILE_COLUMNS = (
    *("Location ID", "Location HSCA start date", "Location Name", "Care homes beds", "Location Latest Overall Rating"),
    *("Publication Date", "Location Region", "Location Local Authority", "Location Street Address", "Location City"),
    *("Location Postal Code", "Location Latitude", "Location Longitude", "Brand Name", "Provider ID", "Provider Name"),
    *("Service type - Care home service with nursing", "Service type - Domiciliary care service"),
)
ROWS = ("Outstanding", "Good", "Requires improvement", "Inadequate", "Unrated")


@dataclass(frozen=True)
class Listed:
    """A service as CQC's file lists it. For a service without a rating, `published` is the day of registration, as in the
    file."""

    location_id: str
    authority: str
    home: bool
    rating: str
    published: date

    def row(self) -> tuple[str, ...]:
        rating = "" if self.rating == "Unrated" else self.rating
        where = ("East Midlands", self.authority, "1 Made Up Street", "Anytown", "LE1 1AA", "52.6", "-1.1")
        head = (self.location_id, "2012-01-01", f"Service {self.location_id}", "30" if self.home else "0")
        types = ("Y", "") if self.home else ("", "Y")
        return (*head, rating, f"{self.published:%m/%d/%Y}", *where, "-", "1-100", "Meridian", *types)


def listed(seed: int) -> list[Listed]:
    """Draws services in Leicestershire, in two comparators (one of them was part of Cumbria) and in another authority."""
    chance = random.Random(seed)
    made = []
    for number, location_id in enumerate(numbered(0, 150)):
        rating = chance.choices(ROWS, (3, 60, 20, 4, 13))[0]
        published = THE_DAY - timedelta(days=chance.randrange(1, 1000))
        made.append(
            Listed(
                location_id,
                ("Leicestershire", "Devon", "Cumberland", "Leeds")[min(chance.randrange(8), 3) if number > 20 else 0],
                chance.random() < 0.6,
                rating,
                date(2012, 1, 1) if rating == "Unrated" else published,
            )
        )
    return made


def shares(counts: list[int]) -> list[int]:
    """Returns whole percentages that add up to 100, calculated as a person would do it. The percentages are rounded down, and
    then the largest remainders get one point each. If remainders are equal, the larger number is first, then the worse rating."""
    exact = [Fraction(100 * one, sum(counts)) for one in counts]
    whole = [floor(one) for one in exact]
    by_rest = sorted(((one - floor(one), counts[n], n) for n, one in enumerate(exact)), reverse=True)
    for _, _, n in by_rest[: 100 - sum(whole)]:
        whole[n] += 1
    return whole


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("seed", range(3))
def test_the_numbers_in_a_report_equal_the_numbers_counted_in_the_files(
    seed: int, alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = listed(seed)
    contracted = [one for one in every if one.authority == "Leicestershire"][::3]
    with Path("active.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([FILE_COLUMNS, *(one.row() for one in every)])
    Path("near.csv").write_text("Local authority\nDevon\nCumbria\n", encoding="utf-8")
    Path("ours.csv").write_text("\n".join(["location_id", *(one.location_id for one in contracted)]), encoding="utf-8")
    assert main(["register", "import", "active.csv", "--as-of", "2019-11-01"]) == 0
    capsys.readouterr()
    period = ("--from", "2019-01-01", "--to", THE_DAY.isoformat())
    files = ("--against", "near.csv", "--contracted", "ours.csv", "--format", "csv")
    assert main(["report", "area", "Leicestershire", *period, *files]) == 0
    printed = {
        (one["table"].partition(" from ")[0], one["area"], one["sector"], one["row"]): (one["number"], one["per cent"], one["of"])
        for one in csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"), newline=""))
        if (one["table"], one["column"]) != ("Contracted services by sector", "All")
    }

    checked = 0
    england = {"Leicestershire", "Devon", "Cumberland", "Leeds"}
    areas = {"Leicestershire": {"Leicestershire"}, "Comparators": {"Devon", "Cumberland"}, "England": england}
    sectors = {"Care homes": {True}, "Community-based": {False}, "All": {True, False}}
    for (area, names), (where, homes) in product(areas.items(), sectors.items()):
        here = [one for one in every if one.authority in names and one.home in homes]
        assert printed["Registered services", area, "", where][0] == str(len(here))
        this_year = [one for one in here if one.rating != "Unrated" and one.published >= date(2019, 1, 1)]
        for table, counted, rows in (("Ratings now", here, ROWS), ("Ratings published", this_year, ROWS[:4])):
            numbers = [sum(one.rating == row for one in counted) for row in rows]
            of = sum(numbers)
            for row, number, share in zip(rows, numbers, shares(numbers), strict=True):
                assert printed[table, area, where, row] == (str(number), str(share), str(of)), (table, area, where, row)
                checked += 1
            assert printed[table, area, where, "All"][0] == str(of)
    assert checked == 3 * 3 * (5 + 4)
    ours = [one for one in every if one.authority == "Leicestershire"]
    for where, homes in sectors.items():
        with_us, of = (sum(one.home in homes for one in some) for some in (contracted, ours))
        assert printed["Contracted services by sector", "Leicestershire", "", where] == (
            str(with_us), str(shares([with_us, of - with_us])[0]), str(of))  # fmt: skip


@pytest.mark.usefixtures("begun")
def test_a_report_is_written_into_the_councils_template(alone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Path("active.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([FILE_COLUMNS, *(one.row() for one in listed(1))])
    assert main(["register", "import", "active.csv", "--as-of", "2019-11-01"]) == 0
    Path("house.docx").write_bytes(template())
    Path("broken.docx").write_bytes(b"PK")
    report = ("report", "area", "Leicestershire", "--template")
    assert main([*report, "house.docx", "--output", "report.docx"]) == 0
    assert docx.Document("report.docx").paragraphs[0].text == "REPORT OF THE DIRECTOR"
    capsys.readouterr()
    for wrong, said in ((("broken.docx", "--output", "b.docx"), "broken.docx can't be used"), (("house.docx",), "--format docx")):
        assert main([*report, *wrong]) == 2
        error = capsys.readouterr().err
        assert said in error and error.count("\n") == 1 and not Path("b.docx").exists()
