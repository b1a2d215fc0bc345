"""Origin of use (nguồn gốc sử dụng): printed codes such as `NTC-CNQ-CTT`, or the words that mean them."""

from __future__ import annotations

import re
from functools import cache

from cadastre.words.folding import fold, key, tidy
from cadastre.words.nearness import folded, nearest
from schemas.tables import Tables

_JOINT = re.compile(r"\b(?:quyen su dung )?(?:dat )?(?:duoc|co nguon goc)\b(?: tu)?")


_TELLING = {"CTT": "cothu", "KTT": "khongthu", "TML": "motlan", "THN": "nam"}


def _spelt_out(text: str) -> str:
    return fold(text).replace("qsdd", "quyen su dung dat").replace("qsd dat", "quyen su dung dat")


@cache
def _names(tables: Tables) -> dict[str, str]:
    pairs = [(_spelt_out(origin.name), origin.code) for origin in tables.origins.values() if not origin.prefix]
    with_state = [(f"nha nuoc {name}", code) for name, code in pairs if not name.startswith("nha nuoc")]
    without = [(name.removeprefix("nha nuoc "), code) for name, code in pairs]
    short = [(name.removesuffix(" su dung dat"), code) for name, code in (*pairs, *with_state) if "thu tien" in name]
    return folded((*pairs, *with_state, *without, *short))


@cache
def _transfers(tables: Tables) -> dict[str, str]:
    return folded((_spelt_out(origin.name), origin.code) for origin in tables.origins.values() if origin.prefix)


def _code(text: str, tables: Tables) -> str | None:
    printed = re.sub(r"\s*[-–]\s*", "-", tidy(text)).upper().strip(" .,;:-")
    prefix = next((p for p in sorted(_prefixes(tables), key=len, reverse=True) if printed.startswith(p)), "")
    if printed[len(prefix) :] in tables.origins:
        return printed
    return None


@cache
def _prefixes(tables: Tables) -> tuple[str, ...]:
    return tuple(origin.code for origin in tables.origins.values() if origin.prefix)


def _says_which(plain: str, code: str) -> bool:
    """Return whether the one word is there that tells the code from its opposite."""
    return _TELLING.get(code.rpartition("-")[2], "") in key(plain)


def _meaning(text: str, tables: Tables) -> str | None:
    """Return the code that the words mean; a transfer in front of the first origin becomes its prefix."""
    plain = _spelt_out(text)
    if match := nearest(plain, _names(tables), letters_per_slip=10):
        return match.meaning if match.sure and _says_which(plain, match.meaning) else None
    joint = _JOINT.search(plain)
    if joint is None:
        return None
    transfer = re.sub(r"( quyen su dung)?( dat)?$", "", plain[: joint.start()].strip())
    prefix = nearest(transfer, _transfers(tables), letters_per_slip=10)
    origin = nearest(plain[joint.end() :], _names(tables), letters_per_slip=10)
    if prefix is None or origin is None or not (prefix.sure and origin.sure):
        return None
    if not _says_which(plain, origin.meaning):
        return None
    return prefix.meaning + origin.meaning


def read_origins(text: str, tables: Tables) -> tuple[str, ...] | None:
    """Return the origin codes, in the paper's order; None where a part is not in the list beyond doubt."""
    codes = [_code(part, tables) or _meaning(part, tables) for part in re.split(r"[;\n]", text) if key(part)]
    known = [code for code in codes if code]
    return tuple(known) if known and len(known) == len(codes) else None
