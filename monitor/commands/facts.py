"""The command that imports a council's own facts about the services of a watchlist."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from monitor.commands import LOOK, OK, listed, load_settings, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App


def import_(options: argparse.Namespace) -> int:
    from monitor import own_facts
    from monitor.app import now
    from monitor.cqc.location_list import content_of, read_columns
    from monitor.store.watchlists import name_of
    from monitor.text import day_in_london

    watchlist, settings, file = name_of(options.watchlist), load_settings(), str(options.file)
    table = read_columns(content_of(options.file), base_url=settings.cqc_base_url, listed=listed(settings), file=file)
    sheet = own_facts.read(table.header, table.rows, table.problems, today=day_in_london(now()), file=file)

    def work(app: App) -> int:
        if app.store.watchlists.find(watchlist) is None:
            raise UsageError(f"there is no watchlist {watchlist!r}: to make it, add a service (cqc-monitor watch add)")
        if options.preview:
            done = own_facts.changes(app.store.own_facts.of(watchlist).facts, sheet.facts)
            print(f"{watchlist}: {done.in_words} if you import this file. Nothing was changed.")
        else:
            saved = app.store.own_facts.replace(watchlist, sheet.facts, None, now())
            print(f"{watchlist}: {saved.in_words if saved else 'somebody deleted the watchlist in the meantime'}.")
        if sheet.left_out:
            print(f"columns left out: {', '.join(sheet.left_out)}", file=sys.stderr)
        return _say_unwatched(app, watchlist, [one.location_id for one in sheet.facts])

    return with_store(work, settings)


def _say_unwatched(app: App, watchlist: str, ids: list[str]) -> int:
    off = app.store.own_facts.unwatched(watchlist, ids)
    for some, where in ((off.nowhere, "no watchlist"), (off.elsewhere, "other watchlists only")):
        if some:
            how = f"cqc-monitor watch add '{watchlist}' {' '.join(some)}"
            print(f"{len(some)} of {len(ids)} contracted services are on {where}. Add them: {how}", file=sys.stderr)
    return LOOK if off.nowhere else OK
