"""The decision to issue certificates (quyết định cấp giấy chứng nhận) with its list of users and parcels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.fonts import Face as TypeFace
from samples.gazetteer import lower_first
from samples.ground import seal, signature, specimen_line
from samples.paper import Face, Paper, Said
from samples.past import Lot, Title
from samples.people import Holder
from samples.ruled import Align, Grid, draw_grid, draw_heads, grid, put
from samples.sheet import Run, Sheet, blank_sheet, say
from samples.words import day_in_figures, day_in_words, number
from schemas.documents import Era
from schemas.entries import LandUse, Owner, Value

_HEADS = (
    ("STT", "Họ và tên", "Số tờ bản đồ", "Số thửa", "Diện tích (m2)", "Loại đất", "Ghi chú"),
    ("Số TT", "Họ và tên chủ sử dụng", "Tờ bản đồ", "Thửa số", "Diện tích (m²)", "Mục đích sử dụng", "Ghi chú"),
    ("TT", "Tên người sử dụng đất", "Tờ số", "Thửa số", "Diện tích m2", "Loại đất", "Ghi chú"),
)
_SHARES = (10, 56, 18, 18, 24, 26, 28)


@dataclass(frozen=True, slots=True)
class DecisionStyle:
    """How one office writes decisions and lists."""

    dpi: int
    face: TypeFace
    size_pt: float
    wording: int
    frame: Grid
    rows: int
    row_mm: float
    honorifics: bool
    capitals: bool
    again: str  # what stands for a user's name in the rows after the first: the name, "", or ditto marks
    uses: bool
    total: bool
    lying: bool
    rules: bool


def decision_style(rng: Generator, dpi: int) -> DecisionStyle:
    """Draw an office's looks."""
    face = weighted(rng, (("FreeSerif", 0.5), ("FreeMono", 0.25), ("FreeSans", 0.15), ("NotoSerif", 0.1)))
    lying = chance(rng, 0.25)
    width, height = (297.0, 210.0) if lying else (210.0, 297.0)
    row = between(rng, 6.6, 8.2)
    shares = [share * between(rng, 0.92, 1.1) for share in _SHARES]
    return DecisionStyle(
        dpi=dpi,
        face=TypeFace(face),
        size_pt=between(rng, 10.2, 11) if face in ("FreeMono", "NotoSerif") else between(rng, 11.5, 12.8),
        wording=whole(rng, 0, 2),
        frame=grid(between(rng, 18, 24), width - between(rng, 12, 16), shares, between(rng, 0.15, 0.3)),
        rows=int((height - 92) / row),
        row_mm=row,
        honorifics=chance(rng, 0.4),
        capitals=chance(rng, 0.15),
        again=weighted(rng, (("name", 0.5), ("", 0.3), ('-"-', 0.1), ("nt", 0.1))),
        uses=chance(rng, 0.65),
        total=chance(rng, 0.6),
        lying=lying,
        rules=chance(rng, 0.85),
    )


def decided(titles: Sequence[Title]) -> tuple[tuple[Title, ...], ...]:
    """Return the titles of each decision."""
    return tuple(tuple(group) for _, group in groupby(titles, key=lambda title: title.decision))


