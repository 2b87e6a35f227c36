"""Commands about watchlists and subscriptions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monitor.commands import LOOK, OK, anything, listed, load_settings, location_ids, print_json, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.register.rules import Typed


def _watchlist(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > 100:
        raise UsageError(f"{text[:40]!r} can't be the name of a watchlist: use up to 100 printable characters")
    return name


def watch_add(options: argparse.Namespace) -> int:
    watchlist, settings = _watchlist(options.watchlist), load_settings()
    ids = location_ids(options.locations, settings, listed(settings))

    def work(app: App) -> int:
        _put_on(app, watchlist, ids)
        return OK

    return with_store(work, settings)


def _put_on(app: App, watchlist: str, ids: Sequence[str]) -> None:
    from monitor.app import now

    added = app.store.services.watch(watchlist, ids, now())
    already = len(set(ids)) - len(added)
    print(f"{watchlist}: {len(added)} added" + (f", {already} already on it" if already else "") + ".")


def watch_import(options: argparse.Namespace) -> int:
    from monitor.cqc.location_list import read_sheet

    watchlist, settings = _watchlist(options.watchlist), load_settings()
    sheet = read_sheet(options.file, base_url=settings.cqc_base_url, listed=listed(settings))
    ids, problems = sheet.ids, sheet.problems
    taken = " or else ".join(f"“{column}”" for column in sheet.columns)
    if problems and not options.skip_bad:
        why = f"unusable rows (--skip-bad leaves them out): {'; '.join(problems)}"
        raise UsageError(f"{options.file}: nothing was imported from the column {taken}, because of {why}")
    if not ids:
        raise UsageError(f"{options.file}: no usable row in the column {taken}")

    def work(app: App) -> int:
        print(f"The services come from the column {taken}.")
        _put_on(app, watchlist, ids)
        for problem in problems:
            print(f"left out: {problem}", file=sys.stderr)
        return LOOK if problems else OK

    return with_store(work, settings)


def watch_remove(options: argparse.Namespace) -> int:
    watchlist, settings = _watchlist(options.watchlist), load_settings()
    ids = location_ids(options.locations, settings, anything)

    def work(app: App) -> int:
        there = app.store.services.watchlists().get(watchlist, [])
        strangers = [one for one in ids if one not in there]
        if strangers:
            raise UsageError(f"not on the watchlist {watchlist!r}, nothing removed: {', '.join(strangers)}")
        print(f"{watchlist}: {len(app.store.services.unwatch(watchlist, ids))} removed.")
        return OK

    return with_store(work, settings)


def watch_list(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.store.subscribed import listed
    from monitor.views import show

    def work(app: App) -> int:
        lists = app.store.services.watchlists()
        services = {one.location_id: one for one in app.store.services.watched()}
        told: dict[str, list[dict[str, Any]]] = {}
        for one in listed(app.store.engine, app.store.vault):
            row: dict[str, Any] = {"address": channels.shown(one.address), "when": one.when}
            row |= {"at": f"{one.at:%H:%M}", "day": one.day, "still_watching": one.still_watching}
            row |= {"from": one.at_once, "all_news": one.all_news, "only_placed": one.only_placed}
            told.setdefault(one.watchlist, []).append(row)
        rules = {name: kept.rule for name, kept in app.store.rules.all().items()}
        lists |= {name: [] for name in rules if name not in lists}
        if options.json:
            print_json(show.watchlists_json(lists, services, told, rules))
        else:
            nothing = "Nothing is watched yet. Add a service: cqc-monitor watch add NAME LOCATION"
            print(show.watchlists_text(lists, services, told, rules) or nothing)
        return OK

    return with_store(work)


def watch_rule(options: argparse.Namespace) -> int:
    from monitor.register.rules import LINES, Typed

    watchlist, settings = _watchlist(options.watchlist), load_settings()
    lines = {name: tuple(getattr(options, name)) for name in LINES}
    typed = Typed(**lines, near=options.near or "", miles=options.miles or "")

    def work(app: App) -> int:
        if options.remove:
            _end_rule(app, watchlist, options.keep_services)
        elif typed == Typed() and not options.all_of_england:
            _show_rule(app, watchlist)
        else:
            _set_rule(app, watchlist, typed, options.dry_run)
        return OK

    return with_store(work, settings)


def _set_rule(app: App, watchlist: str, typed: Typed, dry_run: bool) -> None:
    from monitor.app import now
    from monitor.register import rules

    if not app.store.register.count():
        raise UsageError("the register is empty: fetch it first with cqc-monitor register refresh")
    rule, wrong = rules.rule_of(typed, app.store.register.vocabulary())
    if wrong:
        raise UsageError("; ".join(wrong.values()))
    preview = app.store.rules.preview(watchlist, rule)
    if not preview.fitting:
        raise UsageError(f"nothing in the register matches: {rules.in_words(rule)}")
    print(f"{watchlist}: {rules.in_words(rule)}.")
    if rule.near and preview.centre and preview.centre.of != rule.near.postcode:
        middle = preview.centre.of
        print(f"The register does not know where {rule.near.postcode} is, so distances are measured from the middle of {middle}.")
    if rule.ratings:
        print(rules.RATINGS_WARNING, file=sys.stderr)
    if dry_run:
        effect = f"{preview.new} would join the watchlist, {preview.leaving} would leave"
        print(f"{preview.fitting} services match the rule now: {effect}.")
        return
    applied = app.store.rules.put(watchlist, rule, person=None, now=now(), make=True)
    if applied:
        print(f"{len(applied.joined)} joined, {len(applied.left)} left. From now on the watchlist follows the register.")


def _show_rule(app: App, watchlist: str) -> None:
    from monitor.register.rules import in_words

    kept = app.store.rules.of(watchlist)
    if kept is None and watchlist in app.store.rules.unreadable():
        raise UsageError(f"the rule of {watchlist!r} can't be read: set a new rule (see cqc-monitor watch rule --help)")
    if kept is None:
        raise UsageError(f"{watchlist!r} follows no rule: set a rule (see cqc-monitor watch rule --help)")
    print(f"{watchlist}: {in_words(kept.rule)}.")


def _end_rule(app: App, watchlist: str, keep_services: bool) -> None:
    from monitor.app import now

    ended = app.store.rules.remove(watchlist, keep_services=keep_services, person=None, now=now())
    if ended is None:
        raise UsageError(f"{watchlist!r} follows no rule")
    stay = f"{len(ended.left)} removed" if ended.left else "its services stay"
    print(f"{watchlist}: no longer follows the register; {stay}.")


def subscribe(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.app import now
    from monitor.model import AtOnce, When
    from monitor.store.subscriptions import Wishes

    watchlist, settings = _watchlist(options.watchlist), load_settings()
    address = channels.parse_address(options.address, extra_hosts=settings.extra_webhook_hosts)

    def work(app: App) -> int:
        if watchlist not in app.store.services.watchlists():
            raise UsageError(f"there is no watchlist {watchlist!r}: to make it, add a service (cqc-monitor watch add)")
        wishes = Wishes(
            when=When(options.when),
            at=options.at,
            day=options.day,
            at_once=AtOnce(options.at_once) if options.at_once else None,
            all_news=options.all_news,
            only_placed=options.only_placed,
            still_watching=options.still_watching,
        )
        new = app.store.subscriptions.subscribe(watchlist, address, wishes, quiet=options.quiet, now=now())
        done = "is now subscribed" if new else "is subscribed with changed settings"
        print(f"{watchlist}: {channels.shown(address)} {done} ({options.when}).")
        if address.startswith("mailto:") and not settings.can_mail:
            print("Email is not set up yet. Set up email: docs/mail.md.", file=sys.stderr)
        if address.startswith("sms:"):
            if not settings.notify_sms_template:
                print("No text message can be sent yet: set NOTIFY_SMS_TEMPLATE (docs/on-call.md).", file=sys.stderr)
            print("Telephones get only urgent alerts, so somebody should get all other messages by email.", file=sys.stderr)
        if address.startswith("webhook:") and new:
            print(f"Messages to this webhook are signed with the secret {app.store.webhook_secrets.show(address, now())}")
        return OK

    return with_store(work, settings)


def webhook_secret(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.app import now
    from monitor.store.webhook_secrets import OVERLAP
    from monitor.text import moment

    settings = load_settings()
    address = channels.parse_address(options.address, extra_hosts=settings.extra_webhook_hosts)
    if channels.scheme(address) != "webhook":
        raise UsageError(f"only webhooks have a signing secret, not {channels.shown(address)}: write webhook:https://…")

    def work(app: App) -> int:
        at = now()
        if options.renew:
            print(app.store.webhook_secrets.renew(address, None, at))
            both = f"Until {moment(at + OVERLAP)}, messages are signed with the earlier secret too"
            print(f"Give the receiver this secret. {both}.", file=sys.stderr)
        else:
            print(app.store.webhook_secrets.show(address, at))
        return OK

    return with_store(work, settings)


def unsubscribe(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.app import now

    watchlist, settings = _watchlist(options.watchlist), load_settings()
    address = channels.parse_address(options.address, extra_hosts=settings.extra_webhook_hosts)

    def work(app: App) -> int:
        if not app.store.subscriptions.unsubscribe(watchlist, address, now(), app.operator):
            raise UsageError(f"{channels.shown(address)} is not subscribed to {watchlist!r}")
        print(f"{watchlist}: {channels.shown(address)} is no longer alerted.")
        return OK

    return with_store(work, settings)
