"""Tests how readings are compared with CQC's files. Each fault of a page, and each fault of the files themselves, has its
name."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.detect.agreement import (
    DATES_APART,
    MONTHS_LATE,
    Agreement,
    Comparison,
    Difference,
    Filed,
    Outcome,
    Shown,
    Verified,
    agreement,
    compared,
    not_read,
)
from monitor.detect.observe import SAID
from monitor.model import Aspect, Holding, Registration, SaidKind, Subject
from monitor.ratings import KeyQuestion
from monitor.register.entries import Entry
from tests.registered import asked

FILE = date(2026, 11, 5)
THEN = date(2025, 6, 1)
LATELY = date(2026, 10, 20)
SINCE = date(2026, 11, 10)
EARLIER = date(2023, 4, 18)
ID = "1-1000000001"

Facts = Mapping[str, Any]


def page(
    overall: str | None = "good",
    *,
    published: date | None = THEN,
    group: str = "",
    unassessed: str = "",
    dates: Mapping[str, date] | None = None,
    registration: Registration = Registration.REGISTERED,
    said: SaidKind | None = None,
    inherited: bool = False,
    **questions: str | None,
) -> Shown:
    """The holdings of a page. All key questions have the overall rating, except those that are given (None means not read)."""
    stated = {one.value: questions.get(one.replace("-", "_"), overall) for one in KeyQuestion}
    holdings = {
        Subject(aspect=Aspect.RATING, group=group, of=of): Holding(
            value=value, published=(dates or {}).get(of), instead="not assessed" if of == unassessed else None
        )
        for of, value in stated.items()
        if value is not None
    }
    if overall is not None:
        holdings[Subject(aspect=Aspect.RATING, group=group, of="overall")] = Holding(value=overall, published=published)
    holdings[Subject(aspect=Aspect.REGISTRATION)] = Holding(value=registration)
    if said:
        holdings[Subject(aspect=Aspect.SAID, of=said)] = Holding(value=SAID)
    return Shown(holdings=holdings, inherited=inherited)


def both(one: Shown, other: Shown) -> Shown:
    """The holdings of both pages together."""
    return Shown(holdings={**one.holdings, **other.holdings})


def filed(overall: str | None = "good", *, published: date | None = THEN, **facts: Any) -> Entry:
    """The register's entry. All key questions have the overall rating, except those that are given."""
    questions = asked({one.column: overall for one in KeyQuestion} | facts)
    return Entry(location_id=ID, name="Larch Grove", overall=overall, published=published, listed_on=FILE, **questions)


RI = "requires improvement"
ALL_GROUPS = (("dementia care", "good"), ("homecare", RI))
HOMECARE, DEMENTIA = page(RI, group="Homecare"), page("good", group="Dementia care")
QUESTIONS = [one.column for one in KeyQuestion]
NO_QUESTIONS: dict[str, Any] = dict.fromkeys(QUESTIONS)
ALL_GOOD: dict[str, Any] = dict.fromkeys(QUESTIONS, "good")

