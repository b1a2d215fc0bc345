"""Forty years of one commune after the other: which surveys, divisions, sales and papers came when."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from benchmarks.strange.books import amended_rows, land_register, map_sheets, parcel_index
from benchmarks.strange.communes import MERGER, Commune
from benchmarks.strange.happenings import exchange, join, lay_road, neighbours, sell, share_out, split
from benchmarks.strange.land import Country, Designation, Piece
from benchmarks.strange.papers import Archive
from benchmarks.strange.rights import Registry
from benchmarks.strange.surveys import shift_sheets, survey, survey_again

Action = Callable[[date], None]


class Chronicle:
    """Runs the years: every happening has a day, and the days are gone through in order."""

    def __init__(self, country: Country, archive: Archive) -> None:
        self._country = country
        self._archive = archive
        self._registry = Registry(archive)
        self._plan: list[tuple[date, int, Action]] = []

    @property
    def _chance(self) -> random.Random:
        return self._country.chance

    def at(self, day: date, action: Action) -> None:
        """Plan an action; those of one day run in the order of planning."""
        self._plan.append((day, len(self._plan), action))

    def run(self) -> None:
        """Let the years pass."""
        while self._plan:
            self._plan.sort(key=lambda one: one[:2])
            day, _, action = self._plan.pop(0)
            action(day)

    def _day(self, first: int, last: int) -> date:
        return date(self._chance.randint(first, last), 1, 1) + timedelta(days=self._chance.randint(0, 364))

    def plan_old_years(self, communes: Sequence[Commune], parent: str, *, second_map: bool) -> None:
        """Plan the years to 2004 of a commune that may be divided later: one survey for all of it, or two."""
        first = self._day(1982, 1985)
        series = f"m{parent}/299"

        def survey_299(day: date) -> None:
            pieces = self._country.living(communes, day)
            survey(self._country, pieces, series, day, self._chance.randint(70, 110))
            parcel_index(self._archive, pieces, day, bridged=0.0, lost=0.08)
            map_sheets(self._archive, pieces, day, 0.3)
            land_register(self._archive, pieces, day, 0.45, 0.12)

        self.at(first, survey_299)
        lettered = "suffix" if second_map else "numbered"
        for year in range(1987, 2004, 2):
            day = self._day(year, year + 1)
            self.at(day, lambda day: self._changes(communes, day, 0.012, lettered if day.year < 1993 else "numbered"))
        self.at(self._day(1989, 1992), lambda day: self._share_fields(communes, day, numbered=not second_map))
        self.at(self._day(1990, 1992), lambda day: self._decide(communes, day, 0.06))
        if second_map:
            self.at(
                self._day(1995, 1998),
                lambda day: self._survey(communes, f"m{parent}/1993", day, self._chance.randint(50, 80)),
            )
        for year in range(1999, 2004):
            self.at(self._day(year, year), lambda day: self._red_books(communes, day, 0.13))
        self.at(self._day(1999, 2000), lambda day: self._decide(communes, day, 0.05))
        self.at(self._day(2001, 2003), lambda day: self._road(communes, day))
        self.at(self._day(2000, 2003), lambda day: self._exchanges(communes, day, 0.05))

    def plan_new_years(
        self, commune: Commune, *, first: int, again: int | None, after: int | None, shift: int | None
    ) -> None:
        """Plan the years from 2004 of a commune of 2025.

        `first` is the year of its VN-2000 map, `again` that of a second survey of some sheets under the same sheet
        numbers, `after` that of a whole new map; `shift` is what the merger adds to its sheet numbers, if anything.
        """
        one = (commune,)
        if commune.divided is not None and commune.code != commune.parent:
            self.at(commune.divided, lambda day: self._divide(commune, day))
        self.at(
            self._day(first, first),
            lambda day: self._survey(one, f"m{commune.code}/{first}", day, self._chance.randint(38, 60)),
        )
        if again is not None:
            self.at(self._day(again, again), lambda day: self._survey_again(commune, f"m{commune.code}/{again}", day))
        if after is not None:
            self.at(
                self._day(after, after),
                lambda day: self._survey(one, f"m{commune.code}/{after}", day, self._chance.randint(34, 70)),
            )
        for year in range(2005, 2025):
            self.at(self._day(year, year), lambda day: self._changes(one, day, 0.007, "numbered"))
            self.at(self._day(year, year), lambda day: self._certificates(one, day, 0.045))
        for year in range(2012, 2025, 3):
            self.at(self._day(year, year), lambda day: self._extracts(one, day))
        self.at(self._day(2012, 2014), lambda day: self._road(one, day))
        self.at(self._day(2014, 2016), lambda day: self._alluvium(one, day))
        self.at(self._day(2018, 2021), lambda day: self._book(one, day))
        if shift is not None:
            self.at(
                MERGER,
                lambda day: shift_sheets(self._country, self._country.living(one, day), commune.new_code, day, shift),
            )
        self.at(date(2025, 9, 15), lambda day: self._certificates(one, day, 0.06))
        self.at(date(2025, 10, 20), lambda day: self._book(one, day, share=0.25))

    def _pick(self, pieces: Sequence[Piece], share: float) -> list[Piece]:
        return [piece for piece in pieces if self._chance.random() < share]

    def _survey(self, communes: Sequence[Commune], series: str, day: date, size: int) -> None:
        pieces = self._country.living(communes, day)
        survey(self._country, pieces, series, day, size)
        self.at(day + timedelta(days=self._chance.randint(30, 300)), lambda then: self._write_survey(pieces, then))

    def _survey_again(self, commune: Commune, series: str, day: date) -> None:
        pieces = self._country.living((commune,), day)
        survey_again(self._country, pieces, series, day, 0.3)
        renumbered = [piece for piece in pieces if piece.names and piece.names[-1].series == series]
        self.at(day + timedelta(days=60), lambda then: self._write_survey(renumbered, then))

    def _write_survey(self, pieces: Sequence[Piece], day: date) -> None:
        silent = self._chance.random() < 0.25
        bridged = self._chance.uniform(0.02, 0.08) if silent else self._chance.uniform(0.25, 0.45)
        standing = [piece for piece in pieces if piece.lives(day)]
        if self._chance.random() < 0.9:
            parcel_index(self._archive, standing, day, bridged=bridged, lost=0.08)
        if day.year > 2003:
            map_sheets(self._archive, standing, day, 0.35)

    def _book(self, communes: Sequence[Commune], day: date, share: float = 1.0) -> None:
        pieces = self._country.living(communes, day)
        sheets = sorted({name.sheet for piece in pieces if (name := piece.name(day))})
        chosen = set(self._chance.sample(sheets, max(1, round(share * len(sheets)))))
        kept = [piece for piece in pieces if (name := piece.name(day)) and name.sheet in chosen]
        parcel_index(self._archive, kept, day, bridged=0.04, lost=0.1)

    def _changes(self, communes: Sequence[Commune], day: date, share: float, formality: str) -> None:
        """Let heirs divide, neighbours join, people sell and build; enter what is entered."""
        country, chance = self._country, self._chance
        new: list[Piece] = []
        pieces = country.living(communes, day)
        for piece in self._pick(pieces, share):
            kind = piece.kind(day)
            if kind in ("house", "garden", "upland") or (kind == "paddy" and piece.allotted_m2 is None):
                if piece.area(day) > 220:
                    drawn = chance.random()
                    how = "unnumbered" if drawn < 0.25 and day.year < 2004 else formality
                    new += split(country, piece, day, how)  # type: ignore[arg-type]
            elif kind == "paddy" and chance.random() < 0.5:
                new += split(country, piece, day, "numbered", strip=True)
        pairs = neighbours(country.living(communes, day), day)
        for pair in chance.sample(pairs, round(0.6 * share * len(pairs))):
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
            amended_rows(self._archive, entered, day, 0.55, 0.1)

    def _share_fields(self, communes: Sequence[Commune], day: date, *, numbered: bool) -> None:
        new: list[Piece] = []
        for piece in self._country.living(communes, day):
            if piece.kind(day) == "collective":
                new += share_out(self._country, piece, day, "numbered" if numbered else "unnumbered")
        if numbered and new:
            amended_rows(self._archive, new, day, 0.3, 0.05)

    def _exchanges(self, communes: Sequence[Commune], day: date, share: float) -> None:
        paddy = [p for p in self._country.living(communes, day) if p.kind(day) == "paddy"]
        chosen = self._pick(paddy, 2 * share)
        self._chance.shuffle(chosen)
        for one, other in zip(chosen[::2], chosen[1::2], strict=False):
            exchange(self._country, one, other, day)

    def _road(self, communes: Sequence[Commune], day: date) -> None:
        _, divided = lay_road(self._country, self._country.living(communes, day), day)
        if divided:
            amended_rows(self._archive, [p for p in divided if p.name(day)], day, 0.4, 0.1)

    def _alluvium(self, communes: Sequence[Commune], day: date) -> None:
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

    def _divide(self, commune: Commune, day: date) -> None:
        for piece in self._country.living((commune,), day):
            old = piece.name(day)
            if old is not None:
                piece.rename(Designation(day, commune.code, old.series, old.sheet, old.number))

    def _decide(self, communes: Sequence[Commune], day: date, share: float) -> None:
        chosen = [p for p in self._pick(self._country.living(communes, day), share) if p.name(day)]
        for start in range(0, len(chosen), 18):
            self._registry.decide(chosen[start : start + 18], day)

    def _red_books(self, communes: Sequence[Commune], day: date, share: float) -> None:
        """Issue certificates of 1993 to households for all they hold, up to ten parcels each."""
        held: dict[int, list[Piece]] = {}
        for piece in self._country.living(communes, day):
            if piece.holder(day).user_type == "GDC" and not piece.certificates and piece.name(day):
                held.setdefault(piece.holder(day).no, []).append(piece)
        for pieces in held.values():
            if self._chance.random() < share:
                self._registry.issue(pieces[:10], day, bridged=0.15)

    def _certificates(self, communes: Sequence[Commune], day: date, share: float) -> None:
        for piece in self._pick(self._country.living(communes, day), share):
            if piece.holder(day).user_type == "GDC" and piece.name(day):
                if self._chance.random() < 0.25 and not piece.commune.quiet_from <= day < MERGER:
                    self._registry.apply(piece, day - timedelta(days=1))
                self._registry.issue([piece], day, bridged=0.12)

    def _extracts(self, communes: Sequence[Commune], day: date) -> None:
        for piece in self._pick(self._country.living(communes, day), 0.012):
            if piece.name(day):
                self._registry.extract(piece, day, corners=self._chance.random() < 0.6)
