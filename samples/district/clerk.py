"""The office's papers on a land: who writes which book and certificate, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from numpy.random import Generator

from samples.chance import chance, digits, pick, whole
from samples.district import uses
from samples.district.folk import House
from samples.district.habits import Habits
from samples.district.naming import OwnerJson, ledger_owner, people_of
from samples.district.said import Said, era_of
from samples.district.scenes import MERGED_2025, Gazette
from samples.district.world import Lot, Node, Title, World
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
    page: int = 1


class Clerk:
    """Writes the papers of one land into `papers`, in the order of their making."""

    def __init__(self, world: World, gazette: Gazette, habits: Sequence[Habits], numbers: Numbers) -> None:
        self.rng = world.rng
        self.world = world
        self.gazette = gazette
        self.habits = habits
        self.numbers = numbers
        self.papers: list[Said] = []
        self._books: dict[tuple[str, ...], _Book] = {}
        self._held: dict[str, list[Said]] = {}  # by serial: what the certificate that is kept says
        self._nicks: dict[str, str] = {}
        self._decisions: dict[tuple[str, date], str] = {}

    # -- books of parcels -------------------------------------------------------------------------------------------

    def index_299(self, when: date) -> None:
        """Write the parcel index of the map of 1982, sheet by sheet; a few rows are torn off."""
        for lot in self._in_order():
            if chance(self.rng, self.habits[lot.part].index_299):
                values = {
                    **self._place(lot.node),
                    "owners": ledger_owner(self.rng, lot.holder, self._nicks),
                    **({"toponym": lot.toponym} if chance(self.rng, 0.6) else {}),
                    "area_m2": lot.node.area_m2,
                    "land_use": uses.letter_299(self.rng, lot.cover),
                }
                self._row("so_muc_ke", lot, when, values)

    def register_299(self, when: date) -> None:
        """Write the register of users of 1984: households and collectives with their parcels."""
        by_holder: dict[int, list[Lot]] = {}
        for lot in self.world.lots.values():
            by_holder.setdefault(id(lot.holder), []).append(lot)
        for lots in by_holder.values():
            holder = lots[0].holder
            if not chance(self.rng, self.habits[lots[0].part].register_299):
                continue
            owners = ledger_owner(self.rng, holder, self._nicks)
            if isinstance(holder, House):
                owners = [owners[0] | {"address": pick(self.rng, (f"Đội {holder.team}", holder.hamlet))}]
            for lot in lots:
                values = {
                    "owners": owners,
                    **self._place(lot.node),
                    "toponym": lot.toponym,
                    "area_m2": lot.node.area_m2,
                    "land_use": uses.letter_299(self.rng, lot.cover),
                }
                self._row("so_dang_ky", lot, when, values)

    def index_later(self, lots: Iterable[Lot], when: date) -> None:
        """Write a parcel index after 1993: measured area and use, the legal ones beside them where there is a title."""
        for lot in lots:
            commune, _ = self._commune(lot, when)
            values: dict[str, Any] = {
                **self._place(lot.node),
                "owners": people_of(self.rng, lot.holder, when, commune, shows=("household",), couple=False),
                "user_type": "GDC" if isinstance(lot.holder, House) else "UBQ",
                "area_m2": lot.node.area_m2,
                "land_use": self._purposes(lot, lot.node.area_m2, when, commune, areas=False),
            }
            if lot.title is not None and era_of(when) == "2013":
                values["legal_area_m2"] = lot.title.area_m2
                values["legal_land_use"] = self._purposes(lot, lot.title.area_m2, when, commune, areas=False)
            self._note(values, lot, ledger=True)
            self._row("so_muc_ke", lot, when, values)

    def _in_order(self) -> list[Lot]:
        def place(lot: Lot) -> tuple[str, int, int, str]:
            return lot.node.unit, int(lot.node.sheet), int(lot.node.number.rstrip("abcd")), lot.node.number

        return sorted(self.world.lots.values(), key=place)

    # -- certificates -----------------------------------------------------------------------------------------------

    def certify(self, lots: Sequence[Lot], when: date, *, why: str = "") -> None:
        """Issue one certificate for lots of one holder, and write it into the books that are kept of it."""
        first = lots[0]
        form, habits = form_of(when), self.habits[first.part]
        if form != "gcn_1993":
            lots = lots[:1]
        commune, told = self._commune(first, when)
        decided = when - timedelta(days=2)
        number = f"{whole(self.rng, 20, 4999)}/QĐ-{'UB' if when.year < 2004 else 'UBND'}"
        decision = self._decisions.setdefault((commune.code, decided), number)
        serial = self.numbers.serial(self.rng, form, when)
        register_no = self._register_no(form, when, decision)
        before = first.title
        owners = self._owners(form, first.holder, when, commune)
        held = chance(self.rng, habits.kept)
        titles = []
        for lot in lots:
            title = Title(serial, register_no, when, tuple(o["name"] for o in owners), lot.node.area_m2)
            lot.title = title
            titles.append(title)
        names = {"serial": serial, "register_no": register_no, "issued_on": when.isoformat()}
        shared = {"why": why, "before": before.serial if before else "", "decision": decision}
        if chance(self.rng, habits.applications):
            self._application(lots, when - timedelta(days=whole(self.rng, 30, 200)), commune)
        if chance(self.rng, habits.decisions) and isinstance(first.holder, House):
            self._decision(lots, decided, commune)
        if held:
            self._certificate(lots, when, commune, form, owners, names, shared)
        if when.year >= 1999 and chance(self.rng, habits.issue_book):
            for lot in lots:
                shown = people_of(self.rng, lot.holder, when, commune, shows=("sex",), couple=True)
                values = {"owners": shown, **self._place(lot.node), "area_m2": lot.node.area_m2, **names}
                self._row("so_cap_gcn", lot, when, values)
        if when >= date(2004, 7, 1) and chance(self.rng, habits.cadastral_register):
            for lot in lots:
                self._register_page(lot, when, commune, names)
        if not told:
            return

    def _certificate(
        self,
        lots: Sequence[Lot],
        when: date,
        commune: Commune,
        form: Form,
        owners: list[OwnerJson],
        names: dict[str, str],
        shared: dict[str, str],
    ) -> None:
        document = self.numbers.document()
        file = f"{commune.name}/GCN {when.year}/{names['serial'].replace(' ', '')}.pdf"
        total = round(sum(lot.node.area_m2 for lot in lots), 1)
        mine: list[Said] = []
        for row, lot in enumerate(lots, 1):
            area = lot.node.area_m2
            values: dict[str, Any] = {"owners": owners, "serial": names["serial"], **self._place(lot.node)}
            values["address"] = self._address(lot, commune, form)
            values["area_m2"] = area
            if form == "gcn_1993":
                values["land_use"] = uses.word_1993(self.rng, lot.cover, urban=commune.urban)
                values["total_m2"] = values["total_words_m2"] = total
            else:
                values["land_use"] = self._purposes(lot, area, when, commune, areas=True)
                if form != "gcn_2024":
                    values |= {"area_words_m2": area, "private_m2": area, "shared_m2": 0.0}
                    values["origin"] = uses.origin(self.rng, lot.how)
            values["term"] = uses.term(lot.cover, when, urban=commune.urban)
            values |= {"register_no": names["register_no"], "issued_on": names["issued_on"]}
            values["issuer"] = self._issuer(commune, when)
            if form in ("gcn_2009", "gcn_2024") and chance(self.rng, 0.3):
                values["corners"] = self._corners(lot)
            self._note(values, lot, ledger=False, before=shared["before"], why=shared["why"])
            if form == "gcn_1993":
                values.setdefault("refs", []).append({"type": "decision", "value": shared["decision"]})
            said = self._say("gcn", form, document, file, 1, row if form == "gcn_1993" else None, values, lot, when)
            mine.append(said)
        self._held[names["serial"]] = mine

    def _register_page(self, lot: Lot, when: date, commune: Commune, names: dict[str, str]) -> None:
        values: dict[str, Any] = {
            "owners": people_of(
                self.rng, lot.holder, when, commune, shows=("birth_year", "id", "address"), couple=True
            ),
            **self._place(lot.node),
            "area_m2": lot.node.area_m2,
            "private_m2": lot.node.area_m2,
            "land_use": self._purposes(lot, lot.node.area_m2, when, commune, areas=True),
            "term": uses.term(lot.cover, when, urban=commune.urban),
            "origin": uses.origin(self.rng, lot.how),
            "serial": names["serial"],
            "register_no": names["register_no"],
        }
        self._note(values, lot, ledger=True)
        self._row("so_dia_chinh", lot, when, values)

    def _decision(self, lots: Sequence[Lot], when: date, commune: Commune) -> None:
        """Put lots on the list of the decision of that day."""
        book = self._book(("quyet_dinh", commune.code, when.isoformat()), commune, "Quyet dinh", when)
        shows = ("sex",) if when.year >= 2004 else ()
        for lot in lots:
            values: dict[str, Any] = {
                "issued_on": when.isoformat(),
                "issuer": self._issuer(commune, when),
                **self._place(lot.node),
                "area_m2": lot.node.area_m2,
                "owners": people_of(
                    self.rng, lot.holder, when, commune, shows=shows, couple=when.year >= 2004, old=when.year < 2004
                ),
            }
            if chance(self.rng, 0.8):
                values["land_use"] = (
                    uses.word_1993(self.rng, lot.cover, urban=commune.urban)
                    if when.year < 2004
                    else self._purposes(lot, lot.node.area_m2, when, commune, areas=False)
                )
            self._say("quyet_dinh", None, book.document, book.file, *self._next(book), values, lot, when)

    def _application(self, lots: Sequence[Lot], when: date, commune: Commune) -> None:
        document = self.numbers.document()
        file = f"{commune.name}/Don dang ky/Don {document}.pdf"
        several = len(lots) > 1
        for row, lot in enumerate(lots, 1):
            area = lot.node.area_m2
            if lot.node.born > when:
                when = lot.node.born + timedelta(days=1)
            values: dict[str, Any] = {
                "owners": people_of(
                    self.rng, lot.holder, when, commune, shows=("sex", "birth_year", "id", "address"), couple=True
                ),
                **self._place(lot.node),
                "address": self._address(lot, commune, form_of(when)),
                "area_m2": area,
                "land_use": uses.word_1993(self.rng, lot.cover, urban=commune.urban)
                if when.year < 2004
                else self._purposes(lot, area, when, commune, areas=True),
                "term": uses.term(lot.cover, when, urban=commune.urban),
                "issued_on": when.isoformat(),
            }
            self._note(values, lot, ledger=False)
            self._say("don_dang_ky", None, document, file, 1, row if several else None, values, lot, when)

    def transfer_note(self, lot: Lot, when: date) -> None:
        """Write a sale or inheritance on the certificate that the parcel has, where it is kept."""
        if lot.title is None or not isinstance(lot.holder, House):
            return
        head = lot.holder.head
        word = {"transfer": "Chuyển nhượng cho", "gift": "Tặng cho"}.get(lot.how, "Để thừa kế cho")
        title = "ông" if head.sex == "nam" else "bà"
        note = f"{word} {title} {head.name}, sinh năm {head.birth_year}, ngày {when.day}/{when.month}/{when.year}"
        for said in self._held.get(lot.title.serial, ()):
            if said.lot is lot:
                said.values["change_note"] = "; ".join(filter(None, (said.values.get("change_note"), note)))
                said.passed.append((when, head.name))

    def extract(self, lot: Lot, when: date) -> None:
        """Make a survey extract with a corner table."""
        commune, _ = self._commune(lot, when)
        document = self.numbers.document()
        file = f"{commune.name}/Trich do/TD {document}.pdf"
        values: dict[str, Any] = {
            **self._place(lot.node),
            "address": self._address(lot, commune, "gcn_2009"),
            "area_m2": lot.node.area_m2,
            "land_use": self._purposes(lot, lot.node.area_m2, when, commune, areas=False),
            "owners": people_of(self.rng, lot.holder, when, commune, shows=("sex", "address"), couple=True),
            "corners": self._corners(lot),
            "issued_on": when.isoformat(),
        }
        self._note(values, lot, ledger=False)
        self._say("trich_do", None, document, file, 1, None, values, lot, when)

    # -- what papers have in common ---------------------------------------------------------------------------------

    def _commune(self, lot: Lot, when: date) -> tuple[Commune, bool]:
        """Return the commune that a paper of that day names, and whether its number alone says which parcel it is."""
        merged = self.gazette.merged(lot.node.unit, when)
        joined = any(j.code == lot.node.unit and when >= j.day for j in self._joinings(lot))
        if joined or merged is None:
            return self.gazette.commune(lot.node.unit, when), True
        return self.gazette.commune(merged, when), False

    def _joinings(self, lot: Lot) -> Sequence[Any]:
        return self.world.land.joined.get(self.world.land.codes[lot.part], ())

    def _place(self, node: Node) -> dict[str, str]:
        return {"sheet_no": node.sheet, "parcel_no": node.number}

    def _purposes(self, lot: Lot, area_m2: float, when: date, commune: Commune, *, areas: bool) -> list[dict[str, Any]]:
        return uses.purposes(lot.cover, lot.home_m2, area_m2, when, urban=commune.urban, areas=areas)

    def _owners(self, form: Form, holder: House | str, when: date, commune: Commune) -> list[OwnerJson]:
        shows = {
            "gcn_1993": ("address", "household"),
            "gcn_2024": ("sex", "id"),
        }.get(form, ("sex", "birth_year", "id", "address", "household"))
        return people_of(
            self.rng, holder, when, commune, shows=shows, couple=form != "gcn_1993", old=form == "gcn_1993"
        )

    def _address(self, lot: Lot, commune: Commune, form: Form) -> str:
        inside = commune.inside()
        return inside if form == "gcn_1993" else f"{lot.hamlet}, {inside}"

    def _issuer(self, commune: Commune, when: date) -> str:
        if when >= MERGED_2025:
            return f"ỦY BAN NHÂN DÂN {commune.name.upper()}"
        if when.year >= 2023:
            return f"CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {bare(commune.district).upper()}"
        return f"ỦY BAN NHÂN DÂN {commune.district.upper()}"

    def _register_no(self, form: Form, when: date, decision: str) -> str:
        self.numbers.registered += 1
        number = f"{self.numbers.registered % 100_000:05d}"
        if form == "gcn_1993":
            return f"{number} QSDĐ/{decision}/H-UBND"
        prefix = "H" if form == "gcn_2003" else "CN" if when.year >= 2023 else "CH"
        return f"{prefix} {number}"

    def _corners(self, lot: Lot) -> list[dict[str, Any]]:
        """Return the corners of a lot's largest piece; of joined ground the largest is drawn."""
        piece = max(lot.pieces, key=lambda p: self.world.ground.area((p,)))
        ring = [(round(n, 2), round(e, 2)) for e, n in self.world.ground.ring(piece)]
        after = [*ring[1:], ring[0]]
        return [
            {"no": i, "x": x, "y": y, "edge_m": round(((x - x2) ** 2 + (y - y2) ** 2) ** 0.5, 2)}
            for i, ((x, y), (x2, y2)) in enumerate(zip(ring, after, strict=True), 1)
        ]

    def _note(self, values: dict[str, Any], lot: Lot, *, ledger: bool, before: str = "", why: str = "") -> None:
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
        if before and chance(self.rng, max(0.15, habits.notes)):
            refs.append({"type": "serial", "value": before})
            said.append(f"{'Cấp lại' if why == 'lost' else 'Cấp đổi'} từ GCN số {before}")
        if said:
            values["change_note"] = "; ".join(said)
        if refs:
            values["refs"] = refs

    def _book(self, key: tuple[str, ...], commune: Commune, folder: str, when: date) -> _Book:
        book = self._books.get(key)
        if book is None or book.rows >= 40 * _ROWS:
            document = self.numbers.document()
            book = self._books[key] = _Book(document, f"{commune.name}/{folder} {when.year}/Quyen {document}.pdf")
        return book

    def _next(self, book: _Book) -> tuple[int, int]:
        page, row = divmod(book.rows, _ROWS)
        book.rows += 1
        return page + 1, row + 1

    def _row(self, kind: Kind, lot: Lot, when: date, values: dict[str, Any]) -> None:
        commune, _ = self._commune(lot, when)
        era = era_of(when)
        folder = {"so_muc_ke": "So muc ke", "so_dang_ky": "So dang ky", "so_dia_chinh": "So dia chinh"}.get(
            kind, "So cap GCN"
        )
        book = self._book((kind, era, commune.code, commune.name), commune, folder, when)
        if kind == "so_muc_ke" and book.sheet != lot.node.sheet:
            book.rows += -book.rows % _ROWS  # each sheet begins a page
            book.sheet = lot.node.sheet
        self._say(kind, None, book.document, book.file, *self._next(book), values, lot, when)

    def _say(
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
        commune, sure = self._commune(lot, when)
        manifest = not sure and chance(self.rng, 0.6)
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
            told=sure or manifest,
            manifest=manifest or (sure and when >= MERGED_2025),
        )
        self.papers.append(said)
        said.entry_id = f"{document}-{len(self.papers)}"
        return said
