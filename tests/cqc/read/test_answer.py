# ruff: noqa: E501 - a real answer stands on one line
"""Answers of the Syndication API: the traps one by one, and the 68 real answers with what a person reads in them."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.cqc.read.answer import is_answer, read_answer
from monitor.model import Framework, GroupReading, MeasuresState, ProfileNotice, Registration, Source, Statement
from monitor.ratings import KeyQuestion, Rating, Reason, Stated

REAL = Path(__file__).parents[4] / "shared" / "real" / "api"
O, G, RI, I = Rating.OUTSTANDING, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE  # noqa: E741


def _answer(**more: Any) -> dict[str, Any]:
    return {"locationId": "1-123456789", "providerId": "1-101", "organisationType": "Location", "name": "Elm Lodge", **more}


def _current(rating: str, day: str | None = "2021-05-06", questions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    overall: dict[str, Any] = {"rating": rating, "keyQuestionRatings": questions or []}
    if day:
        overall["reportDate"] = day
    return {"overall": overall, "reportDate": day}


def _assessment(published: str, *entries: dict[str, Any], overall: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    ratings: dict[str, Any] = {"asgRatings": list(entries)}
    if overall is not None:
        ratings["overall"] = overall
    return {"assessmentPlanPublishedDateTime": published, "ratings": ratings}


def _entry(rating: str, **more: Any) -> dict[str, Any]:
    return {"assessmentPlanId": "AP1234", "name": "Care Homes", "rating": rating, "status": "Current", **more}


def _group(answer: Mapping[str, Any]) -> GroupReading:
    (group,) = read_answer(answer).ratings
    return group


# --- what it is ---


@pytest.mark.parametrize("data", [None, [], "text", 7, {}, {"statusCode": 401}, {"locations": []}, {"locationId": "1-123456789"},
                                  {"locationId": 7, "providerId": "1-1"}, {"providerId": "1-101", "locationIds": []}], ids=repr)  # fmt: skip
def test_what_is_no_answer(data: object) -> None:
    assert not is_answer(data)


def test_an_answer() -> None:
    answer = _answer(
        locationId="rj121",
        registrationStatus="Registered",
        postalAddressLine1="1 Elm Street",
        postalAddressTownCity="Anytown",
        postalCode="AB1 2CD",
        gacServiceTypes=[{"name": "Nursing homes"}, {"name": "Homecare agencies"}],
    )
    assert is_answer(answer)
    reading = read_answer(answer)
    assert reading.source is Source.API_LOCATION
    assert reading.location_id == "RJ121"
    assert reading.name == "Elm Lodge"
    assert reading.provider_name is None
    assert reading.address == "1 Elm Street, Anytown, AB1 2CD"
    assert reading.service_type == "Nursing homes, Homecare agencies"
    assert reading.registration is Registration.REGISTERED
    assert reading.ratings == ()
    assert reading.special_measures.state is MeasuresState.NOT_STATED


def test_names_of_people_are_not_kept() -> None:
    contact = {"personGivenName": "Pat", "personFamilyName": "Example", "personRoles": ["Registered Manager"]}
    reading = read_answer(_answer(regulatedActivities=[{"name": "Personal care", "contacts": [contact]}]))
    assert "Example" not in repr(reading)


@pytest.mark.parametrize(
    ("kind", "reason", "notice"),
    [
        pytest.param("HSCA Predecessor", "New Provider", ProfileNotice(kind="provider changed", see="old", location_id="1-555555555"),
                     id="a predecessor is the old profile"),
        pytest.param("HSCA Successor", "Legal Entity Change", ProfileNotice(kind="provider changed", see="new", location_id="1-555555555"),
                     id="a successor is the new profile"),
        pytest.param("HSCA Predecessor", "Location Move", ProfileNotice(kind="moved", see="old", location_id="1-555555555"), id="it moved here"),
    ],
)  # fmt: skip
def test_relationships_are_notices(kind: str, reason: str, notice: ProfileNotice) -> None:
    related = {"relatedLocationId": "1-555555555", "relatedLocationName": "Elm", "type": kind, "reason": reason}
    assert read_answer(_answer(relationships=[related])).notices == (notice,)


# --- ratings of inspections ---


def test_key_questions_have_dates_of_their_own_and_any_order() -> None:
    questions = [
        {"name": "Well-led", "rating": "Requires Improvement", "reportDate": "2021-05-06"},
        {"name": "Safe", "rating": "Good", "reportDate": "2018-01-02"},
    ]
    group = _group(_answer(currentRatings=_current("Requires improvement", questions=questions)))
    assert group.framework is Framework.INSPECTION
    assert (group.group, group.overall, group.overall_published) == (None, RI, date(2021, 5, 6))
    assert group.key_questions[KeyQuestion.SAFE].published == date(2018, 1, 2)
    assert group.key_questions[KeyQuestion.WELL_LED].rating is RI


def test_no_published_rating_is_a_reason_without_a_date() -> None:
    group = _group(_answer(currentRatings=_current("No published rating", None)))
    assert (group.overall, group.overall_published) == (Reason.NO_PUBLISHED_RATING, None)


def test_population_groups_of_a_practice_are_no_service_groups() -> None:
    current = {"reportDate": "2019-05-21", "serviceRatings": [{"name": "mothers", "rating": "Inadequate", "reportDate": "2019-05-21"}]}
    assert read_answer(_answer(currentRatings=current)).ratings == ()


def test_former_ratings_do_not_hold() -> None:
    former = [{"reportDate": "2019-05-21", "overall": {"rating": "Inadequate"}}]
    assert read_answer(_answer(historicRatings=former)).ratings == ()


def test_a_rating_not_known_is_unread() -> None:
    reading = read_answer(_answer(currentRatings=_current("Splendid")))
    assert reading.ratings == ()
    assert reading.unread == ("overall: Splendid",)


# --- the Single Assessment Framework ---


def test_an_assessment() -> None:
    questions = [
        {
            "name": "Safe", "rating": "Requires Improvement", "status": "Assessed", "percentageScore": "59",
            "topicareas": [
                {"name": "Learning culture", "status": "Assessed",
                 "qualityStatementscore": "2 - Evidence shows some shortfalls in the standard of care"},
                {"name": "Safeguarding", "status": "Not Assessed",
                 "qualityStatementscore": "3 - Evidence shows a good standard of care"},
            ],
        },
        {"name": "Caring", "rating": "Good", "status": "Not Assessed", "percentageScore": "75"},
    ]  # fmt: skip
    answer = _answer(assessment=[_assessment("2024-09-17 15:19:48", _entry("Requires Improvement", keyQuestionRatings=questions))])
    group = _group(answer)
    assert group.framework is Framework.ASSESSMENT
    assert (group.group, group.overall, group.overall_published) == (None, RI, date(2024, 9, 17))
    safe, caring = group.key_questions[KeyQuestion.SAFE], group.key_questions[KeyQuestion.CARING]
    assert (safe.rating, safe.score, safe.assessed, safe.published) == (RI, 59, True, date(2024, 9, 17))
    assert safe.statements == (
        Statement(name="Learning culture", score=2),
        Statement(name="Safeguarding", score=3, assessed=False),
    )
    assert (caring.rating, caring.score, caring.assessed, caring.published) == (G, 75, False, None)
    assert read_answer(answer).report == "AP1234"


def test_only_what_is_current_holds() -> None:
    answer = _answer(assessment=[_assessment("2024-01-01 10:00:00", _entry("Inadequate", status="Historic"), _entry("Good"))])
    assert _group(answer).overall is G


def test_of_two_current_the_one_published_last_holds() -> None:
    answer = _answer(
        assessment=[_assessment("2024-09-01 10:00:00", _entry("Inadequate")), _assessment("2024-02-01 10:00:00", _entry("Good"))]
    )
    assert _group(answer).overall is I


def test_several_service_groups_are_kept_apart() -> None:
    answer = _answer(assessment=[_assessment("2024-09-01 10:00:00", _entry("Good"), _entry("Inadequate", name="Homecare"))])
    assert [(group.group, group.overall) for group in read_answer(answer).ratings] == [("Care Homes", G), ("Homecare", I)]


def test_the_location_as_a_whole_stands_beside_several_groups() -> None:
    entries = _entry("Good"), _entry("Inadequate", name="Homecare")
    answer = _answer(assessment=[_assessment("2024-09-01 10:00:00", *entries, overall=[{"rating": "Good", "status": "Current"}])])
    assert [(group.group, group.overall) for group in read_answer(answer).ratings] == [
        (None, G), ("Care Homes", G), ("Homecare", I)]  # fmt: skip


def test_the_location_as_a_whole_fills_in_for_one_group() -> None:
    answer = _answer(assessment=[_assessment("2024-09-01 10:00:00", _entry("", keyQuestionRatings=[{"name": "Safe", "rating": "Good"}]),
                                            overall=[{"rating": "Good", "status": "Current"}])])
    assert (_group(answer).group, _group(answer).overall) == (None, G)


def test_dentists_have_regulations_met_and_no_score() -> None:
    questions = [{"name": "Safe", "rating": "Regulations met", "status": "Assessed", "percentageScore": "0"}]
    entry = _entry("", name="Dental", keyQuestionRatings=questions)
    group = _group(_answer(assessment=[_assessment("2024-09-01 10:00:00", entry)]))
    assert group.overall is None
    safe = group.key_questions[KeyQuestion.SAFE]
    assert (safe.rating, safe.score) == (Reason.REGULATIONS_MET, None)


@pytest.mark.parametrize(
    ("inspected", "assessed", "holds"),
    [
        pytest.param("2020-01-01", "2024-09-01 10:00:00", Framework.ASSESSMENT, id="the assessment is newer"),
        pytest.param("2025-01-01", "2024-09-01 10:00:00", Framework.INSPECTION, id="the inspection is newer"),
    ],
)
def test_where_both_stand_the_newer_holds(inspected: str, assessed: str, holds: Framework) -> None:
    answer = _answer(currentRatings=_current("Good", inspected), assessment=[_assessment(assessed, _entry("Inadequate"))])
    assert _group(answer).framework is holds


def test_an_inspection_that_was_not_rated_does_not_hide_an_assessment() -> None:
    answer = _answer(
        currentRatings=_current("Inspected but not rated", "2025-01-01"),
        assessment=[_assessment("2024-09-01 10:00:00", _entry("Inadequate"))],
    )
    assert _group(answer).overall is I


def test_texts_of_the_current_assessment_are_read() -> None:
    entry = _entry(
        "Inadequate",
        commentary="Date of assessment: 3 May 2024.\n\nThis service is being placed in special measures. We issued a warning notice.",
        keyQuestionRatings=[
            {"name": "Well-led", "rating": "Inadequate", "status": "Assessed",
             "commentary": "At our last assessment we rated this key question good. At this assessment the rating has changed to "
                           "inadequate. The provider was in breach of regulation 17."},
        ],
    )  # fmt: skip
    reading = read_answer(_answer(assessment=[_assessment("2024-09-01 10:00:00", entry)]))
    assert reading.special_measures.state is MeasuresState.ENTERED
    assert reading.special_measures.quote == "This service is being placed in special measures."
    assert [taken.kind for taken in reading.enforcement] == ["warning notice"]
    assert [breach.regulation for breach in reading.breaches] == ["17"]
    assert [(change.of, change.from_, change.to) for change in reading.rating_changes] == [("well-led", G, I)]


def test_texts_of_former_assessments_are_not_read() -> None:
    entry = _entry("Inadequate", status="Historic", commentary="This service is being placed in special measures.")
    reading = read_answer(_answer(assessment=[_assessment("2024-09-01 10:00:00", entry, _entry("Good"))]))
    assert reading.special_measures.state is MeasuresState.NOT_STATED


# --- odd parts ---

ODD: tuple[Any, ...] = (None, 7, 1.5, True, "text", [], {}, [[]], [None], {"x": {}}, [7, "text"], {"overall": []}, {"asgRatings": {}})


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_parts_are_left_out(odd: Any) -> None:
    keys = ("name", "registrationStatus", "currentRatings", "historicRatings", "assessment", "relationships", "gacServiceTypes",
            "reports", "postalCode", "type")  # fmt: skip
    for key in keys:
        read_answer(_answer(**{key: odd}))
    for key in ("rating", "status", "name", "keyQuestionRatings", "commentary", "assessmentPlanId"):
        read_answer(_answer(assessment=[_assessment("2024-09-01 10:00:00", {**_entry("Good"), key: odd})]))
    for key in ("rating", "status", "name", "percentageScore", "topicareas", "commentary"):
        question = {"name": "Safe", "rating": "Good", "status": "Assessed", "topicareas": [{"name": "A", "qualityStatementscore": odd}]}
        entry = _entry("Good", keyQuestionRatings=[{**question, key: odd}, odd])
        reading = read_answer(_answer(assessment=[_assessment("2024-09-01 10:00:00", entry, odd), odd]))
        assert reading.ratings[0].overall is G
    read_answer(_answer(assessment=[{"assessmentPlanPublishedDateTime": odd, "ratings": odd}]))


# --- the real answers ---

# A line a service, from the raw answer: id | registration | overall, published | safe effective caring responsive well-led,
# where the date differs with ":date" (":-": none) | notices. RI: requires improvement; unpublished: no published rating;
# unrated: inspected but not rated.
REAL_ANSWERS = """
1-11039955754 | archived | none
1-11051254492 | archived | unrated 2019-01-07 | unpublished:- unpublished:- unpublished:- unpublished:- unpublished:- | changed/old/1-189233560 changed/new/1-12032311355
1-113831768 | archived | good 2022-08-26 | good good:2018-08-11 good:2018-08-11 good good | changed/new/1-18437805065
1-1142286034 | registered | none |  | changed/old/1-469937787
1-1145266322 | registered | good 2024-02-07 | good good:2018-07-11 good:2018-07-11 good:2018-07-11 good | changed/old/1-123493701
1-115750273 | archived | unpublished - | unpublished unpublished unpublished unpublished unpublished | changed/new/1-1581968371
1-117886088 | registered | RI 2022-12-14 | RI good good:2019-10-15 good:2019-10-15 RI
1-117977107 | archived | good 2024-01-05 | good good good good good | changed/new/1-18648277454
1-11831040453 | registered | RI 2023-02-08 | RI RI good good RI
1-118387366 | archived | none
1-11860954255 | registered | good 2022-11-19 | good good good good good
1-119142905 | registered | RI 2024-02-22 | RI good:2019-07-20 good:2019-07-20 good RI
1-120745060 | registered | good 2023-07-22 | good good:2019-04-04 good:2019-04-04 good:2019-04-04 good
1-120763021 | archived | unpublished - | unpublished unpublished unpublished unpublished unpublished | changed/new/1-1442899058
1-122386733 | archived | good 2016-07-14 | good good good good good | changed/new/1-5312102242
1-123327578 | registered | good 2016-12-22 | good good good good good
1-124940339 | archived | unpublished - | unpublished unpublished unpublished unpublished unpublished | changed/new/1-325393804
1-125056382 | registered | RI 2022-02-23 | RI good:2019-04-11 good:2019-04-11 good:2019-04-11 RI
1-127491276 | registered | good 2023-05-16 | good good:2018-02-27 good:2018-02-27 good:2018-02-27 good
1-127515012 | archived | RI 2016-08-12 | RI RI RI good RI | changed/new/1-3134639286
1-138452042 | registered | good 2020-02-26 | good good good good good
1-139948467 | registered | good 2021-11-20 | good RI:2019-10-05 good:2019-10-05 RI:2019-10-05 good
1-146777340 | archived | unpublished - | unpublished unpublished unpublished unpublished unpublished | changed/new/1-821470523
1-15885286735 | archived | unrated 2019-10-16 | unpublished:- unpublished:- unpublished:- unpublished:- unpublished:- | changed/old/1-210907964 moved/new/1-14347783565
1-1766138663 | archived | none
1-18386651690 | registered | none
1-1850346011 | registered | good 2019-08-01 | good good good good good | moved/old/1-288324546
1-19573984858 | registered | none
1-19666435449 | registered | RI 2023-06-06 | RI good:2021-05-12 good:2021-05-12 good:2021-05-12 RI | moved/old/1-9075180925
1-2039078063 | registered | good 2019-06-19 | good good good good good
1-2072371474 | registered | unrated 2018-05-16 | unpublished:- unpublished:- unpublished:- unpublished:- unpublished:- | changed/old/1-188876884
1-210907964 | registered | unrated 2019-10-16 | unpublished:- unpublished:- unpublished:- unpublished:- unpublished:- | changed/new/1-15885286735
1-2134004952 | registered | good 2019-06-22 | good good good good RI
1-21881721930 | registered | none
1-2772854807 | archived | none |  | changed/new/1-7694849544
1-3130458719 | registered | good 2019-04-27 | good good good good good
1-3135702380 | archived | good 2018-02-10 | good good good good good
1-319143351 | registered | good 2019-08-06 | good good RI good good | changed/old/1-135286954
1-325393804 | archived | good 2018-05-17 | good good good good good | changed/old/1-124940339 changed/new/1-9513445383
1-333124828 | archived | unrated 2017-02-16 | unrated unrated unrated unrated unrated
1-349185032 | archived | good 2015-05-06 | RI good good good good | moved/old/1-236287122 moved/new/1-2058385384
1-3732002126 | registered | unrated 2024-04-03 | unpublished:- unpublished:- unpublished:- unpublished:- unpublished:- | moved/old/1-197302687
1-3995862205 | archived | inadequate 2018-05-25 | inadequate RI RI inadequate inadequate
1-443780345 | registered | outstanding 2020-01-11 | good good good outstanding outstanding | changed/old/RJXX6
1-445808941 | archived | unpublished - | unpublished unpublished unpublished unpublished unpublished | changed/new/1-2501153205
1-4650101208 | registered | good 2019-10-22 | good good good good good | changed/old/1-468164971
1-4658827150 | archived | good 2021-07-09 | good good good good good | moved/old/1-2697598592 moved/new/1-16522938889
1-470061969 | registered | RI 2022-11-17 | RI good:2018-07-10 good:2018-07-10 good:2018-07-10 RI | changed/old/1-222457842
1-4815596978 | archived | RI 2019-04-18 | RI good good RI RI | moved/new/1-9588358014
1-5203053560 | registered | good 2024-09-17 | good good:- good good good | changed/old/1-280584830
1-529384387 | archived | inadequate 2023-06-23 | inadequate inadequate RI inadequate inadequate
1-530528300 | registered | outstanding 2019-06-28 | good good outstanding good outstanding | moved/old/1-126213789
1-5312102242 | registered | good 2024-08-08 | good good:- good good good | changed/old/1-122386733
1-537882756 | archived | inadequate 2022-01-14 | inadequate inadequate RI inadequate inadequate
1-540790252 | archived | RI 2016-09-15 | RI RI RI good good | changed/new/1-4982724971
1-545296200 | registered | good 2016-07-11 | good good good good good
1-548155245 | registered | good 2022-11-30 | RI good good good good
1-551258312 | archived | good 2021-05-31 | good good good:2019-05-07 good:2019-05-07 good
1-569934227 | registered | good 2024-05-10 | good:- good:- good:- good good:-
1-585081302 | archived | good 2017-03-22 | good good good good good
1-613921883 | archived | unpublished - | unpublished unpublished unpublished unpublished unpublished | changed/new/1-2412717754 changed/old/1-115621005
1-6321709131 | registered | RI 2023-01-21 | RI RI RI RI RI
1-6355044561 | archived | RI 2021-08-05 | RI good:2020-03-07 good:2020-03-07 RI RI | changed/old/1-3134639286
1-821470523 | archived | RI 2016-04-07 | RI RI good good good | changed/old/1-146777340
1-8319747890 | registered | outstanding 2022-09-29 | good good outstanding outstanding outstanding | moved/old/1-841756281
1-839780013 | archived | none
1-9075180925 | archived | RI 2023-06-06 | RI good:2021-05-12 good:2021-05-12 good:2021-05-12 RI | moved/new/1-19666435449
1-997176041 | registered | good 2019-12-17 | good good good outstanding good | moved/old/1-138238882
"""
_WORDS: dict[str, Stated] = {
    "good": G, "outstanding": O, "RI": RI, "inadequate": I,
    "unpublished": Reason.NO_PUBLISHED_RATING, "unrated": Reason.INSPECTED_BUT_NOT_RATED,
}  # fmt: skip
_KINDS = {"changed": "provider changed", "moved": "moved"}


def _day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


@pytest.mark.skipif(not REAL.exists(), reason="the real answers are not here")
@pytest.mark.parametrize("line", REAL_ANSWERS.strip().splitlines(), ids=lambda line: line.split(" ")[0])
def test_a_real_answer(line: str) -> None:
    location_id, registration, overall, questions, notices = (*(part.strip() for part in line.split("|")), "", "", "")[:5]
    answer = json.loads((REAL / f"{location_id}.json").read_text())
    assert is_answer(answer)
    reading = read_answer(answer)
    assert reading.location_id == location_id
    assert reading.registration == registration
    assert [f"{notice.kind}/{notice.see}/{notice.location_id}" for notice in reading.notices] == [
        f"{_KINDS[kind]}/{rest}" for kind, rest in (notice.split("/", 1) for notice in notices.split())]  # fmt: skip
    if overall == "none":
        assert reading.ratings == ()
    else:
        (group,) = reading.ratings
        rating, published = overall.split()
        assert (group.group, group.overall, group.overall_published) == (None, _WORDS[rating], _day(published))
        for question, stated in zip(KeyQuestion, questions.split(), strict=True):
            words, _, day = stated.partition(":")
            found = group.key_questions[question]
            assert (found.rating, found.published) == (_WORDS[words], _day(day or published))
    # None of the 68 says a word about special measures, breaches, enforcement or a change of rating.
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert (reading.breaches, reading.enforcement, reading.rating_changes, reading.unread) == ((), (), (), ())


@pytest.mark.skipif(not REAL.exists(), reason="the real answers are not here")
def test_every_real_answer_is_expected() -> None:
    listed = [line.split(" ")[0] for line in REAL_ANSWERS.strip().splitlines()]
    assert sorted(listed) == sorted(path.stem for path in REAL.glob("*.json"))


@pytest.mark.skipif(not REAL.exists(), reason="the real answers are not here")
def test_the_scores_of_a_real_assessment() -> None:
    reading = read_answer(json.loads((REAL / "1-5312102242.json").read_text()))
    (group,) = reading.ratings
    caring = group.key_questions[KeyQuestion.CARING]
    assert caring.score == 70
    assert [(statement.name, statement.score, statement.assessed) for statement in caring.statements] == [
        ("Independence, choice and control", 2, True),
        ("Kindness, compassion and dignity", 3, False),
        ("Responding to people’s immediate needs", 3, False),
        ("Treating people as individuals", 3, False),
        ("Workforce wellbeing and enablement", 3, False),
    ]
    assert not group.key_questions[KeyQuestion.EFFECTIVE].assessed
    assert reading.report == "AP3134"
    assert sum(len(found.statements) for found in group.key_questions.values()) == 33
