"""The API tested against its own description by schemathesis: whatever the request, the description lists the answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from monitor.web import rate_limit
from monitor.web.api import described
from tests.web.conftest import Pages

pytest_plugins = ("schemathesis.pytest.plugin",)  # imported only here: otherwise every test process would load it

api = schemathesis.openapi.from_dict(described("http://127.0.0.1:8000"))


@pytest.fixture
def key(fallen: Pages, monkeypatch: pytest.MonkeyPatch) -> str:
    """A reader's key to a monitor with data, without its rate limit."""
    monkeypatch.setattr(rate_limit, "LIMIT", 1_000_000)
    return fallen.app.store.keys.make(fallen.people["reader"], "schemathesis", datetime.now(UTC))


@api.parametrize()
@settings(
    max_examples=12,
    deadline=timedelta(seconds=10),
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_is_described(case: schemathesis.Case[Any], fallen: Pages, key: str) -> None:
    case.call_and_validate(base_url=fallen.url, headers={"Authorization": f"Bearer {key}"})
