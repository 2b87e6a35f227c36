"""Mail that a server accepted may still not be delivered. These tests read delivery reports from a real mailbox over IMAP,
about mail that a real server had accepted. If no reports are read, people are asked whether they read their mail.
"""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Self

import pytest

from monitor.app import build
from monitor.cqc.reader import Reader
from monitor.errors import SettingsError
from monitor.jobs import imap
from monitor.jobs.bounces import Bounces
from monitor.settings import load
from monitor.store import open_store
from monitor.store.readers import ANSWERED_WITHIN, ASKED_EVERY
from monitor.store.vault import Vault
from tests.commands.test_outbox import fallen, outbox, told
from tests.conftest import World
from tests.jobs.office import LEAD, NOON, OPERATOR, OTHER, Office, subscribed
from tests.simulated.bounced import in_words, out_of_office, standard
from tests.simulated.imap import PASSWORD, ImapServer
from tests.store.filled import unanswered
from tests.test_daemon import daemon, ended, until


@pytest.fixture
def mailbox() -> Iterator[ImapServer]:
    """A real IMAP server."""
    with ImapServer() as server:
        yield server


def message_id(world: World, address: str = "lead@council.example") -> str:
    """Returns the id of the newest mail to an address, from its Message-ID."""
    found = re.fullmatch(r"<(\w{32})@monitor\.example>", str(world.mail.to(address)[-1].message["Message-ID"]))
    assert found
    return found[1]


# ── by a real SMTP and a real IMAP server ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("each_database")
def test_an_alert_that_is_returned_becomes_a_dead_letter_and_its_content_is_sent_to_the_operator(
    world: World, mailbox: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOUNCES_URL", mailbox.url)
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    fallen(world, LEAD, OTHER)
    world.done("deliver")
    before = mailbox.unread()
    mailbox.put(
        out_of_office(message_id(world)),
        standard(message_id(world, "other@council.example"), action="delayed", status="4.4.1"),
        standard("f" * 32),
        standard(message_id(world)),
    )
    status, out, err = world.run("deliver")
    assert status == 1 and "Sent back, failed for good: mailto:lead@council.example" in err and PASSWORD not in out + err
    (dead,) = outbox(world)
    assert (dead["state"], dead["kind"], dead["address"]) == ("dead", "alert", LEAD)
    assert dead["reply"] == "accepted by the mail server, and then sent back: 5.1.1 smtp; 550 5.1.1 No such user here"
    assert [one["state"] for one in told(world) if one["address"] == LEAD] == ["sent", "dead"]
    (mail,) = world.mail.to("oncall@council.example")
    assert mail.subject.startswith("cqc-monitor: ring lead@council.example: ") and "→" in mail.subject
    assert "sent back: 5.1.1" in mail.text and "Overall rating fell" in mail.text
    assert mailbox.unread() == before + 2  # mails that are not about our messages stay unread

    status, _, err = world.run("deliver")
    assert status == 0 and err == "" and len(world.mail.to("oncall@council.example")) == 1  # the second reading finds nothing new

    world.done("outbox", "retry", dead["id"])
    world.done("deliver")
    assert outbox(world) == [] and len(world.mail.to("lead@council.example")) == 2
    mailbox.put(in_words(message_id(world)))
    assert world.run("deliver")[0] == 1 and [one["state"] for one in outbox(world)] == ["dead"]


def test_the_daemon_reads_the_mailbox_regularly_and_logs_no_password(world: World, mailbox: ImapServer) -> None:
    fallen(world, LEAD)
    world.done("deliver")
    mailbox.put(standard(message_id(world)))
    with daemon(world, BOUNCES_URL=mailbox.url) as process:
        until(lambda: [one["state"] for one in outbox(world)] == ["dead"], process)
        out = ended(process)
    assert "sent back, given up" in out and PASSWORD not in out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda url: url.replace(PASSWORD, "s3cr3t-and-wrong"), "credentials"),
        (lambda url: url.replace("INBOX", "Nowhere"), "does not exist"),
        (lambda url: re.sub(r":\d+/", ":1/", url), "refused"),
    ],
    ids=["a wrong password", "a folder that does not exist", "no server answers"],
)
def test_an_unreadable_mailbox_is_reported_to_the_operator_once_a_day_and_stops_no_mail(
    world: World, mailbox: ImapServer, monkeypatch: pytest.MonkeyPatch, change: object, said: str
) -> None:
    assert callable(change)
    monkeypatch.setenv("BOUNCES_URL", change(mailbox.url))
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    fallen(world, LEAD)
    for _ in range(2):
        status, out, err = world.run("deliver")
        assert status == 1 and said in err and err.count("\n") == 1 and "s3cr3t" not in out + err
    assert len(world.mail.to("lead@council.example")) == 1
    (mail,) = world.mail.to("oncall@council.example")
    assert mail.subject == "cqc-monitor: delivery reports can't be read" and said in mail.text and "s3cr3t" not in mail.text


