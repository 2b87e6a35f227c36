"""Stores the state of CQC's API, which all workers share: how far the API's list of changes was read, which services the list
named, the API's outages, and ratings that differ between the API and the pages.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, case, delete, func, insert, or_, select, update

from monitor.detect.circuit_breaker import Outage, api_fails, api_is_strange, api_works, pause
from monitor.detect.hints import Mark, is_in_hours
from monitor.detect.pace import STARTS_FOR, is_silent, quiet_pace
from monitor.detect.schedule import POLL_EVERY, POLL_EVERY_QUIET, lies_ahead, quiet_interval
from monitor.store.database import add_once, in_parts, reading, writing
from monitor.store.hints import forget, note
from monitor.store.messages import tell_operator
from monitor.store.outages import locked_site, outage_of, site_update
from monitor.store.service_rows import locked_services, look_now_at
from monitor.store.sources import FEED as HINTS
from monitor.store.sources import measured_in
from monitor.store.tables import DisagreementRow, FeedNamedRow, FeedRow, PageRow, ServiceRow, SiteRow, table
from monitor.store.vault import Vault
from monitor.store.watched import is_watched

_service, _page, _site = table(ServiceRow), table(PageRow), table(SiteRow)
_feed, _named, _disagreement = table(FeedRow), table(FeedNamedRow), table(DisagreementRow)

API, FEED = "api", "api feed"
"""The names of two rows of the table `site`: for the API as a whole, and for its list of changes alone. There are two rows
because requests for the list may fail while other requests to the API work, or the other way round."""

STRANGE, MOST_STRANGE = "api strange", 500
"""Unknown parts of the API's answers are listed in the row with this name, in the table `site`. The second value is how many
parts the row can list."""

LOCATIONS = "location"
"""The name of the row of the table `feed` for the list of changes."""

TRUSTED = timedelta(hours=6)
"""How long the list of changes is trusted after it was last read without a gap. During this time, a service that the list does
not name is treated as unchanged ("quiet") and is checked less often."""

VOUCHED_EVERY = timedelta(hours=1)
"""How often `Api.vouch` updates its record for a quiet service."""

KEPT = timedelta(days=40)
"""How long the program remembers which services the list named. This is longer than a month, because the past month of the list
is read again from time to time."""

NAMED_LATELY = 2 * POLL_EVERY_QUIET
"""A service that the list names while the service is being checked becomes due again, unless the API has been asked about the
service since, or the list named the service longer ago than this."""

TAKES = timedelta(minutes=15)
"""A check is assumed to take no longer than this."""

EACH = timedelta(seconds=2)
"""If the list names very many services (such as all services in England, after CQC has reloaded its data), they become due in
parts of `_AT_ONCE` services. Each part becomes due `_AT_ONCE` times EACH after the part before it, so that half of the capacity
is left for other checks. (If a service is due sooner anyway, its time does not change.)"""

_OVER = ("blind_since", "reason", "leave_alone_until")

_AT_ONCE = 500
"""How many services become due at one time, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How far the list of changes was read (see FeedRow). All fields are None if the list was never read."""

    read_until: datetime | None = None
    read_at: datetime | None = None
    read_back_at: datetime | None = None
    heard_at: datetime | None = None

    def is_trusted(self, now: datetime) -> bool:
        """Whether the list is trusted. If it is, services that the list does not name are treated as unchanged."""
        fresh = self.read_until is not None and now - TRUSTED <= self.read_until <= now + POLL_EVERY
        return fresh and self.read_at is not None and not self.is_mute(now)

    def is_mute(self, now: datetime) -> bool:
        """Whether the list has named no service for too long. Also True if the time when the list last named a service is in the
        future, because this shows that a clock was wrong."""
        return self.heard_at is None or self.heard_at > now + POLL_EVERY or is_silent(self.heard_at, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Ratings of a service that differ between CQC's page and CQC's API. `lines` is a text for people: what the page and the API
    state."""

    location_id: str
    since: datetime
    lines: tuple[str, ...]


