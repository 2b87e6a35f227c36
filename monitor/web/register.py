"""Searches CQC's register for services by words, authority, type and rating, and adds services to a watchlist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.model import LISTED_ID
from monitor.ratings import Rating
from monitor.register.authorities import AUTHORITIES
from monitor.register.entries import Rule
from monitor.store.people import Person, Role
from monitor.store.register import ANY, NOT_RATED
from monitor.text import sentence
from monitor.web.forms import FormModel
from monitor.web.pages import page, paging
from monitor.web.parts import Now, TheApp, User, cut
from monitor.web.search import found_of, newest_of
from monitor.web.watchlists import go_to_added

SIZE = 25
"""How many services a page shows."""

RATINGS = (*reversed(Rating), NOT_RATED)

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search of the register, by words and by filters (`held_to`). `all_types` lists the types of service that a person can
    choose."""

    words: str
    held_to: Rule
    all_types: Sequence[str]

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is chosen."""
        return self.held_to != ANY

    @property
    def is_any(self) -> bool:
        """Whether the search is empty."""
        return not self.words and not self.is_filtered

    @property
    def query(self) -> dict[str, str]:
        """The search as the parameters of a query."""
        filters = {"authority": self.held_to.authorities, "type": self.held_to.types, "rating": self.held_to.ratings}
        return {"q": self.words} | {name: chosen[0] for name, chosen in filters.items() if chosen}

    @property
    def authorities(self) -> list[tuple[str, str]]:
        """The local authorities to choose from."""
        return _options(AUTHORITIES)

    @property
    def types(self) -> list[tuple[str, str]]:
        """The types of service to choose from."""
        return _options(self.all_types)

    @property
    def ratings(self) -> list[tuple[str, str]]:
        """The ratings to choose from."""
        return _options(RATINGS)


def _options(values: Iterable[str]) -> list[tuple[str, str]]:
    return [("", "Any"), *((one, sentence(one)) for one in values)]


def asked_of(request: Request, types: Sequence[str]) -> Asked:
    """Returns the search that an address requests. Ignores unknown filters, so that old bookmarks still work."""
    given = {name: cut(value) for name, value in request.query_params.items()}

    def chosen(name: str, among: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in among if one == given.get(name))

    held_to = Rule(
        authorities=chosen("authority", AUTHORITIES), types=chosen("type", types), ratings=chosen("rating", RATINGS)
    )
    return Asked(words=given.get("q", "").strip(), held_to=held_to, all_types=types)


class Chosen(FormModel):
    """The form with the chosen services, and the watchlist to which they are added."""

    watchlist: Annotated[str, Field(min_length=1)] = Field(description="Choose a watchlist")
    chosen: tuple[str, ...] = Field(description="Choose at least one service")


@router.get("/register")
def register(request: Request, app: TheApp, me: User) -> Response:
    """Shows the services that match the words and the filters, best match first, page by page."""
    return _page(request, app, me, {}, request.query_params.get("watchlist", ""))


@router.post("/register")
def add(request: Request, app: TheApp, me: User, now: Now, form: Annotated[Chosen, Form()]) -> Response:
    """Adds the chosen services to a watchlist."""
    ids = [one for one in form.chosen if LISTED_ID.fullmatch(one)]
    if form.errors:
        return _page(request, app, me, dict(form.errors), form.watchlist, form.chosen)
    return go_to_added(request, form.watchlist, ids, app.store.watchlists.add(form.watchlist, ids, me.id, now))


def _page(
    request: Request, app: App, me: Person, errors: dict[str, str], watchlist: str, chosen: tuple[str, ...] = ()
) -> Response:
    register = app.store.register
    asked, number = asked_of(request, register.types()), request.query_params.get("page", "")[:9]
    total = register.count_found(asked.words, asked.held_to)
    pages = paging(request, number=int(number) if number.isdecimal() else 1, size=SIZE, total=total)
    found = register.find(asked.words, held_to=asked.held_to, limit=SIZE, offset=pages.offset) if total else []
    services = found_of(app, [one.location_id for one in found])
    names = sorted(app.store.glance.watchlists(), key=str.casefold) if me.role.may(Role.EDITOR) else []
    return page(
        request,
        "register.html",
        asked=asked,
        services=services,
        total=total,
        paging=pages,
        newest=newest_of(app, services),
        chosen=watchlist if watchlist in names else "",
        ticked=chosen,
        watchlists=[("", "Choose"), *((name, name) for name in names)] if names else [],
        base_url=app.settings.cqc_base_url,
        errors=errors if found else {},
    )
