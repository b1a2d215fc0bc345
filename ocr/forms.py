"""The printed forms as data (`schemas/forms/*.toml`), and which of them a page looks like.

Each face of a form has pieces of evidence with a weight: a printed phrase, or a sign that is counted on the
page. A face is recognised where one of its `key` pieces is there and the weights reach its `need`; what
speaks for another paper counts against it. A page that reaches nothing stays unrecognised.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Literal

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz

from ocr.folding import bare, skeleton
from ocr.labels import likeness
from ocr.layout import Piece
from schemas.documents import Era, Form, Kind

Content = Literal["number", "code", "date", "words", "mixed", "owners"]
Unlabelled = Literal[
    "barcode",
    "blocks",
    "changes",
    "corners",
    "ledger",
    "meridian",
    "owners",
    "page_number",
    "places",
    "qr",
    "scale",
    "serial",
    "signature",
]
Sign = Literal["barcode", "certificate_serial", "column_numbers", "coordinate_rows", "old_register", "old_year"]

_FOREIGN = -6.0  # weight of another paper's own title
_START_SLACK = 5  # letters before a phrase that still begins its line: "II.", "4.1."
_OLD_REGISTER = re.compile(r"\b\d{3,5}\s?[QOC0]SD[ĐDÐ]")
_COLUMN = re.compile(r"[(\[{]?([1-9]|1[0-2])[)\]}]?")
_NORTHING = re.compile(r"^1[67]\d{5}([.,]\d{1,3})?$")
_EASTING = re.compile(r"^[456]\d{5}([.,]\d{1,3})?$")
_YEAR = re.compile(r"\b(19[789]\d|20[01]\d)\b")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Data):
    """A phrase or a sign that speaks for a face (or against it, with a negative weight).

    `place`: "line" the phrase is a whole line, "start" it begins one, "any" it stands anywhere, also broken
    over the lines of a table cell. `title` marks the phrases with which a document begins.
    """

    phrase: str = ""
    sign: Sign | None = None
    least: float = 0.82  # likeness, or for a sign the count that is enough
    place: Literal["line", "start", "any"] = "start"
    weight: float = 1.0
    key: bool = False
    title: bool = False


class FieldForm(_Data):
    """A field behind a label: `name` is the contract's; an empty name is a label that only ends other values."""

    name: str = ""
    labels: tuple[str, ...]
    content: Content = "words"
    lines: Literal["one", "many"] = "one"
    after: str | None = None  # the first wording of the label that must stand a few lines before
    rest: bool = False  # what follows the number is a place: the parcel's address
    whole: bool = False  # the label is part of the value: `Hộ ông (bà)` tells who the owner is


class ColumnForm(_Data):
    """A column of a ruled table: `name` is the contract's field; an empty name is a column that is not kept.

    `heads` are the wordings of the printed head, `over` those of a head that spans over it and others. `number`
    is its place in the usual template: it counts where heads cannot be read.
    """

    name: str = ""
    heads: tuple[str, ...]
    over: tuple[str, ...] = ()
    content: Content = "words"
    number: int | None = None


class FaceForm(_Data):
    """One printed page of a form. `layout` names what besides labelled fields is on it.

    `columns` are those of its table of parcels, `notes` those of a second table: what changed of which parcel.
    """

    name: str
    need: float
    evidence: tuple[Evidence, ...]
    fields: tuple[FieldForm, ...] = ()
    columns: tuple[ColumnForm, ...] = ()
    notes: tuple[ColumnForm, ...] = ()
    layout: tuple[Unlabelled, ...] = ()
    title_page: bool = False


class SerialForm(_Data):
    """How a form numbers its papers: which letters, as a pattern, and how many digits."""

    letters: str
    digits: int

    def stands_in(self, text: str) -> bool:
        """Return whether a number of this shape stands in the text, also right behind the word `Số`."""
        return bool(self.found_in(text))

    def found_in(self, text: str) -> list[str]:
        """Return the numbers of this shape in the text, as they stand there."""
        return re.findall(rf"(?:(?<!\w)|(?<=[ốỐ]))(?:{self.letters})\s?\d{{{self.digits}}}(?!\w)", text)


