"""Tests that each finding has the same sentence and the same count in every place where the monitor shows its judgement."""

import asyncio
import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import count

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from monitor.app import App, build
from monitor.detect.checks import Outcome
from monitor.events import Event, Kind
from monitor.jobs.compose import Composer
from monitor.jobs.send import Deliverer, Sending
from monitor.judgement import TABLE, Code, Judgement, Level
from monitor.model import Aspect, Card, Holding, Snapshot, Subject, When
from monitor.notify.links import Links
from monitor.operations.doctor import of_judgement
from monitor.settings import load
from monitor.store import facts
from monitor.store.subscriptions import Wishes
from monitor.views import show
from monitor.views.metrics import StoreNumbers
from tests.conftest import SETTINGS
from tests.jobs.office import OPERATOR, Postman
from tests.scene import IS_DIGEST
from tests.test_judgement import FOUND, NOON, SETUP
from tests.web.conftest import served

HOME = "1-2235535718"
EARLIER = NOON - timedelta(days=2)


KNOWN = [FOUND[Code.NO_DAEMON_SEEN]]
"""The judgement uses the last element of this list as its facts, instead of the database's contents."""


@dataclass
class Said:
    """The texts of all places that show the judgement, for the same facts."""

    code: Code
    judgement: Judgement
    places: dict[str, str]
    status: Mapping[str, object]
    doctor: Mapping[str, object]
    metrics: dict[tuple[str, ...], float]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A monitor that watches one service."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("house"))
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        patch.setenv("OPERATOR", OPERATOR)
        patch.setattr(facts, "facts_in", lambda *_: KNOWN[-1])
        patch.setattr(facts, "_with_watched", lambda *_: KNOWN[-1])  # the facts for a digest's judgement
        built = build(load())
        built.store.services.watch("Leeds", [HOME], EARLIER)
        yield built
        built.store.close()


def look(record: Callable[..., bool], seq: int, *events: Event) -> None:
    """Records a check."""
    rating = (Subject(aspect=Aspect.RATING, of="overall"), Holding(value="good"))
    snapshot = Snapshot(location_id=HOME, seq=seq, seen_at=EARLIER, card=Card(name="Oak House"), holdings=(rating,))
    assert record(
        Outcome(
            location_id=HOME,
            base_seq=seq - 1,
            looked_at=NOON,
            next_look_at=NOON + timedelta(hours=6),
            read_well=True,
            snapshot=snapshot,
            events=events,
        )
    )


@pytest.fixture(scope="module")
def numbers(app: App) -> Iterator[int]:
    """Records the first check, and yields a counter for the numbers of the next checks. The codes may run in any order, so the
    number of a check can't depend on its code."""
    look(app.store.services.record, 1)
    return count(2)


@pytest.fixture(scope="module", params=Code)
def said(request: pytest.FixtureRequest, app: App, numbers: Iterator[int]) -> Said:
    """Collects the texts of all places that show the judgement. The code of `request` is the only finding."""
    code: Code = request.param
    number = next(numbers)
    store = app.store
    KNOWN.append(FOUND[code])
    judgement = app.judgement(NOON)
    # Each code gets a new address. This address receives a welcome, and a digest with one event.
    address = f"mailto:lead{number}@council.example"
    wishes = Wishes(when=When.DAILY, at=time(7, 30), day="mon")
    store.subscriptions.subscribe("Leeds", address, wishes, quiet=False, now=EARLIER)
    report = Event(
        id=f"event{number}", location_id=HOME, name="Oak House", kind=Kind.REPORT, observed_at=NOON - timedelta(days=1)
    )
    look(store.services.record, number, report)
    postman = Postman()
    deliverer = Deliverer(
        store,
        {"mailto": postman},
        Composer(store, Links("https://monitor.example", b""), base_url="https://cqc.example"),
        Sending(setup=SETUP, operator=OPERATOR),
        clock=lambda: NOON,
    )
    deliverer.report_level()
    asyncio.run(deliverer.deliver())
    sent: dict[str, str] = {}
    for (to, subject), text in zip(postman.subjects, postman.texts, strict=True):
        if to in {address, OPERATOR}:
            kind = "operator" if to == OPERATOR else "digest" if IS_DIGEST.search(text) else "welcome"
            sent[kind] = f"{subject}\n{text}"
    registry = CollectorRegistry()
    counts = store.counts
    registry.register(StoreNumbers(lambda at: counts.at(at, EARLIER), lambda: NOON, app.judgement))
    scraped = generate_latest(registry).decode()
    with served(app, lambda: NOON) as pages, pages.client("operator") as operator:  # type: ignore[arg-type]
        web = {name: html.unescape(operator.get(path).text) for name, path in PATHS.items()}
    return Said(
        code=code,
        judgement=judgement,
        places={
            "status": show.status_text([], [], judgement, counts.at(NOON, EARLIER)),
            "doctor": of_judgement(judgement).says,
            "metrics": scraped.replace("\\'", "'"),
            **web,
            **sent,
        },
        status=show.status_json([], [], judgement, counts.at(NOON, EARLIER), NOON),
        doctor=show.judgement_json(judgement),
        metrics={
            tuple(sorted(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(scraped)
            for sample in family.samples
            if sample.name == "cqc_monitor_findings"
        },
    )


PATHS = {"home": "/", "watchlist": "/watchlists/Leeds", "monitor": "/monitor"}


@pytest.mark.parametrize("place", ["status", "home", "watchlist", "monitor", "digest", "welcome", "doctor", "metrics"])
def test_each_place_shows_the_sentence_of_the_judgement(place: str, said: Said) -> None:
    text = " ".join(said.places[place].split())
    assert said.judgement.text in text


def test_programs_receive_the_sentence_the_level_and_the_count(said: Said) -> None:
    found = said.status["judgement"]
    assert found == said.doctor and json.loads(json.dumps(found)) == found
    assert isinstance(found, dict) and found["text"] == said.judgement.text
    assert (found["level"], found["well"]) == (said.judgement.standing, said.judgement.well)
    (one,) = found["findings"]
    count = said.judgement.findings[0].count
    assert (one["code"], one["level"], one["count"]) == (said.code, TABLE[said.code].level, count)
    assert said.metrics == {tuple(sorted((said.code.value, TABLE[said.code].level.value))): count}
    assert said.status["ok"] is (one["level"] == Level.REMARK)


def test_the_operators_message_has_the_sentence_of_the_judgement(said: Said) -> None:
    """The operator gets no message if a message of another kind reports the finding, or if the code that was tried before had
    the same level."""
    if "operator" in said.places:
        assert said.judgement.text.removesuffix(".") in said.places["operator"]
