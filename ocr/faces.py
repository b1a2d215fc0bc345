"""One face of a form: which spans of its words are values of which fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from rapidfuzz import fuzz

from ocr.applicants import find_applicants
from ocr.decision import find_decision_head
from ocr.folding import skeleton
from ocr.forms import FaceForm, Unlabelled
from ocr.labels import Anchor, Label, Token, find_labels, likeness, tokens_of
from ocr.layout import Piece, rows_of
from ocr.parts import (
    find_barcode,
    find_changes,
    find_meridian,
    find_page_number,
    find_scale,
    find_signature,
    name_places,
    split_owners,
)
from ocr.sheet_names import find_nomenclature
from ocr.values import Span, cut_fields

_OWNERS = Label(
    "owners",
    (
        "người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
        "người sử dụng đất, chủ sở hữu nhà ở và tài sản khác",
        "chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
    ),
)
#: What is found by its own shape or place, wherever it stands on the face.
_FINDERS: Mapping[Unlabelled, Callable[[Sequence[Token]], list[Span]]] = {
    "applicants": find_applicants,
    "changes": find_changes,
    "decision_head": find_decision_head,
    "meridian": find_meridian,
    "nomenclature": find_nomenclature,
    "scale": find_scale,
}
_NOTICE_LETTERS = 20  # letters from which a line is compared with the notices
_NOTICE_LIKENESS = 78
_TITLE = "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"


def without_notices(pieces: Sequence[Piece], notices: Sequence[str]) -> list[Piece]:
    """Return the pieces without those that print one of the form's standing notices, or a line of it."""
    marks = [skeleton(notice) for notice in notices]
    return [piece for piece in pieces if not any(_is_notice(skeleton(piece.text), mark) for mark in marks)]


def spans_of(face: FaceForm, pieces: Sequence[Piece], serial: Piece | None) -> tuple[list[Token], list[Span]]:
    """Return the words of the face in reading order, and the spans that are values."""
    tokens = tokens_of(rows_of(pieces))
    if not tokens:
        return [], []
    spans: list[Span] = []
    stops: list[Anchor] = []
    if "signature" in face.layout and (signature := find_signature(tokens)):
        decides = "decision_head" in face.layout  # the date stands over the title there, and the office beside it
        spans.extend(span for span in signature.spans if not (decides and span.name == "issuer"))
        stops.append(signature.stop)
    spans.extend(chain.from_iterable(_people(span) for span in cut_fields(tokens, face.fields, stops)))
    if "owners" in face.layout:
        spans.extend(split_owners(_owners_block(tokens, serial)))
    spans.extend(chain.from_iterable(find(tokens) for name, find in _FINDERS.items() if name in face.layout))
    if "barcode" in face.layout:
        spans.extend(find_barcode(pieces, tokens))
    if "places" in face.layout:
        spans.extend(name_places(_place_words(tokens, spans)))
    spans.extend(_title(face, tokens))
    if "page_number" in face.layout and (number := find_page_number(tokens)):
        spans.append(number)
    return tokens, spans


def _is_notice(text: str, notice: str) -> bool:
    if not _NOTICE_LETTERS <= len(text) <= 1.3 * len(notice):
        return False
    return fuzz.partial_ratio(text, notice) >= _NOTICE_LIKENESS


def _people(span: Span) -> list[Span]:
    return split_owners(span.tokens) if span.content == "owners" else [span]


def _owners_block(tokens: Sequence[Token], serial: Piece | None) -> list[Token]:
    """Return the words under the heading of block I, or without one under the title, down to the serial."""
    heads = find_labels(tokens, (_OWNERS,))
    if heads:
        after = tokens[heads[0].end - 1].row
    else:
        title = find_labels(tokens, (Label("title", (_TITLE, "giấy chứng nhận")),))
        if not title:
            return []
        after = tokens[title[0].end - 1].row
    block = [token for token in tokens if token.row > after]
    if serial is not None:
        block = [token for token in block if token.piece is not serial and token.piece.bottom <= serial.bottom]
    return block


def _place_words(tokens: Sequence[Token], spans: Sequence[Span]) -> Sequence[Token]:
    """Return the words in which the land's place is named: its address, else all before the first owner."""
    address = next((span for span in spans if span.name == "address"), None)
    if address is not None and name_places(address.tokens):
        return address.tokens
    firsts = [span.tokens[0] for span in spans if span.name == "owners"]
    end = next((i for i, token in enumerate(tokens) if any(token is first for first in firsts)), len(tokens))
    return tokens[:end]


def _title(face: FaceForm, tokens: Sequence[Token]) -> list[Span]:
    """Return the line that prints the first of the face's titles."""
    for evidence in face.evidence:
        phrase = skeleton(evidence.phrase)
        for token in tokens if evidence.title else ():
            if likeness(phrase, skeleton(token.piece.text)[: len(phrase)]) >= evidence.least:
                return [Span("title", "words", tuple(t for t in tokens if t.piece is token.piece))]
    return []
