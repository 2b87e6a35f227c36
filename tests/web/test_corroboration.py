"""Tests what our pages say if CQC's page and CQC's API differ, and what our pages say about events that only the API states."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.app import build
from monitor.events import Rests
from monitor.settings import load
from tests.conftest import World
from tests.simulated.services import Service
from tests.simulated.syndication import KEY
from tests.store.filled import HOME, look
from tests.web.conftest import Clock, Pages, served


@pytest.fixture
def beside(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor with an API key. CQC's page and its API differ about a service, and only the API states its
    fall."""
    monkeypatch.setenv("CQC_API_KEY", KEY)
    monkeypatch.setenv("CQC_API_URL", "http://127.0.0.1:9/public/v1")
    world.site.add([Service(location_id=HOME)])
    app = build(load())
    try:
        now = datetime.now(UTC)
        app.store.services.watch("Leeds", [HOME], now)
        first, fall = look(0), look(1, "inadequate")
        assert app.store.services.record(replace(first, looked_at=now))
        (event,) = fall.events
        events = (replace(event, rests_on=Rests.API_AGAINST_PAGE, observed_at=now),)
        differences = ("overall rating: CQC's page says good, its API says <b>inadequate</b>",)
        at = now - timedelta(hours=3)
        fall = replace(fall, events=events, looked_at=at, candidates=(), witnessed_at=at, differences=differences)
        assert app.store.services.record(fall)
        with served(app, Clock()) as running:
            yield running
    finally:
        app.store.close()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        pytest.param(f"/services/{HOME}", "and CQC’s API differ", id="the service's page says that CQC's page and API differ"),
        pytest.param(f"/services/{HOME}", "its API says &lt;b&gt;inadequate", id="the service's page shows both statements"),
        pytest.param(
            f"/services/{HOME}", "the only source is CQC&#39;s API", id="the service's page shows the event's only source"
        ),
        pytest.param("/", "the only source is CQC&#39;s API", id="the home page shows the event's only source"),
        pytest.param("/events", "the only source is CQC&#39;s API", id="the list of events shows the event's only source"),
        pytest.param("/events/event1", "the only source is CQC&#39;s API", id="the event's page shows the only source"),
        pytest.param(
            "/monitor", "page and its API disagree about 1 service",
            id="the page Monitor counts the services for which CQC's page and API differ",
        ),
    ],
)
def test_the_pages_show_that_cqcs_page_and_api_differ(beside: Pages, path: str, says: str) -> None:
    with beside.client("operator") as client:
        answer = client.get(path)
    assert answer.status_code == 200 and says in answer.text
