"""Finds every regular expression in the monitor's code, and the methods that the code calls on each expression. An expression may
be a variable of a module, an element of a table, the pattern of a rule, or a literal inside a function.
"""

import ast
import dataclasses
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import monitor
from monitor import logs
from monitor.channels import refusals
from monitor.channels.registry import SECRET_HOSTS
from monitor.cqc.read import bearing, bearing_rules, special_measures_macros

METHODS = ("search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split")
_WORST = ("search", "fullmatch")
"""If the code does not show which methods it calls on a pattern (as for a pattern in a table), these methods are tried."""

_USES = re.compile(rf"\.\s*(?:{'|'.join(METHODS)}|compile)\b")
"""Matches every use of a regular expression. A module whose source does not match needs no further search."""
_FLAGS = {"compile": 1, "split": 3, "sub": 4, "subn": 4}
"""The index of the argument `flags` in functions of `re`, if the index is not 2."""


class Expression(NamedTuple):
    """A regular expression. `where` is the module and the name of the variable. For an expression inside a function, `where` is
    the module and the name of the function."""

    where: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]


def modules() -> list[ModuleType]:
    """All modules of the monitor."""
    names = [found.name for found in pkgutil.walk_packages(monitor.__path__, "monitor.")]
    return [import_module(name) for name in names if "migrations" not in name and not name.endswith("__main__")]


def _source(module: ModuleType) -> str:
    return Path(module.__file__ or "").read_text("utf-8")


def expressions() -> tuple[list[Expression], list[str]]:
    """Returns all regular expressions, and the functions that build an expression from values that are known only at run time."""
    found: dict[tuple[str, int], Expression] = {}
    made_later: list[str] = []
    nodes = {
        module.__name__: list(ast.walk(ast.parse(source))) for module in modules() if _USES.search(source := _source(module))
    }
    used = _used(nodes)
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _patterns(value, set()):
                key = (pattern.pattern if isinstance(pattern.pattern, str) else repr(pattern.pattern), pattern.flags)
                methods = used.get((module.__name__, name), _WORST) if isinstance(value, re.Pattern) else _WORST
                known = found.get(key)
                both = (*known.methods, *methods) if known else methods
                where = known.where if known else f"{module.__name__.removeprefix('monitor.')}.{name}"
                found[key] = Expression(where, pattern, tuple(dict.fromkeys(both)))
        if module.__name__ in nodes:
            inline, unknown = _inline(module, nodes[module.__name__])
            made_later += unknown
            for one in inline:
                found.setdefault((repr(one.pattern.pattern) + one.methods[0], one.pattern.flags), one)
    return list(found.values()), made_later


def _used(nodes_of: Mapping[str, Sequence[ast.AST]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Returns the methods that code calls on each name of a module. The calls may be in the same module, or in a module that
    imports the name."""
    used: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, every in nodes_of.items():
        nodes = [node for node in every if isinstance(node, ast.ImportFrom | ast.Attribute)]
        origin = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
        }  # fmt: skip
        for node in nodes:
            if not (isinstance(node, ast.Attribute) and node.attr in METHODS):
                continue
            held = node.value
            if isinstance(held, ast.Name):
                key = origin.get(held.id, (name, held.id))
            elif isinstance(held, ast.Attribute) and isinstance(held.value, ast.Name) and held.value.id in origin:
                key = (".".join(origin[held.value.id]), held.attr)
            else:
                continue
            used[key] = tuple(dict.fromkeys((*used.get(key, ()), node.attr)))
    return used


_COMPILED_LATER: tuple[tuple[type, Callable[[Any], re.Pattern[str]]], ...] = (
    (special_measures_macros.Rule, lambda rule: special_measures_macros.compiled(rule.pattern)),
    (bearing_rules.Rule, lambda rule: bearing._compiled(rule.pattern)),
    (refusals.Row, lambda row: re.compile(row.text, re.IGNORECASE)),
)
"""Kinds of rules whose patterns are compiled on first use, each with a function that compiles a rule's pattern."""


def _patterns(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Yields the patterns in a value, at any depth."""
    if isinstance(value, re.Pattern):
        yield value
        return
    for kind, compiled in _COMPILED_LATER:
        if isinstance(value, kind):
            yield compiled(value)
            return
    if value is logs._Redaction:
        yield logs._Redaction((), SECRET_HOSTS)._hooks
        return
    if id(value) in seen or isinstance(value, str | bytes | type | ModuleType):
        return
    seen.add(id(value))
    held: Iterator[object] = iter(())
    if isinstance(value, Mapping):
        held = iter([*value.keys(), *value.values()])
    elif isinstance(value, tuple | list | set | frozenset):
        held = iter(value)
    elif dataclasses.is_dataclass(value):
        held = (getattr(value, field.name, None) for field in dataclasses.fields(value))
    for one in held:
        yield from _patterns(one, seen)


def _inline(module: ModuleType, nodes: Sequence[ast.AST]) -> tuple[list[Expression], list[str]]:
    """Returns the expressions in calls of `re` inside functions, and the functions with a call whose pattern can't be computed
    (see `_value`)."""
    found: list[Expression] = []
    unknown: list[str] = []
    name = module.__name__.removeprefix("monitor.")
    if not any(map(_method, nodes)):
        return [], []
    for function in nodes:
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            method = _method(node)
            if method is None or not isinstance(node, ast.Call):
                continue
            flags = [each.value for each in node.keywords if each.arg == "flags"] + node.args[_FLAGS.get(method, 2) :]
            try:
                pattern = re.compile(_value(node.args[0], module), _value(flags[0], module) if flags else 0)
            except NameError:
                unknown.append(f"{name}.{function.name}")
                continue
            found.append(Expression(f"{name}.{function.name}", pattern, _WORST if method == "compile" else (method,)))
    return found, unknown


def _method(node: ast.AST) -> str | None:
    """Returns the name of the function of `re` that a node calls, if this function uses or compiles an expression. Returns None
    for every other node."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)):
        return None
    return node.func.attr if node.func.value.id == "re" and node.func.attr in (*METHODS, "compile") else None


def _value(node: ast.expr, module: ModuleType) -> Any:
    """Returns the value of an argument that is a literal, or that uses only names of the module. Raises NameError for any other
    argument."""
    return eval(compile(ast.Expression(node), "<inline>", "eval"), dict(vars(module)))  # safe: the source is ours
