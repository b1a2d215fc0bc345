"""Whether a number that we say a parcel had is one that it had, by the truth of a generated district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Literal

from benchmarks.links import Pair

#: `named`: right, where one of the two map series is named by another era than the truth names it.
Verdict = Literal["right", "named", "wrong"]


class TrueLineage:
    """The true steps, followed backwards: a number that no paper shows may stand between two that are shown."""

    def __init__(self, steps: Iterable[Pair], keys: Iterable[str]) -> None:
        """Take the true steps (older, newer) and the keys that the truth has beside those in them."""
        self._before: dict[Hashable, set[Hashable]] = defaultdict(set)
        self._bare: dict[Hashable, set[Hashable]] = defaultdict(set)
        self._keys = set(keys)
        for older, newer in steps:
            self._before[newer].add(older)
            self._bare[_bare(newer)].add(_bare(older))
            self._keys |= {older, newer}

    def verdict(self, older: str, newer: str) -> Verdict:
        """Return whether the newer number's land, or some of it, once had the older number."""
        if _leads_back(self._before, newer, older):
            return "right"
        known = older in self._keys and newer in self._keys
        return "named" if not known and _leads_back(self._bare, _bare(newer), _bare(older)) else "wrong"


def _leads_back(before: Mapping[Hashable, set[Hashable]], newer: Hashable, older: Hashable) -> bool:
    seen, waiting = set[Hashable](), [newer]
    while waiting:
        for one in before.get(waiting.pop(), ()):
            if one == older:
                return True
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return False


def _bare(key: str) -> tuple[str, str]:
    """Return the key without its era."""
    unit, rest = key.split("@", 1)
    return unit, rest.split("/", 1)[1]
