"""Tests the API as an analyst's program uses it."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import get_type_hints

import httpx
import pytest

from monitor.events import Event, Kind, Rests
from monitor.notify.data import event_data
from monitor.web import api_forms as forms
from monitor.web.rate_limit import LIMIT
from tests.conftest import World
from tests.web.conftest import FALLEN, HOSTILE_ONE, UNREAD, Pages, done


def keyed(pages: Pages, who: str = "reader") -> httpx.Client:
    """Returns a program's client, with a new key of the person with this role."""
    key = pages.app.store.keys.make(pages.people[who], "tests", pages.clock())
    return pages.program(headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def program(fallen: Pages) -> Iterator[httpx.Client]:
    """A program with a reader's key, and a monitor with data."""
    with keyed(fallen) as client:
        yield client


# ── permissions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param(None, id="without a key"),
        pytest.param("Bearer cqcm_nobodys", id="with an unknown key"),
        pytest.param("Bearer", id="with an empty key"),
        pytest.param("Basic cmVhZGVyOnBhc3N3b3Jk", id="with a password"),
        pytest.param("Bearer é", id="with a letter outside ASCII"),
    ],
)
def test_a_request_without_a_valid_key_is_refused(authorization: str | None, pages: Pages) -> None:
    headers = {b"Authorization": authorization.encode()} if authorization else {}
    with pages.program() as client:
        answer = client.get("/api/events", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert "Authorization: Bearer KEY" in answer.json()["detail"] and "API keys" in answer.json()["detail"]
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_wrong_key_is_refused_even_with_a_valid_session(pages: Pages) -> None:
    with pages.client("operator") as client:
        assert client.get("/api/events").status_code == 200
        assert client.get("/api/events", headers={"Authorization": "Bearer cqcm_nobodys"}).status_code == 401


def test_no_page_can_be_opened_with_a_key(pages: Pages) -> None:
    with keyed(pages, "operator") as client:
        assert [client.get(path).status_code for path in ("/api/events", "/metrics", "/", "/people")] == [200, 200, 303, 303]


def test_a_key_is_invalid_once_the_key_or_its_owners_access_was_ended(pages: Pages) -> None:
    store, now = pages.app.store, pages.clock()
    with keyed(pages, "reader") as first, keyed(pages, "editor") as second:
        assert (first.get("/api/events").status_code, second.get("/api/events").status_code) == (200, 200)
        (key,) = store.keys.all(pages.people["reader"].id)
        store.keys.revoke(key.id, pages.people["reader"], now)
        store.people.end(pages.people["editor"].id, pages.people["operator"].id, now)
        assert (first.get("/api/events").status_code, second.get("/api/events").status_code) == (401, 401)
        store.people.invite("editor@council.example", pages.people["editor"].role, None, now)
        assert second.get("/api/events").status_code == 401  # old keys stay invalid


def test_the_time_of_a_keys_last_use_is_stored_to_the_minute(pages: Pages) -> None:
    with keyed(pages) as client:
        client.get("/api/events")
        (first,) = pages.app.store.keys.all()
        client.get("/api/events")
        (again,) = pages.app.store.keys.all()
        pages.clock.later = timedelta(minutes=5)
        client.get("/api/events")
        (later,) = pages.app.store.keys.all()
    assert first.last_used_at is not None and first.last_used_at == again.last_used_at
    assert later.last_used_at is not None and later.last_used_at > first.last_used_at


def test_s3_4_the_limit_of_requests_per_minute_applies_to_all_keys_of_a_person_together(pages: Pages) -> None:
    """Security review, S3-4."""
    with keyed(pages) as client, keyed(pages) as second, keyed(pages, "editor") as other:
        first = client.get("/api/watchlists")
        tries = (client.get("/api/watchlists") for _ in range(LIMIT * 2))  # twice as many: a new minute may begin
        refused = next(answer for answer in tries if answer.status_code == 429)
        assert refused.headers["content-type"] == "application/problem+json"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.headers["ratelimit-remaining"] == "0"
        assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("120", "119")
        assert 429 in (second.get("/api/watchlists").status_code for _ in range(LIMIT + 1))
        assert other.get("/api/watchlists").status_code == 200
        pages.clock.later = timedelta(minutes=2)
        assert client.get("/api/watchlists").status_code == 200


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_api_gives_the_same_events_as_the_command(program: httpx.Client, world: World) -> None:
    told = json.loads(done(world, "events", "--json"))
    assert len(told) > 5
    assert program.get("/api/events", params={"limit": 500}).json() == {"events": told, "cursor": str(len(told)), "more": False}


def test_the_api_accepts_an_event_with_every_field() -> None:
    """The API would answer with an error if `events --json` had a key that the API's form does not know."""
    full = {name: _any_of(kind) for name, kind in get_type_hints(Event).items()}
    event = Event(**full | {"kind": Kind.NOT_UNDERSTOOD, "rests_on": Rests.BOTH})  # type: ignore[arg-type]
    told = event_data(event)
    assert told.keys() == set(json.loads(forms.Event.model_validate(told).model_dump_json(by_alias=True)))


def _any_of(kind: object) -> object:
    values: dict[object, object] = {date: date(2026, 11, 20), datetime: datetime(2026, 11, 20, tzinfo=UTC), bool: True, int: 2}
    return next((value for one, value in values.items() if kind in (one, one | None)), "text")  # type: ignore[operator]


def test_the_api_gives_the_same_history_as_the_command(program: httpx.Client, world: World) -> None:
    assert program.get(f"/api/services/{FALLEN}/history").json() == json.loads(done(world, "history", FALLEN, "--json"))


def test_following_the_cursor_gives_each_event_once_and_later_only_new_events(program: httpx.Client) -> None:
    every = [one["id"] for one in program.get("/api/events", params={"limit": 500}).json()["events"]]
    found, cursor, more = [], "0", True
    while more:
        answer = program.get("/api/events", params={"limit": 3, "cursor": cursor}).json()
        found += [one["id"] for one in answer["events"]]
        cursor, more = answer["cursor"], answer["more"]
    assert found == every
    assert program.get("/api/events", params={"cursor": cursor}).json() == {"events": [], "cursor": cursor, "more": False}


def test_following_the_link_gives_each_service_once(program: httpx.Client) -> None:
    url, found = "/api/services?limit=1&watchlist=North%20team", []
    while url:
        answer = program.get(url)
        found += [one["location_id"] for one in answer.json()["services"]]
        url = answer.links.get("next", {}).get("url", "")
    assert found == [FALLEN, HOSTILE_ONE, UNREAD]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        pytest.param({"kind": "entered special measures"}, {Kind.ENTERED}, id="events of one kind"),
        pytest.param(
            {"kind": ["entered special measures", "downgraded"]}, {Kind.ENTERED, Kind.DOWNGRADED}, id="events of two kinds"
        ),
        pytest.param({"since": "2020-01-01", "kind": "downgraded"}, {Kind.DOWNGRADED}, id="events since a day"),
        pytest.param({"watchlist": "North team", "kind": "downgraded"}, {Kind.DOWNGRADED}, id="events of a watchlist"),
        pytest.param({"location_id": UNREAD}, set(), id="events of a service that has none"),
    ],
)
def test_events_can_be_filtered(query: dict[str, str | list[str]], kinds: set[Kind], program: httpx.Client) -> None:
    assert {one["kind"] for one in program.get("/api/events", params=query).json()["events"]} == kinds


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param({}, [FALLEN, HOSTILE_ONE, UNREAD], id="all services"),
        pytest.param({"rating": "inadequate"}, [FALLEN, HOSTILE_ONE], id="services with a rating"),
        pytest.param({"rating": "good"}, [], id="services with a rating that no service has"),
        pytest.param({"measures": "in", "search": "larch"}, [FALLEN], id="services in special measures with a name"),
        pytest.param({"unread": "true", "search": UNREAD}, [UNREAD], id="services that are not up to date"),
        pytest.param({"cursor": FALLEN}, [HOSTILE_ONE, UNREAD], id="services after a given service"),
    ],
)
def test_services_can_be_filtered(query: dict[str, str], ids: list[str], program: httpx.Client) -> None:
    assert [one["location_id"] for one in program.get("/api/services", params=query).json()["services"]] == ids


