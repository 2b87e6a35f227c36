"""The database's own clock. State that several machines share (which workers are alive, whose turn it is) uses this clock, since
the machines' clocks differ.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.tables import Utc


def present(connection: Connection) -> datetime:
    """The database's current time in UTC, which moves on even during a long transaction. SQLite uses the clock of its machine."""
    if connection.dialect.name == "sqlite":
        # %f gives milliseconds; three more digits make the form in which SQLAlchemy stores times here.
        return connection.execute(select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=Utc))).scalar_one()
    return connection.execute(select(func.timezone("utc", func.clock_timestamp(), type_=Utc))).scalar_one()
