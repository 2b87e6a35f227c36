"""Collects the facts for the judgement. All facts are queried in one read-only transaction."""

import json
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, bindparam, case, exists, func, select, union

from monitor.addresses import shown
from monitor.detect.observe import PARTLY_READ
from monitor.judgement import (
    CHECK_TAKES,
    LAGS,
    MOST_NAMED,
    OWED_TOO_LONG,
    Facts,
    Judgement,
    Out,
    Sample,
    Services,
    Setup,
    Some,
    Standing,
    judge,
)
from monitor.mailbox import key_of
from monitor.model import NoticeKind
from monitor.register.entries import OLD
from monitor.store import newest_files
from monitor.store import receivers as switches
from monitor.store.alerted import receivers
from monitor.store.api import API, FEED
from monitor.store.bounces import trouble_in
from monitor.store.clock import present
from monitor.store.contracted_unwatched import on_no_watchlist
from monitor.store.database import add_once, reading, writing
from monitor.store.hints import is_never_shown
from monitor.store.messages import ToOperator, is_overdue, tell
from monitor.store.outages import OUTAGE, outage_of
from monitor.store.prepared import Statement, prepared
from monitor.store.readers import unanswered_in
from monitor.store.receivers import ALL_MAIL
from monitor.store.rotas import gaps_in
from monitor.store.services import read_again, to_read_again
from monitor.store.sources import sources_in
from monitor.store.tables import (
    DisagreementRow,
    EventRow,
    HintRow,
    JudgedRow,
    MessageRow,
    MessageState,
    NoticeRow,
    OverviewRow,
    ProposalRow,
    RegisterFileRow,
    RuleRow,
    ServiceRow,
    SiteRow,
    SubscriptionRow,
    SwitchedOffRow,
    WatchlistRow,
    WatchRow,
    WorkerRow,
    table,
)
from monitor.store.upkeep import Task, state_in
from monitor.store.vault import Vault, opened
from monitor.store.verifications import agreement_in
from monitor.store.watched import edge, how_read, is_on, may_not_be_up_to_date, number_on, says

