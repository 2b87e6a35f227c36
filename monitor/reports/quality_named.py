"""Makes the parts of a quality report that name services: services that are inadequate or in special measures, repeatedly below
good, contracted, or registered twice. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

from monitor.model import MeasuresState
from monitor.register.entries import Sector
from monitor.register.movements import Standing
from monitor.reports.area import SECTORS, AreaReport, Contracted
from monitor.reports.named import IN_A_ROW, LONG_MONTHS, Grave
from monitor.reports.paper import NOTHING, Cell, Column, Part, Row, Table
from monitor.reports.pieces import SECTOR_NAMES, cells, mark_name, part_of, texts
from monitor.text import day, sentence

INADEQUATE, SINCE, OR_EARLIER = "In CQC’s files", "Inadequate since", "Or earlier"

def weighed(report: AreaReport) -> tuple[Column, ...]:
    """Returns the columns for the cells that `weight` returns."""
    own = report.contracted is not None
    beds = "Care homes", "Homes whose beds are known", "Beds in care homes"
    names = ("Services", *beds, *("Contracted services", "People placed") * own)
    return tuple(Column(heading=name, area=report.area.name) for name in names)


def weight(report: AreaReport, ids: Iterable[str]) -> tuple[Cell, ...]:
    """Returns cells with the number of services, care homes, homes with a known number of beds, and beds. If the report includes
    a council's contracts, two more cells contain the number of contracted services and of people placed. A number of beds or
    people that is not known is None."""
    every = set(ids)
    homes = [report.here[one] for one in every if one in report.here and report.here[one].sector is Sector.CARE_HOME]
    known = [one.beds for one in homes if one.beds is not None]
    beds = sum(known) if known or not homes else None
    weight = [Cell(number=number) for number in (len(every), len(homes), len(known), beds)]
    if (told := report.contracted) is not None:
        mine = [one for one in every if one in told.marks]
        weight += [Cell(number=len(mine)), Cell(number=placed(told, mine))]
    return tuple(weight)


def placed(told: Contracted, ids: Iterable[str]) -> int | None:
    """Returns how many people are placed in some services, according to the council's own facts; None if the facts give no number
    for any of these services."""
    numbers = [told.own[one].people_placed for one in ids if one in told.own]
    known = [one for one in numbers if one is not None]
    return sum(known) if known else None


# ── inadequate, or in special measures ───────────────────────────────────────────────────────────────────────────────────

READ = "Services whose page on CQC’s site was read here lately"
"""The label of the row that counts services whose pages were read lately. Special measures are known only for these services."""

FILED = "Inadequate, according to CQC’s files"
"""The label of the row that counts services that are inadequate according to CQC's files."""

_COUNTED: tuple[tuple[str, Callable[[Grave], bool]], ...] = (
    (FILED, lambda one: one.run is not None),
    ("Of these, better on CQC’s page now", lambda one: one.is_better_on_page),
    ("Inadequate on CQC’s page, not yet in the files", lambda one: one.is_only_on_page),
    ("In special measures, according to CQC’s page", lambda one: one.is_in_measures),
    ("Inadequate, special measures not known", lambda one: one.run is not None and not one.measures_are_known),
    ("Inadequate for over six months", lambda one: one.long),
    ("Of these, with a newer publication", lambda one: one.long and one.newer is not None),
)


_ON_PAGES = frozenset(label for label, _ in _COUNTED[1:4])


def grave_part(report: AreaReport) -> Part:
    """Returns the part that counts and names services that are inadequate or in special measures."""
    grave = report.named.grave
    counted = Table(
        key="Inadequate counted",
        title="Inadequate, or in special measures: how many",
        first="Services",
        columns=weighed(report),
        rows=(
            *(
                Row(label=label, cells=_counted(report, label, [one.service.location_id for one in grave if is_one(one)]))
                for label, is_one in _COUNTED
            ),
            Row(label=READ, cells=weight(report, report.named.read)),
        ),
    )
    lines = [
        "Special measures are stated only on CQC’s pages, which this monitor reads for the services that it watches. “Not known” "
        "does not mean “no”.",
        f"“Over six months” means that the rating was published {LONG_MONTHS} months ago or longer and that CQC’s files show no "
        "newer rating. Whether CQC has inspected the service since is known only if a newer publication is listed.",
    ]
    if report.asked.at is not None:
        lines.append("Special measures on an earlier day are not known.")
    return Part(heading="Inadequate, or in special measures", lines=tuple(lines), tables=(counted, _grave_table(report)))


