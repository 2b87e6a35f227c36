"""Tests that the same facts are read from every layout."""

from datetime import date

import pytest

from monitor.cqc.fingerprint import fingerprint
from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading, Registration
from tests.simulated import layouts
from tests.simulated.layouts import Layout
from tests.simulated.services import ENTERED, LEFT, REMAINS, Entry, Service, questions

ID = "1-1000000001"
INADEQUATE = Entry(overall="Inadequate", questions=questions("Inadequate"))
NEARBY = Service(location_id="1-1000000002", name="Larch Grove", newest=INADEQUATE)


def page(service: Service, layout: Layout) -> bytes:
    return layouts.padded(layouts.location_page(service, layout, others=[NEARBY]), 90_000).encode()


def reading(service: Service, layout: Layout) -> Reading:
    url = f"https://www.cqc.org.uk/location/{ID}"
    return read(page(service, layout), content_type="text/html; charset=utf-8", url=url)


def stated(found: Reading) -> tuple[str | None, dict[str, str | None], MeasuresState]:
    (group,) = found.ratings
    return group.overall, {key: one.rating for key, one in group.key_questions.items()}, found.special_measures.state


@pytest.mark.parametrize("layout", list(Layout))
def test_the_ratings_before_and_after_a_fall_are_read_from_each_layout(layout: Layout) -> None:
    service = Service(location_id=ID, name="Orchard House")
    five = dict.fromkeys(("safe", "effective", "caring", "responsive", "well-led"), "good")
    found = reading(service, layout)
    assert (found.location_id, found.name) == (ID, "Orchard House")
    assert stated(found) == ("good", five, MeasuresState.NOT_STATED)

    day = date(2026, 10, 1)
    service.inspect(on=day, overall="Inadequate", safe="Inadequate", well_led="Inadequate", special_measures=ENTERED)
    five |= {"safe": "inadequate", "well-led": "inadequate"}
    assert stated(reading(service, layout)) == ("inadequate", five, MeasuresState.ENTERED)

    service.newest.special_measures = REMAINS
    assert stated(reading(service, layout)) == ("inadequate", five, MeasuresState.REMAINS)

    service.inspect(
        on=date(2027, 3, 1), overall="Requires improvement", safe="Good", well_led="Requires improvement", special_measures=LEFT
    )
    five |= {"safe": "good", "well-led": "requires improvement"}
    assert stated(reading(service, layout)) == ("requires improvement", five, MeasuresState.LEFT)


@pytest.mark.parametrize("layout", list(Layout))
def test_an_archived_service_is_read_as_archived_from_each_layout(layout: Layout) -> None:
    assert reading(Service(location_id=ID, archived=date(2026, 1, 1)), layout).registration is Registration.ARCHIVED


@pytest.mark.parametrize("layout", list(Layout))
def test_a_new_rating_changes_the_fingerprint_and_new_tokens_do_not(layout: Layout) -> None:
    service = Service(location_id=ID)
    before = fingerprint(page(service, layout))
    assert fingerprint(page(service, layout)) == before
    service.overall = "Inadequate"
    assert fingerprint(page(service, layout)) != before
