"""The settings that operators can change in the pages. If the environment or `.env` sets a setting, its value takes precedence,
and the page shows this value."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from monitor.app import App, check
from monitor.channels import parse_address, scheme, shown
from monitor.errors import SettingsError, UsageError
from monitor.settings import IN_PAGES, read_again, set_in
from monitor.text import sentence
from monitor.web.forms import FormModel
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User

PATH = "/monitor/settings"

_WORDS: Mapping[str, tuple[str, str]] = {
    "contact": (
        "How CQC can contact you",
        "An email address or the address of a web page. Each request to CQC’s site contains this address",
    ),
    "operator": ("Who is alerted when the monitor has a problem", "An email address"),
    "check_every": ("How often each service is checked", "For example 30m, 6h or 1d. The default is 6h"),
    "stale_after": (
        "How long a service may go without a full reading before messages report it as not up to date",
        "For example 48h. The default is 48h",
    ),
    "escalate_after": (
        "How long a severe event may stay unacknowledged before the second address is alerted",
        "For example 24h, or none. The default is 24h",
    ),
}
"""The label of each setting, and its hint."""

router = APIRouter()


class SettingsTyped(FormModel):
    """The settings as text. If a setting is empty, its default applies."""

    contact: str = Field("", max_length=200)
    operator: str = Field("", max_length=300)
    check_every: str = Field("", max_length=20)
    stale_after: str = Field("", max_length=20)
    escalate_after: str = Field("", max_length=20)


def changed_since_start(app: App) -> tuple[bool, str]:
    """Returns whether the settings have changed since this process read them, and why they can’t be used ("" if they can be
    used)."""
    try:
        fresh = read_again().with_saved(app.store.saved_settings.all())
        check(fresh)
    except SettingsError as error:
        return True, str(error)
    return fresh.differ_from(app.settings), ""


@router.get(PATH)
def settings(request: Request, app: TheApp) -> Response:
    """Shows the form, with the saved settings."""
    saved = app.store.saved_settings.all()
    return _form(request, app, {name: _as_typed(name, saved.get(name, "")) for name in IN_PAGES})


@router.post(PATH)
def save(request: Request, app: TheApp, me: User, now: Now, form: Annotated[SettingsTyped, Form()]) -> Response:
    """Saves the settings that can be changed here. They take effect when the monitor is restarted."""
    fixed = set_in()
    wanted = {name: str(form.typed[name]).strip() for name in IN_PAGES if name.upper() not in fixed}
    errors = dict(form.errors)
    for name, text in wanted.items():
        try:
            if name not in errors:
                wanted[name] = _checked(name, text)
        except (SettingsError, UsageError) as error:
            errors[name] = sentence(str(error).removeprefix(f"{name.upper()}: "))
    if errors:
        return _form(request, app, form.typed, errors)
    changed = app.store.saved_settings.save(wanted, me.id, now)
    said = "Saved. The change takes effect when the monitor is restarted." if changed else "Nothing was changed."
    return go_to(request, PATH, said=said)


def _checked(name: str, text: str) -> str:
    """Returns a setting in the form in which it is stored. Raises SettingsError or UsageError if the setting can't be used."""
    if not text:
        return ""
    if name == "operator":
        text = parse_address(text if ":" in text else f"mailto:{text}", extra_hosts=frozenset())
        if scheme(text) != "mailto":
            raise UsageError("enter an email address. Other addresses are secrets, and belong in .env")
    read_again().checked(name, text)
    return text


def _as_typed(name: str, saved: str) -> str:
    return saved.removeprefix("mailto:") if name == "operator" else saved


def _form(request: Request, app: App, typed: Mapping[str, Any], errors: Mapping[str, str] | None = None) -> Response:
    fixed = set_in()
    changed, unusable = changed_since_start(app)
    rows = [
        {
            "name": name,
            "label": label,
            "hint": hint,
            "typed": typed[name],
            "fixed": fixed.get(name.upper()),
            "now": shown(app.operator) if name == "operator" and app.operator else as_text(getattr(app.settings, name)),
        }
        for name, (label, hint) in _WORDS.items()
    ]
    return page(request, "settings.html", rows=rows, changed=changed, unusable=unusable, errors=errors or {})


def as_text(value: object) -> str:
    """Returns a setting's value as a person writes it."""
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        if not seconds:
            return "0s"
        unit, length = next(one for one in _UNITS if seconds % one[1] == 0)
        return f"{seconds // length}{unit}"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "not set"
    return str(value) if value is not None and value != "" else "not set"


_UNITS = (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1))
