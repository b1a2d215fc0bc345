"""CPU seconds and memory of reading, by stage, in one reader process as the pool runs it.

python -m benchmarks.stages samples/scans --pages 400

Pages of the folder are taken in order, and from the beginning again until there are enough. "Engines" are Tesseract
(its processes counted) and the recognition and line models of RapidOCR; "open" is the decoding child, "clean" the
upright and levelled page, "read" everything else: forms, labels, tables, votes. Memory is that of the reader process,
without the decoding child and without Tesseract's processes.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from typing import TypeVar

import psutil

from ocr.clean import clean
from ocr.engines import Engine, Image, Line
from ocr.engines.pair import Engines, default_engines
from ocr.engines.rapid import Rect
from ocr.forms import load_forms
from ocr.open import Opener
from ocr.read import PageReader
from schemas.documents import PageRef
from schemas.outcomes import Quarantine

T = TypeVar("T")
SUFFIXES = {".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"}
STAGES = ("open", "clean", "read", "engines")


@dataclass
class Clock:
    """CPU seconds by stage, of this process, its ended children and the decoding child."""

    spent: dict[str, float]

    def timed(self, stage: str, work: Callable[[], T]) -> T:
        """Return what the work returns, its CPU seconds added to the stage."""
        start = _cpu_s()
        try:
            return work()
        finally:
            self.spent[stage] += _cpu_s() - start


def _cpu_s() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = 0.0
    for child in psutil.Process().children(recursive=True):
        times = child.cpu_times()
        living += times.user + times.system
    return time.process_time() + ended.ru_utime + ended.ru_stime + living


@dataclass(frozen=True)
class TimedEngine:
    """An engine whose CPU seconds are counted."""

    engine: Engine
    clock: Clock

    @property
    def name(self) -> str:
        """Return the engine's own name."""
        return self.engine.name

    def read(self, crops: Sequence[Image]) -> list[Line]:
        """Read as the engine does."""
        return self.clock.timed("engines", lambda: self.engine.read(crops))


@dataclass(frozen=True)
class TimedDetector:
    """A line detector whose CPU seconds are counted."""

    engines: Engines
    clock: Clock

    def detect(self, image: Image) -> list[Rect]:
        """Detect as the engine does."""
        return self.clock.timed("engines", lambda: self.engines.detect.detect(image))


def main() -> None:
    """Read so many pages and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("samples/scans"))
    parser.add_argument("--pages", type=int, default=25)
    args = parser.parse_args()
    for name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"  # as in the pool
    clock, engines = Clock(defaultdict(float)), default_engines()
    timed = Engines(
        TimedEngine(engines.words, clock), TimedEngine(engines.digits, clock), TimedDetector(engines, clock)
    )
    reader = PageReader(timed, load_forms())
    memory: list[float] = []
    kinds: Counter[str] = Counter()
    with Opener() as opener:
        for path, page in _pages(opener, args.folder, args.pages):
            opened = clock.timed("open", partial(opener.open_page, path, page, "page"))
            if isinstance(opened, Quarantine):
                continue
            cleaned = clock.timed("clean", partial(clean, opened))
            before, ref = clock.spent["engines"], PageRef("0" * 64, page)
            read = clock.timed("read", partial(reader.read, cleaned, ref, opened.width, opened.height))
            clock.spent["read"] -= clock.spent["engines"] - before
            ctypes.CDLL(None).malloc_trim(0)  # as the pool does
            kinds[read.kind] += 1
            memory.append(psutil.Process().memory_info().rss / 2**20)
    _tell(clock, memory, kinds)


def _pages(opener: Opener, folder: Path, wanted: int) -> list[tuple[Path, int]]:
    found: list[tuple[Path, int]] = []
    for path in sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES):
        report = opener.inspect(path, "file")
        if not isinstance(report, Quarantine):
            found += [(path, number + 1) for number in range(len(report.pages))]
    if not found:
        raise SystemExit(f"{folder}: no scans")
    return (found * (1 + wanted // len(found)))[:wanted]


def _tell(clock: Clock, memory: Sequence[float], kinds: Counter[str]) -> None:
    count = len(memory)
    print(f"{count} pages: " + ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    print("| stage | CPU seconds a page |\n|---|---|")
    for stage in STAGES:
        print(f"| {stage} | {clock.spent[stage] / count:.2f} |")
    rest = sum(clock.spent[stage] for stage in STAGES if stage != "engines")
    print(f"all but the engines: {rest / count:.2f} CPU s a page (limit 1.2)")
    tenth = max(1, count // 10)
    parts = [mean(memory[start : start + tenth]) for start in range(0, count, tenth)]
    print("memory of the reader, MiB, by tenth of the run: " + " ".join(f"{part:.0f}" for part in parts))
    print(f"highest {max(memory):.0f} MiB (limit 1024)")


if __name__ == "__main__":
    main()
