"""When CQC's site as a whole can't be read, and when what it shows can't be right: what is decided, and what the operator is
told. Pure.

An outage begins when services go blind one after the other. While it lasts the site is left alone, ever longer, and then one
service is tried: that look decides for all. Nobody but the operator hears of it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.text import plain

BREAK_AFTER = 10
"""So many services that go blind one after the other, with none seen between them, speak of the site as a whole."""

FEW = 3
"""Where fewer are watched: all of them, at so many looks."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30))
"""How long the site is left alone before the next try; the last one again and again."""

TRIES = 3
"""Services that may be tried in turn where what keeps the first from being seen is its own (a page that is gone)."""

QUIET = timedelta(hours=6)
"""After an outage of which the operator was told, another is told at once only after so long …"""

LASTING = timedelta(hours=1)
"""… or once it has lasted for so long: a site that comes and goes brings no message every few minutes."""

MASS_OF = 40
MASS = 10
"""So many of the services seen last, and at least a quarter of them: what they show is the site's fault, until it has stood for a
day. A fault need not be one of all pages. Falls come one at a time: in eleven years of real ratings a service's look brings one
in a thousand, and then with a newer date."""

class Blindness(StrEnum):
    """What kept a service from being seen, where it may be so of the whole site. What is one service's own (a page that is gone,
    a redirect, another service's page) is none."""

    SITE = "site"  # refused, failing, a challenge
    PAGE = "page"  # damaged, not understood, without a rating where one stood


@dataclass(frozen=True, slots=True, kw_only=True)
class Sights:
    """What the newest looks at all watched services came to.

    watched  services, but for those whose newest look failed for a reason of their own
    blind    of those: not seen at their newest look
    of_site  of those: for a reason of the site as a whole
    fresh    of the blind: those that went blind since the last look that saw any service at all
    looks    looks in vain at the blind
    """

    watched: int
    blind: int
    of_site: int
    fresh: int
    looks: int


def is_out(sights: Sights) -> bool:
    """Whether the site as a whole can't be read.

    Services that can never be read don't count again and again: their blindness is older than the last good look.
    """
    if sights.fresh >= BREAK_AFTER:
        return True
    all_blind = 0 < sights.blind == sights.watched
    return all_blind and (sights.blind >= FEW or (sights.of_site == sights.blind and sights.looks >= FEW))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The site as a whole can't be read. All times in UTC.

    reason             what the last look said, for people
    leave_alone_until  when one service may be tried
    told               whether the operator was told
    quiet_until        until when the operator is told only of one that lasts
    """

    since: datetime
    reason: str
    pauses: int
    leave_alone_until: datetime
    told: bool
    quiet_until: datetime | None

    def is_to_be_left_alone(self, now: datetime) -> bool:
        """Whether not even one service may be tried. One that lies further ahead than any pause was set by a wrong clock."""
        return now < self.leave_alone_until <= now + PAUSES[-1]

    def is_worth_telling(self, now: datetime) -> bool:
        """Whether the operator is to hear of it by now."""
        return self.told or self.quiet_until is None or now >= self.quiet_until or now - self.since >= LASTING


def pause(pauses: int) -> timedelta:
    """How long the site is left alone after so many pauses."""
    return PAUSES[min(pauses, len(PAUSES) - 1)]


class Doubt(StrEnum):
    """Whether a change without a newer date may be the site's fault."""

    NONE = "none"
    NOT_KNOWN = "not known"  # others are looked at first
    MANY = "many"  # many services show such changes


def is_mass(odd: int, seen: int) -> bool:
    """Whether so many of the services seen last show changes without a newer date that it can be no ordinary day."""
    return odd >= MASS and MASS_OF * odd >= MASS * seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A message to the operator. `key` names its occasion: for each there is one."""

    key: str
    subject: str
    lines: tuple[str, ...]


def begun(outage: Outage, kind: Blindness) -> Word:
    """That the site can't be read: it fails, or its pages are not understood."""
    changed = (
        "It looks as if CQC had changed its pages: they come, and are not understood. If this lasts, please report it, with what "
        "cqc-monitor capture saves."
        if kind is Blindness.PAGE
        else "CQC's site as a whole does not answer as it should."
    )
    return Word(
        key=f"outage|{outage.since.isoformat()}",
        subject="CQC's site can't be read",
        lines=(
            f"Since {_time(outage.since)}, one service after the other. The last answer: {outage.reason}",
            changed,
            "Nobody else is told, and no rating is taken to have changed. What CQC publishes meanwhile is told once it is read.",
            "The site is left alone for up to half an hour at a time, then one service is tried. You will hear when it is over.",
            "To see for yourself: open a service's page in a browser; cqc-monitor read URL says what is understood of it; "
            "cqc-monitor check tries at once.",
        ),
    )


