"""Which parcel of one map series is which of the next, as far as the papers of a batch name both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from typing import Any, Literal

from samples.past import Place

LINEAGE = ("from_key", "to_key", "relation", "p", "evidence", "printed")
#: Numberings in their order in time; `former` are numbers of today's map that were divided or joined since.
_STAGES = ("299", "1993", "former", "now")
Stage = Literal["299", "1993", "former", "now"]


def lineage_rows(
    parcels: Sequence[Mapping[str, Any]], entries: Iterable[Mapping[str, Any]], parts: Mapping[Place, int]
) -> list[dict[str, str]]:
    """Return a row for each pair of keys that follow each other in time on the same ground.

    `printed` is `yes` where a paper of the later numbering prints the earlier one's, else `no`; `evidence` is the
    entry that does; `p` is 1, as this is the truth. `parts` says which piece of a joined parcel a place was.
    """
    keys: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    bridged: dict[tuple[int, str], str] = {}
    by_number = {(p["unit_code"], p["sheet_no"], p["parcel_no"]): p for p in parcels}
    rows: list[dict[str, str]] = []
    for entry in entries:
        values = {name: field["value"] for name, field in entry["fields"].items()}
        if not {"unit_code", "sheet_no", "parcel_no"} <= values.keys():
            continue
        today = parcels[entry["parcel"]]
        if entry["series"] == "now" and values["unit_code"] != today["unit_code"]:
            continue
        stage, own = _stage(entry["series"], values, today)
        for index in (entry["parcel"], *entry["also"]):
            key = parcels[index]["parcel_key"] if stage == "now" else own
            for part in _parts(parcels[index], stage, index, values, parts):
                keys[index, part, stage].add(key)
            for place in _named(values):
                bridged.setdefault((index, place), entry["entry_id"])
        if stage == "now":
            rows += _carved(values, today, by_number, entry["entry_id"])
    pairs: dict[tuple[str, str], int] = {}
    for index, part in dict.fromkeys((index, part) for index, part, _ in sorted(keys)):
        told = [(stage, keys[index, part, stage]) for stage in _STAGES if (index, part, stage) in keys]
        for (_, before), (_, after) in pairwise(told):
            for one, other in product(sorted(before), sorted(after)):
                pairs.setdefault((one, other), index)
    for (one, other), index in pairs.items():
        evidence = bridged.get((index, one.split("/", 1)[1]), "")
        rows.append(_row(one, other, _relation(one, other, pairs), evidence))
    return list({(row["from_key"], row["to_key"]): row for row in rows}.values())


def _stage(series: str, values: Mapping[str, Any], today: Mapping[str, Any]) -> tuple[Stage, str]:
    place = f"{values['sheet_no']}/{values['parcel_no']}"
    if series in ("299", "1993"):
        return ("299" if series == "299" else "1993"), f"{values['unit_code']}@{series}/{place}"
    if values["parcel_no"] in today["came_of"]:
        return "former", f"{today['parcel_key'].split('/')[0]}/{place}"
    return "now", today["parcel_key"]


def _parts(
    parcel: Mapping[str, Any], stage: Stage, index: int, values: Mapping[str, Any], parts: Mapping[Place, int]
) -> Iterable[int]:
    """Return the pieces of a parcel that a key stands for: all of them today, one on an earlier map."""
    pieces = parcel["came_of"]
    if len(pieces) < 2:
        return (0,)
    if stage == "now":
        return range(len(pieces))
    if stage == "former":
        return (pieces.index(values["parcel_no"]),)
    return (parts.get((index, stage, values["sheet_no"], values["parcel_no"]), 0),)


def _named(values: Mapping[str, Any]) -> Iterable[str]:
    """Return the earlier places that an entry names, `sheet/parcel`."""
    if "old_parcel_no" in values:
        yield f"{values['old_sheet_no']}/{values['old_parcel_no']}"
    for ref in values.get("refs", ()):
        if ref["type"] == "parcel":
            yield ref["value"] if "/" in ref["value"] else f"{values['sheet_no']}/{ref['value']}"


def _carved(
    values: Mapping[str, Any], today: Mapping[str, Any], by_number: Mapping[tuple[str, str, str], Any], entry_id: str
) -> list[dict[str, str]]:
    """Return a row for a parcel that was cut from a neighbour which kept its number."""
    note = values.get("change_note") or ""
    if not note.startswith("Tách từ") or today["came_of"]:
        return []
    out = []
    for place in _named(values):
        whole = by_number.get((today["unit_code"], *place.split("/", 1)))
        if whole:
            out.append(_row(whole["parcel_key"], today["parcel_key"], "split", entry_id))
    return out


def _relation(one: str, other: str, pairs: Iterable[tuple[str, str]]) -> str:
    links = list(pairs)
    if sum(before == one for before, _ in links) > 1:
        return "split"
    return "merge" if sum(after == other for _, after in links) > 1 else "same"


def _row(one: str, other: str, relation: str, evidence: str) -> dict[str, str]:
    printed = "yes" if evidence else "no"
    return dict(zip(LINEAGE, (one, other, relation, "1", evidence, printed), strict=True))
