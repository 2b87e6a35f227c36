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
    unseen,
)  # fmt: skip

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
