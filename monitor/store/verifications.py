"""Stores the newest comparison of each service's reading with CQC's own files, and the runs of `cqc-monitor verify`."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, and_, delete, exists, func, insert, or_, select, update

from monitor.detect.agreement import LAST, Agreement, Comparison, Difference, Outcome, Verified, agreement
from monitor.detect.sample import Choice
from monitor.detect.schedule import lies_ahead
from monitor.register.entries import Entry, FileKind
from monitor.store.database import insertion, reading, writing
from monitor.store.outages import locked_site, site_update
from monitor.store.prepared import Statement, prepared
from monitor.store.register import made
from monitor.store.tables import (
    PageRow,
    RegisterFileRow,
    RegisterRow,
    ServiceRow,
    VerificationRow,
    VerificationRunRow,
    WatchRow,
    table,
)
from monitor.store.watched import is_watched

_page, _file, _register = table(PageRow), table(RegisterFileRow), table(RegisterRow)
_service, _watch = table(ServiceRow), table(WatchRow)
_verification, _run = table(VerificationRow), table(VerificationRunRow)

KEPT = timedelta(days=100)
"""How long a comparison is kept, unless a newer comparison replaces it."""

CONTINUED = timedelta(days=1)
"""How long after its start an interrupted run can be continued."""

AGAIN = timedelta(hours=6)
"""If a comparison found a difference, the page is compared again after this time."""

OTHERS = "verification"
"""The name of a row of the table `site`. Its `free_at` says when the next unwatched service may be read."""

_COUNTING = [one.value for one in Outcome if one.agrees or one.differs]
_DIFFERING = [one.value for one in Outcome if one.differs]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFiles:
    """Identifies the loaded files from CQC that state ratings. `number` is the number of the newest of these files. Later files
    have higher numbers.

    as_of            the date of the newest of these files
    questions_as_of  the date of the newest file that states ratings of key questions; None if no such file was loaded
    """

    number: int
    as_of: date
    questions_as_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of `cqc-monitor verify`, with the services that it compares."""

    number: int
    ids: tuple[str, ...]
    started_at: datetime


