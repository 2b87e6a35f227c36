"""The web pages, and who may sign in to them."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import TYPE_CHECKING

from monitor.commands import OK, load_settings, with_app, with_store

if TYPE_CHECKING:
    from monitor.app import App


def web(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))  # until the server handles the signal itself, and afterwards

    from monitor import channels, logs
    from monitor.app import now
    from monitor.web.app import create_app
    from monitor.web.serving import listening, serve

    settings = load_settings()
    logs.set_up(settings.log_format, secrets=settings.secrets, secret_hosts=channels.SECRET_HOSTS)

    with listening(options.host, options.port) as bound:

        async def work(app: App) -> int:
            print(
                f"The pages are at {settings.public_url} (listening on {options.host}, port {bound.getsockname()[1]}).",
                flush=True,
            )
            await serve(create_app(app, now), bound)
            return OK

        return with_app(work, settings)


def invite(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.store.people import INVITATION, Role, email_of

    email, role, settings = email_of(options.address), Role(options.role), load_settings()
    hours = int(INVITATION.total_seconds() // 3600)

    def work(app: App) -> int:
        at = now()
        person = app.store.people.invite(email, role, None, at)
        token = app.store.people.new_link(person.email, now=at)
        if settings.can_mail:
            app.store.outbox.sign_in(person.email, token, until=at + INVITATION, invitation=True, now=at)
            print(f"{person.email} may sign in as {person.role}: a link is in the outbox. It works once, within {hours} hours.")
        else:
            print(f"{person.email} may sign in as {person.role} with this link. It works once, within {hours} hours:")
            print(f"{settings.public_url}/sign-in/{token}")
            print("No email can be sent yet, so nobody can ask for a link: set SMTP_URL and MAIL_FROM.", file=sys.stderr)
        return OK

    return with_store(work, settings)
