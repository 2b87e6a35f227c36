"""Changes of rating that a text states in words, as new: "has changed from good to requires improvement".

Not what an earlier inspection changed, not what ought to improve, and no change where the rating stayed. A text of an old
report can contradict the ratings above it: what holds is read elsewhere. Source:
docs/facts/special-measures.md, Rating changes stated in words; docs/facts/special-measures.md, Traps.
"""

import re
from collections.abc import Iterator, Sequence

from monitor import ratings
from monitor.cqc.read import sentences
from monitor.cqc.read.sentences import Sentence
from monitor.model import RatingChange
from monitor.ratings import KeyQuestion, Rating, Stated

_RATING = r"(outstanding|good|requires? improvement|requiring improvement|inadequate)"
_MOVED = (
    r"(?:changed|deteriorated|declined|dropped|fallen|fell|gone (?:down|up)|went (?:down|up|from)|gone from|worsened|"
    r"slipped|plummeted|plunged|slumped|moved|improved|risen|rose|increased|decreased|"
    r"downgraded|upgraded|lowered|reduced|raised|(?:re-?)?rated (?:down|up)|revised|amended|lifted)"
)
_FROM_TO = re.compile(rf"\bfrom (?:an? |being |its (?:previous )?(?:overall )?(?:rating of )?|rated |overall "
                      rf")*+{_RATING}(?:,? overall| rating)?,?(?: down| up)? to (?:an? |being |now |be |overall |"
                      rf"rated )*+{_RATING}\b")
_TO = re.compile(rf"\b{_MOVED}\b(?: \w+){{0,4}}? (?:to|into) (?:an? |being |be |now |overall |rating of "
                 rf")*+{_RATING}\b")
_DOWN_FROM = re.compile(rf"\b(?:rated|judged|rating of|rated as) (?:as )?(?:overall "
                        rf")?{_RATING}\b[^.]{{0,30}}?\b(?:down|up|dropping|falling|improving|a drop|a fall|having "
                        rf"been|changed|which is (?:down|up)) (?:from )?(?:an? |its |previous |rating of |overall |"
                        rf"rated )*+{_RATING}\b")
_WAS_NOW = re.compile(rf"\b(?:previously|last|formerly) (?:rated|judged) (?:as )?(?:overall "
                      rf")?{_RATING}\b.{{0,80}}?\b(?:is now|has (?:now )?been|now) (?:rated |judged )?(?:as "
                      rf")?(?:overall )?{_RATING}\b")
_RATINGS = ("outstanding", "good", "improvement", "inadequate")
# Where a change can be stated: the rest of a report is full of "good" and "improvement".
_ABOUT = ("rated", "rating", "key question", "deteriorat", "downgrad", "upgrad", "from good", "from outstanding",
    "from requir", "from inadequate")
_WAS_RATED = re.compile(rf"\b(?:rated|rating (?:was|of|for this \w+ was|for this key question was))(?: this key "
                        rf"question| the (?:key question|service|practice|location|home))?(?: overall)?(?: as)?(?: "
                        rf"being)? {_RATING}\b")

# What ought to, might, did not or earlier had moved.
_NOT_NEW = re.compile(
    r"\b(?:may|might|could|would|should|if|unless|needs?|needed|must|in order to|able to|cannot|not|never|n't|aim\w*|"
    r"hop\w+|plan\w*|"
    r"wants?|wanted|work\w* (?:to|towards)|expect\w*|how they will) (?:[\w']+ ){0,5}?"
    r"(?:change|improve|move|raise|lower|upgrade|downgrade|deteriorate|fall|drop|decline|go|achieve|" + _MOVED[3:-1] + r")\b"
    r"|\bhad (?:been |previously |also )*" + _MOVED
)

_QUESTION = r"(safe|effective|caring|responsive|well[- ]led)"
_NAMED = re.compile(rf"\b{_QUESTION}\b(?! (?:care|and (?:effective|proper|timely) (?:care|staffing|systems?)|"
                    rf"staff\w*|systems?|processes|leadership|use|management|medicines|environment|recruitment|"
                    rf"services?\b(?! (?:is|was))|treatment|practices?|way|governance))")
