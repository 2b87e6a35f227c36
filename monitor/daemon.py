"""The daemon makes the checks that are due, sends the messages of the outbox, and supervises this work, until a signal stops the
daemon.

APScheduler runs the jobs. The jobs for checks and for the outbox wait until something is due or the database has changed. Each
second, the daemon finds out with one cheap query whether the database has changed. Everything that must survive a stop is in
the database, so nothing is lost when the daemon stops.
"""

import asyncio
import os
import platform
import secrets
import signal
import sys
import threading
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime, timedelta

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import __version__, http, logs
from monitor.app import App, now
from monitor.detect.circuit_breaker import TRIES
from monitor.errors import MonitorError, StoreError, fault
from monitor.jobs.rounds import Round
from monitor.text import lasting, stamp
from monitor.views.metrics import StoreNumbers, serve

LOOKS_AT_ONCE = 50
"""How many due services all workers together claim for one round. The number is small, so that a candidate change does not wait
for the end of a long round. Other due services wait for the next round."""

LOOKS_AT_LEAST = 5
"""Each worker may claim at least this many services for a round, even if many workers share the site."""

REREAD_WITHIN = timedelta(days=1)
"""After the first start of a new reader version, all pages are read again within this time."""

BEAT = 1.0
"""How often, in seconds, the daemon asks the database whether a check or a message is due."""

RESTS_AT_MOST = timedelta(seconds=60)
"""The longest time that the jobs for checks and for the outbox wait, even if the database has not changed."""

LIFE_BEAT = timedelta(seconds=10)
OUTBOX_AT_MOST = timedelta(minutes=2)
"""After this time, a round of the outbox begins no further message, so that the round ends even if receivers hang."""

WATCH_BEAT = timedelta(minutes=1)

FEED_BEAT = timedelta(seconds=10)
"""How often the daemon checks whether it is time to read the feed of CQC's API. Just as often, it reads from the API the services
that can't be read from the site."""

HINTS_BEAT = timedelta(seconds=10)
"""How often the daemon follows open hints, and checks whether it is time to read a source of hints."""

VERIFY_BEAT = timedelta(seconds=30)
"""How often the daemon checks whether it is time to compare readings with CQC's files."""

BACKUPS_BEAT = timedelta(minutes=1)
"""How often the daemon checks whether it is time to save the database."""

BOUNCES_BEAT = timedelta(seconds=30)
"""How often the daemon checks whether it is time to read the mailbox of delivery reports."""

QUIET_FROM, QUIET_FOR = 2, 10_800
"""The start (hour in UTC) and the length (seconds) of the period in which the daemon requests the register files from CQC. Each
daemon requests the files at a random time within this period."""

PATIENCE = 10.0
"""Jobs that are still running this many seconds after a signal are cancelled."""

LAST_RESORT = 14.0
"""The process ends this many seconds after a signal at the latest, even if something hangs, such as a name server or a lock."""

CLOCK_LOOKED_AT = 5.0
"""How often, in seconds, the daemon tests whether somebody has set the system clock."""

GOOD_FOR = 600.0
"""If checks or the outbox had no success for this many seconds, the daemon stops pinging the dead man's switch."""

STARTS_IN = 30
"""The first ping waits at most this many seconds for the first checks and the first round of the outbox."""

_NOT_YET = "the first checks and the first round of the outbox have not both succeeded yet"

MOST_NAMED = 5
"""For one round, the log lists at most this many services that were partly read or not read."""

log = logs.logger("monitor")


class Resting:
    """A job that waits until it is due. The job's function returns the time at which the job is next due; None if only a change
    in the database can make the job due. After a failure, the job is due at once."""

    def __init__(self, job: Callable[[], Awaitable[datetime | None]]) -> None:
        self.__name__ = job.__name__
        self._job = job
        self._at_work = False
        self._due: datetime | None = None

    async def __call__(self) -> None:
        self._at_work, self._due = True, None
        try:
            self.is_due_by(await self._job())
        except Exception:
            self.is_due_by(now())
            raise
        finally:
            self._at_work = False

    def is_due_by(self, at: datetime | None) -> None:
        """Makes the job due at an instant. If the job is already due earlier, nothing changes."""
        if at is not None:
            self._due = min(at, self._due or at)

    @property
    def is_wanted(self) -> bool:
        """Whether the job must run now."""
        return not self._at_work and self._due is not None and self._due <= now()


