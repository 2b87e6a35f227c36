"""The only import of httpx: the parts that we use, under our own names, so that moving to another client is one change.

httpx's public repository is inactive (as of November 2026), and forks keep its interface.

At level INFO httpx logs the whole URL of each request, and httpcore logs more below that. The URLs of webhooks are secrets, so
both are silenced when this module is imported, whatever the level of the rest.
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
    """The certificate authorities that httpx trusts; read once per process, since reading them takes longer than fetching a
    page."""
    return create_ssl_context()
