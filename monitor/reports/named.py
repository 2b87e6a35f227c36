"""Finds the services that a report names: the worst-rated services, how long they have had their rating, and what is not known
about them. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.events import Event
from monitor.model import IN_MEASURES, MeasuresState
from monitor.ratings import Rating
from monitor.register.movements import DATES_APART, Standing, Timeline
from monitor.reports.past import Run, months_before, run_of

LONG_MONTHS = 6
"""A report says that a service has been inadequate for over six months if its rating was published this many months ago or
longer. CQC promises to inspect a service in special measures again within six months."""

IN_A_ROW = 2
"""A report names a service as repeatedly below good if it has at least this many ratings of requires improvement in a row."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """What CQC's own page about a service stated when the page was last read.

    measures    special measures, with the values of store.tables.OverviewRow
    since       the day since which the service has been in special measures; None if not known
    or_earlier  whether the special measures may have begun before `since`
    """

    overall: str | None
    published: date | None
    measures: str | None = None
    since: date | None = None
    or_earlier: bool = False

    @property
    def is_in_measures(self) -> bool:
        """Whether the page says that the service is in special measures."""
        return self.measures in IN_MEASURES

    def is_older_than(self, published: date | None) -> bool:
        """Whether the page's rating is older than a rating published on `published`. A small difference is ignored, because page
        and files may give the same publication different dates."""
        return self.published is not None and published is not None and published - self.published > DATES_APART

    def of_home(self, other: "OnPage | None") -> "OnPage":
        """Returns which of two pages is used for a home that is registered twice. The newer page is used. If the pages are about
        the same publication, the worse page is used."""
        if other is None or other.is_older_than(self.published):
            return self
        return other if self.is_older_than(other.published) else max(self, other, key=_how_bad)


def _how_bad(page: OnPage) -> tuple[bool, int, date]:
    return page.is_in_measures, _RANK.get(page.overall or "", -1), page.published or date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Grave:
    """A service that is inadequate according to CQC's files or page, or that is in special measures.

    run    how long the service has been inadequate according to the files; None if the files don't say inadequate
    page   what the service's page stated; None if the service is not watched, if its page was not read lately, or if the report
           is about an earlier day
    newer  the day of a publication that is newer than the rating in the files; None if no such publication is known
    long   whether the rating in the files is inadequate and was published LONG_MONTHS ago or longer
    """

    service: Standing
    run: Run | None
    page: OnPage | None
    newer: date | None
    long: bool

    @property
    def is_only_on_page(self) -> bool:
        """Whether the service's page says inadequate, while the files neither say inadequate nor contain a newer rating."""
        return self.run is None and self.is_page_of_now and self.page is not None and self.page.overall == Rating.INADEQUATE

    @property
    def is_page_of_now(self) -> bool:
        """Whether the service's page was read and is not older than the rating in the files."""
        return self.page is not None and not self.page.is_older_than(self.service.published)

    @property
    def is_in_measures(self) -> bool:
        """Whether the service is known to be in special measures."""
        return self.is_page_of_now and self.page is not None and self.page.is_in_measures

    @property
    def is_better_on_page(self) -> bool:
        """Whether the files say inadequate, and the service's page states a better rating with a later date."""
        told = self.page
        later = told is not None and told.published is not None and told.published > (self.service.published or date.min)
        return self.run is not None and told is not None and later and told.overall in _BETTER

    @property
    def measures_are_known(self) -> bool:
        """Whether it is known if the service is in special measures."""
        return self.is_page_of_now and self.page is not None and self.page.measures in {*IN_MEASURES, MeasuresState.LEFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The services that a report names.

    grave     services that are inadequate or in special measures, the longest inadequate first
    repeated  services that required improvement in several ratings in a row, the most ratings first
    twice     homes that are registered twice, each with the ids that are left out
    read      the services whose pages were read lately
    """

    grave: tuple[Grave, ...]
    repeated: tuple[tuple[Standing, Run], ...]
    twice: tuple[tuple[Standing, tuple[str, ...]], ...]
    read: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is known about services: `timelines` from CQC's files, `events` from our own checks, and `pages` as they were last
    read."""

    timelines: Mapping[str, Timeline]
    events: Mapping[str, Sequence[Event]]
    pages: Mapping[str, OnPage]
    twice: Mapping[str, str]


def named(services: Iterable[Standing], sources: Sources, day: date) -> Named:
    """Returns the services that an area's report names, according to the state of the services on a day."""
    grave, repeated, others = [], [], _others(sources.twice)
    every = list(services)
    for one in every:
        page = sources.pages.get(one.location_id)
        is_low = one.mark in _LOW
        run = run_of(sources.timelines[one.location_id], day, sources.events.get(one.location_id, ())) if is_low else None
        told = _grave(one, run if one.mark == Rating.INADEQUATE else None, page, sources.events, day)
        if one.mark == Rating.INADEQUATE or told.is_in_measures or told.is_only_on_page:
            grave.append(told)
        if run is not None and one.mark == Rating.REQUIRES_IMPROVEMENT and run.reports >= IN_A_ROW:
            repeated.append((one, run))
    return Named(
        grave=tuple(sorted(grave, key=_longest_first)),
        repeated=tuple(sorted(repeated, key=lambda pair: (-pair[1].reports, pair[1].first or day, pair[0].name))),
        twice=tuple((one, others[one.location_id]) for one in every if one.location_id in others),
        read=frozenset(one.location_id for one in every if one.location_id in sources.pages),
    )


def _grave(
    one: Standing, run: Run | None, page: OnPage | None, events: Mapping[str, Sequence[Event]], day: date
) -> Grave:
    told = [page.published if page else None, *(each.published for each in events.get(one.location_id, ()))]
    later = [each for each in told if each and one.published and one.published + DATES_APART < each <= day]
    long = run is not None and one.published is not None and one.published <= months_before(day, LONG_MONTHS)
    return Grave(service=one, run=run, page=page, newer=max(later, default=None), long=long)


def _longest_first(one: Grave) -> tuple[date, str, str]:
    since = one.run.since if one.run else one.page.published if one.page else None
    return since or date.max, one.service.name, one.service.location_id


def _others(twice: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Returns the ids that are left out, by the id under which a home that is registered twice is counted."""
    found: dict[str, tuple[str, ...]] = {}
    for other, counts in sorted(twice.items()):
        found[counts] = (*found.get(counts, ()), other)
    return found


_LOW: Collection[str] = frozenset({Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE})
_BETTER: Collection[str] = frozenset(Rating) - {Rating.INADEQUATE}
_RANK: Mapping[str, int] = {one: n for n, one in enumerate(Rating)}
