"""Tests that the same ratings are read from many kinds of markup, and that no rating is invented if the markup is damaged."""

import itertools
import os
import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor.cqc.read import read
from monitor.model import Reading, Source
from monitor.ratings import KeyQuestion, Rating, Stated
from tests.cqc.read.markup import (
    BARE_LEGEND,
    CARRIERS,
    LEGEND,
    OVERALL,
    SETS,
    STATED,
    Facts,
    Look,
    page,
    parts,
)

# `make test-long` sets this variable to test more cases
CASES = int(os.environ.get("READ_CASES", "150"))
often = settings(max_examples=CASES, suppress_health_check=list(HealthCheck), derandomize=CASES <= 1000)

MIXED = Facts(
    overall=Rating.REQUIRES_IMPROVEMENT,
    questions={
        KeyQuestion.SAFE: Rating.INADEQUATE,
        KeyQuestion.EFFECTIVE: Rating.GOOD,
        KeyQuestion.CARING: Rating.OUTSTANDING,
        KeyQuestion.RESPONSIVE: Rating.GOOD,
        KeyQuestion.WELL_LED: Rating.REQUIRES_IMPROVEMENT,
    },
    published=date(2026, 11, 21),
)


def facts() -> st.SearchStrategy[Facts]:
    orders = st.permutations(list(KeyQuestion))
    values = st.lists(st.sampled_from(STATED), min_size=5, max_size=5)
    return st.builds(
        lambda overall, order, stated, published: Facts(
            overall=overall, questions=dict(zip(order, stated, strict=True)), published=published
        ),
        st.sampled_from(STATED), orders, values, st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    )  # fmt: skip


def looks() -> st.SearchStrategy[Look]:
    return st.builds(
        Look,
        carrier=st.sampled_from(sorted(CARRIERS)), overall_as=st.sampled_from(sorted(set(SETS) - {"table of columns"})),
        questions_as=st.sampled_from(sorted(SETS)), together=st.booleans(), legend=st.sampled_from(("", LEGEND, BARE_LEGEND)),
        nearby=st.booleans(), older=st.booleans(), noise=st.booleans(), padding=st.sampled_from((0, 20)),
        question_labels=st.booleans(),
    )  # fmt: skip


def stated(reading: Reading) -> dict[str, Stated]:
    """Returns the ratings of a reading: the overall rating, and those of the key questions."""
    assert len(reading.ratings) <= 1, reading.ratings
    found: dict[str, Stated] = {}
    for group in reading.ratings:
        if group.overall is not None:
            found[OVERALL] = group.overall
        found |= {question: held.rating for question, held in group.key_questions.items() if held.rating is not None}
    return found


def true(told: Facts) -> dict[str, Stated]:
    return {OVERALL: told.overall} | {question.value: stated for question, stated in told.questions.items()}


def seen(markup: str) -> str:
    """Returns the visible text of a page as a person would copy it, with one line for each block."""
    tree = LexborHTMLParser(" ".join(markup.split()))
    tree.strip_tags(["script", "style", "template", "noscript", "head", "nav", "footer"])
    for node in tree.css("[hidden],[aria-hidden],[style]"):
        node.decompose()
    for node in tree.css("td,th"):
        node.insert_after("\t")
    for node in tree.css("p,div,li,dt,dd,tr,h1,h2,h3,h4,section,table,ul,dl,button"):
        node.insert_before("\n")
        node.insert_after("\n")
    assert tree.body is not None
    return "\n".join(line.strip(" ") for line in tree.body.text(separator="").splitlines())


COMMON = ("list", "definition list", "table of rows", "paragraphs", "headings and paragraphs", "headings and panels", "cards")
OTHERS = [pytest.param(one, marks=pytest.mark.slow) for one in SETS if one not in COMMON]


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("arrangement", [*COMMON, *OTHERS])
def test_ratings_are_read_however_they_are_shown_and_arranged(arrangement: str, carrier: str) -> None:
    reading = read(page(MIXED, Look(carrier=carrier, questions_as=arrangement, overall_as="headings and paragraphs")).encode())
    assert (stated(reading), reading.unread) == (true(MIXED), ())


