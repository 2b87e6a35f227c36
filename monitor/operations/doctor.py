"""Checks everything that a monitor needs, and says what to do about each problem. Sends nothing and changes nothing.

The checks work even without settings, a database or a network. If a check fails with an error, the error becomes its finding.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor import app, channels
from monitor.channels import Outcome, Status
from monitor.channels.mail_settings import MailSetup, setup_of
from monitor.channels.sms import SmsChannel
from monitor.cqc.api import NoAnswer, Reason
from monitor.cqc.reader import Reader
from monitor.cqc.site import LIST_PATH, Blind, Site
from monitor.detect.agreement import Agreement
from monitor.errors import MonitorError, SettingsError, StoreError, fault
from monitor.judgement import LITTLE_SPACE, NO_SPACE, Judgement, judge
from monitor.locations import location_path
from monitor.oidc.provider import Provider
from monitor.oidc.refused import Refused, Why
from monitor.oidc.setup import setup_of as sign_in_setup_of
from monitor.register.entries import OLD
from monitor.settings import ENV, Settings, odd_lines
from monitor.store.checkup import Checkup, looked_over
from monitor.store.database import connected, head, reading, sqlite_file
from monitor.store.facts import facts_in
from monitor.store.hints import SourceState
from monitor.store.receivers import ALL_MAIL
from monitor.store.vault import Vault
from monitor.text import counted, day, stamp
from monitor.views.promise import how_soon

CLOCKS_DIFFER = timedelta(minutes=1)
"""How far this machine's clock may differ from another clock."""


class State(StrEnum):
    """The state of something that was checked. LOOK means that it works, but that a person should know about something."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of one check.

    of         what was checked
    says       one line without secrets, which gives the reason for the state and says what to do
    judgement  the monitor's judgement about itself, if this is the finding; otherwise None
    """

    of: str
    state: State
    says: str
    judgement: Judgement | None = None


@dataclass(slots=True)
class _Patient:
    """The monitor that is being examined, and what the checks have found so far. `addresses` are all stored addresses. `off` are
    the suspended addresses; ALL_MAIL in this list means that all email is suspended."""

    settings: Settings
    database: Checkup | None = None
    addresses: list[str] = field(default_factory=list)
    off: list[str] = field(default_factory=list)


def ok(of: str, says: str) -> Finding:
    """Returns the finding that something works."""
    return Finding(of=of, state=State.OK, says=says)


def look(of: str, says: str) -> Finding:
    """Returns a finding that a person should know about, although everything works."""
    return Finding(of=of, state=State.LOOK, says=says)


def wrong(of: str, says: str) -> Finding:
    """Returns the finding that something does not work."""
    return Finding(of=of, state=State.WRONG, says=says)


def of_judgement(judgement: Judgement) -> Finding:
    """Returns the monitor's judgement about itself as a finding."""
    return Finding(of="judgement", state=State(judgement.standing), says=judgement.text, judgement=judgement)


async def examined(settings: Settings | MonitorError) -> tuple[Finding, ...]:
    """Returns all findings. If the settings are unusable, `settings` is the error that says why. Then only the checks that need
    no settings are made."""
    if isinstance(settings, Settings):
        settings = await asyncio.to_thread(_in_use, settings)
    if isinstance(settings, MonitorError):
        unusable = wrong("settings", f"{settings}: no other checks are possible until this is corrected")
        return (unusable, *_odd_lines(), *_files(None), *_time_zone())
    patient = _Patient(settings)
    findings = [*_settings(settings), *_odd_lines(), *_files(sqlite_file(settings.database_url)), *_time_zone()]
    for check in (_database, _secret_key, _addresses, _judgement):  # each check needs the results of the earlier ones
        findings += await _unharmed(check, patient)
    for found in await asyncio.gather(*(_unharmed(check, patient) for check in (_email, _text_messages, _cqc, _api, _sign_in))):
        findings += found
    return tuple(findings)


def _in_use(settings: Settings) -> Settings | MonitorError:
    """Returns the settings, including settings that were made in the pages."""
    try:
        return app.in_use(settings)
    except SettingsError as error:
        return error
    except StoreError:  # a later check reports problems of the database
        return settings


Check = Callable[[_Patient], Awaitable[Sequence[Finding]]]


