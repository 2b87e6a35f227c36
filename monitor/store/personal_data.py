"""Shows or erases everything that is stored about one person, and removes personal data when its retention period has passed.

A person is identified by an email address. The search covers every table except the tables in `OF_CQC`, so it also covers
tables that are added later. An erased person's actions stay on record, but with a meaningless name in place of the address
(`erased-7@erased.invalid`).
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    String,
    Table,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    update,
)

from monitor import addresses
from monitor.errors import UsageError
from monitor.mailbox import ERASED, key_of
from monitor.store import audit, case_records
from monitor.store.database import in_turn, reading, writing
from monitor.store.keepers import is_last
from monitor.store.people import Role
from monitor.store.subscriptions import end
from monitor.store.tables import (
    ApiKeyRow,
    AuditRow,
    BounceRow,
    ColumnChoiceRow,
    DrillReceiverRow,
    EndedSubscriptionRow,
    FeedKeyRow,
    KeptFormRow,
    MessageRow,
    MessageState,
    PersonRow,
    ReportReaderRow,
    ReportTemplateRow,
    SavedReportRow,
    SavedSettingRow,
    SavedViewRow,
    SessionRow,
    SignInLinkRow,
    SubscriptionRow,
    SwitchedOffRow,
    ToldRow,
    WatchlistRow,
    WatchRow,
    metadata,
    table,
)
from monitor.store.vault import Vault, opened

_person, _session, _link = table(PersonRow), table(SessionRow), table(SignInLinkRow)
_key, _feed, _audit = table(ApiKeyRow), table(FeedKeyRow), table(AuditRow)
_subscription, _watchlist, _watch = table(SubscriptionRow), table(WatchlistRow), table(WatchRow)
_message, _told, _bounce, _off = table(MessageRow), table(ToldRow), table(BounceRow), table(SwitchedOffRow)
_ended, _kept, _saved = table(EndedSubscriptionRow), table(KeptFormRow), table(SavedSettingRow)
_view, _columns = table(SavedViewRow), table(ColumnChoiceRow)
_report, _report_reader, _template = table(SavedReportRow), table(ReportReaderRow), table(ReportTemplateRow)
_drill = table(DrillReceiverRow)

OF_CQC = frozenset(
    {
        "authority_list", "bounce_mailbox", "case_item", "correction", "disagreement", "escalation", "event", "evidence", "feed",
        "feed_named", "former_subscription", "hint", "hint_source", "item",
        "judged", "notice", "overview", "page", "proposal", "register", "register_file",
        "register_history", "rule", "service", "site", "snapshot", "upkeep", "verification", "verification_run", "watch",
        "worker",
    }
)  # fmt: skip
"""The tables without personal data, which contain CQC's data and the program's own state."""

_SECRET = re.compile(r"hash|key|client|digest|token|secret$|content")
"""Matches the names of columns with hashes of tokens and addresses, or with encrypted values. A person can't read these
values."""

_ADDRESSES = frozenset({"address", "second_address", "email"})
"""The names of columns that contain a whole address and nothing else."""

PEOPLES = frozenset({"person", "owner", "invited_by", "reopened_by", "made_by", "changed_by", "ended_by"})
"""The names of columns that contain the number of a person but need not be foreign keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased, or would be erased.

    name           the name that replaces the person's address; "" if nothing is stored about the person
    subscriptions  the watchlists that the address is no longer alerted about
    unalerted      the watchlists in `subscriptions` that nobody is alerted about afterwards
    second         the watchlists whose second address is this address
    rotas          the watchlists with this address on their rota
    dropped        how many waiting messages to the address are dropped
    """

    name: str = ""
    subscriptions: tuple[str, ...] = ()
    unalerted: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    rotas: tuple[str, ...] = ()
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How much was removed because its retention period had passed. `people` counts erased people, `told` and `audit` count
    removed entries of the delivery log and of the audit, `messages` counts messages whose address and text were removed, and
    `drills` counts the addresses of removed drills."""

    people: int = 0
    told: int = 0
    audit: int = 0
    messages: int = 0
    drills: int = 0

    def __bool__(self) -> bool:
        return any((self.people, self.told, self.audit, self.messages, self.drills))


