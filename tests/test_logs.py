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
    """Restores the process's logging afterwards."""
    root, own = logging.getLogger(), logging.getLogger("monitor")
    before = root.handlers[:], root.level, own.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    own.setLevel(before[2])


def logged(form: str, event: str, *, secrets: tuple[str, ...] = (), **details: object) -> str:
    """The log line of one event."""
    stream = io.StringIO()
    logs.set_up("json" if form == "json" else "text", secrets=secrets, secret_hosts=channels.SECRET_HOSTS, stream=stream)
    logs.logger("monitor.tests").warning(event, **details)
    return stream.getvalue()


def test_text_is_key_and_value_as_an_operator_reads_them() -> None:
    line = logged("text", "not read well", location_id="1-2235535718", failures=3, detail="CQC answered 503", name=None)
    time, rest = line.split(" ", 1)
    assert time.startswith("time=") and datetime.fromisoformat(time.removeprefix("time=")).tzinfo is not None
    said = 'level=warning event="not read well" location_id=1-2235535718 failures=3 detail="CQC answered 503" name=\n'
    assert rest == said


def test_json_is_one_object_a_line() -> None:
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
    pytest.param("\x1b[2J\x1b]0;title\x07", id="orders to a terminal"),
    pytest.param("abc\u202edcba\u2066", id="letters that turn the line round"),
    pytest.param("half a \ud800 pair", id="half a surrogate pair"),
    pytest.param("100 %s %d %(name)s {0}", id="placeholders"),
    pytest.param('quoted " \\ = here', id="quotes and signs of equality"),
    pytest.param("\x00", id="nothing"),
]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("text", HOSTILE)
def test_one_event_is_one_line_whatever_stands_in_it(form: str, text: str) -> None:
    line = logged(form, text, detail=text, several=[text])
    assert len(line.splitlines()) == 1 and line.endswith("\n")
    assert line[:-1].isprintable()
    line.encode()
    if form == "json":
        assert json.loads(line)["detail"].encode("utf-8", "surrogatepass") == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_fault_with_its_traceback_is_one_line_too(form: str) -> None:
    stream = io.StringIO()
    logs.set_up("json" if form == "json" else "text", secret_hosts=channels.SECRET_HOSTS, stream=stream)
    try:
        raise ValueError("smtp://lead:s3cr3t@mail.example\nand more")
    except ValueError:
        logs.logger("monitor.tests").error("a fault", exc_info=True)
    assert len(stream.getvalue().splitlines()) == 1
    assert "ValueError" in stream.getvalue() and "s3cr3t" not in stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_other_libraries_log_in_the_same_form(form: str) -> None:
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
    pytest.param("https://ptb.discordapp.com/api/webhooks/s3cr3t", id="a webhook that may be a heartbeat"),
    pytest.param("https://hc-ping.com/s3cr3t", id="a dead man's switch"),
    pytest.param("https://council.example/ping/s3cr3t-0123456789ab", id="a long key in a path"),
    pytest.param("https://council.example/ping?key=s3cr3t", id="a key in a query string"),
    pytest.param("(https://council.example/ping?a=1&b=s3cr3t)", id="anything in a query string"),
    pytest.param("smtp://lead:s3cr3t@mail.example:587", id="a password in a URL"),
    pytest.param("smtp://lead:s3cr3t/p@ss@mail.example:587", id="a password that contains a character that ends a host"),
    pytest.param("https://s3cr3t@mail.example/", id="a token in a user's place"),
    pytest.param("postgresql+psycopg://root:s3cr3t@db/x", id="a database's password"),
    pytest.param("password=s3cr3t", id="a password by its name"),
    pytest.param('{"password": "s3cr3t and more s3cr3t"}', id="a password in JSON"),
    pytest.param("{'api_key': 's3cr3t'}", id="a key in a dictionary"),
    pytest.param("SMTP_PASSWORD: s3cr3t", id="a password by a longer name"),
    pytest.param("CQC_API_KEY=s3cr3t", id="a key by its setting"),
    pytest.param("SECRET_KEY = s3cr3t", id="the secret key by its setting"),
    pytest.param("Ocp-Apim-Subscription-Key: s3cr3t", id="the API's header"),
    pytest.param("Authorization: Bearer s3cr3t-s3cr3t", id="a header that signs in"),
    pytest.param("bearer s3cr3ts3cr3t", id="a bearer's token"),
    pytest.param("AUTH PLAIN AGxlYWQAczNjcjN0s3cr3t", id="the line with which a mail client signs in"),
    pytest.param("eyJhbGciOiJIUzI1NiJ9.s3cr3t.abc", id="a signed token"),
    pytest.param("gAAAAABn0s3cr3tAAAAAAAAAAAAAAAAAAAAA==", id="an encrypted address"),
    pytest.param("the key Zx9s3cr3tQw8Er7Ty6Ui5Op4 was refused", id="letters and digits at random"),
]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_like_a_secret_is_taken_out_wherever_it_stands(form: str, text: str) -> None:
    line = logged(form, f"failed: {text}", detail=text, nested={"deep": [text]})
    assert "s3cr3t" not in line and "failed" in line


@pytest.mark.parametrize("name", ["password", "smtp_password", "token", "api_key", "Authorization", "secret_key"])
def test_a_detail_that_has_a_secrets_name_is_not_shown(name: str) -> None:
    assert "abc" not in logged("text", "set", nested=[{name: "abc"}])


def test_a_known_secret_is_taken_out_though_it_looks_like_a_word() -> None:
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
def test_what_is_not_a_secret_stays_readable(text: str) -> None:
    assert json.loads(logged("json", text))["event"] == text
