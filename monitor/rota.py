"""Who is on call for a watchlist: at most three people in order, each with hours on certain weekdays. Times are in London. Pure.

A rota only adds receivers. Subscribers are alerted in the same way as without a rota.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from monitor.addresses import shown
from monitor.errors import UsageError
from monitor.text import LONDON, clock, counted, day, day_in_london, listed, plain, sentence

MOST_PEOPLE = 3

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EVERY_DAY = frozenset(range(7))
_A_DAY = 24 * 60
_A_WEEK = 7 * _A_DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours on certain weekdays (0 is Monday), from `begin` until `end`. If `end` is not later than `begin`, the hours end on the
    next day."""

    days: frozenset[int] = _EVERY_DAY
    begin: time = time()
    end: time = time()

    def minutes(self) -> Iterator[tuple[int, int]]:
        """Yields the beginning and the end of the hours on each weekday, in minutes from the beginning of the week. An end may be
        in the next week."""
        begin, end = (one.hour * 60 + one.minute for one in (self.begin, self.end))
        for weekday in sorted(self.days):
            start = weekday * _A_DAY + begin
            yield start, start + (end - begin if end > begin else end - begin + _A_DAY)

    def hold(self, now: datetime) -> bool:
        """Whether an instant is within these hours."""
        here = now.astimezone(LONDON)
        minute = here.weekday() * _A_DAY + here.hour * 60 + here.minute
        return any(start <= at < end for start, end in self.minutes() for at in (minute, minute + _A_WEEK))

    @property
    def words(self) -> str:
        """The hours in the format that `hours_in` parses, such as "Mon-Fri, 17:00-09:00"."""
        days = sorted(self.days)
        in_a_row = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
        names = [DAYS[one][:3] for one in days]
        said = "Every day" if len(days) == len(DAYS) else f"{names[0]}-{names[-1]}" if in_a_row else " ".join(names)
        return f"{said}, all day" if self.begin == self.end == time() else f"{said}, {self.begin:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A person on the rota. `address` and `deputy` are canonical addresses. `away_until` is the last day on which the person is
    away; None if the person is not away. While the person is away, the deputy (if there is one) is alerted instead."""

    address: str
    hours: Hours = field(default_factory=Hours)
    deputy: str | None = None
    away_until: date | None = None

    def is_away(self, now: datetime) -> bool:
        """Whether the person is away on the day of an instant."""
        return self.away_until is not None and day_in_london(now) <= self.away_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """Who is on call, in order.

    office  the office hours, in which subscribers answer alerts themselves and nobody needs to be on call; None if the
            watchlist has no office hours
    gone    the addresses of people whose access has ended; the rota treats these people as away
    """

    turns: tuple[Turn, ...] = ()
    office: Hours | None = None
    gone: frozenset[str] = frozenset()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of everybody on the rota, including the deputies."""
        return tuple(dict.fromkeys(one for turn in self.turns for one in (turn.address, turn.deputy) if one))

    def first(self, now: datetime) -> str | None:
        """Returns the address of the first person on call, who is alerted at once. If nobody is on call, returns the address of
        the first person who can be reached. None during office hours, or if nobody can be reached."""
        if self.office is not None and self.office.hold(now):
            return None
        return next(iter(self._in_order(now)), None)

    def following(self, now: datetime, told: Collection[str]) -> str | None:
        """Returns the address that is alerted next if nobody at the addresses `told` acknowledges the event. The people who are
        on call now come first, then the other people on the rota. None if there is no further address."""
        return next((one for one in self._in_order(now) if one not in told), None)

    def on_call(self, now: datetime) -> tuple[str, ...]:
        """Returns the addresses of the people who are on call at an instant and can be reached, in order."""
        found = (self._reached(one, now) for one in self.turns if one.hours.hold(now))
        return tuple(dict.fromkeys(one for one in found if one))

    def _in_order(self, now: datetime) -> tuple[str, ...]:
        others = (self._reached(one, now) for one in self.turns)
        return tuple(dict.fromkeys((*self.on_call(now), *(one for one in others if one))))

    def _reached(self, turn: Turn, now: datetime) -> str | None:
        """Returns the address at which a person on the rota, or the person's deputy, can be reached; None if neither can be
        reached."""
        away = self.gone | {one.address for one in self.turns if one.is_away(now)}
        return next((one for one in (turn.address, turn.deputy) if one and one not in away), None)

    def gaps(self, now: datetime) -> list[str]:
        """Returns the times in a week when nobody is on call, in words, such as "Saturday midnight to Monday 9:00am". A person
        who is away at the instant `now`, without a deputy who can be reached, is not on call."""
        if not self.turns:
            return []
        there = [one.hours for one in self.turns if self._reached(one, now)] + ([self.office] if self.office else [])
        free = [True] * _A_WEEK
        for hours in there:
            for start, end in hours.minutes():
                for minute in range(start, end):
                    free[minute % _A_WEEK] = False
        if all(free):
            return ["all the time"]
        begins = [minute for minute in range(_A_WEEK) if free[minute] and not free[minute - 1]]
        return [f"{_moment(one)} to {_moment(_end(free, one))}" for one in begins]


def _end(free: list[bool], minute: int) -> int:
    while free[minute % _A_WEEK]:
        minute += 1
    return minute % _A_WEEK


