"""Reads the parts that only assessments under the Single Assessment Framework have: the report's date, scores, and ratings in
sentences."""

import re
from collections.abc import Iterator, Sequence

from monitor import ratings
from monitor.cqc.read.claims import Scored, Told
from monitor.cqc.read.flow import Block
from monitor.cqc.read.sentences import quote, split
from monitor.cqc.read.words import Kind, Token, date_of, plain
from monitor.ratings import QUESTIONS, KeyQuestion, any_question

_DAY = r"(\d{1,2}(?:st|nd|rd|th)? [a-z]+ \d{4})"
_REPORT_FROM = re.compile(
    rf"report from {_DAY} (?:assessment|inspection)|(?:date of )?assessment(?: report)?(?: of| from|:)? {_DAY}"
)
_RATING = r"(outstanding|good|requires improvement|requiring improvement|require improvement|inadequate)"

# as in "This service scored 61 (out of 100) for this area."
_AREA_SCORE = re.compile(r"\bscored (\d{1,3}) ?\(?out of 100\)? for this area")

_ADVERB = r"(?:now|therefore|still|again|also|currently|overall|today)"
_JUDGE = r"(?:judged?|rated?|graded?|find|found|considered|consider|deem|deemed|assess|assessed)"
_TO_BE = r"(?:(?:now|still|again) )?(?:(?:to be|as being|as|to) )?(?:(?:now|still|again) )?"
_NO_NOUN = r"(?! (?:in (?:part|places)|enough|at|for|practice|standard|quality|care)\b)"

# As in "At this assessment the rating has remained requires improvement." A statement is used only if it is about this
# assessment, and only if its subject is the rating or the key question itself. The patterns come from real texts of 2024 and
# 2025.
_NAMED = any_question("[ -]")
_AT_THIS = r"at this (?:assessment|inspection),?"
_TOLD = re.compile(
    rf"(?:{_AT_THIS} (?:the rating|this key question|the rating for this key question|this rating)"
    rf"|this meant the rating|the rating for this key question|this key question) (?:has |is |was |had )?(?:now )?"
    rf"(?:remain(?:ed|s)|chang(?:ed|es) to|improved to|deteriorated to|declined to|been rated(?: as)?|rated(?: as)?) {_RATING}\b"
    rf"|we have rated (?:this key question|it)(?: as)? {_RATING}\b"
    rf"|{_AT_THIS} we (?:have )?rated this key question(?: as)? {_RATING}\b"
    rf"|(?:^|[.!?] )(?:therefore,? |so |overall,? )?we (?:have )?(?:now )?rated (?:this key question|(?P<named>{_NAMED}))(?: as)?"
    rf" {_RATING}\b"
    r"|(?:our|the) rating (?:of|for) this key question (?:has )?(?:stayed|remained) (?:the same|unchanged)(?: as [^:.]{3,50})?:"
    rf" {_RATING}\b"
    r"|\b(?:our|the) (?:judge?ment|rating)(?: (?:of|for) this key question)? (?:has |is |was |have )?(?:now )?"
    rf"(?:dropped|fallen|fell|gone (?:up|down)|improved|declined|deteriorated|risen|rose)(?: by \w+ \w+)? to {_RATING}\b"
    rf"|\bwe (?:{_ADVERB} |have )*{_JUDGE} (?:this (?:key question|area)|(?P<it>it)(?= (?:to be|as)\b))"
    rf" {_TO_BE}{_RATING}\b{_NO_NOUN}"
    rf"|\bthis key question (?:is|has been|was)(?: {_ADVERB})* (?:judged|found|considered|deemed|graded|assessed)"
    rf" {_TO_BE}{_RATING}\b{_NO_NOUN}"
    rf"|\bthis key question (?:is|has become)(?: {_ADVERB})* {_RATING}\b{_NO_NOUN}"
    rf"|\b(?:our|the) (?:judge?ment|conclusion|verdict|finding) (?:for|on|of|about) this (?:key question|area)"
    rf" (?:is|was|has been)(?: {_ADVERB})* (?:that it (?:is|was) )?{_RATING}\b{_NO_NOUN}"
)
_CLAUSE = r"(?:(?!\b(?:and|but|so|because|therefore)\b)[^,;:])*$"
# Words before a statement of the pattern _TOLD that make it a condition, or what somebody else thinks.
_IF = re.compile(
    r"^(?:if|unless|should|were|had|where|whenever|once|until)\b"
    rf"|\b(?:if|unless|until|whether|would|could|might|no one|cannot|not|never)\b{_CLAUSE}"
)
_OF_OTHERS = re.compile(
    r"\b(?:provider|manager|owners?|staff|leaders|people|relatives|families|council|residents|survey|self-assess\w*|audit|they|she|he)\b"
    rf"{_CLAUSE}"
)
_BEFORE = re.compile(
    r"(?<!since our )(?<!since the )(?<!since its )\b(?:last|previous(?:ly)?|earlier|(?<!we )then|had been"
    r"|in (?:[a-z]+ )?20\d\d)\b"
)
# If one of these words is in the statement, or before it in the same sentence, the statement is about this assessment, even if
# the sentence also mentions an earlier one.
_AT_PRESENT = re.compile(r"\b(?:at this (?:assessment|inspection)|now|has|have|remains|stays)\b")
# Matches "It is now inadequate", within or after a sentence about the earlier rating.
_IS_NOW = re.compile(
    r"\b(?:it|this(?: rating| key question| area)?|(?:our|the) rating(?: (?:of|for) this key question)?|(?:and|but|which))"
    r" (?:(?:is|was|has been) now|is today|now|has become|(?:has |is |have )?(?:now |since )*"
    r"(?:dropped|fallen|fell|gone (?:up|down)|improved|declined|deteriorated|changed|risen|rose)(?: by \w+ \w+)? to)"
    rf" (?:been )?(?:rated )?(?:as )?{_RATING}\b"
)


