"""Reads what the sentences of a text say about the service: special measures, breaches, enforcement, and CQC's other
statements. The readers of all sources call this module. Statements that no rule understands are listed as unread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.cqc.read import enforcement, regulations, said, special_measures
from monitor.cqc.read.others import NOBODY, About
from monitor.model import Breach, Decision, Enforcement, Said, SpecialMeasures, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The statements in the sentences of a text.

    decisions  every statement, with what the program concluded from it, sorted by topic
    inherited  a sentence such as "The ratings shown are those of the previous provider"; None if there is no such sentence
    """

    special_measures: SpecialMeasures
    breaches: tuple[Breach, ...]
    enforcement: tuple[Enforcement, ...]
    said: tuple[Said, ...] = ()
    decisions: tuple[Decision, ...] = ()
    inherited: str | None = None

    @property
    def unread(self) -> tuple[str, ...]:
        """The statements that no rule understood."""
        return tuple(dict.fromkeys(one.text for one in self.decisions if not one.understood))


def read(paragraphs: Sequence[str], about: About = NOBODY) -> Prose:
    """Reads the paragraphs of a text, or of the newest entry of a page. `paragraphs` are in reading order."""
    measures, measured = special_measures.decided(paragraphs, about)
    taken, decided = enforcement.decide(paragraphs, about)
    besides, sayings = said.decide(paragraphs, about)
    breaches = regulations.breaches(paragraphs, about)
    notices = [one.quote for one in taken if one.stage is Stage.TAKEN and one.kind in ("warning notice", "requirement notice")]
    return Prose(
        special_measures=measures,
        breaches=(*breaches, *regulations.of_notices(notices, breaches)),
        enforcement=taken,
        said=besides,
        decisions=(*measured, *decided, *sayings),
        inherited=said.inherited(paragraphs, about),
    )
