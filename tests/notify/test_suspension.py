"""Tests what a message asks a council to do if, according to its own facts, it has placed people at a service."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.events import Event, Kind
from monitor.notify.blocks import item_section
from monitor.notify.content import NotifiedEvent, Own, Role, ServiceCard
from monitor.own_facts import OwnFacts

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOME = "1-2235535718"
CARD = ServiceCard(location_id=HOME, name="Oak", service_type=None, address=None, provider_name=None, url="https://cqc.example")
FELL = Event(
    id="e", location_id=HOME, name="Oak", kind=Kind.DOWNGRADED, of="overall", from_="good", to="inadequate", observed_at=NOON
)
ROSE = replace(FELL, kind=Kind.UPGRADED, from_="inadequate", to="requires improvement")
PLACED = OwnFacts(location_id=HOME, people_placed=7, as_of=NOON.date())
SUSPENDED = replace(PLACED, suspended_since=date(2026, 11, 1))
ASKED = "7 people are placed at this service, and placements are not suspended."
REVIEW = "No longer inadequate: review the suspension of placements that began on 1 November 2026."


@pytest.mark.parametrize(
    ("event", "own", "says"),
    [
        (FELL, PLACED, ASKED),
        (FELL, replace(PLACED, people_placed=1), "1 person is placed at this service, and placements are not suspended."),
        (replace(FELL, kind=Kind.INADEQUATE_AGAIN, from_="inadequate"), PLACED, ASKED),
        (replace(FELL, group="Care Homes"), PLACED, ASKED),
        (ROSE, SUSPENDED, REVIEW),
        (FELL, SUSPENDED, None),
        (FELL, replace(PLACED, people_placed=0), None),
        (FELL, replace(PLACED, people_placed=None), None),
        (FELL, None, None),
        (replace(FELL, to="requires improvement"), PLACED, None),
        (replace(FELL, of="safe"), PLACED, None),
        (replace(FELL, corrected_at=NOON), PLACED, None),
        (ROSE, PLACED, None),
        (replace(ROSE, group="Care Homes"), SUSPENDED, None),
    ],
    ids=[
        *("fell", "fell, one person", "inadequate again", "one group fell", "rose", "fell, suspended already"),
        *("fell, nobody is placed", "fell, number not known", "fell, no facts", "fell to requires improvement"),
        *("a key question fell", "retracted", "rose, not suspended", "only one group rose"),
    ],
)
@pytest.mark.parametrize("brief", [False, True], ids=["in an alert", "in a digest"])
def test_a_message_asks_the_council_to_suspend_placements_or_to_review_a_suspension(
    event: Event, own: OwnFacts | None, says: str | None, brief: bool
) -> None:
    known = (Own(watchlist="Leeds", facts=own, today=NOON.date()),) if own else ()
    section = item_section(
        Role.SERVICE, [NotifiedEvent(event=event, service=CARD, watchlists=("Leeds",), own=known)], brief=brief
    )
    assert [note for note in section.notes if note in {ASKED, REVIEW} or "placements are" in note] == ([says] if says else [])
