"""What the papers say, in the contract's formats, with every box where the captured image has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samples.capture import Shot
from samples.paper import Paper
from samples.sheet import Mark
from samples.wear import Grade
from schemas.documents import Box
from schemas.entries import Value, value_to_json


@dataclass(frozen=True, slots=True)
class Landed:
    """An image in its file: path in the batch, hash, page, faces, and its marks in pixels of the page drawn."""

    file: str
    sha256: str
    page: int
    faces: tuple[str, ...]
    printed_no: str | None
    marks: tuple[Mark, ...]
    shot: Shot


@dataclass(frozen=True, slots=True)
class _Place:
    text: str
    landed: Landed
    box: Box


def page_line(landed: Landed, paper: Paper, document_id: str | None, order: int, grade: Grade) -> dict[str, Any]:
    """Return the contract's page line, with `faces`, `turn_deg` and `dpi` beside it."""
    shot = landed.shot
    blank = landed.faces in (("blank",), ("separator",))
    return {
        "file": landed.file,
        "sha256": landed.sha256,
        "page": landed.page,
        "document_id": document_id,
        "order": order,
        "printed_no": landed.printed_no,
        "kind": paper.kind,
        "form": paper.form,
        "era": paper.era,
        "state": "blank" if blank else "read",
        "reason": "separator" if landed.faces == ("separator",) else None,
        "quality": grade,
        "capture": shot.capture,
        "copy_kind": shot.copy_kind,
        "same_as": None,
        "width": int(shot.pixels.shape[1]),
        "height": int(shot.pixels.shape[0]),
        "faces": list(landed.faces),
        "turn_deg": shot.turn_deg,
        "dpi": shot.dpi,
    }


def entry_lines(paper: Paper, document_id: str, landed: Sequence[Landed]) -> list[dict[str, Any]]:
    """Return a line for each entry of a paper; `status` is what a flawless reader would reach."""
    lines = []
    for number, said in enumerate(paper.said):
        places = _places(landed, number)
        first = places.get("parcel_no") or next(iter(places.values()), None)
        home = first[0].landed if first else landed[0]
        fields = {name: _field(name, value, places.get(name, ()), home) for name, value in said.printed.items()}
        fields |= {name: _field(name, value, (), home) for name, value in said.inferred.items()}
        for name in ("barcode", "scale", "meridian", "title", "decision_no"):
            if name in places:
                fields[name] = _field(name, places[name][0].text, places[name], home)
        lines.append(
            {
                "entry_id": f"{document_id}-{number + 1}",
                "document_id": document_id,
                "file": home.file,
                "sha256": home.sha256,
                "page": home.page,
                "row": said.row,
                "kind": paper.kind,
                "form": paper.form,
                "era": paper.era,
                "status": "accepted" if fields and not said.doubtful else "review",
                "fields": fields,
                "findings": [],
                "parcel": said.parcel,
                "series": said.series,
                "also": said.also,
                "slips": tuple(slip for slip in said.slips if slip.name in fields or slip.fault == "sum_off"),
            }
        )
    return lines


def _places(landed: Iterable[Landed], number: int) -> dict[str, list[_Place]]:
    out: dict[str, list[_Place]] = {}
    for image in landed:
        for mark in image.marks:
            box = image.shot.warp.box(mark.box) if mark.entry in (None, number) else None
            if box is not None:
                name = "corners" if mark.name.startswith("corners.") else mark.name
                out.setdefault(name, []).append(_Place(mark.text, image, box))
    return out


def _field(name: str, value: Value, places: Sequence[_Place], home: Landed) -> dict[str, Any]:
    line: dict[str, Any] = {
        "value": value_to_json(name, value),
        "text": None,
        "p": None,
        "status": "accepted",
        "from": "paper" if places else "inferred",
        "page": None,
        "box": None,
    }
    if not places:
        return line
    first = places[0].landed
    here = [place for place in places if place.landed is first]
    box = here[0].box
    for place in here[1:]:
        box = box.union(place.box)
    line |= {"text": _joined([place.text for place in here]), "page": first.page, "box": box.as_list()}
    if first.file != home.file:
        line["file"] = first.file
    return line


def _joined(texts: Sequence[str]) -> str:
    """Join the stretches of a field as they would be read: a blank between, none before a comma."""
    out = ""
    for text in texts:
        glue = "" if not out or text[:1] in ",;." or out.endswith(" ") else " "
        out += glue + text.strip(" ") if out else text.strip(" ")
    return out


def cell_lines(entry_id: str, landed: Sequence[Landed], number: int) -> list[dict[str, Any]]:
    """Return a line for each printed cell of an entry's corner table: its name, text, file, page and box."""
    lines = []
    for image in landed:
        for mark in image.marks:
            box = image.shot.warp.box(mark.box) if mark.entry == number and mark.name.startswith("corners.") else None
            if box is not None:
                _, column, row = mark.name.split(".")
                lines.append(
                    {
                        "entry_id": entry_id,
                        "file": image.file,
                        "page": image.page,
                        "row": int(row),
                        "column": column,
                        "text": mark.text,
                        "box": box.as_list(),
                    }
                )
    return lines
