"""Tests the settings for email. If a setting is wrong or missing, the program prints one line without a secret at the start."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from monitor.channels.mail_settings import MailSetup, server_of, setup_of
from monitor.errors import SettingsError
from monitor.settings import Settings, load
from tests.simulated import tls
from tests.simulated.microsoft import CLIENT_ID, TENANT
from tests.simulated.notify import SECRET, SERVICE, TEMPLATE

FROM = "care-alerts@council.example"
pytestmark = pytest.mark.usefixtures("alone")

APP = {"ms_tenant": TENANT, "ms_client_id": CLIENT_ID}
NOTIFY_KEY = f"cqc_monitor-{SERVICE}-{SECRET}"
TOKEN_URL = "smtp://smtp.office365.com:587?auth=xoauth2"


def setup(**values: Any) -> MailSetup:
    """Returns the set-up from these settings."""
    return setup_of(Settings(**values))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        pytest.param({}, "nothing", id="nothing is set"),
        pytest.param({"smtp_url": "smtp://mail.example"}, "smtp", id="a mail server"),
        pytest.param({"smtp_url": TOKEN_URL, "mail_from": FROM, **APP, "ms_client_secret": "s3cr3t"}, "token", id="XOAUTH2"),
        pytest.param(
            {"smtp_url": "smtps://mail.example?auth=XOAUTH2", "mail_from": FROM, **APP, "ms_client_secret": "s"},
            "token", id="XOAUTH2 over implicit TLS",
        ),
        pytest.param({"mail_by": "graph", "mail_from": FROM, **APP, "ms_client_secret": "s3cr3t"}, "graph", id="Graph"),
        pytest.param(
            {"mail_by": "graph", "mail_from": FROM, **APP, "ms_tenant": "council.example", "ms_client_secret": "s"},
            "graph", id="a domain as the organisation",
        ),
        pytest.param(
            {"mail_by": "graph", "mail_from": FROM, **APP, "ms_tenant": "https://login.example/x/", "ms_client_secret": "s"},
            "graph", id="another authority, with its full address",
        ),
        pytest.param(
            {"mail_by": "notify", "notify_api_key": NOTIFY_KEY, "notify_template": TEMPLATE}, "notify", id="GOV.UK Notify"
        ),
        pytest.param(
            {"mail_by": "graph", "smtp_url": "smtp://mail.example", "mail_from": FROM, **APP, "ms_client_secret": "s"},
            "graph", id="a mail server too, but MAIL_BY takes precedence",
        ),
    ],
)  # fmt: skip
def test_usable_settings_set_up_one_way_of_sending_email(values: dict[str, Any], kind: str) -> None:
    """Only the chosen way of sending is set up, with all settings that it needs."""
    found = setup(**values)
    ways = {"smtp": found.server and not found.server.token, "token": found.server and found.server.token and found.registration,
            "graph": not found.server and found.registration, "notify": found.notify}  # fmt: skip
    assert [name for name, is_there in ways.items() if is_there] == ([] if kind == "nothing" else [kind])
    assert "s3cr3t" not in repr(found) and SECRET not in repr(found)


GRAPH = {"mail_by": "graph", "mail_from": FROM}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param({"mail_by": "graph"}, "MAIL_FROM", id="Graph without a sender"),
        pytest.param(GRAPH, "MS_TENANT and MS_CLIENT_ID and MS_CLIENT_SECRET", id="Graph without an app"),
        pytest.param({**GRAPH, **APP}, "MS_CLIENT_SECRET (or MS_CLIENT_CERTIFICATE)", id="an app without a secret"),
        pytest.param(
            {**GRAPH, "ms_client_id": CLIENT_ID, "ms_client_secret": "s3cr3t"}, "MS_TENANT", id="an app without an organisation"
        ),
        pytest.param(
            {**GRAPH, "ms_tenant": TENANT, "ms_client_secret": "s3cr3t"}, "MS_CLIENT_ID", id="an organisation without an app"
        ),
        pytest.param(
            {**GRAPH, **APP, "ms_tenant": "our council", "ms_client_secret": "s3cr3t"},
            "MS_TENANT",
            id="an organisation that is not a domain",
        ),
        pytest.param(
            {**GRAPH, **APP, "ms_tenant": "http://x.example/t", "ms_client_secret": "s3cr3t"},
            "MS_TENANT",
            id="an authority without https",
        ),
        pytest.param(
            {**GRAPH, **APP, "ms_client_id": "monitor", "ms_client_secret": "s3cr3t"},
            "MS_CLIENT_ID",
            id="an app that is not an id",
        ),
        pytest.param(
            {**GRAPH, **APP, "ms_client_secret": "s3cr3t", "ms_client_certificate": "app.pem"},
            "both set", id="both a secret and a certificate",
        ),
        pytest.param(
            {**GRAPH, **APP, "ms_client_certificate": "/none.pem"},
            "/none.pem can't be read",
            id="a certificate that does not exist",
        ),
        pytest.param({"smtp_url": TOKEN_URL, "mail_from": FROM}, "auth=xoauth2 needs MS_TENANT", id="XOAUTH2 without an app"),
        pytest.param(
            {"smtp_url": TOKEN_URL, **APP, "ms_client_secret": "s3cr3t"},
            "MAIL_FROM",
            id="XOAUTH2 without a mailbox that signs in",
        ),
        pytest.param({"smtp_url": "smtp://u:s3cr3t@mail.example?auth=xoauth2"}, "uses no password", id="a password and a token"),
        pytest.param({"smtp_url": "smtp://mail.example?auth=plain"}, "auth=xoauth2", id="an unknown sign-in"),
        pytest.param({"smtp_url": "smtp://mail.example?auth="}, "auth=xoauth2", id="an empty sign-in"),
        pytest.param({"smtp_url": "smtp://mail.example?starttls=never&tls=1"}, "after the question mark", id="an unknown option"),
        pytest.param({"mail_by": "notify"}, "NOTIFY_API_KEY and NOTIFY_TEMPLATE", id="Notify without anything"),
        pytest.param({"mail_by": "notify", "notify_api_key": NOTIFY_KEY}, "NOTIFY_TEMPLATE", id="Notify without a template"),
        pytest.param({"mail_by": "notify", "notify_template": TEMPLATE}, "NOTIFY_API_KEY", id="Notify without a key"),
        pytest.param(
            {"mail_by": "notify", "notify_api_key": SECRET, "notify_template": TEMPLATE}, "the whole key", id="half a key"
        ),
        pytest.param(
            {"mail_by": "notify", "notify_api_key": NOTIFY_KEY, "notify_template": "alerts"},
            "NOTIFY_TEMPLATE",
            id="a template that is not an id",
        ),
    ],
)  # fmt: skip
def test_unusable_settings_are_refused_in_one_line_that_names_them(values: dict[str, Any], said: str) -> None:
    """The line appears at the start, before anything is written, and contains no secret."""
    with pytest.raises(SettingsError) as refused:
        setup(**values)
    line = str(refused.value)
    assert said in line and "\n" not in line and "s3cr3t" not in line and SECRET not in line


@pytest.mark.parametrize(
    ("keep", "said"),
    [("CERTIFICATE", "lacks a private key"), ("PRIVATE KEY", "lacks a certificate"), ("", "a private key and a certificate")],
)
def test_a_pem_file_needs_key_and_certificate(tmp_path: Path, keep: str, said: str) -> None:
    """The key and the certificate must be in one file."""
    key, _, certificate = tls.pem(rsa_key=True).decode().partition("-----BEGIN CERTIFICATE")
    parts = {"PRIVATE KEY": key, "CERTIFICATE": f"-----BEGIN CERTIFICATE{certificate}", "": ""}
    file = tmp_path / "app.pem"
    file.write_text(parts[keep])
    with pytest.raises(SettingsError, match=said):
        setup(**GRAPH, **APP, ms_client_certificate=str(file))
    file.write_bytes(b"\xff\xfe binary")
    with pytest.raises(SettingsError, match="is not a PEM file"):
        setup(**GRAPH, **APP, ms_client_certificate=str(file))


def test_an_unknown_way_to_send_is_named_in_the_refusal(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MAIL_BY has only three possible values."""
    monkeypatch.setenv("MAIL_BY", "pigeon")
    with pytest.raises(SettingsError, match="MAIL_BY: 'pigeon'"):
        load()


