"""Shows values on the command line: JSON for programs (see docs/interface.md), and plain text for people. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.errors import Unreadable
from monitor.events import Event
from monitor.items import NOT_OF_A_REPORT
from monitor.locations import is_report
from monitor.model import (
    IN_MEASURES,
    Aspect,
    MeasuresState,
    Snapshot,
)
from monitor.ratings import OVERALL, SUBJECTS
from monitor.store.tables import MessageState
from monitor.text import counted, day, moment, plain, sentence, stamp
from monitor.views.alert_times import time_to_alert_json, time_to_alert_text
from monitor.views.reading import WORDS, Json, iso, quoted
from monitor.views.sources import source_json, source_text

if TYPE_CHECKING:
    from monitor.cqc.reader import Reader
    from monitor.detect.checks import Correction, Watched
    from monitor.jobs.rounds import Round
    from monitor.judgement import Judgement
    from monitor.register.entries import Rule
    from monitor.store.api import Disagreement
    from monitor.store.corrections import Retraction
    from monitor.store.dead_letters import Listed
    from monitor.store.delivery_log import LogEntry
    from monitor.store.evidence import Kept
    from monitor.store.figures import Figures

Lists = Mapping[str, Sequence[str]]


def instant(value: datetime | None) -> str | None:
    """Returns an instant as JSON shows it, such as 2026-11-21T09:00:00Z."""
    return stamp(value) if value else None


# ── events, history ──────────────────────────────────────────────────────────────────────────────────────────────────────


def event_text(event: Event) -> str:
    """Returns an event on one or two lines, for people, with the beginning of its id in brackets."""
    from monitor.notify.blocks import rests_on

    lines = [f"{moment(event.observed_at)}  {_happened(event)}  [{event.id[:8]}]", *quoted(event.quote)]
    corrected = f"retracted {moment(event.corrected_at)}: {event.corrected_why}" if event.corrected_at else None
    takes_back = f"retracts [{event.corrects[:8]}]: {event.why}" if event.corrects else None
    more = (rests_on(event), corrected, takes_back)
    return "\n".join([*lines, *(f"    {plain(line)}" for line in more if line)])


def retraction_text(taken: Retraction) -> str:
    """Returns the result of retracting an event, for people, in one line."""
    event = taken.event
    if taken.again:
        at = moment(event.corrected_at) if event.corrected_at else "before"
        return f"This event was already retracted, {at}: {event.corrected_why}. Nothing was sent again."
    told = f"A correction goes to the {counted(len(taken.told), 'address', 'addresses')} that the event was sent to"
    told = told if taken.told else "The event was sent to nobody, so there is no correction to send"
    kept = f"; the event was removed from {counted(taken.kept_back, 'waiting message')}" if taken.kept_back else ""
    return f"Retracted: {_happened(event)}. {told}{kept}."


def not_told_text(count: int) -> str:
    """Returns a line that says how many addresses can't get the correction."""
    what = counted(count, "address that got the event can't", "addresses that got the event can't")
    return f"{what} be decrypted (encrypted with another SECRET_KEY): tell these people in another way"


def _happened(event: Event) -> str:
    when = f", published {day(event.published)}" if event.published and event.kind not in NOT_OF_A_REPORT else ""
    return f"{event.location_id}  {plain(event.name)}: {plain(replace(event, corrected_at=None).words)}{when}"


def events_json(events: Iterable[Event]) -> list[Json]:
    """Returns events as `events --json` prints them."""
    from monitor.notify.data import event_data

    return [event_data(event) for event in events]


def history_json(location_id: str, snapshots: Sequence[Snapshot], events: Iterable[Event]) -> Json:
    """Returns a service's history for programs: its state at each change, and its events."""
    return {
        "location_id": location_id,
        "name": snapshots[-1].card.name if snapshots else None,
        "snapshots": [
            {
                "seq": snapshot.seq,
                "seen_at": instant(snapshot.seen_at),
                "ratings": _holdings_json(snapshot, Aspect.RATING),
                "scores": _holdings_json(snapshot, Aspect.SCORE),
                "special_measures": _measures_json(snapshot),
            }
            for snapshot in snapshots
        ],
        "events": events_json(events),
    }


