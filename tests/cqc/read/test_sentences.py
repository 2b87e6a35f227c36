# ruff: noqa: E501 - a case stands on one line
"""Tests that paragraphs are split into sentences, and which inspection each sentence is about."""

import pytest

from monitor.cqc.read.sentences import plain, read, split, whole


@pytest.mark.parametrize(
    ("paragraph", "pieces"),
    [
        pytest.param("One. Two! Three?", ["One.", "Two!", "Three?"], id="full stops and other marks"),
        pytest.param("He said, “It is good.” She agreed.", ["He said, “It is good.”", "She agreed."], id="a stop within quotation marks"),
        pytest.param("Dr. Smith came at 10.30. It was late.", ["Dr. Smith came at 10.30.", "It was late."], id="abbreviations and numbers"),
        pytest.param("It improved.The service is good.", ["It improved.", "The service is good."], id="a lost space"),
        pytest.param("See www.cqc.org.uk for more.", ["See www.cqc.org.uk for more."], id="a web address"),
        pytest.param("It is run by Elm Ltd. We visited.", ["It is run by Elm Ltd.", "We visited."], id="a company at the end of a sentence"),
        pytest.param("In special measures . It stays.", ["In special measures .", "It stays."], id="a stray space before the stop"),
        pytest.param("No. A service stays open.", ["No.", "A service stays open."], id="the answer no"),
        pytest.param("See No. 4 High Street.", ["See No. 4 High Street."], id="the abbreviation no. for number"),
        pytest.param("  ", [], id="no text"),
    ],
)
def test_a_paragraph_is_split_into_its_sentences(paragraph: str, pieces: list[str]) -> None:
    assert list(split(paragraph)) == pieces


@pytest.mark.parametrize(
    ("paragraphs", "joined"),
    [
        pytest.param(["there is a rating of", "inadequate."], ["there is a rating of inadequate."], id="cut in the middle"),
        pytest.param(["A heading", "The text."], ["A heading", "The text."], id="a heading is not joined"),
        pytest.param(["We found:", "good things"], ["We found:", "good things"], id="a list is not joined"),
        pytest.param(["People should know that it has been put into Special", "Measures by us."], ["People should know that it has been put into Special Measures by us."], id="cut before a capital"),
        pytest.param(["What we found about this service and how it is", "Safe"], ["What we found about this service and how it is Safe"], id="a long line that ends with “is” is incomplete"),
        pytest.param(["The home is", "Good"], ["The home is", "Good"], id="a short line may be a label"),
        pytest.param(["- one", "• two"], ["one", "two"], id="items of a list are not joined"),
        pytest.param(["", " \xa0 "], [], id="no text"),
    ],
)
def test_lines_that_belong_together_are_joined(paragraphs: list[str], joined: list[str]) -> None:
    assert [text for text, _ in whole(paragraphs)] == joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  service\nis in\xa0‘Special Measures’ .", "the service is in special measures."),
        ("provider’s own", "provider's own"),
        ("Well–led — “good”", "well-led - good"),
    ],
)
def test_the_plain_form_of_a_text_has_plain_characters_and_small_letters(text: str, expected: str) -> None:
    assert plain(text) == expected


def _earlier(*paragraphs: str) -> list[bool]:
    return [sentence.earlier for sentence in read(paragraphs, ("rated",))]


@pytest.mark.parametrize(
    ("paragraphs", "earlier"),
    [
        pytest.param(["At our last inspection it was rated good."], [True], id="at our last inspection"),
        pytest.param(["At this inspection it was rated good."], [False], id="at this inspection"),
        pytest.param(["It had improved since the last inspection and was rated good."], [False], id="“since the last inspection” is about the present"),
        pytest.param(["At our last inspection it was rated good. There was one breach."], [True, True], id="the next sentence is about the earlier inspection too"),
        pytest.param(["At our last inspection it was rated good. At this inspection it fell."], [True, False], id="a sentence about this inspection ends the earlier one"),
        pytest.param(["At our last inspection it was rated good. It is inadequate."], [True, False], id="the present tense ends the earlier inspection"),
        pytest.param(["Rating at last inspection", "It was rated good."], [True, True], id="below a heading about the last inspection"),
        pytest.param(["Rating at last inspection", "It was rated good.", "Enforcement", "It was rated bad."], [True, True, False, False],
                     id="the next heading ends the earlier inspection"),
    ],
)  # fmt: skip
def test_sentences_about_an_earlier_inspection_are_recognised(paragraphs: list[str], earlier: list[bool]) -> None:
    assert _earlier(*paragraphs) == earlier


def test_only_headings_and_sentences_near_a_wanted_word_are_read() -> None:
    paragraphs = ["A heading", "Far away.", "Next to it.", "It is rated good.", "Next to it too.", "Far away too."]
    assert [sentence.text for sentence in read(paragraphs, ("rated",))] == [
        "A heading", "Next to it.", "It is rated good.", "Next to it too."]  # fmt: skip


def test_an_overlong_sentence_is_split() -> None:
    pieces = split("word " * 10_000)
    assert "".join(pieces).count("word") == 10_000
    assert max(map(len, pieces)) <= 2000
    assert max(map(len, split("x" * 10_000))) <= 2000
