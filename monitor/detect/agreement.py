"""Compares what was read about a service with CQC's own monthly files, and with CQC's API if the API was asked. Pure.

CQC's files are the only other public source of the same ratings. If the page and the file are about the same publication but
state different ratings, one of the two was misread. CQC's files also contain faults. If such a fault explains a difference, the
outcome names the fault, and the difference is not treated as a misreading. Source: docs/facts/files.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.model import Aspect, Holding, Registration, SaidKind, Subject
from monitor.ratings import OVERALL, KeyQuestion, Rating, Reason, worst
from monitor.register.entries import Entry
from monitor.text import counted, day

DATES_APART = timedelta(days=7)
"""How far apart the page's date and the file's date of the same publication may be. The file's date may be up to a weekend
earlier than the page's date."""

MONTHS_LATE = timedelta(days=183)
"""A rating may first appear in the files up to this long after its publication."""

AT_LEAST, LAST = 0.98, 100
"""If the share of agreeing services among the last `LAST` comparable services is below `AT_LEAST`, more than a few pages are
being misread."""


class Outcome(StrEnum):
    """The result of a comparison. The values appear in `verify --json` and in the database."""

    AGREES = "agrees"
    OTHER_DATE = "same ratings, another date"
    NOT_ASSESSED = "agrees, but for what was not assessed"
    API_AGREES = "newer than the file, and agrees with the API"
    DIFFERS = "differs"
    NOT_SHOWN = "not read on the page"  # the file states a rating, but none was read
    PAGE_OLDER = "the page is older than the file"
    PUBLISHED_SINCE = "published since the file"
    FILE_BEHIND = "the file is behind"
    FILE_WRONG = "the API agrees with the page, not with the file"
    INHERITED = "inherited rating"
    TWO_RATINGS = "two ratings on one day"
    REGISTERED_TWICE = "registered twice"
    GROUPS = "grouped otherwise in the file"
    SUSPENDED = "ratings suspended or withdrawn"
    ARCHIVED = "archived, and still in the file"
    LEFT = "no longer in the file"
    NOT_IN_FILE = "not in the file"
    NOT_RATED = "not rated in either"
    NOT_READ = "could not be read"

    @property
    def agrees(self) -> bool:
        """Whether this outcome is evidence that pages are read correctly."""
        return self in _AGREEING

    @property
    def differs(self) -> bool:
        """Whether the page may have been misread, or may have been an old copy."""
        return self in _DIFFERING

    @property
    def wants_a_person(self) -> bool:
        """Whether a person should look at the service, because page and file differ or the page could not be read."""
        return self.differs or self is Outcome.NOT_READ


