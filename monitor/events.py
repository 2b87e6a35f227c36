"""Defines events: confirmed changes that somebody may want to know about. Each kind of event is defined only in this module.

A new kind needs only a new member of `Kind` with all its traits. If a trait is missing, the type checker reports an error and the
import fails. The traits decide whether an event is urgent, whether a subscription can leave the event out, and how messages,
pages and feeds put it into words. The order of the members is the order of severity.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from monitor.ratings import OVERALL, KeyQuestion, Rating, Reason, band, fell
from monitor.text import day, ordinal, sentence


class Rests(StrEnum):
    """The source of an event. `events --json` shows all values except PAGE."""

    PAGE = "page"
    BOTH = "page and api"
    API_SITE_UNREAD = "api, the site could not be read"
    API_AGAINST_PAGE = "api, the page does not show it"
    MONTHLY_FILE = "cqc's monthly file"

    @property
    def on_api_alone(self) -> bool:
        """Whether only the API, and no page of CQC's site, showed the event. If so, messages mention the API."""
        return self in (Rests.API_SITE_UNREAD, Rests.API_AGAINST_PAGE)


# ── conditions and words that kinds use ──────────────────────────────────────────────────────────────────────────────────


def _always(_: "Event") -> bool:
    return True


def _never(_: "Event") -> bool:
    return False


def _to_inadequate_overall(event: "Event") -> bool:
    return event.of == OVERALL and event.to == Rating.INADEQUATE


def _says(words: str) -> Callable[["Event"], str]:
    return lambda _: words


def _names(words: str) -> Callable[["Event"], str]:
    return lambda event: f"{words}: {event.of}" if event.of else words


def _moved(verb: str) -> Callable[["Event"], str]:
    return lambda event: f"{_named(event.of)} {verb} from {_stated(event.from_)} to {_stated(event.to)}"


def _shown_until_now(event: "Event") -> str:
    return f"{_rating_of(event.of)} is {_stated(event.to)}; this program showed it as {_stated(event.from_)} until now"


def _score_moved(verb: str) -> Callable[["Event"], str]:
    def words(event: "Event") -> str:
        moved = f"score for {sentence(event.of or '')} {verb} from"
        if _is_percentage(event.of):
            return f"{moved} {event.from_}% to {event.to}%"
        return f"{moved} {event.from_} to {event.to}, out of 4"

    return words


def _first_rated(event: "Event") -> str:
    if event.from_ and event.from_ != "not rated":
        return f"{_rating_of(event.of)} is now {_stated(event.to)} (before that, CQC's page said: {event.from_})"
    to = _stated(event.to)
    return f"first rated: {to} overall" if not event.of or event.of == OVERALL else f"first rated: {sentence(event.of)} {to}"


def _read_wrongly(event: "Event") -> str:
    if event.from_ is None:
        return f"{_rating_of(event.of)} is {_stated(event.to)}: this program did not read it until now"
    return f"{_rating_of(event.of)} is {_stated(event.to)}: this program misread it until now, as {_stated(event.from_)}"


def _withdrawn(event: "Event") -> str:
    if event.to == Reason.SUSPENDED and event.of == OVERALL:
        return "CQC has suspended its ratings" + (f" (the overall rating was {_stated(event.from_)})" if event.from_ else "")
    now = f", CQC's page now says: {event.to}" if event.to else ""
    return f"{_rating_of(event.of)} withdrawn: it was {_stated(event.from_ or 'not known')}{now}"


def _correction(event: "Event") -> str:
    return f"correction: “{event.said}” was wrong" if event.said else "correction of an earlier message"


def _breach(event: "Event") -> str:
    number = regulation_number(event.of)
    of = f"regulation {regulation(number)}" if number else f"the regulations ({event.of})" if event.of else "the regulations"
    return f"{'again in breach' if event.again else 'breach'} of {of}"


def _enforcement(event: "Event") -> str:
    took = "CQC took further enforcement action" if event.again else "CQC took enforcement action"
    return f"{took}: {event.of}" if event.of else took


def _rated_again(event: "Event") -> str:
    return f"{_rating_of(event.of)} is {_stated(event.to)} again{_in_a_row(event)}"


def _report(event: "Event") -> str:
    return f"new report published: still {_stated(event.to)}{_in_a_row(event)}" if event.to else "new report published"


def _in_a_row(event: "Event") -> str:
    """Returns how many consecutive reports state the rating, in words. The words say "at least", because the program may not have
    seen earlier reports."""
    row = f", at least the {ordinal(event.reports)} report in a row" if event.reports and event.reports > 1 else ""
    return row + (f" (since {day(event.since)} or earlier)" if event.since else "")


