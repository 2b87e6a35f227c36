"""Simulates the site and the receivers of messages without a network, with the program's own types."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from monitor.channels import Outcome, Status
from monitor.cqc.site import Blind, Page, Reason, Site, Unchanged, Validators
from monitor.notify.content import Message
from tests.simulated import layouts
from tests.simulated.layouts import Layout
from tests.simulated.services import Service
from tests.simulation.truth import Life, Trouble, Truth, Window

BASE = "https://cqc.example"

SETTLED = timedelta(days=7)
"""After this time, the program has read the date of a version. A simulated mass change shows wrong ratings only under dates that
the program knows, since the program would rightly report a rating under a new date."""


class Killed(BaseException):
    """The process ends at this point, and does nothing more."""


@dataclass
class Mortal:
    """A process that can be killed between any two actions. The process dies after `fuse` more actions. From then on, all its
    actions fail."""

    fuse: int | None = None
    dead: bool = False

    def step(self) -> None:
        if self.fuse is not None and not self.dead:
            self.fuse -= 1
            self.dead = self.fuse <= 0
        if self.dead:
            raise Killed


@dataclass
class Clock:
    """The program's clock, which may be wrong. `true` is the real time."""

    true: datetime
    windows: list[Window]

    def __call__(self) -> datetime:
        return self.true + sum((one.by for one in self.windows if one.begin <= self.true < one.end), timedelta(0))


class Weather:
    """Finds the present faults. `windows` must be sorted by `begin`, and `now` must never be earlier than in the previous
    call."""

    def __init__(self, windows: list[Window]) -> None:
        self._ahead = list(reversed(windows))
        self._now: list[Window] = []

    def __call__(self, now: datetime) -> list[Window]:
        while self._ahead and self._ahead[-1].begin <= now:
            self._now.append(self._ahead.pop())
        if self._now:
            self._now = [one for one in self._now if now < one.end]
        return self._now


_REASONS = {
    Trouble.FAILING: Reason.FAILING,
    Trouble.REFUSED: Reason.REFUSED,
    Trouble.TIMEOUT: Reason.FAILING,
    Trouble.CHALLENGE: Reason.CHALLENGE,
    Trouble.EMPTY: Reason.DAMAGED,
    Trouble.GONE: Reason.GONE,
}


@dataclass
class _Watched:
    """A service with its present faults."""

    life: Life
    weather: Weather
    version: int = 0


