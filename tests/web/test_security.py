"""Tests of the attacks in the security review. The names of such tests contain the review's numbers: `grep -r test_s2_3 tests`
finds the tests of S2-3. This file contains the tests that fit no other file."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from monitor.register.entries import Entry
from monitor.reports.export import LAYOUTS
from monitor.views.register import entry_text
from tests.conftest import World
from tests.reports.test_export import BASE, paper_of_an_area
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


def test_s2_7_the_command_doctor_says_that_other_users_can_read_an_older_database(world: World) -> None:
    world.done("watch", "add", "Leeds", HOME)
    (world.folder / "state" / "monitor.db").chmod(0o644)
    _, found, _ = world.run("doctor")
    expected = "the file contains people's addresses, and other users of this machine can read it: chmod 600 state/monitor.db"
    assert expected in found


@pytest.mark.parametrize(
    "path",
    ["/sign-in", "/sign-in/abc", "/unsubscribe/abc", "/undo/abc", "/confirm/abc", "/still-read/abc", "/have-it/abc"],
)
def test_s3_1_a_stranger_can_send_only_a_small_form(pages: Pages, path: str) -> None:
    with pages.client() as client:
        assert client.post(path, content=b"email=" + b"%" * 8_000).status_code == 413
        assert client.post("/watchlists", content=b"name=" + b"%" * 8_000).status_code == 413


def test_s3_5_a_saved_report_runs_no_script_and_loads_nothing(browser: Browser, tmp_path: Path) -> None:
    """The Content-Security-Policy in the saved report forbids scripts and loading. This would protect people even if the report
    contained text that is not escaped."""
    report = LAYOUTS["html"](paper_of_an_area(), BASE).decode()
    hostile = "<script>document.title = 'ran'</script><img id=inside src='data:,' onerror=\"document.title = 'ran'\">"
    (tmp_path / "report.html").write_text(report.replace("</body>", f"{hostile}</body>"), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    page.goto(f"file://{tmp_path}/report.html")
    title, style = page.evaluate("[document.title, getComputedStyle(document.querySelector('table')).borderCollapse]")
    context.close()
    assert "Leicestershire" in title and style == "collapse"
    assert any("Content Security Policy" in one for one in blocked), blocked


def test_the_output_of_find_contains_no_escape_sequences() -> None:
    """The review suspected that only the importer removes escape sequences."""
    evil = "\x1b]0;title\x07Larch \x1b[2J Grove\u202e\n"
    entry = Entry(
        location_id="1-300000001", name=evil, address=evil, provider_name=evil, types=(evil,), listed_on=date(2026, 11, 5)
    )
    shown = entry_text(entry)
    assert "Larch" in shown and shown.count("\n") == 1
    assert not any(one in shown for one in ("\x1b", "\x07", "\u202e"))
