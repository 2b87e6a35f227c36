"""A service that changed hands or moved is followed: its new profile is watched wherever the old one is, from the transaction on
that records CQC's notice.

Only CQC's own notice on a page leads on, never that two services look alike. What leads back to where one came from, to what is
watched already, or on and on, leads nowhere new.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, exists, insert, select

from monitor.baseline import of_profile
from monitor.model import LOCATION_ID, Aspect, Kind, Snapshot
from monitor.store import codec
from monitor.store.audit import note
from monitor.store.database import add_once
from monitor.store.tables import ServiceRow, SnapshotRow, WatchRow, table

if TYPE_CHECKING:
    from monitor.store.services import Outcome

_watch, _service, _snapshot = table(WatchRow), table(ServiceRow), table(SnapshotRow)

MOST_HOPS = 5
"""Profiles that lead from one to the next, each by its own notice. What goes on after that is no service that changes hands."""

# As monitor.observe puts down a notice: "provider changed: see new profile 1-23695436535".
_LEADS_TO = re.compile(r"\bsee new profile (\S+)$")


def new_service(location_id: str, now: datetime) -> dict[str, Any]:
    """The row of a service that nobody has looked at yet: it is due at once."""
    row = {"added_at": now, "next_look_at": now, "seq": 0, "suspicions": "[]", "failures": 0, "grave": False, "whole": True}
    return row | {"location_id": location_id}


def profile_in(notice: str | None) -> str | None:
    """The new profile that a notice's words name; None where they name none."""
    match = _LEADS_TO.search(notice or "")
    location_id = match[1].upper() if match else ""
    return location_id if LOCATION_ID.fullmatch(location_id) else None


def leads_to(outcome: "Outcome") -> frozenset[str]:
    """The profiles that a look leads to: by a notice confirmed now, or, at the first look at a service, by any (it may itself
    have been followed, and have changed hands again)."""
    notices = [event.quote for event in outcome.events if event.kind in (Kind.PROVIDER_CHANGED, Kind.MOVED)]
    if outcome.snapshot is not None and outcome.base_seq == 0:
        notices += _notices(outcome.snapshot)
    return frozenset(one for one in map(profile_in, notices) if one is not None) - {outcome.location_id}


def _notices(snapshot: Snapshot) -> Collection[str]:
    return next(
        (held.value for subject, held in snapshot.holdings if subject.aspect is Aspect.NOTICES and isinstance(held.value, tuple)),
        (),
    )


def compared(connection: Connection, outcome: "Outcome") -> "Outcome":
    """The outcome as it is to be recorded: a profile's first look that shows it worse off than the former profile was starts from
    that, and its pages are forgotten, so that they are read again at once and what is worse is told (see monitor.baseline)."""
    if outcome.base_seq != 0 or outcome.snapshot is None or outcome.pages is None:
        return outcome
    here = (_watch.c.location_id == outcome.location_id) & _watch.c.followed_from.is_not(None)
    first = outcome.snapshot
    for former in connection.execute(select(_watch.c.followed_from).distinct().where(here)).scalars():
        newest = (_snapshot.c.location_id == _service.c.location_id) & (_snapshot.c.seq == _service.c.seq)
        query = select(_snapshot.c.body).join(_service, newest).where(_service.c.location_id == former)
        body = connection.execute(query).scalar()
        first = of_profile(first, codec.load_snapshot(body)) if body else first
    if first == outcome.snapshot:
        return outcome
    return replace(outcome, snapshot=first, pages=(), next_look_at=outcome.looked_at)


def follow(connection: Connection, outcome: "Outcome", profiles: Collection[str]) -> None:
    """Puts the profiles that a look leads to on the watchlists of the service, within the transaction (in turn) that records the
    look. From a first look only what was itself followed leads on."""
    mine = _watch.c.location_id == outcome.location_id
    if outcome.base_seq == 0:
        mine &= _watch.c.followed_from.is_not(None)
    watched = connection.execute(select(_watch).where(mine).order_by(_watch.c.watchlist)).mappings().all()
    for profile in sorted(profiles):
        for row in watched:
            _put_on(connection, row, profile, outcome.looked_at)


def _put_on(connection: Connection, row: Mapping[Any, Any], profile: str, now: datetime) -> None:
    watchlist, old = row["watchlist"], row["location_id"]
    there = (_watch.c.watchlist == watchlist) & (_watch.c.location_id == profile)
    if connection.execute(select(exists().where(there))).scalar():
        return
    if _hops(connection, watchlist, old) >= MOST_HOPS:
        note(connection, None, "did not follow to another profile", f"{watchlist}: {old} to {profile}, after {MOST_HOPS}", now)
        return
    add_once(connection, _service, **new_service(profile, now))
    values = {"by_rule": row["by_rule"], "followed_from": old, "added_at": now}
    connection.execute(insert(_watch).values(watchlist=watchlist, location_id=profile, **values))
    note(connection, None, "followed to its new profile", f"{watchlist}: {old} to {profile}", now)


def _hops(connection: Connection, watchlist: str, location_id: str) -> int:
    """How many profiles led to this one."""
    hops, at = 0, location_id
    while hops < MOST_HOPS:
        here = (_watch.c.watchlist == watchlist) & (_watch.c.location_id == at)
        former = connection.execute(select(_watch.c.followed_from).where(here)).scalar()
        if former is None:
            break
        hops, at = hops + 1, former
    return hops
