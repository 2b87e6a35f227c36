"""Durable storage: values in, values out. Start with `open_store`."""

from dataclasses import dataclass

from sqlalchemy import Engine

from monitor.store.acknowledgements import Acknowledgements
from monitor.store.api import Api
from monitor.store.areas import Areas
from monitor.store.audit import Audit
from monitor.store.bounces import Bounces
from monitor.store.changes import Changes
from monitor.store.corrections import Corrections
from monitor.store.database import opened
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
from monitor.store.letters import Letters
from monitor.store.outages import Outages
from monitor.store.outbox import Outbox
from monitor.store.overview import Overviews
from monitor.store.people import People
from monitor.store.readers import Readers
from monitor.store.register import Register
from monitor.store.rules import Rules
from monitor.store.services import Services
from monitor.store.subscriptions import Subscriptions
from monitor.store.switches import Switches
from monitor.store.told import Log
from monitor.store.turns import Turns
from monitor.store.vault import Vault
from monitor.store.verifications import Verifications
from monitor.store.watchlists import Watchlists
from monitor.store.workers import Workers


@dataclass(frozen=True, slots=True)
class Store:
    """All parts of the store, over one database."""

    engine: Engine
    services: Services
    outages: Outages
    api: Api
    outbox: Outbox
    escalations: Escalations
    acknowledgements: Acknowledgements
    corrections: Corrections
    readers: Readers
    bounces: Bounces
    happened: Happened
    subscriptions: Subscriptions
    switches: Switches
    letters: Letters
    told: Log
    events: Events
    evidence: Evidence
    counts: Counts
    judging: Judging
    people: People
    audit: Audit
    keys: Keys
    feeds: Feeds
    glance: Glance
    overviews: Overviews
    watchlists: Watchlists
    register: Register
    intake: Intake
    rules: Rules
    areas: Areas
    workers: Workers
    changes: Changes
    turns: Turns
    verifications: Verifications

    def close(self) -> None:
        """Closes the database."""
        self.changes.close()
        self.engine.dispose()


def open_store(url: str, vault: Vault) -> Store:
    """Opens the database at `url`, and creates or migrates it if necessary. Raises StoreError."""
    return store_in(opened(url), vault)


def store_in(engine: Engine, vault: Vault) -> Store:
    """The store in an opened database."""
    outbox = Outbox(engine, vault)
    escalations = Escalations(engine, vault, outbox.escalate)
    services = Services(engine, outbox.subscriptions_of, escalations.begin)
    return Store(
        engine,
        services,
        Outages(engine, outbox.owe_trouble),
        Api(engine, outbox.owe_trouble),
        outbox,
        escalations,
        Acknowledgements(engine),
        Corrections(engine, vault, outbox),
        Readers(engine, vault, outbox),
        Bounces(engine, outbox),
        Happened(engine, vault),
        Subscriptions(engine, vault, outbox),
        Switches(engine, vault),
        Letters(engine, vault),
        Log(engine, vault),
        Events(engine),
        Evidence(engine),
        Counts(engine),
        Judging(engine, vault, outbox),
        People(engine),
        Audit(engine),
        Keys(engine),
        Feeds(engine),
        Glance(engine),
        Overviews(engine),
        Watchlists(engine, outbox, vault),
        Register(engine),
        Intake(engine),
        Rules(engine, outbox.subscriptions_to, escalations.begin, outbox.owe_trouble),
        Areas(engine),
        Workers(engine),
        Changes(engine),
        Turns(engine),
        Verifications(engine),
    )
