"""How the program and the process that reads for it talk: what each sends over the socket between them."""

from enum import IntEnum, StrEnum
from struct import Struct


class Task(StrEnum):
    """What is to be done with a body.

    READ     a page, plain text, widget or answer of the API -> a Reading
    PDF      the same where a PDF was asked for
    LINES    the text that a person sees -> a list of lines
    PDF_LINES  the same where a PDF was asked for
    ANSWER   the API's answer about a service -> without people, with its Reading
    CAPTURE  a page -> its text without the names of people, with the Reading of that
    SHEETS   a workbook -> its sheets, each the number of its first row and its rows
    BOUNCE   a mail -> what it reports of the delivery of one of ours, or null
    """

    READ = "read"
    PDF = "pdf"
    LINES = "lines"
    PDF_LINES = "pdf lines"
    ANSWER = "answer"
    CAPTURE = "capture"
    SHEETS = "sheets"
    BOUNCE = "bounce"


class Outcome(IntEnum):
    """What came of it. UNREADABLE and HEAVY come with a line for people; the process ends after HEAVY."""

    DONE = 0
    UNREADABLE = 1
    HEAVY = 2


REQUEST = Struct(">IQ")
"""Bytes of the request's head, which is JSON ({"do", "content_type", "url"}), and of the body; both follow."""

ANSWER = Struct(">BQ")
"""The Outcome, and the bytes of what follows: JSON in UTF-8."""