class FakeSite(Site):
    """Simulates CQC's site, with the faults of a `Truth`. Like `Site`, it returns a page, or the reason why there is no page."""

    def __init__(self, truth: Truth, clock: Clock, random: Random) -> None:
        self._random = random
        self._true = clock
        self._watched = {one.location_id: _Watched(one, Weather(one.windows)) for one in truth.lives.values()}
        self._site_weather = Weather([one for one in truth.windows if one.trouble is not Trouble.CLOCK])
        self._others = list(truth.lives.values())
        self.requests: Counter[str] = Counter()
        self.mortal = Mortal()

    async def fetch(
        self, url_or_path: str, *, validators: Validators | None = None, fresh: bool = False, location_id: str | None = None
    ) -> Page | Unchanged | Blind:
        self.mortal.step()
        path = "/location/" + url_or_path.partition("/location/")[2]
        watched = self._watched[path.split("/")[2]]
        answer: Page | Unchanged | Blind = self._answer(watched, path, fresh=fresh)
        if isinstance(answer, Page) and validators and validators.etag and validators.etag == answer.etag and not fresh:
            answer = Unchanged(url=answer.url, fetched_at=answer.fetched_at)
        self.requests[type(answer).__name__] += 1
        return answer

    async def close(self) -> None:
        return None

    def _answer(self, watched: _Watched, path: str, *, fresh: bool) -> Page | Blind:
        now, life = self._true.true, watched.life
        while watched.version + 1 < len(life.versions) and life.versions[watched.version + 1].at <= now:
            watched.version += 1
        troubles = [one for one in (*self._site_weather(now), *watched.weather(now)) if self._random.random() < one.share]
        version, layout, edit = watched.version, Layout.TODAY, ""
        for trouble in (one.trouble for one in troubles):
            if trouble in _REASONS:
                return self._unseen(path, _REASONS[trouble], trouble)
            layout = self._layout(troubles) if trouble is Trouble.LAYOUT else layout
            settled = life.versions[version].at < now - SETTLED
            version, edit = self._older(trouble, version, path, edit, fresh=fresh, settled=settled)
            if trouble is Trouble.STRANGER:
                life = self._random.choice(self._others)
                version = min(version, len(life.versions) - 1)
                path = path.replace(watched.life.location_id, life.location_id)
        text = _page(_Facts(life.versions[version].service), path.split("/")[3:], layout, edit)
        if text is None:
            return self._unseen(path, Reason.GONE, "404")
        return self._page(path.replace(life.location_id, watched.life.location_id), text, etag=watched.life.validators)

    def _older(
        self, trouble: Trouble, version: int, path: str, edit: str, *, fresh: bool, settled: bool
    ) -> tuple[int, str]:
        """Returns which version the page shows during this fault, and how the page is edited."""
        before = max(version - 1, 0)
        match trouble:
            case Trouble.OLD if not fresh or self._random.random() < 0.5:
                return before, edit
            case Trouble.UNDATED if not fresh:
                return before, "undated"
            case Trouble.LATE if path.count("/") > 2:
                return before, edit
            case Trouble.UNRATED | Trouble.CLIPPED:
                return version, trouble.name.lower()
            case Trouble.MASS if path.count("/") == 2 and settled:
                return version, "inadequate"
            case _:
                return version, edit

    def _layout(self, troubles: list[Window]) -> Layout:
        if any(one.trouble is Trouble.OLD for one in troubles):
            return Layout.TABLES  # in this layout, each rating of an old page has its date, so the page can be recognised as old
        began = next(one.begin for one in troubles if one.trouble is Trouble.LAYOUT)
        return [Layout.TABLES, Layout.YEAR_2019, Layout.YEAR_2016][began.day % 3]

    def _page(self, path: str, text: bytes, *, etag: bool) -> Page:
        digest = hashlib.sha256(text).hexdigest()
        return Page(
            url=BASE + path,
            body=text,
            content_type="text/html; charset=utf-8",
            etag=f'"{digest[:32]}"' if etag else None,
            last_modified=None,
            fetched_at=self._true(),
            digest=digest,
        )

    def _unseen(self, path: str, reason: Reason, detail: str) -> Blind:
        again = timedelta(minutes=self._random.choice((1, 30, 300))) if reason is Reason.REFUSED else None
        return Blind(url=BASE + path, reason=reason, detail=detail, retry_after=again, fetched_at=self._true())


class _Facts:
    """A service's facts as a key of the cache. Two keys are equal if their services are the same object, since a version never
    changes."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Facts) and other.service is self.service

    def __hash__(self) -> int:
        return id(self.service)


def _page(facts: _Facts, rest: list[str], layout: Layout, edit: str) -> bytes | None:
    return _made(facts, tuple(rest), layout, edit)


@lru_cache(maxsize=20_000)
def _made(facts: _Facts, rest: tuple[str, ...], layout: Layout, edit: str) -> bytes | None:
    service, entry = facts.service, facts.service.newest
    match rest:
        case ():
            text: str | None = layouts.location_page(service, layout, others=[])
        case ("inspection-summary",):
            text = layouts.summary_page(service)
        case ("reports",):
            text = layouts.reports_page(service)
        case ("reports", report, name):
            entries = [one for one in [entry, *service.older] if one.assessment and one.report == report]
            text = layouts.assessment_page(service, entries[0], name) if entries else None
        case _:
            text = None
    return _edited(text, edit).encode() if text is not None else None


def _edited(text: str, edit: str) -> str:
    match edit:
        case "undated":
            return re.sub(r"<p[^>]*>(?:Report published:|Updated)[^<]*</p>|<p>Latest[^<]*</p>", "", text)
        case "unrated":
            text = re.sub(r'<p class="(?:overall|rating)">.*?</p>', "", text, flags=re.DOTALL)
            return re.sub(r'<ul class="rating-list">.*?</ul>|<h2>Ratings</h2>', "", text, flags=re.DOTALL)
        case "inadequate":
            text = re.sub(r"(<p class=\"overall\">Overall: )[A-Z][a-z ]+?(?= *<)", r"\1Inadequate", text)
            return re.sub(r'(<span class="rating-list__value">)[^<]+', r"\1Inadequate", text)
        case "clipped":
            start, found, _ = text.partition("</ul>\n<p><a href")
            return start + "</ul></main></body></html>" if found else text
        case _:
            return text


# ── the receivers ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A part of a message that a receiver accepted or refused for good. `heard` says whether the sender learnt that the receiver
    accepted the part."""

    at: datetime
    address: str
    message_id: str
    part: int
    kind: str
    events: tuple[dict[str, object], ...]
    heard: bool
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sulk:
    """From `begin` to `end`, an address accepts no message and answers with `status`."""

    begin: datetime
    end: datetime
    status: Status


