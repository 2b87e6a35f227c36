"""Finds the changes in sets of lines: breaches, enforcement, reports, notices, and statements that were not understood. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.detect.changes import Change, Differences, change_of, first_read
from monitor.detect.holdings import (
    KEPT,
    STAGES,
    day_named,
    digest_of,
    is_newer,
    is_of_another_report,
    is_older,
    is_said_anew,
    lines_of,
    origins_of,
    with_lines,
)
from monitor.detect.observe import PARTLY_READ
from monitor.detect.waiting import Nature
from monitor.events import Kind
from monitor.model import Aspect, Holding, Origin, Subject

_SAID_AGAIN = frozenset({Aspect.BREACHES, Aspect.ENFORCEMENT, Aspect.PROPOSED})
"""The aspects whose lines in a newer report are news even if an earlier report stated the same in the same words."""

MOST_KEPT = 200
"""How many lines are stored for a set in `KEPT`. Older lines are dropped."""

_SET_KINDS = {
    Aspect.BREACHES: Kind.BREACH,
    Aspect.ENFORCEMENT: Kind.ENFORCEMENT,
    Aspect.PROPOSED: Kind.PROPOSED,
    Aspect.LIFTED: Kind.LIFTED,
    Aspect.REPORTS: Kind.REPORT,
    Aspect.UNREAD: Kind.NOT_UNDERSTOOD,
}


GONE_FOR = timedelta(days=7)
"""If a line disappeared without a newer date and is seen again within this time, the line is not news: CQC's caches may have
served an old copy of the page."""


def set_of_lines(found: Differences, subject: Subject, old: Holding | None, new: Holding) -> None:
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
        was_here = line not in known and _was_here(line, old, new, found.now)
        if was_here or first_read(found, subject.aspect, old, new, origin.page):
            taken[line] = origin
        elif change := _new_line(found, subject, line, known, old, new):
            found.changes.append(change)
            fresh = True
    if fresh:
        if taken:
            found.quiet[subject] = with_lines(old, {**known, **taken})
        return
    kept = _kept(subject, known, new)
    lines = {**kept, **{line: _newest(known.get(line), origin) for line, origin in now.items()}}
    partly = new.instead and old.instead
    held = replace(new, instead=partly, published=old.published if partly else new.published)
    found.quiet[subject] = with_lines(held, dict([*lines.items()][-MOST_KEPT:] if subject.aspect in KEPT else lines))


def with_new_line(stored: Holding, new: Holding, change: Change) -> Holding:
    """The stored set with a line that was confirmed. Lines that the pages no longer state are left out."""
    shown = origins_of(new)
    line, origin = next((one, origin) for one, origin in shown.items() if digest_of(one) == change.to)
    known = origins_of(stored)
    kept = {**{one: was for one, was in known.items() if one in shown}, **_kept(change.subject, known, new)}
    partly = new.instead and stored.instead
    origin = replace(origin, published=origin.published or new.published)
    return with_lines(replace(new, instead=partly), {**kept, line: origin})


def _kept(subject: Subject, known: Mapping[str, Origin], new: Holding) -> Mapping[str, Origin]:
    """The stored lines that stay although the pages may not state them."""
    return known if subject.aspect in KEPT or new.instead == PARTLY_READ else {}


def _was_here(line: str, old: Holding, new: Holding, now: datetime) -> bool:
    """Whether a line was stored a short while ago, and disappeared without a newer date. False if another report states it
    now."""
    times = [one.until for one in old.former if one.value == line]
    return not is_of_another_report(new, old) and any(timedelta(0) <= now - until <= GONE_FOR for until in times)


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
