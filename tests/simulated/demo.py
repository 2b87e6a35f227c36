"""Shows the whole program in a minute, without a network: `make demo`.

CQC's site with five services, a mailbox, a Slack channel and a Teams channel are simulated on loopback. Everything else is the
program itself, which the demo runs with commands. While you watch, one service falls from good to inadequate and enters special
measures. The demo shows the messages that each receiver gets, and saves the messages in state/demo/.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from tests.simulated.receivers import Hook, Mail, Mailbox
from tests.simulated.regulator import Regulator
from tests.simulated.services import ENTERED, REMAINS, Entry, Service, questions
from tests.simulated.shown import slack_text, teams_text

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "state" / "demo"
LEAD = "safeguarding@council.example"
FALLING = "1-1000000003"
PATIENCE = 15.0
"""Seconds that a step may take before the demo reports a failure."""

T = TypeVar("T")
COLOURS = sys.stdout.isatty()


def services() -> list[Service]:
    """Returns the five services as they are at the beginning of the demo."""
    last = date.today() - timedelta(days=400)  # noqa: DTZ011  the demo's own day

    def service(number: int, name: str, rating: str, *, special_measures: str = "", **facts: Any) -> Service:
        entry = Entry(
            overall=rating,
            questions=questions(rating),
            inspected=last,
            published=last + timedelta(weeks=6),
            special_measures=special_measures,
        )
        return Service(location_id=f"1-{1_000_000_000 + number}", name=name, newest=entry, **facts)

    homecare = {"sector": "Community services", "type": "Homecare agencies"}
    return [
        service(1, "Orchard House", "Outstanding", address="1 Church Street, Melton Mowbray, LE13 0AA"),
        service(2, "Larch Grove", "Inadequate", special_measures=REMAINS, address="8 Mill Lane, Hinckley, LE10 0BB"),
        service(3, "Hollins View", "Good", address="27 Station Road, Loughborough, LE11 0CC", provider="Meridian Homes Limited"),
        service(4, "Brookside Homecare", "Good", address="5 High Street, Oadby, LE2 0DD", **homecare),
        service(5, "Netherby Care at Home", "Requires improvement", address="Unit 3, Wigston, LE18 0EE", **homecare),
    ]


@dataclass
class Stage:
    """Prints each step of the demo, runs the commands, and records failures."""

    environment: dict[str, str] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    failures: list[str] = field(default_factory=list)
    kept: int = 0

    def scene(self, text: str) -> None:
        print(f"\n{_strong(f'{time.monotonic() - self.began:4.0f} s  {text}')}", flush=True)

    def run(self, *arguments: str) -> str:
        """Runs one command, and shows it with its output."""
        shown = " ".join(f'"{one}"' if " " in one else one for one in arguments)
        print(f"\n  $ cqc-monitor {_without_secret(shown)}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "monitor", *arguments], cwd=PLACE, env=self.environment, capture_output=True, text=True
        )
        print(textwrap.indent((done.stdout + done.stderr).rstrip(), "  "), flush=True)
        self.expect(done.returncode in (0, 1), f"cqc-monitor {arguments[0]} ended with status {done.returncode}")
        return done.stdout

    @contextmanager
    def daemon(self) -> Iterator[None]:
        """Runs `cqc-monitor run`, and stops it as an operator would."""
        print("\n  $ cqc-monitor run        (its log: state/demo/monitor.log)", flush=True)
        with (PLACE / "monitor.log").open("w") as log:
            process = subprocess.Popen([sys.executable, "-m", "monitor", "run"], cwd=PLACE, env=self.environment, stderr=log)
            try:
                yield
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    self.expect(process.wait(15) == 0, "the daemon did not end with status 0")
                except subprocess.TimeoutExpired:
                    process.kill()
                    self.expect(False, "the daemon did not end within 15 seconds")

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        """Waits until the condition is true, but at most `PATIENCE`. Records a failure if the condition is not true by then."""
        until = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < until:
            time.sleep(0.1)
        self.expect(condition(), f"this did not happen within {PATIENCE:.0f} seconds: {what}")

    def expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.failures.append(otherwise)

    def show(self, who: str, text: str, **files: bytes) -> None:
        """Shows a message as its reader sees it. Saves the contents in `files` in state/demo/; each key is the extension of a
        file."""
        self.kept += 1
        names = []
        for ending, content in files.items():
            name = f"{self.kept}-{who.split()[0].lower()}.{ending}"
            (PLACE / name).write_bytes(content)
            names.append(name)
        print(f"\n  ┌─ {_strong(who)}   (state/demo/{', '.join(names)})")
        for line in text.strip().splitlines():
            for part in textwrap.wrap(line, 110, subsequent_indent="   ") or [""]:
                print(f"  │ {part}")
        print("  └─", flush=True)


def main() -> int:
    """Runs the demo. The exit status is 0 if every receiver got each expected message exactly once."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    with Regulator(*services(), page_size=80_000) as regulator, Mailbox() as mailbox, Hook() as slack, Hook.teams() as teams:
        stage = Stage(environment=_environment(regulator, mailbox, slack, teams))
        play(stage, regulator, Inbox(stage, mailbox, slack, teams))
    print(f"\n{_strong('The messages are saved in state/demo/. Open .eml files in a mail program, .html files in a browser.')}")
    for failure in stage.failures:
        print(f"WRONG: {failure}")
    verdict = "FAILED" if stage.failures else "succeeded"
    print(f"The demo {verdict}, in {time.monotonic() - stage.began:.0f} seconds.")
    return 1 if stage.failures else 0


