"""PDF: pikepdf checks the file and its streams, pdfium draws what is not simply one image."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ocr.decode.faults import Murmurs, Refused
from ocr.decode.images import refuse_murmurs
from ocr.decode.pdf_image import Sole, check_images, sole_image, sole_pixels
from ocr.decode.pixels import Decoded, Pixels, check_frame, reduction
from ocr.decode.wire import FileFacts, PageFacts, Refusal, Request

#: Resolution at which a page is drawn, in dpi, where it is not one image.
DRAWN_DPI = 300.0
_POINTS_PER_INCH = 72.0
#: The longest side that the PDF standard foresees: 200 inches. A0 has 3,370 points.
_LONGEST_SIDE_PT = 14_400.0
_MOST_PAGES = 5_000
_MOST_CONTENT_PARSED = 1 << 20
_ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/URI", "/GoToR"}


@dataclass(slots=True)
class _Book:
    """An open PDF in both libraries; `repaired` where a parser mended or guessed while opening it."""

    key: tuple[int, int, int, int]
    file: BinaryIO
    checked: pikepdf.Pdf
    drawn: pypdfium2.PdfDocument
    repaired: bool

    def close(self) -> None:
        self.drawn.close()
        self.checked.close()
        self.file.close()


_open_books: list[_Book] = []  # at most one: pages of a file are asked for one after the other


def look_at_pdf(file: BinaryIO, request: Request) -> FileFacts:
    """Return the pages of a PDF; none is drawn."""
    book = _book(file)
    count = len(book.checked.pages)
    notes = [] if not book.checked.is_encrypted else ["pdf-restricted"]
    if _acts(book.checked):
        notes.append("pdf-active")
    return FileFacts(tuple(_page_or_refusal(book, index, request) for index in range(count)), tuple(notes))


def decode_pdf(file: BinaryIO, request: Request, murmurs: Murmurs) -> Decoded:
    """Return one page as displayed: its one covering image, or a drawing at 300 dpi."""
    book = _book(file)
    index = (request.page or 0) - 1
    if not 0 <= index < len(book.checked.pages):
        raise Refused("no-such-page")
    if book.repaired:
        raise Refused("pdf-repaired")
    _check_contents(book.checked, index)
    with _displayed(book, index, request) as (page, sole, facts):
        image: Pixels | None = None
        bitonal = False
        if sole is not None:
            image, bitonal = sole_pixels(sole, book.checked.pages[index], facts, request.hand_over_pixels)
        if image is None:
            image = _draw(page, facts, request.hand_over_pixels)
    _refuse_warnings(book.checked)
    refuse_murmurs(murmurs)
    return Decoded(facts, image, bitonal)


def _page_or_refusal(book: _Book, index: int, request: Request) -> PageFacts | Refusal:
    if book.repaired:
        return Refusal("pdf-repaired")
    try:
        with _displayed(book, index, request) as (_page, _sole, facts):
            return facts
    except Refused as refused:
        return Refusal(refused.code)
    except (pypdfium2.PdfiumError, pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
        return Refusal("damaged")


@contextmanager
def _displayed(book: _Book, index: int, request: Request) -> Iterator[tuple[pypdfium2.PdfPage, Sole | None, PageFacts]]:
    """Measure a page before anything is drawn; its box is checked first."""
    width_pt, height_pt = book.drawn.get_page_size(index)
    if not (0 < width_pt <= _LONGEST_SIDE_PT and 0 < height_pt <= _LONGEST_SIDE_PT):
        raise Refused("page-too-large")
    page = book.drawn.get_page(index)
    try:
        sole = sole_image(page)
        if sole is not None:
            check_frame(sole.width, sole.height, request.max_pixels)
            facts = PageFacts(sole.width, sole.height, *sole.dpi(width_pt, height_pt))
        else:
            dpi = DRAWN_DPI
            while width_pt * height_pt * (dpi / _POINTS_PER_INCH) ** 2 > request.max_pixels:
                dpi /= 2
            width, height = (max(1, round(side * dpi / _POINTS_PER_INCH)) for side in (width_pt, height_pt))
            facts = PageFacts(width, height, dpi, dpi)
        yield page, sole, facts
    finally:
        page.close()


def _draw(page: pypdfium2.PdfPage, facts: PageFacts, hand_over_pixels: int) -> Pixels:
    factor = reduction(facts.width, facts.height, hand_over_pixels)
    width, height = max(1, facts.width // factor), max(1, facts.height // factor)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    if page.formenv:
        pdfium.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    image: Pixels = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return image


def _book(file: BinaryIO) -> _Book:
    """Return the open PDF, from the last request where it is the same file."""
    stat = os.fstat(file.fileno())
    key = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
    if _open_books and _open_books[0].key == key:
        return _open_books[0]
    while _open_books:
        _open_books.pop().close()
    kept = os.fdopen(os.dup(file.fileno()), "rb")
    kept.seek(max(0, stat.st_size - 2048))
    if b"%%EOF" not in kept.read():
        raise Refused("truncated")
    kept.seek(0)
    try:
        checked = pikepdf.open(kept, attempt_recovery=True)
        count = len(checked.pages)
        repaired = bool(checked.get_warnings())
    except pikepdf.PasswordError as error:
        raise Refused("pdf-encrypted") from error
    except pikepdf.PdfError as error:
        raise Refused("damaged") from error
    if count == 0:
        raise Refused("no-pages")
    if count > _MOST_PAGES:
        raise Refused("too-many-pages")
    try:
        drawn = pypdfium2.PdfDocument(kept)
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged") from error
    if len(drawn) != count:
        raise Refused("page-chain")
    if drawn.get_formtype():
        drawn.init_forms()
    _open_books.append(_Book(key, kept, checked, drawn, repaired))
    return _open_books[0]


def _check_contents(checked: pikepdf.Pdf, index: int) -> None:
    """Decode and parse what a page draws; a warning, a broken stream or operator refuses the page."""
    page = checked.pages[index]
    try:
        contents = page.obj.get("/Contents")
        if contents is not None:
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            if sum(len(stream.read_bytes()) for stream in streams) <= _MOST_CONTENT_PARSED:
                pikepdf.parse_content_stream(page)
        check_images(page)
    except Refused:
        raise
    except Exception as error:  # pikepdf raises a dozen kinds on broken streams
        raise Refused("damaged") from error
    _refuse_warnings(checked)


def _refuse_warnings(checked: pikepdf.Pdf) -> None:
    if checked.get_warnings():
        raise Refused("pdf-repaired")


def _acts(checked: pikepdf.Pdf) -> bool:
    """Return whether the file wants to run something; nothing of it is ever run."""
    try:
        root: Any = checked.Root
        opening = root.get("/OpenAction")
        if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S")) in _ACTS:
            return True
        names = root.get("/Names", {})
        kept = "/JavaScript" in names or "/EmbeddedFiles" in names
        return kept or "/AA" in root or "/XFA" in root.get("/AcroForm", {})
    except (pikepdf.PdfError, TypeError, ValueError, AttributeError):
        return False
