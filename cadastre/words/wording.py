"""Values as a land office writes them: `1.234,5`, 17/12/2065, the names of fields and papers in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.documents import Kind
from schemas.entries import Corner, IdKind, LandUse, Owner, Ref, Term, Value
from schemas.errors import Message

FIELD_NAMES: Mapping[str, Message] = {
    "unit_code": Message("Xã, phường, thị trấn", "Commune"),
    "unit_name": Message("Xã, phường, thị trấn", "Commune"),
    "sheet_no": Message("Số tờ bản đồ", "Map sheet number"),
    "parcel_no": Message("Số thửa đất", "Parcel number"),
    "old_sheet_no": Message("Số tờ bản đồ cũ", "Old map sheet number"),
    "old_parcel_no": Message("Số thửa đất cũ", "Old parcel number"),
    "area_m2": Message("Diện tích (m²)", "Area (m²)"),
    "area_words_m2": Message("Diện tích bằng chữ (m²)", "Area in words (m²)"),
    "private_m2": Message("Diện tích sử dụng riêng (m²)", "Private use (m²)"),
    "shared_m2": Message("Diện tích sử dụng chung (m²)", "Shared use (m²)"),
    "total_m2": Message("Tổng diện tích (m²)", "Total area (m²)"),
    "total_words_m2": Message("Tổng diện tích bằng chữ (m²)", "Total area in words (m²)"),
    "legal_area_m2": Message("Diện tích theo giấy tờ pháp lý (m²)", "Area by the legal papers (m²)"),
    "land_use": Message("Mục đích sử dụng (loại đất)", "Land use"),
    "present_land_use": Message("Loại đất theo hiện trạng", "Land use as found on the ground"),
    "legal_land_use": Message("Loại đất theo giấy tờ pháp lý", "Land use by the legal papers"),
    "term": Message("Thời hạn sử dụng", "Term of use"),
    "origin": Message("Nguồn gốc sử dụng", "Origin of use"),
    "user_type": Message("Mã đối tượng sử dụng, quản lý đất", "Kind of user"),
    "toponym": Message("Xứ đồng", "Field name"),
    "owners": Message("Người sử dụng đất", "Land users"),
    "serial": Message("Số phát hành giấy chứng nhận (sê-ri)", "Certificate serial"),
    "register_no": Message("Số vào sổ cấp giấy chứng nhận", "Issue-book number"),
    "decision_no": Message("Số quyết định", "Decision number"),
    "nomenclature": Message("Danh pháp mảnh bản đồ", "Name of the map sheet in the grid"),
    "issued_on": Message("Ngày ký", "Signing date"),
    "issuer": Message("Cơ quan ký", "Issuer"),
    "address": Message("Địa chỉ thửa đất", "Address of the parcel"),
    "corners": Message("Tọa độ góc ranh", "Corner coordinates"),
    "assets": Message("Tài sản gắn liền với đất", "Assets on the land"),
    "restrictions": Message("Hạn chế, ghi chú", "Restrictions, notes"),
    "change_note": Message("Nội dung thay đổi", "Note of changes"),
    "shape": Message("Hình thửa", "Shape"),
    "asserted_on": Message("Ngày của dữ liệu", "Day of the data"),
    "land_use_old": Message("Loại đất theo mã cũ", "Land use in the older codes"),
    "refs": Message("Giấy tờ, thửa đất được nhắc đến", "Papers and parcels named"),
}
KIND_NAMES: Mapping[Kind, Message] = {
    "so_muc_ke": Message("Sổ mục kê", "Parcel index"),
    "so_dang_ky": Message("Sổ đăng ký ruộng đất", "Land register"),
    "so_dia_chinh": Message("Sổ địa chính", "Cadastral register"),
    "so_cap_gcn": Message("Sổ cấp giấy chứng nhận", "Issue book"),
    "gcn": Message("Giấy chứng nhận", "Certificate"),
    "trich_do": Message("Trích đo", "Survey extract"),
    "trich_luc": Message("Trích lục bản đồ", "Map extract"),
    "ban_do": Message("Bản đồ", "Map sheet"),
    "don_dang_ky": Message("Đơn đăng ký", "Application"),
    "quyet_dinh": Message("Quyết định", "Decision"),
    "giay_to_tuy_than": Message("Giấy tờ tùy thân", "Identity paper"),
    "khac": Message("Giấy tờ khác", "Other paper"),
    "du_lieu": Message("Dữ liệu của dự án trước", "Data of an earlier project"),
}
REF_WORDS: Mapping[str, str] = {
    "serial": "Số phát hành",
    "register_no": "Số vào sổ",
    "parcel": "Thửa",
    "decision": "Quyết định",
    "page": "Trang",
}
ID_WORDS: Mapping[IdKind, str] = {
    "cmnd": "CMND số",
    "cccd": "CCCD số",
    "cc": "Căn cước số",
    "cmqd": "CMQĐ số",
    "ho_chieu": "hộ chiếu số",
    "khai_sinh": "giấy khai sinh số",
    "dkkd": "ĐKKD số",
    "khac": "CMND số",
}


def say_number(value: float, decimals: int = 0) -> str:
    """Return a number as papers print it, with so many decimals at least: 1.234,5."""
    whole, _, part = f"{value:,.4f}".partition(".")
    part = part.rstrip("0").ljust(decimals, "0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def say_date(iso: str) -> str:
    """Return an ISO date, month or year as papers print it: 17/12/2065, 12/2065, 2065."""
    return "/".join(reversed(iso.split("-")))


def _use(use: LandUse) -> str:
    return use.code if use.area_m2 is None else f"{use.code}: {say_number(use.area_m2, 1)} m²"


def _term(term: Term) -> str:
    head = f"{term.code}: " if term.code else ""
    if term.kind == "long":
        return f"{head}Lâu dài"
    if term.kind == "years":
        return f"{head}{term.years} năm"
    word = {4: "năm", 7: "tháng"}.get(len(term.date or ""), "ngày")
    return f"{head}Đến {word} {say_date(term.date or '')}"


def _owner(owner: Owner) -> str:
    title = {"nam": "ông", "nu": "bà", None: ""}[owner.sex]
    name = " ".join(part for part in ("hộ" if owner.household else "", title) if part)
    parts = [f"{name[:1].upper()}{name[1:]} {owner.name}".strip()]
    if owner.birth_year:
        parts.append(f"sinh năm {owner.birth_year}")
    if owner.id_no:
        parts.append(f"{ID_WORDS[owner.id_kind or 'khac']} {owner.id_no}")
    if owner.address:
        parts.append(f"địa chỉ: {owner.address}")
    return ", ".join(parts)


def _corner(corner: Corner) -> str:
    numbers = [corner.x, corner.y, *([] if corner.edge_m is None else [corner.edge_m])]
    return "; ".join([str(corner.no), *(f"{number:.2f}".replace(".", ",") for number in numbers)])


def say(name: str, value: Value) -> str:
    """Return a field's value as a land office writes it, one line each for several; "" for none.

    `cadastre.hearing.hear` understands what this says.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return say_number(value)
    if isinstance(value, str):
        if name == "shape":
            return f"hình trên bản đồ số, {value.count(',') + 1} điểm"
        return say_date(value) if name in ("issued_on", "asserted_on") else value
    if isinstance(value, Term):
        return _term(value)
    said = [
        _use(one)
        if isinstance(one, LandUse)
        else _term(one)
        if isinstance(one, Term)
        else _owner(one)
        if isinstance(one, Owner)
        else _corner(one)
        if isinstance(one, Corner)
        else f"{REF_WORDS[one.type]} {one.value}"
        if isinstance(one, Ref)
        else one
        for one in value
    ]
    return "\n".join(said)
