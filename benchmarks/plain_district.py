"""Write a plain district by a third hand, with which the linking of parcels across eras is judged.

python -m benchmarks.plain_district --seed 7 --parcels 2000 --errors worn --out DIR
python -m benchmarks.links DIR

Writes entries.jsonl (the contract's form), lineage.csv (from_key, to_key, relation, and what papers show of the step:
the older number, the older certificate's serial, a holder of the same name, the ratio of areas), current.jsonl (what
stands of each living parcel, and by attribute whether the papers at hand can tell) and counts.json.

What it tells. Three communes of Điện Bàn from 1982 to 2025, one divided in 2005, all merged in 2025: maps of 1980, a
second one of the 1990s in one commune, digital ones of 2006 to 2012. Sheets are cut anew by each map and numbered row
by row. Between maps land is sold, inherited, divided and united; a split or union takes the number after the highest of
its sheet, and some are never registered. It is plainer than `benchmarks.strange_district`: clerks err in names and
areas, no number told is a neighbour's, and no book is lost.

How hard it is, from seeds 98202 to 98204 (2,000 parcels, no errors). A paper shows the older number of 44 to 53 % of
the links `same`, of 74 to 77 % of the splits and 67 to 76 % of the unions. A holder of the same name is on papers of
both numbers in 80 % of `same`, 54 to 55 % of the splits, 37 to 41 % of the unions. Neither number, serial nor holder is
shown of 10 to 11 %, 10 to 12 % and 13 to 21 %, and of 59 to 69 % of the few links `unit_change`. Of the links `same` 4
to 5 % differ in area by more than 8 %.
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
