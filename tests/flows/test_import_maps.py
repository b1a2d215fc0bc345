"""Maps and lists of earlier projects: columns mapped, old encodings decoded, shapes placed, what is doubtful said."""

from __future__ import annotations

import csv
import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import pytest
import shapely
from databases import FreshDatabase
from desk_papers import Desk
from drawings_made_up import Label, Line, write_dgn, write_dxf
from pyproj import Transformer
from shapely import MultiPolygon, Polygon

from flows.commands import exporting, keeping, showing
from flows.imports import importing
from flows.imports.wanted import Wanted
from store.database import connect

#: A corner near the middle of Phường Tân Thạnh, Tam Kỳ (20335 to 2025-06-30), EPSG:5899: east, north.
EAST, NORTH = 577_000.0, 1_720_600.0
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "parcels"


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database.worker)


def square(place: int, side: float = 20.0) -> Polygon:
    return shapely.box(EAST + 30 * place, NORTH, EAST + 30 * place + side, NORTH + side)


def bring_in(desk: Desk, *files: Path, dry_run: bool = False, **wanted: Any) -> tuple[int, Any, str]:
    wanted = {"asserted_on": "2012-06-30", "unit_code": "20335", **wanted}
    code, told, err = desk.type(importing.import_files, list(files), Wanted(**wanted), dry_run=dry_run)
    return code, told and told["files"], err


def fields_of(desk: Desk) -> list[dict[str, Any]]:
    return [{name: field["value"] for name, field in entry["fields"].items()} for entry in desk.entries()]


def map_file(
    folder: Path, shapes: Sequence[Any], *, name: str = "to12.gpkg", crs: str | None = "EPSG:5899", **columns: Any
) -> Path:
    count = len(shapes)
    told = {"soTo": [12.0] * count, "soThua": [float(n) for n in range(1, count + 1)],
            "DIENTICH": [shape.area if shape.is_valid else 100.0 for shape in shapes],
            "mucDichSuDung": ["ODT+BHK"] * count, **columns}  # fmt: skip
    cut = {column[:10]: cells for column, cells in told.items()} if name.endswith(".shp") else told
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided")
        geopandas.GeoDataFrame(cut, geometry=list(shapes), crs=crs).to_file(folder / name)
    return folder / name


def moved(shape: Polygon, crs: str, *, swapped: bool = False) -> Polygon:
    turn = Transformer.from_crs("EPSG:5899", crs, always_xy=True)

    def put(xy: Any) -> Any:
        told = [turn.transform(x, y) for x, y in xy]
        return [(y, x) for x, y in told] if swapped else told

    return shapely.transform(shape, put)


def index_pages(numbers: Sequence[int]) -> Any:
    place = {"unit_name": "Phường Tân Thạnh, thành phố Tam Kỳ, tỉnh Quảng Nam"}
    rows = [{"sheet_no": "12", "parcel_no": str(n), "area_m2": "400", "land_use": "ODT"} for n in numbers]
    return {"muc_ke.png": ("so_muc_ke", place, rows)}


def parcels(desk: Desk) -> geopandas.GeoDataFrame:
    out = desk.folder / "thua.gpkg"
    assert desk.type(exporting.export, "parcels", out, None, identity=None)[0] == 0
    return geopandas.read_file(out, layer="parcels")


def test_a_map_gives_its_parcels_their_shapes_with_holes_and_parts(desk: Desk) -> None:
    holed = square(0, 20).difference(square(0, 20).centroid.buffer(3, cap_style="square"))
    parted = MultiPolygon([square(1), square(2)])
    ((outcome,)) = bring_in(desk, map_file(desk.folder, [holed, parted]))[1]
    assert (outcome["entries"], outcome["mapping"], outcome["shapes"]) == ({"accepted": 2}, "arcgis", 2)
    layer = parcels(desk).set_index("parcel_key")
    assert list(layer.index) == ["20335@2009/12/1", "20335@2009/12/2"]
    assert list(layer.area.round(1)) == [364.0, 800.0]
    assert list(layer.land_use) == ["ODT+BHK", "ODT+BHK"]
    assert layer.geometry.iloc[1].equals(parted)


