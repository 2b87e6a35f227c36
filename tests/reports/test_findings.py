"""Tests the findings of a report. Each number in a sentence is also in a table of the same report. Nothing is claimed from
too few services, and the report says what is not known.
"""

import random
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.events import Event, Kind
from monitor.own_facts import OwnFacts
from monitor.register.authorities import AUTHORITIES
from monitor.register.entries import sector
from monitor.register.movements import Standing, known
from monitor.reports.area import AreaReport, Comparators, Survey, area_report
from monitor.reports.asked import asked
from monitor.reports.named import OnPage
from monitor.reports.paper import Figure, Finding, Paper
from monitor.reports.quality import area_paper

TODAY = date(2026, 11, 22)
MAY, AUGUST, NOVEMBER = date(2026, 5, 5), date(2026, 8, 5), date(2026, 11, 5)
RATINGS = ("outstanding", "good", "requires improvement", "inadequate", None, "suspended")
HOME, AGENCY = ("Residential homes",), ("Homecare agencies",)
TYPES = (HOME, ("Nursing homes",), AGENCY, ("Supported living", "Homecare agencies"))
AREAS = ("Leicestershire", "Rutland", "Devon", "Kent", "Leeds")


def standing(location_id: str = "1-300000001", overall: str | None = "good", **said: Any) -> Standing:
    values: dict[str, Any] = {
        "as_of": MAY,
        "listed": True,
        "name": f"Home {location_id[-3:]}",
        "authority": "Leicestershire",
        "types": HOME,
        "beds": 30,
        "provider_id": "1-100",
        "provider_name": "Meridian",
        "brand": None,
        "registered_on": date(2015, 1, 1),
        "key_questions": (overall,) * 5,
        "published": date(2025, 6, 1) if overall else None,
    } | said
    return Standing(location_id=location_id, overall=overall, sector=sector(values["types"]), **values)


def event(location_id: str = "1-300000001", kind: Kind = Kind.DOWNGRADED, **said: Any) -> Event:
    values: dict[str, Any] = {
        "id": f"e-{location_id}",
        "name": "Larch Grove",
        "of": "overall",
        "from_": "good",
        "to": "inadequate",
        "published": date(2026, 10, 20),
        "observed_at": datetime(2026, 10, 21, 9, tzinfo=UTC),
    }
    return Event(location_id=location_id, kind=kind, **(values | said))


def paper(
    present: Sequence[Standing],
    history: Iterable[Standing] = (),
    events: Iterable[Event] = (),
    pages: dict[str, OnPage] | None = None,
    **days: date,
) -> Paper:
    survey = Survey(known(present, history), events, asked(TODAY, **days), pages)
    return area_paper(area_report(survey, "Leicestershire"))


def said(made: Paper) -> str:
    return "\n".join(map(str, made.findings))


# ── each number is also in a table ────────────────────────────────────────────────────────────────────────────────────────


def any_report(seed: int) -> AreaReport:
    """Returns a report from a random register of one to three files, with random changes, events, pages and own facts."""
    chance = random.Random(seed)
    files = (MAY, AUGUST, NOVEMBER)[: chance.randrange(1, 4)]
    tracks: list[list[Standing]] = []
    for n in range(chance.choice((3, 30, 120, 250))):
        location_id, types = f"1-30000{n:04}", chance.choice(TYPES)
        about: dict[str, Any] = {
            "authority": chance.choice(AREAS) if n > 60 else "Leicestershire",
            "types": types,
            "beds": chance.choice((None, 5, 40, 1200)) if types[0] in ("Residential homes", "Nursing homes") else None,
            "primary_id": f"1-30000{n - 1:04}" if n % 40 == 7 else None,
        }
        track: list[Standing] = []
        for day in files:
            if track and chance.random() < 0.7:
                continue
            overall = chance.choices(RATINGS, (1, 12, 5, 2, 2, 1))[0]
            published = chance.choice((None, day - timedelta(days=chance.randrange(1, 2500))))
            questions = tuple(chance.choice(RATINGS) for _ in range(5))
            listed = chance.random() < 0.97
            track.append(
                standing(location_id, overall, as_of=day, published=published, key_questions=questions, listed=listed, **about)
            )
        tracks.append(track)
    events = [
        event(
            track[0].location_id,
            chance.choice((Kind.DOWNGRADED, Kind.UPGRADED, Kind.ENTERED, Kind.LEFT)),
            published=TODAY - timedelta(days=chance.randrange(1, 500)),
            reports=chance.choice((None, 2, 5)),
        )
        for track in tracks
        if chance.random() < 0.2
    ]
    pages = {
        track[0].location_id: OnPage(
            overall=chance.choice(RATINGS),
            published=chance.choice((None, NOVEMBER)),
            measures=chance.choice((None, "in", "remains", "left", "unclear", "presumed")),
            since=chance.choice((None, AUGUST)),
            or_earlier=chance.random() < 0.5,
        )
        for track in tracks
        if chance.random() < 0.5
    }
    mine = [track[0].location_id for track in tracks if chance.random() < 0.5]
    own = [OwnFacts(location_id=one, people_placed=chance.choice((None, 0, 4)), as_of=NOVEMBER) for one in mine[::2]]
    days = chance.choice(({}, {"since": date(2026, 6, 1)}, {"at": date(2026, 9, 1)}, {"at": date(2026, 3, 1)}))
    history = [one for track in tracks for one in track]
    survey = Survey(known([one[-1] for one in tracks], history), events, asked(TODAY, **days), pages)
    others = Comparators(name="near", authorities=("Rutland", "Devon", "Kent")) if chance.random() < 0.7 else None
    return area_report(survey, "Leicestershire", others, mine if chance.random() < 0.7 else None, own)


