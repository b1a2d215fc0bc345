"""The commune of a paper: what the manifest says, what is printed, and what the gazetteer makes of it at that time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cadastre.units.lost_letters import is_with_letters_lost
from cadastre.units.places import Resolution, resolve, units_of_code
from cadastre.words.eras import Period
from cadastre.words.folding import key
from schemas.entries import Draft, Source
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.readings import Reading
from schemas.tables import Tables, Unit

_LAST_DAY_OF_OLD_PROVINCE = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Site:
    """The commune, where it is known, whether it may be taken unseen, and the place where its name is printed.

    `code` is None where no code can be told. `source` is that of the code.
    """

    unit: Unit | None
    code: str | None
    sure: bool
    source: Source
    printed: Reading | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the printed names resolve to, vote by vote."""

    reading: Reading | None
    votes: tuple[Resolution, ...]

    @property
    def units(self) -> dict[str, Unit]:
        """Return the units that some vote means, by code."""
        return {vote.unit.code: vote.unit for vote in self.votes if vote.unit}

    def backing(self, code: str) -> int:
        """Return how many votes mean the code or at least allow it."""
        allowed = [{vote.unit.code} if vote.unit else {u.code for u in vote.alternatives} for vote in self.votes]
        return sum(code in codes for codes in allowed)

    def sure_of(self, code: str) -> bool:
        """Return whether two votes back the code, one of them beyond doubt or both nearly, and none another."""
        if set(self.units) != {code} or self.backing(code) < 2:
            return False
        named = sum(vote.sure for vote in self.votes)
        near = sum(vote.unit is not None for vote in self.votes)
        return named >= 1 or near >= 2

    @property
    def alternatives(self) -> tuple[Unit, ...]:
        """Return the units between which a vote could not decide."""
        found = {unit.code: unit for vote in self.votes if vote.unit is None for unit in vote.alternatives}
        return tuple(found[code] for code in sorted(found))


@dataclass(frozen=True, slots=True)
class _Text:
    """One vote for the commune, with the district and the province that stand beside it; empty where none do."""

    reading: Reading
    commune: str
    district: str = ""
    province: str = ""

    @property
    def whole(self) -> str:
        return ", ".join(filter(None, (self.commune, self.district, self.province)))


def _texts(draft: Draft) -> Iterable[_Text]:
    """Return each vote for the commune; an engine that read no district or province is taken with the other's."""
    beside: dict[str, dict[str, str]] = {"district_name": {}, "province_name": {}}
    for name, told in beside.items():
        for reading in draft.fields.get(name, ())[:1]:
            votes = {vote.engine: vote.text for vote in reading.votes if key(vote.text)}
            for engine in ("tesseract", "rapidocr", *votes):
                told[engine] = votes.get(engine) or next(iter(votes.values()), reading.text)
    for reading in draft.fields.get("unit_name", ()):
        for vote in reading.votes:
            district, province = (told.get(vote.engine, next(iter(told.values()), "")) for told in beside.values())
            yield _Text(reading, vote.text, district, province)
    for reading in draft.fields.get("address", ()):
        for vote in reading.votes:
            yield _Text(reading, vote.text)


def _period(text: str, period: Period) -> Period:
    """Narrow an open period by the province that the text names: Quảng Nam ended on 2025-06-30."""
    if period.last is None and "quangnam" in key(text):
        return Period(period.first, _LAST_DAY_OF_OLD_PROVINCE)
    return period


def _printed(draft: Draft, period: Period, tables: Tables) -> _Printed:
    found = [(text, _meant(text, period, tables)) for text in _texts(draft)]
    telling = [
        (text.reading, told)
        for text, result in found
        if (told := result if result.unit or result.alternatives else _read_in_part(text.whole, found)) is not None
    ]
    named = draft.fields.get("unit_name") or ()
    reading = telling[0][0] if telling else (named[0] if named else None)
    return _Printed(reading, tuple(result for _, result in telling))