_service, _watch, _watchlist, _overview = table(ServiceRow), table(WatchRow), table(WatchlistRow), table(OverviewRow)
_message, _notice, _subscription = table(MessageRow), table(NoticeRow), table(SubscriptionRow)
_off, _site, _worker, _disagreement = table(SwitchedOffRow), table(SiteRow), table(WorkerRow), table(DisagreementRow)
_event, _proposal, _hint = table(EventRow), table(ProposalRow), table(HintRow)
_file, _rule, _judged = table(RegisterFileRow), table(RuleRow), table(JudgedRow)

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far in the future the time of a reading may be. If it is further in the future, a clock was wrong."""

URGENT = ("alert", "escalation")
"""The kinds of message that are urgent: if such a message does not arrive, somebody must be notified in another way."""

_OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Judging:
    """The part of the store for the judgement. All methods raise StoreError.

    operator  the address for operator messages; None if no address is set
    """

    engine: Engine
    vault: Vault

    def facts(self, setup: Setup, now: datetime, operator: str | None, watchlists: Collection[str] | None = None) -> Facts:
        """Returns the present facts. If watchlists are given, the facts about services, subscriptions and rules are only about
        these watchlists."""
        with reading(self.engine) as connection:
            return facts_in(connection, self.vault, setup, now, operator, watchlists)

    def tell(self, standing: Standing, word: ToOperator | None, now: datetime, of: str | None = None) -> bool:
        """Records the judgement's level (such as OK) that the operator is notified of, and queues the operator message `word`, if
        it is given. The level is about the whole monitor or, if `of` is given, about that source of hints. Returns whether the
        level changed. If the level did not change, nothing is recorded or queued."""
        reader = f"{_OPERATOR}, {of}" if of else _OPERATOR
        with reading(self.engine) as connection:  # usually the level is the same, so the first query needs no lock
            if _heard_of(connection, reader) is standing:
                return False
        with writing(self.engine) as connection:
            add_once(connection, _judged, reader=reader, standing=Standing.OK.value, told_at=now)
            changed = _judged.update().where(_judged.c.reader == reader, _judged.c.standing != standing.value)
            if not connection.execute(changed.values(standing=standing.value, told_at=now)).rowcount:
                return False
            tell(connection, self.vault, word, now)
            return True


def facts_in(
    connection: Connection,
    vault: Vault,
    setup: Setup,
    now: datetime,
    operator: str | None,
    watchlists: Collection[str] | None = None,
) -> Facts:
    """Returns the present facts, within a transaction (see Judging.facts)."""
    return _with_watched(connection, vault, _of_the_whole(connection, vault, setup, now, operator), now, watchlists)


class Judgements:
    """Makes judgements for several sets of watchlists, within one transaction. Facts that all judgements share are queried
    once."""

    def __init__(self, connection: Connection, vault: Vault, setup: Setup, now: datetime, operator: str | None) -> None:
        self._connection, self._vault, self._now = connection, vault, now
        self._whole = cache(lambda: _of_the_whole(connection, vault, setup, now, operator))
        self._made: dict[tuple[str, ...], Judgement] = {}

    def of(self, watchlists: Iterable[str]) -> Judgement:
        """Returns the judgement for some watchlists."""
        chosen = tuple(sorted(watchlists))
        if chosen not in self._made:
            facts = _with_watched(self._connection, self._vault, self._whole(), self._now, chosen)
            self._made[chosen] = judge(facts, self._now)
        return self._made[chosen]


def _of_the_whole(connection: Connection, vault: Vault, setup: Setup, now: datetime, operator: str | None) -> Facts:
    """Returns the facts that do not depend on watchlists."""
    workers = connection.execute(*_workers(present(connection))).one()
    register_of, ratings_of = (connection.execute(one).scalar() for one in (newest_files.LISTING, newest_files.RATED))
    off = {row.scope: row for row in connection.execute(_ALL_OFF)}
    return Facts(
        setup=setup,
        workers=workers[0],
        dead_workers=workers[1] - workers[0],
        site=_out(connection, OUTAGE),
        api=(_out(connection, API) or _out(connection, FEED)) if setup.api else None,
        mail_wanted=0 if setup.mail else _mail_wanted(connection, operator),
        mail_off=_is_off(off.get(ALL_MAIL)),
        operator_off=_is_off(off.get(key_of(operator))) if operator else None,
        **_outbox(connection, vault, now),
        agreement=agreement_in(connection),
        bounces=trouble_in(connection),
        unconfirmed=_unconfirmed(connection, vault, now),
        backup=_backup(connection, setup.backup_every, now) if setup.backup_every else None,
        free=_free(connection),
        sources=sources_in(connection, now),
        register_of=register_of,
        register_old=register_of is not None and now.date() - register_of > OLD,
        ratings_of=ratings_of,
        ratings_old=register_of is not None and (ratings_of is None or now.date() - ratings_of > OLD),
    )


@prepared
def _workers(now: datetime) -> Statement:
    """Returns how many workers are alive, and how many have a row in the table of workers."""
    return select(func.count().filter(_worker.c.alive_until > now), func.count()).select_from(_worker)


_ALL_OFF = select(_off).order_by(_off.c.since, _off.c.scope)

_Lists = tuple[str, ...] | None
"""The names of watchlists, sorted; None for all watchlists."""


def _with_watched(
    connection: Connection, vault: Vault, whole: Facts, now: datetime, watchlists: Collection[str] | None
) -> Facts:
    """Returns the facts about the whole monitor (`whole`), with the facts about the services, subscriptions and rules of the
    given watchlists. If `watchlists` is None, all watchlists are used."""
    setup = whole.setup
    lists = None if watchlists is None else tuple(sorted(watchlists))
    seen = _seen(connection, lists, now, now - setup.stale_after)
    return replace(
        whole,
        services=seen.services,
        due=seen.due,
        last_read_at=seen.last_read_at,
        hanging=seen.hanging,
        disagreements=_disagreements(connection, lists, now) if setup.api else Some(),
        not_understood=seen.not_understood,
        named_not_shown=_named_not_shown(connection, lists, now),
        receivers_off=_receivers_off(connection, vault, lists),
        unalerted=_unalerted(connection, setup, now, lists),
        doubted=_doubted(connection, lists),
        contracted_unwatched=on_no_watchlist(connection, watchlists),
        rota_gaps=gaps_in(connection, vault, now, watchlists),
        rules=connection.execute(*_rules(lists)).scalar_one(),
        read_again=read_again(connection) if watchlists is None and to_read_again(connection) else (0, 0),
    )


@prepared
def _rules(lists: _Lists) -> Statement:
    query = select(func.count()).select_from(_rule)
    return query if lists is None else query.where(_rule.c.watchlist.in_(lists))


def _heard_of(connection: Connection, reader: str) -> Standing:
    heard = connection.execute(select(_judged.c.standing).where(_judged.c.reader == reader)).scalar()
    return Standing(heard) if heard else Standing.OK


# ── services ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Facts about services that are collected together."""

    services: Services
    due: Some
    last_read_at: datetime | None
    hanging: Some
    not_understood: Some


