"""Measures how well the reader reads labelled inputs, as `cqc-monitor score` does, for several folders at once and also for sets
of statements.

    python -m bench.score FOLDER... [--all]

FOLDER contains `expected.jsonl` (see `cqc-monitor score --help`), or sets of statements with their "text" (tests/statements).
FOLDER may also be one set. The exit status is 0 if no result is silent or a false alarm, 1 if any is, and 2 if there are no
cases. Each case whose result is not right is named, with or without `--all`.
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

from monitor.cqc.reader import Reader
from monitor.errors import UsageError
from monitor.operations.score import LABELS, Label, clean, labels_of, score_text, scored
from tests.statements import NAMES, cases, page


def inputs(folder: Path) -> Iterator[tuple[Label, bytes]]:
    """Yields the cases in a folder, or in one set of statements, each with its bytes."""
    if (folder / LABELS).exists():
        for label in labels_of(folder):
            yield label, (folder / label.file).read_bytes()
        return
    for file in sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder]:
        for case in cases(file):
            label = Label(case.get("file") or case["id"], case["kind"], case["expect"])
            if "file" in case:
                yield label, (file.parent / case["file"]).read_bytes()
            else:
                yield label, page(case, NAMES.get(file.stem, NAMES["own"]))


def main(arguments: list[str]) -> int:
    """Scores the cases and prints a table. Returns the exit status."""
    try:
        found = [case for folder in arguments if not folder.startswith("--") for case in inputs(Path(folder))]
    except (OSError, UsageError) as error:
        print(error, file=sys.stderr)
        return 2
    if not found:
        print("no cases found: give a folder with expected.jsonl", file=sys.stderr)
        return 2
    results = asyncio.run(scored(found, Reader(), lambda line: print(line, file=sys.stderr)))
    print(score_text(results))
    return 0 if clean(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
