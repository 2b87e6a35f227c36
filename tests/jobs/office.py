"""An office for tests of sending: a store with an event (an overall rating that fell) that is to be sent to two addresses, a
postman who gives prepared answers, and a clock that a test sets."""


import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from monitor.channels import Channel, Outcome, Status
from monitor.detect.checks import Outcome as Look
from monitor.events import Event, Kind
from monitor.jobs.compose import Composer
from monitor.jobs.send import Deliverer, Delivery, Sending
from monitor.judgement import Code, Judgement, Setup, judge
from monitor.model import Aspect, Card, Holding, Snapshot, Subject, When
from monitor.notify.content import Message
from monitor.notify.links import Links
from monitor.store import Store
from monitor.store.subscriptions import Wishes

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SETUP = Setup(check_every=timedelta(hours=6), stale_after=timedelta(hours=48), mail=True)
HOME = "1-2235535718"
LEAD, OTHER, OPERATOR = "mailto:lead@council.example", "mailto:other@council.example", "mailto:oncall@council.example"


@dataclass
class Postman:
    """A channel that returns prepared answers, one for each address or for each part of a message. The channel records what it
    was given."""

    answers: dict[str, Outcome | Exception] = field(default_factory=dict)
    parts_of_each: int = 1
    given: list[tuple[str, str, int]] = field(default_factory=list)
    subjects: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    hangs: dict[str, asyncio.Event] = field(default_factory=dict)
    while_sending: Callable[[], None] = lambda: None
    see: Callable[[str, Message], None] = lambda address, message: None

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        self.subjects.append((address, message.subject))
        self.texts.append(message.text)
        self.see(address, message)
        return tuple(f"{message.subject} {number}".encode() for number in range(self.parts_of_each))

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        self.given.append((address, message_id, part_number))
        self.while_sending()
        if address in self.hangs:
            await self.hangs[address].wait()
        answer = self.answers.get(f"{address} {part_number}", self.answers.get(address, Outcome(Status.ACCEPTED, "queued as A1")))
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        return None


class Office:
    """A store with an event that is to be sent to two addresses, and a clock that a test sets."""

    def __init__(self, store: Store, escalate_after: timedelta | None = None) -> None:
        self.store, self.postman, self.now = store, Postman(), NOON
        self.links = Links("https://monitor.example", b"")
        channel: Channel = self.postman
        self.deliverer = Deliverer(
            store,
            {"mailto": channel, "webhook": channel},
            Composer(store, self.links, base_url="https://cqc.example"),
            Sending(setup=SETUP, operator=OPERATOR, escalate_after=escalate_after),
            clock=lambda: self.now,
        )
        store.services.watch("Leeds", [HOME], NOON)
        for address in (LEAD, OTHER):
            wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
            store.subscriptions.subscribe("Leeds", address, wishes, quiet=True, now=NOON)
        self.look(1)
        self.look(2, fall("e", NOON))

    def look(self, seq: int, *events: Event) -> None:
        """Records a check that found these events."""
        rating = (Subject(aspect=Aspect.RATING, of="overall"), Holding(value="good"))
        snapshot = Snapshot(location_id=HOME, seq=seq, seen_at=self.now, card=Card(name="Home"), holdings=(rating,))
        look = Look(
            location_id=HOME,
            base_seq=seq - 1,
            looked_at=self.now,
            next_look_at=self.now,
            read_well=True,
            snapshot=snapshot,
            events=events,
        )
        assert self.store.services.record(look)

    async def deliver(self, after: timedelta = timedelta(0)) -> Delivery:
        """Moves the clock by `after`, and sends the messages that are due."""
        self.now += after
        return await self.deliverer.deliver()

    def operator_heard(self) -> list[str]:
        """Returns the subjects of the operator's messages."""
        return [subject for address, subject in self.postman.subjects if address == OPERATOR]

    def judged(self) -> Judgement:
        """Returns the present judgement."""
        return judge(self.store.judging.facts(SETUP, self.now, OPERATOR), self.now)

    def found(self) -> set[Code]:
        """Returns the codes of the present findings."""
        return {one.code for one in self.judged().findings}

    def off(self) -> list[str]:
        """Returns the suspended addresses, and “mailto” if all email is suspended."""
        return [one.scope for one in self.store.receivers.all()]

    def to(self, address: str) -> list[str]:
        """Returns the ids of the messages that the channel was given for an address."""
        return [message_id for given, message_id, _ in self.postman.given if given == address]


def fall(name: str, at: datetime) -> Event:
    """Returns an event: the overall rating fell. Each `name` stands for another report."""
    return Event(
        id=name,
        location_id=HOME,
        name="Home",
        kind=Kind.DOWNGRADED,
        of="overall",
        from_="good",
        to="inadequate",
        observed_at=at,
        plan=name.upper(),
    )


def subscribed(office: Office, address: str) -> None:
    """Subscribes another address."""
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    office.store.subscriptions.subscribe("Leeds", address, wishes, quiet=True, now=office.now)
