# ruff: noqa: E501 - markup stands on one line
"""Tests that ratings of service groups are told apart from each other, from those of the whole service, and from lists that only
name the key questions."""

from collections.abc import Mapping

import pytest

from monitor.cqc.read import read
from monitor.model import Reading

QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
SHORT = {"G": "Good", "R": "Requires improvement", "I": "Inadequate", "O": "Outstanding"}
LINKS = "<ul>" + "".join(
    f'<li><a href="/location/1-7000000001/reports/LAP-00417/overall/{one.lower()}">{one}</a></li>' for one in QUESTIONS
) + "</ul>"  # fmt: skip


def _set(ratings: str) -> str:
    pairs = zip(QUESTIONS, ratings, strict=True)
    return "<ul>" + "".join(f"<li><span>{one}</span> <span>{SHORT[rating]}</span></li>" for one, rating in pairs) + "</ul>"


def _page(body: str, overall: str | None = "R") -> str:
    stated = f"<p>Overall: <strong>{SHORT[overall]}</strong></p>" if overall else ""
    head = f'<header class="service-header"><h1>Meadow Hospital</h1>{stated}<p>Provided and run by: Meadow Limited</p></header>'
    return f"<!doctype html><body>{head}<main><section><h2>Overview</h2>{body}</section></main></body>"


def _stated(reading: Reading) -> dict[str | None, str]:
    """Returns for each group the first letters of its overall rating and of its five key questions; "-" means no rating."""
    letters: Mapping[str | None, str] = {value.lower(): letter for letter, value in SHORT.items()}
    found = {}
    for group in reading.ratings:
        rated = {question.value: str(held.rating) for question, held in group.key_questions.items()}
        five = "".join(letters.get(rated.get(question.lower()), "-") for question in QUESTIONS)
        found[group.group] = letters.get(str(group.overall), "-") + " " + five
    return found


FORMS = {
    "a label with its value": "<h3>{name}</h3><p>Overall: {overall}</p>{five}",
    "a rating alone below the name": "<section><h3>{name}</h3><p>{overall}</p>{five}</section>",
    "a rating and a date below the name": "<div><h3>{name}</h3><p>{overall}</p><p>Report published: 3 July 2023</p>{five}</div>",
    "in the heading": "<section><h3>{name}: {overall}</h3>{five}</section>",
    "below ratings for": "<section><h3>Ratings for {name}</h3><p>Overall: {overall}</p>{five}</section>",
    "links below the ratings": "<section><h3>{name}</h3><p>Overall: {overall}</p>{five}" + LINKS + "</section>",
    "links below a heading": "<section><h3>{name}</h3><p>Overall: {overall}</p>{five}<h4>Read more</h4>" + LINKS + "</section>",
    "links above the ratings": "<section><h3>{name}</h3>" + LINKS + "<p>Overall: {overall}</p>{five}</section>",
    "a button": "<div><h3><button>{name}</button></h3><div><p>Overall: <b>{overall}</b></p>{five}</div></div>",
    "a summary": "<details open><summary>{name}</summary><p>Overall: {overall}</p>{five}</details>",
    "a summary with the rating": "<details open><summary>{name}: {overall}</summary><p>We visited in May.</p>{five}</details>",
    "a captioned table": "<section><h3>{name}: {overall}</h3><p>Ratings for each key question</p>{five}</section>",
    "a name in bold": "<div><p><strong>{name}</strong></p><p>Overall: {overall}</p>{five}</div>",
}  # fmt: skip
NAMES = (
    ("Care Homes", "Homecare"), ("Nursing homes", "Supported living service"), ("Reablement service", "Day opportunities"),
    ("Wards for older people with mental health problems", "Forensic inpatient or secure wards"), ("Live-in care", "Surgery"),
)  # fmt: skip


@pytest.mark.parametrize("own", ["R RGGGR", *(pytest.param(one, marks=pytest.mark.slow) for one in ("R -----", "- -----"))])
@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_ratings_of_a_service_group_are_read_whatever_its_name_is(
    form: str, names: tuple[str, str], own: str
) -> None:
    first, second = names
    body = FORMS[form].format(name=first, overall=SHORT["I"], five=_set("IRGRI"))
    body += FORMS[form].format(name=second, overall=SHORT["G"], five=_set("GGGGG"))
    five = "" if own.endswith("-") else _set(own[2:])
    reading = read(_page(five + body, None if own[0] == "-" else own[0]).encode())
    expected: dict[str | None, str] = {first: "I IRGRI", second: "G GGGGG"}
    assert _stated(reading) == ({None: own} if own[0] != "-" else {}) | expected
    assert reading.unread == ()


