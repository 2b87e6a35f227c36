"""The manual is tested: every command, option and setting is documented, and every link leads somewhere."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cli import _parser
from monitor.cqc.read.regulations import TAKEN
from monitor.cqc.read.special_measures import RULES
from monitor.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser."""
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not nested:
        yield " ".join(path), parser
    for action in nested:
        for name, one in action.choices.items():
            yield from commands(one, (*path, name))


COMMANDS = dict(commands(_parser()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_readme(command: str) -> None:
    row = next((line for line in README.splitlines() if re.match(rf"\| `{command}[ `]", line)), None)
    assert row, f"no row for {command}"
    for action in COMMANDS[command]._actions:
        for option in action.option_strings:
            assert option in {"-h", "--help"} or option in row, f"{command} {option}"


def test_no_command_is_in_the_readme_that_does_not_exist() -> None:
    section = README.partition("## Commands")[2].partition("## Settings")[0]
    for row in re.findall(r"^\| `([a-z-]+(?: [a-z]+)?)", section, re.MULTILINE):
        assert row in COMMANDS


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme_and_in_the_example(name: str) -> None:
    assert f"| `{name.upper()}` |" in README
    assert f"{name.upper()}=" in (ROOT / ".env.example").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|^    )make ([a-z-]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("module", sorted((ROOT / "monitor").glob("*.py")), ids=lambda path: path.stem)
def test_every_room_is_on_the_map(module: Path) -> None:
    if not module.stem.startswith("__"):
        assert re.search(rf"\b{module.stem}\b", (ROOT / "docs/architecture.md").read_text(encoding="utf-8")), module.stem


READING = (ROOT / "docs/reading.md").read_text(encoding="utf-8")


def test_every_rule_about_special_measures_is_in_the_manual_in_its_order() -> None:
    rows = "".join(f"| {rule.name} | {rule.says} | {rule.example} |\n" for rule in RULES)
    assert rows in READING, f"docs/reading.md should say:\n{rows}"


def test_every_kind_of_enforcement_is_in_the_manual() -> None:
    rows = "".join(f"| {taken.kind} | {taken.example} |\n" for taken in TAKEN)
    assert rows in READING, f"docs/reading.md should say:\n{rows}"
