"""What the second sheet of the national collection workbook says: what did not fit, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from flows.national.columns import LETTERS, item_name
from schemas.errors import Message

Why = Literal[
    "commune-unknown",
    "two-certificates",
    "co-user",
    "certificate-waits",
    "numbers-shared",
    "newer-certificate",
    "other-series",
    "missing",
    "required",
    "disputed",
    "waits",
    "more-land-uses",
    "areas-differ",
    "uses-differ",
    "certificate-not-held",
    "certificate-may-be-held",
    "scanned-twice",
    "scan-elsewhere",
    "too-long",
    "no-parcel",
]

REASONS: dict[Why, Message] = {
    "commune-unknown": Message(
        "xã không có mã hiện hành; xác định xã rồi xuất lại",
        "the commune has no code of today; settle the commune and export again",
    ),
    "two-certificates": Message(
        "hai giấy chứng nhận cho một thửa; không gộp, người có thẩm quyền quyết định",
        "two certificates on one parcel; never merged, a person decides",
    ),
    "co-user": Message(
        "đồng sử dụng: mỗi người một giấy chứng nhận cả thửa; một thửa chỉ ghi được một giấy, giấy này chưa ghi",
        "co-users each have a certificate of the whole parcel; one fits, this one is not written",
    ),
    "certificate-waits": Message(
        "có giấy chứng nhận của thửa này nhưng số phát hành, thời kỳ hoặc số thửa còn chờ người xem",
        "a certificate of this parcel is held, but its serial, era or numbers wait for a person",
    ),
    "numbers-shared": Message(
        "thửa khác trong kho có cùng xã, tờ, thửa (bản đồ thời kỳ khác hoặc xã đã sáp nhập); đối chiếu trước",
        "another parcel that is held has these numbers (another map or a merged commune); reconcile first",
    ),
    "newer-certificate": Message(
        "giấy chứng nhận mới hơn mang cùng xã, tờ, thửa; dòng là của giấy mới, đối chiếu giấy này trước",
        "a newer certificate bears these numbers and has the row; reconcile this one first",
    ),
    "other-series": Message(
        "lấy từ giấy theo bản đồ thời kỳ khác, cùng xã, tờ, thửa và cùng chủ; xem lại",
        "taken from a paper of another map series with the same numbers and owners; look again",
    ),
    "missing": Message("ô bắt buộc còn trống; dòng sẽ bị trả lại", "a cell that must be filled is empty"),
    "required": Message("ô cần có còn trống", "a cell that the import asks for is empty"),
    "disputed": Message("các giấy tờ nói khác nhau; để trống", "the papers disagree; left empty"),
    "waits": Message("đã ghi nhưng chưa có người xác nhận", "written, but not confirmed by a person yet"),
    "more-land-uses": Message("mục đích sử dụng thứ tư trở đi", "the fourth land use and those after it"),
    "areas-differ": Message(
        "diện tích đo đạc khác diện tích đã ghi", "the measured area differs from the one that is written"
    ),
    "uses-differ": Message(
        "tổng diện tích các mục đích khác diện tích thửa", "the land uses do not sum to the parcel's area"
    ),
    "certificate-not-held": Message(
        "giấy tờ nhắc đến giấy chứng nhận không có trong kho", "a paper names a certificate that is not held"
    ),
    "certificate-may-be-held": Message(
        "giấy chứng nhận cùng tên chủ có trong kho nhưng chưa đọc được tờ, thửa; xem có phải của thửa này",
        "a certificate of the same owners is held whose parcel could not be read; see whether it is this one's",
    ),
    "scanned-twice": Message("giấy chứng nhận này còn bản quét khác", "there are further scans of this certificate"),
    "scan-elsewhere": Message(
        "bản quét ở nơi đã đọc giấy này, tên tệp theo nơi ấy; lấy tệp về trước khi nộp",
        "the scan lies where the paper was read, under this name; fetch it before handing in",
    ),
    "too-long": Message("quá dài cho một ô; đã bỏ trống", "too long for a cell; left empty"),
    "no-parcel": Message(
        "chưa thành thửa đất: xã, tờ, thửa hoặc thời kỳ còn chờ người xem",
        "not a parcel yet: commune, sheet, parcel or era waits for a person",
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the second sheet: why, about which columns, and the value that did not fit.

    `person` counts a parcel's rows from 0; None where all of them are meant, or none is in the first sheet.
    """

    why: Why
    columns: tuple[str, ...] = ()
    value: str | None = None
    person: int | None = None

    @property
    def about(self) -> str:
        """Return how the sheet calls the columns: `Mục 11, Mục 27`; empty where none is meant."""
        return ", ".join(item_name(letter) for letter in self.columns)


def together(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return the remarks, those that differ in their columns only as one, in the workbook's order of columns."""
    columns: dict[Remark, set[str]] = {}
    for remark in remarks:
        columns.setdefault(replace(remark, columns=()), set()).update(remark.columns)
    return tuple(replace(one, columns=tuple(sorted(of_one, key=LETTERS.index))) for one, of_one in columns.items())
