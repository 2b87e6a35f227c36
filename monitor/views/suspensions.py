"""Shows suspended placements, as a table and as JSON."""

from collections.abc import Iterable, Sequence
from datetime import date

from monitor.reports.cells import Column, Value
from monitor.suspensions import Ask, Suspension
from monitor.text import sentence

COLUMNS = (
    *(Column(title="Location ID"), Column(title="Service", width=34), Column(title="Watchlist", width=24)),
    *(Column(title="Overall", width=20), Column(title="Placements suspended since"), Column(title="People placed", width=8)),
    *(Column(title="Review by"), Column(title="What to do", width=60), Column(title="Own facts as of")),
    *(Column(title="Contract officer", width=30), Column(title="Funding authority", width=24)),
)


def rows(found: Iterable[Suspension], today: date) -> Iterable[Sequence[Value]]:
    """Returns the cells of each suspension, in the order of `COLUMNS`."""
    for one in found:
        facts = one.facts
        yield (
            *(facts.location_id, one.name, one.watchlist, sentence(one.overall) if one.overall else None),
            *(facts.suspended_since, facts.people_placed, one.review, one.words(today), facts.as_of),
            *(facts.contract_officer, facts.funding_authority),
        )


def as_json(one: Suspension, today: date) -> dict[str, object]:
    """Returns a suspension for programs, with dates in ISO format. Values that are not known are None. `ask` is what the
    council should do, or None if nothing needs to be done."""
    facts, ask = one.facts, one.ask(today)
    return {
        "location_id": facts.location_id,
        "name": one.name,
        "watchlist": one.watchlist,
        "overall": one.overall,
        "suspended_since": facts.suspended_since and facts.suspended_since.isoformat(),
        "people_placed": facts.people_placed,
        "as_of": facts.as_of.isoformat(),
        "better_on": one.better_on and one.better_on.isoformat(),
        "review_on": one.review and one.review.isoformat(),
        "ask": None if ask is Ask.NOTHING else str(ask),
        "text": one.words(today),
    }
