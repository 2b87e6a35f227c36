"""Emptying the outbox, with the real store: what becomes of a message in each of the four outcomes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from monitor.channels import Channel, Outcome, Status
from monitor.deliver import Deliverer, Delivery
from monitor.model import Aspect, Card, Event, Holding, Kind, Snapshot, Subject, When
from monitor.render import Message
from monitor.route import due_at, route
from monitor.store import Store, open_store
from monitor.store.services import Outcome as Look
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOME = "1-2235535718"
LEAD, OTHER, OPERATOR = "mailto:lead@council.example", "mailto:other@council.example", "mailto:oncall@council.example"


@dataclass
class Postman:
    """A channel that answers as it is told, by address and part, and notes what it was given."""

    answers: dict[str, Outcome | Exception] = field(default_factory=dict)
    parts_of_each: int = 1
    given: list[tuple[str, str, int]] = field(default_factory=list)

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        return tuple(f"{message.subject} {number}".encode() for number in range(self.parts_of_each))

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        self.given.append((address, message_id, part_number))
        answer = self.answers.get(f"{address} {part_number}", self.answers.get(address, Outcome(Status.ACCEPTED, "queued as A1")))
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        return None


class Office:
    """A store with a fall owed to two addresses, and a clock that is set by hand."""

    def __init__(self, store: Store) -> None:
        self.store, self.postman, self.now = store, Postman(), NOON
        channel: Channel = self.postman
        self.deliverer = Deliverer(
            store,
            {"mailto": channel},
            base_url="https://cqc.example",
            public_url="https://monitor.example",
            stale_after=timedelta(hours=48),
            operator=OPERATOR,
            clock=lambda: self.now,
        )
        store.services.watch("Leeds", [HOME], NOON)
        for address in (LEAD, OTHER):
            store.outbox.subscribe(
                "Leeds", address, when=When.IMMEDIATE, at=time(7, 30), day="mon", quiet=True, now=NOON, due=due_at
            )
        self.look(1)
        self.look(
            2,
            Event(
                id="e",
                location_id=HOME,
                name="Home",
                kind=Kind.DOWNGRADED,
                of="overall",
                from_="good",
                to="inadequate",
                observed_at=NOON,
            ),
        )

    def look(self, seq: int, *events: Event) -> None:
        """Records a look."""
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
        assert self.store.services.record(look, route)

    async def deliver(self, after: timedelta = timedelta(0)) -> Delivery:
        """Delivers, some time later."""
        self.now += after
        return await self.deliverer.deliver()

    def to(self, address: str) -> list[str]:
        """The ids of the messages given to the channel for an address."""
        return [message_id for given, message_id, _ in self.postman.given if given == address]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A new office."""
    store = open_store(f"sqlite:///{tmp_path}/monitor.db", Vault("a secret"))
    yield Office(store)
    store.close()


@pytest.mark.asyncio
async def test_what_was_taken_is_sent_once(office: Office) -> None:
    assert (await office.deliver()).sent == 2
    assert (await office.deliver(timedelta(hours=40))).sent == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Outcome(Status.RETRY, "451 try again later"), id="not now"),
        pytest.param(Outcome(Status.BROKEN, "535 wrong password"), id="broken, which a person can put right"),
        pytest.param(RuntimeError("a fault of ours"), id="a fault of ours"),
    ],
)
async def test_what_was_not_taken_is_tried_again_with_the_same_id_and_holds_up_nobody_else(
    office: Office, answer: Outcome | Exception
) -> None:
    office.postman.answers[LEAD] = answer
    result = await office.deliver()
    assert (result.sent, len(result.later), result.dead) == (1 + (answer == Outcome(Status.BROKEN, "535 wrong password")), 1, [])
    office.postman.answers.clear()
    assert (await office.deliver(timedelta(minutes=1))).sent == 1
    first, second = office.to(LEAD)
    assert first == second


@pytest.mark.asyncio
async def test_a_receiver_that_asks_for_time_gets_it(office: Office) -> None:
    office.postman.answers[LEAD] = Outcome(Status.RETRY, "429", retry_after=timedelta(hours=1))
    await office.deliver()
    await office.deliver(timedelta(minutes=59))
    assert len(office.to(LEAD)) == 1
    await office.deliver(timedelta(minutes=1))
    assert len(office.to(LEAD)) == 2


