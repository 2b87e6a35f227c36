"""Tests the settings that operators can change in the pages. Saved settings are used after the next start. They never replace a
setting in the environment or in .env."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from monitor.app import build, now
from monitor.errors import SettingsError
from monitor.settings import IN_PAGES, load
from tests.conftest import World
from tests.web.conftest import Pages
from tests.web.test_set_up import text

PATH = "/monitor/settings"
WANTED = {
    "contact": "care.quality@council.example",
    "operator": "OnCall@council.example",
    "check_every": "2h",
    "stale_after": "3d",
    "escalate_after": "none",
}


@pytest.fixture
def operator(pages: Pages) -> Iterator[httpx.Client]:
    with pages.client("operator") as client:
        yield client


def test_saved_settings_are_used_after_the_next_start(pages: Pages, operator: httpx.Client) -> None:
    assert operator.post(PATH, data=WANTED).headers["location"] == PATH
    page = text(operator.get(PATH))
    assert "The change takes effect when the monitor is restarted" in page and "In use now: 6h" in page
    assert "The settings have changed since the monitor was started" in page
    assert pages.app.settings.check_every == timedelta(hours=6)
    app = build(load())
    try:
        assert (app.settings.contact, app.operator) == ("care.quality@council.example", "mailto:OnCall@council.example")
        assert (app.settings.check_every, app.settings.stale_after) == (timedelta(hours=2), timedelta(days=3))
        assert app.settings.escalate_after is None
    finally:
        app.store.close()
    deeds = [deed.about for deed in pages.app.store.audit.newest(10) if deed.what == "changed the setting"]
    assert len(deeds) == len(WANTED) and "CHECK_EVERY: 2h" in deeds
    assert "Nothing was changed" in text(_followed(operator, WANTED))
    assert "Saved" in text(_followed(operator, {}))  # every setting has its default again
    assert pages.app.store.saved_settings.all() == {}


def _followed(client: httpx.Client, data: dict[str, str]) -> httpx.Response:
    return client.post(PATH, data=data, follow_redirects=True)


def test_the_environment_and_the_file_take_precedence_and_are_shown_as_fixed(
    alone: Path, pages: Pages, operator: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages.app.store.saved_settings.save({"contact": "pages@council.example", "check_every": "2h"}, 1, pages.clock())
    monkeypatch.setenv("CHECK_EVERY", "3h")
    (alone / ".env").write_text("CONTACT=file@council.example\n", encoding="utf-8")
    page = operator.get(PATH)
    assert "CHECK_EVERY is set in the environment" in text(page) and "CONTACT is set in .env" in text(page)
    assert 'name="check_every"' not in page.text and 'name="stale_after"' in page.text
    operator.post(PATH, data={**WANTED, "check_every": "5h"})  # sent from a form that was loaded earlier
    assert pages.app.store.saved_settings.all()["check_every"] == "2h"
    app = build(load())
    try:
        assert (app.settings.check_every, app.settings.contact) == (timedelta(hours=3), "file@council.example")
        assert app.settings.stale_after == timedelta(days=3)
    finally:
        app.store.close()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("contact", "two\nlines", "must be one line"),
        ("contact", "x" * 201, "Enter no more than 200 characters"),
        ("operator", "nobody", "Not an email address"),
        ("operator", "slack:https://hooks.slack.com/services/T0/B0/s3cr3t", "are secrets, and belong in .env"),
        ("operator", "https://hooks.example/s3cr3t", ""),
        ("check_every", "banana", "Is not a length of time"),
        ("check_every", "0s", "Is too short"),
        ("check_every", "-6h", "Is not a length of time"),
        ("stale_after", "400d", "Is too long"),
        ("escalate_after", "soon", "or none"),
    ],
)
def test_an_unusable_value_gives_a_message_at_its_field_and_nothing_is_saved(
    pages: Pages, operator: httpx.Client, name: str, typed: str, said: str
) -> None:
    answer = operator.post(PATH, data={**WANTED, name: typed})
    page = text(answer)
    assert answer.status_code == 422 and "There is a problem" in page and said.casefold() in page.casefold()
    assert f'href="#{name}"' in answer.text and pages.app.store.saved_settings.all() == {}


def test_only_operators_can_open_the_settings_and_no_secret_can_be_changed_there(pages: Pages) -> None:
    with pages.client("editor") as editor:
        assert editor.get(PATH).status_code == editor.post(PATH, data=WANTED).status_code == 403
    assert not [name for name in IN_PAGES if any(part in name for part in ("key", "url", "secret", "password"))]


def test_the_commands_and_the_doctor_use_saved_settings_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONTACT")
    assert "CONTACT: not set" in world.run("doctor")[1]
    app = build(load())
    app.store.saved_settings.save({"contact": "lead@council.example", "operator": "mailto:oncall@council.example"}, 1, now())
    app.store.close()
    out = world.run("doctor")[1]
    assert "CQC can contact you: lead@council.example" in out and "alerted about problems: mailto:oncall@council.example" in out


def test_the_error_about_a_saved_value_that_became_unusable_says_what_to_do(world: World) -> None:
    app = build(load())
    app.store.saved_settings.save({"check_every": "often"}, 1, now())
    app.store.close()
    with pytest.raises(SettingsError, match=r"CHECK_EVERY: 'often' is not a length of time.*set in the pages; set it in .env"):
        build(load())
    for command in ("status", "doctor"):
        code, out, err = world.run(command)
        assert code != 0 and "set it in .env, which takes precedence" in out + err and "Traceback" not in out + err
