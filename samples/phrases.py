"""The words in which certificates and extracts print purposes, terms, origins and people."""

from __future__ import annotations

from datetime import date
from typing import Literal

from samples.people import Holder, Person
from samples.sheet import Run, say
from samples.words import number
from schemas.entries import LandUse, Owner, Term

PURPOSES = {
    "ONT": "Đất ở tại nông thôn",
    "ODT": "Đất ở tại đô thị",
    "CLN": "Đất trồng cây lâu năm",
    "LUC": "Đất chuyên trồng lúa nước",
    "BHK": "Đất bằng trồng cây hàng năm khác",
    "HNK": "Đất trồng cây hàng năm khác",
    "NTS": "Đất nuôi trồng thủy sản",
    "RSX": "Đất rừng sản xuất",
    "SKC": "Đất cơ sở sản xuất phi nông nghiệp",
    "DGT": "Đất giao thông",
}
_ORIGINS = {
    "CNQ-CTT": "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
    "CNQ-KTT": "Công nhận quyền sử dụng đất như giao đất không thu tiền sử dụng đất",
    "DG-CTT": "Nhà nước giao đất có thu tiền sử dụng đất",
    "DG-KTT": "Nhà nước giao đất không thu tiền sử dụng đất",
}
_TRANSFERS = {"NCN": "Nhận chuyển nhượng đất được ", "NTC": "Nhận tặng cho đất được ", "NTK": "Nhận thừa kế đất được "}


def origin_in_words(code: str, *, short: bool) -> str:
    """Return the printed words of an origin code; `short` writes QSDĐ for quyền sử dụng đất."""
    prefix, _, rest = code.partition("-")
    words = _TRANSFERS[prefix] + _ORIGINS[rest] if prefix in _TRANSFERS else _ORIGINS[code]
    return words.replace("ông nhận quyền sử dụng đất", "ông nhận QSDĐ") if short else words


def term_in_words(term: Term) -> str:
    """Return `Lâu dài`, `Đến ngày 15/10/2063`, `Đến tháng 10/2063`, `Đến năm 2065` or `50 năm`."""
    if term.kind == "long":
        return "Lâu dài"
    if term.kind == "years":
        return f"{term.years} năm"
    parts = (term.date or "").split("-")
    return {1: "Đến năm ", 2: "Đến tháng ", 3: "Đến ngày "}[len(parts)] + "/".join(reversed(parts))


def purposes_in_words(uses: tuple[LandUse, ...], *, with_area: bool, places: int) -> str:
    """Return `Đất ở tại nông thôn: 200,0 m²; Đất trồng cây lâu năm: 345,6 m²`, or the purpose alone."""
    if not with_area:
        return PURPOSES[uses[0].code]
    return "; ".join(f"{PURPOSES[use.code]}: {number(use.area_m2 or 0.0, places)} m²" for use in uses)


def terms_in_words(uses: tuple[LandUse, ...], terms: tuple[Term, ...]) -> str:
    """Return the term alone, or each purpose with its term."""
    if len(uses) == 1:
        return term_in_words(terms[0])
    return "; ".join(f"{PURPOSES[use.code]}: {term_in_words(term)}" for use, term in zip(uses, terms, strict=True))


def term_value(uses: tuple[LandUse, ...], terms: tuple[Term, ...]) -> Term | tuple[Term, ...]:
    """Return the contract's value of what `terms_in_words` prints."""
    if len(uses) == 1:
        return terms[0]
    return tuple(
        Term(term.kind, date=term.date, years=term.years, code=use.code) for use, term in zip(uses, terms, strict=True)
    )


PersonShape = Literal["lines", "sentence", "short"]


def _title(person: Person) -> str:
    return "Ông" if person.sex == "nam" else "Bà"


def _id(person: Person, when: date) -> tuple[str, str]:
    kind, digits = person.id_on(when)
    return {"cmnd": "CMND số", "cccd": "CCCD số"}.get(kind, "Giấy tờ số"), digits


def person_lines(holder: Holder, when: date, shape: PersonShape, *, capitals: bool) -> list[list[Run | str]]:
    """Return block I as lines of runs; the stretches marked `owners` hold the names, years, numbers and address."""
    if holder.shape == "company":
        number = f"Giấy chứng nhận đăng ký doanh nghiệp số: {holder.business_no}"
        return [
            [say("owners", holder.name, bold=True)],
            [say("owners", number)],
            ["Địa chỉ trụ sở: ", say("owners", holder.address)],
        ]
    lines: list[list[Run | str]] = []
    for i, person in enumerate(holder.people):
        name = person.name.upper() if capitals else person.name
        label, digits = _id(person, when)
        lead = f"{_title(person)}: "
        if holder.shape == "household":
            lead = f"Hộ {_title(person).lower()}: "
        elif i == 1:
            lead = "và vợ là bà: " if shape != "short" else "Và vợ: "
        head: list[Run | str] = [lead, say("owners", name, bold=True)]
        if shape == "lines":
            lines.append(head)
            lines.append([say("owners", f"Năm sinh: {person.birth_year}, {label}: {digits}")])
        elif shape == "short":
            lines.append(
                [*head, say("owners", f"   Sinh năm: {person.birth_year}   {label.removesuffix(' số')}: {digits}")]
            )
        else:
            lines.append([*head, say("owners", f", sinh năm {person.birth_year}, {label}: {digits}")])
        last = i + 1 == len(holder.people)
        if shape == "sentence":
            lines[-1].append(say("owners", f", địa chỉ thường trú: {holder.address}."))
        elif last:
            label = "Địa chỉ thường trú: " if shape == "lines" else "Địa chỉ: "
            lines.append([label, say("owners", holder.address)])
    return lines


def owners_on(holder: Holder, when: date) -> tuple[Owner, ...]:
    """Return the owners as `person_lines` prints them."""
    if holder.shape == "company":
        return (Owner(holder.name, id_kind="dkkd", id_no=holder.business_no, address=holder.address),)
    return tuple(
        Owner(p.name, p.sex, p.birth_year, *p.id_on(when), address=holder.address, household=holder.household)
        for p in holder.people
    )