@pytest.mark.parametrize("place", ["before", "behind", "below a heading"])
def test_a_list_that_only_names_the_key_questions_states_nothing(place: str) -> None:
    lists = {"before": LINKS + _set("RGGGR"), "behind": _set("RGGGR") + LINKS,
             "below a heading": f"<h3>On this page</h3>{LINKS}{_set('RGGGR')}"}  # fmt: skip
    reading = read(_page(lists[place]).encode())
    assert (_stated(reading), reading.unread) == ({None: "R RGGGR"}, ())


def _matrix(rows: Mapping[str, str]) -> str:
    head = "<tr><th></th>" + "".join(f"<th>{one}</th>" for one in (*QUESTIONS, "Overall")) + "</tr>"
    cells = {name: "".join(f"<td>{SHORT[one]}</td>" for one in ratings[2:] + ratings[0]) for name, ratings in rows.items()}
    return "<table>" + head + "".join(f"<tr><th>{name}</th>{row}</tr>" for name, row in cells.items()) + "</table>"


@pytest.mark.parametrize("names", [("Surgery", "Outpatients"), ("Gamma knife", "Eye care"), ("Older people", "Live-in care")])
def test_rows_of_core_services_or_population_groups_are_not_read_as_key_questions(names: tuple[str, str]) -> None:
    rows = {names[0]: "I IRGRI", names[1]: "G GGGGG"}
    assert _stated(read(_page(_set("RGGGR") + _matrix(rows)).encode())) == {None: "R RGGGR"} | rows
    assert _stated(read(_page(_matrix(rows)).encode())) == {None: "R -----"} | rows
    assert _stated(read(_page(_matrix(rows | {"Overall": "R RGGGR"})).encode())) == {None: "R RGGGR"} | rows


def test_a_heading_above_the_services_own_ratings_is_not_read_as_a_service_group() -> None:
    body = f"<h3>Ratings at a glance</h3>{_set('RGGGR')}<h3>How the service was rated</h3>{_set('RGGGR')}"
    assert _stated(read(_page(body).encode())) == {None: "R RGGGR"}


def test_no_rating_is_read_for_a_key_question_with_two_different_ratings() -> None:
    reading = read(_page(f"{_set('RGGGR')}<h3>Our view</h3>{_set('IGGGR')}").encode())
    assert _stated(reading) == {None: "R -GGGR"}
    assert "Safe Inadequate" in reading.unread


@pytest.mark.parametrize("head", ["Service", "Core service", "Population group", "Ward"])
def test_a_table_of_core_services_rates_each_core_service_but_not_the_hospital(head: str) -> None:
    heads = "".join(f"<th>{one}</th>" for one in (head, "Safe", "Effective", "Overall"))
    rows = "<tr><td>Maternity</td><td>Inadequate</td><td>Good</td><td>Inadequate</td></tr><tr><td>Critical care</td><td>Good</td><td>Good</td><td>Good</td></tr>"
    table = f"<table><tr>{heads}</tr>{rows}</table>"
    page = f"<main><h1>Elm Hospital</h1>{table}<a href='/location/1-101/reports'>Reports</a></main>"
    reading = read(page.encode(), url="https://www.cqc.org.uk/location/1-101")
    assert [(one.group, one.overall) for one in reading.ratings] == [("Maternity", "inadequate"), ("Critical care", "good")]
    assert reading.unread == ()


def test_a_row_of_ratings_without_headings_is_not_an_overall_rating() -> None:
    page = "<main><h1>Elm Hospital</h1><p>Overall: Inadequate</p><ul><li>Safe: Inadequate</li></ul><table><tr><td>Critical care</td><td>Good</td><td>Good</td><td>Good</td></tr></table><a href='/location/1-101/reports'>Reports</a></main>"
    reading = read(page.encode(), url="https://www.cqc.org.uk/location/1-101")
    assert ([one.overall for one in reading.ratings], reading.unread) == (["inadequate"], ("Critical care Good Good Good",))


def test_two_headings_with_one_rating_each_are_read_as_two_service_groups() -> None:
    parts = "<h2>Substance misuse services</h2><p>Rating: Inadequate</p><h2>Community services</h2><p>Rating: Good</p>"
    page = f"<main><h1>Elm Clinic</h1>{parts}<p>Provided and run by: Elm Ltd</p><a href='/location/1-101/reports'>Reports</a></main>"
    reading = read(page.encode(), url="https://www.cqc.org.uk/location/1-101")
    assert {one.group: one.overall for one in reading.ratings} == {"Substance misuse services": "inadequate", "Community services": "good"}
