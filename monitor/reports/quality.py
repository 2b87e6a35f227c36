"""Makes the paper of an area's quality report: headings, findings, tables and charts. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import quantiles

from monitor.ratings import Rating
from monitor.reports.area import ENOUGH, MARKS, SECTORS, Area, AreaReport, Mix, percentages
from monitor.reports.counts import BANDS, Asking
from monitor.reports.findings import RATED, TOGETHER, WELL_OF_ALL, WELL_OF_RATED, findings
from monitor.reports.paper import LICENCE, Bars, Cell, Column, Line, Lines, Paper, Part, Row, Table
from monitor.reports.pieces import (
    SECTOR_NAMES,
    bar,
    columns,
    decimal,
    file_name,
    mark_name,
    marks_of,
    part_of,
    share,
)
from monitor.reports.quality_changed import change_part, moved_part, not_covered
from monitor.reports.quality_named import contracted_part, grave_part, repeated_part, twice_part
from monitor.text import counted, day, sentence


def area_paper(report: AreaReport) -> Paper:
    """Returns the quality report of an authority."""
    name, asked = report.area.name, report.asked
    parts = (
        _summary(report),
        change_part(report, _compared(report)),
        grave_part(report),
        *repeated_part(report),
        *contracted_part(report),
        _services(report),
        _ratings(report),
        _types(report),
        _published(report),
        moved_part(report),
        _trend(report),
        _questions(report),
        _ages(report),
        *twice_part(report),
    )
    tables = [table for part in parts for table in part.tables]
    return Paper(
        name=f"quality-{file_name(name)}-{asked.day}",
        title=f"Quality of care in {name}",
        lines=tuple(_about(report)),
        parts=(Part(heading="Findings", findings=findings(report, tables)), *parts),
    )


def _about(report: AreaReport) -> Iterator[str]:
    asked = report.asked
    if asked.at is None:
        yield (
            f"Made on {day(asked.today)} from {report.files.in_words}. Changes that this monitor has since seen on CQC’s pages "
            f"are included in the movements and the named services, but not in the counts."
        )
    elif asked.at >= report.begins:
        later = f" The newest of these files with ratings are of {day(report.rated_on)}." if report.rated_on < asked.at else ""
        yield f"As on {day(asked.at)}, according to CQC’s newest files on that day.{later} Made on {day(asked.today)}."
    else:
        yield (
            f"As on {day(asked.at)}, before the first CQC file loaded here ({day(report.begins)}). Each service is given its "
            "rating from that file if the rating was published by that day. Other ratings are not known, and services that had "
            "closed before the first file are missing."
        )
    yield f"The period is {day(asked.since)} to {day(asked.to)}."
    if report.comparators is not None:
        others = report.comparators.authorities
        yield f"Comparators ({report.comparators.name}, {len(others)}): {'; '.join(others) or 'none'}."
    yield (
        "This report is about adult social care services registered with CQC. Each service is counted once. A care home that "
        "also cares for people at home is counted as a care home. If a service is rated by service group, the rating of its "
        "worst group is used. Percentages are of all services of the column, including unrated services, unless the heading "
        "says “of rated services”. The percentages are rounded so that each column adds up to 100."
    )
    if report.unknown:
        listed = "; ".join(f"{one} ({count})" for one, count in report.unknown)
        yield f"Services counted only for England, because CQC’s files give no present authority for these services: {listed}."
    yield LICENCE


# ── the area's ratings ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _compared(report: AreaReport) -> list[tuple[str, Area]]:
    """Returns the area and everything that it is compared with, each with its name."""
    together = [(TOGETHER, area) for area in report.areas[1:-1]]
    each = [(area.name, area) for area in (report.area, *report.each)]
    return [*each, *together, *((area.name, area) for area in (report.region, report.areas[-1]))]


def _summary(report: AreaReport) -> Part:
    compared = _compared(report)
    chart = Bars(
        key="areas",
        title="Ratings of all services by area, per cent of services",
        bars=tuple(bar(name, area.now[None]) for name, area in compared),
    )
    return Part(
        heading="How the area compares", charts=(chart,), tables=(_areas(compared), _place(report), _spread(report))
    )


def _areas(compared: Sequence[tuple[str, Area]]) -> Table:
    heads = ("Services", WELL_OF_ALL, RATED, WELL_OF_RATED)
    low = tuple(f"{sentence(one)}, of rated services" for one in (Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE))

    def cells(mix: Mix) -> tuple[Cell, ...]:
        worst = (part_of(mix.number(one), mix.rated) for one in (Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE))
        return (Cell(number=mix.of), part_of(mix.well, mix.of), Cell(number=mix.rated), part_of(mix.well, mix.rated), *worst)

    return Table(
        key="Areas",
        title="Ratings by area",
        first="Area",
        columns=tuple(Column(heading=one, sector=SECTOR_NAMES[None]) for one in (*heads, *low)),
        rows=tuple(Row(label=name, cells=cells(area.now[None])) for name, area in compared),
        notes=(
            "Each percentage is rounded separately. “Of rated services” leaves out services without one of the four ratings: LG "
            "Inform and CQC’s State of Care publish this share. A region includes the authority itself.",
        ),
    )


def _place(report: AreaReport) -> Table:
    heads = (f"Authorities with {ENOUGH} or more rated services", "Place", "With a higher share", "The same", "A lower share")
    rows = [
        (one.among, one.enough, None if one.higher is None else one.higher + 1, one.higher, one.same, one.lower)
        for one in report.places
    ]
    return Table(
        key="Place",
        title=f"Place of {report.area.name} by the share of rated services that are good or outstanding",
        first="Among",
        columns=tuple(Column(heading=head, area=report.area.name) for head in heads),
        rows=tuple(Row(label=name, cells=tuple(Cell(number=one) for one in numbers)) for name, *numbers in rows),
        notes=(
            "Place 1 has the highest share. Shares are compared as whole percentages; authorities with the same share have the "
            f"same place. An authority with fewer than {ENOUGH} rated services has no place, because one service would move "
            "its share by more than five points.",
        ),
    )


def _spread(report: AreaReport) -> Table:
    shares = [share for _, share in report.spread]
    rows: list[tuple[str, float, str | None]] = []
    if len(shares) > 1:
        lower, middle, upper = quantiles(shares, n=4, method="inclusive")
        rows = [
            ("Highest", shares[0], _who(report, shares[0])),
            ("Upper quartile", upper, None),
            ("Median", middle, None),
            ("Lower quartile", lower, None),
            ("Lowest", shares[-1], _who(report, shares[-1])),
        ]
    return Table(
        key="Spread",
        title="How the share of good or outstanding services is spread over England’s authorities",
        first="Of the authorities",
        columns=(Column(heading="Share, %"), Column(heading="Authority", is_number=False)),
        rows=tuple(
            Row(label=label, cells=(Cell(number=round(share)), Cell(words=name or "–"))) for label, share, name in rows
        ),
        notes=(f"Authorities with {ENOUGH} or more rated services: {len(shares)}.",),
    )


def _who(report: AreaReport, share: int) -> str:
    """Returns the name of one authority with a certain share, and says how many other authorities have the same share."""
    first, *others = [name for name, its in report.spread if its == share]
    return f"{first} and {counted(len(others), 'other')}" if others else first


# ── services and beds ────────────────────────────────────────────────────────────────────────────────────────────────────


def _services(report: AreaReport) -> Part:
    areas = report.areas
    by_sector = Table(
        key="Services",
        title="Registered services",
        first="Sector",
        columns=columns(areas),
        rows=tuple(
            Row(label=SECTOR_NAMES[sector], cells=tuple(Cell(number=area.now[sector].of) for area in areas))
            for sector in (*SECTORS, None)
        ),
    )
    by_type = Table(
        key="Services by type",
        title="Services by type",
        first="Type of service",
        columns=columns(areas),
        rows=tuple(
            Row(label=kind, cells=tuple(Cell(number=dict(area.types)[kind].of) for area in areas))
            for kind, _ in report.area.types
        ),
        notes=(
            "A service of several types is counted under each type, so these numbers add up to more than the number of "
            "services. “Supported housing” is what CQC calls extra care housing.",
        ),
    )
    return Part(heading="Services and beds", tables=(by_sector, by_type, _beds(areas), _beds_by_rating(areas)))


def _beds(areas: Sequence[Area]) -> Table:
    def row(label: str, *numbers: int | float | None) -> Row:
        return Row(label=label, cells=tuple(decimal(one) for one in numbers))

    notes = [
        "All beds of a home with nursing are counted as nursing beds. For England, “Average per authority” counts only "
        "authorities that have a service."
    ]
    silent = [f"{area.beds.silent} of {area.beds.homes:,} ({area.name})" for area in areas if area.beds.silent]
    if silent:
        notes.append(f"Homes left out, because CQC’s files don’t give the number of beds: {'; '.join(silent)}.")
    return Table(
        key="Beds",
        title="Beds in care homes",
        first="Beds",
        columns=columns(areas),
        rows=(
            row("Nursing", *(area.beds.nursing for area in areas)),
            row("Residential", *(area.beds.residential for area in areas)),
            row("All", *(area.beds.total for area in areas)),
            row("Average per authority", *(area.beds.total / area.authorities if area.authorities else None for area in areas)),
            row("Average per home", *(area.beds.per_home for area in areas)),
        ),
        notes=tuple(notes),
    )


def _beds_by_rating(areas: Sequence[Area]) -> Table:
    mixes = [area.beds_by_rating for area in areas]
    rows = [Row(label=mark_name(mark), cells=tuple(share(mix, mark) for mix in mixes)) for mark in marks_of(mixes)]
    rows.append(Row(label="All", cells=tuple(Cell(number=mix.of) for mix in mixes)))
    title = "Beds in care homes by the home’s rating"
    return Table(key="Beds by rating", title=title, first="Rating", columns=columns(areas), rows=tuple(rows))


# ── ratings ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mixes(
    key: str, title: str, areas: Sequence[Area], which: str, *, notes: tuple[str, ...] = (), marks: tuple[str, ...] = ()
) -> Table:
    """Returns a table with a column for each area and sector, a row for each rating, and a row with the columns' totals."""
    heads, mixes = [], []
    for area in areas:
        for sector in (*SECTORS, None):
            name = SECTOR_NAMES[sector]
            heads.append(Column(heading=f"{area.name}: {name.lower()}", area=area.name, sector=name))
            mixes.append(getattr(area, which)[sector])
    rows = [Row(label=mark_name(mark), cells=tuple(share(mix, mark) for mix in mixes)) for mark in marks or marks_of(mixes)]
    rows.append(Row(label="All", cells=tuple(Cell(number=mix.of) for mix in mixes)))
    return Table(key=key, title=title, first="Rating", columns=tuple(heads), rows=tuple(rows), notes=notes)