def _stands_again(event: "Event") -> str:
    of = f", published on {day(event.published)}" if event.published else ""
    was = f"(it was {_stated(event.from_)} until now)"
    return f"{_rating_of(event.of)} of an older report applies again: {_stated(event.to)}{of} {was}"


def _since(words: str) -> Callable[["Event"], str]:
    return lambda event: f"{words}, since {day(event.since)}" if event.since else words


def _gone(words: str) -> Callable[["Event"], str]:
    said = _since(words)
    return lambda event: f"{said(event)} (the overall rating was {_stated(event.from_)})" if event.from_ else said(event)


class About(StrEnum):
    """What a sentence that was not understood is about. The values appear in `events --json`."""

    SPECIAL_MEASURES = "special measures"
    SUSPENSION = "suspension"
    CLOSURE = "closure"
    ENFORCEMENT = "enforcement"
    RATING = "rating"
    OTHER = "other"


_ABOUT = {
    About.SPECIAL_MEASURES: re.compile(r"special measures", re.I),
    About.SUSPENSION: re.compile(r"suspen(?:d|sion)", re.I),
    About.CLOSURE: re.compile(r"\bclos(?:e[ds]?|ing|ure)\b|\bcancel|deregister|no longer registered", re.I),
    About.ENFORCEMENT: re.compile(
        r"\b(?:enforce|notices?\b|conditions?\b|prosecut|fine[ds]?\b|action\b|appeal|restrict|caution)", re.I
    ),
    About.RATING: re.compile(
        r"\b(?:rat(?:ed|ings?)|overall|outstanding|good|requires improvement|inadequate|safe|effective|caring|responsive"
        r"|well[- ]led)\b",
        re.I,
    ),
}
"""The words that a sentence about each matter has. The first matter whose words are in the sentence counts."""

_GRAVE = frozenset({About.SPECIAL_MEASURES, About.SUSPENSION, About.CLOSURE})
MANY = "many services"
"""The value of `Event.of` for a sentence that was not understood and is on many services' pages."""


def _may_be_grave(event: "Event") -> bool:
    """Whether a sentence that was not understood may be something that people must know at once. False for a sentence on many
    services' pages."""
    return event.of != MANY and event.about in _GRAVE


def _to_inadequate(event: "Event") -> bool:
    return event.to == Rating.INADEQUATE


def _to_low(event: "Event") -> bool:
    return event.to in (Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE)


def _only_here(event: "Event") -> bool:
    return event.of != MANY


def _scored_low(event: "Event") -> bool:
    """Whether a key question's score fell into the band of a lower rating, or a quality statement's score fell to 1. True if the
    scores are not known."""
    was, now = event.from_, event.to
    if not isinstance(was, int) or not isinstance(now, int):
        return True
    return fell(band(was), band(now)) if _is_percentage(event.of) else now == 1


def _rating_of(of: str | None) -> str:
    return "overall rating" if not of or of == OVERALL else f"rating for {sentence(of)}"


def _named(of: str | None) -> str:
    return "overall rating" if not of or of == OVERALL else sentence(of)


def _stated(rating: str | int | None) -> str:
    return sentence(str(rating))


def _is_percentage(of: str | None) -> bool:
    """Whether a subject's score is a percentage. Key questions have percentages; quality statements have scores from 1 to 4.
    Source: docs/facts/ratings.md, SAF scoring."""
    return of is None or of == OVERALL or of in set(KeyQuestion)


# Names of the regulations in the Health and Social Care Act 2008 (Regulated Activities) Regulations 2014. Numbers after "2009:"
# are regulations in the Care Quality Commission (Registration) Regulations 2009. Source: docs/facts/special-measures.md,
# Breaches.
_REGULATIONS = {
    "9": "person-centred care",
    "9A": "visiting and accompanying",
    "10": "dignity and respect",
    "11": "need for consent",
    "12": "safe care and treatment",
    "13": "safeguarding",
    "14": "nutrition and hydration",
    "15": "premises and equipment",
    "16": "complaints",
    "17": "good governance",
    "18": "staffing",
    "19": "fit and proper persons employed",
    "20": "duty of candour",
    "20A": "display of ratings",
    "2009:12": "statement of purpose",
    "2009:13": "financial position",
    "2009:14": "notice of absence",
    "2009:15": "notice of changes",
    "2009:16": "death of a service user",
    "2009:17": "death or unauthorised absence of a detained person",
    "2009:18": "notification of other incidents",
    "2009:19": "fees",
    "2009:20": "termination of pregnancy",
}


