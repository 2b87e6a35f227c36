"""The only door to httpx: what is used of it, by its own names, so that moving to another client is one change.

httpx's public repository has come to rest (facts of November 2026) and forks keep its interface.

At level INFO httpx writes the whole URL of each request into the log, and httpcore below it more than that. The URLs of
webhooks are secrets, so both are quiet from the moment that this door is opened, whatever the level of the rest.
"""

import logging
import ssl
from functools import cache

from httpcore import AnyIOBackend, AsyncConnectionPool, AsyncNetworkBackend, AsyncNetworkStream
from httpx import (
    AsyncBaseTransport,
    AsyncClient,
    AsyncHTTPTransport,
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
    """The authorities that sign certificates, as httpx trusts them; read once a process, since it takes longer than a page."""
    return create_ssl_context()
