"""Splits paragraphs into sentences. Each sentence has a plain form for matching, and a mark if it is about an earlier
inspection. The mark depends on the sentence's own words, or on whether it continues an account that the sentence before it
began.

This module does not decide what a sentence states about breaches or special measures.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from monitor.cqc.read import asked, spelled
from monitor.errors import Unreadable
from monitor.model import MAX_QUOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a text.

    text      the sentence as written, with single spaces; this form is quoted
    plain     the form for matching: lower case, straight apostrophes, no quotation marks, one kind of dash, no space before a
              stop, "cqc" for CQC's full name, and no "we can confirm that" or "CQC said" around the statement
    paragraph the number of the sentence's paragraph
    heading   whether the sentence is alone in a short paragraph without a full stop; a question can be a heading too
    earlier   whether the sentence is about an inspection, assessment or rating before the one that the text reports
    lead      the plain form of the line above the list, if the sentence is a list item; "" otherwise
    section   the plain form of the heading above the sentence; "" if there is none
    """

    text: str
    plain: str
    paragraph: int
    heading: bool = False
    earlier: bool = False
    lead: str = ""
    section: str = ""


def fold(text: str) -> str:
    """`text` with single spaces. Non-breaking spaces and line breaks become spaces too."""
    return " ".join(text.split())


def quote(*pieces: str) -> str:
    """The pieces of one statement, joined into one line. A line of more than MAX_QUOTE characters is cut between two words."""
    line = fold(" ".join(pieces))
    return line if len(line) <= MAX_QUOTE else f"{line[: MAX_QUOTE - 1].rpartition(' ')[0] or line[: MAX_QUOTE - 1]}…"


