"""Puts waiting notices into messages, each notice once."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, case, exists, false, func, select, update

from monitor.addresses import scheme
from monitor.judgement import Setup
from monitor.model import Bundle, NoticeKind, Waiting, When
from monitor.notify.route import bundle
from monitor.store.clock import present
from monitor.store.database import in_turn, reading, writing
from monitor.store.facts import Judgements
from monitor.store.messages import MessageKind, write
from monitor.store.outages import OUTAGE
from monitor.store.prepared import Statement, prepared
from monitor.store.signs_of_life import owe_signs_of_life, owe_silent_digests, sign_is_due, stale_services, watching
from monitor.store.subscribed import is_paused
from monitor.store.suspensions import is_lately_reviewed, owe_reviews
from monitor.store.tables import (
    EventRow,
    MessageRow,
    MessageState,
    NoticeRow,
    ServiceRow,
    SiteRow,
    SubscriptionRow,
    WatchRow,
    WorkerRow,
    table,
)
from monitor.store.vault import Vault, opened
from monitor.store.watched import is_watched, last_read_before
from monitor.text import day_in_london

_subscription, _notice, _event = table(SubscriptionRow), table(NoticeRow), table(EventRow)
_message = table(MessageRow)
_watch, _service, _worker, _site = table(WatchRow), table(ServiceRow), table(WorkerRow), table(SiteRow)

CATCHES_UP_WITHIN = timedelta(hours=1)
"""How long digests wait, at most, for the checks that were due when the program started."""


class Composing:
    """Puts waiting notices into messages.

    bundle_over  if more urgent items than this wait for one address, they are put into one message. A webhook always gets one
                 message for each item
    """

    def __init__(self, engine: Engine, vault: Vault, bundle_over: int) -> None:
        self._engine = engine
        self._vault = vault
        self._bundle_over = bundle_over

    def compose(
        self,
        now: datetime,
        stale_before: datetime,
        setup: Setup | None = None,
        operator: str | None = None,
    ) -> int:
        """Puts waiting notices into messages, and returns how many messages were created. A notice never moves to another
        message.

        A digest also lists stale services: services of its watchlists that were last fully read before `stale_before`. The list
        is stored when the digest is made, so that a retry sends the same list. If there are stale services, a digest is due at
        the subscription's hour even if nothing happened, because silence must not look like good news. If `setup` is given,
        digests, welcomes and heartbeat messages contain the judgement about their watchlists as a sentence (for `operator`, see
        facts_in). If the program was not running for a time, non-urgent notices wait until the checks that became due have been
        made.
        """
        with reading(self._engine) as connection:
            is_stale = connection.execute(*_any_stale(stale_before)).scalar()
            is_sign_due = connection.execute(*_any_sign_due(now)).scalar()
            is_reviewed = connection.execute(*_any_review(day_in_london(now))).scalar()
            if not any((is_stale, is_sign_due, is_reviewed)) and not connection.execute(_ANYTHING).scalar():
                return 0
        with writing(self._engine) as connection:
            in_turn(connection)  # otherwise two processes at the same time would make the same digest twice
            down_until = _down_until(connection)
            if is_stale and (down_until is None or not connection.execute(*_any_was_due(down_until)).scalar()):
                owe_silent_digests(connection, self._vault, now, stale_before)
            if is_reviewed:
                owe_reviews(connection, self._vault, now)
            if is_sign_due:
                owe_signs_of_life(connection, self._vault, now)
            waiting = self._waiting(connection, now, down_until)
            apart = self._webhooks(connection, waiting)
            bundles = bundle(waiting, now, most=self._bundle_over, apart=apart) if waiting else ()
            judgements = Judgements(connection, self._vault, setup, now, operator) if setup else None
            for one in bundles:
                body = self._body(connection, one, stale_before)
                if judgements and one.kind != MessageKind.ALERT:
                    found = judgements.of(self._watchlists(connection, one.notice_ids))
                    body |= {"judgement": found.text, "well": found.well}
                message_id = uuid.uuid4().hex
                write(connection, one.kind, body, now, id=message_id, **self._address_of(connection, one.subscription_id))
                connection.execute(update(_notice).where(_notice.c.id.in_(one.notice_ids)).values(message_id=message_id))
        return len(bundles)

    def _webhooks(self, connection: Connection, waiting: Sequence[Waiting]) -> set[str]:
        """Returns the address keys of webhooks for which more than `bundle_over` urgent notices wait."""
        owed = Counter(one.address_key for one in waiting if one.urgent)
        many = [key for key, count in owed.items() if count > self._bundle_over]
        query = select(_subscription.c.address_key, _subscription.c.address).where(_subscription.c.address_key.in_(many))
        rows = connection.execute(query).all() if many else ()
        return {row.address_key for row in rows if scheme(opened(self._vault, row.address)) == "webhook"}

    def _body(self, connection: Connection, one: Bundle, stale_before: datetime) -> dict[str, Any]:
        body: dict[str, Any] = {"events": list(one.event_ids)}
        if one.kind == MessageKind.DIGEST:
            return body | {"period": one.period, "stale": stale_services(connection, one.notice_ids, stale_before)}
        if one.kind == MessageKind.STILL_WATCHING:
            return body | watching(connection, one.subscription_id, stale_before)
        if one.kind == MessageKind.ALERT and _told_before(connection, one):
            return body | {"more": True}
        return body

    def _watchlists(self, connection: Connection, notice_ids: Sequence[int]) -> list[str]:
        """Returns the watchlists of the subscriptions that these notices belong to."""
        mine = select(_notice.c.subscription_id).where(_notice.c.id.in_(notice_ids))
        query = select(_subscription.c.watchlist).distinct().where(_subscription.c.id.in_(mine))
        return sorted(connection.execute(query).scalars())

    def _waiting(self, connection: Connection, now: datetime, down_until: datetime | None) -> list[Waiting]:
        """Returns the waiting notices. Non-urgent notices are left out during a pause, and until the checks that were due at the
        program's start have been made. (Urgent notices from before a pause are sent.)"""
        return [
            Waiting(
                notice_id=row["id"],
                kind=NoticeKind(row["kind"]),
                event_id=row["event_id"],
                subscription_id=row["subscription_id"],
                address_key=row["address_key"],
                when=When(row["when"]),
                due_at=row["due_at"],
                urgent=row["urgent"],
                item=row["item"],
                observed_at=row["observed_at"],
                ready=not row["unread"],
                weekly=row["weekly"],
            )
            for row in connection.execute(*_notices(now, down_until)).mappings()
        ]

    def _address_of(self, connection: Connection, subscription_id: int) -> dict[str, object]:
        """Returns the address as stored. The address is not decrypted, because an address that can't be decrypted must not block
        messages to other addresses."""
        query = select(_subscription.c.address, _subscription.c.address_key).where(_subscription.c.id == subscription_id)
        return dict(connection.execute(query).mappings().one())


