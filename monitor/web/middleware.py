"""The middleware around every page. It refuses requests to unknown hosts, forms from other sites, and bodies that are too large.
It also sets the headers of every answer, and shows an error page if something fails."""

import logging
import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.errors import fault

log = logging.getLogger("monitor.web")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Browsers send only the origin. They never send a path, because a path may contain a token. With "no-referrer", browsers
    # would send forms with "Origin: null".
    "Referrer-Policy": "strict-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_A_YEAR = "max-age=31536000"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# Load balancers request these paths, under any host name.
_ANY_HOST = frozenset({"/healthz"})

# If a person unsubscribes with one click in a mail program (RFC 8058), their mail server sends the request, without a cookie, an
# Origin or a login. The token in the address identifies the subscriber. Source: docs/facts/channels.md, One-click unsubscribe.
_ONE_CLICK = re.compile(r"/unsubscribe/[^/]+")

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

FORM_LIMIT, UPLOAD_LIMIT = 1_000_000, 5_000_000
"""How many bytes the body of a form may have, and the body of a form with a file."""

STRANGERS_LIMIT = 8_000
"""How many bytes a body may have if the browser has not signed in here before, or if the page needs no sign-in. Parsing a larger
form would delay everybody else's pages."""

_STRANGERS = re.compile(r"/(?:sign-in|first-operator|unsubscribe|undo|confirm|still-read|have-it|drill)(?:/[^/]*)?")
"""The pages with forms that need no sign-in."""

ErrorPage = Callable[[Request, int], Response]


class Guard:
    """Wraps the whole application.

    public_url  the address of the pages (PUBLIC_URL)
    error_page  makes the page for a status, without the database
    is_known    says, without the database, whether a browser has signed in here before, even if its session has ended
    takes_file  says whether a form that is sent to a path may contain a file; the path is without the path of PUBLIC_URL
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        public_url: str,
        error_page: ErrorPage,
        is_known: Callable[[Request], bool],
        takes_file: Callable[[str], bool],
    ) -> None:
        public = urlsplit(public_url)
        self._root = public.path
        self._app = app
        self._origin = f"{public.scheme}://{public.netloc}".lower()
        self._hosts = _LOOPBACK | {str(public.hostname)}
        self._headers = dict(_HEADERS)
        if public.scheme == "https":
            self._headers["Strict-Transport-Security"] = _A_YEAR
        self._error_page = error_page
        self._is_known = is_known
        self._takes_file = takes_file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a request. After any failure, the answer is an error page in plain words."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = self._below(scope)
        answer = _Answer(scope, send, self._headers)
        request = Request(scope)
        refused = self._refused(request)
        if refused is not None:
            await self._error_page(request, refused)(scope, receive, answer.send)
            return
        if scope["method"] == "HEAD":  # mail scanners and monitors use HEAD; the answer is that of GET, without the body
            scope["method"] = "GET"
        try:
            await self._app(scope, _limited(receive, self._limit(request)), answer.send)
        except Exception as error:
            route = getattr(scope.get("route"), "path", "")  # not the request's path, because a path may contain a token
            log.error("%s %s: %s", scope["method"], route, fault(error))
            log.debug("at %s", route, exc_info=True)
            if not answer.begun:
                await self._error_page(request, 500)(scope, receive, answer.send)

    def _below(self, scope: Scope) -> Scope:
        """Returns the request's scope without the path of PUBLIC_URL. A proxy may have removed this path already."""
        path = scope["path"]
        if not self._root or (path != self._root and not path.startswith(f"{self._root}/")):
            return scope
        rest = path.removeprefix(self._root) or "/"
        return {**scope, "path": rest, "raw_path": quote(rest).encode()}

    def _refused(self, request: Request) -> int | None:
        """Returns the status with which a request is refused before it is handled; None if the request is allowed."""
        path = request.url.path
        if path not in _ANY_HOST and _host_name(request.headers) not in self._hosts:
            return 421
        if _stated_length(request.headers) > self._limit(request):
            return 413
        if request.method in _SAFE or (request.method == "POST" and _ONE_CLICK.fullmatch(path)):
            return None
        if path.startswith("/api/"):
            # The API changes nothing (`permissions.check_complete`). It refuses the form itself, and names the allowed methods.
            return None
        return None if self._is_own(request) else 403

    def _limit(self, request: Request) -> int:
        """Returns how many bytes a body may have. People whose session has ended may still send a form of the full size, because
        the program keeps what they typed."""
        if request.method in _SAFE or _STRANGERS.fullmatch(request.url.path) or not self._is_known(request):
            return STRANGERS_LIMIT
        return UPLOAD_LIMIT if self._takes_file(request.url.path) else FORM_LIMIT

    def _is_own(self, request: Request) -> bool:
        """Whether a form comes from our own pages. Current browsers say so in the header Sec-Fetch-Site, which no page can set.
        Over plain http, browsers don't send Sec-Fetch-Site, so the header Origin is compared."""
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        own = f"{request.url.scheme}://{request.headers.get('host', '')}".lower()
        return request.headers.get("origin", "").lower() in {own, self._origin}


class _Answer:
    """Adds our headers to the answer."""

    def __init__(self, scope: Scope, send: Send, headers: dict[str, str]) -> None:
        self._is_head = scope["method"] == "HEAD"
        self._send = send
        self._headers = headers
        self.begun = False

    @property
    def send(self) -> Callable[[Message], Awaitable[None]]:
        """The function that the application uses to send."""
        return self._sent

    async def _sent(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        elif message["type"] == "http.response.body" and self._is_head:
            message = {"type": "http.response.body", "body": b"", "more_body": message.get("more_body", False)}
        await self._send(message)


def _stated_length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if re.fullmatch(r"\d{1,18}", length) else 0


def _limited(receive: Receive, limit: int) -> Receive:
    """Raises a 413 as soon as too many bytes of the body have arrived. Some requests don't state the length of their body."""
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413)
        return message

    return receive_limited


def _host_name(headers: Headers) -> str:
    """Returns the requested host without its port; "" if the host can't be parsed."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""
