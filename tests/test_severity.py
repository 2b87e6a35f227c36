"""Tests which events are sent at once to an immediate subscription."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.events import Event, Kind
from monitor.model import AtOnce
from monitor.severity import is_at_once


def event(kind: Kind, of: str | None = None, to: str | None = None, **more: object) -> Event:
    """An event of one service."""
    seen = datetime(2026, 11, 21, 12, tzinfo=UTC)
    one = Event(id="1", location_id="1-2235535718", name="Cherrybrook", kind=kind, of=of, from_="good", to=to, observed_at=seen)
    return replace(one, **more)  # type: ignore[arg-type]


CASES = {
    "overall fell to inadequate": (event(Kind.DOWNGRADED, "overall", "inadequate"), "any overall low inadequate"),
    "a key question fell to inadequate": (event(Kind.DOWNGRADED, "safe", "inadequate"), "any overall low inadequate"),
    "overall fell to requires improvement": (event(Kind.DOWNGRADED, "overall", "requires improvement"), "any overall low"),
    "overall fell to good": (event(Kind.DOWNGRADED, "overall", "good"), "any overall"),
    "a key question fell to requires improvement": (event(Kind.DOWNGRADED, "safe", "requires improvement"), "any"),
    "the overall rating had been misread": (event(Kind.READ_WRONGLY, "overall", "requires improvement"), "any overall low"),
    "the overall rating was withdrawn": (event(Kind.RATING_WITHDRAWN, "overall"), "any overall low"),
    "the rating of a key question was withdrawn": (event(Kind.RATING_WITHDRAWN, "safe"), "any"),
    "first rated inadequate": (event(Kind.FIRST_RATED, "overall", "inadequate"), "any overall low inadequate"),
    "inadequate again": (event(Kind.INADEQUATE_AGAIN, "safe", "inadequate"), "any overall low inadequate"),
    "special measures": (event(Kind.REMAINS), "any overall low inadequate"),
    "a sentence that may be about special measures": (
        event(Kind.NOT_UNDERSTOOD, quote="special measures?"), "any overall low inadequate"
    ),
    "enforcement": (event(Kind.ENFORCEMENT, "warning notice"), "any overall low"),
    "ratings suspended": (event(Kind.RATINGS_SUSPENDED), "any overall low"),
    "a breach": (event(Kind.BREACH, "12"), ""),
    "a rise": (event(Kind.UPGRADED, "overall", "good"), ""),
}


@pytest.mark.parametrize(("one", "when"), CASES.values(), ids=CASES)
def test_the_choice_of_a_subscription_decides_whether_an_event_is_sent_at_once(one: Event, when: str) -> None:
    assert [choice for choice in AtOnce if is_at_once(one, choice)] == when.split()


@pytest.mark.parametrize("kind", Kind)
def test_each_choice_is_stricter_than_the_choice_before_and_severe_events_are_always_sent(kind: Kind) -> None:
    for of in ("overall", "safe", None):
        for to in ("inadequate", "requires improvement", "good", None):
            one = event(kind, of, to)
            told = [is_at_once(one, choice) for choice in AtOnce]
            assert told == sorted(told, reverse=True) and told[0] is one.urgent
            assert told[-1] or not one.worst
