"""What is wrong with the monitor, from its numbers: each thing in one line that says what to do. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.channels import shown
from monitor.observe import PARTLY_READ
from monitor.outage import LASTING, Outage
from monitor.register import OLD
from monitor.store.api import Disagreement
from monitor.store.figures import Figures
from monitor.store.looks import Watched
from monitor.store.outbox import Listed
from monitor.store.switches import ALL_MAIL, SwitchedOff
from monitor.store.tables import MessageState
from monitor.text import counted, day, moment, plain

STANDSTILL = timedelta(minutes=10)
"""For so long looks may be due without any service being read well, while a daemon is at work."""

OWED_TOO_LONG = timedelta(hours=1)
"""How long an urgent message may be on its way before somebody has to ring up instead."""

LAGS = timedelta(hours=1)
"""For so long CQC's page and its API may differ before a person should look."""

MOST_NAMED = 20
"""Services and messages that are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the monitor is. `wrong`: a person should look at it. `remarks`: worth knowing, and may be meant so."""

    wrong: tuple[str, ...]
    remarks: tuple[str, ...]


def judged(
    figures: Figures,
    services: Sequence[Watched],
    unsent: Sequence[Listed],
    off: Sequence[SwitchedOff],
    outage: Outage | None,
    *,
    check_every: timedelta,
    stale_after: timedelta,
    now: datetime,
    api: Outage | None = None,
    disagreements: Sequence[Disagreement] = (),
) -> Health:
    """How the monitor is now. `services` are the watched ones, `unsent` what is owed and what was given up, `off` what is
    switched off, `outage` that of CQC's site, `api` the trouble with its API, `disagreements` where the two differ."""
    wrong = (
        *_standstill(figures, check_every, now),
        *_workers(figures),
        *_site(outage),
        *_api(api, now),
        *_disagreements(disagreements, now),
        *_services(services, stale_after, now),
        *_receivers(off),
        *_owed(figures, now),
        *_messages(unsent),
        *(_register(figures, now) if figures.rules else ()),
    )
    register = () if figures.rules else _register(figures, now)
    return Health(wrong=wrong, remarks=(*_remarks(figures), *_partly_read(services), *register))


def _standstill(figures: Figures, check_every: timedelta, now: datetime) -> Iterator[str]:
    """Looks are due and nothing is read. Where no daemon is known of, `check` may be run by cron: not more often than
    CHECK_EVERY."""
    if figures.due_since is None:
        return
    since = max(figures.due_since, figures.last_read_at or figures.due_since)
    patience = STANDSTILL if figures.workers or figures.dead_workers else max(STANDSTILL, check_every)
    if now - since <= patience:
        return
    last = f"last {moment(figures.last_read_at)}" if figures.last_read_at else "never yet"
    why = "the log of cqc-monitor run says why" if figures.workers else "no daemon is at work: start cqc-monitor run"
    due = f"{counted(figures.due, 'look')} {'is' if figures.due == 1 else 'are'} due since {moment(figures.due_since)}"
    yield f"nothing is read: {due}, and no service was read well meanwhile ({last}): {why}"


def _workers(figures: Figures) -> Iterator[str]:
    if figures.dead_workers and not figures.workers:
        yield "the daemon ended without a word (it was killed, or its machine is down): start cqc-monitor run again"


def _site(outage: Outage | None) -> Iterator[str]:
    if outage:
        yield (
            f"CQC's site can't be read since {moment(outage.since)}: {plain(outage.reason)}: it is tried again by itself; "
            "open one of its pages in a browser, and compare with cqc-monitor read URL"
        )


def _api(api: Outage | None, now: datetime) -> Iterator[str]:
    """A short trouble is none: the site is read as ever."""
    if api and (api.told or now - api.since >= LASTING):
        yield (
            f"CQC's API can't be used since {moment(api.since)}: {plain(api.reason)}: the site is read as ever; "
            "cqc-monitor doctor says what to do"
        )


