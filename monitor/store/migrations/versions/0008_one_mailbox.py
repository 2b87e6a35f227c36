"""Joins two spellings of one mailbox into one address; links in mail that was sent to the other spelling still work"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _table(name: str, text: str, instants: str = "", truths: str = "", numbers: str = "") -> sa.TableClause:
    """Returns a table with these columns, as it is when this migration runs. The types of instants and booleans are declared,
    because otherwise SQLite returns other values."""
    kinds = ((text, sa.Text()), (instants, sa.DateTime()), (truths, sa.Boolean()), (numbers, sa.Integer()))
    return sa.table(name, *(sa.column(one, kind) for names, kind in kinds for one in names.split()))


_subscription = _table(
    "subscription",
    "watchlist address address_key when at day left_out",
    instants="created_at next_sign_at paused_until confirmed_at",
    truths="still_watching",
    numbers="id owner",
)
_notice = _table("notice", "kind event_id message_id", instants="due_at", truths="urgent", numbers="id subscription_id")
_message = _table("message", "id address address_key state reply")
_off = _table("switched_off", "scope address", instants="since next_test_at")
_audit = _table("audit", "what about", instants="at")
_former = _table("former_subscription", "key", numbers="id subscription_id")

_SOONEST = ("immediate", "daily", "weekly")
_BY_STATE = ("sent", "pending", None)
"""Decides which of two notices with the same content is kept. The order is: a notice in a message that was sent; in a message
that waits; in no message; in a message that failed for good or was dropped."""


def upgrade() -> None:
    op.create_table(
        "former_subscription",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name="fk_former_subscription_subscription_id_subscription",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_former_subscription"),
    )
    op.create_index("ix_former_subscription_key", "former_subscription", ["key"])
    op.create_index("ix_former_subscription_subscription_id", "former_subscription", ["subscription_id"])
    connection, now = op.get_bind(), datetime.now(UTC).replace(tzinfo=None)
    _subscriptions(connection, now)
    _messages(connection)
    _switches(connection, now)


def _key(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()


def _subscriptions(connection: sa.Connection, now: datetime) -> None:
    mail = sa.select(_subscription).where(_subscription.c.address.startswith("mailto:")).order_by(_subscription.c.id)
    rows = sorted(connection.execute(mail).mappings(), key=lambda row: (row["watchlist"], _key(row["address"]), row["id"]))
    for (_, key), group in groupby(rows, key=lambda row: (row["watchlist"], _key(row["address"]))):
        same = list(group)
        if len(same) == 1 and same[0]["address_key"] == key:
            continue
        # The subscription with the highest number stays. Otherwise SQLite could give one of the deleted numbers to a new
        # subscription.
        kept = same[-1]["id"]
        for row in same:
            connection.execute(sa.insert(_former).values(id=row["id"], key=row["address_key"], subscription_id=kept))
        values: dict[str, Any] = {"address_key": key}
        if len(same) > 1:
            values |= _joined(same, now)
            others = [row["id"] for row in same[:-1]]
            _owed(connection, kept, [*others, kept])
            connection.execute(sa.delete(_subscription).where(_subscription.c.id.in_(others)))
            names = ", ".join(row["address"].removeprefix("mailto:") for row in same)
            about = f"{names} to {same[0]['watchlist']}"
            connection.execute(sa.insert(_audit).values(at=now, what="joined the subscriptions of one mailbox", about=about))
        connection.execute(sa.update(_subscription).where(_subscription.c.id == kept).values(**values))


def _joined(same: Sequence[Any], now: datetime) -> dict[str, Any]:
    """Joins several subscriptions of one mailbox to one watchlist into one subscription. The new subscription is alerted as early
    as the earliest of the old subscriptions, gets every kind of event that any of these got, and uses the spelling that was typed
    last. Unconfirmed subscriptions are used only if no subscription is confirmed."""
    counted = [row for row in same if row["confirmed_at"] is not None] or same

    def told(row: Any) -> tuple[bool, int, str, int]:
        paused = row["paused_until"] is not None and row["paused_until"] > now
        return paused, _SOONEST.index(row["when"]), row["at"], row["id"]

    soonest = min(counted, key=told)
    left_out = set.intersection(*(set(json.loads(row["left_out"])) for row in counted))
    signs = [row["next_sign_at"] for row in counted if row["next_sign_at"] is not None]
    owners = [row["owner"] for row in (soonest, *counted) if row["owner"] is not None]
    return {
        **{name: soonest[name] for name in ("when", "at", "day", "paused_until", "confirmed_at")},
        "address": max(counted, key=lambda row: (row["created_at"], row["id"]))["address"],
        "created_at": min(row["created_at"] for row in counted),
        "still_watching": any(row["still_watching"] for row in counted),
        "next_sign_at": min(signs, default=None),
        "owner": owners[0] if owners else None,
        "left_out": json.dumps(sorted(left_out)),
    }


def _owed(connection: sa.Connection, kept: int, ids: Sequence[int]) -> None:
    """Moves the notices of all joined subscriptions to the remaining subscription, and keeps one notice for each event. A waiting
    message without any notice left is dropped."""
    query = (
        sa.select(_notice, _message.c.state)
        .select_from(sa.outerjoin(_notice, _message, _message.c.id == _notice.c.message_id))
        .where(_notice.c.subscription_id.in_(ids))
    )

    def first(row: Any) -> tuple[int, datetime, int]:
        state = row["state"]
        return _BY_STATE.index(state) if state in _BY_STATE else len(_BY_STATE), row["due_at"], row["id"]

    def what(row: Any) -> tuple[str, str, str]:
        hour = "" if row["event_id"] or row["kind"] == "welcome" else str(row["due_at"])
        return row["kind"], row["event_id"] or "", hour

    rows = sorted(connection.execute(query).mappings(), key=lambda row: (what(row), first(row)))
    stay, emptied = [], set()
    for _, group in groupby(rows, key=what):
        best, *more = group
        stay.append(best["id"])
        for row in more:
            connection.execute(sa.delete(_notice).where(_notice.c.id == row["id"]))
            emptied.add(row["message_id"])
        if best["state"] is None and any(row["urgent"] for row in more if row["state"] is None):
            connection.execute(sa.update(_notice).where(_notice.c.id == best["id"]).values(urgent=True))
    for one in stay:
        connection.execute(sa.update(_notice).where(_notice.c.id == one).values(subscription_id=kept))
    for message_id in emptied - {None}:
        left = sa.exists().where(_notice.c.message_id == message_id)
        double = (_message.c.id == message_id) & (_message.c.state == "pending") & ~left
        reply = "another message to the same mailbox says the same"
        connection.execute(sa.update(_message).where(double).values(state="dropped", reply=reply))


def _messages(connection: sa.Connection) -> None:
    spelt = sa.select(_message.c.address).where(_message.c.address.startswith("mailto:")).distinct()
    for address in connection.execute(spelt).scalars().all():
        if address != address.lower():
            mine = _message.c.address == address
            connection.execute(sa.update(_message).where(mine).values(address_key=_key(address)))


def _switches(connection: sa.Connection, now: datetime) -> None:
    """A suspended address stays suspended under its new key, and is tested at once because another spelling may work."""
    query = sa.select(_off).where(_off.c.address.startswith("mailto:"), _off.c.scope != "mailto").order_by(_off.c.since)
    rows = connection.execute(query).mappings().all()
    taken = {row["scope"] for row in rows if row["scope"] == _key(row["address"])}
    for row in rows:
        key, mine = _key(row["address"]), _off.c.scope == row["scope"]
        if row["scope"] == key:
            continue
        if key in taken:
            connection.execute(sa.delete(_off).where(mine))
        else:
            connection.execute(sa.update(_off).where(mine).values(scope=key, next_test_at=now))
            taken.add(key)
