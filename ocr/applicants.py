"""The people of an application: what stands between `Kính gửi` and the land, without the form's own words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, takewhile

from ocr.folding import skeleton
from ocr.labels import Token, is_enumerator, likeness
from ocr.parts import split_owners
from ocr.values import Span

_ADDRESSEE = ("kính gửi",)
_BLOCK = (
    "người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người quản lý đất",
    "người sử dụng đất, chủ sở hữu tài sản gắn liền với đất",
    "người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
    "người sử dụng đất, chủ sở hữu nhà ở",
    "người sử dụng đất",
)
#: Where the people end: what is asked for, or the land.
_LAND = (
    "thửa đất xin đăng ký quyền sử dụng",
    "thửa đất xin cấp giấy chứng nhận",
    "thửa đất đăng ký",
    "thửa đất được quyền sử dụng",
    "xin đăng ký quyền sử dụng các thửa đất",
    "xin đăng ký quyền sử dụng đất",
    "xin đăng ký quyền sử dụng",
    "xin được đăng ký quyền sử dụng",
    "đề nghị",
    "thửa đất số",
    "thửa số",
    "số tờ bản đồ",
    "giấy chứng nhận đã cấp",
    "giấy chứng nhận quyền sử dụng đất đã cấp",
    "số vào sổ cấp gcn",
    "đăng ký biến động về",
    "tổng diện tích",
    "tôi xin cam đoan",
)
#: The form's words in front of a name.
_BEFORE_NAME = (
    "tên viết chữ in hoa",
    "họ và tên người sử dụng đất",
    "tên người sử dụng đất",
    "họ và tên người làm đơn",
    "họ và tên chủ hộ",
    "họ và tên",
    "họ tên",
    "tên tôi là",
    "tôi tên là",
    "tên",
)
_ALIKE = 0.84
_SHORT = 5  # letters up to which a word alone is no label


def find_applicants(tokens: Sequence[Token]) -> list[Span]:
    """Return each person who applies, in order; none where neither addressee nor heading shows where they stand."""
    rows = [list(row) for _, row in groupby(tokens, key=lambda token: token.row)]
    addressee = next((i for i, row in enumerate(rows) if _behind(row, _ADDRESSEE) is not None), None)
    heading = next((i for i, row in enumerate(rows) if i > (addressee or 0) and _behind(row, _BLOCK) is not None), None)
    if heading is not None:
        rest = rows[heading][_behind(rows[heading], _BLOCK) or 0 :]
        block = [rest, *rows[heading + 1 :]]
    elif addressee is not None:
        block = rows[addressee + 1 :]
    else:
        return []
    people = takewhile(lambda row: _behind(row, _LAND) is None, block)
    return split_owners([token for row in people for token in row[_behind(row, _BEFORE_NAME) or _items(row) :]])


def _items(row: Sequence[Token]) -> int:
    """Return how many tokens of the row only count items."""
    return next((i for i, t in enumerate(row) if t.letters and not is_enumerator(t.word.text)), len(row))


def _behind(row: Sequence[Token], phrases: Sequence[str]) -> int | None:
    """Return the token behind the phrase that begins the row after its item number; None where none does.

    A short word counts only with its colon: `Tên:`.
    """
    start = _items(row)
    for phrase in map(skeleton, phrases):
        joined, best = "", (_ALIKE, -1)
        for end in range(start, len(row)):
            joined += row[end].letters
            if len(phrase) > _SHORT or ":" in row[end].word.text:
                best = max(best, (likeness(phrase, joined), end), key=lambda found: found[0])
            if len(joined) > 1.3 * len(phrase):
                break
        if best[1] >= 0:
            return best[1] + 1
    return None
