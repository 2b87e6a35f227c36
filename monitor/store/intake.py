"""Takes the contents of CQC's monthly files into the register: the present state, and the history.

A fact holds from the date of the file that states it until the next file that states the same field. So files can be loaded in
any order with the same result; if newer files state a field, an older file only adds history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    RowMapping,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from monitor.errors import UsageError
from monitor.register.entries import Entry, FileKind, MonthlyFile, Sector, known_by
from monitor.store.database import insertion, reading, unhurried, writing, writing_after
from monitor.store.register import barred, made, numbers, row_of
from monitor.store.tables import RegisterFileRow, RegisterHistoryRow, RegisterRow, table

_register, _history, _file = table(RegisterRow), table(RegisterHistoryRow), table(RegisterFileRow)

FEW, FEW_SHARE = 50, 0.05
"""A file that lacks more services than both of these, in number and share, is not loaded unless somebody says so. From month to
month, 100 to 200 of CQC's 57,000 services leave."""

# If several files have one date, a field is taken from the later kind.
_RANK = {FileKind.DIRECTORY: 0, FileKind.ACTIVE: 1, FileKind.RATINGS: 2}

_STATE = tuple(column.name for column in _history.columns if column.name not in ("location_id", "as_of"))
_AT = {name: n for n, name in enumerate(_STATE)}
_LISTED = _AT["listed"]
_BLANK = {"name": "", "types": barred(()), "sector": Sector.OTHER.value}
_CARD = frozenset({"name", "address", "postcode", "authority", "region", "types", "specialisms", "sector"}) | {
    "provider_id",
    "provider_name",
}

State = tuple[Any, ...]
"""The state of one service in the files of one date, in the order of _STATE."""

Timeline = list[tuple[date, State]]
"""The states of a service, each with its first date, oldest first."""

Facts = Mapping[str, Any]
"""What a file states about a service, by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a file was fetched, and the validators for asking next time whether there is a newer one."""

    url: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that was loaded."""

    kind: FileKind
    name: str
    as_of: date
    imported_at: datetime
    locations: int
    ratings: int
    joined: int
    left: int
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The result of loading a file.

    joined, left  ids of the services that are newly registered, or no longer registered
    changed       how many others have a different entry than before
    unplaced      services that it rates and that the register does not list
    again         the same file was loaded before: nothing changed
    present       False: newer files state everything that it states; it only adds history
    left_out      the dates of ratings files loaded before it that rate services which only this file lists: the ratings were left
                  out until those files are loaded again
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
class Extent:
    """The size of the register: services registered now, those that have left, and the date of its first file."""

    registered: int
    left: int
    since: date | None


@dataclass(slots=True)
class _Held:
    """The register's full contents: the loaded files, its entries, since when each is listed, and its history."""

    files: list[tuple[FileKind, date]]
    entries: dict[str, Entry]
    firsts: dict[str, date]
    timelines: dict[str, Timeline]


@dataclass(slots=True)
class _Plan:
    """What is to be written, provided that no other file was loaded since `base`."""

    base: int
    taken: Taken
    rows: list[dict[str, Any]]
    history: list[dict[str, Any]]
    gone: list[dict[str, Any]]
    seen_first: list[str]


class Intake:
    """The register's part of the store, for loading. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, file: MonthlyFile, *, at: datetime, although_fewer: bool = False, source: Source | None = None) -> Taken:
        """Loads a file, all of it or nothing. Raises UsageError if it lists far fewer services than the register knows (unless
        `although_fewer`), or if it contains ratings and the register is empty."""
        while True:
            with reading(self._engine) as connection:
                base = _last(connection)
                if known := _same(connection, file):
                    break
                held = _held(connection)
            plan = _planned(held, file, base, although_fewer)
            with writing_after(self._engine, partial(_stage, plan)) as connection:
                unhurried(connection)
                if connection.dialect.name == "postgresql":
                    connection.execute(text("LOCK TABLE register_file IN SHARE ROW EXCLUSIVE MODE"))
                if _last(connection) == base:  # another import was faster: plan again
                    _write(connection, plan, at, source)
                    return plan.taken
        if source:
            with writing(self._engine) as connection:
                connection.execute(update(_file).where(_file.c.id == known).values(**_columns(source)))
        return Taken(file=file, again=True)

    def files(self) -> list[Kept]:
        """All loaded files, in the order of loading."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_file).order_by(_file.c.id)).mappings()
            return [_kept(row) for row in rows]

    def extent(self) -> Extent:
        """The size of the register."""
        with reading(self._engine) as connection:
            left = select(func.count()).select_from(_register).where(_register.c.left_on.is_not(None))
            since = connection.execute(select(func.min(_file.c.as_of))).scalar()
            return Extent(registered=numbers(connection), left=connection.execute(left).scalar_one(), since=since)


