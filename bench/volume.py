"""Measures how many messages and statements a council's lead officer gets in two years. The same publications pass twice
through the real store, outbox and composer: with the rules before version 0.3, and with today's rules. The clock is simulated.

    python -m bench.volume [services] [weeks]

Publications, ratings and the statements of reports are drawn at random, as often as in real years: 230 reports about 300
services in two years. Every third report's PDF is read some hours after the report's page. The exit status is 1 if today's rules
send a fall, special measures or enforcement later than the former rules, if they send a message without bad news outside the
weekly digest, or if they do not send at least 60 % fewer statements.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email.headerregistry import Address
from random import Random
from statistics import quantiles
from unittest.mock import patch

from bench import former_rules
from monitor.channels import Channel, Outcome, Status
from monitor.channels.mail import written
from monitor.detect.checks import Outcome as Look
from monitor.events import Event, Kind
from monitor.jobs.compose import Composer
from monitor.jobs.send import Deliverer, Sending
from monitor.judgement import Setup
from monitor.model import Aspect, Card, Holding, Snapshot, Subject, When
from monitor.notify.content import Message
from monitor.notify.links import Links
from monitor.ratings import OVERALL, SUBJECTS, KeyQuestion, Rating, fell
from monitor.store import Store, open_store
from monitor.store.messages import MessageKind
from monitor.store.subscriptions import Wishes
from monitor.store.vault import Vault

BEGIN = datetime(2027, 1, 4, 12, tzinfo=UTC)
LEAD, WATCHLIST = "mailto:lead@council.example", "Leeds"
A_WEEK = 230 / 300 / 104
"""The reports about one service per week."""

RATED = 0.6
"""The share of services that were rated before."""

BETTER, SAME, WORSE, MOVES = 0.3, 0.46, 0.24, 0.55
"""The shares of newer reports that are better, the same and worse, and the share of key questions whose rating moves in a
report."""

GRAVE = (Kind.DOWNGRADED, Kind.ENTERED, Kind.REMAINS, Kind.ENFORCEMENT)
"""The kinds of event that must never be sent later than before."""

_SCALE = (Rating.OUTSTANDING, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE)
_FIRST = (0.01, 0.82, 0.16, 0.01)


Maker = Callable[..., Event]


@dataclass
class Service:
    """A service and its present ratings, empty before its first report."""

    location_id: str
    ratings: dict[str, Rating] = field(default_factory=dict)
    measures: bool = False
    seq: int = 1


@dataclass
class Sent:
    """What the lead officer was sent. `at` has the time at which each event was first sent. `grave` has the events that must not
    be sent later than before."""

    sizes: list[int] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    alerts: int = 0
    digests: int = 0
    calm: int = 0
    weekly: int = 0
    statements: int = 0
    at: dict[str, datetime] = field(default_factory=dict)
    grave: set[str] = field(default_factory=set)


def publish(service: Service, number: int, now: datetime, draw: Random) -> tuple[list[Event], list[Event]]:
    """Returns the events from a report's page, and the events from its PDF."""
    was, low = dict(service.ratings), 0
    step = draw.choices((-1, 0, 1), (BETTER, SAME, WORSE))[0]
    for question in KeyQuestion:
        rating = was.get(question)
        if rating is None:
            service.ratings[question] = draw.choices(_SCALE, _FIRST)[0]
        elif draw.random() < MOVES:
            service.ratings[question] = _SCALE[min(max(_SCALE.index(rating) + step, 1), 3)]
        low += _SCALE.index(service.ratings[question]) >= 2
    bad = sum(service.ratings[one] is Rating.INADEQUATE for one in KeyQuestion)
    overall = Rating.INADEQUATE if bad >= 2 else Rating.REQUIRES_IMPROVEMENT if low >= 2 or bad else Rating.GOOD
    service.ratings[OVERALL] = overall

    def event(name: str, kind: Kind, **more: object) -> Event:
        values = {"id": f"{number}-{name}", "location_id": service.location_id, "name": f"Home {service.location_id[-3:]}"}
        return Event(**values, kind=kind, published=now.date(), observed_at=now, plan=f"AP{number}", **more)  # type: ignore[arg-type]

    page = [_moved(event, of, was.get(of), service.ratings[of]) for of in SUBJECTS]
    found = [one for one in page if one is not None]
    rated_again = was.get(OVERALL) is overall and overall in _SCALE[2:]
    again = Kind.INADEQUATE_AGAIN if overall is Rating.INADEQUATE else Kind.NOT_IMPROVED
    found += [event("again", again, of=OVERALL, from_=overall, to=overall, reports=2)] if rated_again else []
    found.append(event("report", Kind.REPORT, to=None if found else overall))
    return found, [*_in_words(service, event, overall, draw)]


