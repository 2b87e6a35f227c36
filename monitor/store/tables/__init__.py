# ruff: noqa: F403, F405 - this module imports every table
"""Defines the tables. Only the store uses the tables. Other modules get values of `monitor.model` and of the store's own classes,
never rows."""

from functools import cache

from sqlalchemy import Index, MetaData, text
from sqlmodel import SQLModel

from monitor.store.tables.base import *
from monitor.store.tables.cases import *
from monitor.store.tables.hints import *
from monitor.store.tables.outbox import *
from monitor.store.tables.people import *
from monitor.store.tables.register import *
from monitor.store.tables.reports import *
from monitor.store.tables.services import *


@cache
def metadata() -> MetaData:
    """Returns all tables, with their partial indexes. Only this function adds the partial indexes, because statements work
    without them, and their definition loads SQLAlchemy's PostgreSQL dialect."""
    for row in Row.__subclasses__():
        table(row)
    notice = table(NoticeRow).c
    for name, columns, where in (
        ("uq_notice_welcome", [notice.subscription_id], "kind = 'welcome'"),
        ("uq_notice_hour", [notice.subscription_id, notice.kind, notice.due_at], "event_id IS NULL"),
        ("uq_webhook_secret_current", [table(WebhookSecretRow).c.address_key], "ends_at IS NULL"),
        ("uq_service_case_open", [table(CaseRow).c.location_id], "closed_at IS NULL"),
        ("ix_service_amiss", [table(ServiceRow).c.location_id], AMISS),
    ):
        Index(name, *columns, unique=name.startswith("uq_"), sqlite_where=text(where), postgresql_where=text(where))
    return SQLModel.metadata
