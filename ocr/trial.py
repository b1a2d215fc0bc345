"""Read a few lines both ways up with Tesseract, where the letters' shapes do not tell which way is up."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.traces import Segment

_LINES = 6
_LINE_HEIGHT = 48
_LONGEST = 1600
_TIMEOUT_S = 30


def legibility(levelled: NDArray[np.uint8], runs: Sequence[Segment]) -> tuple[float, float]:
    """Return how many letters of the longest runs read well as they stand and upside down; zeros without Tesseract."""
    chosen = sorted(runs, key=lambda run: run.width * min(run.height, 24), reverse=True)[:_LINES]
    crops = [_crop(levelled, run) for run in chosen]
    if not crops:
        return 0.0, 0.0
    return _read(crops + [np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops])


def _crop(levelled: NDArray[np.uint8], run: Segment) -> NDArray[np.uint8]:
    margin = max(3, run.height // 4)
    top, left = max(0, run.top - margin), max(0, run.left - margin)
    crop = levelled[top : run.top + run.height + margin, left : run.left + run.width + margin]
    scale = min(_LINE_HEIGHT / crop.shape[0], _LONGEST / crop.shape[1])
    crop = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC).astype(np.uint8, copy=False)
    return cv2.copyMakeBorder(crop, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255).astype(np.uint8, copy=False)


def _read(crops: list[NDArray[np.uint8]]) -> tuple[float, float]:
    """Return the letters read, weighted by confidence squared, in the first half of the crops and in the second."""
    with tempfile.TemporaryDirectory(prefix="diachinh-") as folder:
        paths = [Path(folder) / f"{number}.png" for number in range(len(crops))]
        for path, crop in zip(paths, crops, strict=True):
            cv2.imwrite(str(path), crop)
        listing = Path(folder) / "lines.txt"
        listing.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        try:
            done = subprocess.run(
                ["tesseract", str(listing), "stdout", "-l", "vie", "--psm", "7", "tsv"],
                capture_output=True,
                timeout=_TIMEOUT_S,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return 0.0, 0.0
    half = len(crops) // 2
    sums = [0.0, 0.0]
    for line in done.stdout.decode("utf-8", errors="replace").splitlines():
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        word = cells[11].strip()
        known = sum(letter.isalnum() for letter in word)
        # A word of one letter or of signs says little: upside down text is read as many of them.
        weight = known if known >= 2 else 0
        sums[int(cells[1]) > half] += weight * (float(cells[10]) / 100) ** 2
    return sums[0], sums[1]
