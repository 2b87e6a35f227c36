# ruff: noqa: E501 - markup stands on one line
"""Tests the reader with pages as CQC publishes them, and with pages that can't be read."""

from datetime import date

import pytest

from monitor.cqc.read import MAX_TEXT_BYTES, lines, read
from monitor.errors import Unreadable
from monitor.model import (
    Enforcement,
    Framework,
    MeasuresState,
    ProfileNotice,
    Reading,
    Registration,
    Source,
    Statement,
)
from monitor.ratings import KeyQuestion, Rating, Reason, Stated
from tests.cqc.read.test_markup import stated

HEAD = "<h1>Cherrybrook Care Home</h1><p>Provided and run by:</p><p>All Saints Care Limited</p>"
TODAY = """<!doctype html><html><head><title>Cherrybrook Care Home - Care Quality Commission</title>
<link rel="canonical" href="https://www.cqc.org.uk/location/1-2235535718"></head><body>
<nav><a href="/">Home</a> <a href="/search">Search</a></nav><main><ul><li>Care Home<ul><li>Care home</li></ul></li></ul>
<h1>Archived: Cherrybrook Care Home Also known as The Brook</h1>
<p>Overall: <strong>Requires <b>improvement</b></strong> <a href="/x">read more about inspection ratings</a></p>
<p>17 Brook Lane, Leicester, LE2 3AB (0116) 555 0101</p>
<p>Provided and run by:</p><p><a href="/provider/1-101">All Saints Care Limited</a></p>
<p>Important: The provider of this service changed. <a href="/location/1-111111111">See old profile</a></p>
<p>Important: This service was previously registered at a different address -
<a href="/location/1-222222222">see new profile</a></p>
<ul><li>Safe <span>Inadequate</span></li><li>Effective <span>Good</span></li><li>Well-led <span>Not rated</span></li></ul>
<p>Published 21 November 2026</p>
<a href="/location/1-2235535718/inspection-summary#safe">Read overall summary</a> <a href="/location/1-2235535718/reports">All</a>
<h2>All Inspections</h2><h3>20 November 2026</h3><p>During a routine inspection</p>
<p>This service is being placed in special measures. We issued a warning notice.</p>
<p><a href="/location/1-2235535718/reports/AP5373/overall">Read the report</a></p>
<h3>3 May 2021</h3><p>During a routine inspection</p><p>The service remains in special measures. We imposed conditions.</p>
<p>Overall: Good</p><p><a href="/location/1-2235535718/reports/AP1111/overall">Read the report</a></p></main></body></html>"""


def test_a_location_page_of_today_is_read_completely() -> None:
    reading = read(TODAY.encode(), content_type="text/html; charset=utf-8")
    assert (reading.source, reading.location_id, reading.name) == (Source.LOCATION_PAGE, "1-2235535718", "Cherrybrook Care Home")
    assert (reading.provider_name, reading.service_type) == ("All Saints Care Limited", "Care home")
    assert (reading.address, reading.registration) == ("17 Brook Lane, Leicester, LE2 3AB", Registration.ARCHIVED)
    assert reading.notices == (
        ProfileNotice(kind="provider changed", see="old", location_id="1-111111111"),
        ProfileNotice(kind="moved", see="new", location_id="1-222222222"),
    )
    assert stated(reading) == {
        "overall": Rating.REQUIRES_IMPROVEMENT, "safe": Rating.INADEQUATE, "effective": Rating.GOOD, "well-led": Reason.NOT_RATED,
    }  # fmt: skip
    assert reading.ratings[0].overall_published == date(2026, 11, 21)
    assert {held.published for held in reading.ratings[0].key_questions.values()} == {None}
    assert (reading.ratings[0].framework, reading.report) == (Framework.INSPECTION, "AP5373")
    assert reading.special_measures.state is MeasuresState.ENTERED
    assert reading.enforcement == (Enforcement(kind="warning notice", quote="We issued a warning notice."),)
    assert [(link.kind, link.url) for link in reading.links] == [
        (Source.SUMMARY_PAGE, "/location/1-2235535718/inspection-summary"),
        (Source.REPORTS_PAGE, "/location/1-2235535718/reports"),
        (Source.ASSESSMENT_PAGE, "/location/1-2235535718/reports/AP5373/overall"),
    ]
    assert reading.unread == ()


