"""Saves, opens, changes and deletes reports, starts and stops quarterly messages about a report, and sets the template for Word
documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from monitor.app import App
from monitor.cqc.location_list import Sheet, read_upload
from monitor.cqc.word_template import check
from monitor.errors import UsageError
from monitor.store.people import Person, Role
from monitor.store.saved_reports import LONGEST_NAME, SavedReport
from monitor.text import counted, day_in_london, plain, sentence
from monitor.web.forms import FormModel, Ticked, in_lines, name_up_to
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, app_of, is_number
from monitor.web.reports import AreaAsked, Keeping, Layout, area_answered, made_once, wanted
from monitor.web.sheets import LIMITS
from monitor.web.uploads import Uploaded, sent, uploads_of

TEMPLATE = "/reports/template"

MOST_NAMED = 100
"""A report may leave out contracted services. The page lists at most this many of them."""

router = APIRouter()

_NAME_WANTED = f"Enter a name of up to {LONGEST_NAME} characters"
_NO_FILE = "Choose a file"


class ReportName(FormModel):
    """The name of a report."""

    name: Annotated[str, name_up_to(LONGEST_NAME, _NAME_WANTED)] = Field(description=_NAME_WANTED)


class NewReport(ReportName):
    """A report to save: its name, and its subject and options as a query string."""

    query: str = ""


class Quarterly(FormModel):
    """Whether the person wants a message about a report each quarter."""

    wanted: Ticked = False


def _found(app: TheApp, saved_report: str) -> SavedReport:
    """Returns the report with this id. Raises a 404 if no report has this id."""
    found = app.store.saved_reports.find(int(saved_report)) if is_number(saved_report) else None
    if found is None:
        raise HTTPException(404, "There is no report at this address. Somebody may have deleted it.")
    return found


OneReport = Annotated[SavedReport, Depends(_found)]
"""The report whose id is in the address of the request."""


def _path(report: SavedReport, end: str = "") -> str:
    return f"/reports/saved/{report.id}{end}"


def _may_change(report: SavedReport, me: Person) -> None:
    if not report.may_be_changed_by(me):
        raise HTTPException(403)


@router.post("/reports/saved")
def save(request: Request, app: TheApp, me: User, now: Now, form: Annotated[NewReport, Form()]) -> Response:
    """Saves a report, without its dates."""
    errors = dict(form.errors)
    about = _asked(form.query, {})
    if about.errors:
        raise HTTPException(422, "This report can't be saved. Make the report again on the page Reports.")
    if not errors:
        try:
            made = app.store.saved_reports.save(form.name, about.to_save, me.id, now)
        except UsageError as error:
            errors["name"] = sentence(str(error))
        else:
            return go_to(request, f"/reports/saved/{made}", said=f"The report {form.name} has been saved.")
    return page(request, "save_report.html", query=form.query, name=form.typed["name"], errors=errors)


def _asked(query: str, days: Mapping[str, str]) -> AreaAsked:
    """Returns the form of a saved report, with the dates that the page's address contains."""
    given = {name: days[name] for name in ("from", "to", "as_at") if days.get(name)}
    return AreaAsked.model_validate(dict(parse_qsl(query)) | given)


@router.get("/reports/saved/{saved_report}")
def opened(request: Request, report: OneReport, app: TheApp, me: User, now: Now, layout: Layout = "") -> Response:
    """Shows the report, made from the present register. The dates come from the page's address."""
    form = _asked(report.query, dict(request.query_params))
    found = wanted(app, form, day_in_london(now), me.id, report.contracted)
    if isinstance(found, dict):
        return _settings(request, report, me, {"report": in_lines([*found.values()])})
    try:
        paper, key = made_once(request, app, found)
    except UsageError as error:
        return _settings(request, report, me, {"report": f"{sentence(str(error))}."})
    return area_answered(request, app, paper, layout, Keeping(key=key, saved=report))


@router.post("/reports/saved/{saved_report}/quarterly")
def quarterly(
    request: Request, report: OneReport, app: TheApp, me: User, form: Annotated[Quarterly, Form()]
) -> Response:
    """Starts or stops the quarterly message about a report."""
    app.store.saved_reports.send_to(report, me.id, form.wanted)
    said = "You will get an email a week after each quarter." if form.wanted else "You will get no more emails about this report."
    return go_to(request, _path(report), said=said)


@router.get("/reports/saved/{saved_report}/settings")
def settings(request: Request, report: OneReport, me: User) -> Response:
    """Shows the settings of a report: its name, its contracted services, and a button that deletes it."""
    _may_change(report, me)
    return _settings(request, report, me)


