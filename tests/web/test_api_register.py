"""Tests the API about the register: all services in batches, what CQC's files stated over time, figures for areas, and the
ratings that were known on a day."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, select, update

from monitor.codec import dump_snapshot, load_snapshot
from monitor.register.entries import FileKind
from monitor.store.database import writing
from monitor.store.tables import RegisterFileRow, RegisterHistoryRow, ServiceRow, SnapshotRow, WatchRow, table
from tests.conftest import World
from tests.registered import care, note_files, take
from tests.web.conftest import FALLEN, HOSTILE_ONE, UNREAD, Pages, done
from tests.web.test_api import keyed

OCT, NOV = date(2026, 10, 5), date(2026, 11, 5)
LARCH: dict[str, Any] = {"name": "Larch Grove", "provider_id": "1-101", "provider_name": "Larch Care Ltd"}
DOCTOR = care("1-300000009", None, types=("Doctors/GPs",), authority="Leeds", registered_on=None, beds=None)
BEFORE = [
    care(FALLEN, "good", **LARCH),
    care("1-300000001", "good", brand="BRAND Larch", region="East Midlands"),
    care("1-300000002", "outstanding", types=("Homecare agencies",), authority="Rutland", beds=None),
    care("1-300000003", None, authority=None, beds=None),
    DOCTOR,
]
AFTER = [care(FALLEN, "inadequate", **LARCH), care("1-300000001", "requires improvement", beds=31), *BEFORE[2:]]


@pytest.fixture
def program(fallen: Pages) -> Iterator[httpx.Client]:
    """A program with a reader's key, and a monitor with data and a register of two months."""
    engine = fallen.app.store.engine
    take(engine, [(OCT, BEFORE), (NOV, AFTER)])
    note_files(engine, OCT, FileKind.ACTIVE, FileKind.RATINGS)
    note_files(engine, NOV, FileKind.ACTIVE, FileKind.RATINGS)
    with keyed(fallen) as client:
        yield client


def all_of(program: httpx.Client, path: str, **query: Any) -> list[dict[str, Any]]:
    """Returns all entries of a list, by following the list's cursor with one entry in each batch."""
    found: list[dict[str, Any]] = []
    asked: dict[str, Any] = query | {"limit": 1}
    while True:
        answer = program.get(path, params=asked)
        assert answer.status_code == 200, answer.text
        value = answer.json()
        found += next(one for one in value.values() if isinstance(one, list))
        if not value["more"]:
            assert "next" not in answer.links
            return found
        following = dict(httpx.URL(answer.links["next"]["url"]).params)
        assert following == {name: str(value) for name, value in asked.items()} | {"cursor": value["cursor"]}
        asked = following


def rows(program: httpx.Client, path: str) -> list[dict[str, str]]:
    """Returns the rows of a CSV file."""
    answer = program.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param({}, [FALLEN, "1-300000001", "1-300000002", "1-300000003", "1-300000009"], id="all services"),
        pytest.param({"local_authority": "Rutland"}, ["1-300000002"], id="services of an authority"),
        pytest.param({"sector": "other"}, ["1-300000009"], id="services of a sector"),
        pytest.param({"type": "Homecare agencies"}, ["1-300000002"], id="services of a type"),
        pytest.param({"provider_id": "1-101"}, [FALLEN], id="services of a provider"),
        pytest.param({"rating": "requires improvement"}, ["1-300000001"], id="services with a rating"),
        pytest.param({"rating": "unrated"}, ["1-300000003", "1-300000009"], id="services without a rating"),
        pytest.param({"region": "London"}, [], id="no service matches"),
    ],
)
def test_the_list_of_registered_services_comes_in_batches(query: dict[str, str], ids: list[str], program: httpx.Client) -> None:
    assert [one["location_id"] for one in all_of(program, "/api/register", **query)] == ids


