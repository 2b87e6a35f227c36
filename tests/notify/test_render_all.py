"""Tests all kinds of message. Everything from outside is shown only as text, and the same content makes the same message."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from monitor import templates
from monitor.cases import Case, State
from monitor.events import Kind, Rests
from monitor.model import When
from monitor.notify.content import (
    Alert,
    Content,
    Digest,
    Drill,
    Escalation,
    OperatorMessage,
    Own,
    Role,
    StaleService,
    Welcome,
)
from monitor.notify.data import event_data
from monitor.notify.render import continued, render
from monitor.own_facts import OwnFacts
from monitor.suspensions import Suspension
from monitor.text import clock, moment, plain
from tests.channels.receiving import HOSTILE, HOSTILE_SHOWN, NOW, card, entered, fall, told
from tests.notify.test_render import Page, holding, message

EVIL = card(name=HOSTILE, service_type=HOSTILE, address=HOSTILE, provider_name=HOSTILE)


FACTS = OwnFacts(location_id="1-2235500001", suspended_since=NOW.date(), as_of=NOW.date())

HOSTILE_CONTENTS: dict[str, Content] = {
    "alert": Alert(events=(fall(EVIL, watchlists=(HOSTILE,), group=HOSTILE), entered(EVIL, quote=HOSTILE))),
    "digest": Digest(
        period=When.DAILY,
        since=None,
        until=NOW,
        events=(told(Kind.BREACH, EVIL, (HOSTILE,), of=HOSTILE),),
        stale=(StaleService(service=EVIL, last_read_at=None),),
        reviews=(
            Suspension(watchlist=HOSTILE, name=HOSTILE, overall=HOSTILE, facts=FACTS, review_on=NOW.date(), set_on=NOW.date()),
        ),
    ),
    "welcome": Welcome(
        watchlist=HOSTILE,
        when=When.IMMEDIATE,
        at=None,
        day=None,
        total=2,
        holdings=(holding(service=EVIL, quote=HOSTILE),),
        not_read=(EVIL,),
    ),
    "trouble": OperatorMessage(subject=HOSTILE, lines=(HOSTILE,)),
    "on call": Escalation(events=(fall(EVIL),), watchlist=HOSTILE, paused=False, since=NOW, on_call="first"),
    "drill": Drill(watchlist=HOSTILE, link="https://monitor.example/drill/x", started_by=HOSTILE),
}


@pytest.mark.parametrize("content", HOSTILE_CONTENTS.values(), ids=HOSTILE_CONTENTS)
def test_text_from_outside_stays_text_in_each_message(content: Content) -> None:
    """In no kind of message does text from outside add an element, a line or a text direction."""
    rendered = message(content)
    assert "\n" not in rendered.subject + rendered.summary
    for text in (rendered.subject, rendered.summary, rendered.text, rendered.html):
        assert "\u202e" not in text
        assert "\r" not in text
    assert "Bcc: everyone@council.example" not in rendered.text.splitlines()
    assert HOSTILE_SHOWN in rendered.text
    page = Page(rendered.html)
    assert HOSTILE_SHOWN in page.text
    assert "script" not in page.tags
    json.dumps(rendered.data)


@pytest.mark.parametrize("content", HOSTILE_CONTENTS.values(), ids=HOSTILE_CONTENTS)
def test_the_html_is_plain_and_structured_enough_for_any_mail_program(content: Content) -> None:
    """The HTML has no image, script or style sheet. It states its language. It has one main heading and skips no heading
    level."""
    page = Page(message(content).html)
    assert page.attributes["html"]["lang"] == "en-GB"
    assert not {"img", "script", "style", "link", "form"} & set(page.tags)
    levels = [int(tag[1]) for tag in page.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(link.startswith("https://") for link in page.links)


_NOT_IN_WORD = re.compile(
    r"max-width|min-width|float\s*:|flex|grid|border-radius|background-image|url\(|position\s*:|display\s*:\s*(?!none)|<dl|<div"
)


@pytest.mark.parametrize("content", HOSTILE_CONTENTS.values(), ids=HOSTILE_CONTENTS)
def test_desktop_outlook_can_lay_out_each_message(content: Content) -> None:
    """Desktop Outlook uses Word for the layout. Word lays out tables, and lays out a cell correctly only if the cell has a
    width."""
    html = message(content).html
    assert not _NOT_IN_WORD.search(html)
    cells = re.findall(r"<t[dh] [^>]*>", html)
    assert cells
    assert all(re.search(r' width="\d+%"', cell) for cell in cells)
    assert len(re.findall(r"<t[dh]\b", html)) == len(cells)
    assert all(' width="100%"' in table for table in re.findall(r"<table[^>]*>", html))


def test_all_message_templates_use_one_layout_template() -> None:
    """One template lays out all messages, so a test of this template is true for each message."""
    files = [one for one in templates.folder("messages").iterdir() if one.suffix != ".jinja"]
    assert sorted(one.name for one in files) == ["message.html", "message.txt"]
    phrases = [one.read_text(encoding="utf-8") for one in templates.folder("messages").glob("*.jinja")]
    assert not [text for text in phrases if re.search(r"</?[a-z]+[ >]", text)]


def test_the_preview_text_in_a_list_of_mails_says_what_happened() -> None:
    """The mail begins with a hidden text, which lists of mails show."""
    before = message(Alert(events=(fall(), entered()))).html.partition("Cherrybrook Care Home</h1>")[0]
    assert "Overall rating fell from Good to Inadequate; Entered special measures" in before


@pytest.mark.parametrize("content", HOSTILE_CONTENTS.values(), ids=HOSTILE_CONTENTS)
def test_a_message_begins_with_a_title_and_ends_with_the_reason_for_sending(content: Content) -> None:
    """The channels rely on this order."""
    roles = [section.role for section in message(content).sections]
    assert (roles[0], roles[-1]) == (Role.TITLE, Role.CLOSING)
    assert roles.count(Role.TITLE) == roles.count(Role.CLOSING) == 1


def test_the_same_content_makes_the_same_message() -> None:
    """A message that is sent again is the same, word for word."""
    content = HOSTILE_CONTENTS["digest"]
    assert message(content) == message(content)


def test_a_link_that_is_not_a_web_address_is_left_out() -> None:
    """The reader of a message can open only web pages."""
    rendered = message(Alert(events=(fall(card(url="javascript:alert(1)")),)))
    assert "javascript" not in rendered.html + rendered.text
    assert rendered.sections[0].link is None


def test_the_json_of_an_event_has_the_documented_fields() -> None:
    """Source: docs/interface.md, Events as JSON."""
    assert event_data(told(Kind.SCORE_FELL, of="Learning culture", from_=3, to=2, published=None, id="e1").event) == {
        "id": "e1",
        "location_id": "1-2235500001",
        "name": "Cherrybrook Care Home",
        "kind": "score fell",
        "group": None,
        "of": "Learning culture",
        "from": 3,
        "to": 2,
        "published": None,
        "observed_at": "2026-11-21T09:04:00Z",
        "quote": None,
        "urgent": False,
        "severity": 4,
    }


def test_a_webhook_gets_the_documented_fields_and_nothing_else() -> None:
    """Source: docs/interface.md, What a webhook gets."""
    documented = Path(__file__).parents[2] / "docs/interface.md"
    section = documented.read_text().partition("## What a webhook gets")[2].partition("\n## ")[0]
    rows = {key: set(re.findall(r"`(\w+)`", said)) for key, said in re.findall(r"^\| `(\w+)` \|(.+)$", section, re.M)}
    of_case = set(re.findall(r"`(\w+)`", section.partition("A `case` has ")[2].partition(", as in")[0]))
    facts = OwnFacts(location_id="1-2235500001", people_placed=7, as_of=date(2026, 11, 1))
    own = Own(watchlist="Leeds homes", facts=facts, today=date(2026, 11, 21))
    nobodys = {"owner_id": None, "owner": None, "due": None, "next_due": None}
    case = Case(id=1, location_id="1-2235500001", state=State.NEW, version=1, opened_at=NOW, **nobodys)
    fell = replace(fall(), own=(own,), case=case)
    digest = Digest(period=When.DAILY, since=None, until=NOW, events=(fell,), stale=())
    for content in (Alert(events=(fell,)), digest, Escalation(events=(fell,), watchlist="Leeds homes", paused=False, since=NOW)):
        data: Any = message(content).data
        assert set(data["items"][0]) == rows["items"]
        assert {key for card in data["services"].values() for key in card} == rows["services"]
        assert [set(card["case"]) for card in data["services"].values()] == [of_case]
        assert data["events"] == [event_data(fell.event)]


@pytest.mark.parametrize(
    ("instant", "read"),
    [
        (datetime(2026, 11, 21, 9, 4, tzinfo=UTC), "21 November 2026 at 9:04am"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026 at 12:30am"),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), "1 July 2026 at midday"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "1 January 2026 at midnight"),
        (datetime(2026, 1, 1, 12, 1, tzinfo=UTC), "1 January 2026 at 12:01pm"),
    ],
)
def test_times_in_messages_are_in_english_local_time(instant: datetime, read: str) -> None:
    """In summer, clocks in England are an hour ahead of UTC."""
    assert moment(instant) == read


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\x00c\u2028d\x85e", "a b c d e"),
        ("gnola\u202em\u2066i\u200fa\u200b", "gnolamia"),
        ("St\xa0Anne’s – Tŷ Gwyn 家", "St Anne’s – Tŷ Gwyn 家"),
        ("a\ud800b", "ab"),
        ("  ", ""),
    ],
)
def test_plain_text_has_no_active_characters(text: str, shown: str) -> None:
    """Plain text is one line without any active characters. Real letters and signs stay."""
    assert plain(text) == shown


def test_times_dates_and_continued_headings_have_the_same_form_everywhere() -> None:
    """Tests other short texts too."""
    assert clock(datetime(2026, 1, 1, 7, 5, tzinfo=UTC)) == "7:05am"
    assert continued("x" * 300) == "x" * 99 + "… (continued)"
    assert date(2026, 11, 20).isoformat() in json.dumps(message(Alert(events=(fall(),))).data)


def test_a_message_says_that_an_event_is_based_on_cqcs_monthly_file_and_not_on_a_page() -> None:
    event = told(Kind.REGISTERED, rests_on=Rests.MONTHLY_FILE)
    message = render(Alert(events=(event,)), public_url="https://monitor.example")
    assert "CQC's monthly file says this" in message.text
    assert event_data(event.event)["rests_on"] == "cqc's monthly file"