def test_the_answer_about_a_service_contains_its_present_state(program: httpx.Client) -> None:
    one = program.get(f"/api/services/{FALLEN.lower()}").json()
    assert (one["name"], one["watchlists"], one["special_measures"]["state"]) == ("Larch Grove", ["North team"], "entered")
    rated = {held["of"]: held["value"] for held in one["ratings"]}
    assert (rated["overall"], rated["safe"], rated["caring"]) == ("inadequate", "inadequate", "good")
    assert one["read_at"].endswith("Z")


def test_a_service_that_was_never_read_has_no_ratings(program: httpx.Client) -> None:
    one = program.get(f"/api/services/{UNREAD}").json()
    assert (one["name"], one["ratings"], one["special_measures"]) == (None, [], None)
    assert one["not_read_well"] and one["trouble"]


def test_the_status_gives_the_judgement_without_addresses_of_people(fallen: Pages) -> None:
    key = fallen.app.store.keys.make(fallen.people["reader"], "a program", fallen.clock())
    with fallen.client() as program:
        answer = program.get("/api/status", headers={"Authorization": f"Bearer {key}"})
    found = answer.json()["judgement"]
    judgement = fallen.app.judgement(fallen.clock())
    assert (found["level"], found["text"]) == ("wrong", judgement.text)
    assert [one["code"] for one in found["findings"]] == [one.code for one in judgement.findings]
    assert "@council.example" not in answer.text


