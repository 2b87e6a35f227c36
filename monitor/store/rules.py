"""Stores the rules of watchlists, and applies them whenever the register has changed.

A service "joins" if a rule puts the service on the watchlist, and "leaves" if the rule takes the service off. If a newly
registered service joins, its registration is reported once. If a service joins because its rating has fallen, the fall is
reported (see monitor.detect.baseline). Only services that the rule itself put on the watchlist can leave. A service never leaves
because its rating changed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, exists, func, insert, select, true, update

from monitor import codec
from monitor.detect.baseline import of_register
from monitor.errors import UsageError
from monitor.events import EVER_URGENT, Event, Kind, Rests
from monitor.register.entries import Entry, Rule
from monitor.register.rules import in_words, is_silent
from monitor.store import snapshots
from monitor.store.audit import few, note
from monitor.store.database import in_turn, reading, unhurried, writing
from monitor.store.messages import ToOperator, tell
from monitor.store.register import Centre, centre, fitting, made
from monitor.store.service_rows import look_now_at
from monitor.store.services import keep_watchlist, put_on, take_off
from monitor.store.tables import (
    EventRow,
    OverviewRow,
    RegisterFileRow,
    RegisterHistoryRow,
    RegisterRow,
    RuleRow,
    ServiceRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault

_rule, _watch, _watchlist = table(RuleRow), table(WatchRow), table(WatchlistRow)
_service, _overview, _event = table(ServiceRow), table(OverviewRow), table(EventRow)
_register, _history, _file = table(RegisterRow), table(RegisterHistoryRow), table(RegisterFileRow)

MOST_LEAVE, SHARE_LEAVES = 10, 0.2
"""Limits on how many services leave a watchlist at once, so that a faulty file can't silence a watchlist. They apply to the
services that the rule put on the watchlist. If more than MOST_LEAVE of these services would leave, and their share is above
SHARE_LEAVES, none of them leaves. If all of them would leave, none of them leaves either."""

LAG = timedelta(days=62)
"""When a service joins, a rating in the newest file is news if it was published after the date of the previous file, or at most
this long before that date."""

SEEN_BEFORE = timedelta(days=7)
"""When a service joins, urgent events that its page showed are news if they were observed after the date of the previous file, or
at most this long before that date. (CQC may show news on a page before a file states it.)"""

UNREAD_FOR = timedelta(days=7)
"""A service whose page can't be read is treated as closed only after the register has listed it as closed for this long."""

AGAIN_AFTER = timedelta(hours=1)
"""How long the program waits before it decides again whether closed services leave a watchlist."""

_NAMED = 5

_UNREADABLE = "the rule of this watchlist can't be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The rule of a watchlist. `applied_at` is when the rule was last applied."""

    rule: Rule
    created_at: datetime
    applied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The effect that a rule would have now. `fitting` is how many services match the rule, `new` is how many of these are not on
    the watchlist yet, and `leaving` is how many services would leave the watchlist. For a rule with a distance, `centre` is the
    position from which the distance is measured."""

    fitting: int
    new: int
    leaving: int
    centre: Centre | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The changes to a watchlist: the ids of the services that joined and of the services that left. If the rule was not
    followed, `trouble` says why, for people."""

    watchlist: str
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    trouble: str | None = None


