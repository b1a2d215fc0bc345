"""What stands on a face without a label of its own: people, signature, serial, changes, barcode, scale, places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocr.folding import bare, in_capitals, skeleton
from ocr.labels import Anchor, Label, Token, find_labels, likeness
from ocr.layout import Piece
from ocr.places import find_places
from ocr.values import Span, text_of

_YEAR = re.compile(r"^[(\[]?(19|20)\d{2}\D{0,2}$")
_SIGNER = re.compile(r"chu tich|giam doc|thu truong|truong phong|\b(kt|tuq|tl)\b")
_POSTS = ("chutich", "phochutich", "ktchutich", "giamdoc", "phogiamdoc", "truongphong")
_OFFICES = (
    "ủy ban nhân dân",
    "ubnd",
    "sở tài nguyên",
    "sở nông nghiệp",
    "văn phòng",
    "chi nhánh",
    "phòng tài nguyên",
    "trung tâm",
    "công ty",
)
_LEGIBLE = 0.4  # mean confidence below which a line of a note is a trace of something else
_SERIAL = re.compile(r"[A-ZĐ0-9]{1,2}\s?\d{5,7}$")
_SCALE = re.compile(r"1\s?[:/]\s?\d{2,5}")


@dataclass(frozen=True, slots=True)
class Signature:
    """The date line and the office under it, and the anchor at which other values end."""

    spans: tuple[Span, ...]
    stop: Anchor


def find_signature(tokens: Sequence[Token]) -> Signature | None:
    """Return the last line `…, ngày 12 tháng 5 năm 2015` that opens or fills its piece, with the office below it."""
    best: tuple[bool, int, int] | None = None
    for i, token in enumerate(tokens):
        day = token.letters.rstrip("0123456789")  # `Ngày14` where nothing parts them
        if not day.endswith("ngay") and likeness("ngay", day) < (0.5 if _numbered_month(tokens, i) else 0.75):
            continue
        end = _date_end(tokens, i)
        if end is None:
            continue
        start = i
        while start and tokens[start - 1].piece is token.piece:
            start -= 1
        lead = i - start
        placed = lead == 0 or (lead <= 6 and (tokens[i - 1].word.text.endswith(",") or _place(tokens[start:i])))
        if placed and (best is None or i >= best[1]):
            best = (placed, i, end)
    if best is None:
        return None
    _, i, end = best
    start = i
    while start and tokens[start - 1].piece is tokens[i].piece:
        start -= 1
    date = Span("issued_on", "date", tuple(tokens[i:end]))
    office = _office(tokens, tokens[i].piece, end)
    spans = (date, Span("issuer", "words", office)) if office else (date,)
    return Signature(spans, Anchor("signature", start, end, 1.0))


def _numbered_month(tokens: Sequence[Token], i: int) -> bool:
    """Return whether `12 tháng` follows, so that a poorly read word in front of it is `ngày`."""
    following = [token.letters for token in tokens[i + 1 : i + 3] if token.row == tokens[i].row]
    return len(following) == 2 and following[0].isdigit() and likeness("thang", following[1]) >= 0.8


def _place(words: Sequence[Token]) -> bool:
    """Return whether the words may be the place before a date, its comma misread: short, in capitals, no number."""
    named = [token for token in words if len(token.letters) > 1]
    return 0 < len(named) <= 4 and all(t.word.text[0].isupper() and not t.letters.isdigit() for t in named)


def split_owners(tokens: Sequence[Token]) -> list[Span]:
    """Return each person's words, in order: a person begins at Ông, Bà, Hộ, và vợ, và chồng."""
    starts = [i for i in range(len(tokens)) if _begins_person(tokens, i)]
    kept: list[int] = []
    for i in starts:
        if not kept or i - kept[-1] > 3 or tokens[i].row != tokens[kept[-1]].row:
            kept.append(i)
    if not kept or kept[0] > 0:
        kept.insert(0, 0)
        if len(kept) > 1 and not any(sign.isdigit() for t in tokens[: kept[1]] for sign in t.letters) and kept[1] < 4:
            kept.pop(1)
    spans = [tuple(tokens[a:b]) for a, b in zip(kept, [*kept[1:], len(tokens)], strict=True)]
    return [Span("owners", "owners", span) for span in spans if text_of(span)]


