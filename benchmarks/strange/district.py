"""One district of a seed: communes, land, forty years, the papers that are left, and the truth."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.strange.communes import CASES, Commune, communes_of
from benchmarks.strange.ground import Settler
from benchmarks.strange.hardness import hard_steps
from benchmarks.strange.land import Country, Piece
from benchmarks.strange.papers import Archive, Line
from benchmarks.strange.reading import Grade
from benchmarks.strange.standing import END, current
from benchmarks.strange.truth import Keys, steps
from benchmarks.strange.works import Notes
from benchmarks.strange.writing import Given, hand_over
from benchmarks.strange.years import Chronicle
from schemas.tables import load_tables

_FIRST_SHARE = 0.78  # pieces of 1980 for each parcel wanted at the end
_M2_FOR_EACH = 1_000.0  # a first guess at the land for each piece of 1980
_CORNER = (556_000.0, 1_730_000.0)


@dataclass(frozen=True, slots=True)
class District:
    """A district with its land, all papers ever made, the entries at hand, and the truth about them."""

    case: str
    country: Country
    lines: list[Line]
    given: list[Given]
    keys: Keys
    lineage: list[tuple[str, str, str, bool]]  # from_key, to_key, relation, hard
    current: list[dict[str, Any]]

    @property
    def living(self) -> list[Piece]:
        """Return the pieces that are there at the end."""
        return [piece for piece in self.country.pieces if piece.lives(END)]

    def counts(self) -> dict[str, Any]:
        """Return what a reader of the results wants to know of the district's size and hardness."""
        relations = Counter(relation for _, _, relation, _ in self.lineage)
        hard = sum(one[3] for one in self.lineage)
        knowable = {
            name: (
                sum(row["knowable"][name] for row in self.current),
                sum(row[name] is not None for row in self.current),
            )
            for name in ("legal_area_m2", "area_m2", "land_use", "owner", "serial")
        }
        return {
            "case": self.case, "entries": len(self.given), "attesting": sum(one.attests for one in self.given),
            "living_pieces": len(self.living), "living_with_key": len(self.current),
            "links": len(self.lineage), "relations": dict(sorted(relations.items())),
            "hard": hard, "hard_share": round(hard / (len(self.lineage) or 1), 3), "knowable": knowable,
        }  # fmt: skip


def make_district(
    seed: int, parcels: int = 2000, grade: Grade = "none", case: str | None = None, notes: Notes = "few"
) -> District:
    """Return the district of a seed: the same arguments give the same district."""
    tables = load_tables()
    country = Country(random.Random(f"strange/{seed}"), tables)
    chance = country.chance
    case = case or chance.choice(CASES)
    parts, others = communes_of(case, tables)
    _settle(country, (*parts, *others), parcels)
    archive = Archive(country, seed)
    chronicle = Chronicle(country, archive, notes)
    second = chance.random() < 0.75
    chronicle.plan_old_years(parts, parts[0].parent, second_map=second)
    for other in others:
        chronicle.plan_old_years((other,), other.code, second_map=not second)
    _plan_new_years(chronicle, (*parts, *others), chance)
    chronicle.run()
    return _with_truth(case, country, archive.lines, grade, seed)


def _settle(country: Country, communes: tuple[Commune, ...], parcels: int) -> None:
    """Settle the communes on land enough for the parcels wanted; the draw of fields decides how much that is."""
    shares = [country.chance.uniform(0.7, 1.3) for _ in communes]
    wanted, area = parcels * _FIRST_SHARE, parcels * _FIRST_SHARE * _M2_FOR_EACH
    for _ in range(6):
        for kept in (country.pieces, country.holders, country.hamlets):
            kept.clear()
        settler = Settler(country, _CORNER)
        for commune, share in zip(communes, shares, strict=True):
            settler.settle(commune, area * share / sum(shares))
        if abs(len(country.pieces) / wanted - 1) < 0.06:
            return
        area *= wanted / len(country.pieces)


def _plan_new_years(chronicle: Chronicle, communes: tuple[Commune, ...], chance: random.Random) -> None:
    """Give each commune of 2025 its own surveys.

    One has some sheets surveyed twice in five years under the same numbers, one a whole new map after its first, and
    one goes on with the map of before the division until 2015.
    """
    late = chance.choice([at for at, one in enumerate(communes) if one.code != one.parent])
    twice, anew = chance.sample([at for at in range(len(communes)) if at != late], 2)
    keeps = [at for at, one in enumerate(communes) if one.code == one.new_code]
    shifted = chance.choice([at for at in range(len(communes)) if at not in keeps])
    for at, commune in enumerate(communes):
        first = chance.choice((2006, 2007, 2008) if at == twice else (2007, 2008, 2010, 2011, 2012))
        first = chance.choice((2015, 2016)) if at == late else first
        chronicle.plan_new_years(
            commune,
            first=max(first, commune.divided.year + 1 if commune.divided else first),
            again=chance.choice((2011, 2012)) if at == twice else None,
            after=chance.choice((2016, 2018, 2019)) if at == anew else None,
            shift=100 if at == shifted else None,
        )


def _with_truth(case: str, country: Country, lines: list[Line], grade: Grade, seed: int) -> District:
    """Lose the books that a later numbering of the same era hides, until every key means one piece of land."""
    given = hand_over(lines, grade, seed)
    keys = Keys(given)
    while clashing := keys.clashing():
        for line in lines:
            line.lost |= line.name.place[:3] in clashing
        given = hand_over(lines, grade, seed)
        keys = Keys(given)
    found = steps(country.pieces, keys)
    hard = hard_steps(found, country.pieces, given)
    rows = []
    for step in found:
        older, newer = (country.pieces[no].names[at].place for no, at in (step.older, step.newer))
        rows.append((keys.of(older) or "", keys.of(newer) or "", step.relation, step in hard))
    return District(case, country, lines, given, keys, sorted(set(rows)), current(country.pieces, lines, given, keys))
