"""The words that belong to a label: its value, cut out of the reading order of a face."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.folding import skeleton
from ocr.forms import Content, FieldForm
from ocr.labels import Anchor, Label, Token, find_labels, is_enumerator
from ocr.places import starts_place

_LEADER = re.compile(r"^[\W_]+$")
_NONE = re.compile(r"^[\W_]*[-–—~=_«»][/\\|!IlJjtf17][\W_]*$|^[\W_]*[/\\|!IlJjtf17]?[-–—~=_«»][\W_]*$|^[\W_]*$")
#: What comes out in place of the square of m²: a sign, a 3, or a letter with marks behind the m.
_SQUARE = re.compile(r"(?<=\bm)([?*°ˆ^”“\"'’‘]+|[3³](?!\w))|(?<=\d m)[^\W\da-zA-Z_](?!\w)")
_UNIT = frozenset({"m", "m2"})
_ONE = re.compile(r"[¡!Il]")
_STOP = re.compile(r"^(\d{1,2}[.)](?!\d)|[a-zđA-ZĐ][.)](?!\w)|[IVX]{1,4}[.\-](?!\d))")
_ITEM = re.compile(r"\d\.\d{1,2}\.")  # `3.2.`: an item within an item, also in the middle of a line


@dataclass(frozen=True, slots=True)
class Span:
    """A value as a stretch of tokens, with the name of its field and what sort of content it is."""

    name: str
    content: Content
    tokens: tuple[Token, ...]


def cut_fields(tokens: Sequence[Token], fields: Sequence[FieldForm], stops: Sequence[Anchor] = ()) -> list[Span]:
    """Return the values of the labels found, in reading order; `stops` are other places where values end."""
    keys = {f"{number}:{field.labels[0]}": field for number, field in enumerate(fields)}
    by_wording = {field.labels[0]: key for key, field in keys.items()}
    labels = [
        Label(key, field.labels, after=by_wording[field.after] if field.after else None) for key, field in keys.items()
    ]
    anchors = find_labels(tokens, labels)
    spans: list[Span] = []
    for anchor in anchors:
        field = keys[anchor.name]
        if not field.name:
            continue
        beside = [stop for stop in stops if _beside(tokens, anchor, stop)]
        ends = sorted(a.start for a in (*anchors, *stops) if a not in beside)
        end = next((e for e in ends if e >= anchor.end), len(tokens))
        value = _follow(tokens, anchor, end, many=field.lines == "many" or field.rest)
        others = {id(token) for stop in beside for token in tokens[stop.start : stop.end]}
        value = _before(field.until, [token for token in value if id(token) not in others])
        rest: tuple[Token, ...] = ()
        if field.content == "number":
            value, rest = _number(_up_to_unit(value))
            while len(value) > 1 and _is_unit(value[-1]):
                value.pop()
        elif field.content == "code":
            value = _code(value)
        if field.whole and value:
            value = [*tokens[anchor.start : anchor.end], *value]
        least = 2 if field.content in ("words", "mixed", "owners") else 1
        if field.content == "number" and is_one(text_of(value)):
            spans.append(Span(field.name, field.content, tuple(value)))
        elif _says_something(value, least=least):
            spans.append(Span(field.name, field.content, _trimmed(value)))
        if field.rest and _says_something(rest):
            spans.append(Span("address", "words", _trimmed(rest)))
    return spans


def _beside(tokens: Sequence[Token], label: Anchor, stop: Anchor) -> bool:
    """Return whether what would end the label's value stands in the column beside it, at its height."""
    one, other = tokens[label.end - 1], tokens[stop.start]
    return one.row == other.row and other.piece.left > one.piece.right + 2 * one.piece.height


def words_of(tokens: Sequence[Token]) -> str:
    """Return the words without dotted leaders."""
    text = " ".join(word for word in (token.word.text.strip("_…") for token in tokens) if word)
    return re.sub(r"\.{3,}", " ", text).strip()


def text_of(tokens: Sequence[Token]) -> str:
    """Return the words of a value without leaders and without signs that only part it from the next."""
    return tidy(words_of(tokens))


def is_one(text: str) -> bool:
    """Return whether all that was read of a number is a stroke: a 1 that came out as another sign.

    A bare upright may be a rule, and counts for nothing.
    """
    return _ONE.fullmatch(text) is not None


def tidy(text: str) -> str:
    """Return the text without the signs around it, and with the square of m² where it came out as another sign."""
    text = _SQUARE.sub("²", text)
    text = re.sub(r"\s+", " ", text).strip(" .,;:_…|=*·~'\"“”‘’")
    if text.count("(") < text.count(")") and text.endswith(")"):
        text = text[:-1].rstrip(" .,;")
    if text.startswith("(") and ")" not in text:
        text = text[1:].lstrip()
    return text.rstrip("(").strip(" .,;:")


