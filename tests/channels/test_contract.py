"""Tests with real receivers what every channel in the registry must do. A new channel is tested without any change to this
file."""

import asyncio
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor import logs
from monitor.addresses import ONLY_URGENT, secrets_of
from monitor.channels import FORMS, KINDS, SECRET_HOSTS, Channel, Outcome, Status, build, parse_address, scheme, shown, target
from monitor.channels.base import Kind
from monitor.channels.mail_settings import MailSetup, NotifyService, sender_of, server_of
from monitor.errors import UsageError
from monitor.notify.content import Message
from tests.channels.receiving import MESSAGES, Receiver, Reply, alert, free_port, largest_digest
from tests.simulated.notify import SECRET as SECRET_OF_NOTIFY
from tests.simulated.notify import SERVICE, TEMPLATE, Notify
from tests.simulated.receivers import Mailbox

SECRET = "whsec_c2lnbmluZyBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRl"
FACTS = Path(__file__).parents[2] / "docs" / "facts" / "channels.md"
URLS = [kind for name, kind in KINDS.items() if name != "mailto" and not kind.normalise]

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
every_url_kind = pytest.mark.parametrize("kind", URLS, ids=[kind.scheme for kind in URLS])


def built(kind: Kind, smtp_url: str = "smtp://127.0.0.1:9", *hosts: str) -> Channel:
    """Returns the channel as the program builds it. The channel may post to `hosts`, which are on loopback."""
    sms = NotifyService(SERVICE, SECRET_OF_NOTIFY, TEMPLATE)
    mail = MailSetup(sender_of("monitor@council.example"), server_of(smtp_url), sms=sms)
    channels = build(mail_setup=mail, extra_hosts=frozenset(hosts), webhook_secrets=lambda _: (SECRET,))
    return channels[kind.scheme]


def at(host: str, kind: Kind) -> str:
    """Returns the example address of a kind, with `host` and http. For email and text messages, the example is not changed."""
    url = urlsplit(target(kind.example))
    return f"{kind.scheme}:{url._replace(scheme='http', netloc=host).geturl()}" if kind in URLS else kind.example


def deliver(channel: Channel, address: str) -> Outcome:
    async def once() -> Outcome:
        try:
            part = channel.parts(alert(), message_id="m-1", address=address)[0]
            return await channel.send(part, message_id="m-1", part_number=1, address=address)
        finally:
            await channel.close()

    return asyncio.run(once())


def without_secrets(text: str, kind: Kind) -> bool:
    """Whether a text contains no part of the example's path or query that is longer than 10 characters."""
    return not any(secret in text for secret in secrets_of(kind.example) if len(secret) > 10) or kind not in URLS


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@every_kind
def test_the_example_of_each_kind_of_address_is_in_its_canonical_spelling(kind: Kind) -> None:
    name, rest = kind.example.split(":", 1)
    assert name == scheme(kind.example) == kind.scheme and target(kind.example) == rest
    for typed in (kind.example, f"  {name.upper()}: {rest} "):
        assert parse_address(typed, extra_hosts=frozenset()) == kind.example


@every_kind
def test_the_form_of_an_address_is_shown_wherever_an_address_is_typed(kind: Kind) -> None:
    """The form of an address is shown in the error about an unknown kind, in --help, in the form on the pages, and in the
    documentation."""
    assert kind.form.startswith(f"{kind.scheme}:") and kind.form in FORMS
    assert kind.label and kind.hint
    assert f"`{kind.form}`" in FACTS.read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="not an address") as refused:
        parse_address("fax:07700900000", extra_hosts=frozenset())
    assert kind.form in str(refused.value)


NOT_PUBLIC = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "2130706433", "0x7f.1", "localhost", "intranet",
              "printer.local", "db.internal")  # fmt: skip


