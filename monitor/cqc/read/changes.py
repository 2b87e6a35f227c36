"""Finds the changes of rating that a text states in words and as news: "has changed from good to requires improvement". In this
module such a change is called a move.

The module leaves out changes found by an earlier inspection, calls for improvement, and ratings that stayed the same. The text
of an old report can contradict the ratings above it, so the present ratings are read by other modules. Source:
docs/facts/special-measures.md, Rating changes stated in words; docs/facts/special-measures.md, Traps.
"""

import re
from collections.abc import Iterator, Sequence

from monitor import ratings
from monitor.cqc.read import sentences
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.words import group_of
from monitor.model import RatingChange
from monitor.ratings import KeyQuestion, Rating, Stated

_RATING = r"(outstanding|good|requires? improvement|requiring improvement|inadequate)"
_MOVED = (
    r"(?:changed|deteriorated|declined|dropped|fallen|fell|gone (?:down|up)|went (?:down|up|from)|gone from|worsened|"
    r"slipped|plummeted|plunged|slumped|moved|improved|risen|rose|increased|decreased|"
    r"downgraded|upgraded|lowered|reduced|raised|(?:re-?)?rated (?:down|up)|revised|amended|lifted)"
)
# None of these nouns may follow a rating, since "good" in "to a good standard" describes something other than a service.
NO_NOUN = (
    r"(?! (?:levels?|standards?|care|practices?|staff\w*|quality|outcomes?|numbers?|schools?|systems?|leadership|governance"
    r"|management|support|communication|effect|relationships?|food|health|condition|use|progress)\b)"
)
_FILL = r"(?:an? |being |now |be |overall |just |only |rated |its |rating of |the rating of )*+"
# The end of a move: the new rating, and the earlier rating if the text gives it ("from good to inadequate", "to requires
# improvement").
_END_OF_MOVE = re.compile(
    rf"\bfrom (?:an? |being |its (?:previous )?(?:overall )?(?:rating of )?|rated |overall |a rating of )*+{_RATING}"
    rf"(?:,? overall| rating)?,?(?: (?:in|at) (?:\w+ )?20\d\d)?(?: (?:right |all the way )?(?:down|up))?"
    rf" to {_FILL}{_RATING}\b{NO_NOUN}"
    rf"|\b(?:to|into) {_FILL}{_RATING}\b{NO_NOUN}"
)
_MOVING = r"(?:falling|dropping|slipping|sliding|rising|moving|declining|going (?:up|down))"
_VERB_TO = re.compile(rf"\b(?:{_MOVED}|{_MOVING})\b(?:,? \w+){{0,4}}?,? (?:to|into) ")
# "in 2021 that went down to good": a year before a move is the year of the move, unless the sentence mentions the present
# inspection
_IN_A_YEAR = re.compile(
    rf"\b(?:in|since|during|back in|from) (?:\w+ )?20\d\d,? "
    rf"(?:(?:that|it|this|they|the (?:overall )?(?:rating|service|home|practice)|its rating|which|had|was|were) )*(?:{_MOVED})\b"
)
# Words after a move. Other subjects with the same move may follow these words.
_ALIKE = re.compile(r"\b(?:so (?:have|has|did)|"
                    r"as|along|together|and so|and for|and in|overall|for being|in (?:the )?key questions?|for)\b")
