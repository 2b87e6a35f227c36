"""The services that a simulated regulator publishes. A test can change the facts of a service while the program watches."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")

# Some of CQC's quality statements for each question. Source: docs/facts/ratings.md, Quality statements.
STATEMENTS = {
    "Safe": ("Learning culture", "Safeguarding", "Involving people to manage risks", "Safe and effective staffing"),
    "Effective": ("Assessing needs", "Delivering evidence-based care and treatment", "Consent to care and treatment"),
    "Caring": ("Kindness, compassion and dignity", "Treating people as individuals", "Independence, choice and control"),
    "Responsive": ("Person-centred Care", "Providing Information", "Equity in access", "Planning for the future"),
    "Well-led": ("Shared direction and culture", "Freedom to speak up", "Governance, management and sustainability"),
}

PDF_PATH = "/public/v1/reports/"
"""The path of reports as PDFs, on another host of CQC. Source: docs/facts/pages.md, Other pages of a service."""

ENTERED = "This service is being placed in special measures. The purpose of special measures is to ensure that services \
providing inadequate care significantly improve."
REMAINS = "This service remains in special measures."
LEFT = "During this inspection the provider demonstrated that improvements have been made. The service is no longer rated as \
inadequate overall or in any of the key questions. Therefore, this service is no longer in special measures."


@dataclass(kw_only=True)
class Question:
    """The published facts of one key question. `statements` gives the score of each quality statement: 1 to 4, or None if it was
    not scored."""

    rating: str | None = "Good"
    score: int | None = None
    assessed: bool = True
    published: date | None = None
    statements: dict[str, int | None] = field(default_factory=dict)


@dataclass(kw_only=True)
class Entry:
    """One inspection or assessment, as listed on a service's page.

    assessment        whether this is an assessment under the Single Assessment Framework, with pages below /reports/<report>/
    inspected         the day of the visit, or of the assessment
    special_measures, breaches, enforcement   sentences in the text, or empty
    pdf               the report as a file below PDF_PATH; the 2026 location page has a link to the file
    """

    overall: str | None = "Good"
    questions: dict[str, Question] = field(default_factory=dict)
    assessment: bool = False
    inspected: date = date(2023, 3, 2)
    published: date = date(2023, 4, 18)
    report: str = "AP1001"
    how: str = "During a routine inspection"
    text: str = "People were supported by kind staff who knew them well. The home was clean and well kept."
    special_measures: str = ""
    breaches: str = ""
    enforcement: str = ""
    pdf: bytes | None = None

    def paragraphs(self) -> list[str]:
        return [part for part in (self.text, self.breaches, self.enforcement, self.special_measures) if part]


def questions(rating: str | None, **others: str | None) -> dict[str, Question]:
    """Returns all five questions with one rating, except the questions in `others`.

    Example: questions("Good", safe="Inadequate")
    """
    given = {name.replace("_", "-").lower(): value for name, value in others.items()}
    unknown = given.keys() - {name.lower() for name in QUESTIONS}
    if unknown:
        raise ValueError(f"not key questions: {unknown}")
    return {name: Question(rating=given.get(name.lower(), rating)) for name in QUESTIONS}


@dataclass(kw_only=True)
class Service:
    """A service as the regulator publishes it now. A test may change everything at any time. `inspect` and `assess` act like a
    new publication, and move the entry that was newest to `older`."""

    location_id: str
    name: str = "Cherrybrook Care Home"
    sector: str = "Care Home"
    type: str = "Care home"
    address: str = "12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"
    phone: str = "(0116) 496 0123"
    provider: str = "Hartwell Care Limited"
    provider_id: str = "1-101600001"
    registered: date = date(2014, 5, 1)
    archived: date | None = None
    notices: list[str] = field(default_factory=list)
    newest: Entry = field(default_factory=lambda: Entry(questions=questions("Good")))
    older: list[Entry] = field(default_factory=list)

    @property
    def pdf_path(self) -> str:
        """The path of the newest report as a PDF. Each report has a different path."""
        number = int(self.location_id.rpartition("-")[2]) % 10**12
        return f"{PDF_PATH}106534dd-0000-4000-8000-{number:012}?{self.newest.published:%Y%m%d}070037"

    # Short names for the facts that tests change most often.

    @property
    def overall(self) -> str | None:
        return self.newest.overall

    @overall.setter
    def overall(self, rating: str | None) -> None:
        self.newest.overall = rating

    @property
    def questions(self) -> dict[str, Question]:
        return self.newest.questions

    def copy(self) -> Self:
        """Returns a copy of the present facts, from which the old page can be made later."""
        return deepcopy(self)

    def inspect(
        self,
        *,
        on: date,
        overall: str | None,
        text: str = "We carried out an inspection of all five key questions.",
        special_measures: str = "",
        breaches: str = "",
        enforcement: str = "",
        published: date | None = None,
        **ratings: str | None,
    ) -> None:
        """Publishes a new inspection (by default six weeks after the visit). Questions that are not in `ratings` keep their
        rating and date."""
        self._publish(
            Entry(
                overall=overall,
                inspected=on,
                published=published or on + timedelta(weeks=6),
                questions=self._carried(ratings, published or on + timedelta(weeks=6)),
                text=text,
                special_measures=special_measures,
                breaches=breaches,
                enforcement=enforcement,
            )
        )

    def assess(
        self,
        *,
        on: date,
        overall: str | None,
        report: str,
        scores: dict[str, int] | None = None,
        text: str = "We assessed the service under our single assessment framework.",
        special_measures: str = "",
        breaches: str = "",
        enforcement: str = "",
        published: date | None = None,
        **ratings: str | None,
    ) -> None:
        """Publishes a new assessment. `scores` gives the percentage of a key question under its name ("Safe"). The quality
        statements of this question get matching scores. Other questions that are not in `ratings` stay unchanged."""
        day = published or on + timedelta(weeks=6)
        carried = self._carried(ratings, day)
        for name, score in (scores or {}).items():
            carried[name].score, carried[name].published = score, day
            carried[name].statements = dict.fromkeys(STATEMENTS[name], max(1, min(4, round(score / 25))))
        self._publish(
            Entry(
                overall=overall,
                assessment=True,
                how="During an assessment under our new approach",
                inspected=on,
                published=day,
                report=report,
                questions=carried,
                text=text,
                special_measures=special_measures,
                breaches=breaches,
                enforcement=enforcement,
            )
        )

    def _carried(self, ratings: dict[str, str | None], published: date) -> dict[str, Question]:
        carried = deepcopy(self.newest.questions)
        for name, question in questions(None, **ratings).items():
            if name.lower().replace("-", "_") in ratings:
                carried[name] = Question(rating=question.rating, published=published)
            elif name in carried and carried[name].published is None:
                carried[name].published = self.newest.published
        return carried

    def _publish(self, entry: Entry) -> None:
        self.older.insert(0, self.newest)
        self.newest = entry
