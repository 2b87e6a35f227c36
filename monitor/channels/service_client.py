"""Requests to the services that send our email (Microsoft Graph, GOV.UK Notify). The operator chose these services. Therefore
they may be on any host, and requests use a proxy from the environment. For users' webhooks, `monitor.channels.post` permits
neither private hosts nor proxies."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from monitor import http
from monitor.channels.base import Outcome, Status, one_line, text_of
from monitor.channels.certificates import certificate_fault, trusted

STEP_TIMEOUT, WHOLE_TIMEOUT = 30.0, 45.0
"""The most seconds for any one step, and for the whole request."""

_ENOUGH = 64 * 1024  # how many bytes of an answer are read


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. The names of `headers` are in lower case. `text` may still contain secrets."""

    code: int
    text: str
    headers: Mapping[str, str]


class ServiceClient:
    """Makes requests to one service with one HTTP client, which is made for the first request.

    name         the service's name, for people
    ssl_context  for a certificate that is signed by a private authority; None to use the machine's authorities
    """

    def __init__(self, name: str, ssl_context: ssl.SSLContext | None = None) -> None:
        self._name = name
        self._ssl_context = ssl_context
        self._client: http.AsyncClient | None = None

    async def ask(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Reply | Outcome:
        """Makes a request. Returns the answer, whatever its code, or an outcome if there was no answer."""
        if self._client is None:
            context = self._ssl_context or trusted()
            self._client = http.AsyncClient(verify=context, timeout=STEP_TIMEOUT, follow_redirects=False)
        try:
            async with (
                asyncio.timeout(WHOLE_TIMEOUT),
                self._client.stream(method, url, content=body, headers={**headers, "Accept-Encoding": "identity"}) as answer,
            ):
                text = await text_of(answer, _ENOUGH)
                return Reply(answer.status_code, text, {name.lower(): value for name, value in answer.headers.items()})
        except (http.HTTPError, http.InvalidURL, TimeoutError, OSError) as error:
            if doubt := certificate_fault(error):
                return Outcome(Status.BROKEN, f"{self._name}: {doubt}", for_all=True)
            return Outcome(Status.RETRY, one_line(f"{self._name} does not answer: {type(error).__name__}: {error}"))

    async def close(self) -> None:
        """Closes the client, if one was made. May be called more than once."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()
