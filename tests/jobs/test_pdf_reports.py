"""Tests what happens if a service's newest report is a PDF. It is fetched once, read, and included in the check. Also tests what
is reported if the PDF is unavailable."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.reading import pdf_of
from tests.conftest import World
from tests.simulated.server import Answer, status
from tests.simulated.services import PDF_PATH, Service

pytestmark = pytest.mark.usefixtures("each_database")

HOME = "1-2235535718"
NAME = "Harebell Home Support"
TEXT = (Path(__file__).parents[1] / "cqc/read/documents/inspection-report.txt").read_text(encoding="utf-8")


def report(text: str = TEXT) -> bytes:
    """Returns a report in CQC's old layout."""
    lines = [line.translate({ord("("): r"\(", ord(")"): r"\)"}) for line in text.encode("ascii", "replace").decode().splitlines()]
    return pdf_of([lines[at : at + 50] for at in range(0, len(lines), 50)])


@pytest.fixture
def world(untouched: World) -> World:
    return untouched


@pytest.fixture
def home(world: World) -> Service:
    """A watched service that was good. Its pages state nothing about special measures."""
    service = Service(location_id=HOME, name=NAME)
    world.site.add([service])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    return service


def inspected(home: Service, pdf: bytes) -> None:
    home.inspect(on=date(2022, 3, 3), published=date(2022, 5, 14), overall="Inadequate", safe="Inadequate")
    home.newest.published = date(2026, 5, 14)
    home.newest.pdf = pdf


def events(world: World) -> dict[str, dict[str, Any]]:
    return {event["kind"]: event for event in json.loads(world.done("events", "--json"))}


def asked(world: World) -> int:
    return len(world.site.asked(PDF_PATH))


def newest() -> bytes:
    return report(TEXT.replace("14 May 2022", "14 May 2026"))


def test_a_statement_that_only_the_pdf_report_has_is_reported(world: World, home: Service) -> None:
    inspected(home, newest())
    world.done("check")
    world.done("check")
    found = events(world)
    assert "entered special measures" in found
    assert "special measures" in found["entered special measures"]["quote"]
    assert "downgraded" in found
    shown = world.done("evidence", found["entered special measures"]["id"])
    assert "> The overall rating for this service is" in " ".join(shown.split())  # the quoted line of the report is marked


def test_a_pdf_report_is_fetched_once_for_each_address_and_once_to_confirm(world: World, home: Service) -> None:
    inspected(home, newest())
    world.done("check")
    world.done("check")
    once = asked(world)
    assert once == 2  # once when the report is first seen, and once to confirm the changes
    for text in ("A word.", "Another word."):
        home.newest.text = text
        world.done("check")
    assert asked(world) == once


@pytest.mark.parametrize("code", [403, 404])
def test_a_report_that_is_refused_leaves_the_service_partly_read(world: World, home: Service, code: int) -> None:
    world.site.fail(status(code), path=PDF_PATH)
    inspected(home, newest())
    world.done("check")
    world.done("check")
    found = events(world)
    assert "downgraded" in found
    assert "entered special measures" not in found
    shown = json.loads(world.run("status", "--json")[1])
    (service,) = shown["services"]
    assert service["trouble"].startswith("partly read: ")
    assert PDF_PATH in service["trouble"]
    (line,) = [line for line in shown["wrong"] if PDF_PATH in line]
    assert line.startswith("1 service has a linked report that could not be read: ")
    assert shown["judgement"]["services"] == {"watched": 1, "up_to_date": 0, "partly_read": 1, "not_read": 0, "never_read": 0}
    before = asked(world)
    world.done("check")
    assert asked(world) <= before + 1


def test_statements_of_a_report_that_was_available_only_later_are_reported_as_read_late(world: World, home: Service) -> None:
    world.site.fail(status(403), path=PDF_PATH)
    inspected(home, newest())
    for _ in range(2):
        world.done("check")
    world.site.heal()
    home.newest.text = "Another word."
    for _ in range(2):
        world.done("check")
    found = events(world)
    assert found["entered special measures"]["read_late"] is True
    assert "breach found" not in found
    assert "read_late" not in found["downgraded"]


def test_a_report_that_fails_temporarily_is_requested_again(world: World, home: Service) -> None:
    world.site.fail(status(503), path=PDF_PATH)
    inspected(home, newest())
    assert world.run("check")[0] == 1
    assert "503" in world.run("status")[1]
    world.site.heal()
    world.done("check")
    world.done("check")
    assert "entered special measures" in events(world)
    assert "503" not in world.run("status")[1]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (report(TEXT.replace(NAME, "Another Home Entirely").replace("Harebell", "Other")), "application/pdf"),
        (b"%PDF-1.4\nbroken", "application/pdf"),
        (b"<h1>Sign in</h1>", "text/html"),
    ],
    ids=["a report of another service", "a damaged file", "a web page"],
)
def test_a_file_that_is_not_the_services_report_is_not_used(world: World, home: Service, body: bytes, content_type: str) -> None:
    inspected(home, newest())
    world.site.fail(lambda _: Answer(headers={"Content-Type": content_type}, body=body), path=PDF_PATH)
    world.done("check")
    world.done("check")
    assert "entered special measures" not in events(world)
    assert "look: 1 service has a linked report that could not be read" in world.run("status")[1]
