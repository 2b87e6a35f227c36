"""Tests what happens when somebody ends another person's subscription in the pages. The page asks for confirmation, the
subscription's address gets a message, and the subscription can be restored."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from monitor.app import build
from monitor.settings import load
from monitor.store.people import Role
from monitor.store.unsubscribed import UNDO
from tests.conftest import World
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, opened, served
from tests.web.test_subscriptions import HOME, WATCHLIST, fall

LEAD, COLLEAGUE, KEEPER = (f"{one}@council.example" for one in ("lead", "colleague", "editor"))


@pytest.fixture
def service() -> Service:
    return Service(location_id=HOME, name="Larch Grove")


@pytest.fixture
def watching(world: World, service: Service) -> Iterator[Pages]:
    """The pages of a monitor that alerts the lead and a colleague about one service."""
    world.site.add([service])
    done(world, "watch", "add", WATCHLIST, HOME)
    for one in (COLLEAGUE, LEAD):
        done(world, "subscribe", WATCHLIST, f"mailto:{one}", "--quiet")
    done(world, "check")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            yield pages
    finally:
        app.store.close()


def subscribed(pages: Pages) -> set[str]:
    return {one.subscription.address.removeprefix("mailto:") for one in pages.app.store.subscriptions.all()}


def number_of(pages: Pages, address: str) -> int:
    held = (one.subscription for one in pages.app.store.subscriptions.all())
    return next(one.id for one in held if one.address == f"mailto:{address}")


def restore_all(pages: Pages, who: str) -> list[int]:
    """Restores all subscriptions that the person's page offers. Returns the status of each answer."""
    with pages.client(who) as client:
        offered = re.findall(r'action="(/subscriptions/ended/[^"]+)"', client.get("/subscriptions").text)
        return [client.post(path).status_code for path in offered]


def test_an_editor_ends_and_restores_a_colleagues_subscription(
    watching: Pages, browser: Browser, world: World, service: Service
) -> None:
    with opened(browser, watching) as page:
        watching.sign_in(page, "editor")
        page.goto("/subscriptions")
        page.get_by_role("link", name=f"{COLLEAGUE} to {WATCHLIST}").click()
        page.get_by_role("link", name="End this subscription").click()
        said = f"{COLLEAGUE} gets a message. It says that you, {KEEPER}, ended the subscription"
        expect(page.get_by_role("main")).to_contain_text(said)
        assert_usable(page)
        page.get_by_role("link", name="Cancel").click()
        assert COLLEAGUE in subscribed(watching)
        page.get_by_role("link", name="End this subscription").click()
        page.get_by_role("button", name="End the subscription").click()
        expect(page.get_by_role("status")).to_contain_text("is no longer alerted")
        assert subscribed(watching) == {LEAD}
        done(world, "deliver")
        told = world.mail.to(COLLEAGUE)[-1]
        assert told.subject == f"You no longer get alerts about your watchlist {WATCHLIST}"
        assert f"{KEEPER} has ended" in told.text and f"ask {KEEPER} or an operator" in told.text
        assert "/undo/" not in told.text, "only the person who ended the subscription can restore it"
        fall(service)
        done(world, "check")
        assert_usable(page)
        page.get_by_role("button", name=f"Restore {COLLEAGUE} to {WATCHLIST}").click()
        expect(page.get_by_role("status")).to_contain_text("is alerted about")
        assert page.get_by_role("button", name="Restore").count() == 0
    assert subscribed(watching) == {LEAD, COLLEAGUE}
    done(world, "deliver")
    assert "special measures" in world.mail.to(COLLEAGUE)[-1].subject, "the alert that the colleague missed"


@pytest.mark.usefixtures("each_database")
def test_only_operators_and_the_person_who_ended_a_subscription_can_restore_it_within_two_weeks(
    watching: Pages, world: World
) -> None:
    watching.people["other"] = watching.app.store.people.invite("other@council.example", Role.EDITOR, None, watching.clock())

    def end(who: str) -> None:
        with watching.client(who) as client:
            assert client.post(f"/subscriptions/{number_of(watching, COLLEAGUE)}/end").status_code == 303

    end("editor")
    assert restore_all(watching, "other") == restore_all(watching, "reader") == []
    with watching.client("operator") as operator:
        (path,) = re.findall(r'action="(/subscriptions/ended/[^"]+)"', operator.get("/subscriptions").text)
    with watching.client("other") as other:
        assert other.post(path).status_code == 404
    assert subscribed(watching) == {LEAD}
    assert restore_all(watching, "operator") == [303]
    assert subscribed(watching) == {LEAD, COLLEAGUE}
    with watching.client("editor") as editor:
        assert editor.post(path).status_code == 404, "a subscription can be restored only once"
    end("other")
    watching.clock.later = UNDO
    assert restore_all(watching, "other") == restore_all(watching, "operator") == []


def test_nobody_gets_a_message_when_people_end_their_own_subscription(watching: Pages, world: World) -> None:
    done(world, "subscribe", WATCHLIST, f"mailto:{KEEPER}", "--quiet")
    before = len(world.mail.to(KEEPER))
    with watching.client("editor") as editor:
        editor.post(f"/subscriptions/{number_of(watching, KEEPER)}/end")
    done(world, "deliver")
    assert len(world.mail.to(KEEPER)) == before
    assert restore_all(watching, "editor") == [303] and KEEPER in subscribed(watching)


def test_no_subscription_to_a_deleted_watchlist_is_restored(watching: Pages, world: World) -> None:
    with watching.client("editor") as editor:
        editor.post(f"/subscriptions/{number_of(watching, COLLEAGUE)}/end")
        editor.post(f"/watchlists/{WATCHLIST}/delete")
        (path,) = re.findall(r'action="(/subscriptions/ended/[^"]+)"', editor.get("/subscriptions").text)
        assert "Nothing was restored" in editor.post(path, follow_redirects=True).text
