"""The two models in the rapidocr wheel (PP-OCRv6 small): a detector of text lines and a reader of lines.

The models are run directly, so that nothing is looked up on the network and the position and probability
of each character are at hand. The reader knows few Vietnamese marks: its digits and the bare letters are
what it is good for. Signs that no Vietnamese paper prints are masked out before the best one is taken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ocr.engines import Image, Line, Word
from schemas.errors import Unavailable

_HEIGHT = 48  # px: height of the reader's input
_BATCH = 6
_STEP = 8  # px of input a time step of the reader spans
_FLAT = 40  # grey levels: a crop whose darkest and lightest pixel are closer holds no text
_SIGNS = "²°…–—“”’‘×½№′″"

Rect = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom exclusive."""


class RapidLines:
    """Finds the text lines of an upright page."""

    def __init__(self, longest_side: int = 1600) -> None:
        self._longest = longest_side
        self._session = _session("PP-OCRv6_det_small.onnx")

    def detect(self, image: Image) -> list[Rect]:
        """Return a box around each piece of a text line, top to bottom, with the model's usual margin."""
        height, width = image.shape[:2]
        scale = min(1.0, self._longest / max(height, width))
        small = (_round32(width * scale), _round32(height * scale))
        picture = cv2.resize(_bgr(image), small, interpolation=cv2.INTER_AREA)
        blob = ((picture.astype(np.float32) / 255 - 0.5) / 0.5).transpose(2, 0, 1)[None]
        heat = self._session.run(None, {"x": np.ascontiguousarray(blob)})[0][0, 0]
        boxes = _boxes(heat)
        ratio_x, ratio_y = width / small[0], height / small[1]
        rects = [
            (
                max(0, int(left * ratio_x)),
                max(0, int(top * ratio_y)),
                min(width, int(np.ceil(right * ratio_x))),
                min(height, int(np.ceil(bottom * ratio_y))),
            )
            for left, top, right, bottom in boxes
        ]
        return sorted(rects, key=lambda box: (box[1], box[0]))


class RapidOcr:
    """Reads digits, codes and the unmarked letters of words."""

    def __init__(self) -> None:
        self._session = _session("PP-OCRv6_rec_small.onnx")
        self._kept, self._letters = _alphabet(self._session.get_modelmeta().custom_metadata_map["character"])

    @property
    def name(self) -> str:
        """Return the name under which its votes stand."""
        return "rapidocr"

    def read(self, crops: Sequence[Image]) -> list[Line]:
        """Return one Line per crop, in order; its confidence is that of the weakest character."""
        lines = [Line("", 0.0)] * len(crops)
        tight = {i: _tight(crop) for i, crop in enumerate(crops) if _has_ink(crop)}
        ratio = {i: picture.shape[1] / picture.shape[0] for i, (picture, _, _) in tight.items()}
        order = sorted(tight, key=lambda i: ratio[i])
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            widest = max(320, int(np.ceil(_HEIGHT * ratio[batch[-1]])))
            blob = np.stack([_input(tight[i][0], widest) for i in batch])
            scores = self._session.run(None, {"x": blob})[0]
            for i, score in zip(batch, scores, strict=True):
                picture, left, top = tight[i]
                scale = picture.shape[0] / _HEIGHT
                lines[i] = self._decode(score[:, self._kept], scale, left, top, picture.shape[0])
        return lines

    def _decode(self, scores: NDArray[np.float32], scale: float, left: int, top: int, height: int) -> Line:
        """Return the line that the best character of every time step spells (blank first, repeats once)."""
        best = scores.argmax(axis=1)
        text: list[tuple[str, float, float, float]] = []  # letter, confidence, left and right in input px
        before = ""
        for step, index in enumerate(best):
            letter = self._letters[int(index)]
            p = float(scores[step, index])
            if letter and letter == before:
                old = text[-1]
                text[-1] = (letter, max(old[1], p), old[2], (step + 1) * _STEP)
            elif letter:
                text.append((letter, p, step * _STEP, (step + 1) * _STEP))
            before = letter
        return _line(text, scale, left, top, height)


