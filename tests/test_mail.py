"""Tests email end to end, with commands: subscribing, sending, the operator's messages about failures, and further attempts."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.channels import certificates
from tests.conftest import World
from tests.simulated.microsoft import CLIENT_ID, MAILBOX, Entra, Exchange, Graph
from tests.simulated.notify import TEMPLATE, Notify
from tests.simulated.services import Service
from tests.simulated.tls import Tls, in_folder

HOME = "1-2235535718"


@pytest.fixture
def trusted(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sets SSL_CERT_FILE to the certificate authority of the tests, as an operator would."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.pem))
    certificates.trusted.cache_clear()
    yield
    certificates.trusted.cache_clear()


@pytest.fixture
def entra(tls: Tls, trusted: None) -> Iterator[Entra]:
    """The organisation's token endpoint."""
    with Entra(tls=tls.server) as running:
        yield running


@pytest.fixture
def exchange(entra: Entra, tls: Tls) -> Iterator[Exchange]:
    """The mail server of the organisation."""
    with Exchange(entra, tls=tls.server) as running:
        yield running


@pytest.fixture
def council(world: World, entra: Entra, exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose mail goes to Microsoft 365 by XOAUTH2."""
    settings = {
        "SMTP_URL": exchange.url,
        "MAIL_FROM": MAILBOX,
        "MS_TENANT": entra.authority,
        "MS_CLIENT_ID": CLIENT_ID,
        "MS_CLIENT_SECRET": entra.secret or "",
        "OPERATOR": "mailto:oncall@council.example",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    world.site.add([Service(location_id=HOME)])
    world.done("watch", "add", "Leeds", HOME)
    return world


def email_finding(world: World, of: str = "email") -> tuple[str, str] | None:
    """Returns the state and the text of one finding of `doctor`; None if `doctor` does not list this finding."""
    _, out, _ = world.run("doctor", "--json")
    return next(((one["state"], one["says"]) for one in json.loads(out) if one["check"] == of), None)


def test_a_welcome_is_sent_through_a_server_that_accepts_only_tokens(council: World, exchange: Exchange) -> None:
    council.done("subscribe", "Leeds", "lead@council.example")
    council.done("check")
    out = council.done("deliver")
    assert "Sent mailto:lead@council.example" in out
    (mail,) = exchange.to("lead@council.example")
    assert mail.sender == MAILBOX and "Leeds" in mail.subject and mail.html
    assert exchange.commands == ["QUIT"]


def test_a_refusal_says_what_to_do_and_a_changed_setting_is_used_at_once(
    council: World, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Microsoft refuses passwords, so mail waits. Once the setting is right, the next command sends the mail at once, although
    the next attempt is not due."""
    monkeypatch.setenv("SMTP_URL", f"smtp://care:s3cr3t@localhost:{exchange.port}?starttls=required")
    council.done("subscribe", "Leeds", "lead@council.example")
    council.run("check")
    status, _, err = council.run("deliver")
    assert status == 1 and "5.7.30" in err and "auth=xoauth2" in err and "s3cr3t" not in err
    status, out, err = council.run("deliver")  # with the same settings the mail waits until its next attempt is due
    assert status == 1 and "0 sent" in out and exchange.mails == []
    monkeypatch.setenv("SMTP_URL", exchange.url)
    status, out, err = council.run("deliver")
    assert "Active again: all email" in out, (out, err)
    assert exchange.to("lead@council.example")


def test_the_doctor_tests_the_sender_and_the_operators_mailbox(council: World, exchange: Exchange) -> None:
    """`doctor` talks to the mail server up to the command RCPT TO, but sends no mail."""
    state, says = email_finding(council) or ("", "")
    assert state == "ok" and "MAIL_FROM and OPERATOR's mailbox" in says
    exchange.refuse(550, at="RCPT", recipient="oncall@council.example", text="5.1.10 RecipientNotFound")
    assert (email_finding(council) or ("", ""))[0] == "wrong"
    exchange.accept()
    exchange.closed = {MAILBOX}
    state, says = email_finding(council) or ("", "")
    assert state == "wrong" and "Set-CASMailbox" in says and exchange.mails == []


def test_the_doctor_warns_about_a_password_for_microsoft_365(council: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warning comes before the day from which Microsoft refuses passwords."""
    assert email_finding(council, "password for email") is None
    monkeypatch.setenv("SMTP_URL", "smtp://care:s3cr3t@smtp.nowhere.invalid.outlook.com:587")
    state, says = email_finding(council, "password for email") or ("", "")
    assert state == "look" and "end of December 2026" in says and "s3cr3t" not in says


def test_a_missing_setting_is_reported_in_one_line_and_the_command_does_nothing(
    council: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit status is 2."""
    monkeypatch.delenv("MS_CLIENT_ID")
    status, out, err = council.run("deliver")
    assert (status, out) == (2, "") and err.count("\n") == 1 and "MS_CLIENT_ID" in err


def test_the_message_about_an_untrusted_certificate_authority_names_the_setting(
    council: World, entra: Entra, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The message names SSL_CERT_FILE, which a council with its own certificate authority must set."""
    monkeypatch.delenv("SSL_CERT_FILE")
    certificates.trusted.cache_clear()
    state, says = email_finding(council) or ("", "")
    assert state == "wrong" and "SSL_CERT_FILE" in says and entra.given == 0


def test_the_env_file_may_name_a_private_certificate_authority(
    council: World, entra: Entra, exchange: Exchange, tls: Tls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The TLS library reads SSL_CERT_FILE only from the environment, so the monitor must put the value in `.env` there."""
    monkeypatch.setenv("SSL_CERT_FILE", "")  # empty means not set; monkeypatch restores the earlier value after the test
    certificates.trusted.cache_clear()
    (council.folder / ".env").write_text(f"SSL_CERT_FILE={tls.pem}\n")
    assert (email_finding(council) or ("", ""))[0] == "ok" and exchange.commands == ["QUIT"]


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_unreadable_certificate_authority_is_reported_in_one_line(
    council: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    """The command prints a single line, not an error for each server."""
    file = tmp_path / "council.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    status, out, err = council.run("deliver")
    assert (status, out) == (2, "") and err.count("\n") == 1 and f"SSL_CERT_FILE: {file}" in err


def test_an_expired_certificate_is_not_reported_as_a_missing_authority(
    council: World, entra: Entra, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The message says that the server needs a new certificate."""
    old = in_folder(tmp_path, days=-5)
    monkeypatch.setenv("SSL_CERT_FILE", str(old.pem))
    certificates.trusted.cache_clear()
    with Entra(tls=old.server) as other:
        monkeypatch.setenv("MS_TENANT", other.authority)
        state, says = email_finding(council) or ("", "")
    assert state == "wrong" and "expired" in says and "to renew" in says and other.requests == []


def test_mail_is_sent_through_graph(council: World, entra: Entra, exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """MAIL_BY=graph needs no mail server."""
    with Graph(entra) as graph:
        monkeypatch.setattr("monitor.channels.graph.GRAPH", graph.url)
        monkeypatch.setenv("MAIL_BY", "graph")
        monkeypatch.delenv("SMTP_URL")
        council.done("subscribe", "Leeds", "lead@council.example")
        council.done("check")
        assert "Sent mailto:lead@council.example" in council.done("deliver")
        assert [mail.recipients for mail in graph.mails] == [["lead@council.example"]] and exchange.mails == []
        state, says = email_finding(council) or ("", "")
        assert state == "ok" and "is not tested" in says


def test_mail_is_sent_through_notify(council: World, exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """MAIL_BY=notify needs neither a mail server nor a sender."""
    with Notify() as notify:
        monkeypatch.setattr("monitor.channels.notify.NOTIFY", notify.url)
        for name, value in (("MAIL_BY", "notify"), ("NOTIFY_API_KEY", notify.key), ("NOTIFY_TEMPLATE", TEMPLATE)):
            monkeypatch.setenv(name, value)
        for name in ("SMTP_URL", "MAIL_FROM"):
            monkeypatch.delenv(name)
        council.done("subscribe", "Leeds", "lead@council.example")
        council.done("check")
        assert "Sent mailto:lead@council.example" in council.done("deliver")
        assert [one["email_address"] for one in notify.sent] == ["lead@council.example"] and exchange.mails == []
        assert email_finding(council) == ("ok", "GOV.UK Notify knows the key and the template “CQC monitor” (no mail was sent)")
        notify.body = "Hello"
        state, says = email_finding(council) or ("", "")
        assert state == "wrong" and "((message))" in says