def _meant(text: _Text, period: Period, tables: Tables) -> Resolution:
    """Return what a text means; where its district is none that is known, what it may mean in the province."""
    result = resolve(text.whole, _period(text.whole, period), tables)
    if result.unit or result.alternatives or not (text.district and text.province):
        return result
    around, wider = f"{text.district}, {text.province}", f"{text.commune}, {text.province}"
    if resolve(around, _period(around, period), tables).why == "district-only":
        return result  # another district: this commune does not lie in it
    in_province = resolve(wider, _period(wider, period), tables)
    allowed = (in_province.unit,) if in_province.unit else in_province.alternatives
    return Resolution(None, allowed, "near") if allowed else result


def _read_in_part(text: str, others: Iterable[tuple[_Text, Resolution]]) -> Resolution | None:
    """Return what a text allows that means nothing alone: another vote's commune, of whose line it lost letters."""
    for other, result in others:
        if result.sure and result.unit is not None and is_with_letters_lost(text, other.whole):
            return Resolution(None, (result.unit,), "near")
    return None


def _names(units: Iterable[Unit]) -> str:
    return ", ".join(sorted({unit.name for unit in units}))


def _ambiguous(units: Iterable[Unit]) -> Finding:
    names = _names(units)
    return Finding(
        "unit-ambiguous",
        "error",
        ("unit_code", "unit_name"),
        Message(
            f"Không rõ đơn vị hành chính nào trong số: {names}; ghi unit_code và unit_date trong manifest.csv.",
            f"It is not clear which unit is meant of: {names}; give unit_code and unit_date in manifest.csv.",
        ),
    )


def _unknown(code: str | None) -> Finding:
    vi = f"Mã xã {code} không có hiệu lực vào thời điểm của giấy tờ" if code else "Không xác định được xã, phường"
    en = f"Commune code {code} was not in force at the time of the paper" if code else "The commune is not known"
    return Finding(
        "unit-unknown",
        "error",
        ("unit_code", "unit_name"),
        Message(
            f"{vi}; ghi unit_code và unit_date trong manifest.csv.",
            f"{en}; give unit_code and unit_date in manifest.csv.",
        ),
    )


def _conflict(given: Unit, printed: Iterable[Unit]) -> Finding:
    names = _names(printed)
    return Finding(
        "unit-conflict",
        "error",
        ("unit_code", "unit_name"),
        Message(
            f"manifest.csv ghi {given.name} ({given.code}) nhưng trên giấy đọc được {names}.",
            f"manifest.csv says {given.name} ({given.code}) but the paper reads {names}.",
        ),
    )


def _from_manifest(draft: Draft, period: Period, printed: _Printed, tables: Tables) -> Site:
    code = draft.given.unit_code or ""
    meant = date.fromisoformat(draft.given.unit_date) if draft.given.unit_date else period
    by_code = units_of_code(code, meant, tables)
    unit = by_code.unit
    if unit is None and by_code.why == "several":  # the printed name may tell which of them
        unit = printed.units.get(code)
    if unit is None:  # a code of 2025 on a paper that names the commune before it
        before = [old for old in printed.units.values() if old.successor == code and printed.sure_of(old.code)]
        if len(before) == 1:
            return Site(before[0], before[0].code, True, "inferred", printed.reading, None)
    if unit is None:
        finding = _unknown(code) if by_code.why in ("not-then", "unknown") else _ambiguous(by_code.alternatives)
        return Site(None, code, sure=False, source="manifest", printed=printed.reading, finding=finding)
    if printed.units and code not in printed.units and not printed.backing(code):
        finding = _conflict(unit, printed.units.values())
        return Site(unit, code, sure=False, source="manifest", printed=printed.reading, finding=finding)
    return Site(printed.units.get(code, unit), code, True, "manifest", printed.reading, None)


def make_out_site(draft: Draft, period: Period, tables: Tables) -> Site:
    """Return the commune of a draft made in the period; the manifest's code goes before the printed name."""
    printed = _printed(draft, period, tables)
    if draft.given.unit_code:
        return _from_manifest(draft, period, printed, tables)
    units = printed.units
    if len(units) == 1:
        ((code, unit),) = units.items()
        sure = printed.sure_of(code)
        return Site(unit, code, sure, "inferred", printed.reading, None)
    if units or printed.alternatives:
        finding = _ambiguous([*units.values(), *printed.alternatives])
        return Site(None, None, sure=False, source="inferred", printed=printed.reading, finding=finding)
    return Site(None, None, sure=False, source="inferred", printed=printed.reading, finding=_unknown(None))
