"""An inspection report, from its PDF or its plain text -> what it states.

Read in the order of the page: the cover (name, provider, dates, table of ratings), the summary, a section for each key
question, the tables of regulations at the end. Layouts of 2014 to 2023, of adult social care ("Is the service safe?"),
general practice and independent healthcare ("Are services safe?"). Names of managers are not read.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import pypdfium2

from monitor import ratings
from monitor.cqc.read import changes, regulations, special_measures
from monitor.cqc.read.sentences import fold
from monitor.errors import Unreadable
from monitor.model import LOCATION_ID, Framework, GroupReading, KeyQuestionReading, Reading, Source
from monitor.ratings import KeyQuestion, Stated

# --- PDF -> text ---

MOST_BYTES = 50_000_000
MOST_PAGES = 400  # the longest reports, of whole trusts, have some 300
MOST_CHARACTERS = 4_000_000
MOST_UNPACKED = 200_000_000  # bytes of all streams of one PDF together


def pdf_text(data: bytes) -> str:
    """The text of a PDF, page after page, a line a line.

    Raises errors.Unreadable: not a PDF, damaged, encrypted with a password, without text, or beyond the bounds above,
    which keep a hostile file from taking all time and memory.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"the PDF is larger than {MOST_BYTES // 1_000_000} MB")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("this is not a PDF")
    _refuse_bombs(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        raise Unreadable(f"the PDF cannot be opened ({broken})") from broken
    try:
        text = "\n".join(_pages(document))
    except pypdfium2.PdfiumError as broken:
        raise Unreadable(f"the PDF cannot be read ({broken})") from broken
    finally:
        document.close()
    if not text.strip():
        raise Unreadable("the PDF holds no text")
    return text


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    if len(document) > MOST_PAGES:
        raise Unreadable(f"the PDF has more than {MOST_PAGES} pages")
    left = MOST_CHARACTERS
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_range(0, min(words.count_chars(), left))
        words.close()
        page.close()
        left -= len(text)
        if left <= 0:
            raise Unreadable(f"the PDF holds more than {MOST_CHARACTERS // 1_000_000} million characters")
        yield text.replace("\r\n", "\n").replace("\r", "\n")


_STREAM = re.compile(rb"stream\r?\n")


def _refuse_bombs(data: bytes) -> None:
    """Streams that unpack to far more than any report: measured here, since the PDF library unpacks them whole."""
    left = MOST_UNPACKED
    for stream in _STREAM.finditer(data):
        start = stream.end()
        if data[start : start + 1] not in (b"\x78", b"\x58", b"\x48", b"\x68"):
            continue
        unpack = zlib.decompressobj()
        fed = start
        try:
            while fed < len(data) and not unpack.eof:
                piece = data[fed : fed + 65536]
                fed += len(piece)
                while piece and not unpack.eof:
                    left -= len(unpack.decompress(piece, 1_000_000))
                    piece = unpack.unconsumed_tail
                    if left < 0:
                        raise Unreadable("the PDF unpacks to more than can be read")
        except zlib.error:
            continue


# --- text -> paragraphs ---

_TAGS = re.compile(r"</?(?:p|br|strong|em|ul|li|b|i)\s*/?>", re.IGNORECASE)
# The foot of each page: "2 Elm House Inspection report 29 October 2021"
_FOOT = re.compile(r"^(?:page )?\d{0,3} ?(?P<name>.{2,120}?) (?:quality report|inspection report|inspection) "
                   r"(?:\(?published )?(?P<date>\d{1,2} \w+ 20\d\d|\d\d/\d\d/20\d\d)?\)? ?\d{0,3}$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page )?\d{1,3}(?: of \d{1,3})?$", re.IGNORECASE)


def paragraphs(text: str) -> tuple[str, ...]:
    """The report's paragraphs: wrapped lines joined, feet of pages and marks left out."""
    found: list[str] = []
    blank = True
    for raw in _TAGS.sub(" ", text).splitlines():
        line = fold(raw)
        if not line:
            blank = True
            continue
        if _PAGE_NUMBER.match(line) or (_FOOT.match(line) and re.match(r"\d", line)):
            continue
        if found and not blank and _goes_on(found[-1], line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
        blank = False
    return tuple(found)


def _goes_on(held: str, line: str) -> bool:
    """Whether a line goes on with the one above: that one was full and not ended, or this one starts in the middle."""
    if line[0] in "-•●▪◦" or held.endswith((".", "!", "?", ":", ";", "●")) or _rating_of(line) is not None:
        return False
    return line[0].islower() or len(held.rsplit("\n", 1)[-1]) >= 80


# --- what it is ---

_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"^\s*(?:inspection|quality) report\b",
        r"\bdates? of (?:the )?(?:inspection )?(?:visit|publication)",
        r"^\s*overall rating for this (?:service|location|practice|provider|hospital|trust|ambulance)",
        r"^\s*(?:is the service|are services(?: at this \w+)?) (?:safe|effective|caring|responsive|well[- ]led)",
        r"^\s*summary of findings\b|^\s*detailed findings\b|^\s*our findings\b",
        r"^\s*background to this inspection\b",
        r"\bthe five questions we ask\b",
    )
)


