"""Reads the answer of CQC's Syndication API to a request for /locations/{id}.

Two blocks of the answer contain ratings: `currentRatings` has those from before the Single Assessment Framework, and
`assessment[]` has those under this framework and the frameworks by sector. Once a service has an entry in `assessment[]`, its
`currentRatings` has no overall rating. If both blocks have ratings, the block with the newer publication is used. Parts of an
unexpected type are left out; ratings that are not understood are listed as unread. Source: docs/facts/api.md, Current ratings;
docs/facts/api.md, Assessments.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from monitor import ratings
from monitor.cqc.read import changes, drift, framework, prose
from monitor.cqc.read.others import About
from monitor.cqc.read.people import without_contacts
from monitor.cqc.read.said import marked
from monitor.cqc.read.sentences import fold, quote
from monitor.cqc.read.words import group_of, plain
from monitor.errors import Unreadable
from monitor.locations import published_id
from monitor.model import (
    Enforcement,
    Framework,
    GroupReading,
    KeyQuestionReading,
    ProfileNotice,
    Reading,
    Registration,
    Said,
    SaidKind,
    Source,
    Statement,
)
from monitor.ratings import QUESTIONS, KeyQuestion, Rating, Stated


def is_answer(data: object) -> bool:
    """Whether parsed JSON is an answer about one location. It could also be an error, a list of locations, or an answer about a
    provider."""
    return isinstance(data, Mapping) and _location_id(data) is not None and bool(
        {"registrationStatus", "currentRatings", "assessment", "organisationType", "providerId"} & data.keys())  # fmt: skip


def plain_answer(body: bytes) -> Mapping[str, Any]:
    """The API's answer about one location, without the names of people. Raises Unreadable for other bodies."""
    try:
        data = json.loads(body)
    except ValueError:
        data = None
    if not isinstance(data, Mapping) or not is_answer(data):
        raise Unreadable("it is not an answer about one location")
    plain: Mapping[str, Any] = without_contacts(data)
    return plain


def read_answer(data: Mapping[str, Any]) -> Reading:
    """Reads the answer, but not the names of people in the answer."""
    unread: list[str] = []
    assessed = _assessed(data, unread)
    inspected = _inspected(data, unread)
    groups = _newest(inspected, [_group(each, unread) for each in assessed])
    read_here = {action.quote for action in _suspension(data)}
    unread += [str(note) for note in drift.notes(data) if note.grave and str(note) not in read_here]
    unread += _newer_than_current(data, groups)
    if not groups or _is_worse_in_part(data, groups):
        unread += _services(data)
    texts = [paragraph for each in assessed for paragraph in _texts(each.entry)] if _is_assessment(groups) else []
    published = max((group.overall_published for group in groups if group.overall_published), default=None)
    names = (_text(data, "name"), _text(data, "providerName"))
    about = About(names=names, published=published)
    said = prose.read(texts, about)
    since = being_inspected_since(data)
    visit = Said(kind=SaidKind.BEING_INSPECTED, quote=f"unpublishedReports: first visit on {since}", since=since)
    return Reading(
        source=Source.API_LOCATION,
        location_id=_location_id(data),
        name=names[0],
        provider_name=names[1],
        service_type=", ".join(_names(data, "gacServiceTypes")) or _text(data, "type"),
        address=_address(data),
        registration=_registration(data),
        notices=_notices(data),
        ratings=marked(groups, said.inherited),
        special_measures=said.special_measures,
        rating_changes=changes.rating_changes(texts, about),
        breaches=said.breaches,
        enforcement=(*said.enforcement, *_suspension(data)),
        said=(*said.said, *((visit,) if since else ()), *_dormant(data)),
        decisions=said.decisions,
        report=_report(data, assessed if _is_assessment(groups) else ()),
        unread=tuple(dict.fromkeys((*unread, *said.unread))),
    )


# --- parts of JSON, which may have an unexpected type ---


def _text(entry: object, key: str) -> str | None:
    value = entry.get(key) if isinstance(entry, Mapping) else None
    return fold(value) or None if isinstance(value, str) else None


def _part(entry: object, key: str) -> Mapping[str, Any]:
    """Returns the object under a key. The object may also be the only entry of a list. Returns {} if there is no object, or if
    a list contains several objects. (`drift` reports lists with several objects.)"""
    found = list(_list(entry, key))
    return found[0] if len(found) == 1 else {}