_ANOTHER_CLAUSE = re.compile(
    r"\b(?:while|whilst|but|whereas|although|though|however)\b|;|\b(?:remain|stay|re-rated|still|unchanged)"
)
_OF_OTHERS = re.compile(
    r"\b(?:sister|another|other|neighbouring|nearby) (?:care |nursing )?(?:homes?|services?|locations?|practices?)\b"
    r"|^(?:another|one|two|three|some|several|many|\d+) of (?:the|its|their) (?:\w+'s )?(?:\w+ )?"
    r"(?:homes|services|locations|practices)\b"
    r"|\bhygiene\b"
    r"|\b(?:her|his|my|their) (?:(?:last|previous|former|old|own) )?(?:employer|company|workplace|job|hospital|home)(?:'s)?\b"
    r"|\b(?:environment|building|premises|decor|cleanliness|food|meals|menus?|activities|morale|mood|weather|records?|audits?"
    r"|compliance"
    r"|attendance|supervision|induction|recruitment|turnover|kitchen|garden|parking|pay|training|communication|teamwork|culture)"
    r"(?: \w+){0,4} *$"
)
_INVERTED = re.compile(r"^(?:had|should|were) ")
# as in "Our rating of safe went down. We rated it as inadequate."
_OUR_RATING = re.compile(
    r"\b(?:our|the) ratings? (?:of|for) (?P<of>.{3,60}?) (?:went (?:down|up)|improved|declined|dropped|fell|rose)\b"
)
_RATED_IT = re.compile(rf"^we (?:have )?(?:now )?rated (?:it|them|this \w+|the \w+)(?: as)? {_RATING}\b{NO_NOUN}")
# as in "Safe: good to inadequate"
_LISTED = re.compile(rf"^(?P<of>[a-z ,-]{{4,60}}?)\s*[:–-]\s*(?:(?:gone |went )?(?:down |up )?from )?{_RATING} to {_RATING}\W*$")
_DOWN_FROM = re.compile(
    rf"\b(?:rated|judged|rating of|rated as)\b(?:,? (?!not\b)[\w'-]+){{0,8}}? {_RATING}\b{NO_NOUN}[^.]{{0,60}}?\b(?:down|up"
    rf"|dropping|falling|improving|a drop|a fall|having (?:previously )?been|after being|changed|which is (?:down|up)"
    rf"|it (?:was|had been)) (?:previously |last )?(?:from )?(?:an? |its |previous |rating of |overall |rated )*+"
    rf"{_RATING}\b{NO_NOUN}"
)
_NOW_WAS = re.compile(
    rf"\b(?:is|are) now (?:rated )?(?:as )?{_RATING}\b{NO_NOUN}[^.]{{0,20}}?\b(?:it|they|having)? ?(?:was|were|been)"
    rf" (?:previously |last )?(?:rated )?{_RATING}\b"
)
_WAS_NOW = re.compile(
    rf"\b(?:(?:previously|last|formerly) (?:rated|judged)|(?:was|were) (?:previously |last )?rated) (?:as )?"
    rf"(?:overall )?{_RATING}"
    rf"\b.{{0,80}}?\b(?:is now|are now|has (?:now )?been|now) (?:rated |judged )?(?:as )?(?:overall )?{_RATING}\b{NO_NOUN}"
)
_RATINGS = ("outstanding", "good", "improvement", "inadequate")
# Every statement of a change contains one of these words or phrases. "Good" and "improvement" alone are not listed, since they
# occur everywhere in a report.
_ABOUT = ("rated", "rating", "key question", "deteriorat", "downgrad", "upgrad", "from good", "from outstanding",
    "from requir", "from inadequate", "to good", "to requir", "to inadequate", "to outstanding", "now inadequate",
    "now requir", "now good", "now outstanding")
_ABOUT_RATINGS = ("rat", "key question", "downgrad", "upgrad", "deteriorat")
_WAS_RATED = re.compile(rf"\b(?:rated|rating (?:was|of|for this \w+ was|for this key question was))(?: this key "
                        rf"question| the (?:key question|service|practice|location|home))?(?: overall)?(?: as)?(?: "
                        rf"being)? {_RATING}\b")

# Words about moves that should or might happen, did not happen, or happened earlier.
_NOT_NEW = re.compile(
    r"\b(?:may|might|could|would|should|if|unless|needs?|needed|must|in order to|able to|cannot|not|never|n't|aim\w*|"
    r"hop\w+|plan\w*|"
    r"wants?|wanted|work\w* (?:to|towards)|expect\w*|how they will) (?:[\w']+ ){0,5}?"
    r"(?:change|improve|move|raise|lower|upgrade|downgrade|deteriorate|fall|drop|decline|go|achieve|" + _MOVED[3:-1] + r")\b"
    r"|\bhad (?:been |previously |also )*" + _MOVED
    + r"|\branges?\b|\bconsider\w* (?:[\w']+ ){0,4}?(?:chang|lower|rais|reduc|upgrad|downgrad|mov)\w+"
    + r"|\b(?:risk\w*|danger|avoid\w*|prevent\w*|stop\w*|without|from|of) (?:[\w']+ ){0,4}?" + _MOVING
)

_QUESTION = rf"({ratings.any_question('[- ]')})"
_NAMED = re.compile(rf"\b{_QUESTION}\b(?! (?:care|and (?:effective|proper|timely) (?:care|staffing|systems?)|"
                    rf"staff\w*|systems?|processes|leadership|use|management|medicines|environment|recruitment|"
                    rf"services?\b(?! (?:is|was))|treatment|practices?|way|governance))")
_HEADING = re.compile(rf"^(?:is the \w+|are services?(?: at this location)?|is this (?:service|practice)|are)? "
                      rf"?{_QUESTION}(?: findings)?\??$|^{_QUESTION} - (?:this means )?")
