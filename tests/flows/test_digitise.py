"""The whole job as an office types it: a folder of made papers through Prefect, PostGIS and Tesseract."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import geopandas
import pytest
from offices import Office

from flows.server import PrefectServer

OK = (0, 5)  # 5: done, some pages set aside


@pytest.fixture(scope="session")
def digitised(office: Office, made: Path) -> dict[str, Any]:
    told = office.type("digitise", made / "scans", "--json")
    assert told.code in OK, told.err
    result: dict[str, Any] = told.json()
    return result


@pytest.fixture(scope="session")
def truth(made: Path) -> list[dict[str, Any]]:
    text = (made / "truth" / "entries.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def figures(digitised: dict[str, Any]) -> dict[str, dict[str, float]]:
    (told,) = digitised["batches"].values()
    return dict(told)


def test_every_page_that_came_in_is_accounted_for(
    office: Office, made: Path, digitised: dict[str, Any], tmp_path: Path
) -> None:
    expected = (made / "truth" / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    lines = office.lines("pages", tmp_path / "trang.jsonl")
    assert len(lines) == len(expected)
    assert sum(figures(digitised)["pages"].values()) == len(expected)
    assert figures(digitised)["pages"]["waiting"] == 0


def test_what_is_accepted_is_right(
    office: Office, truth: list[dict[str, Any]], digitised: dict[str, Any], tmp_path: Path
) -> None:
    """Clean made papers: each accepted key field equals what is printed."""
    printed = {(one["file"], one["page"], one["row"]): one["fields"] for one in truth}
    seen = 0
    for entry in office.lines("entries", tmp_path / "muc.jsonl"):
        true = printed[entry["file"], entry["page"], entry["row"]]
        for name in ("sheet_no", "parcel_no", "area_m2", "serial"):
            field = entry["fields"].get(name)
            if field and field["status"] == "accepted":
                assert field["value"] == true[name]["value"], (entry["file"], name)
                seen += 1
    assert seen >= len(truth)


def test_every_paper_of_the_batch_makes_its_entries(
    office: Office, truth: list[dict[str, Any]], digitised: dict[str, Any], tmp_path: Path
) -> None:
    told = Counter(entry["kind"] for entry in office.lines("entries", tmp_path / "muc.jsonl"))
    assert told == Counter(entry["kind"] for entry in truth)


def test_parcels_lie_in_their_commune(office: Office, digitised: dict[str, Any], tmp_path: Path) -> None:
    assert office.type("export", "parcels", tmp_path / "thua.gpkg").code == 0
    layer = geopandas.read_file(tmp_path / "thua.gpkg", layer="parcels")
    assert len(layer) == sum(figures(digitised)["parcels"].values()) > 0
    assert layer.parcel_key.is_unique
    placed = layer[layer.geometry.notna()]
    # domain.md 6.3: old Quảng Nam in EPSG:5899
    assert placed.geometry.bounds.minx.ge(440_000).all()
    assert placed.geometry.bounds.maxy.le(1_781_000).all()


def test_the_same_folder_again_changes_nothing(
    office: Office, made: Path, digitised: dict[str, Any], tmp_path: Path
) -> None:
    before = office.lines("entries", tmp_path / "truoc.jsonl")
    copied = tmp_path / "chep"
    shutil.copytree(made / "scans", copied)
    again = office.type("digitise", made / "scans", copied, "--plain", "--json").json()
    assert again["batches"].keys() == digitised["batches"].keys()
    assert office.lines("entries", tmp_path / "sau.jsonl") == before
    assert len(office.type("status", "--json").json()) == 1


def test_prefect_knows_figures_and_ids_and_no_person(
    office: Office, truth: list[dict[str, Any]], digitised: dict[str, Any]
) -> None:
    api = PrefectServer(office.home).status().api_url
    assert api is not None
    assert api.startswith("http://127.0.0.1:")
    told = json.dumps([asked(api, name) for name in ("flow_runs", "task_runs", "artifacts")], ensure_ascii=False)
    assert "batch-" + next(iter(digitised["batches"])) in told
    assert digitised["flow_run"].rsplit("/", 1)[1] in told
    for entry in truth:
        for owner in entry["fields"].get("owners", {}).get("value") or []:
            assert owner["name"].casefold() not in told.casefold()
            assert owner.get("id_no") is None or owner["id_no"] not in told
    assert str(office.home) not in told


def asked(api: str, name: str) -> Any:
    request = urllib.request.Request(
        f"{api}/{name}/filter", data=b"{}", headers={"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_without_the_right_no_identity_number_leaves(
    office: Office, truth: list[dict[str, Any]], digitised: dict[str, Any], tmp_path: Path
) -> None:
    numbers = {
        owner["id_no"]
        for entry in truth
        for owner in entry["fields"].get("owners", {}).get("value") or []
        if owner.get("id_no")
    }
    assert numbers
    for what in ("entries", "pages", "missing"):
        out = tmp_path / f"{what}.txt"
        assert office.type("export", what, out).code == 0
        assert not [number for number in numbers if number in out.read_text(encoding="utf-8")]
    log = (office.home / "logs" / "diachinh.log").read_text(encoding="utf-8")
    assert not [number for number in numbers if number in log]


def test_one_bad_file_never_stops_its_batch(office: Office, made: Path, tmp_path: Path) -> None:
    batch = tmp_path / "lo"
    batch.mkdir()
    (batch / "rong.pdf").write_bytes(b"")
    (batch / "thu.jpg").write_text("đây không phải ảnh", encoding="utf-8")
    whole = next(path for path in sorted((made / "scans").rglob("*")) if path.suffix in (".jpg", ".tif", ".pdf"))
    (batch / f"cut{whole.suffix}").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (batch / "manifest.csv").write_text("file,declared_pages\nmat.pdf,4\n", encoding="utf-8")
    told = office.type("digitise", batch, "--plain", "--json", "--lang", "en")
    assert told.code == 5, told.err
    (batch_id,) = told.json()["batches"]
    for name in ("rong.pdf", "thu.jpg", f"cut{whole.suffix}"):
        assert name in told.err
    lines = office.lines("pages", tmp_path / "trang.jsonl", "--batch", batch_id)
    assert {line["state"] for line in lines} == {"quarantined"}
    assert all(line["reason"] for line in lines)
    assert office.type("export", "missing", tmp_path / "thieu.csv", "--batch", batch_id).code == 0
    assert "mat.pdf" in (tmp_path / "thieu.csv").read_text(encoding="utf-8-sig")


def test_bad_words_have_their_exit_codes_and_a_remedy(office: Office, tmp_path: Path) -> None:
    empty = tmp_path / "rong"
    empty.mkdir()
    told = office.type("digitise", empty, "--plain")
    assert (told.code, "Kiểm tra lại thư mục" in told.err) == (3, True)
    assert office.type("digitise").code == 2
    assert office.type("export", "parcels", tmp_path / "a.shp").code == 3
    assert office.type("report", "--batch", "khong-co").code == 3
    away = office.type("status", DIACHINH_DATABASE_URL="postgresql://x@127.0.0.1:1/x")
    assert away.code == 4
    gone = office.type("digitise", empty.parent, PREFECT_API_URL="http://127.0.0.1:1/api")
    assert gone.code in (3, 4)


def test_the_doctor_finds_what_the_program_needs(office: Office) -> None:
    told = office.type("doctor", "--json").json()
    assert told["good"] is True
    assert {check["name"] for check in told["checks"]} >= {"Tesseract", "Tesseract: vie", "PostGIS"}
