"""Tests the day of an upgrade, on both databases. A new version may read more on unchanged pages. A state that is in force is
reported once, and never as a new change.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from monitor.app import build
from monitor.detect.circuit_breaker import is_mass
from monitor.jobs.send import Deliverer
from monitor.model import Aspect, MeasuresState
from monitor.reader_version import VERSION
from monitor.settings import load
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.tables import PageRow, ServiceRow, metadata, table
from monitor.store.vault import Vault
from monitor.text import LONDON
from tests.conftest import World
from tests.misbehaving import former, started_from
from tests.simulated.regulator import Regulator
from tests.simulated.services import ENTERED, REMAINS, Service
from tests.store.filled import Rows, all_rows

pytestmark = pytest.mark.usefixtures("each_database")

LEAD, DAILY = "mailto:lead@council.example", "mailto:daily@council.example"
WARNED = "We issued a warning notice to the provider for a breach of regulation 12."
BREACHED = "We found a breach of regulation 17."


@pytest.fixture
def world(untouched: World) -> World:
    return untouched


def home(number: int, **facts: Any) -> Service:
    service = Service(location_id=f"1-20000000{number:02}", name=f"Home {number}")
    service.inspect(on=date(2026, 3, 2), overall=facts.pop("overall", "Good"), **facts)
    return service


# For each service, the field of its Reading that the older version missed, or the rating that the older version read instead.
SERVICES = {
    "entered": (home(1, overall="Inadequate", special_measures=ENTERED, safe="Inadequate"), "special_measures"),
    "remains": (home(2, overall="Inadequate", special_measures=REMAINS, safe="Inadequate"), "special_measures"),
    "enforcement": (home(3, overall="Requires improvement", enforcement=WARNED), "enforcement"),
    "closed": (home(4), "registration"),
    "shown better": (home(5, overall="Inadequate"), "rating good"),
    "shown worse": (home(6), "rating inadequate"),
    "breaches": (home(7, overall="Requires improvement", breaches=BREACHED), "breaches"),
    "report": (home(8), "report"),
    "provider": (home(9), "provider_name"),
    "made up": (home(10, overall="Inadequate"), "measures made up"),
}
SERVICES["closed"][0].archived = date(2026, 5, 1)
IDS = {name: service.location_id for name, (service, _) in SERVICES.items()}


@pytest.fixture(scope="module")
def site() -> Iterator[Regulator]:
    """One site for all tests, because the older version stored pages with this site's address."""
    with Regulator() as site:
        yield site


@pytest.fixture(scope="module")
def read_before() -> dict[str, Rows]:
    """The rows that the older version left, by the kind of database. The rows are made once, and then put into each new
    database."""
    return {}


