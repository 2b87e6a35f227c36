"""Decides what really happens in a simulated year: what CQC publishes about each service, and when faults occur. The same seed
always gives the same year."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from tests.simulated.services import ENTERED, LEFT, REMAINS, STATEMENTS, Service

# NEXT gives for each rating how often each rating followed in the next report. DAYS_TO_NEXT gives the median number of days until
# the next report. The figures come from the published ratings of 2,000 homecare services from 2014 to 2025.
NEXT = {
    "Outstanding": {"Outstanding": 20, "Good": 4, "Requires improvement": 4},
    "Good": {"Good": 778, "Requires improvement": 221, "Outstanding": 41, "Inadequate": 29},
    "Requires improvement": {"Good": 364, "Requires improvement": 214, "Inadequate": 33, "Outstanding": 1},
    "Inadequate": {"Requires improvement": 58, "Inadequate": 25, "Good": 14},
}
DAYS_TO_NEXT = {"Outstanding": 1018, "Good": 1069, "Requires improvement": 612, "Inadequate": 195}
AT_FIRST = {"Good": 75, "Requires improvement": 18, "Outstanding": 4, "Inadequate": 3}

BEST_FIRST = ("Outstanding", "Good", "Requires improvement", "Inadequate")
SOONEST = timedelta(days=3)
"""The shortest time between two reports of one service. A correction or a withdrawal may come sooner."""


class Trouble(StrEnum):
    """A fault that affects the pages of one service or of all services."""

    FAILING = "5xx"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CHALLENGE = "challenge page"
    EMPTY = "empty or cut page"
    CLIPPED = "page that ends after the ratings"
    UNRATED = "page without its rating block"
    STRANGER = "page of another service"
    GONE = "404"
    OLD = "old page in turns with the new one"
    UNDATED = "old page without its date in turns with the new one"
    LATE = "pages behind the location page are late"
    LAYOUT = "another layout"
    MASS = "all are shown as inadequate, under their old dates"
    CLOCK = "the clock is wrong"


OF_A_SERVICE = (
    Trouble.FAILING, Trouble.TIMEOUT, Trouble.EMPTY, Trouble.CLIPPED, Trouble.UNRATED, Trouble.STRANGER, Trouble.GONE,
)  # fmt: skip
OF_THE_SITE = (Trouble.FAILING, Trouble.REFUSED, Trouble.TIMEOUT, Trouble.CHALLENGE, Trouble.LAYOUT)
APART = timedelta(hours=7)
"""The shortest time between a mass change and another fault of the whole site. The time is long enough for a round of checks."""

WRONG_BY = (1, -1, 13, -24, -24 * 400)
"""Hours by which a clock is wrong."""

OF_A_PUBLICATION = (Trouble.OLD, Trouble.OLD, Trouble.LATE, Trouble.LATE, Trouble.UNDATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A fault from `begin` to `end` that affects this `share` of the requests. `by` says by how much the clock is wrong."""

    begin: datetime
    end: datetime
    trouble: Trouble
    share: float = 1.0
    by: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What CQC publishes about a service from `at` on. `again` means that an earlier state has returned, since a report was
    withdrawn or restored."""

    at: datetime
    service: Service
    why: str
    again: bool = False


@dataclass(slots=True, kw_only=True)
class Life:
    """A service's true history, oldest first, and its faults."""

    location_id: str
    versions: list[Version]
    windows: list[Window] = field(default_factory=list)
    validators: bool = True

    def at(self, moment: datetime) -> int:
        """Returns the number of the version that is published at a moment."""
        return max((n for n, one in enumerate(self.versions) if one.at <= moment), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything that happens in a year. From `quiet` on nothing happens, so that all messages can arrive before `end`."""

    begin: datetime
    quiet: datetime
    end: datetime
    lives: dict[str, Life]
    windows: list[Window]


SETTLING = timedelta(days=9)
"""The length of the quiet time. The time is longer than a week, so that the last weekly digest is sent too."""


def truth(*, seed: int, services: int, days: int, hurry: float) -> Truth:
    """Decides what happens to a number of services in a number of days. With `hurry=40`, reports appear 40 times as often as in
    reality, and faults also occur more often."""
    begin = datetime.fromisoformat("2026-01-05T09:00:00+00:00")
    end = begin + timedelta(days=days)
    quiet = end - SETTLING
    lives = {}
    for number in range(services):
        life = _life(Random(f"{seed} {number}"), number, begin, quiet, hurry)
        lives[life.location_id] = life
    windows = _site_windows(Random(f"{seed} site"), begin, quiet, hurry)
    return Truth(begin=begin, quiet=quiet, end=end, lives=lives, windows=windows)


def _life(random: Random, number: int, begin: datetime, quiet: datetime, hurry: float) -> Life:
    service = _first(random, number, begin)
    life = Life(
        location_id=service.location_id,
        versions=[Version(at=begin - timedelta(days=1), service=service.copy(), why="at first")],
        validators=random.random() < 0.9,
    )
    at = begin + _gap(random, service, hurry) * random.random()
    while at < quiet:
        _publish(random, service, at, hurry)
        life.versions.append(Version(at=at, service=service.copy(), why="a report"))
        if random.random() < 0.4:
            length = _length(random, timedelta(minutes=30), timedelta(days=2))
            trouble, share = random.choice(OF_A_PUBLICATION), random.choice((0.3, 0.5, 0.8))
            life.windows.append(Window(begin=at, end=at + length, trouble=trouble, share=share))
        at = _aftermath(random, service, life, at)
        at += max(_gap(random, service, hurry), SOONEST)
    life.versions = [one for one in life.versions if one.at < quiet]
    life.windows = _ending(life.windows + _service_windows(random, begin, quiet, hurry), quiet)
    return life


def _aftermath(random: Random, service: Service, life: Life, at: datetime) -> datetime:
    """Sometimes corrects a report without changing its date, or withdraws the report for good or for a while. Returns the time of
    the last change."""
    drawn = random.random()
    if drawn < 0.05:
        at += _length(random, timedelta(hours=2), timedelta(days=3))
        service.newest.overall = random.choice([one for one in BEST_FIRST if one != service.overall])
        life.versions.append(Version(at=at, service=service.copy(), why="a correction under the same date"))
    elif drawn < 0.10:
        at += _length(random, timedelta(hours=2), timedelta(days=10))
        before = life.versions[-2].service.copy()
        life.versions.append(Version(at=at, service=before, why="the report is withdrawn", again=True))
        if random.random() < 0.5:
            at += _length(random, timedelta(hours=2), timedelta(days=10))
            life.versions.append(Version(at=at, service=service.copy(), why="the withdrawn report is back", again=True))
        else:
            service.newest, service.older = before.copy().newest, before.copy().older
    return at


def _first(random: Random, number: int, begin: datetime) -> Service:
    homecare = {"sector": "Community services", "type": "Homecare agencies"} if random.random() < 0.5 else {}
    service = Service(location_id=f"1-{1_000_000_000 + number}", name=f"Service {number:05d}", **homecare)  # type: ignore[arg-type]
    overall = _drawn(random, AT_FIRST)
    service.newest.overall = overall
    for name, question in service.newest.questions.items():
        question.rating = overall if name != "Caring" else "Good"
    service.newest.published = (begin - timedelta(days=random.randint(30, 900))).date()
    service.newest.inspected = service.newest.published - timedelta(weeks=6)
    if overall == "Inadequate":
        service.newest.special_measures = REMAINS
    if random.random() < 0.25:
        day = service.newest.published + timedelta(days=1)
        _assess(random, service, day, overall, "A1", service.newest.special_measures)
    return service


def _publish(random: Random, service: Service, at: datetime, hurry: float) -> None:
    """Publishes a new report. Ratings change as often as in reality, except that `hurry` makes falls to inadequate more
    frequent. A service that is rated inadequate is also in special measures."""
    was = service.overall or "Good"
    weights = dict(NEXT[was])
    if hurry > 1:  # even a small year must include falls to inadequate, which matter most
        weights["Inadequate"] = weights.get("Inadequate", 0) * 6
    overall = _drawn(random, weights)
    inside = service.newest.special_measures in (ENTERED, REMAINS)
    if overall == "Inadequate":
        measures = REMAINS if inside else ENTERED
    elif inside:
        measures = LEFT if random.random() < 0.8 else ""
    else:
        measures = LEFT if service.newest.special_measures == LEFT and random.random() < 0.2 else ""
    published = max(at.date() - timedelta(days=random.choice((0, 0, 0, 1, 5))), service.newest.published + timedelta(days=1))
    if service.newest.assessment:
        _assess(random, service, published, overall, f"A{len(service.older) + 1}", measures)
    else:
        service.inspect(
            on=published - timedelta(weeks=6),
            published=published,
            overall=overall,
            special_measures=measures,
            **_questions(random, overall),
        )


def _assess(random: Random, service: Service, published: date, overall: str, name: str, measures: str) -> None:
    points = {"Outstanding": 92, "Good": 75, "Requires improvement": 58, "Inadequate": 38}
    ratings = _questions(random, overall)
    scores = {
        question: points[rating] + random.choice((-4, 0, 0, 4))
        for question in STATEMENTS
        if (rating := ratings.get(question.lower().replace("-", "_")))
    }
    service.assess(
        on=published - timedelta(weeks=6),
        published=published,
        overall=overall,
        report=f"AP{service.location_id[-5:]}{name}",
        scores=scores,
        special_measures=measures,
        **ratings,
    )


def _questions(random: Random, overall: str) -> dict[str, str]:
    """Returns ratings of key questions that match an overall rating. Some questions are left out, so they stay unchanged."""
    near = {
        "Outstanding": ("Outstanding", "Good"),
        "Good": ("Good", "Good", "Good", "Requires improvement", "Outstanding"),
        "Requires improvement": ("Requires improvement", "Good", "Requires improvement", "Inadequate"),
        "Inadequate": ("Inadequate", "Requires improvement", "Inadequate"),
    }[overall]
    names = ("safe", "effective", "caring", "responsive", "well_led")
    chosen = [name for name in names if random.random() < 0.7] or ["safe"]
    return {name: random.choice(near) for name in chosen}


def _gap(random: Random, service: Service, hurry: float) -> timedelta:
    median = DAYS_TO_NEXT[service.overall or "Good"]
    return timedelta(days=median * random.lognormvariate(0, 0.6) / hurry)


def _drawn(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _length(random: Random, shortest: timedelta, longest: timedelta) -> timedelta:
    """Returns a random length of time. Each order of magnitude is equally likely."""
    return shortest * float((longest / shortest) ** random.random())


def _service_windows(random: Random, begin: datetime, quiet: datetime, hurry: float) -> list[Window]:
    return [
        Window(
            begin=at,
            end=at + _length(random, timedelta(minutes=20), timedelta(days=3)),
            trouble=random.choice(OF_A_SERVICE),
            share=random.choice((0.5, 1.0)),
        )
        for at in _moments(random, begin, quiet, timedelta(days=60) / max(1, hurry / 10))
    ]


def _site_windows(random: Random, begin: datetime, quiet: datetime, hurry: float) -> list[Window]:
    windows = []
    for at in _moments(random, begin, quiet, timedelta(days=20) / max(1, hurry / 20)):
        trouble = random.choice(OF_THE_SITE)
        longest = timedelta(days=6) if trouble is Trouble.LAYOUT else timedelta(hours=20)
        end = at + _length(random, timedelta(minutes=20), longest)
        windows.append(Window(begin=at, end=end, trouble=trouble, share=random.choice((0.5, 1.0))))
    for at in _moments(random, begin, quiet, timedelta(days=30) / max(1, hurry / 20)):
        by = timedelta(hours=random.choice(WRONG_BY))
        windows.append(Window(begin=at, end=at + timedelta(hours=random.uniform(0.2, 5)), trouble=Trouble.CLOCK, by=by))
    for at in _moments(random, begin, quiet, timedelta(days=60) / max(1, hurry / 8)):
        # No other fault comes shortly before or after a mass change, so that checks can see the mass change. A mass change lasts
        # less than a day, since the program reports changes that last longer.
        mass = Window(begin=at, end=at + _length(random, timedelta(hours=1), timedelta(hours=20)), trouble=Trouble.MASS)
        if not any(one.begin < mass.end + APART and mass.begin < one.end + APART for one in windows):
            windows.append(mass)
    return _ending(windows, quiet)


def mass_changes(happens: Truth, seed: int) -> Truth:
    """Returns the same year with other faults of the whole site: only mass changes, one every few days. During some of the mass
    changes, half of the requests or more fail too."""
    random, at, windows = Random(f"{seed} mass"), happens.begin + timedelta(days=1), list[Window]()
    while (at := at + timedelta(days=random.uniform(1.1, 4))) < happens.quiet:
        end = at + _length(random, timedelta(hours=1), timedelta(hours=20))
        windows.append(Window(begin=at, end=end, trouble=Trouble.MASS))
        windows.append(Window(begin=at, end=end, trouble=Trouble.FAILING, share=random.choice((0.0, 0.5, 0.8))))
        at = end
    return replace(happens, windows=_ending(windows, happens.quiet))


def _moments(random: Random, begin: datetime, quiet: datetime, mean: timedelta) -> list[datetime]:
    moments = []
    at = begin + timedelta(days=1)
    while (at := at + mean * random.expovariate(1)) < quiet:
        moments.append(at)
    return moments


def _ending(windows: list[Window], quiet: datetime) -> list[Window]:
    ended = [
        Window(begin=one.begin, end=min(one.end, quiet), trouble=one.trouble, share=one.share, by=one.by)
        for one in windows
        if one.begin < quiet
    ]
    return sorted(ended, key=lambda one: one.begin)