_PLAIN = str.maketrans({"‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
                        "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "\u00ad": None, "\u200b": None, "\ufeff": None})
_CQC = re.compile(r"\b(?:the )?care quality commission(?: \(cqc\))?(?! \(registration)")
# "We can confirm that …" and "…, CQC said" do not change what a sentence states, since CQC wrote the whole text
_CONFIRMS = re.compile(
    r"^(?:(?:we|cqc|i) (?:(?:can|now|also|today) ){0,3}(?:(?:are|is|am) (?:now )?able to )?confirms? (?:today )?that"
    r"|cqc has (?:today |now )?confirmed that"
    r"|(?:we|cqc|i) (?:(?:are|is|am) (?:writing|pleased|sorry) to|(?:want|wish|would like) (?:you )?to)"
    r" (?:confirm|say|report|announce|know|advise|tell you|let you know|inform you)(?: you)? that"
    r"|(?:it is|it's|it remains|it is still) (?:not (?:wrong|untrue|incorrect|false|a mistake)|true|right|correct|fair|the case)"
    r"(?: to (?:say|report|add|state|think|believe))? that"
    r"|please (?:note|be aware) that) (?=\w)"
)
_ADDED = re.compile(r"^(?:in addition|additionally|furthermore|moreover|meanwhile), ")
_SAYS = re.compile(
    r", (?:cqc|the regulator|inspectors|a spokes\w+ for cqc) (?:said|says|has said|confirmed|announced|reported)"
    r"(?: today| yesterday)?(?=\.?$)"
)
_SEE = re.compile(r" \((?:see|read|find|page)\b[^()]{0,60}\)(?=\.?$)")
_OF_PEOPLE = re.compile(
    r",? and (?:the )?(?:staff|people|residents|relatives|families) (?:were|are|told|said|liked|felt)\b"
    r"(?: (?!condition|notice|regist|special|measures|suspen|cancel|rat(?:ed|ing)|breach|enforce|admi|clos|inspect|assess|report"
    r"|not\b|placed|moved|at\b|in\b)[\w'-]+){1,8}(?=\.?$)"
)


def _without_speaker(flat: str) -> str:
    """A sentence in plain form. Words are removed if they only say that CQC makes the statement, or where to read more. A part
    about people at the end ("and staff were kind") is removed too."""
    flat = _ADDED.sub("", flat)
    return _SEE.sub("", _OF_PEOPLE.sub("", _SAYS.sub("", _CONFIRMS.sub("", _CONFIRMS.sub("", flat)))))


_QUOTATION = re.compile(r"\"|(?<![a-z0-9])'|'(?![a-z0-9])")
_STRAY_SPACE = re.compile(r" (?=[.,;:!?)])")


# a common misspelling
_BREECH = re.compile(r"\bbreech(?=(?:es|ed)?(?: of|:| found| identified| was| were)\b)(?! of (?:baby|babies))")


@lru_cache(maxsize=1024)  # four modules read the same sentences in turn
def plain(text: str) -> str:
    """A text in the form that patterns match (see `Sentence.plain`)."""
    folded = fold((text if text.isascii() else text.translate(_PLAIN)).casefold().replace("`", "'"))
    if "breech" in folded:
        folded = _BREECH.sub("breach", folded)
    if "'" in folded or '"' in folded:
        folded = fold(_QUOTATION.sub("", folded))
    return _STRAY_SPACE.sub("", folded)


# A full stop, question mark or exclamation mark ends a sentence if a capital, a digit, a bracket or a quotation mark follows it.
# Extracted texts sometimes lose the space after the mark ("improved.The service").
_POINTER = (
    r"(?<=[a-z0-9)]) (?=(?:What|How|Why) (?:is|are|do|does|did|will|can|happens) [^.?!]{3,60}\?$"
    r"|(?:Find out|Learn|Help with|(?:Read|See)(?= (?:more|about|what|how|why|the|our))|More(?= (?:about|information|details))"
    r"|About(?= (?:special measures|this)))\b[^.?!]{0,60}$|What [^.?!]{3,40} (?:mean|involve)s?$)"
)
"""The place before a link that follows a sentence or label without a full stop, as in "In special measures What are special
measures?"."""
_END = re.compile(r"""(?<=[.!?])[”’"')\]]*\s+(?=[“‘"'(\[]*[A-Z0-9])|(?<=[a-z0-9)][.!?])(?=[A-Z][a-z])|""" + _POINTER)
_ABBREVIATED = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Miss|St|Prof|Revd?|No|Nos|[Rr]egs?|[Pp]aras?|[Ss]ec|[Ss]ch|Ltd|Inc|Co|vs|approx|"
                          r"cf|e\.g|i\.e|viz)|\b[A-Z])\.$")
_ANSWER = re.compile(r"(?:Yes|No)\b[^.?!]{0,60}\.?")  # as in "In special measures? Yes", a field with its value
_BULLET = re.compile(r"^(?:[-•●▪◦*·\u2023\uf0b7]\s+)+")
_LONGEST_HEADING = 100  # the most characters
_LONGEST_SENTENCE = 2000  # the most characters
_ENDED = re.compile(r"[.!?:;][”’\"')\]]*$")


def split(paragraph: str) -> tuple[str, ...]:
    """The sentences of one paragraph, with single spaces but otherwise as written."""
    text = fold(paragraph)
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.start()]
        if _ABBREVIATED.search(piece) and not piece.endswith(("Ltd.", "Inc.")) and not _is_no(piece, text[end.end() :][:1]):
            continue
        if piece.endswith("?") and start == 0 and _ANSWER.fullmatch(text, end.end()):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return tuple(part for piece in found if piece for part in _bounded(piece))


_LINK_BEHIND = re.compile(_POINTER)


def without_link(text: str) -> str:
    """A text with single spaces, without the link that follows its last words."""
    found = _LINK_BEHIND.search(text)
    return text[: found.start()] if found else text


def _is_no(piece: str, following: str) -> bool:
    """Whether "No." is an answer; it may also be short for "number"."""
    return piece.endswith("No.") and not following.isdigit()


def _bounded(piece: str) -> Iterator[str]:
    """A sentence. If it is longer than any real sentence, it is split into pieces, since the time for matching patterns grows
    faster than the length."""
    while len(piece) > _LONGEST_SENTENCE:
        end = piece.rfind(" ", 1, _LONGEST_SENTENCE) + 1 or _LONGEST_SENTENCE
        yield piece[:end].strip()
        piece = piece[end:]
    yield piece


_NUMBER_TO_COME = re.compile(r"\b(?:[Rr]egulations?|[Ss]ections?)$")
_NAME_TO_COME = re.compile(r"(?:^|\b[Rr]egulation )\d{1,2}[A-Za-z]?$")


def _cuts_a_number(before: str, text: str) -> bool:
    """Whether a line break separates "Regulation" from its number, or separates the number from the regulation's name in
    brackets."""
    return (text[0].isdigit() and _NUMBER_TO_COME.search(before) is not None and len(before) > len("Regulations")) or (
        text[0] == "(" and _NAME_TO_COME.search(before) is not None
    )