def _kept(row: RowMapping) -> Kept:
    fetched = Source(url=row["url"], etag=row["etag"], last_modified=row["last_modified"]) if row["url"] else None
    same = {name: row[name] for name in ("name", "as_of", "imported_at", "locations", "ratings", "joined", "left")}
    return Kept(kind=FileKind(row["kind"]), source=fetched, **same)


def _columns(source: Source) -> dict[str, Any]:
    return {"url": source.url, "etag": source.etag, "last_modified": source.last_modified}


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.max(_file.c.id))).scalar() or 0)


def _same(connection: Connection, file: MonthlyFile) -> int | None:
    """The id of the same file if it was loaded before; None otherwise. Ratings count only for listed services, so a ratings file
    loaded before the last list counts as new: it may add more now."""
    same = and_(_file.c.digest == file.digest, _file.c.kind == file.kind, _file.c.as_of == file.as_of)
    known = connection.execute(select(func.max(_file.c.id)).where(same)).scalar()
    if known is None or file.kind.lists_all:
        return known
    last_list = connection.execute(select(func.max(_file.c.id)).where(_file.c.kind != FileKind.RATINGS)).scalar()
    return known if last_list is None or last_list < known else None


# The changes made by a file


def _held(connection: Connection) -> _Held:
    first = _register.c.first_listed_on
    rows = connection.execute(select(*(column for column in _register.c if column.name not in ("name_key", "search")))).mappings()
    return _Held(
        files=[(FileKind(kind), as_of) for kind, as_of in connection.execute(select(_file.c.kind, _file.c.as_of))],
        entries={row["location_id"]: made(row) for row in rows},
        firsts={row.location_id: row.first_listed_on for row in connection.execute(select(_register.c.location_id, first))},
        timelines=_timelines(connection),
    )


def _planned(held: _Held, file: MonthlyFile, base: int, although_fewer: bool) -> _Plan:
    files, before, timelines = held.files, held.entries, held.timelines
    if not file.kind.lists_all and not before:
        raise UsageError(f"{file.name} can't be loaded yet: ratings need a directory or active locations file first")
    later = [(kind, as_of) for kind, as_of in files if (as_of, _RANK[kind]) > (file.as_of, _RANK[file.kind])]
    stated = {entry.location_id: entry for entry in file.entries}
    if not although_fewer:
        _refuse_far_fewer(file, stated, timelines)
    until, fresh = _until(file, later), _fresh(file.kind, later)
    amended: dict[str, Timeline] = {}
    changes = _Changes()
    for location_id in timelines.keys() | before.keys() | stated.keys():
        entry, old = stated.get(location_id), before.get(location_id)
        facts = {} if location_id in file.doubtful else _facts(file.kind, entry, bool(old and old.groups))
        changes.note(old, _merged(old, entry, {name: value for name, value in facts.items() if name in fresh}, file.as_of))
        timeline = timelines.get(location_id, [])
        new = _with_facts(timeline, file.as_of, _kept_facts(facts, file.as_of, until), until)
        if new is not timeline:
            amended[location_id] = new
    history, gone = _differences(timelines, amended)
    firsts = {location_id: timeline[0][0] for location_id, timeline in (timelines | amended).items() if timeline}
    rows = [row_of(entry) | {"first_listed_on": firsts.get(entry.location_id, entry.listed_on)} for entry in changes.rows]
    unplaced = 0 if file.kind.lists_all else sum(location_id not in before for location_id in stated)
    taken = Taken(
        file=file,
        joined=tuple(sorted(changes.joined)),
        left=tuple(sorted(changes.left)),
        changed=len(changes.rows) - len(changes.joined) - len(changes.left),
        unplaced=unplaced,
        present=bool(fresh),
        left_out=_left_out(file, files, timelines),
    )
    newer = {one for one, first in held.firsts.items() if first > file.as_of} if file.kind.lists_all else set()
    return _Plan(base, taken, rows, history, gone, sorted(newer & stated.keys()))


