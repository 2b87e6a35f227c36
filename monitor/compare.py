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
from monitor.model import IN_MEASURES, Aspect, Card, Holding, MeasuresState, Registration, Snapshot, Subject, Suspicion
from monitor.observe import CONTRADICTED, PARTLY_READ, Holdings, Observation
from monitor.ratings import OVERALL, Rating, Reason

# Reasons that say that the rating no longer stands. The others ("Inspected but not rated", "Insufficient evidence to rate")
# leave the rating before them standing. Source: docs/facts/api.md, Historic ratings.
_WITHDRAWS = frozenset({Reason.SUSPENDED, Reason.NO_PUBLISHED_RATING, Reason.NOT_RATED})

_SETS = frozenset({Aspect.BREACHES, Aspect.ENFORCEMENT, Aspect.REPORTS, Aspect.NOTICES})

_BY_GROUP = frozenset({Aspect.RATING, Aspect.SCORE})
_TELLS_OF_A_REPORT = frozenset({Aspect.RATING, Aspect.REPORTS})
_NEW_REPORT = frozenset({Kind.DOWNGRADED, Kind.UPGRADED, Kind.FIRST_RATED, Kind.REPORT})

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
    contradicted: bool = False  # whether another page of the same look denies it

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
        return dict(observed)
    (old_name,), (new_name,) = gone, new
    return {
        replace(subject, group=old_name) if subject.aspect in _BY_GROUP and subject.group == new_name else subject: held
        for subject, held in observed.items()
    }


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
    return replace(change, published=published, newer=newer)


def diff(
    stored: Holdings, observed: Holdings, observation: Observation, since: date, awaited: frozenset[str] = frozenset()
) -> _Diff:
    """The changes from what was stored, whose snapshot is from `since`. What is `awaited` is not passed over for being half of
    what came: the other half may have been confirmed before it."""
    found = _Diff(awaited=awaited)
    # Ratings and reports first: what the words of a page are worth depends on whether there is a newer report.
    for subject, new in sorted(observed.items(), key=lambda pair: pair[0].aspect not in _TELLS_OF_A_REPORT):
        old = _before(stored, subject)
        if subject.aspect is Aspect.RATING:
            _rating(found, stored, subject, old, new, since)
        elif subject.aspect is Aspect.SCORE:
            _score(found, subject, old, new)
        elif subject.aspect is Aspect.MEASURES:
            _special_measures(found, subject, old, new, observation)
        elif subject.aspect in _SETS:
            _set(found, subject, old, new, observation)
        else:
            _registration(found, subject, old, new)
    found.changes = [_dated(change, stored, observed) for change in found.changes]
    return found


def _was_there_before(new: Holding, since: date) -> bool:
    """Whether a "first" rating was published well before what is stored was seen: then the page that was stored was half a
    page, or one that could not be read well."""
    return new.published is not None and new.published + PUBLICATION_LAG < since


def _rating(
    found: _Diff, stored: Holdings, subject: Subject, old: Holding | None, new: Holding, since: date
) -> None:
    """Ratings move only among the four. `new.instead` here says that CQC marks the key question as not assessed."""
    value = ratings.parse(str(new.value))
    kept = ratings.parse(str(old.value)) if old else None
    if new.instead and old:
        return
    plain = replace(new, instead=None)
    if old is not None and _older(new, old):
        return
    if isinstance(kept, Rating) and old is not None:
        if isinstance(value, Reason):
            if subject.of == OVERALL and value in _WITHDRAWS and old.instead != value:
                found.changes.append(_change(subject, Kind.RATING_WITHDRAWN, kept, value, new))
            return
        if value is kept and not old.instead:
            found.quiet[subject] = replace(plain, published=new.published or old.published)
            return
        if value is kept:
            found.changes.append(_change(subject, Kind.FIRST_RATED, old.instead, value, new))
            return
        if isinstance(value, Rating):
            kind = Kind.DOWNGRADED if ratings.fell(kept, value) else Kind.UPGRADED
            found.changes.append(_change(subject, kind, kept, value, new))
        return
    first_rating = _change(subject, Kind.FIRST_RATED, kept, value, new)
    first = isinstance(kept, Reason) or _was_unrated(stored, subject) or first_rating.mark in found.awaited
    if isinstance(value, Rating) and stored and first and not _was_there_before(new, since):
        found.changes.append(first_rating)
        return
    found.quiet[subject] = plain


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


