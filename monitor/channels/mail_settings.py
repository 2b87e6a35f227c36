"""The settings for email. This module is separate from the channels, so that commands that send nothing load no mail client."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field, replace
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from pydantic import SecretStr

from monitor.errors import SettingsError, UsageError
from monitor.mailbox import mailbox_of
from monitor.settings import Settings
from monitor.text import plain

_ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how mail is handed over. The representation does not show the password.

    token  whether to sign in with a token of Microsoft Entra (XOAUTH2), not with a password
    """

    host: str
    port: int
    implicit_tls: bool
    starttls: bool
    username: str | None
    password: str
    token: bool = False

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"

    @property
    def signs_in_to_microsoft_by_password(self) -> bool:
        """Whether the program signs in to Microsoft 365 with a password. Microsoft is ending this kind of sign-in."""
        microsoft = self.host.lower().rstrip(".").endswith((".office365.com", ".outlook.com"))
        return microsoft and self.username is not None and not self.token


@dataclass(frozen=True, slots=True)
class Registration:
    """Our app in Microsoft Entra. The app has either a secret or a certificate (PEM, with the key and the certificate).

    tenant  the organisation's directory id or domain, or the complete https address of its authority
    """

    tenant: str
    client_id: str
    secret: str | None = field(default=None, repr=False)
    certificate: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NotifyService:
    """Our service in GOV.UK Notify, and the id of our template."""

    service_id: str
    secret: str = field(repr=False)
    template: str


@dataclass(frozen=True, slots=True)
class MailSetup:
    """How email and text messages are sent.

    sender        the sender of email; None if MAIL_FROM is not set
    server        the mail server, if email is sent through a mail server
    registration  our app in Microsoft Entra, if email is sent through Graph, or if the mail server wants a token
    notify        our service in Notify, if email is sent through Notify
    sms           our service in Notify, if text messages are sent; None if NOTIFY_SMS_TEMPLATE is not set
    """

    sender: Address | None = None
    server: MailServer | None = None
    registration: Registration | None = None
    notify: NotifyService | None = None
    sms: NotifyService | None = None

    @property
    def missing(self) -> str | None:
        """The name of a missing setting without which no email can be sent; None if no setting is missing."""
        if self.notify is not None:
            return None
        if self.server is None and self.registration is None:
            return "SMTP_URL"
        return "MAIL_FROM" if self.sender is None else None

    def fingerprint(self, key: bytes, *others: str) -> str:
        """Returns a fingerprint, which changes when any of these settings or of the `others` changes. Without the key, nobody can
        recover the settings from the fingerprint."""
        server, registration, notify = self.server, self.registration, self.notify
        parts = (
            *others,
            str(self.sender),
            *((server.host, server.port, server.starttls, server.username, server.password, server.token) if server else ()),
            *((registration.tenant, registration.client_id) if registration else ()),
            *((registration.secret, registration.certificate) if registration else ()),
            *((notify.service_id, notify.secret, notify.template) if notify else ()),
            *((self.sms.service_id, self.sms.secret, self.sms.template) if self.sms else ()),
        )
        return hmac.new(key, repr(parts).encode(), hashlib.sha256).hexdigest()[:32]


def setup_of(settings: Settings) -> MailSetup:
    """Returns how email and text messages are sent according to the settings. Raises SettingsError, with one line that says
    what is wrong or missing."""
    sms = None
    if settings.notify_sms_template:
        sms = _notify_of(settings, "NOTIFY_SMS_TEMPLATE", settings.notify_sms_template)
    return replace(_mail_of(settings), sms=sms)


def _mail_of(settings: Settings) -> MailSetup:
    sender = sender_of(settings.mail_from) if settings.mail_from else None
    if settings.mail_by == "notify":
        return MailSetup(sender, notify=_notify_of(settings, "NOTIFY_TEMPLATE", settings.notify_template))
    if settings.mail_by == "graph":
        if sender is None:
            raise SettingsError("MAIL_BY=graph also needs MAIL_FROM: the mailbox that sends the emails")
        return MailSetup(sender, registration=_registration_of(settings, "MAIL_BY=graph"))
    server = server_of(settings.smtp_url.get_secret_value()) if settings.smtp_url else None
    if server is None or not server.token:
        return MailSetup(sender, server)
    if server.username is None and sender is None:
        raise SettingsError("SMTP_URL with auth=xoauth2 needs the mailbox that signs in: set MAIL_FROM, or a user in SMTP_URL")
    return MailSetup(sender, server, _registration_of(settings, "SMTP_URL with auth=xoauth2"))


