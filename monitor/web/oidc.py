"""Signs people in with the OpenID Connect provider. Redirects the browser to the provider, receives the provider's answer, and
explains why somebody is refused."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from monitor.app import App
from monitor.oidc.claims import account_of
from monitor.oidc.provider import Flow, Provider
from monitor.oidc.refused import Refused, Why
from monitor.oidc.setup import CALLBACK
from monitor.store.accounts import NotLet
from monitor.store.people import Entered
from monitor.web.middleware import log
from monitor.web.pages import go_to, local_path, page
from monitor.web.parts import Now, TheApp, browser_of, cookie, delete_cookie, keep_session, set_cookie, signed_in_of

FLOW_COOKIE = "cqc-monitor-oidc"

VALID = timedelta(minutes=10)
"""How much time a person has for signing in at the provider."""

MOST_FLOWS = 5
"""How many unfinished sign-ins one browser may have, each in a separate tab. The next sign-in deletes the oldest sign-in's
cookie."""

router = APIRouter()


@router.get("/oidc/start")
async def start(
    request: Request, app: TheApp, now: Now, next: Annotated[str, Query()] = "", choose: Annotated[bool, Query()] = False
) -> Response:
    """Redirects the browser to the provider. If `choose` is True, the person can choose another account at the provider. A signed
    cookie contains the values that the provider's answer must match."""
    provider = _provider(app)
    if signed_in_of(request):
        return go_to(request, local_path(next) or "/")
    flow = Flow(state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48))
    try:
        address = await provider.address(flow, choose=choose)
    except Refused as refused:
        return _refused(request, app, refused, local_path(next))
    response = RedirectResponse(address, status_code=303)  # a redirect to another site
    prefix = cookie(request, "")
    begun = [name.removeprefix(prefix) for name in request.cookies if name.startswith(prefix + FLOW_COOKIE)]
    begun.sort(key=lambda name: _until(request, app, name))
    for name in begun[: max(0, len(begun) - MOST_FLOWS + 1)]:
        _forget(request, response, name)
    kept = {**asdict(flow), "next": local_path(next), "until": (now + VALID).isoformat()}
    seconds = int(VALID.total_seconds())
    name, value = _name(flow.state), _signer(app).dumps(kept)
    set_cookie(request, response, name, str(value), seconds)
    return response


@router.get(CALLBACK)
async def callback(request: Request, app: TheApp, now: Now) -> Response:
    """Receives the provider's answer, and signs the person in."""
    provider, answer = _provider(app), dict(request.query_params)
    next_page: str | None = None
    try:
        flow, next_page = _flow(request, app, now)
        claims = await provider.claims(answer, flow, now)
        account = account_of(claims, provider.setup.roles)
        browser = browser_of(request.headers.get("user-agent", ""))
        enter, length = app.store.accounts.enter, app.settings.session_length
        entered = await run_in_threadpool(enter, account, once=flow.nonce, browser=browser, now=now, length=length)
        if isinstance(entered, NotLet):
            raise Refused(_WHY[entered], _not_let(entered, account.email))
        response = _welcome(request, entered, next_page)
    except Refused as refused:
        response = _refused(request, app, refused, next_page)
    _forget(request, response, _name(answer.get("state", "")))
    return response


@router.get("/oidc/signed-out")
async def signed_out(request: Request, app: TheApp) -> Response:
    """Confirms that the person has signed out of the monitor. The page has a link for signing out of the provider too."""
    provider = _provider(app)
    return page(request, "signed_out.html", provider=provider.name, address=await provider.sign_out_address())


def _provider(app: App) -> Provider:
    if app.oidc is None:
        raise HTTPException(404)
    return app.oidc


def _welcome(request: Request, entered: Entered, next_page: str | None) -> Response:
    response = go_to(request, local_path(next_page) or "/")
    keep_session(request, response, entered.token)
    return response


# ── sign-ins that a browser has begun ───────────────────────────────────────────────────────────────────────────────────────────


def _flow(request: Request, app: App, now: datetime) -> tuple[Flow, str | None]:
    """Returns the sign-in to which the provider's answer belongs, and the page at which the person continues. Raises Refused if
    this browser did not begin the sign-in, or if the sign-in is too old."""
    for name in ("state", "code", "iss", "error"):
        if len(request.query_params.getlist(name)) > 1:
            raise Refused(Why.STATE, f"the answer has several values of {name}")
    kept = request.cookies.get(cookie(request, _name(request.query_params.get("state", ""))))
    try:
        begun = _signer(app).loads(kept or "")
        flow = Flow(state=begun["state"], nonce=begun["nonce"], verifier=begun["verifier"])
    except (BadSignature, KeyError, TypeError):
        raise Refused(Why.STATE, "the answer does not belong to a sign-in of this browser (state)") from None
    if datetime.fromisoformat(begun["until"]) <= now:
        raise Refused(Why.STATE, f"the sign-in was begun more than {VALID.seconds // 60} minutes ago")
    return flow, begun["next"]


