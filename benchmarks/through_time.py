"""Pictures of the papers of one land from several eras: read, put together, asked about, answered, and judged.

    python -m benchmarks.through_time --seed 98801 --parcels 60 --grade worn

Papers are made with their true lineage, digitised in a data folder of their own as a user does it, and judged by the
contract's exports alone: which numbers became parcels and why the rest wait, links, values that stand, what is
published as consistent and is wrong. Beside it the same of the true entries of these papers, and of the entries as the
error model of worn districts has them read (samples/district/worn.csv), with what became of each field. Then a clerk
who knows the truth answers all questions in the workbook, round by round; at last the answers are taken back, and the
exports must be those of the beginning, to the byte.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.command import call
from benchmarks.modelled import modelled
from benchmarks.office_clerk import answer_all
from benchmarks.outcomes import counted, table
from benchmarks.outside import Truth, judged, told, truth
from benchmarks.private_home import private_home
from benchmarks.put_together import put_together
from schemas.settings import Settings
from schemas.tables import Tables, load_tables

#: Books, certificates and extracts of all eras, without the papers that tell least for their pages.
KINDS = "so_muc_ke_299,so_dang_ky,gcn_1993,so_dia_chinh,so_cap_gcn,gcn_2009,so_muc_ke,trich_do,gcn_2024"
_EXPORTS = ("entries.jsonl", "lineage.csv", "parcels.csv", "claims.jsonl")
_WHY = "benchmark on invented people"


def main() -> None:
    """Make, digitise and judge one seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parcels", type=int, default=60)
    parser.add_argument("--grade", choices=("clean", "worn", "bad"), default="worn")
    parser.add_argument("--kinds", default=KINDS, help="papers by name, with commas, or all")
    parser.add_argument("--rounds", type=int, default=3, help="how often questions are asked and answered")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it, with its data folder")
    args = parser.parse_args()
    with private_home(args.keep) as folder:
        _measure(folder, args)


def _measure(folder: Path, args: argparse.Namespace) -> None:
    tables = load_tables()
    made = folder / f"{args.grade}-{args.seed}"
    if not made.exists():
        size = ["--seed", str(args.seed), "--parcels", str(args.parcels), "--grade", args.grade]
        call("samples", "make", *size, "--kinds", args.kinds, str(made))
    true = truth(made / "truth")
    call("services", "start")
    start = time.monotonic()
    report = json.loads(call("digitise", "--plain", "--json", "--lang", "en", str(made / "scans"), good=(0, 5)))
    print(f"seed {args.seed}, grade {args.grade}, {args.parcels} parcels, {time.monotonic() - start:.0f} s, ", end="")
    print(f"workers {Settings().workers}; {next(iter(report['batches'].values()))['pages']}")
    before = exported(folder / "before")
    _print("as read", judged(true, told(before), tables))
    _beside(folder, made, true, before, tables, args.seed)
    books = []
    for number in range(1, args.rounds + 1):
        asked, answered = folder / f"asked-{number}.xlsx", folder / f"answered-{number}.xlsx"
        call("questions", "export", str(asked), "--identity", _WHY)
        given = answer_all(asked, answered, true)
        if not given:
            break
        said = json.loads(call("questions", "import", str(answered), "--by", "clerk", "--json", good=(0, 3, 5)))
        books.append(answered)
        _print(f"round {number}: {given}; {said}", judged(true, told(exported(folder / f"after-{number}")), tables))
    for answered in reversed(books):
        call("questions", "import", str(answered), "--by", "clerk", "--undo")
    again = exported(folder / "undone")
    differing = [name for name in _EXPORTS if (again / name).read_bytes() != (before / name).read_bytes()]
    print(f"\nafter undo the exports are {'those of the beginning' if not differing else f'other in {differing}'}")


def exported(folder: Path) -> Path:
    """Write the contract's exports into a folder, and return it."""
    folder.mkdir(exist_ok=True)
    for name in _EXPORTS:
        identity = ["--identity", _WHY] if name == "entries.jsonl" else []
        call("export", name.split(".")[0], str(folder / name), *identity)
    return folder


def _beside(folder: Path, made: Path, true: Truth, before: Path, tables: Tables, seed: int) -> None:
    """Print what true entries and modelled ones give, and what became of each field."""
    work = folder / "beside"
    work.mkdir(exist_ok=True)
    papers = list(true.entries.values())
    _print("from true entries", judged(true, put_together(papers, work, tables), tables))
    with (made / "scans" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        placed = frozenset(row["file"] for row in csv.DictReader(file) if row["unit_code"])
    _print("as modelled", judged(true, put_together(modelled(papers, placed, seed), work, tables), tables))
    real, model, wrong, lost = counted(true.entries, told(before).entries)
    _print(f"what became of fields, (as modelled); {lost} entries not found", table(real, model, wrong))


def _print(title: str, lines: Iterable[str]) -> None:
    print(f"\n## {title}", *lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
