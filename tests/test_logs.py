"""Tests the log: each event is on one line, in the requested format, and the log contains no secret from any source."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime

import pytest

from monitor import channels, logs


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Restores the process's logging after each test."""
    root, own = logging.getLogger(), logging.getLogger("monitor")
    before = root.handlers[:], root.level, own.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    own.setLevel(before[2])


def logged(form: str, event: str, *, secrets: tuple[str, ...] = (), **details: object) -> str:
    """Logs one event and returns its log line."""
    stream = io.StringIO()
    logs.set_up("json" if form == "json" else "text", secrets=secrets, secret_hosts=channels.SECRET_HOSTS, stream=stream)
    logs.logger("monitor.tests").warning(event, **details)
    return stream.getvalue()


def test_a_line_of_the_text_format_has_keys_and_values() -> None:
    line = logged("text", "not read well", location_id="1-2235535718", failures=3, detail="CQC answered 503", name=None)
    time, rest = line.split(" ", 1)
    assert time.startswith("time=") and datetime.fromisoformat(time.removeprefix("time=")).tzinfo is not None
    said = 'level=warning event="not read well" location_id=1-2235535718 failures=3 detail="CQC answered 503" name=\n'
    assert rest == said


def test_a_line_of_the_json_format_is_one_object() -> None:
    line = logged("json", "looked", services=50, watchlists=("Leeds", "Café"), name="args", msg="exc")
    row = json.loads(line)
    assert line.count("\n") == 1 and row.pop("time").endswith("Z")
    assert row == {
        "level": "warning",
        "event": "looked",
        "services": 50,
        "watchlists": ["Leeds", "Café"],
        "name": "args",
        "msg": "exc",
    }


HOSTILE = [
    pytest.param("two\nlines", id="a new line"),
    pytest.param("a\r\nlevel=error event=forged", id="a forged second line"),
    pytest.param("a\x85b\u2028c\u2029d\x0b\x0ce", id="every other line end"),
    pytest.param("\x1b[2J\x1b]0;title\x07", id="control sequences of a terminal"),
    pytest.param("abc\u202edcba\u2066", id="characters that reverse the direction of text"),
    pytest.param("half a \ud800 pair", id="half a surrogate pair"),
    pytest.param("100 %s %d %(name)s {0}", id="placeholders"),
    pytest.param('quoted " \\ = here', id="quotes, a backslash and an equals sign"),
    pytest.param("\x00", id="a NUL character"),
]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("text", HOSTILE)
def test_an_event_is_one_line_whatever_characters_it_contains(form: str, text: str) -> None:
    line = logged(form, text, detail=text, several=[text])
    assert len(line.splitlines()) == 1 and line.endswith("\n")
    assert line[:-1].isprintable()
    line.encode()
    if form == "json":
        assert json.loads(line)["detail"].encode("utf-8", "surrogatepass") == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_with_its_traceback_is_one_line(form: str) -> None:
    stream = io.StringIO()
    logs.set_up("json" if form == "json" else "text", secret_hosts=channels.SECRET_HOSTS, stream=stream)
    try:
        raise ValueError("smtp://lead:s3cr3t@mail.example\nand more")
    except ValueError:
        logs.logger("monitor.tests").error("a fault", exc_info=True)
    assert len(stream.getvalue().splitlines()) == 1
    assert "ValueError" in stream.getvalue() and "s3cr3t" not in stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_events_of_other_libraries_are_logged_in_the_same_format(form: str) -> None:
    stream = io.StringIO()
    logs.set_up("json" if form == "json" else "text", secret_hosts=channels.SECRET_HOSTS, stream=stream)
    logging.getLogger("another.library").warning("took %d s at %s", 3, "https://hooks.slack.com/services/T0/B0/s3cr3t")
    line = stream.getvalue()
    assert "took 3 s at https://hooks.slack.com/…" in line.encode().decode("unicode_escape" if form == "json" else "utf-8")
    assert "s3cr3t" not in line and line.count("\n") == 1


