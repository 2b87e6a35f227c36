"""Compares own facts with CQC's ratings, to find the services where councils have suspended placements or may have to suspend
them. Also stores the dates on which suspensions must be reviewed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, case, delete, exists, false, func, select, true

from monitor import codec
from monitor.addresses import ONLY_URGENT, scheme
from monitor.errors import UsageError
from monitor.events import Kind
from monitor.model import NoticeKind
from monitor.notify.route import hour_gone_by
from monitor.ratings import OVERALL, Rating
from monitor.store import newest_files
from monitor.store.audit import note
from monitor.store.database import in_parts, in_turn, insertion, reading, writing
from monitor.store.messages import MessageKind
from monitor.store.own_facts import FACTS, hidden_from, made, readable
from monitor.store.subscribed import as_subscription, is_paused, owe_without_event
from monitor.store.tables import (
    EventRow,
    MessageRow,
    NoticeRow,
    OverviewRow,
    OwnFactRow,
    PersonRow,
    RegisterFileRow,
    RegisterRow,
    SubscriptionRow,
    SuspensionReviewRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault
from monitor.suspensions import Suspension
from monitor.text import LONDON, day, day_in_london

_own, _review, _overview = table(OwnFactRow), table(SuspensionReviewRow), table(OverviewRow)
_event, _person, _subscription, _notice = table(EventRow), table(PersonRow), table(SubscriptionRow), table(NoticeRow)
_message, _watch, _register, _file = table(MessageRow), table(WatchRow), table(RegisterRow), table(RegisterFileRow)

_REVIEWED = _own.outerjoin(
    _review, (_review.c.watchlist == _own.c.watchlist) & (_review.c.location_id == _own.c.location_id)
)
_JOINED = (
    _REVIEWED.outerjoin(_overview, _overview.c.location_id == _own.c.location_id)
    .outerjoin(_register, _register.c.location_id == _own.c.location_id)
    .outerjoin(_person, _person.c.id == _review.c.set_by)
)
_IS_SUSPENDED = _own.c.suspended_since.is_not(None)
_IS_WATCHED = exists().where(_watch.c.location_id == _own.c.location_id).correlate(_own)
_FILED = case((~_IS_WATCHED & _register.c.left_on.is_(None), _register.c.overall))
"""An SQL expression for the overall rating in CQC's newest file, for services on no watchlist; NULL for other services."""
_OVERALL = case((_IS_WATCHED, _overview.c.overall), (_FILED == Rating.INADEQUATE, _FILED))
"""An SQL expression for the overall rating of a service. For a service on no watchlist, the rating is "inadequate" if CQC's
newest file says so. Any other rating of a service on no watchlist is treated as not known, since it may be out of date."""
_FILED_ON = newest_files.RATED.scalar_subquery()
LONGEST_GAP = timedelta(days=7)
"""How much time passes between two digests of one subscription, at most."""