def _follow(tokens: Sequence[Token], anchor: Anchor, end: int, *, many: bool) -> list[Token]:
    """Return the tokens from the label on that go on in its line, and with `many` in the lines under it."""
    label = tokens[anchor.end - 1]
    first = tokens[anchor.start]
    block_left = first.piece.left
    face_width = max(t.piece.right for t in tokens) - min(t.piece.left for t in tokens)
    taken: list[Token] = []
    last, skipping = label, -1
    for token in tokens[anchor.end : end]:
        height = label.piece.height
        if token.row == skipping:
            continue
        if token.row == last.row:
            limit = (9 if not _has_text(taken) else 4) * height
            if token.word.left - last.word.right > limit:
                skipping = token.row
                continue
        else:
            if _has_text(taken) and not many:
                break
            if token.row - last.row > 1 and skipping != token.row - 1 and not _close(last, token, height):
                break
            if not _close(last, token, height) or token.piece.left > block_left + 0.4 * face_width:
                break
            if token.piece.left < block_left - 4 * height:
                skipping = token.row
                continue
            if _STOP.match(token.word.text) and token.piece.left < block_left + 3 * height:
                break
        taken.append(token)
        last = token
    return taken


def _before(words: Sequence[str], tokens: list[Token]) -> list[Token]:
    """Return the tokens in front of the first of the words, which may be broken over two lines."""
    for phrase in map(skeleton, words):
        for i in range(len(tokens)):
            if "".join(token.letters for token in tokens[i : i + len(phrase)]).startswith(phrase):
                return tokens[:i]
    return tokens


def _close(last: Token, token: Token, height: int) -> bool:
    return token.piece.top - last.piece.bottom < 1.1 * height


def _has_text(tokens: Sequence[Token]) -> bool:
    return any(token.letters for token in tokens)


def _number(tokens: Sequence[Token]) -> tuple[list[Token], tuple[Token, ...]]:
    """Return the tokens of the number or word that stands first, and those behind it."""
    if len(tokens) > 1 and tokens[0].letters[:1] == "s" and len(tokens[0].letters) <= 3 and _has_digit(tokens[1]):
        tokens = tokens[1:]  # the label's own `số`, misread
    started = False
    for i, token in enumerate(tokens):
        if started and starts_place(tokens, i):
            return list(tokens[:i]), tuple(tokens[i:])
        if started and token.word.text.startswith("("):
            return list(tokens[:i]), tuple(tokens[i:])
        started = started or bool(token.letters)
        after = tokens[i + 1].word.text if i + 1 < len(tokens) else ""
        if started and token.word.text[-1] in ",;" and not after[:1].isdigit():
            return list(tokens[: i + 1]), tuple(tokens[i + 1 :])
    return list(tokens), ()


def _up_to_unit(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of a number up to its m²: `7.855 m2 đất`."""
    for i in range(1, len(tokens)):
        if _is_unit(tokens[i]) and _has_digit(tokens[i - 1]):
            return tokens[: i + 1]
    return tokens


def _has_digit(token: Token) -> bool:
    return any(sign.isdigit() for sign in token.letters)


def _is_unit(token: Token) -> bool:
    """Return whether the word is m² as it was read; ha is another unit and stays with its number."""
    return token.letters in _UNIT or (len(token.letters) == 2 and token.letters[0] == "m")


def _code(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a code: behind the `Số` that the label ends with, up to the next word."""
    first = next((i for i, token in enumerate(tokens) if _has_digit(token)), len(tokens))
    signs = [i for i, token in enumerate(tokens[:first]) if token.letters == "so"]
    if signs and signs[-1] + 1 < len(tokens):
        start = signs[-1] + 1
    else:  # a seal's letters may stand between the label and a number in the next line
        start = next((i for i in range(first) if first < len(tokens) and tokens[i].piece is tokens[first].piece), first)
        start = start if start < len(tokens) else 0
    return list(tokens[start : start + _code_length(tokens[start:])])


def _code_length(tokens: Sequence[Token]) -> int:
    """Return how many tokens a code takes: up to the first word of small letters behind its digits."""
    digits = False
    for i, token in enumerate(tokens):
        if digits and token.letters and not any(sign.isdigit() for sign in token.letters):
            return i
        digits = digits or any(sign.isdigit() for sign in token.letters)
    return len(tokens)


def _says_something(tokens: Sequence[Token], *, least: int = 2) -> bool:
    text = "".join(token.word.text for token in tokens)
    letters = "".join(token.letters for token in tokens)
    return _NONE.match(text) is None and (len(letters) >= least or letters.isdigit()) and bool(text_of(tokens))


def _trimmed(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens without leaders at the ends and without the item number of what comes next."""
    start, end = 0, len(tokens)
    while start < end and _LEADER.match(tokens[start].word.text) and not _is_stroke(tokens, start):
        start += 1
    while end > start + 1 and (_LEADER.match(tokens[end - 1].word.text) or _counts_next(tokens, end - 1)):
        end -= 1
    return tuple(tokens[start:end])


def _is_stroke(tokens: Sequence[Token], i: int) -> bool:
    """Return whether the word is a lone upright close before digits: a 1 that came out as a sign."""
    if i + 1 >= len(tokens) or tokens[i].word.text not in ("|", "!", "||"):
        return False
    one, other = tokens[i], tokens[i + 1]
    near = other.word.left - one.word.right < 0.35 * one.piece.height
    return near and one.row == other.row and other.letters[:1].isdigit()


def _counts_next(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    begins = tokens[i - 1].piece is not token.piece
    closed = token.word.text.endswith(")") or _ITEM.fullmatch(token.word.text) is not None
    return is_enumerator(token.word.text) and (begins or closed)
