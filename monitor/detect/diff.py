"""Finds the changes between what is stored and what was observed. Pure.

This module applies these rules from docs/architecture.md. A subject that was not observed stays unchanged. State is stored by
subject. A rating moves only from one of the four ratings to another. A key question that CQC marks "Not assessed" has not moved.
Another framework, or another name for the only service group, is not a change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from monitor import ratings
from monitor.detect.holdings import (
    BY_GROUP,
    GONE,
    KEPT,
    SETS,
    STAGES,
    WITHDRAWS,
    aligned,
    day_named,
    digest_of,
    held_before,
    in_a_row,
    is_newer,
    is_older,
    is_said_anew,
    is_stale,
    lines_of,
    origins_of,
    ratings_are_gone,
    with_lines,
)
from monitor.detect.observe import CONTRADICTED, NOT_SAID, PARTLY_READ, SAID, Holdings, Observation, unread_line
from monitor.detect.waiting import Nature
from monitor.events import Event, Kind
from monitor.model import (
    IN_MEASURES,
    Aspect,
    Holding,
    MeasuresState,
    Origin,
    Registration,
    SaidKind,
    Snapshot,
    Subject,
)
from monitor.ratings import OVERALL, Rating, Reason, Stated

_SAID_AGAIN = frozenset({Aspect.BREACHES, Aspect.ENFORCEMENT, Aspect.PROPOSED})
"""The aspects whose lines in a newer report are news even if an earlier report stated the same in the same words."""

MOST_KEPT = 200
"""How many lines are stored for a set in `KEPT`. Older lines are dropped."""

_FIRST = {Aspect.RATING: 0, Aspect.REPORTS: 1}

_AGAIN = {Rating.INADEQUATE: Kind.INADEQUATE_AGAIN, Rating.REQUIRES_IMPROVEMENT: Kind.NOT_IMPROVED}


NEW_REPORT = frozenset({Kind.DOWNGRADED, Kind.UPGRADED, Kind.FIRST_RATED, Kind.REPORT, *_AGAIN.values()})


_SAID_KINDS = {
    SaidKind.RATINGS_SUSPENDED: Kind.RATINGS_SUSPENDED,
    SaidKind.RATINGS_WITHDRAWN: Kind.RATINGS_WITHDRAWN,
    SaidKind.REPORT_REMOVED: Kind.REPORT_REMOVED,
    SaidKind.REPORT_CORRECTED: Kind.REPORT_CORRECTED,
    SaidKind.BEING_INSPECTED: Kind.BEING_INSPECTED,
    SaidKind.CLOSING: Kind.CLOSING,
    SaidKind.DORMANT: Kind.DORMANT,
}


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
    report: str | None = None
    newer: bool = False  # whether it has a newer date than what is stored
    nature: Nature = Nature.ORDINARY
    again: bool = False  # whether an earlier report made the same statement
    divided: bool = False  # whether its group is rated separately for the first time
    still: str | None = None  # for a new report, the overall rating, if the report left it as it was
    reports: int | None = None  # how many reports in a row state the rating
    since: date | None = None  # the day of the first of these reports, or the day since which the statement has applied
    late: bool = False  # whether it may have been on the page before without being read
    told: bool = True  # whether anybody is alerted. If False, the change waits like others, but is stored without an alert

    @property
    def mark(self) -> str:
        """Identifies the change, so that a second check recognises it."""
        return "|".join(str(part) for part in (self.subject.aspect, self.subject.group, self.of or "", self.kind, self.to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How one observation differs from what is stored.

    observed  the holdings of the observation, with service groups named as in the stored snapshot
    stale     whether the whole page is older than what is stored
    changes   changes that must be confirmed
    quiet     holdings that may be stored without an event
    """

    observation: Observation
    observed: Holdings
    stale: bool
    changes: tuple[Change, ...]
    quiet: Holdings


def differ(stored: Snapshot, observation: Observation, now: datetime, awaited: frozenset[str] = frozenset()) -> Difference:
    """Compares an observation with what is stored. `awaited`: marks of changes that an earlier check saw with a newer date."""
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    stale = is_stale(before, observed)
    # A snapshot with a time in the future was recorded under a wrong clock.
    found = diff(before, observed, observation, min(stored.seen_at, now).date(), frozenset() if stale else awaited)
    return Difference(
        observation=observation, observed=observed, stale=stale, changes=tuple(found.changes), quiet=found.quiet
    )


