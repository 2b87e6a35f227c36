"""Requests the provider's configuration and keys, and exchanges a code for tokens.

Sources: OpenID Connect Discovery 1.0; OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9207 (issuer in the answer);
OpenID Connect RP-Initiated Logout 1.0.
"""

import asyncio
import base64
import json
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import quote_plus, urlencode, urlsplit

from monitor.channels.base import one_line
from monitor.channels.service_client import Reply, ServiceClient
from monitor.oidc.claims import is_entra, merged, says_groups
from monitor.oidc.refused import Refused, Why
from monitor.oidc.setup import Setup
from monitor.oidc.tokens import Claims, Expected, Key, UnknownKey, verified

PATIENCE = 10.0
"""How many seconds one request may take. The limit is low because a person waits for the answer."""

CONFIGURATION_KEPT, KEYS_KEPT, FAILURE_KEPT = 3600.0, 3600.0, 5.0
"""For how many seconds the configuration, the keys, and a failure to get the configuration are cached. The cache is needed
because many people may sign in at the same time."""

FRESH_AGAIN = 30.0
"""If a token names an unknown key, the keys are requested again. At least this many seconds pass between two of these
requests."""

AT_ONCE = 8
"""How many sign-ins are completed at the same time, at most. Further sign-ins wait."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

T = TypeVar("T")

_FORM = "application/x-www-form-urlencoded"
_NOT_THEIRS = frozenset({"invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "invalid_scope"})
"""Errors that the person who signs in can't cause. They mean that our app is not set up correctly. Source: RFC 6749, 4.1.2.1
and 5.2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The part of the provider's configuration that we need. `userinfo` and `end_session` are None if the provider has no such
    endpoint."""

    issuer: str
    authorize: str
    token: str
    keys: str
    userinfo: str | None
    end_session: str | None
    scopes: frozenset[str]
    sign_in_methods: tuple[str, ...]
    states_issuer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A sign-in that a browser has begun, with the values that the provider's answer must match.

    state     comes back in the answer
    nonce     comes back in the ID token
    verifier  proves to the provider that we are the party that requested the code
    """

    state: str
    nonce: str
    verifier: str