def find_serial(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces that may hold a certificate's serial, the most likely first."""
    scored: list[tuple[float, Piece]] = []
    for piece in pieces:
        letters = skeleton(piece.text).upper()
        digits = sum(sign.isdigit() for sign in letters)
        if 6 <= len(letters) <= 11 and digits >= 4 and digits >= len(letters) - 5:
            exact = _SERIAL.search(piece.text.strip(" .,|")) is not None
            scored.append((2.0 * exact + piece.height / 100, piece))
    return [piece for _, piece in sorted(scored, key=lambda item: -item[0])]


def find_changes(tokens: Sequence[Token]) -> list[Span]:
    """Return the text of the left column under `Nội dung thay đổi…`, as one value."""
    heads = {
        anchor.name: anchor
        for anchor in find_labels(
            tokens,
            (
                Label("block", ("những thay đổi sau khi cấp giấy chứng nhận",)),
                Label("left", ("nội dung thay đổi và cơ sở pháp lý", "nội dung thay đổi")),
                Label("right", ("xác nhận của cơ quan có thẩm quyền", "xác nhận của cơ quan")),
                Label("foot", ("số vào sổ cấp giấy chứng nhận", "số vào sổ cấp gcn", "mã giấy chứng nhận")),
            ),
        )
    }
    under = heads.get("left") or heads.get("block")
    if under is None:
        return []
    row = tokens[under.end - 1].row
    edge = max(token.piece.right for token in tokens)
    if "right" in heads and "left" in heads:
        left, right = tokens[heads["left"].end - 1].word, tokens[heads["right"].start].word
        row = max(row, tokens[heads["right"].end - 1].row)
        edge = _column_edge(tokens, row, left.right, right.left)
    foot = tokens[heads["foot"].start].row if "foot" in heads else len(tokens)
    end = foot if foot > row else len(tokens)
    body = [token for token in tokens if row < token.row < end and token.word.right <= edge + token.piece.height]
    body = [
        t for t in body if not re.fullmatch(r"\d{13}", t.letters) and "coquancothamquyen" not in skeleton(t.piece.text)
    ]
    return [Span("change_note", "mixed", tuple(body))] if text_of(body) and _wordy(body) else []


def find_barcode(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[Span]:
    """Return the thirteen digits printed with the barcode, also where a few came out as letters."""
    for piece in reversed(pieces):
        letters = skeleton(piece.text)
        if 11 <= len(letters) <= 14 and sum(sign.isdigit() for sign in letters) >= 10:
            return [Span("barcode", "code", tuple(t for t in tokens if t.piece is piece))]
    return []


def find_scale(tokens: Sequence[Token]) -> list[Span]:
    """Return the map scale, `1:500`."""
    for i in range(len(tokens)):
        for size in (1, 2, 3):
            text = " ".join(t.word.text for t in tokens[i : i + size])
            before = " ".join(t.letters for t in tokens[max(0, i - 3) : i])
            if _SCALE.fullmatch(text.strip("()., ")) and ("le" in before.split() or "ti" in before or "ty" in before):
                return [Span("scale", "number", tuple(tokens[i : i + size]))]
    return []


def find_meridian(tokens: Sequence[Token]) -> list[Span]:
    """Return the line that names the coordinate system and its meridian."""
    for token in tokens:
        letters = skeleton(token.piece.text)
        if "kinhtuyen" in letters or ("vn2000" in letters and "toado" in letters):
            return [Span("meridian", "mixed", tuple(t for t in tokens if t.piece is token.piece))]
    return []


def name_places(tokens: Sequence[Token]) -> list[Span]:
    """Return the first commune, district and province named in the words."""
    spans: dict[str, Span] = {}
    for level, start, end in find_places(tokens):
        spans.setdefault(level, Span(level, "words", tuple(tokens[start:end])))
    return list(spans.values())


def find_page_number(tokens: Sequence[Token]) -> Span | None:
    """Return the number behind `Trang số`."""
    for anchor in find_labels(tokens, (Label("page", ("trang số", "trang")),)):
        behind = [t for t in tokens[anchor.end : anchor.end + 2] if t.row == tokens[anchor.end - 1].row]
        number = next((t for t in behind if any(sign.isdigit() for sign in t.letters)), None)
        if number is not None:
            return Span("printed_no", "number", (number,))
    return None


def _date_end(tokens: Sequence[Token], i: int) -> int | None:
    """Return the token behind the year of a date in words that begins with the i-th token."""
    line = [t for t in tokens[i : i + 10] if t.piece is tokens[i].piece or t.row == tokens[i].row]
    words = [t.letters for t in line]
    month = next((k for k, w in enumerate(words[1:5], start=1) if likeness("thang", w) >= 0.6), None)
    if month is None:
        return None
    for k in range(month + 1, min(len(line), month + 6)):
        if likeness("nam", words[k]) >= 0.6:
            for j in range(k + 1, min(len(line), k + 3)):
                if _YEAR.match(line[j].word.text) or len(re.sub(r"\D", "", line[j].word.text)) == 4:
                    return i + j + 1
            return None
    return None


def _office(tokens: Sequence[Token], date: Piece, end: int) -> tuple[Token, ...]:
    """Return the lines in capitals under the date, up to the signer's post."""
    width, height = date.right - date.left, date.height
    middle = (date.left + date.right) / 2
    office: list[Token] = []
    last = date
    for piece in _distinct(tokens[end:]):
        if piece.right < middle - 0.1 * width or piece.left > middle + 0.4 * width:
            continue
        text = piece.text
        if piece.top - last.bottom > 1.5 * height or _is_post(text) or not in_capitals(text):
            break
        office.extend(token for token in tokens if token.piece is piece)
        last = piece
    if office and office[0].letters == "tm":
        office = office[1:]
    text = "".join(token.letters for token in office)
    return tuple(office) if any(fuzz.partial_ratio(skeleton(name), text) >= 80 for name in _OFFICES) else ()


def _is_post(text: str) -> bool:
    """Return whether the line names the signer's post, also where a seal lies over it."""
    letters = skeleton(text)
    return _SIGNER.search(bare(text)) is not None or any(fuzz.ratio(post, letters) >= 70 for post in _POSTS)


def _distinct(tokens: Sequence[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    for token in tokens:
        if not any(token.piece is piece for piece in pieces):
            pieces.append(token.piece)
    return pieces


def _begins_person(tokens: Sequence[Token], i: int) -> bool:
    token, words = tokens[i], [t.letters for t in tokens[i : i + 5]] + [""] * 5
    opens = i == 0 or tokens[i - 1].piece is not token.piece or tokens[i - 1].word.text[-1] in ";"
    if opens and words[0] in ("ongba", "vochong"):  # as blanks print it: Ông(Bà), Vợ(Chồng)
        return True
    title = words[0] in ("ong", "ba") and (token.word.text.endswith(":") or _named(tokens, i + 1))
    if opens and title:
        return True
    if (
        words[0] == "ho"
        and words[1] in ("ong", "ba", "ongba", "giadinh", "gia")
        and (opens or token.word.text[0] == "H")
    ):
        return True
    if words[0] == "va" and (words[1] in ("vo", "chong", "ong", "ba") or words[1:3] == ["co", "vo"]):
        return True
    return (
        opens
        and words[0] in ("vo", "chong")
        and (words[1] in ("la", "ong", "ba", "chong") or token.word.text.endswith(":"))
    )


def _named(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].word.text[:1].isupper()


def _column_edge(tokens: Sequence[Token], row: int, left: int, right: int) -> int:
    """Return the x that parts the two columns: the fewest pieces below the heads lie across it."""
    below = _distinct([token for token in tokens if token.row > row])
    tried = range(left, max(left + 1, right), 4)
    return min(tried, key=lambda x: (sum(p.left < x < p.right for p in below), abs(x - (left + right) // 2)))


def _wordy(tokens: Sequence[Token]) -> bool:
    return sum(sign.isalpha() for token in tokens for sign in token.letters) >= 4
