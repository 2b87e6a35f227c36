"""Records outages of CQC's site, and mass changes: implausibly many services that change at once. All workers share these
records, so that the operator is notified only once of each outage and each mass change.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    Integer,
    RowMapping,
    Update,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from monitor import codec
from monitor.detect.circuit_breaker import (
    MASS,
    MASS_OF,
    QUIET,
    SAME,
    Blindness,
    Doubt,
    MassChange,
    OperatorText,
    Outage,
    Sights,
    begun,
    doubted,
    is_mass,
    is_out,
    over,
    pause,
    read_otherwise,
    said_of_many,
)
from monitor.detect.diff import statement_mark
from monitor.detect.schedule import lies_ahead
from monitor.detect.waiting import MASS_LASTS, READ_OTHERWISE, SEEN_JUST_BEFORE
from monitor.events import EVER_URGENT, Event, Kind
from monitor.reader_version import VERSION
from monitor.store.database import reading, writing
from monitor.store.messages import tell_operator
from monitor.store.prepared import Statement, prepared
from monitor.store.service_rows import look_now_at
from monitor.store.services import is_read_otherwise, read_again
from monitor.store.tables import EventRow, ServiceRow, SiteRow, table
from monitor.store.vault import Vault
from monitor.store.watched import is_watched

_event, _service, _site = table(EventRow), table(ServiceRow), table(SiteRow)

OUTAGE, _MASS = "outage", "changes in doubt"
"""The names of two rows of the table `site`: for outages of CQC's site, and for mass changes."""


