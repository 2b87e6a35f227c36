"""Tests that the program can show and erase everything that is stored about a person, on SQLite and PostgreSQL."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, update

from monitor.app import build
from monitor.mailbox import ERASED
from monitor.own_facts import OwnFacts
from monitor.settings import load
from monitor.store.database import opened, reading, writing
from monitor.store.people import Role
from monitor.store.personal_data import OF_CQC, tables
from monitor.store.tables import AuditRow, MessageRow, PersonRow, SignInLinkRow, ToldRow, WatchlistRow, metadata, table
from tests.conftest import World
from tests.simulated.services import Service

pytestmark = pytest.mark.usefixtures("each_database")

LEAD, OTHER = "Lead@council.example", "other@council.example"
HOME = "1-2235535718"


@pytest.fixture
def engine(world: World, each_database: str) -> Iterator[Engine]:
    """A database with two people. The first person signed in, subscribed, got an alert, acknowledged an event, and made a key and
    a feed."""
    world.site.add([Service(location_id=HOME, name="Oak House")])
    world.done("watch", "add", "Homes", HOME)
    for one in (LEAD, OTHER):
        world.done("subscribe", "Homes", f"mailto:{one}")
    world.done("subscribe", "Homes", f"slack:{world.slack.url}/services/T0/B0/secret")
    world.done("check")
    app = build(load())
    now = datetime.now(UTC)
    lead = app.store.people.invite(LEAD.lower(), Role.OPERATOR, None, now)
    app.store.people.invite(OTHER, Role.READER, lead.id, now)
    for one in (LEAD.lower(), OTHER):
        app.store.people.use_link(app.store.people.new_link(one, now=now), browser="Firefox", may_join=(), now=now)
    app.store.people.ask_link(LEAD.lower(), client="abc", next_page=None, now=now)
    app.store.keys.make(lead, "reports", now)
    world.site.services[HOME].inspect(on=date(2026, 9, 1), published=date(2026, 11, 1), overall="Inadequate")
    for command in ("check", "check", "deliver"):
        world.run(command)
    event = json.loads(world.done("events", "--json"))[0]["id"]
    app.store.acknowledgements.acknowledge([event], lead.id, f"I have called them. {LEAD}", now)
    app.store.own_facts.replace("Homes", [OwnFacts(location_id=HOME, contract_officer=LEAD, as_of=now.date())], lead.id, now)
    report = app.store.saved_reports.save(f"Report of {LEAD}", "area=Leeds", lead.id, now)
    app.store.saved_reports.send_to(app.store.saved_reports.every()[0], lead.id, True)
    app.store.saved_reports.set_template("house.docx", b"PK", lead.id, now)
    assert report == app.store.saved_reports.every()[0].id
    app.store.close()
    engine = opened(each_database)
    yield engine
    engine.dispose()


def everything(engine: Engine) -> str:
    """Returns all values in all tables as one text."""
    with reading(engine) as connection:
        rows = [row for one in metadata().sorted_tables for row in connection.execute(select(one)).all()]
    return "\n".join(str(value) for row in rows for value in row)


def counted(engine: Engine, of: Any) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(of)).scalar_one())


def test_every_table_is_searched_or_listed_as_without_personal_data() -> None:
    assert {one.name for one in metadata().sorted_tables} >= OF_CQC
    assert {one.name for one in tables()} == {
        "acknowledgement", "api_key", "audit", "bounce", "case_log", "case_step", "column_choice",
        "drill_receiver", "ended_subscription", "feed_key", "kept_form", "letter_template", "message", "own_fact",
        "own_fact_reader", "person", "report_reader", "report_template", "saved_report", "saved_setting", "saved_view",
        "service_case", "session", "sign_in_link", "subscription", "suspension_review", "switched_off", "told", "watchlist",
        "webhook_secret",
    }  # fmt: skip


def test_data_about_a_person_is_shown_without_hashes_and_other_peoples_data(world: World, engine: Engine) -> None:
    shown = json.loads(world.done("person", "export", LEAD))
    assert shown.keys() >= {"person", "session", "sign_in_link", "api_key", "subscription", "message", "told", "acknowledgement"}
    # The second row is shown because it contains the lead's id: the lead invited this person.
    assert [one["role"] for one in shown["person"]] == ["operator", "reader"]
    assert shown["session"][0]["browser"] == "Firefox" and datetime.fromisoformat(shown["session"][0]["created_at"])
    assert [one["contract_officer"] for one in shown["own_fact"]] == [LEAD]
    assert [one["query"] for one in shown["saved_report"]] == ["area=Leeds"] and len(shown["report_reader"]) == 1
    assert shown["subscription"][0]["address"] == f"mailto:{LEAD}" and len(shown["told"]) == 2
    assert not [name for rows in shown.values() for row in rows for name in row if "hash" in name or "key" in name]
    assert "secret" not in json.dumps(shown)
    nobody = "nobody@council.example"
    assert world.run("person", "export", nobody) == (0, "{}\n", f"Nothing is stored about {nobody}.\n")


def test_the_exported_file_is_new_and_only_the_user_who_made_it_can_read_it(world: World, engine: Engine) -> None:
    file = world.folder / "lead.json"
    world.done("person", "export", LEAD, "--to", str(file))
    assert file.stat().st_mode & 0o777 == 0o600 and json.loads(file.read_text())["person"]
    status, out, err = world.run("person", "export", LEAD, "--to", str(file))
    assert (status, out, err.count("\n")) == (2, "", 1) and "File exists" in err


def test_erasing_without_the_option_yes_changes_nothing(world: World, engine: Engine) -> None:
    before = everything(engine)
    said = world.done("person", "erase", LEAD)
    assert said.startswith("With --yes, this command would do the following:\n")
    assert "Subscriptions ended: Homes." in said and "Nothing was changed." in said
    assert everything(engine) == before


def test_the_name_that_will_replace_an_address_is_not_shown_before_the_erasure(world: World, engine: Engine) -> None:
    world.done("subscribe", "Homes", "mailto:subscriber@council.example")
    said = world.done("person", "erase", "subscriber@council.example")
    assert "All records show a name without meaning in place of this person's address" in said and ERASED not in said


def test_erasing_a_person_removes_all_their_data_and_nothing_else(world: World, engine: Engine) -> None:
    app = build(load())
    app.store.people.invite("third@council.example", Role.OPERATOR, None, datetime.now(UTC))
    app.store.close()
    person = table(PersonRow)
    with writing(engine) as connection:
        own = person.c.email == LEAD.lower()
        connection.execute(update(person).where(own).values(issuer="https://login.example", subject="their-own-id"))
    assert LEAD.lower() in everything(engine).lower()
    told, written = counted(engine, table(ToldRow)), counted(engine, table(AuditRow))
    said = world.done("person", "erase", LEAD, "--yes")
    name = f"erased-1@{ERASED}"
    assert f"All records show {name} in place of this person's address" in said
    after = everything(engine).lower()
    assert "their-own-id" not in after
    app = build(load())
    (report,), template = app.store.saved_reports.every(), app.store.saved_reports.template()
    app.store.close()
    assert (report.owner, report.readers) == (None, frozenset()) and template is not None
    assert LEAD.lower() not in after and OTHER in after and "i have called them." in after and name in after
    assert counted(engine, table(ToldRow)) == told and counted(engine, table(AuditRow)) == written + 1
    assert world.done("person", "export", LEAD) == "{}\n"
    assert "Nothing is stored" in world.done("person", "erase", LEAD, "--yes")
    # Nothing is sent to the name that replaces the address, not even a correction.
    event = json.loads(world.done("events", "--json"))[0]["id"]
    world.run("correct", event, "--why", "mixed up")
    world.done("deliver")
    assert {one for mail in world.mail.mails[-1:] for one in mail.recipients} == {OTHER}
    assert name not in json.dumps([mail.recipients for mail in world.mail.mails])


def test_waiting_messages_to_an_erased_person_are_dropped(world: World, engine: Engine) -> None:
    app = build(load())
    now = datetime.now(UTC)
    app.store.people.invite("third@council.example", Role.OPERATOR, None, now)
    app.store.outbox.sign_in(LEAD.lower(), "token", until=now + timedelta(hours=1), invitation=False, now=now)
    app.store.close()
    assert "Messages to this person that will not be sent: 1." in world.done("person", "erase", LEAD, "--yes")
    sent = len(world.mail.mails)
    world.done("deliver")
    assert len(world.mail.mails) == sent


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        ((), "There must be an operator"),
        (("OPERATOR", f"mailto:{LEAD}"), "OPERATOR is lead@council.example: set OPERATOR to another address first"),
    ],
)
def test_the_last_operator_and_the_address_in_the_setting_operator_are_not_erased(
    world: World, engine: Engine, monkeypatch: pytest.MonkeyPatch, prepare: tuple[str, ...], says: str
) -> None:
    if prepare:
        monkeypatch.setenv(*prepare)
    before = everything(engine)
    status, out, err = world.run("person", "erase", LEAD, "--yes")
    assert (status, out, err.count("\n")) == (2, "", 1) and says in err
    assert everything(engine) == before


def test_an_address_in_a_setting_that_was_saved_on_the_pages_is_not_erased(world: World, engine: Engine) -> None:
    app = build(load())
    app.store.saved_settings.save({"contact": f"write to {OTHER}"}, 1, datetime.now(UTC))
    app.store.close()
    status, out, err = world.run("person", "erase", OTHER, "--yes")
    assert (status, out) == (2, "") and "CONTACT is set to this address on the web pages" in err and OTHER in everything(engine)


def test_the_last_person_who_is_alerted_is_erased_only_with_an_explicit_option(world: World, engine: Engine) -> None:
    world.done("watch", "add", "Alone", HOME)
    world.done("subscribe", "Alone", f"mailto:{OTHER}")
    before = everything(engine)
    status, _, err = world.run("person", "erase", OTHER, "--yes")
    assert status == 2 and "nobody would be alerted about Alone: subscribe somebody else first" in err
    assert everything(engine) == before
    said = world.done("person", "erase", OTHER, "--yes", "--even-the-last")
    assert "Nobody is alerted any more about: Alone." in said and OTHER not in everything(engine)


def test_people_and_logs_are_erased_at_the_end_of_their_retention_period(world: World, engine: Engine) -> None:
    app, now = build(load()), datetime.now(UTC)
    third = app.store.people.invite("third@council.example", Role.READER, None, now)
    app.store.people.end(third.id, None, now)
    fourth = app.store.people.invite("fourth@council.example", Role.READER, None, now)
    app.store.people.end(fourth.id, None, now)
    person, message, told = table(PersonRow), table(MessageRow), table(ToldRow)
    with writing(engine) as connection:
        long_ago = now - timedelta(days=800)
        connection.execute(update(person).where(person.c.id == third.id).values(ended_at=long_ago))
        connection.execute(update(told).where(told.c.address == f"mailto:{LEAD}").values(at=long_ago))
        connection.execute(update(message).where(message.c.address == f"mailto:{LEAD}").values(created_at=long_ago))
        connection.execute(insert(table(AuditRow)).values(at=long_ago, what="looked at", about="something"))
    since = now - timedelta(days=730)
    assert not app.store.personal_data.remove_old(None, None, now)
    removed = app.store.personal_data.remove_old(since, since, now)
    assert (removed.people, removed.told, removed.audit, removed.messages) == (1, 2, 1, 2)
    assert not app.store.personal_data.remove_old(since, since, now)
    app.store.close()
    left = everything(engine)
    assert "third@council.example" not in left and "fourth@council.example" in left
    with reading(engine) as connection:  # the rows stay, so no event is sent again
        kept = connection.execute(select(message.c.said).where(message.c.address == f"mailto:former@{ERASED}")).all()
    assert len(kept) == 2 and not any(one.said for one in kept)
    sent = len(world.mail.mails)
    world.done("check")
    world.done("deliver")
    assert len(world.mail.mails) == sent
    assert counted(engine, table(SignInLinkRow))


def test_old_drills_are_removed_with_their_addresses(world: World, engine: Engine) -> None:
    app, now = build(load()), datetime.now(UTC)
    long_ago = now - timedelta(days=800)
    for at in (long_ago, now):
        app.store.drills.start("Homes", None, at)
    since = now - timedelta(days=730)
    assert app.store.personal_data.remove_old(since, None, now).drills == 0
    assert app.store.personal_data.remove_old(None, since, now).drills == 3
    assert [one.started_at for one in app.store.drills.of("Homes")] == [now]
    app.store.close()


@pytest.mark.parametrize(
    "theirs", ["j.lead@council.example", "lead@council.example.org", "lead@council.example-trust.uk", "xlead@council.example"]
)
def test_a_person_whose_address_contains_the_given_address_is_neither_erased_nor_shown(
    world: World, engine: Engine, theirs: str
) -> None:
    app, now = build(load()), datetime.now(UTC)
    app.store.people.invite("third@council.example", Role.OPERATOR, None, now)
    app.store.people.invite(theirs, Role.EDITOR, None, now)
    app.store.close()
    world.done("subscribe", "Homes", f"mailto:{theirs}")
    assert theirs not in world.done("person", "export", LEAD)
    world.done("person", "erase", LEAD, "--yes")
    assert LEAD.lower() not in everything(engine).lower().replace(theirs, "")
    shown = json.loads(world.done("person", "export", theirs))
    assert [one["email"] for one in shown["person"]] == [theirs]
    assert [one["address"] for one in shown["subscription"]] == [f"mailto:{theirs}"]
    world.done("deliver")
    assert any(theirs in mail.recipients for mail in world.mail.mails)


def test_part_of_an_address_finds_nobody(world: World, engine: Engine) -> None:
    before = everything(engine)
    for part in ("ead@council.example", "d@council.example", "lead@council.exampl.uk"):
        assert "Nothing is stored about" in world.done("person", "erase", part, "--yes")
    assert everything(engine) == before


def test_a_second_address_and_the_operators_address_are_not_erased_until_replaced(world: World, engine: Engine) -> None:
    app, now = build(load()), datetime.now(UTC)
    third = app.store.people.invite("third@council.example", Role.READER, None, now)
    app.store.people.end(third.id, None, now)
    watchlist, person = table(WatchlistRow), table(PersonRow)
    with writing(engine) as connection:
        connection.execute(update(watchlist).values(second_address="mailto:third@council.example"))
        connection.execute(update(person).where(person.c.id == third.id).values(ended_at=now - timedelta(days=800)))
    before = everything(engine)
    status, out, err = world.run("person", "erase", "third@council.example", "--yes")
    assert (status, out) == (2, "") and "the second address of Homes: choose another second address first" in err
    assert not app.store.personal_data.remove_old(now - timedelta(days=730), None, now)
    assert everything(engine) == before
    with writing(engine) as connection:
        connection.execute(update(watchlist).values(second_address=None))
    operator = "mailto:Third@council.example"
    assert not app.store.personal_data.remove_old(now - timedelta(days=730), None, now, operator)
    assert app.store.personal_data.remove_old(now - timedelta(days=730), None, now).people == 1
    app.store.close()
