"""Tests the decision of a check, as a table. Each case gives what each check sees. For the last check, the case also gives what
the check asks for, which events it reports, and how many candidate changes wait."""

from datetime import date, timedelta

import pytest

from monitor.detect.checks import PUT_OFF
from monitor.detect.circuit_breaker import Blindness, Doubt
from monitor.detect.decide import not_seen
from monitor.model import (
    Enforcement,
    Reading,
    Registration,
    Source,
)
from monitor.ratings import Reason
from tests.detect.checked import (
    BREACH,
    ENTERED,
    GOOD,
    INADEQUATE,
    INSPECTED,
    LEFT,
    NEW,
    OLD,
    PACE,
    REMOVED,
    RI,
    STRANGE,
    SUSPENDED,
    See,
    Service,
    states,
)

WAS_GOOD = See(states(GOOD, OLD, safe=GOOD))
WAS_RI = See(states(RI, OLD, safe=RI))
WAS_INADEQUATE = See(states(INADEQUATE, OLD, safe=RI, special_measures=ENTERED))
FELL = states(RI, NEW, safe=GOOD)
REPORT = states(RI, NEW, source=Source.SUMMARY_PAGE, special_measures=ENTERED, breaches=BREACH)
WARNED = (Enforcement(kind="warning notice", quote="We served a warning notice."),)
STILL_GOOD = states(GOOD, OLD, safe=GOOD)
DAY = timedelta(days=1)


