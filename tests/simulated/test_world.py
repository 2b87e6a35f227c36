"""Tests that the simulators behave as their docstrings say."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from email.message import EmailMessage

import aiosmtplib
import pytest

from monitor import http
from monitor.cqc.site import Blind, Limits, Page, Reason, Site, Unchanged, Validators
from monitor.cqc.transport import Client
from tests.simulated import server
from tests.simulated.layouts import Layout
from tests.simulated.receivers import Hook, Mailbox
from tests.simulated.regulator import CHALLENGE, MAINTENANCE, Regulator
from tests.simulated.server import Answer, Fault
from tests.simulated.services import ENTERED, Service

ID = "1-1000000001"
PATH = f"/location/{ID}"


@asynccontextmanager
async def visitor(regulator: Regulator) -> AsyncIterator[Site]:
    site = Site(
        Client(base_url=regulator.url, contact=None, requests_per_second=500, version="1"),
        clock=lambda: datetime.now(UTC),
        limits=Limits(read=2.0, whole=20.0),
    )
    try:
        yield site
    finally:
        await site.close()


def text(page: object) -> str:
    assert isinstance(page, Page), page
    return page.body.decode()


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.asyncio
async def test_changed_facts_are_published_at_once(layout: Layout) -> None:
    with Regulator(Service(location_id=ID, name="Cherry & Brook"), layout=layout, page_size=90_000) as regulator:
        async with visitor(regulator) as site:
            before = text(await site.fetch(PATH))
            regulator.services[ID].inspect(on=date(2026, 10, 1), overall="Inadequate", special_measures=ENTERED)
            after = text(await site.fetch(PATH))
    assert "Cherry &amp; Brook" in before
    assert "special measures" not in before
    assert "being placed in special measures" in after
    assert 80_000 < len(after) < 100_000


@pytest.mark.asyncio
async def test_an_assessment_has_its_own_pages() -> None:
    service = Service(location_id=ID)
    service.assess(on=date(2026, 9, 1), overall="Good", report="AP6310", scores={"Safe": 46}, safe="Requires improvement")
    with Regulator(service) as regulator:
        async with visitor(regulator) as site:
            assert f"{PATH}/reports/AP6310/safe" in text(await site.fetch(PATH))
            safe = text(await site.fetch(PATH + "/reports/AP6310/safe"))
            assert "Report from 1 September 2026 assessment" in safe
            assert "This service scored 46 (out of 100) for this area" in safe
            assert "<h3>Learning culture</h3>" in safe
            assert f"{PATH}/reports/AP6310/caring" in text(await site.fetch(PATH + "/reports/AP6310/overall"))
            assert isinstance(await site.fetch(PATH + "/reports/AP6310/nothing"), Blind)
            assert "Updated 13 October 2026" in text(await site.fetch(PATH + "/inspection-summary"))
            assert "2 March 2023" in text(await site.fetch(PATH + "/reports"))


@pytest.mark.asyncio
async def test_tokens_change_on_each_page_but_validators_change_only_with_the_facts() -> None:
    with Regulator(Service(location_id=ID), validators=True) as regulator:
        async with visitor(regulator) as site:
            first, second = await site.fetch(PATH), await site.fetch(PATH)
            assert isinstance(first, Page)
            assert isinstance(second, Page)
            assert first.digest != second.digest
            known = Validators(etag=second.etag, last_modified=None)
            assert isinstance(await site.fetch(PATH, validators=known), Unchanged)
            regulator.services[ID].overall = "Requires improvement"
            assert isinstance(await site.fetch(PATH, validators=known), Page)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param(server.status(403), Reason.REFUSED, id="the site refuses (403)"),
        pytest.param(server.status(503, retry_after=1), Reason.FAILING, id="the site fails (503)"),
        pytest.param(server.status(410), Reason.GONE, id="the page is gone (410)"),
        pytest.param(server.empty, Reason.DAMAGED, id="the body is empty"),
        pytest.param(server.cut(), Reason.DAMAGED, id="the body is cut short"),
        pytest.param(server.cut(honest=True), Reason.DAMAGED, id="the page is cut short at its source"),
        pytest.param(server.huge(11_000_000), Reason.DAMAGED, id="a page of 11 MB"),
        pytest.param(server.content_type("image/png"), Reason.DAMAGED, id="the header says that the page is a picture"),
        pytest.param(server.slow(6), Reason.FAILING, id="the site does not answer in time"),
        pytest.param(server.dripping(6), Reason.FAILING, id="the site pauses in the middle of the body"),
        pytest.param(server.reset, Reason.FAILING, id="the connection is reset"),
        pytest.param(server.redirect("/location/1-999999999"), Reason.ELSEWHERE, id="the site redirects to another service"),
        pytest.param(server.redirect(PATH), Reason.ELSEWHERE, id="the site redirects in a circle"),
        pytest.param(CHALLENGE, Reason.CHALLENGE, id="a challenge page"),
        pytest.param(MAINTENANCE, Reason.CHALLENGE, id="a maintenance page"),
    ],
)
@pytest.mark.asyncio
async def test_a_fault_affects_the_page_until_the_fault_is_healed(fault: Fault, reason: Reason) -> None:
    with Regulator(Service(location_id=ID)) as regulator:
        async with visitor(regulator) as site:
            regulator.fail(fault)
            seen = await site.fetch(PATH, location_id=ID)
            assert isinstance(seen, Blind), seen
            assert seen.reason is reason
            regulator.heal()
            assert isinstance(await site.fetch(PATH, location_id=ID), Page)


@pytest.mark.asyncio
async def test_a_fault_affects_only_its_path_and_its_number_of_requests() -> None:
    with Regulator(Service(location_id=ID), Service(location_id="1-1000000002", name="Other")) as regulator:
        async with visitor(regulator) as site:
            regulator.fail(server.empty, path=PATH, times=1)
            assert isinstance(await site.fetch("/location/1-1000000002"), Page)
            assert isinstance(await site.fetch(PATH), Blind)
            assert isinstance(await site.fetch(PATH), Page)
            assert len(regulator.asked(PATH)) == 2
            assert len(regulator.asked()) == 3


@pytest.mark.asyncio
async def test_an_old_page_can_be_served_on_every_other_request() -> None:
    with Regulator(Service(location_id=ID)) as regulator:
        async with visitor(regulator) as site:
            old = regulator.as_now(ID)
            regulator.services[ID].overall = "Inadequate"
            regulator.fail(old, every=2)
            seen = ["<strong>Inadequate</strong> <button" in text(await site.fetch(PATH)) for _ in range(4)]
    assert seen == [True, False, True, False]


@pytest.mark.asyncio
async def test_the_page_of_another_service_can_be_served_at_an_address() -> None:
    with Regulator(Service(location_id=ID), Service(location_id="1-1000000002", name="Other")) as regulator:
        async with visitor(regulator) as site:
            regulator.fail(regulator.another("1-1000000002"), path=PATH)
            assert "<span>Other</span>" in text(await site.fetch(PATH))


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        pytest.param(server.encoded("latin-1"), b"Caf\xe9", id="the page is in Latin-1, but declared as UTF-8"),
        pytest.param(
            server.encoded("utf-8", said="latin-1"), "Café".encode(), id="the page is in UTF-8, but declared as Latin-1"
        ),
        pytest.param(
            server.changed(lambda page: page.replace("<strong>Good", "<strong>Bad")), b"<strong>Bad", id="the text is edited"
        ),
    ],
)
@pytest.mark.asyncio
async def test_a_fault_can_change_the_charset_or_the_text_of_a_page(edit: Fault, says: bytes) -> None:
    with Regulator(Service(location_id=ID, name="Café")) as regulator:
        async with visitor(regulator) as site:
            regulator.fail(edit)
            page = await site.fetch(PATH)
            assert isinstance(page, Page)
            assert says in page.body


def _mail(to: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "monitor@council.example", to, "Zoë’s home has fallen"
    message.set_content("as text")
    message.add_alternative("<p>as HTML", subtype="html")
    return message.as_bytes()


async def _send(mailbox: Mailbox, to: str) -> int:
    try:
        await aiosmtplib.send(_mail(to), sender="m@council.example", recipients=[to], hostname="127.0.0.1", port=mailbox.port)
    except aiosmtplib.SMTPRecipientsRefused as refused:
        return refused.recipients[0].code
    except aiosmtplib.SMTPResponseException as refused:
        return refused.code
    return 250


@pytest.mark.asyncio
async def test_the_mailbox_stores_the_mails_that_it_accepts() -> None:
    with Mailbox() as mailbox:
        assert await _send(mailbox, "lead@council.example") == 250
        (mail,) = mailbox.to("lead@council.example")
        assert (mail.subject, mail.text.strip(), mail.html.strip()) == ("Zoë’s home has fallen", "as text", "<p>as HTML")
        assert mailbox.to("other@council.example") == []


@pytest.mark.asyncio
async def test_the_mailbox_refuses_mails_as_the_test_wants() -> None:
    with Mailbox() as mailbox:
        mailbox.refuse(451, times=1)
        mailbox.refuse(550, at="RCPT", recipient="gone@council.example")
        assert await _send(mailbox, "lead@council.example") == 451
        assert await _send(mailbox, "lead@council.example") == 250
        assert await _send(mailbox, "gone@council.example") == 550
        assert mailbox.refused == [("DATA", 451), ("RCPT", 550)]
        mailbox.accept()
        assert await _send(mailbox, "gone@council.example") == 250


def test_a_mailbox_can_require_a_password() -> None:
    def sign_in(mailbox: Mailbox, password: str) -> Callable[[], int]:
        async def send() -> int:
            try:
                await aiosmtplib.send(
                    _mail("a@b.example"), sender="m@b.example", recipients=["a@b.example"],
                    hostname="127.0.0.1", port=mailbox.port, username="monitor", password=password, start_tls=False,
                )  # fmt: skip
            except aiosmtplib.SMTPAuthenticationError as refused:
                return refused.code
            return 250

        return lambda: asyncio.run(send())

    with Mailbox(sign_in=("monitor", "right")) as mailbox:
        assert sign_in(mailbox, "wrong")() == 535
        assert sign_in(mailbox, "right")() == 250


@pytest.mark.asyncio
async def test_a_hook_stores_the_messages_that_it_accepts_and_refuses_as_the_test_wants() -> None:
    with Hook() as slack, Hook.teams() as teams:
        async with http.AsyncClient() as client:
            slack.refuse(429, retry_after=7, text="slow_down", times=1, path="/busy")
            refused = await client.post(slack.url + "/busy", json={"n": 1})
            assert (refused.status_code, refused.headers["retry-after"], refused.text) == (429, "7", "slow_down")
            assert (await client.post(slack.url + "/busy", json={"n": 2})).text == "ok"
            assert slack.payloads() == [{"n": 2}]
            assert len(slack.requests) == 2
            assert (await client.post(teams.url + "/t", json={})).status_code == 202
            teams.fail(Answer(reset=True))
            with pytest.raises(http.TransportError):
                await client.post(teams.url + "/t", json={})
            teams.accept()
            assert (await client.post(teams.url + "/t", json={"n": 3})).status_code == 202
            assert teams.payloads("/t") == [{}, {"n": 3}]
