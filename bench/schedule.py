"""Simulates when checks come over a year, with and without hints of publications. Only the scheduling is simulated, with the
program's own decisions and a simulated clock. No requests are made.

    python -m bench.schedule [services] [days]

Publications come as often, and at the same hours, as CQC's. CQC's list of publications names each publication up to an hour
later, and its feed of changes names it the day after. The simulation prints the time from the list to the check, the requests
for hints, the largest gap between two checks, whether a faulty list delays anything, and how many checks this version makes
compared with version 0.2. The exit status is 1 if a limit is exceeded.
"""

import hashlib
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, pairwise
from random import Random

from monitor.detect.checks import Due
from monitor.detect.decide import LIVELY, Pace
from monitor.detect.hints import MOST_FROM_PARTIAL, Hint, Sight, is_in_hours, shows, step
from monitor.detect.pace import quiet_pace
from monitor.detect.recall import COUNTED, Recall
from monitor.detect.schedule import POLL_EVERY, POLL_EVERY_QUIET, quiet_interval
from monitor.jobs.hints.feed import BACK, LATELY, LATELY_EVERY
from monitor.jobs.hints.inspected import MOST_A_DAY, MOST_A_TURN
from monitor.settings import Settings
from monitor.text import LONDON

BEGIN = datetime(2027, 1, 4, tzinfo=UTC)
MARCH, JUNE = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
JULY = datetime(2027, 7, 1, tzinfo=UTC)

A_DAY = 500 / 30 / 57_000
"""How many publications a service has per day, on average. CQC's target is 500 a month for all of England."""

WEEKDAYS = (13, 18, 18, 21, 21, 8, 1)
"""The percentages of publications on each day of the week, Monday first, from 2016 to January 2025."""

IN_HOURS = 0.95
"""The share of publications that come from 07:00 to 20:00 in London."""

PAGE_BEHIND = 0.05
"""The share of pages whose old version is still served by a cache, for up to 40 minutes after the list named the
publication."""

FEED_NAMES = 0.98
LIES = 100
"""How many services without news a wrong list names in each poll."""

REQUEST = timedelta(seconds=1)
ROUNDING = timedelta(milliseconds=1)
LONG_MINUTES = 31
MOST_MINUTES, MOST_REQUESTS = 12, 300
"""The limits. In CQC's hours, 95 in 100 publications must be checked within `MOST_MINUTES` after the list named them. On a day
without publications, hints may cause `MOST_REQUESTS` requests."""

OTHERS = 4
"""The requests per day for robots.txt and for the page with the links to CQC's files."""

ENGLAND = 57_000
SAMPLED = 400
"""How many services are simulated one by one with a check every CHECK_EVERY."""

Planner = Callable[[Pace, Due, datetime], datetime]
"""A function that plans a service's next check. Its last argument is the time of the present check."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Says when CQC published something, when the list and the feed name the service, and when the page that the monitor gets
    shows the publication. `fed_at` is None if the feed never names the service."""

    service: str
    at: datetime
    listed_at: datetime
    fed_at: datetime | None
    shown_at: datetime

    @property
    def day(self) -> date:
        """The publication's date."""
        return self.at.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Named:
    """Says when a source names a service. `day` is the date that the list states, or None for the feed, which states no date."""

    at: datetime
    day: date | None


@dataclass(slots=True)
class Year:
    """The result of a simulation. `found` has the first check that could see each publication. `hinted` is about the
    publications that the list named in CQC's hours, before a check found them. For each of these, `hinted` has the minutes from
    the list to the next check. `gap` is the largest gap between two checks, as a multiple of the planned interval."""

    found: dict[Publication, datetime | None] = field(default_factory=dict)
    hinted: list[float] = field(default_factory=list)
    gap: float = 0.0
    checks: int = 0

    def at(self, share: float) -> float:
        """Returns the minutes from the list to the check at a quantile."""
        return sorted(self.hinted)[min(len(self.hinted) - 1, int(share * len(self.hinted)))]


