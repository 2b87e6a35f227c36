"""Tests which item an event belongs to. All events of one service from one report are one item. A plan number, such as AP2291,
is CQC's number for a report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.events import Event, Kind, Rests
from monitor.items import NOT_OF_A_REPORT, Item, assigned, plan_in

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ID = "1-2235500001"
REPORT = date(2026, 11, 20)
EARLIER = date(2026, 5, 4)


def an_event(kind: Kind = Kind.DOWNGRADED, *, of: str = "overall", **other: object) -> Event:
    values: dict[str, object] = {"id": f"{kind}-{of}", "location_id": ID, "name": "Home", "observed_at": AT} | other
    return Event(kind=kind, of=of, **values)  # type: ignore[arg-type]


FALL = an_event(published=REPORT)
SAFE = an_event(of="safe", published=REPORT)
BY_PLAN = an_event(of="well-led", published=REPORT, plan="AP2291")
UNDATED = an_event(Kind.ENTERED, of="")
CLOSED = an_event(Kind.ARCHIVED, of="", published=EARLIER)


@pytest.mark.parametrize(
    ("events", "items"),
    [
        pytest.param([FALL], [f"{ID}/2026-11-20"], id="an item gets the report's date"),
        pytest.param([BY_PLAN], [f"{ID}/AP2291"], id="an item gets the plan number, if the report has one"),
        pytest.param([UNDATED], [f"{ID}/2026-11-21"], id="an item gets the day of the check, if date and number are unknown"),
        pytest.param([FALL, SAFE, BY_PLAN], [f"{ID}/2026-11-20"] * 3, id="only the last event of a report has the number"),
        pytest.param([BY_PLAN, FALL], [f"{ID}/AP2291"] * 2, id="only the first event of a report has the number"),
        pytest.param([UNDATED, FALL], [f"{ID}/2026-11-20"] * 2, id="an event without a date joins the report of the same check"),
        pytest.param([CLOSED], [f"{ID}/2026-11-21"], id="a closure gets the day of the check, not the date of the rating"),
        pytest.param([CLOSED, FALL], [f"{ID}/2026-11-20"] * 2, id="a closure joins the report of the same check"),
        pytest.param(
            [FALL, replace(SAFE, published=EARLIER)],
            [f"{ID}/2026-11-20", f"{ID}/2026-05-04"],
            id="two reports in one check have different dates",
        ),
        pytest.param(
            [BY_PLAN, replace(FALL, plan="AP2292")],
            [f"{ID}/AP2291", f"{ID}/AP2292"],
            id="two reports of one day have different numbers",
        ),
        pytest.param([], [], id="there are no events"),
    ],
)
def test_events_of_one_check_are_assigned_to_items(events: list[Event], items: list[str]) -> None:
    assert [one.item for one in assigned(events, ())[0]] == items


LATER = AT + timedelta(days=9)


@pytest.mark.parametrize(
    ("first", "later", "item"),
    [
        pytest.param(FALL, BY_PLAN, f"{ID}/2026-11-20", id="the number becomes known later, but the item keeps its id"),
        pytest.param(BY_PLAN, FALL, f"{ID}/AP2291", id="the later page does not give the number"),
        pytest.param(
            UNDATED, replace(FALL, observed_at=LATER), f"{ID}/2026-11-20", id="only the later event says which report it is from"
        ),
        pytest.param(FALL, replace(CLOSED, observed_at=LATER), f"{ID}/2026-11-30", id="a service closes days after the report"),
        pytest.param(
            FALL,
            replace(SAFE, published=REPORT + timedelta(days=3), rests_on=Rests.API_SITE_UNREAD),
            f"{ID}/2026-11-20",
            id="the API gives another date for the report",
        ),
        pytest.param(
            FALL,
            replace(SAFE, published=REPORT + timedelta(days=3)),
            f"{ID}/2026-11-23",
            id="another report is published in the same week",
        ),
        pytest.param(
            UNDATED, replace(FALL, published=AT.date()), f"{ID}/2026-11-21", id="the report was published on the day of the check"
        ),
        pytest.param(
            UNDATED,
            replace(UNDATED, observed_at=datetime(2026, 11, 22, 0, 30, tzinfo=UTC)),
            f"{ID}/2026-11-22",
            id="neither event has a date, and the later check is on the next day",
        ),
        pytest.param(
            replace(UNDATED, observed_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC)),
            replace(UNDATED, observed_at=datetime(2026, 7, 2, 9, 0, tzinfo=UTC)),
            f"{ID}/2026-07-02",
            id="a day begins at midnight in London",
        ),
    ],
)
def test_an_event_of_a_later_check_is_assigned_to_an_item(first: Event, later: Event, item: str) -> None:
    _, items = assigned([first], ())
    assert assigned([later], items)[0][0].item == item


def test_later_events_join_an_item_by_a_plan_number_that_was_added_to_the_item() -> None:
    _, items = assigned([FALL], ())
    _, learned = assigned([BY_PLAN], items)
    assert learned == [replace(items[0], plan="AP2291")]
    told, more = assigned([replace(SAFE, published=None, plan="AP2291")], learned)
    assert told[0].item == items[0].id and not more


def test_an_event_keeps_its_item() -> None:
    (placed,), items = assigned([FALL], ())
    assert assigned([replace(placed, plan="AP1")], items) == ([replace(placed, plan="AP1")], [])


_events = st.lists(
    st.builds(
        an_event,
        st.sampled_from(Kind),
        of=st.sampled_from(["overall", "safe"]),
        published=st.sampled_from([None, REPORT, EARLIER]),
        plan=st.sampled_from([None, "AP1", "AP2"]),
        observed_at=st.sampled_from([AT, LATER]),
    ),
    max_size=8,
)


@given(st.lists(_events, max_size=4))
def test_every_event_has_an_item_and_no_item_changes_its_id(checks: list[list[Event]]) -> None:
    known: dict[str, Item] = {}
    for number, check in enumerate(checks):
        events = [replace(one, id=f"{number}.{at}") for at, one in enumerate(check)]
        placed, changed = assigned(events, list(known.values()))
        assert [one.id for one in placed] == [one.id for one in events]
        for item in changed:
            was = known.get(item.id)
            assert was is None or (was.seen_at == item.seen_at and {was.plan, item.plan} - {None} <= {item.plan})
            known[item.id] = item
        assert all(one.item in known for one in placed)
        for one in placed:
            item = known[one.item or ""]
            assert not (one.plan and item.plan) or one.plan == item.plan or _joined(one)


def _joined(event: Event) -> bool:
    """Returns True if an event does not come from a report. Such an event may belong to an item with another plan
    number."""
    return event.kind in NOT_OF_A_REPORT


def _reports() -> Iterator[tuple[str | None, str | None]]:
    yield from [("AP2291", "AP2291"), ("lap-00417", "LAP-00417"), ("2026-11-20", None), (None, None), ("", None)]
    yield from [("https://api.cqc.org.uk/public/v1/reports/1?2", None), ("X" * 41, None), ("a/b", None)]


@pytest.mark.parametrize(("report", "plan"), [*_reports()])
def test_the_plan_number_is_read_from_the_name_of_a_report(report: str | None, plan: str | None) -> None:
    assert plan_in(report) == plan
