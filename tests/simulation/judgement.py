"""Compares the program's events and messages in a simulated year with what really happened. Every true change must be reported,
and no other change. Each mistake of the program is described with the history of the service."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from monitor.events import Event, Kind
from monitor.model import When
from monitor.notify.data import event_data
from monitor.ratings import parse
from tests.simulated.services import ENTERED, LEFT, REMAINS
from tests.simulation.truth import Life, Truth, Version
from tests.simulation.year import OPERATOR, SUBSCRIBERS, Year, lists_of

LONG_ENOUGH = timedelta(hours=14)
"""If a new state is visible without any fault for this long, the program must report it. The time is enough for two rounds of
checks and the confirmation, even if one round is as late as possible."""

LONG_ENOUGH_AGAIN = timedelta(days=4)
"""If an earlier state returns with its old date and is visible for this long, the program must report the return. The
program waits three days before it reports a return."""

_RATINGS = frozenset({Kind.DOWNGRADED, Kind.UPGRADED, Kind.STANDS_AGAIN})
_SCORES = frozenset({Kind.SCORE_FELL, Kind.SCORE_ROSE})
_MEASURES = {ENTERED: Kind.ENTERED, REMAINS: Kind.REMAINS, LEFT: Kind.LEFT}
_SAID_OF_MEASURES = frozenset(_MEASURES.values())


@dataclass(frozen=True, slots=True)
class State:
    """A value that was true for a time. `lasting` says whether the value was visible so long that a check must have seen it.
    `silent` says that the program need not report the value when it begins: when an older report applies again, the program
    reports the report's ratings, but not its scores."""

    value: Hashable
    lasting: bool
    silent: bool = False


def explains(states: Sequence[State], told: Sequence[tuple[Hashable, Hashable]]) -> bool:
    """Returns whether the reported changes lead from the first state to the last state, in the order of the states. The reported
    changes may leave out only states that did not last, and changes to silent states."""
    reached = {(0, 0)}
    for here in range(len(states)):
        for k in [k for at, k in reached if at == here]:
            for there in range(here + 1, len(states)):
                move = (states[here].value, states[there].value)
                if move[0] == move[1] or move[0] is None or states[there].silent:  # a first score is not a change
                    reached.add((there, k))
                if move[0] is not None and move[0] != move[1] and k < len(told) and told[k] == move:
                    reached.add((there, k + 1))
                if states[there].lasting:
                    break
    return any(
        k == len(told) and not any(state.lasting for state in states[here + 1 :]) for here, k in reached
    )


def wrong(year: Year) -> list[str]:
    """Returns all mistakes of the program in a year, with the histories of the services. The list is empty if there was no
    mistake."""
    found = [*_undelivered(year), *_untold(year)]
    by_service = defaultdict(list)
    for event in year.events:
        by_service[event.location_id].append(event)
    for life in year.truth.lives.values():
        problems = _unexplained(year.truth, life, by_service[life.location_id])
        if problems:
            found.append("\n".join([*problems, story(year, life)]))
    return found


# ── the recorded events compared with the truth ──────────────────────────────────────────────────────────────────────────


def _unexplained(truth: Truth, life: Life, events: Sequence[Event]) -> list[str]:
    lasting = [_lasted(truth, life, n) for n in range(len(life.versions))]
    problems = []
    facts = [_facts(version) for version in life.versions]
    for of in sorted({of for one in facts for of in one}):
        kinds = _RATINGS if of.startswith("rating ") else _SCORES
        # If an older report does not give a score, the score did not change.
        silent = [of.startswith("score ") and _is_older(life, n) for n in range(len(facts))]
        states = [
            State(one.get(of), *rest)
            for one, *rest in zip(facts, lasting, silent, strict=True) if of in one or one is facts[0]
        ]  # fmt: skip
        moved = [one for one in events if one.kind in kinds and one.from_ != one.to]
        told = [(one.from_, one.to) for one in moved if (one.of or "").casefold() == of.partition(" ")[2]]
        if not explains(states, told):
            true = " → ".join(f"{one.value}{'' if one.lasting else ' (?)'}" for one in states)
            problems.append(f"{life.location_id}: {of}: in truth {true}; reported {told}")
    said = _once([one.kind for one in events if one.kind in _SAID_OF_MEASURES or one.kind is Kind.MEASURES_UNCLEAR])
    if not _measures_explained(life, lasting, said):
        problems.append(f"{life.location_id}: special measures: reported {[str(one) for one in said]}")
    strange = [one for one in events if one.kind in {Kind.RATING_WITHDRAWN, Kind.FIRST_RATED, Kind.ARCHIVED}]
    return problems + [f"{life.location_id}: reported, but never happened: {_line(one)}" for one in strange]


