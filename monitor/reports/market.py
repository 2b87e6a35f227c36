"""Compares providers and brands with each other and with England. The comparison covers services, ratings, movements, early
signs, and placements by councils. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.own_facts import OwnFacts
from monitor.register.entries import Sector
from monitor.register.figures import Figure
from monitor.register.movements import Standing, Way
from monitor.reports.area import ENGLAND, MARKS, Mix
from monitor.reports.paper import LICENCE, Bars, Cell, Column, Paper, Part, Row, Table
from monitor.reports.pieces import bar, part_of, share
from monitor.reports.provider import FALLS_SINCE, NEAR, OLD_YEARS, UNRATED_YEARS, ProviderReport
from monitor.text import counted, listed, sentence

MOST_COMPARED = 4

_PERIODS = ((NEAR, "the last 90 days"), (FALLS_SINCE, "the last year"))

_RULES = {
    "Falls close together": f"Services that fell in the last year, each within {NEAR.days} days of another service’s fall",
    "Never rated": f"Adult social care, registered {UNRATED_YEARS} years ago or longer, and never rated",
    "Old ratings": f"Adult social care, the overall rating published {OLD_YEARS} years ago or longer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An authority's placements at the services of a provider or brand, according to the facts that councils uploaded. `services`
    is the number of services. `people` is the number of people; None if it is not known for any service."""

    services: int
    people: int | None


Placements = Mapping[str, Placed]
"""Placements, by funding authority."""


def placements(services: Sequence[Standing], own: Mapping[str, Mapping[str, OwnFacts]]) -> Placements:
    """Returns the placements at some services. `own` contains councils' own facts, by service and watchlist. If there are several
    facts for one authority and service, the newest facts are used. If the facts name no funding authority, the council with the
    watchlist is the funding authority."""
    newest: dict[tuple[str, str], OwnFacts] = {}
    for one in services:
        for watchlist, facts in own.get(one.location_id, {}).items():
            key = (facts.funding_authority or f"the council with the watchlist “{watchlist}”", one.location_id)
            if key not in newest or facts.as_of > newest[key].as_of:
                newest[key] = facts
    placing = {key: facts for key, facts in newest.items() if facts.people_placed != 0}  # 0: no longer places people
    found: dict[str, Placed] = {}
    for funder in sorted({name for name, _ in placing}):
        numbers = [facts.people_placed for (name, _), facts in placing.items() if name == funder]
        known = [one for one in numbers if one is not None]
        found[funder] = Placed(services=len(numbers), people=sum(known) if known else None)
    return found


def market_parts(reports: Sequence[ProviderReport], england: Figure, placed: Sequence[Placements]) -> tuple[Part, ...]:
    """Returns the parts that compare providers and brands with each other and with England (all of adult social care). `placed`
    contains the placements for each provider or brand."""
    return (
        Part(
            heading="Compared with England",
            lines=(
                "Shares are of adult social care services, including unrated services. Movements are of overall ratings, from "
                "CQC’s files and this monitor’s own events.",
                reports[0].files.cover_in_words,
            ),
            tables=(_glance(reports, england),),
        ),
        Part(
            heading="Signs and their rules",
            lines=("A sign is a reason to ask questions, not a judgement.",),
            tables=(_signs(reports),),
        ),
        _placed(reports, placed),
    )


def market_paper(reports: Sequence[ProviderReport], england: Figure, placed: Sequence[Placements]) -> Paper:
    """Returns the paper that compares providers and brands."""
    first, *parts = market_parts(reports, england, placed)
    names = [one.holder.name for one in reports]
    chart = Bars(
        key="compared",
        title="Ratings of adult social care services, per cent",
        bars=tuple(bar(*one) for one in zip((*names, ENGLAND), _mixes(reports, england), strict=True)),
    )
    return Paper(
        name=f"providers-compared-{reports[0].today}",
        title="Providers and brands compared",
        lines=(f"{listed(names)}, according to {reports[0].files.in_words}.", LICENCE),
        parts=(Part(heading=first.heading, lines=first.lines, charts=(chart,), tables=first.tables), *parts, _where(reports)),
    )


def _care(report: ProviderReport) -> list[Standing]:
    return [one for one in report.services if one.sector is not Sector.OTHER]


def _mixes(reports: Sequence[ProviderReport], england: Figure) -> list[Mix]:
    counts = [Counter(one.mark for one in _care(report)) for report in reports]
    return [Mix(numbers=tuple(count[mark] for mark in MARKS)) for count in (*counts, england.ratings)]


