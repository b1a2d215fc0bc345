"""How two lots of different map series are compared: the model that Splink runs, as data.

Weights are those of Fellegi and Sunter (1969): m is the probability of a level where two lots are one parcel, u where
they are not. They stand in codes/linkage_weights.json: most come from expectation maximisation without labels
(`linkage.estimate`, `python -m benchmarks.linking_tables`), those of area, bridge, numbers and shape were set by hand,
those of around, row and bodies that held land counted with the truth of generated districts (docs/lineage.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from splink.internals.comparison_creator import ComparisonCreator

from cadastre.linking.alignment import BANDS
from schemas.weights import Weights

#: A name agrees too where a note of the newer lot tells that the land came from the older one's user, or one of the
#: older that it passed to the newer one's.
_NAMES = "(list_has_any(names_{n}_l, came_from_{n}_r) or list_has_any(passed_to_{n}_l, names_{n}_r))"


def _least(over: str, expression: str) -> str:
    """Return the SQL of the least value of an expression in a and b over two lists."""
    return f"list_min(list_transform({over}_l, lambda a : list_min(list_transform({over}_r, lambda b : {expression}))))"


def _off(places: str) -> str:
    """Return the SQL of how many numbers the newer lot lies from the nearest of some places."""
    return f"list_min(list_transform({places}_l, lambda p : abs(p - place_no_r)))"


_DRAWN = "list_contains(shape_near_l, number_r)"  # both are, and overlap: nothing tells better where they lie
_ON_LINES = "list_contains(on_{n}_lines_l, place_no_r)"  # where so many neighbours tell that it is, or more
_AREA_GAP = _least("areas", "abs(a - b) / greatest(a, b)")
_AREA_OFF = _least("areas", "abs(a - b)")
_NAME_OFF = _least("names", "1 - jaro_winkler_similarity(a, b)")

#: name of the comparison -> (level, condition on the two lots), the first that holds counts; the last holds always.
LEVELS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "holder": (
        ("unknown", "len(names_l) = 0 or len(names_r) = 0"),
        ("identity_number", "list_has_any(ids_l, ids_r)"),
        ("two_names", "len(list_intersect(names_l, names_r)) > 1 and not (bodies_l or bodies_r)"),
        ("name_of_one", _NAMES.format(n=1)),
        ("name_of_few", _NAMES.format(n=2)),
        ("name_of_some", _NAMES.format(n=3)),
        ("name_of_many", _NAMES.format(n=4)),
        ("body_before", "bodies_l and not bodies_r"),
        ("body_since", "bodies_r and not bodies_l"),
        ("near_name", f"{_NAME_OFF} <= 0.06"),
        ("middle_name_lost", "list_has_any(kin_l, kin_r)"),
        ("same_clan", "list_has_any(surnames_l, surnames_r)"),
        ("other", "else"),
    ),
    "area": (
        ("unknown", f"len(areas_l) = 0 or len(areas_r) = 0 or {_DRAWN}"),
        ("equal", f"{_AREA_OFF} <= 0.15 and not round_l"),
        ("equal_rare", f"{_AREA_OFF} <= 0.6 and greatest(crowd_l, crowd_r) <= 2"),
        ("equal_some", f"{_AREA_OFF} <= 0.6 and greatest(crowd_l, crowd_r) <= 8"),
        ("equal_common", f"{_AREA_OFF} <= 0.6"),
        ("within_1", f"{_AREA_GAP} <= 0.01"),
        ("within_2", f"{_AREA_GAP} <= 0.02"),
        ("within_5", f"{_AREA_GAP} <= 0.05"),
        ("within_10", f"{_AREA_GAP} <= 0.10"),
        ("within_20", f"{_AREA_GAP} <= 0.20"),
        ("other", "else"),
    ),
    "ground": (
        ("unknown", "len(ground_l) = 0 or len(ground_r) = 0"),
        ("same", "ground_l = ground_r"),
        ("compatible", "list_has_any(ground_l, ground_r)"),
        ("other", "else"),
    ),
    "toponym": (
        ("unknown", "toponym_l is null or toponym_r is null"),
        ("same", "jaro_winkler_similarity(toponym_l, toponym_r) >= 0.88"),
        ("other", "else"),
    ),
    "hamlet": (
        ("unknown", "len(hamlets_l) = 0 or len(hamlets_r) = 0"),
        ("same", "list_has_any(hamlets_l, hamlets_r)"),
        ("other", "else"),
    ),
    "papers": (
        ("unknown", "len(papers_l) = 0 or len(named_r) = 0"),
        ("shared", "list_has_any(papers_l, named_r)"),
        ("other", "else"),
    ),
    "bridge": (
        ("unknown", "len(olds_r) = 0"),
        ("printed", "list_contains(olds_r, place_l)"),
        ("printed_without_sheet", "list_contains(olds_r, bare_l)"),
        ("other_printed", "else"),
    ),
    "numbers": (
        ("unknown", "not (list_contains(kept_l, numbering_r) or list_contains(parcel_kept_l, numbering_r))"),
        ("kept", "list_contains(kept_l, numbering_r) and place_l = place_r"),
        ("parcel_kept", "list_contains(parcel_kept_l, numbering_r) and bare_l = bare_r"),
        ("other", "else"),
    ),
    "around": (
        ("unknown", f"len(near_sheets_l) + len(some_sheets_l) = 0 or place_no_l + place_no_r is null or {_DRAWN}"),
        ("line_of_many", _ON_LINES.format(n=6)),
        ("amid", f"{_off('amid')} = 0"),
        ("line_of_some", _ON_LINES.format(n=4)),
        ("beside_in_line", f"{_off('beside')} <= 2 and {_ON_LINES.format(n=1)}"),
        ("beside", f"{_off('beside')} <= 2"),
        ("line_of_few", _ON_LINES.format(n=2)),
        ("in_line", _ON_LINES.format(n=1)),
        (
            "next_to",
            f"list_contains(near_sheets_l, sheet_r) and {_off('near_places')} <= 4",
        ),
        (
            "close",
            f"list_contains(near_sheets_l, sheet_r) and {_off('near_places')} <= 20",
        ),
        ("same_sheet", "list_contains(near_sheets_l, sheet_r)"),
        ("sheet_of_most", "list_contains(most_sheets_l, sheet_r)"),
        ("sheet_of_some", "list_contains(some_sheets_l, sheet_r)"),
        ("elsewhere", "else"),
    ),
    "row": (
        ("unknown", f"not row_told_l or {_DRAWN}"),
        *((f"agrees_{n}", f"list_contains(row_{n}_l, number_r)") for n in range(len(BANDS))),
        ("other", "else"),
    ),
    "shape": (
        ("unknown", "not shape_l or not shape_r"),
        ("same", "list_contains(shape_same_l, number_r)"),
        ("half", "list_contains(shape_half_l, number_r)"),
        ("overlaps", "list_contains(shape_near_l, number_r)"),
        ("apart", "else"),
    ),
}


def comparisons(weights: Weights | None) -> list[ComparisonCreator | dict[str, Any]]:
    """Return the comparisons in Splink's form, with m and u where they are known."""
    return [
        {
            "output_column_name": name,
            "comparison_levels": [
                _level(level, condition, (weights or {}).get(name, {})) for level, condition in levels
            ],
        }
        for name, levels in LEVELS.items()
    ]


def _level(name: str, condition: str, weights: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": "ELSE" if condition == "else" else condition, "label_for_charts": name}
    if name == "unknown":
        return {**level, "is_null_level": True}
    if name in weights:
        level["m_probability"], level["u_probability"] = weights[name]
    return level


def level_of(comparison: str, gamma: int) -> str:
    """Return the level that Splink numbers so: -1 is the unknown one, 0 the last."""
    levels = LEVELS[comparison]
    return levels[0][0] if gamma < 0 else levels[len(levels) - 1 - gamma][0]


def number_of(comparison: str, level: str) -> int:
    """Return the number that Splink gives to a level."""
    names = [name for name, _ in LEVELS[comparison]]
    return len(names) - 1 - names.index(level) if names.index(level) else -1