def outage_line(outage: Outage) -> str:
    """The same in one line, which explains that services are not read."""
    return f"CQC's site as a whole can't be read since {_time(outage.since)}: the services that were not asked keep their place."


def over(outage: Outage, now: datetime) -> Word:
    """That it can be read again."""
    return Word(
        key=f"outage over|{outage.since.isoformat()}",
        subject="CQC's site can be read again",
        lines=(
            f"It could not be read from {_time(outage.since)} to {_time(now)}.",
            "All services are looked at again, each in its turn. What was published meanwhile is told as soon as it is seen.",
        ),
    )


def doubted(since: datetime, odd: int, seen: int, examples: Sequence[str]) -> Word:
    """That what the site shows is held back."""
    return Word(
        key=f"mass|{since.isoformat()}",
        subject="CQC's site shows changes at many services at once: they are held back",
        lines=(
            f"Of the {seen} services seen last, {odd} show ratings that moved or are gone, without a newer date of "
            "publication. It looks like a fault of CQC's site.",
            *(f"For example {one}" for one in examples),
            "Nobody else is told. What still stands after a day is told then; what bears a newer date is told as always.",
            "Please open some of these pages in a browser. If the ratings there are true, tell those who must know now.",
        ),
    )


SAME = 10
"""So many services whose pages say the same new thing within a day: it is said of no one of them."""


def said_of_many(mark: str, what: str, quote: str | None, services: Sequence[str], now: datetime) -> Word:
    """That CQC says the same of many services within a day. `services`: the first of them."""
    return Word(
        key=f"the same|{hashlib.sha256(mark.encode()).hexdigest()[:16]}|{now:%Y-%m-%d}",
        subject="CQC's pages say the same new thing of many services",
        lines=(
            f"Within a day, the pages of {SAME} services or more: {what}.",
            *((f"CQC writes: “{quote}”",) if quote else ()),
            *(f"For example {one}" for one in services[:5]),
            "Please open some of these pages in a browser. What this program can't classify stands in one line in digests.",
        ),
    )


def read_otherwise(version: int, odd: int, seen: int, examples: Sequence[str]) -> Word:
    """That what a new version of the reader says of pages that are as they were is held back."""
    return Word(
        key=f"read otherwise|{version}",
        subject="This version reads many services otherwise: what it would alert of is held back",
        lines=(
            f"Of {seen} services read again by this version, {odd} are read as worse than before, on pages that are as they "
            "were. Either the former version misread them, or this one does.",
            *(f"For example {one}" for one in examples),
            "Nobody else is told. After a day each is told as read late.",
            "Please open some of these pages in a browser, and compare: cqc-monitor read LOCATION. If this version is wrong, "
            "stop it, go back to the former one and report it.",
        ),
    )


def api_fails(since: datetime, reason: str, now: datetime, *, own_fault: bool) -> Word | None:
    """That CQC's API can't be used, once that lasts; at once where a person must put it right (the key). None: not yet."""
    if not own_fault and now - since < LASTING:
        return None
    return Word(
        key=f"api|{since.isoformat()}",
        subject="CQC's API can't be used",
        lines=(
            f"Since {_time(since)}. The last answer: {reason}",
            "Nothing is lost: CQC's site is read as ever, and soon every service as often as without the API.",
            "Please look at CQC_API_KEY and CQC_API_URL: cqc-monitor doctor says what the API answers."
            if own_fault
            else "It is tried again by itself. You will hear when it is over.",
        ),
    )


def api_is_strange(lines: Sequence[str]) -> Word:
    """That the API answers something that this program does not know, for the first time."""
    return Word(
        key=f"api strange|{'|'.join(sorted(lines))}",
        subject="CQC's API holds something new",
        lines=(
            "This program does not know the following keys or values. What it knows is read as ever, CQC's site is, too.",
            *map(plain, lines),
            "Please tell those who keep this program, or see docs/extending.md. You will not hear of these again.",
        ),
    )


def api_works(since: datetime, now: datetime) -> Word:
    """That it can be used again."""
    return Word(
        key=f"api over|{since.isoformat()}",
        subject="CQC's API can be used again",
        lines=(f"It could not be used from {_time(since)} to {_time(now)}.",),
    )


def _time(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M} UTC"
