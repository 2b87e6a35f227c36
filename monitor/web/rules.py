"""Watchlists by rule: a preview before a rule is saved, saving it, and removing it."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import ValidationError

from monitor import codec
from monitor.app import App
from monitor.errors import UsageError
from monitor.ratings import Rating
from monitor.register.authorities import REGIONS
from monitor.register.entries import CARE_HOMES, COMMUNITY_BASED, Rule, Sector
from monitor.register.rules import FURTHEST, LINES, RATINGS_WARNING, Typed, in_words, is_empty, rule_of, typed_as
from monitor.store.register import NOT_RATED
from monitor.store.rules import Preview
from monitor.store.watchlists import LONGEST_NAME, Watchlist
from monitor.text import counted, sentence
from monitor.web.pages import go_to, page
from monitor.web.parts import Me, Now, TheHouse, WatchlistName, segment
from monitor.web.watchlists import existing

TYPES = (*CARE_HOMES, *COMMUNITY_BASED)
"""The types of service with a tick box; people type the others."""

MOST_TYPED = 20_000
"""The most characters in one field of the form, all lines together."""

_SECTORS = ((Sector.CARE_HOME, "Care homes"), (Sector.COMMUNITY, "Community-based services"), (Sector.OTHER, "Other"))
_RATINGS = (*((rating.value, rating.value.capitalize()) for rating in Rating), (NOT_RATED, "Not rated"))
_LONG = f"Enter no more than {MOST_TYPED:,} characters"
_NOTHING = "Say what to watch, or tick every service in England"

Ticked = Annotated[list[str] | None, Form(max_length=50)]
Written = Annotated[str, Form()]
"""The form itself checks the length, so that nothing typed is lost."""

router = APIRouter()


@router.get("/watchlists/{watchlist}/rule")
def rule(request: Request, watchlist: WatchlistName, app: TheHouse) -> Response:
    """The form to make, change or remove the rule of a watchlist."""
    one = existing(app, watchlist)
    kept = app.store.rules.of(watchlist)
    typed = typed_as(kept.rule) if kept else Typed()
    return _form(request, app, one, typed, everything=bool(kept and is_empty(kept.rule)))


@router.post("/watchlists/{watchlist}/rule")
def change(
    request: Request,
    watchlist: WatchlistName,
    app: TheHouse,
    me: Me,
    now: Now,
    authorities: Written = "",
    regions: Ticked = None,
    sectors: Ticked = None,
    types: Ticked = None,
    other_types: Written = "",
    providers: Written = "",
    brands: Written = "",
    specialisms: Written = "",
    ratings: Ticked = None,
    near: Written = "",
    miles: Written = "",
    everything: Annotated[str, Form()] = "",
    sure: Annotated[str, Form(max_length=100_000)] = "",
) -> Response:
    """First shows a preview of the rule. The rule that the preview sends back (`sure`) is saved."""
    one = existing(app, watchlist)
    if sure:
        return _save(request, app, watchlist, sure, me, now)
    typed = Typed(
        authorities=_lines(authorities),
        regions=tuple(regions or ()),
        sectors=tuple(sectors or ()),
        types=(*(types or ()), *_lines(other_types)),
        providers=_lines(providers),
        brands=_lines(brands),
        specialisms=_lines(specialisms),
        ratings=tuple(ratings or ()),
        near=near,
        miles=miles,
    )
    return _checked(request, app, one, typed, everything == "yes")


def _save(request: Request, app: App, watchlist: str, sure: str, me: Me, now: Now) -> Response:
    wanted = _shown(app, sure)
    if wanted is None:
        raise HTTPException(422, "The form was changed on its way. Go back and try again.")
    applied = app.store.rules.put(watchlist, wanted, person=me.id, now=now)
    if applied is None:
        raise HTTPException(404, f"There is no watchlist “{watchlist[:LONGEST_NAME]}”. Somebody may have deleted or renamed it.")
    left = f", {len(applied.left):,} left." if applied.left else "."
    said = f"Saved. {counted(len(applied.joined), 'service')} joined{left}"
    return go_to(request, f"/watchlists/{segment(watchlist)}", said=said)


def _shown(app: App, sure: str) -> Rule | None:
    """The rule that the page sends back; None if our form could not have made it. Such a rule must never be stored, since later
    code relies on the form's checks."""
    try:
        rule = codec.load_rule(sure)
    except ValidationError:
        return None
    made, wrong = rule_of(typed_as(rule), app.store.register.vocabulary())
    if wrong or replace(made, near=rule.near) != rule:
        return None
    if rule.near is None or made.near is None:
        return rule
    # The miles are compared separately: typed again, they would be rounded.
    return rule if made.near.postcode == rule.near.postcode and 0 < rule.near.miles <= FURTHEST else None


