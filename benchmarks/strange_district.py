"""Write a district by another hand, with which the linking of parcels across eras is judged.

python -m benchmarks.strange_district --seed 7 --parcels 2000 --errors worn --out DIR

Writes entries.jsonl (the contract's form), lineage.csv (from_key, to_key, relation, hard), current.jsonl (what stands
of each living parcel, and by attribute whether the papers at hand can tell) and counts.json.

How hard it is. Of the true links 43 to 50 % are marked hard (seeds 101 to 106, 2,000 parcels, `--notes few`; 20 to 28 %
with `--notes most`): no paper prints the older number in full, nor the older certificate's serial, and owner and area
do not single the parcel out. Why, as shares of the links `same` of seeds 101 to 103 (they overlap): the holder changed
by sale or death and no paper says so, 23 %; the new area is more than 5 % off, 13 %; another parcel of that name has
the same area, 12 % (paddy in strips of 500 m²; a third of the households share their name); the number told is a
neighbour's, the map's before the last, or without its sheet, 7 %; the book is lost and only the map is left, 5 %. In 1
to 4 % two parcels of one owner's name have the same area on both maps, so that only their place among the others tells
them apart. Divisions and unions are hard wherever no note tells them (62 to 66 %, 32 to 40 % with `--notes most`), the
cooperatives' fields most of all, each shared out into dozens of strips.

What else is against shortcuts: each commune numbers its sheets from 1 and two of one merger collide; a map's sheets are
numbered in six manners and cut anew by the next; some sheets are surveyed twice in five years under the same sheet
number; a divided commune's children go on with its map under their own code, one of them to 2015; papers print the
numbers of the map before for some years after a new one; extracts number their own parcels (`MTĐĐC 06-2017`); papers
after the merger say the old commune, a shifted sheet, or neither (such entries attest no key); books copy dead owners.
What is true is said in benchmarks/strange/truth.py, hardness.py and standing.py, how papers are misread in reading.py.
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
    parser.add_argument("--notes", choices=("few", "most"), default="few", help="how many new books tell old numbers")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    start = time.perf_counter()
    district = make_district(args.seed, args.parcels, args.errors, args.case, args.notes)
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
