"""Tests that the time to process a text from outside grows no faster than the length of the text. Otherwise a single page could
stop the process that sends alerts.

Every regular expression of the monitor, and every function with which the daemon examines a page, is tried on texts that should
take especially long. The texts have three lengths (for functions, only SHORT and LONG):

- With FIRST characters, all texts are tried, and the slowest are selected for the other lengths. Even at this length, a text that
  takes quadratic time takes a thousand times as long as the other texts.
- With SHORT characters, a pattern takes a few milliseconds if its time is proportional to the length, and a second or more if its
  time is quadratic.
- A text with LONG characters shows quadratic growth that shorter texts hide: the pattern then takes minutes.

The limits, in seconds of CPU time, are far above the proportional times and far below the quadratic times. The work runs in
separate processes. The operating system ends a process that takes too long.
"""

import contextlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from monitor.channels import SECRET_HOSTS, refusals
from monitor.cqc.downloads import links_in
from monitor.cqc.fingerprint import fingerprint
from monitor.cqc.read import _decoded, flow, groups, identity, labels, read, report, sentences, words, zones
from monitor.cqc.read.people import without_people
from monitor.errors import Unreadable
from monitor.logs import _Redaction
from tests.expressions import Expression, expressions
from tests.pumps import GENERIC, Pump, pumps

FIRST, SHORT, LONG = 2_000, 20_000, int(os.environ.get("GROWTH_LENGTH", "400000"))
WORST = 5  # this many texts, the slowest of those with FIRST characters, are tried again with SHORT characters
MOST_SHORT, MOST_LONG = 0.4, max(2.0, 4.0 * LONG / 1_000_000)  # seconds of CPU
PARTS = 2
MOST_OF_ALL = 400  # seconds of CPU after which the operating system ends the process of one part of the tests

SENTENCE = 3 * sentences._LONGEST_SENTENCE
"""`sentences.plain` turns one character into at most three characters (for example, a small "ΐ")."""
BOUNDED = {
    **dict.fromkeys([f"channels.refusals.{table}" for table in ("SMTP", "ENTRA", "GRAPH", "NOTIFY")], refusals.LONGEST),
    "cqc.read.changes.": SENTENCE,
    "cqc.read.regulations.": SENTENCE,
    "cqc.read.regulations_words.": SENTENCE,
    "cqc.read.topics.": SENTENCE,
    "cqc.read.general.": SENTENCE,
    "cqc.read.months.": SENTENCE,
    "cqc.read.spelled.": SENTENCE,
    "cqc.read.special_measures.": SENTENCE,
    "cqc.read.special_measures_words.": SENTENCE,
    "cqc.read.special_measures_macros.": SENTENCE,
    "cqc.read.bearing.": SENTENCE,
    "cqc.read.bearing_words.": SENTENCE,
    "cqc.read.enforcement.": SENTENCE,
    "cqc.read.enforcement_words.": SENTENCE,
    "cqc.read.groups.": groups._LONGEST,
    "cqc.read.labels._FURNITURE": labels.LONGEST,
    "cqc.read.identity._RATING_AT_END": identity._LONGEST_RATING,
    "cqc.read.said.": SENTENCE,
    "cqc.read.said_words.": SENTENCE,
    "cqc.read.whose.": SENTENCE,
    "cqc.read.rated_words.": SENTENCE,
    "cqc.read.report._MARK": report._LONGEST_LABEL,
    "cqc.read.report._RATING_AT_END": report._LONGEST_ROW,
    "cqc.read.sections.": SENTENCE,
    "cqc.read.withheld.": SENTENCE,
    "cqc.read.words._TOKEN": words.MAX_LINE,
    "cqc.read.words._LABELLED": words.MAX_SENTENCE,
    "cqc.read.zones._OTHERS": zones._MOST,
    "cqc.read.zones._OLDER": zones._MOST,
    "cqc.read.zones._LEGEND": zones._MOST,
}
"""Patterns whose callers first shorten the text: how the pattern's name begins, and how many characters remain."""
APART = {"cqc.fingerprint._UNSEEN"}
"""Patterns that are tried only as part of the function that uses them. `fingerprint` does not apply its pattern to a page with
many comments or scripts that do not end."""
MADE_LATER = {"cqc.read.menus.passed_over", "cqc.read.bearing._compiled", "cqc.read.others.names_both",
              "cqc.read.regulations._named", "cqc.read.regulations.is_of_a_regulation", "cqc.read.said._unnamed",
              "cqc.read.special_measures._names_only_another",
              "cqc.read.regulations._canonical", "cqc.read.special_measures_macros.compiled",
              "channels.mail_settings._certificate", "channels.refusals._found", "logs.__init__",
              "operations.score._is_pattern", "operations.verdicts._missed", "operations.verdicts.mentioned",
              "operations.verdicts._group", "store.personal_data.pattern"}  # fmt: skip
