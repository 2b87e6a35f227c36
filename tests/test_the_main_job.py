"""Tests the whole path from a published page to an alert about a fall, on SQLite and PostgreSQL. The tests run the commands, with
a simulated site, a mail server and webhooks on loopback.
"""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import World
from tests.simulated.layouts import Layout
from tests.simulated.server import Fault
from tests.simulated.services import ENTERED, Question, Service, questions

pytestmark = pytest.mark.usefixtures("each_database")

HOME, OTHER = "1-2235535718", "1-545296200"
TODAY = date(2026, 11, 20)

LEAD, COMMISSIONER = "mailto:lead@council.example", "mailto:commissioner@council.example"


@pytest.fixture
def world(untouched: World) -> World:
    """A world without a database, like a machine on which the program has never run."""
    return untouched


def watching(world: World, *services: Service, quiet: bool = True) -> None:
    """Puts the services on the watchlist Leeds, adds four immediate subscribers and a daily subscriber, and makes the first
    check."""
    world.site.add(services)
    world.done("watch", "add", "Leeds", *(service.location_id for service in services))
    flags = ["--quiet"] if quiet else []
    for address in (LEAD, COMMISSIONER, slack(world), teams(world)):
        world.done("subscribe", "Leeds", address, *flags)
    world.done("subscribe", "Leeds", "mailto:daily@council.example", "--when", "daily", *flags)
    world.done("check")


def slack(world: World) -> str:
    """An address at the simulated Slack."""
    return f"slack:{world.slack.url}/services/T0/B0/s3cr3t"


def teams(world: World) -> str:
    """An address at the simulated Teams."""
    return f"teams:{world.teams.url}/workflows/a/triggers/manual?sig=s3cr3t"


def events(world: World) -> list[dict[str, Any]]:
    """Returns all events."""
    found = json.loads(world.done("events", "--json"))
    assert isinstance(found, list)
    return found


def moved(world: World) -> set[tuple[str, str | None, object, object]]:
    """Returns the events in short form, without events that only report a publication."""
    return {(one["kind"], one["of"], one["from"], one["to"]) for one in events(world) if one["kind"] != "report published"}


def a_home() -> Service:
    """A care home rated good in everything."""
    return Service(location_id=HOME)


def a_badly_led_home() -> Service:
    """A care home with one key question rated inadequate. CQC can therefore place the home in special measures."""
    service = Service(location_id=HOME)
    service.newest.questions["Well-led"].rating = "Inadequate"
    return service


def an_assessed_home() -> Service:
    """A care home with an assessment, which gives scores."""
    service = Service(location_id=HOME)
    service.assess(
        on=date(2025, 2, 28), published=date(2025, 4, 2), overall="Good", report="AP2001", scores={"Safe": 75, "Well-led": 75}
    )
    return service


def overall_falls(service: Service) -> None:
    service.inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Requires improvement")


def one_key_question_falls(service: Service) -> None:
    service.inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Good", safe="Requires improvement")


def special_measures_begin(service: Service) -> None:
    service.newest.special_measures = ENTERED


def overall_rises(service: Service) -> None:
    service.inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Outstanding")


def a_score_falls(service: Service) -> None:
    service.newest.questions["Safe"].score = 66


SCENARIOS = [
    pytest.param(
        a_home,
        overall_falls,
        {("downgraded", "overall", "good", "requires improvement")},
        ("Requires improvement", "overall rating fell from Good to Requires improvement"),
        id="the overall rating falls",
    ),
    pytest.param(
        a_home,
        one_key_question_falls,
        {("downgraded", "safe", "good", "requires improvement")},
        ("Requires improvement for Safe", "Safe fell from Good to Requires improvement; overall stays Good"),
        id="one key question falls",
    ),
    pytest.param(
        a_badly_led_home,
        special_measures_begin,
        {("entered special measures", None, None, None)},
        ("Special measures", "entered special measures"),
        id="special measures begin, and the rating stays the same",
    ),
    pytest.param(a_home, overall_rises, {("upgraded", "overall", "good", "outstanding")}, None, id="the overall rating rises"),
    pytest.param(an_assessed_home, a_score_falls, {("score fell", "safe", 75, 66)}, None, id="a score falls"),
]


