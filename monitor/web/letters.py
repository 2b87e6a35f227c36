"""Draft letters to placing authorities. The program makes files, and sends no letters. A person decides whether to send a
letter."""

import asyncio
from dataclasses import replace
from email.message import EmailMessage
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from monitor.app import App
from monitor.cqc import letter
from monitor.cqc.reader import Limits, Reader
from monitor.errors import Unreadable, UsageError
from monitor.letters import SHIPPED, About, values
from monitor.locations import location_url
from monitor.reports.export import MEDIA
from monitor.store.letters import FOR_ALL
from monitor.text import day_in_london, plain, sentence
from monitor.web.items import Shown, shown
from monitor.web.pages import page
from monitor.web.parts import Now, TheApp, User, Visit, Visiting
from monitor.web.sheets import saved_as
from monitor.web.uploads import uploads_of

LIMITS = Limits(seconds=5, memory=600_000_000, clock=15, answer=10_000_000)
"""The limits for one template."""

Which = Annotated[str, Query(max_length=200)]

router = APIRouter()


@router.get("/services/{location_id}/letter")
def choose(request: Request, app: TheApp, me: User, now: Now, location_id: str, item: Which = "") -> Response:
    """Shows a draft letter for each watchlist, and links to its files. Each draft is made from the watchlist's own facts and
    template."""
    known = app.store.own_facts.about([location_id], reader=me.id).get(location_id, {})
    lists = app.store.watchlists.of_service(location_id) or list(known) or [FOR_ALL]
    about, today = _about(app, location_id, item), day_in_london(now)
    found = [(one, values(replace(about, facts=known.get(one)), today)) for one in lists]
    return page(request, "letter.html", location_id=location_id, name=about.service, found=found, item=item)


@router.get("/services/{location_id}/letter.docx")
async def as_docx(here: Visiting, location_id: str, watchlist: Which = "", item: Which = "") -> Response:
    """Returns the draft as a Word document."""
    _, docx, _ = await _made(here, location_id, watchlist, item)
    return saved_as(f"letter-{location_id}.docx", docx)


@router.get("/services/{location_id}/letter.eml")
async def as_mail(here: Visiting, location_id: str, watchlist: Which = "", item: Which = "") -> Response:
    """Returns the draft as a mail without a sender or a receiver. A person opens it in a mail program and completes it."""
    about, docx, text = await _made(here, location_id, watchlist, item)
    return saved_as(f"letter-{location_id}.eml", draft(about, docx, text))


def draft(about: About, docx: bytes, text: str) -> bytes:
    """Returns a mail that a mail program opens as a draft (X-Unsent). The mail contains the letter as text and as an attached
    file."""
    mail = EmailMessage()
    mail["Subject"] = f"{about.service}: {about.what_changed or 'for placing authorities'}".replace("=?", "= ?")
    mail["X-Unsent"] = "1"
    mail.set_content(text, cte="quoted-printable")
    main, _, sub = MEDIA["docx"].partition("/")
    mail.add_attachment(docx, maintype=main, subtype=sub, filename=f"letter-{about.location_id}.docx")
    return mail.as_bytes()


async def _made(here: Visit, location_id: str, watchlist: str, item: str) -> tuple[About, bytes, str]:
    about = await run_in_threadpool(_about, here.app, location_id, item)
    own = await run_in_threadpool(partial(here.app.store.own_facts.about, [location_id], [watchlist], reader=here.me.id))
    about = replace(about, facts=own.get(location_id, {}).get(watchlist))
    template = await run_in_threadpool(template_of, here.app, watchlist)
    try:
        docx, text = await read(here.request, template, values(about, day_in_london(here.now)))
    except UsageError as error:
        raise HTTPException(422, f"The template can’t be used: {error}.") from None
    return about, docx, text


def template_of(app: App, watchlist: str) -> bytes:
    """Returns the template for a watchlist's services. If the watchlist has no template, returns the template for all watchlists.
    If this is missing too, returns the default template."""
    found = app.store.letters.template(watchlist) or app.store.letters.template(FOR_ALL)
    return found.body if found else letter.shipped(SHIPPED)


async def read(request: Request, template: bytes, filling: dict[str, str]) -> tuple[bytes, str]:
    """Returns the letter made from a template, and its text. Raises UsageError if the template can't be used."""

    def reading() -> tuple[bytes, str]:
        try:
            return asyncio.run(Reader(LIMITS).letter(template, filling))
        except Unreadable as error:
            raise UsageError(str(error)) from None

    return await uploads_of(request).read(reading)


def _about(app: App, location_id: str, item: str) -> About:
    """Returns the data for a letter, without own facts. Raises a 404 if nothing is known about the service, or if the item does
    not exist or belongs to another service. The rating is left out if the service is no longer watched, because the last reading
    may be old."""
    known = next(iter(app.store.overviews.named([location_id])), None)
    is_watched = bool(app.store.watchlists.of_service(location_id))
    what = _item(app, location_id, item)
    if known is None or (item and what is None):
        raise HTTPException(404)
    events = [one for one in what.told.events if one.corrected_at is None] if what else []
    return About(
        service=plain(known.name or location_id),
        location_id=location_id,
        report=location_url(location_id, app.settings.cqc_base_url),
        address=plain(", ".join(one for one in (known.place, known.postcode) if one)),
        provider=plain(known.provider_name or ""),
        what_changed=what.headline if what and events else "",
        why=(what.why or "") if what else "",
        rating=sentence(known.overall or "") if is_watched else "",
        published=max((one.published for one in events if one.published), default=None),
    )


def _item(app: App, location_id: str, item: str) -> Shown | None:
    """Returns the chosen item or, if no item was chosen, the newest item of the open case. Returns None if the service has no
    such item."""
    if item:
        told = app.store.items.of(item)
        found = told if told and told.item.location_id == location_id else None
        return shown(app, [found])[0] if found else None
    case = app.store.cases.open_at([location_id]).get(location_id)
    ids = app.store.cases.items(case.id) if case else []
    return _item(app, location_id, ids[-1]) if ids else None
