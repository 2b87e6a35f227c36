# ruff: noqa: E501 - each page is on one line
"""Tests pages in layouts that CQC does not use today, but could use after a redesign."""

from datetime import date

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading, SaidKind, Source
from tests.cqc.read.frame import page

HEAD = "<h1>Oak House</h1><p>Provided and run by: <a href='/provider/1-101'>Oak Care Limited</a></p>"
FIVE = (
    "<ul><li>Safe: Inadequate</li><li>Effective: Good</li><li>Caring: Good</li><li>Responsive: Good</li>"
    "<li>Well-led: Inadequate</li></ul>"
)
RATED = "<p>Overall: Inadequate</p>" + FIVE


def _read(body: str, above: str = "") -> Reading:
    return read(f"<!doctype html><html><head><title>Oak House</title></head><body>{above}<main>{body}</main></body></html>".encode())


def _of(reading: Reading, group: str | None = None) -> tuple[str, str]:
    """The overall rating, and the first letters of the ratings of the key questions."""
    (held,) = (one for one in reading.ratings if one.group == group)
    return str(held.overall), "".join(str(one.rating)[0] for one in held.key_questions.values())


# A banner whose last words are a link

BANNERS = ("<p><b>This service is in special measures</b> {}</p>", "<p>In special measures {}</p>")
LINKS = (
    "What are special measures?", "Find out what this means", "Read about special measures", "More about special measures",
    "Learn more", "Why are services placed in special measures?", "What happens next?", "What special measures mean",
)  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_is_read_although_a_link_follows_it_without_a_full_stop(banner: str, link: str) -> None:
    said = "<div role='region'>" + banner.format(f"<a href='/special-measures'>{link}</a>") + "</div>"
    for reading in (_read(HEAD + RATED, above=said), _read(HEAD + RATED + said)):
        assert reading.special_measures.state is MeasuresState.IN


@pytest.mark.parametrize("link", LINKS)
def test_a_link_about_special_measures_states_nothing(link: str) -> None:
    reading = _read(HEAD + RATED, above=f"<div><p><a href='/special-measures'>{link}</a></p></div>")
    assert (reading.special_measures.state, reading.unread) == (MeasuresState.NOT_STATED, ())


