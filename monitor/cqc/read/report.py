"""Reads an inspection report, from its PDF or its plain text.

The report is read in page order: the cover (name, provider, dates, table of ratings), the summary, a section for each key
question, and the tables of regulations at the end. Layouts from 2014 to 2023 are known, for adult social care ("Is the service
safe?"), general practice and independent healthcare ("Are services safe?"). Names of managers are not read.
"""

import re
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from monitor import ratings
from monitor.cqc.read import changes, framework, moves, prose, sections, sentences
from monitor.cqc.read.others import About
from monitor.cqc.read.said import marked
from monitor.cqc.read.sentences import fold, quote
from monitor.cqc.read.words import NUMERIC_DAY, date_of, group_of, plain
from monitor.errors import Unreadable
from monitor.locations import published_id
from monitor.model import GroupReading, KeyQuestionReading, RatingChange, Reading, Source
from monitor.ratings import SUBJECTS, KeyQuestion, Reason, Stated

if TYPE_CHECKING:
    import pypdfium2

# --- PDF -> text ---

MOST_BYTES = 50_000_000
MOST_PAGES = 400  # the longest reports, about whole trusts, have about 300 pages
MOST_CHARACTERS = 2_000_000
MOST_SECONDS = 4.0
# The most bytes of streams after unpacking. For a stream that is drawn, the PDF library needs a hundred times the stream's size
# in memory, so the limits for these are lower. Pictures and fonts are not drawn.
MOST_DRAWN_BY_ONE = 4_000_000
MOST_DRAWN = 12_000_000
MOST_UNPACKED = 200_000_000


