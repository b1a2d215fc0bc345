"""A made-up sheet of 1982 that was drawn anew in 2012, as files of entries: its register, and certificates since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from databases import FreshDatabase
from desk_papers import Desk

from cadastre.units.territory import scope_of
from flows.commands import keeping
from flows.imports import importing
from flows.imports.wanted import Wanted
from schemas.parcels import ParcelKey
from schemas.tables import load_tables
from store.database import connect

UNIT = "20794"  # Xã Bình Dương
SCOPE = scope_of(UNIT, load_tables())
PARCELS = range(1, 13)
#: Of parcels 6 and 11 no newer number is known.
FOUND = tuple(parcel for parcel in PARCELS if parcel not in (6, 11))
_NAMES = (
    "Nguyễn Văn Ấn", "Trần Thị Bưởi", "Lê Công Cẩn", "Phạm Đình Dậu", "Huỳnh Thị Én", "Phan Tấn Gấm",
    "Vũ Quang Hãn", "Võ Hồng Khiết", "Đặng Thị Lụa", "Bùi Xuân Mẫn", "Đỗ Thế Nghị", "Hồ Kim Oanh",
)  # fmt: skip


def old(parcel: int) -> ParcelKey:
    return ParcelKey(UNIT, "299", "3", str(parcel))


def new(parcel: int) -> ParcelKey:
    """Return the number that the survey gave what was parcel 1, 2, 3…: 41, 42, 43…"""
    return ParcelKey(UNIT, "2009", "12", str(40 + parcel))


def old_register(folder: Path, parcels: Iterable[int] = PARCELS, name: str = "so-dang-ky-1982.jsonl") -> Path:
    lines = [_line(f"cu-{n}", "so-1982", "so_dang_ky", "299", old(n), n) for n in parcels]
    return _written(folder / name, lines)


def certificates(folder: Path, parcels: Iterable[int] = FOUND, name: str = "giay-2012.jsonl", year: int = 2012) -> Path:
    """Write a certificate of each parcel's newer number, signed on the day of May that is its older number."""
    lines = []
    for n in parcels:
        more = {
            "issued_on": f"{year}-05-{n:02}",
            "serial": f"BA 1234{n:02}",
            "old_sheet_no": "3",
            "old_parcel_no": str(n),
        }
        lines.append(_line(f"moi-{n}", f"gcn-{n}", "gcn", "2009", new(n), n, **more))
    return _written(folder / name, lines)


def later_index(folder: Path, parcel: int, name: str = "so-muc-ke-2015.jsonl", **more: str) -> Path:
    """Write the row of a parcel index of 2015 about the newer number of a parcel, and what `more` it says."""
    line = _line(f"muc-{parcel}", "so-2015", "so_muc_ke", "2013", new(parcel), parcel, **more)
    return _written(folder / name, [line])


def _line(entry_id: str, document: str, kind: str, era: str, key: ParcelKey, n: int, **more: str) -> dict[str, Any]:
    values = {
        "unit_code": key.unit,
        "sheet_no": key.sheet,
        "parcel_no": key.parcel,
        "owners": [{"name": _NAMES[n - 1]}],
        "area_m2": 400.0 + 37 * n,
        **more,
    }
    fields = {
        name: {"value": value, "p": 0.99, "status": "accepted", "from": "paper"} for name, value in values.items()
    }
    return {
        "entry_id": entry_id, "document_id": document, "file": f"{document}.pdf", "sha256": "ab" * 32, "page": 1,
        "row": n if kind == "so_dang_ky" else None, "kind": kind, "form": None, "era": era, "status": "accepted",
        "fields": fields, "findings": [],
    }  # fmt: skip


def _written(path: Path, lines: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return path


class Archive:
    """An office into which files of papers come, and what it publishes."""

    def __init__(self, folder: Path, database: FreshDatabase) -> None:
        self.desk = Desk(folder, database.worker)
        self._batches: dict[Path, str] = {}

    def bring(self, file: Path) -> None:
        code, told, err = self.desk.type(importing.import_files, [file], Wanted(), dry_run=False)
        assert code == 0, err
        self._batches[file] = told["files"][0]["batch_id"]

    def take_back(self, file: Path) -> None:
        code, _, err = self.desk.type(keeping.withdraw, self._batches[file])
        assert code == 0, err

    def parcels(self) -> dict[ParcelKey, tuple[Any, ...]]:
        """Return of each published parcel its status, the reasons of its grade, its last day and all of its content."""
        with connect(self.desk.url) as conn:
            rows = conn.execute(
                "select p.parcel_key, v.status, v.grade_reasons, v.valid_to, v.content_hash from cadastre.parcel as p "
                "inner join cadastre.parcel_version as v on v.parcel_id = p.parcel_id "
                "where not v.withdrawn and not exists (select from cadastre.parcel_version as later "
                "where later.parcel_id = v.parcel_id and later.version_id > v.version_id)"
            )
            return {ParcelKey.parse(key): (status, set(why), *more) for key, status, why, *more in rows}

    def waiting(self) -> set[ParcelKey]:
        """Return the parcels that wait because their newer number is not found."""
        found = self.parcels().items()
        return {key for key, (status, why, *_) in found if "newer-number-not-found" in why and status == "review"}