def _counted(report: AreaReport, label: str, ids: Collection[str]) -> tuple[Cell, ...]:
    """Returns the cells of `weight`. The cells are empty if only pages could show such services and no page was read."""
    cells = weight(report, ids)
    return tuple(Cell() for _ in cells) if label in _ON_PAGES and not ids and not report.named.read else cells


def _grave_table(report: AreaReport) -> Table:
    told = report.contracted
    names = (
        *("Location id", "Sector", "Provider", "Beds", INADEQUATE, "Published", "On CQC’s page", "Page’s date"),
        *(SINCE, OR_EARLIER, "Special measures", "In special measures since", "Newer publication"),
        *("Contracted", "People placed") * (told is not None),
    )

    def row(one: Grave) -> Row:
        service, page = one.service, one.page
        values: list[str | date | int | None] = [
            service.location_id,
            SECTOR_NAMES[service.sector],
            service.provider_name,
            service.beds,
            sentence(service.overall or mark_name(service.mark)),
            service.published,
            sentence(page.overall or "no rating") if page else "not watched, or not read lately",
            page.published if page else None,
            one.run.since if one.run else None,
            ("yes" if one.run.or_earlier else "no") if one.run else None,
            _measures(one),
            page.since if page and one.is_in_measures else None,
            one.newer,
        ]
        if told is not None:
            is_ours = service.location_id in told.marks
            values += ["yes" if is_ours else "no", placed(told, [service.location_id]) if is_ours else None]
        return Row(label=service.name, service=service.location_id, cells=cells(*values))

    notes = [
        "“Inadequate since” is the day of the first of CQC’s consecutive ratings of inadequate. “Or earlier” is “yes” if the "
        f"service may have been inadequate before that day, because the files loaded here begin only on {day(report.begins)}."
    ]
    if told is not None and told.own:
        days = sorted({one.as_of for one in told.own.values()})
        span = day(days[0]) if len(days) == 1 else f"{day(days[0])} to {day(days[-1])}"
        notes.append(f"People placed: the council’s own numbers, as of {span}. Check them before you publish this report.")
    return Table(
        key="Inadequate",
        title="Services that are inadequate, or in special measures",
        first="Service",
        columns=texts(*names),
        rows=tuple(map(row, report.named.grave)),
        notes=tuple(notes),
    )


def _measures(one: Grave) -> str:
    if one.page is None:
        return "not known: not watched, or not read lately"
    if not one.is_page_of_now:
        return "not known: the page is older than the files"
    if one.page.is_in_measures:
        return "yes" + (" (since then or earlier)" if one.page.or_earlier else "")
    known = {MeasuresState.LEFT: "left", MeasuresState.UNCLEAR: "unclear"}
    return known.get(MeasuresState(one.page.measures), NOTHING) if one.page.measures in known else "not stated"


# ── other services that are named ────────────────────────────────────────────────────────────────────────────────────────────


