"""Tests that the version of the reader was raised if the reader reads anything differently. Otherwise the changed reader would
never read unchanged pages. For each version, the digest of the readings of pages of every kind is stored here.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.codec import dump_reading
from monitor.cqc.read import read
from monitor.errors import Unreadable
from monitor.reader_version import VERSION
from tests.simulated.layouts import Layout, assessment_page, location_page, reports_page, summary_page
from tests.simulated.services import ENTERED, LEFT, REMAINS, Service
from tests.statements import HERE, NAMES, cases, page

DOCUMENTS = Path(__file__).parent / "documents"

ANSWERS = {
    1: "d8f1069c4bbe56bb0e0da6a4a4d2f8cc6ffc234d20fa9570c93601654b15dc96",
    2: "74b2d9393dfd7c08ce2913642e80b5030ae0b9cb904b9e23100b08ed51a1a5fa",
    3: "c93bc342ac63faffff11e1389a9fe5f0e6f0271d0df9622672244580fc57bb2d",
    4: "f08fabc3957b70f7cac2eb51175eb76c5377f6f7e5beed7b5a5653de05e54f75",
    5: "b1bcae50940f331afdb900e7596238f1b558d6855b53ad82acbfe340828b0fe2",
    6: "c70911853c36cdc6b32d4630477d3a6505dabeebc4e58b3de6a72ba450e2169c",
    7: "d7791dc7edf1efce8d05140ec659f89ad27bf97a8b0ffd15ba8bb5ac92ac3766",
    8: "88cb6a86b25b50da18e1ce0eafc2552dbd42a03d1329ff7ea60a79a60a5f502c",
    9: "9f1c180b384462121f5f10885abfd239ef1d3a14143ce4b1dcc1c85e3e64b31b",
}
"""The digests by version. If a test fails because a reading has changed, raise VERSION in monitor/reader_version.py and add the
new digest here."""

STATEMENTS = {
    6: "d937819c82d39e42b4d0e2dd1862db4ae10cecf91edfe3909b3faff47a35f4ae",
    7: "46d6e659b7769f928c6f899cf772facb1a4ed06be375b865e829fb64fc819197",
    8: "abf44310380a99cacc30a89cc86f8fb84e10a1788de3900f376b6bd85bfc2abd",
    9: "2dfb130c0b40f3413be030e6086efd25b7f93b16ec11c249995434bab45368d0",
}
"""The digests of the readings of all tests/statements, by version, since version 6."""

SAYS = (
    "We have suspended the ratings of this service, including the rating for safe. We lifted the suspension of admissions.",
    "The Care Quality Commission has served a Warning Notice on the provider.",
    "We can confirm that we have imposed conditions on the registration, and people told us that they liked the food.",
    "The home has a long way to go before it leaves special measures.",
    "One activity is no longer registered at this location. A volunteer at the home was suspended.",
    "The warning notice template is on our website. A visitor was fined for parking there.",
    "You may have heard that the home is in special measures. This is not correct.",
    "A relative rated the home outstanding. The home's rating for caring has improved from requires improvement to good.",
    "The home left special measures in March. It has now been put back.",
    "We checked whether the warning notice had been met. It had not.",
    "We found two breaches of the Health and Social Care Act 2008 (Regulated Activities) Regulations 2014.",
    "The home has not yet been placed in special measures. Neither warning notice remains in place.",
    "Fire officers served an enforcement notice on the building. The provider was in breach of its own medicines policy.",
    "Have we taken enforcement action? Not at this stage. We imposed conditions that apply at all of its locations.",
    "The service will cease on 18 December 2026. The ratings were given when this service was run by Oak Homes Limited.",
    "While we did not need to use our urgent powers, we did serve a warning notice. We are carrying out checks at this home.",
)
"""Statements whose reading has changed, each on a separate page."""


def services() -> Iterator[Service]:
    for number, says in enumerate(SAYS):
        service = Service(location_id=f"1-20000000{number}", name=f"Home {number}")
        service.inspect(on=date(2026, 3, 2), overall="Good", safe="Good")
        service.notices = [says]
        yield service
    for number, words in enumerate(("", ENTERED, REMAINS, LEFT)):
        service = Service(location_id=f"1-10000000{number}", name=f"Home {number}")
        service.inspect(
            on=date(2022, 3, 2),
            overall="Inadequate" if words else "Good",
            safe="Inadequate" if words else "Good",
            special_measures=words,
            breaches="We found a breach of regulation 12 (safe care and treatment).",
            enforcement="We issued a warning notice.",
        )
        yield service.copy()
        service.assess(
            on=date(2025, 3, 3),
            overall="Requires improvement",
            report="AP2001",
            scores={"Safe": 55, "Well-led": 71},
            special_measures=words,
            safe="Requires improvement",
        )
        yield service.copy()
        service.archived = date(2026, 2, 1)
        service.notices = ["The provider of this service has changed."]
        yield service


def sources() -> Iterator[tuple[bytes, str | None]]:
    for service in services():
        url = f"https://www.cqc.org.uk/location/{service.location_id}"
        for layout in Layout:
            yield location_page(service, layout, others=[]).encode(), url
        yield summary_page(service).encode(), f"{url}/inspection-summary"
        yield reports_page(service).encode(), f"{url}/reports"
        if service.newest.assessment:
            for name in ("overall", "safe", "well-led"):
                if page := assessment_page(service, service.newest, name):
                    yield page.encode(), f"{url}/reports/AP2001/{name}"
    for file in sorted(DOCUMENTS.glob("*.txt")):
        yield file.read_bytes(), None


def statements() -> Iterator[tuple[bytes, str | None]]:
    for name, names in NAMES.items():
        for case in cases(HERE / f"{name}.jsonl"):
            yield (HERE / case["file"]).read_bytes() if "file" in case else page(case, names), None


def answers(given: Iterable[tuple[bytes, str | None]]) -> str:
    digest = hashlib.sha256()
    for body, url in given:
        try:
            digest.update(dump_reading(replace(read(body, url=url), decisions=())).encode())
        except Unreadable as error:
            digest.update(str(error).encode())
    return digest.hexdigest()


def test_this_version_reads_all_pages_as_it_did_when_it_got_its_number() -> None:
    assert answers(sources()) == ANSWERS[VERSION], "raise VERSION in monitor/reader_version.py by one, and add the new digest"


@pytest.mark.slow
def test_this_version_reads_all_statements_as_it_did_when_it_got_its_number() -> None:
    """The other test has few pages, so their digest often stays the same if a rule for sentences changes. With each such change,
    statements are added for this test."""
    assert answers(statements()) == STATEMENTS[VERSION], (
        "raise VERSION in monitor/reader_version.py by one if the reader's answers have changed, and add the new digest"
    )


def test_every_version_has_a_different_digest_and_none_is_missing() -> None:
    assert sorted(ANSWERS) == list(range(1, VERSION + 1))
    assert len(set(ANSWERS.values())) == len(ANSWERS)
