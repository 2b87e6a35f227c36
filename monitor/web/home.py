"""The home page: how well the monitor sees the services, recent changes on the person's watchlists (most severe first), and
services that couldn't be read."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from monitor.cases import Tab
from monitor.store.items import Asked, Totals
from monitor.store.people import Role
from monitor.text import day_in_london
from monitor.web.cases import names_of
from monitor.web.items import LATELY, WORDS, shown
from monitor.web.pages import cases_waiting, page, root_of
from monitor.web.parts import Now, TheApp, User
from monitor.web.permissions import may

MOST_ITEMS = 30
MOST_UNREAD = 20
MOST_NAMED = 10
MOST_CASES = 10

router = APIRouter()


@router.get("/")
def home(request: Request, app: TheApp, me: User, now: Now) -> Response:
    """Shows the watchlists that have services and that the person owns or subscribes to. Operators also see watchlists without an
    owner, since perhaps nobody else looks after these watchlists. A person without watchlists sees all watchlists. What
    the page says about the monitor's own work always covers all watchlists."""
    glance, operates = app.store.glance, me.role.may(Role.OPERATOR)
    mine = glance.watchlists_of(me, and_nobodys=operates)
    watchlists = mine or glance.watchlists()
    asked = Asked(watchlists=mine, since=now - LATELY)  # an empty `mine` means the changes of all watchlists
    whole = app.judgement(now)
    judgement = app.judgement(now, mine) if mine else whole
    services = judgement.services
    unseen = services.watched - services.up_to_date - services.not_checked.count
    last_check, oldest_reading = glance.checked(None, whole.services.watched)
    today = day_in_london(now)
    mine_cases = app.store.cases.listed(Tab.MINE, me.id, today, MOST_CASES)
    return page(
        request,
        "home.html",
        watchlists=watchlists,
        most_cases=MOST_CASES,
        most_named=MOST_NAMED,
        may_edit=may(me.role, "POST /watchlists"),
        may_invite=may(me.role, "GET /people"),
        may_set_up=may(me.role, "GET /set-up"),
        only_mine=bool(mine),
        and_nobodys=operates,
        days=LATELY.days,
        items=shown(app, app.store.items.listed(asked, MOST_ITEMS)) if watchlists else [],
        totals=app.store.items.totals(asked) if watchlists else Totals(),
        words=WORDS,
        base_url=app.settings.cqc_base_url,
        list_address=f"{root_of(request)}/items?{''.join(urlencode({'watchlist': one}) + '&' for one in mine)}",
        unread=glance.unread(watchlists, now - app.settings.stale_after, MOST_UNREAD) if unseen else [],
        unseen=unseen,
        cases=mine_cases,
        names=names_of(app, mine_cases),
        today=today,
        reviews=len(app.store.suspensions.due(mine or None, today, reader=me.id)),
        new_cases=cases_waiting(request, me.id)[0],
        services=services,
        last_check=last_check,
        oldest_reading=oldest_reading,
        judgement=judgement,
        whole=whole,
        mail=app.can_mail,
    )