class Api:
    """The part of the store for the API. Every method is one transaction; all raise StoreError. `operator` is the address for
    operator messages; None if no address is set."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    # ── whether the API can be asked ─────────────────────────────────────────────────────────────────────────────────────

    def trouble(self) -> Outage | None:
        """Returns the present outage of the API or, if the API works, of its list of changes. Returns None if the API and the
        list work."""
        return self._trouble(API) or self._trouble(FEED)

    def _trouble(self, name: str) -> Outage | None:
        with reading(self._engine) as connection:
            return outage_of(connection.execute(select(_site).where(_site.c.name == name)).mappings().first())

    def may_ask(self, now: datetime, name: str = API) -> bool:
        """Whether a request to the API may be sent now. During an outage, requests are sent less often."""
        trouble = self._trouble(name)
        return trouble is None or not _is_left_alone(trouble, now)

    def failed(
        self,
        detail: str,
        *,
        own_fault: bool,
        retry_after: timedelta | None,
        now: datetime,
        operator: str | None,
        name: str = API,
    ) -> None:
        """Records a failed request. After a failure, no request is sent for a while. This pause gets longer with each failure,
        and is at least as long as the API asked for. If requests keep failing, the operator is notified once. If the API key is
        wrong (`own_fault`), the operator is notified immediately, since only a person can correct the key."""
        with writing(self._engine) as connection:
            row, other = locked_site(connection, name), FEED if name == API else API
            trouble = outage_of(row)
            if trouble and _is_left_alone(trouble, now):
                return  # another worker's request failed at the same time
            since, pauses = (trouble.since, trouble.pauses + 1) if trouble else (now, 0)
            until = now + max(pause(pauses), retry_after or timedelta(0))
            word = api_fails(since, detail, now, own_fault=own_fault)
            said = connection.execute(select(_site.c.told).where(_site.c.name == other)).scalar()
            tells = word is not None and not row["told"] and not said
            if tells:
                tell_operator(connection, self._vault, word, operator, now)
            values = {"blind_since": since, "reason": detail, "pauses": pauses, "leave_alone_until": until}
            connection.execute(site_update(name, values | {"told": row["told"] or tells}))

    def answered(self, now: datetime, operator: str | None, name: str = API) -> None:
        """Records that the API answered a request. This ends an outage, if there was one."""
        if self._trouble(name) is None:
            return
        with writing(self._engine) as connection:
            trouble = outage_of(locked_site(connection, name))
            if trouble is None:
                return
            if trouble.told:
                tell_operator(connection, self._vault, api_works(trouble.since, now), operator, now)
            connection.execute(site_update(name, dict.fromkeys(_OVER) | {"pauses": 0, "told": False}))

    def strange(self, lines: Sequence[str], now: datetime, operator: str | None) -> list[str]:
        """Records unknown parts of the API's answers, and returns the parts that were not recorded before. The operator is
        notified of each unknown part once."""
        with writing(self._engine) as connection:
            row = locked_site(connection, STRANGE)
            known = json.loads(row["reason"] or "[]")
            new = [line for line in dict.fromkeys(lines) if line not in known][: max(0, MOST_STRANGE - len(known))]
            if new:
                tell_operator(connection, self._vault, api_is_strange(new), operator, now)
                connection.execute(site_update(STRANGE, {"reason": json.dumps([*known, *new], ensure_ascii=False)}))
            return new

    # ── the list of changes ──────────────────────────────────────────────────────────────────────────────────────────────

    def state(self) -> FeedState:
        """How far the list of changes was read."""
        with reading(self._engine) as connection:
            row = connection.execute(select(_feed).where(_feed.c.name == LOCATIONS)).mappings().first()
            return _state(row)

    def may_poll(self, now: datetime) -> FeedState | None:
        """Gives one caller the task of reading the list of changes further, and returns how far the list was read. All other
        callers get None. The list is due again a quarter of an hour later, or, outside the hours in which CQC publishes, an hour
        later."""
        with reading(self._engine) as connection:  # usually the list is not due, so the first query needs no lock
            row = connection.execute(select(_feed).where(_feed.c.name == LOCATIONS)).mappings().first()
            if not _is_due(row, now):
                return None
        with writing(self._engine) as connection:
            add_once(connection, _feed, name=LOCATIONS)
            row = connection.execute(select(_feed).where(_feed.c.name == LOCATIONS).with_for_update()).mappings().one()
            if not _is_due(row, now):
                return None
            every = POLL_EVERY if is_in_hours(now) else POLL_EVERY_QUIET
            connection.execute(_feed_update(next_poll_at=now + every))
            return _state(row)

    def poll_again(self, at: datetime) -> None:
        """Sets when to read the list again, after it could not be read to its end."""
        with writing(self._engine) as connection:
            connection.execute(_feed_update(next_poll_at=at))

    def named(self, day: date, ids: Collection[str], *, end: datetime, anew: bool, act: bool, now: datetime) -> list[str]:
        """Records the watched services that changed on a day (UTC), according to the part of the list up to `end`. Returns the
        services that become due because of this: now or, if there are very many services, soon. A service that is already
        recorded for that day does not become due again, unless this part of the list is read for the first time. A service that
        was added after `end` has been read since then, so the service does not become due. If `act` is False, no service becomes
        due, since all services are being read anyway."""
        with writing(self._engine) as connection:
            _in_turn(connection)
            if not act:
                connection.execute(_feed_update(heard_at=now))
            # if the list adds a service late, for a past day, this shows only that the list was working on that day
            elif ids and (anew or end < now):
                heard = now if anew else end
                older = or_(_feed.c.heard_at.is_(None), _feed.c.heard_at < heard, _feed.c.heard_at > now)
                connection.execute(_feed_update(heard_at=heard).where(older))
            watched = _watched_among(connection, ids)
            known = set(connection.execute(select(_named.c.location_id).where(_named.c.day == day)).scalars())
            fresh = sorted(watched.keys() - known)
            if fresh:
                connection.execute(insert(_named), [{"day": day, "location_id": one} for one in fresh])
            wanted = sorted(one for one in (watched if anew else fresh) if watched[one] < end) if act else []
            for number, some in enumerate(in_parts(wanted, _AT_ONCE)):
                at = now + number * _AT_ONCE * EACH
                chosen = _service.c.location_id.in_(some)
                locked_services(connection, chosen)
                # a time in the future comes from a wrong clock
                witnessed_at = case((_service.c.witnessed_at > now, None), else_=_service.c.witnessed_at)
                connection.execute(update(_service).where(chosen).values(named_at=now, witnessed_at=witnessed_at))
                connection.execute(update(_service).where(chosen, _service.c.next_look_at > at).values(next_look_at=at))
            note(connection, HINTS, [Mark(location_id=one, mark=day.isoformat(), day=day) for one in (fresh if act else ())], now)
            return wanted

    def read_on(self, *, until: datetime, now: datetime, back: bool) -> None:
        """Records that the list was read without a gap up to `until`. `back` says whether the past month was read again too.
        Deletes the records of days longer ago than KEPT. If the list named a service while the service was being checked, and the
        end of that check postponed the service's next check, the service becomes due again now."""
        with writing(self._engine) as connection:
            add_once(connection, _feed, name=LOCATIONS)
            _in_turn(connection)
            for some in in_parts(_put_off(connection, now)):
                look_now_at(connection, _service.c.location_id.in_(some), now)
            connection.execute(_feed_update(read_until=until, read_at=now, **({"read_back_at": now} if back else {})))
            connection.execute(delete(_named).where(_named.c.day < (now - KEPT).date()))
            forget(connection, now)

    # ── how often quiet services are checked ─────────────────────────────────────────────────────────────────────────────

    def interval(self, check_every: timedelta, now: datetime) -> timedelta:
        """Returns the time between two checks of a quiet service. The time is CHECK_EVERY, or longer if three conditions are met:
        many services are watched, the list of changes is being read, and the list names enough of the publications that checks
        find."""
        return self._quiet(check_every, now) if self.state().is_trusted(now) else check_every

    def _quiet(self, check_every: timedelta, now: datetime) -> timedelta:
        on_one = _page.c.location_id.in_(select(_service.c.location_id).where(is_watched()))
        new = _service.c.added_at.between(now - STARTS_FOR, now)
        with reading(self._engine) as connection:
            counts = select(func.count(), func.count().filter(new)).select_from(_service).where(is_watched())
            services, added = connection.execute(counts).one()
            pages = connection.execute(select(func.count()).select_from(_page).where(on_one)).scalar_one()
            wanted = quiet_interval(check_every, services=services, pages=max(pages, services))
            if wanted <= check_every:
                return check_every
            (feed,) = measured_in(connection, [HINTS], now)
        return quiet_pace(check_every, wanted, feed.recall, starts=2 * added >= services)

    def vouch(self, check_every: timedelta, now: datetime) -> None:
        """While the list of changes is trusted, records for each quiet service the time up to which the list has not named the
        service. Nothing is recorded for services whose last check failed, services that the list has named since that check,
        and services whose check is long overdue."""
        state, interval = self.state(), self.interval(check_every, now)
        if interval <= check_every or state.read_until is None:
            return
        quiet = (_service.c.failures == 0) & (_service.c.read_at >= now - 2 * interval)
        quiet &= or_(_service.c.named_at.is_(None), _service.c.named_at <= _service.c.read_at)
        known = _service.c.vouched_at
        quiet &= or_(known.is_(None), known <= state.read_until - VOUCHED_EVERY, known > now)
        with writing(self._engine) as connection:
            locked_services(connection, quiet)
            connection.execute(update(_service).where(quiet).values(vouched_at=state.read_until))

    # ── the API alone, and disagreements ─────────────────────────────────────────────────────────────────────────────────

    def unread(self, *, everywhere: bool, since: datetime, limit: int) -> list[str]:
        """Returns watched services whose page can't be read, and about which the API should be asked: the list named the service,
        or the service has a candidate change. If the whole site can't be read (`everywhere`), all these services are returned.
        Otherwise, a service is returned only if its last check failed and the service was last read, even partly, before `since`.
        The services that the API has not been asked about for the longest time come first."""
        blind = (_service.c.failures > 0) & (func.coalesce(_service.c.read_at, _service.c.added_at) < since)
        blind &= or_(_service.c.read_through_at.is_(None), _service.c.read_through_at < since)
        asked = or_(_service.c.witnessed_at.is_(None), _service.c.witnessed_at < _service.c.named_at)
        wanted = (_service.c.named_at.is_not(None) & asked) | (_service.c.suspicions != "[]")
        query = select(_service.c.location_id).where(is_watched(), wanted, _service.c.seq > 0)
        if not everywhere:
            query = query.where(blind)
        order = (_service.c.witnessed_at.is_not(None), _service.c.witnessed_at, _service.c.location_id)
        with reading(self._engine) as connection:
            return list(connection.execute(query.order_by(*order).limit(limit)).scalars())

    def disagreements(self, location_ids: Sequence[str] | None = None, limit: int = _AT_ONCE) -> list[Disagreement]:
        """Returns the ratings that differ between the pages and the API, oldest first. If `location_ids` is None, all watched
        services are included."""
        query = select(_disagreement).join(_service, _service.c.location_id == _disagreement.c.location_id)
        query = query.where(is_watched() if location_ids is None else _service.c.location_id.in_(list(location_ids)))
        with reading(self._engine) as connection:
            order = (_disagreement.c.since, _disagreement.c.location_id)
            rows = connection.execute(query.order_by(*order).limit(limit)).mappings()
            return [
                Disagreement(location_id=row["location_id"], since=row["since"], lines=tuple(json.loads(row["lines"])))
                for row in rows
            ]


