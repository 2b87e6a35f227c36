"""Tests CQC's API and CQC's site, through the commands. A change stated by page and API is reported at once. Disagreements are
shown. While the site is down, alerts are based on the API alone, and the alerts say this.
"""

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from monitor import app
from monitor.detect.schedule import next_look
from tests.conftest import World, without_the_judgement
from tests.jobs.watching import (
    DAY,
    FALL,
    HOME,
    HOUR,
    LEAD,
    MINUTE,
    OTHER,
    THIRD,
    Times,
    an_assessed_home,
    events,
    falls,
    falls_by_assessment,
    of_status,
    told,
    watching,
)
from tests.programs import Program
from tests.simulated.server import Answer, Fault, changed, redirect, reset, status
from tests.simulated.services import ENTERED, Service
from tests.simulated.syndication import KEY, Syndication
from tests.test_daemon import until


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Times:
    times = Times()
    monkeypatch.setattr(app, "now", times)
    return times


@pytest.fixture
def api(world: World, times: Times, monkeypatch: pytest.MonkeyPatch) -> Iterator[Syndication]:
    with Syndication(world.site.services) as api:
        api.clock = times
        monkeypatch.setenv("CQC_API_URL", api.api_url)
        monkeypatch.setenv("CQC_API_KEY", KEY)
        monkeypatch.setenv("CONFIRM_AFTER", "1h")
        monkeypatch.setattr("monitor.cqc.api.PER_SECOND", 500.0)
        monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
        world.site.services = api.services = {}
        yield api


# ── page and API agree
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_fall_stated_by_page_and_api_is_reported_at_once_in_one_message(world: World, api: Syndication) -> None:
    home = Service(location_id=HOME)
    watching(world, api, home)
    falls(home, special_measures=ENTERED)
    world.done("check")
    assert set(events(world)) == {
        ("downgraded", "overall", "page and api"),
        ("downgraded", "safe", "page and api"),
        ("entered special measures", None, "page"),
    }
    (subject,) = told(world)
    assert subject.endswith(": Cherrybrook Care Home")
    (mail,) = world.mail.to(LEAD)
    assert "API alone" not in mail.text
    before = events(world)
    for _ in range(3):
        world.done("check")
    assert (events(world), len(told(world))) == (before, 1)
    assert of_status(world)["disagreements"] == []


def test_an_assessment_stated_by_page_and_api_is_reported_at_once_and_only_once(world: World, api: Syndication) -> None:
    home = an_assessed_home()
    watching(world, api, home)
    falls_by_assessment(home)
    for _ in range(4):
        world.done("check")
    urgent = [one for one in events(world) if one[0] in ("downgraded", "entered special measures")]
    assert sorted(urgent, key=str) == [
        ("downgraded", "overall", "page and api"),
        ("downgraded", "safe", "page and api"),
        ("entered special measures", None, "page"),
    ]
    assert len(told(world)) == 1


def test_a_fall_stated_by_page_and_api_is_reported_although_the_second_page_is_old(
    world: World, api: Syndication
) -> None:
    home = Service(location_id=HOME)
    watching(world, api, home)
    old = world.site.as_now(HOME)
    falls(home)
    world.site.fail(old, path=f"/location/{HOME}", every=3)  # the page, its report, and then the old page
    world.done("check")
    assert ("downgraded", "overall", "page and api") in events(world)


def test_without_an_answer_from_the_api_the_second_check_decides_as_usual(world: World, api: Syndication, times: Times) -> None:
    home = Service(location_id=HOME)
    watching(world, api, home)
    falls(home)
    api.fail(status(500))
    world.done("check")
    assert events(world) == []
    times.go(HOUR)
    world.done("check")
    assert ("downgraded", "overall", "page") in events(world)


@pytest.mark.parametrize("broken", ["\\ud83d", "\\u0000"])
def test_a_broken_text_from_the_api_does_not_stop_an_alert_about_the_page(
    world: World, api: Syndication, times: Times, broken: str
) -> None:
    home = an_assessed_home()
    watching(world, api, home)
    falls_by_assessment(home)
    api.fail(changed(lambda text: text.replace("special measures", f"special measures {broken}")), path="/public/v1/locations")
    for _ in range(2):
        times.go(2 * HOUR)
        world.done("check")
    assert {("downgraded", "overall"), ("entered special measures", None)} <= {one[:2] for one in events(world)}