CASES: list[tuple[str, Shown, Entry | None, Facts, Outcome]] = [
    ("all is the same", page(), filed(), {}, Outcome.AGREES),
    (
        "reasons in the place of key questions on both sides",
        page(safe=None),
        filed(safe="no published rating"),
        {},
        Outcome.AGREES,
    ),
    ("one question other than overall", page(safe=RI), filed(safe=RI), {}, Outcome.AGREES),
    ("dates of a day apart", page(published=THEN + timedelta(days=1)), filed(), {}, Outcome.AGREES),
    ("dates as far apart as may be", page(published=THEN + DATES_APART), filed(), {}, Outcome.AGREES),
    ("no date on the page", page(published=None), filed(), {}, Outcome.AGREES),
    ("no date in the file", page(), filed(published=None), {}, Outcome.AGREES),
    ("a file without key questions", page(), filed(**NO_QUESTIONS), {}, Outcome.AGREES),
    ("no file of key questions was taken", page(safe=RI), filed(), {"questions_as_of": None}, Outcome.AGREES),
    (
        "a file of key questions that is older than the publication",
        page(published=LATELY, safe=RI),
        filed(published=LATELY),
        {"questions_as_of": date(2026, 10, 5)},
        Outcome.AGREES,
    ),
    (
        "a key question that was published after the file",
        page(safe=RI, dates={"safe": SINCE}),
        filed(),
        {},
        Outcome.AGREES,
    ),
    ("the page's publication is as old as the file", page(published=FILE), filed(published=FILE), {}, Outcome.AGREES),
    (
        "the page is dated a day after the file, which has it",
        page(published=FILE + timedelta(days=1)),
        filed(published=FILE),
        {},
        Outcome.AGREES,
    ),
    ("the page's date is long before the file's", page(published=EARLIER), filed(), {}, Outcome.OTHER_DATE),
    (
        "the page's date is so long after the file's that no delay explains it",
        page(published=FILE - MONTHS_LATE - timedelta(days=1)),
        filed(published=EARLIER),
        {},
        Outcome.OTHER_DATE,
    ),
    ("overall is another", page("inadequate"), filed(), {}, Outcome.DIFFERS),
    ("two ratings swapped", page(safe="good", caring=RI), filed(safe=RI, caring="good"), {}, Outcome.DIFFERS),
    ("one question is another", page(safe="inadequate"), filed(), {}, Outcome.DIFFERS),
    ("the page is not rated, the file is", page(None, published=None), filed(), {}, Outcome.NOT_SHOWN),
    ("the page says that it is not rated", page("not rated"), filed(), {}, Outcome.DIFFERS),
    ("a rating in a question that the file leaves out", page(), filed(safe=None), {}, Outcome.DIFFERS),
    ("the page is rated, the file was never", page(published=EARLIER), filed(None, published=None), {}, Outcome.DIFFERS),
    ("another rating without a date", page(RI, published=None), filed(), {}, Outcome.DIFFERS),
    (
        "another rating, so long before the file that no delay explains it",
        page(RI, published=FILE - MONTHS_LATE - timedelta(days=1)),
        filed(published=EARLIER),
        {},
        Outcome.DIFFERS,
    ),
    ("key questions are hidden", page(**NO_QUESTIONS), filed(), {}, Outcome.NOT_SHOWN),
    ("one key question is hidden", page(well_led=None), filed(), {}, Outcome.NOT_SHOWN),
    (
        "overall is hidden",
        replace(page(), holdings={k: v for k, v in page().holdings.items() if k.of != "overall"}),
        filed(),
        {},
        Outcome.NOT_SHOWN,
    ),
    ("an old page out of a cache", page("good", published=EARLIER), filed(RI), {}, Outcome.PAGE_OLDER),
    ("an old page, and one question hidden", page(RI, published=EARLIER, safe=None), filed(RI), {}, Outcome.PAGE_OLDER),
    ("published since", page(RI, published=SINCE), filed(), {}, Outcome.PUBLISHED_SINCE),
    ("published since, the same rating", page(published=SINCE), filed(), {}, Outcome.PUBLISHED_SINCE),
    ("rated for the first time since", page(published=SINCE), filed(None, published=None), {}, Outcome.PUBLISHED_SINCE),
    ("published weeks before the file, which doesn't have it", page(RI, published=LATELY), filed(), {}, Outcome.FILE_BEHIND),
    (
        "rated for the first time weeks before the file",
        page(published=LATELY),
        filed(None, published=None),
        {},
        Outcome.FILE_BEHIND,
    ),
    ("as late as a file may be", page(RI, published=FILE - MONTHS_LATE), filed(published=EARLIER), {}, Outcome.FILE_BEHIND),
    ("a question marked as not assessed", page(safe=RI, unassessed="safe"), filed(), {}, Outcome.NOT_ASSESSED),
    ("a question inspected and not rated", page(safe="inspected but not rated"), filed(), {}, Outcome.NOT_ASSESSED),
    (
        "too little evidence for a question",
        page(safe="insufficient evidence to rate"),
        filed(),
        {},
        Outcome.NOT_ASSESSED,
    ),
    (
        "one question not assessed, another swapped",
        page(safe=RI, unassessed="safe", caring="outstanding"),
        filed(),
        {},
        Outcome.DIFFERS,
    ),
    (
        "the file's rating is inherited, the page has none",
        page(None, published=None),
        filed(inherited=True),
        {},
        Outcome.INHERITED,
    ),
    ("an inherited rating that is the same", page(), filed(inherited=True), {}, Outcome.AGREES),
    ("an inherited rating that is another", page("inadequate"), filed(inherited=True), {}, Outcome.DIFFERS),
    (
        "the page's rating is inherited, the file has none",
        page(inherited=True),
        filed(None, published=None),
        {},
        Outcome.INHERITED,
    ),
    (
        "two ratings on one day, the better one read",
        page("good"),
        filed(RI, twofold=("overall",), **ALL_GOOD),
        {},
        Outcome.TWO_RATINGS,
    ),
    ("two ratings on one day, the worse one read", page(RI), filed(RI, twofold=("overall",)), {}, Outcome.AGREES),
    ("two ratings of safe, and caring is another", page(caring=RI), filed(safe="good", twofold=("safe",)), {}, Outcome.DIFFERS),
    (
        "registered twice: the other registration has it",
        page(RI),
        filed(primary_id="1-1000000002"),
        {"other": replace(filed(RI), location_id="1-1000000002")},
        Outcome.REGISTERED_TWICE,
    ),
    (
        "registered twice: neither registration has it",
        page("inadequate"),
        filed(primary_id="1-1000000002"),
        {"other": replace(filed(RI), location_id="1-1000000002")},
        Outcome.DIFFERS,
    ),
    ("registered twice: the other is not known", page(RI), filed(primary_id="1-1000000002"), {}, Outcome.REGISTERED_TWICE),
    ("the same groups", both(HOMECARE, DEMENTIA), filed(RI, groups=ALL_GROUPS), {}, Outcome.AGREES),
    (
        "the groups' ratings swapped",
        both(page("good", group="Homecare"), page(RI, group="Dementia care")),
        filed(RI, groups=ALL_GROUPS),
        {},
        Outcome.DIFFERS,
    ),
    ("groups in the file only, the same worst", page(RI), filed(RI, groups=ALL_GROUPS), {}, Outcome.AGREES),
    ("groups in the file only", page("good"), filed(RI, groups=ALL_GROUPS), {}, Outcome.GROUPS),
    ("groups on the page only", both(HOMECARE, DEMENTIA), filed("good"), {}, Outcome.GROUPS),
    ("one group, named on the page only", page(group="Homecare"), filed(), {}, Outcome.AGREES),
    ("one group, another rating", page(RI, group="Homecare"), filed(), {}, Outcome.DIFFERS),
    ("ratings suspended", page("suspended"), filed(), {}, Outcome.SUSPENDED),
    ("ratings withdrawn in words", page(None, said=SaidKind.RATINGS_WITHDRAWN), filed(), {}, Outcome.SUSPENDED),
    ("the report was removed", page(None, said=SaidKind.REPORT_REMOVED), filed(), {}, Outcome.SUSPENDED),
    ("archived, still listed", page(registration=Registration.ARCHIVED), filed(), {}, Outcome.ARCHIVED),
    ("the file lists it no more", page(RI), filed(left_on=FILE), {}, Outcome.LEFT),
    ("no file lists it", page(), None, {}, Outcome.NOT_IN_FILE),
    ("never rated in either", page(None, published=None), filed(None, published=None), {}, Outcome.NOT_RATED),
    ("not rated, said in two ways", page("not rated"), filed("no published rating"), {}, Outcome.NOT_RATED),
]


