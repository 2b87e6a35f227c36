"""The list of events, and the page of one event. An event's page shows the evidence, who was alerted, and who has acknowledged
the event."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Annotated, Any

from anyio import from_thread
from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BeforeValidator, Field

from monitor.app import App
from monitor.detect.correction import LONGEST_WHY
from monitor.errors import Unreadable, UsageError
from monitor.events import Event, Kind
from monitor.locations import is_report
from monitor.model import Holding, Snapshot, Subject
from monitor.severity import by_look
from monitor.store.evidence import Kept
from monitor.store.happened import Wanted
from monitor.store.people import Role
from monitor.text import LONDON, counted, day, plain, sentence
from monitor.views.show import not_told_text
from monitor.web.forms import WANTED_DAY, FormModel, Ticked, day_of, errors_of_days, one_line
from monitor.web.pages import go_to, page, paging
from monitor.web.parts import Now, PageNumber, TheApp, User, path_of

SIZE = 50
MOST_LINES = 2_000
"""How many lines of a kept page are shown. People can download the whole page."""

LARGEST_SHOWN = 2_000_000
"""How large a kept page may be, in bytes, for its lines to be shown."""

LONGEST_NOTE = 2_000

TAKEN_ALREADY = "Somebody has already acknowledged this news."

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a kept page. `marked`: the line contains the sentence that shows the event."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A subject's value before and after, from the snapshots; "" if a snapshot has no value."""

    what: str
    before: str
    after: str


def midnight(text: str) -> datetime:
    """Returns the beginning of a day that somebody typed, as an instant in UTC. The day is in London time."""
    return datetime.combine(day_of(text), time(), tzinfo=LONDON).astimezone(UTC)


class Filters(FormModel):
    """Which events to list. If the kind or the state is unknown, all events are listed."""

    kind: str = ""
    watchlist: str = ""
    state: str = ""
    since: Annotated[datetime | None, BeforeValidator(midnight)] = Field(None, description=WANTED_DAY)


class Acknowledged(FormModel):
    """The note of the person who acknowledges an event. If `others` is ticked, events of the service that were seen at the same
    time are acknowledged too."""

    note: Annotated[str, BeforeValidator(one_line)] = Field(
        min_length=1, max_length=LONGEST_NOTE, description="Enter what is being done about it"
    )
    others: Ticked = False


class Retracted(FormModel):
    """Why an event was wrong."""

    why: Annotated[str, BeforeValidator(one_line)] = Field(
        min_length=1, max_length=LONGEST_WHY, description="Enter why the event was wrong"
    )


def _found(app: TheApp, event: str) -> tuple[Event, Kept | None]:
    try:
        found, kept = app.store.evidence.of(event)
    except UsageError:
        raise HTTPException(404) from None
    if found.id != event:  # a shortened id may later fit another event too
        raise HTTPException(404)
    return found, kept


Found = Annotated[tuple[Event, Kept | None], Depends(_found)]
"""The event whose id is in the address of the request, and the kept page that showed the event. The page is None if it was not
kept."""


@router.get("/events")
def events(
    request: Request, app: TheApp, now: Now, asked: Annotated[Filters, Query()], number: PageNumber = 1
) -> Response:
    """Shows the events that match the filters, newest first."""
    errors = asked.errors or errors_of_days(asked.since, None, now)
    wanted = Wanted(
        kind=Kind(asked.kind) if asked.kind in set(Kind) else None,
        watchlist=asked.watchlist or None,
        acknowledged={"acknowledged": True, "open": False}.get(asked.state),
        since=None if errors else asked.since,
    )
    total = app.store.happened.count(wanted)
    pages = paging(request, number=number, size=SIZE, total=total)
    taken = dict(app.store.happened.newest(wanted, SIZE, pages.offset))
    return page(
        request,
        "events.html",
        events=[(one, taken[one]) for one in by_look(taken)],
        total=total,
        paging=pages,
        kinds=[str(one) for one in Kind],
        watchlists=app.store.glance.watchlists(),
        asked=asked.typed,
        errors=errors,
    )


@router.get("/events/{event}")
def event(request: Request, app: TheApp, me: User, event: Found) -> Response:
    """Shows one event."""
    return _page(request, app, me.role, *event)