def is_report(text: str) -> bool:
    """Whether a text is an inspection report about one service: three of its fixed headings stand in it."""
    head = text[:200_000]
    return sum(1 for mark in _MARKS if mark.search(head)) >= 3 and not re.search(
        r"^\s*report from \d{1,2} \w+ 20\d\d assessment", head[:3000], re.IGNORECASE | re.MULTILINE)


# --- the report ---


def read_report(text: str) -> Reading:
    """What a report's text states; source unknown when it is not a report about one service."""
    if not is_report(text):
        return Reading()
    read = paragraphs(text)
    published = _published(read)
    rated, unread = _ratings(read, published)
    return Reading(
        source=Source.INSPECTION_REPORT,
        location_id=_location_id(read),
        name=_name(read),
        provider_name=_provider(read),
        address=_address(read),
        ratings=(rated,) if rated else (),
        special_measures=special_measures.decide(read),
        rating_changes=changes.rating_changes(read),
        breaches=regulations.breaches(read),
        enforcement=regulations.enforcement(read),
        report=published.isoformat() if published else None,
        unread=unread,
    )


# --- the cover ---

_COVER_ENDS = re.compile(r"^(?:inspection report|quality report|ratings|overall rating|summary of findings|overall "
                         r"summary|letter from)\b", re.IGNORECASE)
