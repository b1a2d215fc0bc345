"""Files of earlier projects as tables: shapefile, GeoPackage, GeoJSON, DXF, DGN v7, spreadsheets, CSV."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.imports.wholeness import refuse_cut
from schemas.errors import BadInput

Cell = str | float | None
SHAPES = (".shp", ".gpkg", ".geojson", ".json")
DRAWINGS = (".dxf", ".dgn")
SHEETS = (".xlsx", ".xls", ".ods", ".xlsm")
TEXTS = (".csv", ".txt", ".tsv")
SUPPORTED = (*SHAPES, *DRAWINGS, *SHEETS, *TEXTS)
BESIDE_A_SHAPEFILE = (".dbf", ".shx", ".prj", ".cpg")
_MAGIC: Mapping[str, tuple[bytes, ...]] = {
    ".shp": (b"\x00\x00\x27\x0a",),
    ".gpkg": (b"SQLite format 3\x00",),
    ".dgn": (b"\x08\x09\xfe\x02", b"\xc8\x09\xfe\x02"),
    ".xlsx": (b"PK\x03\x04",),
    ".xlsm": (b"PK\x03\x04",),
    ".ods": (b"PK\x03\x04",),
    ".xls": (b"\xd0\xcf\x11\xe0", b"\x09\x08"),
}
_OLE = b"\xd0\xcf\x11\xe0"
_LIMIT_S = 1800


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds, as it stands there.

    `columns` is empty where heads stand among the rows. `shapes` are WKB, one a row, None where the file has none.
    `raw` says that texts are bytes shown as Latin-1. `crs` is as the file names it. `others` are the sheets of a
    workbook that hold rows too and were not read, `bare` its formulas without a result by (row, column) from 0.
    """

    columns: tuple[str, ...]
    rows: list[list[Cell]]
    shapes: list[bytes | None] | None
    crs: str | None
    layer: str | None
    raw: bool
    others: tuple[str, ...] = ()
    bare: frozenset[tuple[int, int]] = frozenset()


def members(path: Path) -> list[Path]:
    """Return the files that belong to this one: those beside a shapefile; BadInput where one that must be is not."""
    if path.suffix.lower() != ".shp":
        return [path]
    beside = {
        other.suffix.lower(): other
        for other in sorted(path.parent.iterdir())
        if other.stem == path.stem and other.suffix.lower() in BESIDE_A_SHAPEFILE
    }
    for needed in (".dbf", ".shx"):
        if needed not in beside:
            raise BadInput(
                vi=f"{path.name}: thiếu tệp {path.stem}{needed} đi kèm; chép đủ bộ .shp .shx .dbf rồi nhập lại",
                en=f"{path.name}: {path.stem}{needed} is not beside it; copy .shp, .shx and .dbf together",
            )
    return [path, *beside.values()]


def read_table(path: Path, lying: Mapping[str, Path], layer: str | None) -> Table:
    """Return the table in a file; `lying` says where its bytes and those beside it lie, by ending.

    They are copied first, so that no reader writes beside an original.
    """
    ending = path.suffix.lower()
    _check_magic(path, lying[ending], ending)
    refuse_cut(path, lying)
    if ending in TEXTS:
        return _read_text(path, lying[ending])
    with tempfile.TemporaryDirectory(prefix="dc-import-") as folder:
        for end, source in lying.items():
            shutil.copyfile(source, Path(folder) / f"data{end}")
        return _read_in_child(path, Path(folder) / f"data{ending}", layer)


def _check_magic(path: Path, source: Path, ending: str) -> None:
    with source.open("rb") as file:
        head = file.read(4096)
    if ending == ".dgn" and head.startswith(_OLE):
        raise BadInput(
            vi=f"{path.name}: là DGN v8; trong MicroStation hãy lưu thành DGN v7 hoặc DXF rồi nhập lại",
            en=f"{path.name}: is DGN v8; save it as DGN v7 or DXF in MicroStation and import that",
        )
    magic = _MAGIC.get(ending)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if ending in (".geojson", ".json"):
        fits = text.startswith(b"{")
    elif ending == ".dxf":
        fits = not text.startswith(b"<")
    else:
        fits = magic is None or head.startswith(magic)
    if not fits:
        raise BadInput(
            vi=f"{path.name}: nội dung không phải {ending}; kiểm tra lại tệp",
            en=f"{path.name}: what it holds is not {ending}; check the file",
        )


def _read_in_child(path: Path, copied: Path, layer: str | None) -> Table:
    words = [sys.executable, "-m", "flows.imports.child", str(os.getpid()), str(copied), *([layer] if layer else [])]
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DIACHINH_", "PREFECT_"))}
    # a drawing may not send GDAL to another file
    told = ours | {"GDAL_SKIP": "VRT,OGR_VRT,WFS,OAPIF,HTTP", "PYTHONPATH": os.pathsep.join(sys.path)}
    with (copied.parent / "rows").open("w+b") as out:
        try:
            done = subprocess.run(words, stdout=out, stderr=subprocess.DEVNULL, env=told, check=False, timeout=_LIMIT_S)
        except subprocess.TimeoutExpired:
            raise _died(path) from None
        out.seek(0)
        head = out.readline()
        if done.returncode != 0 or not head:
            raise _died(path)
        meta: dict[str, Any] = json.loads(head)
        if "fault" in meta:
            vi, en = meta["fault"]
            raise BadInput(vi=f"{path.name}: {vi}", en=f"{path.name}: {en}")
        rows: list[list[Cell]] = [json.loads(line) for line in out]
    if copied.suffix in SHEETS:
        others, bare = tuple(meta["others"]), frozenset((row, column) for row, column in meta["bare"])
        return Table((), rows, None, None, meta["layer"], raw=False, others=others, bare=bare)
    last = [row.pop() for row in rows]
    shapes = [bytes.fromhex(cell) if isinstance(cell, str) else None for cell in last]
    return Table(tuple(meta["columns"]), rows, shapes, meta["crs"], meta["layer"], meta["raw"])


def _died(path: Path) -> BadInput:
    return BadInput(
        vi=f"{path.name}: đọc tệp quá giới hạn bộ nhớ hoặc thời gian; chia nhỏ tệp rồi nhập lại",
        en=f"{path.name}: reading it went beyond the limits of memory or time; divide it and import the parts",
    )


def _read_text(path: Path, source: Path) -> Table:
    """Return the rows of a text with separators; heads are among them."""
    data = source.read_bytes()
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # «Unicode Text» of a spreadsheet
    try:
        text, raw = data.decode("utf-16" if marked else "utf-8-sig"), False
    except UnicodeDecodeError:
        text, raw = data.decode("latin-1"), True
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max("\t;,|", key=first.count)
    try:
        told = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as err:
        raise BadInput(
            vi=f"{path.name}: không phải danh sách ngăn bằng dấu phẩy, chấm phẩy hoặc tab",
            en=f"{path.name}: is no list parted by commas, semicolons or tabs",
        ) from err
    rows: list[list[Cell]] = [[cell or None for cell in row] for row in told]
    return Table((), rows, None, None, None, raw=raw)
