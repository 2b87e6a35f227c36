"""Stores which services are watched, which checks are due, and the present state of each service. `recording` records the
results of checks."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    RowMapping,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from monitor import codec
from monitor.detect.checks import PUT_OFF, Correction, Due, KnownPage, Outcome, ReadPage, UnchangedCheck, Watched
from monitor.detect.schedule import next_look
from monitor.events import Event
from monitor.model import Snapshot
from monitor.reader_version import VERSION
from monitor.store import snapshots
from monitor.store.database import add_once, in_parts, in_turn, reading, writing
from monitor.store.prepared import Statement, prepared
from monitor.store.service_rows import locked_services, new_service
from monitor.store.tables import (
    CorrectionRow,
    DisagreementRow,
    EventRow,
    HintRow,
    OverviewRow,
    PageRow,
    ServiceRow,
    SnapshotRow,
    WatchlistRow,
    WatchRow,
    WorkerRow,
    table,
)
from monitor.store.vault import Vault
from monitor.store.watched import is_on, is_unseen, is_watched, last_read_before

_service, _page, _snapshot = table(ServiceRow), table(PageRow), table(SnapshotRow)
_watch, _event = table(WatchRow), table(EventRow)
_watchlist, _worker, _disagreement = table(WatchlistRow), table(WorkerRow), table(DisagreementRow)
_correction, _hint, _overview = table(CorrectionRow), table(HintRow), table(OverviewRow)

# The order in which services are checked: services with a candidate change first, then the services that have been due longest.
_SOONEST = (_service.c.suspicions == "[]", _service.c.next_look_at, _service.c.location_id)


_DIFFERING = select(_disagreement.c.location_id)
_HINTED = select(_hint.c.location_id).where(_hint.c.settled_at.is_(None))
_KNOWN = select(*_page.c["location_id", "url", "etag", "last_modified", "fingerprint", "digest", "reader"]).order_by(
    _page.c.location_id, _page.c.position
)
_KNOWN_OF = _KNOWN.where(_page.c.location_id.in_(bindparam("these", expanding=True)))
_PAGES_OF = select(_page).where(_page.c.location_id == bindparam("of")).order_by(_page.c.position)

_FEW = 500
"""How many ids a query lists, at most. If there are more ids, the whole table is read instead."""

LONGEST_WAIT = timedelta(days=1)
"""The longest time that a site can ask this program to wait (see cqc.transport.retry_after)."""


class Services:
    """The part of the store for services. Every method is one transaction; all raise StoreError for database errors."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    # ── which services are watched ───────────────────────────────────────────────────────────────────────────────────────

    def watch(self, watchlist: str, location_ids: Sequence[str], now: datetime) -> list[str]:
        """Puts all given services on a watchlist, or none. Creates the watchlist if it does not exist. Returns the services that
        were not on the watchlist before. These services are due for a check at once."""
        with writing(self._engine) as connection:
            in_turn(connection)
            keep_watchlist(connection, watchlist, now)
            return put_on(connection, watchlist, location_ids, now)

    def unwatch(self, watchlist: str, location_ids: Sequence[str]) -> list[str]:
        """Takes services off a watchlist, and returns the services that were on the watchlist. The services' history is not
        deleted."""
        with writing(self._engine) as connection:
            in_turn(connection)
            return take_off(connection, watchlist, location_ids)

    def watchlists(self) -> dict[str, list[str]]:
        """Returns the names of all watchlists, each with the location ids of its services."""
        lists: dict[str, list[str]] = {}
        with reading(self._engine) as connection:
            order = _watch.c["watchlist", "added_at", "location_id"]
            rows = connection.execute(select(_watch.c.watchlist, _watch.c.location_id).order_by(*order))
            for watchlist, location_id in rows:
                lists.setdefault(watchlist, []).append(location_id)
        return lists

    def watched(
        self,
        location_ids: Iterable[str] | None = None,
        *,
        watchlist: str | None = None,
        stale_before: datetime | None = None,
        amiss_before: datetime | None = None,
        limit: int | None = None,
    ) -> list[Watched]:
        """Returns all watched services, sorted by location id. If `location_ids` is given, returns the services with these ids
        instead, even if the services are no longer watched; unknown ids are left out. `watchlist` restricts the result to
        services on that watchlist, `stale_before` to services that were last fully read before that instant, and `amiss_before`
        to services that are not up to date."""
        chosen = is_watched() if location_ids is None else _service.c.location_id.in_(list(location_ids))
        if watchlist is not None:
            chosen &= is_on([watchlist])
        if stale_before is not None:
            chosen &= last_read_before(stale_before)
        if amiss_before is not None:
            chosen &= is_unseen(amiss_before)
        query = select(_service, _snapshot.c.body).outerjoin(_snapshot, snapshots.is_newest()).where(chosen)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(_service.c.location_id).limit(limit)).mappings().all()
            on_lists: dict[str, list[str]] = {row["location_id"]: [] for row in rows}
            listed = select(_watch.c.watchlist, _watch.c.location_id)
            if len(rows) <= _FEW:
                listed = listed.where(_watch.c.location_id.in_(list(on_lists)))
            for name, location_id in connection.execute(listed):
                if location_id in on_lists:
                    on_lists[location_id].append(name)
        return [_watched(row, tuple(sorted(on_lists[row["location_id"]]))) for row in rows]

    # ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def due(self, now: datetime, limit: int) -> list[Due]:
        """Returns at most `limit` watched services whose next check is due. Services with a candidate change come first, then the
        services that have been due longest. Services that workers have claimed are included."""
        with reading(self._engine) as connection:
            return self._due(connection, connection.execute(*_soonest(now, limit)).mappings().all())

    def claim(self, now: datetime, limit: int, worker: str) -> list[Due]:
        """Claims at most `limit` due services that no worker has claimed, in the order of `due`. Services with a hint alternate
        with other services, beginning with a service with a hint. At most half of `limit` (or one, if `limit` is 1) are services
        with a hint. The worker keeps its claims (see WorkerRow) until it releases them.

        First, the worker's earlier claims are released. A worker that was found dead gets no services.
        """
        with reading(self._engine) as connection:  # usually nothing is due, so the first query takes no lock
            if not connection.execute(*_anything_due(now, worker)).scalar():
                return []
        with writing(self._engine) as connection:
            if not is_enlisted(connection, worker):
                return []
            free_looks(connection, [worker])
            free = select(_service.c.location_id).where(_is_due(now), _service.c.leased_by.is_(None))
            hinted = _free(connection, free.where(_is_hinted(now)), max(1, limit // 2))
            others = _free(connection, free.where(_service.c.location_id.not_in(hinted)), limit - len(hinted))
            ids = [one for pair in zip_longest(hinted, others) for one in pair if one is not None]
            taken = _service.c.location_id.in_(ids)
            connection.execute(update(_service).where(taken).values(leased_by=worker, leased_at=now))
            rows = connection.execute(select(_service).where(taken)).mappings().all()
            dues = {due.location_id: due for due in self._due(connection, rows)}
            return [dues[one] for one in ids]

    def let_go(self, worker: str) -> None:
        """Releases the services that a worker claimed, whether or not it has checked them."""
        with writing(self._engine) as connection:
            free_looks(connection, [worker])

    def to_look_at(self, location_ids: Iterable[str] | None = None) -> list[Due]:
        """Returns the watched services, whether they are due or not, so that the caller can check them. If `location_ids` is
        given, only services with these ids are returned."""
        with reading(self._engine) as connection:
            query = select(_service).where(is_watched()).order_by(_service.c.location_id)
            if location_ids is not None:
                query = query.where(_service.c.location_id.in_(list(location_ids)))
            return self._due(connection, connection.execute(query).mappings().all())

    def _due(self, connection: Connection, rows: Sequence[RowMapping]) -> list[Due]:
        pages: dict[str, list[KnownPage]] = {row["location_id"]: [] for row in rows}
        few = len(rows) <= _FEW
        known = connection.execute(_KNOWN_OF, {"these": list(pages)}) if few else connection.execute(_KNOWN)
        differing = set(connection.execute(_DIFFERING).scalars())
        hinted = set(connection.execute(_HINTED).scalars())
        for location_id, url, etag, last_modified, fingerprint, digest, reader in known:
            if location_id in pages:
                pages[location_id].append(
                    KnownPage(
                        url=url,
                        etag=etag,
                        last_modified=last_modified,
                        fingerprint=fingerprint,
                        digest=digest,
                        reader=reader,
                    )
                )
        return [
            Due(
                location_id=row["location_id"],
                seq=row["seq"],
                candidates=codec.load_candidates(row["suspicions"]),
                failures=row["failures"],
                grave=row["grave"],
                read_through_at=row["read_through_at"],
                whole=row["whole"],
                pages=tuple(pages[row["location_id"]]),
                named_at=row["named_at"],
                witnessed_at=row["witnessed_at"],
                differs=row["location_id"] in differing,
                reread_at=row["reread_at"],
                asked_whole_at=row["asked_whole_at"],
                hinted=row["location_id"] in hinted,
                put_off=row["trouble"] == PUT_OFF,
            )
            for row in rows
        ]

    def look_no_later_than(self, now: datetime, every: timedelta) -> None:
        """Makes checks earlier that are scheduled later than `every` from now. A check may be scheduled later because CHECK_EVERY
        was longer before, because the service was quiet and therefore checked less often, or because a clock was wrong. The new
        times of the checks are spread out. If a check failed and the site asked for a longer wait, the time of the next check
        does not change."""
        with reading(self._engine) as connection:  # usually no check is so late, so the first query takes no lock
            if not connection.execute(*_anything_late(now, every)).scalar():
                return
        late = _is_late(now, every)
        with writing(self._engine) as connection:
            if locked_services(connection, late):
                ids = connection.execute(select(_service.c.location_id).where(late)).scalars().all()
                here = (_service.c.location_id == bindparam("one")) & late
                rows = [{"one": one, "at": next_look(location_id=one, now=now, check_every=every)} for one in sorted(ids)]
                connection.execute(update(_service).where(here).values(next_look_at=bindparam("at")), rows)

    def remembered(self, location_id: str) -> tuple[Snapshot | None, list[ReadPage]]:
        """Returns the last known state of a service, and its stored pages with their readings, the location page first."""
        with reading(self._engine) as connection:
            pages = connection.execute(_PAGES_OF, {"of": location_id})
            return snapshots.newest(connection, location_id), [_read_page(row) for row in pages.mappings()]

    def record_unchanged(self, looks: Sequence[UnchangedCheck]) -> None:
        """Records checks that found no change, all in one transaction. If another check of a service has found a candidate change
        or has failed meanwhile, the result of the other check stays."""
        at: BindParameter[Any] = bindparam("at")
        read_through_at = case((bindparam("through"), at), else_=_service.c.read_through_at)
        asked_whole_at = case((bindparam("asked_whole"), at), else_=_service.c.asked_whole_at)
        values = {
            "looked_at": at,
            "read_at": at,
            "next_look_at": bindparam("next"),
            "read_through_at": read_through_at,
            "asked_whole_at": asked_whole_at,
        }
        calm = (_service.c.suspicions == "[]") & (_service.c.failures == 0)
        here = (_service.c.location_id == bindparam("one")) & calm
        rows = [
            {
                "one": look.location_id,
                "at": look.looked_at,
                "next": look.next_look_at,
                "through": look.through,
                "asked_whole": look.asked_whole,
            }
            for look in looks
        ]
        with writing(self._engine) as connection:
            if locked_services(connection, _service.c.location_id.in_([look.location_id for look in looks])):
                connection.execute(update(_service).where(here).values(**values), rows)

    def record(self, outcome: Outcome) -> bool:
        """Records a check in one transaction: its snapshot, events, evidence and notices, and the time of the next check.
        Recording the same check again adds nothing.

        If another check has changed the service's snapshot or candidate changes since this check began, nothing is recorded,
        and the result is False.
        """
        # imported here, because `recording` imports most of the store, and commands that only read don't need it
        from monitor.store.recording import record

        with writing(self._engine) as connection:
            return record(connection, self._vault, outcome)

    # ── pages read by another version of the reader ──────────────────────────────────────────────────────────────────────

    def plan_rereading(self, now: datetime, within: timedelta) -> int:
        """Schedules checks of the services whose pages were read by another version of the reader. The checks are spread over the
        period `within`, the worst services first. Services for which such a check is already scheduled are left out. Returns how
        many checks were scheduled."""
        unplanned = is_watched() & _service.c.reread_at.is_(None) & is_read_otherwise()
        here = _overview.c.location_id == _service.c.location_id
        standing = select(_overview.c.standing).where(here).scalar_subquery()
        order = (_service.c.grave.desc(), standing, _service.c.location_id)
        with writing(self._engine) as connection:
            if not locked_services(connection, unplanned):
                return 0
            query = select(_service.c.location_id, _service.c.next_look_at).where(unplanned).order_by(*order)
            rows = connection.execute(query).all()
            at = [now + within * number / len(rows) for number in range(len(rows))]
            here = _service.c.location_id == bindparam("one")
            values: dict[str, Any] = {"reread_at": bindparam("at"), "next_look_at": bindparam("next")}
            planned = [
                {"one": row.location_id, "at": when, "next": min(row.next_look_at, when)}
                for row, when in zip(rows, at, strict=True)
            ]
            connection.execute(update(_service).where(here).values(**values), planned)
            return len(rows)

    def corrections(self, since: datetime) -> list[Correction]:
        """Returns the mistakes of older versions of the reader that were noticed at `since` or later, oldest first."""
        return self._corrections(_correction.c.noted_at >= since)

    def corrections_of_this_version(self) -> list[Correction]:
        """Returns the mistakes of older versions of the reader that this version noticed, oldest first."""
        return self._corrections(_correction.c.reader == VERSION)

    def _corrections(self, chosen: Any) -> list[Correction]:
        query = select(_correction).where(chosen).order_by(_correction.c.position)
        with reading(self._engine) as connection:
            return [
                Correction(location_id=row["location_id"], noted_at=row["noted_at"], line=row["line"])
                for row in connection.execute(query).mappings()
            ]

    def read_again(self) -> tuple[int, int]:
        """Returns two numbers: for how many watched services this version of the reader has read all stored pages, and how many
        watched services have stored pages."""
        with reading(self._engine) as connection:
            return read_again(connection)

    # ── history ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def events(self, since: datetime | None = None, of: Collection[str] | None = None) -> list[Event]:
        """Returns all events, oldest first. `since` restricts the result to events at or after that instant, and `of` to events
        of the services with these ids."""
        query = select(_event.c.body).order_by(_event.c.position)
        if of is not None:
            query = query.where(_event.c.location_id.in_(list(of)))
        if since is not None:
            query = query.where(_event.c.observed_at >= since)
        with reading(self._engine) as connection:
            return [codec.load_event(body) for body in connection.execute(query).scalars()]

    def history(self, location_id: str) -> list[Snapshot]:
        """All snapshots of a service, oldest first."""
        query = select(_snapshot.c.body).where(_snapshot.c.location_id == location_id).order_by(_snapshot.c.seq)
        with reading(self._engine) as connection:
            return [codec.load_snapshot(body) for body in connection.execute(query).scalars()]


def keep_watchlist(connection: Connection, name: str, now: datetime, owner: int | None = None) -> bool:
    """Creates a watchlist without services. Returns False if the watchlist already exists."""
    return add_once(connection, _watchlist, name=name, owner=owner, created_at=now)


def put_on(
    connection: Connection, watchlist: str, location_ids: Sequence[str], now: datetime, *, by_rule: bool = False
) -> list[str]:
    """Puts services on an existing watchlist, within the caller's transaction, which must have called `in_turn`. Returns the
    services that were not on the watchlist before.

    by_rule  whether the watchlist's rule puts the services on the watchlist. If so, the rule may take them off again. After a
             person has put a service on a watchlist, the rule may no longer take the service off, even if the rule had put the
             service on before
    """
    there = set(connection.execute(select(_watch.c.location_id).where(_watch.c.watchlist == watchlist)).scalars())
    known = set(connection.execute(select(_service.c.location_id)).scalars())
    added = [one for one in dict.fromkeys(location_ids) if one not in there]
    in_order = sorted(added)  # record_unchanged locks in this order too, so that transactions never wait for each other
    if new := [new_service(one, now) for one in in_order if one not in known]:
        from monitor.store import from_register  # imported here for the same reason as in `Services.record`

        connection.execute(insert(_service), new)
        from_register.fill(connection, [one["location_id"] for one in new])
    if old := [{"one": one, "now": now} for one in in_order if one in known]:
        here = _service.c.location_id == bindparam("one")
        connection.execute(update(_service).where(here).values(next_look_at=bindparam("now")), old)
    if added:
        row = {"watchlist": watchlist, "added_at": now, "by_rule": by_rule}
        connection.execute(insert(_watch), [row | {"location_id": one} for one in in_order])
    if not by_rule and (kept := [{"one": one} for one in there.intersection(location_ids)]):
        theirs = (_watch.c.watchlist == watchlist) & (_watch.c.location_id == bindparam("one")) & _watch.c.by_rule
        connection.execute(update(_watch).where(theirs).values(by_rule=False), kept)
    return added


def take_off(connection: Connection, watchlist: str, location_ids: Sequence[str]) -> list[str]:
    """Takes services off a watchlist, within the caller's transaction, which must have called `in_turn`. Returns the services
    that were on the watchlist."""
    removed: list[str] = []
    for part in in_parts(location_ids):
        on_it = (_watch.c.watchlist == watchlist) & _watch.c.location_id.in_(part)
        removed += connection.execute(select(_watch.c.location_id).where(on_it)).scalars()
        connection.execute(delete(_watch).where(on_it))
    return removed


def is_enlisted(connection: Connection, worker: str) -> bool:
    """Whether a worker is still registered. Until this transaction ends, no other worker can declare the worker dead. Without
    this, a worker that was declared dead could make claims, which would never be released."""
    query = select(_worker.c.id).where(_worker.c.id == worker).with_for_update(read=True, key_share=True)
    return connection.execute(query).first() is not None


def free_looks(connection: Connection, workers: Sequence[str]) -> None:
    """Releases the services that these workers claimed."""
    theirs = _service.c.leased_by.in_(workers)
    if locked_services(connection, theirs):
        connection.execute(update(_service).where(theirs).values(leased_by=None, leased_at=None))


def _free(connection: Connection, free: Any, limit: int) -> list[str]:
    """Locks and returns the first services of a query. Services that another transaction has locked are left out."""
    if limit <= 0:
        return []
    query = free.order_by(*_SOONEST).limit(limit).with_for_update(of=_service, skip_locked=True)
    return list(connection.execute(query).scalars())


def _is_hinted(now: datetime) -> Any:
    """Returns an SQL condition that is true for a service if an open hint asks for a check now."""
    here = _hint.c.location_id == _service.c.location_id
    return exists().where(here, _hint.c.settled_at.is_(None), _hint.c.due_at <= now)


def _is_due(now: datetime) -> Any:
    return (_service.c.next_look_at <= now) & is_watched()


@prepared
def _soonest(now: datetime, limit: int) -> Statement:
    return select(_service).where(_is_due(now)).order_by(*_SOONEST).limit(limit)


@prepared
def _anything_due(now: datetime, worker: str) -> Statement:
    """Returns a query that asks whether any service is due and not claimed by another worker."""
    return select(exists().where(_is_due(now), _service.c.leased_by.is_(None) | (_service.c.leased_by == worker)))


def _is_late(now: datetime, every: timedelta) -> Any:
    """Returns an SQL condition that is true for a service whose check `Services.look_no_later_than` makes earlier."""
    asked = (_service.c.failures > 0) & (_service.c.next_look_at <= now + LONGEST_WAIT)
    asked &= _service.c.looked_at <= now  # if this time is in the future, a clock was fast
    return (_service.c.next_look_at > now + every) & ~asked


@prepared
def _anything_late(now: datetime, every: timedelta) -> Statement:
    return select(exists().where(_is_late(now, every)))


def is_read_otherwise() -> Any:
    """Returns an SQL condition that is true for a service if another version of the reader read at least one of its pages."""
    return exists().where(_page.c.location_id == _service.c.location_id, _page.c.reader != VERSION)


def to_read_again(connection: Connection) -> int:
    """Returns how many watched services have a page that was read by another version of the reader."""
    return int(connection.execute(*_read_by_others(VERSION)).scalar_one())


@prepared
def _read_by_others(version: int) -> Statement:
    # few pages were read by other versions, and an index finds older and newer versions
    otherwise = or_(_page.c.reader < version, _page.c.reader > version)
    watched = exists().where(_watch.c.location_id == _page.c.location_id)
    return select(func.count(_page.c.location_id.distinct())).where(otherwise, watched)


def read_again(connection: Connection) -> tuple[int, int]:
    """Returns two numbers: for how many watched services this version of the reader has read all stored pages, and how many
    watched services have stored pages."""
    has_pages = exists().where(_page.c.location_id == _service.c.location_id)
    of = int(connection.execute(select(func.count()).select_from(_service).where(is_watched(), has_pages)).scalar_one())
    return of - to_read_again(connection), of


def _watched(row: RowMapping, watchlists: tuple[str, ...]) -> Watched:
    return Watched(
        location_id=row["location_id"],
        watchlists=watchlists,
        added_at=row["added_at"],
        looked_at=row["looked_at"],
        read_at=row["read_at"],
        next_look_at=row["next_look_at"],
        failures=row["failures"],
        trouble=row["trouble"],
        candidates=codec.load_candidates(row["suspicions"]),
        snapshot=codec.load_snapshot(row["body"]) if row["body"] else None,
        vouched_at=row["vouched_at"],
    )


def _read_page(row: RowMapping) -> ReadPage:
    return ReadPage(
        url=row["url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        fingerprint=row["fingerprint"],
        digest=row["digest"],
        reading=codec.load_reading(row["reading"]),
        fetched_at=row["fetched_at"],
        reader=row["reader"],
    )
