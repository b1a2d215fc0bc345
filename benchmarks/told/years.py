"""The years 1982 to 2025: surveys, first certificates, changes, deaths and new certificates."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.told import changes
from benchmarks.told.books import map_sheets, parcel_index, register_of_299
from benchmarks.told.closing import new_register
from benchmarks.told.land import Block, Parcel
from benchmarks.told.rights import issue
from benchmarks.told.surveys import survey
from benchmarks.told.transfers import die, reissue, transfer, turn_to_home
from benchmarks.told.world import World
from benchmarks.told.zones import FIRST_CERTIFICATES, SERIES, SHARES

YEARS = range(1982, 2026)
_PARCELS_A_CERTIFICATE = 9


def pass_year(world: World, year: int) -> None:
    """Let a year pass."""
    for zone in SHARES:
        for series, made in SERIES[zone].items():
            if made.year == year:
                _survey(world, zone, series, made)
    if year == 2008:
        new_register(world)
    for zone in SHARES:
        if year - FIRST_CERTIFICATES[zone] in (0, 3, 5):
            _first_certificates(world, zone, year)
    if year == 1993:
        _share_out(world)
    blocks = world.by_block()
    for parcel in list(world.parcels):
        if not parcel.died and parcel.born.year < year and year >= 1985:
            _happen(world, parcel, year, blocks)
    die(world, year)
    reissue(world, year)


def _survey(world: World, zone: str, series: str, day: date) -> None:
    """Make a new map with its papers; before it, fields are joined on the ground."""
    if series in ("m96", "dig"):
        _unite_unseen(world, zone, day)
    survey(world, zone, series)
    if series == "s299":
        parcel_index(world, zone, series, missing=0.03)
        map_sheets(world, zone, series, 0.3)
        register_of_299(world, zone, date(1985 + world.chance.randint(0, 1), 5, 1))
    elif series == "m96":
        parcel_index(world, zone, series, era="1993", missing=0.03)
    elif series == "dig":
        parcel_index(world, zone, series, missing=0.015, certified=day.year >= 2013)
        map_sheets(world, zone, series, 0.35)
    elif series == "re":
        parcel_index(world, zone, series, certified=True)


def _unite_unseen(world: World, zone: str, day: date) -> None:
    """Join neighbouring fields of one user, or just exchanged (dồn điền đổi thửa), the day before a survey."""
    chance, blocks, eve = world.chance, world.by_block(), day - timedelta(days=1)
    for parcel in [one for one in world.living(zone) if one.use != "R"]:
        if parcel.died or chance.random() > (0.05 if parcel.use != "T" else 0.015) or not parcel.numbers:
            continue
        other = changes.partner(parcel, blocks)
        if other is None or not other.numbers or parcel.user.organisation or other.user.organisation:
            continue
        if other.user is not parcel.user and chance.random() < 0.5:
            continue
        if not _on_one_sheet(parcel, other, eve) or _held_by_two(parcel, other):
            continue
        union = changes.unite(world, [parcel, other], eve)
        union.let_to(parcel.user)
        blocks[union.block].append(union)
        world.events["united unseen"] += 1


def _on_one_sheet(parcel: Parcel, other: Parcel, day: date) -> bool:
    series = parcel.series_at(day)
    if not series or other.series_at(day) != series:
        return False
    return parcel.numbers[series][0] == other.numbers[series][0]


def _held_by_two(parcel: Parcel, other: Parcel) -> bool:
    return bool(parcel.certificate and other.certificate) and parcel.holder is not other.holder


def _first_certificates(world: World, zone: str, year: int) -> None:
    """Issue the first certificates of some households, homes and fields together or apart."""
    chance = world.chance
    holders: dict[int, list[Parcel]] = {}
    for parcel in world.living(zone):
        if not parcel.certificate and not parcel.holder.organisation:
            holders.setdefault(parcel.holder.no, []).append(parcel)
    for all_parcels in holders.values():
        if chance.random() > 0.45:
            continue
        day = world.day_in(year, zone)
        parcels = [one for one in all_parcels if one.series_at(day)]
        homes = [one for one in parcels if one.use in ("T", "V", "A")]
        fields = [one for one in parcels if one not in homes]
        for group in [parcels] if chance.random() < 0.5 else [homes, fields]:
            for at in range(0, len(group), _PARCELS_A_CERTIFICATE):
                issue(world, group[at : at + _PARCELS_A_CERTIFICATE], day, "first")


def _share_out(world: World) -> None:
    """Let the co-operatives' fields to households of the hamlet."""
    for parcel in world.parcels:
        if not parcel.died and parcel.holder.organisation:
            households = world.households[parcel.zone]
            near = [one for one in households if one.hamlet == parcel.block.hamlet]
            parcel.let_to(world.chance.choice(near or households))


def _happen(world: World, parcel: Parcel, year: int, blocks: dict[Block, list[Parcel]]) -> None:
    """Let happen to a parcel what a year may bring: a division, a union, another holder or another use."""
    day = world.day_in(year, parcel.zone)
    series = parcel.series_at(day)
    if parcel.holder.organisation or (
        series and parcel.size_m2 > 260 and _reshaped(world, parcel, day, series, blocks)
    ):
        return
    part = 0.5 if year == 2025 else 1
    if year >= 1990 and world.chance.random() < (0.007 if parcel.use == "T" else 0.0028) * part:
        transfer(world, parcel, day, series)
    elif series and year >= 2006 and parcel.use in ("V", "M") and world.chance.random() < 0.004 * part:
        turn_to_home(world, parcel, day)


def _reshaped(world: World, parcel: Parcel, day: date, series: str, blocks: dict[Block, list[Parcel]]) -> bool:
    """Divide or join a parcel as a year may bring it, homes the most, and return whether that happened."""
    chance, year, home = world.chance, day.year, parcel.use == "T"
    if series == "s299" and year < 1994 and chance.random() < (0.002 if home else 0.0008):
        changes.divide_on_299(world, parcel, day)
        return True
    if year < 2016 and series != "re" and chance.random() < (0.0032 if home else 0.0007) and _seen_later(parcel, year):
        changes.divide_unseen(world, parcel, day)
        return True
    if 1999 <= year < 2025 and series != "mer" and chance.random() < (0.0085 if home else 0.0022):
        changes.divide_by_office(world, parcel, day, series)
        return True
    if 2004 <= year < 2025 and series not in ("mer", "m96n") and chance.random() < 0.0016:
        other = changes.partner(parcel, blocks)
        if other and other.born.year < year and not other.holder.organisation and _on_one_sheet(parcel, other, day):
            changes.unite_by_office(world, parcel, other, day, series)
            return True
    return False


def _seen_later(parcel: Parcel, year: int) -> bool:
    """Return whether a survey of all the zone is still to come."""
    return any(name in ("m96", "dig") and made.year > year for name, made in SERIES[parcel.zone].items())
