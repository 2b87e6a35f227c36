"""Tests that the fingerprint of a page changes with everything that is read from the page, and with nothing else."""

import os
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.cqc.fingerprint import fingerprint
from monitor.cqc.read import read
from monitor.errors import Unreadable
from monitor.model import Reading
from monitor.ratings import KeyQuestion, Rating
from tests.cqc.read.markup import CARRIERS, LEGEND, SETS, Facts, Look, page

CASES = int(os.environ.get("READ_CASES", "150"))

FACTS = Facts(overall=Rating.GOOD, questions={KeyQuestion.SAFE: Rating.GOOD, KeyQuestion.WELL_LED: Rating.INADEQUATE})
PAGE = page(FACTS, Look(legend=LEGEND, nearby=True, older=True, noise=True)).replace(
    "</head>",
    '<meta name="csrf-token" content="abc123"><link rel="stylesheet" href="/a.css?v=1">'
    '<script nonce="n1" src="/a.js?v=1"></script>'
    "<style>.a { color: red }</style></head>",
).replace(
    "<main>",
    '<!-- built 2026-11-21T09:00:00Z --><main id="main--abc1" class="view view-dom-id-0f3a9c7be1"><form id="search">'
    '<input type="hidden" name="form_build_id" value="form-Q1w2"></form><img src="/logo.png?v=1" alt="CQC">',
)  # fmt: skip

MOVING = {
    "a form's token": ("form-Q1w2", "form-Zz99"),
    "a token in the head": ("abc123", "fff000"),
    "a nonce": ('nonce="n1"', 'nonce="n2"'),
    "the text of a script": ("var rating", "var other"),
    "the time in a comment": ("2026-11-21T09:00:00Z", "2026-11-21T15:00:00Z"),
    "a style sheet's address": ("/a.css?v=1", "/a.css?v=2"),
    "a script's address": ("/a.js?v=1", "/a.js?v=2"),
    "an image's address": ("/logo.png?v=1", "/logo.png?v=2"),
    "a style": ("color: red", "color: blue"),
    "a view's number": ("view-dom-id-0f3a9c7be1", "view-dom-id-91c7aa0b3d"),
    "a generated id": ('id="main--abc1"', 'id="main--xyz2"'),
}  # fmt: skip


@pytest.mark.parametrize("what", MOVING)
def test_the_fingerprint_does_not_change_with_a_part_that_is_not_read(what: str) -> None:
    old, new = MOVING[what]
    assert old in PAGE
    moved = PAGE.replace(old, new)
    assert fingerprint(moved.encode()) == fingerprint(PAGE.encode())
    assert read(moved.encode()) == read(PAGE.encode())


TOLD = {
    "a rating's word": ("<span>Good</span>", "<span>Inadequate</span>"),
    "the name": ("<h1>Cherrybrook", "<h1>Cherrybank"),
    "the location id": ('.org.uk/location/1-2235535718"', '.org.uk/location/1-2235535719"'),
    "a hidden part that is then shown": ("<div hidden>", "<div>"),
    "a hidden field that becomes a checkbox": ('<input type="hidden"', '<input type="checkbox"'),
    "a part hidden by style that is then shown": ('<p style="display: none">', '<p style="display: block">'),
    "an entry's text": ("outstanding maintenance", "outstanding care"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOLD)
def test_the_fingerprint_changes_with_a_part_that_is_read(what: str) -> None:
    old, new = TOLD[what]
    assert old in PAGE
    assert fingerprint(PAGE.replace(old, new).encode()) != fingerprint(PAGE.encode())


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_fingerprint_changes_with_a_rating_in_every_kind_of_markup(carrier: str) -> None:
    look = Look(carrier=carrier)
    fallen = Facts(overall=Rating.INADEQUATE, questions=FACTS.questions)
    assert fingerprint(page(FACTS, look).encode()) != fingerprint(page(fallen, look).encode())


@pytest.mark.slow
@pytest.mark.parametrize("piece", [b"<!--", b"<script>", b'<input "', b' id="', b"<script '", b"<meta ", b"<style>", b' src="?'])
def test_the_fingerprint_of_a_page_with_an_unclosed_part_is_computed(piece: bytes) -> None:
    assert fingerprint(piece * 100_000) != fingerprint(piece * 100_001)


def _read(body: bytes) -> Reading | str:
    try:
        return read(body)
    except Unreadable as error:
        return str(error)


PIECES = (
    "Good", "Inadequate", "Requires improvement", "Overall", "Safe", "<p>", "</p>", "<!--", "-->", "<script>", "</script>",
    "<style>", "</style>", "<input ", ' id="x"', ' class="rating--good"', ' alt="Good"', ' title="Inadequate"', ">", "<",
    '"', "'", "<link ", "<meta ", " hidden", "view-dom-id-", "view-dom-id-0123456789", "abc", "?v=1", "<img ", "<template>",
    "canonical", "charset=", "&amp;", "\x00",
)  # fmt: skip


def _edited(body: str, chance: random.Random) -> str:
    at = chance.randrange(len(body))
    to = min(len(body), at + chance.choice((0, 0, 1, 5, 40)))
    return body[:at] + chance.choice(PIECES) + body[to:]


@settings(max_examples=CASES, suppress_health_check=list(HealthCheck), derandomize=CASES <= 1000)
@given(st.sampled_from(sorted(SETS)), st.integers(0, 2**32), st.integers(1, 3))
def test_a_change_of_the_reading_changes_the_fingerprint(arrangement: str, seed: int, edits: int) -> None:
    chance = random.Random(seed)
    before = after = re.sub("> +", ">", PAGE if seed % 2 else page(FACTS, Look(questions_as=arrangement, noise=True)))
    for _ in range(edits):
        after = _edited(after, chance)
    if fingerprint(before.encode()) == fingerprint(after.encode()):
        assert _read(before.encode()) == _read(after.encode())