def _line(text: list[tuple[str, float, float, float]], scale: float, left: int, top: int, height: int) -> Line:
    words: list[Word] = []
    start = 0
    for end in range(len(text) + 1):
        if end < len(text) and text[end][0] != " ":
            continue
        part = text[start:end]
        start = end + 1
        if part:
            word = unicodedata.normalize("NFC", "".join(letter for letter, _, _, _ in part))
            from_x, to_x = left + round(part[0][2] * scale), left + round(part[-1][3] * scale)
            words.append(Word(word, min(p for _, p, _, _ in part), from_x, top, to_x, top + height))
    if not words:
        return Line("", 0.0)
    return Line(" ".join(word.text for word in words), min(word.confidence for word in words), tuple(words))


def _session(name: str) -> onnxruntime.InferenceSession:
    spec = find_spec("rapidocr")
    path = Path(spec.origin).parent / "models" / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise Unavailable(
            f"thiếu mô hình {name} của gói rapidocr; hãy cài lại: pip install rapidocr==3.10.0",
            f"model {name} of the rapidocr package not found: pip install rapidocr==3.10.0",
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # line widths differ, and the arena would keep every size it met
    return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])


def _alphabet(listing: str) -> tuple[NDArray[np.intp], list[str]]:
    """Return the model's indices to keep and the letter of each; the blank is the first and is ""."""
    letters = ["", *listing.splitlines(), " "]
    kept, names = [0], [""]
    for index, letter in enumerate(letters[1:], start=1):
        plain = letter if letter in _SIGNS else unicodedata.normalize("NFKC", letter)
        if plain and (plain == " " or plain in _SIGNS or all(_on_paper(sign) for sign in plain)):
            kept.append(index)
            names.append(plain)
    return np.asarray(kept, dtype=np.intp), names


def _on_paper(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable()
    return unicodedata.name(sign, "").startswith("LATIN") and (ord(sign) < 0x1B1 or 0x1EA0 <= ord(sign) <= 0x1EF9)


def _boxes(heat: NDArray[np.float32]) -> list[tuple[float, float, float, float]]:
    """Return the grown bounding boxes of the hot regions, in pixels of the heat map."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((heat > 0.3).astype(np.uint8), connectivity=8)
    found = []
    for index in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[index])
        if min(width, height) < 3:
            continue
        inside = labels[top : top + height, left : left + width] == index
        if float(heat[top : top + height, left : left + width][inside].mean()) < 0.5:
            continue
        # The model marks a shrunken core of each line; the usual way back grows it by area / girth.
        grow = 1.6 * area / (2 * (width + height))
        found.append((left - grow, top - grow, left + width + grow, top + height + grow))
    return found


def _tight(crop: Image) -> tuple[Image, int, int]:
    """Return the crop cut down to its ink with a tenth of the ink's height around it, and where it was cut."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY) if crop.ndim == 3 else crop
    low, high = int(grey.min()), int(grey.max())
    ink = grey < low + (high - low) * 0.6
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    margin = max(2, round((rows[-1] - rows[0] + 1) * 0.1))
    top, bottom = max(0, rows[0] - margin), min(grey.shape[0], rows[-1] + 1 + margin)
    left, right = max(0, columns[0] - margin), min(grey.shape[1], columns[-1] + 1 + margin)
    return _bgr(crop[top:bottom, left:right]), int(left), int(top)


def _input(picture: Image, width: int) -> NDArray[np.float32]:
    wide = min(width, max(1, round(_HEIGHT * picture.shape[1] / picture.shape[0])))
    scaled = cv2.resize(picture, (wide, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    blob = np.zeros((3, _HEIGHT, width), dtype=np.float32)
    blob[:, :, :wide] = scaled.astype(np.float32).transpose(2, 0, 1) / 127.5 - 1
    return blob


def _bgr(image: Image) -> Image:
    return image if image.ndim == 3 else np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def _has_ink(crop: Image) -> bool:
    return crop.size > 0 and int(crop.max()) - int(crop.min()) >= _FLAT


def _round32(value: float) -> int:
    return max(32, round(value / 32) * 32)