def report_date(lines: Sequence[str]) -> str | None:
    """The date (ISO) of the report, as stated on an assessment's page."""
    for line in lines:
        if line.startswith("report from") and (match := _REPORT_FROM.match(line)):
            day = date_of(match[1] or match[2])
            return day.isoformat() if day else None
    return None


def area_score(line: str) -> int | None:
    """The percentage in a line such as "This service scored 61 (out of 100) for this area."; None for any other line."""
    match = _AREA_SCORE.search(line) if "out of 100" in line else None
    return int(match[1]) if match and int(match[1]) <= 100 else None


def questions_above(
    own: Sequence[int], tokens_of: Sequence[tuple[Token, ...] | None]
) -> Iterator[tuple[int, KeyQuestion | None]]:
    """Yields each block, with the key question of the section in which the block is."""
    question: KeyQuestion | None = None
    for at in own:
        tokens = tokens_of[at]
        if tokens:
            named = [token.value for token in tokens if token.kind is Kind.KEY_QUESTION]
            if named and isinstance(named[-1], KeyQuestion):
                question = named[-1]
            elif any(token.kind is Kind.OVERALL for token in tokens):
                question = None
        yield at, question


def told(
    own: Sequence[int],
    blocks: Sequence[Block],
    lines: Sequence[str],
    tokens_of: Sequence[tuple[Token, ...] | None],
    *,
    rated_apart: bool,
) -> tuple[list[Told], list[Scored]]:
    """The ratings and scores that sentences give to the key question in the heading above them. On a report's page
    (`rated_apart`), the ratings in lines such as "Rating: Inadequate" are included, even if other text is between the heading
    and the line."""
    rated: list[Told] = []
    scored: list[Scored] = []
    named = -1  # the last block with the name of a key question
    before: int | None = None  # the block above, if it contains only the word "rating"
    for at, question in questions_above(own, tokens_of):
        tokens = tokens_of[at]
        if tokens and any(token.kind is Kind.KEY_QUESTION for token in tokens):
            named = at
        elif named >= 0 and 0 < blocks[at].level <= blocks[named].level and not _is_rating(tokens):
            named = -1
        if question is None:
            continue
        if tokens is not None:
            value = _rating_alone(tokens, below=before is not None) if rated_apart and named >= 0 else None
            if value is not None:
                rated.append(Told(at, question, value, quote(blocks[named].text, blocks[at].text), apart=True))
            before = at if _is_rating(tokens) and value is None else None
            continue
        before = None
        line = lines[at]
        score = area_score(line)
        if score is not None:
            scored.append(Scored(at, question, score, _sentence(blocks[at].text, _AREA_SCORE)))
        if ("rat" in line or "judg" in line or "this key question" in line) and _TOLD.search(line):
            rated += (Told(at, question, value, quote(said)) for value, said in _told_now(blocks[at].text, question))
    return rated, scored


