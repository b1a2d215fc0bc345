"""One file per engine, each behind the same small Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Grey (H, W) or BGR (H, W, 3) pixels, 0 black."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a crop: text NFC, confidence 0 to 1, and left, top, right, bottom in pixels of the crop."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Line:
    """What an engine read in one crop; confidence is that of the weakest word, 0 where nothing was read."""

    text: str
    confidence: float
    words: tuple[Word, ...] = ()


class Engine(Protocol):
    """Reads crops of single text lines, one Line per crop, in order; a crop it cannot read gives an empty Line."""

    @property
    def name(self) -> str: ...

    def read(self, crops: Sequence[Image]) -> list[Line]: ...
