"""Tests that the doctor finds what is wrong and says what to do, without showing a secret."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from monitor.detect.agreement import Comparison, Outcome, Verified
from monitor.register.entries import FileKind
from monitor.rota import Rota, Turn
from monitor.settings import Settings
from monitor.store import open_store
from monitor.store.database import connected
from monitor.store.people import Role
from monitor.store.vault import Vault
from monitor.store.verifications import Verifications
from tests.conftest import World
from tests.registered import care, note_files, take
from tests.simulated.oidc import OpenId
from tests.simulated.receivers import Mailbox
from tests.simulated.server import Answer, Fault, status
from tests.simulated.services import Service

HOME = "1-2235535718"


def dated(off: timedelta) -> Fault:
    """Returns a fault: the `Date` header of each answer is wrong by `off`."""
    return lambda answer: replace(
        answer, headers={**answer.headers, "Date": format_datetime(datetime.now(UTC) + off, usegmt=True)}
    )


@pytest.fixture
def well(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Returns a world in which nothing is wrong."""
    world.site.add([Service(location_id=HOME)])
    world.done("watch", "add", "Leeds", HOME)
    with connected(Settings().database_url) as engine:
        today = datetime.now(UTC).date()
        take(engine, [(today, [care(HOME, published=date(2023, 4, 18), on=today)])])
        note_files(engine, today, FileKind.ACTIVE, FileKind.RATINGS)
    world.done("verify")
    world.site.requests.clear()
    world.done("subscribe", "Leeds", "mailto:lead@council.example")
    world.done("subscribe", "Leeds", f"slack:{world.slack.url}/services/T0/B0/s3cr3ts3cr3t")
    world.done("check")
    world.site.requests.clear()
    for name, value in (
        ("OPERATOR", "mailto:oncall@council.example"),
        ("PUBLIC_URL", "https://monitor.council.example"),
        ("HEARTBEAT_URL", f"{world.slack.url}/ping/s3cr3t"),
    ):
        monkeypatch.setenv(name, value)
    return world


def examined(world: World) -> tuple[int, dict[str, tuple[str, str]]]:
    """Returns the doctor's exit status, and the state and the text of each check."""
    code, out, err = world.run("doctor", "--json")
    assert err == "" and "s3cr3t" not in out
    rows = json.loads(out)
    return code, {row["check"]: (row["state"], row["says"]) for row in rows}


def test_on_a_healthy_monitor_every_check_is_ok_and_nothing_is_sent(well: World) -> None:
    code, found = examined(well)
    assert code == 0 and {state for state, _ in found.values()} == {"ok"}
    assert {"database", "schema", "SECRET_KEY", "addresses", "email", "robots.txt", "CQC's site", "clock", "time zone"} <= set(
        found
    )
    assert well.mail.mails == [] and well.slack.requests == []
    assert len(well.site.requests) == 2


def test_the_output_has_a_line_for_each_finding(well: World) -> None:
    lines = well.done("doctor").splitlines()
    assert all(line.startswith("ok     ") and ": " in line for line in lines) and len(lines) > 9


