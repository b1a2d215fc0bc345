"""How long pages take by number of workers: the same pages of samples/scans, a fresh data folder for each number.

python -m benchmarks.two_workers --pages 12 --batches 4 --workers 1 2
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.office_server import ROOT, office_server, worked_side_by_side
from store.cluster import Cluster


def main() -> None:
    """Measure each number of workers and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=12, help="single-page scans to use")
    parser.add_argument("--batches", type=int, default=4, help="folders; a worker takes one at a time")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dc-") as folder:
        batches = deal(Path(folder), args.pages, args.batches)
        print(f"{args.pages} pages in {args.batches} batches, one reading process a worker")
        print("| workers | wall s | span s | reading s/page | CPU s/page | load |")
        print("|---|---|---|---|---|---|")
        for number in args.workers:
            print(measure(Path(folder) / f"home-{number}", batches, number, args.pages), flush=True)


def deal(folder: Path, pages: int, batches: int) -> list[Path]:
    """Deal the first single-page scans in turn into so many folders."""
    lines = (ROOT / "samples" / "truth" / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    told = (json.loads(line) for line in lines)
    pages_of = Counter(page["file"] for page in told)
    scans = sorted(ROOT / "samples" / "scans" / file for file, count in pages_of.items() if count == 1)
    if len(scans) < pages:
        raise SystemExit(f"only {len(scans)} single-page scans")
    made = [folder / f"batch-{number}" for number in range(1, batches + 1)]
    for number, scan in enumerate(scans[:pages]):
        target = made[number % batches]
        target.mkdir(exist_ok=True)
        shutil.copy(scan, target / f"{number:02}{scan.suffix}")
    return made


def measure(home: Path, batches: list[Path], workers: int, pages: int) -> str:
    """Return one row of the table: the span runs from the first batch's beginning to the last one's end."""
    cpu_before_s = _cpu_s()
    home.mkdir()
    home.chmod(0o755)
    try:
        with office_server(home, workers=workers, DIACHINH_WORKERS="1") as server:
            start = time.monotonic()
            done = server.type("digitise", "--on-workers", "--json", *batches)
            wall_s = time.monotonic() - start
            if done.returncode not in (0, 5):
                raise SystemExit(done.stderr)
            runs = server.worked()
    finally:
        outside = Cluster(home).folder
        if outside is not None:
            shutil.rmtree(outside)
    if workers > 1 and not worked_side_by_side(runs):
        raise SystemExit("the batches were not worked on side by side")
    span_s = (max(run.ended for run in runs) - min(run.began for run in runs)).total_seconds()
    reading_s = sum(run.reading_s for run in runs) / pages
    cpu_s = (_cpu_s() - cpu_before_s) / pages
    load = os.getloadavg()[0]
    return f"| {workers} | {wall_s:.0f} | {span_s:.0f} | {reading_s:.1f} | {cpu_s:.1f} | {load:.1f} |"


def _cpu_s() -> float:
    """Return the CPU seconds of the processes that ended: workers and readers, not the two servers."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
