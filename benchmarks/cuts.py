"""How well mixed files are cut into papers: real ones, or a digitised batch bound anew at random.

python -m benchmarks.cuts rebind TRUTH [--batch ID]    # readings of the data folder, 20 files of 100 pages
python -m benchmarks.cuts guess TRUTH                  # readings made from the truth, with the slips of engines
python -m benchmarks.cuts real --seed 7 --parcels 20   # makes mixed files, digitises them, scores
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.command import call
from benchmarks.likely import likely_reading
from benchmarks.private_home import private_home
from benchmarks.rebind import Cuts, bind, score, true_papers
from schemas.documents import PageRef
from schemas.readings import PageReading
from schemas.settings import Settings
from store import readings as kept
from store.database import connect
from store.layers import batches
from store.migrate import prepare

DIACHINH = [sys.executable, "-m", "flows"]


def main() -> None:
    """Score one way and print the figures and the misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(dest="way", required=True)
    for way in ("rebind", "guess"):
        own = ways.add_parser(way)
        own.add_argument("truth", type=Path)
        own.add_argument("--batch")
        own.add_argument("--seed", type=int, default=1)
        own.add_argument("--files", type=int, default=20)
        own.add_argument("--pages", type=int, default=100)
        own.add_argument("--misses", type=int, default=30)
    real = ways.add_parser("real")
    real.add_argument("--seed", type=int, default=7)
    real.add_argument("--parcels", type=int, default=20)
    real.add_argument("--grade", choices=("clean", "worn", "bad"), default="clean")
    real.add_argument("--kinds", default="all")
    real.add_argument("--pages", type=int, default=100)
    args = parser.parse_args()
    if args.way == "real":
        _real(args)
        return
    rng = np.random.default_rng(args.seed)
    lines = _lines(args.truth / "pages.jsonl")
    if args.way == "guess":
        entries = _lines(args.truth / "entries.jsonl")
        readings = {_ref(line): likely_reading(rng, line, entries) for line in lines if line["page"]}
    else:
        readings = _readings(args.batch)
    papers = true_papers(lines, _lines(args.truth / "parcels.jsonl"), readings)
    _tell(score(bind(rng, papers, args.pages) for _ in range(args.files)), args.misses)


def _tell(cuts: Cuts, misses: int) -> None:
    share = cuts.mixed / max(1, cuts.dossiers)
    print(f"cuts: true {cuts.true}, told {cuts.told}, right {cuts.right}, F1 {cuts.f1:.4f}")
    print(f"papers: {cuts.papers}, exactly right {cuts.whole}, F1 {cuts.papers_f1:.4f}")
    print(f"dossiers: {cuts.dossiers}, joined with another {cuts.mixed} ({share:.2%})")
    for miss in cuts.misses[:misses]:
        print(" ", miss)


def _readings(batch_id: str | None) -> dict[PageRef, PageReading]:
    """Return every reading of a batch of the data folder; of the last one where none is named."""
    with connect(prepare(Settings())) as conn:
        batch = batch_id or batches(conn)[-1].batch_id
        return {page.ref: page for folder in kept.folders(conn, batch) for file in folder.files for page in file.pages}


def _real(args: argparse.Namespace) -> None:
    with private_home() as folder:
        size = ["--seed", str(args.seed), "--parcels", str(args.parcels), "--grade", args.grade]
        call("samples", "make", *size, "--kinds", args.kinds, "--mixed", str(args.pages), str(folder / "made"))
        report = json.loads(call("digitise", "--plain", "--json", str(folder / "made" / "scans"), good=(0, 5)))
        (batch_id,) = report["batches"]
        readings = _readings(batch_id)
        lines = _lines(folder / "made" / "truth" / "pages.jsonl")
        parcels = _lines(folder / "made" / "truth" / "parcels.jsonl")
        whose = {page.ref: paper for paper in true_papers(lines, parcels, readings) for page in paper.pages}
        files: dict[str, list[tuple[PageReading, str, str]]] = {}
        for line in sorted(lines, key=lambda line: (line["file"], line["page"])):
            paper = whose.get(_ref(line))
            page = readings.get(_ref(line))
            if page is not None:
                names = (paper.paper, paper.dossier) if paper and not page.blank else ("", "")
                files.setdefault(line["file"], []).append((page, *names))
        _tell(score(files.values()), 50)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _ref(line: Mapping[str, Any]) -> PageRef:
    return PageRef(line["sha256"], line["page"])


if __name__ == "__main__":
    main()
