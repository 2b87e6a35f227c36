"""Tests the commands about dead letters and the delivery log, with a real mail server and a webhook."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import World
from tests.simulated.services import Service

HOME = "1-2235535718"
LEAD, OTHER = "mailto:lead@council.example", "mailto:other@council.example"


def fallen(world: World, *addresses: str) -> Service:
    """Returns a home on the watchlist Leeds with a fallen overall rating. The alerts are in the outbox."""
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    for address in addresses:
        world.done("subscribe", "Leeds", address, "--quiet")
    world.done("check")
    home.newest.overall = "Inadequate"
    world.done("check")
    return home


def dead(world: World) -> str:
    """Makes the mail server reject the lead's alert, so that the alert fails for good. Returns the message's id."""
    fallen(world, LEAD, OTHER)
    world.mail.refuse(550, at="RCPT", recipient="lead@council.example", text="5.1.1 No such user")
    assert world.run("deliver")[0] == 1
    (letter,) = [row for row in outbox(world) if row["state"] == "dead"]
    return str(letter["id"])


def outbox(world: World) -> list[dict[str, Any]]:
    """Returns what `outbox list` shows."""
    found = json.loads(world.done("outbox", "list", "--json"))
    assert isinstance(found, list)
    return found


def told(world: World, *since: str) -> list[dict[str, Any]]:
    """Returns the delivery log."""
    found = json.loads(world.done("told", "--json", *since))
    assert isinstance(found, list)
    return found


def refused(world: World, *arguments: str) -> str:
    """Runs a command that must be refused with one line. Returns the line."""
    status, out, err = world.run(*arguments)
    assert (status, out) == (2, "") and err.count("\n") == 1, (out, err)
    return err


# ── list, retry, drop ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dead_letter_is_listed_with_its_id_and_the_receivers_answer(world: World) -> None:
    letter = dead(world)
    (row,) = outbox(world)
    assert set(row) == {"id", "kind", "address", "state", "due_at", "attempts", "reply", "switched_off"}
    assert (row["kind"], row["address"], row["attempts"]) == ("alert", LEAD, 1)
    assert "5.1.1 No such user" in row["reply"]
    text = world.done("outbox", "list")
    assert letter in text and LEAD in text and "No such user" in text and "1 dead letter" in text


def test_a_notice_that_is_not_in_a_message_yet_is_listed_without_an_id(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", LEAD)
    (row,) = outbox(world)
    assert (row["id"], row["kind"], row["state"]) == (None, "welcome", "waiting")


def test_the_list_of_an_empty_outbox_says_that_the_outbox_is_empty(world: World) -> None:
    assert world.done("outbox", "list") == "The outbox is empty.\n"
    assert world.done("outbox", "retry", "--dead") == "There are no dead letters.\n"


@pytest.mark.parametrize("named", ["by its id", "together with all dead letters"])
def test_a_dead_letter_that_is_sent_again_arrives_once_with_the_same_id(world: World, named: str) -> None:
    letter = dead(world)
    world.mail.accept()
    assert letter in world.done("outbox", "retry", letter if named == "by its id" else "--dead")
    (row,) = outbox(world)
    assert (row["id"], row["state"], row["attempts"]) == (letter, "pending", 0)
    world.done("deliver")
    (mail,) = world.mail.to("lead@council.example")
    assert letter in str(mail.message["Message-ID"])
    assert outbox(world) == [] and world.run("status")[0] == 0
    assert "already" in refused(world, "outbox", "retry", letter)


def test_retry_sends_a_waiting_message_before_its_next_attempt_is_due(world: World) -> None:
    fallen(world, LEAD)
    world.mail.refuse(451, times=1)
    assert world.run("deliver")[0] == 1
    world.done("deliver")
    assert world.mail.mails == [], "the message must wait for its next attempt"
    (row,) = outbox(world)
    world.done("outbox", "retry", row["id"])
    world.done("deliver")
    assert len(world.mail.mails) == 1


def test_a_message_that_fails_for_good_again_is_reported_to_the_operator_and_logged_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    letter = dead(world)
    world.done("outbox", "retry", letter)
    assert world.run("deliver")[0] == 1
    world.run("deliver")
    troubles = world.mail.to("oncall@council.example")
    assert len(troubles) == 2 and all("cqc-monitor outbox retry" in mail.text for mail in troubles)
    assert [row["state"] for row in told(world) if row["id"].startswith(letter)] == ["dead", "dead"]


def test_a_dropped_message_is_never_sent_and_stays_in_the_log(world: World) -> None:
    letter = dead(world)
    assert "dropped for good" in world.done("outbox", "drop", letter)
    world.mail.accept()
    world.done("deliver")
    assert world.mail.to("lead@council.example") == [] and outbox(world) == []
    assert world.run("status")[0] == 0
    assert "already" in refused(world, "outbox", "retry", letter)
    last = told(world)[-1]
    assert (last["id"][:8], last["state"], last["address"]) == (letter, "dropped", LEAD)
    assert "by a person" in last["reply"] and "No such user" in last["reply"]
    assert "NOT DELIVERED, dropped" in world.done("told")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["retry"], "--dead"),
        (["retry", "abcdef12", "--dead"], "--dead"),
        (["retry", "abcdef12"], "not a message's id"),
        (["retry", "%"], "not a message's id"),
        (["drop", "nonsense"], "not a message's id"),
        (["drop"], "ID"),
    ],
)
def test_unusable_message_ids_give_a_one_line_error_and_change_nothing(world: World, arguments: list[str], said: str) -> None:
    dead(world)
    before = outbox(world)
    assert said in refused(world, "outbox", *arguments)
    assert outbox(world) == before


def test_one_bad_id_among_good_ids_stops_the_whole_command(world: World) -> None:
    letter = dead(world)
    assert "feedbeef" in refused(world, "outbox", "drop", letter, "feedbeef")
    assert [row["state"] for row in outbox(world)] == ["dead"]


def test_a_dead_letter_of_an_ended_subscription_can_only_be_dropped(world: World) -> None:
    letter = dead(world)
    world.done("unsubscribe", "Leeds", LEAD)
    assert "subscription has ended" in refused(world, "outbox", "retry", letter)
    status, out, err = world.run("outbox", "retry", "--dead")
    assert (status, out) == (1, "") and letter in err and "subscription has ended" in err
    world.done("outbox", "drop", letter)
    assert outbox(world) == []


# ── told ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_delivery_log_shows_the_address_the_events_and_the_queue_id(world: World) -> None:
    fallen(world, LEAD)
    world.done("deliver")
    (row,) = told(world)
    (event,) = json.loads(world.done("events", "--json"))
    assert (row["state"], row["kind"], row["address"], row["watchlists"]) == ("sent", "alert", LEAD, ["Leeds"])
    assert "queued as SIM00001" in row["reply"] and row["events"] == [event]
    text = world.done("told")
    assert "SIM00001" in text and "Cherrybrook Care Home: overall rating fell from Good to Inadequate" in text
    assert event["id"][:8] in text and LEAD in text


def test_the_delivery_log_stays_after_a_subscription_has_ended(world: World) -> None:
    fallen(world, LEAD)
    world.done("deliver")
    before = told(world)
    world.done("unsubscribe", "Leeds", LEAD)
    world.done("watch", "remove", "Leeds", HOME)
    assert told(world) == before and len(before) == 1


def test_messages_that_wait_for_an_ended_subscription_are_logged_as_dropped(world: World) -> None:
    fallen(world, LEAD)
    world.mail.refuse(451, times=1)
    assert world.run("deliver")[0] == 1
    world.done("unsubscribe", "Leeds", LEAD)
    (row,) = told(world)
    assert (row["state"], row["watchlists"], len(row["events"])) == ("dropped", ["Leeds"], 1)
    world.done("deliver")
    assert world.mail.mails == [] and outbox(world) == []


def test_the_delivery_log_is_shown_since_a_given_date(world: World) -> None:
    fallen(world, LEAD)
    world.done("deliver")
    assert len(told(world, "--since", "2020-01-01")) == 1
    assert told(world, "--since", (datetime.now(UTC) + timedelta(minutes=2)).isoformat()) == []
    assert "not a date" in refused(world, "told", "--since", "yesterday")


def test_the_delivery_log_does_not_show_the_secret_of_a_webhook(world: World) -> None:
    fallen(world, f"slack:{world.slack.url}/services/T0/B0/s3cr3tofslack")
    world.done("deliver")
    for shown in (world.done("told"), world.done("told", "--json"), world.done("outbox", "list")):
        assert "s3cr3tof" not in shown
    assert told(world)[0]["address"].startswith("slack:127.0.0.1")


def test_an_empty_delivery_log_says_that_nothing_was_sent(world: World) -> None:
    assert "No message has been sent yet" in world.done("told") and told(world) == []


def test_the_log_of_a_message_for_two_watchlists_has_only_the_events_that_were_sent(world: World) -> None:
    """One of two subscriptions ends after the message is composed and before it is sent. The events of that subscription are
    not sent, so the log does not list them."""
    other = "1-545296200"
    home, second = Service(location_id=HOME), Service(location_id=other, name="Elm House")
    world.site.add([home, second])
    for watchlist, location in (("Leeds", HOME), ("York", other)):
        world.done("watch", "add", watchlist, location)
        world.done("subscribe", watchlist, LEAD, "--quiet")
    world.done("check")
    second.newest.overall = "Outstanding"  # this event waits, and is sent with the next alert
    world.done("check")
    home.inspect(on=date(2026, 9, 1), overall="Inadequate")
    world.done("check")
    world.mail.refuse(451, times=5)
    world.run("deliver")
    world.done("unsubscribe", "York", LEAD)
    world.mail.accept()
    for row in outbox(world):
        if row["id"]:
            world.done("outbox", "retry", row["id"])
    world.done("deliver")
    sent = [row for row in told(world) if row["state"] == "sent"]
    assert sent and {event["location_id"] for row in sent for event in row["events"]} == {HOME}
    assert all(row["watchlists"] == ["Leeds"] for row in sent)


# ── suspended receivers, and the test ────────────────────────────────────────────────────────────────────────────────────


def switched_off(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """Revokes a Slack webhook while an alert waits for it. Returns the webhook's address."""
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    slack = f"slack:{world.slack.url}/services/T0/B0/s3cr3tofslack"
    world.slack.refuse(404, text="no_service")
    fallen(world, slack)
    assert world.run("deliver")[0] == 1
    return slack


