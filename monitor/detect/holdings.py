"""The current state of a service, subject by subject. This module gives the groups of stored and observed holdings the same
names, finds which of two holdings is newer, and decides which holdings are removed. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from monitor import ratings
from monitor.detect.observe import SAID, Holdings, Observation
from monitor.model import (
    IN_MEASURES,
    Aspect,
    Card,
    Holding,
    Origin,
    Registration,
    SaidKind,
    Subject,
)
from monitor.ratings import OVERALL, Rating, Reason
from monitor.text import in_one_case

# If CQC shows one of these reasons, the rating no longer applies. If CQC shows one of the other reasons ("Inspected but not
# rated", "Insufficient evidence to rate"), the earlier rating still applies. Source: docs/facts/api.md, Historic ratings.
WITHDRAWS = frozenset({Reason.SUSPENDED, Reason.NO_PUBLISHED_RATING, Reason.NOT_RATED})


STAGES = frozenset({Aspect.ENFORCEMENT, Aspect.PROPOSED, Aspect.LIFTED})


SETS = STAGES | {Aspect.BREACHES, Aspect.REPORTS, Aspect.NOTICES, Aspect.UNREAD}


KEPT = frozenset({Aspect.REPORTS, Aspect.UNREAD})
"""Sets whose lines stay stored once they were read, so that an old copy of a page can't show a "new" report or statement."""


BY_GROUP = frozenset({Aspect.RATING, Aspect.SCORE})


GONE = {
    SaidKind.RATINGS_SUSPENDED: Reason.SUSPENDED,
    SaidKind.RATINGS_WITHDRAWN: Reason.NO_PUBLISHED_RATING,
    SaidKind.REPORT_REMOVED: Reason.NO_PUBLISHED_RATING,
}
"""CQC's statements that ratings no longer apply. If the page shows no rating, the reason given here takes the rating's place."""


def aligned(stored: Holdings, observed: Holdings) -> dict[Subject, Holding]:
    """Returns the observed holdings, with service groups named as in the stored holdings. The two names mean the same group if
    stored and observed holdings have one group each, or if exactly one group is gone and one is new. In both cases, CQC has
    changed the framework or the group's name."""
    was, now = groups(stored), groups(observed)
    gone, new = was - now, now - was
    renamed = len(gone) == 1 and len(new) == 1 and (len(was) == 1 or "" not in gone | new)
    if not renamed:
        return _with_reasons(stored, observed)
    (old_name,), (new_name,) = gone, new
    return {
        replace(subject, group=old_name) if subject.aspect in BY_GROUP and subject.group == new_name else subject: held
        for subject, held in observed.items()
    }


def _with_reasons(stored: Holdings, observed: Holdings) -> dict[Subject, Holding]:
    """Returns the observed holdings. If the page shows no overall rating and CQC says in words why ratings no longer apply,
    adds this reason in place of the stored overall ratings."""
    said = next((kind for kind in GONE if is_said(observed, kind)), None)
    if said is None or any(subject.of == OVERALL for subject in observed):
        return dict(observed)
    words = observed[Subject(aspect=Aspect.SAID, of=said)]
    reason = Holding(value=GONE[said], quote=words.quote, page=words.page)
    gone = (subject for subject in stored if subject.aspect is Aspect.RATING and subject.of == OVERALL)
    return {**observed, **dict.fromkeys(gone, reason)}


def is_said(holdings: Holdings, kind: SaidKind) -> bool:
    held = holdings.get(Subject(aspect=Aspect.SAID, of=kind))
    return held is not None and held.value == SAID


def ratings_are_gone(observed: Holdings) -> bool:
    """Whether CQC says in words that ratings no longer apply, or that it removed the report that they came from."""
    return any(is_said(observed, kind) for kind in GONE)


def groups(holdings: Iterable[Subject]) -> set[str]:
    """The service groups that are rated separately; "" stands for a service that is not divided."""
    return {subject.group for subject in holdings if subject.aspect is Aspect.RATING}


