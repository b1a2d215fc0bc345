"""The published weights of the comparison of parcels across map series: codes/linkage_weights.json."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Weights = Mapping[str, Mapping[str, tuple[float, float]]]
"""For each comparison and level: the probability of the level for one parcel (m), and for two (u)."""


def load_weights() -> Weights:
    """Return the weights that come with the package."""
    text = (files("schemas") / "codes" / "linkage_weights.json").read_text(encoding="utf-8")
    return {
        comparison: {level: (float(m), float(u)) for level, (m, u) in levels.items()}
        for comparison, levels in json.loads(text).items()
    }


@cache
def load_link_probabilities() -> Mapping[str, float]:
    """Return the bits that each sign of a link (cadastre/linking/link_probability.py) adds to its log odds."""
    return _bits("link_probability.csv")


@cache
def load_division_signs() -> Mapping[str, float]:
    """Return the bits of each sign of a division or joining inside a sheet (cadastre/linking/set_signs.py)."""
    return _bits("division_signs.csv")


def _bits(table: str) -> Mapping[str, float]:
    text = (files("schemas") / "codes" / table).read_text(encoding="utf-8")
    return {row["sign"]: float(row["bits"]) for row in csv.DictReader(text.splitlines())}
