"""A preprinted form and what is filled in: by pen, typewriter or laser, on its dotted lines or a little off them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted
from samples.fonts import Face
from samples.sheet import BLACK, Ink, Run, Sheet
from samples.words import Speech

Hand = Literal["laser", "typed", "pen"]
_INKS: dict[Hand, tuple[Ink, ...]] = {
    "laser": (BLACK,),
    "typed": (BLACK, (40, 36, 70)),
    "pen": ((30, 44, 140), (24, 30, 90), (58, 36, 120)),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """How one office fills a form: the blank's letters, the filler's, and how neatly."""

    dpi: int
    blank: Face
    filler: Face
    hand: Hand
    ink: Ink
    size_pt: float
    leading: float
    left_mm: float
    dotted: bool
    lift_mm: float
    capitals: bool
    places: int
    speech: Speech
    wording: int

    def value(self, name: str | None, text: str, *, bold: bool = False) -> Run:
        """Return a run that fills a field in."""
        return Run(text, name, bold, ink=self.ink, face=self.filler, lift_mm=self.lift_mm, dotted=self.dotted)

    def values(self, label: str, name: str | None, text: str) -> list[Run | str]:
        """Return a label and the field after it."""
        return [label, self.value(name, text)]


def filled(rng: Generator, dpi: int, hands: Sequence[tuple[Hand, float]]) -> Filled:
    """Draw an office's way of filling forms; `hands` are what it may write with, by weight."""
    hand = weighted(rng, hands)
    blank = Face(weighted(rng, (("FreeSerif", 0.65), ("NotoSerif", 0.15), ("FreeSans", 0.2))))
    filler = {
        "laser": Face(pick(rng, ("FreeSerif", "FreeSerif", "FreeSans", "NotoSerif", "DejaVuSerif"))),
        "typed": Face("FreeMono", bold=chance(rng, 0.6)),
        "pen": Face(pick(rng, ("FreeSerif", "NotoSerif")), italic=True),
    }[hand]
    wide = filler.family in ("NotoSerif", "DejaVuSerif", "FreeMono") or blank.family == "NotoSerif"
    return Filled(
        dpi=dpi,
        blank=blank,
        filler=filler,
        hand=hand,
        ink=pick(rng, _INKS[hand]),
        size_pt=between(rng, 10.2, 11.0) if wide else between(rng, 11.3, 12.6),
        leading=between(rng, 1.35, 1.6),
        left_mm=between(rng, 18, 23),
        dotted=hand != "laser" or chance(rng, 0.3),
        lift_mm=0.0 if hand == "laser" else between(rng, -0.3, 0.9),
        capitals=chance(rng, 0.6 if hand != "pen" else 0.2),
        places=0,
        speech=Speech(pick(rng, ("nghìn", "ngàn")), pick(rng, ("linh", "lẻ")), pick(rng, ("tư", "bốn"))),
        wording=int(rng.integers(0, 3)),
    )


def fill(sheet: Sheet, y: float, style: Filled, line: Sequence[Run | str], width: float, *, indent: float = 0) -> float:
    """Print a line of labels and values from the left edge and return the baseline of the next."""
    return sheet.paragraph(style.left_mm, y, width, line, leading=style.leading, indent=indent)
