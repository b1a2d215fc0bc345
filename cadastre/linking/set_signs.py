"""What speaks for and against lots of one sheet having been made of each other, by the names of a published table.

Each sign adds its bits to the log odds (codes/division_signs.csv); they are counted with truth on generated districts
(`python -m benchmarks.linking_tables divisions`). A sign is `kind:name` or `kind:name=level`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from cadastre.linking.hypothesis import Hypothesis, Step
from cadastre.linking.lots import Lot
from cadastre.linking.sheet_row import SheetRow
from cadastre.linking.sums import Gap, doublings, nearest
from schemas.weights import load_division_signs

Kind = Literal["divided", "joined"]
#: Bits added to the count, and more where a user, a number or a note tells of a change: pairs over two maps, against
#: which a change is weighed, are counted as generously, as if each sort of evidence were independent.
_HEARD, _TOLD = 3.0, 4.0
_COMPLETES = 2.0  # bits for parcels beside a noted part that make up its whole: most are held, and few by chance
_COMPLETE = frozenset(f"sum={gap}" for gap in ("to_the_decimal", "exact", "within_half", "within_1", "within_2"))
_LEAST_ALONE = 2.0  # bits that must speak for a joining of which no user, number or note tells: sums agree by chance
_TELLING = ("users=name", "bridge=printed")
_BESIDE = ((1, "next"), (2, "within_2"), (4, "within_4"), (8, "within_8"))


def prints(older: Lot, newer: Lot) -> bool:
    """Return whether a paper of the newer lot prints the older one's number."""
    return f"{older.key.sheet}/{older.key.parcel}" in newer.olds or f"?/{older.key.parcel}" in newer.olds


def _cut_here(older: Lot, newer: Lot) -> bool:
    """Return whether a note tells that the newer lot was made of the older one of its sheet."""
    return bool({f"{older.key.sheet}/{older.key.parcel}", f"?/{older.key.parcel}"} & newer.inside)


@dataclass(frozen=True, slots=True)
class Change:
    """What may have been divided or joined, and the signs of it: of all with their amounts, and of each step.

    `goes_on`: the older lot lost ground to the newer ones and kept its number.
    """

    kind: Kind
    older: tuple[int, ...]
    newer: tuple[int, ...]
    of_all: Mapping[str, float]
    of_steps: Mapping[Step, Sequence[str]]
    goes_on: bool = False

    def signs(self) -> Mapping[str, float]:
        """Return how much there is of each sign, by its name in the table."""
        out: dict[str, float] = {f"{self.kind}:{name}": amount for name, amount in self.of_all.items()}
        for some in self.of_steps.values():
            for name in some:
                out[f"{self.kind}:{name}"] = out.get(f"{self.kind}:{name}", 0.0) + 1.0
        return out

    def hypothesis(self) -> Hypothesis | None:
        """Return the change as it is weighed against others; None where more speaks against it than for it."""
        table = load_division_signs()
        heard = self.is_told()
        weight = _HEARD + (_TOLD if heard else 0.0)
        weight += sum(table.get(name, 0.0) * amount for name, amount in self.signs().items())
        if weight <= (_LEAST_ALONE if self.kind == "joined" and not heard else 0.0):
            return None
        told = {step: tuple(self._evidence(some)) for step, some in self.of_steps.items()}
        return Hypothesis(self.older, self.newer, weight, self.goes_on, told=told)

    def completing(self, told: Mapping[Step, float]) -> Hypothesis | None:
        """Return the division as its noted parts bear it out, whose single steps have the bits `told`, and its others
        complete: they stand beside these in number and make up the whole; None where it is no such one."""
        noted = [told[step] for step in self.of_steps if step in told]
        if self.kind != "divided" or self.goes_on or not noted or not self.of_all.keys() & _COMPLETE:
            return None
        table = load_division_signs()
        weight = sum(noted) + _COMPLETES
        for name, amount in self.of_all.items():
            if name.startswith(("sum=", "size=", "parts_", "days=")):
                weight += table.get(f"{self.kind}:{name}", 0.0) * amount
        others = [name for step, some in self.of_steps.items() if step not in told for name in some]
        weight += sum(table.get(f"{self.kind}:{name}", 0.0) for name in others)
        words = {step: tuple(self._evidence(some)) for step, some in self.of_steps.items()}
        return Hypothesis(self.older, self.newer, weight, told=words)

    def is_told(self) -> bool:
        """Return whether a user, a number or a note tells of it."""
        told = any(name in _TELLING for some in self.of_steps.values() for name in some)
        return told or self.of_all.get("noted", 0.0) > 0

    def _evidence(self, of_step: Sequence[str]) -> Iterator[str]:
        """Yield what speaks for and against one step, `name:level:bits`; an exact sum with what its size says."""
        table = load_division_signs()
        for name in (*self.of_all, *of_step):
            about, _, level = name.partition("=")
            if not level or about == "size":
                continue
            bits = table.get(f"{self.kind}:{name}", 0.0)
            if about == "sum":
                size = f"size={level}"
                bits += table.get(f"{self.kind}:{size}", 0.0) * self.of_all.get(size, 0.0)
            yield f"{about}:{level}:{bits:+.1f}"


