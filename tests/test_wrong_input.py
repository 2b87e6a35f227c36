"""Tests that every wrong setting and command line leads to one clear line. Nothing is written, no secret is repeated, and no
traceback is shown."""

import re
from collections.abc import Iterator

import pytest

from monitor.settings import Settings
from tests.conftest import World

HOME = "1-2235535718"

DATES = ("yesterday", "2026-13-01", "21/11/2026", "0001-01-01T00:00:00+12:00", "2026-02-30")

SETTINGS = {
    "DATABASE_URL": (
        "mysql://root:hidden@h/x", "monitor.db", "sqlite:///", "sqlite:/x", "postgresql://u:hidden@h:port/x", "http://h/x",
        "oracle", "postgresql:/x",
    ),
    "CQC_BASE_URL": ("www.cqc.org.uk", "ftp://www.cqc.org.uk", "https://", "http://127.0.0.1:99999", "http://[::1", "https:///x"),
    "CQC_API_URL": ("api", "file:///etc/passwd", "https://", "http://h:0", "http://h:x"),
    "CHECK_EVERY": ("often", "0s", "-1h", "6", "6 hours and a bit", "999999d", "1w", "h", "1.5h", "∞"),
    "CONFIRM_AFTER": ("-5s", "soon", "60", "1e3s", "9999999s"),
    "STALE_AFTER": ("0h", "two days", "999999d", "-48h"),
    "REQUESTS_PER_SECOND": ("0", "0.1", "501", "nan", "inf", "many", "-1", "1,5"),
    "CONTACT": ("a\nb", "a\x07b", "a\x1b[31mb"),
    "MAIL_BY": ("post", "SMTP!", "fax", "graph,notify"),
    "SMTP_URL": (
        "https://u:hidden@mail.example", "mail.example:25", "smtp://", "smtp://u:hidden@mail.example:99999",
        "smtp://mail.example?auth=magic", "smtp://mail.example?starttls=maybe", "smtp://mail.example?x=1",
        "smtp://u@mail.example?auth=xoauth2",
    ),
    "BOUNCES_URL": (
        "https://mail.example", "imaps://", "imap://u:hidden@mail.council.example/INBOX", "imaps://mail.example:x", "pop3://u:p@h",
    ),
    "MS_TENANT": ("a\nb", "a\x00b"),
    "MS_CLIENT_ID": ("a\nb", "a\x07b"),
    "NOTIFY_TEMPLATE": ("a\nb", "a\x07b"),
    "NOTIFY_SMS_TEMPLATE": ("a\nb", "a\x07b", "an-id"),
    "SSL_CERT_FILE": ("/nowhere.pem", "/etc/hostname", "/proc"),
    "EXTRA_WEBHOOK_HOSTS": ("http://127.0.0.1", "127.0.0.1", "host:port", "a b:80", "host:999999"),
    "PUBLIC_URL": (
        "monitor.council.example", "ftp://h", "https://", "https://h:0", "https://h:x", "https://h/?x=1", "https://h/#x"
    ),
    "ESCALATE_AFTER": ("later", "-1h", "999999d"),
    "BUNDLE_OVER": ("0", "1001", "many", "-1", "1.5"),
    "SIGN_IN_DOMAINS": ("council", "@council.example", "a.example;b.example", "https://council.example", "*.council.example"),
    "SESSION_LENGTH": ("long", "0s", "-1h", "12"),
    "OIDC_ISSUER": ("login", "http://login.council.example", "ftp://x", "https://"),
    "OIDC_ROLES": ("editor", "group=boss", "=editor", "group="),
    "OPERATOR": (
        "nobody", "mailto:", "ftp://x", "slack:http://hooks.slack.com/hidden", "webhook:https://10.0.0.1/hidden",
        "teams:https://evil.example/hidden",
    ),
    "HEARTBEAT_URL": ("hidden", "ftp://h/hidden", "https://", "http://h:0"),
    "KEEP_EVIDENCE": ("for a while", "0d", "23h", "-1d", "36526d", "never"),
    "KEEP_PEOPLE": ("for a while", "0d", "23h", "-1d", "36526d"),
    "KEEP_LOG": ("for a while", "89d", "0d", "-1d", "36526d"),
    "HINTS": ("perhaps", "ON!", "yes"),
    "LIST_EVERY": ("often", "4m", "0s", "2d", "-1h"),
    "LIST_EVERY_QUIET": ("seldom", "4m", "0s", "2d"),
    "LOG_FORMAT": ("xml", "JSON5", "texts"),
    "METRICS": ("9464", "127.0.0.1:0", "127.0.0.1:65536", "http://127.0.0.1:9464", ":9464", "host:"),
    "BACKUP_EVERY": ("0s", "daily", "-1d"),
    "BACKUP_KEEP": ("0", "1001", "many", "-1", "1.5"),
    "VERIFY_OTHERS": ("-1", "1001", "some", "1.5"),
}  # fmt: skip