def test_a_location_page_of_2016_is_read() -> None:
    page = (
        '<div class="header-wrapper"><h1>Oak House</h1><h2>Good</h2></div><div class="overview-inspections">'
        '<h3>Overall <strong>Good</strong></h3><ul class="inspection-results new-inspection">'
        '<li><a href="/location/1-22222222/inspection-summary#safe">Safe</a> <span class="r">Requires improvement</span></li>'
        '<li><a href="/location/1-22222222/inspection-summary#wellled">Well-led</a> <span class="r">Good</span></li></ul></div>'
        '<div class="overview-inner latest-report"><h3>12 January 2016</h3>'
        '<ul><li>x</li><li><a href="/sites/a.pdf">PDF</a></li></ul></div>'
        '<h3>Who runs this service</h3><p>Oak House is run by <a href="/provider/1-5">Oak Care Limited</a></p>'
    )
    reading = read(page.encode())
    assert (reading.name, reading.location_id, reading.provider_name) == ("Oak House", "1-22222222", "Oak Care Limited")
    assert stated(reading) == {"overall": Rating.GOOD, "safe": Rating.REQUIRES_IMPROVEMENT, "well-led": Rating.GOOD}
    assert reading.report == "2016-01-12"


STATEMENTS: dict[str, tuple[str, dict[str, Stated]]] = {
    "overall with a colon": ("<p>Overall: Good</p>", {"overall": Rating.GOOD}),
    "overall rating": ("<p>Overall rating: Good</p>", {"overall": Rating.GOOD}),
    "overall rating for this service": ("<h2>Overall rating for this service</h2><p>Good ●</p>", {"overall": Rating.GOOD}),
    "the bare word rating": ("<p>Rating: Good</p>", {"overall": Rating.GOOD}),
    "a rating in a sentence": ("<p>The service is rated Good.</p>", {"overall": Rating.GOOD}),
    "a rating below the name": (
        "<h1>Oak House</h1><h2>Inadequate</h2><p>Registered on 1 May 2024</p>", {"overall": Rating.INADEQUATE},
    ),
    "a question": ("<p>Is the service well-led? Inadequate</p>", {"well-led": Rating.INADEQUATE}),
    "well led without its dash": ("<p>Well led: Good</p>", {"well-led": Rating.GOOD}),
    "a dash that doesn't break": ("<p>Well‑led: Good</p>", {"well-led": Rating.GOOD}),
    "inspected but not rated": ("<li>Safe Inspected but not rated</li>", {"safe": Reason.INSPECTED_BUT_NOT_RATED}),
    "a suspended rating": ("<p>Overall: Rating suspended</p>", {"overall": Reason.SUSPENDED}),
    "under appeal": ("<p>Overall: No rating/under appeal/rating suspended</p>", {"overall": Reason.SUSPENDED}),
    "a rating with the former rating": ("<li>Safe: Inadequate (previously Good)</li>", {"safe": Rating.INADEQUATE}),
    "a rating that is down from another": ("<li>Safe Inadequate, down from Good</li>", {"safe": Rating.INADEQUATE}),
    "the rating at the last inspection": ("<p>Rating at last inspection: Good</p>", {}),
    "the previous rating below its label": (
        "<p>Overall: Inadequate</p><h3>Previous rating</h3><p>Good</p>", {"overall": Rating.INADEQUATE},
    ),
    "a sentence without a rating": ("<p>A home was told it requires improvement</p>", {}),
    "a sentence about the garden": ("<p>Overall the garden is in outstanding order</p>", {}),
    "an earlier inspection below its heading": (
        "<p>Overall: Good</p><h2>Previous inspection: 3 May 2019</h2><p>Safe: Inadequate</p><h2>Ratings</h2><p>Caring: Good</p>",
        {"overall": Rating.GOOD, "caring": Rating.GOOD},
    ),
    "rating and score together": ("<li>Safe Requires improvement 58 out of 100</li>", {"safe": Rating.REQUIRES_IMPROVEMENT}),
    "a quality statement and a word": ("<li>Safe environments</li><li>Good</li>", {}),
}  # fmt: skip