def stands(figure: Figure, made: Paper) -> bool:
    """Whether a figure is in the table, row and column from which it claims to come."""
    table = next(one for one in made.tables if one.key == figure.table)
    if not figure.row:
        return re.search(rf"(?<!\d){re.escape(figure.shown)}(?!\d)", figure.column or table.title) is not None and (
            not figure.column or figure.column in [one.heading for one in table.columns]
        )
    rows = [one for one in table.rows if figure.row in (one.label, one.service)]
    if not figure.column:
        return figure.shown in [one.label for one in rows]
    at = [one.heading for one in table.columns].index(figure.column)
    cells = [str(row.cells[at]) for row in rows]
    return any(figure.shown == cell or figure.shown in re.split(r"[ ()]+", cell) for cell in cells)


@pytest.mark.parametrize("seed", range(60))
def test_every_number_in_every_finding_is_in_a_table(seed: int) -> None:
    report = any_report(seed)
    made = area_paper(report)
    assert made.findings
    for finding in made.findings:
        words = "".join(one for one in finding.said if not isinstance(one, Figure))
        assert not re.search(r"\d", words), (seed, words)
        assert re.fullmatch(r"(?!.*(  |\.\.|–%| ,|,,)).*\.", str(finding)), (seed, str(finding))
        for figure in finding.said:
            if isinstance(figure, Figure):
                assert stands(figure, made), (seed, figure)
    assert report.area.now[None].of == sum(report.area.now[None].numbers)


def test_a_finding_has_a_text_and_lists_the_tables_of_its_figures() -> None:
    one = Finding(about="A", said=("In ", Figure(shown="2", table="T", row="r", column="c"), " homes."))
    assert (str(one), one.tables) == ("In 2 homes.", ("T",))


# ── claims that a report makes or avoids ─────────────────────────────────────────────────────────────────────────────────────


def many(number: int, overall: str | None, first: int = 1, **about: Any) -> list[Standing]:
    return [standing(f"1-3{n:08}", overall, **about) for n in range(first, first + number)]


def test_the_shares_of_all_services_and_of_rated_services_are_both_given() -> None:
    made = paper([*many(30, "good"), *many(10, "inadequate", 100), *many(10, None, 200)])
    of_all = "30 of all 50 services in Leicestershire (60%) are good or outstanding."
    assert f"{of_all} Of the 40 rated services, the share is 75%." in said(made)
    assert "10 services have no rating (20% of all)." in said(made)


def test_areas_are_compared_and_ranked_by_the_share_of_rated_services_that_are_good() -> None:
    present = [*many(30, "good"), *many(10, "inadequate", 100), *many(40, "good", 200, authority="Kent")]
    present += many(20, "inadequate", 300, authority="Rutland")
    made = paper(present)
    assert "Of rated services, 75% are good or outstanding in Leicestershire, a higher share than in England (70%)" in said(made)
    place = "Leicestershire has place 2 of the 3 authorities with enough rated services (20 or more) in England: "
    assert f"{place}1 with a higher share" in said(made)
    assert "services that are good or outstanding ranges from 0% (Rutland) to 100% (Kent). The middle half" in said(made)