FALL = "downgraded overall, report published"
CASES: dict[str, tuple[list[See], str, str, int, str]] = {
    # name: what the checks see; what the last check asks for; the events that the last check reports; how many candidate
    # changes wait; whether the last check read the service "well" (fully), "partly" or "not"
    "the first check is a baseline": ([WAS_GOOD], "", "", 0, "well"),
    "a first check that finds special measures reports nothing": ([WAS_INADEQUATE], "", "", 0, "well"),
    "the first check of a service that the feed named asks the API": (
        [See(STILL_GOOD, api=STILL_GOOD, named=True)], "api", "", 0, "well"
    ),
    "the same page again reports nothing": ([WAS_GOOD, WAS_GOOD], "", "", 0, "well"),
    "a fall seen once waits": ([WAS_GOOD, See(FELL)], "", "", 2, "well"),
    "a fall seen twice is reported": ([WAS_GOOD, See(FELL), See(FELL)], "", FALL, 0, "well"),
    "a fall seen again too soon waits": ([WAS_GOOD, See(FELL), See(FELL, after=timedelta(seconds=20))], "", "", 2, "well"),
    "a fall seen a third time is not reported again": ([WAS_GOOD, See(FELL), See(FELL), See(FELL)], "", "", 0, "well"),
    "a cache's old page after a fall changes nothing": ([WAS_GOOD, See(FELL), See(FELL), See(STILL_GOOD)], "", "", 1, "not"),
    "an old page between two checks that show the fall does not delete the candidate change": (
        [WAS_GOOD, See(FELL), See(STILL_GOOD), See(FELL)],
        "",
        FALL,
        0,
        "well",
    ),
    "an old page shown for three days is believed": (
        [WAS_GOOD, See(FELL), See(FELL), See(STILL_GOOD), See(STILL_GOOD, after=3 * DAY)],
        "",
        "older rating stands again overall",
        0,
        "well",
    ),
    "an old page shown for two days is not believed": (
        [WAS_GOOD, See(FELL), See(FELL), See(STILL_GOOD), See(STILL_GOOD, after=2 * DAY)],
        "",
        "",
        1,
        "not",
    ),
    "a removed report explains the older date": (
        [WAS_GOOD, See(FELL), See(FELL), *[See(states(GOOD, OLD, safe=GOOD, said=REMOVED))] * 2],
        "who",
        "older rating stands again overall, report removed",
        0,
        "well",
    ),
    "a rise is reported in the same way as a fall": (
        [WAS_RI, *[See(states(GOOD, NEW, safe=RI))] * 2],
        "",
        "report published, upgraded overall",
        0,
        "well",
    ),
    "a fall of two steps is one fall": ([WAS_GOOD, *[See(states(INADEQUATE, NEW, safe=GOOD))] * 2], "", FALL, 0, "well"),
    "a fall of only a key question is reported": (
        [WAS_GOOD, *[See(states(GOOD, NEW, safe=RI))] * 2],
        "",
        "downgraded safe, report published",
        0,
        "well",
    ),
    "the same low rating in a newer report is news": (
        [WAS_INADEQUATE, *[See(states(INADEQUATE, NEW, safe=RI, special_measures=ENTERED))] * 2],
        "",
        "entered special measures, inadequate again overall, report published",
        0,
        "well",
    ),
    "special measures that begin are reported": (
        [WAS_GOOD, *[See(states(INADEQUATE, NEW, safe=GOOD, special_measures=ENTERED))] * 2],
        "",
        "downgraded overall, entered special measures, report published",
        0,
        "well",
    ),
    "the end of special measures is reported from CQC's words": (
        [WAS_INADEQUATE, *[See(states(RI, NEW, safe=RI, special_measures=LEFT))] * 2],
        "",
        "left special measures, report published, upgraded overall",
        0,
        "well",
    ),
    "a newer report that does not mention special measures waits a day": (
        [WAS_INADEQUATE, *[See(states(RI, NEW, safe=RI))] * 2],
        "",
        "report published, upgraded overall",
        1,
        "well",
    ),
    "a newer report that does not mention special measures makes them unclear after a day": (
        [WAS_INADEQUATE, *[See(states(RI, NEW, safe=RI))] * 2, See(states(RI, NEW, safe=RI), after=DAY)],
        "",
        "special measures unclear",
        0,
        "well",
    ),
    "an incomplete check that finds no special measures changes nothing": (
        [WAS_INADEQUATE, *[See(states(INADEQUATE, OLD, safe=RI), missing=True)] * 3],
        "",
        "",
        0,
        "not",
    ),
    "a breach is reported": (
        [WAS_GOOD, *[See(states(GOOD, NEW, safe=GOOD, breaches=BREACH))] * 2],
        "",
        "breach found Regulation 12, report published",
        0,
        "well",
    ),
    "a statement that is not understood is reported, after the statements of other services were compared": (
        [WAS_GOOD, *[See(states(GOOD, OLD, safe=GOOD, unread=STRANGE))] * 2],
        "who",
        "not understood",
        0,
        "partly",
    ),
    "a statement that is on many services' pages is reported as on many pages": (
        [WAS_GOOD, *[See(states(GOOD, OLD, safe=GOOD, unread=STRANGE), said_by_many=True)] * 2],
        "who",
        "not understood many services",
        0,
        "partly",
    ),
    "an inspection that has begun is reported": (
        [WAS_GOOD, *[See(states(GOOD, OLD, safe=GOOD, said=INSPECTED))] * 2], "", "being inspected", 0, "well"
    ),
    "the end of the registration is reported": (
        [WAS_GOOD, *[See(states(GOOD, OLD, safe=GOOD, registration=Registration.ARCHIVED))] * 2],
        "",
        "archived",
        0,
        "well",
    ),
    # changes without a newer date, which may be the site's fault or a correction
    "after a fall without a newer date, the check asks what other services show": (
        [WAS_GOOD, See(states(RI, OLD, safe=GOOD))],
        "others",
        "",
        1,
        "well",
    ),
    "a fall without a newer date is reported when it is seen again": (
        [WAS_GOOD, *[See(states(RI, OLD, safe=GOOD))] * 2],
        "others",
        "downgraded overall",
        0,
        "well",
    ),
    "a fall without a newer date waits a day if many services show changes": (
        [WAS_GOOD, *[See(states(RI, OLD, safe=GOOD), others=timedelta(0))] * 2],
        "others",
        "",
        1,
        "well",
    ),
    "a fall without a newer date is reported after a day, although many services show changes": (
        [
            WAS_GOOD,
            See(states(RI, OLD, safe=GOOD), others=timedelta(0)),
            See(states(RI, OLD, safe=GOOD), others=DAY, after=DAY),
        ],
        "others",
        "downgraded overall",
        0,
        "well",
    ),
    "a fall without a newer date, seen in two mass changes and unread in between, waits a day from the start of the second": (
        [
            WAS_GOOD,
            See(states(RI, OLD, safe=GOOD), others=timedelta(0)),
            See(states(RI, OLD, safe=GOOD), others=timedelta(hours=2), after=2 * DAY, failed_before=True),
        ],
        "others",
        "",
        1,
        "well",
    ),
    "a fall without a newer date, unread between mass changes again and again, is reported after a week": (
        [
            WAS_GOOD,
            See(states(RI, OLD, safe=GOOD), others=timedelta(0)),
            See(states(RI, OLD, safe=GOOD), others=timedelta(0), after=5 * DAY, failed_before=True),
            See(states(RI, OLD, safe=GOOD), others=timedelta(0), after=2 * DAY, failed_before=True),
        ],
        "others",
        "downgraded overall",
        0,
        "well",
    ),
    "a fall without a newer date is reported after a day if no check failed, although checks are more than a day apart": (
        [
            WAS_GOOD,
            See(states(RI, OLD, safe=GOOD), others=timedelta(0)),
            See(states(RI, OLD, safe=GOOD), others=timedelta(0), after=timedelta(hours=25)),
        ],
        "others",
        "downgraded overall",
        0,
        "well",
    ),
    "a fall without a newer date waits until other services have been checked": (
        [WAS_GOOD, *[See(states(RI, OLD, safe=GOOD), others=Doubt.NOT_KNOWN)] * 2],
        "others",
        "",
        1,
        "well",
    ),
    "a fall without a newer date still waits two hours later if other services have not been checked": (
        [
            WAS_GOOD,
            See(states(RI, OLD, safe=GOOD), others=Doubt.NOT_KNOWN),
            See(states(RI, OLD, safe=GOOD), others=Doubt.NOT_KNOWN, after=timedelta(hours=2)),
        ],
        "others",
        "",
        1,
        "well",
    ),
    "a fall without a newer date is reported after a day, although other services were not checked": (
        [
            WAS_GOOD,
            See(states(RI, OLD, safe=GOOD), others=Doubt.NOT_KNOWN),
            See(states(RI, OLD, safe=GOOD), others=Doubt.NOT_KNOWN, after=DAY),
        ],
        "others",
        "downgraded overall",
        0,
        "well",
    ),
    "after a fall with a newer date, the check does not ask what other services show": (
        [WAS_GOOD, See(FELL, others=DAY), See(FELL, others=DAY)],
        "",
        FALL,
        0,
        "well",
    ),
    "a fall on a page without any date is reported": (
        [WAS_GOOD, *[See(states(RI, None, safe=GOOD))] * 2],
        "others",
        "downgraded overall",
        0,
        "well",
    ),
    # a reason instead of a rating
    "a reason instead of the rating waits a day": (
        [WAS_GOOD, *[See(states(Reason.NO_PUBLISHED_RATING, None))] * 2],
        "others",
        "",
        1,
        "well",
    ),
    "a reason instead of the rating is a withdrawn rating after a day": (
        [WAS_GOOD, See(states(Reason.NO_PUBLISHED_RATING, None)), See(states(Reason.NO_PUBLISHED_RATING, None), after=DAY)],
        "others",
        "rating withdrawn overall",
        0,
        "well",
    ),
    "insufficient evidence does not change the rating": (
        [WAS_GOOD, *[See(states(Reason.INSUFFICIENT_EVIDENCE, NEW, safe=GOOD))] * 2],
        "",
        "report published",
        0,
        "well",
    ),
    "suspended ratings are reported from CQC's words": (
        [WAS_GOOD, *[See(states(None, None, said=SUSPENDED))] * 2],
        "who",
        "rating withdrawn overall",
        0,
        "well",
    ),
    # parts that were not read
    "a page without an overall rating was not read": ([WAS_GOOD, See(states(None, None, safe=GOOD))], "", "", 0, "not"),
    "a page that no longer shows a key question was not read": ([WAS_GOOD, See(states(GOOD, OLD))], "", "", 0, "not"),
    "a service was not read if a linked page failed": ([WAS_GOOD, See(STILL_GOOD, missing=True)], "", "", 0, "not"),
    "a fall is reported although a linked page fails": (
        [WAS_GOOD, See(FELL, missing=True), See(FELL, missing=True)],
        "",
        FALL,
        0,
        "not",
    ),
    "a service was partly read if its PDF report is not available": (
        [WAS_GOOD, See(STILL_GOOD, partly=True)], "", "", 0, "partly"
    ),
    # the API as well as the pages
    "the API is not asked if nothing is new": ([WAS_GOOD, See(STILL_GOOD, api=STILL_GOOD)], "", "", 0, "well"),
    "the API is asked about a service that its feed named": (
        [WAS_GOOD, See(STILL_GOOD, api=STILL_GOOD, named=True)],
        "api",
        "",
        0,
        "well",
    ),
    "a fall that the API does not state yet waits": ([WAS_GOOD, See(FELL, api=STILL_GOOD)], "api", "", 2, "well"),
    "a fall stated by page and API is reported at once": (
        [WAS_GOOD, See(FELL, api=FELL, again=FELL)], "api pages", FALL, 0, "well"
    ),
    "a fall stated by page and API is reported although the second reading fails": (
        [WAS_GOOD, See(FELL, api=FELL)],
        "api pages",
        "downgraded overall",
        1,
        "well",
    ),
    "a fall stated by page and API is reported although the second reading shows an old page": (
        [WAS_GOOD, See(FELL, api=FELL, again=STILL_GOOD)],
        "api pages",
        "downgraded overall",
        1,
        "well",
    ),
    "other changes that the second reading shows are reported too": (
        [
            WAS_GOOD,
            See(
                states(INADEQUATE, NEW, safe=GOOD, special_measures=ENTERED),
                api=states(INADEQUATE, NEW, safe=GOOD),
                again=states(INADEQUATE, NEW, safe=GOOD, special_measures=ENTERED),
            ),
        ],
        "api pages",
        "downgraded overall, entered special measures, report published",
        0,
        "well",
    ),
    "a change that the API contradicts is not reported early": (
        [WAS_GOOD, See(states(RI, NEW, safe=RI), api=states(RI, NEW, safe=GOOD), again=states(RI, NEW, safe=RI))],
        "api pages",
        "downgraded overall, report published",
        1,
        "well",
    ),
    "a fall without a newer date that the API contradicts waits a day": (
        [WAS_GOOD, *[See(states(RI, OLD, safe=GOOD), api=STILL_GOOD)] * 2],
        "api others",
        "",
        1,
        "well",
    ),
    "an API that can't be asked delays nothing": (
        [WAS_GOOD, See(FELL, api="silent"), See(FELL, api="silent")],
        "api",
        FALL,
        0,
        "well",
    ),
    "an API that doesn't know the service delays nothing": (
        [WAS_GOOD, See(FELL, api=None), See(FELL, api=None)],
        "api",
        FALL,
        0,
        "well",
    ),
    "a fall that the API alone states waits": ([WAS_GOOD, See(STILL_GOOD, api=FELL, named=True)], "api", "", 1, "well"),
    "a fall that the API alone states is reported after a day": (
        [WAS_GOOD, See(STILL_GOOD, api=FELL, named=True), See(STILL_GOOD, api=FELL, after=DAY)],
        "api",
        "downgraded overall",
        0,
        "well",
    ),
    "an older page is not a rise after a fall that the API alone stated": (
        [WAS_GOOD, See(STILL_GOOD, api=FELL, named=True), *[See(STILL_GOOD, api=FELL, after=DAY)] * 3],
        "api",
        "",
        1,
        "well",
    ),
    "a fall that the API alone stated is not reported again when the page shows it": (
        [WAS_GOOD, See(STILL_GOOD, api=FELL, named=True), See(STILL_GOOD, api=FELL, after=DAY), *[See(FELL, api=FELL)] * 2],
        "api",
        "report published",
        0,
        "well",
    ),
    # a brief check, of the location page alone
    "a brief check that sees a fall stores a candidate change": ([WAS_GOOD, See(FELL, brief=True)], "", "", 2, "not"),
    "the check after a brief check reports the fall": ([WAS_GOOD, See(FELL, brief=True), See(FELL)], "", FALL, 0, "well"),
    "a check too soon after a brief check reports nothing": (
        [WAS_GOOD, See(FELL, brief=True), See(FELL, after=timedelta(seconds=20))],
        "",
        "",
        2,
        "well",
    ),
    "a fall that only a brief check saw is never reported": (
        [WAS_GOOD, See(FELL, brief=True), See(STILL_GOOD), See(STILL_GOOD, after=8 * DAY)],
        "",
        "",
        0,
        "well",
    ),
    "a brief check that sees a rise stores nothing": ([WAS_RI, See(states(GOOD, NEW, safe=RI), brief=True)], "", "", 0, "not"),
    "a brief check does not ask the API": ([WAS_GOOD, See(FELL, api=FELL, named=True, brief=True)], "", "", 2, "not"),
    "after a brief check, facts that only the report states are reported too": (
        [WAS_GOOD, See(FELL, brief=True), *[See((FELL, REPORT))] * 2],
        "",
        "breach found Regulation 12, entered special measures",
        0,
        "well",
    ),
    # the API alone
    "a fall that the API alone states once waits": ([WAS_GOOD, See(STILL_GOOD, api=FELL, by_api=True)], "", "", 1, "not"),
    "a fall that the API alone states twice is reported": (
        [WAS_GOOD, *[See(STILL_GOOD, api=FELL, by_api=True)] * 2], "", "downgraded overall", 0, "not"
    ),
    "the API alone confirms a fall that the page showed": (
        [WAS_GOOD, See(FELL), See(STILL_GOOD, api=FELL, by_api=True)],
        "",
        "downgraded overall",
        1,
        "not",
    ),
    "the API alone does not report an old publication": (
        [WAS_GOOD, *[See(STILL_GOOD, api=states(RI, date(2024, 1, 1), safe=GOOD), by_api=True)] * 2],
        "",
        "",
        0,
        "not",
    ),
    "the API alone makes no baseline": ([See(STILL_GOOD, api=FELL, by_api=True)], "", "", 0, "not"),
    "the API alone reports nothing if it does not know the service": (
        [WAS_GOOD, See(STILL_GOOD, api=None, by_api=True)], "", "", 0, "not"
    ),
    # a better reader
    "a better reader that sees the same rating reports nothing": (
        [WAS_GOOD, See(STILL_GOOD, former_reader=True)], "", "", 0, "well"
    ),
    "a better reader that sees a lower rating waits until other services have been read again": (
        [WAS_GOOD, See(states(INADEQUATE, OLD, safe=GOOD), former_reader=True)],
        "readers",
        "",
        1,
        "well",
    ),
    "a lower rating that a better reader sees is reported as read wrongly": (
        [WAS_GOOD, *[See(states(INADEQUATE, OLD, safe=GOOD), former_reader=True)] * 2],
        "readers",
        "read wrongly overall",
        0,
        "well",
    ),
    "a better reader that sees lower ratings at many services waits a day": (
        [WAS_GOOD, *[See(states(INADEQUATE, OLD, safe=GOOD), former_reader=True, others=Doubt.MANY)] * 2],
        "readers",
        "",
        1,
        "well",
    ),
    "a better reader that no longer finds that ratings are suspended reports nothing": (
        [See(states(GOOD, OLD, safe=GOOD, said=SUSPENDED)), *[See(STILL_GOOD, former_reader=True)] * 2], "", "", 0, "well"
    ),
    "a better reader that no longer finds a warning notice reports nothing": (
        [See(states(GOOD, OLD, safe=GOOD, enforcement=WARNED)), *[See(STILL_GOOD, former_reader=True)] * 2], "", "", 0, "well"
    ),
    "a better reader that sees a higher rating reports nothing": (
        [WAS_RI, See(states(GOOD, OLD, safe=RI), former_reader=True)],
        "",
        "",
        0,
        "well",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_check_asks_for_the_right_facts_and_has_the_right_outcome(name: str) -> None:
    seen, needs, tells, waits, how = CASES[name]
    service = Service()
    for see in seen:
        outcome = service.check(see)
    read = "not" if not outcome.read_well else "partly" if outcome.trouble else "well"
    told = ", ".join(sorted(f"{one.kind} {one.of or ''}".strip() for one in outcome.events))
    assert (" ".join(service.needs), told, len(outcome.candidates), read) == (needs, tells, waits, how)


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("blind", "of_site"), [(None, False), (Blindness.PAGE, True), (Blindness.SITE, True)])
def test_a_failed_check_changes_nothing_and_is_repeated_soon(blind: Blindness | None, of_site: bool) -> None:
    service = Service()
    service.check(WAS_GOOD)
    service.check(See(FELL))
    outcome = not_seen(service.due, "CQC answers 503", blind, now=service.now, check_every=PACE.check_every)
    assert (outcome.snapshot, outcome.events, outcome.pages) == (None, (), None)
    assert outcome.candidates == service.due.candidates
    assert outcome.failures == 1 and outcome.trouble == "CQC answers 503"
    assert (outcome.blind is not None) is of_site
    assert service.now < outcome.next_look_at <= service.now + timedelta(minutes=2)


@pytest.mark.parametrize("page", [states(None, None), states(None, NEW, safe=INADEQUATE), states(GOOD, date(2020, 1, 1))])
def test_a_brief_check_of_an_incomplete_or_old_page_is_repeated_and_begins_no_outage(page: Reading) -> None:
    """The service's other pages may show the missing facts, so one incomplete page does not show that the site can't be
    read."""
    service = Service()
    service.check(WAS_GOOD)
    outcome = service.check(See(page, brief=True))
    assert (outcome.blind, outcome.candidates, outcome.pages, outcome.snapshot, outcome.events) == (None, (), None, None, ())
    assert (outcome.failures, outcome.trouble) == (1, PUT_OFF)
    assert outcome.next_look_at <= service.now + timedelta(minutes=2)


@pytest.mark.parametrize("page", [STILL_GOOD, FELL, states(None, None)])
@pytest.mark.parametrize("api", [None, FELL, "silent"])
def test_a_check_asks_for_each_fact_at_most_once(page: Reading, api: Reading | str | None) -> None:
    service = Service()
    service.check(WAS_GOOD)
    for _ in range(3):
        service.check(See(page, api=api, again=page, named=True))
        assert len(set(service.needs)) == len(service.needs)


def test_an_outcome_records_the_snapshot_and_candidates_of_the_comparison() -> None:
    service = Service()
    service.check(WAS_GOOD)
    waiting = service.check(See(FELL))
    told = service.check(See(FELL))
    assert waiting.snapshot is not None and told.snapshot is not None and told.pages is not None
    assert (told.base_seq, told.base_candidates) == (waiting.snapshot.seq, waiting.candidates)
    assert told.snapshot.seq == waiting.snapshot.seq + 1
    assert [one.evidence for one in told.events] == [told.pages[0].digest] * 2
