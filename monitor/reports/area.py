"""How the services of an area are rated, compared with other areas and England, by CQC's files and our own events. Pure.

A service counts once: one that is rated by service group counts as the worst of its groups. Percentages are of all services,
including unrated ones, and each column of them adds up to 100.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from statistics import median

from monitor.errors import UsageError
from monitor.events import Event
from monitor.ratings import OVERALL, KeyQuestion, Rating
from monitor.register.authorities import AUTHORITIES, SUCCESSORS, authority, now_called
from monitor.register.entries import CARE_HOMES, COMMUNITY_BASED, Sector
from monitor.register.movements import (
    DATES_APART,
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
from monitor.text import day as in_words

ENGLAND = "England"
COMPARATORS = "Comparators"

NOT_KNOWN = "not known"
MARKS: tuple[str, ...] = (*Rating, UNRATED, NOT_KNOWN)
"""What a service can count as, in the order of every table. "Not known" is for days before the first of the files."""

SECTORS = (Sector.CARE_HOME, Sector.COMMUNITY)
"""Adult social care. Other services that CQC regulates (doctors, dentists, hospitals) are in no report."""

TYPES = (*CARE_HOMES, *COMMUNITY_BASED)

NEVER_RATED = "not rated yet"

BANDS = ("less than 1 year", "1 to 2 years", "2 to 3 years", "3 to 4 years", "4 years or more")

MOST_QUARTERS = 12

EARLIEST = date(2000, 1, 1)
"""CQC was founded later, so nothing can be said about an earlier day."""

_RATED = frozenset(Rating)

_NAMED = 5
"""How many unknown names an error lists, each with similar known ones."""


# ── the request ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The days of a report.

    at         the day of its counts; None: now, by the newest files
    since, to  the period of its movements, both days included
    today      the day of the report
    """

    at: date | None = None
    since: date
    to: date
    today: date

    @property
    def day(self) -> date:
        """The day of its counts."""
        return self.at or self.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparators:
    """Authorities to compare with, under a name for the group."""

    name: str
    authorities: tuple[str, ...]


def asked(today: date, at: date | None = None, since: date | None = None, to: date | None = None) -> Asked:
    """The days of a report: by default the year up to its day. Raises UsageError for impossible days."""
    if at is not None and at > today:
        raise UsageError(f"{in_words(at)} is in the future: leave the day out to use today’s register")
    for one in (at, since, to):
        if one is not None and one < EARLIEST:
            raise UsageError(f"{in_words(one)} is too long ago: CQC did not exist yet")
    end = to or at or today
    begin = since or years_before(end, 1) + timedelta(days=1)
    if end < begin:
        raise UsageError(f"the period ends ({in_words(end)}) before it begins ({in_words(begin)})")
    if begin > (at or today):
        day_of_report = in_words(at or today)
        raise UsageError(f"the period begins on {in_words(begin)}, after the day of the report ({day_of_report})")
    if end > today:
        raise UsageError(f"the period ends on {in_words(end)}, which is in the future")
    return Asked(at=at, since=begin, to=end, today=today)


def area_of(text: str) -> str:
    """The authority that a name means. Raises UsageError if it is unknown (with the nearest names), or was divided."""
    found = authority(text)
    if found is None:
        raise UsageError(f"no local authority is called {_said_as(text)}")
    heirs = now_called(found)
    if len(heirs) > 1:
        raise UsageError(f"{found} was divided: ask for {' or '.join(heirs)}")
    return heirs[0]


def authorities_of(names: Iterable[str]) -> tuple[str, ...]:
    """The present authorities that names mean, each once, in their order; a former one gives its successors. Raises UsageError
    that lists each unknown name with the nearest ones."""
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


def _said_as(text: str) -> str:
    near = get_close_matches(text.strip().title(), (*AUTHORITIES, *SUCCESSORS), n=2, cutoff=0.5)
    short = " ".join(text.split())[:80]
    return f"“{short}”" + (f" (nearest: {', '.join(near)})" if near else "")


