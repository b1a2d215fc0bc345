"""The books and maps that a survey leaves, and extracts of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from benchmarks.told.land import Parcel, corners
from benchmarks.told.naming import address, owners_of, toponym
from benchmarks.told.notes import former_user, joined, older_number, share_told
from benchmarks.told.papers import Paper
from benchmarks.told.uses import uses_of
from benchmarks.told.world import Fields, World
from benchmarks.told.zones import SERIES

_ROWS_A_PAGE = 24


def by_sheet(parcels: Sequence[Parcel], series: str) -> dict[int, list[Parcel]]:
    """Return parcels by their sheet in a series, in the order of their numbers."""
    found: dict[int, list[Parcel]] = {}
    for parcel in sorted(parcels, key=lambda one: (one.numbers[series][0], digits(one.numbers[series][1]))):
        found.setdefault(parcel.numbers[series][0], []).append(parcel)
    return found


def digits(number: str) -> int:
    """Return a parcel number without the letter of a division."""
    return int(number.rstrip("abc"))


def parcel_index(
    world: World,
    zone: str,
    series: str,
    *,
    era: str | None = None,
    missing: float = 0.0,
    certified: bool = False,
) -> None:
    """Write the parcel index (sổ mục kê) of a survey, a book for each sheet; some pages are lost.

    `certified` tells whether it has columns for what the certificate says.
    """
    chance, day = world.chance, SERIES[zone][series]
    for parcels in by_sheet(list(world.living(zone, series)), series).values():
        paper = Paper(
            world, "so_muc_ke", zone, day, era=era, marks=chance.random() > (0.06 if day.year < 1993 else 0.03)
        )
        lost = {page for page in range(9) if chance.random() < missing}
        toponyms = chance.random() < (0.5 if day.year < 1993 else 0.25)
        for at, parcel in enumerate(parcels):
            if at // _ROWS_A_PAGE not in lost:
                fields = _index_row(world, parcel, series, day, toponyms=toponyms, certified=certified)
                parcel.former = parcel.user
                paper.add(parcel, series, fields)


def _index_row(world: World, parcel: Parcel, series: str, day: date, *, toponyms: bool, certified: bool) -> Fields:
    chance = world.chance
    fields: Fields = {"owners": owners_of(parcel.user, day, "so_muc_ke", chance), "area_m2": parcel.areas[series]}
    fields["land_use"] = uses_of(parcel, day)
    if toponyms and parcel.use != "T" and chance.random() < 0.9:
        fields["toponym"] = toponym(parcel, chance)
    if day.year >= 2004:
        fields["user_type"] = "TKH" if parcel.user.organisation else "GDC"
    if certified:
        fields |= certified_values(world, parcel)
    if series == "s299":
        return fields
    fields |= older_number(world, parcel, series, share_told(world, parcel, series))
    return joined(fields, former_user(world, parcel))


def certified_values(world: World, parcel: Parcel) -> Fields:
    """Return the area and use by the certificate, which most rows copy."""
    held = parcel.certificate
    if held is None or world.chance.random() >= 0.8:
        return {}
    return {"legal_area_m2": held.areas[parcel.no], "legal_land_use": uses_without_areas(held.uses[parcel.no])}


def uses_without_areas(codes: Sequence[str]) -> list[dict[str, str | None]]:
    return [{"code": code, "area_m2": None} for code in codes]


def map_sheets(world: World, zone: str, series: str, share: float) -> None:
    """Write a share of the sheets of a map (bản đồ) as entries, a page for each parcel; few are not legible at all."""
    chance, day = world.chance, SERIES[zone][series]
    sheets: dict[int, list[Parcel]] = {}
    for parcel in world.living(zone, series):
        sheets.setdefault(parcel.numbers[series][0], []).append(parcel)
    for _, parcels in sorted(sheets.items()):
        if chance.random() >= share:
            continue
        paper = Paper(world, "ban_do", zone, day)
        for parcel in parcels:
            if chance.random() < 0.98:
                paper.add(parcel, series, {"area_m2": parcel.areas[series], "land_use": uses_of(parcel, day)})


def register_of_299(world: World, zone: str, day: date) -> None:
    """Write the register of the 299 map (sổ đăng ký), a book for each user; two of five are lost."""
    chance = world.chance
    users: dict[int | str, list[Parcel]] = {}
    for parcel in world.living(zone, "s299"):
        user = parcel.user
        users.setdefault(user.head.name if user.organisation else user.no, []).append(parcel)
    for parcels in users.values():
        if chance.random() >= 0.6:
            continue
        paper = Paper(world, "so_dang_ky", zone, day)
        owners = owners_of(parcels[0].user, day, "so_dang_ky", chance)
        for parcel in parcels:
            fields: Fields = {"owners": [dict(one) for one in owners]}
            fields["toponym"] = toponym(parcel, chance) if parcel.use != "T" or chance.random() < 0.3 else None
            fields |= {"area_m2": parcel.areas["s299"], "land_use": uses_of(parcel, day)}
            paper.add(parcel, "s299", fields)


def extract(world: World, parcel: Parcel, series: str, day: date, notes: Fields) -> None:
    """Write an extract of the map (trích lục) or a measured one (trích đo) for a parcel."""
    chance, area = world.chance, parcel.areas[series]
    kind = "trich_do" if chance.random() < 0.65 else "trich_luc"
    paper = Paper(world, kind, parcel.zone, day)
    fields: Fields = {"owners": owners_of(parcel.holder, day, kind, chance), "address": address(parcel, day, chance)}
    fields |= {"area_m2": area, "land_use": uses_of(parcel, day), "issued_on": day.isoformat()}
    if kind == "trich_do":
        fields["corners"] = corners(parcel, area)
    paper.add(parcel, series, fields | notes)
