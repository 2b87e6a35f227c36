"""Tests lists of topics behind words about breaches."""

import pytest

from monitor.cqc.read.topics import listed


@pytest.mark.parametrize(
    ("plain", "topics"),
    [
        ("two breaches were identified: staffing and good governance.", ["staffing", "good governance"]),
        ("two breaches were identified, safe care and treatment and consent.", ["safe care and treatment", "consent"]),
        ("it was not meeting the regulations on staffing, or on dignity and respect.", ["staffing", "dignity and respect"]),
        ("there were three breaches: consent, complaints, and staffing.", ["consent", "complaints", "staffing"]),
        ("it breached the rules on consent and safeguarding, and cqc has told it so.", ["consent", "safeguarding"]),
        ("two breaches were found, one on staffing and one on premises and equipment.", ["staffing", "premises and equipment"]),
        ("two breaches were found, and staffing had improved.", []),
        ("two breaches were found, staffing levels were low.", []),
        ("two breaches were found and people told us about staffing.", []),
        ("breaches were found. staffing and governance were good.", []),
        ("staffing and governance were good.", []),
    ],
)
def test_only_a_list_of_nothing_but_topics_is_read(plain: str, topics: list[str]) -> None:
    assert list(listed(plain)) == topics