def test_the_list_of_watchlists_contains_numbers_but_no_owners(program: httpx.Client) -> None:
    (one,) = program.get("/api/watchlists").json()["watchlists"]
    assert {name: one[name] for name in ("watchlist", "services", "inadequate", "in_special_measures")} == {
        "watchlist": "North team",
        "services": 3,
        "inadequate": 2,
        "in_special_measures": 2,
    }
    assert "@" not in json.dumps(one)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        pytest.param("/api/events?since=soon", 422, "since", id="not a time"),
        pytest.param("/api/events?knid=downgraded", 422, "knid", id="a misspelt parameter"),
        pytest.param("/api/events?kind=improved", 422, "kind", id="an unknown kind"),
        pytest.param("/api/events?limit=100000", 422, "limit", id="too many entries at once"),
        pytest.param("/api/events?watchlist=a%00b", 422, "watchlist", id="text that databases refuse"),
        pytest.param("/api/events?watchlist=South", 404, "watchlist", id="an unknown watchlist"),
        pytest.param("/api/services/1-199999999", 404, "service", id="a service that was never watched"),
        pytest.param("/api/services/nonsense%00", 404, "service", id="not an id"),
        pytest.param("/api/nothing", 404, "not found", id="an unknown address"),
    ],
)
def test_the_answer_to_an_unusable_request_says_what_is_wrong(path: str, status: int, says: str, program: httpx.Client) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert says in answer.text


