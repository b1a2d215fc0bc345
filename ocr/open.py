"""Open scans without trusting them: a child process decodes, this side only checks and hands on."""

from __future__ import annotations

import mmap
import os
import stat
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from pydantic import TypeAdapter, ValidationError

from ocr.decode.wire import FileFacts, PageFacts, PixelFacts, Refusal, Reply, Request
from ocr.decoder import Decoder, Died
from ocr.engines import Image
from ocr.media import sniff
from ocr.refusals import note, quarantine
from schemas.documents import MediaType
from schemas.outcomes import Finding, Quarantine

#: EXIF orientation -> clockwise turn in degrees that makes the stored pixels upright (after undoing a mirror).
_EXIF_TURNS = {1: 0, 2: 0, 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
_EXIF_MIRRORED = (2, 4, 5, 7)
_ENDINGS: dict[MediaType, frozenset[str]] = {
    "pdf": frozenset({".pdf"}),
    "tiff": frozenset({".tif", ".tiff"}),
    "jpeg": frozenset({".jpg", ".jpeg"}),
    "png": frozenset({".png"}),
}
_A4_LONG_INCHES = 297 / 25.4


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page's frame in pixels as stored, its resolution if recorded, and the turn that its EXIF asks for."""

    width: int
    height: int
    dpi: float | None
    exif_turn: int  # 0, 90, 180, 270 degrees clockwise
    exif_mirrored: bool = False


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a file is by its content, each of its pages in order, and notes for whoever handed it in."""

    media_type: MediaType
    pages: tuple[PageInfo | Quarantine, ...]
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A page's pixels and the frame that boxes refer to.

    `image` is grey (H, W) or BGR (H, W, 3); it is `scale` times the frame of `width` × `height` pixels
    (1.0 unless the page is very large). The frame is the page as stored: EXIF is a hint, not applied; a
    PDF page's frame is the page as displayed. `dpi` is of the frame, along x; `dpi_y` differs on faxes;
    where none is recorded (`dpi_known` false) it is what an A4 page would have.
    """

    image: Image
    width: int
    height: int
    dpi: float
    dpi_known: bool
    dpi_y: float
    scale: float = 1.0
    exif_turn: int = 0
    exif_mirrored: bool = False
    bitonal: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: the page's pixels, CPU and wall seconds, memory; when the child is replaced."""

    max_pixels: int = 300_000_000  # A0 at 400 dpi has 248 million
    hand_over_pixels: int = 40_000_000
    cpu_s: int = 20
    wall_s: float = 60.0
    memory_bytes: int = 2 << 30
    requests_per_child: int = 500


class Opener:
    """Inspects files and opens pages in a child process that is reused and replaced; close it, or use `with`."""

    def __init__(self, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._decoder = Decoder(
            memory_bytes=self._limits.memory_bytes,
            output_bytes=self._limits.hand_over_pixels * 3 + (1 << 20),
            wall_s=self._limits.wall_s,
            requests_per_child=self._limits.requests_per_child,
        )
        self._one_at_a_time = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        self._decoder.close()

    @property
    def network_cut_off(self) -> bool | None:
        """Whether this machine lets the child be cut off from the network; None before the first file."""
        return self._decoder.network_cut_off

    def inspect(self, path: Path, name: str) -> FileReport | Quarantine:
        """Return the file's kind and pages, or why it cannot be opened; `name` is what messages call it."""
        opened = _open_plainly(path)
        if isinstance(opened, str):
            return quarantine(opened, name)
        with os.fdopen(opened, "rb") as file:
            media = sniff(file.read(1024))
            if media not in _ENDINGS:
                return quarantine(media, name)
            reply = self._ask(self._request(media, None), file.fileno(), None)
        if isinstance(reply, Refusal):
            return quarantine(reply.code, name)
        if not isinstance(reply, FileFacts) or not reply.pages:
            return quarantine("decoder-crashed", name)
        pages = tuple(
            _info(page) if isinstance(page, PageFacts) else quarantine(page.code, name, number)
            for number, page in enumerate(reply.pages, start=1)
        )
        notes = [note(code, name) for code in reply.notes]
        ending = Path(name).suffix.lower()
        if ending and ending not in _ENDINGS[media]:
            notes.append(note("wrong-ending", name))
        return FileReport(media, pages, tuple(notes))

    def open_page(self, path: Path, page: int, name: str = "") -> OpenedPage | Quarantine:
        """Return the pixels of a page, counted from 1, or why it cannot be read."""
        opened = _open_plainly(path)
        if isinstance(opened, str):
            return quarantine(opened, name, page)
        with os.fdopen(opened, "rb") as file:
            media = sniff(file.read(1024))
            if media not in _ENDINGS:
                return quarantine(media, name, page)
            memory = os.memfd_create("page", os.MFD_CLOEXEC)
            try:
                reply = self._ask(self._request(media, page), file.fileno(), memory)
                if isinstance(reply, Refusal):
                    return quarantine(reply.code, name, page)
                pixels = _pixels(reply, memory, self._limits) if isinstance(reply, PixelFacts) else None
            finally:
                os.close(memory)
        if not isinstance(reply, PixelFacts) or pixels is None:
            return quarantine("decoder-crashed", name, page)
        return _page(reply, pixels)

    def _request(self, media: MediaType, page: int | None) -> Request:
        limits = self._limits
        return Request(media, page, limits.max_pixels, limits.hand_over_pixels, limits.cpu_s)

    def _ask(self, request: Request, file: int, memory: int | None) -> Reply:
        """Ask the child, a second one where the first dies at work, since an outside kill is not the file's fault."""
        descriptors = [file] if memory is None else [file, memory]
        with self._one_at_a_time:
            for _attempt in range(2):
                try:
                    return _REPLY.validate_python(self._decoder.ask(request, descriptors))
                except Died as died:
                    if died.too_costly:
                        return Refusal("too-costly")
                    if memory is not None:
                        os.ftruncate(memory, 0)
                        os.lseek(memory, 0, os.SEEK_SET)
                except ValidationError:
                    self._decoder.close()
        return Refusal("decoder-crashed")


_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)


def _open_plainly(path: Path) -> int | str:
    """Return a descriptor of a regular file, or the code of the refusal; links and pipes are not followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return "symlink" if path.is_symlink() else "unreadable"
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode) and found.st_size:
        return descriptor
    os.close(descriptor)
    return "empty-file" if stat.S_ISREG(found.st_mode) else "not-a-file"


def _info(page: PageFacts) -> PageInfo:
    turn, mirrored = _EXIF_TURNS[page.orientation], page.orientation in _EXIF_MIRRORED
    return PageInfo(page.width, page.height, page.dpi_x, turn, mirrored)


def _pixels(facts: PixelFacts, memory: int, limits: Limits) -> Image | None:
    """Copy the child's pixels, so that it cannot change them later; None where they are not what it says."""
    size = facts.width * facts.height * facts.channels
    if not 0 < size <= limits.hand_over_pixels * 3 or os.fstat(memory).st_size != size:
        return None
    shape = (facts.height, facts.width) if facts.channels == 1 else (facts.height, facts.width, 3)
    with mmap.mmap(memory, size, prot=mmap.PROT_READ) as shared:
        return np.frombuffer(shared, np.uint8).reshape(shape).copy()


def _page(facts: PixelFacts, pixels: Image) -> OpenedPage:
    page = facts.page
    assumed = max(page.width, page.height) / _A4_LONG_INCHES
    dpi = page.dpi_x or page.dpi_y or assumed
    return OpenedPage(
        image=pixels,
        width=page.width,
        height=page.height,
        dpi=dpi,
        dpi_known=page.dpi_x is not None,
        dpi_y=page.dpi_y or dpi,
        scale=facts.width / page.width,
        exif_turn=_EXIF_TURNS[page.orientation],
        exif_mirrored=page.orientation in _EXIF_MIRRORED,
        bitonal=facts.bitonal,
    )
