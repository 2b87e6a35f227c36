"""Tests what messages say, and in which order. Everything from outside is shown only as text."""

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from monitor.events import Kind
from monitor.model import AtOnce, When
from monitor.notify.content import (
    Alert,
    Concern,
    Content,
    Digest,
    Message,
    OperatorMessage,
    StaleService,
    StillWatching,
    Trial,
    Welcome,
)
from monitor.notify.render import render
from monitor.standing import Standing
from tests.channels.receiving import NOW, card, entered, fall, told

URL = "https://monitor.example"
LICENCE = "Contains CQC information, licensed under the Open Government Licence v3.0."
USUALLY = "CQC usually places a service of this kind in special measures"


def message(content: Content) -> Message:
    return render(content, public_url=URL)


def digest(*events: Any, **other: Any) -> Message:
    values: dict[str, Any] = {
        "period": When.DAILY, "since": NOW - timedelta(days=1), "until": NOW, "events": events, "stale": ()
    }  # fmt: skip
    return message(Digest(**(values | other)))


def welcome(**other: Any) -> Message:
    values: dict[str, Any] = {
        "watchlist": "Leeds homes", "when": When.IMMEDIATE, "at": None, "day": None, "total": 34, "holdings": (), "not_read": ()
    }  # fmt: skip
    return message(Welcome(**(values | other)))


def holding(number: int = 1, name: str = "Cherrybrook Care Home", **other: Any) -> Concern:
    values: dict[str, Any] = {
        "service": card(number, name=name),
        "overall": "inadequate",
        "inadequate_key_questions": ("safe", "well-led"),
        "special_measures": "in",
        "quote": "The service remains in special measures.",
    }
    return Concern(**(values | other))


