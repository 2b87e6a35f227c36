"""Tests which address and role are read from a token's claims. Some claims exist only in Entra's tokens. The docstring of
monitor.oidc.claims lists the sources."""

from typing import Any

import pytest

from monitor.oidc.claims import account_of, confirmed_email, merged, role_of
from monitor.oidc.refused import Refused, Why
from monitor.store.people import Role

ENTRA = "https://login.microsoftonline.com/8a1f2c3d-0000-4000-8000-00000000aaaa/v2.0"
OWN, OTHER = "https://sts.windows.net/8a1f2c3d-0000-4000-8000-00000000aaaa/", "https://sts.windows.net/9188040d-6c67-4c5b/"
ANY = "https://login.microsoftonline.com/common/v2.0"
ELSEWHERE = "https://login.council.example"
JO = "jo@council.example"

ROLES = {"care": Role.READER, "0f3a-id": Role.EDITOR, "Monitor.Operate": Role.OPERATOR}


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        pytest.param({"iss": ELSEWHERE, "email": "Jo@Council.example", "email_verified": True}, JO, id="confirmed"),
        pytest.param({"iss": ELSEWHERE, "email": JO, "email_verified": "true"}, JO, id="confirmed, as text"),
        pytest.param({"iss": ELSEWHERE, "email": JO, "email_verified": False}, None, id="not confirmed"),
        pytest.param({"iss": ELSEWHERE, "email": JO, "email_verified": "false"}, None, id="not confirmed, as text"),
        pytest.param({"iss": ELSEWHERE, "email": JO}, None, id="no claim about confirmation"),
        pytest.param({"iss": ELSEWHERE, "email": JO, "xms_edov": True}, None, id="Entra's claim from another provider"),
        pytest.param({"iss": ELSEWHERE, "preferred_username": JO}, None, id="a user name of another provider"),
        pytest.param({"iss": ENTRA, "preferred_username": "Jo@Council.example"}, JO, id="Entra: a member's user name"),
        pytest.param(
            {"iss": ENTRA, "preferred_username": JO, "email": "x@y.example"}, JO,
            id="Entra: a user name is used before an unconfirmed email claim",
        ),
        pytest.param(
            {"iss": ENTRA, "preferred_username": "j1@c.example", "email": JO, "xms_edov": "1"}, JO,
            id="Entra: an email claim with a confirmed domain",
        ),
        pytest.param(
            {"iss": ENTRA, "preferred_username": JO, "acct": 0, "idp": OWN}, JO,
            id="Entra: the claim acct says that the person is a member",
        ),
        pytest.param({"iss": ENTRA, "preferred_username": JO, "acct": 1}, None, id="Entra: a guest"),
        pytest.param(
            {"iss": ENTRA, "preferred_username": JO, "idp": OTHER}, None, id="Entra: a person from another organisation"
        ),
        pytest.param({"iss": ENTRA, "preferred_username": "jo_x.example#EXT#@c.example"}, None, id="Entra: a guest's name"),
        pytest.param({"iss": ENTRA, "preferred_username": "+44 1632 960000"}, None, id="Entra: a telephone number"),
        pytest.param({"iss": f"{ENTRA}.evil.example", "preferred_username": JO}, None, id="an issuer that begins like Entra's"),
        pytest.param({"iss": ANY, "preferred_username": JO}, None, id="the issuer for any organisation"),
    ],
)
def test_an_address_is_used_only_if_its_provider_has_confirmed_it(claims: dict[str, Any], email: str | None) -> None:
    assert confirmed_email(claims) == email


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, None),
        ({"groups": []}, None),
        ({"groups": ["elsewhere", "Care"]}, None),
        ({"groups": ["care"]}, Role.READER),
        ({"groups": "care"}, Role.READER),
        ({"groups": ["care", "0f3a-id"]}, Role.EDITOR),
        ({"groups": ["0f3a-id"], "roles": ["Monitor.Operate"]}, Role.OPERATOR),
        ({"roles": ["care"]}, Role.READER),
        ({"groups": {"care": True}}, None),
        ({"groups": [["care"], 7, None]}, None),
    ],
)
def test_a_person_gets_the_highest_role_that_a_group_or_an_app_role_gives(claims: dict[str, Any], role: Role | None) -> None:
    assert role_of(claims, ROLES) is role


@pytest.mark.parametrize("said", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}, {"hasgroups": "true"}])
def test_a_person_in_too_many_groups_is_refused_unless_an_app_role_gives_a_role(said: dict[str, Any]) -> None:
    claims = {"iss": ENTRA, "sub": "p", "preferred_username": JO, **said}
    with pytest.raises(Refused, match="app roles") as refused:
        account_of(claims, ROLES)
    assert refused.value.why is Why.TOO_MANY_GROUPS
    assert account_of({**claims, "roles": ["care"]}, ROLES).role is Role.READER


def test_an_address_is_confirmed_only_by_a_claim_from_the_same_source() -> None:
    """The ID token may contain an address that the person typed, while userinfo contains a confirmed address, or the
    reverse."""
    typed, confirmed = {"sub": "p", "email": "boss@council.example"}, {"sub": "p", "email": JO, "email_verified": True}
    for token, userinfo in ((typed, confirmed), (confirmed, typed)):
        both = merged({"iss": ELSEWHERE, **token}, userinfo)
        assert confirmed_email(both) == JO
    assert merged({"sub": "p", "groups": ["a"]}, {"sub": "p", "groups": ["b"], "name": "Jo"})["groups"] == ["a"]