def publications(services: Sequence[str], days: int, random: Random, *, a_day: float = A_DAY) -> list[Publication]:
    """Returns what CQC publishes, in order of time. CQC publishes nothing from 24 December to 2 January."""
    found: list[Publication] = []
    mean = sum(WEEKDAYS) / 7
    for number in range(1, days):
        today = (BEGIN + timedelta(days=number)).date()
        if (today.month, today.day) >= (12, 24) or (today.month, today.day) <= (1, 2):
            continue
        expected = len(services) * a_day * WEEKDAYS[today.weekday()] / mean
        for _ in range(int(expected) + (random.random() < expected % 1)):
            hour = random.uniform(7, 20) if random.random() < IN_HOURS else random.uniform(0, 24)
            at = datetime.combine(today, time(), LONDON).astimezone(UTC) + timedelta(hours=hour)
            listed_at = at + timedelta(minutes=random.uniform(0, 60))
            behind = random.uniform(0, 40) if random.random() < PAGE_BEHIND else None
            fed_at = datetime.combine(at.date(), time(2), UTC) + timedelta(days=1)
            found.append(
                Publication(
                    service=random.choice(services),
                    at=at,
                    listed_at=listed_at,
                    fed_at=fed_at if random.random() < FEED_NAMES else None,
                    shown_at=listed_at + timedelta(minutes=behind) if behind is not None else at,
                )
            )
    return sorted(found, key=lambda one: one.at)


def polls(days: int) -> list[datetime]:
    """Returns the times at which the list is polled with the default settings."""
    every, quiet = (Settings.model_fields[name].default for name in ("list_every", "list_every_quiet"))
    return _times(days, every, quiet)


def feed_polls(days: int) -> list[datetime]:
    """Returns the times at which the feed is polled."""
    return _times(days, POLL_EVERY, POLL_EVERY_QUIET)


def _times(days: int, every: timedelta, quiet: timedelta) -> list[datetime]:
    now, times = BEGIN, []
    while now < BEGIN + timedelta(days=days):
        times.append(now)
        now += every if is_in_hours(now) else quiet
    return times


def requests_at_rest(days: int, *, feed: bool) -> Counter[date]:
    """Counts the requests for hints on each day if nothing is published: requests for the list, the feed, services that are
    being inspected (as many as the limit allows), robots.txt and the page of CQC's files."""
    spent = Counter({(BEGIN + timedelta(days=number)).date(): OTHERS for number in range(days)})
    spent.update(at.date() for at in polls(days))
    turns = Counter(at.date() for hour in range(24 * days) if is_in_hours(at := BEGIN + timedelta(hours=hour)))
    spent.update({day: min(MOST_A_DAY, number * MOST_A_TURN) for day, number in turns.items()})
    for before, at in pairwise(feed_polls(days) if feed else ()):
        lately = before.timestamp() // LATELY_EVERY.total_seconds() != at.timestamp() // LATELY_EVERY.total_seconds()
        spent[at.date()] += 1 + lately * (LATELY.days + 1)
        if before.date() != at.date():  # new changes are requested in two parts
            spent[at.date()] += 1 + BACK.days + 1
    return spent


def by_list(
    news: Sequence[Publication], times: Sequence[datetime], dead_from: datetime | None = None, dead_until: datetime | None = None
) -> dict[str, list[Named]]:
    """Returns when the list names which service. The services that one poll names are checked in turn after the poll. From
    `dead_from` to `dead_until`, the list names no service."""
    named: dict[str, list[Named]] = defaultdict(list)
    turn: dict[datetime, Iterator[int]] = defaultdict(lambda: count(1))
    for one in sorted(news, key=lambda one: one.listed_at):
        place = bisect_left(times, one.listed_at)
        if place < len(times) and not (dead_from and dead_until and dead_from <= times[place] < dead_until):
            named[one.service].append(Named(times[place] + next(turn[times[place]]) * REQUEST, one.day))
    return named


def lies(services: Sequence[str], times: Sequence[datetime], random: Random) -> dict[str, list[Named]]:
    """Returns when a wrong list names which service, in June. The program treats this list as partial, and so accepts new marks
    from the list only up to a daily limit."""
    named: dict[str, list[Named]] = defaultdict(list)
    acted: dict[date, int] = defaultdict(int)
    for at in times:
        if JUNE <= at < JULY:
            for turn in range(min(LIES, MOST_FROM_PARTIAL - acted[at.date()])):
                named[random.choice(services)].append(Named(at + (turn + 1) * REQUEST, at.date()))
                acted[at.date()] += 1
    return named


def by_feed(news: Sequence[Publication], times: Sequence[datetime]) -> dict[str, list[Named]]:
    """Returns when the program learns from the feed that a service was named: at the next poll."""
    named: dict[str, list[Named]] = defaultdict(list)
    for one in news:
        if one.fed_at is not None and (place := bisect_left(times, one.fed_at)) < len(times):
            named[one.service].append(Named(times[place], None))
    return named


def merged(*sources: dict[str, list[Named]]) -> dict[str, list[Named]]:
    """Merges the entries of several sources, in order of time for each service."""
    every = {service for source in sources for service in source}
    return {
        one: sorted((named for source in sources for named in source.get(one, ())), key=lambda named: named.at) for one in every
    }


