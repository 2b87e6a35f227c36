"""Simulates several checks of one service: builds the input of each decision, and keeps the state as the store would."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from monitor.detect.checks import Answered, Due, Gathered, KnownPage, NotRead, Outcome, ReadPage
from monitor.detect.circuit_breaker import Doubt, MassChange
from monitor.detect.decide import (
    Again,
    Answer,
    AskApi,
    AskOthers,
    AskOthersReadAgain,
    AskWhoSaysSo,
    Check,
    Need,
    Pace,
    ReadAgain,
    alone,
    decide,
    decide_by_api,
    put_off,
)
from monitor.model import (
    Breach,
    GroupReading,
    KeyQuestionReading,
    MeasuresState,
    Reading,
    Said,
    SaidKind,
    Snapshot,
    Source,
    SpecialMeasures,
)
from monitor.ratings import KeyQuestion, Rating, Stated
from monitor.reader_version import VERSION

GOOD, RI, INADEQUATE = Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE
SAFE = KeyQuestion.SAFE
NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
OLD, NEW = date(2023, 4, 18), date(2026, 11, 20)
HOME = "1-2235535718"
URL = f"https://www.cqc.org.uk/location/{HOME}"
PACE = Pace(check_every=timedelta(hours=6), confirm_after=timedelta(minutes=1), quiet=timedelta(hours=6))
ENTERED = SpecialMeasures(state=MeasuresState.ENTERED, quote="This service is being placed in special measures.")
LEFT = SpecialMeasures(state=MeasuresState.LEFT, quote="This service is no longer in special measures.")
SUSPENDED = (Said(kind=SaidKind.RATINGS_SUSPENDED, quote="We have suspended the ratings."),)
REMOVED = (Said(kind=SaidKind.REPORT_REMOVED, quote="We have removed the report."),)
INSPECTED = (Said(kind=SaidKind.BEING_INSPECTED, quote="We are inspecting this service."),)
BREACH = (Breach(regulation="12", topic=None, quote="In breach of regulation 12."),)
STRANGE = ("The special measures question is open.",)

_NAMES: dict[type, str] = {
    AskApi: "api",
    ReadAgain: "pages",
    AskOthers: "others",
    AskOthersReadAgain: "readers",
    AskWhoSaysSo: "who",
}


def states(
    overall: Stated | None,
    published: date | None,
    *,
    safe: Stated | None = None,
    source: Source = Source.LOCATION_PAGE,
    **more: object,
) -> Reading:
    """The reading of one page, or of an answer of the API."""
    questions = {SAFE: KeyQuestionReading(rating=safe)} if safe else {}
    group = GroupReading(overall=overall, overall_published=published, key_questions=questions)
    ratings = () if overall is None and not safe else (group,)
    report = f"AP{published:%Y%m%d}" if published else None
    plain = Reading(source=source, location_id=HOME, name="Cherrybrook", ratings=ratings, report=report)
    return replace(plain, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class See:
    """What one check finds. `api` is the API's reading; "silent" if the API can't be asked; None if the API states nothing
    about the service; "unused" if there is no key. `others` is the answer of the mass-change guard; a timedelta means that a mass
    change has lasted for this time."""

    page: Reading | tuple[Reading, ...]
    api: Reading | str | None = "unused"
    again: Reading | None = None
    others: Doubt | timedelta = Doubt.NONE
    failed_before: bool = False
    said_by_many: bool = False
    after: timedelta = timedelta(minutes=2)
    whole: bool = True
    missing: bool = False
    partly: bool = False
    named: bool = False
    former_reader: bool = False
    by_api: bool = False
    brief: bool = False
    confirm_after: timedelta = PACE.confirm_after


def decided(check: Check, answer: Callable[[Need], Answer]) -> Outcome:
    """The outcome of a check. `answer` returns what the decision asks for."""
    deciding = decide(check)
    try:
        need = next(deciding)
        while True:
            need = deciding.send(answer(need))
    except StopIteration as ended:
        outcome: Outcome = ended.value
        return outcome


@dataclass
class Service:
    """A service over several checks, with the state that the store would keep."""

    now: datetime = NINE
    stored: Snapshot | None = None
    pages: tuple[ReadPage, ...] = ()
    due: Due = field(
        default_factory=lambda: Due(
            location_id=HOME, seq=0, candidates=(), failures=0, grave=False, read_through_at=None, whole=True, pages=()
        )
    )
    needs: list[str] = field(default_factory=list)

    def check(self, see: See) -> Outcome:
        """Makes one check."""
        self.now += see.after
        pace = replace(PACE, confirm_after=see.confirm_after)
        due = replace(self.due, named_at=self.now if see.named else None, failures=int(see.failed_before))
        if see.former_reader:
            due = replace(due, pages=tuple(replace(one, reader=0) for one in due.pages))
        uses_api = see.api != "unused"
        self.needs = []
        if see.by_api:
            outcome = decide_by_api(due, self.stored, self._answered(see) or Answered(at=self.now, page=None), pace)
        else:
            check = Check(
                due=due,
                stored=self.stored,
                gathered=self._gathered(see, see.page),
                pages=self.pages,
                pace=pace,
                uses_api=uses_api,
                asks_api=uses_api,
                now=self.now,
            )
            if see.brief:
                check = replace(check, gathered=alone(check.gathered.pages[0]), asks_api=False)
            outcome = decided(check, lambda need: self._answer(see, need))
            outcome = put_off(check, outcome) if see.brief else outcome
        self.stored = outcome.snapshot or self.stored
        self.pages = outcome.pages or self.pages
        known = tuple(
            KnownPage(
                url=one.url, etag=None, last_modified=None, fingerprint=one.fingerprint, digest=one.digest, reader=one.reader
            )
            for one in self.pages
        )
        differs = self.due.differs if outcome.differences is None else bool(outcome.differences)
        self.due = replace(
            self.due, seq=self.stored.seq if self.stored else 0, candidates=outcome.candidates, pages=known, differs=differs
        )
        return outcome

    def _answer(self, see: See, need: Need) -> Answer:
        self.needs.append(_NAMES[type(need)])
        match need:
            case AskApi():
                return self._answered(see)
            case ReadAgain():
                return Again(self.now + timedelta(seconds=2), self._gathered(see, see.again) if see.again else None)
            case AskOthers() if isinstance(see.others, timedelta):
                return MassChange(self.now - see.others)
            case AskOthers() | AskOthersReadAgain():
                assert isinstance(see.others, Doubt)
                return see.others
            case AskWhoSaysSo(events):
                return frozenset(one.id for one in events) if see.said_by_many else frozenset()

    def _answered(self, see: See) -> Answered | None:
        if see.api == "silent":
            return None
        reading = replace(see.api, source=Source.API_LOCATION) if isinstance(see.api, Reading) else None
        return Answered(at=self.now, page=self._page(reading, "https://api.example") if reading else None)

    def _gathered(self, see: See, pages: Reading | tuple[Reading, ...]) -> Gathered:
        readings = pages if isinstance(pages, tuple) else (pages,)
        problem = NotRead(url=f"{URL}/summary", detail="CQC answers 503")
        return Gathered(
            pages=tuple(self._page(one, URL if number == 0 else f"{URL}/{number}") for number, one in enumerate(readings)),
            missing=(problem,) if see.missing else (),
            whole=see.whole and not see.missing,
            partly=problem if see.partly else None,
        )

    def _page(self, reading: Reading, url: str) -> ReadPage:
        # The fingerprint does not change if a better reader finds more in the same bytes.
        print_ = f"{url} {reading.report}"
        digest = f"{print_} {reading.special_measures.quote} {reading.ratings}"
        return ReadPage(
            url=url,
            etag=None,
            last_modified=None,
            fingerprint=print_,
            digest=digest,
            reading=reading,
            fetched_at=self.now,
            reader=VERSION,
        )
