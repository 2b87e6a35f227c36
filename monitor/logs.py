"""The log. Each line has the time in UTC, a level, what happened, and details, as key=value or JSON.

    log = logs.logger(__name__)
    log.info("looked", services=50, unchanged=48)

Callers must not log secrets. This module removes everything that looks like a secret, in case a caller logs one.
"""

import logging
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import suppress
from typing import Any, Literal, TextIO, cast

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter

HIDDEN = "…"
"""The text that replaces a secret."""

Fields = MutableMapping[str, Any]


def logger(name: str) -> BoundLogger:
    """Returns a logger. The logger's methods take what happened, and the details as keyword arguments."""
    return cast(
        BoundLogger,
        structlog.wrap_logger(
            logging.getLogger(name),
            processors=[structlog.stdlib.filter_by_level, _handed_over],
            wrapper_class=BoundLogger,
            cache_logger_on_first_use=True,
        ),
    )


def set_up(
    form: Literal["text", "json"],
    *,
    secrets: Iterable[str] = (),
    secret_hosts: Iterable[str],
    stream: TextIO | None = None,
) -> None:
    """Makes this process log in the format `form`, to standard error or `stream`.

    secrets       values that no line may contain, even if they do not look like secrets: passwords and keys from the settings
    secret_hosts  hosts whose whole path is a secret (".example" means all hosts below it)
    """
    output = _Output(stream)
    output.setFormatter(_formatter(form, _Redaction(secrets, secret_hosts)))
    root = logging.getLogger()
    root.handlers[:] = [*(one for one in root.handlers if not isinstance(one, _Output)), output]
    root.setLevel(logging.WARNING)
    logging.getLogger("monitor").setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # its warnings about jobs that are still running are useless


class _Output(logging.Handler):
    """Writes to a stream. Without a stream, writes to what is standard error at that moment."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a line. A line that can't be written (full disk, broken pipe) must not stop the program."""
        with suppress(OSError, ValueError):
            stream = self._stream or sys.stderr
            stream.write(self.format(record) + "\n")
            stream.flush()


def _handed_over(_: object, __: str, fields: Fields) -> tuple[tuple[str, Any], Fields]:
    """Passes a log entry to the standard library. All details are put under one name, because their names could clash with the
    attributes of LogRecord."""
    exc_info = fields.pop("exc_info", None)
    return ("%s", fields.pop("event")), {"exc_info": exc_info, "extra": {"details": dict(fields)}}


def _taken_over(_: object, __: str, fields: Fields) -> Fields:
    """Returns the details that `_handed_over` put into the record."""
    fields.update(getattr(fields["_record"], "details", {}))
    return fields


def _formatter(form: Literal["text", "json"], redaction: "_Redaction") -> logging.Formatter:
    text = [_on_one_line, structlog.processors.LogfmtRenderer(key_order=["time", "level", "event"], bool_as_flag=False)]
    ending = text if form == "text" else [structlog.processors.JSONRenderer(ensure_ascii=True, default=str)]
    return ProcessorFormatter(
        foreign_pre_chain=[
            _taken_over,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        ],
        processors=[
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redaction,
            *ending,
        ],
    )


def _on_one_line(_: object, __: str, fields: Fields) -> Fields:
    """Escapes characters that break a line or change its direction. The JSON renderer escapes these characters too, but the
    renderer of key=value does not."""
    return {name: _visible(str(value)) if isinstance(value, str) else value for name, value in fields.items()}


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else character
        for character in text
    )