def _put_off(connection: Connection, now: datetime) -> list[str]:
    """Returns the services that the list named while they were being checked, and whose next check was postponed by the end of
    that check."""
    lately = (_service.c.named_at >= now - NAMED_LATELY) & (_service.c.named_at <= now)
    unasked = or_(_service.c.witnessed_at.is_(None), _service.c.witnessed_at < _service.c.named_at)
    maybe = lately & unasked & (_service.c.failures == 0) & (_service.c.next_look_at > now)
    query = select(*_service.c["location_id", "named_at", "looked_at"]).where(maybe).order_by(_service.c.location_id)
    rows = connection.execute(query)
    return [row.location_id for row in rows if row.looked_at and row.looked_at >= row.named_at - TAKES]


def _is_left_alone(trouble: Outage, now: datetime) -> bool:
    """Whether no request may be sent yet, after a failure of the API or of its list of changes."""
    return lies_ahead(trouble.leave_alone_until, now, timedelta(days=1))


def _watched_among(connection: Connection, ids: Collection[str]) -> dict[str, datetime]:
    """Returns the watched services among the ids, each with the time it was added."""
    query = select(_service.c.location_id, _service.c.added_at).where(is_watched())
    if len(ids) <= _AT_ONCE:
        query = query.where(_service.c.location_id.in_(list(ids)))
    return {row.location_id: row.added_at for row in connection.execute(query) if row.location_id in ids}


def _in_turn(connection: Connection) -> None:
    """Ensures that until the end of the transaction nobody else can record what the list names. Call this before locking
    services."""
    connection.execute(select(_feed.c.name).where(_feed.c.name == LOCATIONS).with_for_update())


def _feed_update(**values: object) -> Any:
    return update(_feed).where(_feed.c.name == LOCATIONS).values(**values)


def _is_due(row: RowMapping | None, now: datetime) -> bool:
    at = row["next_poll_at"] if row else None
    return at is None or not lies_ahead(at, now, 2 * POLL_EVERY_QUIET)


def _state(row: RowMapping | None) -> FeedState:
    if row is None:
        return FeedState()
    return FeedState(**{name: row[name] for name in ("read_until", "read_at", "read_back_at", "heard_at")})
