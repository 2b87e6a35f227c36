# ruff: noqa: E501 - a sentence or its markup stands on one line
"""Tests for wording and layout that decide whether a statement is about this service, and whether it still applies. All wording is
our own."""

from datetime import date

import pytest

from monitor.cqc.read import changes, enforcement, rated, read, regulations, said, special_measures
from monitor.cqc.read.others import About
from monitor.model import MeasuresState, Reading, Registration, SaidKind, Stage
from tests.cqc.read.frame import DATES, OVERALL, page, questions

ABOUT = About(names=("Hazel Court", "Hazel Care Limited"), published=date(2026, 6, 3))
BAD = OVERALL.replace("Good", "Inadequate").replace("--good", "--inadequate")


def html(main: str = "", header: str = OVERALL) -> Reading:
    return read(page(header=header, main=DATES + questions() + main))


def notice(words: str) -> str:
    return f'{BAD}<div role="status"><span class="sr-only">Important: </span><span>{words}</span></div>'


def taken(text: str, about: About = ABOUT) -> list[str]:
    return [one.kind for one in enforcement.decide(text.split("\n"), about)[0] if one.stage is Stage.TAKEN]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("The council has stopped all admissions to Hazel Court and is looking for other rooms.", [], id="a council's stop on admissions, and the sentence continues after the name"),
        pytest.param("The provider asked to close this home and hand back its registration.", [], id="the provider's own wish"),
        pytest.param("The company has applied to cancel this service and sell the building.", [], id="the provider's own application"),
        pytest.param("The owner of another home has been fined.", [], id="the owner of another home"),
        pytest.param("We served warning notices on Hazel Court and Elm Lodge.", ["warning notice"], id="this home and another, by name"),
        pytest.param("We served warning notices on Hazel Court and on three other homes.", ["warning notice"], id="this home by name, and others"),
        pytest.param("The location was removed from the register in May 2026.", [], id="removed from the register, without saying by whom"),
        pytest.param("We have removed the home from our register.", ["cancellation"], id="removed from the register by CQC"),
        pytest.param("The home was taken off the register because people were not safe.", ["cancellation"], id="removed from the register, with the reason"),
        pytest.param("After urgent action the home was removed from the register.", ["cancellation"], id="removed from the register after urgent action"),
        pytest.param("Fixed penalty notices: 0", [], id="none, as a figure"),
        pytest.param("Requirement notices: zero", [], id="none, as a word"),
        pytest.param("Requirement notices: 2", ["requirement notice"], id="two, as a figure"),
        pytest.param("The provider has had conditions put on its registration.", ["conditions"], id="has had conditions put"),
        pytest.param("The agency has had an urgent condition placed on its registration.", ["conditions"], id="has had a condition placed"),
        pytest.param("The provider had a condition on its registration.", [], id="had a condition"),
        pytest.param("Registration suspended from 14 May 2026 to 13 August 2026", ["suspension"], id="suspended for a period that is not over yet"),
        pytest.param("The registration is suspended from 14 May 2026.", ["suspension"], id="suspended from a day"),
        pytest.param("The registration was suspended from 2 January 2026 to 1 March 2026.", [], id="suspended for a time that is over"),
        pytest.param("The hoist is suspended from the ceiling of each bedroom of the service.", [], id="suspended in the sense of hanging"),
    ],
)
def test_only_enforcement_by_cqc_against_this_service_that_applies_now_is_read(text: str, kinds: list[str]) -> None:
    assert taken(text) == kinds


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        pytest.param("The old address of the agency, in Mill Street, was archived on 2 May 2024.", False, id="an old address, with asides"),
        pytest.param("The previous site for this practice was archived on 2 May 2024.", False, id="a previous site"),
        pytest.param("This location was archived on 2 May 2026.", True, id="this location"),
    ],
)
def test_only_the_archiving_of_this_location_ends_the_registration(text: str, ended: bool) -> None:
    found, _ = said.decide([text], ABOUT)
    assert (SaidKind.REGISTRATION_ENDED in {one.kind for one in found}) is ended


def test_a_notice_about_the_providers_own_application_is_not_enforcement() -> None:
    reading = html(header=notice("The company has applied to close this home and cancel its registration"))
    assert not reading.enforcement
    assert [one.kind for one in reading.said] == [SaidKind.CLOSING]
    assert reading.registration is not Registration.ARCHIVED


@pytest.mark.parametrize("heading", ["Latest news from CQC", "CQC news this week", "News from across England", "Press releases in your area"])
def test_news_about_others_states_nothing(heading: str) -> None:
    reading = html(f"<h2>{heading}</h2><ul><li><a href='/a'>Dudley home put into special measures</a></li><li><a href='/b'>Company fined £90,000</a></li></ul>")
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert not reading.enforcement


def test_news_about_this_service_is_read() -> None:
    reading = html("<h2>News about this service</h2><p>We have issued a warning notice to the provider.</p>")
    assert [one.kind for one in reading.enforcement] == ["warning notice"]


