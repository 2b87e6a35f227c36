"""Tests the sentence that states how soon the program notices a change."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from monitor.settings import Settings
from monitor.store.hints import SourceState
from monitor.views.promise import how_soon

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
READ = SourceState(read_at=NOON, whole_at=NOON)


@pytest.mark.parametrize(
    ("state", "hints", "soon"),
    [
        (READ, True, "is checked at once"),
        (SourceState(), True, "has not been read yet"),
        (SourceState(forbidden=True), True, "robots.txt asks programs"),
        (SourceState(read_at=NOON, failing_since=NOON, why="CQC answered 403"), True, "(CQC answered 403)"),
        (SourceState(read_at=NOON, why="it is cut short"), True, "(it is cut short)"),
        (READ, False, "HINTS=off"),
    ],
    ids=["list was read", "list was not read yet", "list is forbidden", "list fails", "list was read in part", "hints are off"],
)
@pytest.mark.parametrize("key", [None, SecretStr("key")])
def test_minutes_are_promised_only_while_the_whole_list_is_read(
    state: SourceState, hints: bool, soon: str, key: SecretStr | None
) -> None:
    settings = Settings().model_copy(update={"hints": "on" if hints else "off", "cqc_api_key": key})
    said = how_soon(state, settings, NOON + timedelta(hours=1))
    assert soon in said
    minutes = state is READ and hints
    assert ("CHECK_EVERY" in said) is not minutes
    assert ("API names" in said) is (key is not None and not minutes)


def test_nothing_is_promised_from_a_list_that_is_no_longer_read() -> None:
    assert "too long ago" in how_soon(READ, Settings(), NOON + timedelta(days=2))
    assert "too long ago" in how_soon(READ, Settings(), NOON - timedelta(days=2))
