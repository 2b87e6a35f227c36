"""The settings: each intended form is accepted, and nothing else is."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import SettingsError
from monitor.settings import load


@pytest.mark.parametrize(
    ("text", "days"),
    [("", None), ("for ever", None), ("Forever", None), ("400d", 400), ("36525d", 36_525), ("48h", 2)],
)
def test_how_long_evidence_is_kept(alone: Path, monkeypatch: pytest.MonkeyPatch, text: str, days: int | None) -> None:
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
    ],
)
def test_what_is_not_meant_is_named(alone: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError, match=name):
        load()


@pytest.mark.parametrize("text", ["127.0.0.1:9464", "[::1]:9464", "monitor.council.example:80"])
def test_where_metrics_are_served(alone: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("METRICS", text)
    assert load().metrics == text


def test_no_contact_is_none(alone: Path) -> None:
    assert load().contact is None


def test_all_secrets_are_known_to_who_keeps_them_out_of_the_log(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("DATABASE_URL", "postgresql://root:of%40db@db/x"),
        ("SMTP_URL", "smtp://lead:of%2Fmail@mail.example"),
        ("SECRET_KEY", "of sealing"),
        ("CQC_API_KEY", "of the API"),
        ("HEARTBEAT_URL", "https://hc.example/of-ping"),
        ("OPERATOR", "slack:https://hooks.slack.com/services/of/the/operator"),
    ):
        monkeypatch.setenv(name, value)
    assert set(load().secrets) >= {
        "of%40db",
        "of@db",
        "of%2Fmail",
        "of/mail",
        "of sealing",
        "of the API",
        "https://hc.example/of-ping",
        "https://hooks.slack.com/services/of/the/operator",
    }
    assert "" not in load().secrets
