"""Reads one file of data in a process of its own, without network and within limits; prints rows as JSON Lines.

python -m flows.imports.child PARENT PATH [LAYER]

The first line tells the table ({"columns", "layer", "crs", "raw"}, of a workbook "others" and "bare" too) or why
there is none ({"fault": [vi, en]}); each further line is a row of cells, last the shape as hex of WKB where the file
has shapes. `raw` says that texts are bytes shown as Latin-1. The exit code is 0 in both cases; another one means that
the reader died.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flows.imports.formulas import without_result
from ocr.decode.confine import allow_cpu, confine

MEMORY_BYTES, OUTPUT_BYTES, CPU_S = 6 << 30, 8 << 30, 900
SHEETS = (".xlsx", ".xls", ".ods", ".xlsm")
COMPUTED = (".xlsx", ".xlsm")


def main(parent: int, path: Path, layer: str | None) -> None:
    """Print the table in the file."""
    confine(parent=parent, memory_bytes=MEMORY_BYTES, output_bytes=OUTPUT_BYTES)
    allow_cpu(CPU_S)
    lines = _workbook(path, layer) if path.suffix in SHEETS else _layer(path, layer)
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=True, allow_nan=False) + "\n")


def _workbook(path: Path, layer: str | None) -> Iterator[Any]:
    """Yield the rows of one sheet, the wanted one or the fullest; heads are among them."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        if layer is not None and layer not in names:
            yield _no_layer(layer, names)
            return
        rows = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in ([layer] if layer else names)
        }
    except (python_calamine.CalamineError, ValueError, OSError) as err:
        yield _fault(err)
        return
    full = {name: sum(any(cell != "" for cell in row) for row in rows[name]) for name in rows}
    chosen = max(rows, key=lambda name: full[name])
    others = [name for name in rows if name != chosen and full[name] > 1]
    bare = without_result(path, chosen) if path.suffix in COMPUTED else []
    yield {"columns": [], "layer": chosen, "crs": None, "raw": False, "others": others, "bare": bare}
    below = max((row + 1 for row, _ in bare), default=0) - len(rows[chosen])
    for row in [*rows[chosen], *([[]] * below)]:  # rows that hold nothing but such formulas
        yield [_cell(cell) for cell in row]


def _layer(path: Path, layer: str | None) -> Iterator[Any]:
    """Yield the features of one layer, the wanted one or the only one with shapes."""
    import pyogrio

    try:
        found = [(str(name), sort) for name, sort in pyogrio.list_layers(path)]
        shaped = [name for name, sort in found if sort is not None] or [name for name, _ in found]
        names = [name for name, _ in found]
        if (layer is not None and layer not in names) or not names:
            yield _no_layer(layer or "", names)
            return
        if layer is None and len(shaped) > 1:
            yield _which_layer(shaped)
            return
        chosen = layer or shaped[0]
        told, shapes, columns, raw = _read(path, chosen)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, OSError, RuntimeError) as err:
        yield _fault(err)
        return
    crs = told["crs"]
    yield {"columns": [str(name) for name in told["fields"]], "layer": chosen, "crs": crs, "raw": raw}
    count = len(shapes) if shapes is not None else max(map(len, columns), default=0)
    for i in range(count):
        cells = [_cell(column[i]) for column in columns]
        yield [*cells, None if shapes is None or shapes[i] is None else bytes(shapes[i]).hex()]


def _read(path: Path, layer: str) -> tuple[dict[str, Any], Any, Sequence[Any], bool]:
    """Read a layer; texts that do not say their encoding, or say it wrongly, come as bytes shown as Latin-1."""
    import pyogrio.raw

    options: dict[str, Any] = {"layer": layer, "force_2d": True, "datetime_as_string": True}
    marked = path.with_suffix(".cpg")
    raw = path.suffix == ".dgn"
    if path.suffix == ".shp":
        named = marked.read_text("ascii", "replace").strip().upper() if marked.exists() else ""
        raw = named.replace("-", "") not in ("UTF8", "65001")
    for attempt in (raw, True):
        try:
            told, _, shapes, columns = pyogrio.raw.read(
                path, **options, **({"encoding": "ISO-8859-1"} if attempt else {})
            )
        except UnicodeDecodeError:
            continue
        return told, shapes, columns, attempt
    raise ValueError("texts are in no encoding")


def _cell(value: Any) -> str | float | None:
    """Return a cell as text or as a number; dates in ISO form."""
    if value is None or value == "":
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _fault(err: Exception) -> dict[str, list[str]]:
    kind = type(err).__name__
    return {"fault": [f"không mở được tệp ({kind}); tệp hỏng hoặc sai định dạng", f"cannot be opened ({kind})"]}


def _no_layer(layer: str, names: Sequence[str]) -> dict[str, list[str]]:
    told = ", ".join(names) or "–"
    return {"fault": [f"không có lớp «{layer}»; các lớp: {told}", f"no layer `{layer}`; the layers are: {told}"]}


def _which_layer(names: Sequence[str]) -> dict[str, list[str]]:
    told = ", ".join(names)
    return {
        "fault": [f"tệp có nhiều lớp: {told}; chọn bằng --layer", f"has several layers: {told}; choose with --layer"]
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
