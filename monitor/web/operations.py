"""Shows operators the state of the monitor: findings, checks, the outbox, receivers, workers and settings."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from monitor import __version__, channels
from monitor.app import App
from monitor.settings import Settings
from monitor.store.receivers import ALL_MAIL, SwitchedOff
from monitor.views.alert_times import stages_shown, time_to_alert_text, within
from monitor.views.metrics import StoreNumbers
from monitor.views.promise import how_soon
from monitor.views.sources import lag_text
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User
from monitor.web.set_up import tasks
from monitor.web.settings import as_text

MOST = 100
"""The page lists at most this many services, and at most this many messages."""

# Settings whose values the page may show. For all other settings, including future settings, the page says only whether they
# are set.
_SHOWN = frozenset(
    {
        *(
            "cqc_base_url",
            "cqc_api_url",
            "check_every",
            "confirm_after",
            "stale_after",
            "requests_per_second",
            "contact",
            "mail_from",
        ),
        *("public_url", "escalate_after", "sign_in_domains", "extra_webhook_hosts", "keep_evidence", "log_format", "metrics"),
        *("keep_people", "keep_log"),
    }
)

router = APIRouter()


@router.get("/monitor")
def monitor(request: Request, app: TheApp, now: Now) -> Response:
    """Shows the whole state on one page."""
    store, settings = app.store, app.settings
    stale_before = now - settings.stale_after
    figures = store.counts.at(now, stale_before)
    amiss = store.services.watched(amiss_before=stale_before, limit=MOST)
    needed = tasks(app)
    unsent, off, outage = store.dead_letters.unsent(), store.receivers.all(), store.outages.current()
    return page(
        request,
        "monitor.html",
        judgement=app.judgement(now),
        not_set_up=[] if all(one.done for one in needed) else needed,
        figures=figures,
        time_to_alert=time_to_alert_text(figures.time_to_alert),
        stages=stages_shown(figures.time_to_alert),
        slowest=[(item, within(total)) for item, total in figures.time_to_alert.slowest],
        sources=[(one, lag_text(one.measured.p50), lag_text(one.measured.p95)) for one in figures.sources],
        amiss=amiss,
        names={one.location_id: one.known_as for one in store.overviews.named([one.location_id for one in amiss])},
        unsent=[(one, channels.shown(one.address)) for one in unsent[:MOST]],
        more_unsent=len(unsent) - MOST,
        off=[(one, _named(one)) for one in off],
        outage=outage,
        how_soon=how_soon(store.hints.state("list"), settings, now),
        workers=store.workers.all(),
        settings=_shown_settings(app),
        stale_after=settings.stale_after,
        version=__version__,
        database=_database(app),
        most=MOST,
    )


@router.post("/monitor/messages/{message}/retry")
def retry(request: Request, message: str, app: TheApp, me: User, now: Now) -> Response:
    """Sends a message again, as if it had never been tried."""
    (letter,) = app.store.dead_letters.send_again([message], now)
    what = f"{letter.kind} to {channels.shown(letter.address)}"
    app.store.audit.note(me.id, "had a message sent again:", what, now)
    return go_to(request, "/monitor", said=f"The {what} will be sent again.")


@router.post("/monitor/messages/{message}/drop")
def drop(request: Request, message: str, app: TheApp, me: User, now: Now) -> Response:
    """Drops a message for good."""
    (letter,) = app.store.dead_letters.drop([message], now)
    what = f"{letter.kind} to {channels.shown(letter.address)}"
    app.store.audit.note(me.id, "gave up a message:", what, now)
    return go_to(request, "/monitor", said=f"The {what} has been dropped. The delivery log keeps it.")


@router.post("/monitor/test")
def test(request: Request, app: TheApp, me: User, now: Now, scope: Annotated[str, Form()] = "") -> Response:
    """Asks the daemon to try a suspended receiver now. The daemon sends a message that waits for the receiver, or a test
    message."""
    off = app.store.receivers.test_now(scope, now)
    if off is None:
        raise HTTPException(404, "This receiver is not suspended, or is active again.")
    app.store.audit.note(me.id, "had tested", _named(off), now)
    return go_to(request, "/monitor", said=f"{_named(off)} is being tested. Reload this page to see the result.")


@router.get("/metrics")
def metrics(app: TheApp, now: Now) -> Response:
    """Returns figures from the database, for Prometheus. The daemon serves the figures of its own process at the address in
    METRICS."""
    registry, counts, stale_after = CollectorRegistry(), app.store.counts, app.settings.stale_after
    registry.register(StoreNumbers(lambda at: counts.at(at, at - stale_after), lambda: now, app.judgement))
    return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _named(off: SwitchedOff) -> str:
    return "All email" if off.scope == ALL_MAIL else channels.shown(off.address)


def _shown_settings(app: App) -> list[tuple[str, str]]:
    rows = []
    for name in Settings.model_fields:
        value = getattr(app.settings, name)
        if name == "operator":
            shown = channels.shown(app.operator) if app.operator else "not set"
        elif name in _SHOWN:
            shown = as_text(value)
        elif name == "secret_key" and not value:
            shown = "created by this program, stored in state/secret.key"
        elif name == "database_url" and name not in app.settings.model_fields_set:
            shown = "not set: SQLite in state/monitor.db"
        elif name.startswith("keep_") and value is None:
            shown = "for ever"
        else:
            shown = "set" if name in app.settings.model_fields_set and value else "not set"
        rows.append((name.upper(), shown))
    return rows


def _database(app: App) -> str:
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[app.store.engine.dialect.name]
    return f"{name}, {app.store.counts.size() / 1_000_000:.1f} MB"