class Suspensions:
    """The part of the store for suspensions. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def listed(self, watchlists: Collection[str] | None = None, *, reader: int | None) -> list[Suspension]:
        """Returns the services where placements are suspended or may have to be suspended. Placements may have to be suspended if
        people may be placed at the service, and the service is inadequate overall or its rating is not known. If `watchlists` is
        not None, only the facts of these watchlists are used. If `reader` is not None, only facts that this person may read are
        used."""
        placed = func.coalesce(_own.c.people_placed, 1) > 0
        might = placed & (func.coalesce(_OVERALL, Rating.INADEQUATE) == Rating.INADEQUATE)
        might &= ~func.coalesce(_overview.c.archived, false())
        with reading(self._engine) as connection:
            return _found(connection, _query(_IS_SUSPENDED | might, watchlists, hidden_from(connection, reader)))

    def knows(self, watchlists: Collection[str] | None = None, *, reader: int | None) -> bool:
        """Whether there are own facts that `reader` may read (any facts, if `reader` is None). If `watchlists` is not None,
        only the facts of these watchlists are considered."""
        with reading(self._engine) as connection:
            query = _query(true(), watchlists, hidden_from(connection, reader)).limit(1)
            return connection.execute(query).first() is not None

    def due(self, watchlists: Collection[str] | None, today: date, *, reader: int | None) -> list[Suspension]:
        """Returns the suspensions whose date for a review has come. The same facts are used as for `listed`."""
        with reading(self._engine) as connection:
            found = _found(connection, _query(_is_due(today), watchlists, hidden_from(connection, reader)))
        return [one for one in found if one.review]

    def due_for(self, address: str, watchlists: Collection[str], today: date) -> list[Suspension]:
        """Returns the suspensions whose date for a review has come, for a message to an address about these watchlists.
        Suspensions that the address may not know about are left out."""
        with reading(self._engine) as connection:
            may, closed = readable(connection, address, watchlists)
            found = _found(connection, _query(_is_due(today), may))
        return [replace(one, closed=one.watchlist in closed) for one in found if one.review]

    def planned(self, watchlist: str, *, reader: int | None) -> list[Suspension]:
        """Returns the suspensions of a watchlist that have a date for a review. The result is empty if `reader` may not read the
        watchlist's facts. If `reader` is None, all facts may be read."""
        with reading(self._engine) as connection:
            hidden = hidden_from(connection, reader)
            found = _found(connection, _query(_IS_SUSPENDED & _review.c.review_on.is_not(None), [watchlist], hidden))
        return [one for one in found if one.review]

    def plan(self, watchlist: str, location_id: str, on: date | None, person: int | None, now: datetime) -> bool:
        """Stores the day `on` by which a suspension must be reviewed; None removes the day. Returns False if placements at the
        service are not suspended according to the watchlist's facts, or if the person may not read the facts. Raises UsageError
        if the day is in the past."""
        if on is not None and on < day_in_london(now):
            raise UsageError(f"{day(on)} is in the past: choose a later day")
        mine = {"watchlist": watchlist, "location_id": location_id}
        here = (_own.c.watchlist == watchlist) & (_own.c.location_id == location_id)
        with writing(self._engine) as connection:
            in_turn(connection)
            hidden = watchlist in hidden_from(connection, person)
            if hidden or not connection.execute(select(exists().where(here, _IS_SUSPENDED))).scalar():
                return False
            if on is None:
                gone = (_review.c.watchlist == watchlist) & (_review.c.location_id == location_id)
                connection.execute(delete(_review).where(gone))
            else:
                values = {"review_on": on, "set_at": now, "set_by": person}
                new = insertion(connection, _review).values(**mine, **values)
                connection.execute(new.on_conflict_do_update(index_elements=list(mine), set_=values))
            said = f"by {day(on)}" if on else "no date"
            note(connection, person, "planned the review of a suspension", f"{watchlist}: {location_id}, {said}", now)
        return True


def _is_due(today: date) -> ColumnElement[bool]:
    return _IS_SUSPENDED & (_review.c.review_on <= today)


def _query(
    chosen: ColumnElement[bool], watchlists: Collection[str] | None, hidden: Collection[str] = ()
) -> Select[Any]:
    name = func.coalesce(_overview.c.name, _register.c.name).label("name")
    query = select(_own.c.watchlist, *FACTS, name, _OVERALL.label("overall"), _person.c.email)
    query = query.add_columns(_FILED.label("filed"), case((_FILED.is_not(None), _FILED_ON)).label("filed_on"))
    query = query.add_columns(_review.c.review_on, _review.c.set_at).select_from(_JOINED).where(chosen)
    if watchlists is not None:
        query = query.where(_own.c.watchlist.in_(sorted(watchlists)))
    if hidden:
        query = query.where(_own.c.watchlist.not_in(sorted(hidden)))
    return query.order_by(_own.c.watchlist, _own.c.location_id)


