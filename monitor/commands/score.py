"""The command that scores the reader with labelled files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from monitor.commands import LOOK, OK, print_json
from monitor.commands.read import body_of


def score(options: argparse.Namespace) -> int:
    import asyncio

    from monitor.cqc.reader import Reader
    from monitor.operations.score import clean, labels_of, score_json, score_text, scored

    folder: Path = options.folder
    labels = labels_of(folder, options.labels)
    unusable: list[str] = []
    cases = ((one, body_of(str(folder / one.file))) for one in labels)
    results = asyncio.run(scored(cases, Reader(), unusable.append))
    for line in unusable:
        print(f"cqc-monitor: {line}", file=sys.stderr)
    if options.json:
        print_json(score_json(results))
    else:
        print(score_text(results))
    return OK if clean(results) else LOOK
