"""Tests webhooks in the pages and on the command line (S2-3 of the security review): who sees the signing secret, how the secret
is renewed, and that an editor must approve a reader's webhook."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Browser
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from monitor.app import build
from monitor.errors import UsageError
from monitor.settings import load
from monitor.store.webhook_secrets import OVERLAP
from tests.conftest import World
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, opened, run, served

FORM = {"watchlist": "North team", "channel": "webhook", "when": "immediate", "at": "07:30", "day": "mon"}


@pytest.fixture
def watching(world: World) -> Iterator[Pages]:
    """The pages of a monitor with two watchlists, both with the same service."""
    world.site.add([Service(location_id="1-2235535718", name="Larch Grove")])
    for watchlist in ("North team", "South team"):
        done(world, "watch", "add", watchlist, "1-2235535718")
    done(world, "check")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            yield pages
    finally:
        app.store.close()


def hook(world: World) -> str:
    """Returns the address of one of the council's programs."""
    return f"webhook:http://{world.slack.host}/cqc-alerts"


def add(client: httpx.Client, world: World, watchlist: str = "North team") -> str:
    """Subscribes the webhook. Returns the path of the subscription's page."""
    answer = client.post("/subscriptions", data=FORM | {"watchlist": watchlist, "address": hook(world)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def secret_in(answer: httpx.Response) -> str:
    """Returns the secret that a page shows."""
    found = re.search(r"whsec_[\w+/=]+", answer.text)
    assert found, answer.text
    return found[0]


def verified_by(world: World, *secrets: str) -> list[bool]:
    """Returns, for each secret, whether the newest message that arrived can be verified with the secret."""
    request = world.slack.requests[-1]

    def verifies(secret: str) -> bool:
        try:
            Webhook(secret).verify(request.body, dict(request.headers))
        except WebhookVerificationError:
            return False
        return True

    return [verifies(one) for one in secrets]


@pytest.mark.usefixtures("each_database")
def test_s2_3_a_secret_is_shown_once_and_to_nobody_else(watching: Pages, world: World) -> None:
    with watching.client("editor") as editor, watching.client("reader") as reader, watching.client("operator") as operator:
        mine = add(editor, world)
        assert "whsec_" not in editor.get(mine).text
        secret = secret_in(editor.post(f"{mine}/secret"))
        theirs = add(reader, world, "South team")
        for path in (mine, theirs):  # the reader's attack: the same address on another watchlist
            assert "whsec_" not in reader.get(path).text
            assert reader.post(f"{path}/secret").status_code in {403, 404}
            assert reader.post(f"{path}/renew-secret").status_code == 403
        again = editor.post(f"{mine}/secret")
        assert again.status_code == 403 and "whsec_" not in again.text
        assert operator.post(f"{mine}/secret").status_code == 403
    done(world, "deliver")
    assert verified_by(world, secret) == [True]
    with watching.client("operator") as operator:
        assert secret not in operator.get("/audit").text


def test_s2_3_a_reader_does_not_see_messages_from_other_peoples_subscriptions(watching: Pages, world: World) -> None:
    with watching.client("editor") as editor, watching.client("reader") as reader:
        mine = add(editor, world)
        editor.post(f"{mine}/test")
        theirs = add(reader, world, "South team")
        done(world, "deliver")
        assert "Welcome" in editor.get(mine).text and "Test" in editor.get(mine).text
        seen = reader.get(theirs).text
        assert "No messages yet." in seen and "/messages/" not in seen


def test_s2_3_a_readers_webhook_waits_for_an_editor(watching: Pages, world: World, browser: Browser) -> None:
    with watching.client("reader") as reader, watching.client("editor") as editor:
        theirs = add(reader, world)
        secret = secret_in(reader.post(f"{theirs}/secret"))  # the reader added the address first
        assert "nothing until an editor approves it" in reader.get(theirs).text
        assert "Waiting for an editor" in reader.get("/subscriptions").text
        assert "Waiting for approval" not in reader.get("/subscriptions").text
        assert [reader.post(f"{theirs}/{action}").status_code for action in ("test", "approve")] == [403, 403]
        done(world, "deliver")
        assert world.slack.requests == []
        with opened(browser, watching) as page:
            watching.sign_in(page, "editor")
            page.goto("/subscriptions")
            assert_usable(page)
            assert "reader@council.example" in page.get_by_role("table", name="Webhooks waiting for approval").inner_text()
            page.get_by_role("button", name="Approve").click()
            assert "is now alerted about North team" in page.inner_text("main")
            assert page.get_by_text("Waiting for approval").count() == 0
            watching.sign_in(page, "operator")
            page.goto(theirs)
            page.get_by_role("button", name="Renew the secret").click()
            assert page.locator("#secret").inner_text().startswith("whsec_")
            assert_usable(page)
        assert editor.post(f"{theirs}/approve").status_code == 409
        done(world, "deliver")
        assert len(world.slack.requests) == 1
    assert verified_by(world, secret) == [True]


def test_s2_3_a_readers_webhook_is_approved_if_an_editor_adds_the_same_webhook(watching: Pages, world: World) -> None:
    with watching.client("reader") as reader, watching.client("editor") as editor:
        add(reader, world)
        answer = editor.post("/subscriptions", data=FORM | {"address": hook(world)})
        assert answer.status_code == 303, answer.text
    (one,) = watching.app.store.subscriptions.all()
    assert one.subscription.confirmed
    done(world, "deliver")
    assert len(world.slack.requests) == 1


def test_s2_3_an_address_that_is_added_again_gets_a_new_secret(watching: Pages, world: World) -> None:
    with watching.client("reader") as reader, watching.client("editor") as editor:
        path = add(reader, world)
        known = secret_in(reader.post(f"{path}/secret"))
        assert editor.post(f"{path}/end").status_code == 303
        assert secret_in(editor.post(f"{add(editor, world)}/secret")) != known


def test_s2_3_a_webhook_can_also_be_approved_on_the_command_line(watching: Pages, world: World) -> None:
    with watching.client("reader") as reader:
        add(reader, world)
    done(world, "subscribe", "North team", hook(world))
    done(world, "test", hook(world))
    (held,) = watching.app.store.subscriptions.all()
    assert held.subscription.confirmed and held.made_by == "reader@council.example"


def test_s2_3_an_editor_cannot_confirm_a_subscription_for_a_mailbox(watching: Pages) -> None:
    with watching.client("reader") as reader, watching.client("editor") as editor:
        form = FORM | {"channel": "mailto", "address": "lead@council.example"}
        assert reader.post("/subscriptions", data=form).status_code == 303
        (held,) = watching.app.store.subscriptions.all()
        assert editor.post(f"/subscriptions/{held.subscription.id}/approve").status_code == 409
        assert editor.post(f"/subscriptions/{held.subscription.id}/renew-secret").status_code == 403
    assert not watching.app.store.subscriptions.all()[0].subscription.confirmed


@pytest.mark.usefixtures("each_database")
def test_s2_3_the_earlier_secret_is_used_together_with_a_renewed_secret_for_a_while(watching: Pages, world: World) -> None:
    with watching.client("editor") as editor, watching.client("operator") as operator:
        mine = add(editor, world)
        first = secret_in(editor.post(f"{mine}/secret"))
        second = secret_in(operator.post(f"{mine}/renew-secret"))
        assert "whsec_" not in operator.get(mine).text
    done(world, "test", hook(world))
    assert verified_by(world, first, second) == [True, True]
    store, now = watching.app.store.webhook_secrets, watching.clock()
    assert store.signing(hook(world), now) == (second, first)
    assert store.signing(hook(world), now + OVERLAP + timedelta(seconds=1)) == (second,)


def test_s2_3_an_address_from_an_older_version_keeps_its_derived_secret_until_renewal(watching: Pages, world: World) -> None:
    store, vault = watching.app.store, watching.app.store.vault
    derived = vault.derived_secret(hook(world))
    done(world, "subscribe", "North team", hook(world), "--quiet")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE webhook_secret SET secret = NULL")  # as the migration leaves it
    done(world, "test", hook(world))
    assert verified_by(world, derived) == [True]
    assert done(world, "webhook-secret", hook(world)).strip() == derived
    status, out, err = run(world, "webhook-secret", hook(world), "--renew")
    renewed = out.strip()
    assert status == 0 and renewed.startswith("whsec_") and renewed != derived and "Give the receiver this secret" in err
    done(world, "test", hook(world))
    assert verified_by(world, derived, renewed) == [True, True]


def test_s2_3_secrets_are_random_encrypted_and_limited_in_number(watching: Pages, world: World) -> None:
    store, now = watching.app.store, watching.clock()
    other = hook(world) + "/other"
    found = {one: store.webhook_secrets.show(one, now) for one in (hook(world), other)}
    assert len(set(found.values()) | {store.vault.derived_secret(one) for one in found}) == 4
    with store.engine.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM webhook_secret").all())
    assert not any(one.removeprefix("whsec_") in rows for one in found.values())
    for _ in range(4):
        store.webhook_secrets.renew(other, None, now)
    with pytest.raises(UsageError, match="renewed 4 times within 7 days"):
        store.webhook_secrets.renew(other, None, now)
    store.webhook_secrets.renew(other, None, now + OVERLAP)


def test_the_command_webhook_secret_refuses_an_address_that_is_not_a_webhook(world: World) -> None:
    status, out, err = run(world, "webhook-secret", "mailto:lead@council.example")
    assert (status, out) == (2, "") and "only webhooks have a signing secret" in err and err.count("\n") == 1
