"""Reads the settings from the environment and `.env`, once, at the start. No other module reads the environment."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from monitor.errors import SettingsError
from monitor.text import nearest

ENV = Path(".env")
"""The file with settings, in the working directory."""

_PAGES_AT = Path("state/pages.url")
"""The file with the URL at which this installation last served the pages. The URL is used if PUBLIC_URL is not set."""

BUNDLE_OVER = 10
"""The default of the setting BUNDLE_OVER. If more than this many urgent items are due together for one address, one message
contains all of them."""

_HUNDRED_YEARS = 36_525
"""A hundred years, in days: the longest time that a KEEP_ setting accepts. For a longer time, the setting must be "for ever"."""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: object, *, longest: int = 366) -> timedelta:
    """Parses a length of time such as `30s`, `15m`, `6h` or `1d`, of at most `longest` days. Raises ValueError for anything
    else."""
    if isinstance(text, timedelta):
        return text
    match = re.fullmatch(r"(\d{1,6})\s*([smhd])", str(text).strip())
    if not match:
        raise ValueError("is not a length of time: write for example 30s, 15m, 6h or 1d")
    length = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if length > timedelta(days=longest):
        raise ValueError(f"is too long: at most {longest}d")
    return length


def _some_time(value: timedelta) -> timedelta:
    if value < timedelta(seconds=1):
        raise ValueError("is too short: at least 1s")
    return value


def _escalate_after(text: object) -> timedelta | None:
    if text is None or str(text).strip().lower() in {"none", "never"}:
        return None
    try:
        return duration(text) or None
    except ValueError as error:
        raise ValueError(f"{error}, or none") from None


def _kept(text: object) -> timedelta | None:
    if text is None or str(text).strip().lower() in {"for ever", "forever"}:
        return None
    try:
        length = duration(text, longest=_HUNDRED_YEARS)
    except ValueError as error:
        raise ValueError(f"{error}, or for ever") from None
    if length < timedelta(days=1):
        raise ValueError("is too short: at least 1d")
    return length


def _log_kept(text: object) -> timedelta | None:
    length = _kept(text)
    if length is not None and length < timedelta(days=90):  # within this time, mail may be returned and alerts retracted
        raise ValueError("is too short: at least 90d")
    return length


def _listening(text: object) -> object:
    match = re.fullmatch(r"([a-z0-9.-]+|\[[0-9a-f:.]+\]):(\d{1,5})", str(text).strip().lower())
    if text is not None and not (match and 0 < int(match[2]) < 65536):
        raise ValueError("is not host:port, for example 127.0.0.1:9464")
    return match and match[0]


def _web_address(text: object) -> str:
    address = str(text).strip().rstrip("/")
    parts = urlsplit(address)  # this itself raises ValueError for a bad port or bracket
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError("is not a web address: write it in full, for example https://www.cqc.org.uk")
    return address


def _public_url(text: object) -> str:
    address = _web_address(text)
    parts = urlsplit(address)
    if parts.query or parts.fragment or not re.fullmatch(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*", parts.path):
        raise ValueError(
            "can't be the address of the pages: write it like https://cqc.council.example or https://council.example/cqc"
        )
    return address


def _database(text: object) -> str:
    url = str(text).strip()
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


def _hosts(text: object) -> frozenset[str]:
    if not isinstance(text, str):
        return frozenset(text)  # type: ignore[call-overload, no-any-return]
    hosts = {part.strip().lower() for part in text.split(",") if part.strip()}
    for host in hosts:
        if not re.fullmatch(r"(?:[a-z0-9.-]+|\[[0-9a-f:]+\]):\d{1,5}", host):
            raise ValueError("is not a list of host:port with commas between, for example 127.0.0.1:8065,localhost:8066")
    return frozenset(hosts)


def _domains(text: object) -> frozenset[str]:
    if not isinstance(text, str):
        return frozenset(text)  # type: ignore[call-overload, no-any-return]
    named = {part.strip().lower() for part in text.split(",") if part.strip()}
    for one in named:
        if not re.fullmatch(r"(?:[^@\s]+@)?(?:[a-z0-9-]+\.)+[a-z0-9-]+", one):
            raise ValueError("is not a list of domains or email addresses: write for example council.example, a@b.example")
    return frozenset(named)


def _issuer(text: object) -> str | None:
    """Returns the OpenID Connect issuer, exactly as the issuer's own configuration states it: a slash at the end is part of the
    issuer."""
    if text is None:
        return None
    address = str(text).strip().removesuffix("/.well-known/openid-configuration")
    parts = urlsplit(address)  # this itself raises ValueError for a bad port or bracket
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.port == 0 or parts.query or parts.fragment or parts.username:
        raise ValueError("is not a web address: write it in full, for example https://login.council.example")
    if parts.scheme == "http" and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("must begin with https://")
    return address


def _roles(text: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(text, str):
        return tuple(text)  # type: ignore[arg-type]
    roles: dict[str, str] = {}
    for part in filter(str.strip, text.split(",")):
        group, _, role = (one.strip() for one in part.rpartition("="))
        if not group or role not in {"reader", "editor", "operator"}:
            raise ValueError("is not a list of group=role (reader, editor, operator) with commas, such as Care quality=editor")
        if roles.setdefault(group, role) != role:
            raise ValueError(f"gives {group!r} two roles: leave one out")
    return tuple(roles.items())


def _session_length(text: object) -> timedelta:
    length = duration(text, longest=30)
    if length < timedelta(minutes=1):
        raise ValueError("is too short: at least 1m")
    return length


def _list_every(text: object) -> timedelta:
    length = duration(text, longest=1)
    if length < timedelta(minutes=5):
        raise ValueError("is too short: at least 5m")
    return length


def _one_line(text: object) -> str | None:
    if text is None:  # the default
        return None
    line = str(text).strip()
    if not line.isprintable():
        raise ValueError("must be one line of printable characters")
    return line


_Duration = Annotated[timedelta, BeforeValidator(duration)]
_Interval = Annotated[timedelta, BeforeValidator(lambda text: _some_time(duration(text)))]
_WebAddress = Annotated[str, BeforeValidator(_web_address)]


IN_PAGES = ("contact", "operator", "check_every", "stale_after", "escalate_after")
"""The settings that an operator may also make in the pages. None of these settings is a secret."""


class Settings(BaseSettings):
    """Everything that can be set from outside. docs/settings.md defines the meanings and defaults."""

    model_config = SettingsConfigDict(
        env_file=ENV, env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: Annotated[str, BeforeValidator(_database), Field(repr=False)] = "sqlite:///state/monitor.db"
    cqc_base_url: _WebAddress = "https://www.cqc.org.uk"
    cqc_api_url: _WebAddress = "https://api.service.cqc.org.uk/public/v1"
    cqc_api_key: SecretStr | None = None
    check_every: _Interval = timedelta(hours=6)
    confirm_after: _Duration = timedelta(seconds=60)
    stale_after: _Interval = timedelta(hours=48)
    hints: Literal["on", "off"] = "on"
    list_every: Annotated[timedelta, BeforeValidator(_list_every)] = timedelta(minutes=10)
    list_every_quiet: Annotated[timedelta, BeforeValidator(_list_every)] = timedelta(minutes=30)
    requests_per_second: Annotated[float, Field(ge=0.2, le=500)] = 1.0
    contact: Annotated[str | None, BeforeValidator(_one_line)] = None
    mail_by: Literal["smtp", "graph", "notify"] = "smtp"
    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    ms_tenant: Annotated[str | None, BeforeValidator(_one_line)] = None
    ms_client_id: Annotated[str | None, BeforeValidator(_one_line)] = None
    ms_client_secret: SecretStr | None = None
    ms_client_certificate: str | None = None
    notify_api_key: SecretStr | None = None
    notify_template: Annotated[str | None, BeforeValidator(_one_line)] = None
    notify_sms_template: Annotated[str | None, BeforeValidator(_one_line)] = None
    ssl_cert_file: Annotated[str | None, BeforeValidator(_one_line)] = None
    bounces_url: SecretStr | None = None
    extra_webhook_hosts: Annotated[frozenset[str], NoDecode, BeforeValidator(_hosts)] = frozenset()
    public_url: Annotated[str, BeforeValidator(_public_url)] = "http://127.0.0.1:8000"
    escalate_after: Annotated[timedelta | None, BeforeValidator(_escalate_after)] = timedelta(hours=24)
    bundle_over: Annotated[int, Field(ge=1, le=1000)] = BUNDLE_OVER
    sign_in_domains: Annotated[frozenset[str], NoDecode, BeforeValidator(_domains)] = frozenset()
    oidc_issuer: Annotated[str | None, BeforeValidator(_issuer)] = None
    oidc_client_id: Annotated[str | None, BeforeValidator(_one_line)] = None
    oidc_client_secret: SecretStr | None = None
    oidc_roles: Annotated[tuple[tuple[str, str], ...], NoDecode, BeforeValidator(_roles)] = ()
    session_length: Annotated[timedelta, BeforeValidator(_session_length)] = timedelta(hours=12)
    operator: str | None = None
    heartbeat_url: Annotated[SecretStr | None, BeforeValidator(lambda text: text and _web_address(text))] = None
    secret_key: SecretStr | None = None
    keep_evidence: Annotated[timedelta | None, BeforeValidator(_kept)] = None
    keep_people: Annotated[timedelta | None, BeforeValidator(_kept)] = None
    keep_log: Annotated[timedelta | None, BeforeValidator(_log_kept)] = None
    log_format: Literal["text", "json"] = "text"
    metrics: Annotated[str | None, BeforeValidator(_listening)] = None
    backup_to: Path | None = None
    backup_every: _Interval = timedelta(days=1)
    backup_keep: Annotated[int, Field(ge=1, le=1000)] = 14
    verify_others: Annotated[int, Field(ge=0, le=1000)] = 20

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> Any:
        """Returns the sources of settings: the environment, then `.env`. See `_texts`."""
        return init_settings, partial(_texts, env_settings), partial(_texts, dotenv_settings)

    @property
    def can_mail(self) -> bool:
        """Whether email is set up. If MAIL_BY is not `smtp`, this is always true, because the program does not start if a setting
        is missing that this MAIL_BY needs."""
        return self.mail_by != "smtp" or bool(self.smtp_url and self.mail_from)

    @property
    def has_pages(self) -> bool:
        """Whether PUBLIC_URL is set. If it is set, people on other machines can reach the pages, and messages may link to the
        pages."""
        return "public_url" in self.model_fields_set

    @property
    def root(self) -> str:
        """The path of PUBLIC_URL, such as "/cqc", with which the paths of all pages begin. "" if PUBLIC_URL has no path."""
        return urlsplit(self.public_url).path

    def served_at(self, host: str, port: int) -> "Settings":
        """Returns the settings for pages that are served at this address. If PUBLIC_URL is not set, this address replaces it. The
        address is then also stored for `load`, so that the commands of this installation print working links."""
        if self.has_pages:
            return self
        url = f"http://{_reachable(host)}:{port}"
        _keep_pages_at(url)
        return self._at(url)

    def _at(self, url: str) -> "Settings":
        moved = self.model_copy(update={"public_url": url})
        moved.model_fields_set.discard("public_url")
        return moved

    def with_saved(self, saved: Mapping[str, str]) -> "Settings":
        """Returns these settings together with the settings that were made in the pages (`saved`). The environment and `.env`
        take precedence. Raises SettingsError for a value that can no longer be used."""
        values = {name: text for name, text in saved.items() if name in IN_PAGES and name not in self.model_fields_set}
        if not values:
            return self
        try:
            made = {name: self.checked(name, text) for name, text in values.items()}
        except SettingsError as error:
            raise SettingsError(f"{error} (this was set in the pages; set it in .env, which takes precedence)") from None
        return self.model_copy(update=made)

    def checked(self, name: str, text: str) -> Any:
        """Checks and returns the typed value of one setting. Raises SettingsError if the value can't be used. Other settings
        are not checked."""
        try:
            return TypeAdapter(type(self).model_fields[name].rebuild_annotation()).validate_python(text)
        except ValidationError as error:
            raise SettingsError("; ".join(_line({**one, "loc": (name,)}) for one in error.errors())) from None

    def differ_from(self, other: "Settings") -> bool:
        """Whether any setting differs."""
        names = (self.model_fields_set | other.model_fields_set) - {"ssl_cert_file"}  # `_trust` adds it to the environment
        return any(getattr(self, name) != getattr(other, name) for name in names)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that must not appear in a log: keys, passwords, and secret addresses to which anybody can post."""
        set_to = (getattr(self, name) for name in type(self).model_fields)
        values = [value.get_secret_value() for value in set_to if isinstance(value, SecretStr)]
        mail = (one.get_secret_value() for one in (self.smtp_url, self.bounces_url) if one)
        for url in (self.database_url, *mail):
            written = url.partition("://")[2].rpartition("@")[0].partition(":")[2]
            values += [written, unquote(written)]
        if self.notify_api_key:  # the last part alone signs requests
            values.append(self.notify_api_key.get_secret_value().strip()[-36:])
        if self.operator and not self.operator.startswith("mailto:"):
            values.append(self.operator.partition(":")[2])
        return tuple(dict.fromkeys(value for value in values if value))


