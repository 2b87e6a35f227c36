"""Finds where the ratings of each service group begin on a page. The groups' names need not be known. This module also finds
the page's menus, which make no statements.

A heading is treated as the name of a group in two situations. In the first, a set of key questions with their ratings is below
the heading, and the page contains more than one such set. In the second, at least two headings have one rating each below them,
and the page shows no other ratings. CQC may use new names for groups, so the module does not rely on a list of names. Some
headings are known to be used only above a service's own ratings ("Overview", "Ratings at a glance"); these headings are never
treated as the name of a group.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from monitor.cqc.read.flow import Block
from monitor.cqc.read.words import Kind, Token, group_of, plain, tokens
from monitor.ratings import any_question

Tokens = Sequence[tuple[Token, ...] | None]

_ONLY = frozenset({Kind.GROUP, Kind.RATING, Kind.CELL, Kind.OVERALL})
_PASSED = frozenset({Kind.PUBLISHED, Kind.DATE, Kind.UPDATED, Kind.VISITED, Kind.PERCENTAGE, Kind.RATING, Kind.MOVED})
MENU: Final = 3
"""A list of at least this many key questions, each alone in its block, is a menu."""

OF_GROUPS: Final = re.compile(
    r"(?:core |main |clinical |assessment |(?:type|kind) of )?"
    r"(?:services?(?: types?| groups?)?|areas?|wards?|specialt(?:y|ies)|departments?)|population groups?"
)
"""The first cell of a table's header, if each row of the table is about a service group."""

_LONGEST = 90
_MOST_WORDS = 13
_RATINGS_FOR = re.compile(r"(?:(?:the|our|cqc|latest|current) )*(?:overall )?ratings? (?:for|of|by) (?:the |our )?(?P<name>.+)")
_S_RATINGS = re.compile(r"(?P<name>.+?)(?:'s)?(?: -)? (?:overall )?ratings?")
# Words of headings that are above a service's own ratings, or that have no ratings below them.
_GENERAL = re.compile(
    r"\b(?:overview|ratings?|rated|glance|summary|questions?|results?|inspections?|inspected|assessments?|assessed"
    r"|findings?|reports?|view|latest|current|contents?|what|how|why|when|we|our|this|you|your|page|breakdown|scores?"
    r"|judge?ments?|about|published|areas?|entire|whole|location|background|statements?|navigation|menu|jump|read|more"
    r"|details|services? by|of services|previous|history|cqc|commission|compare|was|were|is|are|has|have|said|told|felt"
    rf"|found|category|level|people's experience|updates?|information|facts|map|contact|registered|address|{any_question('[- ]')}"
    r"|change[sd]?|important|specialisms?|provider|manager|characteristics?|evidence"
    r"|enquiry|breach(?:es)?|enforcement|measures|improvements?)\b"
)
_NOT_A_NAME = re.compile(r"[\d\W]|.*[.!?;]|.*\d{4}.*|.*https?:.*")
_INLINE = re.compile(r"(?P<name>[^:\t]{3,80}?)\s*(?::|\t|\s-|\s\()\s*(?P<value>[a-z -]{4,40}?)\)?")


@dataclass(slots=True)
class Groups:
    """The groups of a page.

    at        the block where each group begins, with the group's name. If the name is None, the text from this block on is
              about the whole service
    headings  the blocks with the groups' names
    overall   each group's overall rating, if the rating is directly below the group's name or on the same line. The keys are
              the blocks of the ratings
    """

    at: list[tuple[int, str | None]] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    overall: dict[int, Token] = field(default_factory=dict)


@dataclass(slots=True)
class _Section:
    """A heading that may be the name of a group, and the content below the heading."""

    at: int
    name: str
    known: bool
    value: Token | None  # the rating in the heading itself
    below: tuple[int, Token] | None = None  # the only rating directly below the heading, after the number of its block
    questions: int = 0
    values: int = 0
    direct: bool = False  # whether a statement directly follows the heading

    @property
    def is_set(self) -> bool:
        return self.questions >= 2 and self.values >= self.questions

    @property
    def is_line(self) -> bool:
        """Whether the section consists of one rating."""
        return self.questions == 0 and self.values == 1 and (self.direct or self.below is not None)


def menus(own: Sequence[int], blocks: Sequence[Block], tokens_of: Tokens) -> frozenset[int]:
    """The blocks of lists that contain only the names of key questions, such as lists of links and tables of contents."""
    found: set[int] = set()
    run: list[int] = []
    for number, at in enumerate((*own, -1)):
        said = tokens_of[at] if at >= 0 else None
        alone = said is not None and len(said) == 1 and said[0].kind in (Kind.KEY_QUESTION, Kind.OVERALL)
        if alone and (not run or _goes_on(run, at, blocks, tokens_of)):
            run.append(at)
            continue
        if _is_menu(run, blocks, tokens_of, own[number : number + 2]):
            found.update(run)
        run = [at] if alone else []
        if said and not alone and _is_line_of_labels(said) and not any(map(_is_value, _said(tokens_of, own[number + 1 :][:1]))):
            found.add(at)
    return frozenset(found)


