"""Queues reminders of overdue cases. Once a day, the owner of an overdue case and the people responsible for overdue steps are
reminded. After ESCALATE_AFTER, the second addresses of the watchlists are notified, once for each missed date. The transaction
that queues the messages also records in each case that the messages were queued, so nobody is reminded twice.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, exists, false, literal, select, update

from monitor.addresses import ONLY_URGENT, scheme
from monitor.cases import AT
from monitor.store.database import in_turn, reading, writing
from monitor.store.messages import ToOperator, tell
from monitor.store.prepared import Statement, prepared
from monitor.store.tables import CaseRow, CaseStepRow, OverviewRow, PersonRow, WatchlistRow, WatchRow, table
from monitor.store.vault import Vault
from monitor.text import LONDON, counted, day

_case, _person, _overview = table(CaseRow), table(PersonRow), table(OverviewRow)
_watch, _watchlist, _step = table(WatchRow), table(WatchlistRow), table(CaseStepRow)

MOST_NAMED = 20
"""How many cases one message lists, at most."""

_OPEN = _case.c.closed_at.is_(None)


class CaseReminders:
    """The part of the store for reminders of cases. Raises StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def settle(self, now: datetime, after: timedelta | None) -> int:
        """Queues the messages that are due, and returns how many messages were queued. If `after` is None, no second address is
        notified."""
        with reading(self._engine) as connection:
            if not connection.execute(*_anything_due(*days(now, after))).scalar():
                return 0
        with writing(self._engine) as connection:
            in_turn(connection)
            return self._remind(connection, now) + self._escalate(connection, now, after)

    def _remind(self, connection: Connection, now: datetime) -> int:
        today = morning(now)
        rows = _rows(connection, _to_remind(today) & _case.c.owner.is_not(None))
        rows = sorted((*rows, *_step_rows(connection, today)), key=lambda row: (row.next_due, row.id))
        connection.execute(update(_case).where(_to_remind(today)).values(reminded_on=today))
        by_owner: dict[str, list[Row[Any]]] = {}
        for row in rows:
            by_owner.setdefault(row.email, []).append(row)
        why = "you own these cases, or you are responsible for steps in them"
        return sum(self._tell(connection, f"mailto:{one}", theirs, why, "mine", now) for one, theirs in by_owner.items())

    def _escalate(self, connection: Connection, now: datetime, after: timedelta | None) -> int:
        escalates = _to_escalate(days(now, after)[1])
        rows = _rows(connection, escalates)
        told = 0
        by_address: dict[str, tuple[str, list[Row[Any]]]] = {}
        second = self._second_addresses(connection, {row.location_id for row in rows})
        for row in rows:
            for name, address in second.get(row.location_id, ()):
                _, theirs = by_address.setdefault(address, (name, []))
                if row not in theirs:
                    theirs.append(row)
        for address, (watchlist, theirs) in by_address.items():
            why = f"this is the second address of the watchlist {watchlist}"
            told += self._tell(connection, address, theirs, why, "overdue", now)
        connection.execute(update(_case).where(escalates).values(escalated_for=_case.c.next_due))
        return told

    def _second_addresses(self, connection: Connection, ids: Collection[str]) -> dict[str, list[tuple[str, str]]]:
        """Returns for each service its watchlists, each with its second address. An address that can't be decrypted is left out,
        so that the other addresses are still notified."""
        on = select(_watch.c.location_id, _watchlist.c.name, _watchlist.c.second_address)
        on = on.join(_watchlist, _watchlist.c.name == _watch.c.watchlist).order_by(_watchlist.c.name)
        found: dict[str, list[tuple[str, str]]] = {}
        for location_id, name, encrypted in connection.execute(on.where(_watch.c.location_id.in_(ids))):
            address = self._vault.decrypt_if_possible(encrypted, watchlist=name) if encrypted else None
            if address and scheme(address) not in ONLY_URGENT:
                found.setdefault(location_id, []).append((name, address))
        return found

    def _tell(
        self, connection: Connection, to: str, rows: Sequence[Row[Any]], why: str, tab: str, now: datetime
    ) -> bool:
        lines = [_line(row) for row in rows[:MOST_NAMED]]
        more = len(rows) - MOST_NAMED
        word = ToOperator(
            key=f"cases overdue|{tab}|{morning(now)}|{','.join(f'{row.id}:{row.next_due}:{row.step}' for row in rows)}",
            to=to,
            subject=f"{counted(len({row.id for row in rows}), 'case')} overdue",
            lines=(*lines, *((f"And {more} more.",) if more > 0 else ())),
            why=why,
            page=f"/cases?tab={tab}",
        )
        return tell(connection, self._vault, word, now)


