"""Real receivers on loopback."""

from collections.abc import Iterator

import pytest

from tests.channels.receiving import Receiver
from tests.simulated.tls import Tls

__all__ = ["Tls"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An HTTP receiver that takes everything until told otherwise."""
    with Receiver() as running:
        yield running