@pytest.mark.parametrize(("service", "change", "expected", "told"), SCENARIOS)
def test_each_change_is_reported_once_to_each_subscription_with_the_right_words(
    world: World,
    service: Callable[[], Service],
    change: Callable[[Service], None],
    expected: set[tuple[object, ...]],
    told: tuple[str, str] | None,
) -> None:
    home = service()
    watching(world, home)
    world.done("deliver")
    assert (world.mail.mails, world.slack.payloads(), events(world)) == ([], [], [])

    change(home)
    world.done("check")
    assert moved(world) == expected
    world.done("deliver")

    urgent = 1 if told else 0
    subjects = [f"{told[0]}: Cherrybrook Care Home"] if told else []
    assert [mail.subject for mail in world.mail.to("lead@council.example")] == subjects
    assert [mail.subject for mail in world.mail.to("commissioner@council.example")] == subjects
    summaries = [f"Cherrybrook Care Home: {told[1]}"] if told else []
    assert [payload["text"] for payload in world.slack.payloads()] == summaries
    assert len(world.teams.payloads()) == urgent
    assert world.mail.to("daily@council.example") == []

    before = events(world)
    for _ in range(2):
        world.done("check")
        world.done("deliver")
    assert events(world) == before
    assert len(world.mail.mails) == 2 * urgent


def test_an_alert_contains_everything_that_a_safeguarding_lead_needs(world: World) -> None:
    home = a_home()
    watching(world, home)
    home.inspect(
        on=TODAY - timedelta(weeks=8), published=TODAY, overall="Inadequate", safe="Inadequate", special_measures=ENTERED
    )
    world.done("check")
    world.done("deliver")
    (mail,) = world.mail.to("lead@council.example")
    for text in (mail.text, re.sub(r"<[^>]+>", " ", mail.html)):
        for words in (
            "Cherrybrook Care Home",
            "Care home",
            "LE1 1AA",
            "Hartwell Care Limited",
            "Overall rating fell from Good to Inadequate",
            "Safe fell from Good to Inadequate",
            "This service is being placed in special measures.",
            "20 November 2026 (previous report: 18 April 2023)",
            "Inadequate overall; Safe Inadequate, the rest Good",
            HOME,
            "Leeds",
            "Contains CQC information, licensed under the Open Government Licence v3.0.",
        ):
            assert words in text
    assert f"{world.site.url}/location/{HOME}" in mail.text
    assert mail.message["From"] == "CQC monitor <care-alerts@monitor.example>"
    assert mail.message["Importance"] == "high"


def test_the_daily_digest_contains_the_fall_and_is_sent_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    home = a_home()
    watching(world, home)
    overall_falls(home)
    world.done("check")
    world.done("deliver")
    assert world.mail.to("daily@council.example") == []
    a_day_later(world, monkeypatch)
    world.done("deliver")
    (digest,) = world.mail.to("daily@council.example")
    assert "Overall rating fell from Good to Requires improvement" in digest.text
    world.done("deliver")
    assert len(world.mail.to("daily@council.example")) == 1


def a_day_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moves the program's clock a day ahead."""
    from monitor import app as building

    today = building.now
    monkeypatch.setattr(building, "now", lambda: today() + timedelta(days=1, minutes=1))


def test_the_welcome_lists_the_services_that_already_have_low_ratings(world: World) -> None:
    good, bad, special = (
        Service(location_id=HOME),
        Service(location_id=OTHER, name="Oak Lodge"),
        Service(location_id="RJ121", name="Elm Court"),
    )
    bad.newest.overall, bad.newest.questions = "Inadequate", questions("Inadequate")
    special.newest.special_measures = ENTERED
    special.newest.questions["Well-led"].rating = "Inadequate"
    watching(world, good, bad, special, quiet=False)
    world.done("deliver")
    (mail,) = world.mail.to("lead@council.example")
    assert "Oak Lodge" in mail.text and "Elm Court" in mail.text and "Cherrybrook" not in mail.text
    assert "Elm Court: Good overall; Well-led Inadequate; special measures: In" in mail.text
    assert "Of the other services, 1 is Good." in mail.text
    assert events(world) == []
    world.done("deliver")
    assert len(world.mail.to("lead@council.example")) == 1


def test_one_address_on_two_watchlists_receives_one_alert(world: World) -> None:
    home = a_home()
    watching(world, home)
    world.done("watch", "add", "Yorkshire", HOME)
    world.done("subscribe", "Yorkshire", LEAD, "--quiet")
    overall_falls(home)
    world.done("check")
    world.done("deliver")
    (mail,) = world.mail.to("lead@council.example")
    assert "Leeds" in mail.text and "Yorkshire" in mail.text