_ANYTHING = select(exists().where(_notice.c.message_id.is_(None)))


@prepared
def _any_stale(stale_before: datetime) -> Statement:
    return select(exists().where(last_read_before(stale_before), is_watched()))


@prepared
def _any_sign_due(now: datetime) -> Statement:
    return select(exists().where(sign_is_due(now)))


@prepared
def _any_review(today: date) -> Statement:
    return select(exists().where(is_lately_reviewed(today)))


@prepared
def _any_was_due(instant: datetime) -> Statement:
    return select(exists().where(_was_due(instant)))


@prepared
def _notices(now: datetime, down_until: datetime | None) -> Statement:
    unread = (
        exists()
        .where(_watch.c.watchlist == _subscription.c.watchlist)
        .where(_service.c.location_id == _watch.c.location_id, _service.c.looked_at.is_(None))
    )
    return (
        select(_notice, _subscription.c.address_key, _subscription.c.when, _event.c.item, _event.c.observed_at)
        .add_columns(case((_notice.c.kind == NoticeKind.WELCOME, unread), else_=false()).label("unread"))
        .join(_subscription, _subscription.c.id == _notice.c.subscription_id)
        .outerjoin(_event, _event.c.id == _notice.c.event_id)
        .where(_notice.c.message_id.is_(None), _notice.c.urgent | ~is_paused(now))
        .where(_notice.c.urgent | (_notice.c.kind == NoticeKind.WELCOME) | ~_waits_for_checks(down_until))
        .order_by(_event.c.position.nulls_first(), _notice.c.id)
    )


def _told_before(connection: Connection, alert: Bundle) -> bool:
    """Whether an alert is about a single item, and an earlier message about that item was sent to the same address or waits to be
    sent there."""
    found = connection.execute(select(_event.c.item).distinct().where(_event.c.id.in_(alert.event_ids))).scalars().all()
    if len(found) != 1:
        return False
    address = select(_subscription.c.address_key).where(_subscription.c.id == alert.subscription_id).scalar_subquery()
    carried = (_event.c.item == found[0]) & (_notice.c.event_id == _event.c.id) & (_notice.c.message_id == _message.c.id)
    told = carried & (_message.c.address_key == address) & _message.c.state.in_((MessageState.PENDING, MessageState.SENT))
    return bool(connection.execute(select(exists().where(told))).scalar())


def _down_until(connection: Connection) -> datetime | None:
    """Returns the time when the program started, if digests still wait for the checks that were due at that time. Returns None if
    they no longer wait: the program started more than CATCHES_UP_WITHIN ago, no daemon is running, or CQC's site can't be
    read."""
    started = select(func.min(_worker.c.started_at)).where(_worker.c.alive_until > present(connection))
    since: datetime | None = connection.execute(started).scalar()
    out = exists().where(_site.c.name == OUTAGE, _site.c.blind_since.is_not(None))
    if since is None or present(connection) - since > CATCHES_UP_WITHIN or connection.execute(select(out)).scalar():
        return None
    return since


def _was_due(instant: datetime) -> Any:
    """Returns an SQL condition that is true for a watched service that was due at an instant and has not been checked since."""
    return (_service.c.next_look_at <= instant) & is_watched()


def _waits_for_checks(down_until: datetime | None) -> Any:
    """Returns an SQL condition that is true for a subscription if some of its services were due when the program started, and
    have not been checked yet."""
    if down_until is None:
        return false()
    on_it = (_watch.c.watchlist == _subscription.c.watchlist) & (_watch.c.location_id == _service.c.location_id)
    return exists().where(on_it, _service.c.next_look_at <= down_until)