def _holdings_json(snapshot: Snapshot, aspect: Aspect) -> list[Json]:
    return [
        {"group": subject.group or None, "of": subject.of, "value": held.value, "published": iso(held.published)}
        | ({"instead": held.instead} if held.instead else {})
        for subject, held in snapshot.holdings
        if subject.aspect is aspect
    ]


def _measures_json(snapshot: Snapshot) -> Json:
    held = next((held for subject, held in snapshot.holdings if subject.aspect is Aspect.MEASURES), None)
    return {"state": held.value if held else MeasuresState.NOT_STATED, "quote": held.quote if held else None}


def history_text(snapshots: Sequence[Snapshot], events: Iterable[Event]) -> str:
    """Returns a service's history for people: its first state, then what changed."""
    first, last = snapshots[0], snapshots[-1]
    lines = [f"{plain(last.card.name)} ({last.location_id})", f"First read {moment(first.seen_at)}: {standing(first)}"]
    lines += [event_text(event) for event in events]
    lines.append(f"Now: {standing(last)}")
    return "\n".join(lines)


def standing(snapshot: Snapshot) -> str:
    """Returns the current state of a service, in a few words."""
    stated = [(subject, held) for subject, held in snapshot.holdings if subject.aspect is Aspect.RATING]
    stated.sort(key=lambda pair: (pair[0].group, SUBJECTS.index(pair[0].of)))
    rated = [
        f"{subject.of if subject.of == OVERALL else sentence(subject.of)}"
        f"{f' of {subject.group}' if subject.group else ''} {held.instead or held.value}"
        for subject, held in stated
    ]
    measures = _measures_json(snapshot)["state"]
    if measures in IN_MEASURES:
        rated.append("in special measures")
    return "; ".join(rated) or "no rating stated"


def overall(snapshot: Snapshot | None) -> str | None:
    """Returns the current overall rating (several ratings if CQC rates several service groups), or None if no rating is
    known."""
    found = [
        str(held.instead or held.value)
        for subject, held in (snapshot.holdings if snapshot else ())
        if subject.aspect is Aspect.RATING and subject.of == OVERALL
    ]
    return ", ".join(dict.fromkeys(found)) or None


# ── watch list, check, status ────────────────────────────────────────────────────────────────────────────────────────────


def watchlists_json(
    lists: Lists, services: Mapping[str, Watched], told: Mapping[str, Sequence[Json]], rules: Mapping[str, Rule]
) -> list[Json]:
    """Returns the watchlists with their services and subscriptions, and with their rules if they follow a rule."""
    return [
        {
            "watchlist": name,
            "services": [_watched_json(services[one]) for one in ids if one in services],
            "subscriptions": list(told.get(name, ())),
            "rule": _rule_json(rules[name]) if name in rules else None,
        }
        for name, ids in lists.items()
    ]


def _rule_json(rule: Rule) -> Json:
    from monitor.register.rules import as_data, in_words

    return {"in_words": in_words(rule), **as_data(rule)}


def _watched_json(one: Watched) -> Json:
    return {
        "location_id": one.location_id,
        "name": one.snapshot.card.name if one.snapshot else None,
        "overall": overall(one.snapshot),
        "special_measures": _measures_json(one.snapshot)["state"] if one.snapshot else None,
        "read_at": instant(one.read_at),
    }


