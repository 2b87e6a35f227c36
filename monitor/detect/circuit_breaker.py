"""The circuit breaker and the mass-change guard. This module decides when CQC's site as a whole can't be read, and when the
ratings on the site can't be right. This module also writes the operator messages. Pure.

An outage begins when services become unreadable one after the other. During an outage the site is left alone for growing
periods. After each period, the monitor tries one service, and that check decides whether the outage is over. Only the operator
is notified of an outage.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.detect.schedule import lies_ahead
from monitor.text import plain

BREAK_AFTER = 10
"""If this many services become unreadable one after the other, and no service is read in between, an outage begins."""

FEW = 3
"""If all watched services are unreadable, this many services are enough for an outage. If fewer services are watched, this many
failed checks are enough, provided that each service was unreadable for a reason that concerns the whole site."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30))
"""How long the site is left alone before the next try. The last value repeats."""

TRIES = 3
"""How many services are tried in turn if the first can't be read for a reason that concerns only that service (a page that is
gone)."""

QUIET = timedelta(hours=6)
"""For this long after the operator was notified of an outage, a new outage is not reported at once."""

LASTING = timedelta(hours=1)
"""During `QUIET`, a new outage is reported once it has lasted this long. So a site that has one short failure after another does
not cause a message every few minutes. A fault of the API is also reported after this time."""

MASS_OF = 40
MASS = 10
"""The mass-change guard looks at the `MASS_OF` services checked last. The guard applies if at least a quarter of these
services, and at least `MASS`, show changes without a newer date. The changes are treated as a fault of the site until they have
lasted for a day. A fault need not affect all pages. Real falls come one at a time and with a newer date: in eleven years of
real ratings, one check in a thousand shows a fall."""


class Blindness(StrEnum):
    """Why a service could not be read, if the whole site may be affected. Problems of a single service (a page that is gone, a
    redirect, another service's page) are not included."""

    SITE = "site"  # the site refuses requests, fails, or sends a challenge
    PAGE = "page"  # the page is damaged, is not understood, or no longer shows a rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Sights:
    """The results of the newest checks of all watched services.

    watched  the number of watched services. A service is left out if its newest check failed for a reason that concerns only
             this service
    blind    how many of the watched services could not be read at the newest check
    of_site  how many of the blind services could not be read for a reason that concerns the whole site
    fresh    how many of the blind services became unreadable after the last check that could read any service
    looks    the number of failed checks of the blind services
    """

    watched: int
    blind: int
    of_site: int
    fresh: int
    looks: int


def is_out(sights: Sights) -> bool:
    """Whether the site as a whole cannot be read.

    Services that can never be read do not cause one outage after another, because they became unreadable before the last
    successful check.
    """
    if sights.fresh >= BREAK_AFTER:
        return True
    all_blind = 0 < sights.blind == sights.watched
    return all_blind and (sights.blind >= FEW or (sights.of_site == sights.blind and sights.looks >= FEW))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """An outage: the site as a whole cannot be read. All times in UTC.

    reason             why the last check before the outage failed, in words for people
    pauses             how many pauses there have been after the first one
    leave_alone_until  when one service may be tried
    told               whether the operator was notified of this outage
    quiet_until        until this time, the operator is notified of an outage only after `LASTING`. None if no outage was
                       reported before
    """

    since: datetime
    reason: str
    pauses: int
    leave_alone_until: datetime
    told: bool
    quiet_until: datetime | None

    def is_to_be_left_alone(self, now: datetime) -> bool:
        """Whether the site is left alone, so that not even one service may be tried."""
        return lies_ahead(self.leave_alone_until, now, PAUSES[-1])

    def is_worth_telling(self, now: datetime) -> bool:
        """Whether it is time to notify the operator."""
        return self.told or self.quiet_until is None or now >= self.quiet_until or now - self.since >= LASTING


def pause(pauses: int) -> timedelta:
    """How long the next pause lasts after this many earlier pauses."""
    return PAUSES[min(pauses, len(PAUSES) - 1)]


class Doubt(StrEnum):
    """Whether a change without a newer date may be the site's fault."""

    NONE = "none"
    NOT_KNOWN = "not known"  # other services are checked first
    MANY = "many"  # this version of the reader reads many services differently (see also MassChange)


@dataclass(frozen=True, slots=True)
class MassChange:
    """Many services have shown changes without a newer date since `since` (in UTC)."""

    since: datetime


def is_mass(odd: int, seen: int) -> bool:
    """Whether so many of the services checked last show changes without a newer date that this can't be a normal day. `odd` is
    the number of these services, `seen` the number of services checked."""
    return odd >= MASS and MASS_OF * odd >= MASS * seen


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorText:
    """A message to the operator. `key` identifies the occasion, and only one message is sent for each occasion."""

    key: str
    subject: str
    lines: tuple[str, ...]


SITE_OUT, SITE_BACK = "CQC's site can't be read", "CQC's site can be read again"
"""The subjects of the messages that announce an outage and its end."""