CONTENTS = "<ul><li><a href='#a'>Enforcement action taken</a></li><li><a href='#b'>Breaches of regulations</a></li><li><a href='#c'>Special measures</a></li></ul>"


@pytest.mark.parametrize("contents", [CONTENTS, CONTENTS.replace("ul>", "ol>"), f"<div><h2>On this page</h2>{CONTENTS}</div>"])
def test_a_table_of_contents_states_nothing(contents: str) -> None:
    reading = html(contents)
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert not reading.enforcement
    assert not reading.breaches


def test_a_list_with_more_text_than_its_links_is_read() -> None:
    reading = html("<ul><li><a href='#a'>Enforcement</a></li><li><a href='#b'>Warning notice</a> served on 2 June 2026</li></ul>")
    assert [one.kind for one in reading.enforcement] == ["warning notice"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param("After the visit in May 2023 the home was in breach of regulation 12 and was placed in special measures.", MeasuresState.NOT_STATED, id="begins with a visit three years ago"),
        pytest.param("Following our inspection in May 2026 the home was in breach of regulation 12 and was placed in special measures.", MeasuresState.ENTERED, id="begins with this inspection"),
    ],
)
def test_a_sentence_that_begins_with_an_old_date_is_about_the_past(text: str, state: MeasuresState) -> None:
    assert special_measures.decide([text], ABOUT).state is state
    assert bool(regulations.breaches([text], ABOUT)) is (state is MeasuresState.ENTERED)


def test_a_report_page_without_a_day_of_publication_is_dated_by_its_assessment() -> None:
    told = "<p>At the visit of June 2022 the home was in breach of regulation 17.</p>"
    reading = read(page(main=f"<p>Report from 6 May 2026 assessment</p>{questions()}{told}"))
    assert not reading.breaches


IN, ENTERED, LEFT, REMAINS, NOT = MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.LEFT, MeasuresState.REMAINS, MeasuresState.NOT_STATED


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param("CQC expects the agency to come out of special measures this summer provided that its progress lasts.", REMAINS, id="an exit that CQC expects, on a condition"),
        pytest.param("We expect services to leave special measures within a year if they improve.", NOT, id="an exit that CQC expects of services in general"),
        pytest.param("Special measures again apply to this practice.", IN, id="apply to this practice"),
        pytest.param("Special measures apply to the services that we rate inadequate.", NOT, id="apply to services in general"),
        pytest.param("Special measures apply to the provider only if it is rated inadequate.", NOT, id="apply only on a condition"),
        pytest.param("The deputy had run a nursing home that was in special measures.", NOT, id="a home where the deputy used to work"),
        pytest.param("Two people moved here from a home which had been placed in special measures.", NOT, id="where people came from"),
        pytest.param("This is a home that was placed in special measures by us this month.", ENTERED, id="this is a home that was placed"),
        pytest.param("Special measures – entered 2 June 2026", IN, id="a label, a dash, and since when"),
        pytest.param("Special measures – ended 2 June 2026", LEFT, id="a label, a dash, and the end"),
        pytest.param("Special measures – no", NOT, id="a label, a dash, and no"),
        pytest.param("Hazel Care Limited runs three homes. Another of these, Elm Lodge, is in special measures.", NOT, id="another of these homes"),
        pytest.param("We have told two homes of this. Another of those homes is in special measures.", NOT, id="another of those homes"),
    ],
)
def test_only_special_measures_of_this_service_are_read(text: str, state: MeasuresState) -> None:
    assert special_measures.decide([text], ABOUT).state is state


@pytest.mark.parametrize(
    ("text", "numbers", "topics"),
    [
        pytest.param("Two regulations were not being met at this visit: those on complaints and on staffing.", [], ["complaints", "staffing"], id="topics after “those on”, with the visit before them"),
        pytest.param("Two breaches, on recruitment (fit and proper persons employed) and on dignity, have still not been put right.", [], ["fit and proper persons employed", "dignity and respect"], id="a topic with its name in brackets"),
        pytest.param("The provider must write to us how it will meet regulations 10 and 16. It does not meet them now.", ["10", "16"], [], id="does not meet them"),
        pytest.param("The provider must write to us how it will meet regulation 10. The service is failing to comply with it.", ["10"], [], id="fails to comply with it"),
        pytest.param("The manager knew regulations 10 and 16. The service meets them.", [], [], id="meets them"),
        pytest.param("The manager knew regulations 10 and 16. It did not meet them at our last inspection.", [], [], id="did not meet them last time"),
        pytest.param("The manager knew regulation 10. If it does not meet them, we will act.", [], [], id="only if the regulations are not met"),
    ],
)
def test_breaches_are_read_from_topics_and_from_words_that_refer_back(text: str, numbers: list[str], topics: list[str]) -> None:
    found = regulations.breaches([text], ABOUT)
    assert [one.regulation for one in found if one.regulation] == numbers
    assert [one.topic for one in found if not one.regulation] == topics


