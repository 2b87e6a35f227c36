"""Tests how readings are compared with CQC's files. Each fault of a page, and each fault of the files themselves, leads to a
separate outcome."""

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
    """The holdings of a page. The key questions have the overall rating, except those in `questions`, where None means that the
    question was not read."""
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
    """The register's entry. The key questions have the overall rating, except those in `facts`."""
    questions = asked({one.column: overall for one in KeyQuestion} | facts)
    return Entry(location_id=ID, name="Larch Grove", overall=overall, published=published, listed_on=FILE, **questions)


RI = "requires improvement"
ALL_GROUPS = (("dementia care", "good"), ("homecare", RI))
HOMECARE, DEMENTIA = page(RI, group="Homecare"), page("good", group="Dementia care")
QUESTIONS = [one.column for one in KeyQuestion]
NO_QUESTIONS: dict[str, Any] = dict.fromkeys(QUESTIONS)
ALL_GOOD: dict[str, Any] = dict.fromkeys(QUESTIONS, "good")

CASES: list[tuple[str, Shown, Entry | None, Facts, Outcome]] = [
    ("everything is the same", page(), filed(), {}, Outcome.AGREES),
    (
        "neither page nor file states a rating for a key question",
        page(safe=None),
        filed(safe="no published rating"),
        {},
        Outcome.AGREES,
    ),
    ("page and file state the same lower rating for one key question", page(safe=RI), filed(safe=RI), {}, Outcome.AGREES),
    ("the dates are a day apart", page(published=THEN + timedelta(days=1)), filed(), {}, Outcome.AGREES),
    ("the dates are as far apart as is allowed", page(published=THEN + DATES_APART), filed(), {}, Outcome.AGREES),
    ("the page has no date", page(published=None), filed(), {}, Outcome.AGREES),
    ("the file has no date", page(), filed(published=None), {}, Outcome.AGREES),
    ("the file has no key questions", page(), filed(**NO_QUESTIONS), {}, Outcome.AGREES),
    ("no file with key questions was loaded", page(safe=RI), filed(), {"questions_as_of": None}, Outcome.AGREES),
    (
        "the file with key questions is older than the publication",
        page(published=LATELY, safe=RI),
        filed(published=LATELY),
        {"questions_as_of": date(2026, 10, 5)},
        Outcome.AGREES,
    ),
    (
        "a key question was published after the file",
        page(safe=RI, dates={"safe": SINCE}),
        filed(),
        {},
        Outcome.AGREES,
    ),
    ("the rating was published on the day of the file", page(published=FILE), filed(published=FILE), {}, Outcome.AGREES),
    (
        "the page's date is a day after the file's own date, but the file has the rating",
        page(published=FILE + timedelta(days=1)),
        filed(published=FILE),
        {},
        Outcome.AGREES,
    ),
    ("the page gives a much earlier date than the file", page(published=EARLIER), filed(), {}, Outcome.OTHER_DATE),
    (
        "the page gives a later date, but the file is months newer than both dates",
        page(published=FILE - MONTHS_LATE - timedelta(days=1)),
        filed(published=EARLIER),
        {},
        Outcome.OTHER_DATE,
    ),
    ("the overall rating differs", page("inadequate"), filed(), {}, Outcome.DIFFERS),
    (
        "the ratings of two key questions are swapped",
        page(safe="good", caring=RI),
        filed(safe=RI, caring="good"),
        {},
        Outcome.DIFFERS,
    ),
    ("one key question differs", page(safe="inadequate"), filed(), {}, Outcome.DIFFERS),
    ("the page shows no rating, the file has ratings", page(None, published=None), filed(), {}, Outcome.NOT_SHOWN),
    ("the page says that the service is not rated", page("not rated"), filed(), {}, Outcome.DIFFERS),
    ("the page rates a key question that the file leaves out", page(), filed(safe=None), {}, Outcome.DIFFERS),
    (
        "the page has an old rating, the file has no rating",
        page(published=EARLIER),
        filed(None, published=None),
        {},
        Outcome.DIFFERS,
    ),
    ("the page has another rating, without a date", page(RI, published=None), filed(), {}, Outcome.DIFFERS),
    (
        "the page has another rating, which is too old to be missing from the file",
        page(RI, published=FILE - MONTHS_LATE - timedelta(days=1)),
        filed(published=EARLIER),
        {},
        Outcome.DIFFERS,
    ),
    ("the page does not show the key questions", page(**NO_QUESTIONS), filed(), {}, Outcome.NOT_SHOWN),
    ("the page does not show one key question", page(well_led=None), filed(), {}, Outcome.NOT_SHOWN),
    (
        "the page does not show the overall rating",
        replace(page(), holdings={k: v for k, v in page().holdings.items() if k.of != "overall"}),
        filed(),
        {},
        Outcome.NOT_SHOWN,
    ),
    ("a cache sent an old page", page("good", published=EARLIER), filed(RI), {}, Outcome.PAGE_OLDER),
    (
        "a cache sent an old page that does not show one key question",
        page(RI, published=EARLIER, safe=None),
        filed(RI),
        {},
        Outcome.PAGE_OLDER,
    ),
    ("a new rating was published after the file", page(RI, published=SINCE), filed(), {}, Outcome.PUBLISHED_SINCE),
    ("the same rating was published again after the file", page(published=SINCE), filed(), {}, Outcome.PUBLISHED_SINCE),
    (
        "the first rating was published after the file",
        page(published=SINCE),
        filed(None, published=None),
        {},
        Outcome.PUBLISHED_SINCE,
    ),
    (
        "a rating was published weeks before the file, which doesn't have it",
        page(RI, published=LATELY),
        filed(),
        {},
        Outcome.FILE_BEHIND,
    ),
    (
        "the first rating was published weeks before the file, which doesn't have it",
        page(published=LATELY),
        filed(None, published=None),
        {},
        Outcome.FILE_BEHIND,
    ),
    (
        "a rating has been missing from the file for as long as is allowed",
        page(RI, published=FILE - MONTHS_LATE),
        filed(published=EARLIER),
        {},
        Outcome.FILE_BEHIND,
    ),
    ("a key question is marked as not assessed", page(safe=RI, unassessed="safe"), filed(), {}, Outcome.NOT_ASSESSED),
    ("a key question was inspected and not rated", page(safe="inspected but not rated"), filed(), {}, Outcome.NOT_ASSESSED),
    (
        "there was too little evidence for a key question",
        page(safe="insufficient evidence to rate"),
        filed(),
        {},
        Outcome.NOT_ASSESSED,
    ),
    (
        "one key question was not assessed, another differs",
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
    ("the inherited rating is the same", page(), filed(inherited=True), {}, Outcome.AGREES),
    ("the inherited rating differs", page("inadequate"), filed(inherited=True), {}, Outcome.DIFFERS),
    (
        "the page's rating is inherited, the file has none",
        page(inherited=True),
        filed(None, published=None),
        {},
        Outcome.INHERITED,
    ),
    (
        "the file has two ratings published on one day, the page has the better one",
        page("good"),
        filed(RI, twofold=("overall",), **ALL_GOOD),
        {},
        Outcome.TWO_RATINGS,
    ),
    (
        "the file has two ratings published on one day, the page has the worse one",
        page(RI),
        filed(RI, twofold=("overall",)),
        {},
        Outcome.AGREES,
    ),
    (
        "the file has two ratings of safe, and caring differs",
        page(caring=RI),
        filed(safe="good", twofold=("safe",)),
        {},
        Outcome.DIFFERS,
    ),
    (
        "registered twice: the other registration has the page's rating",
        page(RI),
        filed(primary_id="1-1000000002"),
        {"other": replace(filed(RI), location_id="1-1000000002")},
        Outcome.REGISTERED_TWICE,
    ),
    (
        "registered twice: neither registration has the page's rating",
        page("inadequate"),
        filed(primary_id="1-1000000002"),
        {"other": replace(filed(RI), location_id="1-1000000002")},
        Outcome.DIFFERS,
    ),
    (
        "registered twice: the other registration is not known",
        page(RI),
        filed(primary_id="1-1000000002"),
        {},
        Outcome.REGISTERED_TWICE,
    ),
    ("the groups are the same", both(HOMECARE, DEMENTIA), filed(RI, groups=ALL_GROUPS), {}, Outcome.AGREES),
    (
        "the ratings of the groups are swapped",
        both(page("good", group="Homecare"), page(RI, group="Dementia care")),
        filed(RI, groups=ALL_GROUPS),
        {},
        Outcome.DIFFERS,
    ),
    ("only the file has groups, and the worst is the page's rating", page(RI), filed(RI, groups=ALL_GROUPS), {}, Outcome.AGREES),
    ("only the file has groups", page("good"), filed(RI, groups=ALL_GROUPS), {}, Outcome.GROUPS),
    ("only the page has groups", both(HOMECARE, DEMENTIA), filed("good"), {}, Outcome.GROUPS),
    ("there is one group, and only the page has its name", page(group="Homecare"), filed(), {}, Outcome.AGREES),
    ("there is one group, and its rating differs", page(RI, group="Homecare"), filed(), {}, Outcome.DIFFERS),
    ("the page says “suspended” instead of the rating", page("suspended"), filed(), {}, Outcome.SUSPENDED),
    (
        "a sentence on the page says that the ratings are withdrawn",
        page(None, said=SaidKind.RATINGS_WITHDRAWN),
        filed(),
        {},
        Outcome.SUSPENDED,
    ),
    ("the report was removed", page(None, said=SaidKind.REPORT_REMOVED), filed(), {}, Outcome.SUSPENDED),
    (
        "the page says archived, the file still lists the service",
        page(registration=Registration.ARCHIVED),
        filed(),
        {},
        Outcome.ARCHIVED,
    ),
    ("the newest file no longer lists the service", page(RI), filed(left_on=FILE), {}, Outcome.LEFT),
    ("no file lists the service", page(), None, {}, Outcome.NOT_IN_FILE),
    ("neither page nor file has a rating", page(None, published=None), filed(None, published=None), {}, Outcome.NOT_RATED),
    (
        "page and file say in different words that there is no rating",
        page("not rated"),
        filed("no published rating"),
        {},
        Outcome.NOT_RATED,
    ),
]


@pytest.mark.parametrize(("shown", "entry", "facts", "outcome"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_the_comparison_of_a_page_with_the_file_has_the_right_outcome(
    shown: Shown, entry: Entry | None, facts: Facts, outcome: Outcome
) -> None:
    given: Facts = {"as_of": FILE, "questions_as_of": FILE} | dict(facts)
    found = compared(shown, Filed(entry=entry, **given))
    assert found.outcome is outcome, found
    assert bool(found.differences) or not outcome.differs


def test_every_outcome_occurs_in_a_case() -> None:
    named = {one[-1] for one in CASES} | {one[-1] for one in BY_API} | {not_read("503").outcome}
    assert named == set(Outcome)


UP_TO_DATE = Filed(entry=filed(), as_of=FILE, questions_as_of=FILE)
BY_API: list[tuple[str, Shown, Filed, Shown, Outcome]] = [
    ("page and file agree, so the API is ignored", page(), UP_TO_DATE, page("inadequate"), Outcome.AGREES),
    ("the API has the page's rating, not the file's", page(RI), UP_TO_DATE, page(RI), Outcome.FILE_WRONG),
    ("the API has the file's rating, not the page's", page(RI), UP_TO_DATE, page(), Outcome.DIFFERS),
    ("the API states no rating", page(RI), UP_TO_DATE, page(None), Outcome.DIFFERS),
    ("the API gives another publication", page(RI), UP_TO_DATE, page(RI, published=EARLIER), Outcome.DIFFERS),
    (
        "the API states only the overall rating, and page and file differ in a key question",
        page(safe=RI),
        UP_TO_DATE,
        page(**NO_QUESTIONS),
        Outcome.DIFFERS,
    ),
    (
        "the page does not show the key questions, which is not the file's fault",
        page(**NO_QUESTIONS),
        UP_TO_DATE,
        page(),
        Outcome.NOT_SHOWN,
    ),
    (
        "the page is old, and the API states the same old rating",
        page(published=EARLIER),
        replace(UP_TO_DATE, entry=filed(RI)),
        page(published=EARLIER),
        Outcome.PAGE_OLDER,
    ),
    (
        "a rating was published after the file, and the API states it too",
        page(RI, published=SINCE),
        UP_TO_DATE,
        page(RI, published=SINCE),
        Outcome.API_AGREES,
    ),
    (
        "a rating was published after the file, and the API does not state it yet",
        page(RI, published=SINCE),
        UP_TO_DATE,
        page(),
        Outcome.PUBLISHED_SINCE,
    ),
    (
        "a rating was published after the file, and the API states another rating",
        page(RI, published=SINCE),
        UP_TO_DATE,
        page("inadequate", published=SINCE),
        Outcome.DIFFERS,
    ),
    (
        "the file is behind, the API is up to date",
        page(RI, published=LATELY),
        UP_TO_DATE,
        page(RI, published=LATELY),
        Outcome.API_AGREES,
    ),
    (
        "no file lists the service, and the API states the page's ratings",
        page(),
        replace(UP_TO_DATE, entry=None),
        page(),
        Outcome.API_AGREES,
    ),
    (
        "no file lists the service, and the API states another rating",
        page(),
        replace(UP_TO_DATE, entry=None),
        page(safe=RI),
        Outcome.DIFFERS,
    ),
    (
        "no file lists the service, and the API states other groups",
        page(),
        replace(UP_TO_DATE, entry=None),
        both(HOMECARE, DEMENTIA),
        Outcome.NOT_IN_FILE,
    ),
]


@pytest.mark.parametrize(("shown", "file", "api", "outcome"), [one[1:] for one in BY_API], ids=[one[0] for one in BY_API])
def test_the_comparison_of_page_file_and_api_has_the_right_outcome(
    shown: Shown, file: Filed, api: Shown, outcome: Outcome
) -> None:
    found = compared(shown, file, api)
    assert found.outcome is outcome, found


def test_the_text_of_a_difference_has_the_ratings_of_page_file_and_api() -> None:
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
def test_if_fewer_than_98_percent_agree_the_site_is_probably_being_misread(
    agree: int, differ: int, says_nothing: int, misread: bool
) -> None:
    outcomes = [Outcome.AGREES] * agree + [Outcome.DIFFERS] * differ + [Outcome.PUBLISHED_SINCE, Outcome.NOT_READ] * says_nothing
    found = agreement(verified(n, outcome) for n, outcome in enumerate(outcomes))
    assert (found.compared, found.agreeing, len(found.differing)) == (agree + differ, agree, differ)
    assert found.probably_misread is misread
    assert ("probably being misread" in found.text) is misread


def test_only_the_last_hundred_services_are_counted_and_each_is_counted_once() -> None:
    old = [verified(n, Outcome.DIFFERS, day=1) for n in range(150)]
    new = [verified(n, Outcome.AGREES, day=2) for n in range(60)]
    found = agreement(old + new)
    assert (found.compared, found.agreeing, len(found.differing)) == (100, 60, 40)
    assert agreement(old + new, last=None).compared == 150


def test_the_sentence_about_the_agreement_gives_the_date_of_the_file() -> None:
    found = agreement([verified(1, Outcome.AGREES), verified(2, Outcome.OTHER_DATE)])
    assert found.text == "readings of 2 of 2 services agree with CQC's file of 5 November 2026"
    assert Agreement().text == "nothing has been compared with CQC's own files yet"
