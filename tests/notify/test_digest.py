"""Tests digests: a table with the worst item first, and then a block for each item, as long as there is room."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.events import Kind
from monitor.model import When
from monitor.notify.content import Digest, NotifiedEvent, Pages, StaleService
from monitor.notify.render import MOST_HTML, Extent, render, said_as_json
from monitor.standing import Standing
from tests.channels.receiving import NOW, card, entered, fall, told
from tests.notify.test_render import LICENCE, URL, Page, digest


def test_a_digest_begins_with_a_table_worst_first() -> None:
    """After the table, each item has a block with one link. If there are several watchlists, each block lists the item's
    watchlists."""
    rendered = digest(
        told(Kind.UPGRADED, card(1, name="Amber"), ("East",), of="overall", from_="good", to="outstanding"),
        told(Kind.REPORT, card(2, name="Birch"), ("West",)),
        fall(card(3, name="Cedar"), watchlists=("West",)),
        entered(card(3, name="Cedar"), watchlists=("West",)),
        fall(card(4, name="Dale"), watchlists=("West", "East"), of="safe"),
        told(Kind.REMAINS, card(5, name="Elm"), watchlists=("West",)),
        asked=(("West", When.DAILY), ("East", When.DAILY)),
    )
    title, *blocks, _ = rendered.sections
    assert title.table is not None
    assert [(row.name, row.cells) for row in title.table.rows] == [
        ("Cedar", ("Good → Inadequate overall", "Entered")),
        ("Elm", ("", "Remains")),
        ("Dale", ("Safe Good → Inadequate", "")),
        ("Amber", ("Good → Outstanding overall", "")),
        ("Birch", ("New report published", "")),
    ]
    assert [section.heading for section in blocks] == ["Cedar", "Elm", "Dale", "Amber", "Birch"]
    assert Page(rendered.html).links.count("https://www.cqc.org.uk/location/1-2235500003") == 1
    assert rendered.subject == "West and East, 21 Nov: Cedar: Inadequate, special measures (+4 more)"
    assert "Watchlists East and West" in blocks[2].notes
    assert "Urgent news about 3 services, other news about 2." in rendered.text
    assert "This digest covers 20 November 2026 at 9:04am to 21 November 2026 at 9:04am." in rendered.text
    assert "You get this because you asked for the daily digest of your watchlists West and East." in rendered.text
    assert LICENCE in rendered.text
    assert rendered.thread is None


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        pytest.param([("West", When.DAILY)], "you asked for the daily digest of your watchlist West.", id="a daily watchlist"),
        pytest.param(
            [("West", When.IMMEDIATE)],
            "you are alerted about your watchlist West, and news that is not sent at once comes in a message like this.",
            id="an immediate watchlist",
        ),
        pytest.param(
            [("West", When.IMMEDIATE), ("East", When.DAILY)],
            "comes in a message like this. You get this because you asked for the daily digest of your watchlist East.",
            id="an immediate watchlist and a daily watchlist",
        ),
    ],
)
def test_a_digest_says_truthfully_why_the_receiver_gets_the_digest(asked: list[tuple[str, When]], why: str) -> None:
    assert why in digest(fall(), asked=tuple(asked)).text


def test_a_digest_of_48_services_is_small() -> None:
    """The HTML is smaller than 90 KB, because Gmail shows only about 102 KB. Each service has one link."""
    rendered = digest(*(event for number in range(48) for event in fallen(number)), asked=(("Oldham care", When.DAILY),))
    html = len(rendered.html.encode())
    assert html <= MOST_HTML == 90_000
    assert all(f"Home number {number:02}" in rendered.html for number in range(48))
    assert len(Page(rendered.html).links) == 48
    whole = json.loads(said_as_json(rendered))
    assert [section["heading"] for section in whole["sections"]].count("Home number 47 of the list") == 1


def fallen(number: int) -> list[NotifiedEvent]:
    """Returns the events from a bad report, with long sentences."""
    home = card(number, name=f"Home number {number:02} of the list", local_authority="Oldham")
    quote = "People were not always protected from the risk of avoidable harm, since risks were not assessed. " * 3
    standing = Standing(
        now="Inadequate overall; Safe and Well-led Inadequate, Effective Requires improvement, the rest Good",
        former=date(2023, 4, 18),
        measures=True,
        measures_since=date(2026, 11, 20),
    )
    events = [
        fall(home),
        fall(home, of="safe"),
        fall(home, of="well-led"),
        fall(home, of="effective", to="requires improvement"),
        entered(home, quote=quote),
        told(Kind.ENFORCEMENT, home, of="warning notice", quote=quote),
        *(told(Kind.BREACH, home, of=f"Regulation {one}", quote=quote) for one in (12, 17, 18)),
        told(Kind.REPORT, home),
    ]
    return [replace(one, standing=standing, why=quote, page=f"https://monitor.example/events/{number}") for one in events]


def test_items_that_do_not_fit_are_counted_and_linked() -> None:
    """The table lists a hundred services. The page of the message shows everything."""
    pages = Pages(message="https://monitor.example/messages/1", unsubscribe=None)
    events = tuple(event for number in range(300) for event in fallen(number))
    content = Digest(period=When.DAILY, since=None, until=NOW, events=events, stale=())
    rendered = render(content, public_url=URL, pages=pages)
    assert len(rendered.html.encode()) <= MOST_HTML
    assert rendered.sections[0].table is not None
    assert (len(rendered.sections[0].table.rows), rendered.sections[0].table.left_out) == (100, 200)
    left = next(section for section in rendered.sections if "more reports that did not fit" in section.heading)
    assert left.link is not None
    assert left.link.url == pages.message
    blocks = sum(section.heading.startswith("Home number") for section in rendered.sections)
    assert left.heading.startswith(f"{300 - blocks} more")
    assert sum(section["heading"].startswith("Home number") for section in json.loads(said_as_json(rendered))["sections"]) == 300


@pytest.mark.parametrize("extent", [Extent.TABLE, Extent.COUNTS])
def test_a_digest_can_be_shortened_to_its_table_or_to_numbers(extent: Extent) -> None:
    """If a receiver refuses a message, the program sends only the table, and then only numbers and a link."""
    pages = Pages(message="https://monitor.example/messages/1", unsubscribe=None)
    content = Digest(period=When.DAILY, since=None, until=NOW, events=tuple(fallen(1)), stale=())
    whole, short = (render(content, public_url=URL, pages=pages, extent=one) for one in (Extent.WHOLE, extent))
    assert (short.sections[0].table is None) is (extent is Extent.COUNTS)
    assert len(short.html) < len(whole.html)
    assert short.subject == whole.subject
    assert pages.message in short.text
    assert said_as_json(short) == said_as_json(whole)


STALE = StaleService(service=card(7, name="Silent House"), last_read_at=datetime(2026, 6, 1, 11, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("events", "stale", "subject"),
    [
        pytest.param((), (), "nothing changed", id="no change"),
        pytest.param((), (STALE,), "no news; 1 service could not be read", id="no change, but not all services were read"),
        pytest.param(
            (told(Kind.REPORT),), (), "Cherrybrook Care Home: New report published", id="only changes that are not urgent"
        ),
        pytest.param(
            (fall(),),
            (STALE, STALE),
            "Cherrybrook Care Home: Inadequate; 2 services could not be read",
            id="a fall, and not all services were read",
        ),
    ],
)
def test_the_subject_of_a_digest_does_not_present_unread_services_as_good_news(events: Any, stale: Any, subject: str) -> None:
    """The subject says that nothing changed only if everything was read."""
    assert digest(*events, stale=stale, asked=(("Oldham care", When.DAILY),)).subject == f"Oldham care, 21 Nov: {subject}"


def test_a_digest_lists_services_that_were_not_read_and_since_when() -> None:
    """The digest also says what it means if services were not read."""
    never = StaleService(service=card(8, name="Never House"), last_read_at=None)
    text = digest(stale=(STALE, never), period=When.WEEKLY, since=None).text
    assert "Silent House: not fully read since 1 June 2026 at midday" in text
    assert "Never House: never fully read" in text
    assert "Something may have happened" in " ".join(text.split())
    assert "This digest covers everything up to 21 November 2026 at 9:04am." in text


def test_a_digest_only_counts_the_services_if_more_than_ten_could_not_be_read() -> None:
    """The digest also says since when and why the services could not be read. The page of the message lists all services."""
    times = [datetime(2026, 11, 1 + number, 12, 0, tzinfo=UTC) for number in range(11)]
    stale = [
        StaleService(service=card(number, name=f"Silent {number}"), last_read_at=at, reason="CQC answered 503")
        for number, at in enumerate(times)
    ]
    rendered = digest(stale=(*stale, StaleService(service=card(99, name="Never"), last_read_at=None)))
    said = "12 services could not be read. The oldest reading is from 1 November 2026 at midday. 1 of them has never been read."
    assert f"{said} The most common reason: CQC answered 503." in rendered.text
    assert "Silent 3" not in rendered.text
    assert "Silent 3: not fully read since" in said_as_json(rendered)
    assert "Silent 3: not fully read since" in digest(stale=tuple(stale[:10])).text
