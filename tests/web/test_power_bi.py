"""Tests the queries in docs/power-bi.md. The tests read the queries from the document, and send their requests to a running
monitor."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.test_api_register import program

__all__ = ["program"]

DOCUMENT = (Path(__file__).parents[2] / "docs/power-bi.md").read_text(encoding="utf-8")
FUNCTION, *QUERIES = re.findall(r"```powerquery\n(.+?)```", DOCUMENT, re.DOTALL)

_RECORD = re.compile(r'(\w+) = "([^"]*)"')


def fetched(program: httpx.Client, query: str, **instead: str) -> list[dict[str, Any]]:
    """Fetches all entries that a query in the document fetches, with the same steps as the document's function."""
    called = re.search(r'Everything\("([^"]+)", "(\w+)", \[(.*?)\]\)', query)
    assert called, query
    path, name, record = called.groups()
    asked = dict(_RECORD.findall(record)) | instead
    found: list[dict[str, Any]] = []
    batch = _batch(program, path, asked)
    while True:
        found += batch[name]
        if not batch["more"]:
            return found
        batch = _batch(program, path, asked | {"cursor": batch["cursor"]})


def _batch(program: httpx.Client, path: str, asked: dict[str, str]) -> Any:
    answer = program.get(f"/{path}", params=asked, headers={"Accept": "application/json"})
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.json()


def test_the_documented_function_has_the_same_steps_as_this_test() -> None:
    for step in (
        "RelativePath = path",
        "Query = if cursor = null then query else query & [cursor = cursor]",
        'Authorization = "Bearer " & Key, Accept = "application/json"',
        "each if [more] then Batch([cursor]) else null",
        "each Record.Field(_, list)",
    ):
        assert step in FUNCTION
    assert len(QUERIES) == 6


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: re.search(r'"(api/[^"]+)"', query)[1])  # type: ignore[index]
def test_each_documented_query_gets_the_same_data_in_one_batch_and_in_several(query: str, program: httpx.Client) -> None:
    entries = fetched(program, query)
    assert entries and fetched(program, query, limit=str(1 + len(entries) // 3)) == entries
    columns = set(entries[0])
    for name, inner in re.findall(r'ExpandRecordColumn\(\w+, "(\w+)", \{(.*?)\}\)', query):
        parts = re.findall(r'"([^"]+)"', inner)
        assert set(parts) == set(entries[0][name])
        columns = columns - {name} | set(parts)
    chosen = set(re.findall(r'"([^"]+)"', re.search(r"SelectColumns\(\w+, \{(.*?)\}[,)]", query)[1]))  # type: ignore[index]
    typed = set(re.findall(r'\{"([^"]+)", ', re.search(r"TransformColumnTypes\(\w+, \{(.*?)\}\)\n", query)[1]))  # type: ignore[index]
    assert typed <= chosen <= columns