def _disagreements(disagreements: Sequence[Disagreement], now: datetime) -> Iterator[str]:
    """Where page and API differ for longer than it takes the one to follow the other."""
    lasting = [one for one in disagreements if now - one.since >= LAGS]
    for one in lasting[:MOST_NAMED]:
        yield (
            f"CQC's page and its API disagree since {moment(one.since)}: {one.location_id}: {plain('; '.join(one.lines))}: "
            "open the page in a browser, and ask CQC"
        )
    if len(lasting) > MOST_NAMED:
        yield f"CQC's page and its API disagree about {len(lasting) - MOST_NAMED} more (cqc-monitor status --json names all)"


def _services(services: Sequence[Watched], stale_after: timedelta, now: datetime) -> Iterator[str]:
    stale = [one.location_id for one in services if is_stale(one, now, stale_after)]
    if stale:
        yield (
            f"not read well for too long: {_named(stale)}: open the pages in a browser; cqc-monitor read URL says what is "
            "understood of one"
        )
    troubled = [f"not read well at the last look: {one.location_id}: {one.trouble}" for one in services if one.failures]
    yield from troubled[:MOST_NAMED]
    if len(troubled) > MOST_NAMED:
        yield f"not read well at the last look: {len(troubled) - MOST_NAMED} more (cqc-monitor status --json names all)"


def _receivers(off: Sequence[SwitchedOff]) -> Iterator[str]:
    for one in off:
        where = "all email" if one.scope == ALL_MAIL else shown(one.address)
        yield (
            f"switched off since {moment(one.since)}: {where}: {plain(one.reason)}: put the address or setting right, then "
            "cqc-monitor test ADDRESS"
        )


def _owed(figures: Figures, now: datetime) -> Iterator[str]:
    if figures.owed_since and now - figures.owed_since > OWED_TOO_LONG:
        send = "cqc-monitor outbox list says why" if figures.workers else "start cqc-monitor run, or cqc-monitor deliver"
        yield f"a message waits since {moment(figures.owed_since)}, over an hour: {send}"


def _messages(unsent: Sequence[Listed]) -> Iterator[str]:
    given_up = [
        f"given up: {one.kind} to {shown(one.address)}: {one.reply}: tell the person by other means, then cqc-monitor outbox "
        f"retry {one.id} or drop {one.id}"
        for one in unsent
        if one.state == MessageState.DEAD
    ]
    late = [
        f"not taken yet: {one.kind} to {shown(one.address)}: {one.reply}"
        for one in unsent
        if one.state == MessageState.PENDING and one.attempts
    ]
    for lines in (given_up, late):
        yield from lines[:MOST_NAMED]
        if len(lines) > MOST_NAMED:
            yield f"{lines[0].partition(':')[0]}: {len(lines) - MOST_NAMED} more (cqc-monitor outbox list names all)"


def _partly_read(services: Sequence[Watched]) -> Iterator[str]:
    """Services whose newest report can't be had: nothing that a person here can put right, but what it states is not known."""
    troubled = [(one.location_id, one.trouble) for one in services if one.trouble]
    partly = [f"{location_id}: {plain(trouble)}" for location_id, trouble in troubled if trouble.startswith(PARTLY_READ)]
    yield from partly[:MOST_NAMED]
    if len(partly) > MOST_NAMED:
        yield f"{PARTLY_READ}: {len(partly) - MOST_NAMED} more (cqc-monitor status --json names all)"


def _remarks(figures: Figures) -> Iterator[str]:
    again, of = figures.read_again
    if again < of:
        yield f"{again} of {of} services read again by this version, within a day of its first start, the worst first."
    if not figures.watched:
        yield "Nothing is watched yet. Add a service: cqc-monitor watch add NAME LOCATION"
    elif not figures.workers and not figures.dead_workers:
        yield "No daemon is at work (cqc-monitor run): all is well if check and deliver are run by a timer instead."


def _register(figures: Figures, now: datetime) -> Iterator[str]:
    """Watchlists that follow an old register miss what is new; to others it is worth knowing."""
    days = (now.date() - figures.register_of).days if figures.register_of else 0
    if figures.register_of and days > OLD.days:
        follow = f" ({counted(figures.rules, 'watchlist')} by rule)" if figures.rules else ""
        yield f"CQC's register is {days} days old here, of {day(figures.register_of)}{follow}: cqc-monitor register refresh"


def is_stale(one: Watched, now: datetime, stale_after: timedelta) -> bool:
    """Whether a service has not been read well for too long."""
    return now - one.known_at > stale_after


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more
