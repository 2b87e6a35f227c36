"""Lists known faults of the old code. If one of these faults explains a difference, `compare` counts the difference separately.
When you record a replay again, empty the list."""

from dataclasses import replace
from datetime import timedelta

from monitor.detect.checks import Outcome
from monitor.events import Kind, Rests
from monitor.model import Candidate
from tests.replay.worlds import Question

DENIED_LATE = "the old code asked the API after it judged the pages, so the API held a change back only at the next check"
AT_ONE_SIGHT = "with CONFIRM_AFTER=0, if the pages could not be read again, all changes were reported after one reading"

NAMED_OTHERWISE = (
    "the pages and the API state the same rating, but one event calls it a first rating and the other a misread rating; the old"
    " code treated the two events as about different ratings"
)


def fault_of_the_old(question: Question, old: Outcome, new: Outcome) -> str | None:
    """Returns the known fault that explains why two answers differ, or None if there is no such fault."""
    if _is_held_back_sooner(old, new):
        return DENIED_LATE
    told = {event.id for event in new.events} < {event.id for event in old.events}
    if question.confirm_after == timedelta(0) and told:
        return AT_ONE_SIGHT
    again = question.again.pages if question.again else None
    if old.pages == question.gathered.pages != again == new.pages and question.stored is not None:
        return NAMED_OTHERWISE
    return NAMED_OTHERWISE if _rests_on_both_now(old, new) else None


def _rests_on_both_now(old: Outcome, new: Outcome) -> bool:
    """Returns whether two outcomes differ only in the sources (`rests_on`) of ratings that the program had not read before."""
    unread = {event.id for event in old.events if event.kind in (Kind.FIRST_RATED, Kind.READ_WRONGLY)}
    events = tuple(replace(one, rests_on=Rests.BOTH) if one.id in unread else one for one in old.events)
    now = tuple(replace(one, rests_on=Rests.BOTH) if one.id in unread else one for one in new.events)
    return replace(old, events=events, answer=new.answer) == replace(new, events=now)


def _is_held_back_sooner(old: Outcome, new: Outcome) -> bool:
    """Returns whether two outcomes differ only in the times at which candidate changes are due. In the new outcome, a candidate
    change without a date is due a day after it was first seen."""
    if replace(new, candidates=old.candidates, next_look_at=old.next_look_at) != old:
        return False
    pairs = list(zip(old.candidates, new.candidates, strict=False))
    return len(old.candidates) == len(new.candidates) and all(_is_later(one, other) for one, other in pairs)


def _is_later(old: Candidate, new: Candidate) -> bool:
    held = not new.dated and new.due == new.since + timedelta(days=1)
    return old == new or (held and replace(new, due=old.due) == old)
