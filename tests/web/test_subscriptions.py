"""Tests the pages of subscriptions: who may see a subscription, confirming, pausing, test messages, and unsubscribing with the
link in a message."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page

from monitor.app import build
from monitor.events import Kind
from monitor.http import trusted
from monitor.model import AtOnce
from monitor.settings import load
from monitor.store.happened import Wanted
from tests.conftest import World
from tests.programs import PATIENCE
from tests.simulated.services import ENTERED, Service
from tests.web.conftest import Clock, Pages, assert_usable, done, served

HOME = "1-2235535718"
WATCHLIST = "North team"
FORM = {"watchlist": WATCHLIST, "channel": "mailto", "when": "immediate", "at": "07:30", "day": "mon"}


@pytest.fixture
def service() -> Service:
    return Service(location_id=HOME, name="Larch Grove")


@pytest.fixture
def watching(world: World, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor that watches one service. The service is rated good, and nobody is alerted yet. PUBLIC_URL is
    set."""
    monkeypatch.setenv("PUBLIC_URL", "https://monitor.council.example")
    monkeypatch.setenv("OPERATOR", "mailto:on-call@council.example")
    world.site.add([service])
    done(world, "watch", "add", WATCHLIST, HOME)
    done(world, "check")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            yield pages
    finally:
        app.store.close()


def fall(service: Service) -> None:
    service.inspect(
        on=date(2026, 10, 1), published=date(2026, 11, 20), overall="Inadequate", special_measures=ENTERED, safe="Inadequate"
    )


def client_of(pages: Pages, who: str) -> httpx.Client:
    """Returns the client of a person who uses the pages at PUBLIC_URL."""
    client = pages.client(who)
    for name, value in list(client.cookies.items()):
        client.cookies.set(f"__Host-{name}", value)
    return client


def link_in(text: str, kind: str) -> str:
    """Returns the path of the first link of this kind in a message."""
    found = re.search(rf"https://monitor\.council\.example(/{kind}/[^\s>]+)", text)
    assert found, text
    return found[1]


def add(client: httpx.Client, **values: object) -> httpx.Response:
    kinds = client.get("/subscriptions").text
    every = re.findall(r'name="kinds" type="checkbox" value="([^"]+)"', kinds)
    return client.post("/subscriptions", data={"kinds": every, **FORM, **values})


def the_id(pages: Pages, address: str) -> int:
    found = [one.subscription for one in pages.app.store.subscriptions.all()]
    return next(one.id for one in found if one.address == address)


def test_a_person_can_subscribe_their_own_address_without_confirmation(watching: Pages, world: World) -> None:
    with client_of(watching, "reader") as client:
        assert add(client, address="reader@council.example").status_code == 303
    done(world, "deliver")
    (welcome,) = world.mail.to("reader@council.example")
    assert "List-Unsubscribe" in welcome.message and welcome.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert welcome.message["List-Unsubscribe"] == f"<https://monitor.council.example{link_in(welcome.text, 'unsubscribe')}>"


def test_somebody_elses_mailbox_is_asked_once_and_gets_no_alert_without_confirmation(
    watching: Pages, world: World, service: Service
) -> None:
    lead = "lead@council.example"
    with client_of(watching, "reader") as client:
        assert add(client, address=lead).status_code == 303
        done(world, "deliver")
        (asked,) = world.mail.to(lead)
        assert "reader@council.example has asked" in asked.text
        subscription = the_id(watching, f"mailto:{lead}")
        assert client.post(f"/subscriptions/{subscription}/test").status_code == 403
        client.post(f"/subscriptions/{subscription}/end")
        add(client, address=lead)  # no second question is sent
    fall(service)
    done(world, "check")
    done(world, "deliver")
    assert len(world.mail.to(lead)) == 1
    link = link_in(asked.text, "confirm")
    with watching.client() as stranger:
        assert "Do you want these alerts?" in stranger.get(link).text
        done(world, "deliver")
        assert len(world.mail.to(lead)) == 1  # opening the link does not confirm
        assert "You will get alerts" in stranger.post(link).text
        assert "There is nothing to confirm" in stranger.post(link).text
    done(world, "deliver")
    (_, welcome) = world.mail.to(lead)
    assert "Larch Grove" in welcome.text and "inadequate" in welcome.text.casefold()


def test_the_command_subscribe_confirms_the_subscription_of_a_mailbox_that_was_asked(
    watching: Pages, world: World, service: Service
) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="lead@council.example")
    done(world, "subscribe", WATCHLIST, "mailto:lead@council.example")
    fall(service)
    done(world, "check")
    done(world, "deliver")
    assert any(mail.subject.startswith("Inadequate") for mail in world.mail.to("lead@council.example"))


