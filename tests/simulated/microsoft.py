"""Simulates Microsoft's services for sending mail, according to their documentation (docs/facts/channels.md): the
token endpoint of Entra over TLS, Exchange Online's SMTP with XOAUTH2, and Graph's sendMail.

    entra = Entra(tls=…)                    # an organisation with one app
    with entra, Exchange(entra, tls=…) as exchange, Graph(entra) as graph:
        …  MS_TENANT=entra.authority, MS_CLIENT_ID=CLIENT_ID, MS_CLIENT_SECRET=entra.secret
"""

import base64
import collections
import email
import email.policy
import json
import secrets
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from tests.simulated.receivers import Desk, Mail, Mailbox
from tests.simulated.server import Answer, Request, Server

SMTP_RESOURCE, GRAPH_RESOURCE = "https://outlook.office365.com", "https://graph.microsoft.com"
TENANT = "8a1f2c3d-0000-4000-8000-00000000aaaa"
CLIENT_ID = "5b2e7f10-0000-4000-8000-00000000bbbb"
MAILBOX = "care-alerts@council.example"

_JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LONG = "x" * 1_200
"""Padding that makes a token about as long as a real token. A line with a real token is longer than SMTP allows for ordinary
lines."""


def _json(status: int, content: Any, **headers: str) -> Answer:
    return Answer(status=status, headers={"Content-Type": "application/json", **headers}, body=json.dumps(content).encode())


@dataclass(frozen=True, slots=True)
class Said:
    """An error of the token endpoint, with its number and its text."""

    number: int
    text: str
    error: str = "invalid_client"
    status: int = 401


class Entra(Server):
    """The token endpoint, with one organisation and one app.

    secret       the app's secret, or None if the app has no secret; `expired` says whether the secret has expired
    certificate  the app's certificate as PEM, or None if the app has no certificate
    roles        the application permissions that have admin consent, by resource
    lifetime     seconds for which a token is valid
    _told        the answer to all requests for a token after `refuse` was called
    """

    def __init__(self, *, tls: ssl.SSLContext) -> None:
        super().__init__(tls=tls)
        self.secret: str | None = secrets.token_urlsafe(30)
        self.expired = self.disabled = self.forbidden = False
        self.certificate: str | None = None
        self.roles: dict[str, list[str]] = {SMTP_RESOURCE: ["SMTP.SendAsApp"], GRAPH_RESOURCE: ["Mail.Send"]}
        self.lifetime = 3_600
        self.given = 0
        self._key = secrets.token_hex(32)
        self._revoked: set[str] = set()
        self._told: Answer | None = None

    @property
    def authority(self) -> str:
        """The value for MS_TENANT, as a full address."""
        return f"{self.url}/{TENANT}"

    def refuse(self, said: Said | Answer) -> None:
        """Makes the endpoint answer every further request for a token with this error."""
        self._told = said if isinstance(said, Answer) else self._error(said)

    def revoke(self) -> None:
        """Makes all tokens that have been issued so far invalid."""
        self._key = secrets.token_hex(32)

    def claims(self, token: str, resource: str) -> dict[str, Any] | None:
        """Returns the claims in a token; None if the token has expired, or was not issued by this endpoint for this resource."""
        try:
            return dict(jwt.decode(token, self._key, algorithms=["HS256"], audience=resource))
        except jwt.InvalidTokenError:
            return None

    def answer(self, request: Request) -> Answer:
        path = urlsplit(request.path).path
        tenant, _, rest = path.lstrip("/").partition("/")
        if self._told is not None and rest == "oauth2/v2.0/token":
            return self._told
        if tenant != TENANT:
            return self._error(Said(90002, f"Tenant '{tenant}' not found.", "invalid_tenant", 400))
        if rest == "v2.0/.well-known/openid-configuration" and request.method == "GET":
            endpoints = {f"{one}_endpoint": f"{self.authority}/oauth2/v2.0/{one[:9]}" for one in ("authorization",)}
            return _json(200, {**endpoints, "token_endpoint": self._endpoint, "issuer": f"{self.authority}/v2.0"})
        if rest == "oauth2/v2.0/token" and request.method == "POST":
            return self._token(request)
        return Answer(status=404)

    @property
    def _endpoint(self) -> str:
        return f"{self.authority}/oauth2/v2.0/token"

    def _token(self, request: Request) -> Answer:
        if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return self._error(Said(900144, "The request body must be form-encoded.", "invalid_request", 400))
        form = {name: values[-1] for name, values in parse_qs(request.body.decode()).items()}
        if form.get("grant_type") != "client_credentials":
            return self._error(Said(70003, "The app requested an unsupported grant type.", "unsupported_grant_type", 400))
        if form.get("client_id") != CLIENT_ID:
            text = f"Application with identifier '{form.get('client_id')}' was not found in the directory 'Council'."
            return self._error(Said(700016, text, "unauthorized_client", 400))
        if self.disabled:
            return self._error(Said(7000112, "Application is disabled.", "unauthorized_client", 400))
        if refusal := self._credential(form):
            return self._error(refusal)
        if self.forbidden:
            text = "Access has been blocked by Conditional Access policies."
            return self._error(Said(53003, text, "invalid_grant", 400))
        scope = form.get("scope", "")
        resource, default, _ = scope.partition("/.default")
        if not default:
            text = f"The provided value for scope {scope} is not valid. Client credential flows must have /.default."
            return self._error(Said(1002012, text, "invalid_scope", 400))
        if resource not in self.roles:
            text = f"The resource principal named {resource} was not found in the tenant named Council."
            return self._error(Said(500011, text, "invalid_resource", 400))
        self.given += 1
        now = int(time.time())
        claims = {"aud": resource, "roles": self.roles[resource], "appid": CLIENT_ID, "nbf": now, "exp": now + self.lifetime}
        token = jwt.encode({**claims, "n": self.given, "more": _LONG}, self._key, algorithm="HS256")
        return _json(200, {"token_type": "Bearer", "expires_in": self.lifetime, "access_token": token})

    def _credential(self, form: dict[str, str]) -> Said | None:
        if "client_assertion" in form:
            return self._assertion(form)
        if self.secret is None or form.get("client_secret") != self.secret:
            return Said(7000215, "Invalid client secret provided. Ensure the secret being sent is the client secret value.")
        if self.expired:
            return Said(7000222, f"The provided client secret keys for app '{CLIENT_ID}' are expired.")
        return None

    def _assertion(self, form: dict[str, str]) -> Said | None:
        no = Said(700027, "The certificate with identifier used to sign the client assertion is not registered on application.")
        if self.certificate is None or form.get("client_assertion_type") != _JWT_BEARER:
            return no
        known = x509.load_pem_x509_certificate(self.certificate.encode())
        assertion = form["client_assertion"]
        thumbprint = base64.urlsafe_b64encode(known.fingerprint(hashes.SHA256())).decode().rstrip("=")
        if jwt.get_unverified_header(assertion).get("x5t#S256", "").rstrip("=") != thumbprint:
            return no
        try:
            said = jwt.decode(assertion, known.public_key(), algorithms=["PS256", "RS256"], audience=self._endpoint)  # type: ignore[arg-type]
        except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError):
            return Said(700024, "Client assertion is not within its valid time range.")
        except jwt.InvalidTokenError:
            return no
        return None if said["iss"] == said["sub"] == CLIENT_ID else no

    def _error(self, said: Said) -> Answer:
        text = f"AADSTS{said.number}: {said.text} Trace ID: 1b2c Correlation ID: 3d4e Timestamp: 2026-11-29 09:00:00Z"
        return _json(said.status, {"error": said.error, "error_description": text, "error_codes": [said.number]})


