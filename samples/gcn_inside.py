"""Page 2 of the certificate: the parcel's items a) to g), the fillers, the signature and the register number."""

from __future__ import annotations

from numpy.random import Generator

from samples.chance import between, chance, pick
from samples.estate import Certificate, Estate
from samples.gazetteer import lower_first
from samples.gcn_printing import Printing
from samples.ground import seal, signature
from samples.phrases import origin_in_words, purposes_in_words, term_value, terms_in_words
from samples.sheet import Run, Sheet, say
from samples.words import area_in_words, day_in_words, number
from schemas.entries import LandUse, Ref, Value

_BLOCK_II = "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất"


def page_two(
    rng: Generator, sheet: Sheet, estate: Estate, certificate: Certificate, style: Printing
) -> tuple[Sheet, dict[str, Value]]:
    """Draw block II on the empty page, with signature and register number, and return what it says."""
    y = sheet.paragraph(style.left_mm - 4, 21, 156, [Run(_BLOCK_II, bold=True)], size_pt=11.5)
    y = sheet.paragraph(style.left_mm, y + 0.6, 150, [Run("1. Thửa đất:", bold=True)], size_pt=11.5)
    sheet.face = style.filler
    with_area = len(certificate.uses) > 1 or chance(rng, 0.35)
    uses_words = purposes_in_words(certificate.uses, with_area=with_area, places=style.places)
    origin_words = "; ".join(origin_in_words(code, short=style.short_origin) for code in certificate.origins)
    filled: list[list[Run | str]] = [
        _item_a(estate, style),
        _item_b(estate, style),
        _item_c(estate, certificate, style),
        _item_d(estate, certificate, style),
        *_parts(style, "đ) Mục đích sử dụng: ", "land_use", uses_words.replace("m²", style.square)),
        *_parts(style, "e) Thời hạn sử dụng: ", "term", terms_in_words(certificate.uses, certificate.terms)),
        ["g) Nguồn gốc sử dụng: ", _value(style, "origin", origin_words)],
    ]
    for line in filled:
        y = sheet.paragraph(style.left_mm, y, 152, line, leading=style.leading)
    for label in ("2. Nhà ở:", "3. Công trình xây dựng khác:", "4. Rừng sản xuất là rừng trồng:", "5. Cây lâu năm:"):
        y = sheet.paragraph(style.left_mm, y, 152, [Run(label, bold=True), " -/-"], leading=style.leading)
    y, refs = _remark(sheet, y, estate, certificate, style)
    _signed(rng, sheet, max(y + 4, 172), estate, certificate, style)
    uses = certificate.uses if with_area else (LandUse(certificate.uses[0].code, None),)
    values: dict[str, Value] = {
        "parcel_no": estate.plot.parcel_no,
        "sheet_no": estate.plot.sheet_no,
        "address": estate.address,
        "unit_name": estate.commune.name,
        "area_m2": certificate.area_m2,
        "area_words_m2": _area_in_words_m2(estate, certificate),
        "private_m2": _private_m2(estate, certificate),
        "shared_m2": certificate.shared_m2,
        "land_use": uses,
        "term": term_value(certificate.uses, certificate.terms),
        "origin": certificate.origins,
        "issued_on": certificate.issued_on.isoformat(),
        "issuer": certificate.issuer.office,
        "register_no": certificate.register_no,
    }
    return sheet, values | ({"refs": refs} if refs else {})


def _value(style: Printing, name: str, text: str) -> Run:
    return say(name, text, bold=style.bold_values)


def _parts(style: Printing, label: str, name: str, text: str) -> list[list[Run | str]]:
    """Return an item as one paragraph, or with each purpose on a line of its own where the office lists them."""
    parts = text.split("; ")
    if not style.listed or len(parts) == 1:
        return [[label, _value(style, name, text)]]
    lines: list[list[Run | str]] = [[label.rstrip()]]
    for part in parts:
        lines.append(["    - ", _value(style, name, part)])
    return lines


def _item_a(estate: Estate, style: Printing) -> list[Run | str]:
    parcel = _value(style, "parcel_no", estate.plot.parcel_no)
    return ["a) Thửa đất số: ", parcel, f"{style.gap}tờ bản đồ số: ", _value(style, "sheet_no", estate.plot.sheet_no)]


def _item_b(estate: Estate, style: Printing) -> list[Run | str]:
    before, commune, after = estate.address.partition(lower_first(estate.commune.name))
    named = _value(style, "address unit_name", commune)
    return ["b) Địa chỉ: ", _value(style, "address", before), named, _value(style, "address", after)]


def _area_in_words_m2(estate: Estate, certificate: Certificate) -> float:
    return certificate.area_m2 + (1 if estate.fault == "words_differ" else 0)


