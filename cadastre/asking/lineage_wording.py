"""What speaks for and against a step between two maps, and maps and parcels, in a land office's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cadastre.linking.lots import Lot
from cadastre.words.eras import period_of
from cadastre.words.wording import say_number
from schemas.answers import Place
from schemas.documents import Era
from schemas.errors import Message
from schemas.tables import Tables

_LEAST_BITS = 0.5  # what speaks less than so much is not told
_PRINTED = Message("giấy của thửa mới ghi số thửa cũ này", "a paper of the newer parcel prints this older number")
#: What users of two parcels have in common, over two maps and inside a sheet.
_KIN = Message("cùng họ và tên, khác hoặc thiếu chữ lót", "surname and given name agree, the middle name does not")
_CLAN = Message("chỉ cùng họ", "only the surname agrees")
_STRANGERS = Message("tên người sử dụng đất khác nhau", "the land users' names differ")
_BODY_BEFORE = Message(
    "trước là đất của hợp tác xã, tổ đội hay ủy ban", "a cooperative, a team or a committee held it before"
)
_BODY_SINCE = Message(
    "sau là đất của hợp tác xã, tổ đội hay ủy ban", "a cooperative, a team or a committee holds it since"
)
_IN_ROW = (
    ("rất nhiều", "very many parcels around agree in area or name, in the order of their numbers"),
    ("nhiều", "many parcels around agree in area or name, in the order of their numbers"),
    ("khá nhiều", "several parcels around agree in area or name, in the order of their numbers"),
    ("vài", "some parcels around agree in area or name, in the order of their numbers"),
    ("một ít", "a few parcels around agree in area or name, in the order of their numbers"),
)
#: comparison -> level -> words; names are never told, only that they agree.
WORDS: Mapping[str, Mapping[str, Message]] = {
    "holder": {
        "identity_number": Message("cùng số giấy tờ của người sử dụng đất", "one identity number of the land user"),
        "two_names": Message("cùng tên hai người sử dụng đất", "the names of two land users agree"),
        "name_of_one": Message(
            "cùng tên người sử dụng đất, tên không trùng ai", "the land user's name agrees and is no one else's"
        ),
        "name_of_few": Message("cùng tên người sử dụng đất", "the land user's name agrees"),
        "name_of_some": Message(
            "cùng tên người sử dụng đất, nhưng tên này có ở vài thửa",
            "the land user's name agrees, and stands with some other parcels too",
        ),
        "name_of_many": Message(
            "cùng tên người sử dụng đất, nhưng tên này có ở nhiều thửa",
            "the land user's name agrees, and stands with many other parcels too",
        ),
        "body_before": _BODY_BEFORE,
        "body_since": _BODY_SINCE,
        "near_name": Message("tên người sử dụng đất gần giống nhau", "the land users' names are nearly the same"),
        "middle_name_lost": _KIN,
        "same_clan": _CLAN,
        "other": _STRANGERS,
    },
    "note": {
        "passed_on": Message(
            "ghi chú nói đất do người sử dụng trước chuyển cho người sau",
            "a note tells that the land passed from the one's user to the other's",
        ),
    },
    "area": {
        "equal": Message("diện tích bằng nhau", "the areas are equal"),
        "equal_rare": Message("diện tích bằng nhau, ít thửa có diện tích này", "equal areas that few parcels have"),
        "equal_some": Message("diện tích bằng nhau, vài thửa có diện tích này", "equal areas that some parcels have"),
        "equal_common": Message("diện tích bằng nhau, nhưng nhiều thửa cũng vậy", "equal areas that many parcels have"),
        "within_1": Message("diện tích lệch không quá 1 %", "the areas differ by 1 % at most"),
        "within_2": Message("diện tích lệch không quá 2 %", "the areas differ by 2 % at most"),
        "within_5": Message("diện tích lệch không quá 5 %", "the areas differ by 5 % at most"),
        "within_10": Message("diện tích lệch không quá 10 %", "the areas differ by 10 % at most"),
        "within_20": Message("diện tích lệch không quá 20 %", "the areas differ by 20 % at most"),
        "other": Message("diện tích khác hẳn nhau", "the areas differ widely"),
    },
    "ground": {
        "same": Message("cùng loại đất", "the same land use"),
        "compatible": Message("loại đất có thể là một", "land uses that may be one"),
        "other": Message("loại đất khác nhau", "different land uses"),
    },
    "toponym": {
        "same": Message("cùng xứ đồng", "the same field name (xứ đồng)"),
        "other": Message("khác xứ đồng", "different field names (xứ đồng)"),
    },
    "hamlet": {
        "same": Message("cùng thôn, tổ", "the same hamlet"),
        "other": Message("khác thôn, tổ", "different hamlets"),
    },
    "papers": {
        "shared": Message(
            "giấy sau nhắc đến giấy chứng nhận của thửa trước", "the later paper names the earlier one's certificate"
        ),
        "other": Message("giấy sau nhắc đến giấy chứng nhận khác", "the later paper names another certificate"),
    },
    "bridge": {
        "printed": Message("giấy của thửa mới ghi số tờ, số thửa cũ này", "the newer paper prints this old number"),
        "printed_without_sheet": Message(
            "giấy của thửa mới ghi số thửa cũ này, không ghi số tờ", "the newer paper prints this number, no sheet"
        ),
        "other_printed": Message("giấy của thửa mới ghi số thửa cũ khác", "the newer paper prints another old number"),
    },
    "numbers": {
        "kept": Message("số tờ, số thửa giữ nguyên như các thửa khác", "sheet and number stayed, as of other parcels"),
        "parcel_kept": Message("số thửa giữ nguyên như các thửa khác", "the number stayed, as of other parcels"),
        "other": Message("các thửa khác giữ nguyên số, thửa này thì không", "other parcels kept their numbers"),
    },
    "around": {
        "line_of_many": Message(
            "nhiều thửa gần số đi theo một dãy, thửa này đúng chỗ trong dãy",
            "many parcels near in number went on in one row, and this one has its place in it",
        ),
        "amid": Message(
            "thửa số liền trước và liền sau nằm hai bên, đúng khoảng cách",
            "the parcels before and after it in number lie on its two sides, as far as they were",
        ),
        "line_of_some": Message(
            "vài thửa gần số đi theo một dãy, thửa này đúng chỗ trong dãy",
            "some parcels near in number went on in one row, and this one has its place in it",
        ),
        "beside_in_line": Message("thửa liền số nằm ngay bên cạnh", "the parcel next in number lies right beside it"),
        "line_of_few": Message(
            "hai, ba thửa gần số đi theo một dãy với thửa này", "two or three parcels near in number went in its row"
        ),
        "in_line": Message("một thửa gần số đi theo một dãy với thửa này", "a parcel near in number went in its row"),
        "beside": Message("thửa liền kề về số cũng nằm cạnh nhau", "the parcels next in number lie beside it too"),
        "next_to": Message("các thửa liền số cũng nằm gần đó", "the parcels next in number lie near it"),
        "close": Message("các thửa gần số cũng nằm trong khoảng đó", "parcels near in number lie around there"),
        "same_sheet": Message("các thửa gần số cũng sang tờ này", "parcels near in number went to this sheet"),
        "sheet_of_most": Message("phần lớn thửa của tờ cũ sang tờ này", "most parcels of the sheet went to this one"),
        "sheet_of_some": Message("một số thửa của tờ cũ sang tờ này", "some parcels of the sheet went to this one"),
        "elsewhere": Message("các thửa xung quanh sang tờ khác", "the parcels around went to other sheets"),
    },
    "row": {
        **{
            f"agrees_{n}": Message(f"{much} thửa chung quanh khớp diện tích, tên theo thứ tự số", words)
            for n, (much, words) in enumerate(_IN_ROW)
        },
        "other": Message(
            "các thửa chung quanh không khớp theo thứ tự số", "the parcels around do not agree in the order of numbers"
        ),
    },
    "shape": {
        "same": Message("hai hình thửa trùng nhau", "the two outlines coincide"),
        "half": Message("hai hình thửa chồng nhau hơn một nửa", "the two outlines share more than half"),
        "overlaps": Message("hai hình thửa chồng lên nhau một phần", "the two outlines overlap"),
        "apart": Message("hai hình thửa nằm rời nhau", "the two outlines lie apart"),
    },
    "users": {
        "name": Message("cùng tên người sử dụng đất", "the land user's name agrees"),
        "kin": _KIN,
        "clan": _CLAN,
        "strangers": _STRANGERS,
        "body_before": _BODY_BEFORE,
        "body_since": _BODY_SINCE,
    },
    "sum": {
        "to_the_decimal": Message("tổng diện tích khớp đến số lẻ", "the areas add up to the decimal"),
        "exact": Message("tổng diện tích khớp đúng", "the areas add up exactly"),
        "within_half": Message("tổng diện tích lệch không quá 0,5 %", "the areas add up within 0.5 %"),
        "within_1": Message("tổng diện tích lệch không quá 1 %", "the areas add up within 1 %"),
        "within_2": Message("tổng diện tích lệch không quá 2 %", "the areas add up within 2 %"),
        "within_5": Message("tổng diện tích lệch không quá 5 %", "the areas add up within 5 %"),
        "off": Message("tổng diện tích không khớp", "the areas do not add up"),
    },
    "letter": {"part": Message("số thửa có chữ của thửa cũ", "the number is the older one with a letter behind it")},
    "days": {
        "before": Message(
            "giấy cuối của thửa cũ có trước giấy đầu của thửa mới",
            "the last paper of the older parcel is from before the first of the newer",
        ),
        "later": Message(
            "thửa cũ còn có giấy sau giấy đầu của thửa mới",
            "papers of the older parcel are from after the first of the newer",
        ),
        "all_later": Message(
            "mọi giấy của thửa cũ có sau giấy đầu của thửa mới",
            "all papers of the older parcel are from after the first of the newer",
        ),
        "era_later": Message(
            "thửa cũ còn có giấy ở thời kỳ sau", "papers of the older parcel are of an era later than the newer one's"
        ),
        "eras_later": Message(
            "thửa cũ còn có giấy ở những thời kỳ sau nữa",
            "papers of the older parcel are of eras much later than the newer one's",
        ),
    },
    "book": {
        "both": Message("một sổ mục kê có cả hai thửa", "one book of parcels lists both"),
        "both_kept": Message(
            "một sổ mục kê có ghi biến động có cả hai thửa, thửa mới không có ghi chú",
            "one book of parcels, in which changes were noted, lists both, without a note at the newer",
        ),
        "both_noted": Message(
            "một sổ mục kê có cả hai thửa, thửa mới có ghi chú",
            "one book of parcels lists both, with a note at the newer",
        ),
        "given": Message(
            "sổ mục kê còn thửa cũ mà số đã vượt quá số thửa mới",
            "a book of parcels that still lists the older one goes beyond the newer one's number",
        ),
        "left_out": Message(
            "sổ mục kê có thửa mới thì không còn thửa cũ",
            "the book of parcels that lists the newer leaves the older one out",
        ),
        "beyond": Message(
            "sổ mục kê có thửa cũ thì chưa đến số thửa mới",
            "the book of parcels that lists the older one does not reach the newer one's number",
        ),
        "gone": Message(
            "sổ mục kê trước có thửa cũ, chưa có số thửa mới; sổ sau có thửa mới, không còn thửa cũ",
            "the earlier book of parcels lists the older one only, the later book the newer one only",
        ),
    },
    "beside": {
        "next": Message("các thửa hợp lại có số liền nhau", "the joined parcels are next to each other in number"),
        "within_2": Message("các thửa hợp lại cách nhau một số", "one number lies between the joined parcels"),
        "within_4": Message("các thửa hợp lại cách nhau vài số", "a few numbers lie between the joined parcels"),
        "within_8": Message("các thửa hợp lại có số không xa nhau", "the joined parcels are not far apart in number"),
        "apart": Message("các thửa hợp lại có số cách xa nhau", "the joined parcels are far apart in number"),
    },
}


def told(evidence: Iterable[str]) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Return what speaks for a step and what against it, the weightiest first."""
    weighed: list[tuple[float, Message]] = []
    for one in evidence:
        name, _, rest = one.partition(":")
        level, _, bits = rest.partition(":")
        if name == "printed":
            weighed.append((99.0, _PRINTED))
        elif level in WORDS.get(name, {}) and abs(float(bits)) >= _LEAST_BITS:
            weighed.append((float(bits), WORDS[name][level]))
    if any(message is _PRINTED for _, message in weighed):
        weighed = [one for one in weighed if one[1] not in (WORDS["bridge"]["printed"],)]
    ordered = sorted(weighed, key=lambda one: (-abs(one[0]), one[1].vi))
    return (
        tuple(dict.fromkeys(message for bits, message in ordered if bits > 0)),
        tuple(dict.fromkeys(message for bits, message in ordered if bits < 0)),
    )


