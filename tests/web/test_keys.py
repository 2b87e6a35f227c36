"""Tests API keys, and the page on which people manage their keys."""

import re

import httpx
import pytest

from tests.web.conftest import Pages


def made(client: httpx.Client, name: str = "Power BI") -> str:
    """Makes a key in the pages. Returns the key."""
    shown = re.search(r'id="key">(cqcm_[\w-]{43})<', client.post("/keys", data={"name": name}).text)
    assert shown
    return shown[1]


def test_a_key_is_shown_once_and_only_its_digest_is_stored(pages: Pages) -> None:
    with pages.client("reader") as client:
        key = made(client)
        page = client.get("/keys").text
        assert key not in page and f"…{key[-4:]}" in page and "Power BI" in page
        with pages.program(headers={"Authorization": f"Bearer {key}"}) as program:
            assert program.get("/api/watchlists").status_code == 200
    (deed, *_) = pages.app.store.audit.newest(1)
    assert (deed.email, deed.what, deed.about) == ("reader@council.example", "made API key", f"Power BI (…{key[-4:]})")


@pytest.mark.parametrize(
    "name",
    ["", "   ", "x" * 61, "a\u202eb"],
    ids=["an empty name", "only spaces", "a name that is too long", "hidden characters"],
)
def test_a_key_with_an_unreadable_name_is_refused(name: str, pages: Pages) -> None:
    with pages.client("reader") as client:
        answer = client.post("/keys", data={"name": name})
    assert (answer.status_code, "Enter what the key is for" in answer.text) == (422, True)


def test_the_number_of_keys_of_a_person_is_limited(pages: Pages) -> None:
    with pages.client("reader") as client:
        for number in range(20):
            made(client, f"program {number}")
        answer = client.post("/keys", data={"name": "one more"})
    assert (answer.status_code, "You have 20 keys" in answer.text) == (422, True)


def test_people_can_end_their_own_keys_and_operators_can_end_any_key(pages: Pages) -> None:
    store = pages.app.store
    with pages.client("reader") as reader, pages.client("editor") as editor, pages.client("operator") as operator:
        made(reader), made(reader, "Excel")
        first, second = sorted(one.id for one in store.keys.all())
        assert "Excel" not in editor.get("/keys").text
        assert editor.post(f"/keys/{first}/end").status_code == 404
        assert len(store.keys.all()) == 2
        assert reader.post(f"/keys/{first}/end").status_code == 303
        assert "reader@council.example" in operator.get("/keys").text
        assert operator.post(f"/keys/{second}/end").status_code == 303
        assert operator.post(f"/keys/{second}/end").status_code == 404
    assert store.keys.all() == []