@pytest.mark.parametrize("what", STATEMENTS)
def test_the_rating_that_a_statement_gives_is_read(what: str) -> None:
    markup, expected = STATEMENTS[what]
    assert stated(read((("" if "<h1>" in markup else HEAD) + markup).encode())) == expected


UNREAD = {
    "an unknown value": ("<p>Overall: Excellent</p>", "Overall: Excellent"),
    "a value that is cut off": ("<p>Overall: Requires impr</p>", "Overall: Requires impr"),
    "an unknown subject": ("<p>Cleanliness: Good</p>", "Cleanliness: Good"),
    "two values for one subject": ("<p>Overall: Good</p><p>Some text.</p><p>Overall: Inadequate</p>", "Overall: Inadequate"),
    "labels in a row and one value": ("<p>Safe</p><p>Caring</p><p>Good</p>", "Good"),
    "a row that lost a cell": (
        "<table><tr><th>Safe<th>Caring<th>Effective</tr><tr><td>Good<td>Good</tr></table>", "Good Good",
    ),
    "a value without a label": ("<p>Some text.</p><p>Inadequate</p>", "Inadequate"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREAD)
def test_a_rating_that_is_not_understood_is_listed_as_unread(what: str) -> None:
    markup, expected = UNREAD[what]
    reading = read((HEAD + markup).encode())
    assert stated(reading) == {}
    assert expected in reading.unread


UNKNOWN = {
    "below its heading": "<h3>Safe</h3><p>Excellent</p><h3>Caring</h3><p>Good</p>",
    "cut off, below its heading": "<h3>Safe</h3><p>Requires</p><h3>Caring</h3><p>Good</p>",
    "in a card": "<div><div><h4>Safe</h4><p>Excellent</p></div><div><h4>Caring</h4><p>Good</p></div></div>",
    "in a definition list": "<dl><dt>Safe</dt><dd>Excellent</dd><dt>Caring</dt><dd>Good</dd></dl>",
    "with text below it": "<h3>Caring</h3><p>Good</p><h3>Safe</h3><p>Excellent</p><p>People told us what they thought.</p>",
}  # fmt: skip


@pytest.mark.parametrize("where", UNKNOWN)
def test_an_unknown_rating_in_a_separate_element_is_listed_as_unread(where: str) -> None:
    reading = read((HEAD + UNKNOWN[where]).encode())
    assert {**stated(reading), "caring": Rating.GOOD} == {"caring": Rating.GOOD}
    assert [text for text in reading.unread if text.startswith("Safe ")] in (["Safe Excellent"], ["Safe Requires"])


QUIET = {
    "prose below a heading": "<p>Overall: Good</p><h2>Safe</h2><p>People were safe.</p><h2>Caring</h2><p>Staff were kind.</p>",
    "a heading below a heading": "<p>Overall: Good</p><h2>Safe</h2><h3>Learning together</h3><p>Staff learn.</p>",
    "tabs": "<p>Overall: Good</p><ul><li>Safe: Good</li><li>Caring: Good</li></ul><ul><li>Safe<li>Caring<li>Contact us</ul>",
    "a chapter": "<h2>Safe</h2><p>Contents</p><p>People were safe.</p>",
}  # fmt: skip


@pytest.mark.parametrize("what", QUIET)
def test_ordinary_words_are_not_listed_as_unread(what: str) -> None:
    assert read((HEAD + QUIET[what]).encode()).unread == ()


NOTHING = {
    "an empty text": "",
    "a challenge page": "<html><title>Just a moment...</title><h1>Just a moment...</h1><p>Checking your browser. Overall: Good</p>",
    "an error page": "<html><h1>Sorry, there is a problem with the service</h1><p>Overall: Good</p>",
    "a maintenance page": "<html><h1>Website maintenance</h1><p>Provided and run by: us</p><p>Overall: Good</p>",
    "a page about a film": "<h1>The Third Man</h1><p>A film.</p><p>Overall: Outstanding</p>",
    "a list of services": "<h1>Search results</h1><p>Rose Cottage</p><p>Overall: Good</p><p>Provided and run by: X</p>",
    "a page about a provider": "<h1>Provider: Saints NHS Trust Requires improvement</h1><p>Overall: Requires improvement</p>",
    "binary data": bytes(range(256)).decode("latin1") * 40,
    "200,000 brackets": "[" * 200_000,
    "an incomplete API answer": '{"locationId": ',
    "plain words": "The overall picture was good.\nInadequate\nSafe",
}  # fmt: skip


@pytest.mark.parametrize("what", NOTHING)
def test_nothing_is_read_from_a_text_that_is_not_about_one_service(what: str) -> None:
    assert read(NOTHING[what].encode()) == Reading()


def test_an_assessment_page_is_read_with_its_scores_and_quality_statements() -> None:
    page = (
        "<h1>Oak House</h1><p>Report from 28 February 2025 assessment</p><h2>Safe</h2><p>Rating: Requires improvement</p>"
        "<p>This service scored 58 (out of 100) for this area.</p><h3>Learning culture</h3><p>Score: 2</p><p>Text.</p>"
        "<h3>Safeguarding</h3><p>3 - Evidence shows a good standard</p><h3>Medicines optimisation</h3><p>Not assessed</p>"
        "<h2>Caring</h2><p>Good</p><p>Score: 75%</p><p>Not assessed</p>"
    )
    reading = read(page.encode())
    (group,) = reading.ratings
    assert (reading.source, reading.report, group.framework) == (Source.ASSESSMENT_PAGE, "2025-02-28", Framework.ASSESSMENT)
    safe, caring = group.key_questions[KeyQuestion.SAFE], group.key_questions[KeyQuestion.CARING]
    assert (safe.rating, safe.score, safe.assessed) == (Rating.REQUIRES_IMPROVEMENT, 58, True)
    assert safe.statements == (
        Statement(name="Learning culture", score=2),
        Statement(name="Safeguarding", score=3),
        Statement(name="Medicines optimisation", assessed=False),
    )
    assert (caring.rating, caring.score, caring.assessed) == (Rating.GOOD, 75, False)


def test_service_groups_are_read_separately() -> None:
    page = HEAD + (
        "<h2>Care Homes</h2><p>Overall: Good</p><ul><li>Safe: Good</li></ul>"
        "<h2>Homecare</h2><p>Overall: Inadequate</p><ul><li>Safe: Inadequate</li></ul>"
    )
    groups = read(page.encode()).ratings
    assert [(group.group, group.overall) for group in groups] == [("Care Homes", Rating.GOOD), ("Homecare", Rating.INADEQUATE)]
    assert [group.key_questions[KeyQuestion.SAFE].rating for group in groups] == [Rating.GOOD, Rating.INADEQUATE]


def test_the_date_after_updated_is_the_day_of_publication_only_for_inspections() -> None:
    entry = "<h2>Overall summary & rating</h2><p>Good</p><p>Updated 5 July 2024</p>"
    older = read((HEAD + entry + "<p>Background to this inspection</p>").encode())
    newer = read((HEAD + entry + "<p>During an assessment under our new approach</p>").encode())
    assert older.ratings[0].overall_published == date(2024, 7, 5)
    assert newer.ratings[0].overall_published is None


def test_each_key_question_keeps_its_own_date() -> None:
    page = HEAD + "".join(
        f"<section><h3>{label}</h3><p>Good</p><p>Published {day} May 2020</p></section>"
        for label, day in (("Safe", 3), ("Caring", 4))
    )
    questions = read(page.encode()).ratings[0].key_questions
    dates = [questions[question].published for question in (KeyQuestion.SAFE, KeyQuestion.CARING)]
    assert dates == [date(2020, 5, 3), date(2020, 5, 4)]


RATED = "<p>Overall: Good</p><ul><li>Assessing needs: Score 3</li><li>Safe systems: 2</li></ul><p>Safe: Inadequate</p>"
ASSESSED = "Local authority assessment"
AT_KENT = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/kent"
COUNCILS = {
    "the main heading": (f"<h1>Rutland County Council: local authority assessment</h1>{RATED}", "Rutland County Council", None),
    "a heading that begins with the words": (f"<h1>Local authority assessment report: Rutland</h1>{RATED}", "Rutland", None),
    "a heading beside a link to a service": (
        f"<h1>Leeds - Local Authority Assessment</h1><a href='/location/1-111111111'>a home</a>{RATED}", "Leeds", None,
    ),
    "the name in the second heading": (f"<h1>{ASSESSED}</h1><h2>Leeds City Council</h2>{RATED}", "Leeds City Council", None),
    "the name in the title": (f"<title>Devon: assessment</title><h1>{ASSESSED}</h1>{RATED}", "Devon", None),
    "the address of the page": (f"<h1>Kent</h1>{RATED}", "Kent", AT_KENT),
    "the canonical address": (f'<link rel="canonical" href="{AT_KENT}"><h1>Kent</h1>{RATED}', "Kent", None),
    "the heading of an unknown council": (f"<h1>Barsetshire: local authority assessment</h1>{RATED}", "Barsetshire", None),
    "a plain text": ("Home\nRutland Council: local authority assessment\nOverall\nGood\nScore: 70%\n", "Rutland Council", None),
}  # fmt: skip


@pytest.mark.parametrize("what", COUNCILS)
def test_the_assessment_of_a_council_is_not_read_as_a_page_about_a_service(what: str) -> None:
    markup, name, url = COUNCILS[what]
    assert read(markup.encode(), url=url) == Reading(source=Source.COUNCIL_PAGE, name=name)
    assert read(markup.encode(), url=url).understood


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<nav><a href='/x'>Local authority assessments</a></nav>" + TODAY, id="a link in the menu"),
        pytest.param(TODAY.replace("<main>", "<main><p>Local authority assessments</p>"), id="a line above the name"),
        pytest.param(TODAY.replace("<h2>All", f"<h2>{ASSESSED}: Leeds</h2><h2>All"), id="a heading below the name"),
        pytest.param("Local authority assessments\nElm Lodge\nRun by: A\nOverall: Good\nLocation ID: 1-123456789", id="a plain text"),
    ],
)
def test_a_page_about_a_service_that_mentions_assessments_of_councils_is_read(markup: str) -> None:
    reading = read(markup.encode())
    assert reading.source is not Source.COUNCIL_PAGE and reading.ratings