def _first_read(found: _Diff, aspect: Aspect, old: Holding, new: Holding, observation: Observation) -> bool:
    """Whether a statement stands on a page that no look had read before: then it may be old, and belongs to the baseline;
    unless the same look shows that there is a newer report, or an earlier one has seen such a statement as news."""
    news = any(change.kind in _NEW_REPORT for change in found.changes)
    news = news or any(mark.startswith(f"{aspect}|") for mark in found.awaited)
    return old.instead == PARTLY_READ and new.page != observation.first and not _newer(new, old) and not news


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
    if _first_read(found, subject.aspect, old, new, observation):
        found.quiet[subject] = new
        return
    kind = _measures_kind(was, state, old, new)
    if kind is None:
        # A page without the date may be of a newer report: what it says is told when the date is seen, not taken for known.
        found.quiet[subject] = new if new.published or not old.published else old
    else:
        change = replace(_change(subject, kind, None, None, new), contradicted=new.instead == CONTRADICTED)
        found.changes.append(replace(change, of=None, to=_fingerprint(new.quote)))


def _silence(found: _Diff, subject: Subject, old: Holding, new: Holding, observation: Observation) -> None:
    """What nothing said about special measures means. CQC says so when a service leaves them; but a newer report that is silent,
    on a service that is inadequate in nothing, leaves it unclear, and then a later entry is one anew."""
    if old.instead == PARTLY_READ:
        found.quiet[subject] = new if new.instead is None else replace(new, published=old.published)
    elif old.value in IN_MEASURES and new.instead is None and _newer(new, old) and not _inadequate(observation):
        change = _change(subject, Kind.MEASURES_UNCLEAR, None, None, new)
        found.changes.append(replace(change, of=None, to=str(MeasuresState.NOT_STATED)))


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
    Aspect.REPORTS: Kind.REPORT,
}


def _lines(holding: Holding | None) -> tuple[str, ...]:
    return holding.value if holding and isinstance(holding.value, tuple) else ()


def _set(found: _Diff, subject: Subject, old: Holding | None, new: Holding, observation: Observation) -> None:
    if old is None or _first_read(found, subject.aspect, old, new, observation):
        found.quiet[subject] = new
        return
    if _older(new, old):
        return
    known = _lines(old)
    fresh = [line for line in _lines(new) if not _known(subject.aspect, line, known, old, new)]
    for line in fresh:
        kind = _SET_KINDS.get(subject.aspect) or (Kind.MOVED if line.startswith("moved") else Kind.PROVIDER_CHANGED)
        named = line.partition(":")[0] if subject.aspect in {Aspect.BREACHES, Aspect.ENFORCEMENT} else None
        quote = _quote_of(line, new)
        found.changes.append(replace(_change(subject, kind, None, None, new), of=named, to=_fingerprint(line), quote=quote))
    if not fresh:
        # A report that was once newest stays known, so that an old page served again brings no "new" report.
        kept = known if subject.aspect is Aspect.REPORTS or new.instead == PARTLY_READ else ()
        value = tuple(dict.fromkeys((*kept, *_lines(new))))
        partly = new.instead and old.instead
        found.quiet[subject] = replace(new, value=value, instead=partly, published=old.published if partly else new.published)


def _quote_of(line: str, holding: Holding) -> str | None:
    quotes = (holding.quote or "").split("\n")
    lines = _lines(holding)
    return (quotes[lines.index(line)] if len(quotes) == len(lines) else holding.quote) or None


def _known(aspect: Aspect, line: str, known: Sequence[str], old: Holding, new: Holding) -> bool:
    """Whether a line of a set was there before. The same enforcement in other words in the same report is not new."""
    if line in known:
        return True
    if aspect is Aspect.REPORTS:  # the stored report under another of its dates, as another layout may show it
        day = _day(line)
        return bool(day and old.published and day <= old.published and not _newer(new, old))
    if aspect is Aspect.ENFORCEMENT:
        same_kind = any(one.partition(":")[0] == line.partition(":")[0] for one in known)
        return same_kind and not _said_anew(old, replace(new, quote=old.quote))
    return False


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
        older = next((one for one in suspicions if one.mark == _OLDER_PAGE), None)
        if older is None or older.due > now or vouched:
            wait = how_long(Nature.OLDER_PAGE, Support.PAGE, confirm_after)
            older = older or Suspicion(mark=_OLDER_PAGE, since=now, due=now + wait)
            others = remembered((one for one in suspicions if one.mark != _OLDER_PAGE), now)
            return Verdict(snapshot=stored, suspicions=(*others, older), stale=True)
        return _believed(stored, observation, suspicions, location_id=location_id, now=now)
    awaited = frozenset(one.mark for one in suspicions if one.dated)
    found = diff(before, observed, observation, min(stored.seen_at, now).date(), awaited)
    if vouched:
        found.changes = [change for change in found.changes if change.mark in agreed or not _is_behind(change, before)]
    known = {one.mark for one in suspicions}
    is_news = any(change.kind in _NEW_REPORT for change in found.changes)
    old = frozenset(
        change.mark
        for change in found.changes
        if not change.newer and change.mark not in known and (read_otherwise or (change.page in first_read and not is_news))
    )
    newer = {change.mark for change in found.changes if change.newer}
    # What was suspected without a newer date and now bears one is another matter: a true report amid a fault of the site.
    suspicions = [one for one in suspicions if one.dated or one.mark not in newer]
    seen = {*(one.mark for one in suspicions), *(change.mark for change in found.changes)}
    doubtful, support = (seen, Support.MANY) if in_doubt else (denied, Support.DENIED)
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
            if not (one.mark in late and one.kind.traits.only_as_news)
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
    return change.kind.traits.needs_date and not change.newer