_ALL_FIVE = re.compile(
    r"\b(?:all|each|every one) (?:of )?(?:the |its |our )?(?:five |5 )?key questions?\b|\ball five (?:areas|questions)\b"
)
_OVERALL = re.compile(r"\boverall\b|\b(?:service|practice|location|home|provider|hospital|agency|surgery|"
                      r"clinic)(?:'s)?(?: overall)? rating\b"
                      rf"(?! (?:for|in|of) (?:(?:being|how|the|key|questions?|areas?|of|both|whether|it|is) )*{_QUESTION})"
                      r"|\brating (?:for|of) (?:the|this|our|\w+) "
                      r"(?!key)(?:service|practice|location|home|provider|hospital|agency|surgery)\b")


def rating_changes(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[RatingChange, ...]:
    """The changes of the overall rating and of key questions that a text states as news, in the order of the text. Each change
    is listed once. Changes at other services are left out.

    `from_` is None if the text does not give the earlier rating.
    """
    if not sentences.speaks_of("\n".join(paragraphs), _ABOUT):
        return ()
    found: dict[tuple[str, Stated], RatingChange] = {}
    section: str | None = None
    before: Sentence | None = None
    read = sentences.read(paragraphs, _ABOUT)
    others = of_others(read, about)
    for number, sentence in enumerate(read):
        section = _section(sentence, section)
        for change in _changes(sentence, before, section) if number not in others else ():
            held = found.get((change.of, change.to))
            if held is None or (held.from_ is None and change.from_ is not None):
                found[change.of, change.to] = change
        before = sentence
    return tuple(found.values())


def _section(sentence: Sentence, section: str | None) -> str | None:
    """The key question in whose section of the report this sentence is. `section` is that of the previous sentence."""
    opened = _HEADING.search(sentence.plain)
    if opened:
        return str(ratings.QUESTIONS[next(word for word in opened.groups() if word)])
    return section


def _changes(sentence: Sentence, before: Sentence | None, section: str | None) -> Iterator[RatingChange]:
    """The changes that a sentence states. The words before and after a change show which rating changed."""
    for from_, to, words in _moves(sentence, before):
        for of in _of(words, section) if from_ != to and not _is_of_a_part(words) else ():
            yield RatingChange(of=of, from_=from_, to=to, quote=sentence.text)


# As in "our rating of surgery", a core service of a hospital. "The surgery" and "the care home" are the service itself.
_RATING_OF = re.compile(
    r"\bratings? (?:of|for) (?!the |this |our )(?P<of>[a-z][a-z ,&'()-]{2,80}?)"
    r"(?= (?:rating|went|has|have|had|was|is|improved|declined|dropped|fell|rose|changed|deteriorated|moved)\b|$)"
)
def _is_of_a_part(words: str) -> bool:
    """Whether the words before a move say that the rating of a core service moved, and not that of the whole hospital."""
    found = _RATING_OF.search(words)
    return found is not None and group_of(found["of"]) is not None


def _moves(sentence: Sentence, before: Sentence | None) -> Iterator[tuple[Stated | None, Rating, str]]:
    """Yields, for each move in a sentence, the earlier rating, the new rating, and the words that show which rating moved."""
    flat = sentence.plain
    if " enough " in flat or " sufficient " in flat:
        flat = _ENOUGH.sub(r"\g<of> has gone up to", flat)
    if not sentences.speaks_of(flat, _RATINGS) or _NOT_NEW.search(flat) or _INVERTED.match(flat) or flat.endswith("?"):
        return
    if listed := _LISTED.match(flat):
        if _NAMED.search(listed["of"]) or _OVERALL.search(listed["of"]):
            yield _rating(listed[2]), _rating(listed[3]), listed["of"]
        return
    moves = [] if sentence.earlier or (_IN_A_YEAR.search(flat) and not sentences.NOW.search(flat)) else _ends(flat)
    if moves:
        yield from _each(flat, moves, sentence, before)
    elif down := _DOWN_FROM.search(flat):
        yield _rating(down.group(2)), _rating(down.group(1)), flat
    elif change := _NOW_WAS.search(flat):
        yield _rating(change.group(2)), _rating(change.group(1)), flat
    elif now := _WAS_NOW.search(flat):
        yield _rating(now.group(1)), _rating(now.group(2)), flat
    elif before and not sentence.earlier and (said := _OUR_RATING.search(before.plain)) and (rated := _RATED_IT.match(flat)):
        yield None, _rating(rated.group(1)), f"{said['of']} rating" if not group_of(said["of"]) else f"rating of {said['of']}"


# as in "Inspectors saw enough improvement for the overall rating to go up to good"
_ENOUGH = re.compile(
    r"^(?:(?!\b(?:not|never|no|nor|neither|if|until|unless|once|whether|when|must|should|will|would|could|hopes?|hoped|needs?"
    r"|needed|wants?)\b)[^.;])*?\b(?:enough|sufficient) (?:improvements?|progress|change|work) (?:[\w'-]+ ){0,6}?for "
    r"(?P<of>(?:(?:its|the|their|our) )?[\w ,-]{3,50}?) to (?:(?:now|also|each|both|all) )?"
    r"(?:go up|move up|move|rise|improve|be raised|be upgraded|change)(?: from [\w ]{4,20})? to\b"
)


def _ends(flat: str) -> list[re.Match[str]]:
    """The ends of the moves in a sentence. The first end must contain the earlier rating, or come directly after its verb. For
    later ends this is not necessary: in "safe has fallen to inadequate, caring to requires improvement", the second end is "to
    requires improvement"."""
    found = list(_END_OF_MOVE.finditer(flat))
    verbs = [verb.end() for verb in _VERB_TO.finditer(flat)]
    begun = (here for here, end in enumerate(found) if end[1] or any(end.start() <= verb <= end.end() for verb in verbs))
    first = next(begun, None)
    return [] if first is None else found[first:]


def _each(
    flat: str, moves: Sequence[re.Match[str]], sentence: Sentence, before: Sentence | None
) -> Iterator[tuple[Stated | None, Rating, str]]:
    ends = [move.end() for move in moves]
    for number, (move, start) in enumerate(zip(moves, (0, *ends), strict=False)):
        words = _own_clause(flat[start : move.start()])
        if not _named(words) and before is not None and (_CHANGED_IT.search(words) or _means_both(words, before.plain)):
            words = " ".join((words, *_NAMED.findall(before.plain)))
        if number and not _named(words):
            continue
        if number == len(moves) - 1:
            words += " " + _alike(flat[move.end() :])
        if _OF_OTHERS.search(words) or not (_named(words) or sentences.speaks_of(sentence.plain, _ABOUT_RATINGS) or move[1]):
            continue
        was = _rating(move[1]) if move[1] else None
        alone = was is None and len(moves) == 1
        if alone and before is not None and before.earlier and (said := _WAS_RATED.search(before.plain)):
            was = _rating(said.group(1))
        yield was, _rating(move[2] or move[3]), words


# as in "It is safe and well-led again. Both key questions have been re-rated from inadequate to good."
_BOTH = re.compile(r"^both (?:key questions |areas |of (?:them|these) )?(?:has|have|went|were|are|rose|fell|dropped|improved)\b")


_TWO = 2


def _means_both(words: str, before: str) -> bool:
    """Whether the subject of a move is "both", and the sentence before names two key questions."""
    return _BOTH.match(words) is not None and len({ratings.QUESTIONS[one] for one in _NAMED.findall(before)}) == _TWO


# as in "We rated responsive as requires improvement. We have changed it to good."
_CHANGED_IT = re.compile(r"\b(?:changed|raised|lowered|moved|amended|revised|corrected) (?:it|this|them|that)\s*$")


def _own_clause(words: str) -> str:
    """The words before a move. If the move's own clause contains the subject, the clauses before it are left out."""
    own = _ANOTHER_CLAUSE.split(words)[-1]
    return own if _named(own) else words


def _alike(tail: str) -> str:
    """The words after a move that contain other subjects with the same move; "" if there are none."""
    other = _ANOTHER_CLAUSE.search(tail)
    tail = tail[: other.start()] if other else tail
    return tail if _ALIKE.search(tail) else ""


def _named(words: str) -> bool:
    return bool(_NAMED.search(words) or _OVERALL.search(words) or _ALL_FIVE.search(words))


def _rating(words: str) -> Rating:
    stated = ratings.parse(words.replace("require improvement", "requires improvement").replace("requiring",
        "requires"))
    assert isinstance(stated, Rating)
    return stated


def _of(flat: str, section: str | None) -> tuple[str, ...]:
    """The subjects of a move: the key questions in the words `flat`, "overall", or the key question of the section."""
    named = tuple(dict.fromkeys(str(ratings.QUESTIONS[word]) for word in _NAMED.findall(flat)))
    if not named and _ALL_FIVE.search(flat):
        named = tuple(question.value for question in KeyQuestion)
    if "this key question" in flat and section:
        return (section,)
    if _OVERALL.search(flat) and not re.search(r"\bkey questions?\b", flat):
        return ("overall", *named)
    if named:
        return named
    return (section or "overall",)
