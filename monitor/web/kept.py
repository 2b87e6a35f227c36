"""Forms that arrive after their session has ended. What was typed is kept, and is filled into the form again once the person
has signed in."""

import re
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import quote

from fastapi import HTTPException, Request
from selectolax.lexbor import LexborHTMLParser, LexborNode
from starlette.concurrency import run_in_threadpool

from monitor.errors import StoreError
from monitor.store.kept_forms import KeptForm
from monitor.text import plain
from monitor.web.parts import app_of, now_of, session_token
from monitor.web.permissions import PERMISSIONS

_ELSEWHERE = {"/watchlists/{watchlist}/upload": "/watchlists/{watchlist}/add"}
"""Forms whose page can't be found from the address to which the form is sent. Each address is followed by the address of the
form's page."""

_NEVER = re.compile(r"password|secret|token", re.IGNORECASE)
"""Fields that are never kept."""

SAID_KEPT = "You were signed out before the form arrived. What you typed is kept. Sign in to continue."
SAID_LOST = "You were signed out before the form arrived, so nothing was changed. Sign in, and send the form again."


async def keep(request: Request) -> tuple[str | None, str]:
    """Keeps the form in a request. Returns the page at which the person continues after signing in, and the text that the sign-in
    page shows."""
    path, kept = page_of(request.scope["route"].path, request.url.path), None
    form, token = await _form_of(request), session_token(request)
    if form is not None and token is not None:
        with suppress(StoreError):
            kept = await run_in_threadpool(app_of(request).store.kept_forms.keep, token, form, now_of(request))
    return (f"{quote(path)}?kept={kept}", SAID_KEPT) if kept else (quote(path), SAID_LOST)


async def _form_of(request: Request) -> KeptForm | None:
    try:
        sent = (await request.form()).multi_items()
    except HTTPException:  # the form can't be read, or is too large
        return None
    fields = [(_storable(name), _storable(value)) for name, value in sent if isinstance(value, str) and not _NEVER.search(name)]
    had_file = any(not isinstance(value, str) and value.filename for _, value in sent)
    return KeptForm(path=quote(request.url.path), fields=tuple(fields), had_file=had_file)


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode().replace("\r\n", "\n")


def page_of(route: str, path: str) -> str:
    """Returns the path of the page that contains a form. The form was sent to `path`, which belongs to `route`. The page is at
    `path`, or at the nearest path above `path` that has a page."""
    route_parts = _ELSEWHERE.get(route, route).split("/")
    parts = path.split("/")
    if route in _ELSEWHERE:
        parts = [*parts[:-1], route_parts[-1]]
    while len(route_parts) > 1 and f"GET {'/'.join(route_parts)}" not in PERMISSIONS:
        route_parts, parts = route_parts[:-1], parts[:-1]
    return "/".join(parts) or "/"


# ── the form again ───────────────────────────────────────────────────────────────────────────────────────────────────────


def refilled(page: str, kept: KeptForm, root: str) -> str | None:
    """Returns the page, with what was typed filled into its form. Returns None if no form on the page has fields for everything
    that was typed. `root`: see `pages.root_of`."""
    action = f'form[method="post"][action="{root + kept.path}"]'
    for number in range(len(LexborHTMLParser(page).css(action))):
        # Each form is tried on a new copy of the page, because a form that lacks a field has been partly filled in.
        tree = LexborHTMLParser(page)
        if _holds(tree.css(action)[number], kept):
            return tree.html
    return None


def _holds(form: LexborNode, kept: KeptForm) -> bool:
    """Fills in a form. Returns whether the form had fields for everything that was typed."""
    left: dict[str, list[str]] = {}
    for name, value in kept.fields:
        left.setdefault(name, []).append(value)
    for control in form.css("input[name], textarea[name], select[name]"):
        _fill(control, left)
    return not any(left.values())


def _fill(control: LexborNode, left: dict[str, list[str]]) -> None:
    """Puts what was typed into a control, and removes the text from `left`. A hidden field keeps its own value."""
    values, kind = left.get(control.attributes["name"] or "", []), control.attributes.get("type", "")
    if control.tag == "select":
        for option in control.css("option"):
            _mark(option, "selected", values)
    elif control.tag == "textarea":
        _write(control, "\n".join(map(plain, values.pop(0).split("\n"))) if values else "")
    elif kind in ("checkbox", "radio"):
        _mark(control, "checked", values)
    elif kind == "hidden":
        if control.attributes.get("value") in values:
            values.remove(control.attributes["value"] or "")
    elif kind not in ("file", "password") and values:
        control.attrs["value"] = plain(values.pop(0))


def _mark(node: LexborNode, mark: str, values: list[str]) -> None:
    """Marks a choice if its value was chosen. Removes the mark of any other choice."""
    value = node.attributes.get("value") or ""
    if value in values:
        values.remove(value)
        node.attrs[mark] = ""
    elif mark in node.attributes:
        del node.attrs[mark]


def _write(area: LexborNode, text: str) -> None:
    for child in list(area.iter(include_text=True)):
        child.decompose()
    area.insert_child(f"\n{text}")  # HTML drops the first line break


def words_of(kept: KeptForm) -> Mapping[str, list[str]]:
    """Returns what was typed, by the field's name in words. It is shown on a page that no longer has this form."""
    words: dict[str, list[str]] = {}
    for name, value in kept.fields:
        if value:
            words.setdefault(name.replace("_", " ").replace("-", " "), []).append(value[:_SHOWN])
    return words


_SHOWN = 2_000
"""How many characters of each text are shown, at most."""
