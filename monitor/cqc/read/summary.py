"""Finds CQC's reasons for a service's rating: at most three sentences of a report's own summary. It is better to give no reason
than a wrong reason. The module therefore uses only text below a heading of the summary, and only sentences about something that
was not right.
"""

import re
from collections.abc import Iterable, Iterator

from monitor.cqc.read.people import without_people
from monitor.cqc.read.sentences import fold, speaks_of_earlier, split

MOST, LONGEST = 3, 400
"""The most sentences of the reasons, and the most characters of all these sentences together."""

# Source: docs/reading.md, Why a service is rated as it is.
_BEGINS = re.compile(
    r"our (?:current )?view of the service"
    r"|overall (?:service )?(?:commentary|summary)"
    r"|people['’]s experience of (?:using )?(?:this|the) service and what we found",
    re.I,
)
_ENDS = re.compile(
    r"people['’]s experience of (?:this|the) service|rating at last inspection.*|why we inspected|about the service"
    r"|(?:the )?five questions we ask.*|background to (?:this|the) inspection|enforcement(?: action)?|follow[- ]up"
    r"|similar services.*"
    r"|(?:is the service |are services )?(?:safe|effective|caring|responsive|well[- ]led)\??|special measures|read the .*",
    re.I,
)
_NOT_RIGHT = re.compile(
    r"\b(?:(?:was|were|is|are|did|does|do|had|has|have|could) not|failed to|failure to|lack(?:ed|s)?|ineffective|insufficient|"
    r"unsafe|inadequate(?:ly)?|poor(?:ly)?|shortfalls?|inconsistent(?:ly)?|unable to|at risk of|missed)\b",
    re.I,
)
_STRONG = re.compile(r"\b(?:not|failed|failure|lack(?:ed|s)?|ineffective|insufficient|inadequate(?:ly)?)\b", re.I)
_GUARDS = re.compile(r"\b(?:protect|safeguard|prevent|reduc|minimis|mitigat|avoid)\w*", re.I)
"""Words for protecting people and reducing risks. A sentence with one of these words ("protected from abuse") says that
something is wrong only if it also contains a word such as "not" or "failed"."""

_DENIES_TWICE = re.compile(
    r"\b(?:not|never|nobody|no one)\b[^.]{0,50}\b(?:unsafe|restrict\w*|wait\w*|delay\w*|neglect\w*|abus\w*|at risk|poor\w*|"
    r"rush\w*|worr\w*|missed|late|harm\w*|lack\w*|discriminat\w*)\b|\b(?:have|has|had|need(?:ed)?) not (?:to|needed)\b",
    re.I,
)
_ABOUT_SOMETHING_ELSE = re.compile(
    r"\b(?:ratings?|rated|special measures|inspections?|assessments?|assessed|inspected|published|"
    r"personal care is|received personal care|breach\w*|regulations?|enforcement|notices?|"
    r"we (?:do|did) not|the Accessible|CQC|Commission|recommendation|website|action plan)\b",
    re.I,
)
_GOOD_AFTER_ALL = re.compile(r"\b(?:no|not (?:identif|f[io]und)\w*) (?:concerns?|issues?|breaches|evidence)\b", re.I)


def why(lines: Iterable[str]) -> str | None:
    """The sentences that give the reasons, with spaces between them; None if there are no such sentences. `lines` is the text
    as a person sees it, with one line for each block."""
    taken: list[str] = []
    for sentence in _below_the_heading(lines):
        if len(taken) == MOST or len(" ".join((*taken, sentence))) > LONGEST:
            break
        if _says_why(sentence) and sentence not in taken:
            taken.append(sentence)
    return " ".join(taken) or None


_LEANS_ON_ANOTHER = re.compile(r"(?:however,? |and |but )?(?:these|this|they|those|such|it|he|she|where|when)\b", re.I)


def _says_why(sentence: str) -> bool:
    """Whether a sentence says that something is not right at present, and can be understood without the sentences around it."""
    ended = sentence[-1:] in ".!" and sentence[:1].isupper() and not _LEANS_ON_ANOTHER.match(sentence)
    about_now = not speaks_of_earlier(sentence.casefold()) and not _ABOUT_SOMETHING_ELSE.search(sentence)
    guards = _GUARDS.search(sentence) is not None
    blames = (_STRONG if guards else _NOT_RIGHT).search(sentence) is not None
    praises = _GOOD_AFTER_ALL.search(sentence) or (not guards and _DENIES_TWICE.search(sentence))
    return ended and about_now and blames and not praises and without_people(sentence) == sentence


def _below_the_heading(lines: Iterable[str]) -> Iterator[str]:
    """The sentences of all text below headings of the summary, in reading order."""
    inside, held = False, list[str]()
    for line in map(fold, lines):
        heading = line.strip(" :.#")
        if _BEGINS.fullmatch(heading):
            inside = True
        elif inside and _ENDS.fullmatch(heading):
            inside = False
        elif inside:
            held.append(line)
    return (sentence for paragraph in _joined(held) for sentence in split(paragraph))


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """The lines joined into paragraphs, since in a PDF a sentence may have several lines."""
    held = ""
    for line in lines:
        held = f"{held} {line}".strip()
        if held.endswith((".", "!", "?", ":")):
            yield held
            held = ""
    if held:
        yield held
