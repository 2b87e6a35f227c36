"""Tests a new installation, from an empty folder to a test message that the simulated Microsoft 365 accepts. The test uses the
real program, a simulated regulator that publishes its register, and a browser. It counts every click and every field that a
person fills in.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from monitor.settings import ENV
from tests.conftest import SETTINGS
from tests.programs import Program
from tests.simulated.microsoft import CLIENT_ID, Entra, Exchange
from tests.simulated.register import England
from tests.simulated.regulator import Regulator
from tests.simulated.tls import Tls
from tests.web.conftest import assert_usable, watched
from tests.web.test_serving import free_port, healthy, until

ME = "lead@council.example"
SENDER = "care-alerts@council.example"
MOST = 25
"""The maximum number of clicks and fields from the first page to the accepted test message and the first subscription."""


@dataclass
class Hand:
    """A person who uses the pages and the terminal. `did` lists each click, and each field that the person fills in."""

    page: Page
    did: list[str] = field(default_factory=list)

    def press(self, name: str) -> None:
        """Presses a button, or follows a link."""
        self.did.append(f"press {name}")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()
        assert_usable(self.page)

    def write(self, label: str, text: str) -> None:
        self.did.append(f"fill in {label}")
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.did.append(f"choose {label}")
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, label: str) -> None:
        self.did.append(f"tick {label}")
        self.page.get_by_label(label, exact=True).check()

    def press_until(self, name: str, text: str) -> None:
        """Presses a link until the page shows a text. A person would wait and press only once, so all presses count as one."""
        before = len(self.did)

        def said() -> bool:
            if text in self.page.locator("main").inner_text():
                return True
            if self.page.get_by_role("link", name=name).count():
                self.press(name)
            return False

        until(said, 60)
        del self.did[before + 1 :]

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)


@contextmanager
def running(folder: Path, port: int, environment: Mapping[str, str]) -> Iterator[list[str]]:
    """Runs `run --web` in the folder, and waits until its pages answer. Yields a list with the first line of the output. After
    the program has ended, the list also contains the rest of the output."""
    said: list[str] = []
    with Program("run", "--web", f"127.0.0.1:{port}", cwd=folder, env=environment) as process:
        said.append(process.stdout.readline())
        until(lambda: healthy(port) or process.poll() is not None)
        assert healthy(port), [*said, process.communicate(5)[0]]
        yield said
        process.terminate()
        out, _ = process.communicate(20)
        said.append(out)
        assert process.poll() == 0 and "Traceback" not in out, out


def test_a_person_gets_from_an_empty_folder_to_an_accepted_test_message(browser: Browser, tmp_path: Path, tls: Tls) -> None:
    folder, files = tmp_path / "new", tmp_path / "files"
    folder.mkdir()
    files.mkdir()
    england = England(services=400)
    council = Counter(one.authority for one in england.places()).most_common(1)[0][0]
    port = free_port()
    with Regulator() as site, Entra(tls=tls.server) as entra, Exchange(entra, tls=tls.server) as exchange:
        exchange.mailboxes = {SENDER}
        site.publish_data(*england.write(files))
        given = {"CQC_BASE_URL": site.url, "REQUESTS_PER_SECOND": "500", "CONFIRM_AFTER": "0s"}
        environment = {name: value for name, value in os.environ.items() if name not in SETTINGS} | given
        with watched(browser, f"http://127.0.0.1:{port}") as page:
            hand = Hand(page)
            with running(folder, port, environment) as said:
                code = re.search(rf"Open http://127\.0\.0\.1:{port} .* code: (\S+)", said[0])
                assert code, said
                page.goto("/")
                _becomes_operator(hand, code[1])
                _chooses_services(hand, site, council)
                lines = _reads_the_lines(hand)
            (folder / ENV).write_text(_filled_in(hand, lines, entra, exchange) + f"\nSSL_CERT_FILE={tls.pem}\n")
            with running(folder, port, environment) as said:
                assert "code:" not in "".join(said)
                page.goto("/set-up")
                _tries_email(hand)
                hand.press("Alert me")
                hand.reads("Everything is set up")
                until(lambda: len(exchange.to(ME)) >= 2)
                page.goto("/monitor")
                expect(page.get_by_role("heading", name="Not set up yet")).to_have_count(0)
        subjects = [mail.subject for mail in exchange.to(ME)]
        assert "cqc-monitor: a test, nothing has happened" in subjects and entra.given >= 1, subjects
    steps = "\n".join(f"{n}. {what}" for n, what in enumerate(hand.did, 1))
    print(f"\nFrom the first page to the first alert: {len(hand.did)} clicks and fields\n{steps}")
    assert len(hand.did) <= MOST, steps


def _becomes_operator(hand: Hand, code: str) -> None:
    hand.reads("This monitor has no operator yet")
    assert_usable(hand.page)
    hand.write("Code from the terminal", code.lower().replace("-", " "))
    hand.write("Your email address", ME)
    hand.press("Continue")
    hand.reads("You are signed in as lead@council.example")
    hand.reads("0 of 6 done")


def _chooses_services(hand: Hand, site: Regulator, council: str) -> None:
    hand.press("Choose the services to watch")
    hand.press("Fetch CQC’s register")
    hand.press_until("Show the progress", "All services of a council")
    assert len(site.asked("/system/files")) == 3
    hand.choose("Council", council)
    hand.press("Show these services")
    hand.reads("What will be watched")
    hand.press("Watch these")
    hand.reads(council)


def _reads_the_lines(hand: Hand) -> str:
    """Copies the lines for `.env` from the page. Returns the lines."""
    hand.reads("Set up email")
    hand.tick("Microsoft 365 by SMTP")
    hand.press("Show the lines for .env")
    hand.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand.did.append("press Copy these lines")
    hand.page.get_by_role("button", name="Copy these lines").click()
    expect(hand.page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    lines = str(hand.page.evaluate("navigator.clipboard.readText()"))
    assert [line.partition("=")[0] for line in lines.splitlines()] == [
        *("SMTP_URL", "MAIL_FROM", "MS_TENANT", "MS_CLIENT_ID", "MS_CLIENT_SECRET", "CONTACT", "OPERATOR")
    ]
    return lines


def _filled_in(hand: Hand, lines: str, entra: Entra, exchange: Exchange) -> str:
    """Returns the lines with the values that only the council knows. The simulated server's address replaces the address of
    Microsoft's server."""
    hand.did += ["paste the lines into .env", "write MS_CLIENT_ID", "write MS_CLIENT_SECRET"]
    elsewhere = lines.replace("smtp://smtp.office365.com:587?auth=xoauth2", exchange.url)
    known = elsewhere.replace("ID-OF-THE-APP", CLIENT_ID).replace("SECRET-OF-THE-APP", str(entra.secret))
    assert f"MAIL_FROM=CQC monitor <{SENDER}>" in known and f"OPERATOR=mailto:{ME}" in known
    return known.replace("MS_TENANT=council.example", f"MS_TENANT={entra.authority}")


def _tries_email(hand: Hand) -> None:
    hand.press("Send a test message")
    hand.reads("set in .env")
    hand.press(f"Send a test message to {ME}")
    hand.press_until("Show the answer", "The receiver accepted the test message")
    hand.press("Choose who is alerted")
