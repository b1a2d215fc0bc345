"""Memory of the reader processes of a running command, sampled from outside."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence
from statistics import mean

import psutil

_EVERY_S = 2.0


class Watched:
    """A command that runs to its end while the memory of its reader processes is written down."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._samples: list[list[float]] = []
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def finish(self, good: tuple[int, ...] = (0,)) -> str:
        """Return what the command printed; SystemExit where it failed."""
        out, err = self._process.communicate()
        self._done.set()
        self._watch.join()
        if self._process.returncode not in good:
            raise SystemExit(f"exit {self._process.returncode}\n{err[-2000:]}")
        return out

    def told(self) -> str:
        """Return the largest reader's memory, and the mean of all in each tenth of the run, in MiB."""
        flat = [sample for sample in self._samples if sample]
        if not flat:
            return "no reader was seen"
        tenth = max(1, len(flat) // 10)
        parts = [mean(map(mean, flat[start : start + tenth])) for start in range(0, len(flat), tenth)]
        highest = max(map(max, flat))
        return f"readers' memory, MiB: highest {highest:.0f}; mean by tenth " + " ".join(f"{p:.0f}" for p in parts)

    def _look(self) -> None:
        while not self._done.wait(_EVERY_S):
            self._samples.append(list(self._readers_mib()))

    def _readers_mib(self) -> Sequence[float]:
        found = []
        try:
            for child in psutil.Process(self._process.pid).children():
                if "--multiprocessing-fork" in child.cmdline():
                    found.append(child.memory_info().rss / 2**20)
        except psutil.Error:  # it ended while it was looked at
            return []
        return found
