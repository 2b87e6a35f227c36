"""Collects the data of an area's quality report: the ratings of its services, compared with other areas and England. The data
comes from CQC's files and our own events. Pure.

Each service is counted once. If a service is rated by service group, the rating of its worst group is used. Percentages are of
all services, including unrated services, and each column adds up to 100.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from statistics import median

from monitor.errors import UsageError
from monitor.events import Event
from monitor.own_facts import OwnFacts
from monitor.ratings import OVERALL, KeyQuestion, Rating
from monitor.register.authorities import AUTHORITIES, REGION_OF, SUCCESSORS, authority, now_called
from monitor.register.entries import CARE_HOMES, COMMUNITY_BASED, Sector
from monitor.register.filed import Filed
from monitor.register.movements import (
    QUESTIONS,
    UNRATED,
    Known,
    Movement,
    Standing,
    Timeline,
    Way,
    day_of,
    is_movement,
    movements,
    years_before,
)
from monitor.reports.asked import Asked
from monitor.reports.counts import BANDS, Ages, Asking, Beds
from monitor.reports.named import Named, OnPage, Sources, named
from monitor.reports.past import NOT_KNOWN, at, is_told_twice, quarters, without_rating
from monitor.reports.places import Place, place
from monitor.text import likeliest

ENGLAND = "England"
COMPARATORS = "Comparators"

MARKS: tuple[str, ...] = (*Rating, UNRATED, NOT_KNOWN)
"""The marks that a service can have in a report: a rating, unrated, or not known. All tables have this order. "Not known" occurs
only on days before the first file."""

SECTORS = (Sector.CARE_HOME, Sector.COMMUNITY)
"""The sectors of adult social care. No report includes the other services that CQC regulates (doctors, dentists, hospitals)."""

TYPES = (*CARE_HOMES, *COMMUNITY_BASED)

NEVER_RATED = "not rated yet"

ENOUGH = 20
"""An authority with fewer rated services than this is not ranked, and its shares are not compared. A single service would change
the shares by more than five points."""

_RATED = frozenset(Rating)

_NAMED = 5  # how many unknown names an error lists, each with similar known names


# ── the request ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparators:
    """A named group of authorities for the comparison."""

    name: str
    authorities: tuple[str, ...]


def area_of(text: str) -> str:
    """Returns the present authority with this name. Raises UsageError if the name is unknown (with the nearest names), or if the
    authority was divided."""
    found = authority(text)
    if found is None:
        raise UsageError(f"no local authority is called {_said_as(text)}")
    heirs = now_called(found)
    if len(heirs) > 1:
        raise UsageError(f"{found} was divided: ask for {' or '.join(heirs)}")
    return heirs[0]


def authorities_of(names: Iterable[str]) -> tuple[str, ...]:
    """Returns the present authorities with these names, each once, in the order of the names. A former authority is replaced by
    its successors. Raises a UsageError that lists unknown names with the nearest names."""
    found: dict[str, None] = {}
    unknown = []
    for name in names:
        one = authority(name)
        if one is None:
            unknown.append(name)
        else:
            found.update(dict.fromkeys(now_called(one)))
    if unknown:
        more = f" (and {len(unknown) - _NAMED:,} more)" if len(unknown) > _NAMED else ""
        raise UsageError(f"no local authority is called {'; '.join(map(_said_as, unknown[:_NAMED]))}{more}")
    return tuple(found)


def names_in(text: str) -> list[str]:
    """Returns the names of authorities in a text. The names are on separate lines, or are separated by commas or semicolons. A
    name that contains commas is not split."""
    found = []
    for piece in re.split(r"[;\n\r]+", text):
        words = [one.strip() for one in piece.split(",")]
        while words:
            most = next((n for n in range(len(words), 1, -1) if authority(", ".join(words[:n])) is not None), 1)
            found.append(", ".join(words[:most]))
            words = words[most:]
    return [one for one in found if one]


def _said_as(text: str) -> str:
    near = likeliest(text, (*AUTHORITIES, *SUCCESSORS), 2, 0.6)
    short = " ".join(text.split())[:80]
    return f"“{short}”" + (f" (nearest: {', '.join(near)})" if near else "")


# ── the numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def percentages(numbers: Sequence[int]) -> tuple[int | None, ...]:
    """Returns each number as a whole percentage of the sum, so that the percentages add up to 100. The percentages are rounded
    down, and the missing points are then given to the numbers with the largest remainders. If remainders are equal, the larger
    number comes first. If the numbers are also equal, the later number (the worse rating) comes first. If the sum is zero, each
    percentage is None."""
    total = sum(numbers)
    if total == 0:
        return (None,) * len(numbers)
    whole = [number * 100 // total for number in numbers]
    order = sorted(range(len(numbers)), key=lambda n: (numbers[n] * 100 % total, numbers[n], n), reverse=True)
    for n in order[: 100 - sum(whole)]:
        whole[n] += 1
    return tuple(whole)


def percent(some: int, every: int) -> int | None:
    """Returns a part of a total as a whole percentage; None if the total is zero."""
    return percentages((some, every - some))[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How many services have each mark, in the order of MARKS."""

    numbers: tuple[int, ...]

    @property
    def of(self) -> int:
        """The total number of services."""
        return sum(self.numbers)

    @property
    def percents(self) -> tuple[int | None, ...]:
        """The numbers as percentages of the total."""
        return percentages(self.numbers)

    def number(self, mark: str) -> int:
        """How many services have this mark."""
        return self.numbers[MARKS.index(mark)]

    @property
    def rated(self) -> int:
        """How many services have one of the four ratings."""
        return sum(self.numbers[: len(Rating)])

    @property
    def well(self) -> int:
        """How many services are good or outstanding."""
        return self.numbers[0] + self.numbers[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An authority, several authorities together, or England.

    authorities     how many authorities are in the area
    now             the ratings on the report's day, by sector (None for both sectors)
    then            the ratings on the first day of the report's period, by sector
    published       the ratings that were published in the period, by sector
    inherited       how many services have the rating of their previous registration. If the report is about an earlier day, the
                    number is 0, because no file states which ratings were inherited on that day
    reasons         why services are unrated, each with the number of services, the most frequent first
    types           how many services of each type have each rating. A service of several types is counted under each type
    beds_by_rating  how many beds are in care homes with each rating
    ages_by_rating  how many services have each rating, for each of BANDS
    quarters        the ratings of both sectors at the end of each quarter since the first files. The last item is for the
                    report's day, or for the day of the newest files with ratings if this day is earlier
    """

    name: str
    authorities: int
    now: Mapping[Sector | None, Mix]
    then: Mapping[Sector | None, Mix]
    published: Mapping[Sector | None, Mix]
    types: tuple[tuple[str, Mix], ...]
    inherited: int
    reasons: tuple[tuple[str, int], ...]
    beds: Beds
    beds_by_rating: Mix
    ages: Ages
    ages_by_rating: tuple[tuple[str, Mix], ...]
    questions: tuple[Asking, ...]
    quarters: tuple[tuple[date, Mix], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracted:
    """The services that a council has contracts with, compared with all services in its area.

    by_sector, by_mark  how many contracted services, and how many services, there are for each sector or mark
    elsewhere           contracted services in other areas
    not_found           ids that do not belong to a registered adult social care service
    own                 the council's own facts about the services in its area, by location id
    marks               the marks of the contracted services in the area, by location id
    """

    by_sector: tuple[tuple[Sector | None, int, int], ...]
    by_mark: tuple[tuple[str, int, int], ...]
    elsewhere: int
    not_found: tuple[str, ...]
    marks: Mapping[str, str]
    own: Mapping[str, OwnFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReport:
    """The quality of care in one area.

    files     the loaded files of CQC
    areas     the authority, its comparators as a group (if there are any), and England
    region    all authorities of the authority's region, including the authority itself
    each      the authority's comparators, one by one
    places    the authority's rank in each group, by the share of rated services that are good or outstanding; empty for a day
              before the first files
    spread    the shares of all authorities with enough rated services, in whole per cent, the highest first; empty for a day
              before the first files
    here      the services of the authority, by location id
    named     the services that the report names
    moved     overall ratings that moved in the period, newest first
    falls     how often each key question fell in the period, most often first
    unknown   for England only: authorities in the files that are not among the 153, with the number of services
    unplaced  how many watched services moved but are in no file, and therefore in no area
    """

    asked: Asked
    comparators: Comparators | None
    files: Filed
    areas: tuple[Area, ...]
    region: Area
    each: tuple[Area, ...]
    places: tuple[Place, ...]
    spread: tuple[tuple[str, int], ...]
    here: Mapping[str, Standing]
    named: Named
    moved: tuple[Movement, ...]
    falls: tuple[tuple[KeyQuestion, int], ...]
    contracted: Contracted | None
    unknown: tuple[tuple[str, int], ...]
    unplaced: int

    @property
    def area(self) -> Area:
        """The authority that the report is about."""
        return self.areas[0]

    @property
    def is_before_files(self) -> bool:
        """Whether the report's day is before the first files. On such a day, only services that still existed later are known."""
        return self.asked.day < self.begins

    @property
    def begins(self) -> date:
        """The date of the first files that state ratings."""
        return self.files.first

    @property
    def rated_on(self) -> date:
        """The day for which the report's shares are true: the report's day or, if the newest files that state ratings are older,
        the day of these files."""
        return self.area.quarters[-1][0]

    @property
    def covered(self) -> tuple[date, date] | None:
        """The first and the last day in the report's period on which the files show the movements of all services; None if there
        are no such days."""
        return self.files.covered(self.asked.since, self.asked.to)

    @property
    def is_covered(self) -> bool:
        """Whether the files cover all days of the report's period."""
        return self.covered == (self.asked.since, self.asked.to)

    @property
    def change_is_known(self) -> bool:
        """Whether the files show how shares changed since the beginning of the report's period."""
        return self.files.months > 1 and self.begins <= self.asked.since <= self.rated_on


_Tally = Counter[tuple[str, str, str]]
"""Counts. Each key says what is counted, and gives the sector and the value."""


class Survey:
    """Counts all services of England by authority, for the given days. The services are counted once, for any number of
    reports."""

    def __init__(
        self, known: Known, events: Iterable[Event], asked: Asked, pages: Mapping[str, OnPage] | None = None
    ) -> None:
        """`pages` contains what the pages of watched services stated when they were last read. Services that were not read
        lately are left out."""
        self.known, self.asked = known, asked
        self._pages: dict[str, OnPage] = {}
        for location_id, page in (pages or {}).items() if asked.at is None else ():
            counts = known.twice.get(location_id, location_id)
            self._pages[counts] = page.of_home(self._pages.get(counts))
        self._bands = [-years_before(asked.day, years).toordinal() for years in (1, 2, 3, 4)]
        self._areas: dict[tuple[str, tuple[str, ...]], Area] = {}
        self._here: defaultdict[str, list[Standing]] = defaultdict(list)
        self._tallies: defaultdict[str, _Tally] = defaultdict(Counter)
        self._ages: defaultdict[str, list[int]] = defaultdict(list)
        self._services: defaultdict[str, set[str]] = defaultdict(set)
        self._events: defaultdict[str, list[Event]] = defaultdict(list)
        last = asked.day if asked.day < known.begins else min(asked.day, known.files.rated)
        is_now = last == asked.day or (asked.at is None and known.files.newest == known.files.rated)
        days = quarters(known.begins, last)
        self.quarters = (*((one, one.isoformat()) for one in days[:-1]), (last, "now" if is_now else last.isoformat()))
        for event in events:
            told = self._events[known.twice.get(event.location_id, event.location_id)]
            if not any(is_told_twice(event, one) for one in told):
                told.append(event)
        self.unplaced = sum(
            any(is_movement(one) and one.of in (OVERALL, None) and self._is_within(one) for one in told)
            for location_id, told in self._events.items()
            if location_id not in known.timelines and location_id not in known.others
        )
        self._counted: dict[str, tuple[str, Sector, str]] = {}
        for one in self.standing():
            self._count_present(one)
        self._count_past()

    def standing(self) -> Iterator[Standing]:
        """Yields the services on the report's day. On a day before the first files, ratings may be unknown."""
        if self.asked.at is None:
            yield from self.known.present
            return
        for track in self.known.timelines.values():
            found = at(track, self.asked.at, self.known.begins)
            if found is not None and found[0].sector is not Sector.OTHER:
                one, mark = found
                yield one if mark == one.mark else without_rating(one)

    def area(self, name: str, authorities: Collection[str]) -> Area:
        """Returns the counts for a group of authorities."""
        key = (name, tuple(authorities))
        if key not in self._areas:
            tally: _Tally = Counter()
            for one in authorities:
                tally.update(self._tallies.get(one, {}))
            days = [day for one in authorities for day in self._ages.get(one, ())]
            self._areas[key] = _area(name, sum(one in _OF_TODAY for one in authorities), tally, days, self.quarters)
        return self._areas[key]

    def england(self) -> Area:
        """Returns the counts for all authorities, including services with an unknown authority."""
        return self.area(ENGLAND, tuple(self._tallies))

    def unknown(self) -> tuple[tuple[str, int], ...]:
        """Returns the authorities in the files that are not among the 153, each with its number of services."""
        counted = {name: _mix(tally, "now", None).of for name, tally in self._tallies.items() if name not in _OF_TODAY}
        return tuple(sorted((name or "no authority", count) for name, count in counted.items() if count))

    def moved(self, authorities: Collection[str] | None = None) -> list[Movement]:
        """Returns the movements in the period for the services of some authorities (None for all), overall and by key question,
        newest first."""
        names = self._services if authorities is None else authorities
        ids = {one for name in names for one in self._services.get(name, ())}
        found = [
            one
            for location_id in ids
            if location_id in self._events or len(self.known.timelines[location_id]) > 1
            for one in movements(self.known.timelines[location_id], self._events.get(location_id, ()))
            if self.asked.since <= one.on <= self.asked.to
            and one.sector is not Sector.OTHER
            and (authorities is None or one.authority in authorities)
        ]
        return sorted(found, key=lambda one: (-one.on.toordinal(), one.name, one.location_id, one.of))

    @cached_property
    def shares(self) -> Mapping[str, int]:
        """The share of rated services that are good or outstanding, in whole per cent, by authority. Only authorities with enough
        rated services are included."""
        mixes = ((name, _mix(self._tallies.get(name, Counter()), "now", None)) for name in AUTHORITIES)
        return {name: percent(mix.well, mix.rated) or 0 for name, mix in mixes if mix.rated >= ENOUGH}

    def here(self, area: str) -> Mapping[str, Standing]:
        """Returns the services of an area on the report's day, by location id."""
        return {one.location_id: one for one in self._here.get(area, ())}

    def named(self, area: str) -> Named:
        """Returns the services that an area's report names."""
        sources = Sources(timelines=self.known.timelines, events=self._events, pages=self._pages, twice=self.known.twice)
        return named(self._here.get(area, ()), sources, self.asked.day)

    def contracted(self, area: str, ids: Collection[str], own: Iterable[OwnFacts] = ()) -> Contracted:
        """Returns the services in an area that a council has contracts with, and the council's own facts about services."""
        wanted = {self.known.twice.get(one, one) for one in ids}
        here = {one: (sector, mark) for one, (name, sector, mark) in self._counted.items() if name == area}
        mine = {one: said for one, said in here.items() if one in wanted}
        every, some = (Counter(key for sector, mark in one.values() for key in (sector, mark)) for one in (here, mine))
        return Contracted(
            by_sector=(*((one, some[one], every[one]) for one in SECTORS), (None, len(mine), len(here))),
            by_mark=tuple((one, some[one], every[one]) for one in MARKS if one != NOT_KNOWN or every[one]),
            elsewhere=sum(one in self._counted for one in wanted - set(mine)),
            not_found=tuple(sorted(wanted - set(self._counted))),
            marks={one: mark for one, (_, mark) in mine.items()},
            own={self.known.twice.get(one.location_id, one.location_id): one for one in own},
        )

    def _is_within(self, event: Event) -> bool:
        return self.asked.since <= day_of(event) <= self.asked.to

    def _count_present(self, one: Standing) -> None:
        tally = self._tallies[one.authority or ""]
        sector, mark = one.sector, NOT_KNOWN if one.overall == NOT_KNOWN else one.mark
        self._counted[one.location_id] = (one.authority or "", sector, mark)
        tally["now", sector, mark] += 1
        self._here[one.authority or ""].append(one)
        for kind in one.types:
            tally["type", kind, mark] += 1
        if mark == UNRATED:
            tally["reason", "", NEVER_RATED if one.was_never_rated else one.overall or ""] += 1
        if sector is Sector.CARE_HOME:
            _count_beds(tally, one, mark)
        if mark in _RATED:
            tally["inherited", "", ""] += one.inherited and self.asked.at is None
            self._count_age(tally, one, mark)
        for question, rating in zip(QUESTIONS, one.key_questions, strict=True):
            if rating in _RATED:
                tally["question", question, rating or ""] += 1

    def _count_age(self, tally: _Tally, one: Standing, mark: str) -> None:
        if one.published is None:
            tally["age", "", "undated"] += 1
            return
        self._ages[one.authority or ""].append((self.asked.day - one.published).days)
        tally["age", BANDS[bisect_right(self._bands, -one.published.toordinal())], mark] += 1

    def _count_past(self) -> None:
        asked, begins = self.asked, self.known.begins
        days = [(day, what) for day, what in self.quarters if what != "now"]
        # Most services never change. To save time, these services are counted once for all quarters.
        steady: Counter[tuple[str, str, str]] = Counter()
        for location_id, track in self.known.timelines.items():
            first = track[0]
            for name in {one.authority or "" for one in track}:
                self._services[name].add(location_id)
            found = at(track, asked.since, begins)
            if found is not None:
                _count_then(self._tallies, found, "then")
            if len(track) == 1 and first.as_of == begins:
                if first.listed and first.sector is not Sector.OTHER:
                    steady[first.authority or "", first.sector, first.mark] += 1
            else:
                for day, what in days:
                    found = at(track, day, begins)
                    if found is not None:
                        _count_then(self._tallies, found, what)
            self._count_published(track)
        for (name, sector, mark), count in steady.items():
            for _, what in days:
                self._tallies[name][what, sector, mark] += count

    def _count_published(self, track: Timeline) -> None:
        """Counts a service once, with the newest rating that was published in the period."""
        since, to = self.asked.since, self.asked.to
        rated = [one for one in track if one.published and since <= one.published <= to and one.mark in _RATED]
        if rated:
            newest = max(rated, key=lambda one: (one.published or date.min, one.as_of))
            _count_then(self._tallies, (newest, newest.mark), "published")


def area_report(
    survey: Survey,
    area: str,
    comparators: Comparators | None = None,
    contracted: Collection[str] | None = None,
    own: Iterable[OwnFacts] = (),
) -> AreaReport:
    """Returns the report about an authority, compared with `comparators` (without the authority itself) and England. `contracted`
    are the ids of the services that a council contracts. `own` are the council's own facts about these services."""
    areas, region = [survey.area(area, (area,))], REGION_OF[area]
    neighbours = tuple(one for one in AUTHORITIES if REGION_OF[one] == region)
    among = [(ENGLAND, AUTHORITIES), (region, neighbours)]
    others: tuple[str, ...] = ()
    if comparators is not None:
        others = tuple(one for one in comparators.authorities if one != area)
        comparators = replace(comparators, authorities=others)
        areas.append(survey.area(COMPARATORS, others))
        among.append((COMPARATORS, others))
    if survey.asked.day < survey.known.begins:
        among = []
    moved = survey.moved((area,))
    falls = Counter(one.of for one in moved if one.way is Way.FELL and one.of != OVERALL)
    return AreaReport(
        asked=survey.asked,
        comparators=comparators,
        files=survey.known.files,
        areas=(*areas, survey.england()),
        region=survey.area(f"{region} (region)", neighbours),
        each=tuple(survey.area(one, (one,)) for one in others),
        places=tuple(place(area, name, authorities, survey.shares) for name, authorities in among),
        spread=tuple(sorted(survey.shares.items(), key=lambda one: (-one[1], one[0]))) if among else (),
        here=survey.here(area),
        named=survey.named(area),
        moved=tuple(one for one in moved if one.of == OVERALL),
        falls=tuple(sorted(((one, falls[one]) for one in KeyQuestion), key=lambda pair: -pair[1])),
        contracted=None if contracted is None else survey.contracted(area, contracted, own),
        unknown=survey.unknown(),
        unplaced=survey.unplaced,
    )


_OF_TODAY = frozenset(AUTHORITIES)


def _count_then(tallies: defaultdict[str, _Tally], found: tuple[Standing, str], what: str) -> None:
    one, mark = found
    if one.sector is not Sector.OTHER:
        tallies[one.authority or ""][what, one.sector, mark] += 1


def _count_beds(tally: _Tally, one: Standing, mark: str) -> None:
    tally["beds", "", "homes"] += 1
    if one.beds is None:
        tally["beds", "", "silent"] += 1
    else:
        tally["beds", "", "nursing" if CARE_HOMES[0] in one.types else "residential"] += one.beds
        tally["beds by rating", "", mark] += one.beds


def _mix(tally: _Tally, what: str, sector: Sector | None) -> Mix:
    sectors = SECTORS if sector is None else (sector,)
    return Mix(numbers=tuple(sum(tally[what, each, mark] for each in sectors) for mark in MARKS))


def _by(tally: _Tally, what: str, which: str = "") -> Mix:
    return Mix(numbers=tuple(tally[what, which, mark] for mark in MARKS))


def _mixes(tally: _Tally, what: str) -> Mapping[Sector | None, Mix]:
    return {sector: _mix(tally, what, sector) for sector in (*SECTORS, None)}


def _area(name: str, authorities: int, tally: _Tally, days: Sequence[int], quarters: Sequence[tuple[date, str]]) -> Area:
    reasons = [(which, count) for (what, _, which), count in tally.items() if what == "reason"]
    return Area(
        name=name,
        authorities=authorities,
        now=_mixes(tally, "now"),
        then=_mixes(tally, "then"),
        published=_mixes(tally, "published"),
        types=tuple((kind, _by(tally, "type", kind)) for kind in TYPES),
        inherited=tally["inherited", "", ""],
        reasons=tuple(sorted(reasons, key=lambda one: (-one[1], one[0]))),
        beds=Beds(**{which: tally["beds", "", which] for which in ("homes", "nursing", "residential", "silent")}),
        beds_by_rating=_by(tally, "beds by rating"),
        ages_by_rating=tuple((band, _by(tally, "age", band)) for band in BANDS),
        ages=Ages(
            numbers=tuple(_by(tally, "age", band).of for band in BANDS),
            undated=tally["age", "", "undated"],
            median_years=median(days) / 365.25 if days else None,
        ),
        questions=tuple(
            Asking(
                question=one,
                rated=sum(tally["question", one, rating] for rating in Rating),
                requires_improvement=tally["question", one, Rating.REQUIRES_IMPROVEMENT],
                inadequate=tally["question", one, Rating.INADEQUATE],
            )
            for one in KeyQuestion
        ),
        quarters=tuple((day, _mix(tally, what, None)) for day, what in quarters),
    )
