"""Tests the manual: every command, option and setting is documented, and every link leads to something that exists."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cli import _parser
from monitor.cqc.read import bearing
from monitor.cqc.read.powers import POWERS
from monitor.cqc.read.sayings import SAYINGS
from monitor.cqc.read.special_measures_rules import RULES
from monitor.detect.agreement import Outcome
from monitor.judgement import TABLE, Code
from monitor.settings import Settings

ROOT = Path(__file__).parents[1]
README, COMMAND_TABLE, SETTING_TABLE = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/commands.md", "docs/settings.md")
)


def commands(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yields each command with its parser."""
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not nested:
        yield " ".join(path), parser
    for action in nested:
        for name, one in action.choices.items():
            yield from commands(one, (*path, name))


COMMANDS = dict(commands(_parser()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    row = next((line for line in COMMAND_TABLE.splitlines() if re.match(rf"\| `{command}[ `]", line)), None)
    assert row, f"docs/commands.md has no row for {command}"
    for action in COMMANDS[command]._actions:
        for option in action.option_strings:
            assert option in {"-h", "--help"} or option in row, f"docs/commands.md does not give {option} in the row of {command}"


def test_every_documented_command_exists() -> None:
    for row in re.findall(r"^\| `([a-z-]+(?: [a-z]+)?)", COMMAND_TABLE, re.MULTILINE):
        assert row in COMMANDS


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_and_in_the_example_env_file(name: str) -> None:
    assert f"| `{name.upper()}` |" in SETTING_TABLE
    assert f"{name.upper()}=" in (ROOT / ".env.example").read_text(encoding="utf-8")


DOCUMENTS = sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_to_an_existing_file(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


CITED = re.compile(r"(?<!\]\()(?<![\w./-])((?:[\w.-]*/)*(?:(?:docs|facts)/[\w-]+|interface)\.md)(,?)")
"""Matches a citation: the path of a document under docs/, except in a link. If there is a comma after the path, a heading must
follow."""


def dangling(text: str, root: Path) -> list[str]:
    """Returns the citations in `text` that lead nowhere, each with the words after it. A citation leads nowhere if no document
    has this path from `root`. A citation with a comma also leads nowhere if no heading of the document follows the comma. If the
    heading continues on a second line, the second line may begin with “# ”."""
    return [text[one.start() : one.end() + 40] for one in CITED.finditer(text) if _dangles(text, one, root)]


def _dangles(text: str, cited: re.Match[str], root: Path) -> bool:
    path = root / cited[1]
    if not (cited[1].startswith("docs/") and path.is_file()):
        return True
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    between = r"\s+(?:# )?"
    named = "|".join(between.join(map(re.escape, heading.split())) for heading in headings)
    follows = re.compile(rf"{between}(?:{named})(?:[.,;:)\"]|[ \t]*$)", re.MULTILINE)
    return bool(cited[2]) and not follows.match(text, cited.end())


@pytest.mark.parametrize(
    "text, leads_nowhere",
    [
        ("", False),
        ("Source: docs/facts/rules.md.", False),
        ("Source: docs/facts/rules.md, Ids", False),
        ("# Source: docs/facts/rules.md, Ids\nLOCATION_ID = 1", False),
        ('"""Of a place. Source: docs/facts/rules.md, What stands in a place."""', False),
        ("# Source: docs/facts/rules.md, What\n# stands in a place.", False),
        ("(docs/facts/rules.md,\n    What stands\n    in a place)", False),
        ("Source: docs/facts/rules.md, Ids; docs/interface.md, Keys.", False),
        ("[rules](facts/rules.md), and more", False),  # a link, whose target another test checks
        ("Source: docs/facts/none.md.", True),
        ("Source: docs/facts/none.md, Ids.", True),
        ("Source: docs/facts/rules.md, Names.", True),
        ("Source: docs/facts/rules.md, Ids of services.", True),
        ("Source: docs/facts/rules.md, ids.", True),
        ("Source: docs/facts/rules.md, Within.", True),  # part of a line, not a heading
        ("Source: docs/facts/rules.md, Ids; docs/interface.md, Ids.", True),
        ("Source: docs/facts/rules.md,", True),
        ("Source: facts/rules.md, Ids.", True),
        ("Source: /elsewhere/docs/facts/rules.md, Ids.", True),
        ("The forms of interface.md.", True),
    ],
)
def test_a_citation_of_a_missing_document_or_section_is_found(tmp_path: Path, text: str, leads_nowhere: bool) -> None:
    (tmp_path / "docs/facts").mkdir(parents=True)
    (tmp_path / "docs/facts/rules.md").write_text("# Rules\n\n## Ids\nNot ## Within.\n\n### What stands in a place\n")
    (tmp_path / "docs/interface.md").write_text("## Keys\n")
    assert bool(dangling(text, tmp_path)) is leads_nowhere


@pytest.mark.parametrize("folder", ["monitor", "templates", "tests", "bench", "docs"])
def test_every_citation_leads_to_an_existing_section(folder: str) -> None:
    texts = [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".md", ".html", ".jinja", ".css"}]
    found = {
        str(path.relative_to(ROOT)): nowhere
        for path in texts
        if path != Path(__file__) and (nowhere := dangling(path.read_text(encoding="utf-8"), ROOT))
    }
    assert texts and not found


def test_the_readme_has_fewer_than_900_words() -> None:
    assert len(README.split()) < 900


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|^    )make ([a-z-]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("module", sorted((ROOT / "monitor").glob("*.py")), ids=lambda path: path.stem)
def test_every_top_level_module_is_named_in_the_architecture_document(module: Path) -> None:
    if not module.stem.startswith("__"):
        assert re.search(rf"\b{module.stem}\b", (ROOT / "docs/architecture.md").read_text(encoding="utf-8")), module.stem


READING = (ROOT / "docs/reading.md").read_text(encoding="utf-8")


def test_the_manual_lists_the_rules_about_special_measures_in_their_order() -> None:
    rows = "".join(f"| {rule.name} | {rule.says} | {rule.example} |\n" for rule in RULES)
    assert rows in READING, f"docs/reading.md should contain:\n{rows}"


def test_the_manual_lists_the_rules_in_bearing_py_in_their_order() -> None:
    rows = "".join(f"| {rule.name} | {rule.bearing} | {rule.example} |\n" for rule in bearing.RULES)
    assert rows in READING, f"docs/reading.md should contain:\n{rows}"


def test_the_manual_lists_every_kind_of_enforcement_and_of_other_statement() -> None:
    powers = [f"| {one.kind} | {one.example} |\n" for one in POWERS]
    sayings = [f"| {one.name} | {one.example} |\n" for one in SAYINGS]
    for held in map("".join, (powers, sayings)):
        assert held in READING, f"docs/reading.md should contain:\n{held}"


@pytest.mark.parametrize("outcome", Outcome)
def test_the_manual_lists_every_outcome_of_verify(outcome: Outcome) -> None:
    manual = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    section = manual.partition("## Is it read correctly?")[2].partition("\n## ")[0]
    named = [one.strip(" *") for row in re.findall(r"^\| (.+?) \|", section, re.MULTILINE) for one in row.split(";")]
    assert outcome.value in named


@pytest.mark.parametrize("code", Code)
def test_the_manual_lists_every_finding_with_its_level(code: Code) -> None:
    manual = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    section = manual.partition("## What to look at")[2].partition("\n### ")[0]
    rows = re.findall(r"^\| (`.+?`) \| ([a-z, ]+?) \|", section, re.MULTILINE)
    levels: dict[str, str] = {}
    for named, stated in rows:
        codes, given = re.findall("`(.+?)`", named), stated.split(", ")
        levels |= dict(zip(codes, given if len(given) == len(codes) else given * len(codes), strict=True))
    if code is not Code.REGISTER_OLD_UNUSED:  # the row of REGISTER_OLD explains this code too
        assert levels.get(code.value) == TABLE[code].level
    assert f"`{code.value}`" in section