def test_the_answer_about_one_service_equals_its_entry_in_the_list(program: httpx.Client) -> None:
    listed = {one["location_id"]: one for one in program.get("/api/register").json()["services"]}
    assert program.get(f"/api/register/{FALLEN.lower()}").json() == listed[FALLEN]
    assert (listed[FALLEN]["overall"], listed[FALLEN]["key_questions"]["well-led"]) == ("inadequate", "inadequate")
    assert (listed["1-300000009"]["service_types"], listed["1-300000009"]["beds"]) == (["Doctors/GPs"], None)
    assert program.get("/api/register/1-199999999").status_code == 404
    sheet = rows(program, "/api/register.csv")
    assert [one["location_id"] for one in sheet] == list(listed)
    assert (sheet[0]["service_types"], sheet[0]["safe"]) == ("Residential homes", "inadequate")
    assert sheet[0]["listed_on"] == "2026-11-05"


def test_the_file_name_of_an_incomplete_sheet_says_that_it_is_incomplete(program: httpx.Client) -> None:
    def name(query: str) -> str:
        return program.get(f"/api/register.csv{query}").headers["content-disposition"].partition("filename=")[2]

    assert name("") == '"register.csv"'
    assert name("?limit=1") == name("?cursor=1-300000001") == '"register-in-part.csv"'


def test_a_service_registered_between_two_batches_does_not_shift_other_services(program: httpx.Client, fallen: Pages) -> None:
    first = program.get("/api/register", params={"limit": 2}).json()
    with fallen.app.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE register SET location_id = '1-099999999' WHERE location_id = '1-300000009'")
    rest = program.get("/api/register", params={"limit": 500, "cursor": first["cursor"]}).json()
    ids = [one["location_id"] for answer in (first, rest) for one in answer["services"]]
    assert ids == [FALLEN, "1-300000001", "1-300000002", "1-300000003"]


def test_statements_of_the_files_are_ordered_by_service_and_date(program: httpx.Client) -> None:
    told = all_of(program, "/api/register/history")
    assert [(one["location_id"], one["as_of"], one["overall"]) for one in told][:4] == [
        (FALLEN, "2026-10-05", "good"),
        (FALLEN, "2026-11-05", "inadequate"),
        ("1-300000001", "2026-10-05", "good"),
        ("1-300000001", "2026-11-05", "requires improvement"),
    ]
    assert len(told) == 7
    assert [one["as_of"] for one in all_of(program, "/api/register/history", since="2026-11-01")] == ["2026-11-05"] * 2
    assert len(all_of(program, "/api/register/history", location_id=FALLEN)) == 2
    assert [one["location_id"] for one in all_of(program, "/api/register/history", local_authority="Rutland")] == ["1-300000002"]
    sheet = rows(program, "/api/register/history.csv")
    assert [(one["location_id"], one["as_of"], one["listed"]) for one in sheet] == [
        (one["location_id"], one["as_of"], str(one["listed"])) for one in told
    ]


def test_the_areas_are_england_each_region_and_each_authority_once(program: httpx.Client) -> None:
    answer = program.get("/api/areas").json()
    assert (answer["files"], answer["more"], len(answer["areas"])) == ("2026-11-05", False, (1 + 9 + 153 + 1) * 3)
    england = answer["areas"][2]
    assert (england["area"], england["sector"], england["services"]) == ("England", "all", 4)
    assert (england["percent_good_or_outstanding"], england["percent_good_or_outstanding_of_rated"]) == (25.0, 33.3)
    assert (england["beds"], england["homes_without_beds"], england["unrated"]) == (61, 1, 1)
    assert all_of(program, "/api/areas", kind="region") == [one for one in answer["areas"] if one["kind"] == "region"]
    unknown = [one for one in answer["areas"] if one["kind"] == "unknown"]
    assert [(one["area"], one["services"]) for one in unknown] == [("no authority", 1), ("no authority", 0), ("no authority", 1)]
    before = program.get("/api/areas", params={"as_at": "2026-10-31", "kind": "England"}).json()
    assert before["files"] == "2026-10-05", "this is the date of the file, not the requested day"
    assert (before["areas"][2]["good"], before["areas"][2]["inadequate"]) == (2, 0)
    early = program.get("/api/areas?as_at=2099-03-01")
    assert (early.status_code, early.json()["detail"]) == (422, "as_at: 1 March 2099 is in the future.")
    assert program.get("/api/areas?as_at=2026-10-04").status_code == 404
    assert [one["area"] for one in rows(program, "/api/areas.csv")] == [one["area"] for one in answer["areas"]]


