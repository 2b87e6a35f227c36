"""Tests ending a person's access (S2-6 of the security review). The operator decides what happens to the subscriptions for the
person's mailbox, and to the subscriptions that the person made."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Browser

from monitor.app import build
from monitor.rota import Rota, Turn
from monitor.settings import load
from monitor.store.unsubscribed import UNDO
from tests.conftest import World
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, opened, run, served
from tests.web.test_subscriptions import FORM, HOME, WATCHLIST, fall

LEAVER, OTHER, ON_CALL = "editor@council.example", "reader@council.example", "on-call@council.example"


@pytest.fixture
def service() -> Service:
    return Service(location_id=HOME, name="Larch Grove")


@pytest.fixture
def left(world: World, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor with an editor who will leave. The editor has two subscriptions to one watchlist, for a mailbox and
    for a channel in Slack. Nobody else has a subscription. The welcome messages have been sent."""
    monkeypatch.setenv("OPERATOR", f"mailto:{ON_CALL}")
    world.site.add([service])
    done(world, "watch", "add", WATCHLIST, HOME)
    done(world, "check")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            with pages.client("editor") as editor:
                for channel, address in (("mailto", LEAVER), ("slack", f"http://{world.slack.host}/services/T0/B0/secret")):
                    answer = editor.post("/subscriptions", data=FORM | {"channel": channel, "address": address})
                    assert answer.status_code == 303, answer.text
            done(world, "deliver")
            yield pages
    finally:
        app.store.close()


def numbers(pages: Pages) -> tuple[int, int]:
    """Returns the id of the mailbox's subscription, and the id of the Slack channel's subscription."""
    mail, slack = sorted((one.subscription for one in pages.app.store.subscriptions.all()), key=lambda one: one.address)
    return mail.id, slack.id


def receivers(pages: Pages) -> set[tuple[str, str | None]]:
    """Returns, for each subscription, its email address or the kind of its channel, and who made it."""
    held = pages.app.store.subscriptions.all()
    return {(one.subscription.address.split(":http")[0].removeprefix("mailto:"), one.made_by) for one in held}


def end(pages: Pages, *decisions: str) -> httpx.Response:
    with pages.client("operator") as operator:
        return operator.post(f"/people/{pages.people['editor'].id}/end", data={"decision": decisions})


def is_signed_out(pages: Pages) -> bool:
    person = pages.app.store.people.find(LEAVER)
    return person is not None and person.ended_at is not None


def test_s2_6_the_page_that_ends_access_asks_about_each_subscription(
    left: Pages, browser: Browser, world: World, service: Service
) -> None:
    mail, slack = numbers(left)
    store, now = left.app.store, left.clock()
    store.rotas.save(WATCHLIST, Rota(turns=(Turn(address=f"mailto:{LEAVER}"),)), None, now)
    store.watchlists.change(
        WATCHLIST, new_name=WATCHLIST, owner=None, second_address=f"mailto:{LEAVER}", person=left.people["operator"].id, now=now
    )
    with opened(browser, left) as page:
        left.sign_in(page, "operator")
        page.goto("/people")
        page.get_by_role("link", name=f"End access of {LEAVER}").click()
        assert page.get_by_text("It is the last subscription of the watchlist.").count() == 2
        said = page.inner_text("main")
        assert f"on the rota of {WATCHLIST}" in said and f"the second address of {WATCHLIST}" in said
        assert_usable(page)
        page.get_by_role("button", name="End access").click()
        assert page.get_by_role("alert").get_by_role("link").count() == 2
        assert_usable(page)
        assert not is_signed_out(left)
        page.locator(f"#decision-{mail}").select_option(label=f"Hand it over to {OTHER}")
        page.locator(f"#decision-{slack}").select_option("Keep it as it is")
        page.get_by_role("button", name="End access").click()
        assert "can no longer sign in" in page.inner_text("main")
    assert is_signed_out(left) and receivers(left) == {(OTHER, OTHER), ("slack", LEAVER)}
    done(world, "deliver")
    assert "can no longer sign in" in world.mail.to(LEAVER)[-1].subject
    before = len(world.mail.to(LEAVER))
    fall(service)
    done(world, "check")
    done(world, "deliver")
    assert len(world.mail.to(LEAVER)) == before
    welcome, alert = world.mail.to(OTHER)
    assert WATCHLIST in welcome.text and "special measures" in alert.subject


def test_s2_6_if_one_answer_is_missing_or_wrong_nothing_is_ended(left: Pages) -> None:
    mail, slack = numbers(left)
    for decisions in ((f"{mail}:end",), (f"{mail}:end", f"{slack}:"), (f"{mail}:end", f"{slack}:whatever"), ()):
        answer = end(left, *decisions)
        assert answer.status_code == 422 and "Choose what happens to" in answer.text
    nobody, leaver = 999_999, left.people["editor"].id
    assert [end(left, f"{mail}:{one}", f"{slack}:keep").status_code for one in (nobody, leaver)] == [422, 422]
    assert not is_signed_out(left) and receivers(left) == {(LEAVER, LEAVER), ("slack", LEAVER)}


def test_s2_6_the_operator_is_alerted_when_the_last_subscriptions_of_a_watchlist_end(left: Pages, world: World) -> None:
    mail, slack = numbers(left)
    assert end(left, f"{mail}:end", f"{slack}:end").status_code == 303
    done(world, "deliver")
    (told,) = world.mail.to(ON_CALL)
    assert receivers(left) == set() and "nobody is alerted" in told.subject


