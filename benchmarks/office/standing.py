"""What truly stands of each living parcel, and whether the papers at hand can tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.office.pieces import Piece, Title
from benchmarks.office.reading import Given, plain
from benchmarks.office.truth import Attested


def standing_of(pieces: Iterable[Piece], given: Iterable[Given], held: Attested) -> list[dict[str, Any]]:
    """Return a row of current.jsonl for each living parcel whose number is attested."""
    by_title: dict[Title, list[Given]] = defaultdict(list)
    for one in given:
        if one.paper.title is not None and one.attests:
            by_title[one.paper.title].append(one)
    rows = []
    for piece in pieces:
        if piece.node is not None and piece.node in held.keys:
            rows.append(_row(piece, held.keys[piece.node], by_title, held.papers[piece.node]))
    return rows


def _row(piece: Piece, key: str, by_title: dict[Title, list[Given]], own: Sequence[Given]) -> dict[str, Any]:
    title = piece.title
    papers = by_title.get(title, []) if title is not None else []
    legal = [one for one in papers if one.paper.kind in ("gcn", "so_dia_chinh", "so_cap_gcn")]
    owner, owner_told = _owner(piece, title, legal, own)
    uses, uses_told = _uses(title, legal, own)
    surveyed = [one for one in own if one.paper.kind in ("so_muc_ke", "trich_do") and one.told("area_m2")]
    return {
        "key": key, "area_m2": piece.measured, "legal_area_m2": None if title is None else title.area,
        "land_use": uses, "owner": owner, "serial": None if title is None else title.serial,
        "knowable": {
            "area_m2": any(one.read["area_m2"].value == piece.measured for one in surveyed),
            "legal_area_m2": any(one.told("area_m2") for one in legal),
            "land_use": uses_told, "owner": owner_told, "serial": any(one.told("serial") for one in legal),
        },
    }  # fmt: skip


def _owner(piece: Piece, title: Title | None, legal: Sequence[Given], own: Sequence[Given]) -> tuple[str, bool]:
    """Return who holds by the certificate, after the changes written on it; without one, who the last book names."""
    if title is not None:
        name = title.holders[0].name
        if title.noted:
            return name, any(one.shows("change_note") for one in legal if one.paper in title.noted)
        return name, any(one.shows("owners") and _names(one, name) for one in legal)
    named = sorted((one for one in own if one.shows("owners")), key=lambda one: one.paper.day)
    return piece.holder.name, bool(named) and _names(named[-1], piece.holder.name)


def _names(one: Given, name: str) -> bool:
    return bool(plain(one.read["owners"].value[0]["name"]) == plain(name))


def _uses(title: Title | None, legal: Sequence[Given], own: Sequence[Given]) -> tuple[list[Any], bool]:
    """Return the codes of the certificate from 2004, without one the digital map's book's; words are not judged."""
    if title is not None:
        codes = [use["code"] for use in title.uses]
        return codes, title.form != "gcn_1993" and any(one.told("land_use") for one in legal)
    rows = [one for one in own if one.paper.kind == "so_muc_ke" and one.told("land_use")]
    if not rows or not rows[-1].paper.node.survey.endswith("digital"):
        return [], False
    return [use["code"] for use in rows[-1].read["land_use"].value], True