def pdf_text(data: bytes) -> str:
    """The text of a PDF, page by page and line by line.

    Raises errors.Unreadable if the file is not a PDF, is damaged, needs a password, contains no text, or exceeds the limits
    above. The limits prevent a malicious file from using up time and memory.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"the PDF is larger than {MOST_BYTES // 1_000_000} MB")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("this is not a PDF")
    _refuse_bombs(data)
    import pypdfium2  # imported only when a PDF is read, since the import would make every start a twentieth longer

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
        raise Unreadable("the PDF contains no text")
    return text


def _pages(document: "pypdfium2.PdfDocument") -> Iterator[str]:
    if len(document) > MOST_PAGES:
        raise Unreadable(f"the PDF has more than {MOST_PAGES} pages")
    # The time limit is for all pages together, since several pages can share one costly stream.
    until = time.process_time() + MOST_SECONDS
    left = MOST_CHARACTERS
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_range()
        words.close()
        page.close()
        left -= len(text)
        if left < 0:
            raise Unreadable(f"the PDF has more than {MOST_CHARACTERS // 1_000_000} million characters")
        if time.process_time() > until:
            raise Unreadable(f"the PDF takes more than {MOST_SECONDS:.0f} seconds to read")
        yield text.replace("\r\n", "\n").replace("\r", "\n")


_STREAM = re.compile(rb"stream\r?\n")
_PACKED_TWICE = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
# Pictures, fonts and tables of objects are recognised by these words in the dictionary before a stream.
_NOT_DRAWN = re.compile(rb"/Image|/Length1|/Type1C|/CIDFontType0C|/OpenType|/ObjStm|/XRef|/Metadata")
_LONGEST_DICTIONARY = 400  # the most bytes of a dictionary
_PIECE = 65536


def _refuse_bombs(data: bytes) -> None:
    """Refuses a file whose unpacked streams are far larger than those of any report. The sizes are measured here, before the PDF
    library is used, since the library would unpack the streams completely."""
    if _PACKED_TWICE.search(data):
        raise Unreadable("the PDF is packed more than once")
    drawn, unpacked = MOST_DRAWN, MOST_UNPACKED
    for stream in _STREAM.finditer(data):
        dictionary = data[max(0, stream.start() - _LONGEST_DICTIONARY) : stream.start()].rpartition(b" obj")[2]
        aside = _NOT_DRAWN.search(dictionary) is not None
        size = _unpacked(data, stream.end(), min(drawn, MOST_DRAWN_BY_ONE) if not aside else unpacked)
        unpacked -= size
        drawn -= 0 if aside else size
        if unpacked < 0 or drawn < 0 or (not aside and size > MOST_DRAWN_BY_ONE):
            raise Unreadable("the PDF unpacks to more than can be read")


def _unpacked(data: bytes, start: int, most: int) -> int:
    """The unpacked size in bytes of the stream that starts at `start`; counting stops a little beyond `most`."""
    if data[start : start + 1] not in (b"\x78", b"\x58", b"\x48", b"\x68"):  # zlib's first byte
        return 0
    unpack = zlib.decompressobj()
    size = 0
    try:
        for fed in range(start, len(data), _PIECE):
            piece = data[fed : fed + _PIECE]
            while piece and not unpack.eof:
                size += len(unpack.decompress(piece, 1_000_000))
                piece = unpack.unconsumed_tail
                if size > most:
                    return size
            if unpack.eof:
                break
    except zlib.error:
        pass  # the stream is not packed, or is damaged; the PDF library will report damage
    return size


# --- text -> paragraphs ---

_TAGS = re.compile(r"</?(?:p|br|strong|em|ul|li|b|i)\s*/?>", re.IGNORECASE)
# The footer of each page: "2 Elm House Inspection report 29 October 2021"
_FOOT = re.compile(r"^(?:page )?\d{0,3} ?(?P<name>.{2,120}?) (?:quality report|inspection report|inspection) "
                   r"(?:\(?published )?(?P<date>\d{1,2} \w+ 20\d\d|\d\d/\d\d/20\d\d)?\)? ?\d{0,3}$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page )?\d{1,3}(?: of \d{1,3})?$", re.IGNORECASE)


# Words that begin a new line in a report. In copies whose lines have run together, the text is split before these words.
_ASKED = rf"(?:Is the service|Are services(?: at this \w{{1,20}})?) (?:{ratings.any_question('[- ]')})\?"
_OF_ALL = r"Overall rating for this \w{1,20}"
_BEGINS = re.compile(
    rf"(?<=[\w.●)]) (?={_ASKED}|{_OF_ALL}|Dates? of (?:publication|inspection)|Ratings Overall|Summary of findings\b"
    r"|Overall summary\b)"
)
_RUN_ON = re.compile(_ASKED)


_ANSWERED = re.compile(rf"^({_ASKED}|{_OF_ALL}) ", re.MULTILINE)


def unrolled(text: str) -> str:
    """The text with the lines of the report. In some copies the lines have run together: a line contains at least three of a
    report's questions. Such lines are split again."""
    if not any(len(_RUN_ON.findall(line)) > 2 for line in text.split("\n")):
        return text
    lines = _BEGINS.sub("\n\n", text.replace("●", "●\n")).replace("\n ", "\n")
    return _ANSWERED.sub(r"\1\n", lines)


def paragraphs(text: str) -> tuple[str, ...]:
    """The report's paragraphs. Wrapped lines are joined. Page footers and tags are left out."""
    found: list[list[str]] = []  # the lines of each paragraph
    blank = True
    for raw in _TAGS.sub(" ", text).splitlines():
        line = fold(raw)
        if not line:
            blank = True
            continue
        if _PAGE_NUMBER.match(line) or (_FOOT.match(line) and re.match(r"\d", line)):
            continue
        if found and not blank and _goes_on(found[-1], line):
            found[-1].append(line)
        else:
            found.append([line])
        blank = False
    return tuple(map(" ".join, found))


def _goes_on(held: Sequence[str], line: str) -> bool:
    """Whether a line continues the paragraph above it. A line does if it starts with a small letter, or if the paragraph is
    long enough to fill a line. But no line continues a paragraph that ends in a full stop or a similar mark."""
    if held[-1].casefold() == "requires" and line[:11].casefold() == "improvement" and _rating_of(f"requires {line}"):
        return True
    if line[0] in "-•●▪◦" or held[-1].endswith((".", "!", "?", ":", ";", "●")) or _rating_of(line) is not None:
        return False
    return line[0].islower() or sum(map(len, held[-80:])) + len(held[-80:]) > 80