class Provider:
    """Sends requests to the provider that a setup names. Each method that sends a request may raise Refused.

    ssl_context  for a certificate that is signed by a private authority; None to use the machine's authorities and
                 SSL_CERT_FILE
    """

    def __init__(self, setup: Setup, ssl_context: ssl.SSLContext | None = None) -> None:
        self.setup = setup
        self._ssl_context = ssl_context
        self._configuration = _Kept[Configuration](CONFIGURATION_KEPT)
        self._keys = _Kept[tuple[Key, ...]](KEYS_KEPT)
        self._asked_fresh_at = -FRESH_AGAIN
        self._room, self._asking = asyncio.Semaphore(AT_ONCE), asyncio.Lock()

    async def configuration(self) -> Configuration:
        """Returns the provider's own configuration. Callers wait for a request that is already running, and get the same
        answer."""
        async with self._asking:
            if (found := self._configuration.found()) is None:
                address = f"{self.setup.issuer.rstrip('/')}/.well-known/openid-configuration"
                try:
                    found = configuration_of(await self._json(address, "its configuration"), self.setup.issuer)
                except Refused as refused:
                    self._configuration.failed(refused)
                    raise
                self._configuration.keep(found)
            return found

    async def keys(self, *, fresh: bool = False) -> tuple[Key, ...]:
        """Returns the provider's public keys. If `fresh` is True, the cache is not used."""
        if fresh or (found := self._keys.found()) is None:
            answer = await self._json((await self.configuration()).keys, "its keys")
            listed = answer.get("keys")
            found = tuple(one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()
            if not found:
                raise Refused(Why.SET_UP, f"{self.name} lists no keys")
            self._keys.keep(found)
        return found

    @property
    def name(self) -> str:
        """The provider's name, for people."""
        return urlsplit(self.setup.issuer).netloc

    async def address(self, flow: Flow, *, choose: bool = False) -> str:
        """Returns the provider's address at which a browser starts signing in. `choose` lets the person choose an account."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        there = await self.configuration()
        asked = {
            "response_type": "code",
            "client_id": self.setup.client_id,
            "redirect_uri": self.setup.redirect_uri,
            "scope": " ".join(("openid", "email", "profile", *(["groups"] if "groups" in there.scopes else []))),
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": create_s256_code_challenge(flow.verifier),
            "code_challenge_method": "S256",
        } | ({"prompt": "select_account"} if choose else {})
        return f"{there.authorize}{'&' if urlsplit(there.authorize).query else '?'}{urlencode(asked)}"

    async def claims(self, answer: Mapping[str, str], flow: Flow, now: datetime) -> Claims:
        """Checks the provider's answer, exchanges its code for tokens, and returns the provider's claims about the person.
        `answer` is the query of the address at which the browser came back to us."""
        there = await self.configuration()
        code = code_of(answer, flow, there)
        async with self._place():
            tokens = await self._redeem(there, code, flow)
            id_token, access_token = _text(tokens, "id_token"), _text(tokens, "access_token")
            if id_token is None:
                raise Refused(Why.INVALID, f"{self.name} gave no ID token")
            expected = Expected(issuer=there.issuer, client_id=self.setup.client_id, nonce=flow.nonce, access_token=access_token)
            claims = await self._verified(id_token, expected, now)
            return await self._completed(claims, there, access_token)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """Waits until fewer than `AT_ONCE` other sign-ins are being completed."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._room.acquire()
        except TimeoutError:
            raise Refused(Why.DOWN, f"{self.name} answers too slowly: {AT_ONCE} sign-ins already wait for it") from None
        try:
            yield
        finally:
            self._room.release()

    async def sign_out_address(self) -> str | None:
        """Returns the address at which a person can sign out of the provider too. None if the provider has no such address, or
        does not answer."""
        try:
            there = await self.configuration()
        except Refused:
            return None
        if there.end_session is None:
            return None
        asked = urlencode({"client_id": self.setup.client_id, "post_logout_redirect_uri": self.setup.home})
        return f"{there.end_session}{'&' if urlsplit(there.end_session).query else '?'}{asked}"

    async def _verified(self, token: str, expected: Expected, now: datetime) -> Claims:
        """Returns the claims of a token. If the token's key is unknown, the keys are requested once more, because the provider
        may have changed them."""
        try:
            return verified(token, await self.keys(), expected, now)
        except UnknownKey:
            if time.monotonic() - self._asked_fresh_at < FRESH_AGAIN:
                raise
            self._asked_fresh_at = time.monotonic()
            return verified(token, await self.keys(fresh=True), expected, now)

    async def _completed(self, claims: Claims, there: Configuration, access_token: str | None) -> Claims:
        """Returns the claims. If the ID token lacks groups or `email_verified`, adds the userinfo, because many providers put
        these claims only there."""
        is_whole = says_groups(claims) and "email_verified" in claims
        if there.userinfo is None or access_token is None or is_whole or is_entra(there.issuer):  # Entra's userinfo adds none
            return claims
        more = await self._json(there.userinfo, "its userinfo", headers={"Authorization": f"Bearer {access_token}"})
        if more.get("sub") != claims["sub"]:
            raise Refused(Why.INVALID, f"{self.name} gave the userinfo of another person (sub)")
        return merged(claims, more)

    async def _redeem(self, there: Configuration, code: str, flow: Flow) -> Mapping[str, Any]:
        """Exchanges a code for tokens."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.setup.redirect_uri,
            "code_verifier": flow.verifier,
        }
        headers = {"Content-Type": _FORM, "Accept": "application/json"}
        by_post = "client_secret_post" in there.sign_in_methods
        if self.setup.secret is None or by_post:
            form["client_id"] = self.setup.client_id
            form |= {"client_secret": self.setup.secret} if self.setup.secret else {}
        else:  # RFC 6749, 2.3.1
            pair = f"{quote_plus(self.setup.client_id)}:{quote_plus(self.setup.secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        reply = await self._ask("POST", there.token, headers=headers, body=urlencode(form).encode())
        tokens = _object(reply.text)
        if reply.code == 200 and tokens is not None and "error" not in tokens:
            return tokens
        raise self._token_error(reply.code, tokens or {})

    def _token_error(self, code: int, answer: Mapping[str, Any]) -> Refused:
        error = str(answer.get("error", f"answer {code}"))
        said = self._clean(f"{self.name} gives no tokens: {error} {answer.get('error_description', '')}".strip())
        if code >= 500 or code == 429:
            return Refused(Why.DOWN, said)
        return Refused(Why.SET_UP if error in _NOT_THEIRS else Why.INVALID, said)

    async def _json(self, url: str, what: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        reply = await self._ask("GET", url, headers={"Accept": "application/json", **(headers or {})})
        answer = _object(reply.text) if reply.code == 200 else None
        if answer is None:
            why = Why.DOWN if reply.code >= 500 or reply.code == 429 else Why.SET_UP
            is_odd = "gives something else" if reply.code == 200 else f"answers {reply.code}"
            raise Refused(why, f"{self.name} {is_odd} where {what} should be: {url}")
        return answer

    async def _ask(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        client = ServiceClient(self.name, self._ssl_context)
        try:
            async with asyncio.timeout(PATIENCE):
                reply = await client.ask(method, url, headers=headers, body=body)
        except TimeoutError:
            raise Refused(Why.DOWN, f"{self.name} does not answer: nothing after {PATIENCE:.0f} s") from None
        finally:
            await client.close()
        if isinstance(reply, Reply):
            return reply
        raise Refused(Why.DOWN, self._clean(reply.reply))

    def _clean(self, text: str) -> str:
        return one_line(text, secrets=(self.setup.secret,) if self.setup.secret else ())


def code_of(answer: Mapping[str, str], flow: Flow, there: Configuration) -> str:
    """Returns the code in the provider's answer. Raises Refused if the answer can't be used. Pure."""
    if answer.get("state") != flow.state:
        raise Refused(Why.STATE, "the answer does not belong to a sign-in of this browser (state)")
    if answer.get("iss", there.issuer) != there.issuer or (there.states_issuer and "iss" not in answer):
        raise Refused(Why.INVALID, "the answer is from another provider (iss)")
    if error := answer.get("error"):
        said = one_line(f"the provider answers {error[:60]}: {answer.get('error_description', '')[:300]}")
        if error in ("temporarily_unavailable", "server_error"):
            raise Refused(Why.DOWN, said)
        raise Refused(Why.SET_UP if error in _NOT_THEIRS else Why.DENIED, said)
    if not (code := answer.get("code")):
        raise Refused(Why.INVALID, "the answer contains no code")
    return code


def configuration_of(answer: Mapping[str, Any], wanted: str) -> Configuration:
    """Parses a provider's configuration. If we can't use the configuration, raises Refused, and its text says in one line what to
    do. Pure."""
    issuer = _text(answer, "issuer") or ""
    if issuer.rstrip("/") != wanted.rstrip("/"):
        do = "write the issuer of your own organisation, with its tenant id" if "{tenantid}" in issuer else f"set it to {issuer}"
        stated = f"the provider calls itself {issuer}: {do}" if issuer else "the provider does not state its issuer"
        raise Refused(Why.SET_UP, one_line(f"OIDC_ISSUER is {wanted}, but {stated}"))
    endpoints: dict[str, str | None] = {}
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint"):
        endpoints[name] = endpoint = _text(answer, name)
        is_needed = name not in ("userinfo_endpoint", "end_session_endpoint")
        if (is_needed and not endpoint) or (endpoint and not _is_safe(endpoint, issuer)):
            raise Refused(Why.SET_UP, f"the configuration of {issuer} has no {name} with https")
    scopes, methods = answer.get("scopes_supported"), answer.get("token_endpoint_auth_methods_supported")
    return Configuration(
        issuer=issuer,
        authorize=endpoints["authorization_endpoint"] or "",
        token=endpoints["token_endpoint"] or "",
        keys=endpoints["jwks_uri"] or "",
        userinfo=endpoints["userinfo_endpoint"],
        end_session=endpoints["end_session_endpoint"],
        scopes=frozenset(one for one in scopes if isinstance(one, str)) if isinstance(scopes, list) else frozenset(),
        sign_in_methods=tuple(map(str, methods)) if isinstance(methods, list) else (),
        states_issuer=answer.get("authorization_response_iss_parameter_supported") is True,
    )


def _is_safe(url: str, issuer: str) -> bool:
    """Whether an address uses https. It may use http if the provider runs on this machine, as in a trial."""
    try:
        parts, at_home = urlsplit(url), urlsplit(issuer).scheme == "http"
    except ValueError:
        return False
    if parts.scheme == "http":
        return at_home and parts.hostname in LOOPBACK
    return parts.scheme == "https" and bool(parts.hostname)


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _text(answer: Mapping[str, Any], name: str) -> str | None:
    value = answer.get(name)
    return value if isinstance(value, str) and value else None


class _Kept(Generic[T]):
    """A cached value. It is requested again after a while. If the value could not be fetched, the failure is cached instead, for
    a shorter time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._value: T | None = None
        self._failure: Refused | None = None
        self._until = 0.0

    def found(self) -> T | None:
        """Returns the value, or None if it is not fresh. Raises the failure if a fresh failure is cached."""
        if time.monotonic() >= self._until:
            return None
        if self._failure is not None:
            raise Refused(self._failure.why, str(self._failure))
        return self._value

    def keep(self, value: T) -> None:
        self._value, self._failure, self._until = value, None, time.monotonic() + self._seconds

    def failed(self, failure: Refused) -> None:
        self._failure, self._until = failure, time.monotonic() + FAILURE_KEPT
