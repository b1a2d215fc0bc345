"""Why a scan is set aside, and what to do about it, in both languages."""

from __future__ import annotations

from schemas.errors import Message
from schemas.outcomes import Finding, Quarantine

#: Code -> (what is wrong and what next in Vietnamese, the same in English).
REFUSALS: dict[str, tuple[str, str]] = {
    "not-a-file": ("không phải là tệp; hãy chọn tệp quét", "not a file; hand in the scan itself"),
    "symlink": (
        "là liên kết tới nơi khác; hãy chép chính tệp đó vào thư mục",
        "a link to another place; copy the file itself into the folder",
    ),
    "unreadable": (
        "không có quyền đọc hoặc ổ đĩa lỗi; hãy kiểm tra quyền đọc của tệp",
        "cannot be read, no permission or a disk fault; check the file's permissions",
    ),
    "empty-file": ("tệp rỗng (0 byte); hãy chép lại hoặc quét lại", "the file is empty; copy or scan it again"),
    "archive": (
        "là tệp nén; hãy giải nén rồi nạp các tệp quét bên trong",
        "an archive; unpack it and hand in the scans inside",
    ),
    "not-a-scan": (
        "không phải PDF, TIFF, JPEG hay PNG; hãy lưu lại theo một trong bốn định dạng này",
        "not PDF, TIFF, JPEG or PNG; save it as one of these four",
    ),
    "pdf-encrypted": (
        "PDF có mật khẩu; hãy lưu lại bản không đặt mật khẩu",
        "the PDF asks for a password; save a copy without one",
    ),
    "pdf-repaired": (
        "PDF hỏng, chỉ mở được nhờ đoán phần thiếu; hãy chép lại từ nguồn hoặc quét lại",
        "the PDF is damaged and opened only by guessing; copy it again from its source or scan again",
    ),
    "damaged": (
        "dữ liệu hỏng, không giải mã trọn vẹn được; hãy chép lại từ nguồn hoặc quét lại",
        "the data are damaged and do not decode whole; copy the file again from its source or scan again",
    ),
    "truncated": (
        "tệp bị cắt cụt, thiếu dữ liệu; hãy chép lại từ nguồn hoặc quét lại",
        "the file is cut short; copy it again from its source or scan again",
    ),
    "page-chain": (
        "danh sách trang bị lặp hoặc không khớp nên không tin được số trang; hãy lưu lại hoặc quét lại",
        "the list of pages loops or contradicts itself, so pages may be missing; save or scan it again",
    ),
    "no-pages": ("tệp không có trang nào; hãy quét lại", "the file has no page; scan again"),
    "no-such-page": ("tệp không có trang này", "the file has no such page"),
    "too-many-pages": (
        "hơn 5.000 trang trong một tệp; hãy chia thành từng quyển",
        "more than 5,000 pages in one file; divide it by volume",
    ),
    "page-too-large": (
        "trang lớn hơn mọi khổ giấy (quá A0 ở 400 dpi); hãy quét lại với độ phân giải thấp hơn",
        "the page is larger than any sheet (beyond A0 at 400 dpi); scan again at a lower resolution",
    ),
    "bomb": (
        "tệp nhỏ bung ra quá lớn; không mở vì an toàn, hãy quét lại",
        "a small file that unpacks beyond measure; not opened for safety, scan again",
    ),
    "pixel-format": (
        "kiểu điểm ảnh không phải của máy quét; hãy lưu lại dạng xám hoặc màu 8 bit",
        "pixels of a kind that no scanner makes; save as 8-bit grey or colour",
    ),
    "too-costly": (
        "cần quá nhiều bộ nhớ hoặc thời gian để mở; hãy quét lại với độ phân giải thấp hơn",
        "needs too much memory or time to open; scan again at a lower resolution",
    ),
    "decoder-crashed": (
        "làm hỏng bộ giải mã; hãy chép lại từ nguồn hoặc quét lại",
        "crashes the decoder; copy the file again from its source or scan again",
    ),
}

#: Code -> what is worth knowing about a file that is read all the same.
NOTES: dict[str, tuple[str, str]] = {
    "pdf-restricted": (
        "PDF mã hóa nhưng mở được không cần mật khẩu",
        "the PDF is encrypted but opens without a password",
    ),
    "pdf-active": (
        "PDF có mã lệnh hoặc tệp đính kèm; không phần nào được chạy",
        "the PDF holds scripts or attachments; none of it is run",
    ),
    "wrong-ending": (
        "đuôi tệp không đúng với nội dung; đọc theo nội dung",
        "the file's ending does not fit its content; read by content",
    ),
}


def quarantine(code: str, name: str, page: int | None = None) -> Quarantine:
    """Return the quarantine with a message that names the file as the user knows it, the page, and the remedy."""
    vi, en = REFUSALS[code]
    where_vi, where_en = (f"{name} trang {page}", f"{name} page {page}") if page else (name, name)
    return Quarantine(code, Message(f"{where_vi}: {vi}".strip(": "), f"{where_en}: {en}".strip(": ")))


def note(code: str, name: str) -> Finding:
    """Return what is worth knowing about a file as a finding of severity "note"."""
    vi, en = NOTES[code]
    return Finding(code, "note", (), Message(f"{name}: {vi}", f"{name}: {en}"))