def _told_now(text: str, question: KeyQuestion) -> list[tuple[ratings.Stated, str]]:
    """The present rating that a paragraph gives to the key question in the heading above, and the sentence with that rating. If
    there are several different ratings in the result, the sentences of the paragraph contradict each other."""
    found: dict[ratings.Stated, str] = {}
    before = False  # whether the earlier rating has been mentioned
    named = False  # whether "this key question" has been mentioned, so that "it" may mean the key question
    for sentence in split(text):
        line = plain(sentence)
        match = _TOLD.search(line)
        rest = line if before and match is None else ""
        if match is not None:
            if match["named"] and QUESTIONS[match["named"]] is not question:
                continue
            rest = line[match.end() :]
            if (match["it"] and not named) or _is_in_doubt(line[: match.start()].strip(), match[0]):
                continue
            if _BEFORE.search(line) and not _AT_PRESENT.search(line, 0, match.end()):
                before = True
            elif (value := _parsed(next(one for one in match.groups() if one and one not in (match["named"], "it")))) is not None:
                found.setdefault(value, sentence)
        named = named or "this key question" in line
        if (now := _IS_NOW.search(rest)) and (value := _parsed(now[1])) is not None:
            found.setdefault(value, sentence)
    return list(found.items())


def _is_in_doubt(before: str, told: str) -> bool:
    """Whether the words before a statement make it a condition, or what somebody else thinks."""
    return _IF.search(before) is not None or (told.startswith("this key question") and _OF_OTHERS.search(before) is not None)


def _parsed(words: str) -> ratings.Stated | None:
    return ratings.parse("requires improvement" if words.startswith("requir") else words)


_NAMES_A_RATING = re.compile(rf"\b{_RATING}\b")


def unrated(
    own: Sequence[int], blocks: Sequence[Block], tokens_of: Sequence[tuple[Token, ...] | None], rated: frozenset[KeyQuestion]
) -> Iterator[str]:
    """The sentences about the rating of the key question in the heading above them, if no rating of this key question was read
    (`rated` has those that were read)."""
    for at, question in questions_above(own, tokens_of):
        if question is None or question in rated or tokens_of[at] is not None:
            continue
        for sentence in split(blocks[at].text):
            line = plain(sentence)
            if "this key question" in line and _NAMES_A_RATING.search(line) and not _BEFORE.search(line):
                yield sentence


def _is_rating(tokens: tuple[Token, ...] | None) -> bool:
    """Whether a block contains only the word "rating"."""
    return bool(tokens) and all(token.kind is Kind.RATING for token in tokens or ())


def _rating_alone(tokens: tuple[Token, ...], *, below: bool) -> ratings.Stated | None:
    """The rating in a block such as "Rating: Inadequate". If the block above contains only the word "rating" (`below`), the
    block may also contain only the rating."""
    values = [token for token in tokens if token.kind is Kind.VALUE and not token.weak]
    kinds = {token.kind for token in tokens}
    fits = kinds == {Kind.RATING, Kind.VALUE} or (below and kinds == {Kind.VALUE})
    value = values[0].value if len(values) == 1 and fits else None
    return value if isinstance(value, ratings.Rating | ratings.Reason) else None


def _sentence(text: str, stating: re.Pattern[str]) -> str:
    """The first sentence of a paragraph that matches the pattern `stating`."""
    return quote(next((sentence for sentence in split(text) if stating.search(plain(sentence))), text))
