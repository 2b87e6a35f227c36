"""The API for CQC's register. It returns registered services, the history of services in CQC's files, figures for areas, and all
ratings as they were known on a day. The API for watched services is in `api`."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import HTTPException, Query, Request, Response
from pydantic import BaseModel

from monitor.app import App
from monitor.errors import UsageError
from monitor.model import LISTED_ID
from monitor.ratings import KeyQuestion, Rating, Reason
from monitor.register.authorities import REGIONS, authority, region
from monitor.register.entries import Entry, Rule
from monitor.register.figures import Figure, figures, place
from monitor.register.movements import UNRATED
from monitor.register.rules import matched
from monitor.reports.area import authorities_of
from monitor.store.known_then import Known
from monitor.store.register import FIRST, NOT_RATED, Stating
from monitor.text import LONDON, day_in_london, sentence
from monitor.text import listed as listed_as
from monitor.views.show import instant
from monitor.web import api_register_forms as forms
from monitor.web.api_answers import Rows, answered, check_day, flat, listing, new_router, problems
from monitor.web.parts import Now, TheApp

router = new_router()

_ENTRY = {one.name for one in fields(Entry)}
_RENAMED = {"local_authority": "authority", "service_types": "types"}


@listing(router, "/api/register", forms.RegisterList, "Registered services")
def register(request: Request, app: TheApp, asked: Annotated[forms.RegisterAsked, Query()]) -> Response:
    """All services that CQC regulates, watched or not, as listed in CQC’s newest monthly files. The services come in
    batches, in the order of their ids. While “more” is true, send “cursor” to get the next batch."""
    rule = Rule(
        authorities=_authorities(app, asked.local_authority),
        regions=_region(asked.region),
        sectors=(asked.sector,) if asked.sector else (),
        types=_one(asked.type),
        providers=_one(asked.provider_id),
        brands=_one(asked.brand),
        ratings=(NOT_RATED, *Reason) if asked.rating == UNRATED else _one(asked.rating),
    )
    found = app.store.register.after(asked.cursor or "", rule, asked.limit + 1)
    if not found and (rule.types or rule.brands):  # looking for another spelling takes long
        found = app.store.register.after(asked.cursor or "", _in_its_words(app, rule), asked.limit + 1)
    more, found = len(found) > asked.limit, found[: asked.limit]
    listed = [_service(one) for one in found]
    cursor = found[-1].location_id if found else asked.cursor
    value = forms.RegisterList(services=listed, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: _rows(forms.RegisterService, listed), cursor if more else None)


@listing(router, "/api/register/history", forms.RegisterHistory, "What CQC’s files stated over time")
def register_history(
    request: Request, app: TheApp, now: Now, asked: Annotated[forms.RegisterHistoryAsked, Query()]
) -> Response:
    """The ratings, names, beds and providers of all services over time, sorted by service and then by date. A service has an
    entry for each date on which the files stated something new about the service. While “more” is true, send “cursor” to get the
    next batch."""
    check_day("since", asked.since, now)
    location_id, _, day = (asked.cursor or "").partition("/")
    last = (location_id, date.fromordinal(int(day))) if day else FIRST
    named = _authorities(app, asked.local_authority, former=True)
    among = Stating(since=asked.since, location_id=asked.location_id, authorities=named)
    found = app.store.register.history_after(last, asked.limit + 1, among=among)
    more, found = len(found) > asked.limit, found[: asked.limit]
    stated = [forms.Stated(**_said(forms.Stated, entry), as_of=as_of, listed=listed) for (_, as_of), listed, entry in found]
    cursor = asked.cursor
    if found:
        (location_id, as_of), *_ = found[-1]
        cursor = f"{location_id}/{as_of.toordinal()}"
    value = forms.RegisterHistory(history=stated, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: _rows(forms.Stated, stated), cursor if more else None)


@router.get(
    "/api/register/{location_id}",
    response_model=forms.RegisterService,
    responses=problems(404, 406, 422),
    summary="A registered service",
)
def registered(request: Request, location_id: str, app: TheApp) -> Response:
    """One service as CQC’s newest files list it."""
    wanted = location_id.upper()
    found = app.store.register.entry(wanted) if LISTED_ID.fullmatch(wanted) else None
    if found is None or found.left_on is not None:
        raise HTTPException(404, "CQC’s newest files list no service with this id.")
    return answered(request, _service(found))


@listing(router, "/api/areas", forms.AreaList, "Figures of areas", 404)
def areas(request: Request, app: TheApp, now: Now, asked: Annotated[forms.AreasAsked, Query()]) -> Response:
    """How many adult social care services England, each region and each local authority have, and how many services have each
    rating. Each area has three rows (care homes, community-based services, all). One answer contains all areas."""
    check_day("as_at", asked.as_at, now)
    try:
        every = figures(app.store.areas.counted(asked.as_at))
    except UsageError as error:
        raise HTTPException(404, f"{sentence(str(error))}.") from None
    wanted = [one for one in every if asked.kind in (None, one.kind)]
    if asked.cursor:
        wanted = [one for one in wanted if place(one.key) > place(asked.cursor)]
    more, found = len(wanted) > asked.limit, wanted[: asked.limit]
    listed = [_area(one) for one in found]
    cursor = found[-1].key if found else asked.cursor
    files = app.store.areas.newest(asked.as_at)
    if files is None:
        raise HTTPException(404, "No CQC file from that day or earlier was loaded.")
    value = forms.AreaList(areas=listed, files=files, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: flat(forms.AreaFigure, listed), cursor if more else None)


@listing(router, "/api/ratings", forms.RatingList, "All ratings as known on a day")
def ratings(request: Request, app: TheApp, now: Now, asked: Annotated[forms.RatingsAsked, Query()]) -> Response:
    """All ratings that this monitor knew at the end of a day, without anything that it learned later. Ratings of watched services
    come from their pages. Ratings of all other services come from the CQC files that were loaded by the end of that day. The list
    is sorted by service. While “more” is true, send “cursor” to get the next batch."""
    today = day_in_london(now)
    check_day("on", asked.on, now)
    before = _end_of(asked.on) if asked.on and asked.on < today else now
    found = app.store.known_then.after(asked.cursor or "", before, asked.limit + 1, asked.source)
    more, found = len(found) > asked.limit, found[: asked.limit]
    listed = [_rated(one) for one in found]
    cursor = found[-1].location_id if found else asked.cursor
    files = app.store.known_then.files(before)
    value = forms.RatingList(ratings=listed, on=asked.on or today, files=files, cursor=cursor, more=more)
    return answered(request, value, asked, lambda: _rows(forms.RatedThen, listed), cursor if more else None)


def _authorities(app: App, name: str | None, *, former: bool = False) -> tuple[str, ...]:
    """Returns the authorities that a name means, as the register spells them. Returns no authority if the name is None. The name
    of a former authority means its successors and, if `former` is True, the former authority too. Raises a 422 that suggests
    names if the name is unknown."""
    if name is None:
        return ()
    try:
        found = authorities_of([name])
    except UsageError as error:
        if name in app.store.register.vocabulary().authorities:
            return (name,)
        raise HTTPException(422, f"local_authority: {error}.") from None
    known = authority(name)
    return tuple(dict.fromkeys((*found, *([known] if former and known else []))))


def _in_its_words(app: App, rule: Rule) -> Rule:
    """Returns the rule with the type and brand as the register spells them. Raises a 422 that suggests words if the register has
    no service with this type or brand."""
    words = app.store.register.vocabulary()

    def spelt(field: str, typed: tuple[str, ...], among: tuple[str, ...], what: str) -> tuple[str, ...]:
        try:
            return tuple(matched(one, among, what) for one in typed)
        except UsageError as error:
            raise HTTPException(422, f"{field}: {error}.") from None

    types = spelt("type", rule.types, words.types, "type of service")
    return replace(rule, types=types, brands=spelt("brand", rule.brands, words.brands, "brand"))


def _region(name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    found = region(name)
    if found is None:
        raise HTTPException(422, f"region: no region is called “{name[:80]}”. The regions are {listed_as(REGIONS)}.")
    return (found,)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _one(word: str | None) -> tuple[str, ...]:
    return () if word is None else (word,)


def _said(form: type[BaseModel], entry: Entry) -> dict[str, Any]:
    """Returns the values of those fields of an API model that an entry has too, and the entry's ratings by key question."""
    names = {name: _RENAMED.get(name, name) for name in form.model_fields}
    said = {name: getattr(entry, field) for name, field in names.items() if field in _ENTRY}
    return said | {"key_questions": dict(zip(KeyQuestion, entry.key_questions, strict=True))}


