"""Makes two pictures of every page in docs/pictures/pages/: one in a wide window, and one in a window of 320 pixels. The command
is `make pictures`.

The real pages are shown with demonstration data. At the simulated regulator, one service falls, one rises, one stays in special
measures, and one cannot be read. The data also contain people of each role, several kinds of subscription, a register of some
counties, and a watchlist that follows the register. Three more pictures, for README, go to docs/pictures/. Only these three
pictures are under version control.
"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from monitor.app import build
from monitor.cli import main as command
from monitor.events import Kind
from monitor.model import When
from monitor.register.entries import Entry as Listed
from monitor.settings import load
from monitor.store.happened import Wanted
from monitor.store.subscriptions import Wishes
from monitor.web.parts import segment
from tests.conftest import SETTINGS
from tests.registered import Files, asked, care
from tests.registered import take as take_files
from tests.simulated.receivers import Hook, Mailbox
from tests.simulated.regulator import Regulator
from tests.simulated.services import ENTERED, REMAINS, Entry, Service, questions
from tests.web.conftest import CHROMIUM, Clock, Pages, served
from tests.web.walk import Known, known_of_a_fall, paths

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "docs" / "pictures" / "pages"
WIDTHS = {"wide": 1280, "narrow": 320}
WATCHLIST, HOMECARE, BY_RULE = "Leicestershire care homes", "Homecare agencies", "Derbyshire homecare"
UNREAD, FALLEN = "1-1000000017", "1-1000000003"
COUNTY, NEAR = "Leicestershire", ("Derbyshire", "Lincolnshire", "Nottinghamshire", "Warwickshire")
BRAND = "Meridian Care Group"

REPORTS = {
    "reports-area": f"/reports/area?area={COUNTY}&against=list:Neighbours&from=2026-01-01&to=2026-11-20",
    "register": "/register?q=leicestershire+house",
    "signs": f"/signs?area={COUNTY}",
    "providers": "/providers?name=meridian",
}
"""The addresses of pages that show little without the query of a form."""


def services() -> list[Service]:
    """Returns the watched services in their first state."""

    def one(number: int, name: str, rating: str, place: str, measures: str = "", **facts: Any) -> Service:
        published = date(2024 + number % 2, 1 + number % 9, 3 + number)
        entry = Entry(
            overall=rating,
            questions=questions(rating),
            inspected=published - timedelta(weeks=6),
            published=published,
            special_measures=measures,
        )
        address = f"{number} Church Street, {place}"
        return Service(location_id=f"1-{1_000_000_000 + number}", name=name, newest=entry, address=address, **facts)

    meridian = {"provider": "Meridian Homes Limited"}
    homecare = {"sector": "Community services", "type": "Homecare agencies"}
    return [
        one(1, "Orchard House", "Outstanding", "Melton Mowbray, LE13 0AA"),
        one(2, "Larch Grove", "Inadequate", "Hinckley, LE10 0BB", REMAINS),
        one(3, "Hollins View Residential and Nursing Home", "Good", "Loughborough, LE11 0CC", **meridian),
        one(4, "Cherrybrook Care Home", "Requires improvement", "Oadby, LE2 0DD", **meridian),
        one(5, "The Old Rectory", "Good", "Market Harborough, LE16 0EE"),
        one(6, "St Wilfrid’s", "Good", "Coalville, LE67 0FF", **meridian),
        one(7, "Ashby Lodge", "Requires improvement", "Ashby-de-la-Zouch, LE65 0GG"),
        one(8, "Brookside Homecare", "Good", "Wigston, LE18 0HH", **homecare),
        one(9, "Netherby Care at Home", "Requires improvement", "Lutterworth, LE17 0JJ", **homecare),
    ]


def register() -> Files:
    """Returns the contents of CQC's files of three months. The files list services in some counties. Some of these services fell,
    and some rose."""
    chance = Random("a register for pictures")
    kinds = [("Residential homes",), ("Nursing homes",), ("Homecare agencies",), ("Supported living",)]
    scale = ["outstanding", "good", "requires improvement", "inadequate"]

    def one(n: int, authority: str) -> Listed:
        (kind,) = types = chance.choice(kinds)
        overall = chance.choices([*scale, None], [5, 60, 18, 3, 14])[0]
        word = chance.choice(["Oak", "Elm", "Ash", "Mill", "Park", "Abbey", "Priory", "Church", "Meadow", "Willow"])
        provider = chance.randrange(60)
        home = kind in {"Residential homes", "Nursing homes"}
        return care(
            f"1-{2_000_000_000 + n}",
            overall,
            types=types,
            authority=authority,
            published=date(2021, 1, 4) + timedelta(days=chance.randrange(1_700)),
            on=date(2026, 11, 5),
            name=f"{word} {chance.choice(['House', 'Court', 'Lodge', 'Grange', 'View'])}" + ("" if home else " Care at Home"),
            beds=chance.randrange(8, 80) if home else None,
            address=f"{chance.randrange(1, 90)} High Street, {authority}",
            provider_id=f"1-{100_000_000 + provider}",
            provider_name=f"{'Meridian' if provider < 6 else word} Care ({provider}) Limited",
            brand=BRAND if provider < 6 else None,
        )

    def moved(listed: Listed, published: date, share: float) -> Listed:
        if listed.overall not in scale or chance.random() > share:
            return listed
        place = min(max(scale.index(listed.overall) + chance.choice([1, 1, -1]), 0), 3)
        now = scale[place]
        return replace(listed, overall=now, published=published, **asked({"safe": now, "well_led": now}))

    areas = {COUNTY: 210, NEAR[0]: 190, NEAR[1]: 220, NEAR[2]: 230, NEAR[3]: 150, "Leicester": 120, "Norfolk": 260}
    watched = [
        care(known.location_id, str(known.newest.overall).lower(), name=known.name, published=known.newest.published)
        for known in services()[:7]
    ]
    first = watched + [one(n, area) for n, area in enumerate(area for area, number in areas.items() for _ in range(number))]
    second = watched + [moved(listed, date(2026, 5, 20), 0.04) for listed in first[len(watched) :]]
    third = watched + [moved(listed, date(2026, 10, 14), 0.05) for listed in second[len(watched) :]]
    return [(date(2025, 12, 5), first), (date(2026, 6, 5), second), (date(2026, 11, 5), third)]


def happen(site: Regulator) -> None:
    """Publishes what CQC publishes while the monitor runs."""
    site.services[FALLEN].inspect(
        on=date(2026, 10, 6),
        published=date(2026, 11, 20),
        overall="Inadequate",
        safe="Inadequate",
        well_led="Inadequate",
        effective="Requires improvement",
        text="People were not protected from avoidable harm. Medicines were not managed safely.",
        breaches="The provider was in breach of Regulation 12 (Safe care and treatment) and Regulation 17 (Good governance).",
        special_measures=ENTERED,
    )
    site.services["1-1000000004"].assess(
        on=date(2026, 9, 14),
        published=date(2026, 11, 19),
        overall="Good",
        report="AP2001",
        scores={"Safe": 68, "Well-led": 71},
        safe="Good",
        well_led="Good",
    )
    site.services["1-1000000006"].inspect(
        on=date(2026, 9, 29), published=date(2026, 11, 18), overall="Requires improvement", safe="Requires improvement"
    )


@dataclass(frozen=True)
class World:
    """The pages with demonstration data, and values for the placeholders in the pages' addresses."""

    pages: Pages
    known: Known


