# ruff: noqa: E501 - each test case is on one line
"""Tests which mails are delivery reports about our mails, and what the reports say. Some mails are built to be hard to parse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.notify.delivery_report import MailOutcome, read_report
from tests.simulated.bounced import IDS, ORIGINAL, in_words, out_of_office, standard

A, B = IDS
def _plain(sender: str, subject: str, words: str) -> bytes:
    """Returns a mail with an empty return path. The headers of our mail follow the text."""
    top = f"Return-Path: <>\r\nFrom: {sender}\r\nSubject: {subject}\r\n\r\n{words}\r\n\r\n"
    return f"{top}{ORIGINAL}Message-ID: <{A}@monitor.example>\r\n".encode()


READ_RECEIPT = standard(A).replace(b"delivery-status", b"disposition-notification")
HEADERS_ALONE = standard(A, original="text/rfc822-headers")
ANSWERED = standard(A, more=f"In-Reply-To: <{B}@monitor.example>\n").replace(f"Message-ID: <{A}".encode(), b"X-Nothing: <")
FROM_A_PERSON = in_words(A).replace(b"MAILER-DAEMON", b"lead").replace(b"Return-Path: <>\r\n", b"")
ANSWER_IN_WORDS = in_words(A, more="Auto-Submitted: auto-replied\n").replace(b"MAILER-DAEMON", b"lead")
DELIVERED = _plain("postmaster@mail.council.example", "Delivered", "Your message was delivered to the mailbox.")
AWAY = _plain("lead@council.example", "On leave", "I am on leave. Ring 0161 496 0550 or room 550 for help.")
NEWS = _plain("postmaster@mail.council.example", "Maintenance", "Version 4.96.1 on 5.10.20.30 is installed on Monday for 450 users.")
WITH_ITS_ORIGINAL = standard(A).replace(b"delivery-status", b"x-nothing").replace(b"Undelivered Mail Returned to Sender", b"Message blocked")
NO_ACTION = standard(A).replace(b"Action: failed\r\n", b"")
TWO = standard(A, action="delivered", status="2.0.0").replace(
    b"--=b\r\nContent-Type: message/rfc822",
    b"Final-Recipient: rfc822; other@council.example\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
    b"--=b\r\nContent-Type: message/rfc822",
)


@pytest.mark.parametrize(
    ("mail", "became"),
    [
        pytest.param(standard(A), MailOutcome.FAILED, id="a report that there is no such user"),
        pytest.param(standard(A, status="4.4.7"), MailOutcome.FAILED, id="a failure after five days, with a temporary status code"),
        pytest.param(standard(A, action="delayed", status="4.4.1"), MailOutcome.DELAYED, id="a report that the server will try again"),
        pytest.param(standard(A, action="Failed", status="5.7.1 (refused)"), MailOutcome.FAILED, id="an action in capitals, and a status with a comment"),
        pytest.param(standard(A, action="delivered", status="2.0.0"), None, id="a report that the mail was delivered"),
        pytest.param(standard(A, action="relayed", status="2.0.0"), None, id="a report that the mail was forwarded"),
        pytest.param(standard(A, action="expanded", status="2.0.0"), None, id="a report that the mail was sent to a mailing list"),
        pytest.param(NO_ACTION, MailOutcome.FAILED, id="a report with a permanent status, but without an action"),
        pytest.param(NO_ACTION.replace(b"Status: 5", b"Status: 4"), MailOutcome.DELAYED, id="a report with a temporary status, but without an action"),
        pytest.param(TWO, MailOutcome.FAILED, id="a report that one of two recipients failed"),
        pytest.param(HEADERS_ALONE, MailOutcome.FAILED, id="a report with only the headers of the original mail"),
        pytest.param(ANSWERED, MailOutcome.FAILED, id="a report that names our mail only in In-Reply-To"),
        pytest.param(standard(A).replace(b"\r\n", b"\n"), MailOutcome.FAILED, id="a report whose lines end with line feeds alone"),
        pytest.param(in_words(A), MailOutcome.FAILED, id="a failure only in words"),
        pytest.param(in_words(A, said="550 mailbox unavailable"), MailOutcome.FAILED, id="a failure in words, with a code"),
        pytest.param(in_words(A, said="There is nobody of that name."), MailOutcome.FAILED, id="a failure in words, without a code"),
        pytest.param(in_words(A, said="451 4.7.1 try again later"), MailOutcome.FAILED, id="a failure in words, with a temporary code"),
        pytest.param(in_words(A, subject="Mail delivery failed: returning message to sender", said="452 4.2.2 mailbox full"), MailOutcome.FAILED, id="a returned mail, with a temporary code"),
        pytest.param(in_words(A, said="451 4.7.1 busy\nWe will keep trying for four days."), MailOutcome.DELAYED, id="a delay in words: the server keeps trying"),
        pytest.param(in_words(A, subject="Your message", said="451 4.7.1 try again later"), MailOutcome.DELAYED, id="a delay in words: the recipient is busy"),
        pytest.param(in_words(A, subject="Message blocked", said="550 5.7.1 Blocked by policy"), MailOutcome.FAILED, id="a mail that a policy blocked"),
        pytest.param(in_words(A, subject="Rejected: Home: warning notice", said="554 5.7.1 Spam"), MailOutcome.FAILED, id="a rejected mail whose subject mentions a notice"),
        pytest.param(in_words(A, subject="Unzustellbar: Home: overall rating fell"), MailOutcome.FAILED, id="a failure with a subject in German"),
        pytest.param(in_words(A, subject="Ihre E-Mail", said="Reason: 550 unbekannt"), MailOutcome.FAILED, id="a failure in German, with a code"),
        pytest.param(in_words(A, subject="Your message", said="It was rejected by our filter."), MailOutcome.FAILED, id="a mail that a filter blocked, without a code"),
        pytest.param(in_words(A, subject="Notice", said="550 5.7.1 no", more="Auto-Submitted: auto-replied\n"), MailOutcome.FAILED, id="a server's refusal that is marked as an automatic answer"),
        pytest.param(WITH_ITS_ORIGINAL, MailOutcome.FAILED, id="a failure in words, with the original mail attached"),
        pytest.param(DELIVERED, None, id="a server's text that the mail was delivered"),
        pytest.param(AWAY, None, id="a person's answer from leave, without a return path"),
        pytest.param(NEWS, None, id="news from a server's administrator"),
        pytest.param(in_words(A, subject="Warning: could not send message for past 4 hours"), MailOutcome.DELAYED, id="a warning that delivery is delayed"),
        pytest.param(in_words(A, subject="Lunch?"), MailOutcome.FAILED, id="a server's refusal under an ordinary subject"),
        pytest.param(ANSWER_IN_WORDS, None, id="a person's automatic answer in words"),
        pytest.param(FROM_A_PERSON, None, id="a mail from a person"),
        pytest.param(out_of_office(A), None, id="an out-of-office answer"),
        pytest.param(out_of_office(A).replace(b"Automatic reply", b"Undeliverable"), None, id="an out-of-office answer with the subject “Undeliverable”"),
        pytest.param(READ_RECEIPT, None, id="a receipt that our mail was read"),
        pytest.param(standard("somebody.elses"), None, id="a report about somebody else's mail"),
        pytest.param(standard("A" * 32), None, id="an id that is not ours"),
        pytest.param(b"", None, id="an empty mail"),
        pytest.param(b"\xff\x00" * 1000, None, id="not a mail"),
        pytest.param(standard(A)[:400], None, id="a report that is cut off at the beginning"),
    ],
)
def test_only_a_report_about_one_of_our_mails_is_read_as_a_delivery_report(mail: bytes, became: MailOutcome | None) -> None:
    report = read_report(mail)
    assert (report and report.became) == became
    if report is not None:
        assert report.messages in ((A,), (B,)) and "\n" not in report.reply and 0 < len(report.reply) <= 200


def test_a_delivery_report_has_the_servers_answer() -> None:
    report = read_report(standard(A))
    assert report is not None and report.reply == "5.1.1 smtp; 550 5.1.1 No such user here"
    words = read_report(in_words(A))
    assert words is not None and words.reply == "550 5.1.1 No such user"


def test_the_id_in_the_returned_mail_is_listed_before_the_in_reply_to_id() -> None:
    report = read_report(standard(A, more=f"In-Reply-To: <{B}@monitor.example>\n"))
    assert report is not None and report.messages == (A, B)


@settings(max_examples=200)
@given(data=st.data())
def test_no_mutilated_report_raises_an_error(data: st.DataObject) -> None:
    mail = data.draw(st.sampled_from([standard(A), in_words(A), out_of_office(A), HEADERS_ALONE]))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(mail))] * 2)))
    report = read_report(mail[:start] + data.draw(st.binary(max_size=50)) + mail[end:])
    assert report is None or all(len(one) == 32 for one in report.messages)
