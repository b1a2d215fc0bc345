"""Whole scans open, with the frame, the resolution and the pixels that the file holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scan_makers import drawn_pdf, fax_tiff, jpeg_bytes, pattern, scan_pdf

from ocr.open import FileReport, OpenedPage, Opener, PageInfo


def report(opener: Opener, path: Path) -> FileReport:
    found = opener.inspect(path, path.name)
    assert isinstance(found, FileReport), found
    return found


def opened(opener: Opener, path: Path, page: int = 1) -> OpenedPage:
    found = opener.open_page(path, page)
    assert isinstance(found, OpenedPage), found
    return found


def test_every_page_of_a_tiff_is_reported_and_opens(opener: Opener, tmp_path: Path) -> None:
    path = fax_tiff(tmp_path / "so.tif", pages=3)
    found = report(opener, path)
    assert found.media_type == "tiff"
    assert found.pages == (PageInfo(400, 600, 200.0, 0),) * 3
    third = opened(opener, path, 3)
    assert third.bitonal
    assert third.dpi_known
    assert third.image.shape == (600, 400)
    # The bar of page 3 begins at 50 + 2 * 100.
    assert (third.image[249, 100], third.image[250, 100], third.image[289, 100], third.image[290, 100]) == (
        255,
        0,
        0,
        255,
    )


def test_the_content_decides_what_a_file_is_and_a_wrong_ending_is_noted(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(jpeg_bytes(pattern(300, 200), dpi=(300, 300)))
    found = report(opener, path)
    assert found.media_type == "jpeg"
    assert [note.code for note in found.notes] == ["wrong-ending"]


def test_a_file_of_the_store_has_no_ending_and_none_is_missed(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "0f3a"
    path.write_bytes(jpeg_bytes(pattern(300, 200)))
    found = opener.inspect(path, "GCN/BA 123456.jpg")
    assert isinstance(found, FileReport)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("orientation", "turn", "mirrored"),
    # EXIF 2.3, tag 274: 1 upright, 3 upside down, 6 and 8 lie on a side, 2 4 5 7 are their mirror images
    [(1, 0, False), (2, 0, True), (3, 180, False), (4, 180, True), (6, 90, False), (8, 270, False)],
)
def test_the_frame_is_the_photo_as_stored_and_exif_only_a_hint(
    opener: Opener, tmp_path: Path, orientation: int, turn: int, mirrored: bool
) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg_bytes(pattern(320, 200), exif=exif))
    page = opened(opener, path)
    assert (page.width, page.height, page.exif_turn, page.exif_mirrored) == (320, 200, turn, mirrored)
    assert np.abs(page.image[:, :, ::-1].astype(int) - np.asarray(pattern(320, 200))).mean() < 8


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_tiff_with_an_orientation_keeps_its_stored_pixels(opener: Opener, tmp_path: Path, orientation: int) -> None:
    stored = pattern(320, 200)
    path = tmp_path / "turned.tif"
    stored.save(path, compression="tiff_lzw", tiffinfo={274: orientation})
    page = opened(opener, path)
    assert (page.width, page.height) == (320, 200)
    assert np.array_equal(page.image[:, :, ::-1], np.asarray(stored))


def test_a_resolution_of_72_on_a_large_photo_is_the_cameras_not_the_papers(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg_bytes(pattern(1654, 2339), dpi=(72, 72)))
    page = opened(opener, path)
    assert not page.dpi_known
    assert page.dpi == pytest.approx(200, abs=1)  # as A4: 2339 pixels on 297 mm


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_pdf_page_that_is_one_image_has_that_images_pixels_as_displayed(
    opener: Opener, tmp_path: Path, turn: int
) -> None:
    image = pattern(300, 200)
    path = scan_pdf(tmp_path / "scan.pdf", jpeg_bytes(image), (300, 200), dpi=150, turn=turn)
    page = opened(opener, path)
    shown = np.rot90(np.asarray(image), -turn // 90)
    assert page.image.shape == shown.shape
    assert (page.height, page.width) == shown.shape[:2]
    assert page.dpi == pytest.approx(150, abs=0.5)
    assert np.abs(page.image[:, :, ::-1].astype(int) - shown).mean() < 8
    assert report(opener, path).pages == (PageInfo(page.width, page.height, page.dpi, 0),)


def test_a_drawn_pdf_page_is_rendered_at_300_dpi(opener: Opener, tmp_path: Path) -> None:
    # A black square of one inch, two inches from the left and one from the foot of a page of 6 by 8 inches.
    path = drawn_pdf(tmp_path / "drawn.pdf", b"0 g 144 72 72 72 re f", (432, 576))
    page = opened(opener, path)
    assert (page.width, page.height, page.dpi) == (1800, 2400, 300.0)
    assert page.image.ndim == 2
    rows, columns = np.nonzero(page.image < 128)
    assert (columns.min(), columns.max() + 1) == pytest.approx((600, 900), abs=1)
    assert (rows.min(), rows.max() + 1) == pytest.approx((1800, 2100), abs=1)


def test_an_a0_sheet_at_400_dpi_opens_reduced_and_says_by_how_much(opener: Opener, tmp_path: Path) -> None:
    image = Image.new("1", (13244, 18724), 1)  # 841 × 1189 mm at 400 dpi: 248 million pixels
    image.paste(0, (6000, 9000, 7200, 10200))
    path = tmp_path / "ban do.tif"
    image.save(path, compression="group4", dpi=(400, 400))
    page = opened(opener, path)
    assert (page.width, page.height) == (13244, 18724)
    assert page.image.size <= 40_000_000
    assert page.scale == pytest.approx(page.image.shape[1] / 13244)
    rows, columns = np.nonzero(page.image < 128)
    assert columns.min() / page.scale == pytest.approx(6000, abs=4)
    assert rows.max() / page.scale == pytest.approx(10200, abs=4)


def test_a_restricted_pdf_that_opens_without_a_password_is_read_and_noted(opener: Opener, tmp_path: Path) -> None:
    import pikepdf

    plain = drawn_pdf(tmp_path / "plain.pdf", b"0 g 10 10 50 50 re f")
    with pikepdf.open(plain) as pdf:
        pdf.save(tmp_path / "restricted.pdf", encryption=pikepdf.Encryption(owner="chu", user="", R=6))
    found = report(opener, tmp_path / "restricted.pdf")
    assert [note.code for note in found.notes] == ["pdf-restricted"]
    assert isinstance(found.pages[0], PageInfo)


def test_a_pdf_that_wants_to_run_a_script_is_flagged(opener: Opener, tmp_path: Path) -> None:
    import pikepdf

    path = drawn_pdf(tmp_path / "script.pdf", b"0 g 10 10 50 50 re f")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.save(path)
    assert [note.code for note in report(opener, path).notes] == ["pdf-active"]
