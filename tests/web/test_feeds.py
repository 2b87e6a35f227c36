"""Tests feeds as feed readers use them, and the page on which people manage their feeds."""

import json
import re
import uuid
from xml.etree import ElementTree

import feedparser
import httpx
import pytest

from tests.conftest import World
from tests.web.conftest import FALLEN, HOSTILE_ONE, Pages, done

LIST = "/feeds/North~20team"


def made(client: httpx.Client) -> str:
    """Makes a feed of the North team in the pages. Returns its address without the extension."""
    shown = re.search(r">http://127\.0\.0\.1:8000(/feeds/[\w-]{43})\.atom<", client.post(LIST).text)
    assert shown
    return shown[1]


def test_an_atom_feed_is_read_by_a_feed_reader(fallen: Pages) -> None:
    with fallen.client("reader") as client, fallen.client() as reader:
        answer = reader.get(f"{made(client)}.atom")
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
    assert not feed.bozo and feed.version == "atom10"
    assert feed.feed.title == "CQC changes: North team"
    assert [entry.id for entry in feed.entries] == list(dict.fromkeys(entry.id for entry in feed.entries))
    kind = "entered special measures"
    entered = next(entry for entry in feed.entries if entry.title.startswith("Larch Grove: "))
    assert kind in {tag.term for tag in entered.tags}
    assert [link.rel for link in entered.links] == ["alternate", "related"]
    assert entered.links[0].href.startswith(f"http://127.0.0.1:8000/items/{FALLEN}/")
    ids = [entry.id for entry in feed.entries]
    severe = [kind in {tag.term for tag in entry.tags} for entry in feed.entries]
    assert severe == [True, True, *[False] * (len(severe) - 2)], "worst first within a day"
    assert len(ids) == len({event.item for event in fallen.app.store.services.events()}), "one entry for each item"
    assert "special measures" in entered.summary
    assert feed.feed.updated == max(entry.updated for entry in feed.entries)


def test_a_json_feed_has_the_required_fields_and_the_entries_of_the_atom_feed(fallen: Pages) -> None:
    with fallen.client("reader") as client, fallen.client() as reader:
        address = made(client)
        answer, atom = reader.get(f"{address}.json"), reader.get(f"{address}.atom")
    feed = answer.json()
    assert (answer.headers["content-type"], feed["version"]) == ("application/feed+json", "https://jsonfeed.org/version/1.1")
    assert feed["title"] == "CQC changes: North team"
    for item in feed["items"]:
        assert uuid.UUID(item["id"]) and item["content_text"] and item["title"] and item["date_published"].endswith("Z")
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in feedparser.parse(atom.content).entries]


def test_a_hostile_name_is_only_text_in_a_feed(fallen: Pages) -> None:
    with fallen.client("reader") as client, fallen.client() as reader:
        address = made(client)
        atom, read = reader.get(f"{address}.atom"), reader.get(f"{address}.json").json()
    name = "Rose & Crown <script>alert(1)</script> emoH eraC {{ 7*7 }}"
    titles = [one.text or "" for one in ElementTree.fromstring(atom.content).iter("{http://www.w3.org/2005/Atom}title")]
    assert any(one.startswith(f"{name}: ") for one in titles)
    assert any(item["title"].startswith(f"{name}: ") for item in read["items"])
    assert b"<script" not in atom.content and b"\xe2\x80\xae" not in atom.content


def test_characters_that_xml_forbids_are_left_out(fallen: Pages, world: World) -> None:
    world.site.services[HOSTILE_ONE].name = "Ash\ufffe Lodge\x0b\uffff"
    done(world, "check", HOSTILE_ONE)
    world.site.services[HOSTILE_ONE].questions["Caring"].rating = "Inadequate"
    done(world, "check", HOSTILE_ONE)
    with fallen.client("reader") as client, fallen.client() as reader:
        answer = reader.get(f"{made(client)}.atom")
    assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2005/Atom}feed"


def test_an_entry_has_the_same_id_in_every_feed_and_after_a_feeds_address_was_renewed(fallen: Pages) -> None:
    with fallen.client("reader") as one, fallen.client("editor") as other, fallen.client() as reader:
        read = [reader.get(f"{made(who)}.json").json()["items"] for who in (one, other, one)]
    assert read[0] == read[1] == read[2] != []


def test_a_feed_is_sent_again_only_if_it_has_changed(fallen: Pages, world: World) -> None:
    with fallen.client("reader") as client, fallen.client() as reader:
        address = f"{made(client)}.atom"
        first = reader.get(address)
        known = {"If-None-Match": first.headers["etag"], "If-Modified-Since": first.headers["last-modified"]}
        assert reader.get(address, headers=known).status_code == 304
        world.site.services[FALLEN].questions["Caring"].rating = "Inadequate"
        done(world, "check", FALLEN)
        # The feed's time is not used, because it would not show a second change within the same second.
        assert reader.get(address, headers=known).status_code == 200
        assert reader.get(address, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"


def test_an_earlier_address_and_the_address_of_an_ended_feed_are_not_found(fallen: Pages) -> None:
    with fallen.client("reader") as client, fallen.client() as reader:
        first, second = made(client), made(client)
        assert [reader.get(f"{one}.json").status_code for one in (first, second)] == [404, 200]
        assert client.post(f"{LIST}/end").status_code == 303
        assert reader.get(f"{second}.json").status_code == 404
        assert client.post(f"{LIST}/end").status_code == 404
    deeds = [deed.what for deed in fallen.app.store.audit.newest(3)]
    assert deeds == ["ended feed of watchlist", "renewed feed of watchlist", "made feed of watchlist"]


def test_a_persons_feed_ends_when_their_access_ends(fallen: Pages) -> None:
    with fallen.client("reader") as client, fallen.client() as reader:
        address = made(client)
        fallen.app.store.people.end(fallen.people["reader"].id, fallen.people["operator"].id, fallen.clock())
        assert reader.get(f"{address}.atom").status_code == 404


def test_a_person_cannot_end_or_renew_another_persons_feed(fallen: Pages) -> None:
    with fallen.client("reader") as one, fallen.client("operator") as other, fallen.client() as reader:
        address = made(one)
        assert other.post(f"{LIST}/end").status_code == 404
        made(other)
        assert reader.get(f"{address}.atom").status_code == 200


def test_a_feed_contains_neither_email_addresses_nor_its_own_secret_address(fallen: Pages) -> None:
    with fallen.client("reader") as client, fallen.client() as reader:
        address = made(client)
        both = reader.get(f"{address}.atom").text + json.dumps(reader.get(f"{address}.json").json())
    assert "@" not in both
    assert address not in both


@pytest.mark.parametrize("path", ["/feeds/nobodys.atom", "/feeds/nobodys.json", "/feeds/%00.atom"])
def test_a_guessed_address_is_not_found(path: str, pages: Pages) -> None:
    with pages.client() as reader:
        assert reader.get(path).status_code == 404


def test_only_the_digest_of_a_feeds_key_is_stored(fallen: Pages, world: World) -> None:
    with fallen.client("reader") as client:
        key = made(client).rpartition("/")[2].encode()
    kept = b"".join(file.read_bytes() for file in (world.folder / "state").iterdir() if file.is_file())
    assert key not in kept
