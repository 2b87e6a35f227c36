"""The circuit breaker and the mass-change guard. This module decides when CQC's site as a whole can't be read, and when the
ratings it shows can't be right. It also writes the operator messages. Pure.

An outage begins when services become unreadable one after the other. During an outage the site is left alone for growing periods.
After each period one service is tried, and that check decides whether the outage is over. Only the operator is notified of an
outage.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.detect.schedule import lies_ahead
from monitor.text import plain

BREAK_AFTER = 10
"""If this many services become unreadable one after the other, and no service is read in between, the whole site is affected."""

FEW = 3
"""If all watched services are unreadable, this many are enough for an outage. So are this many failed checks, if each failed for
a reason that concerns the whole site."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30))
"""How long the site is left alone before the next try; the last value repeats."""

TRIES = 3
"""How many services are tried in turn if the first can't be read for a reason that concerns only that service (a page that is
gone)."""

QUIET = timedelta(hours=6)
"""Once the operator has been notified of an outage, a new outage is not reported at once for this long."""

LASTING = timedelta(hours=1)
"""During `QUIET`, a new outage is reported once it has lasted this long. So a site that fails on and off does not cause a message
every few minutes."""

MASS_OF = 40
MASS = 10
"""If this many of the services checked last, and at least a quarter of them, show changes without a newer date, the changes count
as the site's fault until they have lasted for a day. A fault need not affect all pages. Real falls come one at a time: in eleven
years of real ratings, one check in a thousand shows a fall, and a real fall comes with a newer date."""


class Blindness(StrEnum):
    """Why a service could not be seen, if the whole site may be affected. Problems of a single service (a page that is gone, a
    redirect, another service's page) are not included."""

    SITE = "site"  # refused, failing, a challenge
    PAGE = "page"  # damaged, not understood, or without the rating it had


@dataclass(frozen=True, slots=True, kw_only=True)
class Sights:
    """The results of the newest checks of all watched services.

    watched  the services, except those whose newest check failed for a reason of their own
    blind    of these, the services that were not seen at their newest check
    of_site  of the blind services, those that were not seen for a reason that concerns the whole site
    fresh    of the blind services, those that became unreadable since the last check that saw any service at all
    looks    the failed checks of the blind services
    """

    watched: int
    blind: int
    of_site: int
    fresh: int
    looks: int


def is_out(sights: Sights) -> bool:
    """Whether the site as a whole cannot be read.

    Services that can never be read do not cause a new outage each time: they became unreadable before the last good check.
    """
    if sights.fresh >= BREAK_AFTER:
        return True
    all_blind = 0 < sights.blind == sights.watched
    return all_blind and (sights.blind >= FEW or (sights.of_site == sights.blind and sights.looks >= FEW))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """An outage: the site as a whole cannot be read. All times in UTC.

    reason             the result of the last check, for people
    leave_alone_until  when one service may be tried
    told               whether the operator was notified
    quiet_until        until then the operator is notified of an outage only if it lasts
    """

    since: datetime
    reason: str
    pauses: int
    leave_alone_until: datetime
    told: bool
    quiet_until: datetime | None

    def is_to_be_left_alone(self, now: datetime) -> bool:
        """Whether the site is left alone: not even one service is tried."""
        return lies_ahead(self.leave_alone_until, now, PAUSES[-1])

    def is_worth_telling(self, now: datetime) -> bool:
        """Whether it is time to notify the operator."""
        return self.told or self.quiet_until is None or now >= self.quiet_until or now - self.since >= LASTING


def pause(pauses: int) -> timedelta:
    """How long the site is left alone after this many pauses."""
    return PAUSES[min(pauses, len(PAUSES) - 1)]


class Doubt(StrEnum):
    """Whether a change without a newer date may be the site's fault."""

    NONE = "none"
    NOT_KNOWN = "not known"  # other services are checked first
    MANY = "many"  # many services show such changes


def is_mass(odd: int, seen: int) -> bool:
    """Whether more of the services checked last show changes without a newer date than is possible on a normal day."""
    return odd >= MASS and MASS_OF * odd >= MASS * seen


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorText:
    """A message to the operator. `key` identifies its occasion: there is one message for each."""

    key: str
    subject: str
    lines: tuple[str, ...]


SITE_OUT, SITE_BACK = "CQC's site can't be read", "CQC's site can be read again"
"""The subjects of the messages that announce an outage and its end."""


def begun(outage: Outage, kind: Blindness) -> OperatorText:
    """The message that the site cannot be read: it fails, or its pages are not understood."""
    changed = (
        "CQC seems to have changed its pages: they arrive, but are not understood. If this lasts, please report it, with the "
        "files that cqc-monitor capture saves."
        if kind is Blindness.PAGE
        else "CQC's site as a whole does not answer as it should."
    )
    return OperatorText(
        key=f"outage|{outage.since.isoformat()}",
        subject=SITE_OUT,
        lines=(
            f"Since {_time(outage.since)} one service after the other has become unreadable. The last answer: {outage.reason}",
            changed,
            "Nobody else is notified, and no rating is taken to have changed. Changes that CQC publishes meanwhile are reported "
            "once they are read.",
            "The site is left alone for up to half an hour at a time, then one service is tried. You will be notified when it is "
            "over.",
            "To see for yourself: open a service's page in a browser; cqc-monitor read URL says what is understood about it; "
            "cqc-monitor check tries at once.",
        ),
    )


