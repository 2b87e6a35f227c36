"""Tests email through Microsoft, with Entra's tokens, over SMTP with XOAUTH2 or through Graph. The simulators follow Microsoft's
documentation."""

import asyncio
import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import msal
import pytest

from monitor import http
from monitor.channels import Outcome, Status
from monitor.channels.base import Mail
from monitor.channels.mail_settings import MailSetup, Registration, sender_of, server_of
from monitor.channels.microsoft import GRAPH_SCOPE, SMTP_SCOPE, NoToken, Tokens
from tests.channels.receiving import alert, by, free_port
from tests.simulated import tls as certificates
from tests.simulated.microsoft import CLIENT_ID, GRAPH_RESOURCE, MAILBOX, SMTP_RESOURCE, Entra, Exchange, Graph, GraphError, Said
from tests.simulated.server import Answer
from tests.simulated.tls import Tls

ADDRESS = "mailto:lead@council.example"
SENDER = sender_of(f"CQC monitor <{MAILBOX}>")


@pytest.fixture
def entra(tls: Tls) -> Iterator[Entra]:
    """Returns the sign-in service of an organisation in which everything is set up."""
    with Entra(tls=tls.server) as running:
        yield running


@pytest.fixture
def exchange(entra: Entra, tls: Tls) -> Iterator[Exchange]:
    """The mail server of the organisation."""
    with Exchange(entra, tls=tls.server) as running:
        yield running