@pytest.mark.parametrize(("shown", "entry", "facts", "outcome"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_each_fault_of_a_page_or_of_the_file_has_its_name(
    shown: Shown, entry: Entry | None, facts: Facts, outcome: Outcome
) -> None:
    given: Facts = {"as_of": FILE, "questions_as_of": FILE} | dict(facts)
    found = compared(shown, Filed(entry=entry, **given))
    assert found.outcome is outcome, found
    assert bool(found.differences) or not outcome.differs


def test_every_outcome_is_named_by_some_case() -> None:
    named = {one[-1] for one in CASES} | {one[-1] for one in BY_API} | {not_read("503").outcome}
    assert named == set(Outcome)


UP_TO_DATE = Filed(entry=filed(), as_of=FILE, questions_as_of=FILE)
BY_API: list[tuple[str, Shown, Filed, Shown, Outcome]] = [
    ("the API is not needed", page(), UP_TO_DATE, page("inadequate"), Outcome.AGREES),
    ("the API has the page's, against the file", page(RI), UP_TO_DATE, page(RI), Outcome.FILE_WRONG),
    ("the API has the file's, against the page", page(RI), UP_TO_DATE, page(), Outcome.DIFFERS),
    ("the API says nothing", page(RI), UP_TO_DATE, page(None), Outcome.DIFFERS),
    ("the API speaks of another publication", page(RI), UP_TO_DATE, page(RI, published=EARLIER), Outcome.DIFFERS),
    ("the API has overall only, the page a question", page(safe=RI), UP_TO_DATE, page(**NO_QUESTIONS), Outcome.DIFFERS),
    ("hidden questions are not the file's fault", page(**NO_QUESTIONS), UP_TO_DATE, page(), Outcome.NOT_SHOWN),
    (
        "an old page stays old",
        page(published=EARLIER),
        replace(UP_TO_DATE, entry=filed(RI)),
        page(published=EARLIER),
        Outcome.PAGE_OLDER,
    ),
    ("published since, as in the API", page(RI, published=SINCE), UP_TO_DATE, page(RI, published=SINCE), Outcome.API_AGREES),
    ("published since, the API behind too", page(RI, published=SINCE), UP_TO_DATE, page(), Outcome.PUBLISHED_SINCE),
    (
        "published since, not as in the API",
        page(RI, published=SINCE),
        UP_TO_DATE,
        page("inadequate", published=SINCE),
        Outcome.DIFFERS,
    ),
    (
        "the file is behind, the API is not",
        page(RI, published=LATELY),
        UP_TO_DATE,
        page(RI, published=LATELY),
        Outcome.API_AGREES,
    ),
    ("not in the file, as in the API", page(), replace(UP_TO_DATE, entry=None), page(), Outcome.API_AGREES),
    ("not in the file, not as in the API", page(), replace(UP_TO_DATE, entry=None), page(safe=RI), Outcome.DIFFERS),
    (
        "not in the file, grouped otherwise in the API",
        page(),
        replace(UP_TO_DATE, entry=None),
        both(HOMECARE, DEMENTIA),
        Outcome.NOT_IN_FILE,
    ),
]


@pytest.mark.parametrize(("shown", "file", "api", "outcome"), [one[1:] for one in BY_API], ids=[one[0] for one in BY_API])
def test_the_api_is_the_third_to_speak(shown: Shown, file: Filed, api: Shown, outcome: Outcome) -> None:
    found = compared(shown, file, api)
    assert found.outcome is outcome, found


def test_a_difference_says_what_each_side_states() -> None:
    found = compared(page(RI, safe=None), UP_TO_DATE, page())
    assert [one.text for one in found.differences][:2] == [
        "overall: read requires improvement, CQC's file says good, CQC's API says good", "safe: read nothing, CQC's file "
        "says good, CQC's API says good",
    ]
    assert Difference(of="overall", group="homecare", page=None, file=RI).text == (
        "overall (homecare): read nothing, CQC's file says requires improvement"
    )


def verified(number: int, outcome: Outcome, day: int = 1) -> Verified:
    at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day, minutes=number)
    return Verified(location_id=f"1-{number}", at=at, file_date=FILE, comparison=Comparison(outcome=outcome))


@pytest.mark.parametrize(
    ("agree", "differ", "says_nothing", "misread"),
    [
        (0, 0, 0, False),
        (0, 0, 100, False),
        (100, 0, 0, False),
        (98, 2, 0, False),
        (97, 3, 0, True),
        (0, 1, 0, False),  # a difference on a single page says nothing about the whole site
        (9, 1, 50, False),
        (0, 2, 0, True),
        (40, 2, 0, True),
    ],
)
def test_under_98_percent_the_site_is_probably_not_read_rightly(
    agree: int, differ: int, says_nothing: int, misread: bool
) -> None:
    outcomes = [Outcome.AGREES] * agree + [Outcome.DIFFERS] * differ + [Outcome.PUBLISHED_SINCE, Outcome.NOT_READ] * says_nothing
    found = agreement(verified(n, outcome) for n, outcome in enumerate(outcomes))
    assert (found.compared, found.agreeing, len(found.differing)) == (agree + differ, agree, differ)
    assert found.probably_misread is misread
    assert ("probably being misread" in found.text) is misread


def test_only_the_last_hundred_count_and_each_service_once() -> None:
    old = [verified(n, Outcome.DIFFERS, day=1) for n in range(150)]
    new = [verified(n, Outcome.AGREES, day=2) for n in range(60)]
    found = agreement(old + new)
    assert (found.compared, found.agreeing, len(found.differing)) == (100, 60, 40)
    assert agreement(old + new, last=None).compared == 150


def test_the_agreement_is_said_with_the_date_of_the_file() -> None:
    found = agreement([verified(1, Outcome.AGREES), verified(2, Outcome.OTHER_DATE)])
    assert found.text == "readings of 2 of 2 services agree with CQC's file of 5 November 2026"
    assert Agreement().text == "nothing has been compared with CQC's own files yet"
