"""Tokens of Microsoft Entra, with which this program signs in without a user (OAuth 2.0, client credentials). Microsoft's
own library requests the tokens. Source: docs/facts/channels.md, Tokens of Microsoft Entra.

The library is imported only when the first token is needed, because the import takes longer than most commands.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from typing import TYPE_CHECKING, Any

from monitor import http
from monitor.channels.base import Outcome, Status, one_line
from monitor.channels.certificates import certificate_fault, trusted
from monitor.channels.refusals import of_token

if TYPE_CHECKING:
    from monitor.channels.mail_settings import Registration

SMTP_SCOPE = "https://outlook.office365.com/.default"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"

LOGIN = "https://login.microsoftonline.com"
"""The token endpoint's host, unless MS_TENANT is a complete address."""

TIMEOUT = 30.0
"""The most seconds for any one step of requesting a token."""

PATIENCE = 45.0
"""The most seconds for which a mail waits for a token. While a process sends a mail, the mail is reserved for this process for
a limited time (store.messages.LEASE). The mail must be sent within this time, including the wait for the token."""

logging.getLogger("msal").setLevel(logging.WARNING)  # at lower levels, the library logs requests


class NoToken(Exception):
    """Raised if no token could be obtained. `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reply)
        self.outcome = outcome


class Tokens:
    """Gets access tokens for one scope. If a token is already being requested, other callers wait for the same answer. The
    library reuses a token until five minutes before the token expires.

    registration  the app in Entra
    scope         SMTP_SCOPE or GRAPH_SCOPE
    ssl_context   for a token endpoint whose certificate is signed by a private authority; None to use the machine's authorities
    """

    def __init__(self, registration: Registration, scope: str, ssl_context: ssl.SSLContext | None = None) -> None:
        self._registration = registration
        self._scope = scope
        self._ssl_context = ssl_context
        self._asking: asyncio.Task[str | Outcome] | None = None
        self._refused_token: str | None = None
        self._client: http.Client | None = None
        self._app: Any = None

    async def token(self) -> str:
        """Returns a token that is valid now. Raises NoToken, at the latest after PATIENCE seconds."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(asyncio.to_thread(self._asked))
        try:
            async with asyncio.timeout(PATIENCE):
                found = await asyncio.shield(self._asking)
        except TimeoutError:
            reply = f"Microsoft Entra does not answer: no token after {PATIENCE:.0f} s"
            raise NoToken(Outcome(Status.RETRY, reply)) from None
        if isinstance(found, Outcome):
            raise NoToken(found)
        return found

    def drop(self, token: str) -> None:
        """Drops a token that a server refused. The next call of `token` requests a new token, which includes permissions that
        were granted in the meantime."""
        self._refused_token = token

    async def close(self) -> None:
        """Closes the connection to the token endpoint."""
        client, self._client, self._app = self._client, None, None
        if client is not None:
            client.close()

    def _asked(self) -> str | Outcome:
        """Returns the token, or the reason why there is no token."""
        try:
            if self._app is None:
                self._app = self._application()
            answer = self._app.acquire_token_for_client([self._scope])
            if answer.get("access_token") == self._refused_token is not None:
                self._app.remove_tokens_for_client()
                answer = self._app.acquire_token_for_client([self._scope])
        except (http.HTTPError, OSError) as error:
            return self._no_answer(error)
        except ValueError as error:  # the tenant does not exist, or something else answered, such as a proxy's sign-in page
            return self._refused(str(error))
        except Exception as error:  # the library raises a plain Exception for faults of the endpoint (5xx)
            reply = one_line(f"Microsoft Entra does not answer now: {error}", secrets=self._secrets)
            return Outcome(Status.RETRY, reply)
        if token := answer.get("access_token"):
            return str(token)
        return self._refused(f"{answer.get('error', 'no token')}: {answer.get('error_description', '')}")

    def _application(self) -> Any:
        import msal

        given = self._registration
        if self._client is None:
            self._client = http.Client(verify=self._ssl_context or trusted(), timeout=TIMEOUT)
        credential = given.secret or {"private_key": given.certificate, "public_certificate": given.certificate}
        return msal.ConfidentialClientApplication(
            given.client_id,
            client_credential=credential,
            authority=given.tenant if "://" in given.tenant else f"{LOGIN}/{given.tenant}",
            http_client=_Asker(self._client),
            instance_discovery=False,  # otherwise the library asks Microsoft whether the host is Microsoft's
        )

    @property
    def _secrets(self) -> tuple[str, ...]:
        return (self._registration.secret,) if self._registration.secret else ()

    def _refused(self, said: str) -> Outcome:
        return of_token(said).outcome(f"Microsoft Entra: {said}", secrets=self._secrets)

    def _no_answer(self, error: Exception) -> Outcome:
        if doubt := certificate_fault(error):
            return Outcome(Status.BROKEN, f"Microsoft Entra: {doubt}", for_all=True)
        return Outcome(Status.RETRY, one_line(f"Microsoft Entra does not answer: {type(error).__name__}: {error}"))


class _Asker:
    """Wraps our HTTP client for the library. The library passes a signed assertion as bytes, which our client can't send
    correctly. Therefore this class decodes the assertion."""

    def __init__(self, client: http.Client) -> None:
        self._client = client

    def get(self, url: str, **options: Any) -> http.Response:
        return self._client.get(url, **options)

    def post(self, url: str, *, data: dict[str, Any], **options: Any) -> http.Response:
        text = {name: value.decode() if isinstance(value, bytes) else value for name, value in data.items()}
        return self._client.post(url, data=text, **options)

    def close(self) -> None:
        self._client.close()
