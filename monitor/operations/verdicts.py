"""Compares a reading with what a careful reader would conclude. The verdict is right, other, silent or false alarm. Pure.

silent       the program did not read a fact, and no line of `unread` mentions the fact; or the program read something that
             hides the fact, such as a better rating
false alarm  the program read something that the source does not state: special measures (in, entered, remains), enforcement
             that was taken, a breach, a worse rating, a rating where none applies, or an end of registration
other        the program noticed the fact, but did not read it correctly: the fact is only in `unread`, or was read as unclear,
             in part, or as a fact of another kind

docs/interface.md, Labels, explains the fields of `expect`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from monitor.ratings import KeyQuestion, Rating, fell

Json = Mapping[str, Any]


class Verdict(StrEnum):
    """How well one case was read, best first."""

    RIGHT = "right"
    OTHER = "other"
    SILENT = "silent"
    FALSE_ALARM = "false alarm"


class Finding(NamedTuple):
    """The result for one field of `expect`. `listed` is true if the fact was not read, but is in `unread`."""

    field: str
    verdict: Verdict
    note: str = ""
    listed: bool = False


FIELDS: Final = (
    "special_measures", "enforcement", "enforcement_may", "overall", "overall_published", "ratings", "scores", "registration",
    "breaches", "changes", "groups", "by_group", "mention", "unread_or_right",
)  # fmt: skip
"""The fields that `expect` may name."""

_IN = {"in", "entered", "remains"}
_NAMED = {
    "warning notice", "requirement notice", "conditions", "cancellation", "suspension", "prosecution", "fine", "action plan",
}  # fmt: skip
"""The kinds of enforcement that have a name. All others are "generic"."""

_RATINGS = {str(one) for one in Rating}
_NOT_IN_FORCE = re.compile(r"^(proposed|lifted) ")
_WORDS = {
    "warning notice": "warning|29", "requirement notice": "requirement", "conditions": "condition|restrict|admi",
    "cancellation": "cancel|registration", "suspension": "suspen", "prosecution": "prosecut|guilty|convict|court|charge",
    "admissions restricted": "admi|new (?:people|residents|patients)", "fine": "fine|penalt|pay", "action plan": "plan",
    "generic": "action|enforce|urgent|restrict|condition|admi|caution",
}  # fmt: skip
"""For each kind of enforcement: the words of a line of `unread` that mentions it."""


def judged(expect: Json, answer: Json) -> tuple[Verdict, list[Finding]]:
    """Returns a case's worst verdict, and all its findings that are not right. `answer` is what `read --json` prints."""
    listed_is_right = bool(expect.get("unread_or_right"))
    found = [
        one for one in _findings(expect, answer) if one.verdict is not Verdict.RIGHT and not (one.listed and listed_is_right)
    ]
    return max((one.verdict for one in found), key=list(Verdict).index, default=Verdict.RIGHT), found


def mentioned(words: str, answer: Json) -> bool:
    """Whether a text of the answer matches the pattern `words`. The names of the service and of its provider do not count."""
    return any(re.search(words, text, re.I) for text in _strings(answer))


def _findings(expect: Json, answer: Json) -> Iterator[Finding]:
    yield from _ratings(expect, answer["ratings"], answer)
    if "special_measures" in expect:
        yield _measures(expect["special_measures"], answer)
    if "enforcement" in expect:
        yield from _enforcement(expect["enforcement"], set(expect.get("enforcement_may", ())), answer)
    if "registration" in expect:
        yield _registration(_either(expect["registration"]), answer)
    if "breaches" in expect:
        yield from _breaches(expect["breaches"], answer)
    for of, allowed in expect.get("changes", {}).items():
        yield _change(of, allowed, answer)
    if "mention" in expect and not mentioned(expect["mention"], answer):
        yield Finding("mention", Verdict.SILENT, f"nothing mentions {expect['mention']!r}")


def _ratings(expect: Json, groups: Sequence[Json], answer: Json) -> Iterator[Finding]:
    first: Json = groups[0] if groups else {}
    if "overall" in expect:
        yield _overall("overall", expect["overall"], first, answer, "overall|rating|rated|inspected")
    if "overall_published" in expect:
        got = (first.get("overall") or {}).get("published")
        yield _same("overall_published", got, _either(expect["overall_published"]))
    yield from _questions("", expect.get("ratings", {}), first, answer)
    if "groups" in expect:
        yield _same("groups", len(groups), _either(expect["groups"]))
    for name, wanted in expect.get("by_group", {}).items():
        yield from _group(name, wanted, groups, answer)
    for of, score in expect.get("scores", {}).items():
        yield _score(of, _either(score), first, answer)


