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

from ocr.folding import bare
from ocr.layout import Piece
from ocr.map_labels import has_machine_zone, plan_labels
from ocr.phrases import Phrases, Place
from schemas.documents import Era, Form, Kind

Content = Literal["number", "code", "date", "words", "mixed", "owners"]
Unlabelled = Literal[
    "applicants",
    "barcode",
    "blocks",
    "changes",
    "corners",
    "decision_head",
    "ledger",
    "meridian",
    "nomenclature",
    "owners",
    "page_number",
    "places",
    "qr",
    "scale",
    "serial",
    "signature",
]
Sign = Literal[
    "barcode",
    "certificate_serial",
    "column_numbers",
    "coordinate_rows",
    "decision_no",
    "machine_zone",
    "old_register",
    "old_year",
    "plan_labels",
]

_STRANGE = -3.0  # weight of what another paper prints
_HEADS_ENOUGH = 6  # of a table's columns, from which their heads alone make it known
_FOREIGN = -6.0  # weight of another paper's own title
_OLD_REGISTER = re.compile(r"\b\d{3,5}\s?[QOC0]SD[ĐDÐ]")
_COLUMN = re.compile(r"[(\[{]?([1-9]|1[0-2])[)\]}]?")
_NORTHING = re.compile(r"^1[67]\d{5}([.,]\d{1,3})?$")
_EASTING = re.compile(r"^[456]\d{5}([.,]\d{1,3})?$")
_DECISION_NO = re.compile(r"\d ?/ ?(\d{4} ?/ ?)?q ?d ?[-–—.] ?ub")
_YEAR = re.compile(r"\b(19[789]\d|20[01]\d)\b")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Data):
    """A phrase or a sign that speaks for a face (or against it, with a negative weight).

    `place`: "line" the phrase is a whole line, "start" it begins one, "title" it begins one in capitals in the
    upper half, "any" it stands anywhere, also broken over the lines of a table cell. `title` marks the phrases with
    which a document begins.
    """

    phrase: str = ""
    sign: Sign | None = None
    least: float = 0.82  # likeness, or for a sign the count that is enough
    place: Place = "start"
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
    until: tuple[str, ...] = ()  # printed words that end the value wherever they stand


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
    reads: bool = True  # false: recognised and kept, nothing of its text becomes a field
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


class Looks:
    """What a page's pieces look like, worked out once for all forms: one set of answers for each choice of pieces."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, ...], tuple[Sequence[Piece], Phrases, Mapping[Sign, float]]] = {}

    def of(self, pieces: Sequence[Piece]) -> tuple[Phrases, Mapping[Sign, float]]:
        """Return the phrases and signs of the pieces; they are kept alive, so that none takes another's place."""
        asked = tuple(map(id, pieces))
        if asked not in self._seen:
            self._seen[asked] = (tuple(pieces), Phrases(pieces), count_signs(pieces))
        _, phrases, signs = self._seen[asked]
        return phrases, signs


def match_faces(
    pieces: Sequence[Piece], paper: PaperForm, around: Sequence[Piece] = (), looks: Looks | None = None
) -> list[Match]:
    """Return how well the pieces fit each face of the paper, best first, also those that fall short.

    `around` is the whole image of which the pieces are one half: another paper's title in it speaks
    against both halves.
    """
    looks = looks or Looks()
    text, signs = looks.of(pieces)
    whole, _ = looks.of(around)
    if paper.serial is not None:
        signs = {**signs, "certificate_serial": float(any(paper.serial.stands_in(piece.text) for piece in pieces))}
    matches = [_match(text, whole, signs, paper, face) for face in paper.faces]
    return sorted((m for m in matches if m is not None), key=lambda m: -m.strength)


def match_columns(pieces: Sequence[Piece], papers: Sequence[PaperForm], looks: Looks) -> Match | None:
    """Return the table whose heads stand on a page that no phrase makes known; None where two are as likely.

    Books are headed in other words from office to office, and their columns tell them all the same.
    """
    text, _ = looks.of(pieces)
    found: list[tuple[int, Match]] = []
    for paper in papers:
        for face in paper.faces:
            if "applicants" in face.layout:  # a letter, whose table alone makes nothing known
                continue
            seen = [column for column in face.columns if text.heads(column.heads)]
            strange = any(
                e.weight <= _STRANGE and text.has(e.phrase, e.place, e.least) for e in face.evidence if e.phrase
            )
            if len(seen) >= _HEADS_ENOUGH and any(column.name == "parcel_no" for column in seen) and not strange:
                found.append((len(seen), Match(paper, face, face.need, face.title_page)))
    found.sort(key=lambda item: -item[0])
    alone = len(found) == 1 or (len(found) > 1 and found[0][0] > found[1][0])
    return found[0][1] if alone else None


def count_signs(pieces: Sequence[Piece]) -> Mapping[Sign, float]:
    """Return what is counted on a page besides phrases; `serial` is the shape that the form's own number has."""
    joined = [piece.text for piece in pieces]
    years = [int(year) for text in joined for year in _YEAR.findall(text)]
    return {
        "barcode": float(any(re.fullmatch(r"\D{0,2}\d{13}\D{0,2}", text.replace(" ", "")) for text in joined)),
        "certificate_serial": 0.0,  # its shape is the form's
        "column_numbers": float(_most_column_numbers(pieces)),
        "coordinate_rows": float(_coordinate_rows(pieces)),
        "decision_no": float(any(_DECISION_NO.search(bare(text)) for text in joined)),
        "machine_zone": float(has_machine_zone(pieces)),
        "old_register": float(any(_OLD_REGISTER.search(text.upper()) for text in joined)),
        "old_year": float(bool(years) and max(years) < 2014),
        "plan_labels": float(plan_labels(pieces)),
    }


def _match(
    text: Phrases, whole: Phrases, signs: Mapping[Sign, float], paper: PaperForm, face: FaceForm
) -> Match | None:
    def there(evidence: Evidence) -> bool:
        if evidence.sign:
            return signs[evidence.sign] >= evidence.least
        asked = (evidence.phrase, evidence.place, evidence.least)
        return text.has(*asked) or (evidence.weight <= _FOREIGN and whole.has(*asked))

    if not any(evidence.key and there(evidence) for evidence in face.evidence):
        return None
    seen = [evidence for evidence in face.evidence if there(evidence)]
    titled = face.title_page or any(evidence.title for evidence in seen)
    return Match(paper, face, sum(evidence.weight for evidence in seen), titled)


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
