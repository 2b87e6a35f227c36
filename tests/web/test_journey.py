"""The complete journey with the real program: `cqc-monitor run --web`, a simulated CQC site, a mail server and a browser.

A commissioner is invited, creates a watchlist from a file, subscribes, is alerted about a fall, opens the event, acknowledges the
event, and unsubscribes. The commissioner uses the pages in three ways: with a mouse; without JavaScript in a window of 320
pixels; and with the keyboard alone and text that is twice as large.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.http import trusted
from tests.conftest import SETTINGS
from tests.programs import PATIENCE, Program
from tests.simulated.receivers import Mail, Mailbox
from tests.simulated.regulator import Regulator
from tests.simulated.services import ENTERED, Service
from tests.web.conftest import watched
from tests.web.hands import Hand, Keyboard, assert_whole
from tests.web.test_serving import free_port, healthy, until


@dataclass
class Monitor:
    """The running program, with its site, mail server and folder."""

    site: Regulator
    mail: Mailbox
    folder: Path
    environment: dict[str, str]
    url: str

    def done(self, *arguments: str) -> str:
        """Runs another command, which must succeed."""
        with Program(*arguments, cwd=self.folder, env=self.environment) as ran:
            out, _ = ran.communicate(PATIENCE)
        assert ran.returncode == 0, out
        return out

    def letter(self, to: str, words: str) -> Mail:
        """Waits for a mail to an address with these words in its subject. Returns the newest such mail."""

        def there() -> list[Mail]:
            return [mail for mail in self.mail.to(to) if words.casefold() in mail.subject.casefold()]

        until(there)
        return there()[-1]

    def link(self, mail: Mail, path: str) -> str:
        """Returns the first link in a mail to a page whose path begins with `path`."""
        found = re.search(re.escape(self.url + path) + r"[^\s>\])]+", mail.text)
        assert found, mail.text
        return found[0]


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitor]:
    """The daemon with its pages, as separate processes."""
    folder, port = tmp_path_factory.mktemp("monitor"), free_port()
    with Regulator() as site, Mailbox() as mail:
        url = f"http://127.0.0.1:{port}"
        settings = {
            "CQC_BASE_URL": site.url,
            "SMTP_URL": mail.url,
            "MAIL_FROM": "care-alerts@monitor.example",
            "PUBLIC_URL": url,
            "CHECK_EVERY": "2s",
            "CONFIRM_AFTER": "0s",
            "REQUESTS_PER_SECOND": "500",
            "CONTACT": "oncall@council.example",
        }
        environment = {name: value for name, value in os.environ.items() if name not in SETTINGS} | settings
        with Program("run", "--web", f"127.0.0.1:{port}", cwd=folder, env=environment) as process:
            until(lambda: healthy(port))
            yield Monitor(site, mail, folder, environment, url)
            process.terminate()
            out, _ = process.communicate(15)
            assert process.returncode == 0 and "Traceback" not in out


@dataclass(frozen=True)
class Way:
    """How a person uses the pages."""

    number: int
    hand: type[Hand] = Hand
    width: int = 1280
    javascript: bool = True
    large: bool = False


WAYS = [
    pytest.param(Way(1), id="with a mouse"),
    pytest.param(Way(2, width=320, javascript=False), id="without JavaScript, 320 pixels wide"),
    pytest.param(Way(3, hand=Keyboard, large=True), id="by keyboard alone, with text twice as large"),
]


class Somebody:
    """A person with a separate browser. Checks that no page that the person opens is cut off."""

    def __init__(self, page: Page, monitor: Monitor, way: Way, name: str) -> None:
        self.page, self.monitor = page, monitor
        self.email = f"{name}-{way.number}@council.example"
        self.hand = way.hand(page)
        self.name = name
        if way.large:
            session = page.context.new_cdp_session(page)
            session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})

    def enters(self, words: str) -> None:
        """Signs in with the newest link in the person's mail."""
        self.opens(self.monitor.link(self.monitor.letter(self.email, words), "/sign-in/"))
        self.press("button", "Sign in")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def opens(self, address: str) -> None:
        self.page.goto(address)
        assert_whole(self.page)

    def press(self, role: str, name: str) -> None:
        self.hand.press(role, name)  # type: ignore[arg-type]
        assert_whole(self.page)

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        """Checks that the present page contains these texts."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)


@contextmanager
def person(browser: Browser, monitor: Monitor, way: Way, name: str) -> Iterator[Somebody]:
    options = {"viewport": {"width": way.width, "height": 900}, "java_script_enabled": way.javascript}
    with watched(browser, monitor.url, **options) as page:
        yield Somebody(page, monitor, way, name)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_commissioner_is_invited_is_alerted_acknowledges_and_unsubscribes(
    way: Way, monitor: Monitor, browser: Browser, tmp_path: Path
) -> None:
    home, other = (Service(location_id=f"1-10000000{way.number}{n}", name=f"Larch Grove {way.number}{n}") for n in (1, 2))
    monitor.site.add([home, other])
    watchlist = f"Leeds care homes {way.number}"
    with (
        person(browser, monitor, way, "operator") as operator,
        person(browser, monitor, way, "commissioner") as editor,
        person(browser, monitor, way, "reader") as reader,
    ):
        monitor.done("invite", operator.email, "--operator")
        operator.enters("invited")
        invites(operator, editor, "Editor")
        invites(operator, reader, "Reader")

        editor.enters("invited")
        makes_a_watchlist(editor, watchlist, (home, other), tmp_path / "services.csv")
        subscribes(editor, watchlist)
        monitor.letter(editor.email, "watching 2 services")
        until(lambda: len(monitor.site.asked(f"/location/{other.location_id}")) > 1)

        home.inspect(
            on=date(2026, 10, 1),
            published=date(2026, 11, 20),
            overall="Inadequate",
            safe="Inadequate",
            special_measures=ENTERED,
        )
        alert = monitor.letter(editor.email, f"Inadequate, special measures: {home.name}")
        editor.press("button", "Sign out")
        takes_it_in_hand(editor, monitor.link(alert, "/events/"), home)

        operator.opens("/audit")
        operator.reads(editor.email, watchlist, "acknowledged", "Strategy meeting")
        sees_only_what_is_theirs(reader, editor)
        leaves(browser, monitor, way, alert, editor, watchlist)


def invites(operator: Somebody, other: Somebody, role: str) -> None:
    operator.press("link", "People")
    operator.hand.write("Email address", other.email)
    operator.hand.tick(role)
    operator.press("button", "Invite")
    operator.reads(other.email)


def makes_a_watchlist(editor: Somebody, name: str, services: tuple[Service, ...], file: Path) -> None:
    """Makes a watchlist from a file with one unusable row. The page shows the contents of the file before any service is
    added."""
    rows = [f"{one.name},{one.location_id}" for one in services]
    file.write_text("\n".join(["Name,Location ID", *rows, f"the same again,{services[0].location_id}", "no id,see above"]))
    editor.press("link", "Watchlists")
    editor.hand.write("Name of the watchlist", name)
    editor.press("button", "Make watchlist")
    editor.hand.give("CSV or Excel file", file)
    editor.press("button", "Check the file")
    editor.reads("Nothing has been added yet", "see above")
    editor.press("button", "Add 2 new services and leave out the unusable rows")
    editor.reads("2 services added")
    until(lambda: all(len(editor.monitor.site.asked(f"/location/{one.location_id}")) for one in services))

    def named() -> bool:
        editor.opens(editor.page.url)
        return all(one.name in editor.page.inner_text("main") for one in services)

    until(named)


def subscribes(editor: Somebody, watchlist: str) -> None:
    """Subscribes from the watchlist's page, which says that nobody is alerted yet."""
    editor.reads("Nobody is alerted about this watchlist now")
    editor.press("link", "Subscribe to this watchlist")
    expect(editor.page.get_by_label("Watchlist", exact=True)).to_have_value(watchlist)
    editor.hand.choose("Watchlist", watchlist)
    editor.hand.tick("Email")
    editor.hand.write("Address", editor.email)
    editor.hand.tick("Urgent changes at once")
    editor.press("button", "Subscribe")
    editor.reads(f"{editor.email} is now alerted about {watchlist}")


