"""The database's own clock. What several machines share (who is alive, whose turn it is) goes by it, since theirs differ."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.tables import Utc


def present(connection: Connection) -> datetime:
    """The time in UTC as the database has it, also late in a long transaction. An SQLite database has its machine's."""
    if connection.dialect.name == "sqlite":
        # %f has three digits; the three more make it the form in which SQLAlchemy keeps times there.
        return connection.execute(select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=Utc))).scalar_one()
    return connection.execute(select(func.timezone("utc", func.clock_timestamp(), type_=Utc))).scalar_one()
