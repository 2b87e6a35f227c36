"""USE CASE: read the delivery reports that mail servers send back. If a mail server accepted a mail but can't deliver it, the
message fails for good.

Each mail is parsed in the reader process, within the limits of that process. The results are committed before the mail is
marked as read. So nothing is lost if the program stops at any moment. Reading the same report twice changes nothing.
"""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor import logs
from monitor.channels import shown
from monitor.channels.base import one_line
from monitor.cqc.reader import Reader
from monitor.errors import Unreadable
from monitor.jobs import imap
from monitor.notify.delivery_report import MOST_BYTES, DeliveryReport, MailOutcome
from monitor.store import Store
from monitor.store.bounces import Found, Noted, bounced_reply
from monitor.store.messages import ToOperator
from monitor.store.outbox import Claimed

EVERY = timedelta(minutes=5)
"""How often the daemon reads the mailbox."""

SILENT_FOR = timedelta(hours=1)
"""How long the mailbox may stay unreadable before the operator is notified."""

log = logs.logger(__name__)


@dataclass(slots=True)
class Reports:
    """The result of reading the mailbox: the number of mails read, and one line for each message that failed for good according
    to these mails. `trouble` is why the mailbox could not be read; None if it was read."""

    read: int = 0
    dead: list[str] = field(default_factory=list)
    trouble: str | None = None


class Bounces:
    """Reads the mailbox of BOUNCES_URL.

    given_up  makes the operator message about a message that failed for good. Its arguments are the failed message, the
              address, the reply and the time
    operator  the address for operator messages; None if there is none
    """

    def __init__(
        self,
        server: imap.Server,
        store: Store,
        reader: Reader,
        *,
        given_up: Callable[[Claimed, str, datetime], ToOperator | None],
        operator: str | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._server = server
        self._store = store
        self._reader = reader
        self._given_up = given_up
        self._operator = operator
        self._clock = clock
        where = f"{server.user}|{server.host}|{server.port}|{server.folder}"
        self._name = hashlib.sha256(where.encode()).hexdigest()[:16]

    async def read(self, *, at_once: bool = False, stop: asyncio.Event | None = None) -> Reports | None:
        """Reads the new mails. Returns None if reading is not due yet and `at_once` is false. When `stop` is set, no further
        mails are handled."""
        begun = self._clock()
        place = await asyncio.to_thread(self._store.bounces.begin, self._name, begun, None if at_once else EVERY)
        if place is None:
            return None
        result = Reports()
        session: imap.Session | None = None
        try:
            session = await asyncio.to_thread(imap.Session, self._server)
            last = place.last_uid if session.uid_validity == place.uid_validity else 0
            numbers = await asyncio.to_thread(session.after, last)
            for at in range(0, len(numbers), imap.AT_ONCE):
                few = numbers[at : at + imap.AT_ONCE]
                if (stop is not None and stop.is_set()) or not await self._settled(session, few, result):
                    break
            await asyncio.to_thread(self._store.bounces.was_read, self._name, begun)
        except imap.MailboxError as error:
            result.trouble = one_line(str(error), secrets=(self._server.password,))
            word = self._word(result.trouble, place.read_at)
            await asyncio.to_thread(self._store.bounces.could_not_be_read, self._name, result.trouble, word, begun)
        finally:
            if session is not None:
                await asyncio.to_thread(session.close)
        return result

    async def _settled(self, session: imap.Session, numbers: list[int], result: Reports) -> bool:
        """Handles some mails. Returns True if all were handled, so that the next mails may be handled."""
        fetched = await asyncio.to_thread(session.fetched, numbers, MOST_BYTES)
        found = [await self._found(one, fetched.get(one, b"")) for one in numbers]
        noted = await asyncio.to_thread(self._note, session.uid_validity, found, result)
        await asyncio.to_thread(session.mark_as_read, noted.ours)
        return noted.last_uid == numbers[-1]

    async def _found(self, uid: int, raw: bytes) -> Found:
        report: DeliveryReport | None = None
        try:
            report = await self._reader.delivery_report(raw)
        except Unreadable:
            log.warning("a mail in the mailbox of delivery reports can't be taken apart", uid=uid, bytes=len(raw))
        return Found(uid=uid, digest=hashlib.sha256(raw).hexdigest(), report=report)

    def _note(self, uid_validity: int, found: list[Found], result: Reports) -> Noted:
        now = self._clock()
        failed = [one.report for one in found if one.report is not None and one.report.became is MailOutcome.FAILED]
        about = self._store.outbox.taken({one for report in failed for one in report.messages})
        said = {one: bounced_reply(report) for report in failed for one in report.messages}
        where = {one: f"{shown(claimed.address)}: {said[one]}" for one, claimed in about.items()}
        words = {one: self._given_up(claimed, where[one], now) for one, claimed in about.items()}
        noted = self._store.bounces.note(self._name, uid_validity, found, words, now)
        result.read += sum(one.uid <= noted.last_uid for one in found)
        result.dead += (where[one] for one, _ in noted.bounced if one in where)
        return noted

    def _word(self, trouble: str, read_at: datetime | None) -> ToOperator | None:
        now = self._clock()
        if self._operator is None or (read_at is not None and now - read_at < SILENT_FOR):
            return None
        lines = (
            f"The mailbox of BOUNCES_URL: {trouble}",
            "Until the mailbox can be read again, lost mail is not noticed. Please fix BOUNCES_URL or the mailbox.",
        )
        key = f"bounces|{self._name}|{now:%Y-%m-%d}"
        return ToOperator(key=key, to=self._operator, subject="delivery reports can't be read", lines=lines)
