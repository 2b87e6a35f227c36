"""Puts the events of one item into words: in one line (`headline`), or with one sentence for each kind of change (`lines`).
Messages, pages, commands and the API use the same words. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.events import Event, Kind, regulation, regulation_number
from monitor.ratings import OVERALL, SUBJECTS, KeyQuestion, Rating, Reason, band
from monitor.severity import by_severity
from monitor.standing import MEASURES, Standing, rated, shown
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
    """Returns the events of one item in one line, ratings first, such as "Good → Inadequate overall; Safe and Well-led down;
    entered special measures; breaches of regulations 12 and 17; warning notice". "" for no events. The line mentions scores and
    the report itself only if nothing else happened, and retracted events only if all events are retracted."""
    told = sorted(events, key=by_severity)
    standing = [one for one in told if one.corrected_at is None]
    if not standing:
        return sentence(told[0].words) if told else ""
    return sentence("; ".join(clauses(standing)))


def headline_or_kind(events: Sequence[Event]) -> str:
    """Returns the headline. If the headline can't be made because of an error, returns the first event's kind, subject and value,
    because people must be alerted anyway. `events` must not be empty."""
    try:
        return headline(events)
    except Exception:
        from monitor import logs  # imported only now, because commands load this module but log nothing

        logs.logger(__name__).error("a headline can't be made", id=events[0].id, exc_info=True)
        return f"{events[0].kind} {events[0].of or ''} {events[0].to or ''}".rstrip()


def clauses(events: Sequence[Event]) -> list[str]:
    """Returns the clauses of a headline. `events` must not be empty, and must be sorted worst first."""
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
    """Returns clauses for the changes of one service group's ratings: the overall rating, then the key questions."""
    overall = next((one for one in events if one.of == OVERALL), None)
    questions = [one for one in events if one is not overall and not _goes_without_saying(one, overall)]
    of = f" ({events[0].group})" if events[0].group else ""
    said = [_overall(overall) + of] if overall else []
    alike: dict[tuple[object, ...], list[Event]] = {}
    for one in questions:
        alike.setdefault((one.kind, one.read_late, *_to_show(one, overall)), []).append(one)
    return said + [_questions(one, overall) + ("" if overall else of) for one in alike.values()]


def _goes_without_saying(event: Event, overall: Event | None) -> bool:
    """Whether the headline leaves out a key question's first rating. True if the headline contains the first overall rating, and
    the key question's rating isn't low."""
    first = overall is not None and event.kind is overall.kind is Kind.FIRST_RATED
    return first and event.to not in (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT)


def _to_show(event: Event, overall: Event | None) -> tuple[object, object]:
    """Returns the old and the new rating that the headline shows for a changed key question; None for a rating that is not shown.
    Next to a changed overall rating, "down" or "up" is enough."""
    if event.kind in _MOVED and overall is not None and not event.read_late:
        inadequate = event.to == Rating.INADEQUATE and overall.to != Rating.INADEQUATE
        return (None, event.to if inadequate else None)
    return (event.from_, event.to)


def _overall(event: Event) -> str:
    return _rated(event, "overall")


def _questions(alike: Sequence[Event], overall: Event | None) -> str:
    """Returns the clause for several key questions with the same change."""
    names, first = listed_questions(alike), alike[0]
    if first.kind in _MOVED and overall is not None and not first.read_late:
        to = _to_show(first, overall)[1]
        return f"{names} {_MOVED[first.kind]}" + (f" to {shown(to)}" if to else "")
    if first.kind is Kind.FIRST_RATED:
        return _rated(first, f"for {names}") if overall is None else f"{names} {shown(first.to)}"
    return _rated(first, names)


def _gone(event: Event) -> str:
    return "suspended" if event.to == Reason.SUSPENDED else "withdrawn"


