"""Simulates a provider of OpenID Connect. A test can put one mistake into any answer or token of the provider, as if the
provider were dishonest.

    with OpenId() as provider:
        …  OIDC_ISSUER=provider.issuer, OIDC_CLIENT_ID=CLIENT_ID, OIDC_CLIENT_SECRET=SECRET
        back = provider.consent(address)    # somebody signs in; returns the address to which the browser goes next

The provider follows OpenID Connect Core 1.0 and RFC 7636: a code can be redeemed once, only by our app, and only with the code's
verifier.
"""

import base64
import hashlib
import json
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.simulated.server import Answer, Request, Server

CLIENT_ID, SECRET = "cqc-monitor", "s3cr3t-of-the-app"

Claims = dict[str, Any]
Change = Callable[[Any], Any]


@cache
def key(name: str) -> RSAPrivateKey:
    """Returns the key pair with this name. A key pair is made only once, since making a key pair takes long."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(name: str) -> bytes:
    """The public part of a key, as PEM."""
    return key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def listed(name: str, **more: str) -> dict[str, Any]:
    """Returns a key in the form in which the provider lists its keys."""
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key(name).public_key())), "kid": name, "use": "sig", **more}


def signed(claims: Mapping[str, Any], by: str = "first", **header: Any) -> str:
    """Returns a token with an honest signature."""
    return jwt.encode(dict(claims), key(by), algorithm="RS256", headers={"kid": by, **header})


def unpadded(data: bytes | str) -> str:
    """Base64 without padding, as in tokens."""
    raw = data.encode() if isinstance(data, str) else data
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class OpenId(Server):
    """The provider, with one app and one person.

    person         the claims about the person who signs in
    keys           the names of the keys that the provider lists
    sign           makes a token from claims
    change_claims  changes the claims of the ID token
    change_tokens  changes the token endpoint's answer (returns a mapping), or replaces it (returns an Answer)
    change_about   changes the configuration document
    takes_codes_twice  whether a code can be redeemed more than once
    userinfo       the claims that the userinfo endpoint returns; None if the provider has no userinfo endpoint
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls=tls)
        self.person: Claims = {"sub": "p-1", "email": "jo@council.example", "email_verified": True, "groups": ["care-editors"]}
        self.keys = ["first"]
        self.sign: Callable[[Claims], str] = signed
        self.change_claims: Change = lambda claims: claims
        self.change_tokens: Change = lambda tokens: tokens
        self.change_about: Change = lambda about: about
        self.userinfo: Claims | None = None
        self.takes_codes_twice = False
        self._codes: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()

    @property
    def issuer(self) -> str:
        """The value for OIDC_ISSUER."""
        return f"{self.url}/tenant"

    def consent(self, address: str, **more: str) -> str:
        """Signs somebody in. `address` is the address to which the app sent the browser. Returns the address to which the
        provider then sends the browser. `more` gives further parameters of this address, or replaces its `code` or `state`."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?") and asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID and "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256" and len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], **more})}"

    def answer(self, request: Request) -> Answer:
        path = urlsplit(request.path).path.removeprefix("/tenant")
        if path == "/.well-known/openid-configuration":
            return _answer(200, self.change_about(self._about()))
        if path == "/keys":
            return _answer(200, {"keys": [listed(name) for name in self.keys]})
        if path == "/token" and request.method == "POST":
            return self._token(request)
        if path == "/userinfo" and request.headers.get("authorization") == "Bearer access":
            return _answer(200, self.userinfo)
        return Answer(status=404)

    def asked(self, path: str) -> int:
        """Returns the number of requests for a path."""
        return sum(urlsplit(one.path).path == f"/tenant{path}" for one in self.requests)

    def _about(self) -> dict[str, Any]:
        names = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "keys",
            "end_session_endpoint": "out",
        }
        names |= {"userinfo_endpoint": "userinfo"} if self.userinfo is not None else {}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in names.items()}}

    def _token(self, request: Request) -> Answer:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        pair = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode().partition(":")
        if (unquote_plus(pair[0]), unquote_plus(pair[2])) != (CLIENT_ID, SECRET):
            return _answer(401, {"error": "invalid_client"})
        with self._lock:
            asked = self._codes.get(form.get("code", ""))
            if not self.takes_codes_twice:
                self._codes.pop(form.get("code", ""), None)
        if asked is None:
            return _answer(400, {"error": "invalid_grant", "error_description": "the code is unknown, or was used already"})
        challenge = unpadded(hashlib.sha256(form["code_verifier"].encode()).digest())
        if challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return _answer(
                400, {"error": "invalid_grant", "error_description": "not redeemed by the app to which the code was given"}
            )
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.person}
        token = self.sign(self.change_claims(claims))
        tokens = self.change_tokens({"id_token": token, "access_token": "access", "token_type": "Bearer"})
        return _answer(200, tokens)


def _answer(status: int, content: Any) -> Answer:
    if isinstance(content, Answer):
        return content
    return Answer(status=status, headers={"Content-Type": "application/json"}, body=json.dumps(content).encode())
