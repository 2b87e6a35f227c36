"""Tests `score`, which compares readings with labels."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.score import main
from monitor.operations.verdicts import FIELDS, Verdict, judged
from tests.commands.test_cli import refused
from tests.conftest import World
from tests.simulated.services import Service

ROOT = Path(__file__).parents[2]

ENTERED = "This service has been placed in special measures."
NOTICE = "We have served a warning notice on the provider."


def labelled(folder: Path, *cases: tuple[str, dict[str, Any]], **more: Any) -> Path:
    """Writes a folder of texts with their labels. Each case has a text and its `expect`. `more` is in every label."""
    folder.mkdir(exist_ok=True)
    lines = []
    for number, (text, expect) in enumerate(cases):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        lines.append(json.dumps({"file": f"{number}.txt", "kind": "letter", "expect": expect} | more))
    (folder / "expected.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_readings_as_labelled_give_status_0(untouched: World) -> None:
    folder = labelled(
        untouched.folder / "right", (ENTERED, {"special_measures": ["entered"]}), (NOTICE, {"enforcement": ["warning notice"]})
    )
    out = untouched.done("score", str(folder))
    assert out.splitlines()[0].split() == ["kind", "right", "other", "silent", "false", "alarm", "all"]
    assert out.splitlines()[-2].split() == ["TOTAL", "2", "0", "0", "0", "2"]
    assert not (untouched.folder / "state").exists()


@pytest.mark.parametrize(
    ("text", "expect", "verdict", "note"),
    [
        ("The garden is large.", {"special_measures": ["entered"]}, "silent", "not stated instead of entered"),
        (ENTERED, {"special_measures": ["not stated"]}, "false alarm", "entered instead of not stated"),
        (NOTICE, {"enforcement": []}, "false alarm", "taken: warning notice"),
    ],
)
def test_a_fact_missed_or_invented_gives_status_1(
    untouched: World, text: str, expect: dict[str, Any], verdict: str, note: str
) -> None:
    folder = labelled(untouched.folder / "wrong", (text, expect))
    status, out, err = untouched.run("score", str(folder), "--json")
    (one,) = json.loads(out)["files"]
    assert (status, err, one["verdict"]) == (1, "", verdict)
    assert [each["note"] for each in one["findings"]] == [note]
    status, out, err = untouched.run("score", str(folder))
    assert (status, err) == (1, "") and out.startswith(f"{verdict:11}  0.txt: ") and note in out


def test_a_reading_that_is_only_other_gives_status_0(untouched: World) -> None:
    folder = labelled(untouched.folder / "other", (ENTERED, {"special_measures": ["remains"]}))
    out = json.loads(untouched.done("score", str(folder), "--json"))
    assert out["total"] == {"right": 0, "other": 1, "silent": 0, "false alarm": 0}
    assert out["kinds"] == {"letter": out["total"]}


def test_a_wish_does_not_change_the_verdict(untouched: World) -> None:
    folder = labelled(untouched.folder / "wish", (ENTERED, {"breaches": []}), wish={"mention": "placed in"})
    out = json.loads(untouched.done("score", str(folder), "--json"))
    assert out["wishes"] == {"met": 1, "of": 1} and out["total"]["right"] == 1
    folder = labelled(untouched.folder / "wish", (ENTERED, {"breaches": []}), wish={"mention": "warning"})
    assert "Wishes met: 0 of 1" in untouched.done("score", str(folder))


def test_the_labels_may_stand_in_another_file(untouched: World) -> None:
    folder = labelled(untouched.folder / "set", (ENTERED, {"special_measures": ["entered"]}))
    (folder / "expected.jsonl").rename(folder / "mine.jsonl")
    untouched.done("score", str(folder), "--labels", "mine.jsonl")
    untouched.done("score", str(folder), "--labels", str(folder / "mine.jsonl"))
    assert "can't be read" in refused(untouched, "score", str(folder))


GOOD = {"file": "0.txt", "kind": "letter", "expect": {"special_measures": ["in"]}}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "no labels"),
        ("not JSON", "line 1 is not JSON"),
        ("[1]", "a label is an object"),
        (json.dumps(GOOD) + "\n" + json.dumps(GOOD), "two labels"),
        (json.dumps(GOOD | {"file": "1.txt"}), "does not exist"),
        (json.dumps(GOOD | {"file": ""}), "a label is an object"),
        (json.dumps(GOOD | {"expect": {}}), "at least one field"),
        (json.dumps(GOOD | {"expect": {"mood": "good"}}), "mood is not a field"),
        (json.dumps(GOOD | {"expect": {"special_measures": "in"}}), "special_measures is unusable"),
        (json.dumps(GOOD | {"expect": {"special_measures": ["maybe"]}}), "special_measures is unusable"),
        (json.dumps(GOOD | {"expect": {"ratings": ["good"]}}), "ratings is unusable"),
        (json.dumps(GOOD | {"expect": {"by_group": {"home": "good"}}}), "by_group is unusable"),
        (json.dumps(GOOD | {"expect": {"mention": "("}}), "mention is unusable"),
        (json.dumps(GOOD | {"wish": "all"}), "a wish has the form"),
    ],
)
def test_unusable_labels_give_a_one_line_error(untouched: World, lines: str, said: str) -> None:
    folder = labelled(untouched.folder / "set", (ENTERED, {"special_measures": ["entered"]}))
    (folder / "expected.jsonl").write_text(lines, encoding="utf-8")
    before = sorted(untouched.folder.rglob("*"))
    assert said in refused(untouched, "score", str(folder))
    assert sorted(untouched.folder.rglob("*")) == before


def test_unusable_arguments_give_a_one_line_error(untouched: World) -> None:
    assert "not a folder" in refused(untouched, "score", "nowhere")
    assert "FOLDER" in refused(untouched, "score")
    folder = labelled(untouched.folder / "set", (ENTERED, {"special_measures": ["entered"]}))
    assert "can't be read" in refused(untouched, "score", str(folder), "--labels", "others.jsonl")


def reading(**said: Any) -> dict[str, Any]:
    """Returns an answer of `read --json` that states nothing except `said`."""
    nothing: dict[str, Any] = {
        "name": "Good House",
        "registration": None,
        "ratings": [],
        "special_measures": {"state": "not stated", "quote": None},
        "rating_changes": [],
        "breaches": [],
        "enforcement": [],
        "unread": [],
    }
    return nothing | said


def group(name: str | None = None, overall: str | None = None, **questions: str) -> dict[str, Any]:
    return {
        "group": name,
        "overall": {"rating": overall, "published": "2026-11-20"},
        "key_questions": {
            one.replace("_", "-"): {"rating": rating, "score": 50, "statements": [{"name": "Learning culture", "score": 2}]}
            for one, rating in questions.items()
        },
    }


WARNING = {"kind": "warning notice", "quote": "…"}
URGENT = {"kind": "urgent action", "quote": "…"}
PROPOSED = {"kind": "proposed cancellation", "state": "proposed", "quote": "…"}
RATED = reading(ratings=[group(None, "good", safe="inadequate", well_led="good")])
GROUPS = reading(ratings=[group("Care home", "good"), group(None, "inadequate", safe="inadequate")])
CHANGED = reading(rating_changes=[{"of": "overall", "from": "good", "to": "inadequate", "quote": "…"}])

VERDICTS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("left hides what is in force", {"special_measures": ["in"]}, {"special_measures": {"state": "left"}}, "silent"),
    ("left for not stated", {"special_measures": ["not stated"]}, {"special_measures": {"state": "left"}}, "other"),
    ("unclear", {"special_measures": ["in"]}, {"special_measures": {"state": "unclear"}}, "other"),
    ("only in unread", {"special_measures": ["in"]}, {"unread": ["Special measures: yes and no"]}, "other"),
    ("as good", {"special_measures": ["in"], "unread_or_right": True}, {"unread": ["Special measures: ?"]}, "right"),
    ("still silent", {"special_measures": ["in"], "unread_or_right": True}, {"unread": ["Rated: ?"]}, "silent"),
    ("alternatives", {"enforcement": ["conditions|warning notice"]}, {"enforcement": [WARNING]}, "right"),
    ("another kind", {"enforcement": ["conditions"], "enforcement_may": ["*"]}, {"enforcement": [WARNING]}, "other"),
    ("generic", {"enforcement": ["generic"]}, {"enforcement": [URGENT]}, "right"),
    ("generic is no name", {"enforcement": ["generic"]}, {"enforcement": [WARNING]}, "false alarm"),
    ("may", {"enforcement": [], "enforcement_may": ["warning notice"]}, {"enforcement": [WARNING]}, "right"),
    ("may generic", {"enforcement": [], "enforcement_may": ["generic"]}, {"enforcement": [URGENT]}, "right"),
    ("may not a name", {"enforcement": [], "enforcement_may": ["generic"]}, {"enforcement": [WARNING]}, "false alarm"),
    ("may all", {"enforcement": [], "enforcement_may": ["*"]}, {"enforcement": [WARNING, URGENT]}, "right"),
    ("proposed", {"enforcement": ["proposed cancellation"]}, {"enforcement": [PROPOSED]}, "right"),
    ("proposed, not taken", {"enforcement": ["cancellation"]}, {"enforcement": [PROPOSED]}, "other"),
    ("proposed is not taken", {"enforcement": []}, {"enforcement": [PROPOSED]}, "right"),
    ("enforcement missed", {"enforcement": ["fine"]}, {}, "silent"),
    ("enforcement in unread", {"enforcement": ["fine"]}, {"unread": ["a penalty"]}, "other"),
    ("overall", {"overall": "good", "overall_published": "2026-11-20", "groups": 1}, RATED, "right"),
    ("a better rating", {"overall": "inadequate"}, RATED, "silent"),
    ("a worse rating", {"overall": "outstanding"}, RATED, "false alarm"),
    ("a rating where none applies", {"overall": None}, RATED, "false alarm"),
    ("none or a reason", {"overall": "null|not rated"}, {}, "right"),
    ("overall missed", {"overall": "good"}, {}, "silent"),
    ("overall in unread", {"overall": "good"}, {"unread": ["Overall – good?"]}, "other"),
    ("only the change", {"overall": "inadequate"}, CHANGED, "other"),
    ("another day", {"overall_published": "2026-11-21"}, RATED, "other"),
    ("questions", {"ratings": {"safe": "inadequate", "well-led": "good|outstanding", "caring": None}}, RATED, "right"),
    ("question missed", {"ratings": {"caring": "inadequate"}}, RATED, "silent"),
    ("question in unread", {"ratings": {"well-led": "good"}}, {"unread": ["Well led: ?"]}, "other"),
    ("scores", {"scores": {"safe": 50, "learning culture": 2, "caring": None}}, RATED, "right"),
    ("another score", {"scores": {"safe": 75}}, RATED, "false alarm"),
    ("score missed", {"scores": {"caring": 75}}, RATED, "silent"),
    ("a score that is not there", {"scores": {"safe": None}}, RATED, "false alarm"),
    ("numbers of groups", {"groups": [2, 3]}, GROUPS, "right"),
    ("too few groups", {"groups": 2}, RATED, "other"),
    ("by group", {"by_group": {"home": {"overall": "good"}}}, GROUPS, "right"),
    ("without its name", {"by_group": {"agency": {"overall": "inadequate", "ratings": {"safe": "inadequate"}}}}, GROUPS, "other"),
    ("group missed", {"by_group": {"agency": {"overall": "inadequate"}}}, RATED, "silent"),
    ("archived", {"registration": "archived"}, {"registration": "registered"}, "silent"),
    ("not archived", {"registration": ["registered", None]}, {"registration": "archived"}, "false alarm"),
    ("registered not said", {"registration": "registered"}, {}, "other"),
    ("breach", {"breaches": ["12|safe care", "any"]}, "12 and one without a name", "right"),  # type: ignore[list-item]
    ("breach invented", {"breaches": []}, {"breaches": [{"regulation": "12", "quote": "…"}]}, "false alarm"),
    ("breach too many", {"breaches": ["12"]}, {"breaches": [{"regulation": n, "quote": "…"} for n in ("12", "17")]}, "other"),
    ("one of two", {"breaches": ["12", "17"]}, {"breaches": [{"regulation": "12", "quote": "…"}]}, "other"),
    ("breach missed", {"breaches": ["12"]}, {}, "silent"),
    ("change", {"changes": {"overall": ["inadequate"], "safe": []}}, CHANGED, "right"),
    ("another change", {"changes": {"overall": ["good"]}}, CHANGED, "false alarm"),
    ("no change", {"changes": {"overall": []}}, CHANGED, "false alarm"),
    ("mentioned", {"mention": "urgent"}, {"enforcement": [URGENT]}, "right"),
    ("a name is no mention", {"mention": "good"}, {}, "silent"),
]


@pytest.mark.parametrize(("expect", "said", "verdict"), [row[1:] for row in VERDICTS], ids=[row[0] for row in VERDICTS])
def test_verdicts(expect: dict[str, Any], said: Any, verdict: str) -> None:
    if isinstance(said, str):
        said = {"breaches": [{"regulation": "12", "quote": "…"}, {"regulation": None, "topic": "Something", "quote": "…"}]}
    assert judged(expect, reading(**said))[0] == Verdict(verdict)


def test_the_worst_verdict_of_a_file_counts() -> None:
    expect = {"special_measures": ["in"], "enforcement": [], "registration": "registered"}
    verdict, findings = judged(expect, reading(enforcement=[WARNING]))
    assert verdict is Verdict.FALSE_ALARM
    assert {one.verdict for one in findings} == {Verdict.FALSE_ALARM, Verdict.SILENT, Verdict.OTHER}


def test_every_field_is_in_the_documentation() -> None:
    file = ROOT / "docs/interface.md"
    section = file.read_text(encoding="utf-8").split("\n## Labels\n")[1].split("\n## ")[0]
    assert [field for field in (*FIELDS, "wish") if f"`{field}`" not in section] == []


def test_the_developers_command_scores_folders_and_sets(
    untouched: World, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = labelled(untouched.folder / "set", (ENTERED, {"special_measures": ["entered"]}))
    few = untouched.folder / "few.jsonl"
    few.write_text((ROOT / "tests/statements/blind.jsonl").read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert main([str(folder), str(few)]) == 0
    assert capsys.readouterr().out.splitlines()[-2].split() == ["TOTAL", "2", "0", "0", "0", "2"]
    assert main([str(untouched.folder / "nothing.jsonl")]) == 2


def test_a_page_of_a_service_is_scored(world: World) -> None:
    world.site.add([Service(location_id="1-2235535718")])
    world.done("capture", "1-2235535718", "--expect", "registration=registered", "--expect", "published=none")
    status, out, _ = world.run("score", "state/captured")
    assert status == 0 and "overall_published" in out