_HEADING = re.compile(rf"^(?:is the \w+|are services?(?: at this location)?|is this (?:service|practice)|are)? "
                      rf"?{_QUESTION}(?: findings)?\??$|^{_QUESTION} - (?:this means )?")
_OVERALL = re.compile(r"\boverall\b|\b(?:service|practice|location|home|provider|hospital|agency|surgery|"
                      r"clinic)(?:'s)?(?: overall)? rating\b|\brating (?:for|of) (?:the|this|our|\w+) "
                      r"(?!key)(?:service|practice|location|home|provider|hospital|agency|surgery)\b")


def rating_changes(paragraphs: Sequence[str]) -> tuple[RatingChange, ...]:
    """The changes of the overall rating and of key questions that a text states as new, in order, each once.

    `from_` is None where the text does not say what the rating was.
    """
    if not sentences.speaks_of("\n".join(paragraphs), _ABOUT):
        return ()
    found: dict[tuple[str, Stated], RatingChange] = {}
    section: str | None = None
    before: Sentence | None = None
    for sentence in sentences.read(paragraphs, _ABOUT):
        section = _section(sentence, section)
        for change in _changes(sentence, before, section):
            held = found.get((change.of, change.to))
            if held is None or (held.from_ is None and change.from_ is not None):
                found[change.of, change.to] = change
        before = sentence
    return tuple(found.values())


def _section(sentence: Sentence, section: str | None) -> str | None:
    """The key question whose section of the report the sentences after this one stand in."""
    opened = _HEADING.search(sentence.plain)
    if opened:
        return _question(next(word for word in opened.groups() if word))
    return section


def _question(word: str) -> str:
    return KeyQuestion(word.replace(" ", "-")).value


def _changes(sentence: Sentence, before: Sentence | None, section: str | None) -> Iterator[RatingChange]:
    """The changes that one sentence states; each concerns what the words around it name."""
    for from_, to, words in _moves(sentence, before):
        for of in _of(words, section) if from_ != to else ():
            yield RatingChange(of=of, from_=from_, to=to, quote=sentence.text)


def _moves(sentence: Sentence, before: Sentence | None) -> Iterator[tuple[Stated | None, Rating, str]]:
    """What a rating was, what it is now, and the words that tell which: for each move that a sentence states."""
    flat = sentence.plain
    if not sentences.speaks_of(flat, _RATINGS) or _NOT_NEW.search(flat) or flat.endswith("?"):
        return
    moves = [] if sentence.earlier else list(_FROM_TO.finditer(flat))
    if moves:
        ends = [move.end() for move in moves[:-1]]
        for move, start, end in zip(moves, (0, *ends), (*ends, len(flat)), strict=True):
            yield _rating(move.group(1)), _rating(move.group(2)), flat[start:end]
    elif down := _DOWN_FROM.search(flat):
        yield _rating(down.group(2)), _rating(down.group(1)), flat
    elif now := _WAS_NOW.search(flat):
        yield _rating(now.group(1)), _rating(now.group(2)), flat
    elif not sentence.earlier and (to := _TO.search(flat)):
        was = _WAS_RATED.search(before.plain) if before is not None and before.earlier else None
        yield (_rating(was.group(1)) if was else None), _rating(to.group(1)), flat


def _rating(words: str) -> Rating:
    stated = ratings.parse(words.replace("require improvement", "requires improvement").replace("requiring",
        "requires"))
    assert isinstance(stated, Rating)
    return stated


def _of(flat: str, section: str | None) -> tuple[str, ...]:
    """What moved: the key questions that the sentence names, "overall", or the key question of the section."""
    named = tuple(dict.fromkeys(_question(word) for word in _NAMED.findall(flat)))
    if "this key question" in flat and section:
        return (section,)
    if _OVERALL.search(flat) and not re.search(r"\bkey questions?\b", flat):
        return ("overall", *named)
    if named:
        return named
    return (section or "overall",)
