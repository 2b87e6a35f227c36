"""Reads the database's records of one month of this monitor, for `monitor.reports.assurance`."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from monitor import codec
from monitor.addresses import shown
from monitor.cases import Did
from monitor.detect.circuit_breaker import SITE_BACK, SITE_OUT
from monitor.events import Event
from monitor.reports.assurance import Change, Delivery, Month, Outage, Records, Step, Taken, Unread, Waiting, Watched
from monitor.store.acknowledgements import of
from monitor.store.database import reading
from monitor.store.delivery_log import watchlists_of
from monitor.store.messages import MessageKind
from monitor.store.outages import OUTAGE
from monitor.store.tables import (
    AuditRow,
    CaseLogRow,
    CaseRow,
    EventRow,
    MessageRow,
    MessageState,
    NoticeRow,
    OverviewRow,
    PersonRow,
    ServiceRow,
    SiteRow,
    SubscriptionRow,
    ToldRow,
    VerificationRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault, opened
from monitor.store.verifications import verified
from monitor.store.watched import known_at

_audit, _case, _case_log = table(AuditRow), table(CaseRow), table(CaseLogRow)
_event, _message, _notice, _told = table(EventRow), table(MessageRow), table(NoticeRow), table(ToldRow)
_overview, _person, _service, _site = table(OverviewRow), table(PersonRow), table(ServiceRow), table(SiteRow)
_subscription, _verification, _watch = table(SubscriptionRow), table(VerificationRow), table(WatchRow)

RENAMED = "renamed watchlist"

CHANGES = (
    *("made watchlist", "deleted watchlist", RENAMED, "added to watchlist", "removed from watchlist"),
    *("put on watchlist by its rule", "taken off watchlist by its rule", "followed to its new profile"),
)
"""The actions in the audit that change which services are watched."""

_TAKEN = (Did.OPENED, Did.TOOK, Did.ASSIGNED, Did.LEFT, Did.ANSWERED, Did.CLOSED, Did.REOPENED)

_OURS = (MessageKind.TEST, MessageKind.SIGN_IN, MessageKind.CONFIRM, MessageKind.DRILL)
"""The kinds of message that are not about services."""


class Assurance:
    """The part of the store for the monthly report on this monitor. Raises StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def records(self, month: Month, watchlist: str | None, now: datetime, keep_log: timedelta | None) -> Records:
        """Returns the records of a month, for one watchlist, or for all watchlists if `watchlist` is None. `keep_log` is how long
        logs are kept; it is None if logs are kept for ever."""
        kept_from = now - keep_log if keep_log else None
        with reading(self._engine) as connection:
            names = _names(connection, watchlist) if watchlist is not None else None
            services = _watched(connection, month, watchlist)
            ids = {one.location_id for one in services}
            deliveries = self._deliveries(connection, month, names)
            told = {one for each in deliveries for one in each.events}
            joined = {one.location_id: one.since for one in services}
            events = _events(connection, month, None if watchlist is None else (joined, told))
            unread, reports = _unread(connection, month, ids)
            return Records(
                month=month,
                watchlist=watchlist,
                begun=_begun(connection),
                kept_from=kept_from,
                services=services,
                changes=_changes(connection, month, names),
                unread=unread,
                outages=_outages(connection, month),
                reports=reports,
                events=events,
                deliveries=deliveries,
                waiting=tuple(self._waiting(connection, month, names, now)),
                taken=_taken(connection, events),
                steps=_steps(connection, month, None if watchlist is None else ids | {one.location_id for one in events}),
                verified=tuple(
                    verified(row) for row in connection.execute(select(_verification)).mappings() if row["location_id"] in ids
                ),
            )

    def _deliveries(self, connection: Connection, month: Month, names: Collection[str] | None) -> tuple[Delivery, ...]:
        query = (
            select(_told, _message.c.created_at)
            .outerjoin(_message, _message.c.id == _told.c.message_id)
            .where(_told.c.at >= month.begins, _told.c.kind.not_in([str(one) for one in _OURS]))
            .order_by(_told.c.position)
        )
        found = []
        for row in connection.execute(query).mappings():
            body = json.loads(row["body"])
            if names is None or set(names) & set(body["watchlists"]):
                one = Delivery(
                    message_id=row["message_id"],
                    kind=row["kind"],
                    to=self._shown(row["address"]),
                    became=row["became"],
                    at=row["at"],
                    made_at=row["created_at"],
                    reply=row["reply"],
                    events=tuple(body["events"]),
                    about=body.get("subject"),
                )
                found.append(one)
        return tuple(found)

    def _waiting(
        self, connection: Connection, month: Month, names: Collection[str] | None, now: datetime
    ) -> Iterator[Waiting]:
        pending = (_message.c.state == MessageState.PENDING) & _during(_message.c.created_at, month)
        pending &= _message.c.kind.not_in([str(one) for one in _OURS])
        for row in connection.execute(select(_message).where(pending).order_by(_message.c.created_at)).mappings():
            body = json.loads(row["body"])
            if names is None or set(names) & set(body.get("watchlists") or watchlists_of(connection, row["id"])):
                yield Waiting(
                    kind=row["kind"],
                    to=self._shown(row["address"]),
                    since=row["created_at"],
                    attempts=row["attempts"],
                    reply=row["reply"],
                    events=tuple(body.get("events", ())),
                )
        due = _notice.c.message_id.is_(None) & _during(_notice.c.due_at, month) & (_notice.c.due_at <= now)
        query = select(_notice, _subscription.c.address).join(_subscription, _subscription.c.id == _notice.c.subscription_id)
        if names is not None:
            query = query.where(_subscription.c.watchlist.in_(names))
        for row in connection.execute(query.where(due).order_by(_notice.c.due_at, _notice.c.id)).mappings():
            events = (row["event_id"],) if row["event_id"] else ()
            kind, since = f"{row['kind']}, not in a message yet", row["due_at"]
            yield Waiting(kind=kind, to=self._shown(row["address"]), since=since, attempts=0, reply=None, events=events)

    def _shown(self, encrypted: str) -> str:
        return shown(opened(self._vault, encrypted)).removeprefix("mailto:")