@pytest.mark.parametrize(
    "url",
    [
        "", "mail.example", "imaps://mail.example", "imaps://user@mail.example", "imap://user:secret@mail.example",
        "https://user:secret@mail.example", "imaps://user:secret@mail.example:99999", "imaps://user:secret@mail.example/a?b=c",
        "imaps://us%0d%0aer:secret@mail.example", "imaps://user:secret@[::1", "imaps://user:sécret@mail.example",
    ],
)  # fmt: skip
def test_the_error_about_an_unusable_bounces_url_does_not_show_the_password(url: str) -> None:
    with pytest.raises(SettingsError, match="BOUNCES_URL") as refused:
        imap.server_of(url)
    assert "secret" not in str(refused.value).replace("user:password", "")


def test_a_bounces_url_is_parsed_into_its_parts() -> None:
    server = imap.server_of("imaps://us%40er:p%3A%2Fss@mail.example/Sent%20back/Today")
    assert (server.host, server.port, server.tls, server.user) == ("mail.example", 993, True, "us@er")
    assert (server.password, server.folder) == ("p:/ss", "Sent back/Today") and "p:/ss" not in repr(server)
    here = imap.server_of("imap://user:secret@127.0.0.1:1143")
    assert (here.port, here.tls, here.folder) == (1143, False, "INBOX")


# ── large, hostile, at once ──────────────────────────────────────────────────────────────────────────────────────────────


class SmallServer:
    """A small IMAP server with as many mails as a test wants, or with answers that a correct server never gives."""

    def __init__(self, mails: Sequence[bytes] = (), *, says: dict[bytes, bytes] | None = None) -> None:
        self.mails, self.says, self.validity = list(mails), says or {}, 7
        self.seen: set[int] = set()
        self.fetches: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.server = imap.server_of(f"imap://user:secret@127.0.0.1:{port}/INBOX")

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with suppress(OSError, ValueError), connection, connection.makefile("rwb") as stream:
                    stream.write(b"* OK ready\r\n")
                    stream.flush()
                    for line in stream:
                        tag, command = line.split(b" ", 1)
                        stream.write(self._answered(command.strip()) + tag + b" OK done\r\n")
                        stream.flush()

    def _answered(self, command: bytes) -> bytes:
        word = command.split()[1 if command.startswith(b"UID") else 0].upper()
        if word in self.says:
            return self.says[word]
        if word == b"CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if word == b"SELECT":
            return b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] valid\r\n" % (len(self.mails), self.validity)
        if word == b"SEARCH":
            first = int(command.split()[-1].split(b":")[0])
            uids = [*range(first, len(self.mails) + 1)] or [len(self.mails)]
            return b"* SEARCH " + b" ".join(b"%d" % one for one in uids) + b"\r\n"
        numbers = [int(one) for one in command.split()[2].split(b",")] if word in (b"FETCH", b"STORE") else []
        if word == b"STORE":
            self.seen.update(numbers)
            return b""
        self.fetches += [command] if numbers else []
        literal = ((one, self.mails[one - 1]) for one in numbers)
        return b"".join(b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%b)\r\n" % (one, one, len(mail), mail) for one, mail in literal)


@pytest.fixture(params=("sqlite", "postgresql"))
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An office on each kind of database. An alert about a fall is to be sent to two addresses."""
    store = open_store(request.getfixturevalue(request.param), Vault("a secret"))
    yield Office(store)
    store.close()


def reading(office: Office, server: imap.Server) -> Bounces:
    """Returns the reader of an office's mailbox."""
    return Bounces(
        server, office.store, Reader(), given_up=office.deliverer.given_up, operator=OPERATOR, clock=lambda: office.now
    )