IDS = {
    "a canonical address with an id of letters alone": ('<link rel="canonical" href="https://www.cqc.org.uk/location/rweaa">', "RWEAA"),
    "a canonical address with an id like a word": ('<link rel="canonical" href="https://www.cqc.org.uk/location/NLXYZ">', "NLXYZ"),
    "a line with an id of letters alone": ("<p>Location ID: RWEAA</p>", "RWEAA"),
    "a sentence with a number as a word": ("<p>The location number three is here.</p>", None),
    "the canonical address": ('<link rel="canonical" href="/location/rj121"><a href="/location/1-999999999">x</a>', "RJ121"),
    "a link to the pages of the service": ('<a href="/location/1-123456789/reports">x</a><a href="/location/1-999999999">y</a>', "1-123456789"),
    "a line with the id": ("<p>Location ID: 1-123456789</p>", "1-123456789"),
    "the link of a notice alone": (
        '<p>The provider of this service changed. <a href="/location/1-111111111">See old profile</a></p>', None,
    ),
    "links that disagree": ('<a href="/location/1-111111111">x</a><a href="/location/1-222222222">y</a>', None),
}  # fmt: skip


@pytest.mark.parametrize("what", IDS)
def test_the_location_id_is_read_correctly_from(what: str) -> None:
    markup, expected = IDS[what]
    assert read((HEAD + markup).encode(), url="https://www.cqc.org.uk/location/1-555555555").location_id == expected