def _seen(connection: Connection, lists: _Lists, now: datetime, stale_before: datetime) -> _Seen:
    """Groups the services according to how they were read, and collects related facts. Only services that may not be up to date
    are read from the database."""
    total = number_on(connection, lists)
    due_count, due_since = connection.execute(*_due(now, lists)).one()
    found, not_understood = _not_up_to_date(connection, lists, stale_before)
    return _Seen(
        services=Services(up_to_date=total - sum(one.count for one in found.values()), **found),
        due=Some(count=due_count, since=due_since),
        last_read_at=edge(connection, _service.c.read_at, lists, total, newest=True, until=now + CLOCKS_DIFFER),
        hanging=_hanging(connection, lists, now),
        not_understood=_of(connection, and_(is_on(lists), _NOT_UNDERSTOOD), _service.c.looked_at) if not_understood else Some(),
    )


@prepared
def _due(now: datetime, lists: _Lists) -> Statement:
    return select(func.count(), func.min(_service.c.next_look_at)).where(_service.c.next_look_at <= now, is_on(lists))


def _hangs(now: datetime) -> ColumnElement[bool]:
    # few services are claimed, and an index finds these
    return (_service.c.leased_by > "") & (_service.c.leased_at <= now - CHECK_TAKES)


@prepared
def _hang(now: datetime, lists: _Lists) -> Statement:
    return select(func.count()).select_from(_service).where(is_on(lists), _hangs(now))


def _hanging(connection: Connection, lists: _Lists, now: datetime) -> Some:
    if not connection.execute(*_hang(now, lists)).scalar():
        return Some()
    return _of(connection, and_(is_on(lists), _hangs(now)), _service.c.leased_at)


_NOT_UNDERSTOOD = (_service.c.failures == 0) & says("not understood:")


@prepared
def _not_up_to_date_now(stale_before: datetime, lists: _Lists) -> Statement:
    since = func.coalesce(_service.c.read_at, _service.c.added_at).label("since")
    columns = (how_read(stale_before).label("how"), _service.c.location_id, _service.c.trouble, since)
    unclear = case((_NOT_UNDERSTOOD, 1)).label("not_understood")
    odd = select(*columns, unclear).where(may_not_be_up_to_date(stale_before), is_on(lists)).subquery()
    how = odd.c.how
    numbered = select(
        *odd.c["how", "location_id", "trouble"],
        func.count(odd.c.not_understood).over().label("not_understood"),
        func.count().over(partition_by=how).label("number"),
        func.min(odd.c.since).over(partition_by=how).label("first"),
        func.row_number().over(partition_by=how, order_by=odd.c.location_id).label("place"),
    ).subquery()
    return (
        select(numbered, _overview.c.name)
        .outerjoin(_overview, _overview.c.location_id == numbered.c.location_id)
        .where(numbered.c.place <= MOST_NAMED)
        .order_by(numbered.c.how, numbered.c.place)
    )