@dataclass
class Inbox:
    """All messages that the receivers got. Each message is shown once."""

    stage: Stage
    mailbox: Mailbox
    slack: Hook
    teams: Hook
    shown: dict[str, int] = field(default_factory=dict)

    def counts(self) -> tuple[int, int, int]:
        return len(self.mailbox.mails), len(self.slack.taken), len(self.teams.taken)

    def show_new(self) -> str:
        """Shows the messages that arrived since the last call, and returns them as one text."""
        texts = []
        for mail in self._new("mail", self.mailbox.mails):
            texts.append(_headed(mail))
            self.stage.show("Email", texts[-1], eml=mail.raw, html=mail.html.encode(), txt=mail.text.encode())
        for name, hook, as_text in (("Slack", self.slack, slack_text), ("Teams", self.teams, teams_text)):
            for payload in self._new(name, hook.payloads()):
                texts.append(as_text(payload))
                self.stage.show(f"{name} channel", texts[-1], json=json.dumps(payload, indent=2, ensure_ascii=False).encode())
        return "\n".join(texts)

    def _new(self, kind: str, items: Sequence[T]) -> Sequence[T]:
        seen = self.shown.get(kind, 0)
        self.shown[kind] = len(items)
        return items[seen:]


def play(stage: Stage, regulator: Regulator, inbox: Inbox) -> None:
    """Plays the story of the demo."""
    stage.scene("A commissioner adds services to watchlists, by their ids or by the addresses of their pages.")
    ids = list(regulator.services)
    by_address = f"https://www.cqc.org.uk/location/{ids[0]}", f"www.cqc.org.uk/location/{ids[1]}/reports"
    stage.run("watch", "add", "Care homes", *by_address, ids[2])
    stage.run("watch", "add", "Homecare", ids[3], ids[4])
    stage.scene("People say where they want to be alerted.")
    stage.run("subscribe", "Care homes", f"mailto:{LEAD}")
    stage.run("subscribe", "Care homes", f"slack:{inbox.slack.url}/services/T0DEMO/B0DEMO/demo-secret-of-slack")
    stage.run("subscribe", "Care homes", f"teams:{inbox.teams.url}/workflows/demo-secret-of-teams")
    stage.run("subscribe", "Homecare", f"mailto:{LEAD}", "--when", "weekly", "--at", "08:00", "--day", "mon", "--quiet")

    stage.scene("From now on nobody has to look at CQC's site again.")
    with stage.daemon():
        stage.wait("each of the three receivers got a welcome", lambda: inbox.counts() == (1, 1, 1))
        stage.scene("After the first check, a welcome describes the present state. Nothing else is sent.")
        welcome = inbox.show_new()
        stage.expect("Larch Grove" in welcome, "the welcome does not contain the service that is already in special measures")
        stage.expect("Hollins View" not in welcome, "the welcome contains a service that is good")

        today = date.today()  # noqa: DTZ011
        regulator.services[FALLING].inspect(
            on=today - timedelta(weeks=6),
            published=today,
            overall="Inadequate",
            safe="Inadequate",
            well_led="Inadequate",
            effective="Requires improvement",
            text="People were not protected from avoidable harm. Medicines were not managed safely.",
            special_measures=ENTERED,
        )
        stage.scene("CQC publishes a new report on Hollins View: the home is inadequate and enters special measures.")
        stage.wait("each of the three receivers got an alert", lambda: inbox.counts() == (2, 2, 2))
        stage.scene("The monitor saw the fall, checked the page a second time without caches, and sent alerts:")
        alert = inbox.show_new()
        for words in ("Hollins View", "Good", "Inadequate", "special measures"):
            stage.expect(alert.lower().count(words.lower()) >= 3, f"not every alert contains {words!r}")
        stage.scene("A few more rounds, without changes …")
        time.sleep(7)
        stage.expect(inbox.counts() == (2, 2, 2), f"somebody was alerted twice (messages by channel: {inbox.counts()})")
    stage.scene("The operator stops the daemon, and looks at what happened.")
    events = stage.run("events")
    stage.expect("entered special measures" in events, "the entry into special measures is missing from the events")
    stage.run("status")


def _environment(regulator: Regulator, mailbox: Mailbox, slack: Hook, teams: Hook) -> dict[str, str]:
    """Returns the settings of the demo, without the user's own settings. The commands run in state/demo/, which contains no
    .env."""
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return own | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "CQC_BASE_URL": regulator.url,
        "SMTP_URL": mailbox.url,
        "MAIL_FROM": "cqc-monitor@council.example",
        "EXTRA_WEBHOOK_HOSTS": f"{slack.host},{teams.host}",
        "CONTACT": "demo@council.example",
        "CHECK_EVERY": "5s",
        "CONFIRM_AFTER": "2s",
        "REQUESTS_PER_SECOND": "50",
    }


def _headed(mail: Mail) -> str:
    message = mail.message
    return "\n".join([*(f"{name}: {message[name]}" for name in ("From", "To", "Subject")), "", mail.text])


def _without_secret(command: str) -> str:
    return command.replace("demo-secret-of-", "…")


def _strong(text: str) -> str:
    return f"\033[1m{text}\033[0m" if COLOURS else text


if __name__ == "__main__":
    sys.exit(main())