def _ratings(report: AreaReport) -> Part:
    then = report.asked.since
    title = "Ratings now" if report.asked.at is None else f"Ratings on {day(report.asked.day)}"
    tables = [_mixes("Ratings", title, report.areas, "now")]
    lines = [f"Ratings come from CQC’s files of {day(report.rated_on)}. Later ratings are not counted here."]
    if report.rated_on >= report.asked.day:
        lines = []
    if then <= report.rated_on:
        tables.append(_mixes("Ratings before", f"Ratings at the beginning of the period, {day(then)}", report.areas, "then"))
    else:
        lines.append(f"Ratings at the beginning of the period are {report.files.not_after}.")
    if then < report.begins:
        lines.append(_not_known(report))
    if report.area.reasons:
        why = "; ".join(f"{count:,} {reason}" for reason, count in report.area.reasons)
        lines.append(f"Why services in {report.area.name} are unrated: {why}.")
    if inherited := [f"{area.inherited:,} ({area.name})" for area in report.areas if area.inherited]:
        listed = "; ".join(inherited)
        lines.append(f"Services with the rating of an earlier registration (another address or provider): {listed}.")
    chart = Bars(
        key="ratings",
        title="Ratings by area and sector, per cent of services",
        bars=tuple(
            bar(f"{area.name}, {SECTOR_NAMES[sector].lower()}", area.now[sector]) for sector in SECTORS for area in report.areas
        ),
    )
    return Part(heading="Ratings", lines=tuple(lines), charts=(chart,), tables=tuple(tables))


