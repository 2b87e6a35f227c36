"""Follows a service that changed hands or moved: adds its new profile to the watchlists of the old profile, in the transaction
that records CQC's notice.

Only CQC's own notice on a page is used, never the similarity of two services. Following stops if a notice leads to an earlier
profile or to a profile that is already on the watchlist, or if the chain of profiles is too long.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from monitor import codec
from monitor.detect.baseline import of_profile
from monitor.detect.checks import Outcome
from monitor.events import EVER_URGENT, Kind
from monitor.model import LISTED_ID, Aspect, Snapshot
from monitor.store import from_register, snapshots
from monitor.store.audit import note
from monitor.store.database import add_once
from monitor.store.service_rows import new_service
from monitor.store.snapshots import newest
from monitor.store.tables import EventRow, PageRow, ServiceRow, WatchRow, table

_watch, _service = table(WatchRow), table(ServiceRow)
_event, _page = table(EventRow), table(PageRow)

MOST_HOPS = 5
"""How many profiles of a service are followed, one after the other, at most. No service is expected to change hands more
often."""

# A notice as monitor.detect.observe records it: "provider changed: see new profile 1-23695436535".
_LEADS_TO = re.compile(r"\bsee new profile (\S+)$")


def profile_in(notice: str | None) -> str | None:
    """Returns the id of the new profile that a notice names, or None if the notice names no profile."""
    match = _LEADS_TO.search(notice or "")
    location_id = match[1].upper() if match else ""
    return location_id if LISTED_ID.fullmatch(location_id) else None


def leads_to(outcome: Outcome) -> frozenset[str]:
    """Returns the new profiles that a check leads to. At a service's first check, every notice of CQC on its page is used, since
    a followed service may have changed hands again. Later, only the notices that this check confirmed are used."""
    notices = [event.quote for event in outcome.events if event.kind in (Kind.PROVIDER_CHANGED, Kind.MOVED)]
    if outcome.snapshot is not None and outcome.base_seq == 0:
        notices += _notices(outcome.snapshot)
    return frozenset(one for one in map(profile_in, notices) if one is not None) - {outcome.location_id}


def _notices(snapshot: Snapshot) -> Collection[str]:
    return next(
        (held.value for subject, held in snapshot.holdings if subject.aspect is Aspect.NOTICES and isinstance(held.value, tuple)),
        (),
    )


def started_from_former(connection: Connection, outcome: Outcome) -> Outcome:
    """Returns the outcome to record for a check. Usually, this is the given outcome. But if the first check of a new profile
    shows a worse state than the former profile had, the new profile starts from the former profile's state. Its pages are not
    stored, so they are read again at once and the worse state is reported (see monitor.detect.baseline)."""
    if outcome.base_seq != 0 or outcome.snapshot is None or outcome.pages is None:
        return outcome
    here = (_watch.c.location_id == outcome.location_id) & _watch.c.followed_from.is_not(None)
    first = outcome.snapshot
    for former in connection.execute(select(_watch.c.followed_from).distinct().where(here)).scalars():
        before = newest(connection, former)
        first = of_profile(first, before) if before else first
    if first == outcome.snapshot:
        return outcome
    return replace(outcome, snapshot=first, pages=(), next_look_at=outcome.looked_at)


def follow(connection: Connection, outcome: Outcome, profiles: Collection[str]) -> None:
    """Puts the profiles that a check leads to on the service's watchlists. Called within the transaction that records the check,
    after `in_turn`. If this was the service's first check, only watchlists to which the service itself was added by following get
    the new profiles."""
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
    known = connection.execute(select(_watch.c.by_rule, _watch.c.followed_from).where(there)).first()
    if known is not None:
        if known.by_rule and known.followed_from is None:  # a rule added the profile before a check saw the notice
            connection.execute(update(_watch).where(there).values(followed_from=old))
            _compare_again(connection, profile, old, now)
        return
    if _hops(connection, watchlist, old) >= MOST_HOPS:
        note(connection, None, "did not follow to another profile", f"{watchlist}: {old} to {profile}, after {MOST_HOPS}", now)
        return
    if add_once(connection, _service, **new_service(profile, now)):
        from_register.fill(connection, [profile])
    values = {"by_rule": row["by_rule"], "followed_from": old, "added_at": now}
    connection.execute(insert(_watch).values(watchlist=watchlist, location_id=profile, **values))
    note(connection, None, "followed to its new profile", f"{watchlist}: {old} to {profile}", now)


def _compare_again(connection: Connection, profile: str, former: str, now: datetime) -> None:
    """Handles a profile that was read before its former profile was known. If the profile's state is worse than the former
    profile's state, the profile starts again from the former profile's state (as in `started_from_former`). Nothing is done if an
    urgent event of the profile is already recorded."""
    here = (_event.c.location_id == profile) & _event.c.kind.in_([str(kind) for kind in EVER_URGENT])
    told = connection.execute(select(_event.c.body).where(here)).scalars().all()
    first, before = newest(connection, profile), newest(connection, former)
    if first is None or before is None or any(codec.load_event(body).urgent for body in told):
        return
    start = of_profile(first, before)
    if start == first:
        return
    start = replace(start, seq=first.seq + 1, seen_at=now)
    snapshots.keep(connection, start)
    service = update(_service).where(_service.c.location_id == profile)
    connection.execute(service.values(seq=start.seq, suspicions="[]", next_look_at=now))
    connection.execute(delete(_page).where(_page.c.location_id == profile))


def _hops(connection: Connection, watchlist: str, location_id: str) -> int:
    """Returns how many former profiles led to this profile, one after the other."""
    hops, at = 0, location_id
    while hops < MOST_HOPS:
        here = (_watch.c.watchlist == watchlist) & (_watch.c.location_id == at)
        former = connection.execute(select(_watch.c.followed_from).where(here)).scalar()
        if former is None:
            break
        hops, at = hops + 1, former
    return hops
