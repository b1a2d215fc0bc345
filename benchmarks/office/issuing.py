"""Certificates: application, decision, certificate, issue book and register, as the law of the day had them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from benchmarks.office.books import cadastral_register
from benchmarks.office.days import era_of, unit_of
from benchmarks.office.extracts import address_of, extract, taped_area
from benchmarks.office.folk import holders_of
from benchmarks.office.ground import corner_table, measured
from benchmarks.office.papers import Archive, Paper
from benchmarks.office.pieces import Node, Piece, Title, said_together
from benchmarks.office.uses import origin_of, term_of, uses_of

#: Share of certificates of which the office has a copy.
_KEPT = 0.86
_FORMS = {"1993": "gcn_1993", "2003": "gcn_2003", "2009": "gcn_2009", "2013": "gcn_2009", "2024": "gcn_2024"}


@dataclass(slots=True)
class Issuer:
    """The desk that makes certificates; it counts serials and issue numbers and keeps the books in use."""

    chance: random.Random
    archive: Archive
    #: By unit: the first day of its sổ địa chính.
    opened: dict[str, date]
    _serial: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)
    _books: dict[tuple[str, ...], str] = field(default_factory=dict)

    def issue(self, pieces: Sequence[Piece], day: date, why: str) -> None:
        """Issue one certificate for the pieces of a holder: by a wave, anew, or after a change (`why`)."""
        era = era_of(day)
        numbered = [piece for piece in pieces if piece.node is not None]
        if era not in _FORMS or not numbered:
            return
        form, serial = _FORMS[era], self._next_serial(day)
        unit = unit_of(numbered[0].zone, day)[0]
        register_no = self._next_number(form, unit, day)
        document = self.archive.document("GC")
        total = round(sum(piece.node.area for piece in numbered if piece.node), 1)
        kept, decided = self.chance.random() < _KEPT, self.chance.random() < (0.6 if why == "wave" else 0.25)
        booked = self.chance.random() < 0.86
        application = self.archive.document("DD") if self.chance.random() < (0.35 if era == "1993" else 0.55) else ""
        for piece in numbered:
            node, old = piece.node, piece.title
            assert node is not None
            area = self._area(piece, node, day, why)
            holders = tuple(holders_of(piece.holder, day))
            title = Title(serial, register_no, form, day, holders, area, uses_of(piece, area, day), node)
            piece.title = title
            if application:
                self._application(piece, title, application, old, why)
            if decided:
                self._decision(title, unit)
            title.paper = self._certificate(piece, title, document, None if len(numbered) == 1 else total, kept)
            self._origin(title.paper, piece, title, old, why)
            if booked:
                self._issue_book(title, unit)
            if day > self.opened.get(unit, date.max) and self.chance.random() < 0.85:
                cadastral_register(piece, day, self.register_book(unit, day), self.archive, self.chance)

    def _area(self, piece: Piece, node: Node, day: date, why: str) -> float:
        """Return the area of a certificate: of the map, or of an extract where there is no digital map yet."""
        if day.year < 2005 or why in ("division", "union") or node.survey.endswith("digital"):
            return node.area
        if self.chance.random() < 0.6:
            return node.area
        area = taped_area(piece, day)
        extract(piece, node, area, day, self.archive)
        return area

    def register_book(self, unit: str, day: date) -> str:
        """Return the sổ địa chính in use."""
        return self._books.setdefault(("DC", unit, era_of(day)), self.archive.document("DC"))

    def _certificate(self, piece: Piece, title: Title, document: str, total: float | None, kept: bool) -> Paper:
        day, node = title.day, title.node
        fields: dict[str, Any] = {
            "owners": self.archive.owners(title.holders, day), "area_m2": title.area, "land_use": title.uses,
            "term": term_of(piece, day), "serial": title.serial, "register_no": title.register_no,
            "issued_on": day.isoformat(), "address": address_of(piece, day),
        }  # fmt: skip
        if title.form == "gcn_1993":
            fields["land_use"] = title.uses = uses_of(piece, title.area, day)
            if total is not None:
                fields["total_m2"] = total
        else:
            fields |= {"private_m2": title.area, "shared_m2": 0.0}
        if title.form in ("gcn_2003", "gcn_2009"):
            fields |= {"area_words_m2": title.area, "origin": origin_of(piece)}
        if node.survey.endswith("digital") and self.chance.random() < {"gcn_2024": 0.8}.get(title.form, 0.35):
            fields["corners"] = corner_table(measured(piece.polygon, node.survey, 0.05))
        alone = total is None
        paper = self.archive.add("gcn", node, day, document, fields, form=title.form, title=title, alone=alone)
        paper.held = kept
        title.papers.append(paper)
        return paper

    def _origin(self, paper: Paper, piece: Piece, title: Title, old: Title | None, why: str) -> None:
        """Write under «Ghi chú» what the certificate came of: the one before, and the older number."""
        if why == "division" or why == "union":
            if self.chance.random() < 0.85:
                note_origin(paper, title.node, old)
        elif why == "anew" and old is not None:
            shown = old.node is not title.node and self.chance.random() < 0.62
            if shown and self.chance.random() < 0.5:
                paper.columns(old.node)
                paper.note(f"Cấp đổi từ GCN số {old.serial}", serial=old)
            elif shown:
                text = f"Cấp đổi từ GCN số {old.serial}, thửa cũ số {old.node.said}"
                paper.note(text, old.node, serial=old)
            elif self.chance.random() < 0.7:
                paper.note(f"Cấp đổi từ GCN số {old.serial}", serial=old)
        elif why == "transfer" and old is not None and self.chance.random() < 0.6:
            paper.note(f"Cấp mới do nhận chuyển quyền, GCN cũ số {old.serial}", serial=old)
        elif len(title.node.before) == 1 and piece.born < title.node.day and self.chance.random() < 0.2:
            paper.columns(title.node.before[0][0])

    def _application(self, piece: Piece, title: Title, document: str, old: Title | None, why: str) -> None:
        node, day = title.node, title.day
        fields = {
            "owners": self.archive.owners(title.holders, day), "area_m2": title.area, "land_use": title.uses,
            "term": term_of(piece, day), "address": address_of(piece, day),
        }  # fmt: skip
        paper = self.archive.add("don_dang_ky", node, day, document, fields, title=title)
        if why in ("division", "union"):
            if self.chance.random() < 0.5:
                note_origin(paper, node, None)
        elif len(node.before) == 1 and node.before[0][1] == "same" and self.chance.random() < 0.4:
            paper.columns(node.before[0][0])
        elif old is not None and self.chance.random() < 0.3:
            paper.note(f"Đề nghị cấp đổi GCN số {old.serial}", serial=old)

    def _decision(self, title: Title, unit: str) -> None:
        """Write a row of the list of a decision; one decision serves a month of a commune."""
        month = f"{title.day.year}-{title.day.month}"
        book = self._books.setdefault(("QD", unit, month), self.archive.document("QD"))
        fields = {
            "owners": self.archive.owners(title.holders[:1], title.day), "area_m2": title.area,
            "land_use": title.uses, "issued_on": title.day.isoformat(),
        }  # fmt: skip
        self.archive.add("quyet_dinh", title.node, title.day, book, fields, title=title)

    def _issue_book(self, title: Title, unit: str) -> None:
        book = self._books.setdefault(("CG", unit, era_of(title.day)), self.archive.document("CG"))
        fields = {
            "owners": self.archive.owners(title.holders[:1], title.day), "area_m2": title.area,
            "serial": title.serial, "register_no": title.register_no, "issued_on": title.day.isoformat(),
        }  # fmt: skip
        title.papers.append(self.archive.add("so_cap_gcn", title.node, title.day, book, fields, title=title))

    def _next_serial(self, day: date) -> str:
        """Return a serial in the shape of the day's form; blanks of other communes lie between."""
        self._serial += self.chance.randrange(1, 60)
        at, era = self._serial, era_of(day)
        if era == "1993":
            return f"{'DHKMPQ'[at // 9000 % 6]} {(at * 7 + 10_417) % 10**6:06d}"
        if era == "2003":
            return f"A{'BDEGHKLMN'[at // 5000 % 9]} {(at * 11 + 20_733) % 10**6:06d}"
        if era == "2024":
            return f"A{'AB'[at % 2]} {(at * 17 + 1_002_411) % 10**8:08d}"
        first = "B" if day.year < 2014 else "C" if day.year < 2020 else "D"
        return f"{first}{'ABCDEGHK'[at // 5000 % 8]} {(at * 13 + 30_911) % 10**6:06d}"

    def _next_number(self, form: str, unit: str, day: date) -> str:
        prefix = {"gcn_1993": "", "gcn_2003": "H ", "gcn_2009": "CH ", "gcn_2024": "VP "}[form]
        if form == "gcn_2009" and day.year >= 2016:
            prefix = "CS "
        at = self._numbers[prefix + unit] = self._numbers.get(prefix + unit, 0) + 1
        return f"{at:05d} QSDĐ" if not prefix else f"{prefix}{at:05d}"


def note_origin(paper: Paper, node: Node, old: Title | None) -> None:
    """Note the parcels that a number came of by division or union, with the older certificate where it is named."""
    olds = [one for one, _ in node.before]
    if not olds:
        return
    by = f", GCN cũ số {old.serial}" if old is not None else ""
    if len(olds) > 1:
        paper.note(f"Hợp từ các thửa {said_together(olds)}{by}", *olds, serial=old)
    else:
        paper.note(f"Tách từ thửa {olds[0].said}{by}", *olds, serial=old)