def test_a_list_continues_after_a_cursor_whose_entry_is_gone(program: httpx.Client) -> None:
    rest = program.get("/api/areas", params={"cursor": "unknown/Lyonesse/all"}).json()["areas"]
    assert [one["area"] for one in rest] == ["no authority"] * 3
    rest = program.get("/api/register/history", params={"cursor": "1-300000002/730000"}).json()["history"]
    assert [one["location_id"] for one in rest] == ["1-300000002", "1-300000003", "1-300000009"]


def test_a_future_day_is_refused(program: httpx.Client) -> None:
    answer = program.get("/api/ratings?on=2099-01-01")
    assert (answer.status_code, answer.json()["detail"]) == (422, "on: 1 January 2099 is in the future.")


def test_an_empty_register_has_no_areas(fallen: Pages) -> None:
    with keyed(fallen) as client:
        answer = client.get("/api/areas")
    assert answer.status_code == 404 and "register is empty" in answer.json()["detail"]


# ── ratings as known on a day ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def aged(fallen: Pages, program: httpx.Client) -> httpx.Client:
    """Like `program`, with earlier times. The first files were loaded on 6 October, and the second on 6 November. Larch Grove
    has been watched since 12 October, and was read on 12 October and on 20 November."""
    file, kept = table(RegisterFileRow), table(SnapshotRow).c
    with writing(fallen.app.store.engine) as connection:
        for as_of in (OCT, NOV):
            loaded = datetime(as_of.year, as_of.month, 6, 9, tzinfo=UTC)
            connection.execute(update(file).where(file.c.as_of == as_of).values(imported_at=loaded))
        for body in connection.execute(select(kept.body)).scalars().all():
            one = load_snapshot(body)
            seen = datetime(2026, 10, 12, 12, tzinfo=UTC) if one.seq == 1 else datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
            here = (kept.location_id == one.location_id) & (kept.seq == one.seq)
            aged = dump_snapshot(replace(one, seen_at=seen))
            connection.execute(update(table(SnapshotRow)).where(here).values(seen_at=seen, body=aged))
        connection.execute(update(table(WatchRow)).values(added_at=datetime(2026, 10, 12, 9, tzinfo=UTC)))
    return program


def known(program: httpx.Client, **query: Any) -> dict[str, tuple[str, str | None]]:
    return {one["location_id"]: (one["source"], one["overall"]) for one in all_of(program, "/api/ratings", **query)}


def test_no_ratings_are_known_on_a_day_before_files_were_loaded_or_pages_read(aged: httpx.Client) -> None:
    answer = aged.get("/api/ratings", params={"on": "2026-10-05"}).json()
    assert (answer["ratings"], answer["files"], answer["on"]) == ([], None, "2026-10-05")


