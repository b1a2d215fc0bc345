"""A land office at work: which commune a paper names, which page a row falls on, what its notes say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from numpy.random import Generator

from samples.chance import chance, digits, whole
from samples.district import uses
from samples.district.folk import House
from samples.district.habits import Habits
from samples.district.said import Said, era_of
from samples.district.scenes import MERGED_2025, Gazette
from samples.district.world import Lot, Node, World
from samples.gazetteer import Commune, bare
from schemas.documents import Form, Kind

_FORMS: tuple[tuple[date, Form], ...] = (
    *((date(1993, 10, 15), "gcn_1993"), (date(2004, 7, 1), "gcn_2003"), (date(2009, 12, 10), "gcn_2009")),
    (date(2025, 1, 1), "gcn_2024"),
)
_ROWS = 22


def form_of(when: date) -> Form:
    """Return the certificate form of a day."""
    return [form for first, form in _FORMS if when >= first][-1]


@dataclass(slots=True)
class Numbers:
    """Counters of a whole district: documents and certificates, whose serials run on with the days."""

    documents: int = 0
    serials: int = 0
    registered: int = 100

    def document(self) -> str:
        """Return the next document's id."""
        self.documents += 1
        return f"D{self.documents:07d}"

    def serial(self, rng: Generator, form: Form, when: date) -> str:
        """Return the next certificate's serial in the shape of its form."""
        self.serials += whole(rng, 1, 9)
        block, number = divmod(self.serials * 7 + 31_000, 1_000_000)
        letters = "BCDEGHIKLMNOPQRSTUVXY"
        second = letters[(block + when.year) % len(letters)]
        if form == "gcn_1993":
            return f"{second} {number:06d}"
        if form == "gcn_2024":
            return f"A{second} {number:06d}{digits(rng, 2)}"
        first = "A" if form == "gcn_2003" else "B" if when.year < 2015 else "C" if when.year < 2020 else "D"
        return f"{first}{second} {number:06d}"


@dataclass(slots=True)
class _Book:
    document: str
    file: str
    rows: int = 0
    sheet: str = ""
    users: dict[int, list[int]] = field(default_factory=dict)  # by household: its page, and its rows there


def place_of(node: Node) -> dict[str, str]:
    """Return sheet and number as fields."""
    return {"sheet_no": node.sheet, "parcel_no": node.number}