def test_a_reader_cannot_open_another_persons_subscription(watching: Pages) -> None:
    with client_of(watching, "editor") as editor, client_of(watching, "reader") as reader:
        add(editor, address="editor@council.example")
        one = the_id(watching, "mailto:editor@council.example")
        paths = [f"/subscriptions/{one}{rest}" for rest in ("", "/pause", "/resume", "/test", "/end")]
        assert reader.get(paths[0]).status_code == 404
        assert {reader.post(path, data=FORM).status_code for path in paths} == {404}
        assert "editor@council.example" not in reader.get("/subscriptions").text
        assert editor.get(paths[0]).status_code == 200


def test_a_person_who_types_somebody_elses_mailbox_does_not_see_its_other_messages(
    watching: Pages, world: World, service: Service
) -> None:
    with client_of(watching, "editor") as editor, client_of(watching, "reader") as reader:
        add(editor, address="editor@council.example")
        fall(service)
        done(world, "check")
        done(world, "deliver")
        done(world, "watch", "add", "South team", HOME)
        assert add(reader, address="editor@council.example", watchlist="South team").status_code == 303
        held = watching.app.store.subscriptions.all()
        one = next(one.subscription for one in held if one.made_by == "reader@council.example")
        theirs, mine = reader.get(f"/subscriptions/{one.id}"), editor.get(f"/subscriptions/{one.id}")
        assert (theirs.status_code, mine.status_code) == (200, 200)
        assert "Confirm" in theirs.text and "Alert" not in theirs.text and "/messages/" not in theirs.text
        assert "Alert" in mine.text


def test_an_editor_can_open_other_peoples_subscriptions(watching: Pages) -> None:
    with client_of(watching, "editor") as editor, client_of(watching, "reader") as reader:
        add(reader, address="reader@council.example")
        one = the_id(watching, "mailto:reader@council.example")
        assert "Other people’s" in editor.get("/subscriptions").text
        assert editor.post(f"/subscriptions/{one}/end").status_code == 303
    assert watching.app.store.subscriptions.all() == []
    (deed,) = watching.app.store.audit.newest(1)
    assert (deed.email, deed.what) == ("editor@council.example", "ended the subscription of")


