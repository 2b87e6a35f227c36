"""Finds unknown parts in an answer of the API: unknown keys, and unknown values of keys with a fixed set of values. CQC changes
the fields of its API without notice. Source: docs/facts/api.md, A location; docs/facts/api.md, Assessments.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitor import ratings
from monitor.cqc.read.people import without_contacts
from monitor.cqc.read.sentences import fold
from monitor.ratings import KeyQuestion

MOST = 50
"""The most notes about one answer. If there are more, the answer has an entirely different form from the expected one, and
further notes would not help."""

LONGEST = 200
"""A note shows at most this many characters of a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One unknown key or value. It is `grave` if it may be about ratings, special measures, enforcement or registration."""

    path: str
    value: str | None  # the value of a known key; the value of an unknown key only if the note is grave
    grave: bool
    known: bool  # whether the key is known

    def __str__(self) -> str:
        return self.path if self.value is None else f"{self.path}: {self.value}"


_RATED = "rating reportDate reportLinkId organisationId useOfResources keyQuestionRatings name"
_ENTRY = (
    "assessmentPlanId title assessmentDate assessmentPlanStatus name rating status narrative commentary commentaryDate"
    " overallPeopleExperience overallPeopleExperienceDate assessorVisitDates keyQuestionRatings"
)
_QUESTION = "name rating status percentageScore percengtageScore narrative commentary commentaryDate topicareas"
_STATEMENT = (
    "qualityStatementId name status qualityStatementscore qualityStatementScore qualityStatementNarrative evidenceCategory"
)
_EVIDENCE = "evidenceCategoryId evidenceCategoryName commentary commentaryDate"
_TOP = (
    "locationId providerId providerName organisationType type name alsoKnownAs registrationStatus registrationDate"
    " deregistrationDate dormancy dormancyStartDate dormancyEndDate careHome inspectionDirectorate localAuthority region"
    " constituency onspdLatitude onspdLongitude onspdCcgCode onspdCcgName onspdIcbCode onspdIcbName odsCcgCode odsCcgName odsCode"
    " postalAddressLine1 postalAddressLine2 postalAddressTownCity postalAddressCounty postalCode uprn numberOfBeds"
    " mainPhoneNumber website brandId brandName registeredManagerAbsentDate locationTypes regulatedActivities gacServiceTypes"
    " specialisms specialism ageGroup settingServices inspectionCategories inspectionAreas providerInspectionAreas relationships"
    " currentRatings historicRatings reports lastInspection lastReport assessment assessmentServiceGroup unpublishedReports"
    " locationURL providerURL uri contacts"
)

# The known keys of the parts that the program reads, or may read in future. Other parts are not examined, since they may
# contain the names of people.
_KNOWN: dict[str, frozenset[str]] = {
    path: frozenset(keys.split())
    for path, keys in {
        "": _TOP,
        "currentRatings": "overall serviceRatings reportDate",
        "currentRatings.overall": _RATED,
        "currentRatings.overall.keyQuestionRatings": _RATED,
        "currentRatings.serviceRatings": _RATED,
        "currentRatings.serviceRatings.keyQuestionRatings": _RATED,
        "assessment": "assessmentPlanPublishedDateTime ratings",
        "assessment.ratings": "overall asgRatings",
        **{f"assessment.ratings.{one}": _ENTRY for one in ("overall", "asgRatings")},
        **{f"assessment.ratings.{one}.keyQuestionRatings": _QUESTION for one in ("overall", "asgRatings")},
        **{f"assessment.ratings.{one}.keyQuestionRatings.topicareas": _STATEMENT for one in ("overall", "asgRatings")},
        **{
            f"assessment.ratings.{one}.keyQuestionRatings.topicareas.evidenceCategory": _EVIDENCE
            for one in ("overall", "asgRatings")
        },
        "assessmentServiceGroup": "assessmentServiceId assessmentServiceName assessmentServiceType status",
        "relationships": "relatedLocationId relatedLocationName type reason",
        "unpublishedReports": "firstVisitDate",
        "lastInspection": "date",
        "lastReport": "publicationDate",
    }.items()
}

_SINGLE = frozenset({"currentRatings", "currentRatings.overall", "assessment.ratings"})
"""Known parts that consist of one object, or of a list with one object."""

_ASSESSED = frozenset({"assessed", "not assessed"})
# For paths that end in these words: the known values (case-folded), and whether an unknown value is grave.
_VALUES: dict[str, tuple[frozenset[str], bool]] = {
    "registrationStatus": (frozenset({"registered", "deregistered"}), True),
    "asgRatings.status": (frozenset({"current", "historic"}), True),
    "overall.status": (frozenset({"current", "historic"}), True),
    "keyQuestionRatings.status": (_ASSESSED, True),
    "keyQuestionRatings.name": (frozenset({*KeyQuestion, *(one.replace("-", " ") for one in KeyQuestion)}), True),
    "topicareas.status": (_ASSESSED, False),
    "dormancy": (frozenset("yn"), False),
    "careHome": (frozenset("yn"), False),
    "relationships.type": (frozenset({"hsca predecessor", "hsca successor"}), False),
}

INHERITED = re.compile(r"\(?\binherited\)?\W?$", re.IGNORECASE)
"""Matches the word that the API puts after a rating from the previous registration."""

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\W]+")
_GRAVE = re.compile(
    r"special measures|\bratings?\b|\brated\b|inadequate|requires improvement|enforcement|\bsuspen|\bcancel|\bnotices?\b|\bbreach"
    r"|\bclos(?:e|ing|ure)\b|\bregistration\b|\burgent\b|\bprosecut"
)
_SAYS_NO = frozenset({"", "false", "n", "no", "none", "null", "[]", "{}"})


def notes(data: Mapping[str, Any]) -> tuple[Note, ...]:
    """Notes about the unknown parts of an answer, in the answer's order. Each key or value has only one note; there are at most
    MOST notes."""
    found: dict[tuple[str, str | None], Note] = {}
    for note in _notes(data, ""):
        found.setdefault((note.path, note.value if note.known else None), note)
    return tuple(found.values())[:MOST]


def _notes(part: Mapping[str, Any], path: str) -> Iterator[Note]:
    known = _KNOWN[path]
    for key, value in part.items():
        place = f"{path}.{key}" if path else key
        if key not in known:
            yield _of_key(place, key, value)
            continue
        if isinstance(value, str) and value.strip():
            yield from _of_value(place, fold(value))
        if place in _KNOWN:
            if _is_of_another_type(place, value):
                yield replace(_of_key(place, key, value), known=True)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, Mapping):
                    yield from _notes(one, place)


def _is_of_another_type(place: str, value: object) -> bool:
    """Whether a known part has another type than the program expects."""
    held = value if isinstance(value, list) else [value]
    odd = any(not isinstance(one, Mapping) and one not in (None, "", [], False) for one in held)
    return odd or (place in _SINGLE and sum(isinstance(one, Mapping) for one in held) > 1)


def _of_key(place: str, key: str, value: object) -> Note:
    try:
        shown = value if isinstance(value, str) else json.dumps(without_contacts(value), ensure_ascii=False)
    except RecursionError:
        shown = "(nested too deeply to be shown)"
    shown, place = fold(shown), fold(place)[:LONGEST]
    words = " ".join(_WORDS.split(key)).casefold()
    grave = shown.casefold() not in _SAYS_NO and _GRAVE.search(f"{words}\n{_spelled(shown[:5_000])}") is not None
    return Note(path=place, value=shown[:LONGEST] if grave else None, grave=grave, known=False)


def _spelled(shown: str) -> str:
    """A text, followed by the same text with its keys split into words ("special measures" for "specialMeasures"). Both are in
    lower case."""
    return f"{shown} {' '.join(_WORDS.split(shown))}".casefold()


def _of_value(place: str, value: str) -> Iterator[Note]:
    for end, (known, grave) in _VALUES.items():
        here = place == end or place.endswith(f".{end}")
        if here and value.casefold() not in known and value.casefold().replace("-", " ") not in known:
            yield Note(path=place, value=value[:LONGEST], grave=grave, known=True)
    if place.endswith(("Ratings.rating", "overall.rating")) and ratings.parse(INHERITED.sub("", value)) is None:
        yield Note(path=place, value=value[:LONGEST], grave=False, known=True)  # not grave: the module `answer` lists the value