@dataclass(slots=True, kw_only=True)
class Differences:
    """What is compared, and the result so far (`changes` and `quiet`, as in `Difference`).

    since    the day of the snapshot that is stored
    awaited  marks of the changes that earlier checks saw and this check may confirm
    """

    stored: Holdings
    observed: Holdings
    observation: Observation
    since: date
    awaited: frozenset[str] = frozenset()
    changes: list[Change] = field(default_factory=list)
    quiet: dict[Subject, Holding] = field(default_factory=dict)


PUBLICATION_LAG = timedelta(days=7)
"""A report may appear on the site up to this long after its date of publication."""


def _dated(change: Change, stored: Holdings, observed: Holdings) -> Change:
    """Returns the change with its own date or, if it has none, with the overall rating's date. The change is newer only if this
    date is later than the stored dates of its subject and of the overall rating. A date that the page already had proves
    nothing."""
    overall = Subject(aspect=Aspect.RATING, group=change.subject.group, of=OVERALL)
    own = observed[change.subject].published if change.subject.aspect in BY_GROUP else None
    published = change.published or (observed[overall].published if overall in observed else None)
    before = held_before(stored, change.subject)
    dated_itself = bool(own and before and before.published)
    with_it = None if dated_itself else held_before(stored, overall)
    known = [held.published for held in (before, with_it) if held and held.published]
    newer = bool(published and known and published > max(known))
    divided = bool(change.subject.group) and change.subject.aspect is Aspect.RATING and change.subject not in stored
    return replace(change, published=published, newer=newer, divided=divided and before is not None)


def diff(
    stored: Holdings, observed: Holdings, observation: Observation, since: date, awaited: frozenset[str] = frozenset()
) -> Differences:
    """The changes from the stored snapshot of the day `since`. The other changes of the same report may already have been
    confirmed, and be missing now. A change in `awaited` is news anyway."""
    found = Differences(stored=stored, observed=observed, observation=observation, since=since, awaited=awaited)
    # Ratings and reports come first, because whether a sentence is news depends on whether there is a newer report.
    for subject, new in sorted(observed.items(), key=lambda pair: _FIRST.get(pair[0].aspect, len(_FIRST))):
        rule = _set if subject.aspect in SETS else _RULES[subject.aspect]
        rule(found, subject, held_before(stored, subject), new)
    changes = [_dated(_with_rating(change, found), stored, observed) for change in found.changes]
    found.changes = [_first_if_newer(change, awaited) for change in changes]
    return found


def _was_there_before(new: Holding, since: date) -> bool:
    """Whether a "first" rating was published well before the stored page was seen. If so, that page was incomplete or partly
    read."""
    return new.published is not None and new.published + PUBLICATION_LAG < since


