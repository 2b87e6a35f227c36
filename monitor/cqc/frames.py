"""The protocol of the socket between the program and the reader process."""

from enum import IntEnum, StrEnum
from struct import Struct


class Task(StrEnum):
    """What the reader process does with a body.

    READ     a page, plain text, widget or answer of the API -> a Reading
    PDF      does the same as READ for a document that was requested as a PDF
    LINES    the text that a person sees -> a list of lines
    PDF_LINES  does the same as LINES for a document that was requested as a PDF
    ANSWER   the API's answer about a service -> the answer without the names of people, with its Reading
    CAPTURE  a page -> its text without the names of people, with the Reading of that text
    SHEETS   a workbook -> for each sheet, the number of the first row, and the rows
    LIST     the site's list of publications -> the services and dates in the list
    LETTER   a template of a letter with values for its placeholders (JSON: "template" in base64, "values") -> the letter
             ("docx" in base64) and its text
    BOUNCE   a mail -> what it reports about the delivery of one of our mails, or null
    WORD     a paper and a council's template for documents (see `WITH_TEMPLATE`) -> the document, in base64
    """

    READ = "read"
    PDF = "pdf"
    LINES = "lines"
    PDF_LINES = "pdf lines"
    ANSWER = "answer"
    CAPTURE = "capture"
    SHEETS = "sheets"
    LIST = "list"
    LETTER = "letter"
    BOUNCE = "bounce"
    WORD = "word"


class Outcome(IntEnum):
    """The result of a task. With UNREADABLE, the process also sends a line that tells people what is wrong. After HEAVY the
    process ends."""

    DONE = 0
    UNREADABLE = 1
    HEAVY = 2


REQUEST = Struct(">IQ")
"""The two lengths with which a request begins: of the head and of the body, in bytes. The head is JSON ({"do", "content_type",
"url"}). The body comes after the head."""

WITH_TEMPLATE = Struct(">Q")
"""A body for WORD begins with the length in bytes of the paper as JSON. After this length come the paper and the template."""

ANSWER = Struct(">BQ")
"""An answer begins with the Outcome and the number of bytes of the text. Then comes the text, in UTF-8."""
