"""Tests that the patch for a channel in docs/extending.md adds a channel, and that it changes only the files in the steps above
the patch. test_extending.py checks the types.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECIPE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8").partition("## A channel\n")[2].partition("\n## ")[0]
PATCH = RECIPE.partition("```diff\n")[2].partition("```")[0]

# Tests that the new channel hides its address in the log, and refuses a host that nobody allowed.
LOGGED = """
from pathlib import Path
import monitor
assert Path(monitor.__file__).is_relative_to(Path.cwd()), monitor.__file__
from monitor import channels, logs
from monitor.errors import UsageError
logs.set_up("text", secret_hosts=channels.SECRET_HOSTS)
for address in ("ntfy:https://ntfy.sh/our-own-topic", "https://ntfy.sh/our-own-topic", "ntfy:https://ntfy.example/our-own-topic"):
    logs.logger("monitor.tests").warning(f"not sent to {address}", address=address)
try:
    channels.parse_address("ntfy:https://10.0.0.1/our-own-topic", extra_hosts=frozenset())
except UsageError as error:
    print(error)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program, its templates, tests and documents."""
    for folder in ("monitor", "templates", "tests", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run_in(folder: Path, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command with the program in the copy."""
    env = os.environ | {"PYTHONPATH": str(folder), "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    return subprocess.run(command, cwd=folder, env=env, input=stdin, capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_the_patch_adds_a_channel_and_changes_only_the_files_in_the_steps(copy: Path) -> None:
    before = contents(copy)
    applied = run_in(copy, "git", "apply", "-p0", "-", stdin=PATCH)
    assert applied.returncode == 0, applied.stderr
    after = contents(copy)
    named = {step.replace("NAME", "ntfy") for step in re.findall(r"^\d+\. `([^`]+)`", RECIPE, re.MULTILINE)}
    assert {name for name in after if after[name] != before.get(name)} == named and before.keys() <= after.keys()

    logged = run_in(copy, sys.executable, "-c", LOGGED)
    assert logged.returncode == 0 and logged.stderr.count("not sent") == 3 and "our-own-topic" not in logged.stderr, logged.stderr
    assert "needs a host name, not an IP address" in logged.stdout

    contract = ("tests/channels/test_contract.py", "-k", "ntfy", "-p", "no:cacheprovider")
    tried = run_in(copy, sys.executable, "-m", "pytest", *contract)
    assert tried.returncode == 0 and re.search(r"\d{2} passed", tried.stdout), tried.stdout
