"""Certificates (giấy chứng nhận, GCN) of four forms, with the decision, application and books that go with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.told.forms import form_of, issuer, new_serial, next_register_no
from benchmarks.told.land import Parcel, corners
from benchmarks.told.naming import Owners, address, metres, owners_of, toponym
from benchmarks.told.notes import joined, older_number
from benchmarks.told.papers import Paper, printed
from benchmarks.told.people import Holder
from benchmarks.told.uses import certified_uses, term, uses_of
from benchmarks.told.world import Fields, Issued, World, Written
from benchmarks.told.zones import DIGITAL, MERGED, SERIES

_TELLS_OLDER = {"gcn_1993": 0.12, "gcn_2003": 0.3, "gcn_2009": 0.5, "gcn_2024": 0.6}
_ORIGINS = {"sale": "NCN-", "inherit": "NTK-"}  # codes before the land's origin, for a sale and an inheritance


@dataclass(eq=False, slots=True)
class Certificate:
    """A certificate: by parcel the series whose number it prints, area (m²), codes of use and notes.

    `entries` are its pages where it is at hand; `buyer` is who bought the land by a note on it.
    """

    day: date
    form: str
    serial: str
    register_no: str
    holder: Holder
    series: dict[int, str] = field(default_factory=dict)
    areas: dict[int, float] = field(default_factory=dict)
    uses: dict[int, list[str]] = field(default_factory=dict)
    notes: dict[int, Fields] = field(default_factory=dict)
    entries: list[Written] = field(default_factory=list)
    buyer: str | None = None


def issue(
    world: World,
    parcels: Sequence[Parcel],
    day: date,
    why: str,
    notes: Mapping[int, Fields] | None = None,
    older: Mapping[int, Certificate] | None = None,
) -> None:
    """Issue one certificate on parcels of one holder; `why` is first, reissue, sale, inherit, split, merge or use.

    `notes` are what it tells by parcel, `older` the certificates that it replaces. Not every one is at hand.
    """
    chance, zone, holder = world.chance, parcels[0].zone, parcels[0].holder
    form = form_of(day)
    made = Certificate(day, form, new_serial(world, form, day), next_register_no(world, form, zone), holder)
    marks = not (form == "gcn_1993" and chance.random() < 0.05)
    held = chance.random() < (0.74 if form == "gcn_1993" else 0.9)
    owners = owners_of(holder, day, "gcn", chance)
    paper = Paper(world, "gcn", zone, day, form=form, marks=marks) if held else None
    code = not (day >= MERGED and chance.random() < 0.1)
    for parcel in parcels:
        series = _series(world, parcel, day)
        area = _legal_area(world, parcel, series, day)
        uses = certified_uses(parcel, day, area, chance)
        made.series[parcel.no], made.areas[parcel.no] = series, area
        made.uses[parcel.no] = [one["code"] for one in uses]
        parcel.certificate = made
        told = _older_number(world, parcel, series, form, why, dict((notes or {}).get(parcel.no, {})))
        told = made.notes[parcel.no] = joined(told, _replaced(world, (older or {}).get(parcel.no)))
        if paper:
            fields = _page(world, parcel, made, owners, uses)
            fields |= _details(world, parcel, made, why, several=len(parcels) > 1) | told
            made.entries.append(paper.add(parcel, series, fields, code=code))
    if paper and len(parcels) > 1:
        total = round(sum(made.areas.values()), 1)
        for entry in made.entries:
            entry.fields["total_m2"] = printed(total, metres(total, chance), 0.99, 1, [300, 900, 500, 940])
    _file(world, Issued(day, made, tuple(parcels)), held=held, code=code)


def _page(world: World, parcel: Parcel, made: Certificate, owners: Owners, uses: Sequence[Fields]) -> Fields:
    """Return what every form prints of a parcel."""
    return {
        "owners": [dict(one) for one in owners],
        "serial": made.serial,
        "register_no": made.register_no,
        "issued_on": made.day.isoformat(),
        "issuer": issuer(parcel.zone, made.day),
        "address": address(parcel, made.day, world.chance),
        "area_m2": made.areas[parcel.no],
        "land_use": uses,
        "term": term(parcel, made.day),
    }


def _series(world: World, parcel: Parcel, day: date) -> str:
    """Return the series whose number is printed: few print the one before in the first year of a new map."""
    series = parcel.series_at(day)
    assert series is not None, "a certificate is issued only on a parcel that has a number"
    before = parcel.series_before(series)
    fresh = series in ("dig", "m96") and (day - SERIES[parcel.zone][series]).days < 400
    if fresh and before and world.chance.random() < 0.04:
        world.events["certificate on old numbers"] += 1
        return before
    return series


def _legal_area(world: World, parcel: Parcel, series: str, day: date) -> float:
    rounded = day.year < 2004 or (day.year < 2014 and world.chance.random() < 0.4)
    return float(round(parcel.areas[series])) if rounded else parcel.areas[series]


def _older_number(world: World, parcel: Parcel, series: str, form: str, why: str, told: Fields) -> Fields:
    """Return what is told, with the number before where the office of the time tells it."""
    if parcel.series_before(series):
        if why in ("first", "reissue", "sale", "inherit") and not told.get("old_parcel_no"):
            share = 0.75 if series == "mer" else _TELLS_OLDER[form]
            return joined(told, older_number(world, parcel, series, share))
    elif series in ("dig", "m96") and parcel.how and all(series not in one.numbers for one in parcel.parents):
        return joined(told, older_number(world, parcel, series, 0.45))
    return told


def _replaced(world: World, older: Certificate | None) -> Fields:
    """Return a note of the certificate that is taken in; two of three tell it."""
    if older is None or world.chance.random() >= 0.66:
        return {}
    styles = [
        f"Cấp đổi từ GCN số phát hành {older.serial}",
        f"Thay thế GCN QSDĐ số {older.serial} cấp ngày {older.day:%d/%m/%Y}",
        f"GCN cũ số phát hành {older.serial} đã thu hồi",
    ]
    return {"change_note": world.chance.choice(styles), "refs": [{"type": "serial", "value": older.serial}]}


def _details(world: World, parcel: Parcel, made: Certificate, why: str, *, several: bool) -> Fields:
    """Return what only some forms print: toponym, area in words and held alone, origin, corners."""
    chance, form, area = world.chance, made.form, made.areas[parcel.no]
    fields: Fields = {}
    if form == "gcn_1993" and chance.random() < 0.1:
        fields["toponym"] = toponym(parcel, chance)
    if form in ("gcn_2003", "gcn_2009"):
        if not several:
            fields["area_words_m2"] = area
        fields["private_m2"] = area
        before = _ORIGINS.get(why, "") if made.day.year >= 2009 else ""
        if parcel.use == "T":
            fields["origin"] = [f"{before}CNQ-CTT"]
        else:
            fields["origin"] = [f"{before}{'CNQ-KTT' if chance.random() < 0.5 else 'DG-KTT'}"]
            if chance.random() < 0.2:
                fields["toponym"] = toponym(parcel, chance)
    share = {"gcn_2009": 0.4, "gcn_2024": 0.7}.get(form, 0.0)
    if share and made.series[parcel.no] in DIGITAL and chance.random() < share:
        fields["corners"] = corners(parcel, area)
    return fields


def _file(world: World, issued: Issued, *, held: bool, code: bool) -> None:
    """Note a certificate for the books (issue book, land register) and the decision or application that led to it."""
    chance, day, made, zone = world.chance, issued.day, issued.certificate, issued.parcels[0].zone
    if chance.random() < (0.72 if held else 0.85):
        world.issued.setdefault((zone, made.form, day.year // 3, code), []).append(issued)
    if day < date(2016, 1, 1) and chance.random() < 0.45:
        world.registered.setdefault((zone, made.holder.no, day.year >= 2004), []).append(issued)
    if day.year < 2004:
        if chance.random() < 0.25:
            world.decided.append(issued)
    elif chance.random() < 0.25:
        _apply(world, issued, day - timedelta(days=chance.randint(30, 120)))


def _apply(world: World, issued: Issued, day: date) -> None:
    """Write the application (đơn đăng ký) that led to a certificate, a page for each parcel."""
    chance = world.chance
    for parcel in issued.parcels:
        series = parcel.series_at(day)
        if not series or (day >= MERGED and chance.random() < 0.1):
            continue
        paper = Paper(world, "don_dang_ky", parcel.zone, day)
        notes = issued.certificate.notes[parcel.no] if chance.random() < 0.35 else {}
        owners: Owners = owners_of(parcel.holder, day, "don_dang_ky", chance)
        fields: Fields = {"owners": owners, "address": address(parcel, day, chance)}
        fields |= {"area_m2": parcel.areas[series], "land_use": uses_of(parcel, day), "issued_on": day.isoformat()}
        fields["toponym"] = toponym(parcel, chance) if chance.random() < 0.4 else None
        paper.add(parcel, series, fields | notes)
