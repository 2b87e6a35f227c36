"""Creates, changes, pauses and ends subscriptions, for the command line, the web pages, and the links in messages."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, exists, func, select, union_all, update

from monitor import codec
from monitor.addresses import ONLY_URGENT, scheme
from monitor.errors import UsageError
from monitor.events import Kind
from monitor.mailbox import key_of
from monitor.model import AtOnce, NoticeKind, Subscription, When
from monitor.notify.route import notices
from monitor.store import delivery_log, subscribed
from monitor.store.alerted import state
from monitor.store.audit import note
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.keepers import tell_of_end
from monitor.store.messages import MessageKind, confirmation, queue, trial
from monitor.store.people import Person, Role
from monitor.store.signs_of_life import plan_sign
from monitor.store.subscribed import as_subscription, owe_without_event
from monitor.store.tables import (
    AuditRow,
    EndedSubscriptionRow,
    EventRow,
    FormerSubscriptionRow,
    MessageRow,
    MessageState,
    NoticeRow,
    PersonRow,
    SubscriptionRow,
    SwitchedOffRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault
from monitor.store.webhook_secrets import forget_unused, make

_subscription, _notice, _message, _person = table(SubscriptionRow), table(NoticeRow), table(MessageRow), table(PersonRow)
_former, _event, _watch = table(FormerSubscriptionRow), table(EventRow), table(WatchRow)
_WEBHOOK = "webhook:"
_watchlist, _audit, _off = table(WatchlistRow), table(AuditRow), table(SwitchedOffRow)
_ended = table(EndedSubscriptionRow)

MOST_A_DAY = 30
"""How many subscriptions one person can create in a day, at most. There is a limit because each new subscription may cause a
message to somebody who did not ask for the message."""


class Added(StrEnum):
    """The result of adding a subscription."""

    ADDED = "added"
    WAITS = "waits to be confirmed"
    WAITS_FOR_EDITOR = "waits for an editor"
    THERE = "is there already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """A subscription's settings: when its address is alerted, and about which events (see model.Subscription). None leaves a
    setting unchanged. By default, a new subscription alerts its address at once about all urgent events, sends no heartbeat
    messages, and leaves no events out."""

    when: When
    at: time
    day: str
    at_once: AtOnce | None = None
    all_news: bool | None = None
    only_placed: bool | None = None
    still_watching: bool | None = None
    left_out: frozenset[Kind] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A subscription. `made_by` is the address of the person who created the subscription; None if it was created on the command
    line. `switched_off` is the reason why its receiver is suspended; None if the receiver is not suspended."""

    subscription: Subscription
    made_by: str | None
    switched_off: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message to an address, and its result. `page` says whether a web page can show the message."""

    id: str
    kind: str
    state: str
    made_at: datetime
    sent_at: datetime | None
    attempts: int
    reply: str | None
    page: bool


def _is_of(address_key: str) -> Any:
    """Returns an SQL condition that is true for the subscriptions of an address. `address_key` is the beginning of the address's
    key, or of a former key, which links in old mail still contain."""
    former = select(_former.c.subscription_id).where(_former.c.key.startswith(address_key, autoescape=True))
    return _subscription.c.address_key.startswith(address_key, autoescape=True) | _subscription.c.id.in_(former)


def waits_for_editor(subscription: Subscription) -> bool:
    """Whether the subscription's address is a webhook that a reader added and no editor has approved yet."""
    return not subscription.confirmed and subscription.address.startswith(_WEBHOOK)


def is_own(address: str, person: Person) -> bool:
    """Whether `address` is the email address with which a person signs in."""
    return key_of(address) == key_of(f"mailto:{person.email}")


