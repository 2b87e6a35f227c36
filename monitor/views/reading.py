"""Shows a reading of a page, for the command `read`: JSON for programs (see docs/interface.md), and plain text for people.
Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from monitor.model import (
    Decision,
    Enforcement,
    GroupReading,
    KeyQuestionReading,
    Reading,
    SaidKind,
    Source,
    Stage,
)
from monitor.ratings import OVERALL, KeyQuestion
from monitor.text import day, plain, sentence

if TYPE_CHECKING:
    pass

Json = dict[str, Any]


def reading_json(reading: Reading) -> Json:
    """Returns a reading as `read --json` prints it. Source: docs/interface.md, Readings as JSON."""
    return {
        "source": reading.source,
        "location_id": reading.location_id,
        "name": reading.name,
        "provider_name": reading.provider_name,
        "service_type": reading.service_type,
        "address": reading.address,
        "registration": reading.registration,
        "notices": [{"kind": one.kind, "see": one.see, "location_id": one.location_id} for one in reading.notices],
        "ratings": [_group_json(group) for group in reading.ratings],
        "special_measures": {"state": reading.special_measures.state, "quote": reading.special_measures.quote},
        "rating_changes": [{"of": one.of, "from": one.from_, "to": one.to, "quote": one.quote} for one in reading.rating_changes],
        "breaches": [breach_json(one.regulation, one.topic, one.quote) for one in reading.breaches],
        "enforcement": [enforcement_json(one) for one in reading.enforcement],
        "said": [{"kind": one.kind, "since": iso(one.since), "quote": one.quote} for one in reading.said],
        "announcements": [
            {"kind": one.kind, "since": iso(one.since), "quote": one.quote} for one in reading.said if one.kind in ANNOUNCED
        ],
        "missing": list(reading.missing),
        "unread": list(reading.unread),
    }


ANNOUNCED = (
    SaidKind.BEING_INSPECTED,
    SaidKind.RATINGS_SUSPENDED,
    SaidKind.REPORT_REMOVED,
    SaidKind.CLOSING,
    SaidKind.DORMANT,
)
"""The kinds of `announcements`. `said` has all kinds."""


def breach_json(regulation: str | None, topic: str | None, quote: str) -> Json:
    return {"regulation": regulation, "topic": topic, "quote": quote} if topic else {"regulation": regulation, "quote": quote}


def enforcement_json(one: Enforcement) -> Json:
    """Returns enforcement for programs. An action that CQC has not taken has a separate kind, so that a search for
    "cancellation" does not find a proposal."""
    if one.stage is Stage.TAKEN:
        return {"kind": one.kind, "quote": one.quote}
    return {"kind": f"{one.stage} {one.kind}", "state": one.stage, "quote": one.quote}


def _group_json(group: GroupReading) -> Json:
    inherited = {"inherited": True} if group.inherited else {}
    return {
        "group": group.group,
        "framework": group.framework,
        "overall": {"rating": group.overall, "published": iso(group.overall_published), "quote": group.overall_quote} | inherited,
        "key_questions": {question: _question_json(one) for question, one in group.key_questions.items()},
    } | inherited


def _question_json(one: KeyQuestionReading) -> Json:
    return {
        "rating": one.rating,
        "score": one.score,
        "assessed": one.assessed,
        "published": iso(one.published),
        "statements": [
            {"name": statement.name, "score": statement.score} | ({} if statement.assessed else {"assessed": False})
            for statement in one.statements
        ],
        "quote": one.quote,
    } | ({"inherited": True} if one.inherited else {})


def reading_text(reading: Reading) -> str:
    """Returns a reading as text for people, with the sentences of CQC that support the reading."""
    if not reading.says_something:
        lines = ["Nothing was understood."]
        return "\n".join([*lines, *(f"  Not understood: {plain(text)}" for text in reading.unread)])
    rows: list[tuple[str, str | None]] = [
        ("Source", reading.source),
        ("Location id", reading.location_id),
        ("Service", reading.name),
        ("Type", reading.service_type),
        ("Address", reading.address),
        ("Provider", reading.provider_name),
        ("Registration", reading.registration),
    ]
    lines = [f"{label + ':':<14}{plain(value)}" for label, value in rows if value]
    for notice in reading.notices:
        lines.append(f"{'Notice:':<14}{notice.kind}, see the {notice.see} profile {notice.location_id or ''}".rstrip())
    for group in reading.ratings:
        lines += ["", *_group_text(group, reading.source)]
    lines += ["", f"{'Special measures:':<18}{reading.special_measures.state}"]
    lines += quoted(reading.special_measures.quote)
    for change in reading.rating_changes:
        was = f" from {change.from_}" if change.from_ else ""
        lines += [f"Changed: {change.of}{was} to {change.to}", *quoted(change.quote)]
    for breach in reading.breaches:
        named = " ".join(part for part in (breach.regulation and f"regulation {breach.regulation}", breach.topic) if part)
        lines += [f"Breach: {named}", *quoted(breach.quote)]
    for action in reading.enforcement:
        stage = "" if action.stage is Stage.TAKEN else f" ({action.stage})"
        lines += [f"Enforcement: {action.kind}{stage}", *quoted(action.quote)]
    for said in reading.said:
        since = f", since {day(said.since)}" if said.since else ""
        lines += [f"CQC says: {said.kind}{since}", *quoted(said.quote)]
    if reading.missing:
        lines.append(f"Not found: {', '.join(reading.missing)}")
    lines += [f"Not understood: {plain(text)}" for text in reading.unread]
    return "\n".join(lines)


def decisions_json(reading: Reading) -> list[Json]:
    """Returns each statement in words, with what the program concluded from it, as `read --explain --json` prints it."""
    return [
        {"topic": one.topic, "text": one.text, "decided": _became(one), "rule": one.rule or None} for one in reading.decisions
    ]


def explained(reading: Reading) -> str:
    """Returns each statement in words, what the program concluded from it, and by which rule, for people."""
    if not reading.decisions:
        return "The source has no statement in words about special measures, enforcement, registration or ratings."
    lines = [
        f"{sentence(one.topic)}: {_became(one)}{f', by the rule “{one.rule}”' if one.rule else ''}\n    {plain(one.text)}"
        for one in reading.decisions
    ]
    return "\n".join([*lines, *(f"Not understood: {plain(text)}" for text in reading.unread)])


def _became(one: Decision) -> str:
    return "a fact" if one.fact else "left aside" if one.left_aside else "not understood"


def _group_text(group: GroupReading, source: Source) -> list[str]:
    title = "Ratings" + (f" of {plain(group.group)}" if group.group else "")
    title += f" ({group.framework} framework)" if group.framework else ""
    lines = [title, f"  {'Overall':<12}{_rated(group.overall, group.overall_published)}"]
    lines += quoted(_telling(group.overall_quote, source, OVERALL, group.overall, group.overall_published))
    for question in KeyQuestion:
        one = group.key_questions.get(question)
        if one is None:
            continue
        extra = [f"score {one.score}"] if one.score is not None else []
        extra += [] if one.assessed else ["not assessed"]
        lines.append(f"  {sentence(question):<12}{_rated(one.rating, one.published, extra)}")
        lines += quoted(_telling(one.quote, source, question, one.rating, one.published))
        lines += [f"      {'–' if each.score is None else each.score}  {plain(each.name)}" for each in one.statements]
    return lines


# Words next to a label and a rating that give no further information: "Is the service safe?", "Overall rating for this
# service", "read more about inspection ratings".
_FURNITURE = frozenset(
    {"is", "are", "the", "this", "service", "services", "overall", "rating", "ratings", "rated", "for", "read", "more", "about"}
    | {"inspection", "summary", "published"}
)

WORDS = re.compile(r"\w+")


def _telling(quote: str | None, source: Source, of: str, rating: str | None, published: date | None) -> str | None:
    """Returns a rating's quote. Returns None if the quote tells people no more than the line above, or is a path in the API's
    answer, which is only for programs."""
    shown = f"{of} {rating or ''} {day(published) if published else ''}"
    more = set(WORDS.findall((quote or "").casefold())) - _FURNITURE - set(WORDS.findall(shown.casefold()))
    return quote if more and source is not Source.API_LOCATION else None


def _rated(rating: str | None, published: date | None, extra: Sequence[str] = ()) -> str:
    details = [*extra, *([f"published {day(published)}"] if published else [])]
    return (sentence(rating) if rating else "not stated") + (f" ({', '.join(details)})" if details else "")


def quoted(quote: str | None) -> list[str]:
    return [f"    “{plain(quote)}”"] if quote else []


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
