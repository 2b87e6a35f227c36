"""Tests the reader with press releases. The releases are invented. Each has the reading that a careful person expects (the fields
of `monitor.operations.verdicts`)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cqc.read import read
from monitor.operations.verdicts import judged
from monitor.views.reading import reading_json

RELEASES = Path(__file__).parent / "documents" / "releases.txt"


def releases() -> Iterator[tuple[str, str, str]]:
    """Each release: its name, the expected reading as JSON, and its text."""
    for part in RELEASES.read_text(encoding="utf-8").split("=== ")[1:]:
        name, expect, text = part.split("\n", 2)
        yield name, expect, text


CASES = list(releases())


@pytest.mark.parametrize(("expect", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_press_release_is_read_as_a_careful_person_reads_it(expect: str, text: str) -> None:
    said = json.loads(json.dumps(reading_json(read(text.encode()))))
    verdict, findings = judged(json.loads(expect), said)
    assert verdict == "right", findings