def dead(office: Office) -> list[str]:
    """Returns the addresses of the dead letters."""
    return [one.address for one in office.store.dead_letters.unsent() if one.state == "dead"]


@pytest.mark.asyncio
@pytest.mark.parametrize("size", [100, pytest.param(10_000, marks=pytest.mark.slow)])
async def test_a_full_mailbox_is_read_once_and_afterwards_only_new_mails_are_read(office: Office, size: int) -> None:
    await office.deliver()
    (lead,), (other,) = office.to(LEAD), office.to(OTHER)
    mails = [b"From: a@council.example\r\nSubject: Lunch?\r\n\r\nAt noon?\r\n"] * size
    mails[size // 2] = standard(lead)
    its_number = size // 2 + 1
    with SmallServer(mails) as server:
        bounces = reading(office, server.server)
        result = await bounces.read(at_once=True)
        assert result is not None and (result.read, result.trouble) == (size, None)
        assert dead(office) == [LEAD] and server.seen == {its_number} and len(server.fetches) == size / imap.AT_ONCE
        again = await bounces.read(at_once=True)
        assert again is not None and again.read == 0 and len(server.fetches) == size / imap.AT_ONCE
        server.mails.append(standard(other))
        await bounces.read(at_once=True)
        assert sorted(dead(office)) == [LEAD, OTHER] and server.seen == {its_number, size + 1}


@pytest.mark.asyncio
async def test_a_mailbox_with_new_mail_numbers_is_read_again_and_no_report_is_used_twice(office: Office) -> None:
    await office.deliver()
    (lead,) = office.to(LEAD)
    with SmallServer([standard(lead)]) as server:
        bounces = reading(office, server.server)
        await bounces.read(at_once=True)
        office.store.dead_letters.send_again([lead], office.now)  # a person has corrected the address
        await office.deliver(timedelta(minutes=1))
        server.validity = 8
        result = await bounces.read(at_once=True)
        assert result is not None and result.read == 1 and dead(office) == []
    assert [one.became for one in office.store.delivery_log.since() if one.address == LEAD] == ["sent", "dead", "sent"]


@pytest.mark.asyncio
async def test_two_processes_that_read_a_report_at_once_use_the_report_once(office: Office) -> None:
    await office.deliver()
    (lead,) = office.to(LEAD)
    with SmallServer([standard(lead)]) as first, SmallServer([standard(lead)]) as second:
        await asyncio.gather(*(reading(office, one.server).read(at_once=True) for one in (first, second)))
    await office.deliver()
    assert [one.became for one in office.store.delivery_log.since() if one.address == LEAD] == ["sent", "dead"]
    assert len(office.operator_heard()) == 1


@pytest.mark.asyncio
async def test_the_mailbox_is_read_every_five_minutes_by_one_of_the_workers(office: Office) -> None:
    with SmallServer() as server:
        bounces, other = reading(office, server.server), reading(office, server.server)
        assert await bounces.read() is not None and await other.read() is None
        office.now += timedelta(minutes=5)
        assert await other.read() is not None and await bounces.read() is None


@pytest.mark.asyncio
async def test_a_delivery_report_is_used_later_if_its_mail_is_not_yet_recorded_as_sent(office: Office) -> None:
    office.store.outbox.compose(NOON, NOON - timedelta(days=2))
    lead, _ = sorted(office.store.outbox.claim(NOON, 2), key=lambda one: one.address)
    with SmallServer([standard("f" * 32), standard(lead.id)]) as server:
        bounces = reading(office, server.server)
        first = await bounces.read(at_once=True)
        assert first is not None and first.read == 1 and dead(office) == [] and server.seen == set()
        office.store.outbox.sent(lead.id, "250 queued", NOON)
        second = await bounces.read(at_once=True)
    assert second is not None and second.read == 1 and dead(office) == [LEAD] and server.seen == {2}


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(4_000))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(NESTED, id="parts that are nested without end"),
        pytest.param(b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\n", id="a header of many encoded words"),
        pytest.param(standard("x" * 32) + b"A" * 5_000_000, id="five million bytes too many"),
        pytest.param(b"\x00" * 300_000, id="only zero bytes"),
        pytest.param(b"", id="an empty mail"),
    ],
)
async def test_a_hostile_mail_does_not_stop_the_reading_of_other_mails(office: Office, mail: bytes) -> None:
    await office.deliver()
    (lead,) = office.to(LEAD)
    with SmallServer([mail, standard(lead)]) as server:
        result = await reading(office, server.server).read(at_once=True)
    assert result is not None and result.trouble is None and dead(office) == [LEAD]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (b"SEARCH", b"* SEARCH one two 99999999999999999999\r\n"),
        (b"SEARCH", b"* BYE go away\r\n"),
        (b"FETCH", b"* 1 FETCH (UID 1 FLAGS ())\r\n"),
        (b"FETCH", b"* 1 FETCH nonsense\r\n"),
        (b"SELECT", b"* OK [UIDVALIDITY minus one] valid\r\n"),
        (b"LOGIN", b"x" * 2_000_000 + b"\r\n"),
    ],
)
async def test_nonsense_from_the_mail_server_raises_no_error_and_makes_no_dead_letter(
    office: Office, command: bytes, answer: bytes
) -> None:
    with SmallServer([standard("f" * 32)], says={command: answer}) as server:
        result = await reading(office, server.server).read(at_once=True)
    assert result is not None and dead(office) == []