def _left_out(file: MonthlyFile, files: list[tuple[FileKind, date]], timelines: Mapping[str, Timeline]) -> tuple[date, ...]:
    """See `Taken`."""
    lists = [as_of for kind, as_of in files if kind.lists_all]
    after = min((as_of for as_of in lists if as_of > file.as_of), default=None)
    if not file.kind.lists_all or after is None:
        return ()
    before = max((as_of for as_of in lists if as_of <= file.as_of), default=date.min)
    rated = {as_of for kind, as_of in files if kind is FileKind.RATINGS and before <= as_of < after}
    listed_since = (timelines[one.location_id][0][0] if timelines.get(one.location_id) else None for one in file.entries)
    return tuple(sorted(rated)) if any(since is None or since > file.as_of for since in listed_since) else ()


def _refuse_far_fewer(file: MonthlyFile, stated: Mapping[str, Entry], timelines: Mapping[str, Timeline]) -> None:
    # A ratings file contains every service that is rated by key question.
    column, what = (_LISTED, "registered") if file.kind.lists_all else (_AT["safe"], "rated")
    known = {
        location_id
        for location_id, timeline in timelines.items()
        if (then := _then(timeline, file.as_of)) and then[_LISTED] and then[column]
    }
    missing = len(known - stated.keys())
    if missing > FEW and missing > FEW_SHARE * len(known):
        raise UsageError(
            f"{file.name} can't be loaded: {missing} of {len(known)} services that were {what} are missing from it, so it "
            "seems to be cut short (--although-fewer loads it as it is)"
        )


def _fresh(kind: FileKind, later: Iterable[tuple[FileKind, date]]) -> frozenset[str]:
    """The fields that no later file states."""
    spoken = [known_by(other) | ({"listed"} if other.lists_all else set()) for other, _ in later]
    own = known_by(kind) | ({"listed"} if kind.lists_all else set())
    return own.difference(*spoken)


def _facts(kind: FileKind, entry: Entry | None, divided: bool) -> Facts:
    """What a file states about a service, even one that it does not contain (`entry` None)."""
    if entry is None:
        if kind.lists_all:
            return {"listed": False}
        # The ratings file contains no unrated service. If a service has an overall rating of its own, the active locations say
        # whether it still has it; they never rate a service that is rated by group.
        silent = dict.fromkeys(("safe", "effective", "caring", "responsive", "well_led")) | {"groups": (), "twofold": ()}
        return silent | ({"overall": None, "published": None, "inherited": False} if divided else {})
    facts = {name: getattr(entry, name) for name in known_by(kind)}
    if kind is FileKind.ACTIVE and entry.overall is None and divided:
        del facts["overall"], facts["published"], facts["inherited"]  # its groups are rated. Source: docs/facts/files.md, Quirks
    if not kind.lists_all:
        return facts
    if not entry.types:
        del facts["types"], facts["sector"]
    blank = [name for name, value in facts.items() if name in _CARD and value in (None, "", ())]
    return {name: value for name, value in facts.items() if name not in blank} | {"listed": True}


@dataclass(slots=True)
class _Changes:
    """The entries that are new or different."""

    rows: list[Entry] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def note(self, old: Entry | None, new: Entry | None) -> None:
        if new is None or new is old:
            return
        self.rows.append(new)
        was, is_ = old is not None and old.left_on is None, new.left_on is None
        if is_ and not was:
            self.joined.append(new.location_id)
        elif was and not is_:
            self.left.append(new.location_id)


def _merged(old: Entry | None, entry: Entry | None, facts: Facts, as_of: date) -> Entry | None:
    """An entry merged with what a file states about it: `old` itself if nothing is new (that it is listed again is written for
    all entries at once), None if the register has no entry and needs none."""
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


def _timelines(connection: Connection) -> dict[str, Timeline]:
    timelines: dict[str, Timeline] = {}
    columns = (_history.c.location_id, _history.c.as_of, *(_history.c[name] for name in _STATE))
    for location_id, as_of, *state in connection.execute(select(*columns).order_by(_history.c.location_id, _history.c.as_of)):
        timelines.setdefault(location_id, []).append((as_of, tuple(state)))
    return timelines


def _then(timeline: Timeline, day: date) -> State | None:
    """The state of a service on a day."""
    return next((state for as_of, state in reversed(timeline) if as_of <= day), None)


def _until(file: MonthlyFile, later: list[tuple[FileKind, date]]) -> dict[str, date]:
    """For each field that the file states, the date of the next file that states it; no entry: there is none."""
    until: dict[str, date] = {}
    for kind, as_of in later:
        for name in known_by(kind) | ({"listed"} if kind.lists_all else set()):
            until[name] = min(as_of, until.get(name, as_of))
    return until


