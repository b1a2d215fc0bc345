"""Even out the light: paper becomes white, whatever lay in shadow stays as dark beside it as it was."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Colour = NDArray[np.uint8]

#: Where paper ends up; the rest of the range is kept for paper that is lighter than its surroundings.
PAPER = 240.0
#: What becomes white and, at most, black when a levelled page is stretched.
_WHITE, _BLACKEST = 228.0, 110.0
#: The light is looked at on a grid of so many millimetres; strokes are thinner than three of them.
_GRID_MM = 0.7
_MM_PER_INCH = 25.4


def paper_light(channel: Grey, dpi: float) -> Grey:
    """Return the light of the bare paper at each pixel of a grey image, black surrounds left black."""
    step = max(1, round(_GRID_MM / _MM_PER_INCH * dpi))
    height, width = channel.shape
    size = (max(1, -(-width // step)), max(1, -(-height // step)))
    small = cv2.resize(channel, size, interpolation=cv2.INTER_AREA)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    light = cv2.medianBlur(light, 5) if min(size) >= 5 else light
    # Amplifying a black lid or table would only make noise of it.
    floor = max(1.0, 0.4 * float(np.percentile(light, 90)))
    smooth = cv2.GaussianBlur(np.maximum(light, np.uint8(floor)), (0, 0), 2.0)
    return cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def level(image: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return a grey or BGR image with the paper at one light, each channel on its own, so its tint goes too."""
    if image.ndim == 3:
        channels = [level(channel.astype(np.uint8, copy=False), dpi) for channel in cv2.split(image)]
        return cv2.merge(channels).astype(np.uint8, copy=False)
    return cv2.divide(image, paper_light(image, dpi), scale=PAPER).astype(np.uint8, copy=False)


def stretched(levelled: Grey) -> Grey:
    """Return a levelled grey page with paper at white and faded ink darkened."""
    sample = levelled[::4, ::4]
    marks = sample[ink(sample)]
    black = min(max(float(np.percentile(marks, 10)) - 20.0, 0.0), _BLACKEST) if marks.size else 0.0
    curve = (np.arange(256) - black) * (255.0 / (_WHITE - black))
    return cv2.LUT(levelled, np.clip(curve, 0, 255).astype(np.uint8)).astype(np.uint8, copy=False)


def ink(levelled: Grey) -> NDArray[np.bool_]:
    """Return where a levelled grey image is inked: darker than Otsu's split, within bounds that keep to ink."""
    split, _ = cv2.threshold(levelled, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask: NDArray[np.bool_] = levelled < min(max(split, 110.0), 185.0)
    return mask
