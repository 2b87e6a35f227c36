"""The command that lists services where placements are suspended or might have to be suspended."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from monitor.commands import OK, load_settings, print_json, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App


def suspensions(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.reports.cells import csv_file
    from monitor.suspensions import in_order, nothing_listed
    from monitor.text import day_in_london, plain
    from monitor.views.suspensions import COLUMNS, as_json, rows

    def work(app: App) -> int:
        if options.watchlist is not None and app.store.watchlists.find(options.watchlist) is None:
            raise UsageError(f"there is no watchlist {options.watchlist!r}: see cqc-monitor watch list")
        today = day_in_london(now())
        lists = [options.watchlist] if options.watchlist is not None else None
        found = in_order(app.store.suspensions.listed(lists, reader=None), today)
        if options.json:
            print_json([as_json(one, today) for one in found])
        elif options.csv:
            sys.stdout.write(csv_file([one.title for one in COLUMNS], rows(found, today)).decode("utf-8-sig"))
        else:
            for one in found:
                named = f"{plain(one.name)} ({one.facts.location_id})" if one.name else one.facts.location_id
                print(f"{named}, {one.watchlist}: {plain(one.words(today))}")
            if not found:
                print(nothing_listed(app.store.suspensions.knows(lists, reader=None)))
        return OK

    return with_store(work, load_settings())