class Daemon:
    """Runs the app until SIGTERM or SIGINT."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._worker = ""
        self._stop = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._went_well: dict[str, float] = {}
        self._let_go_on: date | None = None
        self._withheld: str | None = None
        self._writes = True
        self._began, self._started_at = 0.0, now()
        self._looking = True
        self._clock_settings = 0

    async def run(self) -> None:
        """Runs until a signal. Returns when the running jobs have ended, or `PATIENCE` seconds after the signal."""
        loop = asyncio.get_running_loop()
        self._began, self._started_at = loop.time(), now()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
        )
        await asyncio.to_thread(self._enlist)
        log.info("started", version=__version__, **await asyncio.to_thread(self._what_for))
        end_metrics = self._metrics_served()
        looks, outbox = Resting(self._looks), Resting(self._outbox)
        # Supervision starts once checks and the outbox have had time to run.
        jobs: list[tuple[Callable[[], Awaitable[object]], timedelta, int]] = [
            (self._life, LIFE_BEAT, 0),
            (looks, RESTS_AT_MOST, 0),
            (outbox, RESTS_AT_MOST, 0),
            (self._watch, WATCH_BEAT, 3),
            (self._verify, VERIFY_BEAT, 5),
        ]
        if self._app.feed is not None:
            jobs.append((self._feed, FEED_BEAT, 1))
        if self._app.hint_work is not None:
            jobs.append((self._hints, HINTS_BEAT, 1))
        if self._app.bounces is not None:
            jobs.append((self._bounces, BOUNCES_BEAT, 2))
        if self._app.backups is not None:
            jobs.append((self._backups, BACKUPS_BEAT, 10))
        resting: dict[Resting, Job] = {}
        for job, beat, first in jobs:
            start = now() + timedelta(seconds=first)
            planned = scheduler.add_job(self._kept_alive, "interval", [job], seconds=beat.total_seconds(), next_run_time=start)
            if isinstance(job, Resting):
                resting[job] = planned
        first_refresh = quiet_time(now(), secrets.randbelow(QUIET_FOR))
        scheduler.add_job(self._kept_alive, "interval", [self.refresh_register], days=1, next_run_time=first_refresh)
        scheduler.start()
        waking = asyncio.create_task(self._wake(looks, outbox, resting))
        await self._until_stopped(scheduler)
        waking.cancel()
        last_resort = threading.Timer(LAST_RESORT, os._exit, (0,))
        last_resort.daemon = True
        last_resort.start()
        log.info("stopping", under_way=len(self._under_way))
        scheduler.pause()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        scheduler.shutdown(wait=False)
        await self._guarded(self._leave)
        await asyncio.to_thread(end_metrics)
        log.info("stopped")

    async def _until_stopped(self, scheduler: AsyncIOScheduler) -> None:
        """Waits for the signal. If somebody sets the system clock, all jobs start at once. Without this, every job would wait for
        an hour after the clock was set back by an hour."""
        loop = asyncio.get_running_loop()
        clock, passed = now(), loop.time()
        while not self._stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), CLOCK_LOOKED_AT)
            jump = (now() - clock).total_seconds() - (loop.time() - passed)
            clock, passed = now(), loop.time()
            if abs(jump) > 2:
                log.warning("the clock was set", seconds=int(jump))
                self._clock_settings += 1
                for job in scheduler.get_jobs():
                    job.modify(next_run_time=now())

    async def _wake(self, looks: Resting, outbox: Resting, jobs: Mapping[Resting, Job]) -> None:
        """Runs the waiting jobs as soon as they are due, in an endless loop. After each change in the database, finds out again
        when the jobs are next due."""
        changes, seen = self._app.store.changes, None
        while True:
            await asyncio.sleep(BEAT)
            try:
                mark = await asyncio.to_thread(changes.mark)
                if (mark, self._clock_settings) != seen:
                    look_at, deliver_at = await asyncio.to_thread(self._next_due)
                    looks.is_due_by(look_at)
                    outbox.is_due_by(deliver_at)
                    seen = (mark, self._clock_settings)
            except Exception:  # the jobs then run, and report the error
                seen = None
                looks.is_due_by(now())
                outbox.is_due_by(now())
            for one, job in jobs.items():
                if one.is_wanted:
                    job.modify(next_run_time=now())

    def _next_due(self) -> tuple[datetime | None, datetime | None]:
        return self._app.store.changes.next_look(self._worker), self._app.deliverer.next_due()

    async def _kept_alive(self, job: Callable[[], Awaitable[object]]) -> None:
        """Runs a job. A stop waits for the job, and an error in the job does not end the daemon."""
        task = asyncio.create_task(self._guarded(job))
        self._under_way.add(task)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:  # a cancelled task means that the daemon is stopping
            if not task.cancelled():
                raise
        finally:
            self._under_way.discard(task)

    async def _guarded(self, job: Callable[[], Awaitable[object]]) -> None:
        try:
            await job()
        except MonitorError as error:
            log.error("failed", job=_name(job), reason=str(error))
        except Exception as error:
            log.error("failed", job=_name(job), reason=fault(error))
            log.debug("failed", job=_name(job), exc_info=True)

    def _metrics_served(self) -> Callable[[], None]:
        """Serves the metrics at the address in METRICS. Returns a function that stops serving the metrics. If the address can't
        be used, the daemon continues without metrics."""
        settings, store = self._app.settings, self._app.store
        if settings.metrics is None:
            return lambda: None
        registry = self._app.metrics.registry
        self._app.metrics.begin_at_nought(self._app.channels)
        registry.register(StoreNumbers(lambda at: store.counts.at(at, at - settings.stale_after), now, self._app.judgement))
        try:
            return serve(registry, settings.metrics)
        except OSError as error:
            log.error("no metrics are served: choose another METRICS", at=settings.metrics, reason=error.strerror or str(error))
            return lambda: None

    def _enlist(self) -> None:
        """Registers this process as a new worker. With SQLite, no other worker can exist (`held_alone`)."""
        self._worker = uuid.uuid4().hex[:12]
        alone = self._app.store.engine.dialect.name == "sqlite"
        self._app.store.workers.enlist(self._worker, host=platform.node(), pid=os.getpid(), alone=alone)
        if planned := self._app.store.services.plan_rereading(now(), REREAD_WITHIN):
            log.info("this version reads otherwise: pages are read again, the worst services first", services=planned)
        if tried := self._app.try_new_settings():
            log.info("settings have changed: what is suspended is tried at once", receivers=", ".join(tried))

    def _what_for(self) -> dict[str, object]:
        """Returns what this daemon does, for the first line of its log."""
        settings, store = self._app.settings, self._app.store
        return {
            "services": len({one for ids in store.services.watchlists().values() for one in ids}),
            "check_every": lasting(settings.check_every),
            "mail": settings.mail_by if settings.can_mail else "not set up",
            "api": "used" if settings.cqc_api_key else "not used",
            "database": store.engine.dialect.name,
        }

    async def _life(self) -> None:
        """Records that this worker is alive, so that it keeps the services and messages that it has claimed. Also finds dead
        workers."""
        try:
            company = await asyncio.to_thread(self._app.store.workers.sign_of_life, self._worker)
        except StoreError:
            self._writes = False
            raise
        self._writes = True
        for buried in company.buried:
            log.warning("a worker gave no sign of life: others do its work", worker=buried)
        if not company.known:
            log.warning("this worker was taken for dead (it hung, or the database was away): it begins anew")
            await asyncio.to_thread(self._enlist)

    async def _leave(self) -> None:
        await asyncio.to_thread(self._app.store.workers.leave, self._worker)

    async def _looks(self) -> datetime | None:
        loop, worker = asyncio.get_running_loop(), self._worker
        outage = await asyncio.to_thread(self._app.store.outages.current)
        if self._stop.is_set():
            return None
        if outage and outage.is_to_be_left_alone(now()):
            return outage.leave_alone_until
        sharers = await asyncio.to_thread(self._app.store.workers.count)
        share = max(LOOKS_AT_LEAST, LOOKS_AT_ONCE // max(1, sharers))
        due = await asyncio.to_thread(self._app.store.services.claim, now(), TRIES if outage else share, worker)
        self._looking = bool(due or outage)
        if not due and not outage:
            self._went_well["checks"] = loop.time()
        if not due:
            return await asyncio.to_thread(self._app.store.changes.next_look, worker)
        with self._app.metrics.rounds.time():
            result = await self._app.checker.round(due, stop=self._stop)  # if it fails, the next claim releases these services
        await asyncio.to_thread(self._app.store.services.let_go, worker)
        self._app.metrics.looked(
            services=result.looked_at,
            unchanged=result.unchanged,
            not_read_well=len(result.troubles),
            kinds=[event.kind for event in result.events],
        )
        for trouble in result.troubles[:MOST_NAMED]:
            log.warning("not read well", location_id=trouble.location_id, reason=trouble.detail)
        self._note_events(result)
        log.info(
            "looked",
            services=result.looked_at,
            unchanged=result.unchanged,
            events=len(result.events),
            waiting_for_second_look=result.waiting,
            not_read_well=len(result.troubles),
        )
        if result.outage:
            log.warning(
                "CQC's site can't be read, and is left alone",
                since=stamp(result.outage.since),
                until=stamp(result.outage.leave_alone_until),
                reason=result.outage.reason,
            )
        elif len(result.troubles) < result.looked_at:
            self._went_well["checks"] = loop.time()
        return now()  # more services may be due

    async def _feed(self) -> None:
        """Reads the new part of the feed of changes. Then reads, from the API alone, the services that can't be read from the
        site."""
        feed = self._app.feed
        if self._stop.is_set() or feed is None:
            return
        poll = await feed.poll()
        if poll is not None:
            await asyncio.to_thread(self._app.store.api.vouch, self._app.settings.check_every, now())
            log.info("the feed of changes was read", named=len(poll.named), trouble=poll.trouble)
        result = await self._app.checker.by_api(self._stop)
        self._note_events(result)
        if result.looked_at:
            log.info("read from the API alone", services=result.looked_at, events=len(result.events), waiting=result.waiting)

    async def _hints(self) -> None:
        """Follows open hints, and reads the sources of hints that are due."""
        if self._stop.is_set() or self._app.hint_work is None:
            return
        for poll in await self._app.hint_work.work(self._stop):
            if poll.forbidden:
                log.debug("a source of hints is not read", source=poll.source, reason=poll.trouble)
            elif poll.named or poll.trouble:
                log.info("a source of hints was read", source=poll.source, named=len(poll.named), trouble=poll.trouble)

    async def _verify(self) -> None:
        """Compares the readings of watched services with CQC's files, without any request. When no watched service is due for a
        check, from time to time also reads and compares a service that nobody watches."""
        if self._stop.is_set():
            return
        found = await self._app.verifier.watched()
        others = self._app.settings.verify_others
        if others and not self._looking and not self._stop.is_set():
            another = await self._app.verifier.another(others)
            found += [another] if another else []
        for one in found:
            if one.outcome.differs:
                lines = "; ".join(each.text for each in one.comparison.differences)
                log.warning("not as in CQC's file", location_id=one.location_id, outcome=one.outcome, differences=lines)
        if found:
            agreement = await asyncio.to_thread(self._app.store.verifications.agreement)
            log.info("compared with CQC's files", services=len(found), agreement=agreement.text)

    def _note_events(self, result: Round) -> None:
        for event in result.events:
            log.info(
                "event", id=event.id, location_id=event.location_id, kind=event.kind, of=event.of, was=event.from_, now=event.to
            )

    async def _outbox(self) -> datetime | None:
        if self._stop.is_set():
            return None
        began = now()
        result = await self._app.deliverer.deliver(self._stop, worker=self._worker, at_most=OUTBOX_AT_MOST)
        if result.sent or not (result.later or result.dead):
            self._went_well["outbox"] = asyncio.get_running_loop().time()
        for line in result.told:
            log.info("told", message=line)
        for line in result.later:
            log.warning("not taken, will be tried again", message=line)
        for line in result.dead:
            log.error("given up", message=line)
        for line in result.off:
            log.error("switched off", what=line)
        for line in result.on:
            log.info("works again", what=line)
        return await asyncio.to_thread(self._app.store.changes.next_attempt, began)

    async def _bounces(self) -> None:
        """Reads the mail servers' delivery reports, if this is due."""
        if self._stop.is_set() or self._app.bounces is None:
            return
        reports = await self._app.bounces.read(stop=self._stop)
        for line in reports.dead if reports else ():
            log.error("sent back, given up", message=line)
        if reports and reports.trouble:
            log.warning("delivery reports can't be read", reason=reports.trouble)

    async def _backups(self) -> None:
        """Saves the database, and tests whether the newest copy can be restored, if this is due."""
        if self._app.backups is not None:
            await self._app.backups.work(self._stop)

    async def _watch(self) -> None:
        """Supervises the monitor itself. Alerts the operator if the judgement has got better or worse. While checks and the
        outbox succeed, pings the dead man's switch."""
        if self._stop.is_set():
            return
        at, every = now(), await asyncio.to_thread(self._app.store.api.interval, self._app.settings.check_every, now())
        await asyncio.to_thread(self._app.store.services.look_no_later_than, at, every)
        if await self._has_caught_up():
            await asyncio.to_thread(self._app.deliverer.report_level)
        await asyncio.to_thread(self._app.deliverer.report_corrections)
        await self._follow_rules()
        await self._remove_old()
        if self._app.settings.heartbeat_url:
            await self._heartbeat(self._app.settings.heartbeat_url.get_secret_value())

    async def _has_caught_up(self) -> bool:
        """Whether every service that was due when the program started, or when an outage ended, has been checked. Also true
        during an outage, and `GOOD_FOR` seconds after the start or the outage. Until this is true, the judgement may be bad only
        because nothing could be read earlier."""
        if await asyncio.to_thread(self._app.store.outages.current):
            self._began, self._started_at = asyncio.get_running_loop().time(), now()
            return True
        if asyncio.get_running_loop().time() - self._began >= GOOD_FOR:
            return True
        return not await asyncio.to_thread(self._app.store.services.due, self._started_at, 1)

    async def refresh_register(self) -> None:
        """If there is a register, starts a separate process that fetches and imports CQC's newest files. For a minute, this work
        uses a core and several hundred megabytes."""
        if self._stop.is_set() or not await asyncio.to_thread(self._app.store.intake.files):
            return
        command = (sys.executable, "-m", "monitor", "register", "refresh")
        nowhere, heard = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=nowhere, stdout=nowhere, stderr=heard)
        ending, stopping = asyncio.create_task(process.communicate()), asyncio.create_task(self._stop.wait())
        await asyncio.wait({ending, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ending.done():
            process.terminate()
        _, said = await ending
        for line in said.decode("utf-8", "replace").splitlines():
            log.warning("refreshing the register", said=line.removeprefix("cqc-monitor: "))

    async def _heartbeat(self, url: str) -> None:
        """Pings the dead man's switch, or logs once why there is no ping."""
        reason = await self._unwell()
        for _ in range(STARTS_IN):
            if reason != _NOT_YET or self._stop.is_set():
                break
            await asyncio.sleep(1)
            reason = await self._unwell()
        if reason not in (self._withheld, None, _NOT_YET):
            log.warning("the heartbeat is withheld", reason=reason)
        self._withheld = reason
        if reason is None:
            await self._ping(url)

    async def _unwell(self) -> str | None:
        """Returns the reason why the dead man's switch must not be pinged; None if the monitor works."""
        time = asyncio.get_running_loop().time()
        if not self._writes:
            return "nothing can be written to the database"
        found = await asyncio.to_thread(self._app.judgement, now())
        if found.stops_heartbeat:
            return found.text
        if len(self._went_well) < 2:
            return _NOT_YET
        standing = [job for job, at in self._went_well.items() if time - at >= GOOD_FOR]
        return f"no success for {GOOD_FOR / 60:.0f} minutes: {', '.join(standing)}" if standing else None

    async def _follow_rules(self) -> None:
        """Brings watchlists with rules up to date with the register: after an import, and when services have closed."""
        for one in await asyncio.to_thread(self._app.store.rules.apply, now(), self._app.operator):
            log.info("a rule was applied", watchlist=one.watchlist, joined=len(one.joined), left=len(one.left))
            if one.trouble:
                log.warning("a rule was not followed", watchlist=one.watchlist, reason=one.trouble)

    async def _remove_old(self) -> None:
        """Removes evidence, personal data and log entries that are older than KEEP_EVIDENCE, KEEP_PEOPLE and KEEP_LOG allow. Does
        this at the start, and then once a day."""
        settings, at = self._app.settings, now()
        if self._let_go_on == at.date():
            return
        keep = settings.keep_evidence
        removed = await asyncio.to_thread(self._app.store.evidence.remove_before, at - keep, at) if keep else 0
        people, log_ = (at - one if one else None for one in (settings.keep_people, settings.keep_log))
        if people or log_:
            gone = await asyncio.to_thread(self._app.store.personal_data.remove_old, people, log_, at, self._app.operator)
            if gone:
                log.info("personal data removed", **asdict(gone))
        self._let_go_on = at.date()
        if removed and keep:
            log.info("kept pages let go of", pages=removed, older_than_days=keep.days)

    async def _ping(self, url: str) -> None:
        try:
            async with http.AsyncClient(timeout=10, verify=http.trusted()) as client:
                answer = await client.get(url)
        except (http.HTTPError, http.InvalidURL) as error:
            log.warning("the heartbeat was not taken", reason=type(error).__name__)
        else:
            if not answer.is_success:
                log.warning("the heartbeat was not taken", status=answer.status_code)


def quiet_time(at: datetime, spread: int) -> datetime:
    """Returns the next time after `at` (in UTC) that is `spread` seconds after QUIET_FROM o'clock."""
    hour = at.replace(hour=QUIET_FROM, minute=0, second=0, microsecond=0) + timedelta(seconds=spread)
    return hour if hour > at else hour + timedelta(days=1)


def _name(job: Callable[[], Awaitable[object]]) -> str:
    return getattr(job, "__name__", "job").lstrip("_")