def regulation_number(of: str | None) -> str | None:
    """Returns the number of the regulation in a breach ("12", "2009:18"), or None if the breach states only a topic, or
    nothing."""
    number = (of or "").removeprefix("Regulation ")
    return number if number in _REGULATIONS or number != of else None


def regulation(number: str) -> str:
    """Returns a regulation's number with its name, such as "12 (safe care and treatment)"."""
    of_2009 = " of the 2009 Registration Regulations" if number.startswith("2009:") else ""
    name = f" ({_REGULATIONS[number]})" if number in _REGULATIONS else ""
    return f"{number.removeprefix('2009:')}{of_2009}{name}"


# ── kinds ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The traits of a kind of event. Source of the urgent kinds: docs/interface.md, Urgent kinds.

    urgent           whether an event is urgent. An immediate subscription gets urgent events at once, and they come first in a
                     digest
    worst            whether an event is severe. Somebody has to acknowledge severe events, and no subscription can leave them out
    needs_date       whether an event is held back for a day if many services show events of this kind at once without a newer
                     date of publication. This can happen after a bad release of CQC's site. Rises are held back too, because a
                     false rise would look like a fall when CQC fixes the fault
    told_by_api      whether an event may be reported if only CQC's API states it
    words            the text of an event, as part of a sentence. The text begins with a small letter, so that it can follow a
                     colon, and has no full stop. `Event.words` adds the service group
    stands           the text that replaces `words` if the event was read late: no check saw the change, so this text describes a
                     state. None if `words` itself describes a state
    in_force         whether the event's text stays true until CQC changes the page. If so, the event is reported at once even if
                     it was read late
    only_as_news     whether an event is reported only if it is new on the page. If it was on the page before, and only a newer
                     version of the reader finds it, it becomes part of the baseline
    worse            whether an event is bad news although it is not urgent. The event does not wait for a weekly digest
    """

    urgent: Callable[["Event"], bool]
    worst: Callable[["Event"], bool]
    needs_date: bool
    told_by_api: bool
    words: Callable[["Event"], str]
    stands: Callable[["Event"], str] | None = None
    in_force: bool = False
    only_as_news: bool = False
    worse: Callable[["Event"], bool] = _never


def _for_digests(
    words: Callable[["Event"], str],
    *,
    in_force: bool = False,
    only_as_news: bool = False,
    worse: Callable[["Event"], bool] = _never,
) -> Traits:
    """Returns the traits of a kind whose events can wait for the digest, and that only pages can show."""
    return Traits(
        urgent=_never,
        worst=_never,
        needs_date=False,
        told_by_api=False,
        words=words,
        in_force=in_force,
        only_as_news=only_as_news,
        worse=worse,
    )


def _in_measures(words: str) -> Traits:
    return Traits(
        urgent=_always,
        worst=_always,
        needs_date=True,
        told_by_api=True,
        words=_says(words),
        stands=_says("in special measures"),
        in_force=True,
    )


def _in_words(words: str) -> Traits:
    """Returns the traits of a kind that CQC states explicitly. Its events are urgent, and are reported even if many services'
    pages state them at once."""
    return Traits(urgent=_always, worst=_never, needs_date=False, told_by_api=False, words=_gone(words), in_force=True)


class Kind(StrEnum):
    """The kinds of event, worst first. The values appear in `events --json`."""

    traits: Traits

    def __new__(cls, value: str, traits: Traits | None = None) -> Self:
        if traits is None:
            raise TypeError(f"a kind of event needs traits: {value} has no traits")
        member = str.__new__(cls, value)
        member._value_ = value
        member.traits = traits
        return member

    ENTERED = "entered special measures", _in_measures("entered special measures")
    REMAINS = "remains in special measures", _in_measures("remains in special measures")
    ENFORCEMENT = (
        "enforcement taken",
        Traits(
            urgent=_always,
            worst=_never,
            needs_date=True,
            told_by_api=False,
            words=_enforcement,
            in_force=True,
        ),
    )
    RATINGS_SUSPENDED = "ratings suspended", _in_words("CQC has suspended its ratings")
    RATINGS_WITHDRAWN = "ratings withdrawn", _in_words("CQC has withdrawn its ratings")
    REPORT_REMOVED = "report removed", _in_words("CQC has removed a report")
    DOWNGRADED = (
        "downgraded",
        Traits(
            urgent=_always,
            worst=_to_inadequate_overall,
            needs_date=True,
            told_by_api=True,
            words=_moved("fell"),
            stands=_shown_until_now,
        ),
    )
    READ_WRONGLY = (
        "read wrongly",
        Traits(urgent=_always, worst=_to_inadequate_overall, needs_date=True, told_by_api=False, words=_read_wrongly),
    )
    STANDS_AGAIN = (
        "older rating stands again",
        Traits(urgent=_always, worst=_to_inadequate_overall, needs_date=True, told_by_api=False, words=_stands_again),
    )
    INADEQUATE_AGAIN = (
        "inadequate again",
        Traits(
            urgent=_always,
            worst=_to_inadequate_overall,
            needs_date=True,
            told_by_api=False,
            words=_rated_again,
            only_as_news=True,
        ),
    )
    RATING_WITHDRAWN = (
        "rating withdrawn",
        Traits(urgent=_always, worst=_never, needs_date=True, told_by_api=False, words=_withdrawn),
    )
    CORRECTION = (
        "correction",
        Traits(urgent=_always, worst=_never, needs_date=False, told_by_api=False, words=_correction),
    )
    MEASURES_UNCLEAR = (
        "special measures unclear",
        _for_digests(
            _says("unclear whether it is in special measures: please check CQC's page"), only_as_news=True, worse=_always
        ),
    )
    PROPOSED = (
        "enforcement proposed",
        Traits(
            urgent=_always,
            worst=_never,
            needs_date=True,
            told_by_api=False,
            words=_names("CQC proposes enforcement action, and has not taken it"),
            only_as_news=True,
        ),
    )
    NOT_UNDERSTOOD = (
        "not understood",
        Traits(
            urgent=_may_be_grave,
            worst=_never,
            needs_date=False,
            told_by_api=False,
            words=_says("CQC's page says something new that this program can't classify"),
            only_as_news=True,
            worse=_only_here,
        ),
    )
    BREACH = "breach found", _for_digests(_breach, only_as_news=True, worse=_always)
    NOT_IMPROVED = "requires improvement again", _for_digests(_rated_again, only_as_news=True, worse=_always)
    SCORE_FELL = "score fell", _for_digests(_score_moved("fell"), only_as_news=True, worse=_scored_low)
    FIRST_RATED = (
        "first rated",
        Traits(
            urgent=_to_inadequate,
            worst=_to_inadequate_overall,
            needs_date=False,
            told_by_api=False,
            words=_first_rated,
            worse=_to_low,
        ),
    )
    CLOSING = "closing", _for_digests(_since("CQC's page says that it is to close"), only_as_news=True, worse=_always)
    DORMANT = "dormant", _for_digests(_since("CQC's page says that it is dormant"), only_as_news=True, worse=_always)
    ARCHIVED = "archived", _for_digests(_says("no longer registered with CQC"), in_force=True, worse=_always)
    PROVIDER_CHANGED = "provider changed", _for_digests(_says("CQC says that the provider has changed"))
    MOVED = "moved", _for_digests(_says("CQC says that the service has moved"))
    REPORT_CORRECTED = (
        "report corrected",
        _for_digests(_says("CQC says that it has corrected its report or a rating"), only_as_news=True),
    )
    BEING_INSPECTED = "being inspected", _for_digests(_since("CQC is inspecting it"), only_as_news=True)
    LIFTED = "enforcement lifted", _for_digests(_names("enforcement met, lifted or overturned"), only_as_news=True)
    LEFT = "left special measures", _for_digests(_says("left special measures"))
    UPGRADED = (
        "upgraded",
        Traits(
            urgent=_never, worst=_never, needs_date=True, told_by_api=True, words=_moved("rose"), stands=_shown_until_now
        ),
    )
    SCORE_ROSE = "score rose", _for_digests(_score_moved("rose"), only_as_news=True)
    REPORT = "report published", _for_digests(_report, only_as_news=True, worse=_to_low)
    REGISTERED = "registered", _for_digests(_says("registered with CQC"))

    @property
    def severity(self) -> int:
        """The kind's position in the order of severity. 1 is the most severe."""
        return _SEVERITY[self]