class Exchange(Mailbox):
    """Exchange Online's SMTP submission: STARTTLS, XOAUTH2, and no passwords.

    mailboxes    the mailboxes to which the app's service principal has FullAccess
    send_as      for each mailbox, the other addresses that its user may send from
    closed       mailboxes for which SMTP AUTH is switched off
    no_password  the answer to AUTH with a password
    offers       whether the server offers XOAUTH2
    """

    def __init__(self, entra: Entra, *, tls: ssl.SSLContext | None) -> None:
        super().__init__(tls=tls)
        self.entra = entra
        self.mailboxes = {MAILBOX}
        self.send_as: dict[str, set[str]] = {}
        self.closed: set[str] = set()
        self.no_password = "550 5.7.30 Basic authentication is not supported for Client Submission."
        self.offers = True
        self.commands: list[str] = []

    @property
    def url(self) -> str:
        return f"smtp://localhost:{self.port}?starttls=required&auth=xoauth2"

    def sign_in(self, mechanism: str, initial: str) -> str | None:
        """Returns the server's refusal of a sign-in; None if the server accepts the sign-in."""
        if mechanism != "XOAUTH2":
            return self.no_password
        user, token = _xoauth2(initial)
        claims = self.entra.claims(token, SMTP_RESOURCE)
        if claims is None or "SMTP.SendAsApp" not in claims["roles"] or user not in self.mailboxes:
            return "535 5.7.3 Authentication unsuccessful [LO0P123CA0001.GBRP123.PROD.OUTLOOK.COM]"
        if user in self.closed:
            return "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."
        return None

    def _made(self) -> Controller:
        desk = _ExchangeDesk(self)
        options: dict[str, Any] = {"tls_context": self._tls, "require_starttls": True} if self._tls else {}
        if not self.offers:
            options["auth_exclude_mechanism"] = ["XOAUTH2"]
        return _Office(desk, hostname="127.0.0.1", port=self.port, auth_require_tls=bool(self._tls), **options)


class _LongLines(SMTP):
    """A server that accepts lines of the length that AUTH allows. Source: RFC 4954, section 4."""

    line_length_limit = 12_288

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.command_size_limits = collections.defaultdict(lambda: self.line_length_limit)


class _Office(Controller):
    def factory(self) -> SMTP:
        return _LongLines(self.handler, **self.SMTP_kwargs)