def _moved(event: Maker, of: str, was: Rating | None, now: Rating) -> Event | None:
    if was is now:
        return None
    kind = Kind.FIRST_RATED if was is None else Kind.DOWNGRADED if fell(was, now) else Kind.UPGRADED
    return event(of, kind, of=of, from_=was, to=now)


def _in_words(service: Service, event: Maker, overall: Rating, draw: Random) -> Iterator[Event]:
    """Yields events for statements in words, as often as real reports with this overall rating make them."""
    inadequate = overall is Rating.INADEQUATE
    if inadequate and draw.random() < 0.9:
        yield event("measures", Kind.REMAINS if service.measures else Kind.ENTERED, quote="The service is in special measures.")
        service.measures = True
    elif service.measures and not inadequate:
        service.measures = False
        yield event("left", Kind.LEFT)
    if overall in _SCALE[2:] and draw.random() < (0.95 if inadequate else 0.6):
        for regulation in draw.sample(("12", "17", "18"), 2):
            yield event(f"breach {regulation}", Kind.BREACH, of=f"Regulation {regulation}", quote="There was a breach.")
    if overall in _SCALE[2:] and draw.random() < (0.4 if inadequate else 0.06):
        yield event("notice", Kind.ENFORCEMENT, of="warning notice", quote="We served a warning notice.")


class Lead(Channel):
    """The lead officer's mailbox, which counts the messages that it accepts."""

    def __init__(self) -> None:
        self.sent, self.taken = Sent(), set[str]()
        self._message: Message | None = None

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        self._message = message
        return (written(message, message_id, Address("CQC monitor", "care", "council.example"), "lead@council.example"),)

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        assert self._message is not None
        self.taken.add(message_id)
        self.sent.sizes.append(len(part))
        self.sent.subjects.append(self._message.subject)
        self.sent.statements += sum(len(section.said) for section in self._message.sections)
        return Outcome(Status.ACCEPTED, "queued")

    async def close(self) -> None:
        return None


async def replay(store: Store, services: int, weeks: int) -> Sent:
    """Returns what a lead officer with one immediate subscription is sent."""
    draw, clock = Random(7), [BEGIN]
    lead = Lead()
    setup = Setup(check_every=timedelta(hours=6), stale_after=timedelta(days=10_000), mail=True)
    composer = Composer(store, Links("https://monitor.example", b""), base_url="https://www.cqc.org.uk", has_pages=True)
    deliverer = Deliverer(store, {"mailto": lead}, composer, Sending(setup=setup, operator=None), clock=lambda: clock[0])
    homes = [Service(f"1-{100_000_001 + number}") for number in range(services)]
    store.services.watch(WATCHLIST, [one.location_id for one in homes], BEGIN)
    for one in homes:
        if draw.random() < RATED:
            publish(one, -1, BEGIN, draw)
        record(store, one, BEGIN, [])
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    store.subscriptions.subscribe(WATCHLIST, LEAD, wishes, quiet=True, now=BEGIN)
    for now, home, number in due(homes, weeks, draw):
        if home is not None:
            page, pdf = publish(home, number, now, draw)
            together = number % 3 > 0
            clock[0] = max(clock[0], now)
            record(store, home, clock[0], [*page, *pdf] if together else page)
            if not together and pdf:
                await send(store, deliverer, lead, clock[0])
                clock[0] += timedelta(hours=3)
                record(store, home, clock[0], [replace(one, observed_at=clock[0]) for one in pdf])
        clock[0] = max(clock[0], now)
        await send(store, deliverer, lead, clock[0])
    return lead.sent


