"""The published weights of the comparison of parcels across map series: codes/linkage_weights.json."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

Weights = Mapping[str, Mapping[str, tuple[float, float]]]
"""For each comparison and level: the probability of the level for one parcel (m), and for two (u)."""


def load_weights() -> Weights:
    """Return the weights that come with the package."""
    text = (files("schemas") / "codes" / "linkage_weights.json").read_text(encoding="utf-8")
    return {
        comparison: {level: (float(m), float(u)) for level, (m, u) in levels.items()}
        for comparison, levels in json.loads(text).items()
    }


class LinkRow(NamedTuple):
    """What is seen of a link (cadastre/link_probability.py): its sort, whether a paper prints it, agreement, odds."""

    sort: str
    printed: bool
    agreeing: int
    band: int


@cache
def load_link_probabilities() -> Mapping[LinkRow, float]:
    """Return how often links of each row were right on the districts that they were counted on."""
    text = (files("schemas") / "codes" / "link_probability.csv").read_text(encoding="utf-8")
    return {
        LinkRow(row["sort"], row["printed"] == "yes", int(row["agreeing"]), int(row["band"])): float(row["p"])
        for row in csv.DictReader(text.splitlines())
    }
