"""Tests `watch rule` from the command line to the watchlist, on SQLite and PostgreSQL."""

import json

import pytest
from sqlalchemy import update

from monitor.app import build
from monitor.settings import load
from monitor.store.database import writing
from monitor.store.tables import RuleRow, table
from tests.conftest import World
from tests.store.listed import NOVEMBER, OCTOBER, entry, listed

pytestmark = pytest.mark.usefixtures("each_database")

HOMES = [entry(number, types=("Residential homes",), latitude=52.6, longitude=-1.1) for number in (7, 8)]


@pytest.fixture(autouse=True)
def register(world: World, each_database: str) -> None:
    """Loads a register with three agencies and two homes in Leicestershire, and one agency in Leicester."""
    taken([entry(1), entry(2), entry(3, overall="inadequate"), entry(4, authority="Leicester"), *HOMES])


def taken(entries: list[object], on: object = OCTOBER) -> None:
    app = build(load())
    listed(app.store, entries, on)  # type: ignore[arg-type]
    app.store.close()


def lists(world: World) -> dict[str, dict[str, object]]:
    return {one["watchlist"]: one for one in json.loads(world.done("watch", "list", "--json"))}


def test_a_rule_is_previewed_made_shown_changed_and_removed(world: World) -> None:
    lines = ("--authority", "leicestershire county council", "--type", "homecare")
    said = world.done("watch", "rule", "Agencies", *lines, "--dry-run")
    assert said == ("Agencies: All homecare agencies in Leicestershire.\n"
        "3 services match the rule now: 3 would join the watchlist, 0 would leave.\n")
    assert lists(world) == {}
    world.done("watch", "add", "Agencies", HOMES[0].location_id)
    assert "3 joined, 0 left" in world.done("watch", "rule", "Agencies", *lines)
    assert "All homecare agencies in Leicestershire" in world.done("watch", "rule", "Agencies")
    shown = lists(world)["Agencies"]
    assert shown["rule"] == {
        "in_words": "All homecare agencies in Leicestershire",
        "authorities": ["Leicestershire"],
        "types": ["Homecare agencies"],
    }
    assert "by rule: All homecare agencies in Leicestershire" in world.done("watch", "list")
    assert "1 joined, 3 left" in world.done("watch", "rule", "Agencies", "--authority", "Leicester")
    assert "its services stay" in world.done("watch", "rule", "Agencies", "--remove", "--keep-services")
    shown = lists(world)["Agencies"]
    assert shown["rule"] is None
    assert {one["location_id"] for one in shown["services"]} == {HOMES[0].location_id, entry(4).location_id}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param((), "follows no rule: set a rule", id="a watchlist without a rule"),
        pytest.param(("--remove",), "follows no rule", id="no rule to remove"),
        pytest.param(("--authority", "Leicestersire"), "do you mean Leicestershire", id="a misspelt authority"),
        pytest.param(("--authority", "Kent"), "nothing in the register matches: All services in Kent", id="no matching service"),
        pytest.param(("--near", "LE1 1AA"), "enter how many miles around the postcode", id="a postcode without a distance"),
        pytest.param(
            ("--near", "ZE1 0AA", "--miles", "5"), "the position of ZE1 0AA is not known",
            id="a postcode with an unknown position",
        ),
    ],
)
def test_an_unusable_rule_gives_a_one_line_error_and_changes_nothing(arguments: tuple[str, ...], says: str, world: World) -> None:
    status, out, err = world.run("watch", "rule", "Agencies", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1) and says in err
    assert lists(world) == {}


def test_all_of_england_must_be_requested_and_a_rule_with_ratings_gives_a_warning(world: World) -> None:
    assert "6 joined" in world.done("watch", "rule", "All", "--all-of-england")
    status, out, err = world.run("watch", "rule", "The worst", "--rating", "inadequate", "--near", "LE1 1ZZ", "--miles", "200")
    assert status == 2
    status, out, err = world.run("watch", "rule", "The worst", "--rating", "inadequate")
    assert status == 0 and "1 joined" in out and "only from CQC's next monthly file" in err


def test_the_output_says_from_which_point_a_distance_is_measured(world: World) -> None:
    said = world.done("watch", "rule", "Near", "--near", "le1 1zz", "--miles", "3")
    assert "measured from the middle of LE1 1." in said and "2 joined" in said


def test_the_check_command_also_applies_rules_to_the_register(world: World) -> None:
    world.done("watch", "rule", "Agencies", "--authority", "Leicester")
    taken([entry(4, authority="Leicester"), entry(5, authority="Leicester")], NOVEMBER)
    world.run("check")
    assert [one["kind"] for one in json.loads(world.done("events", "--json"))] == ["registered"]
    assert "registered" in world.done("events")


def test_without_a_register_the_output_says_how_to_load_a_register(world: World) -> None:
    taken([], NOVEMBER)  # all services have left the register
    status, _, err = world.run("watch", "rule", "Agencies", "--authority", "Leicester")
    assert status == 2 and "cqc-monitor register refresh" in err


def test_a_stored_rule_that_cannot_be_read_gives_a_one_line_error(world: World) -> None:
    world.done("watch", "rule", "Agencies", "--authority", "Leicestershire")
    app = build(load())
    with writing(app.store.engine) as connection:
        connection.execute(update(table(RuleRow)).values(body='{"near": {"postcode": "LE1 1AA", "miles": null}}'))
    app.store.close()
    code, out, err = world.run("watch", "rule", "Agencies")
    assert (code, out, err.count("\n")) == (2, "", 1) and "set a new rule" in err
    assert "joined" in world.done("watch", "rule", "Agencies", "--authority", "Leicester")