def watchlists_text(
    lists: Lists, services: Mapping[str, Watched], told: Mapping[str, Sequence[Json]], rules: Mapping[str, Rule]
) -> str:
    """Returns the watchlists for people."""
    lines = []
    for name, ids in lists.items():
        lines.append(f"{plain(name)} ({counted(len(ids), 'service')})")
        if name in rules:
            lines.append(f"  by rule: {plain(_rule_json(rules[name])['in_words'])}")
        for one in ids:
            service = services.get(one)
            name_of = plain(service.snapshot.card.name) if service and service.snapshot else "not read yet"
            lines.append(f"  {one:<14}{name_of}{_rated_as(service)}")
        for subscription in told.get(name, ()):
            at = f" at {subscription['at']}" if subscription["when"] != "immediate" else ""
            on = f" on {subscription['day']}" if subscription["when"] == "weekly" else ""
            on += f", with a heartbeat message each {subscription['day']}" if subscription["still_watching"] else ""
            if subscription["when"] == "immediate":
                on += f", from {subscription['from']}" if subscription["from"] != "any" else ""
                on += ", all news" if subscription["all_news"] else ""
            on += ", only where people are placed" if subscription["only_placed"] else ""
            lines.append(f"  alerts {subscription['address']}, {subscription['when']}{on}{at}")
    return "\n".join(lines)


def _rated_as(service: Watched | None) -> str:
    rating = overall(service.snapshot) if service else None
    return f" ({rating})" if rating else ""


def round_json(result: Round) -> Json:
    """Returns the result of `check`, for programs."""
    return {
        "looked_at": result.looked_at,
        "unchanged": result.unchanged,
        "waiting_for_second_look": result.waiting,
        "broken_off": result.broken_off,
        "not_read_well": [{"location_id": one.location_id, "detail": one.detail} for one in result.troubles],
        "events": events_json(result.events),
    }


def round_text(result: Round, confirm_after: timedelta) -> str:
    """Returns the result of `check`, for people."""
    lines = [event_text(event) for event in result.events]
    lines.append(
        f"Checked {counted(result.looked_at, 'service')}: {result.unchanged} unchanged, {counted(len(result.events), 'event')}."
    )
    if result.waiting:
        lines.append(
            f"{counted(result.waiting, 'candidate change')} not sent yet: a later check must confirm the change, at least "
            f"{int(confirm_after.total_seconds())} seconds later (a day if a rating vanished)."
        )
    if result.outage:  # the outage explains the other problems
        from monitor.detect.circuit_breaker import outage_line

        last = result.troubles[-1].detail if result.troubles else result.outage.reason
        lines.append(plain(f"{outage_line(result.outage)} The last problem: {last}"))
        return "\n".join(lines)
    lines += [f"Not fully read: {one.location_id}: {plain(one.detail)}" for one in result.troubles]
    return "\n".join(lines)


CORRECTIONS_SHOWN = timedelta(days=30)
"""`status` shows a misread value for this long after the misreading was noticed."""


def judgement_json(judgement: Judgement, *, private: bool = True) -> Json:
    """Returns the judgement, for programs. If `private` is False, no finding names people's addresses."""
    services = judgement.services
    return {
        "level": judgement.standing.value,
        "well": judgement.well,
        "text": judgement.text,
        "services": {
            "watched": services.watched,
            "up_to_date": services.up_to_date,
            "partly_read": services.partly_read.count + services.report_missing.count,
            "not_read": services.stale.count + services.check_failed.count,
            "never_read": services.never_read.count + services.not_checked.count,
        },
        "findings": [
            {
                "code": one.code.value,
                "level": one.level.value,
                "count": one.count,
                "since": instant(one.since),
                "text": one.text if private or not one.private else one.brief(),
                "do": one.do,
            }
            for one in judgement.findings
        ],
    }


