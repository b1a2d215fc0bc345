"""The hamlet and commune of an address as far as two papers can agree on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cadastre.words.folding import aligned_fold, key, tidy

_HAMLET = re.compile(
    r"(?:^|(?<=[\s,;.\-]))(?:thon|to dan pho|to|khoi pho|khoi|khu pho|xom|ap|lang|buon|doi(?: san xuat)?)[\s.:]+"
    r"(?P<name>[^,;.\n\-]+?)\s*(?=[,;.\n\-]|\b(?:xa|phuong|thi tran|huyen|tp|tx)\b|$)"
)
_COMMUNE = re.compile(
    r"(?:^|(?<=[\s,;.\-]))(?:xa|phuong|thi tran)[\s.:]+(?P<name>[^,;.\n\-]+?)\s*"
    r"(?=[,;.\n\-]|\b(?:huyen|thi xa|thanh pho|tp|tx|tinh)\b|$)"
)
# Without marks `năm` is also south and `tám` also Tam: hamlets that bear these words stay as they are written.
_DIGITS = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "sau": "6", "bay": "7", "chin": "9", "muoi": "10"}


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives: the hamlet's and the commune's name as letters and digits, empty where not said."""

    hamlet: str
    commune: str


@lru_cache(maxsize=100_000)
def home_of(address: str | None) -> Home:
    """Return the hamlet (thôn, tổ, khối phố …) and commune of an address; `thôn Một` is `thôn 1`."""
    plain = aligned_fold(tidy(address)) if address else ""
    hamlet, commune = _HAMLET.search(plain), _COMMUNE.search(plain)
    name = key(hamlet["name"]) if hamlet else ""
    return Home(_DIGITS.get(name, name).lstrip("0"), key(commune["name"]) if commune else "")
