"""Small drawings written by hand, byte by byte: DXF as text, DGN v7 from the seed file that comes with GDAL."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import pyogrio

Line = tuple[tuple[float, float], ...]
Label = tuple[str, float, float]


def write_dxf(path: Path, lines: Sequence[Line], labels: Sequence[Label], *, codepage: str = "ANSI_1252") -> Path:
    """Write lines and texts as AutoCAD's ASCII exchange format."""
    pairs: list[tuple[int, object]] = [(0, "SECTION"), (2, "HEADER"), (9, "$DWGCODEPAGE"), (3, codepage), (0, "ENDSEC")]
    pairs += [(0, "SECTION"), (2, "ENTITIES")]
    for line in lines:
        pairs += [(0, "LWPOLYLINE"), (100, "AcDbEntity"), (8, "0"), (100, "AcDbPolyline"), (90, len(line)), (70, 0)]
        pairs += [pair for x, y in line for pair in ((10, x), (20, y))]
    for text, x, y in labels:
        pairs += [(0, "TEXT"), (100, "AcDbEntity"), (8, "0"), (100, "AcDbText"), (10, x), (20, y), (40, 2.0), (1, text)]
    pairs += [(0, "ENDSEC"), (0, "EOF")]
    path.write_bytes("".join(f"{code}\n{value}\n" for code, value in pairs).encode("latin-1"))
    return path


def write_dgn(path: Path, lines: Sequence[Line], labels: Sequence[Label]) -> Path:
    """Write lines and texts as MicroStation's design file of version 7, 2D."""
    seed = Path(pyogrio.__file__).parent / "gdal_data" / "seed_2d.dgn"
    data = bytearray(seed.read_bytes())
    del data[_end(bytes(data)) :]
    scale, origin = _units(bytes(data))

    def uor(x: float, y: float) -> tuple[int, int]:
        return round((x + origin[0]) * scale), round((y + origin[1]) * scale)

    for line in lines:
        points = [uor(*point) for point in line]
        body = struct.pack("<H", len(points)) + b"".join(_middle(x) + _middle(y) for x, y in points)
        data += _element(4, points, body)
    for text, x, y in labels:
        at = uor(x, y)
        said = text.encode("latin-1")
        body = struct.pack("<BB", 1, 0) + _middle(1000) + _middle(1000) + _middle(0) + _middle(at[0]) + _middle(at[1])
        data += _element(17, [at], body + struct.pack("<BB", len(said), 0) + said + b"\0" * (len(said) % 2))
    path.write_bytes(bytes(data) + b"\xff\xff")
    return path


def _end(seed: bytes) -> int:
    """Return where the seed's elements end."""
    at = 0
    while at + 4 <= len(seed) and seed[at : at + 2] != b"\xff\xff":
        at += 2 * int(struct.unpack("<H", seed[at + 2 : at + 4])[0]) + 4
    return at


def _units(seed: bytes) -> tuple[float, tuple[float, float]]:
    """Return the seed's units of resolution in a master unit, and its global origin (type 9 element)."""
    per_master = _integer(seed[1112:1116]) * _integer(seed[1116:1120])
    return float(per_master), (_vax(seed[1240:1248]) / per_master, _vax(seed[1248:1256]) / per_master)


def _element(kind: int, points: Sequence[tuple[int, int]], body: bytes) -> bytes:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    bounds = b"".join(_middle(value ^ -0x80000000) for value in (min(xs), min(ys), 0, max(xs), max(ys), 0))
    size = 36 + len(body)
    head = struct.pack("<BBH", 1, kind, size // 2 - 2) + bounds
    return head + struct.pack("<HHHH", 0, (size - 32) // 2, 0, 0) + body


def _middle(value: int) -> bytes:
    """Return a 32-bit number as two words, the high one first."""
    raw = struct.pack("<i", (value + 0x80000000) % 0x100000000 - 0x80000000)
    return raw[2:] + raw[:2]


def _integer(raw: bytes) -> int:
    number: int = struct.unpack("<i", raw[2:] + raw[:2])[0]
    return number


def _vax(raw: bytes) -> float:
    """Return a VAX double (D format)."""
    words = struct.unpack("<4H", raw)
    bits = (words[0] << 48) | (words[1] << 32) | (words[2] << 16) | words[3]
    exponent = (bits >> 55) & 0xFF
    if exponent == 0:
        return 0.0
    fraction = 0.5 + (bits & ((1 << 55) - 1)) / 2**56
    return (-1 if bits >> 63 else 1) * fraction * 2.0 ** (exponent - 128)