_TITLE = re.compile(r"^(?:inspection|quality) report$", re.IGNORECASE)
_NO_NAME = re.compile(r"^(?:care quality commission|cqc|www\.|tel\b|telephone|website|email|date of|dates of|page \d|"
                      r"\d+$|this report describes|the overall rating)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def _cover(read: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines above the title "Inspection report" and those between it and the ratings."""
    above: list[str] = []
    below: list[str] = []
    titled = False
    for line in read[:60]:
        if _TITLE.match(line):
            if titled:
                break
            titled = True
        elif _COVER_ENDS.match(line):
            break
        elif not _NO_NAME.match(line):
            (below if titled else above).append(line)
    return above, below


def _name(read: Sequence[str]) -> str | None:
    """The service's name: the last line above the title; the provider's name stands above it."""
    above, _ = _cover(read)
    return above[-1] if above else None


def _provider(read: Sequence[str]) -> str | None:
    above, _ = _cover(read)
    return above[0] if len(above) > 1 else None


def _address(read: Sequence[str]) -> str | None:
    _, below = _cover(read)
    lines: list[str] = []
    for line in below[:8]:
        lines.append(line)
        if _POSTCODE.search(line):
            return ", ".join(lines)
    return None


def _location_id(read: Sequence[str]) -> str | None:
    for line in read:
        found = re.search(r"\blocation (?:id|ID|reference|number)[: ]+(\S+)", line, re.IGNORECASE)
        if found and LOCATION_ID.fullmatch(found.group(1).upper()):
            return found.group(1).upper()
    return None


_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? (January|February|March|April|May|June|July|August|September|October|"
                  r"November|December),? (20\d\d)\b|\b(\d{1,2})/(\d{1,2})/(20\d\d)\b", re.IGNORECASE)


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    if found is None:
        return None
    try:
        if found.group(4):
            return date(int(found.group(6)), int(found.group(5)), int(found.group(4)))
        return datetime.strptime(f"{found.group(1)} {found.group(2)} {found.group(3)}", "%d %B %Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def _published(read: Sequence[str]) -> date | None:
    """The date of publication that the cover gives; the date of a visit is none."""
    for number, line in enumerate(read[:120]):
        if label := re.search(r"\b(?:date of publication|publication date|date published|published on|report "
                              r"published)\b:?", line, re.IGNORECASE):
            return _day(line[label.end() :]) or (_day(read[number + 1]) if number + 1 < len(read) else None)
    return None


# --- ratings ---

_OVERALL = re.compile(r"^overall(?: rating)?(?: for)?(?: this| the)?(?: service| location| practice| provider| "
                      r"hospital| organisation| home| agency| trust| ambulance \w+)?(?: is| "
                      r"was)?\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?:is the \w+|is this \w+|are services?(?: at this \w+)?|are the services?)? ?(?P<question>safe|effective|"
    r"caring|responsive(?: to people's needs)?|well[- ]led)\b ?\??:?\s*(?P<rest>.*)$", re.IGNORECASE)
_MARK = re.compile(r"[●•○⚫🟢🟡🔴☆★]|\s*\(.*\)$|^rating:?\s*|^rated\s+|^[-:]\s*", re.IGNORECASE)
_SENTENCE_LONG = 60


def _rating_of(line: str) -> Stated | None:
    if len(line) > _SENTENCE_LONG:
        return None
    return ratings.parse(_MARK.sub("", line))


def _ratings(read: Sequence[str], published: date | None) -> tuple[GroupReading | None, tuple[str, ...]]:
    """Overall and key questions, each as first stated, with what looked like a statement and was not understood."""
    overall: Stated | None = None
    questions: dict[KeyQuestion, Stated] = {}
    unread: list[str] = []
    for number, line in enumerate(read):
        if len(line) > 2 * _SENTENCE_LONG:
            continue
        if (found := _OVERALL.match(line)) and overall is None and "rating" in line.casefold():
            overall = _stands(read, number, found.group("rest"))
            if overall is None and found.group("rest").strip():
                unread.append(line)
        elif found := _QUESTION.match(line):
            question = _key_question(found.group("question"))
            if question not in questions and (stated := _stands(read, number, found.group("rest"))) is not None:
                questions[question] = stated
    if overall is None and not questions:
        return None, tuple(unread)
    return GroupReading(
        framework=Framework.INSPECTION,
        overall=overall,
        overall_published=published if overall else None,
        key_questions={question: KeyQuestionReading(rating=questions[question], published=published) for question in KeyQuestion if question in questions},
    ), () if overall is not None else tuple(unread)  # fmt: skip


def _stands(read: Sequence[str], number: int, rest: str) -> Stated | None:
    """The rating that stands behind a label: on its line, or below it before the next label or section."""
    if rest.strip():
        return _rating_of(rest)
    for line in read[number + 1 : number + 5]:
        if (stated := _rating_of(line)) is not None:
            return stated
        if _QUESTION.match(line) or _OVERALL.match(line) or re.match(r"our findings|summary|ratings", line, re.IGNORECASE):
            return None
    return None


def _key_question(words: str) -> KeyQuestion:
    return KeyQuestion(words.casefold().split(" to ")[0].replace(" ", "-"))
