"""The one image that covers a PDF page: found through pdfium, decoded from the stored stream where that is simple."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ocr.decode.faults import Refused
from ocr.decode.images import jpeg_pixels
from ocr.decode.pixels import Pixels, believable_dpi, from_pillow
from ocr.decode.wire import PageFacts

_POINTS_PER_INCH = 72.0
#: A side of the image may miss the page's edge by so much of the page's width or height.
_EDGE = 0.02
_INVISIBLE = 3
_SIMPLE_COLOURS = {"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"}
_LEFT_TO_PDFIUM = {"/JBIG2Decode", "/JPXDecode", "/DCTDecode", "/CCITTFaxDecode", "/RunLengthDecode"}


@dataclass(frozen=True, slots=True)
class Sole:
    """A page's only visible object, an image that covers it; width and height in pixels as displayed.

    `right` and `down` are the directions in which the stored image's columns and rows run on the
    displayed page, as (x, y) with y upwards.
    """

    width: int
    height: int
    right: tuple[float, float]
    down: tuple[float, float]

    @property
    def lies(self) -> bool:
        """Whether the stored columns run up or down the displayed page."""
        return abs(self.right[1]) > abs(self.right[0])

    def dpi(self, width_pt: float, height_pt: float) -> tuple[float | None, float | None]:
        """Return the resolution along x and y that the page's size gives the image."""
        return (
            believable_dpi(self.width / width_pt * _POINTS_PER_INCH, self.width),
            believable_dpi(self.height / height_pt * _POINTS_PER_INCH, self.height),
        )

    def displayed(self, stored: Pixels) -> Pixels:
        """Turn the stored image as the page shows it."""
        if self.lies:
            stored = stored.swapaxes(0, 1)
            rows_back, columns_back = self.right[1] > 0, self.down[0] < 0
        else:
            rows_back, columns_back = self.down[1] > 0, self.right[0] < 0
        return np.ascontiguousarray(stored[:: -1 if rows_back else 1, :: -1 if columns_back else 1])


def sole_image(page: pypdfium2.PdfPage) -> Sole | None:
    """Return the image if the page shows exactly one, from edge to edge, and nothing else."""
    images = []
    for thing in page.get_objects(max_depth=2):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE and thing.level == 0:
            images.append(thing)
        elif thing.type != pdfium.FPDF_PAGEOBJ_TEXT or pdfium.FPDFTextObj_GetTextRenderMode(thing) != _INVISIBLE:
            return None
        if len(images) > 1:
            return None
    if not images or _annotated(page):
        return None
    left, bottom, right, top = page.get_bbox()
    width_pt, height_pt = right - left, top - bottom
    inner_left, inner_bottom, inner_right, inner_top = images[0].get_bounds()
    off = (
        abs(inner_left - left) / width_pt,
        abs(inner_right - right) / width_pt,
        abs(inner_bottom - bottom) / height_pt,
        abs(inner_top - top) / height_pt,
    )
    a, b, c, d, _e, _f = images[0].get_matrix().get()
    slant = min(abs(a) + abs(d), abs(b) + abs(c)) / max(abs(a) + abs(d), abs(b) + abs(c), 1e-9)
    if max(off) > _EDGE or slant > 1e-3:
        return None
    turns = page.get_rotation() // 90
    along, across = _turned((a, b), turns), _turned((-c, -d), turns)
    stored_width, stored_height = images[0].get_px_size()
    lies = abs(along[1]) > abs(along[0])
    width, height = (stored_height, stored_width) if lies else (stored_width, stored_height)
    return Sole(width, height, along, across)


def sole_pixels(sole: Sole, page: pikepdf.Page, facts: PageFacts, hand_over_pixels: int) -> tuple[Pixels | None, bool]:
    """Return the stored image's own pixels as displayed, and whether it is bitonal.

    None where the stream is not simply JPEG or fax: then the page is drawn in the image's own pixels.
    """
    images = list(page.get_images().values())
    stored_size = (sole.height, sole.width) if sole.lies else (sole.width, sole.height)
    if len(images) != 1:
        return None, False
    image: Any = images[0]
    if (int(image.get("/Width", 0)), int(image.get("/Height", 0))) != stored_size:
        return None, False
    bitonal = bool(image.get("/ImageMask", False)) or int(image.get("/BitsPerComponent", 8)) == 1
    filters = _filters(image)
    plain = not any(key in image for key in ("/SMask", "/Mask", "/Decode", "/ImageMask"))
    if not plain or _colour_space(image) not in _SIMPLE_COLOURS or len(filters) != 1:
        return None, bitonal
    if filters == ["/DCTDecode"]:
        data = image.read_raw_bytes()
        grey = _components(image) == 1
        stored = PageFacts(*stored_size, facts.dpi_x, facts.dpi_y)
        pixels = jpeg_pixels(data, stored, grey, hand_over_pixels)
        return sole.displayed(pixels), False
    if filters == ["/CCITTFaxDecode"] and bitonal:
        fax = pikepdf.PdfImage(image).as_pil_image()
        fax.load()
        pixels, _ = from_pillow(fax, hand_over_pixels)
        return sole.displayed(pixels), True
    return None, bitonal


def check_images(page: pikepdf.Page) -> None:
    """Refuse a page with an image whose stream is cut: too few bytes, or a JPEG without its end."""
    for image in page.get_images().values():
        stream: Any = image
        filters = _filters(stream)
        if filters == ["/DCTDecode"]:
            if b"\xff\xd9" not in stream.read_raw_bytes()[-64:]:
                raise Refused("truncated")
        elif not _LEFT_TO_PDFIUM.intersection(filters):
            bits = int(stream.get("/BitsPerComponent", 1)) * _components(stream)
            row = math.ceil(int(stream.get("/Width", 0)) * bits / 8)
            if len(stream.read_bytes()) < row * int(stream.get("/Height", 0)):
                raise Refused("truncated")


def _turned(vector: tuple[float, float], quarter_turns: int) -> tuple[float, float]:
    """Turn a vector clockwise, y upwards."""
    x, y = vector
    for _ in range(quarter_turns % 4):
        x, y = y, -x
    return x, y


def _annotated(page: pypdfium2.PdfPage) -> bool:
    """Return whether an annotation draws on the page, such as the picture of a digital signature."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(name) for name in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _colour_space(stream: Any) -> str:
    space = stream.get("/ColorSpace", "/DeviceGray")
    return str(space[0]) if isinstance(space, pikepdf.Array) else str(space)


def _components(stream: Any) -> int:
    space = stream.get("/ColorSpace", "/DeviceGray")
    name = _colour_space(stream)
    if name == "/ICCBased":
        return int(space[1].get("/N", 3))
    return {"/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4}.get(name, 1)
