"""Files from nowhere and very large sheets, through the command that an office types."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from offices import faults, new_office
from PIL import Image, ImageDraw, ImageFont

HOSTILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"
#: 841 × 1189 mm at 400 dpi.
A0_AT_400_DPI = (13244, 18724)


@pytest.mark.soak
@pytest.mark.shared
@pytest.mark.skipif(not HOSTILE.is_dir(), reason="needs ../shared/data/hostile beside the checkout")
def test_every_hostile_file_has_its_lines_and_the_batch_comes_to_its_end(tmp_path: Path) -> None:
    with (HOSTILE / "catalog.csv").open(encoding="utf-8", newline="") as file:
        catalogue = list(csv.DictReader(file))
    batch = tmp_path / "thùng 1"
    for row in catalogue:
        (batch / row["file"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOSTILE / row["file"], batch / row["file"])
    scans = {row["file"] for row in catalogue if Path(row["file"]).suffix.lower() in _TAKEN}
    with new_office() as desk:
        told = desk.type("digitise", batch, "--plain", DIACHINH_WORKERS="2")
        assert told.code == 5, told.err
        pages = desk.lines("pages", tmp_path / "pages.jsonl")
        assert faults(desk) == []
    assert {line["file"] for line in pages} >= scans
    assert {line["state"] for line in pages} <= {"read", "blank", "quarantined"}  # none waits, none failed through us
    assert all(line["reason"] for line in pages if line["state"] == "quarantined")
    of_file = Counter(line["file"] for line in pages)
    whole = {line["file"] for line in pages if line["page"] is None}
    counted = {row["file"]: int(row["pages"]) for row in catalogue if row["pages"] and row["file"] in scans - whole}
    assert {name: of_file[name] for name in counted} == counted


_TAKEN = {".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"}


@pytest.mark.soak
@pytest.mark.parametrize("ending", ["jpg", "tif"])
def test_an_a0_sheet_at_400_dpi_passes(ending: str, tmp_path: Path) -> None:
    batch = tmp_path / "ban do"
    batch.mkdir()
    width, height = A0_AT_400_DPI
    sheet = Image.fromarray(np.full((height, width), 235, np.uint8))
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 160)
    pen.rectangle((600, 1400, width - 600, height - 600), outline=20, width=12)
    pen.text((4200, 500), "BẢN ĐỒ ĐỊA CHÍNH  TỜ SỐ 12  TỶ LỆ 1:1000", fill=20, font=font)
    for number in range(1, 301):
        x, y = 900 + (number % 15) * 780, 1700 + (number // 15) * 780
        pen.rectangle((x, y, x + 780, y + 780), outline=30, width=6)
        pen.text((x + 250, y + 300), str(number), fill=20, font=font)
    if ending == "tif":
        sheet.convert("1").save(batch / "to 12.tif", dpi=(400, 400), compression="group4")
    else:
        sheet.save(batch / "to 12.jpg", dpi=(400, 400), quality=70)
    del sheet, pen
    with new_office() as desk:
        told = desk.type("digitise", batch, "--plain", DIACHINH_WORKERS="1")
        assert told.code == 0, told.err
        (page,) = desk.lines("pages", tmp_path / "pages.jsonl")
    assert (page["state"], page["width"], page["height"]) == ("read", width, height)
