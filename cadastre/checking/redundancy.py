"""What a paper says twice: the area in digits, in words, as a sum of shares and of purposes, and from its corners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Literal

from cadastre.checking.papers import Paper
from cadastre.ground.grid import shoelace_m2
from cadastre.words.landuse import LandUses, total_m2

#: Printed sums are exact; an error of one tenth must show (domain.md 13.3).
SUM_TOLERANCE_M2 = 0.01
#: Corners to the centimetre give a house parcel's area to about a tenth (facts: corner tables).
CORNERS_TOLERANCE_M2 = 0.15

Proof = Literal["words", "purposes", "shares", "corners", "twice"]


@dataclass(frozen=True, slots=True)
class SettledArea:
    """The area that the paper's own evidence singles out among the votes.

    `proofs` name what agrees with `value`; `proven` where they single it out and nothing else is proven as well.
    `shares` are private and shared, `words_m2` the words' number, `uses` the purposes that fit; None where none does.
    `one_sum`: no two readings of the purposes fit.
    """

    value: float | None
    proven: bool
    proofs: frozenset[Proof]
    shares: tuple[float | None, float | None] | None
    words_m2: float | None
    uses: LandUses | None
    one_sum: bool


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


def _all_fitting_uses(paper: Paper, area: float) -> list[LandUses]:
    totals = ((read, total_m2(read.uses)) for read in _purposes(paper))
    return [read for read, total in totals if total is not None and near(total, area)]


def _fitting_uses(paper: Paper, area: float) -> LandUses | None:
    return next(iter(_all_fitting_uses(paper, area)), None)


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


def _engines(paper: Paper, area: float, proofs: frozenset[Proof]) -> frozenset[str]:
    """Return the engines that read the area or what confirms it; one engine may misread one glyph at every place."""
    found = paper.areas["area_m2"].backers(area)
    if "shares" in proofs and (shares := _fitting_shares(paper, area)):
        for name, share in zip(("private_m2", "shared_m2"), shares, strict=True):
            if share:  # `Không` says nothing of the digits
                found |= paper.areas[name].backers(share)
    if "purposes" in proofs and (uses := _fitting_uses(paper, area)):
        found |= paper.land_uses["land_use"].backers(uses)
    if "twice" in proofs:
        found |= paper.areas["legal_area_m2"].backers(area)
    return found


def settle_area(paper: Paper) -> SettledArea:
    """Return the area that most of the paper's own evidence confirms; the words weigh more than all the rest."""
    seen = paper.areas.get("area_m2")
    if seen is None or not seen.options:
        return SettledArea(None, False, frozenset(), None, None, None, False)
    proofs = {area: _proofs(paper, area) for area in seen.options}
    weight = {area: ("words" in found, len(found)) for area, found in proofs.items()}
    best = max(seen.options, key=lambda area: (weight[area], -seen.options.index(area)))
    tied = [area for area in seen.options if weight[area] == weight[best]]
    independent = bool(proofs[best] & {"words", "corners"}) or len(_engines(paper, best, proofs[best])) > 1
    contradicted = bool(_options(paper, "area_words_m2")) and "words" not in proofs[best]
    return SettledArea(
        value=best,
        proven=bool(proofs[best]) and independent and len(tied) == 1 and not contradicted,
        proofs=proofs[best],
        shares=_fitting_shares(paper, best),
        words_m2=_fitting_words(paper, best),
        uses=_fitting_uses(paper, best),
        one_sum=len({read.uses for read in _all_fitting_uses(paper, best)}) == 1,
    )