@pytest.fixture
def graph(entra: Entra, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    """Returns the organisation's Microsoft Graph."""
    with Graph(entra) as running:
        monkeypatch.setattr("monitor.channels.graph.GRAPH", running.url)
        yield running


def registration(entra: Entra, **other: Any) -> Registration:
    """Returns the app's registration, as the settings describe it."""
    values: dict[str, Any] = {"tenant": entra.authority, "client_id": CLIENT_ID, "secret": entra.secret}
    return Registration(**(values | other))


def by_smtp(entra: Entra, exchange: Exchange, tls: Tls, **other: Any) -> Mail:
    """Returns the channel for SMTP_URL with auth=xoauth2."""
    return by(MailSetup(SENDER, server_of(exchange.url), registration(entra, **other)), tls.client)


def by_graph(entra: Entra, tls: Tls, sender: str = MAILBOX, **other: Any) -> Mail:
    """Returns the channel for MAIL_BY=graph."""
    return by(MailSetup(sender_of(sender), None, registration(entra, **other)), tls.client)


def sent(channel: Mail, times: int = 1) -> list[Outcome]:
    """Sends the same mail `times` times, and returns the outcome of each send."""

    async def sending() -> list[Outcome]:
        (part,) = channel.parts(alert(), message_id="m-1", address=ADDRESS)
        try:
            return [await channel.send(part, message_id="m-1", part_number=1, address=ADDRESS) for _ in range(times)]
        finally:
            await channel.close()

    return asyncio.run(sending())


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def token(entra: Entra, tls: Tls | None, scope: str = SMTP_SCOPE, **other: Any) -> str | Outcome:
    """Returns a token, or the outcome if there is no token."""

    async def asking() -> str | Outcome:
        tokens = Tokens(registration(entra, **other), scope, tls.client if tls else None)
        try:
            return await tokens.token()
        except NoToken as none:
            return none.outcome
        finally:
            await tokens.close()

    return asyncio.run(asking())


def test_microsofts_own_library_gets_a_token_from_the_simulator(entra: Entra, tls: Tls) -> None:
    """The test uses the library as its documentation shows. Only the HTTP client is ours."""
    with http.Client(verify=tls.client) as client:
        app = msal.ConfidentialClientApplication(
            CLIENT_ID, client_credential=entra.secret, authority=entra.authority, http_client=client, instance_discovery=False
        )
        answer = app.acquire_token_for_client([GRAPH_SCOPE])
    claims = entra.claims(answer["access_token"], GRAPH_RESOURCE)
    assert claims is not None and claims["roles"] == ["Mail.Send"]
    assert entra.claims(answer["access_token"], SMTP_RESOURCE) is None


def test_many_mails_at_once_request_only_one_token(entra: Entra, tls: Tls) -> None:
    """All these mails share the token."""

    async def asking() -> set[str]:
        tokens = Tokens(registration(entra), SMTP_SCOPE, tls.client)
        found = await asyncio.gather(*(tokens.token() for _ in range(20)))
        await tokens.close()
        return set(found)

    assert len(asyncio.run(asking())) == 1 and entra.given == 1


def test_if_the_token_endpoint_hangs_many_mails_wait_no_longer_than_one(
    entra: Entra, tls: Tls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait must end before another daemon assumes that this daemon has abandoned the mails."""
    monkeypatch.setattr("monitor.channels.microsoft.PATIENCE", 0.3)
    entra.refuse(Answer(status=500, delay=2))
    tokens = Tokens(registration(entra), SMTP_SCOPE, tls.client)

    async def asking() -> set[str]:
        found = await asyncio.gather(*(tokens.token() for _ in range(8)), return_exceptions=True)
        assert all(isinstance(one, NoToken) and one.outcome.status is Status.RETRY for one in found)
        return {str(one) for one in found}

    assert len(asyncio.run(asking())) == 1
    asyncio.run(tokens.close())
    assert sum(request.path.endswith("/token") for request in entra.requests) == 1


def test_a_token_about_to_expire_is_replaced(entra: Entra, tls: Tls) -> None:
    """A token that is valid for less than five minutes is not used again."""
    entra.lifetime = 200

    async def asking() -> list[str]:
        tokens = Tokens(registration(entra), SMTP_SCOPE, tls.client)
        found = [await tokens.token() for _ in range(2)]
        await tokens.close()
        return found

    first, second = asyncio.run(asking())
    assert first != second and entra.given == 2


def test_a_certificate_can_replace_the_secret(entra: Entra, tls: Tls) -> None:
    """The app signs with its key, and sends no secret."""
    pem = certificates.pem(rsa_key=True).decode()
    entra.secret, entra.certificate = None, pem[pem.index("-----BEGIN CERTIFICATE") :]
    found = token(entra, tls, secret=None, certificate=pem)
    assert isinstance(found, str) and entra.claims(found, SMTP_RESOURCE)
    assert b"PRIVATE" not in entra.requests[-1].body


Prepare = Callable[[Entra], dict[str, Any] | None]


def _with(**values: Any) -> Prepare:
    def prepare(entra: Entra) -> None:
        for name, value in values.items():
            setattr(entra, name, value)

    return prepare


def _app(**values: Any) -> Prepare:
    return lambda entra: {
        name: value.replace("AUTHORITY", entra.authority).replace("HOST", entra.url) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _says(number: int, text: str, status: int = 400, error: str = "invalid_request") -> Prepare:
    return lambda entra: entra.refuse(Said(number, text, error, status))


def _answers(status: int, body: bytes = b"", retry_after: str | None = None) -> Prepare:
    headers = {"Retry-After": retry_after} if retry_after else {}
    return lambda entra: entra.refuse(Answer(status=status, body=body, headers=headers))


OTHER = certificates.pem(rsa_key=True).decode()


@pytest.mark.parametrize(
    ("prepare", "status", "said"),
    [
        pytest.param(_app(secret="wrong-secret"), Status.BROKEN, "the secret's value, not its id", id="a wrong secret"),
        pytest.param(_app(secret=""), Status.BROKEN, "What to do", id="an empty secret"),
        pytest.param(_with(expired=True), Status.BROKEN, "make a new client secret", id="an expired secret"),
        pytest.param(
            _app(client_id="11111111-0000-4000-8000-000000000000"), Status.BROKEN, "MS_CLIENT_ID", id="an app that does not exist"
        ),
        pytest.param(
            _app(tenant="HOST/nobody.example"), Status.BROKEN, "MS_TENANT is not", id="an organisation that does not exist"
        ),
        pytest.param(_with(disabled=True), Status.BROKEN, "enables it", id="a disabled app"),
        pytest.param(_with(forbidden=True), Status.BROKEN, "Conditional Access", id="an app that a policy blocks"),
        pytest.param(_with(roles={}), Status.BROKEN, "admin consent", id="an app without consent"),
        pytest.param(_app(secret=None, certificate=OTHER), Status.BROKEN, "upload", id="an unknown certificate"),
        pytest.param(_says(700024, "not within its valid time"), Status.BROKEN, "clock", id="a clock that is wrong"),
        pytest.param(_says(900023, "neither a valid DNS name"), Status.BROKEN, "MS_TENANT", id="a malformed organisation"),
        pytest.param(
            _says(7000229, "missing service principal"), Status.BROKEN, "consent", id="an app without a service principal"
        ),
        pytest.param(_says(53000, "Device not compliant"), Status.BROKEN, "Conditional Access", id="a policy about devices"),
        pytest.param(_says(99, "something new"), Status.BROKEN, "check MS_TENANT", id="an unknown refusal"),
        pytest.param(_says(90033, "A transient error"), Status.RETRY, "transient", id="a temporary error"),
        pytest.param(
            _says(90055, "busy", error="temporarily_unavailable"), Status.RETRY, "busy", id="an endpoint that is too busy"
        ),
        pytest.param(_answers(500), Status.RETRY, "does not answer now", id="an internal error"),
        pytest.param(
            _answers(503, retry_after="120"), Status.RETRY, "does not answer now", id="an endpoint that is not available"
        ),
        pytest.param(
            _answers(429, b'{"error":"temporarily_unavailable"}', "9"), Status.RETRY, "", id="too many requests"
        ),
        pytest.param(_answers(200, b"<html>Sign in to the proxy"), Status.BROKEN, "", id="a proxy's page instead of an answer"),
        pytest.param(_answers(200, b"{}"), Status.BROKEN, "no token", id="an answer without a token"),
        pytest.param(lambda entra: entra.stop(), Status.RETRY, "does not answer", id="nothing listens"),
        pytest.param(lambda entra: entra.refuse(Answer(reset=True)), Status.RETRY, "does not answer", id="a broken connection"),
    ],
)
def test_a_refusal_by_the_token_endpoint_leads_to_the_right_outcome(
    entra: Entra, tls: Tls, prepare: Prepare, status: Status, said: str
) -> None:
    """Each refusal is one line that says what to do and contains no secret."""
    given = registration(entra)
    changed = prepare(entra) or {}
    values: dict[str, Any] = {"tenant": given.tenant, "client_id": CLIENT_ID, "secret": given.secret} | changed
    given = Registration(**values)
    found = asyncio.run(_asked(given, tls))
    assert isinstance(found, Outcome) and (found.status, found.for_all) == (status, status is Status.BROKEN)
    assert said in found.reply and "\n" not in found.reply and "wrong-secret" not in found.reply
    assert (given.secret or "-") not in found.reply or not given.secret


async def _asked(given: Registration, tls: Tls) -> str | Outcome:
    tokens = Tokens(given, SMTP_SCOPE, tls.client)
    try:
        return await tokens.token()
    except NoToken as none:
        return none.outcome
    finally:
        await tokens.close()


def test_a_token_endpoint_with_an_untrusted_certificate_receives_no_secret(entra: Entra) -> None:
    """The error names the setting for a private certificate authority."""
    found = token(entra, None)
    assert isinstance(found, Outcome) and found.status is Status.BROKEN
    assert "SSL_CERT_FILE" in found.reply and entra.requests == []


# ── SMTP ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_is_accepted_by_a_server_that_accepts_only_tokens(entra: Entra, exchange: Exchange, tls: Tls) -> None:
    """Two mails use the same token. Each session ends with QUIT."""
    outcomes = sent(by_smtp(entra, exchange, tls), times=2)
    assert [one.status for one in outcomes] == [Status.ACCEPTED] * 2 and "queued as SIM00001" in outcomes[0].reply
    assert entra.given == 1 and exchange.commands == ["QUIT", "QUIT"]
    assert exchange.mails[0].sender == MAILBOX


def test_the_user_in_the_url_signs_in_if_the_sender_is_another_mailbox(entra: Entra, exchange: Exchange, tls: Tls) -> None:
    """The mailbox in the URL may send as another mailbox."""
    exchange.mailboxes, exchange.send_as = {"robot@council.example"}, {"robot@council.example": {MAILBOX}}
    url = exchange.url.replace("smtp://", "smtp://robot%40council.example@")
    channel = by(MailSetup(SENDER, server_of(url), registration(entra)), tls.client)
    assert sent(channel)[0].status is Status.ACCEPTED


def test_a_token_that_the_mail_server_refuses_is_replaced_once(entra: Entra, exchange: Exchange, tls: Tls) -> None:
    """Entra withdrew the token before it expired."""
    channel = by_smtp(entra, exchange, tls)

    async def sending() -> list[Outcome]:
        (part,) = channel.parts(alert(), message_id="m-1", address=ADDRESS)
        first = await channel.send(part, message_id="m-1", part_number=1, address=ADDRESS)
        entra.revoke()
        second = await channel.send(part, message_id="m-1", part_number=1, address=ADDRESS)
        await channel.close()
        return [first, second]

    assert [one.status for one in asyncio.run(sending())] == [Status.ACCEPTED] * 2 and entra.given == 2


Setting = Callable[[Entra, Exchange], None]


def _refusing(code: int, at: Any, text: str) -> Setting:
    return lambda _, exchange: exchange.refuse(code, at=at, text=text)


def _sign_in_says(answer: str) -> Setting:
    def prepare(_: Entra, exchange: Exchange) -> None:
        exchange.sign_in = lambda mechanism, initial: answer  # type: ignore[method-assign]

    return prepare


def _changed(**values: Any) -> Setting:
    def prepare(_: Entra, exchange: Exchange) -> None:
        for name, value in values.items():
            setattr(exchange, name, value)

    return prepare


@pytest.mark.parametrize(
    ("prepare", "status", "for_all", "said"),
    [
        pytest.param(
            lambda entra, _: entra.roles.update({SMTP_RESOURCE: []}), Status.BROKEN, True, "SMTP.SendAsApp", id="no permission"
        ),
        pytest.param(_changed(mailboxes=set()), Status.BROKEN, True, "FullAccess", id="no permission to use the mailbox"),
        pytest.param(_changed(closed={MAILBOX}), Status.BROKEN, True, "Set-CASMailbox", id="SMTP AUTH off for the mailbox"),
        pytest.param(
            _sign_in_says("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."),
            Status.BROKEN, True, "MAIL_BY=graph", id="SMTP AUTH off for the organisation",
        ),
        pytest.param(
            _sign_in_says("535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults."),
            Status.BROKEN, True, "security defaults", id="security defaults",
        ),
        pytest.param(
            _sign_in_says("535 5.7.139 Authentication unsuccessful, the request did not meet the criteria."),
            Status.BROKEN, True, "Conditional Access", id="a policy of Conditional Access",
        ),
        pytest.param(
            _sign_in_says("454 4.7.0 Temporary authentication failure"),
            Status.RETRY,
            False,
            "454",
            id="a temporary refusal of the sign-in",
        ),
        pytest.param(
            _refusing(550, "MAIL", "5.7.60 SMTP; Client does not have permissions to send as this sender"),
            Status.BROKEN, True, "Send As", id="another sender at MAIL FROM",
        ),
        pytest.param(
            _refusing(550, "MAIL", "5.1.8 Access denied, bad outbound sender"),
            Status.BROKEN, True, "Defender", id="a blocked sender",
        ),
        pytest.param(
            _refusing(550, "RCPT", "5.7.705 Access denied, tenant has exceeded threshold"),
            Status.BROKEN, True, "Defender", id="a blocked organisation",
        ),
        pytest.param(
            _refusing(550, "RCPT", "5.1.90 Your message can't be sent because you've reached your daily limit"),
            Status.RETRY, False, "tried again", id="the daily limit on recipients",
        ),
        pytest.param(
            _refusing(550, "RCPT", "5.7.233 Your message can't be sent because your tenant exceeded its limit"),
            Status.RETRY, False, "tried again", id="the organisation's limit on recipients",
        ),
        pytest.param(
            _refusing(554, "DATA", "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException"),
            Status.RETRY, False, "tried again", id="the quota of submissions",
        ),
        pytest.param(
            _refusing(432, "MAIL", "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"),
            Status.RETRY, False, "432", id="too many sessions at once",
        ),
        pytest.param(
            _refusing(550, "RCPT", "5.7.64 TenantAttribution; Relay Access Denied"),
            Status.BROKEN, False, "connector", id="no connector",
        ),
        pytest.param(
            _refusing(550, "RCPT", "5.1.10 RecipientNotFound"), Status.REJECTED, False, "5.1.10", id="an unknown recipient"
        ),
        pytest.param(
            _refusing(554, "DATA", "5.7.1 looks like spam"), Status.REJECTED, False, "5.7.1", id="a filter against spam"
        ),
        pytest.param(
            _refusing(552, "DATA", "5.3.4 message too large"), Status.REJECTED, False, "5.3.4", id="a mail that is too large"
        ),
        pytest.param(
            _refusing(550, "DATA", "5.7.515 not authenticated"), Status.BROKEN, False, "DKIM", id="a domain without a signature"
        ),
        pytest.param(
            _refusing(550, "DATA", "5.7.509 DMARC of reject"), Status.BROKEN, False, "DMARC", id="a domain that fails DMARC"
        ),
        pytest.param(_refusing(451, "RCPT", "4.7.500 Server busy"), Status.RETRY, False, "4.7.500", id="a busy server"),
        pytest.param(_refusing(421, "DATA", "4.3.2 going down"), Status.RETRY, False, "421", id="a server going down"),
    ],
)  # fmt: skip
def test_a_refusal_of_the_mail_server_leads_to_the_right_outcome(
    entra: Entra, exchange: Exchange, tls: Tls, prepare: Setting, status: Status, for_all: bool, said: str
) -> None:
    """Each refusal of Exchange Online has one outcome. If a person can help, the reply says how. No mail is lost."""
    prepare(entra, exchange)
    (outcome,) = sent(by_smtp(entra, exchange, tls))
    assert (outcome.status, outcome.for_all) == (status, for_all), outcome
    assert said in outcome.reply and "\n" not in outcome.reply
    assert exchange.mails == []


def test_a_sender_that_the_mailbox_may_not_use_is_refused(entra: Entra, exchange: Exchange, tls: Tls) -> None:
    """The server refuses the mail at DATA, with 554 5.2.252."""
    url = exchange.url.replace("smtp://", "smtp://robot%40council.example@")
    exchange.mailboxes = {"robot@council.example"}
    (outcome,) = sent(by(MailSetup(SENDER, server_of(url), registration(entra)), tls.client))
    assert (outcome.status, outcome.for_all) == (Status.BROKEN, True) and "set MAIL_FROM to that mailbox" in outcome.reply
    assert exchange.commands == ["QUIT"]


@pytest.mark.parametrize(
    "answer",
    ["550 5.7.30 Basic authentication is not supported for Client Submission.",
     "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."],
)  # fmt: skip
def test_the_refusal_of_a_password_says_how_to_use_a_token(entra: Entra, exchange: Exchange, tls: Tls, answer: str) -> None:
    """When Microsoft switches passwords off, the operator must be told what to set."""
    exchange.no_password = answer
    url = f"smtp://care-alerts%40council.example:s3cr3t@localhost:{exchange.port}?starttls=required"
    (outcome,) = sent(by(MailSetup(SENDER, server_of(url)), tls.client))
    assert (outcome.status, outcome.for_all) == (Status.BROKEN, True)
    assert answer[4:] in outcome.reply and "auth=xoauth2" in outcome.reply and "s3cr3t" not in outcome.reply


def test_the_refusal_of_a_mail_without_a_sign_in_says_what_to_set(exchange: Exchange, tls: Tls) -> None:
    """The server demands a sign-in, but SMTP_URL has no user."""
    url = f"smtp://localhost:{exchange.port}?starttls=required"
    (outcome,) = sent(by(MailSetup(SENDER, server_of(url)), tls.client))
    assert outcome.status is Status.BROKEN and "put the user into SMTP_URL" in outcome.reply


def test_a_server_without_xoauth2_receives_no_token(entra: Entra, tls: Tls) -> None:
    """The server might belong to somebody else, who could use the token."""
    exchange = Exchange(entra, tls=tls.server)
    exchange.offers = False
    with exchange:
        (outcome,) = sent(by_smtp(entra, exchange, tls))
    assert outcome.status is Status.BROKEN and "does not offer XOAUTH2" in outcome.reply


def test_without_a_token_the_mail_server_receives_no_command(entra: Entra, exchange: Exchange, tls: Tls) -> None:
    """The reply contains the token endpoint's answer."""
    entra.expired = True
    (outcome,) = sent(by_smtp(entra, exchange, tls))
    assert outcome.status is Status.BROKEN and "AADSTS7000222" in outcome.reply and exchange.commands == []


# ── Graph ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_is_accepted_by_graph(entra: Entra, graph: Graph, tls: Tls) -> None:
    """Graph accepts the whole mail, with text and HTML. The reply gives the id of the request."""
    first, second = sent(by_graph(entra, tls), times=2)
    assert first == Outcome(Status.ACCEPTED, "202 accepted by Microsoft Graph (request-id 0000-0001)")
    assert second.status is Status.ACCEPTED and entra.given == 1
    mail = graph.mails[0]
    assert mail.recipients == ["lead@council.example"] and mail.text.split() == alert().text.split() and mail.html
    request = graph.requests[0]
    assert request.path == f"/v1.0/users/{MAILBOX}/sendMail" and base64.b64decode(request.body).startswith(b"Date: ")


def test_a_token_that_graph_refuses_is_replaced_once(entra: Entra, graph: Graph, tls: Tls) -> None:
    """Graph answers 401 once, and the program gets a new token."""
    graph.refuse(GraphError(401, "InvalidAuthenticationToken"), times=1)
    (outcome,) = sent(by_graph(entra, tls))
    assert outcome.status is Status.ACCEPTED and entra.given == 2


def test_a_mail_that_is_too_large_for_graph_is_sent_as_text_only(entra: Entra, graph: Graph, tls: Tls) -> None:
    """Graph answers 413, and the alert must arrive anyway."""
    (part,) = by_graph(entra, tls).parts(alert(), message_id="m-1", address=ADDRESS)
    graph.most = len(part)  # the mail is larger in base64
    (outcome,) = sent(by_graph(entra, tls))
    assert outcome.status is Status.ACCEPTED and "as text only" in outcome.reply and graph.mails[0].html == ""


def _graph_says(status: int, code: str, **headers: str) -> Callable[[Entra, Graph], None]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _, graph: graph.refuse(GraphError(status, code, "Refused.", names))


@pytest.mark.parametrize(
    ("prepare", "status", "for_all", "said"),
    [
        pytest.param(
            lambda entra, _: entra.roles.update({GRAPH_RESOURCE: []}), Status.BROKEN, True, "Mail.Send", id="no permission"
        ),
        pytest.param(
            lambda _, graph: setattr(graph, "restricted", {"other@council.example"}), Status.BROKEN, True, "one of them",
            id="an app restricted to another mailbox",
        ),
        pytest.param(lambda _, graph: setattr(graph, "mailboxes", set()), Status.BROKEN, True, "not a mailbox", id="no mailbox"),
        pytest.param(lambda _, graph: setattr(graph, "most", 10), Status.REJECTED, False, "413", id="too large even as text"),
        pytest.param(_graph_says(403, "ErrorSendAsDenied"), Status.BROKEN, True, "Send As", id="another sender in the mail"),
        pytest.param(_graph_says(403, "Authorization_RequestDenied"), Status.BROKEN, True, "Mail.Send", id="too few permissions"),
        pytest.param(_graph_says(403, "Forbidden"), Status.BROKEN, True, "403", id="any other 403"),
        pytest.param(
            _graph_says(401, "InvalidAuthenticationToken"), Status.BROKEN, True, "MS_TENANT", id="every token is refused"
        ),
        pytest.param(_graph_says(400, "ErrorInvalidRecipients"), Status.REJECTED, False, "correct it", id="no such recipient"),
        pytest.param(_graph_says(400, "ErrorMimeContentInvalid"), Status.REJECTED, False, "report", id="a malformed mail"),
        pytest.param(_graph_says(400, "ErrorMessageSizeExceeded"), Status.REJECTED, False, "400", id="a message too large"),
        pytest.param(
            _graph_says(404, "MailboxNotEnabledForRESTAPI"),
            Status.BROKEN,
            True,
            "Exchange Online",
            id="a mailbox outside Exchange Online",
        ),
        pytest.param(_graph_says(404, "ErrorInvalidUser"), Status.BROKEN, True, "not a mailbox", id="no such user"),
        pytest.param(_graph_says(404, "Request_ResourceNotFound"), Status.BROKEN, True, "not a mailbox", id="nothing found"),
        pytest.param(_graph_says(400, "ErrorQuotaExceeded"), Status.BROKEN, True, "Sent Items", id="a full mailbox"),
        pytest.param(_graph_says(403, "ErrorMessageSubmissionBlocked"), Status.BROKEN, True, "Defender", id="a blocked mailbox"),
        pytest.param(_graph_says(403, "ErrorExceededMessageLimit"), Status.RETRY, False, "tried again", id="the daily limit"),
        pytest.param(_graph_says(429, "ApplicationThrottled", Retry_After="90"), Status.RETRY, False, "429", id="throttled"),
        pytest.param(_graph_says(429, "TooManyRequests"), Status.RETRY, False, "429", id="throttled, without a waiting time"),
        pytest.param(_graph_says(500, "InternalServerError"), Status.RETRY, False, "500", id="an internal error"),
        pytest.param(_graph_says(503, "serviceNotAvailable", Retry_After="30"), Status.RETRY, False, "503", id="not available"),
        pytest.param(_graph_says(504, "UnknownError"), Status.RETRY, False, "504", id="a gateway that timed out"),
        pytest.param(_graph_says(400, "BadRequest"), Status.REJECTED, False, "BadRequest", id="any other 400"),
        pytest.param(lambda _, graph: graph.stop(), Status.RETRY, False, "does not answer", id="nothing listens"),
    ],
)  # fmt: skip
def test_a_refusal_of_graph_leads_to_the_right_outcome(
    entra: Entra, graph: Graph, tls: Tls, prepare: Callable[[Entra, Graph], Any], status: Status, for_all: bool, said: str
) -> None:
    """Each refusal has one outcome. The reply has Graph's own words and, if a person can help, what to do."""
    prepare(entra, graph)
    (outcome,) = sent(by_graph(entra, tls))
    assert (outcome.status, outcome.for_all) == (status, for_all), outcome
    assert said in outcome.reply and "\n" not in outcome.reply
    assert graph.mails == []


def test_the_outcome_says_how_long_graph_asks_us_to_wait(entra: Entra, graph: Graph, tls: Tls) -> None:
    """Graph's answer contains Retry-After, in seconds."""
    graph.refuse(GraphError(429, "ApplicationThrottled", headers={"Retry-After": "90"}))
    assert sent(by_graph(entra, tls))[0].retry_after == timedelta(seconds=90)


# ── trying without sending ───────────────────────────────────────────────────────────────────────────────────────────────


def checked(channel: Mail, recipient: str | None = "oncall@council.example") -> Outcome:
    """Returns the result of a channel's check."""

    async def checking() -> Outcome:
        try:
            return await channel.check(recipient)
        finally:
            await channel.close()

    return asyncio.run(checking())


@pytest.mark.parametrize(
    ("prepare", "status", "said"),
    [
        (lambda exchange: None, Status.ACCEPTED, "250"),
        (lambda exchange: exchange.refuse(550, at="RCPT", text="5.1.10 RecipientNotFound"), Status.REJECTED, "5.1.10"),
        (lambda exchange: exchange.refuse(550, at="MAIL", text="5.7.60 not as this sender"), Status.BROKEN, "Send As"),
        (lambda exchange: exchange.refuse(554, at="DATA", text="never asked"), Status.ACCEPTED, "250"),
    ],
    ids=["nothing is refused", "the recipient is refused", "the sender is refused", "only DATA would be refused"],
)
def test_the_check_of_a_mail_server_goes_as_far_as_the_recipient(
    entra: Entra, exchange: Exchange, tls: Tls, prepare: Callable[[Exchange], Any], status: Status, said: str
) -> None:
    """The check sends MAIL FROM and RCPT TO, then RSET and QUIT, but no mail."""
    prepare(exchange)
    outcome = checked(by_smtp(entra, exchange, tls))
    assert outcome.status is status and said in outcome.reply
    assert exchange.mails == [] and exchange.commands == ["QUIT"]


def test_the_check_of_graph_says_that_sending_was_not_tested(entra: Entra, graph: Graph, tls: Tls) -> None:
    """An app that may only send is not allowed to read users."""
    outcome = checked(by_graph(entra, tls))
    assert outcome.status is Status.ACCEPTED and "is not tested" in outcome.reply
    entra.roles[GRAPH_RESOURCE].append("User.Read.All")
    assert f"knows {MAILBOX}" in checked(by_graph(entra, tls)).reply
    assert checked(by_graph(entra, tls, "nobody@council.example")).status is Status.BROKEN
    entra.expired = True
    assert "AADSTS7000222" in checked(by_graph(entra, tls)).reply
    assert graph.mails == []


def test_the_check_of_a_mail_server_that_is_down_gives_the_outcome_retry(entra: Entra, tls: Tls) -> None:
    """Nothing listens on the server's port."""
    server = server_of(f"smtp://localhost:{free_port()}?auth=xoauth2")
    assert checked(by(MailSetup(SENDER, server, registration(entra)), tls.client)).status is Status.RETRY
