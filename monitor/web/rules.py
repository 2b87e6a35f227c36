"""The form for a watchlist's rule. It shows a preview before a rule is saved, saves rules, and removes rules."""

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import Field, ValidationError

from monitor import codec
from monitor.app import App
from monitor.errors import UsageError
from monitor.ratings import Rating
from monitor.register.authorities import REGIONS
from monitor.register.entries import CARE_HOMES, COMMUNITY_BASED, Rule, Sector
from monitor.register.rules import FURTHEST, RATINGS_WARNING, Typed, Vocabulary, is_empty, rule_of, typed_as
from monitor.store.register import NOT_RATED
from monitor.store.rules import Preview
from monitor.store.watchlists import Watchlist
from monitor.text import counted, sentence
from monitor.web.forms import FormModel, Ticked
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, segment
from monitor.web.watchlists import OneWatchlist, gone, words_of

TYPES = (*CARE_HOMES, *COMMUNITY_BASED)
"""The types of service that have a tick box in the form. People type the names of other types."""

MOST_TYPED = 20_000
"""How many characters all lines of one field may have together."""

_SECTORS = ((Sector.CARE_HOME, "Care homes"), (Sector.COMMUNITY, "Community-based services"), (Sector.OTHER, "Other"))
_RATINGS = (*((rating.value, rating.value.capitalize()) for rating in Rating), (NOT_RATED, "Not rated"))
_NOTHING = "Say what to watch, or tick every service in England"

Written = Annotated[str, Field(max_length=MOST_TYPED)]

router = APIRouter()


class RuleForm(FormModel):
    """The form for a rule: typed lines, and ticked boxes. `sure` is the rule that the preview showed; "" before the preview."""

    authorities: Written = ""
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    other_types: Written = ""
    providers: Written = ""
    brands: Written = ""
    specialisms: Written = ""
    ratings: tuple[str, ...] = ()
    near: Written = ""
    miles: Written = ""
    everything: Ticked = False
    sure: str = ""

    def rule(self, words: Vocabulary) -> tuple[Rule, dict[str, str]]:
        """Returns the rule that the form describes, and further errors by field. Call this method only if the form itself has no
        errors."""
        typed = Typed(
            authorities=_lines(self.authorities),
            regions=self.regions,
            sectors=self.sectors,
            types=(*self.types, *_lines(self.other_types)),
            providers=_lines(self.providers),
            brands=_lines(self.brands),
            specialisms=_lines(self.specialisms),
            ratings=self.ratings,
            near=self.near,
            miles=self.miles,
        )
        wanted, wrong = rule_of(typed, words)
        errors = {"other_types" if name == "types" else name: sentence(text) for name, text in wrong.items()}
        if not errors and is_empty(wanted) and not self.everything:
            errors = {"authorities": _NOTHING}
        return wanted, errors


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _filled_in(rule: Rule | None) -> dict[str, Any]:
    """Returns the values that fill in the form for changing a rule. If `rule` is None, the form is empty."""
    typed = typed_as(rule) if rule else Typed()
    written = {name: "\n".join(getattr(typed, name)) for name in ("authorities", "providers", "brands", "specialisms")}
    other_types = "\n".join(name for name in typed.types if name not in TYPES)
    return asdict(typed) | written | {"other_types": other_types, "everything": rule is not None and is_empty(rule)}


@router.get("/watchlists/{watchlist}/rule")
def rule(request: Request, one: OneWatchlist, app: TheApp) -> Response:
    """Shows the form for making, changing or removing the rule of a watchlist."""
    kept = app.store.rules.of(one.name)
    return _form(request, app, one, _filled_in(kept.rule if kept else None))