def _rated(event: Event, of: str) -> str:
    to, was = shown(event.to), shown(event.from_)
    if event.read_late:
        return f"{to} {of} (read late)" if of == "overall" else f"{of} {to} (read late)"
    said: dict[Kind, Callable[[], str]] = {
        Kind.FIRST_RATED: lambda: f"first rated {to} {of}" if not event.from_ or event.from_ == "not rated" else f"now {to} {of}",
        Kind.RATING_WITHDRAWN: lambda: f"{was} {of} {_gone(event)}" if of == "overall" else f"{of} {was} {_gone(event)}",
        Kind.READ_WRONGLY: lambda: f"{to} {of} (misread until now)",
        Kind.INADEQUATE_AGAIN: lambda: f"{to} {of} again" if of == "overall" else f"{of} {to} again",
        Kind.NOT_IMPROVED: lambda: f"{to} {of} again" if of == "overall" else f"{of} {to} again",
    }
    if event.kind is Kind.STANDS_AGAIN or event.divided:
        why = "an older report applies again" if event.kind is Kind.STANDS_AGAIN else "rated separately for the first time"
        return f"{to} {of} ({why})" if of == "overall" else f"{of} {to} ({why})"
    moved = f"{was} → {to} {of}" if of == "overall" else f"{of} {was} → {to}"
    return said[event.kind]() if event.kind in said else moved


def _measures(event: Event) -> str:
    return "in special measures (read late)" if event.read_late and event.kind is not Kind.LEFT else event.kind.value


def _enforcement(kind: Kind, events: Sequence[Event]) -> str:
    before, unnamed = _STAGES[kind]
    return before + listed(list(dict.fromkeys(one.of or unnamed for one in events))) if events else ""


def breaches(events: Sequence[Event], *, named: bool = False) -> str:
    """Returns the clause about breaches, such as "breaches of regulations 12 and 17". If CQC states only the topic of a breach,
    the clause contains the topic. `named` adds the names of the regulations."""
    numbers = sorted({number for one in events if (number := regulation_number(one.of))}, key=_in_order)
    topics = list(dict.fromkeys(one.of for one in events if one.of and not regulation_number(one.of)))
    shown = [regulation(number) if named else _short(number) for number in numbers]
    said = [f"{'regulation' if len(numbers) == 1 else 'regulations'} {listed(shown)}"] if numbers else []
    said += [f"the regulations ({listed(topics)})"] if topics else []
    if not said:
        return "breach of the regulations" if events else ""
    return f"{_BREACH[len(numbers) + len(topics) > 1]} of {listed(said)}"


_BREACH = ("breach", "breaches")


def _short(number: str) -> str:
    return f"{number.removeprefix('2009:')} (2009)" if number.startswith("2009:") else number


def _in_order(number: str) -> tuple[bool, int, str]:
    """Returns a sort key that puts regulations in the order of their numbers, with the 2009 regulations last."""
    bare = number.removeprefix("2009:")
    digits = bare.rstrip("AB")
    return (bare != number, int(digits) if digits.isdecimal() else 0, bare)


def _scores(events: Sequence[Event]) -> str:
    """Returns a clause about changed scores of key questions, or of quality statements if no key question's score changed. The
    clause is used only if nothing else happened."""
    questions = [one for one in events if one.of in set(SUBJECTS)] or list(events)
    fell = [one for one in questions if one.kind is Kind.SCORE_FELL]
    rose = [one for one in questions if one.kind is Kind.SCORE_ROSE]
    said = [f"{verb} for {listed_questions(some)}" for verb, some in (("score fell", fell), ("score rose", rose)) if some]
    return "; ".join(said)


def listed_questions(events: Iterable[Event]) -> str:
    """Returns the subjects of the events, in CQC's order, such as "Safe and Well-led"."""
    order: dict[str, int] = {name: place for place, name in enumerate(KeyQuestion)}
    names = dict.fromkeys(one.of or OVERALL for one in events)
    return listed([sentence(name) for name in sorted(names, key=lambda name: order.get(name, len(order)))])


# ── the beginning of an email's subject ──────────────────────────────────────────────────────────────────────────────────


_PLAIN = {
    Kind.RATINGS_SUSPENDED: "ratings suspended",
    Kind.RATINGS_WITHDRAWN: "ratings withdrawn",
    Kind.REPORT_REMOVED: "report removed",
    Kind.ENTERED: "special measures",
    Kind.REMAINS: "still in special measures",
    Kind.LEFT: "left special measures",
    Kind.MEASURES_UNCLEAR: "special measures unclear",
    Kind.NOT_UNDERSTOOD: "a new statement, not understood",
}