def _line(row: Row[Any]) -> str:
    what = f"{row.title}, " if row.title else ""
    return f"{row.name or row.location_id}: {what}overdue since {day(row.next_due)} (case {row.id})"


def morning(now: datetime) -> date:
    """Returns today (London), or yesterday if the hour for reminders (`cases.AT`) has not come yet."""
    here = now.astimezone(LONDON)
    return here.date() if here.time() >= AT else here.date() - timedelta(days=1)


def is_due(today: date, last: date | None) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a case if a message about it, or about its overdue steps, is due. `today` and
    `last` are the days that `days` returns."""
    return _to_remind(today) | _to_escalate(last)


def days(now: datetime, after: timedelta | None) -> tuple[date, date | None]:
    """Returns two days. Owners are reminded of cases and steps that were due before the first day. Second addresses are notified
    of cases and steps that were due before the second day. The second day is None if no second address is notified."""
    return morning(now), None if after is None else morning(now - after)


@prepared
def _anything_due(today: date, last: date | None) -> Statement:
    return select(exists().where(is_due(today, last)))


def next_day(now: datetime) -> datetime:
    """Returns the next time at which a case may become overdue."""
    return datetime.combine(morning(now) + timedelta(days=1), AT, LONDON)


def has_dates() -> ColumnElement[bool]:
    """Returns an SQL condition that is true for an open case if the case or one of its open steps has a due date."""
    return _OPEN & _case.c.next_due.is_not(None)


def _to_remind(today: date) -> ColumnElement[bool]:
    told = _case.c.reminded_on.is_(None) | (_case.c.reminded_on < today)
    somebody = _case.c.owner.is_not(None) | select(_step.c.id).where(_is_late(today)).correlate(_case).exists()
    return _OPEN & (_case.c.next_due < today) & somebody & told


def _is_late(today: date) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for an overdue step if somebody other than the owner of the case is responsible for
    it."""
    others = (_step.c.owner != _case.c.owner) | _case.c.owner.is_(None)
    return (_step.c.case_id == _case.c.id) & (_step.c.became == "") & (_step.c.due < today) & _step.c.owner.is_not(None) & others


def _to_escalate(last: date | None) -> ColumnElement[bool]:
    if last is None:
        return false()
    told = _case.c.escalated_for.is_(None) | (_case.c.escalated_for != _case.c.next_due)
    return _OPEN & (_case.c.next_due < last) & told


_OF_CASE = (_case.c.id, _case.c.location_id, _person.c.email, _overview.c.name)


def _rows(connection: Connection, chosen: ColumnElement[bool]) -> Sequence[Row[Any]]:
    query: Select[Any] = select(*_OF_CASE, _case.c.next_due, literal("").label("title"), literal(0).label("step"))
    query = query.outerjoin(_person, _person.c.id == _case.c.owner)
    query = query.outerjoin(_overview, _overview.c.location_id == _case.c.location_id)
    return connection.execute(query.where(chosen).order_by(_case.c.next_due, _case.c.id)).all()


def _step_rows(connection: Connection, today: date) -> Sequence[Row[Any]]:
    """Returns the overdue steps for which somebody other than the owner of the case is responsible, each with that person's
    address."""
    query: Select[Any] = select(*_OF_CASE, _step.c.due.label("next_due"), _step.c.title, _step.c.id.label("step"))
    query = query.join(_step, _is_late(today)).join(_person, _person.c.id == _step.c.owner)
    query = query.outerjoin(_overview, _overview.c.location_id == _case.c.location_id)
    return connection.execute(query.where(_to_remind(today)).order_by(_step.c.id)).all()
