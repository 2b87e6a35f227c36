"""Reads the database's own clock. This clock is used for what several machines share (for example, which workers are
alive), since the machines' clocks differ.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.tables import Utc

# %f gives three digits after the decimal point of the seconds; "000" is added because SQLAlchemy stores times with six digits.
_OF_SQLITE = select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=Utc))
_OF_POSTGRESQL = select(func.timezone("utc", func.clock_timestamp(), type_=Utc))


def present(connection: Connection) -> datetime:
    """Returns the database's current time in UTC, even in the middle of a long transaction. On SQLite it is the time of the
    machine that runs this program."""
    now: datetime = connection.execute(_OF_SQLITE if connection.dialect.name == "sqlite" else _OF_POSTGRESQL).scalar_one()
    return now