def areas(older: Sequence[Lot], newer: Sequence[Lot]) -> Message | None:
    """Return the areas of both sides, in m²; None where a side has none."""
    sides = [[lot.area for lot in some if lot.area is not None] for some in (older, newer)]
    if not all(sides):
        return None
    before, after = (" + ".join(say_number(area) for area in some) for some in sides)
    return Message(f"diện tích: cũ {before} m², mới {after} m²", f"areas: old {before} m², new {after} m²")


def map_name(unit: str, era: Era, tables: Tables) -> Message:
    """Return how a map series is called: the commune, and the era of its first papers."""
    name = unit_name(unit, era, tables)
    return Message(f"bản đồ {era}, {name}", f"map of {era}, {name}")


def unit_name(unit: str, era: Era, tables: Tables) -> str:
    """Return the commune's name in the time of an era, with its code where it has one."""
    period = period_of(era, tables)
    named = [one for one in tables.units if one.code == unit]
    then = [one for one in named if one.in_force(period.first, period.last)] or named
    if not then:
        return unit
    one = max(then, key=lambda row: row.valid_from.isoformat() if row.valid_from else "")
    return f"{one.name} ({one.code})" if one.coded else one.name


def place_name(place: Place) -> Message:
    """Return how a parcel, or a sheet, is called on its map."""
    if place.parcel is None:
        return Message(f"tờ {place.sheet}", f"sheet {place.sheet}")
    return Message(f"thửa {place.parcel} tờ {place.sheet}", f"parcel {place.parcel} of sheet {place.sheet}")