def test_importing_a_map_again_changes_nothing(desk: Desk) -> None:
    file = map_file(desk.folder, [square(0)])
    bring_in(desk, file)
    before = desk.entries()
    (again,) = bring_in(desk, file)[1]
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)
    assert desk.entries() == before


def test_a_map_whose_table_alone_was_mended_stands_beside_the_older_one(desk: Desk) -> None:
    for folder, owner in (("2012", "Nguyễn Văn Ân"), ("2014", "Nguyễn Văn Ấn")):
        (desk.folder / folder).mkdir()
        drawn = map_file(desk.folder / folder, [square(0), square(1)], name="to12.shp", TENCHU=[owner, "Trần Thị Tám"])
        assert bring_in(desk, drawn, asserted_on=f"{folder}-06-30")[1][0]["added"] == 2

    out = desk.folder / "gia-tri.jsonl"
    assert desk.type(exporting.export, "claims", out, None, identity=None)[0] == 0
    claims = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    claimed = [
        (claim["asserted_on"], claim["value"][0]["name"], claim["standing"])
        for claim in claims
        if claim["attribute"] == "owners" and claim["parcel_key"].endswith("/12/1")
    ]
    assert (desk.folder / "2012/to12.shp").read_bytes() == (desk.folder / "2014/to12.shp").read_bytes()
    assert sorted(claimed) == [
        ("2012-06-30", "Nguyễn Văn Ân", "superseded"),
        ("2014-06-30", "Nguyễn Văn Ấn", "current"),
    ]


def test_a_vilis_shapefile_in_tcvn3_without_a_code_page(desk: Desk) -> None:
    """«Thôn Thanh Ấm»: the stored letter is the small one; the capital comes back (parcels/vn_tcvn3)."""
    frame = geopandas.GeoDataFrame(
        {"XAID": [20335, 20335], "SHBANDO": ["27 ", "3"], "SHTHUA": [7.0, 7.0], "DIENTICH": [400.0, 400.0],
         "KHLOAIDAT": ["2L  ", "N§"], "KH2003": ["LUC", "NTD"], "TENCHU": ["[REDACTED]", "NguyÔn V¨n An"],
         "DIACHI": ["Th«n Thanh Êm", "Th«n Ngä X¸"], "DIADANH": ["§ång Quan Tiªn", "§ång Sau Chïa"]},
        geometry=[square(0), square(1)], crs="EPSG:5899",
    )  # fmt: skip
    file = desk.folder / "thua.shp"
    frame.to_file(file, encoding="ISO-8859-1")
    file.with_suffix(".cpg").unlink()
    code, (outcome,), err = bring_in(desk, file, unit_code=None)
    assert (code, outcome["mapping"], outcome["entries"]) == (0, "vilis", {"accepted": 2}), err
    assert set(outcome["encodings"].values()) == {"tcvn3"}
    first, second = fields_of(desk)
    assert "owners" not in first  # [REDACTED] is no owner
    assert second["owners"] == [{"name": "Nguyễn Văn An", "address": "Thôn Ngọ Xá"}]
    assert (first["sheet_no"], first["parcel_no"], second["sheet_no"], second["parcel_no"]) == ("27", "7", "3", "7")
    assert (first["toponym"], first["land_use"], first["land_use_old"], second["land_use_old"]) == (
        "Đồng Quan Tiên", [{"code": "LUC", "area_m2": None}], "2L", "NĐ",
    )  # fmt: skip


@pytest.mark.parametrize("swapped", [False, True])
def test_coordinates_on_another_meridian_or_with_swapped_axes_are_an_error_that_names_the_remedy(
    desk: Desk, swapped: bool
) -> None:
    crs = "EPSG:5899" if swapped else "EPSG:5898"
    file = map_file(desk.folder, [moved(square(0), crs, swapped=swapped)], crs="EPSG:5899")
    code, told, err = bring_in(desk, file)
    assert (code, told) == (3, [])
    assert "--crs" in err
    assert ("đổi chỗ" if swapped else "108°00'") in err
    code, (outcome,), _ = bring_in(desk, file, crs="auto")
    assert (code, outcome["entries"]) == (0, {"accepted": 1})
    assert outcome["notes"]  # never put right without a word
    assert parcels(desk).geometry.iloc[0].symmetric_difference(square(0)).area < 0.1