def status(events: Iterable[Event], room: int = 60) -> str:
    """Returns the present rating of a service and the worst other news, for the beginning of an email's subject. An example is
    "Inadequate, special measures, warning notice". The text has as many parts as fit into `room` characters, but at least one
    part. "" for no events."""
    told = sorted(events, key=by_severity)
    standing = [one for one in told if one.corrected_at is None]
    parts = list(dict.fromkeys(_status(standing))) or [headline(told)]
    while len(parts) > 1 and len(", ".join(parts)) > room:
        parts.pop()
    return sentence(parts[0]) + "".join(f", {one}" for one in parts[1:])


def _status(events: Sequence[Event]) -> list[str]:
    """Returns the parts of a status, the most important first. `events` must be sorted worst first."""
    said = [_PLAIN[one.kind] for one in events if one.kind in _BEFORE_RATINGS and one.kind in _PLAIN]
    ratings = [one for one in events if one.kind in _RATINGS]
    overall = next((one for one in ratings if one.of == OVERALL), None)
    worst = next(iter(ratings), None)
    first = overall if overall and (overall.urgent or not (worst and worst.urgent)) else worst
    said += [_rating_now(one, ratings) for one in dict.fromkeys((first, overall)) if one]
    said += [_PLAIN[one.kind] for one in events if one.kind in MEASURES]
    for kind in (Kind.ENFORCEMENT, Kind.PROPOSED):
        said += [_STAGES[kind][0] + (one.of or _STAGES[kind][1]) for one in events if one.kind is kind]
    if found := sum(one.kind is Kind.BREACH for one in events):
        said.append("breach" if found == 1 else f"{found} breaches")
    if not said and events:
        said = [_PLAIN.get(events[0].kind) or clauses(events)[0]]
    return said


def _rating_now(about: Event, ratings: Sequence[Event]) -> str:
    """Returns the rating that an event states, with the key questions if it is not the overall rating."""
    rating = shown(about.to)
    if about.kind is Kind.RATING_WITHDRAWN:
        rating = f"rating {_gone(about)}, was {shown(about.from_)}"
    elif about.kind is Kind.FIRST_RATED:
        rating = f"first rated {rating}" if _is_first(about) else f"{rating} now"
    elif about.kind in _AGAIN:
        rating = f"{rating} again"
    elif about.kind is Kind.UPGRADED:
        rating = f"{rating}, was {shown(about.from_)}"
    alike = [
        one for one in ratings if (one.kind, one.from_, one.to, one.group) == (about.kind, about.from_, about.to, about.group)
    ]
    of = "" if about.of == OVERALL else f" for {listed_questions(alike)}"
    return rating + of + (f" ({about.group})" if about.group else "")


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line about a service, and the events that the line describes. `words` is the line in a form for the middle of a
    sentence."""

    words: str
    events: tuple[Event, ...]

    @property
    def text(self) -> str:
        """The line as a sentence without a full stop."""
        return sentence(self.words)

    @property
    def urgent(self) -> bool:
        return any(event.urgent for event in self.events)

    @property
    def quotes(self) -> tuple[str, ...]:
        """CQC's own sentences about the events, each once."""
        return tuple(dict.fromkeys(event.quote for event in self.events if event.quote))


def lines(events: Iterable[Event], standing: Standing | None = None) -> tuple[Line, ...]:
    """Returns the lines about the events of one item, worst first. One line describes all first ratings, one line all breaches,
    and one line all key questions that moved in the same way. A report gets a line only if nothing else happened. The same is
    true of scores that are not news (see `reaches_a_band`). If there are events, there is at least one line."""
    told = sorted(events, key=by_severity)
    alike: dict[tuple[object, ...], list[Event]] = {}
    for event in told:
        if event.kind is not Kind.REPORT and (event.kind not in _SCORES or reaches_a_band(event)):
            alike.setdefault(_alike(event), []).append(event)
    moved = {event.group or "" for event in told if event.kind in _RATINGS and event.of == OVERALL}
    said = [Line(words=_line(group), events=tuple(group)) for group in alike.values()]
    stays = {group: rating for group, rating in (standing.stays if standing else {}).items() if group not in moved}
    said = [_with_overall(line, stays) for line in said]
    reports = [event for event in told if event.kind is Kind.REPORT]
    if not said and (rest := reports or told):
        text = rest[0].words if reports else f"{_scores(rest)}; not enough to reach another rating"
        said = [Line(words=text, events=tuple(rest))]
    return tuple(_each_once(said))


