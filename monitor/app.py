"""The app (the composition root) builds every part from Settings, and connects the parts. The function `now` is the clock of
all parts."""

from __future__ import annotations

import os
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import __version__, channels
from monitor.addresses import ONLY_URGENT
from monitor.errors import SettingsError, UsageError
from monitor.notify.links import Links
from monitor.store import Store, store_in
from monitor.store.database import opened
from monitor.store.saved_settings import SavedSettings, saved_at
from monitor.store.subscribed import check_addresses
from monitor.store.vault import Vault

if TYPE_CHECKING:
    from monitor.channels import Channel
    from monitor.cqc.api import Api, Asked
    from monitor.cqc.reader import Reader
    from monitor.cqc.site import Answered, Reserve, Site
    from monitor.cqc.transport import Client
    from monitor.jobs.backups import Backups
    from monitor.jobs.bounces import Bounces
    from monitor.jobs.fetch import Fetcher
    from monitor.jobs.hints.feed import Feed
    from monitor.jobs.hints.registry import HintWork
    from monitor.jobs.rounds import Checker
    from monitor.jobs.send import Deliverer
    from monitor.jobs.verify import Verifier
    from monitor.judgement import Judgement, Setup
    from monitor.oidc.provider import Provider
    from monitor.settings import Settings
    from monitor.views.metrics import Metrics

STATE = Path("state")
"""The folder in the working directory for everything that the program writes, if no setting names another place."""

KEY = STATE / "secret.key"
"""The file with the secret key, which is used if SECRET_KEY is not set."""


def now() -> datetime:
    """Returns the present time, in UTC."""
    return datetime.now(UTC)


