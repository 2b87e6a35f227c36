"""A week of England in miniature: each publication is reported once, through the API and the site, by watchlists that follow the
register.

    ENGLAND_SERVICES=57000 python -m pytest tests/test_england.py -s
"""

import os
from datetime import timedelta
from pathlib import Path

from tests.simulation.week import DAYS, STEP, live

SERVICES = int(os.environ.get("ENGLAND_SERVICES", "0"))

MOST = 5000 + SERVICES
"""Requests a day when little happens. It is a monitor's first week: until CQC's feed is measured, each service is checked every
two days, which costs two requests."""


def test_a_week_of_england_is_told_whole_and_once(tmp_path: Path) -> None:
    week = (
        live(services=SERVICES, days=DAYS, step=STEP, folder=tmp_path)
        if SERVICES
        else live(services=160, days=4, step=timedelta(hours=2), folder=tmp_path)
    )
    print(f"\n{week.figures()}")
    assert week.wrong() == []
    assert any(one.fell for one in week.moves) and week.joined, "nothing was put to the test"
    assert all(sum(day.values()) <= MOST for day in week.daily)
