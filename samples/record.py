"""The truth as it gathers, and the manifest that the batch comes with."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from numpy.random import Generator

from samples.chance import chance, pick, whole
from samples.current import current_lines
from samples.develop import Developed
from samples.estate import Estate
from samples.filing import Filing
from samples.lacking import MISSING, case, named, skipped, still_missing
from samples.lineage import LINEAGE, lineage_rows
from samples.past import Place
from samples.truth import cell_lines, entry_lines, page_line
from samples.wear import Grade
from schemas.documents import Era
from schemas.entries import value_to_json

_FAULTS = ("fault", "entry_id", "file", "page", "field", "printed", "true")
_MANIFEST = ("file", "unit_code", "unit_date", "kind", "container", "declared_pages", "custodian", "replaces")
_CUSTODIANS = ("Chi nhánh VPĐKĐĐ {town}", "UBND {commune}")


@dataclass(slots=True)
class Record:
    """Lines of the truth: pages, entries, cells of corner tables, and what must be reported missing."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    files: list[dict[str, int]] = field(default_factory=list)  # per filing: pages of each file
    parts: dict[Place, int] = field(default_factory=dict)
    documents: int = 0

    def add(self, filed: Sequence[Developed], grade: Grade) -> None:
        """Take in the papers of one filing where they landed, all of one grade."""
        self.files.append({})
        for developed in filed:
            self._add(developed, grade)

    def _add(self, developed: Developed, grade: Grade) -> None:
        paper, document_id = developed.paper, None
        if paper.kind != "khac":
            self.documents += 1
            document_id = f"D{self.documents:05d}"
        for image, order in zip(developed.landed, developed.orders, strict=True):
            self.pages.append(page_line(image, paper, document_id, order, grade))
            self.files[-1][image.file] = self.files[-1].get(image.file, 0) + 1
        if document_id is None:
            return
        lines = entry_lines(paper, document_id, developed.landed)
        self.entries += lines
        for number, line in enumerate(lines):
            self.cells += cell_lines(line["entry_id"], developed.landed, number)
            self.missing += named(line)
        self.missing += skipped(lines)

    def write(self, folder: Path, held: Sequence[Estate]) -> None:
        """Write pages, entries, cells and parcels as JSON Lines and what is missing as CSV."""
        folder.mkdir(parents=True, exist_ok=True)
        parcels = parcel_lines(held, self.entries)
        lineage, faults = lineage_rows(parcels, self.entries, self.parts), fault_rows(self.entries)
        current = current_lines(parcels, self.entries) if lineage else []
        missing = still_missing(self.missing, self.entries, self.pages)
        for line in self.entries:
            for name in ("parcel", "series", "also", "slips"):
                del line[name]
        for name, lines in (
            ("pages", self.pages),
            ("entries", self.entries),
            ("cells", self.cells),
            ("parcels", parcels),
            *([("current", current)] if lineage else []),
        ):
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
        _write_csv(folder / "missing.csv", MISSING, missing)
        if lineage:
            _write_csv(folder / "lineage.csv", LINEAGE, lineage)
        if faults:
            _write_csv(folder / "faults.csv", _FAULTS, faults)


