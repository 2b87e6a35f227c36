"""The only door to httpx: what is used of it, by its own names, so that moving to another client is one change.

httpx's public repository has come to rest (facts of November 2026) and forks keep its interface.
"""

from httpx import (
    AsyncClient,
    ConnectError,
    ConnectTimeout,
    InvalidURL,
    Limits,
    RemoteProtocolError,
    Request,
    Response,
    Timeout,
    TimeoutException,
    TransportError,
)

__all__ = [
    "AsyncClient",
    "ConnectError",
    "ConnectTimeout",
    "InvalidURL",
    "Limits",
    "RemoteProtocolError",
    "Request",
    "Response",
    "Timeout",
    "TimeoutException",
    "TransportError",
]