CAFE = "<h1>Café</h1><p>Provided and run by: Zoë’s</p>"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        pytest.param(CAFE.encode(), "text/html; charset=iso-8859-1", id="UTF-8 declared as Latin-1"),
        pytest.param(CAFE.encode("cp1252"), "text/html; charset=iso-8859-1", id="Windows-1252 declared as Latin-1"),
        pytest.param(b'<meta charset="windows-1252">' + CAFE.encode("cp1252"), None, id="Windows-1252 declared in the page"),
        pytest.param(CAFE.encode("cp1252"), None, id="Windows-1252 not declared"),
        pytest.param(f"\ufeff{CAFE}".encode("utf-16-le"), None, id="UTF-16 with a byte order mark"),
    ],
)  # fmt: skip
def test_text_is_decoded_correctly_whatever_encoding_is_declared(data: bytes, content_type: str | None) -> None:
    reading = read(data, content_type=content_type)
    assert (reading.name, reading.provider_name) == ("Café", "Zoë’s")


WIDGETS = {
    "jsonp": 'CQCWidgetDisplayWidget({"response": "%s"});',
    "json": '{"response": "%s"}',
}  # fmt: skip


def menu(links: int, *, amid: str = "") -> str:
    items = [f'<li class="m"><a href="/guidance/{n}">Topic {n}</a></li>\n' for n in range(links)]
    return f"<ul>{''.join([*items[: links // 2], amid, *items[links // 2 :]])}</ul>"