def test_the_same_share_has_the_same_percentage_in_every_sentence_and_table() -> None:
    present = [*many(33, "good"), *many(7, "inadequate", 100)]
    for n, authority in enumerate(("Kent", "Devon"), 1):  # 33 of 40 is 82.5%
        present += [*many(33, "good", n * 1000, authority=authority), *many(7, "inadequate", n * 1000 + 100, authority=authority)]
    made = paper(present)
    assert "83% are good or outstanding in Leicestershire, the same share as in England (83%)" in said(made)
    assert "has place 1 of the 3 authorities with enough rated services (20 or more) in England" in said(made)
    assert "0 with a higher share, 2 with the same share, 0 with a lower share" in said(made)
    assert "ranges from 83% (Devon and 2 others) to 83% (Devon and 2 others)" in said(made)


@pytest.mark.parametrize(("number", "is_few"), [(19, True), (20, False)])
def test_an_area_with_too_few_services_is_not_compared(number: int, is_few: bool) -> None:
    made = paper([*many(number, "good"), *many(40, "good", 100, authority="Kent")])
    assert (f"Only {number} services are rated: too few to compare" in said(made)) is is_few
    for claim in ("the same share as in England", "has place", "for any of the key questions", "Half of the ratings"):
        assert (claim in said(made)) is not is_few, claim


def test_a_report_about_an_area_without_services_claims_nothing() -> None:
    made = paper(many(30, "good", authority="Kent"))
    assert "0 services are registered here, and 0 of these are rated." in said(made)
    assert "Leicestershire (" not in said(made) and "good or outstanding in" not in said(made)


LOW: dict[str, Any] = {"overall": "inadequate", "published": date(2026, 3, 3)}


@pytest.mark.parametrize(
    ("track", "words"),
    [
        pytest.param([LOW], "(since 3 March 2026 or earlier)", id="inadequate in all files"),
        pytest.param([{"overall": "good"}, LOW], "(since 3 March 2026)", id="good before, then inadequate"),
        pytest.param(
            [{"overall": "good", "published": None}, {**LOW, "published": None}],
            "(since 5 August 2026)",
            id="a rating without a date has the date of the file",
        ),
        pytest.param([{**LOW, "published": None}], "(since when is not known)", id="a rating without a date in the only file"),
        pytest.param(
            [{"overall": "good"}, LOW, {**LOW, "published": date(2026, 10, 1)}], "(since 3 March 2026)",
            id="rated inadequate twice",
        ),
        pytest.param(
            [{**LOW, "published": date(2025, 1, 1)}, {"overall": "suspended"}, LOW],
            "(since 3 March 2026)",
            id="inadequate again after a suspended rating",
        ),
        pytest.param(
            [LOW, {**LOW, "listed": False}, LOW], "(since 3 March 2026 or earlier)", id="a service that is missing from one file"
        ),
        pytest.param(
            [{"overall": "good"}, {"overall": "good", "listed": False}, LOW],
            "(since 3 March 2026)",
            id="a service that was missing before the fall",
        ),
    ],
)
def test_a_finding_says_since_when_a_service_has_been_inadequate(track: list[dict[str, Any]], words: str) -> None:
    history = [standing(**({"as_of": day} | one)) for day, one in zip((MAY, AUGUST, NOVEMBER), track, strict=False)]
    assert f"According to CQC’s files, 1 service is rated inadequate: Home 001 {words}." in said(paper(history[-1:], history))


def test_a_finding_about_six_months_without_a_newer_rating_mentions_no_inspection() -> None:
    old, new = date(2026, 5, 22), date(2026, 5, 23)
    made = paper([standing(**LOW | {"published": old}), standing("1-300000002", "inadequate", published=new)])
    assert "1 service has been inadequate for over six months without a newer rating in CQC’s files: Home 001" in said(made)
    assert "Whether CQC has inspected since is not known." in said(made)
    newer = event(kind=Kind.REPORT, of=None, from_=None, to=None, published=NOVEMBER)
    made = paper([standing(**LOW | {"published": old})], events=[newer])
    assert "1 of these has a newer publication that this monitor knows of: Home 001." in said(made)
    assert "inspected" not in said(made)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param(None, "is not known: this monitor has read none of their pages lately.", id="the service is not watched"),
        pytest.param(
            OnPage(overall="inadequate", published=MAY),
            "For 1 inadequate service it is not known whether special measures",
            id="the page states nothing about special measures",
        ),
        pytest.param(
            OnPage(overall="inadequate", published=MAY, measures="in", since=MAY),
            "According to CQC’s pages, 1 service is known to be in special measures: Home 001 (since 5 May 2026).",
            id="the page states special measures",
        ),
        pytest.param(
            OnPage(overall="inadequate", published=MAY, measures="in", since=MAY, or_earlier=True),
            "Home 001 (since 5 May 2026 or earlier).",
            id="the special measures may have begun earlier",
        ),
        pytest.param(
            OnPage(overall="good", published=NOVEMBER, measures="left"), "now rated better on CQC’s page",
            id="the page states a better rating",
        ),
    ],
)
def test_special_measures_in_a_report_come_from_the_page(page: OnPage | None, words: str) -> None:
    made = paper([standing(**LOW)], pages={"1-300000001": page} if page else {})
    assert words in said(made)
    unknown = page is not None and page.measures is None
    assert ("it is not known whether special measures apply: nobody watches it here" in said(made)) is unknown
    assert ("known to be in special measures" in said(made)) is (page is not None)
    assert ("were read here lately: 1 of 1 services." in said(made)) is (page is not None)


