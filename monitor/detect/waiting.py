"""How long a change must stand before it is told: the one table, by what changed and by what supports it. Pure.

A change is told when it is seen twice, the second time past caches, or when page and API both state it (rule 3 of
docs/architecture.md). Between the two sights it is a suspicion. All times are aware and in UTC.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

from monitor.model import Suspicion

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


class Nature(Enum):
    """What a look shows, as far as it matters for how long it must stand."""

    ORDINARY = "a rating, a score, a sentence or a report that is new"
    VANISHED = "a rating that gave way to a reason, or special measures of which a newer report is silent"
    CONTRADICTED = "special measures that one page of the look states and another denies"
    OLDER_PAGE = "the whole page is older than what is stored"
    UNDATED = "what was stated before stands on another page without a date, beside a newer report"
    SAID_IN_WORDS = "CQC says in words that ratings no longer stand, or that a report was removed"


class Support(Enum):
    """What speaks for a change, or against it."""

    PAGE = "the pages show it"
    PAGE_AND_API = "the pages show it, and the API states it too"
    DENIED = "the pages show it without a newer date, and the API still states what is stored"
    MANY = "the pages show it without a newer date, as those of many services do at once"
    API_SITE_UNREAD = "the API alone states it, and the pages can't be read"
    API_AGAINST_PAGE = "the API alone states it, and the pages are read and do not show it"


BY_API = frozenset({Support.API_SITE_UNREAD, Support.API_AGAINST_PAGE})
"""What the API alone supports."""


def how_long(nature: Nature, support: Support, confirm_after: timedelta) -> timedelta:
    """How long after its first sight a change may be told, if it is seen again then. `confirm_after`: the setting."""
    match support, nature:
        case Support.PAGE_AND_API, _:
            return _NOTHING
        case _, Nature.OLDER_PAGE:
            # CQC may withdraw a report, or may have published a wrong date for a while.
            return 3 * _DAY
        case (Support.DENIED | Support.MANY), Nature.SAID_IN_WORDS:
            # No fault of the site writes sentences.
            return confirm_after
        case (Support.DENIED | Support.MANY), _:
            # A bad release of CQC's site is put right within a day.
            return max(_DAY, confirm_after)
        case Support.API_AGAINST_PAGE, _:
            # Two looks at a page that lags are no reason to be silent about a fall, and an error in the API is mostly put
            # right within a day.
            return _DAY
        case Support.PAGE, (Nature.VANISHED | Nature.CONTRADICTED | Nature.UNDATED):
            # Often back the next day: an appeal settled, a page half published, a report's page that comes up later than the
            # link to it.
            return _DAY
        case _:
            return confirm_after


def ripe_at(one: Suspicion, support: Support, confirm_after: timedelta) -> datetime:
    """When a candidate change that is seen again may be told, by what supports it now."""
    match support:
        case Support.PAGE_AND_API:
            return one.since
        case Support.API_AGAINST_PAGE:
            # However soon it was due: the page may have shown it once, and shows it no more.
            return one.since + how_long(Nature.ORDINARY, support, confirm_after)
        case _:
            return one.due


# ── what is not seen again ───────────────────────────────────────────────────────────────────────────────────────────────

UNSEEN_FOR = timedelta(days=7)
"""How long a change is remembered that later looks do not show, where the page that showed it bore a newer date."""

SOONEST = timedelta(seconds=30)
"""How soon a look is repeated whose suspicion was due but not seen again (caches in turns serve old and new pages)."""

API_NEWS_FOR = timedelta(days=30)
"""How long before what is stored was seen the API's statement may have been published to be news: what a page had so long to
show, and did not, is a disagreement that was there when it was read. Source: docs/facts/api.md, Endpoints."""


def remembered(unseen: Iterable[Suspicion], now: datetime) -> tuple[Suspicion, ...]:
    """The suspicions that outlive a look which did not see them: where the suspected page bore a newer date than what is stored,
    the other page is the older one (caches in turns serve both), so that seeing the newer one again confirms it."""
    return tuple(one for one in unseen if one.dated and now - one.since <= UNSEEN_FOR)


def again_after(since: datetime, now: datetime, check_every: timedelta) -> timedelta:
    """How long until the next try to see a suspicion of `since` again that was due and was not seen: soon, and ever more seldom
    the older it gets."""
    return min(max(SOONEST, now - since), check_every)


# ── what many services show at once ──────────────────────────────────────────────────────────────────────────────────────

SEEN_JUST_BEFORE = timedelta(minutes=1)
"""Looks taken since a change without a newer date was first seen, or so shortly before, say what the site shows now. Where there
are few, others are looked at before it is told: one service's correction, or the fault of all?"""

OTHERS_WITHIN = timedelta(minutes=15)
"""For so long it waits for those looks: other workers may be at them, or nobody."""

READ_OTHERWISE = "read otherwise"
"""The mark under which waits what a new version of the reader says of pages that are as they were."""

MASS_LASTS = timedelta(days=1)
"""For so long after the last such look it is one and the same."""


def held_back(
    suspicions: Iterable[Suspicion], marks: Collection[str], support: Support, confirm_after: timedelta
) -> tuple[Suspicion, ...]:
    """The suspicions, where those that bear one of the marks and no newer date wait as long as `support` wants."""
    wait = how_long(Nature.ORDINARY, support, confirm_after)
    return tuple(
        replace(one, due=max(one.due, one.since + wait)) if one.mark in marks and not one.dated else one for one in suspicions
    )


def until_others_are_seen(suspicions: Iterable[Suspicion], now: datetime) -> tuple[Suspicion, ...]:
    """The suspicions, where those that other services may share wait for the looks at these."""
    return tuple(
        replace(one, due=max(one.due, now + SOONEST)) if one.odd and not one.dated and now - one.since < OTHERS_WITHIN else one
        for one in suspicions
    )


def confirmed_at_once(
    suspicions: Iterable[Suspicion], contradicted: Collection[str], now: datetime, confirm_after: timedelta
) -> tuple[Suspicion, ...]:
    """The suspicions after a second look that was taken at once, since page and API both state something new: what bears a newer
    date is due now. What has to stand for longer than `confirm_after`, or what the API contradicts, waits as ever."""
    return tuple(
        replace(one, due=now)
        if one.dated and one.due - one.since <= confirm_after and one.mark not in contradicted
        else one
        for one in suspicions
    )
