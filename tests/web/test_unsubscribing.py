"""Tests unsubscribing with the link in a message, and restoring subscriptions (S2-4 of the security review). A forwarded alert
also contains the link, so anybody may use it."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser

from monitor.app import build
from monitor.http import trusted
from monitor.settings import load
from monitor.store.unsubscribed import UNDO
from tests.conftest import World
from tests.programs import PATIENCE
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, opened, served
from tests.web.test_subscriptions import FORM, HOME, WATCHLIST, fall, link_in

LEAD, COLLEAGUE, KEEPER, ON_CALL = (f"{one}@council.example" for one in ("lead", "colleague", "editor", "on-call"))


@pytest.fixture
def service() -> Service:
    return Service(location_id=HOME, name="Larch Grove")


@pytest.fixture
def watching(world: World, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor that alerts the lead and a colleague about one service. The welcome messages have been sent."""
    monkeypatch.setenv("PUBLIC_URL", "https://monitor.council.example")
    monkeypatch.setenv("OPERATOR", f"mailto:{ON_CALL}")
    world.site.add([service])
    done(world, "watch", "add", WATCHLIST, HOME)
    for one in (COLLEAGUE, LEAD):
        done(world, "subscribe", WATCHLIST, f"mailto:{one}")
    done(world, "check")
    done(world, "deliver")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            yield pages
    finally:
        app.store.close()


def leave(pages: Pages, world: World, address: str = LEAD) -> None:
    """Unsubscribes as a mail program does, with the one-click link in the welcome message and without a session."""
    link = link_in(world.mail.to(address)[0].text, "unsubscribe")
    answer = httpx.post(pages.url + link, data={"List-Unsubscribe": "One-Click"}, verify=trusted(), timeout=PATIENCE)
    assert answer.status_code == 200
    done(world, "deliver")


def undo_link(world: World, address: str = LEAD) -> str:
    return link_in(world.mail.to(address)[-1].text, "undo")


def subscribed(pages: Pages) -> set[str]:
    return {one.subscription.address.removeprefix("mailto:") for one in pages.app.store.subscriptions.all()}


def test_s2_4_the_address_and_the_operator_get_a_message_and_the_address_can_resubscribe(
    watching: Pages, world: World, service: Service, browser: Browser
) -> None:
    before = {one.subscription.id: one for one in watching.app.store.subscriptions.all()}
    leave(watching, world)
    assert subscribed(watching) == {COLLEAGUE}
    (_, last) = world.mail.to(LEAD)
    assert "no longer get alerts" in last.subject and "List-Unsubscribe" not in last.message
    (told,) = world.mail.to(ON_CALL)
    assert f"{LEAD} has left the watchlist {WATCHLIST}" in told.subject and "even if the message was forwarded" in told.text
    fall(service)
    done(world, "check")
    done(world, "subscribe", WATCHLIST, "mailto:new@council.example", "--quiet")  # must get a new id
    with opened(browser, watching) as page:
        page.goto(undo_link(world))
        assert_usable(page)
        assert subscribed(watching) == {COLLEAGUE, "new@council.example"}  # mail scanners open links
        page.get_by_role("button", name="Get these alerts again").click()
        assert "is alerted as before" in page.inner_text("main")
        assert_usable(page)
        page.goto(undo_link(world))
        assert "used before" in page.inner_text("h1")
        assert_usable(page)
    after = {one.subscription.id: one for one in watching.app.store.subscriptions.all()}
    assert before.items() <= after.items()
    done(world, "deliver")
    assert "special measures" in world.mail.to(LEAD)[-1].subject  # the missed alert
    leave(watching, world)  # the link in the first message still works
    assert subscribed(watching) == {COLLEAGUE, "new@council.example"}


@pytest.mark.usefixtures("each_database")
def test_s2_4_undoing_restores_waiting_messages_and_sends_nothing_twice(watching: Pages, world: World, service: Service) -> None:
    fall(service)
    done(world, "check")
    token = link_in(world.mail.to(LEAD)[0].text, "unsubscribe")
    httpx.post(watching.url + token, verify=trusted(), timeout=PATIENCE)  # before the alert is sent
    done(world, "deliver")
    assert [one for one in world.mail.to(LEAD) if "special measures" in one.subject] == []
    path = undo_link(world)
    with watching.client() as client:
        answers = [client.post(path).text for _ in range(2)]
    assert "You get these alerts again" in answers[0] and "used before" in answers[1]
    for _ in range(2):
        done(world, "deliver")
    assert len([one for one in world.mail.to(LEAD) if "special measures" in one.subject]) == 1