def test_a_service_that_is_inadequate_only_on_its_page_is_named_but_not_counted() -> None:
    made = paper([standing()], pages={"1-300000001": OnPage(overall="inadequate", published=NOVEMBER)})
    assert "According to CQC’s files, 0 services are rated inadequate." in said(made)
    assert "1 service is inadequate on CQC’s page, and not yet in its files: Home 001." in said(made)


@pytest.mark.parametrize(
    ("published", "is_told"),
    [
        pytest.param(NOVEMBER, True, id="the page is newer than the files"),
        pytest.param(date(2025, 5, 30), True, id="the page's date is a few days before that of the files"),
        pytest.param(None, True, id="the page has no date"),
        pytest.param(date(2024, 1, 1), False, id="the files state a newer rating"),
    ],
)
def test_a_page_that_is_older_than_the_files_does_not_give_the_present_state(published: date | None, is_told: bool) -> None:
    made = paper([standing()], pages={"1-300000001": OnPage(overall="inadequate", published=published, measures="in")})
    assert ("1 service is inadequate on CQC’s page, and not yet in its files" in said(made)) is is_told
    assert ("1 service is known to be in special measures" in said(made)) is is_told
    old = OnPage(overall="inadequate", published=published, measures="in")
    made = paper([standing(overall="inadequate")], pages={"1-300000001": old})
    assert ("For 1 inadequate service it is not known whether special measures" in said(made)) is not is_told


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        pytest.param(None, OnPage("inadequate", NOVEMBER, "in"), id="only the other registration is watched"),
        pytest.param(
            OnPage("good", MAY), OnPage("inadequate", NOVEMBER, "in"), id="the newer page is that of the other registration"
        ),
        pytest.param(
            OnPage("inadequate", NOVEMBER, "in"), OnPage("good", MAY), id="the newer page is that of the primary registration"
        ),
        pytest.param(
            OnPage("inadequate", NOVEMBER, "in"), OnPage("good", NOVEMBER),
            id="two pages about one publication: the worse one is used",
        ),
        pytest.param(
            OnPage("inadequate", None, "in"), OnPage("good", NOVEMBER), id="one page without a date: the worse one is used"
        ),
    ],
)
def test_a_home_that_is_registered_twice_is_watched_if_one_registration_is_watched(mine: OnPage | None, other: OnPage) -> None:
    present = [standing(), standing("1-300000002", primary_id="1-300000001")]
    pages = {"1-300000002": other} | ({"1-300000001": mine} if mine else {})
    made = paper(present, pages=pages)
    assert "According to CQC’s pages, 1 service is known to be in special measures: Home 001" in said(made)


@pytest.mark.parametrize(
    ("published", "rated", "words"),
    [
        pytest.param(
            date(2026, 4, 1), 0, "Which services were rated inadequate on that day is not known.",
            id="the rating is known for no home",
        ),
        pytest.param(
            date(2025, 6, 1),
            30,
            "30 services are known to have been rated inadequate on that day: Home 001",
            id="the rating is known for homes that are still registered",
        ),
    ],
)
def test_for_a_day_before_the_first_files_findings_are_only_about_known_services(published: date, rated: int, words: str) -> None:
    here = [*many(30, "inadequate", published=published), *many(3, "good", 300, published=date(2026, 4, 1))]
    here += many(30, "good", 100, authority="Kent")
    made = paper(here, here, at=date(2026, 3, 1))
    assert "33 services are known to have been registered here on that day" in said(made)
    assert f"; the ratings of {33 - rated} of these services are not known. The CQC files loaded here begin later" in said(made)
    assert words in said(made)
    for claim in ("are rated inadequate", "0 of these are rated", "Of rated services", "has place", "middle half", "Half of the"):
        assert claim not in said(made), claim
    assert not {"Compared", "Place", "Age of ratings", "Key questions", "Types of service"} & {one.about for one in made.findings}
    assert not any(one.rows for one in made.tables if one.key in ("Place", "Spread"))


