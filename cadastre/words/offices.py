"""The offices that issue papers, spelt as their names go where a seal or a dotted line broke a letter or two."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from cadastre.words.folding import aligned_fold, tidy

#: How the names of issuing offices begin (domain.md 1.1, 2.6); a place follows.
_NAMES = (
    "ỦY BAN NHÂN DÂN",
    "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT",
    "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    "VĂN PHÒNG ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT",
    "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
    "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
    "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG",
)
_LETTERS_PER_SLIP = 7
_POST = re.compile(r"\s+(?:(?:kt|tm|tl|tuq)[\s.]*|[\W\d]{1,3}\s*)?(?:pho\s+)?(?:chu tich|.iam doc|truong phong)\W*$")
_FOR = re.compile(r"^(?:TM|KT|TL|TUQ)\s*\.\s*")


def office_name(text: str) -> str:
    """Return the office without `TM.` before and the signer's post behind it, its fixed words spelt right."""
    printed = _FOR.sub("", tidy(text))
    if post := _POST.search(aligned_fold(printed)):
        printed = printed[: post.start()]
    best: tuple[float, str, int] | None = None
    plain = aligned_fold(printed)
    for name in _NAMES:
        wanted = aligned_fold(name).lower()
        for end in range(len(wanted) - 2, len(wanted) + 3):
            if end > len(plain) or (end < len(plain) and plain[end].isalnum()):
                continue
            slips = Levenshtein.distance(wanted, plain[:end]) / len(wanted)
            if slips <= 1 / _LETTERS_PER_SLIP and (best is None or (slips, -end) < (best[0], -best[2])):
                best = (slips, name, end)
    if best is None or not printed[: best[2]].isupper():
        return printed
    return tidy(best[1] + " " + printed[best[2] :])