@pytest.mark.parametrize("crs", ["EPSG:5899", "EPSG:5898", "EPSG:3406", "EPSG:4326"])
def test_a_map_that_names_no_system_is_placed_by_its_commune(desk: Desk, crs: str) -> None:
    file = map_file(desk.folder, [moved(square(0), crs)], name="to12.shp", crs=None, DIENTICH=[400.0])
    code, (outcome,), err = bring_in(desk, file)
    assert (code, outcome["crs"].split()[0]) == (0, crs), err
    assert parcels(desk).geometry.iloc[0].symmetric_difference(square(0)).area < 0.2


def test_a_map_without_system_and_commune_asks(desk: Desk) -> None:
    code, _, err = bring_in(desk, map_file(desk.folder, [square(0)], name="a.shp", crs=None), unit_code=None)
    assert (code, "--crs" in err) == (3, True)


def test_a_map_of_another_place_gives_no_shape_and_waits(desk: Desk) -> None:
    """Declared right, but 60 km from the commune that the user named."""
    file = map_file(desk.folder, [shapely.affinity.translate(square(0), -60_000, 30_000)])
    (outcome,) = bring_in(desk, file)[1]
    assert outcome["entries"] == {"review": 1}
    assert outcome["findings"] == {"shape-far": 1}
    assert parcels(desk).geometry.isna().all()


def test_a_shape_that_crosses_itself_is_reported_and_never_stored(desk: Desk) -> None:
    bow = Polygon([(EAST, NORTH), (EAST + 20, NORTH + 20), (EAST + 20, NORTH), (EAST, NORTH + 20)])
    (outcome,) = bring_in(desk, map_file(desk.folder, [bow, square(1)]))[1]
    assert (outcome["entries"], outcome["findings"]) == ({"accepted": 1, "review": 1}, {"geometry-invalid": 1})
    assert list(parcels(desk).geometry.isna()) == [True, False]


def test_doubtful_rows_wait_and_rows_without_a_number_are_named(desk: Desk) -> None:
    file = map_file(
        desk.folder, [square(n) for n in range(5)], soThua=["1", "13,14", "", "2", "2"],
        DIENTICH=[400.0, 400.0, 400.0, 400.0, 900.0],
    )  # fmt: skip
    code, (outcome,), _ = bring_in(desk, file)
    assert code == 5
    assert outcome["entries"] == {"accepted": 1, "review": 3}
    assert outcome["findings"] == {"parcel-unusual": 1, "row-repeated": 2, "area-shape-differs": 1}
    assert [(row["row"], row["code"]) for row in outcome["not_taken_rows"]] == [(3, "no-parcel-number")]


