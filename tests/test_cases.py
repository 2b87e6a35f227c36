"""What may follow what in a case, as a table; what a form must have shown; and the dates of steps."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.cases import (
    AFTER,
    SHIPPED,
    STEPS,
    Assign,
    Case,
    Close,
    Did,
    Entry,
    Outcome,
    Planned,
    Reopen,
    Settle,
    State,
    Wish,
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
def test_what_follows_what(state: State, did: Did, owner: int | None, becomes: State | None) -> None:
    assert after(a_case(state), did, owner) is becomes


def test_every_state_is_in_the_table_and_nothing_opens_twice() -> None:
    assert AFTER.keys() == set(State) and not any(Did.OPENED in one for one in AFTER.values())


@pytest.mark.parametrize(
    ("case", "wish", "made"),
    [
        (a_case(), Assign(owner=ME, due=TODAY), (Did.TOOK, Did.DUE)),
        (a_case(), Assign(owner=OTHER), (Did.ASSIGNED,)),
        (a_case(State.IN_HAND, ME, TODAY), Assign(owner=ME, due=TODAY), ()),
        (a_case(State.IN_HAND, ME, TODAY), Assign(owner=OTHER, keep_due=True), (Did.ASSIGNED,)),
        (a_case(State.IN_HAND, ME, TODAY), Assign(owner=ME), (Did.DUE,)),
        (a_case(State.IN_HAND, ME), Assign(owner=None), (Did.LEFT,)),
        (a_case(), Close(outcome=Outcome.ASSURED, reason="visited"), (Did.CLOSED,)),
        (a_case(State.CLOSED), Reopen(), (Did.REOPENED,)),
        (a_case(), Settle(step=3, did=Did.STEP_DONE), (Did.STEP_DONE,)),
    ],
)
def test_a_wish_makes_only_what_changes_something(case: Case, wish: Wish, made: tuple[Did, ...]) -> None:
    assert actions(case, wish, ME) == made


@pytest.mark.parametrize(
    ("did", "by", "number", "asked"),
    [
        (Did.TOOK, OTHER, 4, True),
        (Did.ASSIGNED, OTHER, 4, True),
        (Did.DUE, OTHER, 4, True),
        (Did.CLOSED, OTHER, 4, True),
        (Did.REOPENED, OTHER, 4, True),
        (Did.NEWS, None, 4, True),
        (Did.NOTED, OTHER, 4, False),
        (Did.STEP_DONE, OTHER, 4, False),
        (Did.TOOK, ME, 4, False),
        (Did.TOOK, OTHER, 3, False),
    ],
)
def test_what_others_decided_after_the_form_was_made_is_asked_again(did: Did, by: int | None, number: int, asked: bool) -> None:
    entry = Entry(number=number, at=NOON, by_id=by, by=None, did=did, text="")
    assert unseen([entry], 3, ME) == ([entry] if asked else [])


def test_the_steps_of_all_templates_each_once_by_its_earliest_date() -> None:
    templates = [[Planned("Visit", 5), Planned("Call", None)], [Planned("Visit", 2), Planned("Call", None), Planned("Write", 0)]]
    assert plan(templates, TODAY) == [("Visit", TODAY + timedelta(days=2)), ("Call", None), ("Write", TODAY)]
    assert plan([], TODAY) == [] and len(plan([SHIPPED], TODAY)) == len(SHIPPED)


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
        (", 2 days", (Planned(", 2 days", None),)),
        ("Visit, ２ days", (Planned("Visit, ２ days", None),)),
    ],
)
def test_steps_as_people_write_them(text: str, steps: tuple[Planned, ...]) -> None:
    assert steps_in(text) == steps and steps_in(written(steps)) == steps


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 201, "200 characters"),
        ("Visit, 366 days", "365 days"),
        ("Visit, " + "9" * 9_000, "365 days"),
        ("\n".join(f"Step {number}" for number in range(31)), "no more than 30 steps"),
    ],
)
def test_steps_that_cannot_be_used(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        steps_in(text)


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
def test_the_next_day_is_that_of_what_is_still_to_be_done(
    due: date | None, steps: list[tuple[date | None, str]], first: date | None
) -> None:
    assert next_due(due, steps) == first


def test_it_is_overdue_from_the_day_after() -> None:
    assert not a_case(due=TODAY).is_overdue(TODAY) and a_case(due=TODAY).is_overdue(TODAY + timedelta(days=1))
    assert a_case(due=TODAY).words == "new, nobody has it, due 30 November 2026"
