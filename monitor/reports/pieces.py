"""Makes pieces that several papers use: names, cells, bars, and tables of movements. Pure."""

from collections.abc import Iterable
from datetime import date, datetime

from monitor.ratings import OVERALL
from monitor.register.entries import Sector
from monitor.register.movements import UNRATED, Movement
from monitor.reports.area import MARKS, Area, Mix, percent
from monitor.reports.paper import NOTHING, Bar, Cell, Column, Piece, Row, Table
from monitor.reports.past import NOT_KNOWN
from monitor.text import day, sentence

SECTOR_NAMES = {Sector.CARE_HOME: "Care homes", Sector.COMMUNITY: "Community-based", None: "All"}

_MARK_NAMES = {UNRATED: "Unrated", NOT_KNOWN: "Not known"}


def columns(areas: Iterable[Area]) -> tuple[Column, ...]:
    """Returns a column of numbers for each area."""
    return tuple(Column(heading=area.name, area=area.name) for area in areas)


def mark_name(mark: str) -> str:
    """Returns the row label for one of MARKS."""
    return _MARK_NAMES.get(mark) or sentence(mark)


def marks_of(mixes: Iterable[Mix]) -> tuple[str, ...]:
    """Returns the marks for a table. NOT_KNOWN is included only if it occurs."""
    return MARKS if any(mix.number(NOT_KNOWN) for mix in mixes) else MARKS[:-1]


def share(mix: Mix, mark: str) -> Cell:
    """Returns a cell that says how many services have a mark, as a number and as a percentage of all services."""
    return Cell(number=mix.number(mark), percent=mix.percents[MARKS.index(mark)], of=mix.of)


def part_of(some: int, every: int) -> Cell:
    """Returns a cell with a part of a total, as a number and as a percentage."""
    return Cell(number=some, percent=percent(some, every), of=every)


def decimal(number: float | None) -> Cell:
    """Returns a cell with a number, rounded to one decimal place. None means that the number is not known."""
    return Cell(number=None if number is None else round(number, 1))


def bar(label: str, mix: Mix) -> Bar:
    """Returns the bar of a chart for some services."""
    pieces, start = [], 0.0
    for mark, number, per_cent in zip(MARKS, mix.numbers, mix.percents, strict=True):
        if number and per_cent is not None:
            length = number * 100 / mix.of
            pieces.append(Piece(mark=mark, number=number, percent=per_cent, start=round(start, 3), length=round(length, 3)))
            start += length
    return Bar(label=label, of=mix.of, pieces=tuple(pieces))


def cells(*values: str | date | datetime | int | None) -> tuple[Cell, ...]:
    """Returns a cell for each value. None and an empty text become a dash."""
    return tuple(map(_cell, values))


def _cell(value: str | date | datetime | int | None) -> Cell:
    match value:
        case int():
            return Cell(number=value)
        case datetime():
            return Cell(at=value)
        case date():
            return Cell(on=value)
        case _:
            return Cell(words=value or NOTHING)


def texts(*headings: str) -> tuple[Column, ...]:
    """Returns columns for words and dates."""
    return tuple(Column(heading=heading, is_number=False) for heading in headings)


def movements_table(all_moved: Iterable[Movement], key: str, *, with_area: bool = False, by_provider: bool = False) -> Table:
    """Returns a table of movements, in the given order."""
    columns = ["Movement", "From", "To", "Date", "Seen"]
    rows = []
    for one in all_moved:
        way = one.way + (f" ({one.group})" if one.group else "")
        moved = (way, one.from_, one.to, one.on, _seen(one))
        before = [one.provider_name] * by_provider + [one.authority] * with_area
        label = one.name if one.of == OVERALL else f"{one.name}: {one.of}"
        rows.append(Row(label=label, service=one.location_id, item=one.item, cells=cells(one.location_id, *before, *moved)))
    headings = ("Location id", *["Provider"] * by_provider, *["Authority"] * with_area, *columns)
    return Table(key=key, title=_TITLES.get(key, key), first="Service", columns=texts(*headings), rows=tuple(rows))


_TITLES = {"Movements": "Movements of overall ratings, and special measures", "Falls of one provider": "Falls, by provider"}


def _seen(one: Movement) -> str:
    told = []
    if one.seen is not None:
        told.append(f"{'by CQC’s API' if one.by_api else 'on CQC’s page'}, {day(one.seen)}")
    if one.files is not None:
        told.append(f"first in CQC’s files of {day(one.files[1])}")
    if not one.dated:
        told.append("not dated by CQC")
    return "; ".join(told)


def file_name(text: str) -> str:
    """Returns a text in a form that is suitable for file names."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.casefold())
    return "-".join(one for one in kept.split("-") if one)[:80] or "all"