def _during(column: Any, month: Month) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (column >= month.begins) & (column < month.until)
    return found


def _names(connection: Connection, watchlist: str) -> set[str]:
    """Returns a watchlist's present name, and its earlier names according to the audit. The earlier names are needed because each
    message was recorded under the name that the watchlist had at that time."""
    names = {watchlist}
    renamed = select(_audit.c.about).where(_audit.c.what == RENAMED).order_by(_audit.c.position.desc())
    for about in connection.execute(renamed).scalars():
        former, _, name = about.rpartition(": now ")
        if name in names:
            names.add(former)
    return names


def _watched(connection: Connection, month: Month, watchlist: str | None) -> tuple[Watched, ...]:
    since = select(_watch.c.location_id, func.min(_watch.c.added_at).label("since")).group_by(_watch.c.location_id)
    mine = (since.where(_watch.c.watchlist == watchlist) if watchlist is not None else since).subquery()
    name = func.coalesce(_overview.c.name, _service.c.location_id).label("name")
    query = (
        select(_service.c.location_id, name, mine.c.since, known_at().label("known_at"), _service.c.read_at, _service.c.trouble)
        .join(mine, mine.c.location_id == _service.c.location_id)
        .outerjoin(_overview, _overview.c.location_id == _service.c.location_id)
        .where(mine.c.since < month.until)
        .order_by(name, _service.c.location_id)
    )
    return tuple(Watched(**row) for row in connection.execute(query).mappings())


def _begun(connection: Connection) -> datetime | None:
    """Returns the earliest time of any record, or None if there is no record."""
    times = (_service.c.added_at, _event.c.observed_at, _told.c.at, _audit.c.at)
    found = (connection.execute(select(func.min(one))).scalar() for one in times)
    return min((one for one in found if one is not None), default=None)


def _events(
    connection: Connection, month: Month, scope: tuple[Mapping[str, datetime], Collection[str]] | None
) -> tuple[Event, ...]:
    """Returns the events of a month. If `scope` is given, only the events for one watchlist are returned: the events of each of
    its services since the service joined the watchlist, and the events that the watchlist's messages contained."""
    bodies = connection.execute(select(_event.c.body).where(_during(_event.c.observed_at, month)).order_by(_event.c.position))
    events = tuple(map(codec.load_event, bodies.scalars()))
    if scope is None:
        return events
    joined, told = scope
    return tuple(
        one for one in events if one.id in told or one.observed_at >= joined.get(one.location_id, month.until)
    )


