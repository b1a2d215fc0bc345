"""Write a district as its land office kept it, with which the linking of parcels across eras is judged.

python -m benchmarks.office_district --seed 7 --parcels 2000 --errors worn --out DIR
python -m benchmarks.links DIR

Writes entries.jsonl (the contract's form), lineage.csv (from_key, to_key, relation, and what papers show of the step:
the other number, a certificate's serial on both, a holder of the same name, the ratio of areas), current.jsonl (what
stands of each living parcel, and by attribute whether the papers at hand can tell) and counts.json.

What it tells. Three communes of Điện Bàn, one ward since 2025, two of them one commune to 2005: sheets number from 1 in
each. Land is true polygons, measured with the error of each map: 299, one of the nineties in one commune, digital ones
of 2006 to 2016. A seed draws whose books print old numbers in columns, in notes, or not. Co-operatives hold rice land
in the books of 1980; red books come in waves; some fields are exchanged; hedges move; villages divide land unheard of
by the office. What it registers gets numbers, notes on book rows, certificates (page IV) and registers, extracts. Old
certificates are never given back. One book page in eighty and one certificate in seven are not held.
`worn` puts on it what our reading of worn paper was counted to do (`samples/district/worn.csv`).

How hard it is, from seeds 99601 and 99602 (2,000 parcels, no errors; 4,326 and 3,715 steps). A paper shows the other
number of 78 and 77 % of the links `same`, 85 and 88 % of the splits, 80 and 77 % of the unions; number or serial of 80
and 81 % of all. A holder of the same name is on papers of both numbers in 69 and 76 % of `same`, 28 and 29 % of the
splits, 51 and 50 % of the unions. Neither number, serial nor holder is shown of 6 and 4 %, 12 and 10 %, 12 and 16 %,
of 8 and 8 % of all. Of the links `same` 12 and 13 % differ in area by more than 8 %. Worn papers show nothing of 16 and
13 % of all. Of the living parcels 111 and 87 have no paper that attests their number; they are in counts.json only.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.office.district import District, make_district
from benchmarks.office.writing import entry_line


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
    _write(out / "entries.jsonl", (entry_line(one, seed) for one in district.given))
    with (out / "lineage.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("from_key", "to_key", "relation", "number_told", "serial_told", "same_owner", "area_ratio"))
        for step in district.steps:
            ends = (district.held.keys[step.older], district.held.keys[step.newer])
            shown = ("yes" if one else "no" for one in (step.number_told, step.serial_told, step.same_owner))
            rows.writerow((*ends, step.relation, *shown, f"{step.ratio:.3f}"))
    _write(out / "current.jsonl", (json.dumps(row, ensure_ascii=False) for row in district.current))
    _write(out / "counts.json", (json.dumps(district.counts(), ensure_ascii=False, indent=1),))


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
