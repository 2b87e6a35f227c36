"""The facts about the monitor on which the judgement is based."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.detect.agreement import Agreement
from monitor.detect.recall import Source
from monitor.text import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One of the things that a finding counts, such as a service: its id or name, and its problem in one line ("" if the
    finding already says what the problem is)."""

    name: str
    detail: str = ""

    def __str__(self) -> str:
        """Returns the sample in one line, for people."""
        return plain(f"{self.name}: {self.detail}" if self.detail else self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """The number of certain things, such as stale services. `since` is when the first of these things began, in UTC, or None if
    not known. `samples` contains the first few of these things.

    private  whether the names are people's addresses, which sentences for other people leave out
    """

    count: int = 0
    since: datetime | None = None
    samples: tuple[Sample, ...] = ()
    private: bool = False


NONE = Some()


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """Something that does not work: since when (in UTC), and why, in one line. `told` says whether the operator has been
    alerted."""

    since: datetime
    reason: str
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The part of the monitor's configuration on which the judgement depends.

    mail   whether email is set up (for a mail server, SMTP_URL and MAIL_FROM)
    api    whether CQC's API is used
    unset  the names of optional settings that are not set
    backup_every  how often the database is saved; None if BACKUP_TO is not set
    """

    check_every: timedelta
    stale_after: timedelta
    mail: bool
    api: bool = False
    unset: tuple[str, ...] = ()
    backup_every: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The watched services, each in one of these groups.

    up_to_date    fully read at the last check, and recently
    partly_read   some of the service's pages could not be read
    report_missing  a report to which the service's page links could not be read
    check_failed  read recently, but not at the last check
    stale         not read for STALE_AFTER
    never_read    checked without success, or not checked for STALE_AFTER
    not_checked   not checked yet
    """

    up_to_date: int = 0
    partly_read: Some = NONE
    report_missing: Some = NONE
    check_failed: Some = NONE
    stale: Some = NONE
    never_read: Some = NONE
    not_checked: Some = NONE

    @property
    def watched(self) -> int:
        """The number of watched services."""
        others = (self.partly_read, self.report_missing, self.check_failed, self.stale, self.never_read, self.not_checked)
        return self.up_to_date + sum(one.count for one in others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about the monitor at one time. All times are in UTC.

    due             checks that are due, and since when the first of them has been due
    last_read_at    when a service was last read; None if no service was ever read
    workers, dead_workers  running daemons, and daemons that stopped unexpectedly
    hanging         checks that began and have not ended
    not_understood  services whose page has a statement that was not understood
    named_not_shown  publications that a source named but that no check has found for three days
    mail_wanted     how many email addresses have a subscription or a waiting message, or are the operator's
    urgent_late     alerts and escalations that have waited for over an hour; `late` has other messages that have waited that
                    long
    not_taken       messages that failed and will be tried again
    unalerted       watchlists that have services but nobody who is alerted about them now
    free            the free bytes on the SQLite database's disk; None if not known
    register_of     the date of the newest list of all services; None if there is no list
    ratings_of      the date of the newest of CQC's files that state ratings; None if there is no file
    rules           how many watchlists follow the register
    read_again      how many services this version of the reader has fully read, and how many services have pages; (0, 0) if all
                    are fully read
    agreement       how far our readings agree with CQC's files; None if they were never compared
    doubted         events that seem to have been wrong and await a decision
    rota_gaps            watchlists with a rota that has hours when nobody is on call
    contracted_unwatched  services with uploaded facts that are on no watchlist
    bounces         why delivery reports can't be read; None if they can be read, or are not set up
    sources         the sources of hints that are in use, with the publications that each source named
    unconfirmed     receivers that have not confirmed that somebody reads their messages; empty if nobody is asked
    backup          since when there has been no successful backup; None if there is one, or if no backups are set up
    """

    setup: Setup
    services: Services = Services()
    due: Some = NONE
    last_read_at: datetime | None = None
    workers: int = 0
    dead_workers: int = 0
    hanging: Some = NONE
    site: Out | None = None
    api: Out | None = None
    disagreements: Some = NONE
    not_understood: Some = NONE
    named_not_shown: Some = NONE
    mail_wanted: int = 0
    mail_off: Out | None = None
    operator_off: Out | None = None
    receivers_off: Some = NONE
    urgent_late: Some = NONE
    urgent_given_up: Some = NONE
    late: Some = NONE
    not_taken: Some = NONE
    given_up: Some = NONE
    unalerted: Some = NONE
    free: int | None = None
    register_of: date | None = None
    register_old: bool = False
    ratings_of: date | None = None
    ratings_old: bool = False
    rules: int = 0
    read_again: tuple[int, int] = (0, 0)
    agreement: Agreement | None = None
    doubted: Some = NONE
    contracted_unwatched: Some = NONE
    rota_gaps: Some = NONE
    bounces: str | None = None
    unconfirmed: Some = NONE
    backup: Out | None = None
    sources: tuple[Source, ...] = ()
