"""A desk with certificates of another installation, and its disputes as they are asked and answered."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from desk_papers import Desk, Sheet

from flows.commands import exporting
from flows.imports import importing
from flows.imports.wanted import Wanted

DISPUTES = "Giấy tờ mâu thuẫn"
OWNER = "Nguyễn Thị Hoa"


def red_book(parcel: int) -> dict[str, Any]:
    """Return a certificate of 5 May 2016, as another installation exports it."""
    told = {
        "unit_code": "20794", "sheet_no": "12", "parcel_no": str(parcel), "area_m2": 500.0,
        "serial": f"BX 1234{parcel:02}", "issued_on": "2016-05-05", "owners": [{"name": OWNER}],
        "land_use": [{"code": "LUC", "area_m2": None}],
    }  # fmt: skip
    fields = {
        name: {"value": value, "text": None, "p": 0.99, "status": "accepted", "from": "paper", "page": 2, "box": None}
        for name, value in told.items()
    }
    return {
        "entry_id": f"do-{parcel}", "document_id": f"do-{parcel}", "file": f"do-{parcel}.pdf", "sha256": "ab" * 32,
        "page": 2, "row": None, "kind": "gcn", "form": "gcn_2009", "era": "2013", "status": "accepted",
        "fields": fields, "findings": [],
    }  # fmt: skip


def take(desk: Desk, path: Path, wanted: Wanted) -> None:
    code, _, err = desk.type(importing.import_files, [path], wanted, dry_run=False)
    assert code == 0, err


def exported(desk: Desk) -> list[str]:
    out = []
    for what, name in (("parcels", "p.csv"), ("claims", "c.jsonl"), ("entries", "e.jsonl")):
        assert desk.type(exporting.export, what, desk.folder / name, None, identity=None)[0] == 0
        out.append((desk.folder / name).read_text(encoding="utf-8"))
    return out


def parcel(desk: Desk, number: int) -> dict[str, str]:
    head, *lines = csv.reader(desk.parcels().splitlines())
    told = (dict(zip(head, line, strict=True)) for line in lines)
    return next(row for row in told if row["parcel_no"] == str(number))


def answered(file: Path, choice: str, text: str = "") -> Path:
    return Sheet(file, DISPUTES).fill_in({"Trả lời": choice, "Giá trị đúng (nếu khác)": text})


def asked(desk: Desk, name: str, identity: str | None = None) -> list[dict[str, str]]:
    return Sheet(desk.export(name, identity=identity), DISPUTES).rows()
