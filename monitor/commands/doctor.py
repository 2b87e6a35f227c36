"""The command `doctor`, which examines the monitor."""

from __future__ import annotations

import argparse

from monitor.commands import LOOK, OK, load_settings, print_json
from monitor.errors import SettingsError


def doctor(options: argparse.Namespace) -> int:
    import asyncio

    from monitor.operations.doctor import State, examined
    from monitor.text import plain
    from monitor.views.show import judgement_json

    try:
        findings = asyncio.run(examined(load_settings()))
    except SettingsError as error:
        findings = asyncio.run(examined(error))
    if options.json:
        print_json(
            [
                {"check": one.of, "state": one.state, "says": plain(one.says)}
                | ({"judgement": judgement_json(one.judgement)} if one.judgement else {})
                for one in findings
            ]
        )
    else:
        for one in findings:
            print(f"{one.state:<6} {one.of}: {plain(one.says)}")
    return OK if all(one.state is State.OK for one in findings) else LOOK
