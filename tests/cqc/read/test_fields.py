# ruff: noqa: E501 - each test case is on one line, together with its name
"""Tests how fields (a label with its value) are read in many structures, and how tables with a row of headings are read."""

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading, Registration, SaidKind, Stage
from monitor.ratings import Rating

HEAD = "<h1>Larch House</h1><p>Provided and run by: Larch Care Limited</p><h2>Overall: Inadequate</h2><p>Report published 6 November 2026</p>"
RATED = "<ul><li>Safe: Inadequate</li><li>Effective: Good</li><li>Caring: Good</li><li>Responsive: Good</li><li>Well-led: Inadequate</li></ul>"

STRUCTURES = {
    "a term": "<dl><dt>{label}</dt><dd>{value}</dd></dl>",
    "one term of several": "<dl><dt>Beds</dt><dd>22</dd><dt>{label}</dt><dd>{value}</dd><dt>Manager</dt><dd>A. Person</dd></dl>",
    "a wrapped value": "<dl><div><dt>{label}:</dt><dd><div></div><p>{value}</p></dd></div></dl>",
    "a row": "<table><tr><th>{label}</th><td>{value}</td></tr></table>",
    "one row of several": "<table><tr><td>Beds</td><td>22</td></tr><tr><td>{label}</td><td>{value}</td></tr></table>",
    "a row under headings": "<table><thead><tr><th>Field</th><th>Value</th></tr></thead><tbody><tr><th>{label}</th><td>{value}</td></tr></tbody></table>",
    "a heading": "<h3>{label}</h3><p>{value}</p>",
    "a line": "<p>{label}: {value}</p>",
    "two lines": "<p>{label}</p><p>{value}</p>",
    "a list": "<ul><li>{label}: {value}</li><li>Beds: 22</li></ul>",
}
PAIRED = ("a term", "one term of several", "a wrapped value", "a row", "one row of several", "a row under headings")
LABELS = (
    "Ratings suspended", "Registration cancelled", "Report removed", "Registration suspended", "Conditions imposed", "Warning notice served", "Placed in special measures", "Dormant",
    "Urgent action taken", "Special measures", "In special measures", "Warning notices", "Prosecution", "Enforcement action", "Times in special measures", "Fixed penalty notices",
)  # fmt: skip
NOT_SO = ("No", "N", "none", "Nil", "Never", "N/A", "0", "–", "✗", "Not applicable", "None recorded")


def _read(body: str) -> Reading:
    return read(f"<!doctype html><body><main>{HEAD}{body}{RATED}</main></body>".encode())


def _states_nothing(reading: Reading) -> bool:
    (group,) = reading.ratings
    taken = [one for one in reading.enforcement if one.stage is Stage.TAKEN]
    rated = group.overall is Rating.INADEQUATE and len(group.key_questions) == 5
    return rated and not taken and not reading.said and reading.registration is not Registration.ARCHIVED


@pytest.mark.slow
@pytest.mark.parametrize("value", NOT_SO)
@pytest.mark.parametrize("structure", STRUCTURES)
def test_nothing_is_stated_by_a_field_with_the_value_no(structure: str, value: str) -> None:
    for label in LABELS:
        reading = _read(STRUCTURES[structure].format(label=label, value=value))
        assert _states_nothing(reading), (label, reading)
        assert reading.special_measures.state is MeasuresState.NOT_STATED, label


@pytest.mark.parametrize("structure", [*PAIRED, "a heading", "a line", "two lines"])
@pytest.mark.parametrize("value", ["Under review", "Unknown", "Under consideration", "See previous report", "●", "Exit pending"])
def test_a_field_with_an_unknown_value_is_listed_as_unread(structure: str, value: str) -> None:
    for label in ("Registration cancelled", "Warning notice", "Special measures", "Prosecution", "Ratings suspended", "Placed in special measures"):
        if structure == "a heading" and label not in ("Special measures", "Warning notice", "Prosecution"):
            continue  # if the heading is itself a statement, the line below may be a separate one
        reading = _read(STRUCTURES[structure].format(label=label, value=value))
        assert _states_nothing(reading), (label, reading)
        assert reading.special_measures.state in (MeasuresState.NOT_STATED, MeasuresState.UNCLEAR), label
        assert reading.unread, label


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("value", ["Yes", "Y", "✓", "✔", "Yes, since 6 November 2026"])
def test_a_field_with_the_value_yes_states_a_fact(structure: str, value: str) -> None:
    if structure in ("a line", "a list") and value in ("Y", "✓", "✔"):
        return
    layout = STRUCTURES[structure]
    assert _read(layout.format(label="Special measures", value=value)).special_measures.state is MeasuresState.IN
    kinds = {one.kind for one in _read(layout.format(label="Warning notice served", value=value)).enforcement if one.stage is Stage.TAKEN}
    assert kinds == {"warning notice"}
    assert _read(layout.format(label="Registration cancelled", value=value)).registration is Registration.ARCHIVED
    assert [one.kind for one in _read(layout.format(label="Ratings suspended", value=value)).said] == [SaidKind.RATINGS_SUSPENDED]


