"""Records the results of a check: the snapshot, the pages, the events with their notices and evidence, corrections, and when the
next check is due."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select, update

from monitor import codec
from monitor.detect.checks import Outcome, ReadPage
from monitor.reader_version import VERSION
from monitor.severity import is_grave
from monitor.store import events, following, snapshots
from monitor.store.database import add_once, in_turn
from monitor.store.evidence import keep_evidence
from monitor.store.proposals import propose_after
from monitor.store.service_rows import locked_services
from monitor.store.tables import CorrectionRow, DisagreementRow, PageRow, ServiceRow, table
from monitor.store.vault import Vault

_service, _page = table(ServiceRow), table(PageRow)
_disagreement, _correction = table(DisagreementRow), table(CorrectionRow)

_BASE = select(_service.c.seq, _service.c.suspicions).where(_service.c.location_id == bindparam("here")).with_for_update()
_NO_PAGES = delete(_page).where(_page.c.location_id == bindparam("here"))
_PAGES = insert(_page)

_CLOCKS_APART = timedelta(days=1)
"""Two correct clocks never differ by more than this."""


def record(connection: Connection, vault: Vault, outcome: Outcome) -> bool:
    """Does what `Services.record` does, within the caller's transaction."""
    onward = following.leads_to(outcome)
    if outcome.events or onward:
        in_turn(connection)
    if onward:  # the checked service and the services that it leads to are always locked in the same order
        locked_services(connection, _service.c.location_id.in_([outcome.location_id, *onward]))
    row = connection.execute(_BASE, {"here": outcome.location_id}).first()
    # Candidate changes are compared as values and not as text, because an older version may have stored the same changes as a
    # different text.
    base = (outcome.base_seq, outcome.base_candidates)
    if row is None or (row.seq, codec.load_candidates(row.suspicions)) != base:
        return False
    outcome = following.started_from_former(connection, outcome)
    if outcome.snapshot and outcome.snapshot.seq != outcome.base_seq:
        snapshots.keep(connection, outcome.snapshot)
    if outcome.pages is not None:
        _record_pages(connection, outcome.location_id, outcome.pages)
    if outcome.differences is not None:
        _note_differences(connection, outcome.location_id, outcome.differences, outcome.looked_at)
    if outcome.events:
        _record_events(connection, vault, outcome)
    if outcome.corrections:
        noted = {"location_id": outcome.location_id, "reader": VERSION, "noted_at": outcome.looked_at}
        connection.execute(insert(_correction), [noted | {"line": line} for line in outcome.corrections])
    if onward:
        following.follow(connection, outcome, onward)
    connection.execute(update(_service).where(_service.c.location_id == outcome.location_id).values(**_looked(outcome)))
    return True


def _record_pages(connection: Connection, location_id: str, pages: Sequence[ReadPage]) -> None:
    connection.execute(_NO_PAGES, {"here": location_id})
    rows = [
        {
            "location_id": location_id,
            "url": page.url,
            "position": position,
            "etag": page.etag,
            "last_modified": page.last_modified,
            "fingerprint": page.fingerprint,
            "digest": page.digest,
            "reading": codec.dump_reading(replace(page.reading, decisions=())),
            "fetched_at": page.fetched_at,
            "reader": page.reader,
        }
        for position, page in enumerate(pages)
    ]
    if rows:
        connection.execute(_PAGES, rows)


def _record_events(connection: Connection, vault: Vault, outcome: Outcome) -> None:
    fresh = events.record(connection, vault, outcome.location_id, outcome.events)
    if fresh:
        propose_after(connection, outcome.location_id, outcome.looked_at)
    wanted = {event.evidence for event in fresh}
    for page in (*(outcome.pages or ()), *((outcome.answer,) if outcome.answer else ())):
        if page.digest in wanted:
            keep_evidence(connection, page)


def _note_differences(connection: Connection, location_id: str, lines: Sequence[str], now: datetime) -> None:
    """Records the differences between a service's page and the API, and when they were first and last seen. If there are no
    differences any more, deletes the record."""
    here = _disagreement.c.location_id == location_id
    if not lines:
        connection.execute(delete(_disagreement).where(here))
        return
    add_once(connection, _disagreement, location_id=location_id, since=now, seen_at=now, lines="[]")
    connection.execute(update(_disagreement).where(here).values(seen_at=now, lines=json.dumps(list(lines), ensure_ascii=False)))


def _looked(outcome: Outcome) -> dict[str, object]:
    values = {} if outcome.of_api else _page_looked_at(outcome)
    values["suspicions"] = codec.dump_candidates(outcome.candidates)
    if outcome.witnessed_at is not None:
        values["witnessed_at"] = outcome.witnessed_at
        # If `named_at` is this far ahead, a clock was wrong. In this case, `named_at` is set to the time of the API's answer, so
        # that the API is not asked again because of the wrong time.
        wrong = _service.c.named_at > outcome.witnessed_at + _CLOCKS_APART
        values["named_at"] = case((wrong, outcome.witnessed_at), else_=_service.c.named_at)
    if outcome.snapshot:
        values |= {"seq": outcome.snapshot.seq, "grave": is_grave(outcome.snapshot)}
    return values


def _page_looked_at(outcome: Outcome) -> dict[str, object]:
    values: dict[str, object] = {
        "looked_at": outcome.looked_at,
        "next_look_at": outcome.next_look_at,
        "failures": outcome.failures,
        "trouble": outcome.trouble,
        "blind": outcome.blind,
        "blind_since": func.coalesce(_service.c.blind_since, outcome.looked_at) if outcome.blind else None,
    }
    if outcome.read_well:
        values["read_at"] = outcome.looked_at
    if outcome.asked_whole:
        values["asked_whole_at"] = outcome.looked_at
    if outcome.pages is not None:
        values |= {"read_through_at": outcome.looked_at, "whole": outcome.whole}
        if all(page.reader == VERSION for page in outcome.pages):
            values["reread_at"] = None
    return values