@contextmanager
def world() -> Iterator[World]:
    """Makes the demonstration data with the program's own commands and pages."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Regulator(*services()) as site,
        Mailbox() as mail,
        Hook() as slack,
    ):
        os.chdir(folder)
        for name in SETTINGS:
            os.environ.pop(name, None)
        os.environ |= {
            "CQC_BASE_URL": site.url,
            "SMTP_URL": mail.url,
            "MAIL_FROM": "care-alerts@council.example",
            "EXTRA_WEBHOOK_HOSTS": slack.host,
            "PUBLIC_URL": "https://cqc.council.example",
            "CONFIRM_AFTER": "0s",
            "REQUESTS_PER_SECOND": "500",
            "CONTACT": "oncall@council.example",
            "OPERATOR": "mailto:oncall@council.example",
        }
        ids = list(site.services)
        done("watch", "add", WATCHLIST, *ids[:7])
        done("watch", "add", HOMECARE, *ids[7:])
        done("subscribe", WATCHLIST, "mailto:editor@council.example")
        done("subscribe", WATCHLIST, f"slack:{slack.url}/services/T0/B0/demonstration")
        done("subscribe", HOMECARE, "mailto:safeguarding@council.example", "--when", "weekly", "--at", "08:00")
        done("check")
        done("deliver")
        happen(site)
        done("watch", "add", WATCHLIST, UNREAD)
        done("check")
        slack.refuse(404, text="no_service")
        done("deliver")
        os.environ["PUBLIC_URL"] = "http://127.0.0.1:8000"
        long_ago(UNREAD)
        app = build(load())
        take_files(app.store.engine, register())
        done("comparators", "set", "Neighbours", *NEAR)
        done("watch", "rule", BY_RULE, "--authority", NEAR[0], "--type", "homecare")
        try:
            with served(app, Clock(timedelta(minutes=12))) as pages:
                yield World(pages, settled(pages))
        finally:
            app.store.close()


def long_ago(location_id: str) -> None:
    """Changes the database as if a service had been watched for three days, so that it counts as not read."""
    with sqlite3.connect("state/monitor.db") as database:
        row = database.execute("SELECT added_at FROM service WHERE location_id = ?", [location_id]).fetchone()
        earlier = (datetime.fromisoformat(row[0]) - timedelta(days=3)).isoformat(" ")
        database.execute("UPDATE service SET added_at = ? WHERE location_id = ?", [earlier, location_id])
    database.close()


def settled(pages: Pages) -> Known:
    """Does what people would do in the pages. Returns values for the placeholders in the pages' addresses."""
    store, people = pages.app.store, pages.people
    now = datetime.now(UTC)
    editor = people["editor"]
    second = "mailto:head.of.quality@council.example"
    store.watchlists.change(WATCHLIST, new_name=WATCHLIST, owner=editor.id, second_address=second, person=editor.id, now=now)
    less = frozenset({Kind.SCORE_ROSE, Kind.REPORT})
    wishes = Wishes(when=When.DAILY, at=time(7, 30), day="mon", still_watching=True, left_out=less)
    store.subscriptions.add(people["reader"], HOMECARE, "mailto:colleague@trust.example", wishes, now)
    events = [one for one, _ in store.happened.newest(Wanted(), 100)]
    rose = next(one for one in events if one.location_id == "1-1000000006" and one.of == "overall")
    store.acknowledgements.acknowledge([rose.id], editor.id, "Spoke to the manager; visit planned for 27 November 2026", now)
    fell = next(one for one in events if one.location_id == FALLEN and one.of == "overall")
    store.keys.make(people["operator"], "Power BI", now)
    store.feeds.renew(WATCHLIST, people["operator"], now)
    return replace(known_of_a_fall(pages.app, WATCHLIST, FALLEN, fell.id, now), provider=segment(BRAND))


