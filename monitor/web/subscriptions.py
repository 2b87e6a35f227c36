"""The pages of subscriptions, and of each message as it was sent. People see their own subscriptions. Editors and operators see
all subscriptions."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from pydantic import BeforeValidator, Field

from monitor.addresses import ONLY_URGENT
from monitor.app import App
from monitor.channels import KINDS, scheme, target
from monitor.channels.post import is_public_host
from monitor.detect.schedule import DAYS
from monitor.errors import UsageError
from monitor.events import Kind
from monitor.model import AtOnce, Subscription, When
from monitor.notify.foreseen import foreseen
from monitor.notify.route import wanted as wanted_by
from monitor.store.happened import Wanted
from monitor.store.people import Person, Role
from monitor.store.subscriptions import Added, Held, Wishes, is_own, waits_for_editor
from monitor.store.unsubscribed import UNDO
from monitor.store.webhook_secrets import OVERLAP
from monitor.text import LONDON, counted, sentence
from monitor.web.forms import Day, FormModel, Ticked
from monitor.web.pages import go_to, page
from monitor.web.parts import Id, Now, ShortText, TheApp, User, as_typed
from monitor.web.watchlists import address_of

LONGEST_PAUSE = timedelta(days=92)
MOST_MESSAGES = 50
RECORD, MOST_EVENTS = timedelta(days=365), 1_000
"""The form estimates what each choice would have sent. The estimate goes back at most this far, and uses at most this many
events."""

_NEW: dict[str, Any] = {"id": 0, "address": "", "when": When.IMMEDIATE, "at": time(7, 30), "day": "mon"}

router = APIRouter()


def _hour(text: str) -> time:
    return datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007 (an hour of the day, not an instant)


class Wished(FormModel):
    """When a subscription is alerted, and about what. `offered` lists the kinds for which the form had boxes. A kind that a new
    version added while the form was open is treated as ticked."""

    when: When = Field(description="Choose when to send alerts")
    at_once: AtOnce = Field(AtOnce.ANY, description="Choose what to alert about at once")
    all_news: Ticked = False
    only_placed: Ticked = False
    at: Annotated[time, BeforeValidator(_hour)] = Field(description="Enter an hour of the day like 07:30")
    day: str = Field(pattern=f"^({'|'.join(DAYS)})$", description="Choose a day")
    kinds: tuple[Kind, ...] = Field((), description="Choose from these kinds")
    offered: tuple[str, ...] = ()
    still_watching: Ticked = False

    @property
    def left_out(self) -> frozenset[Kind]:
        """The kinds that the subscription leaves out."""
        return frozenset(kind for kind in Kind if kind in (self.offered or Kind) and kind not in self.kinds)

    @property
    def typed(self) -> dict[str, Any]:
        """The form's values, with all kinds that are treated as ticked."""
        return super().typed | {"kinds": [str(kind) for kind in Kind if kind not in self.left_out]}

    def wishes(self) -> Wishes:
        """Returns the form's values for the store. Call this method only if the form has no errors."""
        return Wishes(
            when=self.when,
            at=self.at,
            day=self.day,
            at_once=self.at_once,
            all_news=self.all_news,
            only_placed=self.only_placed,
            still_watching=self.still_watching,
            left_out=self.left_out,
        )


class NewSubscription(Wished):
    """A subscription to a watchlist."""

    watchlist: str = ""
    channel: str = ""
    address: str = ""


class Pause(FormModel):
    """The day on which a pause ends."""

    until: Day


def is_mine(subscription: Subscription, me: Person) -> bool:
    """Whether the person made the subscription, or signs in with its address."""
    return subscription.owner == me.id or is_own(subscription.address, me)


def _reached(app: TheApp, me: User, subscription: Id) -> Held:
    """Returns a subscription. Raises a 404 if it does not exist, or if the person may not see and change it."""
    held = app.store.subscriptions.get(subscription)
    if held is None or not (is_mine(held.subscription, me) or me.role.may(Role.EDITOR)):
        raise HTTPException(404)
    return held


Reached = Annotated[Held, Depends(_reached)]


@router.get("/subscriptions")
def subscriptions(request: Request, app: TheApp, me: User, now: Now, watchlist: ShortText = "") -> Response:
    """Shows the person's own subscriptions, or all subscriptions to an editor. Below is the form for a new subscription, in which
    `watchlist` is chosen."""
    return _list(request, app, me, now, watchlist=watchlist)


