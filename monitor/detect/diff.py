"""Finds the changes between what is stored and what was observed. Pure.

This module applies these rules from docs/architecture.md. A subject that was not observed stays unchanged. State is stored by
subject. A rating moves only from one of the four ratings to another. A key question that CQC marks "Not assessed" has not moved.
Another framework, or another name for the only service group, is not a change.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from monitor import ratings
from monitor.detect.changes import AGAIN, Change, Difference, Differences, change_of, first_read
from monitor.detect.holdings import (
    BY_GROUP,
    GONE,
    SETS,
    WITHDRAWS,
    aligned,
    digest_of,
    held_before,
    in_a_row,
    is_newer,
    is_older,
    is_said_anew,
    is_stale,
    ratings_are_gone,
)
from monitor.detect.observe import CONTRADICTED, NOT_SAID, PARTLY_READ, SAID, Holdings, Observation, unread_line
from monitor.detect.sets import set_of_lines, with_new_line
from monitor.detect.waiting import Nature
from monitor.events import Event, Kind
from monitor.model import (
    IN_MEASURES,
    Aspect,
    Holding,
    MeasuresState,
    Registration,
    SaidKind,
    Snapshot,
    Subject,
)
from monitor.ratings import OVERALL, Rating, Reason, Stated

_FIRST = {Aspect.RATING: 0, Aspect.REPORTS: 1}

_SAID_KINDS = {
    SaidKind.RATINGS_SUSPENDED: Kind.RATINGS_SUSPENDED,
    SaidKind.RATINGS_WITHDRAWN: Kind.RATINGS_WITHDRAWN,
    SaidKind.REPORT_REMOVED: Kind.REPORT_REMOVED,
    SaidKind.REPORT_CORRECTED: Kind.REPORT_CORRECTED,
    SaidKind.BEING_INSPECTED: Kind.BEING_INSPECTED,
    SaidKind.CLOSING: Kind.CLOSING,
    SaidKind.DORMANT: Kind.DORMANT,
}


def differ(stored: Snapshot, observation: Observation, now: datetime, awaited: frozenset[str] = frozenset()) -> Difference:
    """Compares an observation with what is stored. `awaited` has the marks (`Change.mark`) of changes that had a newer
    date when an earlier check saw them."""
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    stale = is_stale(before, observed)
    # A snapshot with a time in the future was recorded under a wrong clock.
    found = diff(before, observed, observation, min(stored.seen_at, now).date(), now, frozenset() if stale else awaited)
    return Difference(
        observation=observation, observed=observed, stale=stale, changes=tuple(found.changes), quiet=found.quiet
    )


PUBLICATION_LAG = timedelta(days=7)
"""A report may appear on the site up to this long after its date of publication."""


def _dated(change: Change, stored: Holdings, observed: Holdings) -> Change:
    """Returns the change with its own date or, if it has none, with the overall rating's date. The change is newer only if this
    date is later than the stored dates of its subject and of the overall rating. A date that was on the page before
    is no evidence."""
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
    stored: Holdings,
    observed: Holdings,
    observation: Observation,
    since: date,
    now: datetime,
    awaited: frozenset[str] = frozenset(),
) -> Differences:
    """The changes at the time `now` from the stored snapshot of the day `since`. A change in `awaited` is news even if nothing
    else of its report is new, because the other changes of this report may have been confirmed before."""
    found = Differences(stored=stored, observed=observed, observation=observation, since=since, now=now, awaited=awaited)
    # Ratings and reports come first, because whether a sentence is news depends on whether there is a newer report.
    for subject, new in sorted(observed.items(), key=lambda pair: _FIRST.get(pair[0].aspect, len(_FIRST))):
        rule = set_of_lines if subject.aspect in SETS else _RULES[subject.aspect]
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
    if anew and rating in AGAIN and (subject.of == OVERALL or rating is Rating.INADEQUATE):
        again = change_of(subject, AGAIN[rating], rating, rating, new)
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


def _score(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    if old is None:
        found.quiet[subject] = replace(new, instead=None)
    elif not new.instead and not is_older(new, old):
        was, now = int(str(old.value)), int(str(new.value))
        if was != now:
            found.changes.append(change_of(subject, Kind.SCORE_FELL if now < was else Kind.SCORE_ROSE, was, now, new))
        else:
            found.quiet[subject] = replace(new, published=new.published or old.published)


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
    may_be_old = first_read(found, subject.aspect, old, new, new.page)
    begun = state in IN_MEASURES and was not in IN_MEASURES
    kind = _measures_kind(was, state, old, new) if begun or not may_be_old else None
    if may_be_old and kind is None:
        found.quiet[subject] = new
    elif kind is None:
        # A page without a date may belong to a newer report. Its statement is not stored until a date is known.
        found.quiet[subject] = new if new.published or not old.published else old
    else:
        nature = Nature.CONTRADICTED if new.instead == CONTRADICTED else Nature.ORDINARY
        change = change_of(subject, kind, None, None, new)
        found.changes.append(replace(change, of=None, to=digest_of(new.quote), nature=nature, late=may_be_old))


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


def _said(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
    """Notes a statement that CQC makes in words. The statement is reported once."""
    if new.value == NOT_SAID:
        _not_said(found, subject, old, new)
    elif old is not None and old.value == SAID and not _begun_again(old, new):
        found.quiet[subject] = replace(new, since=new.since or old.since)
    elif _is_old_statement(found, subject, old, new):
        found.quiet[subject] = new
    else:
        found.changes.append(_newly_said(found, SaidKind(subject.of), subject, new))


def _is_old_statement(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> bool:
    """Whether a statement may have been made before the service was watched. False if the statement explains why a rating is
    withdrawn now: the words are reported in place of the rating, so nobody would be alerted."""
    if subject.of in GONE and any(change.kind is Kind.RATING_WITHDRAWN for change in found.changes):
        return False
    return first_read(found, subject.aspect, old, new, new.page) if old is not None else not _was_read(found.stored)


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
    """The new holdings, from the holdings before. `quiet` has those that change without an event, and `confirmed` the changes
    that were confirmed."""
    after = {**before, **quiet}
    for change in confirmed:
        new = observed[change.subject]
        old = held_before(before, change.subject)
        if change.kind is Kind.RATING_WITHDRAWN and old is not None:
            after[change.subject] = replace(old, instead=str(change.to))
        elif change.subject.aspect in SETS:
            after[change.subject] = with_new_line(after[change.subject], new, change)
        elif change.kind in AGAIN.values() and old is not None:
            after[change.subject] = replace(in_a_row(old, new), instead=None)
        else:
            after[change.subject] = replace(new, instead=None)
    return after


def statement_mark(event: Event) -> str | None:
    """The mark of the change that an event reports. Returned only for two kinds, which many services may have at once: CQC's
    statement that ratings no longer apply, and a statement that is not understood. The same statement has the same mark at every
    service. Returns None for an event of another kind."""
    if event.kind is Kind.NOT_UNDERSTOOD:
        to, of, subject = digest_of(unread_line(event.quote or "")), None, Subject(aspect=Aspect.UNREAD)
        return Change(subject=subject, kind=event.kind, of=of, to=to).mark
    said = next((one for one in GONE if _SAID_KINDS[one] is event.kind), None)
    if event.kind is Kind.RATING_WITHDRAWN and _IN_WORDS.search(event.quote or ""):
        said = next((one for one, instead in GONE.items() if instead == event.to), None)
    if said is None:
        return None
    return Change(subject=Subject(aspect=Aspect.SAID, of=said), kind=_SAID_KINDS[said], of=said, to=SAID).mark


_IN_WORDS = re.compile(r"\b(?:suspend|withdr[ae]w|remov)", re.IGNORECASE)
"""The words of CQC's statement that ratings no longer apply."""
