"""The content of a report: parts, sentences, tables and charts. The content is the same in every layout."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from pydantic import TypeAdapter

from monitor.reports.area import MARKS
from monitor.text import day, moment

NOTHING = "–"

LICENCE = (
    "Source: Care Quality Commission, under the Open Government Licence v3.0. The percentages and comparisons are this "
    "program’s, not CQC’s: only CQC’s own publications are authoritative."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The content of a cell: a number, a day (`on`), an instant (`at`), or words. `percent` is the number as a percentage of the
    total `of`. If the total is zero, `percent` is None and is shown as a dash."""

    number: int | float | None = None
    percent: int | None = None
    of: int | None = None
    on: date | None = None
    at: datetime | None = None
    words: str | None = None

    def __str__(self) -> str:
        if self.words is not None:
            return self.words
        if self.on is not None:
            return day(self.on)
        if self.at is not None:
            return moment(self.at)
        if self.number is None:
            return NOTHING
        number = f"{self.number:,}" if isinstance(self.number, int) else f"{self.number:,.1f}"
        if self.of is None:
            return number
        return f"{number} ({self.percent}%)" if self.percent is not None else f"{number} ({NOTHING})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `area` and `sector` say what the column is about; "" if it is not about one area or sector."""

    heading: str
    area: str = ""
    sector: str = ""
    is_number: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table, with a cell for each column. `service` is the location id, and `item` the item, that the row is about. If
    the label is a day or an instant, it is also in `on` or `at`."""

    label: str
    cells: tuple[Cell, ...]
    service: str | None = None
    item: str | None = None
    on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. `key` is the table's name in files, with at most 31 characters. `first` is the heading above the rows' labels."""

    key: str
    title: str
    first: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, a day or a name in a finding, and where it comes from. A figure comes from the cell in a row and a column of a
    table. If `column` is empty, it comes from the row's label. If `row` is empty, it comes from the column's heading."""

    shown: str
    table: str
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence, and the topic to which it belongs (`about`). All numbers in the sentence are figures."""

    about: str
    said: tuple[str | Figure, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.said))

    @property
    def tables(self) -> tuple[str, ...]:
        """The keys of the tables that contain the finding's figures, in the order of the figures."""
        return tuple(dict.fromkeys(one.table for one in self.said if isinstance(one, Figure)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a bar. `start` and `length` are in per cent of the bar."""

    mark: str
    number: int
    percent: int
    start: float
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a chart. If the bar has no pieces, there is nothing to draw."""

    label: str
    of: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A chart with stacked bars. A table next to the chart gives the same numbers."""

    key: str
    title: str
    bars: tuple[Bar, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks (of MARKS) that occur in the chart."""
        there = {piece.mark for bar in self.bars for piece in bar.pieces}
        return tuple(mark for mark in MARKS if mark in there)

    @property
    def described(self) -> str:
        """The chart described in words."""
        return " ".join(
            f"{bar.label}: {', '.join(f'{one.mark} {one.percent}%' for one in bar.pieces)}, of {bar.of:,}."
            if bar.pieces
            else f"{bar.label}: no services."
            for bar in self.bars
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a chart. `percents` are whole percentages, one for each of the chart's days; None if a day has no value."""

    label: str
    percents: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A chart with lines over some days. A table next to the chart gives the same numbers."""

    key: str
    title: str
    dates: tuple[date, ...]
    lines: tuple[Line, ...]

    @property
    def days(self) -> tuple[str, ...]:
        """The chart's days in words."""
        return tuple(map(day, self.dates))

    @property
    def described(self) -> str:
        """The chart described in words."""
        return " ".join(
            f"{line.label}: " + ", ".join(
                f"{on} {NOTHING if percent is None else f'{percent}%'}"
                for on, percent in zip(self.days, line.percents, strict=True)
            ) + "."
            for line in self.lines
        )


Chart = Bars | Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a paper, under its own heading."""

    heading: str
    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A report for people. `name` is suitable as the name of a file, and has no extension."""

    name: str
    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables of the paper, in order."""
        return tuple(table for part in self.parts for table in part.tables)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the paper, in order."""
        return tuple(one for part in self.parts for one in part.findings)

    def title_of(self, key: str) -> str:
        """Returns the title of the table with this key."""
        return next(table.title for table in self.tables if table.key == key)


def dump_paper(paper: Paper) -> bytes:
    """Returns a paper as JSON, for another process."""
    return _adapter().dump_json(paper)


def load_paper(text: bytes) -> Paper:
    """Returns the paper from text that `dump_paper` made."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Paper]:
    return TypeAdapter(Paper)