TEMPLATES = (
    '<div class="notification-banner" role="region" hidden>{}</div>',
    '<div class="govuk-notification-banner" style="display:none">{}</div>',
    '<section class="alert alert--cqc" hidden>{}</section>',
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_hidden_banner_with_a_heading_states_nothing(template: str) -> None:
    """A page may contain the templates of all banners. A person sees none of them, so each is listed as unread."""
    said = template.format("<h2>Important</h2><p>This service is in special measures.</p>")
    reading = _read(said + HEAD + RATED)
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert reading.unread == ("This service is in special measures.",)


@pytest.mark.parametrize(
    "words",
    ["Placed in special measures", "We have imposed urgent conditions.", "We have cancelled the registration.", "Warning notice issued"],
)
@pytest.mark.parametrize("banner", ["<div class='banner' hidden><h2>Important</h2><p>{}</p></div>", "<div hidden><p>{}</p></div>"])
def test_a_hidden_statement_that_does_not_name_the_service_is_listed_as_unread(banner: str, words: str) -> None:
    reading = _read(HEAD + banner.format(words) + RATED)
    assert (reading.special_measures.state, reading.enforcement) == (MeasuresState.NOT_STATED, ())
    assert words in reading.unread


def test_a_hidden_banner_that_a_button_opens_is_read() -> None:
    said = '<div class="banner" id="news" hidden><h2>Important</h2><p>This service is in special measures.</p></div>'
    reading = _read(f'{HEAD}<button aria-controls="news">News</button>{said}{RATED}')
    assert reading.special_measures.state is not MeasuresState.NOT_STATED


# Legends and timelines


@pytest.mark.parametrize(
    "legend",
    [
        "Key: No action required | Improvements required | Enforcement action taken",
        "Key tick: all standards in this group were met; grey cross: improvements required; red cross: enforcement action taken",
        "Legend – no action required, requires action, enforcement action",
    ],
)
def test_a_legend_in_one_line_states_no_enforcement(legend: str) -> None:
    reading = _read(f"{HEAD}{RATED}<p class='key'>{legend}</p><p>The provider must send us an action plan.</p>")
    assert [one.kind for one in reading.enforcement] == ["action plan"]


@pytest.mark.parametrize("line", ["Key facts: enforcement action taken.", "Key finding: we have taken enforcement action."])
def test_a_line_about_key_facts_is_not_a_legend(line: str) -> None:
    assert _read(f"{HEAD}{RATED}<p>{line}</p>").enforcement


NEWEST = "<li><time>30 September 2026</time><p>This service is no longer in special measures.</p></li>"
OLDER = "<li><time>11 February 2026</time><p>The service was placed in special measures. We issued a warning notice.</p></li>"


@pytest.mark.parametrize("entries", [NEWEST + OLDER, OLDER + NEWEST])
@pytest.mark.parametrize("heading", ["Timeline", "Timeline of our assessments", "Our timeline", "Chronology"])
def test_only_the_newest_entry_of_a_timeline_is_about_the_present(heading: str, entries: str) -> None:
    rated = RATED.replace("Inadequate", "Requires improvement")
    reading = _read(f"{HEAD}{rated}<section><h2>{heading}</h2><ol>{entries}</ol></section>")
    assert (reading.special_measures.state, reading.enforcement) == (MeasuresState.LEFT, ())


RECENT = "<li><time>20 September 2026</time><p>We placed the service in special measures. We issued a warning notice.</p></li>"


@pytest.mark.parametrize("newest", ["We published our report.", "We served a notice of proposal to cancel the registration."])
@pytest.mark.parametrize("heading", ["Timeline", "Timeline of our assessments", "Chronology", "What happened when", "Our timeline"])
def test_entries_of_the_same_weeks_are_all_about_the_present(heading: str, newest: str) -> None:
    """An action is often some weeks older than the report of the same inspection."""
    entries = f"<li><time>30 September 2026</time><p>{newest}</p></li>{RECENT}"
    reading = _read(f"{HEAD}{RATED}<section><h2>{heading}</h2><ol>{entries}</ol></section>")
    assert reading.special_measures.state is MeasuresState.ENTERED
    assert "warning notice" in {one.kind for one in reading.enforcement}


def test_text_below_a_timeline_is_about_the_present() -> None:
    body = f"{HEAD}{RATED}<section><h2>Timeline</h2><ol>{NEWEST}{OLDER}</ol></section><section><p>We issued a fine.</p></section>"
    assert [one.kind for one in _read(body).enforcement] == ["fine"]


# Ratings


@pytest.mark.parametrize("heading", ["Current rating", "Our rating", "Latest rating", "CQC rating"])
def test_a_rating_alone_below_the_heading_rating_is_the_overall_rating(heading: str) -> None:
    body = f"{HEAD}<div><h2>{heading}</h2><p>Inadequate</p><p>Published 3 March 2026</p>{FIVE}</div>"
    reading = _read(body)
    assert _of(reading) == ("inadequate", "igggi") and reading.unread == ()
    assert reading.ratings[0].overall_published == date(2026, 3, 3)


@pytest.mark.parametrize("label", ["Our rating of well-led", "The rating for well-led", "Rating of well-led:"])
def test_the_rating_of_a_key_question_is_read_on_its_own_page(label: str) -> None:
    reading = _read(
        "<p><a href='/location/1-9310420018'>Oak House</a> / Report</p><h1>Well-led</h1>"
        f"<div><p><span>{label}</span> <strong>Good</strong></p></div><h2>Governance</h2><p>Staff could speak up.</p>"
    )
    assert (reading.source, _of(reading)) == (Source.ASSESSMENT_PAGE, ("None", "g"))


def test_the_present_rating_is_read_from_a_page_about_one_key_question() -> None:
    reading = _read(
        "<p><a href='/location/1-3200100006'>Oak House</a></p><h1>Effective</h1><dl><dt>Previous rating</dt>"
        "<dd>Requires improvement (published 8 November 2023)</dd><dt>Rating</dt><dd>Good</dd></dl>"
        "<p>Effective – this means we looked for evidence that people had good outcomes.</p>"
    )
    assert _of(reading) == ("None", "g")


def _rows(corner: str, *rows: str) -> str:
    header = "".join(f"<th>{one}</th>" for one in (corner, "Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall"))
    cells = ["".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows]
    return f"<table><tr>{header}</tr>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


@pytest.mark.parametrize("corner", ["", "Type of service", "Service type", "Main service", "Core service"])
def test_a_table_with_a_row_for_each_type_of_service_is_read(corner: str) -> None:
    rows = ("Homecare|Good|Good|Good|Good|Good|Good", "Supported living|Inadequate|Good|Good|Good|Inadequate|Inadequate")
    reading = _read(f"{HEAD}<h2>Ratings by type of service</h2>{_rows(corner, *rows)}")
    assert (_of(reading, "Homecare"), _of(reading, "Supported living")) == (("good", "ggggg"), ("inadequate", "igggi"))


@pytest.mark.parametrize("name", ["Overall", "Hospital overall", "Location overall", "Clinic overall"])
def test_the_row_of_the_whole_hospital_has_the_hospitals_ratings(name: str) -> None:
    rows = ("Surgery|Good|Good|Good|Good|Good|Good", f"{name}|Inadequate|Good|Good|Good|Inadequate|Inadequate")
    reading = _read(f"{HEAD}<p>Overall: Inadequate</p>{_rows('', *rows)}")
    assert (_of(reading), _of(reading, "Surgery")) == (("inadequate", "igggi"), ("good", "ggggg"))


@pytest.mark.parametrize("remark", ["Looked at this time", "Assessed in 2026", "Where we looked"])
def test_a_column_of_remarks_beside_the_ratings_is_ignored(remark: str) -> None:
    rows = "".join(f"<tr><td>{one}</td><td>{rating}</td><td>Yes, in full</td></tr>" for one, rating in (
        ("Safe", "Inadequate"), ("Effective", "Good"), ("Caring", "Good"), ("Responsive", "Good"), ("Well-led", "Inadequate")))  # fmt: skip
    body = f"{HEAD}<p>Overall: Inadequate</p><table><tr><th>Key question</th><th>Rating</th><th>{remark}</th></tr>{rows}</table>"
    assert (_of(_read(body)), _read(body).unread) == (("inadequate", "igggi"), ())


# Days of publication


@pytest.mark.parametrize(
    "said",
    [
        "<p>We published this on 6 November 2026</p>",
        "<p>We published this report on 6 November 2026.</p>",
        "<p>Latest report: published 6 November 2026. Report before it: published 12 April 2024.</p>",
        "<p>This version published: 6 November 2026</p><p>This report replaces the one that we published on 3 August 2026.</p>",
    ],
)
def test_the_day_of_publication_is_read_from_a_sentence(said: str) -> None:
    assert _read(HEAD + said + RATED).ratings[0].overall_published == date(2026, 11, 6)


def test_no_day_of_publication_is_read_if_two_days_are_named() -> None:
    assert _read(f"{HEAD}<p>We published this on 6 November 2026</p><p>We published this on 3 May 2026</p>{RATED}").ratings[0].overall_published is None


# Texts that a browser saved as HTML

TEXT = """www.cqc.org.uk
Effective
Woodlark Clinic
Report from 11 February 2026 assessment

Effective

Good

Effective – this means we looked for evidence that staff involved people in
decisions about their care and treatment.

At our last assessment we rated this key question as requires
improvement. At this assessment the rating has improved to good.

This service scored 75 (out of 100) for this area.
"""


def test_a_plain_text_that_a_browser_saved_as_html_is_read_as_a_plain_text() -> None:
    for frame in ("<html><head></head><body><pre>{}</pre></body></html>",
                  '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body class="r"><pre style="white-space:pre-wrap">\n{}</pre>\n</body></html>'):  # fmt: skip
        assert read(frame.format(TEXT).encode()) == read(TEXT.encode())
    assert _of(read(TEXT.encode())) == ("None", "g")


def test_the_lines_of_preformatted_text_within_a_page_stay_apart() -> None:
    reading = read(page(header="<p>Overall: Inadequate</p>", main="<pre>Safe\nInadequate\nEffective\nGood\nCaring\nGood\nResponsive\nGood\nWell-led\nInadequate</pre>"))
    assert _of(reading) == ("inadequate", "igggi")

# Reports whose lines are arranged in another way

COVER = """Oak Care Limited

Oak House

Inspection report

12 High Street
Anytown
AB1 2CD
{contact}
Date of inspection visit:
12 February 2021

Date of publication:
21 March 2021

Ratings

{ratings}

Overall summary

Oak House is a care home for up to 30 people.
{more}
"""
LINES = (
    "Overall rating for this service\nRequires\nImprovement \uf0b7\n\nIs the service safe? Requires Improvement \uf0b7\n\nIs the service effective? Good \uf0b7"
    "\n\nIs the service caring?\nGood\n\nIs the service responsive? Good \uf0b7\n\nIs the service well-led?\nRequires Improvement"
)
BELOW = (
    "ARE SERVICES SAFE?\nINADEQUATE ⬤\n\nARE SERVICES EFFECTIVE?\nGOOD ⬤\n\nARE SERVICES CARING?\nGOOD ⬤\n\n"
    "ARE SERVICES RESPONSIVE TO PEOPLE’S NEEDS?\nGOOD ⬤\n\nARE SERVICES WELL-LED?\nREQUIRES IMPROVEMENT ⬤"
)
CELLS = "\n".join(f"\nStaff kept records of each visit, and {n} people told us so." for n in range(12)) + (
    "\n\nOur findings\n\nOur ratings for this location are:\n\nSafe\nEffective\nCaring\nResponsive\nWell-led\nOverall\n\n"
    "Dialysis services\nInadequate\nGood\nGood\nGood\nRequires\nImprovement\nRequires\nImprovement\n"
)


def _report(ratings: str, *, contact: str = "", more: str = "") -> Reading:
    return read(COVER.format(ratings=ratings, contact=contact, more=more).encode())


def test_a_rating_in_two_lines_with_a_private_use_character_is_read() -> None:
    assert _of(_report(LINES)) == ("requires improvement", "rgggr")


def test_an_overall_rating_of_a_report_that_rated_nothing_is_read() -> None:
    reading = _report("Overall rating for this service\n\nInspected but not rated\n\nIs the service safe?\n\nInspected but not rated")
    assert (_of(reading), reading.unread) == (("inspected but not rated", "i"), ())


def test_a_table_far_below_the_cover_does_not_make_the_covers_ratings_uncertain() -> None:
    overall = "OVERALL RATING FOR THIS LOCATION\nREQUIRES IMPROVEMENT ⬤\n\n"
    assert _of(_report(overall + BELOW, more=CELLS)) == ("requires improvement", "igggr")


def test_a_rating_without_a_label_makes_all_ratings_on_the_cover_uncertain() -> None:
    """A line may be missing, so that each rating may belong to the label below it."""
    reading = _report("GOOD ⬤\n\nOVERALL RATING FOR THIS LOCATION\nREQUIRES IMPROVEMENT ⬤\n\n" + BELOW)
    assert reading.ratings == () and len(reading.unread) == 6


def test_a_day_of_publication_on_the_line_of_the_web_address_is_read() -> None:
    text = COVER.format(ratings=LINES, contact="www.oak.example      Date of publication: 21 March 2021", more="")
    text = text.replace("Date of publication:\n21 March 2021\n", "")
    assert read(text.encode()).ratings[0].overall_published == date(2021, 3, 21)


# The layout of 2014 to 2019

FORMER = (
    "<h1>Oak House</h1><h2>Inadequate</h2><p>Homecare agencies</p><div><h3>Overall <b>Inadequate</b></h3>" + FIVE + "</div>"
    "<div><h3>14 April 2016</h3><ul><li><a href='/x.pdf'>Read CQC inspection report online</a></li></ul></div>"
)


def test_the_day_above_the_link_to_the_report_is_the_day_of_publication() -> None:
    (group,) = _read(FORMER).ratings
    assert (group.group, str(group.overall), group.overall_published) == (None, "inadequate", date(2016, 4, 14))
    assert len(group.key_questions) == 5


def test_an_entry_into_special_measures_on_the_day_of_the_report_is_read() -> None:
    reading = _read(FORMER + "<p>This home was placed in special measures on 14 April 2016.</p>")
    assert reading.special_measures.state is MeasuresState.ENTERED


def test_an_older_item_in_the_list_of_reports_says_nothing_about_the_present() -> None:
    reports = (
        "<h3>All reports</h3><ul><li>Inspection carried out on 4 August 2015</li>"
        "<li>Inspection carried out on 9 December 2014. It was put in special measures, and we served a warning notice.</li></ul>"
    )
    reading = _read(FORMER.replace("Inadequate", "Good") + reports)
    assert (reading.special_measures.state, reading.enforcement, reading.unread) == (MeasuresState.NOT_STATED, (), ())


def test_a_notice_that_checks_are_going_on_is_read() -> None:
    reading = _read(FORMER, above="<p>We are carrying out checks at Oak House. We will publish a report when they are complete.</p>")
    assert [one.kind for one in reading.said] == [SaidKind.BEING_INSPECTED]


# Other titles and remarks beside ratings


@pytest.mark.parametrize("title", ["Oak House: well-led", "Oak House – Well-led"])
def test_a_rating_below_a_title_with_a_key_question_is_not_the_overall_rating(title: str) -> None:
    body = f"<h1>{title}</h1><p>Provided and run by: Oak Ltd</p><h2>Rating of this key question</h2><p>Inadequate</p>"
    assert _of(_read(body)) == ("None", "i")


def test_the_month_of_a_former_rating_beside_a_rating_is_ignored() -> None:
    items = ["Safe Good", "Effective Good", "Caring Good", "Responsive Good", "Well-led Good"]
    body = "".join(f"<li>{one} <small>Previously: Inadequate (June 2025)</small></li>" for one in items)
    reading = _read(f"{HEAD}<p>Overall: Good</p><ul>{body}</ul>")
    assert (_of(reading), reading.unread) == (("good", "ggggg"), ())


def test_a_prosecution_in_a_table_of_actions_is_read() -> None:
    row = "<tr><td>12 October 2026</td><td>Prosecution of Oak Care Limited</td><td>Pleaded guilty. Fined £160,000</td></tr>"
    assert "prosecution" in {one.kind for one in _read(f"{HEAD}{RATED}<h2>Action we have taken</h2><table>{row}</table>").enforcement}


def test_a_wrapped_sentence_of_a_press_release_is_not_taken_as_the_name() -> None:
    text = (
        "CQC places Oak Lodge in special measures\n\nPublished: 20 October 2026\n\n"
        "CQC has dropped the rating of Oak Lodge from good to\ninadequate and put it in special measures.\n\n"
        "The ratings of safe and well-led have dropped from good to inadequate. Effective and\n"
        "responsive have fallen from good to requires improvement.\n"
    )
    assert read(text.encode()).special_measures.state is MeasuresState.ENTERED


def test_an_answer_in_another_form_is_listed_as_unread() -> None:
    for text in ('{"LocationId": "1-1", "CurrentRatings": {"Overall": {"Rating": "Inadequate"}}}', '{"data": {"rating": "Good"}}'):
        assert read(text.encode()).unread
    assert read(b'{"total": 3}').unread == ()


def test_an_item_of_the_same_weeks_in_a_list_of_reports_is_about_the_present() -> None:
    said = "Inspection carried out on 4 March 2016. The home was put in special measures, and we served a warning notice."
    body = FORMER + f"<h3>All reports</h3><ul><li>Inspection carried out on 5 March 2016</li><li>{said}</li></ul>"
    reading = _read(body)
    assert reading.special_measures.state is MeasuresState.ENTERED and reading.enforcement


@pytest.mark.parametrize("label", ["Date of assessment", "Opened on"])
def test_a_day_with_a_label_above_a_link_is_not_the_day_of_publication(label: str) -> None:
    body = f"<p>{label}</p><p>3 February 2026</p><p><a href='/r.pdf'>Read the full report</a></p>"
    assert _read(HEAD + RATED + body).ratings[0].overall_published is None


def test_a_core_service_with_the_hospitals_rating_stays_a_group() -> None:
    part = "<h2>Medical care</h2><p>Good</p><ul><li>Safe: Requires improvement</li><li>Caring: Good</li></ul>"
    assert {one.group for one in _read(f"{HEAD}<p>Overall: Good</p>{part}").ratings} == {None, "Medical care"}


def test_an_old_entry_of_a_list_of_changes_gives_no_rating() -> None:
    changes = "".join(
        f"<li><h3>{what}</h3><p>{day}</p><p>{text}</p></li>"
        for what, day, text in (
            ("Rating went down", "10 November 2026", "From good to requires improvement."),
            ("Placed in special measures", "17 August 2017", "Rated inadequate."),
        )
    )
    today = "<h2>Rating today</h2><p>Requires improvement</p>" + FIVE.replace("Inadequate", "Good")
    reading = _read(f"{HEAD}{today}<h2>What has changed</h2><ol>{changes}</ol>")
    assert "inadequate" not in {str(one.overall) for one in reading.ratings}


# Plain texts of reports

TABLED = """INSPECTION REPORT

WHITEMOOR HOUSE
Whitemoor Lane, Belper DE56 0AA

Registered provider:   Derwent Residential Ltd
Published:             27 November 2026

OUR RATING             INADEQUATE
Previous rating        Requires improvement (February 2026)

Key question           This inspection          Last inspection

Safe                   Inadequate               Inadequate
Caring                 Good                     Good

Whitemoor House enters special measures with this report. We served warning notices. They must be met by 29 January 2027.
"""


def test_a_name_above_a_table_of_labels_and_ratings_is_found() -> None:
    reading = read(TABLED.encode())
    assert reading.name == "WHITEMOOR HOUSE" and reading.special_measures.state is MeasuresState.ENTERED
    assert [one.kind for one in reading.enforcement] == ["warning notice"]


def test_a_text_with_its_provider_above_the_day_of_its_assessment_is_read() -> None:
    text = (
        "Assessment report\n\nPinewood Lodge\nLocation ID: 1-3048827719\nProvider: Pinewood (Bracknell) Ltd\n\n"
        "Report from 10 June 2025 assessment\n\nOverall   Inadequate\n\nThis service has been placed in special measures.\n"
    )
    reading = read(text.encode())
    assert (reading.name, reading.special_measures.state) == ("Pinewood Lodge", MeasuresState.ENTERED)


def test_a_rating_below_the_day_of_an_inspection_months_before_its_report_is_read() -> None:
    body = f"{HEAD}<h2>Published</h2><p>20 November 2026</p><h2>Inspected</h2><p>3 February 2026</p><p>We rated the service inadequate.</p>"
    assert _of(_read(body))[0] == "inadequate"
