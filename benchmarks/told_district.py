"""Write a district by a third hand, whose papers tell enough that a careful expert finds nearly every link.

python -m benchmarks.told_district --seed 98301 --parcels 2000 --errors none --out DIR

Writes entries.jsonl (the contract's form), lineage.csv (from_key, to_key, relation, evidence), current.jsonl (what
stands of each living parcel, and by attribute whether the papers at hand tell it) and counts.json.

How hard it is. Figures of seeds 101 to 106, 2,000 parcels, `--errors none` (in brackets `worn`). Of the true links 69
to 80 % (65 to 75 %) are told: a paper prints the older number, or both papers name one certificate; column `evidence`
says which (number, serial), and whether a name or only a surname is in common. The same name stands on both sides of
84 to 87 % (81 to 84 %); 1 to 2 % (2 to 3 %) have neither number, certificate, name nor surname. Areas of links `same`
differ by more than 5 % in 27 to 28 %, by more than 10 % in 10 to 12 %. A crude expert who is given the told links, and
assigns the others by names, areas, uses and the order of neighbours, leaves out of all links 0.3 to 1.6 % (0.9 to 2.4
%), as counts.json tells under `expert`: what a linker misses beyond that, the papers do tell.

Against shortcuts: sheets are cut anew by each survey, number along rows of another breadth, and two communes of one
merger collide; 12 % of the sheets' books tell no older number and 31 % about half; some rows tell the map before the
last, or leave the sheet out; households share out co-operative fields, inherit unregistered, sell by a note; fields
are divided and joined unseen by the office before a survey; a commune is divided and merged again, its sheets shifted.

benchmarks/told/ knows nothing of the linker: zones.py says which communes and maps, years.py what happens,
misreading.py how papers are misread, truth.py and standing.py what is true.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.told.district import District, make_district


def main() -> None:
    """Make one district and say how large it is and how much is told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True, help="the same seed makes the same district")
    parser.add_argument("--parcels", type=int, default=2000, help="about how many parcels live at the end")
    parser.add_argument("--errors", choices=("none", "worn"), default="none", help="how the papers were read")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    args = parser.parse_args()
    start = time.perf_counter()
    counts = write_district(make_district(args.seed, args.parcels, args.errors), args.out)
    print(json.dumps({**counts, "seconds": round(time.perf_counter() - start, 1)}, ensure_ascii=False))


def write_district(district: District, out: Path) -> dict[str, Any]:
    """Write the entries and the truth into a folder; return the counts."""
    out.mkdir(parents=True, exist_ok=True)
    _write_lines(out / "entries.jsonl", district.entries())
    with (out / "lineage.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("from_key", "to_key", "relation", "evidence"))
        rows.writerows(district.lineage())
    _write_lines(out / "current.jsonl", district.current)
    counts = district.counts()
    text = json.dumps(counts, ensure_ascii=False, indent=1)
    (out / "counts.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return counts


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