@pytest.mark.asyncio
async def test_a_refused_recipient_is_a_dead_letter_at_once_and_the_operator_hears_of_it(office: Office) -> None:
    office.postman.answers[LEAD] = Outcome(Status.REJECTED, "550 no such user")
    result = await office.deliver()
    assert len(result.dead) == 1 and "550" in result.dead[0]
    assert len(office.to(OPERATOR)) == 1
    await office.deliver(timedelta(days=2))
    assert len(office.to(LEAD)) == 1
    assert [one.state for one in office.store.outbox.unsent()] == ["dead"]


@pytest.mark.asyncio
async def test_after_more_than_a_day_of_attempts_a_message_is_given_up_and_the_operator_hears_of_it_once(office: Office) -> None:
    office.postman.answers[LEAD] = Outcome(Status.RETRY, "no answer")
    began = office.now
    while not (await office.deliver(timedelta(minutes=10))).dead:
        assert office.now - began < timedelta(days=3)
    assert office.now - began > timedelta(hours=24)
    assert len(set(office.to(LEAD))) == 1
    await office.deliver(timedelta(minutes=10))
    assert len(office.to(OPERATOR)) == 1


@pytest.mark.asyncio
async def test_trouble_with_the_operators_own_address_breeds_no_more_trouble(office: Office) -> None:
    office.postman.answers |= {LEAD: Outcome(Status.REJECTED, "550"), OPERATOR: Outcome(Status.REJECTED, "550")}
    await office.deliver()
    await office.deliver(timedelta(days=1))
    assert len(office.to(OPERATOR)) == 1


@pytest.mark.asyncio
async def test_a_repetition_begins_after_the_parts_that_were_taken(office: Office) -> None:
    office.postman.parts_of_each = 3
    office.postman.answers[f"{LEAD} 2"] = Outcome(Status.RETRY, "429")
    await office.deliver()
    office.postman.answers.clear()
    await office.deliver(timedelta(minutes=1))
    assert [part for address, _, part in office.postman.given if address == LEAD] == [1, 2, 2, 3]


@pytest.mark.asyncio
async def test_where_the_text_has_changed_meanwhile_every_part_is_sent_again(office: Office) -> None:
    office.postman.parts_of_each = 3
    office.postman.answers[f"{LEAD} 2"] = Outcome(Status.RETRY, "429")
    await office.deliver()
    office.postman.parts_of_each = 2
    office.postman.answers.clear()
    await office.deliver(timedelta(minutes=1))
    assert [part for address, _, part in office.postman.given if address == LEAD] == [1, 2, 1, 2]


@pytest.mark.asyncio
async def test_a_clock_that_was_a_year_ahead_does_not_keep_a_message_for_a_year(office: Office) -> None:
    office.postman.answers[LEAD] = Outcome(Status.RETRY, "451")
    office.now += timedelta(days=365)
    await office.deliver()
    office.postman.answers.clear()
    assert (await office.deliver(-timedelta(days=365))).sent == 1


@pytest.mark.asyncio
async def test_services_that_are_not_read_well_are_named_at_the_hour_though_nothing_happened(office: Office) -> None:
    await office.deliver()
    office.postman.given.clear()
    assert (await office.deliver(timedelta(hours=47))).sent == 0
    hours = [(await office.deliver(timedelta(hours=1))).told for _ in range(48)]
    told = [line for lines in hours for line in lines if OPERATOR not in line]
    assert len(told) == 2 * 2, "one a day to each of two addresses"
    assert all("1 service could not be read" in line for line in told)


@pytest.mark.asyncio
async def test_the_operator_hears_once_a_day_of_services_that_are_not_read_well(office: Office) -> None:
    office.now += timedelta(hours=49)
    assert office.deliverer.report_stale() == 1
    assert office.deliverer.report_stale() == 1
    await office.deliver()
    assert len(office.to(OPERATOR)) == 1
    office.now += timedelta(days=1)
    office.deliverer.report_stale()
    await office.deliver()
    assert len(office.to(OPERATOR)) == 2
