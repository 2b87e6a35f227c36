"""A snapshot and an observation -> changes; changes seen twice -> the next snapshot and events.

Pure. The rules of honesty (docs/architecture.md) that live here:

1. the first snapshot of a service is a baseline: no events;
2. what was not observed stays as it was;
3. a change is told only when a later look sees it again, and what is older than what is stored changes nothing;
4. state is kept by subject, and ratings move only among the four;
5. what CQC marks "Not assessed" did not move, and a change of framework or of the name of the only service group is no change.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from monitor import ratings
from monitor.detect.waiting import Nature, Support, held_back, how_long, remembered
from monitor.events import Event, Kind, Rests
from monitor.gravity import gravity
from monitor.model import (
    IN_MEASURES,
    Aspect,
    Card,
    Holding,
    MeasuresState,
    Origin,
    Registration,
    SaidKind,
    Snapshot,
    Subject,
    Suspicion,
)
from monitor.observe import CONTRADICTED, NOT_SAID, PARTLY_READ, SAID, Holdings, Observation, unread_line
from monitor.ratings import OVERALL, Rating, Reason, Stated

# Reasons that say that the rating no longer stands. The others ("Inspected but not rated", "Insufficient evidence to rate")
# leave the rating before them standing. Source: docs/facts/api.md, Historic ratings.
_WITHDRAWS = frozenset({Reason.SUSPENDED, Reason.NO_PUBLISHED_RATING, Reason.NOT_RATED})

_STAGES = frozenset({Aspect.ENFORCEMENT, Aspect.PROPOSED, Aspect.LIFTED})
_SETS = _STAGES | {Aspect.BREACHES, Aspect.REPORTS, Aspect.NOTICES, Aspect.UNREAD}
_SAID_AGAIN = frozenset({Aspect.BREACHES, Aspect.ENFORCEMENT, Aspect.PROPOSED})
"""Of what a newer report states: news though an earlier one stated the same, in the same words."""
_KEPT = frozenset({Aspect.REPORTS, Aspect.UNREAD})
"""Lines that stay known once they were there: an old page served again brings no "new" report, nor statement."""
MOST_KEPT = 200
"""So many of them, the newest."""

_BY_GROUP = frozenset({Aspect.RATING, Aspect.SCORE})
_FIRST = {Aspect.RATING: 0, Aspect.REPORTS: 1}
_AGAIN = {Rating.INADEQUATE: Kind.INADEQUATE_AGAIN, Rating.REQUIRES_IMPROVEMENT: Kind.NOT_IMPROVED}
_NEW_REPORT = frozenset({Kind.DOWNGRADED, Kind.UPGRADED, Kind.FIRST_RATED, Kind.REPORT, *_AGAIN.values()})

_SAID_KINDS = {
    SaidKind.RATINGS_SUSPENDED: Kind.RATINGS_SUSPENDED,
    SaidKind.RATINGS_WITHDRAWN: Kind.RATINGS_WITHDRAWN,
    SaidKind.REPORT_REMOVED: Kind.REPORT_REMOVED,
    SaidKind.REPORT_CORRECTED: Kind.REPORT_CORRECTED,
    SaidKind.BEING_INSPECTED: Kind.BEING_INSPECTED,
    SaidKind.CLOSING: Kind.CLOSING,
    SaidKind.DORMANT: Kind.DORMANT,
}
_GONE = {
    SaidKind.RATINGS_SUSPENDED: Reason.SUSPENDED,
    SaidKind.RATINGS_WITHDRAWN: Reason.NO_PUBLISHED_RATING,
    SaidKind.REPORT_REMOVED: Reason.NO_PUBLISHED_RATING,
}
"""What CQC says of ratings that no longer stand, and what then stands in their place where the page shows nothing."""
_OLDER_STANDS = frozenset({SaidKind.RATINGS_WITHDRAWN, SaidKind.REPORT_REMOVED})
"""What explains that an older rating stands again."""

_OLDER_PAGE = "older page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between what is stored and what was observed."""

    subject: Subject
    kind: Kind
    to: str | int | None
    from_: str | int | None = None
    of: str | None = None
    published: date | None = None
    quote: str | None = None
    page: str | None = None
    newer: bool = False  # whether it bears a newer date than what is stored
    nature: Nature = Nature.ORDINARY
    again: bool = False  # whether an earlier report said so too
    divided: bool = False  # whether its group was not rated apart before
    still: str | None = None  # of a new report: the overall rating that did not move with it
    reports: int | None = None  # how many reports in a row state the rating
    since: date | None = None  # the day of the first of these, or that since when something is so
    late: bool = False  # whether it may have stood there before, where it was not read
    told: bool = True  # whether anybody is told; False: it only has to stand as long before it is stored

    @property
    def mark(self) -> str:
        """Names the change, so that a second look knows it again."""
        return "|".join(str(part) for part in (self.subject.aspect, self.subject.group, self.of or "", self.kind, self.to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a look comes to.

    snapshot    what holds now; the stored one itself where nothing about it changed
    events      confirmed changes, worst first
    suspicions  changes that wait for a later look
    missing     subjects that are stored and were looked for in vain: the service was not read well
    stale       the page was older than what is stored: nothing of it counts
    odd         it shows, without a newer date, what a fault of the site would show at many services at once
    """

    snapshot: Snapshot
    events: tuple[Event, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    missing: tuple[Subject, ...] = ()
    stale: bool = False
    odd: bool = False


# ── stored + observed -> changes ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Diff:
    """Collects what `judge` finds: changes that must be confirmed, and holdings that may be taken over without a word."""

    changes: list[Change] = field(default_factory=list)
    quiet: dict[Subject, Holding] = field(default_factory=dict)
    awaited: frozenset[str] = frozenset()  # marks of what earlier looks saw, and this one may confirm


def aligned(stored: Holdings, observed: Holdings) -> dict[Subject, Holding]:
    """The observed holdings under the stored groups' names: where there is one group on each side, or one is gone and one is
    new, it is the same under another heading (a change of framework, or of what CQC calls the group)."""
    was, now = groups(stored), groups(observed)
    gone, new = was - now, now - was
    renamed = len(gone) == 1 and len(new) == 1 and (len(was) == 1 or "" not in gone | new)
    if not renamed:
        return _with_reasons(stored, observed)
    (old_name,), (new_name,) = gone, new
    return {
        replace(subject, group=old_name) if subject.aspect in _BY_GROUP and subject.group == new_name else subject: held
        for subject, held in observed.items()
    }


def _with_reasons(stored: Holdings, observed: Holdings) -> dict[Subject, Holding]:
    """The observed holdings; where no overall rating is shown and CQC says in words that the ratings are gone, with the reason in
    the place of those that are stored."""
    said = next((kind for kind in _GONE if _is_said(observed, kind)), None)
    if said is None or any(subject.of == OVERALL for subject in observed):
        return dict(observed)
    words = observed[Subject(aspect=Aspect.SAID, of=said)]
    reason = Holding(value=_GONE[said], quote=words.quote, page=words.page)
    gone = (subject for subject in stored if subject.aspect is Aspect.RATING and subject.of == OVERALL)
    return {**observed, **dict.fromkeys(gone, reason)}


def _is_said(holdings: Holdings, kind: SaidKind) -> bool:
    held = holdings.get(Subject(aspect=Aspect.SAID, of=kind))
    return held is not None and held.value == SAID


def _ratings_are_gone(observed: Holdings) -> bool:
    """Whether CQC says in words that ratings no longer stand, or that the report they came from does not."""
    return any(_is_said(observed, kind) for kind in _GONE)


def groups(holdings: Iterable[Subject]) -> set[str]:
    """The service groups that are rated apart; "" stands for a service that is not divided."""
    return {subject.group for subject in holdings if subject.aspect is Aspect.RATING}


def _before(stored: Holdings, subject: Subject) -> Holding | None:
    """What held of a subject; where the service was divided or joined since, what held of the whole or the worst of the parts."""
    if subject in stored or subject.aspect is not Aspect.RATING:
        return stored.get(subject)
    if subject.group:
        return stored.get(replace(subject, group=""))
    parts = [
        held for other, held in stored.items() if other.aspect is Aspect.RATING and other.group and other.of == subject.of
    ]
    rated = [held for held in parts if held.value in set(Rating)]
    return min(rated, key=lambda held: ratings.severity(Rating(str(held.value)))) if rated else None


PUBLICATION_LAG = timedelta(days=7)
"""How much older than its appearance on the site a publication date may be."""

DATES_APART = timedelta(days=45)
"""How far apart the dates may lie that the site and the API give for one publication: two that say the same of one service are
months apart."""


def _one_publication(observed: Holding, stored: Holding) -> bool:
    """Whether a page now states what the API alone had stated, though it gives another day for it."""
    if not (stored.by_api and observed.published and stored.published):
        return False
    same = observed.value == stored.value or {observed.value, stored.value} <= IN_MEASURES
    return same and abs(observed.published - stored.published) <= DATES_APART


def _older(observed: Holding, stored: Holding) -> bool:
    older = bool(observed.published and stored.published and observed.published < stored.published)
    return older and not _one_publication(observed, stored)


def _newer(observed: Holding, stored: Holding) -> bool:
    newer = bool(observed.published and stored.published and observed.published > stored.published)
    return newer and not _one_publication(observed, stored)


def is_stale(stored: Holdings, observed: Holdings) -> bool:
    """Whether the whole page is older than what is stored: some overall rating has an older date, and none a newer."""
    overalls = [(held, stored[subject]) for subject, held in observed.items() if subject.of == OVERALL and subject in stored]
    return any(_older(new, old) for new, old in overalls) and not any(_newer(new, old) for new, old in overalls)


def _dated(change: Change, stored: Holdings, observed: Holdings) -> Change:
    """What moved without a date of its own moved with the report that the overall rating is dated by. It is newer than what is
    stored if that report is: a date that the page had before proves nothing, however old what it is compared with."""
    overall = Subject(aspect=Aspect.RATING, group=change.subject.group, of=OVERALL)
    own = observed[change.subject].published if change.subject.aspect in _BY_GROUP else None
    published = change.published or (observed[overall].published if overall in observed else None)
    before = _before(stored, change.subject)
    dated_itself = bool(own and before and before.published)
    known = [held.published for held in (before, None if dated_itself else _before(stored, overall)) if held and held.published]
    newer = bool(published and known and published > max(known))
    divided = bool(change.subject.group) and change.subject.aspect is Aspect.RATING and change.subject not in stored
    return replace(change, published=published, newer=newer, divided=divided and before is not None)


def diff(
    stored: Holdings, observed: Holdings, observation: Observation, since: date, awaited: frozenset[str] = frozenset()
) -> _Diff:
    """The changes from what was stored, whose snapshot is from `since`. What is `awaited` is not passed over for being half of
    what came: the other half may have been confirmed before it."""
    found = _Diff(awaited=awaited)
    # Ratings and reports first: what the words of a page are worth depends on whether there is a newer report.
    for subject, new in sorted(observed.items(), key=lambda pair: _FIRST.get(pair[0].aspect, len(_FIRST))):
        old = _before(stored, subject)
        if subject.aspect is Aspect.RATING:
            _rating(found, stored, subject, old, new, since, gone=_ratings_are_gone(observed))
        elif subject.aspect is Aspect.SCORE:
            _score(found, subject, old, new)
        elif subject.aspect is Aspect.MEASURES:
            _special_measures(found, subject, old, new, observation)
        elif subject.aspect in _SETS:
            _set(found, subject, old, new, observation, _lines(stored.get(Subject(aspect=Aspect.REPORTS))))
        elif subject.aspect is Aspect.SAID:
            _said(found, stored, subject, old, new, observation)
        else:
            _registration(found, subject, old, new)
    changes = [_dated(_with_rating(change, found, stored, observed), stored, observed) for change in found.changes]
    found.changes = [_first_if_newer(change, awaited) for change in changes]
    return found


def _was_there_before(new: Holding, since: date) -> bool:
    """Whether a "first" rating was published well before what is stored was seen: then the page that was stored was half a
    page, or one that could not be read well."""
    return new.published is not None and new.published + PUBLICATION_LAG < since


def _rating(
    found: _Diff, stored: Holdings, subject: Subject, old: Holding | None, new: Holding, since: date, *, gone: bool
) -> None:
    """Ratings move only among the four. `new.instead` here says that CQC marks the key question as not assessed. `gone`: CQC says
    in words that ratings no longer stand, which is told as such."""
    value = ratings.parse(str(new.value))
    kept = ratings.parse(str(old.value)) if old else None
    if new.instead and old:
        return
    plain = replace(new, instead=None)
    if old is not None and _older(new, old):
        return
    if isinstance(kept, Rating) and old is not None:
        _moved(found, subject, kept, value, old, plain, gone=gone)
        return
    first_rating = _change(subject, Kind.FIRST_RATED, kept, value, new)
    first = isinstance(kept, Reason) or _was_unrated(stored, subject) or first_rating.mark in found.awaited
    inadequate = value is Rating.INADEQUATE and _was_read(stored)
    told_late = inadequate and old is None
    if isinstance(value, Rating) and stored and first and (not _was_there_before(new, since) or (inadequate and not told_late)):
        found.changes.append(first_rating)
    elif told_late:
        found.changes.append(replace(_change(subject, Kind.READ_WRONGLY, None, value, new), late=True))
    else:
        found.quiet[subject] = plain


def _moved(
    found: _Diff, subject: Subject, kept: Rating, value: Stated | None, old: Holding, new: Holding, *, gone: bool
) -> None:
    """What is shown of a rating that is stored."""
    if isinstance(value, Reason):
        if subject.of == OVERALL and value in _WITHDRAWS and old.instead != value:
            nature = Nature.SAID_IN_WORDS if gone else Nature.VANISHED
            withdrawn = _change(subject, Kind.RATING_WITHDRAWN, kept, value, new)
            found.changes.append(replace(withdrawn, nature=nature, told=not gone))
    elif value is kept and not old.instead:
        _same_rating(found, subject, kept, old, new)
    elif value is kept:
        found.changes.append(_change(subject, Kind.FIRST_RATED, old.instead, value, new))
    elif value is not None:
        kind = Kind.DOWNGRADED if ratings.fell(kept, value) else Kind.UPGRADED
        found.changes.append(_change(subject, kind, kept, value, new))


def _was_read(stored: Holdings) -> bool:
    """Whether what is stored was read from a page, and not taken from CQC's files: then what it lacks was not read."""
    return Subject(aspect=Aspect.REPORTS) in stored


def _same_rating(found: _Diff, subject: Subject, rating: Rating, old: Holding, new: Holding) -> None:
    """A rating that did not move. That a newer report is no better is news: overall, and inadequate in a key question that was
    assessed anew."""
    row = _in_a_row(old, new)
    anew = row.reports > old.reports
    if anew and rating in _AGAIN and (subject.of == OVERALL or rating is Rating.INADEQUATE):
        again = _change(subject, _AGAIN[rating], rating, rating, new)
        found.changes.append(replace(again, again=True, reports=row.reports, since=row.since))
    else:
        found.quiet[subject] = replace(row, published=new.published or old.published)


def _in_a_row(old: Holding, new: Holding) -> Holding:
    """A rating that did not move, with how many reports in a row state it."""
    anew = _said_anew(old, replace(new, quote=old.quote))
    return replace(new, reports=old.reports + anew, since=old.since or old.published)


def _with_rating(change: Change, found: _Diff, stored: Holdings, observed: Holdings) -> Change:
    """A new report with the overall rating that did not move with it; another change as it is."""
    overalls = [subject for subject in observed if subject.aspect is Aspect.RATING and subject.of == OVERALL]
    if change.kind is not Kind.REPORT or len(overalls) != 1:
        return change
    after = found.quiet.get(overalls[0])
    if after is None or overalls[0] not in stored or after.value not in set(Rating) or after.instead:
        return change
    row = after.reports if after.reports > 1 else None
    return replace(change, still=str(after.value), reports=row, since=after.since if row else None)


def _first_if_newer(change: Change, awaited: frozenset[str]) -> Change:
    """A rating that was not read before is a first one where it bears a newer date."""
    first = replace(change, kind=Kind.FIRST_RATED, late=False)
    is_first = change.kind is Kind.READ_WRONGLY and (change.newer or first.mark in awaited)
    return first if is_first else change


def _was_unrated(stored: Holdings, subject: Subject) -> bool:
    """Whether the service (group) had no rating at all: then a rating is its first, and not one that a new layout shows."""
    return not any(
        held.value in set(Rating)
        for other, held in stored.items()
        if other.aspect is Aspect.RATING and other.group in {subject.group, ""}
    )


def _change(subject: Subject, kind: Kind, from_: object, to: object, new: Holding) -> Change:
    return Change(
        subject=subject,
        kind=kind,
        of=subject.of,
        from_=_plain(from_),
        to=_plain(to),
        published=new.published,
        quote=new.quote,
        page=new.page,
    )


def _plain(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


def _score(found: _Diff, subject: Subject, old: Holding | None, new: Holding) -> None:
    if old is None:
        found.quiet[subject] = replace(new, instead=None)
    elif not new.instead and not _older(new, old):
        was, now = int(str(old.value)), int(str(new.value))
        if was != now:
            found.changes.append(_change(subject, Kind.SCORE_FELL if now < was else Kind.SCORE_ROSE, was, now, new))
        else:
            found.quiet[subject] = replace(new, published=new.published or old.published)


def _first_read(
    found: _Diff, aspect: Aspect, old: Holding, new: Holding, page: str | None, observation: Observation
) -> bool:
    """Whether a statement stands on a `page` that no look had read before: then it may be old, and belongs to the baseline;
    unless the same look shows that there is a newer report, or an earlier one has seen such a statement as news."""
    news = any(change.kind in _NEW_REPORT for change in found.changes)
    news = news or any(mark.startswith(f"{aspect}|") for mark in found.awaited)
    return old.instead == PARTLY_READ and page != observation.first and not _newer(new, old) and not news


def _special_measures(found: _Diff, subject: Subject, old: Holding | None, new: Holding, observation: Observation) -> None:
    """What is stated anew is told. Silence where "in" was stated is not "left": CQC says so when a service leaves."""
    state = MeasuresState(str(new.value))
    if old is None:
        found.quiet[subject] = new
        return
    was = MeasuresState(str(old.value))
    if state is MeasuresState.NOT_STATED:
        _silence(found, subject, old, new, observation)
        return
    if was is not MeasuresState.NOT_STATED and _older(new, old):
        return
    first_read = _first_read(found, subject.aspect, old, new, new.page, observation)
    begun = state in IN_MEASURES and was not in IN_MEASURES
    kind = _measures_kind(was, state, old, new) if begun or not first_read else None
    if first_read and kind is None:
        found.quiet[subject] = new
    elif kind is None:
        # A page without the date may be of a newer report: what it says is told when the date is seen, not taken for known.
        found.quiet[subject] = new if new.published or not old.published else old
    else:
        nature = Nature.CONTRADICTED if new.instead == CONTRADICTED else Nature.ORDINARY
        change = _change(subject, kind, None, None, new)
        found.changes.append(replace(change, of=None, to=_fingerprint(new.quote), nature=nature, late=first_read))


def _silence(found: _Diff, subject: Subject, old: Holding, new: Holding, observation: Observation) -> None:
    """What nothing said about special measures means. CQC says so when a service leaves them; but a newer report that is silent,
    on a service that is inadequate in nothing, leaves it unclear, and then a later entry is one anew."""
    if old.instead == PARTLY_READ:
        found.quiet[subject] = new if new.instead is None else replace(new, published=old.published)
    elif old.value in IN_MEASURES and new.instead is None and _newer(new, old) and not _inadequate(observation):
        change = _change(subject, Kind.MEASURES_UNCLEAR, None, None, new)
        found.changes.append(replace(change, of=None, to=str(MeasuresState.NOT_STATED), nature=Nature.VANISHED))


def _inadequate(observation: Observation) -> bool:
    return any(
        subject.aspect is Aspect.RATING and held.value == Rating.INADEQUATE for subject, held in observation.holdings.items()
    )


def _measures_kind(was: MeasuresState, state: MeasuresState, old: Holding, new: Holding) -> Kind | None:
    anew = _said_anew(old, new)
    if state is MeasuresState.LEFT:
        return Kind.LEFT if was is not MeasuresState.LEFT else None
    if state is MeasuresState.UNCLEAR:
        return Kind.MEASURES_UNCLEAR if was is not MeasuresState.UNCLEAR or anew else None
    if was not in IN_MEASURES:
        return Kind.REMAINS if state is MeasuresState.REMAINS else Kind.ENTERED
    if not anew:
        return None
    return {MeasuresState.ENTERED: Kind.ENTERED, MeasuresState.REMAINS: Kind.REMAINS}.get(state)


def _said_anew(old: Holding, new: Holding) -> bool:
    """Whether a statement comes from another report than the stored one. Where neither dates nor names tell, the same state is
    no news, in whatever words: two pages of one publication name it differently, and say it differently."""
    if (old.report and old.report == new.report) or _one_publication(new, old):
        return False
    if old.published and new.published:
        return new.published > old.published
    days = _day(old.report), _day(new.report)
    if days[1] and (days[0] or old.published):
        return days[1] > max(days[0] or date.min, old.published or date.min)
    if old.report and new.report and not any(days):
        return True
    return old.value != new.value and _fingerprint(old.quote) != _fingerprint(new.quote)


def _day(report: str | None) -> date | None:
    """The day by which a report is named; None where it is named otherwise or not at all."""
    try:
        return date.fromisoformat(report or "")
    except ValueError:
        return None


def _fingerprint(quote: str | None) -> str:
    """Stands for a sentence where it only matters whether it is the same one; spaces and capitals do not matter."""
    return hashlib.sha256(" ".join((quote or "").casefold().split()).encode()).hexdigest()[:16]


_SET_KINDS = {
    Aspect.BREACHES: Kind.BREACH,
    Aspect.ENFORCEMENT: Kind.ENFORCEMENT,
    Aspect.PROPOSED: Kind.PROPOSED,
    Aspect.LIFTED: Kind.LIFTED,
    Aspect.REPORTS: Kind.REPORT,
    Aspect.UNREAD: Kind.NOT_UNDERSTOOD,
}


def _lines(holding: Holding | None) -> tuple[str, ...]:
    return holding.value if holding and isinstance(holding.value, tuple) else ()


def _origins(holding: Holding | None) -> dict[str, Origin]:
    """The lines of a set with where each was read. What a former version has stored came from the newest report of then."""
    lines = _lines(holding)
    if holding is None or len(holding.origins) != len(lines):
        unknown = Origin(report=holding.report, published=holding.published, page=holding.page) if holding else Origin()
        return dict.fromkeys(lines, unknown)
    return dict(zip(lines, holding.origins, strict=True))


def _with_lines(holding: Holding, lines: Mapping[str, Origin]) -> Holding:
    return replace(holding, value=tuple(lines), origins=tuple(lines.values()))


def _set(
    found: _Diff,
    subject: Subject,
    old: Holding | None,
    new: Holding,
    observation: Observation,
    reports: Sequence[str],
) -> None:
    """Lines that are new, or that a newer report states again. `reports`: those that are known."""
    if old is None:
        found.quiet[subject] = new
        return
    if _older(new, old) and subject.aspect is not Aspect.UNREAD:
        return
    known, now = _origins(old), _origins(new)
    taken: dict[str, Origin] = {}
    fresh = False
    for line, origin in now.items():
        if _first_read(found, subject.aspect, old, new, origin.page, observation):
            taken[line] = origin
        elif change := _new_line(subject, line, known, old, new, reports):
            found.changes.append(change)
            fresh = True
    if fresh:
        if taken:
            found.quiet[subject] = _with_lines(old, {**known, **taken})
        return
    kept = known if subject.aspect in _KEPT or new.instead == PARTLY_READ else {}
    lines = {**kept, **{line: _newest(known.get(line), origin) for line, origin in now.items()}}
    partly = new.instead and old.instead
    held = replace(new, instead=partly, published=old.published if partly else new.published)
    found.quiet[subject] = _with_lines(held, dict([*lines.items()][-MOST_KEPT:] if subject.aspect in _KEPT else lines))


def _newest(was: Origin | None, now: Origin) -> Origin:
    """Where a line that stood there before was read: an older copy of a page does not make it older."""
    behind = was is not None and was.published and (now.published is None or now.published < was.published)
    return replace(was, page=now.page) if was is not None and behind else now


def _new_line(
    subject: Subject, line: str, known: Mapping[str, Origin], old: Holding, new: Holding, reports: Sequence[str]
) -> Change | None:
    """The change that a line of a set makes; None where it is known."""
    aspect, origin = subject.aspect, _origins(new)[line]
    again, nature = False, Nature.ORDINARY
    if line in known:
        again = aspect in _SAID_AGAIN and _of_newer_report(known[line], origin, reports)
        if aspect in _SAID_AGAIN and not again and _may_be_newer(known[line], origin, old, new):
            again, nature = True, Nature.UNDATED
        if not again:
            return None
    elif aspect is Aspect.REPORTS:  # the stored report under another of its dates, as another layout may show it
        day = _day(line)
        if day and old.published and day <= old.published and not _newer(new, old):
            return None
    elif aspect in _STAGES:  # the same enforcement in other words in the same report is not new
        alike = [was for one, was in known.items() if one.partition(":")[0] == line.partition(":")[0]]
        again = bool(alike)
        newer = all(_of_newer_report(was, origin, reports) for was in alike)
        if alike and not newer and (origin.published or not _said_anew(old, replace(new, quote=old.quote))):
            return None
    kind = _SET_KINDS.get(aspect) or (Kind.MOVED if line.startswith("moved") else Kind.PROVIDER_CHANGED)
    named = line.partition(":")[0] if aspect is Aspect.BREACHES or aspect in _STAGES else None
    change = _change(subject, kind, None, None, new)
    quote = _quote_of(line, new)
    return replace(
        change,
        of=named,
        to=_fingerprint(line),
        quote=quote,
        page=origin.page or new.page,
        again=again and aspect in _SAID_AGAIN,
        nature=nature,
    )


def _of_newer_report(was: Origin, now: Origin, reports: Sequence[str]) -> bool:
    """Whether a line comes from a newer report than the same line that is stored. `reports`: those that are known. Where neither
    dates nor names tell, it is the same."""
    if was.report and was.report == now.report:
        return False
    if was.published and now.published:
        return now.published > was.published
    days = _day(was.report), _day(now.report)
    if days[1] and (days[0] or was.published):
        return days[1] > max(days[0] or date.min, was.published or date.min)
    undated = not any((was.published, now.published, *days))
    return bool(undated and was.report and now.report and now.report not in reports)


def _may_be_newer(was: Origin, now: Origin, old: Holding, new: Holding) -> bool:
    """Whether a page that bears no date states a line again while the location page has a newer report: it may still be the
    earlier report's, unless it is another page than before."""
    named_the_same = bool(was.report and was.report == now.report)
    return _newer(new, old) and now.published is None and not named_the_same and now.page != was.page


def _quote_of(line: str, holding: Holding) -> str | None:
    quotes = (holding.quote or "").split("\n")
    lines = _lines(holding)
    return (quotes[lines.index(line)] if len(quotes) == len(lines) else holding.quote) or None


def _said(
    found: _Diff, stored: Holdings, subject: Subject, old: Holding | None, new: Holding, observation: Observation
) -> None:
    """What CQC says in words is told once. That it says so no more is told to nobody, and has to stand for a day: a copy of an
    old page must not make it news again."""
    kind = _SAID_KINDS[SaidKind(subject.of)]
    if old is None and (new.value == NOT_SAID or not _was_read(stored)):
        found.quiet[subject] = new
        return
    if new.value == NOT_SAID:
        if old is not None and old.value == SAID and new.instead is None:
            over = _change(subject, kind, None, NOT_SAID, new)
            found.changes.append(replace(over, nature=Nature.VANISHED, told=False))
        elif old is not None and old.value == NOT_SAID:
            found.quiet[subject] = new if new.instead is None else old
        return
    begun_again = bool(old and old.since and new.since and new.since > old.since)
    if old is not None and old.value == SAID and not begun_again:
        found.quiet[subject] = replace(new, since=new.since or old.since)
        return
    if old is not None and _first_read(found, subject.aspect, old, new, new.page, observation):
        found.quiet[subject] = new
        return
    overalls = [held.value for one, held in stored.items() if one.aspect is Aspect.RATING and one.of == OVERALL]
    was = overalls[0] if len(overalls) == 1 and SaidKind(subject.of) in _GONE else None
    nature = Nature.SAID_IN_WORDS if SaidKind(subject.of) in _GONE else Nature.ORDINARY
    found.changes.append(replace(_change(subject, kind, was, SAID, new), since=new.since, nature=nature))


def _registration(found: _Diff, subject: Subject, old: Holding | None, new: Holding) -> None:
    if old is None or old.value == new.value:
        found.quiet[subject] = new
    elif new.value == Registration.ARCHIVED:
        found.changes.append(replace(_change(subject, Kind.ARCHIVED, None, new.value, new), of=None))
    else:
        found.changes.append(replace(_change(subject, Kind.REGISTERED, None, new.value, new), of=None))


# ── changes, seen twice -> events and the next snapshot ──────────────────────────────────────────────────────────────────


def judge(
    stored: Snapshot | None,
    observation: Observation,
    suspicions: Sequence[Suspicion],
    *,
    location_id: str,
    now: datetime,
    confirm_after: timedelta,
    in_doubt: bool = False,
    agreed: frozenset[str] = frozenset(),
    denied: frozenset[str] = frozenset(),
    vouched: bool = False,
    read_otherwise: bool = False,
    first_read: frozenset[str] = frozenset(),
) -> Verdict:
    """What a look comes to, given what was stored and what earlier looks had seen but not confirmed.

    A change is confirmed by a look at least `confirm_after` after the first that saw it (a withdrawn rating: a day).
    Looking twice at the same instant confirms only with `confirm_after` zero, and then only from the second look on.
    `in_doubt`: many services show such changes at once. Then what bears no newer date than what is stored waits for a day.
    `agreed`: marks of changes that the API states too: they need no second look. `denied`: marks of those without a newer date of
    which it states still what is stored: they wait for a day, too. `vouched`: the API still states what is stored, so that an
    older page is not believed, however long it is all that is seen, nor what it shows without a newer date of a rating that is
    stored on the API's word alone. `read_otherwise`: a former version of the reader has read what is stored. Then what bears no
    newer date may have stood on the page before: it is told as read late, or not at all (Traits.only_as_news). The same holds of
    pages that could not be had before, `first_read` (digests), where nothing says that there is a newer report.
    """
    if stored is None:
        baseline = tuple(sorted((subject, _settled(subject, held)) for subject, held in observation.holdings.items()))
        return Verdict(snapshot=Snapshot(location_id=location_id, seq=1, seen_at=now, card=observation.card, holdings=baseline))
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    suspicions = [one for one in suspicions if one.since <= now]  # seen in the future: by a clock that was wrong
    if is_stale(before, observed):
        return _older_page(
            stored, observation, suspicions, location_id=location_id, now=now, confirm_after=confirm_after, vouched=vouched
        )
    awaited = frozenset(one.mark for one in suspicions if one.dated)
    found = diff(before, observed, observation, min(stored.seen_at, now).date(), awaited)
    if vouched:
        found.changes = [change for change in found.changes if change.mark in agreed or not _is_behind(change, before)]
    known = {one.mark for one in suspicions}
    is_news = any(change.kind in _NEW_REPORT for change in found.changes)
    old = frozenset(
        change.mark
        for change in found.changes
        if change.late
        or (not change.newer and change.mark not in known and (read_otherwise or (change.page in first_read and not is_news)))
    )
    newer = {change.mark for change in found.changes if change.newer}
    # What was suspected without a newer date and now bears one is another matter: a true report amid a fault of the site.
    suspicions = [one for one in suspicions if one.dated or one.mark not in newer]
    seen = {*(one.mark for one in suspicions), *(change.mark for change in found.changes)}
    in_words = {change.mark for change in found.changes if change.nature is Nature.SAID_IN_WORDS}
    doubtful, support = (seen - in_words, Support.MANY) if in_doubt else (denied - in_words, Support.DENIED)
    waiting = {one.mark: one for one in held_back(suspicions, doubtful, support, confirm_after)}
    confirmed = [
        change
        for change in found.changes
        if change.mark in agreed or (change.mark in waiting and waiting[change.mark].due <= now)
    ]
    pending = _pending(found.changes, confirmed, waiting, now, confirm_after)
    pending = tuple(replace(one, late=True) if one.mark in old else one for one in pending)
    pending = held_back(pending, doubtful, support, confirm_after)
    after = applied(before, found.quiet, confirmed, observed)
    after = retired(after, observed, bool(pending))
    if observation.complete:
        after = without_old_scores(after, before, observed)
    card = _newer_card(stored.card, observation.card)
    holdings = tuple(sorted(after.items()))
    if holdings == stored.holdings and card == stored.card:
        snapshot = stored
    else:
        snapshot = Snapshot(location_id=location_id, seq=stored.seq + 1, seen_at=now, card=card, holdings=holdings)
    by_both = agreed | {mark for mark, one in waiting.items() if one.by_api}
    rests = {change.mark: Rests.BOTH if change.mark in by_both else Rests.PAGE for change in confirmed}
    late = {*old, *(mark for mark, one in waiting.items() if one.late)} - newer
    events = sorted(
        (
            replace(event_of(one, snapshot, location_id, now, rests[one.mark]), read_late=one.mark in late)
            for one in confirmed
            if one.told and not (one.mark in late and one.kind.traits.only_as_news)
        ),
        key=gravity,
    )
    return Verdict(
        snapshot=snapshot,
        events=tuple(events),
        suspicions=pending,
        missing=_missing(after, observed, observation),
        odd=any(_is_odd(change) for change in found.changes),
    )


def _is_behind(change: Change, before: Holdings) -> bool:
    """Whether a page shows of a rating only what held before the API alone stated another one: that is no rise (and no fall once
    it is put right), however often it is seen."""
    old = before.get(change.subject)
    if old is None or not old.by_api or old.published is None or change.subject.aspect is not Aspect.RATING:
        return False
    return change.published is None or change.published < old.published


def _is_odd(change: Change) -> bool:
    return change.told and change.kind.traits.needs_date and not change.newer


def _older_page(
    stored: Snapshot,
    observation: Observation,
    suspicions: Sequence[Suspicion],
    *,
    location_id: str,
    now: datetime,
    confirm_after: timedelta,
    vouched: bool,
) -> Verdict:
    """The verdict on a page that is older than what is stored. What it says in words of ratings that no longer stand, or that is
    not understood and was never there, is told all the same; a report that CQC says it removed explains the older date."""
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    found = diff(before, observed, observation, min(stored.seen_at, now).date()).changes
    changes = [
        one for one in found if one.told and (one.nature is Nature.SAID_IN_WORDS or one.subject.aspect is Aspect.UNREAD)
    ]
    known = {one.mark: one for one in suspicions}
    confirmed = [one for one in changes if one.mark in known and known[one.mark].due <= now]
    older = known.pop(_OLDER_PAGE, None)
    said = {one.subject.of for one in confirmed} | {one.of for one, held in before.items() if held.value == SAID}
    explained = any(kind in said and _is_said(observed, kind) for kind in _OLDER_STANDS)
    if explained or (older is not None and older.due <= now and not vouched):
        return _believed(stored, observation, suspicions, location_id=location_id, now=now)
    wait = how_long(Nature.OLDER_PAGE, Support.PAGE, confirm_after)
    older = older or Suspicion(mark=_OLDER_PAGE, since=now, due=now + wait)
    pending = (*_pending(changes, confirmed, known, now, confirm_after), older)
    if not confirmed:
        return Verdict(snapshot=stored, suspicions=pending, stale=True)
    holdings = tuple(sorted(applied(before, {}, confirmed, observed).items()))
    snapshot = replace(stored, seq=stored.seq + 1, seen_at=now, holdings=holdings)
    events = sorted((event_of(one, snapshot, location_id, now, Rests.PAGE) for one in confirmed), key=gravity)
    return Verdict(snapshot=snapshot, events=tuple(events), suspicions=pending, stale=True)


def _believed(
    stored: Snapshot, observation: Observation, suspicions: Sequence[Suspicion], *, location_id: str, now: datetime
) -> Verdict:
    """The verdict on a page that was older than what is stored for so long that it must be what holds: as if nothing stored
    had a date, and at once, since every look of these days has seen it. A rating that moves with it is no fall and no rise: an
    older one stands again."""
    undated = tuple((subject, replace(held, published=None, report=None, origins=())) for subject, held in stored.holdings)
    forgotten = replace(stored, holdings=undated)
    first = judge(forgotten, observation, (), location_id=location_id, now=now, confirm_after=timedelta(0))
    verdict = judge(forgotten, observation, first.suspicions, location_id=location_id, now=now, confirm_after=timedelta(0))
    told = [
        replace(one, kind=Kind.STANDS_AGAIN) if one.kind in _MOVES else one
        for one in verdict.events
        if one.kind is Kind.NOT_UNDERSTOOD or not (one.kind.traits.only_as_news or one.kind is Kind.ENFORCEMENT)
    ]
    moved = {(one.group or "", one.of) for one in told if one.kind is Kind.STANDS_AGAIN}
    told += [
        event_of(change, verdict.snapshot, location_id, now, Rests.PAGE)
        for change in _unmoved(dict(stored.holdings), observation)
        if (change.subject.group, change.of) not in moved
    ]
    return replace(verdict, events=tuple(sorted(told, key=gravity)))


_MOVES = frozenset({Kind.DOWNGRADED, Kind.UPGRADED})


def _unmoved(stored: Holdings, observation: Observation) -> list[Change]:
    """Overall ratings of a much older report that are the same as the newer one's: its report is gone all the same."""
    observed = aligned(stored, observation.holdings)
    return [
        _change(subject, Kind.STANDS_AGAIN, was.value, new.value, new)
        for subject, new in observed.items()
        if subject.aspect is Aspect.RATING and subject.of == OVERALL and (was := stored.get(subject)) is not None
        if was.published and new.published and was.published - new.published > DATES_APART
    ]


def _settled(subject: Subject, held: Holding) -> Holding:
    """As the baseline keeps it: "not assessed" matters only for what moves."""
    return replace(held, instead=None) if subject.aspect in _BY_GROUP else held


def _pending(
    changes: Sequence[Change],
    confirmed: Sequence[Change],
    waiting: Mapping[str, Suspicion],
    now: datetime,
    confirm_after: timedelta,
) -> tuple[Suspicion, ...]:
    """The changes that wait for a later look, old and new."""
    seen = {change.mark for change in changes}
    opened = [
        waiting.get(change.mark)
        or Suspicion(
            mark=change.mark,
            since=now,
            due=now + _wait(change, confirm_after),
            dated=change.newer,
            odd=_is_odd(change),
        )
        for change in changes
        if change not in confirmed
    ]
    return (*opened, *remembered([one for mark, one in waiting.items() if mark not in seen], now))


def _wait(change: Change, confirm_after: timedelta) -> timedelta:
    return how_long(change.nature, Support.PAGE, confirm_after)


def applied(before: Holdings, quiet: Holdings, confirmed: Sequence[Change], observed: Holdings) -> dict[Subject, Holding]:
    """What holds once the quiet ones are taken over and the changes confirmed."""
    after = {**before, **quiet}
    for change in confirmed:
        new = observed[change.subject]
        old = _before(before, change.subject)
        if change.kind is Kind.RATING_WITHDRAWN and old is not None:
            after[change.subject] = replace(old, instead=str(change.to))
        elif change.subject.aspect in _SETS:
            line, origin = next((one, origin) for one, origin in _origins(new).items() if _fingerprint(one) == change.to)
            known = _origins(after.get(change.subject))
            partly = new.instead and before[change.subject].instead
            origin = replace(origin, published=origin.published or new.published)
            after[change.subject] = _with_lines(replace(new, instead=partly), {**known, line: origin})
        elif change.kind in _AGAIN.values() and old is not None:
            after[change.subject] = replace(_in_a_row(old, new), instead=None)
        else:
            after[change.subject] = replace(new, instead=None)
    return after


def retired(after: dict[Subject, Holding], observed: Holdings, waiting: bool = False) -> dict[Subject, Holding]:
    """Without the undivided ratings of a service that CQC now rates by group (or the reverse), once nothing is pending."""
    now, kept = groups(observed), groups(after)
    if waiting or not now or (now == kept and not _is_whole_beside_groups(observed)):
        return after
    if "" in kept - now and now <= kept:
        gone = {""}
    elif _is_whole_beside_groups(observed):
        return {subject: held for subject, held in after.items() if not _is_part_of_the_whole(subject)}
    elif now == {""}:
        gone = kept - now
    else:
        return after  # a group that is only missing from this page still stands
    return {subject: held for subject, held in after.items() if subject.aspect not in _BY_GROUP or subject.group not in gone}


def _is_whole_beside_groups(observed: Holdings) -> bool:
    """Whether an overall rating of the whole service stands beside its groups, and the key questions are the groups'."""
    rated = [subject for subject in observed if subject.aspect is Aspect.RATING]
    whole = [subject for subject in rated if not subject.group]
    return bool(whole) and len(whole) < len(rated) and all(subject.of == OVERALL for subject in whole)


def _is_part_of_the_whole(subject: Subject) -> bool:
    return subject.aspect in _BY_GROUP and not subject.group and subject.of != OVERALL


def without_old_scores(after: dict[Subject, Holding], before: Holdings, observed: Holdings) -> dict[Subject, Holding]:
    """Without the scores of a report that is older than the one now shown, where this one states none in that service group:
    CQC's frameworks since 2026 have none. Source: docs/facts/ratings.md, SAF scoring."""
    scored = {subject.group for subject in observed if subject.aspect is Aspect.SCORE}

    def is_old(subject: Subject, held: Holding) -> bool:
        overall = Subject(aspect=Aspect.RATING, group=subject.group, of=OVERALL)
        shown = observed[overall].published if overall in observed else None
        given = held.published or (before[overall].published if overall in before else None)
        return subject.aspect is Aspect.SCORE and subject.group not in scored and bool(shown and given and shown > given)

    return {subject: held for subject, held in after.items() if not is_old(subject, held)}


def _newer_card(old: Card, new: Card) -> Card:
    return Card(
        name=new.name or old.name,
        service_type=new.service_type or old.service_type,
        address=new.address or old.address,
        provider_name=new.provider_name or old.provider_name,
    )


def _missing(before: Holdings, observed: Holdings, observation: Observation) -> tuple[Subject, ...]:
    """Ratings that stand stored and were not seen. In an incomplete look only the overall rating is expected; of an
    archived service none is, nor of a group that the page no longer has while it has others. Key questions go with the overall
    rating: where that was withdrawn, or CQC says in words that the ratings are gone, none is."""
    registration = observed.get(Subject(aspect=Aspect.REGISTRATION))
    if registration and registration.value == Registration.ARCHIVED:
        return ()
    if _ratings_are_gone(observed):
        return ()
    gone = {
        subject.group
        for subject, held in observed.items()
        if subject.aspect is Aspect.RATING and subject.of == OVERALL and held.value in _WITHDRAWS
    }
    here = groups(observed)
    divided = _is_whole_beside_groups(observed)
    expected = [
        subject
        for subject in before
        if subject.aspect is Aspect.RATING and (subject.group in here or not here) and subject.group not in gone
        if not (divided and _is_part_of_the_whole(subject))
    ]
    return tuple(
        subject for subject in expected if subject not in observed and (observation.complete or subject.of == OVERALL)
    )


def statement_mark(event: Event) -> str | None:
    """The mark of the change by which a service came to an event that others may share: what CQC says in words of ratings that no
    longer stand, and what is not understood. The same statement has the same mark at every service. None: it is another event."""
    if event.kind is Kind.NOT_UNDERSTOOD:
        to, of, subject = _fingerprint(unread_line(event.quote or "")), None, Subject(aspect=Aspect.UNREAD)
        return Change(subject=subject, kind=event.kind, of=of, to=to).mark
    said = next((one for one in _GONE if _SAID_KINDS[one] is event.kind), None)
    if said is None:
        return None
    return Change(subject=Subject(aspect=Aspect.SAID, of=said), kind=event.kind, of=said, to=SAID).mark


def event_of(change: Change, snapshot: Snapshot, location_id: str, now: datetime, rests_on: Rests) -> Event:
    """An event's id is made of what changed and of the snapshot it led to: recorded twice it is the same, and the same
    fall a second time (down, up, down) is another."""
    stays = change.subject.aspect in _BY_GROUP
    identity = f"{location_id}|{snapshot.seq}|{change.mark}|{change.from_}"
    return Event(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        location_id=location_id,
        name=snapshot.card.name,
        kind=change.kind,
        group=change.subject.group or None,
        of=None if change.subject.aspect is Aspect.SAID else change.of,
        from_=change.from_ if stays or change.subject.aspect is Aspect.SAID else None,
        to=change.to if stays else change.still,
        published=change.published,
        observed_at=now,
        quote=change.quote,
        evidence=change.page,
        rests_on=rests_on,
        again=change.again,
        divided=change.divided,
        reports=change.reports,
        since=change.since,
    )
