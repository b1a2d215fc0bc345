"""One district from 1982 to 2025: what happened day by day, what was written of it, and what is known of both."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.office.books import cadastral_register, copied, index_of, register_of_1980
from benchmarks.office.days import DIVISION, END, ZONES, some_day, unit_of
from benchmarks.office.folk import Folk, Person
from benchmarks.office.hardness import hardness
from benchmarks.office.issuing import Issuer
from benchmarks.office.land import Land, settle_first
from benchmarks.office.life import Life
from benchmarks.office.papers import Archive
from benchmarks.office.pieces import Piece
from benchmarks.office.reading import Errors, Given, hand_over
from benchmarks.office.registering import Registry
from benchmarks.office.standing import standing_of
from benchmarks.office.surveys import Numbering, Survey, draw, rename, surveys_of
from benchmarks.office.truth import Attested, Step, attested, steps_of

_Task = tuple[date, int, str, object]


@dataclass(slots=True)
class History:
    """The land, its numbers and its papers as they came about."""

    land: Land
    archive: Archive
    surveys: Sequence[Survey]


@dataclass(frozen=True, slots=True)
class District:
    """A district as it is handed over: entries, true steps, and what stands."""

    history: History
    given: Sequence[Given]
    held: Attested
    steps: Sequence[Step]
    current: Sequence[dict[str, Any]]

    def counts(self) -> dict[str, Any]:
        """Return how large and how hard the district is."""
        living = len(self.history.land.pieces)
        return {
            "parcels": living,
            "entries": len(self.given),
            "numbers": len(self.held.keys),
            "shared_keys": self.held.shared_keys,
            "living_without_paper": living - len(self.current),
            "steps": hardness(self.steps),
            "boundaries_shifted": self.history.land.shifted,
            "maps": {one.name: f"{one.day.isoformat()} {one.tells}" for one in self.history.surveys},
        }


def make_district(seed: int, parcels: int, errors: Errors) -> District:
    """Make a district of about so many living parcels; the same seed makes the same."""
    history = live(seed, parcels)
    given = hand_over(history.archive.papers, errors, seed)
    held = attested(given)
    return District(history, given, held, steps_of(held), standing_of(history.land.pieces, given, held))


def live(seed: int, parcels: int) -> History:
    """Let a district live for forty years."""
    chance = random.Random(f"office {seed}")
    folk = Folk(chance)
    land = settle_first(parcels, folk, chance)
    archive, numbering = Archive(chance), Numbering()
    opened = {unit_of(zone, END)[0]: some_day(chance, date(2006, 1, 1), date(2009, 6, 1)) for zone in ZONES}
    issuer = Issuer(chance, archive, opened)
    life = Life(chance, folk, land, Registry(chance, archive, numbering, issuer))
    surveys = surveys_of(chance)
    tasks = _scheduled(surveys, opened, chance)
    for year in range(1982, 2026):
        due = [(day, 9, what, None) for day, what in life.year(year)] + [one for one in tasks if one[0].year == year]
        for day, _, what, about in sorted(due, key=lambda one: one[:3]):
            if isinstance(about, Survey):
                _survey(about, land, archive, numbering, chance)
            elif what == "rename":
                rename(land.of(("dong",)))
            elif what == "copy":
                copied([one.node for one in land.of(("dong",)) if one.node], archive, chance)
            elif what == "allot":
                life.allot(str(about))
            elif what == "exchange":
                life.exchange(str(about), day)
            elif what == "open":
                _open(str(about), day, land, issuer, chance)
            elif what == "wave":
                _wave(str(about), day, land, issuer, chance)
            elif what == "anew":
                _anew(str(about), day, land, issuer, chance)
            else:
                life.happen(day, what)
    return History(land, archive, surveys)


def _survey(survey: Survey, land: Land, archive: Archive, numbering: Numbering, chance: random.Random) -> None:
    made = draw(survey, land.of(survey.zones), numbering, chance)
    index_of(survey, made, archive, chance)
    if survey.name.endswith("299"):
        register_of_1980(made, archive, chance)


def _scheduled(surveys: Sequence[Survey], opened: dict[str, date], chance: random.Random) -> list[_Task]:
    """Return what the office and the state did on set days: maps, waves, the division, the exchange."""
    tasks: list[_Task] = [(survey.day, 0, "survey", survey) for survey in surveys]
    tasks += [(DIVISION, 1, "rename", None), (date(2005, 9, 1), 1, "copy", None)]
    exchanged = chance.choice(ZONES)
    tasks.append((some_day(chance, date(2002, 2, 1), date(2005, 1, 1)), 2, "exchange", exchanged))
    for zone in ZONES:
        tasks.append((some_day(chance, date(1994, 1, 5), date(1995, 3, 1)), 2, "allot", zone))
        first = max([date(1995, 5, 1), *(one.day for one in surveys if one.name == "nineties" and zone in one.zones)])
        tasks += [(some_day(chance, first, date(2000, 6, 1)), 3, "wave", zone) for _ in range(10)]
        digital = next(one.day for one in surveys if one.name == f"{zone}digital")
        last = date(min(digital.year + 5, 2024), 12, 1)
        tasks += [(some_day(chance, digital, last), 3, "anew", zone) for _ in range(10)]
        tasks += [(some_day(chance, date(2025, 1, 6), END), 3, "anew", zone)]
        tasks.append((opened[unit_of(zone, END)[0]], 4, "open", zone))
    return tasks


def _wave(zone: str, day: date, land: Land, issuer: Issuer, chance: random.Random) -> None:
    """Give red books to a tenth of the households, each for up to ten parcels."""
    holders: dict[Person, list[Piece]] = {}
    for piece in land.of((zone,)):
        if piece.title is None and piece.node is not None and not piece.common:
            holders.setdefault(piece.holder, []).append(piece)
    for own in holders.values():
        if chance.random() < 0.13:
            issuer.issue([one for one in own if chance.random() < 0.92][:10], day, "wave")


def _anew(zone: str, day: date, land: Land, issuer: Issuer, chance: random.Random) -> None:
    """Exchange old certificates for new ones after a digital map, and give first ones."""
    for piece in land.of((zone,)):
        if piece.node is None or not piece.node.survey.endswith("digital"):
            continue
        fresh = piece.title is not None and piece.title.node.survey == piece.node.survey
        if not fresh and chance.random() < (0.06 if piece.title is not None else 0.075):
            issuer.issue((piece,), day, "anew" if piece.title is not None else "first")
        elif fresh and day.year == 2025 and chance.random() < 0.03:
            issuer.issue((piece,), day, "anew")


def _open(zone: str, day: date, land: Land, issuer: Issuer, chance: random.Random) -> None:
    """Open the sổ địa chính of a commune: what has a certificate is written over into it."""
    for piece in land.of((zone,)):
        if piece.title is not None and chance.random() < 0.88:
            book = issuer.register_book(unit_of(zone, day)[0], day)
            cadastral_register(piece, day, book, issuer.archive, chance)
