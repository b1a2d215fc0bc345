"""The truth of what stands at the end: every living, attested key with its areas, use, holder and certificate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from cadastre.words.folding import key as folded
from samples.district import uses
from samples.district.folk import House
from samples.district.said import Said, keyed, true_value
from samples.district.world import Lot, Node, World

_LEGAL = frozenset({"gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh"})
_END = date(2024, 12, 31)


def current_lines(world: World, known: Mapping[Node, str], papers: Sequence[Said]) -> list[dict[str, Any]]:
    """Return a line for each living lot, under the latest of its numbers that is attested.

    Each attribute has `value`, the truth at the end of 2025; `told`, what the last given paper of the parcel with an
    accepted key and an accepted value says (as printed, whatever was read); and `knowable`: both are the same.
    `in_review` says that they would be if values that wait counted too. `owners` holds the names of the holder, first
    the head; `told` is by the latest legal paper or note of a sale or inheritance, else by the latest paper of any
    kind, and `knowable` compares the first name. A lot of which no number is attested has no line.
    """
    by_lot: dict[int, list[Said]] = defaultdict(list)
    for said in papers:
        if keyed(said):
            by_lot[said.lot.number].append(said)
    out = []
    for lot in world.lots.values():
        bore = [node for node in lot.nodes if node in known]
        if bore:
            said_of = sorted(by_lot[lot.number], key=lambda said: said.day)
            out.append(_line(lot, known[bore[-1]], lot.node is bore[-1], said_of))
    return sorted(out, key=lambda line: str(line["parcel_key"]))


def _line(lot: Lot, name: str, newest: bool, papers: Sequence[Said]) -> dict[str, Any]:
    title = lot.title
    holder = lot.holder
    names = [person.name for person in holder.couple] if isinstance(holder, House) else [holder]
    modern = [said for said in papers if said.day.year >= 2004]
    urban = any(use["code"] == "ODT" for said in modern[-1:] for use in true_value(said, "land_use") or ())
    measured = [said for said in papers if said.node.series.startswith(lot.node.series.removesuffix("+"))] or papers
    legal = [said for said in papers if said.kind in _LEGAL]
    return {
        "parcel_key": name,
        "newest_number": newest,
        "legal_area_m2": _known(title.area_m2 if title else None, legal, "area_m2"),
        "area_m2": _known(lot.node.area_m2, measured, "area_m2"),
        "land_use": _known(uses.codes(lot.cover, _END, urban=urban), modern, "land_use", _code_list),
        "owners": _owners(names, papers),
        "serial": _known(title.serial if title else None, papers, "serial"),
        "issued_on": title.issued_on.isoformat() if title else None,
    }


def _code_list(value: Any) -> Any:
    """Return the codes of a list of purposes, HNK under its name before 2025."""
    return ["BHK" if use["code"] == "HNK" else use["code"] for use in value]


def _known(
    value: Any, papers: Sequence[Said], field: str, form: Callable[[Any], Any] = lambda value: value
) -> dict[str, Any]:
    """Return what is so beside what the last of the papers (in order of time) says."""
    saying = [said for said in papers if true_value(said, field) is not None]
    accepted = [said for said in saying if said.statuses.get(field, "accepted") == "accepted"]
    told = form(true_value(accepted[-1], field)) if accepted else None
    waiting = bool(saying) and form(true_value(saying[-1], field)) == value
    knows = value is not None and told == value
    return {"value": value, "told": told, "knowable": knows, "in_review": waiting and not knows}


def _owners(names: list[str], papers: Sequence[Said]) -> dict[str, Any]:
    dated: list[tuple[bool, date, list[str], bool]] = []
    for said in papers:
        owners = [str(owner["name"]) for owner in true_value(said, "owners") or ()]
        waits = said.statuses.get("owners", "accepted") != "accepted"
        if owners:
            dated.append((said.kind in _LEGAL, said.day, owners, waits))
        dated += [(True, when, [who], waits) for when, who in said.passed]
    if not dated:
        return {"value": names, "told": None, "knowable": False, "in_review": False}
    _, _, told, waits = max(dated, key=lambda word: word[:2])
    agrees = folded(told[0]) == folded(names[0])
    return {"value": names, "told": told, "knowable": agrees and not waits, "in_review": agrees and waits}
