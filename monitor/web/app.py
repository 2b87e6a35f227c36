"""The application: its routers by subject, and the middleware around them."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import BaseRoute

from monitor.bootstrap import House
from monitor.web import (
    api,
    audit,
    digests,
    errors,
    events,
    feeds,
    health,
    home,
    keys,
    market,
    operations,
    people,
    register,
    reports,
    rights,
    rules,
    services,
    sessions,
    sheets,
    sign_in,
    subscriptions,
    unsubscribe,
    watchlists,
)
from monitor.web.guard import Guard
from monitor.web.pace import Pace


def gathered(*routers: APIRouter) -> list[BaseRoute]:
    """The routes of these routers, each behind `rights.admit`."""
    door = APIRouter(dependencies=[Depends(rights.admit)])
    for router in routers:
        door.include_router(router)
    return door.routes


ROUTES = gathered(
    health.router,
    home.router,
    watchlists.router,
    rules.router,
    sheets.router,
    register.router,
    services.router,
    events.router,
    reports.router,
    market.router,
    subscriptions.router,
    unsubscribe.router,
    digests.router,
    sign_in.router,
    sessions.router,
    people.router,
    audit.router,
    api.router,
    api.docs_router,
    keys.router,
    feeds.router,
    operations.router,
)
"""FastAPI analyses the routes only once. That takes far longer than everything else about an app."""


def create_app(house: House, clock: Callable[[], datetime]) -> FastAPI:
    """The pages of an app. Raises RuntimeError if a route has no entry in `rights.RIGHTS`."""
    app = FastAPI(
        title="CQC monitor",
        routes=ROUTES,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.house = house
    app.state.clock = clock
    app.state.pace = Pace()
    rights.check_complete(app)
    errors.add_handlers(app)
    app.add_middleware(Guard, public_url=house.settings.public_url, error_page=errors.error_page)
    return app
