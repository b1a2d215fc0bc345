"""TIFF: the chain of pages is walked by hand, so that loops, cuts and wrong counts are seen; Pillow decodes."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from PIL import Image

from ocr.decode.faults import Murmurs, Refused
from ocr.decode.images import refuse_murmurs
from ocr.decode.pixels import Decoded, Pixels, believable_dpi, check_frame, from_pillow
from ocr.decode.wire import FileFacts, PageFacts, Refusal, Request

_MOST_PAGES = 5_000
_WIDTH, _HEIGHT, _STRIP_AT, _ORIENTATION, _STRIP_LENGTH = 256, 257, 273, 274, 279
_DPI_X, _DPI_Y, _UNIT, _TILE_AT, _TILE_LENGTH = 282, 283, 296, 324, 325
_WANTED = {_WIDTH, _HEIGHT, _STRIP_AT, _ORIENTATION, _STRIP_LENGTH, _DPI_X, _DPI_Y, _UNIT, _TILE_AT, _TILE_LENGTH}
_TYPES = {1: "B", 3: "H", 4: "I", 5: "II", 16: "Q", 13: "I"}
_CM_PER_INCH = 2.54

Tags = dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Chain:
    """The directories of the pages in order, and whether the last one points back to one before."""

    directories: tuple[Tags | None, ...]  # None: the directory itself is cut off
    loops: bool


def look_at_tiff(file: BinaryIO, request: Request) -> FileFacts:
    """Return the pages of a TIFF from their directories."""
    chain = _walk(file)
    size = os.fstat(file.fileno()).st_size
    return FileFacts(tuple(_page_or_refusal(tags, chain.loops, size, request) for tags in chain.directories))


def decode_tiff(file: BinaryIO, request: Request, murmurs: Murmurs) -> Decoded:
    """Decode one page of a TIFF; what libtiff complains of is a refusal."""
    chain = _walk(file)
    number = request.page or 0
    if not 1 <= number <= len(chain.directories):
        raise Refused("no-such-page")
    size = os.fstat(file.fileno()).st_size
    page = _page_or_refusal(chain.directories[number - 1], chain.loops, size, request)
    if isinstance(page, Refusal):
        raise Refused(page.code)
    file.seek(0)
    try:
        image = Image.open(file, formats=["TIFF"])
        image.seek(number - 1)
        image.load()
    except EOFError as error:
        raise Refused("page-chain") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("truncated" if "truncated" in str(error) else "damaged") from error
    refuse_murmurs(murmurs)
    pixels, bitonal = from_pillow(image, request.hand_over_pixels)
    return Decoded(page, as_stored(pixels, page.orientation), bitonal)


def as_stored(upright: Pixels, orientation: int) -> Pixels:
    """Undo the turn that Pillow applies to a TIFF's pixels, which follow the orientation tag (1 to 8)."""
    undo = {
        2: np.fliplr,
        3: lambda a: np.rot90(a, 2),
        4: np.flipud,
        5: lambda a: a.swapaxes(0, 1),
        6: lambda a: np.rot90(a, 1),
        7: lambda a: np.rot90(a, 2).swapaxes(0, 1),
        8: lambda a: np.rot90(a, -1),
    }.get(orientation)
    return upright if undo is None else np.ascontiguousarray(undo(upright))


def _page_or_refusal(tags: Tags | None, loops: bool, size: int, request: Request) -> PageFacts | Refusal:
    if tags is None:
        return Refusal("truncated")
    if loops:
        return Refusal("page-chain")
    try:
        return _page(tags, size, request)
    except Refused as refused:
        return Refusal(refused.code)


def _page(tags: Tags, size: int, request: Request) -> PageFacts:
    width, height = tags.get(_WIDTH, (0,))[0], tags.get(_HEIGHT, (0,))[0]
    check_frame(width, height, request.max_pixels)
    starts = tags.get(_STRIP_AT) or tags.get(_TILE_AT) or ()
    lengths = tags.get(_STRIP_LENGTH) or tags.get(_TILE_LENGTH) or ()
    if not starts:
        raise Refused("damaged")
    if any(start >= size for start in starts):
        raise Refused("truncated")
    if any(start + length > size for start, length in zip(starts, lengths, strict=False)):
        raise Refused("truncated")
    orientation = tags.get(_ORIENTATION, (1,))[0]
    return PageFacts(
        width,
        height,
        _dpi(tags, _DPI_X, width),
        _dpi(tags, _DPI_Y, height),
        orientation if 1 <= orientation <= 8 else 1,
    )


def _dpi(tags: Tags, tag: int, pixels: int) -> float | None:
    over, under = (*tags.get(tag, (0, 0)), 0, 0)[:2]
    unit = tags.get(_UNIT, (2,))[0]
    if not under or unit not in (2, 3):
        return None
    return believable_dpi(over / under * (_CM_PER_INCH if unit == 3 else 1.0), pixels)


def _walk(file: BinaryIO) -> _Chain:
    """Follow the chain of directories of a classic or a big TIFF."""
    file.seek(0)
    head = file.read(16)
    if len(head) < 8:
        raise Refused("truncated")
    order = "<" if head[:2] == b"II" else ">"
    (version,) = struct.unpack_from(order + "H", head, 2)
    if version not in (42, 43) or (version == 43 and len(head) < 16):
        raise Refused("damaged")
    big = version == 43
    (at,) = struct.unpack_from(order + ("Q" if big else "I"), head, 8 if big else 4)
    seen: set[int] = set()
    directories: list[Tags | None] = []
    while at:
        if at in seen:
            return _Chain(tuple(directories), loops=True)
        if len(directories) == _MOST_PAGES:
            raise Refused("too-many-pages")
        seen.add(at)
        try:
            tags, at = _directory(file, at, order, big)
        except (struct.error, OverflowError, OSError):
            directories.append(None)
            break
        directories.append(tags)
    if not directories:
        raise Refused("no-pages")
    return _Chain(tuple(directories), loops=False)


def _directory(file: BinaryIO, at: int, order: str, big: bool) -> tuple[Tags, int]:
    """Return one directory's wanted tags and the place of the next; struct.error where the file ends before."""
    count_form, entry_form, next_form, room = ("Q", "HHQ", "Q", 8) if big else ("H", "HHI", "I", 4)
    file.seek(at)
    (count,) = struct.unpack(order + count_form, file.read(struct.calcsize(order + count_form)))
    head = struct.calcsize(order + entry_form)
    if count > 4096:
        raise struct.error("a directory of that size is none")
    body = file.read(count * (head + room))
    (following,) = struct.unpack(order + next_form, file.read(struct.calcsize(order + next_form)))
    tags: Tags = {}
    for index in range(count):
        tag, kind, items = struct.unpack_from(order + entry_form, body, index * (head + room))
        if tag not in _WANTED or kind not in _TYPES or not 0 < items <= 1_000_000:
            continue
        form = order + _TYPES[kind] * items
        inline = body[index * (head + room) + head :][:room]
        if struct.calcsize(form) <= room:
            tags[tag] = struct.unpack(form, inline[: struct.calcsize(form)])
        else:
            file.seek(struct.unpack(order + next_form, inline)[0])
            tags[tag] = struct.unpack(form, file.read(struct.calcsize(form)))
    return tags, following