def takes_it_in_hand(editor: Somebody, event: str, home: Service) -> None:
    """Opens the link in the alert, signs in, and arrives where the link leads."""
    editor.opens(event)
    assert "/sign-in" in editor.page.url
    editor.hand.write("Email address", editor.email)
    editor.press("button", "Send me a link")
    editor.enters("sign in")
    assert editor.page.url == event
    editor.reads(home.name, "Overall rating fell from Good to Inadequate", "Nobody has acknowledged", editor.email)
    editor.press("button", "Acknowledge")
    editor.reads("Enter what is being done about it")
    editor.hand.write("What is being done about it", "Strategy meeting held; no new placements")
    editor.press("button", "Acknowledge")
    editor.reads("Strategy meeting held; no new placements", "Reopen it")


def sees_only_what_is_theirs(reader: Somebody, editor: Somebody) -> None:
    editor.press("link", "Subscriptions")
    theirs = editor.page.get_by_role("link", name=re.compile(re.escape(editor.email) + " to")).first.get_attribute("href")
    assert theirs
    reader.enters("invited")
    answers = {path: reader.page.goto(path) for path in (theirs, "/people", "/monitor", "/audit")}
    assert [answer.status if answer else None for answer in answers.values()] == [404, 403, 403, 403]
    assert_whole(reader.page)


def leaves(browser: Browser, monitor: Monitor, way: Way, alert: Mail, editor: Somebody, watchlist: str) -> None:
    """Unsubscribes with the link in the alert, without signing in. A scanner that opens the link first changes nothing."""
    link = monitor.link(alert, "/unsubscribe/")
    for _ in range(2):
        assert httpx.get(link, verify=trusted(), timeout=PATIENCE).status_code == 200
    assert editor.email in monitor.done("watch", "list")
    with person(browser, monitor, way, "anybody") as anybody:
        anybody.opens(link)
        anybody.press("button", "Stop these messages")
        anybody.reads("These alerts have stopped", watchlist)
    assert editor.email not in monitor.done("watch", "list")
    monitor.letter(editor.email, f"nobody is alerted about the watchlist {watchlist}")
