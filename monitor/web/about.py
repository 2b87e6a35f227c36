"""The pages about privacy and accessibility, the help page, and a file with the data stored about the person who asks."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from monitor.web.pages import page
from monitor.web.parts import TheApp, User

router = APIRouter()


@router.get("/privacy")
def privacy(request: Request, app: TheApp) -> Response:
    """Shows which personal data are kept, why, and for how long, according to this monitor's settings."""
    return page(request, "privacy.html", settings=app.settings)


@router.get("/privacy/mine.json")
def mine(app: TheApp, me: User) -> Response:
    """Returns everything that is stored about the person who asks."""
    found = app.store.personal_data.export(me.email)
    hidden = app.store.own_facts.hidden_from(me.id)
    for row in found.get("own_fact", []):
        if row["watchlist"] in hidden:  # only readers of the watchlist's facts may see the rest
            for name in row.keys() - {"watchlist", "location_id", "contract_officer", "uploaded_by", "uploaded_at"}:
                row[name] = None
    return JSONResponse(found, headers={"Content-Disposition": 'attachment; filename="my-data.json"'})


@router.get("/accessibility")
def accessibility(request: Request, app: TheApp) -> Response:
    """Shows the accessibility statement."""
    return page(request, "accessibility.html", contact=app.settings.contact)


@router.get("/help")
def help_(request: Request, app: TheApp) -> Response:
    """Shows the help page, which explains the words that the pages use, and what people can do."""
    return page(request, "help.html", contact=app.settings.contact)