class App:
    """The app, with all its parts. Each part is imported and built when it is first used: a command that only shows something
    builds no client for CQC's site. The caller must close the app at the end."""

    def __init__(self, settings: Settings, store: Store, operator: str | None, signing_key: bytes) -> None:
        self.settings = settings
        self.store = store
        self.operator = operator
        self.signing_key = signing_key

    @cached_property
    def metrics(self) -> Metrics:
        """The metrics of this process."""
        from monitor.views.metrics import Metrics

        return Metrics()

    @cached_property
    def channels(self) -> Mapping[str, Channel]:
        """The channels, by the scheme of an address."""
        return self.metrics.timed(_channels(self.settings, lambda address: self.store.webhook_secrets.signing(address, now())))

    @cached_property
    def reader(self) -> Reader:
        """The reader, which reads pages in separate processes."""
        from monitor.cqc.reader import Reader

        return Reader()

    @cached_property
    def site(self) -> Site:
        """The client for CQC's site. The limit on requests applies to all processes together."""
        return build_site(self.settings, self._reserve, self.metrics.asked)

    @cached_property
    def api(self) -> Api | None:
        """The client for CQC's API, or None if CQC_API_KEY is not set."""
        if self.settings.cqc_api_key is None:
            return None
        return build_api(self.settings, self.reader, self._reserve, self.metrics.asked_api)

    @cached_property
    def feed(self) -> Feed | None:
        """The API's feed of changes, or None if CQC_API_KEY is not set."""
        if self.api is None:
            return None
        from monitor.jobs.hints.feed import Feed

        return Feed(self.api, self.store.api, operator=self.operator, clock=now)

    @cached_property
    def hint_work(self) -> HintWork | None:
        """Reads the sources of hints. None if HINTS is off."""
        if self.settings.hints == "off":
            return None
        from monitor.jobs.hints.registry import HintWork
        from monitor.jobs.hints.source import Parts

        store, settings = self.store, self.settings
        return HintWork(
            Parts(
                site=self.site,
                reader=self.reader,
                hints=store.hints,
                outages=store.outages,
                clock=now,
                list_every=settings.list_every,
                list_every_quiet=settings.list_every_quiet,
            )
        )

    @cached_property
    def fetcher(self) -> Fetcher:
        """Fetches a service's pages."""
        from monitor.jobs.fetch import Fetcher

        return Fetcher(self.site, self.reader)

    @cached_property
    def checker(self) -> Checker:
        """Checks services."""
        from monitor.jobs.rounds import Checker, Checking

        store, settings = self.store, self.settings
        return Checker(
            self.fetcher,
            store.services,
            store.outages,
            Checking(
                check_every=settings.check_every,
                confirm_after=settings.confirm_after,
                operator=self.operator,
                interval=partial(store.api.interval, settings.check_every) if self.feed is not None else None,
            ),
            clock=now,
            feed=self.feed,
        )

    @cached_property
    def oidc(self) -> Provider | None:
        """The OpenID Connect provider for signing in, or None if no provider is set."""
        from monitor.oidc.provider import Provider
        from monitor.oidc.setup import setup_of as oidc_setup_of

        setup = oidc_setup_of(self.settings)
        return Provider(setup) if setup else None

    @cached_property
    def links(self) -> Links:
        """The links to our pages, for use in messages."""
        return Links(self.settings.public_url, self.signing_key)

    @cached_property
    def deliverer(self) -> Deliverer:
        """Sends the messages that are due."""
        from monitor.jobs.compose import Composer
        from monitor.jobs.send import Deliverer, Sending

        settings = self.settings
        return Deliverer(
            self.store,
            self.channels,
            Composer(self.store, self.links, base_url=settings.cqc_base_url, has_pages=settings.has_pages),
            Sending(
                setup=setup_of(settings),
                operator=self.operator,
                escalate_after=settings.escalate_after,
                asks_if_read=settings.has_pages and settings.bounces_url is None,
                bundle_over=settings.bundle_over,
            ),
            clock=now,
        )

    @cached_property
    def verifier(self) -> Verifier:
        """Compares our readings with CQC's files."""
        from monitor.jobs.verify import Verifier

        store = self.store
        return Verifier(self.fetcher, store.services, store.verifications, store.corrections, feed=self.feed, clock=now)

    @cached_property
    def bounces(self) -> Bounces | None:
        """Reads delivery reports. None if BOUNCES_URL is not set."""
        if self.settings.bounces_url is None:
            return None
        from monitor.jobs.bounces import Bounces
        from monitor.jobs.imap import server_of

        mailbox = server_of(self.settings.bounces_url.get_secret_value())
        given_up = self.deliverer.given_up
        return Bounces(mailbox, self.store, self.reader, given_up=given_up, operator=self.operator, clock=now)

    @cached_property
    def backups(self) -> Backups | None:
        """Saves the database at intervals. None if BACKUP_TO is not set."""
        if self.settings.backup_to is None:
            return None
        from monitor.jobs.backups import Backups, Plan

        plan = Plan(to=self.settings.backup_to, every=self.settings.backup_every, keep=self.settings.backup_keep)
        return Backups(plan, self.settings.database_url, self.store.upkeep, now)

    def judgement(self, at: datetime, watchlists: Collection[str] | None = None) -> Judgement:
        """Judges how well the monitor works at an instant for the given watchlists, or for all watchlists if `watchlists` is
        None. Raises StoreError."""
        from monitor.judgement import judge

        return judge(self.store.judging.facts(setup_of(self.settings), at, self.operator, watchlists), at)

    def try_new_settings(self) -> list[str]:
        """If the mail settings or EXTRA_WEBHOOK_HOSTS have changed since the last start, every suspended receiver becomes due
        for a test. Returns the names of these receivers. Raises StoreError."""
        from monitor.channels.mail_settings import setup_of as mail_setup_of
        from monitor.store.receivers import named

        hosts = sorted(self.settings.extra_webhook_hosts)
        fingerprint = mail_setup_of(self.settings).fingerprint(self.signing_key, *hosts)
        return [named(one) for one in self.store.receivers.test_all_if_new(fingerprint, now())]

    @property
    def can_mail(self) -> bool:
        """Whether email is set up."""
        return setup_of(self.settings).mail

    async def close(self) -> None:
        """Closes connections and the database."""
        made = self.__dict__
        if "site" in made:
            await self.site.close()
        if made.get("api") is not None:
            await made["api"].close()
        for channel in made.get("channels", {}).values():
            await channel.close()
        self.store.close()

    def _reserve(self, seconds: float) -> Awaitable[float]:
        import asyncio

        return asyncio.to_thread(self.store.turns.reserve, seconds)


def build(settings: Settings) -> App:
    """Builds the app for these settings. Raises SettingsError or StoreError, each with a text of one line."""
    check(settings)
    engine = opened(settings.database_url)  # first, so that no key is made if the database is unusable
    settings = settings.with_saved(SavedSettings(engine).all())
    operator = check(settings)
    vault = Vault(_secret_key(settings))
    store = store_in(engine, vault)
    # This makes every command report a wrong SECRET_KEY at once, and not only when an alert is due.
    check_addresses(engine, vault)
    return App(settings, store, operator, vault.signing_key)