def status_json(
    services: Sequence[Watched], unsent: Sequence[Json], judgement: Judgement, figures: Figures, now: datetime
) -> Json:
    """Returns the state of the monitor, for programs."""
    from monitor.judgement import Level

    return {
        "now": instant(now),
        "ok": judgement.well,
        "wrong": [one.line for one in judgement.at(Level.WRONG, Level.LOOK)],
        "remarks": [one.line for one in judgement.at(Level.REMARK)],
        "judgement": judgement_json(judgement),
        "figures": _figures_json(figures),
        "time_to_alert": time_to_alert_json(figures.time_to_alert),
        "sources": [source_json(one) for one in figures.sources],
        "services": [
            _watched_json(one)
            | {
                "watchlists": list(one.watchlists),
                "looked_at": instant(one.looked_at),
                "next_look_at": instant(one.next_look_at),
                "failures": one.failures,
                "trouble": one.trouble,
                "waiting_for_second_look": len(one.candidates),
            }
            for one in services
        ],
        "outbox": list(unsent),
    }


def differing_json(disagreements: Sequence[Disagreement], corrections: Sequence[Correction]) -> Json:
    """Returns, for programs, the services about which CQC's page and CQC's API differ, and the values that were misread."""
    return {
        "disagreements": [
            {"location_id": one.location_id, "since": instant(one.since), "states": list(one.lines)} for one in disagreements
        ],
        "corrections": [
            {"location_id": one.location_id, "noted_at": instant(one.noted_at), "line": one.line} for one in corrections
        ],
    }


def _figures_json(figures: Figures) -> Json:
    return {
        "services": {str(state): count for state, count in figures.services.items()},
        "looks_due": figures.due,
        "looks_due_since": instant(figures.due_since),
        "last_read_at": instant(figures.last_read_at),
        "oldest_read_at": instant(figures.oldest_read_at),
        "messages": dict(figures.messages),
        "notices_waiting": figures.waiting,
        "owed_since": instant(figures.owed_since),
        "workers": figures.workers,
        "switched_off": figures.switched_off,
        "site_blind": figures.site_blind,
        "api_blind": figures.api_blind,
        "feed_read_until": instant(figures.feed_read_until),
        "disagreements": figures.disagreements,
        "register_of": iso(figures.register_of),
        "read_again": figures.read_again[0],
        "to_read_again": figures.read_again[1] - figures.read_again[0],
    }


def unsent_json(one: Listed, shown: str) -> Json:
    """Returns a waiting message, with its address in the form that people may see."""
    return {
        "id": one.id,
        "kind": one.kind,
        "address": shown,
        "state": one.state,
        "due_at": instant(one.due_at),
        "attempts": one.attempts,
        "reply": one.reply,
        "switched_off": one.switched_off,
    }


def status_text(
    services: Sequence[Watched],
    unsent: Sequence[Json],
    judgement: Judgement,
    figures: Figures,
    corrections: Sequence[Correction] = (),
) -> str:
    """Returns the state of the monitor, for people."""
    workers = f" by {counted(figures.workers, 'worker')}" if figures.workers else ""
    lines = [f"{counted(len(services), 'service')} watched{workers}."]
    for one in services:
        name = plain(one.snapshot.card.name) if one.snapshot else ""
        named = f"{one.location_id:<14}{name}" if name else one.location_id
        read = f"last fully read {moment(one.read_at)}" if one.read_at else "not fully read yet"
        trouble = f"; {plain(one.trouble)}" if one.trouble else ""
        lines.append(f"  {named}: {read}{trouble}")
    waiting = [row for row in unsent if row["state"] != MessageState.DEAD]
    lines.append(f"{counted(len(waiting), 'message')} in the outbox." if waiting else "The outbox is empty.")
    lines += [f"  {_unsent_text(row)}" for row in unsent]
    known = (one for one in figures.sources if one.measured.recall.of or one.faults)
    lines += [time_to_alert_text(figures.time_to_alert), *(f"{source_text(one)}." for one in known)]
    lines += ["Misread by an earlier version:"] if corrections else []
    lines += [f"  {one.location_id:<14}{plain(one.line)} ({moment(one.noted_at)})" for one in corrections]
    lines += [judgement.text, *(f"  {one.level}: {one.line}" for one in judgement.findings)]
    return "\n".join(lines)


# ── messages, evidence ───────────────────────────────────────────────────────────────────────────────────────────────────


