"""JPEG and PNG: one page a file, strict about every byte that carries pixels."""

from __future__ import annotations

import struct
import warnings
import zlib
from typing import BinaryIO

import cv2
import numpy as np
from PIL import ExifTags, Image, PngImagePlugin

from ocr.decode.faults import Murmurs, Refused
from ocr.decode.pixels import Decoded, Pixels, believable_dpi, check_frame, from_pillow, reduction
from ocr.decode.wire import FileFacts, PageFacts, Request

Image.MAX_IMAGE_PIXELS = None  # pages are measured by check_frame, before anything is decoded
warnings.simplefilter("ignore")  # damage to EXIF takes no pixel away; damage to pixels raises or murmurs

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_REDUCED = {2: (cv2.IMREAD_REDUCED_COLOR_2, cv2.IMREAD_REDUCED_GRAYSCALE_2)}
_REDUCED |= {4: (cv2.IMREAD_REDUCED_COLOR_4, cv2.IMREAD_REDUCED_GRAYSCALE_4)}
_REDUCED |= {8: (cv2.IMREAD_REDUCED_COLOR_8, cv2.IMREAD_REDUCED_GRAYSCALE_8)}


def look_at_image(file: BinaryIO, request: Request) -> FileFacts:
    """Return the one page of a JPEG or PNG from its head."""
    return FileFacts((_page(_open(file, request)),))


def decode_jpeg(file: BinaryIO, request: Request, murmurs: Murmurs) -> Decoded:
    """Decode a JPEG; what libjpeg warns of (a cut, dropped or invented byte) is a refusal."""
    header = _only_page(file, request)
    page = _page(header)
    if header.mode == "CMYK":
        header.load()
        image, _ = from_pillow(header, request.hand_over_pixels)
    else:
        file.seek(0)
        image = jpeg_pixels(file.read(), page, header.mode == "L", request.hand_over_pixels)
    refuse_murmurs(murmurs)
    return Decoded(page, image, bitonal=False)


def jpeg_pixels(data: bytes, page: PageFacts, grey: bool, hand_over_pixels: int) -> Pixels:
    """Return the pixels of a JPEG stream as stored, EXIF orientation not applied."""
    factor = next(f for f in (1, 2, 4, 8, 16) if f >= reduction(page.width, page.height, hand_over_pixels))
    if factor == 1:
        flag = cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR
    elif factor in _REDUCED:
        flag = _REDUCED[factor][grey]
    else:
        raise Refused("page-too-large")
    image = cv2.imdecode(np.frombuffer(data, np.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
    if image is None:
        raise Refused("damaged" if b"\xff\xd9" in data[-64:] else "truncated")
    return image.astype(np.uint8, copy=False)


def decode_png(file: BinaryIO, request: Request, murmurs: Murmurs) -> Decoded:
    """Decode a PNG whose chunks are all there and unharmed."""
    _check_chunks(file)
    image = _only_page(file, request)
    page = _page(image)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("truncated" if "truncated" in str(error) else "damaged") from error
    pixels, bitonal = from_pillow(image, request.hand_over_pixels)
    refuse_murmurs(murmurs)
    return Decoded(page, pixels, bitonal)


def refuse_murmurs(murmurs: Murmurs) -> None:
    """Refuse the page if a library complained while it was decoded."""
    said = murmurs.said()
    if said:
        cut = any(word in said.lower() for word in ("premature end", "truncated", "not enough data", "read error"))
        raise Refused("truncated" if cut else "damaged")


def _only_page(file: BinaryIO, request: Request) -> Image.Image:
    if request.page != 1:
        raise Refused("no-such-page")
    return _open(file, request)


def _open(file: BinaryIO, request: Request) -> Image.Image:
    file.seek(0)
    try:
        image = Image.open(file, formats=[request.media.upper()])
    except (OSError, SyntaxError, ValueError, struct.error) as error:
        raise Refused("bomb" if "too large" in str(error).lower() else "damaged") from error
    check_frame(image.width, image.height, request.max_pixels)
    return image


def _page(image: Image.Image) -> PageFacts:
    width, height = image.size
    dpi = image.info.get("dpi") or (None, None)
    return PageFacts(width, height, _dpi(dpi[0], width), _dpi(dpi[1], height), _orientation(image))


def _dpi(recorded: object, pixels: int) -> float | None:
    try:
        return believable_dpi(float(recorded), pixels)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def _orientation(image: Image.Image) -> int:
    try:
        if isinstance(image, PngImagePlugin.PngImageFile) and "exif" not in image.info:
            return 1  # XMP and text chunks are left unread: a bomb may sit in them
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # EXIF blocks are broken in many ways; the orientation is a hint only
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _check_chunks(file: BinaryIO) -> None:
    """Walk the chunks of a PNG to its end and compare each check sum."""
    file.seek(0)
    if file.read(8) != _PNG_SIGNATURE:
        raise Refused("damaged")
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise Refused("truncated")
        length, name = struct.unpack(">I4s", head)
        body = file.read(length)
        tail = file.read(4)
        if len(body) < length or len(tail) < 4:
            raise Refused("truncated")
        if zlib.crc32(body, zlib.crc32(name)) != int.from_bytes(tail, "big"):
            raise Refused("damaged")
        if name == b"IEND":
            return
