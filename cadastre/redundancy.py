"""What a paper says twice: the area in digits, in words, as a sum of shares and of purposes, and from its corners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Literal

from cadastre.grid import shoelace_m2
from cadastre.landuse import LandUses, total_m2
from cadastre.papers import Paper

#: Sums may be off by the rounding of printed tenths; an error of one tenth must show (domain.md 13.3).
SUM_TOLERANCE_M2 = 0.05
#: Corners to the centimetre give a house parcel's area to about a tenth (facts: corner tables).
CORNERS_TOLERANCE_M2 = 0.15

Proof = Literal["words", "purposes", "shares", "corners", "twice"]


@dataclass(frozen=True, slots=True)
class SettledArea:
    """The area that the paper's own evidence singles out among the votes.

    `proofs` name what agrees with `value`; `proven` where they single it out and nothing else is proven as well.
    `shares` are private and shared, `words_m2` the words' number, `uses` the purposes that fit; None where none does.
    """

    value: float | None
    proven: bool
    proofs: frozenset[Proof]
    shares: tuple[float | None, float | None] | None
    words_m2: float | None
    uses: LandUses | None


def near(one: float, other: float, tolerance: float = SUM_TOLERANCE_M2) -> bool:
    """Return whether two areas in m² are the same within the tolerance."""
    return abs(one - other) <= tolerance + 1e-9


def _options(paper: Paper, name: str) -> tuple[float, ...]:
    seen = paper.areas.get(name)
    return seen.options if seen else ()


def _shares(paper: Paper) -> list[tuple[float | None, float | None]]:
    """Return every private and shared area that the votes allow; a share that is not printed is None."""
    private, shared = _options(paper, "private_m2"), _options(paper, "shared_m2")
    if not private and not shared:
        return []
    return list(product(private or (None,), shared or (None,)))


def _fitting_shares(paper: Paper, area: float) -> tuple[float | None, float | None] | None:
    return next((pair for pair in _shares(paper) if near((pair[0] or 0.0) + (pair[1] or 0.0), area)), None)


def _fitting_words(paper: Paper, area: float) -> float | None:
    return next((words for words in _options(paper, "area_words_m2") if near(words, area, 1e-6)), None)


def _purposes(paper: Paper) -> Iterable[LandUses]:
    seen = paper.land_uses.get("land_use")
    return seen.options if seen else ()


def _fitting_uses(paper: Paper, area: float) -> LandUses | None:
    for read in _purposes(paper):
        total = total_m2(read.uses)
        if total is not None and near(total, area):
            return read
    return None


def surveyed_m2(paper: Paper) -> float | None:
    """Return the area inside the corners, where the corner table holds together."""
    if paper.survey is None or paper.survey.outcome == "review":
        return None
    return shoelace_m2(paper.survey.corners)


def _proofs(paper: Paper, area: float) -> frozenset[Proof]:
    proofs: set[Proof] = set()
    if _fitting_words(paper, area) is not None:
        proofs.add("words")
    if _fitting_uses(paper, area) is not None:
        proofs.add("purposes")
    if _fitting_shares(paper, area) is not None:
        proofs.add("shares")
    surveyed = surveyed_m2(paper)
    if surveyed is not None and near(surveyed, area, CORNERS_TOLERANCE_M2):
        proofs.add("corners")
    if any(near(legal, area, 1e-6) for legal in _options(paper, "legal_area_m2")):
        proofs.add("twice")
    return frozenset(proofs)


def settle_area(paper: Paper) -> SettledArea:
    """Return the area that most of the paper's own evidence confirms; the words weigh more than all the rest."""
    seen = paper.areas.get("area_m2")
    if seen is None or not seen.options:
        return SettledArea(None, False, frozenset(), None, None, None)
    proofs = {area: _proofs(paper, area) for area in seen.options}
    weight = {area: ("words" in found, len(found)) for area, found in proofs.items()}
    best = max(seen.options, key=lambda area: (weight[area], -seen.options.index(area)))
    tied = [area for area in seen.options if weight[area] == weight[best]]
    contradicted = bool(_options(paper, "area_words_m2")) and "words" not in proofs[best]
    return SettledArea(
        value=best,
        proven=bool(proofs[best]) and len(tied) == 1 and not contradicted,
        proofs=proofs[best],
        shares=_fitting_shares(paper, best),
        words_m2=_fitting_words(paper, best),
        uses=_fitting_uses(paper, best),
    )
