"""Tests the judgement. Each finding is reported in time, says what to do, and is never reported about a healthy monitor."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import judgement
from monitor.detect.agreement import Agreement
from monitor.detect.recall import Measured, Recall, Source
from monitor.judgement import (
    COMMAND,
    NONE,
    TABLE,
    Code,
    Facts,
    Finding,
    Judgement,
    Level,
    Out,
    Receivers,
    Sample,
    Services,
    Setup,
    Some,
    Standing,
    complete,
    judge,
    standing_for_operator,
    words,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SETUP = Setup(check_every=timedelta(hours=6), stale_after=timedelta(hours=48), mail=True)


def ago(**length: float) -> datetime:
    """Returns the time that is `length` before noon."""
    return NOON - timedelta(**length)


def some(*names: str, count: int = 0, **since: float) -> Some:
    """Describes `count` services or messages (default: the number of names). `since` is how long ago the first was seen."""
    return Some(
        count=count or len(names), since=ago(**since) if since else None, samples=tuple(Sample(name=one) for one in names)
    )


AGREES = Agreement(compared=300, agreeing=300, file_date=date(2026, 11, 13))
WELL = Facts(
    setup=SETUP, services=Services(up_to_date=300), last_read_at=ago(minutes=5), workers=1, agreement=AGREES, free=50_000_000_000
)
ALONE = replace(WELL, workers=0)
DUE = replace(WELL, due=some(count=2, minutes=30), last_read_at=ago(hours=1))


def read(**others: Some) -> Facts:
    """Returns the facts of a monitor with three hundred services. `others` gives the services that are not up to date."""
    return replace(WELL, services=Services(up_to_date=300 - sum(one.count for one in others.values()), **others))


FEW, ALL = Recall(named=18, of=20), Recall(named=20, of=20)
NAMES_ALL = Source(measured=Measured(source="list", recall=ALL, lately=ALL))


FOUND: dict[Code, Facts] = {
    Code.DAEMON_DEAD: replace(ALONE, dead_workers=1),
    Code.NO_DAEMON: replace(ALONE, due=some(count=2, days=3), last_read_at=ago(days=3)),
    Code.NOTHING_READ: DUE,
    Code.SITE_OUT: replace(WELL, site=Out(since=ago(hours=2), reason="CQC answered 503")),
    Code.DISK_FULL: replace(WELL, free=90_000_000),
    Code.MAIL_NOT_SET_UP: replace(WELL, setup=replace(SETUP, mail=False), mail_wanted=2),
    Code.MAIL_OFF: replace(WELL, mail_off=Out(since=ago(hours=2), reason="535 wrong password")),
    Code.OPERATOR_OFF: replace(WELL, operator_off=Out(since=ago(hours=2), reason="404 no_service")),
    Code.URGENT_LATE: replace(WELL, urgent_late=some(count=1, minutes=61)),
    Code.URGENT_GIVEN_UP: replace(WELL, urgent_given_up=some(count=1, hours=2)),
    Code.NOBODY_ALERTED: replace(WELL, unalerted=some("Leeds", "York", days=2)),
    Code.DIFFERS: replace(WELL, agreement=replace(AGREES, agreeing=299, differing=("1-101",))),
    Code.NAMED_NOT_SHOWN: replace(WELL, named_not_shown=some("1-101", days=4)),
    Code.DOUBTED: replace(WELL, doubted=some("e1", hours=2)),
    Code.CONTRACTED_UNWATCHED: replace(WELL, contracted_unwatched=some("1-101", "1-102", days=2)),
    Code.ROTA_GAP: replace(WELL, rota_gaps=some("Leeds", days=2)),
    Code.BOUNCES_UNREAD: replace(WELL, bounces="the server can't be reached"),
    Code.AGREEMENT_LOW: replace(WELL, agreement=replace(AGREES, compared=100, agreeing=97)),
    Code.NEVER_READ: read(never_read=some("1-101", hours=1)),
    Code.STALE: read(stale=some("1-101", hours=49)),
    Code.CHECK_FAILED: read(check_failed=some("1-101", hours=1)),
    Code.PARTLY_READ: read(partly_read=some("1-101", "1-102", "1-103", "1-104", hours=1)),
    Code.REPORT_MISSING: read(report_missing=some("1-101", hours=1)),
    Code.NOT_UNDERSTOOD_AT_MANY: replace(WELL, not_understood=some(count=16, hours=1)),
    Code.DISAGREEMENT: replace(WELL, disagreements=some("1-101", hours=2)),
    Code.CHECK_HANGS: replace(WELL, hanging=some("1-101", hours=2)),
    Code.API_OUT: replace(WELL, api=Out(since=ago(hours=2), reason="CQC answered 500")),
    Code.SOURCE_SILENT: replace(
        WELL, sources=(replace(NAMES_ALL, silent_since=ago(hours=7), why="CQC's list of publications is empty"),)
    ),
    Code.SOURCE_MISSES: replace(WELL, sources=(replace(NAMES_ALL, measured=replace(NAMES_ALL.measured, lately=FEW)),)),
    Code.RECEIVER_OFF: replace(WELL, receivers_off=replace(some("slack:hooks.slack.com/…x9Qz", hours=2), private=True)),
    Code.UNCONFIRMED: replace(WELL, unconfirmed=some(count=2)),
    Code.LATE: replace(WELL, late=some(count=1, minutes=61)),
    Code.NOT_TAKEN: replace(WELL, not_taken=some(count=1, minutes=3)),
    Code.GIVEN_UP: replace(WELL, given_up=some(count=1, hours=2)),
    Code.REGISTER_OLD: replace(WELL, register_of=date(2026, 9, 1), register_old=True, rules=2),
    Code.BACKUP: replace(WELL, backup=Out(since=ago(days=3), reason="the disk is full")),
    Code.DISK_LOW: replace(WELL, free=900_000_000),
    Code.NOT_CHECKED_YET: read(not_checked=some(count=3)),
    Code.NO_DAEMON_SEEN: ALONE,
    Code.NEVER_VERIFIED: replace(WELL, agreement=None),
    Code.NOT_UNDERSTOOD: replace(WELL, not_understood=some("1-101", hours=1)),
    Code.READ_AGAIN: replace(WELL, read_again=(12, 300)),
    Code.REGISTER_OLD_UNUSED: replace(WELL, register_of=date(2026, 9, 1), register_old=True),
    Code.RATINGS_OLD: replace(WELL, register_of=date(2026, 11, 13), ratings_of=date(2026, 5, 5), ratings_old=True),
    Code.NOT_SET: replace(WELL, setup=replace(SETUP, unset=("CONTACT", "OPERATOR"))),
    Code.NOTHING_WATCHED: replace(WELL, services=Services()),
}
"""For each code of a finding, facts that cause this finding and no other."""


@pytest.mark.parametrize("code", Code)
def test_each_finding_can_occur_alone_and_says_what_to_do(code: Code) -> None:
    found = judge(FOUND[code], NOON)
    (one,) = found.findings
    assert (one.code, one.level) == (code, TABLE[code].level)
    assert one.do and one.text in one.line and "{" not in one.line
    expected = {Level.WRONG: Standing.WRONG, Level.LOOK: Standing.LOOK, Level.REMARK: Standing.OK}[one.level]
    assert found.standing is expected and found.well is (expected is Standing.OK)


@pytest.mark.parametrize("code", [code for code in Code if TABLE[code].level is not Level.REMARK])
def test_the_judgement_contains_every_finding_that_needs_a_person(code: Code) -> None:
    found = judge(FOUND[code], NOON)
    assert judgement.NOTHING_WRONG not in found.text
    words = found.findings[0].brief(bare=found.standing is Standing.LOOK)
    assert words in found.text or words in found.text[:1].lower() + found.text[1:]


def test_the_judgement_has_the_agreed_words() -> None:
    assert judge(FOUND[Code.PARTLY_READ], NOON).text == (
        "296 of 300 services are up to date; 4 are partly read: 1-101, 1-102, 1-103, 1 more."
    )
    well = "Nothing is wrong: readings of 300 of 300 services agree with CQC's file of 13 November 2026."
    assert judge(WELL, NOON).text == well


@pytest.mark.parametrize("agreement", [None, replace(AGREES, compared=0, agreeing=0)])
def test_the_judgement_says_if_readings_were_never_compared_with_cqcs_files(agreement: Agreement | None) -> None:
    found = judge(replace(WELL, agreement=agreement), NOON)
    assert found.text == "Nothing is wrong; our readings have never been compared with CQC's files."


def test_the_judgement_gives_the_number_of_services_that_were_not_checked_yet() -> None:
    facts = replace(WELL, services=Services(up_to_date=7, not_checked=some(count=3)), agreement=None)
    assert judge(facts, NOON).text == (
        "Nothing is wrong; 3 services have not been checked yet; our readings have never been compared with CQC's files."
    )


def test_without_a_daemon_the_judgement_does_not_say_that_nothing_is_wrong() -> None:
    found = judge(replace(ALONE, last_read_at=NOON - timedelta(hours=1)), NOON)
    assert found.well and found.text == (
        "No daemon is running, so services are checked only when somebody or a timer runs check (last read 21 November 2026 at "
        "11:00am); readings of 300 of 300 services agree with CQC's file of 13 November 2026."
    )
    bare = judge(replace(ALONE, last_read_at=NOON - timedelta(hours=1), agreement=None), NOON).text
    assert judgement.NOTHING_WRONG not in bare and bare.endswith("; our readings have never been compared with CQC's files.")


def test_without_watchlists_the_judgement_only_says_that_nothing_is_watched() -> None:
    assert judge(replace(WELL, services=Services(), agreement=None), NOON).text == "Nothing is watched yet."


def test_the_judgement_says_alerts_may_fail_if_the_only_service_was_never_read() -> None:
    facts = replace(WELL, services=Services(never_read=some("1-101", hours=1)), last_read_at=None)
    found = judge(facts, NOON)
    assert [one.code for one in found.findings] == [Code.NOTHING_READ, Code.NEVER_READ]
    assert found.text == (
        "Alerts may not be made or may not arrive: no service has ever been read, though checks have been due since "
        "21 November 2026 at 11:00am."
    )


def test_without_a_daemon_an_overdue_first_check_is_reported_at_once() -> None:
    facts = replace(ALONE, services=Services(not_checked=some(count=2)), due=some(count=2, minutes=1), last_read_at=None)
    assert judge(facts, NOON).findings[0].code is Code.NO_DAEMON


def test_during_an_outage_no_other_finding_says_that_nothing_is_read() -> None:
    facts = replace(DUE, site=Out(since=ago(hours=2), reason="503"))
    assert [one.code for one in judge(facts, NOON).findings] == [Code.SITE_OUT]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(replace(WELL, due=some(count=900, hours=3)), id="many checks are due, but a service was read minutes ago"),
        pytest.param(
            replace(WELL, due=some(count=1, minutes=9), last_read_at=ago(hours=6)), id="a check has been due only for minutes"
        ),
        pytest.param(
            replace(ALONE, due=some(count=9, hours=5), last_read_at=ago(hours=5)),
            id="there is no daemon, but a timer runs the command check",
        ),
        pytest.param(replace(WELL, workers=3, dead_workers=1), id="one of four workers is dead, and the others do its work"),
        pytest.param(replace(WELL, api=Out(since=ago(minutes=59), reason="500")), id="the API has been out for 59 minutes"),
        pytest.param(replace(WELL, setup=replace(SETUP, mail=False)), id="email is not set up, but nobody needs email"),
        pytest.param(replace(WELL, agreement=replace(AGREES, compared=100, agreeing=98)), id="98 of 100 readings agree"),
        pytest.param(replace(WELL, not_understood=some(count=15)), id="a statement is not understood at 5 % of the services"),
    ],
)
def test_a_monitor_that_works_has_no_finding_that_needs_a_person(facts: Facts) -> None:
    assert judge(facts, NOON).well


def test_the_worst_finding_comes_first_and_the_judgement_stays_short() -> None:
    facts = replace(
        read(partly_read=some(*(f"1-{n}" for n in range(20)), count=200)),
        site=Out(since=ago(hours=2), reason="503"),
        mail_off=Out(since=ago(hours=2), reason="535"),
        free=1,
        unalerted=some("Leeds"),
    )
    found = judge(facts, NOON)
    assert [one.level for one in found.findings] == [Level.WRONG] * 4 + [Level.LOOK]
    assert found.text.endswith("and 1 other thing.") and len(found.text) < 400
    assert "180 more" in found.findings[-1].text


def test_the_judgement_does_not_contain_the_address_of_a_receiver() -> None:
    found = judge(FOUND[Code.RECEIVER_OFF], NOON)
    assert "slack:" not in found.text and "slack:" in found.findings[0].text


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_code_without_words_fails_at_import(tmp_path: Path) -> None:
    source = Path(words.__file__).read_text(encoding="utf-8")
    added = source.replace('    DAEMON_DEAD = "daemon dead"', '    DAEMON_DEAD = "daemon dead"\n    NEW = "something new"')
    assert added != source
    (tmp_path / "judged.py").write_text(added, encoding="utf-8")
    ended = subprocess.run([sys.executable, "-c", "import judged"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1 and "the code 'something new' has no words" in ended.stderr


@pytest.mark.parametrize("field", ["one", "many", "do"])
def test_a_code_is_refused_if_a_part_of_its_words_is_missing(field: str) -> None:
    with pytest.raises(TypeError, match="partly read"):
        complete({**TABLE, Code.PARTLY_READ: replace(TABLE[Code.PARTLY_READ], **{field: ""})})  # type: ignore[arg-type]


_KIN = re.compile(
    r"nothing (?:is|was) (?:wrong|amiss)|(?:all|everything) (?:is|was|were) (?:well|fine|good|ok|in order)|"
    r"(?:all|every) services? (?:is|are|was|were) (?:up to date|read)|all (?:were )?read well|as a whole can be read",
    re.IGNORECASE,
)


def test_only_one_file_contains_the_words_nothing_is_wrong() -> None:
    root = Path(judgement.__file__).parent.parent
    files = [*root.rglob("*.py"), *(file for file in (root.parent / "templates").rglob("*") if file.is_file())]
    found = [
        f"{file.relative_to(root.parent)}: {line.strip()}"
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if _KIN.search(line)
    ]
    assert found == ['monitor/judgement/__init__.py: NOTHING_WRONG = "Nothing is wrong"']


# ── heartbeat, operator ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "stops"),
    [
        pytest.param(WELL, False, id="nothing is wrong"),
        pytest.param(FOUND[Code.SITE_OUT], True, id="something is wrong"),
        pytest.param(FOUND[Code.PARTLY_READ], False, id="4 of 300 services are partly read"),
        pytest.param(read(partly_read=some(count=15)), False, id="5 % of the services are partly read"),
        pytest.param(read(partly_read=some(count=16)), True, id="more than 5 % of the services are partly read"),
        pytest.param(
            read(partly_read=some(count=8), stale=some(count=8)), True, id="more than 5 % of services are partly read or stale"
        ),
        pytest.param(FOUND[Code.API_OUT], False, id="the only finding is not about services"),
        pytest.param(replace(WELL, not_understood=some(count=3)), False, id="the only finding is a remark"),
    ],
)
def test_the_heartbeat_stops_if_something_is_wrong_or_many_services_have_a_problem(facts: Facts, stops: bool) -> None:
    assert judge(facts, NOON).stops_heartbeat is stops


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        pytest.param(FOUND[Code.PARTLY_READ], Standing.LOOK, id="a service is partly read"),
        pytest.param(FOUND[Code.SITE_OUT], Standing.OK, id="an outage, about which the operator is alerted separately"),
        pytest.param(
            replace(FOUND[Code.STALE], site=Out(since=ago(hours=50), reason="503")),
            Standing.OK,
            id="a service is stale because of an outage",
        ),
        pytest.param(FOUND[Code.CHECK_FAILED], Standing.OK, id="a check failed once"),
        pytest.param(FOUND[Code.NOBODY_ALERTED], Standing.WRONG, id="a watchlist about which nobody is alerted"),
        pytest.param(replace(WELL, unalerted=some("Leeds", minutes=9)), Standing.OK, id="a watchlist created minutes ago"),
        pytest.param(FOUND[Code.NOT_SET], Standing.OK, id="the only finding is a remark"),
    ],
)
def test_the_operator_is_not_alerted_twice_about_one_problem(facts: Facts, standing: Standing) -> None:
    assert standing_for_operator(judge(facts, NOON), NOON) is standing


# ── receivers ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("receivers", "said"),
    [
        (Receivers(), "0 alerted now"),
        (Receivers(alerted=2), "2 alerted now"),
        (Receivers(paused=1, unconfirmed=1), "0 alerted now (1 paused, 1 not confirmed)"),
        (Receivers(paused=2, until=date(2026, 12, 15)), "0 alerted now (2 paused until 15 December 2026)"),
        (Receivers(alerted=1) + Receivers(paused=1, until=date(2026, 12, 15)), "1 alerted now (1 paused until 15 December 2026)"),
        (Receivers(paused=1, until=date(2026, 12, 15)) + Receivers(paused=1), "0 alerted now (2 paused)"),
        (Receivers(alerted=1, off=3), "1 alerted now (3 unreachable)"),
    ],
)
def test_the_number_of_alerted_receivers_is_followed_by_the_numbers_of_other_receivers(receivers: Receivers, said: str) -> None:
    assert str(receivers) == said


# ── random worlds ────────────────────────────────────────────────────────────────────────────────────────────────────────

counts = st.integers(0, 40)


@st.composite
def anything(draw: st.DrawFn) -> Facts:
    """Draws any state of a monitor at noon, including impossible states."""

    def several() -> Some:
        count = draw(counts)
        return Some(count=count, since=ago(minutes=draw(st.integers(0, 9000))) if count else None)

    def out() -> Out | None:
        return Out(since=ago(minutes=draw(st.integers(0, 9000))), reason="why") if draw(st.booleans()) else None

    names = ("partly_read", "report_missing", "check_failed", "stale", "never_read", "not_checked")
    quiet = draw(st.booleans())  # makes states with few problems frequent enough
    services = {name: NONE if quiet and draw(st.booleans()) else several() for name in names}
    return Facts(
        setup=replace(SETUP, mail=draw(st.booleans()), api=draw(st.booleans())),
        services=Services(up_to_date=draw(counts), **services),
        due=several(),
        last_read_at=draw(st.none() | st.integers(0, 9000).map(lambda minutes: ago(minutes=minutes))),
        workers=draw(st.integers(0, 2)),
        dead_workers=draw(st.integers(0, 2)),
        site=None if quiet else out(),
        mail_off=None if quiet else out(),
        mail_wanted=draw(counts),
        urgent_late=NONE if quiet else several(),
        unalerted=NONE if quiet else several(),
        agreement=draw(
            st.none() | st.builds(Agreement, compared=counts, agreeing=st.just(0), file_date=st.just(date(2026, 1, 1)))
        ),
    )


@given(anything())
def test_the_judgement_never_says_more_than_the_facts_show(facts: Facts) -> None:
    found = judge(facts, NOON)
    said, services = found.text, facts.services
    assert said.endswith(".") and "{" not in said
    unseen = (services.partly_read, services.report_missing, services.check_failed, services.stale, services.never_read)
    if judgement.NOTHING_WRONG in said:
        assert found.well and not any(one.count for one in unseen)
        assert facts.site is None and not facts.unalerted.count and not facts.urgent_late.count
        assert (facts.agreement is not None and facts.agreement.compared) or "never been compared" in said
        assert not services.not_checked.count or "been checked yet" in said
    assert found.stops_heartbeat or found.standing is not Standing.WRONG
    assert isinstance(found, Judgement) and all(isinstance(one, Finding) for one in found.findings)


@pytest.mark.parametrize("code", Code)
def test_each_instruction_begins_with_a_capital_letter_or_a_command(code: Code) -> None:
    line = Finding(code=code, detail="last read yesterday").line
    sentences = re.split(r"(?<=[.?!]) ", line)
    assert all(one[0].isupper() or one.startswith(COMMAND) for one in sentences[1:]), line