@pytest.mark.parametrize("links", [20, 300])
def test_a_menu_of_any_length_does_not_change_the_reading(links: int) -> None:
    head, _, rest = TODAY.partition("<main>")
    assert read((head + menu(links) + "<main>" + rest).encode()) == read(TODAY.encode())
    assert read((TODAY.replace("<h2>All", menu(links) + "<h2>All")).encode()) == read(TODAY.encode())


TOLD_AMID = {
    "a notice": "<li><a href='/location/1-111111111'>The provider changed: see old profile</a></li>",
    "a link to its report": "<li><a href='/location/1-2235535718/reports'>Read more</a></li>",
    "a key question's rating": "<li><a href='#s'>Safe: Inadequate</a></li>",
    "a rating that only an attribute gives": "<li><a href='#s' aria-label='Safe: Inadequate'>x</a></li>",
    "special measures": "<li><a href='#x'>This service is in special measures</a></li>",
}  # fmt: skip


@pytest.mark.parametrize("what", TOLD_AMID)
def test_a_statement_in_a_long_menu_is_read_like_one_in_a_short_menu(what: str) -> None:
    short, long = (read((HEAD + "<p>Overall: Good</p>" + menu(links, amid=TOLD_AMID[what])).encode()) for links in (2, 300))
    silent = read((HEAD + "<p>Overall: Good</p>" + menu(300)).encode())
    assert short == long != silent


def test_a_long_menu_separates_a_label_from_the_rating_below_the_menu() -> None:
    reading = read((HEAD + f"<h3>Safe</h3>{menu(300)}<p>Good</p>").encode())
    assert (stated(reading), reading.unread) == ({}, ("Good",))


@pytest.mark.parametrize("form", WIDGETS)
def test_the_widget_states_an_overall_rating_and_its_date(form: str) -> None:
    markup = (
        "<div class='cqc-widget'><span class='cqc-service-name'>Oak House</span>"
        "<span class='cqc-widget-overall requires-improvement'>Requires improvement</span>"
        "<span class='cqc-widget-date'>16 August 2019</span><a href='/location/1-123456789'>x</a></div>"
    )
    reading = read((WIDGETS[form] % markup).encode())
    assert (reading.source, reading.location_id, reading.name) == (Source.WIDGET, "1-123456789", "Oak House")
    assert stated(reading) == {"overall": Rating.REQUIRES_IMPROVEMENT}
    assert reading.ratings[0].overall_published == date(2019, 8, 16)


