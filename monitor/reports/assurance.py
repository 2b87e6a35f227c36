"""A month of this monitor, for an auditor or a board: the records, and what can be counted from them. Pure.

Anything that is not in the records is not known, and is never treated as a success.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from monitor.cases import Did
from monitor.detect.agreement import Verified
from monitor.errors import UsageError
from monitor.events import Event
from monitor.text import LONDON, day_in_london


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month in London. `first` is the first day. `until` is the end of the month, or the present time if the month is not
    over."""

    first: date
    until: datetime

    @property
    def begins(self) -> datetime:
        """The month's first instant, in UTC."""
        return _midnight(self.first)

    @property
    def is_whole(self) -> bool:
        """Whether the month is over."""
        return self.until == _midnight(_next(self.first))

    @property
    def name(self) -> str:
        """The month in words, such as "October 2026"."""
        return f"{self.first:%B %Y}"

    def has(self, at: datetime) -> bool:
        """Whether an instant is in the month."""
        return self.begins <= at < self.until

    def days(self, since: datetime, until: datetime) -> list[date]:
        """Returns the days of the month that are completely between two instants."""
        found, on = [], self.first
        while _midnight(on + timedelta(days=1)) <= min(until, self.until):
            if _midnight(on) >= since:
                found.append(on)
            on += timedelta(days=1)
        return found


def month_of(text: str, now: datetime) -> Month:
    """Returns the month for a text like "2026-10". An empty text means the last complete month. Raises UsageError."""
    today = day_in_london(now)
    try:
        first = datetime.strptime(text.strip(), "%Y-%m").replace(tzinfo=UTC).date() if text.strip() else None
    except ValueError:
        raise UsageError(f"{text.strip()[:40]!r} is not a month: write for example 2026-10") from None
    first = first or (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    if first > today:
        raise UsageError(f"{first:%B %Y} has not begun yet")
    if first.year < 2000:
        raise UsageError("choose a month from January 2000 on")
    return Month(first=first, until=min(_midnight(_next(first)), now))


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=LONDON).astimezone(UTC)


# The records


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A service that is on a watchlist now, and was on it before the month's end.

    since     since when the service has been on a watchlist without a break
    known_at  when the service was last read in full, or last covered by CQC's list of changes, whichever is later. If neither
              has happened, when the service was added
    read_at   when the service was last read in full; None if it was never read in full
    trouble   the problem at the last check; None if there was no problem
    """

    location_id: str
    name: str
    since: datetime
    known_at: datetime
    read_at: datetime | None
    trouble: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A message at `until` stated that a service had last been read in full at `since`."""

    location_id: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """An outage of CQC's site about which the operator was notified, or which is not over (`lasts`). The outage began at `since`
    or earlier; None if the beginning is not known. `until` is None if the end is not known."""

    since: datetime | None
    until: datetime | None
    lasts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An entry of the delivery log. `to` is the address as people see it. `made_at` is when the message was passed on for
    sending; None if this time is not stored. `about` is the subject of an operator message."""

    message_id: str
    kind: str
    to: str
    became: str
    at: datetime
    made_at: datetime | None
    reply: str | None
    events: tuple[str, ...]
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that should have been sent in the month and still waits, or a notice that is not yet in a message."""

    kind: str
    to: str
    since: datetime
    attempts: int
    reply: str | None
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An acknowledgement of an event, by the person with the address `by`. The acknowledgement is valid until `reopened_at`; None
    if the event was not reopened."""

    event_id: str
    by: str
    at: datetime
    reopened_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An action on a case in the month. `by` is None if the program acted, or somebody on the command line."""

    case: int
    location_id: str
    name: str
    did: Did
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry of the audit about a service that was put on a watchlist or taken off it."""

    at: datetime
    what: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What the database has recorded about a month.

    watchlist   the name of the watchlist; None for all watchlists
    begun       the time of the earliest record in the database; None if there are no records
    kept_from   the time before which logs and messages were removed (KEEP_LOG); None if nothing was removed
    events      the events recorded in the month, in order, including events that were retracted later
    deliveries  the entries of the delivery log since the beginning of the month, in order
    reports     how many digests and heartbeat messages were made in the month for all watchlists, and how many of these messages
                listed one of `services` as not up to date
    """

    month: Month
    watchlist: str | None
    begun: datetime | None
    kept_from: datetime | None
    services: tuple[Watched, ...]
    changes: tuple[Change, ...]
    unread: tuple[Unread, ...]
    outages: tuple[Outage, ...]
    reports: tuple[int, int]
    events: tuple[Event, ...]
    deliveries: tuple[Delivery, ...]
    waiting: tuple[Waiting, ...]
    taken: tuple[Taken, ...]
    steps: tuple[Step, ...]
    verified: tuple[Verified, ...]

    @property
    def logs_from(self) -> datetime | None:
        """Since when the logs are complete; None if there are no logs."""
        return max(filter(None, (self.begun, self.kept_from)), default=None) if self.begun else None

    @property
    def lacks_events(self) -> bool:
        """Whether a part of the month is before the first record."""
        return self.begun is None or self.begun > self.month.begins

    @property
    def lacks_logs(self) -> bool:
        """Whether a part of the month is before the logs begin."""
        return self.logs_from is None or self.logs_from > self.month.begins


