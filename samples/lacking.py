"""What a batch lacks by its own papers: certificates, decisions and pages named, numbers left out; and decoys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from samples.paper import Slip

MISSING = ("kind", "what", "unit_code", "reason", "file", "status")

#: What a paper may name and the batch may lack: the type of the reference, the kind of the case.
_LACKED = {"serial": "certificate", "decision": "decision", "page": "page"}
_NAMING = ("gcn", "so_dia_chinh", "so_cap_gcn", "so_muc_ke")
_BOOKS = ("so_dia_chinh", "so_cap_gcn")


def case(kind: str, what: str, unit: str, reason: str, file: str, status: str = "suspected") -> dict[str, str]:
    """Return a row of missing.csv; the status `misread` says that nothing is missing, a number only looks so."""
    return dict(zip(MISSING, (kind, what, unit, reason, file, status), strict=True))


def _value(line: Mapping[str, Any], name: str) -> Any:
    return line["fields"].get(name, {}).get("value")


def named(line: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return a case for each certificate, decision or page that an entry names."""
    if line["kind"] not in _NAMING:
        return []
    unit, file = _value(line, "unit_code"), line["file"]
    refs = [(ref["type"], ref["value"]) for ref in _value(line, "refs") or []]
    if line["kind"] in _BOOKS and _value(line, "serial"):
        refs.append(("serial", _value(line, "serial")))
    return [case(_LACKED[kind], value, unit, "dangling_reference", file) for kind, value in refs if kind in _LACKED]


def skipped(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return a case for each number that the rows of one issue book leave out.

    A number that stands there with one digit taken for another is not missing: its case has the status `misread`.
    """
    if not lines or lines[0]["kind"] != "so_cap_gcn":
        return []
    unit, file = _value(lines[0], "unit_code"), lines[0]["file"]
    confused = {slip.true for line in lines for slip in confusions(line) if slip.name == "register_no"}
    misprinted = {slip.printed for line in lines for slip in confusions(line) if slip.name == "register_no"}
    printed = {_value(line, "register_no") for line in lines} - misprinted
    numbers = sorted(int(text.split(" ")[1]) for text in printed | confused)
    out = [
        case("register_row", f"H {number:05d}", unit, "sequence_gap", file)
        for one, other in pairwise(numbers)
        for number in range(one + 1, other)
    ]
    return out + [case("register_row", text, unit, "sequence_gap", file, "misread") for text in sorted(confused)]


def confusions(line: Mapping[str, Any]) -> list[Slip]:
    """Return the decoys of an entry: numbers with one digit taken for another."""
    return [slip for slip in line["slips"] if slip.fault == "confused_digit"]


def still_missing(
    cases: Iterable[dict[str, str]], entries: Iterable[Mapping[str, Any]], pages: Iterable[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """Return each case once, without those whose paper is in the batch, decoys of papers that are as `misread`."""
    held: set[tuple[str, str]] = {("page", p["printed_no"]) for p in pages if p["kind"] == "so_dia_chinh"}
    meant: dict[str, str] = {}
    for entry in entries:
        for name, kind in (("serial", "certificate"), ("decision_no", "decision")):
            if name in entry["fields"] and entry["kind"] in ("gcn", "quyet_dinh"):
                held.add((kind, _value(entry, name)))
        meant |= {slip.printed: slip.true for slip in confusions(entry) if slip.name == "serial"}
    lacked = {(one["kind"], one["what"], one["reason"]): one for one in reversed(list(cases))}
    out = []
    for one in reversed(lacked.values()):
        if one["reason"] == "dangling_reference" and (one["kind"], one["what"]) in held:
            continue
        decoy = one["kind"] == "certificate" and ("certificate", meant.get(one["what"], "")) in held
        out.append(one | {"status": "misread"} if decoy else one)
    return out
