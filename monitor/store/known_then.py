"""Finds the ratings that this program knew at an instant. The ratings of watched services come from the services' pages, all
other ratings from CQC's files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, exists, func, or_, select, union

from monitor import codec
from monitor.model import Snapshot
from monitor.ratings import OVERALL, KeyQuestion
from monitor.register.entries import Entry, FileKind, Loaded, known_by_then
from monitor.store.database import reading
from monitor.store.list_entries import overview_of
from monitor.store.register import listed_at, made
from monitor.store.tables import PageRow, RegisterFileRow, RegisterHistoryRow, ServiceRow, SnapshotRow, WatchRow, table

_service, _snapshot, _watch, _page = table(ServiceRow), table(SnapshotRow), table(WatchRow), table(PageRow)
_history, _file = table(RegisterHistoryRow), table(RegisterFileRow)


class By(StrEnum):
    """Where ratings come from."""

    PAGE = "page"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A service, and its ratings as this program knew them at an instant.

    by           the source of the ratings
    overall      the worst overall rating of its service groups, or the reason why there is no rating; None if the service was not
                 rated
    groups       how many service groups are rated separately; 1 if there are no groups; None for ratings from a file, which
                 states only the worst rating
    measures     special measures, as in OverviewRow; None if the page stated nothing about special measures. Always None for
                 ratings from a file, since files state nothing about special measures
    archived     whether the service's page said that the service is no longer registered
    since        for ratings from a page, when this state was first seen; otherwise None
    stated_on    for ratings from a file, the date of the file that first stated them; otherwise None
    entry        the entry for the service in CQC's files; None if the files did not list the service
    """

    location_id: str
    name: str
    provider_name: str | None
    by: By
    overall: str | None
    key_questions: tuple[str | None, ...]
    published: date | None
    groups: int | None
    measures: str | None
    archived: bool
    since: datetime | None
    stated_on: date | None
    entry: Entry | None


class KnownThen:
    """The part of the store that finds what was known in the past, which only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def files(self, before: datetime) -> date | None:
        """Returns the latest day for which CQC's files were loaded before an instant, or None if no file was loaded before that
        instant."""
        with reading(self._engine) as connection:
            return _files(connection, before)

    def after(self, location_id: str, before: datetime, limit: int, by: By | None = None) -> list[Known]:
        """Returns the ratings that were known before an instant, sorted by the services' ids. Starts with the first id after
        `location_id` ("" for the beginning). If `by` is given, only that source is used. Otherwise, a service's page is used if
        the service was certainly watched without a gap since the page was read. If there may have been a gap, the page or the
        files are used, depending on which has the later date of publication. For services without a page, the files are used."""
        with reading(self._engine) as connection:
            day = _files(connection, before)
            sources: list[Select[tuple[str]]] = []
            if by is not By.FILE:
                sources.append(select(_snapshot.c.location_id).where(_seen(before)))
            if by is not By.PAGE and day is not None:
                sources.append(select(_history.c.location_id).where(listed_at(day)))
            if not sources:
                return []
            parts = [
                select(one.where(one.selected_columns[0] > location_id).order_by(one.selected_columns[0]).limit(limit).subquery())
                for one in sources
            ]
            every = union(*parts).subquery()
            column = every.c.location_id
            ids = list(connection.execute(select(column).order_by(column).limit(limit)).scalars())
            pages = _pages(connection, ids, before) if by is not By.FILE else {}
            entries = _entries(connection, ids, day) if day is not None else {}
        return [_chosen(pages.get(one), entries.get(one), by) for one in ids]


def _chosen(read: tuple[Snapshot, bool] | None, entry: Entry | None, by: By | None) -> Known:
    """Returns the ratings from a service's page or from its entry in the files. The page or the entry must exist."""
    if read is None:
        assert entry is not None
        return _by_file(entry)
    snapshot, certain = read
    page = _by_page(snapshot, entry)
    if certain or by is By.PAGE or entry is None:
        return page
    later = page.published is not None and (entry.published is None or page.published >= entry.published)
    return page if later else _by_file(entry)


def _files(connection: Connection, before: datetime) -> date | None:
    rows = connection.execute(select(_file.c.kind, _file.c.as_of, _file.c.imported_at))
    return known_by_then([Loaded(FileKind(kind), as_of, at) for kind, as_of, at in rows], before)


def _seen(before: datetime) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a snapshot if it is its service's newest snapshot before an instant, and the
    service was read and was still watched at that instant. A service is taken to have been watched then if it is watched now, or
    if its last check was no earlier than one day before that instant."""
    earlier = _snapshot.alias()
    newest = select(func.max(earlier.c.seq)).where(earlier.c.location_id == _snapshot.c.location_id, earlier.c.seen_at < before)
    here = _service.c.location_id
    checked = or_(exists().where(_watch.c.location_id == here), _service.c.looked_at >= before - timedelta(days=1))
    read = or_(_service.c.read_at.is_not(None), exists().where(_page.c.location_id == here))
    known = exists().where(here == _snapshot.c.location_id, checked, read)
    return (_snapshot.c.seq == newest.scalar_subquery()) & known


def _certain(before: datetime) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a snapshot if its service was watched without a gap from the snapshot, or from a
    later reading, until an instant. The database records when the present period of watching began, but no earlier periods."""
    here = _service.c.location_id
    read = _service.c.read_at < before
    begun = or_(_watch.c.added_at <= _snapshot.c.seen_at, and_(read, _watch.c.added_at <= _service.c.read_at))
    return exists().where(here == _snapshot.c.location_id, _watch.c.location_id == here, _watch.c.added_at < before, begun)


def _pages(connection: Connection, ids: Collection[str], before: datetime) -> dict[str, tuple[Snapshot, bool]]:
    """Returns the snapshots of services, by the service's id. The second value of each pair says whether the snapshot certainly
    still applied at the instant `before`."""
    query = select(_snapshot.c.body, _certain(before)).where(_snapshot.c.location_id.in_(ids), _seen(before))
    found = ((codec.load_snapshot(body), bool(certain)) for body, certain in connection.execute(query))
    return {snapshot.location_id: (snapshot, certain) for snapshot, certain in found}


def _entries(connection: Connection, ids: Collection[str], day: date) -> dict[str, Entry]:
    query = select(_history).where(_history.c.location_id.in_(ids), listed_at(day))
    rows = map(dict, connection.execute(query).mappings())
    return {row["location_id"]: made(row | {"listed_on": row["as_of"]}) for row in rows}


def _by_page(snapshot: Snapshot, entry: Entry | None) -> Known:
    shown = overview_of(snapshot)
    return Known(
        location_id=snapshot.location_id,
        name=snapshot.card.name,
        provider_name=snapshot.card.provider_name,
        by=By.PAGE,
        overall=shown[OVERALL],
        key_questions=tuple(shown[one.column] for one in KeyQuestion),
        published=shown["published"],
        groups=shown["groups"],
        measures=shown["measures"],
        archived=shown["archived"],
        since=snapshot.seen_at,
        stated_on=None,
        entry=entry,
    )


def _by_file(entry: Entry) -> Known:
    return Known(
        location_id=entry.location_id,
        name=entry.name,
        provider_name=entry.provider_name,
        by=By.FILE,
        overall=entry.overall,
        key_questions=entry.key_questions,
        published=entry.published,
        groups=None,
        measures=None,
        archived=False,
        since=None,
        stated_on=entry.listed_on,
        entry=entry,
    )