def _texts(source: PydanticBaseSettingsSource) -> dict[str, str]:
    """Returns the values of a source as text, by the names of the fields. Each field parses its own text. pydantic's own method
    is not used, because it checks for each field whether the value is JSON. No value is JSON, and this check takes ten times as
    long as everything else."""
    assert isinstance(source, EnvSettingsSource)
    return {name: text for name in Settings.model_fields if (text := source.env_vars.get(name)) is not None}


_SECRET = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)} | {"database_url"}


def _line(error: Any) -> str:
    """Describes one of pydantic's errors in one line for people. A value that may contain a password is left out."""
    field = str(error["loc"][0]) if error["loc"] else "settings"
    reason = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    value = "" if field in _SECRET or "input" not in error else f" {str(error['input'])[:60]!r}"
    return f"{field.upper()}:{value} {reason}"


def load() -> Settings:
    """Returns the settings of this process. Raises SettingsError, with a text of one line that lists the unusable settings."""
    settings = read_again()
    if settings.ssl_cert_file:
        _trust(settings.ssl_cert_file)
    return settings


def read_again() -> Settings:
    """Returns the settings that a process would have if it started now. Changes nothing. Raises SettingsError."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_line(one) for one in error.errors())) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env can't be read: {error}") from None
    return settings if settings.has_pages else settings._at(_pages_at() or settings.public_url)


def _reachable(host: str) -> str:
    """Returns the host of a listening address in the form that people on this machine type."""
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104 (compared, not listened on)
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _keep_pages_at(url: str) -> None:
    """Stores the URL of the pages. If the folder can't be written, pages are served anyway, but only this process knows their
    URL."""
    with suppress(OSError):
        if _PAGES_AT.parent.is_dir() and _pages_at() != url:
            _PAGES_AT.write_text(url, encoding="ascii")


def _pages_at() -> str | None:
    try:
        return _web_address(_PAGES_AT.read_text(encoding="ascii"))
    except (OSError, ValueError):  # the file is missing or damaged
        return None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of `.env` that contains a name: the line's number, the name, and the value (None if the line has no “=”)."""

    number: int
    name: str
    value: str | None