# The counts


NOW_UNREAD = "not read in full since then"
IN_OUTAGE = "CQC’s site could not be read on that day, or on a part of that day"
AT_LAST = "at the last check"
NOT_KEPT = "the reason is not stored"


def days_not_read(records: Records) -> dict[str, dict[date, str]]:
    """Returns the days of the month on which a service is known not to have been read in full, each with the reason, by location
    id."""
    there = {one.location_id: one for one in records.services}
    spans = [(one.location_id, one.since, one.until, NOT_KEPT) for one in records.unread]
    for one in records.services:  # the problem at the last check comes last, and replaces NOT_KEPT
        why = f"{AT_LAST}: {one.trouble}" if one.trouble else NOW_UNREAD
        spans.append((one.location_id, one.known_at, records.month.until, why))
    found: dict[str, dict[date, str]] = {}
    for location_id, since, until, why in spans:
        begun = max(since, there[location_id].since) if location_id in there else since
        for on in records.month.days(begun, until):
            out = any(_is_out(one, on) for one in records.outages)
            found.setdefault(location_id, {})[on] = IN_OUTAGE if out else why
    return found


def _is_out(outage: Outage, on: date) -> bool:
    """Whether an outage with a known beginning includes a day. If the end is not known, only the first day is included."""
    if outage.since is None:
        return False
    first = day_in_london(outage.since)
    return first <= on and (outage.lasts or on <= (day_in_london(outage.until) if outage.until else first))


class Became(StrEnum):
    """The outcome of an alert, as far as it is known."""

    ACCEPTED = "accepted"
    WAITING = "still waiting"
    NOT_DELIVERED = "not delivered"
    NO_MESSAGE = "no message is recorded"
    NOT_KNOWN = "not known: the log of that time is no longer stored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """All events of one service from one report, if at least one of the events had to be sent at once.

    events       all events of the report, including events that were only for a digest
    seen_at      when a check first saw one of the urgent events; None if this time is not stored
    made_at      when the message that was accepted first was passed on for sending; None if this time is not stored, or if no
                 message was accepted
    accepted_at  when the first receiver accepted a message; None if no message was accepted
    by           how many receivers accepted a message
    retracted    whether all events that had to be sent at once have been retracted
    """

    events: tuple[Event, ...]
    seen_at: datetime | None
    confirmed_at: datetime
    made_at: datetime | None
    accepted_at: datetime | None
    by: int
    became: Became
    taken: tuple[Taken, ...]
    retracted: bool

    @property
    def published(self) -> date | None:
        """CQC's date of publication; None if CQC gives no date."""
        return max((one.published for one in self.events if one.published), default=None)

    @property
    def is_open(self) -> bool:
        """Whether one of the alert's events must still be acknowledged."""
        stand = {one.event_id for one in self.taken if one.reopened_at is None}
        return any(one.worst and one.id not in stand for one in self.events)