# --- recognising a report ---

_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"^[^\S\n]*+(?:inspection|quality) report\b",
        r"\bdates? of (?:the )?(?:inspection )?(?:visit|publication)",
        r"^[^\S\n]*+overall rating for this (?:service|location|practice|provider|hospital|trust|ambulance)",
        rf"^[^\S\n]*+(?:is the service|are services(?: at this \w+)?) (?:{ratings.any_question('[- ]')})",
        r"^[^\S\n]*+(?:summary of|detailed|our) findings\b",
        r"^[^\S\n]*+background to this inspection\b",
        r"\bthe five questions we ask\b",
    )
)


def is_report(text: str) -> bool:
    """Whether a text is an inspection report about one service. A report has at least three of the headings in `_MARKS`."""
    head = text[:200_000]
    return sum(1 for mark in _MARKS if mark.search(head)) >= 3 and not re.search(
        r"^[^\S\n]*+report from \d{1,2} \w+ 20\d\d assessment", head[:3000], re.IGNORECASE | re.MULTILINE)


# --- the report ---


def read_report(text: str) -> Reading:
    """Reads a report's text. The source is UNKNOWN if the text is not a report about one service."""
    text = unrolled(text)
    if not is_report(text):
        return Reading()
    read = paragraphs(text)
    foot, foot_date = _foot(text)
    above, below = _cover(read)
    name, provider = _names(above, foot)
    published = _published(read) or foot_date
    rated, unread = _ratings(read, published)
    rated = sections.completed(rated, read, published)
    about = About(names=(name, provider), published=published)
    moved, odd = _of_the_whole(read, about)
    if rated is not None and not any(change.of == "overall" for change in moved):
        moved = (*_overall_change(read, rated.overall), *moved)
    said = prose.read(read, about)
    return Reading(
        source=Source.INSPECTION_REPORT,
        location_id=_location_id(read),
        name=name,
        provider_name=provider,
        address=_address(below),
        ratings=marked((rated,) if rated else (), said.inherited),
        special_measures=said.special_measures,
        rating_changes=moved,
        breaches=said.breaches,
        enforcement=said.enforcement,
        said=said.said,
        decisions=said.decisions,
        report=published.isoformat() if published else None,
        unread=tuple(dict.fromkeys((*unread, *odd, *said.unread))),
    )


# --- the cover ---

_COVER_ENDS = re.compile(r"^(?:ratings$|overall rating|summary of findings|overall summary|letter from|is the "
                         r"service|are services)", re.IGNORECASE)
