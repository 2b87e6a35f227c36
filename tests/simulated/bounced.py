"""Delivery reports in the form of RFC 3464 and in other forms that mail servers use. The reports were written for the tests."""

IDS = ("a" * 32, "b" * 32)
ORIGINAL = "From: care-alerts@monitor.example\r\nTo: lead@council.example\r\nSubject: Home: overall rating fell\r\n"


def standard(
    message_id: str, *, action: str = "failed", status: str = "5.1.1", original: str = "message/rfc822", more: str = ""
) -> bytes:
    """A report in the form of RFC 3464, as Postfix and Exchange send it."""
    return f"""\
From: MAILER-DAEMON@mail.council.example (Mail Delivery System)
To: care-alerts@monitor.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
{more}Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.council.example
Arrival-Date: Sat, 21 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822; lead@council.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user here

--=b
Content-Type: {original}

{ORIGINAL.replace(chr(13), "")}Message-ID: <{message_id}@monitor.example>

The words of the mail.
--=b--
""".replace("\n", "\r\n").encode()


def in_words(message_id: str, *, subject: str = "failure notice", said: str = "550 5.1.1 No such user", more: str = "") -> bytes:
    """A report in words. The headers of the original mail are below the words, as in reports from qmail and older servers."""
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mail.council.example
To: care-alerts@monitor.example
Subject: {subject}
{more}
Hi. This is the mail program at mail.council.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<lead@council.example>:
{said}

--- Below this line is a copy of the message.

{ORIGINAL.replace(chr(13), "")}Message-ID: <{message_id}@monitor.example>

The words of the mail.
""".replace("\n", "\r\n").encode()


def out_of_office(message_id: str) -> bytes:
    """A person's automatic reply, which refers to our mail by its Message-ID."""
    return f"""\
From: Lead <lead@council.example>
To: care-alerts@monitor.example
Subject: Automatic reply: Home: overall rating fell
Auto-Submitted: auto-generated
In-Reply-To: <{message_id}@monitor.example>
References: <{message_id}@monitor.example>

I am on leave until Monday 5.1.1 550. Your mail could not be delivered to my brain.
""".replace("\n", "\r\n").encode()
