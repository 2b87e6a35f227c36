"""Records hints: which publications the sources named, which services are therefore checked earlier, and how far each source was
read.

A mark is an entry of a source that names a service, such as a publication. A recorded mark is called a hint. A hint never delays
a check; it only makes the next check earlier.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, or_, select, update

from monitor import codec
from monitor.detect.hints import (
    FOLLOWED_FOR,
    FORGOTTEN_AFTER,
    STANDING,
    Became,
    Hint,
    Mark,
    Sight,
    is_checked,
    pause,
    shows,
    step,
)
from monitor.detect.schedule import lies_ahead
from monitor.model import Reading
from monitor.store.database import add_once, in_parts, insertion, reading, writing
from monitor.store.inspected import inspected, within
from monitor.store.service_rows import locked_services
from monitor.store.tables import HintRow, HintSourceRow, PageRow, RegisterFileRow, RegisterRow, ServiceRow, table
from monitor.store.watched import is_watched

_hint, _source = table(HintRow), table(HintSourceRow)
_service, _page = table(ServiceRow), table(PageRow)
_register, _file = table(RegisterRow), table(RegisterFileRow)

KEPT = timedelta(days=120)
"""How long hints are remembered after they have ended. No source's list reaches further back than this."""

LONGEST_WAIT = timedelta(days=1)
"""The longest time between two readings of a source. If the next reading seems to be due even later, a clock was wrong."""

IN_FILES = timedelta(days=45)
"""How old a publication in CQC's files may be, on the file's date, to be used as a hint. Files come monthly, and may be late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How far a source was read (see HintSourceRow). `acted` is how many new marks have made services due today."""

    read_at: datetime | None = None
    whole_at: datetime | None = None
    newest: date | None = None
    digest: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    marks: tuple[Mark, ...] = ()
    why: str = ""
    failing_since: datetime | None = None
    forbidden: bool = False
    acted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The result of adding marks. `acted` are services that are due now because of a mark. `known` are services whose page
    already showed the publication. `held` is how many new marks were over the limit. Marks over the limit are not recorded, so
    they are still new when the source is read again."""

    acted: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestFile:
    """One of CQC's files that was loaded into the register."""

    digest: str
    as_of: date


