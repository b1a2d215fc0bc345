"""The papers of a parcel, each with its days, its place in the order, and whether it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cadastre.settling.in_force import OF_CERTIFICATES, Dated, ended, taken, unexplained
from cadastre.settling.precedence import source_of
from cadastre.settling.rulings import Rulings, certificate_states
from cadastre.settling.weighing import Paper
from cadastre.words.eras import period_of
from schemas.documents import Era
from schemas.entries import Entry
from schemas.parcels import ParcelKey
from schemas.precedence import When
from schemas.tables import Tables

_EVER = ("", "9999-99-99")


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day of each era, as texts that compare."""

    of_era: Mapping[Era | None, tuple[str, str]]

    @classmethod
    def of(cls, tables: Tables) -> Days:
        spans: dict[Era | None, tuple[str, str]] = {None: _EVER}
        for span in tables.eras:
            period = period_of(span.era, tables)
            first = period.first.isoformat() if period.first else _EVER[0]
            spans[span.era] = (first, period.last.isoformat() if period.last else _EVER[1])
        return cls(spans)

    def around(self, entry: Entry) -> tuple[str, str, str | None]:
        """Return the first and last day on which the paper may have been made, and its day where it has one."""
        issued = taken(entry, "asserted_on") or taken(entry, "issued_on")
        if issued is None:
            return (*self.of_era[entry.era], None)
        day = str(issued.value)
        lacking = max(0, len(day) - 4)
        return day + "-00-00"[lacking:], day + "-99-99"[lacking:], day


class PapersOfParcel(NamedTuple):
    """The papers of a parcel, which of them are over and why, and unexplained successions."""

    papers: list[Paper]
    over: Mapping[str, str]
    succeeded: tuple[tuple[str, str], ...]


def papers_of(
    of_key: Sequence[tuple[ParcelKey, int, Sequence[Entry]]], days: Days, tables: Tables, rulings: Rulings
) -> PapersOfParcel:
    """Return the papers of a parcel and of its older numbers, each with its place in the order, and what is over."""
    dated = [
        (key, Dated(entry, first, last, day is not None, back), day)
        for key, back, entries in of_key
        for entry in entries
        for first, last, day in (days.around(entry),)
    ]
    every = [one for _, one, _ in dated]
    states = certificate_states([one.entry for one in every], rulings) if rulings.certificates else {}
    over = ended(every, states)
    papers: list[Paper] = []
    for key, one, day in dated:
        entry = one.entry
        holds = _holds(entry, over)
        serial = taken(entry, "serial") if entry.kind == "gcn" else None
        papers.append(
            Paper(
                entry, key, one.series_back, one.first, one.last, day,
                source_of(tables.precedence, "legal", entry.kind, entry.era, holds),
                source_of(tables.precedence, "measured", entry.kind, entry.era, holds),
                (entry.kind, str(serial.value) if serial is not None else entry.document_id),
                states.get(entry.entry_id),
            )
        )  # fmt: skip
    return PapersOfParcel(papers, over, unexplained(every, over))


def _holds(entry: Entry, over: Mapping[str, str]) -> frozenset[When]:
    """Return which conditions of the order are so of the paper."""
    if entry.kind in OF_CERTIFICATES:
        return _SUPERSEDED if entry.entry_id in over else _IN_FORCE
    drawn = any(taken(entry, name) is not None for name in ("shape", "corners"))
    return _BOUNDARY if drawn else _NOTHING


_NOTHING: frozenset[When] = frozenset()
_IN_FORCE: frozenset[When] = frozenset({"in_force"})
_SUPERSEDED: frozenset[When] = frozenset({"superseded"})
_BOUNDARY: frozenset[When] = frozenset({"boundary"})