@pytest.mark.parametrize("arrangement", SETS)
def test_an_overall_rating_in_the_same_list_as_the_key_questions_is_read(arrangement: str) -> None:
    look = Look(questions_as=arrangement, together=True, legend=LEGEND, nearby=True, older=True, noise=True)
    reading = read(page(MIXED, look).encode())
    assert (stated(reading), reading.unread) == (true(MIXED), ())


@pytest.mark.slow
@often
@given(facts(), looks())
def test_the_same_facts_are_read_from_different_markup(told: Facts, look: Look) -> None:
    reading = read(page(told, look).encode())
    found = stated(reading)
    assert {**true(told), **found} == true(told)
    assert found == true(told) or reading.unread
    assert (reading.source, reading.location_id, reading.name) == (Source.LOCATION_PAGE, told.location_id, told.name)
    assert reading.provider_name == told.provider
    if told.published and reading.ratings:
        assert {group.overall_published for group in reading.ratings} <= {told.published, None}


VISIBLE = sorted(set(CARRIERS) - {"an image's alt", "a title", "an aria-label", "a class name"})


@pytest.mark.slow
@often
@given(facts(), looks(), st.sampled_from(VISIBLE))
def test_text_copied_from_a_page_is_read_like_the_page_or_listed_as_unread(told: Facts, look: Look, carrier: str) -> None:
    look = Look(
        carrier=carrier, overall_as=look.overall_as, questions_as=look.questions_as, together=look.together,
        legend=look.legend, older=look.older, nearby=look.nearby, noise=look.noise, question_labels=look.question_labels,
    )  # fmt: skip
    reading = read(seen(page(told, look)).encode(), content_type="text/plain")
    found = stated(reading)
    assert {**true(told), **found} == true(told)
    assert found == true(told) or reading.unread


def damaged(markup: list[str], chance: random.Random) -> str:
    """Returns the page with one fault."""
    kind = chance.choice(("cut", "drop", "double", "empty", "swap", "drop node", "empty node", "double node"))
    at = chance.randrange(len(markup))
    if kind == "cut":
        whole = "\n".join(markup)
        return whole[: chance.randrange(len(whole))]
    if kind == "drop":
        return "\n".join(markup[:at] + markup[at + 1 :])
    if kind == "double":
        return "\n".join(markup[: at + 1] + markup[at:])
    if kind == "empty":
        return "\n".join([*markup[:at], "", *markup[at + 1 :]])
    if kind == "swap":
        other = chance.randrange(7, len(markup) - 1)
        at = chance.randrange(7, len(markup) - 1)
        moved = list(markup)
        moved[at], moved[other] = moved[other], moved[at]
        return "\n".join(moved)
    tree = LexborHTMLParser("\n".join(markup))
    node = chance.choice(tree.css("main *"))
    if kind == "drop node":
        node.decompose()
    elif kind == "empty node":
        node.inner_html = ""
    else:
        node.insert_after(node.clone())
    return tree.html or ""


@pytest.mark.slow
@often
@given(facts(), looks(), st.integers(0, 2**32))
def test_no_wrong_rating_is_read_from_a_damaged_page(told: Facts, look: Look, seed: int) -> None:
    """Some of the page's ratings may not be read, but none may be read wrongly."""
    broken = damaged(parts(told, look), random.Random(seed))
    found = stated(read(broken.encode()))
    assert {**true(told), **found} == true(told), broken


@pytest.mark.slow
@pytest.mark.parametrize(("arrangement", "carrier"), list(itertools.product(SETS, ("text", "a class name"))))
def test_a_missing_rating_is_not_replaced_by_a_word_of_the_legend(arrangement: str, carrier: str) -> None:
    for question in KeyQuestion:
        told = Facts(overall=Rating.GOOD, questions=dict.fromkeys((KeyQuestion.SAFE, KeyQuestion.CARING, question), Rating.GOOD))
        markup = page(told, Look(carrier=carrier, questions_as=arrangement, legend=BARE_LEGEND))
        cut = markup.replace(CARRIERS[carrier](Rating.GOOD), "", 2)
        assert set(stated(read(cut.encode())).values()) <= {Rating.GOOD}
