"""Tests 200 ordinary pages, in every layout. The ratings are read, no other fact is read, and nothing is listed as unread.

People see what is listed as unread. If ordinary pages had such lines, people would learn to ignore them.
"""

import random
from datetime import date

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading
from monitor.ratings import KeyQuestion, Rating, Stated
from tests.cqc.read.frame import page as frame
from tests.cqc.read.markup import BARE_LEGEND, CARRIERS, LEGEND, OVERALL, SETS, Facts, Look, page

PROSE = """
People felt safe and were happy with the care that they received.
Staff were kind, and knew people well.
The home was clean, and good use was made of the garden.
We looked at how medicines were stored and found good practice.
People told us that the food was outstanding.
The manager listened to relatives and acted on what they said.
There were enough staff on duty to meet people's needs.
Care plans were reviewed each month and were person-centred.
The service is for up to 34 older people, some of whom live with dementia.
The provider had a good understanding of the Mental Capacity Act 2005.
Staff had training in safeguarding and knew how to report abuse.
The building was well maintained, with safe access for wheelchair users.
People were supported to have maximum choice and control of their lives.
The service was responsive to people's changing needs.
We observed caring interactions between staff and people.
A new deputy manager started in March and is well liked.
We spoke with six people, four relatives and seven members of staff.
The service worked well with the local authority and the district nurses.
There was a range of activities, and people chose what they took part in.
Complaints were answered in good time, and lessons were learned.
An experienced registered manager was in post at the time of our visit.
Equipment was checked regularly and was in good condition.
People's health conditions were known to staff and monitored.
Some records of fluid intake could be more detailed.
The kitchen holds the highest score for food hygiene.
Visitors were welcome at any time, without restrictions.
Infection prevention was effective, and the home smelled fresh.
The culture was open, and staff said that they felt well led.
The home had taken part in a local improvement project.
We gave the service 24 hours' notice of the visit because it is small.
""".strip().splitlines()


def look_of(chance: random.Random, number: int) -> Look:
    """Returns a look that takes the arrangements in turn, and everything else at random."""
    arrangement = list(SETS)[number % len(SETS)]
    return Look(
        carrier=chance.choice(list(CARRIERS)), overall_as="paragraphs", questions_as=arrangement, together=number % 3 == 0,
        legend=chance.choice(("", LEGEND, BARE_LEGEND)), nearby=chance.random() < 0.5, older=chance.random() < 0.5,
        noise=chance.random() < 0.5, question_labels=chance.random() < 0.2,
    )  # fmt: skip


def facts_of(chance: random.Random) -> Facts:
    """Returns typical ratings, of which none is inadequate."""
    usual = (Rating.OUTSTANDING, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT)
    day = date(2024 + chance.randrange(3), chance.randrange(1, 12), chance.randrange(1, 29))
    return Facts(overall=chance.choice(usual), questions={one: chance.choice(usual) for one in KeyQuestion}, published=day)


def ordinary(number: int) -> tuple[Facts, bytes]:
    """Returns the facts of an ordinary page, and the page. Odd numbers have the markup of earlier years, even numbers the frame
    of 2026."""
    chance = random.Random(number)
    told, look = facts_of(chance), look_of(chance, number)
    headings = chance.sample(["About this service", "What people told us", "What we found", "Overview"], 2)
    prose = "".join(
        f"<h2>{heading}</h2>" + "".join(f"<p>{' '.join(chance.sample(PROSE, 3))}</p>" for _ in range(chance.randrange(1, 4)))
        for heading in headings
    )
    if number % 2:
        return told, page(told, look).replace("<h2>All inspections</h2>", f"{prose}<h2>All inspections</h2>", 1).encode()
    carry = CARRIERS[look.carrier]
    overall = [("Overall", carry(told.overall))]
    rated = [(one.value.capitalize(), carry(rating)) for one, rating in told.questions.items()]
    dates = f"<p>Latest assessment: 12 to 20 May 2026</p><p>Report published: {told.published:%-d %B %Y}</p>"
    header = f'<div class="rating">{SETS["paragraphs"](overall)}</div>'
    return told, frame(header=header, main=dates + SETS[look.questions_as](rated) + prose)


def stated(reading: Reading) -> dict[str, Stated | None]:
    (group,) = reading.ratings
    return {OVERALL: group.overall} | {one.value: held.rating for one, held in group.key_questions.items()}


@pytest.mark.parametrize("number", [*range(50), *(pytest.param(one, marks=pytest.mark.slow) for one in range(50, 200))])
def test_only_ratings_are_read_from_an_ordinary_page_and_nothing_is_listed_as_unread(number: int) -> None:
    told, body = ordinary(number)
    reading = read(body)
    assert reading.unread == ()
    assert stated(reading) == {OVERALL: told.overall} | {one.value: rating for one, rating in told.questions.items()}
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert (reading.enforcement, reading.breaches, reading.said) == ((), (), ())
