"""What the two engines read in the cells of a table, each with crops of its own making.

The engine for digits gets every cell alone. The engine for words returns nothing on lone short numbers, so the
cells of a row are set side by side on one line with white between them, and its words are given back to
the cell above which they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ocr.blobs import Ink
from ocr.clean import CleanPage
from ocr.engines import Image, Line, Word
from ocr.engines.pair import Engines
from schemas.documents import Box, PageRef
from schemas.readings import Reading, Vote

_ROOM = 0.35  # of the text height above and below (facts/reading.md, crop traps)
#: A number in which some strokes were taken for letters: no paper prints such letters among digits only.
_NUMERIC = re.compile(r"[\dIl|OoSBZ§.,/ ]+")
_DIGITS = str.maketrans("Il|OoSBZ§", "111005828")
_BETWEEN = 1.0  # of the text height between two cells on one line: with more, decimal commas get lost
_SIDE = 0.5


Content = Literal["number", "code", "words"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The ink of one cell, a line each, and what sort of text stands in it."""

    lines: tuple[Ink, ...]
    content: Content

    @property
    def box(self) -> Ink:
        """Return the box around all lines."""
        return Ink(
            min(b.left for b in self.lines),
            self.lines[0].top,
            max(b.right for b in self.lines),
            max(b.bottom for b in self.lines),
        )


@dataclass(frozen=True, slots=True)
class _Strip:
    """Crops set side by side: the picture and for each part (cell index, left, right) in its pixels."""

    picture: Image
    parts: tuple[tuple[int, int, int], ...]


def read_cells(
    page: CleanPage, engines: Engines, ref: PageRef, cells: Sequence[Cell], together: Sequence[Sequence[int]]
) -> list[Reading | None]:
    """Return a Reading per cell, in order; None where neither engine reads anything.

    `together` lists the cells (by index) of each row that go on one line; a cell with words is read alone.
    """
    lone = [(i, line) for i, cell in enumerate(cells) for line in cell.lines]
    seen: dict[int, list[Line]] = {}
    for (i, _), line in zip(lone, engines.digits.read([crop(page.text, b, 0.25) for _, b in lone]), strict=True):
        seen.setdefault(i, []).append(line)
    strips = _strips(page.text, cells, together)
    said: dict[int, list[Line]] = {}
    for strip, line in zip(strips, engines.words.read([s.picture for s in strips]), strict=True):
        for part, own in _shared_out(strip, line):
            said.setdefault(part, []).append(own)
    result: list[Reading | None] = []
    for i, cell in enumerate(cells):
        votes = [
            vote
            for name, lines in ((engines.digits.name, seen.get(i, [])), (engines.words.name, said.get(i, [])))
            if (vote := _vote(name, lines, cell.content)).text
        ]
        box = cell.box
        best = _best(votes, cell.content, engines)
        result.append(Reading(ref, _box(page, box), best, tuple(votes)) if votes else None)
    return result


def _best(votes: Sequence[Vote], content: Content, engines: Engines) -> str:
    """Return the text of the engine trusted most for this sort of content."""
    first = engines.words.name if content == "words" else engines.digits.name
    texts = [vote.text for vote in votes if vote.engine == first] or [vote.text for vote in votes]
    return texts[0] if texts else ""


def _box(page: CleanPage, box: Ink) -> Box:
    return page.original_box(box.left, box.top, box.right, box.bottom)


def _vote(engine: str, lines: Sequence[Line], content: Content) -> Vote:
    texts = [unicodedata.normalize("NFC", line.text.strip()) for line in lines]
    text = " ".join(text for text in texts if text)
    if content != "words":
        text = re.sub(r"^[\s|_.,;:'\"()\[\]{}-]+|[\s|_.,;:'\"()\[\]{}-]+$", "", text)
    if content == "number" and _NUMERIC.fullmatch(text):
        text = re.sub(r"(?<=\d)/(?=\d)", ",", text.translate(_DIGITS))
    return Vote(engine, text, min((line.confidence for line in lines if line.text), default=0.0))


def crop(image: Image, box: Ink, side: float) -> Image:
    """Return the line with room above and below, and to the sides as far as `side` heights."""
    room, wide = round(box.height * _ROOM), round(box.height * side)
    top, bottom = max(0, box.top - room), min(image.shape[0], box.bottom + room)
    left, right = max(0, box.left - wide), min(image.shape[1], box.right + wide)
    return image[top:bottom, left:right]


def _strips(image: Image, cells: Sequence[Cell], together: Sequence[Sequence[int]]) -> list[_Strip]:
    strips = []
    for row in together:
        short = [i for i in row if cells[i].content != "words" and len(cells[i].lines) == 1]
        if short:
            strips.append(_side_by_side(image, [(i, cells[i].lines[0]) for i in short]))
        for i in row:
            if i not in short:
                strips += [_side_by_side(image, [(i, line)]) for line in cells[i].lines]
    return strips


def _side_by_side(image: Image, boxes: Sequence[tuple[int, Ink]]) -> _Strip:
    """Return the boxes on one white line, their tops level."""
    height = max(box.height for _, box in boxes)
    room, gap, side = round(height * _ROOM), round(height * _BETWEEN), round(height * _SIDE)
    width = sum(box.width for _, box in boxes) + gap * (len(boxes) - 1) + 2 * side
    picture = np.full((height + 2 * room, width), 255, np.uint8)
    parts = []
    at = side
    margin = min(3, side)
    for i, box in boxes:
        top, left = max(0, box.top - room), max(0, box.left - margin)
        piece = image[top : box.bottom + room, left : box.right + margin]
        down = room - (box.top - top)
        across = at - (box.left - left)
        rows = min(piece.shape[0], picture.shape[0] - down)
        picture[down : down + rows, across : across + piece.shape[1]] = piece[:rows]
        parts.append((i, at, at + box.width))
        at += box.width + gap
    return _Strip(picture, tuple(parts))


def _shared_out(strip: _Strip, line: Line) -> list[tuple[int, Line]]:
    """Return each part's own words: a word goes to the part that it overlaps most."""
    if len(strip.parts) == 1:
        return [(strip.parts[0][0], line)]
    own: dict[int, list[Word]] = {}
    for word in line.words:
        overlap = {i: min(word.right, right) - max(word.left, left) for i, left, right in strip.parts}
        touched = [i for i, o in overlap.items() if o > 0.3 * (word.right - word.left)]
        if len(touched) == 1:
            own.setdefault(touched[0], []).append(word)
    return [
        (i, Line(" ".join(w.text for w in words), min(w.confidence for w in words), tuple(words)))
        for i, words in own.items()
    ]
