"""The parts of httpx that we use. No other module imports httpx, so that only this module must change if we move to another
client.

httpx's public repository is inactive (as of November 2026), and forks of httpx have the same interface.

At level INFO, httpx logs the whole URL of each request, and at lower levels httpcore logs even more. The URLs of webhooks are
secrets, so this module silences both loggers when it is imported, whatever the level of the other loggers.
"""

import logging
import ssl
from functools import cache

from httpcore import AnyIOBackend, AsyncConnectionPool, AsyncNetworkBackend, AsyncNetworkStream
from httpx import (
    AsyncBaseTransport,
    AsyncClient,
    AsyncHTTPTransport,
    Client,
    ConnectError,
    ConnectTimeout,
    HTTPError,
    InvalidURL,
    Limits,
    MockTransport,
    RemoteProtocolError,
    Request,
    Response,
    Timeout,
    TimeoutException,
    TransportError,
    create_ssl_context,
)

__all__ = [
    "AnyIOBackend",
    "AsyncBaseTransport",
    "AsyncClient",
    "AsyncConnectionPool",
    "AsyncHTTPTransport",
    "AsyncNetworkBackend",
    "AsyncNetworkStream",
    "Client",
    "ConnectError",
    "ConnectTimeout",
    "HTTPError",
    "InvalidURL",
    "Limits",
    "MockTransport",
    "RemoteProtocolError",
    "Request",
    "Response",
    "Timeout",
    "TimeoutException",
    "TransportError",
    "trusted",
]

for _logger in ("httpx", "httpcore"):
    logging.getLogger(_logger).setLevel(logging.WARNING)


@cache
def trusted() -> ssl.SSLContext:
    """Returns a context that trusts the same certificate authorities as httpx. The context is made once per process, because
    reading the certificates takes longer than fetching a page."""
    return create_ssl_context()