def _private_m2(estate: Estate, certificate: Certificate) -> float:
    return round(certificate.private_m2 + (0.1 if estate.fault == "parts_off" else 0), 1)


def _item_c(estate: Estate, certificate: Certificate, style: Printing) -> list[Run | str]:
    digits = number(certificate.area_m2, style.places, trim=not style.capitals)
    words = area_in_words(_area_in_words_m2(estate, certificate), style.speech)
    return [
        "c) Diện tích: ",
        _value(style, "area_m2", digits),
        f" {style.square}, (bằng chữ: " if style.people != "short" else f" {style.square} (Bằng chữ: ",
        say("area_words_m2", words),
        ")",
    ]


def _item_d(estate: Estate, certificate: Certificate, style: Printing) -> list[Run | str]:
    lead = "riêng: " if style.people != "lines" else "Sử dụng riêng: "
    middle = f" {style.square}; {'chung: ' if style.people != 'lines' else 'Sử dụng chung: '}"
    shared = number(certificate.shared_m2, style.places) if certificate.shared_m2 else style.nothing
    return [
        "d) Hình thức sử dụng: " + lead,
        _value(style, "private_m2", number(_private_m2(estate, certificate), style.places)),
        middle,
        _value(style, "shared_m2", shared),
        f" {style.square}" if shared[0].isdigit() else "",
    ]


def _remark(
    sheet: Sheet, y: float, estate: Estate, certificate: Certificate, style: Printing
) -> tuple[float, tuple[Ref, ...]]:
    """Print what the parcel and the certificate came of, or the filler."""
    runs: list[Run | str] = [Run("6. Ghi chú:", bold=True)]
    refs: list[Ref] = []
    if certificate.parent_serial:
        runs += [" Cấp đổi từ Giấy chứng nhận quyền sử dụng đất số ", say("refs", certificate.parent_serial), "."]
        refs.append(Ref("serial", certificate.parent_serial))
    for n, before in enumerate(estate.came_of):
        lead = " và " if n else " Tách từ " if len(estate.came_of) == 1 else " Hợp "
        runs += [lead, say("refs", f"thửa số {before.parcel_no}, tờ bản đồ số {before.sheet_no}")]
        refs.append(Ref("parcel", f"{before.sheet_no}/{before.parcel_no}"))
    if not refs:
        runs.append(" -/-")
    return sheet.paragraph(style.left_mm, y, 152, runs, leading=style.leading), tuple(refs)


def _signed(rng: Generator, sheet: Sheet, y: float, estate: Estate, certificate: Certificate, style: Printing) -> None:
    middle = between(rng, 122, 132)
    town = estate.commune.town
    place = pick(rng, (town, "Quảng Nam")) if certificate.issuer.prefix == "CS" else town
    date_runs = [Run(f"{place}, ", italic=True), Run(day_in_words(certificate.issued_on), "issued_on", italic=True)]
    x = middle - sum(sheet.width(run) for run in date_runs) / 2
    for run in date_runs:
        x = sheet.text(x, y, run)
    y += 6.2
    for i, line in enumerate(certificate.issuer.lines):
        size = sheet.size_pt * 0.92
        parts = (
            [Run("TM. ", bold=True), Run(line.removeprefix("TM. "), "issuer", bold=True)]
            if line.startswith("TM. ")
            else [Run(line, "issuer" if i == 0 else None, bold=True)]
        )
        while sum(sheet.width(part, size) for part in parts) > 108:
            size -= 0.4
        x = middle - sum(sheet.width(part, size) for part in parts) / 2
        for part in parts:
            x = sheet.text(x, y, part, size_pt=size)
        y += 5.4
    foot = y + between(rng, 24, 30)
    sheet.text(middle, min(foot, 248), Run(certificate.issuer.signatory, bold=True), anchor="m")
    signature(sheet, rng, middle + between(rng, -4, 8), y + 11)
    seal(sheet, rng, middle - between(rng, 14, 22), y + between(rng, 3, 12), certificate.issuer.office)
    letters, digits = certificate.register_no.split(" ")
    printed = {"plain": f"{letters} {digits}", "tight": letters + digits, "dotted": f"{letters}.{'.'.join(digits)}"}
    low = between(rng, 244, 250) if style.paper_order == "date_first" else y + between(rng, 0, 4)
    left = style.left_mm - 3
    if low > 243:
        left = sheet.text(left, low, style.register_label, size_pt=style.size_pt * 0.92)
        sheet.text(left, low, say("register_no", printed[style.register_style]), size_pt=style.size_pt * 0.92)
    else:
        sheet.text(left, low, style.register_label.strip(), size_pt=style.size_pt * 0.88)
        sheet.text(left + 4, low + 5.5, say("register_no", printed[style.register_style]), size_pt=style.size_pt * 0.92)
