"""Tests the client of CQC's site against a real server on loopback, which sends exactly the bytes that a test gives it."""

import asyncio
import gzip
import hashlib
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from monitor.cqc.site import Blind, Limits, Page, Reason, Reserve, Site, Unchanged, Validators, user_agent
from monitor.cqc.transport import Client

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PATH = "/location/1-2235535718"
BORNE = Limits()
HTML = b"<!DOCTYPE html><html><head><title>Cherrybrook</title></head><body><h1>Cherrybrook</h1></body></html>"
Headers = dict[str, str]
Handler = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Asked:
    path: str
    headers: Headers
    connection: int


@dataclass
class Server:
    """Answers each path with its bytes in `answers`, or lets a function in `answers` write the answer. Records the requests."""

    url: str = ""
    answers: dict[str, bytes | Handler] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    think: float = 0.0
    visits: set[asyncio.Task[None]] = field(default_factory=set)

    def pages(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.path != "/robots.txt"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.current_task()
        assert visit is not None
        self.visits.add(visit)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if not await self._answer(head.decode().split("\r\n"), writer):
                    break
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError, TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1)
            writer.transport.abort()

    async def close(self) -> None:
        """Closes all clients, so that no connection outlives its test."""
        for visit in self.visits:
            visit.cancel()
        await asyncio.gather(*self.visits, return_exceptions=True)
        await asyncio.sleep(0)  # lets the event loop close the last connections

    async def _answer(self, lines: list[str], writer: asyncio.StreamWriter) -> bool:
        path = lines[0].split()[1]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        self.asked.append(Asked(path, headers, writer.get_extra_info("peername")[1]))
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        await asyncio.sleep(self.think)
        self.in_flight -= 1
        answer = self.answers.get(path, response(404))
        if callable(answer):
            await answer(writer)
            return False
        writer.write(answer)
        await writer.drain()
        return True


def response(status: int, body: bytes = b"", **headers: str) -> bytes:
    """A complete answer. In `headers`, names have _ instead of -. A Content-Length is added if `headers` has none."""
    given = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body))} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value]
    return f"HTTP/1.1 {status} Reason\r\n".encode() + "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def rules(text: str) -> bytes:
    """An answer with a robots.txt."""
    return response(200, text.encode(), content_type="text/plain")


def packed(body: bytes, how: str = "gzip") -> bytes:
    """A page whose header states the Content-Encoding `how`, even if `body` is encoded in another way."""
    return response(200, body, content_encoding=how)


def to(location: str) -> bytes:
    """A redirect."""
    return response(302, location=location)


@asynccontextmanager
async def world(
    *,
    robots: bytes | Handler | None = None,
    requests_per_second: float = 500,
    limits: Limits = BORNE,
    clock: Callable[[], datetime] = lambda: NOW,
    reserve: Reserve | None = None,
    **answers: bytes | Handler,
) -> AsyncIterator[tuple[Server, Site]]:
    """A server that answers PATH with `page`, and a client of this server."""
    server = Server(answers={"/robots.txt": robots or response(404)} | {PATH: answers.get("page", response(200, HTML))})
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    site = Site(
        Client(
            base_url=server.url,
            contact="mailto:care@council.example",
            requests_per_second=requests_per_second,
            version="0.1.0",
        ),
        clock=clock,
        limits=limits,
        reserve=reserve,
    )
    try:
        yield server, site
    finally:
        await site.close()
        listener.close()
        await server.close()


async def blind(answer: bytes | Handler, *, limits: Limits = BORNE, **more: bytes) -> Blind:
    """Returns what the client reports when PATH gives an unusable `answer`. `more` gives the answers of other paths; its keys are
    the paths without the slash."""
    async with world(page=answer, limits=limits) as (server, site):
        server.answers |= {"/" + path: page for path, page in more.items()}
        seen = await site.fetch(PATH, location_id="1-2235535718")
        assert isinstance(seen, Blind), seen
        assert "\n" not in seen.detail
        assert seen.fetched_at == NOW
        return seen


