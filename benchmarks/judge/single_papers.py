"""Papers of one case: certificates, decisions with lists, applications, extracts; a share of them is held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.judge.entries import Fields, Told, fields_of, owners_of, tell_origin, tell_transfer, use_of
from benchmarks.judge.land import Certificate, Name, World
from benchmarks.judge.places import era_of


def form_of(day: date) -> str:
    """Return the certificate form of a day."""
    starts = (("gcn_2024", date(2025, 1, 1)), ("gcn_2009", date(2009, 12, 10)), ("gcn_2003", date(2004, 7, 1)))
    return next((form for form, start in starts if day >= start), "gcn_1993")


def certificates(world: World) -> Iterator[Told]:
    """Yield the certificates held, as office copies or brought by their holders."""
    rng = world.rng
    for made in world.certificates:
        if rng.random() > 0.6:
            continue
        file = f"gcn/{made.serial.replace(' ', '')}.pdf"
        form = form_of(made.day)
        owners = owners_of(rng, made.holder, made.day, full=True)
        listed = form == "gcn_1993"
        for row, plot in enumerate(made.plots, 1):
            name = plot.name_on(made.day)
            assert name is not None
            area = made.areas[plot.number]
            fields = fields_of(name, made.day, area)
            fields |= {
                "owners": owners, "serial": made.serial, "register_no": made.register_no,
                "issued_on": made.day.isoformat(), "land_use": use_of(plot, era_of(made.day), area),
                "address": f"thôn {plot.hamlet}, xã {fields['unit_name'].removeprefix('Xã ')}, huyện Quế Sơn",
            }  # fmt: skip
            if form in ("gcn_2003", "gcn_2009"):
                fields |= {"private_m2": area, "shared_m2": 0.0, "area_words_m2": area}
            if not listed:
                tell_origin(rng, fields, name, 0.3)
                tell_transfer(rng, fields, plot, made.day)
            _say_changes(fields, made)
            yield Told(file, file, 1, row if listed else None, "gcn", form, made.day, era_of(made.day), name, fields)


def _say_changes(fields: Fields, made: Certificate) -> None:
    words = []
    if made.old_serial:
        words.append(f"Cấp đổi từ Giấy chứng nhận số {made.old_serial}")
        fields.setdefault("refs", []).append({"type": "serial", "value": made.old_serial})
    alone = len(made.plots) == 1
    words += [note for note in made.notes if alone or f"thửa {fields['parcel_no']} " in note]
    if words:
        fields["change_note"] = "; ".join([*([fields["change_note"]] if "change_note" in fields else []), *words])


def cases(world: World) -> Iterator[Told]:
    """Yield applications and extracts that went before certificates, and the lists of decisions."""
    rng = world.rng
    for made in world.certificates:
        before = made.day - timedelta(days=60)
        draw = rng.random()
        for plot in made.plots[:1]:
            name = plot.name_on(before)
            if name is None or not plot.lives_on(before) or name.since > before:
                continue
            if draw < 0.12:
                yield _case(rng, made, name, before, "don_dang_ky")
            elif draw < 0.24 and made.day.year > 2004:
                yield _case(rng, made, name, before, "trich_luc")
    yield from _decisions(world)


def _case(rng: Random, made: Certificate, name: Name, day: date, kind: str) -> Told:
    plot, area = name.plot, name.plot.measured[name.series]
    fields = fields_of(name, day, area)
    fields["owners"] = owners_of(rng, made.holder, day, full=True)
    fields["land_use"] = use_of(plot, era_of(day), area)
    tell_origin(rng, fields, name, 0.4)
    file = f"{kind}/{made.register_no.replace(' ', '_')}.pdf"
    return Told(file, file, 1, None, kind, None, day, era_of(day), name, fields)


def _decisions(world: World) -> Iterator[Told]:
    """Yield lists of decisions: of the red books by month, and of the consolidations."""
    rng = world.rng
    months: dict[tuple[int, int], list[Certificate]] = {}
    for made in world.certificates:
        if made.day < date(2004, 7, 1):
            months.setdefault((made.day.year, made.day.month), []).append(made)
    for count, (month, group) in enumerate(sorted(months.items()), 1):
        if rng.random() > 0.35:
            continue
        day = date(*month, 28)
        rows = [(made, plot) for made in group for plot in made.plots]
        for row, (made, plot) in enumerate(rows):
            name = plot.name_on(made.day)
            assert name is not None
            fields = fields_of(name, made.day, made.areas[plot.number])
            fields["owners"] = owners_of(rng, made.holder, made.day, full=False)
            fields["issued_on"] = day.isoformat()
            file, page, line = f"quyet_dinh/{count}_QD-UB.pdf", row // 25 + 1, row % 25 + 1
            yield Told(file, file, page, line, "quyet_dinh", None, made.day, era_of(made.day), name, fields)