def _rating(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    """Notes a rating's change. Ratings move only among the four ratings. `new.instead` is set if CQC says "not assessed"."""
    if old is not None and (new.instead or is_older(new, old)):
        return
    kept = ratings.parse(str(old.value)) if old else None
    if old is not None and isinstance(kept, Rating):
        _moved(found, subject, kept, old, replace(new, instead=None))
    else:
        _first_rating(found, subject, kept, old, new)


def _first_rating(found: Differences, subject: Subject, kept: Stated | None, old: Holding | None, new: Holding) -> None:
    """Notes a rating where none is stored: as a first rating, as a rating that was not read until now, or without an event."""
    value = ratings.parse(str(new.value))
    first_rating = change_of(subject, Kind.FIRST_RATED, kept, value, new)
    may_be_first = isinstance(kept, Reason) or _was_unrated(found.stored, subject) or first_rating.mark in found.awaited
    inadequate = value is Rating.INADEQUATE and _was_read(found.stored)
    is_news = not _was_there_before(new, found.since) or (inadequate and old is not None)
    if isinstance(value, Rating) and found.stored and may_be_first and is_news:
        found.changes.append(first_rating)
    elif inadequate and old is None:
        found.changes.append(replace(change_of(subject, Kind.READ_WRONGLY, None, value, new), late=True))
    else:
        found.quiet[subject] = replace(new, instead=None)


def _moved(found: Differences, subject: Subject, kept: Rating, old: Holding, new: Holding) -> None:
    """Notes the change, if any, from a stored rating to the rating or reason that is now in its place. If CQC says in words
    that ratings no longer apply, CQC's words are reported instead of the withdrawn rating."""
    value = ratings.parse(str(new.value))
    if isinstance(value, Reason):
        if subject.of == OVERALL and value in WITHDRAWS and old.instead != value:
            gone = ratings_are_gone(found.observed)
            nature = Nature.SAID_IN_WORDS if gone else Nature.VANISHED
            withdrawn = change_of(subject, Kind.RATING_WITHDRAWN, kept, value, new)
            found.changes.append(replace(withdrawn, nature=nature, told=not gone))
    elif value is kept and not old.instead:
        _same_rating(found, subject, kept, old, new)
    elif value is kept:
        found.changes.append(change_of(subject, Kind.FIRST_RATED, old.instead, value, new))
    elif value is not None:
        kind = Kind.DOWNGRADED if ratings.fell(kept, value) else Kind.UPGRADED
        found.changes.append(change_of(subject, kind, kept, value, new))


def _was_read(stored: Holdings) -> bool:
    """Whether the stored state was read from a page, not from CQC's files. If so, anything missing in the stored state was not
    on the pages that were read."""
    return Subject(aspect=Aspect.REPORTS) in stored


def _same_rating(found: Differences, subject: Subject, rating: Rating, old: Holding, new: Holding) -> None:
    """Notes a rating that did not move. The rating is still news if a newer report repeats a poor overall rating, or repeats
    "inadequate" for a key question that the report assessed again."""
    row = in_a_row(old, new)
    anew = row.reports > old.reports
    if anew and rating in _AGAIN and (subject.of == OVERALL or rating is Rating.INADEQUATE):
        again = change_of(subject, _AGAIN[rating], rating, rating, new)
        found.changes.append(replace(again, again=True, reports=row.reports, since=row.since))
    else:
        found.quiet[subject] = replace(row, published=new.published or old.published)


def _with_rating(change: Change, found: Differences) -> Change:
    """Adds the unmoved overall rating to the change for a new report. Returns any other change as it is."""
    overalls = [subject for subject in found.observed if subject.aspect is Aspect.RATING and subject.of == OVERALL]
    if change.kind is not Kind.REPORT or len(overalls) != 1:
        return change
    after = found.quiet.get(overalls[0])
    if after is None or overalls[0] not in found.stored or after.value not in set(Rating) or after.instead:
        return change
    row = after.reports if after.reports > 1 else None
    return replace(change, still=str(after.value), reports=row, since=after.since if row else None)


def _first_if_newer(change: Change, awaited: frozenset[str]) -> Change:
    """Returns the change. A rating that was not read before, but has a newer date, becomes a first rating."""
    first = replace(change, kind=Kind.FIRST_RATED, late=False)
    is_first = change.kind is Kind.READ_WRONGLY and (change.newer or first.mark in awaited)
    return first if is_first else change


def _was_unrated(stored: Holdings, subject: Subject) -> bool:
    """Whether the service or service group had no rating at all. If so, a rating that appears is the first rating. It is not
    a rating that the page's layout had hidden."""
    return not any(
        held.value in set(Rating)
        for other, held in stored.items()
        if other.aspect is Aspect.RATING and other.group in {subject.group, ""}
    )


def change_of(subject: Subject, kind: Kind, from_: object, to: object, new: Holding) -> Change:
    return Change(
        subject=subject,
        kind=kind,
        of=subject.of,
        from_=_plain(from_),
        to=_plain(to),
        published=new.published,
        quote=new.quote,
        page=new.page,
        report=new.report,
    )


def _plain(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


def _score(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    if old is None:
        found.quiet[subject] = replace(new, instead=None)
    elif not new.instead and not is_older(new, old):
        was, now = int(str(old.value)), int(str(new.value))
        if was != now:
            found.changes.append(change_of(subject, Kind.SCORE_FELL if now < was else Kind.SCORE_ROSE, was, now, new))
        else:
            found.quiet[subject] = replace(new, published=new.published or old.published)


def _first_read(found: Differences, aspect: Aspect, old: Holding, new: Holding, page: str | None) -> bool:
    """Whether a statement is on a `page` that no check had read before. If so, the statement may be old and belongs to the
    baseline. False if the same check shows a newer report, or if an earlier check saw a statement of this kind as news."""
    news = any(change.kind in NEW_REPORT for change in found.changes)
    news = news or any(mark.startswith(f"{aspect}|") for mark in found.awaited)
    return old.instead == PARTLY_READ and page != found.observation.first and not is_newer(new, old) and not news


def _special_measures(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    """Notes a new statement about special measures. A service has left special measures only if CQC says so, not if a page just
    no longer mentions them."""
    state = MeasuresState(str(new.value))
    if old is None:
        found.quiet[subject] = new
        return
    was = MeasuresState(str(old.value))
    if state is MeasuresState.NOT_STATED:
        _silence(found, subject, old, new)
        return
    if was is not MeasuresState.NOT_STATED and is_older(new, old):
        return
    first_read = _first_read(found, subject.aspect, old, new, new.page)
    begun = state in IN_MEASURES and was not in IN_MEASURES
    kind = _measures_kind(was, state, old, new) if begun or not first_read else None
    if first_read and kind is None:
        found.quiet[subject] = new
    elif kind is None:
        # A page without a date may belong to a newer report. Its statement is not stored until a date is known.
        found.quiet[subject] = new if new.published or not old.published else old
    else:
        nature = Nature.CONTRADICTED if new.instead == CONTRADICTED else Nature.ORDINARY
        change = change_of(subject, kind, None, None, new)
        found.changes.append(replace(change, of=None, to=digest_of(new.quote), nature=nature, late=first_read))


def _silence(found: Differences, subject: Subject, old: Holding, new: Holding) -> None:
    """Handles a page that no longer mentions special measures. This does not mean that the service has left special measures.
    But if a newer report does not mention special measures and nothing is rated inadequate, the state becomes unclear."""
    if old.instead == PARTLY_READ:
        found.quiet[subject] = new if new.instead is None else replace(new, published=old.published)
    elif old.value in IN_MEASURES and new.instead is None and is_newer(new, old) and not _inadequate(found.observation):
        change = change_of(subject, Kind.MEASURES_UNCLEAR, None, None, new)
        found.changes.append(replace(change, of=None, to=str(MeasuresState.NOT_STATED), nature=Nature.VANISHED))


def _inadequate(observation: Observation) -> bool:
    return any(
        subject.aspect is Aspect.RATING and held.value == Rating.INADEQUATE for subject, held in observation.holdings.items()
    )


def _measures_kind(was: MeasuresState, state: MeasuresState, old: Holding, new: Holding) -> Kind | None:
    anew = is_said_anew(old, new)
    if state is MeasuresState.LEFT:
        return Kind.LEFT if was is not MeasuresState.LEFT else None
    if state is MeasuresState.UNCLEAR:
        return Kind.MEASURES_UNCLEAR if was is not MeasuresState.UNCLEAR or anew else None
    if was not in IN_MEASURES:
        return Kind.REMAINS if state is MeasuresState.REMAINS else Kind.ENTERED
    if not anew:
        return None
    return {MeasuresState.ENTERED: Kind.ENTERED, MeasuresState.REMAINS: Kind.REMAINS}.get(state)


_SET_KINDS = {
    Aspect.BREACHES: Kind.BREACH,
    Aspect.ENFORCEMENT: Kind.ENFORCEMENT,
    Aspect.PROPOSED: Kind.PROPOSED,
    Aspect.LIFTED: Kind.LIFTED,
    Aspect.REPORTS: Kind.REPORT,
    Aspect.UNREAD: Kind.NOT_UNDERSTOOD,
}


def _set(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    """Notes lines of a set that are new, or that a newer report states again."""
    if old is None:
        found.quiet[subject] = new
        return
    if is_older(new, old) and subject.aspect is not Aspect.UNREAD:
        return
    known, now = origins_of(old), origins_of(new)
    taken: dict[str, Origin] = {}
    fresh = False
    for line, origin in now.items():
        if _first_read(found, subject.aspect, old, new, origin.page):
            taken[line] = origin
        elif change := _new_line(found, subject, line, known, old, new):
            found.changes.append(change)
            fresh = True
    if fresh:
        if taken:
            found.quiet[subject] = with_lines(old, {**known, **taken})
        return
    kept = known if subject.aspect in KEPT or new.instead == PARTLY_READ else {}
    lines = {**kept, **{line: _newest(known.get(line), origin) for line, origin in now.items()}}
    partly = new.instead and old.instead
    held = replace(new, instead=partly, published=old.published if partly else new.published)
    found.quiet[subject] = with_lines(held, dict([*lines.items()][-MOST_KEPT:] if subject.aspect in KEPT else lines))


def _newest(was: Origin | None, now: Origin) -> Origin:
    """The newest origin of a line. `was` is where the line was read before (None for a new line), `now` is where this check
    read it. An older copy of a page does not make the line older."""
    behind = was is not None and was.published and (now.published is None or now.published < was.published)
    return replace(was, page=now.page) if was is not None and behind else now


@dataclass(frozen=True, slots=True)
class _News:
    """A line of a set that is news. `again` says whether an earlier report also stated the line."""

    again: bool = False
    nature: Nature = Nature.ORDINARY


def _new_line(
    found: Differences, subject: Subject, line: str, known: Mapping[str, Origin], old: Holding, new: Holding
) -> Change | None:
    """The change for a line of a set; None if the line is known."""
    news = _news(found, subject.aspect, line, known, old, new)
    if news is None:
        return None
    aspect, origin = subject.aspect, origins_of(new)[line]
    kind = _SET_KINDS.get(aspect) or (Kind.MOVED if line.startswith("moved") else Kind.PROVIDER_CHANGED)
    return replace(
        change_of(subject, kind, None, None, new),
        of=line if aspect is Aspect.BREACHES else line.partition(":")[0] if aspect in STAGES else None,
        to=digest_of(line),
        quote=_quote_of(line, new),
        page=origin.page or new.page,
        report=origin.report or new.report,
        again=news.again and aspect in _SAID_AGAIN,
        nature=news.nature,
    )


def _news(
    found: Differences, aspect: Aspect, line: str, known: Mapping[str, Origin], old: Holding, new: Holding
) -> _News | None:
    """Why a line of a set is news; None if the line is not news."""
    origin = origins_of(new)[line]
    reports = lines_of(found.stored.get(Subject(aspect=Aspect.REPORTS)))
    if line in known:
        return _said_again(known[line], origin, old, new, reports) if aspect in _SAID_AGAIN else None
    if aspect is Aspect.REPORTS and _is_stored_report(line, old, new):
        return None
    alike = [was for one, was in known.items() if one.partition(":")[0] == line.partition(":")[0]] if aspect in STAGES else []
    return _in_other_words(alike, origin, old, new, reports) if alike else _News()


def _said_again(was: Origin, now: Origin, old: Holding, new: Holding, reports: Sequence[str]) -> _News | None:
    """Why a stored line is news: because a newer report states it again, or may state it again. None if the line is not news.
    `reports` are the known reports."""
    if _of_newer_report(was, now, reports):
        return _News(again=True)
    return _News(again=True, nature=Nature.UNDATED) if _may_be_newer(was, now, old, new) else None


def _is_stored_report(line: str, old: Holding, new: Holding) -> bool:
    """Whether a report is the stored report with a different date. Another layout of the page may show another date."""
    day = day_named(line)
    return bool(day and old.published and day <= old.published and not is_newer(new, old))


def _in_other_words(
    alike: Sequence[Origin], now: Origin, old: Holding, new: Holding, reports: Sequence[str]
) -> _News | None:
    """Why a line that states enforcement in new words is news; None if the line comes from the same report as an earlier line.
    `alike` contains the origins of earlier lines about the same kind of enforcement."""
    newer = all(_of_newer_report(was, now, reports) for was in alike)
    known = not newer and (now.published or not is_said_anew(old, replace(new, quote=old.quote)))
    return None if known else _News(again=True)


def _of_newer_report(was: Origin, now: Origin, reports: Sequence[str]) -> bool:
    """Whether a line comes from a newer report than the stored line. `reports` are the known reports. If neither dates nor
    names show that the report is newer, it is taken as the same report."""
    if was.report and was.report == now.report:
        return False
    if was.published and now.published:
        return now.published > was.published
    days = day_named(was.report), day_named(now.report)
    if days[1] and (days[0] or was.published):
        return days[1] > max(days[0] or date.min, was.published or date.min)
    undated = not any((was.published, now.published, *days))
    return bool(undated and was.report and now.report and now.report not in reports)


def _may_be_newer(was: Origin, now: Origin, old: Holding, new: Holding) -> bool:
    """Whether a line on a page without a date may come from the newer report that the location page names. False if the line is
    on the same page as before, because the line may still belong to the earlier report."""
    named_the_same = bool(was.report and was.report == now.report)
    return is_newer(new, old) and now.published is None and not named_the_same and now.page != was.page


def _quote_of(line: str, holding: Holding) -> str | None:
    quotes = (holding.quote or "").split("\n")
    lines = lines_of(holding)
    return (quotes[lines.index(line)] if len(quotes) == len(lines) else holding.quote) or None


def _said(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    """Notes a statement that CQC makes in words. The statement is reported once."""
    if new.value == NOT_SAID:
        _not_said(found, subject, old, new)
    elif old is not None and old.value == SAID and not _begun_again(old, new):
        found.quiet[subject] = replace(new, since=new.since or old.since)
    elif _first_read(found, subject.aspect, old, new, new.page) if old is not None else not _was_read(found.stored):
        found.quiet[subject] = new
    else:
        found.changes.append(_newly_said(found, SaidKind(subject.of), subject, new))


def _not_said(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    """Notes the end of a statement, without an alert. The end is stored only after the statement has been gone for a day.
    Otherwise, an old copy of a page would make the statement news again."""
    if old is None:
        found.quiet[subject] = new
    elif old.value == NOT_SAID:
        found.quiet[subject] = new if new.instead is None else old
    elif new.instead is None:
        over = change_of(subject, _SAID_KINDS[SaidKind(subject.of)], None, NOT_SAID, new)
        found.changes.append(replace(over, nature=Nature.VANISHED, told=False))


def _begun_again(old: Holding, new: Holding) -> bool:
    return bool(old.since and new.since and new.since > old.since)


def _newly_said(found: Differences, kind: SaidKind, subject: Subject, new: Holding) -> Change:
    """The change for a statement that was not stored. If the statement says that ratings no longer apply, the change contains
    the overall rating that no longer applies."""
    overalls = [held.value for one, held in found.stored.items() if one.aspect is Aspect.RATING and one.of == OVERALL]
    was = overalls[0] if len(overalls) == 1 and kind in GONE else None
    nature = Nature.SAID_IN_WORDS if kind in GONE else Nature.ORDINARY
    return replace(change_of(subject, _SAID_KINDS[kind], was, SAID, new), since=new.since, nature=nature)


def _registration(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    if old is None or old.value == new.value:
        found.quiet[subject] = new
    elif new.value == Registration.ARCHIVED:
        found.changes.append(replace(change_of(subject, Kind.ARCHIVED, None, new.value, new), of=None))
    else:
        found.changes.append(replace(change_of(subject, Kind.REGISTERED, None, new.value, new), of=None))


_RULES = {
    Aspect.RATING: _rating,
    Aspect.SCORE: _score,
    Aspect.MEASURES: _special_measures,
    Aspect.SAID: _said,
    Aspect.REGISTRATION: _registration,
}


def applied(before: Holdings, quiet: Holdings, confirmed: Sequence[Change], observed: Holdings) -> dict[Subject, Holding]:
    """The holdings after the quiet holdings are stored and the changes are confirmed."""
    after = {**before, **quiet}
    for change in confirmed:
        new = observed[change.subject]
        old = held_before(before, change.subject)
        if change.kind is Kind.RATING_WITHDRAWN and old is not None:
            after[change.subject] = replace(old, instead=str(change.to))
        elif change.subject.aspect in SETS:
            line, origin = next((one, origin) for one, origin in origins_of(new).items() if digest_of(one) == change.to)
            known = origins_of(after.get(change.subject))
            partly = new.instead and before[change.subject].instead
            origin = replace(origin, published=origin.published or new.published)
            after[change.subject] = with_lines(replace(new, instead=partly), {**known, line: origin})
        elif change.kind in _AGAIN.values() and old is not None:
            after[change.subject] = replace(in_a_row(old, new), instead=None)
        else:
            after[change.subject] = replace(new, instead=None)
    return after


def statement_mark(event: Event) -> str | None:
    """The mark of the change behind an event, if many services may have such an event at once. There are two such kinds: CQC's
    statement that ratings no longer apply, and a statement that is not understood. The same statement has the same mark at every
    service. Returns None for an event of another kind."""
    if event.kind is Kind.NOT_UNDERSTOOD:
        to, of, subject = digest_of(unread_line(event.quote or "")), None, Subject(aspect=Aspect.UNREAD)
        return Change(subject=subject, kind=event.kind, of=of, to=to).mark
    said = next((one for one in GONE if _SAID_KINDS[one] is event.kind), None)
    if said is None:
        return None
    return Change(subject=Subject(aspect=Aspect.SAID, of=said), kind=event.kind, of=said, to=SAID).mark
