"""Stores the pages that showed events, exactly as the pages were received."""

import hashlib
import re
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, exists, insert, select, text, update

from monitor import codec
from monitor.detect.checks import ReadPage
from monitor.errors import UsageError
from monitor.events import Event
from monitor.store.database import reading, writing
from monitor.store.tables import EventRow, EvidenceRow, table

_event, _evidence = table(EventRow), table(EvidenceRow)

_AT_ONCE = 200
"""How many pages are emptied in one transaction. The number is small, so that other processes can write between two
transactions."""

_ID = re.compile(r"[0-9a-z]{4,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A page that was stored when an event was seen.

    digest      the SHA-256 of the page when it was received, in hex
    body        the bytes of the page. None if they have been removed, or are damaged: they can't be unpacked, or no longer have
                the digest
    removed_at  when the content was removed; None if it is still stored
    """

    digest: str
    url: str
    content_type: str | None
    fetched_at: datetime
    body: bytes | None
    removed_at: datetime | None = None


class Evidence:
    """The part of the store for evidence. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, typed: str) -> tuple[Event, Kept | None]:
        """Finds an event by its id or an unambiguous beginning of the id. Returns the event, and the page that showed the event
        (None if no page was stored).

        Raises UsageError if no event or more than one event matches.
        """
        beginning = typed.strip().lower()
        with reading(self._engine) as connection:
            named = _event.c.id.startswith(beginning) if _ID.fullmatch(beginning) else _event.c.id == beginning
            found = list(connection.execute(select(_event.c.body).where(named).limit(2)).scalars())
            if not found:
                raise UsageError(f"{typed[:40]!r} is not an event's id (cqc-monitor events shows them)")
            if len(found) > 1:
                raise UsageError(f"several events' ids begin with {beginning}: type more of the id")
            event = codec.load_event(found[0])
            row = connection.execute(select(_evidence).where(_evidence.c.digest == event.evidence)).mappings().first()
        if row is None:
            return event, None
        return event, Kept(
            digest=row["digest"],
            url=row["url"],
            content_type=row["content_type"],
            fetched_at=row["fetched_at"],
            body=_unpacked(row["body"], row["digest"]),
            removed_at=row["removed_at"],
        )

    def remove_before(self, instant: datetime, now: datetime) -> int:
        """Deletes the content of pages whose events are all from before an instant, and returns how many pages were emptied.
        Events and the delivery log are not changed."""
        removed = 0
        while batch := self._remove_some(instant, now):
            removed += batch
        return removed

    def _remove_some(self, instant: datetime, now: datetime) -> int:
        kept = _evidence.c.removed_at.is_(None)
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                # Without the lock, a check that is running and has found its page already stored could now record an event that
                # needs the page.
                connection.execute(text("LOCK TABLE event IN SHARE MODE"))
            old = select(_evidence.c.digest).where(kept, _evidence.c.fetched_at < instant)
            candidates = set(connection.execute(old).scalars())
            if candidates:
                younger = connection.execute(select(_event.c.body).where(_event.c.observed_at >= instant)).scalars()
                candidates -= {codec.load_event(body).evidence for body in younger}
            chosen = sorted(candidates)[:_AT_ONCE]
            connection.execute(update(_evidence).where(_evidence.c.digest.in_(chosen)).values(body=b"", removed_at=now))
        return len(chosen)


def keep_evidence(connection: Connection, page: ReadPage) -> None:
    """Stores a page's bytes, within the caller's transaction, unless the page has no bytes or its bytes are already stored."""
    here = _evidence.c.digest == page.digest
    there = connection.execute(select(exists().where(here, _evidence.c.removed_at.is_(None)))).scalar()
    if not there and page.body is not None:
        connection.execute(delete(_evidence).where(here))  # the content of this page was deleted, but is needed again
        connection.execute(
            insert(_evidence).values(
                digest=page.digest,
                url=page.url,
                content_type=page.content_type,
                fetched_at=page.fetched_at,
                body=zlib.compress(page.body, 6),
            )
        )


def _unpacked(packed: bytes, digest: str) -> bytes | None:
    try:
        body = zlib.decompress(packed)
    except zlib.error:
        return None
    return body if hashlib.sha256(body).hexdigest() == digest else None
