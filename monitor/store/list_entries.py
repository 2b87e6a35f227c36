"""Writes list entries when a check is recorded. A list entry is a service's row in the table `overview`, which pages show in
lists."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Insert, delete, exists, func, or_, select, update

from monitor import codec
from monitor.events import Event
from monitor.model import IN_MEASURES, Aspect, Holding, MeasuresState, Registration, Snapshot, Subject
from monitor.ratings import OVERALL, SUBJECTS, KeyQuestion, Rating, Reason, parse, severity
from monitor.severity import by_severity, sector_has_measures
from monitor.store.database import insertion
from monitor.store.tables import EventRow, OverviewRow, PageRow, ServiceRow, SnapshotRow, table
from monitor.text import folded

_overview, _service, _page = table(OverviewRow), table(ServiceRow), table(PageRow)
_snapshot, _event = table(SnapshotRow), table(EventRow)

PRESUMED = "presumed"
"""The value of `measures` for a service whose page states nothing about special measures, although the service is inadequate
overall and CQC uses special measures in its sector."""

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)

_BATCH = 1000


def keep(connection: Connection, snapshot: Snapshot) -> None:
    """Writes the list entry of a service that was read, within the transaction that records its snapshot."""
    values = overview_of(snapshot)
    connection.execute(_kept(connection.dialect.name, tuple(values)), {"location_id": snapshot.location_id, **values})


@cache
def _kept(dialect: str, columns: tuple[str, ...]) -> Insert:
    statement = insertion(dialect, _overview)
    return statement.on_conflict_do_update(index_elements=["location_id"], set_={one: statement.excluded[one] for one in columns})


def note_change(connection: Connection, location_id: str, events: Sequence[Event]) -> None:
    """Updates the columns that say when and how a service last changed, within the transaction that records its events."""
    here = _overview.c.location_id == location_id
    connection.execute(update(_overview).where(here).values(change_of(events)))


def fill(connection: Connection) -> None:
    """Rewrites the list entries of all services that were read, as `keep` and `note_change` of this version write them.
    Migrations that change the content of entries call this."""
    newest = (_snapshot.c.location_id == _service.c.location_id) & (_snapshot.c.seq == _service.c.seq)
    read = or_(_service.c.read_at.is_not(None), exists().where(_page.c.location_id == _service.c.location_id))
    query = select(_service.c.location_id).join(_snapshot, newest).where(read).order_by(_service.c.location_id)
    ids = connection.execute(query).scalars().all()
    # this deletes only entries of services that were never read; these entries come from a file
    connection.execute(delete(_overview).where(_overview.c.location_id.not_in(query)))
    for at in range(0, len(ids), _BATCH):
        query = select(_snapshot.c.body).join(_service, newest).where(_service.c.location_id.in_(ids[at : at + _BATCH]))
        for body in connection.execute(query).scalars().all():
            keep(connection, codec.load_snapshot(body))
    unnoted = select(_overview.c.location_id).where(_overview.c.changed_at.is_(None))
    last = select(_event.c.location_id, func.max(_event.c.observed_at).label("at")).group_by(_event.c.location_id).subquery()
    same = (last.c.location_id == _event.c.location_id) & (last.c.at == _event.c.observed_at)
    query = select(_event.c.body).join(last, same).where(_event.c.location_id.in_(unnoted)).order_by(_event.c.location_id)
    bodies = connection.execute(query).scalars().all()
    for location_id, events in groupby((codec.load_event(body) for body in bodies), key=attrgetter("location_id")):
        note_change(connection, location_id, list(events))


def overview_of(snapshot: Snapshot) -> dict[str, Any]:
    """Returns the values of a service's list entry, by column."""
    card = snapshot.card
    rated = [(subject, held) for subject, held in snapshot.holdings if subject.aspect is Aspect.RATING]
    worst = {of: _worst([_stated(held) for subject, held in rated if subject.of == of]) for of in SUBJECTS}
    measures = _measures(snapshot, worst[OVERALL])
    archived = Registration.ARCHIVED in {held.value for _, held in snapshot.holdings}
    published = _published([held for subject, held in rated if subject.of == OVERALL], worst[OVERALL])
    return named(snapshot.location_id, card.name, card.address, card.service_type, card.provider_name) | {
        OVERALL: worst[OVERALL],
        **{one.column: worst[one] for one in KeyQuestion},
        "groups": max(1, len({subject.group for subject, _ in rated})),
        "measures": measures,
        "archived": archived,
        "published": published,
        "report_day": report_day(published, snapshot.holdings),
        "standing": LAST if archived else standing(worst[OVERALL], [worst[one] for one in KeyQuestion], measures),
        "file_date": None,
    }


