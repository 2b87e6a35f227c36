"""`cqc-monitor verify` compares readings of the simulated site with CQC's files. These tests run the real program, on both
databases."""

import asyncio
import json
import os
import re
import shlex
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from monitor.app import build, build_site, now
from monitor.cqc.reader import Reader
from monitor.daemon import Daemon
from monitor.detect.agreement import Comparison, Outcome, Verified
from monitor.jobs.fetch import Fetcher
from monitor.jobs.verify import AT_ONCE, IN_A_ROW, Verifier
from monitor.ratings import KeyQuestion
from monitor.register.entries import FileKind
from monitor.settings import Settings
from monitor.store import Store, store_in
from monitor.store.database import opened, reading, writing
from monitor.store.tables import PageRow, RegisterHistoryRow, RegisterRow, VerificationRow, VerificationRunRow, table
from monitor.store.vault import Vault
from monitor.store.verifications import AGAIN, KEPT
from tests.conftest import World
from tests.registered import care, note_files, take
from tests.simulated.register import England
from tests.simulated.server import Answer, Fault, status
from tests.simulated.services import QUESTIONS, Entry, Question, Service, questions

_page, _verification = table(PageRow), table(VerificationRow)
PUBLISHED, FILE = date(2025, 6, 1), date(2025, 11, 5)
RATINGS = ("Good", "Requires improvement", "Outstanding", "Inadequate")


def ids(count: int) -> list[str]:
    return [f"1-{1_000_000_001 + n}" for n in range(count)]


