"""The list of all watchlists, and the pages of one watchlist: the grid of its services, adding and removing services, settings,
and deleting the watchlist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from pydantic import Field

from monitor import channels
from monitor.app import App
from monitor.errors import UsageError
from monitor.locations import ids_in
from monitor.model import LISTED_ID
from monitor.register.entries import Rule
from monitor.register.rules import following, in_words
from monitor.store.overview import OWN, Order, Overview, Wanted
from monitor.store.people import Person, Role
from monitor.store.saved_views import SavedView
from monitor.store.watchlists import LONGEST_NAME, Watchlist, name_of
from monitor.text import counted, day_in_london, plain, sentence
from monitor.web import grid
from monitor.web.forms import FormModel, checked, in_lines
from monitor.web.pages import go_to, page, paging
from monitor.web.parts import Now, ShortText, TheApp, User, WatchlistName, app_of, as_typed, now_of, segment

MOST_BY_NAME = 20
"""How many providers a rule in words lists by name."""

SIZE = 50
"""How many services a page shows."""

MOST_FOUND = 50
MOST_TYPED = 1000
"""How many services a person can type or paste at once. A file may contain more."""

router = APIRouter()


def existing(app: TheApp, watchlist: WatchlistName) -> Watchlist:
    """Returns the watchlist with this name. Raises a 404 if no watchlist has this name."""
    found = app.store.watchlists.find(watchlist)
    if found is None:
        raise gone(watchlist)
    return found


def gone(name: str) -> HTTPException:
    """Returns the error for a watchlist that no longer exists."""
    return HTTPException(404, f"There is no watchlist “{name[:LONGEST_NAME]}”. Somebody may have deleted or renamed it.")


def check_there(app: App, name: str) -> None:
    """Raises a 404 if the watchlist in a request no longer exists. "" means all watchlists."""
    if name and app.store.watchlists.find(name) is None:
        raise gone(name)


OneWatchlist = Annotated[Watchlist, Depends(existing)]
"""The watchlist whose name is in the address of the request."""


_NAME_WANTED = f"Enter a name of up to {LONGEST_NAME} characters"


class NewWatchlist(FormModel):
    """The name of a watchlist."""

    name: Annotated[str, checked(name_of, _NAME_WANTED)] = Field(description=_NAME_WANTED)


class WatchlistToMake(NewWatchlist):
    """The name of a new watchlist, and the provider or brand that it follows ("" for none)."""

    follow: str = Field("", max_length=1000)


class WatchlistSettings(NewWatchlist):
    """The settings of a watchlist: its name, the id of its owner, and the second address, which is alerted if nobody acknowledges
    an event."""

    owner: str = ""
    second: str = ""


class NewServices(FormModel):
    """Services to add: typed as ids or addresses, one per line, or chosen from a search."""

    services: str = ""
    chosen: tuple[str, ...] = ()


# ── all watchlists ───────────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/watchlists")
def watchlists(request: Request, app: TheApp, me: User, now: Now) -> Response:
    """Shows all watchlists, and the form for a new watchlist."""
    return _all(request, app, me, now)


@router.post("/watchlists")
def make(request: Request, app: TheApp, me: User, now: Now, form: Annotated[WatchlistToMake, Form()]) -> Response:
    """Makes a watchlist that the person owns. The watchlist is empty, or has a rule that follows a provider or brand."""
    errors, made, joined = form.errors, form.name, None
    if not errors:
        try:
            new, joined = _made(app, form, me, now)
            errors = {} if new else {"name": "There is already a watchlist with this name"}
        except UsageError as error:
            errors = {"name": sentence(str(error))}
    if errors:
        return _all(request, app, me, now, errors=errors, **form.typed)
    said = f"The watchlist {made} has been made."
    if joined is not None:
        return go_to(request, f"/watchlists/{segment(made)}", said=f"{said} Its rule added {counted(joined, 'service')}.")
    return go_to(request, f"/watchlists/{segment(made)}/add", said=f"{said} Now add services to it.")


def _made(app: App, form: WatchlistToMake, me: Person, now: datetime) -> tuple[bool, int | None]:
    """Makes the watchlist. Returns whether the watchlist was made, and how many services its rule added. The first value is False
    if another watchlist has this name. The second is None if the watchlist has no rule or was not made. Raises UsageError if the
    register no longer has the provider or brand."""
    if not form.follow:
        return app.store.watchlists.make(form.name, me.id, now), None
    holder = app.store.areas.holder(form.follow)
    if holder is None:
        raise UsageError("the register no longer has this provider or brand")
    applied = app.store.rules.start(form.name, following(holder.kind, holder.key), person=me.id, now=now)
    return applied is not None, len(applied.joined) if applied else None


def _all(request: Request, app: App, me: Person, now: datetime, **values: Any) -> Response:
    summaries = app.store.watchlists.summaries(now - app.settings.stale_after, now, mail=app.can_mail)
    given: dict[str, Any] = {"name": "", "follow": ""} | values
    return page(request, "watchlists.html", summaries=summaries, may_edit=me.role.may(Role.EDITOR), **given)


# ── one watchlist ────────────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/watchlists/{watchlist}")
def watchlist(request: Request, one: OneWatchlist, me: User) -> Response:
    """Shows the services of a watchlist as a grid that can be sorted, filtered and searched, page by page."""
    return grid_page(request, one, me, request.query_params)


def grid_page(
    request: Request, one: Watchlist, me: Person, query: Mapping[str, str], view: SavedView | None = None, **values: Any
) -> Response:
    """Returns the page with the grid that a query describes. The columns in the query take precedence over the person's choice of
    columns."""
    app, now = app_of(request), now_of(request)
    asked, stale_before, overviews = grid.wanted_of(query), now - app.settings.stale_after, app.store.overviews
    reads_facts = one.name not in app.store.own_facts.hidden_from(me.id)
    asked = asked if reads_facts else grid.without_own(asked)
    counts, judgement = overviews.standings(one.name), app.judgement(now, [one.name])
    named = query.get("columns")
    columns = grid.columns_of(app.store.saved_views.columns(me.id) if named is None else named.split(","))
    columns = columns if reads_facts else tuple(order for order in columns if order not in OWN)
    kept = None if named is None else columns
    chips = grid.chips(counts, judgement.services, asked, kept)
    total = counts.services if grid.is_all(asked) else next((chip.count for chip in chips if chip.here), None)
    total = overviews.count(one.name, asked, stale_before) if total is None else total
    number = request.query_params.get("page", "")[:9]
    address = f"/watchlists/{segment(one.name)}?{urlencode(grid.query_of(asked, kept))}" if request.method == "POST" else None
    pages = paging(request, number=int(number) if number.isdecimal() else 1, size=SIZE, total=total, address=address)
    given: dict[str, Any] = {"view": view, "typed_name": ""} | values
    services = overviews.listed(one.name, asked, stale_before, limit=SIZE, offset=pages.offset, total=total)
    return page(
        request,
        "watchlist.html",
        watchlist=one,
        services=services,
        cases=app.store.cases.open_at([each.location_id for each in services]),
        own=_own(app, one.name, services, me, day_in_london(now)) if any(order in OWN for order in columns) else {},
        total=total,
        counts=counts,
        chips=chips,
        paging=pages,
        stale_before=stale_before,
        receivers=app.store.watchlists.receivers([one.name], now, mail=app.can_mail)[one.name],
        judgement=judgement,
        wanted=asked,
        query=grid.query_of(asked, kept),
        whole_query=grid.query_of(asked, columns),
        own_query=grid.query_of(asked),
        worst_query=grid.query_of(replace(asked, order=Order.WORST, reverse=False), kept),
        reading=grid.reading_of(asked),
        ordered=grid.order_in_words(asked),
        headings=grid.headings(asked, columns, kept),
        columns=[str(order) for order in columns],
        choices=grid.CHOICES,
        types=[("", "Any"), *((each, each) for each in overviews.types(one.name))],
        ratings=[("", "Any"), *grid.RATINGS],
        measures=[("", "Any"), *grid.MEASURES],
        readings=[("", "Any"), *grid.READINGS],
        views=app.store.saved_views.of(one.name),
        may_edit=me.role.may(Role.EDITOR),
        may_change_view=view is not None and view.may_be_changed_by(me),
        rule=_rule(app, one.name),
        **given,
    )


def _own(app: App, watchlist: str, services: Iterable[Overview], me: Person, today: date) -> dict[str, dict[str, str]]:
    """Returns the cells with the council's own facts about services, by location id."""
    known = app.store.own_facts.about((one.location_id for one in services), [watchlist], reader=me.id)
    return {location_id: grid.own_cells(by_list[watchlist], today) for location_id, by_list in known.items()}


