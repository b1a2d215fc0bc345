"""How likely a link is right, by what speaks for it: a published table that was measured on generated districts.

The odds of the linker are too sure where papers are missing, for a parcel that no paper shows is no rival. So what is
told is how often such links were right: by their kind, whether a paper prints the older number, how many
sorts of evidence agree, and the linker's own odds (codes/link_probability.csv).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from schemas.parcels import Relation
from schemas.weights import LinkRow, load_link_probabilities

Sort = Literal["same", "divided", "inside"]
#: Comparisons whose agreement counts as a sort of evidence of its own, with the bits from which it agrees.
AGREES: Mapping[str, float] = {"bridge": 8.0, "holder": 4.0, "area": 4.0, "around": 4.0, "papers": 5.0, "shape": 5.0}


def sort_of(relation: Relation, bits: Mapping[str, float]) -> Sort:
    """Return the sort of a link: divisions and joinings inside a sheet are found without comparisons."""
    if relation in ("same", "unit_change"):
        return "same"
    return "divided" if bits else "inside"


def features(
    relation: Relation, bits: Mapping[str, float], odds: float, *, printed: bool
) -> tuple[Sort, bool, int, int]:
    """Return the sort of a link, whether it is printed, how many sorts of evidence agree (to 4), its band of odds."""
    agreeing = sum(bits.get(name, 0.0) >= least for name, least in AGREES.items())
    band = sum(odds >= bound for bound in (0.5, 0.9, 0.99, 0.9999))
    return sort_of(relation, bits), printed or bits.get("bridge", 0.0) >= AGREES["bridge"], min(agreeing, 4), band


def probability(relation: Relation, bits: Mapping[str, float], odds: float, *, printed: bool) -> float:
    """Return how often such links were right; `bits` by comparison, `odds` the linker's own probability."""
    sort, on_paper, agreeing, band = features(relation, bits, odds, printed=printed)
    return load_link_probabilities()[LinkRow(sort, on_paper, agreeing, band)]