class PaperForm(_Data):
    """A printed form: its kind, its name where the contract has one, and its era where the print tells it."""

    kind: Kind
    form: Form | None = None
    era: Era | None = None
    yields: bool = False  # to every other form that the page reaches, as a certificate may hold a corner table
    ignore: tuple[str, ...] = ()
    spread: tuple[tuple[str, str], ...] = ()  # faces that stand beside each other on one sheet
    serial: SerialForm | None = None
    faces: tuple[FaceForm, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A face that a page, or half of one, looks like. `points` / need is what stands behind `p` (0 to 1)."""

    paper: PaperForm
    face: FaceForm
    points: float
    title: bool

    @property
    def strength(self) -> float:
        """Return the points as a share of what is needed."""
        return self.points / self.face.need

    @property
    def p(self) -> float:
        """Return a number between 0.5 (barely) and 0.99 (twice what is needed)."""
        return min(0.99, max(0.0, self.strength / 2))


@cache
def load_forms() -> tuple[PaperForm, ...]:
    """Return the forms that come with the package, by file name."""
    folder = files("schemas") / "forms"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(PaperForm.model_validate(tomllib.loads(item.read_text(encoding="utf-8"))) for item in found)


def face_of(kind: Kind, name: str, *, form: Form | None = None, era: Era | None = None) -> FaceForm:
    """Return a face of the form that comes with the package; KeyError where there is none."""
    for paper in load_forms():
        if (paper.kind, paper.form, paper.era) == (kind, form, era):
            for face in paper.faces:
                if face.name == name:
                    return face
    raise KeyError(f"{kind} {form or era or ''}: no face {name}")


def match_faces(pieces: Sequence[Piece], paper: PaperForm, around: Sequence[Piece] = ()) -> list[Match]:
    """Return how well the pieces fit each face of the paper, best first, also those that fall short.

    `around` is the whole image of which the pieces are one half: another paper's title in it speaks
    against both halves.
    """
    text, whole = _Text(pieces), _Text(around)
    signs = count_signs(pieces, paper.serial)
    matches = [_match(text, whole, signs, paper, face) for face in paper.faces]
    return sorted((m for m in matches if m is not None), key=lambda m: -m.strength)


def count_signs(pieces: Sequence[Piece], serial: SerialForm | None = None) -> Mapping[Sign, float]:
    """Return what is counted on a page besides phrases; `serial` is the shape that the form's own number has."""
    joined = [piece.text for piece in pieces]
    years = [int(year) for text in joined for year in _YEAR.findall(text)]
    return {
        "barcode": float(any(re.fullmatch(r"\D{0,2}\d{13}\D{0,2}", text.replace(" ", "")) for text in joined)),
        "certificate_serial": float(serial is not None and any(serial.stands_in(text) for text in joined)),
        "column_numbers": float(_most_column_numbers(pieces)),
        "coordinate_rows": float(_coordinate_rows(pieces)),
        "old_register": float(any(_OLD_REGISTER.search(text.upper()) for text in joined)),
        "old_year": float(bool(years) and max(years) < 2014),
    }


class _Text:
    """The pieces as skeletons: each alone, all in a row, and those over each other joined."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.lines = [skeleton(piece.text) for piece in pieces]
        self.stacks = [*_stacks(pieces), "".join(self.lines)]

    def like(self, evidence: Evidence) -> bool:
        phrase = skeleton(evidence.phrase)
        if evidence.place == "any":
            return any(
                len(stack) >= 0.8 * len(phrase) and fuzz.partial_ratio(phrase, stack) / 100 >= evidence.least
                for stack in self.stacks
            )
        if evidence.place == "line":
            return any(likeness(phrase, line) >= evidence.least for line in self.lines)
        return any(_begins(phrase, line, evidence.least) for line in self.lines)


def _begins(phrase: str, line: str, least: float) -> bool:
    size = len(phrase)
    if len(line) < size * least:
        return False
    return any(likeness(phrase, line[skip : skip + size]) >= least for skip in range(_START_SLACK + 1))


def _match(text: _Text, whole: _Text, signs: Mapping[Sign, float], paper: PaperForm, face: FaceForm) -> Match | None:
    points, key, title = 0.0, False, False
    for evidence in face.evidence:
        there = signs[evidence.sign] >= evidence.least if evidence.sign else text.like(evidence)
        if evidence.weight <= _FOREIGN and not evidence.sign:
            there = there or whole.like(evidence)
        if there:
            points += evidence.weight
            key = key or evidence.key
            title = title or evidence.title
    return Match(paper, face, points, title or face.title_page) if key else None


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


def _most_column_numbers(pieces: Sequence[Piece]) -> int:
    """Return how many different small numbers stand at one height, as in (1) (2) (3) … or 1 2 3 …"""
    seen = [
        ((word.top + word.bottom) / 2, found[1])
        for piece in pieces
        for word in piece.words
        if (found := _COLUMN.fullmatch(word.text))
    ]
    if not seen:
        return 0
    height = median(piece.height for piece in pieces)
    return max(len({n for y, n in seen if abs(y - at) < height / 2}) for at, _ in seen)


def _coordinate_rows(pieces: Sequence[Piece]) -> int:
    """Return how many northings of the province stand beside an easting."""
    numbers = [
        ((word.top + word.bottom) / 2, word.bottom - word.top, bare(word.text).strip("|()[];:,."))
        for piece in pieces
        for word in piece.words
    ]
    norths = [(y, height) for y, height, text in numbers if _NORTHING.match(text)]
    easts = [y for y, _, text in numbers if _EASTING.match(text)]
    return sum(any(abs(y - other) < height for other in easts) for y, height in norths)
