"""Makes copies of a PostgreSQL database with PostgreSQL's own pg_dump, and tests copies with pg_restore. A copy gets its final
name only once it is complete.

The password is passed in the environment, where other users of the machine can't see it.
"""

import os
import shutil
import subprocess
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from monitor.errors import StoreError, UsageError
from monitor.store.backup import Copied, aside, name_new
from monitor.store.database import url_of
from monitor.text import plain

LONGEST = 6 * 3600.0
"""The longest time, in seconds, that a copy or a trial restore may take."""

_SCRATCH = "_cqc_monitor_trial"
"""A trial restore creates a database, whose name is the name of the copied database with this ending. Only trial restores use
this ending, so an existing database with such a name is dropped."""


def dump(url: str, to: Path, known: Collection[str]) -> Copied:
    """Makes a consistent copy of a database, which may be in use, in PostgreSQL's custom format. Raises UsageError if a file with
    the copy's name exists, and StoreError if the copy fails."""
    if os.path.lexists(to):
        raise UsageError(f"{to} exists already: choose another name")
    parsed = url_of(url)
    with aside(to) as part:
        copied = _contents(parsed, known)
        _run("pg_dump", ["--format=custom", f"--file={part}", f"--dbname={_address(parsed)}"], parsed)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        name_new(part, to)
    return copied


def try_restore(url: str, file: Path, known: Collection[str]) -> Copied | None:
    """Restores a copy into a new database on the same server, checks that database, and drops it. If the database role may not
    create databases, this only reads the copy to its end, and returns None. Raises StoreError if the copy can't be restored."""
    import psycopg
    from psycopg import sql

    parsed = url_of(url)
    name = f"{(parsed.database or '')[:45]}{_SCRATCH}"  # PostgreSQL cuts names at 63 bytes
    scratch, named = parsed.set(database=name), sql.Identifier(name)
    try:
        with closing(psycopg.connect(_address(parsed), password=parsed.password, autocommit=True)) as server:
            # A trial that was killed may have left its database. This fails if another trial is using that database.
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(named))
            try:
                server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
            except psycopg.errors.InsufficientPrivilege:
                _run("pg_restore", [f"--file={os.devnull}", str(file)], parsed)
                return None
            try:
                options = ("--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={_address(scratch)}")
                _run("pg_restore", [*options, str(file)], parsed)
                return _contents(scratch, known)
            finally:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))
    except psycopg.Error as error:
        raise StoreError(f"{file} can't be restored for a trial: {plain(str(error))[:200]}") from None


def _contents(url: URL, known: Collection[str]) -> Copied:
    """Returns what a database contains. Raises StoreError if the database was not made by this program, or has a schema that this
    version does not know."""
    import psycopg

    try:
        with closing(psycopg.connect(_address(url), password=url.password)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            services = connection.execute("SELECT count(DISTINCT location_id) FROM watch").fetchone()
    except psycopg.errors.UndefinedTable:
        raise StoreError("the database is not a database of cqc-monitor") from None
    except psycopg.Error as error:
        raise StoreError(f"the database can't be read: {plain(str(error))[:200]}") from None
    revision = str(row[0]) if row else "none"
    if revision not in known:
        newest = f"the newest schema that this version of cqc-monitor knows is {max(known)}"
        raise StoreError(f"the database has the schema {revision}, but {newest}")
    return Copied(revision=revision, services=int(services[0]) if services else 0)


def _run(program: str, arguments: Sequence[str], url: URL) -> None:
    """Runs a program of PostgreSQL. If the program fails, raises StoreError with the last line of its output."""
    found = shutil.which(program)
    if found is None:
        raise StoreError(f"{program} is not installed: install PostgreSQL's client programs, of the server's version or newer")
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program, and no shell reads its arguments)
            [found, "--no-password", *arguments],
            env=_environment(url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise StoreError(f"{program} had not finished after {LONGEST / 3600:.0f} hours") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise StoreError(f"{program} failed: {plain(lines[-1])[:200]}")


def _environment(url: URL) -> Mapping[str, str]:
    return {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}


def _address(url: URL) -> str:
    """Returns a database's address in the form that PostgreSQL's own library accepts, without the password."""
    from psycopg.conninfo import make_conninfo

    named = url.translate_connect_args(username="user", database="dbname") | dict(url.query)
    return make_conninfo(**{name: value for name, value in named.items() if name != "password"})
