"""Tests the whole way from a page to the alert, on SQLite and PostgreSQL. The pages are copies of old pages, reports without a
date, reports that repeat earlier sentences, or pages with sentences that are not understood. Other tests have twelve true falls
in one round, or a new version that misreads pages.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from monitor.app import build
from monitor.settings import load
from monitor.store.database import writing
from monitor.store.people import Role
from monitor.store.tables import PageRow, table
from tests.conftest import World, without_the_judgement
from tests.jobs.test_reread import store
from tests.misbehaving import former, started_from
from tests.simulated.layouts import Layout
from tests.simulated.services import Service, questions

pytestmark = pytest.mark.usefixtures("each_database")

LEAD, OPERATOR = "mailto:lead@council.example", "mailto:oncall@council.example"
TODAY = date(2026, 11, 20)

Reads = Callable[[list[Service], str], None]


@pytest.fixture
def world(untouched: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("OPERATOR", OPERATOR)
    return untouched


def homes(number: int, overall: str = "Good") -> list[Service]:
    """Returns care homes that have the same rating overall and for all key questions."""
    found = [Service(location_id=f"1-20000000{one:02}", name=f"Home {one}") for one in range(number)]
    for one in found:
        one.newest.overall, one.newest.questions = overall, questions(overall)
    return found


def watching(world: World, *services: Service) -> None:
    world.site.add(services)
    world.done("watch", "add", "Leeds", *(service.location_id for service in services))
    world.done("subscribe", "Leeds", LEAD, "--quiet")
    world.done("subscribe", "Leeds", "mailto:daily@council.example", "--when", "daily", "--quiet")
    world.done("check")


def events(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(world.done("events", "--json"))
    return found


def kinds(world: World) -> list[str]:
    return [one["kind"] for one in events(world) if one["kind"] != "report published"]


def later(monkeypatch: pytest.MonkeyPatch, after: timedelta) -> None:
    """Moves the program's only clock ahead."""
    from monitor import app

    now = app.now
    monkeypatch.setattr(app, "now", lambda: now() + after)


def falls(service: Service, published: date = TODAY) -> None:
    service.inspect(on=published - timedelta(weeks=6), published=published, overall="Inadequate", safe="Inadequate")


# ── ratings ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("layout", [one for one in Layout if one.value != "2016"])
def test_a_stale_copy_of_a_page_makes_no_second_alert(world: World, layout: Layout) -> None:
    world.site.layout = layout
    (home,) = homes(1)
    watching(world, home)
    old = world.site.as_now(home.location_id)
    falls(home)
    world.done("check")
    before = events(world)
    assert [one["kind"] for one in before].count("downgraded") == 2
    for _ in range(2):
        world.site.fail(old)
        for _ in range(2):
            world.run("check")
        world.site.heal()
        for _ in range(2):
            world.run("check")
    assert events(world) == before


def test_twelve_real_falls_in_one_round_are_reported_at_once_in_one_message(world: World) -> None:
    twelve = homes(12)
    watching(world, *twelve)
    for one in twelve:
        falls(one)
    for _ in range(2):
        world.done("check")
    overall = [one["location_id"] for one in events(world) if one["kind"] == "downgraded" and one["of"] == "overall"]
    assert sorted(overall) == [one.location_id for one in twelve]
    world.done("deliver")
    (mail,) = world.mail.to("lead@council.example")
    assert all(one.location_id in mail.text or one.name in mail.text for one in twelve)
    assert not world.mail.to("oncall@council.example")


def test_a_fall_in_a_report_without_a_date_is_reported_once(world: World) -> None:
    world.site.layout = Layout("2016")
    (home,) = homes(1)
    watching(world, home)
    falls(home)
    for _ in range(3):
        world.done("check")
    assert kinds(world) == ["downgraded", "downgraded"]


def test_a_second_warning_notice_in_the_same_words_is_reported_too(world: World) -> None:
    (home,) = homes(1, "Requires improvement")
    warned: dict[str, Any] = {
        "enforcement": "We issued a warning notice to the provider.",
        "breaches": "We found a breach of regulation 12.",
    }
    home.inspect(on=date(2025, 3, 1), overall="Requires improvement", **warned)
    watching(world, home)
    for on in (date(2025, 11, 1), date(2026, 6, 1)):
        home.inspect(on=on, overall="Requires improvement", **warned)
        for _ in range(2):
            world.done("check")
    assert kinds(world) == ["enforcement taken", "breach found", "requires improvement again"] * 2
    assert all(one["again"] for one in events(world) if one["kind"] in ("enforcement taken", "breach found"))
    assert [one["reports"] for one in events(world) if one["kind"] == "requires improvement again"] == [2, 3]
    world.done("deliver")
    told = [mail.text for mail in world.mail.to("lead@council.example")]
    assert len(told) == 2
    assert all("CQC took further enforcement action: warning notice" in text for text in told)


