"""The child that decodes: confined, replaced when it dies, and gone with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from scan_makers import pattern, png_claiming

from ocr.open import Limits, OpenedPage, Opener
from schemas.outcomes import Quarantine

ROOT = Path(__file__).resolve().parents[2]


def child_of(opener: Opener) -> int:
    process = opener._decoder._process
    assert process is not None
    return process.pid


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


def gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        os.sched_yield()
    return not alive(pid)


def saved(path: Path) -> Path:
    pattern(300, 200).save(path)
    return path


def test_the_child_has_hard_limits_and_its_own_process_group(tmp_path: Path) -> None:
    with Opener() as opener:
        opener.open_page(saved(tmp_path / "a.png"), 1)
        child = child_of(opener)
        limits = Path(f"/proc/{child}/limits").read_text()
        rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
        assert rows["Max address space"] == str(2 << 30)
        assert rows["Max core file size"] == "0"
        assert rows["Max open files"] == "32"
        assert rows["Max file size"] != "unlimited"
        assert rows["Max cpu time"] != "unlimited"
        assert os.getpgid(child) == child
        assert opener.network_cut_off in (True, False)


def test_one_child_serves_many_files_and_is_replaced_when_used_up(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png")
    with Opener(limits=Limits(requests_per_child=2)) as opener:
        seen = []
        for _ in range(4):
            assert isinstance(opener.open_page(path, 1), OpenedPage)
            seen.append(child_of(opener))
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_child_killed_from_outside_costs_no_page(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png")
    with Opener() as opener:
        opener.open_page(path, 1)
        first = child_of(opener)
        os.kill(first, signal.SIGKILL)
        assert isinstance(opener.open_page(path, 1), OpenedPage)
        assert child_of(opener) != first


def test_a_page_that_needs_more_memory_than_allowed_is_too_costly(tmp_path: Path) -> None:
    path = png_claiming(tmp_path / "big.png", 16_000, 16_000, 16_000)
    with Opener(limits=Limits(memory_bytes=450 << 20)) as opener:
        page = opener.open_page(path, 1)
        assert isinstance(page, Quarantine)
        assert page.code == "too-costly"
        assert isinstance(opener.open_page(saved(tmp_path / "a.png"), 1), OpenedPage)


def test_a_page_that_takes_too_long_is_too_costly(tmp_path: Path) -> None:
    path = png_claiming(tmp_path / "big.png", 16_000, 16_000, 16_000)
    with Opener(limits=Limits(wall_s=0.05)) as opener:
        opener.inspect(saved(tmp_path / "a.png"), "a.png")
        page = opener.open_page(path, 1)
        assert isinstance(page, Quarantine)
        assert page.code == "too-costly"


def test_closing_ends_the_child(tmp_path: Path) -> None:
    with Opener() as opener:
        opener.open_page(saved(tmp_path / "a.png"), 1)
        child = child_of(opener)
    assert not alive(child)


def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png")
    program = (
        "import os, sys; from pathlib import Path; from ocr.open import Opener; o = Opener();"
        f"o.open_page(Path({str(path)!r}), 1); print(o._decoder._process.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert alive(child)
        parent.kill()
        parent.wait()
        assert gone_within(child, 10)