ANYTHING_GOES = {
    "cqc_api_key": "CQC decides which keys are valid",
    "mail_from": "needed only to send: doctor and the log report that it is missing",
    "ms_client_secret": "Microsoft decides",
    "ms_client_certificate": "read only if mail is sent through Microsoft: tests/channels/test_microsoft.py",
    "notify_api_key": "used only with MAIL_BY=notify: tests/channels/test_notify.py",
    "oidc_client_id": "the provider decides",
    "oidc_client_secret": "the provider decides",
    "secret_key": "any text",
    "backup_to": "a folder that can't be written must not stop alerts: doctor and the judgement report it",
}


def typed() -> Iterator[tuple[str, ...]]:
    """Yields wrong command lines."""
    yield from ((), ("fly",), ("--fly",), ("watch",), ("watch", "fly"), ("outbox",), ("register",), ("report",), ("person",))
    watching = ("watch", "add", "Leeds")
    yield from (watching, (*watching, "nonsense"), (*watching, HOME, "nonsense"), (*watching, "1-"), (*watching, "LEEDS"))
    yield from ((*watching, "https://www.cqc.org.uk/provider/1-101600001"), (*watching, f"https://evil.example/location/{HOME}"))
    yield from ((*watching, "x" * 5_000), (*watching, "1-22\n35"), ("watch", "add", " ", HOME), ("watch", "add", "a\x07", HOME))
    yield from (("watch", "add", "x" * 101, HOME), ("watch", "remove", "Leeds", HOME), ("watch", "remove", "Leeds"))
    yield from (("watch", "import", "Leeds"), ("watch", "import", "Leeds", "none.csv"), ("watch", "import", "Leeds", "/proc"))
    rule = ("watch", "rule", "Leeds")
    yield from ((*rule, "--authority", "Atlantis"), (*rule, "--rating", "splendid"), (*rule, "--near", "LE1 1AA"), rule)
    yield from ((*rule, "--miles", "10"), (*rule, "--near", "nowhere", "--miles", "10"))
    yield (*rule, "--near", "LE1 1AA", "--miles", "x")
    yield from ((*rule, "--remove"), (*rule, "--fly"), (*rule, "--sector", "space"), (*rule, "--region", "Scotland"))
    for address in (
        "lead at council.example", "mailto:", "mailto:lead@council.example\nBcc: a@b.example", "ftp://x", "slack:", "webhook:x",
        "slack:https://hooks.slack.com.evil.example/hidden", "slack:http://hooks.slack.com/services/hidden", "mailto:@x.example",
        "teams:https://evil.example/hidden", "webhook:http://10.0.0.1/hidden", "webhook:https://u:hidden@council.example/x",
        "webhook:https://127.0.0.1/hidden", "mailto:a b@council.example", "mailto:lead@localhost", "x" * 3_000,
    ):  # fmt: skip
        yield "subscribe", "Leeds", address
        yield "test", address
    lead = "mailto:lead@council.example"
    yield from (("subscribe",), ("subscribe", "Leeds"), ("subscribe", "None", lead), ("unsubscribe", "Leeds", lead), ("test",))
    for option, values in (
        ("--at", ("25:00", "7", "07:60", "noon", "")), ("--day", ("Moonday", "monday", "")), ("--when", ("hourly", "")),
    ):  # fmt: skip
        yield from (("subscribe", "Leeds", lead, option, value) for value in values)
    yield from (("check", HOME), ("check", "nonsense"), ("history", HOME), ("history", "x y"), ("history",), ("capture",))
    yield from (("read", "none.html"), ("read",), ("read", "/proc"), ("read", "http://127.0.0.1:1/x"), ("capture", "nonsense"))
    yield from (("events", "--since", one) for one in DATES)
    yield from (("told", "--since", one) for one in DATES)
    yield from (("evidence", "none"), ("evidence",), ("evidence", ""), ("correct", "none", "--why", "x"), ("correct", "none"))
    yield from (("correct",), ("correct", "none", "--stands"), ("outbox", "retry"), ("outbox", "retry", "none"))
    yield ("outbox", "drop")
    yield from (("outbox", "drop", "none"), ("outbox", "retry", "zz", "--dead", "--fly"), ("verify", "nonsense"))
    yield from (("verify", "--sample", one) for one in ("0", "-1", "x", "10001", "1.5"))
    yield from (("find",), ("find", "x", "--limit", "0"), ("find", "x", "--limit", "many"))
    yield from (("register", "import"), ("register", "import", "none.csv"), ("register", "import", "x.csv", "--as-of", "soon"))
    yield from (("report", "area"), ("report", "area", "Atlantis"), ("report", "area", "Leeds", "--format", "pdf"))
    yield from (("report", "area", "Leeds", option, date) for option in ("--from", "--to", "--as-at") for date in DATES[:3])
    yield from (("report", "provider"), ("report", "provider", "nobody at all"), ("report", "areas"), ("report", "fly"))
    yield from (("report", "signs", "--area", "Atlantis"), ("report", "area", "Leeds", "--against", "none.csv"))
    yield from (("report", "assurance", "--month", one) for one in ("x", "2026-13", "2999-01", "0001-01"))
    yield ("report", "assurance", "--watchlist", "nobody")
    yield from (("comparators",), ("comparators", "set", "x"), ("comparators", "set", "x", "Atlantis"))
    yield ("comparators", "remove", "x")
    yield from (("web", "--port", one) for one in ("x", "-1", "65536", "8000.5"))
    yield from (("run", "--web", "x"), ("run", "--web", "127.0.0.1:x"), ("run", "--web", "127.0.0.1:70000"))
    yield from (("invite",), ("invite", "nobody"), ("invite", "a@b@c.example"), ("invite", "a@council.example", "--fly"))
    yield from (("person", "export"), ("person", "export", "nobody"), ("person", "erase", "nobody"), ("person", "erase"))
    yield from (("end-access",), ("end-access", "nobody"), ("end-access", "nobody@council.example"))
    yield from (("webhook-secret",), ("webhook-secret", "nobody"))
    yield from (("backup", "/proc/x"), ("backup", "none/x.db"), ("backup",), ("restore",), ("restore", "none.db"))
    yield ("restore", "/proc")
    yield from (("copy-database",), ("copy-database", "x"), ("copy-database", "mysql://u:hidden@h/x"), ("migrate", "now"))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_that_can_have_a_wrong_value_is_tried(name: str) -> None:
    assert (name.upper() in SETTINGS) is not (name in ANYTHING_GOES), name


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in SETTINGS.items() for value in values])
def test_a_wrong_setting_is_refused_in_one_line_that_names_the_setting(
    untouched: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    if "\0" in value:
        (untouched.folder / ".env").write_text(f"{name}='{value}'", encoding="utf-8")
    else:
        monkeypatch.setenv(name, value)
    if name == "SMTP_URL":
        monkeypatch.setenv("MAIL_FROM", "care-alerts@council.example")
    status, out, err = untouched.run("watch", "add", "Leeds", HOME)
    assert (status, out, err.count("\n")) == (2, "", 1), (status, out, err)
    assert err.startswith("cqc-monitor: ") and name in err and "hidden" not in err and "Traceback" not in err
    assert not (untouched.folder / "state").exists()


@pytest.mark.parametrize("words", sorted(set(typed())), ids=lambda words: " ".join(words)[:60] or "nothing")
def test_a_wrong_command_line_is_refused_in_one_line(world: World, words: tuple[str, ...]) -> None:
    world.done("watch", "add", "Leeds", "1-545296200")
    status, out, err = world.run(*words)
    assert status in {1, 2} and out == "" and err.count("\n") == 1, (status, out, err)
    assert err.startswith("cqc-monitor: ") and len(err) < 600 and "hidden" not in err and "Traceback" not in err
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", err)


def test_there_are_at_least_300_wrong_settings_and_command_lines() -> None:
    assert sum(map(len, SETTINGS.values())) + len(set(typed())) >= 300