def reaches_a_band(event: Event) -> bool:
    """Whether a changed score is news. A key question's score is news if it is now in another rating's band. The score of a
    quality statement is news if it is now 1."""
    if not (isinstance(event.from_, int) and isinstance(event.to, int)):
        return True
    if event.of in SUBJECTS:
        return band(event.from_) is not band(event.to)
    return event.to == 1


def _alike(event: Event) -> tuple[object, ...]:
    """Returns the key by which events are grouped. One line describes all events with the same key."""
    common = (event.kind, event.group, event.read_late, event.stood_since, event.corrected_at, event.divided)
    match event.kind:
        case Kind.FIRST_RATED if _is_first(event) and not event.read_late:
            return common
        case Kind.BREACH | Kind.SCORE_FELL | Kind.SCORE_ROSE:
            return (*common, event.of in SUBJECTS)
        case Kind.ENFORCEMENT | Kind.PROPOSED | Kind.LIFTED if event.of:
            return (*common, event.again)
        case _ if event.kind in _RATINGS and event.of in set(KeyQuestion):
            return (*common, event.from_, event.to, event.reports, event.since, event.published)
        case _:
            return (*common, event.of, event.id)


def _is_first(event: Event) -> bool:
    return not event.from_ or event.from_ == "not rated"


def _line(alike: Sequence[Event]) -> str:
    """Returns the words of the line about events with the same key."""
    first = alike[0]
    if first.kind is Kind.FIRST_RATED and _is_first(first) and not first.read_late:
        return first.worded(_first_ratings(alike))
    if first.kind is Kind.BREACH:
        return first.worded(_breaches_found(alike))
    if first.kind in _SCORES:
        return first.worded(_scores_moved(alike))
    if len(alike) == 1:
        return first.words
    names = listed_questions(alike) if first.kind in _RATINGS else listed(list(dict.fromkeys(one.of or "" for one in alike)))
    return replace(first, of=names).words


def _first_ratings(events: Sequence[Event]) -> str:
    """Returns for example "first rated: Requires improvement overall; Safe and Well-led Requires improvement, the rest
    Good"."""
    overall = [f"{shown(one.to)} overall" for one in events if one.of == OVERALL][:1]
    questions = rated({one.of: str(one.to) for one in events if one.of and one.of != OVERALL})
    return f"first rated: {'; '.join([*overall, *([questions] if questions else [])])}"


def _breaches_found(events: Sequence[Event]) -> str:
    """Returns for example "breaches of regulations 12 (safe care and treatment) and 17 (good governance); again in breach of
    regulation 18 (staffing)"."""
    new, again = [[one for one in events if one.again is said] for said in (False, True)]
    said = [breaches(new, named=True)] if new else []
    said += [f"again in breach of {breaches(again, named=True).partition(' of ')[2]}"] if again else []
    return "; ".join(said)


def _scores_moved(events: Sequence[Event]) -> str:
    """Returns for example "score for Safe fell from 66% to 44%, for Well-led from 70% to 50%", or "scored 1 out of 4, the
    lowest: Learning culture"."""
    if events[0].of not in SUBJECTS:
        return f"scored 1 out of 4, the lowest: {listed(sorted(str(one.of) for one in events))}"
    moved = [f"for {sentence(str(one.of))} {{}}from {one.from_}% to {one.to}%" for one in events]
    verb = "fell " if events[0].kind is Kind.SCORE_FELL else "rose "
    return "score " + ", ".join(one.format(verb if number == 0 else "") for number, one in enumerate(moved))


def _with_overall(line: Line, stays: dict[str, str]) -> Line:
    """Adds the overall rating to the first line about a service group's key questions, if the overall rating did not move.
    `stays` contains the unmoved overall ratings by service group. The added rating is removed from `stays`."""
    first = line.events[0]
    about_questions = first.kind in _RATINGS and first.of in set(KeyQuestion) and first.corrected_at is None
    rating = stays.pop(first.group or "", None) if about_questions else None
    return replace(line, words=f"{line.words}; overall stays {shown(rating)}") if rating else line


def _each_once(said: Sequence[Line]) -> Iterable[Line]:
    """Merges lines that have the same words."""
    for words in dict.fromkeys(line.words for line in said):
        yield Line(words=words, events=tuple(event for line in said if line.words == words for event in line.events))
