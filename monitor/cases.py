"""Cases: what a council does about a service, from the alert to the outcome. This module decides which action may follow which
other action. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from monitor.errors import UsageError
from monitor.text import counted, day, plain, sentence


class State(StrEnum):
    """The state of a case. A service has at most one case that is not closed."""

    NEW = "new"  # nobody is dealing with the case
    IN_HAND = "in hand"
    CLOSED = "closed"


class Did(StrEnum):
    """What happened, according to an entry in a case's log."""

    OPENED = "opened"
    NEWS = "news"  # something more happened at the service
    TOOK = "took it"
    ASSIGNED = "assigned it"
    LEFT = "left it without an owner"
    DUE = "changed the due date"
    NOTED = "added a note"
    ANSWERED = "answered from a message: “I have it”"
    STEP_DONE = "did a step"
    STEP_NOT_NEEDED = "left out a step"
    STEP_OPEN = "reopened a step"
    STEP_ADDED = "added a step"
    STEP_CHANGED = "changed a step"
    CLOSED = "closed it"
    REOPENED = "reopened it"


STEPS: Mapping[Did, str] = {Did.STEP_DONE: "done", Did.STEP_NOT_NEEDED: "not needed", Did.STEP_OPEN: ""}
"""The actions that finish or reopen a step, each with the step's new state (see `Step.became`)."""

_OPEN: Mapping[Did, State | None] = {
    Did.NEWS: None,
    Did.TOOK: State.IN_HAND,
    Did.ASSIGNED: State.IN_HAND,
    Did.LEFT: State.NEW,
    Did.DUE: None,
    Did.NOTED: None,
    Did.ANSWERED: None,
    **dict.fromkeys((*STEPS, Did.STEP_ADDED, Did.STEP_CHANGED), None),
    Did.CLOSED: State.CLOSED,
}
AFTER: Mapping[State, Mapping[Did, State | None]] = {
    State.NEW: _OPEN,
    State.IN_HAND: _OPEN,
    State.CLOSED: {Did.NOTED: None, Did.REOPENED: State.IN_HAND},
}
"""For each state of a case, the possible actions, each with the case's new state. None means that the action does not change the
state. If a case without an owner is reopened, its new state is NEW."""

_DECIDED = frozenset({Did.NEWS, Did.TOOK, Did.ASSIGNED, Did.LEFT, Did.DUE, Did.CLOSED, Did.REOPENED})
"""The kinds of log entry that a person must have seen before they decide about the case."""

_ARRANGED = frozenset({Did.STEP_ADDED, Did.STEP_CHANGED, Did.CLOSED, Did.REOPENED})
"""The kinds of log entry that a person must have seen before they add or change a step."""


class Outcome(StrEnum):
    """How a case ended."""

    IMPROVED = "the service has improved"
    ASSURED = "our own checks found it safe"
    NOBODY_PLACED = "we place nobody there any more"
    SERVICE_CLOSED = "the service has closed"
    PASSED_ON = "passed to another team or authority"
    NO_ACTION = "no action needed"
    IN_ERROR = "opened in error, or CQC took its report back"


