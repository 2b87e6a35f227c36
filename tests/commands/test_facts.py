"""Tests the command `facts import`, on SQLite and PostgreSQL."""

import json
from pathlib import Path

import pytest

from tests.conftest import World

pytestmark = pytest.mark.usefixtures("each_database")

HOME, OTHER = "1-2235535718", "RJ121"


@pytest.fixture
def file(world: World) -> Path:
    """Returns a file of own facts about a watched service."""
    world.done("watch", "add", "Homes", HOME)
    file = world.folder / "facts.csv"
    file.write_text(f"Location ID,Placed,Provider\n{HOME},7,Elm Care\n")
    return file


def test_a_file_can_be_previewed_imported_and_imported_again(world: World, file: Path) -> None:
    said = world.done("facts", "import", "Homes", str(file), "--preview")
    assert said == "Homes: 1 new, 0 changed, 0 removed, 0 as before if you import this file. Nothing was changed.\n"
    left_out = "columns left out: Provider\n"
    assert world.run("facts", "import", "Homes", str(file)) == (0, "Homes: 1 new, 0 changed, 0 removed, 0 as before.\n", left_out)
    assert world.done("facts", "import", "Homes", str(file)) == "Homes: 0 new, 0 changed, 0 removed, 1 as before.\n"
    file.write_text(f"Location ID,Placed\n{HOME},8\n{OTHER},1\n")
    status, out, err = world.run("facts", "import", "Homes", str(file))
    assert (status, out) == (1, "Homes: 1 new, 1 changed, 0 removed, 0 as before.\n")
    how = f"cqc-monitor watch add 'Homes' {OTHER}"
    assert err == f"1 of 2 contracted services are on no watchlist. Add them: {how}\n"


def test_a_subscription_can_be_limited_to_services_where_people_are_placed(world: World, file: Path) -> None:
    subscribe = ("subscribe", "Homes", "mailto:lead@council.example", "--quiet")
    for option, only in (("--only-placed", True), ("--all-news", True), ("--no-only-placed", False)):
        world.done(*subscribe, option)
        (listed,) = json.loads(world.done("watch", "list", "--json"))
        assert listed["subscriptions"][0]["only_placed"] is only
        assert ("only where people are placed" in world.done("watch", "list")) is only


@pytest.mark.parametrize(
    ("watchlist", "text", "says"),
    [
        ("Homes", "Location ID,Placed\n,7\nRJ121,seven\n", "nothing was imported. row 2: no location id or url; row 3: “Placed”"),
        ("Homes", None, "No such file"),
        ("Others", f"Location ID,Placed\n{HOME},7\n", "there is no watchlist 'Others'"),
    ],
    ids=["unusable rows", "no such file", "no such watchlist"],
)
def test_a_file_that_cannot_be_imported_gives_a_one_line_error(
    world: World, file: Path, watchlist: str, text: str | None, says: str
) -> None:
    if text is None:
        file.unlink()
    else:
        file.write_text(text)
    status, out, err = world.run("facts", "import", watchlist, str(file))
    assert (status, out, err.count("\n")) == (2, "", 1) and says in err
