"""Where things come to lie: on the drawn page, in the captured image, in the ground."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import Polygon
from shapely.ops import unary_union

from samples.capture import shoot
from samples.estate import estates
from samples.faults import faulty_corners, swapped_digits
from samples.fonts import Face
from samples.gazetteer import steady_communes
from samples.gcn import draw_gcn
from samples.gcn_printing import printing
from samples.land import edges, sheet_of_plots, shoelace
from samples.muc_ke import draw_muc_ke
from samples.muc_ke_page import binding
from samples.other import draw_letter
from samples.paper import Face as Drawn
from samples.sheet import Mark, Run, blank_sheet, say
from samples.trich_do import drafting, draw_trich_do
from samples.warp import flat_warp, photo_warp
from schemas.documents import Box
from schemas.entries import Corner
from schemas.tables import load_tables


def test_a_mark_is_the_box_of_the_ink_it_names() -> None:
    sheet = blank_sheet(100, 40, 300, Face("FreeSerif"), (255, 255, 255))
    sheet.text(20, 20, say("owners", "Nguyễn Thị Quỵ"))
    ink = np.argwhere(np.asarray(sheet.image.convert("L")) < 128)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
    assert np.allclose(sheet.marks[0].box, (left, top, right, bottom), atol=3)


def test_every_paper_says_once_on_each_page_that_it_is_a_specimen_and_away_from_its_fields() -> None:
    rng = np.random.default_rng(3)
    commune = steady_communes(load_tables())[40]
    held = estates(rng, commune, 12)
    certified = next(estate for estate in held if estate.certificate)
    surveyed = next(estate for estate in held if estate.extract)
    papers = (
        draw_gcn(rng, certified, 0, printing(rng, 100)),
        draw_trich_do(rng, surveyed, 0, drafting(rng, 100)),
        draw_muc_ke(rng, held, range(12), 1, binding(rng, 100)),
        draw_letter(rng, commune, 100),
    )
    for face in (face for paper in papers for face in paper.faces):
        (words,) = (mark for mark in face.marks if mark.name == "specimen")
        assert words.text == "MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
        assert all(mark.box[3] < words.box[1] for mark in face.marks if mark is not words)


def test_a_field_that_wraps_is_marked_on_both_lines_without_its_label() -> None:
    sheet = blank_sheet(60, 40, 200, Face("FreeSerif"))
    sheet.paragraph(5, 10, 40, [Run("Địa chỉ: "), say("address", "Thôn Đông Yên, xã Duy Trinh, huyện Duy Xuyên")])
    assert [mark.name for mark in sheet.marks] == ["address"] * len(sheet.marks)
    assert len(sheet.marks) >= 2
    assert " ".join(mark.text for mark in sheet.marks) == "Thôn Đông Yên, xã Duy Trinh, huyện Duy Xuyên"


def test_a_quarter_turn_carries_boxes_with_it() -> None:
    # page 100 wide, 200 high; clockwise, what was at the left edge comes to lie at the top
    warp = flat_warp((100, 200), skew_deg=0, scale=1, margin=0, turn_deg=90)
    assert warp.image == (200, 100)
    assert warp.box((10, 20, 30, 40)) == Box(160, 10, 180, 30)


def test_a_margin_moves_boxes() -> None:
    warp = flat_warp((100, 200), skew_deg=0, scale=1, margin=7, turn_deg=0)
    assert warp.box((10, 20, 30, 40)) == Box(17, 27, 37, 47)


def test_what_falls_off_the_image_has_no_box() -> None:
    warp = flat_warp((100, 200), skew_deg=0, scale=1, margin=0, turn_deg=0)
    assert warp.box((120, 20, 130, 40)) is None


@pytest.mark.parametrize("bend", [0.0, 6.0])
def test_pixels_and_boxes_take_the_same_way(bend: float) -> None:
    page = np.full((300, 200, 3), 255, np.uint8)
    page[100:120, 60:90] = 0
    corners = np.array([[12, 20], [205, 8], [215, 310], [5, 290]], float)
    warp = photo_warp((200, 300), corners, (230, 320), bend)
    dark = np.argwhere(warp.pixels(page, (255, 255, 255))[..., 0] < 128)
    box = warp.box((60, 100, 90, 120))
    assert box is not None
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    assert np.allclose((box.left, box.top, box.right, box.bottom), (left, top, right, bottom), atol=2)


@pytest.mark.parametrize("mode", ["scan", "grey", "copy", "photo"])
@pytest.mark.parametrize("grade", ["clean", "worn", "bad"])
def test_a_black_bar_is_where_its_box_says_in_every_capture(mode: str, grade: str) -> None:
    sheet = blank_sheet(90, 120, 150, Face("FreeSerif"))
    bar = (150.0, 300.0, 380.0, 330.0)
    sheet.draw.rectangle(bar, fill=(20, 20, 20))
    drawn = Drawn(sheet.image, 150, (Mark(0, "serial", "bar", bar),), "1")
    for seed in range(3):
        shot = shoot(np.random.default_rng(seed), drawn, None, mode, grade, sideways=mode == "photo" and seed == 2)
        grey = shot.pixels if shot.pixels.ndim == 2 else shot.pixels.mean(axis=2)
        box = shot.warp.box(bar)
        assert box is not None
        inside = grey[box.top : box.bottom, box.left : box.right]
        paper = np.median(grey[grey.shape[0] // 4 : -grey.shape[0] // 4, grey.shape[1] // 4 : -grey.shape[1] // 4])
        assert np.median(inside) < paper - 40
        rim = 12
        around = grey[box.top - rim : box.bottom + rim, box.left - rim : box.right + rim].copy()
        around[rim:-rim, rim:-rim] = paper
        assert np.mean(around < paper - 60) < 0.05


def test_parcels_of_a_sheet_share_their_edges_and_do_not_overlap() -> None:
    plots = sheet_of_plots(np.random.default_rng(5), (1_720_000.0, 570_000.0), 12, 101, 11, "garden")
    rings = [Polygon([(y, x) for x, y in plot.corners]) for plot in plots]
    assert all(ring.is_valid for ring in rings)
    whole = unary_union(rings)
    assert whole.area == pytest.approx(sum(ring.area for ring in rings), rel=1e-6)
    assert [plot.parcel_no for plot in plots] == [str(n) for n in range(101, 112)]
    assert [plot.area_m2 for plot in plots] == pytest.approx([ring.area for ring in rings], abs=0.06)


def test_the_next_number_on_the_right_is_named_as_the_eastern_neighbour() -> None:
    first, second, *_ = sheet_of_plots(np.random.default_rng(5), (1_720_000.0, 570_000.0), 12, 101, 11, "field")
    assert first.neighbours[1] == "102"
    assert second.neighbours[3] == "101"


def test_area_and_edges_of_a_rectangle() -> None:
    corners = ((1_720_020.0, 570_000.0), (1_720_020.0, 570_010.0), (1_720_000.0, 570_010.0), (1_720_000.0, 570_000.0))
    assert shoelace(corners) == pytest.approx(200.0)
    assert edges(corners) == pytest.approx((10.0, 20.0, 10.0, 20.0))


def test_the_wrong_meridian_moves_tam_ky_as_the_handbook_says() -> None:
    # domain.md 6.3: X 1,720,818 Y 577,996 on 107°45' is X 1,720,743 Y 551,181 on 108°00'
    (moved,) = faulty_corners((Corner(1, 1_720_818.0, 577_996.0, None),), "wrong_meridian")
    assert (moved.x, moved.y) == pytest.approx((1_720_743, 551_181), abs=1)


def test_faults_change_what_they_name() -> None:
    assert swapped_digits(245.6) == 425.6
    assert swapped_digits(100.5) == 105.0
    corner = Corner(1, 1_720_818.0, 577_996.0, 5.0)
    assert faulty_corners((corner,), "xy_swapped") == (Corner(1, 577_996.0, 1_720_818.0, 5.0),)
    assert faulty_corners((corner,), None) == (corner,)
