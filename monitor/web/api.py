"""The read-only API. It gives analysts' programs the data that the pages show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from monitor import __version__
from monitor.app import App
from monitor.detect.checks import Watched
from monitor.model import LISTED_ID, Aspect, Holding, Subject
from monitor.own_facts import OwnFacts, as_json
from monitor.ratings import KeyQuestion
from monitor.store.events import Sought
from monitor.store.items import Asked as Sifted
from monitor.store.overview import Overview, Wanted
from monitor.text import day_in_london
from monitor.views import show
from monitor.web import api_forms as forms
from monitor.web import api_register
from monitor.web.api_answers import STATUSES, Rows, answered, check_day, flat, listing, new_router, problems
from monitor.web.cases import names_of
from monitor.web.items import Shown, shown
from monitor.web.pages import page
from monitor.web.parts import Now, TheApp, User, case_url
from monitor.web.rate_limit import LIMIT

router = new_router()


@listing(router, "/api/watchlists", forms.WatchlistList, "All watchlists")
def watchlists(request: Request, app: TheApp, now: Now, asked: Annotated[forms.Asked, Query()]) -> Response:
    """Each watchlist, with the number of its services, how many services are inadequate, how many are in special
    measures, and how many are not up to date."""
    found = [
        forms.Watchlist(
            watchlist=one.name,
            services=one.services,
            inadequate=one.inadequate,
            in_special_measures=one.in_measures,
            not_read_well=one.unseen,
        )
        for one in app.store.watchlists.summaries(now - app.settings.stale_after, now, mail=app.can_mail)
    ]
    return answered(request, forms.WatchlistList(watchlists=found), asked, lambda: flat(forms.Watchlist, found))


@router.get(
    "/api/status", response_model=forms.Status, responses=problems(406, 422), summary="How well the monitor sees the services"
)
def status(request: Request, app: TheApp, now: Now) -> Response:
    """How well the monitor works, as in `status --json`, without people's addresses."""
    judgement = show.judgement_json(app.judgement(now), private=False)
    return answered(request, forms.Status.model_validate({"judgement": judgement}))


@listing(router, "/api/services", forms.ServiceList, "Watched services", 404)
def services(request: Request, app: TheApp, me: User, now: Now, asked: Annotated[forms.ServicesAsked, Query()]) -> Response:
    """Services in the order of their ids, in batches. While “more” is true, send “cursor” to get the next batch."""
    _known(app, asked.watchlist)
    wanted = Wanted(
        search=asked.search, rating=asked.rating, service_type=asked.type, measures=asked.measures, unread=asked.unread
    )
    stale_before = now - app.settings.stale_after
    found = app.store.overviews.after(asked.cursor or "", asked.watchlist, wanted, stale_before, limit=asked.limit + 1)
    more, found = len(found) > asked.limit, found[: asked.limit]
    lists = [asked.watchlist] if asked.watchlist else None
    own = app.store.own_facts.about((one.location_id for one in found), lists, reader=me.id)
    listed = [_service(one, stale_before, _own(own.get(one.location_id, {}), now)) for one in found]
    cursor = found[-1].location_id if found else asked.cursor
    value = forms.ServiceList(services=listed, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: _services_rows(listed), cursor if more else None)


@router.get(
    "/api/services/{location_id}",
    response_model=forms.OneService,
    responses=problems(404, 406, 422),
    summary="A service’s current state",
)
def service(request: Request, location_id: str, app: TheApp, now: Now) -> Response:
    """The service's ratings and scores by service group, its special measures, breaches and enforcement, and whether these data
    are up to date."""
    return answered(request, _one(_found(app, location_id), now - app.settings.stale_after))


@listing(router, "/api/services/{location_id}/history", forms.History, "A service’s history", 404)
def history(request: Request, location_id: str, app: TheApp, asked: Annotated[forms.Asked, Query()]) -> Response:
    """The service's state after each change, oldest first, and the service's events. As CSV, the history has one row for each
    rating and score at each change."""
    known = _found(app, location_id).location_id
    snapshots = app.store.services.history(known)
    events = [event for _, event in app.store.events.after(0, Sought(location_id=known), limit=_ALL)]
    value = forms.History.model_validate(show.history_json(known, snapshots, events))
    return answered(request, value, asked, lambda: _history_rows(value))


@listing(router, "/api/events", forms.EventList, "Events", 404)
def events(request: Request, app: TheApp, now: Now, asked: Annotated[forms.EventsAsked, Query()]) -> Response:
    """Events in the order in which they were recorded, in batches. While “more” is true, send “cursor” to get the next
    batch. If you keep the last cursor and send it the next time, you miss no event and get no event twice."""
    _known(app, asked.watchlist)
    check_day("since", asked.since, now)
    sought = Sought(
        since=asked.since if isinstance(asked.since, datetime) else None,
        kinds=asked.kind,
        watchlist=asked.watchlist,
        location_id=asked.location_id,
    )
    found = app.store.events.after(int(asked.cursor or 0), sought, asked.limit + 1)
    more, found = len(found) > asked.limit, found[: asked.limit]
    listed = [forms.Event.model_validate(one) for one in show.events_json(event for _, event in found)]
    cursor = str(found[-1][0]) if found else asked.cursor
    value = forms.EventList(events=listed, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: flat(forms.Event, listed), cursor if more else None)


