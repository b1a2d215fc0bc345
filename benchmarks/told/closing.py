"""Books that copy what was certified or changed, written when all is known of what goes into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from benchmarks.told.books import by_sheet, certified_values, uses_without_areas
from benchmarks.told.land import Parcel
from benchmarks.told.naming import owners_of, parcel_refs, toponym
from benchmarks.told.notes import older_number
from benchmarks.told.papers import Paper, add_note, printed, refs_text
from benchmarks.told.rights import Certificate
from benchmarks.told.uses import term, uses_of
from benchmarks.told.world import Fields, Issued, Row, World, Written
from benchmarks.told.zones import SERIES, commune, era_of

_MERGED_INDEX = date(2025, 3, 15)
_REGISTER_OF_2008 = date(2008, 3, 1)
_NOTE_BOX = [1400, 300, 1700, 340]
_DECISIONS_A_PAPER = 12


def close(world: World) -> None:
    """Write what was left: the merged commune's index, added rows and notes, issue books, registers, decisions."""
    for series in ("dig", "re"):
        _merged_index(world, "A", series)
    _merged_index(world, "B", "mer")
    _added_rows(world)
    _notes_on_parents(world)
    _issue_books(world)
    _registers(world)
    _decisions(world)


def new_register(world: World) -> None:
    """Write the register that the commune of 2007 opens, a page for each certificate under the new code."""
    day = _REGISTER_OF_2008
    held: dict[Certificate, list[Parcel]] = {}
    for parcel in world.living("D", "m96n"):
        if parcel.certificate:
            held.setdefault(parcel.certificate, []).append(parcel)
    for certificate, parcels in held.items():
        paper = Paper(world, "so_dia_chinh", "D", day)
        owners = owners_of(certificate.holder, day, "so_dia_chinh", world.chance)
        for parcel in parcels:
            fields = {"owners": [dict(one) for one in owners], "private_m2": certificate.areas[parcel.no]}
            paper.add(parcel, "m96n", fields | _right(certificate, parcel, day))


def _right(certificate: Certificate, parcel: Parcel, day: date) -> Fields:
    return {
        "area_m2": certificate.areas[parcel.no],
        "land_use": uses_without_areas(certificate.uses[parcel.no]),
        "term": term(parcel, day),
        "serial": certificate.serial,
        "register_no": certificate.register_no,
    }


def _merged_index(world: World, zone: str, series: str) -> None:
    """Write the parcel index of the commune merged in 2025, which tells its other half's older sheets."""
    day, chance = _MERGED_INDEX, world.chance
    parcels = [one for one in world.living(zone) if one.series_at(day) == series]
    for some in by_sheet(parcels, series).values():
        paper = Paper(world, "so_muc_ke", zone, day)
        tells = chance.random() < 0.9
        for parcel in some:
            fields: Fields = {"owners": owners_of(parcel.user, day, "so_muc_ke", chance), "user_type": "CNV"}
            fields |= {"area_m2": parcel.areas[series], "land_use": uses_of(parcel, day)}
            fields |= certified_values(world, parcel)
            if series == "mer" and tells:
                fields |= older_number(world, parcel, series, 0.93)
            paper.add(parcel, series, fields)


def _added_rows(world: World) -> None:
    """Write the rows of children into the open index of their sheet."""
    sheets: dict[tuple[str, str, int], list[Row]] = {}
    for row in world.rows:
        sheets.setdefault((row.parcel.zone, row.series, row.parcel.numbers[row.series][0]), []).append(row)
    for (zone, series, _), rows in sheets.items():
        day = min(row.day for row in rows)
        era = era_of(day if series == "m96n" else SERIES[zone][series]) if series != "m96" else "1993"
        paper = Paper(world, "so_muc_ke", zone, day, era=era)
        for row in rows:
            paper.add(row.parcel, series, row.fields)