def _not_up_to_date(connection: Connection, lists: _Lists, stale_before: datetime) -> tuple[dict[str, Some], int]:
    """Returns for each group of judgement.Services except `up_to_date` how many services are in the group, since when, and the
    names of the first few. Also returns how many services have a sentence on their page that is not understood."""
    found: dict[str, Some] = {}
    listed = connection.execute(*_not_up_to_date_now(stale_before, lists)).all()
    for name, rows in groupby(listed, key=attrgetter("how")):
        if name == "up_to_date":
            continue
        first, *others = rows
        named = () if name == "not_checked" else (first, *others)
        samples = tuple(_sample(row.location_id, row.name, row.trouble) for row in named)
        found[name] = Some(count=first.number, since=first.first, samples=samples)
    return found, listed[0].not_understood if listed else 0


def _of(connection: Connection, chosen: Any, since: Any) -> Some:
    """Returns how many services match a condition, the earliest value of the column `since` among these services, and the names
    of some of them."""
    count, at = connection.execute(select(func.count(), func.min(since)).select_from(_service).where(chosen)).one()
    return Some(count=count, since=at, samples=_samples(connection, chosen)) if count else Some()


def _samples(connection: Connection, chosen: Any) -> tuple[Sample, ...]:
    query = (
        select(_service.c.location_id, _service.c.trouble, _overview.c.name)
        .outerjoin(_overview, _overview.c.location_id == _service.c.location_id)
        .where(chosen)
        .order_by(_service.c.location_id)
        .limit(MOST_NAMED)
    )
    return tuple(_sample(row.location_id, row.name, row.trouble) for row in connection.execute(query))


def _sample(location_id: str, name: str | None, trouble: str | None) -> Sample:
    detail = (trouble or "").removeprefix(f"{PARTLY_READ}: ").removeprefix("not understood: ")
    return Sample(name=f"{name} ({location_id})" if name else location_id, detail=detail)


@prepared
def _open_proposals(lists: _Lists) -> Statement:
    return (
        select(_event.c.id, _proposal.c.found_at)
        .join(_event, _event.c.id == _proposal.c.event_id)
        .join(_service, _service.c.location_id == _event.c.location_id)
        .where(_proposal.c.settled_at.is_(None), is_on(lists))
        .order_by(_proposal.c.found_at, _event.c.position)
    )


def _doubted(connection: Connection, lists: _Lists) -> Some:
    rows = connection.execute(*_open_proposals(lists)).all()
    samples = tuple(Sample(name=row.id) for row in rows[:MOST_NAMED])
    return Some(count=len(rows), since=rows[0].found_at, samples=samples) if rows else Some()


def _unconfirmed(connection: Connection, vault: Vault, now: datetime) -> Some:
    """Returns the addresses from which nobody has answered the question whether somebody reads the messages."""
    found = unanswered_in(connection, vault, now)
    samples = tuple(Sample(name=shown(one.address)) for one in found[:MOST_NAMED])
    return Some(count=len(found), since=found[0].asked_at, samples=samples, private=True) if found else Some()


@prepared
def _disagree(now: datetime, lists: _Lists) -> Statement:
    return (
        select(_disagreement.c.location_id, _disagreement.c.since, _disagreement.c.lines, _overview.c.name)
        .join(_service, _service.c.location_id == _disagreement.c.location_id)
        .outerjoin(_overview, _overview.c.location_id == _service.c.location_id)
        .where(is_on(lists), _disagreement.c.since <= now - LAGS)
        .order_by(_disagreement.c.since, _disagreement.c.location_id)
    )


def _disagreements(connection: Connection, lists: _Lists, now: datetime) -> Some:
    rows = connection.execute(*_disagree(now, lists)).all()
    samples = tuple(_sample(row.location_id, row.name, "; ".join(json.loads(row.lines))) for row in rows[:MOST_NAMED])
    return Some(count=len(rows), since=rows[0].since, samples=samples) if rows else Some()