class Rules:
    """The part of the store for rules. Raises StoreError, and UsageError if the position of a rule's place is unknown."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def of(self, watchlist: str) -> Kept | None:
        """Returns the rule of a watchlist, or None if the watchlist has no rule, or if its rule cannot be read."""
        return self._kept(_rule.c.watchlist == watchlist).get(watchlist)

    def all(self) -> dict[str, Kept]:
        """Returns all rules that can be read, by watchlist."""
        return self._kept(true())

    def _kept(self, wanted: ColumnElement[bool]) -> dict[str, Kept]:
        with reading(self._engine) as connection:
            rows = connection.execute(select(_rule).where(wanted).order_by(_rule.c.watchlist)).mappings().all()
        loaded = ((row, _loaded(row["body"])) for row in rows)
        return {
            row["watchlist"]: Kept(rule=rule, created_at=row["created_at"], applied_at=row["applied_at"])
            for row, rule in loaded
            if rule is not None
        }

    def unreadable(self) -> list[str]:
        """Returns the watchlists whose rule cannot be read. No service joins or leaves these watchlists until somebody saves a
        new rule."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_rule.c.watchlist, _rule.c.body).order_by(_rule.c.watchlist)).all()
        return [row.watchlist for row in rows if _loaded(row.body) is None]

    def preview(self, watchlist: str, rule: Rule) -> Preview:
        """Returns the effect that a rule would have on a watchlist, without changing anything. The watchlist need not exist
        yet."""
        with reading(self._engine) as connection:
            entries = fitting(connection, rule)
            there = set(connection.execute(select(_watch.c.location_id).where(_watch.c.watchlist == watchlist)).scalars())
            return Preview(
                fitting=len(entries),
                new=sum(1 for one in entries if one.location_id not in there),
                leaving=len(_moved_out(connection, watchlist, rule, entries)),
                centre=centre(connection, rule.near.postcode) if rule.near else None,
            )

    def put(self, watchlist: str, rule: Rule, *, person: int | None, now: datetime, make: bool = False) -> Applied | None:
        """Creates or changes a watchlist's rule, and applies the rule. Services that join or leave now are not reported as news,
        since a person has just decided this. If the watchlist does not exist and `make` is true, creates the watchlist. If it
        does not exist and `make` is false, returns None."""
        # The previous rule is applied first, since a service that joins because of the previous rule is news.
        self._catch_up(watchlist, now, None)
        with writing(self._engine) as connection:
            _begin_slowly(connection)
            if make:
                keep_watchlist(connection, watchlist, now)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                return None
            return _put(connection, watchlist, rule, person, now)

    def start(self, watchlist: str, rule: Rule, *, person: int, now: datetime) -> Applied | None:
        """Creates a watchlist and its rule. The person who creates the watchlist owns it. Returns None if the name is taken. If
        no service matches the rule, raises UsageError and creates nothing."""
        with writing(self._engine) as connection:
            _begin_slowly(connection)
            if not keep_watchlist(connection, watchlist, now, person):
                return None
            note(connection, person, "made watchlist", watchlist, now)
            applied = _put(connection, watchlist, rule, person, now)
            if not applied.joined:
                raise UsageError(f"nothing in the register matches: {in_words(rule)}")  # this error also undoes the transaction
            return applied

    def remove(self, watchlist: str, *, keep_services: bool, person: int | None, now: datetime) -> Applied | None:
        """Removes a watchlist's rule, and the services that the rule put on the watchlist. If `keep_services` is true, the
        services stay, as if a person had put them on the watchlist. Returns None if the watchlist has no rule."""
        by_rule = (_watch.c.watchlist == watchlist) & _watch.c.by_rule
        with writing(self._engine) as connection:
            _begin_slowly(connection)
            if not connection.execute(delete(_rule).where(_rule.c.watchlist == watchlist).returning(_rule.c.watchlist)).first():
                return None
            ids = list(connection.execute(select(_watch.c.location_id).where(by_rule)).scalars())
            if keep_services:
                connection.execute(update(_watch).where(by_rule).values(by_rule=False))
            else:
                connection.execute(delete(_watch).where(by_rule))
            said = f"{watchlist}: {len(ids)} services {'stay' if keep_services else 'were taken off too'}"
            note(connection, person, "removed rule of watchlist", said, now)
            return Applied(watchlist=watchlist, left=() if keep_services else tuple(ids))

    def apply(self, now: datetime, operator: str | None) -> list[Applied]:
        """Applies the rules to the present register. Returns for each watchlist what changed, and which changes were not made.
        This method may run at any time, in any number of processes. A second call changes nothing. The address `operator` is
        notified of changes that were not made."""
        done = []
        for watchlist in self._due(now):
            applied = self._catch_up(watchlist, now, operator)
            if applied is None:
                with writing(self._engine) as connection:
                    _begin_slowly(connection)
                    applied = Applied(watchlist=watchlist, left=tuple(self._closed(connection, watchlist, now)))
                    _note_applied(connection, watchlist, now)
            if applied.joined or applied.left or applied.trouble:
                done.append(applied)
        return done

    def _catch_up(self, watchlist: str, now: datetime, operator: str | None) -> Applied | None:
        """Applies a watchlist's rule if a newer file has been loaded since the rule was last applied. Otherwise, returns None."""
        with writing(self._engine) as connection:
            _begin_slowly(connection)
            row = connection.execute(select(_rule).where(_rule.c.watchlist == watchlist)).mappings().first()
            if row is None or row["file"] == _newest_file(connection):
                return None
            rule = _loaded(row["body"])
            if rule is None:  # a rule that can't be read must not block other watchlists
                applied = self._not_done(connection, watchlist, _UNREADABLE, now, operator)
            else:
                applied = self._refresh(connection, watchlist, rule, row["file"] or 0, now, operator)
            _note_applied(connection, watchlist, now)
        # This needs a second transaction, because a transaction may lock services only once, in one order.
        with writing(self._engine) as connection:
            look_now_at(connection, _service.c.location_id.in_(_closed_ids(watchlist)), now)
        return applied

    def _due(self, now: datetime) -> list[str]:
        """Returns the watchlists whose rule must be applied because the register has changed."""
        closed = exists().where(_register.c.location_id == _watch.c.location_id, _register.c.left_on.is_not(None))
        leaving = exists().where(_watch.c.watchlist == _rule.c.watchlist, _watch.c.by_rule, closed)
        with reading(self._engine) as connection:
            newest = _newest_file(connection)
            if newest is None:
                return []
            behind = _rule.c.file.is_(None) | (_rule.c.file != newest)
            later = _rule.c.applied_at.is_(None) | (_rule.c.applied_at <= now - AGAIN_AFTER)
            query = select(_rule.c.watchlist).where(behind | (later & leaving)).order_by(_rule.c.watchlist)
            return list(connection.execute(query).scalars())

    # ── which services join and leave ──────────────────────────────────────────────────────────────────────────────────────

    def _refresh(
        self, connection: Connection, watchlist: str, rule: Rule, file: int, now: datetime, operator: str | None
    ) -> Applied:
        """Applies a rule because a newer file has been loaded since the rule was last applied."""
        try:
            entries = fitting(connection, rule)
            lasting = replace(rule, ratings=())
            out = _moved_out(connection, watchlist, lasting, entries if lasting == rule else None)
        except UsageError as error:  # a rule with a place whose position is no longer known must not block other watchlists
            return self._not_done(connection, watchlist, str(error), now, operator)
        since = connection.execute(select(func.max(_file.c.as_of)).where(_file.c.id <= file)).scalar()
        joined = put_on(connection, watchlist, [one.location_id for one in entries], now, by_rule=True)
        if since is not None:
            new = set(joined)
            for entry in (one for one in entries if one.location_id in new):
                self._welcome(connection, watchlist, entry, since, now)
        left = self._closed(connection, watchlist, now)
        trouble = None
        total = connection.execute(select(func.count()).select_from(_watch).where(_by_rule(watchlist))).scalar_one()
        if len(out) > SHARE_LEAVES * total and (len(out) > MOST_LEAVE or len(out) == total):
            some = ", ".join(out[:_NAMED])
            why = f"according to the newest files, {len(out)} of {total} services would leave at once ({some}, …)"
            trouble = self._not_done(connection, watchlist, why, now, operator).trouble
        else:
            left += take_off(connection, watchlist, out)
        if joined:
            note(connection, None, "put on watchlist by its rule", f"{watchlist}: {few(joined)}", now)
        if left:
            note(connection, None, "taken off watchlist by its rule", f"{watchlist}: {few(left)}", now)
        return Applied(watchlist=watchlist, joined=tuple(joined), left=tuple(left), trouble=trouble)

    def _not_done(self, connection: Connection, watchlist: str, why: str, now: datetime, operator: str | None) -> Applied:
        lines = (
            f"{why}.",
            "All services stay on the watchlist. If services should leave, save the rule again,"
            " on the rule's page or with cqc-monitor watch rule.",
        )
        if operator:
            key = f"rule|{watchlist}|{_newest_file(connection)}"
            subject = f"the rule of the watchlist {watchlist} was not followed"
            tell(connection, self._vault, ToOperator(key=key, to=operator, subject=subject, lines=lines), now)
        return Applied(watchlist=watchlist, trouble=why)

    def _welcome(self, connection: Connection, watchlist: str, entry: Entry, since: date, now: datetime) -> None:
        """Reports a service that joins after an import. For a newly registered service, the event is its registration. For a
        service that was listed before, the events are recent urgent events, such as the fall that made the service match. A
        service that was never read starts from an earlier state, so that its first check reports the fall. `since` is the date of
        the files with which the rule was last applied."""
        first = select(_register.c.first_listed_on).where(_register.c.location_id == entry.location_id)
        listed = connection.execute(first).scalar_one()
        if listed > since:
            event = _told_by_file(entry, Kind.REGISTERED, listed, now)
            self._tell(connection, watchlist, event, now)
            return
        seen = select(_service.c.seq).where(_service.c.location_id == entry.location_id)
        if connection.execute(seen).scalar_one() == 0:
            _start_from_former(connection, entry, since)
            return
        lately = datetime.combine(since, datetime.min.time(), now.tzinfo) - SEEN_BEFORE
        urgent = _event.c.kind.in_([str(kind) for kind in EVER_URGENT])
        here = (_event.c.location_id == entry.location_id) & (_event.c.observed_at >= lately) & urgent
        for body in connection.execute(select(_event.c.body).where(here).order_by(_event.c.position)).scalars():
            if (event := codec.load_event(body)).urgent:
                self._tell(connection, watchlist, event, now)

    def _tell(self, connection: Connection, watchlist: str, event: Event, now: datetime) -> None:
        # imported here, because `events` imports most of the store, and commands that only read don't need it
        from monitor.store.events import record_for

        record_for(connection, self._vault, watchlist, event, now)

    def _closed(self, connection: Connection, watchlist: str, now: datetime) -> list[str]:
        """Takes off services that have certainly closed, and returns their ids. A service has certainly closed if its page says
        that it has closed, or if its page can't be read and the register has listed the service as closed for a week. If the page
        can't be read, an event reports the closure. While the page says that the service is registered, the service stays."""
        columns = (_overview.c.archived, _service.c.read_at, _service.c.read_through_at, _service.c.added_at)
        joined = _register.join(_service, _service.c.location_id == _register.c.location_id).outerjoin(
            _overview, _overview.c.location_id == _register.c.location_id
        )
        query = select(_register, *columns).select_from(joined).where(_register.c.location_id.in_(_closed_ids(watchlist)))
        leaving = []
        for row in connection.execute(query.order_by(_register.c.location_id)).mappings().all():
            known = select(func.min(_file.c.imported_at)).where(_file.c.as_of >= row["left_on"])
            since = connection.execute(known).scalar() or now
            # These are the times at which the service's own page was last read, with or without all linked pages.
            seen = [at for at in (row["read_at"], row["read_through_at"]) if at is not None]
            unread = max(since, row["added_at"]) <= now - UNREAD_FOR and all(at < since for at in seen)
            if unread and not row["archived"]:
                event = _told_by_file(made(row), Kind.ARCHIVED, row["left_on"], now)
                self._tell(connection, watchlist, event, now)
            if unread or row["archived"]:
                leaving.append(row["location_id"])
        return take_off(connection, watchlist, leaving)


