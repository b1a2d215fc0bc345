"""Keep one decoding child: start it, ask it, and replace it when it dies or is used up."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from ocr.decode.wire import Request, receive_reply, send_request
from schemas.errors import Unavailable

_START_S = 60.0


class Died(Exception):
    """The child ended before it answered; `too_costly` where it ran out of its time."""

    def __init__(self, *, too_costly: bool) -> None:
        super().__init__("the decoder died")
        self.too_costly = too_costly


class Decoder:
    """The child process and the socket to it."""

    def __init__(self, *, memory_bytes: int, output_bytes: int, wall_s: float, requests_per_child: int) -> None:
        self._limits = (memory_bytes, output_bytes)
        self._wall_s = wall_s
        self._requests_per_child = requests_per_child
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._asked = 0
        self.network_cut_off: bool | None = None

    def ask(self, request: Request, descriptors: list[int]) -> Any:
        """Return the child's reply as unchecked JSON; Died where it gives none."""
        if self._process is None or self._process.poll() is not None or self._asked >= self._requests_per_child:
            self.close()
            self._start()
        assert self._channel is not None
        self._asked += 1
        try:
            send_request(self._channel, request, descriptors)
            return receive_reply(self._channel)
        except TimeoutError as error:
            self.close()
            raise Died(too_costly=True) from error
        except (EOFError, OSError, ValueError) as error:
            code = self.close()
            raise Died(too_costly=code == -signal.SIGXCPU) from error

    def close(self) -> int | None:
        """End the child with all its process group, and return how it ended."""
        process, channel = self._process, self._channel
        self._process = self._channel = None
        self._asked = 0
        if channel is not None:
            channel.close()
        if process is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            # A child that was killed, or hears that the parent hung up, is gone by then and tells how it ended.
            process.wait(timeout=0.2)
        with suppress(ProcessLookupError, PermissionError):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return process.wait()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [str(number) for number in (theirs.fileno(), os.getpid(), *self._limits)]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ocr.decode", *arguments],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                process_group=0,
                cwd="/",
            )
        self._channel = ours
        ours.settimeout(_START_S)
        try:
            greeting = ours.recv(1)
        except TimeoutError:
            greeting = b""
        if greeting not in (b"0", b"1"):
            self.close()
            raise Unavailable(
                "không khởi động được tiến trình giải mã ảnh; chạy `diachinh doctor` để biết phần còn thiếu",
                "the decoding process does not start; run `diachinh doctor` to see what is missing",
            )
        self.network_cut_off = greeting == b"1"
        ours.settimeout(self._wall_s)


def _environment() -> dict[str, str]:
    """Return what the child needs to find its modules; one thread, nothing secret."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LD_LIBRARY_PATH") if key in os.environ}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    root = str(Path(__file__).resolve().parent.parent)
    return {**kept, **one_thread, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}