# ── the numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def percentages(numbers: Sequence[int]) -> tuple[int | None, ...]:
    """Whole percentages of the sum that add up to 100: rounded down, with the missing points given to the largest remainders,
    then to the larger number, then to the later one (the worse rating). None if the sum is zero."""
    total = sum(numbers)
    if total == 0:
        return (None,) * len(numbers)
    whole = [number * 100 // total for number in numbers]
    order = sorted(range(len(numbers)), key=lambda n: (numbers[n] * 100 % total, numbers[n], n), reverse=True)
    for n in order[: 100 - sum(whole)]:
        whole[n] += 1
    return tuple(whole)


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
        """The same as percentages of all."""
        return percentages(self.numbers)

    def number(self, mark: str) -> int:
        """How many have one of MARKS."""
        return self.numbers[MARKS.index(mark)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beds:
    """Beds of care homes. All beds of a home with nursing count as nursing. `silent`: homes whose beds no file gives."""

    homes: int
    nursing: int
    residential: int
    silent: int

    @property
    def total(self) -> int:
        """All known beds."""
        return self.nursing + self.residential

    @property
    def per_100_homes(self) -> float | None:
        """Beds for each hundred homes with known beds; None if there are none."""
        told = self.homes - self.silent
        return self.total * 100 / told if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How long ago rated services were rated, by BANDS; `undated`: the files give no day. `median_years` None: there are no dated
    ratings."""

    numbers: tuple[int, ...]
    undated: int
    median_years: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A key question: how many services have a rating for it, and how many of these are below good."""

    question: KeyQuestion
    rated: int
    requires_improvement: int
    inadequate: int

    @property
    def below_good(self) -> int:
        """Requires improvement, or inadequate."""
        return self.requires_improvement + self.inadequate


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An authority, several together, or England.

    authorities           how many there are in it
    now, then, published  by sector (None: both): on the report's day, on the first day of its period, and published in the period
    inherited             how many of its services have the previous registration's rating; 0 on an earlier day, for which no file
                          says
    reasons               why services are unrated, the most frequent first
    quarters              both sectors at the end of each quarter since the files begin, and on the report's day
    """

    name: str
    authorities: int
    now: Mapping[Sector | None, Mix]
    then: Mapping[Sector | None, Mix]
    published: Mapping[Sector | None, Mix]
    types: tuple[tuple[str, int], ...]
    inherited: int
    reasons: tuple[tuple[str, int], ...]
    beds: Beds
    ages: Ages
    questions: tuple[Asking, ...]
    quarters: tuple[tuple[date, Mix], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracted:
    """The services that a council has contracts with, compared with all in its area.

    by_sector, by_mark  (which, contracted, of all)
    elsewhere           contracted services in other areas
    not_found           ids that do not belong to a registered adult social care service
    """

    by_sector: tuple[tuple[Sector | None, int, int], ...]
    by_mark: tuple[tuple[str, int, int], ...]
    elsewhere: int
    not_found: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReport:
    """The quality of care in one area.

    areas     the authority, its comparators (if there are any), England
    moved     overall ratings that moved in the period, newest first
    falls     how often each key question fell in the period, most often first
    unknown   for England only: authorities in the files that are none of the 153, with the number of services
    unplaced  watched services that moved and that no file lists, and so are in no area
    twice     homes of the authority that are registered twice, and count once
    """

    asked: Asked
    comparators: Comparators | None
    begins: date
    newest: date
    areas: tuple[Area, ...]
    moved: tuple[Movement, ...]
    falls: tuple[tuple[KeyQuestion, int], ...]
    contracted: Contracted | None
    unknown: tuple[tuple[str, int], ...]
    unplaced: int
    twice: int

    @property
    def area(self) -> Area:
        """The authority that the report is about."""
        return self.areas[0]


_Tally = Counter[tuple[str, str, str]]
"""(what is counted, sector, value) -> how many."""


class Survey:
    """All services of England, counted once by authority for the given days, so that any number of areas can be reported."""

    def __init__(self, known: Known, events: Iterable[Event], asked: Asked) -> None:
        self.known, self.asked = known, asked
        self._tallies: defaultdict[str, _Tally] = defaultdict(Counter)
        self._ages: defaultdict[str, list[int]] = defaultdict(list)
        self._services: defaultdict[str, set[str]] = defaultdict(set)
        self._events: defaultdict[str, list[Event]] = defaultdict(list)
        self.quarters = _quarters(known.begins, asked.day)
        for event in events:
            told = self._events[known.twice.get(event.location_id, event.location_id)]
            if not any(_is_told_twice(event, one) for one in told):
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
        """The services on the report's day. On a day before the first files, their ratings may be unknown."""
        if self.asked.at is None:
            yield from self.known.present
            return
        for track in self.known.timelines.values():
            found = _at(track, self.asked.at, self.known.begins)
            if found is not None and found[0].sector is not Sector.OTHER:
                one, mark = found
                yield one if mark == one.mark else _without_rating(one)

    def area(self, name: str, authorities: Collection[str]) -> Area:
        """Some authorities together."""
        tally: _Tally = Counter()
        for one in authorities:
            tally.update(self._tallies.get(one, {}))
        days = [day for one in authorities for day in self._ages.get(one, ())]
        return _area(name, sum(one in _OF_TODAY for one in authorities), tally, days, self.quarters)

    def england(self) -> Area:
        """All authorities, including services whose authority is unknown."""
        return self.area(ENGLAND, tuple(self._tallies))

    def unknown(self) -> tuple[tuple[str, int], ...]:
        """The authorities in the files that are none of the 153, with how many services."""
        counted = {name: _mix(tally, "now", None).of for name, tally in self._tallies.items() if name not in _OF_TODAY}
        return tuple(sorted((name or "no authority", count) for name, count in counted.items() if count))

    def moved(self, authorities: Collection[str] | None = None) -> list[Movement]:
        """How services of some authorities (None: all) moved in the period, overall and by key question, newest first."""
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

    def contracted(self, area: str, ids: Collection[str]) -> Contracted:
        """Which of an area's services a council has contracts with."""
        wanted = {self.known.twice.get(one, one) for one in ids}
        here = {one: (sector, mark) for one, (name, sector, mark) in self._counted.items() if name == area}
        mine = {one: said for one, said in here.items() if one in wanted}
        every, some = (Counter(key for sector, mark in one.values() for key in (sector, mark)) for one in (here, mine))
        return Contracted(
            by_sector=(*((one, some[one], every[one]) for one in SECTORS), (None, len(mine), len(here))),
            by_mark=tuple((one, some[one], every[one]) for one in MARKS if one != NOT_KNOWN or every[one]),
            elsewhere=sum(one in self._counted for one in wanted - set(mine)),
            not_found=tuple(sorted(wanted - set(self._counted))),
        )

    def twice(self, area: str) -> int:
        """How many homes of an area are registered twice."""
        return len({one for one in self.known.twice.values() if self._counted.get(one, ("",))[0] == area})

    def _is_within(self, event: Event) -> bool:
        return self.asked.since <= day_of(event) <= self.asked.to

    def _count_present(self, one: Standing) -> None:
        tally = self._tallies[one.authority or ""]
        sector, mark = one.sector, NOT_KNOWN if one.overall == NOT_KNOWN else one.mark
        self._counted[one.location_id] = (one.authority or "", sector, mark)
        tally["now", sector, mark] += 1
        for kind in one.types:
            tally["type", "", kind] += 1
        if mark == UNRATED:
            tally["reason", "", NEVER_RATED if one.was_never_rated else one.overall or ""] += 1
        if sector is Sector.CARE_HOME:
            _count_beds(tally, one)
        if mark in _RATED:
            tally["inherited", "", ""] += one.inherited and self.asked.at is None
            self._count_age(tally, one)
        for question, rating in zip(QUESTIONS, one.key_questions, strict=True):
            if rating in _RATED:
                tally["question", question, rating or ""] += 1

    def _count_age(self, tally: _Tally, one: Standing) -> None:
        if one.published is None:
            tally["age", "", "undated"] += 1
            return
        self._ages[one.authority or ""].append((self.asked.day - one.published).days)
        band = sum(one.published <= years_before(self.asked.day, years) for years in (1, 2, 3, 4))
        tally["age", "", BANDS[band]] += 1

    def _count_past(self) -> None:
        asked, begins = self.asked, self.known.begins
        days = [(day, day.isoformat()) for day in self.quarters[:-1]]
        # services that never changed (most of them), counted once for all quarters
        steady: Counter[tuple[str, str, str]] = Counter()
        for location_id, track in self.known.timelines.items():
            first = track[0]
            for name in {one.authority or "" for one in track}:
                self._services[name].add(location_id)
            found = _at(track, asked.since, begins)
            if found is not None:
                _count_then(self._tallies, found, "then")
            if len(track) == 1 and first.as_of == begins:
                if first.listed and first.sector is not Sector.OTHER:
                    steady[first.authority or "", first.sector, first.mark] += 1
            else:
                for day, what in days:
                    found = _at(track, day, begins)
                    if found is not None:
                        _count_then(self._tallies, found, what)
            self._count_published(track)
        for (name, sector, mark), count in steady.items():
            for _, what in days:
                self._tallies[name][what, sector, mark] += count

    def _count_published(self, track: Timeline) -> None:
        """Counts a service once, by the newest of its ratings that were published in the period."""
        since, to = self.asked.since, self.asked.to
        rated = [one for one in track if one.published and since <= one.published <= to and one.mark in _RATED]
        if rated:
            newest = max(rated, key=lambda one: (one.published or date.min, one.as_of))
            _count_then(self._tallies, (newest, newest.mark), "published")


def area_report(
    survey: Survey, area: str, comparators: Comparators | None = None, contracted: Collection[str] | None = None
) -> AreaReport:
    """The report about one authority, compared with others (without itself) and England."""
    areas = [survey.area(area, (area,))]
    if comparators is not None:
        others = tuple(one for one in comparators.authorities if one != area)
        comparators = replace(comparators, authorities=others)
        areas.append(survey.area(COMPARATORS, others))
    moved = survey.moved((area,))
    falls = Counter(one.of for one in moved if one.way is Way.FELL and one.of != OVERALL)
    return AreaReport(
        asked=survey.asked,
        comparators=comparators,
        begins=survey.known.begins,
        newest=survey.known.newest,
        areas=(*areas, survey.england()),
        moved=tuple(one for one in moved if one.of == OVERALL),
        falls=tuple(sorted(((one, falls[one]) for one in KeyQuestion), key=lambda pair: -pair[1])),
        contracted=None if contracted is None else survey.contracted(area, contracted),
        unknown=survey.unknown(),
        unplaced=survey.unplaced,
        twice=survey.twice(area),
    )


_OF_TODAY = frozenset(AUTHORITIES)


def _at(track: Timeline, day: date, begins: date) -> tuple[Standing, str] | None:
    """A service's state on a day, and its mark; None if it was not registered.

    On a day before the first files, these files count for the services that they list, as far as the rating was published by
    then. Services that closed before the first files are unknown.
    """
    held: Standing | None = None
    for one in track:
        if one.as_of > day:
            break
        held = one
    if held is not None:
        return (held, held.mark) if held.listed else None
    first = track[0]
    joined_since = first.as_of > begins or (first.registered_on is not None and first.registered_on > day)
    if day >= begins or joined_since or not first.listed:
        return None
    if first.mark != UNRATED:
        return first, first.mark if first.published is not None and first.published <= day else NOT_KNOWN
    was_there = first.registered_on is not None and first.was_never_rated
    return first, UNRATED if was_there else NOT_KNOWN


def _without_rating(one: Standing) -> Standing:
    return replace(one, overall=NOT_KNOWN, published=None, key_questions=(None,) * len(QUESTIONS))


def _quarters(begins: date, day: date) -> tuple[date, ...]:
    """The ends of quarters between two days, at most this many, and the second day."""
    ends = [date(year, month, last) for year in range(begins.year, day.year + 1) for month, last in _ENDS]
    return (*[end for end in ends if begins <= end < day][-MOST_QUARTERS:], day)


_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def _is_told_twice(event: Event, other: Event) -> bool:
    """Whether two events are one movement of a home that is registered twice, reported for both registrations."""
    same = [(one.kind, one.of, one.group, one.to) for one in (event, other)]
    return event.location_id != other.location_id and same[0] == same[1] and abs(day_of(event) - day_of(other)) <= DATES_APART


def _count_then(tallies: defaultdict[str, _Tally], found: tuple[Standing, str], what: str) -> None:
    one, mark = found
    if one.sector is not Sector.OTHER:
        tallies[one.authority or ""][what, one.sector, mark] += 1


def _count_beds(tally: _Tally, one: Standing) -> None:
    tally["beds", "", "homes"] += 1
    if one.beds is None:
        tally["beds", "", "silent"] += 1
    else:
        tally["beds", "", "nursing" if CARE_HOMES[0] in one.types else "residential"] += one.beds


def _mix(tally: _Tally, what: str, sector: Sector | None) -> Mix:
    sectors = SECTORS if sector is None else (sector,)
    return Mix(numbers=tuple(sum(tally[what, each, mark] for each in sectors) for mark in MARKS))


def _mixes(tally: _Tally, what: str) -> Mapping[Sector | None, Mix]:
    return {sector: _mix(tally, what, sector) for sector in (*SECTORS, None)}


def _area(name: str, authorities: int, tally: _Tally, days: Sequence[int], quarters: Sequence[date]) -> Area:
    reasons = [(which, count) for (what, _, which), count in tally.items() if what == "reason"]
    return Area(
        name=name,
        authorities=authorities,
        now=_mixes(tally, "now"),
        then=_mixes(tally, "then"),
        published=_mixes(tally, "published"),
        types=tuple((kind, tally["type", "", kind]) for kind in TYPES),
        inherited=tally["inherited", "", ""],
        reasons=tuple(sorted(reasons, key=lambda one: (-one[1], one[0]))),
        beds=Beds(**{which: tally["beds", "", which] for which in ("homes", "nursing", "residential", "silent")}),
        ages=Ages(
            numbers=tuple(tally["age", "", band] for band in BANDS),
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
        quarters=tuple((day, _mix(tally, "now" if day == quarters[-1] else day.isoformat(), None)) for day in quarters),
    )
