"""The codes of all findings of the judgement, and the words for each code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Level(StrEnum):
    """The severity of a finding, worst first."""

    WRONG = "wrong"
    LOOK = "look"
    REMARK = "remark"


class Code(StrEnum):
    """The codes of all findings. JSON and the metrics use the values, so they never change."""

    DAEMON_DEAD = "daemon dead"
    NO_DAEMON = "no daemon"
    NOTHING_READ = "nothing read"
    SITE_OUT = "site out"
    DISK_FULL = "disk full"
    MAIL_NOT_SET_UP = "mail not set up"
    MAIL_OFF = "mail off"
    OPERATOR_OFF = "operator off"
    URGENT_LATE = "urgent late"
    URGENT_GIVEN_UP = "urgent given up"
    NOBODY_ALERTED = "nobody alerted"
    AGREEMENT_LOW = "agreement low"

    NEVER_READ = "never read"
    STALE = "stale"
    CHECK_FAILED = "check failed"
    PARTLY_READ = "partly read"
    REPORT_MISSING = "report missing"
    NOT_UNDERSTOOD_AT_MANY = "not understood at many"  # at many services
    DISAGREEMENT = "disagreement"
    DIFFERS = "differs from file"
    DOUBTED = "doubted"
    CONTRACTED_UNWATCHED = "contracted, not watched"
    ROTA_GAP = "nobody on call"
    BOUNCES_UNREAD = "bounces unread"
    CHECK_HANGS = "check hangs"
    API_OUT = "api out"
    SOURCE_SILENT = "source silent"
    RECEIVER_OFF = "receiver off"
    UNCONFIRMED = "unconfirmed"
    LATE = "late"
    NOT_TAKEN = "not taken"
    GIVEN_UP = "given up"
    REGISTER_OLD = "register old"
    BACKUP = "backup"
    DISK_LOW = "disk low"

    NOT_CHECKED_YET = "not checked yet"
    NO_DAEMON_SEEN = "no daemon seen"
    NEVER_VERIFIED = "never verified"
    NOT_UNDERSTOOD = "not understood"
    NAMED_NOT_SHOWN = "named, not shown"  # a publication that a source named, but the page does not show
    SOURCE_MISSES = "source misses"
    READ_AGAIN = "read again"
    REGISTER_OLD_UNUSED = "register old, unused"
    RATINGS_OLD = "ratings old"
    NOT_SET = "not set"
    NOTHING_WATCHED = "nothing watched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words for a code. A finding is put together from a number, the noun, and `one` or `many`: "1 service has never been
    read". Without a noun, `one` is the whole clause. The words may contain {count}, {since} and {detail}.

    do        what a person must do about the finding
    covers    whether the finding counts services that the monitor can't see properly; the heartbeat uses this
    own       whether the operator gets a separate message about the finding, so that it causes no message about the level
    patience  how long the finding may last before the operator is alerted
    """

    level: Level
    do: str
    one: str
    noun: str = ""
    many: str = ""
    covers: bool = False
    own: bool = False
    patience: timedelta = timedelta()


_RUN = "start cqc-monitor run"

_EVERY = "each service is still checked every CHECK_EVERY, but alerts may come hours later; cqc-monitor status shows the sources"

_PAGES = "open the pages in a browser; cqc-monitor read URL shows what the program understands"

