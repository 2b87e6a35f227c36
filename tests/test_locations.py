"""Tests that a location id is found in pasted text, and that other text is refused in one clear line."""

import pytest

from monitor.errors import UsageError
from monitor.locations import location_id_in, location_id_of, location_path, published_id

CARE_HOME = "1-2235535718"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(CARE_HOME, CARE_HOME, id="an id"),
        pytest.param("rj121", "RJ121", id="an NHS id in lower case"),
        pytest.param("5J501", "5J501", id="an NHS id that begins with a digit"),
        pytest.param("RWEAA", "RWEAA", id="an NHS id of letters only"),
        pytest.param("tahyr", "TAHYR", id="an NHS id of letters only in lower case"),
        pytest.param("https://www.cqc.org.uk/location/RAPNM/reports", "RAPNM", id="an NHS id of letters only in an address"),
        pytest.param(f"  {CARE_HOME}\n", CARE_HOME, id="an id with blanks around it"),
        pytest.param(f"\u00a0{CARE_HOME}\u00a0", CARE_HOME, id="an id with non-breaking spaces around it"),
        pytest.param(f"\ufeff{CARE_HOME}", CARE_HOME, id="an id after a byte order mark"),
        pytest.param(f"1\u200b-{CARE_HOME[2:]}", CARE_HOME, id="an id with a zero-width space inside"),
        pytest.param(f'"{CARE_HOME}"', CARE_HOME, id="an id in quotes"),
        pytest.param("1–2235535718", CARE_HOME, id="an id with an en dash from a word processor"),
        pytest.param("1\u20112235535718", CARE_HOME, id="an id with a non-breaking hyphen"),
        pytest.param("1−2235535718", CARE_HOME, id="an id with a minus sign"),
        pytest.param("1-２２３５５３５７１８", CARE_HOME, id="an id with full-width digits"),
        pytest.param(f"https://www.cqc.org.uk/location/{CARE_HOME}", CARE_HOME, id="the address of the page"),
        pytest.param(f"http://cqc.org.uk/location/{CARE_HOME}/", CARE_HOME, id="an address without www, with http and a slash"),
        pytest.param(f"www.cqc.org.uk/location/{CARE_HOME}", CARE_HOME, id="an address without a scheme"),
        pytest.param(f"//www.cqc.org.uk/location/{CARE_HOME}", CARE_HOME, id="an address that begins with //"),
        pytest.param(f"https://www.cqc.org.uk./location/{CARE_HOME}", CARE_HOME, id="an address with a dot after the host"),
        pytest.param(f"cqc.org.uk./location/{CARE_HOME}", CARE_HOME, id="an address with a dot after the host and no scheme"),
        pytest.param(f"https://www.cqc.org.uk:443/location/{CARE_HOME}", CARE_HOME, id="an address with the port"),
        pytest.param(f"HTTPS://WWW.CQC.ORG.UK/LOCATION/{CARE_HOME}", CARE_HOME, id="an address in capitals"),
        pytest.param("https://www.cqc.org.uk/location/rj121", "RJ121", id="an NHS id in lower case in an address"),
        pytest.param(
            f"https://www.cqc.org.uk/location/{CARE_HOME}?referer=w#overall",
            CARE_HOME,
            id="an address with a query and a fragment",
        ),
        pytest.param(
            f"https://www.cqc.org.uk/location/{CARE_HOME}/inspection-summary#safe", CARE_HOME, id="the address of the summary"
        ),
        pytest.param(f"https://www.cqc.org.uk/location/{CARE_HOME}/reports", CARE_HOME, id="the address of the reports"),
        pytest.param(
            f"https://www.cqc.org.uk/location/{CARE_HOME}/reports/AP6310/well-led", CARE_HOME, id="the address of an assessment"
        ),
        pytest.param(
            f"https://www.cqc.org.uk/location/{CARE_HOME.replace('-', '%2D')}", CARE_HOME, id="an address with an encoded hyphen"
        ),
        pytest.param("https://www.cqc.org.uk/location/1–2235535718", CARE_HOME, id="an address with an en dash"),
        pytest.param(f"<https://www.cqc.org.uk/location/{CARE_HOME}>", CARE_HOME, id="an address in angle brackets"),
        pytest.param(f"https://www.cqc.org.uk/location/{CARE_HOME}.", CARE_HOME, id="an address with a full stop after it"),
        pytest.param(
            f"https://www.cqc.org.uk/widget/{CARE_HOME}/CQCWidget-{CARE_HOME}-1/location?callback=x",
            CARE_HOME,
            id="the address of the widget",
        ),
        pytest.param(f"https://api.service.cqc.org.uk/public/v1/locations/{CARE_HOME}", CARE_HOME, id="an address of the API"),
        pytest.param(
            f"https://communities.cqc.org.uk/location/{CARE_HOME}", CARE_HOME, id="an address of CQC's host “communities”"
        ),
        pytest.param(f"http://gl-dpcqc.axis12.com/location/{CARE_HOME}", CARE_HOME, id="an address of the copy at CQC's agency"),
        pytest.param(f"http://127.0.0.1:8123/location/{CARE_HOME}", CARE_HOME, id="an address below the base address"),
    ],
)
def test_a_location_id_is_found_in_pasted_text(given: str, expected: str) -> None:
    assert location_id_of(given, base_url="http://127.0.0.1:8123") == expected


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param("", "empty", id="an empty text"),
        pytest.param(" \u00a0\t", "empty", id="only blanks"),
        pytest.param("Cherrybrook", "not a location id", id="the name of a service"),
        pytest.param("LEEDS", "not a location id", id="a word of five letters"),
        pytest.param("RUTLAND", "not a location id", id="a longer word"),
        pytest.param("RWE", "not a location id", id="the id of a trust"),
        pytest.param("https://www.cqc.org.uk/location/LEEDS", "not a location id", id="a word in an address"),
        pytest.param("AP5373", "not a location id", id="the id of an assessment"),
        pytest.param("LAP00417", "not a location id", id="the id of a newer assessment"),
        pytest.param("1-22355x5718", "not a location id", id="an id with a letter inside"),
        pytest.param("1-1", "not a location id", id="an id that is too short"),
        pytest.param("1-٢٢٣٥٥٣٥٧١٨", "not a location id", id="an id with digits of another script"),
        pytest.param(
            "https://www.cqc.org.uk/provider/1-101668250", "is a provider, not a service", id="the address of a provider"
        ),
        pytest.param(
            "https://www.cqc.org.uk/provider/RJ7/reports", "is a provider, not a service", id="the address of a trust's reports"
        ),
        pytest.param(
            "https://api.service.cqc.org.uk/public/v1/providers/1-101668250",
            "a provider",
            id="an address of a provider in the API",
        ),
        pytest.param(f"https://www.example.org/location/{CARE_HOME}", "not on CQC's site", id="an address of another site"),
        pytest.param(
            f"https://www.cqc.org.uk.example.org/location/{CARE_HOME}",
            "not on CQC's site",
            id="an address of a site that imitates CQC",
        ),
        pytest.param(
            f"https://notcqc.org.uk/location/{CARE_HOME}",
            "not on CQC's site",
            id="an address of a host whose name only ends like CQC's",
        ),
        pytest.param(
            f"http://127.0.0.1:9/location/{CARE_HOME}",
            "not on CQC's site",
            id="an address with a port other than the base address's",
        ),
        pytest.param("https://www.cqc.org.uk/search/all", "not the page of one service", id="the address of the search"),
        pytest.param("https://www.cqc.org.uk/location/", "not a location id", id="an address without an id"),
        pytest.param("https://[::1/location/1-123456789", "not an address", id="a broken address"),
        pytest.param(
            "https://www.cqc.org.uk/location/1-123\n456789", "not a location id", id="an address with a line break inside"
        ),
    ],
)
def test_a_text_without_a_location_id_is_refused_in_one_line(given: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        location_id_of(given, base_url="http://127.0.0.1:8123")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("given", ["nlxyz", "https://www.cqc.org.uk/location/NLXYZ", "  NLXYZ. "])
def test_a_word_is_a_location_id_only_if_the_register_contains_it(given: str) -> None:
    assert location_id_of(given, listed={"NLXYZ"}.__contains__) == "NLXYZ"
    with pytest.raises(UsageError, match="not a location id"):
        location_id_of(given, listed={"RWEAA"}.__contains__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f" {CARE_HOME} ", CARE_HOME),
        ("rt203", "RT203"),
        ("RWEAA", "RWEAA"),
        ("NLXYZ", "NLXYZ"),
        ("three", None),
        ("Total", None),
        ("", None),
        ("AN ID", None),
        ("1-1", None),
    ],
)
def test_ids_in_cqcs_files_are_recognised_and_ordinary_words_are_not(text: str, expected: str | None) -> None:
    assert published_id(text) == expected


def test_an_address_below_the_base_address_is_accepted_only_if_the_base_address_is_given() -> None:
    with pytest.raises(UsageError):
        location_id_of(f"http://127.0.0.1:8123/location/{CARE_HOME}")


def test_the_path_of_a_page_contains_its_location_id() -> None:
    assert location_path("RJ121") == "/location/RJ121"
    assert location_id_of("https://www.cqc.org.uk" + location_path(CARE_HOME)) == CARE_HOME
    assert location_id_in("https://www.cqc.org.uk/location/rj121/reports?x=1") == "RJ121"
    assert location_id_in("https://www.cqc.org.uk/provider/RJ7") is None