def _rule(app: App, watchlist: str) -> str | None:
    """Returns the rule that a watchlist follows, in words; None if the watchlist follows no rule."""
    kept = app.store.rules.of(watchlist)
    if kept is None:
        return "a rule that can’t be read (make a new rule)" if watchlist in app.store.rules.unreadable() else None
    return words_of(app, kept.rule)


def words_of(app: App, rule: Rule) -> str:
    """Returns a rule in words. Only the first MOST_BY_NAME providers are listed by name, the others by id."""
    found = [app.store.areas.holder(one) for one in rule.providers[:MOST_BY_NAME]]
    return in_words(rule, {one.key: f"{plain(one.name)} ({one.key})" for one in found if one is not None})


# ── adding and removing ──────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/watchlists/{watchlist}/add")
def adding(request: Request, one: OneWatchlist, app: TheApp, search: ShortText = "") -> Response:
    """Shows the forms for adding services to a watchlist and, after a search, the known services that match."""
    return adding_page(request, app, one, search=search.strip())


@router.post("/watchlists/{watchlist}/add")
def add(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[NewServices, Form()]) -> Response:
    """Adds services to a watchlist. If one service can't be added, no service is added."""
    typed = [line for line in form.services.splitlines() if line.strip()] + list(form.chosen)
    ids, wrong = ids_in(typed[: MOST_TYPED + 1], base_url=app.settings.cqc_base_url, listed=app.store.register.listed())
    if form.errors or not typed or wrong or len(typed) > MOST_TYPED:
        said = in_lines(wrong) or in_lines([*form.errors.values()]) if typed else "Enter an id or the address of a service’s page"
        said = f"Enter at most {MOST_TYPED} services, or upload a file" if len(typed) > MOST_TYPED else said
        return adding_page(request, app, one, services=form.services, errors={"services": said})
    return go_to_added(request, one.name, ids, app.store.watchlists.add(one.name, ids, me.id, now))