# ── formats ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        pytest.param("/api/events", None, "application/json", id="a client without a preference gets JSON"),
        pytest.param("/api/events", "*/*", "application/json", id="a client that accepts anything gets JSON"),
        pytest.param("/api/events", "text/csv", "text/csv; charset=utf-8", id="CSV"),
        pytest.param("/api/events", "text/csv;q=0.5, application/json;q=0.4", "text/csv; charset=utf-8", id="CSV preferred"),
        pytest.param("/api/events", "text/*;q=0.1, application/json;q=0.2", "application/json", id="JSON preferred"),
        pytest.param("/api/events", "text/html, */*;q=0.1", "application/json", id="a browser gets JSON"),
        pytest.param(
            "/api/events?format=csv", "application/json", "text/csv; charset=utf-8",
            id="the format in the address takes precedence",
        ),
        pytest.param("/api/events", "application/xml", None, id="a format that is not available"),
        pytest.param("/api/events", "application/json;q=0, text/csv;q=0", None, id="a client that accepts neither format"),
        pytest.param("/api/events", "q=;;,,", None, id="nonsense"),
        pytest.param(f"/api/services/{FALLEN}", "text/csv", None, id="CSV of an answer that is not a list"),
    ],
)
def test_the_answer_has_the_requested_format(path: str, accept: str | None, kind: str | None, program: httpx.Client) -> None:
    program.headers.pop("accept")
    answer = program.get(path, headers={"Accept": accept} if accept else {})
    assert answer.status_code == (406 if kind is None else 200)
    assert answer.headers["content-type"] == (kind or "application/problem+json")


@pytest.mark.parametrize("path", ["/api/events", "/api/services", "/api/watchlists", f"/api/services/{FALLEN}/history"])
def test_a_csv_file_has_the_same_content_as_the_list(path: str, program: httpx.Client) -> None:
    value = program.get(path).json()
    sheet = program.get(path, params={"format": "csv"})
    assert program.get(f"{path}.csv", params={"format": "json"}).content == sheet.content
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    if path.endswith("/history"):
        holdings = [held for one in value["snapshots"] for held in one["ratings"] + one["scores"]]
        assert [row["value"] for row in rows] == [str(held["value"]) for held in holdings]
    else:
        (listed,) = (entries for entries in value.values() if isinstance(entries, list))
        first = next(iter(listed[0]))
        assert [row[first] for row in rows] == [str(one[first]) for one in listed]
        assert len(rows) == len(listed) > 0


def test_no_cell_of_a_csv_file_starts_a_formula(program: httpx.Client, world: World) -> None:
    world.site.services[FALLEN].name = "=HYPERLINK(A1)"
    done(world, "check", FALLEN)
    (row, *_) = csv.DictReader(io.StringIO(program.get("/api/services?format=csv").content.decode("utf-8-sig")))
    assert row["name"] == "'=HYPERLINK(A1)"
    assert program.get("/api/services").json()["services"][0]["name"] == "=HYPERLINK(A1)"


def test_an_unchanged_answer_is_not_sent_again(program: httpx.Client) -> None:
    first = program.get("/api/events")
    again = program.get("/api/events", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = program.get("/api/events?limit=1", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    assert "Authorization" in first.headers["vary"]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
def test_the_api_answers_only_requests_that_read(method: str, program: httpx.Client) -> None:
    answer = program.request(method, "/api/events")
    assert (answer.status_code, answer.content == b"") == {"HEAD": (200, True), "OPTIONS": (204, True)}.get(method, (405, False))
    assert method == "HEAD" or answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_the_description_lists_every_route(program: httpx.Client, fallen: Pages) -> None:
    described = program.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert sorted(described["paths"]) == [
        "/api/areas",
        "/api/cases",
        "/api/events",
        "/api/items",
        "/api/ratings",
        "/api/register",
        "/api/register/history",
        "/api/register/{location_id}",
        "/api/services",
        "/api/services/{location_id}",
        "/api/services/{location_id}/history",
        "/api/status",
        "/api/watchlists",
    ]
    with fallen.client("reader") as client:
        docs = client.get("/api/docs").text
    for path in described["paths"]:
        assert f"GET {path}" in docs


def test_an_event_observed_at_a_time_is_included_in_events_since_that_time(program: httpx.Client) -> None:
    newest = max(one["observed_at"] for one in program.get("/api/events").json()["events"])
    since = datetime.fromisoformat(newest).astimezone(UTC)
    assert program.get("/api/events", params={"since": since.isoformat()}).json()["events"]
    assert not program.get("/api/events", params={"since": (since + timedelta(seconds=1)).isoformat()}).json()["events"]
