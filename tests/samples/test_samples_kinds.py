"""Every kind of paper: what its truth says of it, and that the kinds tell one story."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from cadastre.words.certificates import fits_register_no, fits_serial
from cadastre.words.number_words import read_number_words
from samples.book_299 import area_of, old_book
from samples.dated import commune_on
from samples.fonts import Face
from samples.gazetteer import Commune, steady_communes
from samples.land import sheet_of_plots
from samples.make import ALL_KINDS, MadeBatch, make_batch, make_samples
from samples.past import Lot
from samples.qr import draw_qr
from samples.sheet import blank_sheet
from schemas.entries import LandUse, value_from_json, value_to_json
from schemas.errors import Misconfigured
from schemas.tables import load_tables

Line = dict[str, Any]
#: Fields that the truth has beside the contract's.
_BESIDE = {"barcode", "scale", "meridian", "title", "decision_no"}


@dataclass(frozen=True)
class Made:
    """A batch of every kind with its truth read back."""

    batch: MadeBatch

    def lines(self, name: str) -> list[Line]:
        return [json.loads(line) for line in (self.batch.truth / name).read_text(encoding="utf-8").splitlines()]

    @cached_property
    def pages(self) -> list[Line]:
        return self.lines("pages.jsonl")

    @cached_property
    def entries(self) -> list[Line]:
        return self.lines("entries.jsonl")

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.batch.truth / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def of(self, kind: str, form: str | None = None, era: str | None = None) -> list[Line]:
        return [e for e in self.entries if e["kind"] == kind and form in (None, e["form"]) and era in (None, e["era"])]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    out = tmp_path_factory.mktemp("kinds")
    return Made(make_batch(out, seed=77, parcels=12, grades=("clean",), dpi=120, kinds="all"))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Made:
    out = tmp_path_factory.mktemp("faulty")
    kinds = ("so_muc_ke", "gcn_2003", "gcn_2024", "so_dia_chinh", "so_cap_gcn", "so_muc_ke_299")
    return Made(make_batch(out, seed=147, parcels=8, grades=("clean",), dpi=60, kinds=kinds, fault_share=0.7))


def _values(entry: Line) -> dict[str, Any]:
    return {name: field["value"] for name, field in entry["fields"].items()}


def _commune(name: str) -> Commune:
    return next(commune for commune in steady_communes(load_tables()) if commune.name == name)


def test_every_kind_and_form_of_the_contract_is_there(made: Made) -> None:
    kinds = {page["kind"] for page in made.pages}
    assert kinds == {
        *("so_muc_ke", "so_dang_ky", "so_dia_chinh", "so_cap_gcn", "gcn", "trich_do", "trich_luc", "ban_do"),
        *("don_dang_ky", "quyet_dinh", "giay_to_tuy_than", "khac"),
    }
    assert {page["form"] for page in made.pages} - {None} == {
        *("gcn_1993", "gcn_1994", "gcn_2003", "gcn_2009", "gcn_2024"),
    }
    assert {e["era"] for e in made.of("so_muc_ke")} == {"299", "2013"}


def test_kinds_that_are_never_read_make_no_entry_and_the_pink_house_certificate_one_without_fields(made: Made) -> None:
    assert not [e for e in made.entries if e["kind"] in ("khac", "giay_to_tuy_than", "ban_do")]
    assert made.of("gcn", "gcn_1994")
    assert all(e["fields"] == {} and e["status"] == "review" for e in made.of("gcn", "gcn_1994"))


def test_values_have_the_contract_s_shapes(made: Made) -> None:
    for entry in made.entries:
        for name, field in entry["fields"].items():
            if name not in _BESIDE:
                assert value_to_json(name, value_from_json(name, field["value"])) == field["value"], name
            assert (field["from"] == "paper") == (field["text"] is not None) == (field["box"] is not None), name


def test_every_paper_says_the_sheet_parcel_area_owner_and_commune(made: Made) -> None:
    for entry in made.entries:
        if entry["fields"] and entry["kind"] not in ("gcn", "trich_do", "so_muc_ke"):
            said = _values(entry)
            assert {"sheet_no", "parcel_no", "area_m2", "unit_name", "unit_code", "owners"} <= said.keys(), entry[
                "kind"
            ]


def test_serials_and_register_numbers_have_their_form_s_shape(made: Made) -> None:
    for form in ("gcn_1993", "gcn_2003", "gcn_2024"):
        assert made.of("gcn", form)
        for entry in made.of("gcn", form):
            said = _values(entry)
            assert fits_serial(said["serial"], entry["form"]), said["serial"]
            assert fits_register_no(said["register_no"], entry["form"]), said["register_no"]


def test_certificates_are_signed_in_the_days_of_their_form(made: Made) -> None:
    days = {
        "gcn_1993": ("1993-10-15", "2004-06-30"),
        "gcn_2003": ("2004-07-01", "2009-12-09"),
        "gcn_2024": ("2025-01-01", "2025-11-30"),
    }
    for form, (first, last) in days.items():
        assert all(first <= _values(e)["issued_on"] <= last for e in made.of("gcn", form))


def test_a_red_certificate_s_rows_sum_to_its_total_and_the_words_say_it(made: Made) -> None:
    papers: dict[str, list[Line]] = defaultdict(list)
    for entry in made.of("gcn", "gcn_1993"):
        papers[entry["document_id"]].append(entry)
    assert any(len(rows) > 1 for rows in papers.values())
    for rows in papers.values():
        assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
        total = sum(_values(row)["area_m2"] for row in rows)
        name = "total_words_m2" if len(rows) > 1 else "area_words_m2"
        assert read_number_words(rows[0]["fields"][name]["text"]) == pytest.approx(total)
        assert ("total_m2" in rows[0]["fields"]) == (len(rows) > 1)


def test_riêng_and_chung_sum_to_the_area(made: Made) -> None:
    both = [e for e in made.entries if {"private_m2", "shared_m2"} <= e["fields"].keys()]
    assert {"gcn", "so_dia_chinh", "don_dang_ky"} <= {e["kind"] for e in both}
    for entry in both:
        said = _values(entry)
        assert said["private_m2"] + said["shared_m2"] == pytest.approx(said["area_m2"]), entry["kind"]


def test_the_same_certificate_stands_in_register_and_issue_book(made: Made) -> None:
    """R11 of the domain handbook."""
    printed = {_values(e)["serial"]: _values(e) for e in made.of("gcn", "gcn_2003")}
    assert printed
    missing = {row["what"]: row["status"] for row in made.rows("missing.csv")}
    confused = {row["printed"] for row in made.rows("faults.csv") if row["fault"] == "confused_digit"}
    for kind in ("so_dia_chinh", "so_cap_gcn"):
        assert made.of(kind)
        for entry in made.of(kind):
            said = _values(entry)
            if said["serial"] not in printed:
                assert said["serial"] in missing
                continue
            own = printed[said["serial"]]
            assert own["register_no"].endswith(said["register_no"]) or f"H {said['register_no'][-5:]}" in confused
            for name in ("sheet_no", "parcel_no", "area_m2"):
                assert said[name] == own[name]


def test_the_issue_book_runs_by_register_number(made: Made) -> None:
    numbers = [_values(e)["register_no"] for e in made.of("so_cap_gcn")]
    assert numbers == sorted(numbers)
    assert len(numbers) == len(set(numbers))


def test_a_parcel_stands_once_in_each_book_of_1982_with_the_same_area_up_to_half_a_thuoc(made: Made) -> None:
    index, register = made.of("so_muc_ke", era="299"), made.of("so_dang_ky")
    keys = [(_values(e)["sheet_no"], _values(e)["parcel_no"]) for e in index]
    parcels = made.lines("parcels.jsonl")
    joined, divided = (sum(len(p["came_of"]) == n for p in parcels) for n in (2, 1))
    assert len(keys) == len(set(keys)) == made.batch.parcels + joined - divided // 2
    areas = {key: _values(e)["area_m2"] for key, e in zip(keys, index, strict=True)}
    assert sorted(keys) == sorted((_values(e)["sheet_no"], _values(e)["parcel_no"]) for e in register)
    for entry in register:
        said = _values(entry)
        assert said["area_m2"] == pytest.approx(areas[said["sheet_no"], said["parcel_no"]], abs=2 * 33.33 / 2 + 0.1)


def test_ditto_marks_are_not_taken_for_what_stands_on_the_paper(made: Made) -> None:
    for entry in made.entries:
        for name, field in entry["fields"].items():
            assert field["text"] not in ("nt", '-"-', '"'), name


def test_references_to_papers_that_are_not_held_are_listed_as_missing(made: Made) -> None:
    held = {_values(e)["serial"] for e in made.of("gcn") if "serial" in e["fields"]}
    decisions = {e["fields"]["decision_no"]["value"] for e in made.of("quyet_dinh")}
    named = [ref for e in made.entries if e["kind"] in ("gcn", "so_dia_chinh") for ref in _values(e).get("refs", [])]
    listed = {row["what"] for row in made.rows("missing.csv") if row["reason"] == "dangling_reference"}
    for ref in named:
        if ref["type"] == "serial":
            assert (ref["value"] in listed) == (ref["value"] not in held)
        if ref["type"] == "decision":
            assert (ref["value"] in listed) == (ref["value"] not in decisions)


def test_lineage_joins_the_maps_of_1982_and_1996_and_today(made: Made) -> None:
    rows = made.rows("lineage.csv")
    assert "same" in {row["relation"] for row in rows} <= {"same", "split", "merge"}
    assert {row["p"] for row in rows} == {"1"}
    for row in rows:
        more = Counter(r["from_key"] for r in rows)[row["from_key"]]
        assert (more > 1) == (row["relation"] == "split"), row
    assert any("@299/" in row["from_key"] and "@1993/" in row["to_key"] for row in rows)
    keys = {parcel["parcel_key"] for parcel in made.lines("parcels.jsonl")}
    assert any(row["to_key"] in keys for row in rows)
    assert all(re.fullmatch(r"\d{5}@(299|1993|2003|2009|2013|2024)/\d+/\w+", row["to_key"]) for row in rows)


def test_what_stands_is_of_the_certificate_signed_last(made: Made) -> None:
    current = {line["parcel_key"]: line for line in made.lines("current.jsonl")}
    parcels = made.lines("parcels.jsonl")
    assert current.keys() == {parcel["parcel_key"] for parcel in parcels}
    papers = {entry["entry_id"]: entry for entry in made.entries}
    told = 0
    for parcel in parcels:
        own = [papers[name] for name in parcel["entries"]]
        signed = [_values(e) for e in own if e["kind"] == "gcn" and _values(e).get("parcel_no") == parcel["parcel_no"]]
        stands = current[parcel["parcel_key"]]
        assert (stands["area_m2"]["value"], stands["owners"]["value"]) == (parcel["area_m2"], [parcel["owner"]])
        if signed and stands["serial"]["knowable"]:
            newest = max(signed, key=lambda values: values["issued_on"])
            assert (stands["serial"]["value"], stands["legal_area_m2"]["value"]) == (
                newest["serial"],
                newest["area_m2"],
            )
            told += 1
    assert told > 3


def test_a_joined_parcel_names_the_numbers_it_came_of_and_they_are_never_used_again(made: Made) -> None:
    parcels = made.lines("parcels.jsonl")
    joined = [parcel for parcel in parcels if len(parcel["came_of"]) == 2]
    assert joined
    living = {(p["sheet_no"], p["parcel_no"]) for p in parcels}
    merged = {(row["from_key"], row["to_key"]): row for row in made.rows("lineage.csv") if row["relation"] == "merge"}
    for parcel in joined:
        for number in parcel["came_of"]:
            assert (parcel["sheet_no"], number) not in living
            former = parcel["parcel_key"].rsplit("/", 1)[0] + f"/{number}"
            assert merged[former, parcel["parcel_key"]]["printed"] == "yes"
        (row,) = [e for e in made.of("so_muc_ke", era="2013") if _values(e)["parcel_no"] == parcel["parcel_no"]]
        one, other = parcel["came_of"]
        assert _values(row)["change_note"] == f"Hợp thửa {one} và thửa {other}"


def test_a_number_that_only_looks_like_a_gap_is_no_loss(made: Made) -> None:
    decoys = [row for row in made.rows("missing.csv") if row["status"] == "misread"]
    held = {_values(e)[name] for e in made.of("gcn", "gcn_2003") for name in ("serial", "register_no")}
    meant = {row["printed"]: row["true"] for row in made.rows("faults.csv") if row["fault"] == "confused_digit"}
    assert decoys
    for row in decoys:
        assert row["what"] in held or meant[row["what"]] in held


def test_every_labelled_fault_stands_on_its_paper(faulty: Made) -> None:
    rows = faulty.rows("faults.csv")
    assert {"digit_swap", "parts_off", "words_differ", "sum_off", "id_sex"} <= {row["fault"] for row in rows}
    entries = {e["entry_id"]: e for e in faulty.entries}
    for row in rows:
        assert row["printed"] != row["true"]
        if row["fault"] in ("digit_swap", "parts_off"):
            said = entries[row["entry_id"]]["fields"][row["field"]]
            assert said["value"] == pytest.approx(float(row["printed"].replace(".", "").replace(",", ".")))
        if row["fault"] in ("serial_era", "confused_digit"):
            assert entries[row["entry_id"]]["fields"][row["field"]]["value"].endswith(row["printed"][-6:])


def test_of_a_paper_later_than_the_merger_only_the_manifest_says_which_commune(faulty: Made) -> None:
    late = [e for e in faulty.of("gcn", "gcn_2024") if _values(e)["issued_on"] > "2025-07-01"]
    with (faulty.batch.scans / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        told = {row["file"]: (row["unit_code"], row["unit_date"]) for row in csv.DictReader(lines)}
    assert late
    for entry in late:
        known = told.get(entry["file"]) == (_values(entry)["unit_code"], "2025-06-30")
        assert entry["status"] == ("accepted" if known else "review")


def test_every_box_lies_on_its_page_and_holds_ink(made: Made) -> None:
    images: dict[tuple[str, int], np.ndarray[Any, Any]] = {}
    for page in made.pages:
        path = made.batch.scans / page["file"]
        if path.suffix == ".pdf":
            with pdfium.PdfDocument(path) as pdf:
                (picture,) = pdf[page["page"] - 1].get_objects(filter=[3])
                image = picture.get_bitmap().to_pil().copy()
        else:
            with Image.open(path) as opened:
                opened.seek(page["page"] - 1)
                image = opened.copy()
        images[page["file"], page["page"]] = np.asarray(image.convert("L"))
    for entry in made.entries:
        for name, field in entry["fields"].items():
            if field["box"] is None:
                continue
            grey = images[field.get("file", entry["file"]), field["page"]]
            left, top, right, bottom = field["box"]
            assert 0 <= left < right <= grey.shape[1], name
            assert 0 <= top < bottom <= grey.shape[0], name
            inside = grey[top:bottom, left:right]
            assert np.percentile(inside, 98) - np.percentile(inside, 3) > 25, (entry["kind"], name, field["text"])


def test_a_kind_looks_the_same_whichever_others_are_wanted(tmp_path: Path, made: Made) -> None:
    few = Made(make_batch(tmp_path, seed=77, parcels=12, grades=("clean",), dpi=120, kinds=("so_cap_gcn", "gcn_2003")))
    assert {e["kind"] for e in few.entries} == {"gcn", "so_cap_gcn"}
    assert [_values(e) for e in few.of("so_cap_gcn")] == [_values(e) for e in made.of("so_cap_gcn")]
    assert [_values(e) for e in few.of("gcn")] == [_values(e) for e in made.of("gcn", "gcn_2003")]


def test_a_kind_that_is_none_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="gcn_2003"):
        make_samples(tmp_path, seed=1, parcels=1, grade="clean", kinds=("gcn_2002",))
    assert len(ALL_KINDS) == len(set(ALL_KINDS))


@pytest.mark.parametrize(
    ("commune", "when", "district", "province"),
    [
        # domain.md 7: QN-ĐN to 1996; Hiên divided in 2003; Phú Ninh out of thị xã Tam Kỳ in 2005; TP Hội An in 2008
        ("Xã Duy Trinh", date(1984, 6, 1), "Huyện Duy Xuyên", "tỉnh Quảng Nam - Đà Nẵng"),
        ("Xã Duy Trinh", date(1997, 1, 2), "Huyện Duy Xuyên", "tỉnh Quảng Nam"),
        ("Xã A Tiêng", date(1999, 5, 4), "Huyện Hiên", "tỉnh Quảng Nam"),
        ("Xã A Tiêng", date(2004, 5, 4), "Huyện Tây Giang", "tỉnh Quảng Nam"),
        ("Xã Tam An", date(2004, 12, 1), "Thị xã Tam Kỳ", "tỉnh Quảng Nam"),
        ("Xã Tam An", date(2006, 12, 1), "Huyện Phú Ninh", "tỉnh Quảng Nam"),
        ("Phường Cẩm Châu", date(2007, 12, 3), "Thị xã Hội An", "tỉnh Quảng Nam"),
        ("Phường Cẩm Châu", date(2008, 12, 3), "Thành phố Hội An", "tỉnh Quảng Nam"),
    ],
)
def test_papers_print_the_names_of_their_day(commune: str, when: date, district: str, province: str) -> None:
    then = commune_on(load_tables(), _commune(commune), when)
    assert (then.name, then.district, then.province) == (commune, district, province)


def test_an_area_in_sao_and_thuoc_is_worth_what_the_handbook_says() -> None:
    # 2 sào 5 thước = 2 * 499.95 + 5 * 33.33 = 1166.55
    rng = np.random.default_rng(1)
    (plot,) = sheet_of_plots(rng, (1_720_000.0, 570_000.0), 1, 1, 1, "field")
    lot = Lot(0, "299", plot, "1", "1", 1170.0, (LandUse("L", None),), (), "L", "Thôn 1", "Đồng Bàu")
    style = next(s for s in (old_book(rng, 100, (1,) * 8, small=0.5) for _ in range(200)) if s.unit == "sao")
    assert area_of(lot, style) == ("2 sào 5 thước", 1166.55)


def test_the_code_on_the_newest_certificate_can_be_scanned() -> None:
    sheet = blank_sheet(60, 60, 200, Face("FreeSans"))
    draw_qr(sheet, 15, 15, 20, "MAU;AA 01234567;20617;12;305")
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(np.asarray(sheet.image))
    assert text == "MAU;AA 01234567;20617;12;305"
