"""Tests the client of CQC's API against a simulated API, with good answers and a table of everything that can go wrong."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from monitor.cqc.api import PER_SECOND, Api, ApiAnswer, Asked, NoAnswer, Nothing, Reason
from monitor.cqc.reader import Reader
from monitor.cqc.transport import Client, Limits
from monitor.ratings import Rating
from tests.simulated.server import Answer, Fault, body, cut, empty, huge, redirect, reset, slow, status
from tests.simulated.services import ENTERED, Service
from tests.simulated.syndication import BASE, KEY, Syndication, told

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
HOME, TRUST = "1-2235535718", "RJ121"
T = TypeVar("T")


@pytest.fixture
def cqc(monkeypatch: pytest.MonkeyPatch) -> Iterator[Syndication]:
    services = {one: Service(location_id=one) for one in (HOME, TRUST)}
    monkeypatch.setattr("monitor.cqc.api.PER_SECOND", 500.0)  # the last test uses the real limit
    with Syndication(services) as syndication:
        syndication.clock = lambda: NOW
        yield syndication


def ask(
    cqc: Syndication,
    question: Callable[[Api], Awaitable[T]],
    *,
    key: str = KEY,
    limits: Limits | None = None,
    noted: Callable[[Asked], None] = lambda _: None,
    reserve: Callable[[float], Awaitable[float]] | None = None,
) -> T:
    async def asked() -> T:
        api = Api(
            Client(
                base_url=cqc.api_url + "/",
                contact="oncall@council.example",
                requests_per_second=500,
                version="1.0",
                key=key,
            ),
            Reader(),
            clock=lambda: NOW,
            limits=limits or Limits(read=1.0, whole=1.0, body=200_000, patience=3.0),
            reserve=reserve,
            noted=noted,
        )
        try:
            return await question(api)
        finally:
            await api.close()

    return asyncio.run(asked())


def test_the_api_answer_about_a_service_comes_with_its_reading_and_without_names_of_people(cqc: Syndication) -> None:
    seen = ask(cqc, lambda api: api.location(HOME))
    assert isinstance(seen, ApiAnswer)
    (group,) = seen.reading.ratings
    assert (seen.reading.location_id, group.overall, group.overall_published) == (HOME, Rating.GOOD, date(2023, 4, 18))
    assert json.loads(seen.body)["name"] == "Cherrybrook Care Home" and b"Personal care" in seen.body
    assert b"Givenname" not in seen.body and b"Familyname" not in seen.body
    (request,) = cqc.requests
    assert request.headers["ocp-apim-subscription-key"] == KEY
    assert request.headers["user-agent"] == "cqc-monitor/1.0 (+oncall@council.example)"
    assert KEY not in request.path + repr(seen)


def test_an_assessment_states_its_ratings_and_its_special_measures(cqc: Syndication) -> None:
    cqc.services[HOME].assess(
        on=date(2026, 9, 1), overall="Inadequate", report="AP9", scores={"Safe": 30}, special_measures=ENTERED, safe="Inadequate"
    )
    seen = ask(cqc, lambda api: api.location(HOME))
    assert isinstance(seen, ApiAnswer)
    assert seen.reading.ratings[0].overall is Rating.INADEQUATE and seen.reading.special_measures.state == "entered"


def test_an_id_in_lower_case_is_requested_in_upper_case(cqc: Syndication) -> None:
    assert isinstance(ask(cqc, lambda api: api.location("rj121")), ApiAnswer)
    assert [one.path for one in cqc.requests] == [f"{BASE}/locations/RJ121"]


def test_for_an_unknown_location_the_client_returns_nothing(cqc: Syndication) -> None:
    outcomes: list[Asked] = []
    assert ask(cqc, lambda api: api.location("1-999999999"), noted=outcomes.append) == Nothing(location_id="1-999999999")
    assert outcomes == [Asked.NOTHING]


def changes(api: Api) -> Awaitable[frozenset[str] | NoAnswer]:
    return api.changes(NOW - timedelta(hours=1), NOW)


def test_the_ids_of_changes_are_read_from_all_pages_in_upper_case_without_repeats(cqc: Syndication) -> None:
    cqc.page_size, cqc.lower_case = 3, {TRUST}
    many = [f"1-10000000{number}" for number in range(7)]
    cqc.changed(*many, TRUST, at=NOW - timedelta(hours=1))
    cqc.changed(TRUST, at=NOW - timedelta(minutes=1))
    cqc.changed("1-200000001", at=NOW)
    assert ask(cqc, changes) == frozenset({*many, TRUST})
    assert [one.path.partition("&page=")[2] for one in cqc.requests] == [f"{page}&perPage=1000" for page in (1, 2, 3)]
    assert all("startTimestamp=2026-11-21T08:00:00Z&endTimestamp=2026-11-21T09:00:00Z" in one.path for one in cqc.requests)


def test_ids_without_digits_are_accepted_in_capitals_and_in_small_letters(cqc: Syndication) -> None:
    cqc.fail(body(json.dumps({"changes": ["rweaa", "NLXYZ", "RT203"], "totalPages": 1})))
    assert ask(cqc, changes) == frozenset({"RWEAA", "NLXYZ", "RT203"})


def test_without_changes_the_client_returns_an_empty_set(cqc: Syndication) -> None:
    assert ask(cqc, changes) == frozenset()


def test_without_a_total_number_of_pages_the_client_reads_every_next_page(cqc: Syndication) -> None:
    cqc.page_size = 1
    cqc.changed(HOME, TRUST, at=NOW - timedelta(minutes=1))

    def forget(answer: Answer) -> Answer:
        return body(json.dumps({key: held for key, held in json.loads(answer.body).items() if key != "totalPages"}))(answer)

    cqc.fail(forget)
    assert ask(cqc, changes) == frozenset({HOME, TRUST})


ODD_CHANGES = [
    pytest.param('{"changes": "1-2235535718"}', id="changes are not a list"),
    pytest.param('{"changes": ["?", 7]}', id="changes are not ids"),
    pytest.param("[]", id="a list instead of an object"),
    pytest.param("<html><body>Welcome</body></html>", id="a web page"),
    pytest.param('{"changes": ["1-22355', id="half of the JSON"),
    pytest.param("[" * 100_000, id="brackets without end"),
]


@pytest.mark.parametrize("text", ODD_CHANGES)
def test_an_unusable_answer_about_changes_is_reported_as_odd(cqc: Syndication, text: str) -> None:
    cqc.fail(body(text))
    found = ask(cqc, changes)
    assert isinstance(found, NoAnswer) and (found.reason, found.whole) == (Reason.ODD, True)


def test_an_endless_list_of_changes_is_stopped_and_reported_as_odd(cqc: Syndication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.cqc.api.MOST_PAGES", 4)
    cqc.fail(body(json.dumps({"changes": [HOME], "totalPages": 10**9})))
    found = ask(cqc, changes)
    assert isinstance(found, NoAnswer) and found.reason is Reason.ODD
    assert len(cqc.requests) == 4


def test_if_one_page_of_changes_fails_no_changes_are_returned(cqc: Syndication) -> None:
    cqc.page_size = 1
    cqc.changed(HOME, TRUST, at=NOW - timedelta(minutes=1))

    def second(answer: Answer) -> Answer:
        return status(500)(answer) if json.loads(answer.body)["page"] == 2 else answer

    cqc.fail(second)
    found = ask(cqc, changes)
    assert isinstance(found, NoAnswer) and found.reason is Reason.FAILING


def _quota(_: Answer) -> Answer:
    return told(403, "Out of call volume quota. Quota will be replenished in 01:02:03.")


WRONG = [
    pytest.param(status(401), Reason.KEY, None, id="401"),
    pytest.param(status(403), Reason.KEY, None, id="403"),
    pytest.param(_quota, Reason.BUSY, timedelta(hours=1, minutes=2, seconds=3), id="a quota that is used up"),
    pytest.param(status(429, retry_after=600), Reason.BUSY, timedelta(minutes=10), id="429 with Retry-After"),
    pytest.param(status(429, retry_after=10**9), Reason.BUSY, timedelta(days=1), id="429 with a Retry-After of thirty years"),
    pytest.param(status(429), Reason.BUSY, None, id="429 without a message"),
    pytest.param(status(500), Reason.FAILING, None, id="500"),
    pytest.param(status(503, retry_after=60), Reason.FAILING, timedelta(minutes=1), id="503 with Retry-After"),
    pytest.param(reset, Reason.FAILING, None, id="a reset connection"),
    pytest.param(redirect("https://elsewhere.example/"), Reason.ODD, None, id="a redirect to another host"),
    pytest.param(empty, Reason.ODD, None, id="an empty answer with status 200"),
    pytest.param(cut(), Reason.ODD, None, id="fewer bytes than stated"),
    pytest.param(cut(honest=True), Reason.ODD, None, id="half of the JSON"),
    pytest.param(huge(300_000), Reason.ODD, None, id="an answer that is too large"),
    pytest.param(body("<html><body>Welcome</body></html>"), Reason.ODD, None, id="a web page instead of JSON"),
    pytest.param(body('{"statusCode": 500, "message": "oh"}'), Reason.ODD, None, id="an error with status 200"),
    pytest.param(body('{"locationId": "1-999999999", "providerId": "1-1"}'), Reason.ODD, None, id="another service's answer"),
]


@pytest.mark.parametrize(("fault", "reason", "wait"), WRONG)
def test_each_failure_is_reported_with_its_reason_and_waiting_time(
    cqc: Syndication, fault: Fault, reason: Reason, wait: timedelta | None
) -> None:
    cqc.fail(fault)
    outcomes: list[Asked] = []
    found = ask(cqc, lambda api: api.location(HOME), noted=outcomes.append)
    assert isinstance(found, NoAnswer), found
    assert (found.reason, found.retry_after) == (reason, wait)
    assert outcomes == [Asked(reason.value)] and len(cqc.requests) == 1
    assert KEY not in found.detail and "\n" not in found.detail


def test_an_answer_that_does_not_come_in_time_is_reported_as_failing(cqc: Syndication) -> None:
    cqc.fail(slow(3.0))
    found = ask(cqc, lambda api: api.location(HOME), limits=Limits(read=0.1, whole=0.1, body=200_000, patience=3.0))
    assert isinstance(found, NoAnswer) and (found.reason, found.retry_after) == (Reason.FAILING, None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda _: told(429, "Rate limit is exceeded. Try again in 1 seconds."), id="asked for in the message"),
        pytest.param(status(429, retry_after=1), id="asked for in Retry-After"),
    ],
)
def test_a_request_is_repeated_after_the_short_wait_that_the_api_asks_for(cqc: Syndication, fault: Fault) -> None:
    cqc.fail(fault, times=1)
    assert isinstance(ask(cqc, lambda api: api.location(HOME)), ApiAnswer)
    first, second = cqc.requests
    assert second.at - first.at >= 1.0


def test_the_client_stops_after_three_requests_if_the_api_always_asks_for_a_short_wait(cqc: Syndication) -> None:
    cqc.fail(lambda _: told(429, "Rate limit is exceeded. Try again in 0 seconds."))
    found = ask(cqc, lambda api: api.location(HOME))
    assert isinstance(found, NoAnswer) and found.reason is Reason.BUSY
    assert len(cqc.requests) <= 3


def test_a_redirect_to_the_same_host_is_not_followed(cqc: Syndication) -> None:
    cqc.fail(redirect(f"{BASE}/locations/{TRUST}"))
    assert isinstance(ask(cqc, lambda api: api.location(HOME)), NoAnswer)
    assert len(cqc.requests) == 1


@pytest.mark.parametrize("key", ["an-ümlaut", "two\nlines"])
def test_a_malformed_key_is_not_sent(cqc: Syndication, key: str) -> None:
    found = ask(cqc, lambda api: api.location(HOME), key=key)
    assert isinstance(found, NoAnswer) and found.reason is Reason.KEY and key not in found.detail
    assert cqc.requests == []


def test_the_message_about_a_wrong_key_names_the_setting_but_not_the_key(cqc: Syndication) -> None:
    found = ask(cqc, lambda api: api.location(HOME), key="wrong")
    assert isinstance(found, NoAnswer) and "CQC_API_KEY is refused" in found.detail and "wrong" not in found.detail


def test_each_request_reserves_time_within_the_limit_for_all_requests_to_cqc(cqc: Syndication) -> None:
    spans: list[float] = []

    async def reserve(seconds: float) -> float:
        spans.append(seconds)
        return 0.0

    async def twice(api: Api) -> None:
        await api.location(HOME)
        await api.changes(NOW, NOW)

    ask(cqc, twice, reserve=reserve)
    assert spans == [1 / 500] * 2


def test_the_client_stays_within_the_limit_on_requests_to_the_api(cqc: Syndication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.cqc.api.PER_SECOND", PER_SECOND)

    async def several(api: Api) -> float:
        begun = asyncio.get_running_loop().time()
        await asyncio.gather(*(api.location(HOME) for _ in range(3)))
        return asyncio.get_running_loop().time() - begun

    assert ask(cqc, several) >= 2 / PER_SECOND
    assert len(cqc.requests) == 3
