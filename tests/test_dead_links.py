"""Tests links to a missing report. If the report is still missing some days after its publication, `status` says that the report
is missing. The program reads the report as soon as the report appears."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import World
from tests.simulated.server import Answer, status
from tests.simulated.services import ENTERED, Service

pytestmark = pytest.mark.usefixtures("each_database")

HOME = "1-2235535718"
REPORT = f"/location/{HOME}/reports/LAP-00417"


@pytest.fixture
def world(untouched: World) -> World:
    return untouched


@pytest.fixture
def home(world: World) -> Service:
    """A watched service that is rated good. Later its page links to a report that is missing."""
    service = Service(location_id=HOME, name="Harebell Home Support")
    world.site.add([service])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    in_the_report_alone(world)
    world.site.fail(status(404), path=REPORT)
    return service


def in_the_report_alone(world: World) -> None:
    """From now on the report, but no other page, says that the service is in special measures."""

    def silent(answer: Answer) -> Answer:
        return answer if b"Report from" in answer.body else replace(answer, body=answer.body.replace(ENTERED.encode(), b""))

    world.site.fail(silent, path=f"/location/{HOME}")


def assessed(home: Service, published: date) -> None:
    home.assess(
        on=published - timedelta(days=30),
        published=published,
        report="LAP-00417",
        special_measures=ENTERED,
        overall="Inadequate",
        safe="Inadequate",
    )


def seen(world: World) -> tuple[set[str], str | None]:
    """Returns the kinds of event reported, and the text that `status` shows."""
    kinds = {event["kind"] for event in json.loads(world.done("events", "--json"))}
    shown: dict[str, Any] = json.loads(world.run("status", "--json")[1])
    return kinds, shown["services"][0]["trouble"] if shown["services"] else None


def today() -> date:
    return datetime.now(UTC).date()


def test_a_report_that_is_missing_days_after_its_publication_is_shown_in_the_status(world: World, home: Service) -> None:
    assessed(home, today() - timedelta(days=3))
    world.done("check")
    world.done("check")
    kinds, trouble = seen(world)
    assert "downgraded" in kinds
    assert trouble is not None and trouble.startswith("partly read: ") and REPORT in trouble


def test_a_missing_report_that_was_published_today_is_not_a_problem_yet(world: World, home: Service) -> None:
    assessed(home, today())
    world.done("check")
    world.done("check")
    kinds, trouble = seen(world)
    assert "downgraded" in kinds
    assert trouble is None


@pytest.mark.parametrize("days", [0, 3])
def test_special_measures_in_a_report_that_appears_later_are_reported(world: World, home: Service, days: int) -> None:
    assessed(home, today() - timedelta(days=days))
    world.done("check")
    world.done("check")
    assert "entered special measures" not in seen(world)[0]
    world.site.heal()
    in_the_report_alone(world)
    for _ in range(3):
        world.done("check")
    kinds, trouble = seen(world)
    assert "entered special measures" in kinds
    assert trouble is None
