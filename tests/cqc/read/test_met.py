# ruff: noqa: E501 - a table stands on one line
"""Tests tables and lists that say of each regulation whether it is met, now and at an earlier assessment. All pages are our own."""

import pytest

from monitor.cqc.read import read

TOP = "<!doctype html><title>Larch House - Care Quality Commission</title><main><h1>Larch House</h1><p>Provided and run by: Elm Care</p><h2>Overall: Requires improvement</h2><p>Report published 6 November 2026</p><h2>Legal requirements</h2>"


def _read(body: str) -> tuple[set[str], tuple[str, ...]]:
    reading = read(f"{TOP}{body}</main>".encode())
    return {one.regulation or one.topic or "?" for one in reading.breaches}, reading.unread


def _table(*rows: str, heads: bool = True) -> str:
    cell = ["th" if heads else "td"] + ["td"] * len(rows)
    return "<table>" + "".join(f"<tr>{''.join(f'<{of}>{one}</{of}>' for one in row.split('|'))}</tr>" for of, row in zip(cell, rows, strict=False)) + "</table>"


NINE, TWELVE, SEVENTEEN = "9 Person-centred care", "12 Safe care and treatment", "17 Good governance"


@pytest.mark.parametrize("body", [
    _table("Regulation|At this assessment|At the last", f"{NINE}|Met|Breached", f"{TWELVE}|Breached|Breached", f"{SEVENTEEN}|Breached|Met"),
    _table("Regulation|At this assessment|At the last", f"{NINE}|Met|Breached", f"{TWELVE}|Breached|Breached", f"{SEVENTEEN}|Breached|Met", heads=False),
    _table("Regulation|March 2024|November 2026", f"{NINE}|Breached|Met", f"{TWELVE}|Breached|Breached", f"{SEVENTEEN}|Met|Breached"),
    _table("Legal requirement|Now|Before", "Regulation 9: Person-centred care|Met|Not met", "Regulation 12: Safe care|Not met|Met", "Regulation 17|Not met|Not met"),
    _table("Regulation|Previous inspection|This inspection", "9|In breach|Compliant", "12|Compliant|In breach", "17|Met|Still in breach"),
    _table("|Regulation 9|Regulation 12|Regulation 17", "This assessment|Met|Breached|Breached", "Last assessment|Breached|Breached|Met"),
    _table("Regulation|Breached at this assessment|Breached last time", f"{NINE}|No|Yes", f"{TWELVE}|Yes|Yes", f"{SEVENTEEN}|Yes|No"),
    _table("Regulation|Required by|At this assessment", f"{NINE}||Met", f"{TWELVE}|1 May 2027|Breached", f"{SEVENTEEN}|1 May 2027|Not being met"),
    _table("Regulation|Found|Put right", f"{NINE}|March 2024|Yes", f"{TWELVE}|November 2026|No", f"{SEVENTEEN}|November 2026|No"),
    _table("Regulation|Still in breach", f"{NINE}|No", f"{TWELVE}|Yes", f"{SEVENTEEN}|Yes"),
    _table("Regulation|Outcome", f"{NINE}|Met", f"{TWELVE}|Not met", f"{SEVENTEEN}|Breach found"),
    f"<dl><dt>{NINE}</dt><dd>Met</dd><dt>{TWELVE}</dt><dd>Breached</dd><dt>Regulation 17</dt><dd>Not met.</dd></dl>",
    f"<ul><li>{NINE}: met</li><li>{TWELVE}: breached</li><li>{SEVENTEEN} – not met</li></ul>",
])  # fmt: skip
def test_the_regulations_that_are_not_met_now_are_breaches(body: str) -> None:
    assert _read(body) == ({"12", "17"}, ())


@pytest.mark.parametrize("body", [
    _table("Regulation|At the last assessment", f"{TWELVE}|Breached"),
    "<h3>What we found last time</h3>" + _table("Regulation|Finding", f"{TWELVE}|Breached"),
    f"<h3>At our previous inspection</h3><dl><dt>{TWELVE}</dt><dd>Breached</dd></dl>",
    "<h3>Regulations at our other home, Oak House</h3>" + _table("Regulation|Status", f"{TWELVE}|Breached"),
    _table("Policy|At this assessment|At the last", "12 Fire doors|Breached|Met"),
    _table("Regulation|What it says", f"{TWELVE}|Care must be safe", f"{SEVENTEEN}|Records must be kept"),
    _table("Regulation|At this assessment|At the last", f"{TWELVE}|Met|Breached", f"{SEVENTEEN}|–|Met"),
    "<ul><li>12 residents: breached</li><li>12 safe rooms: not met</li></ul>",
])  # fmt: skip
def test_what_was_not_met_earlier_or_is_no_regulation_is_no_breach(body: str) -> None:
    assert _read(body) == (set(), ())


@pytest.mark.parametrize(("body", "unread"), [
    (_table("Regulation|One|Two", f"{TWELVE}|Met|Breached", f"{SEVENTEEN}|Met|Met"), f"{TWELVE} Met Breached"),
    (_table("Regulation|At this assessment|At the last", f"{TWELVE}|Not assessed|Breached"), f"{TWELVE} Not assessed Breached"),
    (_table("Regulation|At this assessment|At the last", f"{TWELVE}|Partly|Met", f"{SEVENTEEN}|Met|Met"), f"{TWELVE} Partly Met"),
])  # fmt: skip
def test_a_row_that_does_not_say_what_is_met_now_is_listed(body: str, unread: str) -> None:
    assert _read(body) == (set(), (unread,))
