"""Finds the timeline of each adult social care service in CQC's files, and its movements according to the files and our own
events. Pure.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.ratings import OVERALL, KeyQuestion, Rating, fell
from monitor.register.entries import Sector
from monitor.register.filed import Filed, files_of
from monitor.text import LONDON

UNRATED = "unrated"

EMPTY = "the register is empty: load CQC's files with cqc-monitor register refresh (or register import FILE)"
"""The error for a report before any files are loaded."""

SAME = timedelta(days=60)
"""CQC's page and its files may show the same movement this far apart, unless both give a date."""

DATES_APART = timedelta(days=7)
"""The dates of the same movement may be this far apart, if both page and files give a date. The files may give a publication a
different date from the page."""

QUESTIONS = tuple(str(one) for one in KeyQuestion)
"""The key questions, in CQC's order."""

_RATED = frozenset(Rating)
_MARK = {str(one): str(one) for one in Rating}


# ── what is known ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What CQC's files state about a service from a day on, with the fields that reports need.

    listed         False if the files no longer list the service
    overall        a rating, or the reason in its place; None if the service was never rated
    key_questions  a rating or reason for each of KeyQuestion
    inherited      whether the overall rating is the rating of the previous registration; known only for the present
    primary_id     has the same meaning as in Entry; known only for the present
    """

    location_id: str
    as_of: date
    listed: bool
    name: str
    authority: str | None
    sector: Sector
    types: tuple[str, ...]
    beds: int | None
    provider_id: str | None
    provider_name: str | None
    brand: str | None
    registered_on: date | None
    overall: str | None
    key_questions: tuple[str | None, ...]
    published: date | None
    inherited: bool = False
    primary_id: str | None = None

    @property
    def mark(self) -> str:
        """One of the four ratings, or UNRATED."""
        return _MARK.get(self.overall or "", UNRATED)

    @property
    def was_never_rated(self) -> bool:
        """Whether the files state no overall rating and no reason in its place."""
        return self.overall in (None, "", "not rated")

    def rating(self, of: str) -> Rating | None:
        """The overall rating, or the rating of a key question; None if it is not one of the four ratings."""
        stated = self.overall if of == OVERALL else self.key_questions[QUESTIONS.index(of)]
        return Rating(stated) if stated in _RATED else None


Timeline = Sequence[Standing]
"""The states of one service in the files, by date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The data of the files about all adult social care in England.

    present    the registered services, according to the newest files
    timelines  the timelines by location id, including services that have left. A home that is registered twice has one
               timeline, under the id of its main registration
    twice      the homes that are registered twice: the key is the id of the other registration, the value is the id of the main
               registration
    others     watched services in the files that are not adult social care
    files      the loaded files
    """

    present: tuple[Standing, ...]
    timelines: Mapping[str, Timeline]
    others: frozenset[str]
    files: Filed
    twice: Mapping[str, str] = field(default_factory=dict)

    @property
    def begins(self) -> date:
        """The date of the first files that state ratings."""
        return self.files.first


def known(
    present: Iterable[Standing],
    history: Iterable[Standing],
    others: Iterable[str] = (),
    *,
    newest: date | None = None,
    rated: Iterable[date] = (),
) -> Known:
    """Combines the register's present and past. Raises UsageError if the register is empty.

    newest  the date of the newest files, even if no service has changed since
    rated   the dates of the files that state ratings. If `rated` is empty, the dates of the changes are used. Files from before
            these dates state only which services there are, not their ratings, so the state of services before these dates is
            treated as unknown
    """
    here, stating = list(present), list(rated)
    tracks = timelines(here, history)
    if stating:
        begins = min(stating)
        tracks = {location_id: _since(track, begins) for location_id, track in tracks.items()}
    care = [one for one in here if one.sector is not Sector.OTHER]
    twice = counted_as(care)
    for other, counts in sorted(twice.items()):
        tracks[counts] = as_one(tracks[counts], tracks.pop(other))
    registered = [one for one in care if one.listed and one.location_id not in twice]
    if not registered:
        raise UsageError(EMPTY)
    return Known(
        present=tuple(registered),
        timelines=tracks,
        others=frozenset(others),
        files=files_of(
            stating or (one.as_of for track in tracks.values() for one in track),
            max(newest or date.min, max(one.as_of for one in registered)),
        ),
        twice=twice,
    )


def counted_as(present: Iterable[Standing]) -> dict[str, str]:
    """Finds the homes that are registered twice. In the result, the key is the id of the other registration, and the value is the
    id of the main registration, under which the home is counted. The main registration is the one that the files call primary, as
    long as they list it. If the files call each of the two primary, the registration with the lower id is the main
    registration."""
    every = {one.location_id: one for one in present}
    found = {}
    for location_id in every:
        chain = [location_id]
        while (primary := every[chain[-1]].primary_id) in every and every[primary].listed and primary not in chain:
            chain.append(primary)
        loop = chain[chain.index(primary) :] if primary in chain else chain[-1:]
        counts = min((one for one in loop if every[one].listed), default=location_id)
        if counts != location_id:
            found[location_id] = counts
    return found


def as_one(track: Timeline, other: Timeline) -> Timeline:
    """The timeline of a home that is registered twice, under the id of its main registration. For times when the main
    registration was not listed, the timeline shows the other registration."""
    states: list[Standing] = []
    for day in sorted({one.as_of for one in (*track, *other)}):
        held = [of[-1] for of in ([one for one in each if one.as_of <= day] for each in (track, other)) if of]
        one = replace(next((one for one in held if one.listed), held[0]), as_of=day, location_id=track[0].location_id)
        if not states or replace(one, as_of=states[-1].as_of) != states[-1]:
            states.append(one)
    return states


def _since(track: Timeline, begins: date) -> Timeline:
    """The timeline from the day `begins` on, with the state on that day as its first state."""
    if track[0].as_of >= begins:
        return track
    before = sum(one.as_of <= begins for one in track)
    return [replace(track[before - 1], as_of=begins), *track[before:]]


def timelines(present: Iterable[Standing], history: Iterable[Standing]) -> dict[str, Timeline]:
    """The timelines of the services, each with the present state at its end."""
    tracks: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in history:
        tracks[one.location_id].append(one)
    for one in present:
        track = tracks[one.location_id]
        if not track or _said(track[-1]) != _said(one):
            track.append(one if not track or one.as_of >= track[-1].as_of else replace(one, as_of=track[-1].as_of))
    return dict(tracks)


def _said(one: Standing) -> tuple[object, ...]:
    return (one.listed, one.authority, one.sector, one.overall, one.key_questions, one.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A holder of services: a provider, with its id as key, or a brand, with its name as key. `services` is the number of its
    registered services."""

    key: str
    name: str
    kind: str  # "provider" | "brand"
    services: int


