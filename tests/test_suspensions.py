"""Tests what the program asks a council to do about placements, depending on the rating, the suspension and the date of the
review."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.own_facts import OwnFacts
from monitor.suspensions import Ask, Suspension, in_order

TODAY = date(2026, 11, 21)
SINCE, EARLIER, SOON, LATE = date(2026, 11, 1), date(2026, 10, 1), date(2026, 12, 3), date(2026, 11, 20)
SUSPENDED = Suspension(
    watchlist="Leeds",
    facts=OwnFacts(location_id="1-1", people_placed=7, suspended_since=SINCE, as_of=TODAY),
    name="Oak",
    overall="inadequate",
)
PLACED = replace(SUSPENDED, facts=replace(SUSPENDED.facts, suspended_since=None))
BETTER = replace(SUSPENDED, overall="requires improvement", better_on=date(2026, 11, 15))


@pytest.mark.parametrize(
    ("one", "ask", "words"),
    [
        (PLACED, Ask.NOT_SUSPENDED, "Inadequate: 7 people placed, not suspended"),
        (SUSPENDED, Ask.NO_REVIEW, "Still Inadequate: set a date for the review"),
        (replace(SUSPENDED, review_on=SOON, set_on=SINCE), Ask.NOTHING, "Still Inadequate: to be reviewed by 3 December 2026"),
        (
            replace(SUSPENDED, review_on=LATE, set_on=SINCE),
            Ask.REVIEW_DUE,
            "Review the suspension: the review was due by 20 November 2026",
        ),
        (
            replace(SUSPENDED, review_on=TODAY, set_on=SINCE),
            Ask.REVIEW_DUE,
            "Review the suspension: the review was due by 21 November 2026",
        ),
        (BETTER, Ask.BETTER, "No longer Inadequate (seen on 15 November 2026): review the suspension"),
        (
            replace(BETTER, review_on=SOON, set_on=SINCE),
            Ask.BETTER,
            "No longer Inadequate (seen on 15 November 2026): review the suspension",
        ),
        (replace(BETTER, review_on=SOON, set_on=LATE), Ask.NOTHING, "Requires improvement: to be reviewed by 3 December 2026"),
        (
            replace(BETTER, review_on=LATE, set_on=SINCE),
            Ask.REVIEW_DUE,
            "Review the suspension: the review was due by 20 November 2026; no longer Inadequate",
        ),
        (
            replace(PLACED, facts=replace(PLACED.facts, people_placed=None)),
            Ask.PLACED_NOT_KNOWN,
            "Inadequate: not known how many people are placed, not suspended",
        ),
        (
            replace(PLACED, overall=None),
            Ask.NOT_KNOWN,
            "The rating is not known (7 people placed, not suspended): look at CQC’s page",
        ),
        (replace(SUSPENDED, overall=None), Ask.NOT_KNOWN, "The rating is not known: look at CQC’s page"),
        (replace(SUSPENDED, review_on=LATE, set_on=EARLIER), Ask.NO_REVIEW, "Still Inadequate: set a date for the review"),
    ],
    ids=[
        *("people placed, not suspended", "no date for the review", "review in the future", "review overdue", "review due today"),
        *("rating rose", "rating rose after the date was set", "date set after the rating rose", "rating rose, review overdue"),
        *("number of people not known", "rating not known, not suspended", "rating not known, suspended"),
        *("date set for an earlier suspension",),
    ],
)
def test_the_council_is_asked_for_the_right_action(one: Suspension, ask: Ask, words: str) -> None:
    assert (one.ask(TODAY), one.words(TODAY)) == (ask, words)


def test_the_most_urgent_service_comes_first() -> None:
    quiet = replace(SUSPENDED, review_on=SOON, set_on=SINCE)
    assert in_order([quiet, SUSPENDED, BETTER, PLACED], TODAY) == [PLACED, BETTER, SUSPENDED, quiet]
