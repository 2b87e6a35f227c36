"""Merges one of CQC's monthly files into the register. This module finds what changes in the present state and in the history.
Pure.

A fact applies from the date of the file that states it until the date of the next file that states the same field. So files can
be loaded in any order with the same result. If newer files state a field, an older file only adds history for this field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from monitor.errors import UsageError
from monitor.register.entries import UNASKED, Entry, FileKind, MonthlyFile, Sector, known_by

FEW, FEW_SHARE = 50, 0.05
"""If a file lacks more services than this number, and more than this share, it is loaded only with --although-fewer. From month
to month, 100 to 200 of CQC's 57,000 services leave the register."""

# If several files have the same date, a field is taken from the kind with the highest rank.
_RANK = {FileKind.DIRECTORY: 0, FileKind.ACTIVE: 1, FileKind.RATINGS: 2}

KEPT = (
    "listed", "name", "authority", "region", "types", "sector", "beds", "provider_id", "provider_name", "brand", "registered_on",
    "overall", "key_questions", "published",
)  # fmt: skip
"""The fields that the history stores: fields of Entry, and whether the files listed the service."""

_AT = {name: n for n, name in enumerate(KEPT)}
_LISTED, _QUESTIONS = _AT["listed"], _AT["key_questions"]
_NEVER = {"listed": False, "name": "", "types": (), "sector": Sector.OTHER, "key_questions": UNASKED}
_CARD = frozenset({"name", "address", "postcode", "authority", "region", "types", "specialisms", "sector"}) | {
    "provider_id",
    "provider_name",
}

State = tuple[Any, ...]
"""The state of one service in the files of one date, in the order of KEPT."""

Timeline = list[tuple[date, State]]
"""The states of a service, oldest first. Each state has the date from which it applies."""

Facts = Mapping[str, Any]
"""What a file states about a service, by field."""