def test_for_an_earlier_day_special_measures_are_not_known() -> None:
    pages = {"1-300000001": OnPage(overall="good", published=MAY, measures="in")}
    made = paper([standing(**LOW)], [standing(**LOW)], pages=pages, at=NOVEMBER)
    assert "Which services were in special measures on that day is not known." in said(made)


def test_two_ratings_with_dates_a_few_days_apart_are_counted_as_one_rating() -> None:
    days = [date(2024, 1, 1), date(2024, 1, 5), date(2025, 3, 1), date(2026, 4, 1)]
    poor = [standing(overall="requires improvement", as_of=MAY + timedelta(days=n), published=one) for n, one in enumerate(days)]
    made = paper(poor[-1:], poor)
    words = "1 service requires improvement for at least the second rating in a row: Home 001 (3 since 1 January 2024)."
    assert words in said(made)
    assert "in a row" not in said(paper(poor[:1], poor[:2]))


def test_a_change_is_claimed_only_between_days_that_the_files_cover() -> None:
    history = [*many(30, "good", as_of=MAY), *many(5, "inadequate", as_of=AUGUST)]
    present = [*history[30:], *history[5:30]]
    made = paper(present, history, since=date(2026, 6, 1))
    then = "On 1 June 2026, 100% of 30 rated services in Leicestershire were good or outstanding"
    assert f"{then}; on 5 August 2026" in said(made)
    assert "83% of 30. In England" in said(made)
    made = paper(present, history, since=date(2026, 1, 1))
    since = "the first CQC file with ratings that is loaded here is of 5 May 2026"
    assert f"How the shares have changed since 1 January 2026 is not known: {since}" in said(made)
    assert "83% of 30." not in said(made)
    table = next(one for one in made.tables if one.key == "Change")
    assert all([one.number for one in row.cells[:2]] == [None, None] for row in table.rows)
    assert table.notes == ("How shares changed in the period is not known before 5 May 2026.",)


def test_the_finding_about_falls_gives_the_beds_contracts_and_people_placed() -> None:
    history = [standing(), standing(overall="inadequate", as_of=NOVEMBER, published=NOVEMBER)]
    survey = Survey(known(history[1:], history), [], asked(TODAY, since=date(2026, 6, 1), to=NOVEMBER))
    own = [OwnFacts(location_id="1-300000001", people_placed=7, as_of=NOVEMBER)]
    made = area_paper(area_report(survey, "Leicestershire", None, ["1-300000001"], own))
    weight = "30 beds; 1 of the services is contracted, and 7 people are placed there by the council."
    assert f"Of the services that fell below good, the care homes have {weight}" in said(made)
    assert "According to the council’s own numbers, 7 people are placed in services rated inadequate" in said(made)


@pytest.mark.parametrize(
    ("beds", "weight"),
    [
        pytest.param(
            (None, None), "the beds of the care homes are not known; 0 of the services are contracted.",
            id="the number of beds is known for no home",
        ),
        pytest.param(
            (30, None), "the care homes have 30 beds (known for 1 of 2 homes); 0 of the services",
            id="the number of beds is known for one home",
        ),
        pytest.param(
            (30, 20), "the care homes have 50 beds; 0 of the services are contracted.",
            id="the number of beds is known for all homes",
        ),
    ],
)
def test_unknown_numbers_of_beds_are_not_counted_as_zero(beds: tuple[int | None, ...], weight: str) -> None:
    there = [standing(f"1-30000000{n}", "inadequate", beds=one) for n, one in enumerate(beds, 1)]
    made = area_paper(area_report(Survey(known(there, []), [], asked(TODAY)), "Leicestershire", None, []))
    assert f"Of the inadequate services, {weight}" in said(made)


def test_all_authorities_have_findings() -> None:
    survey = Survey(known(many(30, "good"), []), [], asked(TODAY))
    assert all(area_paper(area_report(survey, name)).findings for name in AUTHORITIES)