def test_the_widget_of_an_unrated_service_states_no_rating() -> None:
    reading = read(b'CQCWidgetDisplayWidget({"response": "<p>We don\'t currently have a rating</p>"})')
    assert (reading.source, reading.ratings) == (Source.WIDGET, ())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<div>" * 100_000 + b"Overall: Good", id="100,000 elements deep"),
        pytest.param(b" " * (MAX_TEXT_BYTES + 1), id="too large"),
        pytest.param(b"%PDF-1.7\nnothing", id="a broken PDF"),
    ],
)
def test_an_unreadable_source_is_refused_with_one_line_of_explanation(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, pdf=True)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/pdf", None])
def test_a_pdf_instead_of_a_page_is_refused_before_it_is_parsed(content_type: str | None) -> None:
    for taken_apart in (read, lines):
        with pytest.raises(Unreadable, match="A PDF was served instead of a page"):
            taken_apart(b"%PDF-1.7\nnothing", content_type=content_type)


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<h1>X</h1>" + b"<p>Overall: Good</p>" * 100_000, id="100,000 statements"),
        pytest.param(b"<h1>X</h1>" + b"<p>Safe</p>" * 100_000, id="100,000 labels"),
        pytest.param(b"<h1>X</h1>" + b"<b>" * 60_000 + b"<p>Good" * 1_000, id="formatting never closed"),
        pytest.param(b"<h1>X</h1><table>" + b"<tr><td>Good" * 100_000, id="100,000 table rows"),
        pytest.param(b"Overall: Good\n" * 49_000, id="49,000 lines"),
        pytest.param(b"a" * 10_000_000, id="one word of 10 MB"),
        pytest.param(b"<" * 3_000_000, id="3,000,000 opening angle brackets"),
        pytest.param(b'{"a":' * 100_000, id="nested JSON"),
        pytest.param(b"<!--" * 500_000 + b"<script>" * 100_000, id="comments and scripts never closed"),
    ],
)
def test_hostile_input_is_read_or_refused_and_never_misread(data: bytes) -> None:
    try:
        reading = read(data)
    except Unreadable as refused:
        assert "\n" not in str(refused)
    else:
        assert stated(reading) in ({}, {"overall": Rating.GOOD})


@pytest.mark.slow
def test_an_overlong_page_is_refused_but_an_overlong_list_of_services_states_nothing() -> None:
    lines = b"<p>Safe</p>" * 31_000
    with pytest.raises(Unreadable, match="more text than any publication about one service"):
        read(b"<h1>Oak House</h1>" + lines)
    services = b"".join(b'<p><a href="/location/1-12345678%d">Oak</a></p>' % number for number in range(2))
    assert read(b"<h1>Care homes near you</h1>" + services + lines) == Reading()


def test_a_paragraph_that_links_to_another_service_says_nothing_about_this_service() -> None:
    told = (
        '<p><a href="/location/1-222222222">Elm Lodge</a> is in special measures and in breach of regulation 12. '
        "We issued a warning notice.</p><p>People like this home.</p>"
    )
    own = "<p>This service is being placed in special measures. We issued a warning notice.</p>"
    assert own in TODAY
    reading = read(TODAY.replace(own, told).encode())
    assert (reading.special_measures.state, reading.breaches, reading.enforcement) == (MeasuresState.NOT_STATED, (), ())


LISTS = (
    '<head><link rel="canonical" href="https://www.cqc.org.uk/provider/1-101/services"></head><h1>Elm Care Group</h1><ul><li><h3>'
    '<a href="/location/1-7000000001">Elm Lodge</a></h3><p>Overall: Inadequate</p></li><li><h3><a href="/location/1-7000000002">Elm House'
    "</a></h3><p>Archived: this location is no longer registered. See old profile</p></li></ul>",
    "Provider: Elm Care Group\nServices run by this provider\n\nElm Lodge\nInadequate\nIn special measures: yes\n\nArchived: Elm House\n",
)


@pytest.mark.parametrize("body", LISTS)
def test_a_list_of_a_providers_services_states_nothing_about_any_of_them(body: str) -> None:
    reading = read(body.encode())
    assert (reading.source, reading.ratings, reading.registration) == (Source.UNKNOWN, (), None)
    assert reading.special_measures.state is MeasuresState.NOT_STATED
