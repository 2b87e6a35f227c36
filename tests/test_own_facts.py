"""Tests a council's own facts: which files people can upload, which files are refused and why, which facts replace earlier facts,
and at which services people are assumed to be placed."""

from datetime import date, timedelta
from functools import partial

import pytest

from monitor import own_facts
from monitor.cqc.location_list import read_columns
from monitor.errors import UsageError
from monitor.own_facts import OwnFacts, Sheet
from tests.cqc.test_location_list import workbook

HOME, OTHER = "1-2235535718", "RJ121"
TODAY = date(2026, 11, 30)
NHS_NUMBER = "943 476 5919"

WHOLE = OwnFacts(
    location_id=HOME,
    people_placed=7,
    suspended_since=date(2026, 11, 1),
    contract_reference="C-0012",
    contract_officer="Zoë O’Neill",
    funding_authority="Leeds",
    other_rating="Good",
    other_rated_on=date(2026, 3, 2),
    note="Under review",
    as_of=date(2026, 11, 1),
)
HEADINGS = (
    "Location ID,People placed,Placements suspended since,Contract reference,Contract officer,Funding authority,Other rating"
)
HEADINGS += ",Date of other rating,Note,As of"
ROW = f"{HOME},7,1/11/2026,C-0012,Zoë O’Neill,Leeds,Good,02.03.26,Under review,1 Nov 2026"


def read(raw: bytes | str) -> Sheet:
    table = read_columns(raw.encode() if isinstance(raw, str) else raw, base_url="https://www.cqc.org.uk")
    return own_facts.read(table.header, table.rows, table.problems, today=TODAY)


GOOD = {
    "UTF-8": f"{HEADINGS}\n{ROW}\n".encode(),
    "UTF-8 with a byte order mark, and semicolons": b"\xef\xbb\xbf" + f"{HEADINGS}\r\n{ROW}\r\n".replace(",", ";").encode(),
    "Windows-1252, with tabs": f"{HEADINGS}\n{ROW}\n".replace(",", "\t").encode("cp1252"),
    "UTF-16": f"{HEADINGS}\n{ROW}\n".replace(",", "\t").encode("utf-16"),
    "other spellings": (
        "CQC ID,No. of placements,SUSPENDED,contract_no,Commissioner,Placing authority,rating,Rating date,Free text,As at\n"
        f"{HOME},7.0,2026-11-01,C-0012,Zoë O’Neill,Leeds,Good,2nd March 2026,Under review,01-11-2026\n"
    ).encode(),
    "a workbook with dates": workbook(
        [
            HEADINGS.split(","),
            (
                *(HOME, 7, date(2026, 11, 1), "C-0012", "Zoë O’Neill", "Leeds", "Good"),
                *(date(2026, 3, 2), "Under review", date(2026, 11, 1)),
            ),
        ]
    ),
    "a workbook with a title above the header, gaps, and dates as text": workbook(
        [("Our contracts",), (), HEADINGS.split(","), (), ROW.split(",")]
    ),
    "columns that are left out": f"{HEADINGS},Service name,Postcode\n{ROW},Oak House,LS1 1AA\n".encode(),
    "a file that the program wrote": own_facts.as_csv([WHOLE]).encode(),
}


@pytest.mark.parametrize("raw", GOOD.values(), ids=GOOD.keys())
def test_a_file_of_own_facts_is_read_in_every_usual_form(raw: bytes) -> None:
    assert read(raw).facts == (WHOLE,)


@pytest.mark.parametrize(
    "text", ["1/11/2026", "01/11/2026", "1.11.26", "01-11-26", "1 Nov 2026", "1st November 2026", "Sunday 1 November 2026",
             "1-Nov-26", "2026-11-01", "2026-11-01 00:00:00", "2026-11-01T00:00:00", "1 11 2026"],
)  # fmt: skip
def test_a_date_is_read_in_any_british_form(text: str) -> None:
    assert own_facts.day_of(text) == date(2026, 11, 1)