def published(one: str, overall: str = "Good", on: date = PUBLISHED, **named: str | None) -> Service:
    service = Service(location_id=one, name=f"Home {one}")
    service.newest.overall, service.newest.published = overall, on
    service.newest.questions = questions(overall, **named)
    return service


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world, once on SQLite and once on PostgreSQL."""
    if request.param == "postgresql":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("postgresql"))
    return world


@pytest.fixture
def store(either: World) -> Iterator[Store]:
    """The store of the world."""
    either.done("watch", "list")
    engine = opened(Settings().database_url)
    yield store_in(engine, Vault("a secret for the tests"))
    engine.dispose()


def file_taken(store: Store, entries: list[Any], on: date = FILE, kind: FileKind = FileKind.RATINGS) -> None:
    """Loads a file of a day into the register. By default it is a file of ratings."""
    take(store.engine, [(on, entries)])
    note_files(store.engine, on, kind)


def told(world: World, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, err = world.run("verify", *arguments, "--json")
    assert out, err
    return code, json.loads(out)


def outcomes(said: dict[str, Any]) -> dict[str, str]:
    return {one["location_id"]: one["outcome"] for one in said["services"]}


def changed(edit: Callable[[str], str]) -> Fault:
    """Returns a fault that edits the text of each answer."""
    return lambda answer: replace(answer, body=edit(answer.body.decode()).encode())


def test_verify_says_that_all_readings_agree_and_neither_changes_nor_sends_anything(either: World, store: Store) -> None:
    every = ids(12)
    either.site.add(published(one, RATINGS[n % 4]) for n, one in enumerate(every))
    file_taken(store, [care(one, RATINGS[n % 4].lower(), published=PUBLISHED) for n, one in enumerate(every)])
    either.done("watch", "add", "Leeds", *every)
    before = [store.services.remembered(one) for one in every]
    out = either.done("verify")
    assert out.splitlines() == [
        "12 services: the readings of 12 agree with CQC's file of 5 November 2025.",
        "",
        "Among the last 12 services that could be compared: "
        "readings of 12 of 12 services agree with CQC's file of 5 November 2025.",
    ]
    assert [store.services.remembered(one) for one in every] == before
    assert store.services.events() == [] and either.mail.mails == []
    assert len(either.site.asked("/location/")) == 12


def test_readings_are_compared_with_files_in_the_form_that_cqc_publishes(either: World) -> None:
    england = England(seed=5, services=170)
    files = england.write(either.folder)
    either.done("register", "import", *map(str, files))
    places = [one for one in england.places() if not one.divided]
    for place in places:
        service = Service(location_id=place.location_id, name=place.name.strip(), newest=Entry(overall=None, questions={}))
        for _, told_of in place.told:
            shown = [one.value.capitalize() if one else None for one in told_of.ratings]
            service.newest.overall, service.newest.published = shown[5], told_of.published
            service.newest.questions = {name: Question(rating=one) for name, one in zip(QUESTIONS, shown, strict=False)}
        either.site.add([service])
    code, said = told(either, *(one.location_id for one in places))
    found = outcomes(said)
    assert code == 0 and said["file_date"] == england.monthly_on(0).isoformat()
    assert {one.location_id for one in places if one.told} == {one for one, outcome in found.items() if outcome == "agrees"}
    assert {one.location_id for one in places if not one.told} == {
        one for one, outcome in found.items() if outcome == "not rated in either"
    }


def test_the_pages_of_an_assessment_are_compared_with_the_file(either: World, store: Store) -> None:
    (one,) = ids(1)
    service = published(one)
    service.assess(on=date(2025, 7, 1), overall="Requires improvement", report="AP2002", scores={"Safe": 50}, safe="Inadequate")
    either.site.add([service])
    day = service.newest.published
    other: dict[str, Any] = dict.fromkeys([one.column for one in KeyQuestion], "good")
    file_taken(store, [care(one, "requires improvement", published=day, **other)])
    code, said = told(either, one)
    assert code == 1
    assert [(each["of"], each["file"]) for each in said["services"][0]["differences"]] == [("safe", "good")]


@pytest.fixture
def three(either: World, store: Store) -> list[str]:
    """Three services. CQC's page and CQC's file state the same about each."""
    every = ids(3)
    either.site.add(published(one, "Requires improvement", safe="Good") for one in every)
    file_taken(store, [care(one, "requires improvement", safe="good", published=PUBLISHED) for one in every])
    either.done("watch", "add", "Leeds", *every)
    return every


def hidden(text: str) -> str:
    """Moves the key questions of a page into attributes, whose text a style sheet shows in a browser."""
    for question in KeyQuestion:
        label = re.escape(question.value)
        text = re.sub(rf"(?is)<(li|tr|p|div|dt|h3|a|span)\b[^>]*>(?:(?!</\1>).)*?\b{label}\b(?:(?!</\1>).)*?</\1>", _hide, text)
    return text


def _hide(found: re.Match[str]) -> str:
    return f'<i data-shown="{re.sub("[^A-Za-z ]", "", re.sub("<[^>]*>", " ", found[0]))[:80]}"></i>'


def test_key_questions_that_are_only_in_attributes_are_reported(either: World, three: list[str]) -> None:
    either.site.fail(changed(hidden), path=f"/location/{three[0]}")
    code, said = told(either)
    assert code == 1
    assert outcomes(said) == {three[0]: "not read on the page"} | dict.fromkeys(three[1:], "agrees")
    named = [each["of"] for each in said["services"][0]["differences"]]
    assert named and "overall" not in named and all(each["page"] is None for each in said["services"][0]["differences"])


def test_swapped_ratings_are_reported_with_the_command_that_saves_the_page(either: World, three: list[str]) -> None:
    either.site.services[three[0]].newest.questions = questions("Requires improvement", caring="Good")
    code, out, err = either.run("verify")
    assert code == 1 and err == ""
    assert out.splitlines()[0] == "3 services: the readings of 2 agree with CQC's file of 5 November 2025; differs: 1."
    assert "  safe: read requires improvement, CQC's file says good" in out
    assert "  caring: read good, CQC's file says requires improvement" in out
    command = f"cqc-monitor capture {three[0]} --expect safe=good --expect 'caring=requires improvement'"
    assert command in out
    assert either.run(*shlex.split(command)[1:])[0] == 0
    (case,) = (either.folder / "state/captured/expected.jsonl").read_text().splitlines()
    assert json.loads(case)["expect"] == {"ratings": {"safe": "good", "caring": "requires improvement"}}


def test_the_program_proposes_to_retract_an_event_that_the_file_contradicts(either: World, store: Store) -> None:
    (one,) = ids(1)
    either.site.add([published(one)])
    either.done("watch", "add", "Leeds", one)
    either.done("check")
    either.site.services[one] = published(one, "Inadequate", on=PUBLISHED + timedelta(days=90))
    either.done("check")
    file_taken(store, [care(one, "requires improvement", published=PUBLISHED + timedelta(days=90))])
    assert either.run("verify", one)[0] == 1
    events = {one.event.id: one.reason for one in store.corrections.open_proposals()}
    assert len(events) >= 1
    assert "read on the page: inadequate; stated by CQC's file of 5 November 2025: requires improvement" in events.values()
    status, out, _ = either.run("status")
    assert status == 1 and ("seems to have been wrong" in out or "seem to have been wrong" in out)


def test_an_old_rating_from_a_cache_is_reported(either: World, store: Store) -> None:
    (one,) = ids(1)
    either.site.add([published(one, "Good", on=date(2023, 4, 18))])
    old = either.site.as_now(one)
    file_taken(store, [care(one, "inadequate", published=PUBLISHED)])
    either.site.services[one] = published(one, "Inadequate")
    assert told(either, one)[0] == 0
    either.site.fail(old, path=f"/location/{one}")
    code, said = told(either, one)
    assert code == 1 and outcomes(said) == {one: "the page is older than the file"}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(status(404), "404"), (status(503), "503"), (lambda _: Answer(body=b"<html><body>Hello</body></html>"), "not understood")],
)
def test_a_page_that_cannot_be_read_is_reported_with_the_reason(
    either: World, three: list[str], fault: Fault, reason: str
) -> None:
    either.site.fail(fault, path=f"/location/{three[1]}")
    code, said = told(either)
    assert code == 1 and outcomes(said)[three[1]] == "could not be read"
    assert reason in said["services"][1]["reason"]
    assert said["agreement"]["compared"] == 2 and not said["agreement"]["probably_misread"]


def test_a_page_of_another_service_is_not_compared(either: World, three: list[str]) -> None:
    either.site.fail(either.site.another(three[0]), path=f"/location/{three[1]}")
    assert outcomes(told(either)[1])[three[1]] == "could not be read"


def test_without_a_file_verify_says_that_there_is_nothing_to_compare_with(either: World) -> None:
    code, out, err = either.run("verify", "1-1000000001")
    assert (code, out) == (2, "")
    assert err == "cqc-monitor: there is no CQC file to compare with: fetch the files with cqc-monitor register refresh\n"


def test_with_a_directory_alone_verify_says_that_there_are_no_ratings_to_compare_with(either: World, store: Store) -> None:
    file_taken(store, [care("1-1000000001")], kind=FileKind.DIRECTORY)
    assert either.run("verify", "1-1000000001")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing is watched"),
        (["1-1000000001", "--sample", "3"], "not both"),
        (["--sample", "0"], "not a number"),
        (["nonsense"], "not a location id"),
    ],
)
def test_unusable_arguments_give_a_one_line_error(either: World, store: Store, arguments: list[str], said: str) -> None:
    file_taken(store, [care("1-1000000001", published=PUBLISHED)])
    code, out, err = either.run("verify", *arguments)
    assert (code, out) == (2, "") and said in err and err.count("\n") == 1


def test_if_nothing_could_be_compared_verify_does_not_say_that_all_agree(either: World, store: Store) -> None:
    (one,) = ids(1)
    either.site.add([published(one, "Good", on=FILE + timedelta(days=20))])
    file_taken(store, [care(one, published=PUBLISHED)])
    code, out, _ = either.run("verify", one)
    assert code == 2
    assert "published since the file: 1" in out and "None of these services could be compared" in out


def test_a_home_that_is_registered_twice_is_compared_with_both_entries_in_the_file(either: World, store: Store) -> None:
    one, other = ids(2)
    either.site.add([published(one, "Requires improvement"), published(other, "Requires improvement")])
    file_taken(store, [care(one, primary_id=other), care(other, "requires improvement", published=PUBLISHED)])
    assert outcomes(told(either, one, other)[1]) == {one: "registered twice", other: "agrees"}


def test_two_ratings_published_on_one_day_are_not_reported_as_a_difference(either: World, store: Store) -> None:
    (one,) = ids(1)
    either.site.add([published(one, "Good")])
    file_taken(store, [care(one, "good", safe="requires improvement", twofold=("safe",), published=PUBLISHED)])
    assert outcomes(told(either, one)[1]) == {one: "two ratings on one day"}


# A sample, and a run that is interrupted


def test_a_sample_contains_only_services_in_the_file(either: World, store: Store) -> None:
    every = ids(30)
    either.site.add(published(one, RATINGS[n % 4]) for n, one in enumerate(every))
    file_taken(store, [care(one, RATINGS[n % 4].lower(), published=PUBLISHED) for n, one in enumerate(every)])
    code, said = told(either, "--sample", "8")
    assert code == 0 and said["asked"] == said["done"] == said["agreeing"] == 8
    assert set(outcomes(said)) <= set(every)
    assert told(either, "--sample", "100")[1]["done"] == 30


def interrupting(world: World, after: int) -> Fault:
    """Returns a fault that presses Ctrl-C at the answer with this number."""
    seen: list[int] = []

    def fault(answer: Answer) -> Answer:
        seen.append(1)
        if len(seen) == after:
            os.kill(os.getpid(), signal.SIGINT)
        return answer

    return fault


def test_a_run_that_was_interrupted_continues_where_it_stopped(either: World, store: Store) -> None:
    every = ids(12)
    either.site.add(published(one) for one in every)
    file_taken(store, [care(one, published=PUBLISHED) for one in every])
    either.site.fail(interrupting(either, 5), path="/location/")
    code, out, err = either.run("verify", *every)
    assert code == 130 and re.search(r"interrupted: (\d+) of 12 services are still to be compared", err)
    either.site.heal()
    done = len(either.site.asked("/location/"))
    assert 5 <= done < 12
    code, out, err = either.run("verify", *every)
    assert code == 0 and f"Continuing the interrupted run: {done} of 12 services have been compared." in err
    assert out.startswith("12 services: the readings of 12 agree with CQC's file")
    assert len(either.site.asked("/location/")) == 12
    either.done("verify", *every)  # a run that finished is not continued
    assert len(either.site.asked("/location/")) == 24


def test_an_interrupted_run_can_be_started_from_the_beginning(either: World, store: Store) -> None:
    every = ids(6)
    either.site.add(published(one) for one in every)
    file_taken(store, [care(one, published=PUBLISHED) for one in every])
    either.site.fail(interrupting(either, 2), path="/location/")
    assert either.run("verify", *every)[0] == 130
    either.site.heal()
    before = len(either.site.asked("/location/"))
    code, _, err = either.run("verify", "--anew", *every)
    assert (code, err, len(either.site.asked("/location/"))) == (0, "", before + 6)


def test_an_outage_of_the_site_ends_the_run_and_the_rest_is_read_later(either: World, store: Store) -> None:
    every = ids(12)
    either.site.add(published(one) for one in every)
    file_taken(store, [care(one, published=PUBLISHED) for one in every])
    either.site.fail(status(503), path="/location/")
    code, _, err = either.run("verify", *every)
    assert code == 1 and "CQC's site can't be read" in err and "12 of 12 services are still to be compared" in err
    assert len(either.site.asked("/location/")) <= IN_A_ROW + AT_ONCE
    with reading(store.engine) as connection:
        assert connection.execute(select(table(VerificationRow))).all() == []
        assert len(connection.execute(select(table(VerificationRunRow))).all()) == 1
    either.site.heal()
    assert either.run("verify", *every)[0] == 0


# What is stored


def result(one: str, at: datetime, outcome: Outcome = Outcome.AGREES) -> Verified:
    return Verified(location_id=one, at=at, file_date=FILE, comparison=Comparison(outcome=outcome))


def test_old_comparisons_are_deleted_and_a_new_comparison_replaces_the_last(store: Store) -> None:
    now = datetime(2026, 11, 29, 9, tzinfo=UTC)
    kept = store.verifications
    kept.record([result("1-1", now - KEPT - timedelta(days=1)), result("1-2", now - timedelta(days=1))], file=1, reader=2)
    kept.record([result("1-2", now, Outcome.DIFFERS)], file=1, reader=2)
    with reading(store.engine) as connection:
        rows = connection.execute(select(table(VerificationRow))).all()
    assert [(row.location_id, row.outcome) for row in rows] == [("1-2", "differs")]
    found = kept.agreement()
    assert (found.compared, found.agreeing, found.differing) == (1, 0, ("1-2",))


def test_one_unwatched_service_is_read_in_each_interval_however_many_workers_ask(store: Store) -> None:
    now, every = datetime(2026, 11, 29, 9, tzinfo=UTC), timedelta(minutes=72)
    may = store.verifications.may_read_another
    assert [may(now, every), may(now, every), may(now + timedelta(minutes=71), every)] == [True, False, False]
    assert may(now + every, every)
    assert may(now - timedelta(days=30), every)  # the clock had been wrong


# What the daemon compares automatically


@pytest.fixture
def read_once(either: World, store: Store) -> tuple[Verifier, list[str]]:
    """The daemon's verifier, and three watched services that were read. Page and file state the same about each."""
    every = ids(3)
    either.site.add(published(one) for one in every)
    either.done("watch", "add", "Leeds", *every)
    either.done("check")
    file_taken(store, [care(one, published=PUBLISHED) for one in every])
    either.site.requests.clear()
    site, reader = build_site(Settings()), Reader()
    return Verifier(Fetcher(site, reader), store.services, store.verifications, store.corrections, feed=None, clock=now), every