class Hints:
    """The part of the store for hints. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # ── marks ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, source: str, marks: Iterable[Mark], now: datetime, *, at_most: int | None = None) -> Added:
        """Records the new marks that name watched services, and makes these services due for a check. At most `at_most` marks a
        day are used, or any number if `at_most` is None. A mark makes no check earlier if it is already recorded, or if the
        service's pages already show the publication."""
        with reading(self._engine) as connection:  # pages are read before anything is locked
            new = _new(connection, source, marks)
            dates = published(connection, {one.location_id for one in new})
        if not new:
            return Added()
        with writing(self._engine) as connection:
            row = _locked(connection, source)
            budget = None if at_most is None else max(0, at_most - _acted(row, now))
            added = _add(connection, source, _new(connection, source, new), dates, now, budget)
            values = {"acted_on": now.date(), "acted": _acted(row, now) + len(added.acted)}
            connection.execute(update(_source).where(_source.c.name == source).values(**values))
            forget(connection, now)
            return added

    def first_hint(self, location_id: str, since: datetime) -> Hint | None:
        """Returns the first hint about a service since an instant, from any source that names publications or changes, or None if
        no source named the service."""
        query = select(_hint).where(_hint.c.location_id == location_id, _hint.c.first_seen >= since, _hint.c.mark != STANDING)
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(*_OLDEST).limit(1)).mappings().first()
            return _as_hint(row) if row else None

    def follow(self, now: datetime) -> int:
        """Compares open hints with the checks that were made after the hints were recorded. Ends hints whose publication is now
        shown, and plans the next check for all other hints. If a check was already running when a hint was recorded, and then
        postponed the service's next check, the next check is made earlier again. Returns how many hints were handled."""
        with reading(self._engine) as connection:  # usually there is nothing to do, so the first query needs no lock
            if not _to_follow(connection, now):
                return 0
        with writing(self._engine) as connection:
            found = _to_follow(connection, now)
            _lock(connection, {hint.location_id for hint, _ in found})
            checked = [(hint, row) for hint, row in found if is_checked(hint, row["looked_at"], now)]
            dates = published(connection, {hint.location_id for hint, _ in checked})
            wanted: dict[str, datetime] = {}
            for hint, row in found:
                values = _followed(hint, row, dates.get(hint.location_id), now)
                if (at := values["due_at"]) is not None:
                    wanted[hint.location_id] = min(at, wanted.get(hint.location_id, at))
                connection.execute(update(_hint).where(_is(hint)).values(**values))
            _bring_forward(connection, wanted)
            return len(found)

    def check_inspected(self, source: str, now: datetime, most_a_day: int, most_a_turn: int) -> list[str]:
        """Makes some of the services that CQC is inspecting due for a check, and returns these services. Their checks need at
        most `most_a_turn` requests, and at most `most_a_day` requests together with all checks that this method has made due on
        the same day."""
        with reading(self._engine) as connection:
            candidates = inspected(connection, now)
        with writing(self._engine) as connection:
            row = _locked(connection, source)
            spent = _acted(row, now)
            chosen = within(candidates, min(most_a_turn, max(0, most_a_day - spent)))
            ids = sorted(one.location_id for one in chosen)
            _lock(connection, ids)
            for location_id in ids:
                key = {"source": source, "location_id": location_id, "mark": STANDING}
                add_once(connection, _hint, **key, first_seen=now, checks=0)
                here = (_hint.c.source == source) & (_hint.c.location_id == location_id) & (_hint.c.mark == STANDING)
                opened = {"due_at": now, "checked_at": now, "settled_at": None, "became": None}
                connection.execute(update(_hint).where(here).values(**opened))
            _bring_forward(connection, dict.fromkeys(ids, now))
            values = {"acted_on": now.date(), "acted": spent + sum(one.requests for one in chosen)}
            connection.execute(update(_source).where(_source.c.name == source).values(**values))
            return ids

    def newest_file(self) -> NewestFile | None:
        """Returns the file that was loaded into the register last, or None if no file was loaded."""
        query = select(_file.c.digest, _file.c.as_of).order_by(_file.c.id.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
            return NewestFile(digest=row.digest, as_of=row.as_of) if row else None

    def in_files(self, as_of: date) -> list[Mark]:
        """Returns the publications of watched services in CQC's files that were recent on the day `as_of`."""
        recent = _register.c.published >= as_of - IN_FILES
        query = select(_register.c.location_id, _register.c.published).join(
            _service, _service.c.location_id == _register.c.location_id
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(is_watched(), recent, _service.c.seq > 0))
            return [Mark(location_id=one, mark=day.isoformat(), day=day) for one, day in rows]

    # ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def state(self, source: str) -> SourceState:
        """How far a source was read."""
        with reading(self._engine) as connection:
            row = connection.execute(select(_source).where(_source.c.name == source)).mappings().first()
            return _as_state(row, None)

    def may_poll(self, source: str, now: datetime, every: timedelta) -> SourceState | None:
        """Gives one caller the task of reading a source now, and returns how far the source was read. All other callers get None.
        The source is due again after the time `every`."""
        with reading(self._engine) as connection:  # usually the source is not due, so the first query needs no lock
            row = connection.execute(select(_source).where(_source.c.name == source)).mappings().first()
            if not _is_due(row, now):
                return None
        with writing(self._engine) as connection:
            row = _locked(connection, source)
            if not _is_due(row, now):
                return None
            connection.execute(update(_source).where(_source.c.name == source).values(next_poll_at=now + every))
            return _as_state(row, now)

    def read(self, source: str, state: SourceState, now: datetime) -> None:
        """Records that a source was read. If `state.why` gives a reason, the source was not read in full."""
        values = {
            "read_at": now,
            "newest": state.newest,
            "digest": state.digest,
            "etag": state.etag,
            "last_modified": state.last_modified,
            "marks": json.dumps([[one.location_id, one.mark, one.day and one.day.isoformat()] for one in state.marks]),
            "why": state.why,
            "failing_since": None,
            "pauses": 0,
            "forbidden": False,
        }
        if not state.why:
            values["whole_at"] = now
        with writing(self._engine) as connection:
            add_once(connection, _source, name=source)
            connection.execute(update(_source).where(_source.c.name == source).values(**values))

    def failed(self, source: str, why: str, now: datetime, *, forbidden: bool = False) -> None:
        """Records that a source could not be read. After a failure, the source is not read for a while. This pause gets longer
        with each failure. If robots.txt forbids reading the source (`forbidden`), the prohibition is recorded, but not as a
        failure."""
        with writing(self._engine) as connection:
            row = _locked(connection, source)
            values: dict[str, Any] = {"why": why, "forbidden": forbidden}
            # these are deleted so that the next answer is read even if it is unchanged
            values |= dict.fromkeys(("digest", "etag", "last_modified"))
            if forbidden:
                values |= {"failing_since": None, "pauses": 0}
            else:
                values |= {"failing_since": row["failing_since"] or now, "pauses": row["pauses"] + 1}
                values["next_poll_at"] = max(row["next_poll_at"] or now, now + pause(row["pauses"]))
            connection.execute(update(_source).where(_source.c.name == source).values(**values))


_OLDEST = (_hint.c.first_seen, _hint.c.source, _hint.c.location_id, _hint.c.mark)


def forget(connection: Connection, now: datetime) -> None:
    """Deletes hints that ended longer ago than KEPT, within the caller's transaction."""
    connection.execute(delete(_hint).where(_hint.c.settled_at < now - KEPT))


def note(connection: Connection, source: str, marks: Iterable[Mark], now: datetime) -> None:
    """Records marks as hints that have ended, within the caller's transaction. Used if the caller itself makes the checks
    earlier."""
    ended = {"checks": 0, "settled_at": now, "became": Became.NOTED.value}
    rows = [
        {"source": source, "location_id": one.location_id, "mark": one.mark, "day": one.day, "first_seen": now, **ended}
        for one in marks
    ]
    if rows:
        connection.execute(insertion(connection, _hint).on_conflict_do_nothing(), rows)


def _add(
    connection: Connection, source: str, new: Sequence[Mark], dates: Mapping[str, date], now: datetime, at_most: int | None
) -> Added:
    shown = [one for one in new if shows(dates.get(one.location_id), one.day)]
    others = [one for one in new if not shows(dates.get(one.location_id), one.day)]
    acted, held = (others, []) if at_most is None else (others[:at_most], others[at_most:])
    base = {"source": source, "first_seen": now, "checks": 0}
    rows = [
        base | {"location_id": one.location_id, "mark": one.mark, "day": one.day, **ended}
        for chosen, ended in (
            (acted, {"due_at": now, "settled_at": None, "became": None}),
            (shown, {"due_at": None, "settled_at": now, "became": Became.BEFORE.value}),
        )
        for one in chosen
    ]
    _lock(connection, {one.location_id for one in (*acted, *shown)})
    if rows:
        connection.execute(insert(_hint), rows)
    _bring_forward(connection, {one.location_id: now for one in acted})
    return Added(
        acted=tuple(dict.fromkeys(one.location_id for one in acted)),
        known=tuple(dict.fromkeys(one.location_id for one in shown)),
        held=len(held),
    )


def _new(connection: Connection, source: str, marks: Iterable[Mark]) -> list[Mark]:
    """Returns the marks that name watched services and are not recorded yet."""
    named = {(one.location_id, one.mark): one for one in marks}
    missing: list[Mark] = []
    for some in in_parts(sorted({location_id for location_id, _ in named})):
        watched = select(_service.c.location_id).where(is_watched(), _service.c.location_id.in_(some))
        here = set(connection.execute(watched).scalars())
        columns = select(_hint.c.location_id, _hint.c.mark).where(_hint.c.source == source, _hint.c.location_id.in_(some))
        known = {tuple(row) for row in connection.execute(columns)}
        missing += [one for key, one in named.items() if one.location_id in here and key not in known]
    return missing


def published(connection: Connection, location_ids: Collection[str]) -> dict[str, date]:
    """Returns for each service the newest date of publication that its stored pages show. Services whose pages show no date of
    publication are left out."""
    dates: dict[str, date] = {}
    for some in in_parts(sorted(location_ids)):
        query = select(_page.c.location_id, _page.c.reading).where(_page.c.location_id.in_(some))
        for location_id, text in connection.execute(query):
            for day in _dates_in(codec.load_reading(text)):
                dates[location_id] = max(day, dates.get(location_id, day))
    return dates


def _dates_in(page: Reading) -> Iterable[date]:
    for group in page.ratings:
        if group.overall_published:
            yield group.overall_published
        yield from (one.published for one in group.key_questions.values() if one.published)


def _to_follow(connection: Connection, now: datetime) -> list[tuple[Hint, RowMapping]]:
    """Returns the open hints that must be handled, each with a row that contains the hint and its service."""
    columns = _service.c["looked_at", "read_at", "failures", "suspicions", "next_look_at", "leased_by"]
    query = select(_hint, *columns).join(_service, _service.c.location_id == _hint.c.location_id)
    known = func.coalesce(_hint.c.checked_at, _hint.c.first_seen)
    maybe = or_(_service.c.looked_at > known, known > now, _service.c.next_look_at > _hint.c.due_at)
    maybe = or_(maybe, _hint.c.first_seen <= now - FORGOTTEN_AFTER)  # usually, no open hint or only a few are that old
    found = []
    for row in connection.execute(query.where(_hint.c.settled_at.is_(None), maybe).order_by(*_OLDEST)).mappings():
        hint = _as_hint(row)
        put_off = hint.due_at is not None and row["leased_by"] is None and row["next_look_at"] > hint.due_at
        is_old = now - hint.first_seen >= FORGOTTEN_AFTER and hint.mark != STANDING
        if is_checked(hint, row["looked_at"], now) or put_off or is_old:
            found.append((hint, row))
    return found


def _followed(hint: Hint, row: RowMapping, shown: date | None, now: datetime) -> dict[str, Any]:
    """Returns the new state of an open hint, as values for its row."""
    if now - hint.first_seen >= FORGOTTEN_AFTER and hint.mark != STANDING:
        return {"settled_at": now, "became": Became.NEVER_SHOWN.value, "due_at": None}
    if not is_checked(hint, row["looked_at"], now):
        return {"due_at": hint.due_at}
    read = row["failures"] == 0 and row["read_at"] is not None
    sight = Sight(looked_at=row["looked_at"], read=read, calm=row["suspicions"] == "[]", published=shown)
    after = step(hint, sight, now)
    values = {"checks": after.checks, "checked_at": after.checked_at, "due_at": after.due_at}
    return values | ({"settled_at": now, "became": after.became.value} if after.became else {})


def _lock(connection: Connection, location_ids: Collection[str]) -> None:
    """Locks services. Call this before adding hints. A new hint refers to its service, which locks the service in a weaker way,
    so two transactions that add hints first would wait for each other."""
    for some in in_parts(sorted(location_ids)):
        locked_services(connection, _service.c.location_id.in_(some))


def _bring_forward(connection: Connection, wanted: dict[str, datetime]) -> None:
    """Sets the next check of each service to the wanted time, unless the next check is already earlier."""
    _lock(connection, wanted)
    for location_id in sorted(wanted):
        at = wanted[location_id]
        late = (_service.c.location_id == location_id) & (_service.c.next_look_at > at)
        connection.execute(update(_service).where(late).values(next_look_at=at))


def is_never_shown(now: datetime) -> Any:
    """Returns an SQL condition that is true for a hint that is still open, although the source named the publication at least
    three days ago."""
    old = _hint.c.first_seen <= now - FOLLOWED_FOR
    return _hint.c.settled_at.is_(None) & (_hint.c.mark != STANDING) & old


def _is(hint: Hint) -> Any:
    key = (_hint.c.source == hint.source) & (_hint.c.location_id == hint.location_id) & (_hint.c.mark == hint.mark)
    return key & _hint.c.settled_at.is_(None)


def _locked(connection: Connection, source: str) -> RowMapping:
    add_once(connection, _source, name=source)
    return connection.execute(select(_source).where(_source.c.name == source).with_for_update()).mappings().one()


def _acted(row: RowMapping, now: datetime) -> int:
    return int(row["acted"]) if row["acted_on"] == now.date() else 0


def _is_due(row: RowMapping | None, now: datetime) -> bool:
    at = row["next_poll_at"] if row else None
    return at is None or not lies_ahead(at, now, LONGEST_WAIT)


def _as_hint(row: RowMapping) -> Hint:
    names = ("source", "location_id", "mark", "day", "first_seen", "checks", "checked_at", "due_at", "settled_at")
    return Hint(**{name: row[name] for name in names}, became=Became(row["became"]) if row["became"] else None)


def _as_state(row: RowMapping | None, now: datetime | None) -> SourceState:
    if row is None:
        return SourceState()
    names = ("read_at", "whole_at", "newest", "digest", "etag", "last_modified", "why", "failing_since", "forbidden")
    marks = tuple(
        Mark(location_id=one, mark=mark, day=date.fromisoformat(day) if day else None)
        for one, mark, day in json.loads(row["marks"])
    )
    return SourceState(**{name: row[name] for name in names}, marks=marks, acted=_acted(row, now) if now else row["acted"])