def test_an_empty_cell_means_not_known_and_a_missing_date_means_today() -> None:
    (facts,) = read(f"Location ID,Placed,Suspended,Note\n{HOME},–,No,n/a\n").facts
    assert facts == OwnFacts(location_id=HOME, as_of=TODAY)
    assert [one.people_placed for one in read(f'url,placed\n{HOME},nil\n{OTHER},"1,200"\n').facts] == [0, 1200]


def test_the_result_names_the_columns_that_were_left_out_and_a_pamms_rating_is_marked() -> None:
    sheet = read(f"Location ID,PAMMS rating,Provider\n{HOME},Requires improvement,Elm Care\n")
    assert (sheet.left_out, sheet.facts[0].other_rating) == (("Provider",), "PAMMS: Requires improvement")
    assert read(own_facts.as_csv(sheet.facts)).facts == sheet.facts


def of(column: str, *cells: str) -> str:
    """Returns a file with one column of facts. Each cell is in quotes, and is a fact about a different service."""
    return f"Location ID,{column}\n" + "".join(f'1-10000000{number},"{cell}"\n' for number, cell in enumerate(cells))


# Each key says what is wrong. The value gives the file, and some words of the message.
WRONG = {
    "empty": ("", "is empty"),
    "only headings": ("Location ID,Placed\n", "has no rows"),
    "no column of services": (f"Home,Placed\nOak,7\n{HOME},8\n", "no column location_id or url"),
    "no column of facts": (f"Location ID,Service name\n{HOME},Oak\n", "needs at least one of the columns People placed"),
    "only a column of dates": (f"Location ID,As of\n{HOME},1/11/2026\n", "needs at least one of the columns"),
    "two columns for one fact": (f"Location ID,Placed,People placed\n{HOME},7,8\n", "Two columns are about “People placed”"),
    "not a table": (b"\x89PNG\r\n\x1a\n\0\0", "is not a CSV file"),
    "a damaged workbook": (b"PK\x03\x04 and no more", "can't be read"),
    "an open quote": (f'Location ID,Note\n{HOME},"open\n', "is malformed"),
    "a row without an id": (f"Location ID,Placed\n,7\n{HOME},8\n", "row 2: no location id"),
    "a text instead of an id": (f"Location ID,Placed\nOak House,7\n{HOME},8\n", "row 2: 'Oak House' is not a location id"),
    "a provider": ("url,Placed\nhttps://www.cqc.org.uk/provider/1-101,7\n", "row 2: "),
    "a service listed twice": (f"Location ID,Placed\n{HOME},7\n{OTHER},1\n{HOME},8\n", f"row 4: {HOME} is already in row 2"),
    "a number in words": (of("Placed", "seven"), "row 2: “Placed” is “seven”: write a whole number"),
    "a negative number": (of("Placed", "-1"), "write a whole number"),
    "a fraction": (of("Placed", "7.5"), "write a whole number"),
    "far too many people": (of("Placed", "70000"), "write a whole number"),
    "a telephone number": (of("Placed", "01164541000"), "write a whole number"),
    "an impossible day": (of("Suspended since", "31/11/2026"), "“31/11/2026”: there is no such day"),
    "an American date": (of("Suspended since", "11/25/2026"), "there is no such day"),
    "a text instead of a date": (of("Suspended since", "last week"), "“last week”, not a date"),
    "yes instead of a date": (of("Suspended since", "Yes"), "“Yes”, not a date"),
    "a date as Excel's number": (of("Suspended since", "46327"), "not a date"),
    "an unknown month": (of("Suspended since", "1 Novembre 2026"), "there is no such day"),
    "a date in the future": (of("Suspended since", "1/12/2099"), "1 December 2099, which is in the future"),
    "facts with a date in the future": (f"Location ID,Placed,As of\n{HOME},7,1/12/2099\n", "“As of” is 1 December 2099"),
    "a date of birth as a date": (of("Suspended since", "3/4/1941"), "looks like a date of birth"),
    "a date of a rating without a rating": (of("PAMMS date", "1/11/2026"), "a date of a rating, but no rating"),
    "an error of Excel": (of("Note", "#REF!"), "“#REF!”, an error of Excel"),
    "a number that Excel shortened": (of("Contract reference", "4.50001E+09"), "Excel has shortened a number"),
    "characters that could not be decoded": (of("Contract officer", "Zo\ufffd"), "characters that can’t be read"),
    "a reference that is too long": (of("Contract reference", "C" * 61), "more than 60 characters"),
    "a long note": (of("Note", "word " * 61), "more than 300 characters: case notes don’t belong here"),
    "a column of NHS numbers": (f"Location ID,NHS No.,Placed\n{HOME},1,7\n", "“NHS No.” looks like NHS numbers"),
    "a column of dates of birth": (f"Location ID,D.O.B.,Placed\n{HOME},1,7\n", "looks like dates of birth"),
    "a column of residents": (f"Location ID,Resident name,Placed\n{HOME},x,7\n", "looks like residents’ names"),
    "a column of surnames": (f"Location ID,Surname,Placed\n{HOME},x,7\n", "looks like residents’ names"),
    "a column of case notes": (f"Location ID,Case notes,Placed\n{HOME},x,7\n", "looks like case notes"),
    "an NHS number": (of("Note", f"see {NHS_NUMBER}"), "looks like an NHS number"),
    "an NHS number as a reference": (of("Contract reference", NHS_NUMBER.replace(" ", "")), "put a letter before it"),
    "a date of birth in a note": (of("Note", "moved in, born 3 April 1941"), "looks like a date of birth"),
    "an old date in a note": (of("Note", "03/04/1941"), "looks like a date of birth"),
    "a resident with a title": (of("Note", "Mrs Jones moved in"), "looks like a person’s name"),
    "a resident by name": (of("Note", "resident Ivy Jones"), "looks like a person’s name"),
    "a case note": (of("Note", "she was admitted in May"), "looks like a case note"),
}


