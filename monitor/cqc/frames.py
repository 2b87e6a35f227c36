"""The protocol between the program and its reader process: what the program and the process send to each other over their
socket."""

from enum import IntEnum, StrEnum
from struct import Struct


class Task(StrEnum):
    """What the reader process does with a body.

    READ     a page, plain text, widget or answer of the API -> a Reading
    PDF      the same for a document that was requested as a PDF
    LINES    the text that a person sees -> a list of lines
    PDF_LINES  the same for a document that was requested as a PDF
    ANSWER   the API's answer about a service -> the answer without the names of people, with its Reading
    CAPTURE  a page -> its text without the names of people, with the Reading of that text
    SHEETS   a workbook -> its sheets, each as the number of its first row and its rows
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
    """The result of a task. If the result is UNREADABLE, the process also sends a line for people. After HEAVY the process
    ends."""

    DONE = 0
    UNREADABLE = 1
    HEAVY = 2


REQUEST = Struct(">IQ")
"""The length in bytes of the request's head, then the length of its body. After the two lengths follow the head, which is JSON
({"do", "content_type", "url"}), and the body."""

WITH_TEMPLATE = Struct(">Q")
"""A body for WORD begins with the length in bytes of the paper as JSON. After this length come the paper and the template."""

ANSWER = Struct(">BQ")
"""The Outcome, and the number of bytes in the answer. After them comes the answer, as text in UTF-8."""
