"""How full the national workbook gets once a person has answered all questions of a clean made batch.

python -m benchmarks.filled_form --seed 7 --parcels 12
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from benchmarks.check_form import FIRST_ROW, faults
from benchmarks.clerk import answer
from benchmarks.command import call
from benchmarks.private_home import private_home
from cadastre.words.people import name_key
from schemas.tables import load_tables

KINDS = "gcn_1993,gcn_1994,gcn_2003,gcn_2009,gcn_2024,trich_do,so_muc_ke"
REQUIRED = {
    "A": "A", "1": "B", "2": "C", "7": "H", "11": "L", "12": "M", "13": "N", "19": "T", "20": "U", "24": "Y",
    "25": "Z", "26": "AA", "27": "AB", "28": "AC", "29": "AD", "49": "AX", "50": "AY",
}  # fmt: skip
"""Columns of the items that the import asks for (national_form.md)."""
REASON = "invented people"
MOST_ROUNDS = 6

Entry = Mapping[str, Any]
Row = Mapping[str, Any]
Numbers = tuple[str, str, str]


def main() -> None:
    """Make a batch, read it, answer everything, and print how many of the required cells are filled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parcels", type=int, default=12)
    parser.add_argument("--grade", choices=("clean", "worn", "bad"), default="clean")
    parser.add_argument("--kinds", default=KINDS, help="papers by name, with commas")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it, with its data folder")
    args = parser.parse_args()
    with private_home(args.keep) as folder:
        _measure(folder, args)


def _measure(folder: Path, args: argparse.Namespace) -> None:
    made = folder / f"{args.grade}-{args.seed}"
    if not made.exists():
        size = ["--seed", str(args.seed), "--parcels", str(args.parcels), "--grade", args.grade]
        call("samples", "make", *size, "--kinds", args.kinds, str(made))
    truth = [json.loads(line) for line in (made / "truth" / "entries.jsonl").read_text("utf-8").splitlines()]
    call("services", "start")
    report = json.loads(call("digitise", "--plain", "--json", str(made / "scans"), good=(0, 5)))
    (batch_id,) = report["batches"]
    print(f"seed {args.seed}, {args.grade}, {args.parcels} parcels, {args.kinds}: {len(truth)} entries in the truth")
    for number in range(1, MOST_ROUNDS + 1):
        asked, answered = folder / f"questions-{number}.xlsx", folder / f"answers-{number}.xlsx"
        call("questions", "export", str(asked), "--batch", batch_id, "--identity", REASON)
        given = answer(asked, answered, truth)
        if not given:
            break
        told = json.loads(call("questions", "import", str(answered), "--by", "benchmark", "--json", good=(0, 3)))
        left = {name: len(told[name]) for name in ("refused", "stale")}
        print(f"round {number}: {given.total()} questions ({_counted(given)}); applied {told['applied']}, {left}")
        for one in (*told["refused"], *told["stale"]):
            print(f"  row {one['row']}: {one['why']}")
        if not told["applied"]:
            break
    form = folder / "form.xlsx"
    call("export", "form", str(form), "--batch", batch_id, "--identity", REASON)
    found = faults(form, identity=True)
    print("\n".join(found) or "layout: no fault")
    print("\n".join(filled(form, truth)))


def filled(form: Path, truth: Sequence[Entry]) -> Iterator[str]:
    """Yield the share of required cells that are filled, and the empty ones by item and cause."""
    rows, remarks = _sheets(form)
    of_parcel = _by_numbers(truth)
    full, empty, unsaid = Counter[str](), defaultdict[str, Counter[str]](Counter), Counter[str]()
    for line, row in rows.items():
        said = _said(of_parcel.get((row["B"], row["T"], row["U"]), ()), row)
        for item, letter in REQUIRED.items():
            if row[letter] not in (None, "") or (item == "7" and row["F"]):
                full[item] += 1
            elif item in said:
                empty[item][_cause(item, line, remarks)] += 1
            else:
                unsaid[item] += 1
    left: Counter[str] = Counter()
    written = {(row["B"], row["T"], row["U"]) for row in rows.values()}
    for numbers, causes in _left_out(form).items():
        if numbers in written:  # as another paper of the same numbers knows the parcel
            continue
        said = _said(of_parcel.get(numbers, ()), {"F": None, "H": None})
        lacking = {item for about, _ in causes for item in re.findall(r"Mục (\d+)", about)} - said
        why = "; ".join(sorted({why for _, why in causes}))
        left[f"{why} (no paper says item {', '.join(sorted(lacking))})" if lacking else why] += 1
        for item in () if lacking else said:
            empty[item][f"the parcel has no row: {why}"] += 1
    total = full.total() + sum(counts.total() for counts in empty.values())
    share, of_all = _share(full.total(), total), _share(full.total(), total + unsaid.total())
    yield f"{len(rows)} rows; of the required cells that some paper says {full.total()} of {total} filled = {share}"
    yield f"of all required cells: {of_all}"
    for item in REQUIRED:
        for cause, count in empty[item].most_common():
            yield f"  item {item} empty {count}: {cause}"
        if unsaid[item]:
            yield f"  item {item} empty {unsaid[item]}: no paper of the parcel says it"
    yield f"parcels without a row: {_counted(left)}"