@listing(router, "/api/items", forms.ItemList, "Items", 404)
def items(request: Request, app: TheApp, now: Now, asked: Annotated[forms.ItemsAsked, Query()]) -> Response:
    """All events of one service from one report are one item. Items come in the order in which their newest events were
    recorded. The cursor works as for events."""
    _known(app, asked.watchlist)
    check_day("since", asked.since, now)
    sought = Sifted(
        since=asked.since if isinstance(asked.since, datetime) else None,
        what=asked.what,
        watchlists=(asked.watchlist,) if asked.watchlist else (),
    )
    found = app.store.items.after(int(asked.cursor or 0), sought, asked.limit + 1)
    more, found = len(found) > asked.limit, found[: asked.limit]
    listed = [_item(one, app.settings.public_url) for one in shown(app, [told for _, told in found])]
    cursor = str(found[-1][0]) if found else asked.cursor
    value = forms.ItemList(items=listed, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: _items_rows(listed), cursor if more else None)


@listing(router, "/api/cases", forms.CaseList, "Cases")
def cases(request: Request, app: TheApp, now: Now, asked: Annotated[forms.CasesAsked, Query()]) -> Response:
    """The council's cases about services, in batches. While “more” is true, send “cursor” to get the next batch."""
    found = app.store.cases.after(int(asked.cursor or 0), asked.limit + 1, state=asked.state, location_id=asked.location_id)
    more, found = len(found) > asked.limit, found[: asked.limit]
    ids = [one.id for one in found]
    names, items, steps = names_of(app, found), app.store.cases.items_of(ids), app.store.cases.steps_of(ids)
    listed = [
        forms.Case(
            **{name: getattr(one, name) for name in ("id", "location_id", "state", "owner", "due", "next_due")},
            **{name: getattr(one, name) for name in ("opened_at", "closed_at", "outcome", "reason")},
            name=names[one.location_id],
            overdue=one.is_overdue(day_in_london(now)),
            items=items[one.id],
            steps=[forms.Step(title=each.title, owner=each.owner, due=each.due, became=each.became) for each in steps[one.id]],
            page=case_url(app, one.id),
        )
        for one in found
    ]
    cursor = str(found[-1].id) if found else asked.cursor
    value = forms.CaseList(cases=listed, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: _cases_rows(listed), cursor if more else None)


def _item(one: Shown, url: str) -> forms.Item:
    told = one.told
    return forms.Item.model_validate(
        {
            "id": told.item.id,
            "location_id": told.item.location_id,
            "name": one.name,
            "headline": one.headline,
            "why": one.why,
            "severity": one.level,
            "urgent": any(event.urgent for event in told.events),
            "open": told.is_open,
            "published": told.item.published,
            "first_seen_at": told.first_seen_at,
            "changed_at": told.changed_at,
            "page": f"{url}{one.path}",
            "events": show.events_json(told.events),
        }
    )


@router.get("/api/openapi.json", include_in_schema=False)
def openapi(app: TheApp) -> Response:
    """The API's description for programs."""
    return JSONResponse(described(app.settings.public_url))


docs_router = APIRouter()


@docs_router.get("/api/docs", include_in_schema=False)
def docs(request: Request, app: TheApp) -> Response:
    """Shows the API's description to people. The page is made from the description for programs, and uses no scripts from other
    sites."""
    url = app.settings.public_url
    api = described(url)
    operations = [(path, methods["get"], _parameters(methods["get"], api)) for path, methods in api["paths"].items()]
    return page(request, "api_docs.html", api=api, operations=operations, statuses=STATUSES.items(), url=url, limit=LIMIT)