TABLE: Mapping[Code, Words] = {
    Code.DAEMON_DEAD: Words(
        level=Level.WRONG,
        one="the daemon stopped unexpectedly: it was killed, or its machine is down",
        do=f"{_RUN} again",
    ),
    Code.NO_DAEMON: Words(
        level=Level.WRONG,
        one="no daemon is running and checks have been due since {since} ({detail})",
        do=f"{_RUN}",
    ),
    Code.NOTHING_READ: Words(
        level=Level.WRONG,
        one="{detail}",
        do="to see why, look at the daemon's log; to check the services now, run cqc-monitor check",
    ),
    Code.SITE_OUT: Words(
        level=Level.WRONG,
        one="CQC's site has been unreadable since {since}: {detail}",
        do="the monitor keeps trying; open one of the pages in a browser, and compare it with cqc-monitor read URL",
        own=True,
    ),
    Code.DISK_FULL: Words(level=Level.WRONG, one="the database's disk is full ({detail})", do="free some disk space"),
    Code.MAIL_NOT_SET_UP: Words(
        level=Level.WRONG,
        noun="address",
        one="waits for email, which is not set up ({detail})",
        many="wait for email, which is not set up ({detail})",
        do="set SMTP_URL and MAIL_FROM, start cqc-monitor run again, then run cqc-monitor test ADDRESS",
    ),
    Code.MAIL_OFF: Words(
        level=Level.WRONG,
        one="all email has been suspended since {since}: {detail}",
        do="correct SMTP_URL, MAIL_FROM or the mail server, then run cqc-monitor test ADDRESS",
        own=True,
    ),
    Code.OPERATOR_OFF: Words(
        level=Level.WRONG,
        one="the operator's address has been suspended since {since}",
        do="correct OPERATOR, then run cqc-monitor test ADDRESS",
        own=True,
    ),
    Code.URGENT_LATE: Words(
        level=Level.WRONG,
        noun="urgent message",
        one="has not arrived for over an hour, since {since}",
        many="have not arrived for over an hour, since {since}",
        do="tell these people in another way; cqc-monitor outbox list shows why the messages wait",
        own=True,
    ),
    Code.URGENT_GIVEN_UP: Words(
        level=Level.WRONG,
        noun="urgent message",
        one="failed for good",
        many="failed for good",
        do="tell these people in another way, then run cqc-monitor outbox retry ID or drop ID",
        own=True,
    ),
    Code.NOBODY_ALERTED: Words(
        level=Level.WRONG,
        noun="watchlist",
        one="alerts nobody",
        many="alert nobody",
        do="subscribe somebody, end a pause, or get a waiting subscription confirmed; see cqc-monitor watch list",
        patience=timedelta(hours=1),
    ),
    Code.AGREEMENT_LOW: Words(
        level=Level.WRONG,
        one="CQC's site is probably being misread: {detail}",
        do="cqc-monitor verify shows each difference; report it with the files that cqc-monitor capture saves",
    ),
    Code.NEVER_READ: Words(
        level=Level.LOOK,
        noun="service",
        one="has never been read",
        many="have never been read",
        do=f"{_PAGES}. Are the ids right?",
        covers=True,
    ),
    Code.STALE: Words(
        level=Level.LOOK,
        noun="service",
        one="has not been read for too long",
        many="have not been read for too long",
        do=_PAGES,
        covers=True,
    ),
    Code.CHECK_FAILED: Words(
        level=Level.LOOK,
        noun="service",
        one="was not read at the last check",
        many="were not read at the last check",
        do=f"the monitor checks each service again, sooner than usual; {_PAGES}",
        covers=True,
        own=True,  # the finding passes, or the service becomes stale
    ),
    Code.PARTLY_READ: Words(
        level=Level.LOOK,
        noun="service",
        one="is partly read",
        many="are partly read",
        do=_PAGES,
        covers=True,
    ),
    Code.REPORT_MISSING: Words(
        level=Level.LOOK,
        noun="service",
        one="has a linked report that could not be read",
        many="have a linked report that could not be read",
        do="open the reports in a browser: the monitor does not know what they state",
        covers=True,
    ),
    Code.NOT_UNDERSTOOD_AT_MANY: Words(
        level=Level.LOOK,
        noun="service",
        one="has a statement on its page that is not understood",
        many="have a statement on their page that is not understood",
        do="CQC may have changed its pages: cqc-monitor read --explain URL shows each statement; report it with the "
        "files that cqc-monitor capture saves",
        covers=True,
    ),
    Code.DISAGREEMENT: Words(
        level=Level.LOOK,
        one="CQC's page and its API disagree about 1 service",
        many="CQC's page and its API disagree about {count} services",
        do="open the pages in a browser, and ask CQC",
        covers=True,
    ),
    Code.CHECK_HANGS: Words(
        level=Level.LOOK,
        noun="service",
        one="has a check that has been running since {since}",
        many="have checks that have been running since {since}",
        do="stop cqc-monitor run and start it again",
        covers=True,
    ),
    Code.API_OUT: Words(
        level=Level.LOOK,
        one="CQC's API has been unusable since {since}: {detail}",
        do="the site is read as usual; cqc-monitor doctor says what to do",
        own=True,
    ),
    Code.SOURCE_SILENT: Words(
        level=Level.LOOK,
        noun="source",
        one="of hints has not been read in full since {since}",
        many="of hints have not been read in full since {since}",
        do=_EVERY,
        own=True,
    ),
    Code.RECEIVER_OFF: Words(
        level=Level.LOOK,
        noun="receiver",
        one="is suspended",
        many="are suspended",
        do="correct the address, then run cqc-monitor test ADDRESS",
        own=True,
    ),
    Code.UNCONFIRMED: Words(
        level=Level.LOOK,
        noun="address",
        one="has not confirmed that somebody reads its messages",
        many="have not confirmed that somebody reads their messages",
        do="ask these people whether they get the messages",
    ),
    Code.LATE: Words(
        level=Level.LOOK,
        noun="message",
        one="has been waiting for over an hour, since {since}",
        many="have been waiting for over an hour, since {since}",
        do=f"cqc-monitor outbox list shows why; if no daemon is running, {_RUN}, or send the messages once: cqc-monitor deliver",
    ),
    Code.NOT_TAKEN: Words(
        level=Level.LOOK,
        noun="message",
        one="has not been accepted yet",
        many="have not been accepted yet",
        do="the monitor tries each message again; cqc-monitor outbox list shows all of these messages",
        own=True,
    ),
    Code.GIVEN_UP: Words(
        level=Level.LOOK,
        noun="message",
        one="failed for good",
        many="failed for good",
        do="tell the person in another way, then run cqc-monitor outbox retry ID or drop ID",
        own=True,
    ),
    Code.REGISTER_OLD: Words(
        level=Level.LOOK,
        noun="watchlist",
        one="follows an old list of CQC's services, {detail}",
        many="follow an old list of CQC's services, {detail}",
        do="cqc-monitor register refresh",
    ),
    Code.DIFFERS: Words(
        level=Level.REMARK,
        noun="service",
        one="has a reading that differs from CQC's file",
        many="have a reading that differs from CQC's file",
        do="cqc-monitor verify LOCATION shows each difference; open the page in a browser",
    ),
    Code.DOUBTED: Words(
        level=Level.LOOK,
        noun="event",
        one="seems to have been wrong",
        many="seem to have been wrong",
        do="cqc-monitor correct EVENT --why TEXT retracts an event, and --stands confirms it",
    ),
    Code.CONTRACTED_UNWATCHED: Words(
        level=Level.LOOK,
        noun="contracted service",
        one="is on no watchlist",
        many="are on no watchlist",
        do="add these services to a watchlist: on its page Own facts, or with cqc-monitor watch add NAME LOCATION",
        patience=timedelta(days=1),
    ),
    Code.ROTA_GAP: Words(
        level=Level.LOOK,
        noun="watchlist",
        one="with a rota has hours when nobody is on call",
        many="with a rota have hours when nobody is on call",
        do="fill these hours on the watchlist's page Rota",
        patience=timedelta(days=1),
    ),
    Code.BOUNCES_UNREAD: Words(
        level=Level.LOOK,
        one="delivery reports can't be read ({detail})",
        do="correct BOUNCES_URL or the mailbox",
        own=True,
    ),
    Code.BACKUP: Words(
        level=Level.LOOK,
        one="there has been no successful backup since {since} ({detail})",
        do="cqc-monitor backup makes a backup now",
    ),
    Code.DISK_LOW: Words(level=Level.LOOK, one="the database's disk is nearly full ({detail})", do="free some disk space"),
    Code.NOT_CHECKED_YET: Words(
        level=Level.REMARK,
        noun="service",
        one="has not been checked yet",
        many="have not been checked yet",
        do="the services are checked in turn; to check all of them now, run cqc-monitor check",
    ),
    Code.NO_DAEMON_SEEN: Words(
        level=Level.REMARK,
        one="no daemon is running, so services are checked only when somebody or a timer runs check ({detail})",
        do=f"{_RUN}, unless a timer runs check and deliver instead",
    ),
    Code.NEVER_VERIFIED: Words(
        level=Level.REMARK,
        one="our readings have never been compared with CQC's files",
        do="cqc-monitor verify --sample 100",
    ),
    Code.NOT_UNDERSTOOD: Words(
        level=Level.REMARK,
        noun="service",
        one="has a statement on its page that this program does not know",
        many="have a statement on their page that this program does not know",
        do="new statements are sent to the people who watch the service; cqc-monitor read --explain URL shows all statements",
    ),
    Code.NAMED_NOT_SHOWN: Words(
        level=Level.REMARK,
        noun="publication",
        one="in CQC's list or file has been missing from its service's page for three days",
        many="in CQC's list or file have been missing from their services' pages for three days",
        do="open each page in a browser: is its report newer than the newest in cqc-monitor history LOCATION?",
    ),
    Code.SOURCE_MISSES: Words(
        level=Level.REMARK,
        noun="source",
        one="of hints misses publications",
        many="of hints miss publications",
        do=_EVERY,
        own=True,
    ),
    Code.READ_AGAIN: Words(
        level=Level.REMARK,
        one="this version has read {detail} services again",
        do="this takes up to a day; the services with the worst ratings come first",
    ),
    Code.REGISTER_OLD_UNUSED: Words(
        level=Level.REMARK, one="the copy of CQC's register is old, {detail}", do="cqc-monitor register refresh"
    ),
    Code.RATINGS_OLD: Words(
        level=Level.REMARK, one="the ratings from CQC's files are {detail}", do="cqc-monitor register refresh"
    ),
    Code.NOT_SET: Words(level=Level.REMARK, one="not set: {detail}", do="cqc-monitor doctor explains each setting"),
    Code.NOTHING_WATCHED: Words(
        level=Level.REMARK, one="nothing is watched yet", do="add a service: cqc-monitor watch add NAME LOCATION"
    ),
}


def complete(table: Mapping[Code, Words]) -> None:
    """Raises TypeError if words are missing for any code."""
    for code in Code:
        words = table.get(code)
        if words is None or not words.one or not words.do or (words.noun and not words.many):
            raise TypeError(f"the code {code.value!r} has no words")


complete(TABLE)
