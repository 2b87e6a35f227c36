"""Tests the commands that list, take and close cases."""

import json
from datetime import UTC, datetime

import pytest

from monitor.app import build
from monitor.settings import load
from monitor.store.people import Role
from tests.commands.test_outbox import HOME, LEAD, fallen
from tests.conftest import World

BY = ("--by", "priya@council.example")
CLOSED = ("--outcome", "our own checks found it safe", "--reason", "visited")


@pytest.fixture
def world_with_case(world: World) -> World:
    """Returns a world with a service that fell, an editor and a reader."""
    fallen(world, LEAD)
    world.run("check")
    app = build(load())
    for email, role in (("priya@council.example", Role.EDITOR), ("reader@council.example", Role.READER)):
        app.store.people.invite(email, role, None, datetime.now(UTC))
    app.store.close()
    return world


def test_a_case_is_listed_taken_and_closed(world_with_case: World) -> None:
    world = world_with_case
    (case,) = json.loads(world.done("case", "list", "--json"))
    assert (case["id"], case["location_id"], case["state"], case["owner"]) == (1, HOME, "new", None)
    taken = world.done("case", "take", "1", *BY, "--due", "2036-12-03")
    assert taken == "Case 1: in hand, priya@council.example, due 3 December 2036.\n"
    assert taken[8:-2] in world.done("case", "list")
    assert world.done("case", "close", "1", *BY, *CLOSED) == "Case 1: closed: our own checks found it safe.\n"
    assert world.done("case", "list") == "There is no open case.\n"
    assert "visited" in world.done("case", "list", "--all", "--json")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("take", "9", *BY), "there is no case 9"),
        (("take", "99999999999", *BY), "is not the number of a case"),
        (("take", "one", *BY), "one"),
        (("take", "1", "--by", "reader@council.example"), "not an editor who can sign in"),
        (("take", "1", "--by", "nobody@council.example"), "not an editor who can sign in"),
        (("take", "1", "--by", "nobody"), "Enter an email address"),
        (("take", "1", *BY, "--due", "soon"), "is not a date"),
        (("close", "1", *BY, "--outcome", "whatever", "--reason", "x"), "--outcome must be one of: the service has improved;"),
        (("close", "1", *BY, *CLOSED[:3], " "), "--reason must say why"),
    ],
)
def test_unusable_arguments_give_a_one_line_error_and_change_nothing(
    world_with_case: World, arguments: tuple[str, ...], says: str
) -> None:
    status, out, err = world_with_case.run("case", *arguments)
    assert (status, out) == (2, "") and says in err.strip().splitlines()[-1]
    assert json.loads(world_with_case.done("case", "list", "--json"))[0]["state"] == "new"
