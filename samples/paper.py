"""A drawn paper: its pages, what is marked on them, and what each of its entries says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from samples.sheet import Mark
from schemas.documents import Era, Form, Kind
from schemas.entries import Value


@dataclass(frozen=True, slots=True)
class Face:
    """One page as drawn: an RGB image, its resolution, the marks, and the part of the form that it is."""

    image: Image.Image
    dpi: int
    marks: tuple[Mark, ...]
    name: str
    printed_no: str | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """An error printed on purpose: its kind, the field that shows it, what is printed there, and what is true."""

    fault: str
    name: str
    printed: str
    true: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a paper says of one parcel: printed fields, those that follow from them, and the parcel row if any.

    `series` is the map whose numbers the paper gives: of 1982 (`299`), of 1996 (`1993`), or today's.
    `also` are further estates that came of the same ground. `doubtful` marks a paper from which the commune cannot
    be known. Slips in fields that the paper lacks are not told.
    """

    printed: Mapping[str, Value]
    inferred: Mapping[str, Value]
    row: int | None = None
    parcel: int | None = None  # index of the estate
    series: Literal["299", "1993", "now"] = "now"
    also: tuple[int, ...] = ()
    slips: tuple[Slip, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: kind, form, era, pages in their own order, entries, and the name an office gives the file."""

    kind: Kind
    form: Form | None
    era: Era | None
    faces: tuple[Face, ...]
    said: tuple[Said, ...]
    file_stem: str
    folder: str
