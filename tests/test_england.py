"""Simulates a week with a small number of services. Watchlists follow the register, and each publication is reported once,
whether the program learnt of the publication from the API or from the site.

    ENGLAND_SERVICES=57000 python -m pytest tests/test_england.py -s
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.week import DAYS, STEP, live

SERVICES = int(os.environ.get("ENGLAND_SERVICES", "0"))

MOST = 5000 + SERVICES
"""The highest number of requests a day. In the first week, the program does not know yet how many publications CQC's feed names.
Each service is therefore checked every two days, and each check makes two requests."""


@pytest.mark.slow
def test_in_a_simulated_week_of_england_each_publication_is_reported_once(tmp_path: Path) -> None:
    week = (
        live(services=SERVICES, days=DAYS, step=STEP, folder=tmp_path)
        if SERVICES
        else live(services=160, days=4, step=timedelta(hours=2), folder=tmp_path)
    )
    print(f"\n{week.figures()}")
    assert week.wrong() == []
    assert any(one.fell for one in week.moves) and week.joined, "the week had no fall or no new service, so it tested nothing"
    assert all(sum(day.values()) <= MOST for day in week.daily)
