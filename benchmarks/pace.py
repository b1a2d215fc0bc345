"""Pages a minute of the whole job against OCRmyPDF on the same PDF, one after the other in one run.

python -m benchmarks.pace scans.pdf … --ocrmypdf PATH --rounds 2

Ours is `diachinh digitise --plain` with two reading processes: opened, cleaned, recognised, every field read by two
engines, checked, loaded. The peer is `ocrmypdf --jobs 2 -l vie`, which writes a text layer. OCRmyPDF is no part of
the project: `python3 -m venv peer && peer/bin/pip install ocrmypdf`. With --seed the scans are made here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pikepdf

from benchmarks.command import DIACHINH
from benchmarks.private_home import private_home
from samples.make import make_batch

#: What the papers of a set are called in `samples make --kinds`, and how much of the peer's pace is wanted.
SETS = {
    "certificates and extracts": (("gcn_2009", "gcn_2003", "gcn_2024", "trich_do", "trich_luc"), 0.7),
    "ledgers": (("so_muc_ke", "so_dia_chinh", "so_cap_gcn"), 0.5),
}


def main() -> None:
    """Measure each set and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ocrmypdf", default="ocrmypdf", help="the peer's command")
    parser.add_argument("--seed", type=int, default=61)
    parser.add_argument("--parcels", type=int, default=24)
    parser.add_argument("--pages", type=int, default=40, help="pages of each set at most")
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    print(
        "| papers | pages | ours, pages a minute | OCRmyPDF, pages a minute | ratio | wanted |",
        "|---|---|---|---|---|---|",
        sep="\n",
    )
    with private_home() as folder:
        os.environ |= {"DIACHINH_WORKERS": "2", "OMP_THREAD_LIMIT": "1"}
        _run([*DIACHINH, "services", "start"])
        for name, (kinds, wanted) in SETS.items():
            print(_line(name, folder / name.split()[0], kinds, wanted, args), flush=True)


def _line(name: str, folder: Path, kinds: Sequence[str], wanted: float, args: argparse.Namespace) -> str:
    make_batch(folder, seed=args.seed, parcels=args.parcels, grades=("clean",), kinds=kinds, dpi=300)
    ours, peer, pages = [], [], 0
    for number in range(args.rounds):
        scans = folder / f"round-{number}"
        scans.mkdir()
        pages = _bind(folder / "scans", scans / "book.pdf", args.pages, mark=number)
        ours.append(_run([*DIACHINH, "digitise", "--plain", str(scans)], good=(0, 5)))
        out = folder / f"out-{number}.pdf"
        peer.append(_run([args.ocrmypdf, "--jobs", "2", "-l", "vie", str(scans / "book.pdf"), str(out)]))
    ratios = [b / a for a, b in zip(ours, peer, strict=True)]
    told = (pages, 60 * pages / median(ours), 60 * pages / median(peer), median(ratios), min(ratios), max(ratios))
    return "| {} | {} | {:.1f} | {:.1f} | {:.2f} ({:.2f}–{:.2f}) | {} |".format(name, *told, wanted)


def _bind(scans: Path, out: Path, most: int, *, mark: int) -> int:
    """Write the folder's PDF pages into one file, evenly from all of them, and return how many."""
    with pikepdf.new() as book:
        held = [pikepdf.open(path) for path in sorted(scans.rglob("*.pdf"))]
        pages = [page for pdf in held for page in pdf.pages]
        step = max(1.0, len(pages) / most)
        for number in range(min(most, len(pages))):
            book.pages.append(pages[int(number * step)])
        book.docinfo["/Title"] = f"round {mark}"  # other bytes each round, so that nothing is read already
        book.save(out)
        for pdf in held:
            pdf.close()
        return len(book.pages)


def _run(command: Sequence[str], good: tuple[int, ...] = (0,)) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in good:
        raise SystemExit(f"{' '.join(command[:3])}: exit {done.returncode}\n{done.stderr[-1500:]}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
