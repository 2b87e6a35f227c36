# ruff: noqa: E501 - an answer stands on one line
"""Tests how answers of the Syndication API are read: single traps, and whole answers of every shape. A reading is compared with
the facts from which the answer was written."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from monitor.cqc.read import drift, read
from monitor.cqc.read.answer import being_inspected_since, is_answer, read_answer
from monitor.model import (
    Enforcement,
    Framework,
    GroupReading,
    MeasuresState,
    ProfileNotice,
    Registration,
    SaidKind,
    Source,
    Statement,
)
from monitor.ratings import KeyQuestion, Rating, Reason, Stated
from tests.cqc.read.answers import PERSON, Assessed, Inspected, Made, made

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


def test_a_core_service_rated_worse_than_the_whole_hospital_is_listed_as_unread() -> None:
    parts = [{"name": "Surgery", "rating": "Good"}, {"name": "Termination of pregnancy", "rating": "Inadequate"}]
    whole = _current("Good")
    assert read_answer(_answer(currentRatings=whole | {"serviceRatings": parts[:1]})).unread == ()
    assert read_answer(_answer(currentRatings=whole | {"serviceRatings": parts})).unread == (
        "currentRatings.serviceRatings: Surgery: Good, Termination of pregnancy: Inadequate",
    )


def test_a_service_is_read_as_dormant_only_while_the_api_states_this() -> None:
    (said,) = read_answer(_answer(dormancy="Y", dormancyStartDate="2026-09-01")).said
    assert (said.kind, said.since) == (SaidKind.DORMANT, date(2026, 9, 1))
    for gone in ({"dormancy": "N"}, {"dormancy": "Y", "dormancyEndDate": "2026-10-01"}, {}, {"dormancy": None}):
        assert read_answer(_answer(**gone)).said == ()


# --- what is an answer, and about which service ---


@pytest.mark.parametrize("data", [None, [], "text", 7, {}, {"statusCode": 401}, {"locations": []}, {"locationId": "1-123456789"},
                                  {"locationId": 7, "providerId": "1-1"}, {"providerId": "1-101", "locationIds": []}], ids=repr)  # fmt: skip
def test_data_in_another_form_are_not_an_answer_about_a_location(data: object) -> None:
    assert not is_answer(data)


@pytest.mark.parametrize("location_id", ["RWEAA", "NLXYZ"])
def test_an_nhs_location_id_of_letters_alone_is_read(location_id: str) -> None:
    related = [{"relatedLocationId": location_id, "type": "HSCA Successor", "reason": "Location Move"}]
    reading = read_answer(_answer(locationId=location_id, relationships=related))
    assert (reading.location_id, [one.location_id for one in reading.notices]) == (location_id, [location_id])


def test_the_name_address_type_and_registration_of_a_service_are_read() -> None:
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


def test_peoples_names_in_an_answer_are_not_kept() -> None:
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
        pytest.param("HSCA Predecessor", "Location Move", ProfileNotice(kind="moved", see="old", location_id="1-555555555"), id="a service that moved"),
    ],
)  # fmt: skip
def test_a_relationship_is_read_as_a_notice_about_another_profile(kind: str, reason: str, notice: ProfileNotice) -> None:
    related = {"relatedLocationId": "1-555555555", "relatedLocationName": "Elm", "type": kind, "reason": reason}
    assert read_answer(_answer(relationships=[related])).notices == (notice,)


# --- ratings of inspections ---


def test_key_questions_have_their_own_dates_and_may_come_in_any_order() -> None:
    questions = [
        {"name": "Well-led", "rating": "Requires Improvement", "reportDate": "2021-05-06"},
        {"name": "Safe", "rating": "Good", "reportDate": "2018-01-02"},
    ]
    group = _group(_answer(currentRatings=_current("Requires improvement", questions=questions)))
    assert group.framework is Framework.INSPECTION
    assert (group.group, group.overall, group.overall_published) == (None, RI, date(2021, 5, 6))
    assert group.key_questions[KeyQuestion.SAFE].published == date(2018, 1, 2)
    assert group.key_questions[KeyQuestion.WELL_LED].rating is RI


def test_no_published_rating_is_read_as_the_reason_why_there_is_no_rating() -> None:
    group = _group(_answer(currentRatings=_current("No published rating", None)))
    assert (group.overall, group.overall_published) == (Reason.NO_PUBLISHED_RATING, None)


def test_a_population_group_is_listed_as_unread_only_if_it_is_inadequate_and_the_practice_is_not() -> None:
    def unread(of_the_whole: str, of_the_part: str) -> tuple[str, ...]:
        parts = [{"name": "old", "rating": of_the_whole}, {"name": "population", "rating": of_the_part}]
        return read_answer(_answer(currentRatings=_current(of_the_whole) | {"serviceRatings": parts})).unread

    assert unread("Good", "Inadequate") == ("currentRatings.serviceRatings: old: Good, population: Inadequate",)
    assert unread("Good", "Requires improvement") == unread("Inadequate", "Inadequate") == ()


def test_population_groups_of_a_practice_are_not_service_groups() -> None:
    current = {"reportDate": "2019-05-21", "serviceRatings": [{"name": "mothers", "rating": "Inadequate", "reportDate": "2019-05-21"}]}
    assert read_answer(_answer(currentRatings=current)).ratings == ()


def test_former_ratings_are_not_read() -> None:
    former = [{"reportDate": "2019-05-21", "overall": {"rating": "Inadequate"}}]
    assert read_answer(_answer(historicRatings=former)).ratings == ()


def test_an_unknown_rating_is_listed_as_unread() -> None:
    reading = read_answer(_answer(currentRatings=_current("Splendid")))
    assert reading.ratings == ()
    assert reading.unread == ("overall: Splendid",)


# --- the Single Assessment Framework ---


def test_an_assessment_is_read_with_its_scores_and_quality_statements() -> None:
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


def test_a_historic_entry_of_an_assessment_is_not_read() -> None:
    answer = _answer(assessment=[_assessment("2024-01-01 10:00:00", _entry("Inadequate", status="Historic"), _entry("Good"))])
    assert _group(answer).overall is G


def test_the_last_published_of_two_current_assessments_is_read() -> None:
    answer = _answer(
        assessment=[_assessment("2024-09-01 10:00:00", _entry("Inadequate")), _assessment("2024-02-01 10:00:00", _entry("Good"))]
    )
    assert _group(answer).overall is I


def test_several_service_groups_are_read_separately() -> None:
    answer = _answer(assessment=[_assessment("2024-09-01 10:00:00", _entry("Good"), _entry("Inadequate", name="Homecare"))])
    assert [(group.group, group.overall) for group in read_answer(answer).ratings] == [("Care Homes", G), ("Homecare", I)]


def test_the_rating_of_the_whole_location_is_read_besides_several_service_groups() -> None:
    entries = _entry("Good"), _entry("Inadequate", name="Homecare")
    answer = _answer(assessment=[_assessment("2024-09-01 10:00:00", *entries, overall=[{"rating": "Good", "status": "Current"}])])
    assert [(group.group, group.overall) for group in read_answer(answer).ratings] == [
        (None, G), ("Care Homes", G), ("Homecare", I)]  # fmt: skip


def test_the_rating_of_the_location_is_read_if_its_only_group_has_none() -> None:
    answer = _answer(assessment=[_assessment("2024-09-01 10:00:00", _entry("", keyQuestionRatings=[{"name": "Safe", "rating": "Good"}]),
                                            overall=[{"rating": "Good", "status": "Current"}])])
    assert (_group(answer).group, _group(answer).overall) == (None, G)


def test_a_dentist_is_read_with_regulations_met_and_no_score() -> None:
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
def test_the_newer_of_an_inspection_and_an_assessment_is_read(inspected: str, assessed: str, holds: Framework) -> None:
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


# --- parts of an unexpected type ---

ODD: tuple[Any, ...] = (None, 7, 1.5, True, "text", [], {}, [[]], [None], {"x": {}}, [7, "text"], {"overall": []}, {"asgRatings": {}})


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_parts_of_an_unexpected_type_do_not_stop_the_reader(odd: Any) -> None:
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


# --- whole answers ---

EVERY = tuple(made())
WORDS: dict[str, Stated] = {
    "Outstanding": O, "Good": G, "Requires improvement": RI, "Inadequate": I,
    "No published rating": Reason.NO_PUBLISHED_RATING, "Inspected but not rated": Reason.INSPECTED_BUT_NOT_RATED,
}  # fmt: skip
NOTICES = {"HSCA Predecessor": "old", "HSCA Successor": "new"}


@pytest.mark.parametrize("service", EVERY, ids=lambda one: f"{one.shape}: {one.location_id}")
def test_every_fact_of_an_answer_except_ratings_is_read_correctly(service: Made) -> None:
    answer = service.answer()
    assert is_answer(answer)
    reading = read(json.dumps(answer).encode())
    assert reading == read_answer(answer)
    assert (reading.source, reading.location_id, reading.name) == (Source.API_LOCATION, service.location_id, service.name)
    assert reading.registration is (Registration.REGISTERED if service.registered else Registration.ARCHIVED)
    assert reading.service_type == ", ".join(public for _, public in service.kind.service_types)
    assert reading.address == ", ".join(service.address)
    assert reading.notices == tuple(
        ProfileNotice(
            kind="moved" if one.reason == "Location Move" else "provider changed", see=NOTICES[one.type], location_id=one.location_id
        )
        for one in service.relations
    )
    assert PERSON not in repr(reading)
    # No answer mentions special measures, present breaches, enforcement or a change of rating.
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert (reading.breaches, reading.enforcement, reading.rating_changes) == ((), (), ())
    worse = isinstance(service.stated, Inspected) and service.population == "Inadequate" != service.stated.overall
    assert [line.partition(":")[0] for line in reading.unread] == (["currentRatings.serviceRatings"] if worse else [])


@pytest.mark.parametrize("service", EVERY, ids=lambda one: f"{one.shape}: {one.location_id}")
def test_all_ratings_of_an_answer_are_read_correctly(service: Made) -> None:
    reading = read_answer(service.answer())
    if service.stated is None:
        assert (reading.ratings, reading.report) == ((), None)
        return
    (group,) = reading.ratings
    stated = service.stated
    assert (group.group, group.overall, group.overall_published) == (None, WORDS[stated.overall], stated.published)
    found = [group.key_questions[question] for question in KeyQuestion]
    if isinstance(stated, Inspected):
        assert group.framework is Framework.INSPECTION
        assert [(one.rating, one.published) for one in found] == [(WORDS[one.rating], one.published) for one in stated.questions]
        assert {(one.score, one.assessed, one.statements) for one in found} == {(None, True, ())}
        if service.reports:
            assert reading.report == max(service.reports, key=lambda pair: pair[1])[0]
    else:
        assert group.framework is Framework.ASSESSMENT
        assert [(one.rating, one.score, one.assessed, one.published) for one in found] == [
            (WORDS[one.rating], one.score, one.assessed, stated.published if one.assessed else None) for one in stated.questions
        ]
        assert [[(each.name, each.score, each.assessed) for each in one.statements] for one in found] == [
            list(one.statements) for one in stated.questions
        ]
        assert reading.report == stated.plan


def test_the_invented_answers_have_all_variants_of_real_answers() -> None:
    assert len(EVERY) >= 40 and len({one.location_id for one in EVERY}) == len(EVERY)
    stated = [one.stated for one in EVERY]
    inspected = [one for one in stated if isinstance(one, Inspected)]
    assert {one.overall for one in inspected} == set(WORDS)
    assert {one.rating for each in inspected for one in each.questions} == set(WORDS)
    assert any(one.published != each.published for each in inspected for one in each.questions if one.published)
    scored = [one for each in stated if isinstance(each, Assessed) for one in each.questions]
    assert {one.rating for one in scored} == {"Outstanding", "Good", "Requires improvement", "Inadequate"}
    assert {one.assessed for one in scored} == {True, False}
    assert {score for one in scored for _, score, _ in one.statements} == {1, 2, 3, 4}
    assert {len(one.relations) for one in EVERY} == {0, 1, 2}
    keys: list[set[object]] = [set(one.answer()) for one in EVERY]
    sometimes = {
        *("assessment", "currentRatings", "historicRatings", "reports", "lastReport", "unpublishedReports", "deregistrationDate"),
        *("dormancyStartDate", "brandName", "postalAddressLine2", "postalAddressCounty", "website", "odsCode"),
    }
    assert sometimes <= set.union(*keys) and not sometimes & set.intersection(*keys)
    assert any(set(one.answer().get("currentRatings", {})) == {"serviceRatings", "reportDate"} for one in EVERY)


# --- unknown parts ---


def _strange(answer: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Returns the notes about unknown parts of an answer, and everything that is listed as unread."""
    return [str(note) for note in drift.notes(answer)], list(read_answer(answer).unread)


