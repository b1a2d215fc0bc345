"""Surveys: which sheet and number each series gives a parcel, and what area it measures."""

from __future__ import annotations

import math

from benchmarks.told.land import Block, Parcel
from benchmarks.told.world import World
from benchmarks.told.zones import RENUMBERED

_BLOCKS_A_SHEET = {"s299": 5, "m96": 3, "dig": 2, "re": 2}
_ROW_M = {"s299": 38, "m96": 26, "dig": 20, "re": 17}  # how broad the rows are along which numbers run
_NOISE = {"s299": (0.05, 0.05), "m96": (0.022, 0.035), "dig": (0.004, 0.045), "re": (0.003, 0.02)}
_THUOC_M2 = 33.33  # a thước, a fifteenth of a sào of 500 m²: what paddy of the 299 map is often told in


def survey(world: World, zone: str, series: str) -> None:
    """Number and measure a zone's living parcels anew."""
    if series in RENUMBERED:
        _renumber(world, zone, series)
        return
    alive = list(world.living(zone))
    first = _first_sheet(world, zone, series)
    blocks, many = _blocks(world, zone, series), _BLOCKS_A_SHEET[series]
    for at in range(0, len(blocks), many):
        sheet, shown = first + at // many + 1, set(blocks[at : at + many])
        parcels = [one for one in alive if one.block in shown]
        parcels.sort(key=lambda one: (-int(one.centre[0] // _ROW_M[series]), one.centre[1]))
        for number, parcel in enumerate(parcels, 1):
            parcel.numbers[series] = (sheet, str(number))
            parcel.areas[series] = _measured(world, parcel, series)
        world.last_number[zone, series, sheet] = len(parcels)
        world.habits[zone, series, sheet] = world.chance.choices(["good", "some", "silent"], [57, 31, 12])[0]
        world.last_sheet[zone] = world.last_sheet_of[zone, series] = sheet


def _first_sheet(world: World, zone: str, series: str) -> int:
    """Return the last sheet before the survey's first: one commune's two halves share the sheets of the old maps."""
    if series in ("s299", "m96") and zone == "D":
        return world.last_sheet_of["C", series]
    return world.last_sheet["A"] if series == "re" else 0


def _blocks(world: World, zone: str, series: str) -> list[Block]:
    blocks = world.blocks[zone]
    if series == "re":
        lived_in = [one for one in blocks if one.kind in "TLM"]
        blocks = world.chance.sample(lived_in, min(len(lived_in), max(2, len(blocks) // 6)))
    if series == "m96":
        return sorted(blocks, key=lambda one: (one.east, -one.north))
    return sorted(blocks, key=lambda one: (-one.north, one.east))


def _renumber(world: World, zone: str, series: str) -> None:
    """Take over the map before under a new commune's code; in a merger its sheets follow the other commune's."""
    before = "m96" if series == "m96n" else "dig"
    shift = world.last_sheet["A" if zone == "B" else "C"] if series == "mer" else 0
    for parcel in world.living(zone, before):
        sheet, number = parcel.numbers[before]
        parcel.numbers[series] = (sheet + shift, number)
        parcel.areas[series] = parcel.areas[before]
    for (where, name, sheet), last in list(world.last_number.items()):
        if where == zone and name == before:
            world.last_number[zone, series, sheet + shift] = last


def _measured(world: World, parcel: Parcel, series: str) -> float:
    """Return the measured area (m²): rough and sometimes wrong on old maps; true, but the land changed, on new ones."""
    chance, (noise, change) = world.chance, _NOISE[series]
    area = parcel.size_m2 * parcel.drift
    if series in ("s299", "m96"):
        area *= math.exp(chance.gauss(0, noise))
        if chance.random() < change:
            area *= chance.choice([chance.uniform(0.72, 0.9), chance.uniform(1.1, 1.32)])
        if series == "s299" and parcel.use in ("2L", "1L") and chance.random() < 0.25:
            return float(round(round(area / _THUOC_M2) * _THUOC_M2))
        return float(max(20, round(area)))
    if chance.random() < change:
        parcel.drift *= chance.choice([chance.uniform(0.75, 0.92), chance.uniform(1.08, 1.3)])
        area = parcel.size_m2 * parcel.drift
    return round(area * math.exp(chance.gauss(0, noise)), 1)
