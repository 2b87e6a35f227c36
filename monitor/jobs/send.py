"""USE CASE: empty the outbox. Waiting notices are put into messages, and a channel sends each message. The receiver's answer
decides what happens next. A message is marked as sent only after the receiver accepted it.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import TypeVar

from monitor import logs
from monitor.channels import Channel, Outcome, Status, scheme, shown
from monitor.channels.base import one_line
from monitor.detect.recall import Source
from monitor.detect.schedule import next_attempt
from monitor.errors import StoreError, fault
from monitor.jobs.compose import READABLE, Composer, valid_until
from monitor.judgement import TABLE, Code, Level, Setup, Standing, judge, standing_for_operator
from monitor.notify.content import Message
from monitor.notify.render import Extent
from monitor.reader_version import VERSION
from monitor.settings import BUNDLE_OVER
from monitor.store import Store
from monitor.store.messages import AT_ONCE as URGENT
from monitor.store.messages import MessageKind, ToOperator
from monitor.store.outbox import Claimed
from monitor.store.receivers import ALL_HOOKS, ALL_MAIL, named, scopes_of
from monitor.text import counted, moment, sentence, stamp

log = logs.logger(__name__)

T = TypeVar("T")

MOST_NAMED = 50
"""The most services that an operator message lists one by one."""

_SHORTER = {None: Extent.TABLE.name, Extent.TABLE.name: Extent.COUNTS.name}
"""For each form of a message that was refused for its content or size, the next shorter form."""

_SEND_AGAIN = "cqc-monitor outbox list shows the message. Once the cause is fixed, cqc-monitor outbox retry sends it again."

AT_ONCE = 24
"""The most messages that are sent at the same time."""

MAILS_AT_ONCE, HOOKS_AT_ONCE = 8, AT_ONCE - 8
"""Of the messages that are sent at the same time, at most `MAILS_AT_ONCE` go to the mail server and at most `HOOKS_AT_ONCE` go
elsewhere. So slow receivers do not delay mail. Each address gets one message at a time, in the order of events (except
retries). So a slow receiver delays only its own messages."""

BEAT = 1.0
"""After this many seconds, the program begins to send new messages, even if some messages are still being sent."""

NOTED_WITHIN = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds between attempts to record that a receiver accepted a message, while the database is unavailable (a restart, a change
of servers). If all attempts fail, the message is sent again."""

MOST_OVERDUE = 50
"""The most undelivered alerts that one operator message reports."""


@dataclass(slots=True)
class Delivery:
    """The result of a delivery. `sent` is the number of messages sent, and `told` contains a line for each of them. `later` lists
    the messages that will be retried, and `dead` the messages that failed for good, each with the reason. `off` lists the
    receivers that were suspended, and `on` the receivers that were resumed."""

    sent: int = 0
    later: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    off: list[str] = field(default_factory=list)
    on: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The result of a replay. `done` is how many of the `of` messages were accepted again. `gone` is how many other messages
    belong to subscriptions that have ended since.

    refused, at  the receiver's answer to the first message that it did not accept, and when that message was made; None if all
                 were accepted
    """

    done: int
    of: int
    gone: int
    refused: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How messages are sent.

    setup           the configuration of the monitor
    operator        the address for operator messages; None if there is none
    escalate_after  after this long, severe events that nobody has acknowledged go to a second address; None if they never do
    asks_if_read    whether mails ask people to confirm that they read them; used only if delivery reports are not read
    bundle_over     if the number of urgent items that wait for one address is greater than this, these items are put into one
                    message
    """

    setup: Setup
    operator: str | None
    escalate_after: timedelta | None = None
    asks_if_read: bool = False
    bundle_over: int = BUNDLE_OVER


