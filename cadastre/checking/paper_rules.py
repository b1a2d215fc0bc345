"""Rules about the paper as a whole: R7, R8, R9, R10, its commune, its corner table, what it must print."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cadastre.checking.papers import Paper
from cadastre.checking.redundancy import SettledArea
from cadastre.words.certificates import fits_register_no, fits_serial
from cadastre.words.eras import form_on
from cadastre.words.folding import fold, key
from cadastre.words.people import identity_faults
from schemas.documents import Form
from schemas.errors import Message
from schemas.outcomes import Finding

#: What every paper of a kind prints; without it the entry waits for a person.
REQUIRED: dict[str, tuple[str, ...]] = {
    "gcn": ("sheet_no", "parcel_no", "area_m2", "serial"),
    "so_muc_ke": ("sheet_no", "parcel_no", "area_m2"),
    "so_dang_ky": ("sheet_no", "parcel_no", "area_m2"),
    "so_dia_chinh": ("sheet_no", "parcel_no", "area_m2"),
    "so_cap_gcn": ("sheet_no", "parcel_no", "area_m2"),
    "quyet_dinh": ("sheet_no", "parcel_no", "area_m2"),
    "trich_do": ("sheet_no", "parcel_no", "area_m2"),
    "trich_luc": ("sheet_no", "parcel_no", "area_m2"),
    "don_dang_ky": ("sheet_no", "parcel_no", "area_m2"),
}
_SIGNING_AGE = 15
_SEVERAL = re.compile(r"\d{1,4}[a-z]?(\s*[,;+&]\s*\d{1,4}[a-z]?)+")
#: Decree 60/CP: the pink house certificate of 1994 was printed beside the red one of its days.
_BESIDE: Mapping[Form, Form] = {"gcn_1994": "gcn_1993"}
#: Which prefixes of the issue-book number go with which office (domain.md 3.4), by words of the office's name.
_PREFIXES: tuple[tuple[str, frozenset[str]], ...] = (
    ("chinhanh", frozenset({"CN", "VP"})),
    ("vanphongdangky", frozenset({"VP", "CN"})),
    ("sotainguyen", frozenset({"CS", "CT", "T"})),
    ("sonongnghiep", frozenset({"CS", "CT", "T"})),
    ("nhandantinh", frozenset({"CT", "T"})),
    ("nhandanhuyen", frozenset({"CH", "H"})),
    ("nhandanthixa", frozenset({"CH", "H"})),
    ("nhandanthanhpho", frozenset({"CH", "H"})),
)


def commune_is_known(paper: Paper, _area: SettledArea) -> Finding | None:
    """Domain.md 7: a name or code means a commune only on a day; never a guess between two."""
    return paper.site.finding


def one_parcel_in_a_cell(paper: Paper, _area: SettledArea) -> Finding | None:
    """Domain.md 3.3: `13,14` are two parcels in one cell, whose areas are not told apart; a person parts them."""
    places = paper.draft.fields.get("parcel_no", ())
    if not any(_SEVERAL.fullmatch(place.text.strip()) for place in places):
        return None
    return Finding(
        "several-parcels",
        "warning",
        ("parcel_no",),
        Message(
            "Ô số thửa ghi nhiều thửa; cần tách thành từng thửa.",
            "The cell names several parcels; they must be parted.",
        ),
    )


def date_fits_form(paper: Paper, _area: SettledArea) -> Finding | None:
    """R10 (domain.md 1.1): the signing date lies in the days of the printed form."""
    issued = paper.codes.get("issued_on")
    if paper.form is None or paper.day is None or issued is None or not issued.agreed:
        return None
    expected = form_on(paper.day, paper.tables)
    if expected == _BESIDE.get(paper.form, paper.form):
        return None
    return Finding(
        "R10",
        "warning",
        ("issued_on",),
        Message(
            "Ngày ký không thuộc thời gian dùng mẫu giấy chứng nhận này; có thể đọc sai ngày hoặc dùng phôi cũ.",
            "The signing date is not of the days of this printed form; the date may be misread or an old blank used.",
        ),
    )


def serial_fits_form(paper: Paper, _area: SettledArea) -> Finding | None:
    """R10 (domain.md 3.4): the serial has the letters and digits of its form."""
    serial = paper.agreed_code("serial")
    if serial is None or fits_serial(serial, paper.form):
        return None
    return Finding(
        "R10",
        "warning",
        ("serial",),
        Message(
            "Số phát hành không đúng dạng của mẫu giấy chứng nhận này.",
            "The serial does not have the shape of this certificate form.",
        ),
    )


def register_number_fits_form(paper: Paper, _area: SettledArea) -> Finding | None:
    """R10 (domain.md 3.4): the issue-book number has the prefix and digits of its form."""
    number = paper.agreed_code("register_no")
    if number is None or fits_register_no(number, paper.form):
        return None
    return Finding(
        "R10",
        "warning",
        ("register_no",),
        Message(
            "Số vào sổ không đúng dạng của mẫu giấy chứng nhận này.",
            "The issue-book number does not have the shape of this certificate form.",
        ),
    )


def register_prefix_fits_issuer(paper: Paper, _area: SettledArea) -> Finding | None:
    """R10 (domain.md 3.4): CH and H are a district's numbers, CT, CS and T the province's, VP and CN the registry's."""
    number = paper.agreed_code("register_no")
    offices = {vote.text for reading in paper.draft.fields.get("issuer", ()) for vote in reading.votes}
    if paper.form is None or number is None or " " not in number:
        return None
    prefix = number.split(" ")[0]
    fitting = [next((good for word, good in _PREFIXES if word in key(office)), None) for office in offices]
    known = [good for good in fitting if good]
    if not known or not prefix.isalpha() or any(prefix in good for good in known):
        return None
    return Finding(
        "R10",
        "warning",
        ("register_no",),
        Message(
            "Chữ đầu của số vào sổ không hợp với cơ quan ký giấy chứng nhận.",
            "The letters of the issue-book number do not go with the office that signed.",
        ),
    )


