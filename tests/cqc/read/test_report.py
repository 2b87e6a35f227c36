# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests inspection reports: the layouts of different years, damaged reports, hostile PDFs, and a whole report."""

import random
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.cqc.read import read, report
from monitor.cqc.read.report import is_report, pdf_text, read_report
from monitor.errors import Unreadable
from monitor.model import Framework, MeasuresState, Reading, Source
from monitor.ratings import KeyQuestion, Rating, Reason

DOCUMENTS = Path(__file__).parent / "documents"
WHOLE = (DOCUMENTS / "inspection-report.txt").read_text(encoding="utf-8")
O, G, RI, I = Rating.OUTSTANDING, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE  # noqa: E741

HOME = """\
Bright Homes Limited

Elm Lodge

Inspection report

12 High Street
Anytown
AB1 2CD

Tel: 01234567890
Website: www.elmlodge.example

Date of inspection visit:
12 February 2018

Date of publication:
21 March 2018

Overall rating for this service

Requires Improvement

Is the service safe?

Inadequate

Is the service effective?

Good

Is the service caring?

Good

Is the service responsive?

Outstanding

Is the service well-led?

Requires Improvement

Summary of findings

Overall summary

Elm Lodge is a care home for older people. People were not always kept safe.

The registered manager was Pat Example.

The five questions we ask about services and what we found

We always ask the following five questions of services.

Is the service safe?

The service was not safe.

Inadequate ●

Is the service effective?

The service was effective.

Good ●

Is the service caring?

The service was caring.

Good ●

Is the service responsive?

The service was very responsive.

Outstanding ☆

Is the service well-led?

The service was not always well-led.

Requires Improvement ●

Background to this inspection

Is the service safe?

Our findings

People told us that they felt good.
"""

# As it is extracted from a PDF: labels and ratings on one line, wrapped lines, and page footers between the lines.
PRACTICE = """\
Elm Street Surgery
Quality Report
1 Elm Street
Anytown
AB1 2CD
Tel: 01234 567890
Website: www.elmstreet.example
Date of inspection visit: 3 June 2015
Date of publication: 17/09/2015
This report describes our judgement of the quality of care at this service.
Ratings
Overall rating for this practice Inadequate –––
Are services safe? Inadequate –––
Are services effective? Requires improvement –––
Are services caring? Good –––
Are services responsive to people’s needs? Good –––
Are services well-led? Inadequate –––
1 Elm Street Surgery Quality Report 17/09/2015
Summary of findings
Letter from the Chief Inspector of General Practice
We carried out an announced inspection at Elm Street Surgery. Overall the practice is rated as
inadequate.
I am placing this practice in special measures. Practices placed in special measures will be
inspected again within six months.
Requirement notices
Action we have told the provider to take
The table below shows the legal requirements that were not being met. The provider must send CQC a report that says what
action they are going to take to meet these requirements.
Regulated activity Regulation
Family planning services
Regulation 18 HSCA (RA) Regulations 2014 Staffing
"""

HOSPITAL = """\
Northside Clinics Ltd
Northside Hospital
Inspection report
Hill Road
Anytown
AB1 2CD
Date of inspection visit: 4 and 5 May 2022
Date of publication: 12/08/2022
Ratings
Overall rating for this location Good
Are services safe? Requires Improvement
Are services effective? Inspected but not rated
Are services caring? Good
Are services responsive to people's needs? Good
Are services well-led? Good
Our findings
Surgery
Good
Is the service safe?
Requires Improvement
Outpatients
Is the service safe?
Good
"""

FOCUSED = """\
Bright Homes Limited
Elm Lodge
Inspection report
12 High Street
Anytown
AB1 2CD
Date of inspection visit:
12 February 2021
Date of publication:
21 March 2021
Ratings
Overall rating for this service Inspected but not rated
Is the service safe? Inspected but not rated
Background to this inspection
"""


def _read(text: str) -> tuple[object, dict[str, object]]:
    (group,) = read_report(text).ratings
    return group.overall, {question.value: found.rating for question, found in group.key_questions.items()}


