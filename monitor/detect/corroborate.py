"""Compares what CQC's API states with what CQC's pages state. This module finds what API and pages both state, where they
differ, and which changes may be reported although only the API states them. Pure.

The comparison covers only what API and pages state in the same form: ratings, and special measures if the API's text states
them. Reports, breaches and enforcement have other names in the API than on the pages, so comparing them would make false
events.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.detect.changes import Change, Difference
from monitor.detect.holdings import groups
from monitor.detect.observe import Holdings, Observation, Seen, observe
from monitor.detect.waiting import API_NEWS_FOR
from monitor.events import Kind
from monitor.model import IN_MEASURES, Aspect, Holding, Reading, Snapshot, Subject
from monitor.ratings import OVERALL, Rating
from monitor.text import day

_MEASURES = Subject(aspect=Aspect.MEASURES)


def stated(reading: Reading, digest: str) -> Observation:
    """What an answer of the API states, limited to the kinds of statement that the pages also make. `digest` is the answer's
    digest."""
    seen = observe([Seen(reading=reading, page=digest)], complete=False)
    # The API and the page give a report different names. The name is left out here. Otherwise the same words would seem to come
    # from another report.
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
    """How the pages of a check and the API's answer compare.

    agreed        marks of the rating changes that page and API both state, if page or API gives a newer date than the stored
                  date
    agreed_on     the subjects of the agreed changes, each with its new rating
    contradicted  marks of the pages' changes that the API contradicts
    denied        the contradicted changes without a newer date, if the API still states the stored value
    differences   for people, one line for each subject on which page and API differ
    """

    agreed: frozenset[str] = frozenset()
    agreed_on: frozenset[tuple[Subject, str | int | None]] = frozenset()
    contradicted: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    differences: tuple[str, ...] = ()


def compared(stored: Snapshot, page: Difference, api: Difference) -> Agreement:
    """Compares how the pages (`page`) and the API (`api`) differ from what is stored. If pages and API divide the service into
    different groups, they can't be compared."""
    before, ours, theirs = dict(stored.holdings), page.observed, api.observed
    if groups(ours) != groups(theirs):
        return Agreement()
    shown = {change.mark: change for change in _of_ratings(page.changes)}
    agreed = _agreed(shown.values(), api)
    differing = [subject for subject in ours if _differ(ours[subject], theirs.get(subject), subject)]
    against = [one for one in shown.values() if one.subject in differing]
    return Agreement(
        agreed=frozenset(one.mark for one in agreed),
        agreed_on=frozenset((one.subject, one.to) for one in agreed),
        contradicted=frozenset(one.mark for one in against),
        denied=frozenset(one.mark for one in against if not one.newer and theirs[one.subject].value == one.from_),
        differences=(
            *(_difference(subject, ours[subject], theirs[subject]) for subject in sorted(differing)),
            *_measures_difference(before, page, api),
        ),
    )


def _agreed(shown: Iterable[Change], api: Difference) -> list[Change]:
    """The pages' changes that the API also states, if page or API gives a newer date than the stored date."""
    told = {(change.subject, change.to): change for change in _of_ratings(api.changes)}
    return [one for one in shown if (also := told.get((one.subject, one.to))) and (one.newer or also.newer)]


def _of_ratings(changes: Sequence[Change]) -> list[Change]:
    """The changes that both sources can state in the same form. A withdrawn rating is left out, because it has no date and
    waits for a day."""
    return [one for one in changes if one.subject.aspect is Aspect.RATING and one.kind is not Kind.RATING_WITHDRAWN]


def _differ(ours: Holding, theirs: Holding | None, subject: Subject) -> bool:
    """Whether page and API both state a rating, and the two ratings differ."""
    rated = [one for one in (ours, theirs) if one is not None and not one.instead and one.value in set(Rating)]
    return subject.aspect is Aspect.RATING and len(rated) == 2 and rated[0].value != rated[1].value


def _difference(subject: Subject, ours: Holding, theirs: Holding) -> str:
    of = "overall rating" if subject.of == OVERALL else f"rating for {subject.of}"
    named = f" of {subject.group}" if subject.group else ""
    return f"{of}{named}: CQC's page says {_said(ours)}, its API says {_said(theirs)}"


def _said(held: Holding) -> str:
    return f"{held.value} ({f'published {day(held.published)}' if held.published else 'without a date'})"


def _measures_difference(before: Holdings, page: Difference, api: Difference) -> list[str]:
    """A line for people, if the API's text newly states special measures that neither the pages nor the stored state
    mention."""
    stated = (before.get(_MEASURES), page.observed.get(_MEASURES))
    known = any(held is not None and held.value in IN_MEASURES for held in stated)
    anew = any(one.newer and one.subject == _MEASURES for one in api.changes)
    if known or not anew or not page.observation.complete:
        return []
    return [f"special measures: CQC's page does not state them, its API does: {api.observed[_MEASURES].quote}"]


def vouches(stored: Snapshot, api: Difference) -> bool:
    """Whether the API still states each stored overall rating, and each stored rating that only the API stated. A rating that
    the API states with a newer date also counts. If the result is true, a page with older ratings is merely out of date."""
    decisive = [
        (api.observed.get(subject), held)
        for subject, held in stored.holdings
        if subject.aspect is Aspect.RATING and (held.by_api or subject.of == OVERALL)
    ]
    return bool(decisive) and all(now is not None and _stands(now, held) for now, held in decisive)


def _stands(now: Holding, stored: Holding) -> bool:
    newer = bool(now.published and stored.published and now.published > stored.published)
    return newer or now.value == stored.value


def rests_on_api(stored: Snapshot | None) -> bool:
    """Whether anything in the snapshot comes from the API alone."""
    return stored is not None and any(held.by_api for _, held in stored.holdings)


def is_news(change: Change, since: date) -> bool:
    """Whether a change that the API alone states has a newer date than what is stored, and was not published long before
    `since`."""
    return change.newer and change.published is not None and change.published + API_NEWS_FOR >= since
