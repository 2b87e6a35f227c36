"""Tests which values of settings are accepted, and which are refused."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import SettingsError
from monitor.settings import load, odd_lines


@pytest.mark.parametrize(
    ("text", "days"),
    [("", None), ("for ever", None), ("Forever", None), ("400d", 400), ("36525d", 36_525), ("48h", 2)],
)
def test_the_time_for_which_evidence_is_kept_is_read(
    alone: Path, monkeypatch: pytest.MonkeyPatch, text: str, days: int | None
) -> None:
    monkeypatch.setenv("KEEP_EVIDENCE", text)
    assert load().keep_evidence == (None if days is None else timedelta(days=days))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("KEEP_EVIDENCE", "for a while"),
        ("KEEP_EVIDENCE", "36526d"),
        ("KEEP_EVIDENCE", "23h"),
        ("KEEP_EVIDENCE", "0d"),
        ("KEEP_EVIDENCE", "-1d"),
        ("LOG_FORMAT", "xml"),
        ("METRICS", "9464"),
        ("METRICS", "127.0.0.1:0"),
        ("METRICS", "127.0.0.1:65536"),
        ("METRICS", "http://127.0.0.1:9464"),
        ("PUBLIC_URL", "https://council.example/cqc?page=1"),
        ("PUBLIC_URL", "https://council.example/cqc#top"),
        ("PUBLIC_URL", "https://council.example//cqc"),
        ("PUBLIC_URL", "https://council.example/../cqc"),
        ("PUBLIC_URL", "https://council.example/our pages"),
    ],
)
def test_the_refusal_of_an_unusable_value_names_the_setting(
    alone: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError, match=name):
        load()


@pytest.mark.parametrize("text", ["127.0.0.1:9464", "[::1]:9464", "monitor.council.example:80"])
def test_the_address_of_the_metrics_is_read(alone: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("METRICS", text)
    assert load().metrics == text


def test_a_contact_that_is_not_set_is_none(alone: Path) -> None:
    assert load().contact is None


def test_every_secret_in_the_settings_is_kept_out_of_the_log(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("DATABASE_URL", "postgresql://root:of%40db@db/x"),
        ("SMTP_URL", "smtp://lead:of%2Fmail@mail.example"),
        ("SECRET_KEY", "of encrypting"),
        ("CQC_API_KEY", "of the API"),
        ("OIDC_CLIENT_SECRET", "of the app"),
        ("HEARTBEAT_URL", "https://hc.example/of-ping"),
        ("OPERATOR", "slack:https://hooks.slack.com/services/of/the/operator"),
    ):
        monkeypatch.setenv(name, value)
    assert set(load().secrets) >= {
        "of%40db",
        "of@db",
        "of%2Fmail",
        "of/mail",
        "of encrypting",
        "of the API",
        "of the app",
        "https://hc.example/of-ping",
        "https://hooks.slack.com/services/of/the/operator",
    }
    assert "" not in load().secrets


ODD = """\
# a comment
SMPT_URL=smtp://lead:s3cr3t@mail.example
chek_every=6h
POSTGRES_PASSWORD=s3cr3t
CHECK_EVERY banana
STALE_AFTER
OPERATOR=
export CONTACT=lead@council.example
-----BEGIN s3cr3t-----
MIIs3cr3t0123456789abcdef=
"s3cr3t
"""


def test_unusable_lines_of_the_env_file_are_listed_without_possible_secrets(alone: Path) -> None:
    (alone / ".env").write_text(ODD, encoding="utf-8")
    assert odd_lines() == [
        "SMPT_URL in .env is not a setting; did you mean SMTP_URL?",
        "chek_every in .env is not a setting; did you mean CHECK_EVERY?",
        "POSTGRES_PASSWORD in .env is not a setting; docs/settings.md has a list",
        "CHECK_EVERY has no value in .env: write CHECK_EVERY=…",
        "STALE_AFTER has no value in .env: write STALE_AFTER=…",
        "line 9 of .env is not understood: write NAME=value",
        "line 10 of .env is not understood: write NAME=value",
        "line 11 of .env is not understood: write NAME=value",
    ]


def test_neither_a_correct_nor_a_missing_env_file_has_unusable_lines(alone: Path) -> None:
    assert odd_lines() == []
    (alone / ".env").write_bytes("\ufeff# é\r\nCONTACT=lead@council.example\r\n\r\n".encode())
    assert odd_lines() == []


def test_links_lead_to_the_address_on_which_the_pages_listen_unless_public_url_is_set(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load().public_url == "http://127.0.0.1:8000"
    assert load().served_at("127.0.0.1", 8177).public_url == "http://127.0.0.1:8177"
    assert load().public_url == "http://127.0.0.1:8000"  # without the folder `state`, nothing is stored for other processes
    (alone / "state").mkdir()
    for host, url in (("::1", "http://[::1]:8177"), ("0.0.0.0", "http://127.0.0.1:8177"), ("localhost", "http://localhost:8177")):
        served = load().served_at(host, 8177)
        assert served.public_url == load().public_url == url
        assert not served.has_pages and not load().has_pages  # people on other machines can't follow a link to this address
    (alone / "state" / "pages.url").write_text("http://127.0", encoding="ascii")
    assert load().public_url == "http://127.0"
    (alone / "state" / "pages.url").write_text("", encoding="ascii")  # as if the disk had been full
    assert load().public_url == "http://127.0.0.1:8000"
    monkeypatch.setenv("PUBLIC_URL", "https://council.example/cqc/")
    assert load().served_at("127.0.0.1", 8177).public_url == load().public_url == "https://council.example/cqc"
    assert load().root == "/cqc"
