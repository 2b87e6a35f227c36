"""A report -> a paper: headings, sentences, tables and bars, the same for every layout (see `printing`). Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from monitor.ratings import OVERALL
from monitor.register.entries import Sector
from monitor.register.movements import UNRATED, Movement, Standing, Way
from monitor.reports.area import BANDS, ENGLAND, MARKS, NOT_KNOWN, SECTORS, Area, AreaReport, Asking, Mix, percentages
from monitor.reports.paper import LICENCE, NOTHING, Bar, Bars, Cell, Column, Paper, Part, Piece, Row, Table
from monitor.reports.provider import NEAR, OLD_YEARS, UNRATED_YEARS, ProviderReport, Signs
from monitor.text import counted, day, sentence

# ── the quality report ───────────────────────────────────────────────────────────────────────────────────────────────────

_SECTOR_NAMES = {Sector.CARE_HOME: "Care homes", Sector.COMMUNITY: "Community-based", None: "All"}

_MARK_NAMES = {UNRATED: "Unrated", NOT_KNOWN: "Not known"}


def area_paper(report: AreaReport) -> Paper:
    """The quality report of one authority."""
    name, asked = report.area.name, report.asked
    return Paper(
        name=f"quality-{_file_name(name)}-{asked.day}",
        title=f"Quality of care in {name}",
        lines=tuple(_about(report)),
        parts=(
            _services(report),
            _ratings(report),
            _published(report),
            _moved(report),
            _trend(report),
            _questions(report),
            _ages(report),
            *_contracted(report),
        ),
    )


def _about(report: AreaReport) -> Iterator[str]:
    asked = report.asked
    if asked.at is None:
        yield (
            f"Made on {day(asked.today)} from CQC’s files of {day(report.newest)}. Changes that this monitor has since seen "
            "on CQC’s pages are among the movements, not in the counts."
        )
    elif asked.at >= report.begins:
        yield f"As it was on {day(asked.at)}, by CQC’s newest files of that day. Made on {day(asked.today)}."
    else:
        yield (
            f"As it was on {day(asked.at)}, before the first of CQC’s files held here ({day(report.begins)}). A service "
            "counts with its rating in that file if that was published by that day. Other ratings are not known, and "
            "services that had closed before the first file are missing."
        )
    yield f"The period is {day(asked.since)} to {day(asked.to)}."
    if report.comparators is not None:
        others = report.comparators.authorities
        yield f"Comparators ({report.comparators.name}, {len(others)}): {'; '.join(others) or 'none'}."
    yield (
        "Adult social care registered with CQC. A service counts once: a care home that also cares for people at home is a care"
        " home, and one that is rated by service group counts as the worst of its groups. Percentages are of all services of the "
        "column, including unrated ones, rounded so that each column adds up to 100."
    )
    if report.twice:
        homes = counted(report.twice, "home is", "homes are")
        yield f"{homes} registered twice in {report.area.name}, by two providers, and counted once, by the primary registration."
    if report.unknown:
        listed = "; ".join(f"{one} ({count})" for one, count in report.unknown)
        yield f"Only in England’s numbers, since CQC’s files name no present authority: {listed}."
    yield LICENCE


def _services(report: AreaReport) -> Part:
    areas = report.areas
    by_sector = Table(
        key="Services",
        title="Registered services",
        first="Sector",
        columns=_columns(areas),
        rows=tuple(
            Row(label=_SECTOR_NAMES[sector], cells=tuple(Cell(number=area.now[sector].of) for area in areas))
            for sector in (*SECTORS, None)
        ),
    )
    by_type = Table(
        key="Services by type",
        title="Services by type",
        first="Type of service",
        columns=_columns(areas),
        rows=tuple(
            Row(label=kind, cells=tuple(Cell(number=dict(area.types)[kind]) for area in areas)) for kind, _ in report.area.types
        ),
        notes=(
            "A service of several types counts under each: these numbers add up to more than the services. “Supported housing” is"
            " what CQC calls extra care housing.",
        ),
    )
    return Part(heading="Services and beds", tables=(by_sector, by_type, _beds(areas)))


def _beds(areas: Sequence[Area]) -> Table:
    def row(label: str, *numbers: int | float | None) -> Row:
        return Row(label=label, cells=tuple(_decimal(one) for one in numbers))

    notes = ["A home with nursing counts all its beds under nursing. England’s average is over the authorities with a service."]
    silent = [f"{area.beds.silent} of {area.beds.homes:,} ({area.name})" for area in areas if area.beds.silent]
    if silent:
        notes.append(f"Homes left out, since CQC’s files don’t give their beds: {'; '.join(silent)}.")
    return Table(
        key="Beds",
        title="Beds in care homes",
        first="Beds",
        columns=_columns(areas),
        rows=(
            row("Nursing", *(area.beds.nursing for area in areas)),
            row("Residential", *(area.beds.residential for area in areas)),
            row("All", *(area.beds.total for area in areas)),
            row("Average per authority", *(area.beds.total / area.authorities if area.authorities else None for area in areas)),
            row("Per 100 homes", *(area.beds.per_100_homes for area in areas)),
        ),
        notes=tuple(notes),
    )


def _ratings(report: AreaReport) -> Part:
    then = report.asked.since
    title = "Ratings now" if report.asked.at is None else f"Ratings on {day(report.asked.day)}"
    tables = [
        _mixes("Ratings", title, report.areas, "now"),
        _mixes("Ratings before", f"Ratings at the beginning of the period, {day(then)}", report.areas, "then"),
    ]
    lines = [] if then >= report.begins else [_not_known(report)]
    if report.area.reasons:
        why = "; ".join(f"{count:,} {reason}" for reason, count in report.area.reasons)
        lines.append(f"Why services in {report.area.name} are unrated: {why}.")
    if inherited := [f"{area.inherited:,} ({area.name})" for area in report.areas if area.inherited]:
        lines.append(f"With the rating of an earlier registration (another address or provider): {'; '.join(inherited)}.")
    chart = Bars(
        key="ratings",
        title="Ratings by area and sector, per cent of services",
        bars=tuple(
            _bar(f"{area.name}, {_SECTOR_NAMES[sector].lower()}", area.now[sector]) for sector in SECTORS for area in report.areas
        ),
    )
    return Part(heading="Ratings", lines=tuple(lines), charts=(chart,), tables=tuple(tables))


def _not_known(report: AreaReport) -> str:
    return (
        f"CQC’s files held here begin on {day(report.begins)}. For earlier days, a service counts with its rating if that was "
        "published by then. Other ratings are not known, and services that closed earlier are missing."
    )


def _published(report: AreaReport) -> Part:
    asked = report.asked
    title = f"Ratings published from {day(asked.since)} to {day(asked.to)}"
    note = (
        "Each service counts with the newest of its ratings that CQC’s files show as published in the period, including "
        "services that have closed since. Percentages are of the four ratings only."
    )
    if asked.since < report.begins:
        note += f" Ratings that had been replaced before {day(report.begins)}, when the files begin, are missing."
    table = _mixes("Published in the period", title, report.areas, "published", notes=(note,), marks=MARKS[:4])
    return Part(heading="Published in the period", tables=(table,))


def _moved(report: AreaReport) -> Part:
    counts = ", ".join(f"{sum(one.way is way for one in report.moved)} {way}" for way in Way)
    lines = [
        f"Overall ratings: {counts}.",
        "Each movement is listed once (a service group counts separately), with its source: on CQC’s page, by this monitor,"
        " for services that it watches; or"
        " in CQC’s files, for all. Files do not show a rating that rose and fell between two of them, and special measures "
        "are stated only on pages.",
    ]
    if report.asked.since < report.begins:
        lines.append(f"Before {day(report.begins)} there are no files: movements of services not watched then are missing.")
    if report.unplaced:
        moved = counted(report.unplaced, "watched service moved", "watched services moved")
        lines.append(f"In no area, since CQC’s files don’t list them: {moved}.")
    return Part(heading="Movements in the period", lines=tuple(lines), tables=(_movements(report.moved, "Movements"),))


def _trend(report: AreaReport) -> Part:
    area = report.area
    england = dict(report.areas[-1].quarters)
    columns = (
        *(Column(heading=_mark_name(mark), area=area.name) for mark in _marks(mix for _, mix in area.quarters)),
        Column(heading="Good or outstanding, England", area=ENGLAND),
    )
    marks = _marks(mix for _, mix in area.quarters)
    table = Table(
        key="Trend",
        title=f"Ratings in {area.name} by quarter",
        first="On",
        columns=columns,
        rows=tuple(
            Row(label=day(on), cells=(*(_share(mix, mark) for mark in marks), _well(england[on]))) for on, mix in area.quarters
        ),
        notes=(f"From CQC’s files, which begin here on {day(report.begins)}. Per cent of all services of the day.",),
    )
    chart = Bars(
        key="trend",
        title=f"Ratings in {area.name} by quarter, per cent of services",
        bars=tuple(_bar(day(on), mix) for on, mix in area.quarters),
    )
    return Part(heading="Trend by quarter", charts=(chart,), tables=(table,))


def _questions(report: AreaReport) -> Part:
    falls = dict(report.falls)
    columns = (
        Column(heading="Falls in the period", area=report.area.name),
        *(Column(heading=f"Below good, {area.name}", area=area.name) for area in report.areas),
        Column(heading=f"Inadequate, {report.area.name}", area=report.area.name),
    )
    mine = {one.question: one for one in report.area.questions}
    by_area = [{one.question: one for one in area.questions} for area in report.areas]
    order = sorted(mine.values(), key=lambda one: (-falls[one.question], -one.below_good))
    table = Table(
        key="Key questions",
        title="Key questions, those that fell most first",
        first="Key question",
        columns=columns,
        rows=tuple(
            Row(
                label=sentence(one.question),
                cells=(
                    Cell(number=falls[one.question]),
                    *(_below(each[one.question]) for each in by_area),
                    _part(one.inadequate, one.rated),
                ),
            )
            for one in order
        ),
        notes=("Below good: requires improvement or inadequate. Per cent of the services with a rating for that question.",),
    )
    return Part(heading="Key questions", tables=(table,))


def _ages(report: AreaReport) -> Part:
    rows = []
    for n, band in enumerate(BANDS):
        shares = [(area.ages.numbers, percentages(area.ages.numbers)) for area in report.areas]
        cells = tuple(Cell(number=numbers[n], percent=per[n], of=sum(numbers)) for numbers, per in shares)
        rows.append(Row(label=sentence(band), cells=cells))
    rows.append(Row(label="Median, years", cells=tuple(_decimal(area.ages.median_years) for area in report.areas)))
    notes = ["Since the overall rating was published. Only services with one."]
    undated = [f"{area.ages.undated} ({area.name})" for area in report.areas if area.ages.undated]
    if undated:
        notes.append(f"Rated services for which CQC’s files give no date, left out: {'; '.join(undated)}.")
    table = Table(
        key="Time since rated",
        title="Time since services were last rated",
        first="Rated ago",
        columns=_columns(report.areas),
        rows=tuple(rows),
        notes=tuple(notes),
    )
    return Part(heading="Time since last rated", tables=(table,))


def _contracted(report: AreaReport) -> Iterator[Part]:
    if report.contracted is None:
        return
    told, name = report.contracted, report.area.name
    column = (Column(heading="Contracted, of all", area=name), Column(heading="All", area=name))

    def row(label: str, some: int, every: int) -> Row:
        return Row(label=label, cells=(_part(some, every), Cell(number=every)))

    lines = [f"Contracted services of other areas, left out: {told.elsewhere}."]
    if told.not_found:
        listed = ", ".join(told.not_found[:20]) + (f" and {len(told.not_found) - 20} more" if len(told.not_found) > 20 else "")
        lines.append(f"Not among the registered services of adult social care, left out: {listed}.")
    yield Part(
        heading="Contracted services",
        lines=tuple(lines),
        tables=(
            Table(
                key="Contracted by sector",
                title="Contracted services by sector",
                first="Sector",
                columns=column,
                rows=tuple(row(_SECTOR_NAMES[sector], some, every) for sector, some, every in told.by_sector),
            ),
            Table(
                key="Contracted by rating",
                title="Contracted services by rating",
                first="Rating",
                columns=column,
                rows=tuple(row(_mark_name(mark), some, every) for mark, some, every in told.by_mark),
            ),
        ),
    )


# ── the market ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def provider_paper(report: ProviderReport) -> Paper:
    """The market view of a provider or a brand."""
    holder = report.holder
    closed = f" {counted(report.closed, 'other has', 'others have')} left the register." if report.closed else ""
    mixes = [_mix_of(report.services, sector) for sector in (*SECTORS, Sector.OTHER)]
    there = [(sector, mix) for sector, mix in zip((*SECTORS, Sector.OTHER), mixes, strict=True) if mix.of]
    names = {**_SECTOR_NAMES, Sector.OTHER: "Other services"}
    every = Mix(numbers=tuple(map(sum, zip(*(mix.numbers for mix in mixes), strict=True))))
    headed = [(names[sector], mix) for sector, mix in there] + [("All", every)] * (len(there) > 1)
    ratings = Table(
        key="Ratings",
        title="Ratings by sector",
        first="Rating",
        columns=tuple(Column(heading=name, sector=name) for name, _ in headed),
        rows=tuple(Row(label=_mark_name(mark), cells=tuple(_share(mix, mark) for _, mix in headed)) for mark in MARKS[:-1]),
        notes=("Per cent of all services of the column, including unrated ones.",),
    )
    councils = Table(
        key="Councils",
        title="By local authority",
        first="Authority",
        columns=(Column(heading="Services"), Column(heading="Below good, of all")),
        rows=tuple(
            Row(label=name or "No authority", cells=(Cell(number=count), _part(low, count)))
            for name, count, low in report.councils
        ),
    )
    chart = Bars(
        key="ratings",
        title="Ratings by sector, per cent of services",
        bars=tuple(_bar(*one) for one in headed),
    )
    return Paper(
        name=f"{holder.kind}-{_file_name(holder.name)}-{report.today}",
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
            Part(heading="Movements", tables=(_movements(report.moved, "Movements", with_area=True),)),
            Part(heading="All services", tables=(_listed("All services", "All services", report.services, "Type"),)),
        ),
    )


def _well_or_not(mix: Mix) -> Iterator[str]:
    well, low = (sum(map(mix.number, marks)) for marks in (("outstanding", "good"), ("requires improvement", "inadequate")))
    if rated := well + low:
        share, worst = percentages((well, low))[0], mix.number("inadequate")
        yield f"Of {counted(rated, 'rated service')}, {well:,} ({share}%) are good or outstanding, and {worst:,} inadequate."


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
            _movements(fallen, "Falls close together", with_area=True),
            _listed("Never rated", "Services never rated", signs.unrated, "Registered"),
            _listed("Old ratings", "Services with old ratings", signs.old, "Type"),
        ),
    )


def signs_paper(signs: Signs, most: int | None = None) -> Paper:
    """Early warning signs in an area, or in England; at most this many of each kind (None: all)."""
    where = signs.area or ENGLAND
    fallen = tuple(one for falls in signs.falls for one in falls.movements)
    never, old = (
        _listed(*about)
        for about in (
            ("Never rated", "Services never rated", signs.unrated, "Registered"),
            ("Old ratings", "Services with old ratings", signs.old, "Type"),
        )
    )
    falls = _movements(fallen, "Falls of one provider", with_area=True, by_provider=True)
    here = f"with services in {where}, " if signs.area else ""
    return Paper(
        name=f"signs-{_file_name(where)}-{signs.today}",
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
                tables=(_first(falls, most),),
            ),
            Part(
                heading="Registered, and never rated",
                lines=(f"Registered {UNRATED_YEARS} years ago or longer, and not rated yet: {len(signs.unrated):,}.",),
                tables=(_first(never, most),),
            ),
            Part(
                heading="Ratings that are old",
                lines=(f"The overall rating was published {OLD_YEARS} years ago or longer: {len(signs.old):,}.",),
                tables=(_first(old, most),),
            ),
        ),
    )


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _columns(areas: Iterable[Area]) -> tuple[Column, ...]:
    return tuple(Column(heading=area.name, area=area.name) for area in areas)


def _mark_name(mark: str) -> str:
    return _MARK_NAMES.get(mark) or sentence(mark)


def _marks(mixes: Iterable[Mix]) -> tuple[str, ...]:
    """The marks that a table shows: NOT_KNOWN only if it occurs."""
    return MARKS if any(mix.number(NOT_KNOWN) for mix in mixes) else MARKS[:-1]


def _mixes(
    key: str, title: str, areas: Sequence[Area], which: str, *, notes: tuple[str, ...] = (), marks: tuple[str, ...] = ()
) -> Table:
    """The columns (one for each sector and area), the rows (one for each rating), and the totals."""
    columns, mixes = [], []
    for area in areas:
        for sector in (*SECTORS, None):
            columns.append(
                Column(heading=f"{area.name}: {_SECTOR_NAMES[sector].lower()}", area=area.name, sector=_SECTOR_NAMES[sector])
            )
            mixes.append(getattr(area, which)[sector])
    rows = [Row(label=_mark_name(mark), cells=tuple(_share(mix, mark) for mix in mixes)) for mark in marks or _marks(mixes)]
    rows.append(Row(label="All", cells=tuple(Cell(number=mix.of) for mix in mixes)))
    return Table(key=key, title=title, first="Rating", columns=tuple(columns), rows=tuple(rows), notes=notes)


def _share(mix: Mix, mark: str) -> Cell:
    return Cell(number=mix.number(mark), percent=mix.percents[MARKS.index(mark)], of=mix.of)


def _well(mix: Mix) -> Cell:
    return _part(mix.numbers[0] + mix.numbers[1], mix.of)


def _part(some: int, every: int) -> Cell:
    return Cell(number=some, percent=percentages((some, every - some))[0], of=every)


def _below(asking: Asking) -> Cell:
    return _part(asking.below_good, asking.rated)


def _decimal(number: float | None) -> Cell:
    return Cell(number=None if number is None else round(number, 1))


def _bar(label: str, mix: Mix) -> Bar:
    pieces, start = [], 0.0
    for mark, number, percent in zip(MARKS, mix.numbers, mix.percents, strict=True):
        if number and percent is not None:
            length = number * 100 / mix.of
            pieces.append(Piece(mark=mark, number=number, percent=percent, start=round(start, 3), length=round(length, 3)))
            start += length
    return Bar(label=label, of=mix.of, pieces=tuple(pieces))


def _mix_of(services: Iterable[Standing], sector: Sector) -> Mix:
    marks = [one.mark for one in services if one.sector is sector]
    return Mix(numbers=tuple(marks.count(mark) for mark in MARKS))


def _words(*texts: str | None) -> tuple[Cell, ...]:
    return tuple(Cell(words=text or NOTHING) for text in texts)


def _texts(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading=heading, is_number=False) for heading in headings)


def _movements(moved: Iterable[Movement], key: str, *, with_area: bool = False, by_provider: bool = False) -> Table:
    columns = ["Movement", "From", "To", "Date", "Seen"]
    rows = []
    for one in moved:
        way = one.way + (f" ({one.group})" if one.group else "")
        cells = [way, one.from_, one.to, day(one.on) + ("" if one.dated else ", not dated by CQC"), _seen(one)]
        before = [one.provider_name] * by_provider + [one.authority] * with_area
        label = one.name if one.of == OVERALL else f"{one.name}: {one.of}"
        rows.append(Row(label=label, service=one.location_id, cells=_words(one.location_id, *before, *cells)))
    headings = ("Location id", *["Provider"] * by_provider, *["Authority"] * with_area, *columns)
    return Table(key=key, title=_TITLES.get(key, key), first="Service", columns=_texts(*headings), rows=tuple(rows))


_TITLES = {"Movements": "Movements of overall ratings, and special measures", "Falls of one provider": "Falls, by provider"}


def _seen(one: Movement) -> str:
    told = []
    if one.seen is not None:
        told.append(f"{'by CQC’s API' if one.by_api else 'on CQC’s page'}, {day(one.seen)}")
    if one.files is not None:
        told.append(f"first in CQC’s files of {day(one.files[1])}")
    return "; ".join(told)


def _listed(key: str, title: str, services: Iterable[Standing], what: str) -> Table:
    def cells(one: Standing) -> tuple[Cell, ...]:
        extra = _date(one.registered_on) if what == "Registered" else "; ".join(one.types)
        rating = (sentence(one.overall) if one.overall else "Not rated yet") + (" (inherited)" if one.inherited else "")
        return _words(one.location_id, one.authority, one.provider_name, extra, rating, _date(one.published))

    return Table(
        key=key,
        title=title,
        first="Service",
        columns=_texts("Location id", "Authority", "Provider", what, "Overall", "Published"),
        rows=tuple(Row(label=one.name, service=one.location_id, cells=cells(one)) for one in services),
    )


def _first(table: Table, most: int | None) -> Table:
    """The first rows of a table, with a note that there are more."""
    if most is None or len(table.rows) <= most:
        return table
    note = f"These are the first {most} of {len(table.rows):,}. All are in the files, and in the lists of each local authority."
    return replace(table, rows=table.rows[:most], notes=(*table.notes, note))


def _date(on: date | None) -> str | None:
    return day(on) if on else None


def _file_name(text: str) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.casefold())
    return "-".join(one for one in kept.split("-") if one)[:80] or "all"