_BOTH = {
    "a key named special measures": (_answer(specialMeasures=True), "specialMeasures: true"),
    "a part named special measures": (
        _answer(specialMeasures={"since": "2026-11-20", "status": "In"}), 'specialMeasures: {"since": "2026-11-20", "status": "In"}',
    ),
    "a part that contains a key named special measures": (
        _answer(regulatoryState={"specialMeasures": "Yes"}), 'regulatoryState: {"specialMeasures": "Yes"}',
    ),
    "a text that mentions special measures": (_answer(banner="This service is in special measures."), "banner: This service is in special measures."),
    "a key named enforcement": (_answer(enforcementActions=[{"type": "Warning notice"}]), 'enforcementActions: [{"type": "Warning notice"}]'),
    "an unknown registration status": (_answer(registrationStatus="Lapsed"), "registrationStatus: Lapsed"),
    "an unknown status of an assessment": (
        _answer(assessment=[_assessment("2026-11-20 10:00:00", _entry("Inadequate", status="Under appeal"))]),
        "assessment.ratings.asgRatings.status: Under appeal",
    ),
    "an unknown key question": (
        _answer(currentRatings=_current("Good", questions=[{"name": "Safety", "rating": "Inadequate"}])),
        "currentRatings.overall.keyQuestionRatings.name: Safety",
    ),
}  # fmt: skip


