"""Hold the cases of missing originals against the truth of a made batch.

python -m benchmarks.gaps --made FOLDER --lose 12      (a) the true entries through the store, papers lost on purpose
python -m benchmarks.gaps --made FOLDER --cases thieu.csv   (b) what `diachinh export missing` told of a digitised batch
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.losing import Batch, lose, read_batch, take_in
from benchmarks.private_home import private_home
from cadastre.missing.gaps import gaps_of
from flows.steps import Job, flag_batch
from schemas.outcomes import MissingOriginal
from schemas.settings import Settings
from store import layers, recovery
from store.database import connect
from store.migrate import prepare
from store.runs import begin_run

#: Holes in the issue numbers are a row or a certificate, as is known: either is right.
_EITHER = {"register_row": "certificate"}


@dataclass(frozen=True, slots=True)
class Told:
    """A case as it is compared: kind, reason, commune, and what is missing without its wording."""

    kind: str
    reason: str
    unit_code: str
    what: str

    @classmethod
    def of(cls, kind: str, reason: str, unit_code: str | None, what: str) -> Told:
        """Return the case without what people write differently: the volume's name, the count of lacking pages."""
        core = re.sub(r": \d+ trang$", "", what)
        if kind == "page" and reason in ("sequence_gap", "dangling_reference"):
            core = re.findall(r"\d+", core)[-1]
        if reason == "sequence_gap" and "/" not in core:
            kind = _EITHER.get(kind, kind)
        of_manifest = reason in ("manifest", "declared_pages")  # whose rows may leave the commune out
        return cls(kind, reason, "" if of_manifest else unit_code or "", core)


def score(wanted: Iterable[Told], decoys: Iterable[Told], told: Mapping[Told, str]) -> list[str]:
    """Return a table of precision and recall by kind and reason, with what was not found and what is false."""
    wanted, decoys = set(wanted), set(decoys)
    suspected = {one for one, status in told.items() if status != "misread"}
    misread = {one for one, status in told.items() if status == "misread"}
    lines = ["| kind | reason | true | found | told | precision | recall |", "|---|---|---|---|---|---|---|"]
    for kind, reason in sorted({(one.kind, one.reason) for one in wanted | suspected}):
        true = {one for one in wanted if (one.kind, one.reason) == (kind, reason)}
        said = {one for one in suspected if (one.kind, one.reason) == (kind, reason)}
        right = len(true & said)
        lines.append(
            f"| {kind} | {reason} | {len(true)} | {right} | {len(said)} | {_share(right, len(said))} "
            f"| {_share(right, len(true))} |"
        )
    right = len(wanted & suspected)
    lines.append(
        f"| all |  | {len(wanted)} | {right} | {len(suspected)} | {_share(right, len(suspected))} "
        f"| {_share(right, len(wanted))} |"
    )
    lines.append(f"misread decoys: {len(decoys)}, called misread {len(decoys & misread)}, ")
    lines[-1] += f"called missing {len(decoys & suspected)}; other cases called misread: {len(misread - decoys)}"
    lines += [f"  not found: {one}" for one in sorted(wanted - suspected, key=str)]
    lines += [f"  false: {one}" for one in sorted(suspected - wanted - decoys, key=str)]
    return lines


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _truth(made: Path) -> tuple[list[Told], list[Told]]:
    """Return what must be reported missing, and what only looks like a gap."""
    told: tuple[list[Told], list[Told]] = ([], [])
    with (made / "truth" / "missing.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told[row.get("status") == "misread"].append(
                Told.of(row["kind"], row["reason"], row["unit_code"], row["what"])
            )
    return told


def _exported(path: Path) -> dict[Told, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {Told.of(row["kind"], row["reason"], row["unit_code"], row["what"]): row["status"] for row in rows}


def _through_the_store(made: Path, batches: Sequence[Batch]) -> list[MissingOriginal]:
    """Take the true entries in, batch after batch, and return the cases."""
    with private_home():
        settings = Settings()
        job = Job(settings, prepare(settings))
        with connect(job.url) as conn:
            run = begin_run(conn, "benchmark")
            for batch in batches:
                batch_id = take_in(conn, run, made / "scans", batch)
                flag_batch(job, run, batch_id)
                recovery.search_around(conn, run, batch_id, gaps_of)
            return list(layers.missing(conn))


def main() -> None:
    """Score the cases and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=Path, required=True, help="folder of `diachinh samples make`")
    parser.add_argument("--cases", type=Path, help="missing.csv that was exported from the digitised batch")
    parser.add_argument("--lose", type=int, default=0, help="how many papers and pages to lose, and numbers to misread")
    parser.add_argument("--seed", type=int, default=1, help="which of them")
    args = parser.parse_args()
    batch = read_batch(args.made)
    wanted, decoys = _truth(args.made)
    if args.cases:
        print("\n".join(score(wanted, decoys, _exported(args.cases))))
        return
    batch, losses = lose(batch, args.lose, args.seed)
    told = _through_the_store(args.made, [batch])
    cases = {Told.of(case.kind, case.reason, case.unit_code, case.what): case.status for case in told}
    wanted += [Told.of(*one.case) for one in losses if not one.decoy]
    decoys += [Told.of(*one.case) for one in losses if one.decoy]
    print(json.dumps(Counter(f"{one.case[0]} {one.case[1]}" for one in losses), ensure_ascii=False))
    print("\n".join(score(wanted, decoys, cases)))


if __name__ == "__main__":
    main()
