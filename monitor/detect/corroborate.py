"""What CQC's API states beside what the pages of its site show: what both say, where they differ, and what may be told on the
API's word alone. Pure.

Only what both state alike is compared: ratings, and special measures where the API's text states them. Reports, breaches and
enforcement bear other names in the API than on the pages, and would make events of nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.detect.confirm import Verdict, event_of
from monitor.detect.diff import Change, applied, diff
from monitor.detect.holdings import aligned, groups
from monitor.detect.observe import Holdings, Observation, Seen, observe
from monitor.detect.waiting import API_NEWS_FOR, Nature, Support, how_long
from monitor.events import Kind, Rests
from monitor.gravity import gravity
from monitor.model import IN_MEASURES, Aspect, Holding, Reading, Snapshot, Subject, Suspicion
from monitor.ratings import OVERALL, Rating
from monitor.text import day

_MEASURES = Subject(aspect=Aspect.MEASURES)


def stated(reading: Reading, digest: str) -> Observation:
    """What an answer of the API states, of what the pages state too. `digest` is the answer's."""
    seen = observe([Seen(reading=reading, page=digest)], complete=False)
    # A report's name in the API is not the page's: left out, so that it makes no other report of the same words.
    holdings = {
        subject: replace(held, by_api=True, report=None)
        for subject, held in seen.holdings.items()
        if subject.aspect is Aspect.RATING
    }
    measures = seen.holdings.get(_MEASURES)
    if measures and measures.value in IN_MEASURES:
        holdings[_MEASURES] = replace(measures, by_api=True, report=None)
    return replace(seen, holdings=holdings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What a look at the pages and the API's answer say together.

    agreed        marks of changes that both show, dated newer than what is stored by one of them at least
    contradicted  marks of changes of the pages' of which the API states something else
    denied        those of them that bear no newer date, while the API states still what is stored
    differences   where the two state different ratings: a line each, for people
    """

    agreed: frozenset[str] = frozenset()
    contradicted: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    differences: tuple[str, ...] = ()


def compared(stored: Snapshot, page: Observation, api: Observation) -> Agreement:
    """The pages' observation beside the API's. Where CQC divides the service differently in the two, nothing can be said."""
    before = dict(stored.holdings)
    ours, theirs = aligned(before, page.holdings), aligned(before, api.holdings)
    if groups(ours) != groups(theirs):
        return Agreement()
    since = stored.seen_at.date()
    shown = {change.mark: change for change in _of_ratings(diff(before, ours, page, since).changes)}
    told = {change.mark: change for change in _of_ratings(diff(before, theirs, api, since).changes)}
    differing = [
        subject for subject, held in ours.items() if _is_rated(subject, held) and _differs(held, theirs.get(subject), subject)
    ]
    return Agreement(
        agreed=frozenset(mark for mark, one in shown.items() if mark in told and (one.newer or told[mark].newer)),
        contradicted=frozenset(mark for mark, one in shown.items() if one.subject in differing),
        denied=frozenset(
            mark
            for mark, one in shown.items()
            if one.subject in differing and not one.newer and theirs[one.subject].value == one.from_
        ),
        differences=(
            *(_difference(subject, ours[subject], theirs[subject]) for subject in sorted(differing)),
            *_measures_difference(before, ours, theirs, page, api, since),
        ),
    )


def _of_ratings(changes: Sequence[Change]) -> list[Change]:
    """Those that both sources can state alike. What is withdrawn bears no date, and waits for its day."""
    return [one for one in changes if one.subject.aspect is Aspect.RATING and one.kind is not Kind.RATING_WITHDRAWN]


def _is_rated(subject: Subject, held: Holding | None) -> bool:
    return subject.aspect is Aspect.RATING and held is not None and not held.instead and held.value in set(Rating)


def _differs(ours: Holding, theirs: Holding | None, subject: Subject) -> bool:
    return theirs is not None and _is_rated(subject, theirs) and ours.value != theirs.value


def _difference(subject: Subject, ours: Holding, theirs: Holding) -> str:
    of = "overall rating" if subject.of == OVERALL else f"rating for {subject.of}"
    named = f" of {subject.group}" if subject.group else ""
    return f"{of}{named}: CQC's page says {_said(ours)}, its API says {_said(theirs)}"


def _said(held: Holding) -> str:
    return f"{held.value} ({f'published {day(held.published)}' if held.published else 'without a date'})"


def _measures_difference(
    before: Holdings, ours: Holdings, theirs: Holdings, page: Observation, api: Observation, since: date
) -> list[str]:
    """That the API's text states special measures anew, of which neither the pages nor what is stored says anything."""
    known = any(held is not None and held.value in IN_MEASURES for held in (before.get(_MEASURES), ours.get(_MEASURES)))
    anew = any(one.newer and one.subject == _MEASURES for one in diff(before, theirs, api, since).changes)
    if known or not anew or not page.complete:
        return []
    return [f"special measures: CQC's page does not state them, its API does: {theirs[_MEASURES].quote}"]


def vouches(stored: Snapshot, api: Observation) -> bool:
    """Whether the API still states the overall ratings that are stored, and all that are stored on its word alone, or newer ones.
    Then a page that is older than these is only behind."""
    before = dict(stored.holdings)
    theirs = aligned(before, api.holdings)
    decisive = [
        (theirs.get(subject), held)
        for subject, held in before.items()
        if subject.aspect is Aspect.RATING and (held.by_api or subject.of == OVERALL)
    ]
    return bool(decisive) and all(now is not None and _stands(now, held) for now, held in decisive)


def _stands(now: Holding, stored: Holding) -> bool:
    newer = bool(now.published and stored.published and now.published > stored.published)
    return newer or now.value == stored.value


def rests_on_api(stored: Snapshot | None) -> bool:
    """Whether something is stored on the API's word alone."""
    return stored is not None and any(held.by_api for _, held in stored.holdings)


def judge_answer(
    stored: Snapshot,
    api: Observation,
    suspicions: Sequence[Suspicion],
    *,
    location_id: str,
    now: datetime,
    confirm_after: timedelta,
    page_is_read: bool,
    seq: int | None = None,
) -> Verdict:
    """What the API's answer comes to by itself: falls and rises of ratings, and special measures begun or kept up, where they
    bear a newer date than what is stored. Nothing else of it counts.

    While the page can't be read (`page_is_read` false) such a change is confirmed by an answer at least `confirm_after` after the
    look or the answer that first showed it; where the page is read and does not show it, once it has stood for a day.
    Until then it waits, and so a page that shows it meanwhile confirms it. `seq`: the number of the snapshot that it may lead to.
    """
    before = dict(stored.holdings)
    theirs = aligned(before, api.holdings)
    known = {one.mark: one for one in suspicions if one.since <= now}
    of_pages = tuple(one for one in known.values() if not one.by_api)
    if groups(theirs) != groups(before):
        return Verdict(snapshot=stored, suspicions=of_pages)
    found = diff(before, theirs, api, min(stored.seen_at, now).date()).changes
    changes = [change for change in found if change.kind.traits.told_by_api and _is_news(change, min(stored.seen_at, now).date())]
    suspected = {one.mark: known.get(one.mark) or _suspected(one, now, confirm_after) for one in changes}
    long_enough = how_long(Nature.ORDINARY, Support.API_AGAINST_PAGE, confirm_after)
    ripe = {
        mark
        for mark, one in suspected.items()
        if mark in known and (now - one.since >= long_enough if page_is_read else one.due <= now)
    }
    confirmed = [change for change in changes if change.mark in ripe]
    pending = {one.mark: one for one in (*of_pages, *suspected.values()) if one.mark not in ripe}
    if not confirmed:
        return Verdict(snapshot=stored, suspicions=tuple(pending.values()))
    holdings = tuple(sorted(applied(before, {}, confirmed, theirs).items()))
    snapshot = replace(stored, seq=seq or stored.seq + 1, seen_at=now, holdings=holdings)
    alone = Rests.API_AGAINST_PAGE if page_is_read else Rests.API_SITE_UNREAD
    rests = {mark: alone if known[mark].by_api else Rests.BOTH for mark in ripe}
    events = sorted((event_of(one, snapshot, location_id, now, rests[one.mark]) for one in confirmed), key=gravity)
    return Verdict(snapshot=snapshot, events=tuple(events), suspicions=tuple(pending.values()))


def _is_news(change: Change, since: date) -> bool:
    """Whether a change that the API alone states bears a newer date than what is stored, and had not stood for long by then
    (`since`)."""
    return change.newer and change.published is not None and change.published + API_NEWS_FOR >= since


def _suspected(change: Change, now: datetime, confirm_after: timedelta) -> Suspicion:
    wait = how_long(Nature.ORDINARY, Support.API_SITE_UNREAD, confirm_after)
    return Suspicion(mark=change.mark, since=now, due=now + wait, dated=True, by_api=True)
