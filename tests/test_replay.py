"""Simulates the reports about 300 services in two years, and reads every page. Tests that the falls, breaches and enforcement
actions in each report are reported exactly once, even if caches sometimes serve old pages. The histories are random, but similar
to the histories of home care services.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from monitor.cqc.read import read
from monitor.events import Kind
from monitor.model import Reading
from monitor.ratings import Rating
from tests.detect.test_diff import Watch
from tests.simulated import layouts
from tests.simulated.layouts import Layout
from tests.simulated.services import QUESTIONS, Service

SERVICES = 300
BEGIN, END = date(2024, 6, 1), date(2026, 6, 1)
BEST_FIRST = ("Outstanding", "Good", "Requires improvement", "Inadequate")

ENFORCEMENT = {
    "warning notice": "We served a warning notice on the provider.",
    "requirement notice": "We issued a requirement notice to the provider.",
    "conditions": "We imposed conditions on the provider's registration.",
}
REGULATIONS = ("9", "12", "17", "18")


def overall_of(ratings: dict[str, str]) -> str:
    """Returns the overall rating according to CQC's rules for combining five key questions. Source: docs/facts/ratings.md, The
    scale."""
    worst = Counter(ratings.values())
    if worst["Inadequate"] >= 2:
        return "Inadequate"
    if worst["Inadequate"] or worst["Requires improvement"] >= 2:
        return "Requires improvement"
    return "Outstanding" if worst["Outstanding"] >= 2 and not worst["Requires improvement"] else "Good"


def published(chance: Random) -> Iterator[date]:
    """Yields the days on which one service's reports are published."""
    day = BEGIN + timedelta(days=chance.randrange(200))
    while day < END:
        yield day
        day += timedelta(days=chance.choice((60, 120, 200, 300, 500)) + chance.randrange(40))


def report(service: Service, chance: Random, before: dict[str, str], day: date) -> tuple[dict[str, str], set[str], set[str]]:
    """Publishes a report. Returns the report's ratings, its kinds of enforcement, and the regulations that it says were
    breached."""
    steps = {name: chance.choices((-1, 0, 1), (15, 65, 20))[0] for name in QUESTIONS}
    after = {name: BEST_FIRST[max(0, min(3, BEST_FIRST.index(before[name]) + steps[name]))] for name in QUESTIONS}
    overall = overall_of(after)
    poor = overall in ("Requires improvement", "Inadequate")
    breached = {one for one in REGULATIONS if poor and chance.random() < 0.5}
    taken = {one for one in ENFORCEMENT if poor and chance.random() < (0.5 if one == "warning notice" else 0.15)}
    service.inspect(
        on=day - timedelta(weeks=6),
        published=day,
        overall=overall,
        breaches=" ".join(f"The service was in breach of regulation {one}." for one in sorted(breached)),
        enforcement=" ".join(ENFORCEMENT[one] for one in sorted(taken)),
        **{name.lower().replace("-", "_"): rating for name, rating in after.items()},
    )
    return after | {"overall": overall}, taken, breached


def pages(service: Service, layout: Layout) -> tuple[Reading, ...]:
    """Returns the readings of the location page and the summary."""
    address = f"https://www.cqc.org.uk/location/{service.location_id}"
    texts = {"": layouts.location_page(service, layout, others=[]), "/inspection-summary": layouts.summary_page(service)}
    return tuple(read(text.encode(), content_type="text/html", url=address + path) for path, text in texts.items())


@pytest.mark.slow
@pytest.mark.parametrize("layout", [Layout.TODAY, Layout("tables")])
def test_in_two_years_of_300_services_each_fall_and_each_new_statement_is_reported_once(layout: Layout) -> None:
    chance = Random(14)
    falls = statements = again = 0
    for number in range(SERVICES // 2):  # each of the two layouts gets half of the services
        service = Service(location_id=f"1-2000{number:06}", name=f"Home {number}")
        held = {name: chance.choices(BEST_FIRST, (3, 67, 25, 5))[0] for name in QUESTIONS}
        days = published(chance)
        held, taken, breached = report(service, chance, held, next(days))
        watch = Watch()
        old = pages(service, layout)
        watch.look(*old)
        for day in days:
            was, warned, found = held, taken, breached
            held, taken, breached = report(service, chance, held, day)
            new = pages(service, layout)
            told = [event for look in (new, old, new, new, old, new) for event in watch.look(*look).events]
            old = new
            seen = Counter((event.kind, event.of) for event in told)
            moves = {of: BEST_FIRST.index(held[of]) - BEST_FIRST.index(was[of]) for of in held}
            wanted = Counter(
                {
                    **{(Kind.DOWNGRADED, of.lower()): 1 for of, steps in moves.items() if steps > 0},
                    **{(Kind.UPGRADED, of.lower()): 1 for of, steps in moves.items() if steps < 0},
                    **{(Kind.ENFORCEMENT, kind): 1 for kind in taken},
                    **{(Kind.BREACH, f"Regulation {one}"): 1 for one in breached},
                }
            )
            kinds = {kind for kind, _ in wanted} | {Kind.DOWNGRADED, Kind.UPGRADED, Kind.ENFORCEMENT, Kind.BREACH}
            assert {one: count for one, count in seen.items() if one[0] in kinds} == wanted, (service.location_id, day)
            assert {event.of for event in told if event.again and event.kind is Kind.ENFORCEMENT} == taken & warned
            assert {event.of for event in told if event.again and event.kind is Kind.BREACH} == {
                f"Regulation {one}" for one in breached & found
            }
            unmoved = moves["overall"] == 0
            kind = {"Inadequate": Kind.INADEQUATE_AGAIN, "Requires improvement": Kind.NOT_IMPROVED}.get(held["overall"])
            assert seen[(kind, "overall")] == (unmoved and kind is not None) if kind else True
            (published_,) = (event for event in told if event.kind is Kind.REPORT)
            assert published_.to == (Rating(held["overall"].lower()) if unmoved and kind is None else None)
            falls += sum(steps > 0 for steps in moves.values())
            statements += len(taken) + len(breached)
            again += len(taken & warned) + len(breached & found)
    print(f"\n{layout}: {falls} falls, {statements} statements, {again} of them as in the report before")
    assert min(falls, statements, again) > 50, "the histories had too few falls or statements to prove anything"
