"""The report of a batch: the contract's figures as words that a clerk can read."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from schemas.errors import Lang, Message

Figures = Mapping[str, Mapping[str, float]]
"""The figures of `diachinh report --json`: section → name → number."""

_SECTIONS: Mapping[str, Message] = {
    "pages": Message("Trang", "Pages"),
    "documents": Message("Giấy tờ", "Documents"),
    "fields": Message("Ô thông tin", "Fields"),
    "entries": Message("Mục", "Entries"),
    "parcels": Message("Thửa đất", "Parcels"),
    "findings": Message("Điều cần xem", "Findings"),
    "missing": Message("Bản gốc còn thiếu", "Missing originals"),
    "seconds": Message("Thời gian (giây)", "Time (seconds)"),
}
_NAMES: Mapping[str, Mapping[str, Message]] = {
    "pages": {
        "read": Message("đã đọc", "read"),
        "blank": Message("trang trắng", "blank"),
        "quarantined": Message("để riêng chờ người xem", "quarantined"),
        "failed": Message("đọc lỗi, sẽ thử lại", "failed"),
        "waiting": Message("đang chờ", "waiting"),
    },
    "documents": {
        "so_muc_ke": Message("sổ mục kê", "parcel index"),
        "so_dang_ky": Message("sổ đăng ký ruộng đất", "land register (299)"),
        "so_dia_chinh": Message("sổ địa chính", "cadastral register"),
        "so_cap_gcn": Message("sổ cấp giấy chứng nhận", "issue book"),
        "gcn": Message("giấy chứng nhận", "certificate"),
        "trich_do": Message("trích đo", "survey extract"),
        "trich_luc": Message("trích lục", "map extract"),
        "ban_do": Message("bản đồ", "map sheet"),
        "don_dang_ky": Message("đơn đăng ký", "application"),
        "quyet_dinh": Message("quyết định", "decision"),
        "giay_to_tuy_than": Message("giấy tờ tùy thân", "identity paper"),
        "khac": Message("giấy khác", "other paper"),
        "du_lieu": Message("dữ liệu của dự án trước", "data of an earlier project"),
    },
    "fields": {
        "accepted": Message("nhận tự động", "accepted"),
        "review": Message("chờ người xem", "waiting for a person"),
        "confirmed": Message("người đã xác nhận", "confirmed"),
        "unreadable": Message("không đọc được", "unreadable"),
    },
    "entries": {
        "accepted": Message("nhận tự động", "accepted"),
        "review": Message("chờ người xem", "waiting for a person"),
        "confirmed": Message("người đã xác nhận", "confirmed"),
        "rejected": Message("bị loại", "rejected"),
    },
    "parcels": {
        "1": Message("hạng 1, dùng được", "grade 1, good"),
        "2": Message("hạng 2, cần chỉnh hoặc xác minh", "grade 2, to be corrected or verified"),
        "3": Message("hạng 3, chưa dùng được", "grade 3, unusable"),
    },
    "missing": {
        "manifest": Message("có trong danh mục, không có tệp", "named in the manifest, no file"),
        "declared_pages": Message("thiếu trang so với danh mục", "fewer pages than declared"),
    },
    "seconds": {
        "intake": Message("nhận tệp", "intake"),
        "open": Message("mở tệp", "opening"),
        "read": Message("đọc trang", "reading"),
        "check": Message("kiểm tra", "checking"),
        "load": Message("nạp thửa đất", "loading"),
        "missing": Message("tìm bản gốc thiếu", "missing originals"),
    },
}


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.1f}"


def _in_order(section: str, numbers: Mapping[str, float]) -> dict[str, float]:
    """Return the numbers in the order of their names above, unknown names last."""
    order = list(_NAMES.get(section, {}))
    return dict(sorted(numbers.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def _named(section: str, name: str, lang: Lang) -> str:
    known = _NAMES.get(section, {}).get(name)
    return known.say(lang) if known else name


def as_rows(figures: Figures, lang: Lang) -> list[dict[str, str]]:
    """Return the figures as flat rows: section, name, number."""
    heads = {
        "vi": ("mục", "tên", "số"),
        "en": ("section", "name", "number"),
    }[lang]
    return [
        dict(zip(heads, (_SECTIONS[section].say(lang), _named(section, name, lang), _number(value)), strict=True))
        for section in _SECTIONS
        for name, value in figures.get(section, {}).items()
    ]


def as_markdown(figures: Figures, lang: Lang) -> str:
    """Return the figures as a short markdown text."""
    lines = [f"# {Message('Báo cáo lô', 'Report of the batch').say(lang)}", ""]
    for section, title in _SECTIONS.items():
        if figures.get(section):
            parts = [f"{_named(section, name, lang)} **{_number(value)}**" for name, value in figures[section].items()]
            lines.append(f"- {title.say(lang)}: {', '.join(parts)}")
    return "\n".join(lines) + "\n"


def as_text(figures: Figures, lang: Lang, *, title: str) -> RenderableType:
    """Return the report for a terminal: one line a section, the most telling number first."""
    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for section, head in _SECTIONS.items():
        numbers = {name: value for name, value in _in_order(section, figures.get(section, {})).items() if value}
        if not numbers:
            continue
        shown = Text(" · ").join(
            Text.assemble((_number(value), "bold"), " ", _named(section, name, lang)) for name, value in numbers.items()
        )
        table.add_row(head.say(lang), shown)
    return Group(table)
