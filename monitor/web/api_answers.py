"""The common parts of all API endpoints: the rate limit, lists as JSON and CSV, and error answers."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import BaseModel

from monitor.errors import UsageError
from monitor.periods import check_begun
from monitor.reports.cells import csv_file
from monitor.web import api_forms as forms
from monitor.web.answers import accepted, conditional
from monitor.web.pages import root_of
from monitor.web.parts import Now, signed_in_of
from monitor.web.rate_limit import LIMIT, Pace, turn_of

_JSON, _CSV = "application/json", "text/csv"
_SHEET = ".csv"

STATUSES = {
    304: "The answer is the same as the earlier answer with this ETag",
    401: "No key, or a key that is not valid",
    404: "Not found",
    406: "Not available in a format that you accept",
    422: "A parameter can’t be used, or is unknown",
    429: "Too many requests in this minute",
    503: "The database can’t be reached",
}
"""The statuses other than 200, and their meanings."""

_AS_CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "As JSON or CSV", "content": {_CSV: {"schema": {"type": "string"}}}}
}

Answering = TypeVar("Answering", bound=Callable[..., Response])

Rows = tuple[Sequence[str], Iterable[Sequence[object]]]
"""A header row, and the rows below it."""


def _in_turn(request: Request, now: Now) -> None:
    """Applies the rate limit. Raises a 429 if the person has sent too many requests."""
    here = signed_in_of(request)
    assert here is not None
    pace: Pace = request.app.state.pace
    request.state.turn = pace.ask(here.person.id, now)
    if not request.state.turn.allowed:
        raise HTTPException(429, f"At most {LIMIT} requests a minute. Wait as long as Retry-After says.")


def new_router() -> APIRouter:
    """A router for endpoints of the API."""
    return APIRouter(dependencies=[Depends(_in_turn)], generate_unique_id_function=lambda route: route.name)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describes an endpoint's answers other than 200. These are the answers with the given statuses, and the answers that every
    endpoint can give."""
    body = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    stated = (304, 401, 429, 503, *statuses)
    return {status: {"description": STATUSES[status]} | ({} if status == 304 else body) for status in sorted(stated)}


def listing(
    router: APIRouter, path: str, model: type[BaseModel], summary: str, *statuses: int
) -> Callable[[Answering], Answering]:
    """Adds a list at a path, as JSON or CSV. At the same path with “.csv”, the list is always CSV. `statuses`: further
    statuses that the list may answer with, in addition to 406, 422 and the statuses of every endpoint."""

    def add(answering: Answering) -> Answering:
        described = {"response_model": model, "responses": _AS_CSV | problems(406, 422, *statuses), "summary": summary}
        router.add_api_route(path, answering, methods=["GET"], **described)  # type: ignore[arg-type]
        router.add_api_route(path + _SHEET, answering, methods=["GET"], response_model=None, include_in_schema=False)
        return answering

    return add


def answered(
    request: Request, value: BaseModel, asked: forms.Asked | None = None, rows: Any = None, cursor: str | None = None
) -> Response:
    """Returns a value in the requested format. `rows` makes the value's rows for CSV, and `cursor` is the cursor of the next
    batch. If a CSV file does not contain the whole list, the file's name says so."""
    path = request.url.path
    if rows and path.endswith(_SHEET):
        form = _CSV
    elif asked is not None and asked.format is not None:
        form = _CSV if asked.format is forms.Format.CSV else _JSON
    else:
        form = accepted(request, (_JSON, _CSV) if rows else (_JSON,))
    turn = turn_of(request)
    headers = {"Vary": "Accept, Authorization, Cookie", **(turn.headers if turn else {})}
    if cursor is not None:
        query = [(name, text) for name, text in request.query_params.multi_items() if name != "cursor"]
        headers["Link"] = f'<{root_of(request)}{path}?{urlencode([*query, ("cursor", cursor)])}>; rel="next"'
    if form == _CSV:
        header, body = rows()
        name = path.rpartition("/")[2].removesuffix(_SHEET)
        part = "" if cursor is None and "cursor" not in request.query_params else "-in-part"
        headers["Content-Disposition"] = f'attachment; filename="{name}{part}.csv"'
        return conditional(request, csv_file(header, body), "text/csv; charset=utf-8", headers)
    return conditional(request, value.model_dump_json(by_alias=True, exclude_unset=True).encode(), _JSON, headers)


def check_day(name: str, at: date | None, now: datetime) -> None:
    """Raises a 422 if a day or an instant is in the future. `name`: the name of the parameter."""
    try:
        check_begun(at, now)
    except UsageError as error:
        raise HTTPException(422, f"{name}: {error}.") from None


def flat(form: type[BaseModel], values: Sequence[BaseModel]) -> Rows:
    """Returns values as rows, with one column for each field. No field may contain a list."""
    names = [field.alias or name for name, field in form.model_fields.items()]
    plain = (value.model_dump(mode="json", by_alias=True) for value in values)
    return names, ([one[name] for name in names] for one in plain)
