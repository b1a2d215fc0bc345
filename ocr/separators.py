"""Separator sheets between papers, known by their QR code, however they lie on the glass."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from schemas.documents import Separator
from schemas.separators import CODES

#: Longest sides, in pixels, at which the code is looked for: the smaller, the less specks and folds matter.
_LOOKS = (1000, 600, 400)
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def find_separator(image: NDArray[np.uint8]) -> Separator | None:
    """Return what begins after the page, where it carries a separator's code; `image` is grey (H, W) or BGR.

    It is to be the page as scanned: cleaning takes wide black areas for shadows.
    """
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    for longest in _LOOKS:
        scale = min(1.0, longest / max(grey.shape))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for look in (small, cv2.medianBlur(small, 5)):
            codes = zxingcpp.read_barcodes(np.ascontiguousarray(look), formats=_QR)
            texts = {code.text for code in codes}
            found = next((sort for sort, text in CODES.items() if text in texts), None)
            if found is not None:
                return found
    return None