def outbox_text(rows: Sequence[Json]) -> str:
    """Returns the waiting messages and the dead letters (see `unsent_json`), for people, each with its id."""
    if not rows:
        return "The outbox is empty."
    dead = sum(row["state"] == MessageState.DEAD for row in rows)
    lines = [_unsent_text(row) for row in rows]
    lines.append(f"{len(rows) - dead} waiting, {counted(dead, 'dead letter')}.")
    return "\n".join(lines)


def _unsent_text(row: Json) -> str:
    due = f", due {row['due_at']}" if row["state"] != MessageState.DEAD else ""
    tried = f", tried {counted(row['attempts'], 'time')}" if row["attempts"] else ""
    reply = f": {row['reply']}" if row["reply"] else ""
    due = ", waits for a suspended receiver" if row["switched_off"] else due
    return f"{row['id'] or '':<8}  {row['kind']} to {row['address']}, {row['state']}{due}{tried}{reply}"


def told_json(one: LogEntry, shown: str) -> Json:
    """Returns an entry of the delivery log for programs, with its address in the form that people may see."""
    return {
        "id": one.message_id,
        "kind": one.kind,
        "address": shown,
        "watchlists": list(one.watchlists),
        "state": one.became,
        "at": instant(one.at),
        "reply": one.reply,
        "subject": one.subject,
        "events": events_json(one.events),
    }


_BECAME = {
    MessageState.SENT: "",
    MessageState.DEAD: " NOT DELIVERED, failed for good:",
    MessageState.DROPPED: " NOT DELIVERED, dropped:",
}


def told_text(one: LogEntry, shown: str) -> str:
    """Returns an entry of the delivery log for people: one line, and another line for each event."""
    reply = one.reply or "no answer was recorded"
    line = f"{moment(one.at)}  {one.message_id[:8]}  {one.kind} to {shown}:{_BECAME[one.became]} {reply}"
    about = [f"    {plain(one.subject)}"] if one.subject else []
    return "\n".join([line, *about, *(f"    {_happened(event)}  [{event.id[:8]}]" for event in one.events)])


async def evidence_text(event: Event, kept: Kept, reader: Reader) -> str:
    """Returns where and when we fetched the page that showed an event, and the lines of the page around the event's words."""
    lines = [
        event_text(event),
        "",
        f"{'Page:':<10}{kept.url}",
        f"{'Fetched:':<10}{moment(kept.fetched_at)} ({instant(kept.fetched_at)})",
        f"{'SHA-256:':<10}{kept.digest}" + ("" if kept.body is None else " (checked)"),
    ]
    if kept.body is None:
        return "\n".join(lines)
    try:
        page = await reader.lines(kept.body, content_type=kept.content_type, pdf=is_report(kept.url))
    except Unreadable as error:
        return "\n".join([*lines, "", plain(str(error))])
    said = _said_in(event, page)
    if not said:
        return "\n".join([*lines, "", "The event's words are not together on the page; --to FILE saves the page as received."])
    shown = range(max(0, said.start - _AROUND), min(len(page), said.stop + _AROUND))
    return "\n".join([*lines, "", *(f"  {'>' if number in said else '|'} {plain(page[number])}" for number in shown)])


_AROUND = 3
"""How many lines of the page are shown before and after the event's words."""


def _said_in(event: Event, lines: Sequence[str]) -> range:
    """Returns the lines of a page that contain an event's quote, or else the event's subject followed by its new value.
    Returns an empty range if the page does not have these words together."""
    words = [(word, number) for number, line in enumerate(lines) for word in WORDS.findall(line.casefold())]
    page = [word for word, _ in words]
    told = [event.quote, f"{event.of or ''} {event.to or ''}"]
    for wanted in (WORDS.findall((text or "").casefold()) for text in told):
        for start in range(len(page) - len(wanted) + 1 if wanted else 0):
            if page[start : start + len(wanted)] == wanted:
                return range(words[start][1], words[start + len(wanted) - 1][1] + 1)
    return range(0)
