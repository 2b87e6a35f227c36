"""Notifies the people who are responsible for a watchlist when a subscription to the watchlist ends."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, exists, select

from monitor.mailbox import key_of
from monitor.model import Subscription
from monitor.store.messages import ToOperator, tell
from monitor.store.people import Role
from monitor.store.tables import PersonRow, SubscriptionRow, WatchlistRow, WatchRow, table
from monitor.store.vault import Vault
from monitor.text import moment

_person, _watchlist, _watch = table(PersonRow), table(WatchlistRow), table(WatchRow)
_subscription = table(SubscriptionRow)


def is_last(connection: Connection, watchlist: str, without: Collection[int]) -> bool:
    """Whether a watchlist has no confirmed subscriptions, apart from the subscriptions with the numbers `without`."""
    others = (_subscription.c.watchlist == watchlist) & _subscription.c.confirmed_at.is_not(None)
    return not connection.execute(select(exists().where(others, _subscription.c.id.not_in(without)))).scalar()


def tell_of_end(
    connection: Connection,
    vault: Vault,
    ended: Subscription,
    now: datetime,
    operator: str | None,
    *,
    undo_until: datetime | None,
) -> None:
    """Notifies the people who are responsible for a watchlist that a subscription has ended. This is done if the subscription was
    the watchlist's last subscription, or if somebody ended it with the link in a message. `undo_until` is the time until which
    another link can restore the subscription; None if the subscription was ended without a link."""
    if not connection.execute(select(exists().where(_watch.c.watchlist == ended.watchlist))).scalar():
        return
    last = is_last(connection, ended.watchlist, [ended.id])
    kind, _, target = ended.address.partition(":")
    whose = target if kind == "mailto" else f"a {kind} address"
    if last:
        subject = f"nobody is alerted about the watchlist {ended.watchlist} any more"
        lines = [
            f"The subscription of {whose} has ended. It was the last subscription to the watchlist {ended.watchlist}.",
            "The watchlist's services are still checked, but nobody is alerted about them until somebody subscribes.",
        ]
    elif undo_until:
        subject = f"{whose} has left the watchlist {ended.watchlist}"
        lines = [f"The subscription of {whose} to the watchlist {ended.watchlist} has ended."]
    else:
        return
    if undo_until:
        lines += [
            "Somebody ended the subscription with the link in a message. "
            "Anybody who has that message can use the link, even if the message was forwarded.",
            f"Another link was sent to the address. Until {moment(undo_until)}, that link restores the subscription.",
        ]
    for to, keeper_of in _keepers(connection, ended.watchlist, operator):
        # The address whose subscription ended already got the link that restores the subscription.
        if last or key_of(to) != key_of(ended.address):
            key = f"ended|{ended.watchlist}|{ended.id}|{now.isoformat()}"
            tell(connection, vault, ToOperator(key=key, to=to, subject=subject, lines=tuple(lines), keeper_of=keeper_of), now)


def _keepers(connection: Connection, watchlist: str, operator: str | None) -> list[tuple[str, str | None]]:
    """Returns the addresses of the people who are responsible for a watchlist. If the watchlist has an owner, this is the owner's
    address. Otherwise, it is the operator's address, or, if no operator address is set, the addresses of everybody who may edit.
    The second value of each pair is the watchlist's name for an owner, and None for anybody else."""
    owner = (
        select(_person.c.email)
        .join(_watchlist, _watchlist.c.owner == _person.c.id)
        .where(_watchlist.c.name == watchlist, _person.c.ended_at.is_(None))
    )
    email = connection.execute(owner).scalar()
    if email:
        return [(f"mailto:{email}", watchlist)]
    if operator:
        return [(operator, None)]
    roles = [str(role) for role in Role if role.may(Role.EDITOR)]
    editors = select(_person.c.email).where(_person.c.role.in_(roles), _person.c.ended_at.is_(None)).order_by(_person.c.email)
    return [(f"mailto:{one}", None) for one in connection.execute(editors).scalars()]
