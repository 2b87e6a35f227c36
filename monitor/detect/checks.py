"""Looks, as they are handed to the store and out of it: what is to be looked at, what was read, and what it came to."""

from dataclasses import dataclass
from datetime import datetime

from monitor.detect.outage import Blindness
from monitor.events import Event
from monitor.model import Reading, Snapshot, Suspicion
from monitor.reader_version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What is remembered of a page: where, its validators, the fingerprint that an unchanged one has again, and which version of
    the reader read it (0: one of before there were versions)."""

    url: str
    etag: str | None
    last_modified: str | None
    fingerprint: str
    digest: str
    reader: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A service to be looked at, with what a look needs to know.

    pages            the location page first, then those it led to
    grave            something is inadequate or special measures are stated: its words are looked at each time
    read_through_at  when all its pages were last asked for; None: never
    whole            whether it then got all of them
    named_at         when the feed of CQC's API last named it as changed; None: never
    witnessed_at     when the API last answered what it states of it; None: never
    differs          whether its page and the API disagreed then
    reread_at        when its pages are to be read again, which a former version has read; None: not planned
    asked_whole_at   when its location page was last asked for without validators; None: never
    """

    location_id: str
    seq: int
    suspicions: tuple[Suspicion, ...]
    failures: int
    grave: bool
    read_through_at: datetime | None
    whole: bool
    pages: tuple[KnownPage, ...]
    named_at: datetime | None = None
    witnessed_at: datetime | None = None
    differs: bool = False
    reread_at: datetime | None = None
    asked_whole_at: datetime | None = None

    @property
    def is_read_otherwise(self) -> bool:
        """Whether another version of the reader has read one of its pages."""
        return any(page.reader != VERSION for page in self.pages)

    def is_time_to_read_again(self, now: datetime) -> bool:
        """Whether its pages are to be read again now. Where no daemon has planned when (it was not watched then), at once."""
        return self.is_read_otherwise and (self.reread_at is None or self.reread_at <= now)

    @property
    def is_named(self) -> bool:
        """Whether the feed named it, and the API was not asked about it since."""
        return self.named_at is not None and (self.witnessed_at is None or self.witnessed_at < self.named_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page that a look has read, with the reading that was taken from it. `body` None: as it was remembered. `reader`: the
    version that read it."""

    url: str
    etag: str | None
    last_modified: str | None
    fingerprint: str
    digest: str
    reading: Reading
    fetched_at: datetime
    content_type: str | None = None
    body: bytes | None = None
    reader: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """A page that could not be had, or is not to be believed, and why, in one line for people."""

    url: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All pages of a service, the location page first.

    missing  why others could not be had
    partly   why the newest report's PDF could not be had, or is not what it should be; or that a link to the newest report has
             led nowhere for more than a day: what it alone states is not known, and asking again soon would not help
    whole    whether all that was linked was read. A link that never led anywhere is no failure of the check, but what stands
             behind it may be old when it is read for the first time
    """

    pages: tuple[ReadPage, ...]
    missing: tuple[NotRead, ...]
    whole: bool = True
    partly: NotRead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer of CQC's API, at `at`, as a page. None: it doesn't know the service, or said nothing that is understood."""

    at: datetime
    page: ReadPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one look comes to, to be recorded as a whole.

    base_seq   the snapshot that the look was compared with; where the store has a newer one by now, nothing is recorded
    pages      None where the pages are to be remembered as they are (nothing was read, or nothing of it counts)
    base_suspicions  those that it was compared with, in the same way
    read_well  whether all that was expected was read
    whole      whether every page that was linked was read
    trouble    in one line what was not read, for people; None after a good look
    blind      why nothing was seen, where that may be so of the whole site
    of_api     it is an answer of the API alone: nothing is said of the page
    answer     what the API answered, with its bytes, where something rests on that; None: nothing
    witnessed_at  when the API answered; None: it was not asked, or did not
    differences   where page and API disagree, a line each; None: not known
    asked_whole   its location page was asked for without validators
    corrections   what a former version had read wrongly, in one line each
    """

    location_id: str
    base_seq: int
    base_suspicions: tuple[Suspicion, ...] = ()
    looked_at: datetime
    next_look_at: datetime
    read_well: bool
    failures: int = 0
    trouble: str | None = None
    snapshot: Snapshot | None = None
    events: tuple[Event, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    pages: tuple[ReadPage, ...] | None = None
    whole: bool = True
    blind: Blindness | None = None
    of_api: bool = False
    answer: ReadPage | None = None
    witnessed_at: datetime | None = None
    differences: tuple[str, ...] | None = None
    asked_whole: bool = False
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedLook:
    """A look that found everything as it was. `through`: it asked for the pages behind the location page too; `asked_whole`: and
    for that one without validators."""

    location_id: str
    looked_at: datetime
    next_look_at: datetime
    through: bool
    asked_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a former version of the reader had read wrongly of a service, in one line; seen at `noted_at`."""

    location_id: str
    noted_at: datetime
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A watched service as lists show it. `snapshot` None: not read yet."""

    location_id: str
    watchlists: tuple[str, ...]
    added_at: datetime
    looked_at: datetime | None
    read_at: datetime | None
    next_look_at: datetime
    failures: int
    trouble: str | None
    suspicions: tuple[Suspicion, ...]
    snapshot: Snapshot | None
    vouched_at: datetime | None = None

    @property
    def known_at(self) -> datetime:
        """Up to when what is stored of it is known to hold: read well, or not named by the feed since; of one never read, when it
        was added."""
        return known_until(self.added_at, self.looked_at, self.read_at, self.vouched_at)


def known_until(
    added_at: datetime, looked_at: datetime | None, read_at: datetime | None, vouched_at: datetime | None
) -> datetime:
    """Up to when what is stored of a service is known to hold: read well, or not named by the feed of changes since; of one never
    read, when it was added. A reading later than the last look was noted by a clock that was wrong."""
    known = read_at if read_at is not None and read_at <= (looked_at or read_at) else added_at
    return max(known, vouched_at or known)
