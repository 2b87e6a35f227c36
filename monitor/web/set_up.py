"""The pages for setting up a new monitor: which services it watches, how alerts are sent, and who is alerted. Only operators see
these pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.errors import UsageError
from monitor.locations import ids_in
from monitor.model import When
from monitor.register.entries import Entry, Rule, Sector
from monitor.register.rules import Typed, rule_of
from monitor.settings import set_in
from monitor.store.people import Person
from monitor.store.subscriptions import Added, Wishes
from monitor.store.watchlists import LONGEST_NAME, name_of
from monitor.text import counted, sentence
from monitor.web import fetching
from monitor.web.forms import FormModel, checked, in_lines
from monitor.web.middleware import CONTENT_SECURITY_POLICY
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, ShortText, TheApp, User
from monitor.web.settings import PATH as SETTINGS
from monitor.web.settings import changed_since_start
from monitor.web.watchlists import MOST_TYPED

MOST_NAMED = 20
"""How many services of a watchlist the preview lists."""

SERVICES, EMAIL, ALERTS = "/set-up/services", "/set-up/email", "/set-up/alerts"

_SECTORS = {Sector.CARE_HOME: "care homes", Sector.COMMUNITY: "community-based services"}

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of the set-up. `hint` is a remark below the title, and `path` leads to the task's page."""

    title: str
    hint: str
    path: str
    done: bool


def tasks(app: App) -> list[Task]:
    """Returns, in order, the tasks that must be done before anybody can rely on a monitor."""
    state, settings = app.store.setting_up.state(), app.settings
    can_send = app.can_mail or state.other_ways
    return [
        Task(title="Choose the services to watch", hint="", path=SERVICES, done=state.services > 0),
        Task(title="Set up email", hint="Until this is done, nobody is alerted by email", path=EMAIL, done=can_send),
        Task(title="Send a test message", hint="The page then shows what the receiver answered", path=EMAIL, done=state.accepted),
        Task(
            title="Choose who is alerted",
            hint=f"Nobody is alerted about: {', '.join(state.unalerted[:5])}" if state.unalerted else "",
            path=ALERTS,
            done=state.services > 0 and not state.unalerted,
        ),
        Task(title="Say how CQC can contact you", hint="The setting CONTACT", path=SETTINGS, done=bool(settings.contact)),
        Task(
            title="Say who is alerted when the monitor itself has a problem",
            hint="The setting OPERATOR",
            path=SETTINGS,
            done=app.operator is not None,
        ),
    ]


@router.get("/set-up")
def overview(request: Request, app: TheApp) -> Response:
    """Shows the list of tasks."""
    every = tasks(app)
    return page(request, "set_up.html", tasks=every, following=next((one for one in every if not one.done), None))


def _go_on(request: Request, app: App, said: str) -> Response:
    """Redirects to the next task."""
    following = next((one.path for one in tasks(app) if not one.done), "/set-up")
    return go_to(request, following, said=said)


# ── which services ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Council(FormModel):
    """A choice of a council's services. `sure` is not empty if the person has seen the services and wants to watch them."""

    authority: str = Field(min_length=1, max_length=200, description="Choose a council")
    sectors: tuple[Sector, ...] = Field(min_length=1, description="Choose at least one kind of service")
    sure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A watchlist that would be made, with its rule and the services that the rule finds now."""

    name: str
    rule: Rule
    services: Sequence[Entry]


@router.get(SERVICES)
def services(request: Request, app: TheApp) -> Response:
    """Shows the forms for choosing services, from CQC's register or with a list of ids."""
    return _services(request, app)


@router.post("/set-up/register")
def fetch(request: Request, app: TheApp) -> Response:
    """Starts fetching CQC's register. The page shows the progress."""
    try:
        fetching.begin()
    except OSError as error:
        raise UsageError(f"the register can't be fetched: {error.strerror}; make the folder state/ writable") from None
    return go_to(request, SERVICES)


@router.post(SERVICES)
def choose(request: Request, app: TheApp, me: User, now: Now, form: Annotated[Council, Form()]) -> Response:
    """Shows the names of the council's services. If the person has confirmed the services (`sure`), makes watchlists with
    rules."""
    errors = dict(form.errors)
    proposed: list[Proposed] = []
    if not errors:
        proposed, errors = _proposed(app, form)
    if errors or not form.sure:
        return _services(request, app, proposed=proposed, errors=errors, **form.typed)
    watched = 0
    for one in proposed:
        app.store.watchlists.make(one.name, me.id, now)
        app.store.rules.put(one.name, one.rule, person=me.id, now=now, make=True)
        watched += len(one.services)
    return _go_on(request, app, f"{counted(watched, 'service is', 'services are')} now watched for {form.authority}.")


