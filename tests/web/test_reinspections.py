"""Tests the calendar of re-inspections. It contains only dates that follow from CQC's own statements, each with its source."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page
from sqlalchemy import Connection, delete, insert, select, update

from monitor.codec import dump_snapshot, load_snapshot
from monitor.events import Event, Kind
from monitor.model import Aspect, Subject
from monitor.store.database import writing
from monitor.store.events import add_events
from monitor.store.list_entries import keep, standing
from monitor.store.tables import OverviewRow, RegisterRow, ServiceRow, SnapshotRow, WatchRow, table
from tests.registered import care, take
from tests.web.conftest import FALLEN, HOSTILE_ONE, UNREAD, Pages, assert_usable
from tests.web.test_ical import unfolded

_overview = table(OverviewRow)
MAY, JUNE = date(2026, 5, 20), date(2026, 6, 10)
OTHERS: dict[str, dict[str, Any]] = {
    "1-200000001": {"overall": "good", "safe": "inadequate", "published": JUNE},
    "1-200000002": {"overall": "inadequate", "measures": "presumed", "published": MAY},
    "1-200000003": {"overall": "requires improvement", "safe": "inadequate", "measures": "left", "published": MAY},
    "1-200000004": {"overall": "requires improvement", "safe": "requires improvement", "published": MAY},
    "1-200000005": {"overall": "inadequate", "measures": "in", "published": None},
    "1-200000006": {"overall": "inadequate", "measures": "in", "published": MAY, "archived": True},
    "1-200000007": {"overall": "inadequate", "measures": "in", "published": MAY, "file_date": JUNE},
    "1-200000008": {"overall": "inadequate", "measures": "in", "published": MAY},
    "1-200000009": {"overall": "not rated", "safe": "inadequate", "published": MAY},
}
"""Watched services, in addition to the services of `fallen`. The eighth service is a doctor's surgery."""


@pytest.fixture
def watched(fallen: Pages) -> Pages:
    """The pages of a monitor with Larch Grove and other services. Larch Grove is in special measures. The fixture changes the
    date of Larch Grove's report to 20 May 2026."""
    types = {"1-200000008": ("Doctors/GPs",)}
    entries = [care(one, types=types.get(one, ("Residential homes",))) for one in (FALLEN, HOSTILE_ONE, *OTHERS)]
    take(fallen.app.store.engine, [(date(2026, 11, 5), entries)])
    now = datetime(2026, 11, 1, tzinfo=UTC)
    with writing(fallen.app.store.engine) as connection:
        stated(connection, FALLEN, lambda subject: MAY)
        for one, said in OTHERS.items():
            here = {"location_id": one, "added_at": now}
            blank = {"seq": 0, "suspicions": "[]", "whole": True, "failures": 0, "grave": False}
            connection.execute(insert(table(ServiceRow)).values(here | blank | {"next_look_at": now, "read_at": now}))
            connection.execute(insert(table(WatchRow)).values(here | {"watchlist": "South team", "by_rule": False}))
            shown = dict.fromkeys(("location_id", "name", "name_key", "search"), one) | {"groups": 1, "archived": False}
            rank = standing(said["overall"], [said.get("safe")], said.get("measures"))
            connection.execute(insert(_overview).values(shown | said | {"report_day": said["published"], "standing": rank}))
        read = table(ServiceRow).c.location_id != UNREAD
        connection.execute(update(table(ServiceRow)).where(read).values(vouched_at=datetime(2099, 1, 1, tzinfo=UTC)))
    return fallen


def stated(connection: Connection, location_id: str, published: Callable[[Subject], date | None]) -> None:
    """Changes the dates of publication in the newest snapshot of a service."""
    kept = table(SnapshotRow)
    newest = kept.c.location_id == location_id
    seq, body = connection.execute(select(kept.c.seq, kept.c.body).where(newest).order_by(kept.c.seq.desc())).first() or (0, "")
    old = load_snapshot(body)
    held = tuple((subject, replace(one, published=published(subject))) for subject, one in old.holdings)
    new = replace(old, holdings=held)
    connection.execute(update(kept).where(newest, kept.c.seq == seq).values(body=dump_snapshot(new)))
    keep(connection, new)


@pytest.fixture
def reader(watched: Pages) -> Iterator[httpx.Client]:
    with watched.client("reader") as client:
        yield client