def test_a_report_about_a_care_home_is_read() -> None:
    reading = read_report(HOME)
    assert reading.source is Source.INSPECTION_REPORT
    assert (reading.name, reading.provider_name) == ("Elm Lodge", "Bright Homes Limited")
    assert reading.address == "12 High Street, Anytown, AB1 2CD"
    assert _read(HOME) == (RI, {"safe": I, "effective": G, "caring": G, "responsive": O, "well-led": RI})
    (group,) = reading.ratings
    assert group.framework is Framework.INSPECTION
    assert group.overall_published == date(2018, 3, 21)
    assert {found.published for found in group.key_questions.values()} == {date(2018, 3, 21)}
    assert reading.report == "2018-03-21"
    assert reading.unread == ()


def test_a_report_about_a_practice_is_read() -> None:
    reading = read_report(PRACTICE)
    assert reading.name == "Elm Street Surgery"
    assert reading.provider_name is None
    assert _read(PRACTICE) == (I, {"safe": I, "effective": RI, "caring": G, "responsive": G, "well-led": I})
    assert reading.ratings[0].overall_published == date(2015, 9, 17)
    assert reading.special_measures.state is MeasuresState.ENTERED
    assert [breach.regulation for breach in reading.breaches] == ["18"]
    assert [taken.kind for taken in reading.enforcement] == ["requirement notice"]


def test_the_ratings_of_a_hospital_are_read_and_not_those_of_its_wards() -> None:
    overall, questions = _read(HOSPITAL)
    assert overall is G
    assert questions["safe"] is RI
    assert questions["effective"] is Reason.INSPECTED_BUT_NOT_RATED


def test_only_the_inspected_key_questions_are_read_from_a_focused_report() -> None:
    assert _read(FOCUSED) == (Reason.INSPECTED_BUT_NOT_RATED, {"safe": Reason.INSPECTED_BUT_NOT_RATED})


def test_a_rating_over_two_lines_is_read() -> None:
    text = HOSPITAL.replace("Are services safe? Requires Improvement", "Are services safe? Requires\nImprovement")
    assert _read(text)[1]["safe"] is RI


def test_the_date_in_the_footer_is_read_if_the_cover_has_none() -> None:
    text = PRACTICE.replace("Date of publication: 17/09/2015\n", "")
    assert read_report(text).ratings[0].overall_published == date(2015, 9, 17)


def test_no_date_is_read_from_a_report_without_a_day_of_publication() -> None:
    text = HOME.replace("Date of publication:\n21 March 2018\n", "")
    assert read_report(text).ratings[0].overall_published is None


def test_the_name_of_the_manager_is_not_kept() -> None:
    assert "Pat Example" not in repr(read_report(HOME))


def test_a_different_last_rating_is_read_as_a_change_of_the_overall_rating() -> None:
    text = HOME + "\nRating at last inspection\n\nThe last rating for this service was good (published 3 May 2016).\n"
    (change,) = read_report(text).rating_changes
    assert (change.of, change.from_, change.to) == ("overall", G, RI)


def test_the_same_last_rating_is_not_read_as_a_change() -> None:
    text = HOME + "\nThe last rating for this service was requires improvement (published 3 May 2016).\n"
    assert read_report(text).rating_changes == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty text"),
        pytest.param("Inspection report", id="a title alone"),
        pytest.param("Elm Lodge\nOverall: Good\nAll Inspections\n", id="a page of a service"),
        pytest.param("Is the service safe? We think so.\nOverall rating for this service: lovely.", id="similar words"),
        pytest.param(
            "Report from 3 May 2025 assessment\nOur findings\nIs the service safe?\nSummary of findings", id="an assessment"
        ),
    ],
)
def test_a_text_that_is_not_a_report_is_not_read_as_a_report(text: str) -> None:
    assert not is_report(text)
    assert read_report(text) == Reading()


# --- damage ---

TRUE = {"overall": RI, "safe": I, "effective": G, "caring": G, "responsive": O, "well-led": RI}