def fault_rows(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return a row for each error printed on purpose: where it stands, what is printed and what is true."""
    rows = []
    for entry in entries:
        for slip in entry["slips"]:
            field_ = entry["fields"].get(slip.name, {})
            page, file = field_.get("page") or entry["page"], field_.get("file", entry["file"])
            told = (slip.fault, entry["entry_id"], file, str(page), slip.name, slip.printed, slip.true)
            rows.append(dict(zip(_FAULTS, told, strict=True)))
    return rows


def parcel_lines(held: Sequence[Estate], entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a line for each parcel: key, true areas and uses, its ring (east, north) in EPSG:5899, its entries."""
    told: dict[int, list[str]] = {}
    eras: dict[tuple[str, str], set[Era]] = {}
    for entry in entries:
        estate = held[entry["parcel"]]
        for index in (entry["parcel"], *entry["also"]):
            told.setdefault(index, []).append(entry["entry_id"])
        if entry["series"] == "now":
            eras.setdefault((estate.commune.code, estate.plot.sheet_no), set()).add(entry["era"])
    lines = []
    for index, estate in enumerate(held):
        plot, certificate = estate.plot, estate.certificate
        era = min(eras.get((estate.commune.code, plot.sheet_no), {"2013"}), key=get_args(Era).index)
        lines.append(
            {
                "parcel_key": f"{estate.commune.code}@{era}/{plot.sheet_no}/{plot.parcel_no}",
                "unit_code": estate.commune.code,
                "unit_name": estate.commune.name,
                "sheet_no": plot.sheet_no,
                "parcel_no": plot.parcel_no,
                "area_m2": plot.area_m2,
                "legal_area_m2": certificate.area_m2 if certificate else None,
                "land_use": value_to_json("land_use", estate.uses),
                "user_type": estate.user_type,
                "serial": certificate.serial if certificate else None,
                "fault": estate.fault,
                "came_of": [before.parcel_no for before in estate.came_of],
                "owner": estate.holder.name,
                "former_owner": estate.seller.name if estate.seller else None,
                "ring_printed": estate.extract is not None or (certificate is not None and certificate.with_corners),
                "ring": [[round(y, 4), round(x, 4)] for x, y in (*plot.corners, plot.corners[0])],
                "entries": told.get(index, []),
            }
        )
    return lines


def write_manifest(
    scans: Path, filings: Sequence[Filing], files: Sequence[Mapping[str, int]], rng: Generator
) -> list[dict[str, str]]:
    """Write manifest.csv for about half of the files, one absent and one said to have more pages; return these two."""
    rows: list[dict[str, str]] = []
    cases: list[dict[str, str]] = []
    bound = [i for i, f in enumerate(filings) if f.container in ("pdf", "tiff") and f.told == "none"]
    short = pick(rng, bound or range(len(filings)))
    for number, (filing, pages) in enumerate(zip(filings, files, strict=True)):
        for file, count in pages.items():
            if number == short and not cases:
                cases.append(case("page", file, filing.commune.code, "declared_pages", file))
                rows.append(_row(rng, filing, file, count + whole(rng, 2, 5)))
            elif filing.told == "before":
                code = {"unit_code": filing.commune.code, "unit_date": "2025-06-30"}
                rows.append(_row(rng, filing, file, None) | code)
            elif filing.told == "none" and chance(rng, 0.5):
                rows.append(_row(rng, filing, file, count if chance(rng, 0.6) else None))
    lost = f"{filings[0].commune.name}/GCN/B{pick(rng, 'ACDEG')} {whole(rng, 100000, 999999)}-GCN.pdf"
    rows.append(_row(rng, filings[0], lost, 4) | {"kind": "gcn"})
    cases.append(case("file", lost, filings[0].commune.code, "manifest", "manifest.csv"))
    _write_csv(scans / "manifest.csv", _MANIFEST, rows)
    return cases


def _row(rng: Generator, filing: Filing, file: str, declared: int | None) -> dict[str, str]:
    commune = filing.commune
    office = pick(rng, _CUSTODIANS).format(town=commune.town, commune=commune.name[0].lower() + commune.name[1:])
    return {
        "file": file,
        "unit_code": commune.code if chance(rng, 0.8) else "",
        "unit_date": "2024-12-31" if chance(rng, 0.3) else "",
        "kind": filing.kind if filing.kind != "khac" and chance(rng, 0.5) and len(filing.jobs) == 1 else "",
        "container": f"Kho 1/Kệ {whole(rng, 1, 9)}/Hộp {whole(rng, 1, 60)}",
        "declared_pages": str(declared) if declared else "",
        "custodian": office,
        "replaces": "",
    }


def _write_csv(path: Path, head: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, head, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
