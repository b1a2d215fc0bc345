"""The judging part of benchmarks.through_time: what is right, what a clerk answers; nothing is drawn or read here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import clerk, clerk_of_maps, clerk_of_papers
from benchmarks.outcomes import counted, outcome_of
from benchmarks.outside import Told, Truth, judged, told, why_keys_wait
from schemas.tables import load_tables

OLD, MID, NOW, OTHER = "20623@299/2/248", "20623@1993/1/182", "20623@2003/6/350", "20623@2003/6/351"
LINEAGE = {(OLD, MID): "same", (MID, NOW): "same", ("20623@299/2/250", "20623@2003/6/352"): "same"}
HERE, THERE = "(bản đồ 299, Xã Duy Trung (20623))", "(bản đồ 1993, Xã Duy Trung (20623))"
CURRENT = {NOW: {"serial": "CY 820673", "legal_area_m2": 1183.9, "area_m2": 1190.0}}


def entry(entry_id: str, page: int, **values: Any) -> dict[str, Any]:
    fields = {
        name: {"value": value, "status": status, "from": "paper"}
        for name, (value, status) in {
            k: v if isinstance(v, tuple) else (v, "accepted") for k, v in values.items()
        }.items()
    }
    return {"entry_id": entry_id, "file": "so.pdf", "page": page, "row": 1, "kind": "so_muc_ke", "form": None,
            "era": "2003", "fields": fields}  # fmt: skip


KEY = {"unit_code": "20623", "sheet_no": "6", "parcel_no": "350"}


@pytest.mark.parametrize(
    ("question", "found", "words"),
    [
        (f"Thửa 248 tờ 2 {HERE} có phải là thửa 182 tờ 1 {THERE} không?", "thửa 182 tờ 1 (1.194 m²)", ("Đúng", "")),
        (f"Thửa 248 tờ 2 {HERE} có phải là thửa 183 tờ 1 {THERE} không?", "thửa 183 tờ 1",
         ("Thửa khác", "thửa 182 tờ 1")),
        (f"Thửa 250 tờ 2 {HERE} nay là thửa nào của {THERE[1:-1]}?", "chưa tìm được",
         ("Thửa khác", "thửa 352 tờ 6 bản đồ 2003")),
        (f"Thửa 999 tờ 2 {HERE} có phải là thửa 183 tờ 1 {THERE} không?", "thửa 183 tờ 1", ("Không", "")),
        (f"Tờ 2 {HERE} nằm trên những tờ nào của {THERE[1:-1]}?", "tờ 1 (5 thửa chắc)\ntờ 3", ("Tờ khác", "1")),
    ],
)  # fmt: skip
def test_the_clerk_of_maps_answers_as_the_land_went(question: str, found: str, words: tuple[str, str]) -> None:
    assert clerk_of_maps.answer(question, found, LINEAGE) == words


def test_the_clerk_answers_a_common_question_for_the_rows_that_are_named() -> None:
    rows = [
        {"file": "so.pdf", "page": 1, "row": row, "fields": {"owners": {"value": [{"name": name}], "page": 1}}}
        for row, name in enumerate(("Trần Văn Mẫu", "Trần Văn Mẫu", "Lê Thị Thử", "Lê Thị Thử"), start=1)
    ]
    (first, *_) = clerk.looked_at("Sổ đăng ký ruộng đất\nso.pdf\ntrang 1, dòng 3–4", "owners", rows)
    assert first["fields"]["owners"]["value"] == [{"name": "Lê Thị Thử"}]


def test_the_clerk_of_papers_knows_what_stands() -> None:
    where = "Thửa 350 tờ 6 (bản đồ 2003, Xã Duy Trung (20623))"
    two = [f"Số phát hành {serial}\nSổ cấp giấy chứng nhận: so.pdf, trang 2" for serial in ("AN 495689", "CY 820673")]
    question = f"{where} có hai giấy chứng nhận. Giấy nào đang còn hiệu lực?"
    assert clerk_of_papers.answer(question, two, CURRENT, ()) == "Giấy thứ hai"
    assert clerk_of_papers.answer(question, two[:1], CURRENT, ()) == "Không giấy nào"
    areas = ["diện tích đo đạc: 1.190 m²", "diện tích pháp lý: 1.183,9 m²"]
    question = f"{where}: diện tích đo đạc khác diện tích trên giấy tờ pháp lý. Số nào đúng?"
    assert clerk_of_papers.answer(question, areas, CURRENT, ()) == "Cả hai"
    numbers = ["Số vào sổ: H 03928", "Số vào sổ: H 03923"]
    question = f"{where}: số vào sổ cấp giấy chứng nhận ghi khác nhau trên các giấy tờ. Giấy nào ghi đúng?"
    assert clerk_of_papers.answer(question, numbers, CURRENT, {"H 03928"}) == "Giấy thứ hai"


def test_fields_are_counted_by_what_became_of_them() -> None:
    assert outcome_of("area_m2", 500.0, {"status": "accepted", "value": 500.0}) == ("accepted", False)
    assert outcome_of("area_m2", 500.0, {"status": "review", "value": 600.0}) == ("misread", True)
    assert outcome_of("area_m2", 500.0, {"status": "unreadable", "value": None}) == ("unreadable", True)
    assert outcome_of("area_m2", 500.0, None) == ("missing", True)
    true, read = entry("t", 1, area_m2=500.0), entry("e", 1, area_m2=(501.0, "accepted"))
    real, model, wrong, lost = counted({("so.pdf", 1, 1): true, ("so.pdf", 2, 1): true}, {("so.pdf", 1, 1): read})
    assert (real["area_m2"]["accepted"], wrong["area_m2"], lost) == (1, 1, 1)
    assert sum(model["area_m2"].values()) == pytest.approx(1.0)


def test_exports_are_judged(tmp_path: Path) -> None:
    (tmp_path / "entries.jsonl").write_text(json.dumps(entry("e1", 1, **KEY)) + "\n", encoding="utf-8")
    (tmp_path / "lineage.csv").write_text(
        f"from_key,to_key,relation,p,evidence\n{OLD},{MID},same,0.999,\n{OLD},{OTHER},same,0.999,\n", encoding="utf-8"
    )
    (tmp_path / "parcels.csv").write_text(
        "parcel_key,status,valid_to\n"
        + "".join(f"{key},{status},{end}\n" for key, status, end in (
            (OLD, "consistent", "1995-01-01"), (MID, "consistent", "2004-06-30"),
            (NOW, "review", ""), (OTHER, "consistent", ""))),
        encoding="utf-8",
    )  # fmt: skip
    said = {"parcel_key": NOW, "standing": "current", "entry_id": "e1"}
    claims = [said | {"attribute": "serial", "value": "AN 495689"}, said | {"attribute": "area_m2", "value": 1190.0}]
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(one) + "\n" for one in claims), encoding="utf-8")
    true = Truth(
        {("so.pdf", 1, 1): entry("t1", 1, **KEY)}, LINEAGE, CURRENT, {("so.pdf", 1, 1): frozenset({0})}, frozenset()
    )
    lines = list(judged(true, told(tmp_path), load_tables()))

    def line(start: str) -> str:
        return next(one for one in lines if one.startswith(start))

    assert "recall 0.333" in line("links, all")  # one of three
    assert "1 of 2" in line("parcels valid now 2, consistent")
    assert "wrongly linked and consistent 1 of 1" in lines[4]  # 6/351 never was 2/248
    assert line("serial: right 0 of 1")
    assert line("area_m2: right 1 of 1")
    assert "waits 1" in line("legal_area_m2")


def test_why_entries_have_no_key_is_counted() -> None:
    true = {("so.pdf", page, 1): entry(f"t{page}", page, **KEY) for page in (1, 2, 3)}
    read = {("so.pdf", 1, 1): entry("e1", 1, **{**KEY, "parcel_no": "850"}),
            ("so.pdf", 2, 1): entry("e2", 2, **{**KEY, "sheet_no": ("6", "review")})}  # fmt: skip
    found = why_keys_wait(Truth(true, {}, {}, {}, frozenset()), Told(read, {}, {}, ()))
    assert (found["keyed, wrong"], found["waits: sheet_no"], found["not found"]) == (1, 1, 1)