class Subscriptions:
    """The part of the store for subscriptions. Every method is one transaction; all raise StoreError. Callers must check
    permissions."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    # ── queries ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def all(self) -> list[Held]:
        """Returns all subscriptions, sorted by watchlist."""
        with reading(self._engine) as connection:
            return self._held(connection, _subscription.c.id.is_not(None))

    def listed(self, watchlists: Collection[str] | None = None) -> list[Subscription]:
        """Does what `subscribed.listed` does."""
        return subscribed.listed(self._engine, self._vault, watchlists)

    def states(self, now: datetime, *, mail: bool) -> dict[int, str]:
        """Returns the state of each subscription, by its number: whether its address is alerted now, or why not (see
        store.alerted). `mail` says whether email is set up."""
        with reading(self._engine) as connection:
            query = select(_subscription.c.id, state(now, mail=mail).label("how"))
            return {row.id: row.how for row in connection.execute(query)}

    def get(self, subscription_id: int) -> Held | None:
        """Returns the subscription with this number, or None."""
        with reading(self._engine) as connection:
            found = self._held(connection, _subscription.c.id == subscription_id)
            return found[0] if found else None

    def number(self, watchlist: str, address: str) -> int | None:
        """Returns the number of an address's subscription to a watchlist, or None."""
        with reading(self._engine) as connection:
            return connection.execute(select(_subscription.c.id).where(_is_at(watchlist, address))).scalar()

    def at(self, address_key: str) -> list[Held]:
        """Returns the subscriptions of an address. `address_key` is the beginning of the address's key. Links with this key are
        sent only to that address."""
        with reading(self._engine) as connection:
            return self._held(connection, _is_of(address_key))

    def numbers_now(self, ids: Collection[int]) -> tuple[int, ...]:
        """Returns the present numbers of the subscriptions that had the numbers `ids` when earlier mail was sent. The numbers are
        sorted."""
        query = select(_former.c.id, _former.c.subscription_id).where(_former.c.id.in_(ids))
        with reading(self._engine) as connection:
            now = {row.id: row.subscription_id for row in connection.execute(query)}
        return tuple(sorted({now.get(one, one) for one in ids}))

    def _held(self, connection: Connection, chosen: Any) -> list[Held]:
        query = (
            select(_subscription, _person.c.email, _off.c.reason)
            .outerjoin(_person, _person.c.id == _subscription.c.owner)
            .outerjoin(_off, _off.c.scope == _subscription.c.address_key)
            .where(chosen)
            .order_by(_subscription.c.watchlist, _subscription.c.id)
        )
        return [
            Held(subscription=as_subscription(row, self._vault), made_by=row["email"], switched_off=row["reason"])
            for row in connection.execute(query).mappings()
        ]

    def messages(self, subscription: Subscription, limit: int, *, others: bool) -> list[Sent]:
        """Returns messages to a subscription's address, newest first. If `others` is True, all messages except sign-in links are
        returned. If `others` is False, only messages for this subscription are returned, with test messages and requests to
        confirm. While the subscription waits for an editor, test messages and requests to confirm are left out."""
        told = exists().where(_notice.c.message_id == _message.c.id, _notice.c.subscription_id == subscription.id)
        shows = () if waits_for_editor(subscription) else (MessageKind.TEST, MessageKind.CONFIRM)
        wanted = _message.c.kind != "sign in" if others else told | _message.c.kind.in_(shows)
        query = (
            select(_message)
            .where(_message.c.address_key == key_of(subscription.address), wanted)
            .order_by(_message.c.created_at.desc(), _message.c.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [
                Sent(
                    id=row["id"],
                    kind=row["kind"],
                    state=row["state"],
                    made_at=row["created_at"],
                    sent_at=row["sent_at"],
                    attempts=row["attempts"],
                    reply=row["reply"],
                    page=row["said"] is not None,
                )
                for row in connection.execute(query).mappings()
            ]

    def said(self, message_id: str) -> dict[str, Any] | None:
        """Returns the text of a message as it was sent, with the message's `kind`, and `sent_at`, the time when the receiver
        accepted the message. Returns None if no text is stored."""
        query = select(_message.c.kind, _message.c.sent_at, _message.c.said).where(_message.c.id == message_id)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        if row is None or row.said is None:
            return None
        return {**json.loads(row.said), "kind": row.kind, "sent_at": row.sent_at}

    # ── changes on the command line ──────────────────────────────────────────────────────────────────────────────────────

    def subscribe(self, watchlist: str, address: str, wishes: Wishes, *, quiet: bool, now: datetime) -> bool:
        """Adds a subscription to a watchlist. If the address is already subscribed, changes its subscription. Returns whether the
        subscription is new.

        A new subscription gets a welcome, unless `quiet` is true. If a subscription is changed, its waiting notices become due at
        its new hour.
        """
        with writing(self._engine) as connection:
            in_turn(connection)
            row = self._added(connection, watchlist, address, wishes, created_at=now, confirmed_at=now)
            if row is not None:
                if address.startswith(_WEBHOOK):
                    make(connection, self._vault, address, None, now)
                self._begin(connection, row, now, quiet=quiet)
                return True
            same = _is_at(watchlist, address)
            # The command line confirms a subscription that was added on the web pages, even if the owner of the address has not
            # answered or no editor has approved the subscription.
            confirmed = func.coalesce(_subscription.c.confirmed_at, now)
            values = {"confirmed_at": confirmed, "address": self._vault.encrypt(address), **_columns(wishes)}
            row = _changed(connection, same, values)
            assert row is not None
            plan_sign(connection, self._vault, row, now)
            self._reschedule(connection, row)
        return False

    def unsubscribe(self, watchlist: str, address: str, now: datetime, operator: str | None = None) -> bool:
        """Ends a subscription, with its waiting notices (see `end`). Returns whether a subscription was ended."""
        with writing(self._engine) as connection:
            in_turn(connection)
            found = connection.execute(select(_subscription.c.id).where(_is_at(watchlist, address))).scalar()
            return found is not None and end(connection, self._vault, found, now, operator) is not None

    # ── changes on the web pages ─────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, person: Person, watchlist: str, address: str, wishes: Wishes, now: datetime) -> Added:
        """Adds a subscription. If the address is somebody else's mailbox, the mailbox's owner is asked once to confirm, and gets
        no alerts before that. A webhook that a reader added gets no alerts until an editor approves the webhook, since anybody
        may know the webhook's address. (The address of a chat channel is secret, so only a member of the channel can have passed
        the address on.) If a person adds their own mailbox again, the new spelling of the address replaces the earlier spelling.
        Raises UsageError if the subscription is not possible."""
        is_webhook = address.startswith(_WEBHOOK)
        asks_editor = is_webhook and not person.role.may(Role.EDITOR)
        asks = address.startswith("mailto:") and not is_own(address, person)
        with writing(self._engine) as connection:
            in_turn(connection)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                raise UsageError("This watchlist no longer exists")
            if self._made_today(connection, person, now) >= MOST_A_DAY:
                raise UsageError(f"You have added {MOST_A_DAY} subscriptions today: continue tomorrow, or ask an operator")
            confirmed_at = None if asks or asks_editor else now
            made = {"created_at": now, "owner": person.id, "confirmed_at": confirmed_at}
            row = self._added(connection, watchlist, address, wishes, **made)
            if row is None:
                return self._added_again(connection, watchlist, address, person, now, may_confirm=not (asks or asks_editor))
            if is_webhook:
                make(connection, self._vault, address, person.id, now)
            if asks:
                self._ask(connection, watchlist, address, person.email, now)
            elif not asks_editor:
                self._begin(connection, row, now)
            note(connection, person.id, "subscribed", f"{named(address)} to {watchlist}", now)
        if asks_editor:
            return Added.WAITS_FOR_EDITOR
        return Added.WAITS if asks else Added.ADDED

    def _added_again(
        self, connection: Connection, watchlist: str, address: str, person: Person, now: datetime, *, may_confirm: bool
    ) -> Added:
        """Handles a request to add a subscription that already exists. If the person may confirm it (`may_confirm`), stores the
        new spelling of the address, and confirms the subscription if it was not confirmed yet."""
        same = _is_at(watchlist, address)
        waits = connection.execute(select(_subscription.c.confirmed_at.is_(None)).where(same)).scalar_one()
        if may_confirm:
            values = {"address": self._vault.encrypt(address)} | ({"confirmed_at": now} if waits else {})
            row = _changed(connection, same, values)
            if waits and row is not None:
                self._begin(connection, row, now)
                note(connection, person.id, "approved", f"{named(address)} for {watchlist}", now)
                return Added.ADDED
        return Added.THERE

    def _added(
        self, connection: Connection, watchlist: str, address: str, wishes: Wishes, **values: object
    ) -> RowMapping | None:
        """Adds a subscription and returns its row, or None if the address already has a subscription to the watchlist. Raises
        UsageError if this kind of address can't have the settings `wishes`."""
        _check_wishes(address, wishes)
        where = {"watchlist": watchlist, "address": self._vault.encrypt(address), "address_key": key_of(address)}
        first = {"at_once": str(AtOnce.ANY), "all_news": False, "only_placed": False, "still_watching": False, "left_out": "[]"}
        first |= _columns(wishes)
        if not add_once(connection, _subscription, **_number(connection), **where, **first, **values):
            return None
        return connection.execute(select(_subscription).where(_is_at(watchlist, address))).mappings().one()

    def _begin(self, connection: Connection, row: RowMapping, now: datetime, *, quiet: bool = False) -> None:
        """Starts a confirmed subscription: plans its heartbeat message and queues its welcome."""
        plan_sign(connection, self._vault, row, now)
        if not quiet and scheme(self._vault.decrypt(row["address"])) not in ONLY_URGENT:
            owe_without_event(connection, NoticeKind.WELCOME, row["id"], now)

    def _ask(self, connection: Connection, watchlist: str, address: str, asked_by: str, now: datetime) -> None:
        """Asks an address to confirm its subscriptions, at most once a day. One request per day is enough, since its link
        confirms all unconfirmed subscriptions of the address."""
        same = (_message.c.address_key == key_of(address)) & (_message.c.kind == MessageKind.CONFIRM)
        if not connection.execute(select(exists().where(same, _message.c.created_at > now - timedelta(days=1)))).scalar():
            queue(connection, self._vault, confirmation(watchlist, address, asked_by), now)

    def _made_today(self, connection: Connection, person: Person, now: datetime) -> int:
        mine = (_audit.c.person == person.id) & (_audit.c.what == "subscribed") & (_audit.c.at > now - timedelta(days=1))
        return int(connection.execute(select(func.count()).select_from(_audit).where(mine)).scalar_one())

    def confirm(self, address_key: str, now: datetime) -> list[Subscription]:
        """Confirms all unconfirmed subscriptions of an address, because the address's owner has used the link. Each subscription
        then gets its first message."""
        waits = _is_of(address_key) & _subscription.c.confirmed_at.is_(None)
        with writing(self._engine) as connection:
            in_turn(connection)
            rows = connection.execute(select(_subscription).where(waits).order_by(_subscription.c.id)).mappings().all()
            for row in rows:
                confirmed = _changed(connection, _subscription.c.id == row["id"], {"confirmed_at": now})
                assert confirmed is not None
                self._begin(connection, confirmed, now)
                subscription = as_subscription(confirmed, self._vault)
                note(connection, None, "confirmed", f"{named(subscription.address)} to {subscription.watchlist}", now)
        return [as_subscription(row, self._vault) for row in rows]

    def approve(self, subscription_id: int, editor: Person, now: datetime) -> bool:
        """Records that an editor approves a webhook that a reader added. The subscription then gets its first message. Returns
        False if the subscription is not waiting for an editor."""
        with writing(self._engine) as connection:
            in_turn(connection)
            mine = _subscription.c.id == subscription_id
            row = connection.execute(select(_subscription).where(mine)).mappings().first()
            if row is None or not waits_for_editor(as_subscription(row, self._vault)):
                return False
            approved = self._update(connection, subscription_id, editor, "approved the webhook", now, confirmed_at=now)
            assert approved is not None
            self._begin(connection, approved, now)
        return True

    def change(self, subscription_id: int, person: Person, wishes: Wishes, now: datetime) -> None:
        """Changes the settings of a subscription (see Wishes). The subscription's waiting notices become due at its new hour."""
        with writing(self._engine) as connection:
            in_turn(connection)
            encrypted = connection.execute(select(_subscription.c.address).where(_subscription.c.id == subscription_id)).scalar()
            _check_wishes(self._vault.decrypt(encrypted) if encrypted else "", wishes)
            if row := self._update(connection, subscription_id, person, "changed the subscription of", now, **_columns(wishes)):
                if row["confirmed_at"]:
                    plan_sign(connection, self._vault, row, now)
                self._reschedule(connection, row)

    def pause(self, subscription_id: int, person: Person, until: datetime, now: datetime) -> None:
        """Pauses a subscription. New notices wait until the time `until`. Urgent notices from before the pause are still sent."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if row := self._update(connection, subscription_id, person, "paused the subscription of", now, paused_until=until):
                self._reschedule(connection, row)

    def resume(self, subscription_id: int, person: Person, now: datetime) -> None:
        """Ends a pause. The notices that waited because of the pause are due at once, in a digest."""
        mine = _subscription.c.id == subscription_id
        with writing(self._engine) as connection:
            in_turn(connection)
            until = connection.execute(select(_subscription.c.paused_until).where(mine)).scalar()
            if until is None or until <= now:
                return
            held = (_notice.c.subscription_id == subscription_id) & _notice.c.message_id.is_(None) & (_notice.c.due_at == until)
            connection.execute(update(_notice).where(held).values(due_at=now))
            self._update(connection, subscription_id, person, "ended the pause of", now, paused_until=None)

    def test(self, subscription_id: int, person: Person, now: datetime) -> bool:
        """Queues a test message to a subscription's address. Returns False if a test message was queued within the last few
        minutes, or if the subscription is not confirmed."""
        with writing(self._engine) as connection:
            row = connection.execute(select(_subscription).where(_subscription.c.id == subscription_id)).mappings().first()
            if row is None or row["confirmed_at"] is None:
                return False
            address = as_subscription(row, self._vault).address
            owes = queue(connection, self._vault, trial(address, now), now)
            if owes:
                note(connection, person.id, "sent a test message to", named(address), now)
        return owes

    def _update(
        self, connection: Connection, subscription_id: int, person: Person, deed: str, now: datetime, **values: object
    ) -> RowMapping | None:
        row = _changed(connection, _subscription.c.id == subscription_id, values)
        if row is not None:
            subscription = as_subscription(row, self._vault)
            note(connection, person.id, deed, f"{named(subscription.address)} (watchlist {subscription.watchlist})", now)
        return row

    def _reschedule(self, connection: Connection, row: RowMapping) -> None:
        """Makes the waiting notices of a changed subscription due at the subscription's new hour."""
        subscription = as_subscription(row, self._vault)
        if scheme(subscription.address) in ONLY_URGENT:
            return
        waiting = (
            select(_notice.c.event_id, _notice.c.urgent, _event.c.body)
            .join(_event, _event.c.id == _notice.c.event_id)
            .where(_notice.c.subscription_id == subscription.id, _notice.c.message_id.is_(None))
        )
        rows = connection.execute(waiting).all()
        before = {row.event_id for row in rows if row.urgent}
        for one in notices([codec.load_event(row.body) for row in rows], subscription, urgent_before=before):
            same = (_notice.c.event_id == one.event_id) & (_notice.c.subscription_id == subscription.id)
            values = {"urgent": one.urgent, "due_at": one.due_at, "weekly": one.weekly}
            connection.execute(update(_notice).where(same).values(**values))


def _check_wishes(address: str, wishes: Wishes) -> None:
    """Raises UsageError if this kind of address can't have the settings `wishes`."""
    if scheme(address) in ONLY_URGENT and (wishes.when is not When.IMMEDIATE or wishes.still_watching):
        raise UsageError('A telephone number can only get urgent alerts: choose "at once", and choose no heartbeat messages')


def end(
    connection: Connection,
    vault: Vault,
    subscription_id: int,
    now: datetime,
    operator: str | None,
    *,
    undo_until: datetime | None = None,
) -> Subscription | None:
    """Ends a subscription, and deletes its waiting notices. Runs in the caller's transaction, which must have called `in_turn`.
    Returns the ended subscription, or None if there is no such subscription. The people who are responsible for the watchlist may
    be notified (see `keepers.tell_of_end`, which also explains `undo_until`). `operator` is the address for operator messages.

    Messages that are only for this subscription are dropped. If a dropped message is being sent at this moment and the receiver
    accepts the message, the delivery log records this too.
    """
    mine = _subscription.c.id == subscription_id
    row = connection.execute(select(_subscription).where(mine)).mappings().first()
    if row is None:
        return None
    ended = as_subscription(row, vault)
    carried = select(_notice.c.message_id).where(_notice.c.subscription_id == subscription_id)
    affected = [one for one in connection.execute(carried).scalars() if one]
    connection.execute(delete(_subscription).where(mine))
    if ended.address.startswith(_WEBHOOK) and not ended.confirmed:
        forget_unused(connection, ended.address)
    for message_id in affected:
        left = exists().where(_notice.c.message_id == message_id)
        unwanted = (_message.c.id == message_id) & (_message.c.state == MessageState.PENDING) & ~left
        if connection.execute(update(_message).where(unwanted).values(state=MessageState.DROPPED)).rowcount:
            why = "the subscription was ended"
            delivery_log.note(connection, message_id, MessageState.DROPPED, why, now, [ended.watchlist])
    if ended.confirmed:
        tell_of_end(connection, vault, ended, now, operator, undo_until=undo_until)
    return ended


def _number(connection: Connection) -> dict[str, int]:
    """Returns the number for a new subscription on SQLite. SQLite itself might reuse the number of an ended subscription that can
    still be restored. On PostgreSQL the result is empty, since PostgreSQL never uses a number twice."""
    if connection.dialect.name == "postgresql":
        return {}
    numbers = union_all(select(func.max(_subscription.c.id)), select(func.max(_ended.c.subscription_id))).subquery()
    return {"id": (connection.execute(select(func.max(numbers.c[0]))).scalar() or 0) + 1}


def _is_at(watchlist: str, address: str) -> Any:
    """Returns an SQL condition that is true only for the subscription of this address to this watchlist."""
    return (_subscription.c.watchlist == watchlist) & (_subscription.c.address_key == key_of(address))


def _changed(connection: Connection, one: Any, values: dict[str, Any]) -> RowMapping | None:
    """Changes a subscription and returns its new row, or None if there is no such subscription."""
    connection.execute(update(_subscription).where(one).values(**values))
    return connection.execute(select(_subscription).where(one)).mappings().first()


def _columns(wishes: Wishes) -> dict[str, object]:
    columns: dict[str, object] = {"when": str(wishes.when), "at": f"{wishes.at:%H:%M}", "day": wishes.day}
    if wishes.at_once is not None:
        columns["at_once"] = str(wishes.at_once)
    if wishes.all_news is not None:
        columns["all_news"] = wishes.all_news
    if wishes.only_placed is not None:
        columns["only_placed"] = wishes.only_placed
    if wishes.still_watching is not None:
        columns["still_watching"] = wishes.still_watching
    if wishes.left_out is not None:
        columns["left_out"] = json.dumps(sorted(wishes.left_out))
    return columns


def named(address: str) -> str:
    """Returns an address as the audit shows it. An email address is shown in full. For any other address, only the last four
    characters are shown, since the address is a secret."""
    kind, _, target = address.partition(":")
    return target if kind == "mailto" else f"{kind} …{target[-4:]}"
