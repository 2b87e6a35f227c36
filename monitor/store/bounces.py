"""Records what delivery reports say about messages that a mail server had accepted. Also records how far the mailbox that
receives these reports was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, RowMapping, select, update

from monitor.detect.schedule import lies_ahead
from monitor.notify.delivery_report import DeliveryReport, MailOutcome
from monitor.store.database import add_once, reading, writing
from monitor.store.delivery_log import note
from monitor.store.messages import MessageKind, ToOperator, tell
from monitor.store.tables import BounceMailboxRow, BounceRow, MessageRow, MessageState, table
from monitor.store.vault import Vault

_bounce, _mailbox, _message = table(BounceRow), table(BounceMailboxRow), table(MessageRow)

_NO_LETTER = (MessageKind.SIGN_IN, MessageKind.CONFIRM, MessageKind.TEST)
"""The kinds of message that somebody requests by typing an address, which may be wrong. These messages never become dead letters,
even if a server refuses the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far the mailbox was read, and when it was last read (None if it was never read)."""

    uid_validity: int
    last_uid: int
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An email: its number in the mailbox, the SHA-256 of its bytes, and the delivery report that it contains (None if it
    contains no report about our messages)."""

    uid: int
    digest: str
    report: DeliveryReport | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The result of processing some emails.

    last_uid  all emails up to this number are processed. An email about a message that is still being sent is not processed yet
    bounced   the messages that failed for good because of these emails, each with the server's reply
    ours      the numbers of the emails that are about our messages
    """

    last_uid: int
    bounced: tuple[tuple[str, str], ...]
    ours: tuple[int, ...]


class Bounces:
    """The part of the store for delivery reports. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def begin(self, name: str, now: datetime, every: timedelta | None) -> Place | None:
        """Gives the caller the task of reading a mailbox, and returns how far the mailbox was read. Returns None if the mailbox
        is not due yet. `every` is the interval between two readings; if `every` is None, the mailbox is always due."""
        later = now + (every or timedelta())
        here = _mailbox.c.name == name
        with writing(self._engine) as connection:
            add_once(connection, _mailbox, name=name, uid_validity=0, last_uid=0)
            mine = here
            if every is not None:
                mine &= _mailbox.c.next_read_at.is_(None) | ~lies_ahead(_mailbox.c.next_read_at, now, every)
            if not connection.execute(update(_mailbox).where(mine).values(next_read_at=later)).rowcount:
                return None
            row = connection.execute(select(_mailbox).where(here)).mappings().one()
            return Place(uid_validity=row["uid_validity"], last_uid=row["last_uid"], read_at=row["read_at"])

    def note(
        self, name: str, uid_validity: int, found: Sequence[Found], words: Mapping[str, ToOperator | None], now: datetime
    ) -> Noted:
        """Processes some emails in the order of their numbers, and records how far the mailbox is read. If this fails, nothing is
        recorded. `words` contains the operator messages about messages that may fail for good, by the ids of the messages that
        may fail."""
        bounced: list[tuple[str, str]] = []
        ours: list[int] = []
        last_uid = 0
        with writing(self._engine) as connection:
            for one in found:
                row = _message_of(connection, one.report)
                if row is not None and one.report is not None:
                    if row["state"] == MessageState.PENDING and row["leased_until"] and row["leased_until"] > now:
                        break
                    ours.append(one.uid)
                    if self._settle(connection, one, one.report, row, words.get(row["id"]), now):
                        bounced.append((row["id"], one.report.reply))
                last_uid = one.uid
            if last_uid:
                far = {"uid_validity": uid_validity, "last_uid": last_uid}
                behind = (_mailbox.c.uid_validity != uid_validity) | (_mailbox.c.last_uid < last_uid)
                connection.execute(update(_mailbox).where(_mailbox.c.name == name, behind).values(**far))
        return Noted(last_uid=last_uid, bounced=tuple(bounced), ours=tuple(ours))

    def _settle(
        self, connection: Connection, one: Found, report: DeliveryReport, row: RowMapping, word: ToOperator | None, now: datetime
    ) -> bool:
        """Records a report, and returns whether it makes a message fail for good. A report that was already recorded changes
        nothing, because a person may have sent the message again since then."""
        said = {"message_id": row["id"], "became": str(report.became), "at": now, "reply": report.reply}
        new = add_once(connection, _bounce, digest=one.digest, **said)
        if not new or report.became is not MailOutcome.FAILED or row["kind"] in _NO_LETTER or row["state"] != MessageState.SENT:
            return False
        reply = bounced_reply(report)
        values = {"state": MessageState.DEAD, "reply": reply, "operator_told_at": now}
        connection.execute(update(_message).where(_message.c.id == row["id"]).values(**values))
        note(connection, row["id"], MessageState.DEAD, reply, now)
        tell(connection, self._vault, word, now)
        return True

    def was_read(self, name: str, now: datetime) -> None:
        """Records that the mailbox could be read."""
        with writing(self._engine) as connection:
            connection.execute(update(_mailbox).where(_mailbox.c.name == name).values(read_at=now, trouble=None))

    def could_not_be_read(self, name: str, trouble: str, word: ToOperator | None, now: datetime) -> None:
        """Records that the mailbox could not be read, and queues the operator message."""
        with writing(self._engine) as connection:
            connection.execute(update(_mailbox).where(_mailbox.c.name == name).values(trouble=trouble))
            tell(connection, self._vault, word, now)

    def trouble(self) -> str | None:
        """Returns why the mailbox could not be read. Returns None if it could be read, or if no mailbox was read yet."""
        with reading(self._engine) as connection:
            return trouble_in(connection)


def trouble_in(connection: Connection) -> str | None:
    """Returns why the mailbox could not be read (see Bounces.trouble), within a transaction."""
    return connection.execute(select(_mailbox.c.trouble).where(_mailbox.c.trouble.is_not(None)).limit(1)).scalar()


def bounced_reply(report: DeliveryReport) -> str:
    """Returns the text that is recorded as the receiver's reply to a message that was sent back."""
    return f"accepted by the mail server, and then sent back: {report.reply}"


def _message_of(connection: Connection, report: DeliveryReport | None) -> RowMapping | None:
    """Returns the stored message that a report is about. Returns None if the report is forged, or about somebody else's
    message."""
    for one in report.messages if report else ():
        mail = (_message.c.id == one) & _message.c.address.startswith("mailto:")
        row = connection.execute(select(_message).where(mail).with_for_update()).mappings().first()
        if row is not None:
            return row
    return None