def _proposed(app: App, form: Council) -> tuple[list[Proposed], dict[str, str]]:
    words, proposed = app.store.register.vocabulary(), []
    for sector in form.sectors:
        rule, wrong = rule_of(Typed(authorities=(form.authority,), sectors=(sector,)), words)
        if wrong or sector not in _SECTORS or not rule.authorities:
            return [], {"authority": sentence(wrong.get("authorities", "Choose a council"))}
        found = app.store.register.fitting(rule)
        if found:
            name = name_of(f"{rule.authorities[0]} {_SECTORS[sector]}"[:LONGEST_NAME])
            proposed.append(Proposed(name=name, rule=rule, services=found))
            kept = app.store.rules.of(name)
            if app.store.watchlists.find(name) is not None and (kept is None or kept.rule != rule):
                return [], {"authority": f"There is already a watchlist {name} with other services. Change it on its own page"}
    if not proposed:
        return [], {"authority": "CQC’s register lists no services of these kinds for this council"}
    return proposed, {}


_LINES_WANTED = "Enter an id or the address of a service’s page"


def _some_lines(text: str) -> str:
    if not text.strip():
        raise UsageError(_LINES_WANTED)
    return text


class Listed(FormModel):
    """A watchlist of typed services."""

    name: Annotated[str, checked(name_of)] = Field("My services", description="Enter a name")
    services: Annotated[str, checked(_some_lines)] = Field(description=_LINES_WANTED)


@router.post("/set-up/list")
def list_(request: Request, app: TheApp, me: User, now: Now, form: Annotated[Listed, Form()]) -> Response:
    """Makes a watchlist of typed services. This works even if CQC's register can't be fetched."""
    errors = dict(form.errors)
    lines = [line for line in str(form.typed["services"]).splitlines() if line.strip()]
    ids, wrong = ids_in(lines[:MOST_TYPED], base_url=app.settings.cqc_base_url, listed=app.store.register.listed())
    if wrong:
        errors["services"] = in_lines(wrong)
    elif len(lines) > MOST_TYPED:
        errors["services"] = f"Enter at most {MOST_TYPED} services. You can add more to the watchlist from a file"
    if errors:
        return _services(request, app, errors=errors, **form.typed)
    app.store.watchlists.make(form.name, me.id, now)
    added = app.store.watchlists.add(form.name, ids, me.id, now) or []
    return _go_on(request, app, f"{counted(len(added), 'service')} added to {form.name}.")


def _services(request: Request, app: App, *, proposed: Sequence[Proposed] = (), **values: Any) -> Response:
    registered = app.store.register.count()
    given: dict[str, Any] = {
        "authority": "",
        "sectors": [str(one) for one in _SECTORS],
        "name": "My services",
        "services": "",
    } | values
    given.pop("sure", None)
    return page(
        request,
        "set_up_services.html",
        registered=registered,
        fetch=fetching.last(),
        authorities=[("", "Choose a council"), *((one, one) for one in app.store.register.vocabulary().authorities)],
        kinds=[(str(one), words.capitalize(), "") for one, words in _SECTORS.items()],
        proposed=proposed,
        total=sum(len(one.services) for one in proposed),
        most_named=MOST_NAMED,
        watchlists=app.store.glance.watchlists(),
        **given,
    )


# ── how alerts are sent ──────────────────────────────────────────────────────────────────────────────────────────────────

_WAYS = {
    "smtp": ("Our own mail server", "By SMTP, with a user and a password"),
    "xoauth2": ("Microsoft 365 by SMTP", "With an app in Microsoft Entra, without a password"),
    "graph": ("Microsoft 365 by Graph", "With the same app, if SMTP is blocked"),
    "notify": ("GOV.UK Notify", "In plain text, from GOV.UK’s address"),
}
_APP = (("MS_TENANT", "{domain}"), ("MS_CLIENT_ID", "ID-OF-THE-APP"), ("MS_CLIENT_SECRET", "SECRET-OF-THE-APP"))
_FROM = ("MAIL_FROM", "CQC monitor <care-alerts@{domain}>")
_NEEDED = {
    "smtp": (("SMTP_URL", "smtp://USER:PASSWORD@mail.{domain}:587"), _FROM),
    "xoauth2": (("SMTP_URL", "smtp://smtp.office365.com:587?auth=xoauth2"), _FROM, *_APP),
    "graph": (("MAIL_BY", "graph"), _FROM, *_APP),
    "notify": (("MAIL_BY", "notify"), ("NOTIFY_API_KEY", "KEY-OF-YOUR-SERVICE"), ("NOTIFY_TEMPLATE", "ID-OF-YOUR-TEMPLATE")),
}
_ALWAYS = (("CONTACT", "{email}"), ("OPERATOR", "mailto:{email}"))
"""The lines of `.env` that each way of sending email needs, and the lines that every monitor should have. People replace the
words in capitals."""

_COPYING = f"{CONTENT_SECURITY_POLICY}; script-src 'self'"
"""Only this page has a script, which copies the lines."""


_DECIDING = ("MAIL_BY", "SMTP_URL")


