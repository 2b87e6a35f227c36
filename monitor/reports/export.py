"""Exports a paper as text, HTML, CSV, XLSX or DOCX. All these files have the same content."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from textwrap import wrap
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup

from monitor import templates
from monitor.locations import location_url
from monitor.reports.cells import PAGE, Sheet, Value, safe_cell, workbook_file
from monitor.reports.cells import Column as SheetColumn
from monitor.reports.charts import finished, fitted, is_empty, native, sheet_of
from monitor.reports.paper import NOTHING, Cell, Column, Finding, Paper, Row, Table
from monitor.reports.word import as_docx
from monitor.text import plain

WIDTH = 110
"""The width of text, in characters."""

WIDEST = 160
"""The width of the widest table in text, in characters."""

_NUMBERS = ("number", "per cent", "of")


def as_text(paper: Paper, base_url: str) -> bytes:
    """Returns the paper as text for a terminal, in UTF-8."""
    lines = [*_headed(paper.title, "="), *_wrapped(paper.lines)]
    for part in paper.parts:
        lines += [*_headed(part.heading, "-"), *_wrapped(part.lines)]
        lines += _wrapped(f"{one}{_titles(paper, one)}" for one in part.findings)
        for table in part.tables:
            lines += [*_text_table(table), ""]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8", "replace")


def _titles(paper: Paper, finding: Finding) -> str:
    """Returns the titles of the tables that contain a finding's numbers, in brackets; "" if there are no such tables."""
    return f" [{'; '.join(map(paper.title_of, finding.tables))}]" if finding.tables else ""


def _headed(text: str, line: str) -> list[str]:
    return [plain(text), line * len(plain(text)), ""]


def _wrapped(texts: Iterable[str]) -> Iterator[str]:
    for one in texts:
        yield from wrap(plain(one), WIDTH)
        yield ""


def _text_table(table: Table) -> Iterator[str]:
    yield table.title
    if not table.rows:
        yield "None."
    else:
        heads = [table.first, *(one.heading for one in table.columns)]
        right = [False, *(one.is_number for one in table.columns)]
        cells = [[plain(str(one)) for one in (row.label, *row.cells)] for row in table.rows]
        widths = [
            max([len(word) for word in head.split()] + [len(row[n]) for row in cells]) if is_right else _wide(head, cells, n)
            for n, (head, is_right) in enumerate(zip(heads, right, strict=True))
        ]
        if sum(widths) + 2 * len(widths) > WIDEST:
            yield from _records(heads, cells)
        else:
            yield from _ruled(heads, cells, widths, right)
    for note in table.notes:
        yield from wrap(note, WIDTH)


def _ruled(
    heads: Sequence[str], cells: Iterable[list[str]], widths: list[int], right: list[bool]
) -> Iterator[str]:
    wrapped = [wrap(head, width) for head, width in zip(heads, widths, strict=True)]
    height = max(map(len, wrapped))
    for at in range(height):
        yield _line([([""] * (height - len(one)) + one)[at] for one in wrapped], widths, right)
    yield "  ".join("-" * width for width in widths)
    for row in cells:
        yield _line(row, widths, right)


