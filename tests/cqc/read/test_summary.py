"""Tests which sentences of CQC's own summary are shown as the reasons for a rating: only those that say what was wrong."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.cqc.read import read
from monitor.cqc.read.summary import LONGEST, why
from monitor.detect.checks import ReadPage
from monitor.detect.decide import with_summary
from monitor.events import Event, Kind
from monitor.model import Reading, Source

HEADING = "Our view of the service"
UNSAFE = "Medicines were not managed safely."
STAFF = "Staff did not always have the training that they needed."


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param([HEADING, UNSAFE], UNSAFE, id="below its heading"),
        pytest.param([UNSAFE], None, id="without a heading"),
        pytest.param([HEADING, f"Date of assessment: 2 to 9 May 2026. {UNSAFE} {STAFF}"], f"{UNSAFE} {STAFF}", id="two reasons"),
        pytest.param(["People’s experience of using this service and what we found", STAFF], STAFF, id="an older report"),
        pytest.param(["Overall summary", "Oak House is a care home.", UNSAFE], UNSAFE, id="not a description"),
        pytest.param([HEADING, "Medicines were not", "managed safely."], UNSAFE, id="a sentence over two lines"),
        pytest.param([HEADING, "Staff were kind.", "People enjoyed their meals."], None, id="only praise"),
        pytest.param([HEADING, "People's experience of this service", UNSAFE], None, id="what people said is not CQC's view"),
        pytest.param([HEADING, "Why we inspected", "We had concerns that care was not safe."], None, id="why CQC came"),
        pytest.param([HEADING, "At our last inspection, medicines were not managed safely."], None, id="an earlier inspection"),
        pytest.param([HEADING, "The service is not in special measures."], None, id="special measures are reported separately"),
        pytest.param([HEADING, "The provider was not in breach of any regulation."], None, id="breaches are reported separately"),
        pytest.param([HEADING, "We did not identify concerns about staffing."], None, id="no concerns"),
        pytest.param([HEADING, "However, these were not always used."], None, id="a sentence that refers to another"),
        pytest.param([HEADING, "Mrs Ada Example did not lead the home well."], None, id="a person"),
        pytest.param([HEADING, "The registered manager Ada Example was not there."], None, id="a person with a role"),
        pytest.param([HEADING, "medicines were not"], None, id="an incomplete sentence"),
        pytest.param([HEADING, f"{UNSAFE} {UNSAFE}"], UNSAFE, id="the same sentence twice"),
        pytest.param([HEADING, "Care was not safe" + " and not kind" * 60 + "."], None, id="a sentence that is too long"),
        pytest.param([HEADING, "A was not safe. B was not safe. C was not safe. D was not safe."],
                     "A was not safe. B was not safe. C was not safe.", id="at most three sentences"),
        *(
            pytest.param([HEADING, praise], None, id=praise)
            for praise in (
                "People were protected from the risk of abuse and neglect.",
                "Staff knew how to safeguard people from abuse.",
                "People did not have to wait long for care.",
                "Care was provided without restrictions.",
                "People told us they did not feel unsafe.",
                "Staff reduced risks of poor nutrition.",
            )
        ),
        *(
            pytest.param([HEADING, blame], blame, id=blame)
            for blame in ("People were not protected from the risk of harm.", "Staff failed to protect people from falls.")
        ),
        pytest.param([], None, id="no text"),
    ],
)
def test_only_sentences_about_failings_are_taken_from_the_summary(lines: list[str], said: str | None) -> None:
    assert why(lines) == said
    assert said is None or len(said) <= LONGEST


def test_the_summary_is_read_from_reports_and_assessment_pages_only() -> None:
    page = (
        "<main><h1>Oak House</h1><p>Report from 2 May 2026 assessment</p><h2>Overall</h2><p>Inadequate</p>"
        f"<p>Published 20 May 2026</p><h2>{HEADING}</h2><p>{UNSAFE}</p></main>"
    )
    url = "https://www.cqc.org.uk/location/1-2235500001"
    assert read(page.encode(), content_type="text/html", url=f"{url}/reports/AP2291/overall").summary == UNSAFE
    bare = read(f"<main><h1>Oak House</h1><h2>{HEADING}</h2><p>{UNSAFE}</p></main>".encode(), content_type="text/html", url=url)
    assert bare.source is not Source.ASSESSMENT_PAGE and bare.summary is None
    documents = (Path(__file__).parent / "documents").glob("*.txt")
    assert all(read(one.read_bytes()).summary in (None, why(one.read_text().splitlines())) for one in documents)


AT = datetime(2026, 5, 20, 9, tzinfo=UTC)


def a_page(reading: Reading) -> ReadPage:
    return ReadPage(url="u", etag=None, last_modified=None, fingerprint="f", digest="d", reading=reading, fetched_at=AT)


def an_event(**other: object) -> Event:
    values: dict[str, object] = {"published": date(2026, 5, 20), "kind": Kind.DOWNGRADED} | other
    return Event(id="e", location_id="1-1", name="Oak", observed_at=AT, of="overall", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "first", "second", "said"),
    [
        (an_event(plan="AP1"), Reading(), Reading(report="AP1", summary=UNSAFE), UNSAFE),
        (an_event(), Reading(), Reading(report="2026-05-20", summary=UNSAFE), UNSAFE),
        (an_event(plan="AP1"), Reading(report="AP1"), Reading(summary=UNSAFE), UNSAFE),
        (an_event(plan="AP1"), Reading(report="AP1"), Reading(report="AP0", summary=UNSAFE), None),
        (an_event(published=None), Reading(), Reading(report="AP1", summary=UNSAFE), None),
        (an_event(kind=Kind.ARCHIVED), Reading(report="2026-05-20"), Reading(report="2026-05-20", summary=UNSAFE), None),
        (an_event(plan="AP1"), Reading(report="AP1"), Reading(report="AP1"), None),
    ],
)
def test_an_event_gets_the_summary_of_its_own_report_only(
    event: Event, first: Reading, second: Reading, said: str | None
) -> None:
    (told,) = with_summary([event], [a_page(first), a_page(second)])
    assert told.summary == said


def test_an_event_gets_no_summary_if_there_is_no_page() -> None:
    assert with_summary([an_event()], [])[0].summary is None and with_summary([], []) == ()
