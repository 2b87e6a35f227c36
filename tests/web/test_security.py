"""The attacks of the security review, by its numbers. Those on reading pages are in tests/cqc, those on signing in in
tests/web/test_sign_in.py."""

import os
from pathlib import Path

import pytest

from tests.conftest import World
from tests.web.conftest import Pages

HOME = "1-2235535718"


def mode(file: Path) -> str:
    return oct(file.stat().st_mode & 0o777)


def test_s2_7_nobody_else_on_the_machine_can_read_the_database(untouched: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0o022)
    try:
        untouched.done("watch", "add", "Leeds", HOME)
    finally:
        os.umask(before)
    state = untouched.folder / "state"
    assert mode(state) == "0o700"
    assert {file.name: mode(file) for file in state.iterdir() if file.is_file()} == {
        file.name: "0o600" for file in state.iterdir() if file.is_file()
    }


def test_s2_7_doctor_says_that_others_can_read_an_older_database(world: World) -> None:
    world.done("watch", "add", "Leeds", HOME)
    (world.folder / "state" / "monitor.db").chmod(0o644)
    _, found, _ = world.run("doctor")
    assert "it holds people's addresses and others on this machine can read it: chmod 600 state/monitor.db" in found


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/abc", "/unsubscribe/abc", "/undo/abc", "/confirm/abc", "/still-read/abc"])
def test_s3_1_a_stranger_can_send_only_a_small_form(pages: Pages, path: str) -> None:
    with pages.client() as client:
        assert client.post(path, content=b"email=" + b"%" * 8_000).status_code == 413
        assert client.post("/watchlists", content=b"name=" + b"%" * 8_000).status_code == 413
