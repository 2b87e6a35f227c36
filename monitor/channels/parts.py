"""Splits a message's sections into numbered parts, each within the limits of a medium. No section is cut off.

Text about a service that fits into one part stays in one part. Longer text is split, and the next part repeats the service's
heading.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from monitor.notify.content import Fact, Hyperlink, Message, Role, Row, Said, Section
from monitor.notify.render import continued, numbered, rows_left_out

Block = dict[str, Any]
"""An element of Block Kit (Slack) or of an Adaptive Card (Teams)."""


class Medium(Protocol):
    """Shows the elements of a message in one medium. A long element needs several blocks."""

    def part(self, heading: str) -> list[Block]: ...
    def service(self, heading: str) -> list[Block]: ...
    def said(self, one: Said) -> list[Block]: ...
    def note(self, text: str) -> list[Block]: ...
    def row(self, row: Row, says: str) -> list[Block]: ...
    def facts(self, facts: Sequence[Fact]) -> list[Block]: ...
    def link(self, link: Hyperlink) -> list[Block]: ...
    def closing(self, notes: Sequence[str]) -> list[Block]: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that is never split. A new part may begin with a piece.

    opens   whether a service or a section of the message begins with this piece, so that Slack shows it as a separate block
    above   the headings that are repeated above the piece if a later part begins with this piece
    """

    block: Block
    opens: bool = False
    above: tuple[Block, ...] = ()


def laid_out(
    message: Message,
    medium: Medium,
    payload: Callable[[str, str, Sequence[Piece]], dict[str, Any]],
    fits: Callable[[dict[str, Any]], bool],
) -> Iterator[dict[str, Any]]:
    """Returns the payloads of a message's parts.

    payload  makes the payload of a part from its summary, its title and its pieces
    fits     whether a payload is within the medium's limits
    """

    def made(pieces: Sequence[Piece], number: int, total: int) -> dict[str, Any]:
        heading = numbered(message.sections[0].heading, number, total)
        return payload(numbered(message.summary, number, total), heading, pieces)

    found = packed(lowered(message.sections, medium), lambda pieces: fits(made(pieces, 999, 999)))
    return (made(pieces, number, len(found)) for number, pieces in enumerate(found, 1))


def lowered(sections: Sequence[Section], medium: Medium) -> list[list[Piece]]:
    """Returns the sections as groups of pieces. Each group stays together if possible. The heading of the title section is left
    out, because every part begins with this heading."""
    groups: list[list[Piece]] = []
    under: tuple[Block, ...] = ()
    waiting: list[Piece] = []
    for section in sections:
        opening = _opening(section, medium)
        body = _body(section, medium)
        if section.role is Role.PART:
            under = tuple(medium.part(continued(section.heading)))
            groups += [waiting] if waiting else []
            waiting = [Piece(block, opens=True) for block in opening + body]
            continue
        if section.role is Role.CLOSING:
            under = ()
        first = [Piece(block, opens=number == 0, above=() if waiting else under) for number, block in enumerate(opening)]
        heading = section.heading if section.role is Role.SERVICE else ""
        again = (*under, *(medium.service(continued(heading)) if heading else ()))
        rest = [
            Piece(block, opens=number == 0 and not opening, above=again if number or opening else under)
            for number, block in enumerate(body)
        ]
        groups.append(waiting + first + rest)
        waiting = []
    return [group for group in [*groups, waiting] if group]


def packed(groups: Sequence[Sequence[Piece]], fits: Callable[[Sequence[Piece]], bool]) -> list[list[Piece]]:
    """Fills parts with the groups, in the given order. A piece that is too large for any part becomes a separate part."""
    parts: list[list[Piece]] = [[]]
    for group in groups:
        if fits([*parts[-1], *group]):
            parts[-1] += group
        elif parts[-1] and fits(_begun(group)):
            parts.append(_begun(group))
        else:
            _divide(parts, group, fits)
    return [part for part in parts if part]


def _divide(parts: list[list[Piece]], group: Sequence[Piece], fits: Callable[[Sequence[Piece]], bool]) -> None:
    """Adds the pieces of a group that is too large for one part. A heading stays with the piece after it."""
    run: list[Piece] = []
    for number, piece in enumerate(group):
        run.append(piece)
        if piece.opens and number + 1 < len(group):
            continue
        if parts[-1] and not fits([*parts[-1], *run]):
            parts.append([])
            run = _begun(run)
        parts[-1] += run
        run = []


def _begun(group: Sequence[Piece]) -> list[Piece]:
    """Returns a group for the beginning of a part, with its headings repeated."""
    return [*(Piece(block, opens=True) for block in group[0].above), *group]


def _opening(section: Section, medium: Medium) -> list[Block]:
    if not section.heading or section.role is Role.TITLE:
        return []
    return medium.part(section.heading) if section.role is Role.PART else medium.service(section.heading)


def _body(section: Section, medium: Medium) -> list[Block]:
    if section.role is Role.CLOSING:
        return [*medium.closing(section.notes), *(block for link in section.links for block in medium.link(link))]
    blocks = [block for one in section.said for block in medium.said(one)]
    blocks += [block for note in section.notes for block in medium.note(note)]
    if section.table:
        blocks += [block for row in section.table.rows for block in medium.row(row, section.table.line(row))]
        blocks += medium.note(rows_left_out(section.table.left_out)) if section.table.left_out else []
    if section.facts:
        blocks += medium.facts(section.facts)
    return blocks + [block for link in (section.link, *section.links) if link for block in medium.link(link)]
