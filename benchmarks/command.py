"""The command `diachinh` as a user types it, for the benchmarks."""

from __future__ import annotations

import subprocess
import sys

DIACHINH = [sys.executable, "-m", "flows"]


def call(*words: str, good: tuple[int, ...] = (0,)) -> str:
    """Return what the command printed; SystemExit where its exit code is none of the good ones."""
    done = subprocess.run([*DIACHINH, *words], capture_output=True, text=True, check=False)
    if done.returncode not in good:
        raise SystemExit(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout
