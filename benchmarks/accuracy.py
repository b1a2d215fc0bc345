"""Make papers of a seed, digitise them in a data folder of their own, and hold the entries against the truth.

python -m benchmarks.accuracy --seed 977 --parcels 40 --grade clean
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from benchmarks.command import DIACHINH, call
from benchmarks.private_home import private_home
from benchmarks.score import by_capture, compare, load, load_pages, paper_of, recognition, table
from benchmarks.watching import Watched
from schemas.settings import Settings


def main() -> None:
    """Measure one seed and grade, by kind of paper, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parcels", type=int, default=40)
    parser.add_argument("--grade", choices=("clean", "worn", "bad"), default="clean")
    parser.add_argument("--kinds", help="papers by name, with commas, or all; the three of every day if not given")
    parser.add_argument("--flow", action="store_true", help="as a Prefect flow, and tell what order and retries cost")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it, with its data folder")
    parser.add_argument("--misses", type=int, default=40, help="how many wrong values to list")
    args = parser.parse_args()
    with private_home(args.keep) as folder:
        _measure(folder, args)


def _measure(folder: Path, args: argparse.Namespace) -> None:
    made = folder / f"{args.grade}-{args.seed}"
    if not made.exists():
        size = ["--seed", str(args.seed), "--parcels", str(args.parcels), "--grade", args.grade]
        kinds = ["--kinds", args.kinds] if args.kinds else []
        call("samples", "make", *size, *kinds, str(made))
    call("services", "start")
    start = time.monotonic()
    how = [] if args.flow else ["--plain"]
    watched = Watched([*DIACHINH, "digitise", *how, "--json", "--lang", "en", str(made / "scans")])
    report = json.loads(watched.finish(good=(0, 5)))
    seconds = time.monotonic() - start
    (batch_id,) = report["batches"]
    out = folder / f"{args.grade}-{args.seed}.jsonl"
    call("export", "entries", str(out), "--batch", batch_id, "--identity", "benchmark on invented people")
    print(f"seed {args.seed}, grade {args.grade}, {seconds:.0f} s, workers {Settings().workers}")
    pages = folder / f"{args.grade}-{args.seed}-pages.jsonl"
    call("export", "pages", str(pages), "--batch", batch_id)
    stages = sum(report["batches"][batch_id]["seconds"].values())
    print(f"outside of all stages: {seconds - stages:.1f} s = {100 * (1 - stages / seconds):.1f} % of the time")
    print(watched.told())
    print(json.dumps(report["batches"][batch_id], ensure_ascii=False))
    true_pages = load_pages(made / "truth" / "pages.jsonl")
    print("\n".join(recognition(true_pages, load_pages(pages))))
    truth, told = load(made / "truth" / "entries.jsonl"), load(out)
    print("\n".join(by_capture(truth, told, true_pages)))
    for kind in [*sorted({paper_of(entry) for entry in truth.values()}), "all"]:
        picked = {where: entry for where, entry in truth.items() if kind in (paper_of(entry), "all")}
        others = {where: entry for where, entry in told.items() if where in picked or kind in (paper_of(entry), "all")}
        score = compare(picked, others)
        print(f"\n## {kind}")
        print("\n".join(table(score)))
        if kind != "all":
            for where, name, state, true, value in sorted(score.misses, key=lambda miss: miss[2])[: args.misses]:
                print("  miss", where, name, state, "true:", true, "told:", value)


if __name__ == "__main__":
    main()
