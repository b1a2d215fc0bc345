"""The ink of a page as boxes: signs, and the words and lines that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.grid_lines import Rule
from ocr.light import ink

_SPECK_INCH = 0.012  # a full stop at 7 pt is larger
_TALLEST_INCH = 0.35
_PALER = 115  # grey levels by which a letter's darkest pixel may be lighter than usual
_FAINT = 30  # grey levels more where it stands beside a darker one: a number printed faintly is not cut short
_DIGIT_INCH, _PITCH_INCH = 0.07, 0.1  # height of a small digit, and from one digit to the next
_GAP_INCH = 0.032


@dataclass(frozen=True, slots=True)
class Ink:
    """A box around some ink, in pixels of the clean frame; right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Return the width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return self.bottom - self.top

    @property
    def x(self) -> float:
        """Return the middle across."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Return the middle down."""
        return (self.top + self.bottom) / 2


def around(parts: Iterable[Ink]) -> Ink:
    """Return the box around several; there must be one."""
    boxes = list(parts)
    return Ink(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )


def signs(text: NDArray[np.uint8], dpi: float, *, broken: bool = False) -> list[Ink]:
    """Return a box around each connected piece of ink that can be a letter, a digit, a mark or a point.

    `text` is the page without rules; what is left of a rule is too long and thin to be a sign. `broken` says
    that strokes have gaps: pieces one over the other then make one sign.
    """
    marks = ink(text).astype(np.uint8)
    if broken:
        gap = max(3, round(_GAP_INCH * dpi) | 1)
        marks = np.asarray(cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((gap, 5), np.uint8)), dtype=np.uint8)
    _, labels, found_stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    stats = np.asarray(found_stats, dtype=np.int32)
    width, height, area = (stats[:, k] for k in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    speck, tallest = max(2.0, _SPECK_INCH * dpi), _TALLEST_INCH * dpi
    kept = (np.maximum(width, height) >= speck) & (area >= speck * speck / 2) & (height <= tallest)
    kept &= ~((width > 6 * height) & (width > 0.12 * dpi) & (height < 0.03 * dpi))
    kept &= ~((height > 6 * width) & ((height > 0.16 * dpi) | (width < 0.008 * dpi)))
    kept[0] = False
    darkest = _darkest(text, np.asarray(labels, dtype=np.int32), len(kept))
    tall = kept & (height >= _DIGIT_INCH * dpi)
    usual = float(np.median(darkest[tall])) if tall.any() else 255.0
    faint = tall & (darkest > usual + _PALER) & (darkest <= usual + _PALER + _FAINT)
    kept &= darkest <= usual + _PALER
    kept |= faint & _beside(stats, faint, kept & tall, _PITCH_INCH * dpi)
    boxes = stats[kept][:, :4].tolist()
    found = [Ink(x, y, x + w, y + h) for x, y, w, h in boxes]
    return found if broken else _in_company(found, text.shape, sign_height(found, dpi))


def _darkest(text: NDArray[np.uint8], labels: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    """Return the grey level of the darkest pixel of each piece of ink: print shining through has no dark core."""
    ys, xs = np.nonzero(labels)
    darkest = np.full(count, 255, np.uint8)
    np.minimum.at(darkest, labels[ys, xs], text[ys, xs])
    return darkest.astype(np.float64)


def _beside(
    stats: NDArray[np.int32], some: NDArray[np.bool_], others: NDArray[np.bool_], reach: float
) -> NDArray[np.bool_]:
    """Return which of some pieces of ink stand at the height of another one, as near as digits of a number."""
    out = np.zeros(len(some), np.bool_)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    dark = np.flatnonzero(others)
    for k in np.flatnonzero(some):
        apart = np.maximum(left[k] - right[dark], left[dark] - right[k])
        shared = np.minimum(bottom[k], bottom[dark]) - np.maximum(top[k], top[dark])
        out[k] = bool(np.any((apart <= reach) & (2 * shared >= bottom[k] - top[k])))
    return out


def _in_company(found: Sequence[Ink], shape: tuple[int, ...], height: float) -> list[Ink]:
    """Return the signs without the small ones that have no letter or digit near: specks, not marks or points."""
    scale = 4
    near = np.zeros((shape[0] // scale + 1, shape[1] // scale + 1), np.uint8)
    reach = 0.7 * height
    for sign in found:
        if sign.height >= 0.55 * height:
            top, left = max(0, int(sign.top - reach)) // scale, max(0, int(sign.left - reach)) // scale
            near[top : int(sign.bottom + reach) // scale + 1, left : int(sign.right + reach) // scale + 1] = 1
    return [s for s in found if s.height >= 0.55 * height or near[int(s.y) // scale, int(s.x) // scale]]


def sign_height(found: Sequence[Ink], dpi: float) -> float:
    """Return the usual height of a letter or digit in pixels: points and marks above letters do not count."""
    tall = [s.height for s in found if s.height >= 0.045 * dpi and s.width <= 2 * s.height]
    return float(median(tall)) if tall else 0.1 * dpi


def lines_of(found: Sequence[Ink], height: float) -> list[tuple[Ink, ...]]:
    """Return the signs in lines, top to bottom, each left to right; meant for a column, where lines hardly lean."""
    full = sorted((s for s in found if s.height >= 0.55 * height), key=lambda s: s.y)
    lines: list[list[Ink]] = []
    for sign in full:
        near = [line for line in lines[-3:] if _on_line(sign, line, height)]
        if near:
            near[-1].append(sign)
        else:
            lines.append([sign])
    for sign in (s for s in found if s.height < 0.55 * height):
        best = min(lines, key=lambda line: _away(sign, line), default=None)
        if best is not None and _away(sign, best) <= 0.55 * height:
            best.append(sign)
    return [tuple(sorted(line, key=lambda s: s.left)) for line in sorted(lines, key=lambda line: _middle(line, height))]


def _middle(line: Sequence[Ink], height: float) -> float:
    return float(median(s.y for s in line if s.height >= 0.55 * height))


def _on_line(sign: Ink, line: Sequence[Ink], height: float) -> bool:
    near = sorted((s for s in line if s.height >= 0.55 * height), key=lambda s: abs(s.x - sign.x))[:4]
    middle = median(s.y for s in near)
    return abs(sign.y - middle) <= 0.55 * height


def _away(sign: Ink, line: Sequence[Ink]) -> float:
    """Return how far a small sign stands from the line's band, beside its nearest signs."""
    near = sorted(line, key=lambda s: abs(s.x - sign.x))[:3]
    top, bottom = min(s.top for s in near), max(s.bottom for s in near)
    down = max(0.0, top - sign.y, sign.y - bottom)
    nearest = near[0]
    side = max(0.0, nearest.left - sign.right, sign.left - nearest.right)
    return down + 0.15 * side


def words_beside(found: Sequence[Ink], gap: float, height: float, rules: Sequence[Rule]) -> list[tuple[Ink, ...]]:
    """Return the signs in words, each joined to its nearest neighbour on the right within `gap` pixels.

    Neighbours stand at one height, with no upright rule between them; no line has to be found first, so
    text that leans, or stands half a line off beside other text, is no matter.
    """
    order = sorted(found, key=lambda s: s.left)
    band = max(1.0, 2 * height)
    shelves: dict[int, list[int]] = {}
    for n, sign in enumerate(order):
        for shelf in range(int((sign.top - height) // band), int((sign.bottom + height) // band) + 1):
            shelves.setdefault(shelf, []).append(n)
    word_of = list(range(len(order)))

    def root(n: int) -> int:
        while word_of[n] != n:
            word_of[n] = word_of[word_of[n]]
            n = word_of[n]
        return n

    for n, sign in enumerate(order):
        for m in shelves[int(sign.y // band)]:
            other = order[m]
            if other.left - sign.right > gap:
                break
            if m > n and _neighbours(sign, other, height) and not _parted(sign, other, height, rules):
                word_of[root(m)] = root(n)
    words: dict[int, list[Ink]] = {}
    for n, sign in enumerate(order):
        words.setdefault(root(n), []).append(sign)
    return [tuple(word) for word in words.values() if any(s.height >= 0.5 * height for s in word)]


def _neighbours(a: Ink, b: Ink, height: float) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    if min(a.height, b.height) >= 0.55 * height:
        return shared >= 0.5 * min(a.height, b.height)
    return shared >= -0.2 * height and abs(a.y - b.y) <= 0.8 * height


def _parted(a: Ink, b: Ink, height: float, rules: Sequence[Rule]) -> bool:
    """Return whether a rule stands in the white between two signs; no rule stands between digits of a number."""
    if b.left - a.right <= 0.45 * height:
        return False
    y = (a.y + b.y) / 2
    return any(r.start <= y <= r.end and a.right <= r.at(y) <= b.left for r in rules)
