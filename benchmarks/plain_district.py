"""Write a plain district by a third hand, with which the linking of parcels across eras is judged.

python -m benchmarks.plain_district --seed 7 --parcels 2000 --errors worn --out DIR
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from pathlib import Path

from benchmarks.plain.district import District, make_district
from benchmarks.plain.writing import entry_line


def main() -> None:
    """Make one district and say how large and how hard it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True, help="the same seed makes the same district")
    parser.add_argument("--parcels", type=int, default=2000, help="about how many parcels live at the end")
    parser.add_argument("--errors", choices=("none", "worn"), default="none", help="how the papers were read")
    parser.add_argument("--out", type=Path, required=True, help="folder of the files, made where there is none")
    args = parser.parse_args()
    start = time.perf_counter()
    district = make_district(args.seed, args.parcels, args.errors)
    write_district(district, args.out, args.seed)
    print(json.dumps({**district.counts(), "seconds": round(time.perf_counter() - start, 1)}, ensure_ascii=False))


def write_district(district: District, out: Path, seed: int) -> None:
    """Write the entries and the truth into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "entries.jsonl", [entry_line(one, seed) for one in district.given])
    with (out / "lineage.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("from_key", "to_key", "relation", "number_told", "serial_told", "same_owner", "area_ratio"))
        for step in district.steps:
            seen = ("yes" if one else "no" for one in (step.number_told, step.serial_told, step.same_owner))
            rows.writerow((step.older, step.newer, step.relation, *seen, step.ratio))
    _write(out / "current.jsonl", [json.dumps(row, ensure_ascii=False) for row in district.current])
    _write(out / "counts.json", [json.dumps(district.counts(), ensure_ascii=False, indent=1)])


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
