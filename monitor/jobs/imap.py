"""Reads the mailbox of delivery reports by IMAP (RFC 9051, RFC 3501), a few mails at a time, by their numbers. The calls block,
so call them in a thread.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from monitor.errors import SettingsError

TIMEOUT = 30.0
"""Seconds to wait for an answer from the server."""

AT_ONCE = 50
"""The most mails that one command fetches."""

_UID = re.compile(rb"\bUID (\d{1,10})\b")

_NUMBER = re.compile(rb"\d{1,10}")

_HELP = (
    "BOUNCES_URL is not the address of a mailbox: write it like imaps://user:password@mail.example/INBOX. In user and password, "
    "write the characters @ : / # % as %40 %3A %2F %23 %25. Use imap:// only for a mailbox on this machine"
)


class MailboxError(Exception):
    """The mailbox cannot be read. The error's text comes from the server or the system and may contain anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mailbox's server, user and folder, as BOUNCES_URL gives them."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str


def server_of(url: str) -> Server:
    """Parses BOUNCES_URL. Raises SettingsError if it is not the address of a mailbox."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError(_HELP) from None
    if not (parts.hostname and parts.username and parts.password) or not _is_mailbox(parts):
        raise SettingsError(_HELP)
    user, password, folder = unquote(parts.username), unquote(parts.password), unquote(parts.path.lstrip("/")) or "INBOX"
    if not all(one.isascii() and one.isprintable() for one in (user, password, folder)):
        raise SettingsError("BOUNCES_URL: user, password and folder may contain only printable ASCII characters")
    tls = parts.scheme == "imaps"
    return Server(
        host=parts.hostname, port=port or (993 if tls else 143), tls=tls, user=user, password=password, folder=folder
    )


def _is_mailbox(parts: SplitResult) -> bool:
    """Whether a URL is the address of a mailbox, with no query or fragment. Without TLS, the mailbox must be on this
    machine."""
    is_safe = parts.scheme == "imaps" or (parts.scheme == "imap" and _is_loopback(parts.hostname or ""))
    return is_safe and not parts.query and not parts.fragment


class Session:
    """One sign-in to a mailbox, for one thread at a time. Every method raises MailboxError.

    uid_validity  a number from the server. The mails' numbers are valid as long as this number stays the same
    """

    def __init__(self, server: Server, context: ssl.SSLContext | None = None) -> None:
        with _explained():
            self._connection = _connected(server, context)
        try:
            with _explained():
                self._connection.login(server.user, server.password)
                _done(self._connection.select(_quoted(server.folder)))
                (validity,) = self._connection.response("UIDVALIDITY")[1] or (None,)
                self.uid_validity = int(validity) if isinstance(validity, bytes) and validity.isdigit() else 0
        except MailboxError:
            self.close()
            raise

    def after(self, uid: int) -> list[int]:
        """The mails' numbers that are above the given number, in order."""
        with _explained():
            found = _done(self._connection.uid("SEARCH", f"UID {uid + 1}:*"))
        numbers = (int(one) for line in found if isinstance(line, bytes) for one in line.split() if _NUMBER.fullmatch(one))
        return sorted(one for one in numbers if uid < one < 2**32)  # "*" stands for the newest mail, which always matches

    def fetched(self, uids: Sequence[int], most_bytes: int) -> dict[int, bytes]:
        """Fetches the beginnings of mails, at most this many bytes of each. The mails are not marked as read. Deleted mails are
        left out."""
        numbers = ",".join(map(str, uids))
        with _explained():
            answer = _done(self._connection.uid("FETCH", numbers, f"(UID BODY.PEEK[]<0.{most_bytes}>)"))
        found: dict[int, bytes] = {}
        for one in answer:
            if isinstance(one, tuple) and (uid := _UID.search(one[0])):
                found[int(uid[1])] = one[1][:most_bytes]
        return found

    def mark_as_read(self, uids: Sequence[int]) -> None:
        """Marks mails as read."""
        if uids:
            with _explained():
                _done(self._connection.uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)"))

    def close(self) -> None:
        """Signs out. Raises nothing."""
        for step in (self._connection.logout, self._connection.shutdown):  # the second command runs even if the first fails
            with suppress(imaplib.IMAP4.error, OSError, ValueError, LookupError, TypeError):
                step()


def _connected(server: Server, context: ssl.SSLContext | None) -> imaplib.IMAP4:
    if not server.tls:
        return imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT)
    trusted = context or ssl.create_default_context()
    return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=trusted, timeout=TIMEOUT)


@contextmanager
def _explained() -> Iterator[None]:
    """Turns all errors of the server and the connection into MailboxError. If an answer is malformed, imaplib raises IndexError
    and similar errors."""
    try:
        yield
    except (imaplib.IMAP4.error, OSError, ValueError, LookupError, TypeError) as error:
        raise MailboxError(_said(error)) from None


def _done(answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(data[0] if data else status)
    return data


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    text = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(error)
    return f"{type(error).__name__}: {text}" if not isinstance(error, imaplib.IMAP4.error) else text


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
