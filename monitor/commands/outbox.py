"""Commands about messages: the waiting messages, the dead letters, and the delivery log."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from monitor.commands import LOOK, OK, instant_of, load_settings, print_json, since_of, with_app, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.store.dead_letters import DeadLetter


def list_(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.views import show

    def work(app: App) -> int:
        rows = [show.unsent_json(one, channels.shown(one.address)) for one in app.store.dead_letters.unsent()]
        if options.json:
            print_json(rows)
        else:
            print("\n".join([show.outbox_text(rows), *switched_off(app)]))
        return OK

    return with_store(work)


def switched_off(app: App) -> list[str]:
    """Returns a line about each suspended receiver."""
    from monitor.channels import shown
    from monitor.store.receivers import ALL_MAIL
    from monitor.views.show import instant

    return [
        f"Suspended since {instant(one.since)}: {'all email' if one.scope == ALL_MAIL else shown(one.address)}: {one.reason}"
        f" (next test at {instant(one.next_test_at)}; cqc-monitor test ADDRESS tests this receiver now)"
        for one in app.store.receivers.all()
    ]


def test(options: argparse.Namespace) -> int:
    from monitor import channels

    settings = load_settings()
    address = channels.parse_address(options.address, extra_hosts=settings.extra_webhook_hosts)

    async def work(app: App) -> int:
        before = {one.scope for one in app.store.receivers.all()}
        outcome = await app.deliverer.test(address)
        taken = outcome.status is channels.Status.ACCEPTED
        print(f"{channels.shown(address)} {'accepted' if taken else 'did not accept'} the test message: {outcome.reply}")
        if taken and before - {one.scope for one in app.store.receivers.all()}:
            print("The receiver is active again. The daemon, or the next cqc-monitor deliver, sends the waiting messages.")
        if taken and (after_test := channels.KINDS[channels.scheme(address)].after_test):
            print(after_test)
        return OK if taken else LOOK

    return with_app(work, settings)


def retry(options: argparse.Namespace) -> int:
    from monitor.app import now

    if bool(options.messages) == options.dead:
        raise UsageError("name the messages (cqc-monitor outbox list shows their ids), or use --dead for all dead letters")

    def work(app: App) -> int:
        left: list[DeadLetter] = []
        if options.dead:
            again, left = app.store.dead_letters.send_all_dead_again(now())
        else:
            again = app.store.dead_letters.send_again(options.messages, now())
        for one in again:
            print(f"{_named(one)} will be sent again, by the daemon at once or by the next cqc-monitor deliver.")
        for one in left:
            instead = "to drop it, use cqc-monitor outbox drop"
            print(f"{_named(one)} is not sent again, because its subscription has ended ({instead})", file=sys.stderr)
        if not again and not left:
            print("There are no dead letters.")
        return LOOK if left else OK

    return with_store(work)


def drop(options: argparse.Namespace) -> int:
    from monitor.app import now

    def work(app: App) -> int:
        for one in app.store.dead_letters.drop(options.messages, now()):
            print(f"{_named(one)} is dropped for good. The delivery log still lists this message (cqc-monitor told).")
        return OK

    return with_store(work)


def _named(one: DeadLetter) -> str:
    from monitor import channels

    return f"{one.id[:8]}, {one.kind} to {channels.shown(one.address)},"


def replay(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.app import now
    from monitor.periods import check_order
    from monitor.text import counted, moment

    settings = load_settings()
    address = channels.parse_address(options.address, extra_hosts=settings.extra_webhook_hosts)
    if channels.scheme(address) != "webhook":
        raise UsageError("only messages to a webhook can be replayed, because people would get everything twice")
    since, until = since_of(options.since), instant_of(options.until, "--until") if options.until else now()
    check_order(since, until)

    async def work(app: App) -> int:
        found = await app.deliverer.replay(address, since, until)
        done = f"{found.done} of {counted(found.of, 'message')} again"
        print(f"{channels.shown(address)} accepted {done}. Each message is marked as a replay.")
        if found.gone:
            print(f"Not sent again, because the subscriptions have ended: {counted(found.gone, 'other message')}.")
        if found.refused is not None and found.at is not None:
            print(
                f"It did not accept the message of {moment(found.at)}: {found.refused}. "
                "Once the webhook works, replay again. The webhook can recognise messages that it already has by their ids.",
                file=sys.stderr,
            )
        return OK if found.refused is None else LOOK

    return with_app(work, settings)


def told(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.views import show

    since = since_of(options.since) if options.since else None

    def work(app: App) -> int:
        entries = [(one, channels.shown(one.address)) for one in app.store.delivery_log.since(since)]
        if options.json:
            print_json([show.told_json(one, address) for one, address in entries])
        else:
            print("\n".join(show.told_text(one, address) for one, address in entries) or "No message has been sent yet.")
        return OK

    return with_store(work)


def correct(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.detect.correction import why_in_one_line
    from monitor.views import show

    why = None if options.stands else why_in_one_line(options.why)

    def work(app: App) -> int:
        event, _ = app.store.evidence.of(options.event)
        if why is None:
            stands = app.store.corrections.let_stand(event.id, None, now())
            none = "Nobody has proposed to retract this event: nothing to record."
            print("Recorded that the event was right." if stands else none)
            return OK
        taken = app.store.corrections.retract(event.id, why, None, now())
        print(show.retraction_text(taken))
        if taken.not_told:
            print(f"cqc-monitor: {show.not_told_text(taken.not_told)}", file=sys.stderr)
        return LOOK if taken.not_told else OK

    return with_store(work)