@pytest.mark.parametrize(
    ("on", "source", "larch", "other"),
    [
        pytest.param(
            "2026-10-06", None, ("file", "good"), ("file", "good"),
            id="the first files are used from the day on which they were loaded",
        ),
        pytest.param("2026-10-11", "page", None, None, id="no page is known before the page was read"),
        pytest.param("2026-10-13", None, ("page", "good"), ("file", "good"), id="the page is used once it was read"),
        pytest.param(
            "2026-11-05", None, ("page", "good"), ("file", "good"), id="the second files are not used before they are loaded"
        ),
        pytest.param(
            "2026-11-06", None, ("page", "good"), ("file", "requires improvement"),
            id="the page takes precedence over newer files",
        ),
        pytest.param(
            "2026-11-06", "file", ("file", "inadequate"), ("file", "requires improvement"),
            id="only ratings from files are requested",
        ),
        pytest.param(
            "2026-11-20", None, ("page", "inadequate"), ("file", "requires improvement"),
            id="a page that was read at the end of the day is used",
        ),
        pytest.param("2026-11-20", "page", ("page", "inadequate"), None, id="only ratings from pages are requested"),
    ],
)
def test_ratings_are_returned_as_they_were_known_on_a_day(
    on: str, source: str | None, larch: tuple[str, str] | None, other: tuple[str, str] | None, aged: httpx.Client
) -> None:
    found = known(aged, on=on, **({"source": source} if source else {}))
    assert (found.get(FALLEN), found.get("1-300000001")) == (larch, other)


def test_ratings_known_now_equal_the_ratings_in_lists(aged: httpx.Client) -> None:
    now = {one["location_id"]: one for one in all_of(aged, "/api/ratings")}
    assert now.keys() == {FALLEN, HOSTILE_ONE, "1-300000001", "1-300000002", "1-300000003", "1-300000009"}
    for one in aged.get("/api/services").json()["services"]:
        if one["location_id"] != UNREAD:
            same = ("name", "overall", "key_questions", "published", "special_measures", "archived")
            assert {name: now[one["location_id"]][name] for name in same} == {name: one[name] for name in same}
    assert now[FALLEN]["known_since"] == "2026-11-20T23:30:00Z" and now[FALLEN]["file"] is None
    assert (now["1-300000001"]["file"], now["1-300000001"]["known_since"]) == ("2026-11-05", None)
    assert now[FALLEN]["local_authority"] == "Leicestershire" and now[HOSTILE_ONE]["local_authority"] is None
    sheet = {one["location_id"]: one for one in rows(aged, "/api/ratings.csv?on=2026-11-20")}
    assert (sheet[FALLEN]["source"], sheet[FALLEN]["safe"]) == ("page", "inadequate")
    assert sheet[FALLEN]["known_since"] == "2026-11-20T23:30:00Z"


def test_the_page_of_an_unwatched_service_is_used_only_for_days_before_the_service_was_removed(
    aged: httpx.Client, world: World, fallen: Pages
) -> None:
    done(world, "watch", "remove", "North team", FALLEN)
    fallen.clock.later = timedelta(days=3)
    assert known(aged)[FALLEN] == ("file", "inadequate")
    assert known(aged, on="2026-11-05")[FALLEN] == ("file", "good"), "the file's rating is newer than the page's"
    history = table(RegisterHistoryRow)
    with writing(fallen.app.store.engine) as connection:
        connection.execute(update(history).where(history.c.location_id == FALLEN).values(published=date(2015, 6, 1)))
    assert known(aged, on="2026-11-05")[FALLEN] == ("page", "good")