def test_status_outbox_and_deliver_show_a_suspended_receiver_and_the_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    switched_off(world, monkeypatch)
    status, out, _ = world.run("status")
    for text in (out, world.done("outbox", "list"), world.run("deliver")[2]):
        assert "uspended" in text and "no_service" in text and "slack:127.0.0.1" in text and "s3cr3tof" not in text
    assert status == 1
    (waiting,) = [row for row in outbox(world) if row["kind"] == "alert"]
    assert waiting["switched_off"] and waiting["attempts"] == 0
    assert "waits for a suspended receiver" in world.done("outbox", "list")
    (mail,) = world.mail.to("oncall@council.example")
    assert "suspended" in mail.subject and "s3cr3tof" not in mail.text


def test_a_successful_test_ends_the_suspension_and_waiting_messages_are_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = switched_off(world, monkeypatch)
    status, out, _ = world.run("test", slack)
    assert status == 1 and "did not accept the test message: 404 no_service" in out
    world.slack.accept()
    out = world.done("test", slack)
    assert "accepted the test message: 200 ok" in out and "active again" in out and "s3cr3tof" not in out
    world.done("deliver")
    test, alert = world.slack.payloads()
    assert "nothing has happened" in test["text"] and "fell from Good to Inadequate" in alert["text"]
    assert world.run("status")[0] == 0 and "uspended" not in world.done("outbox", "list")