Loaded = list[tuple[FileKind, date]]
"""The files that were loaded before, in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The result of loading a file.

    joined, left  ids of the services that are newly registered, or no longer registered
    changed       how many other services have an entry that differs from before
    unplaced      the number of services that the file rates but the register does not list
    again         whether the same file was loaded before, so that nothing changed
    present       False if newer files state everything in the file, so that it only adds history
    left_out      the dates of ratings files that were loaded earlier and rate services that only this file lists. These ratings
                  stay left out until the ratings files are loaded again
    """

    file: MonthlyFile
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    changed: int = 0
    unplaced: int = 0
    again: bool = False
    present: bool = True
    left_out: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The register's full content: the loaded files, the entries, since when each service is listed, and the history."""

    files: Loaded
    entries: Mapping[str, Entry]
    firsts: Mapping[str, date]
    timelines: Mapping[str, Timeline]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What must be written to the store.

    entries     new or different entries, each with the date of the first file that listed it
    history     the states to write, by service and date
    gone        the states to remove
    seen_first  the services that this file is the first to list
    """

    taken: Taken
    entries: list[tuple[Entry, date]]
    history: list[tuple[str, date, State]]
    gone: list[tuple[str, date]]
    seen_first: list[str]


def planned(held: Held, file: MonthlyFile, *, although_fewer: bool = False) -> Plan:
    """The changes that a file makes. Raises UsageError if the file lists far fewer services than the register (except if
    `although_fewer`), or if the file contains ratings and the register is empty."""
    before, timelines = held.entries, held.timelines
    stated = {entry.location_id: entry for entry in file.entries}
    _refuse_without_list(held, file)
    if not although_fewer:
        _refuse_far_fewer(file, stated, timelines)
    later = [(kind, as_of) for kind, as_of in held.files if (as_of, _RANK[kind]) > (file.as_of, _RANK[file.kind])]
    until = _until(later)
    fresh = _states(file.kind) - until.keys()
    amended: dict[str, Timeline] = {}
    changes = _Changes()
    for location_id in timelines.keys() | before.keys() | stated.keys():
        entry, old = stated.get(location_id), before.get(location_id)
        facts = {} if location_id in file.doubtful else _facts(file.kind, entry, bool(old and old.groups))
        changes.note(old, _merged(old, entry, {name: value for name, value in facts.items() if name in fresh}, file.as_of))
        timeline = timelines.get(location_id, [])
        new = _with_facts(timeline, file.as_of, _kept(facts, file.as_of, until), until)
        if new is not timeline:
            amended[location_id] = new
    history, gone = _differences(timelines, amended)
    listed = {**timelines, **amended}
    return Plan(
        taken=Taken(
            file=file,
            joined=tuple(sorted(changes.joined)),
            left=tuple(sorted(changes.left)),
            changed=len(changes.entries) - len(changes.joined) - len(changes.left),
            unplaced=0 if file.kind.lists_all else len(stated.keys() - before.keys()),
            present=bool(fresh),
            left_out=_left_out(file, held.files, timelines),
        ),
        entries=[(one, _first(listed.get(one.location_id)) or one.listed_on) for one in changes.entries],
        history=history,
        gone=gone,
        seen_first=_seen_first(held, file, stated),
    )


def _seen_first(held: Held, file: MonthlyFile, stated: Mapping[str, Entry]) -> list[str]:
    if not file.kind.lists_all:
        return []
    return sorted(one for one, first in held.firsts.items() if first > file.as_of and one in stated)


def _left_out(file: MonthlyFile, files: Loaded, timelines: Mapping[str, Timeline]) -> tuple[date, ...]:
    """The value of `Taken.left_out`."""
    lists = [as_of for kind, as_of in files if kind.lists_all]
    after = min((as_of for as_of in lists if as_of > file.as_of), default=None)
    if not file.kind.lists_all or after is None:
        return ()
    if all(_then(timelines.get(one.location_id, []), file.as_of) for one in file.entries):
        return ()
    before = max((as_of for as_of in lists if as_of <= file.as_of), default=date.min)
    return tuple(sorted({as_of for kind, as_of in files if kind is FileKind.RATINGS and before <= as_of < after}))


def _refuse_without_list(held: Held, file: MonthlyFile) -> None:
    if not file.kind.lists_all and not held.entries:
        raise UsageError(f"{file.name} can't be loaded yet: ratings need a directory or active locations file first")


def _refuse_far_fewer(file: MonthlyFile, stated: Mapping[str, Entry], timelines: Mapping[str, Timeline]) -> None:
    # A ratings file contains every service with ratings for key questions.
    then = {location_id: _then(timeline, file.as_of) for location_id, timeline in timelines.items()}
    listed = {one: state for one, state in then.items() if state and state[_LISTED]}
    known = listed.keys() if file.kind.lists_all else {one for one, state in listed.items() if any(state[_QUESTIONS])}
    missing = len(known - stated.keys())
    if missing > FEW and missing > FEW_SHARE * len(known):
        what = "registered" if file.kind.lists_all else "rated"
        raise UsageError(
            f"{file.name} can't be loaded: {missing} of {len(known)} services that were {what} are missing from it, so it "
            "seems to be cut short (to load it anyway, add --although-fewer)"
        )


def _states(kind: FileKind) -> frozenset[str]:
    """The fields that a kind of file states, including whether a service is listed."""
    return known_by(kind) | {"listed"} if kind.lists_all else known_by(kind)


def _facts(kind: FileKind, entry: Entry | None, divided: bool) -> Facts:
    """The facts that a file states about a service. If the file does not contain the service (`entry` is None), this is also a
    fact."""
    if entry is None:
        if kind.lists_all:
            return {"listed": False}
        # The ratings file contains no unrated service. The active locations file says whether a service still has its own
        # overall rating. The active locations file never rates a service that is rated by group.
        silent = {"key_questions": UNASKED, "groups": (), "twofold": ()}
        return silent | ({"overall": None, "published": None, "inherited": False} if divided else {})
    facts = {name: getattr(entry, name) for name in known_by(kind)}
    if kind is FileKind.ACTIVE and entry.overall is None and divided:
        del facts["overall"], facts["published"], facts["inherited"]  # see docs/facts/files.md, Quirks
    if not kind.lists_all:
        return facts
    if not entry.types:
        del facts["types"], facts["sector"]
    blank = [name for name, value in facts.items() if name in _CARD and value in (None, "", ())]
    return {name: value for name, value in facts.items() if name not in blank} | {"listed": True}


@dataclass(slots=True)
class _Changes:
    """The entries that are new or different."""

    entries: list[Entry] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def note(self, old: Entry | None, new: Entry | None) -> None:
        if new is None or new is old:
            return
        self.entries.append(new)
        was, is_ = old is not None and old.left_on is None, new.left_on is None
        if is_ and not was:
            self.joined.append(new.location_id)
        elif was and not is_:
            self.left.append(new.location_id)


def _merged(old: Entry | None, entry: Entry | None, facts: Facts, as_of: date) -> Entry | None:
    """An entry, merged with what a file states about the service. If nothing is new, `old` itself is returned (the date of
    listing is updated for all entries together, elsewhere). None if the register has no entry for the service and needs
    none."""
    listed = facts.get("listed")
    if old is None:
        return replace(entry, listed_on=as_of) if entry is not None and listed else None
    new = {name: value for name, value in facts.items() if name != "listed" and getattr(old, name) != value}
    if listed and old.left_on is not None:
        return replace(old, **new, listed_on=as_of, left_on=None)
    if listed is False and old.left_on is None:
        return replace(old, left_on=as_of)
    return replace(old, **new) if new else old


# History


def _first(timeline: Timeline | None) -> date | None:
    return timeline[0][0] if timeline else None


def _then(timeline: Timeline, day: date) -> State | None:
    """The state of a service on a day."""
    return next((state for as_of, state in reversed(timeline) if as_of <= day), None)


def _until(later: Loaded) -> dict[str, date]:
    """For each field, the date of the next file that states the field. If there is no next file, the field is missing."""
    until: dict[str, date] = {}
    for kind, as_of in later:
        for name in _states(kind):
            until[name] = min(as_of, until.get(name, as_of))
    return until


def _kept(facts: Facts, as_of: date, until: Mapping[str, date]) -> Facts:
    """The facts for the history, without fields for which another file of the same date takes precedence."""
    return {name: value for name, value in facts.items() if name in _AT and until.get(name) != as_of}


def _with_facts(timeline: Timeline, since: date, facts: Facts, until: Mapping[str, date]) -> Timeline:
    """The timeline with facts added. Each fact applies from the day `since` until another file states its field. If nothing is
    new, the same timeline is returned."""
    if _states_already(timeline, since, facts, until):
        return timeline
    never = tuple(facts.get(name, _NEVER.get(name)) if name != "listed" else False for name in KEPT)
    new = [(as_of, state) for as_of, state in timeline if as_of < since]
    for day in _days(timeline, since, facts, until):
        last = new[-1][1] if new else ()
        held = {name: value for name, value in facts.items() if day < until.get(name, date.max)}
        state = _amended(_then(timeline, day) or never, held)
        if not state[_LISTED]:
            state = _amended(last, {"listed": False})  # the state when the service was last listed, if it ever was
        if state != last:
            new.append((day, state))
    return timeline if new == timeline else new


def _states_already(timeline: Timeline, since: date, facts: Facts, until: Mapping[str, date]) -> bool:
    """Whether the timeline already ends with these facts, and no state follows after the day `since`."""
    if not timeline or until or timeline[-1][0] > since:
        return False
    return all(timeline[-1][1][_AT[name]] == value for name, value in facts.items())


def _days(timeline: Timeline, since: date, facts: Facts, until: Mapping[str, date]) -> list[date]:
    """The days from `since` on which a state may begin."""
    ends = {day for name, day in until.items() if name in facts}
    return sorted({since, *ends, *(as_of for as_of, _ in timeline if as_of > since)})


def _amended(state: State, facts: Facts) -> State:
    return tuple(facts.get(name, held) for name, held in zip(KEPT, state, strict=False))


def _differences(
    before: Mapping[str, Timeline], amended: Mapping[str, Timeline]
) -> tuple[list[tuple[str, date, State]], list[tuple[str, date]]]:
    """The states to write, and the states to remove."""
    new, gone = [], []
    for location_id, timeline in amended.items():
        was = dict(before.get(location_id, []))
        new += [(location_id, as_of, state) for as_of, state in timeline if was.get(as_of) != state]
        gone += [(location_id, as_of) for as_of in was.keys() - {as_of for as_of, _ in timeline}]
    return new, gone