@pytest.fixture
def upgraded(
    world: World, site: Regulator, read_before: dict[str, Rows], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    """A world in which an older version read all services. The present version was just installed, and has checked nothing
    yet."""
    site.heal()
    site.services = {service.location_id: service for service, _ in SERVICES.values()}
    world.site = site
    monkeypatch.setenv("CQC_BASE_URL", site.url)
    with store() as kept:
        kind = kept.engine.dialect.name
        if kind in read_before:
            put(kept, read_before[kind])
    if kind not in read_before:
        read_by_a_former_version(world, tmp_path)
        with store() as kept:
            read_before[kind] = all_rows(kept)
    return world


def put(kept: Store, rows: Rows) -> None:
    """Fills an empty database with the rows of another database of its kind."""
    with writing(kept.engine) as connection:
        for one in metadata().sorted_tables:
            if rows[one.name]:
                connection.execute(insert(one), rows[one.name])
            number = one.autoincrement_column
            if number is not None and kept.engine.dialect.name == "postgresql":
                last = select(func.max(number)).scalar_subquery()
                connection.execute(select(func.setval(func.pg_get_serial_sequence(one.name, number.name), last)))


def read_by_a_former_version(world: World, folder: Path) -> None:
    misses = {service.location_id: missed for service, missed in SERVICES.values()}
    world.done("watch", "add", "Leeds", *misses)
    world.done("subscribe", "Leeds", LEAD, "--quiet")
    world.done("subscribe", "Leeds", DAILY, "--when", "daily", "--quiet")
    with started_from(former(folder / "site", misses)):
        world.done("check")
    with store() as kept, writing(kept.engine) as connection:
        connection.execute(update(table(PageRow)).values(reader=0))
    assert events(world) == []


@pytest.mark.parametrize(
    ("odd", "seen", "many"),
    [(9, 9, False), (10, 10, True), (10, 40, True), (10, 41, False), (25, 100, True), (25, 101, False), (0, 0, False)],
)
def test_a_new_reader_is_doubted_if_ten_services_and_a_quarter_of_all_are_read_as_worse(
    odd: int, seen: int, many: bool
) -> None:
    assert is_mass(odd, seen) is many


@contextmanager
def store() -> Iterator[Store]:
    kept = open_store(load().database_url, Vault("0123456789abcdef"))
    try:
        yield kept
    finally:
        kept.close()


def events(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(world.done("events", "--json"))
    return found


def told(world: World) -> dict[str, list[str]]:
    names = {location_id: name for name, location_id in IDS.items()}
    found: dict[str, list[str]] = {}
    for event in events(world):
        found.setdefault(names[event["location_id"]], []).append(event["kind"])
    return found


IN_FORCE = {
    "entered": ["entered special measures"],
    "remains": ["remains in special measures"],
    "enforcement": ["enforcement taken"],
    "closed": ["archived"],
    "shown better": ["read wrongly"],
}


def test_states_in_force_are_reported_once_and_other_statements_become_the_baseline(upgraded: World) -> None:
    upgraded.done("check")
    assert told(upgraded) == IN_FORCE
    seen = events(upgraded)
    assert all(event["read_late"] is True for event in seen)
    assert {event["stood_since"] for event in seen} == {datetime.now(LONDON).date().isoformat()}
    assert upgraded.done("events").count("has been on CQC's page since") == len(seen) - 1, "the misread rating has other words"
    for _ in range(3):
        upgraded.done("check")
    assert events(upgraded) == seen


def test_states_that_are_in_force_are_reported_at_once_and_described_as_read_late(upgraded: World) -> None:
    upgraded.done("check")
    upgraded.done("deliver")
    text = " ".join(" ".join(mail.text for mail in upgraded.mail.to("lead@council.example")).split()).casefold()
    since = r"has been on cqc's page since \d+ \w+ \d{4} or earlier; this program did not read it until now"
    assert re.search(rf"in special measures \({since}\)", text)
    assert "overall rating is inadequate: this program misread it until now, as good" in text
    assert "entered special measures" not in text
    assert "fell from" not in text


def test_the_operator_gets_a_list_of_the_ratings_that_were_shown_wrongly(upgraded: World) -> None:
    upgraded.run("check")
    shown = json.loads(upgraded.run("status", "--json")[1])
    assert {one["location_id"]: one["line"] for one in shown["corrections"]} == {
        IDS["shown better"]: "overall rating: inadequate, but shown as good until now",
        IDS["shown worse"]: "overall rating: good, but shown as inadequate until now",
        IDS["made up"]: "special measures were shown until now, and CQC's pages do not state them",
    }
    assert "Misread by an earlier version" in upgraded.run("status")[1]


def test_the_operator_gets_one_message_after_all_services_were_read_again(
    upgraded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    upgraded.done("check", IDS["shown worse"])
    with app() as deliverer:
        deliverer.report_corrections()
    upgraded.done("deliver")
    assert not upgraded.mail.to("oncall@council.example")  # some services still have to be read again
    upgraded.done("check")
    for _ in range(2):
        with app() as deliverer:
            deliverer.report_corrections()
            deliverer.report_corrections()
    upgraded.done("deliver")
    (mail,) = upgraded.mail.to("oncall@council.example")
    assert "3 readings corrected" in mail.subject
    assert all(f"{IDS[name]}: " in mail.text for name in ("shown better", "shown worse", "made up"))


@contextmanager
def app() -> Iterator[Deliverer]:
    built = build(load())
    try:
        yield built.deliverer
    finally:
        built.store.close()


def test_status_counts_the_services_that_were_read_again(upgraded: World) -> None:
    text = upgraded.run("status")[1]
    assert "this version has read 0 of 10 services again" in text
    upgraded.done("check", IDS["entered"])
    assert "this version has read 1 of 10 services again" in upgraded.run("status")[1]
    upgraded.done("check")
    assert "read again by this version" not in upgraded.run("status")[1]


def test_from_a_page_that_changed_before_the_rereading_only_the_new_report_is_a_change(upgraded: World) -> None:
    """The page has changed. Statements without a newer date may be old, so they are reported as read late. Statements of the
    new report are reported as changes."""
    entered = SERVICES["entered"][0].copy()
    entered.newest.text += " A word more."
    better = SERVICES["shown better"][0].copy()
    better.inspect(on=date(2026, 9, 1), overall="Requires improvement")
    upgraded.site.add([entered, better])
    for _ in range(3):
        upgraded.done("check")
    found = {(event["location_id"], event["kind"]): event for event in events(upgraded)}
    late = found[IDS["entered"], "entered special measures"]
    assert late["read_late"] is True
    assert late["stood_since"] is None
    assert "read_late" not in found[IDS["shown better"], "downgraded"]


def test_another_rating_on_a_page_that_changed_only_elsewhere_is_not_reported_as_a_fall_or_rise(upgraded: World) -> None:
    """Only a harmless word was added to the page. Nothing shows that the rating changed."""
    for name in ("shown better", "shown worse"):
        changed = SERVICES[name][0].copy()
        changed.newest.text += " A word more."
        upgraded.site.add([changed])
    for _ in range(3):
        upgraded.done("check")
    assert told(upgraded)["shown better"] == ["downgraded"]
    assert told(upgraded)["shown worse"] == ["upgraded"]
    found = {event["kind"]: event for event in events(upgraded)}
    assert found["downgraded"]["read_late"] is True
    assert found["upgraded"]["read_late"] is True
    upgraded.done("deliver")
    text = " ".join(" ".join(mail.text for mail in upgraded.mail.to("lead@council.example")).split()).casefold()
    shown = "overall rating is inadequate; this program showed it as good until now"
    assert f"{shown} (may already have been on cqc's page for some time;" in text
    assert "fell from" not in text
    assert "rose from" not in text


def test_special_measures_of_an_earlier_report_still_apply_after_an_upgrade(world: World) -> None:
    """The newest report does not mention special measures. The program does not conclude that it misread the earlier report."""
    service = home(1, overall="Inadequate", special_measures=ENTERED)
    world.site.add([service])
    world.done("watch", "add", "Leeds", service.location_id)
    world.done("check")
    service.inspect(on=date(2026, 6, 1), overall="Inadequate")
    for _ in range(2):
        world.done("check")
    before = events(world)
    with store() as kept, writing(kept.engine) as connection:
        connection.execute(update(table(PageRow)).values(reader=0))
    for _ in range(2):
        world.done("check")
    assert events(world) == before
    assert json.loads(world.run("status", "--json")[1])["corrections"] == []
    with store() as kept:
        holdings = dict(kept.services.history(service.location_id)[-1].holdings)
    assert {subject.aspect: held.value for subject, held in holdings.items()}[Aspect.MEASURES] == MeasuresState.ENTERED


def test_a_service_that_is_watched_again_is_read_again_at_its_first_check(upgraded: World) -> None:
    """No daemon had scheduled the service's pages for rereading."""
    with store() as kept:
        due = {one.location_id: one for one in kept.services.to_look_at()}[IDS["entered"]]
    assert due.is_time_to_read_again(datetime.now(UTC))
    with store() as kept:
        kept.services.plan_rereading(datetime.now(UTC), timedelta(days=1))
        planned = {one.location_id: one for one in kept.services.to_look_at()}
    later = [one for one in planned.values() if not one.is_time_to_read_again(datetime.now(UTC))]
    assert len(later) == len(SERVICES) - 1


def test_a_change_that_waited_to_be_confirmed_before_the_upgrade_is_reported_as_a_change(
    upgraded: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = upgraded
    fallen = home(8)
    fallen.inspect(on=date(2026, 9, 1), overall="Inadequate")
    world.site.add([fallen])
    worse = former(tmp_path / "site", {fallen.location_id: "report"})
    with monkeypatch.context() as before, started_from(worse):
        before.setenv("CONFIRM_AFTER", "1h")
        world.done("check", fallen.location_id)
    with store() as kept, writing(kept.engine) as connection:
        connection.execute(update(table(PageRow)).values(reader=0))
    for _ in range(2):
        world.done("check", fallen.location_id)
    assert events(world) == []
    service = table(ServiceRow)
    here = service.c.location_id == fallen.location_id
    with store() as kept, writing(kept.engine) as connection:  # as if an hour had passed
        body = connection.execute(select(service.c.suspicions).where(here)).scalar_one()
        earlier = re.sub(r"20\d\d-\d\d-\d\dT\d\d", lambda found: _earlier(found[0]), body)
        connection.execute(update(service).where(here).values(suspicions=earlier))
    world.done("check", fallen.location_id)
    kinds = {event["kind"]: event for event in events(world)}
    assert "downgraded" in kinds
    assert "read wrongly" not in kinds
    assert "read_late" not in kinds["downgraded"]


def _earlier(hour: str) -> str:
    return (datetime.fromisoformat(hour + ":00") - timedelta(hours=3)).isoformat()[:13]


def test_the_services_in_the_worst_state_are_read_again_first_and_all_within_a_day(upgraded: World) -> None:
    now = datetime.now(UTC)
    service = table(ServiceRow)
    with store() as kept:
        assert kept.services.plan_rereading(now, timedelta(days=1)) == len(SERVICES)
        assert kept.services.plan_rereading(now, timedelta(days=1)) == 0
    with store() as kept, writing(kept.engine) as connection:
        rows = connection.execute(select(service.c.location_id, service.c.reread_at).order_by(service.c.reread_at)).all()
    first = [row.location_id for row in rows]
    bad = {IDS[name] for name in ("entered", "remains", "shown worse", "made up")}
    assert set(first[: len(bad)]) == bad
    assert all(now <= row.reread_at < now + timedelta(days=1) for row in rows)


def test_the_snapshot_has_the_statements_of_the_pages(upgraded: World) -> None:
    upgraded.done("check")
    with store() as kept:
        holdings = {name: dict(kept.services.history(location_id)[-1].holdings) for name, location_id in IDS.items()}
    measures = {name: {s.aspect: h.value for s, h in held.items()}[Aspect.MEASURES] for name, held in holdings.items()}
    assert measures["entered"] == MeasuresState.ENTERED
    assert measures["made up"] == MeasuresState.NOT_STATED


def test_the_version_that_read_a_page_is_stored_with_the_page(upgraded: World) -> None:
    upgraded.done("check")
    with store() as kept, writing(kept.engine) as connection:
        assert set(connection.execute(select(table(PageRow).c.reader)).scalars()) == {VERSION}


def test_a_site_that_always_answers_not_modified_hides_a_fall_for_a_day_at_most(world: World) -> None:
    service = home(1)
    world.site.add([service])
    world.site.fail(lambda answer: replace(answer, headers={**answer.headers, "ETag": '"for-ever"'}))
    world.done("watch", "add", "Leeds", service.location_id)
    world.done("check")
    service.inspect(on=date(2026, 9, 1), overall="Inadequate")
    world.done("check")
    assert events(world) == []  # the site answered 304
    rows = table(ServiceRow)
    with store() as kept, writing(kept.engine) as connection:
        connection.execute(update(rows).values(asked_whole_at=datetime.now(UTC) - timedelta(hours=25)))
    for _ in range(2):
        world.done("check")
    assert "downgraded" in {event["kind"] for event in events(world)}
