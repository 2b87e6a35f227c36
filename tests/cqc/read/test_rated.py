# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests how ratings are read from sentences: only if they are given to this service, and apply now."""

import pytest

from monitor.cqc.read import read
from monitor.cqc.read.others import About
from monitor.cqc.read.rated import RatedInWords, agreed, rated
from monitor.model import Source

ABOUT = About(names=("Larch House", "Larch Care Limited"))

GIVEN: dict[str, dict[str, str]] = {
    "CQC has rated Larch House inadequate following an inspection in July.": {"overall": "inadequate"},
    "We rated this service requires improvement overall.": {"overall": "requires improvement"},
    "The Care Quality Commission (CQC) has again rated the home as good.": {"overall": "good"},
    "The practice is rated as inadequate overall.": {"overall": "inadequate"},
    "It remains rated requires improvement.": {"overall": "requires improvement"},
    "The overall rating remains good.": {"overall": "good"},
    "The service's overall rating is now inadequate.": {"overall": "inadequate"},
    "We rated safe and well-led as inadequate.": {"safe": "inadequate", "well-led": "inadequate"},
    "Safe, effective and well-led are now requires improvement.": {
        "safe": "requires improvement", "effective": "requires improvement", "well-led": "requires improvement",
    },
    "Its rating for being caring is still good.": {"caring": "good"},
    "The rating for safety has remained inadequate.": {"safe": "inadequate"},
    "Larch House was rated outstanding for being caring and responsive, and good for being safe.": {
        "caring": "outstanding", "responsive": "outstanding", "safe": "good",
    },
    "We rated the practice as inadequate for providing safe services, requires improvement for effective services, and good for "
    "caring services.": {"safe": "inadequate", "effective": "requires improvement", "caring": "good"},
    "The overall rating for the service has not changed following this targeted inspection and remains requires improvement.": {
        "overall": "requires improvement",
    },
    "The overall rating of inadequate has not changed.": {"overall": "inadequate"},
    "The service keeps its rating of good.": {"overall": "good"},
    "Responsive was not looked at this time and is still good.": {"responsive": "good"},
    "Safe and well-led were not assessed and remain requires improvement.": {
        "safe": "requires improvement", "well-led": "requires improvement",
    },
    "Responsive was not looked at this time, so it keeps its rating of good.": {"responsive": "good"},
    "We judged well-led to be good.": {"well-led": "good"},
    "Effective and responsive have stayed at good.": {"effective": "good", "responsive": "good"},
    "We rated safe inadequate, and caring, responsive and effective good.": {
        "safe": "inadequate", "caring": "good", "responsive": "good", "effective": "good",
    },
    "The key questions were rated as follows: safe – inadequate; caring – good; well-led – requires improvement.": {
        "safe": "inadequate", "caring": "good", "well-led": "requires improvement",
    },
    "Well-led is now good, as are caring and effective.": {"well-led": "good", "caring": "good", "effective": "good"},
    "Only safe was below the standard we expect, at requires improvement.": {"safe": "requires improvement"},
    "The ratings of good for caring and responsive date from our visit in 2023 and still apply.": {
        "caring": "good", "responsive": "good",
    },
    "Caring is now rated good. The other four key questions keep the rating of outstanding which they had before.": {
        "caring": "good", "safe": "outstanding",
        "effective": "outstanding", "responsive": "outstanding", "well-led": "outstanding",
    },
    "We rated safe, effective and well-led as inadequate, requires improvement and inadequate respectively.": {
        "safe": "inadequate", "effective": "requires improvement", "well-led": "inadequate",
    },
    "The ratings for caring and responsive are, respectively, outstanding and good.": {"caring": "outstanding", "responsive": "good"},
    "Caring and responsive were good and outstanding.": {"caring": "good", "responsive": "outstanding"},
    "The other two key questions, safe and effective, were good.": {"safe": "good", "effective": "good"},
    "The remaining areas (caring and responsive) are good.": {"caring": "good", "responsive": "good"},
    "Safe is rated inadequate for the second time running, well-led requires improvement.": {
        "safe": "inadequate", "well-led": "requires improvement",
    },
    "Effective and caring keep their good ratings.": {"effective": "good", "caring": "good"},
    "Of the five key questions only caring is good; the remaining four require improvement.": {
        "caring": "good", "safe": "requires improvement",
        "effective": "requires improvement", "responsive": "requires improvement", "well-led": "requires improvement",
    },
    "We looked at safe and well-led only and rated each of them inadequate.": {"safe": "inadequate", "well-led": "inadequate"},
    "Effective and caring keep the rating of good from our inspection in May 2022.": {"effective": "good", "caring": "good"},
    "Rating: Good (safe: good; effective: good; well-led: requires improvement).": {
        "overall": "good", "safe": "good", "effective": "good", "well-led": "requires improvement",
    },
    "Safe has gone down and is now inadequate; the other four questions have kept their rating of good, except well-led, now requires improvement.": {
        "safe": "inadequate", "effective": "good", "caring": "good", "responsive": "good", "well-led": "requires improvement",
    },
    "We rate it for well-led only: requires improvement.": {"well-led": "requires improvement"},
    "We rated safe inadequate again, and caring good.": {"safe": "inadequate", "caring": "good"},
    "We rated the home inadequate overall and for safe, and good for caring.": {
        "overall": "inadequate", "safe": "inadequate", "caring": "good",
    },
}  # fmt: skip