# ── movements ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Way(StrEnum):
    """How a service moved."""

    FELL = "fell"
    ROSE = "rose"
    ENTERED = "entered special measures"
    LEFT = "left special measures"


WAYS = {Kind.DOWNGRADED: Way.FELL, Kind.UPGRADED: Way.ROSE, Kind.ENTERED: Way.ENTERED, Kind.LEFT: Way.LEFT}


def is_movement(event: Event) -> bool:
    """Whether an event is a movement of a service. A rating that was read late is not a movement, because it may have applied
    for a long time. Special measures that were read late are a movement on the day of the report that states them. A retracted
    event is not a movement."""
    return event.kind in WAYS and event.corrected_at is None and (not event.read_late or event.kind.traits.in_force)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A service that fell, rose, or entered or left special measures.

    on        the day of the movement: CQC's date or, if CQC gives no date (`dated` is False), the day when the movement was first
              seen or in a file
    seen      when this monitor confirmed the movement, on CQC's page or (if `by_api`) through CQC's API alone; None if the
              service was not watched
    files     two dates: of the first file with the former rating, and of the first file with the new rating; None if the files do
              not show the movement
    former    when the former rating was last published, according to the files; None if not known
    event_id  the id of the movement's event, if there is an event. `item` is the event's item
    """

    location_id: str
    name: str
    authority: str | None
    sector: Sector
    provider_id: str | None
    provider_name: str | None
    way: Way
    of: str
    group: str | None
    from_: str | None
    to: str | None
    on: date
    dated: bool
    seen: date | None = None
    by_api: bool = False
    files: tuple[date, date] | None = None
    former: date | None = None
    event_id: str | None = None
    item: str | None = None


def movements(timeline: Timeline, events: Iterable[Event] = ()) -> list[Movement]:
    """The movements of one service, according to the files and our own events. Each movement is included once, in order of
    days."""
    seen = [_of_event(timeline, one) for one in events if is_movement(one) and one.of in (OVERALL, None, *QUESTIONS)]
    only_filed = []
    for filed in (one for of in (OVERALL, *QUESTIONS) for one in _of_files(timeline, of)):
        at = next((n for n, one in enumerate(seen) if one.files is None and _is_same(one, filed)), None)
        if at is None:
            only_filed.append(filed)
        else:
            seen[at] = replace(seen[at], files=filed.files)
    return _once(sorted([*seen, *only_filed], key=lambda one: (one.on, one.of)))


def _once(moved: Iterable[Movement]) -> list[Movement]:
    """The movements without duplicates. Two movements in a row that reach the same rating are the same movement, because a
    rating can't be reached twice in a row. One of them comes from a page, the other from a file with a very different date. The
    page's date is used."""
    kept: list[Movement] = []
    last: dict[str, int] = {}  # by subject, the position of the subject's last movement
    for one in moved:
        at = last.get(one.of) if one.way in (Way.FELL, Way.ROSE) and one.group is None else None
        if at is not None and _repeats(kept[at], one):
            by_page, by_file = (kept[at], one) if kept[at].seen else (one, kept[at])
            kept[at] = replace(by_page, files=by_file.files)
        else:
            last[one.of] = len(kept)
            kept.append(one)
    return sorted(kept, key=lambda one: (one.on, one.of))