def repeated_part(report: AreaReport) -> Iterator[Part]:
    """Yields the part about services that required improvement in several ratings in a row."""

    def row(one: Standing, reports: int, first: date | None) -> Row:
        values = (one.location_id, SECTOR_NAMES[one.sector], one.provider_name, reports, first, one.published)
        return Row(label=one.name, service=one.location_id, cells=cells(*values))

    table = Table(
        key="Repeated",
        title="Requires improvement in several ratings in a row",
        first="Service",
        columns=texts("Location id", "Sector", "Provider", "Ratings in a row", "First of these ratings", "Newest"),
        rows=tuple(row(one, run.reports, run.first) for one, run in report.named.repeated),
        notes=(
            "Consecutive ratings in the CQC files loaded here, or from this monitor’s own checks. There may be earlier "
            f"ratings, because the files begin on {day(report.begins)}.",
        ),
    )
    lengths = [min(run.reports, _MOST_IN_A_ROW) for _, run in report.named.repeated]
    ids = [one.location_id for one, _ in report.named.repeated]
    by_length = [
        Row(
            label=f"{length} ratings" + (" or more" if length == _MOST_IN_A_ROW else ""),
            cells=weight(report, (one for one, its in zip(ids, lengths, strict=True) if its == length)),
        )
        for length in range(IN_A_ROW, _MOST_IN_A_ROW + 1)
    ]
    counted = Table(
        key="Repeated counted",
        title="Requires improvement in several ratings in a row: how many",
        first="In a row",
        columns=weighed(report),
        rows=(*by_length, Row(label="All", cells=weight(report, ids))),
    )
    yield Part(heading="Repeatedly requires improvement", tables=(counted, table))


_MOST_IN_A_ROW = 4


def contracted_part(report: AreaReport) -> Iterator[Part]:
    """Yields the part about services that the council contracts, compared with all services in the area. Yields nothing if no
    contracted services were given."""
    if report.contracted is None:
        return
    told, name = report.contracted, report.area.name
    placements = ("People placed", "Contracted services whose number of people is known") if told.own else ()
    heads = ("Contracted, of all", "All", *placements)

    def row(label: str, some: int, every: int, ids: Iterable[str]) -> Row:
        mine = list(ids)
        says = sum(one in told.own and told.own[one].people_placed is not None for one in mine)
        people = (Cell(number=placed(told, mine)), Cell(number=says)) if told.own else ()
        return Row(label=label, cells=(part_of(some, every), Cell(number=every), *people))

    lines = [f"Contracted services of other areas, left out: {told.elsewhere}."]
    if told.not_found:
        listed = ", ".join(told.not_found[:20]) + (f" and {len(told.not_found) - 20} more" if len(told.not_found) > 20 else "")
        lines.append(f"Not among the registered services of adult social care, left out: {listed}.")
    by_sector = {sector: [one for one in told.marks if sector in (None, report.here[one].sector)] for sector in (*SECTORS, None)}
    tables = (
        Table(
            key="Contracted by sector",
            title="Contracted services by sector",
            first="Sector",
            columns=tuple(Column(heading=head, area=name) for head in heads),
            rows=tuple(row(SECTOR_NAMES[one], some, every, by_sector[one]) for one, some, every in told.by_sector),
        ),
        Table(
            key="Contracted by rating",
            title="Contracted services by rating",
            first="Rating",
            columns=tuple(Column(heading=head, area=name) for head in heads),
            rows=(
                *(
                    row(mark_name(mark), some, every, (one for one, its in told.marks.items() if its == mark))
                    for mark, some, every in told.by_mark
                ),
            ),
        ),
    )
    yield Part(heading="Contracted services", lines=tuple(lines), tables=tables)


def twice_part(report: AreaReport) -> Iterator[Part]:
    """Yields the part about homes that are registered twice, if there are such homes."""
    if not report.named.twice:
        return
    rows = tuple(
        Row(label=one.name, service=one.location_id, cells=cells(one.location_id, "; ".join(others)))
        for one, others in report.named.twice
    )
    total = Table(
        key="Registered twice counted",
        title="Homes registered twice: how many",
        first="Area",
        columns=(Column(heading="Homes registered twice", area=report.area.name),),
        rows=(Row(label=report.area.name, cells=(Cell(number=len(rows)),)),),
    )
    table = Table(
        key="Registered twice",
        title="Homes registered twice, by two providers",
        first="Service",
        columns=texts("Counted", "Not counted"),
        rows=rows,
        notes=("Each home is counted once, under its primary registration.",),
    )
    yield Part(heading="Homes registered twice", tables=(total, table))


