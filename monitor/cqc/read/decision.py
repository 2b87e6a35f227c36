"""How a statement in words was decided, and why: what `cqc-monitor read --explain` shows."""

from enum import StrEnum
from typing import NamedTuple


class Topic(StrEnum):
    """What a statement is about."""

    SPECIAL_MEASURES = "special measures"
    ENFORCEMENT = "enforcement"
    BREACHES = "breaches"
    REGISTRATION = "registration and ratings"


class Decision(NamedTuple):
    """One statement: its topic and words; the rule that decided it ("" where none did); whether it became a fact of the reading,
    or was left aside as general, historic, conditional or about somebody else. Neither: it was not understood."""

    topic: Topic
    text: str
    rule: str
    fact: bool = False
    left_aside: bool = False

    @property
    def understood(self) -> bool:
        """Whether a rule decided it."""
        return self.fact or self.left_aside