def _list(entry: object, key: str) -> Iterator[Mapping[str, Any]]:
    value = entry.get(key) if isinstance(entry, Mapping) else None
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))


def _names(data: object, key: str) -> list[str]:
    return list(dict.fromkeys(name for item in _list(data, key) if (name := _text(item, "name"))))


def _date(entry: object, key: str) -> date | None:
    """The date under a key, which may be part of a timestamp ("2024-09-17 15:19:48", "2024-09-17T15:19:48"); None if there is
    no date."""
    try:
        return date.fromisoformat((_text(entry, key) or "")[:10])
    except ValueError:
        return None


def _stated(entry: Mapping[str, Any], unread: list[str], of: str) -> Stated | None:
    """The rating of an entry; None if the rating is "" or missing. A value that is not a known rating is listed as unread."""
    value = entry.get("rating")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    stated = ratings.parse(drift.INHERITED.sub("", value)) if isinstance(value, str) else None
    if stated is None:
        unread.append(f"{of}: {fold(str(value))[:200]}")
    return stated


def _of_two(first: KeyQuestionReading | None, second: KeyQuestionReading, unread: list[str]) -> KeyQuestionReading:
    """Returns one of two readings of a key question. If their ratings differ, returns the reading with the worse rating, and
    lists both ratings as unread."""
    if first is None or second.rating is None or first.rating == second.rating:
        return first or second
    if first.rating is None:
        return second
    unread.append(quote(f"twice: {first.quote}; {second.quote}"))
    return second if _is_worse(second.rating, first.rating) else first


def _is_worse(one: Stated | None, than: Stated | None) -> bool:
    """Whether the rating `one` is worse than `than`. A rating is also treated as worse than a missing rating."""
    return isinstance(one, Rating) and (not isinstance(than, Rating) or ratings.severity(one) < ratings.severity(than))


def _newer_than_current(data: Mapping[str, Any], groups: Sequence[GroupReading]) -> list[str]:
    """Ratings that CQC marks as former, although they are newer than all current ratings and differ from them. These ratings
    are listed as unread, so that a person sees them."""
    newest = max((group.overall_published for group in groups if group.overall_published), default=None)
    current = {group.overall for group in groups}
    if newest is None:
        return []
    former = [("historicRatings", _date(one, "reportDate"), _part(one, "overall")) for one in _list(data, "historicRatings")]
    for one in _list(data, "assessment"):
        day, stated = _date(one, "assessmentPlanPublishedDateTime"), _part(one, "ratings")
        entries = (*_list(stated, "overall"), *_list(stated, "asgRatings"))
        historic = [each for each in entries if (_text(each, "status") or "").casefold() == "historic"]
        former += [("assessment.ratings", day, each) for each in historic]
    return [
        quote(f"{path}, of {day} and so newer than the current rating: {rating}")
        for path, day, entry in former
        if day and day > newest and (rating := _text(entry, "rating")) and ratings.parse(rating) not in current
    ]


