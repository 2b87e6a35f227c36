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
    """Returns a reading as JSON text."""
    return _adapter(Reading).dump_json(reading).decode()


def load_reading(text: str | bytes) -> Reading:
    """Returns the reading from text that `dump_reading` made."""
    value: Reading = _adapter(Reading).validate_json(text)
    return value


def dump_snapshot(snapshot: Snapshot) -> str:
    """Returns a snapshot as JSON text."""
    return _adapter(Snapshot).dump_json(snapshot).decode()


def load_snapshot(text: str) -> Snapshot:
    """Returns the snapshot from text that `dump_snapshot` made."""
    value: Snapshot = _adapter(Snapshot).validate_json(text)
    return value


def dump_candidates(candidates: tuple[Candidate, ...]) -> str:
    """Returns candidate changes as JSON text."""
    return _adapter(tuple[Candidate, ...]).dump_json(candidates).decode()


def load_candidates(text: str) -> tuple[Candidate, ...]:
    """Returns the candidate changes from text that `dump_candidates` made."""
    return () if text == "[]" else _adapter(tuple[Candidate, ...]).validate_json(text)


def dump_event(event: Event) -> str:
    """Returns an event as JSON text."""
    return _adapter(Event).dump_json(event).decode()


def load_event(text: str) -> Event:
    """Returns the event from text that `dump_event` made."""
    value: Event = _adapter(Event).validate_json(text)
    return value


def dump_rule(rule: Rule) -> str:
    """Returns a watchlist's rule as JSON text; equal rules give equal text."""
    return _adapter(Rule).dump_json(rule).decode()


def load_rule(text: str) -> Rule:
    """Returns the rule from text that `dump_rule` made."""
    value: Rule = _adapter(Rule).validate_json(text)
    return value