def test_a_suspended_registration_is_enforcement_and_not_a_state_of_the_registration() -> None:
    answer = _answer(registrationStatus="Suspended")
    reading = read_answer(answer)
    assert reading.registration is None
    assert reading.enforcement == (Enforcement(kind="suspension", quote="registrationStatus: Suspended"),)
    assert _strange(answer) == (["registrationStatus: Suspended"], [])


@pytest.mark.parametrize("what", _BOTH)
def test_an_unknown_part_that_may_matter_is_noted_and_listed_as_unread(what: str) -> None:
    answer, line = _BOTH[what]
    assert _strange(answer) == ([line], [line])


_NOTED = {
    "a new key": (_answer(wheelchairAccess="Y"), "wheelchairAccess"),
    "a new key in an assessment": (
        _answer(assessment=[_assessment("2026-11-20 10:00:00", _entry("Good", colour="red"))]), "assessment.ratings.asgRatings.colour",
    ),
    "a key with the value no": (_answer(specialMeasures=False), "specialMeasures"),
    "an empty key": (_answer(enforcementActions=[]), "enforcementActions"),
    "an unknown value of dormancy": (_answer(dormancy="Partly"), "dormancy: Partly"),
    "an unknown kind of relation": (_answer(relationships=[{"type": "HSCA Sibling"}]), "relationships.type: HSCA Sibling"),
}  # fmt: skip