def _sheets(form: Path) -> tuple[Mapping[int, Row], list[tuple[range, str, str]]]:
    """Return the rows by line, and of the second sheet's lines about them: which rows, which items, why."""
    first, second = openpyxl.load_workbook(form).worksheets
    rows = {
        line: {cell.column_letter: cell.value for cell in cells}
        for line, cells in enumerate(first.iter_rows(min_row=FIRST_ROW), start=FIRST_ROW)
    }
    remarks = []
    for _, where, *_numbers, about, why, _value, _scans in second.iter_rows(min_row=2, values_only=True):
        start, _, stop = str(where or "0").partition("–")
        remarks.append((range(int(start), int(stop or start) + 1), str(about), str(why)))
    return rows, remarks


def _left_out(form: Path) -> dict[Numbers, list[tuple[str, str]]]:
    """Return the items and reasons of the parcels that the second sheet lists as not written, by their numbers."""
    found: dict[Numbers, list[tuple[str, str]]] = defaultdict(list)
    for line in openpyxl.load_workbook(form).worksheets[1].iter_rows(min_row=2, values_only=True):
        written, _, unit, _, sheet, parcel, about, why, *_ = map(str, line)
        if written not in ("Có", "Yes"):
            found[unit, sheet, parcel].append((about, why))
    return found


def _by_numbers(truth: Sequence[Entry]) -> dict[Numbers, list[Entry]]:
    """Return the entries by the commune's code of today, sheet and parcel."""
    successors = {unit.code: unit.successor for unit in load_tables().units if unit.successor}
    found: dict[Numbers, list[Entry]] = defaultdict(list)
    for entry in truth:
        unit, sheet, parcel = (
            entry["fields"].get(name, {}).get("value") for name in ("unit_code", "sheet_no", "parcel_no")
        )
        found[successors.get(unit, unit), sheet, parcel].append(entry)
    return found


def _said(entries: Sequence[Entry], row: Row) -> set[str]:
    """Return the items that some paper of the parcel says of the person in the row.

    Origin, form and term of use under other owners are not said of these.
    """
    said = {"A", "1", "2", "7", "12", "13", "19", "20", "24", "25", "49", "50"}
    person = name_key(str(row["F"] or row["H"] or ""))
    for entry in entries:
        values = {name: field["value"] for name, field in entry["fields"].items() if field["value"]}
        uses = values.get("land_use", ())
        said |= {"26"} if len(uses) == 1 or (uses and all(use["area_m2"] for use in uses)) else set()
        owners = values.get("owners", ())
        if person and owners and person not in {name_key(one["name"]) for one in owners}:
            continue
        said |= {"27"} if "origin" in values else set()
        said |= {"28"} if "private_m2" in values or "shared_m2" in values else set()
        said |= {"29"} if "term" in values else set()
        said |= {"11"} if any(one.get("address") and name_key(one["name"]) == person for one in owners) else set()
    return said


def _cause(item: str, line: int, remarks: Sequence[tuple[range, str, str]]) -> str:
    causes = {why for lines, about, why in remarks if line in lines and f"Mục {item}" in about.split(", ")}
    return "; ".join(sorted(causes)) or "no remark"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"


def _share(part: int, of: int) -> str:
    return f"{100 * part / of:.1f} %" if of else "no cell"


if __name__ == "__main__":
    main()
