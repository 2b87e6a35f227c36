"""What a refusal of a mail or text message means, and what a person must do. Each system that can refuse has its table: mail
servers, Microsoft Entra, Microsoft Graph and GOV.UK Notify. Pure functions.

Texts change more often than codes. Therefore a row matches as little text as possible. If an answer matches no row, only its
code decides. Source: docs/facts/channels.md, Outcomes over SMTP, and the sections after it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from monitor.channels.base import Outcome, Status, one_line


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a refusal means.

    do       one line that says what a person must do; empty if nobody knows, or if nothing needs to be done
    for_all  only if BROKEN: whether the fault concerns all email, not just this recipient
    content  only if REJECTED: whether this mail's content or size was refused, so that a smaller mail without HTML may be
             accepted
    """

    status: Status
    do: str = ""
    for_all: bool = False
    content: bool = False

    def outcome(self, words: str, *, secrets: tuple[str, ...] = (), retry_after: timedelta | None = None) -> Outcome:
        """Returns the outcome, with the receiver's own words and what to do."""
        reply = one_line(words, secrets=secrets)
        return Outcome(
            self.status,
            f"{reply} What to do: {self.do}" if self.do else reply,
            retry_after if self.status is Status.RETRY else None,
            for_all=self.status is Status.BROKEN and self.for_all,
            content=self.status is Status.REJECTED and self.content,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One refusal.

    answer   the answer, in words for the readers of this table
    text     a regular expression that finds the refusal in an answer; case is ignored
    meaning  what the refusal means
    """

    answer: str
    text: str
    meaning: Meaning


def _all_mail(do: str) -> Meaning:
    return Meaning(Status.BROKEN, do, for_all=True)


def _this_address(do: str) -> Meaning:
    return Meaning(Status.BROKEN, do)


def _again(do: str = "") -> Meaning:
    return Meaning(Status.RETRY, do)


def _refused(do: str = "") -> Meaning:
    return Meaning(Status.REJECTED, do)


_TOO_LARGE = Meaning(
    Status.REJECTED, "nothing: the mail is sent again without HTML, and then, if necessary, shortened.", content=True
)


LONGEST = 2_000
"""How many characters of an answer are searched. A server may send megabytes, and to search them would take minutes."""


def _found(rows: Iterable[Row], text: str) -> Meaning | None:
    beginning = text[:LONGEST]
    return next((row.meaning for row in rows if re.search(row.text, beginning, re.IGNORECASE)), None)


# ── SMTP ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

_NO_PASSWORDS = _all_mail(
    "Microsoft 365 does not accept a password for SMTP: add ?auth=xoauth2 to SMTP_URL, or set MAIL_BY=graph (docs/mail.md)."
)
_SWITCHED_OFF = _all_mail(
    "SMTP AUTH is switched off: ask an Exchange administrator to switch it on for this mailbox (Set-CASMailbox MAILBOX "
    "-SmtpClientAuthenticationDisabled $false), or set MAIL_BY=graph."
)
_SEND_AS = _all_mail(
    "the mailbox that signs in may not send as MAIL_FROM: set MAIL_FROM to that mailbox, or give it the Send As permission."
)
_UNSIGNED = _this_address(
    "mail from MAIL_FROM must pass SPF, DKIM and DMARC: ask the person who manages the DNS of the sender's domain."
)

SMTP: tuple[Row, ...] = (
    Row("550 5.7.30 Basic authentication is not supported", r"\b5\.7\.30\b", _NO_PASSWORDS),
    Row("535 5.7.139 … basic authentication is disabled", r"\b5\.7\.139\b.*basic authentication", _NO_PASSWORDS),
    Row("535 5.7.139 … SmtpClientAuthentication is disabled", r"\b5\.7\.139\b.*SmtpClientAuthentication", _SWITCHED_OFF),
    Row(
        "535 5.7.139 … security defaults policy",
        r"\b5\.7\.139\b.*(?:security defaults|locked)",
        _all_mail("the organisation's security defaults forbid passwords for SMTP: use ?auth=xoauth2, or MAIL_BY=graph."),
    ),
    Row(
        "535 5.7.139 … did not meet the criteria",
        r"\b5\.7\.139\b.*criteria",
        _all_mail("a Conditional Access policy refuses this sign-in: Entra's sign-in log shows which policy."),
    ),
    Row(
        "535 5.7.139, anything else",
        r"\b5\.7\.139\b",
        _all_mail("the user or the password in SMTP_URL is wrong, or SMTP AUTH is switched off for the mailbox."),
    ),
    Row(
        "530 5.7.57 Client not authenticated",
        r"\b5\.7\.57\b",
        _all_mail("the server wants a sign-in first: put the user into SMTP_URL, or see docs/mail.md for Microsoft 365."),
    ),
    Row("5.7.60, 5.2.252 or SendAsDenied", r"\b5\.7\.60\b|\b5\.2\.252\b|SendAsDenied", _SEND_AS),
    Row("550 5.7.515 (Outlook.com), 550 5.7.509: not authenticated", r"\b5\.7\.5(?:15|09)\b", _UNSIGNED),
    Row(
        "550 5.1.8, 5.7.705, 5.7.708: sender or organisation is blocked",
        r"\b5\.1\.8\b.*outbound|\b5\.7\.70[58]\b",
        _all_mail("Microsoft has blocked this mailbox or organisation from sending: an administrator can end this in Defender."),
    ),
    Row(
        "5.1.90, 5.7.233, SubmissionQuotaExceeded: too many mails today",
        r"\b5\.1\.90\b|\b5\.7\.233\b|SubmissionQuotaExceeded",
        _again("the mailbox has reached its daily limit; the mail is tried again later. Use a mailbox only for this program."),
    ),
    Row(
        "5.7.64 TenantAttribution; relay access denied",
        r"\b5\.7\.64\b",
        _this_address("the organisation has no connector for this machine's address: create one in Exchange, or sign in."),
    ),
    Row("552 or 554 5.3.4: too large", r"\b5\.3\.4\b|\b5\.2\.3\b", _TOO_LARGE),
)
"""Answers of mail servers. If the code means a permanent refusal, the first row that matches the answer is used."""

_TOKEN_NOT_TAKEN = _all_mail(
    "the server refuses our token: the app needs SMTP.SendAsApp with admin consent, and in Exchange a service principal "
    "with the permission FullAccess to the mailbox (see docs/mail.md)."
)
_WRONG_PASSWORD = _all_mail("the user or the password in SMTP_URL is wrong, or the server no longer accepts passwords.")

SIGN_IN: tuple[tuple[str, Meaning], ...] = (
    ("535 with ?auth=xoauth2 (Microsoft 365: 5.7.3)", _TOKEN_NOT_TAKEN),
    ("535 with a password (5.7.3, 5.7.8)", _WRONG_PASSWORD),
)
"""What a refused sign-in means if the answer matches no row of SMTP: first with a token, then with a password."""

# These codes mean that a policy of the server refused the mail (no relaying, sender not allowed). A recipient that does not exist
# has other codes (5.1.x). Many servers refuse only at RCPT. A person can correct the fault, so the message must wait.
_RULE = re.compile(r"\b5\.7\.\d+\b")


def of_smtp(step: str, code: int, text: str, *, token: bool = False) -> Meaning:
    """Returns what a mail server's answer means.

    step   the step that the server answers: connecting, STARTTLS, signing in, MAIL FROM, RCPT TO, DATA, RSET
    token  whether we sign in with a token, not a password
    """
    if not 500 <= code <= 599:
        return Meaning(Status.RETRY)  # 4xx, and anything that is not a valid answer
    known = _found(SMTP, text)
    if known is not None and not (known.content and step != "DATA"):
        return known
    if step == "signing in" and code == 535:
        return _TOKEN_NOT_TAKEN if token else _WRONG_PASSWORD
    if step not in {"RCPT TO", "DATA"} or code == 530:
        return Meaning(Status.BROKEN, for_all=True)
    if step == "RCPT TO" and _RULE.search(text):
        return Meaning(Status.BROKEN)
    return Meaning(Status.REJECTED, content=step == "DATA")


# ── Microsoft Entra ──────────────────────────────────────────────────────────────────────────────────────────────────────

ENTRA: tuple[Row, ...] = (
    Row(
        "AADSTS7000215 invalid client secret",
        r"AADSTS7000215\b",
        _all_mail("MS_CLIENT_SECRET is wrong: copy the secret's value, not its id, from the app's page Certificates & secrets."),
    ),
    Row(
        "AADSTS7000222 the client secret has expired",
        r"AADSTS7000222\b",
        _all_mail("make a new client secret for the app in Entra, and put it into MS_CLIENT_SECRET."),
    ),
    Row(
        "AADSTS700016 application not found in the directory",
        r"AADSTS700016\b",
        _all_mail("MS_CLIENT_ID is not an app of this organisation: copy the Application (client) ID, and check MS_TENANT."),
    ),
    Row(
        "AADSTS90002, AADSTS900023 no such organisation; no configuration for it",
        r"AADSTS9000(?:2|23)\b|authority configuration",
        _all_mail("MS_TENANT is not an organisation: copy the Directory (tenant) ID from the app's page in Entra."),
    ),
    Row(
        "AADSTS53003 blocked by Conditional Access",
        r"AADSTS5300[0-4]\b",
        _all_mail("a Conditional Access policy for workload identities refuses the app: an Entra administrator must allow it."),
    ),
    Row(
        "AADSTS700027 the certificate is not the app's",
        r"AADSTS700027\b",
        _all_mail("upload the certificate of MS_CLIENT_CERTIFICATE to the app's page Certificates & secrets."),
    ),
    Row(
        "AADSTS700024 the assertion is not valid now",
        r"AADSTS700024\b",
        _all_mail("this machine's clock is wrong: set it with NTP."),
    ),
    Row(
        "AADSTS7000112 the application is disabled",
        r"AADSTS7000112\b",
        _all_mail("the app is disabled: an administrator of Entra enables it under Enterprise applications."),
    ),
    Row(
        "AADSTS7000229, AADSTS500011 a service principal is missing",
        r"AADSTS7000229\b|AADSTS500011\b",
        _all_mail("the organisation does not know the app: grant the permission and admin consent in Entra (docs/mail.md)."),
    ),
    Row(
        "AADSTS90033, AADSTS90055 and other passing faults",
        r"AADSTS900(?:33|55)\b|temporarily_unavailable|server_error",
        _again(),
    ),
)
"""The errors of the token endpoint, which are recognised by their numbers."""


def of_token(text: str) -> Meaning:
    """Returns what an error of Microsoft's token endpoint means. An unknown error needs a person, because it concerns our
    registration."""
    return _found(ENTRA, text) or _all_mail("Microsoft gives the app no token: check MS_TENANT, MS_CLIENT_ID and the secret.")


# ── Microsoft Graph ──────────────────────────────────────────────────────────────────────────────────────────────────────

GRAPH: tuple[Row, ...] = (
    Row("403 ErrorSendAsDenied", r"ErrorSendAsDenied", _SEND_AS),
    Row(
        "403 ErrorAccessDenied",
        r"ErrorAccessDenied|Authorization_RequestDenied|NoPermissionsInAccessToken",
        _all_mail(
            "the app needs the application permission Mail.Send with admin consent; if the permission is "
            "restricted to some mailboxes, MAIL_FROM must be one of them."
        ),
    ),
    Row(
        "404 MailboxNotEnabledForRESTAPI, ErrorInvalidUser, Request_ResourceNotFound",
        r"MailboxNotEnabledForRESTAPI|MailboxNotHostedInExchangeOnline|ErrorInvalidUser|ResourceNotFound|ErrorNonExistentMailbox",
        _all_mail("MAIL_FROM is not a mailbox in Exchange Online: create it in Exchange Online, not only on your own server."),
    ),
    Row("400 ErrorInvalidRecipients", r"ErrorInvalidRecipients", _refused("the address does not exist: correct it.")),
    Row("413, ErrorMessageSizeExceeded", r"ErrorMessageSizeExceeded|RequestBodyTooLarge", _TOO_LARGE),
    Row(
        "ErrorQuotaExceeded: the mailbox is full",
        r"ErrorQuotaExceeded|ErrorStorageQuotaExceeded",
        _all_mail("the mailbox of MAIL_FROM is full, because Graph keeps a copy of each mail: empty its Sent Items."),
    ),
    Row(
        "ErrorMessageSubmissionBlocked, ErrorAccountSuspend",
        r"ErrorMessageSubmissionBlocked|ErrorAccountSuspend",
        _all_mail("Microsoft has blocked this mailbox from sending: an administrator can end this in Defender."),
    ),
    Row(
        "ErrorExceededMessageLimit: too many mails today",
        r"ErrorExceededMessageLimit",
        _again("the mailbox has reached its daily limit; the mail is tried again later. Use a mailbox only for this program."),
    ),
    Row(
        "400 ErrorMimeContentInvalid…",
        r"ErrorMimeContent|for MIME content",
        _refused("Microsoft could not parse this mail: please report this as a bug."),
    ),
)
"""The errors of Graph, which are recognised by the code in the answer."""

_NO_GRAPH_TOKEN = _all_mail("Graph refuses our token: MS_TENANT must be the organisation to which MAIL_FROM belongs.")


def of_graph(code: int, text: str) -> Meaning:
    """Returns what an answer of Graph means, according to its HTTP status and its text."""
    if code in {408, 425, 429} or code >= 500 or code < 400:
        return Meaning(Status.RETRY)
    if code == 413:
        return _TOO_LARGE
    known = _found(GRAPH, text)
    if known is not None:
        return known
    if code == 401:
        return _NO_GRAPH_TOKEN
    return Meaning(Status.BROKEN, for_all=True) if code in {403, 404, 405, 410} else Meaning(Status.REJECTED)


# ── GOV.UK Notify ────────────────────────────────────────────────────────────────────────────────────────────────────────

NOTIFY: tuple[Row, ...] = (
    Row(
        "400 … team-only API key",
        r"team-only",
        _this_address("the key sends to your team only: set NOTIFY_API_KEY to a live key, or add the address to the guest list."),
    ),
    Row(
        "400 … trial mode",
        r"trial mode",
        _this_address("the service in Notify is in trial mode and sends to its team only: ask Notify to make it live."),
    ),
    Row(
        "400 Missing personalisation",
        r"missing personalisation",
        _all_mail("the template asks for more than ((subject)) and ((message)): make it as docs/mail.md says."),
    ),
    Row(
        "400 Template not found, No result found, template_id …",
        r"template not found|no result found|template_id|template .*(?:deleted|archived|not suitable)",
        _all_mail("NOTIFY_TEMPLATE is not an email template of this service: copy the template's id from its page in Notify."),
    ),
    Row(
        "400 email_address is not a valid email address",
        r"email_address|not a valid email address",
        _refused("Notify does not accept the email address: correct it."),
    ),
    Row(
        "400 Emails cannot be longer",
        r"cannot be longer",
        Meaning(Status.REJECTED, "nothing: a shorter mail is sent instead.", content=True),
    ),
    Row(
        "400 one_click_unsubscribe_url is not a valid https url",
        r"one_click_unsubscribe_url",
        _all_mail("PUBLIC_URL must be an address that begins with https://."),
    ),
    Row(
        "400 Service is not allowed to send emails",
        r"not allowed to send|does ?n[o'’]t have permission",
        _all_mail("in the settings of your service in Notify, switch on sending emails."),
    ),
    Row(
        "403 … system clock",
        r"system clock|token has expired|in the future",
        _all_mail("this machine's clock must be correct to within 30 seconds: set it with NTP."),
    ),
    Row(
        "401 or 403 Invalid token: API key not found, revoked",
        r"invalid token|api key|unauthorized|service is archived",
        _all_mail("NOTIFY_API_KEY is not a key that Notify knows: copy the whole key, with its name, or make a new one."),
    ),
)
"""Errors of Notify. Notify asks clients not to rely on its texts. Therefore a row matches little text. If an answer matches no
row, only its code decides."""

NOTIFY_SMS: tuple[Row, ...] = (
    Row(
        "400 … team-only API key, trial mode",
        r"team-only|trial mode",
        _this_address(
            "the service in Notify sends to its team only: make it live and use a live key, or add the number to the guest list."
        ),
    ),
    Row(
        "400 Cannot send to international mobile numbers",
        r"international mobile",
        _this_address("in the settings of your service in Notify, switch on sending to other countries, or use a UK number."),
    ),
    Row(
        "400 phone_number …: too many digits, not enough digits, not a UK mobile number",
        r"phone_number|not a valid phone",
        _refused("Notify does not accept the number for text messages: correct it."),
    ),
    Row(
        "400 Missing personalisation",
        r"missing personalisation",
        _this_address("the template asks for more than ((message)): make it as docs/on-call.md says."),
    ),
    Row(
        "400 Template not found, No result found, template_id …",
        r"template not found|no result found|template_id|template .*(?:deleted|archived|not suitable)",
        _this_address("NOTIFY_SMS_TEMPLATE is not a text message template of this service: copy the template's id from Notify."),
    ),
    Row(
        "400 Content … has a character count greater than the limit",
        r"character count",
        _this_address("the template adds too much text: it must contain only ((message)) (docs/on-call.md)."),
    ),
    Row(
        "400 Service is not allowed to send text messages",
        r"not allowed to send|does ?n[o'’]t have permission",
        _this_address("in the settings of your service in Notify, switch on sending text messages."),
    ),
)
"""Errors of Notify about text messages. For text messages, these rows are tried before the rows of NOTIFY."""

DAILY_LIMIT = _again("the service has reached its daily limit; the message waits until midnight. Notify can raise the limit.")


def of_notify(code: int, text: str, *, text_message: bool = False) -> Meaning:
    """Returns what an answer of Notify means, according to its HTTP status and its text."""
    if code == 429 and "TooManyRequestsError" in text:
        return DAILY_LIMIT
    if code in {408, 425, 429} or code >= 500 or code < 400:
        return Meaning(Status.RETRY)
    known = (_found(NOTIFY_SMS, text) if text_message else None) or _found(NOTIFY, text)
    if known is not None:
        return known
    return Meaning(Status.BROKEN, for_all=True) if code in {401, 403, 404, 405, 410} else Meaning(Status.REJECTED)
