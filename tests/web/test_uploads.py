"""Tests how large uploaded files may be. Also tests that pages are still shown while files take long to read, and that only a
limited number of files waits (S3-6 of the security review)."""

import io
import random
import struct
import zlib
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from itertools import islice

import httpx
import pytest
from docx import Document

from monitor.cqc import location_list
from monitor.web.app import ROUTES
from monitor.web.uploads import AT_ONCE, MOST_WAITING, file_routes
from tests.conftest import World
from tests.cqc.test_location_list import workbook
from tests.web.conftest import Pages, done
from tests.web.test_set_up import text

BUSY = "Other files are being read"
TOO_MANY = 40
"""The number of threads for all pages (anyio's default)."""


def test_s3_6_files_that_wait_to_be_read_delay_no_page(pages: Pages, world: World) -> None:
    done(world, "watch", "add", "Leeds", "1-2235535718")
    content = workbook([("location_id",), ("1-2235535719",)])
    every = AT_ONCE + MOST_WAITING + TOO_MANY
    with pages.client("editor") as client, ThreadPoolExecutor(every) as together:
        client.timeout = httpx.Timeout(60)

        def upload() -> httpx.Response:
            return client.post("/watchlists/Leeds/upload", files={"file": ("list.xlsx", content)})

        with location_list._AT_ONCE, location_list._AT_ONCE:  # no workbook can be read meanwhile
            sent: list[Future[httpx.Response]] = [together.submit(upload) for _ in range(every)]
            refused = [one.result() for one in islice(as_completed(sent, timeout=60), TOO_MANY)]
            assert {(one.status_code, BUSY in one.text) for one in refused} == {(422, True)}
            assert client.get("/watchlists").status_code == 200
            assert client.get("/watchlists/Leeds").status_code == 200
        read = [one.result() for one in sent if BUSY not in one.result().text]
        assert [one.status_code for one in read] == [200] * (AT_ONCE + MOST_WAITING)
        assert upload().status_code == 200  # workbooks can be read again


def picture(size: int) -> bytes:
    """Returns a grey PNG picture of this size in bytes. Its pixels are random, so it can't be compressed."""
    width = 1000
    noise = random.Random(1).randbytes(size)
    lines = b"".join(b"\0" + noise[at : at + width] for at in range(0, size - size % width, width))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, size // width, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 0)) + chunk(b"IEND", b"")


def document(size: int) -> bytes:
    """Returns a Word document that contains a picture of this size."""
    made, content = Document(), io.BytesIO()
    made.add_picture(io.BytesIO(picture(size)))
    made.save(content)
    return content.getvalue()


def table(size: int, column: str = "location_id", value: str = "1-2235535719") -> bytes:
    """Returns a CSV file of this size, with one row and many columns. The first column has this value."""
    return f"{column}{',about' * 100}\n{value}".encode() + (b"," + b"x" * (size // 100)) * 100


def authorities(size: int) -> bytes:
    """Returns a CSV file like `table`, with a local authority in its first column."""
    return table(size, "local authority", "Devon")


WHERE = {
    "/watchlists/{watchlist}/upload": ("list.csv", table, "Add 1 new service"),
    "/watchlists/{watchlist}/facts/upload": ("facts.csv", table, "The file needs at least one of the columns"),
    "/letters/upload": ("letter.docx", document, "It is over 1 MB"),
    "/watchlists/{watchlist}/letters/upload": ("letter.docx", document, "It is over 1 MB"),
    "/reports/comparators/upload": ("list.csv", authorities, "Ours is saved, with 1 authority."),
    "/reports/saved/{saved_report}/contracted": ("list.csv", table, "Saved: 1 contracted service."),
    "/reports/template": ("house.docx", document, "house.docx is now the template of Word documents."),
}
"""For each route: a file's name, the function that makes the file, and what the page says about a file of two megabytes."""


def test_every_route_that_accepts_a_file_is_tested_below() -> None:
    assert set(file_routes(ROUTES)) == WHERE.keys()


@pytest.mark.parametrize("route", WHERE)
def test_a_file_of_two_megabytes_reaches_its_page_and_a_larger_file_is_refused_with_advice(
    route: str, pages: Pages, world: World
) -> None:
    """The pages promise to accept 5 MB. In an earlier version, two pages refused files over 1 MB, which is the limit for forms
    without a file."""
    done(world, "watch", "add", "Leeds", "1-2235535718")
    name, made, says = WHERE[route]
    with pages.client("operator") as client:
        assert client.post("/reports/saved", data={"name": "A", "query": "area=Devon"}).status_code == 303
        (report,) = pages.app.store.saved_reports.every()
        path = route.format(watchlist="Leeds", saved_report=report.id)
        data = {"list": "Ours"} if "comparators" in route else {}
        answer = client.post(path, data=data, files={"file": (name, made(2_000_000))}, follow_redirects=True)
        assert answer.status_code in (200, 422) and says in text(answer)
        answer = client.post(path, data=data, files={"file": (name, made(5_000_001))})
        assert answer.status_code == 413 and "The limit is 1 MB for a form and 5 MB for a file." in text(answer)
