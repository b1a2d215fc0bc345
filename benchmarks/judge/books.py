"""The books: parcel indexes of each survey, registers by user, issue books; whole pages of them are lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.judge.entries import Told, fields_of, owners_of, tell_origin, tell_transfer, use_of
from benchmarks.judge.land import Name, World
from benchmarks.judge.places import SURVEYS, Survey, era_of, unit_of

LINES = 18
HELD = {"2": 0.96, "9": 0.9, "0": 0.93, "1": 0.95}


def index_books(world: World) -> Iterator[Told]:
    """Yield the rows of the parcel indexes, with parcels made later where the book was kept up."""
    rng = world.rng
    for survey in SURVEYS:
        ends = min(
            [s.day for s in SURVEYS if s.day > survey.day and set(s.lands) & set(survey.lands)],
            default=date(2025, 6, 1),
        )
        made = survey.day + timedelta(days=240)
        sheets: dict[int, list[Name]] = defaultdict(list)
        for plot in world.plots:
            first = next((n for n in plot.names if n.series == survey.name), None)
            if first is not None and (first.since <= made or (first.since < ends and rng.random() < 0.55)):
                sheets[first.sheet].append(first)
        for sheet, names in sorted(sheets.items()):
            names.sort(key=lambda n: (n.since > made, _order(n.parcel)))
            for start in range(0, len(names), LINES):
                if rng.random() < HELD[survey.name[0]]:
                    page = sheet * 20 + start // LINES
                    yield from _page(rng, survey, names[start : start + LINES], made, page)


def _order(parcel: str) -> tuple[int, str]:
    digits = "".join(c for c in parcel if c.isdigit())
    return int(digits), parcel


def _page(rng: Random, survey: Survey, names: list[Name], made: date, page: int) -> Iterator[Told]:
    file = f"so_muc_ke/{survey.name.replace(' ', '_')}.pdf"
    era = era_of(survey.day)
    for row, name in enumerate(names, 1):
        plot, day = name.plot, max(made, name.since)
        if not plot.lives_on(day):
            day = name.since
        area = plot.measured[survey.name]
        fields = fields_of(name, max(survey.day, name.since), area)
        fields["owners"] = owners_of(rng, plot.holder_on(day), day, full=False)
        fields["land_use"] = use_of(plot, era, area)
        if era == "299" and rng.random() < 0.7:
            fields["toponym"] = plot.toponym
        if era == "2013":
            now = plot.certificate_on(day)
            if now is not None:
                fields["legal_area_m2"] = now.area_of(plot)
        tell_origin(rng, fields, name, {"9": 0.3, "0": 0.35, "1": 0.45, "2": 0.5}[survey.name[0]])
        if name.since > made or era != "299":
            tell_transfer(rng, fields, plot, day)
        gone = [child.names[0] for child in plot.children if child.names and child.names[0].series == survey.name]
        if gone and rng.random() < 0.4:
            words = "Đã tách thành thửa" if len(gone) > 1 else "Đã hợp vào thửa"
            note = f"{words} {', '.join(one.parcel for one in gone)}"
            fields["change_note"] = f"{fields['change_note']}; {note}" if "change_note" in fields else note
        yield Told(file, file, page, row, "so_muc_ke", None, day, era, name, fields)


def user_registers(world: World) -> Iterator[Told]:
    """Yield the 299 registers by user and the cadastral registers, a page or block for each household."""
    rng = world.rng
    for day, kind, share in (
        (date(1986, 4, 1), "so_dang_ky", 0.5),
        (date(2008, 1, 1), "so_dia_chinh", 0.4),
        (date(2013, 3, 1), "so_dia_chinh", 0.3),
    ):
        whose: dict[int, list[Name]] = defaultdict(list)
        for plot in world.living(day):
            name = plot.name_on(day)
            if name is not None:
                whose[id(plot.holder_on(day))].append(name)
        for page, names in enumerate(whose.values(), 1):
            if rng.random() < share:
                yield from _user_page(rng, day, kind, page, names)


def _user_page(rng: Random, day: date, kind: str, page: int, names: list[Name]) -> Iterator[Told]:
    file = f"{kind}/{day.year}.pdf"
    holder = names[0].plot.holder_on(day)
    owners = owners_of(rng, holder, day, full=kind == "so_dia_chinh")
    for row, name in enumerate(names, 1):
        plot, area = name.plot, name.plot.measured[name.series]
        fields = fields_of(name, day, area)
        fields["owners"] = owners
        fields["land_use"] = use_of(plot, era_of(day), area)
        if kind == "so_dang_ky":
            if rng.random() < 0.8:
                fields["toponym"] = plot.toponym
        else:
            now = plot.certificate_on(day)
            if now is None:
                continue
            fields["area_m2"] = now.areas[plot.number]
            fields["land_use"] = use_of(plot, era_of(day), fields["area_m2"])
            fields |= {"private_m2": fields["area_m2"], "serial": now.serial, "register_no": now.register_no}
            tell_origin(rng, fields, name, 0.15)
            tell_transfer(rng, fields, plot, day)
        yield Told(f"{file}#{page}", file, page, row, kind, None, day, era_of(day), name, fields)


def issue_books(world: World) -> Iterator[Told]:
    """Yield the rows of the issue books, by register number."""
    rng = world.rng
    rows = sorted(((c.day, n, c) for n, c in enumerate(world.certificates)), key=lambda r: r[:2])
    lines = [(c, p) for _, _, c in rows for p in c.plots]
    for page, start in enumerate(range(0, len(lines), 20), 1):
        if rng.random() > 0.55:
            continue
        for row, (made, plot) in enumerate(lines[start : start + 20], 1):
            name = plot.name_on(made.day)
            assert name is not None
            fields = fields_of(name, made.day, made.areas[plot.number])
            fields |= {
                "owners": owners_of(rng, made.holder, made.day, full=False), "serial": made.serial,
                "register_no": made.register_no, "issued_on": made.day.isoformat(),
            }  # fmt: skip
            file = f"so_cap_gcn/{unit_of(plot.land, made.day)[0]}_{made.day.year}.pdf"
            yield Told(file, file, page, row, "so_cap_gcn", None, made.day, era_of(made.day), name, fields)
