"""Makes the parts of a quality report about changes: shares, movements, and the days that CQC's files cover. Pure."""

from collections.abc import Callable, Sequence

from monitor.ratings import Rating
from monitor.register.movements import Movement, Way
from monitor.reports.area import Area, AreaReport
from monitor.reports.paper import Cell, Column, Part, Row, Table
from monitor.reports.pieces import cells, movements_table, part_of, texts
from monitor.reports.quality_named import weighed, weight
from monitor.text import counted, day, sentence

BEGINNING, NOW = "At the beginning", "At the end"

MOVED, COVERED = "Movements", "On days that CQC’s files cover"

FIRST, NEWEST, LISTED = "First file with ratings", "Newest file with ratings", "Newest list of services"
COVERED_FROM, COVERED_TO = "First day of the period that the files cover", "Last day of the period that the files cover"

_WELL = frozenset({Rating.GOOD, Rating.OUTSTANDING})
_LOW = frozenset({Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE})

_KINDS: tuple[tuple[str, Callable[[Movement], bool]], ...] = (
    ("Fell", lambda one: one.way is Way.FELL),
    ("Fell below good", lambda one: one.way is Way.FELL and one.from_ in _WELL and one.to in _LOW),
    ("Fell to inadequate", lambda one: one.way is Way.FELL and one.to == Rating.INADEQUATE),
    ("Rose", lambda one: one.way is Way.ROSE),
    ("Rose to good or outstanding", lambda one: one.way is Way.ROSE and one.from_ in _LOW and one.to in _WELL),
    ("Entered special measures", lambda one: one.way is Way.ENTERED),
    ("Left special measures", lambda one: one.way is Way.LEFT),
)


_OF_RATINGS = frozenset(label for label, _ in _KINDS[:5])


def change_part(report: AreaReport, compared: Sequence[tuple[str, Area]]) -> Part:
    """Returns the part about changed shares of areas, the number of movements, and the loaded files."""
    return Part(heading="What changed", tables=(_shares(report, compared), _counted(report), _files(report)))


def _shares(report: AreaReport, compared: Sequence[tuple[str, Area]]) -> Table:
    since, now = report.asked.since, report.rated_on
    heads = [f"{when}: {what}" for when in (BEGINNING, NOW) for what in ("rated services", "good or outstanding of these")]
    nothing, known = (Cell(), Cell()), report.change_is_known

    def row(area: Area) -> tuple[Cell, ...]:
        then, end = area.then[None], area.quarters[-1][1]
        begun = (Cell(number=then.rated), part_of(then.well, then.rated)) if known else nothing
        return (*begun, Cell(number=end.rated), part_of(end.well, end.rated))

    notes: tuple[str, ...] = ()
    if not known:
        notes = (f"How shares changed in the period is {report.files.why_not(since)}.",)
    return Table(
        key="Change",
        title=f"Good or outstanding, of rated services, on {day(since)} and {day(now)}",
        first="Area",
        columns=tuple(Column(heading=one) for one in heads),
        rows=tuple(Row(label=name, cells=row(area)) for name, area in compared),
        notes=notes,
    )


def _counted(report: AreaReport) -> Table:
    """Returns the table that counts the period's movements by kind. If no movement of a kind is known, the number is 0 if CQC's
    files would show such a movement. Otherwise the cell is empty."""
    rows = []
    for label, is_one in _KINDS:
        found = [one for one in report.moved if is_one(one)]
        covered = report.covered if label in _OF_RATINGS else None
        number, on_covered = Cell(), Cell()
        if found or covered is not None:
            number = Cell(number=len(found))
        if covered is not None:
            on_covered = Cell(number=sum(covered[0] <= one.on <= covered[1] for one in found))
        weighs = weight(report, (one.location_id for one in found))
        if number.number is None:
            weighs = tuple(Cell() for _ in weighs)
        rows.append(Row(label=label, cells=(number, *(() if report.is_covered else (on_covered,)), *weighs)))
    name, heads = report.area.name, (MOVED,) if report.is_covered else (MOVED, COVERED)
    return Table(
        key="Movements counted",
        title="Number of known movements in the period",
        first="Kind of movement",
        columns=(*(Column(heading=one, area=name) for one in heads), *weighed(report)),
        rows=tuple(rows),
        notes=(
            "“Fell below good” and “Fell to inadequate” are included in “Fell”. A service that moved twice is counted as two "
            "movements and one service. Only beds of services that are still registered are counted.",
            "Movements of ratings are known for all services on the days that CQC’s files cover. On other days, and for special "
            "measures, movements are known only for watched services. A dash means “not known”.",
        ),
    )


def _files(report: AreaReport) -> Table:
    files, covered = report.files, report.covered or (None, None)
    rows = ((FIRST, files.first), (NEWEST, files.rated), (LISTED, files.newest))
    days = (*rows, (COVERED_FROM, covered[0]), (COVERED_TO, covered[1]))
    return Table(
        key="Files",
        title="CQC’s files loaded here",
        first="Which",
        columns=texts("Day"),
        rows=tuple(Row(label=label, cells=cells(on)) for label, on in days),
        notes=(
            "Files cover the days from the first to the newest file with ratings. CQC’s directory lists services, and "
            "states no ratings.",
        ),
    )


def moved_part(report: AreaReport) -> Part:
    """Returns the part that lists the movements of the period one by one."""
    lines = [
        "Each movement is listed once; a service group is listed separately. The source is CQC’s page for watched services, "
        "which this monitor reads, or CQC’s files, which cover all services. Files do not show a rating that rose and fell "
        "between two files, and special measures are stated only on pages.",
    ]
    if report.covered is None:
        why = report.files.why_not(report.asked.since)
        lines.insert(0, f"For this period, movements of services that are not watched here are {why}.")
    elif not report.is_covered:
        lines.insert(0, f"{not_covered(report)}, only movements of watched services are known.")
    if report.moved or report.covered is not None:
        counts = ", ".join(f"{sum(one.way is way for one in report.moved)} {way}" for way in Way)
        known = "Movements" if report.is_covered else "Known movements"
        lines.insert(0, f"{known} of overall ratings, and into and out of special measures: {counts}.")
    if report.unplaced:
        moved = counted(report.unplaced, "watched service")
        lines.append(f"Movements of services that CQC’s files don’t list belong to no area: {moved}.")
    return Part(heading="Movements in the period", lines=tuple(lines), tables=(movements_table(report.moved, "Movements"),))


def not_covered(report: AreaReport) -> str:
    """Returns, in words, the days of the period that the files do not cover. The files must cover other days of the period."""
    before, after = f"before {day(report.files.first)}", f"after {day(report.files.rated)}"
    asked = report.asked
    return sentence(" and ".join([before] * (asked.since < report.files.first) + [after] * (asked.to > report.files.rated)))
