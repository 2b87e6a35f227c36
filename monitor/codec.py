"""Converts values of the model to JSON text and back, for the tables and the reader process."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from monitor.events import Event
from monitor.model import Candidate, Reading, Snapshot
from monitor.register.entries import Rule


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)  # each adapter takes milliseconds to create, and most processes need only a few


def dump_reading(reading: Reading) -> str:
    """A reading as JSON text."""
    return _adapter(Reading).dump_json(reading).decode()


def load_reading(text: str | bytes) -> Reading:
    """A reading from `dump_reading`'s text."""
    value: Reading = _adapter(Reading).validate_json(text)
    return value


def dump_snapshot(snapshot: Snapshot) -> str:
    """A snapshot as JSON text."""
    return _adapter(Snapshot).dump_json(snapshot).decode()


def load_snapshot(text: str) -> Snapshot:
    """A snapshot from `dump_snapshot`'s text."""
    value: Snapshot = _adapter(Snapshot).validate_json(text)
    return value


def dump_candidates(candidates: tuple[Candidate, ...]) -> str:
    """Candidate changes as JSON text."""
    return _adapter(tuple[Candidate, ...]).dump_json(candidates).decode()


def load_candidates(text: str) -> tuple[Candidate, ...]:
    """Candidate changes from `dump_candidates`' text."""
    return () if text == "[]" else _adapter(tuple[Candidate, ...]).validate_json(text)


def dump_event(event: Event) -> str:
    """An event as JSON text."""
    return _adapter(Event).dump_json(event).decode()


def load_event(text: str) -> Event:
    """An event from `dump_event`'s text."""
    value: Event = _adapter(Event).validate_json(text)
    return value


def dump_rule(rule: Rule) -> str:
    """A watchlist's rule as JSON text; equal rules give equal text."""
    return _adapter(Rule).dump_json(rule).decode()


def load_rule(text: str) -> Rule:
    """A rule from `dump_rule`'s text."""
    value: Rule = _adapter(Rule).validate_json(text)
    return value