class Outages:
    """The part of the store for outages. A method that takes `operator` also queues the operator message, in the same
    transaction. `operator` is the address for operator messages, or None if no address is set. All methods raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def current(self) -> Outage | None:
        """Returns the present outage, or None if there is no outage."""
        with reading(self._engine) as connection:
            return outage_of(connection.execute(select(_site).where(_site.c.name == OUTAGE)).mappings().first())

    def not_seen(self, detail: str, now: datetime, operator: str | None) -> bool:
        """Handles a check that could not read anything, for the reason `detail`. If too many checks fail in this way, records the
        start of an outage: the site as a whole can't be read. Returns whether there is an outage."""
        with writing(self._engine) as connection:
            row = locked_site(connection, OUTAGE)
            if outage_of(row):
                return True
            sights = _sights(connection, now)
            if not is_out(sights):
                return False
            values = {"blind_since": now, "reason": detail, "pauses": 0, "leave_alone_until": now + pause(0), "told": False}
            outage = outage_of({**row, **values})
            assert outage is not None
            self._tell_of(connection, outage, sights, now, operator)
            connection.execute(site_update(OUTAGE, values | {"told": outage.is_worth_telling(now)}))
            return True

    def may_try(self, now: datetime, operator: str | None) -> bool:
        """Returns whether the caller may now try to check one service during an outage. If so, the next pause begins now. Until
        the pause ends, no other process tries; after that, another process can try even if this process has crashed."""
        with writing(self._engine) as connection:
            outage = outage_of(locked_site(connection, OUTAGE))
            if outage is None or outage.is_to_be_left_alone(now):
                return False
            if not outage.told:
                self._tell_of(connection, outage, _sights(connection, now), now, operator)
            values = {"pauses": outage.pauses + 1, "leave_alone_until": now + pause(outage.pauses + 1)}
            connection.execute(site_update(OUTAGE, values | {"told": outage.is_worth_telling(now)}))
            return True

    def seen(self, now: datetime, operator: str | None) -> None:
        """Records that a check could read a service. Ends the outage, and makes the services that could not be read due for a
        check."""
        with writing(self._engine) as connection:
            outage = outage_of(locked_site(connection, OUTAGE))
            if outage is None:
                return
            values = {"blind_since": None, "reason": None, "pauses": 0, "leave_alone_until": None, "told": False}
            if outage.told:
                self._tell(connection, over(outage, now), now, operator)
            connection.execute(site_update(OUTAGE, values | ({"over_at": now} if outage.told else {})))
            look_now_at(connection, _service.c.blind.is_not(None), now)

    def doubt(self, location_id: str, since: datetime, now: datetime, operator: str | None) -> Doubt | MassChange:
        """The mass-change guard: decides whether implausibly many services, including this service, show a change without a newer
        date. `since` is when this service's change was first seen. The operator is notified once. After a day without such
        changes, the operator can be notified again, and such changes are a new mass change."""
        with reading(self._engine) as connection:
            others = connection.execute(_OTHERS_SEEN, {"but": location_id}).all()
        odd = [one.location_id for one in others if any(held.odd for held in codec.load_candidates(one.suspicions))]
        if not is_mass(len(odd) + 1, len(others) + 1):
            return Doubt.NOT_KNOWN if self._look_around(location_id, since, now) else Doubt.NONE
        with writing(self._engine) as connection:
            row = locked_site(connection, _MASS)
            until = row["leave_alone_until"]
            lasts = until is not None and lies_ahead(until, now, 2 * MASS_LASTS)
            from_ = row["blind_since"] if lasts else now
            self._tell(connection, doubted(from_, len(odd) + 1, len(others) + 1, sorted(odd)[:5]), now, operator)
            connection.execute(site_update(_MASS, {"blind_since": from_, "leave_alone_until": now + MASS_LASTS}))
        return MassChange(min(from_, now))  # another check may have written a moment later than `now`

    def of_many(self, events: Sequence[Event], now: datetime, operator: str | None) -> frozenset[str]:
        """Returns the ids of those events whose sentence appeared on the pages of ten or more services within a day. The
        operator is notified of each such sentence once a day."""
        marks = {event.id: mark for event in events if (mark := statement_mark(event)) is not None}
        found = set()
        for event in events:
            if event.id not in marks:
                continue
            services = self._that_say(marks[event.id], event.kind, now) | {event.location_id}
            if len(services) >= SAME:
                found.add(event.id)
                word = said_of_many(marks[event.id], event.words, event.quote, sorted(services), now)
                with writing(self._engine) as connection:
                    self._tell(connection, word, now, operator)
        return frozenset(found)

    def _that_say(self, mark: str, kind: Kind, now: datetime) -> set[str]:
        """Returns the services whose pages contain the same sentence, according to events of the last day and to candidate
        changes."""
        lately = (_event.c.kind == str(kind)) & (_event.c.observed_at > now - MASS_LASTS)
        waiting = select(_service.c.location_id, _service.c.suspicions)
        with reading(self._engine) as connection:
            told = connection.execute(select(_event.c.location_id, _event.c.body).where(lately)).all()
            held = connection.execute(waiting.where(is_watched(), _service.c.suspicions.contains(mark, autoescape=True))).all()
        found = {one.location_id for one in told if statement_mark(codec.load_event(one.body)) == mark}
        return found | {
            one.location_id for one in held if any(each.mark == mark for each in codec.load_candidates(one.suspicions))
        }

    def doubt_of_reader(self, location_id: str, now: datetime, operator: str | None) -> Doubt:
        """Decides whether to doubt a difference that this version of the reader found on unchanged pages. If many services have
        such differences, the reader may be wrong. To find out, other services are read again first."""
        waits = _service.c.suspicions.contains(f'"{READ_OTHERWISE}"', autoescape=True)
        late = (_event.c.observed_at > now - MASS_LASTS) & _event.c.body.contains('"read_late":true', autoescape=True)
        urgent = late & _event.c.kind.in_([str(kind) for kind in EVER_URGENT])
        with reading(self._engine) as connection:
            held = set(connection.execute(select(_service.c.location_id).where(is_watched(), waits)).scalars())
            told = set(connection.execute(select(_event.c.location_id).where(urgent)).scalars())
            anew, of = read_again(connection)
        waiting, odd = held | {location_id}, held | told | {location_id}
        seen = max(anew + len(waiting), len(odd))
        if is_mass(len(odd), seen):
            with writing(self._engine) as connection:
                self._tell(connection, read_otherwise(VERSION, len(odd), seen, sorted(odd)[:5]), now, operator)
            return Doubt.MANY
        wanted = min(MASS_OF, of) - seen
        return Doubt.NOT_KNOWN if wanted > 0 and self._read_others(location_id, wanted, now) else Doubt.NONE

    def _read_others(self, location_id: str, wanted: int, now: datetime) -> bool:
        """Chooses services that were last read by another version of the reader, and makes them due for a check. Returns
        whether any services were chosen."""
        others = and_(is_watched(), is_read_otherwise(), _service.c.suspicions == "[]", _service.c.failures == 0)
        chosen = select(_service.c.location_id).where(others, _service.c.location_id != location_id)
        with writing(self._engine) as connection:
            ids = connection.execute(chosen.order_by(_service.c.reread_at).limit(wanted)).scalars().all()
            here = _service.c.location_id.in_(ids)
            look_now_at(connection, here, now)
            connection.execute(update(_service).where(here, _service.c.reread_at > now).values(reread_at=now))
        return bool(ids)

    def _look_around(self, location_id: str, since: datetime, now: datetime) -> bool:
        """Makes other services due for a check, if only few services could be read after `since`. Before the change is reported,
        these checks will show whether other services have such a change too. Returns true if this is not known yet: if a
        service was made due, or if many services have lately become unreadable."""
        with writing(self._engine) as connection:
            seen = connection.execute(*_number_since(since)).scalar_one()
            chosen, times = _others_before(since)
            values = {**times, "but": location_id, "most": max(0, MASS_OF - seen)}
            ids = connection.execute(chosen, values).scalars().all()
            look_now_at(connection, _service.c.location_id.in_(ids), now)
            if ids or seen >= MASS_OF:
                return bool(ids)
            unreadable: int = connection.execute(*_number_unreadable(since)).scalar_one()
            return unreadable >= MASS and unreadable > seen

    def _tell_of(self, connection: Connection, outage: Outage, sights: Sights, now: datetime, operator: str | None) -> None:
        if outage.is_worth_telling(now):
            kind = Blindness.SITE if 2 * sights.of_site >= sights.blind else Blindness.PAGE
            self._tell(connection, begun(outage, kind), now, operator)

    def _tell(self, connection: Connection, word: OperatorText, now: datetime, operator: str | None) -> None:
        tell_operator(connection, self._vault, word, operator, now)


