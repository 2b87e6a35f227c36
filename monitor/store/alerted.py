"""Decides who is alerted now about which watchlist. No other module decides this. This module only reads."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, exists, false, func, literal, select, true

from monitor.judgement import Receivers
from monitor.store.prepared import Statement, prepared
from monitor.store.receivers import ALL_MAIL
from monitor.store.tables import SubscriptionRow, SwitchedOffRow, table
from monitor.text import LONDON

_subscription, _off = table(SubscriptionRow), table(SwitchedOffRow)

ALERTED, PAUSED, UNCONFIRMED, OFF = "alerted", "paused", "unconfirmed", "off"
"""The states of a subscription. For each state, the class Receivers has a field of the same name, which says how many
subscriptions are in the state."""


def state(now: datetime, *, mail: bool) -> ColumnElement[str]:
    """Returns an SQL expression for a subscription's state: whether its address is alerted now, and if not, why. `mail` says
    whether email is set up at all."""
    is_mail = _subscription.c.address.startswith("mailto:")
    no_mail: Any = exists().where(_off.c.scope == ALL_MAIL) if mail else true()
    off = exists().where(_off.c.scope == _subscription.c.address_key) | (is_mail & no_mail)
    return case(
        (_subscription.c.confirmed_at.is_(None), literal(UNCONFIRMED)),
        (off, literal(OFF)),
        (func.coalesce(_subscription.c.paused_until > now, false()), literal(PAUSED)),
        else_=literal(ALERTED),
    )


@prepared
def _by_state(now: datetime, mail: bool, lists: tuple[str, ...] | None) -> Statement:
    how = state(now, mail=mail).label("how")
    ends = _subscription.c.paused_until
    numbers = (func.count().label("number"), func.min(ends).label("first"), func.max(ends).label("last"))
    query = select(_subscription.c.watchlist, how, *numbers).group_by(_subscription.c.watchlist, how)
    return query if lists is None else query.where(_subscription.c.watchlist.in_(lists))


def receivers(
    connection: Connection, now: datetime, *, mail: bool, watchlists: Collection[str] | None = None
) -> dict[str, Receivers]:
    """Returns for each of the given watchlists how many subscriptions are in each state. If `watchlists` is None, all watchlists
    with subscriptions are included."""
    lists = None if watchlists is None else tuple(sorted(watchlists))
    counts: dict[str, dict[str, Any]] = {}
    for row in connection.execute(*_by_state(now, mail, lists)):
        known = counts.setdefault(row.watchlist, {})
        known[row.how] = row.number
        if row.how == PAUSED:
            days = {at.astimezone(LONDON).date() for at in (row.first, row.last)}
            known["until"] = days.pop() if len(days) == 1 else None
    return {name: Receivers(**of) for name, of in counts.items()}
