"""The database's own clock. State that several machines share (which workers are alive, whose turn it is) uses this clock, since
the machines' clocks differ.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.tables import Utc

# %f gives three digits of the second; three more give the form in which SQLAlchemy stores times here.
_OF_SQLITE = select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=Utc))
_OF_POSTGRESQL = select(func.timezone("utc", func.clock_timestamp(), type_=Utc))


def present(connection: Connection) -> datetime:
    """The database's current time in UTC, which moves on even during a long transaction. SQLite uses the clock of its machine."""
    now: datetime = connection.execute(_OF_SQLITE if connection.dialect.name == "sqlite" else _OF_POSTGRESQL).scalar_one()
    return now