def _not_known(report: AreaReport) -> str:
    return (
        f"The CQC files loaded here begin on {day(report.begins)}. For earlier days, each service is given its rating from the "
        "first file if the rating was published by then. Other ratings are not known, and services that closed earlier are "
        "missing."
    )


def _types(report: AreaReport) -> Part:
    areas = (report.area, report.areas[-1])
    heads = ("services", "rated services", "good or outstanding of these", "inadequate of these")
    rows = []
    for kind, _ in report.area.types:
        mixes = [dict(area.types)[kind] for area in areas]
        cells = [
            one
            for mix in mixes
            for one in (Cell(number=mix.of), Cell(number=mix.rated), *_well_and_worst(mix))
        ]
        rows.append(Row(label=kind, cells=tuple(cells)))
    table = Table(
        key="Ratings by type",
        title="Ratings by type of service",
        first="Type of service",
        columns=tuple(Column(heading=f"{area.name}: {head}", area=area.name) for area in areas for head in heads),
        rows=tuple(rows),
        notes=("A service of several types is counted under each type.",),
    )
    return Part(heading="Types of service", tables=(table,))


def _well_and_worst(mix: Mix) -> Iterator[Cell]:
    yield part_of(mix.well, mix.rated)
    yield part_of(mix.number(Rating.INADEQUATE), mix.rated)


