"""The forty years: surveys and their books, the division of a commune, deaths, sales, certificates, exchanges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.plain.changes import divide, inherit, other_half, sell, unite
from benchmarks.plain.communes import Commune, is_digital
from benchmarks.plain.days import FIRST_YEAR, LAST_YEAR
from benchmarks.plain.issuing import Offices, by_owner
from benchmarks.plain.land import Country, Piece
from benchmarks.plain.maps import DIGITAL, OF_1980, OF_1990S, make_map, take_over
from benchmarks.plain.people import Household

_FIRST_BOOKS = range(1994, 2003)  # years of the first certificates
_DECISIONS = (1999, 2001)
_DIVISION = 2005
_INDEX_AGAIN = {"B": 2016, "C": 2015}  # year in which a part of the digital map's index is written again
_INDEX_AGAIN_A = 2024
_MISSING = 0.02


class Chronicle:
    """Runs the years over a settled country."""

    def __init__(self, offices: Offices, hamlets: Mapping[Commune, int]) -> None:
        self.offices = offices
        self.country: Country = offices.country
        self.chance = offices.country.chance
        self.hamlets = hamlets
        self._first: dict[Household, int | None] = {}  # year of a household's first certificate

    def run(self) -> None:
        """Make the maps of 1980 and let the years pass."""
        make_map(self.country, "299T", self.country.living("AC"), OF_1980)
        make_map(self.country, "299B", self.country.living("B"), OF_1980)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            self._survey(year)
            neighbours = self._households()
            if year == 1994:
                self._dissolve_cooperatives(neighbours)
            before = self.country.living()
            if year == _DIVISION:
                take_over(self.country, "299T", "299A", self.country.living("A"))
            start = 0.53 if year == _DIVISION else 0.02  # in 2005 all happens after the division
            self._deaths(before, year, start)
            for piece in before:
                self._pass_year(piece, year, start, neighbours)
            self._certificates(self.country.living(), year)
            if year == _INDEX_AGAIN_A:
                self._index_again("A", year)

    def _survey(self, year: int) -> None:
        """Make the maps and books of the year."""
        for letter in "ABC":
            commune = self.country.commune(letter)
            pieces, digital = self.country.living(letter), f"D{letter}"
            if year == commune.second:
                make_map(self.country, "97B", pieces, OF_1990S)
                self.offices.index("97B", pieces, year + 0.3, _MISSING)
            if year == commune.digital:
                make_map(self.country, digital, pieces, DIGITAL)
                self.offices.index(digital, pieces, year + 0.2, _MISSING)
            if year == _INDEX_AGAIN.get(letter):
                self._index_again(letter, year)
        if year == 1983:
            self.offices.index("299T", self.country.living("AC"), 1983.4, 0.03)
            self.offices.index("299B", self.country.living("B"), 1983.6, 0.03)
        if year == 1984:
            self.offices.land_register(1984.5)

    def _index_again(self, letter: str, year: int) -> None:
        """Write half of an index again, and all that is newer than the map."""
        since = self.country.commune(letter).digital
        pieces = [one for one in self.country.living(letter) if one.born > since or self.chance.random() < 0.5]
        self.offices.index(f"D{letter}", pieces, year + 0.1, _MISSING)

    def _households(self) -> dict[Commune, list[Household]]:
        """Return who holds land in each commune."""
        found: dict[Commune, list[Household]] = {}
        for commune in self.country.communes:
            owners = by_owner(self.country.living(commune.letter))
            found[commune] = [one for one in owners if not one.organisation]
        return found

    def _dissolve_cooperatives(self, neighbours: Mapping[Commune, Sequence[Household]]) -> None:
        """Give the cooperatives' land to households."""
        for piece in self.country.living():
            if (piece.owner.organisation or "").startswith("HTX"):
                piece.owner = self.chance.choice(neighbours[piece.commune])

    def _deaths(self, pieces: Sequence[Piece], year: int, start: float) -> None:
        for holder in list(by_owner(pieces)):
            if holder.organisation:
                continue
            age = year - holder.head.born
            if self.chance.random() < (0.004 if age < 60 else 0.035 if age < 75 else 0.10):
                mine = [piece for piece in pieces if piece.owner is holder]
                heirs = self.country.folk.heirs(holder)
                inherit(self.offices, holder, heirs, mine, year + self.chance.uniform(start, 0.9))

    def _pass_year(
        self, piece: Piece, year: int, start: float, neighbours: Mapping[Commune, Sequence[Household]]
    ) -> None:
        """Let happen to a piece what happens in a year: a sale, another use, a division or a union."""
        chance, commune = self.chance, piece.commune
        if piece.died or piece.owner.organisation:
            return
        t = year + chance.uniform(start, 0.9)
        if commune.between_maps(t):
            return
        if chance.random() < 0.0085:
            sell(self.offices, piece, neighbours[commune], self.hamlets[commune], t)
        if chance.random() < 0.003 and piece.use in "LMV":
            piece.use = chance.choice(("T", "V", "M"))
        divided = 0.0018 if year < 1993 else 0.003 if year < 2004 else 0.0042
        if piece.true_m2 > 180 and chance.random() < divided:
            divide(self.offices, piece, t)
        elif piece.cell.parent and chance.random() < 0.0022:
            other = other_half(piece, year)
            if other:
                unite(self.offices, piece, other, t)

    def _certificates(self, pieces: Sequence[Piece], year: int) -> None:
        if year in _FIRST_BOOKS:
            self._first_certificates(pieces, year)
        if year in _DECISIONS:
            for letter in "ABC":
                self.offices.decide([one for one in pieces if _certified_since(one, letter, year - 5)], year)
        for piece in pieces:
            self._later_paper(piece, year)

    def _first_certificates(self, pieces: Sequence[Piece], year: int) -> None:
        """Certify a household's parcels on one certificate, in the year that was drawn for it."""
        due: dict[Household, list[Piece]] = defaultdict(list)
        for piece in pieces:
            if not piece.certificate and self._first_year(piece.owner) == year:
                due[piece.owner].append(piece)
        for holder, mine in due.items():
            if not holder.organisation:
                listed = [piece for piece in mine if self.chance.random() < 0.95][:12]
                self.offices.certify(listed, year + self.chance.uniform(0.35, 0.9))

    def _first_year(self, holder: Household) -> int | None:
        if holder not in self._first:
            self._first[holder] = self.chance.choice(_FIRST_BOOKS) if self.chance.random() < 0.62 else None
        return self._first[holder]

    def _later_paper(self, piece: Piece, year: int) -> None:
        """Write a first certificate, an exchange or an extract, mostly nothing."""
        t = year + self.chance.uniform(0.55, 0.95)
        map_name, held = piece.commune.map_on(t), piece.certificate
        if year < 2004 or piece.commune.between_maps(t) or piece.owner.organisation:
            return
        first = 0.07 if map_name == "299A" else 0.025 if year < 2025 else 0.04
        if not held and self.chance.random() < first:
            self.offices.certify([piece], t)
        elif held and held.map_name != map_name and is_digital(map_name) and self.chance.random() < 0.032:
            self.offices.exchange(piece, held, t)
        elif year >= 2009 and is_digital(map_name) and self.chance.random() < 0.003:
            self.offices.extract(piece, t)


def _certified_since(piece: Piece, letter: str, year: float) -> bool:
    held = piece.certificate
    return piece.commune.letter == letter and held is not None and held.day > year and held.holder is piece.owner
