"""The checker of the national collection workbook passes a good one and names each fault put in on purpose."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from databases import FreshDatabases
from handing_in_papers import AN, BINH, certificate, land, ledger, put, terminal
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.check_form import faults, main
from flows.national.handing_in import export_form
from store.database import connect


@pytest.fixture(scope="module")
def form(fresh_database: FreshDatabases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows 5 and 6 are two persons of one parcel with a certificate, row 7 a parcel without."""
    folder = tmp_path_factory.mktemp("bieu")
    papers = [
        certificate("BA 123456", land("20344", "12", "125"), owners=(AN, BINH)),
        ledger({**land("20344", "12", "126"), "owners": (AN,)}),
    ]
    with fresh_database() as fresh, connect(fresh.worker) as conn, terminal(folder) as at:
        put(conn, papers)
        export_form(conn, at, folder / "bieu.xlsx", None, None)
    return folder / "bieu.xlsx"


def test_a_good_workbook_passes(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(form)]) == 0
    assert "3 rows, no fault" in capsys.readouterr().out


def _set(place: str, value: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[place] = value

    return change


DEFECTS: list[tuple[str, str, Callable[[Worksheet], None]]] = [
    ("another name for the sheet", "sheets", lambda sheet: setattr(sheet, "title", "Trang 1")),
    ("an item number one column off", "columns", _set("C4", "Mục 3")),
    ("a head that lacks", "columns", _set("AY3", None)),
    ("a column too many", "columns", _set("BJ5", "thêm")),
    ("a running number that jumps", "running_numbers", _set("A6", 3)),
    ("no name", "what_is_sent_back_without", _set("H7", None)),
    ("no area of land use 1", "what_is_sent_back_without", _set("AA5", None)),
    ("an empty term that nobody told of", "what_is_asked_for_is_there_or_listed", _set("AD5", None)),
    ("a commune code as a number", "codes", _set("B7", 20350)),
    ("a serial of no form", "codes", _set("C5", "BA 12345")),
    ("another parcel's dossier code", "codes", _set("C7", "CHUACOGIAY_20350_12_127")),
    ("a scan that is not the certificate's", "scan_names", _set("AX5", "BA 123457-GCN.pdf")),
    ("scans joined by a semicolon", "scan_names", _set("AX7", "a.pdf; b.pdf")),
    ("an area as text", "areas", _set("Y5", "100,0")),
    ("a second land use without its code", "areas", _set("AF5", 40)),
    ("a member whose parcel differs", "one_parcel_one_set_of_columns", _set("X6", "thôn Hai")),
    ("two certificates merged", "one_parcel_one_set_of_columns", _set("C6", "BA 654321")),
    ("an identity number without the right", "identity_only_with_the_right", _set("I5", "205123456")),
    ("an identity number in a text", "identity_only_with_the_right", _set("L5", "CMND 205123456")),
    ("a formula", "nothing_is_computed", _set("X5", "=1+1")),
    ("a Guid of ours", "the_system_s_own", _set("BI5", "6f9619ff")),
]


@pytest.mark.parametrize(("rule", "defect"), [pytest.param(*rest, id=name) for name, *rest in DEFECTS])
def test_a_defect_put_in_on_purpose_is_found_by_its_rule(
    form: Path, tmp_path: Path, rule: str, defect: Callable[[Worksheet], None]
) -> None:
    assert faults(form) == []
    book = openpyxl.load_workbook(form)
    defect(book.worksheets[0])
    bad = tmp_path / "sai.xlsx"
    book.save(bad)
    assert any(fault.startswith(f"{rule}:") for fault in faults(bad))
    assert main([str(bad)]) == 1


def test_a_scan_that_is_named_and_not_there_is_found(form: Path, tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "BA 123456-GCN.pdf").write_bytes(b"%PDF-1.7")
    (fault,) = faults(form, scans=scans)
    assert "row 7" in fault


def test_the_workbook_holds_no_formula_and_no_link_at_all(form: Path) -> None:
    with zipfile.ZipFile(form) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert not [name for name in package.namelist() if "externalLink" in name or "vbaProject" in name]
