"""Makes two papers: the paper about a provider or brand, and the paper about early signs. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from monitor.register.entries import Sector
from monitor.register.movements import Standing
from monitor.reports.area import ENGLAND, MARKS, SECTORS, Mix
from monitor.reports.paper import LICENCE, Bars, Cell, Column, Paper, Part, Row, Table
from monitor.reports.pieces import SECTOR_NAMES, bar, cells, file_name, mark_name, movements_table, part_of, share, texts
from monitor.reports.provider import FALLS_SINCE, NEAR, OLD_YEARS, UNRATED_YEARS, ProviderReport, Signs
from monitor.text import counted, sentence


def provider_paper(report: ProviderReport) -> Paper:
    """Returns the paper about a provider or a brand."""
    holder = report.holder
    closed = f" {counted(report.closed, 'other has', 'others have')} left the register." if report.closed else ""
    mixes = [mix_of(report.services, sector) for sector in (*SECTORS, Sector.OTHER)]
    there = [(sector, mix) for sector, mix in zip((*SECTORS, Sector.OTHER), mixes, strict=True) if mix.of]
    names = {**SECTOR_NAMES, Sector.OTHER: "Other services"}
    headed = [(names[sector], mix) for sector, mix in there] + [("All", _together(mixes))] * (len(there) > 1)
    ratings = Table(
        key="Ratings",
        title="Ratings by sector",
        first="Rating",
        columns=tuple(Column(heading=name, sector=name) for name, _ in headed),
        rows=tuple(Row(label=mark_name(mark), cells=tuple(share(mix, mark) for _, mix in headed)) for mark in MARKS[:-1]),
        notes=("Per cent of all services of the column, including unrated services.",),
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
            f"{sentence(holder.kind)}{f' {holder.key}' if holder.kind == 'provider' else ''}: "
            f"{counted(len(report.services), 'registered service')} in "
            f"{counted(len(report.councils), 'local authority', 'local authorities')}, according to "
            f"{report.files.in_words}.{closed}",
            *_well_or_not(there),
            LICENCE,
        ),
        parts=(
            Part(heading="Ratings", charts=(chart,) if there else (), tables=(ratings, councils) if there else ()),
            _signs_of(report.signs),
            Part(
                heading="Movements",
                lines=(report.files.cover_in_words,),
                tables=(movements_table(report.moved, "Movements", with_area=True),),
            ),
            Part(heading="All services", tables=(services_table("All services", "All services", report.services, "Type"),)),
        ),
    )


def _well_or_not(by_sector: Sequence[tuple[Sector, Mix]]) -> Iterator[str]:
    """Yields sentences that say how many services are good or outstanding: one about adult social care, one about other
    sectors. Without rated services, there is no sentence."""
    care = [mix for sector, mix in by_sector if sector is not Sector.OTHER]
    others = [mix for sector, mix in by_sector if sector is Sector.OTHER]
    for mixes, which in ((care, "of adult social care"), (others, "of other sectors")):
        mix = _together(mixes)
        if mix.rated:
            well, worst = part_of(mix.well, mix.rated), mix.number("inadequate")
            services = counted(mix.rated, "rated service")
            yield f"Of {services} {which}, {well} are good or outstanding, and {worst:,} inadequate."


def _together(mixes: Sequence[Mix]) -> Mix:
    return Mix(numbers=tuple(sum(mix.numbers[n] for mix in mixes) for n in range(len(MARKS))))


def _signs_of(signs: Signs) -> Part:
    """Returns the part about the early signs of one provider or brand."""
    fallen = tuple(one for falls in signs.falls for one in falls.movements)
    return Part(
        heading="Early signs",
        lines=(
            "A sign is a reason to ask questions, not a judgement. The signs are: services that fell in the last year, each "
            f"within {NEAR.days} days of another service’s fall; adult social care services registered {UNRATED_YEARS} years ago "
            f"or longer and never rated; and services with an overall rating published {OLD_YEARS} years ago or longer.",
            signs.files.cover_in_words,
        ),
        tables=(
            movements_table(fallen, "Falls close together", with_area=True),
            services_table("Never rated", "Services never rated", signs.unrated, "Registered"),
            services_table("Old ratings", "Services with old ratings", signs.old, "Type"),
        ),
    )


def signs_paper(signs: Signs, most: int | None = None) -> Paper:
    """Returns the paper about early warning signs in an area, or in England. Each table has at most `most` rows; None for all."""
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
    here = f"with services in {where} " if signs.area else ""
    known = signs.files.why_not(signs.today - FALLS_SINCE)
    if signs.falls_are_known or signs.falls:
        known = f"{len(signs.falls):,}"
    return Paper(
        name=f"signs-{file_name(where)}-{signs.today}",
        title=f"Early signs in {where}",
        lines=(
            f"From {signs.files.in_words}, and from this monitor’s own checks. A sign is a reason to ask questions, not a "
            "judgement.",
            LICENCE,
        ),
        parts=(
            Part(
                heading="Several services of one provider fell",
                lines=(
                    f"Providers {here}at which two or more services (in any area) fell within {NEAR.days} days of each other in "
                    f"the last year: {known}.",
                    signs.files.cover_in_words,
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
    """Returns a table with at most `most` rows (all rows if `most` is None), and with a note if rows are left out."""
    if most is None or len(table.rows) <= most:
        return table
    note = f"These are the first {most} of {len(table.rows):,} rows. All rows are in the files, and in each authority’s list."
    return replace(table, rows=table.rows[:most], notes=(*table.notes, note))
