"""Decides which event is worse, and which service is in a grave state. Checks, messages and digests all use these decisions. The
functions are pure."""

import re
from collections.abc import Iterable
from itertools import groupby

from monitor.events import LOWER, Event, Kind
from monitor.model import IN_MEASURES, Aspect, AtOnce, MeasuresState, Snapshot
from monitor.ratings import OVERALL, Rating, parse, severity


def by_severity(event: Event) -> tuple[bool, bool, int, bool, int, str]:
    """Returns a sort key, worst first. Urgent events come before all others. Among urgent events, a fall to inadequate overall
    comes first. All other events are sorted by their kind, then by their subject (overall before key questions), then by the new
    rating."""
    to = parse(event.to) if isinstance(event.to, str) else None
    return (
        not event.urgent,
        not (event.kind in LOWER and event.of == OVERALL and to is Rating.INADEQUATE),
        event.kind.severity,
        event.of != OVERALL,
        severity(to),
        event.of or "",
    )


def rank(event: Event) -> int:
    """Returns the severity of an event as one number, for the database. 0 is worst. The number leaves out the last part of
    the sort key, the name of the subject."""
    *places, _ = by_severity(event)
    number = 0
    for place, possible in zip(places, _PLACES, strict=True):
        number = number * possible + int(place)
    return number


_PLACES = (2, 2, len(Kind) + 1, 2, len(Rating) + 1)
"""How many values each part of `by_severity` can have, except the last part."""


def level(event: Event) -> int:
    """Returns how severe an event is, for programs: 1 for severe events, 2 for other urgent events, 3 for other bad news, 4 for
    everything else."""
    return 1 if event.worst else 2 if event.urgent else 3 if event.worse else 4


_RATINGS_MOVE = LOWER | {Kind.STANDS_AGAIN, Kind.INADEQUATE_AGAIN, Kind.FIRST_RATED, Kind.RATING_WITHDRAWN}
_MEASURES = frozenset({Kind.ENTERED, Kind.REMAINS, Kind.NOT_UNDERSTOOD})
"""`_RATINGS_MOVE` contains the urgent kinds of events about one rating. `_MEASURES` contains the kinds that say, or may say, that
a service is in special measures."""


def is_at_once(event: Event, at_once: AtOnce) -> bool:
    """Whether an immediate subscription with the setting `at_once` is alerted about an event at once."""
    if not event.urgent or event.worst or at_once is AtOnce.ANY:
        return event.urgent
    if event.kind not in _RATINGS_MOVE:
        return at_once is not AtOnce.INADEQUATE or event.kind in _MEASURES
    to = parse(event.to) if isinstance(event.to, str) else None
    if to is Rating.INADEQUATE:
        return True
    good = to in (Rating.OUTSTANDING, Rating.GOOD)
    return event.of == OVERALL and (at_once is AtOnce.OVERALL or (at_once is AtOnce.LOW and not good))


def by_look(events: Iterable[Event]) -> list[Event]:
    """Sorts the events of each check, worst first. The checks stay in the given order."""
    looks = groupby(events, key=lambda one: (one.location_id, one.observed_at))
    return [one for _, seen in looks for one in sorted(seen, key=by_severity)]


def is_grave(snapshot: Snapshot) -> bool:
    """Whether a service is in a grave state (`is_bad`), or may be in a grave state because special measures are unclear."""
    return is_bad(snapshot) or any(held.value == MeasuresState.UNCLEAR for _, held in snapshot.holdings)


def is_bad(snapshot: Snapshot) -> bool:
    """Whether a service has any rating of inadequate, or CQC states that it is in special measures."""
    return any(
        (subject.aspect is Aspect.MEASURES and held.value in IN_MEASURES)
        or (subject.aspect is Aspect.RATING and held.value == Rating.INADEQUATE)
        for subject, held in snapshot.holdings
    )


def sector_has_measures(location_id: str, service_type: str | None) -> bool:
    """Whether CQC places services of this sector in special measures. CQC can place adult social care services, GP practices and
    independent healthcare in special measures, but not dentists. For NHS trusts, whose ids do not have the form 1-…, NHS England
    decides. Source: docs/facts/ratings.md, Special measures; docs/facts/ratings.md, Ids."""
    others = re.search(r"\b(?:dent|nhs\b)", service_type or "", re.IGNORECASE)
    return location_id.startswith("1-") and not others