def go_to_added(request: Request, watchlist: str, ids: Sequence[str], added: Sequence[str] | None) -> Response:
    """Returns the redirect after adding services. `added` lists the new services. If it is None, the watchlist no longer exists,
    and a 404 is raised."""
    if added is None:
        raise gone(watchlist)
    already = len(set(ids)) - len(added)
    said = f"{counted(len(added), 'service')} added" + (f", {already} already on it." if already else ".")
    said += " We will check CQC’s site next. Until then, we show what CQC’s register says." if added else ""
    return go_to(request, f"/watchlists/{segment(watchlist)}", said=said)


def adding_page(request: Request, app: App, one: Watchlist, **values: Any) -> Response:
    """Shows the forms for adding services to a watchlist."""
    given: dict[str, Any] = {"services": "", "search": ""} | values
    found = app.store.overviews.known(given["search"], MOST_FOUND + 1)
    there = app.store.watchlists.there(one.name, [each.location_id for each in found]) if found else set()
    return page(
        request, "watchlist_add.html", watchlist=one, found=found[:MOST_FOUND], more=len(found) > MOST_FOUND, there=there, **given
    )


@router.get("/watchlists/{watchlist}/remove")
def removing(
    request: Request, one: OneWatchlist, app: TheApp, chosen: Annotated[tuple[str, ...], Query(max_length=SIZE)] = ()
) -> Response:
    """Asks whether to remove services from a watchlist, and says how many subscriptions this affects."""
    services = app.store.overviews.named(app.store.watchlists.there(one.name, chosen))
    told = app.store.subscriptions.listed([one.name])
    rule = _rule(app, one.name)
    return page(request, "watchlist_remove.html", watchlist=one, services=services, told=len(told), rule=rule)