def done(*arguments: str) -> None:
    """Runs a command."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        assert command(arguments) in {0, 1}, arguments


def main() -> int:
    """Takes all pictures. Exit status 0."""
    PLACE.mkdir(parents=True, exist_ok=True)
    # world() comes first, because commands can't run beside Playwright's event loop.
    with world() as demonstration, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        taken = [take(browser, demonstration, title, width) for title, width in WIDTHS.items()]
        print_view(browser, demonstration)
        for_readme(browser, demonstration)
        browser.close()
    print(f"{sum(taken)} pictures in {PLACE.relative_to(ROOT)}")
    return 0


def take(browser: Browser, demonstration: World, title: str, width: int) -> int:
    """Takes the pictures of all pages at one width. Returns the number of pictures."""
    pages, known = demonstration.pages, demonstration.known
    page = browser.new_page(base_url=pages.url, locale="en-GB", viewport={"width": width, "height": 800})
    addresses = dict(paths(known)) | REPORTS | {"watchlist-by-rule": f"/watchlists/{segment(BY_RULE)}/rule"}
    shown = [(name, path) for name, path in addresses.items() if known.is_open(path)]
    inside = [(name, path) for name, path in addresses.items() if not known.is_open(path)]
    for name, path in shown:
        shoot(page, path, f"{name}-{title}")
    pages.sign_in(page, "operator")
    for name, path in inside:
        shoot(page, path, f"{name}-{title}")
    page.close()
    return len(addresses)


def shoot(page: Page, path: str, name: str) -> None:
    page.goto(path)
    page.screenshot(path=PLACE / f"{name}.png", full_page=True)


def for_readme(browser: Browser, demonstration: World) -> None:
    """Takes the three pictures for README: a watchlist, the top of an event, and the chart of a report."""
    pages, known = demonstration.pages, demonstration.known
    page = browser.new_page(base_url=pages.url, locale="en-GB", viewport={"width": 1280, "height": 1000})
    pages.sign_in(page, "editor")
    page.goto(f"/watchlists/{known.watchlist}")
    page.screenshot(path=PLACE.parent / "watchlist.png", clip={"x": 0, "y": 0, "width": 1280, "height": 1000}, full_page=True)
    page.goto(f"/events/{known.event}")
    page.screenshot(path=PLACE.parent / "event.png", clip={"x": 0, "y": 0, "width": 1280, "height": 1000}, full_page=True)
    page.goto(REPORTS["reports-area"])
    section = page.locator("section").filter(has=page.get_by_role("heading", name="Ratings", exact=True)).bounding_box()
    assert section is not None
    page.screenshot(
        path=PLACE.parent / "report.png",
        clip={"x": 80, "y": section["y"], "width": 1120, "height": 660},
        full_page=True,
    )
    page.close()


def print_view(browser: Browser, demonstration: World) -> None:
    """Makes PDF files of a watchlist, a service, an event and a report, as they are printed."""
    page = browser.new_page(base_url=demonstration.pages.url, locale="en-GB")
    demonstration.pages.sign_in(page, "operator")
    known = demonstration.known
    for name, path in {
        "watchlist": f"/watchlists/{known.watchlist}",
        "service": f"/services/{known.location_id}",
        "event": f"/events/{known.event}",
        "reports-area": REPORTS["reports-area"],
    }.items():
        page.goto(path)
        page.pdf(path=PLACE / f"{name}-print.pdf", format="A4", landscape=name == "watchlist")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1040 if name == "watchlist" else 720, "height": 1000})
        page.screenshot(path=PLACE / f"{name}-print.png", full_page=True)
        page.emulate_media(media="screen")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
