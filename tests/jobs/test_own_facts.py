"""What a council itself knows about a service, in the messages of those who are subscribed to its watchlist."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from monitor.model import When
from monitor.own_facts import OwnFacts
from monitor.store import open_store
from monitor.store.database import reading
from monitor.store.subscriptions import Wishes
from monitor.store.tables import NoticeRow, table
from monitor.store.vault import Vault
from tests.jobs.office import HOME, LEAD, NOON, OTHER, Office, fall

PLACED = OwnFacts(location_id=HOME, people_placed=7, contract_officer="Jane Doe", as_of=date(2026, 11, 1))
YORK = "mailto:york@council.example"


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Leeds has two people who are alerted at once; York, with facts of its own about the same service, has one daily digest."""
    store = open_store(database, Vault("a secret"))
    office = Office(store)
    store.services.watch("York", [HOME], NOON)
    daily = Wishes(when=When.DAILY, at=time(7, 30), day="mon")
    store.subscriptions.subscribe("York", YORK, daily, quiet=True, now=NOON)
    store.own_facts.replace("Leeds", [PLACED], None, NOON)
    yield office
    store.close()


def texts(office: Office) -> dict[str, list[str]]:
    """The texts of all messages, by address, in single spaces."""
    found: dict[str, list[str]] = {}
    for (address, _), text in zip(office.postman.subjects, office.postman.texts, strict=True):
        found.setdefault(address, []).append(" ".join(text.split()))
    return found


@pytest.mark.asyncio
async def test_an_alert_says_them_to_subscribers_of_the_watchlist_alone(office: Office) -> None:
    office.look(3, replace(fall("f", NOON), item=f"{HOME}/later"))
    await office.deliver()
    await office.deliver(after=timedelta(days=1))
    said = texts(office)
    assert "People placed: 7, as of 1 November 2026 Contract officer: Jane Doe" in said[LEAD][0] == said[OTHER][0]
    assert said[YORK] and not any("placed" in one or "Jane" in one for one in said[YORK])


def test_a_subscription_to_where_people_are_placed_gets_all_but_what_is_known_to_have_nobody(office: Office) -> None:
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
async def test_old_facts_are_said_to_be_old_and_two_watchlists_are_told_apart(office: Office) -> None:
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
