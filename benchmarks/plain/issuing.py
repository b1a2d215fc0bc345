"""What offices issue: certificates with their rows in the books, parcel indexes, registers, decisions with lists."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.plain.days import day_of
from benchmarks.plain.land import Certificate, Piece
from benchmarks.plain.notes import Ref
from benchmarks.plain.papers import Archive, Tells, Where
from benchmarks.plain.people import Household

_ROWS = 20  # on a page of a book
_SERIES = "BCDEGHKLMNPQRSTUVX"
_MUTE = 0.2  # share of books whose column of notes stayed empty
_IN_REGISTER, _IN_ISSUE_BOOK = 0.35, 0.30


class Offices:
    """The offices of the district, with their archive and the run of their issue books."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.country = archive.country
        self._issued: Counter[str] = Counter()

    def certify(self, pieces: Sequence[Piece], t: float, notes: Sequence[str] = (), refs: Sequence[Ref] = ()) -> None:
        """Issue one certificate (for several parcels only on the form of 1993), and a row in the books for some."""
        chance, archive = self.country.chance, self.archive
        pieces = [piece for piece in pieces if piece.map_on(t) and not piece.owner.organisation]
        if not pieces:
            return
        first, many = pieces[0], len(pieces) > 1
        serial, number, document = _serial(t, chance), self._register_no(first, t), archive.document()
        numbers = {"serial": serial, "register_no": number}
        total = {"total_m2": float(sum(piece.measured_m2[piece.commune.map_on(t)] for piece in pieces))}
        for row, piece in enumerate(pieces, 1):
            where = Where(document, 1, row if many else None)
            archive.write("gcn", piece, t, where, extra=numbers | (total if many else {}), notes=notes, refs=refs)
            piece.certificate = Certificate(serial, t, piece.commune.map_on(t), piece.owner)
        if chance.random() < _IN_REGISTER:
            document = archive.document()
            for row, piece in enumerate(pieces, 1):
                where = Where(document, 1, row)
                archive.write("so_dia_chinh", piece, t + 0.02, where, extra=numbers, dated=False)
        if chance.random() < _IN_ISSUE_BOOK:
            where = Where(archive.document(), 1, 1 + chance.randrange(_ROWS))
            archive.write("so_cap_gcn", first, t, where, extra=numbers, tells="nothing")

    def index(self, map_name: str, pieces: Sequence[Piece], t: float, missing: float) -> None:
        """Write the parcel index of a map (sổ mục kê), a document for each sheet; a share of its rows is missing."""
        chance, archive = self.country.chance, self.archive
        sheets: dict[str, list[Piece]] = defaultdict(list)
        for piece in pieces:
            if map_name in piece.numbers:
                sheets[piece.numbers[map_name][0]].append(piece)
        for sheet in sorted(sheets, key=int):
            document, mute = archive.document(), chance.random() < _MUTE
            for at, piece in enumerate(sorted(sheets[sheet], key=lambda one: int(one.numbers[map_name][1]))):
                if chance.random() > missing:
                    where = Where(document, at // _ROWS + 1, at % _ROWS + 1)
                    tells: Tells = "origin" if mute else "all"
                    archive.write("so_muc_ke", piece, t, where, map_name=map_name, dated=False, tells=tells)

    def append_to_index(self, pieces: Sequence[Piece], t: float) -> None:
        """Write rows at the end of the parcel index of 1980 for some of the parcels made since."""
        if self.country.chance.random() < 0.65:
            document = self.archive.document()
            for row, piece in enumerate(pieces, 1):
                self.archive.write("so_muc_ke", piece, t + 0.03, Where(document, 1, row), dated=False)

    def land_register(self, t: float) -> None:
        """Write the land register of the 299 era (sổ đăng ký ruộng đất), a document for each of some holders."""
        for holder, pieces in by_owner(self.country.living()).items():
            if not holder.organisation and self.country.chance.random() < 0.2:
                document = self.archive.document()
                for row, piece in enumerate(pieces, 1):
                    self.archive.write("so_dang_ky", piece, t, Where(document, 1, row), dated=False)

    def decide(self, pieces: list[Piece], year: int) -> None:
        """Write a decision with a list of forty parcels certified in the last five years."""
        self.country.chance.shuffle(pieces)
        document = self.archive.document()
        decision = {"type": "decision", "value": f"{400 + year % 97}/QĐ-UB"}
        for at, piece in enumerate(pieces[:40]):
            where = Where(document, at // _ROWS + 1, at % _ROWS + 1)
            self.archive.write("quyet_dinh", piece, year + 0.95, where, extra={"refs": [decision]}, tells="nothing")

    def exchange(self, piece: Piece, held: Certificate, t: float) -> None:
        """Exchange a certificate by an older map's number for one by today's; most name the old one somewhere."""
        chance, archive = self.country.chance, self.archive
        old: Ref = {"type": "serial", "value": held.serial}
        if chance.random() < 0.7:
            told = {}
            if held.map_name in piece.numbers and chance.random() < piece.commune.tells:
                told = dict(zip(("old_sheet_no", "old_parcel_no"), piece.numbers[held.map_name], strict=True))
            document = archive.document()
            notes = [f"Đề nghị cấp đổi GCN số {held.serial}"] if chance.random() < 0.5 else []
            archive.write(
                "don_dang_ky", piece, t - 0.08, Where(document), extra=told, refs=[old], notes=notes, tells="nothing"
            )
        said = chance.random() < 0.55
        notes = [f"Cấp đổi từ GCN số {held.serial}"] if said else []
        self.certify([piece], t, notes, [old] if said and chance.random() < 0.6 else [])

    def extract(self, piece: Piece, t: float) -> None:
        """Write an extract of the survey (trích đo)."""
        self.archive.write("trich_do", piece, t, Where(self.archive.document()))

    def _register_no(self, piece: Piece, t: float) -> str:
        """Return the next number of the commune's issue book in the manner of the day."""
        self._issued[piece.commune.letter] += 1
        number = f"{self._issued[piece.commune.letter]:05d}"
        if t < 2004.5:
            return f"{number} QSDĐ"
        return f"{'H' if t < 2009.94 else 'CH' if t < 2015 else 'CS' if t < 2023 else 'CN'} {number}"


def by_owner(pieces: Sequence[Piece]) -> dict[Household, list[Piece]]:
    """Return the pieces of each holder."""
    found: dict[Household, list[Piece]] = defaultdict(list)
    for piece in pieces:
        found[piece.owner].append(piece)
    return found


def _serial(t: float, chance: random.Random) -> str:
    """Return a certificate's serial in the manner of its form."""
    day = day_of(t)
    if day >= "2025-01-01":
        return f"AA {chance.randrange(10**8):08d}"
    first = "" if day < "2004-07-01" else "A" if day < "2009-12-10" else "B" if t < 2015 else "C" if t < 2020 else "D"
    return f"{first}{chance.choice(_SERIES)} {chance.randrange(10**6):06d}"
