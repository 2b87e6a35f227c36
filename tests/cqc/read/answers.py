"""Invents services, and the answers of CQC's Syndication API about them, in the shapes of real answers.

`made()` yields several services for each shape in SHAPES. It first chooses a service's facts at random, and then writes the
answer from these facts, with CQC's keys in CQC's order. A key without a value is absent, never null. An answer also contains
facts that the reader must ignore: former ratings, ratings of population groups, other reports, people's names. The same seed
gives the same services.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
PERSON = "Quillfeather"
"""The surname of all people in an answer."""

_ORDER = ("Safe", "Well-led", "Caring", "Responsive", "Effective")  # in currentRatings; an assessment sorts them by name
_FOUR = ("Outstanding", "Good", "Requires improvement", "Inadequate")
_UNPUBLISHED, _UNRATED = "No published rating", "Inspected but not rated"
_POPULATION = {
    "old": "Older people",
    "conditions": "People with long term conditions",
    "mothers": "Families, children and young people",
    "population": "Working age people",
    "vulnerable": "People whose circumstances may make them vulnerable",
    "problems": "People experiencing poor mental health",
}
_STATEMENTS = {
    "Safe": (
        *("Learning culture", "Safe systems, pathways and transitions", "Safeguarding", "Involving people to manage risks"),
        *("Safe environments", "Safe and effective staffing", "Infection prevention and control", "Medicines optimisation"),
    ),
    "Effective": (
        *("Assessing needs", "Delivering evidence-based care and treatment", "How staff, teams and services work together"),
        *("Supporting people to live healthier lives", "Monitoring and improving outcomes", "Consent to care and treatment"),
    ),
    "Caring": (
        *("Kindness, compassion and dignity", "Treating people as individuals", "Independence, choice and control"),
        *("Responding to people’s immediate needs", "Workforce wellbeing and enablement"),
    ),
    "Responsive": (
        *("Person-centred care", "Care provision, integration and continuity", "Providing information"),
        *("Listening to and involving people", "Equity in access", "Equity in experiences and outcomes"),
        "Planning for the future",
    ),
    "Well-led": (
        *("Shared direction and culture", "Capable, compassionate and inclusive leaders", "Freedom to speak up"),
        *("Workforce equality, diversity and inclusion", "Governance, management and sustainability"),
        *("Partnerships and communities", "Learning, improvement and innovation"),
    ),
}
_SCORES = {
    1: "1 - Evidence shows significant shortfalls in the standard of care",
    2: "2 - Evidence shows some shortfalls in the standard of care",
    3: "3 - Evidence shows a good standard of care",
    4: "4 - Evidence shows an exceptional standard of care",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service, in the API's words."""

    type: str
    directorate: str
    category: tuple[str, str]
    service_types: tuple[tuple[str, str], ...]  # (name in the Act, public name)
    activity: tuple[str, str]
    group: str = "Care Homes"  # the service group under the Single Assessment Framework
    beds: bool = False


NURSING = Kind(
    "Social Care Org",
    "Adult social care",
    ("S1", "Residential social care"),
    (("Care home service with nursing", "Nursing homes"), ("Care home service without nursing", "Residential homes")),
    ("RA2", "Accommodation for persons who require nursing or personal care"),
    beds=True,
)
HOME = replace(NURSING, service_types=NURSING.service_types[1:])
HOMECARE = Kind(
    "Social Care Org",
    "Adult social care",
    ("S2", "Community based adult social care services"),
    (("Domiciliary care service", "Homecare agencies"), ("Supported living service", "Supported living")),
    ("RA1", "Personal care"),
    "Homecare",
)
DENTIST = Kind(
    "Primary Dental Care",
    "Primary medical services",
    ("P1", "Dentists"),
    (("Dental service", "Dentist"),),
    ("RA7", "Surgical procedures"),
    "Dental",
)
PRACTICE = Kind(
    "Primary Medical Services",
    "Primary medical services",
    ("P2", "GP Practices"),
    (("Doctors consultation service", "Doctors/Gps"),),
    ("RA8", "Diagnostic and screening procedures"),
    "General Practice",
)
HOSPITAL = Kind(
    "Independent Healthcare Org",
    "Hospitals",
    ("H4", "Acute hospital - Independent specialist"),
    (("Acute services with overnight beds", "Hospital"),),
    ("RA5", "Treatment of disease, disorder or injury"),
    "Hospital services",
    beds=True,
)