def _until(request: Request, app: App, name: str) -> datetime:
    """Returns the time at which a sign-in of this browser expires. A cookie that this program did not sign is treated as the
    oldest."""
    try:
        return datetime.fromisoformat(_signer(app).loads(request.cookies[cookie(request, name)])["until"])
    except (BadSignature, KeyError, TypeError):
        return datetime.min.replace(tzinfo=UTC)


def _name(state: str) -> str:
    """Returns the name of the cookie for a sign-in. Each tab has a separate cookie."""
    mark = "".join(one for one in state[:12] if one.isascii() and (one.isalnum() or one in "-_"))
    return f"{FLOW_COOKIE}-{mark}"


def _signer(app: App) -> URLSafeSerializer:
    return URLSafeSerializer(app.signing_key, salt="sign-in by OpenID Connect")


def _forget(request: Request, response: Response, name: str) -> None:
    if cookie(request, name) in request.cookies:
        delete_cookie(request, response, name)


# ── why somebody is refused ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Words:
    status: int
    title: str
    text: str
    again: bool = True


_ASK = "Ask the person who runs the monitor. The monitor’s log says what is wrong."

_WORDS: Mapping[Why, _Words] = {
    Why.SET_UP: _Words(503, "Your organisation’s sign-in is not set up correctly", _ASK, again=False),
    Why.STATE: _Words(
        400,
        "Start signing in again",
        "You started signing in with another browser, or too long ago, or you went back to an earlier page.",
    ),
    Why.USED: _Words(400, "Start signing in again", "This sign-in has been used already."),
    Why.DENIED: _Words(
        403,
        "You were not signed in",
        "The sign-in was cancelled, or your organisation’s sign-in does not let you use this monitor.",
    ),
    Why.INVALID: _Words(400, "You were not signed in", f"The answer of your organisation’s sign-in can’t be trusted. {_ASK}"),
    Why.NO_ROLE: _Words(
        403,
        "You don’t have access to the monitor",
        "Your account is not in a group that may use the monitor. Ask the person who runs the monitor which group you need, "
        "then sign in again.",
    ),
    Why.TOO_MANY_GROUPS: _Words(
        403,
        "Your groups can’t be read",
        "Your account is in so many groups that your organisation’s sign-in leaves the groups out. The person who runs the "
        "monitor can use app roles instead of groups.",
    ),
    Why.NO_EMAIL: _Words(
        403,
        "Your email address is not confirmed",
        "Your organisation’s sign-in does not confirm an email address for you, so we can’t tell who you are. Ask the person who "
        "runs the monitor.",
    ),
    Why.OTHER_ACCOUNT: _Words(
        403,
        "Your email address belongs to another account",
        "Another account of your organisation has signed in with this address. The person who runs the monitor can "
        "invite you again. Then sign in once more.",
    ),
    Why.ENDED: _Words(403, "Your access has been ended", "Ask the person who runs the monitor.", again=False),
}

_ANOTHER_ACCOUNT = frozenset({Why.NO_ROLE, Why.TOO_MANY_GROUPS, Why.NO_EMAIL, Why.OTHER_ACCOUNT})
"""If the person was refused for one of these reasons, another of their accounts might be accepted. The provider is therefore
asked to let the person choose an account. Otherwise, the provider would use the same account again."""

_WHY = {
    NotLet.USED: Why.USED,
    NotLet.ENDED: Why.ENDED,
    NotLet.NO_ROLE: Why.NO_ROLE,
    NotLet.NO_EMAIL: Why.NO_EMAIL,
    NotLet.OTHER_ACCOUNT: Why.OTHER_ACCOUNT,
}


def _not_let(why: NotLet, email: str | None) -> str:
    return f"{email or 'an account without a confirmed address'}: {why}"


def _refused(request: Request, app: App, refused: Refused, next_page: str | None) -> Response:
    """Returns the page that explains the refusal. If the provider is down, returns the sign-in page, since a link by email
    may still work."""
    # Failures that any stranger can cause are logged only at the level DEBUG.
    log.log(logging.DEBUG if refused.why is Why.STATE else logging.WARNING, "not signed in by OpenID Connect: %s", refused)
    if refused.why is Why.DOWN:
        given = {"email": "", "next": next_page, "mail": app.can_mail, "provider": True, "down": True, "first": False}
        return page(request, "sign_in.html", status=503, **given)
    words = _WORDS[refused.why]
    by_mail = app.can_mail and refused.why is not Why.ENDED
    shown = {"title": words.title, "text": words.text, "again": words.again, "by_mail": by_mail, "next": next_page}
    shown["other"] = refused.why in _ANOTHER_ACCOUNT
    return page(request, "not_signed_in.html", status=words.status, **shown)
