"""What every page asks for: the house, the instant of the request, and who is here."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, Path, Request

from monitor.bootstrap import House
from monitor.store.people import Person, SignedIn

SESSION_COOKIE = "cqc-monitor-session"


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


def identify(request: Request) -> SignedIn | None:
    """Who is here, by the cookie. Raises StoreError."""
    token = request.cookies.get(cookie(request, SESSION_COOKIE))
    return house_of(request).store.people.signed_in(token, now_of(request)) if token else None


def signed_in_of(request: Request) -> SignedIn | None:
    """Who is here, as `rights.admit` found; None for a stranger, and before it was asked."""
    found: SignedIn | None = getattr(request.state, "signed_in", None)
    return found


def _here(request: Request) -> SignedIn:
    signed_in = signed_in_of(request)
    assert signed_in is not None, "the rights let a stranger reach a page that needs a person"
    return signed_in


def _me(request: Request) -> Person:
    return _here(request).person


def segment(name: str) -> str:
    """Any name as one segment of a path that no server, proxy or browser takes apart or tidies: slashes, dots and percent signs
    are spelt "~2F", "~2E", "~25"."""
    return quote(name, safe="").replace("~", "%7E").replace(".", "%2E").replace("%", "~")


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
