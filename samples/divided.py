"""Parcels that were divided or joined: who came of whom, under which numbers, and what the later papers say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from numpy.random import Generator

from samples.chance import chance, digits, pick, whole
from samples.estate import Estate
from samples.land import Plot, Point
from samples.people import Holder, holder
from schemas.entries import LandUse


@dataclass(frozen=True, slots=True)
class Piece:
    """Ground as it lay before: the estate that it became (`also` the others), its outline then, and its purposes."""

    index: int
    estate: Estate
    plot: Plot
    uses: tuple[LandUse, ...]
    also: tuple[int, ...] = ()


def with_stories(rng: Generator, held: Sequence[Estate]) -> tuple[Estate, ...]:
    """Return the estates of a commune, some of them made by division or joining, some bought from another family.

    A new parcel's number follows the highest of its sheet, and it stands at the sheet's end; no number is used again.
    """
    out: list[Estate] = []
    for _, run in groupby(held, key=lambda estate: estate.plot.sheet_no):
        out += _sheet(rng, list(run))
    return tuple(_sold(rng, estate) if chance(rng, 0.12) else estate for estate in out)


def _sheet(rng: Generator, run: list[Estate]) -> list[Estate]:
    if len(run) < 4:
        return run
    highest = max(int(estate.plot.parcel_no) for estate in run)
    kept: list[Estate] = []
    new: list[Estate] = []
    numbers: dict[str, str] = {}
    at = 0
    while at < len(run):
        one = run[at]
        other = run[at + 1] if at + 1 < len(run) else None
        drawn = float(rng.random())
        if drawn < 0.07 and other and other.plot.neighbours[3] == one.plot.parcel_no and _private(one, other):
            children = (str(highest + 1), str(highest + 2))
            numbers |= {one.plot.parcel_no: children[0], other.plot.parcel_no: children[1]}
            new += _split(rng, one, other, children)
            highest, at = highest + 2, at + 2
        elif drawn > 0.96 and _private(one):
            numbers[one.plot.parcel_no] = str(highest + 2)
            new.append(_joined(one, str(highest + 1), str(highest + 2)))
            highest, at = highest + 2, at + 1
        else:
            kept.append(one)
            at += 1
    return [_beside(estate, numbers) for estate in (*kept, *new)]


def _private(*held: Estate) -> bool:
    return all(estate.holder.people for estate in held)


def _beside(estate: Estate, numbers: dict[str, str]) -> Estate:
    plot = estate.plot
    return replace(estate, plot=replace(plot, neighbours=tuple(numbers.get(n, n) for n in plot.neighbours)))


def _split(rng: Generator, one: Estate, other: Estate, numbers: tuple[str, str]) -> list[Estate]:
    before = Plot(
        one.plot.sheet_no, one.plot.parcel_no, one.plot.grain, _union(one.plot, other.plot), _around(one, other)
    )
    parent = f"A{pick(rng, 'BDEGHKLMNOP')} {digits(rng, 6)}"
    return [
        _came_of(replace(estate, commune=one.commune, hamlet=one.hamlet), number, (before,), n, parent)
        for n, (estate, number) in enumerate(zip((one, other), numbers, strict=True))
    ]


def _around(one: Estate, other: Estate) -> tuple[str, ...]:
    return one.plot.neighbours[0], other.plot.neighbours[1], one.plot.neighbours[2], one.plot.neighbours[3]


def _joined(estate: Estate, second: str, number: str) -> Estate:
    plot = estate.plot
    left, right = _halves(plot)
    up, east, down, west = plot.neighbours
    pieces = (
        replace(plot, corners=left, neighbours=(up, second, down, west)),
        replace(plot, parcel_no=second, corners=right, neighbours=(up, east, down, plot.parcel_no)),
    )
    return _came_of(estate, number, pieces, 0, None)


def _came_of(estate: Estate, number: str, before: tuple[Plot, ...], place: int, parent: str | None) -> Estate:
    """Return the estate under its new number, its papers with the note of what it came of."""
    plot = replace(estate.plot, parcel_no=number)
    old = [piece.parcel_no for piece in before]
    note = f"Tách từ thửa {old[0]}" if len(old) == 1 else f"Hợp thửa {old[0]} và thửa {old[1]}"
    certificate, extract = estate.certificate, estate.extract
    if certificate:
        certificate = replace(certificate, parent_serial=parent)
    if extract:
        named = " và ".join(f"thửa {number_}, tờ bản đồ số {plot.sheet_no}" for number_ in old)
        extract = replace(extract, change=f"{'Tách từ' if len(old) == 1 else 'Hợp'} {named}")
    refs = tuple(("parcel", value) for value in old)
    return replace(
        estate,
        plot=plot,
        certificate=certificate,
        extract=extract,
        note=note,
        note_refs=refs,
        came_of=before,
        sibling=place,
    )


def _union(left: Plot, right: Plot) -> tuple[Point, ...]:
    """Return the outline of two parcels that lie beside each other in a row, from the north-west clockwise."""
    a, b = left.corners, right.corners
    shared = [corner for corner in a if corner in set(b)]
    north, south = a.index(shared[0]), a.index(shared[-1])
    return (*a[: north + 1], *b[1 : b.index(a[south]) + 1], *a[south + 1 :])


def _halves(plot: Plot) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Cut a parcel from the middle of its first edge to the middle of the opposite one: left part, right part."""
    ring = plot.corners
    across = len(ring) // 2
    top, low = _middle(ring[0], ring[1]), _middle(ring[across], ring[(across + 1) % len(ring)])
    return (ring[0], top, low, *ring[across + 1 :]), (top, *ring[1 : across + 1], low)


def _middle(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _sold(rng: Generator, estate: Estate) -> Estate:
    """Return the estate with the family that sold it to today's holder after the certificate was issued."""
    if not estate.holder.people or estate.note:
        return estate
    seller: Holder = holder(rng, estate.commune, estate.hamlet)
    certificate = estate.certificate
    year = whole(rng, max(2016, certificate.issued_on.year if certificate else 0), 2024)
    who = f"{'ông' if seller.people[0].sex == 'nam' else 'bà'} {seller.people[0].name}"
    return replace(estate, seller=seller, note=f"Nhận chuyển nhượng của {who} năm {year}")


def pieces(held: Sequence[Estate], first_index: int) -> tuple[Piece, ...]:
    """Return the ground of the estates as it lay before any of them was divided or joined."""
    out: list[Piece] = []
    for index, estate in enumerate(held, first_index):
        before = estate.came_of
        if len(before) == 1 and estate.sibling == 0:
            other = held[index - first_index + 1]
            out.append(Piece(index, estate, before[0], _together(before[0], estate, other), (index + 1,)))
        elif len(before) == 2:
            codes = (estate.uses[0].code, estate.uses[-1].code)
            out += [
                Piece(index, estate, plot, (LandUse(code, plot.area_m2),))
                for plot, code in zip(before, codes, strict=True)
            ]
        elif not before:
            out.append(Piece(index, estate, estate.plot, estate.uses))
    return tuple(out)


def _together(plot: Plot, one: Estate, other: Estate) -> tuple[LandUse, ...]:
    areas: dict[str, float] = {}
    for use in (*one.uses, *other.uses):
        areas[use.code] = areas.get(use.code, 0.0) + (use.area_m2 or 0.0)
    first, *rest = areas
    told = {code: round(areas[code], 1) for code in rest[:1]}
    return (LandUse(first, round(plot.area_m2 - sum(told.values()), 1)), *(LandUse(c, a) for c, a in told.items()))
