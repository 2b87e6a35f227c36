"""Schemathesis tests that every answer of the API matches the API's description."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from monitor.register.entries import FileKind
from monitor.web import rate_limit
from monitor.web.api import described
from tests.registered import care, note_files, take
from tests.web.conftest import FALLEN, Pages

pytest_plugins = ("schemathesis.pytest.plugin",)  # not for all tests, because loading Schemathesis takes long

api = schemathesis.openapi.from_dict(described("http://127.0.0.1:8000"))


UNSAID = re.compile(
    r"(since|as_at|on): .* is in the future|local_authority: no local authority is called|region: no region is"
    r"|(type|brand): (the register has no|.* is the beginning or part of several)"
)
"""Errors about values that the description can't exclude: a day in the future, and an unknown authority, region, type or
brand."""


@pytest.fixture
def key(fallen: Pages, monkeypatch: pytest.MonkeyPatch) -> str:
    """A reader's key for a monitor with data. The rate limit is off."""
    monkeypatch.setattr(rate_limit, "LIMIT", 1_000_000)
    take(fallen.app.store.engine, [(date(2026, 11, 5), [care("1-300000001"), care(FALLEN, "inadequate")])])
    note_files(fallen.app.store.engine, date(2026, 11, 5), FileKind.ACTIVE, FileKind.RATINGS)
    return fallen.app.store.keys.make(fallen.people["reader"], "schemathesis", datetime.now(UTC))


@pytest.mark.slow
@api.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_matches_the_description(case: schemathesis.Case[Any], fallen: Pages, key: str) -> None:
    answer = case.call(base_url=fallen.url, headers={"Authorization": f"Bearer {key}"})
    unsaid = answer.status_code == 422 and UNSAID.match(answer.json().get("detail", ""))
    case.validate_response(answer, excluded_checks=[positive_data_acceptance] if unsaid else [])
