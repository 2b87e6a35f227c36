"""Tests that the form and the place of a statement on a page do not change how the statement is read. The statements are the
examples of all rules."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape

import pytest

from monitor.cqc.read import bearing, read
from monitor.cqc.read.powers import POWERS
from monitor.cqc.read.sayings import SAYINGS
from monitor.cqc.read.special_measures_macros import Scope
from monitor.cqc.read.special_measures_rules import RULES
from monitor.model import Reading
from tests.cqc.read.frame import DATES, OVERALL, page, questions

BAD = 'rating-state--inadequate"><p>Overall: <strong>Inadequate</strong>'
HEADER = OVERALL.replace('rating-state--good"><p>Overall: <strong>Good</strong>', BAD)
QUESTIONS = questions("<strong>Inadequate</strong>")


def sentences() -> Iterator[str]:
    """Yields the examples of all rules. Leaves out headlines and fields, since their form is part of their meaning."""
    yield from (rule.example for rule in RULES if rule.scope is not Scope.HEADLINE and rule.example.endswith("."))
    yield from (rule.example for rule in bearing.RULES if rule.example.endswith("."))
    yield from (power.example for power in POWERS)
    yield from (saying.example for saying in SAYINGS)


def middle(text: str, put: Callable[[str, str], str]) -> str:
    """Divides a text in the middle, between two words, and joins the halves with `put`."""
    words = text.split(" ")
    half = len(words) // 2
    return put(escape(" ".join(words[:half])), escape(" ".join(words[half:])))


FORMS: dict[str, Callable[[str], str]] = {
    "curly quotation marks": lambda text: f"<p>{escape(text).replace('&#x27;', '’').replace('&quot;', '”')}</p>",
    "hard spaces": lambda text: f"<p>{escape(text).replace(' ', '&nbsp;')}</p>",
    "a word in bold": lambda text: f"<p>{middle(text, lambda one, two: f'{one} <strong>{two}</strong>')}</p>",
    "in a wrapper": lambda text: f"<div><section><div><p>{escape(text)}</p></div></section></div>",
    "in a section's foot": lambda text: f"<section><p>People were well.</p><footer><p>{escape(text)}</p></footer></section>",
    "in an aside": lambda text: f"<aside><p>{escape(text)}</p></aside>",
    "in a notice": lambda text: f'<div role="status" class="alert"><div class="alert__content"><p>{escape(text)}</p></div></div>',
    "in a definition": lambda text: f"<dl><dt>Update</dt><dd>{escape(text)}</dd></dl>",
    "in a cell": lambda text: f"<table><tr><td>{escape(text)}</td></tr></table>",
    "in two spans": lambda text: f"<p>{middle(text, lambda one, two: f'<span>{one}</span> <span>{two}</span>')}</p>",
    "with a link after it": lambda text: f'<p>{escape(text)} <a href="/help">Read more about what we do</a></p>',
    # Breaks the line before a small letter. A line that begins with a capital may be a separate statement, as in an address.
    "over two lines": lambda text: f"<p>{re.sub(r' (?=[a-z]+ [^ ]+$)', '<br>', escape(text), count=1)}</p>",
    "as an item of a list": lambda text: f"<ul><li>{escape(text)}</li><li>People were well.</li></ul>",
    "as character references": lambda text: f"<p>{''.join(f'&#{ord(each)};' for each in text)}</p>",
    "with soft hyphens": lambda text: f"<p>{re.sub(r'(?<=special )meas', 'meas&shy;', escape(text))}</p>",
    "in the header": lambda text: f"<p>{escape(text)}</p>",
}


@cache
def said(inside: str, *, header: bool = False) -> tuple[object, ...]:
    """Returns what the reader finds on a page with this text and with ratings that are all inadequate."""
    rest = DATES + QUESTIONS
    body = page(header=HEADER + inside, main=rest) if header else page(header=HEADER, main=rest + inside)
    reading: Reading = read(body)
    taken = sorted((one.kind, one.stage) for one in reading.enforcement)
    return reading.special_measures.state, taken, sorted(one.kind for one in reading.said), bool(reading.unread)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_statement_is_read_alike_in_every_form_and_place(form: str) -> None:
    texts = list(dict.fromkeys(sentences()))
    plain = {text: said(f"<p>{escape(text)}</p>") for text in texts}
    other = {text: said(FORMS[form](text), header=form == "in the header") for text in texts}
    assert {text: (plain[text], other[text]) for text in texts if plain[text] != other[text]} == {}


def test_there_are_at_least_1500_combinations_of_a_form_and_a_sentence() -> None:
    print(f"{len(FORMS)} forms of {len(set(sentences()))} sentences: {len(FORMS) * len(set(sentences())):,} statements")
    assert len(FORMS) >= 12
    assert len(FORMS) * len(set(sentences())) >= 1500
