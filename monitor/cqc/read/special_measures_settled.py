"""Decides on the state of special measures, from what all clauses of a text say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.cqc.read.special_measures_macros import ENTERED, IN, LEFT, REMAINS, UNCLEAR, Tense
from monitor.model import MeasuresState, SpecialMeasures


@dataclass(frozen=True, slots=True)
class Finding:
    """What one clause says about special measures, and how firmly the clause is about the present. `again` is true if the
    service was placed in special measures again, so that an exit mentioned earlier in the text has no effect."""

    says: MeasuresState
    tense: Tense
    quote: str
    day: date | None
    again: bool = False


def settle(findings: Sequence[Finding]) -> SpecialMeasures:
    """The state that results from all findings. A finding about the present state takes precedence over findings about past
    acts. If findings contradict each other, the state is unclear."""
    last = max((number for number, finding in enumerate(findings) if finding.again), default=0)
    findings = [finding for number, finding in enumerate(findings) if number >= last or finding.says is not LEFT]
    implied = [finding for finding in findings if finding.tense is Tense.IMPLIED]
    findings = _newest(finding for finding in findings if finding.tense is not Tense.IMPLIED)
    if not findings and implied:
        return SpecialMeasures(state=implied[-1].says, quote=implied[-1].quote)
    definite = [finding for finding in findings if finding.says is not UNCLEAR]
    firm = [finding for finding in definite if finding.tense is Tense.NOW] or definite
    if not firm:
        return SpecialMeasures(state=UNCLEAR, quote=findings[-1].quote) if findings else SpecialMeasures()
    states = {finding.says for finding in firm}
    if LEFT in states and len(states) > 1:
        return SpecialMeasures(state=UNCLEAR, quote=firm[-1].quote)
    if states == {IN} and any(finding.says is ENTERED for finding in definite):
        return _first(ENTERED, definite)  # "was placed" agrees with "is in": the service has entered
    for state in (ENTERED, REMAINS, IN, LEFT):
        if state in states:
            if state is ENTERED and REMAINS in states and next(f.says for f in firm if f.says in (ENTERED, REMAINS)) is REMAINS:
                continue  # "remains" is used, since the other clause only says how the service was placed in special measures
            return _first(state, firm)
    return SpecialMeasures()


def _newest(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are used. If dated statements contradict each other, only those with the newest date are kept."""
    held = list(findings)
    dated = [finding for finding in held if finding.day]
    if len({finding.says for finding in held}) < 2 or len(dated) < 2:
        return held
    newest = max(finding.day for finding in dated if finding.day)
    return [finding for finding in held if finding.day is None or finding.day == newest]


def _first(state: MeasuresState, findings: Sequence[Finding]) -> SpecialMeasures:
    return SpecialMeasures(state=state, quote=next(finding.quote for finding in findings if finding.says is state))