def _is_older(life: Life, number: int) -> bool:
    """Returns whether a version shows an older report again, because a newer report was withdrawn."""
    version, before = life.versions[number], life.versions[max(0, number - 1)]
    return version.again and version.service.newest.published < before.service.newest.published


def _facts(version: Version) -> dict[str, Hashable]:
    """Returns the ratings and scores of a version, under the names that the program uses."""
    entry = version.service.newest
    facts: dict[str, Hashable] = {"rating overall": parse(entry.overall or "")}
    for name, question in entry.questions.items():
        facts[f"rating {name.lower()}"] = parse(question.rating or "")
        if question.score is not None:
            facts[f"score {name.lower()}"] = question.score
        for statement, points in question.statements.items():
            if points is not None:
                facts[f"score {statement.casefold()}"] = points
    return facts


def _lasted(truth: Truth, life: Life, number: int) -> bool:
    """Returns whether a version was visible without a fault for so long that the program must report it."""
    if number == 0:
        return True
    version = life.versions[number]
    end = life.versions[number + 1].at if number + 1 < len(life.versions) else truth.end
    at, longest = version.at, timedelta(0)
    for window in sorted([*life.windows, *truth.windows], key=lambda one: one.begin):
        if window.end <= version.at or window.begin >= end:
            continue
        longest = max(longest, window.begin - at)
        at = max(at, window.end)
    return max(longest, end - at) >= (LONG_ENOUGH_AGAIN if version.again else LONG_ENOUGH)


def _once(said: Sequence[Kind]) -> list[Kind]:
    """Returns the events about special measures. Leaves out "unclear", and an event after it that repeats the earlier state. This
    repetition is correct: if a page was out of date for more than a day, the pages contradicted each other."""
    once: list[Kind] = []
    unclear = False
    for kind in said:
        if kind is not Kind.MEASURES_UNCLEAR and not (unclear and once and once[-1] is kind):
            once.append(kind)
        unclear = kind is Kind.MEASURES_UNCLEAR
    return once


def _measures_explained(life: Life, lasting: Sequence[bool], said: Sequence[Kind]) -> bool:
    """Returns whether the events about special measures match CQC's reports, in the same order. An event may be missing only if a
    state did not last, or if an earlier state returned."""
    due: list[tuple[Kind, bool]] = []
    for number, version in enumerate(life.versions[1:], 1):
        text, before = version.service.newest.special_measures, life.versions[number - 1].service.newest
        new = version.service.newest.published != before.published or text != before.special_measures
        if not text or not new:
            continue
        doubtful = version.again or life.versions[number - 1].again or not all(lasting[max(0, number - 1) : number + 1])
        if text == LEFT and not (before.special_measures in (ENTERED, REMAINS) and not doubtful):
            doubtful = True
        due.append((_MEASURES[text], not doubtful or (lasting[number] and text == ENTERED and not version.again)))
    reached = {0}
    for kind, needed in due:
        taken = {k + 1 for k in reached if k < len(said) and said[k] is kind}
        reached = taken | (set() if needed else reached)
    return len(said) in reached


# ── the messages compared with the recorded events ───────────────────────────────────────────────────────────────────────


def _undelivered(year: Year) -> list[str]:
    waiting = [one for one in year.unsent if not one.partition(", ")[2].startswith("dead: in a sulk: rejected")]
    return [f"still in the outbox at the end: {one}" for one in waiting]


def _untold(year: Year) -> list[str]:
    """Finds events that were not sent to each subscriber of the service in exactly one message, or that were sent in a wrong kind
    of message. Also finds messages with events that were never recorded."""
    numbers = {one: number for number, one in enumerate(year.truth.lives)}
    events = {one.id: one for one in year.events}
    messages: dict[tuple[str, str], set[str]] = defaultdict(set)
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    found = []
    for receipt in [*year.receipts, *year.rejected]:
        for data in receipt.events:
            key = (receipt.address, str(data["id"]))
            messages[key].add(receipt.message_id)
            kinds[key].add(receipt.kind)
            event = events.get(str(data["id"]))
            if event is None or data.items() < event_data(event).items():
                found.append(f"{receipt.address} was sent an event that was never recorded: {data}")
    owed = 0
    for event in year.events:
        lists = set(lists_of(numbers[event.location_id]))
        for subscriber in SUBSCRIBERS:
            key = (subscriber.address, event.id)
            due = bool(lists & set(subscriber.watchlists))
            owed += due
            if len(messages[key]) != due:
                what = f"in {len(messages[key])} messages instead of {int(due)}: {_line(event)}"
                found.append(f"{subscriber.address} was sent an event {what}\n{story(year, year.truth.lives[event.location_id])}")
            wanted = {"alert"} if subscriber.when is When.IMMEDIATE and event.urgent else {"alert", "digest"}
            if subscriber.when is not When.IMMEDIATE:
                wanted = {"digest"}
            if not kinds[key] <= wanted:
                found.append(f"{subscriber.address} was sent an event by {kinds[key]}, not by {wanted}: {_line(event)}")
    return [*found, *_repeated(year), *_unreported(year)]


