"""Tests the tables of refusals. Each row matches its answer, and is in the manual. The meaning of any other answer depends on its
code."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.channels import Status
from monitor.channels.refusals import ENTRA, GRAPH, NOTIFY, SIGN_IN, SMTP, Meaning, Row, of_graph, of_notify, of_smtp, of_token

MANUAL = (Path(__file__).parents[2] / "docs" / "mail.md").read_text(encoding="utf-8")

TABLES = {"SMTP": SMTP, "ENTRA": ENTRA, "GRAPH": GRAPH, "NOTIFY": NOTIFY}
ROWS = [pytest.param(table, row, id=f"{name}: {row.answer}") for name, table in TABLES.items() for row in table]


def becomes(meaning: Meaning) -> str:
    """Returns what happens to the mail, in the manual's words."""
    if meaning.status is Status.BROKEN:
        return "all email waits" if meaning.for_all else "this address waits"
    if meaning.status is Status.RETRY:
        return "tried again"
    return "sent shorter, or failed for good" if meaning.content else "failed for good"


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_each_row_is_the_first_row_that_matches_its_answer(table: Sequence[Row], row: Row) -> None:
    """An earlier row may match only if it has the same meaning."""
    first = next(one for one in table if re.search(one.text, row.answer, re.IGNORECASE))
    assert first is row or first.meaning == row.meaning


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_each_row_is_in_the_manual(table: Sequence[Row], row: Row) -> None:
    """The manual says what happens to the mail, and what to do."""
    line = f"| {row.answer} | {becomes(row.meaning)} | {row.meaning.do or 'nothing'} |"
    assert line in MANUAL, f"docs/mail.md should say:\n{line}"


@pytest.mark.parametrize(("answer", "meaning"), SIGN_IN)
def test_each_refused_sign_in_is_in_the_manual(answer: str, meaning: Meaning) -> None:
    """The manual has a line about the sign-in with a token, and another about the sign-in with a password."""
    line = f"| {answer} | {becomes(meaning)} | {meaning.do} |"
    assert line in MANUAL, f"docs/mail.md should say:\n{line}"


@pytest.mark.parametrize("row", [one.values[1] for one in ROWS])
def test_the_advice_of_each_row_is_one_short_line(row: Row) -> None:
    """The advice follows the receiver's words in the same line."""
    assert row.meaning.do == "" or (row.meaning.do.endswith((".", ").")) and "\n" not in row.meaning.do)
    assert len(row.meaning.do) < 200


@pytest.mark.parametrize(
    ("meaning", "status", "for_all"),
    [
        pytest.param(of_smtp("RCPT TO", 250, "250 OK"), Status.RETRY, False, id="an answer that is not a refusal"),
        pytest.param(of_smtp("DATA", 999, "999"), Status.RETRY, False, id="an unknown code"),
        pytest.param(
            of_smtp("RCPT TO", 450, "450 5.7.30"), Status.RETRY, False, id="4xx, which is temporary whatever the text says"
        ),
        pytest.param(of_smtp("connecting", 554, "554 no"), Status.BROKEN, True, id="5xx before the recipient, which refuses us"),
        pytest.param(
            of_smtp("RCPT TO", 550, "550 5.7.1 closed"), Status.BROKEN, False, id="a rule at RCPT, which stops this address"
        ),
        pytest.param(of_smtp("RCPT TO", 550, "550 5.1.1"), Status.REJECTED, False, id="an unknown mailbox"),
        pytest.param(of_smtp("DATA", 554, "554 5.7.1 spam"), Status.REJECTED, False, id="a filter"),
        pytest.param(of_smtp("MAIL FROM", 552, "552 5.3.4"), Status.BROKEN, True, id="“too large” before the mail was sent"),
        pytest.param(of_smtp("signing in", 504, "504 5.5.4"), Status.BROKEN, True, id="an unknown sign-in"),
        pytest.param(of_token(""), Status.BROKEN, True, id="no token, without a reason"),
        pytest.param(of_graph(302, ""), Status.RETRY, False, id="a redirect"),
        pytest.param(of_graph(405, ""), Status.BROKEN, True, id="an answer of another server"),
        pytest.param(of_graph(422, "ErrorNew"), Status.REJECTED, False, id="another refusal of this mail"),
        pytest.param(of_notify(302, ""), Status.RETRY, False, id="a redirect by Notify"),
        pytest.param(of_notify(404, ""), Status.BROKEN, True, id="an address that Notify does not have"),
        pytest.param(of_notify(422, "NewError: new"), Status.REJECTED, False, id="another refusal of this message"),
    ],
)
def test_the_meaning_of_an_answer_without_a_row_depends_on_its_code(meaning: Meaning, status: Status, for_all: bool) -> None:
    """An alert must not be lost, and must not delay other alerts."""
    assert (meaning.status, meaning.for_all) == (status, for_all)


def test_the_outcome_has_the_receivers_words_and_the_advice_but_no_secrets() -> None:
    """A long text of the receiver is shortened, but the advice is not."""
    meaning = Meaning(Status.BROKEN, "set MAIL_FROM.", for_all=True)
    outcome = meaning.outcome("535 s3cr3t\r\n" + "x" * 1000, secrets=("s3cr3t",), retry_after=timedelta(1))
    assert outcome.reply.startswith("535 … x") and outcome.reply.endswith("… What to do: set MAIL_FROM.")
    assert len(outcome.reply) < 350 and "s3cr3t" not in outcome.reply and outcome.retry_after is None
