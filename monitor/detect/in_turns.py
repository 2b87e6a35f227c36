"""Recognises an old copy of a page that has the same date as the new copy. Pure.

CQC may correct a page, or add to it, without giving it a newer date. For a day or two its caches may then serve the old and the
new copy in turns. Without the rules of this module, the program would report the change, its undoing, and the change again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.detect.changes import Change, Difference
from monitor.detect.holdings import BY_GROUP, KEPT, SETS, held_before, is_newer, is_of_another_report, lines_of
from monitor.detect.observe import Holdings
from monitor.model import IN_MEASURES, Aspect, Former, Holding, Subject

BACK_FOR = timedelta(days=3)
"""If a value replaced another value without a newer date, a return to the former value within this time must last for a day."""

MOST_FORMER = 50
"""How many lines that disappeared are kept for a set."""

_VALUES = BY_GROUP | {Aspect.MEASURES, Aspect.REGISTRATION}


def returns(before: Holdings, found: Difference, changes: Iterable[Change], now: datetime) -> frozenset[str]:
    """The marks of the changes that may only show an old copy of a page."""
    return frozenset(one.mark for one in changes if not one.newer and _is_return(one.subject, before, found.observed, now))


def _is_return(subject: Subject, before: Holdings, observed: Holdings, now: datetime) -> bool:
    stored, seen = held_before(before, subject), observed.get(subject)
    if subject.aspect not in _VALUES or stored is None or seen is None or not stored.former:
        return False
    (former,) = stored.former
    if is_of_another_report(seen, stored) or not timedelta(0) <= now - former.until <= BACK_FOR:
        return False
    return former.value == seen.value or (stored.value not in IN_MEASURES and {former.value, seen.value} <= IN_MEASURES)


def with_former(after: Holdings, before: Holdings, confirmed: Iterable[Change], now: datetime) -> dict[Subject, Holding]:
    """The holdings `after` a check, each with what disappeared from it without a newer date. `before` has the holdings before
    the check."""
    replaced = {one.subject for one in confirmed if not one.newer}
    return {subject: _with_former(subject, held, held_before(before, subject), replaced, now) for subject, held in after.items()}


def _with_former(subject: Subject, new: Holding, old: Holding | None, replaced: set[Subject], now: datetime) -> Holding:
    if old is None or old is new or is_newer(new, old):
        return new
    if subject.aspect in SETS - KEPT:
        gone = [Former(value=line, until=now) for line in lines_of(old) if line not in lines_of(new)]
        return replace(new, former=(*old.former, *gone)[-MOST_FORMER:])
    if subject.aspect not in _VALUES or isinstance(old.value, tuple):
        return new
    if old.value == new.value:
        return replace(new, former=old.former)
    return replace(new, former=(Former(value=old.value, until=now),)) if subject in replaced else new
