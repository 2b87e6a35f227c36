"""Tests the calendar of a watchlist's cases: its text, according to RFC 5545, and its address."""

from datetime import UTC, date, datetime

import pytest

from monitor.cases import Assign
from monitor.web.ical import Entry, calendar, escaped, folded
from tests.web.conftest import FALLEN, Pages

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def entry(title: str = "Larch Grove: case due", on: date = date(2026, 11, 30)) -> Entry:
    return Entry(uid="case-1@x", on=on, title=title, text="in hand", url="https://x/cases/1", made_at=NOON, version=3)


def unfolded(content: bytes) -> list[str]:
    """Returns the lines as a calendar program reads them."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "plain"),
        ("a, b; c", "a\\, b\\; c"),
        ("back\\slash", "back\\\\slash"),
        ("two\nlines\r\nEND:VEVENT", "two lines END:VEVENT"),
        ("\u202eturned\u202c", "turned"),
        ("", ""),
    ],
)
def test_text_in_a_calendar_is_escaped_and_adds_no_line(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize("text", ["x" * 74, "x" * 75, "x" * 76, "x" * 500, "é" * 200, "\N{CARE OF}🏠" * 90, ""])
def test_a_line_is_folded_between_characters(text: str) -> None:
    made = folded(text)
    assert all(len(line) <= 75 for line in made.split(b"\r\n")) and made.endswith(b"\r\n")
    assert unfolded(made) == [text] and all(line.decode() is not None for line in made.split(b"\r\n"))


def test_each_entry_of_a_calendar_is_a_whole_day() -> None:
    lines = unfolded(calendar("Cases: Leeds, north", [entry(), entry("Béthune; Visit", date(2026, 12, 31))]))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cqc-monitor//cases//EN"]
    assert lines[3] == "X-WR-CALNAME:Cases: Leeds\\, north"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2 and lines[-1] == "END:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261130" in lines and "DTEND;VALUE=DATE:20270101" in lines
    assert "SUMMARY:Béthune\\; Visit" in lines and "DTSTAMP:20261130T120000Z" in lines


def test_the_calendar_of_a_feed_contains_the_due_dates_of_cases_and_steps(fallen: Pages) -> None:
    store, me, now = fallen.app.store, fallen.people["editor"], fallen.clock()
    case = store.cases.open_at([FALLEN])[FALLEN]
    store.cases.act({case.id: case.version}, Assign(owner=me.id, due=date(2026, 12, 3)), me.id, now)
    key = store.feeds.renew("North team", me, now)
    assert key
    with fallen.client() as stranger:
        answer = stranger.get(f"/feeds/{key}.ics")
        lines = unfolded(answer.content)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "SUMMARY:Larch Grove: case due" in lines and "DTSTART;VALUE=DATE:20261203" in lines
        assert "SUMMARY:Larch Grove: Contact the placing authorities" in lines and key not in answer.text
        assert stranger.get(f"/feeds/{key}.ics", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
        store.people.end(me.id, None, now)
        assert stranger.get(f"/feeds/{key}.ics").status_code == stranger.get("/feeds/x.ics").status_code == 404
