"""Make a page upright, level and evenly lit, at about 300 dpi, and keep the way back to the original's pixels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.condition import capture, copy_kind, is_bitonal, is_blank, quality, wear
from ocr.dark_cover import paper_for_dark_ground
from ocr.deskew import LEVEL_DEG
from ocr.frame import Frame
from ocr.light import ink, level, stretched
from ocr.margins import without_dark_margins
from ocr.open import OpenedPage
from ocr.ruled_lines import without_ruled_lines
from ocr.scale import a4_dpi, dpi_by_print, guessed_dpi, look_scale
from ocr.seal import grey_without_red
from ocr.sheet_edges import SheetFound, find_sheet
from ocr.traces import LOOK_DPI
from ocr.turn import standing
from schemas.documents import Box, Capture, CopyKind, Quality

Grey = NDArray[np.uint8]

#: The resolution of the clean frame, and what is near enough to be left alone, pixel for pixel.
CLEAN_DPI, _NORMAL_DPI = 300.0, (260.0, 345.0)
#: A3 at 300 dpi has 4,961 pixels along its long side.
_LONGEST = 5000
_MOST_ENLARGED = 3.0


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page ready to be read.

    `grey` is upright, level and evenly lit, without seal and coloured ground, printed rules kept; `text` is
    the same without long thin rules; `colour` is BGR, evenly lit too, None for grey scans. All share one frame
    of `dpi`. `to_original` maps a point (x, y) of this frame to one of the original page of `width` × `height`;
    pixel i covers i to i + 1. `turn_deg` are the quarter turns clockwise that made the page upright, and
    `skew_deg` is how far its lines then still fell to the right, and were turned back.
    """

    grey: Grey
    text: Grey
    colour: NDArray[np.uint8] | None
    to_original: NDArray[np.float64]
    width: int
    height: int
    turn_deg: int
    skew_deg: float
    dpi: float
    quality: Quality
    capture: Capture | None
    copy_kind: CopyKind | None
    blank: bool

    def original_box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the smallest box of the original page around a rectangle of this frame, clipped to the page."""
        corners = np.array([[[left, top]], [[right, top]], [[right, bottom]], [[left, bottom]]], dtype=np.float64)
        points = cv2.perspectiveTransform(corners, self.to_original).reshape(-1, 2)
        low, high = np.floor(points.min(axis=0) + 0.01), np.ceil(points.max(axis=0) - 0.01)
        x0 = int(np.clip(low[0], 0, self.width - 1))
        y0 = int(np.clip(low[1], 0, self.height - 1))
        x1 = int(np.clip(high[0], x0 + 1, self.width))
        y1 = int(np.clip(high[1], y0 + 1, self.height))
        return Box(x0, y0, x1, y1)


def clean(page: OpenedPage) -> CleanPage:
    """Return the page cleaned; pure, the same page gives the same pixels."""
    image, to_frame = _unmirrored(page)
    if page.bitonal and image.ndim == 3:  # one bit a pixel, and two colours in its palette
        image = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
    bitonal = page.bitonal or (image.ndim == 2 and is_bitonal(image))
    sheet = None if bitonal else find_sheet(image)
    flat, dpi, sure = _flat(page, image, sheet)
    small = flat.scaled(look_scale(dpi), look_scale(dpi) * _squeeze(page, sheet)).pixels(image)
    seen = small if bitonal else _without_colour(level(paper_for_dark_ground(small, LOOK_DPI), LOOK_DPI), LOOK_DPI)
    marks = ink(seen).astype(np.uint8)
    stands = standing(seen, marks, page.exif_turn)
    blank = is_blank(marks, stands)
    if not sure:
        dpi = dpi_by_print(dpi, stands.segments, whole_sheet=sheet is not None)
    fall_deg = stands.fall_deg if abs(stands.fall_deg) >= LEVEL_DEG else 0.0
    frame, clean_dpi = _normal(flat, dpi, _squeeze(page, sheet), stands.turn_deg, fall_deg)
    pixels = frame.pixels(image)
    paper = pixels if bitonal else paper_for_dark_ground(pixels, clean_dpi)
    levelled = paper if bitonal else level(paper, clean_dpi)
    grey = _without_colour(levelled, clean_dpi)
    grey = without_dark_margins(grey if bitonal else stretched(grey), clean_dpi)
    colour = None if levelled.ndim == 2 else levelled
    return CleanPage(
        grey=grey,
        text=without_ruled_lines(grey, clean_dpi),
        colour=colour,
        to_original=to_frame @ frame.back,
        width=page.width,
        height=page.height,
        turn_deg=stands.turn_deg,
        skew_deg=fall_deg,
        dpi=clean_dpi,
        quality=quality(wear(seen, marks), bitonal=bitonal, blank=blank),
        capture=capture(
            perspective=sheet is not None and sheet.perspective,
            bitonal=bitonal,
            dpi_known=page.dpi_known,
            small=small,
        ),
        copy_kind=copy_kind(colour if paper is pixels or colour is None else pixels, bitonal),
        blank=blank,
    )


def _unmirrored(page: OpenedPage) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Return the image as no mirror shows it, and the way from its pixels to the original's frame."""
    to_frame = np.diag([page.width / page.image.shape[1], page.height / page.image.shape[0], 1.0])
    if not page.exif_mirrored:
        return page.image, to_frame
    flip = np.array([[-1, 0, page.image.shape[1]], [0, 1, 0], [0, 0, 1.0]])
    return np.ascontiguousarray(page.image[:, ::-1]), to_frame @ flip


def _flat(page: OpenedPage, image: NDArray[np.uint8], sheet: SheetFound | None) -> tuple[Frame, float, bool]:
    """Return the frame of the sheet in the image, its resolution, and whether that is more than a guess."""
    if sheet is None:
        frame = Frame(image.shape[1], image.shape[0], np.eye(3))
    else:
        frame = Frame(max(1, round(sheet.width)), max(1, round(sheet.height)), np.eye(3))
        frame = Frame(frame.width, frame.height, sheet.to_picture(frame.width, frame.height))
    if sheet and sheet.perspective:
        return frame, a4_dpi(max(frame.width, frame.height)), False
    if page.dpi_known:
        return frame, page.dpi * page.scale, True
    return frame, *guessed_dpi(max(frame.width, frame.height))


def _squeeze(page: OpenedPage, sheet: SheetFound | None) -> float:
    """Return by what rows must be stretched: a fax has fewer of them to the inch than columns."""
    return 1.0 if sheet or not page.dpi_known else page.dpi / page.dpi_y


def _normal(flat: Frame, dpi: float, squeeze: float, turn_deg: int, fall_deg: float) -> tuple[Frame, float]:
    """Return the clean frame and its resolution: about 300 dpi, level, upright, no side too long."""
    factor = 1.0 if _NORMAL_DPI[0] <= dpi <= _NORMAL_DPI[1] else CLEAN_DPI / dpi
    factor = min(factor, _LONGEST / max(flat.width, flat.height), _MOST_ENLARGED)
    frame = flat if factor == squeeze == 1.0 else flat.scaled(factor, factor * squeeze)
    return frame.turned(turn_deg).level(fall_deg), dpi * factor


def _without_colour(levelled: NDArray[np.uint8], dpi: float) -> Grey:
    return levelled if levelled.ndim == 2 else grey_without_red(levelled, dpi)