def _moment(minute: int) -> str:
    at = datetime(2026, 1, 1) + timedelta(minutes=minute % _A_DAY)  # noqa: DTZ001 (an hour of the day, not an instant)
    return f"{DAYS[minute // _A_DAY]} {clock(at)}"


# ── as people write it ───────────────────────────────────────────────────────────────────────────────────────────────────

_SPAN = re.compile(r"(\d{1,2})(?::(\d\d))?-(\d{1,2})(?::(\d\d))?")
_IN_FULL = re.compile(r"\d\d:\d\d-\d\d:\d\d")
_FROM_TO = re.compile(r" ?(?:[-‐‑‒–—−]|\b(?:to|until|till)\b) ?")
_WORDS = frozenset({"every", "day", "daily", "and"})
_LIKE = "write hours like Mon-Fri, 17:00-09:00 or Sat Sun, all day"


def written(rota: Rota) -> str:
    """Returns the people on a rota as text, one per line."""
    return "\n".join(_line(one) for one in rota.turns)


def _line(turn: Turn) -> str:
    parts = [turn.address.removeprefix("mailto:"), turn.hours.words]
    parts += [f"deputy {turn.deputy.removeprefix('mailto:')}"] if turn.deputy else []
    parts += [f"away until {day(turn.away_until)}"] if turn.away_until else []
    return ", ".join(parts)


def turns_in(text: str, address: Callable[[str], str], day_of: Callable[[str], date]) -> tuple[Turn, ...]:
    """Parses the people on a rota, one per line, such as "priya@council.example, Mon-Fri, 17:00-09:00, deputy
    sam@council.example, away until 12 December 2026". `address` and `day_of` parse an address and a day. Raises UsageError,
    with a line about each problem."""
    found, wrong = [], []
    for line in filter(None, map(plain, text.splitlines())):
        try:
            found.append(_turn(line, address, day_of))
        except UsageError as error:
            wrong.append(f"“{line[:60]}”: {error}")
    if len(found) > MOST_PEOPLE:
        wrong.append(f"write no more than {counted(MOST_PEOPLE, 'person', 'people')}")
    names = [one.address for one in found]
    wrong += [f"{one.removeprefix('mailto:')} is written twice" for one in dict.fromkeys(names) if names.count(one) > 1]
    if wrong:
        raise UsageError("\n".join(sentence(one) for one in wrong[:5]))
    return tuple(found)


def _turn(line: str, address: Callable[[str], str], day_of: Callable[[str], date]) -> Turn:
    first, *parts = (part.strip() for part in line.split(","))
    deputy, away, hours = None, None, []
    for part in parts:
        bare = part.casefold()
        if bare.startswith("deputy "):
            deputy = address(part[len("deputy ") :].strip())
        elif bare.startswith("away until "):
            try:
                away = day_of(part[len("away until ") :].strip())
            except ValueError:
                raise UsageError("write the day like away until 12 December 2026") from None
        else:
            hours.append(part)
    return Turn(address=address(first), hours=hours_in(", ".join(hours)), deputy=deputy, away_until=away)


def hours_in(text: str) -> Hours:
    """Parses hours on weekdays as people write them: "Mon-Fri, 17:00-09:00", "Sat Sun, all day", "every day". Raises UsageError
    if the text can't be used or could mean different hours."""
    bare = _FROM_TO.sub("-", " ".join(plain(text.casefold()).split()))
    begin = end = time()
    spans = list(_SPAN.finditer(bare))
    if len(spans) > 1:
        raise UsageError("write only one span of hours, like 17:00-09:00, which is used for all the days")
    for span in spans:
        begin, end = _time(span[1], span[2]), _time(span[3], span[4])
        if time() < end < begin < time(13) and not _IN_FULL.fullmatch(span[0]):  # people who write "9-5" mean 5 in the afternoon
            raise UsageError(f"write hours in full in the 24 hour clock, like 09:00-17:00, not {span[0]}")
    bare = _SPAN.sub(" ", bare)
    if spans and "all day" in bare:
        raise UsageError(_LIKE)
    days: set[int] = set()
    for word in re.split(r"[\s,]+", re.sub(r"\ball day\b", " ", bare)):
        ends = [_day(one) for one in word.split("-")] if word and word not in _WORDS else []
        if any(one is None for one in ends) or len(ends) > 2:
            raise UsageError(_LIKE)
        known = [one for one in ends if one is not None]
        days |= {(known[0] + n) % 7 for n in range((known[-1] - known[0]) % 7 + 1)} if known else set()
    return Hours(frozenset(days) or _EVERY_DAY, begin, end)


def office_in(text: str) -> Hours:
    """Parses office hours in the format that `hours_in` parses. Office hours must end on the day on which they begin."""
    hours = hours_in(text)
    if hours.end < hours.begin and hours.end != time():
        raise UsageError("office hours must end later than they begin, like Mon-Fri, 09:00-17:00")
    return hours


def _day(word: str) -> int | None:
    begins = word.rstrip("s")
    found = [number for number, name in enumerate(DAYS) if len(begins) >= 3 and name.casefold().startswith(begins)]
    return found[0] if found else None


def _time(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour) % 24 if int(hour) == 24 else int(hour), int(minute or 0))
    except ValueError:
        raise UsageError("write hours from 00:00 to 23:59") from None


def names(rota: Rota) -> str:
    """Returns the addresses of the people on a rota, for the audit log."""
    return listed([shown(one.address).removeprefix("mailto:") for one in rota.turns]) or "nobody"