def due(homes: Sequence[Service], weeks: int, draw: Random) -> Iterator[tuple[datetime, Service | None, int]]:
    """Yields each publication and each morning, in order."""
    times = sorted(
        (BEGIN + timedelta(days=draw.randrange(weeks * 7), hours=draw.randrange(-4, 6), minutes=draw.randrange(60)), number)
        for number in range(round(len(homes) * weeks * A_WEEK))
    )
    mornings = (BEGIN.replace(hour=8) + timedelta(days=day) for day in range(weeks * 7 + 8))
    coming: list[tuple[datetime, Service | None, int]] = [(at, draw.choice(homes), number) for at, number in times]
    coming += ((at, None, -1) for at in mornings)
    yield from sorted(coming, key=lambda one: (one[0], one[2]))


def record(store: Store, home: Service, now: datetime, events: Sequence[Event]) -> None:
    """Records a check."""
    ratings = tuple((Subject(aspect=Aspect.RATING, of=of), Holding(value=str(value))) for of, value in home.ratings.items())
    card = Card(name=f"Home {home.location_id[-3:]}", service_type="Residential home", address="1 High Street, Leeds, LS1 1AA")
    snapshot = Snapshot(location_id=home.location_id, seq=home.seq, seen_at=now, card=card, holdings=ratings)
    look = Look(
        location_id=home.location_id,
        base_seq=home.seq - 1,
        looked_at=now,
        next_look_at=now + timedelta(hours=6),
        read_well=True,
        snapshot=snapshot,
        events=tuple(events),
    )
    assert store.services.record(look)
    home.seq += 1


async def send(store: Store, deliverer: Deliverer, lead: Lead, now: datetime) -> None:
    """Sends the messages that are due, and counts them by kind."""
    lead.taken.clear()
    await deliverer.deliver()
    for one in store.outbox.taken(lead.taken).values():
        lead.sent.alerts += one.kind is MessageKind.ALERT
        lead.sent.digests += one.kind is MessageKind.DIGEST
        if not any(event.worse for event in one.events):
            weekly = one.body.get("period") == When.WEEKLY
            lead.sent.weekly += weekly
            lead.sent.calm += not weekly
        for event in one.events:
            lead.sent.at.setdefault(event.id, now)
            lead.sent.grave |= {event.id} if event.kind in GRAVE else set()


@contextmanager
def former() -> Iterator[None]:
    """Puts the rules before version 0.3 in place of today's rules."""
    with patch("monitor.store.events.route", former_rules.route), patch("monitor.store.composing.bundle", former_rules.bundle):
        yield


def measured(services: int, weeks: int) -> Sent:
    """Runs a replay with a separate database."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/monitor.db", Vault("a secret"))
        try:
            return asyncio.run(replay(store, services, weeks))
        finally:
            store.close()


Figure = Callable[[Sent], float]

FIGURES: dict[str, Figure] = {
    "messages": lambda of: len(of.sizes),
    "alerts": lambda of: of.alerts,
    "digests": lambda of: of.digests,
    "KB, half are smaller": lambda of: quantiles(of.sizes, n=100)[49] / 1000,
    "KB, 95 in 100 are smaller": lambda of: quantiles(of.sizes, n=100)[94] / 1000,
    "KB, the largest": lambda of: max(of.sizes) / 1000,
    "distinct subjects": lambda of: len(set(of.subjects)),
    "without bad news, outside a weekly digest": lambda of: of.calm,
    "without bad news, in a weekly digest": lambda of: of.weekly,
}


def main() -> int:
    """Runs and prints both replays. Returns the exit status."""
    services, weeks = (int(one) for one in (*sys.argv[1:], *("300", "104")[len(sys.argv) - 1 :]))
    with former():
        before = measured(services, weeks)
    after = measured(services, weeks)
    print(f"{services} services, {weeks} weeks, {round(services * weeks * A_WEEK)} reports, one immediate subscription")
    print(f"{'':40}{'before':>10}{'after':>10}")
    for what, figure in FIGURES.items():
        print(f"{what:40}{figure(before):>10,.4g}{figure(after):>10,.4g}")
    print(f"{'statements (before: one for each event)':40}{len(before.at):>10,}{after.statements:>10,}")
    later = [one for one in before.grave if one not in after.at or after.at[one] > before.at[one]]
    print(f"falls, special measures and enforcement that were sent later: {len(later)} of {len(before.grave)}")
    lost = len(before.at.keys() ^ after.at.keys())
    return int(bool(later or lost or after.calm) or after.statements > 0.4 * len(before.at))


if __name__ == "__main__":
    sys.exit(main())
