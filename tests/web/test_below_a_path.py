"""Tests a PUBLIC_URL with a path. The pages run behind nginx with TLS, and share their host with other sites."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from monitor import templates
from monitor.app import build
from monitor.settings import load
from monitor.store.people import Role
from tests.conftest import World
from tests.programs import PATIENCE
from tests.simulated.services import Service
from tests.simulated.tls import Tls
from tests.web.conftest import FALLEN, Clock, Pages, served
from tests.web.test_serving import free_port, until
from tests.web.walk import Known, paths

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"

CONFIGURATION = """
pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; worker_processes 1;
events {{ }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} ssl; ssl_certificate {pem}; ssl_certificate_key {pem};
    location / {{ return 404 "another program"; }}
    location {root}/ {{
      proxy_pass http://{upstream}{passed}; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto https;
    }}
  }}
}}
"""


@pytest.fixture(params=["the proxy passes the path on", "the proxy removes the path"])
def behind(world: World, tls: Tls, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages at /cqc on a host, with one watched service. `url` is the address that people use."""
    if not Path(NGINX).exists():
        pytest.skip("nginx is not installed")
    port, folder = free_port(), world.folder / "nginx"
    folder.mkdir()
    monkeypatch.setenv("PUBLIC_URL", f"https://127.0.0.1:{port}/cqc")
    world.site.add([Service(location_id=FALLEN, name="Larch Grove")])
    world.done("watch", "add", "North team", FALLEN)
    world.done("check")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            upstream, passed = pages.url.removeprefix("http://"), "/" if "removes" in request.param else ""
            file = folder / "nginx.conf"
            file.write_text(
                CONFIGURATION.format(folder=folder, port=port, pem=tls.pem, root="/cqc", upstream=upstream, passed=passed)
            )
            proxy = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(file), "-e", str(folder / "start.log")])
            try:
                pages.url = f"https://127.0.0.1:{port}/cqc"
                until(lambda: _answers(pages.url, tls))
                yield pages
            finally:
                proxy.terminate()
                proxy.wait()
    finally:
        app.store.close()


def _answers(url: str, tls: Tls) -> bool:
    try:
        return httpx.get(f"{url}/healthz", verify=tls.client, timeout=PATIENCE).status_code == 200
    except httpx.HTTPError:
        return False


def test_links_redirects_cookies_and_files_stay_below_the_path(behind: Pages, tls: Tls) -> None:
    """Fetches every address in every page as a browser does, relative to the address of the page."""
    store = behind.app.store
    token = store.people.new_link(behind.people[Role.OPERATOR].email, now=behind.clock())
    with httpx.Client(verify=tls.client, timeout=PATIENCE, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        first = browser.get(f"{behind.url}/")
        assert (first.status_code, first.headers["location"]) == (303, "/cqc/sign-in")
        entered = browser.post(f"{behind.url}/sign-in/{token}")
        assert (entered.status_code, entered.headers["location"]) == (303, "/cqc/")
        for cookie in entered.headers.get_list("set-cookie"):
            assert cookie.startswith("__Secure-cqc-monitor-") and "; Path=/cqc" in cookie and "; Secure" in cookie
        assert browser.get(f"{behind.url}/nowhere").status_code == 404
        seen = {behind.url}
        known = Known(watchlist="North~20team", location_id=FALLEN)
        for address in [behind.url + path for _, path in paths(known)]:
            answer = browser.get(address, follow_redirects=True)
            seen |= {urljoin(str(answer.url), one) for one in _addresses(answer.text) if answer.status_code == 200}
        ours = {one.partition("#")[0] for one in seen if one.startswith(behind.url.removesuffix("/cqc"))}
        assert all(one.startswith(behind.url) for one in ours), sorted(ours)
        assert {f"{behind.url}/watchlists/North~20team", f"{behind.url}/services/{FALLEN}"} <= ours
        for address in ours:
            assert browser.get(address, follow_redirects=True).status_code in {200, 405, 422}, address
        batch = browser.get(f"{behind.url}/api/services?limit=1", headers={"Accept": "application/json"})
        assert batch.json()["services"][0]["location_id"] == FALLEN
        ended = browser.post(f"{behind.url}/sign-out")
        assert ended.headers["location"] == "/cqc/sign-in"
        assert browser.get(f"{behind.url}/watchlists").headers["location"] == "/cqc/sign-in?next=%2Fwatchlists"


def _addresses(page: str) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(r' (?:href|action|src)="([^"]*)"', page)]


def test_every_address_in_a_template_includes_the_path() -> None:
    for file in sorted(templates.folder("web").glob("*.html")):
        assert not re.findall(r'(?:href|action|src)="/[^"]*"|"/[^"/]+/" ~', file.read_text().replace('root ~ "/', "")), file.name


def test_no_expression_in_a_template_begins_or_ends_with_a_space() -> None:
    """The program converts the result of an expression to plain text, which removes the spaces at its ends."""
    for file in sorted(templates.folder("web").glob("*.html")):
        found = re.findall(r'\{\{[^{}]*?(?:"[^"{}]* "|" [^"{}]*") *(?:if|else|\}\})[^{}]*\}*', file.read_text())
        assert not [one for one in found if "join(" not in one and "~" not in one and "+" not in one], file.name
