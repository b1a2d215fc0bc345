"""Where printed labels stand among the words of a page, by likeness of their bare letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ocr.engines import Word
from ocr.folding import bare, skeleton
from ocr.layout import Piece, Row

_ENUMERATOR = re.compile(r"^\(?(\d{1,2}(\.\d)?[.)]?|[a-zđ]{1,2}[.)]|[ivx]{1,3}[.)\-]?|[-+*•])$")

_PLAIN = 0.92  # likeness from which a label of several words counts in the middle of a line and without a colon too
_WRAPS = 25  # letters from which a label may go on in the next line


@dataclass(frozen=True, slots=True)
class Token:
    """A word in the reading order of a face, with its row and piece, and its bare letters and digits."""

    word: Word
    row: int
    piece: Piece
    letters: str


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label in its wordings. `after` names the label that must stand up to `within` rows before it."""

    name: str
    wordings: tuple[str, ...]
    after: str | None = None
    within: int = 4


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label found: its tokens from `start` to `end` (exclusive), and its likeness with a bonus for its place."""

    name: str
    start: int
    end: int
    score: float


def tokens_of(rows: Sequence[Row]) -> list[Token]:
    """Return the words of the rows in reading order."""
    return [
        Token(word, number, piece, skeleton(word.text))
        for number, row in enumerate(rows)
        for piece in row
        for word in piece.words
    ]


def is_enumerator(text: str) -> bool:
    """Return whether the word only counts items: `a)`, `1.`, `II.`, `-`."""
    return _ENUMERATOR.match(bare(text)) is not None


def find_labels(tokens: Sequence[Token], labels: Iterable[Label]) -> list[Anchor]:
    """Return the best place of each label that stands there, in reading order, none over another."""
    labels = tuple(labels)
    found: list[Anchor] = []
    for label in labels:
        found.extend(_places(tokens, label))
    found.sort(key=lambda a: (-a.score - 0.01 * min(20, _letters(tokens, a)), a.start))
    chosen: dict[str, Anchor] = {}
    follows = {label.name: label for label in labels if label.after}
    for late in (False, True):
        for anchor in found:
            rule = follows.get(anchor.name)
            if anchor.name in chosen or (rule is not None) is not late:
                continue
            if any(anchor.start < other.end and other.start < anchor.end for other in chosen.values()):
                continue
            if rule is not None and not _follows(tokens, anchor, chosen.get(rule.after or ""), rule.within):
                continue
            chosen[anchor.name] = anchor
    return sorted(chosen.values(), key=lambda a: a.start)


def likeness(phrase: str, text: str) -> float:
    """Return how alike two skeletons are, 0 to 1."""
    return Levenshtein.normalized_similarity(phrase, text)


def _letters(tokens: Sequence[Token], anchor: Anchor) -> int:
    return sum(len(token.letters) for token in tokens[anchor.start : anchor.end])


def _follows(tokens: Sequence[Token], anchor: Anchor, parent: Anchor | None, within: int) -> bool:
    if parent is None or anchor.start < parent.end:
        return False
    return tokens[anchor.start].row - tokens[parent.end - 1].row <= within


def _places(tokens: Sequence[Token], label: Label) -> list[Anchor]:
    places = []
    for wording in label.wordings:
        phrase = skeleton(wording)
        lone = len(wording.split()) == 1  # `Cộng`, `Tại`: also a name's or a sentence's word
        least = 0.8 if len(phrase) > 6 else 0.84
        if len(phrase) > 14:
            least = 0.78
        for start in range(len(tokens)):
            best = _best_end(tokens, start, phrase, least)
            if best is not None:
                end, alike = best
                bonus = _place_bonus(tokens, start, end)
                if bonus or (alike >= _PLAIN and not lone):
                    places.append(Anchor(label.name, start, end, alike + bonus))
    return places


def _best_end(tokens: Sequence[Token], start: int, phrase: str, least: float) -> tuple[int, float] | None:
    """Return where the tokens from `start` spell the phrase best, and how well; None below `least`."""
    joined, best = "", None
    if not tokens[start].letters or is_enumerator(tokens[start].word.text):
        return None
    for end in range(start, min(len(tokens), start + 24)):
        if len(phrase) < _WRAPS and tokens[end].row != tokens[start].row:
            break
        joined += tokens[end].letters
        if len(joined) < len(phrase) * least:
            continue
        if len(joined) * least > len(phrase) + 1:
            break
        alike = Levenshtein.normalized_similarity(phrase, joined, score_cutoff=least)
        if alike >= least and (best is None or alike > best[1]):
            best = (end + 1, alike)
        if tokens[end].word.text.endswith(":"):  # a label ends at its colon
            break
    return best


def _place_bonus(tokens: Sequence[Token], start: int, end: int) -> float:
    """Return more for a label that begins a piece or an item, and for one that ends in a colon."""
    bonus = 0.0
    before = tokens[start - 1] if start else None
    if before is None or before.piece is not tokens[start].piece or is_enumerator(before.word.text):
        bonus += 0.12
    elif before.word.text[-1] in ",;:.(" or before.letters.isdigit():
        bonus += 0.05
    last = tokens[end - 1].word.text
    if last.endswith(":") or (end < len(tokens) and tokens[end].word.text.startswith(":")):
        bonus += 0.1
    return bonus
