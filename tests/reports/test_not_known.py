"""Tests what a report says about days that the files don't cover. These are days before the first file with ratings, days after
the newest such file, and all days if only one month's files are loaded.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.events import Event, Kind
from monitor.register.movements import Standing, known
from monitor.reports.area import Survey, area_report
from monitor.reports.asked import asked
from monitor.reports.export import LAYOUTS
from monitor.reports.named import OnPage
from monitor.reports.paper import Paper, Table
from monitor.reports.quality import area_paper
from tests.reports.test_findings import AUGUST, LOW, MAY, NOVEMBER, TODAY, event, many, said, standing, stands

DIRECTORY = date(2026, 11, 13)
ONE_MONTH = "not known: only one month’s files are loaded"


def made(
    rated: Sequence[date],
    present: Sequence[Standing],
    history: Iterable[Standing] = (),
    events: Iterable[Event] = (),
    pages: dict[str, OnPage] | None = None,
    *,
    newest: date | None = None,
    **days: date,
) -> Paper:
    everything = known(present, history, rated=rated, newest=newest or max(rated))
    paper = area_paper(area_report(Survey(everything, events, asked(TODAY, **days), pages), "Leicestershire"))
    assert all(stands(one, paper) for finding in paper.findings for one in finding.said if not isinstance(one, str))
    return paper


def table(paper: Paper, key: str) -> Table:
    return next(one for one in paper.tables if one.key == key)


def all_said(paper: Paper) -> str:
    """Returns each sentence of a paper, from its findings, lines and notes."""
    notes = [note for one in paper.tables for note in one.notes]
    return "\n".join([said(paper), *paper.lines, *(line for part in paper.parts for line in part.lines), *notes])


FALLEN = standing("1-300000099", as_of=AUGUST, **LOW | {"published": AUGUST})
FELL_IN_AUGUST = [*many(30, "good"), standing("1-300000099"), FALLEN]
AFTER_IT = [*FELL_IN_AUGUST[:30], FELL_IN_AUGUST[-1]]
SEEN = event("1-300000001", published=date(2026, 11, 20), to="requires improvement")


def test_nothing_is_claimed_about_days_after_the_newest_ratings() -> None:
    paper = made([MAY, AUGUST], AFTER_IT, FELL_IN_AUGUST, since=date(2026, 9, 1))
    why = "not known: the newest CQC file with ratings that is loaded here is of 5 August 2026."
    assert f"How services moved in the period is {why}" in said(paper)
    assert f"How the shares have changed since 1 September 2026 is {why}" in said(paper)
    rest = "What CQC has published since is known only for watched services."
    assert f"These ratings are from CQC’s files of 5 August 2026. {rest}" in said(paper)
    assert "overall ratings fell" not in all_said(paper) and "0 fell" not in all_said(paper)
    assert [row.label for row in table(paper, "Trend").rows] == ["30 June 2026", "5 August 2026"]
    assert "Which ratings were published is not known after 5 August 2026." in all_said(paper)
    assert not {"Published in the period", "Ratings before"} & {one.key for one in paper.tables}


def test_movements_of_watched_services_after_the_newest_ratings_are_given() -> None:
    paper = made([MAY, AUGUST], AFTER_IT, FELL_IN_AUGUST, [SEEN], since=date(2026, 9, 1))
    assert "In the period 1 overall rating is known to have fallen and none to have risen." in said(paper)
    assert "Of the services known to have fallen below good, the care homes have 30 beds." in said(paper)
    rows = {row.label: [one.number for one in row.cells[:3]] for row in table(paper, "Movements counted").rows}
    assert (rows["Fell"], rows["Rose"]) == ([1, None, 1], [None, None, None])


def test_movements_are_counted_for_the_days_that_the_files_cover() -> None:
    paper = made([MAY, AUGUST], AFTER_IT, FELL_IN_AUGUST, [SEEN], since=date(2026, 1, 1))
    days = "From 5 May 2026 to 5 August 2026, the days of the period that CQC’s files cover, 1 overall rating fell and 0 rose"
    assert days in said(paper)
    assert "Before 5 May 2026 and after 5 August 2026, only movements of watched services are known." in said(paper)
    assert "In the whole period 2 overall ratings are known to have fallen and none to have risen." in said(paper)
    assert all_said(paper).count("Before 5 May 2026 and after 5 August 2026, ") == 3, "finding, list, key questions"


def test_a_period_that_the_files_cover_needs_no_caveat() -> None:
    paper = made([MAY, AUGUST], AFTER_IT, FELL_IN_AUGUST, [SEEN], since=MAY, to=AUGUST)
    assert "In the period 1 overall rating fell and 0 rose" in said(paper)
    assert "only movements of watched services" not in all_said(paper)


@pytest.mark.parametrize("since", [date(2025, 12, 1), date(2026, 5, 2), date(2026, 9, 1)])
def test_with_the_files_of_one_month_no_movement_is_known(since: date) -> None:
    paper = made([date(2026, 5, 1), MAY], many(30, "good"), many(30, "good"), since=since)
    assert f"How services moved in the period is {ONE_MONTH}." in said(paper)
    assert f" is {ONE_MONTH}." in said(paper).split("How the shares have changed since ")[1]
    assert "0 fell" not in all_said(paper)
    assert {one.number for row in table(paper, "Movements counted").rows for one in row.cells} == {None}
    assert {row.cells[0].number for row in table(paper, "Key questions").rows} == {None}


def test_a_newer_directory_changes_no_share() -> None:
    here = [*many(30, "good"), *many(10, "inadequate", 100)]
    gone = [standing(one.location_id, one.overall, as_of=DIRECTORY, listed=False) for one in here[:5]]
    paper = made([MAY, AUGUST], here[5:], [*here, *gone], newest=DIRECTORY, since=date(2026, 6, 1))
    assert "from CQC’s files: services of 13 November 2026, ratings of 5 August 2026." in paper.lines[0]
    assert "75% of 40 rated services in Leicestershire were good or outstanding; on 5 August 2026, 75% of 40." in said(paper)
    assert str(table(paper, "Trend").rows[-1].cells[1]) == "30 (75%)"
    assert "25 of all 35 services in Leicestershire (71%)" in said(paper), "the present services and their newest ratings"


@pytest.mark.parametrize(
    ("events", "words"),
    [
        pytest.param([], "No movement into or out of special measures is known. Such movements", id="no movement"),
        pytest.param(
            [Kind.ENTERED], "1 movement into special measures is known. Such movements", id="one service entered special measures"
        ),
        pytest.param(
            [Kind.LEFT, Kind.LEFT], "2 movements out of special measures are known. Such movements",
            id="two services left special measures",
        ),
        pytest.param(
            [Kind.ENTERED, Kind.LEFT],
            "1 movement into special measures and 1 movement out of special measures are known. Such movements",
            id="one service entered and one left special measures",
        ),
    ],
)
def test_a_report_counts_only_the_known_movements_into_and_out_of_special_measures(events: list[Kind], words: str) -> None:
    told = [event(f"1-3{n:08}", kind, of=None, from_=None, to=None) for n, kind in enumerate(events, 1)]
    assert words in said(made([MAY, NOVEMBER], many(30, "good"), (), told))


def test_without_read_pages_a_report_does_not_say_that_no_service_is_in_special_measures() -> None:
    paper = made([MAY, NOVEMBER], many(30, "good"))
    assert "services are in special measures is not known: this monitor has read none of their pages lately." in said(paper)
    assert "0 services are known" not in said(paper)
    row = next(one for one in table(paper, "Inadequate counted").rows if one.label.startswith("In special measures"))
    assert row.cells[0].number is None
    read = made([MAY, NOVEMBER], many(30, "good"), pages={"1-300000001": OnPage("good", MAY)})
    assert "According to CQC’s pages, 0 services are known to be in special measures." in said(read)
    assert "Special measures are known only for services whose pages were read here lately: 1 of 30 services." in said(read)


@pytest.mark.parametrize(
    ("low", "words"),
    [
        pytest.param(
            (0,), "Safe is the key question most often below good: 30 services (100% of the services",
            id="one question is the worst",
        ),
        pytest.param(
            (0, 2), "Safe and Caring are the key questions most often below good. Safe: 30 services",
            id="two questions are equally bad",
        ),
        pytest.param((), "No service is below good for any of the key questions with enough ratings.", id="no question is bad"),
    ],
)
def test_a_finding_names_the_worst_key_question_or_questions(low: tuple[int, ...], words: str) -> None:
    questions = tuple("inadequate" if n in low else "good" for n in range(5))
    assert words in said(made([MAY, NOVEMBER], many(30, "good", key_questions=questions)))


def test_semicolons_separate_a_findings_tables_and_no_empty_brackets_are_printed() -> None:
    paper = made([MAY, AUGUST], AFTER_IT, FELL_IN_AUGUST)
    text, page = (LAYOUTS[layout](paper, "https://cqc.example").decode() for layout in ("text", "html"))
    without = [str(one) for one in paper.findings if not one.tables]
    assert without and "[]" not in text and all(one in " ".join(text.split()) for one in without)
    words = " ".join(LexborHTMLParser(page).text().split())
    first, second = next(one.tables for one in paper.findings if len(one.tables) > 1)[:2]
    assert f"{paper.title_of(first)}; {paper.title_of(second)}" in words
