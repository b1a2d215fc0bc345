"""The books of parcels: of 1982 by parcel and by user, and the parcel index of later laws."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from samples.chance import chance, pick
from samples.district import uses
from samples.district.folk import House
from samples.district.naming import ledger_owner, people_of
from samples.district.office import Office, place_of
from samples.district.said import era_of
from samples.district.world import Lot


def index_299(office: Office, when: date) -> None:
    """Write the parcel index of the map of 1982, sheet by sheet; a few rows are torn off."""
    for lot in in_order(office.world.lots.values()):
        if chance(office.rng, office.habits[lot.part].index_299):
            values = {
                **place_of(lot.node),
                "owners": ledger_owner(office.rng, lot.holder, office.nicks),
                **({"toponym": lot.toponym} if chance(office.rng, 0.6) else {}),
                "area_m2": lot.node.area_m2,
                "land_use": uses.letter_299(office.rng, lot.cover),
            }
            office.row("so_muc_ke", lot, when, values)


def register_299(office: Office, when: date) -> None:
    """Write the register of users of 1984: households and collectives with their parcels."""
    by_holder: dict[int, list[Lot]] = {}
    for lot in office.world.lots.values():
        by_holder.setdefault(id(lot.holder), []).append(lot)
    for lots in by_holder.values():
        holder = lots[0].holder
        if not chance(office.rng, office.habits[lots[0].part].register_299):
            continue
        owners = ledger_owner(office.rng, holder, office.nicks)
        if isinstance(holder, House):
            owners = [owners[0] | {"address": pick(office.rng, (f"Đội {holder.team}", holder.hamlet))}]
        for lot in lots:
            values = {
                "owners": owners,
                **place_of(lot.node),
                "toponym": lot.toponym,
                "area_m2": lot.node.area_m2,
                "land_use": uses.letter_299(office.rng, lot.cover),
            }
            office.row("so_dang_ky", lot, when, values)


def index_later(office: Office, lots: Iterable[Lot], when: date) -> None:
    """Write a parcel index after 1993: measured area and use, the legal ones beside them where there is a title."""
    for lot in lots:
        commune, _ = office.commune(lot, when)
        values: dict[str, Any] = {
            **place_of(lot.node),
            "owners": people_of(office.rng, lot.holder, when, commune, shows=("household",), couple=False),
            "user_type": "GDC" if isinstance(lot.holder, House) else "UBQ",
            "area_m2": lot.node.area_m2,
            "land_use": office.purposes(lot, lot.node.area_m2, when, commune, areas=False),
        }
        if lot.title is not None and era_of(when) == "2013":
            values["legal_area_m2"] = lot.title.area_m2
            values["legal_land_use"] = office.purposes(lot, lot.title.area_m2, when, commune, areas=False)
        office.note(values, lot, ledger=True)
        office.row("so_muc_ke", lot, when, values)


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """Return lots as a book lists them: by unit, map, sheet and number."""

    def place(lot: Lot) -> tuple[str, str, int, int, str]:
        node = lot.node
        return node.unit, node.series, int(node.sheet), int(node.number.rstrip("abcd")), node.number

    return sorted(lots, key=place)
