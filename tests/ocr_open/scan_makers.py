"""Small whole scans, and the ways in which they go wrong."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image


def pattern(width: int, height: int) -> Image.Image:
    """A colour image no two rows of which are alike."""
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(np.dstack([x % 256, y % 256, (x + 2 * y) % 256]).astype(np.uint8))


def jpeg_bytes(image: Image.Image, **options: object) -> bytes:
    memory = io.BytesIO()
    image.save(memory, "JPEG", quality=90, **options)
    return memory.getvalue()


def fax_tiff(path: Path, pages: int) -> Path:
    images = []
    for page in range(pages):
        image = Image.new("1", (400, 600), 1)
        image.paste(0, (40, 50 + 100 * page, 200, 90 + 100 * page))
        images.append(image)
    images[0].save(path, save_all=True, append_images=images[1:], compression="group4", dpi=(200, 200))
    return path


def scan_pdf(path: Path, image: bytes, size: tuple[int, int], *, dpi: float, turn: int = 0, pages: int = 1) -> Path:
    """A PDF each page of which is one JPEG from edge to edge, shown turned by `turn` degrees clockwise."""
    width, height = (side * 72 / dpi for side in size)
    with pikepdf.new() as pdf:
        for _ in range(pages):
            stream = pdf.make_stream(image)
            stream.stream_dict = pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=size[0],
                Height=size[1],
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
            page = pdf.add_blank_page(page_size=(width, height))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
            page.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())
            page.Rotate = turn
        pdf.save(path)
    return path


def drawn_pdf(path: Path, content: bytes, size_pt: tuple[float, float] = (595, 842)) -> Path:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.MediaBox = pikepdf.Array([0, 0, *size_pt])
        page.Contents = pdf.make_stream(content)
        pdf.save(path)
    return path


def png_claiming(path: Path, width: int, height: int, rows: int) -> Path:
    """A grey PNG that says it is width × height and holds `rows` rows of black, tightly packed."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes((width + 1) * rows), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))
    return path