@pytest.mark.usefixtures("each_database")
def test_s2_6_waiting_messages_are_sent_to_the_person_who_takes_over(left: Pages, world: World, service: Service) -> None:
    mail, slack = numbers(left)
    before = len(world.mail.to(LEAVER))
    left.app.store.subscriptions.pause(mail, left.people["editor"], left.clock() + timedelta(days=30), left.clock())
    fall(service)
    done(world, "check")
    assert end(left, f"{mail}:{left.people['reader'].id}", f"{slack}:{left.people['reader'].id}").status_code == 303
    assert receivers(left) == {(OTHER, OTHER), ("slack", OTHER)}
    done(world, "deliver")
    (told,) = world.mail.to(LEAVER)[before:]
    assert "can no longer sign in" in told.subject and "Larch Grove" not in told.text
    assert any("Larch Grove: Inadequate" in one.subject for one in world.mail.to(OTHER))


def test_s2_6_a_person_who_is_already_alerted_gets_no_second_subscription(left: Pages, world: World) -> None:
    mail, slack = numbers(left)
    done(world, "subscribe", WATCHLIST, f"mailto:{OTHER}", "--quiet")
    (theirs,) = {one.subscription.id for one in left.app.store.subscriptions.all()} - {mail, slack}
    assert end(left, f"{mail}:{left.people['reader'].id}", f"{slack}:keep", f"{theirs}:keep").status_code == 303
    assert receivers(left) == {(OTHER, None), ("slack", LEAVER)}


def test_s2_6_the_command_line_asks_about_each_subscription_too(left: Pages, world: World) -> None:
    status, out, err = run(world, "end-access", LEAVER)
    assert (status, out) == (2, "") and err.count("\n") == 1
    assert f"{LEAVER} to {WATCHLIST}" in err and "--hand-over-to ADDRESS" in err
    status, _, err = run(world, "end-access", LEAVER, "--end-subscriptions")
    assert status == 2 and "--even-the-last" in err and not is_signed_out(left)
    for wrong in (LEAVER, "nobody@council.example"):
        assert run(world, "end-access", LEAVER, "--hand-over-to", wrong)[0] == 2
    left.app.store.rotas.save(WATCHLIST, Rota(turns=(Turn(address=f"mailto:{LEAVER}"),)), None, left.clock())
    said = done(world, "end-access", LEAVER, "--hand-over-to", OTHER)
    assert "handed over to" in said and f"The rota of {WATCHLIST}" in said
    assert is_signed_out(left) and receivers(left) == {(OTHER, OTHER), ("slack", OTHER)}
    assert run(world, "end-access", LEAVER, "--keep-subscriptions")[0] == 2  # access has already ended
    done(world, "end-access", OTHER, "--end-subscriptions", "--even-the-last")
    assert receivers(left) == set()
    done(world, "end-access", "operator@council.example")  # without subscriptions, no option is needed


def test_waiting_messages_are_kept_when_the_person_who_takes_over_has_waiting_messages_too(
    left: Pages, world: World, service: Service
) -> None:
    mail, slack = numbers(left)
    with left.client("editor") as editor:
        editor.post("/subscriptions", data=FORM | {"channel": "mailto", "address": OTHER})
    fall(service)
    done(world, "check")
    done(world, "check")
    (theirs,) = {one.subscription.id for one in left.app.store.subscriptions.all()} - {mail, slack}
    assert end(left, f"{mail}:{left.people['reader'].id}", f"{slack}:keep", f"{theirs}:keep").status_code == 303
    done(world, "deliver")
    told = " ".join(one.subject + one.text for one in world.mail.to(OTHER))
    assert "You will get a message as soon as" in told and "entered special measures" in told.lower()


def restored(pages: Pages, who: str = "operator") -> httpx.Response:
    with pages.client(who) as client:
        return client.post(f"/people/{pages.people['editor'].id}/restore")


@pytest.mark.usefixtures("each_database")
def test_ended_access_is_restored_together_with_its_subscriptions(left: Pages, world: World, service: Service) -> None:
    mail, slack = numbers(left)
    assert restored(left).status_code == 404, "the access has not ended"
    assert end(left, f"{mail}:end", f"{slack}:end").status_code == 303
    done(world, "deliver")
    told = world.mail.to(LEAVER)[-1]
    assert told.subject == "You can no longer sign in to the CQC monitor"
    assert "operator@council.example has ended" in told.text and WATCHLIST in told.text and "/undo/" not in told.text
    fall(service)
    done(world, "check")
    assert restored(left, "reader").status_code == 403
    assert restored(left).status_code == 303
    assert not is_signed_out(left) and numbers(left) == (mail, slack)
    assert receivers(left) == {(LEAVER, LEAVER), ("slack", LEAVER)}
    done(world, "deliver")
    assert "special measures" in world.mail.to(LEAVER)[-1].subject, "the alert that the editor missed"
    assert restored(left).status_code == 404, "access can be restored only once"


def test_access_that_ended_long_ago_is_not_restored(left: Pages) -> None:
    mail, slack = numbers(left)
    assert end(left, f"{mail}:end", f"{slack}:end").status_code == 303
    with left.client("operator") as operator:
        assert f"/people/{left.people['editor'].id}/restore" in operator.get("/people").text
        listed = operator.get("/subscriptions").text
        assert "Ended lately" not in listed, "these subscriptions can be restored only together with the access"
    left.clock.later = UNDO
    with left.client("operator") as operator:
        assert "/restore" not in operator.get("/people").text
    assert restored(left).status_code == 404 and is_signed_out(left)
