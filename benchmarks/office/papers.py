"""Papers as they are kept: each says something of one parcel, on a page of a document, and names other numbers."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from benchmarks.office.days import Era, era_of, unit_of
from benchmarks.office.folk import Person, nickname, shortened
from benchmarks.office.pieces import Node, Title

_ROWS = 25


@dataclass(slots=True, eq=False)
class Paper:
    """What one document says of one parcel; `shows` are the other numbers it names, by the field that names them."""

    kind: str
    form: str | None
    era: Era
    day: date
    document: str
    page: int
    row: int | None
    node: Node
    fields: dict[str, Any]
    title: Title | None = None
    shows: list[tuple[str, Node]] = field(default_factory=list)
    serials: list[Title] = field(default_factory=list)
    held: bool = True

    def note(self, text: str, *others: Node, serial: Title | None = None) -> None:
        """Write a note under what is noted already, with the parcels and the certificate that it names."""
        before = self.fields.get("change_note")
        self.fields["change_note"] = f"{before}; {text}" if before else text
        refs = self.fields.setdefault("refs", [])
        for other in others:
            refs.append({"type": "parcel", "value": f"{other.sheet}/{other.number}"})
            self.shows.append(("refs", other))
            self.shows.append(("change_note", other))
        if serial is not None:
            refs.append({"type": "serial", "value": serial.serial})
            self.serials.append(serial)
        if not refs:
            del self.fields["refs"]

    def columns(self, old: Node) -> None:
        """Print the number of an earlier map in the columns for it."""
        self.fields |= {"old_sheet_no": old.sheet, "old_parcel_no": old.number}
        self.shows.append(("old_parcel_no", old))


@dataclass(slots=True)
class Archive:
    """All papers of the district in the order of their making, with their documents and pages."""

    chance: random.Random
    papers: list[Paper] = field(default_factory=list)
    _documents: int = 0
    _rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def document(self, letters: str) -> str:
        """Return the name of a new document."""
        self._documents += 1
        return f"{letters}{self._documents:06d}"

    def add(self, kind: str, node: Node, day: date, document: str, fields: dict[str, Any], **more: Any) -> Paper:
        """Keep a paper; a book or a list counts its rows, a paper for one parcel (`alone`) has none."""
        code, name = unit_of(node.piece.zone, day)
        alone = more.pop("alone", False)
        self._rows[document] += 1
        at = self._rows[document] - 1
        page, row = (1, None) if alone else (at // _ROWS + 1, at % _ROWS + 1)
        head = {"unit_code": code, "unit_name": name, "sheet_no": node.sheet, "parcel_no": node.number}
        form = more.pop("form", None)
        era = more.pop("era", None) or era_of(day)
        paper = Paper(kind, form, era, day, document, page, row, node, head | fields, **more)
        self.papers.append(paper)
        node.papers.append(paper)
        return paper

    def owners(self, holders: Sequence[Person], day: date) -> list[dict[str, Any]]:
        """Return the holders as a clerk of the day writes them."""
        era, chance = era_of(day), self.chance
        if era in ("299", "1988"):
            head, how = holders[0], chance.random()
            name = nickname(head, chance) if how < 0.05 else shortened(head.name) if how < 0.12 else head.name
            return [{"name": name}]
        if era == "1993":
            name = shortened(holders[0].name) if chance.random() < 0.03 else holders[0].name
            return [{"name": name, "sex": holders[0].sex, "household": True}]
        people = []
        for at, one in enumerate(holders):
            told: dict[str, Any] = {"name": one.name, "sex": one.sex}
            if era == "2024":
                told |= {"id_kind": "cc", "id_no": one.cccd}
            else:
                told["birth_year"] = one.born.year
                if chance.random() < 0.75:
                    told |= {"id_kind": "cmnd", "id_no": one.cmnd}
            if at == 0 and era != "2024" and chance.random() < 0.4:
                told["household"] = True
            people.append(told)
        return people
