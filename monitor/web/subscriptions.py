"""Subscriptions: one's own; for editors and operators, other people's too."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response

from monitor.app import App
from monitor.channels import parse_address, scheme, shown
from monitor.channels.address import target
from monitor.channels.post import is_public_host
from monitor.detect.schedule import DAYS
from monitor.errors import UsageError
from monitor.events import Kind
from monitor.model import Subscription, When
from monitor.notify.route import due_at
from monitor.store.people import Person, Role
from monitor.store.subscriptions import Added, Held, Wishes, is_own
from monitor.text import LONDON
from monitor.web.pages import go_to, page
from monitor.web.parts import WANTED_DAY, Id, Me, Now, TheHouse, day_of

LONGEST_PAUSE = timedelta(days=92)
MOST_MESSAGES = 50

CHANNELS = ("mailto", "slack", "teams", "webhook")

router = APIRouter()


@router.get("/subscriptions")
def subscriptions(
    request: Request, app: TheHouse, me: Me, now: Now, watchlist: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """One's own, for editors also all others, and the form for a new one, perhaps with a watchlist already chosen."""
    return _list(request, app, me, now, watchlist=watchlist)


@router.post("/subscriptions")
def add(
    request: Request,
    app: TheHouse,
    me: Me,
    now: Now,
    watchlist: Annotated[str, Form()] = "",
    channel: Annotated[str, Form()] = "",
    address: Annotated[str, Form()] = "",
    when: Annotated[str, Form()] = "",
    at: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    kinds: Annotated[list[str] | None, Form()] = None,
    offered: Annotated[list[str] | None, Form()] = None,
    still_watching: Annotated[str, Form()] = "",
) -> Response:
    """Adds a subscription, for one's own address or another."""
    typed = _typed(when, at, day, kinds, offered, still_watching)
    errors = _wrong(typed)
    if watchlist not in app.store.glance.watchlists():
        errors["watchlist"] = "Choose a watchlist"
    where = ""
    try:
        where = _address(app, channel, address)
    except UsageError as error:
        errors["address"] = f"{str(error)[:1].upper()}{str(error)[1:]}"
    values = typed | {"watchlist": watchlist, "channel": channel, "address": address[:500]}
    if errors:
        return _list(request, app, me, now, errors=errors, **values)
    try:
        added = app.store.subscriptions.add(me, watchlist, where, _wishes(typed), now)
    except UsageError as error:
        return _list(request, app, me, now, errors={"address": str(error)}, **values)
    if added is Added.THERE:
        return _list(request, app, me, now, errors={"address": f"This address is already subscribed to {watchlist}"}, **values)
    if added is Added.WAITS:
        said = f"{shown(where).removeprefix('mailto:')} has been asked. It gets alerts about {watchlist} once it confirms."
    else:
        said = f"{shown(where).removeprefix('mailto:')} is now alerted about {watchlist}. The first message shows its state."
    if scheme(where) == "mailto" and not app.can_mail:
        name = shown(where).removeprefix("mailto:")
        said = f"{name} is subscribed to {watchlist}, but nothing can be sent to it: email is not set up. Its messages wait."
    return go_to(request, "/subscriptions", said=said)


@router.get("/subscriptions/{subscription}")
def subscription(request: Request, app: TheHouse, me: Me, now: Now, subscription: Id) -> Response:
    """One subscription, with the messages to its address and what became of them."""
    return _one(request, app, me, now, _reached(app, me, subscription))


@router.post("/subscriptions/{subscription}")
def change(
    request: Request,
    app: TheHouse,
    me: Me,
    now: Now,
    subscription: Id,
    when: Annotated[str, Form()] = "",
    at: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    kinds: Annotated[list[str] | None, Form()] = None,
    offered: Annotated[list[str] | None, Form()] = None,
    still_watching: Annotated[str, Form()] = "",
) -> Response:
    """Changes when it is alerted, and about what."""
    held = _reached(app, me, subscription)
    typed = _typed(when, at, day, kinds, offered, still_watching)
    if errors := _wrong(typed):
        return _one(request, app, me, now, held, errors=errors, **typed)
    app.store.subscriptions.change(subscription, me, _wishes(typed), now, due_at)
    return go_to(request, f"/subscriptions/{subscription}", said="The subscription has been changed.")


@router.post("/subscriptions/{subscription}/pause")
def pause(
    request: Request, app: TheHouse, me: Me, now: Now, subscription: Id, until: Annotated[str, Form()] = ""
) -> Response:
    """Holds back its events until the hour of the subscription on a given day."""
    held = _reached(app, me, subscription)
    try:
        last = day_of(until)
        end = datetime.combine(last, held.subscription.at, tzinfo=LONDON).astimezone(UTC) if last else None
    except (ValueError, OverflowError):
        end = None
    if end is None:
        return _one(request, app, me, now, held, errors={"until": WANTED_DAY}, until=until[:20])
    if not now < end <= now + LONGEST_PAUSE:
        wrong = f"The pause must end within {LONGEST_PAUSE.days} days, and not in the past"
        return _one(request, app, me, now, held, errors={"until": wrong}, until=until[:20])
    app.store.subscriptions.pause(subscription, me, end, now, due_at)
    return go_to(request, f"/subscriptions/{subscription}", said="The subscription is paused.")


@router.post("/subscriptions/{subscription}/resume")
def resume(request: Request, app: TheHouse, me: Me, now: Now, subscription: Id) -> Response:
    """Ends a pause."""
    _reached(app, me, subscription)
    app.store.subscriptions.resume(subscription, me, now)
    said = "The pause has ended. The events held back come now."
    return go_to(request, f"/subscriptions/{subscription}", said=said)