def _records(heads: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yields the lines of a table that is too wide for a terminal, with one line for each cell."""
    for label, *others in cells:
        yield label
        for head, text in zip(heads[1:], others, strict=True):
            yield from wrap(f"{head}: {text}", WIDTH, initial_indent="  ", subsequent_indent="    ")


def _wide(head: str, cells: list[list[str]], n: int) -> int:
    return max(len(head), *(len(row[n]) for row in cells))


def _line(texts: list[str], widths: list[int], right: list[bool]) -> str:
    padded = (
        text.rjust(width) if is_right else text.ljust(width) for text, width, is_right in zip(texts, widths, right, strict=True)
    )
    return "  ".join(padded).rstrip()


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_csv(paper: Paper, base_url: str) -> bytes:
    """Returns the paper as CSV, with one number and its labels on each line. The file is in UTF-8 with a byte order mark, so that
    Excel opens it correctly."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("report", "table", "area", "sector", "row", "column", *_NUMBERS, "words"))
    for table in (*_found(paper), *paper.tables):
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                place = (paper.title, table.title, column.area, column.sector, row.label, column.heading)
                numbers = (cell.number, cell.percent, cell.of)
                writer.writerow([*map(safe_cell, place), *("" if one is None else one for one in numbers), _in_words(cell)])
    return out.getvalue().encode("utf-8-sig", "replace")


def _found(paper: Paper) -> Iterator[Table]:
    """Yields a table of the findings, if there are findings."""
    if paper.findings:
        heads = (Column(heading="Finding", is_number=False), Column(heading="Tables", is_number=False))
        rows = [
            Row(label=one.about, cells=(Cell(words=str(one)), Cell(words="; ".join(one.tables)))) for one in paper.findings
        ]
        yield Table(key="Findings", title="Findings", first="About", columns=heads, rows=tuple(rows))


def _in_words(cell: Cell) -> str:
    """Returns the cell's day or instant in ISO 8601, or its words."""
    if cell.at is not None:
        return f"{cell.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return cell.on.isoformat() if cell.on is not None else safe_cell(cell.words)


def as_xlsx(paper: Paper, base_url: str) -> bytes:
    """Returns the paper as a workbook, with a sheet for each table and a sheet for the charts. A column of shares becomes two
    columns: the numbers and the percentages."""
    notes = [paper.title, *paper.lines, *(f"{part.heading}: {line}" for part in paper.parts for line in part.lines)]
    notes.append(f"An empty cell: the number or day is not known, or does not exist. The report shows “{NOTHING}” instead.")
    notes += [f"{table.key}: {note}" for table in paper.tables for note in (f"{table.title}.", *table.notes)]
    drawn = [each for part in paper.parts for one in part.charts if not is_empty(one) for each in fitted(one, PAGE)]
    numbers = [sheet_of(one, f"Chart {n}") for n, one in enumerate(drawn, 1)]
    charts = [native(*pair) for pair in zip(drawn, numbers, strict=True)]
    made = workbook_file((*map(_sheet, (*_found(paper), *paper.tables)), *numbers), notes, charts)
    return finished(made, drawn) if drawn else made


def _sheet(table: Table) -> Sheet:
    shared = [any(row.cells[n].of is not None for row in table.rows) for n in range(len(table.columns))]
    heads = [table.first]
    for column, is_share in zip(table.columns, shared, strict=True):
        heads += [column.heading, f"{column.heading}, %"] if is_share else [column.heading]
    rows = [_values(row, shared) for row in table.rows]
    most = _SENTENCE if len(heads) <= _FEW else _TEXT
    columns = [SheetColumn(title=head, width=_wide_enough(head, [row[n] for row in rows], most)) for n, head in enumerate(heads)]
    return Sheet(title=table.key, columns=columns, rows=rows)


_INSTANT = 19  # in characters, for an instant with seconds and without a time zone

_FEW, _SENTENCE, _TEXT = 3, 90, 50
"""The greatest width of a column, in characters: `_SENTENCE` in a table with at most `_FEW` columns, and `_TEXT` in any other
table."""


def _wide_enough(head: str, values: Sequence[Value], most: int) -> int:
    """Returns the width of a column, in characters. The column is wide enough for its values (but only up to `most`), and for the
    words of its heading beside the filter button."""
    longest = max((_INSTANT if isinstance(one, datetime) else len(str(one)) for one in values if one is not None), default=0)
    words = [len(word) + len(word) // 5 + 3 for word in head.replace("-", "- ").split()]
    return max(min(longest + 2, most), *words, 10)


def _values(row: Row, shared: Sequence[bool]) -> list[Value]:
    values: list[Value] = [row.on or row.at or row.label]
    for cell, is_share in zip(row.cells, shared, strict=True):
        words = cell.words if cell.words != NOTHING else None
        value = next((one for one in (words, cell.on, cell.at, cell.number) if one is not None), None)
        values += [value, cell.percent] if is_share else [value]
    return values


def as_html(paper: Paper, base_url: str) -> bytes:
    """Returns the paper as one HTML page, which contains its style and loads nothing."""
    style = (templates.folder("web") / "style.css").read_text(encoding="utf-8")
    template = _environment().get_template("paper_file.html")
    return template.render(paper=paper, base_url=base_url, style=Markup(style)).encode("utf-8", "replace")  # noqa: S704


@cache
def _environment() -> Environment:
    return templates.environment("web", {"cqc_url": location_url}, finalize=templates.in_page)


Layout = Callable[[Paper, str], bytes]
"""A function that turns a paper and the address of CQC's site into the bytes of a file."""

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {"text": as_text, "html": as_html, "csv": as_csv, "xlsx": as_xlsx, "docx": as_docx}
)

MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "text": "text/plain; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
"""The media type of each layout."""