def _service(entry: Entry) -> forms.RegisterService:
    groups = [forms.GroupRating(group=group, rating=rating) for group, rating in entry.groups]
    return forms.RegisterService(**_said(forms.RegisterService, entry) | {"groups": groups})


def _area(one: Figure) -> forms.AreaFigure:
    return forms.AreaFigure(
        area=one.area,
        kind=one.kind,
        region=one.region,
        sector=one.sector,
        services=one.services,
        outstanding=one.ratings[Rating.OUTSTANDING],
        good=one.ratings[Rating.GOOD],
        requires_improvement=one.ratings[Rating.REQUIRES_IMPROVEMENT],
        inadequate=one.ratings[Rating.INADEQUATE],
        unrated=one.ratings[UNRATED],
        beds=one.beds,
        percent_good_or_outstanding=one.good_of_all,
        percent_good_or_outstanding_of_rated=one.good_of_rated,
        homes_without_beds=one.silent,
    )


def _rated(one: Known) -> forms.RatedThen:
    same = ("location_id", "name", "provider_name", "overall", "published", "archived")
    return forms.RatedThen(
        **{name: getattr(one, name) for name in same},
        source=one.by,
        key_questions=dict(zip(KeyQuestion, one.key_questions, strict=True)),
        service_groups=one.groups,
        special_measures=one.measures,
        known_since=one.since,
        file=one.stated_on,
        provider_id=one.entry.provider_id if one.entry else None,
        local_authority=one.entry.authority if one.entry else None,
        sector=one.entry.sector if one.entry else None,
    )


_LISTS: dict[str, Callable[[Any], object]] = {
    "service_types": "; ".join,
    "specialisms": "; ".join,
    "groups": lambda groups: "; ".join(f"{one.group}: {one.rating}" for one in groups),
}


def _rows(form: type[BaseModel], listed: Sequence[Any]) -> Rows:
    """Returns a row for each entry. Each key question has its own column. All values of a list are in one cell."""
    names = [name for name in form.model_fields if name != "key_questions"]
    return [*names, *KeyQuestion], (
        [*(_cell(name, getattr(one, name)) for name in names), *(one.key_questions[question] for question in KeyQuestion)]
        for one in listed
    )


def _cell(name: str, value: Any) -> object:
    if name in _LISTS:
        return _LISTS[name](value)
    return instant(value) if isinstance(value, datetime) else value