def _either(value: Any) -> list[Any]:
    """Returns the alternatives of one expectation, the best first. "null" and None mean the same."""
    alternatives = value if isinstance(value, list) else value.split("|") if isinstance(value, str) else [value]
    return [None if one in (None, "null") else one.lower() if isinstance(one, str) else one for one in alternatives]


def _said(got: Any, wanted: Sequence[Any]) -> str:
    return f"{got} instead of {' or '.join(map(str, wanted))}"


def _same(field: str, got: Any, wanted: Sequence[Any]) -> Finding:
    return Finding(field, Verdict.RIGHT if got in wanted else Verdict.OTHER, _said(got, wanted))


def _missed(field: str, words: str, answer: Json, note: str) -> Finding:
    """The finding about a fact that was not read. `words` is a pattern that the lines about the fact in `unread` match."""
    if any(re.search(words, line, re.I) for line in answer["unread"]):
        return Finding(field, Verdict.OTHER, f"only in unread: {note}", listed=True)
    return Finding(field, Verdict.SILENT, note)


def _measures(wanted: Sequence[str], answer: Json) -> Finding:
    got, field = answer["special_measures"]["state"], "special_measures"
    note = _said(got, wanted)
    if got in wanted:
        return Finding(field, Verdict.RIGHT)
    if got in _IN:
        return Finding(field, Verdict.OTHER if _IN & set(wanted) else Verdict.FALSE_ALARM, note)
    if got == "left" and _IN & set(wanted):
        return Finding(field, Verdict.SILENT, note)
    if got == "not stated":
        return _missed(field, "special ?measures?", answer, note)
    return Finding(field, Verdict.OTHER, note)


def _enforcement(wanted: Sequence[Any], may: set[str], answer: Json) -> Iterator[Finding]:
    taken = {one["kind"] for one in answer["enforcement"] if not _NOT_IN_FORCE.match(one["kind"])}
    other = {_NOT_IN_FORCE.sub("proposed ", one["kind"]) for one in answer["enforcement"]}
    unnamed, rest = taken - _NAMED, set(taken)
    for each in wanted:
        kinds = set(_either(each))
        hit = (taken & kinds) | (unnamed if "generic" in kinds else set())
        rest -= hit
        if not hit and not kinds & other:
            words = "|".join(_WORDS.get(kind.removeprefix("proposed "), re.escape(kind)) for kind in sorted(kinds))
            note = f"no {' or '.join(sorted(kinds))}"
            known = bool(answer["enforcement"])
            yield Finding("enforcement", Verdict.OTHER, note) if known else _missed("enforcement", words, answer, note)
    rest -= may | (unnamed if "generic" in may else set()) | (taken if "*" in may else set())
    if rest:
        yield Finding("enforcement", Verdict.FALSE_ALARM, f"taken: {', '.join(sorted(rest))}")


def _breaches(wanted: Sequence[Any], answer: Json) -> Iterator[Finding]:
    got = [(one["regulation"], (one.get("topic") or "").lower()) for one in answer["breaches"]]
    if got and not wanted:
        yield Finding("breaches", Verdict.FALSE_ALARM, f"{_breaches_said(got)}, and none applies")
        return
    rest, missing = list(got), []
    for each in wanted:
        kinds = _either(each)
        hit = [one for one in rest if one[0] in kinds or one[1] in kinds or ("any" in kinds and one[0] is None)]
        rest = [one for one in rest if one not in hit]
        missing += [] if hit else [" or ".join(map(str, kinds))]
    if missing and got:
        yield Finding("breaches", Verdict.OTHER, f"no {'; '.join(missing)}")
    elif missing:
        yield _missed("breaches", "breach|regulation", answer, f"no {'; '.join(missing)}")
    if extra := [one for one in rest if one != (None, "")]:
        yield Finding("breaches", Verdict.OTHER, f"also {_breaches_said(extra)}")


def _breaches_said(got: Sequence[tuple[str | None, str]]) -> str:
    return ", ".join(filter(None, ((number or topic) for number, topic in got))) or "a breach without a name"