def of_division(sheet: SheetRow, whole: int, parts: Sequence[int]) -> Change:
    """Return a division of a lot into others."""
    lots = sheet.lots
    gap, area = nearest(lots[whole], [lots[n] for n in parts])
    return Change(
        "divided",
        (whole,),
        tuple(parts),
        {
            **_sheet(sheet),
            **_sum(gap, area),
            f"parts_{len(parts)}": 1.0,
            **_days(sheet, whole, parts),
            **_listed(sheet, whole, parts),
            "noted": float(any(m.carved for n in parts for m in lots[n].mentions)),
            "noted_as_joined": float(any(m.joined for n in parts for m in lots[n].mentions)),
        },
        {(whole, n): sheet.once(_shared, whole, n) for n in parts},
    )


def of_cut(sheet: SheetRow, whole: int, parts: Sequence[int], gap: Gap, area: float) -> Change:
    """Return a lot losing ground to others and going on, by how near its own two areas and theirs come."""
    one = of_division(sheet, whole, parts)
    kept = {name: amount for name, amount in one.of_all.items() if not name.startswith(("sum=", "size=", "days="))}
    return replace(one, of_all={**kept, **_sum(gap, area), "goes_on": 1.0}, goes_on=True)


def of_joining(sheet: SheetRow, parts: Sequence[int], whole: int) -> Change:
    """Return a joining of lots into one."""
    lots = sheet.lots
    gap, area = nearest(lots[whole], [lots[n] for n in parts])
    numbers = sorted(lots[n].number or 0 for n in parts)
    widest = max(b - a for a, b in pairwise(numbers))
    steps = {(n, whole): sheet.once(_joined, n, whole) for n in parts}
    return Change(
        "joined",
        tuple(parts),
        (whole,),
        {
            **_sheet(sheet),
            **_sum(gap, area),
            "more_than_2": float(len(parts) > 2),
            f"beside={next((name for bound, name in _BESIDE if widest <= bound), 'apart')}": 1.0,
            "noted": float(any(m.joined for m in lots[whole].mentions)),
            "noted_as_divided": float(any(m.carved for m in lots[whole].mentions)),
        },
        steps,
    )


def _sheet(sheet: SheetRow) -> Mapping[str, float]:
    return {"any": 1.0, "sheet": sheet.bits}


def _sum(gap: Gap, area: float) -> Mapping[str, float]:
    exact = {f"size={gap}": doublings(area)} if gap in ("to_the_decimal", "exact") else {}
    return {f"sum={gap}": 1.0, **exact}


def _shared(sheet: SheetRow, older: int, newer: int) -> Iterator[str]:
    """Yield what an older and a newer lot share, and in what they differ."""
    yield f"users={sheet.users(older, newer)}"
    if prints(sheet.lots[older], sheet.lots[newer]):
        yield "bridge=printed"
    elif sheet.lots[newer].olds:
        yield "bridge=other_printed"
    ground = sheet.same("ground", older, newer)
    if ground is not None:
        yield f"ground={'compatible' if ground else 'other'}"
    for name in ("toponym", "hamlet"):
        same = sheet.same(name, older, newer)
        if same is not None:
            yield f"{name}={'same' if same else 'other'}"
    certificate = sheet.names_certificate(older, newer)
    if certificate is not None:
        yield f"papers={'shared' if certificate else 'other'}"


def _joined(sheet: SheetRow, older: int, newer: int) -> Iterator[str]:
    """Yield the signs of one step of a joining; a note at one of the older lots tells nothing of the others."""
    whole = sheet.lots[newer]
    own = {m.entry_id for m in whole.mentions}
    prints_some = any(not own.isdisjoint(entries) for entries in whole.olds.values())
    shared = (name for name in _shared(sheet, older, newer) if name != "bridge=other_printed" or prints_some)
    yield from (*shared, *_days(sheet, older, (newer,)), *_listed(sheet, older, (newer,)))


def _days(sheet: SheetRow, older: int, newer: Sequence[int]) -> Mapping[str, float]:
    """Return whether papers of the older lot are later than those of the newer ones, by their eras or by days."""
    since = [sheet.eras[n][0] for n in newer if n in sheet.eras]
    apart = sheet.eras[older][1] - min(since) if since and older in sheet.eras else 0
    if apart > 0:
        return {"days=era_later" if apart == 1 else "days=eras_later": 1.0}
    mine, theirs = sheet.days.get(older), [sheet.days[n][0] for n in newer if n in sheet.days]
    if mine is None or not theirs:
        return {}
    first = min(theirs)
    if mine[1] <= first:
        return {"days=before": 1.0}
    return {"days=later" if mine[0] <= first else "days=all_later": 1.0}


def _listed(sheet: SheetRow, older: int, newer: Sequence[int]) -> Mapping[str, float]:
    listed = sheet.listings.of(older, newer)
    if listed in ("both", "both_kept") and any(_cut_here(sheet.lots[older], sheet.lots[n]) for n in newer):
        return {}  # another paper tells of the change: the book leaves out what it does not strike
    return {f"book={listed}": 1.0} if listed else {}
