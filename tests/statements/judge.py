"""Compares a reading with what a careful reader would conclude. The verdict is right, silent, false alarm or other. Pure.

silent       the program did not read a fact, and no line of `unread` mentions the fact; or the program read a better rating than
             the true one
false alarm  the program read something that the page does not state: special measures (in, entered, remains), enforcement that
             was taken, a breach, a worse rating, or an end of registration
other        the program noticed the fact, but did not read it correctly: the fact is only in `unread`, or was read as unclear or
             as a fact of another kind
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from monitor.ratings import Rating
from monitor.ratings import severity as place

Json = Mapping[str, Any]


class Verdict(StrEnum):
    """How well one case was read, best first."""

    RIGHT = "right"
    OTHER = "other"
    SILENT = "silent"
    FALSE_ALARM = "false alarm"


class Finding(NamedTuple):
    """The result for one field of `expect`."""

    field: str
    verdict: Verdict
    note: str = ""


FIELDS: Final = (
    "special_measures", "enforcement", "enforcement_may", "breaches", "overall", "overall_published", "ratings", "registration",
    "groups", "by_group", "mention", "unread_or_right",
)  # fmt: skip
"""The fields that `expect` may name."""

_IN = {"in", "entered", "remains"}
_NAMED = {
    "warning notice", "requirement notice", "conditions", "cancellation", "suspension", "prosecution", "fine", "action plan",
}  # fmt: skip
_RATINGS = {str(one) for one in Rating}
_WORDS = {
    "warning notice": "warning|29", "requirement notice": "requirement", "conditions": "condition|restrict|admi",
    "cancellation": "cancel|registration", "suspension": "suspen", "prosecution": "prosecut|guilty|court|charge",
    "admissions restricted": "admi|new (?:people|residents|patients)", "fine": "fine|penalt|pay", "action plan": "plan",
    "generic": "action|enforce|urgent|restrict|admi|caution",
}  # fmt: skip


def judged(expect: Json, answer: Json) -> tuple[Verdict, list[Finding]]:
    """Returns a case's worst verdict, and all its findings that are not right. `answer` is what `read --json` prints."""
    found = [one for one in _findings(expect, answer) if one.verdict is not Verdict.RIGHT]
    if expect.get("unread_or_right"):
        found = [one for one in found if not (one.verdict is Verdict.OTHER and one.note.startswith("only"))]
    return max((one.verdict for one in found), key=list(Verdict).index, default=Verdict.RIGHT), found


def _findings(expect: Json, answer: Json) -> Iterator[Finding]:
    groups: Sequence[Json] = answer["ratings"]
    first: Json = groups[0] if groups else {}
    if "special_measures" in expect:
        yield _measures(expect["special_measures"], answer)
    if "enforcement" in expect:
        yield from _enforcement(expect["enforcement"], set(expect.get("enforcement_may", ())), answer)
    if "breaches" in expect:
        yield from _breaches(expect["breaches"], answer)
    yield from _overall(expect, first.get("overall") or {}, answer)
    yield from _questions(expect.get("ratings", {}), first, answer)
    yield from _groups(expect, groups, answer)
    if "registration" in expect:
        yield _registration(_either(expect["registration"]), answer)
    if "mention" in expect:
        said = any(re.search(expect["mention"], text, re.I) for text in _strings(answer))
        yield Finding("mention", Verdict.RIGHT if said else Verdict.SILENT, f"nothing says {expect['mention']!r}")


def _overall(expect: Json, overall: Json, answer: Json) -> Iterator[Finding]:
    if "overall" in expect:
        yield _rating("overall", _either(expect["overall"]), overall.get("rating"), answer)
    if "overall_published" in expect:
        got, wanted = overall.get("published"), _either(expect["overall_published"])
        yield Finding("overall_published", Verdict.RIGHT if got in wanted else Verdict.OTHER, f"{got} for {wanted}")


def _groups(expect: Json, groups: Sequence[Json], answer: Json) -> Iterator[Finding]:
    if "groups" in expect:
        fits = len(groups) in _either(expect["groups"])
        yield Finding("groups", Verdict.RIGHT if fits else Verdict.OTHER, f"{len(groups)} groups")
    for name, wanted in expect.get("by_group", {}).items():
        held = next((one for one in groups if re.search(name, one["group"] or "", re.I)), None)
        if held is None:
            yield Finding(name, Verdict.OTHER, "no such group")
        overall = ((held or {}).get("overall") or {}).get("rating")
        yield _rating(f"{name}: overall", _either(wanted["overall"]), overall, answer)
        yield from _questions(wanted.get("ratings", {}), held or {}, answer)