def held_before(stored: Holdings, subject: Subject) -> Holding | None:
    """The earlier holding of a subject. If the service has been divided into groups since, the earlier holding is the holding
    of the whole service. If its groups have been joined, the earlier holding is the holding of the worst group."""
    if subject in stored or subject.aspect is not Aspect.RATING:
        return stored.get(subject)
    if subject.group:
        return stored.get(replace(subject, group=""))
    parts = [
        held for other, held in stored.items() if other.aspect is Aspect.RATING and other.group and other.of == subject.of
    ]
    rated = [held for held in parts if held.value in set(Rating)]
    return min(rated, key=lambda held: ratings.severity(Rating(str(held.value)))) if rated else None


DATES_APART = timedelta(days=45)
"""How far apart the site's date and the API's date for one publication may be. Two publications that state the same about one
service would be months apart."""


def is_one_publication(observed: Holding, stored: Holding) -> bool:
    """Whether a page now states what only the API stated before. The dates may differ."""
    if not (stored.by_api and observed.published and stored.published):
        return False
    same = observed.value == stored.value or {observed.value, stored.value} <= IN_MEASURES
    return same and abs(observed.published - stored.published) <= DATES_APART


def is_older(observed: Holding, stored: Holding) -> bool:
    older = bool(observed.published and stored.published and observed.published < stored.published)
    return older and not is_one_publication(observed, stored)


def is_newer(observed: Holding, stored: Holding) -> bool:
    newer = bool(observed.published and stored.published and observed.published > stored.published)
    return newer and not is_one_publication(observed, stored)


def is_of_another_report(observed: Holding, stored: Holding) -> bool:
    """Whether a newer date, or another name of the report, shows that what was observed comes from another report."""
    return is_newer(observed, stored) or bool(observed.report and stored.report and observed.report != stored.report)


def is_stale(stored: Holdings, observed: Holdings) -> bool:
    """Whether the whole page is older than what is stored: some overall rating has an older date, and no overall rating has a
    newer date."""
    overalls = [(held, stored[subject]) for subject, held in observed.items() if subject.of == OVERALL and subject in stored]
    return any(is_older(new, old) for new, old in overalls) and not any(is_newer(new, old) for new, old in overalls)


def in_a_row(old: Holding, new: Holding) -> Holding:
    """The holding of a rating that did not move, with the number of reports in a row that state this rating."""
    anew = is_said_anew(old, replace(new, quote=old.quote))
    return replace(new, reports=old.reports + anew, since=old.since or old.published)


def is_said_anew(old: Holding, new: Holding) -> bool:
    """Whether a statement comes from another report than the stored statement. If neither dates nor names show this, the same
    state is not news, even in other words. Two pages about one publication may differ in names and words."""
    if (old.report and old.report == new.report) or is_one_publication(new, old):
        return False
    if old.published and new.published:
        return new.published > old.published
    days = day_named(old.report), day_named(new.report)
    if days[1] and (days[0] or old.published):
        return days[1] > max(days[0] or date.min, old.published or date.min)
    if old.report and new.report and not any(days):
        return True
    return old.value != new.value and digest_of(old.quote) != digest_of(new.quote)


def day_named(report: str | None) -> date | None:
    """The day in a report's name; None if the name is not a day, or if the report has no name."""
    try:
        return date.fromisoformat(report or "")
    except ValueError:
        return None


def digest_of(quote: str | None) -> str:
    """A digest of a sentence, to find out whether two sentences are the same. Spaces and capitals make no difference."""
    return hashlib.sha256(in_one_case(quote or "").encode()).hexdigest()[:16]


def lines_of(holding: Holding | None) -> tuple[str, ...]:
    return holding.value if holding and isinstance(holding.value, tuple) else ()


def origins_of(holding: Holding | None) -> dict[str, Origin]:
    """The lines of a set, each with its origin. If an earlier version of the program stored lines without origins, each line
    gets the newest report of that time as its origin."""
    lines = lines_of(holding)
    if holding is None or len(holding.origins) != len(lines):
        unknown = Origin(report=holding.report, published=holding.published, page=holding.page) if holding else Origin()
        return dict.fromkeys(lines, unknown)
    return dict(zip(lines, holding.origins, strict=True))


def with_lines(holding: Holding, lines: Mapping[str, Origin]) -> Holding:
    return replace(holding, value=tuple(lines), origins=tuple(lines.values()))