def _put(connection: Connection, watchlist: str, rule: Rule, person: int | None, now: datetime) -> Applied:
    """Gives an existing watchlist a rule, and applies the rule."""
    newest = _newest_file(connection)
    before = connection.execute(select(_rule.c.watchlist).where(_rule.c.watchlist == watchlist)).first()
    entries = fitting(connection, rule)
    left = take_off(connection, watchlist, _moved_out(connection, watchlist, rule, entries))
    joined = put_on(connection, watchlist, [one.location_id for one in entries], now, by_rule=True)
    connection.execute(delete(_rule).where(_rule.c.watchlist == watchlist))
    values = {"body": codec.dump_rule(rule), "created_at": now, "applied_at": now, "file": newest}
    connection.execute(insert(_rule).values(watchlist=watchlist, **values))
    what = "changed rule of watchlist" if before else "made rule of watchlist"
    counts = f"{len(joined)} joined, {len(left)} left"
    note(connection, person, what, f"{watchlist}: {in_words(rule)}; {counts}", now)
    return Applied(watchlist=watchlist, joined=tuple(joined), left=tuple(left))


def _begin_slowly(connection: Connection) -> None:
    unhurried(connection)
    in_turn(connection)


def _loaded(body: str) -> Rule | None:
    """Returns a stored rule as a value, or None if the rule is not valid."""
    try:
        return codec.load_rule(body)
    except ValueError:
        return None


