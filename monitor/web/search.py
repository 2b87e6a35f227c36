"""A single search for watchlists, providers, brands and services. It finds services that are not watched too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request, Response

from monitor.app import App
from monitor.errors import UsageError
from monitor.locations import location_id_of
from monitor.register.entries import Entry
from monitor.store.overview import Overview
from monitor.store.people import Role
from monitor.store.search import found_in, words_of
from monitor.web.pages import page
from monitor.web.parts import Sought, TheApp, User

MOST = 10
"""How many results of each kind a search shows, at most."""

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A service in the results of a search. `read` contains what the service's pages state, and `entry` what the register states.
    At least one of them is not None. A service with `read` has a page on this monitor."""

    location_id: str
    read: Overview | None
    entry: Entry | None
    watchlists: tuple[str, ...]

    @property
    def was_read(self) -> bool:
        """Whether the service's pages were read, and the service is still watched. Otherwise the rating comes from the
        register."""
        return self.read is not None and self.read.was_read and bool(self.watchlists)

    @property
    def name(self) -> str:
        """The service's name, or its id if no name is known."""
        return self.read.known_as if self.read else self.entry.name if self.entry else self.location_id

    @property
    def type(self) -> str:
        """The types of service."""
        stated = self.read.service_type if self.read else None
        return ", ".join(self.entry.types if self.entry else ()) or stated or ""

    @property
    def overall(self) -> str | None:
        """The overall rating."""
        return self.read.overall if self.read and self.was_read else self.entry.overall if self.entry else None

    @property
    def authority(self) -> str | None:
        """The local authority. Only the register states it."""
        return self.entry.authority if self.entry else None

    @property
    def postcode(self) -> str | None:
        """The service's postcode."""
        return (self.entry.postcode if self.entry else None) or (self.read.postcode if self.read else None)

    @property
    def provider_id(self) -> str | None:
        """The provider's id. Only the register states it."""
        return self.entry.provider_id if self.entry else None

    @property
    def provider_name(self) -> str | None:
        """The provider's name."""
        return (self.read.provider_name if self.read else None) or (self.entry.provider_name if self.entry else None)

    @property
    def has_left(self) -> bool:
        """Whether the service is no longer registered."""
        return bool(self.read and self.read.archived) or bool(self.entry and self.entry.left_on)


@router.get("/search")
def search(request: Request, app: TheApp, me: User, q: Sought = "") -> Response:
    """Shows watchlists and providers that match the words, and services whose name, place, authority, postcode, provider, brand
    or id matches."""
    words, store = words_of(q), app.store
    services = _services(app, q, MOST + 1) if words else []
    return page(
        request,
        "search.html",
        sought=q.strip(),
        has_words=bool(words),
        watchlists=sorted((name for name in store.glance.watchlists() if found_in(name, words)), key=str.casefold),
        providers=store.areas.holders(q, MOST + 1) if words else [],
        services=services,
        most=MOST,
        newest=newest_of(app, services),
        may_add=me.role.may(Role.EDITOR),
        base_url=app.settings.cqc_base_url,
    )


def newest_of(app: App, services: Sequence[Found]) -> date | None:
    """Returns the latest date of a CQC file that lists one of these services. If no file lists them, returns the date of the
    newest file; None if no file was loaded."""
    return max((one.entry.listed_on for one in services if one.entry), default=None) or app.store.areas.newest()


def _services(app: App, text: str, limit: int) -> list[Found]:
    """Returns the services that match. Services on watchlists come first, then the best matches."""
    read = app.store.overviews.known(text, limit)
    entries = app.store.register.find(text, limit=limit)
    ids = dict.fromkeys([*_id_in(text, app), *(one.location_id for one in entries), *(one.location_id for one in read)])
    return sorted(found_of(app, list(ids)), key=lambda one: not one.watchlists)[:limit]


def _id_in(text: str, app: App) -> list[str]:
    """Returns a list with the location id that was typed, or with the id in a typed address of a service's page. The list is
    empty for any other text."""
    try:
        return [location_id_of(text, base_url=app.settings.cqc_base_url)]
    except UsageError:
        return []


def found_of(app: App, ids: Sequence[str]) -> list[Found]:
    """Returns what is known about the services with these ids, in the order of the ids. Unknown ids are left out."""
    read = {one.location_id: one for one in app.store.overviews.named(ids)}
    entries, lists = app.store.register.named(ids), app.store.watchlists.holding(ids)
    return [
        Found(location_id=one, read=read.get(one), entry=entries.get(one), watchlists=lists.get(one, ()))
        for one in ids
        if one in read or one in entries
    ]