def _said(tokens_of: Tokens, at: Sequence[int]) -> list[tuple[Token, ...] | None]:
    return [tokens_of[one] for one in at]


def _is_line_of_labels(said: tuple[Token, ...]) -> bool:
    """Whether a block consists only of the names of key questions, as in "Safe | Effective | Caring"."""
    questions = [token for token in said if token.kind is Kind.KEY_QUESTION]
    return len(questions) >= MENU and all(token.kind in (Kind.KEY_QUESTION, Kind.OVERALL) for token in said)


def _goes_on(run: Sequence[int], at: int, blocks: Sequence[Block], tokens_of: Tokens) -> bool:
    """Whether a label continues the list before it. The label must come directly after the list and be in the same element, and
    its key question must not be in the list yet."""
    same = at == run[-1] + 1 and blocks[at].level == blocks[run[-1]].level
    inside = len(run) < 2 or blocks[at].join >= blocks[run[-1]].join
    return same and inside and (tokens_of[at] or ())[0].value not in {(tokens_of[one] or ())[0].value for one in run}


def _is_menu(run: Sequence[int], blocks: Sequence[Block], tokens_of: Tokens, behind: Sequence[int]) -> bool:
    named = [token.value for at in run for token in tokens_of[at] or () if token.kind is Kind.KEY_QUESTION]
    if len(named) < MENU:
        return False
    after = [_is_value(said) for said in _said(tokens_of, behind)]
    if not any(after[:1]):
        return True
    # If one rating follows the list, and is outside the list's element, it is not the value of the list's last item. If two
    # ratings follow, they are a row of values below a row of labels.
    return not all(after[:2]) and blocks[behind[0]].join < min(blocks[at].join for at in run[1:])


def _is_value(said: tuple[Token, ...] | None) -> bool:
    return bool(said) and any(token.kind is Kind.VALUE for token in said or ()) and not _labels(said)


def _is_rating(said: tuple[Token, ...] | None) -> bool:
    """Whether a block is only a line such as "Rating: Good". The subject of such a rating is in the text above the block."""
    return [token.kind for token in said or ()] == [Kind.RATING, Kind.VALUE]


def _labels(said: tuple[Token, ...] | None) -> bool:
    return any(token.kind in (Kind.KEY_QUESTION, Kind.OVERALL) for token in said or ())


def find(
    own: Sequence[int], blocks: Sequence[Block], lines: Sequence[str], tokens_of: Tokens, name_at: int, passed: frozenset[int]
) -> Groups:
    """The groups among the blocks numbered in `own`. `passed` has the blocks of menus."""
    worded = [at for at in own if at > name_at and at not in passed and tokens_of[at] != ()]
    worded = [at for at in worded if not _is_caption(at, blocks, lines)]
    if not any(_labels(tokens_of[at]) or _is_rating(tokens_of[at]) for at in worded):
        return Groups()
    sections, above = _sections(worded, blocks, lines, tokens_of)
    sets = [section for section in sections if section.is_set]
    several = len(sets) + above.is_set > 1
    lines_only = [section for section in sections if section.is_line and blocks[section.at].level]
    rated = sum(section.values > 0 for section in sections)
    alone = not sets and not above.values and len(lines_only) > 1 and len(lines_only) == rated
    found = Groups()
    for section in sections:
        if not (section.known and section.direct) and not (several and section.is_set) and not (alone and section in lines_only):
            continue
        found.at.append((section.at, section.name))
        found.headings.add(section.at)
        if section.value is not None:
            found.overall[section.at] = section.value
        elif section.below is not None:
            found.overall[section.below[0]] = section.below[1]
    return found


# The caption or the header of a table of ratings, as in "Ratings for each key question", "Key question | Rating"
_CAPTION = re.compile(
    r"(?:(?:the|our|cqc|current|latest|table of) )*(?:key question )?ratings?(?: (?:given|awarded))?"
    r"(?: (?:for|by|of|in|against|each|every|the|all|our|five|key|questions?|areas?|of these))*"
    r"|(?:key )?(?:questions?|areas?)\t(?:\t|(?:our|the|current|latest|cqc|overall) |ratings?|judge?ments?|scores?)+"
)


def _is_caption(at: int, blocks: Sequence[Block], lines: Sequence[str]) -> bool:
    """Whether a block is a table's caption or header, which may be between a group's name and its ratings."""
    return not blocks[at].level and _CAPTION.fullmatch(lines[at].strip(" :")) is not None