def test_any_address_can_be_sent_a_test_and_a_person_must_check_its_arrival_in_teams(world: World) -> None:
    out = world.done("test", LEAD)
    (mail,) = world.mail.to("lead@council.example")
    assert "accepted the test message" in out and "SIM00001" in out and "nothing has happened" in mail.subject
    assert "please check that" in world.done("test", f"teams:{world.teams.url}/workflows/0123456789")
    world.mail.refuse(550, at="RCPT", text="5.1.1 No such user")
    status, out, _ = world.run("test", OTHER)
    assert status == 1 and "No such user" in out and outbox(world) == []


@pytest.mark.parametrize("address", ["nonsense", "slack:https://slack.example/x", "webhook:http://10.0.0.1/x"])
def test_no_test_is_sent_to_an_invalid_address(world: World, address: str) -> None:
    refused(world, "test", address)


def test_heartbeat_messages_can_be_requested_kept_and_cancelled(world: World) -> None:
    fallen(world)

    def wanted(*options: str) -> bool:
        world.done("subscribe", "Leeds", LEAD, "--quiet", *options)
        (watchlist,) = json.loads(world.done("watch", "list", "--json"))
        return bool(watchlist["subscriptions"][0]["still_watching"])

    assert not wanted()
    assert wanted("--still-watching") and wanted("--at", "08:00") and not wanted("--no-still-watching")