def compared_now(verifier: Verifier) -> dict[str, Outcome]:
    return {one.location_id: one.outcome for one in asyncio.run(verifier.watched())}


def test_watched_services_are_compared_once_with_each_file_and_without_a_request(
    either: World, store: Store, read_once: tuple[Verifier, list[str]]
) -> None:
    verifier, every = read_once
    assert compared_now(verifier) == dict.fromkeys(every, Outcome.AGREES)
    assert compared_now(verifier) == {}
    note_files(store.engine, FILE + timedelta(days=30), FileKind.DIRECTORY)  # a directory states no ratings
    assert compared_now(verifier) == {}
    note_files(store.engine, FILE + timedelta(days=30), FileKind.ACTIVE)
    assert compared_now(verifier) == dict.fromkeys(every, Outcome.AGREES)
    assert either.site.requests == []
    assert store.verifications.agreement().text == "readings of 3 of 3 services agree with CQC's file of 5 December 2025"


def test_a_page_is_compared_again_after_rereading_and_some_hours_after_a_difference(
    either: World, store: Store, read_once: tuple[Verifier, list[str]]
) -> None:
    verifier, every = read_once
    compared_now(verifier)
    with writing(store.engine) as connection:
        of_first = _page.c.location_id == every[0]
        connection.execute(update(_page).where(of_first).values(reader=1))
    assert list(compared_now(verifier)) == [every[0]]
    with writing(store.engine) as connection:
        mine = _verification.c.location_id == every[1]
        connection.execute(update(_verification).where(mine).values(outcome=Outcome.DIFFERS))
    assert compared_now(verifier) == {}
    with writing(store.engine) as connection:
        connection.execute(update(_verification).values(at=now() - AGAIN - timedelta(minutes=1)))
    assert compared_now(verifier) == {every[1]: Outcome.AGREES}


