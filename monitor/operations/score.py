"""Scores the reader: compares its readings of files with the labels that a careful person gave them, and counts the verdicts by
kind."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from monitor.cqc.reader import Reader
from monitor.errors import Unreadable, UsageError
from monitor.model import MeasuresState, Reading
from monitor.operations.verdicts import FIELDS, Finding, Verdict, judged, mentioned
from monitor.views.reading import reading_json

LABELS: Final = "expected.jsonl"
"""The file of a folder that has the labels."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a careful person says about a file. `kind` groups the files in the table. `wish` is a pattern that a text of the
    reading should match, if possible; it is None if there is no wish. A wish that is not met does not change the verdict."""

    file: str
    kind: str
    expect: Mapping[str, Any]
    wish: str | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """The result for one file. `findings` are those that are not right. `unread` is how many lines of `unread` the reading has.
    `wished` says whether the wish is met, and is None if there is no wish."""

    label: Label
    verdict: Verdict
    findings: tuple[Finding, ...]
    unread: int
    unclear: bool
    wished: bool | None


def labels_of(folder: Path, labels: Path | None = None) -> list[Label]:
    """Returns the labels of a folder's files. `labels` is their file, found from the working directory or else from the folder;
    None means LABELS in the folder. Raises UsageError if the labels are unusable."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    file = folder / LABELS if labels is None else labels if labels.exists() else folder / labels
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not in UTF-8") from None
    found = [_label(f"{file}, line {number}", line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise UsageError(f"{file} has no labels")
    twice = [name for name, count in Counter(one.file for one in found).items() if count > 1]
    if twice:
        raise UsageError(f"{file}: {twice[0]} has two labels")
    missing = [one.file for one in found if not (folder / one.file).is_file()]
    if missing:
        more = f" (and {len(missing) - 1} others)" if len(missing) > 1 else ""
        raise UsageError(f"{file}: {folder / missing[0]}{more} does not exist")
    return found


def _label(where: str, line: str) -> Label:
    try:
        value = json.loads(line)
    except ValueError:
        raise UsageError(f"{where} is not JSON") from None
    if not isinstance(value, dict) or not isinstance(value.get("file"), str) or not value["file"]:
        raise UsageError(f"{where}: a label is an object with “file”, “kind” and “expect”")
    expect, wish, kind = value.get("expect"), value.get("wish"), value.get("kind", "no kind")
    if not isinstance(expect, dict) or not expect or not isinstance(kind, str):
        raise UsageError(f"{where}: “expect” must be an object with at least one field, and “kind” a text")
    for field, wanted in expect.items():
        if field not in FIELDS:
            raise UsageError(f"{where}: {field} is not a field; the fields are {', '.join(FIELDS)}")
        if not _USABLE[field](wanted):
            raise UsageError(f"{where}: the value of {field} is unusable")
    if wish is not None and not (isinstance(wish, dict) and set(wish) == {"mention"} and _is_pattern(wish["mention"])):
        raise UsageError(f"{where}: a wish has the form {{\"mention\": \"words\"}}")
    return Label(value["file"], kind, expect, wish["mention"] if wish else None)


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, list) and bool(value) and all(map(_is_one, value)))