@pytest.mark.parametrize(
    ("text", "given"),
    [
        pytest.param("Safe, effective and caring are each rated good.", {"safe": "good", "effective": "good", "caring": "good"}, id="several key questions with each"),
        pytest.param("Caring, which was good, is now requires improvement.", {"caring": "requires improvement"}, id="an aside about the former rating"),
        pytest.param("Safe is inadequate; caring, which was outstanding, is now good.", {"safe": "inadequate", "caring": "good"}, id="an aside in the second half"),
        pytest.param("Caring was not assessed this time and keeps its previous rating of good.", {"caring": "good"}, id="not assessed, and keeps"),
        pytest.param("The manager listens and keeps a rating of good in mind.", {}, id="somebody keeps a rating in mind"),
        pytest.param("Besides the overall rating dropping to requires improvement, so have the ratings for safe and responsive.", {"overall": "requires improvement", "safe": "requires improvement", "responsive": "requires improvement"}, id="so have the ratings"),
        pytest.param("The overall rating is at risk of falling to inadequate.", {}, id="at risk of falling"),
    ],
)
def test_ratings_are_read_from_sentences_with_asides(text: str, given: dict[str, str]) -> None:
    found, against = rated.agreed(rated.rated([text], ABOUT), changes.rating_changes([text]))
    assert {of: one.rating.value for of, one in found.items()} == given
    assert not against


def test_a_publication_date_on_the_same_line_as_the_visit_date_is_read() -> None:
    cover = "Hazel Care Limited\nHazel Court\nInspection report\n\nDate of inspection visit: 3 March 2018 Date of publication: 11 April 2018\n"
    reading = read(f"{cover}\nOverall rating for this service Good\nIs the service safe? Good\nIs the service effective? Good\nIs the service caring? Good\n"
                   "Is the service responsive? Good\nIs the service well-led? Good\n".encode())  # fmt: skip
    assert [group.overall_published for group in reading.ratings] == [date(2018, 4, 11)]


def tables(*heads: tuple[str, str]) -> str:
    """Returns one table below each heading. Safe and well-led have the rating beside the heading; the other questions are good."""
    rows = "".join(f"<tr><td>{one}</td><td>Good</td></tr>" for one in ("Effective", "Caring", "Responsive"))
    return "".join(
        f"<h3>{head}</h3><table>{''.join(f'<tr><td>{one}</td><td>{rating}</td></tr>' for one in ('Safe', 'Well-led'))}{rows}</table>"
        for head, rating in heads
    )


@pytest.mark.parametrize(
    "heads",
    [
        pytest.param((("This assessment", "Inadequate"), ("Last assessment (4 May 2023)", "Good")), id="this inspection first"),
        pytest.param((("Last inspection: 4 May 2023", "Good"), ("This inspection", "Inadequate")), id="the last inspection first"),
        pytest.param((("At our last assessment", "Good"), ("At this assessment", "Inadequate")), id="without days"),
        pytest.param((("Last inspection", "Inadequate"),), id="a last inspection alone is the newest"),
    ],
)
def test_a_last_inspection_is_an_earlier_one_if_this_inspection_is_also_shown(heads: tuple[tuple[str, str], ...]) -> None:
    reading = read(page(header=BAD, main=DATES + tables(*heads)))
    (group,) = reading.ratings
    assert (str(group.key_questions["safe"].rating), reading.unread) == ("inadequate", ())  # type: ignore[index]


def test_the_summary_of_a_details_panel_is_read_as_its_heading() -> None:
    panel = "<details><summary>Special measures</summary><p>Services rated inadequate are placed in special measures.</p></details>"
    assert html(panel).special_measures.state is MeasuresState.NOT_STATED
    assert html("<details><summary>Special measures</summary><p>Yes</p></details>", BAD).special_measures.state is MeasuresState.IN


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("In special measures from 4 April 2025 until 3 June 2026", MeasuresState.LEFT),
        ("In special measures from 3 June 2026 until 3 December 2026", MeasuresState.IN),
    ],
)
def test_special_measures_have_ended_only_if_their_last_day_has_passed(text: str, state: MeasuresState) -> None:
    assert special_measures.decide([text], ABOUT).state is state


def test_special_measures_are_read_from_a_list_of_actions_that_cqc_took() -> None:
    done = ["We have taken action against this provider:", "• special measures", "• conditions on its registration"]
    assert special_measures.decide(done, ABOUT).state is MeasuresState.ENTERED
    assert taken("\n".join(done)) == ["urgent action", "conditions"]
    assert special_measures.decide(["We can take action against providers:", "• special measures"], ABOUT).state is MeasuresState.NOT_STATED


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The service was suspended on 3 March 2026.", ["suspension"]),
        ("The home's registration has been suspended.", ["suspension"]),
        ("Hazel Court is now suspended until 1 August 2026.", ["suspension"]),
        ("A volunteer at the home was suspended.", []),
        ("The choir that sang at the home has been suspended.", []),
        ("A trial of new software in the service was suspended in May.", []),
        ("The minibus service was suspended.", []),
        ("The provider suspended a contractor who worked at the home.", []),
    ],
)
def test_only_a_suspension_of_the_service_is_read_not_of_something_at_the_service(text: str, kinds: list[str]) -> None:
    assert taken(text) == kinds