def settled(subject: Subject, held: Holding) -> Holding:
    """A holding as the baseline stores it. The mark "not assessed" is left out, because it matters only for later changes."""
    return replace(held, instead=None) if subject.aspect in BY_GROUP else held


def retired(after: dict[Subject, Holding], observed: Holdings, waiting: bool = False) -> dict[Subject, Holding]:
    """The holdings without ratings that CQC has replaced. Ratings are removed once no change is waiting. The ratings of the
    whole service are removed if CQC now rates the service by group. The ratings of the groups are removed if CQC now rates the
    whole service."""
    now, kept = groups(observed), groups(after)
    if waiting or not now or (now == kept and not is_whole_beside_groups(observed)):
        return after
    if "" in kept - now and now <= kept:
        gone = {""}
    elif is_whole_beside_groups(observed):
        return {subject: held for subject, held in after.items() if not is_part_of_the_whole(subject)}
    elif now == {""}:
        gone = kept - now
    else:
        return after  # if a group is only missing from this page, its ratings still apply
    return {subject: held for subject, held in after.items() if subject.aspect not in BY_GROUP or subject.group not in gone}


def is_whole_beside_groups(observed: Holdings) -> bool:
    """Whether the whole service has an overall rating in addition to its groups, and only the groups have key questions."""
    rated = [subject for subject in observed if subject.aspect is Aspect.RATING]
    whole = [subject for subject in rated if not subject.group]
    return bool(whole) and len(whole) < len(rated) and all(subject.of == OVERALL for subject in whole)


def is_part_of_the_whole(subject: Subject) -> bool:
    return subject.aspect in BY_GROUP and not subject.group and subject.of != OVERALL


def without_old_scores(after: dict[Subject, Holding], before: Holdings, observed: Holdings) -> dict[Subject, Holding]:
    """The holdings without the scores of an older report, if the report that is now shown states no scores in that service
    group. CQC's frameworks since 2026 have no scores. Source: docs/facts/ratings.md, SAF scoring."""
    scored = {subject.group for subject in observed if subject.aspect is Aspect.SCORE}

    def is_old(subject: Subject, held: Holding) -> bool:
        overall = Subject(aspect=Aspect.RATING, group=subject.group, of=OVERALL)
        shown = observed[overall].published if overall in observed else None
        given = held.published or (before[overall].published if overall in before else None)
        return subject.aspect is Aspect.SCORE and subject.group not in scored and bool(shown and given and shown > given)

    return {subject: held for subject, held in after.items() if not is_old(subject, held)}


def newer_card(old: Card, new: Card) -> Card:
    return Card(
        name=new.name or old.name,
        service_type=new.service_type or old.service_type,
        address=new.address or old.address,
        provider_name=new.provider_name or old.provider_name,
    )


def not_seen(before: Holdings, observed: Holdings, observation: Observation) -> tuple[Subject, ...]:
    """The stored ratings that were expected on the pages but not seen. In an incomplete check only the overall rating is
    expected. No rating is expected for an archived service, or for a group that is missing while the page has other groups. No
    rating is expected either if CQC says in words that the ratings no longer apply. No rating of a group is expected if the
    group's overall rating was withdrawn."""
    registration = observed.get(Subject(aspect=Aspect.REGISTRATION))
    if (registration and registration.value == Registration.ARCHIVED) or ratings_are_gone(observed):
        return ()
    return tuple(
        subject
        for subject in _expected(before, observed)
        if subject not in observed and (observation.complete or subject.of == OVERALL)
    )


def _expected(before: Holdings, observed: Holdings) -> list[Subject]:
    """The stored ratings that a page with these groups should show."""
    here, divided = groups(observed), is_whole_beside_groups(observed)
    overalls = {subject.group: held for subject, held in observed.items() if _is_overall(subject)}
    withdrawn = {group for group, held in overalls.items() if held.value in WITHDRAWS}
    return [
        subject
        for subject in before
        if subject.aspect is Aspect.RATING and (subject.group in here or not here) and subject.group not in withdrawn
        if not (divided and is_part_of_the_whole(subject))
    ]


def _is_overall(subject: Subject) -> bool:
    return subject.aspect is Aspect.RATING and subject.of == OVERALL