@prepared
def _never_shown(now: datetime, lists: _Lists) -> Statement:
    return (
        select(_hint.c.location_id, _hint.c.mark, _hint.c.first_seen, _overview.c.name)
        .join(_service, _service.c.location_id == _hint.c.location_id)
        .outerjoin(_overview, _overview.c.location_id == _hint.c.location_id)
        .where(is_on(lists), is_never_shown(now))
        .order_by(_hint.c.first_seen, _hint.c.location_id)
    )


def _named_not_shown(connection: Connection, lists: _Lists, now: datetime) -> Some:
    """Returns the publications that a source of hints named, but that no check has found within three days."""
    rows = connection.execute(*_never_shown(now, lists)).all()
    samples = tuple(_sample(row.location_id, row.name, f"published {row.mark}") for row in rows[:MOST_NAMED])
    return Some(count=len(rows), since=rows[0].first_seen, samples=samples) if rows else Some()


_OF_SITE = select(_site).where(_site.c.name == bindparam("name"))


def _out(connection: Connection, name: str) -> Out | None:
    outage = outage_of(connection.execute(_OF_SITE, {"name": name}).mappings().first())
    return Out(since=outage.since, reason=outage.reason, told=outage.told) if outage else None


# ── whether people can be alerted ────────────────────────────────────────────────────────────────────────────────────────


def _is_off(row: Any) -> Out | None:
    return Out(since=row.since, reason=row.reason) if row is not None else None


def _mail_wanted(connection: Connection, operator: str | None) -> int:
    """Returns how many email addresses expect mail from the monitor: the addresses of subscriptions and of waiting messages, and
    the operator's address."""
    subscribed = select(_subscription.c.address_key).where(_subscription.c.address.startswith("mailto:"))
    owed = select(_message.c.address_key).where(_message.c.state == MessageState.PENDING, switches.is_mail())
    keys = set(connection.execute(union(subscribed, owed)).scalars())
    return len(keys | ({key_of(operator)} if operator and operator.startswith("mailto:") else set()))


def _backup(connection: Connection, every: timedelta, now: datetime) -> Out | None:
    """Returns since when there has been no good backup, and why: the last backup is too old, it could not be restored, or no
    backup is recorded. Returns None if there is a good backup."""
    saved, tried = state_in(connection, Task.BACKUP), state_in(connection, Task.RESTORE)
    known = saved.good_at is not None and saved.good_at <= now + CLOCKS_DIFFER
    since = saved.good_at if known else connection.execute(select(func.min(_service.c.added_at))).scalar()
    if saved.failed_since:
        return Out(since=since or saved.failed_since, reason=saved.detail)
    if since is not None and since < now - 2 * every:
        return Out(since=since, reason="no backup was made after that" if known else "no backup is recorded")
    return Out(since=tried.good_at or tried.failed_since, reason=tried.detail) if tried.failed_since else None


@prepared
def _off_receivers(lists: _Lists) -> Statement:
    chosen = _off.c.scope != ALL_MAIL
    if lists is not None:
        chosen &= exists().where(_subscription.c.address_key == _off.c.scope, _subscription.c.watchlist.in_(lists))
    return _ALL_OFF.where(chosen)


def _receivers_off(connection: Connection, vault: Vault, lists: _Lists) -> Some:
    rows = connection.execute(*_off_receivers(lists)).all()
    samples = tuple(Sample(name=shown(opened(vault, row.address)), detail=row.reason) for row in rows[:MOST_NAMED])
    return Some(count=len(rows), since=rows[0].since if rows else None, samples=samples, private=True)


class _Debt(StrEnum):
    """Groups of unsent messages. The class Facts has a field of the same name for each group."""

    URGENT_LATE = auto()
    LATE = auto()
    NOT_TAKEN = auto()
    URGENT_GIVEN_UP = auto()
    GIVEN_UP = auto()


