"""The database's own clock. State that several machines share (which workers are alive, whose turn it is) uses it, since their
clocks differ.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.tables import Utc


def present(connection: Connection) -> datetime:
    """The database's current time in UTC, even late in a long transaction. An SQLite database has its machine's clock."""
    if connection.dialect.name == "sqlite":
        # %f gives three digits of the second; three more give the form in which SQLAlchemy stores times here.
        return connection.execute(select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=Utc))).scalar_one()
    return connection.execute(select(func.timezone("utc", func.clock_timestamp(), type_=Utc))).scalar_one()
