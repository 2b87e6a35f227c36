"""Saves a misread page and its reading, without the names of people, so that a user can send both to the developers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor import ratings
from monitor.cqc.reader import Reader
from monitor.cqc.site import Page
from monitor.errors import UsageError
from monitor.model import MeasuresState
from monitor.ratings import SUBJECTS, KeyQuestion
from monitor.views.reading import reading_json


@dataclass(frozen=True, slots=True)
class Captured:
    """The files of a capture: the page, its reading as JSON, and the file with the folder's test cases (`cases`). `cases` is None
    if no expected result was given."""

    page: Path
    reading: Path
    cases: Path | None = None


async def capture(
    page: Page, location_id: str, folder: Path, reader: Reader, expect: Mapping[str, Any] | None = None
) -> Captured:
    """Saves a page and its reading in `folder`, under a name made from the service and the day. Replaces an earlier capture of
    the service from the same day. `expect` is the correct result. If it is given, also adds a test case. Raises UsageError if the
    folder cannot be written, and Unreadable if the page cannot be read."""
    text, reading = await reader.capture(page.body, url=page.url)
    value = {"url": page.url, "fetched_at": page.fetched_at.isoformat()} | reading_json(reading)
    stem = f"{location_id}-{page.fetched_at:%Y-%m-%d}"
    cases = folder / "expected.jsonl" if expect else None
    captured = Captured(folder / f"{stem}.html", folder / f"{stem}.json", cases)
    _write(captured.page, text)
    _write(captured.reading, json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    if cases is not None:
        _add_case(cases, {"file": captured.page.name, "kind": "captured", "expect": expect})
    return captured


_LISTED = {"special_measures": [state.value for state in MeasuresState], "enforcement": None, "breaches": None}


def expectation(said: Sequence[str]) -> dict[str, Any]:
    """Returns the correct result from texts like "FIELD=VALUE". The value "none" means that the page states nothing. The fields
    are overall, the key questions, special_measures, enforcement, breaches, registration and published. Several values for
    special_measures, enforcement or breaches are separated by commas. Raises UsageError for any other field, and for a value
    that is not allowed."""
    expect: dict[str, Any] = {}
    for one in said:
        field, equals, value = (part.strip().lower() for part in one.partition("="))
        if not equals or not value:
            raise UsageError(f"--expect {one}: write FIELD=VALUE, such as overall=inadequate")
        if field in set(KeyQuestion):
            expect.setdefault("ratings", {})[field] = _rating(one, value)
        elif field == "overall":
            expect["overall"] = _rating(one, value)
        elif field in _LISTED:
            known = _LISTED[field]
            listed = [] if value == "none" else [part.strip() for part in value.split(",")]
            if known and not set(listed) <= set(known):
                raise UsageError(f"--expect {one}: write one of {', '.join(known)}")
            expect[field] = listed
        elif field in ("registration", "published"):
            expect["overall_published" if field == "published" else field] = None if value == "none" else value
        else:
            fields = ", ".join([*SUBJECTS, *_LISTED, "registration", "published"])
            raise UsageError(f"--expect {one}: {field} is not a field; the fields are {fields}")
    return expect


def _rating(said: str, value: str) -> str | None:
    if value == "none":
        return None
    if (rating := ratings.parse(value)) is None:
        raise UsageError(f"--expect {said}: {value} is not a rating")
    return str(rating)


def _add_case(cases: Path, case: Mapping[str, Any]) -> None:
    """Adds a test case to the cases of a folder. Replaces an earlier case for the same page."""
    try:
        lines = cases.read_text(encoding="utf-8").splitlines() if cases.exists() else []
    except OSError as error:
        raise UsageError(f"{cases} can't be read: {error.strerror}") from None
    kept = [line for line in lines if line.strip() and f'"file": "{case["file"]}"' not in line]
    _write(cases, "\n".join([*kept, json.dumps(case, ensure_ascii=False)]) + "\n")


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file.parent} can't be written: {error.strerror}") from None
