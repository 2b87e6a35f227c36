"""Examines the database for problems, without creating or migrating anything."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, inspect, select, text

from monitor.detect.agreement import Agreement
from monitor.errors import StoreError
from monitor.store import newest_files
from monitor.store.clock import present
from monitor.store.database import _engine, _revision, reading, sqlite_file, writing
from monitor.store.receivers import ALL_MAIL
from monitor.store.rotas import encrypted_in
from monitor.store.tables import RegisterFileRow, SubscriptionRow, SwitchedOffRow, WatchlistRow, WatchRow, table
from monitor.store.verifications import agreement_in

_subscription, _switched_off, _watch = table(SubscriptionRow), table(SwitchedOffRow), table(WatchRow)
_watchlist = table(WatchlistRow)

_off = case((_switched_off.c.scope == ALL_MAIL, ALL_MAIL), else_=_switched_off.c.address)

_file = table(RegisterFileRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """What the examination found.

    revision    the revision of the schema; None if nothing was ever stored
    damage      SQLite's description of the damage to the file; None if there is no damage, and on PostgreSQL
    journal     SQLite's journal mode; None on PostgreSQL
    free        free bytes on the disk of an SQLite database; None on PostgreSQL
    read_only   why nothing can be written; None if writing works
    clock       the database's time, in UTC
    addresses   all subscribed addresses, second addresses and addresses on rotas, as stored (encrypted)
    off         suspended receivers: addresses as stored (encrypted). If all email is suspended, ALL_MAIL instead of an address
    watched     the id of one watched service; None if no service is watched
    register_of the date of the newest list of all services in CQC's register; None if the register is empty
    ratings_of  the date of CQC's newest file that states ratings; None if no file states ratings
    agreement   how far the last hundred readings agree with CQC's files; None if nothing was ever stored
    """

    revision: str | None
    damage: str | None
    journal: str | None
    free: int | None
    read_only: str | None
    clock: datetime
    addresses: tuple[str, ...]
    off: tuple[str, ...]
    watched: str | None
    register_of: date | None = None
    ratings_of: date | None = None
    agreement: Agreement | None = None


def looked_over(url: str) -> Checkup | None:
    """Examines the database at `url`. Returns None if the file does not exist. Raises StoreError if the database cannot be opened
    or read."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return None
    engine = _engine(url)
    try:
        read_only = None
        try:
            with writing(engine):
                pass  # on SQLite this transaction begins with a lock for writing, so it fails if nothing can be written
        except StoreError as error:
            read_only = str(error)
        with reading(engine) as connection:
            return Checkup(
                revision=_revision(connection),
                damage=_damage(connection) if file else None,
                journal=str(connection.execute(text("PRAGMA journal_mode")).scalar()) if file else None,
                free=shutil.disk_usage(file.parent).free if file else None,
                read_only=read_only or (None if file else _in_recovery(connection)),
                clock=present(connection),
                addresses=_addresses(connection),
                off=_column(connection, "switched_off", select(_off)),
                watched=next(iter(_column(connection, "watch", select(_watch.c.location_id).limit(1))), None),
                register_of=next(iter(_column(connection, "register_file", newest_files.LISTING)), None),
                ratings_of=next(iter(_column(connection, "register_file", newest_files.RATED)), None),
                agreement=agreement_in(connection) if inspect(connection).has_table("verification") else None,
            )
    finally:
        engine.dispose()


def _damage(connection: Connection) -> str | None:
    said = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
    return None if said == "ok" else said


def _in_recovery(connection: Connection) -> str | None:
    """Returns why a PostgreSQL server accepts no writes, or None if it accepts them."""
    if connection.execute(text("SELECT pg_is_in_recovery()")).scalar():
        return "the server is a standby server, which accepts no writes"
    if connection.execute(text("SELECT current_setting('default_transaction_read_only')")).scalar() == "on":
        return "the database is set to read-only (default_transaction_read_only)"
    return None


def _addresses(connection: Connection) -> tuple[str, ...]:
    rotas = _column(connection, "watchlist", select(_watchlist.c.rota).where(_watchlist.c.rota.is_not(None)), "rota")
    second = select(_watchlist.c.second_address).where(_watchlist.c.second_address.is_not(None))
    return (
        *_column(connection, "subscription", select(_subscription.c.address)),
        *_column(connection, "watchlist", second, "second_address"),
        *(one for rota in rotas for one in encrypted_in(rota)),
    )


def _column(connection: Connection, name: str, query: object, column: str | None = None) -> tuple[Any, ...]:
    """Returns the result of a query. If the table or the column does not exist in an older schema, the result is empty."""
    there = inspect(connection).has_table(name)
    there = there and (column is None or column in {one["name"] for one in inspect(connection).get_columns(name)})
    return tuple(connection.execute(query).scalars()) if there else ()  # type: ignore[call-overload]
