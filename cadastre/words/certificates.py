"""Certificate serials, issue-book numbers, sheet and parcel numbers: what is printed and what it means."""

from __future__ import annotations

import re

from cadastre.words.folding import tidy
from schemas.documents import Form

# The word `Số` (number) in front is often read as SO, S0 or 50: it is taken off before matching (domain.md 3.3).
_SERIAL = re.compile(r"(?:S[ỐOÔ0]|N[O°º]|SERI)?[:.]?([A-ZĐ]{1,2})(\d{6}|\d{8})")
_SERIAL_LABEL = re.compile(r"^S[^\W\da-zA-ZĐđ]?\s?[:.\s]\s*(?=[A-ZĐ])")  # `S AL 758153`, `Só: AL 758153`
_SERIAL_SHAPES: dict[Form, re.Pattern[str]] = {
    "gcn_1993": re.compile(r"[A-ZĐ] \d{6}"),
    "gcn_2003": re.compile(r"A[A-ZĐ] \d{6}"),
    "gcn_2009": re.compile(r"[BCD][A-ZĐ] \d{6}"),
    "gcn_2024": re.compile(r"[A-ZĐ]{2} \d{8}"),
}
_REGISTER_SHAPES: dict[Form, re.Pattern[str]] = {
    "gcn_1993": re.compile(r"\d{1,5} QSDĐ(/.+)?"),
    "gcn_2003": re.compile(r"[HT] \d{5}"),
    "gcn_2009": re.compile(r"(CH|CT|CS|VP|CN) \d{5}"),
    "gcn_2024": re.compile(r"(CH|CT|CS|VP|CN) \d{5}"),
}
_REGISTER = re.compile(r"([A-ZĐ]{1,3})?[ .:]*((?:\d[ .]*)+)")
_NUMBER_SIGN = re.compile(r"^S[ỐOÔ0](?:[\s:.]+(?=\d)|[\s:.]*(?=(?:CH|CT|CS|VP|CN|H|T)[\s.]*\d))")
_REGISTER_1993 = re.compile(r"(\d{1,5})\s*[QOC0]SD[ĐDÐ]\s*(/.+)?")
_DECISION = re.compile(r"/(?P<no>\d{1,5})/(?:(?P<year>\d{4})/)?[QOC0][ĐDÐ]-?(?P<office>U[BR](?:ND)?)")
_DECISION_NO = re.compile(r"(\d{1,5})/(\d{4}/)?[QOC0][ĐÐD]+[-–—.]?([A-ZĐÐ]{2,6}(?:[-–—][A-ZĐÐ]{2,6})*)")
_SHEET = re.compile(r"(?:tờ|to|số|so)?[\s:.]*0*([1-9]\d{0,2})[\s.,;:]*", re.IGNORECASE)
_SHEET_NAMED = re.compile(r"(Khoảnh|MTĐ\S*)\s*(\d+(?:-\d{4})?)", re.IGNORECASE)
_PARCEL = re.compile(r"([A-Za-zĐđ]{0,3})[\s.]?0*([1-9]\d{0,3})\s?([A-Za-z]?)[\s.,;:]*")
_PARCEL_LOT = re.compile(r"(?:lô|lo)\s*0*([1-9]\d*)([a-z]?)[\s.,;:]*", re.IGNORECASE)
_DIGIT_LIKE = frozenset("OQILSBZG")  # alone before digits they are misread digits: `l25` is 125, `S3` is 53
_UNKNOWN = re.compile(r"0+")


def read_serial(text: str) -> str | None:
    """Return a serial as `BA 123456`; None where the text is not one or two letters and six or eight digits."""
    text = _SERIAL_LABEL.sub("", tidy(text))
    match = _SERIAL.fullmatch(re.sub(r"[\s.\-_]", "", tidy(text)).upper().strip(":;,"))
    if match is None:
        return None
    letters = match[1]
    if len(letters) == 2 and len(match[2]) == 6 and letters[0] in "SO":
        letters = letters[1]  # the end of `Số`: before six digits no form prints a pair that begins so
    return f"{letters} {match[2]}"


