"""How lengths of time, and the times of alerts, are said."""

from datetime import timedelta

import pytest

from monitor.detect.time_to_alert import Spread, Stage, TimeToAlert
from monitor.views.alert_times import time_to_alert_json, time_to_alert_text, within


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
def test_a_length_is_never_said_to_be_shorter_than_it_is(seconds: int, said: str) -> None:
    assert within(timedelta(seconds=seconds)) == said


def test_the_times_in_one_line() -> None:
    total = Spread(items=11, p50=timedelta(minutes=4), p95=timedelta(minutes=13), worst=timedelta(hours=2))
    times = TimeToAlert(items=12, waiting=1, unclear=1, stages={Stage.TOTAL: total})
    assert time_to_alert_text(times) == (
        "Time to alert: 12 reports in the last 30 days, half within 4 minutes, 95% within 13 minutes, the slowest 2 hours;"
        " 1 not accepted by any receiver yet; 1 not timed."
    )
    assert time_to_alert_json(times)["stages"] == {"total": {"items": 11, "p50": 240, "p95": 780, "worst": 7200}}


def test_nothing_sent_is_said_so() -> None:
    assert time_to_alert_text(TimeToAlert()) == "Time to alert: nothing was to be sent at once in the last 30 days."
    assert time_to_alert_text(TimeToAlert(items=1, unclear=1)) == "Time to alert: 1 report in the last 30 days; 1 not timed."
