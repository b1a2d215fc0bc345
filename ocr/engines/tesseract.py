"""Tesseract with the Vietnamese model, one process for many crops through a list file.

Starting a process is the cost of a short crop, so all crops of a call go through one list file. The
program stops at the first crop that it cannot open and says nothing about the rest; what it left is
counted and the list goes on behind that crop.
"""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytesseract

from ocr.engines import Image, Line, Word
from schemas.errors import Unavailable

_HEIGHT = 48  # px: the height to which a crop is scaled
_PAD = 11  # px of white on every side: 22 % of the height (facts: crop traps)
_FLAT = 40  # grey levels: a crop whose darkest and lightest pixel are closer holds no text
_MISSING = "apt-get install tesseract-ocr tesseract-ocr-vie"


class Tesseract:
    """Reads marked Vietnamese text; wants crops with a third of the text height free above and below."""

    def __init__(self, lang: str = "vie") -> None:
        self._lang = lang
        # More threads make Tesseract slower; its child takes the environment of this process.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        _require(lang)

    @property
    def name(self) -> str:
        """Return the name under which its votes stand."""
        return "tesseract"

    def read(self, crops: Sequence[Image]) -> list[Line]:
        """Return one Line per crop, in order; word boxes are in pixels of the crop as handed in."""
        lines = [Line("", 0.0)] * len(crops)
        waiting = [i for i, crop in enumerate(crops) if _has_ink(crop)]
        with tempfile.TemporaryDirectory(prefix="crops-") as folder:
            paths, scales = {}, {}
            for i in waiting:
                picture, scales[i] = _prepare(crops[i])
                paths[i] = Path(folder, f"{i}.pgm")
                cv2.imwrite(str(paths[i]), picture)
            while waiting:
                rows = self._run(Path(folder), [paths[i] for i in waiting])
                for i, words in zip(waiting, rows, strict=False):
                    height, width = crops[i].shape[:2]
                    lines[i] = _line([_unscaled(word, scales[i], width, height) for word in words])
                # One further: the crop at which the program stopped stays empty.
                waiting = waiting[len(rows) + 1 :] if len(rows) < len(waiting) else []
        return lines

    def _run(self, folder: Path, paths: list[Path]) -> list[list[Word]]:
        """Return the words of each crop that one process got through, in order; fewer than asked where it stopped."""
        listing, out = folder / "list.txt", folder / "out"
        listing.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        table = out.with_suffix(".tsv")
        table.unlink(missing_ok=True)
        try:
            pytesseract.pytesseract.run_tesseract(
                str(listing), str(out), "tsv", self._lang, "--psm 7 --dpi 300 -c tessedit_create_tsv=1"
            )
        except pytesseract.TesseractNotFoundError as err:
            raise _unavailable() from err
        except pytesseract.TesseractError as err:
            if not table.exists():
                if "language" in err.message:
                    raise _unavailable() from err
                return []
        return parse_table(table.read_text(encoding="utf-8", errors="replace"))


def parse_table(text: str) -> list[list[Word]]:
    """Return the words of every picture in Tesseract's tab-separated table, in pixels of the picture."""
    pages: list[list[Word]] = []
    for row in text.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 11:
            continue
        if cells[0] == "1":
            pages.append([])
        elif cells[0] == "5" and len(cells) == 12 and cells[11].strip():
            left, top, width, height = (int(cell) for cell in cells[6:10])
            confidence = max(0.0, float(cells[10])) / 100
            # No land paper prints a section mark: it is how an 8 comes out.
            word = unicodedata.normalize("NFC", cells[11].strip()).replace("§", "8")
            pages[-1].append(Word(word, confidence, left, top, left + width, top + height))
    return pages


def _require(lang: str) -> None:
    try:
        if lang not in pytesseract.get_languages():
            raise _unavailable()
    except pytesseract.TesseractNotFoundError as err:
        raise _unavailable() from err


def _unavailable() -> Unavailable:
    return Unavailable(
        f"không tìm thấy tesseract hoặc dữ liệu tiếng Việt của nó; hãy cài: {_MISSING}",
        f"tesseract or its Vietnamese data not found: {_MISSING}",
    )


def _has_ink(crop: Image) -> bool:
    return crop.size > 0 and int(crop.max()) - int(crop.min()) >= _FLAT


def _prepare(crop: Image) -> tuple[Image, float]:
    """Return the crop in grey, scaled to the working height with white around it, and the scale."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY) if crop.ndim == 3 else crop
    scale = _HEIGHT / grey.shape[0]
    width = max(1, round(grey.shape[1] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(grey, (width, _HEIGHT), interpolation=way)
    padded = cv2.copyMakeBorder(scaled, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(padded, dtype=np.uint8), scale


def _unscaled(word: Word, scale: float, width: int, height: int) -> Word:
    left = min(max(0, round((word.left - _PAD) / scale)), width - 1)
    top = min(max(0, round((word.top - _PAD) / scale)), height - 1)
    right = min(max(left + 1, round((word.right - _PAD) / scale)), width)
    bottom = min(max(top + 1, round((word.bottom - _PAD) / scale)), height)
    return Word(word.text, word.confidence, left, top, right, bottom)


def _line(words: list[Word]) -> Line:
    if not words:
        return Line("", 0.0)
    return Line(" ".join(word.text for word in words), min(word.confidence for word in words), tuple(words))
