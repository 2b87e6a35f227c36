"""Durable storage: values in, values out. Start with `open_store`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from monitor.store.database import opened
from monitor.store.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from monitor.store.acknowledgements import Acknowledgements
    from monitor.store.api import Api
    from monitor.store.areas import Areas
    from monitor.store.audit import Audit
    from monitor.store.bounces import Bounces
    from monitor.store.changes import Changes
    from monitor.store.corrections import Corrections
    from monitor.store.dead_letters import DeadLetters
    from monitor.store.delivery_log import Log
    from monitor.store.escalations import Escalations
    from monitor.store.events import Events
    from monitor.store.evidence import Evidence
    from monitor.store.facts import Judging
    from monitor.store.feeds import Feeds
    from monitor.store.figures import Counts
    from monitor.store.glance import Glance
    from monitor.store.happened import Happened
    from monitor.store.intake import Intake
    from monitor.store.keys import Keys
    from monitor.store.outages import Outages
    from monitor.store.outbox import Outbox
    from monitor.store.overview import Overviews
    from monitor.store.people import People
    from monitor.store.rate_limits import Turns
    from monitor.store.readers import Readers
    from monitor.store.receivers import Receivers
    from monitor.store.register import Register
    from monitor.store.rules import Rules
    from monitor.store.services import Services
    from monitor.store.subscriptions import Subscriptions
    from monitor.store.upkeep import Upkeep
    from monitor.store.verifications import Verifications
    from monitor.store.watchlists import Watchlists
    from monitor.store.workers import Workers


class Store:
    """All parts of the store, over one database. Each is loaded when it is first used: a command needs few of them."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self.engine = engine
        self.vault = vault

    @cached_property
    def services(self) -> Services:
        from monitor.store.services import Services

        return Services(self.engine, self.vault)

    @cached_property
    def outages(self) -> Outages:
        from monitor.store.outages import Outages

        return Outages(self.engine, self.vault)

    @cached_property
    def api(self) -> Api:
        from monitor.store.api import Api

        return Api(self.engine, self.vault)

    @cached_property
    def outbox(self) -> Outbox:
        from monitor.store.outbox import Outbox

        return Outbox(self.engine, self.vault)

    @cached_property
    def escalations(self) -> Escalations:
        from monitor.store.escalations import Escalations

        return Escalations(self.engine, self.vault)

    @cached_property
    def acknowledgements(self) -> Acknowledgements:
        from monitor.store.acknowledgements import Acknowledgements

        return Acknowledgements(self.engine)

    @cached_property
    def corrections(self) -> Corrections:
        from monitor.store.corrections import Corrections

        return Corrections(self.engine, self.vault)

    @cached_property
    def readers(self) -> Readers:
        from monitor.store.readers import Readers

        return Readers(self.engine, self.vault)

    @cached_property
    def bounces(self) -> Bounces:
        from monitor.store.bounces import Bounces

        return Bounces(self.engine, self.vault)

    @cached_property
    def happened(self) -> Happened:
        from monitor.store.happened import Happened

        return Happened(self.engine, self.vault)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        from monitor.store.subscriptions import Subscriptions

        return Subscriptions(self.engine, self.vault)

    @cached_property
    def receivers(self) -> Receivers:
        from monitor.store.receivers import Receivers

        return Receivers(self.engine, self.vault)

    @cached_property
    def dead_letters(self) -> DeadLetters:
        from monitor.store.dead_letters import DeadLetters

        return DeadLetters(self.engine, self.vault)

    @cached_property
    def delivery_log(self) -> Log:
        from monitor.store.delivery_log import Log

        return Log(self.engine, self.vault)

    @cached_property
    def events(self) -> Events:
        from monitor.store.events import Events

        return Events(self.engine)

    @cached_property
    def evidence(self) -> Evidence:
        from monitor.store.evidence import Evidence

        return Evidence(self.engine)

    @cached_property
    def counts(self) -> Counts:
        from monitor.store.figures import Counts

        return Counts(self.engine)

    @cached_property
    def judging(self) -> Judging:
        from monitor.store.facts import Judging

        return Judging(self.engine, self.vault)

    @cached_property
    def people(self) -> People:
        from monitor.store.people import People

        return People(self.engine)

    @cached_property
    def audit(self) -> Audit:
        from monitor.store.audit import Audit

        return Audit(self.engine)

    @cached_property
    def keys(self) -> Keys:
        from monitor.store.keys import Keys

        return Keys(self.engine)

    @cached_property
    def feeds(self) -> Feeds:
        from monitor.store.feeds import Feeds

        return Feeds(self.engine)

    @cached_property
    def glance(self) -> Glance:
        from monitor.store.glance import Glance

        return Glance(self.engine)

    @cached_property
    def overviews(self) -> Overviews:
        from monitor.store.overview import Overviews

        return Overviews(self.engine)

    @cached_property
    def watchlists(self) -> Watchlists:
        from monitor.store.watchlists import Watchlists

        return Watchlists(self.engine, self.vault)

    @cached_property
    def register(self) -> Register:
        from monitor.store.register import Register

        return Register(self.engine)

    @cached_property
    def intake(self) -> Intake:
        from monitor.store.intake import Intake

        return Intake(self.engine)

    @cached_property
    def rules(self) -> Rules:
        from monitor.store.rules import Rules

        return Rules(self.engine, self.vault)

    @cached_property
    def areas(self) -> Areas:
        from monitor.store.areas import Areas

        return Areas(self.engine)

    @cached_property
    def workers(self) -> Workers:
        from monitor.store.workers import Workers

        return Workers(self.engine)

    @cached_property
    def changes(self) -> Changes:
        from monitor.store.changes import Changes

        return Changes(self.engine)

    @cached_property
    def turns(self) -> Turns:
        from monitor.store.rate_limits import Turns

        return Turns(self.engine)

    @cached_property
    def verifications(self) -> Verifications:
        from monitor.store.verifications import Verifications

        return Verifications(self.engine)

    @cached_property
    def upkeep(self) -> Upkeep:
        from monitor.store.upkeep import Upkeep

        return Upkeep(self.engine)

    def close(self) -> None:
        """Closes the database."""
        if "changes" in self.__dict__:
            self.changes.close()
        self.engine.dispose()


def open_store(url: str, vault: Vault) -> Store:
    """Opens the database at `url`, and creates or migrates it if necessary. Raises StoreError."""
    return store_in(opened(url), vault)


def store_in(engine: Engine, vault: Vault) -> Store:
    """The store in an opened database."""
    return Store(engine, vault)