def _published(report: AreaReport) -> Part:
    asked, files = report.asked, report.files
    if asked.since > files.rated:
        return Part(heading="Published in the period", lines=(f"Which ratings were published is {files.not_after}.",))
    title = f"Ratings published from {day(asked.since)} to {day(asked.to)}"
    note = (
        "For each service, this table uses the newest rating that CQC’s files show as published in the period. Services that "
        "have closed since are included. Percentages are of the four ratings only."
    )
    if asked.since < report.begins:
        note += f" Ratings that had been replaced before {day(report.begins)}, when the files begin, are missing."
    if asked.to > files.rated:
        note += f" Ratings published after {day(files.rated)} are not known."
    table = _mixes("Published in the period", title, report.areas, "published", notes=(note,), marks=MARKS[:4])
    return Part(heading="Published in the period", tables=(table,))


def _trend(report: AreaReport) -> Part:
    area = report.area
    marks = marks_of(mix for _, mix in area.quarters)
    beside = [(name, dict(one.quarters)) for name, one in _compared(report) if one not in report.each]
    table = Table(
        key="Trend",
        title=f"Ratings in {area.name} by quarter",
        first="On",
        columns=(
            *(Column(heading=mark_name(mark), area=area.name) for mark in marks),
            *(Column(heading=f"{WELL_OF_RATED}, {name}", area=name) for name, _ in beside),
        ),
        rows=tuple(
            Row(
                label=day(on),
                on=on,
                cells=(*(share(mix, mark) for mark in marks), *(part_of(one[on].well, one[on].rated) for _, one in beside)),
            )
            for on, mix in area.quarters
        ),
        notes=(
            f"From the CQC files with ratings that are loaded here, of {day(report.begins)} to {day(report.files.rated)}. "
            f"Later ratings are not known. Per cent of all services on that day, or of the rated services.",
        ),
    )
    bars = Bars(
        key="trend",
        title=f"Ratings in {area.name} by quarter, per cent of services",
        bars=tuple(bar(day(on), mix) for on, mix in area.quarters),
    )
    lines = Lines(
        key="trends",
        title="Good or outstanding by quarter, per cent of rated services",
        dates=tuple(on for on, _ in area.quarters),
        lines=tuple(
            Line(label=name, percents=tuple(part_of(mix.well, mix.rated).percent for mix in one.values())) for name, one in beside
        ),
    )
    return Part(heading="Trend by quarter", charts=(bars, lines), tables=(table,))