def _damaged(lines: list[str], chance: random.Random) -> list[str]:
    lines = list(lines)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        size = chance.randint(1, 3)
        match chance.randrange(4):
            case 0:
                del lines[at : at + size]
            case 1:
                lines[at:at] = lines[at : at + size]
            case 2:
                lines = lines[: max(10, at)]
            case _:
                piece = lines[at : at + size]
                del lines[at : at + size]
                to = chance.randrange(len(lines) + 1)
                lines[to:to] = piece
        if len(lines) < 5:
            break
    return lines


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_no_wrong_rating_is_read_from_a_damaged_report(seed: int) -> None:
    chance = random.Random(seed)
    whole = [line for line in HOME.splitlines() if line]
    for _ in range(50):
        lines = _damaged(whole, chance)
        for group in read_report("\n".join(lines)).ratings:
            assert group.overall in (None, TRUE["overall"]), "\n".join(lines)
            for question, found in group.key_questions.items():
                assert found.rating is TRUE[question.value], "\n".join(lines)


# --- PDF ---


def _pdf(pages: list[list[str]], extra: bytes = b"") -> bytes:
    """Returns a small PDF that consists of these lines of text."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode())
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for number, lines in enumerate(pages):
        shown = "".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T* " for line in lines)
        packed = zlib.compress(f"BT /F1 10 Tf 40 800 Td 14 TL {shown}ET".encode("cp1252"))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * number} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(f"<</Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode() + packed + b"\nendstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    xref = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R"
    return body + xref.encode() + extra + f">>\nstartxref\n{len(body)}\n%%EOF".encode()


def test_a_pdf_is_read_like_its_text() -> None:
    lines = PRACTICE.splitlines()
    reading = read_report(pdf_text(_pdf([lines[:20], lines[20:]])))
    assert reading == read_report(PRACTICE)


def test_the_lines_of_a_pdf_are_kept_separate() -> None:
    text = pdf_text(_pdf([["Elm Lodge", "Inspection report"], ["Page two"]]))
    assert text.splitlines() == ["Elm Lodge", "Inspection report", "Page two"]


ENCRYPTED = b"/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">/P -44>>/ID[<00><00>]"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: b"", id="an empty file"),
        pytest.param(lambda: b"<html>not a PDF</html>", id="an HTML page"),
        pytest.param(lambda: b"%PDF-1.4\n", id="the first line of a PDF alone"),
        pytest.param(lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, id="the first line of a PDF, and then random bytes"),
        pytest.param(lambda: _pdf([["Elm Lodge"]])[:200], id="cut off"),
        pytest.param(lambda: _pdf([["Elm Lodge"]], ENCRYPTED), id="encrypted"),
        pytest.param(lambda: _pdf([[]]), id="without text"),
        pytest.param(lambda: _pdf([["x"]] * (report.MOST_PAGES + 1)), id="too many pages"),
        pytest.param(lambda: b"%PDF-1.4\n" + b"a" * report.MOST_BYTES, id="too large"),
        pytest.param(lambda: _pdf([["x"]]) + b"\nstream\n" + zlib.compress(bytes(report.MOST_UNPACKED + 1_000_000), 1), id="a decompression bomb"),
        pytest.param(lambda: _pdf([["x"]]) + b"/Filter[/FlateDecode/FlateDecode]", id="compressed twice"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(data: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable):
        pdf_text(data())


# --- a whole report ---


def test_a_whole_report_of_2022_is_read() -> None:
    reading = read_report(WHOLE)
    assert reading.source is Source.INSPECTION_REPORT
    assert reading.name == "Harebell Home Support"
    assert reading.provider_name == "Harebell Support Services LTD"
    assert reading.address == "Unit 7, 3 Windmill Row, Anytown, Anyshire, ZZ1 2CD"
    assert reading.location_id is None
    assert reading.registration is None
    assert reading.report == "2022-05-14"
    assert reading.unread == ()

    (group,) = reading.ratings
    assert group.group is None
    assert group.framework is Framework.INSPECTION
    assert (group.overall, group.overall_published) == (I, date(2022, 5, 14))
    assert {question: found.rating for question, found in group.key_questions.items()} == {
        KeyQuestion.SAFE: I,
        KeyQuestion.EFFECTIVE: RI,
        KeyQuestion.CARING: RI,
        KeyQuestion.RESPONSIVE: RI,
        KeyQuestion.WELL_LED: I,
    }

    assert reading.special_measures.state is MeasuresState.IN
    assert reading.special_measures.quote == (
        "The overall rating for this service is 'Inadequate' and the service is therefore in 'special measures'."
    )
    assert [(change.of, change.from_, change.to) for change in reading.rating_changes] == [
        ("overall", RI, I),
        ("safe", RI, I),
        ("effective", G, RI),
        ("caring", G, RI),
        ("well-led", RI, I),
    ]
    assert sorted((breach.regulation, breach.topic) for breach in reading.breaches) == [
        ("12", "safe care and treatment"),
        ("13", "safeguarding"),
        ("16", "complaints"),
        ("17", "good governance"),
        ("9", "person-centred care"),
    ]
    assert [taken.kind for taken in reading.enforcement] == ["action plan", "warning notice", "warning notice"]
    assert "Regulation 12:" in reading.enforcement[1].quote
    assert "Regulation 17:" in reading.enforcement[2].quote
    assert all(taken.quote.endswith("We issued a warning notice and gave the provider until the end of June.")
               for taken in reading.enforcement[1:])  # fmt: skip


def test_a_report_is_read_alike_with_and_without_page_footers() -> None:
    without, feet = re.subn(r"^\d Harebell Home Support Inspection report 14 May 2022\n", "", WHOLE, flags=re.MULTILINE)
    assert feet == 7
    assert read_report(without) == read_report(WHOLE)
    assert "Harebell Home Support Inspection report" not in repr(read_report(WHOLE))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE, id="with tags near the beginning"),
        pytest.param(WHOLE.replace("Our findings\n", "Our findings\n\nWhat we saw.\n" * 800, 1), id="with tags far down"),
        pytest.param(re.sub(r"</?p>", "", WHOLE), id="without tags"),
    ],
)
def test_a_report_whose_tables_contain_tags_is_read_as_a_report(text: str) -> None:
    assert replace(read(text.encode()), summary=None) == read_report(text)
    assert read(text.encode()).source is Source.INSPECTION_REPORT


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem)
def test_only_the_inspection_report_among_the_documents_is_recognised_as_a_report(path: Path) -> None:
    assert is_report(path.read_text(encoding="utf-8")) == (path.stem == "inspection-report")


def test_a_report_whose_lines_were_run_together_is_read() -> None:
    lines = [
        "Larch House Inspection report 1 High Street, Leeds, LS1 1AA Date of inspection visit: 4 December 2018 Date of publication: "
        "23 January 2019 Ratings Overall rating for this service Inadequate ● Is the service safe? Inadequate ● Is the service "
        "effective? Requires Improvement ● Is the service caring? Good ● Is the service responsive? Good ● Is the service well-led? "
        "Inadequate ●",
        "1 Larch House Inspection report 23 January 2019 Summary of findings Overall summary This inspection was unannounced. We rated "
        "it good in 2016.",
    ]
    reading = read("\n".join(lines).encode(), content_type="text/plain")
    (group,) = reading.ratings
    assert (group.overall, group.overall_published, reading.unread) == (Rating.INADEQUATE, date(2019, 1, 23), ())
    assert [str(one.rating) for one in group.key_questions.values()] == ["inadequate", "requires improvement", "good", "good", "inadequate"]


SECTION = """
Is the service {question}?
Our findings
{name} – this means we looked for evidence that people were well cared for.
{words}
"""
SECTIONS = {
    "At the last inspection this key question was rated as good. At this inspection this key question has deteriorated to inadequate.": I,
    "At our last inspection this key question was rated requires improvement. At this inspection this key question has remained the same.": RI,
    "At our last inspection this key question was rated as inadequate. At this inspection the rating has remained inadequate.": I,
    "At this inspection we rated this key question as requires improvement.": RI,
    "At our last inspection this key question was rated as inadequate. At this inspection this key question has improved to good.": G,
    "Requires improvement: Some aspects of the service were not always safe.": RI,
    "Good: People's outcomes were consistently good, and people's feedback confirmed this.": G,
    "At our last inspection this key question was rated as inadequate.": None,
    "At our last inspection this key question was rated as good. We did not look at it this time.": None,
    "Good: a short word for what people said.": None,
    "This key question could be rated inadequate next time.": None,
    "This key question was rated inadequate at our last inspection.": None,
    "This key question was rated inadequate in 2018.": None,
    "This key question was rated inadequate when we last inspected.": None,
    "This key question was rated inadequate when the service was last inspected.": None,
    "This key question was rated inadequate at our inspection of 4 May 2018.": None,
    "The rating was changed to inadequate after our previous inspection.": None,
    "This key question has been rated inadequate in the past.": None,
    "This key question has deteriorated to inadequate from good at our last inspection.": I,
    "The rating has changed to inadequate since our previous inspection.": I,
    "At this inspection this key question was rated inadequate, which is worse than at our last inspection.": I,
    "This key question was rated inadequate.": I,
    "This key question was rated inadequate at our inspection in January 2020.": I,
    "This key question has remained inadequate since 2018.": I,
}


@pytest.mark.parametrize("words", SECTIONS)
def test_the_current_rating_is_read_from_the_section_of_a_key_question(words: str) -> None:
    cover = "Elm Lodge\nInspection report\nDate of publication: 14 February 2020\nOverall rating for this service: Inadequate\n"
    reading = read_report(cover + SECTION.format(question="caring", name="Caring", words=words))
    (group,) = reading.ratings
    expected = SECTIONS[words]
    assert {one.rating for one in group.key_questions.values()} == ({expected} if expected else set())
    assert set(group.key_questions) <= {KeyQuestion.CARING}


@pytest.mark.parametrize(("words", "complete"), [
    ("We undertook this focused inspection to check on concerns.", True),
    ("For those key questions not inspected, we used the ratings awarded at the last inspection.", True),
    ("We inspected this home in the usual way.", False),
])  # fmt: skip
def test_a_cover_with_two_key_questions_is_complete_in_a_focused_report(words: str, *, complete: bool) -> None:
    cover = "Elm Lodge\n\nInspection report\n\nDate of publication:\n16 December 2022\n\nRatings\n\nOverall rating for this service\n\n"
    table = "Requires Improvement\n\nIs the service safe?\n\nInadequate\n\nIs the service well-led?\n\nRequires Improvement\n\n"
    reading = read_report(f"{cover}{table}Summary of findings\n\n{words}\n")
    assert (bool(reading.ratings), bool(reading.unread)) == (complete, not complete)


def test_words_that_are_hyphenated_at_the_end_of_a_line_are_joined() -> None:
    text = (
        "Elm Lodge\nInspection report\nDate of publication: 03 May 2016\n\nOverall rating for this service\nRequires Improve-\nment\n\n"
        "Is the service safe? Inade-\nquate\nIs the service effective? Good\nIs the service caring? Out-\nstanding\n"
        "Is the service responsive? Good\nIs the service well-led? Requires improve-\nment\n\nThe service is now in special meas-\nures. We found well-\nled staff.\n"
    )
    reading = read(text.encode())
    assert reading.ratings[0].overall is RI
    assert [one.rating for one in reading.ratings[0].key_questions.values()] == [I, G, O, G, RI]
    assert reading.special_measures.state is MeasuresState.IN


def test_ligatures_and_a_key_question_cut_at_its_hyphen_are_read() -> None:
    text = (
        "Elm Lodge\nInspection report\nDate of publication: 3 June 2021\nOverall rating for this service\nGood\nIs the service safe?\nGood\n"
        "Is the service e\ufb00ective?\nGood\nIs the service caring?\nGood\nIs the service responsive?\nInadequate\nIs the service well-\nled?\nGood\n"
        "Summary of \ufb01ndings\n"
    )
    assert [one.rating for one in read(text.encode()).ratings[0].key_questions.values()] == [G, G, G, I, G]


def test_ratings_of_core_services_in_a_report_are_listed_as_unread() -> None:
    text = "Elm Hospital\nQuality Report\nDate of inspection visit: 7 June 2016\nDate of publication: 02/12/2016\nOverall rating for this hospital  Good\nSurgery   Inadequate\nCritical care  Good\n"
    assert [one for one in read(text.encode()).unread if "Surgery" in one or "Critical" in one] == ["Surgery Inadequate", "Critical care Good"]
