"""Turns each line that states ratings into tokens. Other modules decide which lines belong together.

Sources: docs/facts/ratings.md, The scale; docs/facts/pages.md, What a person sees; docs/facts/special-measures.md, What stands in
a rating's place.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from monitor import ratings
from monitor.cqc.read import moves
from monitor.cqc.read.attributes import BY_CLASS
from monitor.ratings import KeyQuestion, Rating, Stated

# The 34 quality statements, by key question. Source: docs/facts/ratings.md, Quality statements.
_STATEMENTS = {
    KeyQuestion.SAFE: (
        "Learning culture",
        "Safe systems, pathways and transitions",
        "Safeguarding",
        "Involving people to manage risks",
        "Safe environments",
        "Safe and effective staffing",
        "Infection prevention and control",
        "Medicines optimisation",
    ),
    KeyQuestion.EFFECTIVE: (
        "Assessing needs",
        "Delivering evidence-based care and treatment",
        "How staff, teams and services work together",
        "Supporting people to live healthier lives",
        "Monitoring and improving outcomes",
        "Consent to care and treatment",
    ),
    KeyQuestion.CARING: (
        "Kindness, compassion and dignity",
        "Treating people as individuals",
        "Independence, choice and control",
        "Responding to people’s immediate needs",
        "Workforce wellbeing and enablement",
    ),
    KeyQuestion.RESPONSIVE: (
        "Person-centred care",
        "Care provision, integration and continuity",
        "Providing information",
        "Listening to and involving people",
        "Equity in access",
        "Equity in experiences and outcomes",
        "Planning for the future",
    ),
    KeyQuestion.WELL_LED: (
        "Shared direction and culture",
        "Capable, compassionate and inclusive leaders",
        "Freedom to speak up",
        "Workforce equality, diversity and inclusion",
        "Governance, management and sustainability",
        "Partnerships and communities",
        "Learning, improvement and innovation",
        "Environmental sustainability – sustainable development",
        "Environmental sustainability",
    ),
}

# The parts of one location that CQC rates separately. In the Single Assessment Framework these parts are service groups
# (docs/facts/api.md, Assessments). Before the framework, they were the core services of hospitals and the population groups of
# GP practices.
_GROUPS = (
    "Care Homes",
    "Care Home",
    "Homecare",
    "Homecare agencies",
    "Homecare service",
    "Homecare services",
    "Home care",
    "Domiciliary care",
    "General Practice",
    "GP practice",
    "GP practices",
    "Dental",
    "Dentist",
    "Dentists",
    "Urgent care",
    "Urgent care services",
    "Supported living",
    "Supported living services",
    "Extra care housing",
    "Extra care housing services",
    "Shared lives",
    "Hospice",
    "Hospices",
    "Hospice services",
    "Hospice services at home",
    "Ambulance",
    "Ambulance services",
    "Rehabilitation services",
    "Diagnostic imaging",
    "Diagnostic and screening services",
    "Outpatients",
    "Outpatients and diagnostic imaging",
    "Surgery",
    "Maternity",
    "Maternity and gynaecology",
    "Critical care",
    "End of life care",
    "Medical care",
    "Medical care (including older people's care)",
    "Services for children & young people",
    "Services for children and young people",
    "Urgent and emergency services",
    "Urgent and emergency care",
    "Emergency and urgent care",
    "Termination of pregnancy",
    "Gynaecology",
    "Neonatal services",
    "Children and young people",
    "Outpatients and diagnostics",
    "Patient transport services",
    "Emergency operations centre",
    "Community health services for adults",
    "Community health services for children, young people and families",
    "Community health inpatient services",
    "Community end of life care",
    "Community dental services",
    "Community urgent care services",
    "Acute wards for adults of working age and psychiatric intensive care units",
    "Long stay or rehabilitation mental health wards for working age adults",
    "Forensic inpatient or secure wards",
    "Child and adolescent mental health wards",
    "Wards for older people with mental health problems",
    "Wards for people with a learning disability or autism",
    "Community-based mental health services for adults of working age",
    "Community-based mental health services for older people",
    "Mental health crisis services and health-based places of safety",
    "Specialist community mental health services for children and young people",
    "Community mental health services for people with a learning disability or autism",
    "Residential substance misuse services",
    "Community-based substance misuse services",
    "Community health services",
    "Community services",
    "Mental health services",
    "Community-based mental health services",
    "Substance misuse services",
    "Specialist college service",
    "Older people",
    "People with long-term conditions",
    "People with long term conditions",
    "Families, children and young people",
    "Working age people (including those recently retired and students)",
    "People whose circumstances may make them vulnerable",
    "People experiencing poor mental health (including people with dementia)",
)


class Kind(Enum):
    """The kind of a token."""

    VALUE = auto()  # a rating, or the reason given in place of a rating
    OVERALL = auto()  # this kind and the next three are labels; a label is the name of the subject of a value
    KEY_QUESTION = auto()
    GROUP = auto()
    STATEMENT = auto()
    RATING = auto()  # the word "rating" or "this key question", before the rating of the current subject
    EARLIER = auto()  # words such as "previously" or "down from"; the value after such words no longer applies
    PERCENTAGE = auto()
    SCORE = auto()  # 1 to 4
    # "not assessed"; the value has the key questions in these words, or is () if the words are about the label before them
    NOT_ASSESSED = auto()
    DATE = auto()
    PERIOD = auto()  # several days; these are the days of an inspection or assessment, never of a publication
    PUBLISHED = auto()  # the next date is a date of publication
    UPDATED = auto()
    VISITED = auto()
    UNKNOWN = auto()  # unknown text in the place of a value
    CELL = auto()  # the edge of a table's cell
    # the movement of a rating ("went down", "no change since the last inspection"). The value is True if the last inspection is
    # mentioned
    MOVED = auto()
    TO = auto()  # words between two ratings, if they mean that the first rating no longer applies
    BEFORE = auto()  # words such as "at the last inspection"; the rating before such words no longer applies
    INHERITED = auto()  # words that mark the previous provider's rating


class Token(NamedTuple):
    kind: Kind
    value: object = None
    weak: bool = False  # whether this value comes only from an attribute, such as a class name
    inherited: bool = False  # whether this value is marked as the previous provider's rating


LABELS: Final = frozenset({Kind.OVERALL, Kind.KEY_QUESTION, Kind.GROUP, Kind.STATEMENT})

_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "\xa0": " ", "“": '"', "”": '"'})

_MONTH = {name: at for at, month in enumerate(moves.MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"

_VALUE = (
    r"requires[ -]improvement|outstanding|good|inadequate|inspected (?:but |- )?not rated|insufficient evidence(?: to rate)?"
    r"|not (?:yet |formally )?rated|unrated|no published rating|no rating/under appeal/rating suspended"
    r"|no (?:approved )?rating|(?:rating )?suspended|under (?:appeal|review)|awaiting first inspection"
    r"|not all regulations met|regulations met|no action required|requires action"
    r"|evidence requirements (?:partially / not yet|partially|not yet) scored"
)
_OF_INSPECTION = (
    r"(?:the|this|our|latest|last|cqc|full|first|focused|targeted|comprehensive|routine|planned|unannounced|announced|responsive|"
    r"rapid response|follow-up|follow up|return to good|inspection|assessment|review)"
)
_PUBLISHED = (
    rf"(?:we published (?:{_OF_INSPECTION} )*(?:reports?|ratings?|findings)(?: (?:of|on|for)(?: {_OF_INSPECTION})+)?"
    rf"|(?:{_OF_INSPECTION} )*(?:(?:reports?|ratings?|{_OF_INSPECTION})(?: was| were)?[ ,-]{{1,3}})?"
    r"(?:first |last |date )?published(?: date)?|publication(?: date)?|date of (?:report )?publication"
    r"|date (?:the |this )?report (?:was )?published)(?: on)?(?: the(?= \d))?"
)
_SERVICE = r"(?:the|this|our|your) (?:care )?(?:service|location|practice|home|provider|hospital|agency|clinic|surgery|hospice)"
_KQ = moves.QUESTIONS


NUMERIC_DAY: Final = r"(?:\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)\d{4})"
"""A day in numbers: "06/11/2026", "6.11.2026", "06-11-2026" (plain)."""
DAY_IN_WORDS: Final = r"(?:\d{1,2} ?(?:st|nd|rd|th)?(?: of)?[ -][a-z]{3,9}\.?,?[ -]\d{4})"
"""A day with the name of its month: "6 November 2026", "6 th Nov 2026", "6-Nov-2026" (plain)."""
_ONE_DAY = rf"\d{{1,2}} ?(?:st|nd|rd|th)?(?: [a-z]{{3,9}}(?:,? \d{{4}})?)?|{NUMERIC_DAY}"
_DAYS = (
    rf"(?:{_ONE_DAY})(?:(?:, |,| and | & )(?:{_ONE_DAY}))*(?: ?(?:to|-|until|and|&) ?)"
    rf"(?:{DAY_IN_WORDS}|{NUMERIC_DAY})"
)
"""Several days, with the year after the last: "12 to 20 May 2026", "28 May and 3 June 2026" (plain)."""


def _one_of(names: "tuple[str, ...] | list[str]") -> str:
    plain = {name.translate(_PLAIN).lower() for name in names}
    return "|".join(re.escape(name) for name in sorted(plain, key=len, reverse=True))


_STATEMENT_OF = {
    name.translate(_PLAIN).lower(): (name, question) for question, names in _STATEMENTS.items() for name in names
}
_GROUP_OF = {name.translate(_PLAIN).lower(): name for name in _GROUPS}

# Coloured dots, squares and stars beside a rating. Arrows are not included, since an arrow shows a movement.
_SIGNS = "■□▪▫◼◻◆◇○◯⬤\u2600-\u2793\ufe0f\U0001f534\U0001f535\U0001f7e0-\U0001f7eb"

# One alternative for each kind of token; longer wordings come before shorter ones. All are in lower case, with plain quotes and
# dashes.
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<cell>\t)",
            rf"(?P<to>{moves.TO})",
            rf"(?P<space>(?:[^\S\t]|[:;,|=()\[\]/.>?*●•·›»‹«►▸▶†‡§¹²³{_SIGNS}-])+)",
            rf"(?P<notassessed>{moves.NOT_ASSESSED})",
            rf"(?P<statement>{_one_of(list(_STATEMENT_OF))})(?![\w-])",
            rf"(?P<inherited>{moves.INHERITED})(?![\w'])",
            rf"(?P<before>{moves.BEFORE})",
            rf"(?P<earlier>{moves.earlier(_VALUE)})\b",
            rf"(?P<moved>{moves.MOVED})",
            rf"(?P<asof>{moves.AS_OF})",
            rf"(?P<published>{_PUBLISHED}|(?:report )?publication date)\b",
            r"(?P<updated>(?:last |page )?updated(?: on)?)\b",
            r"(?P<visited>(?:(?:date of |the |latest |most recent |last )*(?:inspected|inspection|assessed|assessment|visited"
            r"|visit|reviewed|review)s?(?: dates?| visits?| took place| (?:was )?carried out)?(?: on| of| from| between)?)"
            r"(?=\W+\d{1,4}(?:[ ,/-]|st|nd|rd|th))"
            r"|(?:latest|most recent|last) (?:inspection|assessment|visit|review)(?=\W*(?:$|\t))"
            r"|date of (?:latest |last )?(?:inspection|assessment|visit|review)|"
            r"(?:latest |last )?(?:inspection|assessment|review) date)\b",
            rf"(?P<value>{BY_CLASS}?(?:{_VALUE}))(?!\w)",
            r"(?P<overall>(?:(?:the|our|current|latest|cqc|cqc's|hospital|location|clinic|practice) )*overall(?: cqc| quality)?"
            r"(?: summary(?: (?:&|and) ratings?)?| ratings?| service| location)?"
            rf"(?: (?:for|of) {_SERVICE})?)(?:(?![\w'])|(?={_VALUE}))",
            rf"(?P<question>(?:(?:key question|(?:our |the )?rating (?:for|of))[ :-]*)?"
            rf"(?:(?:is|are) (?:{_SERVICE}|services?|it|they)(?: being)? |being )?(?P<name>{_KQ})"
            rf"(?: key question)?)(?:(?![\w'])|(?={_VALUE}))"
            r"(?! (?:environments|systems|and effective))",
            rf"(?P<sentence>{_SERVICE} (?:is|has been)(?: currently| now| also)? rated(?: as)?(?: overall)?(?: as)?)\b",
            r"(?P<percentage>(?:percentage )?(?:score[ds]?[ :]*)?(?P<hundred>\d{1,3})(?:\.\d+)? ?"
            r"(?:\(?out of 100\)?|/ ?100|%|per ?cent))",
            r"(?P<four>(?:score[ds]?[ :]*)?(?P<of4>[1-4]) ?(?:out of 4|/ ?4|- evidence shows .*))",
            r"(?P<scored>(?:percentage )?scored? ?[:=-]? ?(?P<bare>\d{1,3}))(?![\d.])",
            rf"(?P<period>{_DAYS})(?!\d)",
            rf"(?P<date>{_WEEKDAY}(?P<day>(?:{'|'.join(_MONTH)}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|"
            rf"{DAY_IN_WORDS}|\d{{4}}-\d\d-\d\d|\d{{4}}/\d\d/\d\d|{NUMERIC_DAY}))(?!\d)",
            rf"(?P<group>{_one_of(list(_GROUP_OF))})(?![\w'-])",
            r"(?P<rating>(?:(?:the|our|current|latest|new|this|present|cqc|cqc's|published|inspection|assessment|service|quality"
            r"|rating) )*"
            rf"(?:ratings?|rated)(?: (?:for|of) (?:{_SERVICE}|this (?:key question|question|area)))?"
            r"(?: (?:at|for|from) this (?:inspection|assessment))?(?: is| as)?"
            r"|(?:(?:the|our|cqc's) )*judge?ment (?:for|on|of) this key question(?: is)?"
            r"|this key question(?: is)?(?: now)?(?: (?:rated|judged)(?: as)?)?)\b",
            r"(?P<noise>(?:please )?(?:read|find out|see|view|show|learn|go to|download|open|hide)\b.*"
            r"|(?:key |quality )?(?:question|statement|area)s?|percentage|score[ds]?|assessed|inspected(?=\))|l(?=\s*(?:$|\t))"
            r"|status|current|is|are|has been|as"
            r"|currently|new|present|again|still|once more|remains?|remained|result|grade|level|arrow|evidence shows .*"
            r"|under our new approach)(?![\w'])",
        )
    )
)
_KIND = {"overall": Kind.OVERALL, "rating": Kind.RATING, "sentence": Kind.RATING, "earlier": Kind.EARLIER,
         "published": Kind.PUBLISHED, "updated": Kind.UPDATED, "visited": Kind.VISITED, "notassessed": Kind.NOT_ASSESSED,
         "cell": Kind.CELL, "to": Kind.TO, "before": Kind.BEFORE, "inherited": Kind.INHERITED,
         "period": Kind.PERIOD}  # fmt: skip

# The first three characters of every line that can consist of tokens. Most lines of a page begin differently, so they need no
# closer test.
_STARTS = set(
    """req out goo ina ins not unr sus und awa reg evi ove saf eff car res wel are key our the cqc cur lat pub rat pre las pri
    for ear was wer dow cha imp dec dro det fal ris dat upd pag vis ass mos per sco rea fin see vie sho lea ope hid ple qua
    sta has now thi you ser bei rep rev wen gon unc cha inh car bro low hig wor bet sam ste mai tre mov giv und bef it  at  new
    mar com rai rou don res fir loc cli pra jud
    foc fol tar ann mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec""".split()  # noqa: SIM905  (a list of sixty words reads worse)
) | {name[:3] for name in (*_STATEMENT_OF, *_GROUP_OF)} | {"no ", "we ", "is ", "up ", "go ", "as ", "to ", "is", "as", "to"}

# A line that may state a rating ends in one of these words. This fast test comes before the slow test.
_ENDINGS = ("good", "outstanding", "inadequate", "improvement", "rated", "suspended", "met", "rate", "rating", "appeal")
_TRAILING = " .:●•)?›»►▸▶*†‡§¹²³"
_LAST_LETTERS = frozenset({*(word[-1] for word in _ENDINGS), *_TRAILING})
_LABELLED = re.compile(rf"(?P<label>[^:.]{{1,60}}?)\s*(?:[:\t]|\s-|\brated)\s*(?:as )?(?P<value>{_VALUE})\W*")

_NOT_LOOKED_AT = re.compile(r"\b(?:not|n't) (?:been )?(?:re-?)?(?:assess|inspect|look|review|rate|consider|cover)")

MAX_LINE: Final = 240
MAX_SENTENCE: Final = 90
"""A line with more than `MAX_LINE` characters is prose. A line that ends in a full stop is already prose if it has more than
`MAX_SENTENCE` characters."""


def plain(text: str) -> str:
    """A text in lower case, with plain quotes, dashes and spaces."""
    return text.lower() if text.isascii() else text.translate(_PLAIN).lower()


def tokenised(lines: Sequence[str]) -> list[tuple[Token, ...] | None]:
    """The tokens of each line; None for a line of prose. Most lines of a page are prose, as their first letters show."""
    return [
        tokens(line) if (line[:3] in _STARTS or not line[:1].isalpha()) and len(line) <= MAX_LINE else None for line in lines
    ]


# as in "Safe: Good, previously: Inadequate (June 2025)"
_MONTH_OF_FORMER = re.compile(
    rf"(\bprevious(?:ly)?(?: rated| rating)?:? (?:outstanding|good|requires improvement|inadequate)),?"
    rf" \(?(?:{'|'.join(_MONTH)}) \d{{4}}\b\)?"
)


@lru_cache(maxsize=2048)  # CQC's pages share most of these lines
def tokens(line: str) -> tuple[Token, ...] | None:
    """The tokens of a plain line that consists only of tokens. None for a line of prose.

    Text that is in the place of a rating but is not a rating becomes a token UNKNOWN. The result for a line without content
    ("Read more") is ().
    """
    if line[:3] not in _STARTS and line[:1].isalpha():
        return None
    if len(line) > (MAX_SENTENCE if line.endswith(".") else MAX_LINE) and not _NOT_LOOKED_AT.search(line):
        return None
    found: list[Token] = []
    line = line.replace("->", "→")
    if "previous" in line:
        line = _MONTH_OF_FORMER.sub(r"\1", line)
    at, end = 0, len(line)
    while at < end:
        match = _TOKEN.match(line, at)
        if match is None or match.end() == at:
            return _unknown(line, at, found)
        token = _token(match)
        if token is not None:
            found.append(token)
        at = match.end()
    return tuple(_without_earlier(found))


def _token(match: re.Match[str]) -> Token | None:
    kind = str(match.lastgroup)
    if kind in _SAYS_NOTHING:
        return None
    if kind in _TOKEN_OF:
        return _TOKEN_OF[kind](match)
    return Token(_KIND[kind], match[0])


def _value(match: re.Match[str]) -> Token:
    text = match[0]
    return Token(Kind.VALUE, ratings.parse(text.removeprefix(BY_CLASS)), text.startswith(BY_CLASS))


def _date(match: re.Match[str]) -> Token | None:
    day = date_of(match["day"])
    return Token(Kind.DATE, day) if day else None


def _before(match: re.Match[str]) -> Token:
    return Token(Kind.BEFORE, match[0].startswith(("in ", "on ")) and " la" not in match[0])


def _score(match: re.Match[str]) -> Token | None:
    if match["of4"]:
        return Token(Kind.SCORE, int(match["of4"]))
    number = int(match["hundred"] or match["bare"])
    if match["bare"] and 1 <= number <= 4:
        return Token(Kind.SCORE, number)
    return Token(Kind.PERCENTAGE, number) if number <= 100 else None


_SAYS_NOTHING = frozenset(("space", "noise", "asof", "None"))
_TOKEN_OF: dict[str, Callable[[re.Match[str]], Token | None]] = {
    "value": _value,
    "question": lambda match: Token(Kind.KEY_QUESTION, ratings.QUESTIONS[match["name"]]),
    "statement": lambda match: Token(Kind.STATEMENT, _STATEMENT_OF[match[0]]),
    "group": lambda match: Token(Kind.GROUP, _GROUP_OF[match[0]]),
    "notassessed": lambda match: Token(Kind.NOT_ASSESSED, _questions(match["unlooked"] or "")),
    "moved": lambda match: Token(Kind.MOVED, match["when"] is not None),
    "percentage": _score,
    "four": _score,
    "scored": _score,
    "date": _date,
    "before": _before,
}


@dataclass(slots=True)
class _Holding:
    """Collects the tokens of a line, without former ratings, movements and marks of inheritance."""

    kept: list[Token] = field(default_factory=list)
    earlier: bool = False  # the next value no longer applies
    heads: bool = False  # the line is a label such as "Previous rating", so the value in the next block no longer applies
    # the only rating of the line is a former rating, so a day of publication after it belongs to the former rating too
    alone: bool = False
    inherited: bool = False  # the next value is the previous provider's rating

    def take(self, token: Token, follows: Token | None) -> None:
        value = self.kept[-1] if self.kept and self.kept[-1].kind is Kind.VALUE else None
        match token.kind:
            case Kind.EARLIER:
                self.earlier = self.heads = True
            case Kind.MOVED:
                # In "Inadequate, declined since the last inspection (Good)", "Good" is the earlier rating. But if the words
                # about the movement are directly after a label, the rating after these words is the new rating.
                alone = not self.kept or self.kept[-1].kind not in LABELS
                self.earlier = self.earlier or bool(token.value and alone)
            case Kind.TO:
                self.earlier = False
                if follows and follows.kind is Kind.VALUE and value and not value.weak:
                    self.kept.pop()
            case Kind.BEFORE:
                self._before(value, by_day=bool(token.value))
            case Kind.INHERITED if value:
                self.kept[-1] = value._replace(inherited=True)
            case Kind.INHERITED:
                self.inherited = True
            case _:
                self._keep(token)

    def _before(self, value: Token | None, *, by_day: bool) -> None:
        """Reads words such as "at the last inspection" after a rating. If there is only a date ("Good in 2021"), the rating is
        a former rating only if the line contains another rating, or no label."""
        rest = {other.kind for other in self.kept[:-1]}
        if value and (not by_day or not rest & LABELS or Kind.VALUE in rest):
            self.kept.pop()
        else:
            self.earlier = self.heads = not self.kept and not by_day

    def _keep(self, token: Token) -> None:
        if self.earlier and token.kind in (Kind.VALUE, Kind.DATE, Kind.PUBLISHED):
            self.earlier = token.kind is Kind.PUBLISHED
            self.alone = token.kind is Kind.VALUE and not any(one.kind is Kind.VALUE for one in self.kept)
        elif self.alone and (token.kind is Kind.DATE or str(token.value).startswith("published")):
            self.alone = token.kind is Kind.PUBLISHED  # as in "Previously inadequate (published 3 May 2024)"
        elif self.inherited and token.kind is Kind.VALUE:
            self.kept.append(token._replace(inherited=True))
            self.inherited = False
        else:
            self.alone = False
            self.kept.append(token)


def _without_earlier(found: Sequence[Token]) -> list[Token]:
    """Removes the former ratings of a line: "down from Good", "(previously Inadequate)", "(Good last time)"."""
    holding = _Holding()
    for here, token in enumerate(found):
        holding.take(token, found[here + 1] if here + 1 < len(found) else None)
    if holding.kept:
        return holding.kept
    if holding.earlier and holding.heads:
        return [Token(Kind.EARLIER)]
    return [Token(Kind.INHERITED)] if holding.inherited else []


_ASKS = re.compile(r"(?:what|how|why|when|who|where|our|we|your|people|read|see|is|are|the)\b")


def _unknown(line: str, at: int, found: list[Token]) -> tuple[Token, ...] | None:
    """Reads text that is not a token. A short text after a label is a token UNKNOWN: it is in the place of a rating, and may be
    a part of a rating ("Requires") or a new rating ("Excellent"). All other text is prose."""
    if not found or found[-1].kind not in LABELS | {Kind.RATING}:
        return None
    rest = line[at:].strip(" .:-")
    before = line[:at].rstrip(" ")
    cut = len(rest) >= 3 and any(value.startswith(rest) for value in _WHOLE)
    colon = before.endswith((":", "\t")) and len(rest.split()) <= 3 and rest[:1].isalpha() and not _ASKS.match(rest)
    if (cut or colon) and found[-1].kind is not Kind.STATEMENT:
        return (*_without_earlier(found), Token(Kind.UNKNOWN, rest))
    return None


_WHOLE = (*Rating, "inspected but not rated", "insufficient evidence to rate", "not rated", "no published rating")


def worth(line: str) -> bool:
    """Whether a plain line may contain a rating."""
    return line.rstrip(_TRAILING).endswith(_ENDINGS)


def labelled_otherwise(line: str) -> bool:
    """Whether a plain line gives the rating of an unknown subject: "Cleanliness: Good"."""
    return len(line) <= 90 and line[-1:] in _LAST_LETTERS and worth(line) and _LABELLED.fullmatch(line) is not None


def month_of(text: str) -> int:
    """The number of the month with this plain name, which may be cut to its first three letters; 0 for any other text."""
    return _MONTH.get(text, 0)


def group_of(text: str) -> str | None:
    """The name of a service group as CQC spells it; None if the plain text is not a known name."""
    return _GROUP_OF.get(text)


def _questions(text: str) -> tuple[KeyQuestion, ...]:
    """The key questions whose names are in a plain text."""
    return tuple(ratings.QUESTIONS[name] for name in re.findall(_KQ, text))


_UNLOOKED = re.compile(rf"(?:^|[.!?;:] )(?:at this \w+,? |this time,? |however,? |so )?{moves.NOT_ASSESSED}")


def unlooked(line: str) -> tuple[KeyQuestion, ...]:
    """The key questions that were not assessed this time, according to a sentence of a plain paragraph."""
    if "not " not in line and "n't " not in line:
        return ()
    return tuple(name for match in _UNLOOKED.finditer(line) if match["unlooked"] for name in _questions(match["unlooked"]))


def stated(text: str) -> Stated | None:
    return ratings.parse(text)


def date_of(text: str) -> date | None:
    """The day in "21 November 2026", "3rd May 2020", "21-Nov-2026", "2026-11-21", "21/11/2026" or "21.11.2026" (plain). None
    for any other text."""
    if match := re.fullmatch(r"(\d{4})[-/](\d\d)[-/](\d\d)", text):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(?:[a-z]+day,? )?(\d{1,2}) ?(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+)\.?,?[ -](\d{4})", text):
        day, month, year = int(match[1]), _MONTH.get(match[2], 0), int(match[3])
    elif match := re.fullmatch(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text):
        month, day, year = _MONTH.get(match[1], 0), int(match[2]), int(match[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
