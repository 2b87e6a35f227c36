"""Finds a service's ratings before and after the events of an item, from the service's snapshots. Ratings that are not known are
left out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.events import Event, Kind
from monitor.model import IN_MEASURES, Aspect, Holding, MeasuresState, Snapshot, Subject
from monitor.ratings import OVERALL, KeyQuestion, Rating, parse, severity
from monitor.text import LONDON, listed, sentence

MEASURES = frozenset({Kind.ENTERED, Kind.REMAINS, Kind.LEFT, Kind.MEASURES_UNCLEAR})
"""The kinds of event that say whether a service is in special measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A service's ratings before and after the events of an item.

    stays           the overall ratings that did not change, by service group ("" for the whole service)
    now             the present ratings, in a sentence without a full stop; None if not known
    former          the day of the previous report; None if not known
    measures        whether the service is in special measures now; None if CQC doesn't say, or if this is unclear
    measures_since  the day since which the service has been in special measures; None if not known
    or_earlier      whether the special measures may have begun before `measures_since`
    """

    stays: Mapping[str, str] = field(default_factory=dict)
    now: str | None = None
    former: date | None = None
    measures: bool | None = None
    measures_since: date | None = None
    or_earlier: bool = False


def standing(
    item: Sequence[Event], *, first: Snapshot | None, before: Snapshot | None, now: Snapshot | None, said: Iterable[Event] = ()
) -> Standing:
    """Returns the service's ratings before and after the events of an item.

    first   the service's oldest snapshot
    before  the newest snapshot from before the events were seen
    now     the newest snapshot
    said    the service's events of the kinds in MEASURES, oldest first
    """
    was, holds = _overall(before), _overall(now)
    published = max((one.published for one in item if one.published), default=None)
    former = max((held.published for _, held in _ratings(before) if held.published), default=None)
    measures = _measures(now)
    since, or_earlier = measures_since(first, said) if measures else (None, False)
    return Standing(
        stays={group: rating for group, rating in holds.items() if was.get(group) == rating and parse(rating) in set(Rating)},
        now=ratings_in_words(now),
        former=former if former and published and former < published else None,
        measures=measures,
        measures_since=since,
        or_earlier=or_earlier,
    )


def ratings_in_words(snapshot: Snapshot | None) -> str | None:
    """Returns the ratings of a service in a sentence without a full stop, such as "Inadequate overall; Safe and Well-led
    Inadequate, the rest Good". None if no rating is known."""
    groups: dict[str, dict[str, str]] = {}
    for subject, held in _ratings(snapshot):
        groups.setdefault(subject.group, {})[subject.of] = held.instead or str(held.value)
    said = []
    for group, ratings in sorted(groups.items()):
        overall = [f"{shown(ratings[OVERALL])} overall"] if OVERALL in ratings else []
        questions = rated({of: rating for of, rating in ratings.items() if of != OVERALL})
        of = f"{group}: " if group else ""
        said.append(of + "; ".join([*overall, *([questions] if questions else [])]))
    return ". ".join(said) or None


def rated(ratings: Mapping[str, str]) -> str:
    """Returns the ratings of key questions, worst first, such as "Safe and Well-led Requires improvement, the rest Good". "" if
    there are no ratings."""
    by_rating: dict[str, list[str]] = {}
    for question in KeyQuestion:
        if question in ratings:
            by_rating.setdefault(ratings[question], []).append(sentence(question))
    groups = sorted(by_rating.items(), key=lambda one: severity(parse(one[0])))
    every = len(ratings) == len(KeyQuestion)
    if every and len(groups) == 1:
        return f"all five questions {shown(groups[0][0])}"
    said = [f"{listed(names)} {shown(rating)}" for rating, names in groups[:-1]]
    said += [f"{'the rest' if every else listed(names)} {shown(rating)}" for rating, names in groups[-1:]]
    return ", ".join(said)


def shown(rating: object) -> str:
    """Returns a rating as CQC writes it, such as "Requires improvement", or "Not rated" for None."""
    return sentence(str(rating)) if rating is not None else "Not rated"


def _ratings(snapshot: Snapshot | None) -> Sequence[tuple[Subject, Holding]]:
    return [pair for pair in snapshot.holdings if pair[0].aspect is Aspect.RATING] if snapshot else []


def _overall(snapshot: Snapshot | None) -> dict[str, str]:
    """Returns the present overall rating of each service group."""
    found = [(subject, held) for subject, held in _ratings(snapshot) if subject.of == OVERALL and not held.instead]
    return {subject.group: str(held.value) for subject, held in found}


def _measures(snapshot: Snapshot | None) -> bool | None:
    held = next((held for subject, held in snapshot.holdings if subject.aspect is Aspect.MEASURES), None) if snapshot else None
    if held is None or held.value in (MeasuresState.NOT_STATED, MeasuresState.UNCLEAR):
        return None
    return held.value in IN_MEASURES


def measures_since(first: Snapshot | None, said: Iterable[Event]) -> tuple[date | None, bool]:
    """Returns the day since which a service has been in special measures; None if not known. The second value says whether the
    special measures may have begun earlier."""
    since: tuple[date | None, bool] = (None, False)
    if first is not None and _measures(first):
        held = next(held for subject, held in first.holdings if subject.aspect is Aspect.MEASURES)
        since = (held.published or first.seen_at.astimezone(LONDON).date(), True)
    for event in said:
        if event.kind in (Kind.LEFT, Kind.MEASURES_UNCLEAR):
            since = (None, False)
        elif since[0] is None:
            since = (event.published or event.observed_at.astimezone(LONDON).date(), event.kind is not Kind.ENTERED)
    return since
