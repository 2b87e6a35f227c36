"""Uses the stored hints and events to find out which of CQC's publications were named by the sources of hints. This module only
reads."""

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
"""If the list of changes was not read for this long, the program treats it as not in use, because its API key has probably been
removed."""

_EVENTS = 20 * COUNTED
"""In how many of the newest events the program searches for publications. This number is enough, since a report causes only a
few events."""

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
    """The sources of hints that are in use. Called within a transaction. A source that robots.txt forbids is not in use."""
    rows = {row.name: row for row in connection.execute(_IN_USE)}
    read_at = connection.execute(_FEED_READ_AT).scalar()
    used = [one for one in NAMES if one in rows or (one == FEED and read_at is not None and now - read_at < IN_USE)]
    if not used:
        return ()
    return tuple(Source(measured=one, **_silence(rows.get(one.source), now)) for one in measured_in(connection, used, now))


def measured_in(connection: Connection, sources: Sequence[str], now: datetime) -> list[Measured]:
    """For each of these sources, which of the last publications it named. Called within a transaction."""
    publications = list(islice(_publications(connection, now), 2 * COUNTED))
    namings = _namings(connection, {one.location_id for one in publications})
    begun = {row.source: row.begun for row in connection.execute(_BEGUN)}
    return [measured(one, publications, namings, begun.get(one), now) for one in sources]


def _silence(row: Row[Any] | None, now: datetime) -> dict[str, Any]:
    """If a source is silent because it has not been read in full for too long, returns since when and why; otherwise {}. If the
    monitor has not tried to read a source, the source is not treated as silent: then the whole monitor has stopped, which the
    judgement reports separately."""
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
    """Yields the publications about watched services that checks found, newest first. Publications from before a service was
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
    """Returns all times at which a source named one of these services. If the source is the list of changes, the day is left out,
    since this list states the day of a change and not the day of a publication."""
    rows = connection.execute(_NAMED, {"ids": list(location_ids)})
    return [
        Naming(
            source=row.source, location_id=row.location_id, day=None if row.source == FEED else row.day, at=row.first_seen
        )
        for row in rows
    ]