class Office:
    """Keeps the papers of one land in `papers`, in the order of their making."""

    def __init__(self, world: World, gazette: Gazette, habits: Sequence[Habits], numbers: Numbers) -> None:
        self.rng = world.rng
        self.world = world
        self.gazette = gazette
        self.habits = habits
        self.numbers = numbers
        self.papers: list[Said] = []
        self._books: dict[tuple[str, ...], _Book] = {}
        self.held: dict[str, list[Said]] = {}  # by serial: what the certificate that is kept says
        self._told: dict[str, bool] = {}  # by document: the manifest says which commune of before a merger it was
        self.nicks: dict[int, str] = {}
        self.decisions: dict[tuple[str, date], str] = {}

    def commune(self, lot: Lot, when: date) -> tuple[Commune, bool]:
        """Return the commune that a paper of that day names, and whether its number alone says which parcel it is."""
        merged = self.gazette.merged(lot.node.unit, when)
        joined = any(j.code == lot.node.unit and when >= j.day for j in self._joinings(lot))
        if joined or merged is None:
            return self.gazette.commune(lot.node.unit, when), True
        return self.gazette.commune(merged, when), False

    def _joinings(self, lot: Lot) -> Sequence[Any]:
        return self.world.land.joined.get(self.world.land.codes[lot.part], ())

    def purposes(self, lot: Lot, area_m2: float, when: date, commune: Commune, *, areas: bool) -> list[dict[str, Any]]:
        """Return the purposes as papers since 2004 print them."""
        return uses.purposes(lot.cover, lot.home_m2, area_m2, when, urban=commune.urban, areas=areas)

    def address(self, lot: Lot, commune: Commune, form: Form) -> str:
        """Return the parcel's address: the commune alone on a certificate of 1993."""
        inside = commune.inside()
        return inside if form == "gcn_1993" else f"{lot.hamlet}, {inside}"

    def issuer(self, commune: Commune, when: date) -> str:
        """Return who signs certificates on that day."""
        if when >= MERGED_2025:
            return f"ỦY BAN NHÂN DÂN {commune.name.upper()}"
        if when.year >= 2023:
            return f"CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {bare(commune.district).upper()}"
        return f"ỦY BAN NHÂN DÂN {commune.district.upper()}"

    def register_no(self, form: Form, when: date, decision: str) -> str:
        """Return the next number of the issue book in the shape of the form."""
        self.numbers.registered += 1
        number = f"{self.numbers.registered % 100_000:05d}"
        if form == "gcn_1993":
            return f"{number} QSDĐ/{decision}/H-UBND"
        prefix = "H" if form == "gcn_2003" else "CN" if when.year >= 2023 else "CH"
        return f"{prefix} {number}"

    def corners(self, lot: Lot) -> list[dict[str, Any]]:
        """Return the corners of a lot, x north and y east, with the edge to the next."""
        ring = [(round(n, 2), round(e, 2)) for e, n in self.world.ground.outline(lot.pieces)]
        after = [*ring[1:], ring[0]]
        return [
            {"no": i, "x": x, "y": y, "edge_m": round(((x - x2) ** 2 + (y - y2) ** 2) ** 0.5, 2)}
            for i, ((x, y), (x2, y2)) in enumerate(zip(ring, after, strict=True), 1)
        ]

    def note(self, values: dict[str, Any], lot: Lot, *, ledger: bool, before: str = "", why: str = "") -> None:
        """Say where the parcel came from and how the holder came to it, where this office's papers do."""
        said: list[str] = []
        refs: list[dict[str, str]] = []
        habits = self.habits[lot.part]
        if chance(self.rng, habits.notes):
            olds = self.world.came_of(lot.node)
            same = [old for old in olds if old.place != lot.node.place]
            one_map = [
                old
                for old in same
                if (old.unit, old.series, old.sheet) == (lot.node.unit, lot.node.series, lot.node.sheet)
            ]
            if one_map:
                said += lot.story[-1:] or [f"Tách từ thửa {one_map[0].number}"]
                refs += [
                    {"type": "parcel", "value": old.number if ledger else f"{old.sheet}/{old.number}"}
                    for old in one_map
                ]
            elif len(same) == 1:
                said.append(f"Thửa đất cũ số {same[0].number}, tờ bản đồ cũ số {same[0].sheet}")
                values["old_sheet_no"], values["old_parcel_no"] = same[0].place
            elif same:
                said.append("Hợp thửa cũ " + ", ".join(f"{o.number} (tờ {o.sheet})" for o in same))
                refs += [{"type": "parcel", "value": f"{old.sheet}/{old.number}"} for old in same]
            if lot.how and chance(self.rng, 0.6):
                word = {"transfer": "Nhận chuyển nhượng", "inheritance": "Nhận thừa kế", "gift": "Nhận tặng cho"}
                said.append(f"{word.get(lot.how, lot.how)} năm {lot.since.year}")
        if before and chance(self.rng, habits.notes):
            refs.append({"type": "serial", "value": before})
            said.append(f"{'Cấp lại' if why == 'lost' else 'Cấp đổi'} từ GCN số {before}")
        if said:
            values["change_note"] = "; ".join(said)
        if refs:
            values["refs"] = refs

    def book(self, key: tuple[str, ...], commune: Commune, folder: str, when: date) -> _Book:
        """Return the volume that is being written, a new one after forty pages."""
        book = self._books.get(key)
        if book is None or book.rows >= 40 * _ROWS:
            document = self.numbers.document()
            book = self._books[key] = _Book(document, f"{commune.name}/{folder} {when.year}/Quyen {document}.pdf")
        return book

    def next_row(self, book: _Book) -> tuple[int, int]:
        """Return page and row of a volume's next line."""
        page, row = divmod(book.rows, _ROWS)
        book.rows += 1
        return page + 1, row + 1

    def _own_page(self, book: _Book, user: House | str) -> tuple[int, int]:
        """Return page and row of a book that gives each user a page."""
        page = book.users.setdefault(id(user), [len(book.users) + 1, 0])
        page[1] += 1
        return page[0], page[1]

    def row(self, kind: Kind, lot: Lot, when: date, values: dict[str, Any]) -> None:
        """Write a line into the book of that kind, commune and law."""
        commune, _ = self.commune(lot, when)
        era = era_of(when)
        folder = {"so_muc_ke": "So muc ke", "so_dang_ky": "So dang ky", "so_dia_chinh": "So dia chinh"}.get(
            kind, "So cap GCN"
        )
        book = self.book((kind, era, commune.code, commune.name), commune, folder, when)
        if kind == "so_muc_ke" and book.sheet != lot.node.sheet:
            book.rows += -book.rows % _ROWS  # each sheet begins a page
            book.sheet = lot.node.sheet
        by_user = kind == "so_dia_chinh" and isinstance(lot.holder, House)
        spot = self._own_page(book, lot.holder) if by_user else self.next_row(book)
        self.say(kind, None, book.document, book.file, *spot, values, lot, when)

    def say(
        self,
        kind: Kind,
        form: Form | None,
        document: str,
        file: str,
        page: int,
        row: int | None,
        values: dict[str, Any],
        lot: Lot,
        when: date,
    ) -> Said:
        """Write what a paper says of a lot on that day."""
        commune, sure = self.commune(lot, when)
        manifest = not sure and self._told.setdefault(document, chance(self.rng, 0.6))
        code = lot.node.unit if sure or manifest else commune.code
        said = Said(
            kind,
            form,
            era_of(when),
            document,
            file,
            page,
            row,
            {"unit_name": commune.name, **values, "unit_code": code},
            lot.node,
            lot,
            when,
            lot.holder.number if isinstance(lot.holder, House) else lot.holder,
            told=sure or manifest,
            manifest=manifest or (sure and when >= MERGED_2025),
        )
        self.papers.append(said)
        said.entry_id = f"{document}-{len(self.papers)}"
        return said
