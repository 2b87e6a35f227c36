"""Finds the services that CQC is inspecting, and chooses which of them are checked next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor import codec
from monitor.detect.hints import WAITING, until_report
from monitor.detect.holdings import is_said
from monitor.model import Aspect, SaidKind, Subject
from monitor.store.snapshots import is_newest
from monitor.store.tables import PageRow, ServiceRow, SnapshotRow, table
from monitor.store.watched import is_watched

_service, _snapshot, _page = table(ServiceRow), table(SnapshotRow), table(PageRow)

_AS_STORED = f'"of":"{SaidKind.BEING_INSPECTED}"}},{{"value":"said"'
"""The text that a stored snapshot contains if the page said that CQC is inspecting the service."""

_SUBJECT = Subject(aspect=Aspect.SAID, of=SaidKind.BEING_INSPECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A service that CQC is inspecting. `requests` is how many requests a check of the service needs. `distance` is the time in
    seconds between now and the day on which the service's report would usually be published, whether that day is past or still to
    come."""

    location_id: str
    requests: int
    distance: float


def inspected(connection: Connection, now: datetime) -> list[Candidate]:
    """Returns the watched services that CQC is inspecting, according to their newest snapshot, and that were not checked lately.
    The services with the smallest `distance` come first."""
    fits = _snapshot.c.body.contains(_AS_STORED, autoescape=True)  # few snapshots match, and only matching snapshots are read
    pages = select(func.count()).where(_page.c.location_id == _service.c.location_id).scalar_subquery()
    columns = _service.c["location_id", "grave", "looked_at"]
    query = select(*columns, _snapshot.c.body, pages.label("pages")).join(_snapshot, is_newest()).where(is_watched(), fits)
    found = []
    for row in connection.execute(query.order_by(_service.c.location_id)):
        if row.looked_at is not None and now - WAITING < row.looked_at <= now:
            continue
        holdings = dict(codec.load_snapshot(row.body).holdings)
        if is_said(holdings, SaidKind.BEING_INSPECTED):
            distance = until_report(holdings[_SUBJECT].since, now)
            requests = max(1, row.pages) if row.grave else 1
            found.append(Candidate(location_id=row.location_id, requests=requests, distance=distance))
    return sorted(found, key=lambda one: (one.distance, one.location_id))


def within(candidates: Iterable[Candidate], budget: int) -> list[Candidate]:
    """Returns the first candidates whose checks together need at most `budget` requests. A candidate is skipped if it needs more
    requests than are left."""
    chosen = []
    for one in candidates:
        if one.requests <= budget:
            chosen.append(one)
            budget -= one.requests
    return chosen