def broken(text: bytes) -> Handler:
    """A handler that sends `text` and breaks the connection."""

    async def handler(writer: asyncio.StreamWriter) -> None:
        writer.write(text)

    return handler


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def silent(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    await asyncio.sleep(5)


# Pages


@pytest.mark.asyncio
async def test_a_page_has_its_bytes_its_validators_its_time_and_its_digest() -> None:
    page = response(200, HTML, etag='"v1"', last_modified="Sat, 21 Nov 2026 08:00:00 GMT")
    async with world(page=page) as (server, site):
        assert await site.fetch(PATH) == Page(
            url=server.url + PATH,
            body=HTML,
            content_type="text/html; charset=utf-8",
            etag='"v1"',
            last_modified="Sat, 21 Nov 2026 08:00:00 GMT",
            fetched_at=NOW,
            digest=hashlib.sha256(HTML).hexdigest(),
        )


@pytest.mark.asyncio
async def test_the_user_agent_says_who_asks_and_how_to_reach_the_operator() -> None:
    async with world() as (server, site):
        await site.fetch(PATH)
        assert {asked.headers["user-agent"] for asked in server.asked} == {"cqc-monitor/0.1.0 (+mailto:care@council.example)"}
        assert server.pages()[0].headers["accept"].startswith("text/html")


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        pytest.param(None, "cqc-monitor/1", id="no contact"),
        pytest.param("a@b.example\r\nX-Evil: 1", "cqc-monitor/1 (+a@b.exampleX-Evil: 1)", id="a contact with another header"),
        pytest.param("Zoë, z@b.example", "cqc-monitor/1 (+Zo, z@b.example)", id="a contact with a forbidden letter"),
    ],
)
def test_the_user_agent_contains_only_the_safe_part_of_the_contact(contact: str | None, expected: str) -> None:
    assert user_agent("1", contact) == expected


@pytest.mark.asyncio
async def test_a_request_with_validators_reports_an_unchanged_page() -> None:
    async with world(page=response(304, content_length="")) as (server, site):
        seen = await site.fetch(PATH, validators=Validators(etag='W/"v1"', last_modified="Sat, 21 Nov 2026 08:00:00 GMT"))
        assert seen == Unchanged(url=server.url + PATH, fetched_at=NOW)
        assert server.pages()[0].headers["if-none-match"] == 'W/"v1"'
        assert server.pages()[0].headers["if-modified-since"] == "Sat, 21 Nov 2026 08:00:00 GMT"


@pytest.mark.asyncio
async def test_validators_that_a_header_cannot_contain_are_left_out() -> None:
    async with world() as (server, site):
        assert isinstance(await site.fetch(PATH, validators=Validators(etag='"é"', last_modified="a\r\nb: c")), Page)
        assert not {"if-none-match", "if-modified-since", "b"} & set(server.pages()[0].headers)


@pytest.mark.asyncio
async def test_a_fresh_request_bypasses_caches() -> None:
    async with world() as (server, site):
        await site.fetch(PATH, fresh=True, validators=Validators(etag='"v1"', last_modified=None))
        headers = server.pages()[0].headers
        assert (headers["cache-control"], headers["pragma"], headers.get("if-none-match")) == ("no-cache", "no-cache", None)


@pytest.mark.asyncio
async def test_not_modified_is_an_error_if_the_request_had_no_validators() -> None:
    assert (await blind(response(304, content_length=""))).reason is Reason.DAMAGED


@pytest.mark.parametrize(
    "link",
    [
        "/location/1-2235535718",
        "location/1-2235535718",
        "https://www.cqc.org.uk/location/1-2235535718",
        "http://cqc.org.uk./location/1-2235535718#overall",
        "http://gl-dpcqc.axis12.com/location/1-2235535718",
    ],
)
@pytest.mark.asyncio
async def test_links_to_any_of_cqcs_hosts_are_requested_at_the_base_address(link: str) -> None:
    async with world() as (server, site):
        seen = await site.fetch(link)
        assert isinstance(seen, Page)
        assert seen.url == server.url + PATH


@pytest.mark.parametrize(
    "link", ["https://www.example.org/location/1-2235535718", "//example.org/", "mailto:a@b.example", "http://[x/"]
)
@pytest.mark.asyncio
async def test_other_sites_receive_no_request(link: str) -> None:
    async with world() as (server, site):
        seen = await site.fetch(link)
        assert isinstance(seen, Blind)
        assert seen.reason is Reason.ELSEWHERE
        assert not server.asked


@pytest.mark.asyncio
async def test_a_redirect_on_the_site_is_followed_and_the_page_has_the_final_address() -> None:
    there = PATH + "/overview"
    async with world(page=to(there + "#top")) as (server, site):
        server.answers[there] = response(200, HTML)
        seen = await site.fetch(PATH, location_id="1-2235535718")
        assert isinstance(seen, Page)
        assert seen.url == server.url + there