def _settings(
    request: Request, report: SavedReport, me: Person, errors: Mapping[str, str] | None = None, name: str | None = None
) -> Response:
    return page(
        request,
        "saved_report.html",
        report=report,
        name=report.name if name is None else name,
        may_change=report.may_be_changed_by(me),
        off=app_of(request).store.register.not_of_care(report.contracted or ()),
        most=MOST_NAMED,
        errors=dict(errors or {}),
    )


@router.post("/reports/saved/{saved_report}/settings")
def rename(
    request: Request, report: OneReport, app: TheApp, me: User, now: Now, form: Annotated[ReportName, Form()]
) -> Response:
    """Gives a report another name. The report's address stays the same."""
    _may_change(report, me)
    errors = dict(form.errors)
    if not errors:
        try:
            app.store.saved_reports.rename(report, form.name, me.id, now)
        except UsageError as error:
            errors["name"] = sentence(str(error))
    if errors:
        return _settings(request, report, me, errors, str(form.typed["name"]))
    return go_to(request, _path(report, "/settings"), said="Saved.")


@router.post("/reports/saved/{saved_report}/contracted")
async def contracted(
    request: Request, report: OneReport, app: TheApp, me: User, now: Now, form: Annotated[Uploaded, Form()]
) -> Response:
    """Stores the contracted services that a file lists."""
    _may_change(report, me)
    try:
        raw = await _chosen(form)
        listed = await run_in_threadpool(app.store.register.listed)

        def read() -> Sheet:
            return read_upload(raw, base_url=app.settings.cqc_base_url, listed=listed, limits=LIMITS)

        sheet = await uploads_of(request).read(read)
        if sheet.problems:
            raise UsageError(in_lines(sheet.problems))
    except UsageError as error:
        return await run_in_threadpool(_settings, request, report, me, {"file": sentence(str(error))})
    await run_in_threadpool(app.store.saved_reports.set_contracted, report, sheet.ids, me.id, now)
    off = await run_in_threadpool(app.store.register.not_of_care, sheet.ids)
    more = f" {len(off):,} of these {'is' if len(off) == 1 else 'are'} left out of the report: see below." if off else ""
    return go_to(request, _path(report, "/settings"), said=f"Saved: {counted(len(sheet.ids), 'contracted service')}.{more}")


@router.post("/reports/saved/{saved_report}/contracted/remove")
def remove_contracted(request: Request, report: OneReport, app: TheApp, me: User, now: Now) -> Response:
    """Removes the contracted services that came from a file."""
    _may_change(report, me)
    if report.contracted is not None:
        app.store.saved_reports.set_contracted(report, None, me.id, now)
    return go_to(request, _path(report, "/settings"), said="Removed.")


@router.post("/reports/saved/{saved_report}/delete")
def delete(request: Request, report: OneReport, app: TheApp, me: User, now: Now) -> Response:
    """Deletes a report."""
    _may_change(report, me)
    app.store.saved_reports.delete(report, me.id, now)
    return go_to(request, "/reports", said=f"The report {report.name} was deleted.")


# ── the template for Word documents ──────────────────────────────────────────────────────────────────────────────────────


@router.get(TEMPLATE)
def template(request: Request, app: TheApp, me: User) -> Response:
    """Shows the template and, for editors, the form for replacing it."""
    return _template(request, app, me)


def _template(request: Request, app: App, me: Person, errors: Mapping[str, str] | None = None) -> Response:
    there = app.store.saved_reports.template()
    return page(request, "report_template.html", there=there, may_edit=me.role.may(Role.EDITOR), errors=dict(errors or {}))


@router.post(TEMPLATE)
async def upload(request: Request, app: TheApp, me: User, now: Now, form: Annotated[Uploaded, Form()]) -> Response:
    """Replaces the template with a file, if the file can be used."""
    name = plain(form.file.filename or "")[-100:] if form.file else ""
    try:
        raw = await _chosen(form)
        await uploads_of(request).read(lambda: check(raw))
    except UsageError as error:
        return await run_in_threadpool(_template, request, app, me, {"file": sentence(str(error))})
    await run_in_threadpool(_set, app, name, raw, me, now)
    return go_to(request, TEMPLATE, said=f"{name} is now the template of Word documents.")


@router.post(f"{TEMPLATE}/remove")
def remove(request: Request, app: TheApp, me: User, now: Now) -> Response:
    """Removes the template."""
    there = app.store.saved_reports.template()
    if there is not None:
        _set(app, there.name, None, me, now)
    return go_to(request, TEMPLATE, said="The template was removed.")


def _set(app: App, name: str, content: bytes | None, me: Person, now: datetime) -> None:
    app.store.saved_reports.set_template(name, content, me.id, now)


async def _chosen(form: Uploaded) -> bytes:
    """Returns the content of the file. Raises UsageError if no file was chosen."""
    if form.file is None or not form.file.filename:
        raise UsageError(_NO_FILE)
    return await sent(form.file)