def sulks(truth: Truth, address: str, seed: int) -> list[Sulk]:
    """Returns the times in which an address accepts no messages. Most often the sender must try again later, sometimes the
    settings are faulty, and rarely the address refuses for good."""
    random = Random(f"{seed} {address}")
    found, at = [], truth.begin + timedelta(days=1)
    while (at := at + timedelta(days=10) * random.expovariate(1)) < truth.quiet:
        status = random.choices((Status.RETRY, Status.BROKEN, Status.REJECTED), (12, 6, 1))[0]
        hours = random.uniform(0.1, 1) if status is Status.REJECTED else random.uniform(0.1, 18)
        found.append(Sulk(begin=at, end=min(at + timedelta(hours=hours), truth.quiet), status=status))
    return found


@dataclass
class FakeChannel:
    """A channel that accepts some messages. Accepted messages are in `receipts`, messages refused for good in `rejected`."""

    clock: Clock
    random: Random
    sulks: dict[str, list[Sulk]]
    quiet: datetime
    mortal: Mortal = field(default_factory=Mortal)
    receipts: list[Receipt] = field(default_factory=list)
    rejected: list[Receipt] = field(default_factory=list)
    attempts: Counter[Status] = field(default_factory=Counter)

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        events = message.data.get("events", [])
        assert isinstance(events, list)
        groups = [events[first : first + 10] for first in range(0, len(events), 10)] or [[]]
        return tuple(
            json.dumps({"kind": message.data["kind"], "subject": message.subject, "events": group, "part": number}).encode()
            for number, group in enumerate(groups)
        )

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        self.mortal.step()
        outcome, taken = self._outcome(address)
        self.attempts[outcome.status] += 1
        said = json.loads(part)
        receipt = Receipt(
            at=self.clock.true,
            address=address,
            message_id=message_id,
            part=part_number,
            kind=said["kind"],
            events=tuple(said["events"]),
            heard=outcome.status is Status.ACCEPTED,
            subject=said["subject"],
        )
        if taken:
            self.receipts.append(receipt)
        elif outcome.status is Status.REJECTED:
            self.rejected.append(receipt)
        self.mortal.step()
        return outcome

    def _outcome(self, address: str) -> tuple[Outcome, bool]:
        """Returns the answer, and whether the message was accepted. A message may be accepted even if the answer is a failure."""
        if self.clock.true >= self.quiet:
            return Outcome(Status.ACCEPTED, "ok"), True
        sulk = next((one for one in self.sulks.get(address, ()) if one.begin <= self.clock.true < one.end), None)
        if sulk:
            return Outcome(sulk.status, f"in a sulk: {sulk.status}", timedelta(minutes=self.random.choice((0, 1, 90)))), False
        drawn = self.random.random()
        if drawn < 0.01:
            raise RuntimeError("a fault of ours")
        if drawn < 0.03:
            return Outcome(Status.RETRY, "the connection broke after all was said"), True
        return (Outcome(Status.RETRY, "not now"), False) if drawn < 0.08 else (Outcome(Status.ACCEPTED, "ok"), True)

    async def close(self) -> None:
        return None
