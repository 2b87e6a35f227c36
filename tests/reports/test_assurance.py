"""Tests what the assurance statement counts, and what it reports as not known."""

import io
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest

from monitor.cases import Did
from monitor.detect.agreement import Comparison, Difference, Outcome, Verified
from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.reports.assurance import (
    AT_LAST,
    IN_OUTAGE,
    NOT_KEPT,
    NOW_UNREAD,
    Became,
    Change,
    Compared,
    Delivery,
    Outage,
    Records,
    Step,
    Taken,
    Unread,
    Waiting,
    Watched,
    alerts,
    comparisons,
    days_not_read,
    failed,
    month_of,
)
from monitor.reports.assurance_paper import assurance_paper, spans
from monitor.reports.export import LAYOUTS, as_csv, as_text
from monitor.text import LONDON

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
OCTOBER = month_of("2026-10", NOW)
HOME, AGENCY = "1-300000001", "1-300000002"


def at(day: int, hour: int = 12, month: int = 10) -> datetime:
    """Returns a time in 2026, in UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def watched(location_id: str = HOME, **said: Any) -> Watched:
    values: dict[str, Any] = {"name": "Larch Grove", "since": at(1, month=3), "known_at": NOW, "read_at": NOW, "trouble": None}
    return Watched(location_id=location_id, **values | said)


def event(id: str = "fall", **said: Any) -> Event:
    values: dict[str, Any] = {"kind": Kind.DOWNGRADED, "of": "overall", "from_": "good", "to": "inadequate"}
    values |= {"published": date(2026, 10, 9), "first_seen_at": at(9, 10), "observed_at": at(9, 11), "item": "report-1"}
    return Event(id=id, location_id=HOME, name="Larch Grove", **values | said)


TAKEN_AT = at(9, 12)


def delivery(became: str = "sent", when: datetime = TAKEN_AT, **said: Any) -> Delivery:
    values: dict[str, Any] = {"message_id": "m1", "kind": "alert", "to": "lead@council.example", "made_at": at(9, 11)}
    return Delivery(became=became, at=when, **values | {"reply": "250 OK", "events": ("fall",)} | said)


def records(**said: Any) -> Records:
    values: dict[str, Any] = dict.fromkeys(
        ("services", "changes", "unread", "outages", "events", "deliveries", "waiting", "taken", "steps", "verified"), ()
    )
    values |= {"month": OCTOBER, "watchlist": None, "begun": at(1, month=3), "kept_from": None, "reports": (0, 0)}
    return Records(**values | said)


@pytest.mark.parametrize(
    ("text", "name", "begins", "until"),
    [
        pytest.param("", "October 2026", datetime(2026, 9, 30, 23, tzinfo=UTC), at(1, 0, 11), id="the last complete month"),
        pytest.param(" 2026-11 ", "November 2026", at(1, 0, 11), NOW, id="a month that is not over yet"),
        pytest.param("2026-02", "February 2026", at(1, 0, 2), at(1, 0, 3), id="a month in winter"),
    ],
)
def test_a_month_begins_and_ends_by_londons_clock(text: str, name: str, begins: datetime, until: datetime) -> None:
    month = month_of(text, NOW)
    assert (month.name, month.begins, month.until) == (name, begins, until)
    assert month.is_whole == (until != NOW)


@pytest.mark.parametrize("text", ["2026-13", "October", "2026-12", "1999-12", "2026-10-01"])
def test_a_month_is_refused_if_it_is_malformed_or_has_not_begun(text: str) -> None:
    with pytest.raises(UsageError):
        month_of(text, NOW)


STALE = Unread(location_id=HOME, since=at(4, 9), until=at(7, 6))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, {}, id="a service that is up to date now"),
        pytest.param(
            {"unread": (STALE,)}, {5: NOT_KEPT, 6: NOT_KEPT}, id="only complete days before a message that lists the service"
        ),
        pytest.param(
            {"unread": (STALE,), "outages": (Outage(since=at(5, 3), until=at(5, 20)),)},
            {5: IN_OUTAGE, 6: NOT_KEPT},
            id="an outage is the reason only on the days of the outage",
        ),
        pytest.param(
            {"unread": (STALE,), "outages": (Outage(since=None, until=at(5)), Outage(since=at(4), until=None))},
            {5: NOT_KEPT, 6: NOT_KEPT},
            id="an outage without a known beginning or end is no reason",
        ),
        pytest.param(
            {"services": (watched(known_at=at(29, 8), trouble="it says 500"),)},
            {30: f"{AT_LAST}: it says 500", 31: f"{AT_LAST}: it says 500"},
            id="a service that has not been read since 29 October",
        ),
        pytest.param(
            {"services": (watched(known_at=at(29, 8)),), "outages": (Outage(since=at(31), until=None, lasts=True),)},
            {30: NOW_UNREAD, 31: IN_OUTAGE},
            id="an outage that has not ended",
        ),
        pytest.param(
            {"services": (watched(since=at(5, 12)),), "unread": (STALE,)}, {6: NOT_KEPT},
            id="a service that was put on a watchlist after the last reading",
        ),
    ],
)
def test_days_on_which_a_service_was_not_read_are_counted(said: dict[str, Any], expected: dict[int, str]) -> None:
    found = days_not_read(records(**said)).get(HOME, {})
    assert {on.day: why for on, why in found.items()} == expected


FALL = event()


@pytest.mark.parametrize(
    ("said", "became"),
    [
        pytest.param({"deliveries": (delivery("dead", at(9, 12)), delivery())}, Became.ACCEPTED, id="accepted after a failure"),
        pytest.param({"deliveries": (delivery("dead"),)}, Became.NOT_DELIVERED, id="failed for good"),
        pytest.param({"deliveries": (delivery("dropped"),)}, Became.NOT_DELIVERED, id="dropped by a person"),
        pytest.param({"deliveries": (delivery(kind="correction"),)}, Became.NO_MESSAGE, id="only a correction was sent"),
        pytest.param(
            {"deliveries": (delivery(events=("other",)),)}, Became.NO_MESSAGE, id="only a message about something else was sent"
        ),
        pytest.param(
            {"waiting": (Waiting(kind="alert", to="x", since=at(9), attempts=3, reply=None, events=("fall",)),)},
            Became.WAITING,
            id="the message still waits",
        ),
        pytest.param({}, Became.NO_MESSAGE, id="no message in a complete log"),
        pytest.param({"kept_from": at(20)}, Became.NOT_KNOWN, id="no message in a log that begins later"),
    ],
)
def test_the_statement_gives_the_result_of_each_alert(said: dict[str, Any], became: Became) -> None:
    [found] = alerts(records(events=(FALL, event("key question", of="safe")), **said))
    assert (found.became, found.published, found.seen_at, found.confirmed_at) == (became, date(2026, 10, 9), at(9, 10), at(9, 11))
    is_accepted = became is Became.ACCEPTED
    assert (found.accepted_at, found.made_at, found.by) == ((at(9), at(9, 11), 1) if is_accepted else (None, None, 0))


def test_a_retracted_event_still_counts_as_an_alert_and_a_rise_does_not() -> None:
    [found] = alerts(records(events=(event(corrected_at=at(12)), event("rise", kind=Kind.UPGRADED, to="outstanding", item="2"))))
    assert found.retracted and not found.is_open


def test_a_reopened_event_counts_as_not_acknowledged() -> None:
    once = Taken(event_id="fall", by="priya@council.example", at=at(9, 13), reopened_at=None)
    again = Taken(event_id="fall", by="priya@council.example", at=at(9, 13), reopened_at=at(10))
    open_ = [alerts(records(events=(FALL,), taken=taken))[0].is_open for taken in ((), (once,), (again,))]
    assert open_ == [True, False, True]


def test_a_failed_message_is_counted_in_its_month_even_if_it_was_accepted_later() -> None:
    late, never = delivery("dead", at(9)), delivery("dead", at(10), message_id="m2")
    after = (delivery("dead", at(3, month=11), message_id="m3"), delivery(when=at(2, month=11)))
    found = failed(records(deliveries=(late, never, *after)))
    assert [(one.delivery.message_id, one.later) for one in found] == [("m1", at(2, month=11)), ("m2", None)]


def verified(outcome: Outcome, when: datetime, **said: Any) -> Verified:
    comparison = Comparison(outcome=outcome, **said)
    return Verified(location_id=HOME, at=when, file_date=date(2026, 10, 1), comparison=comparison)


def test_comparisons_are_counted_in_the_month_in_which_they_were_made() -> None:
    made = [(Outcome.AGREES, at(9)), (Outcome.DIFFERS, at(9, month=9)), (Outcome.NOT_READ, NOW), (Outcome.INHERITED, at(31))]
    found = comparisons(records(verified=tuple(verified(*one) for one in made)))
    assert found == {
        Compared.AGREES: (0, 1, 0),
        Compared.DIFFERS: (1, 0, 0),
        Compared.NOT_READ: (0, 0, 1),
        Compared.OTHERWISE: (0, 1, 0),
    }


def test_consecutive_days_are_written_as_a_range() -> None:
    days = [date(2026, 10, n) for n in (1, 2, 3, 7)]
    assert spans(days) == "1 to 3 October 2026, 7 October 2026"


def full() -> Records:
    difference = Difference(of="safe", page="good", file="inadequate")
    return records(
        watchlist="Leeds homes",
        services=(watched(since=at(2)), watched(AGENCY, name="Elm Care", known_at=at(29, 8), trouble="it says 500")),
        changes=(Change(at=at(2), what="added to watchlist", about=f"Leeds homes: {HOME}"),),
        unread=(STALE,),
        outages=(Outage(since=at(5, 3), until=at(5, 20)),),
        reports=(4, 1),
        events=(FALL,),
        deliveries=(delivery("dead", reply="550 no such mailbox", message_id="m2"), delivery()),
        waiting=(Waiting(kind="digest", to="sms:…0123", since=at(9), attempts=3, reply="busy", events=()),),
        taken=(Taken(event_id="fall", by="priya@council.example", at=at(9, 13), reopened_at=None),),
        steps=(Step(case=1, location_id=HOME, name="Larch Grove", did=Did.TOOK, at=at(9, 13), by="priya@council.example"),),
        verified=(verified(Outcome.DIFFERS, at(9), differences=(difference,)),),
    )


def test_the_statement_gives_times_people_and_reasons() -> None:
    text = " ".join(as_text(assurance_paper(full()), "https://www.cqc.org.uk").decode().split())
    for said in (
        "Assurance statement, October 2026: the watchlist Leeds homes",
        "5 October 2026 CQC’s site could not be read",
        "30 to 31 October 2026 at the last check: it says 500",
        "First accepted: 9 October 2026 at 1pm",
        "9 October 2026 at 1pm alert lead@council.example 1 event failed for good 550 no such mailbox",
        "priya@council.example 9 October 2026 at 2pm",
        "safe: read good, CQC's file says inadequate",
        "if a day is not listed, this does not prove that the service was read on that day",
        "their number is not known",
    ):
        assert said in text.replace("1:00pm", "1pm").replace("2:00pm", "2pm"), said


def test_numbers_from_before_the_first_record_are_not_known_rather_than_zero() -> None:
    paper = assurance_paper(records(begun=NOW))
    assert any("nothing is known about this month" in one for one in paper.lines)
    numbers = {row.label: str(row.cells[0]) for row in paper.tables[0].rows}
    assert numbers["Services watched, if they are still watched"] == "0 known, the rest of the month not known"
    assert numbers["Messages that failed for good or were dropped"] == "0 known, the rest of the month not known"
    assert numbers["Alerts: reports with something that had to be sent at once"] == "0 known, the rest of the month not known"
    removed = assurance_paper(records(kept_from=at(20)))
    assert any("KEEP_LOG" in one for one in removed.lines)
    numbers = {row.label: str(row.cells[0]) for row in removed.tables[0].rows}
    assert numbers["Messages that failed for good or were dropped"].endswith("not known")
    assert numbers["Other changes, for digests only"] == "0"


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_statement_is_made_in_each_layout(layout: str) -> None:
    assert LAYOUTS[layout](assurance_paper(full()), "https://www.cqc.org.uk")
    assert LAYOUTS[layout](assurance_paper(records(begun=None)), "https://www.cqc.org.uk")


def test_times_are_dates_in_the_workbook_and_iso_8601_in_csv() -> None:
    """In the workbook, as in the report, times are London times."""
    paper = assurance_paper(full())
    book = openpyxl.load_workbook(io.BytesIO(LAYOUTS["xlsx"](paper, "")))
    found = 0
    for table in paper.tables:
        for row, made in zip(table.rows, book[table.key].iter_rows(min_row=2, values_only=True), strict=True):
            instants = [row.at, *(cell.at for cell in row.cells)]
            wanted = [one.astimezone(LONDON).replace(tzinfo=None, microsecond=0) for one in instants if one is not None]
            assert [one for one in made if isinstance(one, datetime) and one.time() != time(0)] == wanted, table.key
            found += len(wanted)
            assert not any(re.search(r"20\d\d at \d", str(one)) for one in made), table.key
    assert found > 8 and any("Times are London times." in one for (one,) in book["Notes"].iter_rows(values_only=True))
    text = as_csv(paper, "").decode("utf-8-sig")
    assert re.search(r"T\d\d:\d\d:\d\dZ\r\n", text) and not re.search(r"20\d\d at \d[^,]*\r\n", text)


def test_the_statement_says_if_its_month_is_not_over() -> None:
    paper = assurance_paper(records(month=month_of("2026-11", NOW), begun=NOW - timedelta(days=90)))
    assert paper.lines[0] == "November 2026 is not over. This statement covers the month until 21 November 2026 at midday."
    assert b"Assurance statement, November 2026" in as_csv(paper, "")
