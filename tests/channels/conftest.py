"""Fixtures with real receivers on loopback."""

from collections.abc import Iterator

import pytest

from tests.channels.receiving import Receiver
from tests.simulated.tls import Tls

__all__ = ["Tls"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Yields an HTTP receiver that accepts every request, until a test sets other replies."""
    with Receiver() as running:
        yield running