"""Functions that build a pattern from a table, a rule, an address or a label. The patterns consist of plain words, or are tried
together with the other rules of a table. The patterns of labels are the user's own."""


class Slow(NamedTuple):
    """The name of the work that took too long, and the text that made the work slow."""

    what: str
    text: str


class _TooLong(Exception):
    pass


def _end(*_: object) -> None:
    raise _TooLong


def is_within(seconds: float, work: Callable[[], object]) -> tuple[bool, float]:
    """Returns whether `work` ended within `seconds` of CPU time, and the elapsed seconds. Texts are compared by elapsed time,
    since on some machines CPU time is measured in steps of 4 ms."""
    signal.signal(signal.SIGPROF, _end)
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        work()
    except _TooLong:
        return False, seconds
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return True, time.perf_counter() - began


def _work(pattern: re.Pattern[Any], method: str, text: str) -> Callable[[], object]:
    """Returns a function that applies the pattern to a text as the monitor's code does."""
    held: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    use = getattr(pattern, method)
    if method in ("sub", "subn"):
        return lambda: use(held[:0], held)
    return (lambda: deque(use(held), maxlen=0)) if method == "finditer" else lambda: use(held)


def slow_on(one: Expression) -> Slow | None:
    """Returns the first text on which an expression takes too long, or None if there is no such text. Every pump is tried with
    FIRST characters, the WORST slowest pumps with SHORT characters, and the slowest pump with LONG characters. No text is longer
    than `BOUNDED` allows for the expression."""
    bound = next((most for start, most in BOUNDED.items() if one.where.startswith(start)), None)
    length = min(SHORT, bound or SHORT)
    made = pumps(one.pattern)
    for method in one.methods:
        stages = [(min(FIRST, length), MOST_SHORT), (length, MOST_SHORT), *([] if bound else [(LONG, MOST_LONG)])]
        if slow := _slow(f"{one.where}.{method}", made, partial(_work, one.pattern, method), stages):
            return slow
    return None


def _slow(
    what: str, made: list[Pump], work: Callable[[str], Callable[[], object]], stages: Iterable[tuple[int, float]]
) -> Slow | None:
    """Returns the first pump on which `work` takes too long; None if there is no such pump. A stage gives the number of
    characters and the seconds of CPU allowed. All pumps are tried at the first stage, the WORST slowest pumps at the second, and
    the slowest pump at the third."""
    for (length, most), kept in zip(stages, (WORST, 1, 0), strict=False):
        took: dict[Pump, float] = {}
        for pump in made:
            ended, took[pump] = is_within(most, work(pump.of(length)))
            if not ended:
                return Slow(f"{what}, {length} characters", repr(tuple(pump))[:200])
        made = sorted(made, key=took.__getitem__, reverse=True)[:kept]
    return None


def _of_part(part: int) -> list[Slow]:
    found, _ = expressions()
    tried = sorted({one.where: one for one in found}, key=str)  # sorted by name, so that each run makes the same parts
    chosen = set(tried[part::PARTS])
    return [slow for one in found if one.where in chosen and one.where not in APART and (slow := slow_on(one))]


# --- functions with which the daemon itself examines a page ---

_SITE = "https://www.cqc.org.uk/about-us/transparency/using-cqc-data"
_OPENINGS = ("<!--", "<script>", "<SCRIPT>", "<script ", "<!-- -->",
             "<!--" * 250, "<SCRIPT>" * 250, "<style>", "<meta ", ' id="',
             ' src="?', "href='", 'href="', "href=", "manager ",
             "Registered Manager<br>", "\n  Mary Jones\n", "Mr A", ">A-", "\nA B-",
             "charset=", "<meta charset ", "\xef\xbb\xbf", "\xff\xfe", "a://", "token ", "-token=", "/a.ods", "1%20")  # fmt: skip
