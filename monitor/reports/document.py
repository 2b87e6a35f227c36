"""The papers about the market: a provider or brand, and early signs. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.register.entries import Sector
from monitor.register.movements import Standing
from monitor.reports.area import ENGLAND, MARKS, SECTORS, Mix
from monitor.reports.paper import LICENCE, Bars, Cell, Column, Paper, Part, Row, Table
from monitor.reports.pieces import SECTOR_NAMES, bar, cells, file_name, mark_name, movements_table, part_of, share, texts
from monitor.reports.provider import NEAR, OLD_YEARS, UNRATED_YEARS, ProviderReport, Signs
from monitor.text import counted, day, sentence


def provider_paper(report: ProviderReport) -> Paper:
    """The market view of a provider or a brand."""
    holder = report.holder
    closed = f" {counted(report.closed, 'other has', 'others have')} left the register." if report.closed else ""
    mixes = [mix_of(report.services, sector) for sector in (*SECTORS, Sector.OTHER)]
    there = [(sector, mix) for sector, mix in zip((*SECTORS, Sector.OTHER), mixes, strict=True) if mix.of]
    names = {**SECTOR_NAMES, Sector.OTHER: "Other services"}
    every = Mix(numbers=tuple(map(sum, zip(*(mix.numbers for mix in mixes), strict=True))))
    headed = [(names[sector], mix) for sector, mix in there] + [("All", every)] * (len(there) > 1)
    ratings = Table(
        key="Ratings",
        title="Ratings by sector",
        first="Rating",
        columns=tuple(Column(heading=name, sector=name) for name, _ in headed),
        rows=tuple(Row(label=mark_name(mark), cells=tuple(share(mix, mark) for _, mix in headed)) for mark in MARKS[:-1]),
        notes=("Per cent of all services of the column, including unrated ones.",),
    )
    councils = Table(
        key="Councils",
        title="By local authority",
        first="Authority",
        columns=(Column(heading="Services"), Column(heading="Below good, of all")),
        rows=tuple(
            Row(label=name or "No authority", cells=(Cell(number=count), part_of(low, count)))
            for name, count, low in report.councils
        ),
    )
    chart = Bars(
        key="ratings",
        title="Ratings by sector, per cent of services",
        bars=tuple(bar(*one) for one in headed),
    )
    return Paper(
        name=f"{holder.kind}-{file_name(holder.name)}-{report.today}",
        title=holder.name,
        lines=(
            f"{sentence(holder.kind)}{f' {holder.key}' if holder.kind == 'provider' else ''}:"
            f" {counted(len(report.services), 'registered service')} in"
            f" {counted(len(report.councils), 'local authority', 'local authorities')}, by CQC’s files of"
            f" {day(report.newest)}.{closed}",
            *_well_or_not(every),
            LICENCE,
        ),
        parts=(
            Part(heading="Ratings", charts=(chart,) if there else (), tables=(ratings, councils) if there else ()),
            _signs_of(report.signs),
            Part(heading="Movements", tables=(movements_table(report.moved, "Movements", with_area=True),)),
            Part(heading="All services", tables=(services_table("All services", "All services", report.services, "Type"),)),
        ),
    )


def _well_or_not(mix: Mix) -> Iterator[str]:
    if mix.rated:
        well, worst = part_of(mix.well, mix.rated), mix.number("inadequate")
        yield f"Of {counted(mix.rated, 'rated service')}, {well} are good or outstanding, and {worst:,} inadequate."


def _signs_of(signs: Signs) -> Part:
    """The early signs of one provider or brand."""
    fallen = tuple(one for falls in signs.falls for one in falls.movements)
    return Part(
        heading="Early signs",
        lines=(
            "A sign is a reason to ask, not a judgement: services that fell in the last year, each within"
            f" {NEAR.days} days of another; services registered {UNRATED_YEARS} years ago or longer and never rated; and overall"
            f" ratings published {OLD_YEARS} years ago or longer.",
        ),
        tables=(
            movements_table(fallen, "Falls close together", with_area=True),
            services_table("Never rated", "Services never rated", signs.unrated, "Registered"),
            services_table("Old ratings", "Services with old ratings", signs.old, "Type"),
        ),
    )


def signs_paper(signs: Signs, most: int | None = None) -> Paper:
    """Early warning signs in an area, or in England; at most this many of each kind (None: all)."""
    where = signs.area or ENGLAND
    fallen = tuple(one for falls in signs.falls for one in falls.movements)
    never, old = (
        services_table(*about)
        for about in (
            ("Never rated", "Services never rated", signs.unrated, "Registered"),
            ("Old ratings", "Services with old ratings", signs.old, "Type"),
        )
    )
    falls = movements_table(fallen, "Falls of one provider", with_area=True, by_provider=True)
    here = f"with services in {where}, " if signs.area else ""
    return Paper(
        name=f"signs-{file_name(where)}-{signs.today}",
        title=f"Early signs in {where}",
        lines=(
            f"By CQC’s files of {day(signs.newest)} and this monitor’s own checks. A sign is a reason to ask, not a judgement.",
            LICENCE,
        ),
        parts=(
            Part(
                heading="Several services of one provider fell",
                lines=(
                    f"Providers {here}with two or more services, wherever they are, that fell within {NEAR.days} days of each"
                    f" other in the last year: {len(signs.falls):,}.",
                ),
                tables=(first_rows(falls, most),),
            ),
            Part(
                heading="Registered, and never rated",
                lines=(f"Registered {UNRATED_YEARS} years ago or longer, and not rated yet: {len(signs.unrated):,}.",),
                tables=(first_rows(never, most),),
            ),
            Part(
                heading="Ratings that are old",
                lines=(f"The overall rating was published {OLD_YEARS} years ago or longer: {len(signs.old):,}.",),
                tables=(first_rows(old, most),),
            ),
        ),
    )


def mix_of(services: Iterable[Standing], sector: Sector) -> Mix:
    marks = [one.mark for one in services if one.sector is sector]
    return Mix(numbers=tuple(marks.count(mark) for mark in MARKS))


def services_table(key: str, title: str, services: Iterable[Standing], what: str) -> Table:
    def told(one: Standing) -> tuple[Cell, ...]:
        extra = one.registered_on if what == "Registered" else "; ".join(one.types)
        rating = (sentence(one.overall) if one.overall else "Not rated yet") + (" (inherited)" if one.inherited else "")
        return cells(one.location_id, one.authority, one.provider_name, extra, rating, one.published)

    return Table(
        key=key,
        title=title,
        first="Service",
        columns=texts("Location id", "Authority", "Provider", what, "Overall", "Published"),
        rows=tuple(Row(label=one.name, service=one.location_id, cells=told(one)) for one in services),
    )


def first_rows(table: Table, most: int | None) -> Table:
    """The first rows of a table, with a note that there are more."""
    if most is None or len(table.rows) <= most:
        return table
    note = f"These are the first {most} of {len(table.rows):,}. All are in the files, and in the lists of each local authority."
    return replace(table, rows=table.rows[:most], notes=(*table.notes, note))
