"""Tests that files and functions are short, and that functions have few parameters and branches, so that each can be read at one
sitting. Also tests that no two modules import each other, directly or through other modules."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
from radon.complexity import cc_visit

ROOT = Path(__file__).parent.parent
LINES_OF_A_FILE, LINES_OF_A_FUNCTION, PARAMETERS, COMPLEXITY = 600, 60, 6, 15
MEASURED = ("monitor/detect", "monitor/jobs", "monitor/store")
"""Packages whose complexity is measured with radon. Ruff limits the complexity of all code, but measures it differently."""


ON_PURPOSE = ("monitor/cqc/read/flow.py: lines of run",)
"""Parts that are too large on purpose. `run` in flow.py is a loop over every node of every page. If `run` were split, each
node would need a function call, and the reader would be slow."""


def _files() -> Iterator[tuple[str, str]]:
    for folder in ("monitor", "tests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def _functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = function.args
    return sum(one.arg not in ("self", "cls") for one in (*given.posonlyargs, *given.args, *given.kwonlyargs))


def _too_large() -> Iterator[tuple[str, int]]:
    """Yields each part that breaks a rule, with the number that is too large."""
    for path, text in _files():
        measures = [("lines", text.count("\n"), LINES_OF_A_FILE)]
        if path.startswith("monitor/"):
            for one in _functions(text):
                lines = (one.end_lineno or one.lineno) - one.lineno + 1
                measures.append((f"lines of {one.name}", lines, LINES_OF_A_FUNCTION))
                measures.append((f"parameters of {one.name}", _parameters(one), PARAMETERS))
        if path.startswith(MEASURED):
            blocks = [method for block in cc_visit(text) for method in getattr(block, "methods", [block])]
            measures += [(f"branches of {one.name}", one.complexity, COMPLEXITY) for one in blocks]
        yield from ((f"{path}: {what}", number) for what, number, most in measures if number > most)


def test_files_functions_parameters_and_branches_stay_small() -> None:
    found = dict(_too_large())
    assert {what: number for what, number in found.items() if what not in ON_PURPOSE} == {}


def test_no_two_modules_import_each_other_even_within_a_function() -> None:
    graph = grimp.build_graph("monitor", exclude_type_checking_imports=True)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 300
    TopologicalSorter(imports).prepare()  # raises CycleError
