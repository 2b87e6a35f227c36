"""USE CASE: empty the outbox. What waits is put into messages, each message is sent by its channel, and what the receiver
said decides what becomes of it. A message is marked sent only after the channel said yes."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.channels import Channel, Outcome, Status, scheme, shown
from monitor.channels.base import one_line
from monitor.cqc.addresses import location_path
from monitor.errors import MonitorError, fault
from monitor.gravity import is_bad
from monitor.model import IN_MEASURES, OVERALL, Aspect, Card, Event, Snapshot, Subject, When
from monitor.outage import outage_line
from monitor.ratings import Rating
from monitor.render import (
    Alert,
    Concern,
    Content,
    Digest,
    ServiceCard,
    SignIn,
    StaleService,
    ToldEvent,
    Trouble,
    Welcome,
    render,
)
from monitor.route import bundle, hour_gone_by
from monitor.schedule import next_attempt
from monitor.store import Store
from monitor.store.outbox import Claimed, MessageKind
from monitor.store.services import Watched

log = logging.getLogger(__name__)

MOST_NAMED = 50
"""Services that a message to the operator names one by one."""

_SEND_AGAIN = "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."

AT_ONCE = 8
"""Messages under way at the same time: a slow receiver holds up its own message only."""


@dataclass(slots=True)
class Delivery:
    """What a delivery came to: messages sent, those that will be tried again, and those given up, each with the reason."""

    sent: int = 0
    later: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


class Deliverer:
    """Sends what is due. `operator` is the address that hears of trouble, None where there is none."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        *,
        base_url: str,
        public_url: str,
        stale_after: timedelta,
        operator: str | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._channels = channels
        self._base_url = base_url
        self._public_url = public_url
        self._stale_after = stale_after
        self._operator = operator
        self._clock = clock

    async def deliver(self, stop: asyncio.Event | None = None, *, worker: str | None = None) -> Delivery:
        """Sends all that is due now, then returns. A message that is not taken is not tried twice in one call. `worker`: on whose
        behalf messages are taken (see store.workers); None for a command."""
        result = Delivery()
        started = self._clock()
        await asyncio.to_thread(self._store.outbox.compose, started, bundle, started - self._stale_after, hour_gone_by)

        async def sender() -> None:
            while not (stop and stop.is_set()):
                claimed = await asyncio.to_thread(self._store.outbox.claim, self._clock(), 1, worker)
                if not claimed:
                    return
                await self._send(claimed[0], result)

        for ended in await asyncio.gather(*(sender() for _ in range(AT_ONCE)), return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended
        return result

    async def _send(self, claimed: Claimed, result: Delivery) -> None:
        """One message. A fault of ours harms this message only: it is kept and tried again."""
        if claimed.kind is MessageKind.SIGN_IN and self._clock() >= _until(claimed):
            await asyncio.to_thread(self._store.outbox.forget, claimed.id)
            return
        try:
            outcome, subject = await self._sent_by_channel(claimed)
        except MonitorError:
            raise
        except Exception as error:
            log.debug("at message %s", claimed.id, exc_info=True)
            secret = claimed.address.partition(":")[2]
            outcome, subject = Outcome(Status.RETRY, one_line(fault(error), secrets=(claimed.address, secret))), ""
        if outcome.status is not Status.ACCEPTED:
            await asyncio.to_thread(self._not_taken, claimed, outcome, result)
            return
        await asyncio.to_thread(self._store.outbox.sent, claimed.id, outcome.reply, self._clock())
        result.sent += 1
        result.told.append(f"{shown(claimed.address)}: {subject}")

    async def _sent_by_channel(self, claimed: Claimed) -> tuple[Outcome, str]:
        """How sending the parts not yet taken ended, and the message's subject."""
        content = await asyncio.to_thread(self._content, claimed)
        channel = self._channels[scheme(claimed.address)]
        message = render(content, public_url=self._public_url)
        parts = channel.parts(message, message_id=claimed.id, address=claimed.address)
        # Parts are numbered by what they are parts of: where that is no longer the same (a service has a new name), the whole
        # message is sent again, since a repetition is better than a part that nobody gets.
        digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
        taken = claimed.parts_done if claimed.parts_digest == digest else 0
        outcome = Outcome(Status.ACCEPTED, "all parts were taken before")
        for number in range(taken, len(parts)):
            outcome = await channel.send(parts[number], message_id=claimed.id, part_number=number + 1, address=claimed.address)
            if outcome.status is not Status.ACCEPTED:
                break
            if number + 1 < len(parts):
                await asyncio.to_thread(
                    self._store.outbox.part_done, claimed.id, number + 1, digest, outcome.reply, self._clock()
                )
        return outcome, message.subject

    def _not_taken(self, claimed: Claimed, outcome: Outcome, result: Delivery) -> None:
        """Tries again later, or gives the message up and tells the operator: this one address is refused, or it was tried
        for over a day. A channel that is set up wrongly is tried again too, since a person can put that right."""
        now = self._clock()
        where = f"{shown(claimed.address)}: {outcome.reply}"
        if claimed.kind is MessageKind.SIGN_IN and outcome.status is Status.REJECTED:
            self._store.outbox.forget(claimed.id)  # anybody can type any address: no dead letter, no message to the operator
            return
        at = next_attempt(claimed.attempt, now=now, retry_after=outcome.retry_after)
        if outcome.status is Status.REJECTED or at is None:
            result.dead.append(where)
            self._tell_operator(
                f"dead|{claimed.id}|{now.isoformat()}",  # each time: a person may have had it sent again
                "a message could not be delivered",
                [f"To {where}", f"Given up at attempt {claimed.attempt}.", _SEND_AGAIN],
                unless=claimed,
            )
            self._store.outbox.dead(claimed.id, outcome.reply, now)
            return
        self._store.outbox.retry(claimed.id, outcome.reply, at)
        result.later.append(where)
        if outcome.status is Status.BROKEN:
            self._tell_operator(
                f"broken|{claimed.address}|{now:%Y-%m-%d}",
                "messages can't be sent to an address",
                [f"To {where}", "The messages are kept and tried again for over a day. Please put the address or setting right."],
                unless=claimed,
            )

    def _tell_operator(self, key: str, subject: str, lines: Sequence[str], *, unless: Claimed | None = None) -> None:
        """Once for each `key`; not about a message to the operator itself, which would only breed more of them."""
        if self._operator and not (unless and unless.kind is MessageKind.TROUBLE):
            self._store.outbox.trouble(key, self._operator, subject, lines, self._clock())

    def report_stale(self) -> int:
        """Tells the operator, once a day, which services have not been read well for too long; how many they are."""
        now = self._clock()
        before = now - self._stale_after
        count = self._store.services.count_stale(before)
        if count and self._operator:
            # What an outage explains is one line: those are named that were not read for too long when it began.
            outage = self._store.outages.current()
            own = outage.since - self._stale_after if outage else before
            named = self._store.services.watched(stale_before=min(own, before), limit=MOST_NAMED)
            lines = [outage_line(outage)] if outage else []
            lines += [f"{one.location_id} {_name(one)}: {one.trouble or 'not read yet'}" for one in named]
            lines += [f"and {count - len(named)} more: cqc-monitor status names them"] if count > len(named) and not outage else []
            subject = f"{count} {'service has' if count == 1 else 'services have'} not been read well for too long"
            self._tell_operator(f"stale|{now:%Y-%m-%d}", subject, lines)
        return count

    # ── what a message says ──────────────────────────────────────────────────────────────────────────────────────────

    def _content(self, claimed: Claimed) -> Content:
        match claimed.kind:
            case MessageKind.TROUBLE:
                return Trouble(subject=claimed.body["subject"], lines=tuple(claimed.body["lines"]))
            case MessageKind.WELCOME:
                return self._welcome(claimed)
            case MessageKind.ALERT:
                return Alert(events=self._told(claimed))
            case MessageKind.DIGEST:
                return self._digest(claimed)
            case MessageKind.SIGN_IN:
                link = f"{self._public_url}/sign-in/{claimed.body['token']}"
                return SignIn(link=link, until=_until(claimed), invitation=claimed.body["invitation"])

    def _told(self, claimed: Claimed) -> tuple[ToldEvent, ...]:
        services = {one.location_id: one for one in self._store.services.watched({event.location_id for event in claimed.events})}
        subscribed = {subscription.watchlist for subscription in claimed.subscriptions}
        return tuple(self._told_event(event, services.get(event.location_id), subscribed) for event in claimed.events)

    def _told_event(self, event: Event, service: Watched | None, subscribed: set[str]) -> ToldEvent:
        on_lists = set(service.watchlists) if service else set()
        snapshot = service.snapshot if service else None
        return ToldEvent(
            event=event,
            service=self._card(event.location_id, snapshot.card if snapshot else Card(name=event.name)),
            watchlists=tuple(sorted(subscribed & on_lists or subscribed)),
        )

    def _card(self, location_id: str, card: Card) -> ServiceCard:
        return ServiceCard(
            location_id=location_id,
            name=card.name or location_id,
            service_type=card.service_type,
            address=card.address,
            provider_name=card.provider_name,
            url=self._base_url + location_path(location_id),
        )

    def _digest(self, claimed: Claimed) -> Digest:
        period = When(claimed.body["period"])
        last_read = {one: datetime.fromisoformat(at) if at else None for one, at in claimed.body["stale"]}
        stale = [
            StaleService(service=self._watched_card(one), last_read_at=last_read[one.location_id])
            for one in self._store.services.watched(last_read)
        ]
        began = min((subscription.created_at for subscription in claimed.subscriptions), default=None)
        return Digest(
            period=period,
            since=self._store.outbox.last_digest(claimed.address, period, claimed.created_at) or began,
            until=claimed.created_at,
            events=self._told(claimed),
            stale=tuple(stale),
        )

    def _welcome(self, claimed: Claimed) -> Welcome:
        subscription = claimed.subscriptions[0]
        services = self._store.services.watched(watchlist=subscription.watchlist)
        holdings = [self._concern(one, one.snapshot) for one in services if one.snapshot is not None and is_bad(one.snapshot)]
        weekly = subscription.when is When.WEEKLY
        return Welcome(
            watchlist=subscription.watchlist,
            when=subscription.when,
            at=f"{subscription.at:%H:%M}",
            day=subscription.day if weekly else None,
            total=len(services),
            holdings=tuple(holdings),
            not_read=tuple(self._watched_card(one) for one in services if one.read_at is None),
        )

    def _watched_card(self, one: Watched) -> ServiceCard:
        return self._card(one.location_id, one.snapshot.card if one.snapshot else Card(name=""))

    def _concern(self, one: Watched, snapshot: Snapshot) -> Concern:
        measures = next((held for subject, held in snapshot.holdings if subject.aspect is Aspect.MEASURES), None)
        stated = measures is not None and measures.value in IN_MEASURES
        overalls = sorted({str(held.value) for subject, held in snapshot.holdings if _is_overall(subject)}, key=str)
        inadequate = Rating.INADEQUATE in overalls
        return Concern(
            service=self._watched_card(one),
            overall=Rating.INADEQUATE if inadequate else (overalls[0] if overalls else None),
            inadequate_key_questions=tuple(
                subject.of
                for subject, held in snapshot.holdings
                if subject.aspect is Aspect.RATING and subject.of != OVERALL and held.value == Rating.INADEQUATE
            ),
            special_measures="in" if stated else ("presumed" if inadequate else None),
            quote=measures.quote if stated and measures else None,
        )


def is_stale(one: Watched, now: datetime, stale_after: timedelta) -> bool:
    """Whether a service has not been read well for too long."""
    return now - (one.read_at or one.added_at) > stale_after


def _until(claimed: Claimed) -> datetime:
    """Until when a sign-in link can be used."""
    return datetime.fromisoformat(claimed.body["until"])


def _is_overall(subject: Subject) -> bool:
    return subject.aspect is Aspect.RATING and subject.of == OVERALL


def _name(one: Watched) -> str:
    return one.snapshot.card.name if one.snapshot else ""
