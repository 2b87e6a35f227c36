"""Makes a picture of every kind of mail in docs/pictures/messages/. Each mail is shown 375 and 700 pixels wide, in light
colours and in forced dark colours. The command is `make pictures`.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

from monitor.events import Kind
from monitor.model import When
from monitor.notify.content import (
    Alert,
    Confirm,
    Content,
    Correction,
    Digest,
    Escalation,
    OperatorMessage,
    Pages,
    SignIn,
    StaleService,
    StillWatching,
    Unsubscribed,
    Welcome,
)
from monitor.notify.render import Extent, render
from tests.channels.receiving import NOW, card, told
from tests.notify.test_digest import fallen
from tests.notify.test_render import URL, holding
from tests.web.conftest import CHROMIUM

PLACE = Path(__file__).parents[2] / "docs" / "pictures" / "messages"
WIDTHS = (375, 700)
PAGES = Pages(message=f"{URL}/messages/1", unsubscribe=f"{URL}/unsubscribe/1")
JUDGEMENT = "42 of 48 services were read in the last 24 hours. 6 could not be read."
LONG = "The Magnolia Residential and Nursing Home for People with Dementia"
UNREAD = tuple(
    StaleService(service=card(80 + n, name=f"Quiet House {n}"), last_read_at=NOW - timedelta(days=3), reason="http 403")
    for n in range(4)
)
FALLEN = tuple(event for number in range(12) for event in fallen(number))
QUIET = (
    told(Kind.REPORT, card(60, name=LONG)),
    told(Kind.UPGRADED, card(61, name="Amber Lodge"), of="overall", from_="requires improvement", to="good"),
)


def welcome() -> Content:
    return Welcome(
        watchlist="Oldham care",
        when=When.IMMEDIATE,
        at=None,
        day=None,
        total=48,
        holdings=(holding(1), holding(2, name=LONG, special_measures=None, quote=None), holding(3, name="Oak", overall="good")),
        not_read=tuple(card(70 + n, name=f"Unread House {n}") for n in range(3)),
        others=(("good", 38), ("requires improvement", 3), (None, 1)),
        judgement=JUDGEMENT,
    )


def contents() -> Mapping[str, Content]:
    """Returns one content for each kind of message, and several different alerts."""
    asked = (("Oldham care", When.DAILY),)
    digest = Digest(
        period=When.DAILY, since=NOW - timedelta(days=1), until=NOW, events=(*FALLEN, *QUIET), stale=UNREAD, asked=asked
    )
    weekly = Digest(
        period=When.WEEKLY,
        since=NOW - timedelta(days=7),
        until=NOW,
        events=QUIET,
        stale=(),
        judgement=JUDGEMENT,
        well=False,
        asked=(("Oldham care", When.IMMEDIATE),),
    )
    return {
        "alert": Alert(events=FALLEN[:10]),
        "more": Alert(events=FALLEN[4:6], more=True),
        "bundle": Alert(events=FALLEN),
        "digest": digest,
        "weekly": weekly,
        "welcome": welcome(),
        "escalation": Escalation(events=FALLEN[:10], watchlist="Oldham care", paused=False, since=NOW - timedelta(hours=4)),
        "correction": Correction(told=told(Kind.CORRECTION, said="Safe fell to Inadequate", why="It was misread."), answers="1"),
        "operator": OperatorMessage(
            subject="Ring lead@council.example: Home number 00 of the list fell to Inadequate",
            lines=(
                "Ring lead@council.example: Home number 00 of the list fell to Inadequate.",
                "The alert was not delivered by 21 November 2026 at 9:04am: the mail server refused the address (550).",
                f"{URL}/services/1-2235500000",
            ),
        ),
        "still-watching": StillWatching(
            watchlist="Oldham care", period="weekly", total=48, as_of=NOW, all_since=NOW - timedelta(hours=9), stale=UNREAD
        ),
        "unsubscribed": Unsubscribed(
            watchlists=("Oldham care",), link=f"{URL}/undo/1", until=NOW + timedelta(days=14), by="editor@council.example"
        ),
        "confirm": Confirm(watchlist="Oldham care", asked_by="editor@council.example", link=f"{URL}/confirm/1"),
        "sign-in": SignIn(link=f"{URL}/enter/1", until=NOW + timedelta(minutes=30), invitation=True),
    }


def main() -> None:
    """Takes the pictures."""
    PLACE.mkdir(parents=True, exist_ok=True)
    html = {name: render(one, public_url=URL, pages=PAGES).html for name, one in contents().items()}
    html["digest-table"] = render(contents()["digest"], public_url=URL, pages=PAGES, extent=Extent.TABLE).html
    with sync_playwright() as playwright:
        for look, settings in {"light": (), "dark": ("--blink-settings=forceDarkModeEnabled=true",)}.items():
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *settings])
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 800})
                for name, text in html.items():
                    page.set_content(text)
                    page.screenshot(path=PLACE / f"{name}-{width}-{look}.png", full_page=True)
            browser.close()


if __name__ == "__main__":
    main()