_LOOKS: dict[str, Callable[[str], object]] = {
    "fingerprint": lambda text: fingerprint(text.encode()[:LONG]),
    "decoding": lambda text: (_decoded(text.encode("latin-1", "replace"), "text/html"), _decoded(b"", f"text/html; {text}")),
    "a header": lambda text: _decoded(b"\xff", f"text/html; charset{text}"),
    "links of the page of data": lambda text: links_in(text, _SITE),
    "a link of the page of data": lambda text: links_in(f'<a href="{text}">', _SITE),
    "a capture": lambda text: without_people(text[: LONG // 3]),
    "the log": lambda text: _Redaction((), SECRET_HOSTS)._text(text[: LONG // 10]),  # its seven patterns take 1 s for each MB
    "a report's marks": report.is_report,
    "a report's paragraphs": report.paragraphs,
}


_UNITS = (*GENERIC, *_OPENINGS)
_LOOKED_AT = [pump for unit in _UNITS for pump in (Pump("", unit, ""), Pump(unit, " ", ""), Pump(unit, "a", ""))]


def _of_looks() -> list[Slow]:
    stages = [(SHORT, MOST_LONG), (LONG, MOST_LONG)]
    return [
        slow for what, look in _LOOKS.items()
        if (slow := _slow(what, _LOOKED_AT, lambda text, look=look: partial(look, text), stages))  # type: ignore[misc]
    ]  # fmt: skip


_HEAD = "<h1>Oak House</h1><p>Provided and run by:</p><p>Oak Care Limited</p><p>Overall: Good</p>"
_DEEP = 1_900  # within abyss.MAX_DEPTH
PAGES: dict[str, Callable[[], str]] = {
    "nested elements with a rating": lambda: _HEAD + "<div title=good>" * _DEEP + "good word " * 90_000,
    "nested elements with a rating within a line": lambda: _HEAD + "<span title=good>x" * _DEEP + "word " * 190_000,
    "paragraphs in nested elements with a rating": lambda: _HEAD + "<div class=good><p>a</p>" * _DEEP + "<p>word</p>" * 80_000,
    "nested lists": lambda: _HEAD + "<ul><li>" * _DEEP + "<li><a href=/x>x</a></li>" * 38_000,
    "nested lists without items": lambda: _HEAD + "<ul>" * _DEEP + "<li><a href=/x>x</a></li>" * 39_000,
    "a long name of a class": lambda: f'{_HEAD}<p class="is-good {"is" * 500_000}">',
    "notices in one paragraph": lambda: _HEAD + "<p>" + "<a href=/location/1-1234567>see old profile</a> " * 20_000,
    "entries of a list": lambda: _HEAD + "<h3>1 May 2020</h3><p>During an inspection</p>" * 10_000,
    "rows of a table": lambda: _HEAD + "<table>" + "<tr><td>Beds<td>22" * 45_000,
    "endless lines of a report": lambda: "Inspection report\nOur findings\nBackground to this inspection\n" + "ab\n" * 300_000,
}
MOST_PAGE = 12.0  # seconds of CPU: some pages take 1 to 3 seconds; with quadratic growth they took from 20 seconds to minutes


def _of_pages() -> list[Slow]:
    def looked(text: str) -> None:
        with contextlib.suppress(Unreadable):
            read(text.encode())

    return [Slow(what, "") for what, page in PAGES.items() if not is_within(MOST_PAGE, lambda page=page: looked(page()))[0]]  # type: ignore[misc]


def _apart(work: str) -> list[list[str]]:
    """Calls a function of this module in a separate process, and returns the function's result."""
    script = f"import json; from tests import test_growth; test_growth.limit(); print(json.dumps(test_growth.{work}))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def limit() -> None:
    """Makes the operating system end this process if a step ignores the limits above."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_OF_ALL, MOST_OF_ALL))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_time_of_each_regular_expression_grows_no_faster_than_the_text(part: int) -> None:
    """Answers findings S1-1 and S2-2 of the security review."""
    assert _apart(f"_of_part({part})") == []


@pytest.mark.slow
@pytest.mark.parametrize("work", ["_of_looks()", "_of_pages()"])
def test_no_text_keeps_the_functions_that_examine_a_page_busy(work: str) -> None:
    assert _apart(work) == []


def test_every_regular_expression_of_the_monitor_is_tried() -> None:
    """Tests that `expressions` finds the expressions in modules, in tables and inside functions, and that `MADE_LATER` lists all
    functions that build a pattern."""
    found, made_later = expressions()
    assert set(made_later) <= MADE_LATER
    names = {one.where for one in found}
    assert {"cqc.read.attributes._CLASS_RATING", "cqc.read.special_measures.RULES", "cqc.read.report._MARKS",
            "cqc.read.identity._publication", "cqc.read.people._BEFORE", "logs._Redaction"} <= names  # fmt: skip
    assert all(any(name.startswith(start) for name in names) for start in (*BOUNDED, *APART))


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"\s+$", r"^\s*x", r"x[^.]*y", r"(?:\s*-\s*|\s+)+z", r"[a-z_-]*is[a-z]*-+good", r"<!--.*?-->", r"\d+x"],
)
def test_a_pattern_that_needs_quadratic_time_is_found(pattern: str) -> None:
    made = re.compile(pattern, re.MULTILINE | re.DOTALL)
    found = slow_on(Expression("made up", made, ("search",)))
    assert found is not None


def test_a_class_name_gives_a_rating_only_after_the_word_rating() -> None:
    tail = '<p>Safe <span class="rating--requires-improvement"></span></p>'
    assert any("requires improvement" in block.text for block in flow.from_html(_HEAD + tail).blocks)
    assert not any("improvement" in block.text for block in flow.from_html(tail.replace("rating--", "other--")).blocks)
