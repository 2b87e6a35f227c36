"""Tests `read --json` for what CQC announces about a service."""

from monitor.cqc.read import read
from monitor.views.reading import reading_json

SAID = {
    "being inspected": "We are carrying out an inspection of this service.",
    "ratings suspended": "We have suspended the ratings of this service.",
    "report removed": "We have removed our inspection report.",
    "closing": "The provider has announced the closure of the home.",
    "dormant": "The service is dormant.",
}
NOT_ANNOUNCED = {
    "report corrected": "This report was re-issued in a corrected form.",
    "ratings withdrawn": "The rating of this service has been withdrawn.",
}


def test_announcements_have_the_statements_of_five_kinds() -> None:
    for kind, text in (SAID | NOT_ANNOUNCED).items():
        value = reading_json(read(text.encode()))
        assert [one["kind"] for one in value["said"]] == [kind]
        assert value["announcements"] == (value["said"] if kind in SAID else [])


def test_an_announcement_has_its_day_and_its_text() -> None:
    text = "We are inspecting this service since 2 November 2026."
    (one,) = reading_json(read(text.encode()))["announcements"]
    assert one == {"kind": "being inspected", "since": "2026-11-02", "quote": text}


def test_there_are_no_announcements_on_a_page_that_says_nothing() -> None:
    assert reading_json(read(b"The garden is large."))["announcements"] == []


def test_an_inherited_rating_is_marked_in_the_overall_rating_and_in_the_key_questions() -> None:
    text = "Oak House\nOverall: Good\nSafe: Good\n"
    said = "The ratings shown were given when a different provider was running the home.\n"
    (group,) = reading_json(read((text + said).encode()))["ratings"]
    assert group["overall"]["inherited"] is group["inherited"] is group["key_questions"]["safe"]["inherited"] is True
    (group,) = reading_json(read(text.encode()))["ratings"]
    assert not [key for part in (group, group["overall"], group["key_questions"]["safe"]) for key in part if key == "inherited"]