def test_the_digest_gives_the_rating_of_a_new_report_without_changes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (home,) = homes(1)
    watching(world, home)
    home.inspect(on=date(2026, 6, 1), overall="Good")
    world.done("check")
    later(monkeypatch, timedelta(days=1, minutes=1))
    world.done("deliver")
    (digest,) = world.mail.to("daily@council.example")
    words = " ".join(digest.text.split())
    assert "New report published: still Good, at least the second report in a row (since 18 April 2023 or earlier)" in words


def test_a_digest_shows_the_state_of_a_services_case(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (home,) = homes(1)
    watching(world, home)
    home.inspect(on=date(2026, 6, 1), overall="Inadequate")
    world.run("check")
    world.run("check")
    app = build(load())
    app.store.people.invite("priya@council.example", Role.EDITOR, None, datetime.now(UTC))
    app.store.close()
    world.done("case", "take", "1", "--by", "priya@council.example", "--due", "2026-12-03")
    later(monkeypatch, timedelta(days=1, minutes=1))
    world.done("deliver")
    (digest,) = world.mail.to("daily@council.example")
    assert "Case: in hand, priya@council.example, due 3 December 2026" in " ".join(digest.text.split())


# ── statements that are not understood ───────────────────────────────────────────────────────────────────────────────────

@pytest.fixture
def now_reads(tmp_path: Path) -> Iterator[Reads]:
    """Returns a function that changes the pages of services, and makes the reader misread them from then on. The second argument
    of the function is a mistake, as in `former`."""
    with ExitStack() as stack:

        def so(services: list[Service], what: str) -> None:
            stack.enter_context(started_from(former(tmp_path / "site", {one.location_id: what for one in services})))
            for one in services:
                one.newest.text += " A word more."

        yield so


@pytest.mark.parametrize(
    ("text", "mails"),
    [
        pytest.param(
            "A word about special measures that no rule knows.", 1, id="a sentence about special measures is sent at once"
        ),
        pytest.param("A word about a rating that no rule knows.", 0, id="a sentence about something else is sent in the digest"),
    ],
)
def test_a_sentence_that_is_not_understood_is_reported_as_a_quotation(
    world: World, now_reads: Reads, monkeypatch: pytest.MonkeyPatch, text: str, mails: int
) -> None:
    (home,) = homes(1)
    watching(world, home)
    now_reads([home], f"unread {text}")
    for _ in range(3):
        world.done("check")
    (event,) = events(world)
    assert (event["kind"], event["quote"], event["of"]) == ("not understood", text, None)
    world.done("deliver")
    assert len(world.mail.to("lead@council.example")) == mails
    later(monkeypatch, timedelta(days=1, minutes=1))
    world.done("deliver")
    (digest,) = world.mail.to("daily@council.example")
    assert "CQC's page says something new that this program can't classify" in " ".join(digest.text.split())
    assert text in " ".join(digest.text.split())


def test_the_same_new_sentence_at_twelve_services_is_one_line_and_one_operator_message(
    world: World, now_reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "A word about special measures that no rule knows."
    twelve = homes(12)
    watching(world, *twelve)
    now_reads(twelve, f"unread {text}")
    for _ in range(3):
        world.done("check")
    assert [(one["kind"], one["of"]) for one in events(world)] == [("not understood", "many services")] * 12
    world.done("deliver")
    assert not world.mail.to("lead@council.example")
    (operator,) = without_the_judgement(world.mail.to("oncall@council.example"))
    assert text in " ".join(operator.text.split())
    later(monkeypatch, timedelta(days=1, minutes=1))
    world.done("deliver")
    (digest,) = world.mail.to("daily@council.example")
    words = " ".join(digest.text.split())
    assert words.count(text) == 1
    assert "The pages of 12 services have a new statement that this program can't classify" in words


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "urgent"), [("ratings suspended", 1), ("being inspected", 0)])
def test_an_understood_sentence_at_twelve_services_is_reported_for_each_service(
    world: World, now_reads: Reads, kind: str, urgent: int
) -> None:
    twelve = homes(12)
    watching(world, *twelve)
    now_reads(twelve, f"said {kind}")
    for _ in range(3):
        world.done("check")
    assert kinds(world) == [kind] * 12
    world.done("deliver")
    assert len(world.mail.to("lead@council.example")) == urgent
    assert len(world.mail.to("oncall@council.example")) == bool(urgent)


# ── a reader that got worse ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_new_reader_that_misreads_twelve_services_alerts_only_the_operator_for_a_day(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twelve = homes(12)
    watching(world, *twelve)
    with store() as kept, writing(kept.engine) as connection:
        connection.execute(update(table(PageRow)).values(reader=0))
    worse = former(tmp_path / "site", {one.location_id: "rating inadequate" for one in twelve})
    with started_from(worse):
        for _ in range(3):
            world.done("check")
        world.done("deliver")
        assert events(world) == []
        assert not world.mail.to("lead@council.example")
        (operator,) = without_the_judgement(world.mail.to("oncall@council.example"))
        assert re.search(r"1[0-2] are read as worse than before", " ".join(operator.text.split()))
        later(monkeypatch, timedelta(days=1, minutes=1))
        for _ in range(2):
            world.done("check")
    assert kinds(world) == ["read wrongly"] * 12
