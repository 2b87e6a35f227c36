"""Finds out from the stored hints and events which of CQC's publications the sources of hints named. This module only reads."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from monitor.detect.hints import STANDING
from monitor.detect.recall import COUNTED, NAMES, NEW, Measured, Naming, Publication, Source, is_silent, measured
from monitor.events import Kind, Rests
from monitor.store.hints import KEPT
from monitor.store.prepared import Statement, prepared
from monitor.store.tables import EventRow, FeedRow, HintRow, HintSourceRow, ServiceRow, table
from monitor.store.watched import is_watched

_event, _feed, _hint, _source = table(EventRow), table(FeedRow), table(HintRow), table(HintSourceRow)
_service = table(ServiceRow)

FEED = "feed"

IN_USE = timedelta(days=7)
"""How long after the last reading CQC's list of changes is treated as in use. If it was not read for longer, the API key has
probably been removed."""

_EVENTS = 20 * COUNTED
"""How many of the newest events are searched for publications. This number is enough, since a report causes only a few events."""

_IN_USE = select(_source).where(_source.c.forbidden.is_(False))
_FEED_READ_AT = select(func.max(_feed.c.read_at))
_BEGUN = (
    select(_hint.c.source, func.min(_hint.c.first_seen).label("begun")).where(_hint.c.mark != STANDING).group_by(_hint.c.source)
)
_NAMED = select(_hint.c.source, _hint.c.location_id, _hint.c.day, _hint.c.first_seen).where(
    _hint.c.location_id.in_(bindparam("ids", expanding=True)), _hint.c.mark != STANDING
)

_NO_PUBLICATION = (Kind.CORRECTION, Kind.READ_WRONGLY, Kind.STANDS_AGAIN)


def sources_in(connection: Connection, now: datetime) -> tuple[Source, ...]:
    """Returns the sources of hints that are in use. Called within a transaction. A source that robots.txt forbids is not in
    use."""
    rows = {row.name: row for row in connection.execute(_IN_USE)}
    read_at = connection.execute(_FEED_READ_AT).scalar()
    used = [one for one in NAMES if one in rows or (one == FEED and read_at is not None and now - read_at < IN_USE)]
    if not used:
        return ()
    return tuple(Source(measured=one, **_silence(rows.get(one.source), now)) for one in measured_in(connection, used, now))


def measured_in(connection: Connection, sources: Sequence[str], now: datetime) -> list[Measured]:
    """Returns for each of these sources which of the last publications the source named. Called within a transaction."""
    publications = list(islice(_publications(connection, now), 2 * COUNTED))
    namings = _namings(connection, {one.location_id for one in publications})
    begun = {row.source: row.begun for row in connection.execute(_BEGUN)}
    return [measured(one, publications, namings, begun.get(one), now) for one in sources]


def _silence(row: Row[Any] | None, now: datetime) -> dict[str, Any]:
    """Returns since when a source is silent, and why; {} if the source is not silent. A source is silent if it could not be read
    in full for too long. A source is not silent if the monitor has not tried to read it: in this case the whole monitor has
    stopped, which the judgement reports separately."""
    if row is None or not (row.why or row.failing_since) or not is_silent(row.whole_at, row.failing_since, now):
        return {}
    return {"silent_since": row.whole_at or row.failing_since, "why": row.why}


@prepared
def _recent_events(now: datetime) -> Statement:
    recent = (_event.c.observed_at >= now - KEPT) & _event.c.corrected_at.is_(None)
    columns = (_event.c.location_id, _event.c.observed_at, _event.c.body, _service.c.added_at)
    query = select(*columns).join(_service, _service.c.location_id == _event.c.location_id).where(recent, is_watched())
    query = query.where(_event.c.kind.not_in([str(kind) for kind in _NO_PUBLICATION])).order_by(_event.c.position.desc())
    return query.limit(_EVENTS)


def _publications(connection: Connection, now: datetime) -> Iterator[Publication]:
    """Yields the publications about watched services that checks found, newest first. Publications from before the service was
    added are left out."""
    shown: dict[tuple[str, date], datetime] = {}
    for row in connection.execute(*_recent_events(now)):
        body = json.loads(row.body)
        if not body["published"] or body.get("read_late") or body.get("rests_on") == Rests.MONTHLY_FILE:
            continue
        day, seen = date.fromisoformat(body["published"]), body.get("first_seen_at")
        at = datetime.fromisoformat(seen) if seen else row.observed_at
        if at.date() - day <= NEW and day >= row.added_at.date():
            key = row.location_id, day
            shown[key] = min(at, shown.get(key, at))
    return (Publication(location_id=one, day=day, shown_at=at) for (one, day), at in shown.items())


def _namings(connection: Connection, location_ids: set[str]) -> list[Naming]:
    """Returns each time at which a source named one of these services. For CQC's list of changes, the day is left out, since this
    list states the day of a change and not the day of a publication."""
    rows = connection.execute(_NAMED, {"ids": list(location_ids)})
    return [
        Naming(
            source=row.source, location_id=row.location_id, day=None if row.source == FEED else row.day, at=row.first_seen
        )
        for row in rows
    ]
