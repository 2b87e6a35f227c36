"""The application: its routers by subject, and the middleware around them."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import BaseRoute

from monitor.app import App
from monitor.web import (
    about,
    api,
    api_register,
    assurance,
    case_files,
    case_steps,
    cases,
    comparators,
    drills,
    errors,
    events,
    feeds,
    first_operator,
    have_it,
    health,
    home,
    items,
    keys,
    letter_templates,
    letters,
    map,
    market,
    oidc,
    operations,
    own_facts,
    people,
    permissions,
    register,
    reinspections,
    reports,
    rota,
    rules,
    saved_reports,
    saved_views,
    search,
    services,
    set_up,
    settings,
    sheets,
    sign_in,
    subscriptions,
    suspensions,
    unsubscribe,
    watchlists,
)
from monitor.web.kept_reports import Kept
from monitor.web.middleware import Guard
from monitor.web.parts import has_signed_in
from monitor.web.rate_limit import Pace
from monitor.web.uploads import Uploads, takes_file


def gathered(*routers: APIRouter) -> list[BaseRoute]:
    """Returns the routes of these routers. Each route first calls `permissions.admit`."""
    door = APIRouter(dependencies=[Depends(permissions.admit)])
    for router in routers:
        door.include_router(router)
    return door.routes


ROUTES = gathered(
    health.router,
    home.router,
    first_operator.router,
    set_up.router,
    settings.router,
    watchlists.router,
    saved_views.router,
    rules.router,
    sheets.router,
    own_facts.router,
    register.router,
    search.router,
    map.router,
    services.router,
    events.router,
    items.router,
    case_files.router,
    cases.router,
    case_steps.router,
    rota.router,
    suspensions.router,
    letters.router,
    letter_templates.router,
    reports.router,
    assurance.router,
    comparators.router,
    saved_reports.router,
    market.router,
    reinspections.router,
    subscriptions.router,
    unsubscribe.router,
    have_it.router,
    drills.router,
    sign_in.router,
    oidc.router,
    people.router,
    api.router,
    api_register.router,
    api.docs_router,
    keys.router,
    feeds.router,
    operations.router,
    about.router,
)
"""The routes are made only once, because FastAPI needs far longer to analyse them than `create_app` needs for everything else."""


def create_app(app: App, clock: Callable[[], datetime]) -> FastAPI:
    """Returns the web application of an app. Raises RuntimeError if a route has no entry in `permissions.PERMISSIONS`."""
    web = FastAPI(
        title="CQC monitor",
        routes=ROUTES,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    web.state.app = app
    web.state.clock = clock
    web.state.pace = Pace()
    web.state.uploads = Uploads()
    web.state.kept_reports = Kept()
    permissions.check_complete(web)
    errors.add_handlers(web)
    web.add_middleware(
        Guard,
        public_url=app.settings.public_url,
        error_page=errors.error_page,
        is_known=has_signed_in,
        takes_file=takes_file(web.routes),
    )
    return web
