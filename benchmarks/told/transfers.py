"""Sales, inheritances, new uses and new certificates: how the holder or the right changes while the parcel stays."""

from __future__ import annotations

from datetime import date

from benchmarks.told.land import Parcel
from benchmarks.told.naming import titled
from benchmarks.told.papers import add_note
from benchmarks.told.people import Holder
from benchmarks.told.rights import Certificate, issue
from benchmarks.told.world import World
from benchmarks.told.zones import DIGITAL, SERIES, SHARES

_SPRING_2025 = date(2025, 3, 1)


def transfer(world: World, parcel: Parcel, day: date, series: str | None) -> None:
    """Sell a parcel: by a note on the certificate, with a new certificate, or unregistered."""
    chance, year, zone, held = world.chance, day.year, parcel.zone, parcel.certificate
    if chance.random() < 0.55:
        buyer = chance.choice(world.households[zone])
    else:
        buyer = world.people.household(parcel.block.hamlet, chance.randint(year - 55, year - 26))
    world.households[zone].append(buyer)
    if year >= 2001 and series and chance.random() < 0.85:
        if held and chance.random() < 0.5 and _takes_a_note(held) and year >= 2005:
            _sell_by_note(world, parcel, held, buyer, day)
        else:
            parcel.let_to(buyer)
            issue(world, [parcel], day, "sale", older={parcel.no: held} if held else None)
            world.events["sold with a new certificate"] += 1
        return
    parcel.user = buyer
    world.events["sold unregistered"] += 1
    if not held:
        parcel.holder = buyer


def _takes_a_note(held: Certificate) -> bool:
    return bool(held.entries) and len(held.series) == 1 and not held.buyer


def _sell_by_note(world: World, parcel: Parcel, held: Certificate, buyer: Holder, day: date) -> None:
    """Write the buyer on the certificate's page of changes."""
    head = buyer.head
    parcel.let_to(buyer)
    held.buyer = head.name
    note = (
        f"{day:%d/%m/%Y}: Chuyển nhượng cho {titled(head)}, sinh năm {head.born}, CMND số {head.cmnd}, "
        f"thường trú tại {buyer.hamlet}; theo hồ sơ số {world.chance.randrange(10**6):06d}.CN.001"
    )
    add_note(held.entries[0], note, 0.98, 2, [150, 400, 900, 470])
    world.events["sold by a note"] += 1


def turn_to_home(world: World, parcel: Parcel, day: date) -> None:
    """Let a garden or field become a home, with a new certificate."""
    held, parcel.use = parcel.certificate, "T"
    parcel.house_m2 = world.chance.choice([100, 150, 200])
    world.events["turned to a home"] += 1
    notes = {"change_note": f"Chuyển mục đích sử dụng đất theo QĐ số {world.chance.randint(100, 4000)}/QĐ-UBND"}
    issue(world, [parcel], day, "use", {parcel.no: notes}, {parcel.no: held} if held else None)


def die(world: World, year: int) -> None:
    """Let old heads of households die; a widow or children follow them, registered or not."""
    chance, part = world.chance, 0.5 if year == 2025 else 1
    used: dict[int, list[Parcel]] = {}
    for parcel in world.parcels:
        if not parcel.died and not parcel.user.organisation:
            used.setdefault(parcel.user.no, []).append(parcel)
    for parcels in used.values():
        dead = parcels[0].user
        if year - dead.head.born <= 72 or dead.died or chance.random() >= 0.085 * part:
            continue
        dead.died = year
        if dead.spouse and chance.random() < 0.35:
            heirs = [world.people.widow(dead, dead.spouse)]
        else:
            heirs = [world.people.child(dead, year) for _ in range(chance.choice((1, 1, 2)))]
        for parcel in parcels:
            _inherit(world, parcel, heirs[0] if parcel.use == "T" else chance.choice(heirs), year)


def _inherit(world: World, parcel: Parcel, heir: Holder, year: int) -> None:
    day = world.day_in(year, parcel.zone)
    series, held, own = parcel.series_at(day), parcel.certificate, parcel.holder is parcel.user
    parcel.user = heir
    if not held:
        parcel.holder = heir
    elif own and series and year >= 2002 and world.chance.random() < 0.5:
        parcel.holder = heir
        issue(world, [parcel], day, "inherit", older={parcel.no: held})
        world.events["inherited with a new certificate"] += 1
    else:
        world.events["inherited unregistered"] += 1


def reissue(world: World, year: int) -> None:
    """Issue certificates on the digital map's numbers: in the four years after it, and in 2025."""
    chance = world.chance
    for zone in SHARES:
        surveyed = SERIES[zone]["dig"].year
        if not (surveyed < year <= surveyed + 4 or year == 2025):
            continue
        holders: dict[int, list[Parcel]] = {}
        for parcel in world.living(zone):
            if (
                parcel.holder is parcel.user
                and not parcel.holder.organisation
                and _waits(world, parcel, year, surveyed)
            ):
                holders.setdefault(parcel.holder.no, []).append(parcel)
        for parcels in holders.values():
            if chance.random() > (0.11 if year < 2025 else 0.05):
                continue
            day = world.day_in(year, zone)
            for parcel in parcels if chance.random() < 0.6 else parcels[:1]:
                if parcel.series_at(day):
                    held = parcel.certificate
                    issue(world, [parcel], day, "reissue", older={parcel.no: held} if held else None)
                    world.events["issued anew"] += 1


def _waits(world: World, parcel: Parcel, year: int, surveyed: int) -> bool:
    """Return whether a parcel is on the digital map and its certificate is older; in 2025 any may be renewed."""
    day = world.day_in(year) if year < 2025 else _SPRING_2025
    if parcel.series_at(day) not in DIGITAL:
        return False
    return year == 2025 or parcel.certificate is None or parcel.certificate.day.year <= surveyed
