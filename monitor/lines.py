"""What the events of one item say: its headline, in one line. Pure. The same words in messages, pages, commands and the API."""

from collections.abc import Callable, Iterable, Sequence

from monitor.events import Event, Kind, regulation_number
from monitor.ratings import OVERALL, SUBJECTS, KeyQuestion, Rating
from monitor.severity import by_severity
from monitor.text import listed, sentence

_MOVED = {Kind.DOWNGRADED: "down", Kind.UPGRADED: "up"}

_AGAIN = frozenset({Kind.INADEQUATE_AGAIN, Kind.NOT_IMPROVED})

_RATINGS = frozenset({*_MOVED, *_AGAIN, Kind.FIRST_RATED, Kind.READ_WRONGLY, Kind.STANDS_AGAIN, Kind.RATING_WITHDRAWN})

_SCORES = frozenset({Kind.SCORE_FELL, Kind.SCORE_ROSE})

_STAGES = {
    Kind.ENFORCEMENT: ("", "enforcement action"),
    Kind.PROPOSED: ("proposed: ", "enforcement action"),
    Kind.LIFTED: ("met, lifted or overturned: ", "enforcement action"),
}

_BEFORE_RATINGS = frozenset({Kind.RATINGS_SUSPENDED, Kind.RATINGS_WITHDRAWN, Kind.REPORT_REMOVED, Kind.CORRECTION})

_MEASURES = frozenset({Kind.ENTERED, Kind.REMAINS, Kind.LEFT})


def headline(events: Iterable[Event]) -> str:
    """The events of one item in one line, ratings first: "Good → Inadequate overall; Safe and Well-led down; entered special
    measures; breaches of regulations 12 and 17; warning notice". "" for no events. Scores and the report itself are named only if
    there is nothing else; a retracted event only if nothing else is left."""
    told = sorted(events, key=by_severity)
    standing = [one for one in told if one.corrected_at is None]
    if not standing:
        return sentence(told[0].words) if told else ""
    return sentence("; ".join(clauses(standing)))


def clauses(events: Sequence[Event]) -> list[str]:
    """The clauses of a headline. `events`: not empty, worst first."""
    said = [one.words for one in events if one.kind in _BEFORE_RATINGS]
    for group in dict.fromkeys(one.group for one in events if one.kind in _RATINGS):
        said += _ratings([one for one in events if one.kind in _RATINGS and one.group == group])
    said += [_measures(one) for one in events if one.kind in _MEASURES]
    said += [breaches([one for one in events if one.kind is Kind.BREACH])]
    said += [_enforcement(kind, [one for one in events if one.kind is kind]) for kind in (Kind.ENFORCEMENT, Kind.PROPOSED)]
    told = _BEFORE_RATINGS | _RATINGS | _MEASURES | _SCORES | {*_STAGES, Kind.BREACH, Kind.REPORT}
    said += [one.words for one in events if one.kind not in told]
    said += [_enforcement(Kind.LIFTED, [one for one in events if one.kind is Kind.LIFTED])]
    found = list(dict.fromkeys(one for one in said if one))
    if not found:
        reports = [one for one in events if one.kind is Kind.REPORT]
        found = [one.words for one in reports[:1]] or [_scores(events)]
    return found


def _ratings(events: Sequence[Event]) -> list[str]:
    """What happened to the ratings of one service group: the overall rating, then the key questions."""
    overall = next((one for one in events if one.of == OVERALL), None)
    questions = [one for one in events if one is not overall and not _goes_without_saying(one, overall)]
    of = f" ({events[0].group})" if events[0].group else ""
    said = [_overall(overall) + of] if overall else []
    alike: dict[tuple[object, ...], list[Event]] = {}
    for one in questions:
        alike.setdefault((one.kind, one.read_late, *_to_show(one, overall)), []).append(one)
    return said + [_questions(one, overall) + ("" if overall else of) for one in alike.values()]


def _goes_without_saying(event: Event, overall: Event | None) -> bool:
    """Whether a key question's first rating need not be named beside the overall one, since it isn't low."""
    first = overall is not None and event.kind is overall.kind is Kind.FIRST_RATED
    return first and event.to not in (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT)


def _to_show(event: Event, overall: Event | None) -> tuple[object, object]:
    """What sets questions of one kind apart: ratings, unless "down" or "up" beside the overall rating says enough."""
    if event.kind in _MOVED and overall is not None and not event.read_late:
        inadequate = event.to == Rating.INADEQUATE and overall.to != Rating.INADEQUATE
        return (None, event.to if inadequate else None)
    return (event.from_, event.to)


