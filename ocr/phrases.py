"""Which printed phrases stand on a page, or on half of one: asked for by every form, answered once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ocr.folding import in_capitals, skeleton
from ocr.layout import Piece

Place = Literal["line", "start", "title", "any"]

_START_SLACK = 5  # letters before a phrase that still begins its line: "II.", "4.1."
_HEAD_LIKENESS = 0.86
_UPPER = 0.5  # of the written height: where a document's title stands


class Phrases:
    """The pieces as skeletons: each alone, those in capitals above the middle, and those over each other joined."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = tuple(pieces)
        self._answers: dict[tuple[str, Place, float], bool] = {}

    def has(self, phrase: str, place: Place, least: float) -> bool:
        """Return whether the phrase stands in such a place with at least this likeness, 0 to 1."""
        asked = (phrase, place, least)
        if asked not in self._answers:
            self._answers[asked] = self._look(_skeleton(phrase), place, least)
        return self._answers[asked]

    def heads(self, wordings: Sequence[str]) -> bool:
        """Return whether one of the wordings is the whole of a line, or of lines that stand over each other."""
        return any(
            _alike(_skeleton(wording), text, _HEAD_LIKENESS)
            for wording in wordings
            for text in (*self._lines, *self._stacks[:-1])
        )

    def _look(self, phrase: str, place: Place, least: float) -> bool:
        match place:
            case "any":
                return any(
                    len(stack) >= 0.8 * len(phrase) and fuzz.partial_ratio(phrase, stack) / 100 >= least
                    for stack in self._stacks
                )
            case "line":
                return any(_alike(phrase, line, least) for line in self._lines)
            case "start":
                return any(_begins(phrase, line, least) for line in self._lines)
            case "title":
                return any(_begins(phrase, line, least) for line in self._titles)

    @cached_property
    def _lines(self) -> list[str]:
        return [skeleton(piece.text) for piece in self._pieces]

    @cached_property
    def _titles(self) -> list[str]:
        if not self._pieces:
            return []
        top, bottom = min(p.top for p in self._pieces), max(p.bottom for p in self._pieces)
        middle = top + _UPPER * (bottom - top)
        return [
            line
            for line, piece in zip(self._lines, self._pieces, strict=True)
            if piece.bottom <= middle and in_capitals(piece.text)
        ]

    @cached_property
    def _stacks(self) -> list[str]:
        return [*_stacks(self._pieces), "".join(self._lines)]


@lru_cache(maxsize=4096)
def _skeleton(phrase: str) -> str:
    return skeleton(phrase)


def _alike(phrase: str, text: str, least: float) -> bool:
    return Levenshtein.normalized_similarity(phrase, text, score_cutoff=least) >= least


def _begins(phrase: str, line: str, least: float) -> bool:
    size = len(phrase)
    if len(line) < size * least:
        return False
    return any(_alike(phrase, line[skip : skip + size], least) for skip in range(_START_SLACK + 1))


def _stacks(pieces: Sequence[Piece]) -> list[str]:
    """Return the skeletons of pieces that stand closely over each other, as the lines of a table's head do."""
    left = sorted(pieces, key=lambda p: (p.top, p.left))
    stacks: list[list[Piece]] = []
    for piece in left:
        for stack in stacks:
            last = stack[-1]
            overlap = min(last.right, piece.right) - max(last.left, piece.left)
            near = piece.top - last.bottom < 0.9 * last.height and piece.top > (last.top + last.bottom) / 2
            if near and overlap > 0.5 * min(last.right - last.left, piece.right - piece.left):
                stack.append(piece)
                break
        else:
            stacks.append([piece])
    return [skeleton(" ".join(piece.text for piece in stack)) for stack in stacks if len(stack) > 1]
