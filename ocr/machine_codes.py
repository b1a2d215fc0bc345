"""QR codes and barcodes read from the pixels of a page: they check themselves, so what is read is right or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import zxingcpp

from ocr.clean import CleanPage
from ocr.engines.rapid import Rect
from ocr.forms import FaceForm, SerialForm
from ocr.votes import Value
from schemas.documents import PageRef
from schemas.readings import Reading, Vote

#: The name under which a code votes beside the engines (cadastre.votes.CODE).
ENGINE = "zxing"
#: Symbologies with a check digit; one without would find bars in a hatching.
_BARS = (
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.EAN13,
    zxingcpp.BarcodeFormat.Code39,
    zxingcpp.BarcodeFormat.Code93,
)


def read_codes(page: CleanPage, face: FaceForm, area: Rect, serial: SerialForm | None, ref: PageRef) -> list[Value]:
    """Return what the codes on a face plainly say: the 13 digits of a barcode, the serial inside a QR code.

    Anything else in a code is left alone: what offices put into the QR code is not published (domain.md 2.5).
    """
    values: list[Value] = []
    if "barcode" in face.layout:
        values += [
            Value("barcode", _reading(page, code, ref, text, area))
            for code in _codes(page, area, _BARS)
            if re.fullmatch(r"\d{13}", text := code.text.strip())
        ]
    if "qr" in face.layout and serial is not None:
        for code in _codes(page, area, (zxingcpp.BarcodeFormat.QRCode,)):
            found = set(serial.found_in(code.text))
            if len(found) == 1:
                values.append(Value("serial", _reading(page, code, ref, found.pop(), area)))
    return values


def _codes(page: CleanPage, area: Rect, formats: Sequence[zxingcpp.BarcodeFormat]) -> list[zxingcpp.Barcode]:
    left, top, right, bottom = area
    return list(zxingcpp.read_barcodes(page.grey[top:bottom, left:right], formats=zxingcpp.BarcodeFormats(formats)))


def _reading(page: CleanPage, code: zxingcpp.Barcode, ref: PageRef, text: str, area: Rect) -> Reading:
    at = code.position
    points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    across, down = [area[0] + point.x for point in points], [area[1] + point.y for point in points]
    box = page.original_box(min(across), min(down), max(across) + 1, max(down) + 1)
    return Reading(ref, box, text, (Vote(ENGINE, text, 1.0),))