@router.post("/watchlists/{watchlist}/remove")
def remove(
    request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, chosen: Annotated[tuple[str, ...], Form()] = ()
) -> Response:
    """Removes services from a watchlist. The services' history stays."""
    ids = [each for each in chosen if LISTED_ID.fullmatch(each)]
    removed = app.store.watchlists.remove(one.name, ids, me.id, now)
    if removed is None:
        raise gone(one.name)
    return go_to(request, f"/watchlists/{segment(one.name)}", said=f"{counted(len(removed), 'service')} removed.")


# ── settings, deleting ───────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/watchlists/{watchlist}/settings")
def settings(request: Request, one: OneWatchlist, app: TheApp) -> Response:
    """Shows a form with the name, the owner and the second address of a watchlist."""
    second = as_typed(one.second_address) if one.second_address else ""
    return _settings(request, app, one, {"name": one.name, "owner": str(one.owner or ""), "second": second}, {})


@router.post("/watchlists/{watchlist}/settings")
def change(
    request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[WatchlistSettings, Form()]
) -> Response:
    """Changes the name, the owner and the second address."""
    errors = dict(form.errors)
    if form.owner and form.owner not in {str(person.id) for person in _keepers(app, one)}:
        errors["owner"] = "Choose an owner"
    try:
        address = _second(app, one, form.second)
    except UsageError as error:
        errors["second"] = sentence(str(error))
    if errors:
        return _settings(request, app, one, form.typed, errors)
    keeper = int(form.owner) if form.owner else None
    try:
        changed = app.store.watchlists.change(
            one.name, new_name=form.name, owner=keeper, second_address=address, person=me.id, now=now
        )
    except UsageError as error:
        return _settings(request, app, one, form.typed, {"name": str(error)})
    if changed is None:
        raise gone(one.name)
    return go_to(request, f"/watchlists/{segment(form.name)}", said="Saved.")


def _second(app: App, one: Watchlist, typed: str) -> str | None:
    """Returns the typed second address, or None if the field is empty. The form shows only the end of a secret address. If the
    person has not changed this text, the address stays the same."""
    text = typed.strip()
    if not text:
        return None
    if one.second_address and text == as_typed(one.second_address):
        return one.second_address
    address = address_of(app, text)
    if channels.scheme(address) == "webhook":
        raise UsageError("enter an email address, or the address of a Slack or Teams channel. Nobody reads messages to a webhook")
    return address


def address_of(app: App, text: str) -> str:
    """Returns the canonical form of a typed address. Raises UsageError, for example if the address is a telephone and text
    messages are not set up."""
    address = channels.parse_address(text, extra_hosts=app.settings.extra_webhook_hosts)
    if channels.scheme(address) == "sms" and not app.settings.notify_sms_template:
        raise UsageError("text messages are not set up. Ask the person who runs the monitor (NOTIFY_SMS_TEMPLATE)")
    return address


def _keepers(app: App, one: Watchlist) -> list[Person]:
    """Returns the people who may own a watchlist: everybody who may change the watchlist, and its present owner."""
    active = (person for person in app.store.people.everyone() if person.ended_at is None)
    return [person for person in active if person.role.may(Role.EDITOR) or person.id == one.owner]


def _settings(request: Request, app: App, one: Watchlist, given: dict[str, Any], errors: Mapping[str, str]) -> Response:
    owners = [("", "Nobody"), *((str(person.id), person.email) for person in _keepers(app, one))]
    return page(request, "watchlist_settings.html", watchlist=one, owners=owners, errors=errors, **given)


@router.get("/watchlists/{watchlist}/delete")
def deleting(request: Request, one: OneWatchlist, app: TheApp, now: Now) -> Response:
    """Asks whether to delete a watchlist, and says who would get no more alerts."""
    services = app.store.overviews.count(one.name, Wanted(), now)
    told = [channels.shown(each.address) for each in app.store.subscriptions.listed([one.name])]
    return page(request, "watchlist_delete.html", watchlist=one, services=services, told=told)


@router.post("/watchlists/{watchlist}/delete")
def delete(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now) -> Response:
    """Deletes a watchlist and its subscriptions."""
    ended = app.store.watchlists.delete(one.name, me.id, now, app.operator)
    if ended is None:
        raise gone(one.name)
    told = f" {counted(len(ended), 'subscription')} ended with it." if ended else ""
    return go_to(request, "/watchlists", said=f"The watchlist {one.name} was deleted.{told}")
