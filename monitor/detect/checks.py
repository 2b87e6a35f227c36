"""The values that describe checks, for the store and the jobs: which services to check, what was read, and the result."""

from dataclasses import dataclass
from datetime import datetime

from monitor.detect.circuit_breaker import Blindness
from monitor.events import Event
from monitor.model import Candidate, Reading, Snapshot
from monitor.reader_version import VERSION

PUT_OFF = "the pages that this page links to are read later, after the location pages of other services with news from CQC"
"""Why a brief check read the location page alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What is stored about a page: its address, its validators (`etag`, `last_modified`), its fingerprint, and the version of
    the reader that read it. The fingerprint stays the same while the page is unchanged. Version 0 means that the page was read
    before versions existed."""

    url: str
    etag: str | None
    last_modified: str | None
    fingerprint: str
    digest: str
    reader: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A service to check, with what a check needs to know. "It" and "its" below mean the service.

    pages            the location page first, then the pages that the location page links to
    grave            whether a rating is inadequate, or special measures are stated. If so, each check reads all pages
    read_through_at  when all its pages were last requested; None if they never were
    whole            whether all its pages arrived at `read_through_at`
    named_at         when the list of changes of CQC's API last named it; None if the list never named it
    witnessed_at     when the API last answered about it; None if the API never answered
    differs          whether its page and the API disagreed at `witnessed_at`
    reread_at        when its pages, read by an older reader version, must be read again; None if this is not planned
    asked_whole_at   when its location page was last requested without validators; None if it never was
    put_off          whether its last check was a brief check, of its location page alone
    hinted           whether a source named it with a publication that its page does not show yet
    """

    location_id: str
    seq: int
    candidates: tuple[Candidate, ...]
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
    hinted: bool = False
    put_off: bool = False

    @property
    def is_read_otherwise(self) -> bool:
        """Whether a different version of the reader read one of its pages."""
        return any(page.reader != VERSION for page in self.pages)

    def is_time_to_read_again(self, now: datetime) -> bool:
        """Whether its pages must be read again now. If no daemon has scheduled this reading (because the service was not
        watched), they must be read now."""
        return self.is_read_otherwise and (self.reread_at is None or self.reread_at <= now)

    @property
    def is_named(self) -> bool:
        """Whether the list of changes named it, and the API has not been asked about it since."""
        return self.named_at is not None and (self.witnessed_at is None or self.witnessed_at < self.named_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page that a check read, with its reading. `body` is None if the page was unchanged. `reader` is the version of the
    reader that read the page."""

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
    """A page that could not be read, or can't be trusted. `detail` is the reason in one line for people."""

    url: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All pages of a service, the location page first.

    missing  the other pages, which could not be read, each with the reason
    partly   a report that is unavailable: the newest report's PDF could not be used, or the link to the newest report has been
             dead for more than a day. Statements that only this report makes are unknown, and an early retry would not help
    whole    whether all linked pages were read. A link that has always been dead does not make the check fail, but makes `whole`
             false, because the linked page may already be old when it is first read
    """

    pages: tuple[ReadPage, ...]
    missing: tuple[NotRead, ...]
    whole: bool = True
    partly: NotRead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What CQC's API answered at `at`, as a page. `page` is None if the API doesn't know the service, or if nothing in the
    answer is understood."""

    at: datetime
    page: ReadPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of one check. An outcome is recorded in full or not at all.

    base_seq          the number of the snapshot that the check was compared with; if the store has a newer snapshot when the
                      outcome is recorded, nothing is recorded
    pages             None if the stored pages stay as they are (nothing was read, or nothing that was read is used)
    base_candidates   the candidate changes that the check was compared with; if the store has other candidate changes when the
                      outcome is recorded, nothing is recorded
    read_well         whether everything expected was read
    whole             whether every linked page was read
    trouble           what was not read, in one line for people; None after a complete check
    blind             why nothing was read, if the whole site may be affected; otherwise None
    of_api            whether the result comes from the API alone and says nothing about the page
    answer            the API's answer, with its bytes; None if no event is based on the answer
    witnessed_at      when the API answered; None if the API was not asked, or did not answer
    differences       the disagreements between page and API, one line for each; None if not known
    asked_whole       whether the location page was requested without validators
    corrections       what an older reader version had misread, in one line each
    """

    location_id: str
    base_seq: int
    base_candidates: tuple[Candidate, ...] = ()
    looked_at: datetime
    next_look_at: datetime
    read_well: bool
    failures: int = 0
    trouble: str | None = None
    snapshot: Snapshot | None = None
    events: tuple[Event, ...] = ()
    candidates: tuple[Candidate, ...] = ()
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
class UnchangedCheck:
    """A check that found nothing changed. `through` is true if the check also requested the pages that the location page links
    to. `asked_whole` is true if the location page was requested without validators."""

    location_id: str
    looked_at: datetime
    next_look_at: datetime
    through: bool
    asked_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an older version of the reader had misread about a service, in one line. `noted_at` is when the misreading was
    noticed."""

    location_id: str
    noted_at: datetime
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A watched service as lists show it. `snapshot` is None if the service has not been read yet."""

    location_id: str
    watchlists: tuple[str, ...]
    added_at: datetime
    looked_at: datetime | None
    read_at: datetime | None
    next_look_at: datetime
    failures: int
    trouble: str | None
    candidates: tuple[Candidate, ...]
    snapshot: Snapshot | None
    vouched_at: datetime | None = None

    @property
    def known_at(self) -> datetime:
        """The latest time at which the service's stored state is known to have been current (see `known_until`)."""
        return known_until(self.added_at, self.looked_at, self.read_at, self.vouched_at)


def known_until(
    added_at: datetime, looked_at: datetime | None, read_at: datetime | None, vouched_at: datetime | None
) -> datetime:
    """The latest time at which a service's stored state is known to have been current. This is when the service was last fully
    read, or when the list of changes last confirmed that nothing was new, whichever is later. If the service was never read,
    the time when it was added is used instead. The same applies if the reading is dated after the last check, because such a
    date comes from a wrong clock."""
    known = read_at if read_at is not None and read_at <= (looked_at or read_at) else added_at
    return max(known, vouched_at or known)