def test_only_unwatched_services_are_read_for_comparison_and_each_once_for_a_file(
    either: World, store: Store, read_once: tuple[Verifier, list[str]]
) -> None:
    verifier, watched = read_once
    others = [f"1-{2_000_000_001 + n}" for n in range(3)]
    either.site.add(published(one) for one in others)
    file_taken_too = [care(one, published=PUBLISHED) for one in others]
    with writing(store.engine) as connection:
        connection.execute(delete(table(RegisterHistoryRow)))
        connection.execute(delete(table(RegisterRow)))
    take(store.engine, [(FILE, [*file_taken_too, *(care(one, published=PUBLISHED) for one in watched)])])
    clock = [now()]
    later = Verifier(verifier._fetcher, store.services, store.verifications, store.corrections, feed=None, clock=lambda: clock[0])

    async def a_day() -> list[str]:
        found = []
        for _ in range(10):
            one = await later.another(20)
            found += [one.location_id] if one else []
            assert await later.another(20) is None  # the next comparison is not due yet
            clock[0] += timedelta(minutes=72)
        await verifier._fetcher._site.close()  # its connections belong to this event loop
        return found

    assert sorted(asyncio.run(a_day())) == others
    assert len(either.site.asked("/location/")) == 3


def test_while_watched_services_are_due_the_daemon_reads_no_unwatched_service(
    either: World, store: Store, read_once: tuple[Verifier, list[str]]
) -> None:
    _, watched = read_once
    other = "1-2000000001"
    either.site.add([published(other)])
    with writing(store.engine) as connection:
        connection.execute(delete(table(RegisterHistoryRow)))
        connection.execute(delete(table(RegisterRow)))
    take(store.engine, [(FILE, [care(one, published=PUBLISHED) for one in (other, *watched)])])

    async def at_work(*, looking: bool, **settings: int) -> int:
        app = build(Settings(**settings))  # type: ignore[arg-type]
        daemon = Daemon(app)
        daemon._looking = looking
        await daemon._verify()
        await app.close()
        return len(either.site.asked(f"/location/{other}"))

    assert asyncio.run(at_work(looking=True)) == 0
    assert store.verifications.agreement().agreeing == 3
    assert asyncio.run(at_work(looking=False, verify_others=0)) == 0
    assert asyncio.run(at_work(looking=False)) == 1