class Deliverer:
    """Sends the messages that are due."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        composer: Composer,
        sending: Sending,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._channels = channels
        self._composer = composer
        self._setup = sending.setup
        self._operator = sending.operator
        self._escalate_after = sending.escalate_after
        self._asks_if_read = sending.asks_if_read
        self._bundle_over = sending.bundle_over
        self._corrections_told = 0
        self._clock = clock

    async def deliver(
        self, stop: asyncio.Event | None = None, *, worker: str | None = None, at_most: timedelta | None = None
    ) -> Delivery:
        """Sends all messages that are due, including messages that become due during the call, then returns. In one call, a
        message that is not accepted is tried only once.

        stop     when this event is set, no new message is sent
        worker   the worker that claims the messages (see store.workers); None for a command
        at_most  after this long, no new message is sent. The next call sends the rest
        """
        result, begun = Delivery(), self._clock()
        wrong: Exception | None = None
        under_way: dict[asyncio.Task[None], str] = {}  # each task, with the address that its message goes to
        clock = asyncio.get_running_loop().time
        last = clock() + at_most.total_seconds() if at_most else None

        def goes_on() -> bool:
            return not (stop and stop.is_set()) and (last is None or clock() < last)

        try:
            while goes_on():
                wrong = await asyncio.to_thread(self._compose)
                until = clock() + BEAT
                await self._fill(under_way, begun, worker, result)
                if not under_way:
                    break
                # New messages must not wait for the slowest message that is being sent.
                while under_way and goes_on() and clock() < until:
                    await _some_ended(under_way, until - clock())
                    await self._fill(under_way, begun, worker, result)
        except asyncio.CancelledError:
            for task in under_way:
                task.cancel()
            raise
        finally:
            ended = await asyncio.gather(*under_way, return_exceptions=True)
        for one in ended:
            if isinstance(one, BaseException):
                raise one
        if wrong is not None:
            raise wrong
        return result

    def next_due(self) -> datetime | None:
        """When the next message is due if nothing else happens. The time is now or earlier if a message is already due. None if
        no message will become due."""
        now = self._clock()
        return self._store.changes.next_in_outbox(
            now,
            stale_before=now - self._setup.stale_after,
            escalate_after=self._escalate_after,
            asks_if_read=self._asks_if_read,
        )

    def _compose(self) -> Exception | None:
        """Puts waiting notices into messages. An error in a step is returned, not raised, so that the error does not delay the
        other steps or existing messages."""
        now, wrong = self._clock(), None
        steps: Sequence[Callable[[], object]] = (
            lambda: self._store.escalations.settle(now, self._escalate_after, self._operator),
            lambda: self._store.case_reminders.settle(now, self._escalate_after),
            lambda: self._store.saved_reports.settle(now),
            lambda: self._store.outbox.compose(
                now, now - self._setup.stale_after, self._setup, self._operator, self._bundle_over
            ),
            lambda: self._asks_if_read and self._store.readers.ask(now),
        )
        for step in steps:
            try:
                step()
            except Exception as error:
                wrong = error
        return wrong

    async def _fill(
        self, under_way: dict[asyncio.Task[None], str], begun: datetime, worker: str | None, result: Delivery
    ) -> None:
        """Starts sending the messages that may be sent now. When no more messages are ready, overdue messages are reported to
        the operator."""
        while len(under_way) < AT_ONCE:
            sent_to = Counter(chain.from_iterable(map(scopes_of, under_way.values())))
            busy = [one for one, count in sent_to.items() if count >= (MAILS_AT_ONCE if one == ALL_MAIL else 1)]
            busy += [ALL_HOOKS] if len(under_way) - sent_to[ALL_MAIL] >= HOOKS_AT_ONCE else []
            claimed = await asyncio.to_thread(self._claim, begun, worker, busy)
            if claimed is None and not await asyncio.to_thread(self._report_overdue):
                return
            if claimed is not None:
                under_way[asyncio.create_task(self._send(claimed, result))] = claimed.address

    def _claim(self, begun: datetime, worker: str | None, busy: Sequence[str]) -> Claimed | None:
        now = self._clock()
        claimed = self._store.outbox.claim(now, 1, worker, begun=begun, busy=busy)
        return claimed[0] if claimed else self._store.outbox.claim_test(now, worker)

    async def test(self, address: str) -> Outcome:
        """Sends a test message to an address now, in the same way as every message, and returns the result. If the message was
        accepted, suspended receivers that it passed through (such as the mail server) are resumed."""
        claimed = await asyncio.to_thread(self._store.outbox.begin_test, address, self._clock())
        claimed, outcome, _ = await self._tried(claimed)
        reply, now = outcome.reply, self._clock()
        if outcome.status is Status.ACCEPTED:
            await self._noted(lambda: self._store.outbox.sent(claimed.id, reply, now, self._operator))
        else:
            await asyncio.to_thread(self._store.outbox.test_failed, claimed, reply, now)
        return outcome

    async def replay(self, address: str, since: datetime, until: datetime) -> Replay:
        """Resends the messages that a webhook accepted in a period, oldest first, with the same ids. Each message is marked as
        a replay. Stops at the first message that is not accepted. The outbox stays as it is, and the delivery log shows each
        resent message."""
        messages, gone = await asyncio.to_thread(self._store.outbox.accepted_by, address, since, until)
        done = 0
        for message_id in messages:
            now = self._clock()
            found = await asyncio.to_thread(self._store.outbox.taken, [message_id])
            if message_id not in found:
                continue
            body = found[message_id].body | {"replayed_at": stamp(now)}
            claimed, outcome, _ = await self._tried(replace(found[message_id], body=body, parts_done=0))
            if outcome.status is not Status.ACCEPTED:
                return Replay(done=done, of=len(messages), gone=gone, refused=outcome.reply, at=claimed.created_at)
            await self._noted(partial(self._store.outbox.replayed, message_id, outcome.reply, self._clock(), self._operator))
            done += 1
        return Replay(done=done, of=len(messages), gone=gone)

    async def _send(self, claimed: Claimed, result: Delivery) -> None:
        """Sends one message. An error of this program affects only this message, which is kept and retried."""
        if claimed.kind is MessageKind.SIGN_IN and self._clock() >= valid_until(claimed):
            await asyncio.to_thread(self._store.outbox.forget, claimed.id)
            return
        claimed, outcome, message = await self._tried(claimed)
        if outcome.status is not Status.ACCEPTED:
            await asyncio.to_thread(self._not_taken, claimed, outcome, result)
            return
        reply, now = outcome.reply, self._clock()
        said = message.kept if message else None
        back = await self._noted(lambda: self._store.outbox.sent(claimed.id, reply, now, self._operator, said))
        result.sent += 1
        result.told.append(f"{shown(claimed.address)}: {message.subject if message else claimed.kind}")
        result.on += (named(one) for one in back)

    async def _noted(self, note: Callable[[], T]) -> T:
        """Records that a receiver accepted a message, even if the database is unavailable for a moment."""
        for seconds in NOTED_WITHIN:
            try:
                return await asyncio.to_thread(note)
            except StoreError:
                await asyncio.sleep(seconds)
        return await asyncio.to_thread(note)

    async def _tried(self, claimed: Claimed) -> tuple[Claimed, Outcome, Message | None]:
        """Sends the remaining parts of a message. Returns the claimed message as it is stored now, the outcome, and the
        rendered message (None if it could not be rendered)."""
        message: Message | None = None
        try:
            message, parts, digest = await asyncio.to_thread(self._in_parts, claimed)
            channel = self._channels[scheme(claimed.address)]
            taken = claimed.parts_done if claimed.parts_digest == digest else 0
            outcome = Outcome(Status.ACCEPTED, "all parts were accepted before")
            for number, part in list(enumerate(parts, 1))[taken:]:
                outcome = await channel.send(part, message_id=claimed.id, part_number=number, address=claimed.address)
                if outcome.status is not Status.ACCEPTED:
                    break
                if number < len(parts):
                    claimed = await self._noted(partial(self._part_done, claimed, number, digest, outcome.reply))
        except StoreError:
            raise
        except Exception as error:
            log.debug("a message failed", id=claimed.id, exc_info=True)
            secret = claimed.address.partition(":")[2]
            return claimed, Outcome(Status.RETRY, one_line(fault(error), secrets=(claimed.address, secret))), None
        return claimed, outcome, message

    def _part_done(self, claimed: Claimed, number: int, digest: str, reply: str) -> Claimed:
        return self._store.outbox.part_done(claimed, number, digest, reply, self._clock())

    def _in_parts(self, claimed: Claimed) -> tuple[Message, tuple[bytes, ...], str]:
        """A message, its parts, and their digest. Part numbers are valid only as long as the content stays the same. If the
        content has changed (for example because a service has a new name), the whole message is sent again, since a repetition
        is better than a missing part."""
        message = self._composer.message(claimed)
        channel = self._channels[scheme(claimed.address)]
        parts = channel.parts(message, message_id=claimed.id, address=claimed.address)
        return message, parts, hashlib.sha256(b"\0".join(parts)).hexdigest()

    def _shorter(self, claimed: Claimed) -> str | None:
        """The next shorter form of a message that was refused for its content or size; None if the message is not sent again. A
        message to a webhook has no shorter form, because its data would be the same. Without pages, there is no form without the
        table: such a message could neither name the services nor link to them. The operator is then asked to telephone
        somebody."""
        shorter = _SHORTER.get(claimed.body.get("extent"))
        blind = shorter == Extent.COUNTS.name and not self._composer.has_pages
        return None if blind or claimed.kind not in READABLE or scheme(claimed.address) == "webhook" else shorter

    def _not_taken(self, claimed: Claimed, outcome: Outcome, result: Delivery) -> None:
        """Handles a message that was not accepted. A misconfigured receiver is suspended, since a person can fix it. Otherwise
        the message is retried later. The message fails for good if its address is refused, or if it was not accepted for more
        than a day. If a message is refused for its content or size, it is sent without the details below its table. If it is
        refused again, it is sent without the table too, with numbers and a link. The operator is notified of everything except a
        retry."""
        now, outbox = self._clock(), self._store.outbox
        where = f"{shown(claimed.address)}: {outcome.reply}"
        if claimed.kind is MessageKind.SIGN_IN and outcome.status is Status.REJECTED:
            outbox.forget(claimed.id)  # Anybody can type any address, so there is no dead letter and no operator message.
            return
        if claimed.kind is MessageKind.TEST or (claimed.kind is MessageKind.CONFIRM and outcome.status is Status.REJECTED):
            outbox.test_failed(claimed, outcome.reply, now)  # the person who asked for the message sees the answer
            return
        if outcome.status is Status.BROKEN:
            result.later.append(where)
            self._switch_off(claimed, outcome, now, result)
            return
        if outcome.content and (shorter := self._shorter(claimed)):
            outbox.shorten(claimed, outcome.reply, shorter, now, self._operator)
            return
        at = next_attempt(claimed.attempt, now=now, since=claimed.created_at, retry_after=outcome.retry_after)
        if outcome.status is Status.REJECTED:
            result.dead.append(where)
            word = self.given_up(claimed, where, now)
            outbox.dead(claimed, outcome.reply, now, word=word, refused=True, operator=self._operator)
        elif claimed.test:
            result.later.append(where)
            outbox.test_again(claimed, outcome.reply, now)
        elif at is None:
            result.dead.append(where)
            outbox.dead(claimed, outcome.reply, now, word=self.given_up(claimed, where, now))
        else:
            result.later.append(where)
            outbox.retry(claimed, outcome.reply, at)

    # ── operator messages ────────────────────────────────────────────────────────────────────────────────────────────────────

    def given_up(self, claimed: Claimed, where: str, now: datetime) -> ToOperator | None:
        """The operator message about a message that failed for good. `where` is the failed message's address, and the reply.
        None if the failed message was for the operator, because another operator message would fail too."""
        if claimed.kind is MessageKind.TROUBLE:
            return None
        urgent = claimed.kind in URGENT or any(event.urgent for event in claimed.events)
        do = self._composer.to_do(claimed) if urgent else "a message could not be delivered"
        made = f"{sentence(claimed.kind)} of {moment(claimed.created_at)} to {where}"
        what = self._composer.substance(claimed) if urgent else ()
        lines = (f"{sentence(do)}.", made, f"Attempt {claimed.attempt} was the last.", *what, _SEND_AGAIN)
        # There is a new operator message each time, because a person may have sent the message again.
        return self._word(f"dead|{claimed.id}|{now.isoformat()}", do, lines)

    def _switch_off(self, claimed: Claimed, outcome: Outcome, now: datetime, result: Delivery) -> None:
        all_mail = outcome.for_all and scheme(claimed.address) == "mailto"
        what = "all email" if all_mail else f"messages to {shown(claimed.address)}"
        repair = "the mail settings (docs/mail.md) or the mail server" if all_mail else "the address, or its receiver"
        if scheme(claimed.address) == "sms":
            repair = "the settings of text messages (docs/on-call.md), or the number"
        lines = (
            f"{what[:1].upper()}{what[1:]}: {outcome.reply}",
            "No message is lost. One waiting message is sent as a test, soon at first, then once an hour. When the test "
            "is accepted, all the other messages are sent.",
            f"Please fix {repair}. cqc-monitor test {claimed.address if all_mail else 'ADDRESS'} sends a test message at once.",
        )
        word = self._word(f"off|{what}|{now.isoformat()}", f"{what} can't be delivered, so the receiver was suspended", lines)
        to = self._operator
        if self._store.outbox.broken(claimed, outcome.reply, now, for_all=outcome.for_all, word=word, operator=to):
            result.off.append(f"{what}: {outcome.reply}")

    def _report_overdue(self) -> bool:
        """Notifies the operator of undelivered alerts, once for each alert. The message has the full content of the alerts,
        because somebody has to telephone. Returns whether anything was reported."""
        now = self._clock()
        overdue = self._store.outbox.overdue(now, MOST_OVERDUE)
        if not overdue:
            return False
        to_do = [self._composer.to_do(one) for one in overdue]
        lines = [f"{sentence(one)}." for one in to_do]
        number = counted(len(overdue), "urgent alert")
        lines.append(f"Not delivered for an hour: {number}. Delivery is tried again as soon as possible.")
        for events in dict.fromkeys(one.events for one in overdue):
            same = [one for one in overdue if one.events == events]
            lines += self._composer.substance(same[0])
            lines += [
                f"Not delivered to {shown(one.address)} since {moment(one.created_at)}: {one.reply or 'not tried yet'}"
                for one in same
            ]
        subject = to_do[0] + (f" (and {counted(len(to_do) - 1, 'more alert')})" if len(to_do) > 1 else "")
        ids = [one.id for one in overdue]
        word = self._word(f"overdue|{'|'.join(ids)}|{now.isoformat()}", subject, lines)
        told = self._store.outbox.tell_of_overdue(ids, word, now)
        if told:
            for one in overdue:
                log.error("an urgent alert was not delivered for an hour", id=one.id, address=shown(one.address), reply=one.reply)
        return told and word is not None

    def _word(self, key: str, subject: str, lines: Sequence[str]) -> ToOperator | None:
        return ToOperator(key=key, to=self._operator, subject=subject, lines=tuple(lines)) if self._operator else None

    def _tell_operator(self, key: str, subject: str, lines: Sequence[str]) -> None:
        """Queues an operator message, once for each `key`."""
        if self._operator:
            self._store.outbox.trouble(key, self._operator, subject, lines, self._clock())

    def report_level(self) -> None:
        """Notifies the operator when the level of the judgement differs from the level that was last reported. The message
        contains all findings. A finding that has its own message causes no second message."""
        now = self._clock()
        facts = self._store.judging.facts(self._setup, now, self._operator)
        found = judge(facts, now)
        standing = standing_for_operator(found, now)
        lines = [f"{sentence(one.level)}: {one.line}" for one in found.at(Level.WRONG, Level.LOOK)]
        word = self._word(f"level|{standing}|{now.isoformat()}", found.text.removesuffix("."), lines or [found.text])
        self._store.judging.tell(standing, word, now)
        for source in facts.sources:
            self._report_source(source, found.text, now)

    def _report_source(self, source: Source, as_a_whole: str, now: datetime) -> None:
        """Notifies the operator once when a source of hints is no longer read or misses too many publications, and once when
        the source works again."""
        standing = Standing.LOOK if source.faults else Standing.OK
        subject = f"{sentence(source.name)} {'fails' if source.faults else 'works again'}"
        faults = (*source.faults, TABLE[Code.SOURCE_SILENT].do) if source.faults else ("it is read again, and names reports",)
        lines = [*(f"{sentence(one)}." for one in faults), f"The monitor as a whole: {as_a_whole}"]
        word = self._word(f"source {source.measured.source}|{standing}|{now.isoformat()}", subject, lines)
        self._store.judging.tell(standing, word, now, of=source.measured.source)

    def report_corrections(self) -> None:
        """Reports to the operator what the program showed wrongly because an earlier version of the reader misread it. The
        report is sent once this version has read all pages again."""
        found = self._store.services.corrections_of_this_version()
        if len(found) == self._corrections_told or self._operator is None:
            return
        again, of = self._store.services.read_again()
        if again == of:
            self._corrections_told = len(found)
            lines = [f"{one.location_id}: {one.line}" for one in found[:MOST_NAMED]]
            lines += [f"and {len(found) - MOST_NAMED} more: cqc-monitor status lists all"] if len(found) > MOST_NAMED else []
            self._tell_operator(f"corrections|{VERSION}|{len(found)}", f"{counted(len(found), 'reading')} corrected", lines)


async def _some_ended(under_way: dict[asyncio.Task[None], str], seconds: float) -> None:
    """Waits until one of the tasks ends, but at most this many seconds. Raises the error of a task that failed."""
    ended, _ = await asyncio.wait(under_way, timeout=max(seconds, 0), return_when=asyncio.FIRST_COMPLETED)
    for task in ended:
        del under_way[task]
        task.result()
