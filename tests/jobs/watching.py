"""Helpers for tests that watch services on CQC's site and with CQC's API, and read the alerts about these services."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from monitor import app
from monitor.text import LONDON
from tests.conftest import World
from tests.simulated.services import ENTERED, Service
from tests.simulated.syndication import Syndication

TODAY = date.today()  # noqa: DTZ011 (as CQC dates its reports)

HOME, OTHER, THIRD = "1-2235535718", "1-545296200", "1-545296201"
LEAD = "lead@council.example"

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Times:
    """The only clock of the program and of the simulated API. The clock begins at eight in London, after the day's digests, so
    no digest is sent in the hours that a test skips. The clock does not begin on a Sunday, when CQC publishes nothing."""

    def __init__(self) -> None:
        self._today = app.now
        tomorrow = (self._today() + DAY).astimezone(LONDON)
        tomorrow += DAY if tomorrow.weekday() == 6 else timedelta(0)
        self.later = tomorrow.replace(hour=8, minute=0, second=0, microsecond=0).astimezone(UTC) - self._today()

    def __call__(self) -> datetime:
        return self._today() + self.later

    def go(self, time: timedelta) -> None:
        """Lets time pass."""
        self.later += time


def watching(world: World, api: Syndication, *services: Service) -> None:
    """Adds a watchlist with these services and one subscriber who is alerted at once. Then makes the first check and the first
    reading of the list of changes."""
    world.site.add(services)
    api.services = world.site.services
    world.done("watch", "add", "Leeds", *(one.location_id for one in services))
    world.done("subscribe", "Leeds", f"mailto:{LEAD}", "--quiet")
    world.done("check")
    api.requests.clear()


def falls(service: Service, **more: Any) -> None:
    """Publishes a new inspection today, with inadequate ratings."""
    service.inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Inadequate", safe="Inadequate", **more)


def told(world: World) -> list[str]:
    """Sends all messages that are due. Returns the subjects of the lead's messages."""
    world.run("deliver")
    return [mail.subject for mail in world.mail.to(LEAD)]


def events(world: World) -> list[tuple[str, str | None, str]]:
    """Returns the events in short form, without events about new reports."""
    found = json.loads(world.done("events", "--json"))
    return [(one["kind"], one["of"], one.get("rests_on", "page")) for one in found if one["kind"] != "report published"]


def of_status(world: World) -> dict[str, Any]:
    _, out, _ = world.run("status", "--json")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


FALL = "Inadequate: Cherrybrook Care Home"


def an_assessed_home() -> Service:
    service = Service(location_id=HOME)
    service.assess(
        on=date(2025, 2, 28), published=date(2025, 4, 2), overall="Good", report="AP2001", scores={"Safe": 75, "Well-led": 75}
    )
    return service


def falls_by_assessment(service: Service) -> None:
    service.assess(
        on=TODAY - timedelta(weeks=8),
        published=TODAY,
        overall="Inadequate",
        report="AP3001",
        scores={"Safe": 40},
        safe="Inadequate",
        special_measures=ENTERED,
    )