def _is_one(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_number(value: Any) -> bool:
    each = value if isinstance(value, list) else [value]
    return bool(each) and all(one is None or (isinstance(one, int | float) and not isinstance(one, bool)) for one in each)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_pattern(value: Any) -> bool:
    if not isinstance(value, str) or not value:
        return False
    try:
        re.compile(value)
    except re.error:
        return False
    return True


def _is_table(values: Callable[[Any], bool], names: Callable[[Any], bool] = bool) -> Callable[[Any], bool]:
    """Returns a test of objects whose names and values pass these tests."""
    return lambda value: isinstance(value, dict) and all(names(name) and values(one) for name, one in value.items())


def _is_group(value: Any) -> bool:
    return (
        _is_table(lambda _: True, {"overall", "ratings"}.__contains__)(value)
        and _is_text(value.get("overall"))
        and _is_table(_is_text)(value.get("ratings", {}))
    )


_USABLE: Final[Mapping[str, Callable[[Any], bool]]] = {
    "special_measures": lambda value: _is_list(value) and bool(value) and set(value) <= set(MeasuresState),
    "enforcement": lambda value: isinstance(value, list) and all(one is not None and _is_text(one) for one in value),
    "enforcement_may": _is_list,
    "overall": _is_text,
    "overall_published": _is_text,
    "ratings": _is_table(_is_text),
    "scores": _is_table(_is_number),
    "registration": _is_text,
    "breaches": lambda value: isinstance(value, list) and all(one is not None and _is_text(one) for one in value),
    "changes": _is_table(_is_list),
    "groups": _is_number,
    "by_group": _is_table(_is_group, _is_pattern),
    "mention": _is_pattern,
    "unread_or_right": lambda value: isinstance(value, bool),
}
"""For each field of `expect`: whether a value can be compared."""


async def scored(cases: Iterable[tuple[Label, bytes]], reader: Reader, unusable: Callable[[str], None]) -> list[Scored]:
    """Reads the files, each given with its bytes, and compares the readings with the labels. A file that can't be read has an
    empty reading, and `unusable` gets a line about it."""
    found = []
    for label, body in cases:
        try:
            reading = await reader.read(body, pdf=True)
        except Unreadable as error:
            unusable(f"{label.file}: {error}")
            reading = Reading()
        answer = json.loads(json.dumps(reading_json(reading)))
        verdict, findings = judged(label.expect, answer)
        found.append(
            Scored(
                label=label,
                verdict=verdict,
                findings=tuple(findings),
                unread=len(answer["unread"]),
                unclear=answer["special_measures"]["state"] == "unclear",
                wished=mentioned(label.wish, answer) if label.wish else None,
            )
        )
    return found


def clean(results: Iterable[Scored]) -> bool:
    """Whether no fact was missed silently, and there is no false alarm."""
    return not any(one.verdict in (Verdict.SILENT, Verdict.FALSE_ALARM) for one in results)


def score_json(results: list[Scored]) -> dict[str, Any]:
    """Returns the results as `score --json` prints them. Source: docs/interface.md, Scores as JSON."""
    return {
        "files": [
            {
                "file": one.label.file,
                "kind": one.label.kind,
                "verdict": one.verdict,
                "findings": [{"field": each.field, "verdict": each.verdict, "note": each.note} for each in one.findings],
            }
            for one in results
        ],
        "kinds": {kind: {verdict: row[verdict] for verdict in Verdict} for kind, row in _rows(results).items()},
        "total": {verdict: sum(one.verdict is verdict for one in results) for verdict in Verdict},
        "unread": {"lines": sum(one.unread for one in results), "files": sum(one.unread > 0 for one in results)},
        "unclear": sum(one.unclear for one in results),
        "wishes": {"met": sum(bool(one.wished) for one in results), "of": sum(one.wished is not None for one in results)},
    }


def score_text(results: list[Scored]) -> str:
    """Returns the results for people: each file that was not read correctly, and a table of the verdicts by kind."""
    lines = [
        f"{one.verdict:11}  {one.label.file}: " + "; ".join(f"{each.field}: {each.note}" for each in one.findings)
        for one in results
        if one.verdict is not Verdict.RIGHT
    ]
    rows = [*_rows(results).items(), ("TOTAL", Counter(one.verdict for one in results))]
    width = max(len(kind) for kind, _ in rows)
    lines += [""] if lines else []
    lines.append(f"{'kind':{width}} " + " ".join(f"{one:>11}" for one in (*Verdict, "all")))
    lines += [f"{kind:{width}} " + " ".join(f"{row[one]:11}" for one in Verdict) + f" {row.total():11}" for kind, row in rows]
    value = score_json(results)
    lines.append(
        f"{value['unread']['lines']} lines of unread in {value['unread']['files']} of {len(results)} files; special measures are "
        f"unclear in {value['unclear']}"
    )
    if value["wishes"]["of"]:
        lines.append(f"Wishes met: {value['wishes']['met']} of {value['wishes']['of']}")
    return "\n".join(lines)


def _rows(results: Iterable[Scored]) -> dict[str, Counter[Verdict]]:
    """The counts of the verdicts, by kind, in the order of the labels."""
    rows: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for one in results:
        rows[one.label.kind][one.verdict] += 1
    return dict(rows)
