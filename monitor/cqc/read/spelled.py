"""Writes short forms in full ("it's", "hasn't"), and puts the regulator in the place of "they" or "it"."""

import re
from typing import Final

# "It's now rated good" and "it isn't rated" are read like "it is now rated good" and "it is not rated".
_SHORT: Final = re.compile(
    r"\b([a-z]+)(n't|'(?:s|d|ve|re|ll))\b(?= (?P<next>(?:(?:now|also|again|since|already|therefore|just|not|never|only|still"
    r"|previously|recently|then|once|once more|first|long|twice) )*)(?P<verb>[a-z-]+))?"
)
_PRONOUNS: Final = frozenset(("it", "that", "there", "this", "which", "who", "she", "he", "one"))
_NOUNS: Final = frozenset(
    ("home", "service", "practice", "surgery", "hospital", "agency", "clinic", "provider", "company", "rating", "cqc")
)
_SUBJECTS: Final = _PRONOUNS | {"we", "they", "you", "i"}
# Past participles that do not end in "ed". After "'s" and one of these words, "'s" stands for "has".
_DONE: Final = frozenset(
    """
    been had got gone come become made taken fallen risen left lost led run brought spent set kept held met said begun shown known
    done put given found seen told heard hit let read
    """.split()  # noqa: SIM905
)
_HAS: Final = frozenset(
    """
    been had got gone come become made taken fallen dropped improved moved slipped risen left entered lost done issued served
    imposed
    """.split()  # noqa: SIM905
)
_IS: Final = frozenset("rated in under out no closed inadequate good outstanding".split())  # noqa: SIM905


def in_full(flat: str) -> str:
    """A text in plain form, with short forms such as "it's" and "hasn't" written in full. The 's of a noun may belong to an owner
    ("the home's rating"), so it is written in full only if a verb follows."""
    return _SHORT.sub(_full, flat)


def _full(short: re.Match[str]) -> str:
    word, mark, verb = short[1], short[2], short["verb"] or ""
    if mark == "n't":
        return {"wo": "will not", "ca": "cannot", "sha": "shall not"}.get(word, f"{word} not")
    if mark == "'s":
        return f"{word} {meant}" if (meant := _meant(word, verb)) else short[0]
    if word not in _SUBJECTS:
        return short[0]
    if mark == "'d":
        return f"{word} {'had' if verb in _DONE or (verb.endswith('ed') and verb != 'need') else 'would'}"
    return f"{word} { {'ve': 'have', 're': 'are', 'll': 'will'}[mark[1:]]}"


def _meant(word: str, verb: str) -> str:
    """What "'s" stands for after a word and before a verb: "has", "is", or "" if it belongs to an owner."""
    if word in _PRONOUNS:
        return "has" if verb in _HAS else "is"
    if word not in _NOUNS:
        return ""
    return "has" if verb in _HAS else "is" if verb in _IS else ""


# as in "Inspectors found three breaches. They have issued a warning notice."
_OF_INSPECTORS: Final = re.compile(
    r"(?:the |our |cqc |cqc's )*(?:inspectors|inspection team|assessors)\b(?! (?:were told|heard)\b)"
)
_OF_CQC: Final = re.compile(r"(?:cqc|the (?:regulator|commission))(?= |'s inspectors)")
_OTHER_PEOPLE: Final = re.compile(
    r"\b(?:people|relatives|residents|families|patients|staff|visitors|carers|managers|owners|commissioners)\b"
)
_THEY_DID: Final = re.compile(
    r"they (?=(?:(?:have|had|also|then|now|therefore) )*"
    r"(?:issued|served|imposed|rated|found|identified|saw|told (?:it|the)|asked (?:it|the)|placed it|put it)\b)"
)
_IT_DID: Final = re.compile(
    r"it (?=(?:(?:has|had|also|then|now|therefore) )*(?:issued|served|imposed|prosecuted|fined|rated (?:it|the)"
    r"|suspended (?:its|the)|cancelled (?:its|the)|told (?:it|the)|asked (?:it|the))\b)"
)


def with_regulator(before: str, flat: str) -> str:
    """A sentence in plain form that begins with "they" or "it". The regulator takes the place of this word if the sentence before
    is about what the regulator did, and only a regulator does what this sentence tells."""
    if _OF_INSPECTORS.match(before) and not _OTHER_PEOPLE.search(before):
        return _THEY_DID.sub("inspectors ", flat, count=1)
    return _IT_DID.sub("cqc ", flat, count=1) if _OF_CQC.match(before) else flat
