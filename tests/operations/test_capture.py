"""Tests that `capture` saves a misread page and its reading, without the names of people."""

import json

import pytest

from monitor.cqc.read.people import REMOVED, without_people
from tests.conftest import World
from tests.simulated.server import changed
from tests.simulated.services import Service

HOME = "1-2235535718"


@pytest.mark.parametrize(
    "page",
    [
        "<p>Zoë Ann O’Neill<br>Registered Manager</p>",
        "<p>Ms Zoë O’Neill</p>\n<p>Nominated Individual</p>",
        "<dt>Registered manager</dt><dd>Zoë O’Neill</dd>",
        "<li>Registered manager: Zoë O’Neill</li>",
        "<p>The registered manager is Zoë O’Neill.</p>",
        "<p>We spoke with Dr. O’Neill and Mrs Zoë Ann O’Neill.</p>",
        "<p>Zoë O’Neill is the registered manager.</p>",
        "<li>\n        Zoë O’Neill\n" + " " * 60 + "\n<br>\n" + " " * 60 + "Registered Manager</li>",
        "Zoë O’Neill-Smith - Registered manager",
    ],
)
def test_names_beside_a_role_or_a_title_are_removed(page: str) -> None:
    assert "O’Neill" not in without_people(page)
    assert REMOVED in without_people(page)


@pytest.mark.parametrize(
    "page",
    [
        "<h1>St Mary’s Care Home</h1><p>Provided and run by:</p><p>Hartwell Care Limited</p>",
        "<p>The registered manager understood their duties.</p>",
        "<li>Safe <span>Requires Improvement</span></li>",
        "<h2>Who runs this service</h2><p>Oak House is run by Oak Care Group Ltd</p>",
    ],
)
def test_text_that_is_not_a_name_of_a_person_stays(page: str) -> None:
    assert without_people(page) == page


def test_a_page_is_saved_with_its_reading(world: World) -> None:
    world.site.add([Service(location_id=HOME)])
    world.site.fail(changed(lambda text: text.replace("</h1>", "</h1><p>Zoë O’Neill<br>Registered Manager</p>")))
    out = world.done("capture", HOME)
    (page,) = (world.folder / "state" / "captured").glob(f"{HOME}-*.html")
    (reading,) = (world.folder / "state" / "captured").glob(f"{HOME}-*.json")
    assert page.name in out and "Read through the page" in out
    assert "O’Neill" not in page.read_text(encoding="utf-8")
    saved = json.loads(reading.read_text(encoding="utf-8"))
    assert saved["location_id"] == HOME and saved["ratings"][0]["overall"]["rating"] == "good"
    assert saved["url"] == f"{world.site.url}/location/{HOME}"
    again = json.loads(world.done("read", str(page), "--json"))
    assert {key: saved[key] for key in again} == again


def test_s2_2_a_page_with_two_words_and_many_blanks_is_captured(world: World) -> None:
    """Finding S2-2 of the security review: `capture` never finished if a page was indented with many blanks."""
    world.site.add([Service(location_id=HOME)])
    pump = f"</h1><ul><li>Mary Jones\n{' ' * 1000}</li><li>Registered manager{' ' * 1000}</li></ul>"
    world.site.fail(changed(lambda text: text.replace("</h1>", pump)))
    world.done("capture", HOME)
    (page,) = (world.folder / "state" / "captured").glob(f"{HOME}-*.html")
    assert "<li>" in page.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_fetched_or_saved_gives_a_one_line_error(world: World) -> None:
    status, out, err = world.run("capture", HOME)
    assert (status, out) == (2, "") and "404" in err and err.count("\n") == 1
    world.site.add([Service(location_id=HOME)])
    status, out, err = world.run("capture", HOME, "--to", "/proc/nowhere")
    assert (status, out) == (2, "") and "can't be written" in err and err.count("\n") == 1


def test_one_command_turns_a_misread_page_into_a_test_case_for_the_reader(world: World) -> None:
    world.site.add([Service(location_id=HOME)])
    folder = world.folder / "cases"
    asked = ("--expect", "overall=inadequate", "--expect", "safe=none", "--expect", "special_measures=entered,in")
    out = world.done("capture", HOME, "--to", str(folder), *asked, "--expect", "enforcement=warning notice")
    assert "expected.jsonl" in out
    (case,) = map(json.loads, (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines())
    assert case["expect"] == {
        "overall": "inadequate",
        "ratings": {"safe": None},
        "special_measures": ["entered", "in"],
        "enforcement": ["warning notice"],
    }
    status, out, _ = world.run("score", str(folder), "--json")
    ((scored,), expected) = json.loads(out)["files"], "overall: good instead of inadequate"
    assert status == 1 and scored["verdict"] in ("silent", "false alarm")
    assert expected in [f"{one['field']}: {one['note']}" for one in scored["findings"]]
    world.done("capture", HOME, "--to", str(folder), "--expect", "overall=good")
    assert json.loads(world.done("score", str(folder), "--json"))["total"]["right"] == 1


@pytest.mark.parametrize("wrong", ["overall", "overall=", "overall=splendid", "mood=good", "special_measures=maybe"])
def test_an_unusable_expectation_gives_a_one_line_error(world: World, wrong: str) -> None:
    status, out, err = world.run("capture", HOME, "--expect", wrong)
    assert (status, out) == (2, "") and wrong in err and err.count("\n") == 1
