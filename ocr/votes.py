"""Values read again from their own crops, so that two engines vote on pictures that were cut in different ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ocr.clean import CleanPage
from ocr.engines import Image, Line, Word
from ocr.engines.pair import Engines
from ocr.engines.rapid import Rect
from ocr.folding import bare
from ocr.forms import Content
from ocr.labels import Token
from ocr.values import Span, is_one, tidy, words_of
from schemas.documents import PageRef
from schemas.readings import Reading, Vote

_SURE = 0.85  # confidence of a line's weakest word below which Tesseract gets the value's own crop as well
_SQUARE_METRES = re.compile(r"(?<=[\d ])\s*m[²2]?$")
_DATE = re.compile(r"\b[0-3]?\d\D+[01]?\d\D+(19|20)\d{2}\b")
_DARK = 0.6  # of the way from the darkest to the lightest pixel: what counts as ink


@dataclass(frozen=True, slots=True)
class Value:
    """A field's name and its reading."""

    name: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of a value in one line: where their ink is, and the crop that shows them alone."""

    tokens: tuple[Token, ...]
    ink: Rect
    crop: Image


def vote_on(
    page: CleanPage, tokens: Sequence[Token], spans: Sequence[Span], engines: Engines, ref: PageRef
) -> list[Value]:
    """Return each span as a reading with the votes of both engines; `tokens` are the words around."""
    parts = [[_part(page.text, tokens, words) for words in _by_line(span.tokens)] for span in spans]
    flat = [part for each in parts for part in each]
    digits = iter(engines.digits.read([part.crop for part in flat]))
    unsure = [part for part in flat if min(token.word.confidence for token in part.tokens) < _SURE]
    again = dict(zip(map(id, unsure), engines.words.read([part.crop for part in unsure]), strict=True))
    values = []
    for span, each in zip(spans, parts, strict=True):
        second = [next(digits) for _ in each]
        first = [_surer(part.tokens, again.get(id(part))) for part in each]
        votes = tuple(
            Vote(engine.name, text, round(confidence, 4))
            for engine, lines in ((engines.words, first), (engines.digits, second))
            for text, confidence in [_joined(lines, span.content)]
            if text
        )
        if votes:
            box = page.original_box(*_around([part.ink for part in each]))
            values.append(Value(span.name, Reading(ref, box, _kept(votes, span.content, engines), votes)))
    return values


def _kept(votes: tuple[Vote, ...], content: Content, engines: Engines) -> str:
    """Return the text of the engine that is trusted most with such content."""
    if content == "date":  # a digit may be lost between two of its kind, none is added
        dated = [vote for vote in votes if _DATE.search(bare(vote.text))]
        if dated:
            return max(dated, key=lambda vote: sum(sign.isdigit() for sign in vote.text)).text
    trusted = engines.digits.name if content in ("number", "code", "date") else engines.words.name
    return next((vote.text for vote in votes if vote.engine == trusted), votes[0].text)


def _by_line(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    return [tuple(group) for _, group in groupby(tokens, key=lambda token: (token.row, id(token.piece)))]


def _surer(tokens: Sequence[Token], again: Line | None) -> Line:
    """Return the line as first read, or as read from its own crop where that is surer."""
    first = Line(words_of(tokens), min(token.word.confidence for token in tokens))
    if again is None or again.confidence <= first.confidence or not tidy(again.text):
        return first
    return again


def _joined(lines: Sequence[Line], content: Content) -> tuple[str, float]:
    said = [line for line in lines if tidy(line.text)]
    if not said:
        return "", 0.0
    text = tidy(" ".join(line.text for line in said))
    if content == "number":
        text = re.sub(r"(?<=\d)\s?\.{2,}\s?(?=\d)", ",", _SQUARE_METRES.sub("", text))  # a comma on a dotted line
        text = "1" if is_one(text) else text
    return text, min(line.confidence for line in said)


def _part(image: Image, tokens: Sequence[Token], words: tuple[Token, ...]) -> _Part:
    """Return the words with a crop that reaches halfway to the words beside them in the piece."""
    piece = words[0].piece
    around = [token.word for token in tokens if token.piece is piece]
    first, last = words[0].word, words[-1].word
    at = next((i for i, word in enumerate(around) if word is first), 0)
    to = next((i for i, word in enumerate(around) if word is last), len(around) - 1)
    height = piece.height
    left = max(0, first.left - height // 2, _between(around[at - 1], first) if at else 0)
    right = min(image.shape[1], last.right + height // 2)
    if to + 1 < len(around):
        right = min(right, _between(last, around[to + 1]))
    room = round(height * 0.12)
    top, bottom = max(0, piece.top - room), min(image.shape[0], piece.bottom + room)
    right = max(right, left + 1)
    ink = ink_box(image, (left, piece.top, right, piece.bottom))
    return _Part(words, ink, image[top:bottom, left:right])


def _between(one: Word, other: Word) -> int:
    return (one.right + other.left) // 2


def ink_box(image: Image, box: Rect) -> Rect:
    """Return the box cut down to the dark pixels in it."""
    left, top, right, bottom = box
    part = image[top:bottom, left:right]
    if part.size == 0:
        return box
    low, high = int(part.min()), int(part.max())
    dark = part < low + (high - low) * _DARK
    rows, columns = np.flatnonzero(dark.sum(axis=1) > 0), np.flatnonzero(dark.sum(axis=0) > 0)
    if not len(rows) or not len(columns):
        return box
    return (left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)


def _around(boxes: Sequence[Rect]) -> Rect:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
