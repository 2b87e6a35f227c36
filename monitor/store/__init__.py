"""Stores everything durably. The methods accept and return plain values, never database rows. Start with `open_store`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from monitor.store.database import opened
from monitor.store.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from monitor.store.accounts import Accounts
    from monitor.store.acknowledgements import Acknowledgements
    from monitor.store.answers import Answers
    from monitor.store.api import Api
    from monitor.store.areas import Areas
    from monitor.store.assurance import Assurance
    from monitor.store.audit import Audit
    from monitor.store.bounces import Bounces
    from monitor.store.case_reminders import CaseReminders
    from monitor.store.cases import Cases
    from monitor.store.changes import Changes
    from monitor.store.corrections import Corrections
    from monitor.store.dead_letters import DeadLetters
    from monitor.store.delivery_log import Log
    from monitor.store.drills import Drills
    from monitor.store.escalations import Escalations
    from monitor.store.events import Events
    from monitor.store.evidence import Evidence
    from monitor.store.facts import Judging
    from monitor.store.feeds import Feeds
    from monitor.store.figures import Counts
    from monitor.store.first_operator import FirstOperator
    from monitor.store.glance import Glance
    from monitor.store.happened import Happened
    from monitor.store.hints import Hints
    from monitor.store.intake import Intake
    from monitor.store.items import Items
    from monitor.store.kept_forms import KeptForms
    from monitor.store.keys import Keys
    from monitor.store.known_then import KnownThen
    from monitor.store.leaving import Leaving
    from monitor.store.letters import Letters
    from monitor.store.outages import Outages
    from monitor.store.outbox import Outbox
    from monitor.store.overview import Overviews
    from monitor.store.own_facts import Contracted
    from monitor.store.people import People
    from monitor.store.personal_data import PersonalData
    from monitor.store.places import Maps
    from monitor.store.rate_limits import Turns
    from monitor.store.readers import Readers
    from monitor.store.receivers import Receivers
    from monitor.store.register import Register
    from monitor.store.reinspections import Reinspections
    from monitor.store.rotas import Rotas
    from monitor.store.rules import Rules
    from monitor.store.saved_reports import SavedReports
    from monitor.store.saved_settings import SavedSettings
    from monitor.store.saved_views import SavedViews
    from monitor.store.services import Services
    from monitor.store.setting_up import SettingUp
    from monitor.store.standings import Standings
    from monitor.store.subscriptions import Subscriptions
    from monitor.store.suspensions import Suspensions
    from monitor.store.unsubscribed import Unsubscribed
    from monitor.store.upkeep import Upkeep
    from monitor.store.verifications import Verifications
    from monitor.store.watchlists import Watchlists
    from monitor.store.webhook_secrets import WebhookSecrets
    from monitor.store.workers import Workers


_MODULES = {"counts": "figures", "judging": "facts", "maps": "places", "overviews": "overview", "turns": "rate_limits"}
"""Each part whose name is not the name of its module, with its module."""

_OPEN_ADDRESSES = {
    "answers", "api", "assurance", "bounces", "case_reminders", "corrections", "dead_letters", "delivery_log", "drills",
    "escalations", "happened", "judging", "kept_forms", "leaving", "outages", "outbox", "personal_data", "readers",
    "receivers", "rotas", "rules", "saved_reports", "services", "setting_up", "subscriptions", "unsubscribed", "watchlists",
    "webhook_secrets",
}
"""The parts that read or write addresses. These parts need the vault, since addresses are encrypted."""


class Store:
    """Contains all parts of the store, for one database. A part is loaded when it is first used, since a command needs only a few
    parts."""

    accounts: Accounts
    acknowledgements: Acknowledgements
    answers: Answers
    api: Api
    areas: Areas
    assurance: Assurance
    audit: Audit
    bounces: Bounces
    case_reminders: CaseReminders
    cases: Cases
    changes: Changes
    corrections: Corrections
    counts: Counts
    dead_letters: DeadLetters
    delivery_log: Log
    drills: Drills
    escalations: Escalations
    events: Events
    evidence: Evidence
    feeds: Feeds
    first_operator: FirstOperator
    glance: Glance
    happened: Happened
    hints: Hints
    intake: Intake
    items: Items
    judging: Judging
    kept_forms: KeptForms
    keys: Keys
    known_then: KnownThen
    leaving: Leaving
    letters: Letters
    maps: Maps
    outages: Outages
    outbox: Outbox
    overviews: Overviews
    own_facts: Contracted
    people: People
    personal_data: PersonalData
    readers: Readers
    receivers: Receivers
    register: Register
    reinspections: Reinspections
    rotas: Rotas
    rules: Rules
    saved_reports: SavedReports
    saved_settings: SavedSettings
    saved_views: SavedViews
    services: Services
    setting_up: SettingUp
    standings: Standings
    subscriptions: Subscriptions
    suspensions: Suspensions
    turns: Turns
    unsubscribed: Unsubscribed
    upkeep: Upkeep
    verifications: Verifications
    watchlists: Watchlists
    webhook_secrets: WebhookSecrets
    workers: Workers

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self.engine = engine
        self.vault = vault

    if not TYPE_CHECKING:  # with __getattr__, type checkers would accept every name

        def __getattr__(self, name: str) -> object:
            kind = type(self).__annotations__.get(name)
            if kind is None:
                raise AttributeError(name)
            make = getattr(import_module(f"monitor.store.{_MODULES.get(name, name)}"), kind)
            part = make(self.engine, self.vault) if name in _OPEN_ADDRESSES else make(self.engine)
            return self.__dict__.setdefault(name, part)  # two threads that ask at once get the same part

    def close(self) -> None:
        """Closes the database."""
        if "changes" in self.__dict__:
            self.changes.close()
        self.engine.dispose()


def open_store(url: str, vault: Vault) -> Store:
    """Opens the database at `url`, and creates or migrates it if necessary. Raises StoreError."""
    return store_in(opened(url), vault)


def store_in(engine: Engine, vault: Vault) -> Store:
    """Returns the store in an opened database."""
    return Store(engine, vault)