def _unread(
    connection: Connection, month: Month, ids: Collection[str]
) -> tuple[tuple[Unread, ...], tuple[int, int]]:
    """Returns the services that digests and heartbeat messages have listed as not up to date since the month began. Each is
    returned with the time when it was last read and the time when the message was made. Also returns two numbers: how many
    digests and heartbeat messages were made in the month, and how many of these messages listed a service as not up to date."""
    kinds = (str(MessageKind.DIGEST), str(MessageKind.STILL_WATCHING))
    query = select(_message.c.created_at, _message.c.body).where(_message.c.kind.in_(kinds))
    found, made, naming = set(), 0, 0
    for row in connection.execute(query.where(_message.c.created_at >= month.begins)):
        stale = [one for one in json.loads(row.body).get("stale", ()) if one[0] in ids]
        found |= {(one, datetime.fromisoformat(read_at), row.created_at) for one, read_at in stale if read_at}
        made += month.has(row.created_at)
        naming += month.has(row.created_at) and bool(stale)
    return tuple(Unread(location_id=one, since=since, until=until) for one, since, until in sorted(found)), (made, naming)


def _outages(connection: Connection, month: Month) -> tuple[Outage, ...]:
    """Returns the outages that the operator was notified of, and the present outage, if they overlap the month."""
    query = select(_message.c.created_at, _message.c.body).where(_message.c.kind == MessageKind.TROUBLE)
    found: list[Outage] = []
    since = None
    for row in connection.execute(query.order_by(_message.c.created_at, _message.c.id)):
        subject = json.loads(row.body).get("subject")
        if subject == SITE_OUT:
            found += [Outage(since=since, until=None)] if since else []
            since = row.created_at
        elif subject == SITE_BACK:
            found.append(Outage(since=since, until=row.created_at))
            since = None
    now_out = connection.execute(select(_site.c.blind_since).where(_site.c.name == OUTAGE)).scalar()
    if now_out is not None:
        found.append(Outage(since=now_out, until=None, lasts=True))
    elif since is not None:
        found.append(Outage(since=since, until=None))
    return tuple(one for one in found if _touches(one, month))


def _touches(outage: Outage, month: Month) -> bool:
    first, last = outage.since or outage.until, outage.until or outage.since
    return first is not None and first < month.until and (outage.lasts or (last is not None and last >= month.begins))


def _changes(connection: Connection, month: Month, names: Collection[str] | None) -> tuple[Change, ...]:
    query = select(_audit).where(_audit.c.what.in_(CHANGES), _during(_audit.c.at, month)).order_by(_audit.c.position)
    rows = connection.execute(query).mappings()
    return tuple(
        Change(at=row["at"], what=row["what"], about=row["about"])
        for row in rows
        if names is None or any(row["about"] == one or row["about"].startswith((f"{one}:", f"{one};")) for one in names)
    )


def _taken(connection: Connection, events: Iterable[Event]) -> tuple[Taken, ...]:
    known = of(connection, [one.id for one in events])
    return tuple(
        Taken(event_id=one.event_id, by=one.by, at=one.at, reopened_at=one.reopened_at)
        for several in known.values()
        for one in several
    )


def _steps(connection: Connection, month: Month, ids: Collection[str] | None) -> tuple[Step, ...]:
    """Returns the entries that were added to the logs of cases in the month. If somebody answered by the link in a message, the
    entry's `by` is the address that the message was sent to, since nobody was signed in."""
    name = func.coalesce(_overview.c.name, _case.c.location_id).label("name")
    query = (
        select(_case_log, _case.c.location_id, name, _person.c.email)
        .join(_case, _case.c.id == _case_log.c.case_id)
        .outerjoin(_overview, _overview.c.location_id == _case.c.location_id)
        .outerjoin(_person, _person.c.id == _case_log.c.person)
        .where(_during(_case_log.c.at, month), _case_log.c.did.in_([str(one) for one in _TAKEN]))
        .order_by(_case_log.c.at, _case_log.c.case_id, _case_log.c.number)
    )
    return tuple(
        Step(
            case=row["case_id"],
            location_id=row["location_id"],
            name=row["name"],
            did=Did(row["did"]),
            at=row["at"],
            by=row["text"] if row["did"] == Did.ANSWERED else row["email"],
        )
        for row in connection.execute(query).mappings()
        if ids is None or row["location_id"] in ids
    )
