"""One paper as a searchable PDF: each page its upright picture, and invisibly what was read where it stands."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name

from flows.exports.writing import PERSONAL_TEXTS
from flows.national.text_layer import Glyphless, Line
from ocr.open import OpenedPage
from schemas.documents import Box
from schemas.readings import PageReading, Reading

Pixels = NDArray[np.uint8]
Hide = Callable[[str, bool], str]
"""Masks identity numbers in a text; told whether the text is of a person, where any long run of digits may be one."""
_JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class ScanPage:
    """A page as it was opened and what was read on it; None where it was not read."""

    opened: OpenedPage
    reading: PageReading | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """The way from the stored page's pixels to the upright page in points."""

    width: int
    height: int
    mirrored: bool
    turn_deg: int
    x_pt: float  # points in a pixel of the stored page, along x and y
    y_pt: float

    @property
    def size(self) -> tuple[float, float]:
        """The upright page in points."""
        width, height = self.width * self.x_pt, self.height * self.y_pt
        return (width, height) if self.turn_deg in (0, 180) else (height, width)

    def place(self, box: Box) -> tuple[float, float, float, float]:
        """Return left, bottom, width, height in points from the upright page's lower left corner."""
        left, right = box.left * self.x_pt, box.right * self.x_pt
        top, bottom = box.top * self.y_pt, box.bottom * self.y_pt
        wide, high = self.width * self.x_pt, self.height * self.y_pt
        if self.mirrored:
            left, right = wide - right, wide - left
        for _ in range(self.turn_deg // 90):  # a quarter turn clockwise
            left, top, right, bottom = high - bottom, left, high - top, right
            wide, high = high, wide
        return left, high - bottom, right - left, bottom - top


def write_scan(out: Path, pages: Iterable[ScanPage], hide: Hide) -> None:
    """Write the pages as a PDF; without scripts, forms, links or files, and the same bytes for the same pages."""
    with pikepdf.new() as pdf:
        font = Glyphless(pdf)
        written: list[Dictionary] = []
        for page in pages:
            frame = _frame(page)
            lines = list(_lines(page.reading, frame, hide)) if page.reading else []
            width, height = frame.size
            picture = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im Do Q\n".encode()
            resources = Dictionary(XObject=Dictionary(Im=_image(pdf, page.opened, frame)))
            written.append(resources)
            pdf.pages.append(
                pikepdf.Page(
                    pdf.make_indirect(
                        Dictionary(
                            Type=Name.Page,
                            MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
                            Resources=resources,
                            Contents=pdf.make_stream(picture + font.content(lines)),
                        )
                    )
                )
            )
        fonts = pdf.make_indirect(font.resources())
        for page_object in pdf.pages:
            page_object.obj.Resources.Font = fonts
        pdf.save(out, deterministic_id=True, compress_streams=True)


def _frame(page: ScanPage) -> _Frame:
    opened = page.opened
    turn_deg = page.reading.turn_deg if page.reading else opened.exif_turn
    return _Frame(opened.width, opened.height, opened.exif_mirrored, turn_deg, 72.0 / opened.dpi, 72.0 / opened.dpi_y)


def _image(pdf: pikepdf.Pdf, opened: OpenedPage, frame: _Frame) -> pikepdf.Object:
    """Return the upright picture: black and white without loss, others as JPEG."""
    pixels: Pixels = opened.image[:, ::-1] if frame.mirrored else opened.image
    pixels = np.ascontiguousarray(np.rot90(pixels, k=-(frame.turn_deg // 90)))
    if opened.bitonal and pixels.ndim == 2:
        data, depth, code = zlib.compress(np.packbits(pixels > 127, axis=1).tobytes()), 1, Name.FlateDecode
    else:
        encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1]
        data, depth, code = encoded.tobytes(), 8, Name.DCTDecode
    stream = pikepdf.Stream(pdf, data)
    stream.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=pixels.shape[1],
        Height=pixels.shape[0],
        ColorSpace=Name.DeviceGray if pixels.ndim == 2 else Name.DeviceRGB,
        BitsPerComponent=depth,
        Filter=code,
    )
    return stream


def _lines(reading: PageReading, frame: _Frame, hide: Hide) -> Iterator[Line]:
    """Yield what was read, line by line; one place that was read for two fields once."""
    seen: set[tuple[Box, str]] = set()
    for name, found in _readings(reading):
        text = hide(found.text, name in PERSONAL_TEXTS)
        if found.ref != reading.ref or (found.box, text) in seen:
            continue
        seen.add((found.box, text))
        left, bottom, width, height = frame.place(found.box)
        parts = [part for raw in text.splitlines() if (part := re.sub(r"\s+", " ", raw).strip())]
        for number, part in enumerate(parts, start=1):
            step = height / len(parts)
            yield Line(part, left, bottom + height - number * step, width, step)


def _readings(reading: PageReading) -> Iterator[tuple[str, Reading]]:
    for name, places in reading.fields.items():
        yield from ((name, place) for place in places)
    for row in reading.rows:
        yield from row.fields.items()
    for corner in reading.corners:
        cells: Sequence[Reading | None] = (corner.no, corner.x, corner.y, corner.edge)
        yield from (("corners", cell) for cell in cells if cell)