def _kept_facts(facts: Facts, as_of: date, until: Mapping[str, date]) -> Facts:
    """The facts that history keeps, in their stored form, without fields that another file of the same date states better."""
    return {name: _cell(name, value) for name, value in facts.items() if name in _AT and until.get(name) != as_of}


def _with_facts(timeline: Timeline, since: date, facts: Facts, until: Mapping[str, date]) -> Timeline:
    """A timeline with facts added that hold from a day, each until another file states it."""
    if (
        timeline
        and timeline[-1][0] <= since
        and not until
        and all(timeline[-1][1][_AT[name]] == value for name, value in facts.items())
    ):
        return timeline
    ends = {day for name, day in until.items() if name in facts}
    days = sorted({since, *ends, *(as_of for as_of, _ in timeline if as_of > since)})
    never = tuple(False if name == "listed" else facts.get(name, _BLANK.get(name)) for name in _STATE)
    new = [(as_of, state) for as_of, state in timeline if as_of < since]
    for day in days:
        state = list(_then(timeline, day) or never)
        for name, value in facts.items():
            if name not in until or day < until[name]:
                state[_AT[name]] = value
        if not state[_LISTED] and new:
            state = [*new[-1][1]]  # as it was when last listed
            state[_LISTED] = False
        if new[-1][1] != tuple(state) if new else state[_LISTED]:
            new.append((day, tuple(state)))
    return timeline if new == timeline else new


def _cell(name: str, value: Any) -> Any:
    return barred(value) if name == "types" else None if value is None else str(value) if name == "sector" else value


def _differences(
    before: Mapping[str, Timeline], amended: Mapping[str, Timeline]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of history to write, and those to remove."""
    rows, gone = [], []
    for location_id, timeline in amended.items():
        was = dict(before.get(location_id, []))
        for as_of, state in timeline:
            if was.pop(as_of, None) != state:
                rows.append({"location_id": location_id, "as_of": as_of} | dict(zip(_STATE, state, strict=True)))
        kept = {as_of for as_of, _ in timeline}
        gone += [{"gone_id": location_id, "gone_on": as_of} for as_of in was if as_of not in kept]
    return rows, gone


# Writing


def _write(connection: Connection, plan: _Plan, at: datetime, source: Source | None) -> None:
    taken, file = plan.taken, plan.taken.file
    _take_staged(connection, _register)
    if plan.gone:
        named = and_(_history.c.location_id == bindparam("gone_id"), _history.c.as_of == bindparam("gone_on"))
        connection.execute(delete(_history).where(named), plan.gone)
    _take_staged(connection, _history)
    if file.kind.lists_all:
        older = update(_register).where(_register.c.listed_on < file.as_of, _register.c.left_on.is_(None))
        if taken.present:
            connection.execute(older.values(listed_on=file.as_of))
        first = update(_register).where(
            _register.c.location_id == bindparam("listed_id"), _register.c.first_listed_on > file.as_of
        )
        if plan.seen_first:
            connection.execute(first.values(first_listed_on=file.as_of), [{"listed_id": one} for one in plan.seen_first])
    values = {
        "kind": file.kind,
        "name": file.name,
        "as_of": file.as_of,
        "imported_at": at,
        "locations": len(file.entries),
        "ratings": file.ratings,
        "joined": len(taken.joined),
        "left": len(taken.left),
        "digest": file.digest,
    }
    connection.execute(insert(_file).values(**values, **(_columns(source) if source else {})))


def _stage(plan: _Plan, connection: Connection) -> None:
    """Writes the plan into temporary tables, which block nobody: on SQLite all others would wait while 57,000 rows are inserted
    one by one."""
    for into, rows in ((_register, plan.rows), (_history, plan.history)):
        staged = _staged(into)
        connection.execute(text(f"DROP TABLE IF EXISTS {staged.name}"))
        connection.execute(text(f"CREATE TEMPORARY TABLE {staged.name} AS SELECT * FROM {into.name} WHERE 1 = 0"))  # noqa: S608
        if rows:
            connection.execute(insert(staged), rows)


def _staged(into: Table) -> Table:
    return into.to_metadata(MetaData(), name=f"staged_{into.name}")


def _take_staged(connection: Connection, into: Table) -> None:
    staged = _staged(into)
    statement = insertion(connection, into).from_select([column.name for column in into.c], select(staged).where(text("1 = 1")))
    keys = [column.name for column in into.primary_key]
    others = {column.name: statement.excluded[column.name] for column in into.c if column.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))
    connection.execute(text(f"DROP TABLE {staged.name}"))