class Tab(StrEnum):
    """Which cases a list shows."""

    MINE = "mine"
    NOBODYS = "nobodys"
    OVERDUE = "overdue"
    ALL = "all"  # all open cases
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case.

    owner_id, owner  the owner's number and email address; None if the case has no owner
    due              the due date of the case itself; None if no due date is set
    next_due         the earliest due date of the case and its open steps; None if no due date is set, or if the case is closed
    version          the number of the last entry in the case's log
    """

    id: int
    location_id: str
    state: State
    owner_id: int | None
    owner: str | None
    due: date | None
    next_due: date | None
    version: int
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: str | None = None
    reason: str | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether the case, or a step of it, was due before today."""
        return self.next_due is not None and self.next_due < today

    @property
    def words(self) -> str:
        """The case's state in a few words, such as "in hand, priya@council.example, due 3 December 2026"."""
        if self.state is State.CLOSED:
            return f"closed: {self.outcome}"
        return ", ".join((str(self.state), self.owner or "no owner", *((f"due {day(self.due)}",) if self.due else ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry in a case's log. `by` is the email address of the person who acted; None if the program acted, or somebody on the
    command line."""

    number: int
    at: datetime
    by_id: int | None
    by: str | None
    did: Did
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a case.

    became           "done", "not needed", or "" while the step is open
    owner_id, owner  the number and the email address of the person responsible for the step; None if the owner of the case is
                     responsible
    at, by           when the step's state last changed, and who changed it
    """

    id: int
    title: str
    due: date | None
    became: str
    owner_id: int | None = None
    owner: str | None = None
    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A step of a template. `days` is the number of days from the opening of the case to the step's due date; None if the step
    has no due date. `owner` is the number of the person responsible for the step; None if the owner of the case is
    responsible."""

    title: str
    days: int | None
    owner: int | None = None


SHIPPED = (
    Planned("Check the welfare of the people who live at the service or use it", 1),
    Planned("Contact the placing authorities", 2),
    Planned("Consider whether to suspend placements", 2),
    Planned("Meet the provider", 10),
    Planned("Tell the members", 10),
)
"""The default steps of a case. A watchlist may have its own steps instead. The default steps are taken from councils' published
procedures (Berkshire's provider concerns procedure, Wirral's suspension policy of March 2023). The numbers of days are only a
suggestion, because we found no standard for them."""


AT = time(7, 30)
"""The time of day, in London, when owners are reminded of overdue cases."""

MOST_STEPS, LONGEST_TITLE, MOST_DAYS = 30, 200, 365
"""Limits: steps in a template, characters in a step's title, and days until a step's due date."""


_NO_DATE = ", no date"
_DAYS = re.compile(r"(.*\S) ?, ?(\d+)(?: ?days?)?", re.IGNORECASE)
_KINDS = r"(?:working|business|calendar|clear)"
_TIME = re.compile(
    rf"(?:\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|{_KINDS})[ -]?(?:{_KINDS}[ -])?"
    r"(?:days?|weeks?|fortnights?|months?|hours?)|\b\d+ ?(?:wd|d|w|h))\b",
    re.IGNORECASE,
)
"""A length of time in words. If a step's text contains one, but does not end with a number of days, the program can't tell when
the step is due."""


def written(steps: Iterable[Planned], owners: Mapping[int, str]) -> str:
    """Returns steps as people write them, one per line, such as "Meet the provider, 10 days, priya@council.example". `owners`
    maps the numbers of the people who can own a case to their addresses."""
    return "\n".join(_written(one, owners) for one in steps)


def _written(one: Planned, owners: Mapping[int, str]) -> str:
    dateless = _NO_DATE if _TIME.search(one.title) else ""
    days = dateless if one.days is None else f", {counted(one.days, 'day')}"
    return f"{one.title}{days}" + (f", {owner}" if (owner := owners.get(one.owner or 0)) else "")


def steps_in(text: str, owners: Mapping[int, str]) -> tuple[Planned, ...]:
    """Parses steps that somebody wrote. Raises UsageError, with a line for each unusable step."""
    found: dict[str, Planned] = {}
    wrong = []
    numbers = {email: number for number, email in owners.items()}
    for line in filter(None, map(plain, text.splitlines())):
        try:
            one = _planned(line, numbers)
            found[one.title] = one
        except UsageError as error:
            wrong.append(f"“{line[:50]}”: {error}")
    if len(found) > MOST_STEPS:
        wrong.append(f"write no more than {MOST_STEPS} steps")
    if wrong:
        raise UsageError("\n".join(sentence(one) for one in wrong[:5]))
    return tuple(found.values())


def _planned(line: str, numbers: Mapping[str, int]) -> Planned:
    """Parses a step from a line: its title, its days, and the person responsible."""
    head, comma, end = line.rpartition(",")
    email = end.strip().lower() if comma and "@" in end else ""
    if email and email not in numbers:
        raise UsageError(f"{email} is not an editor who can sign in")
    title = head.strip() if email else line
    dateless, dated = title.lower().endswith(_NO_DATE), _DAYS.fullmatch(title)
    if dateless:
        title = title[: -len(_NO_DATE)].strip()
    elif dated:
        title = dated[1]
    elif _TIME.search(title):
        raise UsageError(f"end the line with “, 14 days” (weekends count) or with “{_NO_DATE}”")
    days = dated[2] if dated and not dateless else ""
    if not title or len(title) > LONGEST_TITLE or len(days) > 3 or int(days or 0) > MOST_DAYS:
        raise UsageError(f"use up to {LONGEST_TITLE} characters and {MOST_DAYS} days")
    return Planned(title, int(days) if days else None, numbers.get(email))


# ── actions that somebody requests
# ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Gives the case to the person with the number `owner`, or to nobody if `owner` is None. Sets the due date, unless `keep_due`
    is true."""

    owner: int | None
    due: date | None = None
    keep_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Closes the case. `outcome` is one of `Outcome`."""

    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Reopens the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishStep:
    """Finishes or reopens a step. `did` is one of `STEPS`."""

    step: int
    did: Did


@dataclass(frozen=True, slots=True, kw_only=True)
class EditStep:
    """Changes an open step, or adds a step if `step` is None. `owner` is the person responsible, or None for the owner of the
    case. `due` is the due date, or None for no due date."""

    step: int | None
    title: str
    owner: int | None
    due: date | None


Action = Assign | Close | Reopen | FinishStep | EditStep


def actions(case: Case, action: Action, me: int | None) -> tuple[Did, ...]:
    """Returns the kinds of log entry that an action causes; empty if nothing would change."""
    match action:
        case Assign():
            moved = action.owner != case.owner_id
            who = Did.LEFT if action.owner is None else Did.TOOK if action.owner == me else Did.ASSIGNED
            redated = not action.keep_due and action.due != case.due
            return (*((who,) if moved else ()), *((Did.DUE,) if redated else ()))
        case Close():
            return (Did.CLOSED,)
        case Reopen():
            return (Did.REOPENED,)
        case FinishStep():
            return (action.did,)
        case EditStep():
            return (Did.STEP_ADDED if action.step is None else Did.STEP_CHANGED,)


def after(case: Case, did: Did, owner: int | None) -> State | None:
    """Returns the case's state after an action; None if the action can't be done now. `owner` is the owner after the action."""
    allowed = AFTER[case.state]
    if did not in allowed:
        return None
    if did is Did.REOPENED and owner is None:
        return State.NEW
    return allowed[did] or case.state


def unseen(log: Iterable[Entry], seen: int, action: Action, me: int | None) -> list[Entry]:
    """Returns the log entries that a person (`me`) must see before their action. These entries are by other people or by the
    program, and newer than the version of the case that the person's form showed (`seen`). The list is empty for `FinishStep`,
    because the store itself checks whether the step has changed."""
    matters = frozenset[Did]() if isinstance(action, FinishStep) else _ARRANGED if isinstance(action, EditStep) else _DECIDED
    return [one for one in log if one.number > seen and one.did in matters and (one.by_id is None or one.by_id != me)]


def next_due(due: date | None, steps: Sequence[tuple[date | None, str]]) -> date | None:
    """Returns the earliest due date of a case and its open steps; None if no due date is set. `steps` are the due date and the
    state (see `Step.became`) of each step."""
    return min((one for one in (due, *(on for on, became in steps if not became)) if one is not None), default=None)


def plan(templates: Iterable[Sequence[Planned]], opened_on: date) -> list[tuple[str, date | None, int | None]]:
    """Returns the title, the due date and the owner's number of each step of a new case. If several templates have a step with
    the same title, the case gets this step once, with the earliest due date and the first owner given."""
    found: dict[str, tuple[date | None, int | None]] = {}
    for one in (step for template in templates for step in template):
        on = opened_on + timedelta(days=one.days) if one.days is not None else None
        known, owner = found.get(one.title, (None, None))
        dates = [each for each in (on, known) if each is not None]
        found[one.title] = min(dates, default=None), one.owner if owner is None else owner
    return [(title, due, owner) for title, (due, owner) in found.items()]
