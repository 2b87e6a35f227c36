"""Turns the bytes of any source into a Reading. The package is pure: the result depends only on the bytes and the arguments,
never on the time or the network."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from typing import Final

from monitor.cqc.read import answer, flow, location, report, summary, widget
from monitor.errors import Unreadable
from monitor.model import Reading, Source

__all__ = ["MAX_BYTES", "lines", "read"]

MAX_BYTES: Final = 20_000_000
MAX_TEXT_BYTES: Final = 5_000_000
"""The sizes in bytes of the largest bodies that are read: the first limit is for PDFs, which contain pictures, the second for
all other bodies. Larger bodies are refused unread. No CQC publication about one service comes near these sizes: pages have
about 100,000 bytes, and answers of the API at most 500,000."""

PDF_FOR_PAGE: Final = "A PDF was served instead of a page, so it was not read."

# A page that claims to be in Latin-1 is really in Windows-1252, which has curly quotes and dashes. CQC uses no charset that is
# missing here.
_CHARSETS = {
    "utf-8": "utf-8", "utf8": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-15": "iso-8859-15", "utf-16": "utf-16",
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w-]+)", re.I)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w-]+)", re.I)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML = re.compile(r"<(?:!doctype|html|head|body|div|main|section|article|h[1-6]|p|ul|ol|dl|table|span|a|li)\b[^<]*>", re.I)


_FRAME = re.compile(r"<(?:!doctype|html|head|body|div|main|section|article|header|h[1-6]|ul|ol|dl|table)\b", re.I)
_STRAY = re.compile(r"</?(?:p|br|strong|em|b|i|span|li)\s*/?>", re.I)
_PLAIN_LINES = 3  # a text is treated as plain if, for each of its tags, it has at least this many lines without tags


def read(data: bytes, *, content_type: str | None = None, url: str | None = None, pdf: bool = False) -> Reading:
    """Reads a page, its plain text, a report, an API answer or a widget.

    content_type  the content type of the response
    url           only helps to recognise the kind of page
    pdf           whether a PDF was requested. If it was not, but the site sent a PDF, the PDF is refused before it is parsed

    A body that is not understood gives a Reading with source UNKNOWN. Raises Unreadable if the bytes cannot be parsed at all.
    """
    is_pdf = _is_pdf(data)
    if is_pdf and not pdf:
        raise Unreadable(PDF_FOR_PAGE)
    most = MAX_BYTES if is_pdf else MAX_TEXT_BYTES
    if len(data) > most:
        raise Unreadable(f"The source has {len(data) / 1_000_000:.1f} MB. At most {most // 1_000_000} MB is read.")
    if is_pdf:
        text = _printed(report.pdf_text(data))
        return _with_summary(report.read_report(text), text.splitlines())
    text = _decoded(data, content_type or "")
    start = text[:64].lstrip()[:1]
    if start in ("{", "["):
        return _read_json(text)
    inside = widget.markup(text)
    if inside is not None:
        return widget.read_widget(inside)
    if alone := _TEXT_ALONE.fullmatch(text):
        text, content_type = unescape(alone[1]), "text/plain"
    is_html = _is_html(text, content_type or "")
    text = text if is_html else _printed(text)
    if not is_html and report.is_report(unrolled := report.unrolled(text)):
        return _with_summary(report.read_report(unrolled), unrolled.splitlines())
    seen = flow.from_html(text) if is_html else flow.from_text(_STRAY.sub(" ", text))
    return _with_summary(location.read_page(seen, url), (block.text for block in seen.blocks))


# Ligatures: characters that consist of several joined letters.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# A word that was hyphenated at the end of a printed line. Words such as "well-led" and "person-centred" keep their hyphen.
_CUT = re.compile(r"(?<![\w-])([A-Za-z]{2,14})-[ \t]*\r?\n[ \t]*([a-z]{2,14})(?![\w-])")
_WORDS_CUT = frozenset(
    """
    outstanding requires improvement inadequate effective caring responsive rating ratings rated overall special measures warning
    notice notices requirement enforcement registration registered condition conditions regulation regulations cancelled
    cancellation cancel suspended suspension suspend prosecuted prosecution
    prosecute breach breaches provider service location inspection inspected
    assessment assessed published publication placed removed remains longer imposed served issued admissions penalty
    """.split()  # noqa: SIM905  (a list of so many words is easier to read in this form)
)


def _printed(text: str) -> str:
    """The text of a printed document. Ligatures become single letters, and words that were hyphenated at the end of a line are
    rejoined."""
    return _CUT.sub(_whole_word, text.translate(_LIGATURES))


def _whole_word(cut: re.Match[str]) -> str:
    whole = cut[1] + cut[2]
    if whole.lower() in _WORDS_CUT:
        return f"{whole}\n"
    return f"{cut[1]}-{cut[2]}" if whole.lower() == "wellled" else cut[0]


_HAS_SUMMARY = frozenset({Source.ASSESSMENT_PAGE, Source.SUMMARY_PAGE, Source.INSPECTION_REPORT})


def _with_summary(reading: Reading, seen: Iterable[str]) -> Reading:
    return replace(reading, summary=summary.why(seen)) if reading.source in _HAS_SUMMARY else reading


def lines(data: bytes, *, content_type: str | None = None, pdf: bool = False) -> tuple[str, ...]:
    """The visible text of a page, report or answer, one line for each block. `pdf` means the same as in `read`. Raises
    Unreadable."""
    if _is_pdf(data):
        if not pdf:
            raise Unreadable(PDF_FOR_PAGE)
        return tuple(line for line in report.pdf_text(data).splitlines() if line.strip())
    text = _decoded(data, content_type or "")
    seen = flow.from_html(text) if _is_html(text, content_type or "") else flow.from_text(text)
    return tuple(block.text for block in seen.blocks)


# A browser puts a plain text into such a page. The reader view of a browser does the same with the text of a page.
_TEXT_ALONE = re.compile(
    r"\s*+(?:<!doctype[^>]*+>\s*+)?<html\b[^>]*+>.{0,3000}?<body\b[^>]*+>\s*+<pre\b[^>]*+>([^<]*+)</pre>\s*+</body>\s*+</html>\s*+",
    re.I | re.S,
)


def _is_pdf(data: bytes) -> bool:
    return data[:1024].lstrip().startswith(b"%PDF")


def _read_json(text: str) -> Reading:
    inside = widget.markup(text)
    if inside is not None:
        return widget.read_widget(inside)
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return Reading()
    if isinstance(held, dict) and answer.is_answer(held):
        return answer.read_answer(held)
    return Reading(unread=(_NO_ANSWER,) if _RATES.search(text) else ())


_NO_ANSWER = "This is not an answer of CQC's API about one location, although it mentions ratings."
_RATES = re.compile(r'"(?:current)?(?:rating|overall)s?"\s*:', re.I)


def _is_html(text: str, content_type: str) -> bool:
    """Whether the text is HTML. A plain text may contain a few tags too, for example <p> in a report's tables, or <br>."""
    if "html" in content_type.lower():
        return True
    head = text[:20_000]
    begins = text[:200].lstrip()[:1] == "<"
    if begins and _FRAME.search(head):
        return True
    tags = len(_HTML.findall(head))
    if not begins and tags < 2:
        return False
    if _FRAME.search(head):
        return True
    if report.is_report(text):
        return False
    without = sum(1 for line in head.splitlines() if line.strip() and "<" not in line)
    return without < _PLAIN_LINES * max(tags, 1)


def _decoded(data: bytes, content_type: str) -> str:
    """The text of the bytes. Bytes that are valid UTF-8 are decoded as UTF-8, even if another charset is stated. (The stated
    charset may be wrong, and bytes in another charset are hardly ever valid UTF-8.) Other bytes are decoded with the stated
    charset."""
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace")
    labelled = _CHARSET.search(content_type)
    found = _META_CHARSET.search(data[:4096])
    names = [labelled[1]] if labelled else []
    names += [found[1].decode("ascii", "replace")] if found else []
    charsets = [_CHARSETS[name.lower()] for name in names if name.lower() in _CHARSETS]
    if not (charsets and charsets[0].startswith("utf-16")) or b"\x00" not in data[:400]:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    single = next((charset for charset in charsets if charset != "utf-8"), None)
    if single is not None:
        return data.decode(single, "replace")
    return data.decode("utf-8" if "utf-8" in charsets and data.count(b"\xc3") else "cp1252", "replace")
