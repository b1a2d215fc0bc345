"""Write a district by another hand, with which the linking of parcels across eras is judged.

python -m benchmarks.strange_district --seed 7 --parcels 2000 --errors worn --out DIR

Writes entries.jsonl (the contract's form), lineage.csv (from_key, to_key, relation, hard), current.jsonl (what stands
of each living parcel, and by attribute whether the papers at hand can tell) and counts.json.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from pathlib import Path

from benchmarks.strange.communes import CASES
from benchmarks.strange.district import District, make_district
from benchmarks.strange.writing import entry_line, write_lines


def main() -> None:
    """Make one district and say how large and how hard it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--parcels", type=int, default=2000, help="about how many parcels live at the end")
    parser.add_argument("--errors", choices=("none", "worn"), default="none", help="how the papers were read")
    parser.add_argument("--case", choices=CASES, help="which real communes; drawn by the seed if not given")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    start = time.perf_counter()
    district = make_district(args.seed, args.parcels, args.errors, args.case)
    write_district(district, args.out, args.seed)
    print(json.dumps({**district.counts(), "seconds": round(time.perf_counter() - start, 1)}, ensure_ascii=False))


def write_district(district: District, out: Path, seed: int) -> None:
    """Write the entries and the truth into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    entries = write_lines([entry_line(one, seed) for one in district.given])
    (out / "entries.jsonl").write_text(entries, encoding="utf-8", newline="\n")
    with (out / "lineage.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("from_key", "to_key", "relation", "hard"))
        rows.writerows((*row[:3], "yes" if row[3] else "no") for row in district.lineage)
    current = write_lines([json.dumps(row, ensure_ascii=False) for row in district.current])
    (out / "current.jsonl").write_text(current, encoding="utf-8", newline="\n")
    counts = json.dumps(district.counts(), ensure_ascii=False, indent=1)
    (out / "counts.json").write_text(f"{counts}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
