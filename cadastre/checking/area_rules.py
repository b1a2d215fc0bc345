"""Rules about areas: R1, R2, R3, R13 of a certificate's total, plausible size, one digit off."""

from __future__ import annotations

import re

from cadastre.checking.papers import Paper
from cadastre.checking.redundancy import SettledArea, near
from cadastre.words.landuse import total_m2
from schemas.errors import Message
from schemas.outcomes import Finding

SMALLEST_M2 = 5.0  # domain.md 3.6: flag below 5 m², and above 5 ha outside forest
LARGEST_M2 = 50_000.0
_DIGIT_SLIPS = (10.0, 100.0, 1000.0)


def _say(value: float | None) -> str:
    """Return an area as papers print it: 1.234,5."""
    text = f"{value or 0.0:,.4f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def words_match_digits(paper: Paper, area: SettledArea) -> Finding | None:
    """R1 (domain.md 4): the area in words is the area in digits."""
    words = paper.areas.get("area_words_m2")
    if words is None or words.value is None or area.value is None or area.words_m2 is not None:
        return None
    return Finding(
        "R1",
        "error",
        ("area_m2", "area_words_m2"),
        Message(
            f"Diện tích bằng số {_say(area.value)} m² khác diện tích bằng chữ {_say(words.value)} m².",
            f"The area in digits, {_say(area.value)} m², differs from that in words, {_say(words.value)} m².",
        ),
    )


def total_words_match_digits(paper: Paper, _area: SettledArea) -> Finding | None:
    """R1 for the total of a paper with several parcels."""
    words, digits = paper.areas.get("total_words_m2"), paper.areas.get("total_m2")
    if words is None or digits is None or not words.options or not digits.options:
        return None
    if set(words.options) & set(digits.options):
        return None
    return Finding(
        "R1",
        "error",
        ("total_m2", "total_words_m2"),
        Message(
            "Tổng diện tích bằng số khác tổng diện tích bằng chữ; xem lại bản quét.",
            "The total area in digits is not that in words; look at the scan.",
        ),
    )


def purposes_sum_to_total(paper: Paper, area: SettledArea) -> Finding | None:
    """R2 (domain.md 4): the areas of the purposes sum to the parcel's."""
    seen = paper.land_uses.get("land_use")
    if seen is None or seen.value is None or area.value is None or area.uses is not None:
        return None
    total = total_m2(seen.value.uses)
    if total is None:
        return None
    doubted = ("land_use",) if "words" in area.proofs else ("area_m2", "land_use")
    return Finding(
        "R2",
        "error",
        doubted,
        Message(
            f"Tổng diện tích các mục đích sử dụng {_say(total)} m² khác diện tích thửa đất {_say(area.value)} m².",
            f"The purposes' areas sum to {_say(total)} m², the parcel's area is {_say(area.value)} m².",
        ),
    )


def shares_sum_to_total(paper: Paper, area: SettledArea) -> Finding | None:
    """R3 (domain.md 4): private and shared use (riêng, chung) sum to the parcel's area; `Không` is 0."""
    private, shared = paper.areas.get("private_m2"), paper.areas.get("shared_m2")
    seen = [share for share in (private, shared) if share and share.value is not None]
    if not seen or area.value is None or area.shares is not None:
        return None
    total = sum(share.value or 0.0 for share in seen)
    doubted = ("private_m2", "shared_m2") if "words" in area.proofs else ("area_m2", "private_m2", "shared_m2")
    return Finding(
        "R3",
        "error",
        doubted,
        Message(
            f"Diện tích riêng cộng chung là {_say(total)} m², khác diện tích thửa đất {_say(area.value)} m².",
            f"Private and shared use sum to {_say(total)} m², the parcel's area is {_say(area.value)} m².",
        ),
    )