NOT_GIVEN = (
    "People rated the food good.",
    "Relatives judged the home good.",
    "In 2022 the ratings were: safe – inadequate; caring – good; well-led – requires improvement.",
    "If safe – inadequate; caring – good; well-led – good were the outcome, we would inspect again.",
    "Relatives said staff were rated outstanding by their own company.",
    "At our last inspection we rated this service inadequate.",
    "The home was rated good in 2019.",
    "If the home is rated inadequate again it will be placed in special measures.",
    "Elm Lodge, another home of the provider, is rated inadequate.",
    "Leaders hoped that the service would be rated outstanding.",
    "The home had been rated inadequate before the sale.",
    "Staff were caring and good with people.",
    "Is the service rated good?",
    "Care was safe and effective and of a good standard.",
    "We rated staffing as good.",
    "The overall rating of good could be affected.",
    "The other key questions keep the rating of good.",  # other than which?
    "In the first version of this report we rated caring as inadequate.",
    "The trust is rated inadequate for well-led.",
    "Northern NHS Trust was rated requires improvement for safe and inadequate for well-led.",
)


def _of(*sentences: str) -> dict[str, str]:
    sure, _ = agreed(rated(sentences, ABOUT), ())
    return {of: str(one.rating) for of, one in sure.items()}


@pytest.mark.parametrize("sentence", GIVEN)
def test_all_ratings_that_a_sentence_gives_are_read(sentence: str) -> None:
    assert _of(sentence) == GIVEN[sentence]


@pytest.mark.parametrize("sentence", NOT_GIVEN)
def test_no_rating_is_read_from_a_sentence_about_others_the_past_or_the_future(sentence: str) -> None:
    assert _of(sentence) == {}


def test_no_rating_is_read_from_contradictory_sentences_and_both_are_reported() -> None:
    said = ("We rated safe as inadequate.", "Safe is now good.", "We rated caring as good.")
    sure, against = agreed(rated(said, ABOUT), ())
    assert sure == {"caring": RatedInWords("caring", sure["caring"].rating, said[2])}
    assert against == said[:2]


def test_a_rating_from_a_sentence_is_used_beside_ratings_with_labels() -> None:
    said = "<p>Provided and run by: Larch Care</p><p>Overall: Good</p><p>We rated safe as inadequate.</p>"
    (group,) = read(f"<!doctype html><body><main><h1>Larch House</h1>{said}</main></body>".encode()).ratings
    assert str(group.overall) == "good"
    assert {of.value: str(one.rating) for of, one in group.key_questions.items()} == {"safe": "inadequate"}


def test_the_corrected_rating_is_read_instead_of_the_one_in_the_first_version() -> None:
    text = "Larch House\nOverall: Good\nProvided and run by:\nLarch Care\nIn the first version of this report we rated caring as good. We have changed it to outstanding."
    (group,) = read(text.encode()).ratings
    assert {of.value: str(one.rating) for of, one in group.key_questions.items()} == {"caring": "outstanding"}


def test_a_change_applies_only_to_the_key_questions_in_its_own_clause() -> None:
    text = "Larch House\nOverall: Inadequate\nProvided and run by:\nLarch Care\nWe rated safe and effective inadequate again, while caring has gone up to good."
    (group,) = read(text.encode()).ratings
    assert {of.value: str(one.rating) for of, one in group.key_questions.items()} == {
        "safe": "inadequate", "effective": "inadequate", "caring": "good",
    }  # fmt: skip


def test_statements_are_read_from_a_text_that_is_not_recognised_as_a_page() -> None:
    said = read(b"CQC rates Larch House inadequate\n\nThe service has been placed in special measures.\n")
    assert said.source is Source.UNKNOWN
    assert not said.understood and said.says_something
    assert said.special_measures.state == "entered"


@pytest.mark.parametrize(
    "sentence", ["We assessed one of its teams, the crisis team, and rated it inadequate for safe.", "We rated maternity as inadequate."]
)
def test_a_sentence_that_rates_a_part_of_the_service_worse_is_listed_as_unread(sentence: str) -> None:
    page = (
        "<main><h1>Larch House</h1><p>Overall: Good</p><ul><li>Safe: Good</li><li>Effective: Good</li><li>Caring: Good</li>"
        f'<li>Responsive: Good</li><li>Well-led: Good</li></ul><p>{sentence}</p><a href="/location/1-101/reports">Reports</a></main>'
    )
    reading = read(page.encode(), url="https://www.cqc.org.uk/location/1-101")
    assert (reading.ratings[0].key_questions["safe"].rating, reading.unread) == ("good", (sentence,))  # type: ignore[index]


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        pytest.param("We have downgraded the service from good to inadequate.", True, id="a fall of the service"),
        pytest.param("Following this assessment the overall rating dropped to inadequate.", True, id="a fall of the overall rating"),
        pytest.param("Safe has deteriorated from good to inadequate.", True, id="a fall of a key question"),
        pytest.param("The overall rating has improved from requires improvement to good.", False, id="a rise to the rating that the page shows"),
    ],
)
def test_a_change_to_another_rating_than_the_page_shows_is_listed_as_unread(sentence: str, shown: bool) -> None:
    page = (
        "<main><h1>Larch House</h1><p>Overall: Good</p><ul><li>Safe: Good</li><li>Effective: Good</li><li>Caring: Good</li>"
        f'<li>Responsive: Good</li><li>Well-led: Good</li></ul><p>{sentence}</p><a href="/location/1-101/reports">Reports</a></main>'
    )
    reading = read(page.encode(), url="https://www.cqc.org.uk/location/1-101")
    assert str(reading.ratings[0].overall) == "good" and (sentence in reading.unread) is shown
