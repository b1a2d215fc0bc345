"""What is doubtful about an imported row, as findings; no message tells a person's data."""

from __future__ import annotations

from collections.abc import Iterable

from cadastre.words.wording import say_number
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.tables import Unit

_NAMES = {
    "sheet_no": ("số tờ", "sheet number"),
    "parcel_no": ("số thửa", "parcel number"),
    "old_sheet_no": ("số tờ cũ", "old sheet number"),
    "old_parcel_no": ("số thửa cũ", "old parcel number"),
    "area_m2": ("diện tích", "area"),
    "legal_area_m2": ("diện tích pháp lý", "legal area"),
}


def unit_unknown(code: str | None, alternatives: Iterable[Unit] = ()) -> Finding:
    """Say that the commune is not known on that day, or that several may be meant."""
    names = ", ".join(sorted({unit.name for unit in alternatives}))
    what = f"Mã xã {code}" if code else "Xã, phường"
    if names:
        return Finding(
            "unit-ambiguous",
            "error",
            ("unit_code",),
            Message(
                f"{what}: có thể là {names}; ghi --unit-code và --unit-date khi nhập.",
                f"{code or 'The commune'} may be {names}; give --unit-code and --unit-date.",
            ),
        )
    return Finding(
        "unit-unknown",
        "error",
        ("unit_code",),
        Message(
            f"{what} không xác định được vào thời điểm của dữ liệu; ghi --unit-code và --unit-date khi nhập.",
            f"{code or 'The commune'} is not known at the time of the data; give --unit-code and --unit-date.",
        ),
    )


def number_unusual(name: str) -> Finding:
    """Say that a sheet or parcel number is not one."""
    vi, en = _NAMES[name]
    return Finding(
        f"{name.removesuffix('_no').replace('_', '-')}-unusual",
        "error" if not name.startswith("old_") else "warning",
        (name,),
        Message(f"Ô {vi} trống hoặc không phải một số.", f"The {en} is empty or not one number."),
    )


def formula_without_result(name: str, cell: str) -> Finding:
    """Say that a cell (`C5 («dienTich»)`) holds a formula that nobody has computed, or that ended in an error."""
    return Finding(
        "formula-without-result",
        "error",
        (name,),
        Message(
            f"Ô {cell} là công thức chưa có kết quả hoặc báo lỗi; mở tệp bằng Excel hoặc LibreOffice, "
            "xem lại ô, lưu rồi nhập lại.",
            f"Cell {cell} holds a formula without a result; open the file in Excel or LibreOffice, "
            "look at the cell, save and import again.",
        ),
    )


def area_unusual(name: str, area_m2: float | None, *, plausible: bool = False, likely: bool = True) -> Finding:
    """Say that an area is none, may mean two things, or is rare for a parcel, or so rare that it is not taken."""
    vi, en = _NAMES[name]
    if plausible and area_m2 is not None:
        ask = ("", "") if likely else (" Xem lại tệp.", " Look at the file again.")
        return Finding(
            "area-unusual",
            "warning" if likely else "error",
            (name,),
            Message(
                f"Ô {vi}: {say_number(round(area_m2, 1))} m² hiếm gặp ở một thửa.{ask[0]}",
                f"The {en}, {round(area_m2, 1):,} m², is rare for a parcel.{ask[1]}",
            ),
        )
    return Finding(
        "area-unusual",
        "error",
        (name,),
        Message(f"Ô {vi} không cho một số rõ ràng.", f"The {en} gives no number beyond doubt."),
    )


def area_differs(told_m2: float, drawn_m2: float) -> Finding:
    """Say that the shape is not as large as the row says."""
    return Finding(
        "area-shape-differs",
        "error",
        ("area_m2", "shape"),
        Message(
            f"Diện tích ghi {say_number(round(told_m2, 1))} m² nhưng hình vẽ là {say_number(round(drawn_m2, 1))} m².",
            f"The row says {round(told_m2, 1):,} m², its shape has {round(drawn_m2, 1):,} m².",
        ),
    )


def uses_differ(told_m2: float, total_m2: float) -> Finding:
    """Say that the areas of the land uses do not make up the parcel's."""
    return Finding(
        "R2",
        "error",
        ("area_m2", "land_use"),
        Message(
            f"Diện tích ghi {say_number(round(told_m2, 1))} m² nhưng cộng các loại đất được "
            f"{say_number(round(total_m2, 1))} m².",
            f"The row says {round(told_m2, 1):,} m², its land uses make up {round(total_m2, 1):,} m².",
        ),
    )


def land_use_unknown() -> Finding:
    """Say that the land use is no code and no known word."""
    return Finding(
        "land-use-unknown",
        "warning",
        ("land_use",),
        Message("Loại đất không có trong bảng mã.", "The land use is in no table of codes."),
    )


def row_repeated() -> Finding:
    """Say that the numbers stand on another row too."""
    return Finding(
        "row-repeated",
        "error",
        ("sheet_no", "parcel_no"),
        Message("Cùng xã, tờ và thửa còn ở dòng khác của tệp.", "Another row of the file has the same numbers."),
    )


def shape_unusable(why: str) -> Finding:
    """Say that a shape is invalid and is not stored."""
    return Finding(
        "geometry-invalid",
        "error",
        ("shape",),
        Message(f"Hình thửa không hợp lệ, không dùng: {why}.", f"The shape is not valid and not used: {why}."),
    )


def shape_far(away_km: float) -> Finding:
    """Say that a shape lies outside its commune."""
    return Finding(
        "shape-far",
        "error",
        ("shape",),
        Message(
            f"Hình thửa nằm cách trung tâm xã {away_km:.1f} km, không dùng.",
            f"The shape lies {away_km:.1f} km from the middle of its commune and is not used.",
        ),
    )


def shape_elsewhere() -> Finding:
    """Say that the file's shapes do not lie in the commune that its rows are said to be of."""
    return Finding(
        "shape-far",
        "error",
        ("unit_code", "shape"),
        Message(
            "Hình trong tệp không nằm ở xã đã ghi; kiểm tra mã xã và hệ tọa độ.",
            "The shapes of the file do not lie in the commune; check its code and the coordinate system.",
        ),
    )