def test_a_list_in_excel_with_its_title_above_the_heads(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH THỬA ĐẤT XÃ BÌNH DƯƠNG"])
    sheet.append([])
    sheet.append(["STT", "Số tờ bản đồ", "Số thửa", "Tên chủ sử dụng", "Diện tích (m2)", "Loại đất", "Ngày cấp"])
    sheet.append([1, 2, 3, 4, 5, 6, 7])
    sheet.append([1, "05", 12, "Hộ ông Trần Văn Bình và bà Lê Thị Hoa", "1.205,6", "ONT+CLN", "30/5/2012"])
    sheet.append([2, 5, 13, None, "2.500", "CLN", None])
    sheet.append(["", "", "", "Cộng", "3.705,6", "", ""])
    book.save(desk.folder / "danh sach.xlsx")
    code, (outcome,), err = bring_in(desk, desk.folder / "danh sach.xlsx")
    assert (code, outcome["mapping"], outcome["entries"]) == (5, "danh-sach", {"accepted": 2}), err
    assert [row["row"] for row in outcome["not_taken_rows"]] == [7]
    first, second = fields_of(desk)
    assert (first["sheet_no"], first["parcel_no"], first["area_m2"]) == ("5", "12", 1205.6)
    assert first["issued_on"] == "2012-05-30"
    assert [owner["name"] for owner in first["owners"]] == ["Trần Văn Bình", "Lê Thị Hoa"]
    assert second["area_m2"] == 2500.0  # the other cell shows that points group thousands
    entry = desk.entries()[0]
    assert (entry["kind"], entry["row"]) == ("du_lieu", 5)
    assert entry["fields"]["area_m2"]["text"] == "1.205,6"
    assert entry["fields"]["area_m2"]["from"] == "import"


def test_a_csv_in_vni(desk: Desk) -> None:
    rows = [["So to", "Số thửa".encode().decode("latin-1")]]
    rows = [["soTo", "soThua", "dienTich", "tenChu", "xuDong"],
            ["5", "12", "158.5", "Nguyeãn Vaên An", "Ñoàng Quan"],
            ["5", "13", "365.1", "Traàn Thò Höông", "Ñaát Baõi"]]  # fmt: skip
    file = desk.folder / "ds.csv"
    file.write_bytes("\n".join(",".join(row) for row in rows).encode("latin-1"))
    code, (outcome,), err = bring_in(desk, file)
    assert (code, outcome["encodings"]) == (0, {"tenChu": "vni", "xuDong": "vni"}), err
    assert [one["owners"][0]["name"] for one in fields_of(desk)] == ["Nguyễn Văn An", "Trần Thị Hương"]
    assert [one["area_m2"] for one in fields_of(desk)] == [158.5, 365.1]


def test_too_few_words_to_tell_the_encoding_ask_for_it(desk: Desk) -> None:
    file = desk.folder / "ds.csv"
    file.write_bytes("soTo,soThua,dienTich,tenChu\n5,12,100,HTX sè 1\n".encode("latin-1"))
    code, told, err = bring_in(desk, file)
    assert (code, told) == (3, [])
    assert "tenChu" in err
    assert "--encoding" in err
    assert bring_in(desk, file, encoding="tcvn3")[0] == 0
    assert fields_of(desk)[0]["owners"] == [{"name": "HTX số 1"}]


def test_unknown_columns_are_named_with_a_mapping_to_fill_in(desk: Desk) -> None:
    file = desk.folder / "cadastre.gpkg"
    geopandas.GeoDataFrame({"section": ["A"], "numero": ["12"]}, geometry=[square(0)], crs="EPSG:5899").to_file(file)
    code, _, err = bring_in(desk, file)
    assert code == 3
    assert "section, numero" in err
    assert "[fields]" in err
    mapping = desk.folder / "rieng.toml"
    mapping.write_text('[fields]\nparcel_no = "numero"\n[constants]\nsheet_no = "3"\n', encoding="utf-8")
    assert bring_in(desk, file, mapping=mapping)[0] == 0
    assert parcels(desk).parcel_key.tolist() == ["20335@2009/3/12"]


def test_a_mapping_that_names_a_column_which_the_file_has_not_is_refused(desk: Desk) -> None:
    file = map_file(desk.folder, [square(0)])
    mapping = desk.folder / "rieng.toml"
    fields = 'sheet_no = "soTo"\nparcel_no = "soThua"\narea_m2 = "DIENTIHC"\n'
    mapping.write_text(f"[fields]\n{fields}", encoding="utf-8")
    code, _, err = bring_in(desk, file, mapping=mapping)
    assert code == 3
    assert "«DIENTIHC»" in err
    assert "DIENTICH" in err
    code, _, err = bring_in(desk, file, mapping=desk.folder / "khac.toml")
    assert (code, "khac.toml: không có tệp này" in err) == (3, True)


def test_data_without_a_time_asks_for_one(desk: Desk) -> None:
    code, _, err = bring_in(desk, map_file(desk.folder, [square(0)]), asserted_on=None)
    assert (code, "--asserted-on" in err) == (2, True)


def sheet_of_nine() -> tuple[list[Line], list[Label]]:
    """Nine squares of 20 m; eight have number, use and area inside, the last has none; 77 stands outside."""
    lines: list[Line] = [((EAST, NORTH + 20 * i), (EAST + 60, NORTH + 20 * i)) for i in range(4)]
    lines += [((EAST + 20 * i, NORTH), (EAST + 20 * i, NORTH + 60)) for i in range(4)]
    labels: list[Label] = [("77", EAST + 200, NORTH)]
    for number in range(1, 9):
        x, y = EAST + 20 * ((number - 1) % 3), NORTH + 20 * ((number - 1) // 3)
        labels += [(str(number), x + 10, y + 12), ("ONT", x + 10, y + 8), ("400.0", x + 10, y + 4)]
    return lines, labels


@pytest.mark.parametrize("write", [write_dxf, write_dgn])
def test_a_drawn_sheet_becomes_parcels_and_what_has_no_number_is_listed(desk: Desk, write: Any) -> None:
    ending = write.__name__.removeprefix("write_")
    file = write(desk.folder / f"To 12.{ending}", *sheet_of_nine())
    code, (outcome,), err = bring_in(desk, file)
    assert (code, outcome["entries"]) == (0, {"accepted": 8}), err
    assert len(outcome["drawing"]["polygons_without_number"]) == 1
    assert [one["number"] for one in outcome["drawing"]["numbers_without_polygon"]] == ["77"]
    layer = parcels(desk)
    assert sorted(layer.parcel_key) == [f"20335@2009/12/{number}" for number in range(1, 9)]
    assert layer.area.round(0).tolist() == [400.0] * 8
    assert set(layer.land_use) == {"ONT"}


def test_a_drawing_of_version_8_says_how_to_save_it(desk: Desk) -> None:
    file = desk.folder / "to.dgn"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    code, _, err = bring_in(desk, file)
    assert (code, "v7" in err) == (3, True)


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_is_recorded(desk: Desk) -> None:
    file = desk.folder / "to.gpkg"
    file.write_text("<OGRVRTDataSource/>", encoding="utf-8")
    code, told, err = bring_in(desk, file)
    assert (code, told) == (3, [])
    assert "gpkg" in err
    assert desk.type(showing.status)[1] == []


def test_what_a_map_measured_stands_before_a_book_and_what_a_list_says_gives_way(desk: Desk) -> None:
    desk.take_in(index_pages([1]))
    file = map_file(desk.folder, [square(0, 20.3)], DIENTICH=[412.0])

    def standing() -> dict[str, tuple[Any, str]]:
        with connect(desk.url) as conn:
            rows = conn.execute(
                "select c.attribute, c.value, c.rule from cadastre.claim as c"
                " inner join cadastre.latest_version as v on v.version_id = c.version_id where c.standing = 'current'"
            )
            return {attribute: (value, rule) for attribute, value, rule in rows}

    bring_in(desk, file, asserted_on="2015-06-30", sort="list")
    assert standing()["area_m2"] == (400.0, "parcel-index")
    bring_in(desk, file, asserted_on="2015-06-30")
    assert standing()["area_m2"] == (412.0, "imported-map")
    assert standing()["land_use"] == ([{"code": "ODT", "area_m2": None}], "parcel-index")
    assert standing()["shape"][1] == "imported-map"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_a_real_export_in_tcvn3_is_decoded_and_mapped(desk: Desk) -> None:
    truth = {
        row["as_stored"]: row["unicode"]
        for row in csv.DictReader((SHARED / "vn_tcvn3" / "tcvn3_decoded.csv").read_text(encoding="utf-8").splitlines())
    }
    file = SHARED / "vn_tcvn3" / "sample_parcels_redacted.geojson"
    stored = [one["properties"] for one in json.loads(file.read_text(encoding="utf-8"))["features"]]
    code, (outcome,), err = bring_in(desk, file, asserted_on="2005-06-01", unit_code=None)
    assert (code, outcome["mapping"], outcome["rows"]) == (0, "famis", 100), err
    entries = fields_of(desk)
    cells = right = 0
    for before, entry in zip(stored, entries, strict=True):
        for column, name in (("dia_chi", "address"), ("xu_dong", "toponym"), ("loai_dat", "land_use_old")):
            if before[column]:
                cells += 1
                right += entry[name] == truth[before[column]]
        if before["ten_chu"] == "[REDACTED]":
            assert "owners" not in entry
        else:
            cells += 1
            right += entry["owners"][0]["name"] == truth.get(before["ten_chu"], before["ten_chu"])
    assert (right, cells) == (310, 310)
    numbers = {(entry["sheet_no"], entry["parcel_no"]) for entry in entries}
    assert len(numbers) == 100  # 34 numbers stand on both sheets


def test_a_map_tells_which_of_its_parcels_have_papers_and_why_the_others_have_none(desk: Desk) -> None:
    desk.take_in(index_pages([1, 2, 3, 4, 5, 6]))
    shapes = [square(n) for n in range(8)]
    file = map_file(desk.folder, shapes, soTo=[12.0] * 7 + [13.0], soThua=[1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 8.0, 1.0])
    (outcome,) = bring_in(desk, file, asserted_on="2015-06-30")[1]
    assert outcome["joined"] == {
        "parcels": 8,
        "with_paper": 5,
        "by_older_number": 0,
        "share": 0.625,
        "without_paper": [
            {"parcel_key": "20335@2013/12/7", "cause": "no-row"},
            {"parcel_key": "20335@2013/12/8", "cause": "no-row"},
            {"parcel_key": "20335@2013/13/1", "cause": "no-paper-of-sheet"},
        ],
    }
    out = desk.folder / "thieu.csv"
    assert desk.type(exporting.export, "missing", out, None, identity=None)[0] == 0
    rows = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert {(row["reason"], row["what"]) for row in rows} == {
        ("map_without_row", "12/7"),
        ("map_without_row", "12/8"),
        ("row_without_map", "12/6"),
    }


def test_a_map_in_new_numbers_is_joined_to_papers_that_bear_the_old_ones(desk: Desk) -> None:
    desk.take_in(index_pages([1, 2, 3]))
    file = map_file(
        desk.folder,
        [square(n) for n in range(4)],
        soTo=[31.0] * 4,
        soToCu=[12.0] * 3 + [None],
        soThuaCu=[3.0, 2.0, 1.0, None],
    )
    (outcome,) = bring_in(desk, file, asserted_on="2025-03-31")[1]
    told = outcome["joined"]
    assert (told["with_paper"], told["by_older_number"], told["share"]) == (0, 3, 0.75)
    assert told["without_paper"] == [{"parcel_key": "20335@2024/31/4", "cause": "no-paper-of-sheet"}]


def test_a_batch_that_was_taken_back_is_no_paper_of_a_map(desk: Desk) -> None:
    batch_id = desk.take_in(index_pages([1, 2]))
    assert desk.type(keeping.withdraw, batch_id)[0] == 0
    (outcome,) = bring_in(desk, map_file(desk.folder, [square(0), square(1)]), asserted_on="2015-06-30")[1]
    assert (outcome["joined"]["with_paper"], outcome["joined"]["share"]) == (0, 0.0)


def test_heads_of_a_list_may_be_in_tcvn3_too(desk: Desk) -> None:
    """«Số tờ bản đồ», «Số thửa», «Tên chủ sử dụng», «Xứ đồng» in TCVN3."""
    heads = "Sè tê b¶n ®å;Sè thöa;DiÖn tÝch;Tªn chñ sö dông;Xø ®ång"
    rows = ["5;12;158,5;NguyÔn V¨n An;§ång Quan Tiªn", "5;13;365,1;TrÇn ThÞ Êm;§ång Sau Chïa"]
    file = desk.folder / "ds.csv"
    file.write_bytes("\n".join((heads, *rows)).encode("latin-1"))
    code, (outcome,), err = bring_in(desk, file)
    assert (code, outcome["mapping"]) == (0, "danh-sach"), err
    assert [one["owners"][0]["name"] for one in fields_of(desk)] == ["Nguyễn Văn An", "Trần Thị Ấm"]


def test_a_file_with_codes_of_its_own_takes_the_commune_that_the_user_names(desk: Desk) -> None:
    file = map_file(desk.folder, [square(0)], maXa=["7"])
    assert bring_in(desk, file, unit_code=None)[1][0]["findings"] == {"unit-unknown": 1}
    assert bring_in(desk, file)[1][0]["entries"] == {"accepted": 1}
    assert parcels(desk).parcel_key.tolist() == ["20335@2009/12/1"]
