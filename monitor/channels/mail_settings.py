"""Parses SMTP_URL and MAIL_FROM. Separate from the channel, so that commands that send nothing load no mail client."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from monitor.errors import SettingsError, UsageError
from monitor.mailbox import mailbox_of
from monitor.text import plain


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how mail is handed over. Its representation does not show the password."""

    host: str
    port: int
    implicit_tls: bool
    starttls: bool
    username: str | None
    password: str

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"


def as_text(text: str) -> str:
    """A header's text without anything like an encoded word: Python would decode it, and fail if it is not UTF-8."""
    return text.replace("=?", "= ?")


def sender_of(text: str) -> Address:
    """The sender that MAIL_FROM names. Raises SettingsError."""
    name, mailbox = parseaddr(text)
    try:
        if not text.isprintable():
            raise UsageError("a line break")
        return Address(display_name=as_text(plain(name)), addr_spec=mailbox_of(f"mailto:{mailbox}"))
    except (UsageError, ValueError):
        raise SettingsError("MAIL_FROM is not a sender: write it like CQC monitor <monitor@council.example>") from None


def server_of(text: str) -> MailServer:
    """The server that SMTP_URL names. Raises SettingsError."""
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise SettingsError(_SMTP_URL_HELP) from None
    if url.scheme not in {"smtp", "smtps"} or not url.hostname or url.path not in {"", "/"}:
        raise SettingsError(_SMTP_URL_HELP)
    implicit = url.scheme == "smtps"
    starttls = not implicit and _wants_starttls(url, _is_loopback(url.hostname))
    return MailServer(
        host=url.hostname,
        port=port or (465 if implicit else 587),
        implicit_tls=implicit,
        starttls=starttls,
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password or ""),
    )


def _wants_starttls(url: SplitResult, loopback: bool) -> bool:
    query = parse_qs(url.query, keep_blank_values=True)
    wanted = query.pop("starttls", ["never" if loopback else "required"])[-1]
    if wanted not in {"required", "never"} or query:
        raise SettingsError("SMTP_URL: after the ? only starttls=required or starttls=never is allowed")
    return wanted == "required"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


_SMTP_URL_HELP = (
    "SMTP_URL is not the address of a mail server: write it like smtp://user:password@mail.example:587 or smtps://…, "
    "with characters like @ : / # % in the password written as %40 %3A %2F %23 %25"
)