@router.post("/subscriptions/{subscription}/test")
def test(request: Request, app: TheHouse, me: Me, now: Now, subscription: Id) -> Response:
    """Sends a test message in the same way as every message."""
    held = _reached(app, me, subscription)
    if not held.subscription.confirmed:
        raise HTTPException(403, "This address has not confirmed yet, so it is sent nothing.")
    owes = app.store.subscriptions.test(subscription, me, now)
    said = "A test message is on its way. The receiver’s answer will appear below."
    return go_to(request, f"/subscriptions/{subscription}", said=said if owes else "A test message was sent a moment ago.")


@router.post("/subscriptions/{subscription}/end")
def end(request: Request, app: TheHouse, me: Me, now: Now, subscription: Id) -> Response:
    """Ends it."""
    held = _reached(app, me, subscription)
    app.store.subscriptions.end([subscription], me, now, app.operator)
    name = shown(held.subscription.address).removeprefix("mailto:")
    return go_to(request, "/subscriptions", said=f"{name} is no longer alerted about {held.subscription.watchlist}.")


# ── whose it is ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_mine(subscription: Subscription, me: Person) -> bool:
    """Whether somebody made a subscription, or it goes to the address that they sign in with."""
    return subscription.owner == me.id or is_own(subscription.address, me)


def _reached(app: App, me: Person, subscription_id: int) -> Held:
    """A subscription that somebody may see and change. For others it does not seem to exist."""
    held = app.store.subscriptions.get(subscription_id)
    if held is None or not (is_mine(held.subscription, me) or me.role.may(Role.EDITOR)):
        raise HTTPException(404)
    return held


def _may_read_all(subscription: Subscription, me: Person) -> bool:
    """Whether somebody may also see what other subscriptions send to an address. A person who typed somebody else's mailbox
    sees only what they caused. A person who knows a channel's secret address was given it by its members."""
    return me.role.may(Role.EDITOR) or is_own(subscription.address, me) or scheme(subscription.address) != "mailto"


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _list(request: Request, app: App, me: Person, now: datetime, **values: Any) -> Response:
    everything = app.store.subscriptions.all()
    given: dict[str, Any] = {
        "watchlist": "",
        "channel": "mailto",
        "address": me.email,
        "when": "immediate",
        "at": "07:30",
        "day": "mon",
        "kinds": [str(one) for one in Kind],
        "still_watching": "",
        "errors": {},
    } | values
    return page(
        request,
        "subscriptions.html",
        mine=[one for one in everything if is_mine(one.subscription, me)],
        others=[one for one in everything if not is_mine(one.subscription, me)] if me.role.may(Role.EDITOR) else [],
        watchlists=app.store.glance.watchlists(),
        states=app.store.subscriptions.states(now, mail=app.can_mail),
        mail=app.can_mail,
        all_kinds=[one for one in Kind if one is not Kind.CORRECTION],  # it goes to everybody who was sent the event
        days=DAYS,
        **given,
    )


def _one(request: Request, app: App, me: Person, now: datetime, held: Held, **values: Any) -> Response:
    one = held.subscription
    given: dict[str, Any] = {
        "when": str(one.when),
        "at": f"{one.at:%H:%M}",
        "day": one.day,
        "kinds": [str(kind) for kind in Kind if kind not in one.left_out],
        "still_watching": "yes" if one.still_watching else "",
        "until": "",
        "errors": {},
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
        secret=app.webhook_secret(one.address) if is_webhook and is_mine(one, me) else None,
        messages=app.store.subscriptions.messages(one, MOST_MESSAGES, others=_may_read_all(one, me)),
        all_kinds=[one for one in Kind if one is not Kind.CORRECTION],  # it goes to everybody who was sent the event
        days=DAYS,
        longest=LONGEST_PAUSE.days,
        **given,
    )


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _typed(
    when: str, at: str, day: str, kinds: list[str] | None, offered: list[str] | None, still_watching: str
) -> dict[str, Any]:
    """The values of a form. `offered`: the kinds that it had a box for. A kind that a new version added while the form was open
    counts as ticked."""
    added_since = set(Kind) - {*offered} if offered else set()
    ticked = [*(kinds or ()), *sorted(added_since)]
    return {"when": when, "at": at.strip()[:10], "day": day, "kinds": ticked, "still_watching": still_watching[:5]}


def _wrong(typed: dict[str, Any]) -> dict[str, str]:
    errors = {}
    if typed["when"] not in set(When):
        errors["when"] = "Choose when to send alerts"
    try:
        _hour(typed["at"])
    except ValueError:
        errors["at"] = "Enter an hour of the day like 07:30"
    if typed["day"] not in DAYS:
        errors["day"] = "Choose a day"
    if not {*typed["kinds"]} <= set(Kind):
        errors["kinds"] = "Choose from these kinds"
    return errors


def _wishes(typed: dict[str, Any]) -> Wishes:
    return Wishes(
        when=When(typed["when"]),
        at=_hour(typed["at"]),
        day=typed["day"],
        still_watching=bool(typed["still_watching"]),
        left_out=frozenset(set(Kind) - {*typed["kinds"]}),
    )


def _hour(text: str) -> time:
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 (an hour of the day, not an instant)


def _address(app: App, channel: str, typed: str) -> str:
    """The typed address. Raises UsageError if it can't be used or its host is not public."""
    if channel not in CHANNELS:
        raise UsageError("Choose how to send alerts")
    bare = typed.strip()
    if bare.lower().startswith(f"{channel}:"):
        bare = bare[len(channel) + 1 :].strip()
    if not bare:
        raise UsageError("Enter an address")
    address = parse_address(f"{channel}:{bare}", extra_hosts=app.settings.extra_webhook_hosts)
    if channel == "webhook":
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
        raise UsageError(f"{host} {found}: webhooks go to public hosts only")
