"""Certificates through the forms: red books of several plots, later one a plot; exchanges, corrections, notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from benchmarks.judge.land import Certificate, Plot, World
from benchmarks.judge.people import Household
from benchmarks.judge.places import SURVEYS, survey_of


def issue_of_year(world: World, year: int) -> None:
    """Issue what a year brings, in the order of days."""
    if year < 1994:
        return
    _after_transfers(world, year)
    if year < 2004:
        _red_books(world, year)
    else:
        _one_by_one(world, year)


def _after_transfers(world: World, year: int) -> None:
    """Register what changed hands or shape last year: a new certificate, or a note on the old one."""
    rng = world.rng
    for plot in world.living(date(year, 6, 1)):
        since, holder, how = plot.holders[-1]
        if (
            since.year != year - 1
            or how in ("first", "allotted")
            or not plot.names
            or plot.names[-1].since.year == year
        ):
            continue
        old = plot.certificate_on(since) if how in ("sold", "inherited") and len(plot.holders) > 1 else None
        day = date(year, 1, 10) + timedelta(days=rng.randrange(140))
        if old is not None and old.day < since and rng.random() < 0.3:
            words = "Chuyển nhượng cho" if how == "sold" else "Để thừa kế cho"
            title = "ông" if holder.sex == "nam" else "bà"
            which = f" thửa {plot.name_on(since).parcel}" if len(old.plots) > 1 else ""  # type: ignore[union-attr]
            old.notes.append(f"{words} {title} {holder.name}{which} ngày {day:%d/%m/%Y}")
        elif rng.random() < 0.75:
            _issue(world, [plot], holder, day, None)


def _red_books(world: World, year: int) -> None:
    """Give households red books that list their plots."""
    rng = world.rng
    whose: dict[int, list[Plot]] = defaultdict(list)
    day = date(year, 7, 1) + timedelta(days=rng.randrange(120))
    for plot in world.living(day):
        if not plot.holder_on(day).body and plot.name_on(day) and not plot.certificates and plot.holders[-1][0] <= day:
            whose[id(plot.holder_on(day))].append(plot)
    for plots in whose.values():
        if rng.random() < (0.2 if year in (1996, 1997, 1998, 1999) else 0.07):
            _issue(world, plots[:8], plots[0].holder_on(day), day, None)


def _one_by_one(world: World, year: int) -> None:
    """Issue first certificates, exchange old ones, more after a survey, and correct a few."""
    rng = world.rng
    for plot in world.living(date(year, 5, 30)):
        first, span = (date(year, 7, 1), 170) if year < 2025 else (date(2025, 2, 1), 90)
        day = first + timedelta(days=rng.randrange(span))
        holder = plot.holders[-1][1]
        name = plot.name_on(day)
        if holder.body or name is None or not plot.lives_on(day) or plot.holders[-1][0] > day:
            continue
        fresh = any(0 < year - s.day.year <= 2 for s in SURVEYS if s.name == name.series)
        now = plot.certificate_on(day)
        if now is None and rng.random() < (0.12 if fresh else 0.03):
            _issue(world, [plot], holder, day, None)
        elif now is not None and now.day < day - timedelta(days=400):
            draw = rng.random()
            changed = plot.used_since > now.day
            if draw < (0.09 if fresh else 0.012) or (changed and draw < 0.5):
                _issue(world, [plot], holder, day, now.serial)
            elif draw > 0.997 and len(now.plots) == 1 and name.series == plot.name_on(now.day).series:  # type: ignore[union-attr]
                area = round(float(plot.area), 1)
                was, new = _vn(now.areas[plot.number]), _vn(area)
                now.notes.append(f"Đính chính diện tích từ {was} m2 thành {new} m2 ngày {day:%d/%m/%Y}")
                now.corrected[plot.number] = area


def _vn(number: float) -> str:
    return f"{number:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".").removesuffix(",0")


def _issue(world: World, plots: Sequence[Plot], holder: Household, day: date, old: str | None) -> None:
    known = [p for p in plots if p.name_on(day) is not None]
    if not known:
        return
    count = len(world.certificates) + 1
    serial, number = _numbers(world, day, count)
    areas = {
        p.number: p.measured[survey_of(p.land, day).name] for p in known if survey_of(p.land, day).name in p.measured
    }
    known = [p for p in known if p.number in areas]
    if not known:
        return
    made = Certificate(serial, number, day, holder, known, areas, old)
    world.certificates.append(made)
    for plot in known:
        if plot.certificates:
            plot.certificates[-1].ended = day if len(plot.certificates[-1].plots) == 1 else None
        plot.certificates.append(made)


def _numbers(world: World, day: date, count: int) -> tuple[str, str]:
    rng = world.rng
    six = f"{(count * 37 + 200_113) % 1_000_000:06d}"
    if day < date(2004, 7, 1):
        return f"{rng.choice('EKLMQ')} {six}", f"{count:05d} QSDĐ"
    if day < date(2009, 12, 10):
        return f"A{rng.choice('BEHLN')} {six}", f"H {count:05d}"
    if day < date(2025, 1, 1):
        first = "B" if day.year < 2014 else "C" if day.year < 2020 else "D"
        return f"{first}{rng.choice('ADKSTU')} {six}", f"{'CH' if day.year < 2015 else 'CS'} {count:05d}"
    return f"AA 0{count * 13 + 1_000_003:07d}", f"CN {count:05d}"
