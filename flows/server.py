"""The private Prefect server: started once on loopback, found again, left running, stopped on request."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import Unavailable

START_SECONDS = 120.0
"""Longest wait for the first start, with its migrations (16 s on two idle cores)."""


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """Whether the private server answers, where, and as which process."""

    running: bool
    api_url: str | None
    pid: int | None


class PrefectServer:
    """The Prefect server of one data folder; its files lie in `<home>/prefect`."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "prefect"
        self._state = self.folder / "server.json"

    def start(self) -> str:
        """Return the API address of a server that answers, starting one where none does."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked():
            status = self.status()
            if status.running and status.api_url:
                return status.api_url
            if status.pid is not None:
                _end(status.pid)
            return self._launch()

    def stop(self) -> bool:
        """End the server that this data folder started; False where none runs."""
        if not self.folder.exists():
            return False
        with self._locked():
            pid = self.status().pid
            self._state.unlink(missing_ok=True)
            return pid is not None and _end(pid)

    def status(self) -> ServerStatus:
        """Say whether the server that this data folder started answers."""
        try:
            state = json.loads(self._state.read_text(encoding="utf-8"))
            pid, url, born = int(state["pid"]), str(state["api_url"]), str(state["born"])
        except (OSError, ValueError, KeyError):
            return ServerStatus(running=False, api_url=None, pid=None)
        if _birth(pid) != born:  # the number now belongs to another process
            return ServerStatus(running=False, api_url=None, pid=None)
        return ServerStatus(running=answers(url), api_url=url, pid=pid)

    def _launch(self) -> str:
        port = _free_port()
        url = f"http://127.0.0.1:{port}/api"
        log = self.folder / "server.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
                env={**os.environ, **server_environment(self.folder, url)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.folder,
                start_new_session=True,
            )
        record = {"pid": process.pid, "api_url": url, "born": _birth(process.pid)}
        partial = self._state.with_suffix(".part")
        partial.write_text(json.dumps(record), encoding="utf-8")
        partial.replace(self._state)
        deadline = time.monotonic() + START_SECONDS
        while not answers(url):
            if process.poll() is not None or time.monotonic() > deadline:
                _end(process.pid)
                raise Unavailable(
                    vi=f"Máy chủ Prefect không khởi động được; xem nhật ký {log}, hoặc chạy với --plain",
                    en=f"the Prefect server did not start; see its log {log}, or run with --plain",
                )
            time.sleep(0.25)
        return url

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / "server.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def server_environment(folder: Path, api_url: str) -> Mapping[str, str]:
    """Return the variables that keep a server and its clients private: own files, no analytics, old rows removed."""
    base = api_url.removesuffix("/api")
    port = base.rsplit(":", 1)[1]
    return {
        **client_environment(folder, api_url),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": port,
        "PREFECT_UI_API_URL": api_url,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder / 'prefect.db'}",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    }


def client_environment(folder: Path, api_url: str) -> Mapping[str, str]:
    """Return the variables for a process that runs flows against the server at `api_url`."""
    return {
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": api_url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",  # what went wrong is told once, by the command
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "DO_NOT_TRACK": "1",
    }


def answers(api_url: str) -> bool:
    """Say whether a Prefect server answers at that address within two seconds."""
    if not api_url.startswith(("http://", "https://")):
        return False
    try:
        with urllib.request.urlopen(f"{api_url.rstrip('/')}/health", timeout=2) as answer:  # noqa: S310 - scheme checked
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _birth(pid: int) -> str | None:
    """Return the start time of a process in clock ticks since boot, None where it is gone or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    fields = stat.rsplit(")", 1)[1].split()
    return None if fields[0] == "Z" else fields[19]


def _end(pid: int) -> bool:
    """End that process and what it started in its session, asking first; False where it is already gone."""
    born = _birth(pid)
    if born is None:
        return False
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(pid, sign)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if _birth(pid) != born:
                return True
            time.sleep(0.1)
    return True
