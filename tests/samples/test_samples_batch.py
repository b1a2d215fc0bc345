"""A made batch as a user finds it: files, pages, truth, and that the truth is true."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from cadastre.words.number_words import read_number_words
from samples.make import MadeBatch, make_batch, make_samples
from schemas.entries import value_from_json, value_to_json
from schemas.errors import Misconfigured

Line = dict[str, Any]
SEED, PARCELS, SMALL = 268, 4, 9


@dataclass(frozen=True)
class Made:
    """A batch with its truth read back."""

    batch: MadeBatch

    def _lines(self, name: str) -> list[Line]:
        return [json.loads(line) for line in (self.batch.truth / name).read_text(encoding="utf-8").splitlines()]

    @cached_property
    def pages(self) -> list[Line]:
        return self._lines("pages.jsonl")

    @cached_property
    def entries(self) -> list[Line]:
        return self._lines("entries.jsonl")

    @cached_property
    def cells(self) -> list[Line]:
        return self._lines("cells.jsonl")

    @cached_property
    def parcels(self) -> list[Line]:
        return self._lines("parcels.jsonl")

    def of_kind(self, kind: str) -> list[Line]:
        return [entry for entry in self.entries if entry["kind"] == kind]

    def images(self) -> Iterator[tuple[str, int, Image.Image]]:
        for path in sorted(p for p in self.batch.scans.rglob("*") if p.is_file() and p.name != "manifest.csv"):
            name = path.relative_to(self.batch.scans).as_posix()
            if path.suffix == ".pdf":
                with pdfium.PdfDocument(path) as pdf:
                    for number in range(len(pdf)):
                        (picture,) = pdf[number].get_objects(filter=[3])
                        yield name, number + 1, picture.get_bitmap().to_pil().copy()
            else:
                with Image.open(path) as picture:
                    for number in range(getattr(picture, "n_frames", 1)):
                        picture.seek(number)
                        yield name, number + 1, picture.copy()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    out = tmp_path_factory.mktemp("batch")
    return Made(make_batch(out, seed=SEED, parcels=PARCELS, grades=("clean", "worn")))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(make_samples(tmp_path_factory.mktemp("small"), seed=SMALL, parcels=1, grade="clean"))


def _values(entry: Line) -> dict[str, Any]:
    return {name: field["value"] for name, field in entry["fields"].items()}


def _value(entry: Line, name: str) -> Any:
    return entry["fields"][name]["value"]


def test_the_same_seed_gives_the_same_files(small: Made, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    again = make_samples(tmp_path, seed=SMALL, parcels=1, grade="clean", on_page=lambda *n: told.append(n))
    assert _hashes(again.scans.parent) == _hashes(small.batch.scans.parent)
    assert told[-1] == (again.pages, again.pages)


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_another_grade_of_a_seed_tells_of_the_same_parcels(small: Made, tmp_path: Path) -> None:
    bad = Made(make_samples(tmp_path, seed=SMALL, parcels=1, grade="bad"))
    assert bad.parcels == small.parcels
    assert [_values(entry) for entry in bad.entries] == [_values(entry) for entry in small.entries]
    assert {page["quality"] for page in bad.pages} == {"bad"}


def test_no_parcels_and_a_folder_that_holds_samples_are_refused(small: Made, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="at least one"):
        make_samples(tmp_path, seed=1, parcels=0, grade="clean")
    with pytest.raises(Misconfigured, match="already"):
        make_samples(small.batch.scans.parent, seed=1, parcels=1, grade="clean")


def test_the_truth_has_one_line_for_every_page_of_every_file(made: Made) -> None:
    found = {(name, page): image.size for name, page, image in made.images()}
    assert found == {(p["file"], p["page"]): (p["width"], p["height"]) for p in made.pages}
    assert made.batch.pages == len(made.pages)
    assert made.batch.files == len({page["file"] for page in made.pages})
    for page in made.pages:
        assert page["sha256"] == hashlib.sha256((made.batch.scans / page["file"]).read_bytes()).hexdigest()


def test_all_three_papers_and_pages_of_no_interest_are_there(made: Made) -> None:
    kinds = Counter(page["kind"] for page in made.pages)
    assert set(kinds) == {"gcn", "so_muc_ke", "trich_do", "khac"}
    assert [page["state"] for page in made.pages if page["faces"] == ["blank"]] == ["blank"]
    assert {page["document_id"] for page in made.pages if page["kind"] == "khac"} == {None}


def test_a_certificate_has_its_four_faces_once(made: Made) -> None:
    for document in {entry["document_id"] for entry in made.of_kind("gcn")}:
        pages = [page for page in made.pages if page["document_id"] == document]
        assert sorted(face for page in pages for face in page["faces"]) == ["1", "2", "3", "4"]
        assert sorted(page["order"] for page in pages) == list(range(1, len(pages) + 1))


def test_every_box_lies_on_its_page_and_holds_dark_ink(made: Made) -> None:
    images = {(name, page): np.asarray(image.convert("L")) for name, page, image in made.images()}
    boxes = [
        (field.get("file", entry["file"]), field["page"], field["box"], name)
        for entry in made.entries
        for name, field in entry["fields"].items()
        if field["box"]
    ]
    boxes += [(cell["file"], cell["page"], cell["box"], cell["column"]) for cell in made.cells]
    assert len(boxes) > 100
    for file, page, (left, top, right, bottom), name in boxes:
        grey = images[file, page]
        assert 0 <= left < right <= grey.shape[1], name
        assert 0 <= top < bottom <= grey.shape[0], name
        inside = grey[top:bottom, left:right]
        assert np.percentile(inside, 3) < np.percentile(inside, 85) - 40, (file, page, name)


def test_fields_from_paper_have_text_and_a_box_and_others_have_none(made: Made) -> None:
    for entry in made.entries:
        for name, field in entry["fields"].items():
            assert (field["from"] == "paper") == (field["text"] is not None) == (field["box"] is not None), name
        assert entry["fields"]["unit_code"]["from"] == "inferred"


def test_values_have_the_shapes_of_the_contract(made: Made) -> None:
    patterns = {
        "unit_code": r"\d{5}",
        "serial": r"[BCD][A-ZĐ] \d{6}",
        "register_no": r"(CH|CS|CN) \d{5}",
        "barcode": r"\d{13}",
        "sheet_no": r"[1-9]\d{0,2}",
        "parcel_no": r"[1-9]\d{0,3}",
        "issued_on": r"20(1\d|2[0-4])-\d\d-\d\d",
        "user_type": r"GDC|UBQ|TKT",
    }
    for entry in made.entries:
        for name, field in entry["fields"].items():
            if name in patterns:
                assert re.fullmatch(patterns[name], field["value"]), (name, field["value"])
            if name not in ("barcode", "scale", "meridian", "title"):
                assert value_to_json(name, value_from_json(name, field["value"])) == field["value"]
        assert entry["era"] in ("2009", "2013")
        assert (entry["form"] == "gcn_2009") == (entry["kind"] == "gcn")
        assert (entry["row"] is not None) == (entry["kind"] == "so_muc_ke")


def test_the_era_follows_the_signing_date(made: Made) -> None:
    for entry in made.of_kind("gcn") + made.of_kind("trich_do"):
        assert entry["era"] == ("2013" if _value(entry, "issued_on") >= "2014-07-01" else "2009")
        assert ("barcode" in entry["fields"]) == (entry["kind"] == "gcn" and entry["era"] == "2013")


def test_a_barcode_is_commune_year_and_dossier(made: Made) -> None:
    for entry in made.of_kind("gcn"):
        if "barcode" in entry["fields"]:
            assert _value(entry, "barcode")[:7] == _value(entry, "unit_code") + _value(entry, "issued_on")[2:4]


def test_parts_of_a_certificates_area_sum_and_its_words_say_the_digits(made: Made) -> None:
    assert made.of_kind("gcn")
    for entry in made.of_kind("gcn"):
        area = _value(entry, "area_m2")
        assert _value(entry, "private_m2") + _value(entry, "shared_m2") == pytest.approx(area)
        assert read_number_words(entry["fields"]["area_words_m2"]["text"]) == pytest.approx(area)
        printed = [use["area_m2"] for use in _value(entry, "land_use")]
        if None not in printed:
            assert sum(printed) == pytest.approx(area)


def test_printed_corners_give_the_printed_area_and_edges(made: Made) -> None:
    tables = [entry for entry in made.entries if "corners" in entry["fields"]]
    assert tables
    for entry in tables:
        corners = _value(entry, "corners")
        ring = [*corners, corners[0]]
        doubled = math.fsum(
            (a["x"] - corners[0]["x"]) * (b["y"] - corners[0]["y"])
            - (b["x"] - corners[0]["x"]) * (a["y"] - corners[0]["y"])
            for a, b in pairwise(ring)
        )
        assert abs(doubled) / 2 == pytest.approx(_value(entry, "area_m2"), abs=1.0)
        for a, b in pairwise(ring):
            assert math.dist((a["x"], a["y"]), (b["x"], b["y"])) == pytest.approx(a["edge_m"], abs=0.02)
        assert all(1_651_000 < c["x"] < 1_781_000 and 440_000 < c["y"] < 608_000 for c in corners)


def test_cells_of_a_corner_table_say_its_values(made: Made) -> None:
    for entry in (entry for entry in made.entries if "corners" in entry["fields"]):
        cells = [cell for cell in made.cells if cell["entry_id"] == entry["entry_id"]]
        for i, corner in enumerate(_value(entry, "corners")):
            said = {c["column"]: c["text"].replace(",", ".") for c in cells if c["row"] == i}
            assert said["no"] == str(corner["no"])
            assert float(said["x"]) == corner["x"]
            assert float(said["y"]) == corner["y"]
            assert float(said["edge"]) == corner["edge_m"]


def test_every_parcel_stands_in_the_book_and_its_papers_agree_on_its_number(made: Made) -> None:
    by_id = {entry["entry_id"]: entry for entry in made.entries}
    assert len(made.of_kind("so_muc_ke")) == len(made.parcels) == PARCELS
    for parcel in made.parcels:
        papers = [by_id[entry_id] for entry_id in parcel["entries"]]
        assert "so_muc_ke" in [paper["kind"] for paper in papers]
        unit, sheet, number = parcel["unit_code"], parcel["sheet_no"], parcel["parcel_no"]
        for paper in papers:
            assert [_value(paper, n) for n in ("unit_code", "sheet_no", "parcel_no")] == [unit, sheet, number]
        assert re.fullmatch(rf"{unit}@(2009|2013)/{sheet}/{number}", parcel["parcel_key"])
        assert parcel["ring"][0] == parcel["ring"][-1]


def test_the_manifest_names_a_file_that_is_not_there_and_too_many_pages(made: Made) -> None:
    with (made.batch.scans / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["file"]: row for row in csv.DictReader(lines)}
    with (made.batch.truth / "missing.csv").open(encoding="utf-8", newline="") as lines:
        cases = {case["reason"]: case for case in csv.DictReader(lines)}
    pages = Counter(page["file"] for page in made.pages)
    absent = [name for name in rows if not (made.batch.scans / name).exists()]
    assert absent == [cases["manifest"]["what"]]
    too_many = [n for n, row in rows.items() if row["declared_pages"] and int(row["declared_pages"]) > pages[n] > 0]
    assert too_many == [cases["declared_pages"]["what"]]


def test_faults_stand_on_the_paper_as_named(tmp_path: Path) -> None:
    faulty = Made(make_batch(tmp_path, seed=SEED, parcels=3, grades=("clean",), fault_share=1.0))
    by_id = {entry["entry_id"]: entry for entry in faulty.entries}
    assert all(parcel["fault"] for parcel in faulty.parcels)
    for parcel in faulty.parcels:
        papers = {by_id[i]["kind"]: by_id[i] for i in parcel["entries"]}
        match parcel["fault"]:
            case "digit_swap":
                assert _value(papers["so_muc_ke"], "area_m2") != parcel["area_m2"]
            case "parts_off":
                gcn = papers["gcn"]
                parts = _value(gcn, "private_m2") + _value(gcn, "shared_m2")
                assert parts - _value(gcn, "area_m2") == pytest.approx(0.1)
            case "words_differ":
                assert _value(papers["gcn"], "area_words_m2") - _value(papers["gcn"], "area_m2") == pytest.approx(1)
            case "xy_swapped":
                assert all(corner["x"] < corner["y"] for corner in _value(papers["trich_do"], "corners"))
            case "wrong_meridian":
                east = _value(papers["trich_do"], "corners")[0]["y"]
                assert parcel["ring"][0][0] - east == pytest.approx(26_800, abs=200)
