"""The page of a service. It shows the service's current state, its history, its events with their evidence, who is alerted about
the service, and whether the data are up to date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from fastapi import APIRouter, HTTPException, Request, Response

from monitor import channels
from monitor.app import App
from monitor.detect.checks import ReadPage
from monitor.errors import UsageError
from monitor.judgement import Receivers
from monitor.locations import is_cqc_host, location_id_of, location_url, site_of
from monitor.model import LISTED_ID, Aspect, Card, Holding, ProfileNotice, Snapshot, Source, Subject, Subscription
from monitor.own_facts import said
from monitor.ratings import SUBJECTS, KeyQuestion
from monitor.register.entries import Entry
from monitor.severity import by_look
from monitor.store.list_entries import overview_of
from monitor.store.people import Person, Role
from monitor.store.subscriptions import is_own
from monitor.text import day_in_london
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User
from monitor.web.timeline import LANE, LEFT, LEVEL, WIDTH, timelines

MOST_EVENTS = 200

_REPORTS = frozenset({Source.INSPECTION_REPORT, Source.ASSESSMENT_PAGE, Source.SUMMARY_PAGE, Source.REPORTS_PAGE})

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """The current rating and score, overall or for a key question."""

    of: str
    rating: Holding | None
    score: Holding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The ratings of a service group. `name` is "" if CQC rates the service as a whole. `rated` contains the overall rating and
    the key questions, and `statements` the scores of quality statements."""

    name: str
    rated: tuple[Rated, ...]
    statements: tuple[tuple[str, Holding], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A publication about the service on CQC's site."""

    text: str
    url: str


@router.get("/services/{location_id}")
def service(request: Request, location_id: str, app: TheApp, me: User, now: Now) -> Response:
    """Shows everything that is known about a service."""
    canonical = _canonical(location_id, app)
    if canonical != location_id:
        return go_to(request, f"/services/{canonical}")
    known = app.store.services.watched([location_id])
    if not known:
        raise HTTPException(404, f"This monitor does not know the service {location_id}. Put the service on a watchlist first.")
    one, snapshots = known[0], app.store.services.history(location_id)
    _, pages = app.store.services.remembered(location_id)
    snapshot = one.snapshot
    told = app.store.subscriptions.listed(one.watchlists)
    entry = app.store.register.entry(location_id)
    receivers = app.store.watchlists.receivers(one.watchlists, now, mail=app.can_mail)
    notices, own = _notices(pages), app.store.own_facts.about([location_id], reader=me.id).get(location_id, {})
    return page(
        request,
        "service.html",
        service=one,
        entry=entry,
        filed=_filed(app.store.register.past(location_id)),
        cases=app.store.cases.of_service(location_id),
        today=day_in_london(now),
        may_edit=me.role.may(Role.EDITOR),
        unread=not any(each.was_read for each in app.store.overviews.named([location_id])),
        name=snapshot.card.name if snapshot else entry.name if entry else location_id,
        card=snapshot.card if snapshot else Card(name=""),
        overview=overview_of(snapshot) if snapshot else None,
        groups=_groups(snapshot) if snapshot else [],
        questions=list(KeyQuestion),
        measures=_held(snapshot, Aspect.MEASURES),
        breaches=_quotes(_held(snapshot, Aspect.BREACHES)),
        enforcement=_quotes(_held(snapshot, Aspect.ENFORCEMENT)),
        timelines=timelines(snapshots, now),
        drawing={"width": WIDTH, "left": LEFT, "lane": LANE, "level": LEVEL},
        events=by_look(app.store.glance.events_of(location_id, MOST_EVENTS)),
        most_events=MOST_EVENTS,
        reports=_reports(pages, app.settings.cqc_base_url, location_id),
        notices=notices,
        profiles=_profiles(app, location_id, notices),
        told=_told(told, me),
        others=sum(1 for each in told if not _may_see(each, me)),
        receivers=sum(receivers.values(), Receivers()),
        states=app.store.subscriptions.states(now, mail=app.can_mail),
        unseen=one.known_at < now - app.settings.stale_after or one.failures > 0,
        disagreement=next(iter(app.store.api.disagreements([location_id])), None) if app.feed else None,
        base_url=app.settings.cqc_base_url,
        own=[(name, said(facts, day_in_london(now))) for name, facts in own.items()],
    )


def _canonical(location_id: str, app: App) -> str:
    """Returns an id as CQC publishes it. Raises a 404 if the text can't be an id."""
    try:
        base_url = app.settings.cqc_base_url
        return location_id_of(location_id, base_url=base_url, listed=lambda one: bool(app.store.services.watched([one])))
    except UsageError:
        raise HTTPException(404) from None


def _groups(snapshot: Snapshot) -> list[Group]:
    held = dict(snapshot.holdings)
    names = sorted({subject.group for subject in held if subject.aspect in (Aspect.RATING, Aspect.SCORE)})
    return [
        Group(
            name=name,
            rated=tuple(
                Rated(
                    of=of,
                    rating=held.get(Subject(aspect=Aspect.RATING, group=name, of=of)),
                    score=held.get(Subject(aspect=Aspect.SCORE, group=name, of=of)),
                )
                for of in SUBJECTS
            ),
            statements=tuple(
                (subject.of, one)
                for subject, one in held.items()
                if subject.aspect is Aspect.SCORE and subject.group == name and subject.of not in SUBJECTS
            ),
        )
        for name in names
    ]


def _held(snapshot: Snapshot | None, aspect: Aspect) -> Holding | None:
    return next((held for subject, held in (snapshot.holdings if snapshot else ()) if subject.aspect is aspect), None)


def _quotes(held: Holding | None) -> list[str]:
    """Returns CQC's sentences about breaches or enforcement, without repetitions. If no sentences were kept, returns the short
    texts of the holding."""
    if held is None or not isinstance(held.value, tuple) or not held.value:
        return []
    return list(dict.fromkeys(held.quote.split("\n") if held.quote else held.value))


def _reports(pages: Iterable[ReadPage], base_url: str, location_id: str) -> list[Report]:
    """Returns the publications on CQC's own site to which the service's pages link."""
    reports: dict[str, Report] = {}
    for one in pages:
        for link in one.reading.links:
            url = urljoin(location_url(location_id, base_url), link.url)
            if link.kind in _REPORTS and _is_cqcs(url, base_url):
                reports.setdefault(url, Report(text=link.text or link.kind, url=url))
    return list(reports.values())


def _is_cqcs(url: str, base_url: str) -> bool:
    try:
        host, _ = site_of(url)
        return url.startswith(("https://", "http://")) and (is_cqc_host(host) or site_of(url) == site_of(base_url))
    except ValueError:
        return False


def _notices(pages: Sequence[ReadPage]) -> list[ProfileNotice]:
    """Returns CQC's notices that the service has another profile, without repetitions. Leaves out notices with an invalid id."""
    found = dict.fromkeys(notice for one in pages for notice in one.reading.notices)
    return [notice for notice in found if notice.location_id is None or LISTED_ID.fullmatch(notice.location_id)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """The other profiles of a service: earlier profiles, later profiles, and other registrations of the same home. `names`
    contains the known names of these profiles, and of the profiles in CQC's notices."""

    former: Sequence[str]
    later: Sequence[str]
    twins: Sequence[str]
    names: Mapping[str, str]


def _profiles(app: App, location_id: str, notices: Iterable[ProfileNotice]) -> Profiles:
    noticed = {notice.location_id for notice in notices if notice.location_id}
    former, later = ([each for each in ids if each not in noticed] for ids in app.store.watchlists.profiles(location_id))
    twins = app.store.register.twins(location_id)
    ids = {*former, *later, *twins, *noticed}
    known = {each.location_id: each.name for each in app.store.overviews.named(ids) if each.name} if ids else {}
    return Profiles(former=former, later=later, twins=twins, names=app.store.register.names(ids) | known if ids else {})


def _filed(past: Iterable[Entry]) -> list[Entry]:
    """Returns the service's entries in CQC's files, oldest first. Leaves out an entry if ratings and provider are the same as
    before."""
    kept: list[Entry] = []
    for one in past:
        if not kept or _told_in_file(kept[-1]) != _told_in_file(one):
            kept.append(one)
    return kept


def _told_in_file(one: Entry) -> tuple[object, ...]:
    return one.overall, one.key_questions, one.published, one.provider_id


def _may_see(one: Subscription, me: Person) -> bool:
    """Whether somebody may see a subscription's address. An editor sees all addresses, and a reader sees only their own."""
    return me.role.may(Role.EDITOR) or one.owner == me.id or is_own(one.address, me)


def _told(told: Iterable[Subscription], me: Person) -> list[tuple[str, Subscription]]:
    """Returns pairs for the subscriptions that the person may see: the address, as pages may show it, and the subscription."""
    return [(channels.shown(one.address).removeprefix("mailto:"), one) for one in told if _may_see(one, me)]