def _repeats(before: Movement, one: Movement) -> bool:
    """Whether two consecutive movements are the same movement, if one comes only from the page and the other only from the
    files."""
    same = before.group is None and (before.way, before.to) == (one.way, one.to)
    by_page, by_file = (before, one) if before.seen else (one, before)
    if not same or by_page.seen is None or by_page.files is not None or by_file.seen is not None or by_file.files is None:
        return False
    shown_after = by_file.files[0] - by_page.on > SAME  # if so, the former rating is newer than the page's movement
    return not shown_after and (by_file.former is None or by_file.former <= by_page.on)


def _of_files(timeline: Timeline, of: str) -> Iterator[Movement]:
    """The movements in the files. A reason in place of a rating is skipped, and the next rating is compared with the rating
    before the reason."""
    last: Standing | None = None
    since = date.min  # the date of the first file with the rating of `last`
    before: Rating | None = None
    for one in timeline:
        rating = one.rating(of) if one.listed else None
        if rating is None:
            continue
        if last is not None and before is not None and rating != before:
            dated = one.published is not None and (last.published is None or one.published > last.published)
            way = Way.FELL if fell(before, rating) else Way.ROSE
            on = one.published if dated and one.published else one.as_of
            moved = _movement(one, way=way, of=of, from_=before, to=rating, on=on)
            yield replace(moved, dated=dated, files=(since, one.as_of), former=last.published)
        since = one.as_of if rating != before else since
        last, before = one, rating


def _of_event(timeline: Timeline, event: Event) -> Movement:
    on = day_of(event)
    place = bisect_right([one.as_of for one in timeline], on)
    held = timeline[max(place - 1, 0)]
    moved = _movement(
        held,
        way=WAYS[event.kind],
        of=event.of or OVERALL,
        from_=None if event.from_ is None else str(event.from_),
        to=None if event.to is None else str(event.to),
        on=on,
    )
    return replace(
        moved,
        name=event.name or held.name,
        group=event.group,
        dated=event.published is not None,
        event_id=event.id,
        item=event.item,
        seen=event.observed_at.astimezone(LONDON).date(),
        by_api=event.rests_on.on_api_alone,
    )


def day_of(event: Event) -> date:
    """The day to which an event belongs: CQC's date or, if CQC gives no date, the day when the event was observed, in London."""
    return event.published or event.observed_at.astimezone(LONDON).date()


def _movement(held: Standing, *, way: Way, of: str, from_: str | None, to: str | None, on: date) -> Movement:
    """A movement of the whole service that CQC did not date."""
    return Movement(
        location_id=held.location_id,
        name=held.name,
        authority=held.authority,
        sector=held.sector,
        provider_id=held.provider_id,
        provider_name=held.provider_name,
        way=way,
        of=of,
        group=None,
        from_=from_,
        to=to,
        on=on,
        dated=False,
    )


def _is_same(seen: Movement, filed: Movement) -> bool:
    """Whether an event's movement and a movement in the files are the same. If a service group moved, the new ratings are not
    compared, because the files show only the worst rating of all groups."""
    if (seen.way, seen.of) != (filed.way, filed.of) or (seen.group is None and seen.to != filed.to):
        return False
    return abs(seen.on - filed.on) <= (DATES_APART if seen.dated and filed.dated else SAME)


def years_before(day: date, years: int) -> date:
    """The same day, this many years earlier. 29 February becomes 28 February if the earlier year has no 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