def _believed(
    stored: Snapshot, observation: Observation, suspicions: Sequence[Suspicion], *, location_id: str, now: datetime
) -> Verdict:
    """The verdict on a page that was older than what is stored for so long that it must be what holds: as if nothing stored
    had a date, and at once, since every look of these days has seen it."""
    undated = tuple((subject, replace(held, published=None)) for subject, held in stored.holdings)
    forgotten = replace(stored, holdings=undated)
    first = judge(forgotten, observation, (), location_id=location_id, now=now, confirm_after=timedelta(0))
    return judge(forgotten, observation, first.suspicions, location_id=location_id, now=now, confirm_after=timedelta(0))


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
    vanished = change.kind is Kind.RATING_WITHDRAWN or change.to == MeasuresState.NOT_STATED
    contradicted = Nature.CONTRADICTED if change.contradicted else Nature.ORDINARY
    return how_long(Nature.VANISHED if vanished else contradicted, Support.PAGE, confirm_after)


def applied(before: Holdings, quiet: Holdings, confirmed: Sequence[Change], observed: Holdings) -> dict[Subject, Holding]:
    """What holds once the quiet ones are taken over and the changes confirmed."""
    after = {**before, **quiet}
    for change in confirmed:
        new = observed[change.subject]
        old = _before(before, change.subject)
        if change.kind is Kind.RATING_WITHDRAWN and old is not None:
            after[change.subject] = replace(old, instead=str(change.to))
        elif change.subject.aspect in _SETS:
            line = next(one for one in _lines(new) if _fingerprint(one) == change.to)
            known = _lines(after.get(change.subject))
            partly = new.instead and before[change.subject].instead
            after[change.subject] = replace(new, value=tuple(dict.fromkeys((*known, line))), instead=partly)
        else:
            after[change.subject] = replace(new, instead=None)
    return after


def retired(after: dict[Subject, Holding], observed: Holdings, waiting: bool = False) -> dict[Subject, Holding]:
    """Without the undivided ratings of a service that CQC now rates by group (or the reverse), once nothing is pending."""
    now, kept = groups(observed), groups(after)
    if waiting or not now or now == kept:
        return after
    if "" in kept - now and now <= kept:
        gone = {""}
    elif now == {""}:
        gone = kept - now
    else:
        return after  # a group that is only missing from this page still stands
    return {subject: held for subject, held in after.items() if subject.aspect not in _BY_GROUP or subject.group not in gone}


def _newer_card(old: Card, new: Card) -> Card:
    return Card(
        name=new.name or old.name,
        service_type=new.service_type or old.service_type,
        address=new.address or old.address,
        provider_name=new.provider_name or old.provider_name,
    )


def _missing(before: Holdings, observed: Holdings, observation: Observation) -> tuple[Subject, ...]:
    """Ratings that stand stored and were not seen. In an incomplete look only the overall rating is expected; of an
    archived service none is, nor of a group that the page no longer has while it has others."""
    registration = observed.get(Subject(aspect=Aspect.REGISTRATION))
    if registration and registration.value == Registration.ARCHIVED:
        return ()
    here = groups(observed)
    expected = [
        subject for subject in before if subject.aspect is Aspect.RATING and (subject.group in here or not here)
    ]
    return tuple(
        subject for subject in expected if subject not in observed and (observation.complete or subject.of == OVERALL)
    )


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
        of=change.of,
        from_=change.from_ if stays else None,
        to=change.to if stays else None,
        published=change.published,
        observed_at=now,
        quote=change.quote,
        evidence=change.page,
        rests_on=rests_on,
    )