_AGREEING = frozenset({Outcome.AGREES, Outcome.OTHER_DATE, Outcome.NOT_ASSESSED, Outcome.API_AGREES})
_DIFFERING = frozenset({Outcome.DIFFERS, Outcome.NOT_SHOWN, Outcome.PAGE_OLDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was read about a service, from its pages or the API's answer. `inherited` is true if CQC marks a rating as the
    rating of the previous registration, or if it says that this profile replaces another profile."""

    holdings: Mapping[Subject, Holding]
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What CQC's files state about a service.

    entry            the service's entry in the register; None if no file lists the service
    as_of            the date of the newest file that states overall ratings
    questions_as_of  the date of the newest file that states key questions; None if no such file was loaded
    other            the other registration of a home that is registered twice; None if the home has no other registration, or
                     the other registration is not known
    """

    entry: Entry | None
    as_of: date
    questions_as_of: date | None
    other: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A difference between what was read (`page`) and what the file states (`file`), as ratings or as dates in ISO form. None
    means that nothing was read, or that the file states nothing.

    of     "overall", a key question, or "published"
    group  the service group; None for the service as a whole
    api    what the API states; None if the API was not asked, or states no value
    """

    of: str
    page: str | None
    file: str | None
    group: str | None = None
    api: str | None = None

    @property
    def text(self) -> str:
        """The difference in one line for people."""
        named = f"{self.of} ({self.group})" if self.group else self.of
        api = f", CQC's API says {self.api}" if self.api else ""
        return f"{named}: read {self.page or 'nothing'}, CQC's file says {self.file or 'nothing'}{api}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The result of comparing one service.

    differences  the differences, including differences that a fault of the file explains
    reason       why the service could not be read; None if the service was read
    published    the date of the publication that was read; None if no date was read
    filed        the date of the publication according to the file; None if the file gives no date
    """

    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    reason: str | None = None
    published: date | None = None
    filed: date | None = None


def not_read(reason: str) -> Comparison:
    """The result for a service whose pages could not be fetched or understood."""
    return Comparison(outcome=Outcome.NOT_READ, reason=reason)


def compared(page: Shown, filed: Filed, api: Shown | None = None) -> Comparison:
    """Compares what was read on a service's pages with what CQC's file states. `api` is what the API states, if the API was
    asked because page and file disagree. `api` is None if the API was not asked, or did not answer."""
    found = _beside_file(page, filed)
    return found if api is None or found.outcome.agrees else _with_api(found, page, api)


# What each side states


@dataclass(slots=True)
class _Stated:
    """The ratings that one source states. `ratings` and `groups` contain only the four ratings. `said` contains the reasons
    that appear in place of a rating. `unassessed` contains the subjects that were not assessed, even if a rating is shown for
    them."""

    ratings: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    unassessed: set[str] = field(default_factory=set)

    @property
    def published(self) -> date | None:
        return self.dates.get(OVERALL)

    def shown(self, of: str) -> str | None:
        return self.ratings.get(of) or self.said.get(of)


_SUBJECTS = (OVERALL, *KeyQuestion)
_FOUR = frozenset(rating.value for rating in Rating)
_NOT_LOOKED_AT = frozenset({Reason.INSPECTED_BUT_NOT_RATED.value, Reason.INSUFFICIENT_EVIDENCE.value})


def _stated(shown: Shown) -> _Stated:
    """What was read about the service as a whole. If only groups are rated, the worst rating of the groups is used as the
    service's rating, as in CQC's files."""
    rated = {subject: held for subject, held in shown.holdings.items() if subject.aspect is Aspect.RATING}
    names = sorted({subject.group for subject in rated})
    whole = [""] if "" in names else names
    found = _Stated()
    for of in _SUBJECTS:
        held = [rated[one] for name in whole if (one := Subject(aspect=Aspect.RATING, group=name, of=of)) in rated]
        _take(found, of, held)
    for name in names:
        if name and (own := rated.get(Subject(aspect=Aspect.RATING, group=name, of=OVERALL))) and str(own.value) in _FOUR:
            found.groups[name.casefold()] = str(own.value)
    return found


def _take(found: _Stated, of: str, held: Sequence[Holding]) -> None:
    ratings = [Rating(str(one.value)) for one in held if str(one.value) in _FOUR]
    others = [str(one.value) for one in held if str(one.value) not in _FOUR]
    if others:
        found.said[of] = others[0]
    if any(one.instead for one in held):
        found.unassessed.add(of)
    if ratings:
        found.ratings[of] = worst(ratings).value
    deciding = [one.published for one in held if one.published and (not ratings or str(one.value) == found.ratings[of])]
    if deciding:
        found.dates[of] = max(deciding)


def _of_entry(entry: Entry) -> _Stated:
    stated = {of: entry.rating(None if of == OVERALL else KeyQuestion(of)) for of in _SUBJECTS}
    return _Stated(
        ratings={of: value for of, value in stated.items() if value in _FOUR and value is not None},
        said={of: value for of, value in stated.items() if value is not None and value not in _FOUR},
        groups={name.casefold(): rating for name, rating in entry.groups if rating in _FOUR},
        dates={OVERALL: entry.published} if entry.published else {},
    )


# Page and file


def _beside_file(page: Shown, filed: Filed) -> Comparison:
    ours, entry = _stated(page), filed.entry
    if entry is None:
        return Comparison(outcome=Outcome.NOT_IN_FILE, published=ours.published)
    theirs = _of_entry(entry)
    differing = tuple(_differences(ours, theirs, filed))
    aside = {one.of: reason for one in differing if (reason := _set_aside(one.of, ours, entry))}
    real = tuple(one for one in differing if one.of not in aside)
    outcome = _as_a_whole(page, filed, ours, theirs) or _of_differences(page, filed, ours, theirs, real, set(aside.values()))
    dates = () if outcome is not Outcome.OTHER_DATE else (_of_dates(ours, theirs),)
    return Comparison(outcome=outcome, differences=(real or differing) + dates, published=ours.published, filed=theirs.published)


def _differences(ours: _Stated, theirs: _Stated, filed: Filed) -> Iterator[Difference]:
    for of in _SUBJECTS:
        if of != OVERALL and not _is_comparable(of, ours, theirs, filed):
            continue
        if ours.ratings.get(of) != theirs.ratings.get(of):
            yield Difference(of=of, page=ours.shown(of), file=theirs.shown(of))
    if ours.groups.keys() == theirs.groups.keys():
        for name, rating in theirs.groups.items():
            if ours.groups[name] != rating:
                yield Difference(of=OVERALL, page=ours.groups[name], file=rating, group=name)


def _is_comparable(of: str, ours: _Stated, theirs: _Stated, filed: Filed) -> bool:
    """Whether the file of key questions is new enough to contain the publication that was read. False if the file states no key
    question of the service."""
    if filed.questions_as_of is None or not any(theirs.shown(question) for question in KeyQuestion):
        return False
    newest = max((one for one in (ours.dates.get(of), ours.published) if one), default=None)
    knows_until = filed.questions_as_of
    if theirs.published and theirs.published <= knows_until:
        knows_until = max(knows_until, theirs.published + DATES_APART)
    return newest is None or newest <= knows_until


def _set_aside(of: str, ours: _Stated, entry: Entry) -> Outcome | None:
    """Returns the reason why a difference is not treated as a misreading; None if the difference may be a misreading."""
    if of in entry.twofold:
        return Outcome.TWO_RATINGS
    if of != OVERALL and (of in ours.unassessed or ours.said.get(of) in _NOT_LOOKED_AT):
        return Outcome.NOT_ASSESSED
    return None


_SUSPENDING = (SaidKind.RATINGS_SUSPENDED, SaidKind.RATINGS_WITHDRAWN, SaidKind.REPORT_REMOVED)


def _as_a_whole(page: Shown, filed: Filed, ours: _Stated, theirs: _Stated) -> Outcome | None:
    """Why page and file can't be compared, or are not about the same publication. None if they may be about the same
    publication."""
    assert filed.entry is not None
    if filed.entry.left_on is not None:
        return Outcome.LEFT
    registration = page.holdings.get(Subject(aspect=Aspect.REGISTRATION))
    if registration is not None and registration.value == Registration.ARCHIVED:
        return Outcome.ARCHIVED
    said = (page.holdings.get(Subject(aspect=Aspect.SAID, of=kind)) for kind in _SUSPENDING)
    if ours.said.get(OVERALL) == Reason.SUSPENDED or any(one is not None and one.value == _SAID for one in said):
        return Outcome.SUSPENDED
    if not _is_newer(ours, theirs) or ours.published is None:
        return None
    if ours.published > filed.as_of:
        return Outcome.PUBLISHED_SINCE
    return Outcome.FILE_BEHIND if filed.as_of - ours.published <= MONTHS_LATE else None


_SAID = "said"
"""The value of observe.SAID, which this module may not import."""


def _is_newer(ours: _Stated, theirs: _Stated) -> bool:
    """Whether the rating that was read was published after the rating in the file. True if a dated rating was read and the file
    states no rating."""
    if ours.published is None or OVERALL not in ours.ratings:
        return False
    if theirs.published is None:
        return not theirs.ratings
    return ours.published - theirs.published > DATES_APART


def _dates_differ(ours: _Stated, theirs: _Stated) -> bool:
    return bool(ours.published and theirs.published and abs(ours.published - theirs.published) > DATES_APART)


def _of_differences(
    page: Shown, filed: Filed, ours: _Stated, theirs: _Stated, real: Sequence[Difference], aside: Collection[Outcome]
) -> Outcome:
    """The result if page and file may be about the same publication. `aside` contains the reasons why other differences were
    set aside."""
    if real:
        return _explained(page, filed, ours, theirs, real) or _difference(ours, theirs, real)
    if Outcome.TWO_RATINGS in aside:
        return Outcome.TWO_RATINGS
    if not any(rating == theirs.ratings.get(of) for of, rating in ours.ratings.items()):
        return Outcome.NOT_RATED
    if aside:
        return Outcome.NOT_ASSESSED
    return Outcome.OTHER_DATE if _dates_differ(ours, theirs) else Outcome.AGREES


def _explained(page: Shown, filed: Filed, ours: _Stated, theirs: _Stated, real: Sequence[Difference]) -> Outcome | None:
    """Returns what explains the differences: a fault of the file, or that the file treats the service differently. Returns None
    if nothing explains the differences."""
    entry = filed.entry
    assert entry is not None
    only_one_speaks = all(one.page is None for one in real) or not theirs.ratings
    if (entry.inherited or page.inherited) and only_one_speaks:
        return Outcome.INHERITED
    if filed.other is not None:
        elsewhere = _differences(ours, _of_entry(filed.other), replace(filed, entry=filed.other))
        if not any(True for _ in elsewhere):
            return Outcome.REGISTERED_TWICE
    elif entry.primary_id is not None:
        return Outcome.REGISTERED_TWICE
    return Outcome.GROUPS if _divided_otherwise(ours, theirs) else None


def _divided_otherwise(ours: _Stated, theirs: _Stated) -> bool:
    """Whether the two sources divide the service into different groups."""
    return (len(ours.groups) > 1 or len(theirs.groups) > 1) and ours.groups.keys() != theirs.groups.keys()


def _difference(ours: _Stated, theirs: _Stated, real: Sequence[Difference]) -> Outcome:
    if ours.published and theirs.published and theirs.published - ours.published > DATES_APART:
        return Outcome.PAGE_OLDER
    return Outcome.NOT_SHOWN if all(one.page is None for one in real) else Outcome.DIFFERS


def _of_dates(ours: _Stated, theirs: _Stated) -> Difference:
    page, file = (one.published.isoformat() if one.published else None for one in (ours, theirs))
    return Difference(of="published", page=page, file=file)


# Comparison of the API with page and file


_MAY_BE_FILES_FAULT = frozenset({Outcome.DIFFERS, Outcome.NOT_SHOWN})
_FILE_IS_SILENT = frozenset({Outcome.PUBLISHED_SINCE, Outcome.FILE_BEHIND, Outcome.NOT_IN_FILE})


def _with_api(found: Comparison, page: Shown, api: Shown) -> Comparison:
    """The comparison, completed with what the API states. If the API states no overall rating, describes another publication,
    or divides the service differently, the outcome stays as it is."""
    ours, theirs = _stated(page), _stated(api)
    if found.differences:
        found = replace(found, differences=tuple(replace(one, api=_api_of(one, theirs)) for one in found.differences))
    if OVERALL not in theirs.ratings or _dates_differ(ours, theirs) or _divided_otherwise(ours, theirs):
        return found
    against = _against_api(ours, theirs)
    if found.outcome in _FILE_IS_SILENT:
        return replace(found, outcome=Outcome.DIFFERS if against else Outcome.API_AGREES, differences=against)
    confirmed = not against and all(one.api is not None for one in found.differences if one.of != "published")
    return replace(found, outcome=Outcome.FILE_WRONG) if found.outcome in _MAY_BE_FILES_FAULT and confirmed else found


def _against_api(ours: _Stated, theirs: _Stated) -> tuple[Difference, ...]:
    """The ratings that the API states differently from what was read."""
    return tuple(
        Difference(of=of, page=ours.shown(of), file=None, api=rating)
        for of, rating in theirs.ratings.items()
        if rating != ours.ratings.get(of) and of not in ours.unassessed
    )


def _api_of(one: Difference, theirs: _Stated) -> str | None:
    if one.group:
        return theirs.groups.get(one.group)
    if one.of == "published":
        return theirs.published.isoformat() if theirs.published else None
    return theirs.shown(one.of)


# Many services


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """One service that was compared with CQC's file of `file_date`. `at` is the time of the comparison, in UTC."""

    location_id: str
    at: datetime
    file_date: date
    comparison: Comparison

    @property
    def outcome(self) -> Outcome:
        """The result of the comparison."""
        return self.comparison.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far the readings agree with CQC's files.

    compared   the number of comparable services: services that agree or differ
    agreeing   the number of services that agree
    file_date  the date of the newest file used; None if nothing was compared
    differing  the ids of the services that differ, newest comparison first
    """

    compared: int = 0
    agreeing: int = 0
    file_date: date | None = None
    differing: tuple[str, ...] = ()

    @property
    def probably_misread(self) -> bool:
        """Whether CQC's site is probably being misread. If only one service differs, the cause is probably that service
        alone."""
        return self.compared - self.agreeing > 1 and self.agreeing < AT_LEAST * self.compared

    @property
    def text(self) -> str:
        """The agreement in one line for people."""
        if self.file_date is None:
            return "nothing has been compared with CQC's own files yet"
        number = f"{self.agreeing:,} of {counted(self.compared, 'service')}"
        read = f"readings of {number} agree with CQC's file of {day(self.file_date)}"
        return f"CQC's site is probably being misread: only {read}" if self.probably_misread else read


def agreement(results: Iterable[Verified], last: int | None = LAST) -> Agreement:
    """Returns the agreement of the `last` comparable services that were compared most recently. Only the newest comparison of
    each service is used. If `last` is None, all comparable services are used."""
    newest: dict[str, Verified] = {}
    for one in sorted(results, key=lambda one: (one.at, one.location_id), reverse=True):
        newest.setdefault(one.location_id, one)
    counting = [one for one in newest.values() if one.outcome.agrees or one.outcome.differs][:last]
    return Agreement(
        compared=len(counting),
        agreeing=sum(one.outcome.agrees for one in counting),
        file_date=max((one.file_date for one in counting), default=None),
        differing=tuple(one.location_id for one in counting if one.outcome.differs),
    )