@pytest.mark.asyncio
async def test_a_compressed_page_is_decompressed() -> None:
    async with world(page=packed(gzip.compress(HTML))) as (_, site):
        seen = await site.fetch(PATH)
        assert isinstance(seen, Page)
        assert seen.body == HTML


@pytest.mark.asyncio
async def test_an_address_that_ends_in_pdf_may_return_a_pdf() -> None:
    async with world() as (server, site):
        server.answers["/sites/report.pdf"] = response(200, b"%PDF-1.7\n\0", content_type="application/pdf")
        assert isinstance(await site.fetch("/sites/report.pdf"), Page)


@pytest.mark.asyncio
async def test_pages_share_connections() -> None:
    async with world() as (server, site):
        for status in (200, 404, 304, 302, 503):
            server.answers[f"/{status}"] = response(status, b"" if status == 304 else b"x" * 1000)
            await site.fetch(f"/{status}")
        assert len({asked.connection for asked in server.asked}) == 1


# Pages that can't be read


@pytest.mark.parametrize(
    ("answer", "reason", "says"),
    [
        pytest.param(response(401), Reason.REFUSED, "CQC answered 401 Unauthorized", id="401"),
        pytest.param(response(403), Reason.REFUSED, "CQC answered 403 Forbidden", id="403"),
        pytest.param(response(429), Reason.REFUSED, "CQC answered 429 Too Many Requests", id="429"),
        pytest.param(response(451), Reason.REFUSED, "451", id="451"),
        pytest.param(response(404), Reason.GONE, "CQC answered 404 Not Found", id="404"),
        pytest.param(response(410), Reason.GONE, "CQC answered 410 Gone", id="410"),
        pytest.param(response(500), Reason.FAILING, "CQC answered 500 Internal Server Error", id="500"),
        pytest.param(response(503, HTML), Reason.FAILING, "CQC answered 503 Service Unavailable", id="503"),
        pytest.param(response(522), Reason.FAILING, "CQC answered 522", id="a status that is not in the standard"),
        pytest.param(response(204, content_length=""), Reason.DAMAGED, "CQC answered 204 No Content", id="204"),
        pytest.param(response(206, HTML), Reason.DAMAGED, "206", id="a part of a page"),
        pytest.param(response(300), Reason.DAMAGED, "300", id="several pages to choose from"),
        pytest.param(reset, Reason.FAILING, "the connection to CQC's site broke", id="a reset"),
        pytest.param(broken(b""), Reason.FAILING, "the connection to CQC's site broke", id="no answer at all"),
        pytest.param(broken(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Reason.FAILING, "broke", id="an answer in another protocol"),
        pytest.param(response(200), Reason.DAMAGED, "was empty", id="an empty page"),
        pytest.param(response(200, b" \r\n\t"), Reason.DAMAGED, "was empty", id="a blank page"),
        pytest.param(
            broken(response(200, HTML, content_length="9999")), Reason.DAMAGED, "was cut short", id="fewer bytes than stated"
        ),
        pytest.param(
            broken(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<!DOCTYPE html><"),
            Reason.DAMAGED,
            "was cut short",
            id="chunks without an end",
        ),
        pytest.param(response(200, HTML[:-14]), Reason.DAMAGED, "was cut short", id="a page that does not end"),
        pytest.param(response(200, HTML, content_type="image/png"), Reason.DAMAGED, "was not text ('image/png')", id="a picture"),
        pytest.param(
            response(200, b"%PDF-1.7", content_type="application/pdf"), Reason.DAMAGED, "not text", id="an unexpected PDF"
        ),
        pytest.param(response(200, b"\0\1\2" + HTML), Reason.DAMAGED, "was not text", id="bytes declared as HTML"),
        pytest.param(
            response(200, b"x", content_length="50000000"), Reason.DAMAGED, "is larger than 10 MB", id="an answer of 50 MB"
        ),
        pytest.param(packed(gzip.compress(bytes(50_000_000))), Reason.DAMAGED, "larger than 10 MB", id="a gzip bomb"),
        pytest.param(packed(gzip.compress(HTML)[:-9]), Reason.DAMAGED, "was cut short", id="compressed data cut short"),
        pytest.param(packed(HTML), Reason.DAMAGED, "can't be unpacked", id="plain text declared as gzip"),
        pytest.param(packed(zlib.compress(HTML), "deflate"), Reason.DAMAGED, "not requested (deflate)", id="another compression"),
        pytest.param(to(PATH), Reason.ELSEWHERE, "in a loop", id="a redirect to itself"),
        pytest.param(response(302), Reason.ELSEWHERE, "to another site", id="a redirect to nowhere"),
        pytest.param(to("http://[x"), Reason.ELSEWHERE, "to another site", id="a redirect to nonsense"),
        pytest.param(
            to("https://www.example.org" + PATH), Reason.ELSEWHERE, "to another site", id="a redirect to another site"
        ),
        pytest.param(
            to("/location/1-999999999"), Reason.ELSEWHERE, "another service, 1-999999999", id="a redirect to another service"
        ),
        pytest.param(
            response(403, HTML, cf_mitigated="challenge"),
            Reason.CHALLENGE,
            "a challenge",
            id="a challenge that a header declares",
        ),
        pytest.param(
            response(200, b"<title>Just a moment...</title><p>Checking"),
            Reason.CHALLENGE,
            "a challenge",
            id="a challenge with status 200",
        ),
        pytest.param(
            response(200, b"<html><title>Site under maintenance | Care Quality Commission</title></html>"),
            Reason.CHALLENGE,
            "maintenance page",
            id="a maintenance page with status 200",
        ),
        pytest.param(
            response(200, b"<html><title>CQC</title><h1 class=x>The site is <b>temporarily unavailable</b>.</h1></html>"),
            Reason.CHALLENGE,
            "maintenance page",
            id="a maintenance page recognised by its heading",
        ),
    ],
)
@pytest.mark.asyncio
async def test_an_unusable_answer_is_reported_with_a_reason_and_a_message(
    answer: bytes | Handler, reason: Reason, says: str
) -> None:
    seen = await blind(answer)
    assert (seen.reason, seen.site_wide) == (reason, reason in {Reason.REFUSED, Reason.FAILING, Reason.CHALLENGE})
    assert says in seen.detail


@pytest.mark.parametrize(
    "title",
    [
        "Just a Moment Care Home - Care Quality Commission",
        "Maintenance House - Care Quality Commission",
        "Access Denied Recovery Service",
        "Cherrybrook Care Home",
        "",
    ],
)
@pytest.mark.asyncio
async def test_a_page_is_not_a_challenge_whatever_the_name_of_its_service(title: str) -> None:
    body = f"<html><head><title>{title}</title><script src='/cdn-cgi/challenge-platform/x.js'></script></head></html>".encode()
    async with world(page=response(200, body)) as (_, site):
        assert isinstance(await site.fetch(PATH), Page)


@pytest.mark.asyncio
async def test_the_client_stops_reading_a_page_after_10_mb() -> None:
    poured = 0

    async def pour(writer: asyncio.StreamWriter) -> None:
        nonlocal poured
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        with suppress(ConnectionError):
            while poured < 50_000_000:
                writer.write(b"x" * 100_000)
                await writer.drain()
                poured += 100_000

    async with world(page=pour) as (_, site):
        seen = await site.fetch(PATH)
        assert isinstance(seen, Blind)
        assert seen.detail == "CQC's answer is larger than 10 MB"
    assert 10_000_000 <= poured < 25_000_000  # the rest may be in the buffers of both ends


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        pytest.param(Limits(read=0.1), "did not answer in time", id="a page that stops arriving"),
        pytest.param(Limits(whole=0.1), "took longer than 0.1 seconds", id="a page that takes too long in all"),
    ],
)
@pytest.mark.asyncio
async def test_a_page_that_is_too_slow_is_reported_as_failing(limits: Limits, says: str) -> None:
    seen = await blind(silent, limits=limits)
    assert seen.reason is Reason.FAILING
    assert says in seen.detail


@pytest.mark.asyncio
async def test_a_site_that_cannot_be_reached_is_reported_as_failing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    site = Site(Client(base_url=base, contact=None, requests_per_second=500, version="1"), clock=lambda: NOW)
    seen = await site.fetch(PATH)
    assert isinstance(seen, Blind)
    assert (seen.reason, seen.site_wide) == (Reason.FAILING, True)
    assert "could not be reached" in seen.detail
    await site.close()


@pytest.mark.asyncio
async def test_a_request_can_be_cancelled() -> None:
    async with world(page=silent) as (_, site):
        look = asyncio.create_task(site.fetch(PATH))
        await asyncio.sleep(0.1)
        look.cancel()
        with pytest.raises(asyncio.CancelledError):
            await look