@pytest.mark.parametrize("what", _NOTED)
def test_any_other_unknown_part_is_only_noted(what: str) -> None:
    answer, line = _NOTED[what]
    assert _strange(answer) == ([line], [])


def test_an_unknown_rating_is_noted_and_listed_as_unread() -> None:
    notes, unread = _strange(_answer(currentRatings=_current("Splendid")))
    assert (notes, unread) == (["currentRatings.overall.rating: Splendid"], ["overall: Splendid"])


def test_a_new_key_in_many_parts_is_noted_once_without_names_of_people() -> None:
    statements = [{"name": f"Statement {n}", "ratingBand": f"band {n}"} for n in range(30)]
    entry = _entry("Good", keyQuestionRatings=[{"name": "Safe", "rating": "Good", "topicareas": statements}])
    answer = _answer(
        assessment=[_assessment("2026-11-20 10:00:00", entry)],
        newPart={"contacts": [{"personFamilyName": PERSON}], "note": "a rating"},
    )
    notes, _ = _strange(answer)
    assert len(notes) == 2 and PERSON not in "".join(notes)


@pytest.mark.slow
def test_an_answer_full_of_new_keys_is_read_in_limited_time() -> None:
    notes, _ = _strange(_answer(**{f"new{n}": {"rating": "x" * 10_000} for n in range(5_000)}))
    assert len(notes) == drift.MOST and max(map(len, notes)) < 500