def barcode_fits(paper: Paper, _area: SettledArea) -> Finding | None:
    """R7 (domain.md 4): the barcode is commune (5), signing year (2) and dossier (6)."""
    seen = paper.codes.get("barcode")
    if seen is None or seen.value is None:
        return None
    wrong: list[str] = []
    if paper.site.code and seen.value[:5] != paper.site.code:
        wrong.append("unit_code")
    if paper.day and seen.value[5:7] != paper.day[2:4]:
        wrong.append("issued_on")
    if not wrong:
        return None
    return Finding(
        "R7",
        "warning",
        tuple(wrong),
        Message(
            "Mã vạch (mã xã, năm ký, số hồ sơ) không khớp với xã hoặc năm ký đọc được.",
            "The barcode (commune, signing year, dossier) does not match the commune or year that was read.",
        ),
    )


def identity_fits_person(paper: Paper, _area: SettledArea) -> Finding | None:
    """R8 (domain.md 3.5): a 12-digit number holds province, century, sex and birth year."""
    faults = {fault for owner in paper.owners for fault in identity_faults(owner, paper.tables)}
    born = [owner.birth_year for owner in paper.owners if owner.birth_year]
    if paper.day and any(year + _SIGNING_AGE > int(paper.day[:4]) for year in born):
        faults.add("age")
    if not faults or not paper.owners_numbers_agreed:
        return None
    return Finding(
        "R8",
        "warning",
        ("owners",),
        Message(
            "Số định danh hoặc năm sinh của người sử dụng đất không khớp với giới tính, năm sinh hoặc năm ký.",
            "An owner's identity number or birth year does not match the sex, birth year or signing year.",
        ),
    )


def title_fits_name(paper: Paper, _area: SettledArea) -> Finding | None:
    """R9 (domain.md 4): Ông with the middle name Thị, or Bà with Văn, is worth a look."""
    for owner in paper.owners:
        middle = fold(owner.name).split(" ")[1:-1]
        if (owner.sex == "nam" and "thi" in middle) or (owner.sex == "nu" and "van" in middle):
            return Finding(
                "R9",
                "note",
                ("owners",),
                Message(
                    "Danh xưng Ông, Bà không hợp với tên đệm Văn, Thị.",
                    "Ông or Bà does not go with the middle name Văn or Thị.",
                ),
            )
    return None


def what_must_stand_is_there(paper: Paper, _area: SettledArea) -> Finding | None:
    """Contract: a paper of this kind prints these; where none was found the page was read badly or is missing."""
    missing = tuple(name for name in REQUIRED.get(paper.draft.kind, ()) if not paper.draft.fields.get(name))
    if not missing:
        return None
    names = ", ".join(missing)
    return Finding(
        "field-missing",
        "error",
        missing,
        Message(
            f"Không tìm thấy trên giấy: {names}; có thể thiếu trang hoặc trang quá mờ.",
            f"Not found on the paper: {names}; a page may be missing or too faint.",
        ),
    )
