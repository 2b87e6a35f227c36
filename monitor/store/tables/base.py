"""The parts that all tables share: the types of their columns, and the function that makes a table from a row class."""

from datetime import UTC, datetime
from functools import cache
from threading import RLock
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, Table, Text, TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.main import get_column_from_field

from monitor.ratings import OVERALL, KeyQuestion

# Because of these patterns, constraints have the same names on SQLite and PostgreSQL. The patterns were set before the first
# migration.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Utc(TypeDecorator[datetime]):
    """The type of columns with instants in UTC. Adds the time zone, which SQLite does not store."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Returns the instant in UTC, without a time zone, for the database. Raises ValueError if the instant has no time zone,
        which is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Returns a stored instant with its time zone, UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """The type of columns with text of any length, including text from outside this program. Characters that databases reject
    (lone surrogates; NUL on PostgreSQL) are replaced. Without this, a receiver's answer with such a character would prevent the
    program from recording that the receiver accepted a message."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Returns the text in a form that both databases can store."""
        return None if value is None else value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Row(SQLModel):
    """The base of all row classes. pydantic builds the validator of a row class only on demand, since validators of rows are
    never used. Building them would make the tables take a tenth longer at each start."""

    model_config = {"defer_build": True}


_making = RLock()
"""A lock for making tables, since two threads may request a table at the same time."""


@cache
def _table(row: type[SQLModel]) -> Table:
    columns = []
    for field, info in row.model_fields.items():
        # The field of the overall rating becomes several columns: the overall rating, then each key question.
        for name in (OVERALL, *(one.column for one in KeyQuestion)) if field == OVERALL else (field,):
            column = get_column_from_field(info)
            column.name = column.key = name
            columns.append(column)
    return Table(str(row.__tablename__), SQLModel.metadata, *columns, *vars(row).get("__table_args__", ()))


def table(row: type[SQLModel]) -> Table:
    """Returns the table of a row class, for statements in SQLAlchemy Core. The table is made when it is first requested. SQLModel
    makes only the columns. With `table=True` it would make the whole table, but would also map the rows to objects, which nobody
    needs and which would slow down each start."""
    with _making:
        return _table(row)
