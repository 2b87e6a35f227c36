"""The pages about providers and brands: a search by name or id, all services of a provider or brand in England, and a comparison
of up to four providers and brands."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import unquote, urlencode

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from monitor.app import App
from monitor.errors import UsageError
from monitor.register.figures import england
from monitor.register.filed import files_of
from monitor.register.movements import Holder
from monitor.reports.document import provider_paper
from monitor.reports.export import LAYOUTS
from monitor.reports.market import MOST_COMPARED, Placements, market_paper, market_parts, placements
from monitor.reports.provider import ProviderReport, chosen, provider_report
from monitor.store.people import Person, Role
from monitor.text import day_in_london, sentence
from monitor.web.pages import page
from monitor.web.parts import Now, ShortText, TheApp, User, Visiting
from monitor.web.reports import Layout, empty, file, shown

MOST = 50
"""How many providers and brands a search shows."""

SIZE = 50
"""How many rows of a table each page shows."""

SHORTEST = 3
"""How many characters a search by name needs."""

_LONGEST_KEY = 1000

_BACK = ("/providers", "Providers and brands")

router = APIRouter()


@router.get("/providers")
def providers(request: Request, app: TheApp, name: ShortText = "") -> Response:
    """Finds providers and brands by a part of their name, or by id."""
    words, errors, found = name.strip(), {}, []
    if words and len(words) < SHORTEST:
        errors["name"] = f"Enter at least {SHORTEST} characters of the name"
    elif words:
        found = app.store.areas.holders(words, MOST + 1)
    return page(
        request,
        "providers.html",
        name=words,
        found=found[:MOST],
        more=len(found) > MOST,
        errors=errors,
        missing="",
        empty=empty(app),
        most=MOST,
    )


@router.get("/providers/compare")
def compare(
    here: Visiting,
    provider: Annotated[list[Annotated[str, Query(max_length=_LONGEST_KEY)]], Query(max_length=MOST_COMPARED + 1)] = [],  # noqa: B006
    also: ShortText = "",
    layout: Layout = "",
) -> Response:
    """Compares up to four providers and brands with each other and with England. `also` is the name or id of another provider or
    brand that is added."""
    request, app = here.request, here.app
    holders, errors = [_holder(app, one) for one in dict.fromkeys(provider)], dict[str, str]()
    if len(holders) > MOST_COMPARED:
        left_out = ", ".join(one.name for one in holders[MOST_COMPARED:])
        errors["also"] = f"At most {MOST_COMPARED} providers and brands can be compared. Not shown: {left_out}"
        holders = holders[:MOST_COMPARED]
    if also.strip():
        try:
            added = chosen(app.store.areas.holders(also), also)
            if added not in holders and len(holders) == MOST_COMPARED:
                raise UsageError(f"at most {MOST_COMPARED} providers and brands can be compared. Remove one first")
            holders += [added] if added not in holders else []
        except UsageError as error:
            errors["also"] = sentence(str(error))
    if not holders:
        return page(request, "compare.html", paper=None, compared=[], errors=errors, also=also, room=True, status=200)
    try:
        found = [_report(app, one, here.me, here.now) for one in holders]
    except UsageError as error:
        return _missing(request, holders[0], error)
    paper = market_paper([report for report, _ in found], england(app.store.areas.counted()), [placed for _, placed in found])
    keys = [one.key for one in holders]
    without = {key: urlencode([("provider", one) for one in keys if one != key]) for key in keys}
    if layout in LAYOUTS and not errors:
        return file(paper, layout, app)
    return page(
        request,
        "compare.html",
        compared=[(one, without[one.key]) for one in holders],
        room=len(holders) < MOST_COMPARED or bool(errors),
        errors=errors,
        also=also if errors else "",
        **shown(request, app, paper, SIZE),
    )


@router.get("/providers/{provider}")
def provider(
    request: Request,
    provider: Annotated[str, Path(max_length=_LONGEST_KEY)],
    app: TheApp,
    me: User,
    now: Now,
    layout: Layout = "",
) -> Response:
    """Shows one provider, by its id, or one brand, by its name (encoded by `parts.segment`)."""
    holder = _holder(app, unquote(provider.replace("~", "%")))
    try:
        report, placed = _report(app, holder, me, now)
    except UsageError as error:
        return _missing(request, holder, error)
    first, signs, who = market_parts([report], england(app.store.areas.counted()), [placed])
    paper = provider_paper(report)
    paper = replace(paper, parts=(first, signs, *paper.parts, who))
    if layout in LAYOUTS:
        return file(paper, layout, app)
    may_edit = me.role.may(Role.EDITOR)
    return page(request, "provider.html", back=_BACK, holder=holder, may_edit=may_edit, **shown(request, app, paper, SIZE))


def _holder(app: App, key: str) -> Holder:
    found = app.store.areas.holder(key)
    if found is None:
        raise HTTPException(404, "The register has no provider or brand with this id or name.")
    return found


def _missing(request: Request, holder: Holder, error: UsageError) -> Response:
    missing = f"{sentence(str(error))}."
    return page(request, "providers.html", name=holder.name, missing=missing, found=[], errors={}, status=422)


def _report(app: App, holder: Holder, me: Person, now: Now) -> tuple[ProviderReport, Placements]:
    """Returns the report on a provider or brand, and data about the people whom councils have placed at its services. Raises
    UsageError if none of CQC's files states ratings."""
    mine = app.store.areas.of_holder(holder)
    timelines, today = app.store.areas.timelines(mine), day_in_london(now)
    events, files = app.store.services.events(of=list(timelines)), app.store.areas.filed() or files_of([today])
    report = provider_report(holder, mine, timelines, events, today=today, files=files)
    facts = app.store.own_facts.about([one.location_id for one in report.services], reader=me.id)
    return report, placements(report.services, facts)