@every_url_kind
@pytest.mark.parametrize(
    ("prefix", "advice"),
    [
        *(pytest.param(f"https://{host}", "", id=host) for host in NOT_PUBLIC),
        pytest.param("http://{host}", "must begin with https://", id="without TLS"),
        pytest.param("https://{host}:8443", "only port 443", id="another port"),
        pytest.param("https://user:password@{host}", "user name or password", id="a user name and a password"),
    ],
)
def test_an_address_whose_host_is_not_public_is_refused(kind: Kind, prefix: str, advice: str) -> None:
    """The refusal is one line, and contains no secret."""
    url = urlsplit(target(kind.example))
    typed = f"{kind.scheme}:{prefix.format(host=url.netloc)}{url._replace(scheme='', netloc='').geturl()}"
    with pytest.raises(UsageError) as refused:
        parse_address(typed, extra_hosts=frozenset())
    assert advice in str(refused.value) and "\n" not in str(refused.value)
    assert without_secrets(str(refused.value), kind)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Yields the log as the program writes it. Restores the earlier logging afterwards."""
    root, own, stream = logging.getLogger(), logging.getLogger("monitor"), io.StringIO()
    before = root.handlers[:], root.level, own.level
    logs.set_up("text", secret_hosts=SECRET_HOSTS, stream=stream)
    yield stream
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    own.setLevel(before[2])


@every_url_kind
def test_the_secret_part_of_an_address_is_neither_shown_nor_logged(kind: Kind, log: io.StringIO) -> None:
    """Tests the example address, an address at another host and, if the kind has its own hosts, the URL alone."""
    assert secrets_of(kind.example) and without_secrets(shown(kind.example), kind)
    addresses = [kind.example, at("alerts.council.example", kind), *([target(kind.example)] if kind.secret_hosts else ())]
    for address in addresses:
        logs.logger("monitor.tests").warning(f"failed: {address}", detail=address, nested={"deep": [f"({address})"]})
    assert log.getvalue().count("failed") == len(addresses) and without_secrets(log.getvalue(), kind)


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


SMALL = {name: message for name, message in MESSAGES.items() if name != "the largest digest"}


@every_kind
@pytest.mark.parametrize("message", SMALL.values(), ids=SMALL)
def test_every_part_is_within_the_size_limit_and_is_the_same_if_it_is_made_again(
    kind: Kind, message: Callable[[], Message]
) -> None:
    channel = built(kind)
    parts = channel.parts(message(), message_id="m-1", address=kind.example)
    assert parts and all(0 < len(part) <= (kind.most_bytes or len(part)) for part in parts)
    assert channel.parts(message(), message_id="m-1", address=kind.example) == parts


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.scheme not in ONLY_URGENT])
def test_the_largest_digest_is_within_the_size_limit_and_lists_or_counts_every_service(kind: Kind) -> None:
    """A webhook receives all services. A message to people lists the worst hundred, and says how many others there are."""
    parts = built(kind).parts(largest_digest(), message_id="m-1", address=kind.example)
    assert all(len(part) <= (kind.most_bytes or len(part)) for part in parts)
    said = b"".join(parts).replace(b"=\r\n", b"").replace(b"=\n", b"").decode()
    everything = kind.scheme == "webhook"
    for number in range(300 if everything else 100):
        assert f"Home number {number:03}" in said and (f"Silent home {number:03}" in said or not everything)
    assert everything or ("nd 200 more" in said and "300 services could not be read" in said)


# ── outcomes ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

CODES = {
    Status.ACCEPTED: (200,),
    Status.RETRY: (408, 429, 500, 502, 503),
    Status.REJECTED: (400, 413),
    Status.BROKEN: (410,),
}
REFUSALS = {
    Status.RETRY: (451, "4.7.1 greylisted"),
    Status.REJECTED: (550, "5.1.1 no such user"),
    Status.BROKEN: (554, "5.7.1 relay access denied"),
}


@contextmanager
def receiving(kind: Kind, status: Status, code: int) -> Iterator[tuple[Channel, str]]:
    """Yields the channel, and the address of a receiver that always answers with `code`."""
    if kind in URLS:
        with Receiver() as receiver:
            secret = secrets_of(kind.example)[0].encode()
            receiver.replies = [Reply(code, b"no: " + secret if code >= 300 else b"ok", {"Retry-After": "60"})]
            yield built(kind, "smtp://127.0.0.1:9", receiver.host), at(receiver.host, kind)
    elif kind.scheme == "sms":
        with Notify() as notify, pytest.MonkeyPatch.context() as patch:
            patch.setattr("monitor.channels.notify.NOTIFY", notify.url)
            notify.kind = "sms"
            if status is not Status.ACCEPTED:
                notify.refuse(code, "Error", "no")
            yield built(kind), kind.example
    else:
        with Mailbox() as mailbox:
            if status in REFUSALS:
                mailbox.refuse(REFUSALS[status][0], at="RCPT", text=REFUSALS[status][1])
            yield built(kind, mailbox.url), kind.example


@every_kind
@pytest.mark.parametrize(("status", "code"), [(status, code) for status, codes in CODES.items() for code in codes])
def test_an_answer_of_the_receiver_leads_to_the_right_outcome(kind: Kind, status: Status, code: int) -> None:
    """For most channels, 400 and 413 mean a rejection, but a channel may try again. A channel that tries again waits for as long
    as the receiver asked."""
    with receiving(kind, status, code) as (channel, address):
        outcome = deliver(channel, address)
    assert outcome.status is status or (outcome.status is Status.RETRY and status is Status.REJECTED and kind in URLS)
    assert without_secrets(outcome.reply, kind) and "\n" not in outcome.reply
    if kind in URLS:
        assert outcome.retry_after == (timedelta(minutes=1) if outcome.status is Status.RETRY else None)
        assert not outcome.for_all


@every_url_kind
@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_does_not_mean_that_the_message_was_accepted(kind: Kind, code: int) -> None:
    with Receiver() as receiver:
        receiver.replies = [Reply(code, headers={"Location": f"http://{receiver.host}/elsewhere"})]
        assert deliver(built(kind, "smtp://127.0.0.1:9", receiver.host), at(receiver.host, kind)).status is not Status.ACCEPTED
        assert len(receiver.requests) == 1


@every_url_kind
def test_a_private_host_receives_nothing(kind: Kind, receiver: Receiver) -> None:
    """The host gets nothing even if its address is already stored."""
    outcome = deliver(built(kind), at(receiver.host, kind))
    assert outcome.status is Status.BROKEN and "private network" in outcome.reply
    assert receiver.requests == []


@every_kind
def test_a_message_to_a_receiver_that_is_down_is_tried_again(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    host = f"127.0.0.1:{free_port()}"
    monkeypatch.setattr("monitor.channels.notify.NOTIFY", f"http://{host}")
    assert deliver(built(kind, f"smtp://{host}", host), at(host, kind)).status is Status.RETRY
