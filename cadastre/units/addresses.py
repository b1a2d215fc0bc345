"""Place names inside an address, written as the gazetteer writes them once the paper's own commune is sure."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from cadastre.units.places import bare_name
from cadastre.words.folding import aligned_fold, key, tidy
from schemas.tables import Tables, Unit

_PLACE = re.compile(
    r"(?:^|(?<=[\s,;.]))(?:xa|phuong|thi tran|thi xa|thanh pho|huyen|quan|tinh)[\s.:]+"
    r"(?P<name>[^,;.\n]+?)\s*(?=[,;.\n]|$)"
)
_TYPE = re.compile(r"^(?:Huyện|Thị xã|Thành phố|Quận|Tỉnh) ")


def mend_places(text: str, unit: Unit, tables: Tables) -> str:
    """Return the address with the names of this unit, its district and province spelt right where one letter is off.

    `huyện Nam Trà Mỹ` becomes `huyện Nam Trà My` on a paper that is known to be of that district. A name that is
    another place's own stays as it was read.
    """
    printed = tidy(text)
    names = [bare_name(unit), *(_TYPE.sub("", name) for name in (unit.district, unit.province) if name)]
    mended, end = "", 0
    for place in _PLACE.finditer(aligned_fold(printed)):
        read = printed[place.start("name") : place.end("name")]
        mended += printed[end : place.start("name")] + _spelt(read, names, tables)
        end = place.end("name")
    return mended + printed[end:]


def _spelt(read: str, names: list[str], tables: Tables) -> str:
    letters = key(read)
    for name in names:
        wanted = key(name)
        near = len(wanted) >= 5 and letters not in _places(tables) and Levenshtein.distance(letters, wanted) <= 1
        if letters == wanted or near:
            return name.upper() if read.isupper() else name
    return read


@cache
def _places(tables: Tables) -> frozenset[str]:
    """Return the keys of all communes and districts: a name that is one of them is no slip of another."""
    communes = {key(bare_name(unit)) for unit in tables.units}
    return frozenset(communes | {key(_TYPE.sub("", unit.district)) for unit in tables.units if unit.district})
