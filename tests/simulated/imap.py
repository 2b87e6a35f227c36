"""A mailbox that can be read over IMAP. The server is real (pymap), and runs in a separate process.

with ImapServer() as imap:
    imap.put(b"From: …")           # a mail arrives
    …  BOUNCES_URL=imap.url
    imap.unread()                  # how many mails are not marked as read
"""

import imaplib
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

USER, PASSWORD = "demouser", "demopass"
"""The server's built-in user. The mailbox of this user has four mails that are not about our messages."""


class ImapServer:
    """An IMAP server that stores its mails in memory."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The value for BOUNCES_URL."""
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def put(self, *mails: bytes) -> None:
        """Puts mails into the mailbox, as unread."""
        connection = self._signed_in()
        for mail in mails:
            assert connection.append("INBOX", "", "", mail)[0] == "OK"
        connection.logout()

    def unread(self) -> int:
        """Returns how many mails are not marked as read."""
        connection = self._signed_in()
        connection.select("INBOX", readonly=True)
        (found,) = connection.uid("SEARCH", "UNSEEN")[1]
        connection.logout()
        return len(found.split()) if found else 0

    def _signed_in(self) -> imaplib.IMAP4:
        connection = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        connection.login(USER, PASSWORD)
        return connection

    def __enter__(self) -> Self:
        program = Path(sys.executable).with_name("pymap")
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--no-tls", "--no-service", "admin"]
        command = [str(program), *where, "dict", "--demo-data"]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while time.monotonic() < until and self._process.poll() is None:
            try:
                imaplib.IMAP4("127.0.0.1", self.port, timeout=5).logout()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        raise RuntimeError("the IMAP server did not start")

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