def _note_applied(connection: Connection, watchlist: str, now: datetime) -> None:
    values = {"applied_at": now, "file": _newest_file(connection)}
    connection.execute(update(_rule).where(_rule.c.watchlist == watchlist).values(**values))


def _newest_file(connection: Connection) -> int | None:
    return connection.execute(select(func.max(_file.c.id))).scalar()


def _by_rule(watchlist: str) -> ColumnElement[bool]:
    return (_watch.c.watchlist == watchlist) & _watch.c.by_rule


def _closed_ids(watchlist: str) -> Select[Any]:
    """Returns a query for the ids of services that the rule put on the watchlist and that have since left the register."""
    closed = (_register.c.location_id == _watch.c.location_id) & _register.c.left_on.is_not(None)
    return select(_watch.c.location_id).join(_register, closed).where(_by_rule(watchlist))


def _moved_out(connection: Connection, watchlist: str, rule: Rule, fits: Iterable[Entry] | None = None) -> list[str]:
    """Returns the ids of registered services that the rule put on the watchlist but that no longer match the rule, for example
    because they moved or changed type. If the register has no data about a service for some part of the rule, the service is left
    out."""
    within = {one.location_id for one in (fitting(connection, rule) if fits is None else fits)}
    here = (_register.c.location_id == _watch.c.location_id) & _register.c.left_on.is_(None)
    query = select(_register).join(_watch, here).where(_by_rule(watchlist)).order_by(_register.c.location_id)
    listed = [made(row) for row in connection.execute(query).mappings() if row["location_id"] not in within]
    return [one.location_id for one in listed if not is_silent(rule, one)]


