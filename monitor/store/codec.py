"""Values of the model as JSON text in the tables, and back."""

from pydantic import TypeAdapter

from monitor.events import Event
from monitor.model import Reading, Snapshot, Suspicion
from monitor.register import Rule

_READING = TypeAdapter(Reading)
_SNAPSHOT = TypeAdapter(Snapshot)
_SUSPICIONS = TypeAdapter(tuple[Suspicion, ...])
_EVENT = TypeAdapter(Event)
_RULE = TypeAdapter(Rule)


def dump_reading(reading: Reading) -> str:
    """A reading as JSON text."""
    return _READING.dump_json(reading).decode()


def load_reading(text: str) -> Reading:
    """A reading from `dump_reading`'s text."""
    return _READING.validate_json(text)


def dump_snapshot(snapshot: Snapshot) -> str:
    """A snapshot as JSON text."""
    return _SNAPSHOT.dump_json(snapshot).decode()


def load_snapshot(text: str) -> Snapshot:
    """A snapshot from `dump_snapshot`'s text."""
    return _SNAPSHOT.validate_json(text)


def dump_suspicions(suspicions: tuple[Suspicion, ...]) -> str:
    """Suspicions as JSON text."""
    return _SUSPICIONS.dump_json(suspicions).decode()


def load_suspicions(text: str) -> tuple[Suspicion, ...]:
    """Suspicions from `dump_suspicions`' text."""
    return () if text == "[]" else _SUSPICIONS.validate_json(text)


def dump_event(event: Event) -> str:
    """An event as JSON text."""
    return _EVENT.dump_json(event).decode()


def load_event(text: str) -> Event:
    """An event from `dump_event`'s text."""
    return _EVENT.validate_json(text)


def dump_rule(rule: Rule) -> str:
    """A watchlist's rule as JSON text: the same rule is the same text."""
    return _RULE.dump_json(rule).decode()


def load_rule(text: str) -> Rule:
    """A rule from `dump_rule`'s text."""
    return _RULE.validate_json(text)
