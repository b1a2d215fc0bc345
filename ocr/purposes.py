"""Rows of a register that only give one purpose of the parcel above: joined to its row (domain.md 2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.readings import Reading, Vote

_AREAS = ("area_m2", "private_m2", "shared_m2")
Fields = Mapping[str, Reading]


def is_purpose(row: Fields, parcel: Fields, several: bool) -> bool:
    """Return whether a row without a parcel number gives a purpose of the parcel whose row is above it.

    The parcel's own row has the total and no purpose; `several` says that it was given one from below already.
    """
    if {"parcel_no", "sheet_no", "owners"} & row.keys() or "land_use" not in row:
        return False
    return several or "land_use" not in parcel


def with_purposes(parcel: Fields, rows: Sequence[Fields]) -> dict[str, Reading]:
    """Return the parcel's fields with the purposes of the rows below it, as a paper prints them in one line.

    `ONT: 360,0; CLN: 4.740,5`, and terms with their purpose likewise; each engine's votes stay together.
    """
    if not rows:
        return dict(parcel)
    areas = [next((row[name] for name in _AREAS if name in row), None) for row in rows]
    uses = [row["land_use"] for row in rows]
    joined = {**parcel, "land_use": _pairs(uses, areas)}
    terms = [row.get("term") for row in rows]
    if any(term is not None for term in terms):
        joined["term"] = _pairs(uses, terms)
    return joined


def _pairs(labels: Sequence[Reading], values: Sequence[Reading | None]) -> Reading:
    votes: list[Vote] = []
    for engine in dict.fromkeys(vote.engine for label in labels for vote in label.votes):
        parts = [_said(label, value, engine) for label, value in zip(labels, values, strict=True)]
        if all(parts):
            said = [vote for part in parts for vote in part]
            texts = [": ".join(vote.text for vote in part) for part in parts]
            votes.append(Vote(engine, "; ".join(texts), min(vote.confidence for vote in said)))
    text = "; ".join(
        f"{label.text}: {value.text}" if value else label.text for label, value in zip(labels, values, strict=True)
    )
    box = labels[0].box
    for place in (*labels, *(value for value in values if value)):
        box = box.union(place.box)
    return Reading(labels[0].ref, box, text, tuple(votes))


def _said(label: Reading, value: Reading | None, engine: str) -> list[Vote]:
    """Return the engine's votes for the purpose and what stands beside it; none where it lacks one of them."""
    named = [vote for vote in label.votes if vote.engine == engine]
    beside = [vote for vote in value.votes if vote.engine == engine] if value else []
    return [*named, *beside] if named and (value is None or beside) else []
