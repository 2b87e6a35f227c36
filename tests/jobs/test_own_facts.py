"""Tests which subscribers get a council's own facts about a service in their messages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from monitor.cases import Assign
from monitor.model import When
from monitor.own_facts import OwnFacts
from monitor.store import open_store
from monitor.store.database import reading
from monitor.store.people import Role
from monitor.store.subscriptions import Wishes
from monitor.store.tables import NoticeRow, table
from monitor.store.vault import Vault
from tests.jobs.office import HOME, LEAD, NOON, OTHER, Office, fall

PLACED = OwnFacts(location_id=HOME, people_placed=7, contract_officer="Jane Doe", as_of=date(2026, 11, 1))
YORK = "mailto:york@council.example"


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """An office with two watchlists of the same service. Leeds has own facts, and two subscribers who are alerted at once. York
    has one subscriber with a daily digest."""
    store = open_store(database, Vault("a secret"))
    office = Office(store)
    store.services.watch("York", [HOME], NOON)
    daily = Wishes(when=When.DAILY, at=time(7, 30), day="mon")
    store.subscriptions.subscribe("York", YORK, daily, quiet=True, now=NOON)
    store.own_facts.replace("Leeds", [PLACED], None, NOON)
    yield office
    store.close()


def texts(office: Office) -> dict[str, list[str]]:
    """Returns the texts of all messages to each address, with single spaces."""
    found: dict[str, list[str]] = {}
    for (address, _), text in zip(office.postman.subjects, office.postman.texts, strict=True):
        found.setdefault(address, []).append(" ".join(text.split()))
    return found


@pytest.mark.asyncio
async def test_an_alert_shows_own_facts_only_to_subscribers_of_the_councils_watchlist(office: Office) -> None:
    office.look(3, replace(fall("f", NOON), item=f"{HOME}/later"))
    await office.deliver()
    await office.deliver(after=timedelta(days=1))
    said = texts(office)
    assert "People placed: 7, as of 1 November 2026 Contract officer: Jane Doe" in said[LEAD][0] == said[OTHER][0]
    assert said[YORK] and not any("placed" in one or "Jane" in one for one in said[YORK])


def test_a_subscription_with_only_placed_gets_only_severe_events_if_nobody_is_placed(office: Office) -> None:
    store, immediate = office.store, Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon", only_placed=True)
    store.subscriptions.subscribe("Leeds", LEAD, immediate, quiet=True, now=NOON)
    less = replace(fall("less", NOON), to="requires improvement")
    for number, (people, event) in enumerate(((7, less), (0, replace(less, id="none")), (0, fall("worst", NOON))), start=3):
        store.own_facts.replace("Leeds", [replace(PLACED, people_placed=people)], None, NOON)
        office.look(number, event)
    notice = table(NoticeRow)
    with reading(store.engine) as connection:
        owed = connection.execute(select(notice.c.event_id).where(notice.c.subscription_id == 1)).scalars().all()
    assert set(owed) == {"e", "less", "worst"}


@pytest.mark.asyncio
async def test_a_message_says_that_facts_are_old_and_shows_two_watchlists_separately(office: Office) -> None:
    store = office.store
    store.own_facts.replace("Leeds", [replace(PLACED, as_of=date(2026, 9, 1))], None, NOON)
    store.own_facts.replace("York", [replace(PLACED, people_placed=2)], None, NOON)
    immediate = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    store.subscriptions.subscribe("York", LEAD, immediate, quiet=True, now=NOON)
    office.look(3, fall("g", NOON))
    await office.deliver()
    said = texts(office)
    assert any(
        "People placed (Leeds): 7, as of 1 September 2026, 81 days old" in one
        and "People placed (York): 2, as of 1 November 2026" in one
        for one in said[LEAD]
    )
    assert all("People placed: 7, as of 1 September 2026, 81 days old" in one for one in said[OTHER])


HOOK = "webhook:https://hooks.example/all"


@pytest.mark.asyncio
@pytest.mark.parametrize("digest", [False, True], ids=["an alert", "a digest"])
async def test_own_facts_with_named_readers_are_sent_only_to_them_and_not_stored(office: Office, digest: bool) -> None:
    """Four receivers get the messages about one fall: a person who may read the own facts, a person who may not, a person whose
    access has ended, and a webhook."""
    store, ended = office.store, "mailto:ended@council.example"
    wishes = Wishes(when=When.DAILY if digest else When.IMMEDIATE, at=time(7, 30), day="mon")
    for address in (LEAD, OTHER, ended, HOOK):
        store.subscriptions.subscribe("Leeds", address, wishes, quiet=True, now=NOON)
    people = [store.people.invite(one.partition(":")[2], Role.READER, None, NOON) for one in (LEAD, ended)]
    store.own_facts.set_readers("Leeds", [one.email for one in people], None, NOON)
    store.people.end(people[1].id, None, NOON)
    office.look(3, replace(fall("f", NOON), item=f"{HOME}/later"))
    await office.deliver()
    await office.deliver(after=timedelta(days=1))
    said = {address: " ".join(found) for address, found in texts(office).items() if address != YORK}
    assert {address: "People placed: 7" in text for address, text in said.items()} == {
        LEAD: True, OTHER: False, ended: False, HOOK: False
    }  # fmt: skip
    assert {address: "7 people are placed at this service" in text for address, text in said.items()} == {
        LEAD: True, OTHER: False, ended: False, HOOK: False
    }  # fmt: skip
    kept = [store.subscriptions.said(message) for _, message, _ in office.postman.given]
    assert len(kept) >= 4 and all(kept) and not any("placed" in str(one) or "Jane" in str(one) for one in kept)


def test_a_subscriber_who_may_not_read_the_own_facts_gets_all_messages(office: Office) -> None:
    """If some messages were left out, the subscriber could conclude from this how many people are placed."""
    store = office.store
    lead = store.people.invite(LEAD.partition(":")[2], Role.READER, None, NOON)
    immediate = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon", only_placed=True)
    for address in (LEAD, OTHER):
        store.subscriptions.subscribe("Leeds", address, immediate, quiet=True, now=NOON)
    store.own_facts.replace("Leeds", [replace(PLACED, people_placed=0)], None, NOON)
    store.own_facts.set_readers("Leeds", [lead.email], None, NOON)
    office.look(3, replace(fall("less", NOON), to="requires improvement"))
    notice = table(NoticeRow)
    with reading(store.engine) as connection:
        query = select(notice.c.subscription_id).where(notice.c.event_id == "less").order_by(notice.c.subscription_id)
        owed = connection.execute(query).scalars().all()
    assert owed == [2, 3]  # the subscription of OTHER, and that of York, which does not have `only_placed`


@pytest.mark.asyncio
async def test_a_webhook_gets_the_open_case_of_the_service(office: Office) -> None:
    sent: list[object] = []
    office.postman.see = lambda address, message: sent.append(message.data) if address == HOOK else None
    store = office.store
    immediate = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    store.subscriptions.subscribe("Leeds", HOOK, immediate, quiet=True, now=NOON)
    priya = store.people.invite("priya@council.example", Role.EDITOR, None, NOON)
    case = store.cases.open_at([HOME])[HOME]
    store.cases.act({case.id: case.version}, Assign(owner=priya.id, due=date(2026, 12, 3)), priya.id, NOON)
    office.look(3, replace(fall("f", NOON), item=f"{HOME}/later"))
    await office.deliver()
    ((data,), next_due) = sent, store.cases.open_at([HOME])[HOME].next_due
    assert isinstance(data, dict) and next_due is not None
    assert data["services"][HOME]["case"] == {
        "id": case.id, "state": "in hand", "owner": "priya@council.example",
        "due": "2026-12-03", "next_due": next_due.isoformat(),
    }  # fmt: skip