def _glance(reports: Sequence[ProviderReport], england: Figure) -> Table:
    mixes, nothing = _mixes(reports, england), Cell()
    counts = [*map(_beds, reports), (None if england.silent and not england.beds else england.beds, england.silent)]
    names = [*(one.holder.name for one in reports), ENGLAND]
    silent = [f"{unknown:,} ({name})" for name, (_, unknown) in zip(names, counts, strict=True) if unknown]
    rows = [
        ("Registered services", [*(Cell(number=len(one.services)) for one in reports), nothing]),
        ("Adult social care services", [Cell(number=mix.of) for mix in mixes]),
        ("Beds of care homes", [Cell(number=known) for known, _ in counts]),
        *((sentence(mark), [share(mix, mark) for mix in mixes]) for mark in MARKS[:-1]),
        ("Good or outstanding, of rated services", [part_of(mix.well, mix.rated) for mix in mixes]),
        *((label, [*(_moved(one, way, ago) for one in reports), nothing]) for label, way, ago in _ways()),
        ("Local authorities", [*(Cell(number=len(one.councils)) for one in reports), nothing]),
    ]
    return Table(
        key="Compared with England",
        title="Services, ratings and movements",
        first="What",
        columns=tuple(Column(heading=name) for name in names),
        rows=tuple(Row(label=label, cells=tuple(cells)) for label, cells in rows),
        notes=(f"Homes left out, because CQC’s files don’t give the number of beds: {'; '.join(silent)}.",) if silent else (),
    )


def _beds(report: ProviderReport) -> tuple[int | None, int]:
    """Returns how many beds in care homes are known, and for how many homes the beds are not known. The first number is None if
    there are homes, but the beds are known for none of these homes."""
    beds = [one.beds for one in _care(report) if one.sector is Sector.CARE_HOME]
    known = [one for one in beds if one is not None]
    return sum(known) if known or not beds else None, len(beds) - len(known)


def _ways() -> Iterator[tuple[str, Way, timedelta]]:
    for ago, words in _PERIODS:
        for way in (Way.FELL, Way.ROSE):
            yield f"{sentence(way)} in {words}", way, ago


def _moved(report: ProviderReport, way: Way, ago: timedelta) -> Cell:
    """Returns how many services moved. The cell is empty if no movement is known and CQC's files don't cover the period."""
    since: date = report.today - ago
    moved = {one.location_id for one in report.moved if one.way is way and since <= one.on <= report.today}
    return Cell(number=len(moved) if moved or report.files.covered(since, report.today) else None)


def _signs(reports: Sequence[ProviderReport]) -> Table:
    fallen = [{each.location_id for falls in one.signs.falls for each in falls.movements} for one in reports]
    found: dict[str, list[int | None]] = {
        "Falls close together": [
            len(falls) if falls or one.signs.falls_are_known else None for falls, one in zip(fallen, reports, strict=True)
        ],
        "Never rated": [len(one.signs.unrated) for one in reports],
        "Old ratings": [len(one.signs.old) for one in reports],
    }
    return Table(
        key="Signs",
        title="How many services have a sign",
        first="Sign",
        columns=(*(Column(heading=one.holder.name) for one in reports), Column(heading="Rule", is_number=False)),
        rows=tuple(
            Row(label=sign, cells=(*(Cell(number=number) for number in numbers), Cell(words=_RULES[sign])))
            for sign, numbers in found.items()
        ),
    )


def _placed(reports: Sequence[ProviderReport], placed: Sequence[Placements]) -> Part:
    every = sorted({name for one in placed for name in one})
    rows = []
    for name in every:
        mine = [one.get(name) for one in placed]
        cells = [(Cell(number=one.services), Cell(number=one.people)) if one else (Cell(number=0), Cell()) for one in mine]
        rows.append(Row(label=sentence(name), cells=tuple(cell for pair in cells for cell in pair)))
    heads = [(_of(report, reports, "services"), _of(report, reports, "people placed")) for report in reports]
    return Part(
        heading="Who commissions these services",
        lines=(
            "Councils’ own facts, as they were uploaded to this monitor. Councils that uploaded no facts are missing, so the "
            "real numbers may be higher. A service’s address shows in which area the service is, not who pays for it.",
        ),
        tables=(
            Table(
                key="Who commissions",
                title="Placements by funding authority",
                first="Funding authority",
                columns=tuple(Column(heading=head) for pair in heads for head in pair),
                rows=tuple(rows),
            ),
        ),
    )


def _of(report: ProviderReport, reports: Sequence[ProviderReport], what: str) -> str:
    return f"{report.holder.name}: {what}" if len(reports) > 1 else sentence(what)


def _where(reports: Sequence[ProviderReport]) -> Part:
    names = sorted({name for one in reports for name, _, _ in one.councils})
    counts = [{name: (count, low) for name, count, low in one.councils} for one in reports]
    rows = (
        Row(
            label=name or "No authority",
            cells=tuple(Cell(number=number) for one in counts for number in one.get(name, (0, 0))),
        )
        for name in names
    )
    return Part(
        heading="Where services are",
        lines=(f"The services are in {counted(len(names), 'local authority', 'local authorities')}.",),
        tables=(
            Table(
                key="Authorities",
                title="By local authority",
                first="Local authority",
                columns=tuple(
                    Column(heading=_of(one, reports, what)) for one in reports for what in ("services", "below good")
                ),
                rows=tuple(rows),
            ),
        ),
    )