async def _unharmed(check: Check, patient: _Patient) -> Sequence[Finding]:
    of = getattr(check, "__name__", "check").strip("_").replace("_", " ")
    try:
        return await check(patient)
    except MonitorError as error:
        return [wrong(of, str(error))]
    except Exception as error:
        return [wrong(of, fault(error))]


# ── settings, files, time ────────────────────────────────────────────────────────────────────────────────────────────────


def _backup_folder(settings: Settings) -> Iterator[Finding]:
    """Yields a finding about whether backups can be written. The judgement includes the age of the last backup."""
    folder = settings.backup_to
    if folder is None:
        return
    nearest = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not _can_write(nearest):
        yield wrong("BACKUP_TO", f"{folder} can't be written: backups need a folder to which this user may write")
    elif sqlite_file(settings.database_url) is None and shutil.which("pg_dump") is None:
        yield wrong("BACKUP_TO", "pg_dump is not installed: install PostgreSQL's client programs")
    else:
        yield ok("BACKUP_TO", f"{folder} can be written")


def _can_write(folder: Path) -> bool:
    """Whether a file can be created in a folder. The function creates a file without a name. The folder's permissions would not
    be enough, because a disk may be read-only."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _settings(settings: Settings) -> Iterator[Finding]:
    yield from _backup_folder(settings)
    if settings.contact:
        yield ok("CONTACT", f"CQC can contact you: {settings.contact}")
    else:
        yield look("CONTACT", "not set: CQC can't contact you before it blocks you. Set CONTACT to an email or web address")
    if settings.operator:
        try:
            yield ok("OPERATOR", f"alerted about problems: {channels.shown(app.check(settings) or '')}")
        except MonitorError as error:
            yield wrong("OPERATOR", str(error))
    else:
        yield look("OPERATOR", "not set: nobody is alerted when the monitor itself has a problem. Set OPERATOR to an address")
    yield _public_url(settings.public_url)
    yield _heartbeat(settings)
    if settings.stale_after <= settings.check_every:
        yield look("STALE_AFTER", "is not longer than CHECK_EVERY, so services seem unread between checks: set a longer time")
    if settings.metrics and not _is_loopback(settings.metrics.rpartition(":")[0]):
        yield look("METRICS", f"{settings.metrics} can be read from other machines: allow only the machines that should read it")
    api = urlsplit(settings.cqc_api_url)
    if settings.cqc_api_key and api.scheme != "https" and not _is_loopback(api.hostname or ""):
        yield wrong("CQC_API_URL", f"{settings.cqc_api_url} is not https: others can read the key on its way")


def _odd_lines() -> Iterator[Finding]:
    for line in odd_lines():
        yield look(".env", line)


def _public_url(url: str) -> Finding:
    parts = urlsplit(url)
    if _is_loopback(parts.hostname or ""):
        return look(
            "PUBLIC_URL", f"{url} works only on this machine: if you serve pages, set PUBLIC_URL so that links in messages work"
        )
    if parts.scheme != "https":
        return look("PUBLIC_URL", f"{url} is not https: others on the network can read what people see and type")
    return ok("PUBLIC_URL", url)


def _heartbeat(settings: Settings) -> Finding:
    if settings.heartbeat_url is None:
        return look("HEARTBEAT_URL", "not set: nobody is alerted when this machine itself fails; use a dead man's switch")
    parts = urlsplit(settings.heartbeat_url.get_secret_value())
    where = f"{parts.scheme}://{parts.hostname}/…"
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        return look("HEARTBEAT_URL", f"{where} is not https: others on the network can read the secret in this address")
    return ok("HEARTBEAT_URL", f"{where} (not pinged now)")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _files(database: Path | None) -> Iterator[Finding]:
    for file, holds in ((ENV, "secrets"), (app.KEY, "secrets"), *(((database, "people's addresses"),) if database else ())):
        try:
            mode = file.stat().st_mode
        except FileNotFoundError:
            continue
        except OSError as error:
            yield wrong(str(file), f"can't be checked: {error.strerror}")
            continue
        if mode & 0o077:
            yield look(str(file), f"the file contains {holds}, and other users of this machine can read it: chmod 600 {file}")
        else:
            yield ok(str(file), "only the file's owner can read this file")


def _time_zone() -> Iterator[Finding]:
    try:
        summer = datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))
    except (ZoneInfoNotFoundError, OSError, ValueError):
        yield wrong("time zone", "Europe/London is not known, so digests would come at the wrong hour: install tzdata again")
        return
    if summer.hour == 13:
        yield ok("time zone", "Europe/London is known, with its summer time")
    else:
        yield wrong("time zone", "Europe/London is known without its summer time: install tzdata again")


# ── database ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _database(patient: _Patient) -> Sequence[Finding]:
    found = await asyncio.to_thread(looked_over, patient.settings.database_url)
    patient.database = found
    if found is None:
        return [ok("database", "does not exist yet: the first command creates it")]
    return list(_state_of(found))


def _state_of(found: Checkup) -> Iterator[Finding]:
    if found.damage:
        yield wrong("database", f"the file is damaged ({found.damage[:100]}): restore a backup with cqc-monitor restore FILE")
        return
    if found.read_only:
        yield wrong("database", f"nothing can be written: {found.read_only}")
    else:
        yield ok("database", "opens and can be written")
    if found.revision is None:
        yield ok("schema", "does not exist yet: the first command creates it")
    elif found.revision < head():
        yield look("schema", f"is at {found.revision}; the next command upgrades it to {head()}: stop the daemon first")
    elif found.revision > head():
        yield wrong(
            "schema", f"is at {found.revision}, but this version of cqc-monitor knows only {head()}: upgrade cqc-monitor"
        )
    else:
        yield ok("schema", f"belongs to this version ({found.revision})")
    if found.journal and found.journal != "wal":
        yield look("journal", f"SQLite's journal is {found.journal}, not wal: readers and the daemon block each other")
    if found.free is not None:
        yield _space(found.free)
    yield from _of_files(found)
    off = app.now() - found.clock
    if abs(off) > CLOCKS_DIFFER:
        yield look("database's clock", f"differs from this machine's by {_length(off)}: set both by NTP")


def _of_files(found: Checkup) -> Iterator[Finding]:
    """Yields findings about the age of the loaded files of CQC's, and about how far our readings agree with these files."""
    if found.register_of is not None:
        yield _register(found.register_of, found.ratings_of)
    if found.agreement is not None:
        yield _agreement(found.agreement, found.register_of is not None)