@router.post("/subscriptions")
def add(request: Request, app: TheApp, me: User, now: Now, form: Annotated[NewSubscription, Form()]) -> Response:
    """Adds a subscription, for the person's own address or for another address."""
    errors, where, added = dict(form.errors), "", None
    if form.watchlist not in app.store.glance.watchlists():
        errors["watchlist"] = "Choose a watchlist"
    try:
        where = _address(app, form.channel, form.address)
        if scheme(where) in ONLY_URGENT and not me.role.may(Role.EDITOR):
            raise UsageError("Text messages cost money. Ask an editor to add the number")
        added = None if errors else app.store.subscriptions.add(me, form.watchlist, where, form.wishes(), now)
    except UsageError as error:
        errors["address"] = sentence(str(error))
    if added is Added.THERE:
        errors["address"] = f"This address is already subscribed to {form.watchlist}"
    if errors:
        return _list(request, app, me, now, errors=errors, **form.typed)
    name = as_typed(where)
    if scheme(where) == "mailto" and not app.can_mail:
        said = f"{name} is subscribed to {form.watchlist}, but email is not set up, so messages to this address wait."
    elif added is Added.WAITS:
        said = f"We have asked {name} to confirm. After that, this address gets alerts about {form.watchlist}."
    elif added is Added.WAITS_FOR_EDITOR:
        said = f"An editor must approve {name} first. After that, this address gets alerts about {form.watchlist}."
    elif scheme(where) in ONLY_URGENT:
        said = f"{name} gets only urgent alerts about {form.watchlist}. Somebody should get all other messages by email."
    else:
        said = f"{name} is now alerted about {form.watchlist}. The first message shows the state of the watchlist."
    number = app.store.subscriptions.number(form.watchlist, where) if scheme(where) == "webhook" else None
    return go_to(request, f"/subscriptions/{number}" if number else "/subscriptions", said=said)


