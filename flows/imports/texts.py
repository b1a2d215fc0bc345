"""Texts of an imported file as Unicode: which encoding each column is in, never guessed where evidence is thin."""

from __future__ import annotations

from collections.abc import Sequence

from cadastre.imports.column_mapping import Fitted
from cadastre.words.legacy_text import Encoding, decode, detect, makes_sense, read_as_utf8
from cadastre.words.letter_case import proper_name, proper_place
from flows.imports.outcome import Outcome
from schemas.errors import BadInput
from schemas.import_mappings import Target

Cell = str | float | None
_PLACES: frozenset[Target] = frozenset({"address", "toponym", "owner_address", "unit_name"})


def decoded(
    name: str, fitted: Fitted, rows: Sequence[Sequence[Cell]], raw: bool, wanted: Encoding | None, outcome: Outcome
) -> list[list[Cell]]:
    """Return the rows with the texts of the mapped columns in Unicode; `raw` texts are bytes shown as Latin-1."""
    out = [list(row) for row in rows]
    targets = {place: target for target, places in fitted.places.items() for place in places}
    texts = {place: _texts(out, place) for place in sorted(targets)}
    if raw:
        for place, values in texts.items():
            texts[place] = _from_utf8(out, place, values)
    encodings = _encodings(name, fitted, texts, wanted)
    for place, encoding in encodings.items():
        for row in out:
            if place < len(row) and isinstance(cell := row[place], str):
                row[place] = _mended(decode(cell, encoding), targets[place], encoding)
    outcome.details["encodings"] = {
        _column(fitted, targets[place], place): encoding for place, encoding in encodings.items()
    }
    return out


def _mended(text: str, target: Target, encoding: Encoding) -> str:
    if encoding != "tcvn3":
        return text
    return proper_name(text) if target == "owners" else proper_place(text) if target in _PLACES else text


def _texts(rows: Sequence[Sequence[Cell]], place: int) -> list[str]:
    return [cell for row in rows if place < len(row) and isinstance(cell := row[place], str)]


def _from_utf8(rows: list[list[Cell]], place: int, values: Sequence[str]) -> list[str]:
    """Return a raw column read as UTF-8 where all of it is; else as it was."""
    told = [read_as_utf8(text) for text in values]
    if any(text is None for text in told) or all(text.isascii() for text in values):
        return list(values)
    for row in rows:
        if place < len(row) and isinstance(cell := row[place], str):
            row[place] = read_as_utf8(cell)
    return [text for text in told if text is not None]


def _encodings(name: str, fitted: Fitted, texts: dict[int, list[str]], wanted: Encoding | None) -> dict[int, Encoding]:
    """Return the encoding of every column that has letters outside ASCII.

    A column with thin evidence goes with the others of its file where those agree and its own words do not object.
    """
    columns = {place: detect(values) for place, values in texts.items()}
    told: dict[int, Encoding] = {}
    for place, column in columns.items():
        if column.verdict in ("unicode", "tcvn3", "vni"):
            told[place] = column.verdict
    unclear = [place for place, column in columns.items() if column.verdict == "unclear"]
    if wanted is not None:
        return dict.fromkeys((*told, *unclear), wanted)
    others = set(told.values())
    for place in unclear:
        fitting = [encoding for encoding in others if makes_sense(texts[place], encoding)]
        if len(others) != 1 or not fitting:
            target = next(target for target, places in fitted.places.items() if place in places)
            head = _column(fitted, target, place)
            raise BadInput(
                vi=f"{name}: cột {head} có quá ít chữ để biết mã (TCVN3, VNI hay Unicode); "
                "ghi --encoding tcvn3, vni hoặc unicode",
                en=f"{name}: column {head} has too few words to tell its encoding (TCVN3, VNI or Unicode); "
                "give --encoding tcvn3, vni or unicode",
            )
        told[place] = fitting[0]
    return dict(sorted(told.items()))


def _column(fitted: Fitted, target: Target, place: int) -> str:
    """Return the column's name in the file."""
    return fitted.columns[place] or target