def _register(of: date, ratings_of: date | None) -> Finding:
    today = app.now().date()
    says = f"CQC's list of all services dates from {day(of)}, {(today - of).days} days ago"
    if ratings_of is None:
        says += "; no file with ratings is loaded"
    elif ratings_of != of:
        says += f"; the newest ratings from {day(ratings_of)}, {(today - ratings_of).days} days ago"
    is_old = ratings_of is None or today - min(of, ratings_of) > OLD
    return look("register", f"{says}: cqc-monitor register refresh") if is_old else ok("register", says)


def _agreement(agreement: Agreement, has_register: bool) -> Finding:
    """Returns the finding on whether we read CQC's pages correctly, from a comparison with CQC's own files."""
    of, compare = "reading", "cqc-monitor verify --sample 100"
    if not agreement.compared:
        return look(of, f"{agreement.text}: {compare if has_register else f'cqc-monitor register refresh, then {compare}'}")
    if agreement.probably_misread:
        return wrong(of, f"{agreement.text}: {compare} shows the differences. Please report them")
    if agreement.differing:
        named = " ".join(agreement.differing[:5])
        return look(of, f"{agreement.text}: cqc-monitor verify {named} shows the differences")
    return ok(of, agreement.text)


def _space(free: int) -> Finding:
    says = f"{free / 1e9:.1f} GB free on the database's disk"
    if free < NO_SPACE:
        return wrong("disk", f"{says}: soon nothing can be stored; free some disk space")
    return look("disk", f"{says}: free some disk space") if free < LITTLE_SPACE else ok("disk", says)


async def _secret_key(patient: _Patient) -> Sequence[Finding]:
    encrypted = patient.database.addresses if patient.database else ()
    key = patient.settings.secret_key.get_secret_value() if patient.settings.secret_key else _kept_key()
    if key is None:
        if any(not one.startswith("mailto:") for one in encrypted):
            return [wrong("SECRET_KEY", f"is missing, but it encrypted stored addresses: restore {app.KEY} from a backup")]
        return [ok("SECRET_KEY", "does not exist yet: the first command creates it")]
    vault = Vault(key)
    for one in encrypted:
        try:
            patient.addresses.append(vault.decrypt(one))
        except MonitorError as error:
            return [wrong("SECRET_KEY", str(error))]
    patient.off += _opened_off(vault, patient.database)
    if len(key) < 16:
        return [wrong("SECRET_KEY", "is shorter than 16 characters, so it can be guessed: see docs/operating.md")]
    return [ok("SECRET_KEY", f"decrypts all stored addresses ({len(encrypted)}). Keep a copy of the key")]