def test_every_secret_is_kept_out_of_the_log() -> None:
    """Notify's key contains a secret that signs requests. This secret is kept out of the log even without the rest of the key."""
    settings = Settings(ms_client_secret=SecretStr("s3cr3t"), notify_api_key=SecretStr(NOTIFY_KEY))
    assert {"s3cr3t", NOTIFY_KEY, SECRET} <= set(settings.secrets)


@pytest.mark.parametrize(
    ("url", "warns"),
    [
        ("smtp://care%40council.example:pw@smtp.office365.com:587", True),
        ("smtps://care:pw@smtp-mail.outlook.com", True),
        ("smtp://smtp.office365.com:587?auth=xoauth2", False),
        ("smtp://council-example.mail.protection.outlook.com:25", False),
        ("smtp://care:pw@mail.council.example:587", False),
        ("smtp://care:pw@notoutlook.com:587", False),
    ],
)
def test_a_sign_in_to_microsoft_365_with_a_password_is_detected(url: str, warns: bool) -> None:
    """A token is not a password. A connector needs no sign-in."""
    assert server_of(url).signs_in_to_microsoft_by_password is warns


def test_the_fingerprint_changes_with_every_setting_and_always_has_the_same_length() -> None:
    """The fingerprint differs between any two set-ups, and between two keys."""
    ways: list[dict[str, Any]] = [
        {},
        {"mail_from": FROM},
        {"smtp_url": "smtp://mail.example"},
        {"smtp_url": "smtp://mail.example?starttls=never"},
        {"smtp_url": "smtp://u:one@mail.example"},
        {"smtp_url": "smtp://u:two@mail.example"},
        {**GRAPH, **APP, "ms_client_secret": "one"},
        {**GRAPH, **APP, "ms_client_secret": "two"},
        {**GRAPH, **APP, "ms_client_secret": "two", "ms_tenant": "council.example"},
        {"mail_by": "notify", "notify_api_key": NOTIFY_KEY, "notify_template": TEMPLATE},
        {"mail_by": "notify", "notify_api_key": NOTIFY_KEY, "notify_template": SERVICE},
    ]
    marks = [setup(**one).fingerprint(key) for one in ways for key in (b"key one", b"key two")]
    marks += [setup().fingerprint(b"key one", "127.0.0.1:80")]
    assert len(set(marks)) == 2 * len(ways) + 1 and len({len(mark) for mark in marks}) == 1
