"""Tests what happens if CQC's site misbehaves and hides a real fall. While the site misbehaves, the stored state does not change,
nobody is alerted, and the check is repeated. After the site has recovered, the fall is reported exactly once.
"""

import asyncio
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor import app as building
from monitor.app import App
from monitor.cqc.site import Site
from monitor.detect.circuit_breaker import BREAK_AFTER
from monitor.jobs.rounds import AT_ONCE
from monitor.store import open_store
from monitor.store.vault import Vault
from tests.conftest import World
from tests.scene import (
    BLINDING,
    FELL,
    HOME,
    IMPATIENT,
    KEY_QUESTIONS,
    NEW_LAYOUT,
    OPERATOR,
    OTHER,
    RATINGS,
    TODAY,
    Scene,
    falls,
    home,
    housed,
    without,
)
from tests.simulated import server
from tests.simulated.layouts import Layout
from tests.simulated.regulator import CHALLENGE, Regulator
from tests.simulated.server import Fault
from tests.simulated.services import Service, questions


@pytest.fixture
def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A world in which the test sets the clock, and the program waits only a short time for the site."""
    store = open_store(f"sqlite:///{world.folder}/state/monitor.db", Vault("a key for questions that need none"))
    scene = Scene(world, monkeypatch, store)
    monkeypatch.setenv("OPERATOR", f"mailto:{OPERATOR}")
    monkeypatch.setattr(building, "now", scene.now)
    monkeypatch.setattr(Site.__init__, "__kwdefaults__", {**(Site.__init__.__kwdefaults__ or {}), "limits": IMPATIENT})
    yield scene
    store.close()


def test_after_the_clock_is_set_back_an_unchanged_page_and_its_linked_pages_are_read_again(scene: Scene) -> None:
    scene.later(days=400)
    scene.begin(home())
    scene.ahead = timedelta(0)

    async def begins_again(app: App) -> None:
        app.store.services.look_no_later_than(scene.now(), app.settings.check_every)  # as the daemon does at its start

    asyncio.run(housed(begins_again))
    scene.world.site.requests.clear()
    scene.rounds(2, hours=10)
    asked = [one.path for one in scene.world.site.requests]
    assert f"/location/{HOME}" in asked and any(path.startswith(f"/location/{HOME}/") for path in asked)


# ── one service, and a site that misbehaves ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fault", BLINDING)
def test_a_fall_that_a_misbehaving_site_hides_is_reported_after_the_site_recovers(
    scene: Scene, fault: Callable[[Regulator], Fault]
) -> None:
    service = home()
    scene.begin(service, Service(location_id=OTHER, name="Oak Lodge", newest=replace(home().newest, overall="Inadequate")))
    before = scene.snapshot()
    bad = fault(scene.world.site)
    falls(service)
    with misbehaving(scene, bad, path=f"/location/{HOME}"):
        scene.later(hours=10)
        for _ in range(4):
            scene.round()
            due = scene.watched().next_look_at - scene.now()
            assert due <= timedelta(hours=6), "the next check must come within CHECK_EVERY"
            scene.later(hours=1, minutes=1)
    assert scene.snapshot().holdings == before.holdings, "the known state must not change"
    assert scene.told() == [] and scene.moved() == []
    scene.rounds(3, hours=10)
    assert scene.moved() == [FELL]
    assert scene.told() == ["Requires improvement: Cherrybrook Care Home"]
    assert scene.operator() == []


@contextmanager
def misbehaving(scene: Scene, fault: Fault, path: str = "/location/", **how: Any) -> Iterator[None]:
    scene.world.site.fail(fault, path=path, **how)
    yield
    scene.world.site.heal()


@pytest.mark.parametrize(
    "fault", [pytest.param(server.status(503), id="the site fails"), pytest.param(CHALLENGE, id="a challenge page")]
)
def test_a_failed_check_is_repeated_less_and_less_often_but_at_least_every_hour(scene: Scene, fault: Fault) -> None:
    scene.begin(home(), Service(location_id=OTHER, name="Oak Lodge"))
    waits = []
    with misbehaving(scene, fault, path=f"/location/{HOME}"):
        scene.later(hours=10)
        for _ in range(9):
            scene.round()
            watched = scene.watched()
            waits.append(round((watched.next_look_at - scene.now()).total_seconds() / 60))
            scene.ahead += watched.next_look_at - scene.now() + timedelta(seconds=1)
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_a_check_is_not_repeated_before_the_site_allows_it(scene: Scene) -> None:
    scene.begin(home())
    with misbehaving(scene, server.status(429, retry_after=7200)):
        scene.later(hours=10)
        scene.round()
    assert scene.watched().next_look_at - scene.now() > timedelta(minutes=119)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(server.encoded("latin-1"), id="Latin-1 declared as UTF-8"),
        pytest.param(server.encoded("utf-8", said="iso-8859-1"), id="UTF-8 declared as Latin-1"),
        pytest.param(server.encoded("cp1252", said="utf-8"), id="Windows-1252 declared as UTF-8"),
        pytest.param(server.content_type("text/plain"), id="HTML declared as plain text"),
    ],
)
def test_a_page_with_a_wrong_charset_or_type_neither_invents_nor_hides_a_fall(scene: Scene, fault: Fault) -> None:
    service = home(name="Café Résidence – St David’s")
    scene.begin(service)
    with misbehaving(scene, fault):
        scene.rounds(2, hours=7)
        assert scene.moved() == [] and scene.told() == []
        falls(service)
        scene.rounds(3, hours=10)
    scene.rounds(3, hours=10)
    assert scene.moved() == [FELL] and len(scene.told()) == 1


def test_a_fall_of_the_overall_rating_is_reported_although_the_key_questions_are_missing(scene: Scene) -> None:
    """If only half of a page can be read, the statements in this half are still used."""
    service = home()
    scene.begin(service)
    service.inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Requires improvement", safe="Inadequate")
    with misbehaving(scene, without(KEY_QUESTIONS)):
        scene.rounds(2, hours=7)
        assert scene.moved() == [FELL]
        assert "no longer states a rating for" in (scene.watched().trouble or "")
    scene.rounds(3, hours=10)
    assert scene.moved() == [FELL, ("downgraded", "safe", "good", "inadequate")]
    assert len(scene.told()) == 2


def test_a_fall_is_reported_once_if_caches_alternate_between_the_old_and_the_new_page(scene: Scene) -> None:
    service = home()
    scene.begin(service)
    old = scene.world.site.as_now(HOME)
    falls(service)
    with misbehaving(scene, old, every=2):
        scene.rounds(12, minutes=35)
    scene.rounds(3, hours=10)
    assert scene.moved() == [FELL] and len(scene.told()) == 1


@pytest.mark.parametrize("layout", [one for one in Layout if one is not Layout.TODAY])
def test_another_known_layout_is_not_a_change_and_does_not_hide_a_fall(scene: Scene, layout: Layout) -> None:
    service = home()
    scene.begin(service)
    scene.world.site.layout = layout
    scene.rounds(3, hours=10)
    assert scene.moved() == []
    falls(service)
    scene.rounds(3, hours=10)
    assert FELL in scene.moved() and len(scene.told()) == 1


# ── between the first check and the second ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fault", [one for one in BLINDING if one.id in {
    "the site refuses (403)", "the site fails (500)", "a challenge page with status 200", "the rating block is missing",
    "an old page", "the page of another service", "not found (404)", "an unknown layout",
}])  # fmt: skip
def test_a_fall_seen_once_before_the_site_misbehaves_is_reported_after_the_site_recovers(
    scene: Scene, fault: Callable[[Regulator], Fault]
) -> None:
    """Each round is like a new process on the same database, so the candidate change must also survive a restart."""
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    service = home()
    scene.begin(service, Service(location_id=OTHER, name="Oak Lodge"))
    bad = fault(scene.world.site)
    falls(service)
    scene.later(hours=10)
    scene.round()
    assert scene.moved() == [] and scene.watched().candidates, "the fall must be seen once, and not reported yet"
    with misbehaving(scene, bad, path=f"/location/{HOME}"):
        scene.rounds(3, minutes=61)
    assert scene.moved() == [] and scene.told() == []
    scene.rounds(4, minutes=61)
    assert scene.moved() == [FELL] and len(scene.told()) == 1


def test_a_fall_seen_once_by_a_former_version_is_reported_after_the_upgrade(scene: Scene) -> None:
    """The former version recorded candidate changes with fewer fields."""
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    service = home()
    scene.begin(service)
    falls(service)
    scene.world.done("check")
    with closing(sqlite3.connect("state/monitor.db")) as database, database:
        (noted,) = database.execute("SELECT suspicions FROM service").fetchone()
        former = [{key: one[key] for key in ("mark", "since", "due", "dated")} for one in json.loads(noted)]
        database.execute("UPDATE service SET suspicions = ?", [json.dumps(former, separators=(",", ":"))])
    scene.later(minutes=2)
    scene.world.done("check")
    scene.world.done("deliver")
    assert scene.moved() == [FELL] and len(scene.told()) == 1


def test_a_fall_that_the_site_showed_only_once_is_reported_to_nobody(scene: Scene) -> None:
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    service = home()
    scene.begin(service)
    service.overall = "Inadequate"
    scene.later(hours=10)
    scene.round()
    service.overall = "Good"
    scene.rounds(4, hours=2)
    assert scene.moved() == [] and scene.told() == []


def test_a_rating_that_vanishes_is_reported_after_a_day(scene: Scene) -> None:
    service = home()
    scene.begin(service)
    service.overall, service.newest.questions = "No published rating", questions(None)
    scene.rounds(3, hours=10)
    assert scene.moved() == [] and scene.told() == [], "a rating that was missing for 20 hours must not be reported"
    scene.rounds(2, hours=7)
    assert scene.moved() == [("rating withdrawn", "overall", "good", "no published rating")]
    assert len(scene.told()) == 1


def test_a_rating_that_vanishes_for_a_few_hours_is_reported_to_nobody(scene: Scene) -> None:
    service = home()
    scene.begin(service)
    service.overall = "No published rating"
    scene.rounds(3, hours=10)
    service.overall = "Good"
    scene.rounds(5, hours=7)
    assert scene.moved() == [] and scene.told() == []


# ── the site as a whole ──────────────────────────────────────────────────────────────────────────────────────────────────────


def many(number: int) -> list[Service]:
    return [Service(location_id=f"1-{1_000_000_000 + n}", name=f"Service {n:02d}") for n in range(number)]


BEGUN, OVER = "cqc-monitor: CQC's site can't be read", "cqc-monitor: CQC's site can be read again"

OUTAGES = [
    pytest.param(server.status(503), "does not answer as it should", id="the site fails"),
    pytest.param(server.status(403), "does not answer as it should", id="the site refuses"),
    pytest.param(CHALLENGE, "does not answer as it should", id="the site shows a challenge page"),
    pytest.param(server.body(NEW_LAYOUT), "CQC seems to have changed its pages", id="the layout is new"),
    pytest.param(without(RATINGS), "CQC seems to have changed its pages", id="the ratings can no longer be found"),
]


@pytest.mark.parametrize(("fault", "says"), OUTAGES)
def test_the_operator_gets_one_message_when_an_outage_begins_and_one_when_the_outage_ends(
    scene: Scene, fault: Fault, says: str
) -> None:
    services = many(24)
    scene.begin(*services)
    falls(services[20])
    with misbehaving(scene, fault):
        scene.later(hours=10)
        result = scene.round()
        assert result.broken_off and result.looked_at <= 12, "ten failures must end the round; two more checks may have begun"
        asked = len(scene.world.site.asked())
        scene.round()
        assert len(scene.world.site.asked()) == asked, "no request may reach the site during the pause"
        for minutes, tries in ((1.1, 1), (1, 0), (1.1, 1), (2.5, 0), (2.6, 1), (14, 0), (1.1, 1), (29, 0), (1.1, 1), (30.1, 1)):
            scene.later(minutes=minutes)
            assert scene.round().looked_at == tries, f"wrong number of checks {minutes} minutes later"
        scene.rounds(6, hours=10)
        untouched = [scene.watched(one.location_id) for one in services[-6:]]
    assert scene.operator()[0] == BEGUN and scene.operator().count(BEGUN) == 1
    (begun,) = [mail for mail in scene.world.mail.to(OPERATOR) if mail.subject == BEGUN]
    assert says in begun.text and "browser" in begun.text and "Nobody else is notified" in begun.text
    assert set(scene.operator()) <= {BEGUN, OVER}, "the operator must get no other message during an outage"
    assert all(one.failures <= 6 for one in untouched), "services must be tried in turn, so none fails more than six times"
    assert scene.told() == [] and scene.moved() == []
    scene.rounds(4, minutes=31)
    assert scene.operator().count(OVER) == 1
    assert scene.moved() == [FELL] and len(scene.told()) == 1
    scene.rounds(2, hours=7)
    assert scene.operator().count(BEGUN) == scene.operator().count(OVER) == 1


def test_an_outage_is_noticed_although_each_round_checks_only_one_service(scene: Scene) -> None:
    """Checks are spread over the interval CHECK_EVERY, so no round has ten failures in a row. After one interval, every service
    has been checked, so the outage must be noticed by then."""
    services = many(15)
    scene.begin(*services)
    with misbehaving(scene, server.status(503)):
        while not scene.operator() and scene.ahead < timedelta(hours=6):
            scene.later(minutes=12)
            scene.round()
    assert scene.operator() == [BEGUN]
    tried = sum(scene.watched(one.location_id).failures > 0 for one in services)
    assert BREAK_AFTER <= tried < BREAK_AFTER + AT_ONCE, "after ten failures no further check may begin"


@pytest.mark.parametrize(
    ("number", "fault", "rounds"),
    [
        pytest.param(1, server.status(503), 3, id="one service, at the third check"),
        pytest.param(2, server.status(503), 2, id="two services, at the second check"),
        pytest.param(3, server.status(503), 1, id="three services"),
        pytest.param(3, server.body(NEW_LAYOUT), 1, id="three services with an unknown layout"),
    ],
)
def test_failures_of_all_services_are_an_outage_even_if_few_are_watched(
    scene: Scene, number: int, fault: Fault, rounds: int
) -> None:
    scene.begin(*many(number))
    with misbehaving(scene, fault):
        scene.later(hours=10)
        for _ in range(rounds):
            assert scene.operator() == []
            scene.round()
            scene.later(minutes=5)
        assert scene.operator() == [BEGUN]
    scene.rounds(2, minutes=31)
    assert scene.operator() == [BEGUN, OVER]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(server.status(404), id="pages that are gone"),
        pytest.param(server.redirect("/location/1-999999999"), id="pages that redirect to another service"),
    ],
)
def test_failures_of_single_services_are_not_an_outage(scene: Scene, fault: Fault) -> None:
    scene.begin(*many(14))
    for one in range(12):
        scene.world.site.fail(fault, path=f"/location/1-{1_000_000_000 + one}")
    scene.later(hours=10)
    result = scene.round()
    assert (result.looked_at, len(result.troubles), result.broken_off) == (14, 12, False)
    assert scene.operator() == []


def test_services_that_can_never_be_read_do_not_cause_repeated_outages(scene: Scene) -> None:
    scene.begin(*many(30))
    for one in range(11):
        scene.world.site.fail(server.body(NEW_LAYOUT), path=f"/location/1-{1_000_000_000 + one}")
    scene.later(hours=10)
    for _ in range(10):
        scene.round()
        scene.later(minutes=61)
    assert scene.operator().count(BEGUN) <= 1
    assert all(scene.watched(f"1-{1_000_000_000 + one}").failures == 0 for one in range(11, 30))


def test_a_site_that_fails_again_and_again_does_not_cause_a_message_each_time(scene: Scene) -> None:
    scene.begin(*many(12))
    scene.later(hours=10)
    for _ in range(4):
        with misbehaving(scene, server.status(503)):
            scene.rounds(2, minutes=6)
        scene.rounds(1, minutes=6)
        scene.world.done("watch", "remove", "Leeds", *(one.location_id for one in many(12)))
        scene.world.done("watch", "add", "Leeds", *(one.location_id for one in many(12)))  # makes all services due again
    assert scene.operator() == [BEGUN, OVER], "the operator must not get a message for each short outage"


def test_the_command_check_reports_an_outage_and_ends_the_outage_when_the_site_recovers(scene: Scene) -> None:
    scene.begin(*many(40))
    scene.world.site.fail(server.status(503))
    code, out, _ = scene.world.run("check")
    assert code == 1 and len(out.splitlines()) == 2 and "CQC's site as a whole has been unreadable since" in out and "503" in out
    asked = len(scene.world.site.asked())
    code, out, _ = scene.world.run("check")
    assert code == 1 and len(scene.world.site.asked()) == asked + 1, "the command must try, even during the pause"
    scene.world.site.heal()
    assert "40 services" in scene.world.done("check")
    scene.world.done("deliver")
    assert scene.operator() == [BEGUN, OVER]


@pytest.mark.parametrize("never_read", [1, 3])
def test_a_service_that_can_never_be_read_does_not_stop_a_check_from_ending_an_outage(scene: Scene, never_read: int) -> None:
    """A timer may run `check`, which checks the services in the order of their ids. During an outage, `check` must not always try
    the same first services."""
    services = many(12)
    scene.begin(*services)
    with misbehaving(scene, server.status(503)):
        scene.world.run("check")
    for one in range(never_read):
        scene.world.site.fail(server.status(500), path=f"/location/1-{1_000_000_000 + one}")
    falls(services[-1])
    for _ in range(never_read + 2):
        scene.later(hours=6)
        scene.world.run("check")
        scene.later(minutes=2)
        scene.world.run("check")
    scene.world.run("deliver")
    assert scene.operator()[:2] == [BEGUN, OVER]
    assert scene.moved() == [FELL] and len(scene.told()) == 1


# ── many services at once ────────────────────────────────────────────────────────────────────────────────────────────────────


_OVERALL = r'(<p class="(?:overall|rating)">(?:Overall: )?|<p><span>Overall</span>:\s*<strong>)[A-Z][a-z ]+?(?= *<)'
INADEQUATE = server.changed(lambda text: re.sub(_OVERALL, r"\1Inadequate", text))
HELD = "cqc-monitor: CQC's site shows changes at many services at once: alerts are held back"


@pytest.mark.slow
@pytest.mark.parametrize("confirm_after", ["0s", "60s"])
def test_undated_falls_at_many_services_are_held_back_and_a_dated_fall_is_reported(
    scene: Scene, confirm_after: str
) -> None:
    scene.monkeypatch.setenv("CONFIRM_AFTER", confirm_after)
    services = many(24)
    scene.begin(*services)
    with misbehaving(scene, INADEQUATE):
        scene.later(hours=10)
        scene.round()
        services[5].inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Inadequate")
        scene.rounds(6, hours=3)
        assert scene.moved() == [("downgraded", "overall", "good", "inadequate")]
        assert {one["location_id"] for one in scene.events()} == {services[5].location_id}
        assert len(scene.told()) == 1 and scene.operator() == [HELD]
    scene.rounds(6, hours=7)
    assert len(scene.events()) == 2, "there must be exactly two events: the new report and its fall"
    assert len(scene.told()) == 1 and scene.operator() == [HELD]


def test_undated_falls_at_fewer_than_half_of_the_services_are_held_back_too(scene: Scene) -> None:
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    services = many(60)
    scene.begin(*services)
    for number, one in enumerate(services):
        if number % 5 in (0, 1):
            scene.world.site.fail(INADEQUATE, path=f"/location/{one.location_id}")
        elif number % 5 == 2:
            scene.world.site.fail(server.status(404), path=f"/location/{one.location_id}")
    scene.later(hours=10)
    scene.rounds(8, minutes=2)
    assert scene.moved() == [] and scene.told() == [] and scene.operator() == [HELD]


def test_other_services_are_checked_before_an_undated_fall_is_reported_if_checks_are_rare(scene: Scene) -> None:
    """One service is due, and its page shows a fall. Before the fall is reported, other services are checked, since
    perhaps all pages show a fall."""
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    scene.begin(*many(24))
    with misbehaving(scene, INADEQUATE):
        while not scene.round().looked_at:
            scene.later(minutes=5)
        scene.rounds(1, seconds=2)  # the daemon's next round
        scene.rounds(4, seconds=70)
        assert scene.moved() == [] and scene.told() == [] and scene.operator() == [HELD]


@pytest.mark.slow
def test_checks_made_before_an_undated_fall_was_seen_do_not_confirm_the_fall(scene: Scene) -> None:
    """Some of several hundred services are checked each minute. Enough services were checked lately, but too few since the fall
    was first seen."""
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    services = many(300)
    scene.begin(*services)
    first, *others = (one.location_id for one in services)
    scene.later(hours=2)
    scene.world.done("check", *others[:60])
    scene.later(minutes=2)
    with misbehaving(scene, INADEQUATE):
        scene.world.run("check", first)
        scene.rounds(40, seconds=20)
        assert scene.moved() == [] and scene.told() == [] and scene.operator() == [HELD]


def test_an_undated_fall_is_not_reported_before_other_services_have_been_checked(scene: Scene) -> None:
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    services = many(24)
    scene.begin(*services)
    scene.later(hours=2)
    with misbehaving(scene, INADEQUATE):
        for _ in range(3):
            scene.world.run("check", services[0].location_id)
            scene.later(seconds=70)
        scene.rounds(3, seconds=40)
        assert scene.moved() == [] and scene.told() == [] and scene.operator() == [HELD]


def test_an_undated_fall_is_reported_after_a_day_although_no_other_service_is_checked(scene: Scene) -> None:
    scene.monkeypatch.setenv("CONFIRM_AFTER", "60s")
    services = many(24)
    scene.begin(*services)
    scene.later(hours=2)
    services[0].overall = "Requires improvement"
    for _ in range(3):
        scene.world.run("check", services[0].location_id)
        scene.later(hours=8)
    scene.world.done("deliver")
    assert scene.moved() == [] and scene.told() == []
    scene.world.run("check", services[0].location_id)
    scene.world.done("deliver")
    assert scene.moved() == [FELL] and len(scene.told()) == 1


def test_undated_falls_at_many_services_are_reported_after_a_day(scene: Scene) -> None:
    services = many(12)
    scene.begin(*services)
    for one in services:
        one.overall = "Requires improvement"
    scene.later(hours=10)
    scene.round()
    scene.rounds(3, hours=7)
    assert scene.told() == [] and scene.operator() == [HELD]
    scene.rounds(2, hours=7)
    assert scene.moved() == [FELL] * 12 and len(scene.told()) == 1 and scene.operator() == [HELD]


def test_nine_undated_falls_at_once_are_all_reported(scene: Scene) -> None:
    services = many(24)
    scene.begin(*services)
    for one in services[:9]:
        one.overall = "Requires improvement"
    scene.later(hours=10)
    scene.rounds(2, minutes=1)
    assert scene.moved() == [FELL] * 9 and scene.operator() == []
