"""The common parts of all tables: the types of their columns, and how a row class becomes a table."""

from datetime import UTC, datetime
from functools import cache
from threading import RLock
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, Table, Text, TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.main import get_column_from_field

from monitor.ratings import OVERALL, KeyQuestion

# Fixed before the first migration, so that constraints have the same names on SQLite and PostgreSQL.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Utc(TypeDecorator[datetime]):
    """Aware instants in UTC. SQLite stores no time zone and would return them without one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Stored without a time zone, in UTC. A naive instant is a programming error: ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Returned with its time zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text of any length, including text from others. Characters that databases reject (lone surrogates; NUL on PostgreSQL) are
    replaced. So a receiver's odd answer can't stop us from recording that it accepted a message."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text in a form that can be stored anywhere."""
        return None if value is None else value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Row(SQLModel):
    """The base of all tables. pydantic builds a row's validator only on demand, since nothing needs it. This saves a tenth of the
    time that these tables cost at each start."""

    model_config = {"defer_build": True}


_making = RLock()
"""Two threads may ask for a table at the same time."""


@cache
def _table(row: type[SQLModel]) -> Table:
    columns = []
    for field, info in row.model_fields.items():
        # An overall rating is followed by the key questions, one column each.
        for name in (OVERALL, *(one.column for one in KeyQuestion)) if field == OVERALL else (field,):
            column = get_column_from_field(info)
            column.name = column.key = name
            columns.append(column)
    return Table(str(row.__tablename__), SQLModel.metadata, *columns, *vars(row).get("__table_args__", ()))


def table(row: type[SQLModel]) -> Table:
    """The table of a row class, for statements in SQLAlchemy Core. It is made when first requested. Its columns are SQLModel's.
    SQLModel's own tables (`table=True`) would also be mapped to objects, which nothing here needs and which would slow down each
    start."""
    with _making:
        return _table(row)