def repeats(year: Year) -> int:
    """Counts how often a receiver accepted a part of a message that it had accepted before."""
    return sum(count - 1 for count in Counter((one.address, one.message_id, one.part) for one in year.receipts).values())


def _repeated(year: Year) -> list[str]:
    """Finds too many repeats. A repeat is allowed only after a kill, or if a receiver's acceptance did not reach the sender."""
    allowed = year.kills + sum(not one.heard for one in year.receipts)
    count = repeats(year)
    return [f"{count} repeats, but only {allowed} reasons for a repeat"] if count > allowed else []


_TO_RING = re.compile(r"\b(?:ring \S+@|tell the people who read )")
"""The subject of an operator message about an urgent message that failed for good, or that was not delivered for an hour."""


def _unreported(year: Year) -> list[str]:
    """Finds refused messages about which the operator got no message."""
    refused = {one.message_id for one in year.rejected}
    to_operator = {one.message_id: one.subject for one in year.receipts if one.address == OPERATOR}
    plain = sum(subject.endswith("a message could not be delivered") for subject in to_operator.values())
    urgent = sum(_TO_RING.search(subject) is not None for subject in to_operator.values())
    if not plain <= len(refused) <= plain + urgent:
        told = f"{plain} messages, and of at most {urgent} urgent messages"
        return [f"{len(refused)} messages were refused for good, and the operator was notified of {told}"]
    return []


# ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _line(event: Event) -> str:
    moved = f" from {event.from_} to {event.to}" if event.from_ is not None else ""
    return f"{event.observed_at:%d %b %H:%M} {event.location_id} {event.kind} {event.of or ''}{moved}"


def story(year: Year, life: Life) -> str:
    """Returns a service's true history and the recorded events about the service, in the order of the true clock."""
    told = [one for one in year.events if one.location_id == life.location_id]
    lines: list[tuple[datetime, str]] = []
    for number, version in enumerate(life.versions):
        entry = version.service.newest
        ratings = ", ".join(f"{name} {one.rating}" for name, one in entry.questions.items())
        lasted = "" if _lasted(year.truth, life, number) else " (did not last)"
        text = f"TRUE  {version.why}{lasted}, dated {entry.published}: {entry.overall}; {ratings}; {entry.special_measures[:60]}"
        lines.append((version.at, text))
    lines += [(one.begin, f"  fault until {one.end:%d %b %H:%M}: {one.trouble} {one.share:.0%}") for one in life.windows]
    lines += [
        (one.begin, f"  fault of the whole site until {one.end:%d %b %H:%M}: {one.trouble} {one.by or ''}")
        for one in year.truth.windows
        if any(abs(one.begin - version.at) < timedelta(days=5) for version in life.versions)
    ]
    at = {one.id: year.recorded_at.get(one.id, one.observed_at) for one in told}
    lines += [(at[one.id], f"    TOLD  {_line(one)}") for one in told if one.kind is not Kind.REPORT]
    return "\n".join(f"    {at:%Y-%m-%d %H:%M} {text}" for at, text in sorted(lines, key=lambda line: line[0]))


def figures(year: Year) -> str:
    """Returns the figures of a year as text."""
    falls = sum(one.kind is Kind.DOWNGRADED for one in year.events)
    entries = sum(one.kind is Kind.ENTERED for one in year.events)
    urgent = {one.id for one in year.events if one.urgent}
    published = {one: [version.at for version in life.versions] for one, life in year.truth.lives.items()}
    by_id = {one.id: one for one in year.events}
    first: dict[str, datetime] = {}
    for receipt in year.receipts:
        for data in receipt.events:
            if receipt.kind == "alert" and str(data["id"]) in urgent:
                first.setdefault(str(data["id"]), receipt.at)
    hours = [
        min((at - version).total_seconds() for version in published[by_id[one].location_id] if version <= at) / 3600
        for one, at in first.items()
    ]
    publications = sum(len(one.versions) - 1 for one in year.truth.lives.values())
    windows = len(year.truth.windows) + sum(len(one.windows) for one in year.truth.lives.values())
    days = (year.truth.end - year.truth.begin).days
    return (
        f"seed {year.seed}: {len(year.truth.lives)} services, {days} days: {publications} publications, "
        f"{windows} faults, "
        f"{year.kills} kills; {year.looks} checks, {dict(year.requests)}, {year.broken_off} rounds broken off; "
        f"{len(year.events)} events, including {falls} falls and {entries} entries into special measures; "
        f"{len(year.receipts)} parts accepted, including {repeats(year)} repeats, attempts {dict(year.attempts)}; "
        f"hours from publication to the first alert: median {median(hours or [0]):.1f}, longest {max(hours, default=0):.1f}"
    )