@dataclass(frozen=True, slots=True)
class _Someone:
    """An address, and the number of the person with this address (None if there is no such person)."""

    email: str
    id: int | None

    @property
    def address(self) -> str:
        """The address in the form that subscriptions use."""
        return f"mailto:{self.email}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """A pattern that finds the address in a text, but not inside another address. For example, smith@a.uk is not found in
        j.smith@a.uk or in smith@a.uk.example."""
        return re.compile(rf"(?<![\w.!#$%&*+?^~-]){re.escape(self.email)}(?![\w-]|\.\w)", re.IGNORECASE | re.ASCII)

    def is_in(self, column: Any, value: object) -> bool:
        """Whether the value of a column is about this person."""
        if value is not None and _is_person(column):
            return self.id is not None and value == self.id
        if not isinstance(value, str) or not _is_text(column):
            return False
        if column.name in _ADDRESSES:
            return value.lower() in {self.email, self.address}
        return self.pattern.search(value) is not None


class PersonalData:
    """The part of the store for personal data. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def export(self, email: str) -> dict[str, list[dict[str, Any]]]:
        """Returns all rows about a person, by table, without hashes and encrypted values. Returns {} if nothing is stored about
        the person. Times are in UTC, in the format of ISO 8601. If an address belongs to Slack, Teams or a webhook, only its host
        is shown."""
        with reading(self._engine) as connection:
            who = _someone(connection, email)
            found = {one.name: self._rows(connection, one, who) for one in tables()}
        return {name: rows for name, rows in found.items() if rows}

    def preview(self, email: str) -> Erased:
        """Returns what `erase` would erase, without changing anything."""
        with reading(self._engine) as connection:
            return _planned(connection, _someone(connection, email))

    def erase(self, email: str, by: int | None, now: datetime, *, operator: str | None, even_the_last: bool = False) -> Erased:
        """Ends the access and the subscriptions of a person, and replaces the person's address wherever it is stored. `by` is the
        person who requests this, or None for the command line. The address `operator` is notified of watchlists that nobody is
        alerted about any more.

        Raises UsageError if no operator would be left, if a setting that was changed on the web pages contains the address, or if
        the address is a second address or on a rota. Unless `even_the_last` is true, also raises UsageError if nobody would be
        alerted about a watchlist.
        """
        with writing(self._engine) as connection:
            in_turn(connection)
            who = _someone(connection, email)
            planned = _planned(connection, who)
            if not planned.name:
                return planned
            if _is_last_operator(connection, who):
                raise UsageError("There must be an operator: make somebody else an operator first")
            saved = connection.execute(select(_saved.c.name, _saved.c.value)).all()
            if named := next((one.name for one in saved if who.pattern.search(one.value)), None):
                raise UsageError(f"{named.upper()} is set to this address on the web pages: set it to another address first")
            if planned.second:
                lists = ", ".join(planned.second)
                raise UsageError(f"this is the second address of {lists}: choose another second address first")
            if planned.rotas:
                raise UsageError(f"this address is on the rota of {', '.join(planned.rotas)}: take it off the rota first")
            if planned.unalerted and not even_the_last:
                raise UsageError(f"nobody would be alerted about {', '.join(planned.unalerted)}: subscribe somebody else first")
            self._erase(connection, who, planned.name, now, operator)
            audit.note(connection, by, "erased the personal data of", planned.name, now)
            return planned

    def remove_old(self, people: datetime | None, log: datetime | None, now: datetime, operator: str | None = None) -> Removed:
        """Erases people whose access ended before `people`, and removes log entries from before `log`. If `people` is None, no
        people are erased; if `log` is None, no log entries are removed. Events and their evidence are never removed. People who
        still receive messages (through a subscription, a second address or a rota, or as `operator`) are not erased."""
        erased = 0
        with writing(self._engine) as connection:
            in_turn(connection)
            ended = _person.c.ended_at < people if people else false()
            gone = select(_person.c.email).where(ended, ~_person.c.email.endswith(f"@{ERASED}"))
            for email in connection.execute(gone).scalars().all():
                who = _someone(connection, email)
                if planned := _planned(connection, who):
                    if planned.subscriptions or planned.second or planned.rotas or key_of(who.address) == key_of(operator or ""):
                        continue  # somebody decided that this person still receives messages
                    self._erase(connection, who, planned.name, now, None)
                    audit.note(connection, None, "erased the personal data of", planned.name, now)
                    erased += 1
            logged = _without_old(connection, log) if log else Removed()
        return replace(logged, people=erased)

    def _erase(self, connection: Connection, who: _Someone, name: str, now: datetime, operator: str | None) -> None:
        at = select(_subscription.c.id).where(_subscription.c.address_key == key_of(who.address))
        for number in connection.execute(at).scalars().all():
            end(connection, self._vault, number, now, operator)
        to = (_message.c.address_key == key_of(who.address)) & (_message.c.state == MessageState.PENDING)
        connection.execute(update(_message).where(to).values(state=MessageState.DROPPED))
        connection.execute(delete(_link).where(_link.c.email == who.email))
        connection.execute(delete(_off).where(_off.c.scope == key_of(who.address)))
        theirs = [row["id"] for row in _rows_about(connection, _ended, who)]
        connection.execute(delete(_ended).where(_ended.c.id.in_(theirs)))
        if who.id is not None:
            for one in (_session, _key, _feed, _kept, _columns, _report_reader):
                connection.execute(delete(one).where(one.c.person == who.id))
            mine = update(_person).where(_person.c.id == who.id)
            connection.execute(mine.values(issuer=None, subject=None))  # the person's account at an OpenID Connect provider
            connection.execute(mine.where(_person.c.ended_at.is_(None)).values(ended_at=now))
            case_records.leave(connection, who.id, None, now)
            for one in (_watchlist, _view, _report, _template):
                connection.execute(update(one).where(one.c.owner == who.id).values(owner=None))
        for one in tables():
            _rename(connection, one, who, name)

    def _rows(self, connection: Connection, one: Table, who: _Someone) -> list[dict[str, Any]]:
        rows = _rows_about(connection, one, who)
        return [{name: self._shown(name, value) for name, value in row.items() if not _SECRET.search(name)} for row in rows]

    def _shown(self, name: str, value: object) -> object:
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if name in {"address", "second_address"} and isinstance(value, str):
            return addresses.shown(opened(self._vault, value))
        return value