def _either(value: Any) -> list[Any]:
    """Returns the alternatives of one expectation. "null" and None mean the same."""
    alternatives = value if isinstance(value, list) else value.split("|") if isinstance(value, str) else [value]
    return [None if one in (None, "null") else str(one).lower() if isinstance(one, str) else one for one in alternatives]


def _loud(answer: Json, words: str) -> bool:
    return any(re.search(words, line, re.I) for line in answer["unread"])


def _missed(answer: Json, words: str) -> tuple[Verdict, str]:
    return (Verdict.OTHER, "only in unread: ") if _loud(answer, words) else (Verdict.SILENT, "")


def _measures(wanted: Sequence[str], answer: Json) -> Finding:
    got, field = answer["special_measures"]["state"], "special_measures"
    note = f"{got} for {'|'.join(wanted)}"
    if got in wanted:
        return Finding(field, Verdict.RIGHT)
    if got in _IN:
        return Finding(field, Verdict.OTHER if _IN & set(wanted) else Verdict.FALSE_ALARM, note)
    if got == "left" and _IN & set(wanted):
        return Finding(field, Verdict.SILENT, note)
    if got == "not stated":
        verdict, where = _missed(answer, "special ?measures?")
        return Finding(field, verdict, where + note)
    return Finding(field, Verdict.OTHER, note)


def _enforcement(wanted: Sequence[str], may: set[str], answer: Json) -> Iterator[Finding]:
    taken = {one["kind"] for one in answer["enforcement"] if "state" not in one}
    rest = set(taken)
    other = {one["kind"] for one in answer["enforcement"] if "state" in one}
    for each in wanted:
        kinds = set(each.split("|"))
        hit = {one for one in taken if one in kinds or ("generic" in kinds and one not in _NAMED)} | (kinds & other)
        rest -= hit
        if not hit:
            words = "|".join(_WORDS.get(kind.removeprefix("proposed "), kind) for kind in kinds)
            verdict, where = (Verdict.OTHER, "") if answer["enforcement"] else _missed(answer, words)
            yield Finding("enforcement", verdict, f"{where}no {each}")
    rest = {one for one in rest if one not in may and not ("generic" in may and one not in _NAMED)}
    if rest:
        yield Finding("enforcement", Verdict.FALSE_ALARM, f"taken: {', '.join(sorted(rest))}")


def _breaches(wanted: Sequence[str], answer: Json) -> Iterator[Finding]:
    got = [(one["regulation"], (one.get("topic") or "").lower()) for one in answer["breaches"]]
    if got and not wanted:
        yield Finding("breaches", Verdict.FALSE_ALARM, f"{got}")
    for each in wanted:
        kinds = each.lower().split("|")
        if not any(one == kind or (kind == "any") for kind in kinds for one in [None, *(x for pair in got for x in pair)] if got):
            verdict, where = (Verdict.OTHER, "") if got else _missed(answer, "breach|regulation")
            yield Finding("breaches", verdict, f"{where}no {each}")


def _rating(field: str, wanted: Sequence[Any], got: str | None, answer: Json) -> Finding:
    if got in wanted or (got not in _RATINGS and {None, "suspended"} & set(wanted)):
        return Finding(field, Verdict.RIGHT)
    note, ranks = f"{got} for {wanted}", {str(one): place(one) for one in Rating}
    if got is None:
        verdict, where = _missed(answer, f"overall|rat(?:ing|ed)|{field}|" + "|".join(str(one) for one in wanted))
        return Finding(field, verdict, where + note)
    best = next((ranks[one] for one in wanted if one in ranks), None)
    if got not in ranks:
        return Finding(field, Verdict.SILENT if best else Verdict.OTHER, note)
    worse = ranks[got] > best if best is not None else got in ("inadequate", "requires improvement")
    return Finding(field, Verdict.FALSE_ALARM if worse else Verdict.SILENT, note)


def _questions(wanted: Json, group: Json, answer: Json) -> Iterator[Finding]:
    for question, rating in wanted.items():
        got = ((group.get("key_questions") or {}).get(question) or {}).get("rating")
        yield _rating(question, _either(rating), got, answer)


def _registration(wanted: Sequence[Any], answer: Json) -> Finding:
    got = answer["registration"]
    if got in wanted:
        return Finding("registration", Verdict.RIGHT)
    if got == "archived":
        return Finding("registration", Verdict.FALSE_ALARM, f"archived for {wanted}")
    verdict, where = _missed(answer, "regist|archiv|clos|cancel") if "archived" in wanted else (Verdict.OTHER, "")
    return Finding("registration", verdict, f"{where}{got} for {wanted}")


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
