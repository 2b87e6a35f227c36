"""Suspended placements, and what a council must do about them because of CQC's ratings. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.own_facts import OwnFacts
from monitor.ratings import Rating
from monitor.text import counted, day, sentence


class Ask(StrEnum):
    """What the council must do about a service. The most pressing value comes first."""

    NOT_SUSPENDED = "inadequate, people placed, not suspended"
    PLACED_NOT_KNOWN = "inadequate, not known whether people are placed, not suspended"
    REVIEW_DUE = "the review is due"
    BETTER = "no longer inadequate"
    NOT_KNOWN = "rating not known"
    NO_REVIEW = "no review date"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A service where, according to one watchlist's own facts, the council has suspended placements or might have to do so.

    overall      the service's overall rating, or the reason why there is none; None if this program does not know it
    filed        if nobody watches the service: the rating in CQC's newest file, which may be out of date; None if not known
    filed_on     the day of that file; None if not known, or if the service is watched
    better_on    the day on which a check saw that the rating has risen from inadequate since the suspension; None if the rating
                 has not risen
    review_on    the day by which the suspension must be reviewed; None if nobody has chosen a day
    set_on       the day on which somebody chose `review_on`
    set_by       the address of the person who chose `review_on`
    closed       whether only the watchlist's named readers may read the watchlist's facts
    """

    watchlist: str
    facts: OwnFacts
    name: str | None = None
    overall: str | None = None
    filed: str | None = None
    filed_on: date | None = None
    better_on: date | None = None
    review_on: date | None = None
    set_on: date | None = None
    set_by: str | None = None
    closed: bool = False

    @property
    def review(self) -> date | None:
        """The review date of this suspension; None if there is no review date. A date that was chosen before this suspension
        began is ignored, because that date was for an earlier suspension."""
        since = self.facts.suspended_since
        return self.review_on if since and self.set_on and self.set_on >= since else None

    def ask(self, today: date) -> Ask:
        """Returns what the council must do. If a review date was chosen after the rating rose, the council knows that it rose."""
        if self.facts.suspended_since is None:
            if self.overall is None:
                return Ask.NOT_KNOWN
            return Ask.PLACED_NOT_KNOWN if self.facts.people_placed is None else Ask.NOT_SUSPENDED
        if self.review and self.review <= today:
            return Ask.REVIEW_DUE
        chosen_on = self.set_on if self.review else None
        if self.better_on and not (chosen_on and chosen_on >= self.better_on):
            return Ask.BETTER
        if self.overall is None:
            return Ask.NOT_KNOWN
        return Ask.NOTHING if chosen_on else Ask.NO_REVIEW

    @property
    def known_as(self) -> str:
        """The service's name, or its id if no name is known."""
        return self.name or self.facts.location_id

    def words(self, today: date) -> str:
        """Returns what the council must do, as a sentence without a full stop."""
        people = self.facts.people_placed
        placed = "not known how many people are placed" if people is None else f"{counted(people, 'person', 'people')} placed"
        match self.ask(today):
            case Ask.NOT_SUSPENDED | Ask.PLACED_NOT_KNOWN:
                return f"Inadequate{self._by_file}: {placed}, not suspended"
            case Ask.REVIEW_DUE:
                better = "; no longer Inadequate" if self.better_on else ""
                return f"Review the suspension: the review was due by {day(self.review or today)}{better}"
            case Ask.BETTER:
                return f"No longer Inadequate (seen on {day(self.better_on or today)}): review the suspension"
            case Ask.NOT_KNOWN:
                told = "" if self.facts.suspended_since else f" ({placed}, not suspended)"
                if self.filed is None:
                    return f"The rating is not known{told}: look at CQC’s page"
                now = f"{sentence(self.filed)} in CQC’s file of {day(self.filed_on)}" if self.filed_on else sentence(self.filed)
                return f"{now}; the present rating is not known, because the service is on no watchlist{told}: look at CQC’s page"
            case Ask.NO_REVIEW:
                return f"{self._rated}: set a date for the review"
            case Ask.NOTHING:
                return f"{self._rated}: to be reviewed by {day(self.review or today)}"

    @property
    def _rated(self) -> str:
        still = "Still " if self.overall == Rating.INADEQUATE else ""
        return f"{still}{sentence(self.overall or '')}{self._by_file}"

    @property
    def _by_file(self) -> str:
        return f" (in CQC’s file of {day(self.filed_on)}; on no watchlist)" if self.filed_on else ""


def nothing_listed(is_known: bool) -> str:
    """Returns the text for an empty list. `is_known` says whether there are own facts that the person may read."""
    if is_known:
        return "According to the own facts that you may read, no placements are suspended or might have to be suspended."
    return "We don’t know whether placements are suspended anywhere: the council has uploaded no own facts that you may read."


def in_order(found: list[Suspension], today: date) -> list[Suspension]:
    """Sorts the suspensions, most pressing first, then by the date of the review, then by name."""
    asks = list(Ask)

    def place(one: Suspension) -> tuple[int, date, str, str]:
        return asks.index(one.ask(today)), one.review or date.max, one.known_as, one.watchlist

    return sorted(found, key=place)