def test_an_error_while_reading_the_api_does_not_stop_a_check(
    world: World, api: Syndication, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError

    home = Service(location_id=HOME)
    watching(world, api, home)
    monkeypatch.setattr("monitor.detect.decide.stated", fault)  # an unexpected error
    falls(home)
    for _ in range(2):
        times.go(2 * HOUR)
        world.done("check")
    assert ("downgraded", "overall", "page") in events(world)


# ── the feed ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_old_changes_and_changes_of_unwatched_services_cause_no_request(world: World, api: Syndication, times: Times) -> None:
    api.changed(HOME, at=times() - 3 * DAY)
    watching(world, api, Service(location_id=HOME))
    api.changed("1-999999999", at=times())
    for _ in range(3):
        times.go(2 * HOUR)
        world.done("check")
    assert api.asked("/public/v1/locations") == []


def test_the_api_is_asked_once_about_a_service_that_the_feed_names_late(world: World, api: Syndication, times: Times) -> None:
    watching(world, api, Service(location_id=HOME))
    api.changed(HOME, at=times(), appears=times() + 10 * DAY)
    for expected in (0, 1, 1):
        times.go(6 * DAY)
        world.done("check")
        assert api.asked_about(HOME) == expected


# ── page and API disagree
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


def lags(world: World, api: Syndication, times: Times) -> Service:
    """The API states a fall and its list of changes names the service, but the page does not show the fall."""
    home = Service(location_id=HOME)
    watching(world, api, home)
    ahead = home.copy()
    falls(ahead)
    api.states[HOME] = ahead
    times.go(MINUTE)
    api.changed(HOME, at=times() - MINUTE / 2)
    world.done("check")
    return home


def test_a_disagreement_between_page_and_api_is_shown_and_nobody_is_alerted(world: World, api: Syndication, times: Times) -> None:
    home = lags(world, api, times)
    assert told(world) == []
    (one,) = of_status(world)["disagreements"]
    assert one["location_id"] == HOME
    assert one["states"][0].startswith("overall rating: CQC's page says good (published 18 April 2023), its API says inadequate")
    times.go(2 * HOUR)
    out = world.run("status")[1]
    assert "CQC's page and its API disagree" in out
    (due,) = [row for row in of_status(world)["services"] if row["location_id"] == HOME]
    assert due["next_look_at"] < (times() + HOUR).isoformat(), "the page is checked again soon"
    home.newest = api.states.pop(HOME).newest
    world.done("check")
    assert ("downgraded", "overall", "page and api") in events(world)
    assert of_status(world)["disagreements"] == [] and told(world) == [FALL]


def test_among_many_services_a_lasting_disagreement_costs_one_check_a_day(
    world: World, api: Syndication, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.detect.schedule.MANY", 0)
    monkeypatch.setattr("monitor.detect.schedule.QUIET_REQUESTS", 0.1)  # a quiet service is checked every 20 days
    home = Service(location_id=HOME)
    watching(world, api, home)
    long_ago = home.copy()
    long_ago.newest = replace(home.newest, overall="Requires improvement", published=date(2021, 5, 4))
    api.states[HOME] = long_ago
    times.go(MINUTE)
    api.changed(HOME, at=times() - MINUTE / 2)
    for _ in range(2):
        world.done("check")
        times.go(2 * DAY)
        api.changed("1-999999999", at=times() - MINUTE)
    world.done("check")
    found = of_status(world)
    assert len(found["disagreements"]) == 1 and events(world) == []
    (due,) = found["services"]
    expected = next_look(location_id=HOME, now=times(), check_every=DAY)
    assert datetime.fromisoformat(due["next_look_at"]) == expected.replace(microsecond=0)


def test_a_fall_that_the_page_does_not_show_is_reported_from_the_api_after_a_day(
    world: World, api: Syndication, times: Times
) -> None:
    home = lags(world, api, times)
    for _ in range(5):
        times.go(4 * HOUR)
        world.done("check")
    assert told(world) == []
    times.go(5 * HOUR)
    world.done("check")
    assert events(world) == [
        ("downgraded", "overall", "api, the page does not show it"),
        ("downgraded", "safe", "api, the page does not show it"),
    ]
    assert told(world) == [FALL]
    (mail,) = world.mail.to(LEAD)
    assert "the only source is CQC's API" in mail.text
    for _ in range(5):  # the old page is not a rise, however long CQC shows it
        times.go(DAY)
        world.run("check")
    assert len(events(world)) == 2 and told(world) == [FALL]
    api.fail(status(500))  # while the API cannot be asked, its last statement is used
    for _ in range(5):
        times.go(DAY)
        world.run("check")
    assert len(events(world)) == 2 and told(world) == [FALL]
    api.heal()
    home.newest = api.states.pop(HOME).newest
    for _ in range(3):
        times.go(HOUR)
        world.done("check")
    assert len(events(world)) == 2 and told(world) == [FALL]


def test_another_rating_under_the_old_date_is_not_reported_while_the_api_states_the_former_rating(
    world: World, api: Syndication, times: Times
) -> None:
    home = Service(location_id=HOME)
    watching(world, api, home)
    api.states[HOME] = home.copy()
    home.overall = "Inadequate"
    for _ in range(4):
        world.done("check")
        times.go(5 * HOUR)
    assert events(world) == []
    home.overall = "Good"
    for _ in range(2):
        world.done("check")
        times.go(5 * HOUR)
    assert (events(world), told(world)) == ([], [])


def test_a_fall_that_the_api_no_longer_states_is_never_reported(world: World, api: Syndication, times: Times) -> None:
    lags(world, api, times)
    del api.states[HOME]
    for _ in range(4):
        times.go(DAY)
        world.done("check")
    assert (events(world), of_status(world)["disagreements"]) == ([], [])


# ── the site is down ─────────────────────────────────────────────────────────────────────────────────────────────────────


def three(world: World, api: Syndication) -> Service:
    home = Service(location_id=HOME)
    watching(world, api, home, *(Service(location_id=one, name=f"Elm {one}") for one in (OTHER, THIRD)))
    return home


def test_during_an_outage_alerts_name_the_api_as_the_only_source_and_are_not_repeated(
    world: World, api: Syndication, times: Times
) -> None:
    home = three(world, api)
    world.site.fail(status(503))
    falls(home)
    times.go(MINUTE)
    api.changed(HOME, at=times() - MINUTE / 2)
    world.run("check")
    assert events(world) == [], "one answer from the API is not enough"
    times.go(HOUR)
    world.run("check")
    assert events(world) == [
        ("downgraded", "overall", "api, the site could not be read"),
        ("downgraded", "safe", "api, the site could not be read"),
    ]
    assert told(world) == [FALL]
    (mail,) = world.mail.to(LEAD)
    for text in (mail.text, mail.html):
        assert "We could not read CQC's page about the service, so the only source is CQC's API" in text.replace("&#39;", "'")
    assert api.asked_about(OTHER) == 0, "the API is not asked about a service for which nothing new is known"
    (first, *_) = json.loads(world.done("events", "--json"))
    world.done("evidence", first["id"], "--to", "answer.json")
    kept = (world.folder / "answer.json").read_text()
    assert json.loads(kept)["locationId"] == HOME and "Familyname" not in kept
    world.site.heal()
    home.newest.published += DAY  # the page may give another date
    for _ in range(4):
        times.go(HOUR)
        world.done("check")
    assert len(events(world)) == 2 and told(world) == [FALL]


def test_special_measures_from_the_api_alone_are_not_reported_again(world: World, api: Syndication, times: Times) -> None:
    home = an_assessed_home()
    watching(world, api, home, *(Service(location_id=one, name=f"Elm {one}") for one in (OTHER, THIRD)))
    world.site.fail(status(503))
    falls_by_assessment(home)
    times.go(MINUTE)
    api.changed(HOME, at=times() - MINUTE / 2)
    for _ in range(2):
        world.run("check")
        times.go(HOUR)
    by_api = {one for one in events(world) if one[2] == "api, the site could not be read"}
    assert by_api == {
        ("downgraded", "overall", "api, the site could not be read"),
        ("downgraded", "safe", "api, the site could not be read"),
        ("entered special measures", None, "api, the site could not be read"),
    }
    world.site.heal()
    for _ in range(4):
        times.go(HOUR)
        world.done("check")
    urgent = [one for one in events(world) if one[0] in ("downgraded", "upgraded") or "special measures" in one[0]]
    assert set(urgent) == by_api and len(urgent) == 3
    assert ("score fell", "safe", "page") in events(world), "scores are not reported from the API alone"


def test_a_service_whose_page_fails_for_long_is_read_from_the_api_alone(world: World, api: Syndication, times: Times) -> None:
    home = three(world, api)
    world.site.fail(status(404), path=f"/location/{HOME}")
    falls(home)
    times.go(MINUTE)
    api.changed(HOME, at=times() - MINUTE / 2)
    world.run("check")
    assert api.asked_about(HOME) == 0, "for an hour, the program waits for the page to come back"
    for _ in range(2):
        times.go(2 * HOUR)
        world.run("check")
    assert told(world) == [FALL]


def test_the_api_confirms_a_fall_that_was_seen_before_an_outage(world: World, api: Syndication, times: Times) -> None:
    home = three(world, api)
    falls(home)
    api.fail(status(500))
    world.done("check")
    api.heal()
    world.site.fail(status(503))
    times.go(HOUR)
    world.run("check")
    times.go(HOUR)
    world.run("check")
    assert ("downgraded", "overall", "page and api") in events(world)


def without_overall(answer: Answer) -> Answer:
    """Returns a half-published page, without an overall rating and without links."""
    page = re.sub(rb'<p class="overall">.*?</p>', b"", answer.body, flags=re.DOTALL)
    return replace(answer, body=re.sub(rb"<a [^>]*>", b"<a>", page))


def test_a_page_that_has_lost_its_ratings_is_treated_as_unreadable(world: World, api: Syndication, times: Times) -> None:
    home = three(world, api)
    world.site.fail(without_overall, path=f"/location/{HOME}")
    falls(home)
    times.go(MINUTE)
    api.changed(HOME, at=times() - MINUTE / 2)
    for _ in range(4):
        world.run("check")
        times.go(2 * HOUR)
    assert told(world) == [FALL]


def test_if_the_api_always_fails_for_one_service_the_others_are_still_read(world: World, api: Syndication, times: Times) -> None:
    three(world, api)
    last = world.site.services[THIRD]
    world.site.fail(status(503))
    for one in (HOME, OTHER):
        api.fail(status(500), path=f"/public/v1/locations/{one}")
    falls(last)
    times.go(MINUTE)
    api.changed(HOME, OTHER, THIRD, at=times() - MINUTE / 2)
    for _ in range(8):
        times.go(HOUR)
        world.run("check")
    assert told(world) == [f"Inadequate: Elm {THIRD}"]


# ── problems with the API ────────────────────────────────────────────────────────────────────────────────────────────────

TROUBLES = [
    pytest.param(status(401), id="401"),
    pytest.param(status(403), id="403"),
    pytest.param(status(429), id="429"),
    pytest.param(status(429, retry_after=7200), id="429 with Retry-After"),
    pytest.param(status(500), id="500"),
    pytest.param(reset, id="reset"),
    pytest.param(redirect("https://elsewhere.example/"), id="redirect"),
]


def test_unknown_fields_and_values_from_the_api_are_reported_to_the_operator_once_and_change_nothing(
    world: World, api: Syndication, times: Times
) -> None:
    home, other = Service(location_id=HOME), Service(location_id=OTHER)
    watching(world, api, home, other)

    def drifts(body: str) -> str:
        found = json.loads(body)
        more = {"wheelchairAccess": "Y", "registrationStatus": "Suspended"} if "locationId" in found else {}
        return json.dumps(found | more)

    api.fail(changed(drifts))
    falls(home)
    falls(other)
    for _ in range(3):
        times.go(2 * HOUR)
        world.done("check")
    world.done("deliver")
    assert ("downgraded", "overall", "page and api") in events(world)
    (mail,) = without_the_judgement(world.mail.to("oncall@council.example"))
    assert mail.subject == "cqc-monitor: CQC's API states something unknown"
    assert "wheelchairAccess" in mail.text and "registrationStatus: Suspended" in mail.text


@pytest.mark.parametrize("fault", TROUBLES)
def test_if_the_api_fails_the_site_is_read_as_usual_and_only_the_operator_is_alerted(
    world: World, api: Syndication, times: Times, fault: Fault
) -> None:
    home = Service(location_id=HOME)
    watching(world, api, home)
    api.fail(fault)
    falls(home)
    for _ in range(3):
        times.go(2 * HOUR)
        world.done("check")
    assert told(world) == [FALL]
    assert ("downgraded", "overall", "page") in events(world)
    operator = without_the_judgement(world.mail.to("oncall@council.example"))
    assert [mail.subject for mail in operator] == ["cqc-monitor: CQC's API can't be used"]
    assert KEY not in "".join(mail.text for mail in operator)
    assert "CQC's API has been unusable" in world.run("status")[1]
    assert len(api.requests) < 20
    api.heal()
    times.go(2 * DAY)
    api.changed("1-999999999", at=times() - MINUTE)
    world.done("check")
    world.done("deliver")
    (_, again) = without_the_judgement(world.mail.to("oncall@council.example"))
    assert again.subject == "cqc-monitor: CQC's API can be used again"
    assert "API" not in world.done("status")


def test_if_only_the_feed_fails_the_operator_is_alerted_and_the_api_still_corroborates(
    world: World, api: Syndication, times: Times
) -> None:
    home = Service(location_id=HOME)
    watching(world, api, home)
    api.fail(status(500), path="/public/v1/changes")
    for _ in range(3):
        times.go(2 * HOUR)
        falls(home)
        world.done("check")
    assert ("downgraded", "overall", "page and api") in events(world)
    world.done("deliver")
    (operator,) = without_the_judgement(world.mail.to("oncall@council.example"))
    assert operator.subject == "cqc-monitor: CQC's API can't be used"


def test_the_operator_is_alerted_when_a_long_silence_of_the_feed_begins_and_ends(
    world: World, api: Syndication, times: Times
) -> None:
    watching(world, api, Service(location_id=HOME))
    times.go(DAY)
    world.done("check")
    assert "API" not in world.run("status")[1]
    for _ in range(3):
        times.go(5 * DAY)  # Christmas is included
        world.done("check")
    assert "has named no service in England for 36 hours" in world.run("status")[1]
    api.changed("1-999999999", at=times())
    times.go(HOUR)
    world.done("check")
    assert "API" not in world.run("status")[1]
    world.done("deliver")
    subjects = [mail.subject for mail in without_the_judgement(world.mail.to("oncall@council.example"))]
    assert subjects == ["cqc-monitor: CQC's API can't be used", "cqc-monitor: CQC's API can be used again"]


def test_the_doctor_tries_the_key_of_the_api(world: World, api: Syndication, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> dict[str, str]:
        _, out, err = world.run("doctor", "--json")
        assert not err, err
        return {row["check"]: row["state"] for row in json.loads(out)}

    world.site.add([Service(location_id=HOME)])
    assert found()["CQC's API"] == "ok"
    monkeypatch.setenv("CQC_API_KEY", "another")
    assert found()["CQC's API"] == "wrong"
    api.fail(status(503))
    assert found()["CQC's API"] == "look"
    monkeypatch.setenv("CQC_API_URL", "http://api.example/public/v1")
    assert found()["CQC_API_URL"] == "wrong"
    monkeypatch.delenv("CQC_API_KEY")
    assert not {"CQC's API", "CQC_API_URL"} & found().keys()


def test_a_service_that_the_api_does_not_know_is_not_a_problem(world: World, api: Syndication, times: Times) -> None:
    watching(world, api, Service(location_id=HOME))
    api.changed(HOME, at=times())
    api.fail(status(404), path=f"/public/v1/locations/{HOME}")
    for _ in range(3):
        times.go(HOUR)
        world.done("check")
    assert api.asked_about(HOME) == 1 and "API" not in world.done("status")


def test_a_corrected_key_is_used_by_the_next_check(
    world: World, api: Syndication, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching(world, api, Service(location_id=HOME))
    times.go(MINUTE)
    monkeypatch.setenv("CQC_API_KEY", "another")
    world.run("check")
    assert "CQC's API has been unusable" in world.run("status")[1]
    monkeypatch.setenv("CQC_API_KEY", KEY)
    world.done("check")
    assert "CQC's API has been unusable" not in world.run("status")[1]


def test_without_a_key_the_api_is_neither_requested_nor_mentioned(
    world: World, api: Syndication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CQC_API_KEY")
    home = Service(location_id=HOME)
    watching(world, api, home)
    falls(home)
    world.done("check")
    assert api.requests == [] and "API" not in world.done("status")


# ── the daemon ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_daemon_reports_a_fall_named_by_the_feed_long_before_the_regular_check(
    world: World, api: Syndication, times: Times
) -> None:
    times.later = timedelta()  # the daemon is another process, with the real clock
    home = Service(location_id=HOME)
    watching(world, api, home)
    falls(home)
    api.changed(HOME, at=api.clock())
    with closing(sqlite3.connect(world.folder / "state" / "monitor.db")) as database, database:
        database.execute("UPDATE feed SET next_poll_at = NULL")
    with Program("run", cwd=world.folder, env=os.environ) as process:
        until(lambda: world.mail.to(LEAD), process)
        process.terminate()
        process.wait(30)
    assert [mail.subject for mail in world.mail.to(LEAD)] == [FALL]
    assert ("downgraded", "overall", "page and api") in events(world)
