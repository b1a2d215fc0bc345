"""What is done in a commune on one day: heirs and neighbours change the land, offices write what they are told."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from benchmarks.strange.books import amended_rows, parcel_index
from benchmarks.strange.communes import MERGER, Commune
from benchmarks.strange.happenings import Formality, exchange, join, lay_road, neighbours, sell, share_out, split
from benchmarks.strange.land import Country, Designation, Piece
from benchmarks.strange.papers import Archive
from benchmarks.strange.rights import Registry

Notes = Literal["few", "most"]  # how many rows of a new map's book, and of a book's added rows, tell the old number


class Works:
    """The deeds of a day, each for the communes that it is handed."""

    def __init__(self, country: Country, archive: Archive, notes: Notes) -> None:
        self._country = country
        self._archive = archive
        self._most = notes == "most"
        self._registry = Registry(archive)
        self._apart = 0

    @property
    def _chance(self) -> random.Random:
        return self._country.chance

    def _pick(self, pieces: Sequence[Piece], share: float) -> list[Piece]:
        return [piece for piece in pieces if self._chance.random() < share]

    def book(self, communes: Sequence[Commune], day: date, share: float = 1.0) -> None:
        """Write the parcel index anew for some of the sheets."""
        pieces = self._country.living(communes, day)
        sheets = sorted({name.sheet for piece in pieces if (name := piece.name(day))})
        chosen = set(self._chance.sample(sheets, max(1, round(share * len(sheets)))))
        kept = [piece for piece in pieces if (name := piece.name(day)) and name.sheet in chosen]
        parcel_index(self._archive, kept, day, bridged=0.04, lost=0.1)

    def changes(self, communes: Sequence[Commune], day: date, share: float, formality: Formality) -> None:
        """Let heirs divide, neighbours join, people sell and build; enter what is entered."""
        country, chance = self._country, self._chance
        new: list[Piece] = []
        pieces = country.living(communes, day)
        for piece in self._pick(pieces, share):
            kind = piece.kind(day)
            if kind in ("house", "garden", "upland") or (kind == "paddy" and piece.allotted_m2 is None):
                if piece.area(day) > 220:
                    drawn = chance.random()
                    how: Formality = "unnumbered" if drawn < 0.25 and day.year < 2004 else formality
                    new += split(country, piece, day, how)
            elif kind == "paddy" and chance.random() < 0.5:
                new += split(country, piece, day, "numbered", strip=True)
        pairs = neighbours(country.living(communes, day), day)
        fresh = {piece.no for piece in new}
        # a part divided off goes to the neighbour at once: its own number never stands in a book of its own
        bought = [pair for pair in pairs if len(fresh & {piece.no for piece in pair}) == 1]
        bought = bought[: int(chance.random() < 0.4)]
        others = [pair for pair in pairs if pair not in bought]
        for pair in [*bought, *chance.sample(others, round(0.5 * share * len(others)))]:
            new.append(join(country, pair, day, "numbered"))
        for piece in self._pick(country.living(communes, day), 2.2 * share):
            sell(country, piece, day)
            if day.year > 1999 and chance.random() < 0.25:
                self._registry.note_sale(piece, day)
        for piece in self._pick(country.living(communes, day), 0.4 * share):
            later = {"paddy": "house", "upland": "forest", "garden": "house"}.get(piece.kind(day))
            if later:
                piece.kinds.append((day, later))
        entered = [piece for piece in new if piece.lives(day) and piece.name(day)]
        if entered and (day.year < 1993 or chance.random() < 0.75):
            amended_rows(self._archive, entered, day, 0.9 if self._most else 0.55, 0.1)

    def share_fields(self, communes: Sequence[Commune], day: date, *, numbered: bool) -> None:
        """Share out the cooperative's fields."""
        new: list[Piece] = []
        for piece in self._country.living(communes, day):
            if piece.kind(day) == "collective":
                new += share_out(self._country, piece, day, "numbered" if numbered else "unnumbered")
        if numbered and new:
            amended_rows(self._archive, new, day, 0.9 if self._most else 0.3, 0.05)

    def exchanges(self, communes: Sequence[Commune], day: date, share: float) -> None:
        """Let paddy change hands in pairs; no paper tells."""
        paddy = [p for p in self._country.living(communes, day) if p.kind(day) == "paddy"]
        chosen = self._pick(paddy, 2 * share)
        self._chance.shuffle(chosen)
        for one, other in zip(chosen[::2], chosen[1::2], strict=False):
            exchange(self._country, one, other, day)

    def road(self, communes: Sequence[Commune], day: date) -> None:
        """Lay a road; some certificates get a note of what it took."""
        trimmed, divided = lay_road(self._country, self._country.living(communes, day), day)
        for piece in trimmed:
            if self._chance.random() < 0.5:
                self._registry.note_taking(piece, day)
        if divided:
            amended_rows(self._archive, [p for p in divided if p.name(day)], day, 0.9 if self._most else 0.4, 0.1)

    def alluvium(self, communes: Sequence[Commune], day: date) -> None:
        """Let the river take a few pieces and bring a new one, which the people's committee holds."""
        country = self._country
        pieces = [p for p in country.living(communes, day) if p.name(day)]
        for piece in self._chance.sample(pieces, max(1, len(pieces) // 250)):
            piece.died = day
        shore = max(pieces, key=lambda p: p.middle[0])
        name = shore.name(day)
        assert name is not None
        moved = tuple((x + 60, y) for x, y in shore.outline)
        board = [h for h in country.holders if h.user_type == "UBS"][-1]
        piece = Piece(
            len(country.pieces), shore.commune, shore.hamlet, -1, "Cồn Bồi", day, moved, shore.area_m2, cause="new"
        )
        piece.kinds.append((day, "alluvium"))
        piece.tenures.append((day, board))
        number = country.next_number(name.series, name.sheet)
        piece.rename(Designation(day, name.unit, name.series, name.sheet, number))
        country.pieces.append(piece)
        amended_rows(self._archive, [piece], day, 0.0, 0.0)

    def divide(self, commune: Commune, day: date) -> None:
        """Let a new commune's papers go on with the numbers of the old one's map."""
        for piece in self._country.living((commune,), day):
            old = piece.name(day)
            if old is not None:
                piece.rename(Designation(day, commune.code, old.series, old.sheet, old.number))

    def decide(self, communes: Sequence[Commune], day: date, share: float) -> None:
        """Write decisions with their lists for some pieces."""
        chosen = [p for p in self._pick(self._country.living(communes, day), share) if p.name(day)]
        for start in range(0, len(chosen), 18):
            self._registry.decide(chosen[start : start + 18], day)

    def red_books(self, communes: Sequence[Commune], day: date, share: float) -> None:
        """Issue certificates of 1993 to households for all they hold, up to ten parcels each."""
        held: dict[int, list[Piece]] = {}
        for piece in self._country.living(communes, day):
            if piece.holder(day).user_type == "GDC" and not piece.certificates and piece.name(day):
                held.setdefault(piece.holder(day).no, []).append(piece)
        for pieces in held.values():
            if self._chance.random() < share:
                self._registry.issue(pieces[:10], day, bridged=0.15)

    def certificates(self, communes: Sequence[Commune], day: date, share: float) -> None:
        """Issue certificates for single pieces, some after an application."""
        for piece in self._pick(self._country.living(communes, day), share):
            if piece.holder(day).user_type == "GDC" and piece.name(day):
                if self._chance.random() < 0.25 and not piece.commune.quiet_from <= day < MERGER:
                    self._registry.apply(piece, day - timedelta(days=1))
                self._registry.issue([piece], day, bridged=0.12)

    def extracts(self, communes: Sequence[Commune], day: date) -> None:
        """Write extracts of single pieces."""
        for piece in self._pick(self._country.living(communes, day), 0.012):
            if piece.name(day):
                self._registry.extract(piece, day, corners=self._chance.random() < 0.6)

    def measure_apart(self, commune: Commune, day: date, share: float) -> None:
        """Survey single pieces on extracts of their own, which number them 1, 2, …: `MTĐĐC 06-2017` is the sheet."""
        country = self._country
        if commune.quiet_from <= day < MERGER:
            return
        for piece in self._pick(country.living((commune,), day), share):
            name = piece.name(day)
            if name is None or piece.holder(day).user_type != "GDC":
                continue
            self._apart += 1
            sheet = f"MTĐĐC {self._apart:02d}-{day.year}"
            series = f"m{commune.code}/x{self._apart}"
            divided = piece.area(day) > 500 and self._chance.random() < 0.4
            parts = split(country, piece, day, "unnumbered") if divided else [piece]
            for part in parts:
                number = country.next_number(series, sheet)
                part.rename(Designation(day, name.unit, series, sheet, number))
                self._registry.extract(part, day, corners=True)
                if self._chance.random() < 0.7:
                    self._registry.issue([part], day + timedelta(days=30), bridged=0.5)