def _rating(field: str, wanted: Sequence[Any], got: str | None, answer: Json, words: str) -> Finding:
    """The finding about one rating. `words` is a pattern for the lines of `unread` about the rating."""
    note = _said(got, wanted)
    named = [one for one in wanted if one is not None]
    if got in wanted:
        return Finding(field, Verdict.RIGHT)
    if not named:
        return Finding(field, Verdict.FALSE_ALARM, note)
    if got is None:
        return _missed(field, "|".join([words, *map(re.escape, named)]), answer, note)
    if named[0] not in _RATINGS:  # no rating applies
        bad = got in (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT)
        return Finding(field, Verdict.FALSE_ALARM if bad else Verdict.SILENT if got in _RATINGS else Verdict.OTHER, note)
    worse = got in _RATINGS and all(fell(Rating(one), Rating(got)) for one in named if one in _RATINGS)
    return Finding(field, Verdict.FALSE_ALARM if worse else Verdict.SILENT, note)


def _overall(field: str, wanted: Any, group: Json, answer: Json, words: str) -> Finding:
    found = _rating(field, _either(wanted), (group.get("overall") or {}).get("rating"), answer, words)
    return _or_as_change(found, "overall", _either(wanted), (group.get("overall") or {}).get("rating"), answer)


def _questions(within: str, wanted: Json, group: Json, answer: Json) -> Iterator[Finding]:
    for question, rating in wanted.items():
        got = ((group.get("key_questions") or {}).get(question) or {}).get("rating")
        words = rf"\b{question.replace('-', '[- ]?')}\b"
        found = _rating(within + question, _either(rating), got, answer, words)
        yield _or_as_change(found, question, _either(rating), got, answer)


def _or_as_change(found: Finding, of: str, wanted: Sequence[Any], got: str | None, answer: Json) -> Finding:
    """A rating that was only read as the result of a change was noticed."""
    changed = any(one["of"] == of and one["to"] in wanted for one in answer["rating_changes"])
    if found.verdict is Verdict.SILENT and got is None and changed:
        return found._replace(verdict=Verdict.OTHER, note=f"only as a change: {found.note}")
    return found


def _group(name: str, wanted: Json, groups: Sequence[Json], answer: Json) -> Iterator[Finding]:
    """The findings about one of several service groups. If no group has the name, but one group has no name, this group's
    ratings are compared."""
    held = next((one for one in groups if re.search(name, one["group"] or "", re.I)), None)
    if held is None:
        yield Finding(name, Verdict.OTHER, "no group has this name")
        nameless = [one for one in groups if not one["group"]]
        held = nameless[0] if len(nameless) == 1 and len(groups) > 1 else {}
    if "overall" in wanted:
        got = (held.get("overall") or {}).get("rating")
        yield _rating(f"{name}: overall", _either(wanted["overall"]), got, answer, name)
    yield from _questions(f"{name}: ", wanted.get("ratings", {}), held, answer)


def _score(of: str, wanted: Sequence[Any], group: Json, answer: Json) -> Finding:
    questions: Json = group.get("key_questions") or {}
    if of in questions or of in set(KeyQuestion):
        got = (questions.get(of) or {}).get("score")
    else:
        statements = [one for each in questions.values() for one in each["statements"]]
        got = next((one["score"] for one in statements if one["name"].casefold() == of.casefold()), None)
    field, note = f"score {of}", _said(got, wanted)
    if got in wanted:
        return Finding(field, Verdict.RIGHT)
    if got is None:
        return _missed(field, f"{re.escape(of)}|score", answer, note)
    return Finding(field, Verdict.FALSE_ALARM, note)


def _change(of: str, allowed: Sequence[str], answer: Json) -> Finding:
    wrong = [str(one["to"]) for one in answer["rating_changes"] if one["of"] == of and one["to"] not in allowed]
    note = f"changed to {', '.join(wrong)}" + (f" instead of {' or '.join(allowed)}" if allowed else ", and no change is stated")
    return Finding(f"change of {of}", Verdict.FALSE_ALARM if wrong else Verdict.RIGHT, note)


def _registration(wanted: Sequence[Any], answer: Json) -> Finding:
    got, note = answer["registration"], _said(answer["registration"], wanted)
    if got in wanted:
        return Finding("registration", Verdict.RIGHT)
    if got == "archived":
        return Finding("registration", Verdict.FALSE_ALARM, note)
    if "archived" in wanted:
        return _missed("registration", "regist|archiv|clos|cancel", answer, note)
    return Finding("registration", Verdict.OTHER, note)


def _strings(held: Any) -> Iterator[str]:
    """Yields every text in an answer except the names of the service, of its provider and of the file."""
    if isinstance(held, Mapping):
        for key, value in held.items():
            if key not in ("file", "name", "provider_name", "source", "location_id"):
                yield from _strings(value)
    elif isinstance(held, list | tuple):
        for value in held:
            yield from _strings(value)
    elif isinstance(held, str):
        yield " ".join(held.split())