def _outbox(connection: Connection, vault: Vault, now: datetime) -> dict[str, Any]:
    """Returns the unsent messages in each group: late, failing, or failed for good. Urgent messages have separate groups."""
    return {debt.value: _owed(connection, vault, debt, now) for debt in _Debt}


def _messages(now: datetime, debt: _Debt) -> ColumnElement[bool]:
    pending, dead = _message.c.state == MessageState.PENDING, _message.c.state == MessageState.DEAD
    urgent, old = _message.c.kind.in_(URGENT), _message.c.created_at <= now - OWED_TOO_LONG
    match debt:
        case _Debt.URGENT_LATE:
            return is_overdue(now)  # type: ignore[no-any-return]
        case _Debt.LATE:
            return and_(pending, ~urgent, ~switches.waits(), old)
        case _Debt.NOT_TAKEN:
            return and_(pending, ~switches.waits(), ~old, _message.c.attempts > 0)
        case _Debt.URGENT_GIVEN_UP:
            return dead & urgent
        case _Debt.GIVEN_UP:
            return dead & ~urgent


@prepared
def _owed_messages(now: datetime, debt: _Debt) -> Statement:
    return select(func.count(), func.min(_message.c.created_at)).where(_messages(now, debt))


@prepared
def _first_owed(now: datetime, debt: _Debt) -> Statement:
    return select(_message).where(_messages(now, debt)).order_by(_message.c.created_at, _message.c.id).limit(MOST_NAMED)


@prepared
def _owed_notices(now: datetime, urgent: bool) -> Statement:
    """Returns the notices that are late and not in a message yet. Welcomes are left out, since a welcome waits until all services
    of its watchlist have been checked."""
    made = _notice.c.message_id.is_(None) & (_notice.c.due_at <= now - OWED_TOO_LONG)
    kind = _notice.c.urgent if urgent else ~_notice.c.urgent & (_notice.c.kind != NoticeKind.WELCOME)
    return select(func.count(), func.min(_notice.c.due_at)).where(made & kind)


def _owed(connection: Connection, vault: Vault, debt: _Debt, now: datetime) -> Some:
    """Returns the messages of a group. The groups of late messages include the late notices that are not in a message yet."""
    count, since = connection.execute(*_owed_messages(now, debt)).one()
    samples: tuple[Sample, ...] = ()
    if count:
        samples = tuple(
            Sample(name=f"{row.kind} to {shown(opened(vault, row.address))} ({row.id[:8]})", detail=row.reply or "not tried yet")
            for row in connection.execute(*_first_owed(now, debt))
        )
    if debt in (_Debt.URGENT_LATE, _Debt.LATE):
        more, first = connection.execute(*_owed_notices(now, debt is _Debt.URGENT_LATE)).one()
        count, since = count + more, min((at for at in (since, first) if at), default=None)
    return Some(count=count, since=since, samples=samples, private=True)


@prepared
def _filled(lists: _Lists) -> Statement:
    """Returns the watchlists that have services."""
    filled = exists().where(_watch.c.watchlist == _watchlist.c.name)
    query = select(_watchlist.c.name, _watchlist.c.created_at).where(filled).order_by(_watchlist.c.name)
    return query if lists is None else query.where(_watchlist.c.name.in_(lists))


def _unalerted(connection: Connection, setup: Setup, now: datetime, lists: _Lists) -> Some:
    known = receivers(connection, now, mail=setup.mail, watchlists=lists)
    found = [row for row in connection.execute(*_filled(lists)) if row.name not in known or not known[row.name].alerted]
    samples = tuple(
        Sample(name=row.name, detail=known[row.name].others if row.name in known else "nobody is subscribed")
        for row in found[:MOST_NAMED]
    )
    return Some(count=len(found), since=min((row.created_at for row in found), default=None), samples=samples)


def _free(connection: Connection) -> int | None:
    """Returns the number of free bytes on the disk of an SQLite database; None on PostgreSQL."""
    database = connection.engine.url.database
    try:
        is_file = connection.engine.dialect.name == "sqlite" and database
        return shutil.disk_usage(Path(str(database)).parent).free if is_file else None
    except OSError:
        return None