@pytest.mark.parametrize(
    ("channel", "address", "said"),
    [
        pytest.param("webhook", "https://127.0.0.1/hook", "host name, not an IP address", id="the IP address of this machine"),
        pytest.param("webhook", "http://hooks.council.example/", "must begin with https", id="an address without encryption"),
        pytest.param("webhook", "https://no-such-host.invalid/x", "only to public hosts", id="a host that does not exist"),
        pytest.param(
            "slack", "https://hooks.slack.evil.example/services/a/b/c", "Slack address begins",
            id="an address that is not Slack's",
        ),
        pytest.param("teams", "https://evil.example/x", "Teams workflow", id="an address that is not Teams's"),
        pytest.param("mailto", "lead@council.example?bcc=all@council.example", "Not an email address", id="two addresses"),
        pytest.param("carrier pigeon", "x", "Choose how to send alerts", id="an unknown channel"),
        pytest.param("mailto", "", "Enter an address", id="an empty address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(channel: str, address: str, said: str, watching: Pages) -> None:
    with client_of(watching, "reader") as client:
        answer = add(client, channel=channel, address=address)
    assert answer.status_code == 422 and said in answer.text
    assert watching.app.store.subscriptions.all() == []


def test_only_the_last_characters_of_a_webhooks_address_are_shown(watching: Pages, world: World) -> None:
    with client_of(watching, "reader") as client:
        assert add(client, channel="slack", address=f"{world.slack.url}/services/T0/B0/s3cr3tly").status_code == 303
        listed = client.get("/subscriptions").text
        one = client.get(f"/subscriptions/{watching.app.store.subscriptions.all()[0].subscription.id}").text
    for text in (listed, one):
        assert "3tly" in text and "s3cr3tly" not in text
    assert all("s3cr3tly" not in deed.about for deed in watching.app.store.audit.newest(10))


def test_opening_an_unsubscribe_link_changes_nothing_and_its_button_ends_the_subscription(
    watching: Pages, world: World
) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example")
    done(world, "deliver")
    link = link_in(world.mail.to("reader@council.example")[0].text, "unsubscribe")
    with watching.client() as stranger:
        form = stranger.get(link)
        stranger.head(link)
        assert "Stop these messages" in form.text and "checked" in form.text
        (held,) = watching.app.store.subscriptions.all()
        nothing = stranger.post(link, data={"chosen": "yes"})
        assert nothing.status_code == 422 and watching.app.store.subscriptions.all()
        gone = stranger.post(link, data={"chosen": "yes", "subscription": held.subscription.id})
        assert "These alerts have stopped" in gone.text
        assert "no longer gets alerts" in stranger.get(link).text
    assert watching.app.store.subscriptions.all() == []
    done(world, "deliver")
    (told,) = world.mail.to("on-call@council.example")
    assert f"nobody is alerted about the watchlist {WATCHLIST} any more" in told.subject


@pytest.mark.parametrize(
    "body", [pytest.param(b"List-Unsubscribe=One-Click", id="the standard's body"), pytest.param(b"", id="an empty body")]
)
def test_one_click_unsubscribing_by_a_mail_program_works(body: bytes, watching: Pages, world: World) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example")
    done(world, "deliver")
    link = link_in(world.mail.to("reader@council.example")[0].text, "unsubscribe")
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    for _ in range(2):  # repeating the request changes nothing
        answer = httpx.post(watching.url + link, content=body, headers=headers, verify=trusted(), timeout=PATIENCE)
        assert answer.status_code == 200 and not answer.history
    assert watching.app.store.subscriptions.all() == []


def test_an_unsubscribe_link_works_only_for_its_purpose_and_address(watching: Pages, world: World) -> None:
    with client_of(watching, "reader") as client, client_of(watching, "editor") as editor:
        add(client, address="reader@council.example")
        add(editor, address="editor@council.example")
    links = watching.app.links
    mine = links.unsubscribe("mailto:reader@council.example", [the_id(watching, "mailto:editor@council.example")])
    answer = httpx.post(watching.url + urlsplit(mine).path, verify=trusted(), timeout=PATIENCE)
    assert answer.status_code == 200 and len(watching.app.store.subscriptions.all()) == 2
    token = mine.rpartition("/")[2]
    for path in (f"/unsubscribe/{token[:-2]}xx", "/unsubscribe/x", f"/confirm/{token}"):
        assert httpx.get(watching.url + path, verify=trusted(), timeout=PATIENCE).status_code == 404


def test_the_owner_of_a_watchlist_is_notified_when_nobody_is_alerted_any_more(watching: Pages, world: World) -> None:
    keeper = watching.people["editor"]
    there = watching.app.store.watchlists.find(WATCHLIST)
    assert there is not None
    watching.app.store.watchlists.change(
        WATCHLIST, new_name=WATCHLIST, owner=keeper.id, second_address=None, person=keeper.id, now=watching.clock()
    )
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example")
        client.post(f"/subscriptions/{the_id(watching, 'mailto:reader@council.example')}/end")
    done(world, "deliver")
    (told,) = world.mail.to(keeper.email)
    assert "any more" in told.subject and f"because you own the watchlist {WATCHLIST}" in told.text


def test_events_wait_during_a_pause_but_severe_events_go_to_somebody_else_at_once(
    watching: Pages, world: World, service: Service
) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example")
        done(world, "deliver")
        one = the_id(watching, "mailto:reader@council.example")
        wrong = client.post(f"/subscriptions/{one}/pause", data={"until": "2020-01-01"})
        assert wrong.status_code == 422 and "must end within" in wrong.text
        no_day = client.post(f"/subscriptions/{one}/pause", data={"until": "soon"})
        assert no_day.status_code == 422 and "Enter a date like 31 January 2026" in no_day.text
        day = f"{watching.clock() + timedelta(days=5):%d %B %Y}"
        assert client.post(f"/subscriptions/{one}/pause", data={"until": day}).status_code == 303
        assert "Paused until" in (text := client.get(f"/subscriptions/{one}").text) and "the operator of this monitor" in text
        fall(service)
        done(world, "check")
        for _ in range(2):
            done(world, "deliver")
        assert len(world.mail.to("reader@council.example")) == 1  # the welcome message
        (stands_in,) = world.mail.to("on-call@council.example")
        assert stands_in.subject.startswith("During a pause: ") and "paused" in stands_in.text
        client.post(f"/subscriptions/{one}/resume")
    done(world, "deliver")
    (_, digest) = world.mail.to("reader@council.example")
    assert "North team, " in digest.subject and ": daily digest" in digest.text and "Larch Grove" in digest.text


def test_a_subscriber_who_leaves_out_kinds_still_gets_severe_events(watching: Pages, world: World, service: Service) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example", kinds=["upgraded"])
        one = the_id(watching, "mailto:reader@council.example")
        assert "are always sent" in client.get(f"/subscriptions/{one}").text
    done(world, "deliver")
    fall(service)
    done(world, "check")
    done(world, "deliver")
    (_, alert) = world.mail.to("reader@council.example")
    assert "special measures" in alert.subject
    assert "Safe fell" not in alert.text and "Overall rating fell" in alert.text


def test_the_form_shows_what_each_choice_would_have_sent_and_keeps_the_choice(
    watching: Pages, world: World, service: Service
) -> None:
    with client_of(watching, "reader") as client:
        assert "Nothing has been recorded about this watchlist" in client.get(f"/subscriptions?watchlist={WATCHLIST}").text
        service.inspect(on=date(2026, 10, 1), published=date(2026, 11, 20), overall="Good", caring="Requires improvement")
        done(world, "check")
        shown = client.get(f"/subscriptions?watchlist={WATCHLIST}").text
        hints = [re.sub(r" since .*", "", one) for one in re.findall(r'id="at_once[-\d]*-more">([^<]*)<', shown)]
        assert hints == ["1 alert", "1 digest", "1 digest", "1 digest"]
        add(client, address="reader@council.example", at_once="low", all_news="yes", only_placed="yes")
        one = the_id(watching, "mailto:reader@council.example")
        (held,) = watching.app.store.subscriptions.all()
        assert (held.subscription.at_once, held.subscription.all_news) == (AtOnce.LOW, True)
        assert held.subscription.only_placed and "only where people are placed" in client.get("/subscriptions").text
        shown = client.get(f"/subscriptions/{one}").text
        assert re.search(r'value="low" checked', shown) and re.search(r'name="only_placed" [^>]*checked', shown)
        client.post(f"/subscriptions/{one}", data=FORM | {"at_once": "strictest"})
        assert watching.app.store.subscriptions.all() == [held]


def test_a_kind_that_was_added_while_a_form_was_open_is_not_left_out(watching: Pages) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example", kinds=["upgraded"], offered=["upgraded", "report published"])
        one = the_id(watching, "mailto:reader@council.example")
        shown = client.get(f"/subscriptions/{one}").text
    assert "Report published. But alerts about special measures" in shown
    (held,) = watching.app.store.subscriptions.all()
    assert held.subscription.left_out == {Kind.REPORT}


def test_the_page_of_a_subscription_shows_what_the_receiver_of_a_test_message_answered(watching: Pages, world: World) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example")
        done(world, "deliver")
        one = the_id(watching, "mailto:reader@council.example")
        for _ in range(2):  # only one test is sent in five minutes
            client.post(f"/subscriptions/{one}/test")
        done(world, "deliver")
        text = client.get(f"/subscriptions/{one}").text
    assert len(world.mail.to("reader@council.example")) in {2, 3}  # a new minute may begin between the two
    assert "Test" in text and "Accepted" in text


def test_a_message_links_to_its_event_and_to_its_own_page(watching: Pages, world: World, service: Service) -> None:
    with client_of(watching, "reader") as client:
        add(client, address="reader@council.example")
        done(world, "deliver")
        fall(service)
        done(world, "check")
        done(world, "deliver")
        alert = world.mail.to("reader@council.example")[-1]
        event = client.get(link_in(alert.text, "events"))
        assert event.status_code == 200 and "reader@council.example" in event.text
        itself = client.get(link_in(alert.text, "messages"))
        assert itself.status_code == 200 and "Larch Grove" in itself.text
        assert "/unsubscribe/" not in itself.text
    with watching.client() as stranger:
        assert stranger.get(link_in(alert.text, "messages")).status_code == 303


def test_without_a_public_url_messages_contain_no_links_to_the_pages(world: World, service: Service) -> None:
    world.site.add([service])
    done(world, "watch", "add", WATCHLIST, HOME)
    done(world, "subscribe", WATCHLIST, "mailto:lead@council.example")
    done(world, "check")
    done(world, "deliver")
    (welcome,) = world.mail.to("lead@council.example")
    assert "127.0.0.1:8000" not in welcome.text and "List-Unsubscribe" not in welcome.message


def test_the_pages_of_subscriptions_can_be_used_by_everybody(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto("/subscriptions")
    assert_usable(fallen_page)
    fallen_page.get_by_label("Watchlist", exact=True).select_option(WATCHLIST)
    fallen_page.get_by_role("button", name="Subscribe").click()
    assert_usable(fallen_page)
    fallen_page.get_by_role("link", name="editor@council.example to").click()
    assert_usable(fallen_page)
    fallen_page.get_by_label("Until the morning of").fill("never")
    fallen_page.get_by_role("button", name="Pause").click()
    assert_usable(fallen_page)
    address = "mailto:editor@council.example"
    links = fallen.app.links
    token = links.unsubscribe(address, [the_id(fallen, address)]).rpartition("/")[2]
    for path in (f"/unsubscribe/{token}", "/unsubscribe/x", f"/confirm/{links.confirm(address).rpartition('/')[2]}"):
        fallen_page.goto(path)
        assert_usable(fallen_page)
    fallen_page.goto(f"/unsubscribe/{token}")
    fallen_page.get_by_role("button", name="Stop these messages").click()
    assert_usable(fallen_page)
    assert fallen.app.store.happened.count(Wanted()) > 0
