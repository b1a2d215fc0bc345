"""Which parcel keys are one piece of land under the numbers of several map series."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.parcels import Link

_SURE = 0.95
"""A step that is less sure says too little about who held both."""


def same_land(links: Iterable[Link]) -> dict[str, str]:
    """Return, for each key that was renumbered or changed its commune and no more, the smallest key of its land."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        leader.setdefault(key, key)
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for link in links:
        if link.relation in ("same", "unit_change") and link.p >= _SURE:
            first, second = sorted((find(str(link.older)), find(str(link.newer))))
            leader[second] = first
    return {key: find(key) for key in list(leader)}
