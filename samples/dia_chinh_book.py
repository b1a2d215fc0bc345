"""How a cadastral register is ruled and printed, and which titles stand on which of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.fonts import Face as TypeFace
from samples.past import Title
from samples.ruled import Grid, grid

WIDTH_MM, HEIGHT_MM = 420.0, 297.0
_SHARES = (24, 17, 17, 24, 20, 22, 34, 32, 28, 28)


@dataclass(frozen=True, slots=True)
class RegisterStyle:
    """How one register is ruled and printed."""

    dpi: int
    face: TypeFace
    filler: TypeFace
    size_pt: float
    blocks: Literal["dash", "dot"]
    frame: Grid
    row_mm: float
    honorifics: bool
    capitals: bool
    id_label: str
    bare_register: bool  # `00345` without its letters
    nothing: str  # in the column of shared use
    rules: bool
    number_row: str
    origin_code: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its number, whose it is, which titles stand on it, and the pages before and after it."""

    number: int
    titles: tuple[Title, ...]
    before: int | None = None
    after: int | None = None


def register_style(rng: Generator, dpi: int) -> RegisterStyle:
    """Draw a register's looks."""
    face = weighted(rng, (("FreeSerif", 0.6), ("FreeSans", 0.2), ("NotoSerif", 0.1), ("NotoSans", 0.1)))
    filler = face if chance(rng, 0.7) else pick(rng, ("FreeMono", "FreeSans", "FreeSerif"))
    wide = {"NotoSerif", "NotoSans", "FreeMono"} & {face, filler}
    left = between(rng, 16, 24)
    shares = [share * between(rng, 0.92, 1.1) for share in _SHARES]
    return RegisterStyle(
        dpi=dpi,
        face=TypeFace(face),
        filler=TypeFace(filler, italic=filler == "FreeSerif" and chance(rng, 0.3)),
        size_pt=between(rng, 9.6, 10.4) if wide else between(rng, 10.8, 12.0),
        blocks=pick(rng, ("dash", "dot")),
        frame=grid(left, WIDTH_MM - between(rng, 13, 18), shares, between(rng, 0.15, 0.35)),
        row_mm=between(rng, 7.2, 8.6),
        honorifics=chance(rng, 0.5),
        capitals=chance(rng, 0.25),
        id_label=pick(rng, ("Số CMTND/CCCD/CMQĐ/HC", "Số CMND", "Số CMTND")),
        bare_register=chance(rng, 0.35),
        nothing=pick(rng, ("", "", "Không", "0")),
        rules=chance(rng, 0.75),
        number_row=pick(rng, ("(1)", "1")),
        origin_code=chance(rng, 0.9),
    )


def leaves(rng: Generator, titles: Sequence[Title]) -> tuple[Leaf, ...]:
    """Return the pages of a book: one for each user, some going on at a later page, one of those sometimes lost."""
    groups: list[list[Title]] = []
    for title in titles:
        if groups and groups[-1][-1].holder is title.holder:
            groups[-1].append(title)
        else:
            groups.append([title])
    first = whole(rng, 3, 60)
    spare = first + len(groups) + whole(rng, 0, 6)
    out: list[Leaf] = []
    late: list[Leaf] = []
    for i, group in enumerate(groups):
        if len(group) > 1 and chance(rng, 0.5):
            cut = whole(rng, 1, len(group) - 1)
            out.append(Leaf(first + i, tuple(group[:cut]), after=spare))
            if chance(rng, 0.85):
                late.append(Leaf(spare, tuple(group[cut:]), before=first + i))
            spare += 1
        else:
            out.append(Leaf(first + i, tuple(group)))
    return tuple(out + late)