class Verifications:
    """The part of the store for comparisons with CQC's files. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def files(self) -> RatingFiles | None:
        """Returns the files to compare with, or None if no file with ratings was loaded."""
        with reading(self._engine) as connection:
            stating = _file.c.kind != FileKind.DIRECTORY
            number, as_of = connection.execute(select(func.max(_file.c.id), func.max(_file.c.as_of)).where(stating)).one()
            if number is None:
                return None
            questions = connection.execute(select(func.max(_file.c.as_of)).where(_file.c.kind == FileKind.RATINGS)).scalar()
            return RatingFiles(number=number, as_of=as_of, questions_as_of=questions)

    def entry(self, location_id: str) -> Entry | None:
        """Returns a service's entry in the register, or None."""
        with reading(self._engine) as connection:
            here = _register.c.location_id == location_id
            row = connection.execute(select(_register).where(here)).mappings().first()
            return made(row) if row else None

    def other_registration(self, entry: Entry) -> Entry | None:
        """Returns the other registration of a home that is registered twice, or None if the home is registered once."""
        is_other = _register.c.primary_id == entry.location_id
        if entry.primary_id is not None:
            is_other = _register.c.location_id == entry.primary_id
        with reading(self._engine) as connection:
            row = connection.execute(select(_register).where(is_other).order_by(_register.c.location_id)).mappings().first()
            return made(row) if row else None

    def candidates(self, others_than: RatingFiles | None = None) -> list[Choice]:
        """Returns the registered services, from which the caller draws a sample. `others_than` is a set of CQC's files. If it
        is given, services that are watched, or that were already compared with those files, are left out."""
        columns = _register.c["location_id", "types", "overall", "published", "region"]
        query = select(*columns).where(_register.c.left_on.is_(None)).order_by(_register.c.location_id)
        if others_than is not None:
            same = _verification.c.location_id == _register.c.location_id
            query = query.where(~exists().where(same, _verification.c.file >= others_than.number))
            query = query.where(~exists().where(_watch.c.location_id == _register.c.location_id))
        with reading(self._engine) as connection:
            rows = connection.execute(query)
            return [
                Choice(
                    location_id=row.location_id,
                    kind=row.types.strip("|").partition("|")[0],
                    overall=row.overall,
                    published=row.published,
                    region=row.region,
                )
                for row in rows
            ]

    # Results

    def record(self, found: Sequence[Verified], *, file: int, reader: int) -> None:
        """Stores comparisons. Each new comparison replaces the earlier comparison of the same service. Also deletes comparisons
        that are older than KEPT."""
        if not found:
            return
        with writing(self._engine) as connection:
            statement = insertion(connection, _verification)
            others = {column.name: statement.excluded[column.name] for column in _verification.c if not column.primary_key}
            upsert = statement.on_conflict_do_update(index_elements=["location_id"], set_=others)
            for one in found:
                connection.execute(upsert, _row(one, file, reader))
            connection.execute(delete(_verification).where(_verification.c.at < found[-1].at - KEPT))

    def of(self, location_ids: Collection[str], since: datetime) -> list[Verified]:
        """Returns the comparisons of these services that were made at `since` or later."""
        wanted = set(location_ids)
        with reading(self._engine) as connection:
            rows = connection.execute(select(_verification).where(_verification.c.at >= since)).mappings()
            return [verified(row) for row in rows if row["location_id"] in wanted]

    def agreement(self) -> Agreement:
        """Returns how far readings agree with CQC's files, for the last hundred services that could be compared."""
        with reading(self._engine) as connection:
            return agreement_in(connection)

    # Services that must be compared

    def waiting(self, files: RatingFiles, now: datetime, limit: int) -> list[tuple[str, int]]:
        """Returns the watched services that must be compared, each with the version of the reader that read its page. There are
        three reasons to compare a service: its page was not compared with these files yet; another version of the reader has read
        its page since the comparison; or the comparison found a difference and was made at least AGAIN ago."""
        compared = and_(
            _verification.c.location_id == _service.c.location_id,
            _verification.c.file >= files.number,
            _verification.c.reader == _page.c.reader,
            or_(_verification.c.outcome.not_in(_DIFFERING), _verification.c.at > now - AGAIN),
        )
        own = and_(_page.c.location_id == _service.c.location_id, _page.c.position == 0)
        query = select(_service.c.location_id, _page.c.reader).join(_page, own)
        with reading(self._engine) as connection:
            rows = connection.execute(
                query.where(is_watched(), ~exists().where(compared)).order_by(_service.c.location_id).limit(limit)
            )
            return [(location_id, reader) for location_id, reader in rows]

    def may_read_another(self, now: datetime, every: timedelta) -> bool:
        """Returns whether the caller may read an unwatched service now. All workers together may read one unwatched service in
        each period `every`."""
        with writing(self._engine) as connection:
            free_at = locked_site(connection, OTHERS)["free_at"]
            if free_at is not None and lies_ahead(free_at, now, every):
                return False
            connection.execute(site_update(OTHERS, {"free_at": now + every}))
            return True

    # Runs

    def begin(self, asked: str, ids: Sequence[str], now: datetime) -> Run:
        """Records the start of a run. Also deletes earlier runs for the same request, and all runs that are too old to be
        continued."""
        with writing(self._engine) as connection:
            connection.execute(delete(_run).where(or_(_run.c.asked == asked, _run.c.started_at < now - CONTINUED)))
            values = {"asked": asked, "ids": json.dumps(list(ids)), "started_at": now}
            number = connection.execute(insert(_run).values(**values).returning(_run.c.id)).scalar_one()
            return Run(number=number, ids=tuple(ids), started_at=now)

    def unfinished(self, asked: str, now: datetime) -> Run | None:
        """Returns the newest run for the same request that was interrupted recently and can be continued. Returns None if there
        is no such run."""
        recent = and_(_run.c.asked == asked, _run.c.ended_at.is_(None), _run.c.started_at.between(now - CONTINUED, now))
        with reading(self._engine) as connection:
            row = connection.execute(select(_run).where(recent).order_by(_run.c.id.desc())).mappings().first()
        return Run(number=row["id"], ids=tuple(json.loads(row["ids"])), started_at=row["started_at"]) if row else None

    def end(self, run: Run, now: datetime) -> None:
        """Records the end of a run."""
        with writing(self._engine) as connection:
            connection.execute(update(_run).where(_run.c.id == run.number).values(ended_at=now))


def agreement_in(connection: Connection) -> Agreement:
    """Returns how far readings agree with CQC's files, for the last hundred services that could be compared."""
    return agreement(verified(row) for row in connection.execute(*_newest(LAST)).mappings())


@prepared
def _newest(most: int) -> Statement:
    query = select(_verification).where(_verification.c.outcome.in_(_COUNTING))
    return query.order_by(_verification.c.at.desc(), _verification.c.location_id.desc()).limit(most)


def _row(one: Verified, file: int, reader: int) -> dict[str, Any]:
    said = one.comparison
    body = {
        "differences": [{name: value for name, value in asdict(each).items() if value is not None} for each in said.differences],
        "reason": said.reason,
        "published": said.published.isoformat() if said.published else None,
        "filed": said.filed.isoformat() if said.filed else None,
    }
    return {
        "location_id": one.location_id,
        "at": one.at,
        "outcome": said.outcome.value,
        "file_date": one.file_date,
        "file": file,
        "reader": reader,
        "body": json.dumps(body, ensure_ascii=False),
    }


def verified(row: RowMapping) -> Verified:
    """Makes a comparison from a row."""
    body = json.loads(row["body"])
    comparison = Comparison(
        outcome=Outcome(row["outcome"]),
        differences=tuple(
            Difference(**({"page": None, "file": None} | {name: one[name] for name in one})) for one in body["differences"]
        ),
        reason=body["reason"],
        published=_date(body["published"]),
        filed=_date(body["filed"]),
    )
    return Verified(location_id=row["location_id"], at=row["at"], file_date=row["file_date"], comparison=comparison)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
