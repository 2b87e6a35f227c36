"""Tests text that a database does not accept: NUL on PostgreSQL, and a lone surrogate (half a character) on both databases. The
tests send such text in every field and every address. The answer is an error message or "not found", and never an internal error.
"""

import re
from contextlib import nullcontext
from datetime import time

import pytest

from monitor.model import When
from monitor.store.subscriptions import Wishes
from monitor.web.permissions import PERMISSIONS
from tests.web.conftest import Pages

pytestmark = pytest.mark.usefixtures("each_database")

HOME = "1-2235535718"
THERE = {"watchlist": "Leeds", "location_id": HOME}
"""Existing values for parameters of paths, so that routes find what they look for. All other parameters get numbers."""

TYPED = (
    *("name", "note", "others", "owner", "second", "email", "role", "next", "services", "chosen", "scope", "page", "period"),
    *("watchlist", "channel", "address", "when", "at_once", "all_news", "at", "day", "kinds", "still_watching", "until"),
    *("only_placed", "facts", "seen", "subscription"),
)
ASKED = (
    *("search", "q", "watchlist", "rating", "measures", "type", "sort", "order", "page", "cursor", "since", "until", "kind"),
    *("location_id", "format", "limit", "key", "next", "person", "what", "state", "acknowledged", "name"),
)
"""The fields of our forms and queries. The tests send all these fields to every route. A route ignores fields that it does not
know."""


def path_of(route: str, odd: str | None) -> str:
    """Returns a route's path, with odd or existing values for its parameters."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: odd or THERE.get(found[1], "1"), route.partition(" ")[2])


@pytest.mark.slow
@pytest.mark.parametrize("odd", [pytest.param("Le%00eds", id="NUL"), pytest.param("Le%ED%A0%80eds", id="half a character")])
def test_odd_text_never_causes_an_internal_error(pages: Pages, odd: str) -> None:
    now, store = pages.clock(), pages.app.store
    store.services.watch("Leeds", [HOME], now)
    wishes = Wishes(when=When.IMMEDIATE, at=time(7), day="mon")
    store.subscriptions.subscribe("Leeds", "mailto:a@b.example", wishes, quiet=True, now=now)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    typed = "&".join(f"{name}={odd}" for name in TYPED)
    query = "&".join(f"{name}={odd}" for name in ASKED)
    faults = []
    with pages.client("operator") as looking:
        for route in PERMISSIONS:
            method = route.partition(" ")[0]
            # A posted form may end the session, so each form gets a new session.
            with nullcontext(looking) if method == "GET" else pages.client("operator") as client:
                for path in dict.fromkeys((path_of(route, None), path_of(route, odd))):
                    if method == "GET":
                        asked = [client.get(path), client.get(f"{path}?{query}")]
                    else:
                        asked = [client.request(method, path, content=typed, headers=form)]
                    faults += [f"{route} {one.status_code} {one.url.query!r}" for one in asked if one.status_code >= 500]
        assert looking.get("/").status_code == 200, "the session that opened pages must not have ended"
    assert faults == []


def test_a_form_refuses_odd_text_in_a_name(pages: Pages) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with pages.client("operator") as client:
        answer = client.post("/watchlists", content="name=Le%00eds", headers=form)
    assert answer.status_code == 422
    assert pages.app.store.services.watchlists() == {}
