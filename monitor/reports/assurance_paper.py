"""The assurance statement of a month, as a paper. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from monitor.lines import headline_or_kind
from monitor.reports.assurance import (
    Alert,
    Became,
    Compared,
    Failed,
    Records,
    alerts,
    compared,
    comparisons,
    days_not_read,
    failed,
    not_compared,
)
from monitor.reports.paper import NOTHING, Cell, Column, Paper, Part, Row, Table
from monitor.reports.pieces import cells, file_name, texts
from monitor.text import counted, day, listed, moment, sentence

NOT_KNOWN = "not known"


def assurance_paper(records: Records) -> Paper:
    """Returns the statement of a month, for one watchlist or for all watchlists."""
    month, unread = records.month, days_not_read(records)
    made, gave_up = alerts(records), failed(records)
    whose = f"the watchlist {records.watchlist}" if records.watchlist is not None else "all watchlists"
    name = file_name(records.watchlist) if records.watchlist is not None else "all"
    return Paper(
        name=f"assurance-{month.first:%Y-%m}-{name}",
        title=f"Assurance statement, {month.name}: {whose}",
        lines=tuple(_introduced(records)),
        parts=(
            Part(heading="In short", tables=(_in_short(records, unread, made, gave_up),)),
            _watched(records, unread),
            _not_read(records, unread),
            _alerted(records, made),
            _not_delivered(records, gave_up),
            _who_took_it(records, made),
            _agreement(records),
        ),
    )


def _introduced(records: Records) -> Iterator[str]:
    month = records.month
    if not month.is_whole:
        yield f"{month.name} is not over. This statement covers the month until {moment(month.until)}."
    yield (
        "The statement contains only what is in this monitor’s database. What was not recorded, or is no longer stored, is “not "
        "known”, and is never treated as a success. Times are London times."
    )
    if records.begun is None or records.begun >= month.until:
        yield f"The database has no records of {month.name}, so nothing is known about this month."
    elif records.begun > month.begins:
        yield f"The first record in the database is from {moment(records.begun)}. Nothing earlier is known."
    if records.kept_from and records.kept_from > month.begins:
        yield (
            f"Logs and messages from before {moment(records.kept_from)} were removed (KEEP_LOG), so earlier messages, failures "
            f"and changes are not known."
        )


def _at(at: datetime, *values: str | datetime | int | None) -> Row:
    """Returns a row whose label is an instant."""
    return Row(label=moment(at), at=at, cells=cells(*values))


def _number(number: int, lacks: bool) -> Cell:
    """Returns a cell with a number. If a part of the month is not known (`lacks`), the cell says this in words."""
    return Cell(words=f"{number:,} known, the rest of the month not known") if lacks else Cell(number=number)


def _in_short(
    records: Records, unread: dict[str, dict[date, str]], made: list[Alert], gave_up: list[Failed]
) -> Table:
    lost, logs = records.lacks_events, records.lacks_events or records.lacks_logs
    became = Counter(one.became for one in made)
    found = comparisons(records)
    there = {one.location_id for one in records.services}
    others = len(records.events) - sum(len(one.events) for one in made)
    rows = [
        ("Services watched, if they are still watched", _number(len(there), lost)),
        ("Of these, with at least one recorded day on which they were not read in full", Cell(number=len(unread.keys() & there))),
        ("Of these, with no such day recorded (there may have been one)", Cell(number=len(there - unread.keys()))),
        ("Alerts: reports with something that had to be sent at once", _number(len(made), lost)),
        *((f"Of the alerts, {one}", Cell(number=became[one])) for one in Became),
        ("Of the alerts, retracted since", Cell(number=sum(one.retracted for one in made))),
        ("Of the alerts, still to be acknowledged", Cell(number=sum(one.is_open for one in made))),
        ("Other changes, for digests only", _number(others, lost)),
        ("Messages that failed for good or were dropped", _number(len(gave_up), logs)),
        ("Of these, accepted later", Cell(number=sum(one.later is not None for one in gave_up))),
        ("Messages and notices of the month that still wait", _number(len(records.waiting), logs)),
        ("Services that agree with CQC’s files, according to the latest comparison", Cell(number=sum(found[Compared.AGREES]))),
        ("Services that differ from CQC’s files", Cell(number=sum(found[Compared.DIFFERS]))),
        ("Services with no comparison", Cell(number=not_compared(records.services, records.verified))),
    ]
    return Table(
        key="In short",
        title="The main numbers",
        first="What",
        columns=(Column(heading="Number"),),
        rows=tuple(Row(label=label, cells=(cell,)) for label, cell in rows),
    )


def _watched(records: Records, unread: dict[str, dict[date, str]]) -> Part:
    rows = []
    for one in records.services:
        since = one.since if one.since > records.month.begins else "before the month"
        days = len(unread.get(one.location_id, ()))
        told = cells(one.location_id, since, one.read_at, days or "none recorded", one.trouble)
        rows.append(Row(label=one.name, service=one.location_id, cells=told))
    headings = ("Location id", "On a watchlist since", "Last read in full", "Days not read in the month", "Last check, now")
    changes = [_at(one.at, one.what, one.about) for one in records.changes]
    return Part(
        heading="Services watched",
        lines=(
            f"{counted(len(records.services), 'service')} that {'is' if len(records.services) == 1 else 'are'} on a watchlist now"
            " and came onto it before the end of the month.",
            "The database does not record which services were on a watchlist on each day. Services that have left a watchlist "
            "since are not in this list, and their number is not known. The audit below says which services joined and left in "
            "the month, with at most ten services in each entry. The audit does not contain changes made on the command line.",
        ),
        tables=(
            Table(key="Services", title="Services watched", first="Service", columns=texts(*headings), rows=tuple(rows)),
            Table(
                key="Watchlists changed",
                title="Changes to watchlists in the month, according to the audit",
                first="When",
                columns=texts("What", "Watchlist and services"),
                rows=tuple(changes),
            ),
        ),
    )


def _not_read(records: Records, unread: dict[str, dict[date, str]]) -> Part:
    names = {one.location_id: one.name for one in records.services}
    rows = []
    for location_id, days in sorted(unread.items(), key=lambda one: (names.get(one[0], one[0]), one[0])):
        for why in dict.fromkeys(days.values()):
            some = sorted(on for on, reason in days.items() if reason == why)
            told = cells(location_id, len(some), spans(some), why)
            rows.append(Row(label=names.get(location_id, location_id), service=location_id, cells=told))
    made, naming = records.reports
    outages = [
        Row(
            label=moment(one.since) if one.since else f"Its beginning is {NOT_KNOWN}",
            at=one.since,
            cells=cells("ongoing" if one.lasts else one.until or f"Its end is {NOT_KNOWN}"),
        )
        for one in records.outages
    ]
    return Part(
        heading="Days on which a service was not read",
        lines=(
            "A day is listed here if the records show that a service’s pages were never read in full on that day. There are "
            "two such records: when each service was last read in full, and the digests and heartbeat messages, which name "
            "services that are not up to date. If CQC’s API is used, its list of changes may have covered these days.",
            "The database stores the last reading of each service, not every reading. So if a day is not listed, this does not "
            "prove that the service was read on that day.",
            f"{counted(made, 'digest or heartbeat message was', 'digests and heartbeat messages were')} made in the month, for "
            f"all watchlists; {naming:,} of these messages listed one of these services as not up to date.",
            "Outages of CQC’s site are known only if the operator was notified of them. There is no message about a short "
            "outage, or if no operator’s address is set. The times are the times of the messages, so an outage began "
            "before its first message.",
        ),
        tables=(
            Table(
                key="Not read",
                title="Days on which a service was not read in full",
                first="Service",
                columns=texts("Location id", "Days", "Which", "Why"),
                rows=tuple(rows),
            ),
            Table(key="Outages", title="Outages of CQC’s site", first="From", columns=texts("To"), rows=tuple(outages)),
        ),
    )


def spans(days: Iterable[date]) -> str:
    """Returns sorted days of one month in words, such as "1 to 3 October 2026, 7 October 2026"."""
    runs: list[list[date]] = []
    for on in days:
        if runs and (on - runs[-1][-1]).days == 1:
            runs[-1].append(on)
        else:
            runs.append([on])
    return ", ".join(day(run[0]) if len(run) == 1 else f"{run[0].day} to {day(run[-1])}" for run in runs)


def _alerted(records: Records, made: list[Alert]) -> Part:
    rows = []
    for one in made:
        events, first = one.events, one.events[0]
        said = headline_or_kind(events) + (" (retracted)" if one.retracted else "")
        receivers = counted(one.by, "receiver") if one.by else NOTHING
        times = one.seen_at, one.confirmed_at, one.made_at, one.accepted_at
        told = cells(first.location_id, said, one.published, *times, receivers, sentence(one.became))
        rows.append(Row(label=first.name, service=first.location_id, item=first.item, cells=told))
    headings = ("Published by CQC", "First seen", "Confirmed", "Sent", "First accepted", "Accepted by", "Result")
    return Part(
        heading="Alerts",
        lines=(
            "An alert is a report, or another change, with something that had to be sent at once. “Sent” is when the message "
            "that was accepted first was passed on for sending. “First accepted” is when the receiver’s server accepted that "
            "message. Whether anybody read the message is not known. Digests that contain the change are included. A dash means "
            "that CQC gives no day, or that the time is not stored.",
            "If CQC published a change that this monitor did not see, no record shows the change.",
        ),
        tables=(
            Table(
                key="Alerts",
                title="Alerts of the month",
                first="Service",
                columns=texts("Location id", "What", *headings),
                rows=tuple(rows),
            ),
        ),
    )


def _not_delivered(records: Records, gave_up: list[Failed]) -> Part:
    rows = []
    for one in gave_up:
        it = one.delivery
        became = "dropped by a person" if it.became == "dropped" else "failed for good"
        about = it.about or (counted(len(it.events), "event") if it.events else None)
        rows.append(_at(it.at, it.kind, it.to, about, became, it.reply, one.later))
    waiting = [
        _at(one.since, one.kind, one.to, counted(len(one.events), "event"), one.attempts, one.reply) for one in records.waiting
    ]
    of_one = records.watchlist is not None
    return Part(
        heading="What was not delivered",
        lines=(
            "According to the delivery log. Tests, practice alerts and links for signing in are left out."
            + (" Messages to the operator belong to no watchlist, and are left out too." if of_one else ""),
        ),
        tables=(
            Table(
                key="Given up",
                title="Messages that failed for good or were dropped in the month",
                first="When",
                columns=texts("Message", "To", "About", "Result", "Answer", "Accepted later"),
                rows=tuple(rows),
            ),
            Table(
                key="Waiting",
                title="Messages and notices of the month that still wait",
                first="Since",
                columns=texts("Message", "To", "About", "Tries", "Last answer"),
                rows=tuple(waiting),
            ),
        ),
    )


def _who_took_it(records: Records, made: list[Alert]) -> Part:
    names = {one.id: one for one in records.events}
    rows = []
    for one in sorted(records.taken, key=lambda taken: taken.at):
        event = names[one.event_id]
        told = cells(event.location_id, event.words, one.by, one.at, one.reopened_at)
        rows.append(Row(label=event.name, service=event.location_id, item=event.item, cells=told))
    steps = [
        Row(
            label=one.name,
            service=one.location_id,
            cells=cells(one.location_id, one.case, str(one.did), one.by or "the program or the command line", one.at),
        )
        for one in records.steps
    ]
    still = [one for one in made if one.is_open]
    left = [
        Row(
            label=one.events[0].name,
            service=one.events[0].location_id,
            item=one.events[0].item,
            cells=cells(one.events[0].location_id, headline_or_kind(one.events), one.confirmed_at),
        )
        for one in still
    ]
    return Part(
        heading="Who acknowledged the alerts",
        lines=(
            "Acknowledgements of the month’s events, made in the month or later, including answers with the link “I have it” "
            "in a message. Only severe events have to be acknowledged. A second table lists the actions on cases in the month.",
        ),
        tables=(
            Table(
                key="Acknowledged",
                title="Acknowledgements",
                first="Service",
                columns=texts("Location id", "What", "By", "When", "Reopened"),
                rows=tuple(rows),
            ),
            Table(
                key="Not acknowledged",
                title="Alerts of the month that still need an acknowledgement",
                first="Service",
                columns=texts("Location id", "What", "Confirmed"),
                rows=tuple(left),
            ),
            Table(
                key="Cases",
                title="What was done about cases in the month",
                first="Service",
                columns=texts("Location id", "Case", "What was done", "By", "When"),
                rows=tuple(steps),
            ),
        ),
    )


def _agreement(records: Records) -> Part:
    found = comparisons(records)
    columns = tuple(Column(heading=one) for one in ("Before the month", "In the month", "After the month"))
    rows = [Row(label=kind, cells=tuple(Cell(number=number) for number in found[kind])) for kind in Compared]
    names = {one.location_id: one.name for one in records.services}
    differing = [
        Row(
            label=names[one.location_id],
            service=one.location_id,
            cells=cells(
                one.location_id,
                str(one.comparison.outcome),
                listed([each.text for each in one.comparison.differences]) or one.comparison.reason,
                one.file_date,
                one.at,
            ),
        )
        for one in records.verified
        if compared(one) in (Compared.DIFFERS, Compared.NOT_READ)
    ]
    return Part(
        heading="Agreement with CQC’s files",
        lines=(
            "The latest comparison of each watched service, with its time. Earlier comparisons are not stored. So a service "
            "that was compared after the month may also have been compared in the month, with a result that is not stored.",
            f"Services with no comparison: {not_compared(records.services, records.verified):,}.",
        ),
        tables=(
            Table(
                key="Compared",
                title="The latest comparison of each service",
                first="Result",
                columns=columns,
                rows=tuple(rows),
            ),
            Table(
                key="Differences",
                title="Services that differ, or could not be read",
                first="Service",
                columns=texts("Location id", "Result", "Differences", "CQC’s file of", "Compared"),
                rows=tuple(differing),
            ),
        ),
    )
