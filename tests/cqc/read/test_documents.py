"""Tests the reader with whole pages as plain text (in documents/). The pages are invented, but have CQC's layouts. The expected
readings were written by a person who read the pages."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from monitor.cqc.read import read
from monitor.model import (
    Breach,
    Framework,
    GroupReading,
    KeyQuestionReading,
    MeasuresState,
    ProfileNotice,
    RatingChange,
    Reading,
    Source,
    SpecialMeasures,
)
from monitor.ratings import KeyQuestion, Rating

DOCUMENTS = Path(__file__).parent / "documents"

FEBRUARY = date(2021, 2, 24)


def document(name: str) -> Reading:
    return read((DOCUMENTS / f"{name}.txt").read_bytes())


def test_a_summary_page_without_the_headings_of_its_key_questions_is_read() -> None:
    """The text lacks the headings of the key questions and the word "Good". Only its sentences name safe and well-led."""

    def dated(quote: str) -> KeyQuestionReading:
        return KeyQuestionReading(rating=Rating.REQUIRES_IMPROVEMENT, published=FEBRUARY, quote=quote)

    assert document("inspection-summary") == Reading(
        source=Source.SUMMARY_PAGE,
        name="Juniper Flats Anytown",
        notices=(ProfileNotice(kind="moved", see="old"),),
        ratings=(
            GroupReading(
                framework=Framework.INSPECTION,
                overall=Rating.REQUIRES_IMPROVEMENT,
                overall_published=FEBRUARY,
                overall_quote="Overall summary & rating Requires improvement",
                key_questions={
                    KeyQuestion.SAFE: dated("Requires improvement Details are in our safe findings below."),
                    KeyQuestion.WELL_LED: dated("Requires improvement Details are in our well-Led findings below."),
                },
            ),
        ),
        rating_changes=(
            RatingChange(
                of="overall",
                from_=Rating.GOOD,
                to=Rating.REQUIRES_IMPROVEMENT,
                quote="The overall rating for the service has changed from good to requires improvement.",
            ),
        ),
        report="2021-02-24",
    )


def test_an_assessment_page_that_says_the_rating_remained_is_read() -> None:
    assert document("assessment-remained") == Reading(
        source=Source.ASSESSMENT_PAGE,
        name="Foxglove 9/5 Support Limited",
        service_type="Homecare service",
        ratings=(
            GroupReading(
                framework=Framework.ASSESSMENT,
                key_questions={
                    KeyQuestion.WELL_LED: KeyQuestionReading(
                        rating=Rating.REQUIRES_IMPROVEMENT,
                        score=54,
                        quote="At this assessment the rating has remained requires improvement.",
                    ),
                },
            ),
        ),
        breaches=(
            Breach(
                regulation=None,
                topic="good governance",
                quote="The service was in breach of legal regulation in relation to the governance of the service.",
            ),
        ),
        report="2024-12-06",
    )


def test_an_assessment_page_with_a_score_but_no_rating_is_read() -> None:
    reading = document("assessment-score-alone")
    assert reading.ratings == (
        GroupReading(
            framework=Framework.ASSESSMENT,
            key_questions={
                KeyQuestion.WELL_LED: KeyQuestionReading(
                    rating=None, score=32, quote="This service scored 32 (out of 100) for this area."
                )
            },
        ),
    )
    assert (reading.source, reading.name, reading.service_type, reading.report, reading.unread) == (
        Source.ASSESSMENT_PAGE, "TEASEL2Home Care Limited", "Homecare service", "2025-03-21", (),
    )  # fmt: skip
    assert reading.special_measures == SpecialMeasures(state=MeasuresState.NOT_STATED)
    assert (reading.rating_changes, reading.enforcement, reading.notices, reading.registration) == ((), (), (), None)
    assert [(breach.regulation, breach.topic) for breach in reading.breaches] == [("17", "good governance")]
    assert (reading.provider_name, reading.location_id, reading.address) == (None, None, None)


def test_a_councils_report_about_many_services_states_nothing_about_any_of_them() -> None:
    assert replace(document("council-report"), decisions=()) == Reading()
