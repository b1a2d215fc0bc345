"""The engines that the default installation reads with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ocr.engines import Engine, Image
from ocr.engines.rapid import RapidLines, RapidOcr, Rect
from ocr.engines.tesseract import Tesseract


class Detector(Protocol):
    """Finds the text lines of an upright page, each as left, top, right, bottom in its pixels."""

    def detect(self, image: Image) -> list[Rect]: ...


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine for marked words, one for digits and codes, and one that finds the lines."""

    words: Engine
    digits: Engine
    detect: Detector


def default_engines() -> Engines:
    """Return Tesseract for words and the rapidocr models for digits and lines; Unavailable where one is missing."""
    return Engines(words=Tesseract(), digits=RapidOcr(), detect=RapidLines())
