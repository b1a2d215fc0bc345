"""Papers of rights: certificates with their issue book, register pages, decisions and applications, and extracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.strange.land import Certificate, Piece
from benchmarks.strange.measuring import corners_of, era_of
from benchmarks.strange.notes import Said, came_of, old_numbers
from benchmarks.strange.papers import Archive, Line, in_force, last_area

_FORMS = {"1993": "gcn_1993", "2003": "gcn_2003", "2009": "gcn_2009", "2013": "gcn_2009", "2024": "gcn_2024"}
_PLAN_SHARE = {"gcn_1993": 0.0, "gcn_2003": 0.12, "gcn_2009": 0.4, "gcn_2024": 0.6}  # with a corner table
_REMEMBERED = 12 * 365  # days for which a certificate tells of a division
_LETTERS = "BCDEGHKLMNPQRSTV"
_OLD_MAP_AREA = 0.2  # share of certificates of 1993 whose area was copied from the book of 299


class Registry:
    """Issues certificates one after the other, with serials and register numbers that are used once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._chance = archive.country.chance
        self._issued = 0
        self._serials: set[str] = set()

    def _serial(self, form: str) -> str:
        while True:
            number = self._chance.randint(10_000_000, 99_999_999) if form == "gcn_2024" else None
            digits = str(number) if number else f"{self._chance.randint(1, 999_999):06d}"
            second = self._chance.choice(_LETTERS)
            first = {"gcn_1993": "", "gcn_2003": "A", "gcn_2009": self._chance.choice("BCD"), "gcn_2024": "A"}[form]
            serial = f"{first}{second} {digits}"
            if serial not in self._serials:
                self._serials.add(serial)
                return serial

    def _register_no(self, form: str) -> str:
        self._issued += 1
        shapes = {"gcn_1993": "{:05d} QSDĐ", "gcn_2003": "H {:05d}", "gcn_2009": "CH {:05d}", "gcn_2024": "CN {:05d}"}
        return shapes[form].format(self._issued)

    def issue(self, pieces: Sequence[Piece], day: date, *, bridged: float, lost: float = 0.3) -> list[Line]:
        """Issue one certificate for pieces of one holder, and enter it in the books of rights."""
        archive, chance = self._archive, self._chance
        era = era_of(day, archive.country.tables)
        form = _FORMS[era]
        listed = [p for p in pieces if p.name(day) and not p.commune.quiet_from <= day < date(2025, 7, 1)]
        if not listed:
            return []
        holder = listed[0].holder(day)
        serial, register_no = self._serial(form), self._register_no(form)
        owners = archive.owners(holder, day, "gcn")
        paper = archive.document("gcn", day, lost, form)
        lines, rows = [], []
        for piece in listed:
            before = in_force(piece, day)
            area = self._legal_area(piece, day, era)
            uses = archive.uses(piece, day, area, with_areas=form != "gcn_1993")
            told = tuple((one["code"], one["area_m2"]) for one in uses)
            piece.certificates.append(Certificate(day, serial, register_no, area, holder, told))
            more: dict[str, Any] = {
                "owners": owners, "serial": serial, "register_no": register_no, "issued_on": day.isoformat(),
                "area_m2": area, "land_use": uses, "term": {"kind": "long"} if len(uses) > 1 else None,
            }  # fmt: skip
            if chance.random() < _PLAN_SHARE[form] and piece.allotted_m2 is None:
                more["corners"] = corners_of(piece, area)
            line = archive.write(paper, piece, self._said(piece, day, before, bridged), more)
            if line:
                lines.append(line)
                rows.append((piece, more))
        self._books(rows, day)
        return lines

    def _legal_area(self, piece: Piece, day: date, era: str) -> float:
        measured = self._archive.measured(piece, day)
        assert measured is not None
        if era == "1993" and self._chance.random() < _OLD_MAP_AREA:
            return last_area(self._archive.said_of(piece, ("so_muc_ke", "so_dang_ky"))) or measured
        decided = self._archive.said_of(piece, ("quyet_dinh",))
        return last_area(decided) or measured

    def _said(self, piece: Piece, day: date, before: Certificate | None, bridged: float) -> Said:
        """Return the note: the certificate it replaces, the parcel it came of, or nothing."""
        country, chance = self._archive.country, self._chance
        name = piece.name(day)
        assert name is not None
        said = old_numbers(country, piece, name, bridged)
        parents = [country.pieces[no] for no in piece.parents]
        lately = (day - piece.born).days < _REMEMBERED
        if not said.words and lately and parents and parents[0].names and chance.random() < 0.35:
            older = [parent.names[-1] for parent in parents if parent.names]
            said = came_of(piece, older, chance, same_map=older[0].series == name.series)
        theirs = [one for parent in parents for one in parent.certificates[-1:]]
        replaced = before or (theirs[0] if len(theirs) == 1 else None)
        if replaced is not None and chance.random() < 0.4:
            serial = replaced.serial
            if chance.random() < 0.03:
                serial = f"{serial[:-1]}{(int(serial[-1]) + 1) % 10}"
            said.add(f"Cấp đổi từ GCN số {serial}", ("serial", serial))
        return said

    def _books(self, rows: Sequence[tuple[Piece, dict[str, Any]]], day: date) -> None:
        """Enter a certificate in the issue book and on the holder's page of the register, where there is one."""
        archive, chance = self._archive, self._chance
        if not rows:
            return
        if chance.random() < 0.5:
            book = archive.document("so_cap_gcn", day, 0.1)
            for piece, more in rows:
                kept = {name: value for name, value in more.items() if name not in ("land_use", "term", "corners")}
                archive.write(book, piece, Said(), {**kept, "owners": [{"name": more["owners"][0]["name"]}]})
        if chance.random() < 0.4:
            page = archive.document("so_dia_chinh", day, 0.1)
            for piece, more in rows:
                kept = {name: value for name, value in more.items() if name not in ("issued_on", "corners")}
                archive.write(page, piece, Said(), {**kept, "private_m2": more["area_m2"]})

    def decide(self, pieces: Sequence[Piece], day: date) -> None:
        """Write a decision with its list; its areas are copied from the book before, not measured."""
        archive = self._archive
        paper = archive.document("quyet_dinh", day, 0.2)
        for piece in pieces:
            area = last_area(archive.said_of(piece, ("so_muc_ke", "so_dang_ky"))) or archive.measured(piece, day)
            if area is None:
                continue
            owners = [{"name": archive.owners(piece.holder(day), day, "quyet_dinh")[0]["name"]}]
            archive.write(paper, piece, Said(), {"owners": owners, "area_m2": area, "issued_on": day.isoformat()})

    def apply(self, piece: Piece, day: date) -> None:
        """Write the application that came before a certificate; it says the area that the applicant believes."""
        archive, area = self._archive, self._archive.measured(piece, day)
        if area is None:
            return
        area = float(round(area * self._chance.gauss(1, 0.03))) if self._chance.random() < 0.3 else area
        more = {
            "owners": archive.owners(piece.holder(day), day, "don_dang_ky"), "area_m2": area,
            "land_use": archive.uses(piece, day, area), "issued_on": day.isoformat(),
        }  # fmt: skip
        name = piece.name(day)
        assert name is not None
        archive.write(
            archive.document("don_dang_ky", day, 0.25), piece, old_numbers(archive.country, piece, name, 0.2), more
        )

    def extract(self, piece: Piece, day: date, *, corners: bool) -> None:
        """Write an extract: with a corner table (trích đo) or without (trích lục)."""
        archive, area = self._archive, self._archive.measured(piece, day)
        if area is None or (corners and piece.allotted_m2 is not None):
            return
        more: dict[str, Any] = {
            "owners": archive.owners(piece.holder(day), day, "trich_do"), "area_m2": area,
            "land_use": archive.uses(piece, day, area, with_areas=False), "issued_on": day.isoformat(),
        }  # fmt: skip
        if corners:
            more["corners"] = corners_of(piece, area)
        archive.write(archive.document("trich_do" if corners else "trich_luc", day, 0.2), piece, Said(), more)

    def note_sale(self, piece: Piece, day: date) -> None:
        """Let a sale be noted on the certificate in force, if there is one."""
        certificate = in_force(piece, day)
        if certificate is None:
            return
        buyer = piece.holder(day).head(day.year)[0]
        title = "bà" if buyer.sex == "nu" else "ông"
        registered = day + timedelta(days=12)
        words = (
            f"Ngày {registered:%d/%m/%Y} chuyển nhượng cho {title} {buyer.name} theo hồ sơ số {piece.no + 1:05d}.CN.001"
        )
        self._note(piece, certificate, words)

    def note_taking(self, piece: Piece, day: date) -> None:
        """Let the area that a road took be noted on the certificate in force, if there is one."""
        certificate = in_force(piece, day)
        if certificate is None or certificate.legal_area_m2 <= piece.area(day):
            return
        left = round(piece.area(day), 1)
        taken = f"{certificate.legal_area_m2 - left:.1f}".replace(".", ",")
        rest = f"{left:.1f}".replace(".", ",")
        self._note(piece, certificate, f"Thu hồi {taken} m2 làm đường giao thông, diện tích còn lại {rest} m2")

    def _note(self, piece: Piece, certificate: Certificate, words: str) -> None:
        """Write a change on the certificate's back page."""
        for line in self._archive.said_of(piece, ("gcn",)):
            if line.fields["serial"] == certificate.serial:
                before = line.fields.get("change_note")
                line.fields["change_note"] = f"{before}. {words}" if before else words
