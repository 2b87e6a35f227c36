"""Tests the comparison of providers and brands with England: the numbers, the rules for early signs, and the councils that place
people with a provider."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from monitor.events import Event, Kind
from monitor.own_facts import OwnFacts
from monitor.register.entries import Sector
from monitor.register.figures import Counted, Figure, england
from monitor.register.filed import files_of
from monitor.register.movements import Holder
from monitor.reports.market import Placed, market_paper, market_parts, placements
from monitor.reports.paper import Bars
from monitor.reports.provider import ProviderReport, provider_report
from tests.reports.test_provider import FILES, TODAY, standing

ENGLAND = england(
    [
        Counted(authority="Devon", sector=Sector.CARE_HOME, overall="good", services=60, beds=1_800, bedded=60),
        Counted(authority="Kent", sector=Sector.COMMUNITY, overall="inadequate", services=20, beds=0, bedded=0),
        Counted(authority=None, sector=Sector.COMMUNITY, overall=None, services=20, beds=0, bedded=0),
    ]
)
SERVICES = (
    standing("1-300000001", "outstanding", published=date(2020, 1, 1)),
    standing("1-300000002", "inadequate", authority="Devon"),
    standing("1-300000003", None, authority="Devon", beds=None, registered_on=date(2020, 1, 1)),
    standing("1-300000004", "good", types=("Doctors/GPs",), beds=None),
)


def fell(location_id: str, days_ago: int, kind: Kind = Kind.DOWNGRADED) -> Event:
    on = TODAY - timedelta(days=days_ago)
    seen = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    ratings: dict[str, Any] = {"of": "overall", "from_": "good", "to": "inadequate"}
    if kind is Kind.UPGRADED:
        ratings |= {"from_": "good", "to": "outstanding"}
    ratings |= {"observed_at": seen, "published": on}
    return Event(id=f"{location_id}{days_ago}", location_id=location_id, name="", kind=kind, **ratings)


def report(name: str = "Meridian", events: tuple[Event, ...] = ()) -> ProviderReport:
    holder = Holder(key="1-100000001", name=name, kind="provider", services=4)
    timelines = {one.location_id: [one] for one in SERVICES}
    return provider_report(holder, SERVICES, timelines, events, today=TODAY, files=FILES)


def facts(location_id: str, people: int | None, funder: str | None = None, as_of: date = date(2026, 11, 1)) -> OwnFacts:
    return OwnFacts(location_id=location_id, people_placed=people, funding_authority=funder, as_of=as_of)


def test_a_provider_is_compared_with_england_in_services_ratings_and_movements() -> None:
    events = (fell("1-300000002", 30), fell("1-300000001", 200, Kind.UPGRADED))
    (glance,) = market_parts([report(events=events)], ENGLAND, [{}])[0].tables
    said = {row.label: tuple(map(str, row.cells)) for row in glance.rows}
    assert [one.heading for one in glance.columns] == ["Meridian", "England"]
    assert said == {
        "Registered services": ("4", "–"),
        "Adult social care services": ("3", "100"),
        "Beds of care homes": ("60", "1,800"),
        "Outstanding": ("1 (33%)", "0 (0%)"),
        "Good": ("0 (0%)", "60 (60%)"),
        "Requires improvement": ("0 (0%)", "0 (0%)"),
        "Inadequate": ("1 (33%)", "20 (20%)"),
        "Unrated": ("1 (34%)", "20 (20%)"),
        "Good or outstanding, of rated services": ("1 (50%)", "60 (75%)"),
        "Fell in the last 90 days": ("1", "–"),
        "Rose in the last 90 days": ("0", "–"),
        "Fell in the last year": ("1", "–"),
        "Rose in the last year": ("1", "–"),
        "Local authorities": ("2", "–"),
    }


def test_beds_that_no_file_gives_are_not_counted_as_zero() -> None:
    """A table says how many homes are left out. If the beds of no home are known, the number of beds is not known."""
    silent = Counted(authority="Devon", sector=Sector.CARE_HOME, overall="good", services=1_200, beds=0, bedded=0)
    holder = Holder(key="1-1", name="Two homes", kind="provider", services=2)
    homes = [standing(f"1-40000000{n}", "good", beds=None) for n in (1, 2)]
    unknown = provider_report(holder, homes, {}, [], today=TODAY, files=FILES)
    doctors = provider_report(replace(holder, name="Doctors"), SERVICES[3:], {}, [], today=TODAY, files=FILES)
    (glance,) = market_parts([report(), unknown, doctors], england([silent]), [{}, {}, {}])[0].tables
    (beds,) = [row for row in glance.rows if row.label == "Beds of care homes"]
    assert [cell.number for cell in beds.cells] == [60, None, 0, None]
    left_out = "1 (Meridian); 2 (Two homes); 1,200 (England)"
    assert glance.notes == (f"Homes left out, because CQC’s files don’t give the number of beds: {left_out}.",)


def test_each_early_sign_is_shown_with_its_rule() -> None:
    (signs,) = market_parts([report(events=(fell("1-300000002", 30), fell("1-300000001", 50)))], ENGLAND, [{}])[1].tables
    assert {row.label: tuple(map(str, row.cells)) for row in signs.rows} == {
        "Falls close together": ("2", "Services that fell in the last year, each within 90 days of another service’s fall"),
        "Never rated": ("1", "Adult social care, registered 2 years ago or longer, and never rated"),
        "Old ratings": ("1", "Adult social care, the overall rating published 4 years ago or longer"),
    }


def test_an_authority_that_several_watchlists_name_counts_once_for_a_service() -> None:
    own = {
        "1-300000001": {
            "A": facts("1-300000001", 3, "Kent", date(2026, 10, 1)),
            "B": facts("1-300000001", 5, "Kent"),
            "C": facts("1-300000001", 2),
        },
        "1-300000002": {"A": facts("1-300000002", None, "Kent"), "B": facts("1-300000002", 0, "Devon")},
        "1-300000003": {"A": facts("1-300000003", None, "York")},
    }
    assert placements(SERVICES, own) == {
        "Kent": Placed(services=2, people=5),
        "York": Placed(services=1, people=None),
        "the council with the watchlist “C”": Placed(services=1, people=2),
    }


def test_a_council_is_not_listed_if_its_newest_facts_say_nobody_is_placed() -> None:
    own = {"1-300000001": {"A": facts("1-300000001", 7, "Leeds", date(2024, 10, 1)), "B": facts("1-300000001", 0, "Leeds")}}
    assert placements(SERVICES, own) == {}


def test_several_providers_are_compared_in_one_paper_with_a_table_and_a_chart() -> None:
    kent = {"Kent": Placed(services=1, people=None)}
    paper = market_paper([report("One"), report("Two")], ENGLAND, [kent, {}])
    assert paper.lines[0].startswith("One and Two, according to CQC’s files of 22 November 2026")
    assert len({table.key for table in paper.tables}) == len(paper.tables)
    (chart,) = paper.parts[0].charts
    assert isinstance(chart, Bars)
    drawn = Counter({(bar.label, one.mark): one.number for bar in chart.bars for one in bar.pieces})
    glance = paper.tables[0]
    for row in glance.rows:
        for column, cell in zip(glance.columns, row.cells, strict=True):
            if cell.of is not None and not row.label.startswith("Good or"):
                assert drawn[column.heading, row.label.lower()] == cell.number
    placed = next(table for table in paper.tables if table.key == "Who commissions")
    assert [(row.label, [str(cell) for cell in row.cells]) for row in placed.rows] == [("Kent", ["1", "–", "0", "–"])]
    where = paper.tables[-1]
    assert [(row.label, [cell.number for cell in row.cells]) for row in where.rows] == [
        ("Devon", [2, 1, 2, 1]),
        ("Leicestershire", [2, 0, 2, 0]),
    ]


def test_a_provider_without_adult_social_care_is_compared_without_a_division_by_zero() -> None:
    holder = Holder(key="1-1", name="Doctors", kind="provider", services=1)
    doctors = provider_report(holder, SERVICES[3:], {}, [], today=TODAY, files=FILES)
    paper = market_paper([doctors], Figure(**{name: getattr(ENGLAND, name) for name in Figure.__slots__}), [{}])
    (chart,) = paper.parts[0].charts
    assert "– (–)" not in str(paper) and isinstance(chart, Bars) and chart.bars[0].pieces == ()


def test_numbers_that_the_files_do_not_cover_are_not_given_as_zero() -> None:
    holder = Holder(key="1-100000001", name="Meridian", kind="provider", services=4)
    one_month = files_of([date(2026, 11, 1), date(2026, 11, 5)])
    new = provider_report(holder, SERVICES, {}, [], today=TODAY, files=one_month)
    glance, signs = (part.tables[0] for part in market_parts([new], ENGLAND, [{}])[:2])
    assert {row.cells[0].number for row in glance.rows if row.label.startswith(("Fell", "Rose"))} == {None}
    assert next(row for row in signs.rows if row.label == "Falls close together").cells[0].number is None
    assert "not known: only one month’s files are loaded." in " ".join(market_parts([new], ENGLAND, [{}])[0].lines)