def alerts(records: Records) -> list[Alert]:
    """Returns the month's alerts, in the order in which the events were recorded."""
    items: defaultdict[str, list[Event]] = defaultdict(list)
    for one in records.events:
        items[one.item or one.id].append(one)
    told: defaultdict[str, list[Delivery]] = defaultdict(list)
    for each in records.deliveries:
        for event_id in each.events if each.kind != "correction" else ():
            told[event_id].append(each)
    taken: defaultdict[str, list[Taken]] = defaultdict(list)
    for acknowledged in records.taken:
        taken[acknowledged.event_id].append(acknowledged)
    return [_alert(records, events, told, taken) for events in items.values() if any(map(was_urgent, events))]


def was_urgent(event: Event) -> bool:
    """Whether an event had to be sent at once when it was recorded, even if the event was retracted later."""
    return replace(event, corrected_at=None).urgent


def _alert(
    records: Records,
    events: Sequence[Event],
    deliveries: Mapping[str, Sequence[Delivery]],
    taken: Mapping[str, Sequence[Taken]],
) -> Alert:
    urgent = [one for one in events if was_urgent(one)]
    told = [each for one in urgent for each in deliveries.get(one.id, ())]
    accepted = sorted((one for one in told if one.became == "sent"), key=lambda one: one.at)
    first = accepted[0] if accepted else None
    return Alert(
        events=tuple(events),
        seen_at=min((one.first_seen_at for one in urgent if one.first_seen_at), default=None),
        confirmed_at=min(one.observed_at for one in urgent),
        made_at=first.made_at if first else None,
        accepted_at=first.at if first else None,
        by=len({one.to for one in accepted}),
        became=_became(records, urgent, told, accepted),
        taken=tuple(each for one in events for each in taken.get(one.id, ())),
        retracted=all(one.corrected_at is not None for one in urgent),
    )


def _became(
    records: Records, urgent: Sequence[Event], told: Sequence[Delivery], accepted: Sequence[Delivery]
) -> Became:
    if accepted:
        return Became.ACCEPTED
    ids = {one.id for one in urgent}
    if any(ids & set(one.events) for one in records.waiting):
        return Became.WAITING
    if told:
        return Became.NOT_DELIVERED
    begun = records.logs_from
    is_kept = begun is not None and begun <= min(one.observed_at for one in urgent)
    return Became.NO_MESSAGE if is_kept else Became.NOT_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A message that failed for good or was dropped in the month. `later` is when the message was accepted after all; None if it
    was never accepted."""

    delivery: Delivery
    later: datetime | None


def failed(records: Records) -> list[Failed]:
    """Returns the messages that failed for good or were dropped in the month, in order."""
    sent: Mapping[str, datetime] = {one.message_id: one.at for one in records.deliveries if one.became == "sent"}
    given_up = (one for one in records.deliveries if one.became != "sent" and records.month.has(one.at))
    return [Failed(delivery=one, later=at if (at := sent.get(one.message_id)) and at > one.at else None) for one in given_up]


class Compared(StrEnum):
    """The kinds of result of a service's latest comparison with CQC's files."""

    AGREES = "Agrees"
    DIFFERS = "Differs: the page may have been misread"
    NOT_READ = "Could not be read"
    OTHERWISE = "Not comparable: for example newer than the file, or not rated"


def compared(one: Verified) -> Compared:
    """Returns the kind of result of a comparison."""
    outcome = one.comparison.outcome
    if outcome.agrees:
        return Compared.AGREES
    if outcome.differs:
        return Compared.DIFFERS
    return Compared.NOT_READ if outcome.wants_a_person else Compared.OTHERWISE


def comparisons(records: Records) -> dict[Compared, tuple[int, int, int]]:
    """Returns how many services were compared before the month, in the month, and after the month, by kind of result."""
    found = {one: [0, 0, 0] for one in Compared}
    for one in records.verified:
        when = 0 if one.at < records.month.begins else 1 if records.month.has(one.at) else 2
        found[compared(one)][when] += 1
    return {kind: (first, second, third) for kind, (first, second, third) in found.items()}


def not_compared(services: Iterable[Watched], verified: Iterable[Verified]) -> int:
    """Returns how many of the services have no comparison."""
    return len({one.location_id for one in services} - {one.location_id for one in verified})
