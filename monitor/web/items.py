"""Shows items. An item is everything that one report changed at its service. This module makes the list of items, worst first, as
a page and as files, and the page of one item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from pydantic import BeforeValidator, Field

from monitor.app import App
from monitor.cases import Case
from monitor.detect.time_to_alert import HINT_HOLDS
from monitor.events import Event, Kind
from monitor.lines import headline, lines
from monitor.model import Aspect, Snapshot
from monitor.ratings import OVERALL, SUBJECTS
from monitor.register.authorities import AUTHORITIES
from monitor.reports.cells import Column, Sheet, Value, csv_file, workbook_file
from monitor.severity import level
from monitor.store.items import Asked, By, Told, What
from monitor.store.overview import Overview
from monitor.store.people import Person, Role
from monitor.text import LONDON, day, day_in_london, plain, sentence
from monitor.web.events import TAKEN_ALREADY, Acknowledged, midnight
from monitor.web.forms import WANTED_DAY, FormModel, errors_of_days
from monitor.web.pages import go_to, page, paging
from monitor.web.parts import Now, PageNumber, TheApp, User, now_of, path_of
from monitor.web.sheets import saved_as

SIZE = 50
LATELY = timedelta(days=30)
"""The period that the list shows by default."""

MOST_IN_A_FILE = 10_000
MOST_QUOTES = 3

WORDS = {
    What.MEASURES: ("entered special measures", "entered special measures"),
    What.FELL: ("fell", "fell"),
    What.ROSE: ("rose", "rose"),
    What.WORSE: ("got worse, or is rated low again", "got worse, or are rated low again"),
}
"""The words that follow the number of items of each kind. The first text is for one item, the second for several items."""

COLUMNS = (
    Column(title="Item", width=26),
    Column(title="Location ID"),
    Column(title="Service", width=34),
    Column(title="Type", width=22),
    Column(title="Place", width=26),
    Column(title="Local authority", width=20),
    Column(title="Provider", width=30),
    *(Column(title=title) for title in ("Published", "First seen", "Last change")),
    Column(title="What changed", width=60),
    *(Column(title=title) for title in ("Severity", "Overall before", "Overall now", "Special measures", "To be acknowledged")),
    Column(title="Page", width=40),
)
_NOTES = (
    "One row is one item: everything that one report changed at its service.",
    "Severity: 1 must be acknowledged; 2 urgent, but need not be acknowledged; 3 other bad news; 4 for information.",
    "Ratings and reports are CQC's, under the Open Government Licence v3.0.",
)

router = APIRouter()


class Filters(FormModel):
    """Which items to list. An unknown choice is ignored. If a field has an error, all filters are ignored. If `since` is empty,
    the items of the last 30 days are listed."""

    what: str = ""
    watchlist: list[str] = Field(default_factory=list)
    search: str = ""
    authority: str = ""
    type: str = ""
    state: str = ""
    order: str = ""
    since: Annotated[datetime | None, BeforeValidator(midnight)] = Field(None, description=WANTED_DAY)
    until: Annotated[datetime | None, BeforeValidator(midnight)] = Field(None, description=WANTED_DAY)


def errors_of(filters: Filters, now: datetime) -> dict[str, str]:
    """Returns the errors of the filters, by field."""
    return filters.errors or errors_of_days(filters.since, filters.until, now)


def asked_by(filters: Filters, now: datetime) -> Asked:
    """Returns which items are requested. The last day is included completely."""
    if errors_of(filters, now):
        return Asked(since=now - LATELY)
    return Asked(
        what=What(filters.what) if filters.what in set(What) else None,
        watchlists=tuple(one for one in filters.watchlist if one),
        search=filters.search,
        authority=filters.authority or None,
        service_type=filters.type or None,
        unacknowledged=filters.state == "open",
        by=By.TIME if filters.order == By.TIME else By.SEVERITY,
        since=filters.since or now - LATELY,
        until=_day_after(filters.until) if filters.until else None,
    )


def _day_after(midnight: datetime) -> datetime:
    return datetime.combine(day_in_london(midnight) + timedelta(days=1), time(), LONDON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An item in a list. `service` is None if nothing is stored about the service any more."""

    told: Told
    service: Overview | None

    @property
    def name(self) -> str:
        """The service's name."""
        return (self.service.known_as if self.service else None) or self.told.events[0].name or self.told.item.location_id

    @property
    def headline(self) -> str:
        """What changed, in one line."""
        return plain(headline(self.told.events))

    @property
    def quotes(self) -> list[str]:
        """CQC's sentences that show the events, most severe first."""
        said = (event.quote for event in self.told.events if event.quote and event.corrected_at is None)
        return list(dict.fromkeys(plain(one) for one in said))[:MOST_QUOTES]

    @property
    def why(self) -> str | None:
        """The reason for the ratings: some sentences from CQC's own summary of the report. None if no summary was read."""
        return next((plain(event.summary) for event in self.told.events if event.summary and not event.corrected_at), None)

    @property
    def level(self) -> int:
        """How severe the item is: `monitor.severity.level` of the worst event that was not retracted; 4 if all events were
        retracted."""
        return min((level(event) for event in self.told.events if event.corrected_at is None), default=4)

    @property
    def path(self) -> str:
        """The address of the item's page."""
        return path_of(self.told.item.id)