def _notes_on_parents(world: World) -> None:
    """Write on the parent's row of the index into which numbers it was divided."""
    rows: dict[tuple[int, str], Written] = {}
    for one in world.written:
        if one.entry["kind"] == "so_muc_ke":
            rows.setdefault((one.parcel.no, one.series), one)
    for parcel, series, numbers in world.parted:
        row = rows.get((parcel.no, series))
        if row is None:
            continue
        page = row.entry["page"]
        add_note(row, f"Tách thành thửa {numbers}", 0.98, page, _NOTE_BOX)
        refs = row.fields.setdefault("refs", printed([], "", 0.98, page, _NOTE_BOX))
        refs["value"] = refs["value"] + parcel_refs(numbers.split(", "))
        refs["text"] = refs_text(refs["value"])


def _by_commune(zone: str, issued: Iterable[Issued], time: Callable[[date], str]) -> list[list[Issued]]:
    """Return what was issued in books of one commune and one time."""
    books: dict[tuple[tuple[str, str], str], list[Issued]] = {}
    for one in issued:
        books.setdefault((commune(zone, one.day), time(one.day)), []).append(one)
    return list(books.values())


def _issue_books(world: World) -> None:
    """Write the issue books (sổ cấp GCN), a book for each commune, form and year."""
    for (zone, _, _, code), issued in world.issued.items():
        for some in _by_commune(zone, issued, lambda day: str(day.year)):
            some.sort(key=lambda one: one.certificate.register_no)
            paper = Paper(world, "so_cap_gcn", zone, some[0].day)
            for one in some:
                for parcel in one.parcels:
                    _issue_row(world, paper, one, parcel, code=code)


def _issue_row(world: World, paper: Paper, issued: Issued, parcel: Parcel, *, code: bool) -> None:
    made, day = issued.certificate, issued.day
    fields = {
        "owners": owners_of(made.holder, day, "so_cap_gcn", world.chance),
        "serial": made.serial,
        "register_no": made.register_no,
        "issued_on": day.isoformat(),
        "area_m2": made.areas[parcel.no],
    }
    paper.add(parcel, made.series[parcel.no], fields, code=code)


def _registers(world: World) -> None:
    """Write the land registers (sổ địa chính), a page for each holder, with some of the certificates' notes."""
    chance = world.chance
    for (zone, _, _), issued in world.registered.items():
        for some in _by_commune(zone, issued, era_of):
            first = some[0]
            paper = Paper(world, "so_dia_chinh", zone, first.day)
            owners = owners_of(first.certificate.holder, first.day, "so_dia_chinh", chance)
            for one in some:
                for parcel in one.parcels:
                    made = one.certificate
                    notes = made.notes[parcel.no] if chance.random() < 0.4 else {}
                    fields: Fields = {"owners": [dict(owner) for owner in owners], "area_m2": made.areas[parcel.no]}
                    fields |= {"private_m2": made.areas[parcel.no]} | _right(made, parcel, one.day)
                    fields["toponym"] = toponym(parcel, chance) if chance.random() < 0.15 else None
                    paper.add(parcel, made.series[parcel.no], fields | notes)


def _decisions(world: World) -> None:
    """Write the decisions (quyết định) by which a year's first certificates were granted, twelve to a paper."""
    years: dict[tuple[str, tuple[str, str], int], list[Issued]] = {}
    for one in world.decided:
        zone = one.parcels[0].zone
        years.setdefault((zone, commune(zone, one.day), one.day.year), []).append(one)
    for (zone, _, _), issued in years.items():
        for at in range(0, len(issued), _DECISIONS_A_PAPER):
            some = issued[at : at + _DECISIONS_A_PAPER]
            day = max(one.day for one in some)
            paper = Paper(world, "quyet_dinh", zone, day)
            for one in some:
                for parcel in one.parcels:
                    owners = owners_of(one.certificate.holder, day, "quyet_dinh", world.chance)
                    fields: Fields = {"owners": owners, "area_m2": one.certificate.areas[parcel.no]}
                    fields["issued_on"] = day.isoformat()
                    paper.add(parcel, one.certificate.series[parcel.no], fields)