# ── does anybody read the messages? ──────────────────────────────────────────────────────────────────────────────────────


def test_each_address_is_asked_every_ninety_days_and_listed_after_thirty_days_without_an_answer(office: Office) -> None:
    readers, at = office.store.readers, NOON + ASKED_EVERY
    assert readers.ask(at - timedelta(seconds=1)) == 0
    assert readers.ask(at) == 2 and readers.ask(at + timedelta(days=1)) == 0
    assert unanswered(office.store, at + ANSWERED_WITHIN - timedelta(seconds=1)) == []
    lead = [one for one in office.store.outbox.claim(at, 10) if one.kind == "still read" and one.address == LEAD]
    assert [one.body["watchlists"] for one in lead] == [["Leeds"]]
    token = office.links.still_read(LEAD).rpartition("/")[2]
    key = office.links.reading(token)
    assert key and readers.said_so(key, at + timedelta(days=2)) == ("Leeds",) == readers.said_so(key, at + timedelta(days=2))
    (silent,) = unanswered(office.store, at + ANSWERED_WITHIN)
    assert (silent.address, silent.asked_at, silent.watchlists) == (OTHER, at, ("Leeds",))
    assert len(office.store.subscriptions.listed()) == 2  # both subscriptions stay
    # Only OTHER is asked now. LEAD answered two days later, and so is asked again two days later.
    assert readers.ask(at + ASKED_EVERY) == 1
    assert readers.ask(at + ASKED_EVERY + timedelta(days=2)) == 1
    assert readers.said_so("f" * 24, at) == () and office.links.reading("nonsense") is None


def test_paused_and_unconfirmed_subscriptions_and_webhooks_are_not_asked(office: Office) -> None:
    office.store.subscriptions.unsubscribe("Leeds", OTHER, NOON, None)
    office.store.subscriptions.unsubscribe("Leeds", LEAD, NOON, None)
    subscribed(office, "webhook:https://hooks.example/cqc")
    assert office.store.readers.ask(NOON + 2 * ASKED_EVERY) == 0


@pytest.mark.parametrize(
    ("settings", "asks"),
    [
        ({"PUBLIC_URL": "https://monitor.example"}, True),
        ({}, False),
        ({"PUBLIC_URL": "https://monitor.example", "BOUNCES_URL": "imaps://user:secret@mail.example"}, False),
    ],
    ids=["people can reach the pages", "people can't reach the pages", "delivery reports are read"],
)
def test_people_are_asked_only_if_they_can_open_the_link_and_no_delivery_reports_are_read(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], asks: bool
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    async def asked() -> bool:
        app = build(load())
        try:
            return app.deliverer._asks_if_read
        finally:
            await app.close()

    assert asyncio.run(asked()) is asks