@router.get("/subscriptions/{subscription}")
def subscription(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Shows one subscription, with the messages to its address and their outcomes."""
    return _one(request, app, me, now, held)


@router.post("/subscriptions/{subscription}")
def change(request: Request, app: TheApp, me: User, now: Now, held: Reached, form: Annotated[Wished, Form()]) -> Response:
    """Changes when the subscription is alerted, and about what."""
    if form.errors:
        return _one(request, app, me, now, held, errors=form.errors, **form.typed)
    app.store.subscriptions.change(held.subscription.id, me, form.wishes(), now)
    return _back(request, held, "The subscription has been changed.")


@router.post("/subscriptions/{subscription}/pause")
def pause(request: Request, app: TheApp, me: User, now: Now, held: Reached, form: Annotated[Pause, Form()]) -> Response:
    """Pauses the subscription. Its events wait until the usual hour on the given day."""
    errors, end = form.errors, now
    if not errors:
        end = datetime.combine(form.until, held.subscription.at, tzinfo=LONDON).astimezone(UTC)
        if not now < end <= now + LONGEST_PAUSE:
            errors = {"until": f"The pause must end within {LONGEST_PAUSE.days} days, and not in the past"}
    if errors:
        return _one(request, app, me, now, held, errors=errors, **form.typed)
    app.store.subscriptions.pause(held.subscription.id, me, end, now)
    return _back(request, held, "The subscription is paused.")


@router.post("/subscriptions/{subscription}/resume")
def resume(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Ends a pause."""
    app.store.subscriptions.resume(held.subscription.id, me, now)
    return _back(request, held, "The pause has ended. The events that waited are sent now.")


@router.post("/subscriptions/{subscription}/test")
def test(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Sends a test message in the same way as any other message."""
    if not held.subscription.confirmed:
        asked = "No editor has approved" if waits_for_editor(held.subscription) else "Nobody has confirmed"
        raise HTTPException(403, f"{asked} this address yet, so nothing is sent to it.")
    owes = app.store.subscriptions.test(held.subscription.id, me, now)
    said = "A test message is on its way. The receiver’s answer will appear below."
    return _back(request, held, said if owes else "A test message was sent a moment ago.")


@router.post("/subscriptions/{subscription}/approve")
def approve(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Approves a webhook that a reader added."""
    if not app.store.subscriptions.approve(held.subscription.id, me, now):
        raise HTTPException(409, "This subscription is not waiting for an editor.")
    one = held.subscription
    return go_to(request, "/subscriptions", said=f"{as_typed(one.address)} is now alerted about {one.watchlist}.")


@router.post("/subscriptions/{subscription}/secret")
def secret(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Shows the signing secret of a webhook once, to the person who first added the webhook. No other page shows the secret."""
    found = app.store.webhook_secrets.show_once(_webhook(held), me.id, now)
    if found is None:
        said = "The secret has already been shown, or somebody else added this address. An operator can renew the secret."
        raise HTTPException(403, said)
    return _one(request, app, me, now, held, secret=found)


@router.post("/subscriptions/{subscription}/renew-secret")
def renew_secret(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Renews the signing secret of a webhook, and shows the new secret. No other page shows the secret."""
    try:
        return _one(request, app, me, now, held, secret=app.store.webhook_secrets.renew(_webhook(held), me.id, now), renewed=True)
    except UsageError as error:
        raise HTTPException(409, f"{sentence(str(error))}.") from None


def _webhook(held: Held) -> str:
    """Returns the address of a webhook's subscription. Raises a 404 for any other subscription, because it has no signing
    secret."""
    if scheme(held.subscription.address) != "webhook":
        raise HTTPException(404)
    return held.subscription.address


@router.get("/subscriptions/{subscription}/end")
def ask_to_end(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Asks whether to end the subscription. The page says who gets a message about this, and until when the subscription can be
    restored."""
    one = held.subscription
    others = [each for each in app.store.subscriptions.listed([one.watchlist]) if each.confirmed and each.id != one.id]
    return page(
        request, "subscription_end.html", one=one, held=held, is_mine=is_own(one.address, me), last=not others, until=now + UNDO
    )


@router.post("/subscriptions/{subscription}/end")
def end(request: Request, app: TheApp, me: User, now: Now, held: Reached) -> Response:
    """Ends the subscription."""
    one = held.subscription
    app.store.unsubscribed.end(one.id, me, now, app.operator)
    return go_to(request, "/subscriptions", said=f"{as_typed(one.address)} is no longer alerted about {one.watchlist}.")


@router.post("/subscriptions/ended/{batch}/restore")
def restore(request: Request, app: TheApp, me: User, now: Now, batch: str) -> Response:
    """Restores a subscription that was ended in the pages. Only operators and the person who ended the subscription may restore
    it."""
    undone = app.store.unsubscribed.restore(batch, me, now)
    if undone is None:
        raise HTTPException(404, "This subscription ended too long ago, or has already been restored.")
    if undone.gone:
        return go_to(request, "/subscriptions", said=f"Nothing was restored: the watchlist {undone.gone[0]} no longer exists.")
    one = undone.restored[0]
    said = f"{as_typed(one.address)} is alerted about {one.watchlist} again, and gets the messages that it missed."
    return go_to(request, "/subscriptions", said=said)


@router.get("/messages/{message}")
def message(request: Request, app: TheApp, message: str) -> Response:
    """Shows a message's content to everybody who is signed in. The page does not say who received the message."""
    letter = app.store.subscriptions.said(message)
    if letter is None:
        raise HTTPException(404, "There is no message at this address, or it has not been sent yet.")
    return page(request, "message.html", letter=letter)


def _back(request: Request, held: Held, said: str) -> Response:
    return go_to(request, f"/subscriptions/{held.subscription.id}", said=said)


def _may_read_all(subscription: Subscription, me: Person) -> bool:
    """Whether the person may see all messages to the address of a subscription, even messages from other subscriptions. For a
    webhook or somebody else's mailbox, a reader sees only messages from this subscription. The address of a channel in Slack or
    Teams is secret, so a person who entered it got it from a member of the channel."""
    by_itself = scheme(subscription.address) not in {"mailto", "webhook"}
    return me.role.may(Role.EDITOR) or is_own(subscription.address, me) or by_itself


def _list(request: Request, app: App, me: Person, now: datetime, **values: Any) -> Response:
    everything, watchlists = app.store.subscriptions.all(), app.store.glance.watchlists()
    given: dict[str, Any] = {
        "watchlist": "",
        "channel": "mailto",
        "address": me.email,
        "when": "immediate",
        "at_once": "any",
        "all_news": "",
        "only_placed": "",
        "at": "07:30",
        "day": "mon",
        "kinds": [str(one) for one in Kind],
        "still_watching": "",
    } | values
    chosen = given["watchlist"] if given["watchlist"] in watchlists else ""
    return page(
        request,
        "subscriptions.html",
        mine=[one for one in everything if is_mine(one.subscription, me)],
        others=[one for one in everything if not is_mine(one.subscription, me)] if me.role.may(Role.EDITOR) else [],
        ended=app.store.unsubscribed.ended(me, now),
        waiting=[one for one in everything if waits_for_editor(one.subscription)] if me.role.may(Role.EDITOR) else [],
        watchlists=watchlists,
        states=app.store.subscriptions.states(now, mail=app.can_mail),
        mail=app.can_mail,
        channels=[(one.scheme, one.label, one.hint) for one in KINDS.values()],
        all_kinds=[one for one in Kind if one is not Kind.CORRECTION],  # a correction goes to everybody who got the event
        days=DAYS,
        **_would_send(app, Subscription(watchlist=chosen, created_at=now, **_NEW), me, now),
        **given,
    )


def _would_send(app: App, like: Subscription, me: Person, now: datetime) -> dict[str, Any]:
    """Returns, in words, how many messages each choice would have sent, and from which time on. The estimate uses the watchlist's
    events of the last year, but at most the newest MOST_EVENTS. If the watchlist is younger than a year, the estimate begins when
    the watchlist was made. Without a watchlist, nothing is estimated."""
    watchlist = app.store.watchlists.find(like.watchlist)
    if watchlist is None:
        return {"would": {}, "since": None}
    since = max(now - RECORD, watchlist.created_at)
    wanted = Wanted(watchlist=like.watchlist, since=since)
    events = [event for event, _ in app.store.happened.newest(wanted, MOST_EVENTS)]
    if len(events) == MOST_EVENTS:
        since = events[-1].observed_at
    if like.only_placed:
        ids = {event.location_id for event in events}
        events = wanted_by(events, like, app.store.own_facts.about(ids, [like.watchlist], reader=me.id))
    words = {
        str(choice): " and ".join(
            counted(number, word) for number, word in ((sent.alerts, "alert"), (sent.digests, "digest")) if number
        )
        for choice, sent in foreseen(events, like).items()
    }
    return {"would": words if events else {}, "since": since}


def _one(request: Request, app: App, me: Person, now: datetime, held: Held, **values: Any) -> Response:
    one = held.subscription
    given: dict[str, Any] = {
        "when": str(one.when),
        "at_once": str(one.at_once),
        "all_news": "yes" if one.all_news else "",
        "only_placed": "yes" if one.only_placed else "",
        "at": f"{one.at:%H:%M}",
        "day": one.day,
        "kinds": [str(kind) for kind in Kind if kind not in one.left_out],
        "still_watching": "yes" if one.still_watching else "",
        "until": "",
        "secret": None,
        "renewed": False,
    } | values
    is_webhook = scheme(one.address) == "webhook"
    return page(
        request,
        "subscription.html",
        held=held,
        one=one,
        left_out=[kind for kind in Kind if kind in one.left_out],
        paused=one.is_paused(now),
        mail=app.can_mail or scheme(one.address) != "mailto",
        watchlist_now=app.store.watchlists.find(one.watchlist),
        has_operator=app.operator is not None,
        is_webhook=is_webhook,
        waits_for_editor=waits_for_editor(one),
        may_approve=me.role.may(Role.EDITOR),
        may_see_secret=is_webhook and app.store.webhook_secrets.may_see(one.address, me.id),
        may_renew_secret=me.role.may(Role.OPERATOR),
        overlap=OVERLAP.days,
        messages=app.store.subscriptions.messages(one, MOST_MESSAGES, others=_may_read_all(one, me)),
        all_kinds=[one for one in Kind if one is not Kind.CORRECTION],  # a correction goes to everybody who got the event
        days=DAYS,
        longest=LONGEST_PAUSE.days,
        **_would_send(app, replace(one, paused_until=None), me, now),
        **given,
    )


def _address(app: App, channel: str, typed: str) -> str:
    """Returns the typed address. Raises UsageError if the address can't be used or its host is not public."""
    if channel not in KINDS:
        raise UsageError("Choose how to send alerts")
    bare = typed.strip()
    if bare.lower().startswith(f"{channel}:"):
        bare = bare[len(channel) + 1 :].strip()
    if not bare:
        raise UsageError("Enter an address")
    address = address_of(app, f"{channel}:{bare}")
    if channel != "mailto" and KINDS[channel].check is None and KINDS[channel].normalise is None:
        _refuse_private(app, address)
    return address


def _refuse_private(app: App, address: str) -> None:
    url = urlsplit(target(address))
    host, port = url.hostname or "", url.port or (443 if url.scheme == "https" else 80)
    if f"{f'[{host}]' if ':' in host else host}:{port}" in app.settings.extra_webhook_hosts:
        return
    public = is_public_host(host, port)
    if not public:
        found = "is not on the public internet" if public is False else "can’t be found"
        raise UsageError(f"{host} {found}. Messages to webhooks can go only to public hosts")
