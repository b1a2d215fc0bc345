"""What leaves the house: the contract's lines, whole files, and no identity number without the right."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import pyogrio
import pytest
import shapely

from flows.exports.geofiles import write_parcels
from flows.exports.writing import entry_line, page_line, whole_or_nothing, write_missing
from schemas.documents import Box, PageRef
from schemas.entries import Entry, FieldValue, LandUse, Owner
from schemas.errors import BadInput, Message, Unavailable
from schemas.outcomes import Finding, MissingOriginal, Quarantine
from schemas.parcels import ParcelKey
from store.layers import EntryLine, PageLine, ParcelLine

FRONT, BACK = PageRef("a" * 64, 1), PageRef("b" * 64, 2)
OWNER = Owner("Nguyễn Văn An", sex="nam", birth_year=1960, id_kind="cmnd", id_no="205123456")


def line() -> EntryLine:
    fields = {
        "owners": FieldValue(
            (OWNER,), "Ông: NGUYỄN VĂN AN, sinh năm 1960, CMND số: 205 123 456", None, "review", "paper", FRONT,
            Box(10, 20, 30, 40),
        ),
        "area_m2": FieldValue(120.5, "120,5", None, "accepted", "paper", BACK, Box(1, 2, 3, 4)),
        "unit_code": FieldValue("20335", None, None, "accepted", "inferred", None, None),
        "change_note": FieldValue(
            "Chuyển nhượng cho bà B, CCCD 049085012345", "…049085012345", None, "review", "paper", BACK, Box(1, 2, 3, 4)
        ),
    }  # fmt: skip
    finding = Finding("R8", "warning", ("owners",), Message("năm sinh không khớp", "the year does not fit"))
    entry = Entry("e1", "d1", FRONT, None, "gcn", "gcn_2009", "2009", "review", fields, (finding,))
    return EntryLine(entry, "batch", "a.pdf", {FRONT.sha256: "a.pdf", BACK.sha256: "b.jpg"})


def test_identity_numbers_leave_only_with_a_reason() -> None:
    hidden = json.dumps(entry_line(line(), "vi", identity=False), ensure_ascii=False)
    for digits in ("205123456", "205 123 456", "049085012345"):
        assert digits not in hidden
    assert "•••" in hidden
    assert "id_no" not in hidden
    assert "id_kind" in hidden
    assert entry_line(line(), "vi", identity=True)["fields"]["owners"]["value"][0]["id_no"] == "205123456"


def test_a_field_from_another_file_names_it_and_one_from_nowhere_has_no_box() -> None:
    fields = entry_line(line(), "en", identity=False)["fields"]
    assert (fields["area_m2"]["file"], fields["area_m2"]["page"], fields["area_m2"]["box"]) == (
        "b.jpg",
        2,
        [1, 2, 3, 4],
    )
    assert "file" not in fields["owners"]
    inferred = fields["unit_code"]
    assert (inferred["from"], inferred["page"], inferred["box"], inferred["text"]) == ("inferred", None, None, None)
    assert fields["owners"]["p"] is None


def test_a_commune_that_no_source_has_a_code_for_leaves_without_one(tmp_path: Path) -> None:
    kept = line()
    named = FieldValue("~tamxuan.nuithanh", None, None, "accepted", "inferred", None, None)
    entry = replace(kept.entry, fields={**kept.entry.fields, "unit_code": named})
    assert "unit_code" not in entry_line(replace(kept, entry=entry), "vi", identity=False)["fields"]
    old = replace(parcel("7", wkb=None, uses=(), area=None), key=ParcelKey("~tamxuan.nuithanh", "299", "4", "7"))
    write_parcels(tmp_path / "thua.csv", [old])
    (told,) = csv.DictReader((tmp_path / "thua.csv").read_text(encoding="utf-8").splitlines())
    assert told["parcel_key"] == "~tamxuan.nuithanh@299/4/7"
    assert (told["unit_code"], told["unit_code_now"], told["unit_name_now"]) == ("", "20971", "Xã Tam Xuân")


def test_messages_are_in_the_language_asked_for() -> None:
    said = [entry_line(line(), lang, identity=False)["findings"][0]["message"] for lang in ("vi", "en")]
    assert said == ["năm sinh không khớp", "the year does not fit"]


def test_a_file_that_was_not_opened_has_its_line_with_the_reason() -> None:
    why = Quarantine("pdf-encrypted", Message("PDF có mật khẩu", "the PDF is encrypted"))
    told = page_line(
        PageLine(
            "x.pdf", "c" * 64, None, None, None, None, None, None, None, "quarantined", why, None, None, None, None,
            None, None,
        ),
        "en",
    )  # fmt: skip
    assert (told["page"], told["state"], told["reason"]) == (None, "quarantined", "pdf-encrypted: the PDF is encrypted")


def test_a_file_that_fails_half_way_leaves_what_stood_there(tmp_path: Path) -> None:
    out = tmp_path / "muc.jsonl"
    out.write_text("cũ", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_or_nothing(out) as partial:
        partial.write_text("một nửa", encoding="utf-8")
        raise ZeroDivisionError
    assert out.read_text(encoding="utf-8") == "cũ"
    assert [path.name for path in tmp_path.iterdir()] == ["muc.jsonl"]


def test_an_unknown_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"), whole_or_nothing(tmp_path / "khong" / "a.csv"):
        pass


def test_missing_originals_open_in_a_spreadsheet_and_never_as_a_formula(tmp_path: Path) -> None:
    out = tmp_path / "thieu.csv"
    case = MissingOriginal("1", "file", "=cmd()", None, "manifest", "manifest.csv", "Quyển 3", None)
    assert write_missing(out, [case]) == 1
    assert out.read_bytes().startswith(b"\xef\xbb\xbfcase_id,kind,what,")
    assert "'=cmd()" in out.read_text(encoding="utf-8-sig")


SQUARE = shapely.MultiPolygon([shapely.box(577990, 1720810, 578000, 1720820)])


def parcel(number: str, *, wkb: bytes | None, uses: tuple[LandUse, ...], area: float | None) -> ParcelLine:
    key = ParcelKey("20335", "2013", "12", number)
    return ParcelLine(
        number, key, area, None, uses, "GDC", 1, "consistent", "2015-06-01", None, 1, {}, None, wkb
    )  # fmt: skip


def test_parcels_open_in_qgis_with_their_system_style_and_vietnamese_names(tmp_path: Path) -> None:
    out = tmp_path / "thua.gpkg"
    uses = (LandUse("ONT", 60.0), LandUse("BHK", 40.0))
    count = write_parcels(
        out, [parcel("7", wkb=shapely.to_wkb(SQUARE), uses=uses, area=100.0), parcel("8", wkb=None, uses=(), area=None)]
    )
    assert count == 2
    layer = geopandas.read_file(out, layer="parcels").set_index("parcel_no")
    assert layer.crs is not None
    assert layer.crs.to_epsg() == 5899
    assert layer.geometry["7"].area == pytest.approx(100.0)
    assert layer.geometry["8"] is None
    # 20335 was Phường Tân Thạnh and is Phường Bàn Thạch since 2025-07-01 (domain.md, fact 1); BHK is HNK now (fact 8)
    assert (layer.unit_code_now["7"], layer.unit_name_now["7"]) == ("20335", "Phường Bàn Thạch")
    assert (layer.land_use["7"], layer.land_use_now["7"]) == ("ONT+BHK", "ONT+HNK")
    land_uses = pyogrio.read_dataframe(out, layer="land_uses")
    assert land_uses.area_m2.sum() == 100.0
    styles = pyogrio.read_dataframe(out, layer="layer_styles")
    assert set(styles.f_table_name) == {"parcels", "land_uses"}
    assert "Diện tích đo đạc" in styles.styleQML[0]
    shown = ElementTree.fromstring(styles.styleQML[0].split("\n", 1)[1])
    words = shown.find("fieldConfiguration/field[@name='status']//Option[@value='review']")
    assert words is not None
    assert words.get("name") == "Chờ người xem"


@pytest.mark.parametrize("ending", ["gpkg", "parquet", "csv"])
def test_no_parcel_at_all_is_an_empty_file_not_an_error(tmp_path: Path, ending: str) -> None:
    assert write_parcels(tmp_path / f"thua.{ending}", []) == 0
    assert (tmp_path / f"thua.{ending}").exists()


def test_another_ending_is_refused_with_the_ones_that_work(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.gpkg, \.parquet or \.csv"):
        write_parcels(tmp_path / "thua.shp", [])


def test_a_geopackage_that_finds_no_room_is_told_by_name_and_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "thua.gpkg"
    out.write_text("cũ", encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise pyogrio.errors.FeatureError("Could not add feature to layer")

    monkeypatch.setattr(pyogrio, "write_dataframe", full)
    with pytest.raises(Unavailable, match=r"thua\.gpkg: could not be written .* make room"):
        write_parcels(out, [parcel("7", wkb=shapely.to_wkb(SQUARE), uses=(), area=100.0)])
    assert out.read_text(encoding="utf-8") == "cũ"
    assert [path.name for path in tmp_path.iterdir()] == ["thua.gpkg"]
