"""How likely a link is right, by what speaks for it: a published table that was measured on generated districts.

The linker's odds are too sure where papers are missing, for a parcel that no paper shows is no rival, and they take
each sort of evidence as if the others told nothing of it. So what is told is how often links with such signs were
right: a logistic regression over the signs of a link (codes/link_probability.csv), whose bits add up to its log odds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log2
from typing import Literal

from cadastre.linking.link_support import Support
from schemas.parcels import Relation
from schemas.weights import load_link_probabilities

Sort = Literal["same", "divided", "inside"]
#: Levels of a comparison that tell alike how sure a link is; those that are not named count as nothing told.
_GROUPS: Mapping[str, Mapping[str, str]] = {
    "holder": {
        "identity_number": "known",
        "two_names": "known",
        "name_of_one": "rare_name",
        "name_of_few": "rare_name",
        "name_of_some": "name",
        "name_of_many": "common_name",
        "near_name": "near_name",
        "middle_name_lost": "near_name",
        "same_clan": "same_clan",
        "body_before": "body_before",
        "body_since": "other",
        "other": "other",
    },
    "area": {
        "equal": "equal",
        "equal_rare": "equal_rare",
        "equal_some": "equal_some",
        "equal_common": "equal_common",
        "within_1": "within_2",
        "within_2": "within_2",
        "within_5": "within_5",
        "within_10": "within_10",
        "within_20": "within_20",
        "other": "other",
    },
    "around": {
        "line_of_many": "line_of_many",
        "amid": "amid",
        "line_of_some": "line_of_some",
        "beside_in_line": "line_of_some",
        "line_of_few": "line_of_few",
        "in_line": "line_of_few",
        "next_to": "near",
        "close": "near",
        "beside": "near",
        "same_sheet": "sheet",
        "sheet_of_most": "sheet",
        "sheet_of_some": "sheet",
        "elsewhere": "elsewhere",
    },
}
#: Comparisons whose level counts alike for all sorts of links.
_ALIKE = ("papers", "numbers", "hamlet", "toponym", "ground", "shape")
#: Comparisons of lots inside one sheet (cadastre/linking/set_signs.py).
_INSIDE = ("sum", "users", "days", "book", "beside")
#: Comparisons of how large two lots are, or where they lie.
_SIZES = frozenset({"area", "shape", "sum"})
_SURE_BITS, _MOST_BITS = 14.0, 40.0  # of the linker's own odds
#: No count of this size can say that none is ever wrong.
_HIGHEST = 0.999
#: A new survey seldom gives a parcel its old number: where no paper says so, the later paper may follow the old map.
_OF_ONE_NUMBER = 0.99
#: Papers of one number with other users and another area: one of them is of another parcel, its number misread.
_AT_ODDS = 0.99
#: An area that many parcels of a map have singles none out (house plots and paddy of 500 m²), where no paper says more;
#: nor do papers of which one has no area.
_COMMON_AREA = _NO_AREA = 0.99


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a link: levels by comparison, the linker's own `odds`, how many papers print the older number.

    `papers` are how many entries tell of the older and of the newer lot; `inside`: both are of one sheet.
    `one_number`: both bear one number on two maps of a commune. `at_odds`: papers of one of the two contradict each
    other in users and area.
    """

    relation: Relation
    inside: bool
    levels: Mapping[str, str]
    odds: float
    printed: int
    papers: tuple[int, int]
    support: Support
    one_number: bool = False
    at_odds: bool = False


def signs(seen: Seen) -> dict[str, float]:
    """Return the signs of a link, by the names of the table, and how much of each there is."""
    sort: Sort = "same" if seen.relation in ("same", "unit_change") else "inside" if seen.inside else "divided"
    return {f"{sort}:{name}": value for name, value in _of_its_sort(seen, sort)} | dict(_of_all(seen))


def _of_its_sort(seen: Seen, sort: Sort) -> Iterator[tuple[str, float]]:
    yield ("printed" if seen.printed or seen.levels.get("bridge") == "printed" else "not_printed"), 1.0
    if seen.printed > 1:
        yield "printed_again", 1.0
    for name, groups in _GROUPS.items() if sort != "inside" else ():
        yield f"{name}={groups.get(seen.levels.get(name, ''), 'unknown')}", 1.0
    for name in _INSIDE if sort == "inside" else ():
        yield f"{name}={seen.levels.get(name, 'unknown')}", 1.0
    if seen.levels.get("bridge") == "other_printed":
        yield "bridge=other_printed", 1.0
    bits = min(_MOST_BITS, -log2(max(1.0 - seen.odds, 1e-12)))
    yield "odds", min(bits, _SURE_BITS)
    yield "odds_beyond", max(bits - _SURE_BITS, 0.0)
    yield "neighbours_beside", float(seen.support.beside)
    yield "neighbours_astray", float(seen.support.astray)
    if seen.support.rival and sort == "same":
        yield "rival", 1.0


def _of_all(seen: Seen) -> Iterator[tuple[str, float]]:
    for name in _ALIKE:
        if name in seen.levels:
            yield f"{name}={seen.levels[name]}", 1.0
    if seen.levels.get("bridge") == "printed_without_sheet":
        yield "bridge=printed_without_sheet", 1.0
    if seen.levels.get("row", "other") != "other":
        yield "row=agrees", 1.0
    yield "sheet_went", seen.support.went
    yield "sheet_came", seen.support.came
    for name, many in zip(("papers_older", "papers_newer"), seen.papers, strict=True):
        yield name, log2(max(many, 1))


def probability(seen: Seen) -> float:
    """Return how often such links were right."""
    table = load_link_probabilities()
    bits = sum(table.get(name, 0.0) * value for name, value in signs(seen).items())
    return round(min(1.0 / (1.0 + 2.0 ** -max(min(bits, 60.0), -60.0)), _highest(seen)), 4)


def _highest(seen: Seen) -> float:
    """Return how sure a link may be at most: makers of districts that were left out of the count were wrong there."""
    told = seen.printed or seen.levels.get("bridge") == "printed"
    if seen.at_odds:
        return _AT_ODDS
    if seen.one_number and not seen.printed:
        return _OF_ONE_NUMBER
    if not told and seen.levels.get("area") == "equal_common":
        return _COMMON_AREA
    if not told and seen.relation in ("same", "unit_change") and seen.levels.keys().isdisjoint(_SIZES):
        return _NO_AREA
    return _HIGHEST
