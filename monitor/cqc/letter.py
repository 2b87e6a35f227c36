"""Makes a letter from a template (DOCX) that somebody uploaded, by filling in the template's placeholders.

A DOCX file is a ZIP file of XML. A malicious file may fill the memory, run a macro, or load something from another place when
somebody opens the file. Templates are therefore parsed only in the reader process. Files that are too large, contain macros, or
load something are refused.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from monitor.errors import Unreadable
from monitor.letters import fields, unknown
from monitor.reports.word_about import say_about
from monitor.reports.word_check import check_loads

if TYPE_CHECKING:
    from docx.document import Document as Word

MOST_BYTES, MOST_UNPACKED, MOST_FILES = 1_000_000, 20_000_000, 500
"""The limits for a template: its size in bytes, its size when unpacked, and the number of files in it."""

MOST_NAMED = 10

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ACTIVE = re.compile(r"vbaProject|vbaData|activeX|/embeddings/|\.bin$|\.exe$", re.IGNORECASE)
_MACROS = b"macroEnabled"


def shipped(paragraphs: Sequence[str]) -> bytes:
    """Returns a template that consists of these paragraphs."""
    from docx import Document

    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    return _saved(document)


def filled(
    template: bytes, values: Mapping[str, str], *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> tuple[bytes, str]:
    """Returns the letter as DOCX, and its text. `now` returns the time that the file states as its time of creation. Raises
    Unreadable, with one line that says what is wrong with the template."""
    from docx import Document

    _check(template)
    try:
        document = Document(io.BytesIO(template))
    except Exception:
        raise Unreadable("it is not a Word document (.docx), or it is damaged") from None
    check_loads(document)
    paragraphs = list(_paragraphs(document))
    if wrong := unknown([_said(_texts(paragraph)) for paragraph in paragraphs]):
        more = f" and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
        named = ", ".join(f"(({one}))" for one in wrong[:MOST_NAMED])
        raise Unreadable(f"these placeholders do not exist: {named}{more}")
    for paragraph in paragraphs:
        _fill(_texts(paragraph), values)
    say_about(document, now())
    document.core_properties.author = document.core_properties.comments = ""
    lines = [_said(_texts(paragraph)) for paragraph in _of(document.element.body)]
    return _saved(document), "\n\n".join(line for line in lines if line.strip())


def _check(template: bytes) -> None:
    """Raises Unreadable for a file that is too large, or that contains macros or embedded files."""
    if len(template) > MOST_BYTES:
        raise Unreadable(f"it is over {MOST_BYTES // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            files = packed.infolist()
            if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
                raise Unreadable("it is too large when it is unpacked")
            active = any(_ACTIVE.search(one.filename) for one in files)
            if active or _MACROS in packed.read("[Content_Types].xml"):
                raise Unreadable("it contains macros or embedded files: save it as a Word document (.docx) without them")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        raise Unreadable("it is not a Word document (.docx), or it is damaged") from None


def _paragraphs(document: "Word") -> Iterator[Any]:
    """The paragraphs of the body (with its tables and text boxes), and of the headers and footers."""
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        if root is not None:
            yield from _of(root)


def _of(root: Any) -> Iterator[Any]:
    yield from root.iter(f"{_W}p")


def _texts(paragraph: Any) -> list[Any]:
    """The texts of a paragraph, without the texts of a text box within it."""
    return [one for one in paragraph.iter(f"{_W}t") if next(one.iterancestors(f"{_W}p")) is paragraph]


def _said(texts: Sequence[Any]) -> str:
    return "".join(one.text or "" for one in texts)


def _fill(texts: Sequence[Any], values: Mapping[str, str]) -> None:
    """Fills the placeholders of a paragraph. Microsoft Word may split a placeholder across several text elements; if so, the
    value goes into the first of these elements."""
    for begin, end, name in reversed(fields(_said(texts))):
        at, value = 0, values[name]
        for one in texts:
            text = one.text or ""
            first, last = max(begin - at, 0), min(end - at, len(text))
            if first < last:
                one.text = text[:first] + value + text[last:]
                one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                value = ""
            at += len(text)


def _saved(document: "Word") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
