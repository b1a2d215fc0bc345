"""The rules of real ledger pages: French notaries' registers of 1907, ruled in seven columns (LECTAUREP)."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr.grid_lines import find_rules
from ocr.light import ink, level, stretched

PAGES = Path(__file__).resolve().parents[3] / "shared/data/registers/lectaurep_repertoires"
_NEAR = 30  # px: what the transcribers' own outlines differ by


def _borders(layout: str) -> list[float]:
    """Return where Col_1 ends and Col_2 begins, and so on, by the outlines of the ALTO file."""
    names = dict(re.findall(r'ID="(BT\d+)" LABEL="(Col_\d)"', layout))
    spans: dict[str, tuple[int, int]] = {}
    for block in re.findall(r"<TextBlock [^>]*>", layout):
        value = dict(re.findall(r'(\w+)="([^"]*)"', block))
        for tag in value.get("TAGREFS", "").split():
            if tag in names:
                left = int(value["HPOS"])
                spans[names[tag]] = (left, left + int(value["WIDTH"]))
    columns = [spans[name] for name in sorted(spans)]
    return [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]


@pytest.mark.shared
@pytest.mark.skipif(not PAGES.is_dir(), reason="../shared/data is absent")
def test_all_rules_between_the_seven_columns_of_a_real_register_are_found() -> None:
    pages = sorted(PAGES.glob("FRAN_0025_*.jpg"))
    assert len(pages) == 5
    for path in pages:
        grey = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
        page = stretched(level(grey, 300))
        rules = find_rules(ink(page).astype(np.uint8), 300, upright=True)
        borders = _borders(path.with_suffix(".xml").read_text(encoding="utf-8"))
        assert len(borders) == 6
        for border in borders:
            assert min(abs(rule.at(grey.shape[0] / 2) - border) for rule in rules) <= _NEAR
