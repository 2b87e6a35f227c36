"""Collects the data of reports about providers and brands, in all councils: ratings, movements, and early warning signs. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.errors import UsageError
from monitor.events import Event
from monitor.ratings import OVERALL, Rating
from monitor.register.entries import Sector
from monitor.register.filed import Filed
from monitor.register.movements import (
    UNRATED,
    Holder,
    Movement,
    Standing,
    Timeline,
    Way,
    as_one,
    counted_as,
    movements,
    years_before,
)
from monitor.text import in_one_case

NEAR = timedelta(days=90)
"""If several services of one provider fall within this time, the falls are one sign."""

FALLS_SINCE = timedelta(days=365)
"""An older fall is not used for a sign."""

UNRATED_YEARS = 2
OLD_YEARS = 4

MOST_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderReport:
    """All services of a provider or a brand.

    services  the registered services, worst first
    closed    how many other services earlier files listed
    councils  each authority, with the number of services and the number of services below good
    moved     movements of overall ratings, newest first, as far back as the files and our own events go
    signs     early warning signs at the provider's or brand's services
    """

    holder: Holder
    today: date
    files: Filed
    services: tuple[Standing, ...]
    closed: int
    councils: tuple[tuple[str, int, int], ...]
    moved: tuple[Movement, ...]
    signs: "Signs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Falls:
    """Several services of one provider that fell within NEAR."""

    provider_id: str | None
    provider_name: str
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Early warning signs in an area (None for England), the worst or the oldest first.

    falls    each provider with a service in the area whose services, in any area, fell within NEAR of each other
    unrated  adult social care services registered for UNRATED_YEARS or longer and never rated
    old      adult social care services whose rating was published OLD_YEARS ago or longer
    """

    area: str | None
    today: date
    files: Filed
    falls: tuple[Falls, ...]
    unrated: tuple[Standing, ...]
    old: tuple[Standing, ...]

    @property
    def falls_are_known(self) -> bool:
        """Whether CQC's files can show falls in the period that is used for signs."""
        return self.files.covered(self.today - FALLS_SINCE, self.today) is not None


def chosen(found: Sequence[Holder], words: str) -> Holder:
    """Returns the provider or brand that a text means: by the id, by the exact name, or as the only match. Raises UsageError if
    there is no match, or if there are several."""
    asked = in_one_case(words)
    just = [one for one in found if asked == in_one_case(one.key)] or [one for one in found if asked == in_one_case(one.name)]
    for some in (just, found):
        if len(some) == 1:
            return some[0]
    if not found:
        raise UsageError(f"no provider and no brand of the register is called “{words.strip()[:80]}”")
    listed = "; ".join(f"{one.name} ({one.key if one.kind == 'provider' else 'brand'})" for one in (just or found)[:MOST_NAMED])
    more = len(just or found) - MOST_NAMED
    others = f" and {more} more" if more > 0 else ""
    raise UsageError(f"“{words.strip()[:80]}” may mean several providers or brands: {listed}{others}")


def provider_report(
    holder: Holder,
    services: Sequence[Standing],
    timelines: Mapping[str, Timeline],
    events: Iterable[Event],
    *,
    today: date,
    files: Filed,
) -> ProviderReport:
    """Returns the report on a provider or brand. `services` are all services of the provider or brand, including services that
    have left the register."""
    twice = counted_as(services)
    every = [one for one in services if one.location_id not in twice]
    here = sorted((one for one in every if one.listed), key=_worst_first)
    told: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        told[twice.get(event.location_id, event.location_id)].append(event)
    tracks = {one.location_id: timelines.get(one.location_id, (one,)) for one in services}
    for other, primary in sorted(twice.items()):
        tracks[primary] = as_one(tracks[primary], tracks[other])
    moved = [
        each
        for one in every
        for each in movements(tracks[one.location_id], told.get(one.location_id, ()))
        if each.of == OVERALL
    ]
    counts = Counter(one.authority or "" for one in here)
    low = Counter(one.authority or "" for one in here if one.mark in _LOW)
    return ProviderReport(
        holder=holder,
        today=today,
        files=files,
        services=tuple(here),
        closed=len(every) - len(here),
        councils=tuple((name, counts[name], low[name]) for name in sorted(counts)),
        moved=tuple(sorted(moved, key=lambda one: (-one.on.toordinal(), one.name))),
        signs=_signs_of(holder, here, moved, today=today, files=files),
    )


def _worst_first(one: Standing) -> tuple[int, str, str, str]:
    return (MARKS.index(one.mark), one.authority or "", one.name, one.location_id)


MARKS = (*reversed(Rating), UNRATED)
"""The marks that services can have, worst first."""


def _signs_of(holder: Holder, here: Sequence[Standing], moved: Sequence[Movement], *, today: date, files: Filed) -> Signs:
    """Returns the signs of a provider or brand. For a brand, the services of all its providers are treated together."""
    found = signs(here, (), area=None, today=today, files=files)
    fallen = [one for one in moved if one.way is Way.FELL and one.on >= today - FALLS_SINCE]
    together = _near(sorted(fallen, key=lambda one: one.on))
    falls = Falls(provider_id=None, provider_name=holder.name, movements=tuple(reversed(together)))
    return replace(found, falls=(falls,) if together else ())


def signs(services: Iterable[Standing], moved: Iterable[Movement], *, area: str | None, today: date, files: Filed) -> Signs:
    """Returns the early warning signs in an area. `services` are all registered services of England, and `moved` their recent
    movements."""
    every = [one for one in services if one.sector is not Sector.OTHER]
    here = [one for one in every if area is None or one.authority == area]
    since, before = years_before(today, UNRATED_YEARS), years_before(today, OLD_YEARS)
    never = [one for one in here if one.was_never_rated and one.registered_on and one.registered_on <= since]
    old = [one for one in here if one.mark != UNRATED and one.published and one.published <= before]
    return Signs(
        area=area,
        today=today,
        files=files,
        falls=tuple(_falls(moved, None if area is None else {one.provider_id for one in here})),
        unrated=tuple(sorted(never, key=lambda one: (one.registered_on or today, one.name))),
        old=tuple(sorted(old, key=lambda one: (one.published or today, one.name))),
    )


_LOW = frozenset({"requires improvement", "inadequate"})


def _falls(moved: Iterable[Movement], wanted: set[str | None] | None) -> list[Falls]:
    fallen: defaultdict[str, list[Movement]] = defaultdict(list)
    for one in moved:
        if one.way is Way.FELL and one.of == OVERALL and one.provider_id and (wanted is None or one.provider_id in wanted):
            fallen[one.provider_id].append(one)
    found = []
    for provider_id, falls in fallen.items():
        together = _near(sorted(falls, key=lambda one: one.on))
        if together:
            name = together[-1].provider_name or provider_id
            found.append(Falls(provider_id=provider_id, provider_name=name, movements=tuple(reversed(together))))
    return sorted(found, key=lambda one: (-len({each.location_id for each in one.movements}), one.provider_name))


def _near(falls: Sequence[Movement]) -> list[Movement]:
    """Returns the falls that are within NEAR of another service's fall, oldest first."""
    return [one for one in falls if any(abs(one.on - each.on) <= NEAR and one.location_id != each.location_id for each in falls)]


