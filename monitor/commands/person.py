"""Commands that show or erase what is stored about one person."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from monitor.commands import OK, load_settings, print_json, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.store.personal_data import Erased


def export(options: argparse.Namespace) -> int:
    from monitor.store.people import email_of

    email = email_of(options.address)

    def work(app: App) -> int:
        found = app.store.personal_data.export(email)
        if not found:
            print(f"Nothing is stored about {email}.", file=sys.stderr)
        if options.to is None:
            print_json(found)
            return OK
        # with mode 0o600, other users of this machine can't read the file
        file = os.open(options.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as out:
            json.dump(found, out, ensure_ascii=False, indent=2)
        print(f"Written: {options.to}.")
        return OK

    return with_store(work, load_settings())


def erase(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.store.people import email_of

    email, settings = email_of(options.address), load_settings()

    def work(app: App) -> int:
        data = app.store.personal_data
        if (app.settings.operator or "").lower() == f"mailto:{email}":
            raise UsageError(f"OPERATOR is {email}: set OPERATOR to another address first")
        if not options.yes:
            planned = data.preview(email)
            if planned.name:
                print("With --yes, this command would do the following:")
            print("\n".join(_lines(email, planned, shown_as="a name without meaning")))
            if planned.name:
                print("Nothing was changed. To erase the data, add --yes. Only a backup can bring the data back.")
            return OK
        although = options.even_the_last
        done = data.erase(email, None, now(), operator=app.operator, even_the_last=although)
        print("\n".join(_lines(email, done, shown_as=done.name)))
        if done.name:
            print("Backups still contain the data: keep them no longer than you must (BACKUP_KEEP).")
        return OK

    return with_store(work, settings)


def _lines(email: str, planned: Erased, *, shown_as: str) -> list[str]:
    """Returns what is erased. `shown_as` says what replaces the address in records. Before an erasure, the name is not known,
    because somebody who never had access gets a random name."""
    if not planned.name:
        return [f"Nothing is stored about {email}."]
    said = f"All records show {shown_as} in place of this person's address."
    lines = [f"{email}: access ended, and personal data erased. {said}"]
    if planned.subscriptions:
        lines.append(f"Subscriptions ended: {', '.join(planned.subscriptions)}.")
    if planned.unalerted:
        lines.append(f"Nobody is alerted any more about: {', '.join(planned.unalerted)}.")
    if planned.dropped:
        lines.append(f"Messages to this person that will not be sent: {planned.dropped}.")
    return lines