def _deciding(chosen: str, found: Mapping[str, str], domain: str) -> list[str]:
    """Returns the lines that decide how email is sent. `found` says where each setting is set now."""
    needed = dict(_NEEDED[chosen])
    by = ["MAIL_BY=smtp"] if "MAIL_BY" in found and "MAIL_BY" not in needed else []
    return [*by, *(f"{name}={needed[name].format(domain=domain)}" for name in _DECIDING if name in needed)]


def _way(app: App) -> str:
    """Returns how email is sent now; "" if email is not set up."""
    settings = app.settings
    if not app.can_mail:
        return ""
    if settings.mail_by != "smtp":
        return settings.mail_by
    return "xoauth2" if settings.smtp_url and "auth=xoauth2" in settings.smtp_url.get_secret_value().lower() else "smtp"


@router.get(EMAIL)
def email(request: Request, app: TheApp, me: User, way: ShortText = "") -> Response:
    """Shows the lines for `.env`, which of these settings are already set, and the result of the last test message."""
    chosen = way if way in _WAYS else _way(app)
    found = {name.upper(): "these pages" for name in app.store.saved_settings.all()} | set_in()
    domain = me.email.rpartition("@")[2]
    needed = (*(_NEEDED[chosen] if chosen else ()), *_ALWAYS)
    lines = [f"{name}={value.format(domain=domain, email=me.email)}" for name, value in needed if name not in found]
    if chosen and chosen != _way(app):  # the lines for the new way of sending replace existing lines
        lines = [*_deciding(chosen, found, domain), *(one for one in lines if one.partition("=")[0] not in _DECIDING)]
    changed, unusable = changed_since_start(app)
    response = page(
        request,
        "set_up_email.html",
        ways=[(value, words, hint) for value, (words, hint) in _WAYS.items()],
        chosen=chosen,
        lines=lines if chosen else [],
        found=[(name, f"set in {found[name]}" if name in found else "not set") for name, _ in needed],
        changed=changed,
        unusable=unusable,
        mail=app.can_mail,
        test=app.store.setting_up.last_test(me),
        daemon=any(one.alive for one in app.store.workers.all()),
    )
    response.headers["Content-Security-Policy"] = _COPYING
    return response


@router.post("/set-up/test")
def test(request: Request, app: TheApp, me: User, now: Now) -> Response:
    """Sends a test message to the person's own address, in the same way as any other message."""
    if not app.can_mail:
        raise UsageError("Email is not set up yet, so no test message can be sent")
    queued = app.store.setting_up.send_test(me, now)
    said = "A test message is on its way." if queued else "A test message was sent less than five minutes ago."
    return go_to(request, EMAIL, said=said)


# ── who is alerted ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Alerted(FormModel):
    """The watchlists about which the person wants alerts, and when."""

    watchlists: tuple[str, ...] = Field(min_length=1, description="Choose at least one watchlist")
    when: When = Field(description="Choose when to send alerts")


@router.get(ALERTS)
def alerts(request: Request, app: TheApp, me: User) -> Response:
    """Shows the form for subscribing to all watchlists about which nobody is alerted yet."""
    return _alerts(request, app, me)


@router.post(ALERTS)
def subscribe(request: Request, app: TheApp, me: User, now: Now, form: Annotated[Alerted, Form()]) -> Response:
    """Subscribes the person."""
    errors, there = dict(form.errors), app.store.glance.watchlists()
    if not errors and not set(form.watchlists) <= set(there):
        errors["watchlists"] = "Somebody has deleted or renamed a watchlist. Choose again"
    try:
        new = [] if errors else [one for one in form.watchlists if _subscribed(app, me, one, form.when, now)]
    except UsageError as error:
        errors["watchlists"] = sentence(str(error))
    if errors:
        return _alerts(request, app, me, errors=errors, **form.typed)
    said = (
        f"You are alerted about {counted(len(new), 'watchlist')}." if new else "You are already alerted about these watchlists."
    )
    return _go_on(request, app, said)


def _subscribed(app: App, me: Person, watchlist: str, when: When, now: Now) -> bool:
    wishes = Wishes(when=when, at=time(7, 30), day="mon")
    return app.store.subscriptions.add(me, watchlist, f"mailto:{me.email}", wishes, now) is Added.ADDED


def _alerts(request: Request, app: App, me: Person, **values: Any) -> Response:
    choices = app.store.setting_up.state().unalerted or tuple(app.store.glance.watchlists())
    if not choices:
        return go_to(request, SERVICES, said="There is no watchlist yet. Choose services first.")
    given: dict[str, Any] = {"watchlists": list(choices), "when": str(When.IMMEDIATE)} | values
    return page(
        request,
        "set_up_alerts.html",
        email=me.email,
        choices=[(one, one, "") for one in choices],
        times=[
            (
                str(When.IMMEDIATE),
                "Immediately",
                "You get urgent news immediately, other bad news the next morning, and everything else once a week",
            ),
            (str(When.DAILY), "Once a day", "At 7:30am"),
            (str(When.WEEKLY), "Once a week", "On Monday at 7:30am"),
        ],
        **given,
    )
