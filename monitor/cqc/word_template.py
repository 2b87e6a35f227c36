"""Makes a Word document from a paper, in a council's own template. The template is read only in the reader process."""

import asyncio

from monitor.cqc.reader import WORKBOOK, Limits, Reader
from monitor.errors import Unreadable, UsageError
from monitor.reports.paper import Paper, dump_paper

LARGEST = 10_000_000
"""The most bytes of a template."""


def in_template(paper: Paper, template: bytes, *, file: str = "The template", limits: Limits = WORKBOOK) -> bytes:
    """Returns a document in the template's styles, with the paper after the template's own text. `file` is the template's name
    in messages. Raises UsageError if the template can't be used."""
    if len(template) > LARGEST:
        raise UsageError(f"{file} is over {LARGEST // 1_000_000} MB: leave out pictures that the template does not need")
    try:
        return asyncio.run(Reader(limits).document(dump_paper(paper), template))
    except Unreadable as error:
        raise UsageError(f"{file} can't be used: {error}") from None


def check(template: bytes, *, file: str = "The template") -> None:
    """Raises UsageError if the template can't be used."""
    in_template(Paper(name="", title="", lines=(), parts=()), template, file=file)
