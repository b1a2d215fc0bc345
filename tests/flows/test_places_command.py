"""The command `places` as a clerk uses it."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cadastre.units.places import resolve
from flows.commands.places import places
from flows.terminal import Terminal
from schemas.errors import Lang, Misconfigured
from schemas.office_units import load_office_tables
from schemas.settings import Settings


def told(home: Path, text: str, on: str | None = None, lang: Lang = "vi") -> str:
    out = StringIO()
    at = Terminal(Settings(home=home, lang=lang), Console(file=out, width=200), Console(file=StringIO()))
    assert places(at, text, on, as_json=False) == 0
    return out.getvalue()


def told_as_json(home: Path, text: str, on: str | None = None) -> Any:
    out = StringIO()
    places(Terminal(Settings(home=home), Console(file=out), Console(file=StringIO())), text, on, as_json=True)
    return json.loads(out.getvalue())


def test_a_clerk_learns_what_an_old_address_is_today(tmp_path: Path) -> None:
    said = told(tmp_path, "xã Tam Dân, thị xã Tam Kỳ, tỉnh Quảng Nam - Đà Nẵng", "1995-03-01")
    assert "20392  Xã Tam Dân, Tam Kỳ" in said
    assert "nay là 20392 Xã Phú Ninh" in said
    assert "nơi lưu: Chi nhánh Văn phòng Đăng ký đất đai Tam Kỳ (chưa chắc, cần kiểm tra)" in said
    assert "now 20392 Xã Phú Ninh" in told(tmp_path, "xã Tam Dân, thị xã Tam Kỳ", "1995-03-01", "en")


def test_a_reused_code_shows_both_communes_and_the_day_picks_one(tmp_path: Path) -> None:
    both = told_as_json(tmp_path, "20335")
    assert both["why"] == "several"
    assert [one["name"] for one in both["alternatives"]] == ["Phường Tân Thạnh", "Phường Bàn Thạch"]
    assert told_as_json(tmp_path, "20335", "2025-06-30")["unit"]["name"] == "Phường Tân Thạnh"
    assert told_as_json(tmp_path, "20335", "2025-07-01")["why"] == "merged"


def test_an_address_without_a_commune_is_called_one(tmp_path: Path) -> None:
    assert "Chỉ nêu tỉnh" in told(tmp_path, "tỉnh Quảng Nam - Đà Nẵng", "1990-01-01")
    assert "Names a district only" in told(tmp_path, "huyện Hiên", "1990-01-01", "en")


@pytest.mark.parametrize("text", ["xã Điện Ngọc, huyện Đại Lộc", "Điện Ngọc, Đại Lộc, Quảng Nam"])
def test_a_commune_of_another_district_is_offered_and_never_taken(tmp_path: Path, text: str) -> None:
    answer = told_as_json(tmp_path, text, "1999-01-01")
    assert (answer["why"], answer["unit"]) == ("other-district", None)
    assert [(one["code"], one["name"], one["districts"]) for one in answer["alternatives"]] == [
        ("20563", "Xã Điện Ngọc", ["Điện Bàn"])
    ]
    said = told(tmp_path, text)
    assert "Huyện, quận đã nêu không có xã, phường tên này" in said
    assert "20563  " in said
    assert resolve(text, date(1999, 1, 1), load_office_tables(tmp_path)).alternatives == ()  # a paper is not read so


@pytest.mark.parametrize("text", ["xã Điện Ngọc, huyện Bình Sơn, tỉnh Quảng Ngãi", "xã Hoài Hương, huyện Đại Lộc"])
def test_nothing_is_offered_for_another_province_or_for_a_name_that_nobody_bears(tmp_path: Path, text: str) -> None:
    answer = told_as_json(tmp_path, text, "1999-01-01")
    assert (answer["why"], answer["unit"], answer["alternatives"]) == ("unknown", None, [])


def test_a_divided_commune_has_no_unit_of_today_and_names_its_parts(tmp_path: Path) -> None:
    answer = told_as_json(tmp_path, "xã Điện Thắng, huyện Điện Bàn", "1999-01-01")
    assert answer["unit"]["code"] == "20560"
    assert answer["now"] is None
    assert answer["group"] == "20557+20575"
    assert {"Xã Điện Thắng Nam", "Phường An Thắng"} <= {one["name"] for one in answer["land"]}


def test_a_commune_without_a_code_has_the_key_of_its_parcels(tmp_path: Path) -> None:
    answer = told_as_json(tmp_path, "xã Tam Xuân, huyện Núi Thành", "1985-01-01")["unit"]
    assert (answer["code"], answer["key"], answer["certainty"]) == (None, "~tamxuan.nuithanh", "K")
    assert told_as_json(tmp_path, "~tamxuan.nuithanh", "1985-01-01")["unit"] == answer


def test_rows_of_the_office_are_asked_first(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("name,district,valid_to\nXã Phú Hưng,Tam Kỳ,1986-12-31\n", encoding="utf-8")
    assert told_as_json(tmp_path, "xã Phú Hưng, huyện Tam Kỳ", "1982-01-01")["why"] == "named"


def test_a_wrong_day_is_refused_with_an_example(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as refused:
        told(tmp_path, "20335", "1/7/2025")
    assert "1995-03-01" in refused.value.message.vi


@pytest.mark.parametrize("day", ["1975-12-31", "1700-01-01", "2300-01-01"])
def test_of_a_day_that_no_list_reaches_nothing_is_known_and_units_of_other_days_are_shown(
    tmp_path: Path, day: str
) -> None:
    for asked in ("xã Tam Giang, huyện Tam Kỳ", "20335"):
        answer = told_as_json(tmp_path, asked, day)
        assert (answer["why"], answer["unit"]) == ("unknown", None)
        assert answer["alternatives"]
    assert "không cho biết về ngày này" in told(tmp_path, "20335", day)
    assert told_as_json(tmp_path, "xã Tam Giang, huyện Tam Kỳ", "1976-01-01")["why"] == "named"


def test_an_office_that_knows_an_older_commune_is_believed(tmp_path: Path) -> None:
    row = "name,district,valid_from,valid_to\nXã Kỳ Mỹ,Tam Kỳ,1970-01-01,1976-06-30\n"
    (tmp_path / "units.csv").write_text(row, encoding="utf-8")
    assert told_as_json(tmp_path, "xã Kỳ Mỹ, Tam Kỳ", "1972-05-05")["why"] == "named"
