"""What the events of one item say, in one line. The same words stand in messages, pages, commands and the API."""

from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.events import Event, Kind
from monitor.lines import headline

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
GOOD, LOW, INADEQUATE, OUTSTANDING = "good", "requires improvement", "inadequate", "outstanding"


def event(kind: Kind, of: str | None = None, **more: Any) -> Event:
    """An event of one service, all of one check. `was`, `to`: its ratings."""
    values: dict[str, Any] = {
        "id": f"{kind}-{of}-{more}", "location_id": "1-2235535718", "name": "Rowan Care", "observed_at": NOW
    } | {"from_" if name == "was" else name: value for name, value in more.items()}  # fmt: skip
    return Event(kind=kind, of=of, **values)


def moved(was: str, to: str, *of: str, **more: Any) -> list[Event]:
    order = [OUTSTANDING, GOOD, LOW, INADEQUATE]
    kind = Kind.DOWNGRADED if order.index(to) > order.index(was) else Kind.UPGRADED
    return [event(kind, one, was=was, to=to, **more) for one in of]


def first(to: str, *of: str, **more: Any) -> list[Event]:
    return [event(Kind.FIRST_RATED, one, to=to, **more) for one in of]


ENTERED = event(Kind.ENTERED, quote="The service is in special measures.")
NOTICE = event(Kind.ENFORCEMENT, "warning notice")
REPORT = event(Kind.REPORT)
BREACHES = [event(Kind.BREACH, f"Regulation {number}") for number in ("17", "12")]


@pytest.mark.parametrize(
    ("events", "said"),
    [
        pytest.param(
            [REPORT, *BREACHES, NOTICE, *moved(GOOD, INADEQUATE, "overall", "well-led", "safe"), ENTERED],
            "Good → Inadequate overall; Safe and Well-led down; entered special measures; "
            "breaches of regulations 12 and 17; warning notice",
            id="all that a bad report brings",
        ),
        pytest.param([], "", id="nothing"),
        pytest.param(moved(GOOD, LOW, "effective"), "Effective Good → Requires improvement", id="a question alone"),
        pytest.param(
            [*moved(GOOD, LOW, "overall", "safe"), *moved(LOW, INADEQUATE, "well-led")],
            "Good → Requires improvement overall; Well-led down to Inadequate; Safe down",
            id="a question that is worse than the whole",
        ),
        pytest.param(
            [*moved(GOOD, LOW, "overall", "safe"), *moved(GOOD, OUTSTANDING, "caring")],
            "Good → Requires improvement overall; Safe down; Caring up",
            id="up and down",
        ),
        pytest.param(
            [*first(LOW, "overall", "safe", "well-led"), *first(GOOD, "effective", "caring", "responsive"), *BREACHES],
            "First rated Requires improvement overall; Safe and Well-led Requires improvement; breaches of regulations 12 and 17",
            id="rated for the first time: only what is low",
        ),
        pytest.param([*first(GOOD, "overall", "safe")], "First rated Good overall", id="first rated good"),
        pytest.param(first(GOOD, "safe"), "First rated Good for Safe", id="a question rated for the first time"),
        pytest.param(
            [event(Kind.FIRST_RATED, "overall", was="insufficient evidence to rate", to=GOOD)],
            "Now Good overall",
            id="rated after a reason",
        ),
        pytest.param(
            [event(Kind.INADEQUATE_AGAIN, "overall", was=INADEQUATE, to=INADEQUATE, reports=3)],
            "Inadequate overall again",
            id="again",
        ),
        pytest.param(
            [*moved(GOOD, LOW, "overall", group="Care Homes"), *moved(GOOD, INADEQUATE, "overall", "safe", group="Homecare")],
            "Good → Inadequate overall (Homecare); Safe down; Good → Requires improvement overall (Care Homes)",
            id="two service groups",
        ),
        pytest.param(moved(GOOD, LOW, "overall", read_late=True), "Requires improvement overall (read late)", id="read late"),
        pytest.param([event(Kind.RATING_WITHDRAWN, "overall", was=GOOD)], "Good overall withdrawn", id="withdrawn"),
        pytest.param([event(Kind.BREACH, "Regulation 2009:18")], "Breach of regulation 18 (2009)", id="the regulations of 2009"),
        pytest.param([event(Kind.BREACH, "staffing")], "Breach of the regulations (staffing)", id="a topic without a number"),
        pytest.param([event(Kind.BREACH)], "Breach of the regulations", id="a breach of nothing named"),
        pytest.param([event(Kind.PROPOSED, "cancellation")], "Proposed: cancellation", id="proposed is not taken"),
        pytest.param([event(Kind.REPORT, to=GOOD)], "New report published: still Good", id="a report and nothing else"),
        pytest.param(
            [REPORT, event(Kind.SCORE_FELL, "safe", was=75, to=50), event(Kind.SCORE_FELL, "Learning culture", was=3, to=2)],
            "New report published",
            id="scores are not named beside a report",
        ),
        pytest.param([event(Kind.SCORE_FELL, "safe", was=75, to=50)], "Score fell for Safe", id="a score alone"),
        pytest.param([event(Kind.ARCHIVED)], "No longer registered with CQC", id="closed"),
        pytest.param(
            [REPORT, *moved(GOOD, LOW, "overall", corrected_at=datetime(2026, 11, 22, tzinfo=UTC))],
            "New report published",
            id="what was retracted is not named beside what stands",
        ),
        pytest.param(
            moved(GOOD, LOW, "overall", corrected_at=datetime(2026, 11, 22, tzinfo=UTC)),
            "Retracted: overall rating fell from Good to Requires improvement",
            id="all retracted",
        ),
    ],
)
def test_a_headline_says_in_one_line_what_an_item_holds(events: list[Event], said: str) -> None:
    assert headline(events) == said
    assert headline(reversed(events)) == said
