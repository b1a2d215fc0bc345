"""The way of a page's points into an image: bent, turned, slanted; the same for pixels and for boxes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.sheet import FloatBox
from schemas.documents import Box

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Warp:
    """A homography from page pixels to image pixels after a bend of `bend_px` along the page's width."""

    matrix: Floats
    page: tuple[int, int]  # width, height
    image: tuple[int, int]  # width, height
    bend_px: float = 0.0

    def points(self, xy: Floats) -> Floats:
        """Return where points of the page (n, 2) come to lie in the image."""
        bent = xy.astype(np.float64).copy()
        bent[:, 1] += self.bend_px * np.sin(math.pi * bent[:, 0] / self.page[0])
        ahead = np.column_stack([bent, np.ones(len(bent))]) @ self.matrix.T
        moved: Floats = ahead[:, :2] / ahead[:, 2:]
        return moved

    def box(self, box: FloatBox) -> Box | None:
        """Return the upright rectangle around a box of the page, cut at the image's edge; None if nothing is left."""
        left, top, right, bottom = box
        xs = np.linspace(left, right, 9)
        rim = np.concatenate([np.column_stack([xs, np.full(9, y)]) for y in (top, bottom)])
        moved = self.points(rim)
        low, high = np.floor(moved.min(axis=0)), np.ceil(moved.max(axis=0))
        x0, y0 = max(0, int(low[0])), max(0, int(low[1]))
        x1, y1 = min(self.image[0], int(high[0])), min(self.image[1], int(high[1]))
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def pixels(self, page: Pixels, outside: tuple[int, int, int]) -> Pixels:
        """Return the image of the page (H, W, 3); what lies beside the page is `outside`."""
        width, height = self.image
        if not self.bend_px:
            flat = cv2.warpPerspective(page, self.matrix, self.image, flags=cv2.INTER_LINEAR, borderValue=outside)
            return np.asarray(flat, np.uint8)
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        m = np.linalg.inv(self.matrix).astype(np.float32)
        depth = m[2, 0] * x + m[2, 1] * y + m[2, 2]
        from_x = (m[0, 0] * x + m[0, 1] * y + m[0, 2]) / depth
        from_y = (m[1, 0] * x + m[1, 1] * y + m[1, 2]) / depth
        from_y -= np.float32(self.bend_px) * np.sin(np.float32(math.pi / self.page[0]) * from_x)
        moved = cv2.remap(page, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=outside)
        return moved.astype(np.uint8, copy=False)


def flat_warp(page: tuple[int, int], *, skew_deg: float, scale: float, margin: int, turn_deg: int) -> Warp:
    """Return a page on a scanner's glass: slanted about its middle, then turned clockwise by quarter turns."""
    width, height = round(page[0] * scale) + 2 * margin, round(page[1] * scale) + 2 * margin
    a = math.radians(skew_deg)
    cos, sin = scale * math.cos(a), scale * math.sin(a)
    cx, cy, ox, oy = page[0] / 2, page[1] / 2, width / 2, height / 2
    slant = np.array([[cos, -sin, ox - cos * cx + sin * cy], [sin, cos, oy - sin * cx - cos * cy], [0, 0, 1.0]])
    return turned(Warp(slant, page, (width, height)), turn_deg)


def turned(warp: Warp, turn_deg: int) -> Warp:
    """Return the warp followed by quarter turns clockwise: 0, 90, 180 or 270 degrees."""
    width, height = warp.image
    turns = {
        0: (np.eye(3), (width, height)),
        90: (np.array([[0, -1, height], [1, 0, 0], [0, 0, 1.0]]), (height, width)),
        180: (np.array([[-1, 0, width], [0, -1, height], [0, 0, 1.0]]), (width, height)),
        270: (np.array([[0, 1, 0], [-1, 0, width], [0, 0, 1.0]]), (height, width)),
    }
    turn, image = turns[turn_deg]
    return replace(warp, matrix=turn @ warp.matrix, image=image)


def photo_warp(page: tuple[int, int], corners: Floats, image: tuple[int, int], bend_px: float) -> Warp:
    """Return a page seen by a camera: its corners (4, 2), from the top left clockwise, come to lie at `corners`."""
    width, height = page
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners.astype(np.float32)).astype(np.float64)
    return Warp(matrix, page, image, bend_px)
