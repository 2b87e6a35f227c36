"""Tests the evidence of an event. It is the page that showed the event: its address, its time, its checked digest, the words
around the quoted sentence, and its unchanged bytes."""

import hashlib
import json
import sqlite3
import zlib
from typing import Any

import pytest

from tests.conftest import World
from tests.simulated.services import ENTERED, Service
from tests.test_daemon import daemon, ended, until

HOME = "1-2235535718"


def fallen(world: World) -> list[dict[str, Any]]:
    """Adds a home that fell and entered special measures. Returns the events."""
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("check")
    home.newest.overall = "Inadequate"
    home.newest.special_measures = ENTERED
    world.done("check")
    found = json.loads(world.done("events", "--json"))
    assert {event["kind"] for event in found} == {"downgraded", "entered special measures"}
    return list(found)


def kept(world: World) -> list[tuple[str, str, bytes]]:
    """Returns the digest, the address and the bytes of each page that is stored in the database."""
    with sqlite3.connect(world.folder / "state" / "monitor.db") as connection:
        rows = connection.execute("SELECT digest, url, body FROM evidence").fetchall()
    connection.close()
    return [(digest, url, zlib.decompress(body)) for digest, url, body in rows]


def damaged(world: World, body: bytes) -> None:
    """Replaces the bytes of the stored pages."""
    with sqlite3.connect(world.folder / "state" / "monitor.db") as connection:
        connection.execute("UPDATE evidence SET body = ?", (body,))
    connection.close()


@pytest.mark.parametrize("kind", ["downgraded", "entered special measures"])
def test_the_command_evidence_shows_the_address_time_digest_and_words_of_the_page(world: World, kind: str) -> None:
    (event,) = [one for one in fallen(world) if one["kind"] == kind]
    text = world.done("evidence", event["id"][:8])
    pages = {digest: url for digest, url, _ in kept(world)}
    (digest,) = [one for one in pages if one in text]
    assert pages[digest] in text and f"{digest} (checked)" in text and event["observed_at"][:10] in text
    around = [line for line in text.splitlines() if line.startswith(("  | ", "  > "))]
    said = [line for line in around if line.startswith("  > ")]
    words = "Overall: Inadequate" if kind == "downgraded" else "placed in special measures"
    assert len(said) == 1 and words in said[0]
    assert len(said) < len(around) < 10


def test_the_page_is_saved_exactly_as_received(world: World) -> None:
    event = fallen(world)[0]
    out = world.done("evidence", event["id"], "--to", "page.html")
    body = (world.folder / "page.html").read_bytes()
    assert hashlib.sha256(body).hexdigest() in out
    assert body in [page for _, _, page in kept(world)]
    assert json.loads(world.done("read", "page.html", "--json"))["location_id"] == HOME


def test_no_existing_file_is_overwritten(world: World) -> None:
    event = fallen(world)[0]
    (world.folder / "page.html").write_text("mine", encoding="utf-8")
    status, out, err = world.run("evidence", event["id"], "--to", "page.html")
    assert (status, out) == (2, "") and "already exists" in err and err.count("\n") == 1
    assert (world.folder / "page.html").read_text(encoding="utf-8") == "mine"
    assert "can't be written" in world.run("evidence", event["id"], "--to", "none/page.html")[2]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(zlib.compress(b"<h1>Another page</h1>"), id="another page"),
        pytest.param(b"\x00\x01\x02", id="bytes that can't be unpacked"),
        pytest.param(b"", id="no bytes"),
    ],
)
def test_damaged_evidence_is_reported_and_not_saved(world: World, body: bytes) -> None:
    event = fallen(world)[0]
    damaged(world, body)
    for arguments in (["evidence", event["id"]], ["evidence", event["id"], "--to", "page.html"]):
        status, out, err = world.run(*arguments)
        assert status == 1 and "damaged" in err and "(checked)" not in out
    assert not (world.folder / "page.html").exists()


def test_the_command_says_that_the_page_of_an_event_was_not_stored(world: World) -> None:
    event = fallen(world)[0]
    with sqlite3.connect(world.folder / "state" / "monitor.db") as connection:
        connection.execute("DELETE FROM evidence")
    connection.close()
    status, out, err = world.run("evidence", event["id"])
    assert (status, out) == (1, "") and "no page was kept" in err


@pytest.mark.parametrize("typed", ["0000000000000000", "nonsense", "%", "", "a"])
def test_an_unusable_event_id_gives_a_one_line_error(world: World, typed: str) -> None:
    fallen(world)
    status, out, err = world.run("evidence", typed)
    assert (status, out) == (2, "") and "not an event's id" in err and err.count("\n") == 1


def test_a_beginning_that_the_ids_of_two_events_share_is_refused(world: World) -> None:
    fallen(world)
    with sqlite3.connect(world.folder / "state" / "monitor.db") as connection:
        for number, (old,) in enumerate(connection.execute("SELECT id FROM event").fetchall()):
            connection.execute("UPDATE event SET id = ? WHERE id = ?", (f"abcdef0{number}", old))
    connection.close()
    assert "type more of the id" in world.run("evidence", "abcdef")[2]
    assert "SHA-256" in world.done("evidence", "abcdef01")


def test_the_command_events_shows_ids_that_the_command_evidence_accepts(world: World) -> None:
    for event in fallen(world):
        assert f"[{event['id'][:8]}]" in world.done("events")


def test_the_daemon_removes_old_evidence_and_the_command_says_when(world: World) -> None:
    event = fallen(world)[0]
    with sqlite3.connect(world.folder / "state" / "monitor.db") as connection:
        connection.execute("UPDATE event SET observed_at = '2024-01-01 00:00:00.000000'")
        connection.execute("UPDATE evidence SET fetched_at = '2024-01-01 00:00:00.000000'")
    connection.close()
    world.done("evidence", event["id"])
    with daemon(world, KEEP_EVIDENCE="400d") as process:
        until(lambda: world.run("evidence", event["id"])[0] == 1, process)
        ended(process)
    status, out, err = world.run("evidence", event["id"], "--to", "page.html")
    assert status == 1 and "the page was removed on" in err and "nothing written" in err
    assert f"/location/{HOME}" in out and "SHA-256" in out and "(checked)" not in out
    assert not (world.folder / "page.html").exists()
    assert event["id"][:8] in world.done("events")