def outage_line(outage: Outage) -> str:
    """The outage in one line, to explain why services are not read."""
    since = _time(outage.since)
    return f"CQC's site as a whole has been unreadable since {since}. Services that were not requested keep their turn."


def over(outage: Outage, now: datetime) -> OperatorText:
    """The message that the site can be read again."""
    return OperatorText(
        key=f"outage over|{outage.since.isoformat()}",
        subject=SITE_BACK,
        lines=(
            f"It could not be read from {_time(outage.since)} to {_time(now)}.",
            "All services are checked again, each in its turn. Changes published meanwhile are reported once they are seen.",
        ),
    )


def doubted(since: datetime, odd: int, seen: int, examples: Sequence[str]) -> OperatorText:
    """The message that changes shown by the site are held back."""
    return OperatorText(
        key=f"mass|{since.isoformat()}",
        subject="CQC's site shows changes at many services at once: they are held back",
        lines=(
            f"Of the {seen} services seen last, {odd} show ratings that moved or disappeared, without a newer date of "
            "publication. This looks like a fault of CQC's site.",
            *(f"For example {one}" for one in examples),
            "Nobody else is notified. Changes that are still there after a day are then reported; changes with a newer date are "
            "sent as usual.",
            "Please open some of these pages in a browser. If the ratings there are right, tell those who must know now.",
        ),
    )


SAME = 10
"""If the pages of this many services say the same new thing within a day, the statement is not about any one service."""


def said_of_many(mark: str, what: str, quote: str | None, services: Sequence[str], now: datetime) -> OperatorText:
    """The message that CQC says the same about many services within a day. `services`: the first of them."""
    return OperatorText(
        key=f"the same|{hashlib.sha256(mark.encode()).hexdigest()[:16]}|{now:%Y-%m-%d}",
        subject="CQC's pages say the same new thing about many services",
        lines=(
            f"Within a day, the pages of {SAME} or more services began to say the same: {what}.",
            *((f"CQC writes: “{quote}”",) if quote else ()),
            *(f"For example {one}" for one in services[:5]),
            "Please open some of these pages in a browser. In digests, what this program can't classify is one line.",
        ),
    )


def read_otherwise(version: int, odd: int, seen: int, examples: Sequence[str]) -> OperatorText:
    """The message that a new reader version found differences on unchanged pages, and that they are held back."""
    return OperatorText(
        key=f"read otherwise|{version}",
        subject="This version reads many services differently: its alerts about them are held back",
        lines=(
            f"Of {seen} services read again by this version, {odd} are read as worse than before, on unchanged pages. Either "
            "the previous version misread them, or this one does.",
            *(f"For example {one}" for one in examples),
            "Nobody else is notified. If you do nothing, each is reported after a day, marked as a change that may be older.",
            "Please open some of these pages in a browser, and compare: cqc-monitor read LOCATION. If this version is wrong, "
            "stop it, go back to the previous one and report it.",
        ),
    )


def api_fails(since: datetime, reason: str, now: datetime, *, own_fault: bool) -> OperatorText | None:
    """The message that CQC's API cannot be used, once this lasts; at once if a person must fix it (a wrong key). None: not
    yet."""
    if not own_fault and now - since < LASTING:
        return None
    return OperatorText(
        key=f"api|{since.isoformat()}",
        subject="CQC's API can't be used",
        lines=(
            f"Since {_time(since)}. The last answer: {reason}",
            "Nothing is lost: CQC's site is read as usual. If this lasts, every service is checked as often as without the API.",
            "Please look at CQC_API_KEY and CQC_API_URL: cqc-monitor doctor says what the API answers."
            if own_fault
            else "It is retried automatically. You will be notified when it is over.",
        ),
    )


def api_is_strange(lines: Sequence[str]) -> OperatorText:
    """The message about a part of the API's answers that this program does not know. It is sent when the part is first seen."""
    return OperatorText(
        key=f"api strange|{'|'.join(sorted(lines))}",
        subject="CQC's API states something unknown",
        lines=(
            "This program does not know the following keys or values. Everything else, and CQC's site, is read as usual.",
            *map(plain, lines),
            "Please tell the maintainers of this program, or see docs/extending.md. You will not be notified of these again.",
        ),
    )


def api_works(since: datetime, now: datetime) -> OperatorText:
    """The message that the API can be used again."""
    return OperatorText(
        key=f"api over|{since.isoformat()}",
        subject="CQC's API can be used again",
        lines=(f"It could not be used from {_time(since)} to {_time(now)}.",),
    )


def _time(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M} UTC"
