"""What lies in a batch folder and what its manifest says."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from flows.folder import look_into, shown
from schemas.errors import BadInput


def scan(root: Path, name: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.4")
    return path


def said(root: Path) -> str:
    return "\n".join(fault.en for fault in look_into(root).faults)


def test_files_are_found_at_any_depth_and_in_one_order(tmp_path: Path) -> None:
    for name in ("b.PDF", "Quyển 3/tờ 1.tif", "Quyển 3/sâu/a.jpeg", "ghi chú.txt", ".an/x.pdf"):
        scan(tmp_path, name)
    assert [one.given.file for one in look_into(tmp_path).files] == ["Quyển 3/sâu/a.jpeg", "Quyển 3/tờ 1.tif", "b.PDF"]


def test_without_a_manifest_the_folder_names_are_the_container(tmp_path: Path) -> None:
    scan(tmp_path, "Kệ 2/Hộp 5/a.pdf")
    assert look_into(tmp_path).files[0].given.container == "Kệ 2/Hộp 5"


def test_an_empty_folder_is_bad_input_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        look_into(tmp_path)
    assert "Kiểm tra lại thư mục" in caught.value.message.vi
    assert caught.value.exit_code == 3


def test_a_file_is_not_a_batch(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        look_into(scan(tmp_path, "a.pdf"))


def test_the_manifest_speaks_of_its_files_and_names_absent_ones(tmp_path: Path) -> None:
    scan(tmp_path, "a.pdf")
    (tmp_path / "manifest.csv").write_text(
        "file,unit_code,unit_date,kind,container,declared_pages\n"
        "a.pdf,20335,2016-05-01,so_muc_ke,Kệ 1/Quyển 2,120\n"
        "b.pdf,,,,,\n",
        encoding="utf-8",
    )
    batch = look_into(tmp_path)
    given = batch.files[0].given
    assert (given.unit_code, given.unit_date, given.kind) == ("20335", "2016-05-01", "so_muc_ke")
    assert (given.container, given.declared_pages) == ("Kệ 1/Quyển 2", 120)
    assert [one.file for one in batch.absent] == ["b.pdf"]
    assert batch.faults == ()


def test_a_manifest_in_nfc_finds_a_file_named_in_nfd(tmp_path: Path) -> None:
    name = "Sổ mục kê.pdf"
    scan(tmp_path, unicodedata.normalize("NFD", name))
    (tmp_path / "manifest.csv").write_text(f"file,unit_code\n{name},20335\n", encoding="utf-8")
    batch = look_into(tmp_path)
    assert batch.absent == ()
    assert batch.files[0].given.unit_code == "20335"


def test_unknown_columns_are_named_and_the_known_ones_used(tmp_path: Path) -> None:
    scan(tmp_path, "a.pdf")
    (tmp_path / "manifest.csv").write_text("file,unit_cod,kind\na.pdf,20335,gcn\n", encoding="utf-8")
    assert "unknown columns: unit_cod" in said(tmp_path)
    assert look_into(tmp_path).files[0].given.kind == "gcn"


def test_two_rows_that_differ_are_both_left_out_and_the_file_is_still_read(tmp_path: Path) -> None:
    scan(tmp_path, "a.pdf")
    (tmp_path / "manifest.csv").write_text("file,kind\na.pdf,gcn\na.pdf,trich_do\n", encoding="utf-8")
    batch = look_into(tmp_path)
    assert batch.files[0].given.kind is None
    assert "rows that differ" in said(tmp_path)


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    scan(tmp_path, "a.pdf")
    (tmp_path / "manifest.csv").write_text("file,kind\na.pdf,gcn\na.pdf,gcn\n", encoding="utf-8")
    assert look_into(tmp_path).files[0].given.kind == "gcn"
    assert "line 3" in said(tmp_path)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("unit_code", "2033"),
        ("unit_date", "31/12/2015"),
        ("unit_date", "2015-02-30"),
        ("kind", "so_do"),
        ("declared_pages", "-3"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, column: str, cell: str) -> None:
    scan(tmp_path, "a.pdf")
    (tmp_path / "manifest.csv").write_text(f"file,{column}\na.pdf,{cell}\n", encoding="utf-8")
    assert f"line 2: column {column}" in said(tmp_path)


@pytest.mark.parametrize("name", ["../ngoai.pdf", "/etc/passwd"])
def test_the_manifest_cannot_name_files_outside_the_folder(tmp_path: Path, name: str) -> None:
    scan(tmp_path, "a.pdf")
    (tmp_path / "manifest.csv").write_text(f"file\n{name}\n", encoding="utf-8")
    assert "a path inside the folder" in said(tmp_path)
    assert look_into(tmp_path).absent == ()


def test_a_manifest_that_is_not_utf_8_is_left_out_and_said_so(tmp_path: Path) -> None:
    scan(tmp_path, "a.pdf")
    (tmp_path / "manifest.csv").write_bytes("file,custodian\na.pdf,Sở Tài nguyên\n".encode("utf-16"))
    assert "not UTF-8" in said(tmp_path)


def test_a_quoted_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    scan(tmp_path, "a\nb.pdf")
    (tmp_path / "manifest.csv").write_text('file,kind\n"a\nb.pdf",gcn\n', encoding="utf-8")
    assert look_into(tmp_path).files[0].given.kind == "gcn"
    assert shown("a\nb.pdf") == "a\\nb.pdf"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = scan(tmp_path, "ngoai/mat.pdf")
    batch = tmp_path / "lo"
    batch.mkdir()
    (batch / "a.pdf").symlink_to(outside)
    (batch / "thu muc").symlink_to(outside.parent)
    scan(batch, "that.pdf")
    (batch / "trong.pdf").symlink_to(batch / "that.pdf")
    refused = {one.given.file: one.refused.code if one.refused else None for one in look_into(batch).files}
    assert refused == {"a.pdf": "symlink", "thu muc": "symlink", "that.pdf": None, "trong.pdf": None}


def test_an_archive_is_not_opened_but_advised_upon(tmp_path: Path) -> None:
    scan(tmp_path, "quet.zip")
    (found,) = look_into(tmp_path).files
    assert found.refused is not None
    assert "giải nén" in found.refused.message.vi


def test_a_pipe_is_no_scan(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong.pdf")
    (found,) = look_into(tmp_path).files
    assert found.refused is not None
    assert found.refused.code == "not-a-file"


def test_a_name_that_is_not_utf_8_stays_readable(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"so\xff.pdf")).write_bytes(b"x")
    (found,) = look_into(tmp_path).files
    assert found.given.file == "so\\udcff.pdf"
    assert found.path.exists()