def _published(overall: Iterable[Holding], worst: str | None) -> date | None:
    """Returns the date on which the overall rating that is shown was published. If several service groups have this rating,
    returns the newest date."""
    return max((one.published for one in overall if one.published and _stated(one) == worst), default=None)


def report_day(published: date | None, holdings: Iterable[tuple[Subject, Holding]]) -> date | None:
    """Returns the day on which CQC's time limit for the next inspection may begin (see `monitor.register.promises`): the day when
    the newest relevant report was published. A report is relevant if it states the overall rating (on the day `published`),
    special measures or an inadequate key question. A report that rates nothing is relevant if it says that the service remains in
    special measures. Returns None if no relevant report has a known date."""
    others = (held.published for subject, held in holdings if _is_followed_up(subject, held))
    return max(filter(None, (published, *others)), default=None)


def _is_followed_up(subject: Subject, held: Holding) -> bool:
    if subject.aspect is Aspect.MEASURES:
        return held.value in IN_MEASURES
    return subject.aspect is Aspect.RATING and subject.of != OVERALL and held.value == Rating.INADEQUATE


def _stated(held: Holding) -> str:
    return str(held.instead or held.value)


def named(
    location_id: str, name: str, address: str | None, service_type: str | None, provider_name: str | None
) -> dict[str, Any]:
    """Returns the columns of a list entry by which people find a service, such as its name, type, town and provider."""
    town, postcode = _place(address or "")
    text = (name, address, provider_name, location_id, postcode.replace(" ", ""))
    return {
        "name": name,
        "name_key": folded(name),
        "search": "\n".join(folded(one or "") for one in text),
        "service_type": service_type,
        "place": town or None,
        "postcode": postcode or None,
        "provider_name": provider_name,
    }


def standing(overall: str | None, key_questions: Iterable[str | None], measures: str | None) -> int:
    """Returns how bad the present state of a service is, as a number; 0 is worst. The order is: special measures; inadequate
    overall; special measures unclear, or the rating suspended (which may be as bad); inadequate in a key question; requires
    improvement overall; requires improvement in a key question; good; outstanding; no rating."""
    worst_question = min((severity(parse(one)) for one in key_questions if one), default=len(Rating))
    inadequate, poor = severity(Rating.INADEQUATE), severity(Rating.REQUIRES_IMPROVEMENT)
    rank = severity(parse(overall or ""))
    conditions = (
        measures in IN_MEASURES,
        rank == inadequate,
        measures == MeasuresState.UNCLEAR or overall == Reason.SUSPENDED,
        worst_question == inadequate,
        rank == poor,
        worst_question == poor,
        overall == Rating.GOOD,
        overall == Rating.OUTSTANDING,
    )
    return next((number for number, holds in enumerate(conditions) if holds), NO_RATING)


NO_RATING, LAST = 8, 9
"""Two more numbers, like those that `standing` returns. The first is for a service without a rating, the second for a service
that is no longer registered or is not known."""


def change_of(events: Sequence[Event]) -> dict[str, Any]:
    """Returns the values of the columns that say when and how a service changed, calculated from the events of one check."""
    return {"changed_at": max(event.observed_at for event in events), "change": min(events, key=by_severity).kind}


def _worst(stated: Iterable[str]) -> str | None:
    return min(stated, key=lambda one: severity(parse(one)), default=None)


def _measures(snapshot: Snapshot, overall: str | None) -> str | None:
    held = next((held for subject, held in snapshot.holdings if subject.aspect is Aspect.MEASURES), None)
    if held is not None and held.value != MeasuresState.NOT_STATED:
        return str(held.value)
    presumed = overall == Rating.INADEQUATE and sector_has_measures(snapshot.location_id, snapshot.card.service_type)
    return PRESUMED if presumed else None


def _place(address: str) -> tuple[str, str]:
    """Returns the town and county in an address, and the postcode. "12 Orchard Lane, Netherby, Leicestershire, LE1 1AA" gives
    "Netherby, Leicestershire" and "LE1 1AA"."""
    found = next(reversed([*_POSTCODE.finditer(address)]), None)
    postcode = f"{found[1]} {found[2]}".upper() if found else ""
    parts = [part.strip(" ,") for part in (address[: found.start()] if found else address).split(",")]
    named = [part for part in parts if part]
    return ", ".join(named[1:][-2:] or named), postcode
