"""Tests which actions are possible in each state of a case, which new entries of the case a person must see before acting, and
how steps are planned."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.cases import (
    AFTER,
    SHIPPED,
    STEPS,
    Action,
    Assign,
    Case,
    Close,
    Did,
    EditStep,
    Entry,
    FinishStep,
    Outcome,
    Planned,
    Reopen,
    State,
    actions,
    after,
    next_due,
    plan,
    steps_in,
    unseen,
    written,
)  # fmt: skip
from monitor.errors import UsageError

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY = NOON.date()
ME, OTHER = 1, 2


def a_case(state: State = State.NEW, owner: int | None = None, due: date | None = None) -> Case:
    return Case(
        id=7, location_id="1-1", state=state, owner_id=owner, owner=None, due=due, next_due=due, version=3, opened_at=NOON
    )


@pytest.mark.parametrize(
    ("state", "did", "owner", "becomes"),
    [
        (State.NEW, Did.TOOK, ME, State.IN_HAND),
        (State.NEW, Did.ASSIGNED, OTHER, State.IN_HAND),
        (State.NEW, Did.NOTED, None, State.NEW),
        (State.NEW, Did.DUE, None, State.NEW),
        (State.NEW, Did.NEWS, None, State.NEW),
        (State.NEW, Did.STEP_DONE, None, State.NEW),
        (State.NEW, Did.CLOSED, None, State.CLOSED),
        (State.NEW, Did.REOPENED, None, None),
        (State.IN_HAND, Did.TOOK, ME, State.IN_HAND),
        (State.IN_HAND, Did.ASSIGNED, OTHER, State.IN_HAND),
        (State.IN_HAND, Did.LEFT, ME, State.NEW),
        (State.IN_HAND, Did.NOTED, ME, State.IN_HAND),
        (State.IN_HAND, Did.STEP_NOT_NEEDED, ME, State.IN_HAND),
        (State.IN_HAND, Did.CLOSED, ME, State.CLOSED),
        (State.IN_HAND, Did.REOPENED, ME, None),
        (State.CLOSED, Did.NOTED, ME, State.CLOSED),
        (State.CLOSED, Did.REOPENED, ME, State.IN_HAND),
        (State.CLOSED, Did.REOPENED, None, State.NEW),
        *((State.CLOSED, did, ME, None) for did in (Did.TOOK, Did.ASSIGNED, Did.LEFT, Did.DUE, Did.CLOSED, Did.NEWS, *STEPS)),
    ],
)
def test_an_action_changes_the_state_of_a_case_or_is_refused(
    state: State, did: Did, owner: int | None, becomes: State | None
) -> None:
    assert after(a_case(state), did, owner) is becomes


def test_actions_are_listed_for_every_state_and_no_case_can_be_opened_twice() -> None:
    assert AFTER.keys() == set(State) and not any(Did.OPENED in one for one in AFTER.values())


@pytest.mark.parametrize(
    ("case", "action", "made"),
    [
        (a_case(), Assign(owner=ME, due=TODAY), (Did.TOOK, Did.DUE)),
        (a_case(), Assign(owner=OTHER), (Did.ASSIGNED,)),
        (a_case(State.IN_HAND, ME, TODAY), Assign(owner=ME, due=TODAY), ()),
        (a_case(State.IN_HAND, ME, TODAY), Assign(owner=OTHER, keep_due=True), (Did.ASSIGNED,)),
        (a_case(State.IN_HAND, ME, TODAY), Assign(owner=ME), (Did.DUE,)),
        (a_case(State.IN_HAND, ME), Assign(owner=None), (Did.LEFT,)),
        (a_case(), Close(outcome=Outcome.ASSURED, reason="visited"), (Did.CLOSED,)),
        (a_case(State.CLOSED), Reopen(), (Did.REOPENED,)),
        (a_case(), FinishStep(step=3, did=Did.STEP_DONE), (Did.STEP_DONE,)),
        (a_case(), EditStep(step=3, title="Visit", owner=None, due=None), (Did.STEP_CHANGED,)),
        (a_case(), EditStep(step=None, title="Visit", owner=ME, due=TODAY), (Did.STEP_ADDED,)),
    ],
)
def test_a_form_adds_only_the_entries_that_change_the_case(case: Case, action: Action, made: tuple[Did, ...]) -> None:
    assert actions(case, action, ME) == made


CHANGE, DO = EditStep(step=3, title="Visit", owner=None, due=None), FinishStep(step=3, did=Did.STEP_DONE)


@pytest.mark.parametrize(
    ("did", "by", "number", "asked"),
    [
        (Did.TOOK, OTHER, 4, (Reopen(),)),
        (Did.ASSIGNED, OTHER, 4, (Reopen(),)),
        (Did.DUE, OTHER, 4, (Reopen(),)),
        (Did.CLOSED, OTHER, 4, (Reopen(), CHANGE)),
        (Did.REOPENED, OTHER, 4, (Reopen(), CHANGE)),
        (Did.NEWS, None, 4, (Reopen(),)),
        (Did.NOTED, OTHER, 4, ()),
        (Did.STEP_DONE, OTHER, 4, ()),
        (Did.STEP_CHANGED, OTHER, 4, (CHANGE,)),
        (Did.STEP_ADDED, OTHER, 4, (CHANGE,)),
        (Did.STEP_CHANGED, ME, 4, ()),
        (Did.TOOK, ME, 4, ()),
        (Did.TOOK, OTHER, 3, ()),
    ],
)
def test_a_person_must_confirm_if_somebody_else_acted_after_the_form_was_made(
    did: Did, by: int | None, number: int, asked: tuple[Action, ...]
) -> None:
    """`asked` lists which of three actions must be confirmed. The actions reopen the case, change a step, and mark this step as
    done."""
    entry = Entry(number=number, at=NOON, by_id=by, by=None, did=did, text="")
    assert tuple(action for action in (Reopen(), CHANGE, DO) if unseen([entry], 3, action, ME) == [entry]) == asked


def test_steps_of_several_templates_are_added_once_with_their_earliest_date() -> None:
    first = [Planned("Visit", 5, ME), Planned("Call", None)]
    second = [Planned("Visit", 2, OTHER), Planned("Call", None, OTHER), Planned("Write", 0)]
    visit, write = ("Visit", TODAY + timedelta(days=2), ME), ("Write", TODAY, None)
    assert plan([first, second], TODAY) == [visit, ("Call", None, OTHER), write]
    assert plan([], TODAY) == [] and len(plan([SHIPPED], TODAY)) == len(SHIPPED)


OWNERS = {ME: "priya@council.example", OTHER: "sam@council.example"}
LOSES_ITS_DATE = (
    *("Visit, 10 working days", "Visit, 10 working day", "Visit within ten days", "Visit (10 days)", "Visit – 10 days"),
    *("Visit, 2 weeks", "Visit, 1 month", "Visit, 24 hours", "Visit, 10wd", "Visit: two working days after", "Visit, 1-2 days"),
    *(", 2 days", "Visit, 2 days.", "Visit, 10 working days, sam@council.example", "Visit in a fortnight", "Visit 10d"),
    "Visit, 2 days,",
)
"""Lines that don't clearly give a number of days. If such a line were accepted, it would become a step without a date."""


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ()),
        ("Visit, 2 days", (Planned("Visit", 2),)),
        (" Visit , 1 Day\n\nCall them,0", (Planned("Visit", 1), Planned("Call them", 0))),
        ("Visit", (Planned("Visit", None),)),
        ("Call, write, 10 days", (Planned("Call, write", 10),)),
        ("Call, write", (Planned("Call, write", None),)),
        ("Visit, 2\nVisit, 3", (Planned("Visit", 3),)),
        ("Visit, ２ days", (Planned("Visit", 2),)),
        ("Visit, 2 days, Priya@council.example", (Planned("Visit", 2, ME),)),
        ("Visit, sam@council.example", (Planned("Visit", None, OTHER),)),
        ("Call the duty desk, which is open all week, 2", (Planned("Call the duty desk, which is open all week", 2),)),
        ("Look at the last 12 months of incidents, 5 days", (Planned("Look at the last 12 months of incidents", 5),)),
        ("Look at the last 12 months, No date", (Planned("Look at the last 12 months", None),)),
        ("Look back 12 months, no date, sam@council.example", (Planned("Look back 12 months", None, OTHER),)),
    ],
)
def test_lines_that_a_person_writes_become_steps(text: str, steps: tuple[Planned, ...]) -> None:
    assert steps_in(text, OWNERS) == steps and steps_in(written(steps, OWNERS), OWNERS) == steps