@router.get("/events/{event}/page")
def kept_page(event: Found) -> Response:
    """Returns the kept page's bytes as a download. A browser never shows the bytes as one of our own pages."""
    found, kept = event
    if kept is None or kept.body is None:
        raise HTTPException(404, "This page was not kept, or has been removed.")
    name = re.sub(r"[^0-9A-Za-z-]", "-", f"{found.location_id}-{kept.fetched_at:%Y%m%dT%H%M%SZ}-{kept.digest[:12]}")
    ending, kind = ("pdf", "application/pdf") if kept.body.startswith(b"%PDF") else ("txt", PlainTextResponse.media_type)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "Content-Security-Policy": "sandbox"}
    return Response(kept.body, media_type=kind, headers=headers)


@router.post("/events/{event}/acknowledge")
def acknowledge(
    request: Request, app: TheApp, me: User, now: Now, event: Found, form: Annotated[Acknowledged, Form()]
) -> Response:
    """Acknowledges the event, with a note. If `others` is ticked, also acknowledges the events that were seen at the same
    time."""
    found, kept = event
    if form.errors and not _is_open(app, found):  # an acknowledged event's page has no form that could show the errors
        return _back(request, found, TAKEN_ALREADY)
    if form.errors:
        return _page(request, app, me.role, found, kept, errors=form.errors, **form.typed)
    ids = [found.id, *(one.id for one in app.store.happened.seen_with(found) if form.others)]
    count = app.store.acknowledgements.acknowledge(ids, me.id, form.note, now)
    said = TAKEN_ALREADY if not count else f"{count} events acknowledged." if count > 1 else "Acknowledged."
    return _back(request, found, said)


@router.post("/events/{event}/reopen")
def reopen(request: Request, app: TheApp, me: User, now: Now, event: Found) -> Response:
    """Reopens the event."""
    done = app.store.acknowledgements.reopen(event[0].id, me.id, now)
    return _back(request, event[0], "The event is open again." if done else "The event was already open.")


@router.get("/events/{event}/correct")
def ask_to_correct(request: Request, app: TheApp, event: Found) -> Response:
    """Asks whether to retract the event, and shows who would get a correction."""
    return _asked(request, app, event[0])


@router.post("/events/{event}/correct")
def correct(request: Request, app: TheApp, me: User, now: Now, event: Found, form: Annotated[Retracted, Form()]) -> Response:
    """Retracts the event. Everybody who got the event gets a correction."""
    found, _ = event
    if form.errors:
        return _asked(request, app, found, errors=form.errors, **form.typed)
    try:
        taken = app.store.corrections.retract(found.id, form.why, me.id, now)
    except UsageError as error:  # the event is itself a correction
        raise HTTPException(409, str(error)) from None
    said = f"Retracted. A correction is being sent to {counted(len(taken.told), 'address', 'addresses')}."
    said += f" {sentence(not_told_text(taken.not_told))}." if taken.not_told else ""
    return _back(request, found, "The event has already been retracted." if taken.again else said)


@router.post("/events/{event}/stands")
def stands(request: Request, app: TheApp, me: User, now: Now, event: Found) -> Response:
    """Records that the event was right. This closes the proposal to retract the event."""
    done = app.store.corrections.let_stand(event[0].id, me.id, now)
    return _back(request, event[0], "Recorded that the event was right." if done else "The proposal has already been decided.")


def _back(request: Request, found: Event, said: str) -> Response:
    return go_to(request, f"/events/{found.id}", said=said)


def _asked(request: Request, app: App, found: Event, **values: Any) -> Response:
    if found.kind is Kind.CORRECTION:
        raise HTTPException(409, "A correction can’t be retracted.")
    given: dict[str, Any] = {"why": ""} | values
    told = app.store.corrections.who_was_sent(found.id)
    owed = app.store.happened.owed(found)
    return page(request, "event_correct.html", event=found, told=told, owed=owed, **given)


def _is_open(app: App, event: Event) -> bool:
    return all(one.reopened_at is not None for one in app.store.acknowledgements.of([event.id])[event.id])


def _without_second(app: App, watchlists: Sequence[str]) -> list[str]:
    """Returns the watchlists that have no second address, which would be alerted if nobody acknowledged an event."""
    found = {name: app.store.watchlists.find(name) for name in watchlists}
    return [name for name, one in found.items() if one is None or one.second_address is None]


