"""Makes the content of a message from the message in the outbox and from what the store knows about the message's services, and
renders the content."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor import logs
from monitor.addresses import scheme, shown, target
from monitor.detect.checks import Watched
from monitor.events import Event, Kind
from monitor.lines import headline_or_kind
from monitor.locations import location_url
from monitor.model import IN_MEASURES, Aspect, Card, Snapshot, Subject, When
from monitor.notify.content import (
    Alert,
    Concern,
    Confirm,
    Content,
    Correction,
    Digest,
    Drill,
    Escalation,
    Message,
    NotifiedEvent,
    OperatorMessage,
    Own,
    Pages,
    ServiceCard,
    SignIn,
    StaleService,
    StillRead,
    StillWatching,
    Trial,
    Unsubscribed,
    Welcome,
)
from monitor.notify.data import by_item
from monitor.notify.links import Links
from monitor.notify.render import Extent, render, said_as_json, substance
from monitor.ratings import OVERALL, Rating, parse, severity
from monitor.severity import by_severity, is_bad
from monitor.store import Store
from monitor.store.escalations import CALLS, Reason
from monitor.store.following import profile_in
from monitor.store.messages import MessageKind
from monitor.store.outbox import Claimed
from monitor.suspensions import Suspension
from monitor.text import counted, day_in_london, plain

log = logs.logger(__name__)

READABLE = frozenset(
    {
        MessageKind.ALERT,
        MessageKind.DIGEST,
        MessageKind.WELCOME,
        MessageKind.STILL_WATCHING,
        MessageKind.ESCALATION,
        MessageKind.CORRECTION,
    }
)
"""The kinds of message about services. The content of these messages is stored, and can be read as a page."""


class Composer:
    """Makes messages.

    links      creates the links in messages
    base_url   the address of CQC's website
    has_pages  whether messages link to this program's pages, because people can reach the pages
    """

    def __init__(self, store: Store, links: Links, *, base_url: str, has_pages: bool = False) -> None:
        self._store = store
        self._links = links
        self._base_url = base_url
        self.has_pages = has_pages

    def message(self, claimed: Claimed) -> Message:
        content = self._content(claimed)
        message = self._rendered(claimed, content)
        if claimed.kind not in READABLE:
            return message
        open_to_all = without_closed(content)
        shown_to_all = message if open_to_all is content else self._rendered(claimed, open_to_all)
        return replace(message, kept=said_as_json(shown_to_all))

    def _rendered(self, claimed: Claimed, content: Content) -> Message:
        extent = Extent[claimed.body.get("extent", Extent.WHOLE.name)]
        made = render(content, public_url=self._links.public_url, pages=self._pages(claimed), extent=extent)
        replay = {"replay": True, "replayed_at": claimed.body["replayed_at"]} if "replayed_at" in claimed.body else {}
        return replace(made, data={**made.data, **replay})

    def _pages(self, claimed: Claimed) -> Pages | None:
        """The pages that a message links to; None if people can't reach them."""
        if not self.has_pages or claimed.kind not in READABLE:
            return None
        ids = [subscription.id for subscription in claimed.subscriptions]
        return Pages(
            message=self._links.message(claimed.id),
            unsubscribe=self._links.unsubscribe(claimed.address, ids) if ids else None,
        )

    def to_do(self, claimed: Claimed) -> str:
        """What a person must do because a message was not delivered. The text says whom to telephone, and about what."""
        items: dict[str | None, list[Event]] = {}
        for event in sorted((one for one in claimed.events if one.urgent), key=by_severity):
            items.setdefault(event.item, []).append(event)
        worst = [f"{plain(found[0].name)}: {plain(headline_or_kind(found))}" for found in items.values()]
        is_mail = scheme(claimed.address) == "mailto"
        whom = f"ring {target(claimed.address)}" if is_mail else f"tell the people who read {shown(claimed.address)}"
        more = f" (and {counted(len(worst) - 1, 'more report')})" if len(worst) > 1 else ""
        return f"{whom}: {worst[0]}{more}" if worst else f"{whom}: a message could not be delivered"

    def substance(self, claimed: Claimed) -> Sequence[str]:
        """The lines of an alert. If the alert can't be rendered (which may be why it is not delivered), the lines are made from
        the events themselves."""
        try:
            return substance(self._told(claimed))
        except Exception:
            log.debug("an alert can't be put into words", id=claimed.id, exc_info=True)
            return [
                f"{one.location_id} {one.name}: {one.kind} ({one.of}): {one.from_ or '?'} to {one.to or '?'}"
                for one in claimed.events
            ]

    def _content(self, claimed: Claimed) -> Content:
        contents: Mapping[MessageKind, Callable[[Claimed], Content]] = {
            MessageKind.TROUBLE: self._trouble,
            MessageKind.WELCOME: self._welcome,
            MessageKind.ALERT: lambda one: Alert(events=self._told(one), more=one.body.get("more", False)),
            MessageKind.DIGEST: self._digest,
            MessageKind.STILL_WATCHING: self._still_watching,
            MessageKind.TEST: lambda _: Trial(),
            MessageKind.ESCALATION: self._escalation,
            MessageKind.CONFIRM: self._confirm,
            MessageKind.SIGN_IN: self._sign_in,
            MessageKind.CORRECTION: self._correction,
            MessageKind.STILL_READ: self._still_read,
            MessageKind.UNSUBSCRIBED: self._unsubscribed,
            MessageKind.DRILL: self._drill,
        }
        return contents[claimed.kind](claimed)

    def _trouble(self, claimed: Claimed) -> OperatorMessage:
        body = claimed.body
        here = self._links.public_url
        page = (f"{here}{body['page']}",) if self.has_pages and "page" in body else ()
        file = (f"As a Word file: {here}{body['word']}",) if self.has_pages and "word" in body else ()
        lines = (*body["lines"], *page, *file)
        return OperatorMessage(subject=body["subject"], lines=lines, keeper_of=body.get("keeper_of"), why=body.get("why"))

    def _confirm(self, claimed: Claimed) -> Confirm:
        watchlist, asked_by = claimed.body["watchlist"], claimed.body["asked_by"]
        return Confirm(watchlist=watchlist, asked_by=asked_by, link=self._links.confirm(claimed.address))

    def _sign_in(self, claimed: Claimed) -> SignIn:
        link = f"{self._links.public_url}/sign-in/{claimed.body['token']}"
        return SignIn(link=link, until=valid_until(claimed), invitation=claimed.body["invitation"])

    def _still_read(self, claimed: Claimed) -> StillRead:
        return StillRead(watchlists=tuple(claimed.body["watchlists"]), link=self._links.still_read(claimed.address))

    def _drill(self, claimed: Claimed) -> Drill:
        body = claimed.body
        link = self._links.drill(claimed.address, body["drill"], claimed.created_at) if self.has_pages else None
        return Drill(watchlist=body["watchlist"], link=link, started_by=body["started_by"])

    def _unsubscribed(self, claimed: Claimed) -> Unsubscribed:
        body = claimed.body
        return Unsubscribed(
            watchlists=tuple(body["watchlists"]),
            link=self._links.undo(body["batch"]) if "batch" in body else None,
            until=valid_until(claimed),
            by=body.get("by"),
            with_access=body.get("with_access", False),
        )

    def _escalation(self, claimed: Claimed) -> Escalation:
        return Escalation(
            events=self._told(claimed),
            watchlist=claimed.body["watchlists"][0],
            paused=claimed.body["reason"] == Reason.PAUSED,
            since=min(event.observed_at for event in claimed.events),
            on_call="first" if claimed.body["reason"] == Reason.ON_CALL else "next" if claimed.body["reason"] in CALLS else "",
        )

    def _correction(self, claimed: Claimed) -> Correction:
        (told,) = self._told(claimed)
        page = self._links.event(told.event.corrects) if self.has_pages and told.event.corrects else None
        return Correction(told=replace(told, page=page), answers=claimed.body["answers"])

    def _told(self, claimed: Claimed) -> tuple[NotifiedEvent, ...]:
        about = {event.location_id for event in claimed.events} | {one for one in map(_new_profile, claimed.events) if one}
        services = {one.location_id: one for one in self._store.services.watched(about)}
        subscribed = {subscription.watchlist for subscription in claimed.subscriptions} | set(claimed.body.get("watchlists", ()))
        authorities, own = self._store.register.authorities(about), self._own(claimed)
        cases = self._store.cases.open_at({event.location_id for event in claimed.events})
        told = [
            replace(
                self._told_event(event, services, subscribed, authorities),
                own=own.get(event.location_id, ()),
                case=cases.get(event.location_id),
                have_it=self._have_it(claimed, event),
            )
            for event in claimed.events
        ]
        waiting = {one for one, service in services.items() if service.candidates}
        return self._with_standings(told, {one: service.snapshot for one, service in services.items()}, waiting)

    def _have_it(self, claimed: Claimed, event: Event) -> str | None:
        """The page where a person at the address confirms that they are dealing with the event's item."""
        if not self.has_pages or claimed.kind not in (MessageKind.ALERT, MessageKind.ESCALATION) or event.item is None:
            return None
        made_at = max(claimed.created_at, *(one.observed_at for one in claimed.events))
        return self._links.have_it(claimed.address, event.item, made_at)

    def _own(self, claimed: Claimed) -> dict[str, tuple[Own, ...]]:
        """The councils' own facts about the services, by location id. Only facts from watchlists that the address subscribes
        to, and that the address may read, are included."""
        lists = {subscription.watchlist for subscription in claimed.subscriptions}
        if not lists:
            return {}
        sent = self._store.own_facts.about_for(claimed.address, {event.location_id for event in claimed.events}, lists)
        today = day_in_london(claimed.created_at)
        return {
            location_id: tuple(
                Own(watchlist=name, facts=facts, today=today, closed=name in sent.closed) for name, facts in by_list.items()
            )
            for location_id, by_list in sent.facts.items()
        }

    def _told_event(
        self, event: Event, services: Mapping[str, Watched], subscribed: set[str], authorities: Mapping[str, str]
    ) -> NotifiedEvent:
        service, profile = services.get(event.location_id), services.get(_new_profile(event) or "")
        on_lists = set(service.watchlists) if service else set()
        snapshot = service.snapshot if service else None
        card = self._card(event.location_id, snapshot.card if snapshot else Card(name=event.name))
        return NotifiedEvent(
            event=event,
            service=replace(card, local_authority=authorities.get(event.location_id)),
            watchlists=tuple(sorted(subscribed & on_lists or subscribed)),
            page=self._links.event(event.id) if self.has_pages else None,
            followed_to=profile.location_id if profile and subscribed & set(profile.watchlists) else None,
            why=event.summary or "",
        )

    def _with_standings(
        self, told: Sequence[NotifiedEvent], now: Mapping[str, Snapshot | None], waiting: Collection[str]
    ) -> tuple[NotifiedEvent, ...]:
        """The events, each with the ratings before and after its item. `waiting` contains the services with a candidate change.
        The pages of these services may already show something else, so the message does not say what stays the same or applies
        now."""
        items = by_item(told)
        standings = self._store.standings.of([[one.event for one in item] for item in items], now)
        known = {one.event.id: standing for item, standing in zip(items, standings, strict=True) for one in item}
        for one in told:
            if one.event.location_id in waiting:
                known[one.event.id] = replace(known[one.event.id], stays={}, now=None)
        return tuple(replace(one, standing=known[one.event.id]) for one in told)

    def _card(self, location_id: str, card: Card) -> ServiceCard:
        return ServiceCard(
            location_id=location_id,
            name=card.name or location_id,
            service_type=card.service_type,
            address=card.address,
            provider_name=card.provider_name,
            url=location_url(location_id, self._base_url),
        )

    def _digest(self, claimed: Claimed) -> Digest:
        period = When(claimed.body["period"])
        began = min((subscription.created_at for subscription in claimed.subscriptions), default=None)
        return Digest(
            period=period,
            since=self._store.outbox.last_digest(claimed.address, period, claimed.created_at) or began,
            until=claimed.created_at,
            events=self._told(claimed),
            stale=self._stale(claimed),
            judgement=claimed.body.get("judgement"),
            well=claimed.body.get("well", True),
            asked=tuple((subscription.watchlist, subscription.when) for subscription in claimed.subscriptions),
            reviews=self._reviews(claimed),
        )

    def _reviews(self, claimed: Claimed) -> tuple[Suspension, ...]:
        lists = {subscription.watchlist for subscription in claimed.subscriptions}
        today = day_in_london(claimed.created_at)
        return tuple(self._store.suspensions.due_for(claimed.address, lists, today)) if lists else ()

    def _welcome(self, claimed: Claimed) -> Welcome:
        subscription = claimed.subscriptions[0]
        services = self._store.services.watched(watchlist=subscription.watchlist)
        read = [(one, one.snapshot) for one in services if one.snapshot is not None]
        others = Counter(_overall(snapshot) for _, snapshot in read if not is_bad(snapshot))
        weekly = subscription.when is When.WEEKLY
        return Welcome(
            watchlist=subscription.watchlist,
            when=subscription.when,
            at=f"{subscription.at:%H:%M}",
            day=subscription.day if weekly else None,
            total=len(services),
            holdings=tuple(self._concern(one, snapshot) for one, snapshot in read if is_bad(snapshot)),
            others=tuple(sorted(others.items(), key=lambda one: (severity(parse(one[0] or "")), one[0] or ""))),
            not_read=self._watched_cards([one for one in services if one.read_at is None]),
            judgement=claimed.body.get("judgement"),
            at_once=subscription.at_once,
            all_news=subscription.all_news,
            left_out=tuple(sorted(map(str, subscription.left_out))),
            only_placed=subscription.only_placed,
        )

    def _still_watching(self, claimed: Claimed) -> StillWatching:
        since = claimed.body["all_since"]
        return StillWatching(
            watchlist=claimed.subscriptions[0].watchlist,
            period=claimed.body["period"],
            total=claimed.body["total"],
            as_of=claimed.created_at,
            all_since=datetime.fromisoformat(since) if since else None,
            stale=self._stale(claimed),
            judgement=claimed.body.get("judgement"),
        )

    def _stale(self, claimed: Claimed) -> tuple[StaleService, ...]:
        """The services that a message lists as not up to date. The list was made when the message was composed."""
        last_read = {one: datetime.fromisoformat(at) if at else None for one, at in claimed.body["stale"]}
        services = self._store.services.watched(last_read)
        return tuple(
            StaleService(service=card, last_read_at=last_read[one.location_id], reason=one.trouble)
            for one, card in zip(services, self._watched_cards(services), strict=True)
        )

    def _watched_cards(self, services: Sequence[Watched]) -> tuple[ServiceCard, ...]:
        """The cards of watched services. If a service's page was never read, its name comes from CQC's register."""
        names = self._store.register.names(one.location_id for one in services if one.snapshot is None)
        return tuple(
            self._card(one.location_id, one.snapshot.card if one.snapshot else Card(name=names.get(one.location_id, "")))
            for one in services
        )

    def _concern(self, one: Watched, snapshot: Snapshot) -> Concern:
        measures = next((held for subject, held in snapshot.holdings if subject.aspect is Aspect.MEASURES), None)
        stated = measures if measures is not None and measures.value in IN_MEASURES else None
        overall = _overall(snapshot)
        presumed = "presumed" if overall == Rating.INADEQUATE else None
        return Concern(
            service=self._card(one.location_id, snapshot.card),
            overall=overall,
            inadequate_key_questions=_inadequate_key_questions(snapshot),
            special_measures="in" if stated else presumed,
            quote=stated.quote if stated else None,
        )


