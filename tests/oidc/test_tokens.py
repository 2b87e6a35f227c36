"""Tests which signatures and keys of ID tokens are accepted. tests/web/test_oidc.py tests which tokens are refused in a complete
sign-in."""

import json
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from monitor.oidc.refused import Refused
from monitor.oidc.tokens import Expected, UnknownKey, verified
from tests.simulated.oidc import key, listed

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
AT = int(NOW.timestamp())
CLAIMS = {"iss": "https://a.example", "sub": "p", "aud": "app", "iat": AT, "exp": AT + 300, "nonce": "n"}
EXPECTED = Expected(issuer="https://a.example", client_id="app", nonce="n")
CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}


def elliptic(algorithm: str, **more: Any) -> tuple[Any, dict[str, Any]]:
    """Returns a private key for an elliptic-curve signature, and its public key as a provider lists it."""
    private = ec.generate_private_key(CURVES[algorithm])
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(private.public_key()))
    return private, {**public, "kid": "first", **more}


def token(algorithm: str, private: Any = None, *, kid: str | None = "first", **changed: Any) -> str:
    """Returns a token that is signed with the private key."""
    headers = {"kid": kid} if kid else {}
    return jwt.encode({**CLAIMS, **changed}, private or key("first"), algorithm=algorithm, headers=headers)


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
def test_signatures_with_rsa_keys_are_accepted(algorithm: str) -> None:
    assert verified(token(algorithm), [listed("second"), listed("first")], EXPECTED, NOW)["sub"] == "p"


@pytest.mark.parametrize("algorithm", CURVES)
def test_signatures_with_elliptic_curve_keys_are_accepted(algorithm: str) -> None:
    private, public = elliptic(algorithm)
    assert verified(token(algorithm, private), [listed("first"), public], EXPECTED, NOW)["sub"] == "p"


def test_a_token_that_names_no_key_is_checked_with_the_only_key() -> None:
    _, other = elliptic("ES256")
    assert verified(token("RS256", kid=None), [listed("first"), other], EXPECTED, NOW)["sub"] == "p"
    with pytest.raises(UnknownKey):
        verified(token("RS256", kid=None), [listed("first"), listed("second")], EXPECTED, NOW)


@pytest.mark.parametrize(
    "public",
    [
        pytest.param(listed("first", use="enc"), id="a key for encryption"),
        pytest.param(listed("first", alg="RS512"), id="a key for another algorithm"),
        pytest.param({**listed("first"), "kty": "EC"}, id="a key of another type"),
        pytest.param({"kty": "RSA", "kid": "first"}, id="a key without modulus and exponent"),
        pytest.param({**listed("first"), "n": 7}, id="a key with a number where text is expected"),
        pytest.param({**listed("first"), "n": ""}, id="a key with an empty modulus"),
        pytest.param({"kty": "oct", "kid": "first", "k": "c2VjcmV0"}, id="a shared secret"),
        pytest.param({}, id="an empty key"),
    ],
)
def test_an_unsuitable_key_is_not_used(public: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        verified(token("RS256"), [public], EXPECTED, NOW)


def test_a_signature_with_a_curve_that_its_algorithm_does_not_allow_is_refused() -> None:
    private, public = elliptic("ES384")
    forged = token("ES384", private).split(".")
    head = jwt.utils.base64url_encode(json.dumps({"alg": "ES256", "kid": "first"}).encode()).decode()
    with pytest.raises(Refused):
        verified(".".join([head, *forged[1:]]), [public], EXPECTED, NOW)


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({"exp": AT - 59}, True),
        ({"exp": AT - 60}, False),
        ({"nbf": AT + 60}, True),
        ({"nbf": AT + 61}, False),
        ({"iat": AT + 60}, True),
        ({"iat": AT + 61}, False),
        ({"iat": AT - 600}, True),
        ({"iat": AT - 601}, False),
        ({"iat": AT + 0.5}, True),
        ({"exp": 10**400}, False),
        ({"exp": True}, False),
        ({"nbf": None}, False),
        ({"nbf": -1}, False),
        ({"aud": ["app"]}, True),
        ({"aud": ["app", "app"]}, False),
        ({"aud": {"app": 1}}, False),
        ({"azp": None}, False),
        ({"sub": "x" * 256}, False),
        ({"deep": json.loads("[" * 900 + "]" * 900)}, True),
    ],
)
def test_claims_are_accepted_up_to_their_limits(changed: dict[str, Any], fits: bool) -> None:
    made = token("RS256", **changed)
    if fits:
        assert verified(made, [listed("first")], EXPECTED, NOW)["sub"] == "p"
    else:
        with pytest.raises(Refused):
            verified(made, [listed("first")], EXPECTED, NOW)