@pytest.mark.parametrize(("raw", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_refused_in_one_line_without_personal_data(raw: str | bytes, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(raw)
    told = str(refused.value)
    assert says in told and "\n" not in told
    assert not any(one in told for one in ("Jones", "943", "1941", "admitted"))


PERSONAL_COLUMNS = {
    "NHS numbers": ("NHS", "NHS No.", "NHS number", "Client NHS number", "nhs_id"),
    "dates of birth": (
        *("DOB", "D.O.B.", "Date of birth", "Client DOB", "Birth date", "Birthday", "Year of birth", "Born", "Date born", "Age"),
        *("Resident age", "Client’s age", "Age of resident", "Age at admission", "Service user ages"),
    ),
    "case notes": ("Case notes", "Care notes", "Progress note", "Case file", "Care history", "Diagnosis", "Primary diagnosis",
                   "Resident medication", "Medications"),
    "residents’ names": (
        *("Resident name", "Client full name", "Name of resident", "Service user initials"),
        *("Client ID", "SU name", "Person name"),
        *("Forename", "Surname", "First name", "Next of kin", "Initials", "Placement surname", "Lead resident surname"),
    ),
}  # fmt: skip
"""Columns about one person, grouped by the reason in the refusal."""
OF_SERVICES = (
    *("Average age", "Mean age", "Age range", "Age group", "Minimum age", "Maximum ages", "Age of building", "Contract age"),
    *("Date of last audit of medication", "PAMMS medication", "Medication audit"),
    *("Officer surname", "Contract manager first name"),
    *("Contact surname", "Nominated individual name", "Contact person name", "Responsible person", "Inspector surname"),
    *("Number of case files", "Care home name", "Service name", "Name of provider", "Names of homes", "NHS funded", "NHS region"),
    *("Self-funders", "Vacancies", "Newborn unit", "Adult social care rating", "Adults placed by health", "Ages taken"),
)
"""Columns about services with names similar to `PERSONAL_COLUMNS`. The columns are left out, and the result lists their names."""


@pytest.mark.parametrize(("column", "of"), [(one, of) for of, names in PERSONAL_COLUMNS.items() for one in names])
def test_a_column_about_one_person_is_refused(column: str, of: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(f'Location ID,"{column}",Placed\n{HOME},x,7\n')
    assert f"The column “{column}” looks like {of}: remove it" in str(refused.value)


@pytest.mark.parametrize("column", OF_SERVICES)
def test_a_column_about_services_is_left_out_and_its_name_is_returned(column: str) -> None:
    assert read(f'Location ID,"{column}",Placed\n{HOME},82,7\n').left_out == (column,)


def test_a_column_of_residents_may_contain_only_numbers() -> None:
    assert read(f"Location ID,Residents,Placed\n{HOME},12,7\n{OTHER},,8\n").left_out == ("Residents",)
    with pytest.raises(UsageError, match="row 3: “Residents” looks like residents’ names"):
        read(f"Location ID,Residents,Placed\n{HOME},12,7\n{OTHER},Ivy,8\n")


PERSONAL = {
    "an NHS number": (
        *("943 476 5919", "9434765919", "943-476-5919", "943.476.5919", "NHS9434765919", "no:943 476 5919,", "943/476/5919"),
        *("943–476–5919", "9434765919.0"),
    ),
    "a date of birth": (
        *("DOB 3/4/99", "d.o.b. unknown", "date of birth on file", "born 3 April"),
        *("Born in April 1995", "born: 1991", "3/4/1941"),
        *("03.04.1985", "3 April 1979", "3rd April 1950", "3-Apr-1941", "1941-04-03", "moved in 3/4/41", "12.11.67"),
    ),
    "a person’s name": (
        *("Mrs Jones moved", "Mr. A Smith", "MISS BROWN", "MS JONES", "Ms Patel", "resident Ivy Jones", "Client: Joan Smith"),
        *("service user J.S.", "patient AB", "Residents Ivy Jones and Tom Brown"),
    ),
    "a case note": (
        *("she was admitted", "he needs a hoist", "diagnosed with dementia", "admitted to hospital in May", "see case notes"),
        *("has a DoLS", "is under DoLS", "an 84-year-old man", "84 year old lady fell"),
    ),
}
"""Texts that a note must not contain, grouped by the reason in the refusal."""
HARMLESS = (
    *("0116 454 1000", "+44 116 454 1000", "020 7946 0000", "4500012345", "see 1-2235535718", "DN: 943 476 5918"),
    *("since 1/4/1998", "Contract since May 2019", "Born Free Care took it over"),
    *("Osborne ward", "rated 12.11.25", "version 1.2.3"),
    *("31/12/2030 is the end of the contract", "1/4/29 review", "built in 1936"),
    *("Mr", "MS Teams review monthly", "MS Society funds it"),
    *("Ask the manager", "Fees under review", "Resident group meets monthly"),
    *("Resident Liaison Officer asked", "Client Finance Team"),
    *("Patient Safety Incident plan", "Residents Association met", "Patient GP practice near"),
    *("Client LA funded", "Resident Council"),
    *("DoLS training overdue", "5 DoLS applications waiting", "DNACPR forms audited"),
    *("people aged 65 and over", "18-65 year olds"),
)
"""Texts about a service that resemble texts in `PERSONAL`, but are accepted."""


@pytest.mark.parametrize(("text", "of"), [(one, of) for of, texts in PERSONAL.items() for one in texts])
def test_a_note_about_one_person_is_refused(text: str, of: str) -> None:
    with pytest.raises(UsageError, match=f"row 2: “Note” looks like {of}"):
        read(f'Location ID,Note\n{HOME},"{text}"\n')


@pytest.mark.parametrize("text", HARMLESS)
def test_a_note_about_the_service_is_accepted(text: str) -> None:
    assert read(of("Note", text)).facts[0].note == text


def test_a_reference_may_look_like_a_date_or_have_a_letter_before_ten_digits() -> None:
    for reference in ("12/03/45", "C9434765919", "1.2.45"):
        assert read(of("Contract reference", reference)).facts[0].contract_reference == reference


def test_one_message_names_all_wrong_columns_and_rows() -> None:
    with pytest.raises(UsageError) as refused:
        read(f"Location ID,DOB,Placed,People placed,Surname,Suspended\n{HOME},,x,8,,\n{OTHER},,7,8,,soon\n")
    said = str(refused.value)
    columns = ("“DOB” looks like", "“Surname” looks like", "Two columns are about “People placed”")
    rows = ("row 2: “Placed”", "row 3: “Suspended”")
    parts = (*columns, *rows)
    assert all(part in said for part in parts) and "\n" not in said


def test_there_are_at_least_forty_kinds_of_wrong_files() -> None:
    assert len(WRONG) >= 40


def test_one_message_gives_the_number_of_every_wrong_row() -> None:
    rows = [f"1-10000000{number},{'x' if number in (1, 4) else number},{'31/2/26' if number == 4 else ''}" for number in range(6)]
    with pytest.raises(UsageError) as refused:
        read("\n".join(["Location ID,Placed,Suspended", *rows, ",7,"]))
    told = str(refused.value)
    assert all(part in told for part in ("row 8: no location id", "rows 3 and 6: “Placed”", "row 6: “Suspended”"))


def test_the_name_of_an_officer_may_have_a_title() -> None:
    assert read(of("Contract officer", "Ms Jane Doe")).facts[0].contract_officer == "Ms Jane Doe"


def test_a_new_file_replaces_all_own_facts() -> None:
    some = partial(OwnFacts, as_of=TODAY)
    before = [some(location_id="A", people_placed=1), some(location_id="B"), some(location_id="C")]
    after = [OwnFacts(location_id="C", as_of=TODAY - timedelta(days=1)), some(location_id="D"), some(location_id="A")]
    done = own_facts.changes(before, after)
    assert (done.new, done.changed, done.gone, done.same) == (("D",), ("A",), ("B",), ("C",))
    assert done.in_words == "1 new, 1 changed, 1 removed, 1 as before"
    assert own_facts.mark(before) == own_facts.mark(before[::-1]) != own_facts.mark(after)


@pytest.mark.parametrize(
    ("facts", "placed"),
    [
        (None, True),
        (OwnFacts(location_id=HOME, as_of=TODAY), True),
        (OwnFacts(location_id=HOME, people_placed=7, as_of=TODAY), True),
        (OwnFacts(location_id=HOME, people_placed=0, as_of=TODAY), False),
        (OwnFacts(location_id=HOME, people_placed=0, as_of=TODAY - timedelta(days=30)), False),
        (OwnFacts(location_id=HOME, people_placed=0, as_of=TODAY - timedelta(days=31)), True),
    ],
    ids=["no facts", "no number", "seven people", "nobody", "nobody 30 days ago", "nobody 31 days ago"],
)
def test_people_are_assumed_to_be_placed_unless_recent_facts_say_that_nobody_is(facts: OwnFacts | None, placed: bool) -> None:
    assert own_facts.is_placed(facts, TODAY) is placed


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            WHOLE,
            "People placed: 7, as of 1 November 2026; Placements suspended since: 1 November 2026; Contract reference: C-0012; "
            "Contract officer: Zoë O’Neill; Funding authority: Leeds; Other rating: Good, 2 March 2026; Note: Under review",
        ),
        (
            OwnFacts(location_id=HOME, people_placed=7, as_of=date(2026, 8, 31)),
            "People placed: 7, as of 31 August 2026, 91 days old",
        ),
        (OwnFacts(location_id=HOME, as_of=TODAY), "Contracted: yes, as of 30 November 2026"),
        (OwnFacts(location_id=HOME, note="x", as_of=TODAY), "Note: x, as of 30 November 2026"),
    ],
)
def test_facts_are_shown_with_their_date(facts: OwnFacts, said: str) -> None:
    assert "; ".join(f"{label}: {value}" for label, value in own_facts.said(facts, TODAY)) == said