@pytest.mark.parametrize("structure", PAIRED)
def test_a_field_that_says_an_action_has_not_ended_is_listed_as_unread(structure: str) -> None:
    for label in ("Warning notice met", "Special measures ended", "Conditions lifted", "Out of special measures"):
        assert _read(STRUCTURES[structure].format(label=label, value="No")).unread, label


@pytest.mark.parametrize("structure", PAIRED)
def test_a_value_in_words_is_read_together_with_its_label(structure: str) -> None:
    layout = STRUCTURES[structure]
    assert _read(layout.format(label="Special measures", value="Since 6 November 2026")).special_measures.state is MeasuresState.IN
    assert _read(layout.format(label="Special measures", value="Ended 6 November 2026")).special_measures.state is MeasuresState.LEFT
    assert _read(layout.format(label="Special measures", value="2019 to 2020")).special_measures.state is MeasuresState.LEFT
    (one,) = _read(layout.format(label="Warning notice", value="Served 6 November 2026")).enforcement
    assert (one.kind, one.stage) == ("warning notice", Stage.TAKEN)
    lifted = _read(layout.format(label="Warning notice", value="Met")).enforcement
    assert [one.stage for one in lifted] == [Stage.LIFTED]


TAGS = {
    "a line": "<p>In special measures</p>",
    "a tag above a line": "<p>In special measures</p><p>Read the report of this assessment.</p>",
    "a tag above a date": "<div><span>In special measures</span></div><p>Report published 6 November 2026</p>",
    "above another field": "<p>Special measures</p><p>Warning notice served</p>",
}  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
def test_a_label_without_a_value_is_read_as_a_statement(tag: str) -> None:
    assert _read(TAGS[tag]).special_measures.state is MeasuresState.IN


def test_a_term_without_a_value_in_a_definition_list_states_nothing() -> None:
    assert _read("<dl><dt>In special measures</dt><dd></dd></dl><p>No</p>").special_measures.state is MeasuresState.NOT_STATED
    assert _states_nothing(_read("<dl><dt>Registration cancelled</dt><dd></dd><dt>Warning notice</dt><dd></dd></dl>"))


DRAWN = ("", "<i class='icon icon-tick'></i>", "<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg>", "<img src='/tick.png' alt=''>")


@pytest.mark.slow
@pytest.mark.parametrize("structure", PAIRED)
@pytest.mark.parametrize("value", DRAWN)
def test_a_field_whose_value_has_no_words_is_listed_as_unread(structure: str, value: str) -> None:
    for label in LABELS:
        reading = _read(STRUCTURES[structure].format(label=label, value=value))
        assert _states_nothing(reading) and reading.special_measures.state is MeasuresState.NOT_STATED, label
        assert any(label in line for line in reading.unread), (label, reading.unread)


HELP = {
    "a closed panel": "<details><summary>Special measures</summary><p>Find out about special measures.</p></details>",
    "filters with counts": "<ul><li>Special measures (0)</li><li>Warning notices (0)</li></ul>",
}


@pytest.mark.parametrize("shown", HELP)
def test_help_and_filters_state_nothing(shown: str) -> None:
    reading = _read(HELP[shown])
    assert _states_nothing(reading) and reading.special_measures.state is MeasuresState.NOT_STATED


def _table(*rows: str, th: bool = True) -> str:
    first, *others = (row.split("|") for row in rows)
    heads = "".join(f"<{'th' if th else 'td'}>{cell.strip()}</{'th' if th else 'td'}>" for cell in first)
    cells = "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row) + "</tr>" for row in others)
    return f"<table><tr>{heads}</tr>{cells}</table>"


EMPTY = {
    "numbers of zero": ("Enforcement action | Number", "Warning notices | 0", "Conditions | 0"),
    "only none": ("Enforcement action | Date", "None |"),
    "no period": ("Special measures | From | To", "None | |"),
    "a past period": ("Special measures | From | To", "First period | 3 June 2018 | 4 July 2019"),
    "no records": ("Warning notices | Regulation | Date", "No records | |"),
    "served and met": ("Notice | Served | Met", "Warning notice, regulation 12 | 6 March 2026 | 2 June 2026"),
    "columns that say no": ("Service | Special measures | Enforcement", "Larch House | No | None"),
}  # fmt: skip