def test_s2_4_the_undo_link_works_for_fourteen_days(watching: Pages, world: World) -> None:
    leave(watching, world)
    (batch,) = kept(watching)
    watching.clock.later = UNDO + timedelta(minutes=1)
    with watching.client() as client:
        assert "no longer valid" in client.get(undo_link(world)).text
        assert "no longer valid" in client.post(undo_link(world)).text
        assert client.post(undo_link(world)[:-2] + "xx").status_code == 404
        token = urlsplit(watching.app.links.unsubscribe(f"mailto:{LEAD}", [1])).path.rpartition("/")[2]
        assert client.post(f"/undo/{token}").status_code == 404  # a link works only for its purpose
    assert subscribed(watching) == {COLLEAGUE}
    watching.clock.later = 2 * UNDO + timedelta(minutes=1)
    leave(watching, world, COLLEAGUE)
    assert batch not in kept(watching) and len(kept(watching)) == 1  # batches that can't be restored are deleted


def kept(pages: Pages) -> list[str]:
    """Returns the ids of the batches of subscriptions that can be restored."""
    with pages.app.store.engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT batch FROM ended_subscription").scalars())


def test_s2_4_without_an_operator_the_watchlists_owner_or_every_editor_gets_a_message(
    watching: Pages, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = watching.app
    app.operator = None
    leave(watching, world, COLLEAGUE)
    assert len(world.mail.to(KEEPER)) == len(world.mail.to("operator@council.example")) == 1
    assert world.mail.to("reader@council.example") == world.mail.to(ON_CALL) == []
    owner, now = watching.people["editor"], watching.clock()
    app.store.watchlists.change(WATCHLIST, new_name=WATCHLIST, owner=owner.id, second_address=None, person=owner.id, now=now)
    leave(watching, world)
    told = world.mail.to(KEEPER)[-1]
    assert "nobody is alerted" in told.subject and "that link restores the subscription" in told.text
    assert len(world.mail.to("operator@council.example")) == 1


def test_s2_4_undoing_changes_neither_a_new_subscription_nor_a_deleted_watchlist(
    watching: Pages, world: World
) -> None:
    leave(watching, world)
    done(world, "subscribe", WATCHLIST, f"mailto:{LEAD}", "--when", "daily", "--quiet")
    with watching.client() as client:
        assert "You get these alerts again" in client.post(undo_link(world)).text
        (again,) = [one.subscription for one in watching.app.store.subscriptions.all() if LEAD in one.subscription.address]
        assert again.when == "daily"
        leave(watching, world, COLLEAGUE)
        person = watching.people["editor"].id
        watching.app.store.watchlists.delete(WATCHLIST, person=person, now=watching.clock(), operator=None)
        assert "These watchlists no longer exist" in client.post(undo_link(world, COLLEAGUE)).text
    assert subscribed(watching) == set()


def test_s2_4_an_address_that_never_confirmed_gets_no_last_message(watching: Pages, world: World) -> None:
    asked = "trust@trust.example"
    with watching.client("reader") as reader:
        for name, value in list(reader.cookies.items()):
            reader.cookies.set(f"__Host-{name}", value)
        form = {"watchlist": WATCHLIST, "channel": "mailto", "address": asked, "when": "daily", "at": "07:30", "day": "mon"}
        assert reader.post("/subscriptions", data=form).status_code == 303
    done(world, "deliver")
    (number,) = [one.subscription.id for one in watching.app.store.subscriptions.all() if asked in one.subscription.address]
    link = watching.app.links.unsubscribe(f"mailto:{asked}", [number])
    httpx.post(watching.url + urlsplit(link).path, verify=trusted(), timeout=PATIENCE)
    done(world, "deliver")
    assert len(world.mail.to(asked)) == 1 and asked not in subscribed(watching)


def test_undoing_confirms_a_subscription_that_was_added_again_and_sends_the_missed_alerts(
    watching: Pages, world: World, service: Service
) -> None:
    """The undo link was sent to the mailbox itself, so a person who uses this link need not confirm the address again."""
    leave(watching, world)
    fall(service)
    done(world, "check")
    done(world, "check")
    with watching.client("editor") as editor:
        editor.post("/subscriptions", data=FORM | {"channel": "mailto", "address": LEAD})
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = httpx.post(watching.url + undo_link(world), headers=headers, verify=trusted(), timeout=PATIENCE)
    assert answer.status_code == 200 and "You get these alerts again" in answer.text
    (mine,) = (one for one in watching.app.store.subscriptions.all() if one.subscription.address == f"mailto:{LEAD}")
    assert mine.subscription.confirmed
    done(world, "deliver")
    assert any("special measures" in mail.text.lower() for mail in world.mail.to(LEAD)[2:])
