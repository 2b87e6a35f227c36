"""Statements as CQC's pages could make them, of over a hundred kinds, a third of them by somebody who saw neither code nor rules:
none is missed silently, none is a false alarm, and nearly all are read as by a careful reader.
"""

import json
from collections import Counter
from typing import Any

import pytest

from monitor.cqc.read import read
from monitor.views.reading import reading_json
from tests.statements import HERE, NAMES, cases, page
from tests.statements.judge import Finding, Verdict, judged

SETS = {name: list(cases(HERE / f"{name}.jsonl")) for name in NAMES}

KNOWN = {
    # What no rule reads yet, by set, if the result is worse than unclear. Fewer is better; a new one is a fault.
    "own": set(),
    "blind": set(),
    "adversarial": {"a043", "a080"},
    "rounds": set(),
}


def verdict_on(case: dict[str, Any], name: str) -> tuple[Verdict, list[Finding]]:
    """How well a case's page was read."""
    reading = read(page(case, NAMES[name]), url="https://www.cqc.org.uk/location/1-100000001")
    return judged(case["expect"], json.loads(json.dumps(reading_json(reading))))


@pytest.mark.parametrize("name", SETS)
def test_nothing_is_silent_and_nothing_a_false_alarm(name: str) -> None:
    found = {case["id"]: verdict_on(case, name) for case in SETS[name]}
    bad = {case: findings for case, (verdict, findings) in found.items() if verdict in (Verdict.SILENT, Verdict.FALSE_ALARM)}
    assert set(bad) == KNOWN[name], bad
    counts = Counter(verdict for verdict, _ in found.values())
    assert counts[Verdict.RIGHT] >= 0.9 * len(found), counts


def test_there_are_as_many_statements_and_kinds_as_promised() -> None:
    assert sum(map(len, SETS.values())) >= 300
    assert len({case["kind"] for held in SETS.values() for case in held}) >= 40
