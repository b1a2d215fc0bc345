"""The parcel index of TT 25/2014 (sổ mục kê đất đai): which rows stand on its pages, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

from samples.chance import between
from samples.estate import Estate
from samples.faults import index_slips, swapped_digits
from samples.muc_ke_page import HEADS_MM, Binding, column_lefts, cover_page, row_height, ruled_page, table_top
from samples.paper import Face, Paper, Said
from samples.sheet import Sheet, say
from samples.words import number
from schemas.entries import LandUse, Owner, Ref, Value


def draw_muc_ke(rng: Generator, held: Sequence[Estate], indices: Sequence[int], volume: int, style: Binding) -> Paper:
    """Draw a volume: its cover and as many row pages as the estates need; `indices` are theirs, for the truth."""
    faces = [cover_page(rng, held[0], volume, style)]
    said: list[Said] = []
    for start in range(0, len(held), style.rows):
        part = held[start : start + style.rows]
        sheet = ruled_page(style, start // style.rows + 1, held[0])
        for i, estate in enumerate(part):
            sheet.entry = start + i
            values = _row(rng, sheet, i, estate, style)
            shared = {"unit_name": estate.commune.name}
            code = {"unit_code": estate.commune.code}
            index, slips = indices[start + i], index_slips(estate)
            said.append(Said(shared | values, code, row=i + 1, parcel=index, slips=slips))
        faces.append(Face(sheet.image, sheet.dpi, tuple(sheet.marks), "rows", str(start // style.rows + 1)))
    commune = held[0].commune
    return Paper("so_muc_ke", None, "2013", tuple(faces), tuple(said), f"Quyen {volume}", commune.name)


def _row(rng: Generator, sheet: Sheet, i: int, estate: Estate, style: Binding) -> dict[str, Value]:
    plot, certificate = estate.plot, estate.certificate
    y = table_top(style) + HEADS_MM + (i + 0.5) * row_height(style) + style.size_pt * 0.125
    area = swapped_digits(plot.area_m2) if estate.fault == "digit_swap" else plot.area_m2
    codes = tuple(LandUse(use.code, None) for use in estate.uses)
    cells: dict[int, tuple[str, str]] = {
        0: ("sheet_no", plot.sheet_no),
        1: ("parcel_no", plot.parcel_no),
        2: ("owners", _owner_text(estate, style)),
        3: ("user_type", estate.user_type),
        4: ("area_m2", number(area, 1)),
        5: ("land_use", "+".join(use.code for use in estate.uses)),
    }
    values: dict[str, Value] = {
        "sheet_no": plot.sheet_no,
        "parcel_no": plot.parcel_no,
        "owners": _owners_value(estate, style),
        "user_type": estate.user_type,
        "area_m2": area,
        "land_use": codes,
    }
    if certificate:
        cells[6] = ("legal_area_m2", number(certificate.area_m2, 1))
        cells[7] = ("legal_land_use", "+".join(use.code for use in certificate.uses))
        values["legal_area_m2"] = certificate.area_m2
        values["legal_land_use"] = tuple(LandUse(use.code, None) for use in certificate.uses)
    if estate.note:
        cells[8] = ("change_note", estate.note)
        values["change_note"] = estate.note
        if estate.note_refs:
            values["refs"] = tuple(_ref(kind, value) for kind, value in estate.note_refs)
    for column, (name, text) in cells.items():
        _cell(rng, sheet, column, y, name if column != 8 or not estate.note_refs else f"{name} refs", text, style)
    return values


def _ref(kind: str, value: str) -> Ref:
    return Ref("serial" if kind == "serial" else "parcel", value)


def _cell(rng: Generator, sheet: Sheet, column: int, y: float, name: str, text: str, style: Binding) -> None:
    lefts = column_lefts(style)
    x0, x1 = lefts[column], lefts[column + 1]
    size, run = style.size_pt, say(name, text)
    if column in (2, 8) and sheet.width(run, size) > x1 - x0 - 2.4 and row_height(style) > size * 0.78 and " " in text:
        first, second = _halves(sheet, text, size, x1 - x0 - 2.4)
        step = size * 0.36
        sheet.text(x0 + 1.5, y - step / 2, say(name, first), size_pt=size * 0.92)
        sheet.text(x0 + 1.5, y + step / 2, say(name, second), size_pt=size * 0.92)
        return
    while size > 7 and sheet.width(run, size) > x1 - x0 - 2.4:
        size -= 0.3
    y += between(rng, -0.15, 0.15)
    if column in (2, 8):
        sheet.text(x0 + 1.5, y, run, size_pt=size)
    elif column in (4, 6) and not style.centred:
        sheet.text(x1 - 2, y, run, size_pt=size, anchor="r")
    else:
        sheet.text((x0 + x1) / 2, y, run, size_pt=size, anchor="m")


def _halves(sheet: Sheet, text: str, size: float, width: float) -> tuple[str, str]:
    """Return as many words as fit on the first line, and the rest."""
    words = text.split(" ")
    count = max(1, len(words) - 1)
    while count > 1 and sheet.width(" ".join(words[:count]), size) > width:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


def _owner_text(estate: Estate, style: Binding) -> str:
    people = estate.holder.people
    if not people:
        return estate.holder.name
    names = [p.name.upper() if style.capitals else p.name for p in people]
    if not style.honorifics:
        return ", ".join(names) if estate.holder.shape != "household" else f"Hộ {names[0]}"
    titled = [f"{'ông' if p.sex == 'nam' else 'bà'} {name}" for p, name in zip(people, names, strict=True)]
    if estate.holder.shape == "household":
        return f"Hộ {titled[0]}"
    text = " và ".join(titled)
    return text[0].upper() + text[1:]


def _owners_value(estate: Estate, style: Binding) -> tuple[Owner, ...]:
    holder = estate.holder
    if not holder.people:
        return (Owner(holder.name),)
    return tuple(Owner(p.name, p.sex if style.honorifics else None, household=holder.household) for p in holder.people)