class Page(HTMLParser):
    """The HTML as a mail program sees it: text, headings, links, and all other tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.feed(html)
        self.text = " ".join(" ".join(self.said).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes[tag] = dict(attrs)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


# ── an alert ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_alert_has_the_same_content_in_text_and_html() -> None:
    """An alert names the service with its type, address and provider. It says what changed, with CQC's sentence and the date,
    where to read more, why the receiver gets the alert, and the licence."""
    alert = message(Alert(events=(fall(), entered())))
    expected = (
        "Cherrybrook Care Home",
        "Care home",
        "12 Orchard Lane, Leeds, LS1 4AB",
        "All Saints Care Limited",
        "1-2235500001",
        "Overall rating fell from Good to Inadequate",
        "Entered special measures",
        "CQC writes: “This service is being placed in special measures.”",
        "20 November 2026",
        "21 November 2026 at 9:04am",
        "CQC's page about Cherrybrook Care Home",
        "You get this because Cherrybrook Care Home is on your watchlist Leeds homes.",
        LICENCE,
    )
    page = Page(alert.html)
    for words in expected:
        assert words in alert.text
        assert words in page.text
    assert "https://www.cqc.org.uk/location/1-2235500001" in alert.text
    assert page.links == ["https://www.cqc.org.uk/location/1-2235500001"]
    assert alert.thread == "1-2235500001"
    assert alert.urgent is True
    assert alert.watchlists == ("Leeds homes",)


@pytest.mark.parametrize(
    ("events", "subject"),
    [
        pytest.param([fall()], "Inadequate", id="a fall to inadequate"),
        pytest.param(
            [fall(to="requires improvement"), entered()], "Requires improvement, special measures",
            id="the overall rating comes before a key question",
        ),
        pytest.param(
            [entered(), fall(of="safe"), fall(), told(Kind.ENFORCEMENT, of="warning notice")],
            "Inadequate, special measures, warning notice",
            id="special measures and enforcement come after the rating",
        ),
        pytest.param([told(Kind.REPORT), fall(of="well-led")], "Inadequate for Well-led", id="a key question fell"),
        pytest.param([told(Kind.REMAINS)], "Still in special measures", id="special measures continue"),
        pytest.param([told(Kind.UPGRADED, of="overall", from_="inadequate", to="good")], "Good, was Inadequate", id="a rise"),
        pytest.param([fall(group="Care Homes")], "Inadequate (Care Homes)", id="one service group fell"),
    ],
)
def test_the_subject_begins_with_the_rating(events: list[Any], subject: str) -> None:
    """A telephone shows only the beginning of a subject."""
    assert message(Alert(events=tuple(events))).subject == f"{subject}: Cherrybrook Care Home"


@pytest.mark.parametrize("name", ["Oak", "The Magnolia Residential Home for People with Dementia and Nursing Care", "x" * 300])
@pytest.mark.parametrize("more", [0, 12])
def test_the_subject_of_an_alert_is_short(name: str, more: int) -> None:
    """The subject has at most 78 characters, with the complete rating, and enough of the name to recognise the service."""
    worst = (fall(card(name=name)), entered(card(name=name)), told(Kind.ENFORCEMENT, card(name=name), of="warning notice"))
    others = [fall(card(number + 2, name=f"Zion {number}"), to="requires improvement") for number in range(more)]
    subject = message(Alert(events=(*worst, *others))).subject
    assert len(subject) <= 78
    assert subject.startswith("Inadequate, special measures")
    assert f": {name[:20]}" in subject
    assert subject.endswith("(+12 more)") is bool(more)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        pytest.param(
            fall(of="safe", to="requires improvement"),
            "Safe fell from Good to Requires improvement",
            id="a key question fell",
        ),
        pytest.param(
            told(Kind.UPGRADED, of="well-led", from_="good", to="outstanding"),
            "Well-led rose from Good to Outstanding",
            id="a key question rose",
        ),
        pytest.param(
            told(Kind.FIRST_RATED, of="overall", to="good"),
            "First rated: Good overall",
            id="a service rated for the first time",
        ),
        pytest.param(
            told(Kind.FIRST_RATED, of="safe", from_="not rated", to="good"),
            "First rated: Safe Good",
            id="a key question rated for the first time",
        ),
        pytest.param(
            told(Kind.FIRST_RATED, of="overall", from_="suspended", to="good"),
            "Overall rating is now Good (before that, CQC's page said: suspended)",
            id="rated again after a suspension",
        ),
        pytest.param(
            told(Kind.RATING_WITHDRAWN, of="overall", from_="good", to="no published rating"),
            "Overall rating withdrawn: it was Good, CQC's page now says: no published rating",
            id="a rating withdrawn for a reason",
        ),
        pytest.param(
            told(Kind.RATING_WITHDRAWN, of="overall", from_="good"),
            "Overall rating withdrawn: it was Good",
            id="a rating withdrawn",
        ),
        pytest.param(
            told(Kind.SCORE_FELL, of="safe", from_=66, to=44),
            "Score for Safe fell from 66% to 44%",
            id="a percentage fell",
        ),
        pytest.param(
            told(Kind.SCORE_ROSE, of="Learning culture", from_=2, to=3),
            "Score rose for Learning culture; not enough to reach another rating",
            id="a statement's score rose",
        ),
        pytest.param(
            told(Kind.LEFT, quote="It is no longer in special measures."),
            "Left special measures",
            id="left special measures",
        ),
        pytest.param(
            told(Kind.MEASURES_UNCLEAR, quote="Special measures may follow."),
            "Unclear whether it is in special measures: please check CQC's page",
            id="special measures are unclear",
        ),
        pytest.param(told(Kind.ENFORCEMENT), "CQC took enforcement action", id="enforcement of an unknown kind"),
        pytest.param(
            told(Kind.BREACH, of="Regulation 12"),
            "Breach of regulation 12 (safe care and treatment)",
            id="a breach",
        ),
        pytest.param(
            told(Kind.BREACH, of="20A"),
            "Breach of regulation 20A (display of ratings)",
            id="a breach that CQC gives only as a number",
        ),
        pytest.param(
            told(Kind.BREACH, of="Regulation 2009:18"),
            "Breach of regulation 18 of the 2009 Registration Regulations (notification of other incidents)",
            id="a breach of the 2009 regulations",
        ),
        pytest.param(told(Kind.BREACH, of="medicines"), "Breach of the regulations (medicines)", id="a breach without a number"),
        pytest.param(told(Kind.REPORT, of="AP123"), "New report published", id="a new report"),
        pytest.param(told(Kind.ARCHIVED), "No longer registered with CQC", id="a service that is no longer registered"),
        pytest.param(told(Kind.REGISTERED), "Registered with CQC", id="a service that is registered again"),
        pytest.param(told(Kind.PROVIDER_CHANGED), "CQC says that the provider has changed", id="another provider"),
        pytest.param(told(Kind.MOVED), "CQC says that the service has moved", id="a service that has moved"),
    ],
)
def test_every_kind_of_event_is_described_in_plain_words(event: Any, said: str) -> None:
    """Each event is described in plain words, with ratings spelt as CQC spells them, and with CQC's sentence if there is
    one."""
    rendered = message(Alert(events=(event,)))
    assert f"* {said}\n" in rendered.text
    assert said in Page(rendered.html).text
    if event.event.quote:
        assert f"CQC writes: “{event.event.quote}”" in rendered.text


def test_no_kind_of_event_is_without_words() -> None:
    """The table above has only some kinds of event. This test covers all of them."""
    for kind in Kind:
        said = message(Alert(events=(told(kind, of="overall", from_="good", to="good"),))).sections[0].said[0].text
        assert said
        assert "None" not in said


@pytest.mark.parametrize(
    ("service", "events", "is_said"),
    [
        pytest.param(card(), [fall()], True, id="a care home"),
        pytest.param(card(service_type="GP practice"), [fall()], True, id="a GP practice"),
        pytest.param(card(service_type="Independent mental health service"), [fall()], True, id="independent healthcare"),
        pytest.param(card(service_type=None), [fall()], True, id="a service of unknown type"),
        pytest.param(card(), [told(Kind.FIRST_RATED, of="overall", to="inadequate")], True, id="first rated inadequate"),
        pytest.param(card(service_type="Dentist"), [fall()], False, id="a dentist"),
        pytest.param(card(location_id="RJ121", service_type="Hospital"), [fall()], False, id="an NHS trust's hospital"),
        pytest.param(card(), [fall(), entered()], False, id="special measures are stated"),
        pytest.param(
            card(), [fall(), told(Kind.MEASURES_UNCLEAR)], False, id="special measures are unclear, and the message says so"
        ),
        pytest.param(card(), [fall(of="safe")], False, id="only a key question fell"),
        pytest.param(card(), [fall(to="requires improvement")], False, id="a fall to requires improvement"),
    ],
)
def test_a_message_says_if_cqc_does_not_state_expected_special_measures(service: Any, events: list[Any], is_said: bool) -> None:
    """If CQC usually states special measures for such a rating, but has not, the message says this. Source:
    docs/facts/special-measures.md, Presumed."""
    rendered = message(Alert(events=tuple(replace(event, service=service) for event in events)))
    assert (USUALLY in rendered.text) is is_said


def test_an_alert_gives_the_present_state_of_the_service() -> None:
    """The alert gives the rating that did not change, all present ratings, and the date of the previous report. It also says
    since when the service has been in special measures."""
    standing = Standing(
        stays={"": "good"},
        now="Good overall; Safe Inadequate, the rest Good",
        former=date(2023, 4, 18),
        measures=True,
        measures_since=date(2025, 3, 1),
        or_earlier=True,
    )
    alert = message(Alert(events=(replace(fall(of="safe"), standing=standing, why="Medicines were not managed safely."),)))
    for words in (
        "Safe fell from Good to Inadequate; overall stays Good",
        "Why, from CQC's summary",
        "“Medicines were not managed safely.”",
        "Ratings now: Good overall; Safe Inadequate, the rest Good",
        "Published by CQC: 20 November 2026 (previous report: 18 April 2023)",
        "In special measures: since 1 March 2025 or earlier",
    ):
        assert words in alert.text
        assert words.partition(": ")[2] in Page(alert.html).text


def test_a_later_alert_about_a_report_says_that_there_was_an_earlier_message() -> None:
    alert = message(Alert(events=(told(Kind.ENFORCEMENT, of="warning notice"),), more=True))
    assert "More from the report of 20 November 2026. An earlier message told you about this report." in alert.text
    assert alert.thread == "1-2235500001"


def test_an_alert_about_many_services_lists_the_worst_first() -> None:
    """The alert has a table at the top, and belongs to no thread."""
    alert = message(
        Alert(events=(fall(to="requires improvement"), fall(card(2, name="Magnolia House")), entered(card(3, name="Oak"))))
    )
    assert alert.subject == "Inadequate: Magnolia House (+2 more)"
    assert [section.heading for section in alert.sections] == [
        "Urgent news about 3 services", "Magnolia House", "Oak", "Cherrybrook Care Home", ""
    ]  # fmt: skip
    (title, *_) = alert.sections
    assert title.table is not None
    assert [(row.name, row.cells) for row in title.table.rows] == [
        ("Magnolia House", ("Good → Inadequate overall", "")),
        ("Oak", ("", "Entered")),
        ("Cherrybrook Care Home", ("Good → Requires improvement overall", "")),
    ]
    assert (alert.thread, alert.urgent) == (None, True)


def test_the_date_of_the_last_report_is_not_given_as_the_date_of_a_closure() -> None:
    assert "20 November" not in message(Alert(events=(told(Kind.ARCHIVED),))).text


def test_an_alert_says_that_cqc_gives_no_date() -> None:
    assert "Published by CQC: CQC gives no date" in message(Alert(events=(fall(published=None),))).text


# ── the first message, and operator messages ─────────────────────────────────────────────────────────────────────────────


def test_a_welcome_gives_the_present_state_of_the_services() -> None:
    """The welcome lists services in special measures first, then inadequate services, with CQC's sentences. It also lists the
    services that were not read."""
    rendered = welcome(
        holdings=(
            holding(2, "Magnolia House", overall="requires improvement", special_measures=None, quote=None),
            holding(3, "Oak House", inadequate_key_questions=(), special_measures="presumed", quote=None),
            holding(1),
        ),
        not_read=(card(9, name="Silent House"),),
        others=(("good", 20), ("requires improvement", 8), (None, 2)),
    )
    assert rendered.subject == "Leeds homes: watching 34 services, 3 already inadequate or in special measures, 1 not read yet"
    assert rendered.sections[0].table is not None
    assert [(row.name, *row.cells, row.urgent) for row in rendered.sections[0].table.rows] == [
        ("Cherrybrook Care Home", "Inadequate overall; Safe and Well-led Inadequate", "In", True),
        ("Oak House", "Inadequate overall", "Usual, but not stated", True),
        ("Magnolia House", "Requires improvement overall; Safe and Well-led Inadequate", "", False),
    ]
    assert [section.heading for section in rendered.sections[1:-1]] == ["The other services", "Not read yet", ""]
    assert "Of the other services, 20 are Good, 8 are Requires improvement and 2 are without a known rating." in rendered.text
    assert USUALLY in rendered.text
    assert "Silent House" in rendered.text
    assert "Of the 33 services that we have read, these 3 are already rated Inadequate" in rendered.text
    assert LICENCE in rendered.text


@pytest.mark.parametrize(
    ("other", "said"),
    [
        pytest.param({"when": When.IMMEDIATE}, "You will get a message as soon as we see", id="alerts at once"),
        pytest.param({"when": When.DAILY, "at": "07:30"}, "You will get one message a day, at 7:30am,", id="daily"),
        pytest.param({"when": When.WEEKLY, "at": "16:05", "day": "mon"}, "one message a week, on Monday at 4:05pm,", id="weekly"),
        pytest.param({"at_once": AtOnce.ANY}, "that a rating fell or was withdrawn", id="at once about any fall"),
        pytest.param({"at_once": AtOnce.OVERALL}, "that an overall rating fell or was withdrawn", id="about overall falls"),
        pytest.param({"at_once": AtOnce.LOW}, "an overall rating fell to Requires improvement", id="at once about low ratings"),
        pytest.param({"at_once": AtOnce.INADEQUATE}, "Other falls, enforcement action and all other bad", id="only inadequate"),
        pytest.param({}, "Reports without bad news come once a week.", id="other reports each week"),
        pytest.param({"all_news": True}, "Reports without bad news come once a day too.", id="other reports each day"),
        pytest.param({"left_out": ("score rose",)}, "not alerted about these kinds of news: score rose.", id="one kind left out"),
        pytest.param({"only_placed": True}, "services where nobody is placed", id="only services with placements"),
        pytest.param({"total": 1}, "None of the 1 service that we have read", id="no service is inadequate"),
        pytest.param(
            {"total": 1, "not_read": (card(),)},
            "We have not read any of these services yet.",
            id="no service was read yet",
        ),
        pytest.param(
            {"total": 2, "holdings": (holding(),)}, "this one is already rated Inadequate", id="one of two services is inadequate"
        ),
    ],
)
def test_a_welcome_says_which_messages_will_come_and_when(other: dict[str, Any], said: str) -> None:
    """The welcome claims nothing about services that were not read."""
    assert said in welcome(**other).text


@pytest.mark.parametrize("service", [card(service_type="Dentist"), card(location_id="RT203")])
def test_a_welcome_presumes_no_special_measures_for_a_dentist_or_an_nhs_trust(service: Any) -> None:
    rendered = welcome(holdings=(holding(service=service, special_measures="presumed", quote=None),))
    assert USUALLY not in rendered.text
    assert rendered.data["holdings"][0]["special_measures"] is None  # type: ignore[index]


def still_watching(**other: Any) -> Message:
    values: dict[str, Any] = {
        "watchlist": "Leeds homes", "period": "weekly", "total": 34, "as_of": NOW, "all_since": NOW - timedelta(hours=5),
        "stale": (),
    }  # fmt: skip
    return message(StillWatching(**(values | other)))


NOT_READ = StaleService(service=card(2, name="Elm House"), last_read_at=NOW - timedelta(days=3))


@pytest.mark.parametrize(
    ("other", "subject"),
    [
        pytest.param({}, "Leeds homes: still watching 34 services, all read within the last 5 hours", id="all services are read"),
        pytest.param(
            {"all_since": NOW - timedelta(minutes=5)},
            "Leeds homes: still watching 34 services, all read within the last hour",
            id="all services were read in the last hour",
        ),
        pytest.param({"total": 1}, "Leeds homes: still watching 1 service, read within the last 5 hours", id="a single service"),
        pytest.param(
            {"stale": (NOT_READ,)}, "Leeds homes: still watching 34 services, 1 of them not up to date",
            id="one service is not read",
        ),
        pytest.param(
            {"total": 1, "stale": (NOT_READ,), "all_since": None},
            "Leeds homes: still watching 1 service, not up to date",
            id="the only service is not read",
        ),
        pytest.param(
            {"total": 0, "all_since": None}, "Leeds homes: no service is on this watchlist any more", id="an empty watchlist"
        ),
    ],
)
def test_a_heartbeat_message_says_that_all_services_are_read_only_if_this_is_true(other: dict[str, Any], subject: str) -> None:
    said = still_watching(**other)
    assert said.subject == subject
    assert ("all read" in said.text) is ("all read" in subject)
    assert ("Elm House" in said.text) is ("Elm House" in said.html) is ("stale" in other)


@pytest.mark.parametrize(
    ("period", "why"),
    [
        pytest.param("weekly", "somebody asked for this weekly message", id="a weekly message"),
        pytest.param("monthly", "Microsoft switches off a Teams workflow that is not used", id="a monthly message"),
    ],
)
def test_a_heartbeat_message_says_why_it_is_sent_and_what_its_absence_means(period: str, why: str) -> None:
    said = still_watching(period=period)
    assert why in " ".join(said.text.split()) and "If no such message comes" in said.text
    assert not said.urgent


def test_a_heartbeat_message_has_its_own_kind_of_payload() -> None:
    data: dict[str, Any] = dict(still_watching(stale=(NOT_READ,)).data)
    (stale,) = data["stale"]
    assert (stale["location_id"], stale["name"], stale["last_read_at"]) == ("1-2235500002", "Elm House", "2026-11-18T09:04:00Z")
    assert {name: value for name, value in data.items() if name != "stale"} == {
        "kind": "still watching",
        "monitor": URL,
        "subject": "Leeds homes: still watching 34 services, 1 of them not up to date",
        "watchlist": "Leeds homes",
        "period": "weekly",
        "total": 34,
        "as_of": "2026-11-21T09:04:00Z",
        "all_read_since": "2026-11-21T04:04:00Z",
        "judgement": None,
    }


def test_a_test_message_says_that_nothing_has_happened() -> None:
    trial = message(Trial())
    assert trial.subject == "cqc-monitor: a test, nothing has happened" and not trial.urgent
    assert "nothing has happened" in trial.text and "nothing has happened" in trial.html
    assert trial.data["kind"] == "test"


def test_an_operator_message_states_the_problem_plainly() -> None:
    """The message goes to the operator, who does not read digests."""
    rendered = message(OperatorMessage(subject="CQC's site can't be read", lines=("5 of 34 services.", "We keep trying.")))
    assert rendered.subject == "cqc-monitor: CQC's site can't be read"
    assert "5 of 34 services.\n\nWe keep trying." in rendered.text
    assert "operator" in rendered.text
    assert rendered.data["lines"] == ["5 of 34 services.", "We keep trying."]