_TITLE = re.compile(r"^(?:inspection|quality) report$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^(?:care quality commission|cqc\b|www\.|https?:|tel\b|telephone|website|e-?mail|dates? of|page \d|\d+$|this "
    r"report describes|ratings?$)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_LONGEST_COVER = 60  # the most lines of a cover


def _cover(read: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines above the title "Inspection report", and the lines between this title and the ratings."""
    above: list[str] = []
    below: list[str] = []
    titled = False
    for line in read[:_LONGEST_COVER]:
        if _COVER_ENDS.match(line):
            break
        if _TITLE.match(line):
            titled = True
        elif not _NO_NAME.match(line):
            (below if titled else above).append(line)
    return (above, below) if titled else ([], [])


def _names(above: Sequence[str], foot: str | None) -> tuple[str | None, str | None]:
    """The names of the service and its provider. Above the title, the provider's name comes first and the service's name last.
    The page footers repeat the service's name; if the name has several lines, the footers show where it begins."""
    if not above:
        return foot, None
    for start in range(len(above)):
        if foot is not None and fold(" ".join(above[start:])).casefold() == foot.casefold():
            return foot, " ".join(above[:start]) or None
    return above[-1], " ".join(above[:-1]) or None


def _address(below: Sequence[str]) -> str | None:
    for number, line in enumerate(below[:8]):
        if _POSTCODE.search(line):
            return ", ".join(below[: number + 1])
    return None


def _location_id(read: Sequence[str]) -> str | None:
    for line in read:
        found = re.search(r"\blocation (?:id|reference|number)[: ]+(\S+)", line, re.IGNORECASE)
        if found and (stated := published_id(found.group(1))):
            return stated
    return None


def _foot(text: str) -> tuple[str | None, date | None]:
    """The service's name and the date of publication from the page footers."""
    for line in text.splitlines():
        found = _FOOT.match(fold(line))
        if found and re.match(r"\d", fold(line)):
            return fold(found.group("name")), _day(found.group("date") or "")
    return None, None


_MONTH = "|".join((*moves.MONTHS, *(month[:3] for month in moves.MONTHS), "sept"))
_DAY = re.compile(rf"\b(?:\d{{1,2}} ?(?:st|nd|rd|th)?(?: of)?[ -](?:{_MONTH})\.?,?[ -]20\d\d|{NUMERIC_DAY})(?!\d)", re.I)


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    return date_of(found[0].lower()) if found else None


_PUBLISHED = re.compile(r"(?:^|\b20\d\d,? (?=date of)|\b(?:www\.|https?:|tel(?:ephone)?\b).{0,60}? (?=date of))"
                        r"(?:date of publication|publication date|date published|(?:this )?report (?:was "
                        r")?published(?: on)?)\b:?", re.IGNORECASE)


def _published(read: Sequence[str]) -> date | None:
    """The date of publication on the cover. The dates of visits are not used."""
    for line, below in zip(read[:_LONGEST_COVER], (*read[1:], ""), strict=False):
        if label := _PUBLISHED.search(line):
            return _day(line[label.end() :]) or _day(below)
    return None


# --- ratings ---

_OVERALL = re.compile(
    r"^overall rating(?: for)?(?: this| the)?(?: service| location| practice| provider| hospital| organisation| home|"
    r" agency| trust|"
    r" ambulance \w+)?\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?P<form>is|are) (?:the service|this service|the practice|this practice|services?(?: at this \w+)?|the "
    r"services?) "
    rf"(?P<question>{ratings.any_question('[- ]')})\b(?: to people['’]s needs)? ?\??:?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_MARK = re.compile(r"[●•○⚫⬤★☆✰\ue000-\uf8ff–—-]+\s*$")  # the marks of some fonts are in the range for private use
_SECTION = re.compile(r"^(?:our findings|summary|ratings)", re.IGNORECASE)
_DETAILS = re.compile(r"^(?:our findings|detailed findings|background to this inspection)", re.IGNORECASE)
# A report with one of these phrases covers only some of the questions.
_FOCUSED = re.compile(
    r"\b(?:focused|targeted) inspection\b|\bkey questions? (?:that (?:was|were) )?not (?:inspected|looked at|assessed)\b"
    r"|\bwe (?:only )?(?:looked at|inspected|reviewed) (?:only )?(?:the )?(?:key )?questions?\b|\bkey questions? .{3,60} only\b"
    r"|\bquestions? (?:(?:that|which) )?(?:we|inspectors) (?:did|had) not (?:\w+ )?(?:inspect|look|assess|review|rate|cover)"
    r"|\bdid not (?:inspect|look at|assess|review|rate) (?:the other|all|every|any other|the remaining)\b.{0,20}\bquestions?\b"
    r"|\b(?:inspected|looked at|assessed|reviewed) (?:only )?(?:two|three|four|some) of the (?:five )?(?:key )?questions?\b",
    re.IGNORECASE,
)
_FAR = 12  # how many lines before and after the cover's table are searched for ratings without a label
_FURTHEST = 8  # in the summary of the five questions: the most paragraphs from a question to its rating
_LONGEST_ROW = 200  # the most characters of a table's row with a core service and its ratings
_LONGEST_LABEL = 90  # the most characters of a line with a label and a rating


def _rating_of(line: str) -> Stated | None:
    return ratings.parse(_MARK.sub("", line)) if len(line) <= _LONGEST_LABEL else None


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A label of the report ("Is the service safe?") and its rating, which is None if the label has no rating."""

    what: str  # as in "overall", "is safe", "are safe"
    rating: Stated | None
    number: int  # the number of the label's line
    at: int  # the number of the line on which the rating ends
    apart: bool  # whether the rating and the label are on different lines, so that lines between them may be missing
    quote: str  # the texts of both lines


def _labelled(read: Sequence[str]) -> list[_Labelled]:
    found = []
    for number, line in enumerate(read):
        if len(line) > _LONGEST_LABEL:
            continue
        if label := _OVERALL.match(line) or _QUESTION.match(line):
            rest = label.group("rest")
            rating, at = _stands(read, number, rest)
            said = quote(line, *([read[at]] if at > number else []))
            found.append(_Labelled(_what(label), rating, number, at, apart=not rest, quote=said))
    return found


def _what(label: re.Match[str]) -> str:
    if label.re is _OVERALL:
        return "overall"
    return f"{label.group('form')} {label.group('question').replace(' ', '-')}".casefold()


def _stands(read: Sequence[str], number: int, rest: str) -> tuple[Stated | None, int]:
    """The rating after a label, and the number of the line on which the rating ends. The rating may be on the label's line,
    continue on the next line, or be on a line between this label and the next label."""
    below = read[number + 1 : number + 1 + _FURTHEST]
    if rest:
        stated = _rating_of(rest)
        return (stated, number) if stated or not below else (_rating_of(f"{rest} {below[0]}"), number + 1)
    for at, line in enumerate(below, number + 1):
        if (stated := _rating_of(line)) is not None:
            return stated, at
        if _QUESTION.match(line) or _OVERALL.match(line) or _SECTION.match(line):
            break
    return None, number


def _ratings(read: Sequence[str], published: date | None) -> tuple[GroupReading | None, tuple[str, ...]]:
    """Returns the overall rating with the ratings of the key questions, and the lines for `unread`: lines that look like
    statements but are not understood, or that contradict another line."""
    labelled = _labelled(read)
    cover = _cover_table(read, labelled)
    unread: list[str] = []
    questions = {}
    for question in KeyQuestion:
        held = _question_rating(question, labelled, cover, unread)
        if held is not None:
            questions[question] = KeyQuestionReading(rating=held.rating, published=published, quote=held.quote)
    overall = _overall(read, labelled, cover, unread)
    unread += _services(read)
    if overall is None and not questions:
        return None, tuple(unread)
    group = GroupReading(
        framework=framework.of_report(read),
        overall=overall.rating if overall else None,
        overall_published=published if overall else None,
        key_questions=questions,
        overall_quote=overall.quote if overall else None,
    )
    return group, tuple(unread)


def _services(read: Sequence[str]) -> Iterator[str]:
    """The lines with the ratings of a hospital's core services. They are listed as unread, since no function reads them."""
    part = ""
    for at in sorted(_parts(read, 0)):
        title = read[at - 1]
        part = "" if not _OF_ITS_QUESTION.fullmatch(title) else part or f"{read[at - 2]}, "
        yield f"{part}{title}: {_MARK.sub('', read[at]).strip()}"
    for line in read:
        rating = _RATING_AT_END.search(_MARK.sub("", line).strip()) if len(line) <= _LONGEST_ROW else None
        rating = rating or _RATING_AND_TEXT.match(line)
        if rating and group_of(plain(line[: rating.start(1)]).strip(" :-")):
            yield line


# A row of a table: "Outpatients Inadequate We rated it as inadequate because …"
_RATING_AND_TEXT = re.compile(r"[^.]{5,110}?( (?:Outstanding|Good|Requires [Ii]mprovement|Inadequate) (?=[A-Z]))")
_RATING_AT_END = re.compile(
    r"((?:[\s:–-]{1,3}(?:outstanding|good|requires improvement|inadequate|not rated|inspected but not rated))+)$", re.I
)


def _cover_table(read: Sequence[str], labelled: Sequence[_Labelled]) -> frozenset[int]:
    """The line numbers of the cover's table of ratings if the table is complete; empty if lines are missing or out of place. In
    a complete table each label is followed by its rating. The overall rating comes first, and the five questions follow in
    CQC's order. (Questions may be missing if the report covers only some, or rates none.) In addition, each rating that is
    alone on a line near the table must belong to a label."""
    if not labelled:
        return frozenset()
    start = labelled[0].number
    end = start
    while end < len(read) and (_rating_of(read[end]) is not None or _OVERALL.match(read[end]) or _QUESTION.match(read[end])):
        end += 1
    rows = [each for each in labelled if each.number < end]
    places = [SUBJECTS.index(each.what.split(" ")[-1]) for each in rows]
    turns = all(each.rating is not None for each in rows) and sum(2 if each.apart else 1 for each in rows) == end - start
    focused = any(_DETAILS.match(line) for line in read[end:]) or _FOCUSED.search(" ".join(read[end:])) is not None
    all_of_them = len(places) == len(SUBJECTS) or focused or {each.rating for each in rows} == {Reason.INSPECTED_BUT_NOT_RATED}
    in_order = places == sorted(set(places)) and all_of_them
    parts = _parts(read, end)
    first = min(parts, default=len(read))  # below this line, "the service" is a core service, if "services" are the hospital
    are = rows[-1].what.startswith("are")
    of_all = [each for each in labelled if each.number < first or each.what.startswith("are") or not are]
    all_here = {each.what for each in of_all} <= {each.what for each in rows}
    near = set(range(max(0, start - _FAR), min(end + _FAR, len(read)))) - parts
    alone = {at for at in near if _rating_of(read[at]) is not None} - {each.at for each in labelled if each.apart}
    return frozenset(range(start, end)) if turns and in_order and all_here and not alone else frozenset()


# The sentence below the rating of a core service: "Our rating of surgery stayed the same."
_OF_A_PART = re.compile(
    r"^(?:our|the) rating of (?!the (?:hospital|location|provider)\b)|^we (?:have |had )?(?:not )?rated? (?:this|it)\b", re.I
)
# In the section of a core service: its overall rating and its key questions.
_OF_ITS_QUESTION = re.compile(rf"(?:overall|{ratings.any_question('[- ]')})", re.I)
_LONGEST_TITLE = 110  # in characters; the longest core services have 92


def _parts(read: Sequence[str], start: int) -> set[int]:
    """The lines from `start` on that contain only the rating of a core service. The line above contains only the name of the
    core service. If the name is not known, the line below must be a sentence about this rating."""
    found = set()
    for at in range(max(start, 1), len(read)):
        title = read[at - 1]
        if len(title) > _LONGEST_TITLE or title.endswith((".", "?", ":")) or _rating_of(read[at]) is None:
            continue
        below = read[at + 1] if at + 1 < len(read) else ""
        if at > 1 and _OF_ITS_QUESTION.fullmatch(title) and (at - 2 in found or group_of(plain(read[at - 2]))):
            found.add(at)
            continue
        is_title = not _OVERALL.match(title) and _rating_of(title) is None
        if group_of(plain(title).strip(" -")) or (is_title and _OF_A_PART.match(below)):
            found.add(at)
    return found


def _question_rating(
    question: KeyQuestion, labelled: Sequence[_Labelled], cover: frozenset[int], unread: list[str]
) -> _Labelled | None:
    """The label of a key question with its rating; None if the rating is not certain. If a rating is not on its label's line,
    it must be both on the cover and in the summary of the five questions. If the report has no such summary, or the summary is
    cut off and its part agrees with the cover, a rating on the cover is enough."""
    found = [each for form in ("are", "is") for each in labelled if each.what == f"{form} {question}" and each.rating is not None]
    # in a hospital with several wards, "Are services …?" is about the whole hospital and "Is the service …?" about a ward
    found = [each for each in found if each.what == found[0].what]
    stated = {each.rating for each in found}
    if found and found[0].what.startswith("are") and not found[0].apart:
        return found[0]
    once = bool(found) and found[0].number in cover and _agrees(labelled, cover)
    if len(stated) == 1 and (not found[0].apart or len(found) > 1 or once):
        return found[0]
    if found:
        unread.append(f"{question}: {', '.join(sorted(str(rating) for rating in stated))}")
    return None


def _agrees(labelled: Sequence[_Labelled], cover: frozenset[int]) -> bool:
    """Whether the report rates each subject below the cover as on the cover, if it rates the subject again."""
    on_cover = {each.what: each.rating for each in labelled if each.number in cover}
    again = [each for each in labelled if each.number not in cover and each.rating is not None and each.apart]
    return all(each.rating == on_cover.get(each.what, each.rating) for each in again)


_OVERALL_IN_WORDS = re.compile(
    r"\boverall rating for (?:this|the) \w+ is (?:now )?(outstanding|good|requires improvement|inadequate)\b")


def _overall(
    read: Sequence[str], labelled: Sequence[_Labelled], cover: frozenset[int], unread: list[str]
) -> _Labelled | None:
    """The overall rating from the cover; None if the rating is not certain. A rating that is not on its label's line is certain
    only if the cover's table is complete, or if a sentence gives the same overall rating. No rating is certain if a sentence
    gives a different overall rating."""
    label = next((each for each in labelled if each.what == "overall"), None)
    if label is None:
        return None
    said = {
        found.group(1)
        for sentence in sentences.read([line for line in read if "rating for" in line], ("overall rating",))
        if not sentence.earlier and (found := _OVERALL_IN_WORDS.search(sentence.plain))
    }
    certain = not label.apart or label.number in cover or said == {str(label.rating)}
    if label.rating is not None and certain and said <= {str(label.rating)}:
        return label
    if label.rating is not None or not label.apart:
        unread.append(f"{read[label.number]}: {label.rating or 'not understood'}")
    return None


# --- the earlier overall rating ---


def _of_the_whole(read: Sequence[str], about: About) -> tuple[tuple[RatingChange, ...], tuple[str, ...]]:
    """The changes of rating, and the quotes of those that may be about a core service. In the section on a core service, "Our
    rating of this service went down" and "Our rating of safe went down" are not about the whole hospital."""
    moved = changes.rating_changes(read, about)
    first = min(_parts(read, 0), default=len(read)) if moved else len(read)
    if first == len(read):
        return moved, ()
    above = {(change.of, change.to) for change in changes.rating_changes(read[:first], about)}
    sure = tuple(change for change in moved if (change.of, change.to) in above)
    return sure, tuple(change.quote for change in moved if change not in sure)


_LAST_RATING = re.compile(r"^the (?:last|previous) (?:overall )?rating for (?:this|the) \w+ (?:was|is) "
                          r"(?P<rating>[\w ]+?)(?: overall)?(?: \(|,|\.| and\b|$)")


def _overall_change(read: Sequence[str], overall: Stated | None) -> Iterator[RatingChange]:
    """The change of the overall rating, if the report contains the earlier rating: "The last rating for this service was …"."""
    for sentence in sentences.read([line for line in read if "rating for" in line], ("rating for",)):
        last = _LAST_RATING.search(sentence.plain)
        was = ratings.parse(last.group("rating")) if last else None
        if isinstance(was, ratings.Rating) and isinstance(overall, ratings.Rating) and was is not overall:
            yield RatingChange(of="overall", from_=was, to=overall, quote=sentence.text)
            return
