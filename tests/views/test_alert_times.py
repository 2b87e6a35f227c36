"""Tests the words for lengths of time, and the line that says how long alerts took."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from monitor.detect.time_to_alert import Spread, Stage, TimeToAlert
from monitor.views.alert_times import time_to_alert_json, time_to_alert_text, within
from tests.conftest import World
from tests.simulated.services import Service


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3_599, "1 hour"),
        (3_900, "1 hour 5 minutes"),
        (86_400, "24 hours"),
        (172_800, "2 days"),
        (183_601, "2 days 4 hours"),
        (2_592_000, "30 days"),
    ],
)
def test_a_length_of_time_is_never_rounded_down(seconds: int, said: str) -> None:
    assert within(timedelta(seconds=seconds)) == said


def test_the_times_to_alert_are_summarised_in_one_line() -> None:
    total = Spread(items=11, p50=timedelta(minutes=4), p95=timedelta(minutes=13), worst=timedelta(hours=2))
    times = TimeToAlert(items=12, waiting=1, unclear=1, stages={Stage.TOTAL: total})
    assert time_to_alert_text(times) == (
        "Time to alert: 12 reports in the last 30 days, half within 4 minutes, 95% within 13 minutes, the slowest 2 hours;"
        " 1 not accepted by any receiver yet; 1 not timed."
    )
    assert time_to_alert_json(times)["stages"] == {"total": {"items": 11, "p50": 240, "p95": 780, "worst": 7200}}


def test_the_line_about_the_time_to_alert_says_if_nothing_was_sent() -> None:
    assert time_to_alert_text(TimeToAlert()) == "Time to alert: nothing had to be sent at once in the last 30 days."
    assert time_to_alert_text(TimeToAlert(items=1, unclear=1)) == "Time to alert: 1 report in the last 30 days; 1 not timed."


def test_the_stages_from_the_page_to_the_receiver_are_listed(world: World) -> None:
    home = Service(location_id="1-2235535718", name="Oak House")
    world.site.add([home])
    world.done("watch", "add", "Leeds", home.location_id)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    home.inspect(on=date(2026, 10, 1), overall="Inadequate", safe="Inadequate")
    world.done("check")

    def times() -> dict[str, Any]:
        stated = json.loads(world.run("status", "--json")[1])["time_to_alert"]
        assert isinstance(stated, dict)
        return stated

    waiting = times()
    assert (waiting["items"], waiting["waiting"], waiting["slowest"][0]["accepted_at"]) == (1, 1, None)
    world.done("deliver")
    told = times()
    (item,) = told["slowest"]
    in_order = [item[name] for name in ("seen_at", "confirmed_at", "sent_at", "accepted_at")]
    assert in_order == sorted(in_order)
    assert (told["waiting"], item["hinted_at"]) == (0, None)
    assert set(told["stages"]) == {"confirmed", "sent", "accepted", "total"}
    (event,) = [one for one in json.loads(world.done("events", "--json")) if one["id"] == item["event"]]
    assert (event["of"], event["to"], event["published"]) == ("overall", "inadequate", item["published"])
    assert "Time to alert: 1 report in the last 30 days, half within" in world.run("status")[1]
