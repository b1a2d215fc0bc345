"""What is true of the district, in the contract's keys: the lineage that held papers show, and what stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from benchmarks.judge.entries import CODES_2024, Told
from benchmarks.judge.land import Name, Plot, World
from benchmarks.judge.places import END

Keys = Mapping[int, str]
ERAS = ("299", "1993", "2003", "2009", "2013", "2024")
RANK = {"unit_change": 0, "same": 1, "split": 2, "merge": 3}


def keys_of(rows: Iterable[Told]) -> dict[tuple[str, str, int], str]:
    """Return the era of each numbering: that of the earliest paper by which it is known."""
    eras: dict[tuple[str, str, int], str] = {}
    for told in rows:
        era = "299" if told.era == "1988" else told.era
        place = told.name.place
        eras[place] = min(eras.get(place, era), era, key=ERAS.index)
    seen: dict[tuple[str, int, str], str] = {}
    for (unit, series, sheet), era in eras.items():
        if seen.setdefault((unit, sheet, era), series) != series:
            raise ValueError(f"two map series of one name: {unit}@{era}/{sheet}")
    return eras


def key(name: Name, eras: Mapping[tuple[str, str, int], str]) -> str:
    """Return a name as the contract's parcel key."""
    return f"{name.unit}@{eras[name.place]}/{name.sheet}/{name.parcel}"


def lineage(world: World, rows: Sequence[Told]) -> list[tuple[str, str, str]]:
    """Return the links between names that papers show; a name that none shows is stepped over."""
    eras = keys_of(rows)
    shown = {id(told.name) for told in rows}
    found = {}
    for plot in world.plots:
        for name in plot.names:
            if id(name) not in shown:
                continue
            for older, relation in _before(name):
                for one, whole in _shown(older, relation, shown):
                    found[key(one, eras), key(name, eras)] = whole
    return [(a, b, relation) for (a, b), relation in sorted(found.items())]


def _before(name: Name) -> list[tuple[Name, str]]:
    plot = name.plot
    at = plot.names.index(name)
    if at:
        old = plot.names[at - 1]
        return [(old, "unit_change" if old.series == name.series else "same")]
    return [(parent.names[-1], plot.how) for parent in plot.parents if parent.names]


def _shown(name: Name, relation: str, shown: set[int]) -> list[tuple[Name, str]]:
    if id(name) in shown:
        return [(name, relation)]
    return [
        one for older, step in _before(name) for one in _shown(older, max(relation, step, key=RANK.__getitem__), shown)
    ]


def current(world: World, rows: Sequence[Told]) -> list[dict[str, Any]]:
    """Return for each parcel of the last day what is true and whether a held paper tells it."""
    eras = keys_of(rows)
    by_plot: dict[int, list[Told]] = {}
    for told in rows:
        by_plot.setdefault(told.name.plot.number, []).append(told)
    found = []
    for plot in world.living(END):
        papers = by_plot.get(plot.number, [])
        names = [n for n in plot.names if any(t.name is n for t in papers)]
        if names:
            found.append({"parcel_key": key(names[-1], eras), **_values(plot, papers)})
    return found


def _values(plot: Plot, papers: Sequence[Told]) -> dict[str, Any]:
    made = plot.certificate_on(END)
    since, holder, _ = plot.holders[-1]
    area = plot.measured[plot.names[-1].series]
    codes = _codes(plot, area)
    told = {
        "area_m2": {"value": area, "knowable": _tells(papers, "area_m2", area, plot.names[-1].series)},
        "owners": {"value": [holder.name], "knowable": _tells_owner(papers, holder.name, since)},
        "land_use": {"value": codes, "knowable": any(_tells_use(plot, one) for one in papers)},
    }
    if made is not None:
        legal = made.area_of(plot)
        of = [t for t in papers if t.fields.get("serial") == made.serial]
        told["serial"] = {"value": made.serial, "knowable": bool(of)}
        says = any(t.fields["area_m2"] == legal for t in of) or _tells(papers, "legal_area_m2", legal, "")
        told["legal_area_m2"] = {"value": legal, "knowable": says}
    return told


def _tells(papers: Sequence[Told], field: str, value: float, series: str) -> bool:
    return any(t.fields.get(field) == value and (not series or t.name.series == series) for t in papers)


def _tells_use(plot: Plot, told: Told) -> bool:
    return told.day >= plot.used_since and told.era not in ("299", "1988", "1993") and "land_use" in told.fields


def _tells_owner(papers: Sequence[Told], name: str, since: date) -> bool:
    def says(told: Told) -> bool:
        owners = told.fields.get("owners") or [{"name": ""}]
        return owners[0]["name"] == name or name in told.fields.get("change_note", "").split(" cho ông ")[-1]

    return any(t.day >= since and says(t) for t in papers) or any(name in _given(t) for t in papers)


def _given(told: Told) -> str:
    note = told.fields.get("change_note") or ""
    return note if "cho ông" in note or "cho bà" in note else ""


def _codes(plot: Plot, area: float) -> list[str]:
    if plot.use != "home":
        return [CODES_2024[plot.use]]
    return ["ONT"] if area <= 300 else ["ONT", "CLN"]