@pytest.mark.parametrize("th", [True, False])
@pytest.mark.parametrize("name", EMPTY)
def test_the_headings_of_a_table_state_nothing_by_themselves(name: str, th: bool) -> None:
    if name == "columns that say no" and not th:
        return  # nothing shows that the first row of this table contains headings
    reading = _read(_table(*EMPTY[name], th=th))
    assert _states_nothing(reading), reading.enforcement
    assert reading.special_measures.state in (MeasuresState.NOT_STATED, MeasuresState.LEFT)


@pytest.mark.parametrize("th", [True, False])
def test_the_rows_of_a_table_are_read_under_its_headings(th: bool) -> None:
    def kinds(*rows: str) -> list[str]:
        return [one.kind for one in _read(_table(*rows, th=th)).enforcement if one.stage is Stage.TAKEN]

    assert kinds("Enforcement action | Number", "Warning notices | 2", "Fixed penalty notices | 0") == ["warning notice"]
    assert kinds("Enforcement action | Date", "Warning notice | 6 November 2026") == ["warning notice"]
    assert kinds("Notice | Served | Met", "Warning notice, regulation 12 | 6 November 2026 |") == ["warning notice"]
    assert kinds("Warning notices | Regulation | Date", "The kitchen | 12 | 6 November 2026") == ["warning notice"]
    assert kinds("Enforcement action | Status", "Warning notice | Met") == []
    assert _read(_table("Special measures | From | To", "Second period | 6 November 2026 | ", th=th)).special_measures.state is MeasuresState.IN
    assert _read(_table("Enforcement action | Status", "Warning notice | Under review", th=th)).unread


def test_a_table_that_consists_only_of_heading_cells_is_read() -> None:
    reading = _read("<table><tr><th>Special measures</th><th>Yes</th></tr><tr><th>Warning notice</th><th>Served 6 November 2026</th></tr></table>")
    assert reading.special_measures.state is MeasuresState.IN
    assert [one.kind for one in reading.enforcement] == ["warning notice"]


def _breached(body: str) -> list[str | None]:
    return [one.regulation for one in _read(body).breaches]


@pytest.mark.parametrize("th", [True, False])
def test_breaches_are_read_from_a_table_of_regulations(th: bool) -> None:
    rows = ("12 Safe care and treatment | {0}", "18 Staffing | {1}", "Regulation 17 Good governance | {0}")
    for head, no, yes in (("Met?", "No", "Yes"), ("Compliant", "N", "✓"), ("In breach", "Yes", "No")):
        body = _table(f"Regulation | {head}", *(row.format(no, yes) for row in rows), th=th)
        assert _breached(body) == ["12", "17"], head
    assert _read(_table("Regulation | Met?", "12 Safe care and treatment | Partly", th=th)).unread
    assert _breached(_table("Regulation | Met?", "12 Safe care and treatment | Partly", th=th)) == []


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_breach_is_read_from_a_field_about_one_regulation(structure: str) -> None:
    layout = STRUCTURES[structure]
    assert _breached(layout.format(label="Regulation 12 met", value="No")) == ["12"]
    assert _breached(layout.format(label="Regulation 12 met", value="Yes")) == []
    assert _breached(layout.format(label="Regulation 12 breached", value="No")) == []


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Regulations not met: 12, 17", ["12", "17"]),
        ("Regulations breached: 12 and 17", ["12", "17"]),
        ("Regulations that were not met: 12, 17 and 18", ["12", "17", "18"]),
        ("Regulations not met: 12 safe care and treatment, 17 good governance", ["12", "17"]),
        ("Regulations not met: 2", [None]),
        ("Regulations not met: None", []),
        ("Regulations met: 9, 18", []),
    ],
)
def test_regulations_in_a_list_are_breaches_only_if_the_label_says_so(line: str, numbers: list[str | None]) -> None:
    assert _breached(f"<p>{line}</p><p>Regulations met: 9, 18</p>") == numbers


def test_a_rating_of_an_unknown_kind_of_care_is_listed_as_unread() -> None:
    def unread(*rows: str) -> tuple[str, ...]:
        head = "<h1>Larch House</h1><p>Provided and run by: Larch Care Limited</p>"
        return read(f"<!doctype html><body><main>{head}{_table(*rows)}</main></body>".encode()).unread

    rows = ("Residential care | Good | 4 May 2023", "Personal care at home | Inadequate | 6 November 2026")
    assert [line for line in unread("Service | Rating | Date", *rows) if "Inadequate" in line]
    assert not unread("Service | Previous rating | Date", *rows)
    assert not unread("Question | Rating", "Overall | Good", "Safe | Inadequate")
