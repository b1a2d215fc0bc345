"""Whether a file came whole: a copy that broke off is refused by name, before a part of it passes for all."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

from schemas.errors import BadInput

_DGN_END = b"\xff\xff"


def refuse_cut(path: Path, lying: Mapping[str, Path]) -> None:
    """Raise BadInput where a shapefile or a drawing ends before its own header says; `lying`: its bytes by ending."""
    for ending, source in lying.items():
        has, whole = source.stat().st_size, _whole(ending, source)
        if has < whole:
            name = path.with_suffix(ending).name
            raise BadInput(
                vi=f"{name}: tệp bị cắt cụt, có {has} byte, phải có ít nhất {whole}; chép lại trọn tệp rồi nhập",
                en=f"{name}: breaks off after {has} bytes of at least {whole}; copy the whole file and import again",
            )


def _whole(ending: str, source: Path) -> int:
    """Return how many bytes the file must have by what it says itself; 0 where its sort does not say."""
    if ending == ".dgn":
        return _drawing_bytes(source.read_bytes())
    with source.open("rb") as file:
        head = file.read(100)
    return _shape_bytes(head) if ending in (".shp", ".shx") else _table_bytes(head) if ending == ".dbf" else 0


def _shape_bytes(data: bytes) -> int:
    """Return the length of a .shp or .shx by its header: 16-bit words, big-endian, at byte 24."""
    return 2 * int(struct.unpack_from(">i", data, 24)[0]) if len(data) >= 100 else 100


def _table_bytes(data: bytes) -> int:
    """Return the length of a .dbf by its header: rows at byte 4, length of the header at 8, of a row at 10."""
    if len(data) < 32:
        return 32
    rows, head, row = struct.unpack_from("<IHH", data, 4)
    return int(head + rows * row)


def _drawing_bytes(data: bytes) -> int:
    """Return the length of a DGN v7 as far as its elements tell: each says how many 16-bit words follow its first two.

    It ends with the mark 0xFFFF; where that is left out, with its last element.
    """
    at = 0
    while at + 4 <= len(data) and data[at : at + 2] != _DGN_END:
        at += 4 + 2 * int(struct.unpack_from("<H", data, at + 2)[0])
    return at
