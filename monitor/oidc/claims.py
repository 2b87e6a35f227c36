"""Finds a person's account, address and role in a provider's claims. The role comes from the person's groups. Pure.

Sources: OpenID Connect Core 1.0, sections 5.1 and 5.6.2; Microsoft's “ID token claims reference” and “Configure group claims”.
"""

import re
from collections.abc import Iterator, Mapping

from monitor.errors import UsageError
from monitor.oidc.refused import Refused, Why
from monitor.oidc.tokens import Claims
from monitor.store.accounts import Account
from monitor.store.people import Role, email_of

_ENTRA = re.compile(
    r"https://login\.(?:microsoftonline\.com|microsoftonline\.us|partner\.microsoftonline\.cn)/[0-9a-f-]{36}/v2\.0"
)
"""Matches the issuer of a single organisation in Microsoft Entra. Only the organisation's administrators can create or invite
accounts."""


def account_of(claims: Claims, roles: Mapping[str, Role]) -> Account:
    """Returns the account that the claims describe. Raises Refused if no role is found because the claims do not list the
    person's groups."""
    role = role_of(claims, roles)
    if role is None and _has_too_many_groups(claims):
        raise Refused(Why.TOO_MANY_GROUPS, "the person is in too many groups for a token: use app roles (docs/sign-in.md)")
    return Account(issuer=claims["iss"], subject=claims["sub"], email=confirmed_email(claims), role=role)


def role_of(claims: Claims, roles: Mapping[str, Role]) -> Role | None:
    """Returns the highest role that OIDC_ROLES gives to any of the person's groups and app roles. None if they give no role."""
    order = list(Role)
    given = [roles[name] for name in (*_names(claims, "groups"), *_names(claims, "roles")) if name in roles]
    return max(given, key=order.index, default=None)


def says_groups(claims: Claims) -> bool:
    """Whether the claims contain any groups or app roles."""
    return any(name in claims for name in ("groups", "roles", "_claim_names", "hasgroups"))


def merged(claims: Claims, more: Claims) -> Claims:
    """Merges the claims of the ID token with the userinfo. The token takes precedence. However, `email` and `email_verified`
    always come from the same source."""
    address = more if "email_verified" not in claims and "email" in more else claims
    both = {**more, **claims}
    for name in ("email", "email_verified"):
        both.pop(name, None)
        both |= {name: address[name]} if name in address else {}
    return both


def _names(claims: Claims, name: str) -> Iterator[str]:
    """Yields the texts of a claim. A claim is a single text or a list of texts."""
    value = claims.get(name)
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one


def _has_too_many_groups(claims: Claims) -> bool:
    """Whether Entra left out the person's groups. If a person is in more than 200 groups, Entra only says where the groups can be
    requested."""
    elsewhere = claims.get("_claim_names")
    return claims.get("hasgroups") in (True, "true") or (isinstance(elsewhere, dict) and "groups" in elsewhere)


def confirmed_email(claims: Claims) -> str | None:
    """Returns the person's address if the provider has confirmed it, otherwise None. An unconfirmed address is never used,
    because somebody who can type any address into their account could then sign in as anybody.

    Entra never gives the claim `email_verified`. The user name of a member of the organisation can be trusted, because the
    organisation confirmed its domain, and only its administrators give names in the domain. A guest's user name can't be trusted.
    The claim `email` is free text, and is used only if Entra says that the domain of the address is confirmed too (`xms_edov`).
    """
    in_entra = is_entra(claims["iss"])
    if _is(claims, "email_verified") or (in_entra and _is(claims, "xms_edov")):
        return _address(claims, "email")
    if in_entra and not _is_guest(claims):
        return _address(claims, "preferred_username")
    return None


def _is(claims: Claims, name: str) -> bool:
    return str(claims.get(name)).lower() in {"true", "1"}


def is_entra(issuer: str) -> bool:
    """Whether an issuer is a single organisation in Microsoft Entra."""
    return _ENTRA.fullmatch(issuer) is not None


def _is_guest(claims: Claims) -> bool:
    """Whether the claims are about a guest, who belongs to another organisation."""
    name, organisation = str(claims.get("preferred_username", "")), claims["iss"].split("/")[3]
    comes_from = claims.get("idp", organisation)  # Entra adds this claim if the person's organisation is not the issuer
    return str(claims.get("acct")) == "1" or organisation not in str(comes_from) or "#ext#" in name.lower()


def _address(claims: Claims, name: str) -> str | None:
    value = claims.get(name)
    try:
        return email_of(value) if isinstance(value, str) else None
    except UsageError:
        return None
