"""A reading as engines would likely give it, made from a page's truth: words lost, letters wrong, pages unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.random import Generator

from schemas.documents import Box, PageRef
from schemas.readings import PageReading, Reading, RowReading, Vote

UNKNOWN, NO_TITLE, NO_FIELD, WRONG_LETTER, WRONG_FACE, NO_NUMBER = 0.03, 0.03, 0.1, 0.02, 0.01, 0.1
_SHARED = ("unit_name", "serial", "register_no", "owners", "parcel_no", "sheet_no", "decision_no", "area_m2")


def likely_reading(rng: Generator, line: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> PageReading:
    """Return the reading of a page of `pages.jsonl`, with its fields of `entries.jsonl`."""
    ref = PageRef(line["sha256"], line["page"])
    blank = line["state"] == "blank"
    unknown = blank or line["kind"] == "khac" or rng.random() < UNKNOWN
    faces = tuple(line["faces"])
    if line["kind"] == "gcn" and rng.random() < WRONG_FACE:
        faces = tuple(str(rng.integers(1, 5)) for _ in faces)
    title = (
        (line["order"] == 1 or "1" in faces or "cover" in faces)
        and rng.random() >= NO_TITLE
        and not (line["kind"] == "gcn" and "1" not in faces)
    )
    own = [entry for entry in entries if entry["document_id"] == line["document_id"]]
    rows: list[RowReading] = []
    fields: dict[str, tuple[Reading, ...]] = {}
    for entry in own:
        here = {
            name: _reading(rng, ref, field)
            for name, field in entry["fields"].items()
            if name in _SHARED and _stands(field, entry, line) and rng.random() >= NO_FIELD
        }
        if entry["row"] is not None:
            rows.append(RowReading(entry["row"], {n: r for n, r in here.items() if n != "unit_name"}))
            here = {n: r for n, r in here.items() if n in ("unit_name", "decision_no", "serial")}
        for name, reading in here.items():
            fields.setdefault(name, (reading,))
    number = None if line["printed_no"] is None or rng.random() < NO_NUMBER else str(line["printed_no"])
    return PageReading(
        ref=ref,
        width=line["width"],
        height=line["height"],
        blank=blank,
        kind="khac" if unknown else line["kind"],
        kind_p=0.85 if unknown and line["kind"] != "khac" else 1.0,
        form=None if unknown else line["form"],
        era=None if unknown or line["kind"] == "gcn" else line["era"],
        quality=line["quality"],
        capture=line["capture"],
        copy_kind=line["copy_kind"],
        turn_deg=0,
        printed_no=None if unknown else number,
        title_page=title and not unknown,
        faces=() if unknown else faces,
        fields={} if unknown else fields,
        rows=() if unknown else tuple(rows),
    )


def _stands(field: Mapping[str, Any], entry: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    file = field.get("file", entry["file"])
    return bool(field["text"]) and file == line["file"] and field["page"] == line["page"]


def _reading(rng: Generator, ref: PageRef, field: Mapping[str, Any]) -> Reading:
    letters = [chr(int(rng.integers(48, 123))) if rng.random() < WRONG_LETTER else c for c in str(field["text"])]
    text = "".join(letters)
    return Reading(ref, Box(*field["box"]), text, (Vote("tesseract", text, 0.9),))