def without_closed(content: Content) -> Content:
    """The content without the council's own facts that only named people may read. If there are no facts of this kind, the same
    content is returned."""

    def opened(told: NotifiedEvent) -> NotifiedEvent:
        return replace(told, own=tuple(one for one in told.own if not one.closed))

    match content:
        case Digest() if any(one.closed for one in content.reviews):
            return without_closed(replace(content, reviews=tuple(one for one in content.reviews if not one.closed)))
        case Alert() | Digest() | Escalation() if any(one.closed for told in content.events for one in told.own):
            return replace(content, events=tuple(map(opened, content.events)))
        case Correction() if any(one.closed for one in content.told.own):
            return replace(content, told=opened(content.told))
    return content


def _overall(snapshot: Snapshot) -> str | None:
    """An overall rating of a service or its groups: "inadequate" if the service or any group is inadequate, otherwise the
    overall rating of the service or of one group. None if nothing is rated."""
    overalls = sorted(str(held.value) for subject, held in snapshot.holdings if _is_overall(subject))
    return Rating.INADEQUATE if Rating.INADEQUATE in overalls else next(iter(overalls), None)


def _inadequate_key_questions(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(
        subject.of
        for subject, held in snapshot.holdings
        if subject.aspect is Aspect.RATING and subject.of != OVERALL and held.value == Rating.INADEQUATE
    )


def _new_profile(event: Event) -> str | None:
    """The new profile that CQC gives for a service; None if the event contains no new profile."""
    return profile_in(event.quote) if event.kind in {Kind.PROVIDER_CHANGED, Kind.MOVED} else None


def valid_until(claimed: Claimed) -> datetime:
    """When the link in a message (to sign in, or to undo an unsubscription) expires."""
    return datetime.fromisoformat(claimed.body["until"])


def _is_overall(subject: Subject) -> bool:
    return subject.aspect is Aspect.RATING and subject.of == OVERALL