def tables() -> Iterator[Table]:
    """The tables that may contain personal data."""
    return (one for one in metadata().sorted_tables if one.name not in OF_CQC)


def _someone(connection: Connection, email: str) -> _Someone:
    number = connection.execute(select(_person.c.id).where(_person.c.email == email.lower())).scalar()
    return _Someone(email.lower(), number)


def _rows_about(connection: Connection, one: Table, who: _Someone) -> list[RowMapping]:
    """Returns the rows of a table with the person's number or address."""
    rows = connection.execute(select(one).where(_may_be_about(one, who))).mappings()
    return [row for row in rows if any(who.is_in(column, row[column.name]) for column in one.columns)]


def _may_be_about(one: Table, who: _Someone) -> ColumnElement[bool]:
    """Returns an SQL condition that finds all rows that `_rows_about` returns, and also rows where the person's address is only a
    part of another address."""
    found: list[ColumnElement[bool]] = [
        func.lower(column).contains(who.email, autoescape=True) for column in one.columns if _is_text(column)
    ]
    if who.id is not None:
        found += [column == who.id for column in one.columns if _is_person(column)]
    return or_(false(), *found)


def _is_text(column: Any) -> bool:
    return isinstance(getattr(column.type, "impl_instance", column.type), String)


def _is_person(column: Any) -> bool:
    refers = any(key.column.table is _person for key in column.foreign_keys)
    return refers or column.name in PEOPLES or (column.table is _person and column.name == "id")


