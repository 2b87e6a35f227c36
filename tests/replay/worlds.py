"""Makes services with random histories, and the results of checks of these services. Pages are current, old or incomplete. The
API is ahead of the pages, behind the pages or silent. Faults affect many services at once, and the clock goes wrong. Situations
that are rare in reality are frequent in these histories, so that the questions reach each branch of the decision."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from monitor.cqc.api import ApiAnswer, Nothing
from monitor.detect.checks import Due, Gathered, KnownPage, NotRead, Outcome, ReadPage
from monitor.detect.circuit_breaker import Doubt
from monitor.model import (
    Breach,
    Enforcement,
    Framework,
    GroupReading,
    KeyQuestionReading,
    Link,
    MeasuresState,
    ProfileNotice,
    Reading,
    Registration,
    Said,
    SaidKind,
    Snapshot,
    Source,
    SpecialMeasures,
    Stage,
    Statement,
)
from monitor.ratings import KeyQuestion, Rating, Reason, Stated
from monitor.reader_version import VERSION

CHECK_EVERY = timedelta(hours=6)
BEGIN = datetime(2024, 1, 2, 9, tzinfo=UTC)
RATINGS = tuple(Rating)
REASONS = tuple(Reason)
ENFORCED = ("warning notice", "requirement notice", "conditions", "cancellation", "urgent action")
REGULATIONS = ("9", "12", "17", "18", "2009:18", None)
UNREAD = (
    "The service is now under heightened oversight.",
    "We took action of a new kind on 3 May.",
    "Rated as needing attention.",
)
SENTENCES = {
    MeasuresState.IN: ("This service is in special measures.", "The home is in special measures"),
    MeasuresState.ENTERED: ("The service is therefore being placed in special measures.",),
    MeasuresState.REMAINS: ("The service remains in special measures.", "It therefore stays in special measures."),
    MeasuresState.LEFT: ("The service is no longer in special measures.",),
    MeasuresState.UNCLEAR: ("Special measures were discussed.",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The situation of one check: everything that the deciding code is given, or may ask for.

    alone    whether the check reads only the API, and no page
    has_api  whether CQC's API is used at all
    word     the API's answer, or None if the API can't be asked
    again    the pages, read again without caches, or None if the pages are not available
    many     whether other services have the same events
    """

    alone: bool
    due: Due
    stored: Snapshot | None
    gathered: Gathered
    pages: tuple[ReadPage, ...]
    has_api: bool
    word: ApiAnswer | Nothing | None
    again: Gathered | None
    doubt: Doubt
    doubt_of_reader: Doubt
    many: bool
    now: datetime
    confirm_after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One report as CQC wrote it. A page may show the report wrongly."""

    day: datetime
    report: str
    source: Source
    groups: tuple[GroupReading, ...]
    measures: SpecialMeasures
    breaches: tuple[Breach, ...]
    enforcement: tuple[Enforcement, ...]
    here: bool  # whether the location page itself contains the sentences of the report


@dataclass(slots=True)
class Life:
    """One service over its simulated days, and what the program remembers about it."""

    location_id: str
    chance: Random
    has_api: bool
    confirm_after: timedelta
    now: datetime = BEGIN
    reports: list[Publication] = field(default_factory=list)
    due: Due = field(init=False)
    stored: Snapshot | None = None
    pages: tuple[ReadPage, ...] = ()
    said: tuple[Said, ...] = ()
    unread: tuple[str, ...] = ()
    notices: tuple[ProfileNotice, ...] = ()
    registration: Registration | None = None
    undated_until: datetime = BEGIN
    api_until: datetime = BEGIN
    api_says: Publication | None = None

    def __post_init__(self) -> None:
        self.reports.append(_publication(self.chance, self.now - timedelta(days=self.chance.randrange(20, 400)), None))
        self.due = Due(
            location_id=self.location_id,
            seq=0,
            candidates=(),
            failures=0,
            grave=False,
            read_through_at=None,
            whole=True,
            pages=(),
        )

    def questions(self, until: datetime, answer: Callable[[Question], Outcome]) -> Iterator[tuple[Question, Outcome]]:
        """Yields the question and the answer of each check. The answer decides what happens next to the service."""
        while self.now < until:
            question = self._question()
            outcome = answer(question)
            yield question, outcome
            self._live_on(question, outcome)

    # ── the world ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _happens(self) -> None:
        chance, now = self.chance, self.now
        if chance.random() < 0.03:
            last = self.reports[-1]
            day = last.day - timedelta(days=90) if chance.random() < 0.06 else now - timedelta(days=chance.randrange(3))
            self.reports.append(_publication(chance, day, last))
        if len(self.reports) > 1 and chance.random() < 0.003:
            self.reports.pop()  # CQC withdraws a report
        if chance.random() < 0.02:
            kind = chance.choice(tuple(SaidKind))
            since = now.date() - timedelta(days=chance.randrange(9)) if chance.random() < 0.5 else None
            said = Said(kind=kind, quote=f"CQC says: {kind}.", since=since)
            self.said = () if self.said and chance.random() < 0.6 else (said, *self.said[:1])
        if chance.random() < 0.03:
            self.unread = () if self.unread else (chance.choice(UNREAD),)
        if chance.random() < 0.005:
            notice = ProfileNotice(kind=chance.choice(("moved", "provider changed")), see="old", location_id="1-999999999")
            self.notices = () if self.notices else (notice,)
        if chance.random() < 0.004:
            self.registration = None if self.registration else Registration.ARCHIVED
        if chance.random() < 0.01:
            self.undated_until = now + timedelta(days=chance.randrange(1, 5))
        if chance.random() < 0.02:
            self.api_until = now + timedelta(hours=chance.choice((5, 30, 60, 24 * 20)))
            last = self.reports[-1]
            other = _publication(chance, now, last)
            self.api_says = chance.choice((other, self.reports[0], replace(last, groups=last.groups[:1])))

    def _shown(self) -> Publication:
        """Returns the report that the pages show: the newest, or sometimes the one before it, as if from a cache."""
        behind = 2 if len(self.reports) > 1 and self.chance.random() < 0.12 else 1
        return self.reports[-behind]

    # ── what a check finds ───────────────────────────────────────────────────────────────────────────────────────────

    def _question(self) -> Question:
        self._happens()
        chance, now = self.chance, self.now
        due = self.due
        if self.has_api and chance.random() < 0.15:
            due = replace(due, named_at=now - timedelta(hours=chance.choice((1, 50))))
        pages = self.pages
        if pages and chance.random() < 0.05:  # as on the day of an upgrade: the pages were read by an older version
            pages = tuple(replace(one, reader=0) for one in pages)
            due = replace(due, pages=tuple(replace(one, reader=0) for one in due.pages))
        elif due.pages and due.pages[0].reader != VERSION:
            pages = tuple(replace(one, reader=0) for one in pages)
        shown = self._shown()
        reread = bool(pages) and pages[0].reader != VERSION and chance.random() < 0.6
        gathered = self._reread(pages) if reread else self._gathered(shown)
        return Question(
            alone=self.has_api and self.stored is not None and chance.random() < 0.06,
            due=due,
            stored=self.stored,
            gathered=gathered,
            pages=pages,
            has_api=self.has_api,
            word=self._word(),
            again=None if chance.random() < 0.15 else self._gathered(self._shown()),
            doubt=chance.choices(tuple(Doubt), (85, 8, 7))[0],
            doubt_of_reader=chance.choices(tuple(Doubt), (60, 20, 20))[0],
            many=chance.random() < 0.1,
            now=now,
            confirm_after=self.confirm_after,
        )

    def _reread(self, pages: tuple[ReadPage, ...]) -> Gathered:
        """Returns the same pages, read again by a new version of the reader, which may read one page differently."""
        new = [replace(one, reader=VERSION, fetched_at=self.now) for one in pages]
        if self.chance.random() < 0.6:
            number = self.chance.randrange(len(new))
            new[number] = replace(new[number], reading=_read_better(self.chance, new[number].reading))
        return Gathered(pages=tuple(new), missing=())

    def _gathered(self, shown: Publication) -> Gathered:
        chance, now = self.chance, self.now
        undated = now < self.undated_until
        name = "Birchgrove Court" if chance.random() < 0.99 else "Birch Grove Court"
        groups = tuple(_as_shown(chance, one, undated=undated) for one in shown.groups)
        if chance.random() < 0.02:
            groups = tuple(replace(one, overall=None) for one in groups)
        words = {"special_measures": shown.measures, "breaches": shown.breaches, "enforcement": shown.enforcement}
        url = f"https://www.cqc.org.uk/location/{self.location_id}"
        is_pdf = shown.source is Source.INSPECTION_REPORT
        beside = f"https://api.cqc.org.uk/public/v1/reports/{shown.report}" if is_pdf else f"{url}/page/{shown.report}"
        first = Reading(
            source=Source.LOCATION_PAGE,
            location_id=self.location_id,
            name=name,
            registration=self.registration,
            notices=self.notices,
            ratings=groups,
            said=self.said,
            unread=self.unread if chance.random() < 0.95 else (),
            report=shown.report if chance.random() < 0.9 else shown.day.date().isoformat(),
            links=(Link(kind=shown.source, url=beside, text="Report"),),
        )
        first = replace(first, **words) if shown.here else first  # type: ignore[arg-type]
        second = Reading(
            source=shown.source,
            location_id=self.location_id,
            name=name,
            ratings=tuple(_as_shown(chance, one, undated=chance.random() < 0.3) for one in shown.groups),
            report=shown.report if chance.random() < 0.9 else None,
            **({} if shown.here and chance.random() < 0.8 else words),  # type: ignore[arg-type]
        )
        pages = [_page(url, first, now)]
        if chance.random() < 0.06:
            failing = NotRead(url=beside, detail="answers 503")
            return Gathered(pages=tuple(pages), missing=(failing,) if chance.random() < 0.6 else (), whole=False)
        partly = None
        if chance.random() < 0.02:
            partly = NotRead(url=beside, detail="gone")
        return Gathered(pages=(*pages, _page(beside, second, now)), missing=(), partly=partly)

    def _word(self) -> ApiAnswer | Nothing | None:
        chance = self.chance
        kind = chance.random()
        if kind < 0.05:
            return None
        if kind < 0.07:
            return Nothing(location_id=self.location_id)
        says = self.api_says if self.api_says and self.now < self.api_until else self.reports[-1]
        groups = tuple(_as_shown(chance, one, undated=chance.random() < 0.05, sure=True) for one in says.groups)
        groups = tuple(
            replace(one, overall_published=one.overall_published - timedelta(days=chance.choice((0, 0, 0, 2, 7))))
            if one.overall_published
            else one
            for one in groups
        )
        measures = says.measures if chance.random() < 0.6 else SpecialMeasures()
        reading = Reading(
            source=Source.API_LOCATION,
            location_id=self.location_id,
            name="Birchgrove Court",
            ratings=groups,
            special_measures=measures,
        )
        body = repr(reading).encode()
        return ApiAnswer(
            location_id=self.location_id,
            url=f"https://api.service.cqc.org.uk/public/v1/locations/{self.location_id}",
            body=body,
            digest=hashlib.sha256(body).hexdigest(),
            reading=reading,
            strange=(),
            fetched_at=self.now,
        )

    def _live_on(self, question: Question, outcome: Outcome) -> None:
        """Remembers what the store would remember, and moves the clock to the next check."""
        if outcome.snapshot is not None:
            self.stored = outcome.snapshot
        if outcome.pages is not None:
            self.pages = tuple(replace(one, body=None) for one in outcome.pages)
        differs = question.due.differs if outcome.differences is None else bool(outcome.differences)
        self.due = replace(
            question.due,
            seq=self.stored.seq if self.stored else 0,
            candidates=outcome.candidates,
            failures=question.due.failures if outcome.of_api else outcome.failures,
            whole=outcome.whole,
            pages=tuple(_known(one) for one in self.pages) if outcome.pages is not None else question.due.pages,
            witnessed_at=outcome.witnessed_at or question.due.witnessed_at,
            differs=differs,
        )
        chance = self.chance
        due = min((one.due for one in outcome.candidates), default=self.now)
        if due > self.now and chance.random() < 0.6:
            self.now = due
        elif chance.random() < 0.003:
            self.now -= timedelta(hours=3)  # the clock was three hours fast, and is now corrected
        else:
            self.now += timedelta(hours=chance.choice((1, 24, 40, 60, 100)), seconds=chance.randrange(60))


# ── readings ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _publication(chance: Random, day: datetime, last: Publication | None) -> Publication:
    names: list[str | None] = [one.group for one in last.groups] if last else [None]
    turn = chance.random()
    if turn < 0.06:
        names = [None] if len(names) > 1 else ["Residential homes", "Homecare agencies"]
    elif turn < 0.09:
        names = [None, "Surgery"] if names == [None] else [f"{names[0]} (new)", *names[1:]]
    before = {one.group: one for one in last.groups} if last else {}
    framework = chance.choice(tuple(Framework))
    groups = tuple(_group(chance, name, before.get(name), day, framework) for name in names)
    state = chance.choices((MeasuresState.NOT_STATED, *SENTENCES), (60, 12, 12, 7, 5, 4))[0]
    quote = chance.choice(SENTENCES[state]) if state in SENTENCES else None
    taken = [one for one in ENFORCED if chance.random() < 0.12]
    enforcement = [Enforcement(kind=one, quote=f"We served {one}s.", stage=_stage(chance)) for one in taken]
    breaches = [
        Breach(regulation=one, topic=None if one else "Staffing", quote=f"In breach of {one or 'staffing rules'}.")
        for one in REGULATIONS
        if chance.random() < 0.15
    ]
    day_of = day.date().isoformat()
    return Publication(
        day=day,
        report=chance.choice((f"AP{chance.randrange(10**6)}", f"/reports/{chance.randrange(10**6)}", day_of)),
        source=chance.choice((Source.SUMMARY_PAGE, Source.ASSESSMENT_PAGE, Source.INSPECTION_REPORT)),
        groups=groups,
        measures=SpecialMeasures(state=state, quote=quote),
        breaches=tuple(breaches),
        enforcement=tuple(enforcement),
        here=chance.random() < 0.4,
    )


def _stage(chance: Random) -> Stage:
    return chance.choices(tuple(Stage), (7, 2, 1))[0]


def _stated(chance: Random, before: Stated | None) -> Stated:
    if chance.random() < 0.04:
        return chance.choice(REASONS)
    if isinstance(before, Rating):
        return RATINGS[max(0, min(3, RATINGS.index(before) + chance.choices((-1, 0, 1), (2, 6, 3))[0]))]
    return chance.choice(RATINGS)


def _group(chance: Random, name: str | None, before: GroupReading | None, day: datetime, framework: Framework) -> GroupReading:
    def question(one: KeyQuestion) -> KeyQuestionReading:
        was = before.key_questions.get(one) if before else None
        scored = framework is Framework.ASSESSMENT
        assessed = chance.random() < 0.85
        rating = was.rating if was and not assessed else _stated(chance, was.rating if was else None)
        own = day.date() if chance.random() < 0.3 else None
        statement = Statement(name="Safe systems", score=chance.choice((1, 2, 3)))
        return KeyQuestionReading(
            rating=rating,
            score=chance.choice((25, 50, 63, 75)) if scored else None,
            assessed=assessed,
            published=own if assessed else (day - timedelta(days=300)).date(),
            statements=(statement,) if scored and one is KeyQuestion.SAFE else (),
        )

    questions = {one: question(one) for one in KeyQuestion if chance.random() < 0.95}
    overall = _stated(chance, before.overall if before else None)
    return GroupReading(
        group=name, framework=framework, overall=overall, overall_published=day.date(), key_questions=questions
    )


def _as_shown(chance: Random, group: GroupReading, *, undated: bool, sure: bool = False) -> GroupReading:
    """Returns a service group as one page shows it: sometimes without its date, with fewer key questions, or with a wrong
    rating."""
    if undated:
        group = replace(group, overall_published=None)
    if sure:
        return group
    if chance.random() < 0.03:
        keep = {one: held for one, held in group.key_questions.items() if chance.random() < 0.5}
        group = replace(group, key_questions=keep)
    if chance.random() < 0.02:
        group = replace(group, overall=_stated(chance, group.overall))
    return group


def _read_better(chance: Random, reading: Reading) -> Reading:
    """Returns the reading of the same page by another version of the reader."""
    turn = chance.randrange(6)
    if turn == 0:
        entered = SpecialMeasures(state=MeasuresState.ENTERED, quote=SENTENCES[MeasuresState.ENTERED][0])
        return replace(reading, special_measures=entered)
    if turn == 1:
        return replace(reading, special_measures=SpecialMeasures())
    if turn == 2:
        return replace(reading, enforcement=(Enforcement(kind="conditions", quote="We imposed conditions."),))
    if turn == 3:
        return replace(reading, ratings=tuple(replace(one, overall=_stated(chance, one.overall)) for one in reading.ratings))
    if turn == 4:
        return replace(reading, said=(Said(kind=SaidKind.RATINGS_SUSPENDED, quote="Ratings are suspended."),))
    return replace(reading, unread=(chance.choice(UNREAD),))


def _page(url: str, reading: Reading, now: datetime) -> ReadPage:
    digest = hashlib.sha256(f"{url}{reading!r}".encode()).hexdigest()
    return ReadPage(
        url=url,
        etag=None,
        last_modified=None,
        fingerprint=digest[:32],
        digest=digest,
        reading=reading,
        fetched_at=now,
        reader=VERSION,
    )


def _known(page: ReadPage) -> KnownPage:
    return KnownPage(
        url=page.url, etag=None, last_modified=None, fingerprint=page.fingerprint, digest=page.digest, reader=page.reader
    )