def _found(connection: Connection, query: Select[Any]) -> list[Suspension]:
    rows = connection.execute(query).mappings().all()
    ids = [row["location_id"] for row in rows if row["suspended_since"] and row["overall"] != Rating.INADEQUATE]
    rises = _rises(connection, sorted(set(ids)))
    found = []
    for row in rows:
        facts = made(row)
        since = facts.suspended_since
        rose = [on for on in rises.get(facts.location_id, ()) if since and on >= since]
        found.append(
            Suspension(
                watchlist=row["watchlist"],
                facts=facts,
                name=row["name"],
                overall=row["overall"],
                filed=row["filed"],
                filed_on=row["filed_on"],
                better_on=max(rose, default=None),
                review_on=row["review_on"],
                set_on=day_in_london(row["set_at"]) if row["set_at"] else None,
                set_by=row["email"],
            )
        )
    return found


def _rises(connection: Connection, location_ids: Sequence[str]) -> dict[str, list[date]]:
    """Returns for each service the days on which a check found that the service is no longer inadequate overall."""
    found: dict[str, list[date]] = {}
    for part in in_parts(location_ids):
        query = select(_event.c.body).where(_event.c.location_id.in_(part))
        for body in connection.execute(query.where(_event.c.kind == Kind.UPGRADED, _event.c.corrected_at.is_(None))).scalars():
            event = codec.load_event(body)
            if event.of == OVERALL and event.from_ == Rating.INADEQUATE:
                found.setdefault(event.location_id, []).append(day_in_london(event.observed_at))
    return found


def is_lately_reviewed(today: date) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a review if its day came so recently that a digest about the review may still be
    due."""
    return (_review.c.review_on >= today - 2 * LONGEST_GAP) & (_review.c.review_on <= today)


def owe_reviews(connection: Connection, vault: Vault, now: datetime) -> None:
    """Adds a notice for a digest, at the subscription's hour, for each subscription to a watchlist where a suspension must be
    reviewed. No notice is added if the subscription got or will get another digest since the day of the review began (or since a
    person set the day, if this was later). If the program was stopped or the subscription was paused at that hour, the notice is
    added afterwards."""
    due: dict[str, list[datetime]] = {}
    query = select(_own.c.watchlist, _own.c.suspended_since, _review.c.review_on, _review.c.set_at).select_from(_REVIEWED)
    for one in connection.execute(query.where(is_lately_reviewed(day_in_london(now)) & _IS_SUSPENDED)):
        if day_in_london(one.set_at) >= one.suspended_since:
            came = datetime.combine(one.review_on, time.min, LONDON)
            due.setdefault(one.watchlist, []).append(max(came, one.set_at))
    told = _subscription.c.confirmed_at.is_not(None) & ~is_paused(now)
    for row in connection.execute(select(_subscription).where(_subscription.c.watchlist.in_(due), told)).mappings().all():
        subscription = as_subscription(row, vault)
        may, _ = readable(connection, subscription.address, [subscription.watchlist])
        if scheme(subscription.address) in ONLY_URGENT or not may:
            continue
        hour = hour_gone_by(subscription, now)
        since = max((at for at in due[subscription.watchlist] if hour - LONGEST_GAP <= at <= hour), default=None)
        if since is not None and hour > subscription.created_at and not _had_digest(connection, subscription.id, since, hour):
            owe_without_event(connection, NoticeKind.SILENT_DIGEST, subscription.id, hour)


def _had_digest(connection: Connection, subscription: int, since: datetime, until: datetime) -> bool:
    """Whether a subscription got or will get a digest that was due between two instants. Alerts are ignored."""
    kinds = _notice.c.kind.in_([str(NoticeKind.EVENT), str(NoticeKind.SILENT_DIGEST)])
    waits = _notice.c.message_id.is_(None) & ~_notice.c.urgent
    here = (_notice.c.subscription_id == subscription) & _notice.c.due_at.between(since, until)
    found = select(_notice.c.id).outerjoin(_message, _message.c.id == _notice.c.message_id)
    found = found.where(here, kinds, waits | (_message.c.kind == MessageKind.DIGEST))
    return connection.execute(found.limit(1)).first() is not None
