"""The arrangement for a server in the office keeps its promises, as far as can be seen without a Docker engine."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = shutil.which("docker-compose")


@pytest.fixture(scope="module")
def arrangement() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return told


@pytest.mark.skipif(PROGRAM is None, reason="docker-compose is not installed here")
def test_docker_compose_accepts_the_file() -> None:
    assert PROGRAM is not None
    done = subprocess.run([PROGRAM, "config", "--quiet"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_brings_postgis_prefect_with_its_own_database_and_two_workers_on_one_pool(
    arrangement: dict[str, Any],
) -> None:
    services = arrangement["services"]
    assert {"postgis", "prefect", "prefect_database", "worker_1", "worker_2"} <= services.keys()
    assert "@prefect_database/" in services["prefect"]["environment"]["PREFECT_SERVER_DATABASE_CONNECTION_URL"]
    assert services["worker_1"]["command"] == services["worker_2"]["command"] == ["diachinh", "worker"]


def test_ports_open_on_this_machine_only(arrangement: dict[str, Any]) -> None:
    ports = [port for service in arrangement["services"].values() for port in service.get("ports", [])]
    assert len(ports) == 2
    assert all(port.startswith(("127.0.0.1:", "${DIACHINH_BIND:-127.0.0.1}:")) for port in ports)


def test_what_stays_up_is_watched_and_what_must_last_lies_in_a_volume(arrangement: dict[str, Any]) -> None:
    lasting = {name: one for name, one in arrangement["services"].items() if one["restart"] == "unless-stopped"}
    assert set(lasting) == {"postgis", "prefect_database", "prefect", "worker_1", "worker_2"}
    assert all("healthcheck" in one for one in lasting.values())
    named = {volume.split(":")[0] for one in lasting.values() for volume in one.get("volumes", [])}
    assert set(arrangement["volumes"]) <= named


def test_no_password_stands_in_the_file(arrangement: dict[str, Any]) -> None:
    for service in arrangement["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|AUTH_STRING", name):
                assert value.startswith("/run/secrets/"), name
            assert not re.search(r"://[^/@]+:[^/@]+@", str(value)), name
    assert all(set(secret) == {"file"} for secret in arrangement["secrets"].values())


def test_passwords_are_made_once_in_a_folder_that_lets_nobody_else_in(tmp_path: Path) -> None:
    folder = tmp_path / "mat-khau"
    make = ["sh", str(ROOT / "docker" / "make_secrets.sh"), str(folder)]
    subprocess.run(make, check=True, capture_output=True)
    made = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    subprocess.run(make, check=True, capture_output=True)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == made
    wanted = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["secrets"]
    assert made.keys() == wanted.keys()
    assert len(set(made.values())) == len(made)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_secret_in_a_file_becomes_a_variable_and_an_unreadable_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("cá$'\"", encoding="utf-8")
    enter = ["sh", str(ROOT / "docker" / "with_secrets.sh"), "printenv", "PGPASSWORD"]
    done = subprocess.run(
        enter, env={"PGPASSWORD_FILE": str(tmp_path / "x"), "PATH": "/bin:/usr/bin"}, capture_output=True
    )
    assert done.stdout.decode() == "cá$'\"\n"
    lost = subprocess.run(
        enter, env={"PGPASSWORD_FILE": str(tmp_path / "y"), "PATH": "/bin:/usr/bin"}, capture_output=True
    )
    assert lost.returncode == 4
    assert str(tmp_path / "y") in lost.stderr.decode()


def test_python_packages_of_the_image_are_checked_against_their_hashes() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert len(re.findall("^FROM python:3.11-slim-bookworm", text, re.MULTILINE)) == 2
    assert "--require-hashes --no-deps -r /build/requirements.lock" in text
    copied = re.findall(r"^COPY (\w+) /build/", text, re.MULTILINE)
    packages = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert packages is not None
    assert set(re.findall(r'"(\w+)"', packages[1])) <= set(copied)