# ── key questions, ages ──────────────────────────────────────────────────────────────────────────────────────────────────


def _questions(report: AreaReport) -> Part:
    falls = dict(report.falls)
    are_known = report.covered is not None or any(falls.values())
    notes = ["Below good: requires improvement or inadequate. Per cent of the services with a rating for that question."]
    if not report.is_covered:
        notes.append(
            f"{not_covered(report)}, falls are known only for watched services."
            if report.covered
            else f"Falls of services that are not watched here are {report.files.why_not(report.asked.since)}."
        )
    heads = (
        Column(heading="Falls in the period", area=report.area.name),
        *(Column(heading=f"Below good, {area.name}", area=area.name) for area in report.areas),
        Column(heading=f"Inadequate, {report.area.name}", area=report.area.name),
    )
    mine = {one.question: one for one in report.area.questions}
    by_area = [{one.question: one for one in area.questions} for area in report.areas]
    order = sorted(mine.values(), key=lambda one: (-falls[one.question], -one.below_good))
    table = Table(
        key="Key questions",
        title="Key questions, with the most falls first",
        first="Key question",
        columns=heads,
        rows=tuple(
            Row(
                label=sentence(one.question),
                cells=(
                    Cell(number=falls[one.question] if are_known else None),
                    *(_below(each[one.question]) for each in by_area),
                    part_of(one.inadequate, one.rated),
                ),
            )
            for one in order
        ),
        notes=tuple(notes),
    )
    return Part(heading="Key questions", tables=(table,))


def _below(asking: Asking) -> Cell:
    return part_of(asking.below_good, asking.rated)


def _ages(report: AreaReport) -> Part:
    rows = []
    for n, band in enumerate(BANDS):
        shares = [(area.ages.numbers, percentages(area.ages.numbers)) for area in report.areas]
        cells = tuple(Cell(number=numbers[n], percent=per[n], of=sum(numbers)) for numbers, per in shares)
        rows.append(Row(label=sentence(band), cells=cells))
    rows.append(Row(label="Median, years", cells=tuple(decimal(area.ages.median_years) for area in report.areas)))
    notes = ["The time since the overall rating was published, for services that have an overall rating."]
    undated = [f"{area.ages.undated} ({area.name})" for area in report.areas if area.ages.undated]
    if undated:
        notes.append(f"Rated services left out, because CQC’s files give no date: {'; '.join(undated)}.")
    table = Table(
        key="Time since rated",
        title="Time since services were last rated",
        first="Rated ago",
        columns=columns(report.areas),
        rows=tuple(rows),
        notes=tuple(notes),
    )
    return Part(heading="Time since last rated", tables=(table, _by_age(report.area)))


def _by_age(area: Area) -> Table:
    every = [mix for _, mix in area.ages_by_rating]
    return Table(
        key="Ratings by age",
        title=f"Ratings in {area.name} by the time since they were published",
        first="Rated ago",
        columns=tuple(Column(heading=mark_name(mark), area=area.name) for mark in Rating),
        rows=tuple(
            Row(label=sentence(band), cells=tuple(part_of(mix.number(mark), _of(every, mark)) for mark in Rating))
            for band, mix in area.ages_by_rating
        ),
        notes=("Per cent of the services with that rating and a date. Each percentage is rounded separately.",),
    )


def _of(mixes: Iterable[Mix], mark: str) -> int:
    return sum(mix.number(mark) for mix in mixes)