@router.post("/watchlists/{watchlist}/rule/remove")
def remove(
    request: Request, watchlist: WatchlistName, app: TheHouse, me: Me, now: Now, services: Annotated[str, Form()] = "stay"
) -> Response:
    """Removes a rule. The services that it added stay, unless they are to be removed too."""
    existing(app, watchlist)
    ended = app.store.rules.remove(watchlist, keep_services=services != "go", person=me.id, now=now)
    if ended is None:
        said = "This watchlist follows no rule."
    elif ended.left:
        said = f"The rule is removed, and {counted(len(ended.left), 'service')} with it."
    else:
        said = "The rule is removed. Its services stay."
    return go_to(request, f"/watchlists/{segment(watchlist)}", said=said)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _checked(request: Request, app: App, one: Watchlist, typed: Typed, everything: bool) -> Response:
    """The preview of a rule, or its errors."""
    errors = _too_long(typed)
    if errors:
        return _form(request, app, one, typed, everything, errors=errors)
    wanted, errors = rule_of(typed, app.store.register.vocabulary())
    errors = _by_field({field: sentence(text) for field, text in errors.items()})
    if not errors and is_empty(wanted) and not everything:
        errors = {"authorities": _NOTHING}
    preview = None
    if not errors:
        try:
            preview = app.store.rules.preview(one.name, wanted)
        except UsageError as error:
            errors = {"near": sentence(str(error))}
    return _form(request, app, one, typed, everything, wanted, preview, errors)


def _too_long(typed: Typed) -> dict[str, str]:
    lengths = {name: sum(len(line) + 1 for line in getattr(typed, name)) for name in LINES}
    lengths |= {"near": len(typed.near), "miles": len(typed.miles)}
    return _by_field({name: _LONG for name, length in lengths.items() if length > MOST_TYPED})


def _by_field(errors: dict[str, str]) -> dict[str, str]:
    """The errors by field of the form. Wrong types are always in the field for typed ones."""
    return {"other_types" if name == "types" else name: text for name, text in errors.items()}


def _form(
    request: Request,
    app: App,
    one: Watchlist,
    typed: Typed,
    everything: bool = False,
    wanted: Rule | None = None,
    preview: Preview | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    kept = app.store.rules.of(one.name)
    registered = app.store.register.count()
    other_types = [text for text in typed.types if text not in TYPES]
    shown: dict[str, Any] = {"preview": preview, "words": in_words(wanted) if preview and wanted else "", "sure": ""}
    if preview and wanted:
        shown["sure"] = codec.dump_rule(wanted)
    return page(
        request,
        "watchlist_rule.html",
        watchlist=one,
        kept=in_words(kept.rule) if kept else None,
        applied_at=kept.applied_at if kept else None,
        unreadable=kept is None and one.name in app.store.rules.unreadable(),
        registered=registered,
        typed=replace(typed, types=tuple(text for text in typed.types if text in TYPES)),
        other_types="\n".join(other_types),
        everything=everything,
        elsewhere=_elsewhere(wanted, preview),
        rated=bool(wanted and wanted.ratings),
        ratings_warning=RATINGS_WARNING,
        regions=[(name, name, "") for name in REGIONS],
        sectors=[(value, words, "") for value, words in _SECTORS],
        types=[(name, name, "") for name in TYPES],
        ratings=[(value, words, "") for value, words in _RATINGS],
        errors=(errors or {}) if registered else {},
        status=200 if registered or errors is None else 422,
        **shown,
    )


def _elsewhere(wanted: Rule | None, preview: Preview | None) -> str | None:
    """Where a distance is measured from, if that is not the typed postcode."""
    if preview is None or preview.centre is None or wanted is None or wanted.near is None:
        return None
    return preview.centre.of if preview.centre.of != wanted.near.postcode else None
