"""The settings for signing in with OpenID Connect."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.errors import SettingsError
from monitor.settings import Settings
from monitor.store.people import Role

CALLBACK = "/oidc/callback"
"""The path of our page that receives the provider's answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The settings with which people sign in with a provider.

    issuer        the issuer, exactly as the provider's own configuration names it
    secret        our app's secret; None if our app has no secret, so that only PKCE protects the code
    roles         for each of the provider's groups or app roles, the role that it gives in this program
    redirect_uri  the address of our page to which the provider sends people back
    home          the address to which the provider sends people after they sign out
    """

    issuer: str
    client_id: str
    secret: str | None = field(repr=False)
    roles: Mapping[str, Role]
    redirect_uri: str
    home: str


def setup_of(settings: Settings) -> Setup | None:
    """Returns the setup, or None if no provider is set. Raises SettingsError if only some of the settings are set."""
    needed = {
        "OIDC_ISSUER": settings.oidc_issuer,
        "OIDC_CLIENT_ID": settings.oidc_client_id,
        "OIDC_ROLES": settings.oidc_roles,
    }
    if not settings.oidc_client_secret and not any(needed.values()):
        return None
    missing = [name for name, value in needed.items() if not value]
    if missing:
        needs = "signing in with OpenID Connect needs OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_ROLES"
        raise SettingsError(f"{' and '.join(missing)} missing: {needs} (docs/sign-in.md)")
    assert settings.oidc_issuer and settings.oidc_client_id
    return Setup(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=settings.oidc_client_secret.get_secret_value().strip() if settings.oidc_client_secret else None,
        roles={group: Role(role) for group, role in settings.oidc_roles},
        redirect_uri=f"{settings.public_url}{CALLBACK}",
        home=f"{settings.public_url}/sign-in",
    )
