"""The command `drill`, which sends practice alerts and shows their results."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from monitor.commands import OK, load_settings, print_json, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.store.drills import Drill, Reached


def drill(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.text import moment

    def work(app: App) -> int:
        if app.store.watchlists.find(options.watchlist) is None:
            raise UsageError(f"there is no watchlist {options.watchlist!r}: see cqc-monitor watch list")
        if options.results:
            found = app.store.drills.of(options.watchlist)
        else:
            started = app.store.drills.start(options.watchlist, None, now())
            found = [started] if started else []
        if options.json:
            print_json([_as_json(one) for one in found])
            return OK
        for one in found:
            if options.results:
                print(f"{moment(one.started_at)}: {one.words}.")
                for each in one.reached:
                    print(f"  {_line(one, each)}")
            else:
                print(f"A practice alert goes to {', '.join(each.address for each in one.reached)}.")
        if not found:
            print("There has been no drill yet.")
        return OK

    return with_store(work, load_settings())


def _line(drill: Drill, one: Reached) -> str:
    """Returns an address, whether its message was accepted, and when somebody answered."""
    from monitor.text import lasting

    answered = f"answered after {lasting(one.answered_at - drill.started_at)}" if one.answered_at else "not answered"
    return f"{one.address}: {one.words}, {answered}"


def _as_json(one: Drill) -> dict[str, object]:
    from monitor.text import stamp

    return {
        "practice": True,
        "watchlist": one.watchlist,
        "started_at": stamp(one.started_at),
        "started_by": one.started_by,
        "addresses": [
            {
                "address": each.address,
                "became": each.became,
                "answered_at": stamp(each.answered_at) if each.answered_at else None,
                "seconds": int((each.answered_at - one.started_at).total_seconds()) if each.answered_at else None,
            }
            for each in one.reached
        ],
    }