def test_known_parts_with_unexpected_values_cause_no_error() -> None:
    odds: list[Any] = [None, 7, [], [[]], [None], "text", {"": ""}, True]
    for odd in odds:
        for key in ("currentRatings", "assessment", "relationships", "unpublishedReports", "registrationStatus", "lastReport"):
            answer = _answer(**{key: odd})
            read_answer(answer), drift.notes(answer), being_inspected_since(answer)


def test_the_keys_that_cqc_added_in_2025_and_2026_are_not_noted() -> None:
    for one in EVERY:
        assert drift.notes(one.answer()) == ()
    new = {key: [{"code": "x", "name": "y"}] for key in ("specialism", "ageGroup", "settingServices")}
    assert _strange(_answer(registrationStatus="Registered", **new)) == ([], [])


# --- parts that are missing ---


def test_an_assessment_without_a_status_is_read_as_current() -> None:
    questions = [{"name": "Safe", "rating": "Inadequate"}]
    entry = {"name": "Care Homes", "rating": "Inadequate", "keyQuestionRatings": questions}
    group = _group(_answer(assessment=[_assessment("2026-11-20 10:00:00", entry)]))
    assert (group.overall, group.key_questions[KeyQuestion.SAFE].rating) == (I, I)
    older = _assessment("2024-01-01 10:00:00", _entry("Good"))
    historic = _assessment("2026-11-25 10:00:00", _entry("Good", status="Historic"))
    group = _group(_answer(assessment=[older, _assessment("2026-11-20 10:00:00", entry), historic]))
    assert group.overall is I


def test_ratings_of_parts_are_listed_as_unread_if_the_whole_service_is_not_rated() -> None:
    parts = {"serviceRatings": [{"name": "old", "rating": "Good"}, {"name": "mothers", "rating": "Inadequate"}]}
    reading = read_answer(_answer(currentRatings=parts))
    assert reading.ratings == ()
    assert reading.unread == ("currentRatings.serviceRatings without overall: old: Good, mothers: Inadequate",)
    assessed = _answer(currentRatings=parts, assessment=[_assessment("2026-11-20 10:00:00", _entry("Good"))])
    assert (read_answer(assessed).unread, _group(assessed).overall) == ((), G)


# --- texts, and inherited ratings ---


