"""Tests that a usable configuration of the provider is accepted, and that one line says what is wrong with any other and what to
do."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from monitor.errors import SettingsError
from monitor.oidc.provider import Provider, configuration_of
from monitor.oidc.refused import Refused, Why
from monitor.oidc.setup import setup_of
from monitor.settings import Settings, load
from tests.simulated.oidc import CLIENT_ID, SECRET, OpenId
from tests.simulated.server import Answer
from tests.simulated.tls import Tls

ISSUER = "https://login.council.example"
ABOUT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}
ANY = "https://login.microsoftonline.com/common/v2.0"


@pytest.mark.parametrize(
    ("wanted", "changed", "says"),
    [
        (ISSUER, {"issuer": "https://evil.example"}, "the provider calls itself https://evil.example: set it to"),
        (ISSUER, {"issuer": None}, "the provider does not state its issuer"),
        (ISSUER, {"issuer": 7}, "the provider does not state its issuer"),
        (ANY, {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"}, "with its tenant id"),
        (ISSUER, {"jwks_uri": None}, "has no jwks_uri"),
        (ISSUER, {"token_endpoint": "http://login.council.example/token"}, "token_endpoint with https"),
        (ISSUER, {"token_endpoint": "http://127.0.0.1/token"}, "token_endpoint with https"),
        (ISSUER, {"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint with https"),
        (ISSUER, {"end_session_endpoint": "http://evil.example"}, "end_session_endpoint with https"),
        (ISSUER, {"userinfo_endpoint": "https://["}, "userinfo_endpoint with https"),
    ],
)
def test_an_unusable_configuration_of_a_provider_is_refused(wanted: str, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        configuration_of(ABOUT | changed, wanted)
    assert refused.value.why is Why.SET_UP and "\n" not in str(refused.value)


def test_the_error_about_an_untrusted_certificate_says_what_to_do(alone: None, tls: Tls) -> None:
    with OpenId(tls=tls.server) as provider:
        refused = asked(provider.issuer)
        assert refused is not None and (refused.why, "SSL_CERT_FILE" in str(refused)) == (Why.DOWN, True)
        assert asked(provider.issuer, tls) is None


def test_a_slash_at_the_end_of_the_providers_issuer_is_accepted() -> None:
    assert configuration_of(ABOUT | {"issuer": f"{ISSUER}/"}, ISSUER).issuer == f"{ISSUER}/"


def settings(issuer: str) -> Settings:
    return Settings(oidc_issuer=issuer, oidc_client_id=CLIENT_ID, oidc_client_secret=SECRET, oidc_roles="care=reader")  # type: ignore[arg-type]


def asked(issuer: str, tls: Tls | None = None) -> Refused | None:
    """Returns why the provider's configuration can't be fetched, or None if it can be fetched."""
    setup = setup_of(settings(issuer))
    assert setup is not None
    try:
        asyncio.run(Provider(setup, tls.client if tls else None).configuration())
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize(
    ("change", "why", "says"),
    [
        (lambda _: Answer(status=404), Why.SET_UP, "answers 404"),
        (lambda _: Answer(status=503), Why.DOWN, "answers 503"),
        (lambda _: Answer(status=302, headers={"Location": "https://evil.example"}), Why.SET_UP, "answers 302"),
        (lambda _: Answer(body=b"<html>"), Why.SET_UP, "gives something else"),
        (lambda _: Answer(reset=True), Why.DOWN, "does not answer"),
        (lambda about: about | {"more": "x" * 1_000_000}, Why.SET_UP, "gives something else"),
    ],
)
def test_an_unusable_answer_of_the_provider_is_refused_with_the_reason(
    alone: None, change: Callable[[Any], Any], why: Why, says: str
) -> None:
    with OpenId() as provider:
        provider.change_about = change
        refused = asked(provider.issuer)
    assert refused is not None and (refused.why, says in str(refused)) == (why, True), refused


@pytest.mark.parametrize(
    ("issuer", "says"),
    [
        ("login.council.example", "is not a web address"),
        ("http://login.council.example", "must begin with https://"),
        ("https://", "is not a web address"),
        ("https://user:password@login.council.example", "is not a web address"),
        ("https://login.council.example?x=1", "is not a web address"),
        ("https://[", "OIDC_ISSUER"),
    ],
)
def test_an_unusable_issuer_is_refused(issuer: str, says: str, alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", issuer)
    with pytest.raises(SettingsError, match=says):
        load()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("care", "is not a list of group=role"),
        ("care=boss", "is not a list of group=role"),
        ("=editor", "is not a list of group=role"),
        ("care=Editor", "is not a list of group=role"),
        ("care=reader,care=editor", "two roles"),
    ],
)
def test_unusable_roles_are_refused(text: str, says: str, alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ROLES", text)
    with pytest.raises(SettingsError, match=says):
        load()


def test_settings_with_odd_spacing_or_a_copied_address_are_understood(alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", f"{ISSUER}/x/.well-known/openid-configuration")  # people copy this address
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT_ID)
    monkeypatch.setenv("OIDC_ROLES", " Care quality = editor , /a=b=reader,")
    setup = setup_of(load())
    assert setup is not None
    assert (setup.issuer, setup.secret, dict(setup.roles)) == (f"{ISSUER}/x", None, {"Care quality": "editor", "/a=b": "reader"})


@pytest.mark.parametrize("missing", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_ROLES"])
def test_the_error_about_an_incomplete_setup_names_the_missing_setting(
    missing: str, alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"OIDC_ISSUER": ISSUER, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": SECRET, "OIDC_ROLES": "care=reader"}
    for name, value in given.items():
        if name != missing:
            monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{missing} missing") as error:
        setup_of(load())
    assert SECRET not in str(error.value) and SECRET not in repr(load())