# ── secrets ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_NAMES = (
    r"pass(?:word|wd|phrase)?|pwd|secrets?|token|api[-_ ]?key|(?:secret|signing|access|account|subscription|private)[-_ ]?key"
    r"|authorization|credentials?|sig|signature|session|cookie"
)
_NAMED = re.compile(rf"[\w-]*?(?:{_NAMES})", re.IGNORECASE)
_ASSIGNED = re.compile(
    rf"""(?P<name>(?<![\w-])[\w-]*?(?:{_NAMES})["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|(?:bearer|basic)\s+\S+|[^\s&;,]+)""",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b(bearer|basic|auth plain|auth login)\s+[A-Za-z0-9+/=._~-]{8,}", re.IGNORECASE)
_URL = re.compile(r"(?<![a-z0-9+.-])([0-9+.-]*+)([a-z][a-z0-9+.-]*+://[^\s\"'<>]+)", re.IGNORECASE)
_CQC = re.compile(r"https?://(?:[a-z0-9.-]+\.)?cqc\.org\.uk(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
# Hosts of heartbeat services, whose whole path is a secret too.
_HEARTBEATS = ("hc-ping.com", "discord.com", ".discord.com", "discordapp.com", ".discordapp.com")
# An address of a channel, even of a channel that this program does not know: a word, a colon and a URL.
_ADDRESS = re.compile(r"(?<=\w:)(https?://[^\s/?\"'<>]+)[/?][^\s\"'<>]*", re.IGNORECASE)
# A long text of small letters, capitals and digits, or an encrypted or signed text. Words, our own ids and hex digests do not
# match.
_RANDOM = re.compile(
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{24,}={0,2}|\beyJ[\w-]{8,}(?:\.[\w-]+)*", re.ASCII
)
_SEGMENT = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[^/]{16,}", re.ASCII)


class _Redaction:
    """Removes everything that looks like a secret from all values, however deeply nested."""

    def __init__(self, secrets: Iterable[str], hosts: Iterable[str]) -> None:
        self._known = sorted((secret for secret in secrets if len(secret) > 3), key=len, reverse=True)
        named = "|".join(("[^/]*" if host.startswith(".") else "") + re.escape(host) for host in (*hosts, *_HEARTBEATS))
        self._hooks = re.compile(rf"https?://(?:{named})(?::\d+)?(?=[/?])", re.IGNORECASE)

    def __call__(self, _: object, __: str, fields: Fields) -> Fields:
        return {name: self._value(name, value) for name, value in fields.items()}

    def _value(self, name: str, value: Any) -> Any:
        if _NAMED.fullmatch(name) and value:
            return HIDDEN
        if isinstance(value, Mapping):
            return {str(one): self._value(str(one), inner) for one, inner in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self._value("", inner) for inner in value]
        if value is None or isinstance(value, (bool, int, float)):
            return value
        return self._text(str(value))

    def _text(self, text: str) -> str:
        for secret in self._known:
            text = text.replace(secret, HIDDEN)
        text = _ADDRESS.sub(lambda found: found[0] if _CQC.match(found[0]) else f"{found[1]}/{HIDDEN}", text)
        text = _URL.sub(lambda found: found[1] + self._url(found[2]), text)
        text = _ASSIGNED.sub(rf"\g<name>{HIDDEN}", text)
        text = _BEARER.sub(rf"\1 {HIDDEN}", text)
        return _RANDOM.sub(HIDDEN, text)

    def _url(self, url: str) -> str:
        """Returns a URL without its user, its query, and any part of its path that may be a key. CQC's own URLs are public and
        stay unchanged."""
        if _CQC.match(url):
            return url
        scheme, mark, rest = url.partition("://")
        if "@" in rest:  # everything before the last “@” is hidden, because a password may contain an “@”
            url = f"{scheme}{mark}{HIDDEN}@{rest.rpartition('@')[2]}"
        if hook := self._hooks.match(url):
            return f"{hook[0]}/{HIDDEN}"
        path, query, _ = url.partition("?")
        scheme, _, rest = path.partition("://")
        host, slash, below = rest.partition("/")
        segments = [HIDDEN if _SEGMENT.fullmatch(segment) else segment for segment in below.split("/")]
        return f"{scheme}://{host}{slash}{'/'.join(segments)}" + (f"?{HIDDEN}" if query else "")
