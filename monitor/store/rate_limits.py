"""Limits the rate of requests of all processes together. A process reserves a period of time for its requests, and no other
process sends requests during that period."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from monitor.detect.schedule import lies_ahead
from monitor.store.clock import present
from monitor.store.database import writing
from monitor.store.tables import SiteRow, table

_site = table(SiteRow)

SITE = "cqc"
"""The name of CQC's site in the table `site`."""

MOST_AHEAD = 100
"""How many periods may be reserved ahead. If more time seems to be reserved, a clock was wrong, and the reserved time is
ignored."""

AT_LEAST_AHEAD = timedelta(minutes=5)
"""How much time may always be reserved ahead, even if the caller's period is short, since other processes may reserve longer
periods."""


_FREE_AT = select(_site.c.free_at).where(_site.c.name == SITE).with_for_update()
_RESERVED = update(_site).where(_site.c.name == SITE).values(free_at=bindparam("until"))


class Turns:
    """Decides when each process sends its requests. `reserve` is one transaction and raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reserve(self, seconds: float) -> float:
        """Reserves a period of `seconds` seconds, after all periods that are already reserved. Returns in how many seconds the
        new period begins."""
        span = timedelta(seconds=seconds)
        with writing(self._engine) as connection:
            free_at = _free_at(connection)
            now = present(connection)
            if free_at is None or not lies_ahead(free_at, now, max(MOST_AHEAD * span, AT_LEAST_AHEAD)):
                free_at = now
            connection.execute(_RESERVED, {"until": free_at + span})
        return (free_at - now).total_seconds()


def _free_at(connection: Connection) -> datetime | None:
    """Returns the end of the last reserved period, or None. Until this transaction ends, no other transaction can reserve a
    period."""
    row = connection.execute(_FREE_AT).first()
    if row is None:
        with suppress(IntegrityError), connection.begin_nested():  # another process may create the row at the same time
            connection.execute(insert(_site).values(name=SITE, pauses=0, told=False))
        row = connection.execute(_FREE_AT).one()
    return row.free_at  # type: ignore[no-any-return]