def planned_before(pace: Pace, due: Due, now: datetime) -> datetime:
    """Plans the next check as version 0.2 did: at the service's regular time, but at least half an interval after now."""
    lively = due.named_at is not None and now < due.named_at + LIVELY
    seconds = (pace.check_every if lively else pace.quiet).total_seconds()
    share = int.from_bytes(hashlib.sha256(due.location_id.encode()).digest()[:4]) / 2**32
    periods = -(-(now.timestamp() + seconds / 2 - share * seconds) // seconds)
    return datetime.fromtimestamp((periods + share) * seconds, UTC)


@dataclass(slots=True)
class _Service:
    """Simulates the checks of one service. The plan and the sources decide when each check comes."""

    location_id: str
    pace: Pace
    plan: Planner
    news: Sequence[Publication]
    due: Due
    following: datetime = BEGIN
    shown: date | None = None
    hints: list[Hint] = field(default_factory=list)

    def checks(self, named: Sequence[Named], end: datetime) -> Iterator[datetime]:
        """Yields the times of the service's checks."""
        names = iter(named)
        upcoming = next(names, None)
        while True:
            if upcoming is not None and upcoming.at < self.following:
                self.hear(upcoming)
                upcoming = next(names, None)
                continue
            if self.following >= end:
                return
            now = self.following
            yield now
            self.check(now)

    def hear(self, one: Named) -> None:
        """Makes the next check come now, because a source names the service. If the service's page already showed the
        publication, nothing changes."""
        if one.day is None:
            self.due = replace(self.due, named_at=one.at)
        elif shows(self.shown, one.day):
            return
        else:
            new = Hint(source="list", location_id=self.location_id, mark=str(one.day), day=one.day, first_seen=one.at)
            self.hints.append(new)
        self.following = min(self.following, one.at)

    def check(self, now: datetime) -> None:
        """Makes a check. Records what the page shows, and plans the next check."""
        self.shown = max((one.day for one in self.news if one.shown_at <= now), default=None)
        sight = Sight(looked_at=now, read=True, calm=True, published=self.shown or date(2020, 1, 1))
        self.following = self.plan(self.pace, self.due, now)
        still = []
        for hint in self.hints:
            after = step(hint, sight, now)
            if after.became is None:
                still.append(replace(hint, checks=after.checks, checked_at=after.checked_at, due_at=after.due_at))
            if after.due_at is not None:
                self.following = min(self.following, after.due_at)
        self.hints = still


def live(
    services: Sequence[str],
    news: Sequence[Publication],
    named: dict[str, list[Named]],
    pace: Pace,
    days: int,
    plan: Planner = Pace.next_check,
) -> Year:
    """Simulates these services for `days` days."""
    year, end = Year(), BEGIN + timedelta(days=days)
    by_service: dict[str, list[Publication]] = defaultdict(list)
    for one in news:
        by_service[one.service].append(one)
    for location_id in services:
        due = Due(
            location_id=location_id, seq=1, candidates=(), failures=0, grave=False, read_through_at=None, whole=True, pages=()
        )
        service = _Service(location_id, pace, plan, by_service[location_id], due)
        checks = list(service.checks(named.get(location_id, ()), end))
        year.checks += len(checks)
        year.gap = max(
            year.gap,
            max((later - earlier for earlier, later in pairwise([*checks, service.following])), default=pace.quiet) / pace.quiet,
        )
        for one in by_service[location_id]:
            place = bisect_left(checks, one.shown_at)
            year.found[one] = checks[place] if place < len(checks) else None
            after = bisect_left(checks, one.listed_at)
            known = any(one.shown_at <= at < one.listed_at for at in checks[max(0, after - 50) : after])
            if not known and after < len(checks) and is_in_hours(one.listed_at):
                year.hinted.append((checks[after] - one.listed_at) / timedelta(minutes=1))
    return year


def later_than(year: Year, without: Year) -> list[Publication]:
    """Returns the publications that are found later than they would be without the list."""
    never = datetime(9000, 1, 1, tzinfo=UTC)
    return [one for one, at in without.found.items() if (year.found[one] or never) > (at or never) + ROUNDING]


@dataclass(frozen=True, slots=True)
class Case:
    """A case to measure. It says which services are checked, how often, and whether there is a feed."""

    title: str
    services: Sequence[str]
    pace: Pace
    feed: bool
    days: int
    a_day: float = A_DAY


def measure(case: Case) -> list[str]:
    """Measures and prints. Returns the limits that are exceeded."""
    random, times = Random(1), polls(case.days)
    news = publications(case.services, case.days, random, a_day=case.a_day)
    followed = sorted({one.service for one in news})
    feed = by_feed(news, feed_polls(case.days)) if case.feed else {}
    whole, faulty = by_list(news, times), by_list(news, times, MARCH, JULY)
    lying = lies(case.services, times, random)
    without, with_list, with_faulty = (
        live(followed, news, merged(feed, *sources), case.pace, case.days) for sources in ((), (whole,), (faulty, lying))
    )
    late = {"whole": later_than(with_list, without), "faulty": later_than(with_faulty, without)}
    gap = max(one.gap for one in (without, with_list, with_faulty))
    rest = requests_at_rest(case.days, feed=case.feed)
    more = (with_list.checks - without.checks) / max(1, len(news))
    p50, p95, worst = (with_list.at(share) for share in (0.5, 0.95, 1.0))
    print(f"{case.title}: {len(case.services):,} services, {case.days} days, {len(news):,} publications")
    minutes = f"p50 {p50:.1f}, p95 {p95:.1f}, worst {worst:.1f} minutes, of {len(with_list.hinted):,}"
    print(f"  from the list to the check, in CQC's hours: {minutes}")
    over = sum(one > LONG_MINUTES for one in with_list.hinted)
    print(f"  over {LONG_MINUTES} minutes: {over} (a service's second publication on a day has the mark of its first)")
    requests = f"{rest.total() / case.days:.0f} a day, {max(rest.values())} on the busiest day"
    print(f"  requests for hints if nothing is published: {requests}; a publication costs {more:.1f} additional checks")
    print(f"  the largest gap between two checks: {gap:.4f} intervals of {case.pace.quiet}")
    print(f"  found later than without the list: {len(late['whole'])}")
    print(f"  found later with a list that is dead from March and wrong in June: {len(late['faulty'])}")
    wrong = [f"{case.title}: the list delays {len(ones)} ({name})" for name, ones in late.items() if ones]
    wrong += [f"{case.title}: p95 is {p95:.1f} minutes"] if p95 > MOST_MINUTES else []
    wrong += [f"{case.title}: {max(rest.values())} requests a day"] if max(rest.values()) > MOST_REQUESTS else []
    return wrong + ([f"{case.title}: a gap of {gap:.4f} intervals"] if gap > 1 + ROUNDING / case.pace.quiet else [])


def steady(check_every: timedelta, quiet: timedelta | None = None) -> Pace:
    """Returns a pace with the default settings."""
    return Pace(check_every=check_every, confirm_after=timedelta(minutes=1), quiet=quiet or check_every)


def cost(services: Sequence[str], days: int, hints_a_day: float, every: timedelta) -> tuple[float, float]:
    """Returns the checks per day, with the present rule and with the rule of version 0.2, if `hints_a_day` services are checked
    early each day."""
    random = Random(2)
    named: dict[str, list[Named]] = defaultdict(list)
    for _ in range(int(hints_a_day * days)):
        named[random.choice(services)].append(Named(BEGIN + timedelta(days=1) + random.random() * timedelta(days=days - 1), None))
    hints = merged(named)
    now, before = (live(services, (), hints, steady(every), days, plan) for plan in (Pace.next_check, planned_before))
    return now.checks / days, before.checks / days


def ids(number: int) -> list[str]:
    """Returns `number` location ids."""
    return [f"1-{100_000_000 + one}" for one in range(number)]


def main() -> None:
    services, days = [*map(int, sys.argv[1:]), *(ENGLAND, 365)[len(sys.argv) - 1 :]]
    every = timedelta(hours=6)
    measured = Recall(named=COUNTED, of=COUNTED)
    quiet = quiet_pace(every, quiet_interval(every, services=services, pages=2 * services), measured, starts=False)
    some = ids(min(services, SAMPLED))
    cases = [
        Case("all, with the feed", ids(services), steady(every, quiet), True, days),
        Case("some, every 6 hours, without the feed", some, steady(every), False, days, A_DAY * 20),
    ]
    wrong = [line for case in cases for line in measure(case)]
    for number, sample in ((300, 300), (10_000, 1_000)):
        for hints in (0.0, number * 0.02):
            now, before = (one * number / sample for one in cost(ids(sample), 30, hints * sample / number, every))
            title = f"{number:,} services every 6 hours, {hints:.0f} early checks a day"
            print(f"{title}: {now:,.0f} checks a day; with the rule of version 0.2, {before:,.0f}")
    print("\n".join(wrong) or "no limit is exceeded")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
