"""Workers: the processes of `cqc-monitor run` that share the checks and the messages.

A worker keeps its claims (`service.leased_by`, `message.leased_by`) as long as its row is here. While it lives, it extends its
expiry time. Another worker that finds this time past declares it dead and releases its claims. So a worker that is killed, or
hangs, blocks nothing for longer than ALIVE.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from monitor.detect.schedule import lies_ahead
from monitor.store.clock import present
from monitor.store.database import reading, writing
from monitor.store.services import free_looks
from monitor.store.tables import MessageRow, MessageState, ServiceRow, WorkerRow, table

_worker, _service, _message = table(WorkerRow), table(ServiceRow), table(MessageRow)

ALIVE = timedelta(seconds=60)
"""How long a worker counts as alive after its last heartbeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A process that works on this database. Its times are by the database's clock.

    alive  whether its last heartbeat was within ALIVE; otherwise it is about to be declared dead
    looks  how many services it has claimed for checking
    """

    id: str
    host: str
    pid: int
    started_at: datetime
    alive_until: datetime
    alive: bool
    looks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The workers on this database, as one of them sees them at its heartbeat.

    known   whether the worker itself still counted as alive; if not, it must register again under another id
    buried  the workers just declared dead, as host and process number
    """

    known: bool
    buried: tuple[str, ...]


class Workers:
    """The workers on this database. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enlist(self, worker: str, *, host: str, pid: int, alone: bool) -> None:
        """Registers a new worker. `alone`: no other can be running (as on SQLite, with one daemon), so all others are dead, and
        their claims are released at once."""
        with writing(self._engine) as connection:
            if alone:
                _bury(connection, list(connection.execute(select(_worker.c.id).with_for_update()).scalars()))
            now = present(connection)
            row = {"id": worker, "host": host[:200], "pid": pid, "started_at": now, "alive_until": now + ALIVE}
            connection.execute(insert(_worker).values(**row))

    def sign_of_life(self, worker: str) -> Company:
        """Extends the expiry time of this worker, and declares workers dead whose time has passed."""
        with writing(self._engine) as connection:
            now = present(connection)
            mine = _worker.c.id == worker
            known = connection.execute(update(_worker).where(mine).values(alive_until=now + ALIVE)).rowcount > 0
            late = ~lies_ahead(_worker.c.alive_until, now, 2 * ALIVE)
            dead = connection.execute(select(_worker).where(late, ~mine).with_for_update(skip_locked=True)).mappings().all()
            _bury(connection, [row["id"] for row in dead])
        return Company(known=known, buried=tuple(f"{row['host']} {row['pid']}" for row in dead))

    def leave(self, worker: str) -> None:
        """For a clean stop: releases the worker's unfinished claims."""
        with writing(self._engine) as connection:
            _bury(connection, list(connection.execute(select(_worker.c.id).where(_worker.c.id == worker)).scalars()))

    def count(self) -> int:
        """How many workers share the work."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(_worker)).scalar_one()

    def all(self) -> list[Worker]:
        """All registered workers, oldest first."""
        looks = select(func.count()).select_from(_service).where(_service.c.leased_by == _worker.c.id).scalar_subquery()
        query = select(_worker, looks.label("looks")).order_by(_worker.c.started_at, _worker.c.id)
        with reading(self._engine) as connection:
            now = present(connection)
            return [Worker(alive=row["alive_until"] > now, **row) for row in connection.execute(query).mappings()]


def _bury(connection: Connection, workers: Sequence[str]) -> None:
    if not workers:
        return
    # The workers' rows are deleted first: this waits for transactions that are claiming something for one of them.
    connection.execute(delete(_worker).where(_worker.c.id.in_(workers)))
    free_looks(connection, workers)
    theirs = _message.c.leased_by.in_(workers) & (_message.c.state == MessageState.PENDING)
    connection.execute(update(_message).where(theirs).values(leased_by=None, leased_until=None))
