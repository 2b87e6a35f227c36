"""Tests that a severe event that nobody acknowledges is sent once to the watchlist's second address."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from monitor.app import build
from monitor.settings import load
from monitor.store import Store
from monitor.store.happened import Wanted
from tests.conftest import World
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, done, give_second_address, served
from tests.web.test_subscriptions import HOME, WATCHLIST, client_of, fall

SECOND = "second@council.example"
DAY = timedelta(hours=24)


@pytest.fixture
def fallen_home(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor with one service, on a watchlist with a second address. The service has fallen and entered special
    measures."""
    monkeypatch.setenv("PUBLIC_URL", "https://monitor.council.example")
    service = Service(location_id=HOME, name="Larch Grove")
    world.site.add([service])
    done(world, "watch", "add", WATCHLIST, HOME)
    done(world, "subscribe", WATCHLIST, "mailto:lead@council.example", "--quiet")
    done(world, "check")
    fall(service)
    done(world, "check")
    done(world, "deliver")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            give_second_address(pages, WATCHLIST, f"mailto:{SECOND}")
            yield pages
    finally:
        app.store.close()


def settle(pages: Pages, later: timedelta, after: timedelta | None = DAY) -> int:
    """Queues the escalations that are due, as the daemon does each second, at a time that is `later` than now. Returns the number
    of new messages."""
    return pages.app.store.escalations.settle(pages.clock() + later, after, None)


def worst(store: Store) -> list[str]:
    return [one.id for one, _ in store.happened.newest(Wanted(), 100) if one.worst]


def acknowledge(pages: Pages, ids: list[str]) -> None:
    pages.app.store.acknowledgements.acknowledge(ids, pages.people["editor"].id, "strategy meeting held", pages.clock())


def test_an_unacknowledged_severe_event_is_sent_to_the_second_address_once(fallen_home: Pages, world: World) -> None:
    assert settle(fallen_home, DAY - timedelta(minutes=5)) == 0
    assert [settle(fallen_home, timedelta(), timedelta()) for _ in range(3)] == [1, 0, 0]
    done(world, "deliver")
    (mail,) = world.mail.to(SECOND)
    assert mail.subject.startswith("Nobody has acknowledged: Inadequate") and mail.subject.endswith(": Larch Grove")
    assert "second address of the watchlist North team" in mail.text and "/events/" in mail.text
    assert "List-Unsubscribe" not in mail.message
    with client_of(fallen_home, "reader") as client:
        assert f"{SECOND}</th>" in client.get(f"/events/{worst(fallen_home.app.store)[0]}").text


def test_several_workers_send_an_escalation_once(fallen_home: Pages) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(lambda _: settle(fallen_home, DAY), range(8)))
    assert sum(made) == 1


def test_an_acknowledged_event_is_not_escalated(fallen_home: Pages) -> None:
    acknowledge(fallen_home, worst(fallen_home.app.store))
    assert settle(fallen_home, 10 * DAY) == 0


def test_an_escalation_is_not_sent_if_the_event_is_acknowledged_while_the_message_waits(fallen_home: Pages, world: World) -> None:
    assert settle(fallen_home, DAY) == 1
    ids = worst(fallen_home.app.store)
    assert len(ids) == 2
    acknowledge(fallen_home, ids[:1])
    assert any(one.kind == "escalation" and one.state == "pending" for one in fallen_home.app.store.dead_letters.unsent())
    acknowledge(fallen_home, ids[1:])
    done(world, "deliver")
    assert world.mail.to(SECOND) == []
    assert fallen_home.app.store.delivery_log.since()[-1].reply == "its events were acknowledged before it was sent"


def test_the_time_to_escalate_a_reopened_event_begins_when_it_is_reopened(fallen_home: Pages, world: World) -> None:
    store = fallen_home.app.store
    first, *_ = worst(store)
    acknowledge(fallen_home, worst(store))
    store.acknowledgements.reopen(first, fallen_home.people["editor"].id, fallen_home.clock() + 10 * DAY)
    assert settle(fallen_home, 10 * DAY + timedelta(hours=1)) == 0
    assert [settle(fallen_home, 11 * DAY + timedelta(minutes=1)) for _ in range(2)] == [1, 0]
    done(world, "deliver")
    assert len(world.mail.to(SECOND)) == 1


def test_an_event_from_a_time_without_escalation_is_never_escalated(fallen_home: Pages) -> None:
    assert settle(fallen_home, timedelta(), None) == 0
    assert settle(fallen_home, 30 * DAY) == 0


def test_events_of_a_watchlist_without_a_second_address_are_not_escalated(fallen_home: Pages) -> None:
    keeper = fallen_home.people["editor"].id
    fallen_home.app.store.watchlists.change(
        WATCHLIST, new_name=WATCHLIST, owner=keeper, second_address=None, person=keeper, now=fallen_home.clock()
    )
    assert settle(fallen_home, DAY) == 0


@pytest.mark.parametrize(("value", "after"), [("none", None), ("0s", None), ("90m", timedelta(minutes=90))])
def test_the_time_to_escalate_is_a_setting(
    value: str, after: timedelta | None, monkeypatch: pytest.MonkeyPatch, alone: object
) -> None:
    monkeypatch.setenv("ESCALATE_AFTER", value)
    assert load().escalate_after == after


def test_an_escalation_is_shown_as_a_page_and_is_in_the_delivery_log(fallen_home: Pages, world: World) -> None:
    settle(fallen_home, timedelta(), timedelta())
    done(world, "deliver")
    (told,) = fallen_home.app.store.delivery_log.since()[-1:]
    assert (told.kind, told.watchlists) == ("escalation", (WATCHLIST,))
    with client_of(fallen_home, "reader") as client:
        assert "Larch Grove" in client.get(f"/messages/{told.message_id}").text