@pytest.mark.usefixtures("each_database")
def test_the_page_of_a_service_that_is_watched_again_is_not_used_for_the_days_in_between(
    aged: httpx.Client, world: World, fallen: Pages
) -> None:
    history, service, snapshot = table(RegisterHistoryRow), table(ServiceRow), table(SnapshotRow)
    fell = (history.c.location_id == FALLEN) & (history.c.as_of == NOV)
    with writing(fallen.app.store.engine) as connection:  # the page was read on 12 October, and a file has a newer rating
        connection.execute(update(history).where(fell).values(published=date(2026, 11, 3)))
        connection.execute(delete(snapshot).where(snapshot.c.location_id == FALLEN, snapshot.c.seq > 1))
    assert known(aged, on="2026-11-10")[FALLEN] == ("page", "good"), "the service was watched all the time"
    done(world, "watch", "remove", "North team", FALLEN)
    last = datetime(2026, 10, 12, 12, tzinfo=UTC)
    with writing(fallen.app.store.engine) as connection:
        connection.execute(update(service).where(service.c.location_id == FALLEN).values(looked_at=last, read_at=last, seq=1))
    assert known(aged, on="2026-11-10")[FALLEN] == ("file", "inadequate")
    done(world, "watch", "add", "North team", FALLEN)
    assert known(aged, on="2026-11-10")[FALLEN] == ("file", "inadequate"), "the service was not watched on that day"
    assert known(aged, on="2026-11-10", source="page")[FALLEN] == ("page", "good")
    assert known(aged)[FALLEN] == ("file", "inadequate"), "the service was not read again yet"
    read = fallen.clock()
    with writing(fallen.app.store.engine) as connection:
        connection.execute(update(service).where(service.c.location_id == FALLEN).values(looked_at=read, read_at=read))
    fallen.clock.later = timedelta(hours=1)
    assert known(aged)[FALLEN] == ("page", "good"), "the service was read again, and had not changed"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        pytest.param("/api/ratings?on=soon", "on", id="a word in place of a day"),
        pytest.param("/api/ratings?limit=2001", "limit", id="too many entries at once"),
        pytest.param("/api/areas?cursor=Atlantis", "cursor", id="a word in place of a cursor"),
        pytest.param("/api/register/history?cursor=1-300000001/soon", "cursor", id="a cursor with a word in place of a day"),
        pytest.param("/api/register?authority=Leeds", "authority", id="a misspelt parameter"),
    ],
)
def test_the_answer_names_the_unusable_parameter(path: str, says: str, program: httpx.Client) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert says in json.dumps(answer.json(), ensure_ascii=False)


@pytest.mark.usefixtures("each_database")
def test_both_databases_give_the_same_answers(aged: httpx.Client) -> None:
    assert known(aged, on="2026-11-06")[FALLEN] == ("page", "good")
    assert known(aged)["1-300000001"] == ("file", "requires improvement")
    assert len(all_of(aged, "/api/register/history")) == 7
    assert len(all_of(aged, "/api/register", rating="unrated")) == 2
    (figure,) = aged.get("/api/areas", params={"as_at": "2026-10-31", "kind": "England", "limit": 1}).json()["areas"]
    assert (figure["sector"], figure["services"], figure["good"], figure["beds"]) == ("care home", 3, 2, 60)


@pytest.mark.parametrize("path", ["/api/register", "/api/register/history", "/api/register.csv"])
def test_an_authority_may_be_spelt_as_on_the_command_line_and_an_unknown_authority_is_refused(
    program: httpx.Client, path: str
) -> None:
    for name in ("leicestershire", "Leicestershire County Council"):
        same = program.get(path, params={"local_authority": name})
        assert same.status_code == 200 and same.text == program.get(path, params={"local_authority": "Leicestershire"}).text
    for name, likely in (("Atlantis", "“Atlantis”."), ("stoke", "(nearest: Stoke-on-Trent)")):
        answer = program.get(path, params={"local_authority": name})
        assert answer.status_code == 422 and likely in answer.json()["detail"]


def test_an_unknown_region_is_refused(program: httpx.Client) -> None:
    assert program.get("/api/register", params={"region": "East (ADASS Region)"}).status_code == 200
    answer = program.get("/api/register", params={"region": "Wessex"})
    assert answer.status_code == 422 and "The regions are East, East Midlands" in answer.json()["detail"]


def test_a_type_or_brand_may_be_spelt_freely_and_an_unknown_word_is_refused(program: httpx.Client) -> None:
    same = program.get("/api/register", params={"type": "homecare"})
    assert same.text == program.get("/api/register", params={"type": "Homecare agencies"}).text
    after = {"type": "homecare", "cursor": "1-300000002"}
    assert program.get("/api/register", params=after).json()["services"] == [], "the previous batch contained the last service"
    for path in ("/api/register", "/api/register.csv"):
        for field, word in (("type", "Windmills"), ("brand", "Nobody")):
            answer = program.get(path, params={field: word})
            assert answer.status_code == 422 and f"{field}: the register has no" in answer.json()["detail"]
