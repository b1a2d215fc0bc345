"""A QR code, real enough to be scanned, that says that its paper is a specimen."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from samples.sheet import Sheet


def draw_qr(sheet: Sheet, x: float, y: float, side_mm: float, text: str) -> None:
    """Draw the code of an ASCII text with its top left at (x, y) in mm, its quiet zone inside the side."""
    cells = np.asarray(cv2.QRCodeEncoder.create().encode(text), np.uint8)
    side = round(sheet.px(side_mm))
    image = Image.fromarray(cells).resize((side, side), Image.Resampling.NEAREST)
    sheet.image.paste(image.convert("RGB"), (round(sheet.px(x)), round(sheet.px(y))))
