"""Statements that CQC's pages could contain, each with what a careful reader would conclude (`*.jsonl`). This module builds a
page around each statement.

A case has a `text`, the `place` of the text on the page (notice, sentence, label, cell, tag, heading, list, report) and the
ratings of the `page` (inadequate, ri, good). Some cases name a whole page instead (a `file` in this folder).
`monitor.operations.verdicts` compares `expect` with the reading.
"""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent

NAMES: Final = {
    "own": ("Elmfield Court", "Elmfield Care Ltd"),
    "blind": ("Harbour View Care Home", "Harbour View Care Ltd"),
    "adversarial": ("Larch House", "Larch Care Limited"),
    "rounds": ("Elmfield Court", "Elmfield Care Ltd"),
}
"""For each set of statements: the name of the service that they are about, and the name of its provider."""

_RATINGS = {
    "inadequate": ("Inadequate", {"Safe", "Well-led"}, "Inadequate"),
    "ri": ("Requires improvement", {"Safe", "Well-led"}, "Requires improvement"),
    "good": ("Good", set(), "Good"),
}
_QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")


def cases(file: Path) -> Iterator[dict[str, Any]]:
    """The cases of a file, one per line."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def page(case: dict[str, Any], names: tuple[str, str]) -> bytes:
    """Returns a location page with a case's text in its place. `names` are the names of the service and of its provider."""
    name, provider = names
    overall, worse, rating = _RATINGS[case["page"]]
    ratings = {one: rating if one in worse else "Good" for one in _QUESTIONS}
    questions = "".join(f"<li><span>{one}</span> <strong>{stated}</strong></li>" for one, stated in ratings.items())
    notice, prose = ("", _placed(case)) if case["place"] != "notice" else (_notice(case["text"]), "")
    return f"""<!doctype html><html lang="en"><head><title>{name} - Care Quality Commission</title></head><body>
<div id="main-content-wrapper"><header class="service-header"><ul><li>Residential homes</li></ul><h1>{name}</h1>
<p>Overall: {overall} <a href="#key">read more about inspection ratings</a></p><p>1 High Street, Leeds, LS1 1AA</p>
<p>Provided and run by: <a href="/provider/1-101">{provider}</a></p>{notice}</header>
<main><h2>Overview</h2><p>Latest inspection: 3 November 2026</p><p>Report published: 20 November 2026</p>
<ul>{questions}</ul>{prose}</main></div></body></html>""".encode()


def _notice(text: str) -> str:
    inside = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return f'<div class="alert alert--cqc" role="status"><div class="alert__content">{inside}</div></div>'


def _placed(case: dict[str, Any]) -> str:
    lines = [line.strip() for line in case["text"].splitlines() if line.strip()]
    match case["place"]:
        case "label" if len(lines) == 1 and ":" in lines[0]:
            label, _, value = lines[0].partition(":")
            return f"<dl><dt>{escape(label)}</dt><dd>{escape(value.strip())}</dd></dl>"
        case "cell" if "|" in lines[0]:
            rows = ([escape(cell.strip()) for cell in line.split("|")] for line in lines)
            return f"<table>{''.join(f'<tr><th>{row[0]}</th>{_cells(row[1:])}</tr>' for row in rows)}</table>"
        case "tag":
            return "".join(f'<strong class="tag">{escape(line)}</strong>' for line in lines)
        case "heading":
            first, *rest = lines
            return f"<h2>{escape(first)}</h2>{_prose(rest)}"
        case "report":
            return f"<h2>Overall summary</h2>{_prose(lines)}"
    return _prose(lines)


def _cells(cells: list[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _prose(lines: list[str]) -> str:
    """Converts a text to paragraphs. Lines that begin with a dash become a list."""
    found, items = "", ""
    for line in [*lines, ""]:
        if line.startswith("- "):
            items += f"<li>{escape(line[2:])}</li>"
            continue
        found, items = found + (f"<ul>{items}</ul>" if items else ""), ""
        found += f"<p>{escape(line)}</p>" if line else ""
    return found
