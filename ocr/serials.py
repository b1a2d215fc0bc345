"""The serial of a certificate: two letters and six digits, larger than the text and often red."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.clean import CleanPage
from ocr.engines import Image, Line
from ocr.engines.pair import Engines
from ocr.engines.rapid import Rect
from ocr.forms import SerialForm
from ocr.layout import Piece, find_lines, read_lines
from ocr.parts import find_serial
from ocr.values import tidy
from ocr.votes import ink_box
from schemas.documents import PageRef
from schemas.readings import Reading, Vote

_SHAPE = re.compile(r"([A-ZĐ]{1,2})[\s.]?(\d{6,8})$")
_LABEL = re.compile(r"^(Số|SỐ|[Ss][^\W\da-zA-Z]|S[oO]|S)\s?[:.\s]\s*(?=[A-ZĐ])")  # the `Số` before it, often misread
_TRIED = 4  # places looked at


@dataclass(frozen=True, slots=True)
class Serial:
    """The serial's reading, and the piece of the page that holds it."""

    reading: Reading
    piece: Piece


def read_serial(
    page: CleanPage, face: tuple[Sequence[Piece], Rect], shape: SerialForm | None, engines: Engines, ref: PageRef
) -> Serial | None:
    """Return the serial of a certificate's first page, read with its red ink; None where there is none.

    `face` is the page's pieces and rectangle, and `shape` how the form numbers its papers: it is sought first.
    """
    pieces, area = face
    image = inked(page)
    middle = (area[1] + area[3]) // 2
    found = find_serial([piece for piece in pieces if piece.bottom > middle])
    serial = _best(page, image, found[:_TRIED], shape, engines, ref)
    if serial is not None:
        return serial
    # Removing the seal's red takes a red serial with it: look once more where the ink is kept.
    left, top, right, bottom = area[0], middle, area[2], area[3]
    part = image[top:bottom, left:right]
    boxes = [(a + left, b + top, c + left, d + top) for a, b, c, d in find_lines(part, engines.detect)]
    return _best(page, image, find_serial(read_lines(image, boxes, engines.digits))[:_TRIED], shape, engines, ref)


def inked(page: CleanPage) -> Image:
    """Return the page in grey with coloured ink as dark as its weakest channel."""
    if page.colour is None:
        return page.grey
    return np.asarray(page.colour.min(axis=2), dtype=np.uint8)


def _best(
    page: CleanPage, image: Image, pieces: Sequence[Piece], shape: SerialForm | None, engines: Engines, ref: PageRef
) -> Serial | None:
    if not pieces:
        return None
    crops = [_crop(image, piece, 0.15) for piece in pieces]
    roomy = [_crop(image, piece, 0.35) for piece in pieces]
    digits, words = engines.digits.read(crops), engines.words.read(roomy)
    best: tuple[float, Serial] | None = None
    for piece, first, second in zip(pieces, digits, words, strict=True):
        shaped = [line for line in (first, second) if _SHAPE.search(_code(line))]
        if not shaped:
            continue
        votes = tuple(
            Vote(engine.name, _code(line), round(line.confidence, 4))
            for engine, line in ((engines.words, second), (engines.digits, first))
            if _code(line)
        )
        if _barred(piece.text) and not _barred(second.text):  # read with and without its bar: a person looks
            votes = (*votes, Vote(engines.words.name, tidy(piece.text), 0.0))
        fitting = [line for line in shaped if shape is not None and shape.stands_in(_code(line))]
        text = _code((fitting or shaped)[0])
        box = page.original_box(*ink_box(image, (piece.left, piece.top, piece.right, piece.bottom)))
        score = 2 * bool(fitting) + len(shaped) + max(line.confidence for line in shaped) + piece.height / 1000
        if best is None or score > best[0]:
            best = (score, Serial(Reading(ref, box, text, votes), piece))
    return best[1] if best else None


def _barred(text: str) -> bool:
    """Return whether a Đ stands in the text, of which the engine for digits knows only D."""
    return re.search("[ĐÐ]", text.removeprefix("SỐ").upper()) is not None


def _code(line: Line) -> str:
    text = tidy(line.text)
    return _LABEL.sub("", text)


def _crop(image: Image, piece: Piece, room: float) -> Image:
    margin = round(piece.height * room)
    top, bottom = max(0, piece.top - margin), min(image.shape[0], piece.bottom + margin)
    left, right = max(0, piece.left - margin), min(image.shape[1], piece.right + margin)
    part = image[top:bottom, left:right]
    return np.asarray(cv2.normalize(part, np.empty_like(part), 0, 255, cv2.NORM_MINMAX), dtype=np.uint8)