SECRETS = [
    pytest.param("https://hooks.slack.com/services/T0/B0/s3cr3t", id="a Slack address"),
    pytest.param("slack:http://127.0.0.1:8065/s3cr3t", id="a Slack address at another host"),
    pytest.param("webhook:https://council.example/s3cr3t?x=1", id="a webhook's address"),
    pytest.param("teams:https://council.example?sig=s3cr3t", id="a Teams address without a path"),
    pytest.param("https://prod-1.uksouth.logic.azure.com:443/workflows/s3cr3t/triggers?sig=s3cr3t", id="a Teams workflow"),
    pytest.param("https://default1.environment.api.powerplatform.com:443/x/s3cr3t", id="a newer Teams workflow"),
    pytest.param("ntfy:https://council.example/s3cr3t", id="an address of an unknown channel"),
    pytest.param("https://ptb.discordapp.com/api/webhooks/s3cr3t", id="a webhook of Discord"),
    pytest.param("https://hc-ping.com/s3cr3t", id="a dead man's switch"),
    pytest.param("https://council.example/ping/s3cr3t-0123456789ab", id="a long key in a path"),
    pytest.param("https://council.example/ping?key=s3cr3t", id="a key in a query string"),
    pytest.param("(https://council.example/ping?a=1&b=s3cr3t)", id="anything in a query string"),
    pytest.param("smtp://lead:s3cr3t@mail.example:587", id="a password in a URL"),
    pytest.param("smtp://lead:s3cr3t/p@ss@mail.example:587", id="a password that contains a slash and an @"),
    pytest.param("https://s3cr3t@mail.example/", id="a token instead of a user name"),
    pytest.param("postgresql+psycopg://root:s3cr3t@db/x", id="a database's password"),
    pytest.param("password=s3cr3t", id="a password after its name"),
    pytest.param('{"password": "s3cr3t and more s3cr3t"}', id="a password in JSON"),
    pytest.param("{'api_key': 's3cr3t'}", id="a key in a dictionary"),
    pytest.param("SMTP_PASSWORD: s3cr3t", id="a password after a longer name"),
    pytest.param("CQC_API_KEY=s3cr3t", id="a key after the name of its setting"),
    pytest.param("SECRET_KEY = s3cr3t", id="the secret key after the name of its setting"),
    pytest.param("Ocp-Apim-Subscription-Key: s3cr3t", id="the API's header with the key"),
    pytest.param("Authorization: Bearer s3cr3t-s3cr3t", id="a header with a token"),
    pytest.param("bearer s3cr3ts3cr3t", id="a bearer's token"),
    pytest.param("AUTH PLAIN AGxlYWQAczNjcjN0s3cr3t", id="the line with which a mail client signs in"),
    pytest.param("eyJhbGciOiJIUzI1NiJ9.s3cr3t.abc", id="a signed token"),
    pytest.param("gAAAAABn0s3cr3tAAAAAAAAAAAAAAAAAAAAA==", id="an encrypted address"),
    pytest.param("the key Zx9s3cr3tQw8Er7Ty6Ui5Op4 was refused", id="random letters and digits"),
]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("text", SECRETS)
def test_a_text_that_looks_like_a_secret_is_removed_everywhere(form: str, text: str) -> None:
    line = logged(form, f"failed: {text}", detail=text, nested={"deep": [text]})
    assert "s3cr3t" not in line and "failed" in line


@pytest.mark.parametrize("name", ["password", "smtp_password", "token", "api_key", "Authorization", "secret_key"])
def test_the_value_of_a_detail_that_is_named_like_a_secret_is_not_shown(name: str) -> None:
    assert "abc" not in logged("text", "set", nested=[{name: "abc"}])


def test_a_known_secret_is_removed_although_it_looks_like_a_word() -> None:
    line = logged("text", "550 horse is wrong", secrets=("correct horse", "horse"), detail="correct horse battery")
    assert "horse" not in line and "battery" in line


PLAIN = [
    "failed:https://www.cqc.org.uk/location/1-2235535718",
    "https://www.cqc.org.uk/location/1-2235535718/inspection-summary?page=2",
    "https://www.cqc.org.uk/sites/default/files/new_reports/AAAJ1234-5678-INS2.pdf: CQC answered 503",
    "1-2235535718",
    "250 2.0.0 Ok: queued as 4F1c3D2b1A",
    "3b18e512dba79e4c8300dd08aeb37f8e728b8dad0b1a9ba6a2c9f3d1f8e2c3a4",
    "Cherrybrook Care Home: overall rating fell from Good to Inadequate",
    "mailto:lead@council.example: 451 Not now",
    "slack:hooks.slack.com/…x9Qz",
    "the database postgresql://db/monitor can't be used",
    "passed 3 checks; the secretary's session ended",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_without_a_secret_is_not_changed(text: str) -> None:
    assert json.loads(logged("json", text))["event"] == text