def _lines() -> list[_Line]:
    """Returns the lines of `.env` that contain a name. Empty if there is no `.env`, or if it can't be read (`load` reports
    this)."""
    from dotenv.parser import parse_stream

    try:
        with ENV.open(encoding="utf-8-sig") as file:
            found = [one for one in parse_stream(file) if one.key or one.error]
    except (OSError, UnicodeDecodeError):
        return []
    return [_Line(one.original.line, one.key or _first_word(one.original.string), one.value) for one in found]


def _first_word(line: str) -> str:
    return next(iter(line.split()), "")


def in_env_file() -> dict[str, str]:
    """Returns the settings that are now in `.env`, by their names in capitals, with their values as text."""
    known = _names()
    return {one.name.upper(): one.value for one in _lines() if one.value and one.name.upper() in known}


def set_in() -> dict[str, str]:
    """Returns where each setting is set, by its name in capitals: "the environment", which takes precedence, or ".env".
    Settings that are not set are left out."""
    environment = {name.upper() for name, value in os.environ.items() if value}
    found = {name: str(ENV) for name in in_env_file()}
    return found | {name: "the environment" for name in _names() if name in environment}


def odd_lines() -> list[str]:
    """Returns a text about each line of `.env` that is not a usable setting. The text says what to do, and contains no possible
    secret."""
    return [text for text in map(_oddity, _lines()) if text]


def _oddity(line: _Line) -> str | None:
    name, known = line.name.upper(), _names()
    if name in known:
        return None if line.value is not None else f"{name} has no value in .env: write {name}=…"
    is_name = re.fullmatch(r"[A-Z][A-Z0-9_]{0,39}|[a-z][a-z0-9_]{0,39}", line.name)
    if line.value is None or not is_name:
        return f"line {line.number} of .env is not understood: write NAME=value"
    near = nearest(name, known, 1, 0.75)
    return f"{line.name} in .env is not a setting; " + (f"did you mean {near[0]}?" if near else "docs/settings.md has a list")


def _names() -> tuple[str, ...]:
    return tuple(name.upper() for name in Settings.model_fields)


def _trust(file: str) -> None:
    """Makes the TLS library trust the authorities in SSL_CERT_FILE. The library reads this setting only from the environment."""
    import ssl

    try:
        ssl.create_default_context(cafile=file)
    except (OSError, ValueError):  # a file without a certificate causes SSLError, which is an OSError
        raise SettingsError(
            f"SSL_CERT_FILE: {file} can't be read as certificates: give a PEM file with the certificates of the authorities to "
            f"trust"
        ) from None
    os.environ["SSL_CERT_FILE"] = file