def test_written_steps_leave_out_a_person_who_can_no_longer_own_a_case() -> None:
    assert written([Planned("Visit", 2, 99), Planned("Call", None, ME)], OWNERS) == "Visit, 2 days\nCall, priya@council.example"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 201, "200 characters"),
        ("Visit, 366 days", "365 days"),
        ("Visit, " + "9" * 9_000, "365 days"),
        *((text, "end the line with") for text in LOSES_ITS_DATE),
        ("Visit, 2 days, who@council.example", "who@council.example is not an editor who can sign in"),
        ("\n".join(f"Step {number}" for number in range(31)), "no more than 30 steps"),
    ],
)
def test_unusable_lines_of_steps_are_refused(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        steps_in(text, OWNERS)


@pytest.mark.parametrize(
    ("due", "steps", "first"),
    [
        (None, [], None),
        (TODAY, [], TODAY),
        (None, [(TODAY, "done"), (TODAY + timedelta(days=1), "")], TODAY + timedelta(days=1)),
        (TODAY, [(TODAY - timedelta(days=1), "not needed"), (None, "")], TODAY),
        (TODAY, [(TODAY - timedelta(days=1), "")], TODAY - timedelta(days=1)),
    ],
)
def test_the_next_date_of_a_case_is_the_earliest_date_of_open_work(
    due: date | None, steps: list[tuple[date | None, str]], first: date | None
) -> None:
    assert next_due(due, steps) == first


def test_a_case_is_overdue_from_the_day_after_its_due_date() -> None:
    assert not a_case(due=TODAY).is_overdue(TODAY) and a_case(due=TODAY).is_overdue(TODAY + timedelta(days=1))
    assert a_case(due=TODAY).words == "new, no owner, due 30 November 2026"