def area_is_plausible(paper: Paper, area: SettledArea) -> Finding | None:
    """Domain.md 3.6: under 5 m², or over 5 ha outside forest, is worth a look."""
    seen = paper.land_uses.get("land_use")
    forest = bool(seen and seen.value and any(use.code.startswith("R") for use in seen.value.uses))
    largest = float("inf") if forest else LARGEST_M2
    if area.value is None or SMALLEST_M2 <= area.value <= largest:
        return None
    return Finding(
        "area-implausible",
        "note" if "words" in area.proofs else "warning",
        ("area_m2",),
        Message(
            f"Diện tích {_say(area.value)} m² khác thường; xem lại bản quét.",
            f"An area of {_say(area.value)} m² is unusual; look at the scan.",
        ),
    )


def _one_digit_off(one: float, other: float) -> bool:
    """Return whether one number is the other with a lost leading or last digit, or with its decimal mark moved."""
    if near(one, other) or not one or not other:
        return False
    ratio = max(one, other) / min(one, other)
    if any(abs(ratio / slip - 1) < 0.002 for slip in _DIGIT_SLIPS):
        return True
    short, long = sorted((f"{one:.1f}".replace(".", ""), f"{other:.1f}".replace(".", "")), key=len)
    return len(long) == len(short) + 1 and len(short) >= 3 and long.endswith(short)


def legal_area_is_no_misreading(paper: Paper, _area: SettledArea) -> Finding | None:
    """Domain.md 5, class D: measured and legal area differ by what reading gets wrong."""
    measured, legal = paper.areas.get("area_m2"), paper.areas.get("legal_area_m2")
    if not measured or not legal or measured.value is None or legal.value is None:
        return None
    if not _one_digit_off(measured.value, legal.value):
        return None
    return Finding(
        "area-digit",
        "warning",
        ("area_m2", "legal_area_m2"),
        Message(
            f"Diện tích hiện trạng {_say(measured.value)} m² và diện tích pháp lý {_say(legal.value)} m² "
            "khác nhau như khi đọc sót chữ số.",
            f"The measured area, {_say(measured.value)} m², and the legal area, {_say(legal.value)} m², differ as if a "
            "digit had been lost in reading.",
        ),
    )


def thousands_are_marked(paper: Paper, area: SettledArea) -> Finding | None:
    """Domain.md 3.3: `12056` may be 1.205,6 with both marks lost; papers mark the thousands or the decimals."""
    seen = paper.areas.get("area_m2")
    if seen is None or paper.draft.kind == "so_muc_ke" or area.proofs & {"words", "corners"}:
        return None
    if re.search(r"\d[.,\s]\d", seen.reading.text) or re.search(r"\d{4}", seen.reading.text) is None:
        return None
    return Finding(
        "area-unmarked",
        "warning",
        ("area_m2",),
        Message(
            f"Diện tích {_say(area.value)} m² đọc được không có dấu chấm, phẩy; có thể đọc sót dấu.",
            f"The area {_say(area.value)} m² was read without any mark; a decimal mark may have been lost.",
        ),
    )


def area_marks_agree(paper: Paper, area: SettledArea) -> Finding | None:
    """Domain.md 3.3: the digits agree and one engine lost a mark; the book's other rows or a person tell."""
    lost = tuple(
        name
        for name in ("area_m2", "legal_area_m2")
        if name in paper.areas and paper.areas[name].marks_differ and not (area.proven and name == "area_m2")
    )
    if not lost:
        return None
    return Finding(
        "marks-differ",
        "note",
        lost,
        Message(
            "Các bộ đọc cho cùng chữ số của diện tích nhưng khác dấu chấm, phẩy.",
            "The engines agree on the area's digits but not on its marks.",
        ),
    )


def area_means_one_thing(paper: Paper, area: SettledArea) -> Finding | None:
    """Domain.md 3.3: `2.500` is 2500 or 2.5; words, sums or neighbours tell."""
    seen = paper.areas.get("area_m2")
    if seen is None or not seen.two_ways or area.proven:
        return None
    return Finding(
        "area-two-ways",
        "warning",
        ("area_m2",),
        Message(
            f"Diện tích có thể là {' hoặc '.join(map(_say, seen.options))} m²; không có số liệu khác để đối chiếu.",
            f"The area may be {' or '.join(map(_say, seen.options))} m²; nothing else on the paper tells which.",
        ),
    )
