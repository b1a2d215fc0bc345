"""What the office writes when land is divided, united or changes hands, and what never comes to it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.office.books import added_row
from benchmarks.office.days import era_of, unit_of, written
from benchmarks.office.extracts import extract, taped_area
from benchmarks.office.folk import holders_of
from benchmarks.office.issuing import Issuer, note_origin
from benchmarks.office.papers import Archive, Paper
from benchmarks.office.pieces import Node, Piece
from benchmarks.office.surveys import Numbering


@dataclass(slots=True)
class Registry:
    """The desk that writes changes: it numbers, notes and has certificates made."""

    chance: random.Random
    archive: Archive
    numbering: Numbering
    issuer: Issuer

    def comes(self, day: date) -> bool:
        """Return whether a change comes to the office; in the villages of old many did not."""
        year = day.year
        return self.chance.random() < (0.35 if year < 1994 else 0.55 if year < 2004 else 0.85)

    def divided(self, parent: Piece, parts: Sequence[Piece], day: date) -> None:
        """Register a division: numbers for the parts, notes on the parent's papers, papers of the parts."""
        old = parent.node
        assert old is not None
        by_hand = not old.survey.endswith("digital") and day.year < 2001 and self.chance.random() < 0.7
        for part in parts:
            number = self.numbering.suffixed(old) if by_hand else self.numbering.next_on(old.survey, old.sheet)
            self._number(part, old, number, day, "split")
        made = [part.node for part in parts if part.node is not None]
        said = ", ".join(node.number for node in made)
        for paper in self._on_file(parent):
            paper.note(f"Tách thành các thửa {said} ngày {written(day)}", *made)
        self._papers_of_change(parts, day, "division", (parent,))

    def joined(self, parents: Sequence[Piece], whole: Piece, day: date) -> None:
        """Register a union of neighbours under a new number."""
        olds = [parent.node for parent in parents if parent.node is not None]
        number = self.numbering.next_on(olds[0].survey, olds[0].sheet)
        self._number(whole, olds[0], number, day, "merge")
        assert whole.node is not None
        whole.node.before = [(old, "merge") for old in olds]
        for parent in parents:
            for paper in self._on_file(parent):
                paper.note(f"Hợp thành thửa {number} ngày {written(day)}", whole.node)
        self._papers_of_change((whole,), day, "union", parents)

    def handed_over(self, piece: Piece, day: date, word: str) -> None:
        """Register a whole parcel's new holder: a new certificate, or a note on the one there is."""
        title = piece.title
        if title is None or piece.node is None:
            if era_of(day) not in ("299", "1988") and self.chance.random() < 0.4:
                self.issuer.issue((piece,), day, "first")
            return
        if self.chance.random() < (0.75 if day.year < 2010 else 0.45):
            self.issuer.issue((piece,), day, "transfer")
            return
        title.holders = tuple(holders_of(piece.holder, day))
        head = title.holders[0]
        call = "bà" if head.sex == "nu" else "ông"
        text = f"{word} {call} {head.name}, sinh năm {head.born.year}, ngày {written(day)}"
        title.noted = [one for one in (title.paper, title.register) if one is not None]
        for paper in title.noted:
            paper.note(text)

    def _number(self, piece: Piece, old: Node, number: str, day: date, relation: str) -> None:
        area = taped_area(piece, day)
        unit = unit_of(piece.zone, day)[0]
        piece.node = Node(piece, unit, old.survey, old.sheet, number, day, [(old, relation)], area)
        piece.measured, piece.roots = area, []

    def _on_file(self, piece: Piece) -> list[Paper]:
        """Return the papers of a parcel that the office notes a change on."""
        found = []
        if piece.node is not None and piece.node.row is not None and self.chance.random() < 0.72:
            found.append(piece.node.row)
        if piece.title is not None and piece.title.node is piece.node:
            found += [paper for paper in (piece.title.paper,) if paper and self.chance.random() < 0.65]
            found += [paper for paper in (piece.title.register,) if paper and self.chance.random() < 0.6]
        return found

    def _papers_of_change(self, made: Sequence[Piece], day: date, why: str, parents: Sequence[Piece]) -> None:
        titled = next((parent.title for parent in parents if parent.title is not None), None)
        for piece in made:
            assert piece.node is not None
            if self.chance.random() < 0.75:
                added_row(piece.node, day, self.archive)
                if piece.node.row is not None and self.chance.random() < 0.8:
                    note_origin(piece.node.row, piece.node, None)
            if day.year >= 2005 and self.chance.random() < 0.5:
                paper = extract(piece, piece.node, piece.node.area, day, self.archive)
                if self.chance.random() < 0.65:
                    note_origin(paper, piece.node, None)
            if day.year >= 1994 and self.chance.random() < (0.88 if titled is not None else 0.35):
                piece.title = titled
                self.issuer.issue((piece,), day, why)
            else:
                piece.title = None
