"""Tests that CQC's own terms are read if they are in quotation marks, and that quotations of other people are not."""

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading

MARKS = ("“{}”", '"{}"', "„{}“", "«{}»", "‘{}’", "'{}'")

MEASURES = {
    "The service is therefore in {special measures}.": MeasuresState.IN,
    "The overall rating for this service is {Inadequate} and the service is therefore in {special measures}.": MeasuresState.IN,
    "The service was placed {in special measures}.": MeasuresState.ENTERED,
    "The home was rated {inadequate} and put into {Special Measures}.": MeasuresState.ENTERED,
    "The service is no longer in {special measures}.": MeasuresState.LEFT,
    "{In special measures}": MeasuresState.IN,
}
TAKEN = {
    "The provider has been issued with a {warning notice}.": "warning notice",
    "The provider was served a {Section 29 Warning Notice} on 3 May 2026.": "warning notice",
    "A {notice of decision} to impose conditions was served on 6 November 2026.": "conditions",
    "A {fixed penalty notice} was issued to the provider.": "fine",
}
OF_OTHERS = (
    'A relative said: "It should be in special measures."',
    "Relatives told us “the home is in special measures”.",
    "One relative said the home was “in special measures”.",
    "The local paper wrote that the home “had been served a warning notice”.",
    "The headline was “Home put in special measures”.",
    "The phrase “special measures” appears in the brochure.",
    "The word “special measures” does not appear in the report.",
    "What “special measures” means: the service must improve.",
    "Staff asked about a “warning notice” on the wall.",
    "“They were given a warning notice for this,” a neighbour wrote.",
)


def _read(says: str) -> Reading:
    body = f"<h1>Larch House</h1><p>Provided and run by: Larch Limited</p><h2>Overall: Inadequate</h2><p>{says}</p>"
    return read(f"<!doctype html><title>Larch House - Care Quality Commission</title><main>{body}</main>".encode())


def _marked(sentence: str, marks: str) -> str:
    return sentence.replace("{", marks.partition("{}")[0]).replace("}", marks.partition("{}")[2])


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("sentence", MEASURES)
def test_special_measures_are_read_if_cqcs_terms_are_in_quotation_marks(sentence: str, marks: str) -> None:
    assert _read(_marked(sentence, marks)).special_measures.state is MEASURES[sentence]


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("sentence", TAKEN)
def test_enforcement_is_read_if_cqcs_terms_are_in_quotation_marks(sentence: str, marks: str) -> None:
    assert TAKEN[sentence] in [one.kind for one in _read(_marked(sentence, marks)).enforcement]


@pytest.mark.parametrize("sentence", OF_OTHERS)
def test_a_quotation_of_somebody_else_states_nothing(sentence: str) -> None:
    reading = _read(sentence)
    assert (reading.special_measures.state, reading.enforcement) == (MeasuresState.NOT_STATED, ())
