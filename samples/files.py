"""Writing captured pages as the files that offices hand in: PDF, TIFF, JPEG, PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image

from samples.capture import Shot

_STRIP_OFFSETS, _STRIP_BYTES, _ORIENTATION = 273, 279, 274


def picture(shot: Shot) -> Image.Image:
    """Return the shot as an image: mode 1, L or RGB."""
    image = Image.fromarray(shot.pixels)
    return image.convert("1", dither=Image.Dither.NONE) if shot.bitonal else image


def write_jpeg(path: Path, shot: Shot) -> None:
    """Write one page as JPEG."""
    path.write_bytes(_jpeg(shot))


def write_png(path: Path, shot: Shot) -> None:
    """Write one page as PNG."""
    picture(shot).save(path, "PNG", dpi=(shot.dpi, shot.dpi) if shot.dpi else (72, 72), compress_level=6)


def write_tiff(path: Path, shots: Sequence[Shot]) -> None:
    """Write pages as one TIFF: Group 4 where they are black and white, else JPEG in TIFF."""
    dpi = shots[0].dpi or 200
    pages = [picture(shot) for shot in shots]
    if all(shot.bitonal for shot in shots):
        pages[0].save(path, "TIFF", compression="group4", save_all=True, append_images=pages[1:], dpi=(dpi, dpi))
        return
    pages = [page.convert("RGB") if page.mode == "1" else page for page in pages]
    quality = max(50, min(shot.quality or 80 for shot in shots))
    pages[0].save(
        path, "TIFF", compression="jpeg", quality=quality, save_all=True, append_images=pages[1:], dpi=(dpi, dpi)
    )


def write_pdf(path: Path, shots: Sequence[Shot]) -> None:
    """Write pages as one PDF, each a single image that fills its page; the same pages give the same bytes."""
    with pikepdf.Pdf.new() as pdf:
        for shot in shots:
            dpi = shot.dpi or 200
            height, width = shot.pixels.shape[:2]
            wide, high = width * 72 / dpi, height * 72 / dpi
            data = _group4(shot) if shot.bitonal else _jpeg(shot)
            image = pdf.make_stream(data, _image_dict(shot, width, height))
            content = pdf.make_stream(f"q {wide:.4f} 0 0 {high:.4f} 0 0 cm /I Do Q".encode())
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, round(wide, 4), round(high, 4)],
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image)),
                Contents=content,
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(path, deterministic_id=True, linearize=False)


def _image_dict(shot: Shot, width: int, height: int) -> pikepdf.Dictionary:
    entries = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height, BitsPerComponent=8
    )
    if shot.bitonal:
        entries.BitsPerComponent = 1
        entries.ColorSpace = pikepdf.Name.DeviceGray
        entries.Filter = pikepdf.Name.CCITTFaxDecode
        entries.DecodeParms = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=True)
    else:
        entries.ColorSpace = pikepdf.Name.DeviceRGB if shot.pixels.ndim == 3 else pikepdf.Name.DeviceGray
        entries.Filter = pikepdf.Name.DCTDecode
    return entries


def _jpeg(shot: Shot) -> bytes:
    out = io.BytesIO()
    image = picture(shot).convert("L") if shot.bitonal else picture(shot)
    dpi = (shot.dpi, shot.dpi) if shot.dpi else (72, 72)
    exif = Image.Exif()
    if shot.orientation != 1:
        exif[_ORIENTATION] = shot.orientation
    image.save(out, "JPEG", quality=shot.quality or 80, dpi=dpi, subsampling=2, exif=exif)
    return out.getvalue()


def _group4(shot: Shot) -> bytes:
    """Return the bare Group 4 data of a page, taken from a TIFF of one strip."""
    out = io.BytesIO()
    picture(shot).save(out, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        offsets, counts = tags[_STRIP_OFFSETS], tags[_STRIP_BYTES]
    if len(offsets) != 1:
        raise ValueError("Group 4 page came out in several strips")
    return out.getvalue()[offsets[0] : offsets[0] + counts[0]]