_SEVERITY = {kind: place for place, kind in enumerate(Kind, start=1)}

LOWER = frozenset({Kind.DOWNGRADED, Kind.READ_WRONGLY})
"""The kinds that say that a rating is lower than people knew before."""

EVER_URGENT = frozenset(kind for kind in Kind if kind.traits.urgent is not _never)
"""The kinds with urgent events. Some of these kinds also have events that are not urgent."""


# ── events ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A change that somebody may want to know about, with its evidence.

    of         "overall", a key question, a quality statement's name, or a regulation; None if none of these applies
    from_, to  ratings, or scores as numbers; None if the event is not about a rating or a score
    published  the date that CQC gives for the change; None if CQC gives no date
    observed_at when this program confirmed the change
    first_seen_at when a check first saw the change; None if no check saw the change, or if the event was recorded before
               version 0.3
    quote      the sentence on which the event is based; None if it is not based on a sentence
    evidence   digest of the page, or of the API's answer, that showed the change
    rests_on   which of CQC's sources showed the change
    read_late  whether the event was on CQC's page earlier, but only this version of the program reads it. (The event is then not
               a change.)
    stood_since  a day (in London) on which an event that was read late was already on the page; None if not known
    again      whether an earlier report stated the same breach, enforcement or rating
    divided    whether CQC now rates the event's service group separately for the first time. If so, `from_` is the rating of the
               whole service
    reports    how many consecutive reports state the rating, among the reports that the program has seen; None if this does not
               apply
    since      the day of the first of these reports, or the day that CQC gives as the start; None if this does not apply
    summary    the reason: some sentences from CQC's own summary of the report; None if no summary was read
    plan       the plan number of the report that states the event; None if the report has no number, or if the number is not
               known
    item       the item to which the event belongs (monitor/items.py); None if not recorded yet
    corrects, said, why  for a correction: the id of the event that the correction retracts, that event's text, and why it was
                         wrong
    corrected_at, corrected_why  for a retracted event: when and why it was retracted
    """

    id: str
    location_id: str
    name: str
    kind: Kind
    group: str | None = None
    of: str | None = None
    from_: str | int | None = None
    to: str | int | None = None
    published: date | None = None
    observed_at: datetime
    first_seen_at: datetime | None = None
    quote: str | None = None
    evidence: str | None = None
    rests_on: Rests = Rests.PAGE
    read_late: bool = False
    stood_since: date | None = None
    again: bool = False
    divided: bool = False
    reports: int | None = None
    since: date | None = None
    plan: str | None = None
    summary: str | None = field(default=None, compare=False)
    item: str | None = field(default=None, compare=False)  # not part of the event's content
    corrects: str | None = None
    said: str | None = None
    why: str | None = None
    corrected_at: datetime | None = None
    corrected_why: str | None = None

    @property
    def urgent(self) -> bool:
        """Whether an immediate subscription gets the event at once. False for a retracted event."""
        urgent = self.kind.traits.urgent(self) or (self.read_late and self.kind.traits.in_force)
        return urgent and self.corrected_at is None

    @property
    def worst(self) -> bool:
        """Whether the event is severe, so that somebody has to acknowledge it and no subscription can leave it out."""
        return self.kind.traits.worst(self) and self.corrected_at is None

    @property
    def worse(self) -> bool:
        """Whether the event is bad news: a fall, a breach, special measures, enforcement, a low rating that is new or repeated,
        the end of the service, or a sentence that may mean any of these. False for a retracted event."""
        return self.urgent or (self.kind.traits.worse(self) and self.corrected_at is None)

    @property
    def words(self) -> str:
        """Returns the event's text, as part of a sentence (see `Traits.words`). Text from outside is included unchanged."""
        traits = self.kind.traits
        return self.worded(((self.read_late and traits.stands) or traits.words)(self))

    def worded(self, said: str) -> str:
        """Returns `said` with the event's service group. Adds a note if the event was read late or retracted."""
        said += self._group if self.kind is not Kind.CORRECTION else ""
        said += f" ({self.late})" if self.late and self.kind is not Kind.READ_WRONGLY else ""
        return f"retracted: {said}" if self.corrected_at else said

    @property
    def _group(self) -> str:
        if not self.group:
            return ""
        return f" ({self.group}{', which CQC rates separately for the first time' if self.divided else ''})"

    @property
    def about(self) -> About | None:
        """Returns what a sentence that was not understood is about; None for an event of any other kind."""
        if self.kind is not Kind.NOT_UNDERSTOOD:
            return None
        return next((one for one, words in _ABOUT.items() if words.search(self.quote or "")), About.OTHER)

    @property
    def late(self) -> str | None:
        """Returns the note that follows the event's text if the event was read late. None if it was not."""
        if not self.read_late:
            return None
        since = f"has been on CQC's page since {day(self.stood_since)} or earlier" if self.stood_since else None
        return (since or "may already have been on CQC's page for some time") + "; this program did not read it until now"