def test_without_any_setting_the_doctor_says_what_to_set_and_writes_nothing(
    untouched: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONTACT", "SMTP_URL", "MAIL_FROM"):
        monkeypatch.delenv(name)
    code, found = examined(untouched)
    assert code == 1
    assert [name for name, (state, _) in found.items() if state == "look"] == [
        "CONTACT",
        "OPERATOR",
        "PUBLIC_URL",
        "HEARTBEAT_URL",
        "email",
    ]
    assert list(untouched.folder.iterdir()) == []


def test_unusable_settings_are_reported_and_checks_that_need_no_settings_are_made(
    well: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", "https://lead:s3cr3t@mail.example")
    monkeypatch.setenv("CHECK_EVERY", "often")
    code, found = examined(well)
    assert code == 1 and found["settings"][0] == "wrong" and "CHECK_EVERY" in found["settings"][1]
    assert found["time zone"][0] == "ok" and found["state/secret.key"][0] == "ok"


@pytest.mark.parametrize(
    ("name", "value", "of", "state", "said"),
    [
        ("OPERATOR", "nobody", "OPERATOR", "wrong", "not an address"),
        ("SMTP_URL", "nonsense:s3cr3t", "email", "wrong", "SMTP_URL"),
        ("MAIL_FROM", "", "email", "wrong", "MAIL_FROM not set"),
        ("SMTP_URL", "smtp://lead:s3cr3t@127.0.0.1:9", "email", "look", "does not answer"),
        ("PUBLIC_URL", "http://monitor.council.example", "PUBLIC_URL", "look", "not https"),
        ("HEARTBEAT_URL", "http://hc.example/s3cr3t", "HEARTBEAT_URL", "look", "not https"),
        ("STALE_AFTER", "6h", "STALE_AFTER", "look", "longer"),
        ("METRICS", "0.0.0.0:9464", "METRICS", "look", "other machines"),
        ("SECRET_KEY", "another secret than the one before", "SECRET_KEY", "wrong", "another SECRET_KEY"),
        ("EXTRA_WEBHOOK_HOSTS", "127.0.0.1:1", "address", "wrong", "slack:127.0.0.1"),
        ("CQC_BASE_URL", "http://127.0.0.1:9", "robots.txt", "wrong", "could not be reached"),
        ("DATABASE_URL", "postgresql://root:s3cr3t@127.0.0.1:1/x", "database", "wrong", "can't be used"),
        ("DATABASE_URL", "sqlite:///state/secret.key", "database", "wrong", "not a database"),
        ("BACKUP_TO", "/proc/backups", "BACKUP_TO", "wrong", "can't be written"),  # even as root
        ("BACKUP_TO", "state/secret.key", "BACKUP_TO", "wrong", "can't be written"),
    ],
)
def test_each_setting_that_is_wrong_is_found(
    well: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str, of: str, state: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    code, found = examined(well)
    assert found[of][0] == state and said in found[of][1], found
    assert code == (0 if state == "ok" else 1)


@pytest.mark.parametrize(
    ("fault", "path", "of", "state", "said"),
    [
        pytest.param(status(503), "/location/", "CQC's site", "wrong", "503", id="pages can't be read"),
        pytest.param(status(503), "/robots.txt", "robots.txt", "wrong", "503", id="robots.txt is not available"),
        pytest.param(
            lambda _: Answer(body=b"User-agent: *\nDisallow: /"), "/robots.txt", "robots.txt", "wrong", "not to read",
            id="robots.txt forbids all pages",
        ),
        pytest.param(dated(timedelta(minutes=5)), "/", "clock", "wrong", "behind CQC's", id="our clock is slow"),
        pytest.param(dated(-timedelta(hours=5)), "/", "clock", "wrong", "hours ahead of CQC's", id="our clock is fast"),
        pytest.param(dated(timedelta(seconds=20)), "/", "clock", "ok", "agrees", id="our clock is right"),
    ],
)
def test_problems_with_the_site_are_found(well: World, fault: Fault, path: str, of: str, state: str, said: str) -> None:
    well.site.fail(fault, path=path)
    _, found = examined(well)
    assert found[of][0] == state and said in found[of][1], found


@pytest.fixture
def guarded() -> Iterator[Mailbox]:
    """Yields a mail server that requires a sign-in."""
    with Mailbox(sign_in=("lead", "s3cr3t")) as mailbox:
        yield mailbox


@pytest.mark.parametrize(("password", "state"), [("s3cr3t", "ok"), ("s3cr3t-wrong", "wrong")])
def test_the_doctor_signs_in_to_the_mail_server(
    well: World, guarded: Mailbox, monkeypatch: pytest.MonkeyPatch, password: str, state: str
) -> None:
    monkeypatch.setenv("SMTP_URL", f"smtp://lead:{password}@127.0.0.1:{guarded.port}")
    _, found = examined(well)
    assert found["email"][0] == state, found["email"]
    assert guarded.mails == []


@pytest.mark.parametrize("file", [".env", "state/secret.key"])
def test_secrets_that_others_may_read_are_found(well: World, file: str) -> None:
    (well.folder / ".env").touch(mode=0o600)
    assert examined(well)[0] == 0
    (well.folder / file).chmod(0o644)
    code, found = examined(well)
    assert code == 1 and found[file][0] == "look" and f"chmod 600 {file}" in found[file][1]


def test_a_line_of_the_settings_file_that_is_not_a_setting_is_reported(well: World) -> None:
    (well.folder / ".env").write_text("SMPT_URL=smtp://lead:s3cr3t@mail.example\n", encoding="utf-8")
    _, found = examined(well)
    assert found[".env"][0] == "look"
    _, out, _ = well.run("doctor")
    assert "SMPT_URL in .env is not a setting; did you mean SMTP_URL?" in out


def test_a_missing_secret_key_is_found_and_no_new_key_is_made(well: World) -> None:
    (well.folder / "state" / "secret.key").unlink()
    assert examined(well)[1]["SECRET_KEY"][0] == "wrong"
    assert not (well.folder / "state" / "secret.key").exists()


def test_a_damaged_database_is_found(well: World) -> None:
    file = well.folder / "state" / "monitor.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    body = bytearray(file.read_bytes())
    body[len(body) // 2 :] = bytes(len(body) - len(body) // 2)
    file.write_bytes(body)
    assert examined(well)[1]["database"][0] == "wrong"


def test_an_older_schema_is_reported_and_not_migrated(well: World) -> None:
    file = well.folder / "state" / "monitor.db"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    assert examined(well)[1]["schema"][0] == "look"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert examined(well)[1]["schema"][0] == "wrong"
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    connection.close()


def test_a_process_that_keeps_the_database_locked_is_found(well: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.store.database.BUSY_TIMEOUT", 100)
    connection = sqlite3.connect(well.folder / "state" / "monitor.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    state, said = examined(well)[1]["database"]
    connection.close()
    assert state == "wrong" and "locked" in said


def test_a_postgresql_database_is_examined_too(well: World, empty_postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_postgresql)
    assert examined(well)[1]["schema"] == ("ok", "does not exist yet: the first command creates it")
    well.done("watch", "add", "Leeds", HOME)
    _, found = examined(well)
    assert {name for name, (state, _) in found.items() if state != "ok"} == {"judgement", "reading"}
    assert "belongs to this version" in found["schema"][1] and "disk" not in found


def test_a_suspended_address_is_not_reported_as_ok(well: World) -> None:
    well.slack.refuse(404, text="no_service")
    well.run("check")
    well.run("deliver")
    code, found = examined(well)
    state, says = found["switched off"]
    assert code == 1 and state == "wrong" and "slack:" in says and "addresses" not in found


def verified(world: World, *outcomes: Outcome) -> tuple[str, str]:
    """Records comparisons with these outcomes. Returns the state and the text of the doctor's check `reading`."""
    at = datetime.now(UTC)
    found = [
        Verified(location_id=f"1-{n:07}", at=at, file_date=at.date(), comparison=Comparison(outcome=one))
        for n, one in enumerate(outcomes)
    ]
    with connected(Settings().database_url) as engine:
        Verifications(engine).record(found, file=1, reader=1)
    return examined(world)[1]["reading"]


def test_the_doctor_says_how_many_readings_agree_with_cqcs_files(well: World) -> None:
    state, says = examined(well)[1]["reading"]
    assert state == "ok" and says.startswith("readings of 1 of 1 service agree with CQC's file of ")
    state, says = verified(well, *[Outcome.AGREES] * 98, Outcome.DIFFERS)
    assert (state, says.partition(": ")[2]) == ("look", "cqc-monitor verify 1-0000098 shows the differences")
    state, says = verified(well, *[Outcome.AGREES] * 97, *[Outcome.NOT_SHOWN] * 3)
    assert state == "wrong"
    assert says.startswith("CQC's site is probably being misread: only readings of 97 of 100 services agree with ")


def test_the_doctor_suggests_a_comparison_with_cqcs_files_if_there_was_none(world: World) -> None:
    world.done("watch", "list")
    state, says = examined(world)[1]["reading"]
    assert state == "look" and says.endswith(": cqc-monitor register refresh, then cqc-monitor verify --sample 100")
    with connected(Settings().database_url) as engine:
        note_files(engine, date(2026, 11, 5), FileKind.ACTIVE)
    line = "nothing has been compared with CQC's own files yet: cqc-monitor verify --sample 100"
    assert examined(world)[1]["reading"][1] == line


def _asked_of_the_provider(world: World, monkeypatch: pytest.MonkeyPatch, issuer: str) -> tuple[str, str]:
    for name, value in (("ISSUER", issuer), ("CLIENT_ID", "x"), ("CLIENT_SECRET", "s3cr3t"), ("ROLES", "care=reader")):
        monkeypatch.setenv(f"OIDC_{name}", value)
    return examined(world)[1]["sign-in"]


def test_the_doctor_checks_the_sign_in_provider(well: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenId() as provider:
        state, says = _asked_of_the_provider(well, monkeypatch, provider.issuer)
        assert (state, "https://monitor.council.example/oidc/callback" in says) == ("ok", True)
        state, says = _asked_of_the_provider(well, monkeypatch, provider.url)
        assert (state, f"the provider calls itself {provider.issuer}" in says) == ("wrong", True)
        provider.keys = []
        assert _asked_of_the_provider(well, monkeypatch, provider.issuer)[0] == "wrong"
    state, says = _asked_of_the_provider(well, monkeypatch, provider.issuer)
    assert (state, "does not answer" in says) == ("look", True)


@pytest.mark.parametrize(
    ("robots", "hints", "said"),
    [
        ("User-agent: *\nDisallow: /user/\n", "on", "robots.txt allows us to read it"),
        ("User-agent: *\nDisallow: /search/\n", "on", "found within 6 hours"),
        ("User-agent: *\nDisallow: /user/\n", "off", "HINTS=off"),
    ],
    ids=["list allowed", "list forbidden", "hints off"],
)
def test_the_doctor_says_whether_cqcs_list_may_be_read_and_how_fast_alerts_can_be(
    well: World, monkeypatch: pytest.MonkeyPatch, robots: str, hints: str, said: str
) -> None:
    monkeypatch.setenv("HINTS", hints)
    well.site.robots = robots
    code, found = examined(well)
    state, says = found["list of publications"]
    assert (code, state) == (0, "ok") and said in says
    assert well.site.asked("/search") == []


def test_second_addresses_and_rotas_are_examined_too(well: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SMS_TEMPLATE", raising=False)
    before = examined(well)[1]
    now, phone = datetime.now(UTC), "sms:+447700900123"
    key = (well.folder / "state" / "secret.key").read_text(encoding="utf-8").strip()
    store = open_store(Settings().database_url, Vault(key))
    me = store.people.invite("editor@council.example", Role.EDITOR, None, now)
    store.watchlists.change("Leeds", new_name="Leeds", owner=None, second_address=phone, person=me.id, now=now)
    store.rotas.save("Leeds", Rota(turns=(Turn(address=phone, deputy="mailto:lee@council.example"),)), None, now)
    store.close()
    found = examined(well)[1]
    assert "text messages" not in before and "text messages wait for 2 telephone numbers" in found["text messages"][1]
    assert found["SECRET_KEY"][0] == "ok" and "(5)" in found["SECRET_KEY"][1]
    other = open_store(Settings().database_url, Vault("another secret"))
    other.rotas.save("Leeds", Rota(turns=(Turn(address=phone),)), None, now)
    other.close()
    assert examined(well)[1]["SECRET_KEY"][0] == "wrong"