# If a line ends with one of these words, its sentence continues on the next line.
_TO_COME = re.compile(
    r"\b(?:the|an?|of|into|and|or|our|its|their|special|warning|requirement|fixed penalty|been|has|have|had|was|were|is|are"
    r"|not)$",
    re.I,
)


def _cuts_a_phrase(before: str, text: str) -> bool:
    """Whether a line break is in the middle of a phrase, and the next word has a capital: "has been put into Special" /
    "Measures"."""
    return text[0].isupper() and len(before) > _SHORT_LINE and _TO_COME.search(before) is not None


_SHORT_LINE = 30  # in characters; a shorter line may be a label


def whole(paragraphs: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yields each paragraph without its bullet, and whether it had a bullet. If a page break or line break has cut a sentence
    in two, the two parts are rejoined."""
    held: list[str] = []
    item = False
    for paragraph in paragraphs:
        text = fold(paragraph)
        if not text:
            continue
        cut = held and not _ENDED.search(held[-1])
        if cut and (text[0].islower() or _cuts_a_number(held[-1], text) or _cuts_a_phrase(held[-1], text)):
            held.append(text)
            continue
        if held:
            yield " ".join(held), item
        bare = _BULLET.sub("", text)
        item = bare != text
        held = [bare] if bare else []
    if held:
        yield " ".join(held), item


# Words that show that a sentence is about an earlier inspection. Source: docs/facts/special-measures.md, History only.
_VISIT = r"(?:inspections?|assessments?|visits?|ratings?|rated|reports?|inspected|assessed|visited)"
_EARLIER = re.compile(
    rf"\b(?<!since )(?<!since our )(?<!since the )(?<!since its )(?<!since their )(?:last|previous|earlier|prior|"
    r"preceding|initial) (?!(?:two |three |few )?(?:days?|nights?|hours?|weeks?|part|stage|morning|evening)\b)"
    rf"(?:[\w-]+,? ){{0,4}}?{_VISIT}\b"
    r"|\bpreviously\b|\bformerly\b|\bhistorically\b|\boriginally\b|\bin the past\b|\blast (?:time|year|summer|"
    r"autumn|winter|spring)\b"
    r"|\b(?:weeks?|months?|years?) (?:ago|earlier|before)\b|\bat (?:that|the) time\b(?! of (?:this|our|the) "
    r"(?:inspection|assessment|visit))"
    r"|\bwhen (?:we|inspectors|the cqc|cqc) last\b"
    r"|\b(?:found|saw|identified|concluded|told it|told the provider) then\b"
    r"|\b(?:we|cqc|inspectors) had (?:(?:also|previously|first|already) )*(?:(?:carried out|undertaken|completed|conducted|made"
    r"|done) (?:an? )?(?:[\w-]+ ){0,3}?(?:inspection|assessment|visit)|(?:inspected|assessed|visited) (?:it|the|this))\b"
)
NOW = re.compile(
    r"\b(?:this|the current|our latest|the latest|our most recent|the most recent|today's|the recent) (?:[\w-]+ "
    r"){0,2}?(?:inspection|assessment|visit|report|occasion|rating)\b"
    r"|\b(?:an?|one|two|three|four|five|six|several|further|more|other|\d) new (?:\w+ )?(?:breach(?:es)?|notices?|conditions?)\b"
    r"|\bthis time\b|\bnow\b|\bstill\b|\bcontinu(?:es?|ed|ing)\b|\bremain(?:s|ed)?\b|\bagain\b|\btoday\b|\bcurrently\b"
    r"|\bno longer\b|\bat present\b|\bat the moment\b|\bpresently\b"
    r"|\bnot enough (?:improvements?|progress)\b|\bthese findings\b|\bas a result of (?:this|our findings)\b|\bon "
    r"this occasion\b"
)
# Verbs in the present tense or present perfect. A sentence with one of these verbs does not continue the previous sentence's
# account of an earlier inspection.
_PRESENT = re.compile(r"\b(?:is|are|am|has|have|will|we're|it's|remains|continues|stays)\b")
# "The warning notice that we served after our last assessment has been met." This sentence does not begin an account of the past.
_IS_DONE = re.compile(
    r"\b(?:has|have) (?:(?:now|since|all|both|fully|also) )*been (?:(?:now|all|fully) )*"
    r"(?:met|complied with|put right|resolved|addressed|lifted|removed|withdrawn|corrected)\b"
)
_QUOTES = ("'", '"', "‘", "“")  # somebody's own words do not begin an account of an earlier inspection
_HERE = re.compile(r"\bat this (?:care |nursing )?(?:home|service|location|practice|hospital|agency|surgery)\b")
_EARLIER_HEADING = re.compile(r"^(?:the )?(?:overall )?(?:rating|ratings|findings|background)?(?: \w+)? ?(?:at|from|"
                              r"of|since) (?:the |our |its )?(?:last|previous) \w+|^(?:previous|last) (?:rating|"
                              r"inspection|assessment)s?")


def speaks_of(text: str, about: Sequence[str]) -> bool:
    """Whether a text contains one of the words `about`, in capitals or not. (`about` is in lower case.) This test is fast, and
    comes before the slower tests."""
    lower = text.casefold()
    return any(word in lower for word in about)


MAX_PARAGRAPHS: Final = 30_000
MAX_STATEMENTS: Final = 400
"""The most statements on one topic that are read in one text. A report on a trust has about 60. If a text has more statements,
the rest is not read, and a line in the reading says so."""
MAX_CHARACTERS: Final = 2_000_000
"""The most characters of one text. The longest reports, 300 pages about whole trusts, have fewer."""


def _flat(piece: str) -> str:
    """The plain form of one sentence (see `Sentence.plain`)."""
    flat = _CQC.sub("cqc", plain(piece)).removeprefix("important: ")
    if "'" in flat:
        flat = spelled.in_full(flat)
    if "disorder or" in flat or "persons who require" in flat:
        flat = _ACTIVITY.sub(lambda name: name[1] or name[2], flat)
    return _without_speaker(_NOT_CQC.sub(" ", flat) if ", not " in flat else flat)


# The names of two regulated activities contain words that otherwise mean people or services in general.
_ACTIVITY = re.compile(
    r"\b(accommodation) for persons who require nursing or personal care\b|\b(treatment) of disease, disorder or injury\b"
)
_NOT_CQC = re.compile(r", (?:and )?not (?:by )?(?:us|cqc|the cqc|the regulator),? (?=[a-z])")


def _answered(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Sentences with their plain forms. A question and the sentence that answers it with yes or no become one sentence, whose
    plain form is the statement that results."""
    found: list[tuple[str, str]] = []
    for piece, flat in pieces:
        before = found[-1][1] if found else ""
        if stated := _answered_within(flat):
            found.append((piece, stated))
        elif stated := _answer(before, flat):
            found[-1] = (f"{found[-1][0]} {piece}", stated)
        else:
            found.append((piece, flat))
    return found


def _answered_within(flat: str) -> str | None:
    """The statement that results if one sentence contains a question and its answer."""
    told = asked.reported(flat) or (_question_and_rest(flat) if "? " in flat else None)
    return asked.answered(*told) if told else None


def _answer(before: str, flat: str) -> str | None:
    """The statement that results if `before` is a question, or tells what somebody asked, and `flat` answers it."""
    if before.endswith("?"):
        return asked.answered(before, flat)
    told = asked.reported(f"{before.rstrip('.')}: {flat}") if before.startswith(asked.WHO_ASKS) else None
    return asked.answered(*told) if told else None


def _question_and_rest(flat: str) -> tuple[str, str]:
    question, _, rest = flat.partition("? ")
    return f"{question}?", rest


def _with_answers(texts: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The paragraphs with their marks for bullets. A paragraph that is only a question is joined to the paragraph below it if
    this paragraph begins with the answer yes or no."""
    found: list[tuple[str, bool]] = []
    for text, item in texts:
        if found and found[-1][0].endswith("?") and asked.answered(_flat(found[-1][0]), _flat(split(text)[0])):
            found[-1] = (f"{found[-1][0]} {text}", False)
        else:
            found.append((text, item))
    return found


class _Text(NamedTuple):
    """A paragraph, the same text in lower case, and whether the paragraph is a heading or a list item."""

    text: str
    lower: str
    heading: bool
    item: bool


class _Whole:
    """The paragraphs of one text. A paragraph is split into sentences when a caller first needs them, and all callers share
    these sentences."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        texts = _with_answers(whole(paragraphs))
        self.texts = tuple(_Text(text, text.casefold(), _is_heading(text), item) for text, item in texts)
        self._made: list[tuple[Sentence, ...] | None] = [None] * len(self.texts)
        self._above: list[tuple[str, str, bool]] = []  # lead, section, and whether the section is about the past
        section = lead = ""
        earlier = False
        for text, _, heading, item in self.texts:
            lead = lead if item else ""
            if text.endswith(":"):
                lead = plain(text)
            self._above.append((lead, section, earlier))
            if heading and not item:
                section = plain(text)
                earlier = bool(_EARLIER_HEADING.search(section))

    def lead(self, number: int) -> str:
        """The plain form of the line above the list that contains the paragraph with this number; "" if it is in no list."""
        return self._above[number][0]

    def sentences(self, number: int) -> tuple[Sentence, ...]:
        """The sentences of the paragraph with this number."""
        made = self._made[number]
        if made is None:
            made = self._made[number] = tuple(self._make(number))
        return made

    def _make(self, number: int) -> Iterator[Sentence]:
        text, _, heading, item = self.texts[number]
        lead, section, told_before = self._above[number]
        before = ""
        for piece, flat in [(text, _flat(text))] if heading else _answered([(piece, _flat(piece)) for piece in split(text)]):
            if flat.startswith(("they ", "it ")):
                above = self.texts[number - 1].text if number and not before else ""
                flat = spelled.with_regulator(before or (_flat(split(above)[-1]) if above else ""), flat)
            before = flat
            earlier = _speaks_of_earlier(flat, told_before and not (heading and not item))
            told_before = earlier and _IS_DONE.search(flat) is None and not piece.startswith(_QUOTES)
            yield Sentence(
                text=piece,
                plain=flat,
                paragraph=number,
                heading=heading,
                earlier=earlier,
                lead=lead if item else "",
                section=section,
            )


def refuse_endless(paragraphs: Sequence[str]) -> None:
    """Raises Unreadable for a text with too many paragraphs or characters."""
    if len(paragraphs) > MAX_PARAGRAPHS or sum(map(len, paragraphs)) > MAX_CHARACTERS:
        raise Unreadable("The source contains more text than any publication about one service.")


@lru_cache(maxsize=2)
def _whole(paragraphs: tuple[str, ...]) -> _Whole:
    refuse_endless(paragraphs)
    return _Whole(paragraphs)


def _is_heading(text: str) -> bool:
    """Whether a paragraph is short and has only one sentence, which ends in a question mark or has no full stop."""
    if len(text) > _LONGEST_HEADING or not (text.endswith("?") or not _ENDED.search(text)):
        return False
    return len(split(text)) == 1


def read(paragraphs: Sequence[str], about: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences of the paragraphs that contain one of the words `about` (lower case), and of the adjacent paragraphs. All
    headings are included, and the items of a list if the line above it contains one of the words. The sentences are in reading
    order.

    Other paragraphs are skipped, since a report has hundreds of paragraphs and only a few are about one topic.
    """
    text = _whole(tuple(paragraphs))
    spoken = [any(map(one.lower.__contains__, about)) for one in text.texts]
    near = zip((False, *spoken), spoken, (*spoken[1:], False), text.texts, strict=False)
    wanted = (
        number
        for number, (above, here, below, one) in enumerate(near)
        if one.heading or above or here or below or (one.item and any(map(text.lead(number).__contains__, about)))
    )
    return tuple(sentence for number in wanted for sentence in text.sentences(number))


# Every match of _EARLIER contains one of these words. The text is searched for these words first, since most sentences contain
# none of them.
_EARLIER_WORDS = ("last", "previous", "earlier", "prior", "preceding", "initial", "formerly", "historically",
    "originally", "past",
                  " ago", "before", "that time", "the time", "when ",
                  " then", "we had ", "cqc had ", "inspectors had ")  # fmt: skip


def speaks_of_earlier(flat: str) -> bool:
    """Whether a text in plain form mentions an earlier inspection, rating or time."""
    return any(word in flat for word in _EARLIER_WORDS) and _EARLIER.search(flat) is not None


def _speaks_of_earlier(flat: str, told_before: bool) -> bool:
    if speaks_of_earlier(flat):
        return not NOW.search(flat) or bool(re.match(r"(?:at|during|following|after) (?:our|the|its|their) (?:last|"
                                                     r"previous)", flat))
    return told_before and not NOW.search(flat) and not _PRESENT.search(flat) and not _HERE.search(flat)