def _start_from_former(connection: Connection, entry: Entry, since: date) -> None:
    """Makes a baseline for a service that was never read, if the files show that its state changed recently. The baseline is the
    service's state according to the earlier files."""
    if entry.published is not None and entry.published < since - LAG:
        return  # the rating is old, so the service matches for another reason
    query = select(_history).where(_history.c.location_id == entry.location_id, _history.c.listed)
    until = since
    for row in connection.execute(query.order_by(_history.c.as_of.desc())).mappings():
        if until < since - LAG:
            return  # a change before this would not have been news on any watchlist
        until = row["as_of"]
        start = of_register(entry, made(dict(row) | {"listed_on": row["as_of"]}))
        if start is not None:
            snapshots.add(connection, start)
            connection.execute(update(_service).where(_service.c.location_id == entry.location_id).values(seq=start.seq))
            return


def _told_by_file(entry: Entry, kind: Kind, on: date, now: datetime) -> Event:
    """Returns an event that reports what CQC's files of a day state about a service. The id of the event depends only on its
    content, so that a second call makes the same event."""
    identity = f"{entry.location_id}|{kind}|{on}|register"
    return Event(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        location_id=entry.location_id,
        name=entry.name,
        kind=kind,
        published=on,
        observed_at=now,
        rests_on=Rests.MONTHLY_FILE,
    )