def _is_inherited(entry: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Whether a rating comes from another registration. This is shown by the word "inherited" in the rating, or by another
    service's id beside the rating."""
    owner = (_text(entry, "organisationId") or "").upper()
    own = {(_text(data, key) or "").upper() for key in ("locationId", "providerId")}
    return bool(owner and owner not in own) or drift.INHERITED.search(_text(entry, "rating") or "") is not None


def _place(path: str, entry: Mapping[str, Any], *keys: str) -> str | None:
    """A statement's place in the answer, followed by the statement's text. If several of `keys` have a value, the first is
    used."""
    return next((quote(f"{path}.{key}: {entry[key]}") for key in keys if entry.get(key) not in (None, "")), None)


def _question(entry: Mapping[str, Any]) -> KeyQuestion | None:
    return QUESTIONS.get(re.sub(r"[\s_-]+", "-", (_text(entry, "name") or "").casefold()))


# --- the service itself ---


def _location_id(data: Mapping[str, Any]) -> str | None:
    return published_id(_text(data, "locationId") or "")


def _address(data: Mapping[str, Any]) -> str | None:
    lines = ("postalAddressLine1", "postalAddressLine2", "postalAddressTownCity", "postalAddressCounty", "postalCode")
    return ", ".join(line for key in lines if (line := _text(data, key))) or None


def _registration(data: Mapping[str, Any]) -> Registration | None:
    match (_text(data, "registrationStatus") or "").casefold():
        case "registered":
            return Registration.REGISTERED
        case "deregistered":
            return Registration.ARCHIVED
        case _:
            return None


def _suspension(data: Mapping[str, Any]) -> tuple[Enforcement, ...]:
    """The suspension of the registration. CQC gives it in place of the registration's state."""
    status = _text(data, "registrationStatus") or ""
    if status.casefold() != "suspended":
        return ()
    return (Enforcement(kind="suspension", quote=f"registrationStatus: {status}"),)


def _notices(data: Mapping[str, Any]) -> tuple[ProfileNotice, ...]:
    """The service's earlier and later profiles. A page links to them as "See old profile" and "See new profile"."""
    found = []
    for item in _list(data, "relationships"):
        kind = (_text(item, "type") or "").casefold()
        see = "old" if "predecessor" in kind else "new" if "successor" in kind else None
        if see is None:
            continue
        moved = "move" in (_text(item, "reason") or "").casefold()
        found.append(
            ProfileNotice(
                kind="moved" if moved else "provider changed",
                see=see,
                location_id=published_id(_text(item, "relatedLocationId") or ""),
            )
        )
    return tuple(dict.fromkeys(found))


# --- ratings before the Single Assessment Framework ---


def _inspected(data: Mapping[str, Any], unread: list[str]) -> GroupReading | None:
    """Reads `currentRatings`, except the part `serviceRatings`, which is about population groups of GP practices and core
    services of hospitals, and not about service groups."""
    overall = _part(_part(data, "currentRatings"), "overall")
    if not overall:
        return None
    path = "currentRatings.overall"
    questions: dict[KeyQuestion, KeyQuestionReading] = {}
    for entry in _list(overall, "keyQuestionRatings"):
        question, stated = _question(entry), _stated(entry, unread, f"{_text(entry, 'name')}")
        if question is not None and stated is not None:
            place = _place(f"{path}.keyQuestionRatings[{_text(entry, 'name')}]", entry, "rating")
            read = KeyQuestionReading(
                rating=stated, published=_date(entry, "reportDate"), quote=place, inherited=_is_inherited(entry, data)
            )
            questions[question] = _of_two(questions.get(question), read, unread)
    stated = _stated(overall, unread, "overall")
    if stated is None and not questions:
        return None
    published = _date(overall, "reportDate") or (_date(_part(data, "currentRatings"), "reportDate") if stated else None)
    return GroupReading(
        framework=Framework.INSPECTION,
        overall=stated,
        overall_published=published,
        key_questions=questions,
        overall_quote=_place(path, overall, "rating") if stated else None,
        inherited=stated is not None and _is_inherited(overall, data),
    )


_POPULATION = re.compile(r"(?:older |working age )?people\b|families\b")


def _is_worse_in_part(data: Mapping[str, Any], groups: Sequence[GroupReading]) -> bool:
    """Whether a core service of a hospital has a worse rating than the whole hospital, or whether a population group of a
    practice is inadequate and the whole practice is not. If so, people should know."""
    whole = [group.overall for group in groups if isinstance(group.overall, Rating)]
    services = _list(_part(data, "currentRatings"), "serviceRatings")
    parts = ((plain(_text(one, "name") or ""), ratings.parse(_text(one, "rating") or "")) for one in services)
    counted = (part for name, part in parts if part is Rating.INADEQUATE or (group_of(name) and not _POPULATION.match(name)))
    worst = min((ratings.severity(one) for one in counted if isinstance(one, Rating)), default=None)
    return bool(whole) and worst is not None and not _is_assessment(groups) and worst < min(map(ratings.severity, whole))


def _services(data: Mapping[str, Any]) -> list[str]:
    """The ratings of population groups or core services, as a line for `unread`. The line is added to the reading if the
    service itself has no rating, or if a part of the service is rated worse (`_is_worse_in_part`)."""
    rated = [f"{_text(one, 'name')}: {_text(one, 'rating')}" for one in _list(_part(data, "currentRatings"), "serviceRatings")]
    overall = " without overall" if not _part(data, "currentRatings").get("overall") else ""
    return [f"currentRatings.serviceRatings{overall}: {', '.join(rated)}"[:500]] if rated else []


def _dormant(data: Mapping[str, Any]) -> Iterator[Said]:
    """The statement that the service carries on no regulated activity at present."""
    stated = str(data.get("dormancy") or "").strip().casefold()
    if stated in ("y", "yes", "true", "dormant") and not data.get("dormancyEndDate"):
        yield Said(kind=SaidKind.DORMANT, quote=f"dormancy: {data['dormancy']}", since=_date(data, "dormancyStartDate"))


def being_inspected_since(data: Mapping[str, Any]) -> date | None:
    """The day of the first visit of an inspection whose result is not published yet; None if there is no such inspection. A
    visit before the newest report is left out, since the result of this visit has been published. Source: docs/facts/api.md, A
    location."""
    if _registration(data) is Registration.ARCHIVED:
        return None
    overall = _part(_part(data, "currentRatings"), "overall")
    dates = [_date(_part(data, "lastReport"), "publicationDate"), _date(overall, "reportDate")]
    dates += [_date(report, "reportDate") for report in _list(data, "reports")]
    dates += [_date(assessment, "assessmentPlanPublishedDateTime") for assessment in _list(data, "assessment")]
    newest = max((day for day in dates if day), default=date.min)
    visits = [_date(report, "firstVisitDate") for report in _list(data, "unpublishedReports")]
    return min((day for day in visits if day and day > newest), default=None)


# --- the Single Assessment Framework ---


@dataclass(frozen=True, slots=True)
class _Assessed:
    """The current entry of one service group, the time of its publication, and its place in the answer."""

    group: str | None
    path: str
    published: date | None
    entry: Mapping[str, Any]


def _assessed(data: Mapping[str, Any], unread: list[str]) -> list[_Assessed]:
    """The current entry of each service group. If several entries of a group are marked as current, the entry that was
    published last is used. If two entries were published together, the worse entry is used, and both are listed as unread. An
    entry without a status is treated as current.

    Outside social care `ratings.overall` may be the rating of the whole location. Such a rating has no group.
    """
    newest: dict[str | None, tuple[str, _Assessed]] = {}
    for assessment in _list(data, "assessment"):
        at = (_text(assessment, "assessmentPlanPublishedDateTime") or "").replace("T", " ")
        stated = _part(assessment, "ratings")
        entries: list[tuple[str | None, Mapping[str, Any]]] = [(None, entry) for entry in _list(stated, "overall")]
        entries += [(_text(entry, "name") or "", entry) for entry in _list(stated, "asgRatings")]
        for group, entry in entries:
            path = "assessment.ratings." + ("overall" if group is None else f"asgRatings[{group}]")
            if (_text(entry, "status") or "current").casefold() != "current":
                continue
            found = _Assessed(group, path, _date(assessment, "assessmentPlanPublishedDateTime"), entry)
            last, held = newest.get(group, ("", None))
            if held is None or at > last or (at == last and _outdoes(found, held, unread)):
                newest[group] = at, found
    return [found for _, found in newest.values()]


def _outdoes(new: _Assessed, held: _Assessed, unread: list[str]) -> bool:
    """Whether the entry `new` is used instead of `held`, an entry of the same group that was published at the same time. The
    worse entry is used. If the ratings differ, both entries are listed as unread."""
    one, other = _text(new.entry, "rating") or "", _text(held.entry, "rating") or ""
    if one and other and ratings.parse(one) != ratings.parse(other):
        unread.append(quote(f"{new.path} twice, both current and of {new.published}: {other}; {one}"))
    return _is_worse(ratings.parse(one), ratings.parse(other))


def _group(assessed: _Assessed, unread: list[str]) -> GroupReading:
    entry = assessed.entry
    questions: dict[KeyQuestion, KeyQuestionReading] = {}
    for each in _list(entry, "keyQuestionRatings"):
        question = _question(each)
        if question is not None:
            read = _key_question(each, assessed, unread)
            questions[question] = _of_two(questions.get(question), read, unread)
    overall = _stated(entry, unread, assessed.group or "overall")
    return GroupReading(
        group=assessed.group or None,
        framework=framework.of_entry(entry, _texts(entry), _is_scored(questions.values())),
        overall=overall,
        overall_published=assessed.published,
        key_questions=questions,
        overall_quote=_place(assessed.path, entry, "rating") if overall else None,
    )


def _key_question(entry: Mapping[str, Any], group: _Assessed, unread: list[str]) -> KeyQuestionReading:
    assessed = _was_assessed(entry)
    path = f"{group.path}.keyQuestionRatings[{_text(entry, 'name')}]"
    return KeyQuestionReading(
        rating=_stated(entry, unread, f"{_text(entry, 'name')}"),
        score=_percentage(entry),
        assessed=assessed,
        published=group.published if assessed else None,
        statements=tuple(
            Statement(name=name, score=_score(each), assessed=_was_assessed(each))
            for each in _list(entry, "topicareas")
            if (name := _text(each, "name"))
        ),
        quote=_place(path, entry, "rating", "percentageScore", "percengtageScore", "status"),
    )


def _was_assessed(entry: Mapping[str, Any]) -> bool:
    return "not" not in (_text(entry, "status") or "").casefold().split()


def _percentage(entry: Mapping[str, Any]) -> int | None:
    """A score of 25 to 100; None if there is no score. CQC gives 0 to services without a score (dentists). CQC's schema
    misspells the key as "percengtageScore"."""
    value = entry.get("percentageScore", entry.get("percengtageScore"))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    digits = re.fullmatch(r"\s*+(\d{1,3})(?:\.\d++)?\s*+%?\s*+", str(value))
    return int(digits.group(1)) if digits and 0 < int(digits.group(1)) <= 100 else None


def _score(entry: Mapping[str, Any]) -> int | None:
    """ "2 - Evidence shows some shortfalls in the standard of care" -> 2."""
    value = entry.get("qualityStatementscore", entry.get("qualityStatementScore"))
    digit = re.match(r"\s*([1-4])(?!\d)", str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
    return int(digit.group(1)) if digit else None


def _texts(entry: Mapping[str, Any]) -> Iterator[str]:
    """The inspectors' texts in an entry, in reading order. The name of each key question precedes the texts about it."""
    yield from _paragraphs(entry, "narrative")
    yield from _paragraphs(entry, "commentary")
    yield from _paragraphs(entry, "overallPeopleExperience")
    for question in _list(entry, "keyQuestionRatings"):
        yield _text(question, "name") or ""
        yield from _paragraphs(question, "narrative")
        yield from _paragraphs(question, "commentary")
        for statement in _list(question, "topicareas"):
            yield from _paragraphs(statement, "qualityStatementNarrative")
            for evidence in _list(statement, "evidenceCategory"):
                yield from _paragraphs(evidence, "commentary")


def _paragraphs(entry: Mapping[str, Any], key: str) -> Iterator[str]:
    value = entry.get(key)
    if isinstance(value, str):
        yield from (line for line in value.splitlines() if line.strip())


# --- which of the two blocks is used ---


def _newest(inspected: GroupReading | None, groups: Sequence[GroupReading]) -> tuple[GroupReading, ...]:
    """The groups with the newest ratings. These are the groups of the assessments. But if the inspection's ratings were published
    after all assessments, the result is `inspected` alone."""
    stated = [group for group in groups if group.overall is not None or group.key_questions]
    if not stated:
        return (inspected,) if inspected else ()
    last = max(group.overall_published or date.min for group in stated)
    if inspected and isinstance(inspected.overall, Rating) and (inspected.overall_published or date.min) > last:
        return (inspected,)
    apart = [group for group in stated if group.group is not None]
    if len(apart) > 1:
        return tuple(sorted(stated, key=lambda group: group.group or ""))
    if not apart:
        return tuple(stated[:1])
    # If there is only one service group, the group is the whole service. If the group then has no overall rating, it gets the
    # overall rating of the whole location.
    whole = next((group for group in stated if group.group is None), None)
    if apart[0].overall is None and whole is not None:
        return (replace(apart[0], group=None, overall=whole.overall, overall_quote=whole.overall_quote),)
    return (replace(apart[0], group=None),)


def _is_assessment(groups: Sequence[GroupReading]) -> bool:
    return any(group.framework is not Framework.INSPECTION for group in groups)


def _is_scored(questions: Iterable[KeyQuestionReading]) -> bool:
    return any(one.score is not None or any(each.score is not None for each in one.statements) for one in questions)


def _report(data: Mapping[str, Any], assessed: Sequence[_Assessed]) -> str | None:
    """The id of the newest report or assessment in the answer: the plan number of an assessment ("AP2291"), or the link id of a
    report."""
    if assessed:
        newest = max(assessed, key=lambda each: each.published or date.min)
        return _text(newest.entry, "assessmentPlanId")
    overall = _part(_part(data, "currentRatings"), "overall")
    newest_report = max(_list(data, "reports"), key=lambda each: _date(each, "reportDate") or date.min, default=None)
    return _text(newest_report, "linkId") or _text(overall, "reportLinkId")
