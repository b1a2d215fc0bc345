"""Text lines of an upright page: found, read by the engine for words, and put into rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from ocr.engines import Engine, Image, Word
from ocr.engines.pair import Detector
from ocr.engines.rapid import Rect

_MARGIN = 0.22  # of a found line's height: room for hats and under-dots that the detector leaves out
_INSIDE = re.compile(r"(?<=[:;])(?=\w)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one text line with its words, in pixels of the clean page; `words` is never empty."""

    words: tuple[Word, ...]
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return self.bottom - self.top

    @property
    def sureness(self) -> float:
        """Return the mean confidence of its letters."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters

    @property
    def text(self) -> str:
        """Return its words with one blank between."""
        return " ".join(word.text for word in self.words)


Row = tuple[Piece, ...]
"""Pieces side by side, left to right."""


def find_lines(image: Image, detector: Detector) -> list[Rect]:
    """Return the boxes of the text lines, top to bottom; a box that holds several lines is cut between them."""
    found = [box for box in detector.detect(image) if box[3] - box[1] >= 8 and box[2] - box[0] >= 8]
    if not found:
        return []
    usual = median(box[3] - box[1] for box in found)
    return [part for box in found for part in _cut_tall(image, box, usual)]


def read_lines(image: Image, boxes: Sequence[Rect], engine: Engine) -> list[Piece]:
    """Return what the engine reads in each box, words in pixels of the page; boxes without a word are left out."""
    roomy = [_roomy(image, box, boxes) for box in boxes]
    lines = engine.read([image[top:bottom, left:right] for left, top, right, bottom in roomy])
    pieces = []
    for box, line in zip(roomy, lines, strict=True):
        words = [word for found in line.words for word in _split(_moved(found, box[0], box[1]))]
        if words:
            pieces.append(Piece(tuple(words), *box))
    return _without_ghosts(image, pieces)


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Return the pieces in rows from top to bottom: side by side where their middles lie within half a height."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.bottom):
        middle = (piece.top + piece.bottom) / 2
        for row in reversed(rows[-3:]):
            last = min(row, key=lambda p: abs(p.left - piece.left))
            apart = abs((last.top + last.bottom) / 2 - middle)
            free = all(piece.left >= p.right - p.height or piece.right <= p.left + p.height for p in row)
            if apart < 0.45 * min(last.height, piece.height) and free:
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [tuple(sorted(row, key=lambda p: p.left)) for row in rows]


def cut_at(pieces: Sequence[Piece], x: int) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces left and right of x; one that lies across is cut between its words."""
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for piece in pieces:
        for side, here in enumerate((True, False)):
            words = tuple(w for w in piece.words if (w.left + w.right < 2 * x) is here)
            if words == piece.words:
                sides[side].append(piece)
            elif words:
                sides[side].append(replace(piece, words=words, left=words[0].left, right=words[-1].right))
    return sides


def gutter(pieces: Sequence[Piece], width: int) -> int:
    """Return the x between 40 and 60 % of the width that the fewest text lines cross, the nearest to the middle."""
    columns = np.zeros(width + 1, dtype=np.int64)
    for piece in pieces:
        columns[max(0, piece.left)] += 1
        columns[min(width, piece.right)] -= 1
    covered = np.cumsum(columns)
    tried = range(int(width * 0.4), int(width * 0.6) + 1)
    return min(tried, key=lambda x: (covered[x], abs(x - width // 2)))


def _without_ghosts(image: Image, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without what only looks like text: all unsure, or unsure and much paler than the page's ink."""
    if not pieces:
        return []
    ink = [255.0 - float(np.percentile(image[p.top : p.bottom, p.left : p.right], 4)) for p in pieces]
    usual = float(np.median([dark for dark, piece in zip(ink, pieces, strict=True) if piece.sureness > 0.8] or ink))
    return [
        piece
        for dark, piece in zip(ink, pieces, strict=True)
        if piece.sureness > 0.2 and (piece.sureness > 0.75 or dark > 0.5 * usual)
    ]


def _cut_tall(image: Image, box: Rect, usual: float) -> list[Rect]:
    """Return the lines in a box much higher than the page's others; a headline in large letters stays whole."""
    left, top, right, bottom = box
    if bottom - top < 1.75 * usual or right - left < 2 * (bottom - top):
        return [box]
    ink = np.clip(255 - image[top:bottom, left:right].astype(np.int64) - 90, 0, None).sum(axis=1)
    lines = round((bottom - top) / usual)
    cuts = [0]
    for n in range(1, lines):
        around = round(n * (bottom - top) / lines)
        reach = max(2, round(usual * 0.35))
        span = range(max(1, around - reach), min(len(ink) - 1, around + reach))
        cuts.append(min(span, key=lambda y: (int(ink[y]), abs(y - around))))
    cuts.append(bottom - top)
    parts = list(pairwise(cuts))
    most = int(ink.max())
    parted = all(ink[cut] < 0.08 * most for cut in cuts[1:-1])
    if not parted or any(ink[a:b].max() < 0.4 * most for a, b in parts):
        return [box]
    return [(left, top + a, right, top + b) for a, b in parts]


def _roomy(image: Image, box: Rect, boxes: Sequence[Rect]) -> Rect:
    """Return the box with room for hats and under-dots, but not into the lines over and under it."""
    left, top, right, bottom = box
    room = max(2, round((bottom - top) * _MARGIN))
    middle = (top + bottom) / 2
    high, low = max(0, top - room), min(image.shape[0], bottom + room)
    for other in boxes:
        across = (max(left, other[0]), min(right, other[2]))
        if other is box or across[1] - across[0] < 0.2 * min(right - left, other[2] - other[0]):
            continue
        away = (other[1] + other[3]) / 2 - middle
        if abs(away) < 0.5 * min(bottom - top, other[3] - other[1]):
            continue
        if away < 0 and other[3] > high:
            high = max(high, _valley(image, across, round(middle + away * 0.75), round(middle + away * 0.3)))
        elif away > 0 and other[1] < low:
            low = min(low, _valley(image, across, round(middle + away * 0.3), round(middle + away * 0.75)))
    return max(0, left - room), high, min(image.shape[1], right + room), max(low, high + 4)


def _valley(image: Image, across: tuple[int, int], top: int, bottom: int) -> int:
    """Return the row between top and bottom with the least ink, the middle one of those that have as little."""
    part = image[max(0, top) : bottom + 1, across[0] : across[1]]
    ink = 255 - part.astype(np.int64)
    rows = np.clip(ink - 90, 0, None).sum(axis=1)
    least = np.flatnonzero(rows <= rows.min() + 0.02 * (rows.max() - rows.min()))
    return max(0, top) + int(least[len(least) // 2])


def _moved(word: Word, dx: int, dy: int) -> Word:
    return Word(word.text, word.confidence, word.left + dx, word.top + dy, word.right + dx, word.bottom + dy)


def _split(word: Word) -> list[Word]:
    """Return the word cut behind a colon or semicolon that has no blank after it, the box in proportion."""
    parts = _INSIDE.split(word.text)
    if len(parts) == 1:
        return [word]
    step = (word.right - word.left) / len(word.text)
    out, at = [], 0
    for part in parts:
        left, right = word.left + round(at * step), word.left + round((at + len(part)) * step)
        out.append(replace(word, text=part, left=left, right=max(left + 1, right)))
        at += len(part)
    return out