def shown(app: App, told: Sequence[Told]) -> list[Shown]:
    """Returns each item with the stored data about its service."""
    services = {one.location_id: one for one in app.store.overviews.named({one.item.location_id for one in told})}
    return [Shown(told=one, service=services.get(one.item.location_id)) for one in told]


@router.get("/items")
def items(request: Request, app: TheApp, now: Now, filters: Annotated[Filters, Query()], number: PageNumber = 1) -> Response:
    """Shows the items that match, worst first or newest first."""
    asked = asked_by(filters, now)
    totals = app.store.items.totals(asked)
    total = totals.of[asked.what] if asked.what else totals.items
    pages = paging(request, number=number, size=SIZE, total=total)
    return page(
        request,
        "items.html",
        items=shown(app, app.store.items.listed(asked, SIZE, pages.offset)),
        total=total,
        paging=pages,
        words=WORDS,
        since=day_in_london(asked.since) if asked.since else None,
        watchlists=app.store.glance.watchlists(),
        authorities=AUTHORITIES,
        types=app.store.items.types(),
        asked=filters.typed,
        query=request.url.query,
        base_url=app.settings.cqc_base_url,
        errors=errors_of(filters, now),
    )


def _usable(filters: Annotated[Filters, Query()], now: Now) -> Filters:
    """Returns the filters for a file. Raises a 422 if a filter has an error, because people would not see that the file ignores
    the filter."""
    if errors := errors_of(filters, now):
        raise HTTPException(422, next(iter(errors.values())))
    return filters


Usable = Annotated[Filters, Depends(_usable)]


@router.get("/items/export.csv")
def items_csv(app: TheApp, now: Now, filters: Usable) -> Response:
    """Returns the items on all pages of the filtered list, as CSV."""
    content = csv_file([column.title for column in COLUMNS], _rows(app, filters, now))
    return saved_as("changes.csv", content)


@router.get("/items/export.xlsx")
def items_xlsx(app: TheApp, now: Now, filters: Usable) -> Response:
    """Returns the items on all pages of the filtered list, as a workbook."""
    content = workbook_file([Sheet(title="Changes", columns=COLUMNS, rows=_rows(app, filters, now))], _NOTES)
    return saved_as("changes.xlsx", content)


def _rows(app: App, filters: Filters, now: datetime) -> Iterator[Sequence[Value]]:
    for one in shown(app, app.store.items.listed(asked_by(filters, now), MOST_IN_A_FILE)):
        item, service = one.told.item, one.service
        overall = next((event for event in one.told.events if event.of == OVERALL and event.corrected_at is None), None)
        measures = any(event.kind in (Kind.ENTERED, Kind.REMAINS) and not event.corrected_at for event in one.told.events)
        yield (
            *(item.id, item.location_id, one.name),
            *((service.service_type, service.place, service.authority, service.provider_name) if service else (None,) * 4),
            *(item.published, one.told.first_seen_at, one.told.changed_at, one.headline, one.level),
            *((overall.from_, overall.to) if overall else (None, None)),
            *("yes" if measures else None, "yes" if one.told.is_open else None, f"{app.settings.public_url}{one.path}"),
        )


# ── one item ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Question:
    """The overall rating or a key question, before and after. A rating is None if it is not known or not stated."""

    group: str
    of: str
    was: str | None
    now: str | None