async def _judgement(patient: _Patient) -> Sequence[Finding]:
    """Returns the monitor's judgement about itself; an empty list if there is no database with this version's schema."""
    found = patient.database
    if found is None or found.damage or found.revision != head():
        return []
    settings, now = patient.settings, app.now()
    key = settings.secret_key.get_secret_value() if settings.secret_key else _kept_key()

    def judged() -> Judgement:
        with connected(settings.database_url) as engine, reading(engine) as connection:
            setup, operator = app.setup_of(settings), app.check(settings)
            return judge(facts_in(connection, Vault(key or ""), setup, now, operator), now)

    return [of_judgement(await asyncio.to_thread(judged))]


def _opened_off(vault: Vault, database: Checkup | None) -> Iterator[str]:
    for one in database.off if database else ():
        yield one if one == ALL_MAIL else vault.decrypt(one)


def _kept_key() -> str | None:
    return app.KEY.read_text(encoding="utf-8").strip() if app.KEY.exists() else None


async def _addresses(patient: _Patient) -> Sequence[Finding]:
    """Returns findings about suspended addresses, and about addresses that are no longer allowed because of their form. Sends
    nothing."""
    findings = []
    for one in patient.off:
        named = "all email" if one == ALL_MAIL else channels.shown(one)
        test = "cqc-monitor test ADDRESS"
        findings.append(
            wrong("switched off", f"{named}: its messages wait. Correct the cause (see cqc-monitor status), then run {test}")
        )
    for address in dict.fromkeys(patient.addresses):
        try:
            channels.parse_address(address, extra_hosts=patient.settings.extra_webhook_hosts)
        except MonitorError as error:
            findings.append(wrong("address", f"{channels.shown(address)}: {error}"))
    if patient.addresses and not findings:
        findings.append(ok("addresses", f"allowed, according to their form: {len(patient.addresses)} (nothing was sent)"))
    return findings


# ── outside ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _email(patient: _Patient) -> Sequence[Finding]:
    settings = patient.settings
    wanted = [one for one in (*patient.addresses, settings.operator or "") if one.startswith("mailto:")]
    missing = [name for name, value in (("SMTP_URL", settings.smtp_url), ("MAIL_FROM", settings.mail_from)) if not value]
    if not settings.can_mail:
        says = f"{' and '.join(missing)} not set: no email can be sent"
        waiting = f"email waits for {counted(len(wanted), 'address', 'addresses')}"
        return [wrong("email", f"{says}, and {waiting}") if wanted else look("email", says)]
    setup, operator = setup_of(settings), app.check(settings) or ""
    recipient = operator.removeprefix("mailto:") if operator.startswith("mailto:") else None
    channel = channels.mail_channel(setup, None, app.now)
    try:
        outcome = await channel.check(recipient)
    finally:
        await channel.close()
    return [*_of_mail(setup, recipient, outcome), *_passwords(setup)]


async def _text_messages(patient: _Patient) -> Sequence[Finding]:
    wanted = sum(channels.scheme(one) == "sms" for one in patient.addresses)
    if not patient.settings.notify_sms_template:
        says = "NOTIFY_SMS_TEMPLATE is not set: no text message can be sent"
        waiting = f"text messages wait for {counted(wanted, 'telephone number')}"
        return [wrong("text messages", f"{says}, and {waiting}")] if wanted else []
    channel = SmsChannel(setup_of(patient.settings).sms, None, now=app.now)
    try:
        outcome = await channel.check()
    finally:
        await channel.close()
    found = {Status.ACCEPTED: ok, Status.RETRY: look}.get(outcome.status, wrong)
    return [found("text messages", f"{outcome.reply} (no text was sent)")]


def _of_mail(setup: MailSetup, recipient: str | None, outcome: Outcome) -> Iterator[Finding]:
    if outcome.status is Status.RETRY:
        yield look("email", f"does not answer now: {outcome.reply}")
    elif outcome.status is not Status.ACCEPTED:
        yield wrong("email", outcome.reply)
    elif setup.server is None:
        yield ok("email", f"{outcome.reply} (no mail was sent)")
    else:
        to = "OPERATOR's mailbox" if recipient else "no recipient, since OPERATOR is not a mailbox"
        yield ok("email", f"the mail server accepts our sign-in, MAIL_FROM and {to}: {outcome.reply} (no mail was sent)")