class _ExchangeDesk(Desk):
    def __init__(self, exchange: Exchange) -> None:
        super().__init__(exchange)
        self._exchange = exchange

    async def handle_AUTH(self, server: SMTP, session: Session, envelope: Envelope, args: list[str]) -> Any:  # noqa: N802
        refusal = self._exchange.sign_in(args[0], args[1] if len(args) > 1 else "")
        return MISSING if refusal is None else refusal

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        user, _ = _xoauth2(args[1])
        return AuthResult(success=True, auth_data=user)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.57 Client not authenticated to send mail."
        if refusal := self._mailbox._answer("MAIL", []):
            return refusal
        envelope.mail_from = address
        return "250 2.1.0 Sender OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        user, sender = str(session.auth_data), str(envelope.mail_from)
        if sender != user and sender not in self._exchange.send_as.get(user, set()):
            return f"554 5.2.252 SendAsDenied; {user} not allowed to send as {sender}"
        return await super().handle_DATA(server, session, envelope)

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self._exchange.commands.append("QUIT")
        return "221 2.0.0 Service closing transmission channel"


def _xoauth2(initial: str) -> tuple[str, str]:
    """Returns the user and the token in a line of XOAUTH2, or two empty texts if the line is malformed."""
    try:
        user, auth, *_ = base64.b64decode(initial, validate=True).decode().split("\x01")
    except ValueError:
        return "", ""
    return user.removeprefix("user="), auth.removeprefix("auth=Bearer ")


@dataclass
class GraphError:
    """An error with which Graph answers."""

    status: int
    code: str
    message: str = "Refused."
    headers: dict[str, str] = field(default_factory=dict)


class Graph(Server):
    """Microsoft Graph, with two requests: sendMail in MIME, and reading a user.

    mailboxes   the mailboxes that exist in Exchange Online
    restricted  the mailboxes that the app may use (application access policy); None means all
    most        the largest number of bytes in a request
    """

    def __init__(self, entra: Entra) -> None:
        super().__init__()
        self.entra = entra
        self.mails: list[Mail] = []
        self.mailboxes = {MAILBOX}
        self.restricted: set[str] | None = None
        self.most = 4_000_000
        self._told: list[tuple[GraphError, int | None]] = []
        self._lock = threading.Lock()

    def refuse(self, error: GraphError, *, times: int | None = None) -> None:
        """Answers the next `times` requests with this error, or all requests if `times` is None."""
        self._told.append((error, times))

    def answer(self, request: Request) -> Answer:
        with self._lock:
            return self._answer(request)

    def _answer(self, request: Request) -> Answer:
        path = urlsplit(request.path).path
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        claims = self.entra.claims(token, GRAPH_RESOURCE) if kind == "Bearer" else None
        if claims is None:
            return _error(GraphError(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."))
        if self._told:
            error, times = self._told[0]
            self._told[:1] = [] if times == 1 else [(error, times and times - 1)]
            return _error(error)
        version, users, user, *rest = [*path.strip("/").split("/"), "", ""]
        if (version, users) != ("v1.0", "users"):
            return _error(GraphError(400, "BadRequest", "Resource not found for the segment."))
        user = unquote(user)
        if request.method == "POST" and rest[0] == "sendMail":
            return self._send(request, user, claims["roles"])
        if "User.Read.All" not in claims["roles"]:
            return _error(GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."))
        if user not in self.mailboxes:
            return _error(GraphError(404, "Request_ResourceNotFound", f"Resource '{user}' does not exist."))
        return _json(200, {"mail": user})

    def _send(self, request: Request, user: str, roles: list[str]) -> Answer:
        if "Mail.Send" not in roles or (self.restricted is not None and user not in self.restricted):
            return _error(GraphError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."))
        if user not in self.mailboxes:
            return _error(GraphError(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid."))
        if len(request.body) > self.most:
            return Answer(status=413, body=b"Request Entity Too Large")
        if request.headers.get("content-type") != "text/plain":
            return _error(GraphError(400, "RequestBodyRead", "The body is not JSON."))
        try:
            raw = base64.b64decode(request.body, validate=True)
        except ValueError:
            return _error(GraphError(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content."))
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        if mail["From"] is None or mail["From"].addresses[0].addr_spec != user:
            denied = "The user account which was used has no right to send as this sender."
            return _error(GraphError(403, "ErrorSendAsDenied", denied))
        recipients = [one.addr_spec for one in mail["To"].addresses] if mail["To"] else []
        if not recipients:
            return _error(GraphError(400, "ErrorInvalidRecipients", "At least one recipient is not valid."))
        self.mails.append(Mail(sender=user, recipients=recipients, raw=raw))
        return Answer(status=202, headers={"request-id": f"0000-{len(self.mails):04}"})


def _error(error: GraphError) -> Answer:
    known = {"request-id": "ffff-0001", "date": "2026-11-29T09:00:00"}
    content = {"error": {"code": error.code, "message": error.message, "innerError": known}}
    return _json(error.status, content, **{"request-id": "ffff-0001"}, **error.headers)