def fits_serial(serial: str, form: Form | None) -> bool:
    """Return whether the serial has the shape that the form prints; any shape where the form has none known."""
    shape = _SERIAL_SHAPES.get(form) if form else None
    return shape is None or shape.fullmatch(serial) is not None


def read_register_no(text: str) -> str | None:
    """Return an issue-book number as `CH 01234`, digits without the dots and blanks that stand between them."""
    plain = tidy(text).upper().strip(" .:;,")
    if old := _REGISTER_1993.search(plain):
        return f"{old[1]} QSDĐ{_decision((old[2] or '').replace(' ', ''))}"
    plain = _NUMBER_SIGN.sub("", plain)
    match = _REGISTER.fullmatch(plain)
    if match is None:
        return None
    digits = re.sub(r"\D", "", match[2])
    return f"{match[1]} {digits}" if match[1] else digits


def _decision(text: str) -> str:
    """Return the decision inside a register number of 1993 with its marks: `/456/QĐ-UB/H-UBND`."""
    match = _DECISION.match(text.rstrip(".,;:"))
    if match is None:
        return text
    year = f"/{match['year']}" if match["year"] else ""
    office = match["office"].replace("UR", "UB")
    return f"/{match['no']}{year}/QĐ-{office}{text.rstrip('.,;:')[match.end('office') :]}"


def decision_in(register_no: str) -> str | None:
    """Return the decision that a register number of 1993 holds: `456/QĐ-UB` of `00123 QSDĐ/456/QĐ-UB/H-UBND`."""
    match = _DECISION.search(register_no)
    if match is None:
        return None
    return register_no[match.start("no") : match.end("office")]


def read_decision_no(text: str) -> str | None:
    """Return a decision's number as `456/QĐ-UB`, without blanks; None where it is not number, QĐ and office."""
    match = _DECISION_NO.search(re.sub(r"\s", "", tidy(text)).upper())
    if match is None:
        return None
    office = match[3].replace("Ð", "Đ").replace("–", "-").replace("—", "-")
    return f"{match[1].lstrip('0') or '0'}/{match[2] or ''}QĐ-{office}"


def fits_register_no(number: str, form: Form | None) -> bool:
    """Return whether the number has the shape of the form's issue book; bare digits stand in books only."""
    shape = _REGISTER_SHAPES.get(form) if form else None
    return (shape or re.compile(r"([A-Z]{1,2} )?\d{5}")).fullmatch(number) is not None


def _without_specks(text: str) -> str:
    """Return the text without the strokes that a speck or a rule leaves around and between digits: `3/71` is 371."""
    return re.sub(r"(?<=\d)[/|\\'’`](?=\d)", "", tidy(text).strip("|.,;:()[] "))


def read_sheet_no(text: str) -> str | None:
    """Return a sheet number without leading zeros, or a named sheet (`Khoảnh 9`); `00` and no number give None."""
    text = _without_specks(text)
    if named := _SHEET_NAMED.fullmatch(text):
        word = "Khoảnh" if named[1].casefold().startswith("kh") else named[1].upper()
        return f"{word} {named[2]}"
    match = _SHEET.fullmatch(text)
    return match[1] if match else None


def read_parcel_no(text: str) -> str | None:
    """Return a parcel number without leading zeros, its suffix in lower case (`125a`, `Lô 49`, `PL9`)."""
    text = _without_specks(text)
    if lot := _PARCEL_LOT.fullmatch(text):
        return f"Lô {lot[1]}{lot[2].lower()}"
    match = _PARCEL.fullmatch(text)
    if match is None:
        return None
    letters = match[1].upper()
    return None if letters in _DIGIT_LIKE else f"{letters}{match[2]}{match[3].lower()}"


def is_unknown_number(text: str) -> bool:
    """Return whether a book says that it does not know the number: `00`."""
    return _UNKNOWN.fullmatch(tidy(text)) is not None