def _passwords(setup: MailSetup) -> Iterator[Finding]:
    """Source: docs/facts/channels.md, SMTP submission."""
    if setup.server is not None and setup.server.signs_in_to_microsoft_by_password:
        yield look(
            "password for email",
            "Microsoft 365 switches passwords for SMTP off at the end of December 2026: change to ?auth=xoauth2, or "
            "MAIL_BY=graph, before that; see docs/mail.md",
        )


async def _cqc(patient: _Patient) -> Sequence[Finding]:
    watched = patient.database.watched if patient.database else None
    path = location_path(watched) if watched else "/"
    site = app.build_site(patient.settings)
    try:
        forbidden = await site.forbids(location_path(watched or "1-101600001"))
        if forbidden:
            detail = forbidden.detail.removeprefix("robots.txt: ")
            return [wrong("robots.txt", f"{detail}: until this changes, no page is read. See docs/operating.md, Being polite")]
        findings = [ok("robots.txt", "allows us to read the pages of services"), await _list(site, patient.settings)]
        page = await site.fetch(path)
        if isinstance(page, Blind):
            findings.append(wrong("CQC's site", f"{page.url}: {page.detail}: open the page in a browser, and try again later"))
        else:
            findings.append(ok("CQC's site", f"{page.url} can be read"))
        return [*findings, *_clock(site.clock_ahead)]
    finally:
        await site.close()


async def _list(site: Site, settings: Settings) -> Finding:
    """Returns the finding on whether CQC's list of publications may be read and, if not, how soon the monitor can still alert.
    Does not request the list."""
    state = SourceState(forbidden=await site.forbids(LIST_PATH) is not None)
    may = settings.hints == "on" and not state.forbidden
    says = "robots.txt allows us to read it" if may else how_soon(state, settings, app.now()).rstrip(".")
    return ok("list of publications", says)


async def _api(patient: _Patient) -> Sequence[Finding]:
    """Returns the finding on whether CQC's API accepts the key; an empty list if there is no key."""
    api = app.build_api(patient.settings, Reader())
    if api is None:
        return []
    try:
        now = app.now()
        changes = await api.changes(now - timedelta(hours=1), now)
    finally:
        await api.close()
    if not isinstance(changes, NoAnswer):
        return [ok("CQC's API", f"accepts the key, and its feed lists {len(changes)} locations that changed in the last hour")]
    if changes.reason is Reason.KEY:
        return [wrong("CQC's API", f"{changes.detail}: put the key of your subscription at CQC's API portal into CQC_API_KEY")]
    if changes.reason is Reason.ODD:
        return [wrong("CQC's API", f"{changes.detail}: check CQC_API_URL. If it is right, please report this")]
    return [look("CQC's API", f"{changes.detail}: the monitor keeps trying, and reads the site until then")]


async def _sign_in(patient: _Patient) -> Sequence[Finding]:
    """Returns the finding on whether the OpenID Connect provider's answers match the settings; an empty list if no provider is
    set."""
    setup = sign_in_setup_of(patient.settings)
    if setup is None:
        return []
    provider = Provider(setup)
    try:
        await provider.configuration()
        await provider.keys()
    except Refused as refused:
        doubt = look if refused.why is Why.DOWN and "can't be trusted" not in str(refused) else wrong
        return [doubt("sign-in", str(refused))]
    register = f"nobody was signed in; the redirect URI to register there is {setup.redirect_uri}"
    return [ok("sign-in", f"{provider.name} has a usable configuration and keys ({register})")]


def _clock(ahead: timedelta | None) -> Iterator[Finding]:
    if ahead is None:
        yield ok("clock", f"CQC's site gives no time to compare with; this machine has {stamp(app.now())}")
    elif abs(ahead) > CLOCKS_DIFFER:
        which = "ahead of" if ahead > timedelta() else "behind"
        yield wrong("clock", f"this machine's clock is {_length(ahead)} {which} CQC's: set it by NTP")
    else:
        yield ok("clock", "agrees with CQC's site to the minute")


def _length(time: timedelta) -> str:
    seconds = abs(int(time.total_seconds()))
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"
