"""The way from a clean frame back to the original's pixels, and the pixels along it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

#: Pixel i of an image covers [i, i+1); OpenCV speaks of pixel centres.
_TO_CENTRE = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]], dtype=np.float64)
_FROM_CENTRE = np.linalg.inv(_TO_CENTRE)


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of width × height pixels, and the homography from its points to those of the image it is cut from."""

    width: int
    height: int
    back: Matrix

    def turned(self, turn_deg: int) -> Frame:
        """Return this frame turned clockwise by quarter turns."""
        w, h = self.width, self.height
        if turn_deg == 90:
            return Frame(h, w, self.back @ np.array([[0, 1, 0], [-1, 0, h], [0, 0, 1.0]]))
        if turn_deg == 180:
            return Frame(w, h, self.back @ np.array([[-1, 0, w], [0, -1, h], [0, 0, 1.0]]))
        if turn_deg == 270:
            return Frame(h, w, self.back @ np.array([[0, -1, w], [1, 0, 0], [0, 0, 1.0]]))
        return self

    def level(self, fall_deg: float) -> Frame:
        """Return this frame turned back by the fall of its lines, wide enough to lose nothing."""
        if not fall_deg:
            return self
        sin, cos = math.sin(math.radians(fall_deg)), math.cos(math.radians(fall_deg))
        width = math.ceil(self.width * cos + self.height * abs(sin))
        height = math.ceil(self.height * cos + self.width * abs(sin))
        turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
        return Frame(
            width, height, self.back @ _shift(self.width / 2, self.height / 2) @ turn @ _shift(-width / 2, -height / 2)
        )

    def scaled(self, factor_x: float, factor_y: float) -> Frame:
        """Return this frame with so many times its pixels along x and y."""
        width, height = max(1, round(self.width * factor_x)), max(1, round(self.height * factor_y))
        return Frame(width, height, self.back @ np.diag([self.width / width, self.height / height, 1.0]))

    def pixels(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the image's pixels in this frame; what lies outside the image is like its edge."""
        whole = self._whole_turn(image)
        if whole is not None:
            return whole
        back = self.back
        shrinks = math.sqrt(abs(np.linalg.det(back[:2, :2]))) / abs(back[2, 2])
        if shrinks > 1.25:
            # A warp takes single points: shrink first, by averages.
            size = (max(1, round(image.shape[1] / shrinks)), max(1, round(image.shape[0] / shrinks)))
            back = np.diag([size[0] / image.shape[1], size[1] / image.shape[0], 1.0]) @ back
            image = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        way = _FROM_CENTRE @ back @ _TO_CENTRE
        size = (self.width, self.height)
        flags = (cv2.INTER_CUBIC if shrinks < 0.9 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP
        if np.allclose(way[2], (0, 0, 1)):  # no perspective: the same in a third of the time
            warped = cv2.warpAffine(image, way[:2], size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        else:
            warped = cv2.warpPerspective(image, way, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return warped.astype(np.uint8, copy=False)

    def _whole_turn(self, image: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
        """Return the pixels unharmed where the frame is the image itself, perhaps turned by quarters."""
        height, width = image.shape[:2]
        for turn in (0, 90, 180, 270):
            same = Frame(width, height, np.eye(3)).turned(turn)
            if (same.width, same.height) == (self.width, self.height) and np.allclose(same.back, self.back, atol=1e-6):
                return np.ascontiguousarray(np.rot90(image, -turn // 90)) if turn else image
        return None


def _shift(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