@router.post("/watchlists/{watchlist}/rule")
def change(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[RuleForm, Form()]) -> Response:
    """Shows a preview of the rule. If the person confirms the preview, the form has `sure`, and the rule is saved."""
    if form.sure and not form.errors:
        return _save(request, app, one.name, form.sure, me, now)
    errors, shown = form.errors, None
    if not errors:
        wanted, errors = form.rule(app.store.register.vocabulary())
    if not errors:
        try:
            shown = wanted, app.store.rules.preview(one.name, wanted)
        except UsageError as error:
            errors = {"near": sentence(str(error))}
    return _form(request, app, one, form.typed, errors, shown)


def _save(request: Request, app: App, watchlist: str, sure: str, me: User, now: Now) -> Response:
    wanted = _shown(app, sure)
    if wanted is None:
        raise HTTPException(422, "The form was changed before it arrived. Go back and try again.")
    applied = app.store.rules.put(watchlist, wanted, person=me.id, now=now)
    if applied is None:
        raise gone(watchlist)
    left = f", {len(applied.left):,} left." if applied.left else "."
    said = f"Saved. {counted(len(applied.joined), 'service')} joined{left}"
    return go_to(request, f"/watchlists/{segment(watchlist)}", said=said)


def _shown(app: App, sure: str) -> Rule | None:
    """Returns the rule that the preview sends back. Returns None if our form could not have made the rule. Such a rule must never
    be stored, because later code relies on the form's checks."""
    try:
        rule = codec.load_rule(sure)
    except ValidationError:
        return None
    made, wrong = rule_of(typed_as(rule), app.store.register.vocabulary())
    if wrong or replace(made, near=rule.near) != rule:
        return None
    if rule.near is None or made.near is None:
        return rule
    # Miles are compared separately, because the form rounds miles.
    return rule if made.near.postcode == rule.near.postcode and 0 < rule.near.miles <= FURTHEST else None


@router.post("/watchlists/{watchlist}/rule/remove")
def remove(
    request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, services: Annotated[str, Form()] = "stay"
) -> Response:
    """Removes a rule. The services that the rule added stay, unless the person chose to remove them too."""
    ended = app.store.rules.remove(one.name, keep_services=services != "go", person=me.id, now=now)
    if ended is None:
        said = "This watchlist follows no rule."
    elif ended.left:
        said = f"The rule is removed, and {counted(len(ended.left), 'service')} with it."
    else:
        said = "The rule is removed. The services that it added stay."
    return go_to(request, f"/watchlists/{segment(one.name)}", said=said)


def _form(
    request: Request,
    app: App,
    one: Watchlist,
    typed: dict[str, Any],
    errors: dict[str, str] | None = None,
    shown: tuple[Rule, Preview] | None = None,
) -> Response:
    """Shows the form, with its errors, or with a preview of the rule (`shown`)."""
    kept = app.store.rules.of(one.name)
    registered = app.store.register.count()
    wanted, preview = shown or (None, None)
    return page(
        request,
        "watchlist_rule.html",
        watchlist=one,
        kept=words_of(app, kept.rule) if kept else None,
        applied_at=kept.applied_at if kept else None,
        unreadable=kept is None and one.name in app.store.rules.unreadable(),
        registered=registered,
        typed=typed,
        preview=preview,
        words=words_of(app, wanted) if wanted else "",
        sure=codec.dump_rule(wanted) if wanted else "",
        elsewhere=_elsewhere(*shown) if shown else None,
        rated=bool(wanted and wanted.ratings),
        ratings_warning=RATINGS_WARNING,
        regions=[(name, name, "") for name in REGIONS],
        sectors=[(value, words, "") for value, words in _SECTORS],
        types=[(name, name, "") for name in TYPES],
        ratings=[(value, words, "") for value, words in _RATINGS],
        errors=(errors or {}) if registered else {},
        status=200 if registered or errors is None else 422,
    )


def _elsewhere(wanted: Rule, preview: Preview) -> str | None:
    """Returns the place from which distances are measured. Returns None if distances are measured from the typed postcode, or not
    at all."""
    if preview.centre is None or wanted.near is None:
        return None
    return preview.centre.of if preview.centre.of != wanted.near.postcode else None