def _page(request: Request, app: App, role: Role, found: Event, kept: Kept | None, **values: Any) -> Response:
    together = app.store.happened.seen_with(found)
    watchlists = app.store.happened.watchlists(found)
    acknowledgements = app.store.acknowledgements.of([found.id, *(one.id for one in together)])
    text = _text(app, kept.url, kept.body, kept.content_type) if kept and kept.body else ()
    before = app.store.happened.page_before(kept.url, kept.fetched_at) if kept else None
    earlier = _text(app, kept.url, before.body, before.content_type) if kept and before and text else None
    given: dict[str, Any] = {"note": ""} | values
    return page(
        request,
        "event.html",
        event=found,
        item=path_of(found.item) if found.item else None,
        together=[(one, any(a.reopened_at is None for a in acknowledgements[one.id])) for one in together],
        acknowledgements=acknowledgements[found.id],
        case=app.store.cases.of_item(found.item) if found.item else None,
        is_open=all(one.reopened_at is not None for one in acknowledgements[found.id]),
        may_acknowledge=role.may(Role.EDITOR),
        may_correct=role.may(Role.OPERATOR) and found.kind is not Kind.CORRECTION,
        proposal=app.store.corrections.proposal_of(found.id) if role.may(Role.OPERATOR) else None,
        watchlists=watchlists,
        without_second=_without_second(app, watchlists) if found.worst else [],
        kept=kept,
        lines=_marked(text, found.quote)[:MOST_LINES],
        more_lines=max(0, len(text) - MOST_LINES),
        before=before,
        difference=_difference(earlier, text) if earlier is not None else (),
        moved=_moved(*app.store.happened.snapshots_around([found])),
        told=app.store.happened.told([found]),
        owed=app.store.happened.owed(found),
        escalate_after=app.settings.escalate_after,
        base_url=app.settings.cqc_base_url,
        **given,
    )


def _text(app: App, url: str, body: bytes, content_type: str | None) -> tuple[str, ...]:
    """Returns the visible lines of a kept page. Returns no lines if the page is too large or can't be parsed."""
    if len(body) > LARGEST_SHOWN:
        return ()
    try:
        found = map(plain, from_thread.run(partial(app.reader.lines, body, content_type=content_type, pdf=is_report(url))))
        return tuple(line for line in found if line)
    except Unreadable:
        return ()


def _marked(text: Sequence[str], quote: str | None) -> list[Line]:
    """Returns the lines. A line is marked if it contains the quoted sentence, or if it is a long part of the sentence."""
    wanted = _folded(quote or "")
    return [Line(line, _holds(_folded(line), wanted)) for line in text]


def _holds(line: str, sentence: str) -> bool:
    return bool(sentence) and (sentence in line or (len(line) > 20 and line in sentence))


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", plain(text)).strip().casefold()


def _difference(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Returns the removed lines as ("gone", line) and the added lines as ("new", line). ("gap", "") comes before each group of
    changed lines."""
    if len(old) + len(new) > 2 * MOST_LINES:
        return []
    kinds = {"-": "gone", "+": "new", "@": "gap"}
    compared = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    return [(kinds[line[0]], "" if line[0] == "@" else line[1:]) for line in compared]


def _moved(before: Snapshot | None, after: Snapshot | None) -> list[Moved]:
    """Returns the differences between two snapshots."""
    if before is None or after is None:
        return []
    old, new = dict(before.holdings), dict(after.holdings)
    subjects = [*new, *(one for one in old if one not in new)]
    rows = (Moved(_subject(one), _value(old.get(one)), _value(new.get(one))) for one in subjects)
    return [row for row in rows if row.before != row.after]


def _subject(subject: Subject) -> str:
    return " – ".join(part for part in (subject.group, str(subject.aspect), subject.of) if part)


def _value(held: Holding | None) -> str:
    if held is None:
        return ""
    value = "; ".join(map(_dated, held.value)) if isinstance(held.value, tuple) else str(held.value)
    return f"{value} ({held.instead})" if held.instead else value


def _dated(text: str) -> str:
    """Returns an ISO date as people write dates, and any other text unchanged."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