def _overall(event: Event) -> str:
    return _rated(event, "overall")


def _questions(alike: Sequence[Event], overall: Event | None) -> str:
    """What happened alike to several key questions."""
    names, first = listed_questions(alike), alike[0]
    if first.kind in _MOVED and overall is not None and not first.read_late:
        to = _to_show(first, overall)[1]
        return f"{names} {_MOVED[first.kind]}" + (f" to {_shown(to)}" if to else "")
    if first.kind is Kind.FIRST_RATED:
        return _rated(first, f"for {names}") if overall is None else f"{names} {_shown(first.to)}"
    return _rated(first, names)


def _rated(event: Event, of: str) -> str:
    to, was = _shown(event.to), _shown(event.from_)
    if event.read_late:
        return f"{to} {of} (read late)" if of == "overall" else f"{of} {to} (read late)"
    said: dict[Kind, Callable[[], str]] = {
        Kind.FIRST_RATED: lambda: f"first rated {to} {of}" if not event.from_ or event.from_ == "not rated" else f"now {to} {of}",
        Kind.RATING_WITHDRAWN: lambda: f"{was} {of} withdrawn" if of == "overall" else f"{of} {was} withdrawn",
        Kind.READ_WRONGLY: lambda: f"{to} {of} (read wrongly until now)",
        Kind.INADEQUATE_AGAIN: lambda: f"{to} {of} again" if of == "overall" else f"{of} {to} again",
        Kind.NOT_IMPROVED: lambda: f"{to} {of} again" if of == "overall" else f"{of} {to} again",
    }
    moved = f"{was} → {to} {of}" if of == "overall" else f"{of} {was} → {to}"
    return said[event.kind]() if event.kind in said else moved


def _measures(event: Event) -> str:
    return "in special measures (read late)" if event.read_late and event.kind is not Kind.LEFT else event.kind.value


def _enforcement(kind: Kind, events: Sequence[Event]) -> str:
    before, unnamed = _STAGES[kind]
    return before + listed(list(dict.fromkeys(one.of or unnamed for one in events))) if events else ""


def breaches(events: Sequence[Event]) -> str:
    """ "breaches of regulations 12 and 17"; "breach of regulation 12"; topics where CQC names no regulation."""
    numbers = sorted({number for one in events if (number := regulation_number(one.of))}, key=_in_order)
    topics = list(dict.fromkeys(one.of for one in events if one.of and not regulation_number(one.of)))
    said = []
    if numbers:
        regulations = "regulation" if len(numbers) == 1 else "regulations"
        said.append(f"{regulations} {listed([number.replace('2009:', '') + _of_2009(number) for number in numbers])}")
    said += [f"the regulations ({listed(topics)})"] if topics else []
    if not said:
        return "breach of the regulations" if events else ""
    return f"{'breach' if len(numbers) + len(topics) == 1 else 'breaches'} of {listed(said)}"


def _of_2009(number: str) -> str:
    return " (2009)" if number.startswith("2009:") else ""


def _in_order(number: str) -> tuple[bool, int, str]:
    """Regulations in the order of their numbers, those of 2009 last."""
    bare = number.removeprefix("2009:")
    digits = bare.rstrip("AB")
    return (bare != number, int(digits) if digits.isdigit() else 0, bare)


def _scores(events: Sequence[Event]) -> str:
    """Scores, where nothing else happened: of key questions if there are any, otherwise of statements."""
    questions = [one for one in events if one.of in set(SUBJECTS)] or list(events)
    fell = [one for one in questions if one.kind is Kind.SCORE_FELL]
    rose = [one for one in questions if one.kind is Kind.SCORE_ROSE]
    said = [f"{verb} for {listed_questions(some)}" for verb, some in (("score fell", fell), ("score rose", rose)) if some]
    return "; ".join(said)


def listed_questions(events: Iterable[Event]) -> str:
    """What the events are about, in CQC's order: "Safe and Well-led"."""
    order: dict[str, int] = {name: place for place, name in enumerate(KeyQuestion)}
    names = dict.fromkeys(one.of or OVERALL for one in events)
    return listed([sentence(name) for name in sorted(names, key=lambda name: order.get(name, len(order)))])


def _shown(rating: object) -> str:
    return sentence(str(rating)) if rating is not None else "not rated"