@dataclass(frozen=True, slots=True)
class Rated:
    """A key question in currentRatings. `published` is None if the answer gives no date."""

    rating: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Inspected:
    """The contents of currentRatings. Ratings are in CQC's words, key questions in the order of QUESTIONS."""

    overall: str
    published: date | None
    questions: tuple[Rated, ...]
    inherited_from: str | None = None  # the id of the rated location, if another location was rated


@dataclass(frozen=True, slots=True)
class Scored:
    """A key question of an assessment. For each quality statement: name, score (1 to 4), whether this assessment assessed it."""

    assessed: bool
    statements: tuple[tuple[str, int, bool], ...]

    @property
    def score(self) -> int:
        """The percentage of the greatest possible score that the quality statements reach together."""
        return round(100 * sum(score for _, score, _ in self.statements) / (4 * len(self.statements)))

    @property
    def rating(self) -> str:
        """The rating that CQC's thresholds give for the score."""
        return next(word for least, word in zip((88, 63, 39, 0), _FOUR, strict=True) if self.score >= least)


@dataclass(frozen=True, slots=True)
class Assessed:
    """The contents of the current assessment, with the key questions in the order of QUESTIONS."""

    plan: str
    published: date
    overall: str
    questions: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to a former or a later profile."""

    type: str
    reason: str
    location_id: str


@dataclass(frozen=True, slots=True)
class Made:
    """An invented service."""

    shape: str
    number: int
    kind: Kind
    registered: bool = True
    stated: Inspected | Assessed | None = None
    relations: tuple[Relation, ...] = ()
    reports: tuple[tuple[str, date], ...] = ()  # (link id, published)
    former: tuple[tuple[date, str], ...] = ()  # (published, overall)
    population: str | None = None  # the rating that all population groups have
    population_on: date | None = None
    dormant: bool = False
    unpublished: bool = False
    fully_named: bool = True  # whether the answer has the optional keys

    @property
    def location_id(self) -> str:
        return f"1-99{7_919_000 + self.number * 613}"

    @property
    def name(self) -> str:
        first = ("Larch", "Otter", "Quarry", "Saffron", "Tansy", "Wharf")[self.number % 6]
        return f"{first} {('House', 'Lodge', 'Care Limited', 'View')[self.number % 4]}"

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the address, in the order of CQC's keys."""
        return tuple(self._address().values())

    def _address(self) -> dict[str, str]:
        lines = {"postalAddressLine1": f"{self.number} Made Up Street"}
        if self.fully_named:
            lines["postalAddressLine2"] = "Lower End"
        lines["postalAddressTownCity"] = "Anytown"
        if self.number % 5:
            lines["postalAddressCounty"] = "Anyshire"
        return lines | {"postalCode": f"ZZ{self.number % 90 + 1} 2CD"}

    def answer(self) -> dict[str, Any]:
        """Returns the API's answer about the service."""
        return dict(sorted((self._always() | self._sometimes() | self._published() | self._rated()).items()))

    def _always(self) -> dict[str, Any]:
        kind, areas = self.kind, _POPULATION if self.population else {}
        return {
            "locationId": self.location_id,
            "providerId": f"1-98{self.number:06}",
            "organisationType": "Location",
            "type": kind.type,
            "name": self.name,
            "onspdCcgCode": "E38999999",
            "onspdLatitude": 53.0 + self.number / 1000,
            "registrationStatus": "Registered" if self.registered else "Deregistered",
            "registrationDate": "2011-06-13",
            "dormancy": "Y" if self.dormant else "N",
            "careHome": "Y" if kind is HOME or kind is NURSING else "N",
            "numberOfBeds": 20 + self.number if kind.beds else 0,
            "inspectionDirectorate": kind.directorate,
            "localAuthority": "Anyshire",
            **self._address(),
            "locationTypes": [{"type": "GP Practice"}] if kind is PRACTICE else [],
            "inspectionCategories": [{"code": kind.category[0], "name": kind.category[1], "primary": "true"}],
            "regulatedActivities": [{"code": kind.activity[0], "name": kind.activity[1], "contacts": [_CONTACT]}],
            "gacServiceTypes": [{"name": public, "description": hsca} for hsca, public in kind.service_types],
            "specialisms": [{"name": "Dementia"}, {"name": "Caring for adults over 65 yrs"}] if kind.beds else [],
            "inspectionAreas": [
                {"inspectionAreaId": key, "inspectionAreaName": name, "status": "Active (Rated)"} for key, name in areas.items()
            ],
            "relationships": [
                {"relatedLocationId": one.location_id, "relatedLocationName": "Elm", "type": one.type, "reason": one.reason}
                for one in self.relations
            ],
        }

    def _sometimes(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if self.fully_named:
            said |= {"alsoKnownAs": "Elm", "odsCode": "VZZ99", "uprn": "999", "website": "www.elm.example"}
            said |= {"mainPhoneNumber": "01632960001", "brandId": "BD999", "brandName": "BRAND Elm Group"}
        if not self.registered:
            said["deregistrationDate"] = "2024-09-19"
        if self.dormant:
            said["dormancyStartDate"] = "2024-06-18"
        if self.unpublished:
            said["unpublishedReports"] = [{"firstVisitDate": "2018-09-25"}]
        return said

    def _published(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if self.reports:
            said["lastReport"] = {"publicationDate": max(day for _, day in self.reports).isoformat()}
            said["lastInspection"] = {"date": "2015-01-30"}
            said["reports"] = [
                {"linkId": link, "reportDate": day.isoformat(), "reportUri": f"/reports/{link}?2021", "reportType": "Location"}
                for link, day in self.reports
            ]
        if self.former:
            said["historicRatings"] = [self._former(day, rating) for day, rating in self.former]
        return said

    def _rated(self) -> dict[str, Any]:
        current = _current(self.stated) if isinstance(self.stated, Inspected) else {}
        if self.population and self.population_on:
            current["serviceRatings"] = _population(self.population, self.population_on)
            current["reportDate"] = self.population_on.isoformat()
        said: dict[str, Any] = {"currentRatings": current} if current else {}
        if isinstance(self.stated, Assessed):
            group = {"assessmentServiceId": "271", "assessmentServiceName": self.kind.group, "status": "Active"}
            said["assessmentServiceGroup"] = [group]
            said["assessment"] = [_assessment(self.stated, self.kind.group, self.name)]
        return said

    def _former(self, day: date, rating: str) -> dict[str, Any]:
        overall = {"rating": rating, "keyQuestionRatings": [{"name": name, "rating": rating} for name in ("Safe", "Well-led")]}
        one: dict[str, Any] = {"reportDate": day.isoformat(), "reportLinkId": _link(day.toordinal()), "overall": overall}
        return one | ({"serviceRatings": _population("Inadequate", day)} if self.kind is PRACTICE else {})


_CONTACT = {"personTitle": "Ms", "personGivenName": "Given", "personFamilyName": PERSON, "personRoles": ["Registered Manager"]}


def _link(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def _population(rating: str, day: date) -> list[dict[str, Any]]:
    return [{"name": name, "rating": rating, "reportDate": day.isoformat(), "reportLinkId": _link(9)} for name in _POPULATION]


def _current(stated: Inspected) -> dict[str, Any]:
    rated = dict(zip(QUESTIONS, stated.questions, strict=True))
    overall: dict[str, Any] = {"rating": stated.overall, "keyQuestionRatings": []}
    for name in _ORDER:
        question: dict[str, Any] = {"name": name, "rating": rated[name].rating}
        if dated := rated[name].published:
            question |= {"reportDate": dated.isoformat(), "reportLinkId": _link(dated.toordinal())}
        if stated.inherited_from:
            question["organisationId"] = stated.inherited_from
        overall["keyQuestionRatings"].append(question)
    if stated.published is None:
        return {"overall": overall}
    day = stated.published.isoformat()
    return {"overall": overall | {"reportDate": day, "reportLinkId": _link(stated.published.toordinal())}, "reportDate": day}


def _assessment(stated: Assessed, group: str, name: str) -> dict[str, Any]:
    questions = [
        {
            "name": question,
            "rating": one.rating.title(),  # "Requires Improvement"; currentRatings has "Requires improvement"
            "status": "Assessed" if one.assessed else "Not Assessed",
            "narrative": f"This service is {question.lower()}",
            "percentageScore": str(one.score),
            "commentary": "People told us what they think of their care. We found no breach of the regulations." * one.assessed,
            "commentaryDate": "2024-06-20" * one.assessed,
            "topicareas": [
                {
                    "name": statement,
                    "qualityStatementId": str(number),
                    "qualityStatementscore": _SCORES[score],
                    "status": "Assessed" if now else "Not Assessed",
                    "evidenceCategory": [
                        {"evidenceCategoryId": each, "commentary": "Staff knew what to do." * now, "commentaryDate": "2024-07-10"}
                        for each in ("1", "2", "5")
                    ],
                }
                for number, (statement, score, now) in enumerate(one.statements, 1)
            ],
        }
        for question, one in sorted(zip(QUESTIONS, stated.questions, strict=True), key=lambda pair: pair[0])
    ]
    entry = {
        "assessmentPlanId": stated.plan,
        "assessmentPlanStatus": "Active",
        "assessmentDate": "2024-04-17",
        "title": f"Ongoing Assessment for {name}",
        "name": group,
        "rating": stated.overall.title(),
        "status": "Current",
        "narrative": "What the rating means in general.",
        "commentary": f"Date of assessment: 15 May to 17 May 2024.\n\n{name} was visited twice.\n\nWe looked at few statements.",
        "overallPeopleExperience": "We spoke with four people. All of them like the garden.",
        "keyQuestionRatings": questions,
    }
    return {"assessmentPlanPublishedDateTime": f"{stated.published} 10:47:58", "ratings": {"asgRatings": [entry]}}


# --- what is chosen at random ---


def _day(chance: random.Random, first: int = 2016, last: int = 2023) -> date:
    return date(first, 1, 1) + timedelta(days=chance.randrange((last - first + 1) * 365))


def _rated(chance: random.Random, number: int) -> Inspected:
    """Invents ratings that all come from one report. `number` decides the overall rating, so that all four ratings occur."""
    day = _day(chance)
    questions = tuple(Rated(chance.choice(_FOUR), day) for _ in QUESTIONS)
    return Inspected(_FOUR[number % 4], day, questions)


def _follow_up(chance: random.Random, number: int) -> Inspected:
    """Invents ratings of a follow-up: two key questions (safe and well-led, or any) are from this report, the others older."""
    whole = _rated(chance, number)
    assert whole.published
    before = whole.published - timedelta(days=chance.randrange(200, 1600))
    now = {0, 4} if number % 2 else set(chance.sample(range(5), 2))
    questions = tuple(one if n in now else Rated(one.rating, before) for n, one in enumerate(whole.questions))
    return replace(whole, questions=questions)


def _unpublished(chance: random.Random, number: int) -> Inspected:
    """A service that CQC registered before it gave ratings: each rating is a text, and there is no date."""
    return Inspected(_UNPUBLISHED, None, (Rated(_UNPUBLISHED, None),) * 5)


def _unrated(chance: random.Random, number: int) -> Inspected:
    """A dentist: inspected but not rated, with a date for the whole service but none for the key questions."""
    return Inspected(_UNRATED, _day(chance), (Rated(_UNPUBLISHED, None),) * 5)


def _all_unrated(chance: random.Random, number: int) -> Inspected:
    """Another service that was inspected but not rated, with dates for the key questions too."""
    day = _day(chance)
    return Inspected(_UNRATED, day, (Rated(_UNRATED, day),) * 5)


def _inherited(chance: random.Random, number: int) -> Inspected:
    """A service that was rated under its former registration."""
    return replace(_follow_up(chance, number), inherited_from=f"1-97{number:06}")


def _assessed(chance: random.Random, number: int) -> Assessed:
    """Invents an assessment. It assessed some quality statements of some key questions; the other scores are older."""

    def scored(question: str, *, assessed: bool) -> Scored:
        lowest, highest = ((3, 4), (2, 4), (2, 3), (1, 2))[number % 4]
        return Scored(assessed, tuple((name, chance.randint(lowest, highest), assessed and chance.random() < 0.5)
                                      for name in _STATEMENTS[question]))  # fmt: skip

    now = {0, 4} if number % 2 else set(chance.sample(range(5), 3))
    return Assessed(
        f"AP{3000 + number}",
        _day(chance, 2024, 2025),
        _FOUR[number % 4],
        tuple(scored(question, assessed=n in now) for n, question in enumerate(QUESTIONS)),
    )


_NEW, _MOVE = "New Provider", "Location Move"
_OLD_PROFILE, _NEW_PROFILE = "HSCA Predecessor", "HSCA Successor"
_NOTHING: tuple[tuple[str, str], ...] = ()
_Draw = Callable[[random.Random, int], Inspected | Assessed]


@dataclass(frozen=True, slots=True)
class _Shape:
    kinds: tuple[Kind, ...]
    draw: _Draw | None
    registered: bool | None = None  # None: every second service is registered
    relations: tuple[tuple[tuple[str, str], ...], ...] = (_NOTHING,)  # used in turn
    reports: bool = True
    population: bool = False
    unpublished: bool = False
    dormant: bool = False


_RELATIONS = (
    _NOTHING,
    ((_OLD_PROFILE, _NEW),),
    ((_NEW_PROFILE, "Legal Entity Change"), (_OLD_PROFILE, "Partnership Change")),
    ((_OLD_PROFILE, _MOVE), (_NEW_PROFILE, _MOVE)),
    ((_OLD_PROFILE, _NEW), (_NEW_PROFILE, _MOVE)),
)
SHAPES = {
    "never inspected": _Shape((HOME, HOMECARE), None, reports=False, relations=(_NOTHING, ((_OLD_PROFILE, _NEW),))),
    "a report that was not published": _Shape((HOMECARE,), None, reports=False, unpublished=True),
    "dormant": _Shape((HOMECARE,), _rated, registered=True, dormant=True),
    "no published rating": _Shape((NURSING, HOMECARE), _unpublished, registered=False, relations=(((_NEW_PROFILE, _NEW),),)),
    "inspected but not rated": _Shape((DENTIST,), _unrated, relations=_RELATIONS),
    "inspected but not rated in any question": _Shape((HOSPITAL,), _all_unrated, registered=False),
    "one report": _Shape((HOME, NURSING, HOMECARE), _rated, relations=_RELATIONS),
    "a follow-up": _Shape((HOMECARE, HOME), _follow_up, relations=_RELATIONS),
    "rated, but without a list of reports": _Shape((HOMECARE,), _follow_up, reports=False),
    "rated under its former profile": _Shape((HOME,), _inherited, True, relations=(((_OLD_PROFILE, _MOVE),),), reports=False),
    "formerly an NHS service": _Shape((HOMECARE,), _rated, registered=True, relations=(((_OLD_PROFILE, "NHS Transfer"),),)),
    "population groups": _Shape((PRACTICE,), _follow_up, population=True, relations=_RELATIONS),
    "assessed": _Shape((HOME, HOMECARE), _assessed, registered=True, relations=_RELATIONS),
    "assessed, with older ratings of population groups": _Shape((PRACTICE,), _assessed, registered=True, population=True),
}
"""The shapes of answers, by plain names."""

EACH = 4


def made(seed: int = 2014) -> Iterator[Made]:
    """Yields EACH services of every shape."""
    chance = random.Random(seed)
    for name, shape in SHAPES.items():
        for turn in range(EACH):
            yield _made(chance, name, shape, turn)


def _made(chance: random.Random, name: str, shape: _Shape, turn: int) -> Made:
    number = list(SHAPES).index(name) * EACH + turn + 1
    stated = shape.draw(chance, turn) if shape.draw else None
    newest = stated.published if stated and stated.published else date(2013, 5, 1)
    days = [newest - timedelta(days=n * 300) for n in range(1 + turn)]
    reports = [(_link(chance.getrandbits(32)), day) for day in days]
    chance.shuffle(reports)
    relations = shape.relations[number % len(shape.relations)]
    former = [(day - timedelta(days=400), chance.choice((*_FOUR, _UNRATED))) for day in days] if shape.draw else []
    return Made(
        shape=name,
        number=number,
        kind=shape.kinds[turn % len(shape.kinds)],
        registered=turn % 2 == 0 if shape.registered is None else shape.registered,
        stated=stated,
        relations=tuple(
            Relation(type_, reason, f"RZZ{number:02}" if reason == "NHS Transfer" else f"1-96{number:06}{n}")
            for n, (type_, reason) in enumerate(relations)
        ),
        reports=tuple(reports) if shape.reports else (),
        former=tuple(former),
        population=_FOUR[(turn + 2) % 4] if shape.population else None,
        population_on=None if not shape.population else date(2019, 5, 21) if isinstance(stated, Assessed) else newest,
        dormant=shape.dormant,
        unpublished=shape.unpublished,
        fully_named=turn % 2 == 1,
    )
