"""Certificates, and what is written in their wake: applications, decisions, issue book, register, extracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from samples.chance import chance, whole
from samples.district import uses
from samples.district.folk import House
from samples.district.naming import OwnerJson, people_of
from samples.district.office import Office, form_of, place_of
from samples.district.said import Said
from samples.district.world import Lot, Title
from samples.gazetteer import Commune
from schemas.documents import Form


def certify(office: Office, lots: Sequence[Lot], when: date, *, why: str = "") -> None:
    """Issue one certificate for lots of one holder, and write it into the books that are kept of it.

    A lot that got a certificate within a year gets none, unless the paper was lost.
    """
    lots = [lot for lot in lots if why == "lost" or not lot.title or (when - lot.title.issued_on).days > 365]
    if not lots:
        return
    first = lots[0]
    form, habits = form_of(when), office.habits[first.part]
    if form != "gcn_1993":
        lots = lots[:1]
    commune, _ = office.commune(first, when)
    decided = when - timedelta(days=2)
    number = f"{whole(office.rng, 20, 4999)}/QĐ-{'UB' if when.year < 2004 else 'UBND'}"
    decision = office.decisions.setdefault((commune.code, decided), number)
    serial = office.numbers.serial(office.rng, form, when)
    register_no = office.register_no(form, when, decision)
    before = first.title
    owners = _owners(office, form, first.holder, when, commune)
    held = chance(office.rng, habits.kept)
    for lot in lots:
        lot.title = Title(serial, register_no, when, lot.node.area_m2)
    names = {"serial": serial, "register_no": register_no, "issued_on": when.isoformat()}
    shared = {"why": why, "before": before.serial if before else "", "decision": decision}
    if chance(office.rng, habits.applications):
        _application(office, lots, when - timedelta(days=whole(office.rng, 30, 200)))
    if chance(office.rng, habits.decisions) and isinstance(first.holder, House):
        _decision(office, lots, decided, commune)
    if held:
        _certificate(office, lots, when, commune, form, owners, names, shared)
    if when.year >= 1999 and chance(office.rng, habits.issue_book):
        for lot in lots:
            shown = people_of(office.rng, lot.holder, when, commune, shows=("sex",), couple=True)
            values = {"owners": shown, **place_of(lot.node), "area_m2": lot.node.area_m2, **names}
            office.row("so_cap_gcn", lot, when, values)
    if when >= date(2004, 7, 1) and chance(office.rng, habits.cadastral_register):
        for lot in lots:
            _register_page(office, lot, when, commune, names)


def _certificate(
    office: Office,
    lots: Sequence[Lot],
    when: date,
    commune: Commune,
    form: Form,
    owners: list[OwnerJson],
    names: dict[str, str],
    shared: dict[str, str],
) -> None:
    document = office.numbers.document()
    file = f"{commune.name}/GCN {when.year}/{names['serial'].replace(' ', '')}.pdf"
    total = round(sum(lot.node.area_m2 for lot in lots), 1)
    mine: list[Said] = []
    for row, lot in enumerate(lots, 1):
        area = lot.node.area_m2
        values: dict[str, Any] = {"owners": owners, "serial": names["serial"], **place_of(lot.node)}
        values["address"] = office.address(lot, commune, form)
        values["area_m2"] = area
        if form == "gcn_1993":
            values["land_use"] = uses.word_1993(office.rng, lot.cover, urban=commune.urban)
            values["total_m2"] = values["total_words_m2"] = total
        else:
            values["land_use"] = office.purposes(lot, area, when, commune, areas=True)
            if form != "gcn_2024":
                values |= {"area_words_m2": area, "private_m2": area, "shared_m2": 0.0}
                values["origin"] = uses.origin(office.rng, lot.how)
        values["term"] = uses.term(lot.cover, when, urban=commune.urban)
        values |= {"register_no": names["register_no"], "issued_on": names["issued_on"]}
        values["issuer"] = office.issuer(commune, when)
        drawn = form in ("gcn_2009", "gcn_2024") and lot.node.series not in ("299", "1996")
        if drawn and chance(office.rng, 0.3):
            values["corners"] = office.corners(lot)
        office.note(values, lot, ledger=False, before=shared["before"], why=shared["why"])
        if form == "gcn_1993":
            values.setdefault("refs", []).append({"type": "decision", "value": shared["decision"]})
        said = office.say("gcn", form, document, file, 1, row if form == "gcn_1993" else None, values, lot, when)
        mine.append(said)
    office.held[names["serial"]] = mine


def _register_page(office: Office, lot: Lot, when: date, commune: Commune, names: dict[str, str]) -> None:
    values: dict[str, Any] = {
        "owners": people_of(office.rng, lot.holder, when, commune, shows=("birth_year", "id", "address"), couple=True),
        **place_of(lot.node),
        "area_m2": lot.node.area_m2,
        "private_m2": lot.node.area_m2,
        "land_use": office.purposes(lot, lot.node.area_m2, when, commune, areas=True),
        "term": uses.term(lot.cover, when, urban=commune.urban),
        "origin": uses.origin(office.rng, lot.how),
        "serial": names["serial"],
        "register_no": names["register_no"],
    }
    office.note(values, lot, ledger=True)
    office.row("so_dia_chinh", lot, when, values)


def _decision(office: Office, lots: Sequence[Lot], when: date, commune: Commune) -> None:
    """Put lots on the list of the decision of that day."""
    book = office.book(("quyet_dinh", commune.code, when.isoformat()), commune, "Quyet dinh", when)
    shows = ("sex",) if when.year >= 2004 else ()
    for lot in lots:
        values: dict[str, Any] = {
            "issued_on": when.isoformat(),
            "issuer": office.issuer(commune, when),
            **place_of(lot.node),
            "area_m2": lot.node.area_m2,
            "owners": people_of(
                office.rng, lot.holder, when, commune, shows=shows, couple=when.year >= 2004, old=when.year < 2004
            ),
        }
        if chance(office.rng, 0.8):
            values["land_use"] = (
                uses.word_1993(office.rng, lot.cover, urban=commune.urban)
                if when.year < 2004
                else office.purposes(lot, lot.node.area_m2, when, commune, areas=False)
            )
        office.say("quyet_dinh", None, book.document, book.file, *office.next_row(book), values, lot, when)


def _application(office: Office, lots: Sequence[Lot], when: date) -> None:
    """File an application, dated after the parcels got the numbers and the holder that it names."""
    when = max([when, *(max(lot.node.born, lot.since) + timedelta(days=3) for lot in lots)])
    commune, _ = office.commune(lots[0], when)
    document = office.numbers.document()
    file = f"{commune.name}/Don dang ky/Don {document}.pdf"
    several = len(lots) > 1
    for row, lot in enumerate(lots, 1):
        area = lot.node.area_m2
        values: dict[str, Any] = {
            "owners": people_of(
                office.rng, lot.holder, when, commune, shows=("sex", "birth_year", "id", "address"), couple=True
            ),
            **place_of(lot.node),
            "address": office.address(lot, commune, form_of(when)),
            "area_m2": area,
            "land_use": uses.word_1993(office.rng, lot.cover, urban=commune.urban)
            if when.year < 2004
            else office.purposes(lot, area, when, commune, areas=True),
            "term": uses.term(lot.cover, when, urban=commune.urban),
            "issued_on": when.isoformat(),
        }
        office.note(values, lot, ledger=False)
        office.say("don_dang_ky", None, document, file, 1, row if several else None, values, lot, when)


def _owners(office: Office, form: Form, holder: House | str, when: date, commune: Commune) -> list[OwnerJson]:
    shows = {
        "gcn_1993": ("address", "household"),
        "gcn_2024": ("sex", "id"),
    }.get(form, ("sex", "birth_year", "id", "address", "household"))
    return people_of(office.rng, holder, when, commune, shows=shows, couple=form != "gcn_1993", old=form == "gcn_1993")


def transfer_note(office: Office, lot: Lot, when: date) -> None:
    """Write a sale or inheritance on the certificate that the parcel has, where it is kept."""
    if lot.title is None or not isinstance(lot.holder, House):
        return
    head = lot.holder.head
    word = {"transfer": "Chuyển nhượng cho", "gift": "Tặng cho"}.get(lot.how, "Để thừa kế cho")
    title = "ông" if head.sex == "nam" else "bà"
    note = f"{word} {title} {head.name}, sinh năm {head.birth_year}, ngày {when.day}/{when.month}/{when.year}"
    for said in office.held.get(lot.title.serial, ()):
        if said.lot is lot:
            said.values["change_note"] = "; ".join(filter(None, (said.values.get("change_note"), note)))
            said.passed.append((when, head.name))


def extract(office: Office, lot: Lot, when: date) -> None:
    """Make a survey extract with a corner table, where the digital map is there to take it from."""
    if lot.node.series in ("299", "1996"):
        return
    commune, _ = office.commune(lot, when)
    document = office.numbers.document()
    file = f"{commune.name}/Trich do/TD {document}.pdf"
    values: dict[str, Any] = {
        **place_of(lot.node),
        "address": office.address(lot, commune, "gcn_2009"),
        "area_m2": lot.node.area_m2,
        "land_use": office.purposes(lot, lot.node.area_m2, when, commune, areas=False),
        "owners": people_of(office.rng, lot.holder, when, commune, shows=("sex", "address"), couple=True),
        "corners": office.corners(lot),
        "issued_on": when.isoformat(),
    }
    office.note(values, lot, ledger=False)
    office.say("trich_do", None, document, file, 1, None, values, lot, when)
