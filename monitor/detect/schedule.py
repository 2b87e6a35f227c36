"""Decides when the next check, delivery attempt or digest is due. Pure. All instants are in UTC, and hours of the day are in
Europe/London."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, overload

from monitor.detect.waiting import again_after
from monitor.model import Candidate, When
from monitor.text import LONDON

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

FIRST_RETRY = timedelta(minutes=2)
LONGEST_RETRY = timedelta(hours=1)

ROUNDED = timedelta(milliseconds=1)
"""Times are rounded, so a check may seem to be up to this much earlier than its service's place in the interval (see
`_slot`)."""

HEAVY_AGAIN = timedelta(hours=2)
"""How long to wait before a location page is read again, if the process that read it had to be stopped. Each try uses a
processor core for seconds, and will probably fail again."""

# Minutes between delivery attempts. The first waits are short, for a receiver that restarts or a greylist that wants at least 5
# minutes. All waits together last for over a day. Source: docs/facts/channels.md, Outcomes over SMTP; docs/facts/channels.md,
# Signed webhooks. After the last attempt, the message becomes a dead letter, if a day has passed.
_ATTEMPTS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 10, 15, 30, 60, 120, 120, 180, 240, 300, 360, 360))


TRIED_FOR = timedelta(hours=24)
"""A message fails for good only after attempts to send it were made for at least this long."""

FIRST_TEST, LONGEST_TEST = timedelta(minutes=5), timedelta(hours=1)

IDLE = timedelta(days=30)
"""After this long without a message, a receiver of a kind in `GOES_OFF` gets a heartbeat message."""

GOES_OFF = frozenset({"teams"})
"""The schemes of addresses whose receivers are switched off if they receive nothing. Microsoft switches idle workflows off
after 90 days. Source: docs/facts/channels.md, Teams workflows."""


@overload
def lies_ahead(at: datetime, now: datetime, at_most: timedelta) -> bool: ...
@overload
def lies_ahead(at: object, now: datetime, at_most: timedelta) -> Any: ...
def lies_ahead(at: Any, now: datetime, at_most: timedelta) -> Any:
    """Whether the planned time `at` is still in the future. Nothing is ever planned further ahead than `at_most`, so a later
    time was written by a wrong clock and is ignored. If `at` is a database column, this returns an SQL condition.

    If `at` is the end of a period of length `at_most`, the result says whether the period is still running. A period that
    begins in the future is not running.
    """
    return (at > now) & (at <= now + at_most)


def next_look(
    *,
    location_id: str,
    now: datetime,
    check_every: timedelta,
    candidates: Sequence[Candidate] = (),
    failures: int = 0,
    retry_after: timedelta | None = None,
) -> datetime:
    """When a service should be checked next.

    After `failures` checks in a row that did not fully read the service, the next check comes soon. After each further failure,
    the wait is longer, up to an hour or `check_every`. Checks never stop. If there are candidate changes, the next check comes
    when the first of them may be confirmed, if this is sooner. Otherwise the next check comes at the service's own place in the
    interval. These places spread all services evenly over the interval, whenever the services were added. The next check is
    never later than `check_every` from now, except that it is never before the time that the site asked for (`retry_after`).
    """
    following = _slot(location_id, now, check_every)
    if failures:
        doubled = FIRST_RETRY * (1 << min(failures - 1, 10))
        following = now + min(doubled, LONGEST_RETRY, check_every)
    if candidates:
        following = min(following, _confirmation(candidates, now, check_every))
    return max(following, now + retry_after) if retry_after else following


def _confirmation(candidates: Sequence[Candidate], now: datetime, check_every: timedelta) -> datetime:
    """When the first of the candidate changes may be confirmed. If a change is overdue because it was not seen again, the
    service is checked soon, and then less and less often."""
    due, since = min(one.due for one in candidates), min(one.since for one in candidates)
    return due if due > now else now + again_after(since, now, check_every)


def asks_again(candidates: Sequence[Candidate], asked_at: datetime | None, *, now: datetime, check_every: timedelta) -> bool:
    """Whether it is time to ask the API again about a service that has a candidate change and whose page cannot be read. The
    API is asked when the change may be confirmed, then less and less often. An `asked_at` in the future is ignored, because a
    wrong clock wrote it."""
    if not candidates:
        return False
    due, since = min(one.due for one in candidates), min(one.since for one in candidates)
    if asked_at is None or asked_at > now or asked_at <= due <= now:
        return True
    return now >= asked_at + again_after(since, now, check_every)


def _slot(location_id: str, now: datetime, every: timedelta) -> datetime:
    """The next instant after `now` that is this service's place in the interval. This instant is at most one interval away. A
    check at another time does not move this instant, so a hint never delays a later check."""
    seconds = every.total_seconds()
    share = int.from_bytes(hashlib.sha256(location_id.encode()).digest()[:4]) / 2**32
    earliest = (now + ROUNDED).timestamp()
    periods = -(-(earliest - share * seconds) // seconds)
    return min(now + every, datetime.fromtimestamp((periods + share) * seconds, UTC))


POLL_EVERY, POLL_EVERY_QUIET = timedelta(minutes=15), timedelta(hours=1)
"""How often the list of changes of CQC's API is requested. The first value is for the hours in which CQC publishes, the second
for all other hours."""

QUIET_REQUESTS = 4000
"""The most requests a day for checks of quiet services while the list of changes is read. Watching all of England should take
5,000 requests on a quiet day. The remaining 1,000 are for the list, the services that it names, and repeated checks."""

MANY = 1000
"""With fewer watched services than this, CHECK_EVERY always applies, because even frequent checks of so few services need few
requests."""

_DAY = timedelta(days=1)


def quiet_interval(check_every: timedelta, *, services: int, pages: int) -> timedelta:
    """How often a quiet service (a service that the list of changes does not name) is checked, given the numbers of services
    and pages. A quiet service is checked every CHECK_EVERY, or less often to limit the number of requests. A check needs one
    request. The pages that the location page links to are requested at most once a day.

    The result is in whole hours or days, so that it does not change with every page that is added. A new interval gives each
    service a new place in the interval. This costs half a check for each service on average.
    """
    if services < MANY:
        return check_every
    behind = max(0, pages - services)
    if services + behind >= QUIET_REQUESTS:
        needed = _DAY * ((services + behind) / QUIET_REQUESTS)
    else:
        needed = _DAY * (services / (QUIET_REQUESTS - behind))
    step = _DAY if needed > _DAY else timedelta(hours=1)
    return max(check_every, -(-needed // step) * step)


def next_attempt(
    attempts: int, *, now: datetime, since: datetime | None = None, retry_after: timedelta | None = None
) -> datetime | None:
    """Returns when to retry a message that was not accepted after `attempts` attempts. Returns None once there were enough
    attempts and a day has passed since the message was created (`since`). Both conditions are needed. A program that keeps
    restarting makes many attempts in a short time, and if a clock is set forward, a day passes without attempts.

    If the receiver asked for a longer wait, the monitor waits for that time, up to a day.
    """
    if attempts > len(_ATTEMPTS) and (since is None or now - since >= TRIED_FOR):
        return None
    asked = min(retry_after or timedelta(0), timedelta(days=1))
    return now + max(_ATTEMPTS[min(attempts, len(_ATTEMPTS)) - 1], asked)


def next_test(since: datetime, *, now: datetime) -> datetime:
    """Returns when a receiver that has been suspended since `since` is tested again. The first test is after five minutes,
    because the mail server may have failed briefly. Later tests are less and less frequent, down to one an hour, without end.
    If `since` is in the future, because a wrong clock wrote it, the test is after five minutes."""
    return now + min(max(now - since, FIRST_TEST), LONGEST_TEST)


def last_digest(before: datetime, *, when: When, at: time, day: str) -> datetime:
    """The last instant, at or before `before`, at which a digest was due (see `next_digest`)."""
    due = next_digest(before - timedelta(days=9), when=when, at=at, day=day)
    while (following := next_digest(due, when=when, at=at, day=day)) <= before:
        due = following
    return due


def next_digest(after: datetime, *, when: When, at: time, day: str) -> datetime:
    """The first instant after `after` at which a digest is due. A digest is due every day, or every week on `day`, at the time
    `at` in London.

    When the clocks change, there is one digest, as on any other day. If the time `at` occurs twice, the digest is due the first
    time. If the time does not occur, the digest is due one hour later.
    """
    local = after.astimezone(LONDON)
    for ahead in range(9):
        date = local.date() + timedelta(days=ahead)
        if when is When.WEEKLY and DAYS[date.weekday()] != day:
            continue
        due = datetime.combine(date, at, tzinfo=LONDON).astimezone(UTC)
        if due > after:
            return due
    raise AssertionError("a week has seven days")
