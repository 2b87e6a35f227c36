"""Tests the texts about the events of one item: a headline, lines with more detail, and a status for the subject of a message.
Messages, pages, commands and the API use the same words."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.events import Event, Kind
from monitor.lines import headline, lines, status
from monitor.standing import Standing

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
GOOD, LOW, INADEQUATE, OUTSTANDING = "good", "requires improvement", "inadequate", "outstanding"


def event(kind: Kind, of: str | None = None, **more: Any) -> Event:
    """Returns an event. All events in this module belong to one service and one check. `was` and `to` are the ratings before and
    after."""
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
            id="everything from a bad report",
        ),
        pytest.param([], "", id="there are no events"),
        pytest.param(moved(GOOD, LOW, "effective"), "Effective Good → Requires improvement", id="only a key question changed"),
        pytest.param(
            [*moved(GOOD, LOW, "overall", "safe"), *moved(LOW, INADEQUATE, "well-led")],
            "Good → Requires improvement overall; Well-led down to Inadequate; Safe down",
            id="a key question is worse than the overall rating",
        ),
        pytest.param(
            [*moved(GOOD, LOW, "overall", "safe"), *moved(GOOD, OUTSTANDING, "caring")],
            "Good → Requires improvement overall; Safe down; Caring up",
            id="some ratings fell and another rose",
        ),
        pytest.param(
            [*first(LOW, "overall", "safe", "well-led"), *first(GOOD, "effective", "caring", "responsive"), *BREACHES],
            "First rated Requires improvement overall; Safe and Well-led Requires improvement; breaches of regulations 12 and 17",
            id="the headline names the key questions whose first rating is low",
        ),
        pytest.param([*first(GOOD, "overall", "safe")], "First rated Good overall", id="all first ratings are good"),
        pytest.param(first(GOOD, "safe"), "First rated Good for Safe", id="only a key question is rated for the first time"),
        pytest.param(
            [event(Kind.FIRST_RATED, "overall", was="insufficient evidence to rate", to=GOOD)],
            "Now Good overall",
            id="a rating replaces the reason why there was none",
        ),
        pytest.param(
            [event(Kind.INADEQUATE_AGAIN, "overall", was=INADEQUATE, to=INADEQUATE, reports=3)],
            "Inadequate overall again",
            id="the rating is inadequate again",
        ),
        pytest.param(
            [*moved(GOOD, LOW, "overall", group="Care Homes"), *moved(GOOD, INADEQUATE, "overall", "safe", group="Homecare")],
            "Good → Inadequate overall (Homecare); Safe down; Good → Requires improvement overall (Care Homes)",
            id="the ratings of two service groups fell",
        ),
        pytest.param(
            moved(GOOD, LOW, "overall", read_late=True), "Requires improvement overall (read late)", id="the rating was read late"
        ),
        pytest.param([event(Kind.RATING_WITHDRAWN, "overall", was=GOOD)], "Good overall withdrawn", id="a rating was withdrawn"),
        pytest.param(
            [event(Kind.BREACH, "Regulation 2009:18")], "Breach of regulation 18 (2009)", id="a breach of the regulations of 2009"
        ),
        pytest.param(
            [event(Kind.BREACH, "staffing")], "Breach of the regulations (staffing)", id="a breach with a topic but no number"
        ),
        pytest.param([event(Kind.BREACH)], "Breach of the regulations", id="a breach without a regulation or topic"),
        pytest.param(
            [event(Kind.PROPOSED, "cancellation")], "Proposed: cancellation", id="enforcement is proposed but not taken"
        ),
        pytest.param([event(Kind.REPORT, to=GOOD)], "New report published: still Good", id="a report has no other news"),
        pytest.param(
            [REPORT, event(Kind.SCORE_FELL, "safe", was=75, to=50), event(Kind.SCORE_FELL, "Learning culture", was=3, to=2)],
            "New report published",
            id="scores are left out if there is a report",
        ),
        pytest.param([event(Kind.SCORE_FELL, "safe", was=75, to=50)], "Score fell for Safe", id="only a score fell"),
        pytest.param([event(Kind.ARCHIVED)], "No longer registered with CQC", id="the service closed"),
        pytest.param(
            [REPORT, *moved(GOOD, LOW, "overall", corrected_at=datetime(2026, 11, 22, tzinfo=UTC))],
            "New report published",
            id="a retracted event is left out if there are valid events",
        ),
        pytest.param(
            moved(GOOD, LOW, "overall", corrected_at=datetime(2026, 11, 22, tzinfo=UTC)),
            "Retracted: overall rating fell from Good to Requires improvement",
            id="all events were retracted",
        ),
    ],
)
def test_a_headline_describes_an_item_in_one_line(events: list[Event], said: str) -> None:
    assert headline(events) == said
    assert headline(reversed(events)) == said


QUESTIONS = ("safe", "effective", "caring", "responsive", "well-led")
REST = QUESTIONS[1:4]
STAYS = Standing(stays={"": GOOD})
SINCE = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("events", "standing", "said"),
    [
        pytest.param([], None, [], id="there are no events"),
        pytest.param(
            [REPORT, *first(LOW, "overall", "well-led", "safe"), *first(GOOD, *REST)],
            None,
            ["First rated: Requires improvement overall; Safe and Well-led Requires improvement, the rest Good"],
            id="first ratings share one line",
        ),
        pytest.param(
            first(GOOD, "overall", *QUESTIONS),
            None,
            ["First rated: Good overall; all five questions Good"],
            id="all first ratings are good",
        ),
        pytest.param(first(GOOD, "overall"), None, ["First rated: Good overall"], id="the only first rating is overall"),
        pytest.param(
            [*first(INADEQUATE, "safe"), *first(GOOD, "caring")],
            None,
            ["First rated: Safe Inadequate, Caring Good"],
            id="some key questions have no first rating",
        ),
        pytest.param(
            moved(GOOD, INADEQUATE, "overall", "well-led", "safe"),
            STAYS,
            ["Overall rating fell from Good to Inadequate", "Safe and Well-led fell from Good to Inadequate"],
            id="key questions that changed alike share one line",
        ),
        pytest.param(
            [*moved(GOOD, LOW, "effective", "caring"), *moved(LOW, INADEQUATE, "safe"), *moved(LOW, GOOD, "responsive")],
            STAYS,
            [
                "Safe fell from Requires improvement to Inadequate; overall stays Good",
                "Effective and Caring fell from Good to Requires improvement",
                "Responsive rose from Requires improvement to Good",
            ],
            id="the unchanged overall rating is given once",
        ),
        pytest.param(
            moved(GOOD, LOW, "effective"),
            Standing(),
            ["Effective fell from Good to Requires improvement"],
            id="an unknown overall rating is left out",
        ),
        pytest.param(
            [*moved(GOOD, LOW, "safe", group="Homecare"), *moved(GOOD, LOW, "overall", group="Care Homes")],
            Standing(stays={"Homecare": GOOD, "Care Homes": LOW}),
            [
                "Overall rating fell from Good to Requires improvement (Care Homes)",
                "Safe fell from Good to Requires improvement (Homecare); overall stays Good",
            ],
            id="each service group has its own line",
        ),
        pytest.param(
            moved(GOOD, LOW, "safe", "caring", group="Homecare", divided=True),
            None,
            ["Safe and Caring fell from Good to Requires improvement (Homecare, which CQC rates separately for the first time)"],
            id="CQC rates a service group separately for the first time",
        ),
        pytest.param(
            moved(GOOD, LOW, "safe", "caring", read_late=True, stood_since=SINCE),
            None,
            [
                "Rating for Safe and Caring is Requires improvement; this program showed it as Good until now (has been on CQC's"
                " page since 1 October 2026 or earlier; this program did not read it until now)"
            ],
            id="the ratings were read late",
        ),
        pytest.param(
            [*BREACHES, event(Kind.BREACH, "Regulation 18", again=True)],
            None,
            [
                "Breaches of regulations 12 (safe care and treatment) and 17 (good governance);"
                " again in breach of regulation 18 (staffing)"
            ],
            id="new and repeated breaches share one line",
        ),
        pytest.param(
            [event(Kind.BREACH, "staffing"), event(Kind.BREACH, "Regulation 2009:18")],
            None,
            [
                "Breaches of regulation 18 of the 2009 Registration Regulations (notification of other incidents)"
                " and the regulations (staffing)"
            ],
            id="a breach with a topic, and a breach of the regulations of 2009",
        ),
        pytest.param(
            [event(Kind.ENFORCEMENT, "conditions"), NOTICE],
            None,
            ["CQC took enforcement action: conditions and warning notice"],
            id="two kinds of enforcement share one line",
        ),
        pytest.param(
            [event(Kind.INADEQUATE_AGAIN, one, to=INADEQUATE, reports=2, since=SINCE) for one in ("safe", "well-led")],
            None,
            [
                "Rating for Safe and Well-led is Inadequate again, at least the second report in a row"
                " (since 1 October 2026 or earlier)"
            ],
            id="the ratings are inadequate again",
        ),
        pytest.param(
            [*moved(GOOD, LOW, "safe"), *moved(GOOD, LOW, "caring", corrected_at=NOW)],
            STAYS,
            [
                "Safe fell from Good to Requires improvement; overall stays Good",
                "Retracted: Caring fell from Good to Requires improvement",
            ],
            id="a retracted event has its own line",
        ),
        pytest.param(
            [REPORT, NOTICE],
            None,
            ["CQC took enforcement action: warning notice"],
            id="a report is left out if there is other news",
        ),
        pytest.param(
            [event(Kind.REPORT, to=GOOD, reports=2, since=SINCE), event(Kind.SCORE_FELL, "safe", was=75, to=72)],
            None,
            ["New report published: still Good, at least the second report in a row (since 1 October 2026 or earlier)"],
            id="a small fall in a score is left out if there is a report",
        ),
        pytest.param(
            [
                event(Kind.SCORE_FELL, "safe", was=66, to=44),
                event(Kind.SCORE_FELL, "well-led", was=70, to=50),
                event(Kind.SCORE_FELL, "caring", was=75, to=70),
                event(Kind.SCORE_FELL, "Learning culture", was=2, to=1),
                event(Kind.SCORE_FELL, "Safe environments", was=3, to=2),
                event(Kind.SCORE_ROSE, "effective", was=60, to=64),
            ],
            None,
            [
                "Scored 1 out of 4, the lowest: Learning culture",
                "Score for Safe fell from 66% to 44%, for Well-led from 70% to 50%",
                "Score for Effective rose from 60% to 64%",
            ],
            id="a score is given if it reaches another rating's band or 1",
        ),
        pytest.param(
            [event(Kind.SCORE_FELL, "safe", was=75, to=72)],
            None,
            ["Score fell for Safe; not enough to reach another rating"],
            id="a small fall in a score is given if there is no other news",
        ),
        pytest.param(
            [event(Kind.NOT_UNDERSTOOD, id="1", quote="A"), event(Kind.NOT_UNDERSTOOD, id="2", quote="B")],
            None,
            ["CQC's page says something new that this program can't classify"],
            id="two events with the same words share one line",
        ),
    ],
)
def test_an_item_is_described_in_few_lines(events: list[Event], standing: Standing | None, said: list[str]) -> None:
    assert [line.text for line in lines(events, standing)] == said
    told = [event for line in lines(events, standing) for event in line.events]
    assert len(told) == len({event.id for event in told})


def test_a_line_has_each_quoted_sentence_of_its_events_only_once() -> None:
    (line,) = lines(
        [event(Kind.BREACH, f"Regulation {one}", quote=quote) for one, quote in (("9", "A"), ("12", "B"), ("17", "A"))]
    )
    assert line.quotes == ("B", "A")
    assert not line.urgent


@pytest.mark.parametrize(
    ("events", "said"),
    [
        pytest.param([], "", id="there are no events"),
        pytest.param(
            [REPORT, *moved(GOOD, INADEQUATE, "overall", "safe"), ENTERED, NOTICE, *BREACHES],
            "Inadequate, special measures, warning notice, 2 breaches",
            id="everything from a bad report",
        ),
        pytest.param(
            [*first(LOW, "overall", "safe"), *BREACHES],
            "First rated Requires improvement, 2 breaches",
            id="the service is rated for the first time",
        ),
        pytest.param(
            moved(GOOD, LOW, "safe", "well-led"), "Requires improvement for Safe and Well-led", id="only key questions fell"
        ),
        pytest.param(
            [*moved(LOW, INADEQUATE, "safe"), *moved(LOW, GOOD, "overall")],
            "Inadequate for Safe, Good, was Requires improvement",
            id="urgent events come first",
        ),
        pytest.param(
            [event(Kind.INADEQUATE_AGAIN, "overall", to=INADEQUATE)], "Inadequate again", id="the rating is inadequate again"
        ),
        pytest.param(
            [event(Kind.RATING_WITHDRAWN, "overall", was=GOOD)], "Rating withdrawn, was Good", id="the rating was withdrawn"
        ),
        pytest.param([event(Kind.REMAINS)], "Still in special measures", id="the service is still in special measures"),
        pytest.param([event(Kind.LEFT)], "Left special measures", id="the service left special measures"),
        pytest.param([event(Kind.PROPOSED, "cancellation")], "Proposed: cancellation", id="enforcement is proposed"),
        pytest.param(
            [event(Kind.RATINGS_SUSPENDED, "ratings suspended", was=GOOD)], "Ratings suspended", id="the ratings were suspended"
        ),
        pytest.param([event(Kind.ARCHIVED)], "No longer registered with CQC", id="the service closed"),
        pytest.param(
            moved(GOOD, INADEQUATE, "overall", group="Homecare"), "Inadequate (Homecare)", id="a service group fell"
        ),
    ],
)
def test_the_status_in_a_subject_begins_with_the_rating(events: list[Event], said: str) -> None:
    assert status(events) == said


def test_a_status_is_shortened_to_the_given_length_but_keeps_its_first_part() -> None:
    events = [*moved(GOOD, INADEQUATE, "overall"), ENTERED, NOTICE, *BREACHES]
    assert status(events, 30) == "Inadequate, special measures"
    assert status(events, 1) == "Inadequate"


def test_every_kind_of_event_has_a_headline_a_line_and_a_status() -> None:
    for kind in Kind:
        one = event(kind, "overall", was=GOOD, to=GOOD)
        said = (headline([one]), status([one]), *(line.text for line in lines([one])))
        assert len(said) == 3
        assert all(text and "None" not in text for text in said)
