"""Tests wrong input in forms. The page shows all errors at once, each next to its field, and still contains what the person
typed. The answer is never a 500."""

import re
from collections.abc import Iterator, Mapping
from datetime import time

import httpx
import pytest

from monitor.events import Kind
from monitor.model import When
from monitor.store.subscriptions import Wishes
from monitor.web.forms import LONGEST
from monitor.web.subscriptions import Wished
from tests.web.conftest import Pages

FORMS: Mapping[str, tuple[str, ...]] = {
    "/watchlists": ("name",),
    "/watchlists/Leeds/settings": ("name", "owner", "second"),
    "/watchlists/Leeds/add": ("services", "chosen"),
    "/watchlists/Leeds/upload": ("file", "services"),
    "/watchlists/Leeds/facts/upload": ("file", "facts", "seen"),
    "/watchlists/Leeds/rule": ("authorities", "regions", "types", "other_types", "near", "miles", "everything", "sure"),
    "/subscriptions": (
        "watchlist", "channel", "address", "when", "at_once", "all_news", "at", "day", "kinds", "offered", "only_placed",
        "still_watching",
    ),
    "/subscriptions/1": ("when", "at_once", "all_news", "at", "day", "kinds", "offered", "only_placed", "still_watching"),
    "/subscriptions/1/pause": ("until",),
    "/people": ("email", "role"),
    "/keys": ("name",),
    "/sign-in": ("email", "next"),
}  # fmt: skip
"""The fields of each form that has several fields or a special check."""

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
UNKNOWN = "&".join(f"{name}=x" for name in ("cls", "self", "_fields_set", "_typed", "_errors", "errors", "typed", "model_config"))


@pytest.fixture
def operator(pages: Pages) -> Iterator[httpx.Client]:
    """A signed-in operator, and a watchlist with one subscription."""
    store, now = pages.app.store, pages.clock()
    store.services.watch("Leeds", ["1-2235535718"], now)
    address = "mailto:a@b.example"
    store.subscriptions.subscribe("Leeds", address, Wishes(when=When.IMMEDIATE, at=time(7), day="mon"), quiet=True, now=now)
    with pages.client("operator") as client:
        yield client


def in_parts(fields: tuple[str, ...], text: bytes) -> bytes:
    """Returns a multipart body with the same text in every field."""
    head = '--here\r\nContent-Disposition: form-data; name="{}"\r\n\r\n'
    return b"".join(head.format(name).encode() + text + b"\r\n" for name in fields) + b"--here--\r\n"


@pytest.mark.parametrize("path", FORMS)
def test_no_form_content_causes_an_internal_error_or_a_change(
    path: str, operator: httpx.Client, pages: Pages
) -> None:
    fields = FORMS[path]
    twice = "&".join(f"{name}=%FF&{name}=%00" for name in fields)
    hostile = {
        "nothing": operator.post(path),
        "not a form": operator.post(path, json={name: ["x"] for name in fields}),
        "unknown fields": operator.post(path, content=UNKNOWN, headers=URLENCODED),
        "files in place of text": operator.post(path, files=[(name, ("a.txt", b"x")) for name in fields]),
        "every field twice": operator.post(path, content=twice, headers=URLENCODED),
        "huge": operator.post(path, data=dict.fromkeys(fields, "x" * (900_000 // len(fields)))),
        "too many fields": operator.post(path, content="&".join(f"{fields[0]}=x" for _ in range(2_000)), headers=URLENCODED),
        "half a character": operator.post(
            path,
            content=in_parts(fields, rb"\ud800"),
            headers={"Content-Type": "multipart/form-data; boundary=here; charset=unicode_escape"},
        ),
    }
    refused = {400, 413, 422} if path == "/sign-in" else {400, 422}  # strangers may send only a small form
    assert {what: answer.status_code for what, answer in hostile.items() if answer.status_code not in refused} == {}
    assert {one.name for one in pages.app.store.watchlists.summaries(pages.clock(), pages.clock(), mail=False)} == {"Leeds"}
    assert len(pages.app.store.subscriptions.all()) == 1


def test_every_wrong_field_is_reported_at_once_and_keeps_its_typed_text(operator: httpx.Client) -> None:
    wrong = {"when": "never", "at": "25:99", "day": "<day>", "kinds": "gossip", "channel": "pigeon", "address": "the loft"}
    answer = operator.post("/subscriptions", data={"watchlist": "Atlantis", **wrong})
    assert answer.status_code == 422
    summary = re.findall(r'href="#([^"]+)"', answer.text)
    assert {"watchlist", "when", "at", "day", "kinds", "address"} <= set(summary)
    assert 'value="25:99"' in answer.text and 'value="the loft"' in answer.text and "<day>" not in answer.text


def test_three_errors_in_the_settings_of_a_watchlist_are_reported_together(operator: httpx.Client) -> None:
    answer = operator.post("/watchlists/Leeds/settings", data={"name": "x" * 101, "owner": "999", "second": "the loft"})
    assert answer.status_code == 422
    assert {"name", "owner", "second"} <= set(re.findall(r'href="#([^"]+)"', answer.text))
    assert f'value="{"x" * 101}"' in answer.text and 'value="the loft"' in answer.text


@pytest.mark.parametrize("at", ["07:30", "25:99"], ids=["a correct form", "a form with an error"])
def test_a_kind_that_was_added_while_the_form_was_open_counts_as_ticked(at: str) -> None:
    """The hidden fields `offered` list the kinds that had a checkbox. A person could not untick a kind that had no checkbox."""
    added, unticked, *others = Kind
    form = Wished.model_validate({"when": "daily", "at": at, "day": "mon", "kinds": others, "offered": [unticked, *others]})
    assert form.left_out == {unticked}
    assert added in form.typed["kinds"] and unticked not in form.typed["kinds"]
    assert bool(form.errors) is (at == "25:99")


def test_text_that_is_far_too_long_is_refused_and_shown_again_in_a_shortened_form(operator: httpx.Client) -> None:
    answer = operator.post("/watchlists/Leeds/settings", data={"name": "Leeds", "second": "a" * (LONGEST + 1)})
    assert answer.status_code == 422 and 'href="#second"' in answer.text
    assert "a" * LONGEST in answer.text and "a" * (LONGEST + 1) not in answer.text


def test_services_after_very_many_spaces_cause_an_error_and_are_not_lost_silently(operator: httpx.Client, pages: Pages) -> None:
    answer = operator.post("/watchlists/Leeds/add", data={"services": f"1-100000001{' ' * LONGEST}\n1-100000002"})
    assert answer.status_code == 422 and "Enter no more than 100,000 characters" in answer.text
    assert pages.app.store.services.watchlists() == {"Leeds": ["1-2235535718"]}


def test_each_unusable_line_gives_a_separate_error(operator: httpx.Client) -> None:
    typed = "\r\n".join(["", "abc", "1-2235535718", *("x: y" for _ in range(6))])
    answer = operator.post("/watchlists/Leeds/add", data={"services": typed})
    assert answer.status_code == 422
    summary = answer.text.partition('class="error-summary"')[2].partition("</div>")[0]
    assert re.findall(r">([^<>]+)</a>", summary) == [
        "&#39;abc&#39; is not a location id",
        *["&#39;x: y&#39; is not a location id"] * 4,
        "2 other lines can’t be used either",
    ]
    shown = answer.text.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    assert shown.splitlines() == ["", "", "abc", "1-2235535718", *["x: y"] * 6]  # a browser drops the first line break