def rows(client: httpx.Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/re-inspections/export.csv{query}")
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("each_database")
def test_only_re_inspections_that_cqc_has_promised_are_listed_with_the_source(reader: httpx.Client) -> None:
    found = rows(reader)
    *found, note = found
    assert (note["Location ID"], note["Due"]) == ("", "") and note["Service"].startswith("Not known for 1 watched service: never")
    assert [(one["Location ID"], one["Due"], one["Why"]) for one in found] == [
        (FALLEN, "2026-11-20", "in special measures"),
        ("1-200000001", "2026-12-10", "a key question is inadequate"),
        (HOSTILE_ONE, "2027-05-20", "in special measures"),
    ]
    assert all(one["Source"].startswith("CQC: special measures for adult social care") for one in found)
    assert [one["Location ID"] for one in rows(reader, "?watchlist=North+team")] == [FALLEN, HOSTILE_ONE, ""]
    page = reader.get("/re-inspections").text
    assert "1 more service is inadequate overall, and nothing is stated about special measures" in page
    assert "1 more service has a report without a date of publication" in page
    assert reader.get("/re-inspections?watchlist=nobody").status_code == 404


def test_the_page_of_re_inspections_is_usable_and_says_what_is_overdue(watched: Pages, fallen_page: Page) -> None:
    page = fallen_page
    watched.sign_in(page, "reader")
    page.goto("/reports")
    page.get_by_role("link", name="Re-inspections").click()
    assert "3 re-inspections are due" in page.locator(".lead").inner_text()
    first = page.get_by_role("table", name="Re-inspections by CQC").get_by_role("row").nth(1).inner_text()
    assert "Larch Grove" in first and "20 November 2026" in first and "within six months" in first and "in force since" in first
    today = watched.clock().date()
    assert ("Overdue" in first) == (today > date(2026, 11, 20))
    assert_usable(page)


@pytest.mark.parametrize(
    ("newest", "due"),
    [
        pytest.param(
            Subject(aspect=Aspect.MEASURES), "2027-04-20", id="a report that says that the service remains in special measures"
        ),
        pytest.param(Subject(aspect=Aspect.RATING, of="safe"), "2027-04-20", id="a report about an inadequate key question"),
        pytest.param(Subject(aspect=Aspect.RATING, of="caring"), "2026-11-20", id="a report about another key question"),
    ],
)
def test_the_due_date_is_counted_from_the_newest_relevant_report(
    newest: Subject, due: str, watched: Pages, reader: httpx.Client
) -> None:
    with writing(watched.app.store.engine) as connection:
        stated(connection, FALLEN, lambda subject: date(2026, 10, 20) if subject == newest else MAY)
    assert {one["Location ID"]: one["Due"] for one in rows(reader)}[FALLEN] == due


@pytest.mark.usefixtures("each_database")
def test_a_service_that_was_not_read_lately_is_not_shown_as_overdue(watched: Pages, reader: httpx.Client) -> None:
    service, held = table(ServiceRow), table(RegisterRow)
    north = "/re-inspections?watchlist=North+team"
    with writing(watched.app.store.engine) as connection:
        stated(connection, FALLEN, lambda subject: date(2025, 12, 1))
        stated(connection, HOSTILE_ONE, lambda subject: date(2098, 12, 1))
    page = reader.get(north).text
    assert "2 re-inspections are due; 1 of these is overdue. Not known for 1 watched service:" in page and ">Overdue<" in page
    with writing(watched.app.store.engine) as connection:
        for one in (FALLEN, "1-200000001", "1-200000008"):  # CQC promises nothing about the doctor's surgery
            unread = {"read_at": datetime(2026, 11, 1, tzinfo=UTC), "vouched_at": None}
            connection.execute(update(service).where(service.c.location_id == one).values(unread))
        connection.execute(delete(held).where(held.c.location_id == HOSTILE_ONE))
    page = reader.get(north).text
    assert "1 re-inspection is due; 0 of these are overdue. Not known for 3 watched services:" in page
    assert "whether it is overdue" in page and ">Overdue<" not in page
    assert rows(reader)[0]["Overdue"] == "not known"
    assert "Not known for 4 watched services:" in reader.get("/re-inspections").text
    with writing(watched.app.store.engine) as connection:
        connection.execute(delete(held))
    page = reader.get("/re-inspections").text
    assert "0 re-inspections are due; 0 of these are overdue. Not known for 12 watched services:" in page


def test_the_calendar_shows_that_cqc_is_inspecting_a_service(watched: Pages, reader: httpx.Client) -> None:
    seen = datetime(2026, 11, 24, 12, tzinfo=UTC)
    said: dict[str, Any] = {"kind": Kind.BEING_INSPECTED, "observed_at": seen, "since": date(2026, 11, 23)}
    event = Event(id="x", location_id=FALLEN, name="Larch Grove", **said)
    with writing(watched.app.store.engine) as connection:
        add_events(connection, [event])
    assert [one["Being inspected since"] for one in rows(reader)] == ["2026-11-23", "", "", ""]
    assert "CQC has been inspecting it since" in reader.get("/re-inspections").text


def test_the_calendar_can_be_saved_as_a_file_and_read_as_a_feed(watched: Pages, reader: httpx.Client) -> None:
    lines = unfolded(reader.get("/re-inspections/export.ics").content)
    assert lines.count("BEGIN:VEVENT") == 3 and "DTSTART;VALUE=DATE:20261120" in lines
    assert "SUMMARY:Larch Grove: CQC re-inspection due" in lines
    assert any(one.startswith("X-WR-CALDESC:Not known for 1 watched service: never read") for one in lines)
    assert any("Source: CQC: special measures for adult social care" in one for one in lines)
    key = watched.app.store.feeds.renew("North team", watched.people["reader"], watched.clock())
    with watched.client() as stranger:
        answer = stranger.get(f"/feeds/{key}/re-inspections.ics")
        assert stranger.get("/feeds/nobody/re-inspections.ics").status_code == 404
    mine = unfolded(answer.content)
    assert answer.headers["content-type"].startswith("text/calendar") and mine.count("BEGIN:VEVENT") == 2
    assert key and key not in answer.text
