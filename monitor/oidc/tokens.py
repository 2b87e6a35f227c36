"""Checks whether an ID token is genuine and meant for this sign-in. Pure.

Sources: OpenID Connect Core 1.0, 3.1.3.7 (ID Token Validation); RFC 8725 (JSON Web Token Best Current Practices).
"""

import base64
import binascii
import hmac
import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.oidc.refused import Refused, Why

Claims = Mapping[str, Any]
Key = Mapping[str, Any]

ALGORITHMS = {
    "RS256": "RSA", "RS384": "RSA", "RS512": "RSA",
    "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
    "ES256": "EC", "ES384": "EC", "ES512": "EC",
}  # fmt: skip
"""The signature algorithms that we accept, each with its kind of key. "none" is never accepted. Algorithms with a shared secret
(HS256) are not accepted either, because anybody who knows a public key could then forge a signature."""

LEEWAY = 60
"""By how many seconds the provider's clock may differ from ours."""

_END_OF_TIME = 253_402_300_800  # the year 10000

OLDEST = 600
"""How old a token may be, in seconds. A genuine token is young, because we request it at the end of a sign-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token must contain.

    nonce         the nonce that we made for this sign-in
    access_token  the access token that came with the ID token; the ID token may contain its digest
    """

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None = None


class UnknownKey(Refused):
    """The token's key can't be found among the provider's keys. The provider may have a new key."""

    def __init__(self, key_id: object) -> None:
        super().__init__(Why.INVALID, f"the ID token is signed by a key that the provider does not list: {str(key_id)[:60]!r}")


def verified(token: str, keys: Sequence[Key], expected: Expected, now: datetime) -> Claims:
    """Returns the claims of a token. Raises UnknownKey if the token's key can't be found among these keys, and Refused for any
    other fault."""
    header = header_of(token)
    claims = signed_claims(token, _fitting(header, keys))
    _check(claims, header, expected, now)
    return claims


def header_of(token: str) -> Mapping[str, Any]:
    """Returns the header of a token, which describes the token's signature. Nothing in the header can be trusted. Raises Refused
    if the header can't be read, or if we don't accept this kind of signature."""
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise _invalid("it is not a signed token")
    try:
        header = json.loads(base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise _invalid("its header can't be read") from None
    if not isinstance(header, dict):
        raise _invalid("its header can't be read")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise _invalid(f"its signature is of a kind that is not accepted: {str(algorithm)[:20]!r}")
    if "crit" in header or header.get("b64") is False:
        raise _invalid("its header asks for an extension")
    return header


def _fitting(header: Mapping[str, Any], keys: Sequence[Key]) -> Key:
    """Returns the provider's only key that can have signed the token. Raises UnknownKey if there is no such key, or several. Keys
    that the header contains or links (jwk, jku, x5c) are never used."""
    algorithm, key_id = header["alg"], header.get("kid")
    able = [
        one
        for one in keys
        if one.get("kty") == ALGORITHMS[algorithm] and one.get("use", "sig") == "sig" and one.get("alg", algorithm) == algorithm
    ]
    named = [one for one in able if one.get("kid") == key_id] if key_id is not None else able
    if len(named) != 1:
        raise UnknownKey(key_id)
    return named[0]


def signed_claims(token: str, key: Key) -> Claims:
    """Returns the claims if this key signed them. Otherwise raises Refused."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import import_key

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # joserfc warns about short keys, which the provider chose
            claims = jwt.decode(token, import_key(dict(key)), algorithms=list(ALGORITHMS)).claims
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _invalid(f"its signature is wrong ({type(error).__name__})") from None
    return claims


def _check(claims: Claims, header: Mapping[str, Any], expected: Expected, now: datetime) -> None:
    """Raises Refused if the token is not for us, not for this sign-in, or not valid now."""
    for name in ("iss", "sub", "aud", "exp", "iat", "nonce"):
        if not claims.get(name):
            raise _invalid(f"it has no {name}")
    if not _same(claims["iss"], expected.issuer):
        raise _invalid("it is from another issuer (iss)")
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if audience != [expected.client_id]:
        raise _invalid("it is for another app, or for several (aud)")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise _invalid("it was made for another app (azp)")
    if not _same(claims["nonce"], expected.nonce):
        raise _invalid("it belongs to another sign-in (nonce)")
    if not isinstance(claims["sub"], str) or len(claims["sub"]) > 255:
        raise _invalid("it names no person (sub)")
    _check_times(claims, now.timestamp())
    _check_digest(claims, header, expected)


def _check_times(claims: Claims, now: float) -> None:
    for name in ("exp", "iat", "nbf"):
        value = claims.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _END_OF_TIME:
            raise _invalid(f"its {name} is not a time")
    if claims["exp"] + LEEWAY <= now:
        raise _invalid("it has expired (exp); or this machine's clock is wrong")
    if claims.get("nbf", 0) - LEEWAY > now or claims["iat"] - LEEWAY > now:
        raise _invalid("it is not valid yet (nbf, iat); or this machine's clock is wrong")
    if claims["iat"] + OLDEST < now:
        raise _invalid("it was made too long ago (iat); or this machine's clock is wrong")


def _check_digest(claims: Claims, header: Mapping[str, Any], expected: Expected) -> None:
    """Raises Refused if the access token does not belong to the ID token with which it came."""
    from authlib.oidc.core.util import create_half_hash

    given = claims.get("at_hash")
    if given is None or expected.access_token is None:
        return
    digest = create_half_hash(expected.access_token, header["alg"])
    if digest is None or not _same(given, digest.decode()):
        raise _invalid("it belongs to another access token (at_hash)")


def _same(given: object, wanted: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _invalid(reason: str) -> Refused:
    return Refused(Why.INVALID, f"the ID token is refused: {reason}")
