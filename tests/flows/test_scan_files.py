"""The searchable scans: upright, found by their words where these stand, and nothing in them that acts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from handing_in_papers import AN, Paper, certificate, land, ledger, put, terminal

from flows.national.handing_in import MARK, export_scans, whole_folder
from flows.national.scan_files import ScanPage, write_scan
from ocr.open import OpenedPage
from schemas.documents import Box, PageRef
from schemas.errors import BadInput, Unavailable
from schemas.readings import CornerReading, PageReading, Reading, RowReading, Vote
from store import originals, readings, runs
from store.database import Connection

WIDE, HIGH = 300, 400
WORDS = "Thửa đất số 125, xã Quế Mỹ"
PLACE = Box(60, 40, 260, 60)
"""Where the words stand on the upright page of 300 × 400 pixels."""


def reading(
    ref: PageRef, box: Box, turn_deg: int, *, size: tuple[int, int] = (WIDE, HIGH), text: str = WORDS
) -> PageReading:
    place = Reading(ref, box, text, (Vote("tess", text, 0.9),))
    return PageReading(
        ref, *size, False, "gcn", 1.0, "gcn_2009", "2013", "clean", None, None, turn_deg, None, True,
        fields={"owners" if "CMND" in text else "address": (place,)},
    )  # fmt: skip


def turned(turn_deg: int, *, mirrored: bool = False) -> tuple[OpenedPage, Box]:
    """A page that is upright after so many degrees clockwise: a black bar where the words stand, and its box."""
    upright = np.full((HIGH, WIDE), 255, np.uint8)
    upright[PLACE.top : PLACE.bottom, PLACE.left : PLACE.right] = 0
    stored = np.rot90(upright, k=turn_deg // 90)
    stored = np.ascontiguousarray(stored[:, ::-1] if mirrored else stored)
    rows, columns = np.nonzero(stored == 0)
    box = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    page = OpenedPage(
        stored, stored.shape[1], stored.shape[0], 72.0, True, 72.0, exif_mirrored=mirrored, exif_turn=turn_deg
    )
    return page, box


def shown(text: str, _person: bool) -> str:
    return text


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_the_page_stands_upright_and_its_words_are_found_where_they_stand(
    tmp_path: Path, turn_deg: int, mirrored: bool
) -> None:
    page, box = turned(turn_deg, mirrored=mirrored)
    out = tmp_path / "a.pdf"
    seen = reading(PageRef("a" * 64, 1), box, turn_deg, size=(page.width, page.height))
    write_scan(out, [ScanPage(page, seen)], shown)
    with pypdfium2.PdfDocument(out) as pdf:
        drawn = pdf[0].render(scale=1).to_numpy()
        assert drawn.shape[:2] == (HIGH, WIDE)
        rows, columns = np.nonzero(drawn[:, :, 0] < 128)
        assert (columns.min(), rows.min()) == pytest.approx((PLACE.left, PLACE.top), abs=1)
        text = pdf[0].get_textpage()
        found = text.search("Quế Mỹ").get_next()
        assert found is not None
        left, bottom, right, top = text.get_charbox(found[0])
        assert PLACE.left < left < right <= PLACE.right + 1
        assert HIGH - PLACE.bottom - 1 <= bottom < top <= HIGH - PLACE.top + 1
        assert text.get_text_range() == WORDS


def test_more_letters_than_one_font_has_are_all_found(tmp_path: Path) -> None:
    page, box = turned(0)
    letters = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 300))
    write_scan(tmp_path / "a.pdf", [ScanPage(page, reading(PageRef("a" * 64, 1), box, 0, text=letters))], shown)
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert pdf[0].get_textpage().get_text_range() == letters


def test_rows_and_corners_are_found_too_and_one_place_only_once(tmp_path: Path) -> None:
    page, _ = turned(0)
    ref = PageRef("a" * 64, 1)

    def cell(text: str, left: int) -> Reading:
        return Reading(ref, Box(left, 10, left + 30, 20), text, ())

    sheet = PageReading(
        ref, WIDE, HIGH, False, "so_muc_ke", 1.0, None, "2013", "clean", None, None, 0, None, False,
        fields={"title": (cell("392", 10),)},
        rows=(RowReading(1, {"parcel_no": cell("392", 10), "area_m2": cell("183,7", 60)}),),
        corners=(CornerReading(cell("1", 100), cell("1720818.12", 140), None, None),),
    )  # fmt: skip
    write_scan(tmp_path / "a.pdf", [ScanPage(page, sheet)], shown)
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert pdf[0].get_textpage().get_text_range().split() == ["392", "183,7", "1", "1720818.12"]


def test_nothing_in_the_file_acts_and_black_and_white_loses_nothing(tmp_path: Path) -> None:
    bar, box = turned(0)
    page = OpenedPage(bar.image, WIDE, HIGH, 72.0, True, 72.0, bitonal=True)
    write_scan(tmp_path / "a.pdf", [ScanPage(page, reading(PageRef("a" * 64, 1), box, 0))], shown)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Annots" not in pdf.pages[0]
        kept = pikepdf.PdfImage(pdf.pages[0].Resources.XObject.Im).as_pil_image()
        assert np.array_equal(np.asarray(kept.convert("L")), bar.image)


@pytest.fixture
def scanned(conn: Connection, tmp_path: Path) -> tuple[Connection, Path, Paper]:
    """A certificate of two pages, kept and read, whose first page names a person with a number."""
    home = tmp_path / "nha"
    source = tmp_path / "gcn.tif"
    cv2.imwritemulti(str(source), [np.full((40, 30), shade, np.uint8) for shade in (250, 120)])
    kept = originals.keep(home, source)
    paper = certificate("BA 123456", land("20344", "12", "125"))
    paper = Paper(paper.name, "gcn", paper.rows, form="gcn_2009", pages=2, sha256=kept.sha256)
    put(conn, [paper])
    run = runs.begin_run(conn, "read")
    for page, text in ((1, "Ông Nguyễn Văn An, CMND 205 123 456"), (2, WORDS)):
        seen = reading(PageRef(kept.sha256, page), Box(2, 2, 28, 8), 0, size=(30, 40), text=text)
        readings.save_reading(conn, run, seen, "reader")
    return conn, home, paper


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_a_certificates_scan_is_named_by_its_serial_with_its_pages_in_order(
    scanned: tuple[Connection, Path, Paper], tmp_path: Path
) -> None:
    conn, home, paper = scanned
    before = hashlib.sha256(originals.path_of(home, paper.hash).read_bytes()).hexdigest()
    with terminal(home) as at:
        assert export_scans(conn, at, tmp_path / "quet", None, None) == 1
    (pdf,) = (tmp_path / "quet").glob("*.pdf")
    assert pdf.name == "BA 123456-GCN.pdf"
    assert texts(pdf) == ["Ông Nguyễn Văn An, CMND ••• ••• •••", WORDS]
    assert hashlib.sha256(originals.path_of(home, paper.hash).read_bytes()).hexdigest() == before == paper.hash


def test_again_replaces_with_the_same_bytes_and_a_reason_shows_the_numbers(
    scanned: tuple[Connection, Path, Paper], tmp_path: Path
) -> None:
    conn, home, _ = scanned
    out = tmp_path / "quet"
    with terminal(home) as at:
        export_scans(conn, at, out, None, None)
        first = (out / "BA 123456-GCN.pdf").read_bytes()
        export_scans(conn, at, out, None, None)
        assert (out / "BA 123456-GCN.pdf").read_bytes() == first
        export_scans(conn, at, out, None, "giao nộp")
    assert "205 123 456" in texts(out / "BA 123456-GCN.pdf")[0]
    assert sorted(path.name for path in out.iterdir()) == [MARK, "BA 123456-GCN.pdf"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_copies_of_identity_papers_need_the_right(conn: Connection, tmp_path: Path) -> None:
    home = tmp_path / "nha"
    cv2.imwrite(str(tmp_path / "cccd.png"), np.full((40, 30), 200, np.uint8))
    kept = originals.keep(home, tmp_path / "cccd.png")
    put(conn, [Paper("cccd", "giay_to_tuy_than", [], era=None, sha256=kept.sha256)])
    with terminal(home) as at:
        assert export_scans(conn, at, tmp_path / "quet", None, None) == 0
        assert export_scans(conn, at, tmp_path / "quet", None, "giao nộp") == 1


def test_two_scans_of_one_certificate_keep_two_names(conn: Connection, tmp_path: Path) -> None:
    home = tmp_path / "nha"
    papers = []
    for name in ("a", "b"):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((40, 30 + len(papers)), 200, np.uint8))
        made = certificate("BA 123456", land("20344", "12", "125"), owners=(AN,))
        kept = originals.keep(home, tmp_path / f"{name}.png")
        papers.append(Paper(name, "gcn", made.rows, form="gcn_2009", sha256=kept.sha256))
    put(conn, papers)
    with terminal(home) as at:
        export_scans(conn, at, tmp_path / "quet", None, None)
    names = sorted(path.name for path in (tmp_path / "quet").glob("*.pdf"))
    other = max(papers, key=lambda paper: paper.document_id)
    assert names == sorted(["BA 123456-GCN.pdf", f"{other.document_id}.pdf"])


def test_an_original_that_is_gone_leaves_the_folder_as_it_was(
    scanned: tuple[Connection, Path, Paper], tmp_path: Path
) -> None:
    conn, home, paper = scanned
    out = tmp_path / "quet"
    with terminal(home) as at:
        export_scans(conn, at, out, None, None)
        originals.path_of(home, paper.hash).unlink()
        with pytest.raises(Unavailable, match=paper.hash):
            export_scans(conn, at, out, None, None)
    assert len(texts(out / "BA 123456-GCN.pdf")) == 2


def test_a_folder_with_other_things_in_it_is_never_replaced(tmp_path: Path) -> None:
    out = tmp_path / "quet"
    out.mkdir()
    (out / "thư riêng.txt").write_text("giữ lại", "utf-8")
    with pytest.raises(BadInput, match="holds something else"), whole_folder(out):
        pass
    assert (out / "thư riêng.txt").exists()
    with pytest.raises(BadInput, match="no such folder"), whole_folder(tmp_path / "khong" / "quet"):
        pass


def test_an_error_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "quet") as folder:
        (folder / "a.pdf").write_bytes(b"%PDF-1.7")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_export_had_moved_away_comes_back(tmp_path: Path) -> None:
    killed = tmp_path / ".quet.diachinh-x1"
    (killed / "old").mkdir(parents=True)
    (killed / "old" / "a.pdf").write_bytes(b"%PDF-1.7")
    (killed / "old" / MARK).write_text("a.pdf\n", "utf-8")
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "quet"):
        raise ZeroDivisionError
    assert (tmp_path / "quet" / "a.pdf").exists()


def test_the_ledger_goes_by_its_document_id(conn: Connection, tmp_path: Path) -> None:
    home = tmp_path / "nha"
    cv2.imwritemulti(str(tmp_path / "so.tif"), [np.full((40, 30), 200, np.uint8)] * 2)
    kept = originals.keep(home, tmp_path / "so.tif")
    book = ledger(land("20344", "12", "1"), land("20344", "12", "2"))
    put(conn, [Paper(book.name, book.kind, book.rows, pages=2, sha256=kept.sha256)])
    with terminal(home) as at:
        export_scans(conn, at, tmp_path / "quet", None, None)
    assert [path.name for path in (tmp_path / "quet").glob("*.pdf")] == [f"{book.document_id}.pdf"]
