"""Lists the addresses of all pages, from the permissions table. Tests therefore visit each new page, unless `FOR_PROGRAMS`
contains its address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.app import App
from monitor.own_facts import OwnFacts
from monitor.rota import Hours, Rota, Turn
from monitor.web.parts import segment
from monitor.web.permissions import PERMISSIONS

_FILES = (".atom", ".css", ".csv", ".docx", ".eml", ".ics", ".js", ".json", ".svg", ".xlsx")

FOR_PROGRAMS = frozenset(
    {"/healthz", "/metrics", "/events/{event}/page", "/oidc/start", "/oidc/callback", "/oidc/signed-out"}
    | {path for path in (route.partition(" ")[2] for route in PERMISSIONS) if path.endswith(_FILES)}
    | {path for path in (route.partition(" ")[2] for route in PERMISSIONS) if re.match("/api/(?!docs)", path)}
)
"""Addresses that are not pages: people save them as files, programs read them, or they exist only with a provider of OpenID
Connect (test_oidc.py)."""


VIEW = "Inadequate <script>alert(1)</script>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Values for the placeholders in paths. The value of `{token}` depends on the path."""

    watchlist: str = "nothing"
    location_id: str = "1-999999999"
    event: str = "nothing"
    report: str = "nothing"
    case: str = "999999"
    provider: str = "nothing"
    subscription: str = "999999"
    person: str = "999999"
    message: str = "nothing"
    view: str = "999999"
    saved_report: str = "999999"
    sign_in: str = "nobodys-token"
    unsubscribe: str = "nobodys-token"
    undo: str = "nobodys-token"
    confirm: str = "nobodys-token"
    still_read: str = "nobodys-token"
    have_it: str = "nobodys-token"
    drill: str = "nobodys-token"
    batch: str = "nothing"

    def at(self, path: str) -> str:
        """Returns a path of PERMISSIONS with these values. Raises AttributeError for an unknown placeholder."""

        def value(match: re.Match[str]) -> str:
            name = path.split("/")[1].replace("-", "_") if match[1] == "token" else match[1]
            return str(getattr(self, name))

        return re.sub(r"\{(\w+)\}", value, path)

    def is_open(self, path: str) -> bool:
        """Whether a path needs no sign-in."""
        return path.startswith(("/sign-in", "/unsubscribe/", "/undo/", "/confirm/", "/still-read/", "/have-it/", "/drill/"))


def known_of_a_fall(app: App, watchlist: str, location_id: str, event: str, now: datetime) -> Known:
    """Returns values for a fall about which editor@council.example was alerted. Adds data for pages that would otherwise be
    empty, such as own facts, a rota and a drill."""
    store, links = app.store, app.links
    held = next(one for one in store.subscriptions.all() if one.subscription.address == "mailto:editor@council.example")
    one = next(one for one in store.people.everyone() if one.email == "editor@council.example")
    alert = next(one for one in store.subscriptions.messages(held.subscription, 50, others=True) if one.kind == "alert")
    suspended = OwnFacts(location_id=location_id, suspended_since=now.date(), people_placed=7, as_of=now.date())
    store.own_facts.replace(watchlist, [suspended], one.id, now)
    store.rotas.save(watchlist, Rota(turns=(Turn(address=held.subscription.address, hours=Hours(frozenset({5}))),)), one.id, now)
    drill = store.drills.start(watchlist, one.id, now)
    assert drill is not None
    return Known(
        watchlist=segment(watchlist),
        location_id=location_id,
        event=event,
        report=(store.evidence.of(event)[0].item or "").partition("/")[2],
        case=str(next((case.id for case in store.cases.of_service(location_id)), 999_999)),
        subscription=str(held.subscription.id),
        person=str(one.id),
        message=alert.id,
        view=str(store.saved_views.save(watchlist, VIEW, "rating=inadequate&columns=overall", one.id, now)),
        saved_report=str(store.saved_reports.save(VIEW, "area=Leicestershire", one.id, now)),
        sign_in=store.people.new_link("reader@council.example", now=now),
        unsubscribe=links.unsubscribe(held.subscription.address, [held.subscription.id]).rpartition("/")[2],
        undo=links.undo("nobodys-batch").rpartition("/")[2],
        confirm=links.confirm("mailto:colleague@trust.example").rpartition("/")[2],
        still_read=links.still_read(held.subscription.address).rpartition("/")[2],
        drill=links.drill(held.subscription.address, drill.id, now).rpartition("/")[2],
        have_it=links.have_it(held.subscription.address, store.evidence.of(event)[0].item or "", now).rpartition("/")[2],
    )


def paths(known: Known) -> Iterator[tuple[str, str]]:
    """Yields a file name and the address of every page."""
    for route in PERMISSIONS:
        method, _, path = route.partition(" ")
        if method == "GET" and path not in FOR_PROGRAMS:
            name = re.sub(r"\W+", "-", path.replace("{", "").replace("}", "")).strip("-")
            yield name or "home", known.at(path)