def _parameters(operation: dict[str, Any], api: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Returns each parameter's name, its possible values, and its meaning."""
    rows = []
    for one in operation.get("parameters", ()):
        where = " (in the path)" if one["in"] == "path" else ""
        rows.append((one["name"] + where, _values(one["schema"], api), one.get("description", "")))
    return rows


def _values(schema: dict[str, Any], api: dict[str, Any]) -> str:
    """The possible values of a parameter, in words."""
    if "$ref" in schema:
        schema = api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return " or ".join(_values(one, api) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    if "items" in schema:
        return _values(schema["items"], api)
    if "maximum" in schema:
        return f"{schema.get('minimum', 0)} to {schema['maximum']}; {schema.get('default')} by default"
    return {"date": "a date", "date-time": "a time", "boolean": "true or false"}.get(schema.get("format", schema["type"]), "text")


@cache
def described(public_url: str) -> dict[str, Any]:
    """The API's description, OpenAPI 3.1."""
    made = get_openapi(
        title="CQC monitor",
        version=__version__,
        description="What CQC publishes about the watched services, and what changed. Read-only.",
        routes=[*router.routes, *api_register.router.routes],
        servers=[{"url": public_url}],
        separate_input_output_schemas=False,
    )
    problem = forms.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    made["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
    made["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "An API key, made on the page “API keys”"}
    }
    made["security"] = [{"key": []}]
    return made


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_ALL = 1_000_000

def _known(app: App, watchlist: str | None) -> None:
    if watchlist is not None and app.store.watchlists.find(watchlist) is None:
        raise HTTPException(404, "There is no watchlist with this name.")


def _found(app: App, location_id: str) -> Watched:
    """Returns a service that is or was watched. Raises a 404 if it was never watched."""
    wanted = location_id.upper()
    found = app.store.services.watched([wanted]) if LISTED_ID.fullmatch(wanted) else []
    if not found:
        raise HTTPException(404, "This service has never been watched.")
    return found[0]


def _own(by_list: Mapping[str, OwnFacts], now: datetime) -> dict[str, forms.OwnFacts]:
    return {name: forms.OwnFacts.model_validate(as_json(facts, day_in_london(now))) for name, facts in by_list.items()}


def _service(one: Overview, stale_before: datetime, own: dict[str, forms.OwnFacts]) -> forms.Service:
    measures = one.measures or ("not stated" if one.was_read else None)
    changed = forms.LastChange.model_validate({"at": one.changed_at, "kind": one.change}) if one.changed_at else None
    return forms.Service(
        location_id=one.location_id,
        name=one.name,
        service_type=one.service_type,
        place=one.place,
        postcode=one.postcode,
        provider_name=one.provider_name,
        overall=one.overall,
        key_questions=dict(zip(KeyQuestion, one.key_questions, strict=True)),
        special_measures=measures,
        archived=one.archived,
        last_change=changed,
        looked_at=one.looked_at,
        read_at=one.read_at,
        not_read_well=bool(one.how_read(stale_before)),
        published=one.published,
        local_authority=one.authority,
        beds=one.beds,
        register_file=one.file_date,
        own_facts=own,
    )


def _one(one: Watched, stale_before: datetime) -> forms.OneService:
    snapshot = one.snapshot
    holdings = snapshot.holdings if snapshot else ()
    registration = next((held.value for subject, held in holdings if subject.aspect is Aspect.REGISTRATION), None)
    now = show.history_json(one.location_id, [snapshot], [])["snapshots"][0] if snapshot else {}
    card = snapshot.card if snapshot else None
    return forms.OneService.model_validate(
        {
            "location_id": one.location_id,
            "name": card.name if card else None,
            "service_type": card.service_type if card else None,
            "address": card.address if card else None,
            "provider_name": card.provider_name if card else None,
            "registration": registration,
            "watchlists": list(one.watchlists),
            "ratings": now.get("ratings", []),
            "scores": now.get("scores", []),
            "special_measures": now.get("special_measures"),
            "breaches": _lines(holdings, Aspect.BREACHES),
            "enforcement": _lines(holdings, Aspect.ENFORCEMENT),
            "looked_at": one.looked_at,
            "read_at": one.read_at,
            "not_read_well": one.known_at < stale_before,
            "trouble": one.trouble,
        }
    )


def _lines(holdings: Iterable[tuple[Subject, Holding]], aspect: Aspect) -> list[str]:
    """Returns the current lines of an aspect from all service groups, without repeated lines."""
    values = [held.value for subject, held in holdings if subject.aspect is aspect and isinstance(held.value, tuple)]
    return list(dict.fromkeys(line for lines in values for line in lines))


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _items_rows(listed: Sequence[forms.Item]) -> Rows:
    names = [name for name in forms.Item.model_fields if name != "events"]
    plain = (value.model_dump(mode="json", exclude={"events"}) for value in listed)
    return names, ([one[name] for name in names] for one in plain)


def _cases_rows(listed: Sequence[forms.Case]) -> Rows:
    names = [name for name in forms.Case.model_fields if name != "steps"]
    plain = (one.model_dump(mode="json", exclude={"steps"}) | {"items": " ".join(one.items)} for one in listed)
    return names, ([one[name] for name in names] for one in plain)


def _services_rows(listed: Sequence[forms.Service]) -> Rows:
    names = [name for name in forms.Service.model_fields if name not in {"key_questions", "last_change", "own_facts"}]
    rows = (
        [
            *(one.model_dump(mode="json", include=set(names)).values()),
            *(one.key_questions[question] for question in KeyQuestion),
            show.instant(one.last_change.at) if one.last_change else None,
            one.last_change.kind if one.last_change else None,
        ]
        for one in listed
    )
    return [*names, *KeyQuestion, "last_changed_at", "last_change"], rows


def _history_rows(value: forms.History) -> Rows:
    place = value.location_id
    rows = (
        [place, one.seq, show.instant(one.seen_at), aspect, held.group, held.of, held.value, held.instead, held.published]
        for one in value.snapshots
        for aspect, holdings in (("rating", one.ratings), ("score", one.scores))
        for held in holdings
    )
    return ["location_id", "seq", "seen_at", "aspect", "group", "of", "value", "instead", "published"], rows
