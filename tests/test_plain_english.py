"""Tests that the texts that people read contain none of the retired phrases of `tests.plain_english`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cli import _parser
from tests.plain_english import FIXED, RETIRED, ROOT, files, found_in, retired_in

TO_DO = (
    "monitor/cqc/read/bearing.py",
    "monitor/cqc/read/bearing_others.py",
    "monitor/cqc/read/bearing_rules.py",
    "monitor/cqc/read/enforcement.py",
    "monitor/cqc/read/enforcement_words.py",
    "monitor/cqc/read/said_words.py",
    "monitor/cqc/read/sayings.py",
)
"""Files that are left out, since their patterns for CQC's words contain a retired phrase."""

READ = [one for one in files() if not one.relative_to(ROOT).as_posix().startswith(TO_DO)]


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yields a parser and the parsers of all its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from parsers(one)


@pytest.mark.parametrize("file", READ, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_contains_a_retired_phrase(file: Path) -> None:
    assert [str(one) for one in found_in(file)] == []


@pytest.mark.parametrize("parser", list(parsers(_parser())), ids=lambda parser: parser.prog)
def test_the_help_of_no_command_has_a_retired_phrase(parser: argparse.ArgumentParser) -> None:
    assert [(phrase, instead) for _, phrase, instead in retired_in(parser.format_help())] == []


def test_there_are_at_least_sixty_retired_phrases_each_with_a_replacement() -> None:
    assert len({phrase for phrase, _ in RETIRED}) >= 60
    assert all(instead.strip() for _, instead in RETIRED)


@pytest.mark.parametrize(
    "text, phrase",
    [
        ("A change waits for its second look.", "second look"),
        ("The address is told of\n    the fall.", "told of"),
        ("It was Looked At again; it was looked at.", "was looked at"),
        ("An event of the worst kind.", "of the worst kind"),
        ("What can't be had stays.", "can't be had"),
        ("The names of which.", "of which"),
        ("A form that there is not.", "that there is not"),
        ("A line that is no setting.", "is no setting"),
        ("It is sent, also if it is late.", "also if"),
        ("All rows, but for the last.", "but for"),
        ("What CQC said of the home.", "said of the"),
        ("It was read as a\nwhole.", "read as a whole"),
    ],
)
def test_a_retired_phrase_is_found(text: str, phrase: str) -> None:
    found = [one for _, one, _ in retired_in(text)]
    assert any(phrase in one or one in phrase for one in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Please look at the page, and take a second, closer look at the report.",
        "The page says that there is a report.",
        "The rating stands again.",
        "There is no file, no event and no service.",
        "There is no setting, and no error.",
        "Not for us but for the council; and also for you.",
        "The first line stands alone. A copy of the list is read.",
        "watch rule --anew",
    ],
)
def test_ordinary_english_is_left_alone(text: str) -> None:
    assert list(retired_in(text)) == []


@pytest.mark.parametrize(
    "name, text, line",
    [
        ("one.md", "# Words\n\nFirst.\nIts second look.\n", 4),
        ("one.py", '"""Words.\n\nIts second look.\n"""\n', 3),
        ("one.py", "x = 1  # its\n# second look\n", 1),
        ("one.py", 'x = f"{1} takes its second look"\n', 1),
        ("one.html", "<p>Words</p>\n<p>Its <b>second</b> look</p>\n", 2),
        ("one.jinja", '{{ "its second look" if x else "" }}\n', 1),
    ],
)
def test_a_phrase_is_found_on_its_line_in_each_kind_of_file(name: str, text: str, line: int, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert [(one.line, one.phrase) for one in found_in(file, tmp_path)] == [(line, "second look")]


@pytest.mark.parametrize(
    "name, text",
    [
        ("one.md", "See `second look`.\n\n    second look\n\n```\nsecond look\n```\n"),
        ("one.py", 'log.info("taken at the second look", second_look=1)\nsecond_look = one.second_look\n'),
        ("one.py", "".join(f"x = {value!r}\n" for value in sorted(FIXED))),
        ("one.html", "<p>{{ one.second_look }}{% if second_look %}{% endif %}</p>\n"),
    ],
)
def test_code_log_events_and_fixed_values_are_left_alone(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert found_in(file, tmp_path) == []
