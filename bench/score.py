"""Measures how well the reader reads labelled inputs. Counts, for each kind, the results that are right, silent (missed), a false
alarm, or wrong in another way, and the lines of `unread`.

    python -m bench.score FOLDER... [--all]

FOLDER contains `expected.jsonl`, with a line for each case. Each line has "file" (in the same folder), "kind" and "expect", as
`cqc-monitor capture --expect` writes them. Or FOLDER contains sets of statements with their "text" (tests/statements). `--all`
names each case whose result is not right. The exit status is 0 if no result is silent or a false alarm, 1 if any is, and 2 if
there are no cases.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor.cqc.read import read
from monitor.errors import Unreadable
from monitor.model import Reading
from monitor.views.reading import reading_json
from tests.statements import NAMES, cases, page
from tests.statements.judge import Verdict, judged


def inputs(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yields the cases in a folder, or in one file, each with its bytes."""
    for file in sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder]:
        for case in cases(file):
            if "file" in case:
                yield case, (file.parent / case["file"]).read_bytes()
            else:
                case["file"] = case["id"]
                yield case, page(case, NAMES.get(file.stem, NAMES["own"]))


def answer(body: bytes) -> dict[str, Any]:
    """Returns the reader's result, in the form of `read --json`."""
    try:
        reading = read(body, pdf=True)
    except Unreadable as error:
        reading = Reading(unread=(str(error),))
    return json.loads(json.dumps(reading_json(reading)))  # type: ignore[no-any-return]


def main(arguments: list[str]) -> int:
    """Scores the cases and prints a table. Returns the exit status."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    unread = files = 0
    for folder in (Path(one) for one in arguments if not one.startswith("--")):
        for case, body in inputs(folder):
            said = answer(body)
            verdict, findings = judged(case["expect"], said)
            table[case["kind"]][verdict] += 1
            unread += len(said["unread"])
            files += bool(said["unread"])
            if "--all" in arguments and verdict is not Verdict.RIGHT:
                print(f"{verdict:12} {case['file']}: " + "; ".join(f"{one.field}: {one.note}" for one in findings))
    if not table:
        print("no cases found: give a folder with expected.jsonl", file=sys.stderr)
        return 2
    width = max(map(len, table))
    print(f"{'kind':{width}} " + " ".join(f"{one:>11}" for one in (*Verdict, "all")))
    total: Counter[str] = sum(table.values(), Counter())
    for kind, row in [*sorted(table.items()), ("TOTAL", total)]:
        print(f"{kind:{width}} " + " ".join(f"{row[one]:11}" for one in Verdict) + f" {row.total():11}")
    print(f"{unread} lines of unread in {files} of {total.total()} inputs")
    return 1 if total[Verdict.SILENT] or total[Verdict.FALSE_ALARM] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