def in_use(settings: Settings) -> Settings:
    """Returns these settings together with the settings that were made in the pages, for a process that does not build the app.
    Raises SettingsError or StoreError."""
    return settings.with_saved(saved_at(settings.database_url))


def setup_of(settings: Settings) -> Setup:
    """Returns the part of the monitor's configuration on which the judgement depends."""
    from monitor.judgement import Setup

    optional = {"CONTACT": settings.contact, "OPERATOR": settings.operator, "HEARTBEAT_URL": settings.heartbeat_url}
    return Setup(
        check_every=settings.check_every,
        stale_after=settings.stale_after,
        mail=settings.can_mail,
        api=settings.cqc_api_key is not None,
        unset=tuple(name for name, value in optional.items() if not value),
        backup_every=settings.backup_every if settings.backup_to else None,
    )


def check(settings: Settings) -> str | None:
    """Raises SettingsError for settings that are clearly unusable, before anything is written. Returns the operator's address;
    None if OPERATOR is not set."""
    channels.check(settings)
    if settings.bounces_url is not None:
        from monitor.jobs.imap import server_of

        server_of(settings.bounces_url.get_secret_value())
    if settings.oidc_issuer or settings.oidc_client_id or settings.oidc_client_secret or settings.oidc_roles:
        from monitor.oidc.setup import setup_of as oidc_setup_of

        oidc_setup_of(settings)
    if not settings.operator:
        return None
    try:
        operator = channels.parse_address(settings.operator, extra_hosts=settings.extra_webhook_hosts)
        if channels.scheme(operator) in ONLY_URGENT:
            raise UsageError("a telephone number can only get urgent alerts, so use a mailbox or a channel")
        return operator
    except UsageError as error:
        raise SettingsError(f"OPERATOR: {error}") from None


def _channels(settings: Settings, webhook_secrets: Callable[[str], Sequence[str]]) -> Mapping[str, Channel]:
    from monitor.channels.mail_settings import setup_of as mail_setup_of

    return channels.build(
        mail_setup=mail_setup_of(settings),
        extra_hosts=settings.extra_webhook_hosts,
        webhook_secrets=webhook_secrets,
    )


def _client(settings: Settings, base_url: str, key: str = "") -> Client:
    from monitor.cqc.transport import Client

    pace, contact = settings.requests_per_second, settings.contact
    return Client(base_url=base_url, contact=contact, requests_per_second=pace, version=__version__, key=key)


def build_site(settings: Settings, reserve: Reserve | None = None, noted: Callable[[Answered], None] = lambda _: None) -> Site:
    """Builds the client for CQC's site from the settings. `reserve` reserves a period in which no other process makes requests.
    `noted` is called with each answer."""
    from monitor.cqc.site import Site

    return Site(_client(settings, settings.cqc_base_url), clock=now, reserve=reserve, noted=noted)


def build_api(
    settings: Settings, reader: Reader, reserve: Reserve | None = None, noted: Callable[[Asked], None] = lambda _: None
) -> Api | None:
    """Builds the client for CQC's API from the settings. Returns None if CQC_API_KEY is not set."""
    if settings.cqc_api_key is None:
        return None
    from monitor.cqc.api import Api

    return Api(
        _client(settings, settings.cqc_api_url, settings.cqc_api_key.get_secret_value().strip()),
        reader,
        clock=now,
        reserve=reserve,
        noted=noted,
    )


def _secret_key(settings: Settings) -> str:
    """Returns SECRET_KEY. If SECRET_KEY is not set, returns the key in the file KEY, which is made on first use and which only
    the file's owner can read."""
    if settings.secret_key:
        return settings.secret_key.get_secret_value()
    file = KEY
    try:
        STATE.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            _write_once(file, secrets.token_urlsafe(32))
        kept = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SettingsError(f"{file} can't be made or read: {reason}; make the folder writable, or set SECRET_KEY") from None
    if len(kept) < 16:
        raise SettingsError(f"{file} is damaged: restore it from a backup, or set SECRET_KEY")
    return kept


def _write_once(file: Path, text: str) -> None:
    """Writes a file completely or not at all, and never overwrites a file that another process wrote. The file is written under a
    temporary name, and then gets its final name as a hard link."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(aside)
    aside.unlink()