def begun(outage: Outage, kind: Blindness) -> OperatorText:
    """The message that the site cannot be read, because the site fails or because its pages are not understood."""
    changed = (
        "CQC seems to have changed its pages: the pages arrive, but are not understood. If this lasts, please report it, with "
        "the files that cqc-monitor capture saves."
        if kind is Blindness.PAGE
        else "CQC's site as a whole does not answer as it should."
    )
    return OperatorText(
        key=f"outage|{outage.since.isoformat()}",
        subject=SITE_OUT,
        lines=(
            f"One service after the other has become unreadable since {_time(outage.since)}. The last answer was: "
            f"{outage.reason}",
            changed,
            "Nobody else is notified, and no change is assumed. Changes that CQC publishes during the outage are reported "
            "once they are read.",
            "The site is left alone for up to half an hour at a time, then one service is tried. You will be notified when the "
            "outage is over.",
            "To see for yourself, open a service's page in a browser. cqc-monitor read URL shows what this program "
            "understands; "
            "cqc-monitor check checks the services at once.",
        ),
    )


def outage_line(outage: Outage) -> str:
    """The outage in one line, to explain why services are not read."""
    since = _time(outage.since)
    return f"CQC's site as a whole has been unreadable since {since}. Services that were not checked stay due."


def over(outage: Outage, now: datetime) -> OperatorText:
    """The message that the site can be read again."""
    return OperatorText(
        key=f"outage over|{outage.since.isoformat()}",
        subject=SITE_BACK,
        lines=(
            f"The site could not be read from {_time(outage.since)} to {_time(now)}.",
            "All services are checked again, one after the other. Changes published during the outage are reported once they "
            "are seen.",
        ),
    )


def doubted(since: datetime, odd: int, seen: int, examples: Sequence[str]) -> OperatorText:
    """The message that changes shown by the site are held back."""
    return OperatorText(
        key=f"mass|{since.isoformat()}",
        subject="CQC's site shows changes at many services at once: alerts are held back",
        lines=(
            f"Of the {seen} services checked last, {odd} show ratings that moved or disappeared, without a newer date of "
            "publication. This looks like a fault of CQC's site.",
            *(f"For example {one}" for one in examples),
            "Nobody else is notified. Changes that are still shown after a day are reported; changes with a newer date are "
            "sent as usual.",
            "Please open some of these pages in a browser. If the ratings there are right, tell the people who must know now.",
        ),
    )


SAME = 10
"""If the pages of this many services begin to make the same statement within a day, the statement is not about any one
service."""


def said_of_many(mark: str, what: str, quote: str | None, services: Sequence[str], now: datetime) -> OperatorText:
    """The message that CQC began to make the same statement about many services within a day. `services` are the first of these
    services."""
    return OperatorText(
        key=f"the same|{hashlib.sha256(mark.encode()).hexdigest()[:16]}|{now:%Y-%m-%d}",
        subject="CQC's pages make the same new statement about many services",
        lines=(
            f"Within a day, the pages of {SAME} or more services began to make the same statement: {what}.",
            *((f"CQC writes: “{quote}”",) if quote else ()),
            *(f"For example {one}" for one in services[:5]),
            "Please open some of these pages in a browser. If this program can't classify the statement, digests show it in "
            "one line.",
        ),
    )


def read_otherwise(version: int, odd: int, seen: int, examples: Sequence[str]) -> OperatorText:
    """The message that a new reader version found differences on unchanged pages, and that alerts about the differences are
    held back."""
    return OperatorText(
        key=f"read otherwise|{version}",
        subject="This version reads many services differently: its alerts about them are held back",
        lines=(
            f"Of {seen} services read again by this version, {odd} are read as worse than before, on unchanged pages. Either "
            "the previous version misread these pages, or this version does.",
            *(f"For example {one}" for one in examples),
            "Nobody else is notified. If you do nothing, each difference is reported after a day, marked as a change that "
            "may be older.",
            "Please open some of these pages in a browser, and compare them with what cqc-monitor read LOCATION shows. If this "
            "version is wrong, stop it, go back to the previous version and report the fault.",
        ),
    )


def api_fails(since: datetime, reason: str, now: datetime, *, own_fault: bool) -> OperatorText | None:
    """The message that CQC's API cannot be used. The message is sent at once if a person must fix the fault (for example a
    wrong key), and otherwise once the fault has lasted for `LASTING`. None if it is too early for the message."""
    if not own_fault and now - since < LASTING:
        return None
    return OperatorText(
        key=f"api|{since.isoformat()}",
        subject="CQC's API can't be used",
        lines=(
            f"The API has failed since {_time(since)}. The last answer was: {reason}",
            "Nothing is lost: CQC's site is read as usual. If this lasts, every service is checked as often as without the API.",
            "Please look at CQC_API_KEY and CQC_API_URL: cqc-monitor doctor says what the API answers."
            if own_fault
            else "The monitor retries automatically. You will be notified when the API can be used again.",
        ),
    )


def api_is_strange(lines: Sequence[str]) -> OperatorText:
    """The message about keys or values in the API's answers that this program does not know. The message is sent when a key or
    value is first seen."""
    return OperatorText(
        key=f"api strange|{'|'.join(sorted(lines))}",
        subject="CQC's API states something unknown",
        lines=(
            "This program does not know the following keys or values. Everything else, and CQC's site, is read as usual.",
            *map(plain, lines),
            "Please tell the maintainers of this program, or see docs/extending.md. You will not be notified of these keys "
            "and values again.",
        ),
    )


def api_works(since: datetime, now: datetime) -> OperatorText:
    """The message that the API can be used again."""
    return OperatorText(
        key=f"api over|{since.isoformat()}",
        subject="CQC's API can be used again",
        lines=(f"The API could not be used from {_time(since)} to {_time(now)}.",),
    )


def _time(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M} UTC"