def test_a_fall_is_not_reported_before_its_second_check(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFIRM_AFTER", "1h")
    home = a_home()
    watching(world, home)
    overall_falls(home)
    assert "not sent yet" in world.done("check")
    assert events(world) == []
    monkeypatch.setenv("CONFIRM_AFTER", "0s")
    world.done("check")
    assert events(world) == []
    from monitor import app as building

    today = building.now
    monkeypatch.setattr(building, "now", lambda: today() + timedelta(hours=2))
    world.done("check")
    assert ("downgraded", "overall", "good", "requires improvement") in moved(world)


def test_the_second_check_bypasses_caches(world: World) -> None:
    home = a_home()
    world.site.validators = True
    watching(world, home)
    overall_falls(home)
    world.done("check")
    looks = world.site.asked(f"/location/{HOME}")
    page = [one for one in looks if one.path == f"/location/{HOME}"]
    assert [one.headers.get("cache-control") for one in page] == [None, None, "no-cache"]
    assert "if-none-match" in page[1].headers and "if-none-match" not in page[2].headers


def test_a_page_that_has_not_changed_is_not_read_again(world: World) -> None:
    watching(world, a_home())
    assert "1 unchanged" in world.done("check")


@pytest.mark.parametrize("layout", list(Layout))
def test_a_fall_is_reported_in_every_layout(world: World, layout: Layout) -> None:
    world.site.layout = layout
    home = a_home()
    watching(world, home)
    home.inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Requires improvement", safe="Inadequate")
    world.done("check")
    assert {
        ("downgraded", "overall", "good", "requires improvement"),
        ("downgraded", "safe", "good", "inadequate"),
    } <= moved(world)


HOSTILE = "<script>alert(1)</script> <!channel> *_[x](https://evil.example)_* \u202eemoH"


def test_a_hostile_name_is_shown_as_text(world: World) -> None:
    home = Service(location_id=HOME, name=HOSTILE, provider="Evil\r\nBcc: all@council.example")
    watching(world, home)
    overall_falls(home)
    world.done("check")
    world.done("deliver")
    (mail,) = world.mail.to("lead@council.example")
    assert "<script>" not in mail.html and "&lt;script&gt;" in mail.html
    assert mail.message["Bcc"] is None and mail.message["To"] == "lead@council.example"
    assert "\u202e" not in mail.text + mail.subject
    assert "<!channel>" in mail.text
    raw = json.dumps(world.slack.payloads())
    assert '"mrkdwn"' not in re.sub(r'"mrkdwn": false', "", raw)
    assert all("[x](https://evil.example)" not in text for text in marked_up(world.teams.payloads()))


def marked_up(value: object) -> list[str]:
    """Returns the texts in a card's elements that accept Markdown: text blocks and facts, but not rich text."""
    if isinstance(value, list):
        return [text for one in value for text in marked_up(one)]
    if isinstance(value, dict):
        own = [] if value.get("type") == "TextRun" else [str(value[key]) for key in ("text", "title", "value") if key in value]
        return own + [text for one in value.values() for text in marked_up(one)]
    return []


def test_a_service_that_cannot_be_read_is_shown_in_the_status_and_nobody_is_alerted(world: World) -> None:
    from tests.simulated.server import status

    home = a_home()
    watching(world, home, Service(location_id=OTHER, name="Oak Lodge"))
    overall_falls(home)
    world.site.fail(status(404), path=f"/location/{HOME}")
    code, out, _ = world.run("check")
    assert code == 1 and HOME in out and "404" in out
    world.done("deliver")
    assert world.mail.mails == [] and events(world) == []
    code, out, _ = world.run("status")
    assert code == 1 and "404" in out
    world.site.heal()
    world.done("check")
    world.done("deliver")
    assert len(world.mail.to("lead@council.example")) == 1
    assert world.run("status")[0] == 0


def test_a_refused_message_is_kept_and_sent_later_with_the_same_id(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    home = a_home()
    watching(world, home)
    overall_falls(home)
    world.done("check")
    world.mail.refuse(451, at="DATA")
    code, _, err = world.run("deliver")
    assert code == 1 and "451" in err
    assert world.run("status")[0] == 1
    world.mail.accept()
    assert len(world.slack.payloads()) == 1, "the other channels must not be delayed"
    a_day_later(world, monkeypatch)
    world.done("deliver")
    assert len(world.mail.to("lead@council.example")) == 1
    assert len(world.slack.payloads()) == 1


def test_key_questions_are_read_from_the_pages_of_the_assessment(world: World) -> None:
    home = an_assessed_home()
    watching(world, home)
    home.newest.questions["Well-led"] = Question(rating="Inadequate", score=36, published=TODAY)
    world.done("check")
    found = moved(world)
    assert ("downgraded", "well-led", "good", "inadequate") in found
    assert ("score fell", "well-led", 75, 36) in found


def test_a_link_to_a_missing_page_is_not_a_failure_and_does_not_hide_a_fall(world: World) -> None:
    from tests.simulated.server import status

    home = a_home()
    summary = f"/location/{HOME}/inspection-summary"
    world.site.fail(status(404), path=summary)
    watching(world, home)
    world.done("check")
    overall_falls(home)
    world.done("check")
    assert ("downgraded", "overall", "good", "requires improvement") in moved(world)


def test_a_report_that_appears_later_than_its_link_is_read_when_the_report_appears(world: World) -> None:
    from tests.simulated.server import status

    home = a_badly_led_home()
    watching(world, home)
    home.assess(
        on=TODAY - timedelta(weeks=8),
        published=TODAY,
        overall="Inadequate",
        report="AP7001",
        special_measures=ENTERED,
        well_led="Inadequate",
    )
    world.site.fail(changed_text(ENTERED, ""), path=f"/location/{HOME}")
    world.site.fail(status(404), path=f"/location/{HOME}/reports", times=8)
    world.done("check")
    assert ("entered special measures", None, None, None) not in moved(world)
    world.site.heal()
    world.site.fail(changed_text(ENTERED, ""), path=f"/location/{HOME}")
    world.site.fail(lambda answer: answer, path=f"/location/{HOME}/reports")
    world.done("check")
    assert ("entered special measures", None, None, None) in moved(world)


def changed_text(old: str, new: str) -> Fault:
    """A fault that replaces `old` with `new` in pages."""
    from tests.simulated.server import changed

    return changed(lambda text: text.replace(old, new))


def only_the_summary_tells(world: World) -> None:
    """From now on only the summary page says that special measures begin."""
    world.site.fail(changed_text(ENTERED, ""), path=f"/location/{HOME}")
    world.site.fail(lambda answer: answer, path=f"/location/{HOME}/inspection-summary")


def test_special_measures_that_only_the_summary_page_states_are_reported(world: World) -> None:
    home = a_badly_led_home()
    only_the_summary_tells(world)
    watching(world, home)
    special_measures_begin(home)
    world.done("check")
    assert moved(world) == {("entered special measures", None, None, None)}


def test_the_report_of_another_service_at_this_services_address_is_not_used(world: World) -> None:
    from tests.simulated.server import body

    home = a_home()
    watching(world, home)
    other = "<html><body><h1>Oak Lodge Inadequate</h1><h2>Inspection summary</h2><h3>Overall summary</h3><p>Inadequate</p>"
    world.site.fail(body(f"{other}<p>{ENTERED}</p></body></html>"), path=f"/location/{HOME}/inspection-summary")
    assert world.run("check")[0] == 1
    assert world.run("check")[0] == 1
    assert events(world) == []
    world.site.heal()
    world.done("check")
    assert events(world) == []


def test_special_measures_on_a_page_that_was_unreadable_at_first_are_reported_as_read_late(world: World) -> None:
    """The event is marked as read late, since an earlier welcome may not have mentioned the special measures."""
    from tests.simulated.server import status

    home = a_badly_led_home()
    special_measures_begin(home)
    world.site.add([home])
    only_the_summary_tells(world)
    world.site.fail(status(503), path=f"/location/{HOME}/inspection-summary", times=1)
    world.done("watch", "add", "Leeds", HOME)
    assert world.run("check")[0] == 1
    world.done("check")
    (event,) = events(world)
    assert (event["kind"], event["read_late"], event["stood_since"]) == ("entered special measures", True, None)
    world.done("subscribe", "Leeds", LEAD)
    world.done("deliver")
    assert "special measures: In" in world.mail.mails[0].text


def test_linked_pages_are_requested_daily_but_at_each_check_if_a_rating_is_inadequate(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    from monitor.app import build
    from monitor.settings import load

    bad = Service(location_id=OTHER, name="Oak Lodge")
    bad.newest.questions["Safe"] = Question(rating="Inadequate")
    watching(world, a_home(), bad)

    def a_round_of_the_daemon() -> int:
        async def looks() -> None:
            app = build(load())
            await app.checker.round(app.store.services.to_look_at())
            await app.close()

        before = len(world.site.asked(f"/location/{HOME}")), len(world.site.asked(f"/location/{OTHER}"))
        asyncio.run(looks())
        assert len(world.site.asked(f"/location/{OTHER}")) - before[1] == 2
        return len(world.site.asked(f"/location/{HOME}")) - before[0]

    assert a_round_of_the_daemon() == 1
    a_day_later(world, monkeypatch)
    assert [a_round_of_the_daemon() for _ in range(3)] == [2, 1, 1]