def _planned(connection: Connection, who: _Someone) -> Erased:
    there = who.id is not None or any(_rows_about(connection, one, who) for one in tables())
    if not there or who.email.endswith(f"@{ERASED}"):
        return Erased()
    key = key_of(who.address)
    subscribed = select(_subscription.c.id, _subscription.c.watchlist).where(_subscription.c.address_key == key)
    mine = connection.execute(subscribed).all()
    ids, lists = [one.id for one in mine], sorted(one.watchlist for one in mine)
    waiting = select(func.count()).select_from(_message).where(_message.c.address_key == key)
    second = select(_watchlist.c.name).where(func.lower(_watchlist.c.second_address) == who.address)
    rotas = connection.execute(select(_watchlist.c.name, _watchlist.c.rota).where(_watchlist.c.rota.is_not(None)))
    return Erased(
        name=f"erased-{secrets.token_hex(3) if who.id is None else who.id}@{ERASED}",
        subscriptions=tuple(lists),
        unalerted=tuple(one for one in lists if _is_watched(connection, one) and is_last(connection, one, ids)),
        second=tuple(connection.execute(second.order_by(_watchlist.c.name)).scalars()),
        rotas=tuple(sorted(row.name for row in rotas if who.pattern.search(row.rota))),
        dropped=connection.execute(waiting.where(_message.c.state == MessageState.PENDING)).scalar_one(),
    )


def _is_watched(connection: Connection, watchlist: str) -> bool:
    return bool(connection.execute(select(exists().where(_watch.c.watchlist == watchlist))).scalar())


def _is_last_operator(connection: Connection, who: _Someone) -> bool:
    operators = select(_person.c.id).where(_person.c.role == str(Role.OPERATOR), _person.c.ended_at.is_(None))
    return connection.execute(operators).scalars().all() == [who.id]


def _rename(connection: Connection, one: Table, who: _Someone, name: str) -> None:
    """Replaces the address with `name` everywhere in a table, whether the address is in upper or lower case. Also replaces keys
    that were made from the address."""
    texts = [column for column in one.columns if _is_text(column)]
    keys = {key_of(who.address): key_of(f"mailto:{name}")}
    for row in _rows_about(connection, one, who):
        was = {column.name: row[column.name] for column in texts if row[column.name] is not None}
        written = {column: keys.get(text) or _renamed(column, text, who, name) for column, text in was.items()}
        changed = {column: text for column, text in written.items() if text != was[column]}
        if changed:
            this = [column == row[column.name] for column in one.primary_key.columns]
            connection.execute(update(one).where(*this).values(**changed))


def _renamed(column: str, text: str, who: _Someone, name: str) -> str:
    if column in _ADDRESSES and text.lower() not in {who.email, who.address}:
        return text  # the row is about somebody else
    return who.pattern.sub(name, text)


def _without_old(connection: Connection, before: datetime) -> Removed:
    """Deletes old drills, and old entries of the delivery log, the audit and the records of delivery reports. Also removes the
    addresses and texts of old messages, but not their rows, because the notices of a message show that an event was already
    sent. Returns what was removed."""
    told, audited, _ = (
        connection.execute(delete(one).where(one.c.at < before)).rowcount for one in (_told, _audit, _bounce)
    )
    drills = connection.execute(delete(_drill).where(_drill.c.started_at < before)).rowcount
    over = (_message.c.created_at < before) & (_message.c.state != MessageState.PENDING)
    former = {"address": f"mailto:former@{ERASED}", "address_key": key_of(f"mailto:former@{ERASED}"), "reply": None, "said": None}
    emptied = connection.execute(update(_message).where(over, _message.c.address != former["address"]).values(**former)).rowcount
    return Removed(told=told, audit=audited, messages=emptied, drills=drills)
