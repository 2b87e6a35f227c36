"""Registers workers: the processes of `cqc-monitor run`, which share the checks and the messages.

A worker keeps its claims (`service.leased_by`, `message.leased_by`) as long as it has a row in the table `worker`. While the
worker is running, it extends its expiry time. If the expiry time has passed, another worker declares the worker dead and releases
its claims. In this way, a worker that is killed or hangs blocks nothing for much longer than ALIVE.
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
"""How long after its last heartbeat a worker is treated as alive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A process that uses this database. The times are from the database's clock.

    alive  whether the worker's last heartbeat was less than ALIVE ago; if not, another worker will soon declare the worker dead
    looks  how many services the worker has claimed for checking
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
    """What a worker learns about workers at its heartbeat.

    known   whether the worker itself is still registered; if not, the worker must register again under another id
    buried  the workers that this worker has just declared dead, each as its host and process number
    """

    known: bool
    buried: tuple[str, ...]


class Workers:
    """The part of the store for workers. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enlist(self, worker: str, *, host: str, pid: int, alone: bool) -> None:
        """Registers a new worker. `alone` says that no other worker can be running, because SQLite allows only one daemon. In
        this case, all other workers are dead, and their claims are released at once."""
        with writing(self._engine) as connection:
            if alone:
                _bury(connection, list(connection.execute(select(_worker.c.id).with_for_update()).scalars()))
            now = present(connection)
            row = {"id": worker, "host": host[:200], "pid": pid, "started_at": now, "alive_until": now + ALIVE}
            connection.execute(insert(_worker).values(**row))

    def sign_of_life(self, worker: str) -> Company:
        """Extends the expiry time of this worker, and declares other workers dead if their expiry time has passed."""
        with writing(self._engine) as connection:
            now = present(connection)
            mine = _worker.c.id == worker
            known = connection.execute(update(_worker).where(mine).values(alive_until=now + ALIVE)).rowcount > 0
            late = ~lies_ahead(_worker.c.alive_until, now, 2 * ALIVE)
            dead = connection.execute(select(_worker).where(late, ~mine).with_for_update(skip_locked=True)).mappings().all()
            _bury(connection, [row["id"] for row in dead])
        return Company(known=known, buried=tuple(f"{row['host']} {row['pid']}" for row in dead))

    def leave(self, worker: str) -> None:
        """Removes a worker that stops cleanly, and releases its unfinished claims."""
        with writing(self._engine) as connection:
            _bury(connection, list(connection.execute(select(_worker.c.id).where(_worker.c.id == worker)).scalars()))

    def count(self) -> int:
        """How many workers are registered."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(_worker)).scalar_one()

    def all(self) -> list[Worker]:
        """Returns all registered workers, oldest first."""
        looks = select(func.count()).select_from(_service).where(_service.c.leased_by == _worker.c.id).scalar_subquery()
        query = select(_worker, looks.label("looks")).order_by(_worker.c.started_at, _worker.c.id)
        with reading(self._engine) as connection:
            now = present(connection)
            return [Worker(alive=row["alive_until"] > now, **row) for row in connection.execute(query).mappings()]


def _bury(connection: Connection, workers: Sequence[str]) -> None:
    if not workers:
        return
    # The workers' rows are deleted first. The deletion waits for transactions in which these workers are making claims.
    connection.execute(delete(_worker).where(_worker.c.id.in_(workers)))
    free_looks(connection, workers)
    theirs = _message.c.leased_by.in_(workers) & (_message.c.state == MessageState.PENDING)
    connection.execute(update(_message).where(theirs).values(leased_by=None, leased_until=None))
