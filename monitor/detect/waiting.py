"""Decides how long a change must last before it is reported. This time depends on the kind of change (`Nature`) and on the
sources that state or deny it (`Support`). Pure.

A change is reported once two checks have seen it, the second with requests that bypass caches; or once page and API both state
it (rule 3 of docs/architecture.md). Between the two checks, the change is a candidate change. All times have a time zone and are
in UTC.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

from monitor.model import Candidate

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


class Nature(Enum):
    """The kind of a change, which helps to decide how long the change must last."""

    ORDINARY = "a rating, a score, a sentence or a report that is new"
    VANISHED = "a rating that was replaced by a reason, or special measures that a newer report does not mention"
    CONTRADICTED = "special measures that one page of a check states and another page denies"
    OLDER_PAGE = "the whole page is older than what is stored"
    UNDATED = "a known statement that is now on another page, without a date, so that it may come from a newer report"
    SAID_IN_WORDS = "CQC says in words that ratings no longer apply, or that a report was removed"


class Support(Enum):
    """The evidence for a change, or against it."""

    PAGE = "the pages show it"
    PAGE_AND_API = "the pages show it, and the API states it too"
    DENIED = "the pages show it without a newer date, and the API still states what is stored"
    MANY = "the pages show it without a newer date, and the pages of many other services show such changes too"
    API_SITE_UNREAD = "the API alone states it, and the pages can't be read"
    API_AGAINST_PAGE = "the API alone states it; the pages are read and do not show it"


BY_API = frozenset({Support.API_SITE_UNREAD, Support.API_AGAINST_PAGE})
"""The kinds of support that come from the API alone."""


def how_long(nature: Nature, support: Support, confirm_after: timedelta) -> timedelta:
    """Returns how long a change must last. If a check still sees the change after this time, the change is reported.
    `confirm_after` is the setting CONFIRM_AFTER."""
    match support, nature:
        case Support.PAGE_AND_API, _:
            return _NOTHING
        case _, Nature.OLDER_PAGE:
            # CQC may withdraw a report, or may have shown a wrong date for a while.
            return 3 * _DAY
        case (Support.DENIED | Support.MANY), Nature.SAID_IN_WORDS:
            # A fault of CQC's site does not produce sentences.
            return confirm_after
        case (Support.DENIED | Support.MANY), _:
            # A bad release of CQC's site is fixed within a day.
            return max(_DAY, confirm_after)
        case Support.API_AGAINST_PAGE, _:
            # If a page is out of date at two checks, a fall must still be reported. An error in the API is usually fixed within
            # a day.
            return _DAY
        case Support.PAGE, (Nature.VANISHED | Nature.CONTRADICTED | Nature.UNDATED):
            # Such a change is often undone the next day: an appeal was settled, a page was half published, or a report's page
            # appeared later than the link to it.
            return _DAY
        case _:
            return confirm_after


def ripe_at(one: Candidate, support: Support, confirm_after: timedelta) -> datetime:
    """When a candidate change that is seen again may be reported, depending on what supports it now."""
    match support:
        case Support.PAGE_AND_API:
            return one.since
        case Support.API_AGAINST_PAGE:
            # The candidate's own due time is ignored, because the page may have shown the change once but no longer show it.
            return one.since + how_long(Nature.ORDINARY, support, confirm_after)
        case _:
            return one.due


# ── changes that are not seen again ──────────────────────────────────────────────────────────────────────────────────────

UNSEEN_FOR = timedelta(days=7)
"""A change that later checks do not show is remembered for this long, if the page that showed it had a newer date than the stored
state, or if the later checks did not read this page."""

SOONEST = timedelta(seconds=30)
"""How soon a check is repeated if a candidate change was due but not seen again (caches may alternate between old and new
pages)."""

API_NEWS_FOR = timedelta(days=30)
"""A statement of the API is not news if it was published more than this time before the stored state was seen. In that case the
API and the page already disagreed when the page was read. Source: docs/facts/api.md, Endpoints."""


def remembered(
    unseen: Iterable[Candidate], now: datetime, could_not_show: Callable[[Candidate], bool] = lambda _: False
) -> tuple[Candidate, ...]:
    """The candidate changes that are kept after a check that did not show them. A candidate change is kept if its page had a
    newer date than the stored state. If so, this check saw an older copy of the page (caches may alternate between copies). A
    candidate change is also kept if the check did not read its page, so that it could not show the change. A later check that
    sees the change again confirms it."""
    return tuple(one for one in unseen if (one.dated or could_not_show(one)) and now - one.since <= UNSEEN_FOR)


def again_after(since: datetime, now: datetime, check_every: timedelta) -> timedelta:
    """How long to wait before the next check, if a candidate change first seen at `since` was due but not seen. The wait is
    short at first and grows with the age of the candidate change."""
    return min(max(SOONEST, now - since), check_every)


# ── changes that many services show at once ──────────────────────────────────────────────────────────────────────────────

SEEN_JUST_BEFORE = timedelta(minutes=1)
"""Checks of other services show whether a change without a newer date is a correction at one service or a fault of the whole
site. Only checks after the change was first seen, or at most this long before, are used. If there are too few of them, other
services are checked before the change is reported."""

OTHERS_WITHIN = _DAY
"""The longest time for which the change waits for the checks of other services. A change that many services show waits equally
long. While the daemon runs, these checks take minutes. But a shorter wait could end while the daemon is stopped. The restarted
daemon would then report the change before it checks any other service."""

READ_OTHERWISE = "read otherwise"
"""The mark of candidate changes that only a new reader version found, on unchanged pages."""

LONGEST_DOUBT = timedelta(days=7)
"""The longest that a change waits because it was seen in several mass changes, and was not seen in between."""

MASS_LASTS = timedelta(days=1)
"""A mass change is over if no check has shown such changes for this long. After that, changes at many services are a new mass
change."""


def held_back(
    candidates: Iterable[Candidate],
    marks: Collection[str],
    support: Support,
    confirm_after: timedelta,
    *,
    at_least_from: datetime | None = None,
) -> tuple[Candidate, ...]:
    """Returns the candidate changes. Each candidate change that has one of the marks and no newer date must wait for as long as
    `support` requires. The wait begins when the change was first seen, or at `at_least_from` if this is later. But the change
    waits no longer than LONGEST_DOUBT."""
    wait = how_long(Nature.ORDINARY, support, confirm_after)

    def held(one: Candidate) -> Candidate:
        begins = max(one.since, min(at_least_from, one.since + LONGEST_DOUBT - wait)) if at_least_from else one.since
        return replace(one, due=max(one.due, begins + wait))

    return tuple(held(one) if one.mark in marks and not one.dated else one for one in candidates)


def until_others_are_seen(candidates: Iterable[Candidate], now: datetime) -> tuple[Candidate, ...]:
    """Returns the candidate changes. A candidate change that other services may show too must wait until these have been checked,
    but at most for `OTHERS_WITHIN`. The next check comes soon at first, and then later and later, since each check requests all
    pages of the service."""

    def held(one: Candidate) -> Candidate:
        wait = max(SOONEST, (now - one.since) / 10)
        return replace(one, due=max(one.due, min(now + wait, one.since + OTHERS_WITHIN)))

    return tuple(held(one) if one.odd and not one.dated and now - one.since < OTHERS_WITHIN else one for one in candidates)


def confirmed_at_once(
    candidates: Iterable[Candidate], contradicted: Collection[str], now: datetime, confirm_after: timedelta
) -> tuple[Candidate, ...]:
    """Returns the candidate changes after an immediate second check, which was made because page and API both state something
    new. Candidate changes with a newer date are due now, except if they must last longer than `confirm_after` or the API
    contradicts them. All others wait as usual."""
    return tuple(
        replace(one, due=now)
        if one.dated and one.due - one.since <= confirm_after and one.mark not in contradicted
        else one
        for one in candidates
    )
