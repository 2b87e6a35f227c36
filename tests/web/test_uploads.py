"""Uploaded files that take long to read (S3-6 of the security review): pages are shown meanwhile, and not too many wait."""

from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from itertools import islice

import httpx

from monitor.cqc import location_list
from monitor.web.uploads import AT_ONCE, MOST_WAITING
from tests.conftest import World
from tests.cqc.test_location_list import workbook
from tests.web.conftest import Pages, done

BUSY = "Other files are being read"
TOO_MANY = 40
"""As many as there are threads for all pages (anyio's default)."""


def test_s3_6_files_that_wait_to_be_read_hold_up_no_page(pages: Pages, world: World) -> None:
    done(world, "watch", "add", "Leeds", "1-2235535718")
    content = workbook([("location_id",), ("1-2235535719",)])
    every = AT_ONCE + MOST_WAITING + TOO_MANY
    with pages.client("editor") as client, ThreadPoolExecutor(every) as together:
        client.timeout = httpx.Timeout(60)

        def upload() -> httpx.Response:
            return client.post("/watchlists/Leeds/upload", files={"file": ("list.xlsx", content)})

        with location_list._AT_ONCE, location_list._AT_ONCE:  # both turns to read a workbook are taken: none is read
            sent: list[Future[httpx.Response]] = [together.submit(upload) for _ in range(every)]
            refused = [one.result() for one in islice(as_completed(sent, timeout=60), TOO_MANY)]
            assert {(one.status_code, BUSY in one.text) for one in refused} == {(422, True)}
            assert client.get("/watchlists").status_code == 200
            assert client.get("/watchlists/Leeds").status_code == 200
        read = [one.result() for one in sent if BUSY not in one.result().text]
        assert [one.status_code for one in read] == [200] * (AT_ONCE + MOST_WAITING)
        assert upload().status_code == 200  # the turns are free again