@pytest.mark.parametrize("key", ["narrative", "commentary", "overallPeopleExperience"])
@pytest.mark.parametrize("where", ["the service", "a key question"])
def test_special_measures_are_read_from_all_texts_of_an_assessment(key: str, where: str) -> None:
    if where == "a key question" and key == "overallPeopleExperience":
        return
    words = {key: "This service is being placed in special measures. The provider is in breach of regulation 12."}
    question = {"name": "Safe", "rating": "Inadequate", **(words if where == "a key question" else {})}
    entry = _entry("Inadequate", keyQuestionRatings=[question], **(words if where == "the service" else {}))
    reading = read_answer(_answer(assessment=[_assessment("2026-11-20 10:00:00", entry)]))
    assert reading.special_measures.state is MeasuresState.ENTERED
    assert [one.regulation for one in reading.breaches] == ["12"]


def test_the_standard_text_of_a_narrative_states_nothing() -> None:
    said = {"narrative": "The service is performing well and meeting our expectations."}
    questions = [{"name": "Safe", "rating": "Good", "narrative": "This service is safe"}]
    reading = read_answer(_answer(assessment=[_assessment("2024-09-17 15:19:48", _entry("Good", keyQuestionRatings=questions, **said))]))
    assert (reading.special_measures.state, reading.breaches, reading.unread) == (MeasuresState.NOT_STATED, (), ())


@pytest.mark.parametrize(
    ("rating", "inherited"),
    [
        pytest.param({"rating": "Good", "organisationId": "1-999"}, True, id="of another registration"),
        pytest.param({"rating": "Good (inherited)"}, True, id="stated in words"),
        pytest.param({"rating": "Good", "organisationId": "1-123456789"}, False, id="with its own id"),
        pytest.param({"rating": "Good", "organisationId": "1-101"}, False, id="with its provider's id"),
        pytest.param({"rating": "Good"}, False, id="without an id"),
    ],
)
def test_a_rating_is_marked_as_inherited_if_the_answer_states_this(rating: dict[str, Any], inherited: bool) -> None:
    answer = _answer(currentRatings={"overall": {**rating, "keyQuestionRatings": [{"name": "Safe", **rating}]}})
    group = _group(answer)
    assert (group.overall, group.inherited, group.key_questions[KeyQuestion.SAFE].inherited) == (G, inherited, inherited)
    assert _strange(answer) == ([], [])


# --- an inspection without a published result yet ---


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, None, id="no inspection"),
        pytest.param({"unpublishedReports": [{"firstVisitDate": "2026-10-02"}]}, date(2026, 10, 2), id="one inspection"),
        pytest.param(
            {"unpublishedReports": [{"firstVisitDate": "2026-11-02"}, {}, {"firstVisitDate": "2026-10-02"}]},
            date(2026, 10, 2),
            id="the earlier of two inspections",
        ),
        pytest.param({"unpublishedReports": {"firstVisitDate": "2026-10-02"}}, date(2026, 10, 2), id="one inspection outside a list"),
        pytest.param({"unpublishedReports": [{"firstVisitDate": "soon"}]}, None, id="an unreadable date"),
        pytest.param(
            {"unpublishedReports": [{"firstVisitDate": "2018-09-25"}], "lastReport": {"publicationDate": "2021-07-09"}}, None, id="a later report was published"
        ),
        pytest.param(
            {"unpublishedReports": [{"firstVisitDate": "2024-02-01"}], "assessment": [_assessment("2024-09-17 15:19:48", _entry("Good"))]},
            None,
            id="a later assessment was published",
        ),
        pytest.param(
            {"unpublishedReports": [{"firstVisitDate": "2026-10-02"}], "registrationStatus": "Deregistered"}, None, id="the service is closed"
        ),
    ],
)
def test_the_start_of_an_inspection_without_a_published_result_is_read(more: dict[str, Any], expected: date | None) -> None:
    assert being_inspected_since(_answer(**more)) == expected