def list_pages(titles: Sequence[Title], style: DecisionStyle) -> int:
    """Return how many pages the decision and its list have."""
    return 1 + -(-sum(len(title.lots) for title in titles) // style.rows)


def draw_quyet_dinh(rng: Generator, titles: Sequence[Title], style: DecisionStyle) -> Paper:
    """Draw the decision's page and its list; one entry for each row of the list."""
    first = titles[0]
    era: Era = "1993" if first.issued_on < date(2004, 7, 1) else "2003"
    faces = [_letter(rng, titles, style)]
    rows = [(title.holder, lot) for title in titles for lot in title.lots]
    said: list[Said] = []
    before: Holder | None = None
    for start in range(0, len(rows), style.rows):
        sheet, top = _page(style, first, start == 0)
        part = rows[start : start + style.rows]
        for i, (holder, lot) in enumerate(part):
            sheet.entry = start + i
            own, copied = _row(rng, sheet, top + (i + 0.5) * style.row_mm, start + i + 1, holder, before, lot, style)
            before = holder
            shared: dict[str, Value] = {
                "unit_name": first.commune.name,
                "issued_on": first.issued_on.isoformat(),
                "issuer": first.issuer.office,
            }
            code = {"unit_code": first.commune.code}
            said.append(
                Said(shared | own, code | copied, row=i + 1, parcel=lot.index, series=lot.series, also=lot.also)
            )
        sheet.entry = None
        if start + len(part) == len(rows):
            _end(rng, sheet, top + len(part) * style.row_mm, rows, style)
        faces.append(Face(sheet.image, sheet.dpi, tuple(sheet.marks), "list", None))
    stem = f"QD {first.decision.replace('/', '-')}"
    return Paper("quyet_dinh", None, era, tuple(faces), tuple(said), stem, first.commune.name)


def _letter(rng: Generator, titles: Sequence[Title], style: DecisionStyle) -> Face:
    first = titles[0]
    commune, office = first.commune, first.issuer.office
    sheet = blank_sheet(210, 297, style.dpi, style.face, (253, 252, 248))
    sheet.size_pt = style.size_pt
    for i, (text, bold) in enumerate(((office, True), (f"Số: {first.decision}", False))):
        size = 11.0
        while sheet.width(Run(text, bold=bold), size) > 72:
            size -= 0.4
        if i == 0:
            sheet.centred(22, Run(text, "issuer", bold=True), size_pt=size, x=60)
        else:
            x = 60 - sheet.width(text, size) / 2
            x = sheet.text(x, 28, "Số: ", size_pt=size)
            sheet.text(x, 28, say("decision_no", first.decision), size_pt=size)
    for i, text in enumerate(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")):
        size = 11.0
        while sheet.width(Run(text, bold=True), size) > 84:
            size -= 0.4
        sheet.centred(22 + 6 * i, Run(text, bold=True), size_pt=size, x=146)
    runs = [
        Run(f"{commune.town}, ", italic=True),
        Run(day_in_words(first.issued_on), "issued_on", italic=True),
    ]
    x = 146 - sum(sheet.width(run, 11) for run in runs) / 2
    for run in runs:
        x = sheet.text(x, 36, run, size_pt=11)
    sheet.centred(52, Run(pick(rng, ("QUYẾT ĐỊNH", "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN")), "title", bold=True), size_pt=15)
    sheet.centred(59, Run("Về việc cấp giấy chứng nhận quyền sử dụng đất", bold=True))
    sheet.centred(70, Run(office, bold=True), size_pt=min(12, style.size_pt))
    law = "1993" if first.issued_on.year < 2004 else "2003"
    y = 80.0
    for text in (
        "- Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân;",
        f"- Căn cứ Luật Đất đai năm {law};",
        f"- Xét đề nghị của {pick(rng, ('Phòng Địa chính', 'Phòng Tài nguyên và Môi trường'))} và Ủy ban nhân dân "
        f"{lower_first(commune.name)},",
    ):
        y = sheet.paragraph(24, y, 164, [text], leading=1.35, indent=8)
    sheet.centred(y + 4, Run("QUYẾT ĐỊNH:", bold=True))
    y += 13
    total = sum(lot.area_m2 for title in titles for lot in title.lots)
    count = len({title.holder for title in titles})
    articles: tuple[list[Run | str], ...] = (
        [
            Run("Điều 1: ", bold=True),
            f"Cấp giấy chứng nhận quyền sử dụng đất cho {count} hộ gia đình, cá nhân tại ",
            say("unit_name", lower_first(commune.name)),
            f", {lower_first(commune.district)}, {commune.province} với tổng diện tích ",
            f"{number(total, 1, trim=True)} m2 (Danh sách kèm theo).",
        ],
        [Run("Điều 2: ", bold=True), "Các hộ có tên trong danh sách có quyền và nghĩa vụ theo quy định của pháp luật."],
        [Run("Điều 3: ", bold=True), "Chánh Văn phòng và thủ trưởng các ngành liên quan thi hành quyết định này."],
    )
    for article in articles:
        y = sheet.paragraph(24, y, 164, article, leading=1.35, indent=8) + 2
    _signed(rng, sheet, max(y + 10, 196), first)
    specimen_line(sheet, 292)
    return Face(sheet.image, sheet.dpi, tuple(sheet.marks), "1")


def _signed(rng: Generator, sheet: Sheet, y: float, title: Title) -> None:
    for i, line in enumerate(title.issuer.lines):
        size = 11.5
        while sheet.width(Run(line, bold=True), size) > 90:
            size -= 0.4
        sheet.centred(y + 5.5 * i, Run(line, bold=True), size_pt=size, x=142)
    foot = y + 5.5 * len(title.issuer.lines)
    signature(sheet, rng, 144, foot + 8)
    seal(sheet, rng, 128, foot + 7, title.issuer.office)
    sheet.centred(min(foot + 26, sheet.height_mm - 12), Run(title.issuer.signatory, bold=True), x=142)


def _page(style: DecisionStyle, title: Title, opening: bool) -> tuple[Sheet, float]:
    """Draw an empty list page and return it with the y where its rows begin."""
    width, height = (297.0, 210.0) if style.lying else (210.0, 297.0)
    sheet = blank_sheet(width, height, style.dpi, style.face, (253, 252, 248))
    sheet.size_pt = style.size_pt
    specimen_line(sheet, height - 5)
    top = 18.0
    if opening:
        sheet.centred(20, Run("DANH SÁCH", "title", bold=True), size_pt=14)
        words = "Các hộ được cấp giấy chứng nhận quyền sử dụng đất"
        sheet.centred(27, Run(words, bold=True), size_pt=min(12, style.size_pt))
        where = f"{lower_first(title.commune.name)}, {lower_first(title.commune.district)}"
        sheet.centred(33, where, size_pt=min(12, style.size_pt))
        runs = [
            f"(Kèm theo Quyết định số {title.decision} ngày ",
            day_in_figures(title.issued_on),
            " của Ủy ban nhân dân)",
        ]
        sheet.centred(39, Run("".join(runs), italic=True), size_pt=min(10.5, style.size_pt))
        top = 45.0
    head = top + 13
    heads = [*_HEADS[style.wording]]
    frame = style.frame
    if not style.uses:
        frame = _without_uses(frame)
        del heads[5]
    draw_heads(sheet, frame, top, head, heads)
    bottom = head + style.rows * style.row_mm
    draw_grid(sheet, frame, (top, head), bottom)
    if style.rules:
        for i in range(1, style.rows):
            y = head + i * style.row_mm
            sheet.rule(frame.lefts[0], y, frame.lefts[-1], y, 0.12)
    return sheet, head


def _without_uses(frame: Grid) -> Grid:
    return Grid((*frame.lefts[:6], frame.lefts[7]), frame.weight_mm)


def _row(
    rng: Generator,
    sheet: Sheet,
    y: float,
    count: int,
    holder: Holder,
    before: Holder | None,
    lot: Lot,
    style: DecisionStyle,
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Print a row and return what it says on paper, and what ditto marks or a blank say after the row above."""
    frame = style.frame if style.uses else _without_uses(style.frame)
    repeated = before is holder and style.again != "name"
    names = style.again if repeated else _names(holder, style)
    cells: list[tuple[int, str | None, str]] = [
        (0, None, str(count)),
        (1, None if repeated else "owners", names),
        (2, "sheet_no", lot.sheet_no),
        (3, "parcel_no", lot.parcel_no),
        (4, "area_m2", number(lot.area_m2, 1, trim=True, grouped=chance(rng, 0.8))),
    ]
    values: dict[str, Value] = {"sheet_no": lot.sheet_no, "parcel_no": lot.parcel_no, "area_m2": lot.area_m2}
    if style.uses:
        cells.append((5, "land_use", lot.code))
        values["land_use"] = tuple(LandUse(use.code, None) for use in lot.uses)
    for column, name, text in cells:
        align: Align = "l" if column == 1 and not repeated else "m"
        put(sheet, frame, column, y + between(rng, -0.2, 0.2), Run(text, name), style.size_pt, align, style.row_mm)
    owners = tuple(
        Owner(
            p.name,
            p.sex if style.honorifics else None,
            household=holder.household if style.honorifics else None,
        )
        for p in holder.people
    )
    return (values, {"owners": owners}) if repeated else (values | {"owners": owners}, {})


def _names(holder: Holder, style: DecisionStyle) -> str:
    titled = []
    for n, person in enumerate(holder.people):
        own = "ông " if person.sex == "nam" else "bà "
        own = f"Hộ {own}" if holder.household else own.capitalize() if n == 0 else own
        name = person.name.upper() if style.capitals else person.name
        titled.append((own if style.honorifics else "") + name)
    return (" và " if style.honorifics else ", ").join(titled)


def _end(rng: Generator, sheet: Sheet, y: float, rows: Sequence[tuple[Holder, Lot]], style: DecisionStyle) -> None:
    """Print the total under the last row."""
    if not style.total or len(rows) % style.rows == 0:
        return
    frame = style.frame if style.uses else _without_uses(style.frame)
    total = sum(lot.area_m2 for _, lot in rows)
    put(sheet, frame, 1, y + style.row_mm / 2, Run(pick(rng, ("Cộng", "Tổng cộng")), bold=True), style.size_pt)
    put(sheet, frame, 4, y + style.row_mm / 2, Run(number(total, 1, trim=True), bold=True), style.size_pt)