def questions(before: Snapshot | None, after: Snapshot | None, events: Iterable[Event]) -> list[Question]:
    """Returns the overall rating and all key questions, before and after, by service group. The values come from the snapshots
    and from the item's events, so some values are known even if no snapshot was kept."""
    was, now = _ratings(before), _ratings(after)
    for event in sorted(events, key=lambda one: one.observed_at, reverse=True):
        if event.of in SUBJECTS and event.corrected_at is None and not isinstance(event.to, int):
            place = (event.group or "", event.of)
            now.setdefault(place, event.to)
            if event.from_ is not None:
                was[place] = str(event.from_)
    groups = sorted({group for group, _ in (*was, *now)}) or [""]
    rows = (Question(group, of, was.get((group, of)), now.get((group, of))) for group in groups for of in SUBJECTS)
    return [one for one in rows if one.was or one.now]


def _ratings(snapshot: Snapshot | None) -> dict[tuple[str, str], str | None]:
    holdings = snapshot.holdings if snapshot else ()
    return {
        (subject.group, subject.of): str(held.instead or held.value)
        for subject, held in holdings
        if subject.aspect is Aspect.RATING
    }


def _found(app: TheApp, location_id: str, report: str) -> Told:
    told = app.store.items.of(f"{location_id}/{report}")
    if told is None:
        raise HTTPException(404)
    return told


Found = Annotated[Told, Depends(_found)]
"""The item whose service and report are in the address of the request."""


@router.get("/items/{location_id}/{report}")
def item(request: Request, app: TheApp, me: User, told: Found) -> Response:
    """Shows one item."""
    return _page(request, app, me, told)


@router.post("/items/{location_id}/{report}/acknowledge")
def acknowledge(
    request: Request, app: TheApp, me: User, now: Now, told: Found, form: Annotated[Acknowledged, Form()]
) -> Response:
    """Acknowledges all events of the item, with a note."""
    if form.errors and told.is_open:
        return _page(request, app, me, told, errors=form.errors, note=form.typed["note"])
    standing = [event.id for event in told.events if event.corrected_at is None]
    count = 0 if form.errors else app.store.acknowledgements.acknowledge(standing, me.id, form.note, now)
    return go_to(request, path_of(told.item.id), said="Acknowledged." if count else TAKEN_ALREADY)


def _page(request: Request, app: App, me: Person, told: Told, **values: Any) -> Response:
    before, after = app.store.happened.snapshots_around(told.events)
    standing = [event for event in told.events if event.corrected_at is None]
    deliveries = app.store.happened.told(told.events)
    acknowledged = app.store.acknowledgements.of([event.id for event in told.events])
    case = app.store.cases.of_item(told.item.id)
    notes = {(one.at, one.by, one.note): one for each in acknowledged.values() for one in each}
    return page(
        request,
        "item.html",
        **{"note": ""} | (owner_of(case, me) if case else {}) | values,
        one=shown(app, [told])[0],
        questions=questions(before, after, standing),
        statements=[sentence(plain(one.text)) for one in lines(standing)],
        times=_times(app, told, min((one.at for one in deliveries if one.became == "sent"), default=None)),
        events=told.events,
        deliveries=deliveries,
        acknowledgements=[notes[key] for key in sorted(notes)],
        may_acknowledge=me.role.may(Role.EDITOR),
        case=case,
        today=day_in_london(now_of(request)),
        owners=app.store.cases.owners() if case else (),
        watchlists=app.store.happened.watchlists(told.events[0]),
        report=next((url for url in app.store.items.read_at(told) if "/reports/" in url), None),
        base_url=app.settings.cqc_base_url,
    )


def owner_of(case: Case, me: Person) -> dict[str, str]:
    """Returns the values with which the form about a case opens: the case's due date, and the case's owner or, if the case has no
    owner, the person who opens the form."""
    return {"owner": str(case.owner_id or me.id), "due": day(case.due) if case.due else ""}


def _times(app: App, told: Told, alerted_at: datetime | None) -> Mapping[str, datetime | None]:
    """Returns when a source first named the service, and when the item was first seen, confirmed, and sent in an alert. A time is
    None if this never happened or is not known."""
    published = told.item.published
    seen = told.first_seen_at
    begun = min(datetime.combine(published, time(), LONDON), seen) if published else seen
    hint = app.store.hints.first_hint(told.item.location_id, begun - HINT_HOLDS)
    hinted = hint.first_seen if hint and hint.first_seen <= told.changed_at else None
    confirmed = min(event.observed_at for event in told.events)
    return {"first hint": hinted, "first seen": seen, "confirmed": confirmed, "first alert": alerted_at}