def _registration_of(settings: Settings, needed_by: str) -> Registration:
    tenant, client_id = settings.ms_tenant, settings.ms_client_id
    secret, file = _value(settings.ms_client_secret), settings.ms_client_certificate
    missing = [name for name, value in (("MS_TENANT", tenant), ("MS_CLIENT_ID", client_id)) if not value]
    missing += [] if secret or file else ["MS_CLIENT_SECRET (or MS_CLIENT_CERTIFICATE)"]
    if missing or not tenant or not client_id:
        raise SettingsError(f"{needed_by} needs {' and '.join(missing)} too: see docs/mail.md")
    if secret and file:
        raise SettingsError("MS_CLIENT_SECRET and MS_CLIENT_CERTIFICATE are both set: remove one of them")
    if not re.fullmatch(r"[A-Za-z0-9.-]+|https://[^/\s?#]+/[^/\s?#]+/?", tenant):
        raise SettingsError("MS_TENANT is not an organisation: write its directory id or its domain, for example council.example")
    if not re.fullmatch(_ID, client_id):
        raise SettingsError("MS_CLIENT_ID is not the id of an app: copy the Application (client) ID from its page in Entra")
    return Registration(tenant.rstrip("/"), client_id, secret, _certificate(file) if file else None)


def _certificate(file: str) -> str:
    try:
        text = Path(file).read_text(encoding="ascii")
    except OSError as error:
        raise SettingsError(f"MS_CLIENT_CERTIFICATE: {file} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"MS_CLIENT_CERTIFICATE: {file} is not a PEM file: convert it with openssl") from None
    wanted = {"a private key": r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----", "a certificate": "-----BEGIN CERTIFICATE-----"}
    missing = [what for what, mark in wanted.items() if not re.search(mark, text)]
    if missing:
        raise SettingsError(f"MS_CLIENT_CERTIFICATE: {file} lacks {' and '.join(missing)}: put both into the file")
    return text


def _notify_of(settings: Settings, name: str, template: str | None) -> NotifyService:
    key = _value(settings.notify_api_key)
    missing = [one for one, value in (("NOTIFY_API_KEY", key), (name, template)) if not value]
    if missing or not key or not template:
        by, manual = ("MAIL_BY=notify", "docs/mail.md") if name == "NOTIFY_TEMPLATE" else (name, "docs/on-call.md")
        raise SettingsError(f"{by} needs {' and '.join(missing)} too: see {manual}")
    match = re.fullmatch(rf".*?({_ID})-({_ID})", key.strip(), re.DOTALL)
    if not match:
        raise SettingsError("NOTIFY_API_KEY is not a key of GOV.UK Notify: copy the whole key, with the name at the beginning")
    if not re.fullmatch(_ID, template.strip()):
        raise SettingsError(f"{name} is not the id of a template: copy it from the template's page in GOV.UK Notify")
    return NotifyService(match[1], match[2], template.strip())


def _value(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def as_text(text: str) -> str:
    """Changes anything in a header's text that looks like an encoded word. Python would decode the word, and raise an error if
    the result is not UTF-8."""
    return text.replace("=?", "= ?")


def sender_of(text: str) -> Address:
    """Returns the sender in MAIL_FROM. Raises SettingsError."""
    name, mailbox = parseaddr(text)
    try:
        if not text.isprintable():
            raise UsageError("MAIL_FROM contains a line break")
        return Address(display_name=as_text(plain(name)), addr_spec=mailbox_of(f"mailto:{mailbox}"))
    except (UsageError, ValueError):
        raise SettingsError('MAIL_FROM is not a sender: use the form "CQC monitor <monitor@council.example>"') from None


def server_of(text: str) -> MailServer:
    """Returns the server in SMTP_URL. Raises SettingsError."""
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise SettingsError(_SMTP_URL_HELP) from None
    if url.scheme not in {"smtp", "smtps"} or not url.hostname or url.path not in {"", "/"}:
        raise SettingsError(_SMTP_URL_HELP)
    implicit = url.scheme == "smtps"
    options = parse_qs(url.query, keep_blank_values=True)
    token = _wants_token(options, url)
    starttls = not implicit and _wants_starttls(options, _is_loopback(url.hostname))
    if set(options) - {"auth", "starttls"}:
        raise SettingsError(_QUERY_HELP)
    return MailServer(
        host=url.hostname,
        port=port or (465 if implicit else 587),
        implicit_tls=implicit,
        starttls=starttls,
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password or ""),
        token=token,
    )


_QUERY_HELP = "SMTP_URL: the only options allowed after the question mark are starttls=required, starttls=never, auth=xoauth2"


def _wants_starttls(options: dict[str, list[str]], loopback: bool) -> bool:
    wanted = options.get("starttls", ["never" if loopback else "required"])[-1]
    if wanted not in {"required", "never"}:
        raise SettingsError(_QUERY_HELP)
    return wanted == "required"


def _wants_token(options: dict[str, list[str]], url: SplitResult) -> bool:
    wanted = options.get("auth", [""])[-1].lower()
    if "auth" in options and wanted != "xoauth2":
        raise SettingsError(_QUERY_HELP)
    if wanted and url.password:
        raise SettingsError("SMTP_URL has both a password and auth=xoauth2, which uses no password: remove one of the two")
    return bool(wanted)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


_SMTP_URL_HELP = (
    "SMTP_URL is not the address of a mail server: write it like smtp://user:password@mail.example:587 or smtps://…, "
    "with characters like @ : / # % in the password written as %40 %3A %2F %23 %25"
)
