"""Tests the files in docs/deploy, as far as this is possible without a separate machine."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from monitor.settings import Settings
from monitor.web.permissions import ANYONE, PERMISSIONS
from tests.simulated.tls import Tls

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
needs = {
    name: pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed (.ci/run installs it)")
    for name in ("systemd-analyze", "nginx")
}


@needs["systemd-analyze"]
def test_systemd_accepts_the_services(tmp_path: Path) -> None:
    program = tmp_path / "cqc-monitor"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    units = []
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text(encoding="utf-8").replace("/opt/cqc-monitor/bin/cqc-monitor", str(program))
        units.append(tmp_path / unit.name)
        units[-1].write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, check=False)
    assert len(units) == 2 and done.returncode == 0 and not done.stderr, done.stderr


@needs["nginx"]
def test_nginx_accepts_the_configuration(tmp_path: Path, tls: Tls) -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for written in ("/etc/ssl/monitor.pem", "/etc/ssl/monitor.key"):
        text = text.replace(written, str(tls.pem))
    text = text.replace("/var/log/nginx", str(tmp_path))
    # nginx -t opens the ports on which nginx listens. Not every user may open ports, so the test replaces them with sockets.
    text = re.sub(r"listen (?:\[::\]:)?(80|443)\b", lambda one: f"listen unix:{tmp_path.name}-{one.start()}", text)
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n", encoding="utf-8")
    command = ["nginx", "-t", "-q", "-p", str(tmp_path), "-e", "stderr", "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "[warn]" not in done.stderr, done.stderr


_ROUTES = {route.split()[1] for route, role in PERMISSIONS.items() if role is ANYONE}
SECRET = sorted({"oidc", *(path.split("/")[1] for path in _ROUTES if re.search(r"\{(?:token|key)\}", path))})
"""Some paths contain a secret: anybody who knows the whole path can open the page. These are the first parts of such paths."""


@pytest.mark.parametrize("root", ["", "/cqc", "/care/cqc-1.0"])
@pytest.mark.parametrize("path", SECRET)
def test_nginx_leaves_secret_links_out_of_its_log(path: str, root: str) -> None:
    """PUBLIC_URL may contain a path. Every link then begins with this path."""
    [pattern] = re.findall(r"^\s+~(\S+)\s+0;", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.search(pattern, f"{root}/{path}/ux_xv_kGT3QO")
    assert not re.search(pattern, f"{root}/watchlists/Leeds") and not re.search(pattern, f"{root}/monitor/settings")


def test_the_manual_lists_every_path_with_a_secret() -> None:
    manual = (DEPLOY.parent / "operating.md").read_text(encoding="utf-8")
    [sentence] = re.findall(r"Let only trusted people[^.]*\.", manual)
    assert re.findall(r"`/([a-z-]+)/`", sentence) and set(re.findall(r"`/([a-z-]+)/`", sentence)) == set(SECRET)


def test_the_compose_file_has_only_commands_and_settings_that_exist() -> None:
    """Only the file's content is tested, since the tests have no container engine."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    ours = [one for name, one in services.items() if name != "database"]
    assert [one["command"][:2] for one in ours] == [["cqc-monitor", name] for name in ("migrate", "run", "web")]
    known = {name.upper() for name in Settings.model_fields} | {"FORWARDED_ALLOW_IPS"}
    for one in ours:
        assert set(one["environment"]) <= known and {"DATABASE_URL", "SECRET_KEY"} <= set(one["environment"])


def test_the_containerfile_copies_only_folders_and_files_that_exist() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert {"monitor", "templates", "pyproject.toml"} <= set(copied)
    for name in copied:
        assert (DEPLOY.parents[1] / name).exists()