def _sections(
    worded: Sequence[int], blocks: Sequence[Block], lines: Sequence[str], tokens_of: Tokens
) -> tuple[list[_Section], _Section]:
    """The headings that may be names of groups, each with the content below it; and the content above all these headings."""
    sections: list[_Section] = []
    above = _Section(-1, "", known=False, value=None)
    section = above
    for at, behind in pairwise((*worded, -1)):
        opened = _opened(at, behind, blocks, lines, tokens_of)
        if opened is not None:
            section = opened
            sections.append(section)
            continue
        if section is not above and blocks[at].level and not _labels(tokens_of[at]) and _ends(at, section, blocks, lines):
            section = _Section(at, "", known=False, value=None)
        said = tokens_of[at] or ()
        section.questions += sum(token.kind is Kind.KEY_QUESTION for token in said)
        section.values += sum(token.kind is Kind.VALUE for token in said)
    return sections, above


def _ends(at: int, section: _Section, blocks: Sequence[Block], lines: Sequence[str]) -> bool:
    """Whether a heading ends a group's section. A heading does this if its level is the same as that of the group's heading, or
    higher."""
    level = blocks[section.at].level
    return bool(level) and blocks[at].level <= level


def _opened(at: int, behind: int, blocks: Sequence[Block], lines: Sequence[str], tokens_of: Tokens) -> _Section | None:
    """The section that begins at a block; None if no section begins there."""
    said = tokens_of[at]
    following = tokens_of[behind] if behind >= 0 else None
    if not following:
        return _with_rating(at, said, blocks, lines)
    if "\t" in lines[at]:
        return None
    direct = following[0].kind in (Kind.OVERALL, Kind.KEY_QUESTION)
    value_alone = following[1:] if _is_rating(following) else following
    below = (behind, value_alone[0]) if _is_value(following) and value_alone[0].kind is Kind.VALUE else None
    passes = {token.kind for token in following} <= _PASSED
    if not (direct or below or passes):
        return None
    named = _name(lines[at], said, blocks[at])
    if named is None:
        return None
    name, known, value = named
    if not blocks[at].level and not (direct or below):
        return None
    return _Section(at, name, known, value, below if value is None else None, direct=direct or (known and below is not None))


def _with_rating(at: int, said: tuple[Token, ...] | None, blocks: Sequence[Block], lines: Sequence[str]) -> _Section | None:
    """The section of a heading that has a group's name and rating, as in "Homecare: Good", if running text follows. None if the
    block is no such heading."""
    named = _name(lines[at], said, blocks[at]) if blocks[at].level and "\t" not in lines[at] else None
    return _Section(at, named[0], named[1], named[2]) if named and named[2] is not None else None


def _name(line: str, said: tuple[Token, ...] | None, block: Block) -> tuple[str, bool, Token | None] | None:
    """From a heading: the group's name, whether the name is in the list of known names, and the rating on the same line. None
    if the heading is not the name of a group."""
    if said is not None:
        group = [token for token in said if token.kind is Kind.GROUP]
        values = [token for token in said if token.kind is Kind.VALUE]
        rest = {token.kind for token in said} - _ONLY - {Kind.VALUE}
        if len(group) != 1 or rest or len(values) > 1 or (values and not block.level):
            return None
        return str(group[0].value), True, values[0] if values else None
    text = line.strip(" :")
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or _NOT_A_NAME.fullmatch(text):
        return None
    value = None
    if block.level and (inline := _INLINE.fullmatch(text)) and (stated := _only_value(inline["value"])):
        text, value = inline["name"], stated
    name = _bare(text)
    if name is None:
        return None
    known = group_of(name)
    return (known or _shown(name, block.text), known is not None, value)


def name_of(text: str, shown: str) -> str | None:
    """The group's name, spelled as in `shown`, if the plain text consists only of a name. None if the text cannot be a group's
    name."""
    name = _bare(text.strip(" :")) if len(text) <= _LONGEST and not _NOT_A_NAME.fullmatch(text) else None
    return None if name is None else group_of(name) or _shown(name, shown)


def _bare(text: str) -> str | None:
    """A group's name without "Ratings for". None if the words are those of a heading above a service's own ratings, or of a
    heading without ratings below it."""
    match = _RATINGS_FOR.fullmatch(text) or _S_RATINGS.fullmatch(text)
    name = (match["name"] if match else text).strip(" :-")
    return None if len(name) < 3 or _GENERAL.search(name) else name


def _shown(name: str, shown: str) -> str:
    """A plain name, spelled as in the text `shown`."""
    start = plain(shown).find(name)
    return shown[start : start + len(name)] if start >= 0 else name


def _only_value(text: str) -> Token | None:
    said = tokens(text)
    return said[0] if said and len(said) == 1 and said[0].kind is Kind.VALUE else None


OF_ALL: Final = re.compile(
    r"(?:whole |the )?(?:hospital|location|service|provider|site|practice) overall"
    r"|overall (?:hospital|location|service)(?: rating)?|all services(?: overall)?"
)
"""The first cell of the row with the ratings of the whole service."""
