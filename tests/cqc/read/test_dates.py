"""Tests that the day of publication is read, and that no other day is read as the day of publication."""

from datetime import date

import pytest

from monitor.cqc.read import read
from tests.cqc.read.frame import OVERALL, page, questions

DAY = date(2026, 5, 8)
PUBLISHED = "Report published: 8 May 2026"


def overall_published(main: str, header: str = OVERALL) -> date | None:
    (group,) = read(page(main=main, header=header)).ratings
    return group.overall_published


BESIDE = [
    "Latest assessment: 12 to 20 April 2026",
    "Latest assessment: 28 April to 3 May 2026",
    "Latest assessment: 28 April 2026 to 3 May 2026",
    "Latest assessment: 12th, 13th and 20th April 2026",
    "Latest assessment: 12/04/2026 to 20/04/2026",
    "Latest assessment: 12.04.2026 to 20.04.2026",
    "Latest assessment: 12-04-2026 to 20-04-2026",
    "Latest inspection: 14<sup>th</sup> April 2026",
    "Latest assessment: 12–20 April 2026",
    "Assessed between 12 and 20 April 2026",
    "Latest inspection: 14 April 2026",
    "Latest review: 6 July 2026",
    "Inspection of 14 April 2026",
]


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize(
    "form",
    [
        "<p>{0}</p><p>{1}</p>",
        "<p>{1}</p><p>{0}</p>",
        "<div class='service-overview-meta'>{0} {1}</div>",
        "<div>{1} {0}</div>",
        "<p>{0}<br>{1}</p>",
        "<p>{1}, {0}</p>",
        "<p><span>{0}</span> | <span>{1}</span></p>",
        "<ul><li>{0}</li><li>{1}</li></ul>",
    ],
)
def test_the_day_of_publication_is_read_if_another_day_is_beside_it(form: str, beside: str) -> None:
    assert overall_published(form.format(beside, PUBLISHED) + questions()) == DAY


@pytest.mark.parametrize(
    "words",
    [
        "Report published: 8 May 2026",
        "Report published:<br>8 May 2026",
        "Published 8 May 2026",
        "Published<br>8 May 2026",
        "Published on 8 May 2026. Inspection of 3 March 2026",
        "Published: Friday 8 May 2026",
        "Published 8th May 2026",
        "Published 08/05/2026",
        "Published: 08-05-2026",
        "Report published 08.05.2026",
        "Report published: 8.5.2026",
        "Report published: 2026/05/08",
        "Published 8<sup>th</sup> May 2026",
        "Report published: 8th of May 2026",
        "Published on the 8th May 2026",
        "Published 8-May-2026",
        "Report publication date: 8 May 2026",
        "Date of publication: 8 May 2026",
        "Inspection published: 8 May 2026",
        "Latest report published on 8 May 2026",
    ],
)
def test_the_day_of_publication_is_read_in_many_wordings(words: str) -> None:
    assert overall_published(f"<p>{words}</p>" + questions()) == DAY
    assert overall_published(questions() + f"<p>{words}</p>") == DAY


BOX = (
    '<div class="overview-download-report"><footer class="download-report"><div><p><a class="download-report__link" '
    'href=" /location/1-7000000001/reports/LAP-00417/overall ">Read the latest assessment report - HTML</a></p>'
    "<p>\n  Published\n      8 May 2026\n</p></div></footer></div>"
)


@pytest.mark.parametrize("box", [BOX, BOX.replace("footer", "div"), BOX.replace("Published\n", "Published<br>")])
@pytest.mark.parametrize("above", ["", "<p>Latest assessment: 12 to 20 April 2026</p>", "<p>Latest review: 6 July 2026</p>"])
def test_the_day_of_publication_is_read_from_the_box_that_links_the_report(above: str, box: str) -> None:
    assert overall_published(above + questions() + box) == DAY


@pytest.mark.parametrize(
    "pairs",
    [
        "<dl><dt>Latest assessment</dt><dd>12 to 20 April 2026</dd><dt>Report published</dt><dd>8 May 2026</dd></dl>",
        "<dl><dt>Latest review</dt><dd>6 July 2026</dd><dt>Report published</dt><dd>8 May 2026</dd></dl>",
        "<table><tr><th>Latest assessment</th><th>Report published</th></tr>"
        "<tr><td>12 to 20 April 2026</td><td>8 May 2026</td></tr></table>",
        "<table><tr><th>Report published</th><th>Latest inspection</th></tr>"
        "<tr><td>8 May 2026</td><td>14 April 2026</td></tr></table>",
        "<table><tr><th>Latest assessment</th><td>12 to 20 April 2026</td></tr>"
        "<tr><th>Report published</th><td>8 May 2026</td></tr></table>",
    ],
)
def test_the_day_of_publication_is_read_from_lists_and_tables(pairs: str) -> None:
    assert overall_published(pairs + questions()) == DAY


NO_DAY = ["Registered on 1 May 2014", "Published", "Updated", "Latest assessment:", "Version 8.5.2026", "Published 31-02-2026"]


@pytest.mark.parametrize("words", [*BESIDE, *NO_DAY])
def test_no_other_date_is_read_as_the_date_of_publication(words: str) -> None:
    assert overall_published(f"<p>{words}</p>" + questions()) is None


def test_a_day_of_publication_above_all_service_groups_is_that_of_the_service() -> None:
    groups = "".join(
        f"<section><h3>{name}</h3><p>Overall: Good</p><p>Report published: {day}</p>{questions()}</section>"
        for name, day in (("Surgery", "3 July 2023"), ("Maternity", "9 June 2024"))
    )
    meta = "<p>Latest assessment: 12 to 20 April 2026</p><p>Report published: 8 May 2026</p>"
    found = {group.group: group.overall_published for group in read(page(main=meta + questions() + groups)).ratings}
    assert found == {None: DAY, "Surgery": date(2023, 7, 3), "Maternity": date(2024, 6, 9)}
    found = {group.group: group.overall_published for group in read(page(main=questions() + groups)).ratings}
    assert found == {None: None, "Surgery": date(2023, 7, 3), "Maternity": date(2024, 6, 9)}


def test_a_day_in_the_content_takes_precedence_over_a_day_elsewhere_on_the_page() -> None:
    body = page(before="<p>Published 1 January 2020</p>", main=questions() + f"<p>{PUBLISHED}</p>")
    assert read(body).ratings[0].overall_published == DAY


DAYS = ["8 May 2026", "8th May 2026", "08 May, 2026", "8-May-2026", "08/05/2026", "08.05.2026", "8 th May 2026", "8 of May 2026"]


@pytest.mark.parametrize("day", DAYS)
def test_the_day_on_the_cover_of_a_report_is_read_in_all_formats(day: str) -> None:
    asked = ("safe", "effective", "caring", "responsive", "well-led")
    table = "".join(f"Is the service {one}?\n\nInadequate\n\n" for one in asked)
    top = f"Elm Lodge\n\nInspection report\n\nDate of publication:\n{day}\n\nRatings\n\n"
    overall = "Overall rating for this service\n\nInadequate\n\n"
    (group,) = read(f"{top}{overall}{table}Summary of findings\n\nWe inspected this home.\n".encode()).ratings
    assert group.overall_published == DAY
