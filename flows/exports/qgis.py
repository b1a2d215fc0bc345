"""The QGIS style of the exported layers: parcels coloured by grade, columns named in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

ALIASES: Mapping[str, Mapping[str, str]] = {
    "parcels": {
        "parcel_id": "Mã nội bộ",
        "parcel_key": "Khóa thửa đất",
        "national_id": "Mã định danh thửa đất",
        "unit_code": "Mã xã khi lập giấy",
        "unit_code_now": "Mã xã hiện nay",
        "unit_name_now": "Tên xã hiện nay",
        "sheet_no": "Tờ bản đồ số",
        "parcel_no": "Thửa đất số",
        "area_m2": "Diện tích đo đạc (m²)",
        "legal_area_m2": "Diện tích pháp lý (m²)",
        "land_use": "Loại đất trên giấy",
        "land_use_now": "Loại đất hiện hành",
        "user_type": "Đối tượng sử dụng",
        "era": "Thời kỳ bản đồ",
        "grade": "Hạng dữ liệu",
        "status": "Tình trạng",
        "valid_from": "Có hiệu lực từ",
        "valid_to": "Có hiệu lực đến",
        "source_count": "Số giấy tờ",
        "grade_reasons": "Lý do xếp hạng",
    },
    "land_uses": {
        "parcel_id": "Mã nội bộ",
        "code": "Loại đất trên giấy",
        "code_now": "Loại đất hiện hành",
        "area_m2": "Diện tích (m²)",
    },
}
_GRADES = (
    ("1", "Hạng 1: dùng được", "116,173,92,160"),
    ("2", "Hạng 2: cần chỉnh hoặc xác minh", "240,190,80,160"),
    ("3", "Hạng 3: chưa dùng được", "205,90,80,160"),
)


#: Codes that are shown in words in the attribute table.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {"consistent": "Nhất quán", "review": "Chờ người xem", "conflict": "Giấy tờ mâu thuẫn"},
    "grade": {value: label for value, label, _ in _GRADES},
}


def aliases(layer: str) -> str:
    """Return a QML document that only names the columns of that layer."""
    return _text(_with_aliases(layer))


def style() -> str:
    """Return the QML document of the layer `parcels`: fill by grade, columns named, codes shown in words."""
    root = _with_aliases("parcels")
    configuration = ElementTree.SubElement(root, "fieldConfiguration")
    for field, words in _WORDS.items():
        named = ElementTree.SubElement(configuration, "field", name=field)
        config = ElementTree.SubElement(ElementTree.SubElement(named, "editWidget", type="ValueMap"), "config")
        options = ElementTree.SubElement(ElementTree.SubElement(config, "Option", type="Map"), "Option")
        options.attrib.update(type="List", name="map")
        for code, label in words.items():
            pair = ElementTree.SubElement(options, "Option", type="Map")
            ElementTree.SubElement(pair, "Option", type="QString", name=label, value=code)
    renderer = ElementTree.SubElement(root, "renderer-v2", type="categorizedSymbol", attr="grade", symbollevels="0")
    categories = ElementTree.SubElement(renderer, "categories")
    symbols = ElementTree.SubElement(renderer, "symbols")
    for number, (value, label, colour) in enumerate(_GRADES):
        ElementTree.SubElement(
            categories, "category", symbol=str(number), value=value, label=label, render="true", type="integer"
        )
        symbol = ElementTree.SubElement(symbols, "symbol", type="fill", name=str(number), alpha="1")
        layer = ElementTree.SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "pass": "0"})
        for key, text in (
            ("color", colour),
            ("outline_color", "60,60,60,255"),
            ("outline_width", "0.2"),
            ("style", "solid"),
        ):
            ElementTree.SubElement(layer, "prop", k=key, v=text)
    return _text(root)


def _with_aliases(layer: str) -> ElementTree.Element:
    root = ElementTree.Element("qgis", version="3.22", styleCategories="Symbology|Fields|Forms")
    named = ElementTree.SubElement(root, "aliases")
    for index, (field, name) in enumerate(ALIASES[layer].items()):
        ElementTree.SubElement(named, "alias", index=str(index), field=field, name=name)
    return root


def _text(root: ElementTree.Element) -> str:
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ElementTree.tostring(
        root, encoding="unicode"
    )