# ── replay ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def hooked(world: World) -> str:
    """Returns the address of a webhook that has accepted an alert about a fall."""
    address = f"webhook:http://{world.slack.host}/alerts"
    fallen(world, address)
    world.done("deliver")
    return address


@pytest.mark.usefixtures("each_database")
def test_a_replayed_message_has_the_same_ids_and_states_that_it_is_a_replay(world: World) -> None:
    address = hooked(world)
    before = json.loads(world.done("status", "--json"))["judgement"]
    said = world.done("outbox", "replay", address, "--since", "2026-11-01")
    assert "accepted 1 of 1 message again" in said
    first, again = world.slack.taken
    assert again.headers["webhook-id"] == first.headers["webhook-id"]
    sent, replayed = json.loads(first.body), json.loads(again.body)
    assert replayed.pop("replay") is True and replayed.pop("replayed_at").endswith("Z")
    assert "replay" not in sent and replayed == sent
    assert [one["reply"].startswith("replayed: ") for one in told(world)] == [False, True]
    assert outbox(world) == [] and json.loads(world.done("status", "--json"))["judgement"]["findings"] == before["findings"]


def test_a_replay_stops_at_the_first_refused_message_and_changes_nothing(world: World) -> None:
    address = hooked(world)
    world.slack.refuse(503, text="not yet")
    status, out, err = world.run("outbox", "replay", address, "--since", "2026-11-01")
    assert status == 1 and "accepted 0 of 1 message again" in out
    assert "503" in err and "replay again" in err and err.count("\n") == 1
    assert outbox(world) == [] and len(told(world)) == 1


def test_a_replay_sends_the_messages_of_the_given_period_only(world: World) -> None:
    address = hooked(world)
    assert "of 0" in world.done("outbox", "replay", address, "--since", "2020-01-01", "--until", "2020-01-02")
    assert "of 0" in world.done("outbox", "replay", address, "--since", "2020-01-01", "--until", "2020-02-01")
    world.done("unsubscribe", "Leeds", address)
    assert "1 other message" in world.done("outbox", "replay", address, "--since", "2026-11-01")
    assert len(world.slack.taken) == 1


@pytest.mark.parametrize(
    ("address", "since", "says"),
    [
        pytest.param(LEAD, "2026-11-01", "only messages to a webhook can be replayed", id="the address is a mailbox"),
        pytest.param(
            "webhook:http://{host}/nobody", "2026-11-01", "never accepted a message",
            id="the webhook has never accepted a message",
        ),
        pytest.param("webhook:http://{host}/alerts", "soon", "--since: 'soon' is not a date", id="the day is not a date"),
    ],
)
def test_a_replay_that_is_not_possible_gives_a_one_line_error(address: str, since: str, says: str, world: World) -> None:
    assert says in refused(world, "outbox", "replay", address.format(host=world.slack.host), "--since", since)
