"""What every page asks for: the house, the instant of the request, and who is here."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, Path, Request

from monitor.bootstrap import House
from monitor.cqc.read.words import date_of
from monitor.store.keys import KeyHolder
from monitor.store.people import Person, SignedIn

SESSION_COOKIE = "cqc-monitor-session"

WANTED_DAY = "Enter a date like 31 January 2026"
"""What is said where `day_of` finds no day."""


def cookie(request: Request, name: str) -> str:
    """The full name of one of our cookies. Behind https it begins with __Host-: no other host of the domain can set it."""
    return f"__Host-{name}" if is_https(house_of(request)) else name


def is_https(house: House) -> bool:
    """Whether people reach the pages by https."""
    return house.settings.public_url.startswith("https://")


def house_of(request: Request) -> House:
    """The parts of the program."""
    house: House = request.app.state.house
    return house


def now_of(request: Request) -> datetime:
    """The instant of this request: one for all that it does."""
    if not hasattr(request.state, "now"):
        clock: Callable[[], datetime] = request.app.state.clock
        request.state.now = clock()
    now: datetime = request.state.now
    return now


def is_for_programs(path: str) -> bool:
    """Whether a path is asked for by programs: they come with a key, and no page is any use to them."""
    return path == "/metrics" or (path.startswith("/api/") and not path.startswith("/api/docs"))


def identify(request: Request) -> SignedIn | KeyHolder | None:
    """Who is here, by the cookie; for a program by its key ("Authorization: Bearer …"), where it has one. Raises StoreError."""
    authorization = request.headers.get("authorization")
    if authorization is not None and is_for_programs(request.url.path):
        kind, _, key = authorization.partition(" ")
        is_key = kind.lower() == "bearer" and key
        return house_of(request).store.keys.holder(key.strip(), now_of(request)) if is_key else None
    token = request.cookies.get(cookie(request, SESSION_COOKIE))
    return house_of(request).store.people.signed_in(token, now_of(request)) if token else None


def signed_in_of(request: Request) -> SignedIn | KeyHolder | None:
    """Who is here, as `rights.admit` found; None for a stranger, and before it was asked."""
    found: SignedIn | KeyHolder | None = getattr(request.state, "signed_in", None)
    return found


def _here(request: Request) -> SignedIn:
    signed_in = signed_in_of(request)
    assert isinstance(signed_in, SignedIn), "the rights let somebody without a session reach a page that needs one"
    return signed_in


def _me(request: Request) -> Person:
    signed_in = signed_in_of(request)
    assert signed_in is not None, "the rights let a stranger reach what needs a person"
    return signed_in.person


def segment(name: str) -> str:
    """Any name as one segment of a path that no server, proxy or browser takes apart or tidies: slashes, dots and percent signs
    are spelt "~2F", "~2E", "~25"."""
    return quote(name, safe="").replace("~", "%7E").replace(".", "%2E").replace("%", "~")


def day_of(text: str) -> date | None:
    """The day that somebody typed: "21 November 2025" as our pages write it, "21 Nov 2025", "21/11/2025" or "2025-11-21". None
    where nothing is typed. Raises ValueError for what is no day."""
    typed = " ".join(text.casefold().split())
    found = date_of(typed)
    if typed and found is None:
        raise ValueError(typed)
    return found


def _watchlist_of(watchlist: Annotated[str, Path(max_length=1000)]) -> str:
    return unquote(watchlist.replace("~", "%"))


TheHouse = Annotated[House, Depends(house_of)]
Now = Annotated[datetime, Depends(now_of)]
Here = Annotated[SignedIn, Depends(_here)]
Me = Annotated[Person, Depends(_me)]
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""A number that names something: no larger than any database takes."""
WatchlistName = Annotated[str, Depends(_watchlist_of)]
"""The name that stands in a path as `{watchlist}`, spelt by `segment` (in templates: `name | segment`)."""
