"""Commands that serve the web pages, and that decide who may sign in to them."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import TYPE_CHECKING

from monitor.commands import OK, load_settings, with_app, with_store
from monitor.errors import UsageError
from monitor.text import listed

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.store.leaving import Decision, Left


def web(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))  # the server itself handles the signal while it runs

    from monitor import channels, logs
    from monitor.app import now
    from monitor.commands.run import say_first_code
    from monitor.web.app import create_app
    from monitor.web.serving import listening, serve

    settings = load_settings()
    logs.set_up(settings.log_format, secrets=settings.secrets, secret_hosts=channels.SECRET_HOSTS)

    with listening(options.host, options.port) as bound:
        port = bound.getsockname()[1]
        settings = settings.served_at(options.host, port)

        async def work(app: App) -> int:
            print(f"The pages are at {settings.public_url} (listening on {options.host}, port {port}).", flush=True)
            say_first_code(app)
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
            print(f"{person.email} may sign in as {person.role}. A link is in the outbox; it works once, within {hours} hours.")
        else:
            print(f"{person.email} may sign in as {person.role} with this link. The link works once, within {hours} hours:")
            print(f"{settings.public_url}/sign-in/{token}")
            print("Email is not set up yet, so nobody can ask for a link. Set up email: docs/mail.md.", file=sys.stderr)
        return OK

    return with_store(work, settings)


def end_access(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.store.leaving import Choice
    from monitor.store.people import email_of

    email, settings = email_of(options.address), load_settings()
    taker = email_of(options.hand_over_to) if options.hand_over_to else None

    def work(app: App) -> int:
        known = {one.email: one for one in app.store.people.everyone() if one.ended_at is None}
        if email not in known:
            raise UsageError(f"{email} can't sign in, so there is no access to end")
        if taker is not None and (taker == email or taker not in known):
            raise UsageError(f"--hand-over-to: {taker} must be another person who may sign in (cqc-monitor invite)")
        left = app.store.leaving.subscriptions(known[email])
        decision: Decision = known[taker].id if taker else Choice.END if options.end_subscriptions else Choice.KEEP
        if left and not (taker or options.end_subscriptions or options.keep_subscriptions):
            what = "use --end-subscriptions, --keep-subscriptions or --hand-over-to ADDRESS"
            raise UsageError(f"nothing was ended. {email} has {_listed(left)}: {what}")
        last = [one for one in left if one.last]
        if decision is Choice.END and last and not options.even_the_last:
            what = f"without {_listed(last)}, nobody would be alerted"
            raise UsageError(f"nothing was ended: {what}. Use --even-the-last, --keep-subscriptions or --hand-over-to ADDRESS")
        app.store.leaving.end_access(known[email].id, {one.subscription.id: decision for one in left}, None, now(), app.operator)
        done = f"handed over to {taker}" if taker else "ended" if decision is Choice.END else "kept"
        print(f"{email} can no longer sign in." + (f" {_listed(left)}: {done}." if left else ""))
        rotas, second = app.store.leaving.called(known[email])
        if rotas:
            print(f"The rota of {listed(rotas)} no longer calls this person: put somebody else in their place.")
        if second:
            print(f"Their address is still the second address of {listed(second)}: enter another second address.")
        return OK

    return with_store(work, settings)


def _listed(left: list[Left]) -> str:
    return ("the subscription " if len(left) == 1 else "the subscriptions ") + ", ".join(one.name for one in left)
