"""Owner lines (domain.md 2.6, 3.5): who holds the land, with birth year, identity number and address as printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from cadastre.words.folding import aligned_fold, fold, key, tidy
from schemas.entries import IdKind, Owner
from schemas.tables import Tables

# All patterns run on the folded text, letter for letter beside the printed one (`aligned_fold`).
_PERSON = re.compile(
    r"(?:(?<=^)|(?<=[,;.(\n:])|(?<=\bva)|(?<=\bla)|(?<=\bcung))\s*"
    r"(?P<house>ho\s+(?:gia dinh\s+)?)?(?P<title>ong|ba)\b(?P<either>\s*[(/]\s*ba\s*\)?)?[\s:.]+(?=[^\W\d])"
)
_SPOUSE = re.compile(
    r"(?:^|(?<=[\s,;.]))(?:va\s+)?(?P<kin>vo|chong)(?P<either>\s*[(/]\s*chong\s*\)?)?\s*(?:la\s*)?:\s*"
    r"(?!ong\b|ba\b)(?=[^\W\d])"
)
_NAME_END = re.compile(
    r"[,;:(\n\d]|\.\s|\b(?:sinh nam|nam sinh|sinh ngay|cmnd|cmtnd|so cmnd|cccd|can cuoc|cmqd|cmsq|ho chieu|dia chi|"
    r"noi dang ky|thuong tru|va vo|va chong|va ba|va ong|cung vo|cung chong|vo la|chong la|va|"
    r"giay chung nhan|gcndkkd|ma so|cho o|noi o|tru quan|thon\W{1,2}doi san xuat)\b"
)
_BORN = re.compile(r"(?:sinh nam|nam sinh|sinh ngay)\W*(?:\d{1,2}\W\d{1,2}\W)?([127ilj|]\s?[089]\d{2})(?!\d)")
_ID = re.compile(
    r"(?:\b|(?<=\bso))(?P<kind>cmnd|cmtnd|cccd|cc|can cuoc(?: cong dan)?|chung minh nhan dan|cmqd|cmsq|ho chieu|hc|"
    r"giay khai sinh|dkkd|gcndkkd|gpkd)\b\W{0,3}(?:so)?\W{0,3}(?P<no>[a-z]?\d[\d .]{5,18}\d)"
)
_ADDRESS = re.compile(
    r"(?:dia chi(?: thuong tru| tru so)?(?:\W{1,3}noi dang ky(?: ho khau)?(?: thuong tru)?)?|"
    r"noi dang ky(?: ho khau)?(?: thuong tru)?|thuong tru(?: tai)?|"
    r"(?:cho o|noi o|tru quan|thon\W{1,2}doi san xuat)(?: hien nay)?(?:\W*\([^):]*[):]+)?)\W{1,4}(?=\w)"
)
_LICENCE = re.compile(
    r"\b(?:giay chung nhan dang ky(?: doanh nghiep| kinh doanh)?|ma so(?: doanh nghiep| thue)?|gcndkkd|dkkd)\b"
    r"\W{0,3}(?:so)?\W{0,3}(\d[\d .]{6,16}\d)"
)
# Names of offices and bodies begin so; where the marks tell a body from a surname (trường, Trương) they must be there.
_ORGANISATION = re.compile(
    r"\W*(?:ubnd|uy ban|cong ty|hop tac xa|htx|tap doan|doi san xuat|nha tho|ban quan ly|cong dong|trung tam|"
    r"doanh nghiep|chi nhanh|ngan hang|giao xu|to chuc|lam truong|nong truong|xi nghiep)\b"
)
_MARKED_ORGANISATION = re.compile(r"\W*(?:trường|chùa|đình|miếu|hội|sở)\b")
# Teams and cooperatives of the 299 era have numbers in their names: `Đội 10`, `HTX Cẩm Hà 2`.
_NUMBERED = re.compile(r"\W*(?:htx|hop tac xa|tap doan|doi(?: san xuat)?)\b[^,;:(\n\d]*\d{1,2}\b")
# In a ledger cell the next name follows `;` or `và`, or a comma where what follows is two to five words without digits.
_NEXT_NAME = r";|,?\s+và\s+|,\s*(?=(?:[^\W\d_][^\s,;\d]*\s){1,4}[^\W\d_][^\s,;\d]*\s*(?:[,;]|$))"
_KINDS: dict[str, IdKind] = {
    "cmnd": "cmnd", "cmtnd": "cmnd", "chung minh nhan dan": "cmnd", "cccd": "cccd", "can cuoc cong dan": "cccd",
    "cc": "cc", "can cuoc": "cc", "cmqd": "cmqd", "cmsq": "cmqd", "ho chieu": "ho_chieu", "hc": "ho_chieu",
    "giay khai sinh": "khai_sinh", "dkkd": "dkkd", "gcndkkd": "dkkd", "gpkd": "dkkd",
}  # fmt: skip


# `1.1.` before an item of a register's block of users; `CMTND/CCCD/CMQĐ/HC`: the length of the number tells which.
_ITEM = re.compile(r"[\s,;]+(?:\d{1,2}\s?\.\s?\d{1,2}\.?|\d{1,3}\.)(?=\s*(?:số|địa|so|dia)(?![^\W\d_]))", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[Ss]ố)(?=[A-ZĐ])")
_ANY_KIND = re.compile(r"\bcm\w{1,3}(?:\s?/\s?[a-zđ]{2,5})+", re.IGNORECASE)


_LEAD = re.compile(r"[\s,;]*\b(?:và|cùng)?\s*$", re.IGNORECASE)
_APOSTROPHE = re.compile(r"[^\W\d]['’‘ʼ`´][^\W\d]")
_STRAY_SIGN = re.compile(r"[^YÝAÁƠÔÊÂ]|\W+")


def person_name(text: str, *, typed: bool = False) -> str:
    """Return a person's name in NFC as `Nguyễn Văn An`: the first letter of each word large, the rest small.

    `typed`: a person typed it, it was not read off a page. Then its last letter is no stray sign (`Trần Thị B`), and
    what follows an apostrophe keeps its capital (`K'Lơ`).
    """
    words = tidy(text).strip(" .,;:-|").split(" ")
    while not typed and len(words) > 2 and _STRAY_SIGN.fullmatch(words[-1]):  # a leader's dots come out as a letter
        words.pop()
    spelt = typed and not text.isupper()
    return unicodedata.normalize("NFC", " ".join(_capital(word, spelt=spelt) for word in words))


def _capital(word: str, *, spelt: bool) -> str:
    rest = word[1:] if spelt and _APOSTROPHE.search(word) else word[1:].lower()
    return word[:1].upper() + rest


def name_key(name: str) -> str:
    """Return what is compared when two papers may name one person: letters without marks, blanks or apostrophes."""
    return key(name).replace("y", "i")


def is_organisation(text: str) -> bool:
    """Return whether the name is that of an office, a company, a cooperative, a temple or a community."""
    plain = fold(text)
    return bool(
        _ORGANISATION.match(plain) or _NUMBERED.match(plain) or _MARKED_ORGANISATION.match(tidy(text).casefold())
    )


def _identity(plain: str) -> tuple[IdKind | None, str | None]:
    if licence := _LICENCE.search(plain):
        return "dkkd", re.sub(r"[ .]", "", licence[1])
    match = _ID.search(plain)
    if match is None:
        return None, None
    number = re.sub(r"[ .]", "", match["no"]).upper()
    kind: IdKind = _KINDS[match["kind"]]
    if kind in ("cmnd", "cccd", "cc"):  # where label and length disagree, the length is trusted
        by_length: dict[int, IdKind] = {9: "cmnd", 12: "cc" if kind == "cc" else "cccd"}
        kind = by_length.get(len(number), "khac")
    return kind, number


def _owner(printed: str, sex: Literal["nam", "nu"] | None, *, household: bool, typed: bool) -> Owner | None:
    """Return the person or organisation whose name the text begins with."""
    plain = aligned_fold(printed)
    end = _NAME_END.search(plain)
    numbered = _NUMBERED.match(plain)
    stop = numbered.end() if numbered else end.start() if end else len(printed)
    name = tidy(printed[:stop]).strip(" .,;:-|")
    name = name if is_organisation(name) else person_name(name, typed=typed)
    if len(key(name)) < 2:
        return None
    born = _BORN.search(plain)
    kind, number = _identity(plain)
    where = _ADDRESS.search(plain)
    address = tidy(printed[where.end() :]).strip(" .,;") if where else None
    if address:  # what follows the address belongs to the next person
        address = re.split(r"[,;.]?\s+(?:và|cùng)\s*$", address)[0].strip(" .,;")
        address = re.sub(r"[,;.]?\s*(?:và\s+|cùng\s+)?(?:vợ|chồng)\s+là\s*$", "", address).strip(" .,;")
    return Owner(
        name=name,
        sex=sex,
        # a 1 comes out as 7 or as a letter
        birth_year=int(re.sub(r"^[7ilj|]", "1", born[1].replace(" ", ""))) if born else None,
        id_kind=kind,
        id_no=number,
        address=address or None,
        household=True if household else None,
    )


def _untitled(text: str, *, typed: bool) -> tuple[Owner, ...]:
    """Return the names of a ledger cell that prints no Ông or Bà."""
    printed = tidy(text).strip(" .,;:-|")
    if not key(printed):
        return ()
    household = printed.casefold().startswith("hộ ")  # Hồ is a surname
    if household:
        printed = printed[3:]
    plain = aligned_fold(printed)
    alone = is_organisation(printed) or any(pattern.search(plain) for pattern in (_BORN, _ID, _ADDRESS))
    parts = [printed] if alone else re.split(_NEXT_NAME, printed)
    found = (_owner(part, None, household=household, typed=typed) for part in parts)
    return tuple(owner for owner in found if owner)


def _before(lead: str) -> list[Owner]:
    """Return who is named before the first Ông or Bà of a typed text; a label (`Chủ sử dụng:`) names nobody."""
    names = _LEAD.sub("", lead)
    found = () if names.endswith(":") else _untitled(names, typed=True)
    return [owner for owner in found if " " in owner.name]


def read_owners(text: str, *, typed: bool = False) -> tuple[Owner, ...]:
    """Return the persons, households or organisations of an owner line, in the paper's order; empty where none.

    `typed`: see `person_name`; a name before the first Ông or Bà counts too, for it is no label of a form.
    """
    printed = _ANY_KIND.sub("CMND", _ITEM.sub(",", _GLUED.sub(" ", tidy(text))))
    plain = aligned_fold(printed)
    heads = sorted((*_PERSON.finditer(plain), *_SPOUSE.finditer(plain)), key=lambda head: head.start())
    if not heads:
        return _untitled(printed, typed=typed)
    owners = _before(printed[: heads[0].start()]) if typed else []
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = following.start() if following else len(printed)
        said = head.groupdict()
        man = said.get("title") == "ong" or said.get("kin") == "chong"
        sex: Literal["nam", "nu"] | None = None if said.get("either") else "nam" if man else "nu"
        words = _mended(printed[head.end() : end])
        parts = re.split(r"(?<=\w)\s+và\s+(?=[^\W\d])", words, maxsplit=1) if said.get("either") else [words]
        found = (_owner(part, sex, household=bool(said.get("house")), typed=typed) for part in parts)
        owners += [owner for owner in found if owner]
    return share_address(owners)


def with_numbers_of(owners: Sequence[Owner], digits: Sequence[Owner]) -> tuple[Owner, ...]:
    """Return the owners with the years and identity numbers of the engine that reads digits best, where it has them.

    The two are the readings of one text: as many persons, in one order.
    """
    if len(owners) != len(digits):
        return tuple(owners)
    return tuple(
        replace(
            owner,
            birth_year=other.birth_year or owner.birth_year,
            id_no=other.id_no if other.id_no and other.id_kind == owner.id_kind else owner.id_no,
        )
        for owner, other in zip(owners, digits, strict=True)
    )


def _mended(words: str) -> str:
    """Return names without the commas and points that a dotted line leaves in them: no name has one word only."""
    words = re.sub(r"(?<=[^\W\d_])[,.]+(?=[^\W\d_])", ", ", re.sub(r"[.,_]{2,}", " ", words))
    chunks = re.split(r"(\s+và\s+|(?<=\w)[,.]\s+)", words)
    mended = chunks[:1]
    for mark, chunk in zip(chunks[1::2], chunks[2::2], strict=True):
        one, other = re.split(r"[,.]\s|\s+và\s+", mended[0])[-1].split(), chunk.split()
        names = all(word.isalpha() and word[0].isupper() for word in (*one, *other))
        broken = "và" not in mark and names and 1 in (len(one), len(other))
        mended = [mended[0] + (" " if broken else mark) + chunk]
    return mended[0]


def share_address(owners: Sequence[Owner]) -> tuple[Owner, ...]:
    """Return the owners; a couple whose address is printed once, behind the second, has it both."""
    if len(owners) != 2 or owners[0].address is not None:
        return tuple(owners)
    return (replace(owners[0], address=owners[1].address), owners[1])


def identity_faults(owner: Owner, tables: Tables) -> tuple[str, ...]:
    """Return what a 12-digit identity number contradicts: "prefix", "birth_year", "sex" (domain.md 3.5).

    Digits: province of birth registration (3), century and sex (1), birth year (2), random (6).
    """
    number = owner.id_no or ""
    if re.fullmatch(r"\d{12}", number) is None:
        return ()
    faults: list[str] = []
    if number[:3] not in tables.identity_prefixes:
        faults.append("prefix")
    century, woman = divmod(int(number[3]), 2)
    if owner.birth_year is not None and owner.birth_year != 1900 + century * 100 + int(number[4:6]):
        faults.append("birth_year")
    if owner.sex is not None and (owner.sex == "nu") != bool(woman):
        faults.append("sex")
    return tuple(faults)
