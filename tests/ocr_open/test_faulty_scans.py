"""Faulty and hostile files are set aside with a reason; the next file opens as if nothing had been."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from scan_makers import drawn_pdf, fax_tiff, jpeg_bytes, pattern, png_claiming, scan_pdf

from ocr.open import FileReport, OpenedPage, Opener
from schemas.outcomes import Quarantine


def fates(opener: Opener, path: Path) -> list[str]:
    """For each page "opens" or the code of its quarantine; one code where the file itself is set aside."""
    found = opener.inspect(path, path.name)
    if isinstance(found, Quarantine):
        return [found.code]
    pages = [opener.open_page(path, number, path.name) for number in range(1, len(found.pages) + 1)]
    return [page.code if isinstance(page, Quarantine) else "opens" for page in pages]


def fate(opener: Opener, path: Path) -> str:
    """The one fate that the pages of a file share."""
    (only,) = set(fates(opener, path))
    return only


def cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def whole(path: Path) -> Path:
    """A whole scan of the kind that the name's ending says."""
    if path.suffix == ".tif":
        return fax_tiff(path, pages=2)
    if path.suffix == ".pdf":
        return scan_pdf(path, jpeg_bytes(pattern(300, 200)), (300, 200), dpi=150, pages=3)
    pattern(300, 200).save(path)
    return path


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.pdf", "a.tif"])
def test_a_whole_scan_opens(opener: Opener, tmp_path: Path, name: str) -> None:
    assert fate(opener, whole(tmp_path / name)) == "opens"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.pdf", "a.tif"])
def test_a_scan_that_was_cut_short_is_never_taken_as_good(
    opener: Opener, tmp_path: Path, name: str, share: float
) -> None:
    left = fates(opener, cut(whole(tmp_path / name), share))
    # A page of a fax that lies before the cut is whole; the page after it is missed, not lost.
    assert left[-1] in {"truncated", "damaged", "pdf-repaired", "not-a-scan"}
    assert "opens" not in left or name == "a.tif"


def test_a_jpeg_cut_short_inside_a_sound_pdf_is_never_taken_as_good(opener: Opener, tmp_path: Path) -> None:
    image = jpeg_bytes(pattern(300, 200))
    path = scan_pdf(tmp_path / "a.pdf", image[: len(image) * 2 // 3], (300, 200), dpi=150)
    assert fate(opener, path) == "truncated"


def test_a_png_with_a_flipped_bit_is_damaged(opener: Opener, tmp_path: Path) -> None:
    path = whole(tmp_path / "a.png")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    assert fate(opener, path) == "damaged"


def archive(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(60))


def encrypted(path: Path) -> None:
    plain = drawn_pdf(path.with_suffix(".tmp"), b"0 g 10 10 50 50 re f")
    with pikepdf.open(plain) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="chu", user="mat khau", R=6))


def without_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(path)


def floating(path: Path) -> None:
    Image.new("F", (20, 20), 0.5).save(path, "TIFF")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b""), "empty-file"),
        (lambda path: path.write_text("Sổ mục kê", encoding="utf-8"), "not-a-scan"),
        (archive, "archive"),
        (encrypted, "pdf-encrypted"),
        (without_pages, "no-pages"),
        (lambda path: drawn_pdf(path, b"", (2_000_000, 2_000_000)), "page-too-large"),
        (lambda path: png_claiming(path, 60_000, 60_000, 400), "page-too-large"),
        (floating, "pixel-format"),
        (lambda path: path.mkdir(), "not-a-file"),
        (lambda path: path.symlink_to("/etc/hostname"), "symlink"),
        (os.mkfifo, "not-a-file"),
    ],
)
def test_what_is_no_readable_scan_is_set_aside_with_its_reason(
    opener: Opener, tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "tep.pdf"
    make(path)
    assert fate(opener, path) == code


def test_a_file_that_is_not_there_is_a_quarantine_not_a_crash(opener: Opener, tmp_path: Path) -> None:
    assert fate(opener, tmp_path / "khong co.pdf") == "unreadable"


def test_a_tiff_whose_pages_go_round_in_a_circle_keeps_every_page_in_sight(opener: Opener, tmp_path: Path) -> None:
    path = fax_tiff(tmp_path / "loop.tif", pages=2)
    data = bytearray(path.read_bytes())
    first = int.from_bytes(data[4:8], "little")
    second_at = first + 2 + 12 * int.from_bytes(data[first : first + 2], "little")
    second = int.from_bytes(data[second_at : second_at + 4], "little")
    next_at = second + 2 + 12 * int.from_bytes(data[second : second + 2], "little")
    data[next_at : next_at + 4] = first.to_bytes(4, "little")
    path.write_bytes(data)
    found = opener.inspect(path, "loop.tif")
    assert isinstance(found, FileReport)
    assert [page.code for page in found.pages if isinstance(page, Quarantine)] == ["page-chain", "page-chain"]


def test_a_page_beyond_the_last_is_refused(opener: Opener, tmp_path: Path) -> None:
    page = opener.open_page(fax_tiff(tmp_path / "a.tif", pages=2), 3)
    assert isinstance(page, Quarantine)
    assert page.code == "no-such-page"


def test_a_message_names_the_file_as_the_user_knows_it_and_the_page_in_both_languages(
    opener: Opener, tmp_path: Path
) -> None:
    path = cut(whole(tmp_path / "0f3a.jpg"), 0.5)
    page = opener.open_page(path, 1, "Quyển 3/so-04.jpg")
    assert isinstance(page, Quarantine)
    assert page.message.vi.startswith("Quyển 3/so-04.jpg trang 1: ")
    assert page.message.en.startswith("Quyển 3/so-04.jpg page 1: ")
    assert str(tmp_path) not in page.message.vi + page.message.en


def test_after_a_bad_file_the_next_one_opens(opener: Opener, tmp_path: Path) -> None:
    fate(opener, png_claiming(tmp_path / "bomb.png", 17_000, 17_000, 10))
    assert isinstance(opener.open_page(whole(tmp_path / "good.png"), 1), OpenedPage)