# Services that could not be read are left out, since nobody can see whether they have the change.
_COULD_BE_READ = or_(_service.c.failures == 0, _service.c.suspicions != "[]")
_OTHERS_SEEN = (
    select(_service.c.location_id, _service.c.suspicions)
    .where(is_watched(), _service.c.looked_at.is_not(None), _COULD_BE_READ)
    .where(_service.c.location_id != bindparam("but"))
    .order_by(_service.c.looked_at.desc())
    .limit(MASS_OF - 1)
)


@prepared
def _number_since(since: datetime) -> Statement:
    lately = _service.c.looked_at > since - SEEN_JUST_BEFORE
    return select(func.count()).select_from(_service).where(is_watched(), lately, _COULD_BE_READ)


@prepared
def _number_unreadable(since: datetime) -> Statement:
    """Returns a query for the number of services that became unreadable after `since`, or in the day before, for a reason that
    may concern the whole site."""
    lately = _service.c.blind.is_not(None) & (_service.c.blind_since > since - MASS_LASTS)
    return select(func.count()).select_from(_service).where(is_watched(), lately)


@prepared
def _others_before(since: datetime) -> Statement:
    """Returns a query for services whose last check was before `since`, the most recently checked first. Services with candidate
    changes, services whose last check failed, and the service `but` are left out. At most `most` services are found."""
    service, lately = _service.c, _service.c.looked_at > since - SEEN_JUST_BEFORE
    others = and_(is_watched(), service.looked_at.is_not(None), ~lately, service.location_id != bindparam("but"))
    calm = and_(service.suspicions == "[]", service.failures == 0)
    most: BindParameter[int] = bindparam("most", type_=Integer())
    return select(service.location_id).where(others, calm).order_by(service.looked_at.desc()).limit(most)


def locked_site(connection: Connection, name: str) -> RowMapping:
    """Locks and returns a row of the table `site`. No other transaction can lock the row until this transaction ends."""
    query = select(_site).where(_site.c.name == name).with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None:
        with suppress(IntegrityError), connection.begin_nested():  # another process may create the row at the same time
            connection.execute(insert(_site).values(name=name, pauses=0, told=False))
        row = connection.execute(query).mappings().one()
    return row


def site_update(name: str, values: dict[str, object]) -> Update:
    """Returns the statement that updates a row of the table `site`."""
    return update(_site).where(_site.c.name == name).values(**values)


def outage_of(row: Mapping[Any, Any] | None) -> Outage | None:
    """Returns the outage that a row of the table `site` records, or None if it records no outage."""
    if row is None or row["blind_since"] is None:
        return None
    return Outage(
        since=row["blind_since"],
        reason=row["reason"] or "",
        pauses=row["pauses"],
        leave_alone_until=row["leave_alone_until"],
        told=row["told"],
        quiet_until=row["over_at"] + QUIET if row["over_at"] else None,
    )


def _sights(connection: Connection, now: datetime) -> Sights:
    """Returns the results of the newest checks. Times in the future come from a wrong clock and are ignored."""
    service = _service.c
    seen = []
    for at in (service.read_at, service.read_through_at):
        seen.append(connection.execute(select(func.max(at)).where(is_watched(), at <= now)).scalar())
    last_seen = max((at for at in seen if at is not None), default=None)
    blind = service.blind.is_not(None)
    # A service that was partly read is treated as seen, because its own page was understood.
    partly = and_(service.read_through_at.is_not(None), service.read_through_at == service.looked_at)
    own = and_(service.failures > 0, ~blind, ~partly)
    fresh = blind if last_seen is None else and_(blind, service.blind_since > last_seen)
    counts = [func.count(case((condition, 1))) for condition in (~own, blind, service.blind == Blindness.SITE, fresh)]
    looks = func.coalesce(func.sum(case((blind, service.failures), else_=0)), 0)
    row = connection.execute(select(*counts, looks).where(is_watched())).one()
    watched, blind_now, of_site, lately, in_vain = (int(one) for one in row)
    return Sights(watched=watched, blind=blind_now, of_site=of_site, fresh=lately, looks=in_vain)
